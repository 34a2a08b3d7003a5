//! What the camera is asked to show, and the hints for the status line.

use egui::{Id as EguiId, Rect, pos2};

use crate::edit::Selection;
use crate::geom::{self, Point, pt};
use crate::model::{Id, Kind};
use crate::scene::{Focus, FocusWay, Part};
use crate::tool::{Camera, Context, Input, Tool};
use crate::ui::{Cx, Shown};

use super::edit::Editor;
use super::{Frame, State};

/// Space round what is fitted, in points on the screen.
const MARGIN: f32 = 12.0;
/// A map opens whole only where it stays readable; else as wide as the canvas, no smaller than
/// the second, at its beginning.
const WHOLE_FROM: f32 = 0.62;
const READABLE: f32 = 0.7;

/// Something asked of the canvas from outside of its frame.
#[derive(Debug, Clone)]
pub enum Wish {
    /// Edit a record's text; which part of it, where that is known.
    Edit(Id, Option<Part>),
    Zoom(f32),
    Fit,
    FitSelection,
    FitTo(Selection),
    /// Show the map once it is laid out, with what leads the selection in view.
    FitLaidOut,
    Reset,
    Reveal(Id),
    Link,
}

/// A view of the map that depends on the canvas's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Whole where that is readable, else its beginning.
    Open,
    /// Whole, however small.
    Whole,
}

/// Where a box of the map is in the window.
pub fn window_rect(camera: &Camera, screen: Rect, area: geom::Rect) -> Rect {
    let r = camera.screen_rect(area);
    let by = screen.min.to_vec2();
    Rect::from_min_max(pos2(r.min.x, r.min.y) + by, pos2(r.max.x, r.max.y) + by)
}

impl State {
    /// Shows the map, and keeps it so until somebody moves it.
    pub(super) fn fit_view(&mut self, cx: &Cx<'_>, fit: Fit, size: Point) {
        let bounds = cx.open.scene().bounds;
        self.sight.camera.fit(bounds, size, MARGIN, 1.0);
        if fit == Fit::Open && self.sight.camera.zoom < WHOLE_FROM && !bounds.is_empty() {
            let whole_width = (size.x - 2.0 * MARGIN) / bounds.width();
            self.sight.camera.zoom = whole_width.clamp(READABLE, 1.0);
            self.sight.camera.show_start(bounds, size, MARGIN);
        }
        self.sight.fitted = Some((fit, self.sight.camera));
    }

    /// The canvas has another size: a map that was fitted fits again, and none is left out of view.
    pub(super) fn follow_size(&mut self, cx: &Cx<'_>, size: Point) {
        let bounds = cx.open.scene().bounds;
        if let Some((fit, _)) = self.sight.fitted.filter(|(_, camera)| *camera == self.sight.camera)
        {
            self.fit_view(cx, fit, size);
        } else if !bounds.is_empty() && !self.sight.camera.visible(size).touches(bounds) {
            self.sight.camera.show_start(bounds, size, MARGIN);
        }
    }

    /// Whether a focus is one that the canvas asked for a moment ago: the selection moved on.
    pub(super) fn had_focus(&self, focused: Option<EguiId>) -> bool {
        focused.is_some() && focused == self.focus
    }

    pub(super) fn note_focus(&mut self, id: EguiId) {
        self.focus = Some(id);
    }

