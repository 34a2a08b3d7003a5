//! What stands where: rows with their gaps, and the channels between them.

use crate::geom::{Point, Rect};

use super::super::super::{Span, sizes};
use super::super::Arrangement;

/// Rows, gaps and channels of an arrangement.
#[derive(Debug)]
pub(super) struct Field {
    pub rows: Vec<Shelf>,
    /// By card, its row; `None` for a card that stands in none.
    pub row_of: Vec<Option<u32>>,
    /// How many gaps there are, in all rows.
    pub gaps: usize,
    /// The middles between strips.
    pub borders: Vec<f32>,
    /// Where lines may be: all strips, and a margin at the sides.
    pub room: Rect,
}

/// A row: the cards and the gaps beside and between them.
#[derive(Debug)]
pub(super) struct Shelf {
    pub span: Span,
    /// What its cards cover, left to right.
    pub cards: Vec<Span>,
    /// One more than there are cards: where lines may pass, `None` where there is no room.
    pub gaps: Vec<Option<Span>>,
    /// The number of its first gap among those of all rows.
    pub first: u32,
}

impl Field {
    pub fn new(at: &Arrangement) -> Self {
        let s = &sizes().route;
        let bounds = at.bounds();
        let room = Rect {
            min: Point { x: bounds.min.x - s.margin, y: bounds.min.y },
            max: Point { x: bounds.max.x + s.margin, y: bounds.max.y },
        };
        let mut row_of = vec![None; at.cards.len()];
        let mut rows = Vec::with_capacity(at.rows.len());
        let mut first = 0;
        for (i, row) in at.rows.iter().enumerate() {
            let mut cards: Vec<Span> = Vec::with_capacity(row.cards.len());
            for card in &row.cards {
                if let Some(it) = at.cards.get(*card as usize) {
                    cards.push(Span { min: it.min.x, max: it.max.x });
                    row_of[*card as usize] = Some(i as u32);
                }
            }
            let shelf = Shelf::new(row.span, cards, room, first);
            first += shelf.gaps.len() as u32;
            rows.push(shelf);
        }
        let strips = at.strips.windows(2);
        let borders = strips.map(|pair| (pair[0].max + pair[1].min) / 2.0).collect();
        Self { rows, row_of, gaps: first as usize, borders, room }
    }

    /// The channel above a row; for one row too many, that beneath the last.
    pub fn channel(&self, row: usize) -> Span {
        let above = row.checked_sub(1).and_then(|i| self.rows.get(i));
        let min = above.map_or(self.room.min.y, |it| it.span.max);
        let max = self.rows.get(row).map_or(self.room.max.y, |it| it.span.min);
        Span { min, max: max.max(min) }
    }

    /// The middle between two strips that lies in a channel.
    pub fn border(&self, channel: Span) -> Option<f32> {
        let next = self.borders.partition_point(|it| *it <= channel.min);
        self.borders.get(next).copied().filter(|it| *it < channel.max)
    }

    /// The channel that a height lies in, if it lies in none of the rows.
    pub fn channel_at(&self, y: f32) -> Option<Span> {
        let row = self.rows.partition_point(|it| it.span.max <= y);
        let channel = self.channel(row);
        (channel.min <= y && y <= channel.max).then_some(channel)
    }

    /// Whether no card reaches into the rectangle.
    pub fn is_clear(&self, area: Rect) -> bool {
        let from = self.rows.partition_point(|it| it.span.max <= area.min.y);
        let rows = self.rows[from..].iter().take_while(|it| it.span.min < area.max.y);
        rows.into_iter().all(|row| {
            let next = row.cards.partition_point(|it| it.max <= area.min.x);
            row.cards.get(next).is_none_or(|it| it.min >= area.max.x)
        })
    }

    /// A gap by its number in its row.
    pub fn gap(&self, row: usize, gap: u32) -> Span {
        self.rows[row].gaps[gap as usize].unwrap_or_default()
    }
}

impl Shelf {
    fn new(span: Span, mut cards: Vec<Span>, room: Rect, first: u32) -> Self {
        let clear = sizes().route.clear;
        cards.sort_by(|a, b| a.min.total_cmp(&b.min).then(a.max.total_cmp(&b.max)));
        cards.dedup_by(|next, last| {
            // Cards that overlap or touch are one: nothing passes between them.
            let one = next.min <= last.max;
            if one {
                last.max = last.max.max(next.max);
            }
            one
        });
        let mut gaps = Vec::with_capacity(cards.len() + 1);
        for i in 0..=cards.len() {
            let left = i.checked_sub(1).map(|i| cards[i].max + clear);
            let right = cards.get(i).map(|it| it.min - clear);
            let min = left.unwrap_or(room.min.x.min(right.unwrap_or(room.max.x)));
            let max = right.unwrap_or(room.max.x.max(min));
            let half = (min + max) / 2.0;
            gaps.push(match max - min {
                wide if wide >= 0.0 => Some(Span { min, max }),
                tight if tight > -clear * 1.5 => Some(Span { min: half, max: half }),
                _ => None,
            });
        }
        Self { span, cards, gaps, first }
    }

    /// The gaps next to an x: twice the same where it lies in one.
    pub fn around(&self, x: f32) -> [u32; 2] {
        let i = self.cards.partition_point(|it| it.max <= x);
        let inside = self.cards.get(i).is_some_and(|it| it.min < x);
        let open = |i: &usize| self.gaps[*i].is_some();
        // The first and the last gap are always open.
        let left = (0..=i).rev().find(open).unwrap_or(0);
        if !inside && left == i {
            return [i as u32; 2];
        }
        let right = (i + 1..self.gaps.len()).find(open).unwrap_or(left);
        [left as u32, right as u32]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::rect;

    #[test]
    fn gaps_are_found_on_both_sides_of_a_card_and_never_between_cards_that_touch() {
        let span = |min, max| Span { min, max };
        let cards = vec![span(200.0, 300.0), span(0.0, 100.0), span(300.0, 400.0)];
        let shelf = Shelf::new(span(0.0, 50.0), cards, rect(-20.0, 0.0, 440.0, 50.0), 0);
        assert_eq!(shelf.cards, [span(0.0, 100.0), span(200.0, 400.0)]);
        let clear = sizes().route.clear;
        assert_eq!(shelf.gaps[1], Some(span(100.0 + clear, 200.0 - clear)));
        assert_eq!(shelf.gaps[2].map(|it| it.max), Some(420.0));
        assert_eq!(shelf.around(50.0), [0, 1]);
        assert_eq!(shelf.around(150.0), [1, 1]);
        assert_eq!(shelf.around(350.0), [1, 2]);
        assert_eq!(shelf.around(-5.0), [0, 0]);
    }
}
