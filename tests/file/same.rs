//! What is written reads back as it was, always in the same bytes, one line a change.

use proptest::prelude::*;
use throughline::file;
use throughline::model::choice::Confidence;
use throughline::model::{Doc, Patch, Record, check};

use crate::support::maps;
use crate::support::texts;

/// The example maps that come with the program.
fn examples() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("maps");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "ron"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    all.sort();
    all
}

#[test]
fn the_example_maps_are_read_whole_and_are_canonical() {
    assert!(!examples().is_empty());
    for (name, text) in examples() {
        let loaded = file::read(&text);
        assert_eq!(loaded.diagnostics, [], "{name}");
        assert!(!loaded.lossy && loaded.read_only.is_none(), "{name}");
        assert!(loaded.doc.len() > 10, "{name}");
        let written = file::write(&loaded.doc);
        let first = written.lines().zip(text.lines()).find(|(written, read)| written != read);
        assert_eq!(first, None, "{name}");
        assert_eq!(written.len(), text.len(), "{name}");
    }
}

/// The lines of `after` that `before` has not, and the other way round.
fn changed_lines(before: &str, after: &str) -> (usize, usize) {
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let (before, after) = (&before[same..], &after[same..]);
    let end = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    (before.len() - end, after.len() - end)
}

/// The document with another text for the name of each record, one after the other.
fn renamed(doc: &Doc, name: &str) -> Vec<Doc> {
    let mut all = Vec::new();
    for (id, record) in doc.iter() {
        let mut after = Record::clone(record);
        match after.name_mut() {
            Some(text) if text != name => *text = name.to_owned(),
            _ => continue,
        }
        let mut patch = Patch::default();
        patch.set(id, Some(record.clone()), Some(after.into()));
        let mut changed = doc.clone();
        changed.apply(&patch);
        all.push(changed);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_reads_back(doc in maps::doc()) {
        prop_assert_eq!(check::errors(&doc), []);
        let text = file::write(&doc);
        let loaded = file::read(&text);
        prop_assert_eq!(&loaded.diagnostics, &[]);
        prop_assert!(!loaded.lossy && loaded.read_only.is_none());
        prop_assert_eq!(&loaded.doc, &doc);
        prop_assert_eq!(file::write(&loaded.doc), text);
    }

    #[test]
    fn the_text_is_plain_and_is_ron(doc in maps::doc()) {
        let text = file::write(&doc);
        let hidden = ['\r', '\t', '\u{202e}', '\u{feff}'];
        prop_assert!(text.ends_with(")\n"));
        prop_assert!(!text.contains(hidden));
        let options = ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        prop_assert!(options.from_str::<ron::Value>(&text).is_ok());
    }

    #[test]
    fn another_text_in_one_record_is_another_line(
        doc in maps::doc_of(2),
        name in texts::name(),
    ) {
        let before = file::write(&doc);
        for changed in renamed(&doc, &name) {
            prop_assert_eq!(changed_lines(&before, &file::write(&changed)), (1, 1));
        }
    }
}

#[test]
fn every_change_of_one_field_is_one_line() {
    let (_, text) = examples().remove(0);
    let before = file::read(&text).doc;
    let (id, record) = before.iter().find(|(_, it)| matches!(***it, Record::Friction(_))).unwrap();
    let changes: [fn(&mut throughline::model::record::Friction); 4] = [
        |it| it.severity = 1 + it.severity % 5,
        |it| it.votes += 1,
        |it| it.reach_pct = Some(12.5),
        |it| {
            it.confidence = match it.confidence {
                Confidence::Partly => Confidence::Researched,
                _ => Confidence::Partly,
            }
        },
    ];
    for change in changes {
        let Record::Friction(mut after) = Record::clone(record) else { unreachable!() };
        change(&mut after);
        let mut patch = Patch::default();
        patch.set(id, Some(record.clone()), Some(Record::from(after).into()));
        let mut changed = before.clone();
        changed.apply(&patch);
        let (gone, come) = changed_lines(&text, &file::write(&changed));
        assert!(gone <= 1 && come <= 1 && gone + come > 0, "{gone} lines gone, {come} come");
    }
}
