//! Tables of a map's records: XLSX with a sheet a kind, and CSV with one of them.

use crate::model::{Doc, Graph, Index};

use super::{ExportError, Progress};

/// A table of a map, a row a record: a sheet of an XLSX, or a CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableKind {
    #[default]
    Steps,
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

/// All tables as an XLSX file.
pub fn xlsx(
    _doc: &Doc,
    _index: &Index,
    _graph: &Graph,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    progress.step(0, 1)?;
    Ok(Vec::new())
}

/// One table as CSV (RFC 4180, UTF-8).
pub fn csv(
    _doc: &Doc,
    _index: &Index,
    _graph: &Graph,
    _table: TableKind,
) -> Result<Vec<u8>, ExportError> {
    Ok(Vec::new())
}
