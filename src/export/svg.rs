//! SVG: a self-contained picture with real text, one `<text>` a run.
//!
//! The file names no other file, runs no script and says the same for the same scene, byte by
//! byte. Fonts are named, not embedded: Arimo has Arial's metrics, so that lines keep their width
//! with either.

use std::fmt::{self, Display, Write as _};

use rustc_hash::FxHashMap;

use crate::geom::{Path, Point, Rect, Segment, rect};
use crate::scene::{Detail, Icon, Ink, Item, Layer, Part, Scene, Shape, Stroke, Theme};
use crate::text::{Block, FontFace, FontId, Text, Weight};

/// What a picture says about itself.
#[derive(Debug, Clone, Default)]
pub struct SvgOptions {
    /// The map's name.
    pub title: String,
    /// A sentence on what is to be seen.
    pub desc: String,
}

/// The scene at full detail as an SVG file.
///
/// `text` is the engine that made the scene's blocks: it knows the names of their fonts.
pub fn svg(scene: &Scene, theme: &Theme, text: &Text, options: &SvgOptions) -> String {
    let writer = Writer { out: String::new(), theme, text, fonts: Fonts::ByName, page: None };
    writer.write(scene, options)
}

/// What a page needs of a picture, so that its script finds, names and colours what is in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    /// The picture's id on the page.
    pub(super) id: &'a str,
    /// What the picture is.
    pub(super) label: &'a str,
    /// Colours are custom properties of the page: `--i7` is the ink with the number 7. An ink
    /// that is not in here has the theme's colour.
    pub(super) inks: &'a FxHashMap<Ink, usize>,
}

/// The picture as an element of a page: no names of layers that could clash, and each item that
/// stands for a record says which (`data-id`) and as what (`data-part`).
pub(super) fn svg_in_page(scene: &Scene, theme: &Theme, text: &Text, page: Page<'_>) -> String {
    let writer = Writer { out: String::new(), theme, text, fonts: Fonts::ByName, page: Some(page) };
    writer.write(scene, &SvgOptions::default())
}

/// How runs say which font they are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fonts {
    /// By family, with others of the same metrics after it.
    ByName,
    /// By [`FontId`], as `face-7`: for our own rasteriser, which then takes exactly that face.
    ById,
}

/// A picture of some items for the rasteriser, without ground, names and layers.
pub(super) fn svg_by_font_id<'a>(
    items: impl Iterator<Item = &'a Item>,
    view: Rect,
    theme: &Theme,
    text: &Text,
) -> String {
    let mut writer = Writer { out: String::new(), theme, text, fonts: Fonts::ById, page: None };
    writer.open(view);
    writer.out.push_str(">\n");
    for item in items {
        writer.shapes(item);
    }
    writer.out.push_str("</svg>\n");
    writer.out
}

/// The font of a family as [`Fonts::ById`] names it.
pub(super) fn font_of(family: &str) -> Option<FontId> {
    family.strip_prefix("face-")?.parse().ok().map(FontId)
}

/// What the picture shows; a scene with nothing in it shows one unit of ground.
pub(super) fn view(scene: &Scene) -> Rect {
    let b = scene.bounds;
    let finite = [b.min.x, b.min.y, b.max.x, b.max.y].into_iter().all(f32::is_finite);
    if finite && !b.is_empty() { b } else { rect(0.0, 0.0, 1.0, 1.0) }
}

struct Writer<'a> {
    out: String,
    theme: &'a Theme,
    text: &'a Text,
    fonts: Fonts,
    page: Option<Page<'a>>,
}

/// Appends formatted text.
macro_rules! put {
    ($writer:expr, $($arg:tt)*) => {
        write!($writer.out, $($arg)*).expect("a String takes whatever is written to it")
    };
}

