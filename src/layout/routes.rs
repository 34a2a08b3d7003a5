//! Arrows that cannot run straight from card to card: up out of the step, along a track above the
//! cards, and down into the other step.
//!
//! The label of a straight arrow stands in a track too, over its gap, with a line down to it.
//! Every end has a port of its own on its card's upper edge, so that no two lines share a
//! vertical; tracks keep them apart horizontally; ports are in the order that crosses least.

use crate::geom::{Path, Point, Rect, Segment, pt};

use super::grid::{Across, Span};
use super::plan::Plan;
use super::{sizes, tracks};

/// One routed arrow or the label of a straight one, without its height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Route {
    /// Index into [`Plan::nexts`].
    pub next: usize,
    /// Where it leaves and where it arrives; both in the gap's middle for a straight one.
    pub from_x: f32,
    pub to_x: f32,
    /// Above the cards, 0 lowest.
    pub track: usize,
    /// Where its label stands, if it has one.
    pub label: Option<Span>,
}

/// All routed arrows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Routes {
    pub routes: Vec<Route>,
    pub tracks: usize,
}

impl Routes {
    /// Routes what does not run straight. `labels`: the width of each arrow's label, by
    /// [`Plan::nexts`]; 0 where there is none.
    pub fn new(plan: &Plan, across: &Across, labels: &[f32]) -> Self {
        let routed: Vec<usize> = (0..plan.nexts.len())
            .filter(|i| !plan.nexts[*i].straight || labels[*i] > 0.0)
            .collect();
        let mut from_x = vec![0.0; plan.nexts.len()];
        let mut to_x = vec![0.0; plan.nexts.len()];
        for (column, mut ends) in ends_by_column(plan, &routed).into_iter().enumerate() {
            // Left to right: those that lead left, nearest first, then those that lead right,
            // farthest first. So the nearer ones, on lower tracks, cross none.
            ends.sort_by_key(|end| {
                (end.other > column, std::cmp::Reverse(end.other), end.leaves, end.next)
            });
            let span = across.columns[column];
            let step = span.length() / (ends.len() + 1) as f32;
            for (i, end) in ends.iter().enumerate() {
                let x = span.min + step * (i + 1) as f32;
                if end.leaves { from_x[end.next] = x } else { to_x[end.next] = x }
            }
        }
        for i in routed.iter().filter(|i| plan.nexts[**i].straight) {
            let next = &plan.nexts[*i];
            let gap = (across.columns[next.from].max + across.columns[next.to].min) / 2.0;
            (from_x[*i], to_x[*i]) = (gap, gap);
        }
        let labels: Vec<Option<Span>> = routed
            .iter()
            .map(|i| {
                let middle = (from_x[*i] + to_x[*i]) / 2.0;
                (labels[*i] > 0.0).then(|| Span::new(middle - labels[*i] / 2.0, labels[*i]))
            })
            .collect();
        let intervals: Vec<(f32, f32)> = routed
            .iter()
            .zip(&labels)
            .map(|(i, label)| {
                let (low, high) = (from_x[*i].min(to_x[*i]), from_x[*i].max(to_x[*i]));
                label.map_or((low, high), |it| (low.min(it.min), high.max(it.max)))
            })
            .collect();
        let (assigned, tracks) = tracks::nest(&intervals, sizes().space.s);
        let routes: Vec<Route> = routed
            .into_iter()
            .zip(assigned)
            .zip(labels)
            .map(|((next, track), label)| Route {
                next,
                from_x: from_x[next],
                to_x: to_x[next],
                track,
                label,
            })
            .collect();
        let mut all = Self { routes, tracks };
        all.move_labels_aside();
        all
    }

    /// Moves labels along their lines to where the fewest other lines cross them.
    fn move_labels_aside(&mut self) {
        /// Nobody reads that many labels: leave them in the middle.
        const MANY: usize = 500;
        if self.routes.len() > MANY {
            return;
        }
        // A line passes every track below its own, at both of its ends.
        let ends: Vec<(usize, f32)> = self
            .routes
            .iter()
            .flat_map(|it| [(it.track, it.from_x), (it.track, it.to_x)])
            .collect();
        let margin = sizes().link.radius + sizes().space.xs;
        for route in &mut self.routes {
            let Some(label) = &mut route.label else {
                continue;
            };
            let (low, high) = (route.from_x.min(route.to_x), route.from_x.max(route.to_x));
            let spare = (high - low) / 2.0 - margin - label.length() / 2.0;
            let crossed = |span: Span| {
                let by = |x: f32| x > span.min - 2.0 && x < span.max + 2.0;
                ends.iter().filter(|(track, x)| *track > route.track && by(*x)).count()
            };
            let places = [0.0, -0.4, 0.4, -0.8, 0.8, -1.0, 1.0];
            let moved = |part: f32| Span::new(label.min + part * spare.max(0.0), label.length());
            let best = places.into_iter().map(moved).min_by_key(|span| crossed(*span));
            *label = best.unwrap_or(*label);
        }
    }

    /// How much room the tracks take above the cards.
    pub fn height(&self) -> f32 {
        match self.tracks {
            0 => 0.0,
            tracks => tracks as f32 * sizes().link.track + sizes().space.s,
        }
    }
}

struct End {
    next: usize,
    other: usize,
    leaves: bool,
}

fn ends_by_column(plan: &Plan, routed: &[usize]) -> Vec<Vec<End>> {
    let mut ends: Vec<Vec<End>> = plan.columns.iter().map(|_| Vec::new()).collect();
    for i in routed.iter().filter(|i| !plan.nexts[**i].straight) {
        let next = &plan.nexts[*i];
        ends[next.from].push(End { next: *i, other: next.to, leaves: true });
        ends[next.to].push(End { next: *i, other: next.from, leaves: false });
    }
    ends
}

impl Route {
    /// The height of its track, where the cards' upper edge is at `cards`.
    pub fn level(&self, cards: f32) -> f32 {
        cards - sizes().space.s - (self.track as f32 + 0.5) * sizes().link.track
    }

    /// Its line, from one card's upper edge to just above the other's, with rounded corners.
    pub fn path(&self, cards: f32) -> Path {
        let y = self.level(cards);
        let end = cards - 1.0;
        rounded(
            &[pt(self.from_x, cards), pt(self.from_x, y), pt(self.to_x, y), pt(self.to_x, end)],
            sizes().link.radius,
        )
    }

    /// Where its label stands, as high as `height`.
    pub fn label_box(&self, cards: f32, height: f32) -> Option<Rect> {
        let y = self.level(cards);
        self.label.map(|span| span.by(Span::new(y - height / 2.0, height)))
    }
}

/// A path through points with corners rounded by at most `radius`.
fn rounded(points: &[Point], radius: f32) -> Path {
    /// Control points at this part of the radius make a cubic a quarter circle.
    const KAPPA: f32 = 0.552_284_8;
    let mut segments = vec![Segment::Move(points[0])];
    for w in points.windows(3) {
        let (before, corner, after) = (w[0], w[1], w[2]);
        let (a, b) = (corner.distance(before), corner.distance(after));
        let r = radius.min(a / 2.0).min(b / 2.0);
        if r <= 0.0 {
            segments.push(Segment::Line(corner));
            continue;
        }
        let (enter, leave) = (corner.lerp(before, r / a), corner.lerp(after, r / b));
        segments.push(Segment::Line(enter));
        segments.push(Segment::Cubic(enter.lerp(corner, KAPPA), leave.lerp(corner, KAPPA), leave));
    }
    if let Some(last) = points.last() {
        segments.push(Segment::Line(*last));
    }
    Path { segments }
}
