//! From sizes to positions: columns side by side, rows one below the other.
//!
//! A column is as wide as its widest card needs, between the least and the most that the tokens
//! allow; a track is as high as its highest card. Everything here is sums: nothing is searched
//! for, and nothing can overlap.

use crate::geom::{Point, Rect, pt};
use crate::model::choice::{Band, LaneContent};

use super::plan::{Plan, Slot};
use super::sizes;

/// From where to where, along one axis.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Span {
    pub min: f32,
    pub max: f32,
}

impl Span {
    /// From `min` on, that long.
    pub fn new(min: f32, length: f32) -> Self {
        Self { min, max: min + length }
    }

    /// How far it reaches, in map units.
    pub fn length(self) -> f32 {
        self.max - self.min
    }

    /// The middle between its ends.
    pub fn center(self) -> f32 {
        (self.min + self.max) / 2.0
    }

    /// The rectangle of this span across and another one down.
    pub fn by(self, down: Self) -> Rect {
        Rect { min: pt(self.min, down.min), max: pt(self.max, down.max) }
    }
}

/// Where columns stand. The lanes' labels begin at 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Across {
    /// The cards of each column.
    pub columns: Vec<Span>,
    /// Each group of columns with its padding.
    pub groups: Vec<Span>,
    /// The lanes' labels.
    pub labels: Span,
    /// The right edge of the last group.
    pub right: f32,
}

impl Across {
    /// Places columns. `needs`: the width that each column's cards ask for; `width`: how wide all
    /// of it is, from the labels on, however wide or narrow that makes the columns.
    pub fn new(plan: &Plan, needs: &[f32], width: Option<f32>) -> Self {
        let (s, labels) = (&sizes().column, Span::new(0.0, sizes().lane.label_width));
        let roomy = roomy_width(plan);
        let fitted = width.map(|width| fitted(plan, needs, width));
        let mut x = labels.max + s.pad;
        let mut columns = Vec::with_capacity(plan.columns.len());
        let mut groups = Vec::with_capacity(plan.groups.len());
        for (i, group) in plan.groups.iter().enumerate() {
            if i > 0 {
                x += s.stage_gap;
            }
            let left = x;
            x += s.pad;
            for column in group.columns.clone() {
                x += if column > group.columns.start { s.gap } else { 0.0 };
                let least = match plan.columns[column].step {
                    Some(_) => roomy,
                    None => s.empty_width,
                };
                let wide = || needs[column].clamp(least, s.max_width.max(least)).ceil();
                let width = fitted.as_ref().map_or_else(wide, |all| all[column]);
                columns.push(Span::new(x, width));
                x += width;
            }
            x += s.pad;
            groups.push(Span { min: left, max: x });
        }
        Self { columns, groups, labels, right: x }
    }

    /// From the first to the last column of a slot, or its share of one.
    pub fn of(&self, slot: &Slot) -> Span {
        let all = Span { min: self.columns[slot.first].min, max: self.columns[slot.last].max };
        let (nth, shares) = slot.share;
        if shares < 2 {
            return all;
        }
        let gap = sizes().card.gap;
        let each = (all.length() + gap) / shares as f32;
        Span::new(all.min + nth as f32 * each, each - gap)
    }
}

/// The least width of a step's column. A map of few steps has wider ones, so that it fills a
/// screen from side to side instead of growing down in narrow columns of broken lines.
fn roomy_width(plan: &Plan) -> f32 {
    let s = &sizes().column;
    let steps = plan.columns.iter().filter(|column| column.step.is_some()).count().max(1) as f32;
    let groups = plan.groups.len() as f32;
    let between = steps * s.gap + groups * (2.0 * s.pad + s.stage_gap - s.gap);
    let empty = (plan.columns.len() as f32 - steps).max(0.0) * s.empty_width;
    let room = s.fit_width - sizes().lane.label_width - s.pad - between - empty;
    (room / steps).floor().clamp(s.min_width, s.max_width)
}

/// The widths of columns that are that wide together, with all that stands between them: alike,
/// but for those that ask for more, which get up to half as much again.
fn fitted(plan: &Plan, needs: &[f32], width: f32) -> Vec<f32> {
    let s = &sizes().column;
    let (columns, groups) = (plan.columns.len() as f32, plan.groups.len() as f32);
    let between = (columns - groups) * s.gap + groups * (2.0 * s.pad + s.stage_gap) - s.stage_gap;
    let room = width - sizes().lane.label_width - s.pad - between;
    let even = (room / columns.max(1.0)).max(1.0);
    let wish = |i: usize| match plan.columns[i].step {
        Some(_) => needs[i].min(1.5 * even),
        None => 0.0,
    };
    // The level at which all of them together fill the room, by halving: columns below their wish
    // get it, the others get the level.
    let (mut low, mut high) = (0.0, even);
    for _ in 0..32 {
        let level = (low + high) / 2.0;
        let all: f32 = (0..plan.columns.len()).map(|i| wish(i).max(level)).sum();
        if all > room { high = level } else { low = level }
    }
    let all = (0..plan.columns.len()).map(|i| wish(i).max(low));
    let (all, sum) = (all.clone().collect::<Vec<f32>>(), all.sum::<f32>());
    // Where all the wishes together are too much, they are cut alike.
    let cut = if sum > room { (room / sum).max(0.0) } else { 1.0 };
    let mut all: Vec<f32> = all.into_iter().map(|width| (width * cut).max(1.0)).collect();
    // What columns got that would have vanished, the widest gives.
    let over = all.iter().sum::<f32>() - room;
    if let Some(widest) = all.iter_mut().max_by(|a, b| a.total_cmp(b)).filter(|_| over > 0.0) {
        *widest = (*widest - over).max(1.0);
    }
    all
}

