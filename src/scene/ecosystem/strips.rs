//! Strips with their titles, the lines between bands, the heads of stages, and hints in strips
//! that are empty.
//!
//! Titles stand in a gutter left of all cards and lines. Not here: the cards.

use crate::geom::{Rect, pt};
use crate::layout::grid::BandLine;
use crate::layout::layered::{Arrangement, Route};
use crate::layout::{Span, sizes};
use crate::model::choice::Band;
use crate::model::{Doc, Id};
use crate::text::Text;

use super::super::cards::tint;
use super::super::draw::{Draft, enlarged, set};
use super::super::header::stage_name;
use super::super::lanes::{dashes, words};
use super::super::{Detail, Hit, Ink, Item, Layer, Part, Shape, Stroke};
use super::plan::{HEAD_LINES, Plan, Strip};
use super::visible::StripOf;
use super::{Grouping, NodeKind};

/// Where the strips stand, round what is in them.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// From the gutter's left to the strips' right edge.
    pub across: Span,
    pub strips: Vec<(StripOf, Rect)>,
}

impl Frame {
    pub fn of(plan: &Plan, at: &Arrangement, routes: &[Route]) -> Self {
        let mut cards = at.across;
        for route in routes {
            let lines = route.path.bounds();
            cards.min = cards.min.min(lines.min.x);
            cards.max = cards.max.max(lines.max.x);
        }
        let pad = sizes().strip.pad;
        let left = cards.min - pad - sizes().lane.label_width;
        let right = (cards.max + pad).max(left + sizes().column.head_width);
        let across = Span { min: left, max: right };
        let strips = plan.strips.iter().zip(&at.strips);
        Self {
            across,
            strips: strips.map(|(it, down)| (it.of.clone(), across.by(*down))).collect(),
        }
    }
    /// What a place stands on.
    pub fn ground(&self, rect: Rect) -> Ink {
        let within = self.strips.iter().any(|(_, strip)| strip.contains(rect.center()));
        if within { Ink::QuietCard } else { Ink::Ground }
    }
}

/// Everything but cards and links.
pub(super) fn draw(
    doc: &Doc,
    plan: &Plan,
    at: &Arrangement,
    frame: &Frame,
    grouping: Grouping,
    text: &mut Text,
    out: &mut Vec<Item>,
) {
    for (strip, (_, rect)) in plan.strips.iter().zip(&frame.strips) {
        out.push(ground(*rect));
        out.push(title(strip, *rect, grouping, text));
        if strip.count == 0 {
            out.push(hint(strip, *rect, plan.shown.narrowed, text));
        }
    }
    for ((above, a), (below, b)) in frame.strips.iter().zip(frame.strips.iter().skip(1)) {
        if let Some(line) = line_between(above, below) {
            let y = (a.max.y + b.min.y) / 2.0;
            out.push(band_line(line, y, frame.across, text));
        }
    }
    stages(doc, plan, at, text, out);
}

fn ground(rect: Rect) -> Item {
    let mut draft = Draft::default();
    let radius = sizes().radius.column;
    let stroke = Some(Stroke::solid(sizes().stroke.hair, Ink::GridLine));
    draft.push(Detail::ALL, Shape::Rect { rect, radius, fill: Some(Ink::QuietCard), stroke });
    draft.item(Layer::Ground, Some(rect), None, String::new())
}

fn title(strip: &Strip, rect: Rect, grouping: Grouping, text: &mut Text) -> Item {
    let pad = sizes().strip.pad;
    let width = sizes().lane.label_width - pad;
    let gutter = Rect { min: rect.min, max: pt(rect.min.x + pad + width, rect.max.y) };
    let at = pt(rect.min.x + pad, rect.min.y + pad);
    let room = rect.height() - 2.0 * pad;
    let block = set(text, &strip.name, sizes().text.stage.bold(), width, 3);
    let far = enlarged(&block, width, room, text);
    let count = match strip.count {
        1 => "1 card".to_owned(),
        count => format!("{count} cards"),
    };
    let mut draft = Draft::default();
    let below = pt(at.x, at.y + block.height + sizes().card.small_gap);
    draft.text(Detail::FAR, at, width, far, Ink::Muted);
    draft.text(Detail::FULL, at, width, block, Ink::Muted);
    if grouping == Grouping::Owners && matches!(strip.of, StripOf::Owner(_)) {
        let count = set(text, &count, sizes().text.small.regular(), width, 1);
        draft.text(Detail::FULL, below, width, count, Ink::Muted);
    }
    let what = match strip.of {
        StripOf::Band(_) => "Band",
        StripOf::Owner(_) => "Owner",
    };
    let name = format!("{what}: {}. {count}.", strip.name);
    draft.item(Layer::Lines, Some(gutter), None, name)
}

