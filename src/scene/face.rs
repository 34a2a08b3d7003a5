//! What a card says and how it looks, and the shapes that follow from it.
//!
//! A [`Face`] is content without sizes; [`Body`] is a face set in a width. A body is framed as high
//! as its track, so that cards side by side end together. Not here: which record says what (see
//! [`super::cards`]), and where cards stand (see `layout`).

use std::sync::Arc;

use crate::geom::{Path, Point, Rect, Segment, pt, rect};
use crate::layout::sizes;
use crate::model::Id;
use crate::text::{Block, Style, Text, Wrap};

use super::draw::enlarged;
use super::marks::{self, Badge, Weight};
use super::{Align, Detail, Icon, Ink, Shape, Stroke};

/// The look of a card's ground and border.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Look {
    /// Text alone.
    Bare,
    Card,
    /// Less than a card: not there yet, not any more, or not the company's.
    Quiet,
    Severity(u8),
    Delight,
    Action,
    Note,
}

/// The shape of a card's edge: kinds that stand among each other are told apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Outline {
    #[default]
    Card,
    /// Corners that are hardly rounded.
    Square,
    /// Ends as round as can be.
    Pill,
    /// A corner is folded, as of a sheet of paper.
    Folded,
    /// A second line inside the edge.
    Double,
}

/// A text of a card.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub text: String,
    pub style: Style,
    pub ink: Ink,
    pub max_lines: usize,
    /// A dot before it, as in a list.
    pub bullet: bool,
    /// Space above it.
    pub above: f32,
}

/// What a card says.
#[derive(Debug, Clone)]
pub(super) struct Face {
    pub look: Look,
    pub outline: Outline,
    /// Whether it stands for several: others show behind it.
    pub pile: bool,
    /// A bar along its left edge.
    pub bar: Option<Ink>,
    pub icon: Option<Icon>,
    pub badge: Option<Badge>,
    /// First and largest; shown in the overview too.
    pub title: Option<Words>,
    pub lines: Vec<Words>,
    /// Importance, 0 to 5, as dots.
    pub dots: Option<u8>,
    /// Importance for each of several segments; takes the place of the dots.
    pub weights: Vec<Weight>,
    pub truth: bool,
    /// Friction on what the card stands for: severity and count.
    pub mark: Option<(u8, u32)>,
    /// Whether the mark and the star stand on the card's upper right corner, not beside the title.
    pub on_corner: bool,
    /// Whether the content stands in the middle of a card that is higher than it.
    pub centered: bool,
    /// The whole card's colour from far away.
    pub block: Ink,
    /// How many lines the title should at most take before the column grows wider.
    pub wish_lines: f32,
    /// The least height of the text, so that cards of one kind look alike.
    pub least: f32,
    /// What a screen reader says.
    pub name: String,
    /// Records other than the card's own that it shows.
    pub uses: Vec<Id>,
}

impl Face {
    /// A face with nothing on it.
    pub fn new(look: Look, block: Ink) -> Self {
        Self {
            look,
            outline: Outline::Card,
            pile: false,
            bar: None,
            icon: None,
            badge: None,
            title: None,
            lines: Vec::new(),
            dots: None,
            weights: Vec::new(),
            truth: false,
            mark: None,
            on_corner: false,
            centered: true,
            block,
            wish_lines: 0.0,
            least: 0.0,
            name: String::new(),
            uses: Vec::new(),
        }
    }

    fn inset(&self) -> (f32, f32) {
        let (card, mark) = (&sizes().card, &sizes().mark);
        let pad = if self.look == Look::Bare { sizes().space.xs } else { card.pad_x };
        let lead = match (&self.badge, self.icon) {
            (Some(_), _) => mark.severity + card.icon_gap,
            (None, Some(_)) => card.icon + card.icon_gap,
            (None, None) => 0.0,
        };
        (pad, pad + lead)
    }

    /// How wide the signs of importance are; `None` where nothing is known of it.
    fn importance_width(&self, text: &mut Text) -> Option<f32> {
        if self.weights.is_empty() {
            return self.dots.map(|_| marks::dots_width());
        }
        Some(marks::weights_width(&self.weights, text))
    }

