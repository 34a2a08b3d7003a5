//! The strict reader: a map out of a text, and everything that was wrong with the text.
//!
//! Reading never fails: one wrong field loses that field, one wrong record loses that record, a
//! file cut short keeps what is there. The text is walked over once for its brackets (`read/tree`)
//! and once for its values (`read/value`). Not here: what records may say about each other (see
//! `model::check`, which this asks), and the disk (see `open`).

mod atom;
mod conflict;
mod lex;
mod place;
mod tree;
mod value;

use std::borrow::Cow;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::write::FORMAT;
use super::{Diagnostic, Level, Loaded};
use crate::model::check::{self, Finding};
use crate::model::record::{self, Head};
use crate::model::{Doc, Id, Kind, Patch, Record};

use place::Lines;
use tree::{Fault, Shape, Tree};

/// Reads a map. Never fails: what could not be read is among the diagnostics, and a text that
/// holds no map gives an empty one and an error.
///
/// Broken rules of the records (`E1xx`) are among them as well; weaknesses are not.
pub fn read(text: &str) -> Loaded {
    let (text, notes) = prepare(text);
    let reading = Reading::of(&text, notes);
    let errors = reading.map_of_it().map(check::errors).unwrap_or_default();
    reading.finish(errors).0
}

/// Reads a map and says all that there is to say about it in the order of the file, each with its
/// place and nothing twice: what [`Loaded::diagnostics`] holds, and the weaknesses (`W2xx`).
///
/// `today` is what due dates are measured against; without it nothing is overdue.
pub fn check_text(text: &str, today: Option<Date>) -> (Loaded, Vec<Diagnostic>) {
    let (text, notes) = prepare(text);
    let reading = Reading::of(&text, notes);
    let findings = reading.map_of_it().map(|doc| check::check(doc, today)).unwrap_or_default();
    reading.finish(findings)
}

/// Makes a text fit to be read, byte for byte in its place: without a byte order mark, and
/// without conflict markers and the other side of a conflict.
fn prepare(text: &str) -> (Cow<'_, str>, Vec<Fault>) {
    let mut notes = Vec::new();
    let mut note = |code, at, message: &str| {
        notes.push(Fault { code, at, message: message.to_owned() });
    };
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    if bare.len() < text.len() {
        note("W001", 0, "The file starts with a byte order mark; saving leaves it out.");
    }
    if let Some(at) = bare.find("\r\n") {
        note("W002", at, "Lines end in CR LF; saving writes LF.");
    }
    let (text, conflicts) = conflict::first_side(bare);
    for at in conflicts {
        note("E006", at, "A merge was left undone here; the first of its two sides is shown.");
    }
    (text, notes)
}

/// A text that is being read.
struct Reading<'t> {
    tree: Tree<'t>,
    doc: Doc,
    lossy: bool,
    read_only: Option<String>,
    /// Where each record's fields stand.
    records: FxHashMap<Id, u32>,
    found: Vec<Found>,
    /// How much more was found than is told.
    more: usize,
}

/// So many mistakes are told one by one.
const MOST_FOUND: usize = 1000;

/// Something to say about a place in the text.
struct Found {
    fault: Fault,
    record: Option<Id>,
}

/// What stands at the outermost level.
enum Part {
    Format(u32),
    Section(Kind, u32),
    Field,
}

impl<'t> Reading<'t> {
    fn of(text: &'t str, notes: Vec<Fault>) -> Self {
        let mut tree = tree::parse(text);
        let faults = std::mem::take(&mut tree.faults);
        let mut it = Self {
            doc: Doc::default(),
            lossy: false,
            read_only: None,
            records: FxHashMap::default(),
            found: Vec::new(),
            more: 0,
            tree,
        };
        notes.into_iter().chain(faults).for_each(|fault| it.say(fault, None));
        if let Some(at) = it.tree.comment {
            it.warn("W003", at, "Saving leaves comments out; the first one is here.");
            it.lossy = true;
        }
        match it.tree.root {
            Some(root) if it.tree.node(root).shape == Shape::Group => it.map(root),
            _ if text.trim().is_empty() => it.error("E001", 0, "The file is empty."),
            _ => it.error("E001", 0, "This is no map: a map is written `( … )`."),
        }
        it
    }

    fn say(&mut self, fault: Fault, record: Option<Id>) {
        self.lossy |= fault.code.starts_with('E');
        if self.found.len() < MOST_FOUND {
            self.found.push(Found { fault, record });
        } else {
            self.more += 1;
        }
    }

    fn error(&mut self, code: &'static str, at: usize, message: impl Into<String>) {
        self.say(Fault { code, at, message: message.into() }, None);
    }

    fn warn(&mut self, code: &'static str, at: usize, message: &str) {
        self.error(code, at, message);
    }

    fn start(&self, node: u32) -> usize {
        self.tree.node(node).start as usize
    }

