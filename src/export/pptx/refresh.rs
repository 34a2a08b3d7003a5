//! A deck that is there already: slides that we made before are replaced where they stand, new ones
//! come after their predecessor, those of records that are gone are taken out, and all others stay
//! as they are.
//!
//! Not here: what is on our slides, and emptied templates (see [`super::template`]).

use rustc_hash::{FxHashMap, FxHashSet};

use super::layouts::Layouts;
use super::opc::{Package, Rel, damaged, kind, parse, refuse};
use super::place::{Place, Places};
use super::presentation::{Entry, Slot, arrange, slides};
use super::sweep::{cut_links, reached, sweep};
use super::tags::Tags;
use super::template::{
    Template, becomes_presentation, called, choose_as, masters, presentation, unsign,
};
use super::xml::{Edits, Ns};
use crate::export::ExportError;
use crate::export::deck::Frame;

/// A package that slides go into, and the slides that it has.
#[derive(Debug, Clone)]
pub struct Target {
    pub package: Package,
    pub layouts: Layouts,
    pub frame: Frame,
    slides: Vec<Found>,
    /// All parts that were reachable when it was opened.
    before: Vec<String>,
}

/// A slide of the deck.
#[derive(Debug, Clone)]
struct Found {
    entry: Entry,
    /// Where it is one of ours, and no copy of one that comes before it.
    ours: Option<Tags>,
}

/// Where a deck's slides go in it.
#[derive(Debug)]
pub struct Plan {
    /// In the order of the deck's slides.
    pub places: Vec<Place>,
    order: Vec<Slot>,
    /// What a replaced slide keeps.
    kept: Vec<Kept>,
}

/// What people say and decide about a slide as a whole, and therefore outlives what is on it.
#[derive(Debug)]
struct Kept {
    slide: String,
    /// `show="0"` (19.3.1.38 `sld`).
    hidden: bool,
    comments: Vec<Rel>,
}

/// Opens a deck.
///
/// # Errors
/// [`ExportError::Presentation`], which speaks of "the deck to refresh".
pub fn open(bytes: &[u8]) -> Result<Target, ExportError> {
    existing(bytes).map_err(|error| called(error, "The deck to refresh"))
}

fn existing(bytes: &[u8]) -> Result<Target, ExportError> {
    let mut package = Package::read(bytes)?;
    let main = presentation(&package)?;
    let before = reached(&package, |_| true)?;
    unsign(&mut package)?;
    if becomes_presentation(&mut package, &main)? {
        // A template's macros may go; a deck's are its owner's work.
        return Err(refuse(
            "it is a deck with macros (.pptm, .potm), which a .pptx cannot keep",
            "Save it as PowerPoint Presentation (.pptx), and choose that.",
        ));
    }
    let mut known: FxHashSet<(String, String)> = FxHashSet::default();
    let mut found = Vec::new();
    let (mut cover, mut drawing) = (None, None);
    for entry in slides(&package)? {
        if !package.has(&entry.part) {
            return Err(damaged(&entry.part, "it is missing"));
        }
        let rels = package.rels(&entry.part)?;
        let ours = Tags::of(&package, &rels).map(|(tags, _)| tags);
        let ours = ours.filter(|tags| known.insert((tags.map.clone(), tags.key.clone())));
        if let Some(tags) = &ours {
            let layout = rels.first(kind::LAYOUT).map(|rel| rel.target.clone());
            let slot = if tags.key == "cover" { &mut cover } else { &mut drawing };
            *slot = slot.take().or(layout);
        }
        found.push(Found { entry, ours });
    }
    let masters = masters(&package, &main)?;
    let like = [cover.as_deref(), drawing.as_deref()];
    let (layouts, frame) = choose_as(&mut package, &main, &masters, like)?;
    Ok(Target { package, layouts, frame, slides: found, before })
}

impl From<Template> for Target {
    /// A package without slides of its own.
    fn from(Template { package, layouts, frame }: Template) -> Self {
        Self { package, layouts, frame, slides: Vec::new(), before: Vec::new() }
    }
}

impl Target {
    /// Where the slides of a map go. In `partial`, slides of the map that are not among `keys` stay.
    ///
    /// # Errors
    /// [`ExportError::Presentation`] if a slide that is replaced cannot be read.
    pub fn plan(&self, map: &str, keys: &[&str], partial: bool) -> Result<Plan, ExportError> {
        let mine = self.mine(map, keys);
        let wanted: FxHashSet<&str> = keys.iter().copied().collect();
        let mut fresh = Places::of(&self.package);
        let mut places = Vec::with_capacity(keys.len());
        let mut kept = Vec::new();
        // Where in the deck each of our slides stands, by its key.
        let there: FxHashMap<&str, usize> = mine.iter().map(|(key, at)| (*key, *at)).collect();
        // New slides come after the slide at that place; `None`: at the very end.
        let mut after: Vec<Vec<Slot>> = vec![Vec::new(); self.slides.len()];
        let mut first: Vec<Slot> = Vec::new();
        let mut place_of_last: Option<usize> = None;
        for key in keys {
            let new = fresh.next().ok_or_else(|| damaged("", "it has too many slides"))?;
            if let Some(&at) = there.get(key) {
                place_of_last = Some(at);
                places.push(self.replaced(at, new, &mut kept)?);
                continue;
            }
            let slot = Slot::New(new.slide.clone());
            match place_of_last {
                Some(at) => after[at].push(slot),
                None => first.push(slot),
            }
            places.push(new);
        }
        let start = keys.iter().find_map(|key| there.get(key)).copied();
        let mut order = Vec::new();
        for (at, found) in self.slides.iter().enumerate() {
            if start == Some(at) {
                order.append(&mut first);
            }
            let key = mine.iter().find(|(_, it)| *it == at).map(|(key, _)| *key);
            if partial || key.is_none_or(|key| wanted.contains(key)) {
                order.push(Slot::Old(found.entry.id));
            }
            order.append(&mut after[at]);
        }
        order.append(&mut first);
        Ok(Plan { places, order, kept })
    }

