//! Shapes of a scene on a page: vectors, and text as the very glyphs that the layout shaped.
//!
//! Works in map units; who calls has set the page's transform. Not here: what is told to screen
//! readers.

use std::collections::BTreeMap;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point as At, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke as PdfStroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::geom::{self, Point, Rect, Segment};
use crate::scene::{Icon, Ink, Scene, Shape, Stroke, Theme};
use crate::text::{Block, FontId, Glyph, Line, Run, Text};

use super::super::ExportError;

/// How far along its tangent a control point stands that makes a quarter circle of a cubic curve:
/// 4/3 (√2 − 1).
const QUARTER: f32 = 0.552_284_8;

/// The fonts of a scene, as the file embeds them.
#[derive(Default)]
pub(super) struct Fonts {
    fonts: BTreeMap<FontId, Face>,
}

struct Face {
    font: Font,
    /// The glyph of a space and its advance in em, where the scene's texts have one.
    space: Option<(u16, f32)>,
}

impl Fonts {
    /// Those that the scene's runs are in.
    ///
    /// # Errors
    /// [`ExportError::Drawing`] where a font cannot be read.
    pub fn of(scene: &Scene, text: &Text) -> Result<Self, ExportError> {
        let mut out = Self::default();
        for item in &scene.items {
            for (_, shape) in item.shapes.iter() {
                let Shape::Text { block, .. } = shape else { continue };
                out.add(block, text)?;
            }
        }
        Ok(out)
    }

    /// Takes in the fonts of a text.
    ///
    /// # Errors
    /// [`ExportError::Drawing`] where a font cannot be read.
    pub fn add(&mut self, block: &Block, text: &Text) -> Result<(), ExportError> {
        for run in block.lines.iter().flat_map(|line| &line.runs) {
            let face = match self.fonts.get_mut(&run.font) {
                Some(face) => face,
                None => {
                    let it = text.face(run.font);
                    let (data, _) = it.data.clone().into_raw_parts();
                    let font = Font::new(data.into(), it.index).ok_or_else(|| {
                        ExportError::Drawing(format!("the font {} cannot be read", it.family))
                    })?;
                    self.fonts.entry(run.font).or_insert(Face { font, space: None })
                }
            };
            if face.space.is_none() {
                let space = run.glyphs.iter().find(|glyph| shown(run, glyph) == " ");
                face.space = space.map(|glyph| (glyph.id, glyph.advance / block.style.size));
            }
        }
        Ok(())
    }
}

fn shown<'a>(run: &'a Run, glyph: &Glyph) -> &'a str {
    run.text.get(usize::from(glyph.from)..usize::from(glyph.to)).unwrap_or_default()
}

/// Draws on one page.
pub(super) struct Painter<'a, 's> {
    pub surface: Surface<'s>,
    pub theme: &'a Theme,
    pub fonts: &'a Fonts,
    /// Kept from run to run: most lines have some dozen glyphs.
    glyphs: Vec<KrillaGlyph>,
}

impl<'a, 's> Painter<'a, 's> {
    pub fn new(surface: Surface<'s>, theme: &'a Theme, fonts: &'a Fonts) -> Self {
        Self { surface, theme, fonts, glyphs: Vec::new() }
    }

