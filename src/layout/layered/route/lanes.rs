//! Gives every knot its x: what can be in one line is, and what shares a gap or a card's edge
//! stands side by side, in the order of where it goes.
//!
//! Knots that are in one line make a run. Runs have one order from left to right in all places
//! that they share, so that their distances are kept by one pass from the left, with bounds that
//! come from a pass from the right.

use super::super::super::{Span, sizes};
use super::field::Field;
use super::weave::{MANY, Net};

/// A gap wider than this many lanes has room to choose from.
const NARROW: f32 = 8.0;

/// Knots in one line, top to bottom.
#[derive(Debug, Clone)]
struct Run {
    span: Span,
    knots: std::ops::Range<usize>,
    /// Where it stands, so far.
    x: f32,
    /// Where its neighbours on their strands stand, and how many there are.
    pull: (f32, f32),
    /// Where it wants to be.
    wish: f32,
    /// How far right it may be.
    most: f32,
}

/// Ports that are nearer than this part of their distance are in each other's way.
const NEAR: f32 = 0.4;
/// So often lines are broken where ports are in each other's way.
const ROUNDS: usize = 3;

/// The x of every knot.
pub(super) fn place(net: &Net, field: &Field) -> Vec<f32> {
    let gaps = field.gaps as u32;
    let edges = by_ease(net);
    let mut alone = vec![false; net.knots.len()];
    let mut xs = settled(net, gaps, &edges, &alone);
    for _ in 1..ROUNDS {
        if !part(net, gaps, &xs, &mut alone) {
            break;
        }
        xs = settled(net, gaps, &edges, &alone);
    }
    xs
}

/// Keeps ports from being in line with what crowds them against another port; whether there are
/// any more such.
fn part(net: &Net, gaps: u32, xs: &[f32], alone: &mut [bool]) -> bool {
    let ports = net.knots.iter().zip(xs).enumerate().filter(|(_, (it, _))| it.place >= gaps);
    let mut ports: Vec<(u32, f32, u32)> =
        ports.map(|(i, (it, x))| (it.place, *x, i as u32)).collect();
    ports.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut any = false;
    for all in ports.chunk_by(|a, b| a.0 == b.0) {
        for pair in all.windows(2) {
            let span = net.knots[pair[0].2 as usize].span;
            let near = NEAR * sizes().route.port.min(span.length() / (all.len() - 1) as f32);
            // What is farther from the middle gives way: towards the middle there is room.
            let off = |port: &(u32, f32, u32)| (port.1 - span.center()).abs();
            let outer = if off(&pair[0]) > off(&pair[1]) { 0 } else { 1 };
            for port in [pair[outer].2, pair[1 - outer].2] {
                if pair[1].1 - pair[0].1 < near && !alone[port as usize] {
                    alone[port as usize] = true;
                    any = true;
                    break;
                }
            }
        }
    }
    any
}

/// Places runs, with ports that are to be `alone` in no line with others.
fn settled(net: &Net, gaps: u32, edges: &[u32], alone: &[bool]) -> Vec<f32> {
    let (mut runs, order) = runs(net, edges, alone);
    let mut run_of = vec![0u32; net.knots.len()];
    for (i, run) in runs.iter().enumerate() {
        for knot in &order[run.knots.clone()] {
            run_of[*knot as usize] = i as u32;
        }
    }
    let places = net.knots.iter().map(|it| it.place as usize + 1).max().unwrap_or(0);
    let mut desk = Desk {
        net,
        order: &order,
        gaps,
        counts: vec![0; places],
        offsets: vec![0.0; net.knots.len()],
        last: vec![(0.0, 0.0); places],
    };
    for knot in &net.knots {
        desk.counts[knot.place as usize] += 1;
    }
    // Where neighbours are shows where a run wants to be: twice is near enough.
    for _ in 0..2 {
        for run in &mut runs {
            run.pull = (0.0, 0.0);
        }
        for edge in &net.edges {
            let (a, b) = (run_of[edge.upper as usize], run_of[edge.lower as usize]);
            if a != b {
                let (ax, bx) = (runs[a as usize].x, runs[b as usize].x);
                let mut pull = |run: u32, x: f32| {
                    let it = &mut runs[run as usize].pull;
                    *it = (it.0 + x, it.1 + 1.0);
                };
                pull(a, bx);
                pull(b, ax);
            }
        }
        desk.settle(&mut runs);
    }
    run_of.into_iter().map(|run| runs[run as usize].x).collect()
}

/// What may be straight, by where strands are busiest and where it is easiest.
fn by_ease(net: &Net) -> Vec<u32> {
    let middle = |knot: u32| net.knots[knot as usize].span.center();
    let mut edges: Vec<(std::cmp::Reverse<u32>, u32, u32)> = (net.edges.iter().enumerate())
        .filter(|(_, it)| !it.turn)
        .map(|(i, it)| {
            let off = (middle(it.upper) - middle(it.lower)).abs();
            (std::cmp::Reverse(it.uses), (off * 8.0) as u32, i as u32)
        })
        .collect();
    edges.sort_unstable();
    edges.into_iter().map(|it| it.2).collect()
}

