//! `throughline fmt`: map files in their one canonical form.
//!
//! A file that holds anything that writing would lose is named and left alone.

use std::path::Path;

use crate::file::{self, Loaded};

use super::args::FmtArgs;
use super::input;
use super::output::{self, Exit};

pub(super) fn run(args: &FmtArgs) -> anyhow::Result<Exit> {
    let mut exit = Exit::Clean;
    for path in &args.files {
        // One bad file does not keep the others from being written.
        match format(path, args.check) {
            Ok(ended) => exit = exit.max(ended),
            Err(error) if output::is_broken_pipe(&error) => return Err(error),
            Err(error) => {
                output::complain(&format!("{error:#}"));
                exit = Exit::Unusable;
            }
        }
    }
    Ok(exit)
}

fn format(path: &Path, check: bool) -> anyhow::Result<Exit> {
    let before = input::text(path)?;
    let loaded = file::read(&before);
    refuse_losses(path, &loaded)?;
    let after = file::write(&loaded.doc);
    let same = before == after;
    match (check, output::is_dash(path)) {
        (true, _) if same => {}
        (true, _) => {
            output::say(format!("{}\n", output::name_of(path)).as_bytes())?;
            return Ok(Exit::Findings);
        }
        (false, true) => output::say(after.as_bytes())?,
        (false, false) if same => {}
        (false, false) => file::save(&loaded.doc, path)?,
    }
    Ok(Exit::Clean)
}

/// Fails where the canonical form would not hold all that the file does.
fn refuse_losses(path: &Path, loaded: &Loaded) -> anyhow::Result<()> {
    let name = output::name_of(path);
    if let Some(reason) = &loaded.read_only {
        anyhow::bail!("{name} was left as it is: {reason}");
    }
    if loaded.lossy || input::holds_no_map(loaded) {
        let place = loaded.diagnostics.first().map_or_else(String::new, |it| {
            format!(" Line {}, column {}: {}", it.line, it.column, it.message)
        });
        anyhow::bail!("{name} was left as it is, since not all of it could be read.{place}");
    }
    Ok(())
}
