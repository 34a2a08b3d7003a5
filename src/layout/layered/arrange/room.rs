//! Makes and finds room in rows: cards that came too near to each other move apart, round those
//! that are pinned; a new card is put where it costs least.

use super::super::{Node, Problem};
use super::settle::pool;
use super::sheet::{Line, Place};

/// What a distance may fall short by before it counts, in map units: sums of many floats do.
pub(super) const SLACK: f32 = 0.02;

/// Moves the cards of an unordered row apart where they are too near to each other, as little as
/// can be. `walls` stand where they are, or as near as can be to the ones before them.
pub(super) fn fit(problem: &Problem, cards: &[Place], walls: &[Place]) -> Vec<Place> {
    let gap = problem.spacing.column_gap;
    let half = |n: u32| problem.nodes[n as usize].width / 2.0;
    let mut firm: Vec<Place> = Vec::new();
    for wall in walls {
        let x = nearest(problem, &firm, wall.n, wall.x);
        let at = firm.partition_point(|it| it.x < x);
        firm.insert(at, Place { n: wall.n, x });
    }
    let edge = |at: usize| -> (f32, f32) {
        let left =
            if at == 0 { f32::NEG_INFINITY } else { firm[at - 1].x + half(firm[at - 1].n) + gap };
        (left, firm.get(at).map_or(f32::INFINITY, |it| it.x - half(it.n) - gap))
    };
    let mut parts: Vec<Vec<Place>> = vec![Vec::new(); firm.len() + 1];
    let mut sorted = cards.to_vec();
    sorted.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.n.cmp(&b.n)));
    for it in sorted {
        parts[firm.partition_point(|wall| wall.x <= it.x)].push(it);
    }
    let over = |part: &[Place], at: usize| {
        let need: f32 = part.iter().map(|it| half(it.n) * 2.0 + gap).sum::<f32>() - gap;
        !part.is_empty() && need > edge(at).1 - edge(at).0 + SLACK
    };
    // Outwards, so that what does not fit ends beyond the first or the last wall.
    let (middle, last) = (parts.len() / 2, parts.len() - 1);
    for at in middle..last {
        while over(&parts[at], at) {
            let Some(it) = parts[at].pop() else { break };
            parts[at + 1].insert(0, it);
        }
    }
    for at in (1..middle).rev() {
        while over(&parts[at], at) {
            let it = parts[at].remove(0);
            parts[at - 1].push(it);
        }
    }
    let mut out = Vec::with_capacity(cards.len() + firm.len());
    for (at, part) in parts.iter().enumerate() {
        out.extend(apart(problem, part, edge(at)));
        out.extend(firm.get(at));
    }
    out
}

/// Cards between two edges at their distance; those that keep it stay where they are.
fn apart(problem: &Problem, cards: &[Place], edge: (f32, f32)) -> Vec<Place> {
    let half = |it: &Place| problem.nodes[it.n as usize].width / 2.0;
    let near = |a: &Place, b: &Place| half(a) + half(b) + problem.spacing.column_gap;
    let (Some(first), Some(last)) = (cards.first(), cards.last()) else { return Vec::new() };
    let inside = first.x - half(first) >= edge.0 - SLACK && last.x + half(last) <= edge.1 + SLACK;
    if inside && cards.windows(2).all(|it| it[1].x - it[0].x >= near(&it[0], &it[1]) - SLACK) {
        return cards.to_vec();
    }
    let mut least = vec![0.0];
    least.extend(cards.windows(2).map(|it| near(&it[0], &it[1])));
    let wants: Vec<(f32, f32)> = cards.iter().map(|it| (it.x, 1.0)).collect();
    let (low, high) = (edge.0 + half(first), edge.1 - half(last));
    let reach: f32 = least.iter().sum();
    let mut offset = 0.0;
    let places = pool(&wants, &least).into_iter().zip(&least).zip(cards).map(|((x, least), it)| {
        offset += least;
        // The best places within bounds are the best ones without, cut off at the bounds.
        Place { n: it.n, x: (x - offset).min(high - reach).max(low) + offset }
    });
    places.collect()
}

/// The place nearest to `x` in a row where the card touches nobody.
pub(super) fn nearest(problem: &Problem, cards: &[Place], n: u32, x: f32) -> f32 {
    let best =
        holes(problem, cards, &problem.nodes[n as usize]).map(|(low, high)| x.clamp(low, high));
    best.min_by(|a, b| (a - x).abs().total_cmp(&(b - x).abs())).unwrap_or(x)
}

/// The stretches of a row (cards left to right) in which the middle of another card may stand.
pub(super) fn holes<'a>(
    problem: &'a Problem,
    cards: &'a [Place],
    node: &'a Node,
) -> impl Iterator<Item = (f32, f32)> + 'a {
    let far = move |it: &Place| {
        (problem.nodes[it.n as usize].width + node.width) / 2.0 + problem.spacing.column_gap
    };
    let stretch = move |at: usize| {
        let low = at.checked_sub(1).map_or(f32::NEG_INFINITY, |at| cards[at].x + far(&cards[at]));
        let high = cards.get(at).map_or(f32::INFINITY, |it| it.x - far(it));
        (low, high)
    };
    // A hole that is exactly wide enough is one.
    (0..=cards.len()).map(stretch).filter_map(|(low, high)| {
        let middle = (low + high) / 2.0;
        if low <= high {
            Some((low, high))
        } else {
            (low <= high + SLACK).then_some((middle, middle))
        }
    })
}

/// Puts a card into its row, from left to right.
pub(super) fn insert(line: &mut Line, place: Place) {
    let at = line.cards.partition_point(|it| it.x < place.x);
    line.cards.insert(at, place);
}
