//! The canvas by its accessible labels: real pointer and keys over a small map.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use throughline::edit::{Session, Tx, verbs};
use throughline::model::choice::{Channel, SystemClass};
use throughline::model::record::{Friction, Segment, Stage, Step, System, Touchpoint};
use throughline::model::{Doc, Id, Kind, OrderKey};
use throughline::scene::{JourneyOptions, JourneyScene, Theme};
use throughline::text::{SystemFonts, Text};
use throughline::ui::{Command, Cx, Open, canvas, theme};

mod ecosystem;

/// What a window holds besides panels.
struct World {
    open: Open,
    text: Text,
    commands: Vec<Command>,
    message: Option<String>,
}

impl World {
    fn names(&self) -> Vec<String> {
        self.open.session.doc().steps().into_iter().map(|(_, it)| it.name.clone()).collect()
    }

    fn selected(&self) -> Vec<&str> {
        self.open.session.selection.ids.iter().map(Id::as_str).collect()
    }
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn doc() -> Doc {
    let mut session = Session::new(Doc::default());
    session.edit("make", |tx| {
        let key = |text: &str| OrderKey::new(text).unwrap();
        let segment = Segment { name: "Families".into(), priority: 3, ..Segment::default() };
        tx.put(&id("families"), segment);
        for (stage, name, order) in [("decide", "Decide", "a"), ("watch", "Watch", "b")] {
            let (name, order) = (name.to_owned(), key(order));
            tx.put(&id(stage), Stage { name, order, ..Stage::default() });
        }
        for (step, name, stage, order) in [
            ("one", "Define the occasion", "decide", "a"),
            ("two", "Select a title", "decide", "b"),
            ("three", "Get the film", "watch", "a"),
            ("four", "Return it", "watch", "b"),
        ] {
            let (name, stage, order) = (name.to_owned(), Some(id(stage)), key(order));
            let feelings = [(id("families"), 0)].into();
            tx.put(&id(step), Step { name, stage, order, feelings, ..Step::default() });
        }
        let (name, channel) = ("Film section".to_owned(), Channel::Web);
        tx.put(&id("site"), Touchpoint { name, channel, ..Touchpoint::default() });
        let (name, class) = ("Catalogue".to_owned(), SystemClass::Technology);
        tx.put(&id("shop"), System { name, class, ..System::default() });
        verbs::link(tx, &id("one"), &id("site")).unwrap();
        verbs::link(tx, &id("site"), &id("shop")).unwrap();
    });
    session.doc().clone()
}

fn window() -> Harness<'static, World> {
    let mut text = Text::new(SystemFonts::Ignore);
    let session = Session::new(doc());
    let options = JourneyOptions::default();
    let journey = JourneyScene::new(session.doc(), session.graph(), &mut text, options);
    let open = Open { session, journey, ..Open::default() };
    let world = World { open, text, commands: Vec::new(), message: None };
    let mut harness = Harness::builder()
        .with_size(vec2(1280.0, 1000.0))
        .with_step_dt(1.0 / 30.0)
        .with_context_setup(theme::setup)
        .build_ui_state(
            |ui, world: &mut World| {
                let mut cx = Cx {
                    open: &mut world.open,
                    text: &mut world.text,
                    theme: Theme::light(),
                    commands: &mut world.commands,
                    message: &mut world.message,
                };
                canvas::canvas_ui(ui, &mut cx);
            },
            world,
        );
    harness.run();
    harness
}

fn middle(on: &Harness<'_, World>, label: &str) -> Pos2 {
    on.get_by_label_contains(label).rect().center()
}

