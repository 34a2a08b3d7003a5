//! Tables of a map's records: XLSX with a sheet a kind, and CSV with one of them.
//!
//! What stands in which column is said once ([`journey`], [`findings`], [`voices`]) and written by
//! both formats. Not here: what of the map is exported (see [`super::narrow`]).

mod csv;
mod findings;
mod journey;
mod sheet;
mod voices;
mod xlsx;

use crate::model::{Doc, Graph, Index, Kind};

use super::{ExportError, Progress};
use sheet::{Cx, Sheet};

/// A table of a map, a row a record: a sheet of an XLSX, or a CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableKind {
    #[default]
    Steps,
    Stages,
    Touchpoints,
    Influencers,
    Systems,
    Links,
    Frictions,
    Delights,
    Actions,
    Measures,
    Readings,
    Verbatims,
    Notes,
    Segments,
}

impl TableKind {
    /// All of them, in the order of an XLSX file's sheets.
    pub const ALL: [Self; 14] = [
        Self::Steps,
        Self::Stages,
        Self::Touchpoints,
        Self::Influencers,
        Self::Systems,
        Self::Links,
        Self::Frictions,
        Self::Delights,
        Self::Actions,
        Self::Measures,
        Self::Readings,
        Self::Verbatims,
        Self::Notes,
        Self::Segments,
    ];

    /// What people call it; also the sheet's name, so at most 31 characters and none of
    /// `[ ] : * ? / \` (ECMA-376 part 1, 18.2.19, and what Excel refuses).
    pub fn label(self) -> &'static str {
        match self {
            Self::Steps => "Steps",
            Self::Stages => "Stages",
            Self::Touchpoints => "Touchpoints",
            Self::Influencers => "Influencers",
            Self::Systems => "Internal systems",
            Self::Links => "Links",
            Self::Frictions => "Friction points",
            Self::Delights => "Delights",
            Self::Actions => "Actions",
            Self::Measures => "Measures",
            Self::Readings => "Readings",
            Self::Verbatims => "Verbatims",
            Self::Notes => "Notes",
            Self::Segments => "Segments",
        }
    }

    /// The kind of record that a row is.
    pub fn kind(self) -> Kind {
        match self {
            Self::Steps => Kind::Step,
            Self::Stages => Kind::Stage,
            Self::Touchpoints => Kind::Touchpoint,
            Self::Influencers => Kind::Influencer,
            Self::Systems => Kind::System,
            Self::Links => Kind::Link,
            Self::Frictions => Kind::Friction,
            Self::Delights => Kind::Delight,
            Self::Actions => Kind::Action,
            Self::Measures => Kind::Measure,
            Self::Readings => Kind::Reading,
            Self::Verbatims => Kind::Verbatim,
            Self::Notes => Kind::Note,
            Self::Segments => Kind::Segment,
        }
    }

    fn sheet(self, cx: &Cx<'_>) -> Sheet {
        match self {
            Self::Steps => journey::steps(cx),
            Self::Stages => journey::stages(cx),
            Self::Touchpoints => journey::touchpoints(cx),
            Self::Influencers => journey::influencers(cx),
            Self::Systems => journey::systems(cx),
            Self::Links => journey::links(cx),
            Self::Frictions => findings::frictions(cx),
            Self::Delights => findings::delights(cx),
            Self::Actions => findings::actions(cx),
            Self::Measures => voices::measures(cx),
            Self::Readings => voices::readings(cx),
            Self::Verbatims => voices::verbatims(cx),
            Self::Notes => voices::notes(cx),
            Self::Segments => voices::segments(cx),
        }
    }
}

/// All tables that have rows, and the steps even where there is none, as an XLSX file.
///
/// # Errors
/// [`ExportError::Cancelled`]; [`ExportError::Tables`] where a sheet has no room for the map.
pub fn xlsx(
    doc: &Doc,
    index: &Index,
    graph: &Graph,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let cx = Cx { doc, index, graph };
    let there = |it: &TableKind| *it == TableKind::Steps || !index.of_kind(it.kind()).is_empty();
    let kinds: Vec<TableKind> = TableKind::ALL.into_iter().filter(there).collect();
    let mut sheets = Vec::with_capacity(kinds.len());
    for (at, kind) in kinds.iter().enumerate() {
        progress.step(at, 3 * kinds.len())?;
        sheets.push(kind.sheet(&cx));
    }
    xlsx::write(doc, &sheets, progress)
}

/// One table as CSV: RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for
/// something else.
///
/// # Errors
/// [`ExportError::Tables`] where the writer gives up; it writes to memory alone.
pub fn csv(
    doc: &Doc,
    index: &Index,
    graph: &Graph,
    table: TableKind,
) -> Result<Vec<u8>, ExportError> {
    csv::write(&table.sheet(&Cx { doc, index, graph }))
}
