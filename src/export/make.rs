//! A whole map as the bytes of a file, in any format: laid out anew, with a text engine of its own,
//! so that it can be made on any thread.
//!
//! Not here: the formats themselves, and writing files (see [`super::write_atomically`]).

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::model::{Doc, Graph, Index, Kind};
use crate::scene::{
    EcosystemOptions, EcosystemScene, JourneyOptions, JourneyScene, Scene, Standing, Theme,
};
use crate::text::{SystemFonts, Text};

use super::deck::{self, DeckOptions, Frame};
use super::html::PageView;
use super::narrow::narrowed;
use super::{
    ExportError, PdfOptions, PngOptions, PptxOptions, Progress, SvgOptions, TableKind, html, pdf,
    png, pptx, svg, tables, words,
};

/// A file's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Pptx,
    Pdf,
    Svg,
    Png,
    Html,
    Xlsx,
    Csv,
    Markdown,
    Mermaid,
    Dot,
    GraphMl,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::Pptx,
        Self::Pdf,
        Self::Svg,
        Self::Png,
        Self::Html,
        Self::Xlsx,
        Self::Csv,
        Self::Markdown,
        Self::Mermaid,
        Self::Dot,
        Self::GraphMl,
    ];

    /// The file name's ending.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pptx => "pptx",
            Self::Pdf => "pdf",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Mermaid => "mmd",
            Self::Dot => "dot",
            Self::GraphMl => "graphml",
        }
    }

    /// The format of files with that ending, in whatever case.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| ending.eq_ignore_ascii_case(it.ending()))
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pptx => "Slides (PPTX)",
            Self::Pdf => "PDF",
            Self::Svg => "SVG picture",
            Self::Png => "PNG picture",
            Self::Html => "Interactive page (HTML)",
            Self::Xlsx => "Tables (XLSX)",
            Self::Csv => "One table (CSV)",
            Self::Markdown => "Report (Markdown)",
            Self::Mermaid => "Mermaid",
            Self::Dot => "Graphviz (DOT)",
            Self::GraphMl => "Graph (GraphML)",
        }
    }
}

/// What of a map is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    Journey(JourneyOptions),
    Ecosystem(EcosystemOptions),
    /// The ecosystem as it stands on a screen.
    Standing(EcosystemOptions, Standing),
}

/// The format, and what it needs to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    Pptx(DeckOptions, PptxOptions),
    Pdf(PdfOptions),
    Svg,
    Png(PngOptions),
    Html,
    Xlsx,
    Csv(TableKind),
    Markdown,
    /// `journey` of a journey, `flowchart` of an ecosystem.
    Mermaid,
    Dot,
    GraphMl,
}

/// What is exported.
#[derive(Debug, Clone)]
pub struct Request {
    /// Shared, not copied.
    pub doc: Doc,
    pub view: View,
    pub theme: &'static Theme,
    pub output: Output,
}

/// The file's bytes: the same for the same request, on the same fonts.
///
/// A bug anywhere on the way is an error, not the end of the program.
///
/// # Errors
/// [`ExportError`]; nothing is ever written here.
pub fn make(request: &Request, progress: &Progress) -> Result<Vec<u8>, ExportError> {
    catch_unwind(AssertUnwindSafe(|| made(request, progress)))
        .unwrap_or_else(|_| Err(ExportError::Drawing("a bug: please report this map".to_owned())))
}

fn made(request: &Request, progress: &Progress) -> Result<Vec<u8>, ExportError> {
    let Request { doc, theme, .. } = request;
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    progress.step(0, 1)?;
    // Looking for the system's fonts takes time: only those who draw do it.
    let fonts = || Text::new(SystemFonts::Use);
    match &request.output {
        Output::Pptx(options, pptx_options) => {
            let own = Frame::of(options.size);
            let target = pptx::target(&doc.head().title, own, theme, pptx_options)?;
            let frame = target.frame;
            let mut text = fonts();
            let deck = deck::compose(doc, &index, &graph, &mut text, options, &frame, progress)?;
            let partial = options.stage.is_some();
            pptx::write_into(target, &deck, partial, theme, &text, pptx_options, progress)
        }
        Output::Xlsx
        | Output::Csv(_)
        | Output::Markdown
        | Output::Mermaid
        | Output::Dot
        | Output::GraphMl => records(request, &index, &graph, progress),
        Output::Html => {
            page(request, &index, &graph, &mut fonts(), progress).map(String::into_bytes)
        }
        Output::Svg | Output::Png(_) | Output::Pdf(_) => {
            let mut text = fonts();
            let scene = scene(request, &index, &graph, &mut text);
            progress.step(1, 3)?;
            match &request.output {
                Output::Png(pixels) => png(&scene, theme, &text, *pixels, progress),
                Output::Pdf(options) => pdf(doc, &scene, theme, &text, *options, progress),
                _ => {
                    let head = doc.head();
                    let desc = head.scenario.clone().or_else(|| head.goal.clone());
                    let desc = desc.unwrap_or_default();
                    let options = SvgOptions { title: head.title.clone(), desc };
                    Ok(svg(&scene, theme, &text, &options).into_bytes())
                }
            }
        }
    }
}

