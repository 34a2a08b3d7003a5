//! The report: a map to be read from top to bottom, in Markdown.
//!
//! What it is about, the journey stage by stage, friction points by weight with what was said and
//! who answers, actions, and what the journey rests on. Not here: escapes (see [`super::markdown`]).

use std::fmt::Write as _;

use crate::insight;
use crate::model::record::{
    Action, Delight, Friction, LinkKind, Measure, Money, Note, Reading, Segment, Step, System,
    Touchpoint, Verbatim,
};
use crate::model::{Doc, Edge, Graph, Id, Index, Kind, Typed, query};

use super::super::say::{self, ranked, responsible};
use super::markdown::{head, inline, quoted, row};

/// A report in Markdown.
pub fn markdown(doc: &Doc, index: &Index, graph: &Graph) -> String {
    let mut report = Report { doc, index, graph, out: String::new() };
    report.opening();
    report.segments();
    report.journey();
    report.frictions();
    report.delights();
    report.actions();
    report.systems();
    report.readings();
    report.notes();
    report.out
}

struct Report<'a> {
    doc: &'a Doc,
    index: &'a Index,
    graph: &'a Graph,
    out: String,
}

/// Writing to a string cannot fail.
macro_rules! put {
    ($to:expr, $($arg:tt)*) => { let _ = write!($to.out, $($arg)*); };
}

impl<'a> Report<'a> {
    fn name(&self, id: &Id) -> String {
        inline(&say::name(self.doc, id))
    }

    fn names<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> String {
        ids.into_iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ")
    }

    fn all<T: Typed>(&self) -> Vec<(&'a Id, &'a T)> {
        let ids = self.index.of_kind(T::KIND).iter();
        ids.filter_map(|id| self.doc.get_as::<T>(id).map(|it| (id, it))).collect()
    }

    /// A list item, where there is something to say.
    fn item(&mut self, what: &str, said: &str) {
        if !said.is_empty() {
            put!(self, "- **{what}:** {said}\n");
        }
    }

    fn opening(&mut self) {
        let head = self.doc.head();
        let title = inline(&head.title);
        let title = if title.is_empty() { "Untitled map".to_owned() } else { title };
        put!(self, "# {title}\n");
        for text in [&head.scenario, &head.goal].into_iter().flatten() {
            let text = inline(text);
            if !text.is_empty() {
                put!(self, "\n{text}\n");
            }
        }
        self.out.push('\n');
        self.item("State", head.state.label());
        self.item("Based on", &inline(head.based_on.as_deref().unwrap_or("")));
        self.item("Owner", &inline(head.owner.as_deref().unwrap_or("")));
        self.item("Team", &list(&head.team));
        self.item("Part of", &inline(head.parent.as_deref().unwrap_or("")));
        if let Some(notes) = head.notes.as_deref().filter(|it| !it.trim().is_empty()) {
            put!(self, "\n{}", quoted(notes, ""));
        }
    }

    fn segments(&mut self) {
        let all = query::segments(self.doc, self.index);
        if all.is_empty() {
            return;
        }
        self.out += "\n## Segments\n";
        for (id, it) in all {
            let name = self.name(id);
            put!(self, "\n### {name}\n\n");
            self.segment(it);
        }
    }

    fn segment(&mut self, it: &Segment) {
        if let Some(quote) = it
            .persona
            .as_ref()
            .and_then(|it| it.quote.as_deref())
            .filter(|it| !it.trim().is_empty())
        {
            put!(self, "{}\n", quoted(quote, ""));
        }
        if it.priority > 0 {
            self.item("Priority", &format!("{} of 5", it.priority));
        }
        let share = it.share_pct.map(|it| format!("{it} % of all customers"));
        let count = it.customers.map(|it| format!("{it} customers"));
        self.item("Size", &[share, count].into_iter().flatten().collect::<Vec<_>>().join(", "));
        self.item("Lifetime value", &it.lifetime_value.as_ref().map_or_else(String::new, money));
        if let Some(persona) = &it.persona {
            self.item("Goals", &list(&persona.goals));
            self.item("Needs", &list(&persona.needs));
            self.item("Frustrations", &list(&persona.frustrations));
        }
    }

