//! The rows at the top: menu bar with title and undo, view tabs with the segment filter.
//!
//! Draws from the table of commands and pushes what was chosen; runs nothing itself.

use std::path::PathBuf;

use egui::{Align, Button, Layout, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::layout::sizes;
use crate::model::{Id, query};
use crate::scene::FocusWay;

use super::analyse::{self, Question, Wanted};
use super::command::{Command, Menu, Status};
use super::cx::Open;
use super::settings::{Settings, ThemeChoice};
use super::shown::Shown;
use super::theme::{bold_family, colour, current};
use super::{icon, theme};

/// What the rows at the top ask for.
#[derive(Debug, Default)]
pub struct Asked {
    pub commands: Vec<Command>,
    /// A file of the recent ones.
    pub recent: Option<PathBuf>,
    pub theme: Option<ThemeChoice>,
    /// What the bar of the ecosystem view asks for.
    pub wanted: Wanted,
    /// Show this segment alone (or all).
    pub segment: Option<Option<Id>>,
}

/// The menu bar: menus left, the title in the middle, undo and redo right.
pub fn bar_ui(
    ui: &mut Ui,
    settings: &Settings,
    open: Option<&Open>,
    status: &Status,
    asked: &mut Asked,
) {
    let row = ui.max_rect();
    centred(ui);
    egui::MenuBar::new().ui(ui, |ui| {
        ui.spacing_mut().button_padding = vec2(sizes().space.m - 2.0, sizes().space.xs);
        ui.spacing_mut().item_spacing.x = sizes().space.xs;
        for menu in Menu::ALL {
            let name = RichText::new(menu.name()).color(colour(current(ui).chrome.muted));
            ui.menu_button(name, |ui| menu_ui(ui, menu, settings, status, asked));
        }
        let menus_end = ui.cursor().left();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for command in [Command::Redo, Command::Undo] {
                tool_ui(ui, command, open, status, asked);
            }
            if let Some(open) = open {
                let reach = (row.center().x - menus_end).min(ui.cursor().right() - row.center().x);
                title_ui(
                    ui,
                    Rect::from_center_size(row.center(), vec2(2.0 * reach, row.height())),
                    open,
                );
            }
        });
    });
}

/// Moves down so that a row of controls stands in the middle of its panel.
fn centred(ui: &mut Ui) {
    let spare = ui.max_rect().height() - ui.spacing().interact_size.y;
    ui.add_space((spare / 2.0).max(0.0));
}

/// A tool button for a command; undo and redo say what they would take back or do again.
fn tool_ui(ui: &mut Ui, command: Command, open: Option<&Open>, status: &Status, asked: &mut Asked) {
    let spec = command.spec();
    let session = open.map(|open| &open.session);
    let what = match command {
        Command::Undo => session.and_then(|s| s.undo_label()),
        _ => session.and_then(|s| s.redo_label()),
    };
    let what = what.map(|label| format!(" {label}")).unwrap_or_default();
    let keys = command.keys().map(|keys| format!(" ({keys})")).unwrap_or_default();
    let tooltip = format!("{}{what}{keys}", spec.text);
    if let Some(picture) = spec.icon
        && icon::button(ui, picture, spec.text, &tooltip, (spec.enabled)(status)).clicked()
    {
        asked.commands.push(command);
    }
}

