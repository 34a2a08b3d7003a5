//! What lies over the map: selection, hover, focus, handles, drop marks, the marquee, the link
//! that is being pulled, the card that is being dragged.

use egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::geom::{self, Point};
use crate::layout::sizes;
use crate::model::Id;
use crate::scene::{Icon, Item, Layer, Part, Scene, Theme};
use crate::tool::{Camera, Context, HANDLE_FROM, Linking, Tool};
use crate::ui::icon;
use crate::ui::theme::colour;

use super::glide::Gliding;

/// Paints over the map, in points on the screen.
pub struct Overlay<'a> {
    pub camera: Camera,
    pub screen: Rect,
    pub theme: &'a Theme,
    pub painter: &'a egui::Painter,
    pub gliding: &'a Gliding,
}

impl Overlay<'_> {
    fn to_window(&self, p: Point) -> Pos2 {
        let p = self.camera.screen_from_map(p);
        pos2(p.x, p.y) + self.screen.min.to_vec2()
    }

    fn rect(&self, r: geom::Rect) -> Rect {
        Rect::from_min_max(self.to_window(r.min), self.to_window(r.max))
    }

    fn colour(&self, pick: impl Fn(&crate::scene::Canvas) -> crate::scene::Rgba) -> Color32 {
        colour(pick(&self.theme.canvas))
    }

    /// A ring round an item; where the item is a line, it is left to the line itself.
    fn ring(&self, item: &Item, width: f32, gap: f32, colour: Color32) {
        if item.layer == Layer::Links {
            return;
        }
        let radius = match item.hit.as_ref().map(|hit| hit.part) {
            Some(Part::Emotion | Part::Mark) => item.rect.height() / 2.0,
            _ => sizes().radius.card,
        };
        let (by, _) = self.gliding.of(item);
        let rect = self.rect(item.rect).translate(by * self.camera.zoom).expand(gap);
        let width = width * self.camera.zoom.clamp(0.6, 1.25);
        let radius = (radius * self.camera.zoom + gap).min(255.0);
        let stroke = Stroke::new(width, colour);
        self.painter.rect_stroke(rect, radius, stroke, StrokeKind::Middle);
    }

    /// Rings round what is selected.
    pub fn selection<'a>(&self, items: impl Iterator<Item = &'a Item>) {
        let ink = self.colour(|c| c.selection);
        for item in items {
            self.ring(item, sizes().stroke.thick, 0.0, ink);
        }
    }

    /// A quiet ring round what a click would hit.
    pub fn hover(&self, item: &Item) {
        self.ring(item, sizes().stroke.thin, 0.0, self.colour(|c| c.hover));
    }

    /// What the team named as a cause: two rings, told apart from one without their colour.
    pub fn named(&self, items: &[&Item]) {
        let (ink, width) = (colour(self.theme.chrome.danger), sizes().stroke.thick);
        for item in items {
            self.ring(item, width, 1.5 * width, ink);
            self.ring(item, width, 4.0 * width, ink);
        }
    }

    /// A sign at the upper left corner of a card that is pinned.
    pub fn pin(&self, item: &Item) {
        let zoom = self.camera.zoom;
        if zoom < HANDLE_FROM {
            return;
        }
        let (by, _) = self.gliding.of(item);
        let at = self.rect(item.rect).left_top() + by * zoom;
        let radius = sizes().card.icon * 0.7 * zoom.min(1.25);
        let stroke = Stroke::new(sizes().stroke.hair, self.colour(|c| c.selection));
        self.painter.circle(at, radius, self.colour(|c| c.card), stroke);
        let square = Rect::from_center_size(at, Vec2::splat(radius * 1.35));
        icon::paint(self.painter, square, Icon::Pin, self.colour(|c| c.selection));
    }

    /// A second ring: the keyboard is here.
    pub fn focus(&self, item: &Item) {
        self.ring(item, sizes().stroke.medium, 4.0, self.colour(|c| c.selection));
    }

    /// The dot at a card's right edge that links are pulled from.
    pub fn handle(&self, at: Point, hot: bool) {
        if self.camera.zoom < HANDLE_FROM {
            return;
        }
        let ink = self.colour(|c| c.selection);
        let radius = if hot { 6.0 } else { 4.5 };
        let fill = if hot { ink } else { self.colour(|c| c.card) };
        let stroke = Stroke::new(sizes().stroke.medium, ink);
        self.painter.circle(self.to_window(at), radius, fill, stroke);
    }

    /// The frame of a marquee.
    pub fn marquee(&self, area: geom::Rect) {
        let rect = self.rect(area);
        let ink = self.colour(|c| c.selection);
        self.painter.rect_filled(rect, 0.0, ink.gamma_multiply(0.08));
        let stroke = Stroke::new(sizes().stroke.hair, ink);
        self.painter.rect_stroke(rect, 0.0, stroke, StrokeKind::Middle);
    }

    /// A link that is being pulled, and the ring round where it would end.
    pub fn linking(&self, linking: &Linking, cx: &Context<'_>) {
        let Some(source) = cx.card_of(&linking.from) else {
            return;
        };
        let ok = linking.refusal.is_none();
        let ink = if ok { self.colour(|c| c.selection) } else { colour(self.theme.chrome.danger) };
        self.ring(source, sizes().stroke.thick, 0.0, self.colour(|c| c.selection));
        let target = linking.target.as_ref().and_then(|id| cx.card_of(id));
        if let Some(target) = target {
            self.ring(target, sizes().stroke.thick + 1.0, 2.0, ink);
        }
        let from = Point { x: source.rect.max.x, y: source.rect.center().y };
        let (a, b) = (self.to_window(from), self.to_window(linking.last.in_map));
        let bend = vec2(((b.x - a.x).abs() * 0.5).clamp(24.0, 160.0), 0.0);
        let stroke = Stroke::new(sizes().stroke.thick, ink);
        let points = [a, a + bend, b - bend, b];
        let curve = egui::epaint::CubicBezierShape::from_points_stroke(
            points,
            false,
            Color32::TRANSPARENT,
            stroke,
        );
        self.painter.add(curve);
        arrow_head(self.painter, b, ink);
    }

    /// Cards that a link may reach.
    pub fn lit(&self, items: &[&Item]) {
        let ink = self.colour(|c| c.selection);
        for item in items {
            self.ring(item, sizes().stroke.thin, 0.0, ink);
        }
    }

    /// The ground of a header that floats with the pointer: it is lettering only and lies over
    /// other lettering.
    pub fn plate(&self, item: &Item, by: Vec2) {
        let rect = self.rect(item.rect).translate(by);
        let radius = sizes().radius.card * self.camera.zoom;
        let stroke = Stroke::new(sizes().stroke.thin, self.colour(|c| c.selection));
        self.painter.rect(rect, radius, self.colour(|c| c.card), stroke, StrokeKind::Middle);
    }

    /// Where the thing that is dragged stands now: its column, row or header, tinted.
    pub fn slot(&self, area: geom::Rect) {
        let rect = self.rect(area).expand(4.0);
        let ink = self.colour(|c| c.selection);
        let radius = sizes().radius.column * self.camera.zoom;
        self.painter.rect_filled(rect, radius, ink.gamma_multiply(0.10));
        let stroke = Stroke::new(sizes().stroke.thin, ink.gamma_multiply(0.7));
        self.painter.rect_stroke(rect, radius, stroke, StrokeKind::Middle);
    }
}

