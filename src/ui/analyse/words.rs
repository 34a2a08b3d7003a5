//! Answers of the map in sentences, for the panels and for the clipboard.

use std::fmt::Write as _;

use crate::insight::{self, Cause, FrictionPart, Hub, Impact, Owner, Trace, in_words, percent};
use crate::model::record::{Friction, System, Touchpoint};
use crate::model::{Doc, Id, Kind};

/// What something is called that nobody owns.
pub const NO_OWNER: &str = "No owner";

/// `1 way`, `3 ways`, `1,204 ways`.
pub fn count(n: u64, one: &str, many: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{} {many}", grouped(n)),
    }
}

/// A number with its thousands apart.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many ways a trace found and how it comes out: "3 ways · 1 named cause · 2 possible".
pub fn trace_line(trace: &Trace) -> String {
    let named = trace.causes.iter().filter(|it| !it.named_by.is_empty()).count() as u64;
    let possible = trace.causes.len() as u64 - named;
    if trace.causes.is_empty() {
        return "Nothing lies beneath it".to_owned();
    }
    let mut parts = vec![count(trace.path_count, "way", "ways")];
    if named > 0 {
        parts.push(count(named, "named cause", "named causes"));
    }
    match (named, possible) {
        (_, 0) => {}
        (0, n) => parts.push(count(n, "possible cause", "possible causes")),
        (_, n) => parts.push(format!("{} possible", grouped(n))),
    }
    parts.join(" · ")
}

/// The heading of the list of ways, with how many of them are listed.
pub fn ways_head(trace: &Trace) -> String {
    match trace.path_count {
        all if all > trace.paths.len() as u64 => {
            format!("Ways · the shortest {} of {}", trace.paths.len(), grouped(all))
        }
        _ => "Ways".to_owned(),
    }
}

/// "Named cause · 50 % · 2 links away · no owner".
pub fn cause_line(doc: &Doc, cause: &Cause) -> String {
    let how = if cause.named_by.is_empty() { "Possible cause" } else { "Named cause" };
    let mut parts = vec![how.to_owned()];
    if cause.share > 0.0 {
        parts.push(percent(cause.share));
    }
    parts.push(match cause.distance {
        None => "no link leads there".to_owned(),
        Some(0) => "here".to_owned(),
        Some(links) => format!("{} away", count(links as u64, "link", "links")),
    });
    parts.extend(owner_part(doc, &cause.system));
    parts.join(" · ")
}

/// "no owner" or "owned by Finance"; nothing for a team, which answers for itself.
fn owner_part(doc: &Doc, id: &Id) -> Option<String> {
    use crate::model::choice::SystemClass;
    let system = doc.get_as::<System>(id);
    let owner = match system {
        Some(it) if it.owner.is_none() && it.class == SystemClass::Team => return None,
        Some(it) => it.owner.as_ref(),
        None => doc.get_as::<Touchpoint>(id)?.owner.as_ref(),
    };
    Some(owner.map_or_else(
        || NO_OWNER.to_lowercase(),
        |team| format!("owned by {}", in_words(doc, team)),
    ))
}

/// The worst severity that was said of a cause, by those friction points that name it; 0 where
/// none was said.
pub fn worst_of(doc: &Doc, cause: &Cause) -> u8 {
    let said = cause.named_by.iter().filter_map(|id| doc.get_as::<Friction>(id));
    said.map(|it| it.severity).max().unwrap_or(0)
}

/// Owners as they are shown: nobody first, then as the trace has them; with their places there.
pub fn owners(trace: &Trace) -> Vec<(usize, &Owner)> {
    let mut all: Vec<_> = trace.owners.iter().enumerate().collect();
    all.sort_by_key(|(_, it)| it.team.is_some());
    all
}

/// "Reaches 3 of 5 steps · 62 % of the journey".
pub fn impact_line(doc: &Doc, impact: &Impact) -> String {
    let all = doc.iter().filter(|(_, record)| record.kind() == Kind::Step).count();
    match impact.steps.len() {
        0 => "Reaches no step".to_owned(),
        some => {
            let steps = if all == 1 { "step" } else { "steps" };
            format!("Reaches {some} of {all} {steps} · {} of the journey", percent(impact.share))
        }
    }
}

