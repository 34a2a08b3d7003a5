//! Gives what goes far across in a channel a height of its own there, so that lines do not lie on
//! each other, and lines of a bundle one height together.
//!
//! What leads right is ordered so that what begins farther right runs higher, and what leads left
//! the other way round: lines that need not cross do not. Turns between cards of a row run above
//! those that hold them.

use rustc_hash::FxHashMap;

use super::super::super::{Span, sizes};
use super::field::Field;
use super::weave::{Edge, MANY, Net};

/// What goes farther than so many times its channel's height has a level.
const FAR: f32 = 1.5;
/// The least distance between what shares a level.
const APART: f32 = 12.0;
/// The least distance of levels: so many a channel has.
const STEP: f32 = 4.0;

/// Which way something runs along its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Way {
    Turn,
    Right,
    Left,
}

/// One line, or all of a bundle that come from one side.
#[derive(Debug)]
struct Item {
    row: u32,
    way: Way,
    across: Span,
    /// Where the upper end is.
    top: f32,
    edges: Vec<u32>,
    level: usize,
}

/// By edge, the height where it runs across; `None` where it goes straight down or just curves.
pub(super) fn levels(net: &Net, field: &Field, xs: &[f32]) -> Vec<Option<f32>> {
    let mut out = vec![None; net.edges.len()];
    let mut items = items(net, xs);
    let far = |it: &Item| {
        it.way == Way::Turn
            || it.across.length() > FAR * field.channel(it.row as usize + 1).length()
    };
    items.retain(far);
    items.sort_by(|a, b| {
        let near = match a.way {
            Way::Turn => a.across.length().total_cmp(&b.across.length()),
            Way::Right => b.top.total_cmp(&a.top),
            Way::Left => a.top.total_cmp(&b.top),
        };
        (a.row, a.way).cmp(&(b.row, b.way)).then(near).then(a.edges[0].cmp(&b.edges[0]))
    });
    for channel in items.chunk_by_mut(|a, b| a.row == b.row) {
        let area = field.channel(channel[0].row as usize + 1);
        let border = field.border(area);
        stack(channel, (room(area).length() / STEP).min(MANY) as usize + 1);
        // Heights are shared out among what lies above each other.
        channel.sort_by(|a, b| a.across.min.total_cmp(&b.across.min));
        let mut from = 0;
        let mut reach = f32::NEG_INFINITY;
        for i in 0..=channel.len() {
            if channel.get(i).is_none_or(|it| it.across.min > reach) {
                spread(&channel[from..i], area, border, &mut out);
                from = i;
            }
            reach = channel.get(i).map_or(reach, |it| reach.max(it.across.max + APART));
        }
    }
    out
}

/// What runs across, bundled where it shares an end.
fn items(net: &Net, xs: &[f32]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut bundles: FxHashMap<(u32, u32, Way), usize> = FxHashMap::default();
    for (i, edge) in net.edges.iter().enumerate() {
        let (top, end) = (xs[edge.upper as usize], xs[edge.lower as usize]);
        if top == end {
            continue;
        }
        let way = match edge.turn {
            true => Way::Turn,
            false if end > top => Way::Right,
            false => Way::Left,
        };
        let across = Span { min: top.min(end), max: top.max(end) };
        let busy = busier(net, edge);
        if let (Some(knot), false) = (busy, edge.turn) {
            let next = items.len();
            let slot = *bundles.entry((edge.row, knot, way)).or_insert(next);
            if let Some(it) = items.get_mut(slot) {
                let farther = if way == Way::Right { top < it.top } else { top > it.top };
                it.top = if farther { top } else { it.top };
                it.across.min = it.across.min.min(across.min);
                it.across.max = it.across.max.max(across.max);
                it.edges.push(i as u32);
                continue;
            }
        }
        items.push(Item { row: edge.row, way, across, top, edges: vec![i as u32], level: 0 });
    }
    items
}

/// The end of an edge that more links share, if any do.
fn busier(net: &Net, edge: &Edge) -> Option<u32> {
    let uses = |knot: u32| net.knots[knot as usize].uses;
    let (upper, lower) = (uses(edge.upper), uses(edge.lower));
    let knot = if lower >= upper { edge.lower } else { edge.upper };
    (upper.max(lower) > 1).then_some(knot)
}

