//! What makes up traced friction, centrality against networkx, and what hangs in the air.

use std::collections::BTreeMap;

use proptest::prelude::*;
use throughline::insight;
use throughline::model::choice::{SystemClass, TouchpointStatus};
use throughline::model::record::{Friction, Link, LinkKind, Step, System, Touchpoint};
use throughline::model::{Doc, Id, Record};

use super::tangle::{doc, id, tangle};
use super::{Map, texts};
use crate::support;

const EXPECTED: &str = include_str!("betweenness.tsv");

#[test]
fn betweenness_is_that_of_networkx() {
    let mut expected: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    for line in EXPECTED.lines().filter(|line| !line.starts_with('#')) {
        let [map, node, value] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        expected.insert((map, node), value.parse().unwrap());
    }
    let mut compared = 0;
    for example in throughline::examples::EXAMPLES {
        for hub in Map::example(example.name).hubs().hubs {
            let key = (example.name, hub.system.as_str());
            let value = expected.get(&key).copied().unwrap_or(0.0);
            compared += usize::from(value > 0.0);
            assert!(
                (hub.betweenness - value).abs() < 1e-12,
                "{key:?}: {} {value}",
                hub.betweenness
            );
        }
    }
    assert!(compared >= 40, "{compared} systems lie between others");
}

/// Each score is the sum of its parts, and no friction gives more than it weighs.
fn parts_add_up(doc: &Doc) {
    let map = Map::of(doc.clone());
    for hub in map.hubs().hubs {
        let parts = map.parts(hub.system.as_str());
        let sum: f64 = parts.iter().map(|it| it.weight * it.share).sum();
        assert!((sum - hub.friction).abs() <= 1e-9 * sum.max(1.0), "{}: {sum}", hub.friction);
        for part in parts {
            assert!(part.share > 0.0 && part.share <= 1.0 + 1e-9, "{part:?}");
            let friction = doc.get_as::<Friction>(&part.friction).unwrap();
            assert_eq!(part.weight, insight::weight(friction));
            // The trace of the friction point says the same of its causes.
            let trace = map.trace(part.friction.as_str());
            let cause = trace.causes.iter().find(|it| it.system == hub.system);
            assert!((cause.unwrap().share - part.share).abs() < 1e-9, "{part:?} {trace:?}");
        }
    }
}

#[test]
fn parts_add_up_on_all_examples() {
    for example in throughline::examples::EXAMPLES {
        parts_add_up(&Map::example(example.name).doc);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn parts_add_up_on_tangles(doc in tangle(24, true)) {
        parts_add_up(&doc);
    }

    #[test]
    fn parts_add_up_where_nothing_is_named(doc in tangle(24, false)) {
        parts_add_up(&doc);
    }

    #[test]
    fn parts_add_up_on_generated_maps(doc in support::maps::doc()) {
        parts_add_up(&doc);
    }
}

fn link(name: &str, from: &str, to: &str, kind: LinkKind) -> (Id, Record) {
    (id(name), Link { from: id(from), to: id(to), kind }.into())
}

fn depends(name: &str, from: &str, to: &str) -> (Id, Record) {
    link(name, from, to, LinkKind::DependsOn { what: None, rating: None })
}

fn system(name: &str, class: SystemClass) -> (Id, Record) {
    (id(name), System { name: name.to_owned(), class, ..System::default() }.into())
}

fn friction(name: &str, at: &str, severity: u8, causes: &[&str]) -> (Id, Record) {
    let causes = causes.iter().map(|it| id(it)).collect();
    let friction = Friction { at: Some(id(at)), severity, causes, ..Friction::default() };
    (id(name), friction.into())
}

#[test]
fn friction_runs_down_and_splits_or_goes_where_it_is_named() {
    // s → t → {a, b}, a → c; weights are severity × 3.
    let map = Map::of(doc([
        (id("s"), Step::default().into()),
        (id("t"), Touchpoint::default().into()),
        system("a", SystemClass::Process),
        system("b", SystemClass::Team),
        system("c", SystemClass::Policy),
        link("uses", "s", "t", LinkKind::Uses),
        depends("ta", "t", "a"),
        depends("ta-again", "t", "a"),
        depends("tb", "t", "b"),
        depends("ac", "a", "c"),
        depends("cc", "c", "c"),
        friction("runs-down", "s", 4, &[]),
        friction("names", "s", 2, &["c", "by-another"]),
        friction("by-another", "ac", 0, &["b", "names", "gone"]),
        friction("on-a-link", "ac", 1, &[]),
    ]));
    let hubs = map.hubs().hubs;
    let of = |name: &str| hubs.iter().find(|it| it.system == id(name)).unwrap();
    // 12 from `s` splits over a and b; `names` and `by-another` name each other: one, to b and c.
    assert_eq!(of("a").friction, 6.0);
    assert_eq!(of("b").friction, 6.0 + 3.0);
    assert_eq!(of("c").friction, 6.0 + 3.0 + 3.0, "a link's friction is its lower end's");
    assert_eq!((of("c").owner.as_ref(), of("b").owner.as_ref()), (None, Some(&id("b"))));
    let order: Vec<&str> = texts(hubs.iter().map(|it| &it.system));
    assert_eq!(order, ["c", "a", "b"], "those without an owner first, a team answers for itself");
    let parts: Vec<_> = map.parts("c").into_iter().map(|it| (it.friction, it.share)).collect();
    assert_eq!(parts, [(id("runs-down"), 0.5), (id("names"), 0.5), (id("on-a-link"), 1.0)]);
    assert_eq!(map.parts("nobody"), []);
}

#[test]
fn what_hangs_in_the_air_is_listed() {
    let touchpoint = |name: &str, status, owner: Option<&str>| -> (Id, Record) {
        let (owner, name) = (owner.map(id), name.to_owned());
        (id(&name), Touchpoint { name, status, owner, ..Touchpoint::default() }.into())
    };
    let map = Map::of(doc([
        (id("s"), Step::default().into()),
        touchpoint("used", TouchpointStatus::Live, Some("owns-only")),
        touchpoint("supported", TouchpointStatus::Live, None),
        touchpoint("retired", TouchpointStatus::Retired, None),
        system("owns-only", SystemClass::Team),
        system("idle", SystemClass::Process),
        system("own", SystemClass::Process),
        system("base", SystemClass::Process),
        link("uses", "s", "used", LinkKind::Uses),
        depends("rests", "supported", "base"),
        depends("itself", "own", "own"),
    ]));
    let hubs = map.hubs();
    assert_eq!(texts(&hubs.unused_systems), ["idle", "own"], "resting on oneself is no use");
    assert_eq!(texts(&hubs.unsupported_touchpoints), ["used"]);
    assert_eq!(texts(&hubs.unused_touchpoints), ["supported"]);
}
