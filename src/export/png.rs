//! PNG: the SVG picture, rasterised by resvg with exactly the faces that the text was set in.
//!
//! Never aborts: whatever goes wrong in drawing is an [`ExportError`].

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{self, FontResolver, fontdb};

use crate::scene::{Scene, Shape, Theme};
use crate::text::{FontId, Text};

use super::ExportError;
use super::svg::{font_of, svg_by_font_id, view};

/// How many pixels a picture may have in all: four bytes each are held in memory.
pub(super) const MAX_PIXELS: u64 = 100_000_000;

/// How large a picture becomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PngOptions {
    /// Pixels a map unit. 1 is what the screen shows at 100 % without scaling; above 0.
    pub scale: f32,
    /// The longest side allowed, in pixels.
    pub max_px: u32,
}

impl Default for PngOptions {
    /// Sharp on paper and on dense screens; sides as long as most programs still open.
    fn default() -> Self {
        Self { scale: 2.0, max_px: 16_384 }
    }
}

/// The scene at full detail as a PNG file, on the theme's ground, with its size in inches at
/// 96 units an inch.
///
/// # Errors
/// [`ExportError::TooLarge`] and [`ExportError::Scale`] before anything is drawn;
/// [`ExportError::Drawing`] if a library refuses or gives up.
pub fn png(
    scene: &Scene,
    theme: &Theme,
    text: &Text,
    options: PngOptions,
) -> Result<Vec<u8>, ExportError> {
    let (width, height) = size(scene, options)?;
    // usvg is known to panic on some texts; the scene and the fonts are only read.
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let pixmap = draw(scene, theme, text, options.scale, (width, height))?;
        pixmap.encode_png().map_err(|err| err.to_string())
    }));
    let bytes = match drawn {
        Ok(bytes) => bytes.map_err(ExportError::Drawing)?,
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
            let said = said.unwrap_or("the renderer gave up");
            return Err(ExportError::Drawing(said.to_owned()));
        }
    };
    Ok(with_resolution(bytes, options.scale))
}

/// The picture's sides in pixels.
fn size(scene: &Scene, options: PngOptions) -> Result<(u32, u32), ExportError> {
    let scale = options.scale;
    if !(scale.is_finite() && scale > 0.0) {
        return Err(ExportError::Scale(scale));
    }
    let view = view(scene);
    let side = |length: f32| (f64::from(length) * f64::from(scale)).ceil().max(1.0) as u64;
    let (width, height) = (side(view.width()), side(view.height()));
    let longest = width.max(height);
    let pixels = width.saturating_mul(height);
    if longest <= u64::from(options.max_px) && pixels <= MAX_PIXELS {
        // Both are at most `max_px`, which is a `u32`.
        return Ok((width as u32, height as u32));
    }
    let by_side = f64::from(options.max_px) / longest as f64;
    let by_area = (MAX_PIXELS as f64 / pixels as f64).sqrt();
    // A little less, since sides are rounded up.
    let fits = (f64::from(scale) * by_side.min(by_area) * 99.0).floor() / 100.0;
    let max_px = options.max_px;
    Err(ExportError::TooLarge { width, height, max_px, fits: fits as f32 })
}

fn draw(
    scene: &Scene,
    theme: &Theme,
    text: &Text,
    scale: f32,
    (width, height): (u32, u32),
) -> Result<Pixmap, String> {
    let (db, ids) = fonts(scene, text);
    let select = move |font: &usvg::Font, _: &mut Arc<fontdb::Database>| {
        let named = font.families().iter().find_map(|family| match family {
            usvg::FontFamily::Named(name) => font_of(name),
            _ => None,
        });
        named.and_then(|id| ids.get(&id).copied())
    };
    let options = usvg::Options {
        fontdb: Arc::new(db),
        font_resolver: FontResolver {
            select_font: Box::new(select),
            // What a face lacks was looked for when the text was set.
            select_fallback: Box::new(|_, _, _| None),
        },
        ..usvg::Options::default()
    };
    let source = svg_by_font_id(scene, theme, text);
    let tree = usvg::Tree::from_str(&source, &options).map_err(|err| err.to_string())?;
    let mut pixmap = Pixmap::new(width, height)
        .ok_or_else(|| format!("no memory for {width} × {height} pixels"))?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    emoji(tree.root(), transform, &mut pixmap);
    Ok(pixmap)
}

