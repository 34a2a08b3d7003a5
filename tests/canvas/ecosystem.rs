//! The ecosystem view by its accessible labels: pins, links, walking, adding, trails and gliding.

use egui::{Event, Key, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use throughline::edit::verbs;
use throughline::model::choice::SystemClass;
use throughline::model::record::{System, View};
use throughline::ui::Shown;
use throughline::ui::trail::Trail;

use super::{World, button, drop_at, id, middle, pull, window};

/// The window of the journey, turned to the ecosystem.
fn ecosystem() -> Harness<'static, World> {
    let mut on = window();
    turn(&mut on, Shown::Ecosystem);
    on
}

fn turn(on: &mut Harness<'_, World>, shown: Shown) {
    let world = on.state_mut();
    world.open.show(shown, &mut world.text);
    on.run_steps(20);
}

fn pins(on: &Harness<'_, World>) -> Vec<String> {
    let doc = on.state().open.session.doc();
    let views = doc.all::<View>().flat_map(|(_, view)| view.pins.keys());
    views.map(|id| id.to_string()).collect()
}

fn double_click(on: &mut Harness<'_, World>, at: Pos2) {
    on.event(Event::PointerMoved(at));
    for _ in 0..2 {
        button(on, at, true);
        on.step();
        button(on, at, false);
        on.step();
    }
    on.run_steps(20);
}

/// How often the canvas asks for another frame before it is at rest.
fn frames_to_rest(on: &mut Harness<'_, World>) -> usize {
    for frame in 0..200 {
        on.step();
        let output = on.output().viewport_output.values();
        if output.map(|it| it.repaint_delay).min().is_some_and(|it| it.as_secs() > 1) {
            return frame;
        }
    }
    panic!("it never comes to rest");
}

#[test]
fn cards_are_found_walked_and_selected() {
    let mut on = ecosystem();
    on.get_by_label_contains("Touchpoint: Film section").click();
    on.run_steps(3);
    assert_eq!(on.state().selected(), ["site"]);
    on.key_press(Key::ArrowDown);
    on.run_steps(3);
    assert_eq!(on.state().selected(), ["shop"]);
    on.get_by_label_contains("Step 3 of 4").click_accesskit();
    on.run_steps(3);
    assert_eq!(on.state().selected(), ["three"]);
}

#[test]
fn a_dragged_card_is_pinned_in_one_undo_step() {
    let mut on = ecosystem();
    let from = middle(&on, "Technology: Catalogue");
    pull(&mut on, from, from + vec2(220.0, 6.0));
    assert!(pins(&on).is_empty(), "nothing changes while it floats");
    button(&on, from + vec2(220.0, 6.0), false);
    on.run_steps(20);
    assert_eq!(pins(&on), ["shop"]);
    assert_eq!(on.state().open.session.undo_label(), Some("pin Catalogue"));
    on.state_mut().open.session.undo();
    on.run_steps(20);
    assert!(pins(&on).is_empty());
    assert_eq!(on.state().open.session.depth(), 0);
}

#[test]
fn esc_leaves_a_dragged_card_where_it_was() {
    let mut on = ecosystem();
    let from = middle(&on, "Technology: Catalogue");
    pull(&mut on, from, from + vec2(150.0, 0.0));
    on.key_press(Key::Escape);
    on.step();
    drop_at(&mut on, from + vec2(150.0, 0.0));
    assert!(pins(&on).is_empty());
    assert_eq!(middle(&on, "Technology: Catalogue"), from);
}

#[test]
fn a_link_is_pulled_from_the_handle() {
    let mut on = ecosystem();
    on.get_by_label_contains("Step 3 of 4").click();
    on.run_steps(3);
    let card = on.get_by_label_contains("Step 3 of 4").rect();
    let to = middle(&on, "Technology: Catalogue");
    pull(&mut on, Pos2::new(card.right(), card.center().y), to);
    button(&on, to, false);
    on.run_steps(20);
    let graph = on.state().open.session.graph();
    assert!(graph.outgoing(&id("three")).any(|(_, _, to)| *to == id("shop")));
}

#[test]
fn a_double_click_on_a_bands_ground_adds_a_card_of_that_band() {
    let mut on = ecosystem();
    let card = on.get_by_label_contains("Technology: Catalogue").rect();
    // Right of the only card of the support band.
    let at = Pos2::new(card.right() + 240.0, card.center().y);
    double_click(&mut on, at);
    assert!(on.state().open.canvas.is_editing());
    let new = on.state().open.session.selection.lead.clone().unwrap();
    let open = &on.state().open;
    let stands = open.canvas.camera().screen_rect(open.scene().rect_of(&new).unwrap());
    assert!((stands.center().x - at.x).abs() < 40.0, "{stands:?}, not at {at:?}");
    on.event(Event::Text("Lending ledger".into()));
    on.run_steps(3);
    on.key_press(Key::Enter);
    on.run_steps(20);
    let doc = on.state().open.session.doc();
    let (_, new) = doc.all::<System>().find(|(_, it)| it.name == "Lending ledger").unwrap();
    assert_eq!(new.class, SystemClass::Technology);
    assert_eq!(on.state().open.session.depth(), 1, "added and named in one undo step");
    assert_eq!(doc.all::<View>().count(), 0, "nothing is pinned");
}