    fn journey(&mut self) {
        let steps = self.doc.steps();
        if steps.is_empty() && self.doc.stages().is_empty() {
            return;
        }
        self.out += "\n## The journey\n";
        let mut number = 0;
        for (id, stage) in self.doc.stages() {
            number += 1;
            let name = self.name(id);
            put!(self, "\n### {number}. {name}\n");
            if let Some(goal) = stage.goal.as_deref().filter(|it| !it.trim().is_empty()) {
                put!(self, "\n{}\n", inline(goal));
            }
            let mut said = query::verbatims_at(self.doc, self.index, id);
            said.sort_by_key(|(id, it)| (it.date, *id));
            if !said.is_empty() {
                self.out.push('\n');
                self.verbatims(&said, "");
            }
            for (id, step) in query::steps_in(self.doc, self.index, id) {
                self.step(id, step);
            }
        }
        let stray: Vec<_> = (steps.into_iter())
            .filter(|(_, it)| {
                it.stage.as_ref().is_none_or(|at| self.doc.kind_of(at) != Some(Kind::Stage))
            })
            .collect();
        if !stray.is_empty() && number > 0 {
            self.out += "\n### Steps without a stage\n";
        }
        for (id, step) in stray {
            self.step(id, step);
        }
    }

    fn step(&mut self, id: &Id, step: &Step) {
        let name = self.name(id);
        put!(self, "\n#### {name}\n\n");
        if step.moment_of_truth {
            self.out += "- **Moment of truth**\n";
        }
        self.item("Does", &list(&step.activities));
        self.item("Decides by", &list(&step.criteria));
        self.item(
            "Thinks",
            &(step.thoughts.iter())
                .map(|it| inline(it))
                .filter(|it| !it.is_empty())
                .map(|it| format!("“{it}”"))
                .collect::<Vec<_>>()
                .join(", "),
        );
        let feelings: Vec<String> = query::segments(self.doc, self.index)
            .into_iter()
            .filter_map(|(segment, _)| {
                let felt = step.feelings.get(segment);
                let expected = step.expected.get(segment);
                let name = self.name(segment);
                match (felt, expected) {
                    (Some(felt), Some(hoped)) => {
                        Some(format!("{name} {} (expected {})", signed(*felt), signed(*hoped)))
                    }
                    (Some(felt), None) => Some(format!("{name} {}", signed(*felt))),
                    (None, Some(hoped)) => Some(format!("{name} expected {}", signed(*hoped))),
                    (None, None) => None,
                }
            })
            .collect();
        self.item("Feels (−2 to +2)", &feelings.join(", "));
        if let Some(time) = &step.time_spent {
            let active = time.active.as_deref().map(|it| format!("{} busy", inline(it)));
            let waiting = time.waiting.as_deref().map(|it| format!("{} waiting", inline(it)));
            let all: Vec<String> = [active, waiting].into_iter().flatten().collect();
            self.item("Takes", &all.join(", "));
        }
        self.item("Shorter or easier by", &list(&step.shorten));
        let meets: Vec<String> = query::touchpoints_of(self.graph, id)
            .into_iter()
            .map(|(_, to)| self.touchpoint(to))
            .collect();
        self.item("Touchpoints", &meets.join(", "));
        self.item("Swayed by", &self.influences(id));
        if !step.company_involved {
            self.out += "- The company has no part in it.\n";
        }
        for (_, it) in query::frictions_at(self.doc, self.index, id) {
            let severity = match it.severity {
                0 => String::new(),
                severity => format!(", severity {severity}"),
            };
            put!(self, "- **Friction point{severity}:** {}\n", inline(&it.text));
        }
        for (_, it) in query::delights_at(self.doc, self.index, id) {
            self.item("Delight", &inline(&it.text));
        }
        let mut said = query::verbatims_at(self.doc, self.index, id);
        said.sort_by_key(|(id, it)| (it.date, *id));
        self.verbatims(&said, "");
        if let Some(notes) = step.notes.as_deref().filter(|it| !it.trim().is_empty()) {
            put!(self, "\n{}", quoted(notes, ""));
        }
    }

    fn touchpoint(&self, id: &Id) -> String {
        let name = self.name(id);
        match self.doc.get_as::<Touchpoint>(id) {
            Some(it) => format!("{name} ({})", it.channel.label()),
            None => name,
        }
    }

