//! Decks: what must hold for every slide of every map.

mod pictures;

use throughline::examples::EXAMPLES;
use throughline::export::Progress;
use throughline::export::deck::{Deck, DeckOptions, Frame, compose};
use throughline::file;
use throughline::model::{Doc, Graph, Index};
use throughline::text::{SystemFonts, Text};

/// The example maps, with their names.
fn examples() -> impl Iterator<Item = (&'static str, Doc)> {
    EXAMPLES.iter().map(|it| (it.name, file::read(it.ron).doc))
}

fn text() -> Text {
    Text::new(SystemFonts::Ignore)
}

/// A map's deck, in our own rooms.
fn composed(doc: &Doc, text: &mut Text, options: &DeckOptions) -> Deck {
    let frame = Frame::of(options.size);
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    compose(doc, &index, &graph, text, options, &frame, &Progress::default()).unwrap()
}
