//! A view, or the part of it where some records stand, as pixels: for the clipboard.
//!
//! A crop, as people cut a picture out of the map: what stands between the records is on it too.
//! Knows no clipboard; can be made on any thread.

use crate::geom::{Rect, pt};
use crate::model::Id;
use crate::scene::{Item, Part, Scene, Theme};
use crate::text::Text;

use super::png::guarded;
use super::raster::Raster;
use super::svg::view;
use super::{ExportError, Progress};

/// What is left around the records, in map units.
const MARGIN: f32 = 12.0;

/// The longest side, and the most pixels in all: other programs are handed four bytes for each.
const LONGEST: f64 = 16_384.0;
const MOST: f64 = 40_000_000.0;

/// Pixels, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: usize,
    pub height: usize,
    /// Red, green, blue and alpha, not premultiplied; opaque throughout.
    pub rgba: Vec<u8>,
}

/// The part of the scene where these records stand, on the theme's ground; all of it where there are
/// none, or none of them is drawn. A stage brings its column along, a lane its row.
///
/// `scale`: pixels a map unit; fewer where the picture would have more than 40 million pixels or
/// sides of more than 16,384.
///
/// # Errors
/// [`ExportError::Scale`] for a scale that is not above 0; [`ExportError::Drawing`];
/// [`ExportError::Cancelled`].
pub fn picture_of(
    scene: &Scene,
    records: &[Id],
    theme: &Theme,
    text: &Text,
    scale: f32,
    progress: &Progress,
) -> Result<Picture, ExportError> {
    if !(scale.is_finite() && scale > 0.0) {
        return Err(ExportError::Scale(scale));
    }
    let part = part(scene, records);
    let (scale, width, height) = size(part, scale);
    guarded(|| {
        progress.writing(0, 1)?;
        let raster = Raster::new(scene, theme, text);
        let pixels = raster.draw(part, scale, Some(theme), (0, 0), (width, height))?;
        progress.writing(1, 1)?;
        let (width, height) = (width as usize, height as usize);
        Ok(Picture { width, height, rgba: pixels.take_demultiplied() })
    })
}

/// The scale and the sides in pixels.
fn size(part: Rect, wished: f32) -> (f32, u32, u32) {
    let (w, h) = (f64::from(part.width()), f64::from(part.height()));
    let most = (LONGEST / w.max(h)).min((MOST / (w * h)).sqrt());
    let scale = f64::from(wished).min(most);
    // Rounded down, so that no limit is passed.
    let side = |length: f64| (length * scale).floor().max(1.0) as u32;
    (scale as f32, side(w), side(h))
}

/// Where the records stand.
fn part(scene: &Scene, records: &[Id]) -> Rect {
    let all = view(scene);
    let items = records.iter().flat_map(|id| scene.items_of(id));
    let found = items.map(|item| place(scene, item)).reduce(Rect::union);
    let Some(found) = found.map(|rect| rect.grow(MARGIN)) else { return all };
    let (min, max) = (found.min, found.max);
    let within = Rect {
        min: pt(min.x.max(all.min.x), min.y.max(all.min.y)),
        max: pt(max.x.min(all.max.x), max.y.min(all.max.y)),
    };
    if within.is_empty() { all } else { within }
}

/// An item with what belongs to it.
fn place(scene: &Scene, item: &Item) -> Rect {
    match item.hit.as_ref().map(|hit| hit.part) {
        Some(Part::StageHeader) => {
            let column = scene.items.iter().map(|it| it.rect).find(|it| {
                it.min == item.rect.min && it.max.x == item.rect.max.x && it.max.y > item.rect.max.y
            });
            column.unwrap_or(item.rect)
        }
        Some(Part::LaneLabel) => Rect {
            min: item.rect.min,
            max: pt(scene.bounds.max.x.max(item.rect.max.x), item.rect.max.y),
        },
        _ => item.rect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::rect;

    #[test]
    fn a_clipboard_is_not_flooded() {
        assert_eq!(size(rect(5.0, 5.0, 300.0, 200.5), 2.0), (2.0, 600, 401));
        for (w, h) in [(10_000.0, 5_000.0), (90_000.0, 10.0), (7.0, 60_000.0)] {
            let (scale, width, height) = size(rect(0.0, 0.0, w, h), 50.0);
            let pixels = f64::from(width) * f64::from(height);
            assert!(pixels <= MOST && f64::from(width.max(height)) <= LONGEST);
            let at_a_limit = pixels > 0.99 * MOST || f64::from(width.max(height)) > 0.99 * LONGEST;
            assert!(scale < 50.0 && at_a_limit, "as large as it may be: {width} × {height}");
        }
    }
}
