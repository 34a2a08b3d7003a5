//! `throughline new`: a new map, empty or from an example. Never overwrites.

use std::path::Path;

use crate::examples;

use super::args::NewArgs;
use super::output::{self, Exit, IfThere};

pub(super) fn run(args: &NewArgs) -> anyhow::Result<Exit> {
    let text = match args.example.as_deref().and_then(examples::example) {
        Some(example) => example.ron.to_owned(),
        None => empty(&args.file)?,
    };
    let exists = !output::is_dash(&args.file) && args.file.symlink_metadata().is_ok();
    if exists {
        anyhow::bail!("{} exists; it was left as it is. Choose another name", args.file.display());
    }
    output::put(&args.file, text.as_bytes(), IfThere::Refuse)?;
    Ok(Exit::Clean)
}

/// A map with nothing but a title, taken from the file's name.
fn empty(file: &Path) -> anyhow::Result<String> {
    let title = ron::to_string(&title_of(file))?;
    Ok(format!("(\n    format: 1,\n    title: {title},\n)\n"))
}

/// `our-first_journey.ron` is called “Our first journey”.
fn title_of(file: &Path) -> String {
    let stem = if output::is_dash(file) { None } else { file.file_stem() };
    let words = stem.map(|it| it.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled map".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_from_file_names() {
        let title = |name: &str| title_of(Path::new(name));
        assert_eq!(title("maps/our-first_journey.ron"), "Our first journey");
        assert_eq!(title("été.ron"), "Été");
        assert_eq!(title("-"), "Untitled map");
    }
}
