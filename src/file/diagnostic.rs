//! What reading a file says: the document that could be read, and what was wrong with the rest.

use crate::model::{Doc, Id};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A rule is broken; something could not be shown.
    Error,
    /// A weakness that a facilitator would want to hear.
    Warning,
}

/// One thing that was wrong with a file.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Diagnostic {
    /// `E101`, `W201`: stable, listed in `model::check` (records) and `file` (syntax).
    pub code: &'static str,
    pub level: Level,
    /// In plain words and the map's own names.
    pub message: String,
    /// 1-based line in the file as it is on disk; 0 where there is no place.
    pub line: usize,
    /// 1-based column, counted in characters.
    pub column: usize,
    /// The record it is about.
    pub record: Option<Id>,
}

/// What could be read of a file, and how well.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    pub doc: Doc,
    /// In the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Saving would drop something that the file holds (unknown fields, records that could not be
    /// read): ask first.
    pub lossy: bool,
    /// Why the map may be looked at but not saved over its file (a newer format version).
    pub read_only: Option<String>,
}
