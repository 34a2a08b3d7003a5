//! What a page says of a record besides its name: labels and values, in people's words.
//!
//! Not here: what the page's script walks over (see `data`).

use serde::Serialize;

use crate::model::choice::NextClass;
use crate::model::record::{
    Action, Delight, Friction, Influencer, Link, LinkKind, Measure, MeasureKind, Money, Note,
    PerSegment, Persona, Quality, Reading, Segment, Stage, Step, System, Told, Touchpoint,
    Verbatim,
};
use crate::model::{Doc, Id, Record};

/// A value: words, or another record by its number on the page.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Value {
    Words(String),
    Record(usize),
}

/// A label and its values.
pub(super) type Field = (&'static str, Vec<Value>);

/// The fields of a record that say anything, in the order in which the file has them.
pub(super) fn fields(
    doc: &Doc,
    record: &Record,
    number: &dyn Fn(&Id) -> Option<usize>,
) -> Vec<Field> {
    let mut to = Fields { doc, number, all: Vec::new() };
    match record {
        Record::Segment(it) => to.segment(it),
        Record::Stage(Stage { goal, .. }) => to.maybe("Goal", goal),
        Record::Step(it) => to.step(it),
        Record::Touchpoint(it) => to.touchpoint(it),
        Record::Influencer(Influencer { class, notes, tags, .. }) => {
            to.say("Who it is", class.label());
            to.maybe("Notes", notes);
            to.list("Tags", tags);
        }
        Record::System(it) => to.system(it),
        Record::Link(it) => to.link(it),
        Record::Friction(it) => to.friction(it),
        Record::Delight(Delight { at, strength, tags, .. }) => {
            to.refer("At", at);
            to.of_five("Strength", Some(*strength).filter(|it| *it > 0));
            to.list("Tags", tags);
        }
        Record::Action(it) => to.action(it),
        Record::Measure(Measure { kind, question, .. }) => {
            to.say("Scale", scale(kind));
            to.maybe("Question", question);
        }
        Record::Reading(it) => to.reading(it),
        Record::Verbatim(it) => to.verbatim(it),
        Record::Note(Note { at, author, date, resolved, .. }) => {
            to.refer("At", at);
            to.maybe("Author", author);
            to.maybe("Date", date);
            to.flag("Resolved", *resolved);
        }
        Record::Lane(_) | Record::View(_) => {}
    }
    to.all
}

struct Fields<'a> {
    doc: &'a Doc,
    number: &'a dyn Fn(&Id) -> Option<usize>,
    all: Vec<Field>,
}

