//! What an item of the scene is made of as native shapes: its ground with the text in it, what
//! decorates it, and texts that stand for themselves.
//!
//! Not here: how these are written, and in which order items come (see [`super::shapes`]).

use crate::geom::{Rect, pt};
use crate::scene::{Align, Detail, Ink, Item, Layer, Shape, Stroke};

use super::geometry::Outline;
use super::text::{Flow, own_room};

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The card itself: what lines are glued to.
    Ground,
    /// Text in a box that is not drawn.
    Text,
    /// A sign with a text in it, such as a severity in its triangle.
    Plate,
    Icon,
    Mark,
}

/// One native shape, in map units from its item's top left.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub role: Role,
    /// Of a text: its room; else around the outlines.
    pub rect: Rect,
    /// At least one; none of a text.
    pub outlines: Vec<Outline<'a>>,
    pub fill: Option<Ink>,
    pub stroke: Option<Stroke>,
    pub shadow: bool,
    pub flows: Vec<Flow<'a>>,
}

impl<'a> Part<'a> {
    fn drawn(role: Role, outline: Outline<'a>, fill: Option<Ink>, stroke: Option<Stroke>) -> Self {
        let (rect, outlines) = (outline.bounds(), vec![outline]);
        Self { role, rect, outlines, fill, stroke, shadow: false, flows: Vec::new() }
    }

    fn text(rect: Rect, flow: Flow<'a>) -> Self {
        let (outlines, flows) = (Vec::new(), vec![flow]);
        Self { role: Role::Text, rect, outlines, fill: None, stroke: None, shadow: false, flows }
    }
}

/// Room that single lines have to spare, so that no program wraps them.
const SLACK: f32 = 6.0;

/// The parts of an item at a level of detail, from back to front.
pub(super) fn parts(item: &Item, detail: Detail) -> Vec<Part<'_>> {
    let shapes: Vec<&Shape> =
        item.shapes.iter().filter(|it| it.0.shows_at(detail)).map(|it| &it.1).collect();
    let whole = Rect { min: pt(0.0, 0.0), max: pt(item.rect.width(), item.rect.height()) };
    let is_card = item.layer == Layer::Cards;
    let ground_at = shapes.iter().position(|shape| is_card && is_ground(shape, whole));
    let all_text = shapes.iter().all(|shape| matches!(shape, Shape::Text { .. }));
    let mut maker =
        Maker { out: Vec::with_capacity(shapes.len()), base: None, whole, is_card, bullet: None };
    let mut shadow = false;
    for (i, shape) in shapes.iter().enumerate() {
        match shape {
            Shape::Rect { fill: Some(Ink::CardShadow), .. }
            | Shape::Path { fill: Some(Ink::CardShadow), .. } => shadow = true,
            Shape::Rect { rect, radius, fill, stroke } => {
                let next = shapes.get(i + 1).copied();
                if is_bullet(rect, *fill, next) {
                    maker.bullet = Some(*rect);
                } else {
                    let outline = Outline::Rect(*rect, *radius);
                    maker.draw(outline, *fill, *stroke, ground_at == Some(i), shadow);
                }
            }
            Shape::Path { path, fill, stroke } => {
                maker.draw(Outline::Path(path), *fill, *stroke, ground_at == Some(i), shadow);
            }
            Shape::Icon { rect, icon, ink } => {
                // The width of strokes is that in the icon's own box.
                let side = rect.width().min(rect.height());
                let width = crate::scene::Icon::STROKE * side / crate::scene::Icon::BOX;
                let stroke = Some(Stroke::solid(width, *ink));
                maker.out.push(Part::drawn(Role::Icon, Outline::Icon(*rect, *icon), None, stroke));
            }
            Shape::Text { at, width, block, ink, align } => {
                let (at, width, ink, align) = (*at, *width, *ink, *align);
                maker.text(Flow { at, width, block, ink, align, bullet: 0.0 }, all_text);
            }
        }
    }
    maker.out
}

/// Whether a shape is the card's whole ground.
fn is_ground(shape: &Shape, whole: Rect) -> bool {
    let bounds = match shape {
        Shape::Rect { rect, fill: Some(fill), .. } if *fill != Ink::CardShadow => *rect,
        Shape::Path { path, fill: Some(fill), .. } if *fill != Ink::CardShadow => path.bounds(),
        _ => return false,
    };
    let near = |a: f32, b: f32| (a - b).abs() < 0.05;
    near(bounds.min.x, whole.min.x)
        && near(bounds.min.y, whole.min.y)
        && near(bounds.max.x, whole.max.x)
        && near(bounds.max.y, whole.max.y)
}

