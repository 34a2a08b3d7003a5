//! Text fields: one line, many lines, or one long text that wraps.

use egui::{Key, KeyboardShortcut, Margin, Modifiers, TextEdit, Ui};

use crate::layout::sizes;

use super::Touch;

/// How a text may break into lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One line; Enter keeps.
    One,
    /// Wraps to the width, holds no line breaks of its own; Enter keeps.
    Wrapped,
    /// Holds line breaks; Enter breaks a line, Ctrl+Enter keeps.
    Many,
}

/// A text field over `text`; `name` is its accessible name.
///
/// The caller's text is what is edited, so nothing waits in the field to be lost: Esc is reported
/// as `given_up`, and the caller puts back what was there.
pub fn text_field_ui(
    ui: &mut Ui,
    id: egui::Id,
    name: &str,
    hint: &str,
    text: &mut String,
    lines: Lines,
) -> Touch {
    styled_text_field_ui(ui, id, name, text, lines, |edit| edit.hint_text(hint.to_owned()))
}

/// [`text_field_ui`] with a say in how it looks.
pub fn styled_text_field_ui(
    ui: &mut Ui,
    id: egui::Id,
    name: &str,
    text: &mut String,
    lines: Lines,
    style: impl FnOnce(TextEdit<'_>) -> TextEdit<'_>,
) -> Touch {
    let edit = match lines {
        Lines::One => TextEdit::singleline(text).align(egui::Align2::LEFT_CENTER),
        Lines::Wrapped => TextEdit::multiline(text).desired_rows(1).return_key(None),
        Lines::Many => TextEdit::multiline(text).desired_rows(2),
    };
    let margin = Margin::symmetric(sizes().space.s as i8, (sizes().space.xs * 0.75) as i8);
    let edit = style(edit.id(id).margin(margin).desired_width(f32::INFINITY));
    let response = ui.add(edit).accessible_name(name);
    let keep = match lines {
        Lines::One => false,
        Lines::Wrapped => {
            response.has_focus() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter))
        }
        Lines::Many => {
            let keep = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);
            response.has_focus() && ui.input_mut(|i| i.consume_shortcut(&keep))
        }
    };
    if keep {
        response.surrender_focus();
    }
    if lines == Lines::Wrapped && response.changed() && text.contains(['\n', '\r']) {
        *text = text.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ");
    }
    let left = response.lost_focus() || keep;
    let given_up = left && ui.input(|i| i.key_pressed(Key::Escape));
    Touch { changed: response.changed(), ended: left && !given_up, given_up }
}
