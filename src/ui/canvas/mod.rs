//! The canvas: the map, painted and edited. One widget with a camera of its own.
//!
//! Events become inputs for the [`Tool`], the tool's intents become edits, and the scene is
//! painted culled and at a level of detail. Nothing is repainted while nothing happens.

mod access;
mod adding;
mod cursor;
mod draw;
mod edit;
mod editing;
mod events;
mod galleys;
mod glide;
mod keys;
mod lines;
mod looks;
mod menu;
mod overlay;
mod paint;
mod view;

use egui::{EventFilter, Id as EguiId, Rect, Response, Sense, Ui};
use rustc_hash::FxHashMap;

use crate::edit::Selection;
use crate::edit::Session;
use crate::geom::{Point, pt};
use crate::model::Id;
use crate::tool::{At, Button, Camera, Context, Input, Intent, Modifiers, Target, Tool, apply};

use super::{Cx, Shown};
use adding::Card;
use edit::{Editor, End};
use events::Reading;
use glide::Gliding;
use menu::Menu;
use view::{Fit, Wish};

pub use galleys::Galleys;
pub use paint::{miniature, thumbnail};

/// What the canvas keeps between frames.
#[derive(Debug, Default)]
pub struct State {
    sight: Sight,
    /// The sight of the view that is hidden.
    hidden: Sight,
    tool: Tool,
    modifiers: Modifiers,
    /// Where the pointer was last.
    pointer: Option<At>,
    galleys: Galleys,
    gliding: Gliding,
    editor: Option<Editor>,
    menu: Option<Menu>,
    /// What was asked for since the last frame.
    wishes: Vec<Wish>,
    /// The friction point that was marked last: digits set its severity.
    marked: Option<Id>,
    /// Which nodes the link that is being pulled may reach, as far as they were looked at.
    lit: FxHashMap<Id, bool>,
    hint: String,
    /// What the canvas last gave the focus to: itself or one of its items.
    focus: Option<EguiId>,
}

/// How a view is seen: each has its own.
#[derive(Debug, Default)]
struct Sight {
    camera: Camera,
    /// The canvas's size on the screen, in points; none before the first frame.
    size: Option<Point>,
    /// How the map was fitted last: while nobody moves it, it follows the window's size.
    fitted: Option<(Fit, Camera)>,
    /// There was nothing to see yet: the first layout is still under way.
    blank: bool,
}

impl State {
    /// Ends what goes on: what is typed is kept, a drag is where it began.
    pub fn leave(&mut self, session: &mut Session) {
        if let Some(editor) = self.editor.take() {
            editor.end(End::Keep, session);
        }
        if !std::mem::take(&mut self.tool).is_idle() && session.is_open() {
            session.cancel();
        }
        (self.menu, self.pointer) = (None, None);
        self.lit.clear();
        self.gliding.forget();
    }

    /// The other view is shown from now on, as it was seen last.
    pub fn turn(&mut self) {
        std::mem::swap(&mut self.sight, &mut self.hidden);
    }

    /// Edits the record's text in place, once it is in view.
    pub fn edit(&mut self, record: Id) {
        self.wishes.push(Wish::Edit(record, None));
    }

    /// Zooms by a factor; the middle of the canvas stays where it is.
    pub fn zoom_by(&mut self, factor: f32) {
        self.wishes.push(Wish::Zoom(factor));
    }

    /// Shows the whole map.
    pub fn fit(&mut self) {
        self.wishes.push(Wish::Fit);
    }

    /// Shows what is selected as large as fits.
    pub fn fit_selection(&mut self) {
        self.wishes.push(Wish::FitSelection);
    }

    /// Shows the map as soon as it is laid out.
    pub fn fit_when_laid_out(&mut self) {
        self.wishes.push(Wish::FitLaidOut);
    }

    /// Shows these records as large as fits.
    pub fn fit_to(&mut self, records: impl IntoIterator<Item = Id>) {
        self.wishes.push(Wish::FitTo(Selection::many(records)));
    }

    /// Goes back to 100 %.
    pub fn reset_zoom(&mut self) {
        self.wishes.push(Wish::Reset);
    }

