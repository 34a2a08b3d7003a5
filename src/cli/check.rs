//! `throughline check`: what is wrong with map files, and what the maps lack.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::file::{self, Diagnostic, Level};

use super::args::CheckArgs;
use super::input;
use super::output::{self, Exit};

/// The whole answer, as it is written in JSON.
#[derive(Debug, Default, Serialize)]
struct Report {
    files: Vec<Checked>,
    errors: usize,
    warnings: usize,
}

#[derive(Debug, Serialize)]
struct Checked {
    file: String,
    /// Why the file could not be read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    unusable: Option<String>,
    findings: Vec<Diagnostic>,
}

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let mut report = Report::default();
    let mut exit = Exit::Clean;
    for path in &args.files {
        let (checked, ended) = check(path);
        exit = exit.max(ended);
        report.errors += count(&checked.findings, Level::Error);
        report.warnings += count(&checked.findings, Level::Warning);
        report.files.push(checked);
    }
    for checked in &report.files {
        if let Some(why) = &checked.unusable {
            output::complain(why);
        }
    }
    let text = if args.json { output::json(&report)? } else { lines(&report) };
    output::say(text.as_bytes())?;
    Ok(exit)
}

fn check(path: &Path) -> (Checked, Exit) {
    let file = output::name_of(path);
    let text = match input::text(path) {
        Ok(text) => text,
        Err(error) => {
            let unusable = Some(format!("{error:#}"));
            return (Checked { file, unusable, findings: Vec::new() }, Exit::Unusable);
        }
    };
    let today = jiff::Zoned::now().date();
    let (loaded, findings) = file::check_text(&text, Some(today));
    let exit = if input::holds_no_map(&loaded) {
        Exit::Unusable
    } else if count(&findings, Level::Error) > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    };
    (Checked { file, unusable: None, findings }, exit)
}

fn count(findings: &[Diagnostic], level: Level) -> usize {
    findings.iter().filter(|it| it.level == level).count()
}

/// A line a finding, in the form that editors and CI logs understand.
fn lines(report: &Report) -> String {
    let mut text = String::new();
    for checked in &report.files {
        for it in &checked.findings {
            // Writing to a string cannot fail.
            let _ = match it.line {
                0 => writeln!(text, "{}: {} {}", checked.file, it.code, it.message),
                _ => writeln!(
                    text,
                    "{}:{}:{}: {} {}",
                    checked.file, it.line, it.column, it.code, it.message
                ),
            };
        }
    }
    text
}
