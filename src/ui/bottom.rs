//! The panel at the bottom: the findings, or the hubs and orphans.

use egui::{Frame, Margin, Panel, RichText, Role, Ui, WidgetInfo};

use crate::layout::sizes;

use super::app::App;
use super::command::Command;
use super::cx::Cx;
use super::theme::{bold, colour, current};

impl App {
    /// Draws the panel that is open, if one is.
    pub(super) fn bottom_ui(&mut self, ui: &mut Ui) {
        let theme = current(ui);
        let Some(open) = &mut self.open else {
            return;
        };
        self.findings.follow(ui.ctx(), open, &self.jobs);
        let settings = &mut self.store.now;
        if settings.hubs {
            self.hubs.follow(ui.ctx(), open, &self.jobs);
        } else {
            open.analyse.choose_hub(None);
        }
        if !settings.findings && !settings.hubs {
            return;
        }
        let frame = Frame::new()
            .fill(colour(theme.chrome.panel))
            .inner_margin(Margin::symmetric(sizes().space.m as i8, sizes().space.xs as i8));
        let mut cx = Cx {
            open,
            text: &mut self.text,
            theme,
            commands: &mut self.commands,
            message: &mut self.message,
        };
        let (findings, hubs) = (&self.findings, &mut self.hubs);
        let ranked = settings.hubs;
        let most = (ui.available_height() * 0.6).max(120.0);
        let shown = Panel::bottom("findings")
            .frame(frame)
            .resizable(true)
            .default_size(settings.findings_height.unwrap_or(168.0).min(most))
            .size_range(88.0..=most)
            .show(ui, |ui| match ranked {
                true => hubs.panel_ui(ui, &mut cx),
                false => findings.panel_ui(ui, &mut cx),
            });
        settings.findings_height = Some(shown.response.rect.height().round());
        if shown.inner {
            (settings.findings, settings.hubs) = (false, false);
        }
    }
}

/// What the panel can show, as tabs; `here` is the command that shows what is shown.
pub fn tabs_ui(ui: &mut Ui, here: Command, commands: &mut Vec<Command>) {
    let chrome = &current(ui).chrome;
    for command in [Command::ToggleFindings, Command::ToggleHubs] {
        let spec = command.spec();
        let shown = command == here;
        let text = match shown {
            true => bold(spec.text),
            false => RichText::new(spec.text).color(colour(chrome.muted)),
        };
        let tab = ui.add(egui::Button::new(text).frame(false));
        tab.widget_info(|| WidgetInfo::selected(Role::Tab, true, shown, spec.text));
        let keys = command.keys().map(|keys| format!(" ({keys})")).unwrap_or_default();
        if tab.on_hover_text(format!("{}{keys}", spec.tooltip)).clicked() && !shown {
            commands.push(command);
        }
    }
}
