//! Opening and saving: in one step, and with a sentence for whatever is in the way.

use std::fs;
use std::path::Path;

use throughline::file::{self, OpenError, SaveError};
use throughline::model::Doc;
use throughline::model::record::Head;

fn map(title: &str) -> Doc {
    Doc::with_head(Head { title: title.to_owned(), ..Head::default() })
}

fn title(path: &Path) -> String {
    file::open(path).unwrap().doc.head().title.clone()
}

/// What is in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut all: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    all.sort();
    all
}

#[test]
fn a_saved_map_replaces_the_old_one_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    file::save(&map("One"), &path).unwrap();
    file::save(&map("Two"), &path).unwrap();
    assert_eq!(title(&path), "Two");
    assert_eq!(fs::read_to_string(&path).unwrap(), file::write(&map("Two")));
    assert_eq!(names(folder.path()), ["map.ron"]);
}

#[cfg(unix)]
#[test]
fn links_stay_and_permissions_too() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("real")).unwrap();
    file::save(&map("One"), &at("real/map.ron")).unwrap();
    let fresh = fs::metadata(at("real/map.ron")).unwrap().permissions().mode();
    fs::write(at("plain"), "").unwrap();
    assert_eq!(fresh, fs::metadata(at("plain")).unwrap().permissions().mode());
    fs::set_permissions(at("real/map.ron"), PermissionsExt::from_mode(0o640)).unwrap();
    symlink("real/map.ron", at("first")).unwrap();
    symlink(at("first"), at("second")).unwrap();

    file::save(&map("Two"), &at("second")).unwrap();
    assert!(at("first").is_symlink() && at("second").is_symlink());
    assert!(!at("real/map.ron").is_symlink());
    assert_eq!(title(&at("real/map.ron")), "Two");
    let mode = fs::metadata(at("real/map.ron")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    symlink("circle", at("circle")).unwrap();
    let error = file::save(&map("Three"), &at("circle")).unwrap_err();
    assert!(matches!(error, SaveError::Io { .. }), "{error}");
    assert!(error.to_string().contains("circle"), "{error}");
}

#[test]
fn what_is_in_the_way_of_saving_is_said_and_the_old_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let says = |path: &Path, words: &str| {
        let error = file::save(&map("New"), path).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        error
    };
    fs::create_dir(at("folder.ron")).unwrap();
    assert!(matches!(says(&at("folder.ron"), "is a folder"), SaveError::Folder { .. }));
    assert!(matches!(says(&at("gone/map.ron"), "is not there"), SaveError::NoFolder { .. }));
    file::save(&map("Old"), &at("map.ron")).unwrap();
    let under = says(&at("map.ron/other.ron"), "nothing was saved");
    assert!(matches!(under, SaveError::NoFolder { .. }));
    let mut locked = fs::metadata(at("map.ron")).unwrap().permissions();
    locked.set_readonly(true);
    fs::set_permissions(at("map.ron"), locked).unwrap();
    let protected = says(&at("map.ron"), "unchanged");
    assert!(matches!(protected, SaveError::ReadOnly { .. }));
    assert_eq!(title(&at("map.ron")), "Old");
    assert_eq!(names(folder.path()), ["folder.ron", "map.ron"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_said() {
    // Not even the administrator can add a file there.
    let error = file::save(&map("New"), Path::new("/proc/self/map.ron")).unwrap_err();
    assert!(!error.to_string().is_empty());
    assert!(matches!(error, SaveError::Permission { .. } | SaveError::Io { .. }), "{error}");
    // A device is not replaced by a map.
    let error = file::save(&map("New"), Path::new("/dev/full")).unwrap_err();
    assert!(matches!(error, SaveError::NotAFile { .. }), "{error}");
}

#[test]
fn what_cannot_be_saved_faithfully_does_not_replace_the_old_file() {
    use std::sync::Arc;
    use throughline::model::record::{Money, Segment};
    use throughline::model::{Id, Patch};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.ron");
    file::save(&map("Old"), &path).unwrap();
    let mut doc = map("New");
    let worth = Some(Money { amount: f64::NAN, currency: "EUR".to_owned() });
    let segment = Segment { name: "All".to_owned(), lifetime_value: worth, ..Segment::default() };
    let mut patch = Patch::default();
    patch.set(&Id::new("all").unwrap(), None, Some(Arc::new(segment.into())));
    doc.apply(&patch);
    let error = file::save(&doc, &path).unwrap_err();
    assert!(matches!(error, SaveError::NotTheSame { .. }), "{error}");
    assert!(error.to_string().contains("“All”"), "{error}");
    assert_eq!(title(&path), "Old");
    assert_eq!(names(folder.path()), ["map.ron"]);
}

#[test]
fn what_is_in_the_way_of_opening_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let says = |name: &str, words: &str| {
        let error = file::open(&at(name)).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        error
    };
    assert!(matches!(says("gone.ron", "is not there"), OpenError::NotFound { .. }));
    assert!(matches!(says("", "is a folder"), OpenError::Folder { .. }));
    fs::write(at("latin.ron"), b"(\n    title: \"Caf\xe9\",\n)\n").unwrap();
    let error = says("latin.ron", "line 2");
    assert!(matches!(error, OpenError::NotText { line: 2, .. }));
    let large = fs::File::create(at("large.ron")).unwrap();
    large.set_len(file::MAX_BYTES + 1).unwrap();
    assert!(matches!(says("large.ron", "the limit"), OpenError::TooLarge { .. }));
}
