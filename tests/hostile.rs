//! Every format, from maps that have broken programs: it opens in a reader of its kind, says what
//! the map says, is the same each time, and stops when nobody wants it any more.

mod documents;
mod readers;

use std::thread;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use throughline::export::deck::DeckOptions;
use throughline::export::{
    ExportError, Format, Output, PdfOptions, PngOptions, PptxOptions, Progress, Request, TableKind,
    View, make,
};
use throughline::model::{Doc, Kind};
use throughline::scene::{EcosystemOptions, JourneyOptions, Theme};

use crate::support::maps;
use documents::{EMPTY, HOSTILE};

fn request(doc: &Doc, format: Format, view: View) -> Request {
    let output = match format {
        Format::Pptx => Output::Pptx(DeckOptions::of(doc), PptxOptions::default()),
        Format::Pdf => Output::Pdf(PdfOptions::default()),
        Format::Svg => Output::Svg,
        Format::Png => Output::Png(PngOptions::default()),
        Format::Html => Output::Html,
        Format::Xlsx => Output::Xlsx,
        Format::Csv => Output::Csv(TableKind::Steps),
        Format::Markdown => Output::Markdown,
        Format::Mermaid => Output::Mermaid,
        Format::Dot => Output::Dot,
        Format::GraphMl => Output::GraphMl,
    };
    Request { doc: doc.clone(), view, theme: Theme::light(), output }
}

fn journey() -> View {
    View::Journey(JourneyOptions::default())
}

fn ecosystem() -> View {
    View::Ecosystem(EcosystemOptions::default())
}

fn bytes(doc: &Doc, format: Format, view: View) -> Vec<u8> {
    make(&request(doc, format, view), &Progress::default())
        .unwrap_or_else(|error| panic!("{format:?}: {error}"))
}

/// Letters and digits alone: what every format must say, however it marks up the rest.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty())
}

/// Each format of a map opens; those with text say each step's name.
fn opens(what: &str, doc: &Doc) {
    opens_and_says(what, doc, |_| true);
}

fn opens_and_says(what: &str, doc: &Doc, says: impl Fn(Format) -> bool) {
    for format in Format::ALL {
        for view in [journey(), ecosystem()] {
            let made = bytes(doc, format, view);
            let said = readers::read(format, &made)
                .unwrap_or_else(|why| panic!("{what}: {format:?} does not open: {why}"));
            let Some(said) = said.filter(|_| says(format)) else { continue };
            for (_, step) in doc.steps() {
                // A slide and a picture may cut a text that is longer than a page.
                for word in words(&step.name).take(20).filter(|it| it.len() < 100) {
                    assert!(
                        said.contains(word),
                        "{what}: {format:?} does not say {word:?} of {:?}",
                        step.name
                    );
                }
            }
        }
    }
}

#[test]
fn hostile_names_survive_in_every_format() {
    opens("hostile names", &documents::all_named(HOSTILE));
}

#[test]
fn a_label_of_a_megabyte_survives_in_every_format() {
    let long = ["x".repeat(1_000_000), "wörter ".repeat(150_000), "\n".repeat(100_000)];
    opens("long labels", &documents::all_long(&long));
}

#[test]
fn maps_with_hardly_anything_in_them_open_in_every_format() {
    for (what, doc) in EMPTY {
        opens(what, &doc());
    }
}

#[test]
fn any_map_opens_in_every_format_and_is_the_same_each_time() {
    let mut runner = TestRunner::deterministic();
    for case in 0..3 {
        let doc = maps::doc_of(3).new_tree(&mut runner).unwrap().current();
        // Lanes may be hidden, and with them the steps.
        let says = |format| !matches!(format, Format::Svg | Format::Html | Format::Pptx);
        opens_and_says(&format!("case {case}"), &doc, says);
        for format in Format::ALL {
            let again = || bytes(&doc, format, journey());
            assert!(again() == again(), "case {case}: {format:?} differs from itself");
        }
    }
}

#[test]
fn a_map_that_was_edited_into_being_makes_the_same_bytes_as_one_that_was_read() {
    let doc = documents::named("The same");
    let read = throughline::file::read(&throughline::file::write(&doc)).doc;
    for format in Format::ALL {
        assert!(bytes(&doc, format, journey()) == bytes(&read, format, journey()), "{format:?}");
    }
}

#[test]
fn nothing_of_a_map_becomes_a_formula() {
    let doc = documents::named("=cmd|' /C calc'!A0");
    let csv = String::from_utf8(bytes(&doc, Format::Csv, journey())).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for cell in
        reader.records().flat_map(|it| it.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
    {
        let is_number = cell.parse::<f64>().is_ok();
        assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
    }
    for (name, part) in readers::parts(&bytes(&doc, Format::Xlsx, journey())).unwrap() {
        let part = String::from_utf8_lossy(&part);
        assert!(!part.contains("<f>") && !part.contains("<f "), "{name} has a formula");
    }
}

#[test]
fn an_export_that_nobody_wants_is_not_made() {
    let doc = documents::named("Unwanted");
    for format in Format::ALL {
        let progress = Progress::default();
        progress.cancel();
        let made = make(&request(&doc, format, journey()), &progress);
        assert!(matches!(made, Err(ExportError::Cancelled)), "{format:?}: {made:?}");
    }
}

/// A picture that is not larger than one may be.
fn small(doc: &Doc, format: Format) -> Request {
    let request = request(doc, format, journey());
    match format {
        Format::Png => Request {
            output: Output::Png(PngOptions { scale: 0.5, ..PngOptions::default() }),
            ..request
        },
        _ => request,
    }
}

/// Cancelled as soon as it says that it has come anywhere. A machine that is busy elsewhere may look
/// too late, so there are some tries; never is there half a file or another error.
#[test]
fn an_export_stops_on_the_way() {
    let doc = documents::large();
    for format in [Format::Pptx, Format::Pdf, Format::Png, Format::Html] {
        let request = small(&doc, format);
        let stopped = (0..30).any(|_| match cancelled_on_the_way(&request) {
            Err(ExportError::Cancelled) => true,
            Ok(_) => false,
            Err(other) => panic!("{format:?}: {other}"),
        });
        assert!(stopped, "{format:?} always went on to its end");
    }
}

fn cancelled_on_the_way(request: &Request) -> Result<Vec<u8>, ExportError> {
    let progress = Progress::default();
    thread::scope(|scope| {
        let worker = scope.spawn(|| make(request, &progress));
        while progress.share() == 0.0 && !worker.is_finished() {
            thread::yield_now();
        }
        progress.cancel();
        worker.join().unwrap()
    })
}

#[test]
fn progress_goes_forward_to_its_end() {
    let doc = documents::named("Onward");
    assert!(doc.iter().any(|(id, _)| doc.kind_of(id) == Some(Kind::Link)));
    for format in Format::ALL {
        let progress = Progress::default();
        let seen = thread::scope(|scope| {
            let worker =
                scope.spawn(|| make(&request(&doc, format, journey()), &progress).unwrap());
            let mut seen = vec![];
            while !worker.is_finished() {
                seen.push(progress.share());
                thread::yield_now();
            }
            seen
        });
        assert!(seen.is_sorted(), "{format:?} went back: {seen:?}");
        assert!(progress.share() <= 1.0, "{format:?}");
    }
}
