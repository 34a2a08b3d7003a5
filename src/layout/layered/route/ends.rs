//! At which edge of a card each link leaves and arrives, and which links share a port there.

use rustc_hash::FxHashMap;

use super::super::{Arrangement, Problem};
use super::field::Field;

/// So many links that go the same way at an edge of a card share a port, and are bundled.
const BUSY: u32 = 4;

/// How a link runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Through all rows between those of its cards, at least through a channel.
    Past,
    /// To another card of its row, through the channel below.
    Under,
    /// To the next card of its row, from side to side.
    Side,
    /// To its own card.
    Loop,
    /// One of its cards stands nowhere.
    Lost,
}

/// Where links end. What links lead to a card from above, what leads up to it from below, what
/// leaves it at its upper and at its lower edge: four harbours each card has.
#[derive(Debug)]
pub(super) struct Ends {
    pub links: Vec<LinkEnds>,
    /// By harbour: how many links there are bundled; 0 where each has a port of its own.
    pub bundled: Vec<u32>,
}

/// What is known of a link from its cards.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinkEnds {
    pub shape: Shape,
    pub from: u32,
    pub to: u32,
    /// Rows of the cards; 0 for a lost one.
    pub rows: (u32, u32),
    /// Its harbours.
    pub harbours: (u32, u32),
    /// How many links before it have the same two ends, either way round.
    pub twin: u32,
    /// How many have in all.
    pub twins: u32,
    /// Whether one before it leads from the same card to the same card.
    pub repeat: bool,
}

/// The number of a card's harbour.
fn harbour(card: u32, below: bool, arriving: bool) -> u32 {
    card * 4 + u32::from(below) * 2 + u32::from(arriving)
}

/// The number of the edge of a card (the upper one, the lower one) that a harbour is at.
pub(super) fn edge(harbour: u32) -> u32 {
    harbour / 2
}

impl Ends {
    pub fn new(problem: &Problem, at: &Arrangement, field: &Field) -> Self {
        let mut place = vec![0; at.cards.len()];
        for row in &at.rows {
            for (i, card) in row.cards.iter().enumerate() {
                if let Some(it) = place.get_mut(*card as usize) {
                    *it = i;
                }
            }
        }
        // Links between two cards, this way round and that.
        let mut pairs: FxHashMap<(u32, u32), [u32; 2]> = FxHashMap::default();
        let mut bundled = vec![0; at.cards.len() * 4];
        let mut links = Vec::with_capacity(problem.links.len());
        for link in &problem.links {
            let (from, to) = (link.from, link.to);
            let row = |card: u32| field.row_of.get(card as usize).copied().flatten();
            let (shape, rows) = match (row(from), row(to)) {
                (Some(a), Some(_)) if from == to => (Shape::Loop, (a, a)),
                (Some(a), Some(b)) if a != b => (Shape::Past, (a, b)),
                (Some(a), Some(b)) => {
                    let next = place[from as usize].abs_diff(place[to as usize]) == 1;
                    let (a_card, b_card) = (at.cards[from as usize], at.cards[to as usize]);
                    let level = a_card.min.y < b_card.max.y && b_card.min.y < a_card.max.y;
                    let apart = a_card.max.x < b_card.min.x || b_card.max.x < a_card.min.x;
                    (if next && level && apart { Shape::Side } else { Shape::Under }, (a, b))
                }
                _ => (Shape::Lost, (0, 0)),
            };
            let down = rows.0 <= rows.1;
            let leave = harbour(from, down, false);
            let arrive = harbour(to, rows.0 >= rows.1, true);
            let count = pairs.entry((from.min(to), from.max(to))).or_default();
            let twin = count[0] + count[1];
            let repeat = count[usize::from(from > to)] > 0;
            count[usize::from(from > to)] += 1;
            let harbours = (leave, arrive);
            let it = LinkEnds { shape, from, to, rows, harbours, twin, twins: 0, repeat };
            if it.may_bundle() {
                bundled[leave as usize] += 1;
                bundled[arrive as usize] += 1;
            }
            links.push(it);
        }
        for it in &mut links {
            let pair = pairs.get(&(it.from.min(it.to), it.from.max(it.to)));
            it.twins = pair.map_or(1, |[there, back]| there + back);
        }
        for it in &mut bundled {
            *it = if *it < BUSY { 0 } else { *it };
        }
        Self { links, bundled }
    }

    /// How many links are bundled with this one where it leaves and where it arrives; 0 for none.
    pub fn bundles(&self, link: &LinkEnds) -> (u32, u32) {
        if !link.may_bundle() {
            return (0, 0);
        }
        (self.bundled[link.harbours.0 as usize], self.bundled[link.harbours.1 as usize])
    }
}

impl LinkEnds {
    /// Of links that say the same only the first is bundled: the others are to be seen.
    fn may_bundle(&self) -> bool {
        !self.repeat && matches!(self.shape, Shape::Past | Shape::Under)
    }
}
