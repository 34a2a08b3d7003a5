//! A list of texts: one row each, and an empty one at the end that makes another.
//!
//! Enter goes on to the next row, Backspace in an empty row removes it, Alt+Up and Alt+Down move
//! it; the same by buttons. What is typed goes straight into the list, so nothing waits unkept.

use egui::{Key, Modifiers, Ui};

use crate::layout::sizes;
use crate::scene::Theme;

use super::Touch;
use super::mark::{Glyph, glyph_button_ui};
use super::text_field::{Lines, styled_text_field_ui};

/// What to do to the list once all rows are drawn.
enum Turn {
    Remove(usize),
    Swap(usize, usize),
}

/// What the user did to a list.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListTouch {
    pub touch: Touch,
    /// The change belongs to a typing run; otherwise it is one stroke of its own.
    pub typing: bool,
}

/// Rows over `list`. `name` is what one row is called ("Criterion"), the rows' accessible names
/// are "Criterion 1" and so on; `add` is the hint in the empty row.
pub fn list_field_ui(
    ui: &mut Ui,
    theme: &Theme,
    id: egui::Id,
    name: &str,
    add: &str,
    list: &mut Vec<String>,
) -> ListTouch {
    let mut result = ListTouch::default();
    let mut turn = None;
    let count = list.len();
    for at in 0..=count {
        let row = id.with(at);
        let called = format!("{name} {}", at + 1);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let focused = ui.memory(|m| m.has_focus(row));
            let buttons = if at < count && (focused || row_hovered(ui)) { 3.0 } else { 0.0 };
            let room = ui.available_width() - buttons * sizes().mark.severity;
            let mut fresh = String::new();
            let was_empty = list.get(at).is_none_or(String::is_empty);
            let (up, down) = if focused { alt_arrows(ui) } else { (false, false) };
            let back = focused && was_empty && at < count && backspace(ui);
            let text = list.get_mut(at).unwrap_or(&mut fresh);
            let touch = styled_text_field_ui(ui, row, &called, text, Lines::One, |edit| {
                let edit = edit.desired_width(room.max(sizes().space.xxl));
                if at == count { edit.hint_text(add.to_owned()) } else { edit }
            });
            if touch.changed {
                result.typing = true;
                if at == count {
                    list.push(fresh);
                }
            }
            result.touch = result.touch.and(touch);
            if touch.ended
                && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter))
                && at < list.len()
            {
                ui.memory_mut(|m| m.request_focus(id.with(at + 1)));
            }
            if touch.ended && list.get(at).is_some_and(String::is_empty) {
                turn = Some(Turn::Remove(at));
            }
            if back {
                turn = Some(Turn::Remove(at));
                ui.memory_mut(|m| m.request_focus(id.with(at.saturating_sub(1))));
            }
            let mut step = |up: bool| {
                let other =
                    if up { at.checked_sub(1) } else { Some(at + 1).filter(|i| *i < count) };
                if let Some(other) = other.filter(|_| at < count) {
                    turn = Some(Turn::Swap(at, other));
                    if focused {
                        ui.memory_mut(|m| m.request_focus(id.with(other)));
                    }
                }
            };
            if up || down {
                step(up);
            }
            if buttons > 0.0 {
                if glyph_button_ui(ui, theme, Glyph::Up, &format!("Move {called} up")).clicked() {
                    step_to(&mut turn, at, at.checked_sub(1));
                }
                if glyph_button_ui(ui, theme, Glyph::Down, &format!("Move {called} down")).clicked()
                {
                    step_to(&mut turn, at, Some(at + 1).filter(|i| *i < count));
                }
                if glyph_button_ui(ui, theme, Glyph::Cross, &format!("Remove {called}")).clicked() {
                    turn = Some(Turn::Remove(at));
                }
            }
        });
    }
    if let Some(turn) = turn {
        match turn {
            Turn::Remove(at) if at < list.len() => drop(list.remove(at)),
            Turn::Swap(a, b) if a < list.len() && b < list.len() => list.swap(a, b),
            Turn::Remove(_) | Turn::Swap(..) => return result,
        }
        // A removal that ends a typing run belongs to the run; any other stroke stands alone.
        result.typing = result.touch.ended;
        result.touch.changed = true;
    }
    result
}

fn step_to(turn: &mut Option<Turn>, at: usize, other: Option<usize>) {
    if let Some(other) = other {
        *turn = Some(Turn::Swap(at, other));
    }
}

/// Whether the pointer is over the row that is about to be drawn.
fn row_hovered(ui: &Ui) -> bool {
    let mut row = ui.available_rect_before_wrap();
    row.set_height(ui.spacing().interact_size.y);
    ui.rect_contains_pointer(row)
}

fn alt_arrows(ui: &Ui) -> (bool, bool) {
    ui.input_mut(|i| {
        (i.consume_key(Modifiers::ALT, Key::ArrowUp), i.consume_key(Modifiers::ALT, Key::ArrowDown))
    })
}

fn backspace(ui: &Ui) -> bool {
    ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Backspace))
}