    /// Has the record in view.
    pub fn reveal(&mut self, record: Id) {
        self.wishes.push(Wish::Reveal(record));
    }

    /// Has the card in view whose text is being edited: it may have come, or moved, just now.
    pub fn reveal_edited(&mut self) {
        if let Some(editor) = &self.editor {
            self.wishes.push(Wish::Reveal(editor.record.clone()));
        }
    }

    /// Starts a link at the selected card; the next click ends it.
    pub fn start_linking(&mut self) {
        self.wishes.push(Wish::Link);
    }

    /// The zoom: 1 is 100 %.
    pub fn zoom(&self) -> f32 {
        self.sight.camera.zoom
    }

    /// What the canvas shows; points of its screen are from its own top left.
    pub fn camera(&self) -> Camera {
        self.sight.camera
    }

    /// What can be done now, for the status line; empty where nothing needs saying.
    pub fn hint(&self) -> String {
        self.hint.clone()
    }

    /// Whether a text is being edited in place.
    pub fn is_editing(&self) -> bool {
        self.editor.is_some()
    }

    /// Whether a text field is about to open and cannot be typed in yet.
    pub fn is_opening(&self) -> bool {
        let edits = |wish: &Wish| matches!(wish, Wish::Edit(..));
        self.wishes.iter().any(edits) || self.editor.as_ref().is_some_and(|it| it.area.is_none())
    }
}

/// Draws the canvas and turns input into edits.
pub fn canvas_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let screen = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("canvas");
    let response = ui.interact(screen, id, Sense::click_and_drag());
    let name = match cx.open.shown {
        Shown::Journey => "Journey map",
        Shown::Ecosystem => "Ecosystem map",
    };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, name));
    if screen.width() < 1.0 || screen.height() < 1.0 {
        return;
    }
    // The state is out of the map while the canvas works, so that both can be changed.
    let mut state = std::mem::take(&mut cx.open.canvas);
    Frame { ui, cx, state: &mut state, screen, id, response }.run();
    cx.open.canvas = state;
}

/// One frame of the canvas.
struct Frame<'a, 'b, 'c> {
    ui: &'a mut Ui,
    cx: &'a mut Cx<'b>,
    state: &'c mut State,
    screen: Rect,
    id: EguiId,
    response: Response,
}

