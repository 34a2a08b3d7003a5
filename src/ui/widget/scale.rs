//! Whole numbers on a short scale: a row of numbered steps, or a rail with a knob.
//!
//! Both know "not set", both answer to arrow keys, to Delete and to a screen reader.

use std::ops::RangeInclusive;

use egui::accesskit::{Action, Role};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Key, Modifiers, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::layout::sizes;
use crate::scene::{Ink, Rgba, Theme};

use super::mark::{Glyph, focus_ring, glyph_button_ui};
use super::{Touch, body, bold, colour};

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
        vec2(count * side + (count - 1.0) * gap, ui.spacing().interact_size.y),
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

/// A rail with a knob in a colour, after its `title` in that colour; the value in words after it
/// and a cross that clears it. `name` is what a screen reader says.
/// Pulling the knob reports `changed` at every step and `ended` on release.
pub fn rail_ui(
    ui: &mut Ui,
    theme: &Theme,
    id: egui::Id,
    (title, name): (&str, &str),
    value: &mut Option<i32>,
    range: RangeInclusive<i32>,
    ink: Rgba,
) -> Touch {
    let size = sizes();
    let before = *value;
    let mut touch = Touch::default();
    let (words, cross) = (size.space.xl, size.mark.severity);
    let line = ui.spacing().interact_size.y;
    let beside = ui.available_width() >= 5.5 * size.space.xxl;
    let title_ui = |ui: &mut Ui, wide: f32, high: f32| {
        let (rect, it) = ui.allocate_exact_size(vec2(wide, high), Sense::hover());
        let mut job =
            LayoutJob::single_section(title.to_owned(), TextFormat::simple(bold(), colour(ink)));
        job.wrap = TextWrapping::truncate_at_width(wide);
        let galley = ui.painter().layout_job(job);
        let at = rect.left_center() - vec2(0.0, galley.size().y / 2.0);
        if galley.elided {
            it.on_hover_text(title);
        }
        ui.painter().galley(at, galley, colour(ink));
    };
    if !beside {
        title_ui(ui, ui.available_width(), size.space.l);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size.space.xs;
        if beside {
            title_ui(ui, (ui.available_width() - words - cross) * 0.48, line);
        }
        let wide = (ui.available_width() - words - cross - 2.0 * size.space.xs).max(size.space.xxl);
        let (rect, _) = ui.allocate_exact_size(vec2(wide, line), Sense::hover());
        let response = ui.interact(rect, id, Sense::click_and_drag());
        pull(ui, &response, value, &range, &mut touch);
        tell(ui, &response, name, *value, &range);
        rail_paint(ui, theme, &response, *value, &range, ink);
        words_paint(ui, theme, *value, &range, vec2(words, line));
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

/// Where on a rail a value is: its two ends, in points.
fn ends(rect: Rect) -> (f32, f32) {
    let knob = sizes().mark.dot;
    (rect.left() + knob, rect.right() - knob)
}

fn pull(
    ui: &Ui,
    response: &Response,
    value: &mut Option<i32>,
    range: &RangeInclusive<i32>,
    touch: &mut Touch,
) {
    let (low, high) = ends(response.rect);
    let steps = (range.end() - range.start()) as f32;
    if (response.clicked() || response.dragged())
        && let Some(at) = response.interact_pointer_pos()
    {
        let part = ((at.x - low) / (high - low)).clamp(0.0, 1.0);
        *value = Some(range.start() + (part * steps).round() as i32);
    }
    touch.ended = response.drag_stopped() || response.clicked();
    touch.given_up = response.dragged() && ui.input(|i| i.key_pressed(Key::Escape));
    touch.ended |= keys(ui, response, value, range);
}

fn rail_paint(
    ui: &Ui,
    theme: &Theme,
    response: &Response,
    value: Option<i32>,
    range: &RangeInclusive<i32>,
    ink: Rgba,
) {
    let size = sizes();
    let (low, high) = ends(response.rect);
    let (y, steps) = (response.rect.center().y, (range.end() - range.start()) as f32);
    let x_of = |v: i32| low + (high - low) * (v - range.start()) as f32 / steps;
    let rail = Stroke::new(size.stroke.thick, colour(theme.chrome.border_strong));
    ui.painter().line_segment([pos2(low, y), pos2(high, y)], rail);
    for v in range.clone() {
        ui.painter().circle_filled(
            pos2(x_of(v), y),
            size.stroke.medium,
            colour(theme.chrome.faint),
        );
    }
    let Some(v) = value else {
        return focus_ring(ui, theme, response, size.radius.field);
    };
    let at = pos2(x_of(v), y);
    ui.painter().circle_filled(at, size.mark.dot, colour(ink));
    if response.hovered() || response.has_focus() {
        let ring = Stroke::new(size.stroke.medium, colour(theme.chrome.accent));
        ui.painter().circle_stroke(at, size.mark.dot + size.stroke.thick, ring);
    }
}

/// The value in words, or a dash where none is set; always as wide, so that rails line up.
fn words_paint(
    ui: &mut Ui,
    theme: &Theme,
    value: Option<i32>,
    range: &RangeInclusive<i32>,
    room: egui::Vec2,
) {
    let (rect, response) = ui.allocate_exact_size(room, Sense::hover());
    let words = match value {
        Some(v) if *range.start() < 0 => signed(v),
        Some(v) => v.to_string(),
        None => "\u{2013}".to_owned(),
    };
    let ink = if value.is_some() { theme.chrome.text } else { theme.chrome.muted };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, words, body(), colour(ink));
    if value.is_none() {
        response.on_hover_text("Not set");
    }
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