/// Gives the items of a channel their levels, 0 the highest.
fn stack(channel: &mut [Item], most: usize) {
    let mut taken: [Vec<Vec<Span>>; 3] = Default::default();
    for item in channel {
        let way = item.way as usize;
        // Beneath what came before it and leads the same way.
        let above = taken[way].iter().rposition(|level| meets(level, item.across));
        let first = above.map_or(0, |level| level + 1);
        let free = |level: &usize| {
            taken.iter().all(|it| it.get(*level).is_none_or(|it| !meets(it, item.across)))
        };
        // Where there is none, one that is free: better to cross than to lie on another line.
        let level = (first..most).find(free).or_else(|| (0..most).rev().find(free));
        item.level = level.unwrap_or(first.min(most - 1));
        let levels = &mut taken[way];
        if levels.len() <= item.level {
            levels.resize(item.level + 1, Vec::new());
        }
        let level = &mut levels[item.level];
        let at = level.partition_point(|it| it.min <= item.across.min);
        level.insert(at, item.across);
    }
}

/// Whether one of the spans, left to right and apart, comes near to another.
fn meets(level: &[Span], span: Span) -> bool {
    let at = level.partition_point(|it| it.min <= span.min);
    let before = at.checked_sub(1).is_some_and(|i| level[i].max + APART > span.min);
    before || level.get(at).is_some_and(|it| it.min < span.max + APART)
}

/// Sets the heights of items that have to do with each other.
fn spread(items: &[Item], area: Span, border: Option<f32>, out: &mut [Option<f32>]) {
    let s = &sizes().route;
    let Some(deepest) = items.iter().map(|it| it.level).max() else { return };
    let step = (s.lane * 2.0).min(room(area).length() / deepest.max(1) as f32);
    let mut first = area.center() - step * deepest as f32 / 2.0;
    if let Some(line) = border {
        // Lines between strips are drawn: levels run between them.
        let off = (line - first) / step.max(1.0);
        first += (off - off.floor() - 0.5) * step;
        first = first.max(room(area).min - step / 2.0);
    }
    for item in items {
        for edge in &item.edges {
            out[*edge as usize] = Some(first + step * item.level as f32);
        }
    }
}

/// Where levels are in a channel: there is room for round corners above and below, and for heads.
fn room(channel: Span) -> Span {
    let s = &sizes().route;
    let pad = (s.head + s.tail).min(channel.length() * 0.3);
    Span { min: channel.min + pad, max: (channel.max - pad).max(channel.min + pad) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(way: Way, top: f32, end: f32) -> Item {
        let across = Span { min: top.min(end), max: top.max(end) };
        Item { row: 0, way, across, top, edges: vec![0], level: 0 }
    }

    fn levels_of(items: &[(Way, f32, f32)], most: usize) -> Vec<usize> {
        let mut items: Vec<Item> = items.iter().map(|(way, a, b)| item(*way, *a, *b)).collect();
        stack(&mut items, most);
        items.iter().map(|it| it.level).collect()
    }

    #[test]
    fn what_leads_the_same_way_is_stacked_so_that_it_does_not_cross() {
        // Farther right comes first and runs higher; what it does not meet shares its level.
        let right = [(Way::Right, 300.0, 600.0), (Way::Right, 200.0, 500.0)];
        assert_eq!(levels_of(&right, 8), [0, 1]);
        let apart = [(Way::Right, 300.0, 600.0), (Way::Right, 0.0, 200.0)];
        assert_eq!(levels_of(&apart, 8), [0, 0]);
        let chain = [(Way::Left, 300.0, 0.0), (Way::Left, 400.0, 100.0), (Way::Left, 800.0, 350.0)];
        assert_eq!(levels_of(&chain, 8), [0, 1, 2]);
    }

    #[test]
    fn where_levels_run_out_a_free_one_is_better_than_order() {
        let chain = [(Way::Left, 300.0, 0.0), (Way::Left, 400.0, 100.0), (Way::Left, 800.0, 350.0)];
        assert_eq!(levels_of(&chain, 2), [0, 1, 0]);
        assert_eq!(levels_of(&chain[..2], 1), [0, 0]);
    }
}
