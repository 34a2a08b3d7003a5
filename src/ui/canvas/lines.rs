//! Lines on the screen: clipped to what is seen, dashed where asked.
//!
//! Long links would otherwise defeat culling: their boxes cover the screen while most of them
//! lies far outside of it.

use egui::{Pos2, Rect, Shape, Stroke, pos2};

/// Where a dash and its gap are shorter than this together on the screen, the line is drawn
/// without gaps and fainter.
const SHORTEST: f32 = 3.0;
/// A dash (or dot) and a gap are no shorter than these on the screen.
const LEAST: (f32, f32) = (1.0, 1.5);

/// Adds a line through points, or only those stretches of it that are near `screen`.
/// `dash` holds the lengths of a dash and a gap in points on the screen.
pub fn line(
    points: Vec<Pos2>,
    closed: bool,
    stroke: Stroke,
    dash: Option<(f32, f32)>,
    screen: Rect,
    out: &mut Vec<Shape>,
) {
    let near = screen.expand(stroke.width + 2.0);
    let bounds = Rect::from_points(&points);
    if points.len() < 2 || !bounds.intersects(near) {
        return;
    }
    let mut points = points;
    if let Some((on, off)) = dash {
        if closed {
            points.push(points[0]);
        }
        if on + off >= SHORTEST {
            return dashes(&points, stroke, on.max(LEAST.0), off.max(LEAST.1), near, out);
        }
        let faded = Stroke::new(stroke.width, stroke.color.gamma_multiply(0.6));
        return stretches(points, faded, near, out);
    }
    if near.contains_rect(bounds) {
        out.push(match (closed, points.as_slice()) {
            (true, _) => Shape::closed_line(points, stroke),
            (false, [a, b]) => Shape::LineSegment { points: [*a, *b], stroke },
            (false, _) => Shape::line(points, stroke),
        });
        return;
    }
    if closed {
        points.push(points[0]);
    }
    stretches(points, stroke, near, out);
}

/// The part of a line from `a` to `b` that lies in a box, as shares of its length.
fn clip(a: Pos2, b: Pos2, area: Rect) -> Option<(f32, f32)> {
    // Liang and Barsky 1984: each side of the box narrows the range.
    let d = b - a;
    let (mut low, mut high) = (0.0f32, 1.0f32);
    for (along, from_low, to_high) in
        [(d.x, area.min.x - a.x, area.max.x - a.x), (d.y, area.min.y - a.y, area.max.y - a.y)]
    {
        if along.abs() < f32::EPSILON {
            if from_low > 0.0 || to_high < 0.0 {
                return None;
            }
            continue;
        }
        let (enter, leave) = (from_low / along, to_high / along);
        low = low.max(enter.min(leave));
        high = high.min(enter.max(leave));
    }
    (low <= high).then_some((low, high))
}

/// The stretches of a polyline that are in a box, each as one line.
fn stretches(points: Vec<Pos2>, stroke: Stroke, near: Rect, out: &mut Vec<Shape>) {
    let mut run: Vec<Pos2> = Vec::new();
    let mut end_run = |run: &mut Vec<Pos2>| {
        if run.len() > 1 {
            out.push(Shape::line(std::mem::take(run), stroke));
        }
        run.clear();
    };
    for pair in points.windows(2) {
        let Some((low, high)) = clip(pair[0], pair[1], near) else {
            end_run(&mut run);
            continue;
        };
        if run.is_empty() {
            run.push(pair[0].lerp(pair[1], low));
        }
        run.push(pair[0].lerp(pair[1], high));
        if high < 1.0 {
            end_run(&mut run);
        }
    }
    end_run(&mut run);
}

/// Dashes along a polyline; only those near the screen are made, and they stay where they are
/// on the line when it moves.
fn dashes(points: &[Pos2], stroke: Stroke, on: f32, off: f32, near: Rect, out: &mut Vec<Shape>) {
    let period = on + off;
    let mut walked = 0.0f32;
    for pair in points.windows(2) {
        let length = pair[0].distance(pair[1]);
        if length > 0.0
            && let Some((low, high)) = clip(pair[0], pair[1], near)
        {
            let (from, to) = (walked + low * length, walked + high * length);
            let mut dash = (from / period).floor() * period;
            while dash < to {
                let (start, end) = (dash.max(from), (dash + on).min(to));
                if end > start {
                    let at = |s: f32| pair[0].lerp(pair[1], (s - walked) / length);
                    out.push(Shape::LineSegment { points: [at(start), at(end)], stroke });
                }
                dash += period;
            }
        }
        walked += length;
    }
}

/// The outline of a rectangle with rounded corners, as points.
pub fn rounded(rect: Rect, radius: f32) -> Vec<Pos2> {
    let r = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    let corners = [
        (pos2(rect.max.x - r, rect.min.y + r), -90.0f32),
        (pos2(rect.max.x - r, rect.max.y - r), 0.0),
        (pos2(rect.min.x + r, rect.max.y - r), 90.0),
        (pos2(rect.min.x + r, rect.min.y + r), 180.0),
    ];
    let mut points = Vec::with_capacity(24);
    for (middle, from_deg) in corners {
        for i in 0..=5 {
            let angle = (from_deg + 18.0 * i as f32).to_radians();
            points.push(pos2(middle.x + r * angle.cos(), middle.y + r * angle.sin()));
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Color32;

    const SCREEN: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(100.0, 100.0) };

    fn drawn(points: Vec<Pos2>, dash: Option<(f32, f32)>) -> Vec<Shape> {
        let mut out = Vec::new();
        line(points, false, Stroke::new(1.0, Color32::BLACK), dash, SCREEN, &mut out);
        out
    }

    #[test]
    fn only_the_stretch_on_the_screen_is_drawn() {
        let across = drawn(vec![pos2(-10_000.0, 50.0), pos2(10_000.0, 50.0)], None);
        assert_eq!(across.len(), 1);
        assert!(across[0].visual_bounding_rect().width() < 120.0);
        let out_and_back =
            vec![pos2(50.0, 50.0), pos2(500.0, 50.0), pos2(500.0, 80.0), pos2(50.0, 80.0)];
        assert_eq!(drawn(out_and_back, None).len(), 2);
        assert!(drawn(vec![pos2(-50.0, 20.0), pos2(20.0, -500.0)], None).is_empty());
    }

    #[test]
    fn dashes_are_made_where_they_are_seen() {
        let across = vec![pos2(-100_000.0, 50.0), pos2(100_000.0, 50.0)];
        let made = drawn(across, Some((6.0, 4.0)));
        assert!((10..=13).contains(&made.len()), "{}", made.len());
    }

    #[test]
    fn clipping_finds_the_part_inside() {
        let (low, high) = clip(pos2(-100.0, 50.0), pos2(100.0, 50.0), SCREEN).unwrap();
        assert!((low - 0.5).abs() < 1e-6 && (high - 1.0).abs() < 1e-6);
        assert_eq!(clip(pos2(-10.0, -10.0), pos2(-5.0, 200.0), SCREEN), None);
    }
}
