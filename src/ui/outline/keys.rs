//! Clicks and keys: the cursor, folding, selecting one or many, renaming, deleting.

use egui::{EventFilter, Key as Press, Modifiers, Ui};

use crate::edit::Selection;
use crate::model::Id;
use crate::ui::{Command, Cx};

use super::rows::{Key, What};
use super::{Click, State, select, start_rename, take_command};

/// Does what a click on a row asks for.
pub(super) fn click(ui: &Ui, cx: &mut Cx<'_>, state: &mut State, at: usize, click: Click) {
    let Some(row) = state.rows.get(at).cloned() else {
        return;
    };
    let before = state.cursor.replace(row.key.clone());
    match (click, row.key.record()) {
        (Click::Fold, _) => flip(ui, state, &row.key),
        (Click::Rename, _) => start_rename(cx, state, &row.key),
        (Click::Select, Some(id)) => {
            state.anchor = Some(row.key.clone());
            select(cx, state, id);
        }
        (Click::Toggle, Some(id)) => {
            state.anchor = Some(row.key.clone());
            cx.open.session.selection.toggle(id);
            state.seen_lead.clone_from(&cx.open.session.selection.lead);
        }
        (Click::Range, Some(_)) => {
            let from = state.anchor.clone().or(before).unwrap_or_else(|| row.key.clone());
            range(cx, state, &from, at);
        }
        (Click::Select | Click::Toggle | Click::Range, None) => {}
    }
}

/// Selects all records from one row to another; the last one leads.
fn range(cx: &mut Cx<'_>, state: &mut State, from: &Key, to: usize) {
    let from_at = state.rows.iter().position(|row| row.key == *from).unwrap_or(to);
    let (low, high) = (from_at.min(to), from_at.max(to));
    let mut ids: Vec<Id> =
        state.rows[low..=high].iter().filter_map(|row| row.key.record().cloned()).collect();
    if from_at > to {
        ids.reverse();
    }
    state.anchor = Some(from.clone());
    cx.open.session.selection = Selection::many(ids);
    state.seen_lead.clone_from(&cx.open.session.selection.lead);
}

fn flip(ui: &Ui, state: &mut State, key: &Key) {
    if !state.flipped.remove(key) {
        state.flipped.insert(key.clone());
    }
    state.listed_for = None;
    ui.ctx().request_repaint();
}

/// Reads the keys while the tree has the keyboard.
pub(super) fn read(ui: &Ui, cx: &mut Cx<'_>, state: &mut State, tree: egui::Id) {
    if !ui.memory(|m| m.has_focus(tree)) || state.rows.is_empty() {
        return;
    }
    let filter =
        EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(tree, filter));
    let here = cursor_row(cx, state);
    let last = state.rows.len() - 1;
    let press = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let reach = |key| ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, key));
    // Shift first: without it egui takes a key with Shift held for the plain one.
    if reach(Press::ArrowDown) {
        return extend(ui, cx, state, here, here.map_or(0, |at| (at + 1).min(last)));
    }
    if reach(Press::ArrowUp) {
        return extend(ui, cx, state, here, here.map_or(last, |at| at.saturating_sub(1)));
    }
    if press(Press::ArrowDown) {
        return go(ui, cx, state, here.map_or(0, |at| (at + 1).min(last)));
    }
    if press(Press::ArrowUp) {
        return go(ui, cx, state, here.map_or(last, |at| at.saturating_sub(1)));
    }
    if press(Press::Home) {
        return go(ui, cx, state, 0);
    }
    if press(Press::End) {
        return go(ui, cx, state, last);
    }
    let Some(at) = here else {
        return;
    };
    let row = state.rows[at].clone();
    if press(Press::ArrowRight) {
        if row.branch && !row.open {
            flip(ui, state, &row.key);
        } else if row.branch {
            go(ui, cx, state, (at + 1).min(last));
        }
    } else if press(Press::ArrowLeft) {
        if row.branch && row.open && state.search.trim().is_empty() {
            flip(ui, state, &row.key);
        } else if let Some(parent) = (0..at).rev().find(|i| state.rows[*i].depth < row.depth) {
            go(ui, cx, state, parent);
        }
    } else if take_command(cx, Command::Rename) | press(Press::F2) | press(Press::Enter) {
        match row.what {
            What::Group { .. } => flip(ui, state, &row.key),
            What::Record => start_rename(cx, state, &row.key),
        }
    } else if press(Press::Delete) && !cx.open.session.selection.is_empty() {
        cx.commands.push(Command::Delete);
    }
}

/// The row that the keyboard is on: the cursor's, or else the one of what is selected.
fn cursor_row(cx: &Cx<'_>, state: &State) -> Option<usize> {
    let at = |key: &Key| state.rows.iter().position(|row| row.key == *key);
    let lead = cx.open.session.selection.lead.as_ref();
    state.cursor.as_ref().and_then(at).or_else(|| {
        state.rows.iter().position(|row| row.key.record().is_some_and(|id| Some(id) == lead))
    })
}

/// Moves the cursor to a row and selects what it stands for.
fn go(ui: &Ui, cx: &mut Cx<'_>, state: &mut State, at: usize) {
    let key = state.rows[at].key.clone();
    state.anchor = Some(key.clone());
    match key.record() {
        Some(id) => {
            cx.open.canvas.reveal(id.clone());
            cx.open.session.selection = Selection::one(id.clone());
            // Another lead than the one last seen is scrolled into view.
            state.seen_lead = None;
        }
        None => cx.open.session.selection = Selection::default(),
    }
    state.cursor = Some(key);
    ui.ctx().request_repaint();
}

fn extend(ui: &Ui, cx: &mut Cx<'_>, state: &mut State, here: Option<usize>, to: usize) {
    let start = here.unwrap_or(to);
    let from = state.anchor.clone().unwrap_or_else(|| state.rows[start].key.clone());
    state.cursor = Some(state.rows[to].key.clone());
    range(cx, state, &from, to);
    ui.ctx().request_repaint();
}
