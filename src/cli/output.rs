//! Where commands write: standard output, standard error, and the exit code.
//!
//! Not here: files; those are written by `file` and `export`, whole or not at all.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Done; nothing to complain about.
    Clean = 0,
    /// Done; something is not as it should be.
    Findings = 1,
    /// The input cannot be used, or nothing could be written.
    Unusable = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Whether a path stands for standard input or output.
pub(super) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What people call the file: its path, or the stream.
pub(super) fn name_of(path: &Path) -> String {
    if is_dash(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Writes to standard output.
pub(super) fn say(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).context("cannot write to standard output")
}

/// An answer as JSON, with a newline at the end.
pub(super) fn json(answer: &impl serde::Serialize) -> anyhow::Result<String> {
    let mut json = serde_json::to_string_pretty(answer)?;
    json.push('\n');
    Ok(json)
}

/// Writes one line to standard error. Where that is closed, nobody is left to tell.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "throughline: {message}");
}

/// Whether the reader of our output went away (`throughline … | head`), which is no failure.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
