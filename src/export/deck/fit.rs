//! How a part of the journey fits into a room: at which scale, and which lanes go on which slide.
//!
//! Not here: which steps belong together, and what stands round them.

use crate::geom::{Rect, pt};
use crate::model::Id;
use crate::model::choice::{Band, LaneContent};
use crate::scene::{Detail, JourneyScene, LanePart, Row, Scene, lane_gap, smallest_text};

use super::{MIN_TEXT, Piece};

/// The least and the most that the map is enlarged by: at the least, its smallest text is
/// [`MIN_TEXT`]; at the most, cards are as large as people still take for cards.
pub(super) fn least_scale() -> f32 {
    MIN_TEXT / smallest_text()
}

/// Scales that are tried where there is room, the largest first.
pub(super) const LARGER: [f32; 4] = [1.3, 1.2, 1.1, 1.0];

/// What is kept free of a room, in map units.
const MARGIN: f32 = 4.0;

/// What a room holds at a scale, in map units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    pub scale: f32,
    pub width: f32,
    pub height: f32,
}

impl Fit {
    pub fn of(room: Rect, scale: f32) -> Self {
        // Marks and lines reach a little beyond what they stand on.
        let (width, height) = (room.width() / scale - MARGIN, room.height() / scale - MARGIN);
        Self { scale, width, height }
    }
}

/// What is left free at the edges of a slice: above its first lane and below its last.
const EDGES: f32 = 24.0;

/// The lanes of a slice on as few slides as they fit on, top to bottom, whole where that is
/// possible and as even as can be. The steps stand on each. `None`: a card is higher than a slide.
pub(super) fn lane_pages(scene: &JourneyScene, height: f32) -> Option<Vec<Vec<LanePart>>> {
    let found = greedy_pages(scene, height)?;
    // As even as can be: the lowest slides that are no more of them.
    let (mut low, mut high, mut best) = (0.0, height, found);
    for _ in 0..10 {
        let middle = (low + high) / 2.0;
        match greedy_pages(scene, middle).filter(|it| it.len() <= best.len()) {
            Some(pages) => (high, best) = (middle, pages),
            None => low = middle,
        }
    }
    Some(best)
}

fn greedy_pages(scene: &JourneyScene, height: f32) -> Option<Vec<Vec<LanePart>>> {
    let lanes: Vec<Row<'_>> = scene.lanes().collect();
    let steps = lanes.iter().find(|row| row.content == LaneContent::Steps);
    let context = steps.map_or(0.0, |row| row.span.length());
    let room = height - EDGES - context;
    if room < 0.0 {
        return None;
    }
    let base = || -> Vec<LanePart> {
        steps.map(|row| LanePart::whole(row.id.clone())).into_iter().collect()
    };
    let mut pages = vec![base()];
    let mut free = room;
    // The band of the lane above on the same slide.
    let mut above = steps.map(|row| row.band);
    for row in lanes.iter().filter(|row| row.content != LaneContent::Steps) {
        let gap = |above: Option<Band>| above.map_or(0.0, |it| lane_gap(it, row.band));
        let first = steps.map(|row| row.band);
        let need = row.span.length();
        let whole = LanePart::whole(row.id.clone());
        if need + gap(above) <= free {
            free -= need + gap(above);
            pages.last_mut()?.push(whole);
        } else if need + gap(first) <= room {
            pages.push(base());
            pages.last_mut()?.push(whole);
            free = room - need - gap(first);
        } else {
            // Higher than a slide: as many tracks on each as fit.
            let highest = row.tracks.iter().map(|it| it.length()).fold(0.0, f32::max);
            let label = row.label.min(need);
            if row.tracks.is_empty() || highest.max(label) + gap(first) > room {
                return None;
            }
            let mut start = 0;
            let mut left = free - gap(above);
            for (i, track) in row.tracks.iter().enumerate() {
                let from = row.tracks[start].min;
                if (track.max - from).max(label) <= left {
                    continue;
                }
                if i > start {
                    pages.last_mut()?.push(part(row.id, start, i));
                }
                start = i;
                pages.push(base());
                left = room - gap(first);
            }
            pages.last_mut()?.push(part(row.id, start, row.tracks.len()));
            let last = row.tracks.last()?.max - row.tracks[start].min;
            free = left - last.max(label);
        }
        above = Some(row.band);
    }
    // Steps alone on the first slide, where the first lane went to the second.
    if pages.len() > 1 && pages[0].len() == base().len() {
        pages.remove(0);
    }
    Some(pages)
}

fn part(lane: &Id, from: usize, to: usize) -> LanePart {
    LanePart { lane: lane.clone(), tracks: from..to }
}

/// A journey's picture at the top left of a room, at most at that scale.
pub(super) fn placed(journey: &JourneyScene, room: Rect, scale: f32, alt: String) -> Piece {
    view(journey.scene(), journey.reach(), room, scale, alt)
}

/// A picture at the top left of a room, at most at that scale; in its middle from left to right
/// where it is narrower.
pub(super) fn view(scene: &Scene, reach: Rect, room: Rect, scale: f32, alt: String) -> Piece {
    let widest = room.width() / reach.width().max(1.0);
    let highest = room.height() / reach.height().max(1.0);
    let scale = scale.min(widest).min(highest);
    let spare = room.width() - reach.width() * scale;
    let left = room.min.x + spare / 2.0;
    let at = pt(left - reach.min.x * scale, room.min.y - reach.min.y * scale);
    Piece::View { scene: std::sync::Arc::new(scene.clone()), at, scale, detail: Detail::FULL, alt }
}
