//! The window: the frame of panels, and what is kept from frame to frame.
//!
//! A frame reads the keyboard, draws the panels, runs the commands that they pushed, brings the
//! picture in step and draws the canvas, so that what was done shows in the same frame. Nothing
//! asks for another frame unless something is still moving.

use std::path::PathBuf;

use egui::{Align, CentralPanel, Context, Event, Frame, Layout, Margin, Panel, RichText, Ui};

use crate::edit::clipboard::Clip;
use crate::layout::sizes;
use crate::text::Text;

use super::ahead::TypeAhead;
use super::command::{self, Command, Status};
use super::cx::{Cx, Open};
use super::dialog::{Answer, Dialog};
use super::export::Desk;
use super::files::Then;
use super::findings::Findings;
use super::jobs::{Jobs, Purpose};
use super::menu::{self, Asked};
use super::settings::{Settings, Store, ThemeChoice, WindowPlace};
use super::start::Start;
use super::status::{self, Line, Wish};
use super::theme::{self, colour, current};
use super::{analyse, canvas, icon, inspector, outline};

/// For how long a message stands in the status line; longer where it offers something.
const MESSAGE_SECS: f64 = 5.0;
const OFFER_SECS: f64 = 15.0;
/// How often the share of an export is shown anew, in seconds.
const PROGRESS_SECS: f32 = 0.1;

/// Something that has to be read: what went wrong, what was kept, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    pub text: String,
    pub error: bool,
}

impl Banner {
    /// Something could not be done.
    pub fn error(text: impl Into<String>) -> Self {
        Self { text: text.into(), error: true }
    }

    /// Something is not as it should be.
    pub fn warning(text: impl Into<String>) -> Self {
        Self { text: text.into(), error: false }
    }
}

/// The window and everything in it.
#[derive(Debug)]
pub struct App {
    pub(super) store: Store,
    pub(super) text: Text,
    /// The map, or none on the start page.
    pub open: Option<Open>,
    pub(super) start: Start,
    pub(super) findings: Findings,
    pub(super) hubs: analyse::Ranking,
    pub(super) jobs: Jobs,
    pub(super) dialog: Option<Dialog>,
    /// What is being exported, while it is still chosen how.
    pub(super) desk: Option<Desk>,
    /// The program ends when the export that is under way has ended.
    pub(super) quits_after_export: bool,
    pub(super) banner: Option<Banner>,
    /// What was copied here, and what the system's clipboard got for it.
    pub(super) clip: Option<(Clip, String)>,
    /// Changes are saved or given up: the window may close.
    pub(super) may_quit: bool,
    pub(super) commands: Vec<Command>,
    /// Commands that wait until the field that was typed in has kept its text.
    after_typing: Vec<Command>,
    /// What panels said in this frame.
    pub(super) message: Option<String>,
    /// What was said of the file that was written last, and where that is.
    pub(super) written: Option<(String, PathBuf)>,
    /// What stands in the status line, and until when (seconds of egui's clock).
    pub(super) notice: Option<(String, f64)>,
    /// What the window's title bar says.
    title: String,
    /// Where the window stands; written down when it closes.
    place: Option<WindowPlace>,
    fresh: bool,
}

impl App {
    /// A window with a map from a file, with the one that was open last, or with the start page.
    pub fn new(store: Store, text: Text, file: Option<PathBuf>) -> Self {
        let file = file.or_else(|| store.now.last.clone());
        let mut app = Self {
            store,
            text,
            open: None,
            start: Start::default(),
            findings: Findings::default(),
            hubs: analyse::Ranking::default(),
            jobs: Jobs::default(),
            dialog: None,
            desk: None,
            quits_after_export: false,
            written: None,
            banner: None,
            clip: None,
            may_quit: false,
            commands: Vec::new(),
            after_typing: Vec::new(),
            message: None,
            notice: None,
            title: String::new(),
            place: None,
            fresh: true,
        };
        if let Some(path) = file {
            app.open_file(&path);
        }
        app
    }

