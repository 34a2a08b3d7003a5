//! What a deck is made of: what the map remembers, or the usual.

use crate::model::Doc;
use crate::model::choice::ViewKind;
use crate::model::record::{Deck, Segment, View};

use super::DeckOptions;

impl DeckOptions {
    /// What the map's view of slides remembers (the first of its kind, by id); else the usual: all
    /// parts on wide slides. Every part is in the list once.
    pub fn of(doc: &Doc) -> Self {
        let view = doc.all::<View>().filter(|(_, it)| it.kind == ViewKind::Deck);
        let view = view.min_by_key(|(id, _)| (*id).clone());
        let deck = view.and_then(|(_, it)| it.deck.clone()).unwrap_or_default();
        Self::from_record(doc, &deck)
    }

    /// What a record says. A segment that is not there (any more) is passed over.
    pub fn from_record(doc: &Doc, deck: &Deck) -> Self {
        let is_there = |id: &_| doc.get_as::<Segment>(id).is_some();
        Self {
            parts: deck.all_parts(),
            segment: deck.segment.clone().filter(is_there),
            stage: None,
            size: deck.size,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Tx, verbs};
    use crate::model::choice::{SlidePart, SlideSize};
    use crate::model::record::DeckPart;

    #[test]
    fn a_map_without_a_view_of_slides_gets_all_parts() {
        let options = DeckOptions::of(&Doc::default());
        let parts: Vec<SlidePart> = options.parts.iter().map(|it| it.part).collect();
        assert_eq!(parts, SlidePart::ALL);
        assert!(options.parts.iter().all(|it| !it.left_out));
        assert_eq!(options.size, SlideSize::Wide);
    }

    #[test]
    fn what_the_map_remembers_comes_first_and_every_part_once() {
        let mut doc = Doc::default();
        let part = |part, left_out| DeckPart { part, left_out };
        let mut tx = Tx::new(&mut doc);
        let segment = verbs::add_segment(&mut tx, "Families");
        let parts = vec![
            part(SlidePart::Actions, false),
            part(SlidePart::Cover, true),
            part(SlidePart::Actions, true),
        ];
        let size = SlideSize::Standard;
        verbs::set_deck(
            &mut tx,
            Deck { parts, size, segment: Some(segment.clone()), exact_lines: true },
        );
        tx.finish();
        let options = DeckOptions::of(&doc);
        assert_eq!(options.parts.len(), SlidePart::ALL.len());
        assert_eq!(options.parts[0], part(SlidePart::Actions, false));
        assert_eq!(options.parts[1], part(SlidePart::Cover, true));
        assert_eq!(options.parts[2], part(SlidePart::Overview, false));
        assert_eq!((options.size, options.segment), (SlideSize::Standard, Some(segment.clone())));
        let mut tx = Tx::new(&mut doc);
        tx.take(&segment);
        tx.finish();
        assert_eq!(DeckOptions::of(&doc).segment, None, "it is gone");
    }
}
