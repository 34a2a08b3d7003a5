//! What the app does about exports: opening a desk, asking for paths, starting workers, saying how
//! they ended.
//!
//! One export at a time: a second one would have to say which of them a number is about.

use std::path::PathBuf;

use egui::Context;

use crate::edit::verbs;
use crate::export::{ExportError, Format, Picture};
use crate::ui::app::{App, Banner};
use crate::ui::dialog::Dialog;
use crate::ui::files::Then;
use crate::ui::jobs::Purpose;
use crate::ui::{Command, Shown};

use super::copy::Copying;
use super::format::grouped;
use super::{Composer, Desk, ExportDialog, Plan, composer, dialog, folder};

impl App {
    /// Runs a command of the export menu.
    pub(in crate::ui) fn run_export(&mut self, ctx: &Context, command: Command) {
        let format = match command {
            Command::CopyPicture => return self.copy_picture(ctx),
            Command::ExportSlides => return self.open_composer(),
            Command::ExportPdf => Some(Format::Pdf),
            Command::ExportSvg => Some(Format::Svg),
            Command::ExportPng => Some(Format::Png),
            Command::ExportHtml => Some(Format::Html),
            Command::ExportXlsx => Some(Format::Xlsx),
            Command::ExportCsv => Some(Format::Csv),
            Command::ExportMarkdown => Some(Format::Markdown),
            Command::ExportMermaid => Some(Format::Mermaid),
            Command::ExportDot => Some(Format::Dot),
            Command::ExportGraphMl => Some(Format::GraphMl),
            _ => None,
        };
        if let Some(format) = format {
            self.store.now.exports.format = format;
        }
        let shown = self.open.as_ref().map_or(Shown::default(), |open| open.shown);
        self.commit();
        self.desk = Some(Desk::Dialog(ExportDialog::new(shown)));
    }

    /// What is being typed is part of what is exported.
    fn commit(&mut self) {
        if let Some(open) = &mut self.open {
            open.session.commit();
        }
    }

    fn open_composer(&mut self) {
        self.commit();
        if let Some(open) = &self.open {
            self.desk = Some(Desk::Composer(Box::new(Composer::new(open.session.doc()))));
        }
    }

    /// Draws the desk that is open.
    pub(in crate::ui) fn desk_ui(&mut self, ctx: &Context) {
        let Some(open) = &self.open else {
            self.desk = None;
            return;
        };
        let (exports, covered) = (&mut self.store.now.exports, self.dialog.is_some());
        match &mut self.desk {
            None => {}
            Some(Desk::Dialog(dialog)) => match dialog.show(ctx, open, exports, covered) {
                None => {}
                Some(dialog::Asked::Close) => self.desk = None,
                Some(dialog::Asked::Compose) => self.open_composer(),
                Some(dialog::Asked::Export(plan)) => self.ask_export(ctx, plan),
            },
            Some(Desk::Composer(composer)) => {
                let asked = composer.show(ctx, exports, covered);
                if let Some((number, composing)) = composer.wish(exports) {
                    self.jobs.compose(ctx, number, composing);
                }
                if composer.is_composing() {
                    ctx.request_repaint_after_secs(composer::SHARE_SECS);
                }
                match asked {
                    None => {}
                    Some(composer::Asked::Close) => self.close_desk(),
                    Some(composer::Asked::Pick(purpose)) => self.ask_path(ctx, purpose),
                    Some(composer::Asked::Export(plan)) => self.ask_export(ctx, plan),
                    Some(composer::Asked::Refresh(plan, deck)) => self.ask_refresh(plan, deck),
                }
            }
        }
    }

    /// Puts the desk away; the map remembers what its slides are made of.
    fn close_desk(&mut self) {
        if let (Some(Desk::Composer(composer)), Some(open)) = (self.desk.take(), &mut self.open) {
            composer.close();
            open.session.edit("change slides", |tx| verbs::set_deck(tx, composer.deck()));
        }
    }

    /// Says so where a file is still being written. Returns whether one is.
    fn is_writing(&mut self) -> bool {
        let Some(exporting) = &self.jobs.exporting else {
            return false;
        };
        let name = &exporting.name;
        self.message = Some(format!("“{name}” is still being written: wait, or cancel it first"));
        true
    }

    fn ask_export(&mut self, ctx: &Context, plan: Box<Plan>) {
        if !self.is_writing() {
            self.ask_path(ctx, Purpose::Export(plan));
        }
    }

    fn ask_refresh(&mut self, plan: Box<Plan>, deck: PathBuf) {
        if !self.is_writing() {
            self.dialog = Some(Dialog::Refresh(plan, deck));
        }
    }

    /// Starts to write what is planned.
    pub(in crate::ui) fn export_to(&mut self, ctx: &Context, plan: Plan, path: PathBuf) {
        if !self.is_writing() {
            self.close_desk();
            self.jobs.export(ctx, plan, path);
            ctx.request_repaint();
        }
    }

    /// Says how an export ended.
    pub(in crate::ui) fn exported(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        written: Result<(), ExportError>,
    ) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match written {
            Ok(()) => {
                let said = format!("Saved “{name}”");
                self.written = Some((said.clone(), path));
                self.message = Some(said);
            }
            Err(ExportError::Cancelled) => {
                self.message = Some(format!("“{name}” was given up: nothing was written"));
            }
            Err(error) => {
                // The program stays, so that this can be read.
                self.quits_after_export = false;
                self.banner = Some(Banner::error(format!("“{name}”: {error}")));
            }
        }
        if std::mem::take(&mut self.quits_after_export) {
            self.leave_for(ctx, Then::Quit);
        }
    }

    /// Ends the program when the export that is under way has ended, or was given up.
    pub(in crate::ui) fn quit_after_export(&mut self, ctx: &Context, cancel: bool) {
        if cancel {
            self.jobs.cancel_export();
        }
        // It may have ended while the question was asked.
        if self.jobs.exporting.is_none() {
            return self.leave_for(ctx, Then::Quit);
        }
        self.quits_after_export = true;
    }

    /// Shows the folder of the file that was written last.
    pub(in crate::ui) fn show_written(&mut self) {
        if let Some((_, path)) = &self.written
            && let Err(error) = folder::show(path)
        {
            self.message =
                Some(format!("The folder could not be shown ({error}): {}", path.display()));
        }
    }

    /// Puts what is selected on the clipboard as a picture, or else the view.
    fn copy_picture(&mut self, ctx: &Context) {
        self.commit();
        let Some(open) = self.open.as_ref().filter(|_| !self.jobs.copying) else {
            return;
        };
        self.jobs.copy_picture(ctx, Copying::of(open));
        self.message = Some("Drawing a picture …".to_owned());
    }

    /// Says how that ended.
    pub(in crate::ui) fn copied(&mut self, ctx: &Context, picture: Result<Picture, ExportError>) {
        match picture {
            Ok(Picture { width, height, rgba }) => {
                let image = egui::ColorImage::from_rgba_unmultiplied([width, height], &rgba);
                ctx.copy_image(image);
                let (width, height) = (grouped(width as u64), grouped(height as u64));
                self.message = Some(format!("Copied as picture ({width} × {height})"));
            }
            Err(error) => {
                let said = format!("Nothing was copied: {error}");
                self.banner = Some(Banner::error(said));
            }
        }
    }
}
