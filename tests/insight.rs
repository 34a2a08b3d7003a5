//! Traces, impact and hubs, as a workshop would read them off the example maps; beside it, what
//! they are checked against.

mod hubs;
mod tangle;
mod walks;

use throughline::file;
use throughline::insight::{self, FrictionPart, Hubs, Impact, Trace, Walk};
use throughline::model::record::{Influencer, Link, LinkKind, Segment, Step, System, Touchpoint};
use throughline::model::{Doc, Graph, Id, Index, Record};

use tangle::{doc, id};

/// A map with what is derived from it.
struct Map {
    doc: Doc,
    index: Index,
    graph: Graph,
}

impl Map {
    fn of(doc: Doc) -> Self {
        Self { index: Index::of(&doc), graph: Graph::of(&doc), doc }
    }

    fn example(name: &str) -> Self {
        Self::of(file::read(throughline::examples::example(name).unwrap().ron).doc)
    }

    fn trace(&self, from: &str) -> Trace {
        insight::trace(&self.doc, &self.index, &self.graph, &id(from))
    }

    fn impact(&self, of: &str) -> Impact {
        insight::impact(&self.doc, &self.index, &self.graph, &id(of))
    }

    fn hubs(&self) -> Hubs {
        insight::hubs(&self.doc, &self.index, &self.graph)
    }

    fn parts(&self, system: &str) -> Vec<FrictionPart> {
        insight::hub_parts(&self.doc, &self.index, &self.graph, &id(system))
    }
}

/// “a → b ⇢ c”: a dotted arrow where no link leads.
fn way(walk: &Walk) -> String {
    let mut text = walk.nodes[0].to_string();
    for (node, link) in walk.nodes[1..].iter().zip(&walk.links) {
        text += if link.is_some() { " → " } else { " ⇢ " };
        text += node.as_str();
    }
    if walk.named { text + " !" } else { text }
}

fn ways(trace: &Trace) -> Vec<String> {
    trace.paths.iter().map(way).collect()
}

fn texts<'a>(ids: impl IntoIterator<Item = &'a Id>) -> Vec<&'a str> {
    ids.into_iter().map(Id::as_str).collect()
}

#[test]
fn the_worst_friction_of_the_support_case_ends_at_the_policy_that_causes_it() {
    let map = Map::example("support-case");
    let trace = map.trace("script-prison");
    assert_eq!(
        ways(&trace),
        [
            "agent-call → scripted-diagnosis !",
            "agent-call → scripted-diagnosis → script-policy !",
            "agent-call → scripted-diagnosis → script-policy → quality-team",
            "agent-call → type-notes → case-system → crm-team",
            "agent-call → scripted-diagnosis → offshore-team → call-centre → minutes-policy → quality-team",
        ]
    );
    assert_eq!(trace.path_count, 5);
    let named = trace.causes.iter().filter(|it| !it.named_by.is_empty());
    let named: Vec<_> = named.map(|it| (it.system.as_str(), it.distance, it.share)).collect();
    assert_eq!(named, [("scripted-diagnosis", Some(1), 0.5), ("script-policy", Some(2), 0.5)]);
    let owners: Vec<_> =
        trace.owners.iter().map(|it| (it.team.as_ref().unwrap().as_str(), it.owns.len())).collect();
    assert_eq!(owners, [("offshore-team", 3), ("quality-team", 3), ("crm-team", 1)]);
    assert_eq!(texts(&trace.frictions), ["script-prison", "hurried", "lost-notes"]);

    // The other of severity 5, a mail signed with a placeholder, is a process and its platform.
    let mail = ways(&map.trace("placeholder"));
    assert_eq!(mail[0], "follow-ups → follow-up-mail → close-case !");
    assert_eq!(mail[1], "follow-ups → follow-up-mail → close-case → case-system !");
}

#[test]
fn the_worst_frictions_of_the_department_store_end_at_the_policy_that_causes_them() {
    let map = Map::example("department-store-return");
    let refused = ways(&map.trace("refused"));
    assert_eq!(refused[2], "service-desk → take-return → till → ninety-days !");
    // Its cause is the friction point above, whose causes are its own.
    let shamed = map.trace("shamed");
    assert_eq!(ways(&shamed)[4], "day-100 → service-desk → take-return → till → ninety-days !");
    let policy = shamed.causes.iter().find(|it| it.system.as_str() == "ninety-days").unwrap();
    assert_eq!((texts(&policy.named_by), policy.distance), (vec!["refused"], Some(3)));
}

