//! Work beside the window: file dialogs, exports, checks of large maps.
//!
//! Each runs on a thread of its own and sends one piece of news; the window is woken for it.
//! Nothing here touches the open map.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::export::{self, Format};
use crate::insight::{self, Hubs};
use crate::model::check::{Finding, check};
use crate::model::{Doc, Graph, Index};
use crate::scene::{LayoutDone, LayoutTask, Theme};

use super::files::Then;

/// What a path is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    Open,
    /// Save, and then go on with what waited for it.
    SaveAs(Option<Then>),
    Export(Format),
}

impl Purpose {
    /// The title of the dialog that asks.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Open => "Open a map",
            Self::SaveAs(_) => "Save the map as",
            Self::Export(Format::Svg) => "Export as SVG",
            Self::Export(Format::Png) => "Export as PNG",
            Self::Export(_) => "Export",
        }
    }

    /// The ending that files for this purpose have.
    pub fn ending(&self) -> &'static str {
        match self {
            Self::Open | Self::SaveAs(_) => "ron",
            Self::Export(format) => format.ending(),
        }
    }

    /// Whether a file is written, so that one that is there would be replaced.
    pub fn writes(&self) -> bool {
        *self != Self::Open
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
    Exported(Result<PathBuf, String>),
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
    pub name: String,
    give_up: Arc<AtomicBool>,
}

/// What runs beside the window.
#[derive(Debug)]
pub struct Jobs {
    sender: Sender<News>,
    receiver: Receiver<News>,
    /// A file dialog is open; a second one would confuse.
    pub picking: bool,
    pub exporting: Option<Exporting>,
    /// The number of the layout that is awaited; older ones are out of date.
    awaited: Option<u64>,
    /// How many layouts were started.
    layouts: u64,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, picking: false, exporting: None, awaited: None, layouts: 0 }
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
                News::Exported(_) => self.exporting = None,
                News::Checked(..) | News::Ranked(..) => {}
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

    /// Draws the map into a file. The document is shared, not copied; the picture is laid out
    /// anew with a text engine of its own, so that the window goes on.
    pub fn export(
        &mut self,
        ctx: &egui::Context,
        doc: Doc,
        view: export::View,
        theme: &'static Theme,
        format: Format,
        path: PathBuf,
    ) {
        let give_up = Arc::new(AtomicBool::new(false));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.exporting = Some(Exporting { name, give_up: Arc::clone(&give_up) });
        self.start(ctx, move || {
            let output = match format {
                Format::Png => export::Output::Png(export::PngOptions::default()),
                _ => export::Output::Svg,
            };
            let request = export::Request { doc, view, theme, output };
            let bytes = export::make(&request, &export::Progress::default());
            News::Exported(bytes.map_err(|error| error.to_string()).and_then(|bytes| {
                if give_up.load(Ordering::Relaxed) {
                    return Err("cancelled; nothing was written".to_owned());
                }
                export::write_atomically(&path, &bytes).map_err(|error| error.to_string())?;
                Ok(path)
            }))
        });
    }

    /// Gives the export up: nothing will be written.
    pub fn cancel_export(&self) {
        if let Some(exporting) = &self.exporting {
            exporting.give_up.store(true, Ordering::Relaxed);
        }
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
fn said(panic: &(dyn Any + Send)) -> String {
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
    let kind = match purpose {
        Purpose::Open | Purpose::SaveAs(_) => "Maps",
        Purpose::Export(_) => "Pictures",
    };
    let mut dialog = rfd::FileDialog::new()
        .set_title(purpose.title())
        .add_filter(kind, &[purpose.ending()])
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