impl Writer<'_> {
    fn write(mut self, scene: &Scene, options: &SvgOptions) -> String {
        let view = view(scene);
        let (x, y, w, h) =
            (Num(view.min.x), Num(view.min.y), Num(view.width()), Num(view.height()));
        self.open(view);
        let said = [("title", &options.title), ("desc", &options.desc)];
        let said = said.into_iter().filter(|(_, content)| !content.trim().is_empty());
        let names: Vec<String> = said.clone().map(|(tag, _)| format!("map-{tag}")).collect();
        match self.page {
            None => self.out.push_str(" role=\"img\""),
            Some(Page { id, label, .. }) => {
                put!(self, " id=\"{id}\" role=\"group\" aria-label=\"{}\" lang=\"\"", Xml(label));
            }
        }
        if !names.is_empty() {
            put!(self, " aria-labelledby=\"{}\"", names.join(" "));
        }
        self.out.push_str(">\n");
        for (tag, content) in said {
            put!(self, "<{tag} id=\"map-{tag}\">{}</{tag}>\n", Xml(content));
        }
        put!(self, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
        self.fill(Some(Ink::Ground));
        self.out.push_str("/>\n");
        let mut layer = None;
        for item in &scene.items {
            if layer != Some(item.layer) {
                if layer.is_some() {
                    self.out.push_str("</g>\n");
                }
                let attribute = if self.page.is_some() { "class" } else { "id" };
                put!(self, "<g {attribute}=\"{}\">\n", layer_id(item.layer));
                layer = Some(item.layer);
            }
            self.item(item);
        }
        if layer.is_some() {
            self.out.push_str("</g>\n");
        }
        self.out.push_str("</svg>\n");
        self.out
    }

    /// The root's start tag up to what is special to a picture, not closed.
    fn open(&mut self, view: Rect) {
        let (x, y, w, h) =
            (Num(view.min.x), Num(view.min.y), Num(view.width()), Num(view.height()));
        put!(
            self,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"{x} {y} {w} {h}\" font-family=\"{ARIMO}\" xml:space=\"preserve\""
        );
    }

    fn item(&mut self, item: &Item) {
        if !item.shapes.iter().any(|(detail, _)| detail.shows_at(Detail::FULL)) {
            return;
        }
        let named = !item.name.trim().is_empty();
        let hit = item.hit.as_ref().filter(|_| self.page.is_some());
        let grouped = named || hit.is_some();
        if grouped {
            self.out.push_str("<g");
            if let Some(hit) = hit {
                put!(self, " data-id=\"{}\" data-part=\"{}\"", hit.record, part_id(hit.part));
            }
            self.out.push('>');
        }
        if named {
            put!(self, "<title>{}</title>\n", Xml(&item.name));
        }
        self.shapes(item);
        if grouped {
            self.out.push_str("</g>\n");
        }
    }

    fn shapes(&mut self, item: &Item) {
        for (_, shape) in item.shapes.iter().filter(|(d, _)| d.shows_at(Detail::FULL)) {
            self.shape(shape, item.rect.min);
        }
    }

    fn shape(&mut self, shape: &Shape, at: Point) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                let r = rect.offset(at);
                let (w, h) = (r.width().max(0.0), r.height().max(0.0));
                put!(self, "<rect x=\"{}\" y=\"{}\"", Num(r.min.x), Num(r.min.y));
                put!(self, " width=\"{}\" height=\"{}\"", Num(w), Num(h));
                let radius = radius.min(w / 2.0).min(h / 2.0);
                if radius > 0.0 {
                    put!(self, " rx=\"{}\"", Num(radius));
                }
                self.fill(*fill);
                self.stroke(*stroke);
                self.out.push_str("/>\n");
            }
            Shape::Path { path, fill, stroke } => {
                put!(self, "<path d=\"{}\"", Data(path, at));
                self.fill(*fill);
                self.stroke(*stroke);
                if stroke.is_some() {
                    self.out.push_str(" stroke-linejoin=\"round\"");
                }
                self.out.push_str("/>\n");
            }
            Shape::Text { at: place, width, block, ink, align } => {
                let place = at.offset(*place);
                self.block(block, *ink, |line| Point {
                    x: place.x + align.line_x(*width, line),
                    y: place.y + line.baseline,
                });
            }
            Shape::Icon { rect, icon, ink } => self.icon(rect.offset(at), *icon, *ink),
        }
    }

    fn block(&mut self, block: &Block, ink: Ink, place: impl Fn(&crate::text::Line) -> Point) {
        if block.lines.iter().all(|line| line.runs.is_empty()) {
            return;
        }
        put!(self, "<g font-size=\"{}\"", Num(block.style.size));
        if block.style.weight == Weight::Bold {
            self.out.push_str(" font-weight=\"bold\"");
        }
        self.fill(Some(ink));
        self.out.push_str(">\n");
        for line in &block.lines {
            let from = place(line);
            for run in line.runs.iter().filter(|run| !run.text.trim().is_empty()) {
                put!(self, "<text x=\"{}\" y=\"{}\"", Num(from.x + run.x), Num(from.y));
                self.font(run.font);
                // Every run is a paragraph of its own to the reader, and starts left. The marks
                // make one from right to left read so, whatever stands at its ends; `direction`
                // would do the same only where it is known, and move the anchor.
                let mark = if run.rtl { "\u{200f}" } else { "" };
                if self.fonts == Fonts::ByName && run.advance > 0.0 {
                    // Where neither Arimo nor one of its metrics is installed, browsers fit what
                    // they have into the same width.
                    let advance = Num(run.advance);
                    put!(self, " textLength=\"{advance}\" lengthAdjust=\"spacingAndGlyphs\"");
                }
                put!(self, ">{mark}{}{mark}</text>\n", Xml(&run.text));
            }
        }
        self.out.push_str("</g>\n");
    }

    fn font(&mut self, id: FontId) {
        match self.fonts {
            Fonts::ById => put!(self, " font-family=\"face-{}\"", id.0),
            Fonts::ByName => {
                let FontFace { family, .. } = self.text.face(id);
                if &**family != "Arimo" {
                    let family = family.replace(['\\', '\''], "");
                    put!(self, " font-family=\"'{}', {ARIMO}\"", Xml(&family));
                }
            }
        }
    }

    fn icon(&mut self, rect: Rect, icon: Icon, ink: Ink) {
        let scale = rect.width().min(rect.height()) / Icon::BOX;
        let (x, y) = (Num(rect.min.x), Num(rect.min.y));
        put!(self, "<g transform=\"translate({x} {y}) scale({scale:.4})\"");
        self.fill(None);
        self.stroke(Some(Stroke::solid(Icon::STROKE, ink)));
        self.out.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\">");
        for path in icon.paths() {
            put!(self, "<path d=\"{}\"/>", Data(path, Point::default()));
        }
        self.out.push_str("</g>\n");
    }

    fn fill(&mut self, ink: Option<Ink>) {
        match ink {
            None => self.out.push_str(" fill=\"none\""),
            Some(ink) => self.paint("fill", ink),
        }
    }

    fn stroke(&mut self, stroke: Option<Stroke>) {
        let Some(stroke) = stroke else { return };
        self.paint("stroke", stroke.ink);
        put!(self, " stroke-width=\"{}\"", Num(stroke.width));
        if let Some((dash, gap)) = stroke.dash {
            put!(self, " stroke-dasharray=\"{} {}\"", Num(dash), Num(gap));
        }
    }

    fn paint(&mut self, what: &str, ink: Ink) {
        if let Some(number) = self.page.and_then(|page| page.inks.get(&ink)) {
            put!(self, " {what}=\"var(--i{number})\"");
            return;
        }
        let colour = self.theme.colour(ink);
        put!(self, " {what}=\"{}\"", colour.hex());
        if colour.opacity() < 1.0 {
            put!(self, " {what}-opacity=\"{}\"", Num(colour.opacity()));
        }
    }
}

