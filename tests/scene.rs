//! The journey as a scene: what must hold for every map, and pictures of small maps as text.

mod follow;

use proptest::prelude::*;
use throughline::geom::{Point, Rect, pt};
use throughline::layout::sizes;
use throughline::model::choice::{Band, Channel, LaneContent, NextClass, SystemClass};
use throughline::model::record::{
    Influencer, Lane, Link, LinkKind, Segment, Step, System, Touchpoint,
};
use throughline::model::{Doc, Graph};
use throughline::scene::{
    Ink, Item, JourneyOptions, JourneyScene, Layer, Part, Rgba, Scene, Shape,
};
use throughline::text::{SystemFonts, Text};

use crate::support::maps;
use crate::support::small::{Map, id};

fn journey(doc: &Doc, text: &mut Text) -> JourneyScene {
    JourneyScene::new(doc, &Graph::of(doc), text, JourneyOptions::default())
}

fn text() -> Text {
    Text::new(SystemFonts::Ignore)
}

/// Two stages, four steps, something in every lane.
fn small() -> Map {
    let mut map = Map::default();
    map.stage("choose", "Choose").stage("use", "Use");
    map.step("look", "Look around", Some("choose"));
    map.step("pick", "Pick one", Some("choose"));
    map.step("try", "Try it", Some("use"));
    map.step("tell", "Tell a friend", None);
    map.put("fans", Segment { name: "Fans".into(), priority: 2, ..Default::default() });
    let mut step = map.0.get_as::<Step>(&id("pick")).unwrap().clone();
    step.activities = vec!["Compares".into(), "Asks".into()];
    step.thoughts = vec!["Which one?".into()];
    step.feelings.insert(id("fans"), -1);
    step.moment_of_truth = true;
    map.put("pick", step);
    let mut step = map.0.get_as::<Step>(&id("tell")).unwrap().clone();
    step.feelings.insert(id("fans"), 2);
    step.expected.insert(id("fans"), 1);
    map.put("tell", step);
    let channel = Channel::Store;
    map.put("shop", Touchpoint { name: "Shop".into(), channel, ..Default::default() });
    map.link("look", "shop", LinkKind::Uses).link("pick", "shop", LinkKind::Uses);
    map.link("tell", "shop", LinkKind::Uses);
    map.put("friend", Influencer { name: "Friend".into(), ..Default::default() });
    let importance = [(id("fans"), 4)].into();
    let activities = vec!["Recommends".to_owned()];
    map.link("friend", "pick", LinkKind::Influences { activities, importance, via: None });
    map.put(
        "till",
        System { name: "Till".into(), class: SystemClass::Technology, ..Default::default() },
    );
    map.link("shop", "till", LinkKind::DependsOn { what: None, rating: None });
    map.friction("queue", "shop", 4).friction("crash", "till", 5);
    map.next("pick", "look", NextClass::Loop, "Not sure");
    map.next("pick", "try", NextClass::Normal, "");
    map
}

fn cards(scene: &Scene) -> Vec<&Item> {
    scene.items.iter().filter(|item| item.layer == Layer::Cards).collect()
}

/// What must hold for every picture.
fn check(scene: &Scene) -> Result<(), String> {
    let cards = cards(scene);
    for (i, a) in cards.iter().enumerate() {
        for b in &cards[..i] {
            if a.rect.overlaps(b.rect, 0.1) {
                return Err(format!("{} on {}", a.name, b.name));
            }
        }
    }
    for item in &scene.items {
        let r = item.rect;
        let inside = |r: Rect, out: Rect| {
            r.min.x >= out.min.x - 0.1
                && r.min.y >= out.min.y - 0.1
                && r.max.x <= out.max.x + 0.1
                && r.max.y <= out.max.y + 0.1
        };
        if !inside(r, scene.bounds) {
            return Err(format!("out of bounds: {}", item.name));
        }
        if item.hit.is_some() && item.name.is_empty() && item.layer != Layer::Links {
            return Err(format!("nameless: {:?}", item.hit));
        }
        let own = Rect { min: Point::default(), max: pt(r.width(), r.height()) };
        for (detail, shape) in item.shapes.iter() {
            if let Shape::Text { at, block, width, .. } = shape
                && *detail != throughline::scene::Detail::BLOCK
            {
                let text = Rect { min: *at, max: at.offset(pt(block.width, block.height)) };
                if block.width > width + 0.1 || (item.hit.is_some() && !inside(text, own)) {
                    return Err(format!("{:?} {text:?} outside of {own:?}", block.text));
                }
            }
        }
    }
    let pills: Vec<&Item> = scene
        .items
        .iter()
        .filter(|it| it.layer == Layer::Links)
        .filter(|it| it.shapes.iter().any(|(_, s)| matches!(s, Shape::Text { .. })))
        .collect();
    let pill = |item: &Item| {
        item.shapes.iter().find_map(|(_, shape)| match shape {
            Shape::Rect { rect, .. } => Some(rect.offset(item.rect.min)),
            _ => None,
        })
    };
    for (i, a) in pills.iter().enumerate() {
        let rect = pill(a).unwrap();
        let on_label = pills[..i].iter().any(|b| rect.overlaps(pill(b).unwrap(), 0.1));
        if on_label || cards.iter().any(|card| card.rect.overlaps(rect, 0.1)) {
            return Err("a link's label on something".into());
        }
    }
    Ok(())
}

