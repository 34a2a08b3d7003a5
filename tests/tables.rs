//! Tables as files: every record a row, every text itself and never a formula, the same bytes.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use proptest::prelude::*;
use quick_xml::events::Event;
use throughline::export::{self, Output, Progress, Request, TableKind};
use throughline::model::choice::FrictionClass;
use throughline::model::record::{Friction, Reading, Segment};
use throughline::model::{Doc, Kind};
use throughline::scene::{JourneyOptions, Theme};

use crate::support::maps;
use crate::support::small::{Map, id};

fn made(doc: &Doc, output: Output) -> Vec<u8> {
    let view = export::View::Journey(JourneyOptions::default());
    let request = Request { doc: doc.clone(), view, theme: Theme::light(), output };
    export::make(&request, &Progress::default()).unwrap()
}

/// The rows of a CSV, the header first, as a spreadsheet reads them.
fn rows(doc: &Doc, table: TableKind) -> Vec<Vec<String>> {
    let bytes = made(doc, Output::Csv(table));
    let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    assert!(text.ends_with("\r\n"));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(text.as_bytes());
    reader.records().map(|it| it.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Takes off the apostrophe that keeps a spreadsheet from calculating.
fn undone(cell: &str) -> &str {
    let Some(text) = cell.strip_prefix('\'') else { return cell };
    if is_risky(text) { text } else { cell }
}

fn is_risky(text: &str) -> bool {
    let blank = |c: char| c == '\'' || c.is_whitespace() || ('\u{200b}'..='\u{200f}').contains(&c);
    let rest = text.trim_start_matches(blank);
    rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text[..text.len() - rest.len()].contains(['\t', '\n', '\r'])
}

/// What a file can hold of a text.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let keeps = |c: &char| {
        !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
            && (!c.is_control() || matches!(c, '\n' | '\t'))
            && u32::from(*c) & 0xfffe != 0xfffe
    };
    let line = |c: char| match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c => c,
    };
    text.chars().map(line).filter(keeps).collect()
}

/// The parts of a zip, by name.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let all = 0..zip.len();
    all.map(|at| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    })
    .collect()
}

