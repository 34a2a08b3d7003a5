//! The ecosystem as a scene: what must hold for every map, what filters and groupings show, and
//! how much work edits are.

mod follow;
mod shown;

use throughline::model::{Doc, Graph, Index};
use throughline::scene::{EcosystemOptions, EcosystemScene, Item, Layer, Part, Scene};
use throughline::text::{SystemFonts, Text};

use crate::support::maps;
use crate::support::small::{Map, id};
use proptest::prelude::*;
use throughline::geom::{Rect, pt};
use throughline::layout::sizes;
use throughline::model::choice::{Band, Channel, Rating, SystemClass, TouchpointStatus};
use throughline::model::record::{Influencer, Link, LinkKind, Segment, Step, System, Touchpoint};
use throughline::scene::{Grouping, Ink, Shape, StripOf};

fn text() -> Text {
    Text::new(SystemFonts::Ignore)
}

fn ecosystem(doc: &Doc, text: &mut Text) -> EcosystemScene {
    with(doc, text, EcosystemOptions::default())
}

fn with(doc: &Doc, text: &mut Text, options: EcosystemOptions) -> EcosystemScene {
    EcosystemScene::new(doc, &Index::of(doc), &Graph::of(doc), text, options)
}

fn cards(scene: &Scene) -> Vec<&Item> {
    scene.items.iter().filter(|item| item.layer == Layer::Cards).collect()
}

/// The records of the cards that are shown, by id.
fn shown(scene: &Scene) -> Vec<String> {
    let hits = cards(scene).into_iter().filter_map(|item| item.hit.as_ref());
    let mut ids: Vec<String> = hits.map(|hit| hit.record.to_string()).collect();
    ids.sort();
    ids
}

/// A step that rests on a team, a process, a policy and a platform; two owners; friction on a
/// card and on a link; an influencer that weighs for one segment.
fn small() -> Map {
    let mut map = Map::default();
    let system = |name: &str, class, owner: Option<&str>| System {
        name: name.into(),
        class,
        owner: owner.map(id),
        ..Default::default()
    };
    let rests = |rating| LinkKind::DependsOn { what: None, rating };
    map.stage("buy", "Buy").stage("back", "Bring back");
    map.step("look", "Look around", Some("buy")).step("return", "Return it", Some("back"));
    map.put("fans", Segment { name: "Fans".into(), priority: 2, ..Default::default() });
    let shop = Touchpoint { name: "Shop".into(), channel: Channel::Store, ..Default::default() };
    map.put("shop", Touchpoint { owner: Some(id("staff")), ..shop });
    let status = TouchpointStatus::Planned;
    map.put("app", Touchpoint { name: "App".into(), status, ..Default::default() });
    map.link("look", "shop", LinkKind::Uses).link("return", "shop", LinkKind::Uses);
    map.link("look", "app", LinkKind::Uses);
    map.put("friend", Influencer { name: "Friend".into(), ..Default::default() });
    let importance = [(id("fans"), 4)].into();
    map.link("friend", "look", LinkKind::Influences { activities: vec![], importance, via: None });
    map.put("staff", system("Shop staff", SystemClass::Team, None));
    map.put("check", system("Check the parcel", SystemClass::Process, Some("staff")));
    map.put("fee", system("Return fee", SystemClass::Policy, Some("staff")));
    map.put("till", system("Till", SystemClass::Technology, None));
    map.link("shop", "staff", rests(None)).link("shop", "check", rests(Some(Rating::Strained)));
    map.link("check", "fee", rests(Some(Rating::Broken)));
    let what = Some("Every refund".to_owned());
    map.link("check", "till", LinkKind::DependsOn { what, rating: Some(Rating::Good) });
    map.link("app", "till", rests(None));
    map.friction("queue", "shop", 4).friction("slow", "check-till", 3).friction("cost", "fee", 5);
    map
}

