//! The journey follows edits: what it shows then is what it would show anew, and little is done.

use std::sync::Arc;

use proptest::prelude::*;
use throughline::edit::Session;
use throughline::model::record::{Friction, Stage, Step, Touchpoint};
use throughline::model::{Doc, Graph, Id, OrderKey, Patch, Record};
use throughline::scene::{Heading, Item, JourneyOptions, JourneyScene, LanePart, Scene, Slice};

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

/// Some part of a map's journey, picked by numbers.
fn part_of(doc: &Doc, picks: &[usize], width: f32) -> JourneyOptions {
    let pick = |n: usize| picks[n % picks.len()];
    let steps = doc.steps().into_iter().enumerate().filter(|(i, _)| pick(*i) % 3 > 0);
    let mut only: Vec<Id> = steps.map(|(_, (id, _))| id.clone()).collect();
    only.extend(doc.stages().into_iter().step_by(3).map(|(id, _)| id.clone()));
    let whole = JourneyScene::new(doc, &Graph::of(doc), &mut text(), JourneyOptions::default());
    let lanes = whole.lanes().enumerate().filter(|(i, _)| pick(i + 1) % 4 > 0);
    let lanes = lanes.map(|(i, row)| LanePart {
        lane: row.id.clone(),
        tracks: pick(i) % 2..if pick(i) % 5 == 0 { 2 } else { usize::MAX },
    });
    let lanes = (pick(0) % 2 == 0).then(|| lanes.collect());
    JourneyOptions {
        segment: doc.segments().get(pick(1) % 4).map(|(id, _)| (*id).clone()),
        slice: Slice { only: (pick(2) % 4 > 0).then_some(only), lanes, abreast: pick(6) % 4 },
        width: (pick(3) % 3 > 0).then_some(width),
        curve_height: (pick(4) % 2 == 0).then_some(240.0),
        heading: [Heading::Whole, Heading::Legend, Heading::Nothing][pick(5) % 3],
        without_stages: pick(6) % 2 == 0,
        card_lines: (pick(7) % 2 == 0).then_some(1 + pick(7) % 5),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_part_follows_edits_as_the_whole_does(
        doc in maps::doc_of(3),
        changes in prop::collection::vec(change(), 1..6),
        picks in prop::collection::vec(0usize..60, 8),
        width in 400f32..1600.0,
    ) {
        let (mut doc, mut text) = (doc, text());
        let options = part_of(&doc, &picks, width);
        let new = |doc: &Doc, text: &mut _| {
            JourneyScene::new(doc, &Graph::of(doc), text, options.clone())
        };
        let mut followed = new(&doc, &mut text);
        for change in &changes {
            let patch = patch_of(&doc, change);
            doc.apply(&patch);
            followed.apply(&doc, &Graph::of(&doc), &patch, &mut text);
            let fresh = new(&doc, &mut text);
            prop_assert_eq!(same(followed.scene(), fresh.scene()), Ok(()));
            let segment = options.segment.clone();
            let whole = JourneyOptions { segment, ..JourneyOptions::default() };
            let whole = JourneyScene::new(&doc, &Graph::of(&doc), &mut text, whole);
            let cut = whole.part(&doc, &mut text, options.clone());
            prop_assert_eq!(same(cut.scene(), fresh.scene()), Ok(()));
            if let Some(width) = options.width {
                let columns = fresh.columns().count();
                let right = fresh.stages().map(|(_, it)| it.max.x).last().unwrap_or(width);
                // Columns never vanish, however many there are.
                prop_assert!(columns > 5 || (right - width).abs() < 0.5, "{right} for {width}");
            }
        }
    }
}

#[test]
fn a_part_shows_what_is_asked_for() {
    let (doc, mut text) = (large().0, text());
    let whole = journey(&doc, &mut text);
    let steps: Vec<Id> = doc.steps()[2..5].iter().map(|(id, _)| (*id).clone()).collect();
    let row = whole.lanes().max_by_key(|row| row.tracks.len()).unwrap();
    let lane = row.id.clone();
    let slice = |lanes| Slice { only: Some(steps.clone()), lanes, abreast: 0 };
    let all = JourneyOptions { slice: slice(None), ..Default::default() };
    let all = whole.part(&doc, &mut text, all);
    let shown: Vec<&Id> = all.columns().filter_map(|it| it.0).collect();
    assert_eq!(shown, steps.iter().collect::<Vec<_>>());
    let tracks = all.lanes().find(|row| *row.id == lane).unwrap().tracks.len();
    let mut cards = 0;
    for track in 0..tracks {
        let lanes = Some(vec![LanePart { lane: lane.clone(), tracks: track..track + 1 }]);
        let one = JourneyOptions { slice: slice(lanes), ..Default::default() };
        let one = whole.part(&doc, &mut text, one);
        assert_eq!(one.lanes().map(|row| row.tracks.len()).collect::<Vec<_>>(), [1]);
        cards += super::cards(one.scene()).len();
    }
    let lane = vec![LanePart::whole(lane)];
    let lane = JourneyOptions { slice: slice(Some(lane)), ..Default::default() };
    let lane = whole.part(&doc, &mut text, lane);
    assert_eq!(cards, super::cards(lane.scene()).len(), "every card in one track");
    assert!(cards > 1);
    let third = all.scene().items_of(&steps[0]).find(|it| it.name.starts_with("Step 3 of "));
    assert!(third.is_some(), "steps keep their number");
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
