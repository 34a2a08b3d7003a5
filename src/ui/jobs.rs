//! Work beside the window: file dialogs, exports, previews of slides, checks of large maps.
//!
//! Each runs on a thread of its own and sends one piece of news; the window is woken for it.
//! Nothing here touches the open map.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::export::{self, ExportError, Format, Picture, Progress};
use crate::insight::{self, Hubs};
use crate::model::check::{Finding, check};
use crate::model::{Doc, Graph, Index};
use crate::scene::{LayoutDone, LayoutTask};

use super::export::{Composed, Composing, Copying, Plan};
use super::files::Then;

/// What a path is asked for.
#[derive(Debug, Clone)]
pub enum Purpose {
    Open,
    /// Save, and then go on with what waited for it.
    SaveAs(Option<Then>),
    Export(Box<Plan>),
    /// The deck whose master, layouts and colours slides take.
    Template,
    /// The deck whose slides are made anew.
    Refresh,
}

impl Purpose {
    /// The title of the dialog that asks.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Open => "Open a map",
            Self::SaveAs(_) => "Save the map as",
            Self::Export(plan) => match plan.format() {
                Format::Pptx => "Export slides",
                Format::Pdf => "Export as PDF",
                Format::Svg => "Export as SVG",
                Format::Png => "Export as PNG",
                Format::Html => "Export as an interactive page",
                Format::Xlsx => "Export tables",
                Format::Csv => "Export a table",
                Format::Markdown => "Export a report",
                Format::Mermaid => "Export for Mermaid",
                Format::Dot => "Export for Graphviz",
                Format::GraphMl => "Export as GraphML",
            },
            Self::Template => "Choose a template",
            Self::Refresh => "Choose the deck to refresh",
        }
    }

    /// The endings that files for this purpose have, the usual one first.
    pub fn endings(&self) -> Vec<&'static str> {
        match self {
            Self::Open | Self::SaveAs(_) => vec!["ron"],
            Self::Export(plan) => vec![plan.format().ending()],
            Self::Template => vec!["pptx", "potx"],
            Self::Refresh => vec!["pptx"],
        }
    }

    /// Whether a file is written, so that one that is there would be replaced.
    pub fn writes(&self) -> bool {
        matches!(self, Self::SaveAs(_) | Self::Export(_))
    }

    /// The path that is meant by what was typed: written files have their ending.
    pub fn completed(&self, path: PathBuf) -> PathBuf {
        let Some(ending) = self.endings().into_iter().next().filter(|_| self.writes()) else {
            return path;
        };
        let has = path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
        // A map may be saved under any ending, as it was before.
        let kept = has || path.extension().is_some() && matches!(self, Self::SaveAs(_));
        match path.file_name() {
            Some(name) if !kept => {
                let mut name = name.to_owned();
                name.push(format!(".{ending}"));
                path.with_file_name(name)
            }
            _ => path,
        }
    }

    /// What the files are called together.
    fn files(&self) -> &'static str {
        match self {
            Self::Open | Self::SaveAs(_) => "Maps",
            Self::Export(plan) => plan.format().label(),
            Self::Template | Self::Refresh => "Slides",
        }
    }
}

/// How a file dialog of the system ended.
#[derive(Debug)]
pub enum Picked {
    Path(PathBuf),
    Cancelled,
    /// The system has none: ask inside the window.
    NoDialog,
}

/// What a worker has to say.
#[derive(Debug)]
pub enum News {
    Picked(Purpose, Picked),
    /// The file that was written, or why none was.
    Exported(PathBuf, Result<(), ExportError>),
    /// A picture for the clipboard.
    Copied(Result<Picture, ExportError>),
    /// The slides with this number.
    Composed(u64, Box<Composed>),
    /// The findings of the document at a revision.
    Checked(u64, Vec<Finding>),
    /// The hubs and orphans, by the number of the question.
    Ranked(u64, Result<Hubs, String>),
    /// The layout with this number, or what the worker said when it broke.
    LaidOut(u64, Result<Box<LayoutDone>, String>),
}

/// An export that is under way.
#[derive(Debug)]
pub struct Exporting {
    /// The file's, without its folder.
    pub name: String,
    pub progress: Arc<Progress>,
}

/// What runs beside the window.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<News>,
    receiver: Receiver<News>,
    /// A file dialog is open; a second one would confuse.
    pub picking: bool,
    pub exporting: Option<Exporting>,
    /// A picture for the clipboard is being drawn.
    pub copying: bool,
    /// The number of the layout that is awaited; older ones are out of date.
    awaited: Option<u64>,
    /// How many layouts were started.
    layouts: u64,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            picking: false,
            exporting: None,
            copying: false,
            awaited: None,
            layouts: 0,
        }
    }
}

impl Jobs {
    /// What came in since the last frame.
    pub fn news(&mut self) -> Vec<News> {
        let mut news: Vec<News> = self.receiver.try_iter().collect();
        news.retain(|it| !matches!(it, News::LaidOut(number, _) if self.awaited != Some(*number)));
        for it in &news {
            match it {
                News::Picked(..) => self.picking = false,
                News::Exported(..) => self.exporting = None,
                News::Copied(_) => self.copying = false,
                News::Checked(..) | News::Ranked(..) | News::Composed(..) => {}
                News::LaidOut(..) => self.awaited = None,
            }
        }
        news
    }

    fn start(&self, ctx: &egui::Context, work: impl FnOnce() -> News + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        std::thread::spawn(move || {
            // The window may be gone by now; then nobody wants the news.
            let _ = sender.send(work());
            ctx.request_repaint();
        });
    }