    /// The width of what stands to the right of the title.
    fn trail(&self, text: &mut Text) -> f32 {
        if self.on_corner { 0.0 } else { self.signs_width(text) }
    }

    /// The width of the star and the mark, each with a gap before it.
    fn signs_width(&self, text: &mut Text) -> f32 {
        let (mark, gap) = (&sizes().mark, sizes().space.xs);
        let mut width = 0.0;
        if self.truth {
            width += mark.star + gap;
        }
        if let Some((_, count)) = self.mark {
            width += marks::friction_width(count, text) + gap;
        }
        width
    }

    /// The width that the card asks for: its longest word, and for a title enough that it takes
    /// no more lines than it wishes.
    pub fn need(&self, text: &mut Text) -> f32 {
        let (right, left) = self.inset();
        let mut need = 0.0_f32;
        if let Some(title) = &self.title {
            let trail = self.trail(text);
            let mut width = text.min_width(&title.text, title.style);
            if self.wish_lines > 0.0 {
                let wrap = Wrap { width: None, max_lines: None };
                width =
                    width.max(text.block(&title.text, title.style, wrap).width / self.wish_lines);
            }
            need = width + trail;
        }
        for words in &self.lines {
            let lead = if words.bullet { sizes().mark.bullet_indent } else { 0.0 };
            need = need.max(lead + text.min_width(&words.text, words.style));
        }
        need + left + right
    }
}

/// A face set in a width.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Body {
    pub width: f32,
    /// The least height that it needs.
    pub height: f32,
    look: Look,
    outline: Outline,
    pile: bool,
    bar: Option<Ink>,
    badge: Option<Badge>,
    block: Ink,
    centered: bool,
    content_height: f32,
    /// From the content's top left.
    content: Vec<(Detail, Shape)>,
    is_cut: bool,
    /// The title, where it begins in the overview (which has no icons), and its room there.
    title: Option<Title>,
    /// Where the friction mark's left centre is, from the content's top left.
    mark: Option<((u8, u32), Point)>,
    on_corner: bool,
    /// How far left of the right edge the star on the corner stands.
    star: Option<f32>,
}

/// A title as the overview shows it.
#[derive(Debug, Clone, PartialEq)]
struct Title {
    block: Arc<Block>,
    ink: Ink,
    left: f32,
    width: f32,
}

impl Body {
    /// Sets a face in a width.
    pub fn new(face: &Face, width: f32, text: &mut Text) -> Self {
        Self::limited(face, width, None, text)
    }

    /// The same with at most so many lines of text in all; an ellipsis stands for the rest.
    pub fn limited(face: &Face, width: f32, most: Option<usize>, text: &mut Text) -> Self {
        let mut setter = Setter::new(face, width, text);
        setter.left_over = most.map(|most| most.max(1));
        setter.title();
        setter.lines();
        let (content_height, line) = (setter.y, setter.first_line);
        let is_cut = setter.is_cut;
        let (mut content, title) = (setter.out, setter.overview);
        setter_badge(face, content_height, line, &mut content);
        let pad = if face.look == Look::Bare { 0.0 } else { sizes().card.pad_y };
        let mark = face.mark.map(|mark| {
            let pad = if face.on_corner { sizes().space.xs } else { sizes().card.pad_x };
            let right = width - pad - marks::friction_width(mark.1, text);
            (mark, pt(right, line / 2.0))
        });
        Self {
            width,
            height: content_height.max(face.least) + 2.0 * pad,
            look: face.look,
            outline: face.outline,
            pile: face.pile,
            bar: face.bar,
            badge: face.badge.clone(),
            block: face.block,
            centered: face.centered,
            content_height,
            content,
            is_cut,
            title,
            mark,
            on_corner: face.on_corner,
            star: (face.truth && face.on_corner)
                .then(|| face.signs_width(text) - sizes().mark.star / 2.0),
        }
    }

