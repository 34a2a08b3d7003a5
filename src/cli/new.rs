//! `throughline new`: a new map, empty or from an example. Never overwrites.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::edit::new_map;
use crate::{examples, file};

use super::args::NewArgs;
use super::output::{self, Exit};

pub(super) fn run(args: &NewArgs) -> anyhow::Result<Exit> {
    let text = match args.example.as_deref().and_then(examples::example) {
        Some(example) => example.ron.to_owned(),
        None => file::write(&new_map(&title_of(&args.file))),
    };
    if output::is_dash(&args.file) {
        output::say(text.as_bytes())?;
    } else {
        create(&args.file, &text)?;
    }
    Ok(Exit::Clean)
}

/// Writes a file that must not be there yet.
fn create(path: &Path, text: &str) -> anyhow::Result<()> {
    let name = path.display();
    let mut file = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            anyhow::anyhow!("{name} exists and was left as it is. Choose another name")
        }
        _ => anyhow::Error::from(error).context(format!("{name} cannot be written")),
    })?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).or_else(|error| {
        // Half a map is worse than none; it was not there before.
        drop(std::fs::remove_file(path));
        Err(error).with_context(|| format!("{name} cannot be written"))
    })
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