/// Whether every step lies under one of the cards of each touchpoint that it uses.
fn check_spans(doc: &Doc, journey: &JourneyScene) -> Result<(), String> {
    let shown = journey.rows().any(|(_, content, _)| content == LaneContent::Touchpoints);
    for (_, link) in doc.all::<Link>().filter(|(_, it)| shown && it.kind == LinkKind::Uses) {
        let column = journey.columns().find(|(step, _)| *step == Some(&link.from)).unwrap().1;
        let middle = column.center().x;
        let over = |item: &Item| {
            item.layer == Layer::Cards && item.rect.min.x < middle && middle < item.rect.max.x
        };
        if !journey.scene().items_of(&link.to).any(over) {
            return Err(format!("{} does not reach {}", link.to, link.from));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_overlaps_and_all_text_fits(doc in maps::doc()) {
        let mut text = text();
        let journey = journey(&doc, &mut text);
        prop_assert_eq!(check(journey.scene()), Ok(()));
        prop_assert_eq!(check_spans(&doc, &journey), Ok(()));
    }

}

/// A thousand cards.
fn large() -> Map {
    let mut map = Map::default();
    for s in 0..20 {
        map.stage(&format!("s{s}"), &format!("Stage {s}"));
    }
    for i in 0..200 {
        let stage = format!("s{}", i / 10);
        map.step(&format!("step{i}"), &format!("Step number {i}"), Some(&stage));
        let at = format!("tp{i}");
        map.put(&at, Touchpoint { name: format!("Touchpoint {i}"), ..Default::default() });
        map.link(&format!("step{i}"), &at, LinkKind::Uses);
        for k in 0..3 {
            map.friction(&format!("fr{i}-{k}"), &format!("step{i}"), 1 + (i % 5) as u8);
        }
    }
    map
}

#[test]
fn a_small_map() {
    let mut text = text();
    let doc = small().0;
    let journey = journey(&doc, &mut text);
    assert_eq!(check(journey.scene()), Ok(()));
    insta::assert_snapshot!(journey.scene().dump());
}

#[test]
fn an_empty_map_says_how_to_begin() {
    let mut text = text();
    let journey = journey(&Doc::default(), &mut text);
    assert_eq!(check(journey.scene()), Ok(()));
    insta::assert_snapshot!(journey.scene().dump());
}

#[test]
fn a_single_step_needs_no_stage() {
    let mut map = Map::default();
    map.step("only", "The only step", None);
    let mut text = text();
    let journey = journey(&map.0, &mut text);
    assert_eq!(check(journey.scene()), Ok(()));
    insta::assert_snapshot!(journey.scene().dump());
}

#[test]
fn a_stage_without_steps_keeps_its_place() {
    let mut map = Map::default();
    map.stage("a", "First").stage("b", "Second").stage("c", "Third");
    map.step("one", "One", Some("a")).step("two", "Two", Some("c"));
    let mut text = text();
    let journey = journey(&map.0, &mut text);
    let stages: Vec<_> = journey.stages().collect();
    assert_eq!(stages.len(), 3);
    assert!(stages[1].1.width() < stages[0].1.width(), "narrow");
    assert!(journey.scene().items.iter().any(|it| &*it.name == "No steps yet in this stage"));
    assert_eq!(check(journey.scene()), Ok(()));
}

#[test]
fn hard_texts_stay_in_their_cards() {
    let long = "very ".repeat(200);
    let word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4);
    let mut map = Map::default();
    map.stage("s", "المرحلة الأولى").stage("t", &long);
    map.step("rtl", "اختيار العنوان المناسب للعائلة", Some("s"));
    map.step("cjk", "在家里选择一部适合全家人的电影然后下单", Some("s"));
    map.step("long", &long, Some("t")).step("word", &word, Some("t"));
    for i in 0..20 {
        map.friction(&format!("fr{i}"), "long", i % 6);
    }
    let mut text = text();
    let journey = journey(&map.0, &mut text);
    assert_eq!(check(journey.scene()), Ok(()));
    let card = journey.scene().rect_of(&id("long")).unwrap();
    assert!(card.width() <= sizes().column.max_width);
    let item = journey.scene().items_of(&id("long")).next().unwrap();
    assert!(item.name.contains(long.trim()), "the whole name can be heard");
    let title = item.shapes.iter().find_map(|(_, shape)| match shape {
        Shape::Text { block, .. } => Some(block),
        _ => None,
    });
    assert!(title.unwrap().cut && title.unwrap().lines.len() == 8);
}

#[test]
fn sixty_steps_in_a_row() {
    let mut map = Map::default();
    map.stage("s", "All of it");
    for i in 0..60 {
        map.step(&format!("st{i}"), &format!("Step {i}"), Some("s"));
    }
    map.put("hub", System { name: "Hub".into(), ..Default::default() });
    for i in 0..60 {
        map.link(&format!("st{i}"), "hub", LinkKind::DependsOn { what: None, rating: None });
    }
    let mut text = text();
    let journey = journey(&map.0, &mut text);
    assert_eq!(check(journey.scene()), Ok(()));
    let hub: Vec<_> = journey.scene().items_of(&id("hub")).collect();
    assert_eq!(hub.len(), 1, "one wide card");
    let columns: Vec<Rect> = journey.columns().map(|it| it.1).collect();
    assert!(hub[0].rect.min.x < columns[0].center().x);
    assert!(hub[0].rect.max.x > columns[59].center().x);
    let arrows = journey.scene().items.iter().filter(|it| it.layer == Layer::Links).count();
    assert_eq!(arrows, 59);
}

#[test]
fn hidden_lanes_leave_only_the_stages() {
    let mut map = small();
    for (i, content) in LaneContent::ALL.iter().enumerate() {
        let order = map.order();
        let lane = Lane { content: *content, order, hidden: true, ..Default::default() };
        map.put(&format!("lane{i}"), lane);
    }
    let mut text = text();
    let journey = journey(&map.0, &mut text);
    assert!(cards(journey.scene()).is_empty());
    assert_eq!(journey.stages().count(), 3);
    assert_eq!(check(journey.scene()), Ok(()));
}

#[test]
fn touchpoints_span_neighbours_and_come_again_after_a_gap() {
    let mut text = text();
    let journey = journey(&small().0, &mut text);
    let shops: Vec<Rect> = journey.scene().items_of(&id("shop")).map(|it| it.rect).collect();
    assert_eq!(shops.len(), 2);
    assert!(shops[0].width() > 2.0 * sizes().column.min_width);
    let marks: Vec<&Item> =
        journey.scene().items.iter().filter(|it| it.layer == Layer::Marks).collect();
    let on = |record: &str| {
        let record = Some(id(record));
        marks.iter().filter(|mark| mark.hit.as_ref().unwrap().other == record).count()
    };
    assert_eq!(on("shop"), 2);
    assert_eq!(on("till"), 2, "frictions on systems are marks on their cards");
    assert!(journey.scene().items_of(&id("crash")).all(|it| it.layer == Layer::Marks));
    assert!(journey.scene().items_of(&id("queue")).any(|it| it.layer == Layer::Cards));
}

#[test]
fn explicit_arrows_replace_the_plain_ones() {
    let mut text = text();
    let mut map = small();
    let names = |map: &Map, text: &mut Text| -> Vec<String> {
        let journey = journey(&map.0, text);
        assert_eq!(check(journey.scene()), Ok(()));
        let links = journey.scene().items.iter().filter(|it| it.layer == Layer::Links);
        links.filter(|it| !it.name.is_empty()).map(|it| it.name.to_string()).collect()
    };
    assert_eq!(
        names(&map, &mut text),
        ["Next: Pick one to Try it", "Next: Pick one to Look around, loop, Not sure"]
    );
    map.next("look", "tell", NextClass::Exit, "Gives up");
    map.next("try", "try", NextClass::Loop, "Again");
    map.next("tell", "look", NextClass::Recovery, "");
    assert_eq!(names(&map, &mut text).len(), 5);
}

#[test]
fn hits_prefer_marks_and_follow_lines() {
    let mut text = text();
    let journey = journey(&small().0, &mut text);
    let scene = journey.scene();
    let mark = scene.items.iter().find(|it| it.layer == Layer::Marks).unwrap();
    let hit = scene.hit(mark.rect.center(), 0.0).unwrap().hit.clone().unwrap();
    assert_eq!(hit.part, Part::Mark);
    let card = scene.rect_of(&id("look")).unwrap();
    assert_eq!(scene.hit(card.center(), 0.0).unwrap().hit.as_ref().unwrap().record, id("look"));
    let near = pt(card.min.x - 3.0, card.center().y);
    assert!(scene.hit(near, 0.0).is_none());
    assert_eq!(scene.hit(near, 4.0).unwrap().hit.as_ref().unwrap().record, id("look"));
    // Inside the box of a routed line, but far from the line itself.
    let line = scene.rect_of(&id("pick-look")).unwrap();
    let inner = pt(line.center().x, line.max.y - 2.0);
    let part = |p: Point| scene.hit(p, 0.0).and_then(|it| it.hit.as_ref()).map(|hit| hit.part);
    assert_ne!(part(inner), Some(Part::Link));
    assert_eq!(part(pt(line.min.x + 20.0, line.min.y)), Some(Part::Link));
}

#[test]
fn an_influence_is_found_by_its_link_too() {
    let mut text = text();
    let journey = journey(&small().0, &mut text);
    let by_link = journey.scene().rect_of(&id("friend-pick"));
    assert!(by_link.is_some());
    assert_eq!(by_link, journey.scene().rect_of(&id("friend")));
}

#[test]
fn a_segments_own_colour_is_kept() {
    let mut map = small();
    let colour = Some("#123456".to_owned());
    map.put("fans", Segment { name: "Fans".into(), colour, ..Default::default() });
    let mut text = text();
    let journey = journey(&map.0, &mut text);
    let own = Ink::Custom(Rgba([0x12, 0x34, 0x56, 255]));
    let drawn = journey.scene().items.iter().flat_map(|it| it.shapes.iter());
    assert!(drawn.into_iter().any(|(_, shape)| matches!(
        shape, Shape::Path { stroke: Some(stroke), .. } if stroke.ink == own
    )));
}

#[test]
fn one_segment_alone() {
    let mut map = small();
    map.put("others", Segment { name: "Others".into(), ..Default::default() });
    let mut step = map.0.get_as::<Step>(&id("look")).unwrap().clone();
    step.feelings.insert(id("others"), 1);
    map.put("look", step);
    let (mut text, graph) = (text(), Graph::of(&map.0));
    let mut journey = journey(&map.0, &mut text);
    let points = |journey: &JourneyScene| {
        let hits = journey.scene().items.iter().filter_map(|it| it.hit.clone());
        hits.filter(|hit| hit.part == Part::Emotion).count()
    };
    assert_eq!(points(&journey), 3);
    let options = JourneyOptions { segment: Some(id("others")), ..Default::default() };
    journey.set_options(&map.0, &graph, &mut text, options);
    assert_eq!(points(&journey), 1);
}

#[test]
fn places_and_drops() {
    let mut text = text();
    let journey = journey(&small().0, &mut text);
    let scene = journey.scene();
    let at = |record: &str| scene.rect_of(&id(record)).unwrap();
    let place = journey.place_at(at("pick").center()).unwrap();
    assert_eq!((place.step, place.stage), (Some(id("pick")), Some(id("choose"))));
    assert_eq!((place.lane, place.band), (Some(LaneContent::Steps), Some(Band::Customer)));
    assert_eq!(journey.place_at(at("choose").center()).unwrap().lane, None, "a header");
    assert_eq!(journey.place_at(pt(-500.0, 0.0)), None);
    let (look, pick) = (at("look"), at("pick"));
    let drop = |x: f32, dragged: &str| {
        let drop = journey.step_drop_at(pt(x, look.center().y), &id(dragged)).unwrap();
        (drop.stage, drop.before)
    };
    assert_eq!(drop(look.min.x, "try"), (Some(id("choose")), Some(id("look"))));
    assert_eq!(drop(pick.min.x, "try"), (Some(id("choose")), Some(id("pick"))));
    assert_eq!(drop(pick.min.x, "pick"), (Some(id("choose")), None), "where it is");
    assert_eq!(drop(pick.max.x, "try"), (Some(id("choose")), None));
    assert_eq!(drop(at("tell").min.x, "look"), (None, Some(id("tell"))));
    assert_eq!(journey.stage_drop_at(at("choose").min), Some(Some(id("choose"))));
    assert_eq!(journey.stage_drop_at(at("tell").center()), Some(None));
    let lane = journey.lane_drop_at(at("shop").center()).unwrap();
    assert_eq!(lane.band, Band::Frontstage);
    assert_eq!(journey.rows().next().unwrap().1, LaneContent::Steps);
}

#[test]
fn queries_give_what_is_in_view_in_painting_order() {
    let mut text = text();
    let journey = journey(&large().0, &mut text);
    let scene = journey.scene();
    let view = scene.rect_of(&id("step100")).unwrap().grow(300.0);
    let mut out = Vec::new();
    scene.query(view, &mut out);
    assert!(out.windows(2).all(|w| w[0] < w[1]));
    let expected: Vec<u32> = (0..scene.items.len() as u32)
        .filter(|i| scene.items[*i as usize].rect.touches(view))
        .collect();
    assert_eq!(out, expected);
    assert!(out.len() * 5 < scene.items.len(), "most of it is out of view");
}