fn button(on: &Harness<'_, World>, pos: Pos2, pressed: bool) {
    on.event(Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
}

/// Presses, moves in steps as a hand does, and stops there.
fn pull(on: &mut Harness<'_, World>, from: Pos2, to: Pos2) {
    on.event(Event::PointerMoved(from));
    on.step();
    button(on, from, true);
    on.step();
    for i in 1..=10 {
        on.event(Event::PointerMoved(from.lerp(to, i as f32 / 10.0)));
        on.step();
    }
}

fn drop_at(on: &mut Harness<'_, World>, at: Pos2) {
    button(on, at, false);
    on.run();
}

#[test]
fn a_step_is_found_by_its_name_and_selected_by_a_click() {
    let mut on = window();
    on.get_by_label_contains("Step 2 of 4: Select a title").click();
    on.run();
    assert_eq!(on.state().selected(), ["two"]);
    assert!(
        on.get_by_label_contains("Step 2 of 4").accesskit_node().is_selected().unwrap_or(false)
    );
    on.event(Event::PointerMoved(Pos2::new(1262.0, 982.0)));
    button(&on, Pos2::new(1262.0, 982.0), true);
    button(&on, Pos2::new(1262.0, 982.0), false);
    on.run();
    assert!(on.state().selected().is_empty());
}

#[test]
fn a_screen_reader_clicks_too() {
    let mut on = window();
    on.get_by_label_contains("Step 3 of 4").click_accesskit();
    on.run();
    assert_eq!(on.state().selected(), ["three"]);
}

#[test]
fn a_marquee_selects_the_cards_it_touches() {
    let mut on = window();
    let (a, b) = (middle(&on, "Step 1 of 4"), middle(&on, "Step 2 of 4"));
    let start = Pos2::new(1262.0, 982.0);
    assert!(a.y < start.y && b.x < start.x);
    pull(&mut on, start, Pos2::new(b.x, b.y));
    assert!(on.state().selected().contains(&"two"), "{:?}", on.state().selected());
    assert!(!on.state().selected().contains(&"one"));
    drop_at(&mut on, b);
    assert!(on.state().selected().contains(&"two"));
}

#[test]
fn a_dragged_step_makes_room_and_one_undo_takes_it_back() {
    let mut on = window();
    let before = on.state().names();
    let (from, to) = (middle(&on, "Step 1 of 4"), middle(&on, "Step 2 of 4"));
    pull(&mut on, from, to + Vec2::new(60.0, 0.0));
    assert_eq!(on.state().names()[..2], ["Select a title", "Define the occasion"], "live");
    drop_at(&mut on, to);
    assert_eq!(on.state().names()[..2], ["Select a title", "Define the occasion"]);
    assert_eq!(on.state().open.session.depth(), 1);
    on.state_mut().open.session.undo();
    on.run();
    assert_eq!(on.state().names(), before);
}

#[test]
fn esc_puts_a_dragged_step_back() {
    let mut on = window();
    let before = on.state().names();
    let (from, to) = (middle(&on, "Step 1 of 4"), middle(&on, "Step 4 of 4"));
    pull(&mut on, from, to);
    assert_ne!(on.state().names(), before);
    on.key_press(Key::Escape);
    on.step();
    assert_eq!(on.state().names(), before);
    drop_at(&mut on, to);
    assert_eq!((on.state().names(), on.state().open.session.depth()), (before, 0));
}

#[test]
fn a_double_click_edits_in_place_and_enter_keeps() {
    let mut on = window();
    let at = middle(&on, "Step 2 of 4");
    on.event(Event::PointerMoved(at));
    for _ in 0..2 {
        button(&on, at, true);
        on.step();
        button(&on, at, false);
        on.step();
    }
    on.run();
    assert!(on.state().open.canvas.is_editing());
    on.event(Event::Text("Choose a film".into()));
    on.run();
    assert_eq!(on.state().names()[1], "Select a title", "kept to itself until Enter");
    on.key_press(Key::Enter);
    on.run();
    assert!(!on.state().open.canvas.is_editing());
    assert_eq!(on.state().names()[1], "Choose a film");
    assert_eq!(on.state().open.session.depth(), 1);
}

#[test]
fn esc_gives_up_what_was_typed() {
    let mut on = window();
    on.get_by_label_contains("Step 2 of 4").click();
    on.run();
    on.key_press(Key::Enter);
    on.run();
    on.event(Event::Text("Nonsense".into()));
    on.run();
    on.key_press(Key::Escape);
    on.run();
    assert!(!on.state().open.canvas.is_editing());
    assert_eq!(on.state().names()[1], "Select a title");
    assert_eq!(on.state().open.session.depth(), 0);
}

#[test]
fn a_click_elsewhere_keeps_what_was_typed() {
    let mut on = window();
    on.state_mut().open.canvas.edit(id("three"));
    on.run();
    on.event(Event::Text("Fetch it".into()));
    on.run();
    on.get_by_label_contains("Step 1 of 4").click();
    on.run();
    assert_eq!(on.state().names()[2], "Fetch it");
    assert_eq!(on.state().selected(), ["one"]);
}

#[test]
fn a_new_card_given_up_while_empty_never_was() {
    let mut on = window();
    let world = on.state_mut();
    let new = world.open.session.edit("add step", |tx| verbs::add_step_after(tx, &id("two"), ""));
    world.open.canvas.edit(new);
    on.run();
    assert_eq!(on.state().names().len(), 5);
    on.key_press(Key::Escape);
    on.run();
    assert_eq!(on.state().names().len(), 4);
    assert_eq!(on.state().open.session.depth(), 0);
}

#[test]
fn a_card_without_a_name_stays_when_its_editing_is_given_up() {
    let mut on = window();
    let world = on.state_mut();
    world.open.session.edit("rename", |tx| verbs::rename(tx, &id("two"), ""));
    world.open.session.edit("rename", |tx| verbs::rename(tx, &id("one"), "Begin"));
    for key in [Key::Escape, Key::Enter] {
        on.state_mut().open.canvas.edit(id("two"));
        on.run();
        assert!(on.state().open.canvas.is_editing());
        on.key_press(key);
        on.run();
        assert_eq!(on.state().names(), ["Begin", "", "Get the film", "Return it"]);
        assert_eq!(on.state().open.session.depth(), 2, "nothing else is undone");
    }
}

#[test]
fn a_new_card_is_named_and_added_in_one_undo_step() {
    let mut on = window();
    let world = on.state_mut();
    world.open.session.begin(verbs::describe::adding(Kind::Friction));
    let add = |tx: &mut Tx<'_>| verbs::add_friction(tx, &id("two"), "", 2).unwrap();
    let new = world.open.session.edit_open(add);
    world.open.canvas.edit(new.clone());
    on.run();
    on.event(Event::Text("Too many titles".into()));
    on.key_press_modifiers(Modifiers::ALT, Key::Num4);
    on.run();
    on.key_press(Key::Enter);
    on.run();
    let session = &on.state().open.session;
    let friction = session.doc().get_as::<Friction>(&new).unwrap();
    assert_eq!((friction.text.as_str(), friction.severity), ("Too many titles", 4));
    assert_eq!(session.depth(), 1);
    on.state_mut().open.session.undo();
    on.run();
    assert!(on.state().open.session.doc().get(&new).is_none());
}

#[test]
fn a_link_is_pulled_from_the_handle() {
    let mut on = window();
    on.get_by_label_contains("Step 3 of 4").click();
    on.run();
    let card = on.get_by_label_contains("Step 3 of 4").rect();
    let handle = Pos2::new(card.right(), card.center().y);
    let links = |on: &Harness<'_, World>| on.state().open.session.graph().edge_count();
    let before = links(&on);
    let to = middle(&on, "Catalogue");
    pull(&mut on, handle, to);
    drop_at(&mut on, to);
    assert_eq!(links(&on), before + 1);
    assert!(
        on.state().open.session.graph().outgoing(&id("three")).any(|(_, _, to)| *to == id("shop"))
    );
    pull(&mut on, handle, to);
    drop_at(&mut on, to);
    assert_eq!(links(&on), before + 1);
    assert!(on.state().message.is_some(), "a link that is there already says so");
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_keeps_the_point() {
    let mut on = window();
    let zoom = on.state().open.canvas.zoom();
    let before = on.get_by_label_contains("Step 3 of 4").rect();
    let at = before.center();
    on.event(Event::PointerMoved(at));
    on.event(Event::Zoom(1.5));
    on.run();
    let grown = on.state().open.canvas.zoom() / zoom;
    assert!((grown - 1.5).abs() < 0.01, "{grown}");
    let after = on.get_by_label_contains("Step 3 of 4").rect();
    assert!((after.center() - at).length() < 1.0, "{before:?} {after:?}");
    assert!((after.width() - 1.5 * before.width()).abs() < 1.0);
}

#[test]
fn digits_and_signs_work_on_the_selection() {
    let mut on = window();
    let friction = on
        .state_mut()
        .open
        .session
        .edit("mark", |tx| verbs::add_friction(tx, &id("two"), "Too many titles", 2))
        .unwrap();
    on.run();
    on.get_by_label_contains("Step 2 of 4").click();
    on.run();
    on.key_press(Key::Num5);
    on.run();
    let doc = on.state().open.session.doc();
    assert_eq!(doc.get_as::<Friction>(&friction).unwrap().severity, 5);
    on.key_press(Key::Minus);
    on.run();
    let doc = on.state().open.session.doc();
    assert_eq!(doc.get_as::<Step>(&id("two")).unwrap().feelings[&id("families")], -1);
}

#[test]
fn arrow_keys_walk_from_card_to_card() {
    let mut on = window();
    on.get_by_label_contains("Step 1 of 4").click();
    on.run();
    on.key_press(Key::ArrowRight);
    on.run();
    assert_eq!(on.state().selected(), ["two"]);
    assert!(on.get_by_label_contains("Step 2 of 4").is_focused(), "the focus goes along");
    on.key_press(Key::Tab);
    on.run();
    assert_ne!(on.state().selected(), ["two"]);
}

#[test]
fn nothing_is_repainted_while_nothing_happens() {
    let mut on = window();
    on.get_by_label_contains("Step 1 of 4").click();
    let steps = on.run();
    assert!(steps < 10, "{steps}");
    on.step();
    let delay = on.output().viewport_output.values().map(|it| it.repaint_delay).min().unwrap();
    assert!(delay.as_secs() > 1, "{delay:?}");
}