#[test]
fn a_link_is_traced_from_its_lower_end_and_begins_each_way() {
    let map = Map::example("support-case");
    let trace = map.trace("agent-call-scripted-diagnosis");
    assert_eq!(texts(&trace.starts), ["agent-call", "scripted-diagnosis"]);
    assert_eq!(
        ways(&trace),
        [
            // Named by the friction point on a link of it, not by those at the upper end.
            "agent-call → scripted-diagnosis → offshore-team → call-centre → minutes-policy !",
            "agent-call → scripted-diagnosis → script-policy → quality-team",
            "agent-call → scripted-diagnosis → offshore-team → call-centre → minutes-policy → quality-team",
        ]
    );
    assert!(!trace.nodes.contains(&id("type-notes")), "what lies beneath the upper end alone");
    assert!(trace.causes.iter().all(|it| it.system.as_str() != "agent-call"));
}

#[test]
fn what_a_friction_point_sits_on_is_no_other_system() {
    let map = Map::example("support-case");
    let mut session = throughline::edit::Session::new(map.doc);
    let at = id("scripted-diagnosis");
    let friction = session
        .edit("add", |tx| throughline::edit::verbs::add_friction(tx, &at, "Slow", 3))
        .unwrap();
    let map = Map::of(session.doc().clone());
    let (of_friction, of_system) = (map.impact(friction.as_str()), map.impact(at.as_str()));
    assert_eq!(of_friction.systems, of_system.systems);
    assert!(!of_friction.systems.contains(&at));
}

#[test]
fn impact_reaches_up_to_the_segments() {
    let map = Map::example("support-case");
    let impact = map.impact("quality-team");
    assert_eq!(texts(&impact.touchpoints), ["agent-call", "chat"], "by name");
    let steps: Vec<_> = impact.steps.iter().map(|it| (it.step.as_str(), it.stops)).collect();
    assert_eq!(steps, [("tell-story", false), ("script", false)]);
    assert_eq!(texts(&impact.stages), ["explain"]);
    assert!(impact.nodes.contains(&id("maker")), "an influencer works through the chat");
    assert_eq!(impact.segments.len(), 2);
    assert_eq!(
        texts(impact.frictions.iter().map(|it| &it.0)),
        ["script-prison", "tell-again", "hurried"]
    );
    let stops = map.impact("web-help-team").steps;
    assert!(stops.iter().all(|it| it.stops) && stops.len() == 2, "{stops:?}");
}

#[test]
fn what_is_no_place_has_an_empty_answer() {
    let map = Map::example("support-case");
    for from in ["small-firms", "explain", "ease", "nobody"] {
        assert_eq!(map.trace(from), Trace::default(), "{from}");
        assert_eq!(map.impact(from), Impact::default(), "{from}");
    }
}

#[test]
fn shares_of_the_journey_are_as_computed_by_hand() {
    let link = |name: &str, from: &str, to: &str, kind: LinkKind| -> (Id, Record) {
        (id(name), Link { from: id(from), to: id(to), kind }.into())
    };
    let sways = |all: &[(&str, u8)]| {
        let importance = all.iter().map(|(segment, weight)| (id(segment), *weight)).collect();
        LinkKind::Influences { activities: Vec::new(), importance, via: None }
    };
    let segment = |priority, customers| -> Record {
        Segment { priority, customers: Some(customers), ..Segment::default() }.into()
    };
    let step = |moment_of_truth| -> Record { Step { moment_of_truth, ..Step::default() }.into() };
    let map = Map::of(doc([
        (id("many"), segment(2, 300)),
        (id("few"), segment(4, 100)),
        (id("one"), step(false)),
        (id("two"), step(true)),
        (id("three"), step(false)),
        (id("friend"), Influencer::default().into()),
        (id("film"), Influencer::default().into()),
        (id("shop"), Touchpoint::default().into()),
        (id("till"), System::default().into()),
        // `many` cares 4 (the higher of two) at one and 2 at three; at two it is the mean, 3.
        link("a", "friend", "one", sways(&[("many", 4)])),
        link("b", "film", "one", sways(&[("many", 1)])),
        link("c", "film", "three", sways(&[("many", 2)])),
        link("d", "two", "shop", LinkKind::Uses),
        link("e", "shop", "till", LinkKind::DependsOn { what: None, rating: None }),
    ]));
    let impact = map.impact("till");
    let shares: Vec<_> = impact
        .segments
        .iter()
        .map(|it| (it.segment.as_ref().unwrap().as_str(), it.share))
        .collect();
    // `two` is a moment of truth and counts double: 1·2 of 1 + 2 + 1, and 3·2 of 4 + 6 + 2.
    assert_eq!(shares, [("few", 0.5), ("many", 0.5)]);
    let impact = map.impact("one");
    // 1 of 4 for the few, 4 of 12 for the many: (¼ × 4 × 100 + ⅓ × 2 × 300) ÷ (400 + 600).
    assert_eq!(impact.share, 0.3);
}
