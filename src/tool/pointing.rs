//! A button is down and has not moved far enough to be a drag; letting go is a click.

use crate::edit::{Selection, verbs};
use crate::model::Kind;
use crate::scene::{Hit, Part};

use super::{
    At, Button, Context, DRAG_THRESHOLD, DraggingCards, DraggingEmotion, DraggingLane,
    DraggingStage, DraggingSteps, Input, Intent, Linking, Marquee, Modifiers, Step, Target, Tool,
};

/// What was pressed, where and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointing {
    pub at: At,
    pub button: Button,
    pub modifiers: Modifiers,
    pub target: Target,
    /// It was selected before the press, so a click (not a drag) leaves it alone selected.
    pub was_selected: bool,
}

impl Pointing {
    /// A press on something that is not selected selects it at once, so that a drag moves what
    /// the pointer is on and a context menu is about it.
    pub(super) fn begin(at: At, button: Button, modifiers: Modifiers, cx: &Context<'_>) -> Step {
        let target = cx.target_at(at.in_map);
        let mut intents = Vec::new();
        let mut was_selected = false;
        if let Target::Item(hit) = &target {
            was_selected = cx.selection().contains(&hit.record);
            if !was_selected && !modifiers.shift {
                intents.push(cx.select(&hit.record));
            }
        }
        (Tool::Pointing(Self { at, button, modifiers, target, was_selected }), intents)
    }

    pub(super) fn step(self, input: &Input, cx: &Context<'_>) -> Step {
        match input {
            Input::Move { at, .. }
                if self.button == Button::Primary
                    && at.on_screen.distance(self.at.on_screen) >= DRAG_THRESHOLD =>
            {
                self.drag(input, *at, cx)
            }
            Input::Release { button, .. } if *button == self.button => {
                let intents = self.click(cx);
                (Tool::Idle, intents)
            }
            Input::Cancel => (Tool::Idle, vec![]),
            _ => (Tool::Pointing(self), vec![]),
        }
    }

    fn click(self, cx: &Context<'_>) -> Vec<Intent> {
        match (self.target, self.button) {
            (Target::Item(hit), Button::Primary) if self.modifiers.shift => {
                vec![Intent::Toggle(hit.record)]
            }
            (Target::Item(hit), Button::Primary) => vec![cx.select(&hit.record)],
            (Target::Ground, Button::Primary) if !self.modifiers.shift => {
                vec![Intent::SetSelection(Selection::default())]
            }
            _ => vec![],
        }
    }

    /// The pointer went far enough: what begins depends on what was pressed. The move that
    /// decided it already counts.
    fn drag(self, input: &Input, at: At, cx: &Context<'_>) -> Step {
        let (tool, mut intents) = match &self.target {
            Target::Handle(from) => (Tool::Linking(Linking::from_handle(from, at, cx)), vec![]),
            Target::Item(hit) => {
                let pinned = DraggingCards::begin(hit, self.at, cx).map(Tool::DraggingCards);
                match (pinned, Self::drag_of(hit, self.at, cx)) {
                    (Some(tool), _) => (tool, vec![]),
                    (None, Some((tool, label))) => (tool, vec![Intent::BeginEdit(label)]),
                    (None, None) => self.marquee(cx),
                }
            }
            Target::Ground => self.marquee(cx),
        };
        let (tool, more) = tool.step(input, cx);
        intents.extend(more);
        (tool, intents)
    }

    fn marquee(&self, cx: &Context<'_>) -> Step {
        let base = if self.modifiers.shift { cx.selection().clone() } else { Selection::default() };
        let before = cx.selection().clone();
        let from = self.at.in_map;
        (Tool::Marquee(Marquee { from, to: from, last: self.at, base, before }), vec![])
    }

    /// What moves in the journey: steps, stages, lanes and feelings.
    fn drag_of(hit: &Hit, at: At, cx: &Context<'_>) -> Option<(Tool, String)> {
        cx.picture.journey()?;
        let kind = cx.doc().kind_of(&hit.record);
        let named = |what: &str| match verbs::describe::name(cx.doc(), &hit.record) {
            _ if kind.is_none() => what.to_owned(),
            name => format!("{what} {name}"),
        };
        Some(match (hit.part, kind) {
            (Part::Emotion, Some(Kind::Step)) => {
                let it = DraggingEmotion::begin(hit, at, cx)?;
                (Tool::DraggingEmotion(it), named("change the feeling at"))
            }
            (Part::StageHeader, Some(Kind::Stage)) => {
                (Tool::DraggingStage(DraggingStage::begin(hit, at)), named("move stage"))
            }
            // A default lane is no record yet; moving it makes it one.
            (Part::LaneLabel, _) => {
                (Tool::DraggingLane(DraggingLane::begin(hit, at)), named("move lane"))
            }
            (Part::Card | Part::Activities | Part::Criteria | Part::Thoughts, Some(Kind::Step)) => {
                let steps = cx.dragged_steps(&hit.record);
                let label = verbs::describe::doing("move", cx.doc(), &steps);
                (Tool::DraggingSteps(DraggingSteps::begin(steps, hit, at, cx)), label)
            }
            _ => return None,
        })
    }
}
