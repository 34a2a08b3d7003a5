//! The outlines of shapes: presets where there is one, freeforms else.
//!
//! Formulas of presets are those of `presetShapeDefinitions.xml` (ECMA-376 part 1).

use crate::geom::{Path, Point, Rect, Segment, pt};
use crate::scene::Icon;

use super::pen::{Box2, Pen, Scale, emu, put};

/// What a shape is drawn along, in map units.
#[derive(Debug, Clone, Copy)]
pub(super) enum Outline<'a> {
    /// A rectangle with corners that are rounded by a radius.
    Rect(Rect, f32),
    Path(&'a Path),
    Icon(Rect, Icon),
}

impl Outline<'_> {
    pub fn bounds(self) -> Rect {
        match self {
            Self::Rect(rect, _) => rect,
            Self::Path(path) => path.bounds(),
            Self::Icon(rect, _) => {
                let side = rect.width().min(rect.height());
                Rect { min: rect.min, max: rect.min.offset(pt(side, side)) }
            }
        }
    }
}

/// How far the text rectangle of a rounded rectangle lies inside it, for a radius: the preset's
/// `il`, 0.29289 of the corner.
pub(super) fn text_inset(radius: f32) -> f32 {
    0.292_89 * radius
}

/// A rectangle as a preset: `rect`, `roundRect` or `ellipse`.
pub(super) fn preset(pen: &mut Pen<'_>, rect: Rect, radius: f32) {
    let (w, h) = (rect.width(), rect.height());
    let short = w.min(h);
    let share = if short > 0.0 { (radius / short).clamp(0.0, 0.5) } else { 0.0 };
    if share <= 0.0 {
        pen.push("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
    } else if share > 0.499 && (w - h).abs() < 0.01 * short {
        pen.push("<a:prstGeom prst=\"ellipse\"><a:avLst/></a:prstGeom>");
    } else {
        let adj = (share * 100_000.0).round() as u32;
        put!(
            pen,
            "<a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val {adj}\"/>\
             </a:avLst></a:prstGeom>"
        );
    }
}

/// Outlines as one freeform in a box; `at`: where its top left stands in the map, `scale`: points
/// for each unit; `sites`: whether lines can be glued to the middles of its sides. Each outline is
/// filled by itself, so that they may overlap.
pub(super) fn freeform(
    pen: &mut Pen<'_>,
    outlines: &[Outline<'_>],
    place: Box2,
    at: Point,
    scale: f32,
    (filled, sites): (bool, bool),
) {
    pen.push("<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/>");
    pen.push(if sites { SITES } else { "<a:cxnLst/>" });
    pen.push("<a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst>");
    let to = Scale { at: pt(-at.x * scale, -at.y * scale), by: scale };
    // Lines that are not filled can share a path.
    let joined = !filled;
    if joined {
        open(pen, place, false);
    }
    for outline in outlines {
        if filled {
            open(pen, place, true);
        }
        match outline {
            Outline::Path(path) => segments(pen, &path.segments, to),
            Outline::Rect(rect, radius) => segments(pen, &rounded(*rect, *radius), to),
            Outline::Icon(rect, icon) => {
                let by = outline.bounds().width() / Icon::BOX;
                let to = Scale { at: to.point(rect.min), by: by * scale };
                for path in icon.paths() {
                    segments(pen, &path.segments, to);
                }
            }
        }
        if filled {
            pen.push("</a:path>");
        }
    }
    if joined {
        pen.push("</a:path>");
    }
    pen.push("</a:pathLst></a:custGeom>");
}

/// The sites of a rectangle, in their order: top, left, bottom, right.
const SITES: &str = "<a:cxnLst><a:cxn ang=\"3cd4\"><a:pos x=\"hc\" y=\"t\"/></a:cxn>\
    <a:cxn ang=\"cd2\"><a:pos x=\"l\" y=\"vc\"/></a:cxn>\
    <a:cxn ang=\"cd4\"><a:pos x=\"hc\" y=\"b\"/></a:cxn>\
    <a:cxn ang=\"0\"><a:pos x=\"r\" y=\"vc\"/></a:cxn></a:cxnLst>";

fn open(pen: &mut Pen<'_>, place: Box2, filled: bool) {
    let (w, h) = (place.w, place.h);
    put!(pen, "<a:path w=\"{w}\" h=\"{h}\"");
    pen.push(if filled { ">" } else { " fill=\"none\">" });
}

fn segments(pen: &mut Pen<'_>, all: &[Segment], to: Scale) {
    let at = |p: &Point| {
        let p = to.point(*p);
        (emu(p.x), emu(p.y))
    };
    for segment in all {
        match segment {
            Segment::Move(p) => {
                let (x, y) = at(p);
                put!(pen, "<a:moveTo><a:pt x=\"{x}\" y=\"{y}\"/></a:moveTo>");
            }
            Segment::Line(p) => {
                let (x, y) = at(p);
                put!(pen, "<a:lnTo><a:pt x=\"{x}\" y=\"{y}\"/></a:lnTo>");
            }
            Segment::Cubic(a, b, p) => {
                pen.push("<a:cubicBezTo>");
                for (x, y) in [at(a), at(b), at(p)] {
                    put!(pen, "<a:pt x=\"{x}\" y=\"{y}\"/>");
                }
                pen.push("</a:cubicBezTo>");
            }
            Segment::Close => pen.push("<a:close/>"),
        }
    }
}

/// A rounded rectangle as a path.
fn rounded(rect: Rect, radius: f32) -> Vec<Segment> {
    let (a, b) = (rect.min, rect.max);
    let r = radius.min(rect.width() / 2.0).min(rect.height() / 2.0).max(0.0);
    if r <= 0.0 {
        return Path::polygon(&[a, pt(b.x, a.y), b, pt(a.x, b.y)]).segments;
    }
    // A circle's quarter as a cubic: its control points lie 0.4477 of the radius from the corner.
    let n = r * 0.4477;
    vec![
        Segment::Move(pt(a.x + r, a.y)),
        Segment::Line(pt(b.x - r, a.y)),
        Segment::Cubic(pt(b.x - n, a.y), pt(b.x, a.y + n), pt(b.x, a.y + r)),
        Segment::Line(pt(b.x, b.y - r)),
        Segment::Cubic(pt(b.x, b.y - n), pt(b.x - n, b.y), pt(b.x - r, b.y)),
        Segment::Line(pt(a.x + r, b.y)),
        Segment::Cubic(pt(a.x + n, b.y), pt(a.x, b.y - n), pt(a.x, b.y - r)),
        Segment::Line(pt(a.x, a.y + r)),
        Segment::Cubic(pt(a.x, a.y + n), pt(a.x + n, a.y), pt(a.x + r, a.y)),
        Segment::Close,
    ]
}
