//! Relationships: which part refers to which, under what id (ECMA-376 part 2, 6.5).
//!
//! Reads them as they stand and writes back only what was added or taken out.

use std::ops::Range;

use crate::export::pptx::xml::{Edits, Ns, Tree, escape};

/// What a relationship is for: the types of the parts that we touch.
pub mod kind {
    macro_rules! office {
        ($($name:ident = $last:literal),+ $(,)?) => { $(
            pub const $name: &str = concat!(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/", $last
            );
        )+ };
    }
    office! {
        DOCUMENT = "officeDocument",
        EXTENDED_PROPERTIES = "extended-properties",
        SLIDE = "slide",
        LAYOUT = "slideLayout",
        MASTER = "slideMaster",
        NOTES = "notesSlide",
        NOTES_MASTER = "notesMaster",
        THEME = "theme",
        TAGS = "tags",
        TABLE_STYLES = "tableStyles",
        PRESENTATION_PROPERTIES = "presProps",
        VIEW_PROPERTIES = "viewProps",
    }
    pub const CORE_PROPERTIES: &str =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    /// [MS-OFFMACRO2]: the macros of a .pptm.
    pub const MACROS: &str = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";
    /// [MS-CUSTOMUI]: what macros add to the ribbon; there are later ones of the same beginning.
    pub const RIBBON: &str = "http://schemas.microsoft.com/office/2006/relationships/ui/";
    pub const RIBBON_2007: &str =
        "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility";
    /// Part 2, 10: where digital signatures begin.
    pub const SIGNATURES: &str =
        "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin";
}

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// One relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rel {
    pub id: String,
    pub kind: String,
    /// The part's name, as [`super::Package::get`] takes it; where `external`, the address as it
    /// stands.
    pub target: String,
    /// It leads out of the package.
    pub external: bool,
}

/// The relationships of one part.
#[derive(Debug, Clone)]
pub struct Rels {
    owner: String,
    source: Option<String>,
    /// Those of the source, with their place there.
    old: Vec<(Rel, Range<usize>)>,
    removed: Vec<Range<usize>>,
    new: Vec<Rel>,
}

/// The name of the part that holds a part's relationships.
pub(super) fn part_of(owner: &str) -> String {
    let (folder, file) = owner.rsplit_once('/').unwrap_or(("", owner));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

impl Rels {
    /// None yet.
    pub fn new(owner: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            source: None,
            old: Vec::new(),
            removed: Vec::new(),
            new: Vec::new(),
        }
    }

    pub(super) fn parse(owner: &str, source: String) -> Result<Self, String> {
        let tree = Tree::parse(&source)?;
        let mut old = Vec::new();
        for node in tree.children(tree.root()) {
            let value = |name| tree.attribute(node, Ns::None, name).map(str::to_owned);
            let (Some(id), Some(kind), Some(target)) =
                (value("Id"), value("Type"), value("Target"))
            else {
                return Err("a relationship lacks its id, its type or its target".to_owned());
            };
            let external = value("TargetMode").is_some_and(|it| it == "External");
            let target = if external { target } else { resolve(owner, &target) };
            old.push((Rel { id, kind, target, external }, tree.span(node)));
        }
        Ok(Self { old, source: Some(source), ..Self::new(owner) })
    }

    pub fn owner(&self) -> &str {
        &self.owner
    }

    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    pub(super) fn is_changed(&self) -> bool {
        !self.removed.is_empty() || !self.new.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Rel> {
        self.old.iter().map(|(rel, _)| rel).chain(&self.new)
    }

    pub fn by_id(&self, id: &str) -> Option<&Rel> {
        self.iter().find(|rel| rel.id == id)
    }

    /// The first of a kind that stays in the package.
    pub fn first(&self, kind: &str) -> Option<&Rel> {
        self.iter().find(|rel| rel.kind == kind && !rel.external)
    }

    /// Those of a kind that stay in the package.
    pub fn each<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = &'s Rel> + 's {
        self.iter().filter(move |rel| rel.kind == kind && !rel.external)
    }

    /// Adds a relationship to the part of that name, and gives its id: `rId` and the next number
    /// above those that there are.
    pub fn add(&mut self, kind: &str, target: &str) -> String {
        let number = |rel: &Rel| rel.id.strip_prefix("rId").and_then(|it| it.parse::<u32>().ok());
        // Those of our own count up; and somebody may have taken the highest number there is.
        let last = match self.new.last().and_then(number) {
            Some(last) => last,
            None => self.iter().filter_map(number).filter(|it| *it < 1 << 30).max().unwrap_or(0),
        };
        let id = (last + 1..)
            .map(|number| format!("rId{number}"))
            .find(|id| self.by_id(id).is_none())
            .expect("fewer relationships than numbers");
        let (kind, target) = (kind.to_owned(), target.to_owned());
        self.new.push(Rel { id: id.clone(), kind, target, external: false });
        id
    }

    /// Adds a relationship of another part as it is, under the same id.
    pub fn copy(&mut self, rel: &Rel) {
        self.new.push(rel.clone());
    }

    /// Takes out those that `gone` says.
    pub fn remove(&mut self, mut gone: impl FnMut(&Rel) -> bool) {
        self.new.retain(|rel| !gone(rel));
        let removed = &mut self.removed;
        self.old.retain(|(rel, place)| {
            let gone = gone(rel);
            if gone {
                removed.push(place.clone());
            }
            !gone
        });
    }

    pub(super) fn to_xml(&self) -> String {
        let empty = || {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
                 <Relationships xmlns=\"{RELATIONSHIPS}\"></Relationships>"
            )
        };
        let source = self.source.clone().unwrap_or_else(empty);
        let Ok(tree) = Tree::parse(&source) else { return source };
        let mut edits = Edits::default();
        for place in &self.removed {
            edits.delete(place.clone());
        }
        let prefix = tree.prefix(tree.root());
        let mut added = String::new();
        for Rel { id, kind, target, external } in &self.new {
            let (target, mode) = if *external {
                (target.clone(), " TargetMode=\"External\"")
            } else {
                (relative(&self.owner, target), "")
            };
            added.push_str(&format!(
                "<{prefix}Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{mode}/>",
                escape(id),
                escape(kind),
                escape(&target)
            ));
        }
        if !added.is_empty() {
            tree.append(tree.root(), &added, &mut edits);
        }
        edits.apply(&source)
    }
}

