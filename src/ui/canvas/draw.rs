//! One frame's picture: the scene, and over it what is going on.

use egui::Rect;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::geom::{self, Point, pt};
use crate::model::Id;
use crate::scene::{Item, Part};
use crate::tool::{Context, Target, Tool, linkable};
use crate::ui::Cx;

use super::overlay::{self, Overlay};
use super::paint::{Brush, Look};
use super::{Frame, view};

impl Frame<'_, '_, '_> {
    /// The scene's items that may be seen, in painting order.
    pub(super) fn visible(&self, size: Point) -> Vec<u32> {
        let mut visible = Vec::new();
        let seen = self.state.camera.visible(size);
        self.cx.open.journey.scene().query(seen, &mut visible);
        visible
    }

    /// Where an item is in the window.
    pub(super) fn place(&self, item: &Item) -> Rect {
        view::window_rect(&self.state.camera, self.screen, item.rect)
    }

    pub(super) fn paint(
        &mut self,
        painter: &egui::Painter,
        visible: &[u32],
        size: Point,
        keys: bool,
    ) {
        let theme = self.cx.theme;
        let scene = self.cx.open.journey.scene();
        let selection = &self.cx.open.session.selection;
        let selected: Vec<&Item> =
            selection.ids.iter().flat_map(|id| overlay::ringed(scene, id)).collect();
        let marked: FxHashSet<*const Item> =
            selected.iter().map(|item| std::ptr::from_ref(*item)).collect();
        let lit = lit(&mut self.state.lit, &self.state.tool, self.cx, visible);
        let look = |item: &Item| {
            if let Some(lit) = &lit {
                return if is_lit(item, lit) { Look::Plain } else { Look::Dimmed };
            }
            let is_selected = !marked.is_empty() && marked.contains(&std::ptr::from_ref(item));
            if is_selected { Look::Selected } else { Look::Plain }
        };
        let cx = Self::context(self.cx, self.state, size);
        let floating = overlay::floating(&self.state.tool, &cx);
        let camera = self.state.camera;
        let ctx = self.ui.ctx().clone();
        let ppp = ctx.pixels_per_point();
        let galleys = &mut self.state.galleys;
        let screen = self.screen;
        // Nothing may be painted while the fonts are held: both are behind one lock.
        let (map_shapes, float_shapes) = ctx.fonts_mut(|fonts| {
            galleys.begin_frame(fonts, ppp);
            let mut brush = Brush::new(camera, screen, theme, galleys, fonts);
            brush.scene(scene, visible, look);
            let map_shapes = brush.finish();
            let mut brush = Brush::new(camera, screen, theme, galleys, fonts);
            if let Some((id, by)) = &floating
                && let Some(card) = cx.card_of(id)
            {
                brush.item_shifted(card, Look::Selected, *by);
            }
            let float_shapes = brush.finish();
            galleys.end_frame(fonts);
            (map_shapes, float_shapes)
        });
        painter.extend(map_shapes);
        let over = Overlay { camera, screen, theme, painter };
        over.selection(&selected);
        let lead = selection.lead.as_ref().and_then(|lead| cx.card_of(lead));
        if let Some(lead) = lead.filter(|_| keys && !self.response.is_pointer_button_down_on())
            && selection.ids.len() > 1
        {
            over.focus(lead);
        }
        match &self.state.tool {
            Tool::Marquee(it) => over.marquee(it.area()),
            Tool::Linking(it) => {
                if let Some(lit) = &lit {
                    let items: Vec<&Item> = visible
                        .iter()
                        .map(|i| &scene.items[*i as usize])
                        .filter(|item| {
                            item.hit.as_ref().is_some_and(|hit| {
                                hit.part == Part::Card
                                    && hit.record != it.from
                                    && lit.contains(&hit.record)
                            })
                        })
                        .collect();
                    over.lit(&items);
                }
                over.linking(it, &cx);
            }
            Tool::Idle => {
                let at = self.state.pointer.filter(|_| self.response.contains_pointer());
                let target = at.map(|at| cx.target_at(at.in_map));
                if let Some(Target::Item(hit)) = &target
                    && let Some(item) =
                        scene.items_of(&hit.record).find(|it| it.hit.as_ref() == Some(hit))
                    && !marked.contains(&std::ptr::from_ref(item))
                {
                    over.hover(item);
                }
                if let Some((_, at)) = cx.handle().filter(|_| self.state.editor.is_none()) {
                    over.handle(at, matches!(target, Some(Target::Handle(_))));
                }
            }
            _ => {}
        }
        if let Some((id, _)) = &floating
            && let Some(area) = slot_of(&self.state.tool, &cx, id)
        {
            over.slot(area);
        }
        if let Some((id, by)) = &floating
            && let Some(item) = cx.card_of(id)
            && item.hit.as_ref().is_some_and(|hit| hit.part != Part::Card)
        {
            over.plate(item, *by);
        }
        painter.extend(float_shapes);
    }
}

/// The records that the link which is being pulled may reach, among what is seen; `None` where
/// none is pulled.
fn lit(
    known: &mut FxHashMap<Id, bool>,
    tool: &Tool,
    cx: &Cx<'_>,
    visible: &[u32],
) -> Option<FxHashSet<Id>> {
    let Tool::Linking(linking) = tool else {
        return None;
    };
    let open = &*cx.open;
    let look = Context::of_map(&open.session, &open.journey);
    let scene = open.journey.scene();
    let mut lit = FxHashSet::default();
    lit.insert(linking.from.clone());
    for hit in visible.iter().filter_map(|i| scene.items[*i as usize].hit.as_ref()) {
        let ok = *known
            .entry(hit.record.clone())
            .or_insert_with(|| linkable(&look, &linking.from, &hit.record).is_ok());
        if ok {
            lit.insert(hit.record.clone());
        }
    }
    Some(lit)
}

/// Decoration stays as it is; what stands for a record is lit or not.
fn is_lit(item: &Item, lit: &FxHashSet<Id>) -> bool {
    item.hit.as_ref().is_none_or(|hit| lit.contains(&hit.record))
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
        _ => geom::Rect { min: pt(card.min.x, card.min.y), max: pt(bounds.max.x, card.max.y) },
    })
}