fn arrow_head(painter: &egui::Painter, tip: Pos2, ink: Color32) {
    let points = vec![tip, tip + vec2(-9.0, -5.0), tip + vec2(-9.0, 5.0)];
    painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
}

/// The records that a drag moves, and by how much each floats on the screen.
pub fn floating(tool: &Tool, cx: &Context<'_>) -> Vec<(Id, Vec2)> {
    let (id, last, grip) = match tool {
        Tool::DraggingSteps(it) => (&it.held, it.last, Some(it.grip)),
        Tool::DraggingStage(it) => (&it.stage, it.last, None),
        Tool::DraggingLane(it) => (&it.lane, it.last, None),
        Tool::DraggingCards(it) => {
            let by = vec2(it.by().x, it.by().y) * cx.zoom;
            return it.cards.iter().map(|id| (id.clone(), by)).collect();
        }
        _ => return vec![],
    };
    let Some(card) = cx.card_of(id).map(|it| it.rect) else {
        return vec![];
    };
    let to = match grip {
        Some(grip) => last.in_map.offset(grip),
        None => {
            Point { x: last.in_map.x - card.width() / 2.0, y: last.in_map.y - card.height() / 2.0 }
        }
    };
    let by = vec2(to.x - card.min.x, to.y - card.min.y) * cx.zoom;
    vec![(id.clone(), by)]
}

/// The items of a scene that stand for a record as a whole: what is ringed when it is selected.
pub fn ringed<'a>(scene: &'a Scene, id: &'a Id) -> impl Iterator<Item = &'a Item> {
    scene.items_of(id).filter(move |item| {
        is_whole(item) && item.hit.as_ref().is_some_and(|hit| hit.record == *id)
    })
}

/// Whether an item stands for a record, or for several, and not for a part of one.
pub fn is_whole(item: &Item) -> bool {
    use Part::{Card, Group, LaneLabel, Link, StageHeader};
    let part = item.hit.as_ref().map(|hit| hit.part);
    matches!(part, Some(Card | Group | StageHeader | LaneLabel | Link))
}
