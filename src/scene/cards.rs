//! What each kind of card says: from records to faces.
//!
//! Not here: sizes, shapes and places.

use jiff::civil::Date;

use crate::layout::plan::{Plan, Shows, Slot};
use crate::layout::sizes;
use crate::model::choice::{ActionStatus, FrictionStatus, TouchpointStatus};
use crate::model::record::{
    Action, Delight, Friction, Influencer, Link, LinkKind, Note, PerSegment, Step, System,
    Touchpoint, Verbatim,
};
use crate::model::{Doc, Id};
use crate::text::{Style, Text};

use super::draw::SegmentLook;
use super::face::{Face, Look, Words};
use super::marks::{Badge, Weight};
use super::{Icon, Ink, JourneyOptions, scores};

/// What faces are made from.
pub(super) struct Cards<'a> {
    pub doc: &'a Doc,
    pub plan: &'a Plan,
    pub options: &'a JourneyOptions,
    /// All segments of the map.
    pub segments: &'a [SegmentLook],
}

/// The most lines of names and of longer texts on a card.
const NAME_LINES: usize = 8;
const TEXT_LINES: usize = 12;

fn words(text: impl Into<String>, style: Style, ink: Ink) -> Words {
    Words { text: text.into(), style, ink, max_lines: TEXT_LINES, bullet: false, above: 0.0 }
}

/// A card's name in bold; a gap in the map is shown as one.
pub(super) fn name_words(name: &str, unnamed: &str) -> Words {
    let style = sizes().text.card.bold();
    let shown = if name.trim().is_empty() {
        words(unnamed, sizes().text.card.regular(), Ink::Muted)
    } else {
        words(name, style, Ink::Text)
    };
    Words { max_lines: NAME_LINES, ..shown }
}

pub(super) fn small(text: impl Into<String>) -> Words {
    Words { above: sizes().card.small_gap, ..words(text, sizes().text.small.regular(), Ink::Muted) }
}

/// −2 to +2 with a sign, as it is read.
pub(super) fn signed(value: i8) -> String {
    match value {
        0 => "0".into(),
        1.. => format!("+{value}"),
        ..0 => format!("−{}", value.unsigned_abs()),
    }
}

/// `12 Jun`; the year where it is not plain from the map's other dates is left to the inspector.
fn day(date: Date) -> String {
    date.strftime("%-d %b").to_string()
}

/// What a screen reader says of friction points.
pub(super) fn frictions(mark: Option<&crate::layout::plan::Mark>) -> String {
    match mark {
        None => String::new(),
        Some(mark) => {
            let s = if mark.count == 1 { "" } else { "s" };
            format!(" {} friction point{s}, worst severity {}.", mark.count, mark.severity)
        }
    }
}

/// The same text, short enough to be kept on one line.
fn unbroken(part: String) -> String {
    /// Longer ones would make columns wide.
    const SHORT: usize = 24;
    if part.chars().count() <= SHORT { part.replace(' ', "\u{a0}") } else { part }
}

/// A sentence: with a full stop unless it ends in one.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// What somebody thinks or says, in quotation marks unless it has some.
fn in_quotes(text: &str) -> String {
    let quoted = text.trim_start().starts_with(['“', '"', '„', '«', '‘', '「']);
    if quoted { text.to_owned() } else { format!("“{text}”") }
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().map(unbroken).collect::<Vec<_>>().join(" · ")
}

