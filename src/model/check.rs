//! Checks: every rule that a document can break, and every weakness that a facilitator would want
//! to hear, in the map's own names.
//!
//! Not here: what is wrong with a file as such (`file`), and places in it. Nothing here changes a
//! document; a [`Repair`] is a patch that someone may apply.

mod refs;
mod repair;
mod values;
mod weak;

use std::cell::OnceCell;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::record::Link;
use super::{Doc, Edge, Id, Kind, Patch, Record, Typed};

/// The codes, with a title each: errors (a rule is broken) from `E101`, weaknesses from `W201`.
/// A code keeps its meaning for ever.
pub const CODES: &[(&str, &str)] = &[
    ("E101", "refers to something that is not there"),
    ("E102", "refers to the wrong kind of record"),
    ("E103", "a link between records that it cannot join"),
    ("E104", "a number out of its range"),
    ("E105", "a negative amount, or no number at all"),
    ("E106", "no name"),
    ("E107", "an answer or a score outside the measure's scale"),
    ("E108", "a scale that is no scale"),
    ("E109", "a record that refers to itself"),
    ("E110", "the same link twice"),
    ("E111", "a reading without one measure and one score"),
    ("E112", "no colour or no currency"),
    ("W201", "a touchpoint without an owner"),
    ("W202", "a step without a touchpoint"),
    ("W203", "a step without an emotion"),
    ("W204", "a touchpoint that nothing supports"),
    ("W205", "a friction point without a cause"),
    ("W206", "a cause without an action"),
    ("W207", "an action without an owner"),
    ("W208", "an action without a date"),
    ("W209", "an overdue action"),
    ("W210", "an internal system that nothing uses"),
    ("W211", "a segment that no importance mentions"),
    ("W212", "a friction point without a severity"),
    ("W213", "a delight without a strength"),
    ("W214", "a segment without a priority"),
    ("W215", "a friction point or delight without a place"),
    ("W216", "a stage without a step"),
];

/// One thing that a check found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// One of [`CODES`].
    pub code: &'static str,
    /// A rule is broken; else it is a weakness.
    pub error: bool,
    /// A sentence or two in the map's own names.
    pub message: String,
    /// The record it is about; `None` is the map itself.
    pub record: Option<Id>,
    /// The field it is about, as in the file.
    pub field: Option<&'static str>,
    /// What would put it right, where that is safe.
    pub repair: Option<Repair>,
}

/// What would put a finding right: a patch for the document that was checked, and for no later one.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// What it does, as a button says it: `Set it to 5`.
    pub label: String,
    pub patch: Patch,
}

impl Repair {
    /// Whether the document still has what the patch starts from.
    pub fn fits(&self, doc: &Doc) -> bool {
        self.patch.head().is_none_or(|(before, _)| before == doc.head())
            && self.patch.changes().all(|(id, change)| doc.get(id) == change.before.as_ref())
    }
}

/// Everything that can be said about a document: errors, then weaknesses, each by record.
///
/// `today` is what due dates are measured against; without it nothing is overdue.
pub fn check(doc: &Doc, today: Option<Date>) -> Vec<Finding> {
    let mut checker = Checker::new(doc);
    checker.rules();
    checker.weaknesses(today);
    checker.found
}

/// The broken rules alone.
pub fn errors(doc: &Doc) -> Vec<Finding> {
    let mut checker = Checker::new(doc);
    checker.rules();
    checker.found
}

/// A document being checked. Looking up records by hash keeps checks linear.
struct Checker<'a> {
    doc: &'a Doc,
    by_id: FxHashMap<&'a Id, &'a Arc<Record>>,
    /// Everything that some record refers to; gathered when it is first asked for.
    referred: OnceCell<FxHashSet<&'a Id>>,
    /// How many broken rules of the record at hand have been found.
    of_this: usize,
    found: Vec<Finding>,
}

/// So many broken rules of one record are told, each with its repair; more would help nobody, and
/// each repair holds the whole record.
const MOST_OF_A_RECORD: usize = 40;

impl<'a> Checker<'a> {
    fn new(doc: &'a Doc) -> Self {
        Self {
            doc,
            by_id: doc.iter().collect(),
            referred: OnceCell::new(),
            of_this: 0,
            found: Vec::new(),
        }
    }

