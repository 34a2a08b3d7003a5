//! The journey follows edits: what it shows then is what it would show anew, and little is done.

use std::sync::Arc;

use proptest::prelude::*;
use throughline::edit::Session;
use throughline::model::record::{Friction, Stage, Step, Touchpoint};
use throughline::model::{Doc, Graph, OrderKey, Patch, Record};
use throughline::scene::{Item, Scene};

use super::{cards, journey, large, text};
use crate::support::changes::{change, patch_of};
use crate::support::maps;
use crate::support::small::id;

fn same(a: &Scene, b: &Scene) -> Result<(), String> {
    if a.items.len() != b.items.len() {
        return Err(format!("{} and {} items", a.items.len(), b.items.len()));
    }
    for (a, b) in a.items.iter().zip(&b.items) {
        let key = |it: &Item| (it.rect, it.layer, it.hit.clone(), it.name.clone());
        if key(a) != key(b) || a.shapes != b.shapes {
            return Err(format!("{:?}\n  is not {:?}", key(a), key(b)));
        }
    }
    if a.bounds != b.bounds { Err("other bounds".into()) } else { Ok(()) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn following_edits_equals_starting_afresh(
        doc in maps::doc_of(3),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let (mut doc, mut text) = (doc, text());
        let mut followed = journey(&doc, &mut text);
        for change in &changes {
            let patch = patch_of(&doc, change);
            doc.apply(&patch);
            followed.apply(&doc, &Graph::of(&doc), &patch, &mut text);
            let fresh = journey(&doc, &mut text);
            prop_assert_eq!(same(followed.scene(), fresh.scene()), Ok(()));
        }
    }
}

#[test]
fn a_stage_that_was_missing_is_named_when_it_comes() {
    let (mut doc, mut text) = (Doc::default(), text());
    let put = |doc: &mut Doc, at: &str, record: Record| {
        let mut patch = Patch::default();
        patch.set(&id(at), None, Some(Arc::new(record)));
        doc.apply(&patch);
        patch
    };
    let step = Step { name: "Wait".into(), stage: Some(id("later")), ..Default::default() };
    put(&mut doc, "wait", step.into());
    let mut followed = journey(&doc, &mut text);
    let stage = Stage { name: "Later".into(), ..Default::default() };
    let patch = put(&mut doc, "later", stage.into());
    followed.apply(&doc, &Graph::of(&doc), &patch, &mut text);
    assert!(followed.scene().dump().contains("Stage Later."));
    assert_eq!(same(followed.scene(), journey(&doc, &mut text).scene()), Ok(()));
}

#[test]
fn a_small_edit_sets_little_text() {
    let mut text = text();
    let mut session = Session::new(large().0);
    let mut journey = journey(session.doc(), &mut text);
    assert!(cards(journey.scene()).len() >= 1_000);
    let mut edit = |what: &str, most: usize, verb: &dyn Fn(&mut throughline::edit::Tx<'_>)| {
        let before = journey.stats();
        session.edit("Edit", |tx| verb(tx));
        let patch = session.take_patch();
        journey.apply(session.doc(), session.graph(), &patch, &mut text);
        let built = journey.stats().bodies - before.bodies;
        assert!(built <= most, "{what}: {built} cards set");
    };
    edit("another text", 1, &|tx| {
        tx.update::<Friction>(&id("fr7-1"), |it| it.text = "Now something else".into());
    });
    edit("a text that makes its row higher", 1, &|tx| {
        tx.update::<Touchpoint>(&id("tp9"), |it| it.name = "A longer name ".repeat(9));
    });
    edit("a name that its frictions show too", 5, &|tx| {
        tx.update::<Step>(&id("step3"), |it| it.name = "Renamed".into());
    });
    edit("one more step in the middle", 1, &|tx| {
        let (stage, order) = (Some(id("s3")), OrderKey::new("a0305").unwrap());
        tx.put(&id("more"), Step { name: "More".into(), stage, order, ..Default::default() });
    });
    edit("a step gone", 0, &|tx| {
        tx.take(&id("more"));
    });
    assert_eq!(journey.stats().plans, 3, "words alone do not place cards anew");
}

#[test]
fn a_text_of_the_same_size_arranges_nothing_else() {
    let mut text = text();
    let mut session = Session::new(large().0);
    let mut journey = journey(session.doc(), &mut text);
    let mut arranged = |verb: &dyn Fn(&mut throughline::edit::Tx<'_>)| {
        let before = journey.stats().arranged;
        session.edit("Edit", |tx| verb(tx));
        let patch = session.take_patch();
        journey.apply(session.doc(), session.graph(), &patch, &mut text);
        let found = journey.scene().items.iter().any(|it| it.name.contains("Changed"));
        assert!(found, "what is drawn is what was written");
        journey.stats().arranged - before
    };
    let touchpoint = |name: &str| {
        arranged(&|tx| {
            tx.update::<Touchpoint>(&id("tp9"), |it| it.name = name.into());
        })
    };
    let counts = ["Changed 9", "Changed 8", &"Changed a lot ".repeat(9)].map(touchpoint);
    assert_eq!(counts, [0, 0, 1], "only a higher card moves others");
}
