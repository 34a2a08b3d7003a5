//! Does what a tool wants: selections and edits here, the rest is handed back.

use crate::edit::{Selection, Session, verbs};
use crate::model::Id;
use crate::model::record::Lane;

use super::Intent;

/// Does the intents that are about the document or the selection, in order; returns the others
/// (camera, editor, messages) for the canvas.
///
/// Edits of a drag rewind the open entry first, so each of them starts from where the drag began
/// and the whole drag is one undo step.
pub fn apply(intents: Vec<Intent>, session: &mut Session) -> Vec<Intent> {
    let mut rest = Vec::new();
    for intent in intents {
        match intent {
            Intent::Select(id) => {
                if session.selection != Selection::one(id.clone()) {
                    session.selection = Selection::one(id);
                }
            }
            Intent::Toggle(id) => session.selection.toggle(&id),
            Intent::SetSelection(selection) => session.selection = selection,
            Intent::BeginEdit(label) => session.begin(label),
            Intent::MoveSteps { steps, stage, before } => {
                redo(session, |tx| {
                    verbs::move_steps(tx, &steps, stage.as_ref(), before.as_ref());
                });
            }
            Intent::MoveStage { stage, before } => {
                redo(session, |tx| verbs::move_stage(tx, &stage, before.as_ref()));
            }
            Intent::MoveLane { lane, band, before } => redo(session, |tx| {
                verbs::materialise_lanes(tx);
                tx.update::<Lane>(&lane, |it| it.band = band);
                verbs::move_lane(tx, &lane, before.as_ref());
            }),
            Intent::SetFeeling { step, segment, value } => {
                redo(session, |tx| verbs::set_feeling(tx, &step, &segment, Some(value)));
            }
            Intent::Pin { label, pins } => session.edit(label, |tx| {
                pins.iter().for_each(|(node, at)| verbs::pin(tx, node, Some(*at)));
            }),
            Intent::Rewind => session.rewind(),
            Intent::Commit => session.commit(),
            Intent::Cancel => session.cancel(),
            Intent::Link { from, to } => {
                if let Err(why) = link(session, &from, &to) {
                    rest.push(Intent::Say(why));
                }
            }
            Intent::Pan(_) | Intent::Reveal(_) | Intent::OpenEditor(_) | Intent::Say(_) => {
                rest.push(intent);
            }
        }
    }
    rest
}

/// Takes the open drag back to its beginning and does it again, differently. What is selected
/// stays selected.
fn redo(session: &mut Session, verb: impl FnOnce(&mut crate::edit::Tx<'_>)) {
    let selection = session.selection.clone();
    session.rewind();
    session.edit_open(verb);
    session.selection = selection;
}

fn link(session: &mut Session, from: &Id, to: &Id) -> Result<(), String> {
    let label = verbs::describe::linking(session.doc(), from, to);
    session.edit(label, |tx| verbs::link(tx, from, to)).map(|_| ()).map_err(|why| why.to_string())
}