    /// The slides of that map, by key and place: those with its title; or else, if all of our slides
    /// are of one map, and most of the stages that it shows are still there, of that one, since
    /// titles change.
    fn mine(&self, map: &str, keys: &[&str]) -> Vec<(&str, usize)> {
        let ours = || {
            let all = self.slides.iter().enumerate();
            all.filter_map(|(at, found)| Some((found.ours.as_ref()?, at)))
        };
        let of = |title: &str| -> Vec<(&str, usize)> {
            ours().filter(|(it, _)| it.map == title).map(|(it, at)| (it.key.as_str(), at)).collect()
        };
        let mine = of(map);
        if !mine.is_empty() {
            return mine;
        }
        let Some((first, _)) = ours().next() else { return Vec::new() };
        if ours().any(|(it, _)| it.map != first.map) {
            return Vec::new();
        }
        // `cover` and `overview` are in every deck; `stage/rent` says whose it is.
        let theirs = of(&first.map);
        let told = theirs.iter().filter(|(key, _)| key.contains('/')).count();
        let same = theirs.iter().filter(|(key, _)| key.contains('/') && keys.contains(key)).count();
        if same > 0 && 2 * same >= told { theirs } else { Vec::new() }
    }

    /// The parts of the slide at that place, to write to again; of what it lacks, new ones.
    fn replaced(&self, at: usize, new: Place, kept: &mut Vec<Kept>) -> Result<Place, ExportError> {
        let slide = &self.slides[at].entry.part;
        let rels = self.package.rels(slide)?;
        let text = self.package.text(slide)?;
        let tree = parse(slide, &text)?;
        let show = tree.attribute(tree.root(), Ns::None, "show");
        kept.push(Kept {
            slide: slide.clone(),
            hidden: matches!(show, Some("0" | "false")),
            comments: rels.iter().filter(|rel| is_comments(rel)).cloned().collect(),
        });
        let there = |kind| {
            let part = rels.first(kind).map(|rel| rel.target.as_str());
            part.and_then(|part| self.package.name(part)).map(str::to_owned)
        };
        let tags = Tags::of(&self.package, &rels).map(|(_, part)| part);
        Ok(Place {
            slide: self.package.name(slide).unwrap_or(slide).to_owned(),
            notes: there(kind::NOTES).unwrap_or(new.notes),
            tags: tags.unwrap_or(new.tags),
        })
    }

    /// Puts the deck in order once the slides are written, and takes out what nothing leads to now.
    ///
    /// # Errors
    /// [`ExportError::Presentation`] if what was there cannot be read.
    pub fn finish(&mut self, plan: &Plan) -> Result<(), ExportError> {
        let package = &mut self.package;
        for Kept { slide, hidden, comments } in &plan.kept {
            let mut rels = package.rels(slide)?;
            for rel in comments {
                rels.add(&rel.kind, &rel.target);
            }
            package.set_rels(&rels);
            if *hidden {
                let text = package.text(slide)?;
                let tree = parse(slide, &text)?;
                let at = tree.span(tree.root()).start + 1 + tree.name(tree.root()).len();
                let mut edits = Edits::default();
                edits.replace(at..at, " show=\"0\"".to_owned());
                let changed = edits.apply(&text);
                package.set(slide, changed);
            }
        }
        let was: FxHashSet<String> = slides(package)?.into_iter().map(|entry| entry.part).collect();
        arrange(package, &plan.order)?;
        let now: FxHashSet<String> = slides(package)?.into_iter().map(|entry| entry.part).collect();
        let gone: FxHashSet<&String> = was.difference(&now).collect();
        if !gone.is_empty() {
            let owners = reached(package, |rel| {
                rel.kind != kind::SLIDE || !gone.iter().any(|part| **part == rel.target)
            })?;
            cut_links(package, &owners, |target| gone.iter().any(|part| *part == target))?;
        }
        sweep(package, &self.before)
    }
}

/// Comments hang on a slide by relationship alone: 13.3.2, and [MS-PPTX] 2.1.32 of today's.
fn is_comments(rel: &Rel) -> bool {
    !rel.external && rel.kind.ends_with("/relationships/comments")
}
