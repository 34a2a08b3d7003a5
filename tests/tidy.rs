//! House rules that a machine can hold: sizes, headers, words of unfinished work, colours.

use std::path::PathBuf;

use crate::source::{Source, files, program, root, walk};

/// No file is longer.
const MAX_LINES: usize = 600;

fn ours() -> Vec<Source> {
    ["src", "tests", "benches"].iter().flat_map(|folder| files(folder, &["rs"])).collect()
}

/// Asserts that no file has anything to complain about.
fn hold(sources: &[Source], complaint: impl Fn(&Source) -> Vec<String>) {
    assert!(!sources.is_empty(), "no file was looked at");
    let wrong: Vec<String> = sources
        .iter()
        .flat_map(|it| complaint(it).into_iter().map(move |say| format!("{}: {say}", it.path)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The lines (from 1) that hold any of these words, with the word.
fn lines_with(text: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for word in words.iter().filter(|word| line.contains(**word)) {
            found.push(format!("line {}: {word}", at + 1));
        }
    }
    found
}

#[test]
fn files_are_short() {
    hold(&ours(), |it| {
        let lines = it.text.lines().count();
        if lines > MAX_LINES { vec![format!("{lines} lines")] } else { Vec::new() }
    });
}

#[test]
fn every_module_says_what_it_is_for() {
    hold(&ours(), |it| {
        if it.text.starts_with("//! ") { Vec::new() } else { vec!["no //! header".to_owned()] }
    });
}

#[test]
fn nothing_is_left_unfinished() {
    let code = ["todo!(", "unimplemented!(", "dbg!("];
    // In two parts, so that this file does not hold what it looks for.
    let words =
        [concat!("FIX", "ME"), concat!("TO", "DO:"), concat!("XX", "X"), concat!("for ", "now")];
    hold(&ours(), |it| {
        let mut found = lines_with(&it.code(), &code);
        found.extend(lines_with(&it.text, &words));
        found
    });
}

#[test]
fn ignored_tests_give_their_reason() {
    hold(&ours(), |it| {
        let bare = concat!("#[", "ignore]");
        lines_with(&it.text, &[bare])
    });
}

/// Colours come from the theme's files; code converts them in two places.
#[test]
fn colours_are_said_in_the_theme_only() {
    let sources: Vec<Source> = program()
        .into_iter()
        .filter(|it| !["src/ui/theme.rs", "src/scene/theme.rs"].contains(&&*it.path))
        .collect();
    hold(&sources, |it| {
        let code = it.code_with_literals();
        let mut found = lines_with(
            &code,
            &[
                "Color32::from_",
                "Color32::RED",
                "Color32::WHITE",
                "Color32::BLACK",
                "Color32::GRAY",
                "Color32::YELLOW",
                "Color32::GREEN",
                "Color32::BLUE",
            ],
        );
        found.extend(hex_colours(&code));
        found
    });
}

/// Lines with `#` and six or eight hexadecimal digits right after a quote or an equals sign.
fn hex_colours(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in code.lines().enumerate() {
        for (start, _) in line.match_indices('#') {
            let digits = line[start + 1..].chars().take_while(char::is_ascii_hexdigit).count();
            if digits == 6 || digits == 8 {
                found.push(format!("line {}: {}", at + 1, &line[start..=start + digits]));
            }
        }
    }
    found
}

#[test]
fn raw_colours_are_seen() {
    assert_eq!(hex_colours("a\nfill=\"#12ab9F\" #12 #1234567").len(), 1);
}

#[test]
fn lines_end_where_their_text_ends() {
    let mut sources = ours();
    for folder in ["docs", "maps", "assets/theme", ".ci"] {
        sources.extend(files(folder, &["md", "ron", "sh"]));
    }
    sources.extend(pages());
    hold(&sources, |it| {
        let mut found: Vec<String> = it
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.ends_with([' ', '\t']))
            .map(|(at, _)| format!("line {}: space at the end", at + 1))
            .collect();
        if !it.text.ends_with('\n') {
            found.push("no newline at the end".to_owned());
        }
        if it.text.contains('\r') {
            found.push("carriage returns".to_owned());
        }
        found
    });
}

/// The pages and settings at the top of the package.
fn pages() -> Vec<Source> {
    ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "Cargo.toml", "deny.toml"]
        .iter()
        .map(|name| Source {
            path: (*name).to_owned(),
            text: std::fs::read_to_string(root().join(name)).unwrap(),
        })
        .collect()
}

/// A snapshot that no test writes any more would be kept for ever.
#[test]
fn snapshots_have_owners() {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["src", "tests"] {
        walk(&root().join(folder), &mut paths);
    }
    let code: String = ours().into_iter().map(|it| it.text).collect();
    let orphans: Vec<String> = paths
        .iter()
        .filter_map(|path| {
            let stem = path.file_stem()?.to_str()?;
            let ending = path.extension()?;
            let wanted = if ending == "snap" {
                stem.rsplit("__").next()?
            } else if ending == "png" && path.iter().any(|part| part == "snapshots") {
                // What a run leaves beside a picture (`.new`, `.diff`, `.old`) is the picture's.
                stem.split('.').next()?
            } else {
                return None;
            };
            let name = wanted.split('@').next()?;
            let plain = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
            let owned = [name, plain].iter().any(|it| !it.is_empty() && code.contains(*it));
            (!owned).then(|| path.display().to_string())
        })
        .collect();
    assert!(orphans.is_empty(), "nothing writes:\n{}", orphans.join("\n"));
}

#[test]
fn the_changelog_has_this_version() {
    let log = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(log.contains(&format!("## [{version}]")), "no section for {version}");
}
