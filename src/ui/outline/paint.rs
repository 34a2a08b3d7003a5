//! How a row looks and what a screen reader says of it.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::layout::sizes;
use crate::model::{Id, Kind, Record, query};
use crate::scene::{Icon, Ink, Theme};
use crate::ui::inspector::words::{capital, title_of};
use crate::ui::widget::mark::{Glyph, glyph, star};
use crate::ui::widget::{bold, colour, small};
use crate::ui::{Cx, icon};

use super::rows::{Row, What};

/// What a row shows beside its place in the tree.
pub(super) struct Look {
    pub name: String,
    /// What a screen reader says: "Step Select a title, 2 friction points".
    pub spoken: String,
    strong: bool,
    icon: Option<Icon>,
    /// Where the worst friction point is at least this bad.
    severity: Option<u8>,
    truth: bool,
    delight: bool,
    count: Option<usize>,
}

/// Reads a row's look from the document.
pub(super) fn look(cx: &Cx<'_>, row: &Row) -> Look {
    let (doc, index) = (cx.open.session.doc(), cx.open.session.index());
    let mut look = Look {
        name: String::new(),
        spoken: String::new(),
        strong: row.depth == 0,
        icon: None,
        severity: None,
        truth: false,
        delight: false,
        count: None,
    };
    let Some(id) = row.key.record() else {
        if let What::Group { title, count } = row.what {
            look.name = title.to_owned();
            look.spoken = format!("{title}, {count}");
            look.count = Some(count);
        }
        return look;
    };
    look.name = title_of(doc, id);
    let Some(record) = doc.get(id) else {
        return look;
    };
    let kind = record.kind();
    look.icon = match &**record {
        Record::Touchpoint(it) => Some(Icon::for_channel(it.channel)),
        Record::Stage(_) | Record::Step(_) | Record::Friction(_) | Record::Delight(_) => None,
        Record::System(_) | Record::Influencer(_) => None,
        _ => Some(Icon::for_kind(kind)),
    };
    let mut frictions = 0;
    match &**record {
        Record::Friction(it) => look.severity = Some(it.severity),
        Record::Delight(_) => look.delight = true,
        other => {
            if kind.is_node() {
                let found = query::frictions_at(doc, index, id);
                frictions = found.len();
                look.severity = found.first().map(|(_, it)| it.severity);
            }
            look.truth = match other {
                Record::Step(it) => it.moment_of_truth,
                Record::Touchpoint(it) => it.moment_of_truth,
                _ => false,
            };
        }
    }
    if kind == Kind::Step && !row.open {
        look.severity = look.severity.max(worst_below(cx, id));
    }
    look.spoken = spoken(kind, &look, frictions);
    look
}

fn spoken(kind: Kind, look: &Look, frictions: usize) -> String {
    let mut spoken = format!("{} {}", capital(kind.singular()), look.name);
    if frictions > 0 {
        let kind = Kind::Friction;
        let word = if frictions == 1 { kind.singular() } else { kind.plural() };
        spoken.push_str(&format!(", {frictions} {word}"));
    } else if let Some(level) = look.severity {
        spoken.push_str(&format!(", severity {level}"));
    }
    if look.truth {
        spoken.push_str(", moment of truth");
    }
    spoken
}

/// The worst friction point at the touchpoints of a folded step.
fn worst_below(cx: &Cx<'_>, step: &Id) -> Option<u8> {
    let session = &cx.open.session;
    let all = query::touchpoints_of(session.graph(), step);
    let worst = |id: &Id| query::worst_severity(session.doc(), session.index(), id);
    all.into_iter().filter_map(|(_, id)| worst(id)).max()
}

/// How far a row at a depth stands in, in points.
pub(super) fn indent(depth: u8) -> f32 {
    sizes().space.s + f32::from(depth) * sizes().space.m
}

