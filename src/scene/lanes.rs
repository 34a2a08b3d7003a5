//! Labels of lanes and the three lines of the blueprint.

use std::sync::Arc;

use crate::geom::{Path, pt};
use crate::layout::grid::BandLine;
use crate::layout::plan::{Plan, Row};
use crate::layout::{Geometry, sizes};
use crate::model::choice::LaneContent;
use crate::text::{Block, Text};

use super::draw::{Draft, enlarged, set};
use super::{Align, Detail, Hit, Ink, Item, Layer, Part, Shape, Stroke};

/// A lane's label as set.
pub(super) fn label(row: &Row, text: &mut Text) -> Arc<Block> {
    let room = match row.content {
        // Beside it stands the scale.
        LaneContent::Emotion => sizes().space.xxl + sizes().space.s,
        _ => sizes().space.m,
    };
    set(text, &row.name, sizes().text.lane.bold(), sizes().lane.label_width - room, 4)
}

/// Labels and lines.
pub(super) fn draw(plan: &Plan, geo: &Geometry, text: &mut Text, out: &mut Vec<Item>) {
    for (row, at) in plan.rows.iter().zip(&geo.down.rows) {
        let block = label(row, text);
        // Beside the first track, so that a label stays with its cards however many there are;
        // lists have no cards, their first line stands at the top.
        let list = matches!(
            row.content,
            LaneContent::Activities | LaneContent::Criteria | LaneContent::Thoughts
        );
        let top = match at.tracks.first() {
            Some(_) if list => at.span.min + 0.5,
            Some(track) if track.length() > block.height => track.center() - block.height / 2.0,
            Some(track) => track.min,
            None => (at.span.center() - block.height / 2.0).max(at.span.min),
        };
        let top = top.min(at.span.max - block.height).max(at.span.min);
        let span = geo.across.labels;
        let mut draft = Draft::default();
        let width = span.length();
        let room = width - sizes().space.s;
        let far = enlarged(&block, room, at.span.length(), text);
        let far_top = (top + (block.height - far.height) / 2.0)
            .min(at.span.max - far.height)
            .max(at.span.min);
        draft.text(Detail::TITLE, pt(span.min, far_top), width, far, Ink::Muted);
        draft.text(Detail::FULL, pt(span.min, top), width, block, Ink::Muted);
        let hit = Hit { record: row.id.clone(), part: Part::LaneLabel, other: None };
        let rect = span.by(at.span);
        out.push(draft.item(Layer::Lines, Some(rect), Some(hit), format!("Lane: {}", row.name)));
    }
    for (line, y) in &geo.down.lines {
        out.push(band_line(*line, *y, geo, text));
    }
}

fn band_line(line: BandLine, y: f32, geo: &Geometry, text: &mut Text) -> Item {
    let (left, right) = (geo.across.labels.min, geo.across.right);
    let mut draft = Draft::default();
    dashes(&mut draft, left, right, y);
    let width = (right - left - sizes().space.s).max(1.0);
    let block = set(text, words(line), sizes().text.small.regular(), width, 1);
    let at = pt(left, y - block.height - sizes().space.xxs);
    let align = Align::End;
    draft.push(Detail::FULL, Shape::Text { at, width, block, ink: Ink::Muted, align });
    draft.item(Layer::Lines, None, None, String::new())
}

/// What a line of the blueprint is called.
pub(super) fn words(line: BandLine) -> &'static str {
    match line {
        BandLine::Interaction => "line of interaction",
        BandLine::Visibility => "line of visibility",
        BandLine::Internal => "line of internal interaction",
    }
}

/// A line of the blueprint.
pub(super) fn dashes(draft: &mut Draft, left: f32, right: f32, y: f32) {
    let path = Path::polyline(&[pt(left, y), pt(right, y)]);
    let (dash, gap) = (1.5 * sizes().stroke.dash, 1.5 * sizes().stroke.dash_gap);
    let stroke = Some(Stroke::dashed(sizes().stroke.thin, Ink::BandLine, dash, gap));
    draft.push(Detail::ALL, Shape::Path { path, fill: None, stroke });
}
