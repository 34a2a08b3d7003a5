//! How slides that we made are known again: by tags, PowerPoint's own name-value pairs for programs
//! (ECMA-376 part 1, 13.3.14 User-Defined Tags; 19.3.1.81 `tagLst`). They survive every save, and
//! moving and copying a slide, and nobody sees them.
//!
//! A slide refers to its tags with `<p:custDataLst><p:tags r:id="…"/></p:custDataLst>`, the last
//! child of its `p:cSld` but for extensions. Not here: which slide replaces which.

use super::opc::{Package, Rels, kind};
use super::xml::{Ns, P, Tree, escape};

/// The content type of a part of tags.
pub const CONTENT_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.tags+xml";

/// The map's title when the slide was made. PowerPoint keeps names of tags in capitals.
const MAP: &str = "THROUGHLINE_MAP";
/// The slide's key: see [`crate::export::deck::Slide::key`].
const SLIDE: &str = "THROUGHLINE_SLIDE";

/// What a slide's tags say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tags {
    pub map: String,
    pub key: String,
}

impl Tags {
    /// The part's XML.
    pub fn to_xml(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <p:tagLst xmlns:p=\"{P}\"><p:tag name=\"{MAP}\" val=\"{}\"/>\
             <p:tag name=\"{SLIDE}\" val=\"{}\"/></p:tagLst>",
            escape(&self.map),
            escape(&self.key)
        )
    }

    fn parse(source: &str) -> Option<Self> {
        let tree = Tree::parse(source).ok()?;
        let value = |name: &str| {
            tree.each(tree.root(), Ns::P, "tag")
                .find(|tag| {
                    let said = tree.attribute(*tag, Ns::None, "name");
                    said.is_some_and(|said| said.eq_ignore_ascii_case(name))
                })
                .and_then(|tag| tree.attribute(tag, Ns::None, "val"))
                .map(str::to_owned)
        };
        Some(Self { map: value(MAP)?, key: value(SLIDE)? })
    }

    /// The tags of a slide, if it is one of ours, and the part that they are in.
    pub fn of(package: &Package, slide: &Rels) -> Option<(Self, String)> {
        slide.each(kind::TAGS).find_map(|rel| {
            let tags = Self::parse(&package.text(&rel.target).ok()?)?;
            Some((tags, rel.target.clone()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_come_back_as_they_were() {
        let map = "\"Rent\" <a> & b's\nfilm \u{1f469}\u{200d}\u{1f4bb} \u{202e}x".to_owned();
        let tags = Tags { map, key: "stage/rent/2".to_owned() };
        assert_eq!(Tags::parse(&tags.to_xml()), Some(tags));
        let odd = Tags { map: "a\u{0}b\u{1f}c\u{ffff}".to_owned(), key: String::new() };
        assert_eq!(
            Tags::parse(&odd.to_xml()).unwrap().map,
            "abc",
            "what XML cannot say is left out"
        );
        assert_eq!(Tags::parse("<p:tagLst xmlns:p='x'/>"), None);
    }
}
