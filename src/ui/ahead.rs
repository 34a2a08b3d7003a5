//! Typing ahead of the window: keys that arrive faster than frames are drawn count one after
//! another, each in the state that the one before it leaves behind.
//!
//! A slow frame gets a burst of events: the end of a name, Enter, the key that adds the next step
//! and the first letters of its name. Read together they would be lost or taken for commands, so
//! what changes who listens (Enter, Tab, Esc, a shortcut, a press of a button) gets a frame of its
//! own and what comes after it waits. It knows nothing of maps.

use std::collections::VecDeque;

use egui::{Context, Event, Key, Plugin, RawInput, Ui};

/// Events wait no longer than this for the window to settle.
const MOST_FRAMES: u8 = 12;

/// Holds back events until the window is ready for them.
#[derive(Debug, Default)]
pub struct TypeAhead {
    waiting: VecDeque<Event>,
    /// Commands wait to be run, or a text field is about to open.
    busy: bool,
    /// For how many frames it has been busy while events waited.
    waited: u8,
}

impl TypeAhead {
    /// Said at the end of each frame: whether the next key would come too early.
    pub fn set_busy(&mut self, busy: bool) {
        self.busy = busy;
    }

    /// The events that count in this frame.
    fn let_through(&mut self, typing: bool) -> Vec<Event> {
        let mut now = Vec::new();
        if self.busy && !self.waiting.is_empty() && self.waited < MOST_FRAMES {
            self.waited += 1;
            return now;
        }
        self.waited = 0;
        let (mut seen, mut turned) = (false, false);
        while let Some(event) = self.waiting.front() {
            if counts(event) {
                // A letter's key comes just before the letter itself: they stay together.
                let letter = matches!(event, Event::Text(_))
                    && matches!(now.last(), Some(Event::Key { pressed: true, .. }));
                let turns = turns(event, typing);
                if !letter && (turned || turns && seen) {
                    break;
                }
                seen = true;
                turned |= turns;
            }
            now.extend(self.waiting.pop_front());
        }
        now
    }
}

impl Plugin for TypeAhead {
    fn debug_name(&self) -> &'static str {
        "type ahead"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.waiting.extend(input.events.drain(..));
        if !self.waiting.is_empty() {
            input.events = self.let_through(ctx.text_edit_focused());
        }
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        if !self.waiting.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}

/// Whether the order of this event among others matters.
fn counts(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { pressed: true, .. }
            | Event::PointerButton { pressed: true, .. }
            | Event::Text(_)
            | Event::Ime(_)
            | Event::Copy
            | Event::Cut
            | Event::Paste(_)
    )
}

/// Whether something else may listen after this event.
fn turns(event: &Event, typing: bool) -> bool {
    match event {
        Event::Key { key, modifiers, pressed: true, .. } => {
            !typing
                || modifiers.command
                || modifiers.alt
                || matches!(key, Key::Enter | Key::Tab | Key::Escape | Key::F1 | Key::F2 | Key::F8)
        }
        Event::PointerButton { pressed: true, .. } => true,
        Event::Copy | Event::Cut | Event::Paste(_) => !typing,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn press(key: Key) -> Event {
        let modifiers = Modifiers::NONE;
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn text(letter: &str) -> Event {
        Event::Text(letter.to_owned())
    }

    #[test]
    fn what_was_typed_counts_before_the_key_that_keeps_it() {
        let burst = [press(Key::D), text("d"), press(Key::E), text("e"), press(Key::Enter)];
        let next = [press(Key::S), text("s"), press(Key::A), text("a")];
        let mut ahead = TypeAhead::default();
        ahead.waiting.extend(burst.iter().chain(&next).cloned());
        assert_eq!(ahead.let_through(true), burst[..4]);
        assert_eq!(ahead.let_through(true), burst[4..]);
        assert_eq!(ahead.let_through(false), next[..2], "the command with its own letter");
        ahead.set_busy(true);
        assert_eq!(ahead.let_through(false), [], "the field is not open yet");
        ahead.set_busy(false);
        assert_eq!(ahead.let_through(true), next[2..]);
        assert!(ahead.waiting.is_empty());
    }

    #[test]
    fn nothing_waits_for_ever() {
        let mut ahead = TypeAhead::default();
        ahead.waiting.push_back(text("x"));
        ahead.set_busy(true);
        let frames = (0..100).position(|_| !ahead.let_through(true).is_empty());
        assert_eq!(frames, Some(usize::from(MOST_FRAMES)));
    }
}
