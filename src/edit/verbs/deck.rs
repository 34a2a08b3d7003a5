//! Slides: which parts a deck has is remembered in the map's view of that kind, the first by id.
//!
//! Not here: what the slides look like.

use crate::edit::Tx;
use crate::model::choice::ViewKind;
use crate::model::record::{Deck, View};
use crate::model::{Id, Kind};

/// The map's view of slides, if it has one.
fn view(tx: &Tx<'_>) -> Option<Id> {
    let views = tx.of_kind(Kind::View).into_iter();
    let is_deck = |id: &Id| tx.doc().get_as::<View>(id).is_some_and(|it| it.kind == ViewKind::Deck);
    views.filter(is_deck).min()
}

/// Remembers how the map is made into slides. What is as it was, and the usual where nothing else
/// was ever said, changes nothing.
pub fn set_deck(tx: &mut Tx<'_>, deck: Deck) {
    if let Some(view) = view(tx) {
        tx.update::<View>(&view, |it| {
            // Lists that say the same are not worth an undo step.
            let same = it.deck.clone().unwrap_or_default().says(&deck);
            if !same {
                it.deck = Some(deck);
            }
        });
    } else if !deck.says(&Deck::default()) {
        let (name, kind) = (ViewKind::Deck.label().to_owned(), ViewKind::Deck);
        tx.add(View { name, kind, deck: Some(deck), ..View::default() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Doc;
    use crate::model::choice::{SlidePart, SlideSize};
    use crate::model::record::DeckPart;

    fn set(doc: &mut Doc, deck: &Deck) -> usize {
        let mut tx = Tx::new(doc);
        set_deck(&mut tx, deck.clone());
        tx.finish().len()
    }

    #[test]
    fn what_is_remembered_changes_only_where_it_is_another() {
        let mut doc = Doc::default();
        assert_eq!(set(&mut doc, &Deck::default()), 0, "the usual need not be remembered");
        let usual = Deck { parts: Deck::default().all_parts(), ..Deck::default() };
        assert_eq!(set(&mut doc, &usual), 0, "however it is spelled");
        let narrow = Deck { size: SlideSize::Standard, ..usual.clone() };
        assert_eq!(set(&mut doc, &narrow), 1);
        assert_eq!(set(&mut doc, &narrow), 0);
        assert_eq!(set(&mut doc, &Deck { parts: Vec::new(), ..narrow.clone() }), 0);
        let parts = vec![DeckPart { part: SlidePart::Cover, left_out: true }];
        assert_eq!(set(&mut doc, &Deck { parts, ..narrow }), 1);
        assert_eq!(set(&mut doc, &usual), 1, "back to the usual is a change");
        let views: Vec<&View> = doc.all::<View>().map(|it| it.1).collect();
        assert_eq!((views.len(), views[0].kind), (1, ViewKind::Deck), "one view, changed");
        assert_eq!(views[0].deck.as_ref(), Some(&usual));
    }
}
