//! The command line: what can be said, and the help texts.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use super::export_args::ExportArgs;

/// Customer journey maps and the ecosystem maps beneath them.
#[derive(Debug, Parser)]
#[command(
    name = "throughline",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Without a command the window opens, with FILE or with the map that was open last.\n\n\
Examples:\n  \
  throughline maps/home-movie-night.ron\n  \
  throughline new our-journey.ron --example home-movie-night\n  \
  throughline check our-journey.ron\n  \
  throughline trace our-journey.ron late-fee\n  \
  throughline export our-journey.ron -o our-journey.pptx"
)]
pub(super) struct Args {
    /// The map to open in the window
    pub(super) file: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Export(ExportArgs),
    Check(CheckArgs),
    Fmt(FmtArgs),
    New(NewArgs),
    Stats(StatsArgs),
    Trace(TraceArgs),
}

/// Say what is wrong with map files and what the maps lack
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
  throughline check journey.ron\n  \
  throughline check maps/*.ron\n  \
  throughline check --json journey.ron | jq '.files[].findings[].message'\n\n\
Each finding is a line: FILE:LINE:COLUMN: CODE MESSAGE. Codes with E are errors, with W warnings.\n\
Exit code: 0 no error, 1 errors, 2 a file cannot be read or holds no map.")]
pub(super) struct CheckArgs {
    /// The maps; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Write the findings as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Write map files in their one canonical form
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
  throughline fmt journey.ron\n  \
  throughline fmt --check maps/*.ron\n  \
  throughline fmt - < journey.ron\n\n\
A file that holds anything that would be lost is left as it is.\n\
Exit code: 0 done, 1 with --check where a file is not in that form, 2 a file cannot be used.")]
pub(super) struct FmtArgs {
    /// The maps; - reads standard input and writes standard output
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Change nothing; name the files that are not in canonical form
    #[arg(long)]
    pub(super) check: bool,
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
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(
        crate::examples::EXAMPLES.iter().map(|example| example.name)))]
    pub(super) example: Option<String>,
}

/// Count what is in a map, and rank its internal systems
#[derive(Debug, clap::Args)]
#[command(after_help = stats_help())]
pub(super) struct StatsArgs {
    /// The map; - is standard input
    pub(super) file: PathBuf,
    /// Write the counts as JSON, with all hubs
    #[arg(long)]
    pub(super) json: bool,
}

/// What the columns of hubs mean is said where it is worked out.
fn stats_help() -> String {
    format!(
        "Examples:\n  \
  throughline stats journey.ron\n  \
  throughline stats --json journey.ron | jq .nodes\n  \
  throughline stats --json journey.ron | jq '.hubs[] | select(.owner == null) | .name'\n\n\
{}\n\n\
Between: on what part of the shortest ways between two others it lies. Steps: how many rest on it.\n\
Stop: how many of these have no other way down.",
        super::told::formula()
    )
}

/// Say what a step, a touchpoint or a friction point rests on, and which causes were named
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
  throughline trace journey.ron late-fee\n  \
  throughline trace journey.ron \"Return the film\"\n  \
  throughline trace journey.ron warehouse-system --impact\n  \
  throughline trace --json journey.ron late-fee | jq -r '.paths[].words'\n\n\
A named cause is one that the team named at a friction point on the way; a possible cause is one\n\
that only links lead to. ⇢ stands where a cause is named and no link leads there. Per cent: the\n\
part of the pain that comes down to it, split evenly at each fork.\n\
With --impact: a step stops where every way down from it leads through ID, and degrades where\n\
another one is left.")]
pub(super) struct TraceArgs {
    /// The map; - is standard input
    pub(super) file: PathBuf,
    /// The id of a step, touchpoint, influencer, internal system, link, friction point or delight,
    /// or its name
    pub(super) id: String,
    /// The other way: what rests on it, and what stops if it fails
    #[arg(long)]
    pub(super) impact: bool,
    /// Write the answer as JSON, with ids and names
    #[arg(long)]
    pub(super) json: bool,
}