/// The lines of a service blueprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandLine {
    Interaction,
    Visibility,
    Internal,
}

impl BandLine {
    /// The lines that lie between two bands, top to bottom.
    fn between(above: Band, below: Band) -> impl Iterator<Item = Self> + Clone {
        let lines = [
            (Band::Customer, Self::Interaction),
            (Band::Frontstage, Self::Visibility),
            (Band::Backstage, Self::Internal),
        ];
        let below = if below == Band::Insight { above } else { below };
        lines.into_iter().filter(move |(band, _)| above <= *band && *band < below).map(|it| it.1)
    }
}

/// One lane's place.
#[derive(Debug, Clone, PartialEq)]
pub struct RowBox {
    pub span: Span,
    /// Where its cards stand, track by track.
    pub tracks: Vec<Span>,
}

/// Where rows stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Down {
    /// The headers of the groups.
    pub header: Span,
    pub rows: Vec<RowBox>,
    pub lines: Vec<(BandLine, f32)>,
    /// The groups: from the header to below the last row.
    pub groups: Span,
}

/// What rows need, top to bottom.
#[derive(Debug)]
pub struct Heights<'a> {
    /// Where the groups begin.
    pub top: f32,
    pub header: f32,
    /// Of each slot's card.
    pub cards: &'a [f32],
    /// Of each row's label.
    pub labels: &'a [f32],
    /// Room for links above the steps' cards.
    pub links: f32,
    /// Of the emotion curve.
    pub curve: f32,
}

impl Down {
    /// Places rows.
    pub fn new(plan: &Plan, heights: &Heights<'_>) -> Self {
        let (lane, card) = (&sizes().lane, &sizes().card);
        let pad = sizes().space.m;
        let header = Span::new(heights.top, heights.header);
        let mut tracks: Vec<Vec<f32>> = plan.rows.iter().map(|row| vec![0.0; row.tracks]).collect();
        for (slot, height) in plan.slots.iter().zip(heights.cards) {
            let track = &mut tracks[slot.row][slot.track];
            *track = track.max(*height);
        }
        let mut y = header.max;
        let mut lines = Vec::new();
        let mut rows = Vec::with_capacity(plan.rows.len());
        for (i, row) in plan.rows.iter().enumerate() {
            if i > 0 {
                let (above, below) = (plan.rows[i - 1].band, row.band);
                let between = BandLine::between(above, below);
                // Where the lanes between are cut out, so are the lines between these.
                let skipped =
                    if plan.is_part { between.clone().count().saturating_sub(1) } else { 0 };
                let mut between = between.skip(skipped).peekable();
                if between.peek().is_none() {
                    y += if above == below { lane.gap } else { lane.band_gap };
                }
                for line in between {
                    // The label stands above the line, so the line lies below the middle.
                    lines.push((line, y + lane.band_gap * 0.625));
                    y += lane.band_gap;
                }
            }
            let top = y;
            if row.content == LaneContent::Steps {
                y += heights.links;
            }
            let first = y;
            let mut spans = Vec::with_capacity(row.tracks);
            for (j, height) in tracks[i].iter().enumerate() {
                y += if j > 0 { card.gap } else { 0.0 };
                spans.push(Span::new(y, *height));
                y += height;
            }
            let least = match row.content {
                LaneContent::Emotion => heights.curve,
                _ if row.tracks == 0 => lane.min_height,
                _ => 0.0,
            };
            y = y.max(first + least.max(heights.labels[i]));
            if let [only] = spans[..] {
                // A label higher than the cards beside it: they stand in its middle.
                let spare = ((y - only.max) / 2.0).max(0.0);
                spans[0] = Span::new(only.min + spare, only.length());
            }
            rows.push(RowBox { span: Span { min: top, max: y }, tracks: spans });
        }
        Self { header, rows, lines, groups: Span { min: header.min, max: y + pad } }
    }

    /// Where a slot's card stands: as high as its track.
    pub fn of(&self, slot: &Slot) -> Span {
        self.rows[slot.row].tracks[slot.track]
    }
}

/// The box of a point's neighbourhood: which of the spans is nearest to `at`.
pub fn nearest(spans: impl Iterator<Item = Span>, at: f32) -> Option<usize> {
    let distance = |span: Span| (span.min - at).max(at - span.max).max(0.0);
    spans.enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map(|(i, _)| i)
}

/// Everything's place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Geometry {
    pub across: Across,
    pub down: Down,
}

impl Geometry {
    /// Where a slot's card stands.
    pub fn card(&self, slot: &Slot) -> Rect {
        self.across.of(slot).by(self.down.of(slot))
    }

    /// A column from the header to the last row, with half of the gaps beside it.
    pub fn column(&self, column: usize) -> Rect {
        let x = self.across.columns[column];
        let pad = sizes().column.pad;
        Span { min: x.min - pad, max: x.max + pad }.by(self.down.groups)
    }

    /// A row with its label, across all columns.
    pub fn row(&self, row: usize) -> Rect {
        Span { min: self.across.labels.min, max: self.across.right }.by(self.down.rows[row].span)
    }

    /// A group of columns.
    pub fn group(&self, group: usize) -> Rect {
        self.across.groups[group].by(self.down.groups)
    }

    /// The middle of a column at a height.
    pub fn middle(&self, column: usize, y: f32) -> Point {
        pt(self.across.columns[column].center(), y)
    }
}