/// Whether a disc is the dot before the text that comes next.
fn is_bullet(rect: &Rect, fill: Option<Ink>, next: Option<&Shape>) -> bool {
    let Some(Shape::Text { at, block, width, .. }) = next else { return false };
    let (size, middle) = (rect.width(), rect.center());
    let beside = middle.x < at.x || middle.x > at.x + width;
    let line = at.y + block.style.line_height / 2.0;
    fill == Some(Ink::Faint)
        && size < 0.5 * block.style.size
        && beside
        && (middle.y - line).abs() < 1.0
}

struct Maker<'a> {
    out: Vec<Part<'a>>,
    /// The part that the card's own text is in.
    base: Option<usize>,
    whole: Rect,
    is_card: bool,
    bullet: Option<Rect>,
}

impl<'a> Maker<'a> {
    fn draw(
        &mut self,
        outline: Outline<'a>,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
        ground: bool,
        shadow: bool,
    ) {
        if ground {
            self.base = Some(self.out.len());
            let part = Part::drawn(Role::Ground, outline, fill, stroke);
            self.out.push(Part { shadow, ..part });
            return;
        }
        // A star's rays, a row of dots: one freeform.
        if let Some(last) = self.out.last_mut()
            && last.role == Role::Mark
            && last.fill == fill
            && last.stroke == stroke
            && last.flows.is_empty()
        {
            last.rect = last.rect.union(outline.bounds());
            last.outlines.push(outline);
            return;
        }
        self.out.push(Part::drawn(Role::Mark, outline, fill, stroke));
    }

    fn text(&mut self, flow: Flow<'a>, all_text: bool) {
        let bullet = self.bullet.take();
        if flow.block.lines.iter().all(|line| line.runs.is_empty()) {
            return;
        }
        if let Some(host) = self.host(&flow) {
            let part = &mut self.out[host];
            part.role = Role::Plate;
            part.flows.push(flow);
            return;
        }
        if self.flows_on(&flow) {
            let bullet = bullet.map_or(0.0, |dot| {
                (flow.at.x - dot.min.x).max(dot.max.x - flow.at.x - flow.width).max(0.0)
            });
            let flow = Flow { bullet, ..flow };
            match self.base {
                Some(at) => self.out[at].flows.push(flow),
                None if all_text || self.is_card => {
                    self.base = Some(self.out.len());
                    let rect = self.whole.union(own_room(&flow));
                    self.out.push(Part::text(rect, flow));
                }
                None => self.out.push(alone(flow)),
            }
            if let Some(base) = self.base.map(|at| &mut self.out[at])
                && base.role == Role::Text
                && let Some(last) = base.flows.last()
            {
                base.rect = base.rect.union(Rect {
                    min: last.at,
                    max: last.at.offset(pt(0.0, last.block.height * 1.05)),
                });
            }
            return;
        }
        self.out.push(alone(flow));
    }

    /// The sign that a text stands in, if it does.
    fn host(&self, flow: &Flow<'_>) -> Option<usize> {
        let at = self.out.len().checked_sub(1)?;
        let part = &self.out[at];
        let middle = flow.at.offset(pt(flow.block.width / 2.0, flow.block.height / 2.0));
        let fits = part.role == Role::Mark && part.fill.is_some() && part.flows.is_empty();
        (fits && part.outlines.len() == 1 && part.rect.grow(0.5).contains(middle)).then_some(at)
    }

    /// Whether a text goes on below those that the card has.
    fn flows_on(&self, flow: &Flow<'_>) -> bool {
        // Numbers beside signs stand as wide as they are; a card's own lines have a width.
        if self.is_card && flow.width <= flow.block.width + 0.01 && self.base.is_some() {
            return false;
        }
        let Some(base) = self.base.map(|at| &self.out[at]) else { return true };
        let Some(last) = base.flows.last() else { return base.rect.contains(flow.at) };
        flow.at.y >= last.at.y + last.block.height - 0.5 && base.rect.grow(0.5).contains(flow.at)
    }
}

/// A text that stands for itself, in a box of its own: a single line has room to spare, so that no
/// program wraps it; others wrap in the width that they have.
fn alone<'a>(flow: Flow<'a>) -> Part<'a> {
    let [line] = flow.block.lines.as_slice() else {
        return Part::text(own_room(&flow), flow);
    };
    let left = flow.at.x + flow.align.line_x(flow.width, line);
    let (before, after) = match (flow.align, line.rtl) {
        (Align::Center, _) => (SLACK / 2.0, SLACK / 2.0),
        (Align::Start, false) | (Align::End, true) => (0.0, SLACK),
        (Align::Start, true) | (Align::End, false) => (SLACK, 0.0),
    };
    let at = pt(left - before, flow.at.y);
    let flow = Flow { at, width: line.width + before + after, ..flow };
    Part::text(own_room(&flow), flow)
}
