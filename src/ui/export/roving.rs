//! A list that is one stop of the Tab key: arrow keys go from entry to entry inside it.
//!
//! Says where the keys lead; what an entry is and how it looks is its owner's.

use egui::{EventFilter, Id, Key, Modifiers, Response, Sense, Ui};

/// The list as something that can have the focus.
pub fn stop(ui: &Ui, id: Id, rect: egui::Rect) -> Response {
    let sense = Sense::focusable_noninteractive();
    let response = ui.interact(rect, id, sense);
    if response.has_focus() {
        let arrows =
            EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, arrows));
    }
    response
}

/// Which of `count` entries the keys lead to from `at`, where there are `columns` side by side.
pub fn moved(ui: &Ui, list: &Response, at: usize, count: usize, columns: usize) -> Option<usize> {
    if !list.has_focus() || count == 0 {
        return None;
    }
    let last = count - 1;
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let to = [
        (Key::ArrowRight, at + 1),
        (Key::ArrowLeft, at.saturating_sub(1)),
        (Key::ArrowDown, if at + columns > last { at } else { at + columns }),
        (Key::ArrowUp, at.checked_sub(columns).unwrap_or(at)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    let to = to.into_iter().find(|(key, _)| pressed(*key))?.1.min(last);
    (to != at).then_some(to)
}
