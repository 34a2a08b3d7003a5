//! What commands read: a map from a file or from standard input.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;

use crate::file::{self, Level, Loaded};

use super::output;

/// Reads a map. What is wrong inside it is among its diagnostics.
pub(super) fn load(path: &Path) -> anyhow::Result<Loaded> {
    if output::is_dash(path) { Ok(file::read(&standard_input()?)) } else { Ok(file::open(path)?) }
}

/// The text of a map, as it stands in the file or comes from standard input.
pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    if output::is_dash(path) {
        return standard_input();
    }
    let readable = path.metadata().is_ok_and(|it| it.len() <= file::MAX_BYTES);
    match std::fs::read_to_string(path) {
        Ok(text) if readable => Ok(text),
        // Opening it as a map says in plain words what is in the way.
        read => match file::open(path) {
            Err(error) => Err(error.into()),
            Ok(_) => Ok(read?),
        },
    }
}

/// All of standard input, which must be UTF-8.
fn standard_input() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let limit = file::MAX_BYTES + 1;
    std::io::stdin()
        .lock()
        .take(limit)
        .read_to_end(&mut bytes)
        .context("standard input cannot be read")?;
    anyhow::ensure!((bytes.len() as u64) < limit, "standard input is larger than any map");
    String::from_utf8(bytes).context("standard input is no text: it is not UTF-8")
}

/// Whether nothing in the file could be read as a map.
pub(super) fn holds_no_map(loaded: &Loaded) -> bool {
    loaded.diagnostics.iter().any(|it| it.code == "E001")
}

/// Reads a map that a command cannot do without: a file that holds none is an error.
pub(super) fn load_map(path: &Path) -> anyhow::Result<Loaded> {
    let loaded = load(path)?;
    if holds_no_map(&loaded) {
        let why = loaded.diagnostics.iter().find(|it| it.code == "E001");
        anyhow::bail!("{}: {}", output::name_of(path), why.map_or("", |it| &it.message));
    }
    Ok(loaded)
}

/// An answer from what could be read is better than none, but not without a word: `done` says
/// what was done with it.
pub(super) fn say_errors(path: &Path, loaded: &Loaded, done: &str) {
    let errors = loaded.diagnostics.iter().filter(|it| it.level == Level::Error).count();
    if errors > 0 {
        output::complain(&format!(
            "{} has {errors} errors; what could be read is {done}. `throughline check` lists them",
            output::name_of(path)
        ));
    }
}