    /// Whether some of the text had no room.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    fn top(&self, height: f32) -> f32 {
        let pad = if self.look == Look::Bare { 0.0 } else { sizes().card.pad_y };
        if self.centered { ((height - self.content_height) / 2.0).max(pad) } else { pad }
    }

    /// The left centre of the friction mark on a card this high.
    pub fn mark_at(&self, height: f32) -> Option<((u8, u32), Point)> {
        let y = |at: Point| if self.on_corner { 0.0 } else { at.y + self.top(height) };
        self.mark.map(|(mark, at)| (mark, pt(at.x, y(at))))
    }

    /// All shapes of a card this high.
    pub fn framed(&self, height: f32, text: &mut Text) -> Arc<[(Detail, Shape)]> {
        let mut out = self.ground(height);
        let by = pt(0.0, self.top(height));
        out.extend(self.content.iter().map(|(detail, shape)| (*detail, shape.moved(by))));
        if let Some(title) = &self.title {
            let room = height - 2.0 * sizes().space.xs;
            let block = enlarged(&title.block, title.width, room, text);
            let at = pt(title.left, (height - block.height) / 2.0);
            let (width, ink, align) = (title.width, title.ink, Align::Start);
            out.push((Detail::TITLE, Shape::Text { at, width, block, ink, align }));
        }
        if let Some(star) = self.star {
            let detail = if self.mark.is_some() { Detail::NEAR } else { Detail::ALL };
            marks::truth(pt(self.width - star, 0.0), sizes().mark.star, detail, &mut out);
        }
        if let Some(badge) = &self.badge {
            let side = height.min(self.width) * 0.8;
            badge.draw_in(pt(self.width / 2.0, height / 2.0), side, Detail::BLOCK, text, &mut out);
        } else if let Some(((severity, _), _)) = self.mark {
            // From far away the mark is as large as the card lets it be.
            let side = height.min(self.width / 2.0) * 0.9;
            let center = pt(self.width - side / 2.0 - sizes().space.xs, height / 2.0);
            marks::triangle(center, side, severity, Detail::BLOCK, text, &mut out);
        }
        out.into()
    }

    fn ground(&self, height: f32) -> Vec<(Detail, Shape)> {
        let s = &sizes().stroke;
        let whole = rect(0.0, 0.0, self.width, height);
        let (fill, stroke) = match self.look {
            Look::Bare => return Vec::new(),
            Look::Card => (Ink::Card, Stroke::solid(s.hair, Ink::CardBorder)),
            Look::Quiet => (Ink::QuietCard, Stroke::dashed(s.thin, Ink::Faint, s.dash, s.dash_gap)),
            Look::Severity(i) => {
                (Ink::SeverityFill(i), Stroke::solid(s.thin, Ink::SeverityBorder(i)))
            }
            Look::Delight => (Ink::DelightFill, Stroke::solid(s.thin, Ink::Delight)),
            Look::Action => (Ink::Card, Stroke::dashed(s.thin, Ink::Branch, s.dash, s.dash_gap)),
            Look::Note => (Ink::QuietCard, Stroke::solid(s.hair, Ink::GridLine)),
        };
        let mut out = Vec::with_capacity(self.content.len() + 6);
        if matches!(self.look, Look::Card | Look::Severity(_) | Look::Delight) {
            let shadow = whole.offset(pt(0.0, sizes().card.shadow));
            out.push((Detail::FULL, self.outline.shape(shadow, Ink::CardShadow, None)));
        }
        if self.pile {
            for i in [2.0, 1.0] {
                let by = 1.5 * i * sizes().space.xxs;
                let behind = whole.offset(pt(by, by));
                out.push((Detail::NEAR, self.outline.shape(behind, fill, Some(stroke))));
            }
        }
        out.push((Detail::NEAR, self.outline.shape(whole, fill, Some(stroke))));
        self.outline.details(whole, stroke, &mut out);
        if let Some(ink) = self.bar {
            let (inset, width) = (sizes().space.xs, 1.5 * sizes().space.xxs);
            let bar = rect(inset, 1.5 * inset, width, height - 3.0 * inset);
            let (radius, fill) = (width / 2.0, Some(ink));
            out.push((Detail::NEAR, Shape::Rect { rect: bar, radius, fill, stroke: None }));
        }
        let border = self.badge.is_some().then_some(stroke);
        out.push((Detail::BLOCK, self.outline.shape(whole, self.block, border)));
        out
    }
}

impl Outline {
    fn radius(self, rect: Rect) -> f32 {
        let card = sizes().radius.card;
        match self {
            Self::Card | Self::Folded | Self::Double => card,
            Self::Square => card / 4.0,
            Self::Pill => (rect.height() / 2.0).min(3.0 * card),
        }
    }

