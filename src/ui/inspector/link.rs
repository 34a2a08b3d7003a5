//! Links, with the fields of their kind.

use egui::Ui;

use crate::edit::{Tx, verbs};
use crate::model::record::{Link, LinkKind};
use crate::model::{Edge, Id, Kind, Record};
use crate::ui::widget::text_field::Lines;

use super::pane::{Act, Pane};
use super::pick::Offer;
use super::words::edge_title;

pub(super) fn link_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Link) {
    let edge = Edge::of(&it.kind);
    let (doc, from, to) = (pane.doc(), it.from.clone(), it.to.clone());
    let (from_kind, to_kind) = (doc.kind_of(&from), doc.kind_of(&to));
    let all = Kind::ALL;
    let fits_from = |id: &Id, record: &Record| {
        *id != to && to_kind.is_none_or(|to| edge.allows(record.kind(), to))
    };
    let fits_to = |id: &Id, record: &Record| {
        *id != from && from_kind.is_none_or(|from| edge.allows(from, record.kind()))
    };
    let starts = Offer { kinds: &all, allow: &fits_from, fresh: None };
    let (mut new_from, mut new_to) = (from.clone(), to.clone());
    pane.required_reference(ui, "from", "From", &mut new_from, &starts);
    // Two nodes leave no choice of what ties them: the kind follows from the ends.
    pane.row(ui, "kind", "Kind", |_, ui| {
        ui.label(edge_title(edge));
    });
    let ends = Offer { kinds: &all, allow: &fits_to, fresh: None };
    pane.required_reference(ui, "to", "To", &mut new_to, &ends);
    if (&new_from, &new_to) != (&it.from, &it.to) {
        let (label, id) = (format!("move {}", pane.called), id.clone());
        let verb = move |tx: &mut Tx<'_>| {
            verbs::relink(tx, &id, &new_from, &new_to).map_err(|why| why.to_string())
        };
        pane.act(Act::Try(label, Box::new(verb)));
    }
    match &mut it.kind {
        LinkKind::Next { condition, share_pct, class } => {
            pane.choice(ui, "kind.class", "Way", class);
            pane.optional_text(ui, "kind.condition", "Condition", condition, Lines::Wrapped);
            pane.percent(ui, "kind.share_pct", "Go this way", share_pct);
        }
        LinkKind::Uses => {}
        LinkKind::Influences { activities, importance, via } => {
            pane.list(ui, "kind.activities", "Activities", "Activity", activities);
            pane.rails(ui, "kind.importance", "Importance", 0..=5, importance);
            let touchpoints = Offer {
                kinds: &[Kind::Touchpoint],
                allow: &|_, _| true,
                fresh: Some(Kind::Touchpoint),
            };
            pane.reference(ui, "kind.via", "Through", via, &touchpoints);
        }
        LinkKind::DependsOn { what, rating } => {
            pane.optional_text(ui, "kind.what", "For what", what, Lines::Wrapped);
            pane.optional_choice(ui, "kind.rating", "Works", "Not set", rating);
        }
    }
    pane.frictions(ui, id);
    pane.delights(ui, id);
    pane.verbatims(ui, id);
    pane.notes_on(ui, id);
}