/// The part that a target leads to, from the folder of its owner (RFC 3986, 5.2).
fn resolve(owner: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default().replace('\\', "/");
    let folder = owner.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The way from a part to another.
fn relative(owner: &str, target: &str) -> String {
    let folder: Vec<&str> = owner.split('/').rev().skip(1).collect::<Vec<_>>();
    let folder: Vec<&str> = folder.into_iter().rev().collect();
    let steps: Vec<&str> = target.split('/').collect();
    let common = folder.iter().zip(&steps[..steps.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut way = "../".repeat(folder.len() - common);
    way.push_str(&steps[common..].join("/"));
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_their_owner_and_back() {
        for (owner, target, part) in [
            ("ppt/slides/slide1.xml", "../slideLayouts/a.xml", "ppt/slideLayouts/a.xml"),
            ("ppt/presentation.xml", "slides/slide1.xml", "ppt/slides/slide1.xml"),
            ("", "ppt/presentation.xml", "ppt/presentation.xml"),
            ("ppt/a.xml", "../docProps/b.xml", "docProps/b.xml"),
        ] {
            assert_eq!(resolve(owner, target), part);
            assert_eq!(relative(owner, part), target);
        }
        assert_eq!(resolve("ppt/slides/a.xml", "/ppt/./x/../b.xml"), "ppt/b.xml");
        assert_eq!(resolve("ppt/a.xml", "../../../etc/b.xml"), "etc/b.xml", "no way out");
        assert_eq!(resolve("ppt/a.xml", "slides\\b.xml#2"), "ppt/slides/b.xml");
    }

    #[test]
    fn only_what_changes_is_written_anew() {
        let source = "<?xml version='1.0'?>\r\n<x:Relationships xmlns:x='u'>\n  <x:Relationship \
                      Target='a.xml' Type='t' Id='rId7'/>  <!-- kept -->\n<x:Relationship Id='b' \
                      Type='t' Target='http://x/?a&amp;b' TargetMode='External'></x:Relationship>\
                      </x:Relationships>";
        let mut rels = Rels::parse("ppt/p.xml", source.to_owned()).unwrap();
        assert_eq!(rels.to_xml(), source);
        assert_eq!(rels.by_id("b").unwrap().target, "http://x/?a&b");
        assert_eq!(rels.add("t", "ppt/b.xml"), "rId8");
        assert_eq!(rels.add("t", "c.xml"), "rId9");
        rels.remove(|rel| rel.id == "b" || rel.id == "rId8");
        let written = rels.to_xml();
        let start = source.find("<x:Relationship Id='b'").unwrap();
        assert!(written.starts_with(&source[..start]), "{written}");
        let added = "<x:Relationship Id=\"rId9\" Type=\"t\" Target=\"../c.xml\"/>";
        assert_eq!(written[start..], format!("{added}</x:Relationships>"));
    }

    #[test]
    fn ids_stay_unique_where_the_highest_number_is_taken() {
        let item = |id: &str| format!("<Relationship Id='{id}' Type='t' Target='a.xml'/>");
        let source = [item("rId3"), item("rId4294967295"), item("rIdX"), item("rId4")].concat();
        let mut rels = Rels::parse("", format!("<Relationships>{source}</Relationships>")).unwrap();
        assert_eq!([rels.add("t", "a"), rels.add("t", "b")], ["rId5", "rId6"]);
    }
}
