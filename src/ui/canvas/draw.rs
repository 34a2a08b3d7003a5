//! One frame's picture: the scene, and over it what is going on.

use egui::Rect;
use rustc_hash::FxHashSet;

use crate::geom::{self, Point, pt};
use crate::model::{Id, query};
use crate::scene::{Hit, Item, Layer, Part, Scene};
use crate::tool::{Context, Target, Tool, linkable};
use crate::ui::Cx;

use super::looks::Looks;
use super::overlay::{self, Overlay};
use super::paint::{Brush, Look};
use super::{Frame, State, view};

impl Frame<'_, '_, '_> {
    /// The scene's items that may be seen, in painting order.
    pub(super) fn visible(&self, size: Point) -> Vec<u32> {
        let mut visible = Vec::new();
        let seen = self.state.sight.camera.visible(size);
        self.cx.open.scene().query(seen, &mut visible);
        visible
    }

    /// Where an item is in the window.
    pub(super) fn place(&self, item: &Item) -> Rect {
        view::window_rect(&self.state.sight.camera, self.screen, item.rect)
    }

    pub(super) fn paint(
        &mut self,
        painter: &egui::Painter,
        visible: &[u32],
        size: Point,
        keys: bool,
    ) {
        let theme = self.cx.theme;
        let (reachable, tool) = (reachable(self.state, self.cx, visible), &self.state.tool);
        let open = &*self.cx.open;
        let (scene, selection) = (open.scene(), &open.session.selection);
        let selected: Vec<&Item> =
            selection.ids.iter().flat_map(|id| overlay::ringed(scene, id)).collect();
        let cx = Self::context(self.cx, self.state, size);
        let floating = overlay::floating(tool, &cx);
        let target = self.target(&cx);
        let mut looks = Looks::new(scene, &selected, open.trail.as_ref());
        looks.reachable = reachable;
        looks.hovered = match &target {
            Some(Target::Item(hit)) if hit.part == Part::Link => Some(hit.record.clone()),
            _ => None,
        };
        if let Tool::DraggingCards(it) = tool {
            looks.dragged = it.cards.iter().cloned().collect();
        }
        let camera = self.state.sight.camera;
        let gliding = &self.state.gliding;
        let passing = gliding.passing(scene, camera.visible(size), visible);
        let ordered = looks.ordered(scene, passing.as_deref().unwrap_or(visible));
        let ctx = self.ui.ctx().clone();
        let ppp = ctx.pixels_per_point();
        let galleys = &mut self.state.galleys;
        let screen = self.screen;
        // Nothing may be painted while the fonts are held: both are behind one lock.
        let (map_shapes, mark_shapes, float_shapes) = ctx.fonts_mut(|fonts| {
            galleys.begin_frame(fonts, ppp);
            let mut brush = Brush::new(camera, screen, theme, galleys, fonts);
            for item in ordered.iter().map(|i| &scene.items[*i as usize]) {
                let (by, seen) = gliding.of(item);
                brush.item_passing(item, looks.of(item), by * camera.zoom, seen);
            }
            let map_shapes = brush.finish();
            // Marks on the corner of a selected card lie over its ring.
            let mut brush = Brush::new(camera, screen, theme, galleys, fonts);
            let ringed: FxHashSet<&Id> = selection.ids.iter().collect();
            let on_ringed = |item: &&Item| {
                let on = item.hit.as_ref().and_then(|hit| hit.other.as_ref());
                item.layer == Layer::Marks && on.is_some_and(|on| ringed.contains(on))
            };
            for item in ordered.iter().map(|i| &scene.items[*i as usize]).filter(on_ringed) {
                let (by, seen) = gliding.of(item);
                brush.item_passing(item, looks.of(item), by * camera.zoom, seen);
            }
            let mark_shapes = brush.finish();
            let mut brush = Brush::new(camera, screen, theme, galleys, fonts);
            for (id, by) in &floating {
                if let Some(card) = cx.card_of(id) {
                    brush.item_shifted(card, Look::Selected, *by);
                }
            }
            let float_shapes = brush.finish();
            galleys.end_frame(fonts);
            (map_shapes, mark_shapes, float_shapes)
        });
        painter.extend(map_shapes);
        let over = Overlay { camera, screen, theme, painter, gliding };
        if let Some(trail) = &open.trail {
            let named = trail.named.iter().flat_map(|id| scene.items_of(id));
            let named: Vec<&Item> = named.filter(|item| overlay::is_whole(item)).collect();
            over.named(&named);
        }
        if let Some((_, view)) = query::ecosystem_view(open.session.doc(), open.session.index())
            .filter(|_| open.pins_count())
        {
            let pinned = view.pins.keys().filter_map(|id| cx.card_of(id));
            pinned.filter(|card| card.layer == Layer::Cards).for_each(|card| over.pin(card));
        }
        over.selection(selected.iter().copied().filter(|item| !looks.is_dragged(item)));
        painter.extend(mark_shapes);
        let lead = selection.lead.as_ref().and_then(|lead| cx.card_of(lead));
        if let Some(lead) = lead.filter(|_| keys && !self.response.is_pointer_button_down_on())
            && selection.ids.len() > 1
        {
            over.focus(lead);
        }
        match &self.state.tool {
            Tool::Marquee(it) => over.marquee(it.area()),
            Tool::Linking(it) => {
                over.lit(&ends(scene, visible, &looks, &it.from));
                over.linking(it, &cx);
            }
            Tool::Idle => {
                if let Some(Target::Item(hit)) = &target
                    && let Some(item) =
                        scene.items_of(&hit.record).find(|it| it.hit.as_ref() == Some(hit))
                    && !looks.is_selected(item)
                {
                    over.hover(item);
                }
                let free = self.state.editor.is_none() && !gliding.is_moving();
                if let Some((_, at)) = cx.handle().filter(|_| free) {
                    over.handle(at, matches!(target, Some(Target::Handle(_))));
                }
            }
            _ => {}
        }
        if let Some((id, _)) = floating.first()
            && let Some(area) = slot_of(&self.state.tool, &cx, id)
        {
            over.slot(area);
        }
        if let Some((id, by)) = floating.first()
            && let Some(item) = cx.card_of(id)
            && item.hit.as_ref().is_some_and(|hit| hit.part != Part::Card)
        {
            over.plate(item, *by);
        }
        painter.extend(float_shapes);
    }

    /// What the pointer is over, while nothing goes on.
    fn target(&self, cx: &Context<'_>) -> Option<Target> {
        let free = self.state.tool.is_idle() && self.response.contains_pointer();
        let at = self.state.pointer.filter(|_| free)?;
        Some(cx.target_at(at.in_map))
    }
}

