//! The window: the frame of panels, and what is kept from frame to frame.
//!
//! A frame reads the keyboard, draws the panels, runs the commands that they pushed, brings the
//! picture in step and draws the canvas, so that what was done shows in the same frame. Nothing
//! asks for another frame unless something is still moving.

use std::path::PathBuf;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use crate::layout::sizes;
use crate::model::Id;
use crate::text::Text;

use super::command::{self, Command, Status};
use super::cx::{Cx, Open};
use super::menu::{self, Asked};
use super::settings::{Store, ThemeChoice};
use super::theme::{self, colour, current};
use super::{canvas, inspector, outline, status};

/// For how long a message stands in the status line.
const MESSAGE_SECS: f64 = 5.0;

/// The window and everything in it.
#[derive(Debug)]
pub struct App {
    pub(super) store: Store,
    pub(super) text: Text,
    /// The map, or none on the start page.
    pub open: Option<Open>,
    pub(super) commands: Vec<Command>,
    /// What panels said in this frame.
    pub(super) message: Option<String>,
    /// What stands in the status line, and until when (seconds of egui's clock).
    pub(super) notice: Option<(String, f64)>,
    /// The segment that is shown alone.
    pub(super) segment: Option<Id>,
    /// What the window's title bar says.
    title: String,
    fresh: bool,
}

impl App {
    /// A window with a map from a file, with the one that was open last, or with the start page.
    pub fn new(store: Store, text: Text, _file: Option<PathBuf>) -> Self {
        Self {
            store,
            text,
            open: None,
            commands: Vec::new(),
            message: None,
            notice: None,
            segment: None,
            title: String::new(),
            fresh: true,
        }
    }

    /// Draws one frame of the whole window.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        if std::mem::take(&mut self.fresh) {
            theme::choose(ui.ctx(), self.store.now.theme);
            ui.ctx().set_zoom_factor(self.store.now.scale);
        }
        self.read_keys(ui);
        let mut asked = Asked::default();
        self.top_ui(ui, &mut asked);
        self.status_ui(ui);
        self.sides_ui(ui);
        self.take(ui, asked);
        self.run_commands(ui);
        self.centre_ui(ui);
        self.run_commands(ui);
        self.end_frame(ui);
    }

    /// What commands are decided by.
    pub fn status(&self) -> Status {
        self.open.as_ref().map_or_else(Status::default, Open::status)
    }

    /// Turns shortcuts into commands. While text is being typed, only those that act on the whole
    /// map count; the field gives up its focus first, so that what was typed is kept.
    fn read_keys(&mut self, ui: &Ui) {
        let ctx = ui.ctx();
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
                    (!typing || c.fires_while_typing())
                        && (c.spec().enabled)(&status)
                        && c.shortcuts().any(|s| {
                            // Enter presses the button that has the focus.
                            let taken = s.logical_key == egui::Key::Enter && focused.is_some();
                            !(taken && s.modifiers.is_none()) && command::is_pressed(&s, event)
                        })
                });
                commands.extend(fired);
                fired.is_none()
            });
        });
        if typing
            && !self.commands.is_empty()
            && let Some(id) = focused
        {
            ctx.memory_mut(|m| m.surrender_focus(id));
        }
    }

    fn top_ui(&mut self, ui: &mut Ui, asked: &mut Asked) {
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
                menu::tabs_ui(ui, left, open, self.segment.as_ref(), asked);
            });
        }
    }

    fn status_ui(&mut self, ui: &mut Ui) {
        let chrome = &current(ui).chrome;
        let frame = Frame::new()
            .fill(colour(chrome.panel))
            .inner_margin(Margin::symmetric(sizes().space.m as i8, 0));
        let notice = self.notice.as_ref().map(|(text, _)| text.as_str());
        Panel::bottom("status line").exact_size(26.0).frame(frame).show(ui, |ui| {
            status::line_ui(ui, self.open.as_mut(), notice, &mut self.commands);
        });
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
        let shown = panel.show_collapsible(ui, &mut settings.outline, |ui| {
            outline::outline_ui(ui, &mut cx);
        });
        if let Some(shown) = shown {
            settings.outline_width = Some(shown.response.rect.width().round());
        }
        let default = settings.inspector_width.unwrap_or((wide / 4.6).clamp(240.0, 320.0));
        let panel = Panel::right("inspector")
            .frame(frame)
            .default_size(default)
            .size_range(220.0..=(wide / 2.5).max(230.0));
        let shown = panel.show_collapsible(ui, &mut settings.inspector, |ui| {
            inspector::inspector_ui(ui, &mut cx);
        });
        if let Some(shown) = shown {
            settings.inspector_width = Some(shown.response.rect.width().round());
        }
    }

    fn centre_ui(&mut self, ui: &mut Ui) {
        let theme = current(ui);
        let frame = Frame::new().fill(colour(theme.canvas.ground));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            if let Some(open) = &mut self.open {
                open.follow(&mut self.text);
                let mut cx = Cx {
                    open,
                    text: &mut self.text,
                    theme,
                    commands: &mut self.commands,
                    message: &mut self.message,
                };
                canvas::canvas_ui(ui, &mut cx);
            }
        });
    }

    fn take(&mut self, ui: &Ui, asked: Asked) {
        self.commands.extend(asked.commands);
        if let Some(choice) = asked.theme {
            self.set_theme(ui.ctx(), choice);
        }
        if let Some(segment) = asked.segment {
            self.segment = segment;
        }
    }

    pub(super) fn set_theme(&mut self, ctx: &egui::Context, choice: ThemeChoice) {
        self.store.now.theme = choice;
        theme::choose(ctx, choice);
        ctx.request_repaint();
    }

    fn end_frame(&mut self, ui: &Ui) {
        let ctx = ui.ctx();
        let now = ctx.input(|i| i.time);
        if let Some(text) = self.message.take() {
            self.notice = Some((text, now + MESSAGE_SECS));
            ctx.request_repaint();
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
}
