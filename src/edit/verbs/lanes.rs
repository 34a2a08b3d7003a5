//! Lanes: written down when first changed, then reordered, hidden and added.

use crate::edit::Tx;
use crate::model::choice::{Band, LaneContent};
use crate::model::record::Lane;
use crate::model::{Id, Kind};

use super::place::{is, lanes, last_lane_key, put_lanes};

pub use crate::model::default_lanes;

/// Writes the default lanes down where the map has none, so that they can be changed.
pub fn materialise_lanes(tx: &mut Tx<'_>) {
    if !tx.of_kind(Kind::Lane).is_empty() {
        return;
    }
    for (id, lane) in default_lanes() {
        if tx.doc().get(&id).is_none() {
            tx.put(&id, lane);
        } else {
            tx.add(lane);
        }
    }
}

/// The first lane that shows this, where lanes are written down.
pub fn lane_of(tx: &Tx<'_>, content: LaneContent) -> Option<Id> {
    let shows = |id: &Id| tx.doc().get_as::<Lane>(id).is_some_and(|it| it.content == content);
    lanes(tx).into_iter().find(shows)
}

/// Adds a lane before another one or at the end; the default lanes are written down first, so that
/// they do not vanish beside it. Where the map shows this content already, that lane is shown
/// again instead of a second one.
pub fn add_lane(tx: &mut Tx<'_>, before: Option<&Id>, content: LaneContent, band: Band) -> Id {
    materialise_lanes(tx);
    if let Some(id) = lane_of(tx, content) {
        set_lane_hidden(tx, &id, false);
        return id;
    }
    let (name, order) = (content.label().to_owned(), last_lane_key(tx));
    let id = tx.add(Lane { name, order, content, band, hidden: false });
    if before.is_some() {
        put_lanes(tx, std::slice::from_ref(&id), before);
    }
    id
}

/// Moves a lane before another one, or to the end.
pub fn move_lane(tx: &mut Tx<'_>, lane: &Id, before: Option<&Id>) {
    if is::<Lane>(tx, lane) {
        put_lanes(tx, std::slice::from_ref(lane), before);
    }
}

/// Hides a lane or shows it again.
pub fn set_lane_hidden(tx: &mut Tx<'_>, lane: &Id, hidden: bool) {
    tx.update::<Lane>(lane, |it| it.hidden = hidden);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Doc;

    #[test]
    fn lanes_are_written_down_once_and_move_alone() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        materialise_lanes(&mut tx);
        materialise_lanes(&mut tx);
        assert_eq!(tx.doc().len(), 16);
        let (emotion, steps) =
            (lane_of(&tx, LaneContent::Emotion).unwrap(), lane_of(&tx, LaneContent::Steps));
        tx.finish();
        let mut tx = Tx::new(&mut doc);
        move_lane(&mut tx, &emotion, steps.as_ref());
        assert_eq!(tx.finish().len(), 1);
        assert_eq!(*doc.lanes()[0].0, emotion);
    }

    #[test]
    fn a_content_has_one_lane() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let notes = add_lane(&mut tx, None, LaneContent::Notes, Band::Insight);
        assert_eq!(tx.doc().len(), 17);
        set_lane_hidden(&mut tx, &notes, true);
        assert_eq!(add_lane(&mut tx, None, LaneContent::Notes, Band::Insight), notes);
        assert_eq!(tx.doc().len(), 17);
        assert!(!tx.doc().get_as::<Lane>(&notes).unwrap().hidden);
    }
}
