//! The map for screen readers, tests and the keyboard: a node for each item that has a name.
//!
//! Nodes are made only while something listens, and are no widgets: the canvas has one sense,
//! and a click on a node is a click on the canvas.

use egui::accesskit::{Action, Rect as AccessRect, Role};
use egui::{Event, Id, Rect, Ui};

use crate::scene::{Hit, Item, Part, Scene};

/// The window's id of an item.
pub fn id_of(canvas: Id, hit: &Hit) -> Id {
    canvas.with(hit)
}

/// Whether anything reads the tree of nodes.
pub fn is_listening(ui: &Ui, canvas: Id) -> bool {
    ui.ctx().has_accesskit_node(canvas)
}

fn role_of(item: &Item) -> Role {
    match item.hit.as_ref().map(|hit| hit.part) {
        Some(Part::StageHeader) => Role::ColumnHeader,
        Some(Part::LaneLabel) => Role::RowHeader,
        Some(_) => Role::ListItem,
        None => Role::Label,
    }
}

/// Makes nodes for what is seen. `place` says where an item is in the window.
pub fn nodes(
    ui: &Ui,
    canvas: Id,
    scene: &Scene,
    visible: &[u32],
    screen: Rect,
    place: impl Fn(&Item) -> Rect,
    selected: impl Fn(&Hit) -> bool,
) {
    for i in visible {
        let item = &scene.items[*i as usize];
        let shown = place(item).intersect(screen);
        if item.name.is_empty() || shown.width() <= 0.0 || shown.height() <= 0.0 {
            continue;
        }
        let id = match &item.hit {
            Some(hit) => id_of(canvas, hit),
            None => canvas.with(("item", *i)),
        };
        ui.ctx().accesskit_node_builder(id, |node| {
            let role = role_of(item);
            node.set_role(role);
            node.set_bounds(AccessRect {
                x0: shown.min.x.into(),
                y0: shown.min.y.into(),
                x1: shown.max.x.into(),
                y1: shown.max.y.into(),
            });
            if role == Role::Label {
                node.set_value(&*item.name);
                return;
            }
            node.set_label(&*item.name);
            node.add_action(Action::Click);
            node.add_action(Action::Focus);
            if item.hit.as_ref().is_some_and(&selected) {
                node.set_selected(true);
            }
        });
    }
}

/// What a screen reader asked for: the items that it clicked or moved to.
pub fn asked(ui: &Ui, canvas: Id, scene: &Scene, visible: &[u32]) -> Vec<(Hit, Action)> {
    let requests: Vec<_> = ui.input(|input| {
        let wanted = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(it)
                if matches!(it.action, Action::Click | Action::Focus) =>
            {
                Some((it.target_node, it.action))
            }
            _ => None,
        });
        wanted.collect()
    });
    let find = |node| {
        let hits = visible.iter().filter_map(|i| scene.items[*i as usize].hit.as_ref());
        hits.clone().find(|hit| id_of(canvas, hit).accesskit_id() == node).cloned()
    };
    requests.into_iter().filter_map(|(node, action)| Some((find(node)?, action))).collect()
}
