//! Painted marks and the small buttons that bear them: severity, star, chevron, cross, plus, arrows.
//!
//! Painted, not written: no font need have them, and they stay sharp at every scale.

use egui::accesskit::Role;
use egui::{
    Align2, Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, WidgetInfo, vec2,
};

use crate::layout::sizes;
use crate::scene::{Ink, Theme};

use super::{bold, colour};

/// What a small button shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    Plus,
    Minus,
    Cross,
    Dots,
    Up,
    Down,
    Left,
    Right,
    Calendar,
}

/// Paints a glyph into the middle of a rect.
pub fn glyph(painter: &Painter, rect: Rect, glyph: Glyph, ink: Color32) {
    let stroke = Stroke::new(sizes().stroke.thin, ink);
    let (c, r) = (rect.center(), rect.width().min(rect.height()) * 0.25);
    let line = |a: (f32, f32), b: (f32, f32)| {
        painter.line_segment([c + r * vec2(a.0, a.1), c + r * vec2(b.0, b.1)], stroke);
    };
    let bend = |a, b, d| {
        line(a, b);
        line(b, d);
    };
    match glyph {
        Glyph::Plus => {
            line((-1.0, 0.0), (1.0, 0.0));
            line((0.0, -1.0), (0.0, 1.0));
        }
        Glyph::Minus => line((-1.0, 0.0), (1.0, 0.0)),
        Glyph::Dots => {
            for x in [-1.0, 0.0, 1.0] {
                let radius = sizes().stroke.thin;
                painter.circle_filled(c + r * vec2(x, 0.0), radius, ink);
            }
        }
        Glyph::Cross => {
            line((-0.8, -0.8), (0.8, 0.8));
            line((-0.8, 0.8), (0.8, -0.8));
        }
        Glyph::Up => bend((-1.0, 0.5), (0.0, -0.5), (1.0, 0.5)),
        Glyph::Down => bend((-1.0, -0.5), (0.0, 0.5), (1.0, -0.5)),
        Glyph::Left => bend((0.5, -1.0), (-0.5, 0.0), (0.5, 1.0)),
        Glyph::Right => bend((-0.5, -1.0), (0.5, 0.0), (-0.5, 1.0)),
        Glyph::Calendar => {
            let sheet = Rect::from_center_size(c, vec2(2.6, 2.4) * r);
            painter.rect_stroke(sheet, r * 0.3, stroke, egui::StrokeKind::Middle);
            line((-1.3, -0.4), (1.3, -0.4));
            line((-0.6, -1.6), (-0.6, -0.9));
            line((0.6, -1.6), (0.6, -0.9));
        }
    }
}

/// A small square button with a glyph; `name` is its accessible name and its tooltip.
pub fn glyph_button_ui(ui: &mut Ui, theme: &Theme, it: Glyph, name: &str) -> Response {
    let side = ui.spacing().interact_size.y.min(sizes().mark.severity);
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let lit = response.hovered() || response.has_focus();
        if lit {
            ui.painter().rect_filled(rect, sizes().radius.field, colour(theme.chrome.accent_soft));
        }
        focus_ring(ui, theme, &response, sizes().radius.field);
        let ink = match (ui.is_enabled(), lit) {
            (false, _) => theme.chrome.faint,
            (true, true) => theme.chrome.accent,
            (true, false) => theme.chrome.muted,
        };
        glyph(ui.painter(), rect, it, colour(ink));
    }
    response.on_hover_text(name)
}

/// The ring that shows where the keyboard is.
pub fn focus_ring(ui: &Ui, theme: &Theme, response: &Response, radius: f32) {
    if response.has_focus() {
        let stroke = Stroke::new(sizes().stroke.medium, colour(theme.chrome.accent));
        ui.painter().rect_stroke(response.rect, radius, stroke, egui::StrokeKind::Inside);
    }
}

/// The triangle of a friction point with its severity in it, 1 to 5 (0: not said yet).
pub fn severity(painter: &Painter, theme: &Theme, centre: Pos2, side: f32, severity: u8) {
    let half = side / 2.0;
    let points = vec![
        centre + vec2(0.0, -half * 0.9),
        centre + vec2(half, half * 0.82),
        centre + vec2(-half, half * 0.82),
    ];
    let fill = colour(theme.colour(Ink::SeverityMark(severity)));
    let edge =
        Stroke::new(sizes().stroke.hair, colour(theme.colour(Ink::SeverityBorder(severity))));
    painter.add(Shape::convex_polygon(points, fill, edge));
    let mut font = bold();
    font.size = side * 0.56;
    let number = if severity == 0 { "?".to_owned() } else { severity.to_string() };
    let ink = colour(theme.colour(Ink::OnSeverity(severity)));
    painter.text(centre + vec2(0.0, half * 0.25), Align2::CENTER_CENTER, number, font, ink);
}

/// A five-pointed star.
pub fn star(painter: &Painter, centre: Pos2, side: f32, fill: Color32) {
    let radius = side / 2.0;
    let tip = |i: usize, r: f32| {
        let turn = std::f32::consts::PI * (i as f32) / 5.0;
        centre + r * vec2(turn.sin(), -turn.cos())
    };
    // A star is not convex: five kites that meet in the middle are.
    for i in 0..5 {
        let inner = radius * 0.45;
        let kite = vec![centre, tip(2 * i + 9, inner), tip(2 * i, radius), tip(2 * i + 1, inner)];
        painter.add(Shape::convex_polygon(kite, fill, Stroke::NONE));
    }
}
