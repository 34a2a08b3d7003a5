//! The program without a window: what the command line says, and the commands behind it.
//!
//! Results go to standard output, what went wrong to standard error; the exit codes are 0 (done,
//! clean), 1 (findings that are errors, files that are not as they should be) and 2 (unusable
//! input, nothing written). Not here: the window, which [`parse`] only asks for.
//!
//! Architecture invariant: nothing in here knows a window or a tool.

mod args;
mod check;
mod export;
mod export_args;
mod find;
mod fmt;
mod input;
mod new;
mod output;
mod stats;
mod told;
mod trace;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use output::Exit;

/// What the command line asks for.
#[derive(Debug)]
pub enum Parsed {
    /// Open the window, with this map if there is one.
    Window(Option<PathBuf>),
    /// The command has run; end with this code.
    Done(ExitCode),
}

/// Reads the command line (the program's name first) and runs the command that it names.
pub fn parse<I, T>(args: I) -> Parsed
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            let code = if error.use_stderr() { Exit::Unusable } else { Exit::Clean };
            // Help and usage that nobody reads (a closed pipe) are no failure of their own.
            let _ = error.print();
            return Parsed::Done(code.into());
        }
    };
    match args.command {
        None => Parsed::Window(args.file),
        Some(command) => Parsed::Done(finish(run(command))),
    }
}

fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Export(args) => export::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::New(args) => new::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Trace(args) => trace::run(&args),
    }
}

/// Reports what failed, once, and gives the exit code.
fn finish(outcome: anyhow::Result<Exit>) -> ExitCode {
    match outcome {
        Ok(exit) => exit.into(),
        Err(error) if output::is_broken_pipe(&error) => Exit::Clean.into(),
        Err(error) => {
            output::complain(&format!("{error:#}"));
            Exit::Unusable.into()
        }
    }
}
