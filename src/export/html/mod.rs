//! HTML: a map in one self-contained page that opens in any browser, offline.

use crate::model::{Doc, Graph, Index};
use crate::scene::{Scene, Theme};
use crate::text::Text;

/// A scene as an interactive page.
pub fn html(
    _doc: &Doc,
    _index: &Index,
    _graph: &Graph,
    _scene: &Scene,
    _theme: &Theme,
    _text: &Text,
) -> String {
    String::new()
}