/// Arimo, and what stands in for it where it is not installed.
const ARIMO: &str = "Arimo, Arial, 'Liberation Sans', sans-serif";

fn layer_id(layer: Layer) -> &'static str {
    match layer {
        Layer::Ground => "ground",
        Layer::Lines => "lines",
        Layer::Links => "links",
        Layer::Curves => "curves",
        Layer::Cards => "cards",
        Layer::Marks => "marks",
    }
}

fn part_id(part: Part) -> &'static str {
    match part {
        Part::Card => "card",
        Part::StageHeader => "stage",
        Part::LaneLabel => "lane",
        Part::Group => "group",
        Part::Activities => "activities",
        Part::Criteria => "criteria",
        Part::Thoughts => "thoughts",
        Part::Link => "link",
        Part::Emotion => "emotion",
        Part::Mark => "mark",
    }
}

/// A number with at most two decimals; what is no number is 0.
struct Num(f32);

impl Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (f64::from(self.0) * 100.0).round();
        // `as` takes NaN to 0 and what is out of range to the nearest there is.
        let n = hundredths as i64;
        let (sign, n) = (if n < 0 { "-" } else { "" }, n.unsigned_abs());
        match (n / 100, n % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            (whole, part) => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

/// A path's data, moved by a distance.
struct Data<'a>(&'a Path, Point);

impl Display for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |p: &Point| {
            let p = p.offset(self.1);
            (Num(p.x), Num(p.y))
        };
        for segment in &self.0.segments {
            match segment {
                Segment::Move(p) => {
                    let (x, y) = at(p);
                    write!(f, "M{x} {y}")?;
                }
                Segment::Line(p) => {
                    let (x, y) = at(p);
                    write!(f, "L{x} {y}")?;
                }
                Segment::Cubic(a, b, p) => {
                    let ((ax, ay), (bx, by), (x, y)) = (at(a), at(b), at(p));
                    write!(f, "C{ax} {ay} {bx} {by} {x} {y}")?;
                }
                Segment::Close => f.write_str("Z")?,
            }
        }
        Ok(())
    }
}

/// Text for XML 1.0: marked up where it must be, without the characters that it may not hold.
pub(super) struct Xml<'a>(pub(super) &'a str);

impl Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\r' | '\t' => f.write_char(' ')?,
                c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => {}
                // Overrides in a name would turn round what a reader shows after it.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;

    #[test]
    fn numbers_are_short() {
        let shown =
            [0.0, -0.001, 1.5, -2.25, 12.345_f32, f32::NAN, 1e20].map(|n| Num(n).to_string());
        assert_eq!(shown[..6], ["0", "0", "1.5", "-2.25", "12.35", "0"].map(String::from));
        assert!(shown[6].parse::<f64>().is_ok_and(|n| n > 1e16), "as large as it gets");
    }

    #[test]
    fn markup_and_forbidden_characters_do_no_harm() {
        assert_eq!(
            Xml("a<b & ]]>\u{0}\u{fffe}\u{202e}\"'").to_string(),
            "a&lt;b &amp; ]]&gt;&quot;&#39;"
        );
    }

    #[test]
    fn a_path_is_moved() {
        let path = Path::polygon(&[pt(0.0, 0.0), pt(1.0, 0.5)]);
        assert_eq!(Data(&path, pt(10.0, 20.0)).to_string(), "M10 20L11 20.5Z");
    }
}
