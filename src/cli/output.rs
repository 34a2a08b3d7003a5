//! Where commands write: standard output, standard error, files, and the exit code.
//!
//! Files appear whole or not at all: they are written beside their place and renamed.

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

/// Writes a file beside its place and renames it over; `-` is standard output.
///
/// A file that is there already keeps its mode, and a link to a file stays one.
pub(super) fn put(path: &Path, bytes: &[u8], if_there: IfThere) -> anyhow::Result<()> {
    if is_dash(path) {
        return say(bytes);
    }
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let cannot = || format!("cannot write {}; nothing was changed", path.display());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".throughline-");
    // As any new file, less the user's mask; temporary files are private otherwise.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).with_context(cannot)?;
    if let Ok(there) = place.metadata() {
        file.as_file().set_permissions(there.permissions()).with_context(cannot)?;
    }
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).with_context(cannot)?;
    match if_there {
        IfThere::Replace => file.persist(&place).map_err(|e| e.error).with_context(cannot)?,
        IfThere::Refuse => {
            file.persist_noclobber(&place).map_err(|e| e.error).with_context(cannot)?
        }
    };
    Ok(())
}

/// What to do where the file exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IfThere {
    Replace,
    Refuse,
}
