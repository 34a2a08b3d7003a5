//! The package that a presentation is (ECMA-376 part 2, Open Packaging Conventions): parts by
//! name, their content types and the relationships between them.
//!
//! What nobody touches is written with the bytes that were read. Knows nothing of slides.

mod rels;
mod types;
mod zip;

use rustc_hash::FxHashMap;

use super::xml::{Tree, decode};
use crate::export::ExportError;

pub use rels::{Rel, Rels, kind};
use types::Types;

/// A package in memory.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// In the order of the file; those that were taken out are `None`.
    parts: Vec<Option<Part>>,
    /// By [`key`].
    index: FxHashMap<String, usize>,
    types: Types,
}

#[derive(Debug, Clone)]
struct Part {
    /// Without the slash that part names begin with: `ppt/slides/slide1.xml`.
    name: String,
    bytes: Vec<u8>,
}

impl Package {
    /// A package without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// The names of all parts, in the order of the file; relationship parts are among them,
    /// `[Content_Types].xml` is not.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flatten().map(|part| part.name.as_str())
    }

    /// The name as it is written in the package, of a part that there is.
    pub fn name(&self, name: &str) -> Option<&str> {
        self.part(name).map(|part| part.name.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.part(name).is_some()
    }

    /// A part's bytes. Names are compared as part 2, 6.3.5 asks: without regard to ASCII case.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.part(name).map(|part| part.bytes.as_slice())
    }

    fn part(&self, name: &str) -> Option<&Part> {
        self.index.get(&key(name)).and_then(|at| self.parts[*at].as_ref())
    }

    /// A part's text.
    ///
    /// # Errors
    /// [`ExportError::Presentation`] if it is missing or no text.
    pub fn text(&self, name: &str) -> Result<String, ExportError> {
        let bytes = self.get(name).ok_or_else(|| damaged(name, "it is missing"))?;
        if bytes.len() > MAX_XML {
            return Err(damaged(name, "it is larger than any presentation's"));
        }
        let text = decode(bytes).ok_or_else(|| damaged(name, "it is no text"))?;
        Ok(text.into_owned())
    }

    /// Replaces a part's bytes, where it stands, or adds it at the end. A new part needs a content
    /// type as well: see [`Package::add`].
    pub fn set(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        let bytes = bytes.into();
        let at = *self.index.entry(key(name)).or_insert(self.parts.len());
        match self.parts.get_mut(at) {
            Some(Some(part)) => part.bytes = bytes,
            _ => self.parts.push(Some(Part { name: name.to_owned(), bytes })),
        }
    }

    /// Adds a part, or replaces it.
    pub fn add(&mut self, name: &str, content_type: &str, bytes: impl Into<Vec<u8>>) {
        self.set(name, bytes);
        self.set_content_type(name, content_type);
    }

    /// Takes a part out, with its relationships and its content type. Others' relationships to it
    /// stay.
    pub fn remove(&mut self, name: &str) {
        for name in [name, &rels::part_of(name)] {
            if let Some(at) = self.index.remove(&key(name)) {
                self.parts[at] = None;
            }
            self.types.remove(&key(name));
        }
    }

    pub fn content_type(&self, name: &str) -> Option<&str> {
        self.types.of(&key(name))
    }

    /// Says what a part is, by its own entry where its file name's ending does not say it already.
    pub fn set_content_type(&mut self, name: &str, content_type: &str) {
        if self.content_type(name) != Some(content_type) {
            self.types.set(name, &key(name), content_type);
        }
    }

    /// Says what parts are whose name ends in `.extension`, unless that is said already.
    pub fn default_type(&mut self, extension: &str, content_type: &str) {
        self.types.set_default(extension, content_type);
    }

    /// A part's relationships; the package's own for `""`. None where it has no such part.
    ///
    /// # Errors
    /// [`ExportError::Presentation`] if they cannot be read.
    pub fn rels(&self, owner: &str) -> Result<Rels, ExportError> {
        let name = rels::part_of(owner);
        if !self.has(&name) {
            return Ok(Rels::new(owner));
        }
        let text = self.text(&name)?;
        Rels::parse(owner, text).map_err(|why| damaged(&name, &why))
    }

    /// Writes a part's relationships; without any, the part goes.
    pub fn set_rels(&mut self, rels: &Rels) {
        let name = rels::part_of(rels.owner());
        if rels.is_empty() {
            self.remove(&name);
        } else if self.get(&name).is_none_or(|_| rels.is_changed()) {
            self.default_type("rels", "application/vnd.openxmlformats-package.relationships+xml");
            self.set(&name, rels.to_xml());
        }
    }

    /// Adds a relationship to a part of the package, and gives its id.
    ///
    /// # Errors
    /// [`ExportError::Presentation`] if the relationships that there are cannot be read.
    pub fn relate(&mut self, owner: &str, kind: &str, target: &str) -> Result<String, ExportError> {
        let mut rels = self.rels(owner)?;
        let id = rels.add(kind, target);
        self.set_rels(&rels);
        Ok(id)
    }

    /// A name that no part has: `stem`, the lowest number that is free, and `ending`.
    pub fn free_name(&self, stem: &str, ending: &str) -> String {
        (1..)
            .map(|number: u32| format!("{stem}{number}{ending}"))
            .find(|name| !self.has(name))
            .expect("fewer parts than numbers")
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`ExportError::Presentation`]: what the bytes are instead of a package, or what is wrong with
    /// it.
    pub fn read(bytes: &[u8]) -> Result<Self, ExportError> {
        zip::read(bytes)
    }

    /// The file's bytes, the same for the same parts.
    ///
    /// # Errors
    /// [`ExportError::Presentation`] if it comes to more than a package can hold.
    pub fn write(&self) -> Result<Vec<u8>, ExportError> {
        zip::write(self)
    }
}

