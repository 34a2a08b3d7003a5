//! How each item is painted in a frame: plain, selected, dimmed or lit.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::model::Id;
use crate::scene::{Item, Layer, Part, Scene};
use crate::ui::trail::Trail;

use super::paint::Look;

/// What a frame's looks depend on.
#[derive(Debug, Default)]
pub struct Looks {
    /// What the link that is being pulled may reach.
    pub reachable: Option<FxHashSet<Id>>,
    /// What is dragged; it floats, and is dim where it stands.
    pub dragged: FxHashSet<Id>,
    /// The link under the pointer.
    pub hovered: Option<Id>,
    selected: FxHashSet<*const Item>,
    /// What a trail lights; `None` where there is none.
    lit: Option<FxHashSet<*const Item>>,
}

impl Looks {
    /// The looks of what is selected, and of what a trail lights.
    pub fn new(scene: &Scene, selected: &[&Item], trail: Option<&Trail>) -> Self {
        let selected = selected.iter().map(|item| std::ptr::from_ref(*item)).collect();
        // By item: a card may stand for several records.
        let lit = trail.map(|trail| {
            let items = trail.lit.iter().flat_map(|id| scene.items_of(id));
            items.map(std::ptr::from_ref).collect()
        });
        Self { selected, lit, ..Self::default() }
    }

    /// Whether the item is one of those that are selected.
    pub fn is_selected(&self, item: &Item) -> bool {
        !self.selected.is_empty() && self.selected.contains(&std::ptr::from_ref(item))
    }

    /// Whether the item is dragged: it floats elsewhere.
    pub fn is_dragged(&self, item: &Item) -> bool {
        item.hit.as_ref().is_some_and(|hit| self.dragged.contains(&hit.record))
    }

    /// Items in painting order, among them lines that stand out over those that do not.
    pub fn ordered<'a>(&self, scene: &Scene, visible: &'a [u32]) -> Cow<'a, [u32]> {
        let has_lines = |item: &Item| item.layer == Layer::Links && self.of(item) == Look::Lit;
        if !visible.iter().any(|i| has_lines(&scene.items[*i as usize])) {
            return Cow::Borrowed(visible);
        }
        let mut ordered = visible.to_vec();
        ordered.sort_by_key(|i| {
            let item = &scene.items[*i as usize];
            (item.layer, has_lines(item))
        });
        Cow::Owned(ordered)
    }

    /// How an item is painted. Decoration, headers and labels never dim: they say where one is.
    pub fn of(&self, item: &Item) -> Look {
        let Some(hit) = &item.hit else {
            return Look::Plain;
        };
        if let Some(reachable) = &self.reachable {
            return if reachable.contains(&hit.record) { Look::Plain } else { Look::Dimmed };
        }
        if self.is_dragged(item) {
            return Look::Dimmed;
        }
        let line = item.layer == Layer::Links;
        let selected = self.is_selected(item);
        if line && (selected || self.hovered.as_ref() == Some(&hit.record)) {
            return Look::Lit;
        }
        if selected {
            return Look::Selected;
        }
        match &self.lit {
            None => Look::Plain,
            Some(_) if matches!(hit.part, Part::StageHeader | Part::LaneLabel) => Look::Plain,
            Some(lit) if !lit.contains(&std::ptr::from_ref(item)) => Look::Dimmed,
            Some(_) if line => Look::Lit,
            Some(_) => Look::Plain,
        }
    }
}
