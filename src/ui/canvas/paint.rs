//! The scene as egui shapes: culled, at one of three levels of detail, colours from the theme.
//!
//! Not here: what is selected, hovered or dragged (see `overlay`), and anything that reads input.

use std::sync::Arc;

use egui::epaint::text::FontsView;
use egui::epaint::{CornerRadius, Mesh, RectShape, StrokeKind, TextShape};
use egui::{Color32, Pos2, Rect, Shape as EguiShape, Stroke as EguiStroke, Vec2, pos2, vec2};

use crate::geom::{self, Path, Point};
use crate::layout::sizes;
use crate::scene::{Align, Detail, Icon, Ink, Item, Scene, Shape, Stroke, Theme};
use crate::text::{Block, Line};
use crate::tool::Camera;
use crate::ui::theme::colour;

use super::galleys::Galleys;
use super::lines;

/// From this zoom on everything is drawn, and from the second one titles: below it they would be
/// smaller than [`SMALLEST_TEXT`].
const FULL_FROM: f32 = 0.55;
const TITLE_FROM: f32 = 0.3;
/// Text smaller than this on the screen, in points, is left out.
const SMALLEST_TEXT: f32 = 3.9;
/// The thinnest line on the screen, in points.
const THINNEST: f32 = 0.6;
/// Far away, boxes with smaller corners than this on the screen are painted without them and
/// without outlines; discs stay round.
const PLAIN_BELOW: f32 = 2.5;
/// A bar that stands for a line of text: how much of its colour is seen, and its height in sizes of
/// the text.
const GREEKED: f32 = 0.45;
const BAR: f32 = 0.55;
/// How much is left of what does not matter just now.
const DIMMED: f32 = 0.35;
/// How much thicker a line is that stands out, and its least width on the screen, in points.
const LIT: f32 = 1.8;

/// The level of detail at a zoom.
pub fn detail_at(zoom: f32) -> Detail {
    if zoom >= FULL_FROM {
        Detail::FULL
    } else if zoom >= TITLE_FROM {
        Detail::TITLE
    } else {
        Detail::BLOCK
    }
}

/// How an item is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    #[default]
    Plain,
    Selected,
    Dimmed,
    /// A line that stands out: thicker, in the accent colour unless its own says how it fares.
    Lit,
}

/// Paints items into a list of shapes.
pub struct Brush<'a, 'f> {
    pub camera: Camera,
    /// What is painted on, in the window.
    pub screen: Rect,
    pub theme: &'a Theme,
    pub galleys: &'a mut Galleys,
    pub fonts: &'a mut FontsView<'f>,
    level: Detail,
    /// Text too small to be read is drawn as bars, so that a small picture shows where it stands.
    greeked: bool,
    look: Look,
    /// How much is seen of what is painted, 0 to 1.
    seen: f32,
    /// Moves what is painted, in points on the screen.
    shift: Vec2,
    /// Plain boxes that wait to be painted in one go.
    boxes: Mesh,
    out: Vec<EguiShape>,
}

impl<'a, 'f> Brush<'a, 'f> {
    /// A brush for a part of the window.
    pub fn new(
        camera: Camera,
        screen: Rect,
        theme: &'a Theme,
        galleys: &'a mut Galleys,
        fonts: &'a mut FontsView<'f>,
    ) -> Self {
        let level = detail_at(camera.zoom);
        let (boxes, out) = (Mesh::default(), Vec::with_capacity(1_024));
        let (look, seen, shift) = (Look::Plain, 1.0, Vec2::ZERO);
        let greeked = false;
        Self {
            camera,
            screen,
            theme,
            galleys,
            fonts,
            level,
            greeked,
            look,
            seen,
            shift,
            boxes,
            out,
        }
    }

    /// Draws every shape however small it becomes, and too small text as bars.
    pub fn whole(mut self) -> Self {
        (self.level, self.greeked) = (Detail::FULL, true);
        self
    }

    /// The shapes in painting order.
    pub fn finish(mut self) -> Vec<EguiShape> {
        self.flush();
        self.out
    }

    /// Paints what is seen of a scene.
    pub fn scene(&mut self, scene: &Scene, visible: &[u32], look: impl Fn(&Item) -> Look) {
        for i in visible {
            let item = &scene.items[*i as usize];
            self.item(item, look(item));
        }
    }

    /// Paints an item moved by a distance on the screen.
    pub fn item_shifted(&mut self, item: &Item, look: Look, shift: Vec2) {
        self.item_passing(item, look, shift, 1.0);
    }

    /// Paints an item that is on its way: moved by a distance on the screen, and seen in part.
    pub fn item_passing(&mut self, item: &Item, look: Look, shift: Vec2, seen: f32) {
        (self.shift, self.seen) = (shift, seen);
        self.item(item, look);
        (self.shift, self.seen) = (Vec2::ZERO, 1.0);
    }

    fn item(&mut self, item: &Item, look: Look) {
        self.look = look;
        for (detail, shape) in item.shapes.iter() {
            if detail.shows_at(self.level) {
                self.shape(shape, item.rect.min);
            }
        }
        self.look = Look::Plain;
    }