    /// The whole map: format first, as it says how to take the rest.
    fn map(&mut self, root: u32) {
        let mut not_head = FxHashSet::default();
        let mut sections = Vec::new();
        let mut format = None;
        let mut seen = FxHashSet::default();
        for item in self.tree.range(root) {
            match self.part(item) {
                Some(Part::Format(value)) if format.is_none() => format = Some(value),
                Some(Part::Format(value)) => {
                    let at = self.start(value);
                    self.error("E012", at, "`format` is here twice; the first one counts.");
                }
                Some(Part::Section(kind, value)) => {
                    if !seen.insert(kind) {
                        let name = kind.section();
                        let message = format!("The section `{name}` is here twice; both are read.");
                        self.error("E012", self.start(value), message);
                    }
                    sections.push((kind, value));
                }
                Some(Part::Field) => continue,
                None => {}
            }
            not_head.insert(item);
        }
        self.format(format, self.start(root));
        let mut faults = Vec::new();
        let head: Option<Head> = value::read(&self.tree, root, not_head, &mut faults);
        for fault in faults {
            self.error(fault.code, fault.at, format!("{} It was left out.", fault.message));
        }
        self.doc = Doc::with_head(head.unwrap_or_default());
        let mut patch = Patch::default();
        for (kind, section) in sections {
            self.section(kind, section, &mut patch);
        }
        self.doc.apply(&patch);
    }

    /// What an item at the outermost level is; `None` where it is nothing, which is reported.
    fn part(&mut self, item: u32) -> Option<Part> {
        let item = self.tree.item(item);
        if !item.whole {
            return None;
        }
        let Some(key) = item.key else {
            self.error("E002", self.start(item.value), "A name and a `:` are missing before this.");
            return None;
        };
        if self.tree.node(key).shape == Shape::Text {
            let message = "This stands in no section, so nobody knows what it is; it was left out.";
            self.error("E011", self.start(key), message);
            return None;
        }
        let name = atom::word(self.tree.source(key));
        if name == "format" {
            return Some(Part::Format(item.value));
        }
        let is_map = self.tree.node(item.value).shape == Shape::Map;
        match Kind::ALL.into_iter().find(|kind| kind.section() == name) {
            Some(kind) => Some(Part::Section(kind, item.value)),
            None if is_map => {
                let message = format!("The section `{name}` is not known; it was left out.");
                self.error("E011", self.start(key), message);
                None
            }
            None => Some(Part::Field),
        }
    }

    fn format(&mut self, value: Option<u32>, start: usize) {
        let Some(value) = value else {
            let message = format!("There is no `format: {FORMAT}`; the file is read as that.");
            return self.warn("W004", start, &message);
        };
        let at = self.start(value);
        match atom::whole(self.tree.source(value)) {
            Some(format) if format == i128::from(FORMAT) => {}
            Some(format) if format > i128::from(FORMAT) => {
                let reason = format!(
                    "This map was written by a newer version (format {format}; this one knows \
                     {FORMAT}). It can be looked at here, but not saved over its file."
                );
                self.error("E007", at, reason.clone());
                self.read_only = Some(reason);
            }
            _ => {
                let message = format!("Expected `format: {FORMAT}`; the file is read as that.");
                self.error("E008", at, message);
            }
        }
    }

    /// Reads the records of one kind into the patch that makes the document.
    fn section(&mut self, kind: Kind, section: u32, patch: &mut Patch) {
        let node = *self.tree.node(section);
        if node.shape != Shape::Map {
            let name = kind.section();
            let found = atom::shown(node.shape, self.tree.source(section));
            let message = format!("Expected a map `{{…}}` of {name} here, not {found}.");
            return self.error("E015", node.start as usize, message);
        }
        for item in self.tree.range(section) {
            let item = self.tree.item(item);
            // What is not whole has been reported.
            if !item.whole {
                self.lossy = true;
                continue;
            }
            let Some(id) = item.key.and_then(|key| self.id(kind, key)) else { continue };
            if let Some(record) = self.record(kind, &id, item.value) {
                patch.set(&id, None, Some(record.into()));
                self.records.insert(id, item.value);
            }
        }
    }

    /// The id of a record; what is none, or taken, is reported.
    fn id(&mut self, kind: Kind, key: u32) -> Option<Id> {
        let (at, source) = (self.start(key), self.tree.source(key));
        let left_out = format!("this {} was left out.", kind.singular());
        if self.tree.node(key).shape != Shape::Text {
            let found = atom::shown(self.tree.node(key).shape, source);
            self.error("E014", at, format!("Expected an id in quotes, not {found}; {left_out}"));
            return None;
        }
        let id = atom::text(source).and_then(|id| Id::new(&id).map_err(|why| format!("{why}")));
        match id {
            Ok(id) if !self.records.contains_key(&id) => Some(id),
            Ok(id) => {
                let message = format!("The id \"{id}\" is taken by a record above; {left_out}");
                self.error("E013", at, message);
                None
            }
            Err(why) => {
                self.error("E014", at, format!("This is no id ({why}); {left_out}"));
                None
            }
        }
    }

