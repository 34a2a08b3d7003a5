//! Writing a file so that it is whole or not there at all.
//!
//! Knows nothing of what is in it.

use std::io::Write as _;
use std::path::Path;

use super::ExportError;

/// Writes a file through a temporary one beside it. If that fails, a file of that name that was
/// there before is still there, unchanged.
///
/// # Errors
/// [`ExportError::Write`] when the folder is missing, full or not writable.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    replace(path, bytes).map_err(|source| ExportError::Write { path: path.to_owned(), source })
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // Where the path is a link, the file it leads to is replaced, not the link.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".throughline-");
    #[cfg(unix)]
    let permissions = {
        // Those of the file that is replaced; else what the user's umask leaves.
        use std::os::unix::fs::PermissionsExt as _;
        let old = target.metadata().ok().map(|meta| meta.permissions());
        builder.permissions(std::fs::Permissions::from_mode(0o666));
        old
    };
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|err| err.error)?;
    Ok(())
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