    fn shape(&mut self, shape: &Shape, at: Point) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                self.rect(rect.offset(at), *radius, *fill, *stroke);
            }
            Shape::Path { path, fill, stroke } => self.path(path, at, *fill, *stroke),
            Shape::Text { at: inner, width, block, ink, align } => {
                self.text(inner.offset(at), *width, block, *ink, *align);
            }
            Shape::Icon { rect, icon, ink } => self.icon(rect.offset(at), *icon, *ink),
        }
    }

    /// Where a point of the map is in the window.
    fn to_window(&self, p: Point) -> Pos2 {
        let p = self.camera.screen_from_map(p);
        pos2(p.x, p.y) + self.screen.min.to_vec2() + self.shift
    }

    fn rect_to_window(&self, r: geom::Rect) -> Rect {
        Rect::from_min_max(self.to_window(r.min), self.to_window(r.max))
    }

    fn ink(&self, ink: Ink) -> Color32 {
        let ink = match (self.look, ink) {
            (Look::Selected, Ink::Card | Ink::QuietCard) => Ink::SelectionFill,
            (Look::Selected, Ink::CardBorder | Ink::Link) => Ink::Selection,
            (_, ink) => ink,
        };
        let colour = colour(self.theme.colour(ink));
        let seen = if self.look == Look::Dimmed { DIMMED * self.seen } else { self.seen };
        if seen < 1.0 { colour.gamma_multiply(seen) } else { colour }
    }

    fn stroke(&self, stroke: Stroke) -> EguiStroke {
        let width = (stroke.width * self.camera.zoom).max(THINNEST);
        EguiStroke::new(width, self.ink(stroke.ink))
    }

    /// The stroke of a path: a lit line stands out.
    fn line(&self, stroke: Stroke) -> EguiStroke {
        if self.look != Look::Lit {
            return self.stroke(stroke);
        }
        let tells = matches!(stroke.ink, Ink::Strained | Ink::Broken | Ink::Good);
        let ink = if tells { stroke.ink } else { Ink::Selection };
        let width = stroke.width.max(sizes().stroke.thin) * LIT;
        EguiStroke::new((width * self.camera.zoom).max(LIT), self.ink(ink))
    }

    fn push(&mut self, shape: EguiShape) {
        self.flush();
        self.out.push(shape);
    }

    fn flush(&mut self) {
        if !self.boxes.is_empty() {
            self.out.push(EguiShape::mesh(std::mem::take(&mut self.boxes)));
        }
    }

    fn rect(&mut self, r: geom::Rect, radius: f32, fill: Option<Ink>, stroke: Option<Stroke>) {
        let rect = self.rect_to_window(r);
        if !rect.intersects(self.screen) {
            return;
        }
        let zoom = self.camera.zoom;
        let disc = 2.0 * radius >= r.height();
        if self.level == Detail::BLOCK && radius * zoom < PLAIN_BELOW && !disc {
            if let Some(ink) = fill.or(stroke.map(|it| it.ink)) {
                let colour = self.ink(ink);
                self.boxes.add_colored_rect(rect, colour);
            }
            return;
        }
        let fill = fill.map_or(Color32::TRANSPARENT, |ink| self.ink(ink));
        let radius = radius * zoom;
        let dash = stroke.and_then(|it| it.dash);
        let outline = stroke.map_or(EguiStroke::NONE, |it| self.stroke(it));
        let solid = if dash.is_some() { EguiStroke::NONE } else { outline };
        if fill != Color32::TRANSPARENT || !solid.is_empty() {
            let corners = CornerRadius::same(radius.round().min(255.0) as u8);
            let kind = StrokeKind::Middle;
            self.push(RectShape::new(rect, corners, fill, solid, kind).into());
        }
        if let Some((on, off)) = dash {
            self.flush();
            let points = lines::rounded(rect, radius);
            let dash = Some((on * zoom, off * zoom));
            lines::line(points, true, outline, dash, self.screen, &mut self.out);
        }
    }

    fn path(&mut self, path: &Path, at: Point, fill: Option<Ink>, stroke: Option<Stroke>) {
        let zoom = self.camera.zoom;
        // A quarter of a point is not seen; far away, where a curve is a few points long, a line
        // will do.
        let far = self.level == Detail::BLOCK;
        let tolerance = if far { 1.0 } else { 0.25 } / zoom;
        let line = stroke.map(|it| (self.line(it), it.dash));
        for (points, closed) in path.flatten(tolerance) {
            let points: Vec<Pos2> =
                points.into_iter().map(|p| self.to_window(p.offset(at))).collect();
            if let Some(ink) = fill {
                let colour = self.ink(ink);
                if far && is_small(&points) {
                    self.small(&points, colour);
                    continue;
                }
                let shape = EguiShape::convex_polygon(points.clone(), colour, EguiStroke::NONE);
                self.push(shape);
            }
            if let Some((stroke, dash)) = line {
                self.flush();
                let dash = dash.map(|(on, off)| (on * zoom, off * zoom));
                lines::line(points, closed, stroke, dash, self.screen, &mut self.out);
            }
        }
    }

    /// A small convex shape among the plain boxes: no smooth edges, no outline.
    fn small(&mut self, points: &[Pos2], colour: Color32) {
        let first = self.boxes.vertices.len() as u32;
        for p in points {
            self.boxes.colored_vertex(*p, colour);
        }
        for i in 2..points.len() as u32 {
            self.boxes.add_triangle(first, first + i - 1, first + i);
        }
    }

    fn icon(&mut self, r: geom::Rect, icon: Icon, ink: Ink) {
        let rect = self.rect_to_window(r);
        if !rect.intersects(self.screen) {
            return;
        }
        self.flush();
        let scale = rect.width().min(rect.height()) / Icon::BOX;
        let corner = rect.center() - Vec2::splat(scale * Icon::BOX / 2.0);
        let stroke = EguiStroke::new((Icon::STROKE * scale).max(THINNEST), self.ink(ink));
        for path in icon.paths() {
            for (points, closed) in path.flatten(0.2 / scale) {
                let points = points.into_iter().map(|p| corner + vec2(p.x, p.y) * scale).collect();
                lines::line(points, closed, stroke, None, self.screen, &mut self.out);
            }
        }
    }

    fn text(&mut self, at: Point, width: f32, block: &Arc<Block>, ink: Ink, align: Align) {
        let zoom = self.camera.zoom;
        let small = block.style.size * zoom < SMALLEST_TEXT;
        if small && !self.greeked || block.lines.is_empty() {
            return;
        }
        let space = geom::rect(at.x, at.y, width.max(block.width), block.height);
        if !self.rect_to_window(space).intersects(self.screen) {
            return;
        }
        if small {
            let colour = self.ink(ink).gamma_multiply(GREEKED);
            for line in &block.lines {
                let left = at.x + indent_of(line, width, align);
                let high = block.style.size * BAR;
                let bar = geom::rect(left, at.y + line.baseline - high, line.width, high);
                let bar = self.rect_to_window(bar);
                self.boxes.add_colored_rect(bar, colour);
            }
            return;
        }
        self.flush();
        let colour = self.ink(ink);
        let runs = self.galleys.of(block, zoom, self.fonts);
        for run in runs.iter() {
            let line = &block.lines[run.line];
            let indent = indent_of(line, width, align);
            let base = geom::pt(at.x + indent + run.x, at.y + line.baseline);
            let pos = self.to_window(base) - vec2(0.0, run.ascent);
            self.out.push(TextShape::new(pos, Arc::clone(&run.galley), colour).into());
        }
    }
}