/// The document's title with a dot when it is unsaved, centred in `rect`.
fn title_ui(ui: &Ui, rect: Rect, open: &Open) {
    let (chrome, dirty) = (&current(ui).chrome, open.is_dirty());
    let font = egui::FontId::new(sizes().text.stage.size, bold_family());
    let mut job =
        egui::text::LayoutJob::simple_singleline(open.title(), font, colour(chrome.text_strong));
    job.wrap = egui::text::TextWrapping::truncate_at_width((rect.width() - 24.0).max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = rect.center() - galley.size() / 2.0;
    let response = ui.interact(
        Rect::from_min_size(at, galley.size()),
        ui.scope_id().with("document title"),
        Sense::hover(),
    );
    let spoken = if dirty { format!("{}, unsaved", open.title()) } else { open.title() };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    if dirty {
        let dot = egui::pos2(response.rect.right() + 10.0, rect.center().y);
        ui.painter().circle_filled(dot, 3.0, colour(chrome.accent));
    }
    ui.painter().galley(at, galley, colour(chrome.text_strong));
    let place = open
        .path
        .as_ref()
        .map_or_else(|| "Not saved to a file yet".to_owned(), |path| path.display().to_string());
    response.on_hover_text(place);
}

fn menu_ui(ui: &mut Ui, menu: Menu, settings: &Settings, status: &Status, asked: &mut Asked) {
    let mut group = None;
    for command in Command::ALL.into_iter().filter(|c| c.spec().menu == menu) {
        let spec = command.spec();
        if group.is_some_and(|g| g != spec.group) {
            ui.separator();
        }
        group = Some(spec.group);
        match command {
            Command::ToggleTheme => theme_ui(ui, settings, asked),
            _ => entry_ui(ui, command, settings, status, asked),
        }
        if command == Command::Open {
            recent_ui(ui, settings, asked);
        }
    }
}

fn entry_ui(
    ui: &mut Ui,
    command: Command,
    settings: &Settings,
    status: &Status,
    asked: &mut Asked,
) {
    let spec = command.spec();
    let enabled = (spec.enabled)(status);
    let shown = match command {
        Command::ShowJourney => status.open && !status.ecosystem,
        Command::ShowEcosystem => status.ecosystem,
        Command::ToggleOutline => settings.outline,
        Command::ToggleInspector => settings.inspector,
        Command::ToggleFindings => settings.findings,
        Command::Trace => status.asked == Some(Question::Trace),
        Command::ToggleHubs => settings.hubs,
        Command::OnlyRestsOn => status.focus == Some(FocusWay::RestsOn),
        Command::OnlyRestsOnIt => status.focus == Some(FocusWay::RestsOnIt),
        Command::OnlyAround => matches!(status.focus, Some(FocusWay::Around(_))),
        Command::GroupByOwner => status.by_owner,
        Command::Impact => status.asked == Some(Question::Impact),
        _ => false,
    };
    let keys = RichText::new(command.keys().unwrap_or_default()).weak();
    let button = Button::selectable(shown, spec.text).shortcut_text(keys);
    let response = ui.add_enabled(enabled, button).on_hover_text(spec.tooltip);
    if response.clicked() {
        asked.commands.push(command);
        ui.close();
    }
}

fn recent_ui(ui: &mut Ui, settings: &Settings, asked: &mut Asked) {
    ui.add_enabled_ui(!settings.recent.is_empty(), |ui| {
        ui.menu_button("Recent maps", |ui| {
            for path in &settings.recent {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                let button = ui.add(Button::selectable(false, name.as_ref()));
                if button.on_hover_text(path.display().to_string()).clicked() {
                    asked.recent = Some(path.clone());
                    ui.close();
                }
            }
        });
    });
}

fn theme_ui(ui: &mut Ui, settings: &Settings, asked: &mut Asked) {
    ui.menu_button("Theme", |ui| {
        let choices = [
            (ThemeChoice::Light, "Light"),
            (ThemeChoice::Dark, "Dark"),
            (ThemeChoice::System, "As the system"),
        ];
        for (choice, text) in choices {
            if ui.add(Button::selectable(settings.theme == choice, text)).clicked() {
                asked.theme = Some(choice);
                ui.close();
            }
        }
    });
}

/// The view tabs, beginning at `left`, and the segment filter at the right.
pub fn tabs_ui(ui: &mut Ui, left: f32, open: &Open, asked: &mut Asked) {
    let row = ui.max_rect();
    ui.horizontal_centered(|ui| {
        ui.add_space((left - row.left()).max(0.0));
        ui.spacing_mut().item_spacing.x = sizes().space.l;
        for (shown, command) in
            [(Shown::Journey, Command::ShowJourney), (Shown::Ecosystem, Command::ShowEcosystem)]
        {
            if tab_ui(ui, command, open.shown == shown, row) {
                asked.commands.push(command);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(sizes().space.xs);
            segments_ui(ui, open, asked);
            if open.shown == Shown::Ecosystem {
                analyse::bar_ui(ui, open, &mut asked.wanted);
            }
        });
    });
}

/// A tab for a view, underlined where it is shown. Returns whether it was chosen.
fn tab_ui(ui: &mut Ui, command: Command, shown: bool, row: Rect) -> bool {
    let (spec, chrome) = (command.spec(), &current(ui).chrome);
    let name = if shown {
        theme::bold(spec.text)
    } else {
        RichText::new(spec.text).color(colour(chrome.muted))
    };
    // As wide as in bold, so that the tabs beside it stay where they are.
    let wide = ui.painter().layout_no_wrap(
        spec.text.to_owned(),
        egui::FontId::new(egui::TextStyle::Body.resolve(ui.style()).size, bold_family()),
        colour(chrome.text),
    );
    let size = vec2(wide.size().x, row.height() - 2.0 * sizes().stroke.thick);
    let label = egui::Label::new(name).selectable(false).sense(Sense::click());
    let response = ui.add_sized(size, label);
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, spec.text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(shown));
    let ink = match (shown, response.hovered() || response.has_focus()) {
        (true, _) => Some(chrome.accent),
        (false, true) => Some(chrome.border_strong),
        (false, false) => None,
    };
    if let Some(ink) = ink {
        let line = Stroke::new(sizes().stroke.thick, colour(ink));
        let reach = response.rect.x_range().expand(sizes().space.xs);
        ui.painter().hline(reach, row.bottom() - sizes().stroke.thick / 2.0, line);
    }
    let keys = command.keys().map(|keys| format!(" ({keys})")).unwrap_or_default();
    response.on_hover_text(format!("{}{keys}", spec.tooltip)).clicked()
}

fn segments_ui(ui: &mut Ui, open: &Open, asked: &mut Asked) {
    let segment = open.segment.as_ref();
    let doc = open.session.doc();
    let segments = query::segments(doc, open.session.index());
    let name = |id: &Id| {
        let name = doc.name_of(id);
        if name.is_empty() { "Unnamed segment".to_owned() } else { name.to_owned() }
    };
    let chosen = segment.map_or_else(|| "All segments".to_owned(), name);
    let combo = egui::ComboBox::from_id_salt("segment filter")
        .selected_text(&chosen)
        .width(150.0)
        .truncate()
        .show_ui(ui, |ui| {
            if ui.selectable_label(segment.is_none(), "All segments").clicked() {
                asked.segment = Some(None);
            }
            for (id, _) in &segments {
                if ui.selectable_label(segment == Some(*id), name(id)).clicked() {
                    asked.segment = Some(Some((*id).clone()));
                }
            }
        });
    let spoken = format!("Segment shown: {chosen}");
    combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &spoken));
    combo.response.on_hover_text("Whose curves and importance the map shows");
}