    /// Asks for a path with the system's file dialog.
    pub fn pick(
        &mut self,
        ctx: &egui::Context,
        purpose: Purpose,
        folder: Option<PathBuf>,
        name: String,
    ) {
        self.picking = true;
        self.start(ctx, move || {
            let picked = pick(&purpose, folder, &name);
            News::Picked(purpose, picked)
        });
    }

    /// Writes what is planned into a file. The document is shared, not copied; all is laid out anew
    /// with a text engine of its own, so that the window goes on.
    pub fn export(&mut self, ctx: &egui::Context, plan: Plan, path: PathBuf) {
        let progress = Arc::new(Progress::default());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.exporting = Some(Exporting { name, progress: Arc::clone(&progress) });
        self.start(ctx, move || {
            let written = plan.make(&progress).and_then(|bytes| {
                if progress.is_cancelled() {
                    return Err(ExportError::Cancelled);
                }
                export::write_atomically(&path, &bytes)
            });
            News::Exported(path, written)
        });
    }

    /// Gives the export up: nothing will be written.
    pub fn cancel_export(&self) {
        if let Some(exporting) = &self.exporting {
            exporting.progress.cancel();
        }
    }

    /// Draws a picture for the clipboard.
    pub fn copy_picture(&mut self, ctx: &egui::Context, copying: Copying) {
        self.copying = true;
        self.start(ctx, move || News::Copied(copying.draw()));
    }

    /// Composes slides for previews.
    pub fn compose(&self, ctx: &egui::Context, number: u64, composing: Composing) {
        self.start(ctx, move || News::Composed(number, Box::new(composing.compose())));
    }

    /// Lays a large map out on a worker; a layout that was started before is out of date.
    pub fn lay_out(&mut self, ctx: &egui::Context, task: LayoutTask) {
        self.layouts += 1;
        let number = self.layouts;
        self.awaited = Some(number);
        self.start(ctx, move || {
            let done = catch_unwind(AssertUnwindSafe(|| Box::new(task.run())));
            News::LaidOut(number, done.map_err(|panic| said(panic.as_ref())))
        });
    }

    /// Whether a layout is awaited.
    pub fn is_laying_out(&self) -> bool {
        self.awaited.is_some()
    }

    /// Another map is open: no layout that is still under way is for it.
    pub fn forget_layouts(&mut self) {
        self.awaited = None;
    }

    /// Ranks a document's internal systems on a worker.
    pub fn rank(&self, ctx: &egui::Context, doc: Doc, question: u64) {
        self.start(ctx, move || {
            let (index, graph) = (Index::of(&doc), Graph::of(&doc));
            let ranked = catch_unwind(AssertUnwindSafe(|| insight::hubs(&doc, &index, &graph)));
            News::Ranked(question, ranked.map_err(|panic| said(panic.as_ref())))
        });
    }

    /// Checks a document on a worker.
    pub fn check(&self, ctx: &egui::Context, doc: Doc, revision: u64) {
        self.start(ctx, move || News::Checked(revision, check(&doc, Some(today()))));
    }
}

/// What a worker said when it broke.
pub(super) fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given").to_owned()
}

/// The date that overdue actions are measured by.
pub fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// How fast a dialog may end without anybody having seen it.
const TOO_FAST: Duration = Duration::from_millis(250);

fn pick(purpose: &Purpose, folder: Option<PathBuf>, name: &str) -> Picked {
    if !has_dialogs() {
        return Picked::NoDialog;
    }
    let mut dialog = rfd::FileDialog::new()
        .set_title(purpose.title())
        .add_filter(purpose.files(), &purpose.endings())
        .set_file_name(name);
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    let begun = Instant::now();
    let path = if purpose.writes() { dialog.save_file() } else { dialog.pick_file() };
    match path {
        Some(path) => Picked::Path(path),
        // The portal says nothing about why there is no path.
        None if begun.elapsed() < TOO_FAST => Picked::NoDialog,
        None => Picked::Cancelled,
    }
}

/// Whether the system can show file dialogs: on Unix that takes a session bus for the portal, or
/// zenity.
fn has_dialogs() -> bool {
    if !cfg!(all(unix, not(target_os = "macos"))) {
        return true;
    }
    let var = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let bus = var("DBUS_SESSION_BUS_ADDRESS").is_some()
        || var("XDG_RUNTIME_DIR").is_some_and(|dir| Path::new(&dir).join("bus").exists());
    let zenity = || {
        let path = var("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|dir| dir.join("zenity").exists())
    };
    bus || zenity()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_files_have_their_ending_and_maps_may_have_another() {
        let plan = Plan::sample(export::Output::Xlsx);
        let done = |purpose: &Purpose, path: &str| purpose.completed(PathBuf::from(path));
        let export = Purpose::Export(Box::new(plan));
        assert_eq!(done(&export, "/a/map"), Path::new("/a/map.xlsx"));
        assert_eq!(done(&export, "/a/map.v2"), Path::new("/a/map.v2.xlsx"));
        assert_eq!(done(&export, "/a/map.XLSX"), Path::new("/a/map.XLSX"));
        assert_eq!(done(&Purpose::SaveAs(None), "map.v2"), Path::new("map.v2"));
        assert_eq!(done(&Purpose::SaveAs(None), "map"), Path::new("map.ron"));
        assert_eq!(done(&Purpose::Open, "map"), Path::new("map"));
    }
}
