//! Filters, focus and collapsing: what is shown of a map.

use throughline::model::choice::SystemClass;
use throughline::model::record::{Step, Touchpoint};
use throughline::scene::{
    EcosystemFilter, EcosystemOptions, Focus, FocusWay, Grouping, Layer, NodeKind, Part,
};

use super::{check, shown, small, text, with};
use crate::support::small::id;

const ALL: [&str; 9] = ["app", "check", "fee", "friend", "look", "return", "shop", "staff", "till"];

fn of_filter(filter: EcosystemFilter) -> Vec<String> {
    of(EcosystemOptions { filter, ..Default::default() })
}

fn of(options: EcosystemOptions) -> Vec<String> {
    let (doc, mut text) = (small().0, text());
    let view = with(&doc, &mut text, options);
    assert_eq!(check(&doc, &view), Ok(()));
    shown(view.scene())
}

#[test]
fn filters_leave_what_they_say() {
    let none = EcosystemFilter::default;
    assert_eq!(of_filter(none()), ALL);
    let stages = [id("back")].into();
    let by_stage = of_filter(EcosystemFilter { stages, ..none() });
    assert_eq!(by_stage, ["check", "fee", "return", "shop", "staff", "till"]);
    let bands = [throughline::model::choice::Band::Support].into();
    assert_eq!(of_filter(EcosystemFilter { bands, ..none() }), ["fee", "till"]);
    let kinds = [NodeKind::Step, NodeKind::System(SystemClass::Team)].into();
    assert_eq!(of_filter(EcosystemFilter { kinds, ..none() }), ["look", "return", "staff"]);
    let owners = [None].into();
    let unowned = of_filter(EcosystemFilter { owners, ..none() });
    assert_eq!(unowned, ["app", "friend", "look", "return", "staff", "till"]);
    let owners = [Some(id("staff"))].into();
    let owned = of_filter(EcosystemFilter { owners, ..none() });
    assert_eq!(owned, ["check", "fee", "friend", "look", "return", "shop", "staff"]);
    let worst = of_filter(EcosystemFilter { min_severity: Some(5), ..none() });
    assert_eq!(worst, ["fee"]);
    let bad = of_filter(EcosystemFilter { min_severity: Some(4), ..none() });
    assert_eq!(bad, ["check", "fee", "shop", "staff", "till"], "with all that it traces to");
}

#[test]
fn a_filter_for_what_is_gone_leaves_nothing_out() {
    let none = EcosystemFilter::default;
    let stages = [id("gone")].into();
    assert_eq!(of_filter(EcosystemFilter { stages, ..none() }), ALL);
    let owners = [Some(id("gone"))].into();
    assert_eq!(of_filter(EcosystemFilter { owners, ..none() }), ALL);
}

#[test]
fn a_segment_sees_what_is_for_it() {
    let mut map = small();
    let mut step = map.0.get_as::<Step>(&id("return")).unwrap().clone();
    step.feelings.insert(id("others"), -2);
    map.put("return", step);
    map.put("hall", Touchpoint { name: "Hall".into(), ..Default::default() });
    map.link("return", "hall", throughline::model::record::LinkKind::Uses);
    let mut text = text();
    let mut of = |segment: &str| {
        let segment = Some(id(segment));
        shown(with(&map.0, &mut text, EcosystemOptions { segment, ..Default::default() }).scene())
    };
    assert!(!of("fans").iter().any(|it| it == "return" || it == "hall"));
    assert!(of("fans").contains(&"friend".to_owned()));
    // The influence weighs for another segment alone, and so does the step.
    assert_eq!(of("others"), ["check", "fee", "hall", "return", "shop", "staff", "till"]);
}

#[test]
fn focus_shows_what_is_near() {
    let of = |node: &str, way| {
        of(EcosystemOptions { focus: Some(Focus { node: id(node), way }), ..Default::default() })
    };
    assert_eq!(of("check", FocusWay::RestsOn), ["check", "fee", "till"]);
    assert_eq!(of("check", FocusWay::RestsOnIt), ["check", "look", "return", "shop"]);
    assert_eq!(of("app", FocusWay::Around(1)), ["app", "look", "till"]);
    assert_eq!(of("app", FocusWay::Around(2)), ["app", "check", "friend", "look", "shop", "till"]);
    assert_eq!(of("nobody", FocusWay::RestsOn), ALL, "what is gone is no focus");
}

#[test]
fn cards_of_a_team_stand_as_one() {
    let (doc, mut text) = (small().0, text());
    let collapsed_teams = [id("staff")].into();
    let view = with(&doc, &mut text, EcosystemOptions { collapsed_teams, ..Default::default() });
    assert_eq!(check(&doc, &view), Ok(()));
    assert_eq!(shown(view.scene()), ["app", "friend", "look", "return", "staff", "till"]);
    let scene = view.scene();
    let card = scene.items_of(&id("check")).next().unwrap();
    assert_eq!(card.hit.as_ref().unwrap().record, id("staff"), "it stands for its process too");
    assert!(card.name.contains("3 of its cards") && card.name.contains("2 friction points"));
    assert!(card.name.contains("worst severity 5"), "{}", card.name);
    let mut lines: Vec<&str> = (scene.items.iter())
        .filter(|it| it.layer == Layer::Links && it.name.contains("Shop staff"))
        .map(|it| &*it.name)
        .collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "Look around uses Shop staff",
            "Return it uses Shop staff",
            "Shop staff rests on Till, good: Every refund",
        ]
    );
}

#[test]
fn cards_of_a_kind_stand_as_one() {
    let (doc, mut text) = (small().0, text());
    let collapsed_kinds: std::collections::BTreeSet<NodeKind> =
        [NodeKind::Touchpoint, NodeKind::Step].into();
    let options = EcosystemOptions { collapsed_kinds, ..Default::default() };
    let view = with(&doc, &mut text, options.clone());
    assert_eq!(check(&doc, &view), Ok(()));
    let card = view.scene().items_of(&id("shop")).next().unwrap();
    let hit = card.hit.as_ref().unwrap();
    assert_eq!((&hit.record, hit.part), (&id("app"), Part::Group), "the first one stands for it");
    assert!(card.name.starts_with("2 touchpoints, shown as one."), "{}", card.name);
    assert!(view.scene().rect_of(&id("shop")).is_some());
    // Steps stay apart by stage; the only one of a stage is itself.
    assert!(view.scene().items.iter().any(|it| it.name.starts_with("Step 1 of 2: Look around")));
    let till = "2 touchpoints rest on Till";
    assert_eq!(view.scene().items.iter().filter(|it| &*it.name == till).count(), 1);
    // By owner the two have different owners and are cards of their own.
    let by_owner = EcosystemOptions { grouping: Grouping::Owners, ..options };
    let view = with(&doc, &mut text, by_owner);
    assert_eq!(shown(view.scene()), ALL);
}
