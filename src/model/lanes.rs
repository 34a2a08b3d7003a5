//! The lanes that a map shows where it says nothing about lanes itself.
//!
//! They are only written down once somebody changes them (see `edit::verbs::materialise_lanes`).

use super::choice::{Band, LaneContent};
use super::record::Lane;
use super::{Id, OrderKey};

/// The lanes of a map without lane records, top to bottom, with ids that are the same everywhere,
/// so that two people who both change the lanes of a new map change the same records.
pub fn default_lanes() -> Vec<(Id, Lane)> {
    use LaneContent as L;
    let bands: [(Band, &[L]); 5] = [
        (
            Band::Customer,
            &[L::Steps, L::Activities, L::Criteria, L::Thoughts, L::Emotion, L::Influencers],
        ),
        (Band::Frontstage, &[L::Touchpoints, L::Frictions]),
        (Band::Backstage, &[L::Teams, L::WorkActions, L::Processes]),
        (Band::Support, &[L::Policies, L::Technology, L::Partners]),
        (Band::Insight, &[L::Actions, L::Measures]),
    ];
    let all: Vec<(Band, L)> =
        bands.into_iter().flat_map(|(band, list)| list.iter().map(move |it| (band, *it))).collect();
    let keys = OrderKey::spread(None, None, all.len());
    all.into_iter()
        .zip(keys)
        .filter_map(|((band, content), order)| {
            let name = content.label().to_owned();
            Some((id_of(content)?, Lane { name, order, content, band, hidden: false }))
        })
        .collect()
}

/// `lane-emotion`: always a valid id, as the names of contents are plain ASCII letters.
fn id_of(content: LaneContent) -> Option<Id> {
    Id::new(&format!("lane-{content:?}").to_ascii_lowercase()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lane_is_there_once_in_order_of_bands() {
        let lanes = default_lanes();
        assert_eq!(lanes.len(), 16);
        assert!(
            lanes.windows(2).all(|w| w[0].1.order < w[1].1.order && w[0].1.band <= w[1].1.band)
        );
        assert!(LaneContent::ALL.iter().all(|content| id_of(*content).is_some()));
        assert_eq!(lanes[4].0.as_str(), "lane-emotion");
    }
}
