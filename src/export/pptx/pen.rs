//! What slides' XML is written with: one growing string, numbers in English Metric Units, ids,
//! colours and lines. There is no tree: parts are written front to back.
//!
//! Not here: text bodies (see [`super::text`]) and geometry (see [`super::geometry`]).

use crate::geom::{Point, Rect, pt};
use crate::scene::{Ink, Stroke, Theme};
use crate::text::Text;

use super::text::attribute;

/// Appends formatted text to a [`Pen`].
macro_rules! put {
    ($pen:expr, $($arg:tt)*) => {
        std::fmt::Write::write_fmt(&mut $pen.out, format_args!($($arg)*))
            .expect("a String takes whatever is written to it")
    };
}
pub(super) use put;

/// A length in points as English Metric Units: 12,700 a point (ECMA-376 part 1, 20.1.2.1); what is
/// no number is 0.
pub(super) fn emu(points: f32) -> i64 {
    // The largest coordinate that the format knows (20.1.10.16 `ST_Coordinate`).
    const MOST: f64 = 27_273_042_316_900.0;
    let exact = f64::from(points) * 12_700.0;
    if exact.is_finite() { exact.round().clamp(-MOST, MOST) as i64 } else { 0 }
}

/// A box in English Metric Units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Box2 {
    pub x: i64,
    pub y: i64,
    pub w: i64,
    pub h: i64,
}

impl Box2 {
    /// Of a rectangle in points.
    pub fn of(rect: Rect) -> Self {
        let (x, y) = (emu(rect.min.x), emu(rect.min.y));
        Self { x, y, w: (emu(rect.max.x) - x).max(0), h: (emu(rect.max.y) - y).max(0) }
    }

    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.w).max(other.x + other.w);
        let bottom = (self.y + self.h).max(other.y + other.h);
        Self { x, y, w: right - x, h: bottom - y }
    }

    /// A side's middle, as the connection sites of rectangles are numbered: top, left, bottom,
    /// right (`presetShapeDefinitions.xml` of ECMA-376 part 1).
    pub fn site(self, site: usize) -> (i64, i64) {
        match site {
            0 => (self.x + self.w / 2, self.y),
            1 => (self.x, self.y + self.h / 2),
            2 => (self.x + self.w / 2, self.y + self.h),
            _ => (self.x + self.w, self.y + self.h / 2),
        }
    }
}

/// From map units to points on the slide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Where the map's origin stands.
    pub at: Point,
    /// Points for each unit.
    pub by: f32,
}

impl Scale {
    pub fn point(self, p: Point) -> Point {
        pt(self.at.x + p.x * self.by, self.at.y + p.y * self.by)
    }

    pub fn rect(self, r: Rect) -> Rect {
        Rect { min: self.point(r.min), max: self.point(r.max) }
    }
}

/// What a screen reader says of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Alt<'a> {
    Said(&'a str),
    /// Nothing: it is there for the eye.
    Decorative,
}

/// Writes one part.
pub(super) struct Pen<'a> {
    pub out: String,
    pub theme: &'a Theme,
    pub fonts: &'a Text,
    /// Whether lines break exactly where the scene breaks them.
    pub exact: bool,
    /// The slide's size, in points.
    pub slide: Rect,
    ids: u32,
}

impl<'a> Pen<'a> {
    pub fn new(theme: &'a Theme, fonts: &'a Text, exact: bool, slide: Rect) -> Self {
        // The shape tree itself is 1.
        Self { out: String::new(), theme, fonts, exact, slide, ids: 1 }
    }