    /// Draws one frame of the whole window.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        let ctx = &ui.ctx().clone();
        if std::mem::take(&mut self.fresh) {
            theme::choose(ctx, self.store.now.theme);
            ctx.set_zoom_factor(self.store.now.scale);
            ctx.add_plugin(TypeAhead::default());
        }
        self.take_news(ctx);
        self.take_events(ctx);
        self.read_keys(ctx);
        if let Some(open) = &mut self.open {
            open.analyse.point_nowhere();
        }
        let mut asked = Asked::default();
        self.top_ui(ui, &mut asked);
        self.status_ui(ui);
        let sides = self.open.is_some();
        self.sides_ui(ui);
        self.take(ctx, asked);
        self.run_commands(ctx);
        self.banner_ui(ui);
        self.bottom_ui(ui);
        self.light(ctx);
        if self.open.is_some() && !sides {
            // The canvas takes its first view from the room that the panels leave it.
            ctx.request_discard("a map was opened after the panels were drawn");
        } else {
            self.centre_ui(ui);
        }
        // What was selected on the canvas lights up in the next frame.
        self.light(ctx);
        self.commands.append(&mut self.after_typing);
        self.run_commands(ctx);
        self.desk_ui(ctx);
        self.dialog_ui(ctx);
        self.end_frame(ctx);
    }

    /// What the window remembers.
    pub fn settings(&mut self) -> &mut Settings {
        &mut self.store.now
    }

    /// What commands are decided by.
    pub fn status(&self) -> Status {
        self.open.as_ref().map_or_else(Status::default, Open::status)
    }

    /// Files that are dropped on the window, what is pasted, and the wish to close it.
    fn take_events(&mut self, ctx: &Context) {
        let dropped = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        if let Some(path) = dropped.first().map(|file| file.path().to_owned()) {
            self.leave_for(ctx, Then::Open(path));
        }
        if ctx.input(|i| i.viewport().close_requested()) && !self.may_quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            if ctx.text_edit_focused() {
                self.end_typing(ctx);
                self.after_typing.push(Command::Quit);
            } else {
                self.leave_for(ctx, Then::Quit);
            }
        }
        if !ctx.text_edit_focused() && self.dialog.is_none() && self.desk.is_none() {
            let mut pasted = None;
            ctx.input_mut(|input| {
                input.events.retain(|event| match event {
                    Event::Paste(text) => {
                        pasted = Some(text.clone());
                        false
                    }
                    _ => true,
                });
            });
            if let Some(text) = pasted {
                self.paste(&text);
            }
        }
    }

    /// Turns shortcuts into commands. While text is being typed, few of them count; the field
    /// gives up its focus first, so that what was typed is kept.
    fn read_keys(&mut self, ctx: &Context) {
        if egui::Popup::is_any_open(ctx) || ctx.memory(|m| m.top_modal_layer().is_some()) {
            return;
        }
        let typing = ctx.text_edit_focused();
        let focused = ctx.memory(|m| m.focused());
        let status = self.status();
        let commands = &mut self.commands;
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let fired = Command::ALL.into_iter().find(|c| {
                    (c.spec().enabled)(&status)
                        && c.shortcuts().any(|s| {
                            // Enter presses the button that has the focus.
                            let taken = s.logical_key == egui::Key::Enter && focused.is_some();
                            !(taken && s.modifiers.is_none())
                                && command::is_pressed(&s, event)
                                && (!typing || c.fires_while_typing(&s))
                        })
                });
                commands.extend(fired);
                fired.is_none()
            });
        });
        if typing && !self.commands.is_empty() {
            self.end_typing(ctx);
            self.after_typing.append(&mut self.commands);
        }
    }

    /// Takes the focus from the field that is typed in, so that it keeps what was typed when it is
    /// drawn next.
    fn end_typing(&self, ctx: &Context) {
        if let Some(id) = ctx.memory(|m| m.focused()) {
            ctx.memory_mut(|m| m.surrender_focus(id));
        }
    }

    fn top_ui(&self, ui: &mut Ui, asked: &mut Asked) {
        let chrome = &current(ui).chrome;
        let row = |height: f32| {
            let frame = Frame::new()
                .fill(colour(chrome.panel))
                .inner_margin(Margin::symmetric(sizes().space.s as i8, 0));
            move |name: &'static str| Panel::top(name).exact_size(height).frame(frame)
        };
        let (status, settings) = (self.status(), &self.store.now);
        row(38.0)("menu bar").show(ui, |ui| {
            menu::bar_ui(ui, settings, self.open.as_ref(), &status, asked);
        });
        if let Some(open) = &self.open {
            let left = if settings.outline { settings.outline_width.unwrap_or(0.0) } else { 0.0 };
            let left = left + sizes().space.l;
            row(34.0)("view tabs").show(ui, |ui| {
                menu::tabs_ui(ui, left, open, asked);
            });
        }
    }

    fn status_ui(&mut self, ui: &mut Ui) {
        let chrome = &current(ui).chrome;
        let frame = Frame::new()
            .fill(colour(chrome.panel))
            .inner_margin(Margin::symmetric(sizes().space.m as i8, 0));
        let mut commands = Vec::new();
        let mut wish = None;
        Panel::bottom("status line").exact_size(26.0).frame(frame).show(ui, |ui| {
            let line = Line {
                open: self.open.as_ref(),
                notice: self.notice.as_ref().map(|(text, _)| text.as_str()),
                findings: self.open.as_ref().map(|o| self.findings.count(&o.diagnostics)),
                laying_out: self.jobs.is_laying_out(),
                exporting: self.jobs.exporting.as_ref(),
                written: self.says_written(),
            };
            wish = status::line_ui(ui, &line, &mut commands);
        });
        self.commands.extend(commands);
        match wish {
            Some(Wish::CancelExport) => self.jobs.cancel_export(),
            Some(Wish::ShowFolder) => self.show_written(),
            None => {}
        }
    }

    /// Whether the notice is the one about the file that was written last.
    fn says_written(&self) -> bool {
        let said = self.written.as_ref().map(|(said, _)| said);
        said.is_some() && said == self.notice.as_ref().map(|(notice, _)| notice)
    }

    fn sides_ui(&mut self, ui: &mut Ui) {
        let theme = current(ui);
        let wide = ui.available_width();
        let settings = &mut self.store.now;
        let Some(open) = &mut self.open else {
            return;
        };
        let frame = Frame::new().fill(colour(theme.chrome.panel));
        let mut cx = Cx {
            open,
            text: &mut self.text,
            theme,
            commands: &mut self.commands,
            message: &mut self.message,
        };
        // A sixth and a fifth of the window leave the map readable on a projector.
        let default = settings.outline_width.unwrap_or((wide / 6.0).clamp(180.0, 240.0));
        let panel = Panel::left("outline")
            .frame(frame)
            .default_size(default)
            .size_range(140.0..=(wide / 3.0).max(150.0));
        let (shown, width) = (&mut settings.outline, &mut settings.outline_width);
        side_ui(ui, panel, shown, width, |ui| outline::outline_ui(ui, &mut cx));
        let default = settings.inspector_width.unwrap_or((wide / 4.6).clamp(240.0, 320.0));
        let (left, top) = (sizes().space.m as i8, sizes().space.s as i8);
        let pad = Margin { left, right: top, top, bottom: 0 };
        let panel = Panel::right("inspector")
            .frame(frame.inner_margin(pad))
            .default_size(default)
            .size_range(220.0..=(wide / 2.5).max(230.0));
        // An answer is shown even where the inspector is not.
        let (inspects, answers) = (settings.inspector, cx.open.analyse.asked().is_some());
        let (mut shown, height) = (inspects || answers, &mut settings.answer_height);
        side_ui(ui, panel, &mut shown, &mut settings.inspector_width, |ui| {
            if answers {
                answer_ui(ui, &mut cx, height, inspects);
            }
            if inspects {
                inspector::inspector_ui(ui, &mut cx);
            }
        });
        if !shown && (inspects || answers) {
            settings.inspector = false;
            open.analyse.close();
        }
    }

    /// What went wrong, over the map until it is dismissed.
    fn banner_ui(&mut self, ui: &mut Ui) {
        let Some(banner) = &self.banner else {
            return;
        };
        let chrome = &current(ui).chrome;
        let ink = colour(if banner.error { chrome.danger } else { chrome.warning });
        let frame = Frame::new()
            .fill(colour(chrome.panel_alt))
            .inner_margin(Margin::symmetric(sizes().space.m as i8, sizes().space.s as i8));
        let mut dismissed = false;
        Panel::top("banner").frame(frame).show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let close = crate::scene::Icon::Close;
                dismissed = icon::button(ui, close, "Dismiss", "Dismiss this", true).clicked();
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                    let text = RichText::new(&banner.text).color(ink);
                    ui.add(egui::Label::new(text).wrap().selectable(true));
                });
            });
        });
        if dismissed {
            self.banner = None;
        }
    }

    fn centre_ui(&mut self, ui: &mut Ui) {
        let theme = current(ui);
        let frame = Frame::new().fill(colour(theme.canvas.ground));
        let mut chosen = None;
        CentralPanel::default().frame(frame).show(ui, |ui| {
            let Some(open) = &mut self.open else {
                chosen = self.start.page_ui(ui, &self.store.now.recent, &mut self.text);
                return;
            };
            open.follow(&mut self.text);
            let mut cx = Cx {
                open,
                text: &mut self.text,
                theme,
                commands: &mut self.commands,
                message: &mut self.message,
            };
            canvas::canvas_ui(ui, &mut cx);
            analyse::nothing_ui(ui, &mut cx);
        });
        if let Some(then) = chosen {
            self.leave_for(ui.ctx(), then);
        }
    }

    fn dialog_ui(&mut self, ctx: &Context) {
        let title = self.open.as_ref().map(Open::title).unwrap_or_default();
        let Some(answer) = self.dialog.as_mut().and_then(|dialog| dialog.show(ctx, &title)) else {
            return;
        };
        self.dialog = None;
        match answer {
            Answer::Cancel => {}
            Answer::Save(then) => self.save(ctx, Some(then)),
            Answer::Discard(then) => self.go(ctx, then),
            Answer::SaveAnyway(then) => {
                if let Some(path) = self.open.as_ref().and_then(|open| open.path.clone()) {
                    self.save_to(ctx, &path, then);
                }
            }
            Answer::SaveAs(then) => self.ask_path(ctx, Purpose::SaveAs(then)),
            Answer::Path(purpose, path) => self.picked(ctx, purpose, path),
            Answer::Again(purpose) => self.ask_path(ctx, purpose),
            Answer::Quit { cancel } => self.quit_after_export(ctx, cancel),
        }
        ctx.request_repaint();
    }

    fn take(&mut self, ctx: &Context, asked: Asked) {
        self.commands.extend(asked.commands);
        self.take_wanted(ctx, asked.wanted);
        if let Some(path) = asked.recent {
            self.leave_for(ctx, Then::Open(path));
        }
        if let Some(choice) = asked.theme {
            self.set_theme(ctx, choice);
        }
        if let Some(segment) = asked.segment {
            if let Some(open) = &mut self.open {
                open.show_segment(segment, &mut self.text);
            }
            ctx.request_repaint();
        }
    }

    pub(super) fn set_theme(&mut self, ctx: &Context, choice: ThemeChoice) {
        self.store.now.theme = choice;
        theme::choose(ctx, choice);
        ctx.request_repaint();
    }

    fn end_frame(&mut self, ctx: &Context) {
        let now = ctx.input(|i| i.time);
        if let Some(text) = self.message.take() {
            self.notice = Some((text, now + MESSAGE_SECS));
            if self.says_written() {
                self.notice = self.notice.take().map(|(text, _)| (text, now + OFFER_SECS));
            }
            ctx.request_repaint();
        }
        if self.jobs.exporting.is_some() {
            ctx.request_repaint_after_secs(PROGRESS_SECS);
        }
        if let Some((_, until)) = &self.notice {
            if now >= *until {
                self.notice = None;
                ctx.request_repaint();
            } else {
                ctx.request_repaint_after_secs((until - now) as f32);
            }
        }
        let title = match &self.open {
            Some(open) => format!("{} – Throughline", open.title()),
            None => "Throughline".to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        // What the canvas changed after it was drawn shows in the next frame.
        if self.open.as_mut().is_some_and(|open| open.follow(&mut self.text)) {
            ctx.request_repaint();
        }
        let task = self.open.as_mut().and_then(|open| open.ecosystem.as_mut()?.take_task());
        if let Some(task) = task {
            self.jobs.lay_out(ctx, task);
            ctx.request_repaint();
        }
        self.place = place_of(ctx).or(self.place);
        let opens = self.open.as_ref().is_some_and(|open| open.canvas.is_opening());
        let busy = opens || !self.commands.is_empty() || !self.after_typing.is_empty();
        ctx.with_plugin(|ahead: &mut TypeAhead| ahead.set_busy(busy));
        if !ctx.input(|i| i.pointer.any_down()) {
            self.store.save();
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame_ui(ui);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.store.now.window = self.place;
        self.store.save();
    }
}

/// Where the window stands, in points without the interface's own scale.
fn place_of(ctx: &Context) -> Option<WindowPlace> {
    let zoom = ctx.zoom_factor();
    ctx.input(|input| {
        let window = input.viewport();
        let (inner, outer) = (window.inner_rect?, window.outer_rect);
        Some(WindowPlace {
            at: outer.map(|rect| (rect.left() * zoom, rect.top() * zoom)),
            width: inner.width() * zoom,
            height: inner.height() * zoom,
            maximized: window.maximized.unwrap_or(false),
        })
    })
}

/// What the map answers, above the inspector where that is shown.
fn answer_ui(ui: &mut Ui, cx: &mut Cx<'_>, height: &mut Option<f32>, above: bool) {
    if !above {
        return analyse::panel_ui(ui, cx);
    }
    let all = ui.available_height();
    let frame = Frame::new().inner_margin(Margin { bottom: sizes().space.s as i8, ..Margin::ZERO });
    let shown = Panel::top("answer")
        .frame(frame)
        .resizable(true)
        .default_size(height.unwrap_or(all * 0.62).clamp(120.0, (all - 96.0).max(121.0)))
        .size_range(120.0..=(all - 96.0).max(121.0))
        .show(ui, |ui| analyse::panel_ui(ui, cx));
    *height = Some(shown.response.rect.height().round());
}

/// A panel at a side: it fills its space, may be hidden, and its width is remembered.
fn side_ui(
    ui: &mut Ui,
    panel: Panel,
    shown: &mut bool,
    width: &mut Option<f32>,
    content: impl FnOnce(&mut Ui),
) {
    let panel = panel.show_collapsible(ui, shown, |ui| {
        ui.set_min_size(ui.available_size());
        content(ui);
    });
    if let Some(panel) = panel {
        *width = Some(panel.response.rect.width().round());
    }
}