    fn get(&self, id: &Id) -> Option<&'a Arc<Record>> {
        self.by_id.get(id).copied()
    }

    fn kind_of(&self, id: &Id) -> Option<Kind> {
        self.get(id).map(|record| record.kind())
    }

    fn rules(&mut self) {
        if blank(&self.doc.head().title) {
            self.error("E106", None, "title", "The map has no title.".to_owned(), None);
        }
        for (id, record) in self.doc.iter() {
            self.of_this = 0;
            self.refs(id, record);
            self.values(id, record);
        }
        self.same_links();
    }

    /// Whether enough has been said about the record at hand.
    fn is_enough(&self) -> bool {
        self.of_this >= MOST_OF_A_RECORD
    }

    fn error(
        &mut self,
        code: &'static str,
        record: Option<&Id>,
        field: &'static str,
        message: String,
        repair: Option<Repair>,
    ) {
        if self.is_enough() {
            return;
        }
        self.of_this += 1;
        let (record, field) = (record.cloned(), Some(field));
        self.found.push(Finding { code, error: true, message, record, field, repair });
    }

    fn weakness(&mut self, code: &'static str, id: &Id, field: &'static str, message: String) {
        let (record, field) = (Some(id.clone()), Some(field));
        self.found.push(Finding { code, error: false, message, record, field, repair: None });
    }

    /// A repair that changes one record.
    fn fix<T: Typed>(&self, id: &Id, label: String, change: impl FnOnce(&mut T)) -> Option<Repair> {
        let before = self.get(id).filter(|_| !self.is_enough())?;
        let mut after = Record::clone(before);
        change(T::of_mut(&mut after)?);
        let mut patch = Patch::default();
        patch.set(id, Some(Arc::clone(before)), Some(Arc::new(after)));
        Some(Repair { label, patch })
    }

    /// A repair that removes one record on which nothing else can hang.
    fn removal(&self, id: &Id) -> Option<Repair> {
        let before = self.get(id)?;
        let referred = self.referred.get_or_init(|| {
            let mut all = FxHashSet::default();
            self.doc.iter().for_each(|(_, it)| {
                it.for_each_ref(|r| {
                    all.insert(r.target);
                });
            });
            all
        });
        if referred.contains(id) {
            return None;
        }
        let mut patch = Patch::default();
        patch.set(id, Some(Arc::clone(before)), None);
        Some(Repair { label: format!("Remove the {}", before.kind().singular()), patch })
    }

    /// A record in people's words, for the start of a sentence: `Step “Select a title”`.
    fn label(&self, id: &Id) -> String {
        let Some(record) = self.get(id) else { return format!("“{id}”") };
        match &**record {
            Record::Link(link) => self.link_label(link),
            Record::Reading(it) => {
                let of =
                    it.measure.as_ref().map_or("an unknown measure".to_owned(), |id| self.name(id));
                let date = it.date.map(|date| format!(" on {date}")).unwrap_or_default();
                format!("The reading of {of}{date}")
            }
            record => {
                let kind = record.kind().singular();
                let mut chars = kind.chars();
                let first = chars.next().map(|c| c.to_ascii_uppercase()).unwrap_or_default();
                format!("{first}{} {}", chars.as_str(), self.name(id))
            }
        }
    }

    fn link_label(&self, link: &Link) -> String {
        let what = match Edge::of(&link.kind) {
            Edge::Next => "next",
            Edge::Uses => "uses",
            Edge::Influences => "influences",
            Edge::DependsOn => "depends on",
        };
        format!("The link “{what}” from {} to {}", self.name(&link.from), self.name(&link.to))
    }

    /// A record's name in quotes, shortened; its id where it has none.
    fn name(&self, id: &Id) -> String {
        let name = self.get(id).map_or("", |record| record.name());
        let name = if blank(name) { id.as_str() } else { name };
        let mut short: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((cut, _)) = short.char_indices().nth(60) {
            short.truncate(cut);
            short.push('…');
        }
        format!("“{short}”")
    }
}

/// Whether there is nothing to read in a text.
fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// A field in people's words: `share_pct` is the share.
fn words(field: &str) -> String {
    match field {
        "min_severity" => "lowest severity".to_owned(),
        _ => field.trim_end_matches("_pct").replace('_', " "),
    }
}
