//! Choices out of a fixed list, and switches.

use egui::{ComboBox, Ui};

use crate::layout::sizes;
use crate::model::Choice;

/// A drop-down over all values of a choice. Returns whether another value was chosen.
pub fn choice_ui<C: Choice>(ui: &mut Ui, id: egui::Id, name: &str, value: &mut C) -> bool {
    let before = *value;
    drop_down(ui, id, name, value.label(), |ui| {
        for it in C::all() {
            ui.selectable_value(value, *it, it.label());
        }
    });
    *value != before
}

/// A drop-down over all values of a choice and "Not set". Returns whether it changed.
pub fn optional_choice_ui<C: Choice>(
    ui: &mut Ui,
    id: egui::Id,
    name: &str,
    none: &str,
    value: &mut Option<C>,
) -> bool {
    let before = *value;
    drop_down(
        ui,
        id,
        name,
        &value.map_or_else(|| none.to_owned(), |it| it.label().to_owned()),
        |ui| {
            ui.selectable_value(value, None, none);
            for it in C::all() {
                ui.selectable_value(value, Some(*it), it.label());
            }
        },
    );
    *value != before
}

/// A drop-down as wide as there is room, with an accessible name.
pub fn drop_down(
    ui: &mut Ui,
    id: egui::Id,
    name: &str,
    shown: &str,
    add_contents: impl FnOnce(&mut Ui),
) {
    let combo = ComboBox::from_id_salt(id)
        .selected_text(shown.to_owned())
        .width(ui.available_width())
        .truncate()
        // Long enough for the longest list of ours without scrolling.
        .height(16.0 * sizes().space.xxl)
        .show_ui(ui, add_contents);
    combo.response.accessible_name(name);
}

/// A switch with its words beside it. Returns whether it was flipped.
pub fn switch_ui(ui: &mut Ui, words: &str, on: &mut bool) -> bool {
    ui.checkbox(on, words.to_owned()).changed()
}