    /// A shape that is no text, moved by `at`.
    pub fn shape(&mut self, shape: &Shape, at: Point) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                let path = rounded(rect.offset(at), *radius);
                self.path(path, *fill, *stroke, LineCap::Butt);
            }
            Shape::Path { path, fill, stroke } => {
                self.path(path_of(path, at), *fill, *stroke, LineCap::Butt);
            }
            Shape::Icon { rect, icon, ink } => self.icon(rect.offset(at), *icon, *ink),
            Shape::Text { .. } => {}
        }
    }

    /// The lines of a text whose top left is at `at` in a space of that width.
    pub fn text(&mut self, block: &Block, at: Point, ink: Ink, line_x: impl Fn(&Line) -> f32) {
        self.surface.set_fill(Some(self.fill(ink)));
        self.surface.set_stroke(None);
        for (i, line) in block.lines.iter().enumerate() {
            let x = at.x + line_x(line);
            let y = at.y + line.baseline;
            let after = block.lines.get(i + 1).map(|next| next.range.start);
            // The space that the line was broken at: without it, what reads the file would join
            // the words on both sides.
            let spaced = after
                .and_then(|next| block.text.get(line.range.end..next))
                .is_some_and(|between| between.contains(char::is_whitespace));
            let last = line.runs.len().saturating_sub(1);
            for (n, run) in line.runs.iter().enumerate() {
                // Of a line from right to left, it stands at the left.
                let space = spaced && !line.rtl && n == last;
                self.run(run, pt(x + run.x, y), block.style.size, space);
            }
        }
    }

    fn run(&mut self, run: &Run, at: At, size: f32, space: bool) {
        let Some(face) = self.fonts.fonts.get(&run.font) else { return };
        self.glyphs.clear();
        self.glyphs.extend(run.glyphs.iter().map(|glyph| {
            KrillaGlyph::new(
                GlyphId::new(u32::from(glyph.id)),
                glyph.advance / size,
                glyph.dx / size,
                -glyph.dy / size,
                0.0,
                usize::from(glyph.from)..usize::from(glyph.to),
                None,
            )
        }));
        let ends = run.text.len();
        let with_space;
        let text = match face.space.filter(|_| space && !run.rtl) {
            Some((id, advance)) => {
                let id = GlyphId::new(u32::from(id));
                let range = ends..ends + 1;
                self.glyphs.push(KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, range, None));
                with_space = format!("{} ", run.text);
                &with_space
            }
            None => &*run.text,
        };
        let inside = |glyph: &KrillaGlyph| text.get(glyph.text_range.clone()).is_some();
        if self.glyphs.iter().all(inside) {
            self.surface.draw_glyphs(at, &self.glyphs, face.font.clone(), text, size, false);
        }
    }

    /// A filled rectangle.
    pub fn rect(&mut self, rect: Rect, ink: Ink) {
        self.path(rounded(rect, 0.0), Some(ink), None, LineCap::Butt);
    }

    fn path(
        &mut self,
        path: Option<Path>,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
        cap: LineCap,
    ) {
        let Some(path) = path.filter(|_| fill.is_some() || stroke.is_some()) else { return };
        self.surface.set_fill(fill.map(|ink| self.fill(ink)));
        self.surface.set_stroke(stroke.map(|it| self.stroke(it, cap)));
        self.surface.draw_path(&path);
    }

    fn icon(&mut self, rect: Rect, icon: Icon, ink: Ink) {
        let scale = rect.width().min(rect.height()) / Icon::BOX;
        let (x, y) = (rect.min.x, rect.min.y);
        self.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y));
        let stroke = Stroke::solid(Icon::STROKE, ink);
        for path in icon.paths() {
            self.path(path_of(path, Point::default()), None, Some(stroke), LineCap::Round);
        }
        self.surface.pop();
    }

    fn colour(&self, ink: Ink) -> (rgb::Color, NormalizedF32) {
        let colour = self.theme.colour(ink);
        let [r, g, b, _] = colour.0;
        let opacity = NormalizedF32::new(colour.opacity()).unwrap_or(NormalizedF32::ONE);
        (rgb::Color::new(r, g, b), opacity)
    }

    fn fill(&self, ink: Ink) -> Fill {
        let (colour, opacity) = self.colour(ink);
        Fill { paint: colour.into(), opacity, rule: FillRule::NonZero }
    }

    fn stroke(&self, stroke: Stroke, line_cap: LineCap) -> PdfStroke {
        let (colour, opacity) = self.colour(stroke.ink);
        PdfStroke {
            paint: colour.into(),
            width: stroke.width.max(0.0),
            line_cap,
            line_join: LineJoin::Round,
            opacity,
            dash: stroke.dash.map(|(dash, gap)| StrokeDash { array: vec![dash, gap], offset: 0.0 }),
            ..PdfStroke::default()
        }
    }
}

/// A place in the file's own type.
pub(super) fn pt(x: f32, y: f32) -> At {
    At::from_xy(x, y)
}

/// A rectangle's outline; none where it is empty or no number.
pub(super) fn rounded(rect: Rect, radius: f32) -> Option<Path> {
    let (l, t, r, b) = (rect.min.x, rect.min.y, rect.max.x, rect.max.y);
    let mut path = PathBuilder::new();
    let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    if radius > 0.0 {
        let c = radius * (1.0 - QUARTER);
        path.move_to(l + radius, t);
        path.line_to(r - radius, t);
        path.cubic_to(r - c, t, r, t + c, r, t + radius);
        path.line_to(r, b - radius);
        path.cubic_to(r, b - c, r - c, b, r - radius, b);
        path.line_to(l + radius, b);
        path.cubic_to(l + c, b, l, b - c, l, b - radius);
        path.line_to(l, t + radius);
        path.cubic_to(l, t + c, l + c, t, l + radius, t);
        path.close();
    } else {
        path.push_rect(krilla::geom::Rect::from_ltrb(l, t, r, b)?);
    }
    path.finish()
}

fn path_of(path: &geom::Path, by: Point) -> Option<Path> {
    let mut out = PathBuilder::new();
    for segment in &path.segments {
        match *segment {
            Segment::Move(p) => out.move_to(p.x + by.x, p.y + by.y),
            Segment::Line(p) => out.line_to(p.x + by.x, p.y + by.y),
            Segment::Cubic(a, b, p) => {
                out.cubic_to(
                    a.x + by.x,
                    a.y + by.y,
                    b.x + by.x,
                    b.y + by.y,
                    p.x + by.x,
                    p.y + by.y,
                );
            }
            Segment::Close => out.close(),
        }
    }
    out.finish()
}
