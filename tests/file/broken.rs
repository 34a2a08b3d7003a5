//! Files with something wrong in them: what is said, where, and what is shown all the same.

use std::fmt::Write as _;

use insta::assert_snapshot;
use throughline::file;
use throughline::model::record::Step;
use throughline::model::{Id, Typed};

/// What a person is told about a text, and which records are shown.
fn told(text: &str) -> String {
    let loaded = file::read(text);
    let mut out = String::new();
    for it in &loaded.diagnostics {
        let _ = writeln!(out, "{} {}:{} {}", it.code, it.line, it.column, it.message);
    }
    let shown: Vec<_> = loaded.doc.iter().map(|(id, _)| id.as_str()).collect();
    let lossy = if loaded.lossy { ", saving would lose something" } else { "" };
    let _ = write!(out, "shows: {}{lossy}", shown.join(" "));
    out
}

/// What is told about several texts, each under what it is about.
fn all(cases: &[(&str, String)]) -> String {
    cases.iter().fold(String::new(), |mut all, (about, told)| {
        let _ = write!(all, "--- {about}\n{told}\n\n");
        all
    })
}

/// A map with these sections.
fn map(sections: &str) -> String {
    format!("(\n    format: 1,\n    title: \"T\",\n{sections})\n")
}

/// A map with three steps, the fields of the middle one as given.
fn steps(fields: &str) -> String {
    map(&format!(
        "    segments: {{\n        \"all\": (name: \"All\"),\n    }},\n    steps: {{\n        \
         \"a\": (\n            name: \"A\",\n        ),\n        \"b\": (\n            \
         name: \"B\",\n{fields}        ),\n        \"c\": (\n            name: \"C\",\n        ),\n    }},\n"
    ))
}

fn step(text: &str, id: &str) -> Step {
    let loaded = file::read(text);
    let record = loaded.doc.get(&Id::new(id).unwrap()).unwrap();
    Step::of(record).unwrap().clone()
}

#[test]
fn what_is_no_map() {
    let said = all(&[
        ("empty", told("")),
        ("blank", told("  \n\n")),
        ("garbage", told("\u{1}\u{2}PNG\r\n\u{1a}\n\0\0\0 IHDR ��� }{ \" )(")),
        ("prose", told("Dear all,\nplease find attached: our map.")),
        ("json", told("{\"format\": 1, \"title\": \"T\"}")),
    ]);
    assert_snapshot!(said);
}

#[test]
fn one_wrong_field_loses_that_field() {
    let text = steps("            mood: 3,\n            thoughts: [\"one\", 2, \"three\"],\n");
    assert_eq!(step(&text, "b").thoughts, ["one", "three"]);
    let said = all(&[
        ("unknown field", told(&steps("            mood: 3,\n            notes: \"n\",\n"))),
        ("wrong type", told(&steps("            notes: 5,\n            thoughts: \"t\",\n"))),
        ("wrong entry", told(&steps("            feelings: {\"all\": 900, \"b c\": 1},\n"))),
        ("list entry", told(&steps("            thoughts: [\"one\", 2, \"three\"],\n"))),
        ("twice", told(&steps("            notes: \"n\",\n            notes: \"m\",\n"))),
        ("key twice", told(&steps("            feelings: {\"all\": 1, \"\\u{61}ll\": 2},\n"))),
        ("order", told(&steps("            order: \"A0\",\n            stage: \"No\",\n"))),
    ]);
    assert_snapshot!(said);
}

#[test]
fn numbers_that_cannot_be() {
    let action = |value: &str| {
        map(&format!("    actions: {{\n        \"x\": (title: \"X\", {value}),\n    }},\n"))
    };
    let said = all(&[
        ("nan", told(&action("check: (baseline: NaN, target: 5)"))),
        ("infinite", told(&action("check: (baseline: -inf, target: 1e999)"))),
        ("too large", told(&action("votes: 99999999999999999999, effort: -1"))),
        ("fraction", told(&action("votes: 1.5, effort: 0x3"))),
        ("day", told(&action("due: \"2026-02-30\", votes: 3"))),
        ("choice", told(&action("status: Maybe, levers: [People, Plumbing]"))),
    ]);
    assert_snapshot!(said);
}

