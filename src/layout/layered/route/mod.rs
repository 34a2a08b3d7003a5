//! Runs links round the cards: through the gaps between cards of a row and the channels between
//! rows.
//!
//! A link is first given its strand: the gaps it passes, shared with other links of a busy card
//! (`weave`). Then strands get their x, so that as much as can be is straight and nothing lies on
//! anything else (`lanes`), and heights where they run across (`levels`). Then they are drawn (`draw`), and marks and labels find their places
//! beside them (`marks`). No strand enters a card: it crosses rows in gaps only, and between rows
//! there are no cards. Not here: how lines look.

mod crowd;
mod draw;
mod ends;
mod field;
mod lanes;
mod levels;
mod marks;
mod weave;

use crate::geom::{Path, Point, Rect};

use super::{Arrangement, Problem};

/// Where a link runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// From the edge of the one card to the edge of the other.
    pub path: Path,
    /// Where it arrives, and in which direction (a unit vector): for the arrow head. Links that
    /// arrive at a busy card share it.
    pub tip: Point,
    pub way: Point,
    /// A point on it that is clear of cards and of other links' such points: for marks.
    pub mark: Point,
    /// Where its label stands, overlapping no card, mark or other label; `None` where it has none
    /// or where there is no room.
    pub label: Option<Rect>,
}

/// Routes all links; `labels`: the width and height of each link's label, by link, (0, 0) for
/// none. A self-link has a small loop at its card.
///
/// Takes time about linear in the links times the rows they pass.
pub fn route(problem: &Problem, at: &Arrangement, labels: &[(f32, f32)]) -> Vec<Route> {
    let field = field::Field::new(at);
    let ends = ends::Ends::new(problem, at, &field);
    let net = weave::weave(&ends, at, &field);
    let xs = lanes::place(&net, &field);
    let levels = levels::levels(&net, &field, &xs);
    let draw = draw::Draw { net: &net, at, field: &field, xs: &xs, levels: &levels };
    let lines = draw.lines(&ends);
    let crowd = crowd::Crowd::new(&net, &field, &xs, &levels);
    let marks = marks::marks(&lines, &field, &crowd);
    let labels = marks::labels(&lines, labels, &marks, &field, &crowd);
    let routes = lines.into_iter().zip(marks).zip(labels);
    let routes = routes.map(|((line, mark), label)| Route {
        path: line.path,
        tip: line.tip,
        way: line.way,
        mark,
        label,
    });
    routes.collect()
}