/// What holds for every picture: no card overlaps another or leaves its strip, strips keep their
/// order, marks and labels have a place, and every link that is shown runs from card to card.
fn check(doc: &Doc, ecosystem: &EcosystemScene) -> Result<(), String> {
    let scene = ecosystem.scene();
    let cards = cards(scene);
    for (i, a) in cards.iter().enumerate() {
        for b in &cards[..i] {
            if a.rect.overlaps(b.rect, 0.01) {
                return Err(format!("{} overlaps {}", a.name, b.name));
            }
        }
    }
    let strips: Vec<(&StripOf, Rect)> = ecosystem.strips().collect();
    for ends in strips.windows(2) {
        if ends[0].1.max.y >= ends[1].1.min.y {
            return Err("strips overlap".into());
        }
    }
    for card in &cards {
        let inside = |rect: &Rect| rect.contains(card.rect.min) && rect.contains(card.rect.max);
        if !strips.iter().any(|(_, rect)| inside(rect)) {
            return Err(format!("{} is in no strip", card.name));
        }
        if card.name.is_empty() {
            return Err("a card without a name".into());
        }
    }
    for (at, link) in doc.all::<Link>().filter(|(_, it)| !matches!(it.kind, LinkKind::Next { .. }))
    {
        let card = |id| scene.items_of(id).find(|it| it.layer == Layer::Cards).map(|it| it.rect);
        let (from, to) = (card(&link.from), card(&link.to));
        // Links among cards that stand as one are not drawn; one from a card to itself is.
        let is_drawn = from.is_some() && to.is_some() && (from != to || link.from == link.to);
        let drawn = scene.items_of(at).any(|it| it.layer == Layer::Links && !it.name.is_empty());
        if is_drawn && !drawn {
            return Err(format!("{at} is not drawn"));
        }
    }
    let all = scene.items.iter().map(|item| item.rect).reduce(Rect::union).unwrap_or_default();
    let bounds = scene.bounds;
    let finite = [all.min.x, all.min.y, all.max.x, all.max.y].into_iter().all(f32::is_finite);
    if !finite || !bounds.contains(all.min) || !bounds.contains(all.max) {
        return Err("out of bounds".into());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_map_has_a_sound_picture(doc in maps::doc(), by_owner in any::<bool>()) {
        let grouping = if by_owner { Grouping::Owners } else { Grouping::Bands };
        let mut text = text();
        let options = EcosystemOptions { grouping, ..Default::default() };
        let ecosystem = with(&doc, &mut text, options);
        prop_assert_eq!(check(&doc, &ecosystem), Ok(()));
        let nodes = doc.iter().filter(|(_, record)| record.kind().is_node()).count();
        prop_assert_eq!(cards(ecosystem.scene()).len(), nodes);
    }
}

#[test]
fn a_small_map_says_what_it_shows() {
    let mut text = text();
    let doc = small().0;
    let ecosystem = ecosystem(&doc, &mut text);
    assert_eq!(check(&doc, &ecosystem), Ok(()));
    let mut names: Vec<&str> = ecosystem.scene().items.iter().map(|it| &*it.name).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    insta::assert_snapshot!(names.join("\n"));
}

#[test]
fn the_examples_are_drawn_as_they_were() {
    let mut text = text();
    for example in throughline::examples::EXAMPLES {
        let doc = throughline::file::read(example.ron).doc;
        let ecosystem = ecosystem(&doc, &mut text);
        assert_eq!(check(&doc, &ecosystem), Ok(()), "{}", example.name);
        insta::assert_snapshot!(example.name, ecosystem.scene().dump());
    }
}

#[test]
fn strips_hold_what_belongs_to_them() {
    let mut text = text();
    let doc = small().0;
    let bands = ecosystem(&doc, &mut text);
    let owners = with(
        &doc,
        &mut text,
        EcosystemOptions { grouping: Grouping::Owners, ..Default::default() },
    );
    let strip = |view: &EcosystemScene, node: &str| {
        let card = view.scene().rect_of(&id(node)).unwrap();
        view.strip_at(card.center()).unwrap().clone()
    };
    let band = |band| StripOf::Band(band);
    let staff = || StripOf::Owner(Some(id("staff")));
    for (node, of_band, of_owner) in [
        ("look", Band::Customer, band(Band::Customer)),
        ("friend", Band::Frontstage, band(Band::Customer)),
        ("shop", Band::Frontstage, staff()),
        ("staff", Band::Backstage, staff()),
        ("check", Band::Backstage, staff()),
        ("fee", Band::Support, staff()),
        ("till", Band::Support, StripOf::Owner(None)),
        ("app", Band::Frontstage, StripOf::Owner(None)),
    ] {
        assert_eq!(strip(&bands, node), band(of_band), "{node}");
        assert_eq!(strip(&owners, node), of_owner, "{node}");
    }
    let under = |view: &EcosystemScene, above: &str, below: &str| {
        let y = |node: &str| view.scene().rect_of(&id(node)).unwrap();
        assert!(y(above).max.y < y(below).min.y, "{below} lies beneath {above}");
    };
    under(&bands, "friend", "shop");
    under(&owners, "shop", "check");
    under(&owners, "check", "fee");
    assert_eq!(bands.strip_at(pt(-1e4, 0.0)), None);
}

#[test]
fn ratings_are_told_by_more_than_colour() {
    let mut text = text();
    let doc = small().0;
    let ecosystem = ecosystem(&doc, &mut text);
    let looks = |link: &str| {
        let link = id(link);
        let items = ecosystem.scene().items_of(&link).filter(|it| it.layer == Layer::Links);
        let shapes: Vec<Shape> =
            items.flat_map(|it| it.shapes.iter().map(|(_, shape)| shape.clone())).collect();
        let signs = shapes.iter().filter(|it| matches!(it, Shape::Rect { .. })).count();
        let dashed = shapes.iter().any(|shape| match shape {
            Shape::Path { stroke: Some(stroke), .. } => stroke.dash.is_some(),
            _ => false,
        });
        (signs, dashed)
    };
    assert_eq!(looks("shop-staff"), (0, false));
    assert_eq!(looks("shop-check"), (1, true), "a wave on a dashed line");
    assert_eq!(looks("check-fee"), (1, false), "a cross on a solid line");
    assert_eq!(looks("friend-look"), (0, true));
    let legend = |what: &str| ecosystem.scene().items.iter().any(|it| &*it.name == what);
    assert!(["Line: broken", "Line: strained", "Line: rests on"].into_iter().all(legend));
}

#[test]
fn friction_on_a_link_stands_on_its_line() {
    let mut text = text();
    let doc = small().0;
    let ecosystem = ecosystem(&doc, &mut text);
    let scene = ecosystem.scene();
    let mark = scene.items_of(&id("slow")).next().unwrap();
    let hit = mark.hit.as_ref().unwrap();
    assert_eq!((hit.part, &hit.other), (Part::Mark, &Some(id("check-till"))));
    let on = scene.hit(mark.rect.center(), 0.0).unwrap();
    assert_eq!(on.hit.as_ref().unwrap().record, id("slow"));
}

#[test]
fn an_empty_map_says_how_to_begin() {
    let mut text = text();
    let doc = Doc::default();
    let bands = ecosystem(&doc, &mut text);
    assert_eq!(check(&doc, &bands), Ok(()));
    let says = |view: &EcosystemScene, what: &str| {
        assert!(view.scene().items.iter().any(|it| it.name.contains(what)), "{what}");
    };
    for what in ["Press S", "Press Y", "line of visibility", "Band: Support"] {
        says(&bands, what);
    }
    assert!(bands.scene().bounds.width() > sizes().column.head_width);
    let options = EcosystemOptions { grouping: Grouping::Owners, ..Default::default() };
    says(&with(&doc, &mut text, options), "Owner: No owner");
}

#[test]
fn hard_texts_stay_in_their_cards() {
    let long = "very ".repeat(200);
    let word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4);
    let mut map = Map::default();
    map.stage("s", &long);
    map.step("rtl", "اختيار العنوان المناسب للعائلة", Some("s")).step("long", &long, Some("s"));
    map.step("cjk", "在家里选择一部适合全家人的电影然后下单", None).step("word", &word, Some("s"));
    let mut text = text();
    let ecosystem = ecosystem(&map.0, &mut text);
    assert_eq!(check(&map.0, &ecosystem), Ok(()));
    for card in cards(ecosystem.scene()) {
        for (_, shape) in card.shapes.iter() {
            if let Shape::Text { at, block, ink, .. } = shape {
                assert!(*ink == Ink::Text && at.x >= 0.0 && at.y >= 0.0, "{}", card.name);
                assert!(at.x + block.width <= card.rect.width() + 0.1, "{}", card.name);
                assert!(at.y + block.height <= card.rect.height() + 0.1, "{}", card.name);
            }
        }
    }
    let item = ecosystem.scene().items_of(&id("long")).next().unwrap();
    assert!(item.name.contains(long.trim()), "the whole name can be heard");
}

#[test]
fn steps_outside_the_company_and_planned_touchpoints_are_quiet() {
    let mut map = small();
    let mut step = map.0.get_as::<Step>(&id("look")).unwrap().clone();
    step.company_involved = false;
    map.put("look", step);
    let mut text = text();
    let ecosystem = ecosystem(&map.0, &mut text);
    let is_quiet = |node: &str| {
        let card = ecosystem.scene().items_of(&id(node)).next().unwrap();
        card.shapes.iter().any(|(_, shape)| {
            matches!(shape, Shape::Rect { fill: Some(Ink::QuietCard), stroke: Some(_), .. })
        })
    };
    assert_eq!(["look", "app", "shop", "return"].map(is_quiet), [true, true, false, false]);
}
