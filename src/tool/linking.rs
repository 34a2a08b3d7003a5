//! A link on its way from a card to another one: by dragging its handle, or by command and click.

use crate::edit::verbs;
use crate::model::Id;

use super::{At, Button, Context, Input, Intent, Step, Target, Tool, edge_pan};

/// Where the link comes from and what it would reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Linking {
    pub from: Id,
    pub last: At,
    /// Begun by a command: the next click ends it. Otherwise letting go does.
    pub sticky: bool,
    /// The card under the pointer, if the link may reach it.
    pub target: Option<Id>,
    /// Why the card under the pointer cannot be reached.
    pub refusal: Option<String>,
}

impl Linking {
    pub(super) fn from_handle(from: &Id, at: At, cx: &Context<'_>) -> Self {
        let mut it = Self::new(from, at, false);
        it.look(at, cx);
        it
    }

    /// The line starts at the card's handle until the pointer moves.
    pub(super) fn from_command(from: &Id, cx: &Context<'_>) -> Self {
        let in_map = cx.card_of(from).map(|card| card.rect.center()).unwrap_or_default();
        Self::new(
            from,
            At { in_map, on_screen: crate::geom::pt(cx.size.x / 2.0, cx.size.y / 2.0) },
            true,
        )
    }

    fn new(from: &Id, last: At, sticky: bool) -> Self {
        Self { from: from.clone(), last, sticky, target: None, refusal: None }
    }

    /// Sees what the pointer is over.
    fn look(&mut self, at: At, cx: &Context<'_>) {
        self.last = at;
        (self.target, self.refusal) = (None, None);
        let Target::Item(hit) = cx.target_at(at.in_map) else {
            return;
        };
        if hit.record == self.from {
            return;
        }
        match linkable(cx, &self.from, &hit.record) {
            Ok(()) => self.target = Some(hit.record),
            Err(why) => self.refusal = Some(why),
        }
    }

    fn end(self) -> Vec<Intent> {
        match (self.target, self.refusal) {
            (Some(to), _) => vec![Intent::Link { from: self.from, to }],
            (None, Some(why)) => vec![Intent::Say(why)],
            (None, None) => vec![],
        }
    }

    pub(super) fn step(mut self, input: &Input, cx: &Context<'_>) -> Step {
        match input {
            Input::Move { at, .. } => {
                self.look(*at, cx);
                (Tool::Linking(self), vec![])
            }
            Input::Press { at, button: Button::Primary, .. } if self.sticky => {
                self.look(*at, cx);
                (Tool::Idle, self.end())
            }
            Input::Release { at, button: Button::Primary, .. } if !self.sticky => {
                self.look(*at, cx);
                (Tool::Idle, self.end())
            }
            Input::Activate { hit } if self.sticky => {
                self.target = None;
                match linkable(cx, &self.from, &hit.record) {
                    Ok(()) => self.target = Some(hit.record.clone()),
                    Err(why) => self.refusal = Some(why),
                }
                (Tool::Idle, self.end())
            }
            Input::Press { button: Button::Secondary, .. } | Input::Cancel => (Tool::Idle, vec![]),
            Input::Tick { secs } if !self.sticky => {
                let pan = edge_pan(self.last, cx.size, *secs).map(Intent::Pan);
                (Tool::Linking(self), pan.into_iter().collect())
            }
            _ => (Tool::Linking(self), vec![]),
        }
    }
}

/// Whether two records can be linked, whichever way round.
///
/// # Errors
/// Why they cannot, in the map's words.
pub fn linkable(cx: &Context<'_>, from: &Id, to: &Id) -> Result<(), String> {
    verbs::can_link(cx.doc(), cx.graph(), from, to).map(|_| ()).map_err(|why| why.to_string())
}
