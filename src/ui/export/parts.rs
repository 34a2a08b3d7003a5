//! The list of a deck's parts: ticked or left out, and moved by dragging or with Alt and an arrow.
//!
//! Not here: what is on the slides of a part.

use egui::{CursorIcon, Key, Modifiers, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::layout::sizes;
use crate::scene::Icon;
use crate::ui::icon;
use crate::ui::theme::{colour, current};
use crate::ui::widget::muted;

use super::{Composer, sheet};

/// The height of a row, in points.
const ROW: f32 = 28.0;
/// The width of what shows that a row can be dragged.
const GRIP: f32 = 20.0;

/// Draws the list.
pub fn parts_ui(ui: &mut Ui, composer: &mut Composer) {
    let theme = current(ui);
    sheet::section(ui, "Parts");
    let top = ui.cursor().top();
    let count = composer.options.parts.len();
    let mut swap = None;
    ui.scope(|ui| {
        // Rows stand close, so that where the pointer is tells between which ones.
        ui.spacing_mut().item_spacing.y = 0.0;
        for at in 0..count {
            if let Some(to) = row_ui(ui, composer, at) {
                swap = Some((at, to));
            }
        }
    });
    let list = Rect::from_min_max(
        pos2(ui.max_rect().left(), top),
        pos2(ui.max_rect().right(), top + ROW * count as f32),
    );
    if let Some((from, to)) = follow(ui, composer, list).or(swap) {
        move_part(&mut composer.options.parts, from, to);
    }
    ui.label(muted("Drag, or Alt+Up and Alt+Down, to reorder", theme));
}

/// Draws a row. Returns where it is to go.
fn row_ui(ui: &mut Ui, composer: &mut Composer, at: usize) -> Option<usize> {
    let theme = current(ui);
    let part = composer.options.parts[at].part;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let id = ui.scope_id().with(("part", part));
    let drag = ui.interact(rect, id.with("drag"), Sense::DRAG);
    if drag.drag_started() {
        composer.dragged = Some(at);
    }
    let held = composer.dragged == Some(at);
    if held || drag.hovered() {
        let fill = if held { theme.chrome.accent_soft } else { theme.chrome.panel_alt };
        ui.painter().rect_filled(rect, sizes().radius.field, colour(fill));
    }
    if drag.hovered() && composer.dragged.is_none() {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
    }
    let grip = Rect::from_center_size(
        rect.left_center() + vec2(GRIP / 2.0, 0.0),
        egui::Vec2::splat(sizes().space.m),
    );
    icon::paint(ui.painter(), grip, Icon::Grip, colour(theme.chrome.faint));
    let inner = rect.with_min_x(rect.left() + GRIP).shrink2(vec2(0.0, 2.0));
    let mut to = None;
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt(id), |ui| {
        ui.horizontal_centered(|ui| {
            let number = composer
                .previews
                .shown
                .as_ref()
                .map(|it| it.slides.iter().filter(|slide| slide.part == part).count());
            let it = &mut composer.options.parts[at];
            let mut on = !it.left_out;
            let tick = ui.checkbox(&mut on, part.label());
            it.left_out = !on;
            composer.enters.push(tick.id);
            if tick.has_focus() {
                to = moved(ui, at, composer.options.parts.len());
            }
            let layout = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(layout, |ui| {
                ui.add_space(sizes().space.xs);
                // The number of a part that was ticked just now is on its way.
                let said = match number {
                    Some(n) if on && n > 0 => n.to_string(),
                    _ => String::new(),
                };
                ui.label(muted(said, theme));
            });
        });
    });
    to
}

/// Where Alt and an arrow key move a row.
fn moved(ui: &Ui, at: usize, count: usize) -> Option<usize> {
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::ALT, key));
    if pressed(Key::ArrowUp) {
        at.checked_sub(1)
    } else if pressed(Key::ArrowDown) {
        Some(at + 1).filter(|to| *to < count)
    } else {
        None
    }
}

/// Follows the pointer while a row is dragged. Returns from where to where it went on release.
fn follow(ui: &Ui, composer: &mut Composer, list: Rect) -> Option<(usize, usize)> {
    let from = composer.dragged?;
    // Esc gives up the drag, and not the composer with it.
    let (pointer, released, given_up) = ui.input_mut(|i| {
        let given_up = i.consume_key(Modifiers::NONE, Key::Escape);
        (i.pointer.interact_pos(), i.pointer.any_released(), given_up)
    });
    let Some(pointer) = pointer.filter(|_| !given_up) else {
        composer.dragged = None;
        return None;
    };
    let count = composer.options.parts.len();
    let gap = ((pointer.y - list.top()) / ROW).round().clamp(0.0, count as f32) as usize;
    let y = list.top() + gap as f32 * ROW;
    let stroke = Stroke::new(sizes().stroke.thick, colour(current(ui).chrome.accent));
    ui.painter().hline(list.x_range(), y, stroke);
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if released {
        composer.dragged = None;
        // Above itself or below itself is where it is.
        let to = if gap > from { gap - 1 } else { gap };
        return (to != from).then_some((from, to));
    }
    None
}

/// Moves an entry of a list to another place; those between make room.
fn move_part<T>(parts: &mut Vec<T>, from: usize, to: usize) {
    if from < parts.len() && to < parts.len() {
        let part = parts.remove(from);
        parts.insert(to, part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_stands_where_it_was_put_and_the_rest_makes_room() {
        let mut parts = vec!['a', 'b', 'c', 'd'];
        move_part(&mut parts, 0, 2);
        assert_eq!(parts, ['b', 'c', 'a', 'd']);
        move_part(&mut parts, 3, 0);
        assert_eq!(parts, ['d', 'b', 'c', 'a']);
        move_part(&mut parts, 1, 9);
        assert_eq!(parts, ['d', 'b', 'c', 'a'], "there is no such place");
    }
}
