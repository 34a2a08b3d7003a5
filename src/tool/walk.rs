//! Walking from card to card with the keyboard: by where they stand, and in reading order.

use crate::geom::Rect;
use crate::model::Id;
use crate::scene::{Item, Layer, Part, Scene};

use super::Context;

/// A direction on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Left,
    Right,
    Up,
    Down,
}

/// Whether the keyboard stops at the item.
fn is_stop(item: &Item) -> bool {
    let part = item.hit.as_ref().map(|hit| hit.part);
    matches!(part, Some(Part::Card | Part::Group | Part::StageHeader | Part::LaneLabel))
}

/// Each record that the keyboard stops at, once, in the order a page is read: by row, then from
/// left to right.
pub fn reading_order(scene: &Scene) -> Vec<Id> {
    let mut stops: Vec<&Item> = scene.items.iter().filter(|item| is_stop(item)).collect();
    stops.sort_by(|a, b| {
        let (a, b) = (a.rect, b.rect);
        a.min.y.total_cmp(&b.min.y).then(a.min.x.total_cmp(&b.min.x))
    });
    let mut seen = std::collections::BTreeSet::new();
    let ids = stops.into_iter().filter_map(|item| item.hit.as_ref()).map(|hit| &hit.record);
    ids.filter(|id| seen.insert((*id).clone())).cloned().collect()
}

/// The first card in reading order; scores in the map's title are no place to begin.
pub fn first_card(scene: &Scene) -> Option<Id> {
    let is_card = |item: &&Item| {
        item.layer == Layer::Cards && item.hit.as_ref().is_some_and(|hit| hit.part == Part::Card)
    };
    let cards = scene.items.iter().filter(is_card);
    let first = cards.min_by(|a, b| {
        let (a, b) = (a.rect.min, b.rect.min);
        a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x))
    });
    first.and_then(|item| item.hit.as_ref()).map(|hit| hit.record.clone())
}

/// The card next to a record's in a direction: the nearest one in the same row or column, or
/// else the nearest that lies in that direction at all.
pub fn neighbour(cx: &Context<'_>, from: &Id, way: Way) -> Option<Id> {
    let here = cx.card_of(from)?.rect;
    let mut best: Option<(f32, &Id)> = None;
    for item in cx.scene().items.iter().filter(|item| is_stop(item)) {
        let Some(hit) = item.hit.as_ref().filter(|hit| hit.record != *from) else {
            continue;
        };
        let Some(cost) = cost(here, item.rect, way) else {
            continue;
        };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, &hit.record));
        }
    }
    best.map(|(_, id)| id.clone())
}

/// How far `there` lies from `here` in a direction; `None` where it does not. Standing beside
/// the line of sight costs far more than distance along it.
fn cost(here: Rect, there: Rect, way: Way) -> Option<f32> {
    let (a, b) = (here.center(), there.center());
    // What begins before the middle of where we are is beside us, however far it reaches.
    let (begins, ahead) = match way {
        Way::Left => (a.x - there.max.x, a.x - b.x),
        Way::Right => (there.min.x - a.x, b.x - a.x),
        Way::Up => (a.y - there.max.y, a.y - b.y),
        Way::Down => (there.min.y - a.y, b.y - a.y),
    };
    if begins < 0.0 || ahead <= 1.0 {
        return None;
    }
    let (here_side, there_side, off_axis) = match way {
        Way::Left | Way::Right => {
            ((here.min.y, here.max.y), (there.min.y, there.max.y), (a.y - b.y).abs())
        }
        Way::Up | Way::Down => {
            ((here.min.x, here.max.x), (there.min.x, there.max.x), (a.x - b.x).abs())
        }
    };
    // Boxes that only touch are in different rows.
    let gap = (there_side.0 - here_side.1).max(here_side.0 - there_side.1);
    let aside = if gap < -1.0 { 0.0 } else { gap + 20.0 };
    Some(begins + 6.0 * aside + 0.1 * off_axis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::rect;

    #[test]
    fn what_stands_in_the_same_row_comes_first() {
        let here = rect(0.0, 0.0, 100.0, 40.0);
        let far_in_row = cost(here, rect(500.0, 0.0, 100.0, 40.0), Way::Right).unwrap();
        let near_below = cost(here, rect(120.0, 200.0, 100.0, 40.0), Way::Right).unwrap();
        assert!(far_in_row < near_below);
        assert_eq!(cost(here, rect(-200.0, 0.0, 100.0, 40.0), Way::Right), None);
        assert!(cost(here, rect(0.0, 80.0, 100.0, 40.0), Way::Down).is_some());
        let header_above = rect(0.0, -50.0, 400.0, 40.0);
        assert_eq!(cost(here, header_above, Way::Right), None, "it begins above, not beside");
    }
}
