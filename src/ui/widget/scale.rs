//! Whole numbers on a short scale: a row of numbered steps, or a rail with a knob.
//!
//! Both know "not set", both answer to arrow keys, to Delete and to a screen reader.

use std::ops::RangeInclusive;

use egui::accesskit::{Action, Role};
use egui::{Align2, Key, Modifiers, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::layout::sizes;
use crate::scene::{Ink, Rgba, Theme};

use super::mark::{Glyph, focus_ring, glyph_button_ui};
use super::{Touch, body, bold, colour, small};

/// The minus sign, not a hyphen.
pub fn signed(value: i32) -> String {
    match value {
        0 => "0".into(),
        v if v < 0 => format!("\u{2212}{}", -v),
        v => format!("+{v}"),
    }
}

/// A row of numbered steps; the chosen one is filled, and another click on it clears it.
/// `severity` gives each step the colour of that severity.
pub fn steps_ui(
    ui: &mut Ui,
    theme: &Theme,
    id: egui::Id,
    name: &str,
    value: &mut Option<i32>,
    range: RangeInclusive<i32>,
    severity: bool,
) -> Touch {
    let size = sizes();
    let before = *value;
    let side = size.space.xl;
    let count = range.clone().count() as f32;
    let gap = size.space.xs;
    let (rect, _) = ui.allocate_exact_size(
        vec2(count * side + (count - 1.0) * gap, side - size.space.xs),
        Sense::hover(),
    );
    let response = ui.interact(rect, id, Sense::click());
    let cell = |v: i32| {
        let left = rect.left() + (v - range.start()) as f32 * (side + gap);
        Rect::from_min_size(pos2(left, rect.top()), vec2(side, rect.height()))
    };
    if response.clicked()
        && let Some(at) = response.interact_pointer_pos()
        && let Some(hit) = range.clone().find(|v| cell(*v).expand(gap / 2.0).contains(at))
    {
        *value = if *value == Some(hit) { None } else { Some(hit) };
    }
    keys(ui, &response, value, &range);
    tell(ui, &response, name, *value, &range);
    for v in range.clone() {
        let chosen = *value == Some(v);
        let (fill, ink) = match (chosen, severity) {
            (true, true) => {
                let level = u8::try_from(v).unwrap_or(1);
                (theme.colour(Ink::SeverityMark(level)), theme.colour(Ink::OnSeverity(level)))
            }
            (true, false) => (theme.chrome.accent, theme.chrome.on_accent),
            (false, _) => (theme.chrome.field, theme.chrome.muted),
        };
        let place = cell(v);
        let edge = Stroke::new(
            size.stroke.hair,
            colour(if chosen { fill } else { theme.chrome.border_strong }),
        );
        let font = if chosen { bold() } else { body() };
        let text = if *range.start() < 0 { signed(v) } else { v.to_string() };
        ui.painter().rect(place, size.radius.field, colour(fill), edge, egui::StrokeKind::Inside);
        ui.painter().text(place.center(), Align2::CENTER_CENTER, text, font, colour(ink));
    }
    focus_ring(ui, theme, &response, size.radius.field);
    Touch { changed: *value != before, ..Touch::default() }
}

/// A rail with a knob in a colour, the value in words after it and a cross that clears it.
/// Pulling the knob reports `changed` at every step and `ended` on release.
pub fn rail_ui(
    ui: &mut Ui,
    theme: &Theme,
    id: egui::Id,
    name: &str,
    value: &mut Option<i32>,
    range: RangeInclusive<i32>,
    ink: Rgba,
) -> Touch {
    let size = sizes();
    let before = *value;
    let mut touch = Touch::default();
    ui.horizontal(|ui| {
        let words = size.space.xxl + size.space.xl;
        let wide = (ui.available_width() - words).max(3.0 * size.space.xxl);
        let (rect, _) = ui.allocate_exact_size(vec2(wide, size.mark.severity), Sense::hover());
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let knob = size.mark.dot;
        let (low, high) = (rect.left() + knob, rect.right() - knob);
        let steps = (range.end() - range.start()) as f32;
        let x_of = |v: i32| low + (high - low) * (v - range.start()) as f32 / steps;
        if (response.clicked() || response.dragged())
            && let Some(at) = response.interact_pointer_pos()
        {
            let part = ((at.x - low) / (high - low)).clamp(0.0, 1.0);
            *value = Some(range.start() + (part * steps).round() as i32);
        }
        touch.ended = response.drag_stopped() || response.clicked();
        touch.given_up = response.dragged() && ui.input(|i| i.key_pressed(Key::Escape));
        touch.ended |= keys(ui, &response, value, &range);
        tell(ui, &response, name, *value, &range);

        let y = rect.center().y;
        let rail = Stroke::new(size.stroke.thick, colour(theme.chrome.border_strong));
        ui.painter().line_segment([pos2(low, y), pos2(high, y)], rail);
        for v in range.clone() {
            let tick = pos2(x_of(v), y);
            ui.painter().circle_filled(tick, size.stroke.medium, colour(theme.chrome.faint));
        }
        match *value {
            Some(v) => {
                let at = pos2(x_of(v), y);
                ui.painter().circle_filled(at, knob, colour(ink));
                if response.hovered() || response.has_focus() {
                    let ring = Stroke::new(size.stroke.medium, colour(theme.chrome.accent));
                    ui.painter().circle_stroke(at, knob + size.stroke.thick, ring);
                }
            }
            None => focus_ring(ui, theme, &response, size.radius.field),
        }
        let words = match *value {
            Some(v) if *range.start() < 0 => signed(v),
            Some(v) => v.to_string(),
            None => "not set".to_owned(),
        };
        let font = if value.is_some() { body() } else { small() };
        let tone = colour(if value.is_some() { theme.chrome.text } else { theme.chrome.muted });
        ui.label(egui::RichText::new(words).font(font).color(tone));
        if value.is_some() {
            let clear = glyph_button_ui(ui, theme, Glyph::Cross, &format!("Clear {name}"));
            if clear.clicked() {
                *value = None;
                touch.ended = true;
            }
        }
    });
    touch.changed = *value != before;
    touch
}

/// Arrow keys, Home, End and Delete on the focused scale. Returns whether one was pressed.
fn keys(
    ui: &Ui,
    response: &Response,
    value: &mut Option<i32>,
    range: &RangeInclusive<i32>,
) -> bool {
    let asked = |action| ui.input(|i| i.has_accesskit_action_request(response.id, action));
    let mut by = i32::from(asked(Action::Increment)) - i32::from(asked(Action::Decrement));
    let mut to = None;
    if response.has_focus() {
        let filter = egui::EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
        ui.input_mut(|i| {
            by += i32::from(i.consume_key(Modifiers::NONE, Key::ArrowRight));
            by -= i32::from(i.consume_key(Modifiers::NONE, Key::ArrowLeft));
            if i.consume_key(Modifiers::NONE, Key::Home) {
                to = Some(Some(*range.start()));
            }
            if i.consume_key(Modifiers::NONE, Key::End) {
                to = Some(Some(*range.end()));
            }
            if i.consume_key(Modifiers::NONE, Key::Delete)
                || i.consume_key(Modifiers::NONE, Key::Backspace)
            {
                to = Some(None);
            }
        });
    }
    if by != 0 {
        let from =
            value.unwrap_or(if *range.start() < 0 { -by } else { range.start() - by.max(0) });
        to = Some(Some((from + by).clamp(*range.start(), *range.end())));
    }
    if let Some(to) = to {
        *value = to;
    }
    to.is_some()
}

/// What a screen reader hears: the name, the value, and that it can be stepped.
fn tell(ui: &Ui, response: &Response, name: &str, value: Option<i32>, range: &RangeInclusive<i32>) {
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(f64::from(*range.start()));
        node.set_max_numeric_value(f64::from(*range.end()));
        match value {
            Some(v) => node.set_numeric_value(f64::from(v)),
            None => node.set_value("not set"),
        }
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
}