/// "31 % of all friction by weight is felt here"; nothing where there is none.
pub fn friction_line(impact: &Impact) -> Option<String> {
    let felt = !impact.frictions.is_empty();
    felt.then(|| format!("{} of all friction, by weight", percent(impact.friction_share)))
}

/// The steps that stop, or that degrade, if the record fails.
pub fn steps(impact: &Impact, stops: bool) -> Vec<&Id> {
    impact.steps.iter().filter(|it| it.stops == stops).map(|it| &it.step).collect()
}

/// "Severity 4 · weight 12.0 · at Return the film".
pub fn friction_place(doc: &Doc, id: &Id) -> String {
    let Some(it) = doc.get_as::<Friction>(id) else {
        return String::new();
    };
    let mut parts = vec![match it.severity {
        0 => "Severity not said".to_owned(),
        n => format!("Severity {n}"),
    }];
    let weight = insight::weight(it);
    if weight > 0.0 {
        parts.push(format!("weight {weight:.1}"));
    }
    parts.extend(it.at.as_ref().map(|at| format!("at {}", in_words(doc, at))));
    parts.join(" · ")
}

/// "Trace of the friction point “Late fee”".
pub fn title(doc: &Doc, what: &str, id: &Id) -> String {
    let kind = doc.kind_of(id).map_or("record", Kind::singular);
    format!("{what} of the {kind} “{}”", in_words(doc, id))
}

/// A whole trace as text.
pub fn trace_text(doc: &Doc, id: &Id, trace: &Trace) -> String {
    let mut text = title(doc, "Trace", id);
    let _ = writeln!(text, "\n{}", trace_line(trace));
    let causes = trace.causes.iter();
    part(
        &mut text,
        "Causes",
        causes.map(|it| format!("{}: {}", in_words(doc, &it.system), cause_line(doc, it))),
    );
    part(&mut text, &ways_head(trace), trace.paths.iter().map(|it| it.in_words(doc)));
    let owners = owners(trace);
    part(&mut text, "Owners on the way", owners.iter().map(|(_, it)| owner_text(doc, it)));
    let frictions = trace.frictions.iter();
    part(&mut text, "Friction points on the way", frictions.map(|id| friction_text(doc, id)));
    text
}

/// A whole impact as text.
pub fn impact_text(doc: &Doc, id: &Id, impact: &Impact) -> String {
    let mut text = title(doc, "Impact", id);
    let _ = writeln!(text, "\n{}", impact_line(doc, impact));
    let names = |ids: Vec<&Id>| ids.into_iter().map(|id| in_words(doc, id)).collect::<Vec<_>>();
    let segments = impact.segments.iter().filter_map(|it| {
        Some(format!("{}: {}", in_words(doc, it.segment.as_ref()?), percent(it.share)))
    });
    part(&mut text, "By segment", segments);
    part(&mut text, STOPS, names(steps(impact, true)).into_iter());
    part(&mut text, DEGRADES, names(steps(impact, false)).into_iter());
    part(&mut text, "Stages", names(impact.stages.iter().collect()).into_iter());
    part(&mut text, "Touchpoints", names(impact.touchpoints.iter().collect()).into_iter());
    part(&mut text, "Other internal systems", names(impact.systems.iter().collect()).into_iter());
    let frictions = impact.frictions.iter();
    part(&mut text, "Friction felt", frictions.map(|(id, _)| friction_text(doc, id)));
    text
}

/// What betweenness says.
pub const BETWEENNESS: &str = "Betweenness: on what part of the shortest ways between any two \
    other cards it lies (Freeman). What is high here stands between many and few.";
/// What reach says.
pub const REACH: &str = "Reach: how many steps rest on it, by whatever way";
/// What stops says.
pub const STOP: &str = "Stops: how many of these steps have no other way down. They stop if it \
    fails; the others degrade.";

