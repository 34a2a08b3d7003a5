//! Asking a scene: what is under the pointer, what is in view, where a record is.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::geom::{Grid, Point, Rect, pt};
use crate::model::Id;

use super::{Detail, Item, Part, Scene, Shape};

/// The side of the index's cells: about a card with its gaps.
const CELL: f32 = 192.0;

impl Scene {
    /// A scene of items in painting order. `also`: items that stand for further records.
    pub(super) fn new(items: Vec<Item>, margin: f32, also: &[(Id, u32)]) -> Self {
        let around = items.iter().map(|item| item.rect).reduce(Rect::union).unwrap_or_default();
        let mut scene = Self { bounds: around.grow(margin), items, ..Self::default() };
        scene.index();
        let mut by_record: FxHashMap<Id, Vec<u32>> = FxHashMap::default();
        for (i, item) in scene.items.iter().enumerate() {
            if let Some(hit) = &item.hit {
                by_record.entry(hit.record.clone()).or_default().push(i as u32);
            }
        }
        for (id, item) in also {
            by_record.entry(id.clone()).or_default().push(*item);
        }
        scene.by_record = by_record;
        scene
    }

    /// A picture of items in painting order that is put together elsewhere, such as a slide.
    pub fn of_items(items: Vec<Item>, bounds: Rect) -> Self {
        let mut scene = Self::new(items, 0.0, &[]);
        scene.bounds = bounds;
        scene.index();
        scene
    }

    /// Its items as they stand in another picture: scaled, with this picture's origin at `at`, and
    /// with the shapes of one level of detail, which then are drawn at every level.
    pub fn placed(&self, at: Point, scale: f32, detail: Detail) -> impl Iterator<Item = Item> {
        self.items.iter().map(move |item| {
            let to = |p: Point| pt(at.x + p.x * scale, at.y + p.y * scale);
            let shown = item.shapes.iter().filter(|(d, _)| d.shows_at(detail));
            Item {
                rect: Rect { min: to(item.rect.min), max: to(item.rect.max) },
                shapes: shown.map(|(_, shape)| (Detail::ALL, shape.scaled(scale))).collect(),
                ..item.clone()
            }
        })
    }

    /// Builds the index over the items' boxes.
    fn index(&mut self) {
        let rects = self.items.iter().enumerate().map(|(i, item)| (i as u32, item.rect));
        self.grid = Grid::new(rects, self.bounds, CELL);
    }

    /// Puts into `out`, in painting order, the items whose boxes touch `rect`.
    pub fn query(&self, rect: Rect, out: &mut Vec<u32>) {
        self.grid.query(rect, out);
        out.retain(|i| self.items[*i as usize].rect.touches(rect));
    }

    /// The top-most item with a [`super::Hit`] at a point, or within `tolerance` of it: marks before cards,
    /// what is right under the point before what is only near. Lines are hit along their line.
    pub fn hit(&self, point: Point, tolerance: f32) -> Option<&Item> {
        let mut near = Vec::new();
        self.query(Rect { min: point, max: point }.grow(tolerance), &mut near);
        let candidates = || near.iter().rev().map(|i| &self.items[*i as usize]);
        let hits = |item: &&Item, tolerance: f32| match &item.hit {
            None => false,
            Some(hit) if hit.part == Part::Link => along(item, point, tolerance),
            Some(_) => item.rect.grow(tolerance).contains(point),
        };
        let exact = candidates().find(|item| hits(item, 0.0));
        exact.or_else(|| candidates().find(|item| hits(item, tolerance)))
    }

    /// All items that stand for a record or for a part of it.
    pub fn items_of(&self, id: &Id) -> impl Iterator<Item = &Item> {
        let all = self.by_record.get(id).map_or(&[][..], Vec::as_slice);
        all.iter().map(|i| &self.items[*i as usize])
    }

    /// Where a record is: its card, header, label or line; a part of it where it has none.
    pub fn rect_of(&self, id: &Id) -> Option<Rect> {
        let whole = |item: &&Item| {
            let part = item.hit.as_ref().map(|hit| hit.part);
            matches!(
                part,
                Some(Part::Card | Part::Group | Part::StageHeader | Part::LaneLabel | Part::Link)
            )
        };
        let found = self.items_of(id).find(whole).or_else(|| self.items_of(id).next());
        found.map(|item| item.rect)
    }

    /// The scene as text that stays the same as long as the picture does: one line an item, with
    /// the texts it shows; for snapshots.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        let b = self.bounds;
        let _ = writeln!(
            out,
            "bounds {:.0} {:.0} {:.0} {:.0}",
            b.min.x,
            b.min.y,
            b.width(),
            b.height()
        );
        for item in &self.items {
            let r = item.rect;
            let _ = write!(
                out,
                "{:?} {:.1} {:.1} {:.1} {:.1}",
                item.layer,
                r.min.x,
                r.min.y,
                r.width(),
                r.height()
            );
            if let Some(hit) = &item.hit {
                let _ = write!(out, " {:?} {}", hit.part, hit.record);
                if let Some(other) = &hit.other {
                    let _ = write!(out, "/{other}");
                }
            }
            if !item.name.is_empty() {
                let _ = write!(out, " {:?}", item.name);
            }
            out.push('\n');
            for (detail, shape) in item.shapes.iter() {
                if let Shape::Text { at, block, ink, .. } = shape {
                    let lines: Vec<&str> =
                        block.lines.iter().map(|line| &block.text[line.range.clone()]).collect();
                    let cut = if block.cut { "…" } else { "" };
                    let _ = writeln!(
                        out,
                        "  {} {:.1} {:.1} {ink:?} {:?}{cut}",
                        detail.0,
                        at.x,
                        at.y,
                        lines.join("|")
                    );
                }
            }
        }
        out
    }
}

/// Whether a point is on a line of the item, or within `tolerance` of it, or on its label.
fn along(item: &Item, point: Point, tolerance: f32) -> bool {
    /// How near to a line counts as on it.
    const ON: f32 = 2.0;
    let reach = tolerance.max(ON);
    let at = pt(point.x - item.rect.min.x, point.y - item.rect.min.y);
    item.shapes.iter().any(|(_, shape)| match shape {
        Shape::Path { path, .. } => path.flatten(1.0).iter().any(|(points, _)| {
            points.windows(2).any(|ends| from_segment(at, ends[0], ends[1]) <= reach)
        }),
        other => other.bounds().contains(at),
    })
}

fn from_segment(p: Point, a: Point, b: Point) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 { ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 } else { 0.0 };
    p.distance(a.lerp(b, t.clamp(0.0, 1.0)))
}
