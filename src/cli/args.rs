//! The command line: what can be said, and the help texts.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Customer journey maps and the ecosystem maps beneath them.
#[derive(Debug, Parser)]
#[command(
    name = "throughline",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = false,
    after_help = "Without a command the window opens, with FILE or with the map that was open last.\n\n\
Examples:\n  \
  throughline maps/home-movie-night.ron\n  \
  throughline new our-journey.ron --example home-movie-night\n  \
  throughline check our-journey.ron\n  \
  throughline export our-journey.ron -o our-journey.svg"
)]
pub(super) struct Args {
    /// The map to open in the window
    pub(super) file: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    New(NewArgs),
}

/// Write a new map
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
  throughline new our-journey.ron\n  \
  throughline new our-journey.ron --example support-case\n\n\
A file that exists is never overwritten.")]
pub(super) struct NewArgs {
    /// Where to write it; - is standard output
    pub(super) file: PathBuf,
    /// Start from an example map instead of an empty one
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(
        crate::examples::EXAMPLES.iter().map(|example| example.name)))]
    pub(super) example: Option<String>,
}
