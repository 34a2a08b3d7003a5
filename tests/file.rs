//! Map files: what is saved reads back, one change is one line, and what is broken is shown.

use throughline::file;

/// The example maps that come with the program.
fn examples() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("maps");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "ron"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    all.sort();
    all
}

#[test]
fn the_example_maps_are_read_whole_and_are_canonical() {
    assert!(!examples().is_empty());
    for (name, text) in examples() {
        let loaded = file::read(&text);
        assert_eq!(loaded.diagnostics, [], "{name}");
        assert!(!loaded.lossy && loaded.read_only.is_none(), "{name}");
        assert!(loaded.doc.len() > 10, "{name}");
        let written = file::write(&loaded.doc);
        let first = written.lines().zip(text.lines()).find(|(written, read)| written != read);
        assert_eq!(first, None, "{name}");
        assert_eq!(written.len(), text.len(), "{name}");
    }
}
