//! Whatever stands in a file: reading it does not fail, and what is shown can be saved.

use proptest::prelude::*;
use proptest::sample::Index;
use throughline::file;
use throughline::model::{Graph, check};

use crate::support::maps;

/// Bits of RON that do harm in the wrong place.
const BITS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "r#\"",
    "\"#",
    "//",
    "/*",
    "*/",
    "\n",
    "\r",
    "\0",
    "Some(",
    "None",
    "NaN",
    "-",
    "1e999",
    "0x",
    "'",
    "#!",
    "steps: {",
    "\"a\": (",
    "),\n",
    "    },\n",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "\u{feff}",
    "é",
    "\u{202e}",
    "[[[[[[[[[[",
];

/// What must hold for any text at all.
fn holds(text: &str) {
    let loaded = file::read(text);
    let lines = text.lines().count() + 1;
    for it in &loaded.diagnostics {
        assert!(it.line >= 1 && it.column >= 1 && it.line <= lines, "{it:?}");
        assert!(!it.message.is_empty(), "{it:?}");
    }
    let _ = Graph::of(&loaded.doc);
    let _ = check::check(&loaded.doc, None);
    // What is shown is saved as it is shown.
    let written = file::write(&loaded.doc);
    let again = file::read(&written);
    assert_eq!(again.doc, loaded.doc);
    assert!(!again.lossy, "{:?}", again.diagnostics);
    assert_eq!(file::write(&again.doc), written);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn bits_of_maps(bits in proptest::collection::vec(proptest::sample::select(BITS), 0..60)) {
        holds(&bits.concat());
        holds(&format!("(format: 1, {}", bits.concat()));
    }

    #[test]
    fn damaged_maps(
        doc in maps::doc_of(2),
        damage in proptest::collection::vec(
            (any::<Index>(), 0usize..30, proptest::sample::select(BITS)),
            1..6,
        ),
    ) {
        let mut text = file::write(&doc);
        for (at, gone, come) in damage {
            let mut from = at.index(text.len() + 1);
            while !text.is_char_boundary(from) {
                from -= 1;
            }
            let mut to = (from + gone).min(text.len());
            while !text.is_char_boundary(to) {
                to += 1;
            }
            text.replace_range(from..to, come);
        }
        holds(&text);
    }

    #[test]
    fn a_map_cut_short(doc in maps::doc_of(2), at in any::<Index>()) {
        let text = file::write(&doc);
        let mut cut = at.index(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        holds(&text[..cut]);
        // A record stands on lines of its own: what ended before the cut is all there.
        let shown = file::read(&text[..cut]);
        let before = text[..cut].matches("\n        ),").count();
        prop_assert!(shown.doc.len() >= before, "{} of {before}", shown.doc.len());
    }

    #[test]
    fn a_line_left_out_loses_no_other_record(doc in maps::doc_of(2), at in any::<Index>()) {
        let text = file::write(&doc);
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        let gone = at.index(lines.len());
        // Without its section nobody can know what a record is.
        prop_assume!(!(lines[gone].starts_with("    ") && lines[gone].ends_with(": {\n")));
        let left: String =
            lines.iter().enumerate().filter(|(n, _)| *n != gone).map(|(_, line)| *line).collect();
        holds(&left);
        let shown = file::read(&left);
        let (left, all) = (shown.doc.len(), doc.len());
        prop_assert!(left + 1 >= all, "{left} of {all} without {:?}", lines[gone]);
    }
}