/// Paints a row; `state` is whether it is selected, under the pointer, at the keyboard's cursor.
/// Returns where its chevron is, and whether the name is cut short.
pub(super) fn row(
    ui: &Ui,
    theme: &Theme,
    row: &Row,
    look: &Look,
    rect: Rect,
    state: (bool, bool, bool),
) -> (Rect, bool) {
    let (size, chrome) = (sizes(), &theme.chrome);
    let (chosen, hovered, at_cursor) = state;
    let painter = ui.painter();
    let plate = rect.shrink2(vec2(size.space.s, size.stroke.hair));
    if chosen {
        painter.rect_filled(plate, size.radius.field, colour(chrome.accent_soft));
    } else if hovered {
        painter.rect_filled(plate, size.radius.field, colour(chrome.panel_alt));
    }
    if at_cursor {
        let ring = Stroke::new(size.stroke.medium, colour(chrome.accent));
        painter.rect_stroke(plate, size.radius.field, ring, egui::StrokeKind::Inside);
    }
    let middle = rect.center().y;
    let mut left = rect.left() + indent(row.depth) + size.space.xs;
    let chevron = Rect::from_center_size(
        pos2(left + size.space.xs, middle),
        vec2(size.space.l, size.space.xl),
    );
    if row.branch {
        let it = if row.open { Glyph::Down } else { Glyph::Right };
        let place = Rect::from_center_size(chevron.center(), vec2(size.space.m, size.space.m));
        glyph(painter, place, it, colour(chrome.muted));
    }
    left += size.space.l;
    let mut right = plate.right() - size.space.s;
    if let Some(level) = look.severity {
        right = severity_mark(ui, theme, pos2(right, middle), level) - size.space.xs;
    }
    if look.truth {
        let at = pos2(right - size.mark.star / 2.0, middle);
        star(painter, at, size.mark.star * 0.85, colour(theme.canvas.truth));
        right -= size.mark.star + size.space.xs;
    }
    if look.delight {
        let at = pos2(right - size.mark.star / 2.0, middle);
        star(painter, at, size.mark.star * 0.85, colour(theme.canvas.delight));
        right -= size.mark.star + size.space.xs;
    }
    if let Some(count) = look.count {
        let muted = colour(chrome.muted);
        let at = pos2(right, middle);
        let text = painter.text(at, Align2::RIGHT_CENTER, count.to_string(), small(), muted);
        right = text.left() - size.space.xs;
    }
    if let Some(it) = look.icon {
        let side = size.card.icon - size.stroke.medium;
        let square = Rect::from_center_size(pos2(left + side / 2.0, middle), vec2(side, side));
        icon::paint(painter, square, it, colour(chrome.muted));
        left += side + size.space.xs + size.stroke.medium;
    }
    let cut = name(ui, theme, look, (left, right, middle), chosen);
    (chevron, cut)
}

fn name(
    ui: &Ui,
    theme: &Theme,
    look: &Look,
    (left, right, middle): (f32, f32, f32),
    chosen: bool,
) -> bool {
    let chrome = &theme.chrome;
    let ink = if look.strong || chosen { chrome.text_strong } else { chrome.text };
    let mut font = if look.strong { bold() } else { crate::ui::widget::body() };
    font.size = sizes().text.card.size;
    let mut job =
        LayoutJob::single_section(look.name.clone(), TextFormat::simple(font, colour(ink)));
    job.wrap = TextWrapping::truncate_at_width((right - left).max(sizes().space.l));
    let galley = ui.painter().layout_job(job);
    let at = pos2(left, middle - galley.size().y / 2.0);
    let cut = galley.elided;
    ui.painter().galley(at, galley, colour(ink));
    cut
}

/// A small triangle and its number, right-aligned; returns its left edge.
fn severity_mark(ui: &Ui, theme: &Theme, right: egui::Pos2, level: u8) -> f32 {
    let mut font = bold();
    font.size = sizes().text.small.size;
    let number = if level == 0 { "?".to_owned() } else { level.to_string() };
    let ink = colour(theme.chrome.text);
    let text = ui.painter().text(right, Align2::RIGHT_CENTER, number, font, ink);
    let side = sizes().text.small.size;
    let centre = pos2(text.left() - side / 2.0 - sizes().stroke.thick, right.y);
    let half = side / 2.0;
    let points = vec![
        centre + vec2(0.0, -half * 0.9),
        centre + vec2(half, half * 0.82),
        centre + vec2(-half, half * 0.82),
    ];
    let fill: Color32 = colour(theme.colour(Ink::SeverityMark(level)));
    let edge = Stroke::new(sizes().stroke.hair, colour(theme.colour(Ink::SeverityBorder(level))));
    ui.painter().add(Shape::convex_polygon(points, fill, edge));
    centre.x - half
}
