//! The disk: opening a map, and saving one so that the old file stands until the new one is
//! whole.
//!
//! A save writes a temporary file in the same folder, flushes it, reads it back and compares, and
//! only then takes the place of the old file in one step. Not here: what the text is (`write`,
//! `read`), backups, and asking before something is lost ([`Loaded::lossy`]).

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{Loaded, read, write};
use crate::disk::{self, Beside};
use crate::model::Doc;

/// The largest file that is opened, in bytes (256 MiB).
pub const MAX_BYTES: u64 = 256 << 20;

/// Why a map could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("“{}” is not there. It may have been moved, renamed or deleted.", path.display())]
    NotFound { path: PathBuf },
    #[error("“{}” may not be read by you. Ask its owner for access, or open a copy.", path.display())]
    Permission { path: PathBuf },
    #[error("“{}” is a folder, not a map. Choose a file in it.", path.display())]
    Folder { path: PathBuf },
    #[error(
        "“{}” has {size} bytes, more than any map (the limit is {MAX_BYTES}). \
         It is probably another kind of file.", path.display()
    )]
    TooLarge { path: PathBuf, size: u64 },
    #[error(
        "“{}” is no text: line {line} holds bytes that are not UTF-8. \
         It is probably another kind of file, or was saved in another encoding.", path.display()
    )]
    NotText { path: PathBuf, line: usize },
    #[error("“{}” could not be read ({source}). Try again, or open a copy.", path.display())]
    Io { path: PathBuf, source: io::Error },
}

/// Why a map could not be saved. In every case the file that was there is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error(
        "The folder “{}” is not there, so nothing was saved. Save the map somewhere else.",
        folder.display()
    )]
    NoFolder { folder: PathBuf },
    #[error("“{}” is a folder, so nothing was saved. Save under another name.", path.display())]
    Folder { path: PathBuf },
    #[error("“{}” is a device, not a file, so nothing was saved. Save under another name.", path.display())]
    NotAFile { path: PathBuf },
    #[error(
        "You may not write in “{}”; the file there is unchanged. \
         Save the map somewhere else, or ask for access.", folder.display()
    )]
    Permission { folder: PathBuf },
    #[error("The file “{}” is write-protected and unchanged. Save under another name.", path.display())]
    ReadOnly { path: PathBuf },
    #[error(
        "The disk with “{}” is full; the file there is unchanged. \
         Free some space and save again, or save somewhere else.", folder.display()
    )]
    Full { folder: PathBuf },
    #[error(
        "What was written to “{}” did not read back the same ({detail}); the file there is \
         unchanged. Save somewhere else, and keep this window open until that worked.",
        folder.display()
    )]
    NotTheSame { folder: PathBuf, detail: String },
    #[error(
        "“{}” could not be saved ({source}); the file there is unchanged. \
         Try again, or save somewhere else.", path.display()
    )]
    Io { path: PathBuf, source: io::Error },
}

/// Opens a map file. What is wrong inside it is no error but among the diagnostics.
pub fn open(path: &Path) -> Result<Loaded, OpenError> {
    let fail = |source: io::Error| {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => OpenError::NotFound { path },
            io::ErrorKind::PermissionDenied => OpenError::Permission { path },
            io::ErrorKind::IsADirectory => OpenError::Folder { path },
            _ => OpenError::Io { path, source },
        }
    };
    let about = fs::metadata(path).map_err(fail)?;
    if about.is_dir() {
        return Err(OpenError::Folder { path: path.to_owned() });
    }
    if about.len() > MAX_BYTES {
        return Err(OpenError::TooLarge { path: path.to_owned(), size: about.len() });
    }
    // What is read is limited all the same: a device has no size, and a file may grow meanwhile.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fail)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(OpenError::TooLarge { path: path.to_owned(), size: bytes.len() as u64 });
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(read(text)),
        Err(error) => {
            let good = &bytes[..error.valid_up_to()];
            let line = 1 + good.iter().filter(|b| **b == b'\n').count();
            Err(OpenError::NotText { path: path.to_owned(), line })
        }
    }
}

/// Saves a map to a file, in one step: whatever goes wrong, either the old file or the whole of
/// the new one is there. A symbolic link stays one and what it points to is replaced; the file
/// keeps its permissions.
pub fn save(doc: &Doc, path: &Path) -> Result<(), SaveError> {
    save_text(doc, &write(doc), path)
}

/// Saves `text`, which must read back as `doc`.
fn save_text(doc: &Doc, text: &str, path: &Path) -> Result<(), SaveError> {
    let circle = |source| SaveError::Io { path: path.to_owned(), source };
    let target = disk::follow_links(path).map_err(circle)?;
    if target.is_dir() {
        return Err(SaveError::Folder { path: target });
    }
    let folder = disk::folder_of(&target).to_owned();
    if !folder.is_dir() {
        return Err(SaveError::NoFolder { folder });
    }
    match fs::metadata(&target) {
        Ok(old) if !old.is_file() => return Err(SaveError::NotAFile { path: target }),
        Ok(old) if old.permissions().readonly() => {
            return Err(SaveError::ReadOnly { path: target });
        }
        _ => {}
    }
    let fail = |source| why(source, &folder, &target);
    let beside = Beside::write(&target, text.as_bytes()).map_err(fail)?;
    let back = fs::read_to_string(beside.path()).map_err(fail)?;
    same(doc, text, &back)
        .map_err(|detail| SaveError::NotTheSame { folder: folder.clone(), detail })?;
    beside.take_place().map_err(fail)
}

/// What an error of the disk means for a save to `target` in `folder`.
fn why(source: io::Error, folder: &Path, target: &Path) -> SaveError {
    let folder = folder.to_owned();
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            SaveError::Permission { folder }
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SaveError::Full { folder },
        _ => SaveError::Io { path: target.to_owned(), source },
    }
}

/// Whether what the disk gave back is what was to be saved; else what differs.
fn same(doc: &Doc, text: &str, back: &str) -> Result<(), String> {
    if text != back {
        return Err("the disk gave back other bytes".to_owned());
    }
    let loaded = read(back);
    if loaded.doc == *doc {
        return Ok(());
    }
    let patch = loaded.doc.diff(doc);
    let name = patch.changes().next().map(|(id, _)| {
        let name = doc.name_of(id);
        if name.is_empty() { id.to_string() } else { name.to_owned() }
    });
    Err(format!("in “{}”", name.unwrap_or_else(|| doc.head().title.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_disk_are_said_in_plain_words() {
        let said = |kind: io::ErrorKind| {
            why(kind.into(), Path::new("maps"), Path::new("maps/a.ron")).to_string()
        };
        assert!(said(io::ErrorKind::StorageFull).contains("is full"));
        assert!(said(io::ErrorKind::PermissionDenied).contains("may not write in “maps”"));
        assert!(said(io::ErrorKind::ReadOnlyFilesystem).contains("Save the map somewhere else"));
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::TimedOut] {
            assert!(said(kind).contains("unchanged"), "{kind}");
        }
    }

    #[test]
    fn what_reads_back_otherwise_is_not_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.ron");
        let doc = Doc::default();
        let error = save_text(&doc, "(format: 1, title: \"Other\")", &path).unwrap_err();
        assert!(matches!(error, SaveError::NotTheSame { .. }), "{error}");
        assert!(!path.exists());
    }
}