/// How far a line stands from the left of its room.
fn indent_of(line: &Line, width: f32, align: Align) -> f32 {
    let spare = width - line.width;
    match (align, line.rtl) {
        (Align::Start, false) | (Align::End, true) => 0.0,
        (Align::Start, true) | (Align::End, false) => spare,
        (Align::Center, _) => spare / 2.0,
    }
}

/// Whether a shape is too small on the screen for its edges to matter.
fn is_small(points: &[Pos2]) -> bool {
    let bounds = Rect::from_points(points);
    bounds.width().max(bounds.height()) < PLAIN_BELOW
}

/// Paints a whole scene small, fitted into a box of the window: the picture of a map.
pub fn thumbnail(painter: &egui::Painter, area: Rect, scene: &Scene, theme: &Theme) {
    painter.rect_filled(area, 0.0, colour(theme.canvas.ground));
    fitted(painter, area, scene, theme, &mut Galleys::default(), false);
}

/// Paints a whole scene at full detail, fitted into a box of the window: the picture of a slide.
pub fn miniature(
    painter: &egui::Painter,
    area: Rect,
    scene: &Scene,
    theme: &Theme,
    galleys: &mut Galleys,
) {
    fitted(painter, area, scene, theme, galleys, true);
}

fn fitted(
    painter: &egui::Painter,
    area: Rect,
    scene: &Scene,
    theme: &Theme,
    galleys: &mut Galleys,
    whole: bool,
) {
    let size = geom::pt(area.width(), area.height());
    let mut camera = Camera::default();
    camera.fit(scene.bounds, size, 0.0, if whole { f32::INFINITY } else { 1.0 });
    let visible: Vec<u32> = (0..scene.items.len() as u32).collect();
    let ppp = painter.ctx().pixels_per_point();
    let painter = painter.with_clip_rect(area.intersect(painter.clip_rect()));
    let shapes = painter.ctx().fonts_mut(|fonts| {
        galleys.begin_frame(fonts, ppp);
        let mut brush = Brush::new(camera, area, theme, galleys, fonts);
        if whole {
            brush = brush.whole();
        }
        brush.scene(scene, &visible, |_| Look::Plain);
        let shapes = brush.finish();
        galleys.end_frame(fonts);
        shapes
    });
    painter.extend(shapes);
}