    fn record(&mut self, kind: Kind, id: &Id, node: u32) -> Option<Record> {
        let mut faults = Vec::new();
        let (tree, f) = (&self.tree, &mut faults);
        let record = match kind {
            Kind::Segment => typed::<record::Segment>(tree, node, f),
            Kind::Stage => typed::<record::Stage>(tree, node, f),
            Kind::Lane => typed::<record::Lane>(tree, node, f),
            Kind::Step => typed::<record::Step>(tree, node, f),
            Kind::Touchpoint => typed::<record::Touchpoint>(tree, node, f),
            Kind::Influencer => typed::<record::Influencer>(tree, node, f),
            Kind::System => typed::<record::System>(tree, node, f),
            Kind::Link => typed::<record::Link>(tree, node, f),
            Kind::Friction => typed::<record::Friction>(tree, node, f),
            Kind::Delight => typed::<record::Delight>(tree, node, f),
            Kind::Action => typed::<record::Action>(tree, node, f),
            Kind::Measure => typed::<record::Measure>(tree, node, f),
            Kind::Reading => typed::<record::Reading>(tree, node, f),
            Kind::Verbatim => typed::<record::Verbatim>(tree, node, f),
            Kind::Note => typed::<record::Note>(tree, node, f),
            Kind::View => typed::<record::View>(tree, node, f),
        };
        if faults.is_empty() {
            return record;
        }
        let name = record.as_ref().map_or("", |record| record.name());
        let name = if name.is_empty() { id.as_str() } else { name };
        let what = format!("{} “{name}”", kind.singular());
        let last = faults.len() - 1;
        for (n, mut fault) in faults.into_iter().enumerate() {
            match &record {
                Some(_) => fault.message.push_str(&format!(" The {what} is shown without it.")),
                None if n == last => fault.message.push_str(&format!(" The {what} was left out.")),
                None => {}
            }
            self.say(fault, Some(id.clone()));
        }
        record
    }

    /// The document, where the text holds one at all.
    fn map_of_it(&self) -> Option<&Doc> {
        let root = self.tree.root?;
        (self.tree.node(root).shape == Shape::Group).then_some(&self.doc)
    }

    /// Puts everything that was found, and what the checks found, in the order of the file with
    /// lines and columns. The weaknesses are in the second list only.
    fn finish(mut self, findings: Vec<Finding>) -> (Loaded, Vec<Diagnostic>) {
        if self.more > 0 {
            let message = format!("There are {} more mistakes than are listed.", self.more);
            let fault = Fault { code: "E009", at: self.tree.text.len(), message };
            self.found.push(Found { fault, record: None });
        }
        for finding in findings {
            let at = self.place(finding.record.as_ref(), finding.field);
            let fault = Fault { code: finding.code, at, message: finding.message };
            self.found.push(Found { fault, record: finding.record });
        }
        self.found.sort_by_key(|it| it.fault.at);
        let mut lines = Lines::new(self.tree.text);
        let all = self.found.into_iter().map(|Found { fault, record }| {
            let (line, column) = lines.place(fault.at);
            let error = fault.code.starts_with('E');
            let level = if error { Level::Error } else { Level::Warning };
            Diagnostic { code: fault.code, level, message: fault.message, line, column, record }
        });
        let all: Vec<_> = all.collect();
        let diagnostics = all.iter().filter(|it| !it.code.starts_with("W2")).cloned().collect();
        let Self { doc, lossy, read_only, .. } = self;
        (Loaded { doc, diagnostics, lossy, read_only }, all)
    }

    /// Where a field of a record stands; where it is not written, the record; else the map.
    fn place(&self, record: Option<&Id>, field: Option<&str>) -> usize {
        let Some(node) = record.map_or(self.tree.root, |id| self.records.get(id).copied()) else {
            return 0;
        };
        let value = field.and_then(|field| self.field(node, field));
        self.start(value.unwrap_or(node))
    }

    /// The value of a field, in a node itself or else in the groups within it.
    fn field(&self, node: u32, field: &str) -> Option<u32> {
        let items = || self.tree.range(node).map(|item| self.tree.item(item));
        let named = |item: &tree::Item| item.key.is_some_and(|key| self.tree.source(key) == field);
        let within = |item: tree::Item| match self.tree.node(item.value).shape {
            Shape::Group => self.field(item.value, field),
            _ => None,
        };
        items().find(named).map(|item| item.value).or_else(|| items().find_map(within))
    }
}

/// Reads one record of a type.
fn typed<'t, T: Deserialize<'t> + Into<Record>>(
    tree: &Tree<'t>,
    node: u32,
    faults: &mut Vec<Fault>,
) -> Option<Record> {
    value::read::<T>(tree, node, FxHashSet::default(), faults).map(Into::into)
}
