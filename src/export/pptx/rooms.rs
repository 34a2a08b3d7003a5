//! What a layout offers: its placeholders, and how much of the slide is free of titles, footers and
//! whatever the company has drawn there.
//!
//! Reads layouts and masters; changes nothing. Not here: which layout a slide takes.

use super::layouts::{Holder, LayoutRef};
use super::xml::{Node, Ns, Tree};
use crate::export::deck::Frame;
use crate::geom::{Rect, pt, rect};

/// EMU a point (ECMA-376 part 1, 22.9.2.1): 914,400 an inch.
const EMU: f32 = 12_700.0;

/// Points between what is there and what we draw.
const GAP: f32 = 6.0;

/// The share of a slide that a shape covers from which it is a background, and no obstacle.
const BACKGROUND: f32 = 0.4;

/// A layout or a master, as far as slides care.
#[derive(Debug, Default, Clone)]
pub struct Page {
    /// `ST_SlideLayoutType` (19.7.15); nothing of a master, or of a layout of the user's own.
    pub kind: String,
    pub holders: Vec<Slot>,
    /// What is drawn on every slide: logos, bars, lines.
    drawn: Vec<Rect>,
    /// Whether a layout shows what its master draws.
    shows_master: bool,
}

/// A placeholder, whose room may be its master's.
#[derive(Debug, Clone)]
pub struct Slot {
    pub kind: String,
    pub idx: u32,
    room: Option<Rect>,
}

impl Slot {
    pub fn is_title(&self) -> bool {
        matches!(self.kind.as_str(), "title" | "ctrTitle")
    }

    /// Date, footer and number: at the edge of the slide, and not on every slide.
    fn is_footer(&self) -> bool {
        matches!(self.kind.as_str(), "dt" | "ftr" | "sldNum" | "hdr")
    }

    /// Text, pictures, tables: what a slide with a title alone has not.
    pub fn is_content(&self) -> bool {
        !self.is_title() && !self.is_footer() && self.kind != "subTitle"
    }
}

impl Page {
    pub fn of(tree: &Tree) -> Self {
        let root = tree.root();
        let value = |name| tree.attribute(root, Ns::None, name);
        let mut page = Self {
            kind: value("type").unwrap_or_default().to_owned(),
            shows_master: !matches!(value("showMasterSp"), Some("0" | "false")),
            ..Self::default()
        };
        let Some(shapes) = tree.path(root, &[(Ns::P, "cSld"), (Ns::P, "spTree")]) else {
            return page;
        };
        for shape in tree.children(shapes) {
            let Some(about) = tree.children(shape).find(|it| tree.local(*it).starts_with("nv"))
            else {
                continue;
            };
            let named = tree.child(about, Ns::P, "cNvPr");
            let hidden = named.and_then(|it| tree.attribute(it, Ns::None, "hidden"));
            let room = room(tree, shape);
            match tree.path(about, &[(Ns::P, "nvPr"), (Ns::P, "ph")]) {
                Some(ph) => page.holders.push(Slot {
                    kind: tree.attribute(ph, Ns::None, "type").unwrap_or("obj").to_owned(),
                    idx: tree
                        .attribute(ph, Ns::None, "idx")
                        .and_then(|idx| idx.parse().ok())
                        .unwrap_or(0),
                    room,
                }),
                None if matches!(hidden, Some("1" | "true")) => {}
                None => page.drawn.extend(room),
            }
        }
        page
    }

    pub fn title(&self) -> Option<&Slot> {
        self.holders.iter().find(|it| it.is_title())
    }

    /// The room of a placeholder, from the master's of the same sort where it has none (19.3.1.36).
    fn room_of(&self, slot: &Slot, master: &Self) -> Option<Rect> {
        let sort = |kind: &str| match kind {
            "title" | "ctrTitle" => "title",
            "dt" => "dt",
            "ftr" => "ftr",
            "sldNum" => "sldNum",
            _ => "body",
        };
        let inherited = || {
            let same = master.holders.iter().find(|it| sort(&it.kind) == sort(&slot.kind));
            same.and_then(|it| it.room)
        };
        slot.room.or_else(inherited)
    }

    /// What slides need to know of this layout.
    pub fn reference(&self, part: &str, master: &Self, frame: &Frame) -> LayoutRef {
        let holder = |slot: &Slot| {
            let room = self.room_of(slot, master)?;
            Some(Holder { kind: slot.kind.clone(), idx: slot.idx, room: within(room, frame)? })
        };
        let title = self.title();
        let subtitle = self.holders.iter().find(|it| it.kind == "subTitle");
        // Covers of other programs call it text.
        let subtitle = subtitle.or_else(|| {
            let cover = self.kind == "title" || title.is_some_and(|it| it.kind == "ctrTitle");
            self.holders.iter().find(|it| cover && it.kind == "body")
        });
        let titled = |slot: &Slot| {
            let room = holder(slot).map_or(frame.title, |holder| holder.room);
            Holder { kind: slot.kind.clone(), idx: slot.idx, room }
        };
        LayoutRef {
            part: part.to_owned(),
            title: title.map(titled),
            subtitle: subtitle.and_then(holder),
        }
    }

