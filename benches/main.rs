//! What the speed claims rest on: `cargo bench`, or `cargo bench -- 1000` for one size;
//! `cargo bench -- insight` for traces, impact and hubs alone, `cargo bench -- exports` for exports.
//!
//! Everything is measured in CPU time of one thread, with the allocator of the program. Ends with
//! 1 where a median is over its bar.

// A measurement that cannot be taken should stop; the table goes to standard output.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod ecosystem;
mod exports;
#[cfg(feature = "gui")]
mod frames;
mod generate;
mod insight;
mod layout;
mod measure;

use std::process::ExitCode;

use measure::{Row, samples, time};
use throughline::edit::{Session, verbs};
use throughline::file;
use throughline::model::record::Step;
use throughline::model::{Doc, Graph, Id};
use throughline::scene::{JourneyOptions, JourneyScene};
use throughline::text::{SystemFonts, Text};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const LAYOUTS: [usize; 4] = [50, 500, 2_000, 5_000];
const SEED: u64 = 7;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [.., first, from, to] = words.as_slice()
        && first == "--graph"
    {
        layout::graph(from, to).unwrap();
        return ExitCode::SUCCESS;
    }
    let asked: Vec<usize> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let mut rows = Vec::new();
    let wanted = |it: &usize| asked.is_empty() || asked.contains(it);
    let only = |word: &str| words.iter().any(|it| it == word);
    for (cards, times) in exports::SIZES.into_iter().filter(|(cards, _)| wanted(cards)) {
        if !only("insight") {
            exports::exports(cards, times, &generate::map(cards, SEED), &mut rows);
        }
    }
    for cards in SIZES.into_iter().filter(|it| wanted(it) && !only("exports")) {
        let doc = generate::map(cards, SEED);
        insight::walks(cards, &doc, &mut rows);
        insight::knots(cards, &doc, &mut rows);
        if only("insight") {
            continue;
        }
        files(cards, &doc, &mut rows);
        pictures(cards, &doc, &mut rows);
        ecosystem::ecosystem(cards, &doc, &mut rows);
        #[cfg(feature = "gui")]
        frames::frames(cards, &doc, &mut rows);
        edits(cards, doc, &mut rows);
    }
    for cards in LAYOUTS.into_iter().filter(|it| wanted(it) && !only("exports")) {
        layout::layout(cards, &mut rows);
    }
    let (table, held) = measure::table(&rows);
    println!("{table}");
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn files(cards: usize, doc: &Doc, rows: &mut Vec<Row>) {
    let text = file::write(doc);
    let loaded = file::read(&text);
    assert_eq!(loaded.doc, *doc, "the map reads back as it was");
    let bar_ms = (cards == 10_000).then_some(400.0);
    let load = samples(|| file::read(&text));
    rows.push(Row { what: "load".to_owned(), cards, samples: load, bar_ms });
    let save = samples(|| file::write(doc));
    rows.push(Row { what: "write".to_owned(), cards, samples: save, bar_ms: None });
}

/// Layout and scene together, with the text engine cold and warm.
fn pictures(cards: usize, doc: &Doc, rows: &mut Vec<Row>) {
    let graph = Graph::of(doc);
    let draw = |text: &mut Text| JourneyScene::new(doc, &graph, text, JourneyOptions::default());
    let mut text = Text::new(SystemFonts::Use);
    let (cold, scene) = time(|| draw(&mut text));
    assert!(!scene.scene().items.is_empty(), "the map is drawn");
    let what = "layout and scene, first time".to_owned();
    rows.push(Row { what, cards, samples: vec![cold], bar_ms: None });
    let warm = samples(|| draw(&mut text));
    let what = "layout and scene, text known".to_owned();
    rows.push(Row { what, cards, samples: warm, bar_ms: None });
}

/// One edit, from the intent to the finished scene.
fn edits(cards: usize, doc: Doc, rows: &mut Vec<Row>) {
    let steps: Vec<Id> = doc.steps().into_iter().map(|(id, _)| id.clone()).collect();
    let mut text = Text::new(SystemFonts::Use);
    let mut session = Session::new(doc);
    let mut scene =
        JourneyScene::new(session.doc(), session.graph(), &mut text, JourneyOptions::default());
    let mut at = 0;
    let mut change = |edit: &mut dyn FnMut(&mut Session, &Id, usize)| {
        samples(|| {
            at += 1;
            let step = &steps[at * 7 % steps.len()];
            edit(&mut session, step, at);
            let patch = session.take_patch();
            assert!(!patch.is_empty(), "the edit changes something");
            scene.apply(session.doc(), session.graph(), &patch, &mut text);
        })
    };
    let rename = change(&mut |session, step, at| {
        session.edit("Rename", |tx| {
            tx.update::<Step>(step, |it| it.name = format!("Renamed {at} times"));
        });
    });
    rows.push(Row { what: "rename a step".to_owned(), cards, samples: rename, bar_ms: None });
    let add = change(&mut |session, _, at| {
        session.edit("Add step", |tx| {
            verbs::add_step(tx, None, None, &format!("New step {at}"));
        });
    });
    rows.push(Row { what: "add a step".to_owned(), cards, samples: add, bar_ms: None });
}