impl Fields<'_> {
    fn put(&mut self, label: &'static str, values: Vec<Value>) {
        if !values.is_empty() {
            self.all.push((label, values));
        }
    }

    fn say(&mut self, label: &'static str, words: impl ToString) {
        let words = words.to_string();
        if !words.trim().is_empty() {
            self.put(label, vec![Value::Words(words)]);
        }
    }

    fn maybe(&mut self, label: &'static str, value: &Option<impl ToString>) {
        if let Some(value) = value {
            self.say(label, value.to_string());
        }
    }

    fn list(&mut self, label: &'static str, values: &[String]) {
        let values = values.iter().filter(|it| !it.trim().is_empty());
        self.put(label, values.cloned().map(Value::Words).collect());
    }

    fn flag(&mut self, label: &'static str, set: bool) {
        if set {
            self.say(label, "yes");
        }
    }

    fn of_five(&mut self, label: &'static str, value: Option<u8>) {
        if let Some(value) = value {
            self.say(label, format!("{value} of 5"));
        }
    }

    fn percent(&mut self, label: &'static str, value: Option<f64>) {
        if let Some(value) = value {
            self.say(label, format!("{value} %"));
        }
    }

    fn money(&mut self, label: &'static str, value: &Option<Money>) {
        if let Some(Money { amount, currency }) = value {
            self.say(label, format!("{amount} {currency}"));
        }
    }

    fn refer<'i>(&mut self, label: &'static str, ids: impl IntoIterator<Item = &'i Id>) {
        let values = ids.into_iter().filter_map(|id| (self.number)(id)).map(Value::Record);
        self.put(label, values.collect());
    }

    fn per_segment<T: Copy>(
        &mut self,
        label: &'static str,
        values: &PerSegment<T>,
        say: impl Fn(T) -> String,
    ) {
        let doc = self.doc;
        let values = values.iter().map(|(segment, value)| {
            let name = doc.name_of(segment);
            let name = if name.is_empty() { segment.as_str() } else { name };
            Value::Words(format!("{name}: {}", say(*value)))
        });
        self.put(label, values.collect());
    }

    fn segment(&mut self, it: &Segment) {
        self.of_five("Priority", Some(it.priority).filter(|it| *it > 0));
        self.percent("Share of customers", it.share_pct);
        self.maybe("Customers", &it.customers);
        self.money("Lifetime value", &it.lifetime_value);
        if let Some(Persona { quote, goals, needs, frustrations }) = &it.persona {
            self.maybe("Quote", quote);
            self.list("Goals", goals);
            self.list("Needs", needs);
            self.list("Frustrations", frustrations);
        }
    }

    fn step(&mut self, it: &Step) {
        self.refer("Stage", &it.stage);
        self.maybe("Notes", &it.notes);
        if let Some(time) = &it.time_spent {
            self.maybe("Active time", &time.active);
            self.maybe("Waiting time", &time.waiting);
        }
        self.list("Activities", &it.activities);
        self.list("Criteria", &it.criteria);
        self.list("How it could be shorter", &it.shorten);
        self.list("Thoughts", &it.thoughts);
        self.per_segment("Feels", &it.feelings, signed);
        self.per_segment("Expected to feel", &it.expected, signed);
        self.flag("Moment of truth", it.moment_of_truth);
        if !it.company_involved {
            self.say("Company involved", "no");
        }
        self.list("Tags", &it.tags);
    }

    fn touchpoint(&mut self, it: &Touchpoint) {
        self.say("Channel", it.channel.label());
        self.say("Done by", it.delivery.label());
        self.say("Status", it.status.label());
        self.refer("Owner", &it.owner);
        if let Some(Quality { reliable, relevant, valuable, honest }) = it.quality {
            self.of_five("Reliable", reliable);
            self.of_five("Relevant", relevant);
            self.of_five("Valuable", valuable);
            self.of_five("Honest", honest);
        }
        self.flag("Moment of truth", it.moment_of_truth);
        self.maybe("Notes", &it.notes);
        self.list("Tags", &it.tags);
    }

    fn system(&mut self, it: &System) {
        self.say("Kind", it.class.label());
        self.say("Band", it.band.unwrap_or(it.class.default_band()).label());
        self.maybe("Lever", &it.lever.map(|it| it.label()));
        self.refer("Owner", &it.owner);
        self.of_five("Criticality", it.criticality);
        self.maybe("Notes", &it.notes);
        self.list("Tags", &it.tags);
    }

    fn link(&mut self, it: &Link) {
        self.refer("From", [&it.from]);
        self.refer("To", [&it.to]);
        match &it.kind {
            LinkKind::Next { condition, share_pct, class } => {
                self.maybe("Condition", condition);
                self.percent("Share who go this way", *share_pct);
                if *class != NextClass::default() {
                    self.say("Kind", class.label());
                }
            }
            LinkKind::Uses => {}
            LinkKind::Influences { activities, importance, via } => {
                self.list("Activities", activities);
                self.per_segment("Importance", importance, |it| format!("{it} of 5"));
                self.refer("Works through", via);
            }
            LinkKind::DependsOn { what, rating } => {
                self.maybe("For", what);
                self.maybe("Works", &rating.map(|it| it.label()));
            }
        }
    }

    fn friction(&mut self, it: &Friction) {
        self.refer("At", &it.at);
        self.say("Kind", it.class.label());
        self.of_five("Severity", Some(it.severity).filter(|it| *it > 0));
        self.of_five("Frequency", it.frequency);
        self.percent("Reach", it.reach_pct);
        self.refer("Causes that the team named", &it.causes);
        self.say("Status", it.status.label());
        self.say("Confidence", it.confidence.label());
        self.votes(it.votes);
        self.money("Cost a year", &it.cost_per_year);
        self.list("Tags", &it.tags);
    }

    fn votes(&mut self, votes: u32) {
        self.maybe("Votes", &Some(votes).filter(|it| *it > 0));
    }

    fn action(&mut self, it: &Action) {
        self.refer("Is to end", &it.addresses);
        self.refer("At", &it.at);
        self.refer("Owner", &it.owner);
        self.maybe("Due", &it.due);
        let levers = it.levers.iter().map(|it| Value::Words(it.label().to_owned()));
        self.put("Levers", levers.collect());
        self.of_five("Effort", it.effort);
        self.of_five("Value", it.value);
        self.say("Status", it.status.label());
        if let Some(check) = &it.check {
            self.refer("Checked by", &check.measure);
            self.maybe("Baseline", &check.baseline);
            self.maybe("Target", &check.target);
        }
        self.told("Customers were told", &it.told_customers);
        self.told("Staff were told", &it.told_staff);
        self.votes(it.votes);
        self.list("Tags", &it.tags);
    }

    fn told(&mut self, label: &'static str, told: &Option<Told>) {
        if let Some(Told { date, text }) = told {
            let date = date.map(|it| it.to_string());
            let parts: Vec<&str> = date
                .as_deref()
                .into_iter()
                .chain([text.as_str()])
                .filter(|it| !it.is_empty())
                .collect();
            self.say(label, if parts.is_empty() { "yes".to_owned() } else { parts.join(": ") });
        }
    }

    fn reading(&mut self, it: &Reading) {
        self.refer("Measure", &it.measure);
        self.refer("At", &it.at);
        self.refer("Segment", &it.segment);
        self.maybe("Date", &it.date);
        self.maybe("Round", &it.round);
        self.maybe("Score", &it.value);
        self.maybe("Answers", &it.n);
        let counts = it.counts.iter().map(|(answer, n)| format!("{answer}: {n}"));
        self.put("Answers given", counts.map(Value::Words).collect());
    }

    fn verbatim(&mut self, it: &Verbatim) {
        self.refer("At", &it.at);
        self.refer("Segment", &it.segment);
        self.maybe("Source", &it.source);
        self.maybe("Date", &it.date);
        self.maybe("Sentiment", &it.sentiment.map(signed));
    }
}

/// With its sign, as the curve's axis has it.
fn signed(value: i8) -> String {
    match value {
        0 => "0".to_owned(),
        1.. => format!("+{value}"),
        _ => format!("−{}", value.unsigned_abs()),
    }
}

fn scale(kind: &MeasureKind) -> String {
    match kind {
        MeasureKind::Nps => "NPS, −100 to 100".to_owned(),
        MeasureKind::Csat => "CSAT, 0 to 100 %".to_owned(),
        MeasureKind::Ces => "CES, 1 to 7".to_owned(),
        MeasureKind::Custom { min, max, unit, .. } => {
            format!("{min} to {max} {}", unit.as_deref().unwrap_or_default())
        }
    }
}
