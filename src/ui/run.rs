//! What each command does.

use egui::Ui;

use super::app::App;
use super::command::Command;
use super::settings::ThemeChoice;
use super::theme::current;

impl App {
    /// Runs the commands that were pushed, in order.
    pub(super) fn run_commands(&mut self, ui: &Ui) {
        for command in std::mem::take(&mut self.commands) {
            if (command.spec().enabled)(&self.status()) {
                self.run(ui, command);
                ui.ctx().request_repaint();
            }
        }
    }

    fn run(&mut self, ui: &Ui, command: Command) {
        let settings = &mut self.store.now;
        match command {
            Command::ToggleOutline => settings.outline = !settings.outline,
            Command::ToggleInspector => settings.inspector = !settings.inspector,
            Command::ToggleFindings => settings.findings = !settings.findings,
            Command::ToggleTheme => {
                let dark = current(ui).dark;
                self.set_theme(ui.ctx(), if dark { ThemeChoice::Light } else { ThemeChoice::Dark });
            }
            Command::LargerText | Command::SmallerText => {
                settings.scale_by(if command == Command::LargerText { 1 } else { -1 });
                ui.ctx().set_zoom_factor(settings.scale);
            }
            Command::Undo => {
                if let Some(label) = self.open.as_mut().and_then(|open| open.session.undo()) {
                    self.message = Some(format!("Undid {label}"));
                }
            }
            Command::Redo => {
                if let Some(label) = self.open.as_mut().and_then(|open| open.session.redo()) {
                    self.message = Some(format!("Did {label} again"));
                }
            }
            _ => {}
        }
    }
}