    /// The rooms of a slide of `width` × `height` points: the title's, and the largest free one.
    pub fn frame(&self, master: &Self, (width, height): (f32, f32)) -> Frame {
        let slide = rect(0.0, 0.0, width, height);
        let margin = (0.03 * width.min(height)).max(8.0);
        let on_slide = |room: Rect| meet(room, slide);
        let slot_room = |slot: &Slot| self.room_of(slot, master).and_then(on_slide);
        let titled = self.title().and_then(slot_room);
        let title = titled.unwrap_or_else(|| {
            rect(margin, margin, width - 2.0 * margin, (0.09 * height).max(24.0).min(height / 3.0))
        });

        // As wide as the company's own text, which keeps off what it has at the sides.
        let body = master.holders.iter().find(|it| it.kind == "body").and_then(|it| it.room);
        let body = body.and_then(on_slide).filter(|it| it.width() > 0.5 * width);
        let (left, right) = match body {
            Some(body) => (body.min.x, body.max.x),
            None if title.width() > 0.6 * width => (title.min.x, title.max.x),
            None => (margin, width - margin),
        };
        let free = Rect { min: pt(left, margin), max: pt(right, height - margin) };
        let mut free = around(free, title, 0.3).unwrap_or(free);
        if let Some(body) = body {
            // And as high, where its text comes right below the title, and nothing is at the foot.
            if (0.0..0.06 * height).contains(&(body.min.y - free.min.y + GAP)) {
                free.min.y = body.min.y;
            }
            if !self.holders.iter().any(Slot::is_footer) && body.max.y > 0.7 * height {
                free.max.y = free.max.y.min(body.max.y);
            }
        }

        let mut kept_off: Vec<(Rect, f32)> = self
            .holders
            .iter()
            .filter(|it| it.is_footer())
            .filter_map(slot_room)
            .map(|room| (room, 0.6))
            .collect();
        let masters = master.drawn.iter().filter(|_| self.shows_master);
        let drawn = self.drawn.iter().chain(masters).copied().filter_map(on_slide);
        kept_off.extend(
            drawn.filter(|it| area(*it) < BACKGROUND * area(slide)).map(|room| (room, 0.75)),
        );
        for (room, keep) in kept_off {
            free = around(free, room, keep).unwrap_or(free);
        }
        Frame { width, height, title, body: free }
    }
}

/// The largest part of `free` beside an obstacle, if at least `keep` of its area is left; all of
/// it where the obstacle is elsewhere.
fn around(free: Rect, obstacle: Rect, keep: f32) -> Option<Rect> {
    if meet(free, obstacle).is_none() {
        return Some(free);
    }
    let Rect { min, max } = free;
    let sides = [
        Rect { min: pt(min.x, obstacle.max.y + GAP), max },
        Rect { min, max: pt(max.x, obstacle.min.y - GAP) },
        Rect { min: pt(obstacle.max.x + GAP, min.y), max },
        Rect { min, max: pt(obstacle.min.x - GAP, max.y) },
    ];
    let best = sides.into_iter().max_by(|a, b| area(*a).total_cmp(&area(*b)))?;
    (area(best) >= keep * area(free)).then_some(best)
}

fn area(it: Rect) -> f32 {
    it.width().max(0.0) * it.height().max(0.0)
}

/// What two rectangles share; lines count, points do not.
fn meet(a: Rect, b: Rect) -> Option<Rect> {
    let min = pt(a.min.x.max(b.min.x), a.min.y.max(b.min.y));
    let max = pt(a.max.x.min(b.max.x), a.max.y.min(b.max.y));
    let both = Rect { min, max };
    (both.width() >= 0.0 && both.height() >= 0.0 && both.width() + both.height() > 0.0)
        .then_some(both)
}

fn within(room: Rect, frame: &Frame) -> Option<Rect> {
    meet(room, rect(0.0, 0.0, frame.width, frame.height)).filter(|it| area(*it) > 0.0)
}

/// Where a shape stands (20.1.7.6 `xfrm`), turned by quarters where it is.
fn room(tree: &Tree, shape: Node) -> Option<Rect> {
    let direct = tree.child(shape, Ns::P, "xfrm");
    let xfrm = direct.or_else(|| {
        let properties = ["spPr", "grpSpPr"].iter().find_map(|it| tree.child(shape, Ns::P, it))?;
        tree.child(properties, Ns::A, "xfrm")
    })?;
    let value = |node, name| {
        let value: f32 = tree.attribute(node, Ns::None, name)?.trim().parse().ok()?;
        value.is_finite().then_some(value)
    };
    let off = tree.child(xfrm, Ns::A, "off")?;
    let ext = tree.child(xfrm, Ns::A, "ext")?;
    let (x, y) = (value(off, "x")? / EMU, value(off, "y")? / EMU);
    let (w, h) = (value(ext, "cx")? / EMU, value(ext, "cy")? / EMU);
    let it = rect(x, y, w.max(0.0), h.max(0.0));
    // In 60,000ths of a degree (20.1.10.3).
    let quarters = (value(xfrm, "rot").unwrap_or(0.0) / 5_400_000.0).round() as i64;
    if quarters % 2 == 0 {
        return Some(it);
    }
    let c = it.center();
    Some(rect(c.x - it.height() / 2.0, c.y - it.width() / 2.0, it.height(), it.width()))
}

/// A slide's size in points (19.2.1.39 `sldSz`); 4:3 where it is not said.
pub fn size(tree: &Tree) -> (f32, f32) {
    let node = tree.child(tree.root(), Ns::P, "sldSz");
    let side = |name| {
        let side: f32 = tree.attribute(node?, Ns::None, name)?.trim().parse().ok()?;
        // 1 to 56 inches (19.7.11 `ST_SlideSizeCoordinate`).
        Some((side / EMU).clamp(72.0, 4_032.0))
    };
    match (side("cx"), side("cy")) {
        (Some(width), Some(height)) => (width, height),
        _ => (720.0, 540.0),
    }
}