    /// How far the folded corner reaches.
    fn fold() -> f32 {
        sizes().space.m
    }

    /// The card's ground.
    fn shape(self, rect: Rect, fill: Ink, stroke: Option<Stroke>) -> Shape {
        let (radius, fill) = (self.radius(rect), Some(fill));
        if self != Self::Folded {
            return Shape::Rect { rect, radius, fill, stroke };
        }
        let fold = Self::fold();
        let (a, b) = (rect.min, rect.max);
        // A circle's quarter as a cubic: its control points lie 0.448 of the radius from the corner.
        let near = radius * 0.448;
        let segments = vec![
            Segment::Move(pt(a.x + radius, a.y)),
            Segment::Line(pt(b.x - radius, a.y)),
            Segment::Cubic(pt(b.x - near, a.y), pt(b.x, a.y + near), pt(b.x, a.y + radius)),
            Segment::Line(pt(b.x, b.y - fold)),
            Segment::Line(pt(b.x - fold, b.y)),
            Segment::Line(pt(a.x + radius, b.y)),
            Segment::Cubic(pt(a.x + near, b.y), pt(a.x, b.y - near), pt(a.x, b.y - radius)),
            Segment::Line(pt(a.x, a.y + radius)),
            Segment::Cubic(pt(a.x, a.y + near), pt(a.x + near, a.y), pt(a.x + radius, a.y)),
            Segment::Close,
        ];
        Shape::Path { path: Path { segments }, fill, stroke }
    }

    /// The lines inside the edge.
    fn details(self, rect: Rect, stroke: Stroke, out: &mut Vec<(Detail, Shape)>) {
        match self {
            Self::Card | Self::Square | Self::Pill => {}
            Self::Folded => {
                let (fold, b) = (Self::fold(), rect.max);
                let corner = [pt(b.x, b.y - fold), pt(b.x - fold, b.y - fold), pt(b.x - fold, b.y)];
                let (path, fill) = (Path::polygon(&corner), Some(Ink::QuietCard));
                out.push((Detail::NEAR, Shape::Path { path, fill, stroke: Some(stroke) }));
            }
            Self::Double => {
                let inset = 1.5 * sizes().space.xxs;
                let rect = rect.grow(-inset);
                let radius = self.radius(rect) - inset;
                let stroke = Some(stroke);
                out.push((Detail::NEAR, Shape::Rect { rect, radius, fill: None, stroke }));
            }
        }
    }
}

/// The badge or icon before the text: a badge in the middle of all of it, an icon beside the
/// first line.
fn setter_badge(face: &Face, height: f32, line: f32, out: &mut Vec<(Detail, Shape)>) {
    let (card, mark) = (&sizes().card, &sizes().mark);
    let pad = face.inset().0;
    if let Some(badge) = &face.badge {
        badge.draw(pt(pad + mark.severity / 2.0, height / 2.0), out);
    } else if let Some(icon) = face.icon {
        let at = rect(pad, (line - card.icon) / 2.0, card.icon, card.icon);
        out.push((Detail::FULL, Shape::Icon { rect: at, icon, ink: Ink::Muted }));
    }
}

/// Sets one face, line under line.
struct Setter<'a> {
    face: &'a Face,
    text: &'a mut Text,
    width: f32,
    left: f32,
    right: f32,
    y: f32,
    /// The height of the first line, which icons and marks are centred on.
    first_line: f32,
    out: Vec<(Detail, Shape)>,
    overview: Option<Title>,
    /// How many more lines there may be.
    left_over: Option<usize>,
    is_cut: bool,
}

impl<'a> Setter<'a> {
    fn new(face: &'a Face, width: f32, text: &'a mut Text) -> Self {
        let (right, left) = face.inset();
        let first_line = face.title.iter().chain(&face.lines).map(|it| it.style.line_height).next();
        let first_line = first_line.unwrap_or(sizes().text.card.line);
        let (out, overview, left_over, is_cut) = (Vec::new(), None, None, false);
        Self {
            face,
            text,
            width,
            left,
            right,
            y: 0.0,
            first_line,
            out,
            overview,
            left_over,
            is_cut,
        }
    }

