//! Helpers to make items: shapes that move, texts in boxes, segments' colours.

use std::sync::Arc;

use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::layout::sizes;
use crate::model::{Doc, Id};
use crate::text::{Block, Style, Text, Wrap};

use super::{Align, Detail, Hit, Ink, Item, Layer, Rgba, Shape, Stroke};

impl Shape {
    /// The same shape, elsewhere.
    pub fn moved(&self, by: Point) -> Self {
        let mut shape = self.clone();
        match &mut shape {
            Self::Rect { rect, .. } | Self::Icon { rect, .. } => *rect = rect.offset(by),
            Self::Text { at, .. } => *at = at.offset(by),
            Self::Path { path, .. } => *path = moved(path, by),
        }
        shape
    }

    /// The same shape, so many times as large, from its item's top left.
    pub fn scaled(&self, by: f32) -> Self {
        let to = |p: Point| pt(p.x * by, p.y * by);
        let all = |r: Rect| Rect { min: to(r.min), max: to(r.max) };
        let line = |it: Stroke| Stroke {
            width: it.width * by,
            dash: it.dash.map(|(dash, gap)| (dash * by, gap * by)),
            ..it
        };
        match self.clone() {
            Self::Rect { rect, radius, fill, stroke } => {
                Self::Rect { rect: all(rect), radius: radius * by, fill, stroke: stroke.map(line) }
            }
            Self::Path { path, fill, stroke } => {
                let each = path.segments.iter().map(|segment| match *segment {
                    Segment::Move(p) => Segment::Move(to(p)),
                    Segment::Line(p) => Segment::Line(to(p)),
                    Segment::Cubic(a, b, p) => Segment::Cubic(to(a), to(b), to(p)),
                    Segment::Close => Segment::Close,
                });
                let path = Path { segments: each.collect() };
                Self::Path { path, fill, stroke: stroke.map(line) }
            }
            Self::Text { at, width, block, ink, align } => {
                let block = Arc::new(block.scaled(by));
                Self::Text { at: to(at), width: width * by, block, ink, align }
            }
            Self::Icon { rect, icon, ink } => Self::Icon { rect: all(rect), icon, ink },
        }
    }

    /// The box that it is drawn in, the width of lines left out.
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Rect { rect, .. } | Self::Icon { rect, .. } => *rect,
            Self::Text { at, width, block, .. } => {
                Rect { min: *at, max: at.offset(pt(width.max(block.width), block.height)) }
            }
            Self::Path { path, .. } => path.bounds(),
        }
    }
}

fn moved(path: &Path, by: Point) -> Path {
    let segments = path
        .segments
        .iter()
        .map(|segment| match *segment {
            Segment::Move(p) => Segment::Move(p.offset(by)),
            Segment::Line(p) => Segment::Line(p.offset(by)),
            Segment::Cubic(a, b, p) => Segment::Cubic(a.offset(by), b.offset(by), p.offset(by)),
            Segment::Close => Segment::Close,
        })
        .collect();
    Path { segments }
}

/// Shapes of one item in the making, in the map's own coordinates.
#[derive(Debug, Default)]
pub(super) struct Draft {
    shapes: Vec<(Detail, Shape)>,
}

impl Draft {
    pub fn push(&mut self, detail: Detail, shape: Shape) -> &mut Self {
        self.shapes.push((detail, shape));
        self
    }

    /// Whether nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// A text whose lines begin at the left of its space.
    pub fn text(&mut self, detail: Detail, at: Point, width: f32, block: Arc<Block>, ink: Ink) {
        self.push(detail, Shape::Text { at, width, block, ink, align: Align::Start });
    }

    /// The item; its box is `rect`, or what the shapes take where there is none.
    pub fn item(self, layer: Layer, rect: Option<Rect>, hit: Option<Hit>, name: String) -> Item {
        let rect = rect.unwrap_or_else(|| {
            let all = self.shapes.iter().map(|(_, shape)| shape.bounds());
            all.reduce(Rect::union).unwrap_or_default()
        });
        let back = pt(-rect.min.x, -rect.min.y);
        let shapes = self.shapes.iter().map(|(detail, shape)| (*detail, shape.moved(back)));
        Item { rect, layer, hit, name: name.into(), ends: None, shapes: shapes.collect() }
    }
}

/// A text in a width, in at most so many lines.
pub(super) fn set(
    text: &mut Text,
    what: &str,
    style: Style,
    width: f32,
    lines: usize,
) -> Arc<Block> {
    text.block(what, style, Wrap { width: Some(width.max(1.0)), max_lines: Some(lines) })
}

/// A text set larger for the overview, where it can be without being cut or broken inside a word;
/// else as it is.
pub(super) fn enlarged(block: &Arc<Block>, width: f32, height: f32, text: &mut Text) -> Arc<Block> {
    let style = block.style;
    let total: f32 = block.lines.iter().map(|line| line.width).sum();
    for size in [sizes().text.near, sizes().text.near_small] {
        let by = size.size / style.size;
        let lines = (height / size.line).floor();
        // What cannot fit is not even tried: setting text is what costs here.
        if total * by > lines * width || text.min_width(&block.text, style) * by > width {
            continue;
        }
        let larger = Style { size: size.size, line_height: size.line, ..style };
        let block = set(text, &block.text, larger, width, lines as usize);
        if !block.cut {
            return block;
        }
    }
    block.clone()
}

/// How a segment is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SegmentLook {
    pub id: Id,
    pub name: String,
    pub ink: Ink,
    /// Which sign its points have.
    pub sign: usize,
}

/// The segments that are shown, with their colours: their own or, in turn, the theme's.
pub(super) fn segment_looks(doc: &Doc, chosen: Option<&Id>) -> Vec<SegmentLook> {
    let all = doc.segments().into_iter().enumerate().map(|(i, (id, it))| SegmentLook {
        id: id.clone(),
        name: it.name.clone(),
        ink: ink(i, it.colour.as_deref()),
        sign: i,
    });
    all.filter(|look| chosen.is_none_or(|id| *id == look.id)).collect()
}

fn ink(number: usize, colour: Option<&str>) -> Ink {
    match colour.and_then(Rgba::parse) {
        Some(colour) => Ink::Custom(colour),
        None => Ink::Segment((number % 240) as u8),
    }
}