#[test]
fn one_wrong_record_loses_that_record() {
    let links = "    steps: {\"a\": (name: \"A\"), \"b\": (name: \"B\")},\n    links: {\n        \
                 \"one\": (from: \"a\", kind: Uses),\n        \"two\": (from: \"a\", to: \"b\", \
                 kind: Knows),\n        \"ok\": (from: \"a\", to: \"b\", kind: Next()),\n    },\n";
    let ids = "    steps: {\n        \"A b\": (name: \"A\"),\n        7: (name: \"B\"),\n        \
               c: (name: \"C\"),\n        \"d\": [1],\n        \"e\": (name: \"E\"),\n        \
               \"e\": (name: \"F\"),\n        \"\": (name: \"G\"),\n    },\n    stages: {\"e\": (name: \"E\")},\n";
    let sections = "    widgets: {\"w\": ()},\n    colour: \"red\",\n    stages: [1],\n    \
                    steps: {\"a\": (name: \"A\")},\n    steps: {\"b\": (name: \"B\")},\n    title: \"U\",\n";
    let said = all(&[
        ("links", told(&map(links))),
        ("ids", told(&map(ids))),
        ("sections", told(&map(sections))),
    ]);
    assert_snapshot!(said);
}

#[test]
fn marks_that_are_missing_or_too_many() {
    let said = all(&[
        (
            "comma",
            told(&steps("            notes: \"n\"\n            thoughts: [\"t\" \"u\"],,\n")),
        ),
        ("colon", told(&steps("            notes \"n\",\n            thoughts: [\"t\"],\n"))),
        ("value", told(&steps("            notes: ,\n            thoughts: [\"t\"],\n"))),
        ("quote", told(&steps("            notes: \"n,\n            thoughts: [\"t\"],\n"))),
        (
            "inner quote",
            told(&steps(
                "            notes: \"say \"n\" to me\",\n            thoughts: [\"t\"],\n",
            )),
        ),
        ("escape", told(&steps("            notes: \"\\q\",\n            thoughts: [\"t\"],\n"))),
        ("list open", told(&steps("            thoughts: [\"t\",\n            notes: \"n\",\n"))),
        (
            "wrong closer",
            told(&steps("            thoughts: [\"t\"),\n            notes: \"n\",\n")),
        ),
        (
            "closer too many",
            told(&steps("            thoughts: [\"t\"]),\n            notes: \"n\",\n")),
        ),
        ("record open", told(&steps("").replacen("        ),\n", "", 1))),
        ("section open", told(&steps("").replacen("    },\n", "", 1))),
        ("section closed twice", told(&steps("").replacen("    },\n", "    },\n    },\n", 1))),
        ("no opening", told(&steps("").replacen("(\n", "", 1))),
        ("after the end", told(&format!("{} and more", map("")))),
        (
            "stray",
            told(&steps(
                "            notes: @#!,\n            ;\n            thoughts: [\"t\"],\n",
            )),
        ),
    ]);
    assert_snapshot!(said);
}

#[test]
fn a_file_cut_short_keeps_what_is_there() {
    let text = steps("            notes: \"n\",\n            thoughts: [\"t\"],\n");
    // However short it is cut, every record that is complete is there.
    let whole = file::read(&text).doc;
    for (cut, _) in text.char_indices() {
        let shown = file::read(&text[..cut]);
        assert!(shown.lossy || cut + 1 == text.len(), "{cut}");
        for (id, record) in whole.iter() {
            let end = text.find(&format!("\"{id}\": (")).unwrap();
            let end = end + text[end..].find("),").unwrap() + 1;
            if cut >= end {
                assert_eq!(shown.doc.get(id), Some(record), "{id} when cut at {cut}");
            }
        }
    }
    let said = all(&[
        ("cut in text", told(&text[..text.find("\"n\"").unwrap() + 2])),
        ("cut in list", told(&text[..text.find("\"t\"").unwrap() + 3])),
        ("cut after record", told(&text[..text.find("\"c\"").unwrap()])),
        ("cut in key", told(&text[..text.find("\"c\"").unwrap() + 2])),
    ]);
    assert_snapshot!(said);
}