    /// What can be done with the selection.
    pub(super) fn hint_for(&self, cx: &Cx<'_>) -> String {
        if self.editor.is_some() {
            return "Enter keeps · Esc gives up".to_owned();
        }
        let said = self.tool.hint(self.modifiers);
        if !said.is_empty() || !matches!(self.tool, Tool::Idle) {
            return said.to_owned();
        }
        let session = &cx.open.session;
        let kind = session.selection.lead.as_ref().and_then(|id| session.doc().kind_of(id));
        let text = match kind {
            Some(kind)
                if kind.is_node()
                    && cx.open.shown == Shown::Ecosystem
                    && matches!(cx.open.focus(), Some(Focus { way: FocusWay::Around(_), .. })) =>
            {
                "Enter edits · − + neighbourhood · F friction · L links · T traces · I impact"
            }
            Some(Kind::Touchpoint | Kind::Influencer | Kind::System) if cx.open.pins_count() => {
                "Enter edits · drag pins it · F friction · L links · T traces · I impact"
            }
            None if cx.open.shown == Shown::Ecosystem => {
                "Double click edits, or adds a card to a band · drag on empty ground selects"
            }
            Some(Kind::Step) => {
                "Enter edits · F friction · − + emotion · L links · T traces · I impact"
            }
            Some(Kind::Touchpoint | Kind::Influencer | Kind::System) => {
                "Enter edits · F friction · L links · T traces · I impact"
            }
            Some(Kind::Friction) => "Enter edits · 1–5 severity · T traces · I impact",
            Some(Kind::Delight) => "Enter edits · 1–5 strength",
            Some(Kind::Stage | Kind::Lane) => "Enter edits · drag to reorder",
            Some(_) => "Enter edits",
            None => {
                "Double click edits · drag on empty ground selects · Space and drag moves the map"
            }
        };
        text.to_owned()
    }
}

impl Frame<'_, '_, '_> {
    /// Does what was asked for since the last frame.
    pub(super) fn grant_wishes(&mut self, size: Point) {
        for wish in std::mem::take(&mut self.state.wishes) {
            self.grant(wish, size);
        }
    }

    fn grant(&mut self, wish: Wish, size: Point) {
        let middle = pt(size.x / 2.0, size.y / 2.0);
        let camera = &mut self.state.sight.camera;
        match wish {
            Wish::Zoom(factor) => camera.zoom_at(middle, factor),
            Wish::Reset => camera.set_zoom_at(middle, 1.0),
            Wish::Fit => self.state.fit_view(self.cx, Fit::Whole, size),
            Wish::FitLaidOut if self.cx.open.is_laying_out() => self.state.wishes.push(wish),
            Wish::FitLaidOut => {
                self.state.fit_view(self.cx, Fit::Open, size);
                if let Some(lead) = self.cx.open.session.selection.lead.clone() {
                    self.grant(Wish::Reveal(lead), size);
                }
            }
            Wish::FitSelection => {
                self.grant(Wish::FitTo(self.cx.open.session.selection.clone()), size);
            }
            Wish::FitTo(records) => {
                let area = area_of(self.cx, &records);
                if !area.is_empty() {
                    camera.fit(area, size, 2.0 * MARGIN, 2.0);
                }
            }
            Wish::Reveal(id) => {
                let area = area_of(self.cx, &Selection::one(id));
                if !area.is_empty() {
                    camera.reveal(area, size, MARGIN);
                }
            }
            Wish::Link => {
                let lead = self.cx.open.session.selection.lead.clone();
                if let Some(from) = lead {
                    self.step(&Input::StartLinking { from }, size);
                }
            }
            Wish::Edit(record, part) => self.open_editor(&record, part, size),
        }
    }

    fn open_editor(&mut self, record: &Id, part: Option<Part>, size: Point) {
        self.end_editing(super::End::Keep);
        let cx = &*self.cx;
        let look = Self::context(cx, self.state, size);
        let part = part
            .or_else(|| look.card_of(record).and_then(|it| it.hit.as_ref()).map(|hit| hit.part))
            .unwrap_or(Part::Card);
        let editor = Editor::open(&mut self.cx.open.session, record, part);
        let area = area_of(self.cx, &Selection::one(record.clone()));
        if !area.is_empty() {
            self.state.sight.camera.reveal(area, size, MARGIN);
        }
        self.state.editor = editor;
        self.ui.ctx().request_repaint();
    }
}

/// A box round the cards of what is selected.
fn area_of(cx: &Cx<'_>, selection: &Selection) -> geom::Rect {
    let open = &*cx.open;
    let look = Context::of_map(&open.session, open.picture());
    selection
        .ids
        .iter()
        .filter_map(|id| look.card_of(id))
        .fold(geom::Rect::NOTHING, |area, item| area.union(item.rect))
}