/// What to do about an empty strip.
fn hint(strip: &Strip, rect: Rect, narrowed: bool, text: &mut Text) -> Item {
    let words = match &strip.of {
        _ if narrowed => "Nothing that the filter shows",
        StripOf::Band(Band::Customer) => "No steps yet. Press S to add the first one",
        StripOf::Band(Band::Frontstage) => {
            "No touchpoints yet. Select a step and press Ctrl+Enter for where it meets the company"
        }
        StripOf::Band(Band::Backstage) => {
            "No teams, actions or processes yet. Press Y for an internal system that the selection rests on"
        }
        StripOf::Band(_) => {
            "No policies, technology or partners yet. Press Y for an internal system that the selection rests on"
        }
        StripOf::Owner(_) => {
            "No touchpoints or internal systems yet. Press Y for an internal system that the selection rests on"
        }
    };
    let left = rect.min.x + sizes().lane.label_width + sizes().strip.pad;
    let width = rect.max.x - left - sizes().strip.pad;
    let block = set(text, words, sizes().text.small.regular(), width, 3);
    let mut draft = Draft::default();
    let at = pt(left, rect.center().y - block.height / 2.0);
    draft.text(Detail::NEAR, at, width, block, Ink::Muted);
    draft.item(Layer::Lines, None, None, words.to_owned())
}

/// The line of the blueprint between two strips. Between the lanes of owners there is none: each
/// holds what is seen and what is not.
fn line_between(above: &StripOf, below: &StripOf) -> Option<BandLine> {
    match (above, below) {
        (StripOf::Band(Band::Customer), _) => Some(BandLine::Interaction),
        (StripOf::Band(Band::Frontstage), _) => Some(BandLine::Visibility),
        (StripOf::Band(Band::Backstage), _) => Some(BandLine::Internal),
        _ => None,
    }
}

/// The line, from its name on.
fn band_line(line: BandLine, y: f32, across: Span, text: &mut Text) -> Item {
    let left = across.min + sizes().strip.pad;
    let block = set(text, words(line), sizes().text.small.regular(), across.length(), 1);
    let mut draft = Draft::default();
    let (width, high) = (block.width, block.height);
    draft.text(Detail::FULL, pt(left, y - high / 2.0), width, block, Ink::Muted);
    dashes(&mut draft, left + width + sizes().space.s, across.max, y);
    draft.item(Layer::Lines, None, None, words(line).to_owned())
}

/// The grounds and heads of the stages, round their steps.
fn stages(doc: &Doc, plan: &Plan, at: &Arrangement, text: &mut Text, out: &mut Vec<Item>) {
    let Some(strip) = plan.strips.iter().position(|it| it.of == StripOf::Band(Band::Customer))
    else {
        return;
    };
    if !plan.has_heads() {
        return;
    }
    let is_step = |node: &u32| plan.shown.nodes[*node as usize].kind == NodeKind::Step;
    let rows = at.rows.iter().filter(|row| row.strip == strip && row.cards.iter().any(is_step));
    let Some(bottom) = rows.map(|row| row.span.max).reduce(f32::max) else {
        return;
    };
    let s = sizes();
    let pad = ((s.strip.group_gap - s.column.stage_gap) / 2.0).min(s.strip.pad);
    let inset = s.space.xs;
    let top = at.strips[strip].min;
    for (group, span) in &at.groups {
        let number = *group as usize;
        let stage: Option<&Id> = plan.stages.get(number).and_then(Option::as_ref);
        let rect = Rect {
            min: pt(span.min - pad, top + inset),
            max: pt(span.max + pad, bottom + s.strip.pad - inset),
        };
        let (fill, ink) = match stage {
            Some(_) => (Some(Ink::StageFill(tint(number))), Ink::StageText(tint(number))),
            None => (None, Ink::Muted),
        };
        let mut draft = Draft::default();
        let radius = s.radius.column - inset;
        draft.push(Detail::ALL, Shape::Rect { rect, radius, fill, stroke: None });
        out.push(draft.item(Layer::Ground, Some(rect), None, String::new()));
        let name = stage_name(doc, stage);
        let width = span.length();
        let block = set(text, name, s.text.stage.bold(), width, HEAD_LINES);
        let head = Rect { min: rect.min, max: pt(rect.max.x, top + s.strip.pad + block.height) };
        let far = enlarged(&block, width, head.height() - inset, text);
        let mut draft = Draft::default();
        let text_at = pt(span.min, top + s.strip.pad - s.space.xxs);
        draft.text(Detail::FAR, text_at, width, far, ink);
        draft.text(Detail::FULL, text_at, width, block, ink);
        let hit = stage.map(|id| Hit { record: id.clone(), part: Part::StageHeader, other: None });
        let said = match stage {
            Some(_) => format!("Stage: {name}."),
            None => "Steps without a stage.".to_owned(),
        };
        out.push(draft.item(Layer::Lines, Some(head), hit, said));
    }
}