    pub fn push(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// A shape's number, no other on the slide has it.
    pub fn id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    /// `cNvPr` with a name, what is said, and what kind of thing it decorates.
    pub fn named(&mut self, id: u32, name: &str, alt: Alt<'_>) {
        /// Longer names only hide the others in lists of a slide's shapes.
        const NAME: usize = 80;
        /// No one listens to more.
        const SAID: usize = 1_500;
        put!(self, "<p:cNvPr id=\"{id}\" name=\"");
        let before = self.out.len();
        attribute(name, NAME, &mut self.out);
        if self.out.len() == before {
            put!(self, "Shape {id}");
        }
        match alt {
            Alt::Said(said) if !said.trim().is_empty() => {
                self.push("\" descr=\"");
                attribute(said, SAID, &mut self.out);
                self.push("\"/>");
            }
            _ => self.push(DECORATIVE),
        }
    }

    /// `xfrm` of a shape.
    pub fn place(&mut self, at: Box2) {
        let Box2 { x, y, w, h } = at;
        put!(self, "<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>");
    }

    /// A colour: of the theme where the ink is one of the theme's or derived from it, so that it
    /// follows a template; `fixed`: as it is in ours, for what stands on a colour that is fixed.
    pub fn colour(&mut self, ink: Ink, fixed: bool) {
        let slot = if fixed { None } else { slot(ink) };
        let derived = slot.is_some_and(|(_, lum, _)| lum != 100);
        match slot {
            // Tints are derived for a light ground.
            Some((name, lum, off)) if !(derived && self.theme.dark) => {
                put!(self, "<a:schemeClr val=\"{name}\"");
                if derived {
                    put!(self, "><a:lumMod val=\"{lum}000\"/>");
                    if off > 0 {
                        put!(self, "<a:lumOff val=\"{off}000\"/>");
                    }
                    self.push("</a:schemeClr>");
                } else {
                    self.push("/>");
                }
            }
            _ => {
                let colour = self.theme.colour(ink);
                let [r, g, b, a] = colour.0;
                put!(self, "<a:srgbClr val=\"{r:02X}{g:02X}{b:02X}\"");
                if a < 255 {
                    let alpha = (colour.opacity() * 100_000.0).round();
                    put!(self, "><a:alpha val=\"{alpha}\"/></a:srgbClr>");
                } else {
                    self.push("/>");
                }
            }
        }
    }

    pub fn fill(&mut self, ink: Option<Ink>) {
        match ink {
            None => self.push("<a:noFill/>"),
            Some(ink) => {
                self.push("<a:solidFill>");
                self.colour(ink, false);
                self.push("</a:solidFill>");
            }
        }
    }

    /// A line; `scale`: points for each unit of its width. `end`: the head at its
    /// end, and how large that is.
    pub fn line(
        &mut self,
        stroke: Option<Stroke>,
        scale: f32,
        round: bool,
        end: Option<(&str, &str)>,
    ) {
        let Some(stroke) = stroke else {
            self.push("<a:ln><a:noFill/></a:ln>");
            return;
        };
        // At most 1,584 points (20.1.10.35 `ST_LineWidth`).
        let width = emu(stroke.width * scale).clamp(0, 20_116_800);
        put!(self, "<a:ln w=\"{width}\"");
        self.push(if round { " cap=\"rnd\">" } else { ">" });
        self.fill(Some(stroke.ink));
        if let Some((dash, _)) = stroke.dash {
            let dotted = dash < 1.6 * stroke.width;
            put!(self, "<a:prstDash val=\"{}\"/>", if dotted { "sysDot" } else { "dash" });
        }
        self.push("<a:round/>");
        if let Some((end, size)) = end {
            put!(self, "<a:tailEnd type=\"{end}\" w=\"{size}\" len=\"{size}\"/>");
        }
        self.push("</a:ln>");
    }
}

/// The end of a `cNvPr` that screen readers pass over ([MS-ODRAWXML] 2.23.6 `decorative`).
const DECORATIVE: &str = "\"><a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\">\
    <adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" \
    val=\"1\"/></a:ext></a:extLst></p:cNvPr>";

/// Where a colour comes from: the slot of the theme, and what part of its lightness is kept and
/// added, in per cent (20.1.2.3.20 `lumMod`, 20.1.2.3.21 `lumOff`).
fn slot(ink: Ink) -> Option<(&'static str, u32, u32)> {
    Some(match ink {
        // What stands on the slide itself has the slide's ground.
        Ink::Card | Ink::OnTruth | Ink::Ground => ("bg1", 100, 0),
        Ink::QuietCard => ("bg2", 100, 0),
        Ink::Text => ("tx1", 100, 0),
        Ink::Muted => ("tx2", 100, 0),
        Ink::CardBorder => ("tx2", 27, 73),
        Ink::GridLine | Ink::DotEmpty => ("tx2", 18, 82),
        Ink::Faint | Ink::BandLine | Ink::Link => ("tx2", 72, 28),
        Ink::Branch | Ink::Selection | Ink::Truth => ("accent1", 100, 0),
        Ink::StageAccent(i) => (accent(i), 100, 0),
        Ink::StageText(i) => (accent(i), 75, 0),
        Ink::StageFill(i) => (accent(i), 10, 90),
        _ => return None,
    })
}

/// The colour of a stage, which has one of the six accents.
fn accent(stage: u8) -> &'static str {
    ["accent1", "accent2", "accent3", "accent4", "accent5", "accent6"][usize::from(stage % 6)]
}

