//! Finds the gaps that links pass: for each link the way that is shortest, straightest and least
//! crowded, and for links of a busy card one tree.
//!
//! A shortest way through the rows, by dynamic programming over a few gaps of each row: those next
//! to where the link comes from, to where it goes, and to where it may be already. The trees of
//! busy cards grow link by link, farthest first, as in Takahashi and Matsuyama, "An approximate
//! solution for the Steiner problem in graphs" (Math. Japonica 24, 1980).

use super::super::super::{Span, sizes};
use super::super::Arrangement;
use super::ends::{Ends, LinkEnds, Shape, edge};
use super::field::Field;

/// All strands.
#[derive(Debug, Default)]
pub(super) struct Net {
    pub knots: Vec<Knot>,
    /// Neighbours on a strand, once each: the upper and the lower one. Ends of a turn under a row
    /// are at the same height.
    pub edges: Vec<Edge>,
    /// By link; without knots for what passes no channel from knot to knot.
    pub strands: Vec<Strand>,
}

/// A place that one strand or a bundle runs through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Knot {
    /// Gaps of all rows are numbered first, then upper and lower edges of cards.
    pub place: u32,
    pub row: u32,
    /// Where its x may be.
    pub span: Span,
    /// How many links run through it.
    pub uses: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub upper: u32,
    pub lower: u32,
    /// The row above the channel that it crosses.
    pub row: u32,
    /// A turn under a row: its ends can never be in a line.
    pub turn: bool,
    /// How many links run along it.
    pub uses: u32,
}

/// The knots of a link.
#[derive(Debug, Clone, Default)]
pub(super) struct Strand {
    /// From its card to the other.
    pub knots: Vec<u32>,
    /// What leads from each of them to the next.
    pub edges: Vec<u32>,
    /// From which to which of its knots it runs alone, in places in the list.
    pub own: (usize, usize),
}

/// What a bend costs, in map units of detour.
const BEND: f32 = 40.0;
/// What a row costs that is passed alone.
const ALONE: f32 = 45.0;
/// What part of its cost a way has that a bundle has anyway.
const SHARED: f32 = 0.15;
/// What a link costs for each one that is already in a gap, while there is room and when not.
const BESIDE: f32 = 2.0;
const CROWDED: f32 = 60.0;
/// How steep a way in a channel should be: going as far across as this costs twice.
const STEEP: f32 = 22.0;
/// What it costs a row, in parts of the distance, not to be where the bundle leads.
const ASTRAY: f32 = 0.02;
/// No gap has more lanes.
pub(super) const MANY: f32 = 1000.0;
/// The most gaps of a row that are looked at.
const CHOICES: usize = 10;

/// A gap on the way of a bundle.
#[derive(Debug, Clone, Copy)]
struct Stem {
    knot: u32,
    /// To the next.
    edge: u32,
    gap: u32,
    x: f32,
    /// From here on.
    cost: f32,
    next: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    gap: u32,
    x: f32,
    cost: f32,
    before: u32,
}

struct Weaver<'a> {
    field: &'a Field,
    net: Net,
    /// By gap.
    loads: Vec<u16>,
    states: Vec<State>,
    /// The tree of the bundle at hand, and its stems by their distance in rows from its root.
    stems: Vec<Stem>,
    by_row: Vec<Vec<u32>>,
}

/// Gives every link its strand.
pub(super) fn weave(ends: &Ends, at: &Arrangement, field: &Field) -> Net {
    let mut ports: Vec<Option<u32>> = vec![None; ends.bundled.len()];
    let strands = vec![Strand::default(); ends.links.len()];
    let mut weaver = Weaver {
        field,
        net: Net { strands, ..Net::default() },
        loads: vec![0; field.gaps],
        states: Vec::new(),
        stems: Vec::new(),
        by_row: Vec::new(),
    };
    // What its tree grows from: the busier end. Large bundles first, and in them the farthest.
    let mut order: Vec<(std::cmp::Reverse<u32>, u32, std::cmp::Reverse<u32>, u32)> = Vec::new();
    for (i, link) in ends.links.iter().enumerate() {
        if !matches!(link.shape, Shape::Past | Shape::Under) {
            continue;
        }
        let (leaving, arriving) = ends.bundles(link);
        let size = leaving.max(arriving);
        let root = if leaving > arriving { link.harbours.0 } else { link.harbours.1 };
        let rows = link.rows.0.abs_diff(link.rows.1);
        let key = if size == 0 { u32::MAX } else { root };
        order.push((std::cmp::Reverse(size), key, std::cmp::Reverse(rows), i as u32));
    }
    order.sort_unstable();
    let mut last = None;
    for (_, root, _, i) in order {
        let link = &ends.links[i as usize];
        let (leaving, arriving) = ends.bundles(link);
        if root == u32::MAX || last != Some(root) {
            weaver.stems.clear();
            weaver.by_row.iter_mut().for_each(Vec::clear);
            last = Some(root);
        }
        let mut port = |harbour: u32, shared: bool, net: &mut Net| {
            let slot = &mut ports[harbour as usize];
            if let Some(knot) = slot.filter(|_| shared) {
                net.knots[knot as usize].uses += 1;
                return knot;
            }
            let knot = net.add(port_knot(harbour, at, field));
            if shared {
                *slot = Some(knot);
            }
            knot
        };
        let from = port(link.harbours.0, leaving > 0, &mut weaver.net);
        let to = port(link.harbours.1, arriving > 0, &mut weaver.net);
        let strand = weaver.strand(link, from, to, leaving > arriving, root != u32::MAX);
        weaver.net.strands[i as usize] = strand;
    }
    let Net { knots, edges, .. } = &mut weaver.net;
    for it in edges.iter_mut() {
        // So far it has the knot farther from the root: what runs through that goes on along it.
        let knot = knots[it.uses as usize];
        it.uses = if (knot.place as usize) < field.gaps { knot.uses } else { 1 };
    }
    weaver.net
}

