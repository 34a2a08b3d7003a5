//! Texts for property tests: plain ones, and those that break writers and readers.

use proptest::prelude::*;
use proptest::sample::select;

/// Texts that have broken someone's writer or reader.
pub const HOSTILE: &[&str] = &[
    "\"quoted\" and \\ back",
    "two\nlines",
    "CR\r\nLF and \r alone",
    "tab\tnul\0bell\u{7}del\u{7f}",
    "bidi \u{202e}evil\u{202c} \u{2066}x\u{2069}",
    "invisible \u{200b}\u{feff}\u{ad}\u{e0041}",
    "line\u{2028}paragraph\u{2029}next\u{85}",
    "👩\u{200d}👩\u{200d}👧 🇩🇪 ❤\u{fe0f}",
    "العربية עברית हिन्दी 漢字 می\u{200c}خواهم",
    "]]> <svg> &amp; </text> <!-- -->",
    "(name: \"x\", steps: {\"a\": (order: \"b\")})",
    "r#\"raw\"# // no comment /* none */",
    "\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n",
    "}, ) ] : , {",
    "combining e\u{301}\u{302}\u{303} a\u{30a}",
    "\u{fffd}\u{ffff}\u{10ffff}",
    "None",
    "  spaces around  ",
];

/// Any text: plain, hostile, arbitrary or very long.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[A-Z][a-z]{1,9}( [a-z]{1,9}){0,4}",
        3 => select(HOSTILE).prop_map(str::to_owned),
        2 => "\\PC{1,12}",
        1 => any::<String>(),
        1 => (1usize..90).prop_map(|n| "very long ".repeat(n)),
    ]
}

/// A text that is not blank: names, titles, what a friction point says.
pub fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.trim().is_empty() { "x".to_owned() } else { text })
}

/// A text or none.
pub fn maybe() -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(0.3, text())
}

/// No texts, or a few.
pub fn texts() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![3 => Just(Vec::new()), 2 => proptest::collection::vec(text(), 1..4)]
}
