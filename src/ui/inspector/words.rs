//! What panels call a record: a title, a sub-line, a name for a screen reader.

use crate::model::record::{Friction, LinkKind};
use crate::model::{Doc, Edge, Id, Kind, Record};
use crate::ui::widget::date_field::in_words;

/// The title of a record; links and readings, which have no name, are called by what they tie.
pub fn title_of(doc: &Doc, id: &Id) -> String {
    let Some(record) = doc.get(id) else {
        return format!("missing record {id}");
    };
    match &**record {
        Record::Link(it) => {
            let verb = edge_words(Edge::of(&it.kind));
            format!("{} {verb} {}", named(doc, &it.from), named(doc, &it.to))
        }
        Record::Reading(it) => {
            let measure = it.measure.as_ref().map_or("Reading", |m| named(doc, m));
            let score = match it.value {
                Some(value) => format!(" {value}"),
                None => String::new(),
            };
            let date = it.date.map(|d| format!(", {}", in_words(d))).unwrap_or_default();
            format!("{measure}{score}{date}")
        }
        other if other.name().trim().is_empty() => format!("Unnamed {}", other.kind().singular()),
        other => other.name().replace('\n', " "),
    }
}

fn named<'a>(doc: &'a Doc, id: &Id) -> &'a str {
    match doc.name_of(id).trim() {
        "" => "(unnamed)",
        name => name,
    }
}

/// What an edge says between its two ends.
pub fn edge_words(edge: Edge) -> &'static str {
    match edge {
        Edge::Next => "then",
        Edge::Uses => "uses",
        Edge::Influences => "at",
        Edge::DependsOn => "rests on",
    }
}

/// What a kind of link is called.
pub fn edge_title(edge: Edge) -> &'static str {
    match edge {
        Edge::Next => "Next step",
        Edge::Uses => "Use of a touchpoint",
        Edge::Influences => "Influence",
        Edge::DependsOn => "Dependence",
    }
}

/// The kind with a capital: "Friction point".
pub fn kind_title(kind: Kind) -> String {
    capital(kind.singular())
}

/// The text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The text with its first letter in lower case, unless it is an abbreviation.
pub fn uncapital(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), text.chars().nth(1)) {
        (Some(c), Some(d)) if !d.is_uppercase() => c.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// The text cut to about 40 characters, for the labels of undo entries.
pub fn short(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST - 1).collect();
    format!("{}\u{2026}", cut.trim_end())
}

/// "Step · Return · moment of truth".
pub fn sub_line(doc: &Doc, record: &Record) -> String {
    let mut parts = vec![kind_title(record.kind())];
    let place = |at: &Option<Id>| at.as_ref().map(|id| title_of(doc, id));
    match record {
        Record::Step(it) => {
            parts.extend(place(&it.stage));
            parts.extend(it.moment_of_truth.then(|| "moment of truth".to_owned()));
        }
        Record::Touchpoint(it) => {
            parts.push(it.channel.label().to_owned());
            parts.push(it.status.label().to_lowercase());
            parts.extend(it.moment_of_truth.then(|| "moment of truth".to_owned()));
        }
        Record::System(it) => parts.push(it.class.label().to_lowercase()),
        Record::Influencer(it) => parts.push(it.class.label().to_lowercase()),
        Record::Friction(it) => parts.extend(place(&it.at)),
        Record::Delight(it) => parts.extend(place(&it.at)),
        Record::Action(it) => parts.push(it.status.label().to_lowercase()),
        Record::Lane(it) => parts.push(it.band.label().to_lowercase()),
        Record::Link(it) => parts.push(edge_title(Edge::of(&it.kind)).to_lowercase()),
        Record::Reading(it) => parts.extend(place(&it.at).or(Some("whole map".into()))),
        Record::Verbatim(it) => parts.extend(place(&it.at)),
        Record::Note(it) => parts.extend(place(&it.at).or(Some("parking lot".into()))),
        Record::View(it) => parts.push(it.kind.label().to_lowercase()),
        Record::Segment(_) | Record::Stage(_) | Record::Measure(_) => {}
    }
    parts.join(" \u{b7} ")
}

/// "Effort · 60 % meet it · researched · cause: Late-fee policy".
pub fn friction_line(doc: &Doc, it: &Friction) -> String {
    let mut parts = vec![it.class.label().to_owned()];
    parts.extend(it.reach_pct.map(|pct| format!("{} % meet it", number(pct))));
    parts.push(it.confidence.label().to_lowercase());
    if let Some(first) = it.causes.first() {
        let more = if it.causes.len() > 1 { " and more" } else { "" };
        parts.push(format!("cause: {}{more}", title_of(doc, first)));
    }
    parts.join(" \u{b7} ")
}

/// A number without needless decimals.
pub fn number(value: f64) -> String {
    format!("{value}")
}

/// Which kind of record a kind of link may be made new for, at its far end.
pub fn fresh_kind(edge: Edge, outgoing: bool) -> Option<Kind> {
    match (edge, outgoing) {
        (Edge::Uses, true) => Some(Kind::Touchpoint),
        (Edge::DependsOn, true) => Some(Kind::System),
        (Edge::Influences, false) => Some(Kind::Influencer),
        _ => None,
    }
}

/// A link of this kind with nothing else said.
pub fn bare(edge: Edge) -> LinkKind {
    match edge {
        Edge::Next => {
            LinkKind::Next { condition: None, share_pct: None, class: Default::default() }
        }
        Edge::Uses => LinkKind::Uses,
        Edge::Influences => LinkKind::Influences {
            activities: Vec::new(),
            importance: Default::default(),
            via: None,
        },
        Edge::DependsOn => LinkKind::DependsOn { what: None, rating: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_and_keep_abbreviations() {
        assert_eq!(uncapital("Time active"), "time active");
        assert_eq!(uncapital("NPS"), "NPS");
        assert_eq!(capital("friction point"), "Friction point");
        assert_eq!(short(&"x".repeat(60)).chars().count(), 40);
    }
}