    /// Who sways the customer at a step, with how much they weigh at most.
    fn influences(&self, step: &Id) -> String {
        let mut all: Vec<(u8, &Id)> = (self.graph.incoming(step))
            .filter(|(_, edge, _)| *edge == Edge::Influences)
            .map(|(link, _, from)| {
                let most = match self.doc.get_as::<crate::model::record::Link>(link) {
                    Some(it) => match &it.kind {
                        LinkKind::Influences { importance, .. } => importance.values().max(),
                        _ => None,
                    },
                    None => None,
                };
                (most.copied().unwrap_or(0), from)
            })
            .collect();
        all.sort_by_key(|(most, id)| (std::cmp::Reverse(*most), *id));
        let one = |(most, id): &(u8, &Id)| match most {
            0 => self.name(id),
            _ => format!("{} ({most} of 5)", self.name(id)),
        };
        all.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    fn verbatims(&mut self, all: &[(&Id, &Verbatim)], indent: &str) {
        for (_, it) in all {
            let words = inline(&it.text);
            let source = it.source.as_deref().map(inline).filter(|it| !it.is_empty());
            let segment = it.segment.as_ref().map(|id| self.name(id));
            let date = it.date.map(|it| it.to_string());
            let from: Vec<String> = [segment, source, date].into_iter().flatten().collect();
            let from =
                if from.is_empty() { from.join("") } else { format!(" ({})", from.join(", ")) };
            put!(self, "{indent}- “{words}”{from}\n");
        }
    }

    fn frictions(&mut self) {
        let all = ranked(self.doc, self.index);
        if all.is_empty() {
            return;
        }
        self.out += "\n## Friction points\n\nBy weight: severity × frequency × reach.\n";
        for (at, (id, it)) in all.into_iter().enumerate() {
            let name = self.name(id);
            put!(self, "\n### {}. {name}\n\n", at + 1);
            self.friction(id, it);
        }
    }

    fn friction(&mut self, id: &Id, it: &Friction) {
        if let Some(at) = &it.at {
            let kind = self.doc.kind_of(at).map_or("", Kind::singular);
            let place = self.name(at);
            self.item("Where", &if kind.is_empty() { place } else { format!("{place} ({kind})") });
        }
        let mut weight = format!("{:.1}", insight::weight(it));
        let mut parts: Vec<String> = Vec::new();
        parts.push(match it.severity {
            0 => "severity unknown".to_owned(),
            severity => format!("severity {severity} of 5"),
        });
        parts.extend(it.frequency.map(|it| format!("frequency {it} of 5")));
        parts.extend(it.reach_pct.map(|it| format!("reach {it} %")));
        weight += &format!(" ({})", parts.join(", "));
        self.item("Weight", &weight);
        let kind = format!(
            "{}; {}, {}",
            it.class.label(),
            it.status.label().to_lowercase(),
            it.confidence.label().to_lowercase()
        );
        self.item("Class", &kind);
        self.item("Causes", &self.names(&it.causes));
        self.item("Owners", &self.names(responsible(self.doc, it)));
        self.item("Cost a year", &it.cost_per_year.as_ref().map_or_else(String::new, money));
        if it.votes > 0 {
            self.item("Votes", &it.votes.to_string());
        }
        let actions = query::actions_for(self.doc, self.index, id);
        self.item("Actions", &self.names(actions.into_iter().map(|(id, _)| id)));
        let mut said = query::verbatims_at(self.doc, self.index, id);
        said.sort_by_key(|(id, it)| (it.date, *id));
        if !said.is_empty() {
            self.out += "- **Customers say:**\n";
            self.verbatims(&said, "  ");
        }
    }

    fn delights(&mut self) {
        let mut all = self.all::<Delight>();
        if all.is_empty() {
            return;
        }
        all.sort_by_key(|(id, it)| (std::cmp::Reverse(it.strength), *id));
        self.out += "\n## Delights\n\n";
        for (id, it) in all {
            let name = self.name(id);
            let place =
                it.at.as_ref().map_or_else(String::new, |at| format!(" ({})", self.name(at)));
            put!(self, "- {name}{place}");
            if it.strength > 0 {
                put!(self, ", strength {} of 5", it.strength);
            }
            self.out.push('\n');
        }
    }

    fn actions(&mut self) {
        let mut all = self.all::<Action>();
        if all.is_empty() {
            return;
        }
        all.sort_by_key(|(id, it)| (it.due.is_none(), it.due, *id));
        self.out += "\n## Actions\n\n";
        self.out += &head(&[
            ("Action", false),
            ("Status", false),
            ("Owner", false),
            ("Due", false),
            ("Effort", true),
            ("Value", true),
            ("For", false),
        ]);
        for (id, it) in all {
            let rank = |it: Option<u8>| it.map_or_else(String::new, |it| it.to_string());
            self.out += &row(&[
                self.name(id),
                it.status.label().to_owned(),
                it.owner.as_ref().map_or_else(String::new, |id| self.name(id)),
                it.due.map_or_else(String::new, |it| it.to_string()),
                rank(it.effort),
                rank(it.value),
                self.names(it.addresses.iter().chain(&it.at)),
            ]);
        }
    }

    fn systems(&mut self) {
        let found = insight::hubs(self.doc, self.index, self.graph);
        if !found.hubs.is_empty() {
            put!(self, "\n## What the journey rests on\n\n{}\n\n", inline(insight::formula()));
            self.out += &head(&[
                ("Internal system", false),
                ("Class", false),
                ("Owner", false),
                ("Traced friction", true),
                ("Steps that rest on it", true),
                ("Steps that stop without it", true),
            ]);
            for hub in &found.hubs {
                let class = self.doc.get_as::<System>(&hub.system);
                self.out += &row(&[
                    self.name(&hub.system),
                    class.map_or("", |it| it.class.label()).to_owned(),
                    hub.owner.as_ref().map_or_else(|| "nobody".to_owned(), |id| self.name(id)),
                    format!("{:.1}", hub.friction),
                    hub.reach.to_string(),
                    hub.stops.to_string(),
                ]);
            }
        }
        let lists = [
            ("Internal systems that nothing rests on", &found.unused_systems),
            ("Touchpoints that nothing supports", &found.unsupported_touchpoints),
            ("Touchpoints that no step uses", &found.unused_touchpoints),
        ];
        if lists.iter().any(|(_, ids)| !ids.is_empty()) {
            self.out.push('\n');
        }
        for (what, ids) in lists {
            self.item(what, &self.names(ids));
        }
    }

    fn readings(&mut self) {
        let mut all = self.all::<Reading>();
        if all.is_empty() {
            return;
        }
        all.sort_by_key(|(id, it)| (&it.measure, it.date, *id));
        self.out += "\n## Measures\n\n";
        self.out += &head(&[
            ("Measure", false),
            ("Where", false),
            ("Segment", false),
            ("Date", false),
            ("Value", true),
            ("Answers", true),
        ]);
        for (_, it) in all {
            let name = |id: &Option<Id>| id.as_ref().map_or_else(String::new, |id| self.name(id));
            let counted: u64 = it.counts.values().map(|it| u64::from(*it)).sum();
            let answers = if counted > 0 { Some(counted) } else { it.n.map(u64::from) };
            let place =
                it.at.as_ref().map_or_else(|| "the whole map".to_owned(), |id| self.name(id));
            let cells = [
                name(&it.measure),
                place,
                name(&it.segment),
                it.date.map_or_else(String::new, |it| it.to_string()),
                self.value(it),
                answers.map_or_else(String::new, |it| it.to_string()),
            ];
            self.out += &row(&cells);
        }
    }

    /// The score as it was said; where only the answers are known, these.
    fn value(&self, it: &Reading) -> String {
        let unit = it.measure.as_ref().and_then(|id| self.doc.get_as::<Measure>(id));
        let unit = unit.and_then(|it| match &it.kind {
            crate::model::record::MeasureKind::Custom { unit, .. } => unit.as_deref(),
            _ => None,
        });
        match it.value {
            Some(value) => inline(&format!("{value} {}", unit.unwrap_or(""))),
            None => {
                let all = it.counts.iter().map(|(answer, count)| format!("{answer}: {count}"));
                all.collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn notes(&mut self) {
        let mut open: Vec<_> =
            self.all::<Note>().into_iter().filter(|(_, it)| !it.resolved).collect();
        if open.is_empty() {
            return;
        }
        open.sort_by_key(|(id, it)| (it.at.is_some(), it.date, *id));
        self.out += "\n## Open notes\n\n";
        for (id, it) in open {
            let name = self.name(id);
            let place = it.at.as_ref().map(|at| format!("at {}", self.name(at)));
            let author = it.author.as_deref().map(inline);
            let about: Vec<String> = [place, author].into_iter().flatten().collect();
            let about =
                if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
            put!(self, "- {name}{about}\n");
        }
    }
}

/// Texts on one line.
fn list(texts: &[String]) -> String {
    let all = texts.iter().map(|it| inline(it)).filter(|it| !it.is_empty());
    all.collect::<Vec<_>>().join("; ")
}

fn money(it: &Money) -> String {
    inline(&format!("{} {}", it.amount, it.currency))
}

/// A feeling with its sign; a real minus, so that no list begins.
fn signed(feeling: i8) -> String {
    match feeling {
        0 => "0".to_owned(),
        it if it > 0 => format!("+{it}"),
        it => format!("−{}", it.unsigned_abs()),
    }
}
