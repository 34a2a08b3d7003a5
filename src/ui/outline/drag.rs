//! Dragging stages and steps to another place: where they would go, and putting them there.

use egui::{CursorIcon, Key as Press, Stroke, Ui, pos2, vec2};

use crate::edit::verbs;
use crate::layout::sizes;
use crate::model::{Doc, Id, Kind};
use crate::ui::Cx;
use crate::ui::widget::colour;

use super::State;
use super::rows::Row;

/// What is being dragged.
#[derive(Debug)]
pub(super) enum Drag {
    Stage(Id),
    /// One step, or all selected ones, in the order of the map.
    Steps(Vec<Id>),
}

/// Where it would go, and before which row the line that shows it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Drop {
    Stage { before: Option<Id>, row: usize },
    Steps { stage: Option<Id>, before: Option<Id>, row: usize },
}

impl Drag {
    /// Starts to drag a row, where it is a stage or a step.
    pub fn start(cx: &Cx<'_>, row: &Row) -> Option<Self> {
        let session = &cx.open.session;
        let id = row.key.record()?;
        match session.doc().kind_of(id)? {
            Kind::Stage => Some(Self::Stage(id.clone())),
            Kind::Step if session.selection.contains(id) => {
                let is_step = |id: &&Id| session.doc().kind_of(id) == Some(Kind::Step);
                Some(Self::Steps(session.selection.ids.iter().filter(is_step).cloned().collect()))
            }
            Kind::Step => Some(Self::Steps(vec![id.clone()])),
            _ => None,
        }
    }
}

/// Where a drag would go with the pointer at the gap above row `gap`.
pub(super) fn drop_at(doc: &Doc, rows: &[Row], drag: &Drag, gap: usize) -> Option<Drop> {
    let kind = |at: usize| rows.get(at).and_then(|row| doc.kind_of(row.key.record()?));
    let id = |at: usize| rows.get(at).and_then(|row| row.key.record()).cloned();
    let is_stage = |at: &usize| kind(*at) == Some(Kind::Stage) && rows[*at].depth == 0;
    // The journey ends where the groups begin.
    let end = rows.iter().rposition(|row| {
        row.key.record().and_then(|id| doc.kind_of(id)) == Some(Kind::Stage) && row.depth == 0
    })?;
    let end = (end + 1..rows.len()).find(|at| rows[*at].depth == 0).unwrap_or(rows.len());
    let gap = gap.min(end);
    match drag {
        Drag::Stage(_) => {
            let row = (gap..end).find(is_stage).unwrap_or(end);
            Some(Drop::Stage { before: id(row).filter(|_| row < end), row })
        }
        Drag::Steps(_) => {
            let stage_row = (0..gap).rev().find(is_stage).or_else(|| (0..end).find(is_stage))?;
            let gap = gap.max(stage_row + 1);
            let after = |at: &usize| rows[*at].depth <= 1;
            let row = (gap..end).find(after).unwrap_or(end);
            let before = id(row).filter(|_| row < end && kind(row) == Some(Kind::Step));
            Some(Drop::Steps { stage: id(stage_row), before, row })
        }
    }
}

/// Follows the pointer: draws the line where the drag would go, and puts it there on release.
/// `top` is where the first row of all would be, `high` how high rows are, in points.
pub(super) fn follow(ui: &Ui, cx: &mut Cx<'_>, state: &mut State, top: f32, high: f32) {
    let Some(drag) = &state.drag else {
        return;
    };
    let (at, released, given_up) = ui.input(|i| {
        (i.pointer.interact_pos(), i.pointer.any_released(), i.key_pressed(Press::Escape))
    });
    let Some(at) = at.filter(|_| !given_up) else {
        state.drag = None;
        return;
    };
    let view = ui.clip_rect();
    let gap = ((at.y - top) / high).round().max(0.0) as usize;
    let inside = view.expand(high).contains(at);
    let drop = drop_at(cx.open.session.doc(), &state.rows, drag, gap).filter(|_| inside);
    if let Some(Drop::Stage { row, .. } | Drop::Steps { row, .. }) = &drop {
        let indent = if matches!(drag, Drag::Stage(_)) { 0.0 } else { sizes().space.l };
        let y = top + *row as f32 * high;
        let stroke = Stroke::new(sizes().stroke.thick, colour(cx.theme.chrome.accent));
        let (left, right) =
            (view.left() + sizes().space.s + indent, view.right() - sizes().space.s);
        ui.painter().line_segment([pos2(left, y), pos2(right, y)], stroke);
        ui.painter().circle_filled(pos2(left, y), sizes().mark.dot / 2.0, stroke.color);
    }
    ui.ctx().set_cursor_icon(if drop.is_some() {
        CursorIcon::Grabbing
    } else {
        CursorIcon::NoDrop
    });
    let bottom = top + state.rows.len() as f32 * high;
    let up = at.y < view.top() + high && top < view.top();
    let down = at.y > view.bottom() - high && bottom > view.bottom();
    if up || down {
        ui.scroll_with_delta(vec2(0.0, if up { high } else { -high } / 3.0));
        ui.ctx().request_repaint();
    }
    if released {
        let drag = state.drag.take();
        if let (Some(drag), Some(drop)) = (drag, drop) {
            put(cx, drag, drop);
        }
    }
}

fn put(cx: &mut Cx<'_>, drag: Drag, drop: Drop) {
    let session = &mut cx.open.session;
    match (drag, drop) {
        (Drag::Stage(stage), Drop::Stage { before, .. }) if before.as_ref() != Some(&stage) => {
            let label = verbs::describe::several(session.doc(), std::slice::from_ref(&stage));
            session
                .edit(format!("move {label}"), |tx| verbs::move_stage(tx, &stage, before.as_ref()));
        }
        (Drag::Steps(steps), Drop::Steps { stage, before, .. }) => {
            let label = verbs::describe::several(session.doc(), &steps);
            session.edit(format!("move {label}"), |tx| {
                verbs::move_steps(tx, &steps, stage.as_ref(), before.as_ref());
            });
        }
        _ => {}
    }
}
