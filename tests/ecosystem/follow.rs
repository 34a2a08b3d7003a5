//! The ecosystem follows edits: but for places it shows what it would show anew, and little is
//! done; layouts that are done elsewhere come in when they are done.

use proptest::prelude::*;
use throughline::edit::{Session, Tx, verbs};
use throughline::geom::{pt, rect};
use throughline::model::choice::ViewKind;
use throughline::model::record::{Friction, LinkKind, System, Touchpoint, View};
use throughline::model::{Doc, Graph, Index};
use throughline::scene::{
    EcosystemFilter, EcosystemOptions, EcosystemScene, Grouping, Layer, NodeKind, Scene,
};
use throughline::text::Text;

use super::{cards, check, ecosystem, shown, small, text, with};
use crate::support::changes::{change, patch_of};
use crate::support::maps;
use crate::support::small::{Map, id};

/// What a scene shows, without where.
fn content(scene: &Scene) -> Vec<String> {
    let mut all: Vec<String> = (scene.items.iter())
        .filter(|item| item.hit.is_some() || !item.name.is_empty())
        // Whether a line has room for its label is a matter of places.
        .filter(|item| item.layer != Layer::Links || !item.name.is_empty())
        .map(|item| {
            let texts = item.shapes.iter().filter_map(|(detail, shape)| match shape {
                throughline::scene::Shape::Text { block, .. } => Some((detail.0, &block.text)),
                _ => None,
            });
            let texts: Vec<_> = texts.filter(|_| item.layer == Layer::Cards).collect();
            format!("{:?} {:?} {} {texts:?}", item.layer, item.hit, item.name)
        })
        .collect();
    all.sort();
    all
}

