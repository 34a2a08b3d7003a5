//! The order in which a map is read aloud: its title, what explains it, then stage by stage and
//! step by step, or band by band; its links at the end.
//!
//! Told from where things stand, as people read a picture. Knows no file format.

use crate::geom::Rect;
use crate::model::Doc;
use crate::model::record::Step;
use crate::scene::{Item, Layer, Part, Scene, Shape};

/// A part of the map under a heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    /// The item that is the heading; none of what stands before the first and of the links.
    pub heading: Option<usize>,
    /// What it is called in the bookmarks.
    pub title: String,
    /// The items under it, as numbers in the scene, in reading order.
    pub items: Vec<usize>,
    /// The steps in it, which are bookmarks too.
    pub steps: Vec<usize>,
}

/// A scene as it is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Reading {
    /// The item that is the map's title.
    pub title: Option<usize>,
    pub sections: Vec<Section>,
}

/// Where an item is read within a section.
#[derive(Debug, PartialEq, PartialOrd)]
struct Key {
    column: usize,
    y: f32,
    x: f32,
    number: usize,
}

/// The reading order of all items that are named or hold text.
pub(super) fn reading(doc: &Doc, scene: &Scene) -> Reading {
    let bands = heads(doc, scene, |head, ground| head.max.y == ground.max.y);
    let by_band = !bands.is_empty();
    let heads = match by_band {
        true => bands,
        false => heads(doc, scene, |head, ground| head.max.x == ground.max.x),
    };
    let steps: Vec<(f32, usize)> = {
        let all = scene.items.iter().enumerate().filter(|(_, item)| is_step(doc, item));
        let mut all: Vec<_> = all.map(|(i, item)| (item.rect.min.x, i)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all
    };
    let mut out = Reading { title: title(scene), sections: vec![Section::of(None, String::new())] };
    out.sections.extend(heads.iter().map(|head| Section::of(Some(head.item), head.title.clone())));
    let mut links = Section::of(None, String::new());
    let mut keyed: Vec<Vec<(Key, usize)>> = out.sections.iter().map(|_| Vec::new()).collect();
    for (i, item) in scene.items.iter().enumerate() {
        let head = out.title == Some(i) || heads.iter().any(|head| head.item == i);
        if head {
            continue;
        }
        if item.hit.as_ref().is_some_and(|hit| hit.part == Part::Link) {
            links.items.push(i);
            continue;
        }
        // What is wider than its column belongs to the one that it begins in.
        let lead = item.rect.min.x + (item.rect.width() / 2.0).min(40.0);
        let section = heads.iter().position(|head| {
            if by_band {
                (head.rect.min.y..=head.rect.max.y).contains(&item.rect.center().y)
            } else {
                (head.rect.min.x..=head.rect.max.x).contains(&lead)
                    && item.rect.max.y >= head.rect.min.y
            }
        });
        let column = if by_band { 0 } else { steps.partition_point(|(left, _)| *left <= lead) };
        // Marks stand on the upper edge of what they are about.
        let y = if item.layer == Layer::Marks { item.rect.max.y } else { item.rect.min.y };
        let key = Key { column, y, x: item.rect.min.x, number: i };
        keyed[section.map_or(0, |n| n + 1)].push((key, i));
    }
    for (section, mut items) in out.sections.iter_mut().zip(keyed) {
        items.sort_by(|(a, _), (b, _)| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        section.items = items.into_iter().map(|(_, i)| i).collect();
        let is_step = |i: &usize| is_step(doc, &scene.items[*i]);
        section.steps = section.items.iter().copied().filter(is_step).collect();
    }
    out.sections.push(links);
    out
}

impl Section {
    fn of(heading: Option<usize>, title: String) -> Self {
        Self { heading, title, items: Vec::new(), steps: Vec::new() }
    }
}

struct Head {
    item: usize,
    rect: Rect,
    title: String,
}

fn is_step(doc: &Doc, item: &Item) -> bool {
    let hit = item.hit.as_ref().filter(|hit| hit.part == Part::Card);
    hit.is_some_and(|hit| doc.get_as::<Step>(&hit.record).is_some())
}

/// The map's title: the upper-most named thing that stands for no record.
fn title(scene: &Scene) -> Option<usize> {
    let is_text = |shape: &Shape| matches!(shape, Shape::Text { .. });
    let named = |item: &Item| {
        let says = item.shapes.iter().any(|(_, shape)| is_text(shape));
        item.hit.is_none() && !item.name.trim().is_empty() && says
    };
    let candidates = scene.items.iter().enumerate().filter(|(_, item)| named(item));
    let first = candidates.min_by(|a, b| a.1.rect.min.y.total_cmp(&b.1.rect.min.y))?;
    let top = scene.items.iter().map(|item| item.rect.min.y).fold(f32::INFINITY, f32::min);
    (first.1.rect.min.y <= top + 1.0).then_some(first.0)
}

/// The heads of stages or of bands, from left to right and from top to bottom: each stands at the
/// top left of a ground, and along that side of it that `fits` says.
fn heads(doc: &Doc, scene: &Scene, fits: impl Fn(Rect, Rect) -> bool) -> Vec<Head> {
    let grounds: Vec<Rect> = scene
        .items
        .iter()
        .filter(|item| item.layer == Layer::Ground && item.name.is_empty())
        .map(|item| item.rect)
        .collect();
    let named = |item: &Item| item.layer == Layer::Lines && !item.name.trim().is_empty();
    let mut out: Vec<Head> = scene
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| named(item))
        .filter_map(|(i, item)| {
            let head = item.rect;
            let rect = *grounds.iter().find(|it| it.min == head.min && fits(head, **it))?;
            let record = item.hit.as_ref().map_or("", |hit| doc.name_of(&hit.record)).trim();
            // `Band: Frontstage. 3 cards.`: the first sentence names it.
            let said = item.name.split(". ").next().unwrap_or_default().trim_end_matches('.');
            let title = if record.is_empty() { said } else { record };
            Some(Head { item: i, rect, title: title.to_owned() })
        })
        .collect();
    let before = |a: &Head, b: &Head| {
        (a.rect.min.y.total_cmp(&b.rect.min.y)).then(a.rect.min.x.total_cmp(&b.rect.min.x))
    };
    out.sort_by(before);
    out
}
