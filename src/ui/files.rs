//! The life of the open map: new, open, save, close, quit, and what asks before losing work.
//!
//! Not here: what a file is (`file`), dialogs' looks (`dialog`), file dialogs (`jobs`).

use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand};

use crate::edit::new_map;
use crate::examples::EXAMPLES;
use crate::file::{self, Level, Loaded};
use crate::insight::Hubs;

use super::app::{App, Banner};
use super::cx::Open;
use super::dialog::{Dialog, PathDialog};
use super::export::Desk;
use super::jobs::{News, Picked, Purpose};
use super::start::Start;

/// What waits until the open map is safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    New,
    /// Ask for a file and open it.
    Pick,
    Open(PathBuf),
    /// The example with this index.
    Example(usize),
    Close,
    Quit,
}

impl App {
    /// Goes on with `then` once the changes to the open map are saved or given up.
    pub(super) fn leave_for(&mut self, ctx: &Context, then: Then) {
        let dirty = self.open.as_mut().is_some_and(|open| {
            open.session.commit();
            open.is_dirty()
        });
        if dirty {
            self.dialog = Some(Dialog::Unsaved(then));
        } else {
            self.go(ctx, then);
        }
    }

    /// Does `then` now; changes that were not saved are lost.
    pub(super) fn go(&mut self, ctx: &Context, then: Then) {
        match then {
            Then::New => {
                let doc = new_map("Untitled map");
                self.show(Loaded { doc, ..empty() }, None);
            }
            Then::Pick => self.ask_path(ctx, Purpose::Open),
            Then::Open(path) => self.open_file(&path),
            Then::Example(index) => {
                if let Some(example) = EXAMPLES.get(index) {
                    self.show(file::read(example.ron), None);
                }
            }
            Then::Close => {
                self.open = None;
                self.store.now.last = None;
                self.banner = None;
            }
            Then::Quit => {
                if let Some(exporting) = &self.jobs.exporting {
                    self.dialog = Some(Dialog::Writing(exporting.name.clone()));
                    return;
                }
                self.may_quit = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
        ctx.request_repaint();
    }

    /// Opens a file; what is wrong in it is listed beside what could be read.
    pub(super) fn open_file(&mut self, path: &Path) {
        match file::open(path) {
            Ok(loaded) => {
                self.store.now.used(path);
                let errors = loaded.diagnostics.iter().filter(|d| d.level == Level::Error).count();
                let newer = loaded.read_only.clone();
                self.show(loaded, Some(path.to_owned()));
                if let Some(reason) = newer {
                    self.banner = Some(Banner::warning(format!(
                        "{reason} You can look at the map and save it under another name."
                    )));
                } else if errors > 0 {
                    let problems =
                        if errors == 1 { "1 problem".into() } else { format!("{errors} problems") };
                    self.banner = Some(Banner::warning(format!(
                        "The file has {problems}. Everything that could be read is shown, and \
                         the file is as it was."
                    )));
                    self.store.now.findings = true;
                }
            }
            Err(error) => {
                self.store.now.recent.retain(|p| p != path || path.exists());
                if self.open.is_none() {
                    self.store.now.last = None;
                }
                self.banner = Some(Banner::error(error.to_string()));
            }
        }
    }

    fn show(&mut self, loaded: Loaded, path: Option<PathBuf>) {
        self.banner = None;
        self.findings.forget();
        self.hubs.forget();
        self.jobs.forget_layouts();
        self.desk = None;
        if path.is_none() {
            self.store.now.last = None;
        }
        self.start = Start::default();
        let mut open = Open::new(loaded, path, &mut self.text);
        open.show(self.store.now.shown, &mut self.text);
        self.open = Some(open);
    }

    /// Saves to the map's own file, asking first where something would be lost.
    pub(super) fn save(&mut self, ctx: &Context, then: Option<Then>) {
        let Some(open) = &mut self.open else {
            return;
        };
        open.session.commit();
        match (&open.path, &open.read_only) {
            (Some(path), None) if !open.lossy => {
                let path = path.clone();
                self.save_to(ctx, &path, then);
            }
            (Some(_), None) => self.dialog = Some(Dialog::Lossy(then)),
            (None, _) => self.ask_path(ctx, Purpose::SaveAs(then)),
            (Some(_), Some(reason)) => {
                self.banner = Some(Banner::warning(format!(
                    "{reason} The file stays as it is: choose another name."
                )));
                self.ask_path(ctx, Purpose::SaveAs(then));
            }
        }
    }

    /// Saves to a file. Where that would drop something the file holds, a copy is kept beside it.
    pub(super) fn save_to(&mut self, ctx: &Context, path: &Path, then: Option<Then>) {
        let Some(open) = &mut self.open else {
            return;
        };
        let own = open.path.as_deref().is_some_and(|own| is_same_file(own, path));
        if own && let Some(reason) = &open.read_only {
            self.banner = Some(Banner::error(format!("{reason} Choose another name.")));
            return;
        }
        let kept = if own && open.lossy { keep_original(path).map(Some) } else { Ok(None) };
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => {
                self.banner = Some(Banner::error(format!(
                    "The original could not be copied ({error}), so nothing was saved and the \
                     file is as it was. Save under another name."
                )));
                return;
            }
        };
        match file::save(open.session.doc(), path) {
            Ok(()) => {
                open.mark_saved(path.to_owned());
                open.diagnostics.clear();
                self.store.now.used(path);
                self.banner = None;
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                let kept = kept.map(|kept| format!("; the original is kept as “{kept}”"));
                self.message = Some(format!("Saved “{name}”{}", kept.unwrap_or_default()));
                if let Some(then) = then {
                    self.go(ctx, then);
                }
            }
            Err(error) => self.banner = Some(Banner::error(error.to_string())),
        }
    }

    /// Asks for a path: by the system's dialog, on a worker.
    pub(super) fn ask_path(&mut self, ctx: &Context, purpose: Purpose) {
        if self.jobs.picking {
            return;
        }
        if self.store.now.own_file_dialogs {
            return self.ask_path_inside(purpose);
        }
        let name = self.suggested(&purpose);
        self.jobs.pick(ctx, purpose, self.folder(), name);
    }

    /// Asks for a path inside the window.
    fn ask_path_inside(&mut self, purpose: Purpose) {
        let name = self.suggested(&purpose);
        self.dialog = Some(Dialog::Path(PathDialog::new(purpose, self.folder(), &name)));
    }

    fn folder(&self) -> Option<PathBuf> {
        let own = self.open.as_ref().and_then(|open| open.path.as_deref());
        let own = own.and_then(Path::parent).map(Path::to_owned);
        own.or_else(|| self.store.now.folder.clone()).filter(|folder| folder.is_dir())
    }

    /// A file name to write the map to: its own, or its title without what file systems refuse.
    fn suggested(&self, purpose: &Purpose) -> String {
        let Some(open) = self.open.as_ref().filter(|_| purpose.writes()) else {
            return String::new();
        };
        let stem = open.path.as_deref().and_then(Path::file_stem);
        let stem = stem.map_or_else(|| file_name_of(&open.title()), |s| s.to_string_lossy().into());
        let ending = purpose.endings().into_iter().next().unwrap_or_default();
        format!("{stem}.{ending}")
    }

    /// Takes in what workers have to say.
    pub(super) fn take_news(&mut self, ctx: &Context) {
        for news in self.jobs.news() {
            match news {
                News::Picked(purpose, Picked::Path(path)) => self.picked(ctx, purpose, path),
                News::Picked(_, Picked::Cancelled) => {}
                News::Picked(purpose, Picked::NoDialog) => self.ask_path_inside(purpose),
                News::Exported(path, written) => self.exported(ctx, path, written),
                News::Copied(picture) => self.copied(ctx, picture),
                News::Composed(number, composed) => {
                    if let Some(Desk::Composer(composer)) = &mut self.desk {
                        composer.take(number, *composed);
                    }
                }
                News::Checked(revision, found) => self.findings.take(revision, found),
                News::Ranked(question, found) => {
                    let (found, why) = match found {
                        Ok(found) => (found, None),
                        Err(why) => (Hubs::default(), Some(why)),
                    };
                    if let Some(open) = &self.open {
                        self.hubs.take(question, found, open.session.doc());
                    }
                    if let Some(why) = why {
                        self.banner = Some(Banner::error(format!(
                            "The internal systems could not be ranked ({why}): a bug, please \
                             report this map. The map is unharmed."
                        )));
                    }
                }
                News::LaidOut(_, Ok(done)) => {
                    if let Some(open) = &mut self.open {
                        open.finish_layout(*done, &mut self.text);
                        open.canvas.reveal_edited();
                    }
                }
                News::LaidOut(_, Err(why)) => {
                    if let Some(it) = self.open.as_mut().and_then(|it| it.ecosystem.as_mut()) {
                        it.give_up();
                    }
                    self.banner = Some(Banner::error(format!(
                        "The ecosystem could not be laid out ({why}): a bug, please report this \
                         map. The map is unharmed; the picture is the one of before."
                    )));
                }
            }
        }
    }

    /// Goes on with a path that the user chose.
    pub(super) fn picked(&mut self, ctx: &Context, purpose: Purpose, path: PathBuf) {
        let chosen = path.clone();
        let path = purpose.completed(path);
        if path != chosen && path.exists() {
            // Nobody was asked about this name yet.
            self.dialog = Some(Dialog::Replace(purpose, path));
            return;
        }
        match purpose {
            Purpose::Open => self.leave_for(ctx, Then::Open(path)),
            Purpose::SaveAs(then) => self.save_to(ctx, &path, then),
            Purpose::Export(plan) => self.export_to(ctx, *plan, path),
            Purpose::Template | Purpose::Refresh => {
                if let Some(Desk::Composer(composer)) = &mut self.desk {
                    composer.chosen(matches!(purpose, Purpose::Template), path);
                }
            }
        }
    }
}

/// What a file without faults says of itself.
fn empty() -> Loaded {
    Loaded { doc: Default::default(), diagnostics: Vec::new(), lossy: false, read_only: None }
}

/// Whether two paths lead to one file: relative or absolute, by a link or without.
fn is_same_file(a: &Path, b: &Path) -> bool {
    a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

/// Copies a file to `name.orig-N` beside it, with the first N that is free. Returns the name.
fn keep_original(path: &Path) -> std::io::Result<String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut n = 1;
    loop {
        let kept = format!("{name}.orig-{n}");
        let target = path.with_file_name(&kept);
        let free = std::fs::OpenOptions::new().write(true).create_new(true).open(&target);
        match free {
            Ok(mut file) => {
                std::io::copy(&mut std::fs::File::open(path)?, &mut file)?;
                file.sync_all()?;
                return Ok(kept);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => n += 1,
            Err(error) => return Err(error),
        }
    }
}

/// A title as a file name: lower case, words joined by hyphens.
fn file_name_of(title: &str) -> String {
    let mut name = String::new();
    for letter in title.to_lowercase().chars() {
        if letter.is_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name: String = name.trim_end_matches('-').chars().take(80).collect();
    if name.is_empty() { "map".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_file_names() {
        assert_eq!(file_name_of("Home movie night"), "home-movie-night");
        assert_eq!(file_name_of("Été: Über/../etc?"), "été-über-etc");
        assert_eq!(file_name_of("///"), "map");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_known_by_its_other_names() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        std::fs::write(&path, "").unwrap();
        assert!(!is_same_file(&path, &other), "not there");
        std::os::unix::fs::symlink(&path, &other).unwrap();
        assert!(is_same_file(&path, &other));
        assert!(is_same_file(&path, &folder.path().join(".").join("a.ron")));
        std::fs::remove_file(&other).unwrap();
        std::fs::write(&other, "").unwrap();
        assert!(!is_same_file(&path, &other), "alike, but another file");
    }

    #[test]
    fn originals_are_kept_side_by_side() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        std::fs::write(&path, "first").unwrap();
        assert_eq!(keep_original(&path).unwrap(), "a.ron.orig-1");
        std::fs::write(&path, "second").unwrap();
        assert_eq!(keep_original(&path).unwrap(), "a.ron.orig-2");
        let first = std::fs::read_to_string(folder.path().join("a.ron.orig-1")).unwrap();
        assert_eq!(first, "first");
    }
}