/// How many parts of a friction are told one by one.
const MOST_PARTS: usize = 6;

/// A betweenness in per cent, with as many places as tell small ones apart.
pub fn betweenness(part: f64) -> String {
    format!("{:.2} %", part * 100.0)
}

/// "Friction 24.0 = 12.0 × 100 %, Late fee without a warning + 24.0 × 50 %, Counter queue", a
/// line a friction point.
pub fn hub_friction(doc: &Doc, hub: &Hub, parts: &[FrictionPart]) -> String {
    let how = "Severity × frequency × reach of each, split evenly at each fork on the way down";
    let mut said = format!("Friction {:.1}", hub.friction);
    if parts.is_empty() {
        said.push_str(": no friction point comes down to it");
    }
    for (at, it) in parts.iter().take(MOST_PARTS).enumerate() {
        let sign = if at == 0 { '=' } else { '+' };
        let (weight, share) = (it.weight, percent(it.share));
        // Writing to a string cannot fail.
        let _ = write!(said, "\n{sign} {weight:.1} × {share}, {}", in_words(doc, &it.friction));
    }
    if parts.len() > MOST_PARTS {
        let rest: f64 = parts[MOST_PARTS..].iter().map(|it| it.weight * it.share).sum();
        let more = count((parts.len() - MOST_PARTS) as u64, "other", "others");
        let _ = write!(said, "\n+ {rest:.1} of {more}");
    }
    format!("{said}\n{how}")
}

/// "3 steps rest on it, by whatever way".
pub fn hub_reach(hub: &Hub) -> String {
    match hub.reach {
        0 => "No step rests on it".to_owned(),
        1 => "1 step rests on it, by whatever way".to_owned(),
        n => format!("{n} steps rest on it, by whatever way"),
    }
}

/// "2 of 3 steps stop if it fails: they have no other way down".
pub fn hub_stops(hub: &Hub) -> String {
    match (hub.stops, hub.reach) {
        (_, 0) => "No step rests on it, so none stops if it fails".to_owned(),
        (0, _) => "No step stops if it fails: all have another way down".to_owned(),
        (stops, reach) => {
            let steps = if reach == 1 { "step" } else { "steps" };
            let verb = if stops == 1 { "stops" } else { "stop" };
            format!("{stops} of {reach} {steps} {verb} if it fails: no other way down is left")
        }
    }
}

/// Steps with no other way down.
pub const STOPS: &str = "Stops if this fails";
/// Steps with another way down.
pub const DEGRADES: &str = "Degrades";

fn owner_text(doc: &Doc, owner: &Owner) -> String {
    let team = owner.team.as_ref().map_or(NO_OWNER.to_owned(), |it| in_words(doc, it));
    let owns: Vec<String> = owner.owns.iter().map(|id| in_words(doc, id)).collect();
    if owns.is_empty() { team } else { format!("{team}: {}", owns.join(", ")) }
}

fn friction_text(doc: &Doc, id: &Id) -> String {
    format!("{} ({})", in_words(doc, id), friction_place(doc, id))
}

/// A heading and its lines, where there are any.
fn part(text: &mut String, head: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n{head}");
        for line in lines {
            let _ = writeln!(text, "- {line}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(count(1, "way", "ways"), "1 way");
        assert_eq!(count(1_204, "way", "ways"), "1,204 ways");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(percent(0.624), "62 %");
        assert_eq!(percent(0.001), "<1 %");
        assert_eq!(percent(0.0), "0 %");
    }

    #[test]
    fn a_list_that_is_cut_says_so() {
        let mut trace = Trace { path_count: 3, ..Trace::default() };
        trace.paths = vec![insight::Walk { nodes: Vec::new(), links: Vec::new(), named: false }; 2];
        assert_eq!(ways_head(&trace), "Ways · the shortest 2 of 3");
        trace.path_count = 2;
        assert_eq!(ways_head(&trace), "Ways");
    }
}
