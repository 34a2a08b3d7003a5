//! Smooth curves that never overshoot: monotone cubic interpolation.
//!
//! Tangents by Fritsch and Carlson, "Monotone piecewise cubic interpolation" (SIAM J. Numer.
//! Anal. 17, 1980): between two values the curve stays between them, so that it never shows a
//! feeling that nobody has.

use crate::geom::{Point, pt};

/// For each interval between neighbouring points the two control points of its cubic.
/// The points' x must ascend.
pub fn monotone(points: &[Point]) -> Vec<(Point, Point)> {
    let slopes: Vec<f32> =
        points.windows(2).map(|w| (w[1].y - w[0].y) / (w[1].x - w[0].x).max(1e-3)).collect();
    let tangents: Vec<f32> = (0..points.len())
        .map(|i| match (i.checked_sub(1).map(|j| slopes[j]), slopes.get(i)) {
            (Some(a), Some(b)) if a * b > 0.0 => {
                // The harmonic mean keeps the tangent below three times either slope.
                2.0 * a * *b / (a + b)
            }
            (Some(_), Some(_)) => 0.0,
            // At the ends level: a line that starts or ends going somewhere looks cut off.
            _ => 0.0,
        })
        .collect();
    points
        .windows(2)
        .enumerate()
        .map(|(i, w)| {
            let third = (w[1].x - w[0].x) / 3.0;
            (
                pt(w[0].x + third, w[0].y + tangents[i] * third),
                pt(w[1].x - third, w[1].y - tangents[i + 1] * third),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_overshoots(ys in prop::collection::vec(-2i8..=2, 2..20)) {
            let points: Vec<_> =
                ys.iter().enumerate().map(|(i, y)| pt(i as f32 * 50.0, f32::from(*y))).collect();
            for (i, (a, b)) in monotone(&points).into_iter().enumerate() {
                let (p, q) = (points[i], points[i + 1]);
                let (low, high) = (p.y.min(q.y) - 1e-3, p.y.max(q.y) + 1e-3);
                for k in 0..=10 {
                    let t = k as f32 / 10.0;
                    let s = 1.0 - t;
                    let y = s * s * s * p.y + 3.0 * s * s * t * a.y + 3.0 * s * t * t * b.y
                        + t * t * t * q.y;
                    prop_assert!(y >= low && y <= high);
                }
            }
        }
    }
}