/// Puts knots in line. With the runs, the knots in the order of runs.
fn runs(net: &Net, edges: &[u32], alone: &[bool]) -> (Vec<Run>, Vec<u32>) {
    let none = u32::MAX;
    let count = net.knots.len();
    // For the first and the last knot of each line: the other end, and where the line may be.
    let mut other: Vec<u32> = (0..count as u32).collect();
    let mut spans: Vec<Span> = net.knots.iter().map(|it| it.span).collect();
    let (mut above, mut below) = (vec![none; count], vec![none; count]);
    for i in edges {
        let edge = &net.edges[*i as usize];
        let (upper, lower) = (edge.upper as usize, edge.lower as usize);
        if alone[upper] || alone[lower] {
            continue;
        }
        if below[upper] != none || above[lower] != none {
            continue;
        }
        let min = spans[upper].min.max(spans[lower].min);
        let max = spans[upper].max.min(spans[lower].max);
        if min > max {
            continue;
        }
        (below[upper], above[lower]) = (edge.lower, edge.upper);
        let (first, last) = (other[upper], other[lower]);
        (other[first as usize], other[last as usize]) = (last, first);
        spans[first as usize] = Span { min, max };
        spans[last as usize] = Span { min, max };
    }
    let (mut runs, mut order) = (Vec::new(), Vec::with_capacity(count));
    for first in (0..count).filter(|i| above[*i] == none) {
        let from = order.len();
        let mut at = first as u32;
        while at != none {
            order.push(at);
            at = below[at as usize];
        }
        let span = spans[first];
        let knots = from..order.len();
        let x = span.center();
        runs.push(Run { span, knots, x, pull: (0.0, 0.0), wish: x, most: span.max });
    }
    (runs, order)
}

/// What a pass over all runs needs.
struct Desk<'a> {
    net: &'a Net,
    order: &'a [u32],
    /// Places from this one on are edges of cards.
    gaps: u32,
    /// By place: how many knots it has.
    counts: Vec<u32>,
    /// By knot: its distance from the leftmost of its place.
    offsets: Vec<f32>,
    /// By place: the x and the offset of the knot set last.
    last: Vec<(f32, f32)>,
}

impl Desk<'_> {
    /// Sets all runs side by side, as near as can be to where they want to be.
    fn settle(&mut self, runs: &mut [Run]) {
        let mut turn: Vec<(f32, f32, u32)> = Vec::with_capacity(runs.len());
        for (i, run) in runs.iter().enumerate() {
            let x = if run.pull.1 > 0.0 { run.pull.0 / run.pull.1 } else { run.x };
            turn.push((x.clamp(run.span.min, run.span.max), x, i as u32));
        }
        turn.sort_unstable_by(|a, b| {
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2))
        });
        let mut ranks = vec![0u32; self.counts.len()];
        for (x, _, i) in &turn {
            self.wish(&mut runs[*i as usize], *x, &mut ranks);
        }
        self.last.fill((f32::INFINITY, 0.0));
        for (_, _, i) in turn.iter().rev() {
            let run = &mut runs[*i as usize];
            run.most = run.span.max;
            for knot in &self.order[run.knots.clone()] {
                let (x, offset) = self.last[self.net.knots[*knot as usize].place as usize];
                run.most = run.most.min(x - (offset - self.offsets[*knot as usize]));
            }
            self.remember(run, run.most);
        }
        self.last.fill((f32::NEG_INFINITY, 0.0));
        for (_, _, i) in &turn {
            let run = &mut runs[*i as usize];
            let mut least = run.span.min;
            for knot in &self.order[run.knots.clone()] {
                let (x, offset) = self.last[self.net.knots[*knot as usize].place as usize];
                least = least.max(x + (self.offsets[*knot as usize] - offset));
            }
            // Where there is not room for all, some lie on others.
            run.x = run.wish.min(run.most).max(least).clamp(run.span.min, run.span.max);
            self.remember(run, run.x);
        }
    }

    fn remember(&mut self, run: &Run, x: f32) {
        for knot in &self.order[run.knots.clone()] {
            let place = self.net.knots[*knot as usize].place as usize;
            self.last[place] = (x, self.offsets[*knot as usize]);
        }
    }

    /// Where a run wants to be: at its ports' places in the middle of the edge, else at its place
    /// among the lanes of its narrow gaps, else where it is straightest.
    fn wish(&mut self, run: &mut Run, straight: f32, ranks: &mut [u32]) {
        let s = &sizes().route;
        let (mut ports, mut lanes) = ((0.0, 0.0), (0.0, 0.0));
        for knot in &self.order[run.knots.clone()] {
            let it = &self.net.knots[*knot as usize];
            let (count, rank) = (self.counts[it.place as usize], &mut ranks[it.place as usize]);
            let wide = it.span.length();
            let middle = it.span.center();
            if it.place >= self.gaps {
                let step = s.port.min(wide / (count.max(2) - 1) as f32);
                let offset = *rank as f32 * step;
                self.offsets[*knot as usize] = offset;
                let x = middle + offset - (count - 1) as f32 / 2.0 * step;
                ports = (ports.0 + x, ports.1 + 1.0);
            } else {
                // More strands than lanes: neighbours share one.
                let room = (wide / s.lane).min(MANY) as u32 + 1;
                let used = room.min(count);
                let lane = (u64::from(*rank) * u64::from(used) / u64::from(count)) as f32;
                self.offsets[*knot as usize] = lane * s.lane;
                if wide <= NARROW * s.lane {
                    let x = middle + (lane - (used - 1) as f32 / 2.0) * s.lane;
                    lanes = (lanes.0 + x, lanes.1 + 1.0);
                }
            }
            *rank += 1;
        }
        run.wish = match (ports, lanes) {
            ((x, n), _) if n > 0.0 => x / n,
            (_, (x, n)) if n > 0.0 => x / n,
            _ => straight,
        };
    }
}
