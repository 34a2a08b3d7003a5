//! Exports: what each format costs, from a finished picture and from the map.
//!
//! The bars are for the writers, as every exporter of the field is measured: the picture stands on
//! the screen already. Beside them stands what the whole way from the map costs, with layout, and
//! with fonts looked up anew, as the command line does it.

use throughline::export::deck::{self, DeckOptions, Frame, Piece, Slide, SlideLayout};
use throughline::export::{
    Format, Output, PdfOptions, PngOptions, PptxOptions, Progress, Request, SvgOptions, TableKind,
    View, make, pdf, png, pptx, svg,
};
use throughline::geom::pt;
use throughline::model::choice::{SlidePart, SlideSize};
use throughline::model::record::DeckPart;
use throughline::model::{Doc, Graph, Index};
use throughline::scene::{
    Detail, EcosystemOptions, EcosystemScene, JourneyOptions, JourneyScene, Scene, Theme,
};
use throughline::text::{SystemFonts, Text};

use super::measure::{Row, samples, time};

/// Sizes, and how many times as long as the bars they may take.
pub const SIZES: [(usize, f64); 2] = [(300, 1.0), (3_000, 10.0)];

/// CPU milliseconds for 300 cards.
const PPTX: f64 = 30.0;
const PDF: f64 = 150.0;
const SVG: f64 = 60.0;
const PNG_4K: f64 = 600.0;

/// As many pixels as a 4K screen has.
const PIXELS_4K: f32 = 3_840.0 * 2_160.0;

/// All writers on both views of a map.
pub fn exports(cards: usize, times: f64, doc: &Doc, rows: &mut Vec<Row>) {
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    let mut text = Text::new(SystemFonts::Use);
    let journey = JourneyScene::new(doc, &graph, &mut text, JourneyOptions::default());
    let options = EcosystemOptions::default();
    let ecosystem = EcosystemScene::new(doc, &index, &graph, &mut text, options);
    for (view, scene) in [("journey", journey.scene()), ("ecosystem", ecosystem.scene())] {
        assert!(!scene.items.is_empty(), "the map is drawn");
        pictures(cards, times, view, doc, scene, &text, rows);
    }
    slides(cards, doc, &index, &graph, &mut text, rows);
    whole(cards, doc, rows);
}

/// One view in every format that shows it.
fn pictures(
    cards: usize,
    times: f64,
    view: &str,
    doc: &Doc,
    scene: &Scene,
    text: &Text,
    rows: &mut Vec<Row>,
) {
    let theme = Theme::light();
    let mut row = |what: &str, bar: f64, samples| {
        let what = format!("{what}: {view}");
        rows.push(Row { what, cards, samples, bar_ms: Some(bar * times) });
    };
    let frame = Frame::of(SlideSize::Wide);
    let slide = on_one_slide(scene, &frame);
    let deck = deck::Deck { frame, title: doc.head().title.clone(), slides: vec![slide] };
    let options = PptxOptions::default();
    row(
        "pptx",
        PPTX,
        samples(|| pptx(&deck, theme, text, &options, &Progress::default()).unwrap()),
    );
    let options = PdfOptions::default();
    row(
        "pdf",
        PDF,
        samples(|| pdf(doc, scene, theme, text, options, &Progress::default()).unwrap()),
    );
    let named = SvgOptions { title: doc.head().title.clone(), ..SvgOptions::default() };
    row("svg", SVG, samples(|| svg(scene, theme, text, &named)));
    let (width, height) = (scene.bounds.width(), scene.bounds.height());
    let options = PngOptions { scale: (PIXELS_4K / (width * height)).sqrt(), ..Default::default() };
    row(
        "png of 4K's pixels",
        PNG_4K,
        samples(|| png(scene, theme, text, options, &Progress::default()).unwrap()),
    );
}

/// All of a view in a slide's room.
fn on_one_slide(scene: &Scene, frame: &Frame) -> Slide {
    let (b, room) = (scene.bounds, frame.body);
    let scale = (room.width() / b.width()).min(room.height() / b.height());
    let view = Piece::View {
        scene: scene.clone().into(),
        at: pt(room.min.x - b.min.x * scale, room.min.y - b.min.y * scale),
        scale,
        detail: Detail::FULL,
        alt: "The whole map".to_owned(),
    };
    Slide {
        part: SlidePart::Overview,
        key: "overview".to_owned(),
        layout: SlideLayout::TitleOnly,
        title: "The whole map".to_owned(),
        subtitle: None,
        pieces: vec![view],
        notes: Vec::new(),
    }
}

/// A deck with every part: composing it, and writing it.
fn slides(
    cards: usize,
    doc: &Doc,
    index: &Index,
    graph: &Graph,
    text: &mut Text,
    rows: &mut Vec<Row>,
) {
    let options = every_part();
    let frame = Frame::of(options.size);
    let mut compose =
        || deck::compose(doc, index, graph, text, &options, &frame, &Progress::default()).unwrap();
    let (_, deck) = time(&mut compose);
    let composed = samples(compose);
    let mut row = |what: String, samples| rows.push(Row { what, cards, samples, bar_ms: None });
    row(format!("compose a deck: {} slides", deck.slides.len()), composed);
    let (theme, options) = (Theme::light(), PptxOptions::default());
    let written = samples(|| pptx(&deck, theme, text, &options, &Progress::default()).unwrap());
    row(format!("pptx of these {} slides", deck.slides.len()), written);
}

fn every_part() -> DeckOptions {
    let part = |part: &SlidePart| DeckPart { part: *part, left_out: false };
    DeckOptions {
        parts: SlidePart::ALL.iter().map(part).collect(),
        segment: None,
        stage: None,
        size: SlideSize::Wide,
    }
}

/// From the map to the bytes, as `throughline export` does it once the file is read.
fn whole(cards: usize, doc: &Doc, rows: &mut Vec<Row>) {
    for format in Format::ALL {
        let output = match format {
            Format::Pptx => Output::Pptx(every_part(), PptxOptions::default()),
            Format::Pdf => Output::Pdf(PdfOptions::default()),
            Format::Svg => Output::Svg,
            // Below what a picture may have in all, whatever the map's size.
            Format::Png => Output::Png(PngOptions { scale: 0.25, ..PngOptions::default() }),
            Format::Html => Output::Html,
            Format::Xlsx => Output::Xlsx,
            Format::Csv => Output::Csv(TableKind::Links),
            Format::Markdown => Output::Markdown,
            Format::Mermaid => Output::Mermaid,
            Format::Dot => Output::Dot,
            Format::GraphMl => Output::GraphMl,
        };
        let view = View::Journey(JourneyOptions::default());
        let request = Request { doc: doc.clone(), view, theme: Theme::light(), output };
        let samples = samples(|| make(&request, &Progress::default()).unwrap());
        let what = format!("from the map: {}", format.ending());
        rows.push(Row { what, cards, samples, bar_ms: None });
    }
}
