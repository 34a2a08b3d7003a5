//! The inspector: every field of what is selected, and what is tied to it.
//!
//! Each frame the record is copied, controls change the copy, and what the user changed is written
//! through the session: a typing run or a pull as one undo entry, any other stroke as one of its
//! own. Controls are keyed by record and field, so that a text never lands in another record.
//!
//! Not here: which edits exist (see `edit`), how controls look (see `ui::widget`).

mod action;
mod cards;
mod fields;
mod friction;
mod head;
mod journey;
mod link;
mod many;
mod measure;
mod pane;
mod people;
mod pick;
mod refs;
mod service;
mod view;
mod voice;
pub mod words;

use std::collections::{BTreeSet, HashMap};

use egui::{ScrollArea, Ui};

use crate::edit::{Selection, Session, verbs};
use crate::layout::sizes;
use crate::model::{Id, Record};

use super::{Command, Cx};
use pane::{Act, Done, Pane};

pub use people::coloured_segments;

/// What the inspector keeps between frames.
#[derive(Debug, Default)]
pub struct State {
    /// Titles of the sections that are folded away.
    folded: BTreeSet<&'static str>,
    /// Texts that are no value yet (half a date), by control.
    drafts: HashMap<egui::Id, Draft>,
    /// Whose drafts they are.
    shown: Option<Id>,
    /// The typing run or pull that is under way.
    run: Option<Run>,
    pick: pick::Pick,
    /// Put the keyboard into the name of what is shown next.
    focus_name: bool,
    /// The month that a date's calendar shows.
    month: Option<jiff::civil::Date>,
    /// The fields that had a control in the last frame, as in the file, nested ones with a dot.
    drawn: BTreeSet<&'static str>,
}

impl State {
    /// The fields that had a control in the last frame, as in the file, nested ones with a dot.
    pub fn fields(&self) -> &BTreeSet<&'static str> {
        &self.drawn
    }
}

#[derive(Debug)]
struct Draft {
    text: String,
    /// What the value looked like when this was typed; another value makes the draft stale.
    over: String,
}

#[derive(Debug)]
struct Run {
    control: egui::Id,
    label: String,
    /// Whether the control was drawn in this frame.
    seen: bool,
}

/// What the inspector shows, as a copy to change.
enum Shadow {
    Head(crate::model::record::Head),
    Record(Id, Record),
    Many,
}

/// Draws the inspector of the selection.
pub fn inspector_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    keep_keys(ui, cx);
    let mut state = std::mem::take(&mut cx.open.inspector);
    state.drawn.clear();
    if let Some(run) = &mut state.run {
        run.seen = false;
    }
    let selection = &cx.open.session.selection;
    if state.shown != selection.lead {
        state.shown.clone_from(&selection.lead);
        state.drafts.clear();
    }
    let mut shadow = shadow_of(&cx.open.session);
    let scroll = ScrollArea::vertical().id_salt(("inspector", &state.shown)).auto_shrink(false);
    // On top of the panel's own.
    let margin = egui::Margin {
        left: sizes().space.xs as i8,
        right: sizes().space.s as i8,
        top: sizes().space.xs as i8,
        bottom: sizes().space.xl as i8,
    };
    let done = scroll
        .show(ui, |ui| {
            let frame = egui::Frame::new().inner_margin(margin);
            frame.show(ui, |ui| panel_ui(ui, cx, &mut state, &mut shadow)).inner
        })
        .inner;
    let Done { change, end, also, acts } = done;
    if let Some(change) = change {
        write(&mut cx.open.session, &mut state, shadow, also, change);
    }
    settle(&mut cx.open.session, &mut state, end);
    for act in acts {
        perform(act, cx, &mut state);
    }
    cx.open.inspector = state;
}

fn panel_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, shadow: &mut Shadow) -> Done {
    ui.spacing_mut().item_spacing.y = sizes().space.xs;
    ui.spacing_mut().interact_size.y = sizes().space.xl;
    let owner = match shadow {
        Shadow::Record(id, _) => Some(id.clone()),
        Shadow::Head(_) | Shadow::Many => None,
    };
    let mut pane = Pane::new(&cx.open.session, cx.theme, state, owner);
    match shadow {
        Shadow::Head(head) => head::head_ui(ui, &mut pane, head),
        Shadow::Record(id, record) => record_ui(ui, &mut pane, id, record),
        Shadow::Many => many::many_ui(ui, &mut pane),
    }
    pane.done()
}