/// The local names of all elements; fails where the XML is not well-formed.
fn elements(xml: &[u8]) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let (mut names, mut depth, mut buffer) = (Vec::new(), 0_i32, Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            Event::Start(it) => {
                names.push(String::from_utf8(it.local_name().as_ref().to_vec()).unwrap());
                depth += 1;
            }
            Event::Empty(it) => {
                names.push(String::from_utf8(it.local_name().as_ref().to_vec()).unwrap());
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    assert_eq!(depth, 0);
    names
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_csv_is_the_records_of_its_kind(doc in maps::doc()) {
        for table in TableKind::ALL {
            let rows = rows(&doc, table);
            let (header, rows) = rows.split_first().unwrap();
            prop_assert_eq!(header.last().map(String::as_str), Some("Id"));
            let ids: BTreeSet<&str> = rows.iter().map(|row| undone(row.last().unwrap())).collect();
            let all: BTreeSet<&str> = (doc.iter())
                .filter(|(_, record)| record.kind() == table.kind())
                .map(|(id, _)| id.as_str())
                .collect();
            prop_assert_eq!(rows.len(), all.len());
            prop_assert_eq!(&ids, &all);
            for row in rows {
                for cell in row {
                    let is_number = cell.parse::<f64>().is_ok();
                    prop_assert!(is_number || !is_risky(cell) || cell.starts_with('\''), "{cell:?}");
                }
                let id = id(undone(row.last().unwrap()));
                let name = plain(doc.name_of(&id));
                if !matches!(table.kind(), Kind::Link | Kind::Reading) {
                    prop_assert_eq!(undone(&row[0]), name);
                }
            }
        }
    }

    #[test]
    fn every_workbook_is_well_formed_and_the_same_again(doc in maps::doc()) {
        let bytes = made(&doc, Output::Xlsx);
        prop_assert!(bytes == made(&doc, Output::Xlsx));
        let has = |kind| doc.iter().any(|(_, record)| record.kind() == kind);
        let wanted: Vec<TableKind> = (TableKind::ALL.into_iter())
            .filter(|it| *it == TableKind::Steps || has(it.kind()))
            .collect();
        let mut sheets = 0;
        for (name, bytes) in parts(&bytes) {
            let elements = elements(&bytes);
            let count = |of: &str| elements.iter().filter(|it| *it == of).count();
            if let Some(at) = name.strip_prefix("xl/worksheets/sheet") {
                let at: usize = at.trim_end_matches(".xml").parse().unwrap();
                let kind = wanted[at - 1].kind();
                let records = doc.iter().filter(|(_, record)| record.kind() == kind).count();
                prop_assert_eq!(count("row"), records + 1, "{}", name);
                prop_assert_eq!(count("f"), 0, "no text became a formula");
                prop_assert_eq!((count("pane"), count("autoFilter")), (1, 1));
                sheets += 1;
            }
        }
        prop_assert_eq!(sheets, wanted.len());
    }
}

#[test]
fn frictions_come_by_weight_with_who_answers_for_them() {
    let doc = throughline::examples::example("home-movie-night").unwrap();
    let doc = throughline::file::read(doc.ron).doc;
    let rows = rows(&doc, TableKind::Frictions);
    let at = |header: &str| rows[0].iter().position(|it| it == header).unwrap();
    let weights: Vec<f64> =
        rows[1..].iter().map(|row| row[at("Weight")].parse().unwrap()).collect();
    assert!(weights.windows(2).all(|pair| pair[0] >= pair[1]), "{weights:?}");
    let first = &rows[1];
    for (header, cell) in [
        ("Friction point", "Drive back before the shop closes"),
        ("Where", "Return the film"),
        ("Where (id)", "return"),
        ("Kind of place", "step"),
        ("Class", "Effort"),
        ("Severity", "4"),
        ("Reach %", "60"),
        ("Causes", "Late-fee policy"),
        ("Owners", "Shop staff"),
        ("Actions", "One free day a month"),
        ("Votes", "9"),
    ] {
        assert_eq!(first[at(header)], cell, "{header}");
    }
}

#[test]
fn feelings_have_a_column_a_segment_and_stay_numbers() {
    let doc = throughline::examples::example("home-movie-night").unwrap();
    let doc = throughline::file::read(doc.ron).doc;
    let rows = rows(&doc, TableKind::Steps);
    let at = rows[0].iter().position(|it| it == "Feels: Families").unwrap();
    let felt: Vec<&str> = rows[1..].iter().map(|row| row[at].as_str()).collect();
    assert_eq!(felt, ["1", "-1", "0", "2", "-2"]);
}

#[test]
fn what_is_broken_or_too_long_is_a_table_all_the_same() {
    let mut map = Map::default();
    map.put(
        "f",
        Friction {
            text: format!("={}", "long ".repeat(200_000)),
            reach_pct: Some(f64::NAN),
            class: FrictionClass::Wait,
            ..Default::default()
        },
    );
    map.put(
        "r",
        Reading {
            value: Some(f64::INFINITY),
            date: "0900-01-01".parse().ok(),
            ..Default::default()
        },
    );
    for n in 0..80 {
        map.put(&format!("sg{n}"), Segment { name: "Same".into(), ..Default::default() });
    }
    map.step("s", "Step", None);
    let mut step = map.0.get_as::<throughline::model::record::Step>(&id("s")).unwrap().clone();
    step.feelings = (0..80).map(|n| (id(&format!("sg{n}")), 1)).collect();
    step.feelings.insert(id("gone"), -1);
    map.put("s", step);
    let doc = &map.0;
    let steps = rows(doc, TableKind::Steps);
    let others = steps[0].iter().position(|it| it == "Feels: others").unwrap();
    assert_eq!(steps[1][others].lines().count(), 31, "thirty segments and one that is not there");
    let strings = parts(&made(doc, Output::Xlsx));
    let strings = strings.iter().find(|(name, _)| name == "xl/sharedStrings.xml").unwrap();
    let text = String::from_utf8(strings.1.clone()).unwrap();
    assert!(text.contains("(cut: a cell holds no more)") && text.contains("0900-01-01"));
    assert!(text.len() < 60_000);
}

#[test]
fn tables_can_be_given_up() {
    let progress = Progress::default();
    progress.cancel();
    let view = export::View::Journey(JourneyOptions::default());
    let request =
        Request { doc: Doc::default(), view, theme: Theme::light(), output: Output::Xlsx };
    assert!(matches!(export::make(&request, &progress), Err(export::ExportError::Cancelled)));
}