#[test]
fn merges_left_undone_show_the_first_side() {
    let ours = "<<<<<<< HEAD\n            notes: \"ours\",\n||||||| base\n            notes: \"base\",\n\
                =======\n            notes: \"theirs\",\n>>>>>>> branch\n";
    assert_eq!(step(&steps(ours), "b").notes.as_deref(), Some("ours"));
    let said = all(&[("conflict", told(&steps(ours)))]);
    assert_snapshot!(said);
}

#[test]
fn bombs() {
    let deep = |open: &str| steps(&format!("            thoughts: {},\n", open.repeat(200_000)));
    for open in ["[", "(", "{", "Some(", "[(", "{\"a\":"] {
        let text = deep(open);
        let shown = told(&text);
        assert!(shown.contains("E005 ") && shown.contains("shows: a all b"), "{open}: {shown}");
    }
    let closed = steps(&format!("            thoughts: {}{},\n", "[".repeat(60), "]".repeat(60)));
    let mistakes = steps(&"            mood: @,\n".repeat(2_000));
    let shown = told(&mistakes);
    assert!(shown.contains("E009") && shown.lines().count() < 600, "{shown}");
    let said = all(&[("deep", told(&closed))]);
    assert_snapshot!(said);
}

#[test]
fn mistakes_without_end_are_not_listed_without_end() {
    let unknown: String = (0..5_000).map(|n| format!("            mood{n}: 1,\n")).collect();
    let entries: String = (0..5_000).map(|n| format!("\"s{n}\": 9, ")).collect();
    for fields in [unknown, format!("            feelings: {{{entries}}},\n")] {
        let shown = told(&steps(&fields));
        assert!(shown.lines().count() < 1_100, "{}", shown.lines().count());
        assert!(shown.contains("shows: a all b c"));
    }
}

#[test]
fn other_programs_marks() {
    let text = steps("            notes: \"n\",\n");
    let spelt = steps(
        "            notes: Some(r#\"n\"#),\n            submap: None,\n            stage: None,\n",
    );
    assert_eq!(step(&spelt, "b").notes.as_deref(), Some("n"));
    let said = all(&[
        ("bom", told(&format!("\u{feff}{text}"))),
        ("crlf", told(&text.replace('\n', "\r\n"))),
        (
            "comment",
            told(&text.replacen("    steps", "    // The journey\n    /* all */ steps", 1)),
        ),
        ("comment open", told(&text.replacen("    steps", "    /* The journey\n    steps", 1))),
        ("attribute", told(&format!("#![enable(implicit_some)]\n{text}"))),
        ("spelt out", told(&spelt)),
    ]);
    assert_snapshot!(said);
}

#[test]
fn formats() {
    let of = |format: &str| steps("").replacen("    format: 1,\n", format, 1);
    let newer = file::read(&of("    format: 2,\n"));
    assert_eq!(newer.doc.len(), 4);
    let said = all(&[
        ("no format", told(&of(""))),
        ("format zero", told(&of("    format: 0,\n"))),
        ("format word", told(&of("    format: \"one\",\n"))),
        ("newer", newer.read_only.unwrap()),
    ]);
    assert_snapshot!(said);
}

#[test]
fn broken_rules_have_their_place() {
    let text = map(
        "    stages: {\n        \"s\": (name: \"S\"),\n    },\n    steps: {\n        \"a\": (\n            \
         name: \"Select\",\n            stage: \"nowhere\",\n            feelings: {\"s\": 3},\n        ),\n    },\n    \
         links: {\n        \"l\": (\n            from: \"a\",\n            to: \"gone\",\n            kind: Next(\n                \
         share_pct: 140,\n            ),\n        ),\n    },\n",
    );
    let (loaded, all) = file::check_text(&text, None);
    let mut said: Vec<_> = all.iter().map(|it| (it.code, it.line, &it.message)).collect();
    assert!(said.iter().any(|(code, line, _)| *code == "W202" && *line == 9), "{said:?}");
    assert_eq!(loaded, file::read(&text));
    assert!(all.iter().all(|it| !it.is_of_file()));
    assert!(file::read("").diagnostics.iter().all(file::Diagnostic::is_of_file));
    let count = said.len();
    said.dedup();
    assert_eq!(said.len(), count);
    assert_snapshot!(told(&text));
}
