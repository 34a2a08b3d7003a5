//! The outline: the map as a tree that can be searched, walked by keyboard and put in order.
//!
//! Rows are listed anew when the document changed and only those in view are laid out, so that ten
//! thousand records cost no more than the panel's height. Not here: what edits mean (see `edit`).

mod drag;
mod fold;
mod keys;
mod paint;
mod rows;

use std::collections::HashSet;

use egui::{Rect, ScrollArea, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

use crate::edit::{Selection, verbs};
use crate::layout::sizes;
use crate::model::Id;

use super::inspector::words::{short, title_of};
use super::widget::text_field::{Lines, styled_text_field_ui, text_field_ui};
use super::{Command, Cx};

pub use fold::fold;
pub use rows::plural;
use rows::{Key, Row, What};

/// What the outline keeps between frames.
#[derive(Debug, Default)]
pub struct State {
    search: String,
    /// Rows that are not as they are at first: folded where they start open, open where folded.
    flipped: HashSet<Key>,
    rows: Vec<Row>,
    /// What the rows were listed for; `None` lists them anew.
    listed_for: Option<(u64, String)>,
    listed_at: f64,
    /// The row that the keyboard is on.
    cursor: Option<Key>,
    /// Where a range of rows began.
    anchor: Option<Key>,
    rename: Option<Rename>,
    drag: Option<drag::Drag>,
    /// The record that led when the outline last drew: another one is scrolled into view.
    seen_lead: Option<Id>,
}

impl State {
    /// How many rows the outline lists now, in view or not.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }
}

/// A name that is being changed in its row.
#[derive(Debug)]
struct Rename {
    key: Key,
    id: Id,
    text: String,
    fresh: bool,
}

/// While an entry is open (typing, a drag), rows are listed anew at most this often, in seconds.
const LIST_EVERY_SECS: f64 = 0.25;

/// Draws the outline of the map.
pub fn outline_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let mut state = std::mem::take(&mut cx.open.outline);
    let pad = sizes().space.s;
    ui.spacing_mut().item_spacing = vec2(sizes().space.xs, sizes().space.xs);
    ui.add_space(pad);
    ui.horizontal(|ui| {
        ui.add_space(pad + sizes().space.xs);
        ui.scope(|ui| {
            ui.set_width((ui.available_width() - pad).max(sizes().space.xxl));
            search_ui(ui, &mut state);
        });
    });
    ui.add_space(sizes().space.xs);
    list(ui, cx, &mut state);
    tree_ui(ui, cx, &mut state);
    cx.open.outline = state;
}

fn search_ui(ui: &mut Ui, state: &mut State) {
    let id = egui::Id::unique("outline search");
    let hint = "Search the map";
    let touch = text_field_ui(ui, id, hint, hint, &mut state.search, Lines::One);
    if touch.given_up {
        state.search.clear();
    }
}

/// Lists the rows where the document, the search or what is folded changed.
fn list(ui: &Ui, cx: &Cx<'_>, state: &mut State) {
    let session = &cx.open.session;
    let wanted = (session.revision(), state.search.trim().to_owned());
    if state.listed_for.as_ref() == Some(&wanted) {
        return;
    }
    let now = ui.input(|i| i.time);
    let only_document = state.listed_for.as_ref().is_some_and(|(_, text)| *text == wanted.1);
    let since = now - state.listed_at;
    if only_document && session.is_open() && since < LIST_EVERY_SECS {
        let rest = std::time::Duration::from_secs_f64(LIST_EVERY_SECS - since);
        ui.ctx().request_repaint_after(rest);
        return;
    }
    state.rows = rows::list(session, &state.flipped, &wanted.1);
    state.listed_at = now;
    state.listed_for = Some(wanted);
}

fn tree_ui(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut State) {
    let tree = egui::Id::unique("outline tree");
    let view = ui.available_rect_before_wrap();
    let response = ui.interact(view, tree, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Tree, true, "Outline of the map"));
    if state.rename.is_none() {
        keys::read(ui, cx, state, tree);
    }
    if state.rows.is_empty() {
        let words = if state.search.trim().is_empty() {
            "This map is empty: add a stage or a step."
        } else {
            "Nothing has that name."
        };
        ui.horizontal_wrapped(|ui| {
            ui.add_space(sizes().space.m);
            ui.label(super::widget::muted(words, cx.theme));
        });
        return;
    }
    let high = sizes().space.xl;
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut scroll = ScrollArea::vertical().id_salt("outline rows").auto_shrink(false);
    if let Some(at) = row_to_show(cx, state) {
        let stored = egui::scroll_area::State::load(ui.ctx(), scroll_id(ui));
        let top = stored.map_or(0.0, |it| it.clamped_offset().y);
        let (first, last) = (at as f32 * high, (at + 1) as f32 * high);
        if first < top || last > top + view.height() {
            scroll = scroll.vertical_scroll_offset((first - view.height() / 3.0).max(0.0));
        }
    }
    let count = state.rows.len();
    let mut clicked = None;
    let output = scroll.show_rows(ui, high, count, |ui, range| {
        let first = range.start;
        let top = ui.cursor().top() - first as f32 * high;
        for at in range {
            let Some(row) = state.rows.get(at).cloned() else {
                continue;
            };
            let (rect, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
            if let Some(click) = row_ui(ui, cx, state, &row, rect, tree) {
                clicked = Some((at, click));
            }
        }
        drag::follow(ui, cx, state, top, high);
    });
    ui.memory_mut(|m| m.data.insert_temp(tree, output.id));
    if let Some((at, click)) = clicked {
        keys::click(ui, cx, state, at, click);
        ui.memory_mut(|m| m.request_focus(tree));
    }
}

