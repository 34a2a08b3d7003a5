//! What a screen reader is told: headings, paragraphs and pictures with their names in reading
//! order, and the bookmarks.
//!
//! Knows which marks on the pages belong to which item; draws nothing.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use krilla::destination::XyzDestination;
use krilla::geom::Rect as Box;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{BBox, Identifier, Node, Tag, TagGroup, TagKind, TagTree};

use crate::geom::Rect;
use crate::model::Doc;
use crate::scene::{Item, Scene};

use super::order::{Reading, Section};
use super::paint::pt;
use super::sheet::Sheet;

/// What of an item is on the pages.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// Of each text: its marks.
    pub texts: Vec<Vec<Identifier>>,
    /// Of an item without text: the whole of it.
    pub picture: Vec<Identifier>,
}

/// The items that are marked, by their numbers in the scene.
pub(super) type Marks = BTreeMap<usize, Marked>;

/// The first page that shows the top left of a place, or the first one.
pub(super) fn page_of(sheets: &[Sheet], place: Rect) -> usize {
    let at = place.center();
    let slack = |sheet: &&Sheet| sheet.part.grow(1.0).contains(at);
    sheets.iter().position(|sheet| slack(&sheet)).unwrap_or(0)
}

/// A name as tags and bookmarks take it: on one line, not without end, nothing that controls.
pub(super) fn plain(name: &str) -> String {
    const LONGEST: usize = 1_000;
    let one_line = name.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let shown = one_line.filter(|c| {
        !c.is_control() && !matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    let shown = shown.filter(|c| u32::from(*c) & 0xfffe != 0xfffe && *c != '\u{feff}');
    shown.take(LONGEST).collect::<String>().trim().to_owned()
}

/// The tree of a map.
pub(super) fn tree(
    doc: &Doc,
    scene: &Scene,
    reading: &Reading,
    mut marks: Marks,
    sheets: &[Sheet],
    language: &str,
) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    let with_text = |marks: &Marks, item: usize| {
        marks.get(&item).is_some_and(|marked| !marked.texts.is_empty())
    };
    if let Some(item) = reading.title.filter(|item| with_text(&marks, *item))
        && let Some(marked) = marks.remove(&item)
    {
        heading(&mut tree.children, 1, plain(&doc.head().title), marked);
    }
    for section in &reading.sections {
        let mut nodes = Vec::new();
        if let Some(item) = section.heading.filter(|item| with_text(&marks, *item))
            && let Some(marked) = marks.remove(&item)
        {
            heading(&mut nodes, 2, plain(&section.title), marked);
        }
        for item in &section.items {
            if let Some(marked) = marks.remove(item) {
                nodes.extend(node(&scene.items[*item], marked, sheets));
            }
        }
        if !nodes.is_empty() {
            tree.push(TagGroup::with_children(Tag::Section, nodes));
        }
    }
    // krilla insists that every mark is in the tree: a heading without words comes last.
    for (item, marked) in marks {
        tree.children.extend(node(&scene.items[item], marked, sheets));
    }
    tree
}

/// A heading of its first text; what else the item says are paragraphs.
fn heading(out: &mut Vec<Node>, level: u16, title: String, marked: Marked) {
    let mut texts = marked.texts.into_iter();
    if let Some(first) = texts.next() {
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        let title = if title.is_empty() { "Untitled".to_owned() } else { title };
        out.push(group(Tag::Hn(level, Some(title)).into(), first));
    }
    out.extend(texts.map(|text| group(Tag::P.into(), text)));
}

fn group(tag: TagKind, marks: Vec<Identifier>) -> Node {
    let children = marks.into_iter().map(Node::Leaf).collect();
    Node::Group(TagGroup::with_children(tag, children))
}

/// A card as a paragraph that is told by its accessible name, or a picture of that name.
fn node(item: &Item, marked: Marked, sheets: &[Sheet]) -> Option<Node> {
    let name = plain(&item.name);
    let name = (!name.is_empty()).then_some(name);
    let texts: Vec<Identifier> = marked.texts.into_iter().flatten().collect();
    if !texts.is_empty() {
        return Some(group(Tag::P.with_alt_text(name).into(), texts));
    }
    let (alt, marks) = (name?, marked.picture);
    if marks.is_empty() {
        return None;
    }
    let page = page_of(sheets, item.rect);
    let on_page = sheets.get(page).and_then(|sheet| placed(item.rect, sheet));
    let tag = Tag::Figure(Some(alt)).with_bbox(on_page.map(|rect| BBox::new(page, rect)));
    Some(group(tag.into(), marks))
}

/// Where a place of the map is on a page.
fn placed(place: Rect, sheet: &Sheet) -> Option<Box> {
    let x = |x: f32| sheet.window.min.x + (x - sheet.part.min.x) * sheet.scale;
    let y = |y: f32| sheet.window.min.y + (y - sheet.part.min.y) * sheet.scale;
    Box::from_ltrb(x(place.min.x), y(place.min.y), x(place.max.x), y(place.max.y))
}

/// Bookmarks: the stages with their steps, or the bands; the title alone where there are none.
pub(super) fn outline(doc: &Doc, scene: &Scene, reading: &Reading, sheets: &[Sheet]) -> Outline {
    let to = |item: Option<usize>, title: &str| {
        let place = item.map_or(Rect::default(), |item| scene.items[item].rect);
        let page = page_of(sheets, place);
        let at = sheets.get(page).and_then(|sheet| placed(place, sheet));
        let at = at.map_or(pt(0.0, 0.0), |at| pt(at.left().max(0.0), at.top().max(0.0)));
        let title = plain(title);
        let title = if title.is_empty() { "Untitled".to_owned() } else { title };
        OutlineNode::new(title, XyzDestination::new(page, at))
    };
    let mut outline = Outline::new();
    let headed = |section: &&Section| section.heading.is_some();
    let mut none = true;
    for section in reading.sections.iter().filter(headed) {
        let mut node = to(section.heading, &section.title);
        for step in &section.steps {
            let hit = scene.items[*step].hit.as_ref();
            node.push_child(to(Some(*step), hit.map_or("", |hit| doc.name_of(&hit.record))));
        }
        outline.push_child(node);
        none = false;
    }
    if none {
        outline.push_child(to(reading.title, &doc.head().title));
    }
    outline
}
