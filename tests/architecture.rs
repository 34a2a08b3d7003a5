//! Who may know whom: the table of ARCHITECTURE.md, held against the source.

use std::collections::BTreeSet;

use crate::source::{Source, program, root};

const MODULES: &[&str] = &[
    "cli", "disk", "edit", "examples", "export", "file", "geom", "insight", "layout", "model",
    "scene", "text", "tool", "ui",
];

/// Module, and which others it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("geom", &[]),
    ("examples", &[]),
    ("disk", &[]),
    ("text", &["geom"]),
    ("model", &["geom"]),
    ("edit", &["model", "geom"]),
    ("insight", &["model", "geom"]),
    ("file", &["disk", "model", "edit"]),
    ("layout", &["model", "text", "geom"]),
    ("scene", &["layout", "model", "insight", "text", "geom"]),
    ("export", &["disk", "scene", "model", "insight", "text", "geom"]),
    ("tool", &["model", "edit", "scene", "geom"]),
    (
        "cli",
        &[
            "disk", "edit", "examples", "export", "file", "geom", "insight", "layout", "model",
            "scene", "text",
        ],
    ),
    (
        "ui",
        &[
            "disk", "edit", "examples", "export", "file", "geom", "insight", "layout", "model",
            "scene", "text", "tool",
        ],
    ),
];

/// Crates of the window: only `ui` and the binary that starts it may name them.
const WINDOW_CRATES: &[&str] = &["egui", "eframe", "egui_extras", "rfd", "epaint", "emath"];

#[test]
fn modules_use_only_whom_they_may_know() {
    let mut wrong = Vec::new();
    for source in program() {
        let Some(module) = module_of(&source.path) else { continue };
        let (_, may) = MAY_USE
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("{}: the table has no row {module}", source.path));
        for used in used_modules(&source) {
            if used != module && !may.contains(&used.as_str()) {
                wrong.push(format!("{}: {module} may not use {used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_window_names_its_crates() {
    let mut wrong = Vec::new();
    for source in program() {
        let module = module_of(&source.path);
        if module == Some("ui") || source.path == "src/main.rs" {
            continue;
        }
        let code = source.code();
        for name in WINDOW_CRATES {
            if words(&code).any(|word| word == *name) {
                wrong.push(format!("{} names {name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_a_row_for_each_module() {
    let declared: BTreeSet<String> = std::fs::read_to_string(root().join("src/lib.rs"))
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned))
        .collect();
    let known: BTreeSet<String> = MODULES.iter().map(|it| (*it).to_owned()).collect();
    let rows: BTreeSet<String> = MAY_USE.iter().map(|(it, _)| (*it).to_owned()).collect();
    assert_eq!(declared, known);
    assert_eq!(declared, rows);
}

#[test]
fn the_page_has_the_same_table() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for (module, may) in MAY_USE {
        let row = page
            .lines()
            .filter_map(|line| line.strip_prefix("| "))
            .filter_map(|line| line.split_once(" | "))
            .find(|(names, _)| names.split(", ").any(|name| name == *module))
            .unwrap_or_else(|| panic!("ARCHITECTURE.md has no row for {module}"))
            .1;
        let said: BTreeSet<&str> = match row.strip_suffix(" |").unwrap_or(row) {
            "nothing of ours" => BTreeSet::new(),
            "all but tool and ui" => {
                MODULES.iter().copied().filter(|it| !["cli", "tool", "ui"].contains(it)).collect()
            }
            "all but cli" => {
                MODULES.iter().copied().filter(|it| !["cli", "ui"].contains(it)).collect()
            }
            list => list.split(", ").collect(),
        };
        assert_eq!(said, may.iter().copied().collect(), "the row of {module}");
    }
}

#[test]
fn the_reader_of_paths_finds_every_spelling() {
    let text = "use crate::{geom::Rect, model::{Doc, Id}};\nfn f(x: crate::text::Text) {}\n\
                use super::super::edit::Tx;\n#[cfg(test)]\nuse crate::ui::App;\n";
    let source = Source { path: "src/scene/item.rs".to_owned(), text: text.to_owned() };
    let found: Vec<String> = used_modules(&source).into_iter().collect();
    assert_eq!(found, ["edit", "geom", "model", "text"]);
}

/// `scene` for `src/scene/item.rs` and `examples` for `src/examples.rs`; none for the roots.
fn module_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(name, "lib" | "main")).then_some(name)
}

/// How deep below the crate's root the module of a file stands: 1 for `src/edit/mod.rs`.
fn depth_of(path: &str) -> usize {
    path.matches('/').count() - usize::from(path.ends_with("/mod.rs"))
}

/// The modules of ours that a file names by `crate::…` or by climbing to the root.
fn used_modules(source: &Source) -> BTreeSet<String> {
    let code: String = source.code().split_whitespace().collect::<Vec<_>>().join(" ");
    let climb = "super::".repeat(depth_of(&source.path));
    let mut found = BTreeSet::new();
    for start in ["crate::", climb.as_str()] {
        for (at, _) in code.match_indices(start) {
            let tail = &code[at + start.len()..];
            if let Some(group) = tail.strip_prefix('{') {
                found.extend(first_words(group));
            } else {
                found.extend(words(tail).next().map(str::to_owned));
            }
        }
    }
    found.retain(|name| MODULES.contains(&name.as_str()));
    found
}

/// The first word of each path in a group, up to the brace that closes it.
fn first_words(group: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let mut found = vec![String::new()];
    let mut taking = true;
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(String::new());
                taking = true;
            }
            c if depth == 0 && taking && (c.is_alphanumeric() || c == '_') => {
                found.last_mut().expect("the list starts with a word").push(c);
            }
            ' ' => {}
            _ => taking = false,
        }
    }
    found
}

/// The words of a code.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}
