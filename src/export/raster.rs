//! Pixels of any part of a scene, by resvg: for PNG files and for the clipboard.
//!
//! Each part is drawn from a picture of only what touches it. Knows no file format.

use std::collections::BTreeMap;
use std::sync::Arc;

use resvg::tiny_skia::{Color, FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{self, FontResolver, fontdb};

use crate::geom::{Rect, pt, rect};
use crate::scene::{Detail, Ink, Item, Scene, Shape, Theme};
use crate::text::{FontId, Text};

use super::ExportError;
use super::svg::{font_of, svg_by_font_id};

/// How far ink may reach beyond a shape's outline, in map units: half a stroke, mitred corners, and
/// what letters overhang.
const OVERHANG: f32 = 12.0;

/// A scene that is ready to be drawn.
pub(super) struct Raster<'a> {
    scene: &'a Scene,
    theme: &'a Theme,
    text: &'a Text,
    fonts: Arc<fontdb::Database>,
    ids: BTreeMap<FontId, fontdb::ID>,
    /// What each item may cover.
    boxes: Vec<Rect>,
}

impl<'a> Raster<'a> {
    pub fn new(scene: &'a Scene, theme: &'a Theme, text: &'a Text) -> Self {
        let (fonts, ids) = fonts(scene, text);
        let boxes = scene.items.iter().map(covered).collect();
        Self { scene, theme, text, fonts: Arc::new(fonts), ids, boxes }
    }

    /// Draws a window of the picture that shows `view` at `scale` pixels a unit: `size` pixels from
    /// `origin` on, on the ground of a theme or on none.
    ///
    /// # Errors
    /// [`ExportError::Drawing`].
    pub fn draw(
        &self,
        view: Rect,
        scale: f32,
        ground: Option<&Theme>,
        origin: (u32, u32),
        size: (u32, u32),
    ) -> Result<Pixmap, ExportError> {
        let (x, y) = (origin.0 as f32, origin.1 as f32);
        let (width, height) = (size.0 as f32, size.1 as f32);
        let mut pixmap = Pixmap::new(size.0, size.1).ok_or_else(|| {
            ExportError::Drawing(format!("no memory for {width} × {height} pixels"))
        })?;
        if let Some(theme) = ground {
            let [r, g, b, a] = theme.colour(Ink::Ground).0;
            pixmap.fill(Color::from_rgba8(r, g, b, a));
        }
        let corner = pt(view.min.x + x / scale, view.min.y + y / scale);
        let window = rect(corner.x, corner.y, width / scale, height / scale);
        let items = || {
            let all = self.scene.items.iter().zip(&self.boxes);
            all.filter(|(_, covered)| covered.touches(window)).map(|(item, _)| item)
        };
        let source = svg_by_font_id(items(), view, self.theme, self.text);
        let ids = &self.ids;
        let select = move |font: &usvg::Font, _: &mut Arc<fontdb::Database>| {
            let named = font.families().iter().find_map(|family| match family {
                usvg::FontFamily::Named(name) => font_of(name),
                _ => None,
            });
            named.and_then(|id| ids.get(&id).copied())
        };
        let options = usvg::Options {
            fontdb: self.fonts.clone(),
            font_resolver: FontResolver {
                select_font: Box::new(select),
                // What a face lacks was looked for when the text was set.
                select_fallback: Box::new(|_, _, _| None),
            },
            ..usvg::Options::default()
        };
        let tree = usvg::Tree::from_str(&source, &options)
            .map_err(|err| ExportError::Drawing(err.to_string()))?;
        let transform = Transform::from_row(scale, 0.0, 0.0, scale, -x, -y);
        resvg::render(&tree, transform, &mut pixmap.as_mut());
        emoji(tree.root(), transform, &mut pixmap);
        Ok(pixmap)
    }
}

/// What an item may cover: shapes may stand out of its box.
fn covered(item: &Item) -> Rect {
    let shown = item.shapes.iter().filter(|(detail, _)| detail.shows_at(Detail::FULL));
    let boxes = shown.map(|(_, shape)| shape.bounds().offset(item.rect.min));
    boxes.fold(item.rect, Rect::union).grow(OVERHANG)
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