/// The place of a port: the middle part of a card's edge.
fn port_knot(harbour: u32, at: &Arrangement, field: &Field) -> Knot {
    let edge = edge(harbour);
    let card = at.cards[(edge / 2) as usize];
    let reach = (card.width() * 0.3).max(0.0);
    let x = card.center().x;
    let row = field.row_of[(edge / 2) as usize].unwrap_or(0);
    let span = Span { min: x - reach, max: x + reach };
    Knot { place: field.gaps as u32 + edge, row, span, uses: 1 }
}

impl Net {
    fn add(&mut self, knot: Knot) -> u32 {
        self.knots.push(knot);
        (self.knots.len() - 1) as u32
    }
}

impl Weaver<'_> {
    /// The strand of a link between two ports; its tree grows from where it leaves or arrives.
    fn strand(&mut self, link: &LinkEnds, from: u32, to: u32, back: bool, tree: bool) -> Strand {
        let (leaf, root) = if back { (to, from) } else { (from, to) };
        let rows = if back { (link.rows.1, link.rows.0) } else { link.rows };
        let x_of = |knot: u32| self.net.knots[knot as usize].span;
        let (own, join) = self.find(x_of(leaf), x_of(root), rows, tree);
        let mut knots = vec![leaf];
        for (i, state) in own.iter().enumerate() {
            let row = passed(rows, i);
            let span = self.field.gap(row as usize, state.gap);
            let place = self.field.rows[row as usize].first + state.gap;
            let load = &mut self.loads[place as usize];
            *load = load.saturating_add(1);
            knots.push(self.net.add(Knot { place, row, span, uses: 1 }));
        }
        let alone = knots.len();
        let first = self.net.edges.len() as u32;
        let mut edges: Vec<u32> = (first..first + alone as u32).collect();
        let mut stem = join;
        while let Some(it) = stem.and_then(|i| self.stems.get(i as usize)) {
            knots.push(it.knot);
            edges.push(it.edge);
            self.net.knots[it.knot as usize].uses += 1;
            stem = it.next;
        }
        knots.push(root);
        for i in 0..alone {
            let (a, b) = (knots[i], knots[i + 1]);
            let (upper, lower) = if rows.0 > rows.1 { (b, a) } else { (a, b) };
            let row = self.net.knots[upper as usize].row;
            self.net.edges.push(Edge { upper, lower, row, turn: rows.0 == rows.1, uses: a });
        }
        if tree {
            self.grow(&own, &knots, rows, join, x_of_root(&self.net, root), first);
        }
        let last = knots.len() - 1;
        let own = if back { (last - alone, last) } else { (0, alone) };
        if back {
            knots.reverse();
            edges.reverse();
        }
        Strand { knots, edges, own }
    }

    /// Adds a link's own gaps to the tree that it joins at a stem (or at the root).
    fn grow(
        &mut self,
        own: &[State],
        knots: &[u32],
        rows: (u32, u32),
        join: Option<u32>,
        to: f32,
        first: u32,
    ) {
        let mut next = join;
        for (i, state) in own.iter().enumerate().rev() {
            let after = next.map_or((to, 0.0), |it| {
                let it = &self.stems[it as usize];
                (it.x, it.cost)
            });
            let cost = after.1 + ALONE + (after.0 - state.x).abs();
            let edge = first + i as u32 + 1;
            let stem = Stem { knot: knots[i + 1], edge, gap: state.gap, x: state.x, cost, next };
            self.stems.push(stem);
            let index = (self.stems.len() - 1) as u32;
            let away = rows.1.abs_diff(passed(rows, i)) as usize;
            if self.by_row.len() <= away {
                self.by_row.resize(away + 1, Vec::new());
            }
            self.by_row[away].push(index);
            next = Some(index);
        }
    }

    /// The best way from a leaf to the root, or to the tree: own gaps, and the stem to join.
    fn find(&mut self, leaf: Span, root: Span, rows: (u32, u32), tree: bool) -> Found {
        let count = (rows.0.abs_diff(rows.1) as usize).saturating_sub(1);
        if count == 0 {
            return (Vec::new(), None);
        }
        let (from, to) = (leaf.center(), root.center());
        self.states.clear();
        self.states.push(State { gap: 0, x: from, cost: 0.0, before: 0 });
        let mut last = 0..1;
        let mut best: (f32, Option<u32>, usize) = (f32::INFINITY, None, 0);
        for i in 0..count {
            let row = passed(rows, i) as usize;
            let shelf = &self.field.rows[row];
            let mut choices: [u32; CHOICES] = [0; CHOICES];
            let mut many = 0;
            let mut add = |gap: u32| {
                if many < CHOICES && !choices[..many].contains(&gap) {
                    choices[many] = gap;
                    many += 1;
                }
            };
            let stems: &[u32] = match rows.1.abs_diff(row as u32) as usize {
                away if tree => self.by_row.get(away).map_or(&[], Vec::as_slice),
                _ => &[],
            };
            shelf.around(from).into_iter().for_each(&mut add);
            shelf.around(to).into_iter().for_each(&mut add);
            for state in &self.states[last.clone()] {
                shelf.around(state.x).into_iter().for_each(&mut add);
            }
            let channel = self.field.channel(if rows.0 < rows.1 { row } else { row + 1 });
            let slope = 1.0 + STEEP / channel.length().max(1.0);
            let first = self.states.len();
            // What it costs to go from the row before to a gap.
            let enter = |states: &[State], span: Span| {
                let mut least = (f32::INFINITY, 0.0, 0);
                for j in last.clone() {
                    let state = &states[j];
                    let x = state.x.clamp(span.min, span.max);
                    let across = (x - state.x).abs();
                    // The first way begins anywhere in a port.
                    let free = if i == 0 { leaf.length() / 2.0 } else { 0.01 };
                    let bend = if across > free { BEND } else { 0.0 };
                    let cost = state.cost + bend + across * slope;
                    if cost < least.0 {
                        least = (cost, x, j);
                    }
                }
                least
            };
            for stem in stems {
                let it = &self.stems[*stem as usize];
                let span = self.field.gap(row, it.gap);
                let (cost, x, before) = enter(&self.states[..first], span);
                let cost = cost + (it.x - x).abs() + it.cost * SHARED;
                if cost < best.0 {
                    best = (cost, Some(*stem), before);
                }
            }
            for gap in &choices[..many] {
                if stems.iter().any(|it| self.stems[*it as usize].gap == *gap) {
                    continue;
                }
                let span = self.field.gap(row, *gap);
                let (cost, x, before) = enter(&self.states[..first], span);
                let load = self.loads[(shelf.first + gap) as usize];
                let lanes = (span.length() / sizes().route.lane).min(MANY) as u16 + 1;
                let crowd = match load.checked_sub(lanes) {
                    Some(more) => CROWDED * f32::from(more.min(20) + 1),
                    None => BESIDE * f32::from(load),
                };
                let astray = if tree { (x - to).abs() * ASTRAY } else { 0.0 };
                let cost = cost + ALONE + crowd + astray;
                self.states.push(State { gap: *gap, x, cost, before: before as u32 });
            }
            last = first..self.states.len();
            if last.is_empty() {
                break;
            }
        }
        let channel =
            self.field.channel(if rows.0 < rows.1 { rows.1 } else { rows.1 + 1 } as usize);
        let slope = 1.0 + STEEP / channel.length().max(1.0);
        for j in last {
            let state = &self.states[j];
            let across = (to - state.x).abs();
            let bend = if across > root.length() / 2.0 { BEND } else { 0.0 };
            let cost = state.cost + bend + across * slope;
            if cost < best.0 {
                best = (cost, None, j);
            }
        }
        let mut own = Vec::new();
        let mut at = best.2;
        while at > 0 {
            own.push(self.states[at]);
            at = self.states[at].before as usize;
        }
        own.reverse();
        (own, best.1)
    }
}

/// Own gaps, and the stem of the tree that the way joins; `None` where it leads to the root.
type Found = (Vec<State>, Option<u32>);

fn x_of_root(net: &Net, root: u32) -> f32 {
    net.knots[root as usize].span.center()
}

/// The `i`th of the rows between two rows, in the direction from the first to the second.
fn passed(rows: (u32, u32), i: usize) -> u32 {
    let step = i as u32 + 1;
    if rows.0 < rows.1 { rows.0 + step } else { rows.0 - step }
}