/// The scroll area's id, as it told in the last frame.
fn scroll_id(ui: &Ui) -> egui::Id {
    ui.memory(|m| m.data.get_temp(egui::Id::unique("outline tree"))).unwrap_or(egui::Id::NULL)
}

/// The row of a record that was selected elsewhere since the last frame.
fn row_to_show(cx: &Cx<'_>, state: &mut State) -> Option<usize> {
    let lead = &cx.open.session.selection.lead;
    if state.seen_lead == *lead {
        return None;
    }
    state.seen_lead.clone_from(lead);
    let lead = lead.as_ref()?;
    let at_cursor = state.cursor.as_ref().filter(|key| key.record() == Some(lead)).cloned();
    let key_of = |row: &Row| match &at_cursor {
        Some(key) => row.key == *key,
        None => row.key.record() == Some(lead),
    };
    let at = state.rows.iter().position(key_of)?;
    state.cursor = state.rows.get(at).map(|row| row.key.clone());
    Some(at)
}

/// What a click on a row asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Click {
    Select,
    Toggle,
    Range,
    Fold,
    Rename,
}

fn row_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    state: &mut State,
    row: &Row,
    rect: Rect,
    tree: egui::Id,
) -> Option<Click> {
    let id = tree.with(&row.key);
    if state.rename.as_ref().is_some_and(|rename| rename.key == row.key) {
        rename_ui(ui, cx, state, row, rect, tree);
        return None;
    }
    // In the tab order the tree is one stop; its rows are walked by arrow keys.
    let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    let look = paint::look(cx, row);
    let chosen = row.key.record().is_some_and(|id| cx.open.session.selection.contains(id));
    response.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, &look.spoken));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_level(usize::from(row.depth) + 1);
        node.set_selected(chosen);
        if row.branch {
            node.set_expanded(row.open);
        }
    });
    let at_cursor = state.cursor.as_ref() == Some(&row.key) && ui.memory(|m| m.has_focus(tree));
    if at_cursor {
        ui.ctx().accesskit_node_builder(tree, |node| node.set_active_descendant(id.accesskit_id()));
    }
    let state_now = (chosen, response.hovered(), at_cursor);
    let (chevron, cut) = paint::row(ui, cx.theme, row, &look, rect, state_now);
    if cut {
        response.clone().on_hover_text(&look.name);
    }
    if response.drag_started() && state.search.trim().is_empty() {
        state.drag = drag::Drag::start(cx, row);
    }
    if response.double_clicked() && row.key.record().is_some() {
        return Some(Click::Rename);
    }
    if !response.clicked() {
        return None;
    }
    let on_chevron = response.interact_pointer_pos().is_some_and(|at| chevron.contains(at));
    let held = ui.input(|i| i.modifiers);
    Some(match row.what {
        _ if row.branch && on_chevron => Click::Fold,
        What::Group { .. } => Click::Fold,
        What::Record if held.shift => Click::Range,
        What::Record if held.command => Click::Toggle,
        What::Record => Click::Select,
    })
}

/// The name as a text field in the row's place.
fn rename_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    state: &mut State,
    row: &Row,
    rect: Rect,
    tree: egui::Id,
) {
    let Some(rename) = &mut state.rename else {
        return;
    };
    let control = tree.with("rename");
    let left = rect.left() + paint::indent(row.depth) + sizes().space.l;
    let place = Rect::from_min_max(
        pos2(left, rect.top()),
        pos2(rect.right() - sizes().space.s, rect.bottom()),
    );
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
    if std::mem::take(&mut rename.fresh) {
        inner.memory_mut(|m| m.request_focus(control));
        let end = egui::text::CCursor::new(rename.text.chars().count());
        let mut edit = egui::text_edit::TextEditState::default();
        let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), end);
        edit.cursor.set_char_range(Some(all));
        edit.store(inner.ctx(), control);
    }
    let called = format!("New name of {}", title_of(cx.open.session.doc(), &rename.id));
    let touch =
        styled_text_field_ui(&mut inner, control, &called, &mut rename.text, Lines::One, |edit| {
            edit.margin(egui::Margin::symmetric(4, 2))
        });
    if touch.ended || touch.given_up {
        if let Some(rename) = state.rename.take()
            && touch.ended
        {
            let session = &mut cx.open.session;
            if session.doc().name_of(&rename.id) != rename.text {
                let label = format!("rename {}", short(&title_of(session.doc(), &rename.id)));
                session.edit(label, |tx| verbs::rename(tx, &rename.id, &rename.text));
            }
        }
        let by_key =
            ui.input(|i| i.key_pressed(egui::Key::Enter) || i.key_pressed(egui::Key::Escape));
        if by_key {
            ui.memory_mut(|m| m.request_focus(tree));
        }
    }
}

/// Selects one record and shows it on the canvas.
fn select(cx: &mut Cx<'_>, state: &mut State, id: &Id) {
    cx.open.canvas.reveal(id.clone());
    cx.open.session.selection = Selection::one(id.clone());
    state.seen_lead = Some(id.clone());
}

/// Starts to change the name of a record in its row, where it has one.
fn start_rename(cx: &Cx<'_>, state: &mut State, key: &Key) {
    let doc = cx.open.session.doc();
    if let Some(id) = key.record()
        && let Some(record) = doc.get(id)
        && record.clone().as_ref().clone().name_mut().is_some()
    {
        let text = record.name().to_owned();
        state.rename = Some(Rename { key: key.clone(), id: id.clone(), text, fresh: true });
    }
}

/// Takes a command that was meant for the row with the keyboard out of the queue.
fn take_command(cx: &mut Cx<'_>, command: Command) -> bool {
    let before = cx.commands.len();
    cx.commands.retain(|it| *it != command);
    cx.commands.len() != before
}