/// Delete and Backspace in a chip or a scale mean that control, not the selection: where the
/// keyboard is in this panel, the key that became a command is a key again.
fn keep_keys(ui: &Ui, cx: &mut Cx<'_>) {
    if !cx.commands.contains(&Command::Delete) {
        return;
    }
    let focused = ui.memory(|m| m.focused()).and_then(|id| ui.ctx().read_response(id));
    if focused.is_some_and(|it| ui.max_rect().contains_rect(it.rect)) {
        cx.commands.retain(|it| *it != Command::Delete);
        ui.input_mut(|i| {
            i.events.push(egui::Event::Key {
                key: egui::Key::Delete,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: egui::Modifiers::NONE,
            });
        });
    }
}

fn shadow_of(session: &Session) -> Shadow {
    let selection = &session.selection;
    if selection.ids.len() > 1 {
        return Shadow::Many;
    }
    let lead = selection.lead.as_ref();
    match lead.and_then(|id| session.doc().get(id).map(|record| (id, record))) {
        Some((id, record)) => Shadow::Record(id.clone(), Record::clone(record)),
        None => Shadow::Head((**session.doc().head()).clone()),
    }
}

fn record_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, record: &mut Record) {
    pane.heading(ui, record);
    match record {
        Record::Segment(it) => people::segment_ui(ui, pane, id, it),
        Record::Stage(it) => journey::stage_ui(ui, pane, id, it),
        Record::Lane(it) => journey::lane_ui(ui, pane, id, it),
        Record::Step(it) => journey::step_ui(ui, pane, id, it),
        Record::Touchpoint(it) => service::touchpoint_ui(ui, pane, id, it),
        Record::Influencer(it) => people::influencer_ui(ui, pane, id, it),
        Record::System(it) => service::system_ui(ui, pane, id, it),
        Record::Link(it) => link::link_ui(ui, pane, id, it),
        Record::Friction(it) => friction::friction_ui(ui, pane, id, it),
        Record::Delight(it) => friction::delight_ui(ui, pane, id, it),
        Record::Action(it) => action::action_ui(ui, pane, id, it),
        Record::Measure(it) => measure::measure_ui(ui, pane, id, it),
        Record::Reading(it) => measure::reading_ui(ui, pane, id, it),
        Record::Verbatim(it) => voice::verbatim_ui(ui, pane, id, it),
        Record::Note(it) => voice::note_ui(ui, pane, id, it),
        Record::View(it) => view::view_ui(ui, pane, id, it),
    }
}

/// Writes the changed copy: into the run's entry, or as an entry of its own.
fn write(
    session: &mut Session,
    state: &mut State,
    shadow: Shadow,
    also: Vec<(Id, Record)>,
    change: pane::Change,
) {
    let verb = |tx: &mut crate::edit::Tx<'_>| {
        for (id, record) in also {
            tx.put(&id, record);
        }
        match shadow {
            Shadow::Head(head) => tx.update_head(|it| *it = head),
            Shadow::Record(id, record) => {
                verbs::replace(tx, &id, record);
            }
            Shadow::Many => {}
        }
    };
    match change.run {
        None => session.edit(change.label, verb),
        Some(control) => {
            let ours = state.run.as_ref().is_some_and(|run| {
                run.control == control && session.open_label() == Some(run.label.as_str())
            });
            if !ours {
                session.begin(change.label.clone());
                state.run = Some(Run { control, label: change.label, seen: true });
            }
            session.edit_open(verb);
        }
    }
}

/// Ends a run that the user ended, gave up or left (its control is gone: another record is shown).
fn settle(session: &mut Session, state: &mut State, end: Option<pane::End>) {
    let Some(run) = &state.run else {
        return;
    };
    let ours = session.open_label() == Some(run.label.as_str());
    let left = !run.seen;
    match end {
        Some(end) if end.control == run.control && end.given_up => {
            if ours {
                session.cancel();
            }
            state.run = None;
        }
        Some(end) if end.control == run.control || left => {
            if ours {
                session.commit();
            }
            state.run = None;
        }
        _ if left || !ours => {
            if ours {
                session.commit();
            }
            state.run = None;
        }
        _ => {}
    }
}

fn perform(act: Act, cx: &mut Cx<'_>, state: &mut State) {
    match act {
        Act::Select(id) => {
            cx.open.canvas.reveal(id.clone());
            cx.open.session.selection = Selection::one(id);
        }
        Act::Edit(label, verb) => cx.open.session.edit(label, verb),
        Act::Try(label, verb) => {
            if let Err(why) = cx.open.session.edit(label, verb) {
                *cx.message = Some(why);
            }
        }
        Act::Added(id) => {
            cx.open.session.selection = Selection::one(id);
            state.focus_name = true;
        }
        Act::Give(command) => cx.commands.push(command),
    }
}
