//! The one way in which files are written: beside what is there, and into its place when whole.
//!
//! Whatever goes wrong, and whenever the program is killed, either the old file or all of the new
//! one stands under the name. What may be left behind is a file `.throughline-…` that nobody reads.
//! Not here: what is in files, and what to say of an error.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is whole and on the disk, under a name of its own beside the one that it is for.
/// Dropped, it is removed.
#[derive(Debug)]
pub struct Beside {
    file: NamedTempFile,
    target: PathBuf,
}

impl Beside {
    /// Writes and flushes the file for `path`. Where that is a link, it is for what the link leads
    /// to. It has the permissions of the file that is there, else those of any new file.
    ///
    /// # Errors
    /// Where the folder is not there, full or may not be written in; [`ErrorKind::IsADirectory`];
    /// [`ErrorKind::InvalidInput`] where something else than a file has that name.
    pub fn write(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let target = follow_links(path)?;
        let old = match fs::metadata(&target) {
            Ok(old) if old.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Ok(old) if !old.is_file() => {
                return Err(io::Error::new(ErrorKind::InvalidInput, "it is a device, not a file"));
            }
            Ok(old) => Some(old.permissions()),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let mut file = builder().tempfile_in(folder_of(&target))?;
        file.write_all(bytes)?;
        if let Some(old) = old {
            file.as_file().set_permissions(old)?;
        }
        file.as_file().sync_all()?;
        Ok(Self { file, target })
    }

    /// Where it stands until it takes its place.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Takes the place of what is there, in one step.
    ///
    /// # Errors
    /// Where the disk refuses; what was there is as it was.
    pub fn take_place(self) -> io::Result<()> {
        self.file.persist(&self.target).map_err(|error| error.error)?;
        flush_folder(folder_of(&self.target));
        Ok(())
    }
}

/// Writes a whole file, or leaves the one that is there.
///
/// # Errors
/// As [`Beside::write`] and [`Beside::take_place`].
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Beside::write(path, bytes)?.take_place()
}

/// The file that a path stands for, which need not exist.
///
/// # Errors
/// Where links go in a circle.
pub fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..40 {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("its symbolic links go in a circle"))
}

/// The folder that a file is in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file with the permissions that any new file has; by itself it is closed to others.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".throughline-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Makes the new name last through a power cut. The file is whole either way, so a file system
/// that cannot do this is no reason to say that writing failed.
fn flush_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_it_takes_its_place_the_old_file_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map");
        fs::write(&path, b"old").unwrap();
        let beside = Beside::write(&path, b"new").unwrap();
        assert_eq!(fs::read(beside.path()).unwrap(), b"new");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(beside);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left of it");
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_and_permissions_too() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, b"old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("file", &link).unwrap();
        replace(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        symlink("round", folder.path().join("round")).unwrap();
        assert!(replace(&folder.path().join("round"), b"new").is_err(), "it leads nowhere");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_replaced() {
        let error = Beside::write(Path::new("/dev/null"), b"new").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
