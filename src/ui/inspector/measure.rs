//! Measures and their readings.

use egui::Ui;

use crate::model::choice::Choice;
use crate::model::record::{Measure, MeasureKind, Reading};
use crate::model::{Id, Kind};
use crate::ui::widget::choice::choice_ui;
use crate::ui::widget::text_field::Lines;

use super::pane::Pane;
use super::pick::Offer;

/// The kinds of scales, without the bounds of a scale of one's own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scale {
    Nps,
    Csat,
    Ces,
    Custom,
}

impl Choice for Scale {
    fn all() -> &'static [Self] {
        &[Self::Nps, Self::Csat, Self::Ces, Self::Custom]
    }
    fn label(self) -> &'static str {
        match self {
            Self::Nps => "NPS, 0 to 10",
            Self::Csat => "CSAT, 1 to 5",
            Self::Ces => "CES, 1 to 7",
            Self::Custom => "A scale of our own",
        }
    }
}

impl Scale {
    fn of(kind: &MeasureKind) -> Self {
        match kind {
            MeasureKind::Nps => Self::Nps,
            MeasureKind::Csat => Self::Csat,
            MeasureKind::Ces => Self::Ces,
            MeasureKind::Custom { .. } => Self::Custom,
        }
    }

    fn to_kind(self) -> MeasureKind {
        match self {
            Self::Nps => MeasureKind::Nps,
            Self::Csat => MeasureKind::Csat,
            Self::Ces => MeasureKind::Ces,
            Self::Custom => {
                MeasureKind::Custom { min: 0.0, max: 100.0, higher_is_better: true, unit: None }
            }
        }
    }
}

pub(super) fn measure_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Measure) {
    pane.row(ui, "kind", "Scale", |pane, ui| {
        let mut scale = Scale::of(&it.kind);
        if choice_ui(ui, pane.control("kind"), "Scale", &mut scale) {
            it.kind = scale.to_kind();
            pane.stroke("Scale");
        }
    });
    if let MeasureKind::Custom { min, max, higher_is_better, unit } = &mut it.kind {
        // The bounds may not cross: each is held by the other.
        pane.plain_number(ui, "kind.min", "Lowest", f64::MIN..=*max, min);
        pane.plain_number(ui, "kind.max", "Highest", *min..=f64::MAX, max);
        pane.switch(ui, "kind.higher_is_better", "Higher is better", higher_is_better);
        pane.optional_text(ui, "kind.unit", "Unit", unit, Lines::One);
    }
    pane.optional_text(ui, "question", "Question", &mut it.question, Lines::Many);
    pane.readings(ui, id);
    pane.notes_on(ui, id);
}

/// The answers that a scale knows, where they are few enough to list.
fn answers(kind: Option<&MeasureKind>) -> std::ops::Range<i32> {
    const MOST: f64 = 21.0;
    match kind {
        Some(MeasureKind::Nps) => 0..11,
        Some(MeasureKind::Csat) => 1..6,
        Some(MeasureKind::Ces) => 1..8,
        Some(MeasureKind::Custom { min, max, .. })
            if max - min < MOST && min.abs() < 1e6 && max.abs() < 1e6 =>
        {
            (min.ceil() as i32)..(max.floor() as i32 + 1)
        }
        Some(MeasureKind::Custom { .. }) | None => 0..0,
    }
}

pub(super) fn reading_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Reading) {
    let measures =
        Offer { kinds: &[Kind::Measure], allow: &|_, _| true, fresh: Some(Kind::Measure) };
    pane.reference(ui, "measure", "Measure", &mut it.measure, &measures);
    let kinds = [Kind::Stage, Kind::Step, Kind::Touchpoint, Kind::System, Kind::Influencer];
    let places = Offer { kinds: &kinds, allow: &|_, _| true, fresh: None };
    pane.reference(ui, "at", "Read at", &mut it.at, &places);
    let segments =
        Offer { kinds: &[Kind::Segment], allow: &|_, _| true, fresh: Some(Kind::Segment) };
    pane.reference(ui, "segment", "Segment", &mut it.segment, &segments);
    pane.date(ui, "date", "Date", &mut it.date);
    pane.optional_text(ui, "round", "Round", &mut it.round, Lines::One);
    pane.number(
        ui,
        "value",
        "Score",
        "Where answers are not known",
        f64::MIN..=f64::MAX,
        &mut it.value,
    );
    pane.whole(ui, "n", "Rests on", u64::from(u32::MAX), &mut it.n);
    let doc = pane.doc();
    let measure = it.measure.as_ref().and_then(|id| doc.get_as::<Measure>(id));
    let range = answers(measure.map(|it| &it.kind));
    pane.histogram(ui, "counts", "Answers", range, &mut it.counts);
    pane.notes_on(ui, id);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_from_the_scale() {
        let custom =
            |min, max| MeasureKind::Custom { min, max, higher_is_better: true, unit: None };
        assert_eq!(answers(Some(&MeasureKind::Nps)).count(), 11);
        assert_eq!(answers(Some(&custom(1.0, 3.0))).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(answers(Some(&custom(0.0, 1000.0))).count(), 0, "too many to list");
        assert_eq!(answers(None).count(), 0);
    }
}
