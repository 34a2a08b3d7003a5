//! Pins: where cards of the ecosystem view were put by hand, and letting go of all of them.
//!
//! They are kept in the map's ecosystem view, the first of its kind by id. Not here: where pinned
//! cards stand in the picture.

use crate::edit::Tx;
use crate::model::choice::ViewKind;
use crate::model::record::View;
use crate::model::{Id, Kind};

/// The map's ecosystem view, if it has one.
fn ecosystem(tx: &Tx<'_>) -> Option<Id> {
    let views = tx.of_kind(Kind::View).into_iter();
    let is_ecosystem =
        |id: &Id| tx.doc().get_as::<View>(id).is_some_and(|it| it.kind == ViewKind::Ecosystem);
    views.filter(is_ecosystem).min()
}

/// The map's ecosystem view, made where there is none.
fn ecosystem_made(tx: &mut Tx<'_>) -> Id {
    ecosystem(tx).unwrap_or_else(|| {
        let (name, kind) = ("Ecosystem".to_owned(), ViewKind::Ecosystem);
        tx.add(View { name, kind, ..View::default() })
    })
}

/// Pins a node's card in the ecosystem view, or with `None` lets it go where the layout puts it.
/// `at`: x of the card's middle, y of its middle below its band's upper edge, in map units; a
/// place that is no number, and a record that has no card, are passed over.
pub fn pin(tx: &mut Tx<'_>, node: &Id, at: Option<(f64, f64)>) {
    let Some(at) = at else {
        if let Some(view) = ecosystem(tx) {
            tx.update::<View>(&view, |it| {
                it.pins.remove(node);
            });
        }
        return;
    };
    let is_node = tx.doc().kind_of(node).is_some_and(Kind::is_node);
    if is_node && at.0.is_finite() && at.1.is_finite() {
        let view = ecosystem_made(tx);
        tx.update::<View>(&view, |it| {
            it.pins.insert(node.clone(), at);
        });
    }
}

/// Tidies the ecosystem view up: all pins go, and the count of tidyings goes up, which is what
/// the layout starts afresh for.
pub fn tidy(tx: &mut Tx<'_>) {
    let view = ecosystem_made(tx);
    tx.update::<View>(&view, |it| {
        it.pins.clear();
        // It is compared and no more: what counts is that it is another one than before.
        it.tidied = it.tidied.wrapping_add(1);
    });
}