impl Frame<'_, '_, '_> {
    fn run(mut self) {
        let size = pt(self.screen.width(), self.screen.height());
        self.cx.open.follow(self.cx.text);
        let before = self.state.sight.size.replace(size).filter(|_| !self.state.sight.blank);
        self.state.sight.blank = self.cx.open.is_waiting();
        if before.is_none() {
            // A fifth a notch of the wheel; egui's own pace is half as much again.
            let pace = |o: &mut egui::Options| o.input_options.scroll_zoom_speed = 1.0 / 450.0;
            self.ui.ctx().options_mut(pace);
            self.state.fit_view(self.cx, Fit::Open, size);
        } else if before != Some(size) {
            self.state.follow_size(self.cx, size);
        }
        let painter = self.ui.painter_at(self.screen);
        self.editor_ended_elsewhere();
        self.grant_wishes(size);
        let keys = self.take_focus();
        let selection = self.cx.open.session.selection.clone();
        self.read(keys, size);
        if selection != self.cx.open.session.selection {
            // The panels beside the canvas were drawn before.
            self.ui.ctx().request_repaint();
        }
        self.cx.open.follow(self.cx.text);
        self.glide();
        let visible = self.visible(size);
        self.paint(&painter, &visible, size, keys);
        self.nodes(&visible);
        self.editor_ui();
        self.menu_ui();
        self.cursor(size);
        let hint = self.state.hint_for(self.cx);
        if std::mem::replace(&mut self.state.hint, hint) != self.state.hint {
            // The status line was drawn before.
            self.ui.ctx().request_repaint();
        }
    }

    /// Cards that a new arrangement moved go there in a moment.
    fn glide(&mut self) {
        let Some(ecosystem) = &self.cx.open.ecosystem else {
            return;
        };
        if self.cx.open.shown == Shown::Ecosystem && !self.cx.open.is_waiting() {
            let (now, layout) = (self.ui.input(|i| i.time), ecosystem.stats().layouts);
            let moving = self.ui.style().animation_time > 0.0;
            if self.state.gliding.follow(ecosystem.scene(), layout, now, moving) {
                self.ui.ctx().request_repaint();
            }
        }
    }

    fn context<'x>(cx: &'x Cx<'_>, state: &State, size: Point) -> Context<'x> {
        let open = &*cx.open;
        Context {
            session: &open.session,
            picture: open.picture(),
            zoom: state.sight.camera.zoom,
            size,
        }
    }

    /// Whether keys are the canvas's: it (or one of its items) has the focus, or nothing has.
    /// The focus goes with the selection, so that screen readers say what is selected.
    fn take_focus(&mut self) -> bool {
        let ctx = self.ui.ctx().clone();
        let lead = self.cx.open.session.selection.lead.clone();
        let card = lead.as_ref().and_then(|lead| {
            let size = self.state.sight.size.unwrap_or_default();
            Self::context(self.cx, self.state, size).card_of(lead).cloned()
        });
        let on_card = card.as_ref().and_then(|item| {
            let hit = item.hit.as_ref()?;
            let rect = self.place(item).intersect(self.screen);
            let id = access::id_of(self.id, hit);
            let rect = if rect.is_positive() {
                rect
            } else {
                Rect::from_min_size(self.screen.min, egui::Vec2::ZERO)
            };
            self.ui.interact(rect, id, Sense::focusable_noninteractive());
            Some(id)
        });
        let wanted = on_card.unwrap_or(self.id);
        let focused = ctx.memory(|m| m.focused());
        let pressed =
            self.response.contains_pointer() && self.ui.input(|i| i.pointer.any_pressed());
        let mine =
            focused == Some(self.id) || focused == Some(wanted) || self.state.had_focus(focused);
        let modal = ctx.memory(|m| m.top_modal_layer().is_some()) || egui::Popup::is_any_open(&ctx);
        if self.state.editor.is_some() || modal {
            return false;
        }
        if mine || pressed {
            if focused != Some(wanted) {
                ctx.memory_mut(|m| m.request_focus(wanted));
            }
            let all = EventFilter {
                tab: true,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: true,
            };
            ctx.memory_mut(|m| m.set_focus_lock_filter(wanted, all));
            self.state.note_focus(wanted);
            return true;
        }
        focused.is_none()
    }

    fn reading(&self, keys: bool) -> Reading {
        Reading {
            screen: self.screen,
            camera: self.state.sight.camera,
            over: self.response.contains_pointer(),
            keys,
            busy: !self.state.tool.is_idle(),
            hole: self.state.editor.as_ref().and_then(|editor| editor.area),
        }
    }

    /// Reads this frame's input and does what it means.
    fn read(&mut self, keys: bool, size: Point) {
        self.state.modifiers = events::held(self.ui, keys);
        let over = self.response.contains_pointer();
        let moved = over && events::scroll(self.ui, self.screen, &mut self.state.sight.camera);
        let reading = self.reading(keys);
        let inputs = reading.inputs(self.ui, self.state.modifiers);
        for input in inputs {
            if input == Input::Cancel && self.state.tool.is_idle() && self.cx.open.trail.is_some() {
                self.cx.open.trail = None;
                continue;
            }
            if let Input::Press { button: Button::Secondary, at, .. } = &input {
                let target = Self::context(self.cx, self.state, size).target_at(at.in_map);
                self.state.menu = Some(Menu { target, at: at.in_map });
            }
            if let Input::Move { at, .. } | Input::Press { at, .. } = &input {
                self.state.pointer = Some(*at);
            }
            self.step(&input, size);
        }
        if self.response.double_clicked()
            && let Some(pos) = self.response.interact_pointer_pos()
        {
            let at = self.reading(keys).at(pos);
            let target = Self::context(self.cx, self.state, size).target_at(at.in_map);
            match Card::at(at.in_map, self.cx).filter(|_| target == Target::Ground) {
                Some(card) => {
                    let id = card.add(at.in_map, self.cx);
                    self.state.edit(id);
                    self.ui.ctx().request_repaint();
                }
                None => self.step(&Input::DoubleClick { at }, size),
            }
        }
        if keys {
            self.single_keys();
        }
        self.tick(size, moved);
        let camera = self.state.sight.camera;
        if let Some(at) = &mut self.state.pointer {
            // The map may have moved under a pointer at rest.
            at.in_map = camera.map_from_screen(at.on_screen);
        }
    }

    /// While something is dragged, the edge scrolls, and the map may move under the pointer.
    fn tick(&mut self, size: Point, moved: bool) {
        if self.state.tool.is_idle() {
            if moved {
                self.state.pointer = None;
            }
            return;
        }
        let before = self.state.sight.camera;
        let secs = self.ui.input(|i| i.stable_dt.min(0.05));
        if self.state.tool.scrolls_at_edges() {
            self.step(&Input::Tick { secs }, size);
        }
        if moved || self.state.sight.camera != before {
            let pointer = self.ui.input(|i| i.pointer.latest_pos());
            if let Some(pos) = pointer {
                let at = self.reading(true).at(pos);
                self.step(&Input::Move { at, modifiers: self.state.modifiers }, size);
            }
            self.ui.ctx().request_repaint();
        }
    }

    fn step(&mut self, input: &Input, size: Point) {
        let cx = Self::context(self.cx, self.state, size);
        let tool = std::mem::take(&mut self.state.tool);
        let carried = match &tool {
            Tool::DraggingCards(it) => Some(it.by()),
            _ => None,
        };
        let (tool, intents) = tool.step(input, &cx);
        self.state.tool = tool;
        if !matches!(self.state.tool, Tool::Linking(_)) {
            self.state.lit.clear();
        }
        if intents.is_empty() {
            return;
        }
        if let Some((by, pins)) = carried.as_ref().zip(pinned(&intents)) {
            pins.iter().for_each(|(card, _)| self.state.gliding.carry(card, *by));
        }
        for intent in apply(intents, &mut self.cx.open.session) {
            match intent {
                Intent::Pan(by) => self.state.sight.camera.pan(by),
                Intent::Reveal(id) => self.state.wishes.push(Wish::Reveal(id)),
                Intent::OpenEditor(hit) => {
                    self.state.wishes.push(Wish::Edit(hit.record, Some(hit.part)));
                    self.ui.ctx().request_repaint();
                }
                Intent::Say(text) => *self.cx.message = Some(text),
                // The rest is about the document and is done.
                _ => {}
            }
        }
        self.cx.open.follow(self.cx.text);
        if self.state.wishes.iter().any(|wish| matches!(wish, Wish::Reveal(_))) {
            self.grant_wishes(size);
        }
    }

    /// Nodes for screen readers, while one listens, and what it asked for.
    fn nodes(&mut self, visible: &[u32]) {
        if !access::is_listening(self.ui, self.id) {
            return;
        }
        let scene = self.cx.open.scene();
        let selection = &self.cx.open.session.selection;
        access::nodes(
            self.ui,
            self.id,
            scene,
            visible,
            self.screen,
            |item| self.place(item),
            |hit| selection.contains(&hit.record),
        );
        let asked = access::asked(self.ui, self.id, scene, visible);
        let size = self.state.sight.size.unwrap_or_default();
        for (hit, _) in asked {
            let id = access::id_of(self.id, &hit);
            self.step(&Input::Activate { hit }, size);
            self.state.note_focus(id);
            self.ui.ctx().memory_mut(|m| m.request_focus(id));
            self.ui.ctx().request_repaint();
        }
    }

    fn menu_ui(&mut self) {
        let Some(menu) = self.state.menu.clone() else {
            return;
        };
        let mut added = None;
        let cx = &mut *self.cx;
        self.response.context_menu(|ui| added = menu::menu_ui(ui, &menu, cx));
        if let Some(id) = added {
            self.state.marked = Some(id.clone());
            self.state.edit(id);
            self.ui.ctx().request_repaint();
        }
    }
}

/// The cards that are pinned by what a tool wants done.
fn pinned(intents: &[Intent]) -> Option<&[(Id, (f64, f64))]> {
    intents.iter().find_map(|intent| match intent {
        Intent::Pin { pins, .. } => Some(pins.as_slice()),
        _ => None,
    })
}
