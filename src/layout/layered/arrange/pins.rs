//! Where pinned cards stand in their strip, whatever else is there: their rows are found first,
//! and all other rows go round them (see `stack`).
//!
//! Pinned steps are no matter of this: see `steps`.

use super::super::super::Span;
use super::super::{Arrangement, Problem};
use super::Cast;
use super::room::SLACK;
use super::sheet::{Place, snap, snap_up};

/// How far below the last row a card begins a new one, in rows.
const NEW_ROW: f32 = 0.75;

/// A row that pins ask for. Lengths downwards are below the strip's upper edge.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    pub span: Span,
    /// Where its cards ask to stand, across; in the order in which they are heard.
    pub walls: Vec<Place>,
    /// The middle of each card, downwards.
    pub held: Vec<(u32, f32)>,
    /// The first of its cards' layers.
    pub layer: usize,
}

/// What a pin asks for.
#[derive(Debug, Clone, Copy)]
struct Asked {
    n: u32,
    x: f32,
    span: Span,
}

/// By strip: the pinned cards of its unordered layers.
pub(super) fn pinned(problem: &Problem, cast: &Cast) -> Vec<Vec<u32>> {
    let mut out = vec![Vec::new(); cast.first.len()];
    for (n, layer) in cast.layer.iter().enumerate() {
        if is_held(problem, cast, n as u32) {
            out[cast.strip[*layer as usize]].push(n as u32);
        }
    }
    out
}

/// Whether a card stands at the height of its pin.
pub(super) fn is_held(problem: &Problem, cast: &Cast, n: u32) -> bool {
    let pinned = problem.nodes[n as usize].pin.is_some();
    pinned && !cast.ordered(problem, cast.layer[n as usize] as usize)
}

/// The rows of a strip's pinned cards, top to bottom, at their distance from each other; none
/// begins above `low`. Every card stands at the height of its pin. Cards that are too near to each
/// other for two rows share one, and keep their heights in it. Where two ask for the same place,
/// the later one by key goes beside the other (see `room`), or the lower one further down, if its
/// pin is beneath the other card.
pub(super) fn shelves(problem: &Problem, cast: &Cast, pinned: &[u32], low: f32) -> Vec<Shelf> {
    let node = |n: u32| &problem.nodes[n as usize];
    let ask = |n: &u32| {
        let (pin, high) = (node(*n).pin?, snap_up(node(*n).height));
        let top = snap(pin.y - high / 2.0).max(low);
        Some(Asked { n: *n, x: pin.x, span: Span::new(top, high) })
    };
    // Last is next.
    let mut open: Vec<Asked> = pinned.iter().filter_map(ask).collect();
    let later = |a: &Asked, b: &Asked| {
        let keys = || node(b.n).key.cmp(&node(a.n).key);
        b.span.min.total_cmp(&a.span.min).then_with(keys)
    };
    open.sort_by(later);
    let mut rows: Vec<(Span, Vec<Asked>)> = Vec::new();
    while let Some(it) = open.pop() {
        let Some((span, cards)) =
            rows.last_mut().filter(|row| it.span.min < row.0.max + problem.spacing.row_gap)
        else {
            rows.push((it.span, vec![it]));
            continue;
        };
        let beside = |other: &&Asked| {
            let far = (node(it.n).width + node(other.n).width) / 2.0 + problem.spacing.column_gap;
            (it.x - other.x).abs() < far - SLACK
        };
        if cards.iter().filter(beside).all(|other| it.span.center() <= other.span.max) {
            span.max = span.max.max(it.span.max);
            cards.push(it);
        } else {
            let lower = snap_up(span.max + problem.spacing.row_gap);
            let it = Asked { span: Span::new(lower, it.span.length()), ..it };
            let at = open.partition_point(|other| later(other, &it).is_lt());
            open.insert(at, it);
        }
    }
    let shelf = |(span, mut cards): (Span, Vec<Asked>)| {
        cards.sort_by(|a, b| node(a.n).key.cmp(&node(b.n).key));
        let layers = cards.iter().map(|it| cast.layer[it.n as usize] as usize);
        Shelf {
            span,
            layer: layers.min().unwrap_or(0),
            walls: cards.iter().map(|it| Place { n: it.n, x: it.x }).collect(),
            held: cards.iter().map(|it| (it.n, it.span.center())).collect(),
        }
    };
    rows.into_iter().map(shelf).collect()
}

/// What y a pin should have for a card that is let go at a height, both below the upper edge of the
/// strip that it stands in, in map units: the one at which it joins the nearest row (the others
/// there need not move), or begins a new row right below the last. Steps stay in their rows.
pub fn landing(problem: &Problem, at: &Arrangement, n: u32, y: f32) -> f32 {
    let is_step = |n: &u32| problem.nodes[*n as usize].order.is_some();
    let Some(own) = at.rows.iter().find(|it| it.cards.contains(&n)).filter(|_| !is_step(&n)) else {
        return y;
    };
    let s = &problem.spacing;
    let top = at.strips[own.strip].min;
    let half = problem.nodes[n as usize].height / 2.0;
    let rows = || at.rows.iter().filter(|it| it.strip == own.strip);
    let steps = rows().filter(|it| it.cards.iter().any(is_step)).map(|it| it.span.max - top);
    // The row that it has for itself goes with it.
    let rows = || rows().filter(|it| it.cards != [n] && !it.cards.iter().any(is_step));
    let Some(last) = rows().next_back() else {
        let head = problem.strips.get(own.strip).map_or(0.0, |it| it.head);
        return steps.reduce(f32::max).map_or(head + s.strip_pad, |it| it + s.row_gap) + half;
    };
    if y + top > last.span.center() + (last.span.length() + s.row_gap) * NEW_ROW {
        return last.span.max - top + s.row_gap + half;
    }
    let far = |span: Span| (span.center() - top - y).abs();
    let row = rows().map(|it| it.span).min_by(|a, b| far(*a).total_cmp(&far(*b)));
    let row = row.unwrap_or(last.span);
    row.min - top + half.max(row.length() / 2.0)
}
