//! Readings of measures in few words: `Would recommend us +12 · Oct 2026`.
//!
//! Not here: trends and what a score means (see the insights).

use crate::model::record::{Measure, MeasureKind, Reading};
use crate::model::{Doc, Id};

/// A measure's latest readings at one place, as text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// The score with its measure's name.
    pub title: String,
    /// When, and what single segments said.
    pub detail: String,
    /// The records that it shows.
    pub uses: Vec<Id>,
}

impl Shown {
    /// `readings`: the latest one of each segment, that of everybody first if there is one.
    /// Where one segment is chosen its own reading comes first.
    pub fn of(doc: &Doc, readings: &[Id], segment: Option<&Id>) -> Option<Self> {
        let all: Vec<(&Id, &Reading)> =
            readings.iter().filter_map(|id| Some((id, doc.get_as::<Reading>(id)?))).collect();
        let chosen = all.iter().find(|(_, it)| segment.is_some() && it.segment.as_ref() == segment);
        let (_, main) = chosen.or(all.first())?;
        let measure_id = main.measure.as_ref()?;
        let measure = doc.get_as::<Measure>(measure_id)?;
        let mut uses: Vec<Id> = readings.to_vec();
        uses.push(measure_id.clone());
        let score = |it: &Reading| {
            score(&measure.kind, it).map_or("no score".to_owned(), |v| said(&measure.kind, v))
        };
        // One score stands with the measure's name; those of segments stand side by side.
        let several = segment.is_none() && all.len() > 1;
        let mut detail = Vec::new();
        for (_, it) in &all {
            let Some(id) = &it.segment else {
                continue;
            };
            uses.push(id.clone());
            let shown = several || it.segment == main.segment && segment.is_none();
            if shown && doc.get(id).is_some() {
                let score = if several { format!(" {}", score(it)) } else { String::new() };
                detail.push(format!("{}{score}", doc.name_of(id)));
            }
        }
        detail.extend(main.date.map(|date| date.strftime("%b %Y").to_string()));
        let name = if measure.name.is_empty() { kind_name(&measure.kind) } else { &measure.name };
        let apart = several && main.segment.is_some();
        let title = if apart { name.to_owned() } else { format!("{name} {}", score(main)) };
        Some(Self { title, detail: detail.join(" · "), uses })
    }
}

fn kind_name(kind: &MeasureKind) -> &'static str {
    match kind {
        MeasureKind::Nps => "NPS",
        MeasureKind::Csat => "CSAT",
        MeasureKind::Ces => "CES",
        MeasureKind::Custom { .. } => "Score",
    }
}

/// The score of a reading: as given, or from the histogram of its answers. `None` where nobody
/// answered.
fn score(kind: &MeasureKind, reading: &Reading) -> Option<f64> {
    if let Some(value) = reading.value {
        return Some(value);
    }
    let total: f64 = reading.counts.values().map(|n| f64::from(*n)).sum();
    if total <= 0.0 {
        return None;
    }
    let share = |low: i32, high: i32| -> f64 {
        reading.counts.range(low..=high).map(|(_, n)| f64::from(*n)).sum::<f64>() / total * 100.0
    };
    Some(match kind {
        MeasureKind::Nps => share(9, 10) - share(0, 6),
        MeasureKind::Csat => share(4, 5),
        MeasureKind::Ces | MeasureKind::Custom { .. } => {
            reading.counts.iter().map(|(v, n)| f64::from(*v) * f64::from(*n)).sum::<f64>() / total
        }
    })
}

/// A score as people write it.
fn said(kind: &MeasureKind, value: f64) -> String {
    let number = |value: f64| {
        let text = format!("{value:.1}");
        text.strip_suffix(".0").unwrap_or(&text).replace('-', "−")
    };
    match kind {
        MeasureKind::Nps if value.round() > 0.0 => format!("+{:.0}", value.round()),
        MeasureKind::Nps => number(value.round() + 0.0),
        MeasureKind::Csat => format!("{value:.0} %"),
        MeasureKind::Ces => format!("{value:.1}"),
        MeasureKind::Custom { unit, .. } => match unit {
            Some(unit) => format!("{} {unit}", number(value)),
            None => number(value),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_come_from_answers() {
        let counts = [(0, 2), (7, 3), (9, 4), (10, 1)].into();
        let reading = Reading { counts, ..Default::default() };
        assert_eq!(score(&MeasureKind::Nps, &reading).map(|v| v.round()), Some(30.0));
        assert_eq!(score(&MeasureKind::Csat, &Reading::default()), None);
        let ces = Reading { counts: [(2, 1), (5, 1)].into(), ..Default::default() };
        assert_eq!(score(&MeasureKind::Ces, &ces), Some(3.5));
    }

    #[test]
    fn scores_are_written_with_their_sign_or_unit() {
        assert_eq!(said(&MeasureKind::Nps, -12.4), "−12");
        assert_eq!(said(&MeasureKind::Nps, 12.0), "+12");
        assert_eq!(said(&MeasureKind::Csat, 72.3), "72 %");
        assert_eq!(said(&MeasureKind::Ces, 2.0), "2.0");
    }
}
