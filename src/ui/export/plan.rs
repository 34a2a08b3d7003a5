//! An export that is chosen and ready to be made: the request, and the files that it needs.
//!
//! Those files are read on the worker, as they are when it begins.

use std::path::PathBuf;
use std::sync::Arc;

use crate::export::{self, ExportError, Format, Output, Progress, Request};

/// What is exported, and from what.
#[derive(Debug, Clone)]
pub struct Plan {
    pub request: Request,
    /// The deck whose master, layouts and colours slides take.
    pub template: Option<PathBuf>,
    /// The deck whose slides are made anew.
    pub refresh: Option<PathBuf>,
}

impl Plan {
    /// An export that needs no file.
    pub fn of(request: Request) -> Self {
        Self { request, template: None, refresh: None }
    }

    /// The format of the file that is written.
    pub fn format(&self) -> Format {
        match &self.request.output {
            Output::Pptx(..) => Format::Pptx,
            Output::Pdf(_) => Format::Pdf,
            Output::Svg => Format::Svg,
            Output::Png(_) => Format::Png,
            Output::Html => Format::Html,
            Output::Xlsx => Format::Xlsx,
            Output::Csv(_) => Format::Csv,
            Output::Markdown => Format::Markdown,
            Output::Mermaid => Format::Mermaid,
            Output::Dot => Format::Dot,
            Output::GraphMl => Format::GraphMl,
        }
    }

    /// The file's bytes; on a worker.
    ///
    /// # Errors
    /// Those of [`export::make`], and where a file that is needed cannot be read.
    pub fn make(mut self, progress: &Progress) -> Result<Vec<u8>, ExportError> {
        let read = |path: &PathBuf| export::read_whole(path).map(Arc::from);
        if let Output::Pptx(_, options) = &mut self.request.output {
            options.template = self.template.as_ref().map(read).transpose()?;
            options.refresh = self.refresh.as_ref().map(read).transpose()?;
        }
        export::make(&self.request, progress)
    }

    /// An export of an empty map.
    #[cfg(test)]
    pub fn sample(output: Output) -> Self {
        let view = export::View::Journey(Default::default());
        let theme = crate::scene::Theme::light();
        Self::of(Request { doc: Default::default(), view, theme, output })
    }
}
