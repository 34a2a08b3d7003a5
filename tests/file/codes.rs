//! Every code of the tables is raised by some text, and means one thing.

use std::collections::BTreeSet;

use jiff::civil::date;
use throughline::file;
use throughline::model::check::{self, Repair};
use throughline::model::{Doc, Record};

/// A map in which every rule of the records is broken and every weakness shown.
const WEAK: &str = include_str!("weak.ron");

/// Texts for the codes of files.
const FILES: &[&str] = &[
    "",
    "\u{feff}(title: \"T\", notes 5,\r\n // c\n steps: {\"a\": (name: \"A\", mood: 1, name: \"B\",
     feelings: {\"a\": 900, \"b\": \"c\"}, order: \"A\"), \"a\": ()}, widgets: {},
     links: {\"l\": (from: \"a\")}, touchpoints: {\"t\": (channel: Pigeon)},",
    "(format: 2, title: \"T",
    "(format: x, title: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]])",
    "<<<<<<< a\n(\n=======\n[\n>>>>>>> b\ntitle: \"T\")",
];

#[test]
fn every_code_is_raised_and_listed() {
    let listed: BTreeSet<_> =
        file::CODES.iter().chain(check::CODES).map(|(code, _)| *code).collect();
    assert_eq!(listed.len(), file::CODES.len() + check::CODES.len(), "a code is listed twice");
    let many = format!("(title: \"T\", {})", "@, ".repeat(600));
    let today = Some(date(2026, 6, 1));
    let texts = FILES.iter().copied().chain([WEAK, &many]);
    let raised: BTreeSet<_> =
        texts.flat_map(|text| file::check_text(text, today).1).map(|it| it.code).collect();
    // E105 is about numbers that no file can hold as well as about amounts below zero.
    assert_eq!(listed, raised);
}

#[test]
fn weaknesses_and_broken_rules_have_words_and_places() {
    let (loaded, all) = file::check_text(WEAK, Some(date(2026, 6, 1)));
    assert!(!loaded.lossy, "{:?}", loaded.diagnostics);
    let told: String = all
        .iter()
        .map(|it| format!("{} {}:{} {}\n", it.code, it.line, it.column, it.message))
        .collect();
    insta::assert_snapshot!(told);
}

#[test]
fn without_a_day_nothing_is_overdue() {
    let doc = file::read(WEAK).doc;
    let overdue = |today| check::check(&doc, today).iter().filter(|it| it.code == "W209").count();
    assert_eq!(overdue(None), 0);
    assert_eq!(overdue(Some(date(2026, 1, 1))), 0);
    assert_eq!(overdue(Some(date(2026, 6, 1))), 1);
}

/// The findings' repairs, applied one after the other until there is none left.
fn repaired(mut doc: Doc) -> (Doc, usize) {
    for count in 0..200 {
        let found = check::errors(&doc);
        let Some(Repair { patch, .. }) = found.into_iter().find_map(|it| it.repair) else {
            return (doc, count);
        };
        assert!(!patch.is_empty());
        doc.apply(&patch);
    }
    panic!("repairs go round in circles");
}

#[test]
fn repairs_repair() {
    let before = file::read(WEAK).doc;
    for finding in check::errors(&before) {
        let Some(repair) = &finding.repair else { continue };
        assert!(repair.fits(&before), "{finding:?}");
        let mut after = before.clone();
        after.apply(&repair.patch);
        assert!(!repair.fits(&after), "{finding:?}");
        let left = check::errors(&after);
        let same =
            |it: &check::Finding| it.message == finding.message && it.record == finding.record;
        assert!(!left.iter().any(same), "{finding:?}");
    }
    let (after, count) = repaired(before.clone());
    assert!(count > 20, "{count}");
    assert!(check::errors(&after).len() < check::errors(&before).len());
    // A repair takes away a reference, a number or a link, never what somebody wrote.
    for (id, record) in before.iter().filter(|(_, it)| !matches!(***it, Record::Link(_))) {
        assert_eq!(after.name_of(id), record.name());
    }
}
