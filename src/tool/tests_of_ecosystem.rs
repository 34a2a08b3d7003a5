//! The tool in the ecosystem view: cards are pinned where they are let go, the rest is as in the
//! journey.

use crate::edit::verbs;
use crate::geom::{Point, pt};
use crate::model::choice::SystemClass;
use crate::model::record::{Link, System};
use crate::model::{Id, query};
use crate::scene::{EcosystemOptions, NodeKind, Part};

use super::driver::Driver;
use super::tests::{doc, id};
use super::{Intent, Key, Modifiers, Tool};

fn driver() -> Driver {
    Driver::ecosystem(doc())
}

/// The pins of the map, by node.
fn pins(on: &Driver) -> Vec<(String, (f64, f64))> {
    let view = query::ecosystem_view(on.session.doc(), on.session.index());
    let pins = view.into_iter().flat_map(|(_, view)| view.pins.iter());
    pins.map(|(id, at)| (id.to_string(), *at)).collect()
}

fn pin_of(on: &Driver, card: &str, at: Point) -> (f64, f64) {
    let ecosystem = on.context().picture.ecosystem().unwrap();
    ecosystem.pin_of(at, &id(card)).unwrap()
}

#[test]
fn a_card_is_pinned_where_it_is_let_go() {
    let mut on = driver();
    let before = on.session.doc().clone();
    let from = on.card("shop");
    let to = pt(from.x + 400.0, from.y + 10.0);
    on.press(pt(from.x + 5.0, from.y)).move_to(pt(to.x + 5.0, to.y));
    on.expect(|on| matches!(on.tool, Tool::DraggingCards(_)), "a card is dragged");
    assert_eq!(*on.session.doc(), before, "nothing changes while it floats");
    let wanted = pin_of(&on, "shop", to);
    on.release();
    assert_eq!(pins(&on), [("shop".to_owned(), wanted)]);
    assert_eq!((on.session.depth(), on.session.undo_label()), (1, Some("pin Shop")));
    on.session.undo();
    assert_eq!(*on.session.doc(), before);
}

#[test]
fn selected_cards_are_pinned_together_and_keep_their_distance() {
    let mut on = driver();
    on.click(on.card("site"));
    on.hold(Modifiers { shift: true, ..Modifiers::default() });
    on.click(on.card("shop"));
    on.hold(Modifiers::default());
    let (site, shop) = (on.card("site"), on.card("shop"));
    let by = pt(300.0, 0.0);
    let wanted = [pin_of(&on, "shop", shop.offset(by)), pin_of(&on, "site", site.offset(by))];
    on.press(site).move_to(site.offset(by)).release();
    assert_eq!(pins(&on), [("shop".to_owned(), wanted[0]), ("site".to_owned(), wanted[1])]);
    assert_eq!((on.session.depth(), on.session.undo_label()), (1, Some("pin 2 items")));
    on.expect_selected(&["shop", "site"]);
}

#[test]
fn esc_leaves_a_dragged_card_where_it_was() {
    let mut on = driver();
    let at = on.card("shop");
    on.press(at).move_to(pt(at.x + 200.0, at.y)).cancel();
    assert!(on.tool.is_idle());
    on.release();
    assert_eq!((pins(&on), on.session.depth()), (vec![], 0));
}

#[test]
fn steps_and_stages_are_not_reordered_here() {
    let mut on = driver();
    let steps = on.steps();
    let header = on.part("watch", Part::StageHeader);
    on.press(header).move_to(pt(header.x - 900.0, header.y)).release();
    let at = on.card("one");
    on.press(at).move_to(pt(at.x + 2_000.0, at.y)).release();
    assert_eq!(on.steps(), steps);
}

#[test]
fn a_link_is_pulled_from_the_handle() {
    let mut on = driver();
    on.click(on.card("one"));
    let (_, handle) = on.context().handle().unwrap();
    let site = on.card("site");
    on.press(handle).move_to(site).release();
    let linked = |link: &Link| link.from == id("one") && link.to == id("site");
    assert!(on.session.doc().all::<Link>().any(|(_, it)| linked(it)));
    on.click(on.card("one"));
    let (_, handle) = on.context().handle().unwrap();
    let site = on.card("site");
    on.press(handle).move_to(site).release();
    assert!(matches!(on.rest.last(), Some(Intent::Say(_))), "twice is refused: {:?}", on.rest);
}

#[test]
fn a_link_is_selected_by_a_click_on_its_line() {
    let mut on = driver();
    let link =
        on.session.doc().all::<Link>().find(|(_, it)| it.to == id("shop")).unwrap().0.clone();
    let (site, shop) = (on.card("site"), on.card("shop"));
    // The line crosses the height between both cards somewhere between them.
    let middle = site.lerp(shop, 0.5).y;
    let (left, right) = (site.x.min(shop.x) - 300.0, site.x.max(shop.x) + 300.0);
    let mut x = left;
    while x < right {
        let hit = on.context().hit_at(pt(x, middle));
        if hit.is_some_and(|hit| hit.record == link && hit.part == Part::Link) {
            on.click(pt(x, middle)).expect_selected(&[link.as_str()]);
            return;
        }
        x += 2.0;
    }
    panic!("no line between {site:?} and {shop:?}");
}

#[test]
fn arrow_keys_walk_up_and_down_the_layers() {
    let mut on = driver();
    on.click(on.card("two")).key(Key::Down).expect_selected(&["site"]);
    on.key(Key::Down).expect_selected(&["shop"]);
    on.key(Key::Up).expect_selected(&["site"]);
    on.click(on.card("one")).key(Key::Right).expect_selected(&["two"]);
}

#[test]
fn a_marquee_selects_the_cards_it_touches() {
    let mut on = driver();
    let (site, shop) = (on.card("site"), on.card("shop"));
    on.press(pt(-400.0, site.y)).move_to(pt(site.x.max(shop.x), shop.y)).release();
    on.expect_selected(&["shop", "site"]);
}

#[test]
fn unpinned_cards_go_back_where_the_layout_puts_them() {
    let mut on = driver();
    let at = on.card("shop");
    on.press(at).move_to(pt(at.x + 500.0, at.y)).release();
    assert_eq!(pins(&on).len(), 1);
    on.session.edit("unpin", |tx| verbs::pin(tx, &id("shop"), None));
    on.input(&super::Input::Cancel);
    assert!(pins(&on).is_empty());
    on.session.edit("tidy up", verbs::tidy);
    on.input(&super::Input::Cancel);
    assert!(on.card("shop").distance(at) < 1.0, "{:?} {at:?}", on.card("shop"));
    let ids: Vec<Id> = on.session.selection.ids.iter().cloned().collect();
    assert!(ids.is_empty(), "Esc let go of the selection");
}

#[test]
fn a_card_that_stands_for_several_selects_all_of_them() {
    let mut on = driver();
    on.session.edit("add", |tx| {
        tx.put(&id("till"), System { class: SystemClass::Technology, ..System::default() });
    });
    let collapsed_kinds = [NodeKind::System(SystemClass::Technology)].into();
    on.input(&super::Input::Cancel);
    on.options(EcosystemOptions { collapsed_kinds, ..EcosystemOptions::default() });
    let group = on.part("shop", Part::Group);
    on.click(group).expect_selected(&["shop", "till"]);
    on.press(group).move_to(pt(group.x + 200.0, group.y)).release();
    assert!(pins(&on).is_empty(), "it has no place of its own");
    on.click(on.card("site")).key(Key::Down).expect_selected(&["shop", "till"]);
}
