//! What a friction point weighs.

use crate::model::choice::FrictionStatus;
use crate::model::record::Friction;

/// Where nobody has said how often it happens: the middle of 1 to 5.
const UNKNOWN_FREQUENCY: u8 = 3;

/// Severity × frequency × reach of a friction point, 0 to 25.
///
/// Severity is 0 to 5 and frequency 1 to 5, 3 where it is unknown; reach is the share of the
/// customers at this place, 0 to 1, 1 where it is unknown. A resolved friction point weighs
/// nothing, and neither does one whose severity nobody has said.
pub fn weight(friction: &Friction) -> f64 {
    if friction.status == FrictionStatus::Resolved {
        return 0.0;
    }
    let frequency = friction.frequency.unwrap_or(UNKNOWN_FREQUENCY).min(5);
    let reach = friction.reach_pct.filter(|it| it.is_finite()).unwrap_or(100.0);
    let reach = reach.clamp(0.0, 100.0) / 100.0;
    f64::from(friction.severity.min(5)) * f64::from(frequency) * reach
}

/// How traced friction comes about, in people's words.
pub fn formula() -> &'static str {
    "Traced friction: each friction point weighs severity (1–5) × frequency (1–5, 3 where unknown) \
     × reach (0–100 %, 100 % where unknown); resolved ones weigh nothing. Where the team named \
     causes, the weight goes to them in equal parts. Where it named none, the weight runs down \
     the links from the place of the friction point and splits evenly at each fork; every internal \
     system that it passes counts what arrives there."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_numbers_have_a_stated_value() {
        let friction = |severity, frequency, reach_pct, status| {
            weight(&Friction { severity, frequency, reach_pct, status, ..Friction::default() })
        };
        let found = FrictionStatus::Found;
        assert_eq!(friction(5, Some(5), Some(100.0), found), 25.0);
        assert_eq!(friction(4, None, Some(50.0), found), 6.0, "unknown frequency is 3");
        assert_eq!(friction(2, Some(2), None, found), 4.0, "unknown reach is everybody");
        assert_eq!(friction(0, Some(5), None, found), 0.0);
        assert_eq!(friction(5, Some(5), None, FrictionStatus::Resolved), 0.0);
        assert_eq!(friction(5, Some(9), Some(f64::NAN), found), 25.0, "from a broken file");
    }
}
