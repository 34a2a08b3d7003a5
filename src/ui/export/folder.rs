//! Showing a file's folder in the system's file manager.
//!
//! Starts a program of the system and does not wait for it.

use std::path::Path;
use std::process::{Command, Stdio};

/// Shows the folder of a file; the file itself is selected where the system can.
///
/// # Errors
/// Where the system has no such program.
pub fn show(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut command = if cfg!(target_os = "macos") {
        let mut command = Command::new("open");
        command.arg("-R").arg(file);
        command
    } else if cfg!(windows) {
        let mut command = Command::new("explorer");
        command.arg(folder);
        command
    } else {
        let mut command = Command::new("xdg-open");
        command.arg(folder);
        command
    };
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // Somebody has to take note of its end.
    std::thread::spawn(move || child.wait());
    Ok(())
}