impl Cards<'_> {
    /// What the card in a slot says.
    pub fn face(&self, slot: &Slot, text: &mut Text) -> Face {
        let face = match slot.shows {
            Shows::Step => self.step(slot),
            Shows::Activities => self.list(slot, "Activities", false, |it| &it.activities),
            Shows::Criteria => self.list(slot, "Criteria", false, |it| &it.criteria),
            Shows::Thoughts => self.list(slot, "Thoughts", true, |it| &it.thoughts),
            Shows::Influence => self.influence(slot),
            Shows::Touchpoint => self.touchpoint(slot),
            Shows::Friction => self.friction(slot, text),
            Shows::Delight => self.delight(slot),
            Shows::System => self.system(slot),
            Shows::Action => self.action(slot),
            Shows::Measure => self.measure(slot),
            Shows::Verbatim => self.verbatim(slot),
            Shows::Note => self.note(slot),
        };
        // A record of another kind than the plan says is nothing that a plan can hold.
        let mut face = face.unwrap_or_else(|| Face::new(Look::Quiet, Ink::QuietCard));
        face.mark = slot.mark.as_ref().map(|mark| (mark.severity, mark.count));
        face
    }

    fn segment_name(&self, id: &Id) -> &str {
        self.doc.name_of(id)
    }

    /// `Families −1, Film buffs 0` for those that are shown.
    fn per_segment<T: Copy>(
        &self,
        values: &PerSegment<T>,
        say: impl Fn(T) -> String,
    ) -> Vec<String> {
        let shown = |id: &&Id| self.options.segment.as_ref().is_none_or(|it| it == *id);
        let known = |id: &&Id| self.doc.get(id).is_some();
        values
            .iter()
            .filter(|(id, _)| shown(id) && known(id))
            .map(|(id, value)| format!("{} {}", self.segment_name(id), say(*value)))
            .collect()
    }

    fn step(&self, slot: &Slot) -> Option<Face> {
        let it = self.doc.get_as::<Step>(&slot.record)?;
        let group = self.plan.columns[slot.first].group;
        let stage = self.plan.groups[group].stage.as_ref();
        let number = self.plan.groups[group].number;
        let block = if stage.is_some() { Ink::StageAccent(tint(number)) } else { Ink::Faint };
        let look = if it.company_involved { Look::Card } else { Look::Quiet };
        let mut face = Face::new(look, block);
        face.title = Some(name_words(&it.name, "Unnamed step"));
        face.wish_lines = 3.0;
        face.least = sizes().text.card.line + sizes().card.small_gap + sizes().text.small.line;
        face.truth = it.moment_of_truth;
        let time = it.time_spent.iter().flat_map(|it| [&it.active, &it.waiting]).flatten();
        let time: Vec<&str> = time.map(String::as_str).filter(|it| !it.is_empty()).collect();
        if !time.is_empty() {
            face.lines.push(small(time.join(" + ")));
        }
        let mut name = sentence(if it.name.is_empty() { "unnamed" } else { &it.name });
        if let Some(stage) = stage {
            name += &format!(" Stage {}.", self.doc.name_of(stage));
        }
        if it.moment_of_truth {
            name += " Moment of truth.";
        }
        if !it.company_involved {
            name += " Without the company.";
        }
        if !time.is_empty() {
            name += &format!(" Takes {}.", time.join(" and "));
        }
        let feels = self.per_segment(&it.feelings, signed);
        if !feels.is_empty() {
            name += &format!(" Feels: {}.", feels.join(", "));
        }
        // A stage that is not there (yet) too: the card says its name as soon as it is.
        face.uses.extend(it.stage.clone());
        face.uses.extend(it.feelings.keys().cloned());
        face.name = name + &frictions(slot.mark.as_ref());
        Some(face)
    }

    fn list(
        &self,
        slot: &Slot,
        what: &str,
        quoted: bool,
        entries: impl Fn(&Step) -> &Vec<String>,
    ) -> Option<Face> {
        let it = self.doc.get_as::<Step>(&slot.record)?;
        let mut face = Face::new(Look::Bare, Ink::GridLine);
        face.centered = false;
        let entries = entries(it);
        for entry in entries {
            let shown = if quoted { in_quotes(entry) } else { entry.clone() };
            face.lines.push(Words {
                bullet: entries.len() > 1 && !quoted,
                above: sizes().card.line_gap,
                ..words(shown, sizes().text.body.regular(), Ink::Text)
            });
        }
        face.name = format!("{what} at {}: {}", it.name, sentence(&entries.join("; ")));
        Some(face)
    }

    fn influence(&self, slot: &Slot) -> Option<Face> {
        let link = self.doc.get_as::<Link>(&slot.record)?;
        let LinkKind::Influences { activities, importance, via } = &link.kind else {
            return None;
        };
        let it = self.doc.get_as::<Influencer>(&link.from)?;
        let mut face = Face::new(Look::Card, Ink::CardBorder);
        face.centered = false;
        face.icon = Some(Icon::for_influencer(it.class));
        face.title = Some(name_words(&it.name, "Unnamed influencer"));
        let chosen = self.options.segment.as_ref();
        let weight = match chosen {
            Some(segment) => importance.get(segment).copied(),
            None => importance.values().max().copied(),
        };
        face.dots = weight;
        let weights = self.per_segment(importance, |value: u8| value.to_string());
        // More than a few would crowd the name out; then the most that any of them says stands.
        if chosen.is_none() && (2..=3).contains(&self.segments.len()) {
            let of = |look: &SegmentLook| {
                let value = *importance.get(&look.id)?;
                Some(Weight { sign: look.sign, ink: look.ink, value })
            };
            face.weights = self.segments.iter().filter_map(of).collect();
        }
        for activity in activities {
            face.lines.push(Words {
                above: sizes().card.line_gap,
                ..words(activity, sizes().text.body.regular(), Ink::Text)
            });
        }
        face.uses = vec![link.from.clone(), link.to.clone()];
        face.uses.extend(importance.keys().chain(via).cloned());
        if let Some(via) = via.as_ref().filter(|id| self.doc.get(id).is_some()) {
            face.lines.push(Words {
                above: sizes().card.line_gap,
                ..small(format!("via {}", self.doc.name_of(via)))
            });
        }
        face.name = format!("Influencer {} at {}.", it.name, self.doc.name_of(&link.to));
        if !weights.is_empty() {
            face.name += &format!(" Importance: {}.", weights.join(", "));
        }
        if !activities.is_empty() {
            face.name += &format!(" {}", sentence(&activities.join("; ")));
        }
        face.name += &frictions(slot.mark.as_ref());
        Some(face)
    }

    fn touchpoint(&self, slot: &Slot) -> Option<Face> {
        let it = self.doc.get_as::<Touchpoint>(&slot.record)?;
        let mut face = touchpoint(it);
        let status = it.status.label().to_lowercase();
        let mut line = small(format!("{} · {status}", it.channel.label()));
        if it.status == TouchpointStatus::AtRisk {
            line.ink = Ink::Strained;
        }
        face.lines.push(line);
        face.name = format!(
            "Touchpoint: {} {}, {status}.{}{}",
            sentence(&it.name),
            it.channel.label(),
            if it.moment_of_truth { " Moment of truth." } else { "" },
            frictions(slot.mark.as_ref())
        );
        Some(face)
    }

    fn friction(&self, slot: &Slot, text: &mut Text) -> Option<Face> {
        let it = self.doc.get_as::<Friction>(&slot.record)?;
        let severity = it.severity.clamp(1, 5);
        let resolved = it.status == FrictionStatus::Resolved;
        let look = if resolved { Look::Note } else { Look::Severity(severity) };
        let block = if resolved { Ink::GridLine } else { Ink::SeverityFill(severity) };
        let mut face = Face::new(look, block);
        face.badge = Some(Badge::severity(severity, text));
        let text = if it.text.trim().is_empty() { "What goes wrong?" } else { &it.text };
        let ink = if it.text.trim().is_empty() || resolved { Ink::Muted } else { Ink::Text };
        face.title = Some(words(text, sizes().text.body.regular(), ink));
        if resolved {
            face.lines.push(small("Resolved"));
        }
        let at = it.at.as_ref().map_or("", |at| self.doc.name_of(at));
        let place = if at.is_empty() { String::new() } else { format!(" At {at}.") };
        face.name = format!(
            "Friction point, severity {severity}: {}{place} {}.",
            sentence(&it.text),
            it.status.label()
        );
        face.uses.extend(it.at.clone());
        Some(face)
    }

    fn delight(&self, slot: &Slot) -> Option<Face> {
        let it = self.doc.get_as::<Delight>(&slot.record)?;
        let mut face = Face::new(Look::Delight, Ink::DelightFill);
        face.badge = Some(Badge::Star(Ink::Delight));
        let text = if it.text.trim().is_empty() { "What delights?" } else { &it.text };
        face.title = Some(words(text, sizes().text.body.regular(), Ink::DelightText));
        face.name = format!("Delight: {}", sentence(&it.text));
        Some(face)
    }

    fn system(&self, slot: &Slot) -> Option<Face> {
        let it = self.doc.get_as::<System>(&slot.record)?;
        let mut face = Face::new(Look::Card, Ink::CardBorder);
        face.icon = Some(Icon::for_system(it.class));
        let mut title = name_words(&it.name, "Unnamed system");
        title.style = sizes().text.card.regular();
        face.title = Some(title);
        face.name = format!("{}: {}", it.class.label(), sentence(&it.name));
        if let Some(owner) = it.owner.as_ref().filter(|id| self.doc.get(id).is_some()) {
            let name = self.doc.name_of(owner);
            face.lines.push(small(name));
            face.name += &format!(" Owner: {}", sentence(name));
        }
        face.uses.extend(it.owner.clone());
        face.name += &frictions(slot.mark.as_ref());
        Some(face)
    }

    fn action(&self, slot: &Slot) -> Option<Face> {
        let it = self.doc.get_as::<Action>(&slot.record)?;
        let over = matches!(
            it.status,
            ActionStatus::Done | ActionStatus::Verified | ActionStatus::Dropped
        );
        let mut face = Face::new(if over { Look::Note } else { Look::Action }, Ink::Branch);
        face.title = Some(name_words(&it.title, "Unnamed action"));
        let idea = it.status == ActionStatus::Idea;
        let line = joined([
            Some(it.status.label().to_owned()),
            it.effort.filter(|_| idea).map(|n| format!("effort {n}")),
            it.value.filter(|_| idea).map(|n| format!("value {n}")),
            it.due.filter(|_| !idea && !over).map(|date| format!("due {}", day(date))),
        ]);
        face.lines.push(small(line.clone()));
        face.name = format!("Action: {} {}.", sentence(&it.title), line.replace(" · ", ", "));
        Some(face)
    }

    fn measure(&self, slot: &Slot) -> Option<Face> {
        let shown = scores::Shown::of(self.doc, &slot.also, self.options.segment.as_ref())?;
        let mut face = Face::new(Look::Card, Ink::CardBorder);
        face.icon = Some(Icon::for_kind(crate::model::Kind::Measure));
        face.title = Some(words(&shown.title, sizes().text.card.bold(), Ink::Text));
        if !shown.detail.is_empty() {
            face.lines.push(small(shown.detail.clone()));
        }
        face.name = format!("Measure: {}. {}", shown.title, sentence(&shown.detail));
        face.uses = shown.uses;
        Some(face)
    }

    fn verbatim(&self, slot: &Slot) -> Option<Face> {
        let it = self.doc.get_as::<Verbatim>(&slot.record)?;
        let mut face = Face::new(Look::Note, Ink::GridLine);
        face.centered = false;
        face.title = Some(words(in_quotes(&it.text), sizes().text.body.regular(), Ink::Text));
        let segment = it.segment.as_ref().filter(|id| self.doc.get(id).is_some());
        let line = joined([
            segment.map(|id| self.segment_name(id).to_owned()),
            it.source.clone(),
            it.date.map(day),
        ]);
        face.name = format!("Verbatim: “{}” {}", it.text, sentence(&line.replace(" · ", ", ")));
        if !line.is_empty() {
            face.lines.push(Words { above: sizes().card.line_gap, ..small(line) });
        }
        face.uses.extend(it.segment.clone());
        Some(face)
    }

    fn note(&self, slot: &Slot) -> Option<Face> {
        let it = self.doc.get_as::<Note>(&slot.record)?;
        let mut face = Face::new(Look::Note, Ink::GridLine);
        face.centered = false;
        let ink = if it.resolved { Ink::Muted } else { Ink::Text };
        face.title = Some(words(&it.text, sizes().text.body.regular(), ink));
        let line = joined([
            it.author.clone(),
            it.date.map(day),
            it.resolved.then(|| "resolved".to_owned()),
        ]);
        face.name =
            format!("Note: {} {}", sentence(&it.text), sentence(&line.replace(" · ", ", ")));
        if !line.is_empty() {
            face.lines.push(Words { above: sizes().card.line_gap, ..small(line) });
        }
        Some(face)
    }
}

/// A touchpoint's name and icon; one that is not there yet, or not any more, is quiet.
pub(super) fn touchpoint(it: &Touchpoint) -> Face {
    let there = matches!(it.status, TouchpointStatus::Live | TouchpointStatus::AtRisk);
    let mut face = Face::new(if there { Look::Card } else { Look::Quiet }, Ink::CardBorder);
    face.icon = Some(Icon::for_channel(it.channel));
    face.title = Some(name_words(&it.name, "Unnamed touchpoint"));
    face.truth = it.moment_of_truth;
    face
}

/// A stage's number among the colours of stages.
pub(super) fn tint(group: usize) -> u8 {
    // The theme wraps round its few colours; so does this, in a multiple that any theme likes.
    (group % 240) as u8
}
