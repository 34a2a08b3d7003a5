//! The project's own source as tests see it: files, and code without comments, strings and
//! test-only items. Not here: what is asked of them (see `architecture` and `tidy`).

use std::path::{Path, PathBuf};

/// A source file.
pub struct Source {
    /// From the root of the package, with `/`.
    pub path: String,
    pub text: String,
}

impl Source {
    /// The code with comments and the insides of literals blanked and test-only items left out.
    /// Lines keep their numbers.
    pub fn code(&self) -> String {
        without_tests(&blank(&self.text, true))
    }

    /// The code with comments blanked, literals kept, and test-only items left out.
    pub fn code_with_literals(&self) -> String {
        let masked = blank(&self.text, true);
        let kept = blank(&self.text, false);
        let shown = without_tests(&masked);
        // Where the masked text lost an item, so does the one with literals.
        let mut out = String::with_capacity(kept.len());
        for ((before, after), char) in masked.chars().zip(shown.chars()).zip(kept.chars()) {
            out.push(if before == after { char } else { ' ' });
        }
        out
    }

    /// The files of modules that this one declares behind `#[cfg(test)]`.
    fn test_modules(&self) -> Vec<String> {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let lines: Vec<&str> = self.text.lines().map(str::trim).collect();
        let mut found = Vec::new();
        for (at, _) in lines.iter().enumerate().filter(|(_, line)| **line == "#[cfg(test)]") {
            let after = &lines[at + 1..];
            let path =
                after.first().and_then(|it| it.strip_prefix("#[path = \"")?.strip_suffix("\"]"));
            let declared = after.get(usize::from(path.is_some()));
            let name = declared.and_then(|it| it.strip_prefix("mod ")?.strip_suffix(';'));
            if let Some(name) = name {
                found.push(
                    path.map_or_else(
                        || format!("{folder}/{name}.rs"),
                        |it| format!("{folder}/{it}"),
                    ),
                );
            }
        }
        found
    }
}

/// The source of the program itself, without the files that are compiled for tests alone.
pub fn program() -> Vec<Source> {
    let mut all = files("src", &["rs"]);
    let tests: Vec<String> = all.iter().flat_map(Source::test_modules).collect();
    all.retain(|it| !tests.contains(&it.path));
    all
}

/// The root of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files beneath a folder with one of these endings, in order.
pub fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| {
            path.extension().is_some_and(|it| endings.iter().any(|ending| it == *ending))
        })
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let inside = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            Source { path: inside, text }
        })
        .collect()
}

/// Every file beneath a folder, hidden folders and build output left out.
pub fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() {
            if name != "target" && !name.starts_with(".git") {
                walk(&path, out);
            }
        } else {
            out.push(path);
        }
    }
}

/// Blanks comments and, if asked, the insides of string and character literals.
fn blank(text: &str, literals: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let hide = |c: char, hidden: bool| if hidden && c != '\n' { ' ' } else { c };
    while at < chars.len() {
        let rest = &chars[at..];
        let (length, is_literal) = token(rest, at.checked_sub(1).map(|before| chars[before]));
        let hidden = match is_literal {
            Some(true) => literals,
            Some(false) => true,
            None => false,
        };
        out.extend(rest[..length].iter().map(|c| hide(*c, hidden)));
        at += length;
    }
    out
}

/// How long the comment (`Some(false)`), literal (`Some(true)`) or plain character is.
fn token(rest: &[char], before: Option<char>) -> (usize, Option<bool>) {
    let find = |from: usize, what: &[char]| {
        (from..rest.len()).find(|at| rest[*at..].starts_with(what)).unwrap_or(rest.len())
    };
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    match rest {
        ['/', '/', ..] => (find(0, &['\n']), Some(false)),
        ['/', '*', ..] => ((find(2, &['*', '/']) + 2).min(rest.len()), Some(false)),
        ['r', ..] | ['b', 'r', ..] if !in_word => {
            let start = if rest[0] == 'b' { 2 } else { 1 };
            let hashes = rest[start..].iter().take_while(|c| **c == '#').count();
            if rest.get(start + hashes) != Some(&'"') {
                return (1, None);
            }
            let mut close = vec!['"'];
            close.extend(std::iter::repeat_n('#', hashes));
            ((find(start + hashes + 1, &close) + close.len()).min(rest.len()), Some(true))
        }
        ['"', ..] => {
            let mut at = 1;
            while at < rest.len() && rest[at] != '"' {
                at += if rest[at] == '\\' { 2 } else { 1 };
            }
            ((at + 1).min(rest.len()), Some(true))
        }
        ['\'', '\\', ..] => ((find(3, &['\'']) + 1).min(rest.len()), Some(true)),
        ['\'', _, '\'', ..] => (3, Some(true)),
        _ => (1, None),
    }
}

/// Blanks every item behind `#[cfg(test)]` (or `#[cfg(all(test, …))]`).
fn without_tests(code: &str) -> String {
    let mut out: Vec<char> = code.chars().collect();
    let marks = ["#[cfg(test)]", "#[cfg(all(test", "#[test]"];
    let mut at = 0;
    while at < out.len() {
        let here = |mark: &&str| mark.chars().enumerate().all(|(i, c)| out.get(at + i) == Some(&c));
        if marks.iter().any(here) {
            let end = end_of_item(&out, at);
            for c in &mut out[at..end] {
                if *c != '\n' {
                    *c = ' ';
                }
            }
            at = end;
        } else {
            at += 1;
        }
    }
    out.into_iter().collect()
}

/// Behind the `;` or the closing brace that ends the item at `start`.
fn end_of_item(code: &[char], start: usize) -> usize {
    let mut depth = 0_i32;
    for (at, c) in code.iter().enumerate().skip(start) {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth -= 1;
                if depth == 0 && *c == '}' {
                    return at + 1;
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn code_is_found_between_comments_literals_and_tests() {
    let text = "use a; // crate::x\nlet s = \"crate::y\"; let c = '\"'; fn f<'a>() {}\n\
                #[cfg(test)]\nmod tests { use crate::z; }\nlet r = r#\"a\"b\"#; use crate::k;\n";
    let code = Source { path: String::new(), text: text.to_owned() }.code();
    assert_eq!(code.matches("crate::").count(), 1, "{code}");
    assert!(code.contains("crate::k") && code.contains("fn f<'a>() {}"), "{code}");
    assert_eq!(code.lines().count(), text.lines().count());
    let kept = Source { path: String::new(), text: text.to_owned() }.code_with_literals();
    assert!(kept.contains("\"crate::y\"") && !kept.contains("crate::z"), "{kept}");
}

#[test]
fn test_modules_are_known_by_their_declaration() {
    let text = "mod a;\n#[cfg(test)]\nmod driver;\n#[cfg(test)]\n#[path = \"b_tests.rs\"]\nmod tests;\n\
                #[cfg(test)]\nmod inline {}\n";
    let source = Source { path: "src/tool/mod.rs".to_owned(), text: text.to_owned() };
    assert_eq!(source.test_modules(), ["src/tool/driver.rs", "src/tool/b_tests.rs"]);
}