/// Whether a fill has the same colour in every theme, so that text on it must have too.
pub(super) fn is_fixed(fill: Option<Ink>) -> bool {
    fill.is_some_and(|ink| slot(ink).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SystemFonts;

    fn written(ink: Ink, theme: &Theme) -> String {
        let fonts = Text::new(SystemFonts::Ignore);
        let mut pen = Pen::new(theme, &fonts, false, Rect::default());
        pen.colour(ink, false);
        pen.out
    }

    #[test]
    fn colours_follow_the_theme_where_they_mean_it() {
        let light = Theme::light();
        assert_eq!(written(Ink::Text, light), "<a:schemeClr val=\"tx1\"/>");
        assert_eq!(written(Ink::StageAccent(7), light), "<a:schemeClr val=\"accent2\"/>");
        let fill = written(Ink::StageFill(0), light);
        assert!(
            fill.starts_with("<a:schemeClr val=\"accent1\"><a:lumMod val=\"10000\"/>"),
            "{fill}"
        );
        assert!(written(Ink::SeverityMark(5), light).contains("C81E1E"));
        assert!(written(Ink::CardShadow, light).contains("alpha"));
        assert!(written(Ink::CardBorder, Theme::dark()).contains("srgbClr"));
    }

    /// What a theme derives is near to what ours says: within 18 of 255 in each part.
    #[test]
    fn derived_colours_are_near_ours() {
        let light = Theme::light();
        let mut inks = vec![Ink::CardBorder, Ink::GridLine, Ink::DotEmpty, Ink::Faint, Ink::Link];
        inks.extend((0..6).flat_map(|i| [Ink::StageText(i), Ink::StageFill(i)]));
        for ink in inks {
            let (name, lum, off) = slot(ink).unwrap();
            let base = match ink {
                Ink::StageText(i) | Ink::StageFill(i) => light.colour(Ink::StageAccent(i)),
                _ => light.colour(Ink::Muted),
            };
            let (h, s, l) = hsl(base.0);
            let l = l * lum as f32 / 100.0 + off as f32 / 100.0;
            let made = rgb(h, s, l);
            let wanted = light.colour(ink).0;
            for i in 0..3 {
                let by = (made[i] - f32::from(wanted[i])).abs();
                assert!(by <= 18.0, "{name} for {ink:?}: {made:?} for {wanted:?}");
            }
        }
    }

    fn hsl([r, g, b, _]: [u8; 4]) -> (f32, f32, f32) {
        let [r, g, b] = [r, g, b].map(|v| f32::from(v) / 255.0);
        let (max, min) = (r.max(g).max(b), r.min(g).min(b));
        let (l, d) = ((max + min) / 2.0, max - min);
        let s = if d == 0.0 { 0.0 } else { d / (1.0 - (2.0 * l - 1.0).abs()) };
        let h = match max {
            _ if d == 0.0 => 0.0,
            m if m == r => ((g - b) / d).rem_euclid(6.0),
            m if m == g => (b - r) / d + 2.0,
            _ => (r - g) / d + 4.0,
        };
        (h, s, l)
    }

    fn rgb(h: f32, s: f32, l: f32) -> [f32; 3] {
        let c = (1.0 - (2.0 * l - 1.0).abs()) * s;
        let x = c * (1.0 - (h.rem_euclid(2.0) - 1.0).abs());
        let [r, g, b] = match h as u32 {
            0 => [c, x, 0.0],
            1 => [x, c, 0.0],
            2 => [0.0, c, x],
            3 => [0.0, x, c],
            4 => [x, 0.0, c],
            _ => [c, 0.0, x],
        };
        [r, g, b].map(|v| (v + l - c / 2.0) * 255.0)
    }

    #[test]
    fn lengths_never_leave_the_format() {
        assert_eq!(emu(1.0), 12_700);
        assert_eq!(emu(f32::NAN), 0);
        assert_eq!(emu(f32::INFINITY), 0);
        assert_eq!(emu(1e30), 27_273_042_316_900);
    }
}