/// The longest part that is read as XML, in bytes. The longest slides of real decks have under 5 MB.
const MAX_XML: usize = 64 << 20;

/// What makes two names the same part (part 2, 6.3.5): ASCII case does not count, nor whether a
/// character is escaped.
fn key(name: &str) -> String {
    let name = name.strip_prefix('/').unwrap_or(name);
    if !name.contains('%') {
        return name.to_ascii_lowercase();
    }
    let (mut bytes, mut rest) = (Vec::with_capacity(name.len()), name.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let hex = (first == b'%').then(|| after.get(..2)).flatten();
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).to_ascii_lowercase()
}

/// The part of that name is not as it must be.
pub fn damaged(part: &str, why: &str) -> ExportError {
    let part = if part.is_empty() { "its list of parts" } else { part };
    refuse(
        format!("it is damaged, or no presentation: {part}: {why}"),
        "Open it in PowerPoint or LibreOffice, save it anew as .pptx, and choose that.",
    )
}

/// The file cannot be used at all.
pub fn refuse(why: impl Into<String>, advice: &'static str) -> ExportError {
    ExportError::Presentation { file: "The presentation", why: why.into(), advice }
}

/// Reads a part's text as XML.
///
/// # Errors
/// [`ExportError::Presentation`] with the part's name.
pub fn parse<'a>(name: &str, text: &'a str) -> Result<Tree<'a>, ExportError> {
    Tree::parse(text).map_err(|why| damaged(name, &why))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Package {
        let mut package = Package::new();
        package.default_type("xml", "application/xml");
        package.add("ppt/a.xml", "type/a", "<a/>");
        package.add("ppt/b.xml", "application/xml", "<b/>");
        package.default_type("png", "image/png");
        package.set("ppt/Media/c.PNG", vec![0u8; 10_000]);
        package.relate("", kind::DOCUMENT, "ppt/a.xml").unwrap();
        package.relate("ppt/a.xml", kind::THEME, "ppt/Media/c.PNG").unwrap();
        package
    }

    #[test]
    fn what_is_written_is_read_back_and_written_the_same() {
        let bytes = sample().write().unwrap();
        let mut package = Package::read(&bytes).unwrap();
        assert_eq!(package.write().unwrap(), bytes);
        assert_eq!(package.content_type("ppt/A.xml"), Some("type/a"));
        assert_eq!(package.content_type("/ppt/b.xml"), Some("application/xml"));
        assert_eq!(package.content_type("ppt/media/c.png"), Some("image/png"));
        assert_eq!(package.get("ppt/media/%63.png").map(<[u8]>::len), Some(10_000));
        let rel = package.rels("ppt/a.xml").unwrap().first(kind::THEME).unwrap().clone();
        assert_eq!((rel.target.as_str(), rel.id.as_str()), ("ppt/Media/c.PNG", "rId1"));
        package.remove("ppt/A.xml");
        assert!(!package.has("ppt/_rels/a.xml.rels"));
        assert_eq!(
            package.content_type("ppt/a.xml"),
            Some("application/xml"),
            "its own entry went"
        );
        assert_eq!(package.free_name("ppt/", ".xml"), "ppt/1.xml");
    }

    #[test]
    fn what_is_no_package_is_said_in_plain_words() {
        for (bytes, words) in [
            (&b""[..], "empty"),
            (b"hello", "no .pptx"),
            (b"%PDF-1.7", "PDF"),
            (b"PK\x03\x04", "damaged"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "before 2007"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "password"),
        ] {
            let error = Package::read(bytes).unwrap_err().to_string();
            assert!(error.contains(words) && error.contains("Nothing was written"), "{error}");
        }
        let bytes = sample().write().unwrap();
        assert!(Package::read(&bytes[..bytes.len() / 2]).is_err(), "half of it");
    }
}
