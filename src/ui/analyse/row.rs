//! The lines of the panels: a mark, a title, a muted line below; hovered, pressed, reached by Tab.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Response, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::layout::sizes;
use crate::scene::{Icon, Ink, Rgba, Theme};
use crate::ui::icon;
use crate::ui::widget::mark::{focus_ring, severity};
use crate::ui::widget::{body, bold, colour, small};

/// What stands before the text of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A filled dot in the colour of a severity: a cause that the team named.
    Named(u8),
    /// An empty ring: a cause that only the graph reaches, a step that only degrades.
    Possible,
    /// The triangle of a friction point.
    Severity(u8),
    /// What kind of record it is.
    Icon(Icon),
    /// Something that needs somebody to look at it.
    Warning,
}

/// One line of a panel.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub mark: Mark,
    pub title: &'a str,
    /// Below the title; empty for none.
    pub line: &'a str,
    /// What it is called to a screen reader.
    pub name: &'a str,
    /// Whether the title is in the bold face.
    pub strong: bool,
}

/// Draws a line. It is as wide as there is room and as high as its text.
pub fn row_ui(ui: &mut Ui, theme: &Theme, row: Row<'_>) -> Response {
    let (size, chrome) = (sizes(), &theme.chrome);
    let lead = size.mark.severity + size.space.s;
    let wide = ui.available_width();
    let room = (wide - lead - size.space.xs).max(size.space.xxl);
    let (face, ink): (FontId, Rgba) = match row.mark {
        Mark::Warning => (bold(), chrome.warning),
        _ if row.strong => (bold(), chrome.text_strong),
        _ => (body(), chrome.text),
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = room;
    job.append(row.title, 0.0, TextFormat::simple(face, colour(ink)));
    if !row.line.is_empty() {
        let muted = TextFormat::simple(small(), colour(chrome.muted));
        job.append(&format!("\n{}", row.line), 0.0, muted);
    }
    let galley = ui.painter().layout_job(job);
    let high = (galley.size().y + size.space.s).max(size.space.xl);
    let (rect, response) = ui.allocate_exact_size(vec2(wide, high), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, row.name));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if response.hovered() || response.has_focus() {
            painter.rect_filled(rect, size.radius.field, colour(chrome.panel_alt));
        }
        let top = rect.top() + (rect.height() - galley.size().y) / 2.0;
        let first = galley.rows.first().map_or(0.0, |line| line.height());
        let at = pos2(rect.left() + size.mark.severity / 2.0 + size.space.xxs, top + first / 2.0);
        mark(ui, theme, at, row.mark);
        painter.galley(pos2(rect.left() + lead, top), galley, colour(ink));
        focus_ring(ui, theme, &response, size.radius.field);
    }
    response
}

fn mark(ui: &Ui, theme: &Theme, at: egui::Pos2, mark: Mark) {
    let (size, chrome, painter) = (sizes(), &theme.chrome, ui.painter());
    let square = |side: f32| egui::Rect::from_center_size(at, vec2(side, side));
    match mark {
        Mark::Named(level) => {
            let fill = colour(theme.colour(Ink::SeverityMark(level)));
            let edge = colour(theme.colour(Ink::SeverityBorder(level)));
            painter.circle(at, size.mark.point / 2.0, fill, Stroke::new(size.stroke.hair, edge));
        }
        Mark::Possible => {
            let edge = Stroke::new(size.stroke.medium, colour(chrome.accent));
            painter.add(Shape::circle_stroke(at, size.mark.point / 2.0 - size.stroke.hair, edge));
        }
        Mark::Severity(level) => severity(painter, theme, at, size.mark.severity, level),
        Mark::Icon(icon) => {
            icon::paint(painter, square(size.card.icon), icon, colour(chrome.muted));
        }
        Mark::Warning => {
            icon::paint(painter, square(size.card.icon), Icon::Alert, colour(chrome.warning));
        }
    }
}

/// A name, a bar for a part of a whole, and the part in words; for reading, not for pressing.
pub fn bar_ui(ui: &mut Ui, theme: &Theme, name: &str, part: f64, words: &str, hue: Rgba) {
    let (size, chrome) = (sizes(), &theme.chrome);
    let wide = ui.available_width();
    let (rect, response) =
        ui.allocate_exact_size(vec2(wide, size.text.body.line + size.space.m), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {words}")));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    let said = painter.layout_no_wrap(words.to_owned(), bold(), colour(chrome.text_strong));
    let mut job =
        LayoutJob::single_section(name.to_owned(), TextFormat::simple(body(), colour(chrome.text)));
    let room = rect.width() - said.size().x - size.space.s;
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(0.0));
    let name_galley = painter.layout_job(job);
    let cut = name_galley.elided;
    painter.galley(rect.left_top(), name_galley, colour(chrome.text));
    let at = pos2(rect.right() - said.size().x, rect.top());
    painter.galley(at, said, colour(chrome.text_strong));
    let track = egui::Rect::from_min_max(
        pos2(rect.left(), rect.top() + size.text.body.line + size.space.xxs),
        pos2(rect.right(), rect.top() + size.text.body.line + size.space.xxs + size.mark.dot),
    );
    let radius = size.mark.dot / 2.0;
    painter.rect_filled(track, radius, colour(chrome.border));
    // What is there is seen, however little.
    let filled = (track.width() * part.clamp(0.0, 1.0) as f32).max(if part > 0.0 {
        size.mark.dot
    } else {
        0.0
    });
    let filled = egui::Rect::from_min_size(track.min, vec2(filled, track.height()));
    painter.rect_filled(filled, radius, colour(hue));
    if cut {
        response.on_hover_text(name);
    }
}
