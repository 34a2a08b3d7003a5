//! Every record kind with every field set, and whether the inspector shows all of them.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use throughline::model::choice::{
    ActionStatus, Band, Channel, Confidence, Delivery, FrictionClass, FrictionStatus,
    InfluencerClass, LaneContent, Lever, MapState, NextClass, Rating, SystemClass,
    TouchpointStatus, ViewKind,
};
use throughline::model::record::{
    Action, ActionCheck, Delight, Filter, Friction, Head, Influencer, Lane, Link, LinkKind,
    Measure, MeasureKind, Money, Note, Persona, Quality, Reading, Segment, Stage, Step, System,
    TimeSpent, Told, Touchpoint, Verbatim, View,
};
use throughline::model::{Kind, OrderKey, Record};
use throughline::scene::Theme;

use super::desk::{Desk, desk, doc_of, harness, id, ids, select, session};

/// Every record kind with every field set to something that is not its default.
fn full() -> Vec<(&'static str, Record)> {
    let some = |text: &str| Some(text.to_owned());
    let texts = |text: &str| vec![text.to_owned(), format!("{text} again")];
    let date = Some(jiff::civil::date(2026, 5, 3));
    let money = Some(Money { amount: 12.5, currency: "EUR".into() });
    let order = OrderKey::new("k").unwrap();
    let per = |value| [(id("sg"), value)].into();
    let name = || "A name that is far too long for any panel: ".to_owned() + &"verylong".repeat(40);
    let persona = Persona {
        quote: some("We just want to sit down"),
        goals: texts("goal"),
        needs: texts("need"),
        frustrations: texts("frustration"),
    };
    let segment = Segment {
        name: name(),
        priority: 4,
        share_pct: Some(45.0),
        customers: Some(1200),
        lifetime_value: money.clone(),
        persona: Some(persona),
        colour: some("#0072b2"),
    };
    let step = Step {
        name: name(),
        stage: Some(id("sa")),
        order: order.clone(),
        notes: some("notes"),
        company_involved: false,
        time_spent: Some(TimeSpent { active: some("20 min"), waiting: some("2 days") }),
        activities: texts("activity"),
        criteria: texts("criterion"),
        shorten: texts("idea"),
        thoughts: texts("thought"),
        feelings: per(-1),
        expected: per(1),
        moment_of_truth: true,
        submap: some("other.ron"),
        tags: texts("tag"),
    };
    let quality =
        Quality { reliable: Some(1), relevant: Some(2), valuable: Some(3), honest: Some(4) };
    let touchpoint = Touchpoint {
        name: name(),
        channel: Channel::Store,
        delivery: Delivery::Mixed,
        status: TouchpointStatus::AtRisk,
        owner: Some(id("sy")),
        quality: Some(quality),
        moment_of_truth: true,
        notes: some("notes"),
        tags: texts("tag"),
    };
    let system = System {
        name: name(),
        class: SystemClass::Policy,
        band: Some(Band::Backstage),
        lever: Some(Lever::Policies),
        owner: Some(id("sy")),
        criticality: Some(3),
        notes: some("notes"),
        tags: texts("tag"),
    };
    let link = |from: &str, to: &str, kind| Link { from: id(from), to: id(to), kind };
    let next = LinkKind::Next {
        condition: some("in stock"),
        share_pct: Some(30.0),
        class: NextClass::Branch,
    };
    let influences = LinkKind::Influences {
        activities: texts("views recommendations"),
        importance: [(id("sg"), 4)].into(),
        via: Some(id("tp")),
    };
    let depends = LinkKind::DependsOn { what: some("stock"), rating: Some(Rating::Strained) };
    let friction = Friction {
        at: Some(id("st")),
        text: name(),
        class: FrictionClass::Effort,
        severity: 4,
        frequency: Some(3),
        reach_pct: Some(60.0),
        causes: ids(&["sy"]),
        status: FrictionStatus::Changing,
        confidence: Confidence::Researched,
        votes: 7,
        cost_per_year: money,
        tags: texts("tag"),
    };
    let told = || Some(Told { date, text: "We changed it".into() });
    let action = Action {
        title: name(),
        addresses: ids(&["fr"]),
        at: ids(&["st"]),
        owner: Some(id("sy")),
        due: date,
        levers: vec![Lever::People],
        effort: Some(2),
        value: Some(5),
        status: ActionStatus::Agreed,
        check: Some(ActionCheck {
            measure: Some(id("me")),
            baseline: Some(10.0),
            target: Some(20.0),
        }),
        told_customers: told(),
        told_staff: told(),
        votes: 3,
        tags: texts("tag"),
    };
    let custom =
        MeasureKind::Custom { min: 1.0, max: 4.0, higher_is_better: true, unit: some("stars") };
    let reading = Reading {
        measure: Some(id("me")),
        at: Some(id("st")),
        segment: Some(id("sg")),
        date,
        round: some("spring"),
        counts: [(1, 4), (3, 9)].into(),
        value: Some(2.5),
        n: Some(13),
    };
    let verbatim = Verbatim {
        text: name(),
        at: Some(id("st")),
        segment: Some(id("sg")),
        source: some("exit survey"),
        date,
        sentiment: Some(-2),
    };
    let view = View {
        name: name(),
        kind: ViewKind::Matrix,
        filter: Filter {
            segments: ids(&["sg"]),
            bands: vec![Band::Support],
            tags: texts("tag"),
            min_severity: Some(3),
        },
        pins: [(id("st"), (10.0, 20.0)), (id("sy"), (30.0, 40.0))].into(),
        tidied: 2,
        deck: None,
    };
    let lane = Lane {
        name: name(),
        order: order.clone(),
        content: LaneContent::Emotion,
        band: Band::Support,
        hidden: true,
    };
    let influencer = Influencer {
        name: name(),
        class: InfluencerClass::Family,
        notes: some("notes"),
        tags: texts("tag"),
    };
    let delight = Delight { at: Some(id("st")), text: name(), strength: 5, tags: texts("tag") };
    let note = Note { text: name(), at: Some(id("st")), author: some("Ann"), date, resolved: true };
    vec![
        ("sg", segment.into()),
        ("sa", Stage { name: name(), order, goal: some("goal") }.into()),
        ("la", lane.into()),
        ("st", step.clone().into()),
        ("st2", step.into()),
        ("tp", touchpoint.into()),
        ("in", influencer.into()),
        ("sy", system.into()),
        ("li-next", link("st", "st2", next).into()),
        ("li-uses", link("st", "tp", LinkKind::Uses).into()),
        ("li-influences", link("in", "st", influences).into()),
        ("li-depends", link("tp", "sy", depends).into()),
        ("fr", friction.into()),
        ("de", delight.into()),
        ("ac", action.into()),
        ("me", Measure { name: name(), kind: custom, question: some("How was it?") }.into()),
        ("re", reading.into()),
        ("ve", verbatim.into()),
        ("no", note.into()),
        ("vi", view.into()),
    ]
}