/// A page of both views, the one that was asked for first. The other shows all that there is of
/// the same segment.
fn page(
    request: &Request,
    index: &Index,
    graph: &Graph,
    text: &mut Text,
    progress: &Progress,
) -> Result<String, ExportError> {
    let (first, other) = (PageView::JOURNEY, PageView::ECOSYSTEM);
    let (names, view) = match &request.view {
        View::Journey(JourneyOptions { segment, .. }) => {
            let segment = segment.clone();
            let options = EcosystemOptions { segment, ..EcosystemOptions::default() };
            ([first, other], View::Ecosystem(options))
        }
        View::Ecosystem(options) | View::Standing(options, _) => {
            let segment = options.segment.clone();
            ([other, first], View::Journey(JourneyOptions { segment, ..JourneyOptions::default() }))
        }
    };
    let own = scene(request, index, graph, text);
    progress.step(1, 3)?;
    let beside = scene(&Request { view, ..request.clone() }, index, graph, text);
    progress.step(2, 3)?;
    let [own_name, beside_name] = names;
    let views = [PageView::new(own_name, &own), PageView::new(beside_name, &beside)];
    Ok(html::html(&request.doc, &views, request.theme, text))
}

/// The formats that write records: nothing is laid out, and what the view leaves out of stages and
/// segments is left out of the map.
fn records(
    request: &Request,
    index: &Index,
    graph: &Graph,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let (stages, segment) = match &request.view {
        View::Journey(options) => {
            let only = options.slice.only.iter().flatten();
            let stages = only.filter(|id| request.doc.kind_of(id) == Some(Kind::Stage));
            (stages.cloned().collect(), options.segment.as_ref())
        }
        View::Ecosystem(options) | View::Standing(options, _) => {
            (options.filter.stages.clone(), options.segment.as_ref())
        }
    };
    if !stages.is_empty() || segment.is_some() {
        let doc = narrowed(&request.doc, &stages, segment);
        let (index, graph) = (Index::of(&doc), Graph::of(&doc));
        return written(request, &doc, &index, &graph, progress);
    }
    written(request, &request.doc, index, graph, progress)
}

fn written(
    request: &Request,
    doc: &Doc,
    index: &Index,
    graph: &Graph,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let text = match (&request.output, &request.view) {
        (Output::Xlsx, _) => return tables::xlsx(doc, index, graph, progress),
        (Output::Csv(table), _) => return tables::csv(doc, index, graph, *table),
        (Output::Dot, _) => words::dot(doc, index, graph),
        (Output::GraphMl, _) => words::graphml(doc, index, graph),
        (Output::Mermaid, View::Journey(_)) => words::mermaid_journey(doc),
        (Output::Mermaid, _) => words::mermaid_flowchart(doc, index, graph),
        _ => words::markdown(doc, index, graph),
    };
    Ok(text.into_bytes())
}

/// The view, laid out.
fn scene(request: &Request, index: &Index, graph: &Graph, text: &mut Text) -> Scene {
    let doc = &request.doc;
    match request.view.clone() {
        View::Journey(options) => JourneyScene::new(doc, graph, text, options).scene().clone(),
        View::Ecosystem(options) => {
            EcosystemScene::new(doc, index, graph, text, options).scene().clone()
        }
        View::Standing(options, before) => {
            EcosystemScene::standing(doc, index, text, options, before).scene().clone()
        }
    }
}
