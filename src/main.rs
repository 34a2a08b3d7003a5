//! The program: a command without a window, or else the window.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use throughline::cli::{self, Parsed};

/// glibc gives egui's large frame buffers back to the system each frame and faults them in again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Parsed::Window(file) => window(file),
        Parsed::Done(code) => code,
    }
}

/// Opens the window, or says in one line why there is none.
fn window(file: Option<PathBuf>) -> ExitCode {
    #[cfg(feature = "gui")]
    let problem = match throughline::ui::open_window(file) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(problem) => problem.to_string(),
    };
    #[cfg(not(feature = "gui"))]
    let problem = {
        let _ = file;
        "this build has no window; `throughline export` and the other commands work"
    };
    // Nothing is left to tell it to where standard error is closed.
    let _ = writeln!(std::io::stderr(), "throughline: {problem}");
    ExitCode::from(2)
}