    /// Sets a text in a width, in no more lines than it may have and than are left; `more`: whether
    /// others follow, for which an ellipsis stands where no line is left for them.
    fn set(&mut self, words: &Words, width: f32, more: bool) -> Arc<Block> {
        let most = self.left_over.map_or(words.max_lines, |left| words.max_lines.min(left));
        let wrap = Wrap { width: Some(width.max(1.0)), max_lines: Some(most) };
        let mut block = self.text.block(&words.text, words.style, wrap);
        if more && !block.cut && self.left_over.is_some_and(|left| left <= block.lines.len()) {
            block = self.text.block(&format!("{} …", words.text), words.style, wrap);
        }
        block
    }

    /// Counts the lines of a text that stays.
    fn count(&mut self, block: &Block) {
        self.is_cut |= block.cut;
        if let Some(left) = &mut self.left_over {
            *left = left.saturating_sub(block.lines.len());
        }
    }

    fn title(&mut self) {
        let Some(words) = &self.face.title else {
            return;
        };
        let all = self.width - self.left - self.right;
        let trail = self.face.trail(self.text);
        let dots = self.face.importance_width(self.text).map(|width| width + sizes().space.s);
        let more = !self.face.lines.is_empty();
        let mut block = self.set(words, all - trail, more);
        let beside =
            dots.filter(|dots| block.width + dots <= all - trail && block.lines.len() == 1);
        let at = pt(self.left, self.y);
        let (width, ink) = (all - trail, words.ink);
        let width = width - beside.unwrap_or(0.0);
        if beside.is_some() {
            block = self.set(words, width, more);
        }
        self.count(&block);
        self.y += block.height;
        let middle = self.first_line / 2.0;
        let pad = self.face.inset().0;
        let left = if self.face.badge.is_some() { self.left } else { pad };
        let room = self.width - left - self.right - trail;
        self.overview = Some(Title { block: block.clone(), ink, left, width: room });
        self.out.push((Detail::FULL, Shape::Text { at, width, block, ink, align: Align::Start }));
        if let Some(dots) = dots {
            let at = match beside {
                Some(_) => pt(self.width - self.right - trail - dots + sizes().space.s, middle),
                None => {
                    let row = sizes().text.small.line;
                    self.y += row;
                    pt(self.left, self.y - row / 2.0)
                }
            };
            if self.face.weights.is_empty() {
                marks::dots(at, self.face.dots.unwrap_or(0), &mut self.out);
            } else {
                marks::weights(at, &self.face.weights, self.text, &mut self.out);
            }
        }
        if self.face.truth && !self.face.on_corner {
            let size = sizes().mark.star;
            let at = self.width - self.right - trail + sizes().space.xs + size / 2.0;
            // From far away a friction mark takes its place.
            let detail = if self.face.mark.is_some() { Detail::NEAR } else { Detail::ALL };
            marks::truth(pt(at, middle), size, detail, &mut self.out);
        }
    }

    fn lines(&mut self) {
        let face = self.face;
        for (i, words) in face.lines.iter().enumerate() {
            if self.left_over == Some(0) {
                self.is_cut = true;
                break;
            }
            if i > 0 || self.face.title.is_some() {
                self.y += words.above;
            }
            let indent = if words.bullet { sizes().mark.bullet_indent } else { 0.0 };
            let width = (self.width - self.left - indent - self.right).max(1.0);
            let block = self.set(words, width, i + 1 < face.lines.len());
            self.count(&block);
            // The dot stands where the line begins.
            let rtl = block.lines.first().is_some_and(|line| line.rtl);
            let at = pt(if rtl { self.left } else { self.left + indent }, self.y);
            if words.bullet {
                let x = if rtl { self.left + width + indent } else { self.left };
                let middle = pt(x, self.y + words.style.line_height / 2.0);
                self.out.push((Detail::FULL, marks::bullet(middle, rtl)));
            }
            if self.face.look == Look::Bare {
                marks::greek(&block, at, Detail::FAR, &mut self.out);
            }
            self.y += block.height;
            let ink = words.ink;
            self.out
                .push((Detail::FULL, Shape::Text { at, width, block, ink, align: Align::Start }));
        }
    }
}
