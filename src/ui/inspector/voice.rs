//! Verbatims and notes: what was said, and what was put on the wall.

use egui::Ui;

use crate::model::record::{Note, Verbatim};
use crate::model::{Id, Kind};
use crate::ui::widget::scale::steps_ui;
use crate::ui::widget::text_field::Lines;

use super::pane::Pane;
use super::pick::Offer;

pub(super) fn verbatim_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Verbatim) {
    let kinds = [
        Kind::Step,
        Kind::Touchpoint,
        Kind::Influencer,
        Kind::System,
        Kind::Stage,
        Kind::Link,
        Kind::Friction,
        Kind::Delight,
    ];
    let places = Offer { kinds: &kinds, allow: &|_, _| true, fresh: None };
    pane.reference(ui, "at", "About", &mut it.at, &places);
    let segments =
        Offer { kinds: &[Kind::Segment], allow: &|_, _| true, fresh: Some(Kind::Segment) };
    pane.reference(ui, "segment", "Segment", &mut it.segment, &segments);
    pane.optional_text(ui, "source", "Source", &mut it.source, Lines::Wrapped);
    pane.date(ui, "date", "Date", &mut it.date);
    let mut value = it.sentiment.map(i32::from);
    pane.row(ui, "sentiment", "Sentiment", |pane, ui| {
        let control = pane.control("sentiment");
        if steps_ui(ui, pane.theme, control, "Sentiment", &mut value, -2..=2, false).changed {
            pane.stroke("Sentiment");
        }
    });
    it.sentiment = value.and_then(|v| i8::try_from(v).ok());
    pane.notes_on(ui, id);
}

pub(super) fn note_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Note) {
    let allow = |other: &Id, _: &crate::model::Record| other != id;
    let places = Offer { kinds: &Kind::ALL, allow: &allow, fresh: None };
    pane.reference(ui, "at", "Sticks to", &mut it.at, &places);
    pane.optional_text(ui, "author", "Author", &mut it.author, Lines::One);
    pane.date(ui, "date", "Date", &mut it.date);
    pane.switch(ui, "resolved", "Resolved", &mut it.resolved);
}
