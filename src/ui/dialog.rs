//! Dialogs: what asks before work is lost, the shortcut sheet, about, a path by hand.
//!
//! Each can be answered by keyboard: Enter presses the button that has the focus, the safe or
//! expected one at first; Esc gives up. A dialog draws and answers; the app acts.

use std::path::{Path, PathBuf};

use egui::{Context, Frame, Id, Key, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::layout::sizes;

use super::command::{Command, Menu, format_shortcut};
use super::export::Plan;
use super::files::Then;
use super::icon;
use super::jobs::Purpose;
use super::theme::{bold, colour, current};

/// The dialog that is open.
#[derive(Debug)]
pub enum Dialog {
    /// There are unsaved changes.
    Unsaved(Then),
    /// Saving would drop something that the file holds.
    Lossy(Option<Then>),
    /// A file of the name that was chosen is there already.
    Replace(Purpose, PathBuf),
    /// The slides of a deck are to be made anew.
    Refresh(Box<Plan>, PathBuf),
    /// The program is to end while this file is written.
    Writing(String),
    Shortcuts,
    About,
    Path(PathDialog),
}

/// What the user answered.
#[derive(Debug)]
pub enum Answer {
    Cancel,
    Save(Then),
    Discard(Then),
    /// Save although something is dropped.
    SaveAnyway(Option<Then>),
    SaveAs(Option<Then>),
    Path(Purpose, PathBuf),
    /// Choose another path.
    Again(Purpose),
    /// End when the export is done, or as soon as it is given up.
    Quit {
        cancel: bool,
    },
}

impl Dialog {
    /// Draws the dialog; an answer closes it. `title` is the map's.
    pub fn show(&mut self, ctx: &Context, title: &str) -> Option<Answer> {
        match self {
            Self::Unsaved(then) => {
                let head = format!("Save the changes to “{title}”?");
                let text = "What was changed since it was last saved is lost otherwise.";
                choice(ctx, &head, text, ["Save", "Don’t save", "Cancel"]).map(|n| match n {
                    0 => Answer::Save(then.clone()),
                    1 => Answer::Discard(then.clone()),
                    _ => Answer::Cancel,
                })
            }
            Self::Lossy(then) => {
                let text = "The file holds fields or records that could not be read, and saving \
                            drops them. The original is kept beside it, so nothing is lost.";
                let buttons = ["Save and keep the original", "Save as…", "Cancel"];
                choice(ctx, "Save over a file with problems?", text, buttons).map(|n| match n {
                    0 => Answer::SaveAnyway(then.clone()),
                    1 => Answer::SaveAs(then.clone()),
                    _ => Answer::Cancel,
                })
            }
            Self::Replace(purpose, path) => {
                let head = format!("Replace “{}”?", name_of(path));
                let text = "A file of that name is there already. It stays as it is until the \
                            new one is complete.";
                let buttons = ["Replace", "Choose another name…", "Cancel"];
                choice(ctx, &head, text, buttons).map(|n| match n {
                    0 => Answer::Path(purpose.clone(), path.clone()),
                    1 => Answer::Again(purpose.clone()),
                    _ => Answer::Cancel,
                })
            }
            Self::Refresh(plan, path) => {
                let head = format!("Refresh the slides in “{}”?", name_of(path));
                let text = "Slides that were made from this map before are made anew, each in its \
                            place. All other slides stay as they are.";
                let buttons = ["Refresh", "Save as a new file…", "Cancel"];
                let purpose = Purpose::Export(plan.clone());
                choice(ctx, &head, text, buttons).map(|n| match n {
                    0 => Answer::Path(purpose, path.clone()),
                    1 => Answer::Again(purpose),
                    _ => Answer::Cancel,
                })
            }
            Self::Writing(name) => {
                let head = format!("“{name}” is still being written");
                let text = "If it is cancelled, no file is written and what was there before is \
                            kept.";
                let buttons = ["Quit when it is done", "Cancel it and quit", "Keep working"];
                choice(ctx, &head, text, buttons).map(|n| match n {
                    0 | 1 => Answer::Quit { cancel: n == 1 },
                    _ => Answer::Cancel,
                })
            }
            Self::Shortcuts => shortcuts(ctx),
            Self::About => about(ctx),
            Self::Path(dialog) => dialog.show(ctx),
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A dialog with a heading; `body` answers, and Esc or a click beside it cancels.
fn modal(
    ctx: &Context,
    head: &str,
    width: f32,
    body: impl FnOnce(&mut Ui) -> Option<Answer>,
) -> Option<Answer> {
    let theme = current(ctx);
    let frame = Frame::window(&ctx.global_style()).inner_margin(sizes().space.xl);
    let modal = Modal::new(Id::unique(("dialog", head)))
        .frame(frame)
        .backdrop_color(colour(theme.chrome.scrim))
        .show(ctx, |ui| {
            ui.set_width(width.min(ctx.content_rect().width() - 2.0 * sizes().space.xxl));
            ui.heading(RichText::new(head).color(colour(theme.chrome.text_strong)));
            ui.add_space(sizes().space.xs);
            body(ui)
        });
    let given_up = modal.should_close();
    modal.inner.or_else(|| given_up.then_some(Answer::Cancel))
}

/// A question with three buttons, the first one strong. Returns which was pressed.
fn choice(ctx: &Context, head: &str, text: &str, buttons: [&str; 3]) -> Option<usize> {
    let mut pressed = None;
    let answer = modal(ctx, head, 420.0, |ui| {
        ui.label(text);
        ui.add_space(sizes().space.m);
        ui.horizontal(|ui| {
            let first = icon::primary(ui, buttons[0]);
            focus_at_first(ui, &first);
            let rest = [icon::plain(ui, buttons[1]), icon::plain(ui, buttons[2])];
            pressed = if first.clicked() {
                Some(0)
            } else {
                rest.iter().position(egui::Response::clicked).map(|n| n + 1)
            };
        });
        None
    });
    pressed.or_else(|| answer.map(|_| 2))
}

/// Gives the focus to a control when its dialog appears, and to nothing after that.
pub(super) fn focus_at_first(ui: &Ui, response: &egui::Response) {
    let id = response.id.with("focused at first");
    let pass = ui.ctx().cumulative_pass_nr();
    let seen: Option<u64> = ui.data(|d| d.get_temp(id));
    // Drawn in the pass before: it is the same dialog still.
    if seen.is_none_or(|seen| pass > seen + 1) {
        response.request_focus();
    }
    ui.data_mut(|d| d.insert_temp(id, pass));
}

fn shortcuts(ctx: &Context) -> Option<Answer> {
    let all = ctx.content_rect();
    // Side by side where the window has room, so that a projector shows them all at once.
    let wide = all.width() >= 1000.0;
    let columns: &[&[Menu]] = if wide {
        &[
            &[Menu::File, Menu::Edit, Menu::Export],
            &[Menu::Insert, Menu::Analyse],
            &[Menu::View, Menu::Help],
        ]
    } else {
        &[
            &[Menu::File, Menu::Edit, Menu::Export, Menu::Help],
            &[Menu::Insert, Menu::View, Menu::Analyse],
        ]
    };
    modal(ctx, "Keyboard shortcuts", if wide { 920.0 } else { 640.0 }, |ui| {
        let height = (all.height() - 176.0).max(160.0);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, true]).show(ui, |ui| {
            ui.columns(columns.len(), |uis| {
                for (ui, menus) in uis.iter_mut().zip(columns) {
                    menus.iter().for_each(|menu| keys_ui(ui, *menu));
                }
                if let Some(ui) = uis.last_mut() {
                    ui.add_space(sizes().space.s);
                    ui.label(RichText::new(HINTS).weak());
                }
            });
        });
        ui.add_space(sizes().space.m);
        let close = icon::primary(ui, "Close");
        focus_at_first(ui, &close);
        close.clicked().then_some(Answer::Cancel)
    })
}

/// What the pointer does; the table of commands knows keys only.
const HINTS: &str = "On the map: the wheel scrolls, Ctrl with the wheel or a pinch zooms at the \
                     pointer, Space and drag or the middle button pans, Shift and click adds to \
                     the selection, arrow keys walk from card to card, Esc gives up.";

/// The keys of a menu's commands.
fn keys_ui(ui: &mut Ui, menu: Menu) {
    ui.spacing_mut().interact_size.y = sizes().text.card.line;
    ui.spacing_mut().item_spacing.y = sizes().space.xs;
    ui.label(bold(menu.name()));
    let grid = egui::Grid::new(menu.name()).num_columns(2).min_col_width(124.0);
    grid.spacing(vec2(sizes().space.m, 2.0)).show(ui, |ui| {
        for command in Command::ALL.into_iter().filter(|c| c.spec().menu == menu) {
            keys_row(ui, command);
        }
    });
    ui.add_space(sizes().space.xs);
}

fn keys_row(ui: &mut Ui, command: Command) {
    let keys: Vec<String> = command.shortcuts().map(|s| format_shortcut(&s)).collect();
    if keys.is_empty() {
        return;
    }
    let spec = command.spec();
    ui.add(egui::Label::new(spec.text.trim_end_matches('…'))).on_hover_text(spec.tooltip);
    ui.label(RichText::new(keys.join(" or ")).weak());
    ui.end_row();
}

fn about(ctx: &Context) -> Option<Answer> {
    modal(ctx, "Throughline", 440.0, |ui| {
        ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
        ui.label(
            "An editor for customer journey maps and the people, processes, policies and systems \
             beneath them.",
        );
        ui.add_space(sizes().space.xs);
        ui.label(
            RichText::new(
                "Free software under the MIT or Apache 2.0 licence, as you choose. Arimo is under \
                 the SIL Open Font Licence, the icons are Lucide’s under the ISC licence.",
            )
            .weak(),
        );
        ui.add_space(sizes().space.m);
        let close = icon::primary(ui, "Close");
        focus_at_first(ui, &close);
        close.clicked().then_some(Answer::Cancel)
    })
}

/// A path by hand, with what is in its folder: where the system has no file dialog.
#[derive(Debug)]
pub struct PathDialog {
    purpose: Purpose,
    path: String,
    /// The folder that is listed, and what is in it.
    listed: Option<(PathBuf, Vec<Entry>)>,
    /// The file that would be replaced, once the user was told so.
    told: Option<PathBuf>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    folder: bool,
}

impl PathDialog {
    /// Asks for a path, beginning in a folder with a file name.
    pub fn new(purpose: Purpose, folder: Option<PathBuf>, name: &str) -> Self {
        let folder = folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        let path = folder.join(name).to_string_lossy().into_owned();
        Self { purpose, path, listed: None, told: None }
    }

    fn show(&mut self, ctx: &Context) -> Option<Answer> {
        modal(ctx, self.purpose.title(), 560.0, |ui| {
            let field = TextEdit::singleline(&mut self.path)
                .id_salt("path")
                .desired_width(f32::INFINITY)
                .hint_text("Folder and file name");
            let field = ui.add(field);
            field.widget_info(|| {
                let mut info = egui::WidgetInfo::text_edit(true, "", self.path.as_str(), "");
                info.label = Some("Path".to_owned());
                info
            });
            focus_at_first(ui, &field);
            let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            self.list_ui(ui);
            let path = PathBuf::from(self.path.trim());
            let path = if path.is_dir() { path } else { self.purpose.completed(path) };
            let replaces = self.purpose.writes() && path.is_file();
            let told = self.told.as_deref() == Some(path.as_path());
            if replaces {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                ui.label(
                    RichText::new(format!("“{name}” is there already and would be replaced."))
                        .color(ui.visuals().warn_fg_color),
                );
            }
            ui.add_space(sizes().space.s);
            let mut answer = None;
            ui.horizontal(|ui| {
                let word = match (&self.purpose, replaces) {
                    (Purpose::Open, _) => "Open",
                    (Purpose::Template | Purpose::Refresh, _) => "Choose",
                    (_, true) => "Replace",
                    (_, false) => "Save",
                };
                // Enter alone replaces nothing before the line above was to be read.
                let sure = icon::primary(ui, word).clicked() || entered && (!replaces || told);
                if icon::plain(ui, "Cancel").clicked() {
                    answer = Some(Answer::Cancel);
                } else if sure && !path.as_os_str().is_empty() {
                    if path.is_dir() {
                        self.enter(&path);
                        field.request_focus();
                    } else {
                        answer = Some(Answer::Path(self.purpose.clone(), path.clone()));
                    }
                } else if entered {
                    field.request_focus();
                }
            });
            self.told = replaces.then_some(path);
            answer
        })
    }

    /// The folders and files of the path's folder; a click goes into one or takes it.
    fn list_ui(&mut self, ui: &mut Ui) {
        let typed = PathBuf::from(self.path.trim());
        let folder = if typed.is_dir() && self.path.ends_with(std::path::MAIN_SEPARATOR) {
            typed
        } else {
            typed.parent().map(Path::to_owned).unwrap_or_default()
        };
        if self.listed.as_ref().is_none_or(|(listed, _)| *listed != folder) {
            let entries = list(&folder, &self.purpose.endings());
            self.listed = Some((folder.clone(), entries));
        }
        let mut chosen = None;
        let theme = current(ui);
        Frame::new()
            .fill(colour(theme.chrome.field))
            .corner_radius(sizes().radius.field)
            .inner_margin(sizes().space.xs)
            .show(ui, |ui| {
                ui.set_min_height(200.0);
                let row = ui.spacing().interact_size.y;
                let entries = self.listed.as_ref().map_or(&[][..], |(_, entries)| entries);
                ScrollArea::vertical().max_height(200.0).auto_shrink(false).show_rows(
                    ui,
                    row,
                    entries.len(),
                    |ui, rows| {
                        for entry in &entries[rows] {
                            let slash = if entry.folder { "/" } else { "" };
                            let text = format!("{}{slash}", entry.name);
                            let button = egui::Button::selectable(false, text)
                                .min_size(vec2(ui.available_width(), 0.0));
                            if ui.add(button).clicked() {
                                chosen = Some((entry.name.clone(), entry.folder));
                            }
                        }
                    },
                );
            });
        if let Some((name, is_folder)) = chosen {
            let path = if name == ".." {
                folder.parent().map_or_else(|| folder.clone(), Path::to_owned)
            } else {
                folder.join(name)
            };
            if is_folder {
                self.enter(&path);
            } else {
                self.path = path.to_string_lossy().into_owned();
            }
        }
    }

    /// Goes into a folder and keeps the file name where one is to be written.
    fn enter(&mut self, folder: &Path) {
        let name = Path::new(self.path.trim()).file_name().map(ToOwned::to_owned);
        let name = name.filter(|_| self.purpose.writes() && !Path::new(self.path.trim()).is_dir());
        self.path = folder.join(name.unwrap_or_default()).to_string_lossy().into_owned();
    }
}

/// Folders first, then the files with one of the endings; hidden ones left out.
fn list(folder: &Path, endings: &[&str]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let folder = entry.path().is_dir();
            let fits = folder
                || Path::new(&name)
                    .extension()
                    .is_some_and(|it| endings.iter().any(|e| it.eq_ignore_ascii_case(e)));
            (fits && !name.starts_with('.')).then_some(Entry { name, folder })
        })
        .collect();
    entries.sort_by_key(|entry| (!entry.folder, entry.name.to_lowercase()));
    if folder.parent().is_some() {
        entries.insert(0, Entry { name: "..".to_owned(), folder: true });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_lists_folders_and_maps() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.ron", "A.ron", "c.txt", ".hidden.ron"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("z")).unwrap();
        let names: Vec<_> = list(folder.path(), &["ron"]).into_iter().map(|e| e.name).collect();
        assert_eq!(names, ["..", "z", "A.ron", "b.ron"]);
    }

    #[test]
    fn going_into_a_folder_keeps_the_name_to_save_under() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("there");
        std::fs::create_dir(&there).unwrap();
        let start = Some(folder.path().to_owned());
        let mut dialog = PathDialog::new(Purpose::SaveAs(None), start.clone(), "a.ron");
        dialog.enter(&there);
        assert_eq!(Path::new(&dialog.path), there.join("a.ron"));
        let mut dialog = PathDialog::new(Purpose::Open, start, "");
        dialog.enter(&there);
        assert!(Path::new(&dialog.path).starts_with(&there));
    }
}
