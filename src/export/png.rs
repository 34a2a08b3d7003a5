//! PNG: the SVG picture, rasterised by resvg with exactly the faces that the text was set in.
//!
//! Drawn and encoded in bands, each with only what touches it, so that the memory needed does not
//! grow with the picture's height. Never aborts: whatever goes wrong in drawing is an
//! [`ExportError`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

use crate::geom::Rect;
use crate::scene::{Scene, Theme};
use crate::text::Text;

use super::raster::Raster;
use super::svg::view;
use super::{ExportError, Progress};

/// Pixels of a band, at most (but at least one row): 16 MB.
const BAND_PIXELS: u32 = 4_000_000;

const INCH_IN_METRES: f64 = 0.0254;
/// Map units an inch, as CSS has pixels.
const UNITS_AN_INCH: f64 = 96.0;

/// How large a picture becomes, and on what ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PngOptions {
    /// Pixels a map unit. 1 is what the screen shows at 100 % without scaling; above 0. Unused where
    /// a width or a height is given.
    pub scale: f32,
    /// As wide as this, in pixels; with a height as well, as large as fits into both.
    pub width: Option<u32>,
    /// As high as this, in pixels.
    pub height: Option<u32>,
    /// The longest side allowed, in pixels.
    pub max_px: u32,
    /// Without the theme's ground.
    pub transparent: bool,
    /// Pixels an inch that the file says it has; where there is none, so many that it prints as large
    /// as the map is, 96 units an inch.
    pub dpi: Option<f32>,
}

impl Default for PngOptions {
    /// Sharp on paper and on dense screens; sides as long as most programs still open.
    fn default() -> Self {
        Self {
            scale: 2.0,
            width: None,
            height: None,
            max_px: 16_384,
            transparent: false,
            dpi: None,
        }
    }
}

/// The scene at full detail as a PNG file, on the theme's ground or on none.
///
/// # Errors
/// [`ExportError::TooLarge`] and [`ExportError::Scale`] before anything is drawn;
/// [`ExportError::Drawing`] if a library refuses or gives up; [`ExportError::Cancelled`].
pub fn png(
    scene: &Scene,
    theme: &Theme,
    text: &Text,
    options: PngOptions,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let size = Size::of(view(scene), options)?;
    guarded(|| encode(scene, theme, text, options, size, progress))
}

/// The sides that [`png`] would give a scene, in pixels, width first.
///
/// # Errors
/// As [`png`] before it draws.
pub fn png_size(scene: &Scene, options: PngOptions) -> Result<(u32, u32), ExportError> {
    Size::of(view(scene), options).map(|it| (it.width, it.height))
}

/// What a drawing returns, or an error where a library panics: usvg is known to do so on some
/// texts, and the scene and the fonts are only read.
pub(super) fn guarded<T>(draw: impl FnOnce() -> Result<T, ExportError>) -> Result<T, ExportError> {
    catch_unwind(AssertUnwindSafe(draw)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(ExportError::Drawing(said.unwrap_or("the renderer gave up").to_owned()))
    })
}

/// A picture's sides in pixels, and the pixels a map unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size {
    pub width: u32,
    pub height: u32,
    pub scale: f32,
}

impl Size {
    pub fn of(view: Rect, options: PngOptions) -> Result<Self, ExportError> {
        let (w, h) = (f64::from(view.width()), f64::from(view.height()));
        let by_width = options.width.map(|px| f64::from(px) / w);
        let by_height = options.height.map(|px| f64::from(px) / h);
        let scale = match (by_width, by_height) {
            (Some(a), Some(b)) => a.min(b),
            (Some(a), None) | (None, Some(a)) => a,
            (None, None) => f64::from(options.scale),
        };
        if !(scale.is_finite() && scale > 0.0) {
            return Err(ExportError::Scale(scale as f32));
        }
        // A hair less: a side that was asked for is not to become a pixel longer by rounding.
        let side = |length: f64| (length * scale - 1e-3).ceil().max(1.0) as u64;
        let (width, height) = (side(w), side(h));
        let longest = width.max(height);
        let max_px = options.max_px;
        if longest <= u64::from(max_px) {
            // Both are at most `max_px`, which is a `u32`.
            return Ok(Self { width: width as u32, height: height as u32, scale: scale as f32 });
        }
        // A little less, since sides are rounded up.
        let fits = (scale * f64::from(max_px) / longest as f64 * 99.0).floor() / 100.0;
        Err(ExportError::TooLarge { width, height, max_px, fits: fits as f32 })
    }
}

