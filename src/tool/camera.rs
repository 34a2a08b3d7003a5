//! The camera: which part of the map the canvas shows, and how large.
//!
//! Points on the screen are logical points from the top left of the canvas, not of the window.

use crate::geom::{Point, Rect, pt};

/// Zoom limits: 5 % and 400 %.
pub const ZOOM_RANGE: (f32, f32) = (0.05, 4.0);

/// How the map is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The point of the map at the canvas's top left.
    pub origin: Point,
    /// Points on the screen for one map unit; 1 is 100 %.
    pub zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self { origin: Point::default(), zoom: 1.0 }
    }
}

impl Camera {
    /// Where a point of the screen lies in the map.
    pub fn map_from_screen(&self, on_screen: Point) -> Point {
        pt(self.origin.x + on_screen.x / self.zoom, self.origin.y + on_screen.y / self.zoom)
    }

    /// Where a point of the map lies on the screen.
    pub fn screen_from_map(&self, in_map: Point) -> Point {
        pt((in_map.x - self.origin.x) * self.zoom, (in_map.y - self.origin.y) * self.zoom)
    }

    /// Where a box of the map lies on the screen.
    pub fn screen_rect(&self, in_map: Rect) -> Rect {
        Rect { min: self.screen_from_map(in_map.min), max: self.screen_from_map(in_map.max) }
    }

    /// The part of the map that a canvas of this size shows.
    pub fn visible(&self, size: Point) -> Rect {
        Rect { min: self.origin, max: self.map_from_screen(size) }
    }

    /// Moves what is seen by a distance on the screen, as a hand moves paper.
    pub fn pan(&mut self, on_screen: Point) {
        self.origin.x -= on_screen.x / self.zoom;
        self.origin.y -= on_screen.y / self.zoom;
    }

    /// Zooms by a factor; the point of the map at `on_screen` stays where it is.
    pub fn zoom_at(&mut self, on_screen: Point, factor: f32) {
        self.set_zoom_at(on_screen, self.zoom * factor);
    }

    /// Sets the zoom; the point of the map at `on_screen` stays where it is.
    pub fn set_zoom_at(&mut self, on_screen: Point, zoom: f32) {
        if !zoom.is_finite() {
            return;
        }
        let kept = self.map_from_screen(on_screen);
        self.zoom = zoom.clamp(ZOOM_RANGE.0, ZOOM_RANGE.1);
        self.origin = pt(kept.x - on_screen.x / self.zoom, kept.y - on_screen.y / self.zoom);
    }

    /// Shows all of `area` in a canvas of this size, with `margin` points round it on the screen,
    /// no larger than `most`. An empty area changes nothing.
    pub fn fit(&mut self, area: Rect, size: Point, margin: f32, most: f32) {
        if area.is_empty() || size.x <= 2.0 * margin || size.y <= 2.0 * margin {
            return;
        }
        let room = pt(size.x - 2.0 * margin, size.y - 2.0 * margin);
        let zoom = (room.x / area.width()).min(room.y / area.height());
        self.zoom = zoom.clamp(ZOOM_RANGE.0, ZOOM_RANGE.1).min(most);
        let middle = area.center();
        self.origin = pt(middle.x - size.x / 2.0 / self.zoom, middle.y - size.y / 2.0 / self.zoom);
    }

    /// Shows the beginning of `area` at this zoom: its top left in the canvas's top left, or
    /// centred along a side where there is room to spare.
    pub fn show_start(&mut self, area: Rect, size: Point, margin: f32) {
        if area.is_empty() {
            return;
        }
        let along = |low: f32, extent: f32, room: f32| {
            let spare = room / self.zoom - extent;
            if spare > 2.0 * margin / self.zoom {
                low - spare / 2.0
            } else {
                low - margin / self.zoom
            }
        };
        self.origin =
            pt(along(area.min.x, area.width(), size.x), along(area.min.y, area.height(), size.y));
    }

    /// Moves as little as is needed to have `area` in view, `margin` points from the edge.
    /// Where it is larger than the canvas, its top left counts.
    pub fn reveal(&mut self, area: Rect, size: Point, margin: f32) {
        let shown = self.screen_rect(area).grow(margin);
        let along = |low: f32, high: f32, room: f32| {
            if low < 0.0 || high - low > room {
                -low
            } else if high > room {
                room - high
            } else {
                0.0
            }
        };
        let by =
            pt(along(shown.min.x, shown.max.x, size.x), along(shown.min.y, shown.max.y, size.y));
        self.pan(by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::rect;
    use proptest::prelude::*;

    fn near(a: Point, b: Point) -> bool {
        a.distance(b) < 1e-2
    }

    proptest! {
        #[test]
        fn zooming_keeps_the_point_under_the_pointer(
            x in 0f32..1_000.0, y in 0f32..800.0, factors in prop::collection::vec(0.5f32..2.0, 1..20)
        ) {
            let mut camera = Camera { origin: pt(120.0, -40.0), zoom: 0.8 };
            let held = camera.map_from_screen(pt(x, y));
            for factor in factors {
                camera.zoom_at(pt(x, y), factor);
                prop_assert!((ZOOM_RANGE.0..=ZOOM_RANGE.1).contains(&camera.zoom));
            }
            prop_assert!(camera.screen_from_map(held).distance(pt(x, y)) < 0.5);
        }
    }

    #[test]
    fn the_two_directions_agree() {
        let camera = Camera { origin: pt(30.0, 70.0), zoom: 2.5 };
        assert!(near(
            camera.screen_from_map(camera.map_from_screen(pt(11.0, 13.0))),
            pt(11.0, 13.0)
        ));
    }

    #[test]
    fn fit_shows_all_of_it_and_no_larger_than_asked() {
        let mut camera = Camera::default();
        let area = rect(-500.0, 200.0, 4_000.0, 900.0);
        camera.fit(area, pt(1_000.0, 600.0), 20.0, 1.0);
        let shown = camera.screen_rect(area);
        assert!(shown.min.x >= 19.9 && shown.max.x <= 980.1, "{shown:?}");
        assert!(near(shown.center(), pt(500.0, 300.0)));
        camera.fit(rect(0.0, 0.0, 10.0, 10.0), pt(1_000.0, 600.0), 20.0, 1.0);
        assert!((camera.zoom - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn reveal_moves_no_more_than_needed() {
        let mut camera = Camera::default();
        let size = pt(400.0, 300.0);
        camera.reveal(rect(100.0, 100.0, 50.0, 50.0), size, 10.0);
        assert_eq!(camera, Camera::default());
        camera.reveal(rect(390.0, 0.0, 50.0, 50.0), size, 10.0);
        assert!(near(camera.origin, pt(50.0, -10.0)), "{camera:?}");
    }
}