fn full_head() -> Head {
    let some = |text: &str| Some(text.to_owned());
    Head {
        title: "Home movie night".into(),
        scenario: some("A family watches a film"),
        goal: some("A good evening"),
        state: MapState::Future,
        based_on: some("now.ron"),
        owner: some("Ann"),
        team: vec!["Ben".into()],
        parent: some("all.ron"),
        notes: some("notes"),
    }
}

/// The names of the fields in the file, nested ones with a dot; a map by id or number is one field.
fn file_fields(record: &impl serde::Serialize) -> BTreeSet<String> {
    fn walk(value: &serde_json::Value, under: &str, out: &mut BTreeSet<String>) {
        let by_key = ["feelings", "expected", "importance", "counts", "pins"];
        let money = ["lifetime_value", "cost_per_year"];
        match value {
            serde_json::Value::Object(fields)
                if !by_key.contains(&under.rsplit('.').next().unwrap())
                    && !money.contains(&under) =>
            {
                for (name, value) in fields {
                    // `kind: Next(…)` reads as `kind`, and its fields as `kind.condition`.
                    let variant = under == "kind" && name.starts_with(char::is_uppercase);
                    if variant {
                        out.insert("kind".into());
                        walk(value, "kind", out);
                    } else {
                        let dot = if under.is_empty() { "" } else { "." };
                        walk(value, &format!("{under}{dot}{name}"), out);
                    }
                }
            }
            _ => drop(out.insert(under.to_owned())),
        }
    }
    let mut out = BTreeSet::new();
    walk(&serde_json::to_value(record).unwrap(), "", &mut out);
    out
}

#[test]
fn every_field_of_every_record_has_a_control() {
    let records = full();
    let kinds: BTreeSet<Kind> = records.iter().map(|(_, record)| record.kind()).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "every kind is here");
    let drawn = |harness: &Harness<'_, Desk>| -> BTreeSet<String> {
        harness.state().open.inspector.fields().iter().map(|it| (*it).to_owned()).collect()
    };
    let mut harness = harness(desk(doc_of(full_head(), records.clone()), 320.0));
    assert_eq!(drawn(&harness), file_fields(&full_head()), "the head");
    for (at, record) in &records {
        select(&mut harness, at);
        assert_eq!(drawn(&harness), file_fields(record), "{at}");
    }
}

#[test]
fn every_record_is_shown_full_and_empty_in_wide_and_narrow_panels() {
    let empty: Vec<(&str, Record)> = vec![
        ("sg", Segment::default().into()),
        ("sa", Stage::default().into()),
        ("la", Lane::default().into()),
        ("st", Step::default().into()),
        ("tp", Touchpoint::default().into()),
        ("in", Influencer::default().into()),
        ("sy", System::default().into()),
        ("fr", Friction::default().into()),
        ("de", Delight::default().into()),
        ("ac", Action::default().into()),
        ("me", Measure::default().into()),
        ("re", Reading::default().into()),
        ("ve", Verbatim::default().into()),
        ("no", Note::default().into()),
        ("vi", View::default().into()),
        // Both ends are missing: a broken file can still be looked at.
        ("li", Link { from: id("gone"), to: id("lost"), kind: LinkKind::Uses }.into()),
    ];
    for records in [full(), empty] {
        for (wide, theme) in [(460.0, Theme::dark()), (180.0, Theme::light())] {
            let before = doc_of(full_head(), records.clone());
            let mut harness = harness(Desk { theme, ..desk(before.clone(), wide) });
            for (at, _) in &records {
                select(&mut harness, at);
                let panel = harness.state().open.inspector.fields().len();
                assert!(panel >= 3, "{at} shows {panel} fields");
                let boxes = harness.root().children_recursive();
                // The text in a field of one line scrolls inside it.
                let wide = boxes.filter(|it| {
                    let it = it.accesskit_node();
                    it.role() != Role::TextRun && it.bounding_box().is_some_and(|it| it.x1 > 900.5)
                });
                let over: Vec<_> =
                    wide.filter_map(|it| it.accesskit_node().label().or(it.value())).collect();
                assert!(over.is_empty(), "{at}: {over:?} stand out of the panel");
            }
            let session = session(&mut harness);
            assert_eq!((session.doc(), session.depth()), (&before, 0), "looking changes nothing");
        }
    }
}