fn encode(
    scene: &Scene,
    theme: &Theme,
    text: &Text,
    options: PngOptions,
    size: Size,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let Size { width, height, scale } = size;
    let failed = |err: png::EncodingError| ExportError::Drawing(err.to_string());
    let dpi = options.dpi.map_or(f64::from(scale) * UNITS_AN_INCH, f64::from);
    let per_metre = (dpi / INCH_IN_METRES).round().max(1.0) as u32;
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(if options.transparent { ColorType::Rgba } else { ColorType::Rgb });
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: Unit::Meter,
    }));
    // Measured on 12.8 million pixels of a map: 35 ms and 0.7 MB; the quickest way took 15 ms and
    // 2.1 MB, the one that tiny-skia takes 95 ms and 0.6 MB. Drawing takes ten times as long.
    encoder.set_deflate_compression(DeflateCompression::Level(2));
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header().map_err(failed)?;
    let mut stream = writer.stream_writer_with_size(1 << 20).map_err(failed)?;

    let ground = (!options.transparent).then_some(theme);
    let raster = Raster::new(scene, theme, text);
    let band = (BAND_PIXELS / width).clamp(1, height);
    let mut row = 0;
    while row < height {
        progress.writing(row as usize, height as usize)?;
        let rows = band.min(height - row);
        let pixels = raster.draw(view(scene), scale, ground, (0, row), (width, rows))?;
        let bytes = if options.transparent {
            pixels.take_demultiplied()
        } else {
            // Opaque: no pixel is premultiplied by anything but 1.
            pixels.data().chunks_exact(4).flat_map(|px| [px[0], px[1], px[2]]).collect()
        };
        std::io::Write::write_all(&mut stream, &bytes)
            .map_err(|err| ExportError::Drawing(err.to_string()))?;
        row += rows;
    }
    stream.finish().map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::rect;

    #[test]
    fn too_large_a_picture_says_what_would_fit() {
        let view = rect(0.0, 0.0, 20_000.0, 500.0);
        let options = PngOptions::default();
        let Err(ExportError::TooLarge { width, fits, .. }) = Size::of(view, options) else {
            panic!("40,000 pixels are too many");
        };
        assert_eq!(width, 40_000);
        assert!(Size::of(view, PngOptions { scale: fits, ..options }).is_ok(), "{fits}");
        let square = rect(0.0, 0.0, 8_192.0, 8_192.0);
        assert!(Size::of(square, options).is_ok(), "268 million pixels are none too many");
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            let options = PngOptions { scale, ..options };
            assert!(matches!(Size::of(view, options), Err(ExportError::Scale(_))));
        }
    }

    #[test]
    fn a_side_asked_for_is_met_to_the_pixel() {
        let view = rect(0.0, 0.0, 1_337.7, 611.3);
        let usual = PngOptions::default();
        for side in [1, 7, 640, 1_999, 3_840, 16_384] {
            let wide = Size::of(view, PngOptions { width: Some(side), ..usual }).unwrap();
            assert_eq!(wide.width, side);
            if side < 7_000 {
                let high = Size::of(view, PngOptions { height: Some(side), ..usual }).unwrap();
                assert_eq!(high.height, side);
            }
        }
        let both = PngOptions { width: Some(1_000), height: Some(100), ..usual };
        let both = Size::of(view, both).unwrap();
        assert_eq!((both.width, both.height), (219, 100), "as large as fits, not stretched");
        let none = PngOptions { width: Some(0), ..usual };
        assert!(matches!(Size::of(view, none), Err(ExportError::Scale(_))));
    }
}
