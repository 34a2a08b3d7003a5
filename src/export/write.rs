//! Writing a file so that it is whole or not there at all.
//!
//! Knows nothing of what is in it.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::disk;

use super::ExportError;

/// Writes a file through a temporary one beside it. If that fails, a file of that name that was
/// there before is still there, unchanged.
///
/// # Errors
/// [`ExportError::Write`] when the folder is missing, full or not writable.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    disk::replace(path, bytes)
        .map_err(|error| ExportError::Write { path: path.to_owned(), why: in_words(&error) })
}

/// Reads a file that an export needs, such as a template.
///
/// # Errors
/// [`ExportError::Read`] when it is not there or cannot be read.
pub fn read_whole(path: &Path) -> Result<Vec<u8>, ExportError> {
    std::fs::read(path).map_err(|error| {
        let why = match error.kind() {
            ErrorKind::NotFound => "it is not there".to_owned(),
            ErrorKind::PermissionDenied => "you may not read it".to_owned(),
            ErrorKind::IsADirectory => "it is a folder".to_owned(),
            kind => kind.to_string(),
        };
        ExportError::Read { path: path.to_owned(), why }
    })
}

/// Why the disk refused, in plain words.
fn in_words(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "its folder is not there".to_owned(),
        ErrorKind::PermissionDenied => "you may not write there".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
        ErrorKind::IsADirectory => "there is a folder of that name".to_owned(),
        ErrorKind::InvalidInput => "it is a device, not a file".to_owned(),
        kind => kind.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.svg");
        write_atomically(&path, b"old").unwrap();
        write_atomically(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_said_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let error = read_whole(&folder.path().join("gone.pptx")).unwrap_err().to_string();
        assert!(error.contains("gone.pptx") && error.contains("it is not there"), "{error}");
        assert!(read_whole(folder.path()).is_err(), "a folder is no file");
    }

    #[test]
    fn a_missing_folder_is_said_once_and_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_atomically(&folder.path().join("no/map.svg"), b"new").unwrap_err();
        assert!(error.to_string().contains("its folder is not there"), "{error}");
        assert!(!error.to_string().contains(".throughline-"), "{error}");
        assert!(std::error::Error::source(&error).is_none(), "nothing is said twice");
    }

    #[test]
    fn a_failed_write_says_where_and_keeps_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("inside"), b"kept").unwrap();
        let error = write_atomically(&path, b"new").unwrap_err().to_string();
        assert!(error.contains("taken") && error.contains("kept"), "{error}");
        assert_eq!(std::fs::read(path.join("inside")).unwrap(), b"kept");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file");
        let missing = folder.path().join("no/such/folder.svg");
        assert!(write_atomically(&missing, b"new").is_err());
    }
}
