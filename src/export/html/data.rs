//! The map as the page's script reads it: every record with what it says and where it hangs.
//!
//! Records are numbered in the order of their ids, so that the script's walks meet them in the
//! same order as `insight`'s and list the same ways. Not here: the walks.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::insight;
use crate::model::choice::{FrictionStatus, SystemClass};
use crate::model::record::LinkKind;
use crate::model::{Doc, Id, Kind, Record};

use super::fields::{Field, fields};

/// The map.
#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    title: &'a str,
    /// What the map is about: labels and words.
    about: Vec<(&'static str, &'a str)>,
    /// The stages and the steps, each in journey order.
    stages: Vec<usize>,
    steps: Vec<usize>,
    records: Vec<Entry<'a>>,
}

/// A record.
#[derive(Debug, Default, Serialize)]
struct Entry<'a> {
    id: &'a str,
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Field>,
    /// The places where it stands or hangs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    at: Vec<usize>,
    /// A friction point's causes; what an action is to end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    of: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<usize>,
    /// What kind of internal system.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    team: bool,
    #[serde(flatten)]
    link: Option<LinkEntry>,
    #[serde(flatten)]
    friction: Option<FrictionEntry>,
}

#[derive(Debug, Serialize)]
struct LinkEntry {
    from: usize,
    to: usize,
    link: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<usize>,
}

#[derive(Debug, Serialize)]
struct FrictionEntry {
    severity: u8,
    weight: f64,
    resolved: bool,
}

/// The map as JSON that may stand in a `<script>`: nothing in it ends one, or begins a comment.
pub(super) fn json(doc: &Doc) -> String {
    let shown = |kind: Kind| !matches!(kind, Kind::Lane | Kind::View);
    let records = || doc.iter().filter(|(_, record)| shown(record.kind()));
    let numbers: FxHashMap<&Id, usize> =
        records().enumerate().map(|(number, (id, _))| (id, number)).collect();
    let number = |id: &Id| numbers.get(id).copied();
    let head = doc.head();
    let about = [
        ("Scenario", &head.scenario),
        ("Goal", &head.goal),
        ("Owner", &head.owner),
        ("Remarks", &head.notes),
    ];
    let about = about.into_iter().filter_map(|(label, it)| Some((label, it.as_deref()?)));
    let all = |ids: Vec<&Id>| ids.into_iter().filter_map(number).collect();
    let data = Data {
        title: &head.title,
        about: [("", head.state.label())].into_iter().chain(about).collect(),
        stages: all(doc.stages().into_iter().map(|(id, _)| id).collect()),
        steps: all(doc.steps().into_iter().map(|(id, _)| id).collect()),
        records: records().map(|(id, record)| entry(doc, id, record, &number)).collect(),
    };
    let json = serde_json::to_string(&data).expect("numbers, texts and lists have a JSON form");
    in_script(&json)
}

/// Marks up what HTML or an old script reader would take for something else, and what would turn
/// round what an editor shows of the file. All of it stands
/// inside of strings, where JSON has an escape for it.
fn in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<'
            | '>'
            | '&'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                write!(out, "\\u{:04x}", u32::from(c)).expect("a String takes what is written");
            }
            c => out.push(c),
        }
    }
    out
}

fn entry<'a>(
    doc: &'a Doc,
    id: &'a Id,
    record: &Record,
    number: &dyn Fn(&Id) -> Option<usize>,
) -> Entry<'a> {
    let all = |ids: &[Id]| ids.iter().filter_map(number).collect::<Vec<_>>();
    let one = |id: &Option<Id>| id.as_ref().and_then(number);
    let mut entry = Entry {
        id: id.as_str(),
        kind: record.kind().singular(),
        name: insight::in_words(doc, id),
        fields: fields(doc, record, number),
        ..Entry::default()
    };
    match record {
        Record::Step(it) => entry.stage = one(&it.stage),
        Record::Touchpoint(it) => entry.owner = one(&it.owner),
        Record::System(it) => {
            entry.owner = one(&it.owner);
            entry.class = Some(it.class.label());
            entry.team = it.class == SystemClass::Team;
        }
        Record::Link(it) => {
            let (link, via) = match &it.kind {
                LinkKind::Next { .. } => ("next", None),
                LinkKind::Uses => ("uses", None),
                LinkKind::Influences { via, .. } => ("influences", one(via)),
                LinkKind::DependsOn { .. } => ("depends on", None),
            };
            let ends = number(&it.from).zip(number(&it.to));
            entry.link = ends.map(|(from, to)| LinkEntry { from, to, link, via });
        }
        Record::Friction(it) => {
            entry.at = one(&it.at).into_iter().collect();
            entry.of = all(&it.causes);
            let resolved = it.status == FrictionStatus::Resolved;
            let weight = insight::weight(it);
            entry.friction = Some(FrictionEntry { severity: it.severity, weight, resolved });
        }
        Record::Action(it) => {
            entry.at = all(&it.at);
            entry.of = all(&it.addresses);
        }
        Record::Delight(it) => entry.at = one(&it.at).into_iter().collect(),
        Record::Verbatim(it) => entry.at = one(&it.at).into_iter().collect(),
        Record::Note(it) => entry.at = one(&it.at).into_iter().collect(),
        Record::Reading(it) => {
            entry.at = one(&it.at).into_iter().collect();
            entry.of = one(&it.measure).into_iter().collect();
        }
        Record::Segment(_)
        | Record::Stage(_)
        | Record::Lane(_)
        | Record::Influencer(_)
        | Record::Measure(_)
        | Record::View(_) => {}
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script() {
        let text = in_script(r#""</script><!-- & ]]>""#);
        assert_eq!(text, r#""\u003c/script\u003e\u003c!-- \u0026 ]]\u003e""#);
        let read: String = serde_json::from_str(&text).unwrap();
        assert_eq!(read, "</script><!-- & ]]>");
    }
}