fn options() -> impl Strategy<Value = EcosystemOptions> {
    (any::<bool>(), any::<[bool; 4]>(), prop::option::of(1..6_u8)).prop_map(
        |(owners, [kinds, steps, filter, compact], min_severity)| {
            let kinds = kinds.then_some(NodeKind::Touchpoint);
            EcosystemOptions {
                compact,
                grouping: if owners { Grouping::Owners } else { Grouping::Bands },
                collapsed_kinds: kinds.into_iter().chain(steps.then_some(NodeKind::Step)).collect(),
                filter: EcosystemFilter {
                    min_severity: min_severity.filter(|_| filter),
                    ..Default::default()
                },
                ..Default::default()
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn following_edits_shows_what_starting_afresh_does(
        doc in maps::doc_of(3),
        changes in prop::collection::vec(change(), 1..6),
        options in options(),
    ) {
        let (mut doc, mut text) = (doc, text());
        let mut followed = with(&doc, &mut text, options.clone());
        for change in &changes {
            let patch = patch_of(&doc, change);
            doc.apply(&patch);
            followed.apply(&doc, &Index::of(&doc), &Graph::of(&doc), &patch, &mut text);
            let fresh = with(&doc, &mut text, options.clone());
            prop_assert_eq!(content(followed.scene()), content(fresh.scene()));
            prop_assert_eq!(check(&doc, &followed), Ok(()));
        }
    }
}

/// A session with its view.
struct World {
    session: Session,
    view: EcosystemScene,
    text: Text,
}

impl World {
    fn of(doc: Doc) -> Self {
        let mut text = text();
        let view = ecosystem(&doc, &mut text);
        Self { session: Session::new(doc), view, text }
    }

    fn follow(&mut self) {
        let patch = self.session.take_patch();
        let it = &self.session;
        self.view.apply(it.doc(), it.index(), it.graph(), &patch, &mut self.text);
        assert_eq!(check(it.doc(), &self.view), Ok(()));
    }

    fn edit(&mut self, verb: impl FnOnce(&mut Tx<'_>)) {
        self.session.edit("Edit", verb);
        self.follow();
    }

    fn set_options(&mut self, options: EcosystemOptions) {
        let it = &self.session;
        self.view.set_options(it.doc(), it.index(), it.graph(), &mut self.text, options);
    }

    fn places(&self) -> Vec<(String, throughline::geom::Rect)> {
        let all = cards(self.view.scene()).into_iter();
        let mut all: Vec<_> =
            all.map(|it| (it.hit.as_ref().unwrap().record.to_string(), it.rect)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }
}

/// Two hundred touchpoints, each on a system of its own.
fn many() -> Map {
    let mut map = Map::default();
    map.stage("s", "All");
    map.step("step", "Step", Some("s"));
    for i in 0..200 {
        let (tp, sy) = (format!("tp{i}"), format!("sy{i}"));
        map.put(&tp, Touchpoint { name: format!("Touchpoint {i}"), ..Default::default() });
        map.put(&sy, System { name: format!("System {i}"), ..Default::default() });
        map.link("step", &tp, LinkKind::Uses);
        map.link(&tp, &sy, LinkKind::DependsOn { what: None, rating: None });
    }
    map
}

#[test]
fn a_small_edit_is_little_work() {
    let mut world = World::of(many().0);
    let mut work = |verb: &dyn Fn(&mut Tx<'_>)| {
        let before = world.view.stats();
        world.edit(|tx| verb(tx));
        let after = world.view.stats();
        (after.bodies - before.bodies, after.plans - before.plans, after.layouts - before.layouts)
    };
    let rename = |name: &'static str| {
        move |tx: &mut Tx<'_>| {
            tx.update::<Touchpoint>(&id("tp9"), |it| it.name = name.into());
        }
    };
    assert_eq!(work(&rename("Another name")), (1, 0, 0));
    let long = "A name that takes two lines of a card";
    assert_eq!(work(&rename(long)), (1, 0, 1), "a higher card moves others");
    assert_eq!(work(&|tx| _ = verbs::add_step(tx, None, None, "More")), (1, 1, 1));
    let friction = Friction { at: Some(id("sy5")), severity: 3, ..Default::default() };
    assert_eq!(work(&|tx| _ = tx.add(friction.clone())), (1, 1, 1), "one card is marked");
    assert_eq!(work(&|tx| _ = tx.add(throughline::model::record::Note::default())), (0, 0, 0));
}

#[test]
fn a_new_name_is_said_wherever_it_stands() {
    let mut world = World::of(small().0);
    world.edit(|tx| {
        tx.update::<System>(&id("staff"), |it| it.name = "Crew".into());
    });
    world.edit(|tx| {
        tx.update::<System>(&id("check"), |it| it.name = "Look at it".into());
    });
    let names: Vec<&str> = world.view.scene().items.iter().map(|it| &*it.name).collect();
    let says = |what: &str| assert!(names.iter().any(|it| it.contains(what)), "{what}");
    says("Process: Look at it. Owner: Crew.");
    says("Shop rests on Look at it, strained");
    says("on the link from Look at it to Till");
    assert!(!names.iter().any(|it| it.contains("Shop staff") || it.contains("Check the parcel")));
}

#[test]
fn a_filter_that_is_taken_away_brings_everything_back() {
    let mut world = World::of(small().0);
    let before = world.places();
    let filter = EcosystemFilter { stages: [id("back")].into(), ..Default::default() };
    world.set_options(EcosystemOptions { filter, ..Default::default() });
    assert_ne!(world.places(), before);
    world.set_options(EcosystemOptions::default());
    assert_eq!(world.places(), before);
    let bodies = world.view.stats().bodies;
    world.set_options(EcosystemOptions { segment: Some(id("fans")), ..Default::default() });
    assert_eq!(world.view.stats().bodies, bodies, "no text is set for another selection of cards");
}

#[test]
fn tidying_up_is_taken_back_with_everything_where_it_was() {
    let mut world = World::of(many().0);
    world.edit(|tx| verbs::pin(tx, &id("sy5"), Some((900.0, 60.0))));
    let before = world.places();
    world.edit(verbs::tidy);
    let tidy = world.places();
    world.session.undo();
    world.follow();
    assert_eq!(world.places(), before);
    world.session.redo();
    world.follow();
    assert_eq!(world.places(), tidy);
}

/// Where everything stands in a fresh picture of the map as it is.
fn fresh(world: &World) -> Vec<(String, throughline::geom::Rect)> {
    let again = World::of(world.session.doc().clone());
    again.places()
}

#[test]
fn tidying_up_anew_after_an_undo_is_no_redo() {
    let mut world = World::of(many().0);
    world.edit(verbs::tidy);
    world.session.undo();
    world.follow();
    world.edit(|tx| drop(verbs::add_system(tx, Some(&id("sy7")), "More", Default::default())));
    world.edit(|tx| drop(verbs::add_system(tx, Some(&id("sy9")), "Most", Default::default())));
    world.edit(verbs::tidy);
    assert_eq!(world.places(), fresh(&world));
}

#[test]
fn tidying_up_a_part_tidies_the_whole() {
    let mut world = World::of(many().0);
    world.edit(|tx| verbs::pin(tx, &id("sy5"), Some((900.0, 60.0))));
    world.edit(|tx| drop(verbs::add_system(tx, Some(&id("sy7")), "More", Default::default())));
    let before = world.places();
    let kinds = [NodeKind::Touchpoint, NodeKind::Step].into();
    let filter = EcosystemFilter { kinds, ..Default::default() };
    world.set_options(EcosystemOptions { filter, ..Default::default() });
    world.edit(verbs::tidy);
    world.set_options(EcosystemOptions::default());
    assert_eq!(world.places(), fresh(&world));
    world.session.undo();
    world.follow();
    assert_eq!(world.places(), before);
}

#[test]
fn pins_are_places_in_bands() {
    let mut world = World::of(many().0);
    let owners = || EcosystemOptions { grouping: Grouping::Owners, ..Default::default() };
    world.set_options(owners());
    let before = world.places();
    assert_eq!(world.view.pin_of(pt(900.0, 60.0), &id("sy5")), None);
    world.edit(|tx| verbs::pin(tx, &id("sy5"), Some((900.0, 60.0))));
    assert_eq!(world.places(), before, "swimlanes know no pins");
}

#[test]
fn what_a_drop_stores_is_where_the_card_comes_to_stand() {
    let mut world = World::of(many().0);
    let card = world.view.scene().rect_of(&id("tp7")).unwrap();
    let at = card.center().offset(pt(420.3, 3.0));
    let pin = world.view.pin_of(at, &id("tp7")).unwrap();
    assert_eq!(pin.0, f64::from(at.x.round()));
    world.edit(|tx| verbs::pin(tx, &id("tp7"), Some(pin)));
    let stands = |world: &World| {
        let card = world.view.scene().rect_of(&id("tp7")).unwrap().center();
        let bands = world.view.strips().map(|it| it.1.min.y).filter(|it| *it < card.y);
        (f64::from(card.x), f64::from(card.y - bands.reduce(f32::max).unwrap()))
    };
    let moved = world.view.scene().rect_of(&id("tp7")).unwrap();
    assert_eq!(stands(&world), pin);
    assert!((moved.center().y - card.center().y).abs() < 1.0, "a drop a little off is in the row");
    assert_eq!(world.view.pin_of(moved.center(), &id("tp7")), Some(pin), "once more is the same");
    for name in ["More", "Most"] {
        let long = format!("{name} {}", "and more and more ".repeat(12));
        world.edit(|tx| _ = verbs::rename(tx, &id("tp3"), &long));
        world.edit(|tx| drop(verbs::add_system(tx, Some(&id("sy7")), name, Default::default())));
        assert_eq!(stands(&world), pin);
    }
    assert_eq!(stands(&World::of(world.session.doc().clone())), pin, "and when opened again");
    assert_eq!(world.view.pin_of(at, &id("nobody")), None);
    let (_, view) = world.session.doc().all::<View>().next().unwrap();
    assert_eq!((view.kind, view.pins.len()), (ViewKind::Ecosystem, 1));
}

#[test]
fn large_layouts_are_done_elsewhere() {
    let (doc, mut text) = (many().0, text());
    let (index, graph) = (Index::of(&doc), Graph::of(&doc));
    let all = EcosystemOptions::default;
    let mut view = EcosystemScene::with_limit(&doc, &index, &graph, &mut text, all(), Some(100));
    assert!(view.is_pending() && cards(view.scene()).is_empty());
    assert_eq!(&*view.scene().items[0].name, "Laying out 401 cards…");
    let old = view.take_task().unwrap();
    assert!(view.take_task().is_none(), "it is handed out once");
    view.tidy(&doc, &index, &graph, &mut text);
    let task = view.take_task().unwrap();
    assert!(!view.finish(old.run(), &doc, &index, &graph, &mut text), "out of date");
    let mut session = Session::new(doc);
    session.edit("Add step", |tx| _ = verbs::add_step(tx, None, None, "More"));
    let patch = session.take_patch();
    let (doc, index, graph) = (session.doc(), session.index(), session.graph());
    view.apply(doc, index, graph, &patch, &mut text);
    let done = std::thread::spawn(|| task.run()).join().unwrap();
    assert!(view.finish(done, doc, index, graph, &mut text));
    assert!(!view.is_pending());
    assert_eq!(check(doc, &view), Ok(()));
    assert_eq!(cards(view.scene()).len(), 402, "what came meanwhile is there");
    let before = view.scene().bounds;
    let kinds = [NodeKind::Touchpoint, NodeKind::Step].into();
    let filter = EcosystemFilter { kinds, ..Default::default() };
    view.set_options(doc, index, graph, &mut text, EcosystemOptions { filter, ..all() });
    assert_eq!(view.scene().bounds, before, "the old picture stays");
    let done = view.take_task().unwrap().run();
    assert!(view.finish(done, doc, index, graph, &mut text));
    assert_eq!(shown(view.scene()).len(), 202);
    view.set_options(doc, index, graph, &mut text, all());
    assert!(!view.is_pending(), "what is known is followed at once");
    assert_eq!(
        view.scene().items.iter().filter(|it| it.rect == rect(0.0, 0.0, 0.0, 0.0)).count(),
        0
    );
}

#[test]
fn very_large_layouts_follow_edits_elsewhere() {
    let (doc, mut text) = (many().0, text());
    let (index, graph) = (Index::of(&doc), Graph::of(&doc));
    let all = EcosystemOptions::default();
    let mut view = EcosystemScene::with_limit(&doc, &index, &graph, &mut text, all, Some(30));
    let done = view.take_task().unwrap().run();
    assert!(view.finish(done, &doc, &index, &graph, &mut text));
    let stood = view.scene().rect_of(&id("tp7")).unwrap();
    let mut session = Session::new(doc);
    let add = |session: &mut Session, name: &str| {
        let new = session
            .edit("Add", |tx| verbs::add_system(tx, Some(&id("sy7")), name, Default::default()));
        (new, session.take_patch())
    };
    let (first, patch) = add(&mut session, "More");
    view.apply(session.doc(), session.index(), session.graph(), &patch, &mut text);
    let task = view.take_task().unwrap();
    assert_eq!(view.scene().rect_of(&first), None, "the old picture stays");
    let (second, patch) = add(&mut session, "Most");
    view.apply(session.doc(), session.index(), session.graph(), &patch, &mut text);
    let (doc, index, graph) = (session.doc(), session.index(), session.graph());
    assert!(view.finish(task.run(), doc, index, graph, &mut text));
    let again = view.take_task().unwrap();
    assert!(view.finish(again.run(), doc, index, graph, &mut text), "what came meanwhile");
    assert!(!view.is_pending());
    assert_eq!(check(doc, &view), Ok(()));
    for new in [&first, &second] {
        assert!(view.scene().rect_of(new).is_some());
    }
    assert_eq!(view.scene().rect_of(&id("tp7")), Some(stood), "followed, not laid out afresh");
}

#[test]
fn a_picture_that_begins_with_how_everything_stands_looks_the_same() {
    let mut world = World::of(many().0);
    world.edit(|tx| verbs::pin(tx, &id("sy5"), Some((900.0, 60.0))));
    world.edit(|tx| drop(verbs::add_system(tx, Some(&id("sy7")), "One more", Default::default())));
    let standing = world.view.standing_now().unwrap();
    let (doc, index) = (world.session.doc(), world.session.index());
    let options = EcosystemOptions::default();
    let again = EcosystemScene::standing(doc, index, &mut world.text, options, standing);
    assert_eq!(again.scene().dump(), world.view.scene().dump());
}
