//! The fonts: Arimo from the program itself, the others from the system, asked for only when a
//! text needs them (listing a system's fonts can take longer than the whole start).
//!
//! Knows nothing of lines.

use std::sync::Arc;

use parley::fontique::{Blob, Charmap, Collection, CollectionOptions};
use parley::{FontContext, FontData};
use resvg::usvg::fontdb;

use super::{FontFace, FontId};

/// Whether fonts of the system may be used for what Arimo lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemFonts {
    /// Yes: what people see.
    Use,
    /// No: the same result on every machine, for tests.
    Ignore,
}

/// The family that is bundled.
pub(super) const FAMILY: &str = "Arimo";

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Arimo-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/Arimo-Bold.ttf");

/// The fonts that texts are set in.
pub(super) struct Fonts {
    pub context: FontContext,
    /// By [`FontId`].
    faces: Vec<FontFace>,
    /// Arimo's; both faces have the same characters.
    charmap: Option<Charmap<'static>>,
    system: SystemFonts,
    loaded: bool,
}

impl Fonts {
    pub fn new(system: SystemFonts) -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        let mut faces = Vec::new();
        let mut charmap = None;
        for (bytes, bold) in [(REGULAR, false), (BOLD, true)] {
            let data = Blob::new(Arc::new(bytes));
            for (_, fonts) in collection.register_fonts(data.clone(), None) {
                charmap = fonts.first().and_then(|font| font.charmap_index().charmap(REGULAR));
            }
            faces.push(FontFace { family: FAMILY.into(), bold, data, index: 0 });
        }
        let context = FontContext { collection, source_cache: Default::default() };
        Self { context, faces, charmap, system, loaded: false }
    }

    /// Makes sure that the system's fonts are there if the text has something that Arimo lacks.
    pub fn provide(&mut self, text: &str) {
        if self.system == SystemFonts::Ignore || self.loaded || text.is_ascii() {
            return;
        }
        let lacks = |c: char| self.charmap.as_ref().is_none_or(|map| map.map(c).is_none());
        if text.chars().any(|c| !c.is_ascii() && lacks(c)) {
            self.context.collection.load_system_fonts();
            self.loaded = true;
        }
    }

    /// The number of a font, which is taken into the list if it is new.
    pub fn id_of(&mut self, font: &FontData) -> FontId {
        let same = |face: &FontFace| face.data.id() == font.data.id() && face.index == font.index;
        if let Some(at) = self.faces.iter().position(same) {
            return number(at);
        }
        // parley forgets a file that no text has needed for a while, and reads it anew.
        let again = |face: &FontFace| face.index == font.index && is_copy(&face.data, &font.data);
        let at = self.faces.iter().position(again);
        if let Some(at) = at {
            self.faces[at].data = font.data.clone();
        } else {
            self.faces.push(describe(font));
        }
        number(at.unwrap_or(self.faces.len() - 1))
    }

    pub fn faces(&self) -> &[FontFace] {
        &self.faces
    }
}

/// A system has some thousand fonts; should it ever be more, the last ones show as Arimo.
fn number(at: usize) -> FontId {
    FontId(u16::try_from(at).unwrap_or(0))
}

/// Whether two files are the same: a font begins with the checksums of its tables.
fn is_copy(a: &Blob<u8>, b: &Blob<u8>) -> bool {
    const HEAD: usize = 1024;
    let (a, b) = (a.data(), b.data());
    a.len() == b.len() && a[..HEAD.min(a.len())] == b[..HEAD.min(b.len())]
}

/// A font's family and weight, from its own tables.
fn describe(font: &FontData) -> FontFace {
    let mut db = fontdb::Database::new();
    let (data, _) = font.data.clone().into_raw_parts();
    db.load_font_source(fontdb::Source::Binary(data));
    let info = db.faces().find(|face| face.index == font.index);
    let family = info.and_then(|face| face.families.first()).map_or("sans-serif", |(name, _)| name);
    FontFace {
        family: family.into(),
        bold: info.is_some_and(|face| face.weight >= fontdb::Weight::SEMIBOLD),
        data: font.data.clone(),
        index: font.index,
    }
}