#[test]
fn a_double_click_beside_a_step_adds_one_there_and_esc_takes_it_back() {
    let mut on = ecosystem();
    let (a, b) = (
        on.get_by_label_contains("Step 1 of 4").rect(),
        on.get_by_label_contains("Step 2 of 4").rect(),
    );
    let between = Pos2::new((a.right() + b.left()) / 2.0, a.center().y);
    double_click(&mut on, between);
    assert_eq!(on.state().names().iter().position(String::is_empty), Some(1));
    on.key_press(Key::Escape);
    on.run_steps(20);
    assert_eq!(on.state().names().len(), 4);
    assert_eq!(on.state().open.session.depth(), 0);
}

#[test]
fn esc_clears_a_trail_before_it_clears_the_selection() {
    for shown in [Shown::Journey, Shown::Ecosystem] {
        let mut on = window();
        turn(&mut on, shown);
        on.get_by_label_contains("Step 1 of 4").click();
        on.run_steps(3);
        let lit = [id("one"), id("site"), id("shop")].into_iter().collect();
        on.state_mut().open.trail = Some(Trail { lit, ..Trail::default() });
        on.run_steps(3);
        on.key_press(Key::Escape);
        on.run_steps(3);
        assert_eq!(on.state().open.trail, None);
        assert_eq!(on.state().selected(), ["one"]);
        on.key_press(Key::Escape);
        on.run_steps(3);
        assert!(on.state().selected().is_empty());
    }
}

#[test]
fn each_view_keeps_its_own_place_and_reveals_what_is_selected() {
    let mut on = window();
    on.get_by_label_contains("Step 4 of 4").click();
    on.run();
    let journey = on.state().open.canvas.camera();
    turn(&mut on, Shown::Ecosystem);
    assert_eq!(on.state().selected(), ["four"]);
    let card = on.get_by_label_contains("Step 4 of 4").rect();
    assert!(card.left() >= 0.0 && card.right() <= 1_280.0, "{card:?}");
    on.state_mut().open.canvas.zoom_by(1.5);
    on.run_steps(3);
    let ecosystem = on.state().open.canvas.camera();
    assert_ne!(ecosystem, journey);
    turn(&mut on, Shown::Journey);
    assert_eq!(on.state().open.canvas.camera(), journey);
    turn(&mut on, Shown::Ecosystem);
    assert!((on.state().open.canvas.zoom() - ecosystem.zoom).abs() < 1e-6);
}

#[test]
fn what_was_done_in_one_view_shows_in_the_other() {
    let mut on = ecosystem();
    turn(&mut on, Shown::Journey);
    let edit = |tx: &mut throughline::edit::Tx<'_>| {
        verbs::rename(tx, &id("shop"), "Stock list");
        verbs::add_system(tx, Some(&id("two")), "Film guide", SystemClass::Technology);
    };
    on.state_mut().open.session.edit("edit", edit);
    on.run();
    turn(&mut on, Shown::Ecosystem);
    assert!(on.query_all_by_label_contains("Stock list").next().is_some());
    assert!(on.query_all_by_label_contains("Film guide").next().is_some());
    on.state_mut().open.session.undo();
    on.run_steps(20);
    turn(&mut on, Shown::Journey);
    assert!(on.query_all_by_label_contains("Film guide").next().is_none());
    assert!(on.query_all_by_label_contains("Catalogue").next().is_some());
}

#[test]
fn cards_glide_to_their_new_places_and_then_nothing_is_repainted() {
    let mut on = ecosystem();
    on.ctx.all_styles_mut(|style| style.animation_time = 0.1);
    turn(&mut on, Shown::Journey);
    on.state_mut().open.ecosystem = None;
    let world = on.state_mut();
    world.open.show(Shown::Ecosystem, &mut world.text);
    let frames = frames_to_rest(&mut on);
    assert!(frames < 3, "{frames} frames: the first picture does not glide");
    let add = |tx: &mut throughline::edit::Tx<'_>| {
        verbs::add_system(tx, Some(&id("site")), "Film guide", SystemClass::Technology);
    };
    on.state_mut().open.session.edit("add", add);
    let frames = frames_to_rest(&mut on);
    assert!((3..20).contains(&frames), "{frames} frames of a thirtieth of a second");
    on.ctx.all_styles_mut(|style| style.animation_time = 0.0);
    frames_to_rest(&mut on);
    on.state_mut().open.session.undo();
    let frames = frames_to_rest(&mut on);
    assert!(frames < 3, "{frames} frames, although nothing shall move");
}
