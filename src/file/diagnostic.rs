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

impl Diagnostic {
    /// Whether it is about the text of the file and not about what its records say: what
    /// `model::check` finds again in the document, as long as it is there, is not.
    pub fn is_of_file(&self) -> bool {
        CODES.iter().any(|(code, _)| *code == self.code)
    }
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

/// The codes of what can be wrong with a file as such, with a title each. The codes of what its
/// records may say (from `E101`, and the weaknesses from `W201`) are in `model::check`.
pub const CODES: &[(&str, &str)] = &[
    ("E001", "no map in the file"),
    ("E002", "a mark or a value is missing or out of place"),
    ("E003", "a bracket is not closed, or closes nothing"),
    ("E004", "a text is not closed, or has an unknown escape"),
    ("E005", "nested too deeply"),
    ("E006", "a merge was left undone"),
    ("E007", "written by a newer version"),
    ("E008", "the format is no number"),
    ("E009", "too many mistakes"),
    ("E010", "unknown field"),
    ("E011", "unknown section"),
    ("E012", "a field, key or section is there twice"),
    ("E013", "an id is there twice"),
    ("E014", "no id, order key or date"),
    ("E015", "another kind of value is expected"),
    ("E016", "a number that cannot be held"),
    ("E017", "unknown choice"),
    ("E018", "a field is missing that the record cannot do without"),
    ("W001", "byte order mark"),
    ("W002", "CR LF line ends"),
    ("W003", "comments, which saving leaves out"),
    ("W004", "no format"),
];