/// The cards that a link may end at, among what is seen.
fn ends<'a>(scene: &'a Scene, visible: &[u32], looks: &Looks, from: &Id) -> Vec<&'a Item> {
    let may_end = |hit: &Hit| {
        let reachable = looks.reachable.as_ref().is_some_and(|it| it.contains(&hit.record));
        hit.part == Part::Card && hit.record != *from && reachable
    };
    let items = visible.iter().map(|i| &scene.items[*i as usize]);
    items.filter(|item| item.hit.as_ref().is_some_and(may_end)).collect()
}

/// The records that the link which is being pulled may reach, among what is seen; `None` where
/// none is pulled.
fn reachable(state: &mut State, cx: &Cx<'_>, visible: &[u32]) -> Option<FxHashSet<Id>> {
    let Tool::Linking(linking) = &state.tool else {
        return None;
    };
    let open = &*cx.open;
    let look = Context::of_map(&open.session, open.picture());
    let scene = open.scene();
    let mut found = FxHashSet::default();
    found.insert(linking.from.clone());
    for hit in visible.iter().filter_map(|i| scene.items[*i as usize].hit.as_ref()) {
        let ok = *state
            .lit
            .entry(hit.record.clone())
            .or_insert_with(|| linkable(&look, &linking.from, &hit.record).is_ok());
        if ok {
            found.insert(hit.record.clone());
        }
    }
    Some(found)
}

/// The part of the map where what is dragged would stand.
fn slot_of(tool: &Tool, cx: &Context<'_>, id: &Id) -> Option<geom::Rect> {
    let card = cx.card_of(id)?.rect;
    let bounds = cx.scene().bounds;
    Some(match tool {
        Tool::DraggingSteps(_) => {
            geom::Rect { min: pt(card.min.x, card.min.y), max: pt(card.max.x, bounds.max.y) }
        }
        Tool::DraggingStage(_) => geom::Rect { min: card.min, max: pt(card.max.x, bounds.max.y) },
        Tool::DraggingCards(_) => return None,
        _ => geom::Rect { min: pt(card.min.x, card.min.y), max: pt(bounds.max.x, card.max.y) },
    })
}
