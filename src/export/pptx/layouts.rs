//! Which layouts of a package slides take, and which placeholders these have.
//!
//! Filled by our own base file and by whoever opens a company's template.

use crate::geom::Rect;

/// The layouts that a deck's slides take.
#[derive(Debug, Clone, PartialEq)]
pub struct Layouts {
    pub cover: LayoutRef,
    pub title_only: LayoutRef,
    /// The part of the notes master, such as `ppt/notesMasters/notesMaster1.xml`.
    pub notes_master: String,
}

/// A layout of a package.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutRef {
    /// The part's name, such as `ppt/slideLayouts/slideLayout2.xml`.
    pub part: String,
    /// Where the title goes. Without one the slide brings a title of its own, in the frame's room.
    pub title: Option<Holder>,
    /// Where a subtitle goes, if anywhere.
    pub subtitle: Option<Holder>,
}

/// A placeholder, as slides name it (ECMA-376 part 1, 19.3.1.36 `ph`).
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// `title`, `ctrTitle`, `subTitle`, `body` …: an `ST_PlaceholderType`.
    pub kind: String,
    /// 0 counts as none, as of titles.
    pub idx: u32,
    /// Where it stands, in points from the slide's top left.
    pub room: Rect,
}