/// A database of the faces that the scene's runs are in, and which is which.
fn fonts(scene: &Scene, text: &Text) -> (fontdb::Database, BTreeMap<FontId, fontdb::ID>) {
    let mut db = fontdb::Database::new();
    let mut ids = BTreeMap::new();
    let blocks = scene.items.iter().flat_map(|item| item.shapes.iter()).filter_map(|(_, shape)| {
        if let Shape::Text { block, .. } = shape { Some(block) } else { None }
    });
    for run in blocks.flat_map(|block| &block.lines).flat_map(|line| &line.runs) {
        if ids.contains_key(&run.font) {
            continue;
        }
        let face = text.face(run.font);
        let (data, _) = face.data.clone().into_raw_parts();
        let found = db.load_font_source(fontdb::Source::Binary(data));
        let is_it = |id: &fontdb::ID| db.face(*id).is_some_and(|info| info.index == face.index);
        if let Some(id) = found.into_iter().find(is_it) {
            ids.insert(run.font, id);
        }
    }
    (db, ids)
}

/// Draws the glyphs that are pictures (colour emoji), which resvg leaves out in our build: its
/// feature for them would bring decoders for JPEG, GIF and WebP as well.
fn emoji(group: &usvg::Group, transform: Transform, pixmap: &mut Pixmap) {
    let transform = transform.pre_concat(group.transform());
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => emoji(group, transform, pixmap),
            usvg::Node::Text(text) => emoji(text.flattened(), transform, pixmap),
            usvg::Node::Image(image) => {
                let usvg::ImageKind::PNG(data) = image.kind() else { continue };
                let Ok(glyph) = Pixmap::decode_png(data) else { continue };
                let paint =
                    PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
                pixmap.draw_pixmap(0, 0, glyph.as_ref(), &paint, transform, None);
            }
            usvg::Node::Path(_) => {}
        }
    }
}

/// The file with a `pHYs` chunk, so that other programs show it at the map's size.
fn with_resolution(mut png: Vec<u8>, scale: f32) -> Vec<u8> {
    /// Signature, and the header chunk: length, type, 13 bytes, checksum.
    const HEADER_END: usize = 8 + 4 + 4 + 13 + 4;
    const INCH_IN_METRES: f64 = 0.0254;
    let per_metre = (f64::from(scale) * 96.0 / INCH_IN_METRES).round() as u32;
    let mut chunk = Vec::with_capacity(21);
    chunk.extend(9_u32.to_be_bytes());
    chunk.extend(b"pHYs");
    chunk.extend(per_metre.to_be_bytes());
    chunk.extend(per_metre.to_be_bytes());
    chunk.push(1);
    let sum = crc32(&chunk[4..]);
    chunk.extend(sum.to_be_bytes());
    if png.len() >= HEADER_END {
        png.splice(HEADER_END..HEADER_END, chunk);
    }
    png
}

/// The checksum of a PNG chunk's type and content (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::rect;

    #[test]
    fn the_checksum_is_that_of_png() {
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn too_large_a_picture_says_what_would_fit() {
        let mut scene = Scene::default();
        scene.bounds = rect(0.0, 0.0, 20_000.0, 500.0);
        let options = PngOptions::default();
        let Err(ExportError::TooLarge { width, fits, .. }) = size(&scene, options) else {
            panic!("40,000 pixels are too many");
        };
        assert_eq!(width, 40_000);
        assert!(size(&scene, PngOptions { scale: fits, ..options }).is_ok(), "{fits}");
        let mut square = Scene::default();
        square.bounds = rect(0.0, 0.0, 12_000.0, 12_000.0);
        assert!(size(&square, PngOptions { scale: 1.0, ..options }).is_err());
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            let options = PngOptions { scale, ..options };
            assert!(matches!(size(&scene, options), Err(ExportError::Scale(_))));
        }
    }
}
