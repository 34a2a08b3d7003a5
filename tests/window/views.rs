//! Two views of one map: tabs, keys, what is remembered, tidying up, large maps on a worker.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use throughline::edit::{Selection, verbs};
use throughline::model::Id;
use throughline::model::choice::SystemClass;
use throughline::model::record::{System, View};
use throughline::ui::{Open, Shown};

use super::{CTRL, Window};

fn open(window: &Window) -> &Open {
    window.harness.state().open.as_ref().expect("a map is open")
}

fn step(window: &Window, number: usize) -> Id {
    open(window).session.doc().steps()[number].0.clone()
}

fn select(window: &mut Window, id: &Id) {
    let open = window.harness.state_mut().open.as_mut().expect("a map is open");
    open.session.selection = Selection::one(id.clone());
    window.harness.run();
}

#[test]
fn tabs_and_keys_turn_to_the_other_view_and_the_selection_goes_along() {
    let mut window = Window::example();
    let last = step(&window, 4);
    select(&mut window, &last);
    window.click("Ecosystem");
    assert_eq!(open(&window).shown, Shown::Ecosystem);
    assert!(window.shows("Ecosystem map") && !window.shows("Journey map"));
    assert!(open(&window).session.selection.contains(&last));
    let tab = window.harness.get_by_label("Ecosystem");
    assert!(tab.accesskit_node().is_selected().unwrap_or(false), "the tab says that it is shown");
    let canvas = window.harness.get_by_label("Ecosystem map").rect();
    let card = window.harness.get_by_label_contains("Step 5 of 5").rect();
    assert!(canvas.contains_rect(card), "{card:?} in {canvas:?}");
    window.press(CTRL, Key::Num1);
    assert_eq!(open(&window).shown, Shown::Journey);
    window.press(CTRL, Key::Num2);
    assert_eq!(open(&window).shown, Shown::Ecosystem);
}

#[test]
fn the_view_that_was_shown_last_is_shown_first() {
    let mut window = Window::example();
    window.press(CTRL, Key::Num2);
    let window = window.again();
    assert_eq!(open(&window).shown, Shown::Ecosystem);
    assert!(window.shows("Ecosystem map"));
}

#[test]
fn what_is_typed_is_kept_when_the_view_changes() {
    let mut window = Window::example();
    let first = step(&window, 0);
    select(&mut window, &first);
    window.press(Modifiers::NONE, Key::F2);
    window.harness.event(egui::Event::Text("Decide what to do".into()));
    window.harness.run();
    window.press(CTRL, Key::Num2);
    assert_eq!(open(&window).shown, Shown::Ecosystem);
    assert_eq!(open(&window).session.doc().name_of(&first), "Decide what to do");
}

#[test]
fn one_segment_is_shown_alone_in_both_views() {
    let mut window = Window::example();
    let segments = open(&window).session.doc().segments();
    let (id, name) = (segments[0].0.clone(), segments[0].1.name.clone());
    window.press(CTRL, Key::Num2);
    window.click("Segment shown: All segments");
    window.harness.get_all_by_label(&name).last().expect("the list has the segment").click();
    window.harness.run();
    let shown = |window: &Window| {
        let open = open(window);
        let ecosystem = open.ecosystem.as_ref().expect("it is shown");
        (open.journey.options().segment.clone(), ecosystem.options().segment.clone())
    };
    assert_eq!(shown(&window).1.as_ref(), Some(&id));
    window.press(CTRL, Key::Num1);
    assert_eq!(shown(&window).0, Some(id));
}

#[test]
fn tidying_up_lets_go_of_the_pins_and_is_one_undo_step() {
    let mut window = Window::example();
    assert!(!window.harness.state().status().ecosystem);
    window.press(Modifiers::SHIFT, Key::T);
    assert_eq!(open(&window).session.depth(), 0, "in the journey there is nothing to tidy up");
    window.press(CTRL, Key::Num2);
    let system = open(&window).session.doc().all::<System>().next().expect("a system").0.clone();
    let shown = window.harness.state_mut().open.as_mut().expect("a map is open");
    shown.session.edit("pin", |tx| verbs::pin(tx, &system, Some((900.0, 40.0))));
    window.harness.run();
    let pins = |window: &Window| -> usize {
        open(window).session.doc().all::<View>().map(|(_, view)| view.pins.len()).sum()
    };
    let place = |window: &Window| open(window).scene().rect_of(&system);
    let pinned = place(&window);
    window.press(Modifiers::SHIFT, Key::T);
    assert_eq!(pins(&window), 0);
    assert_eq!(open(&window).session.undo_label(), Some("tidy up"));
    window.click("Undo");
    assert_eq!((pins(&window), place(&window)), (1, pinned), "it stands as it stood");
}

#[test]
fn a_large_map_is_laid_out_on_a_worker_and_then_fits_the_window() {
    let mut window = Window::example();
    let shown = window.harness.state_mut().open.as_mut().expect("a map is open");
    shown.session.edit("add many", |tx| {
        let step = tx.doc().steps()[0].0.clone();
        for i in 0..200 {
            verbs::add_system(tx, Some(&step), &format!("System {i}"), SystemClass::Technology);
        }
    });
    window.harness.run();
    window.press(CTRL, Key::Num2);
    while open(&window).is_waiting() {
        assert!(window.shows("Laying out …") || !open(&window).is_waiting());
        std::thread::yield_now();
        window.harness.run();
    }
    window.harness.run();
    assert!(!window.shows("Laying out …"));
    let canvas = window.harness.get_by_label("Ecosystem map").rect();
    let seen = open(&window).canvas.camera().screen_rect(open(&window).scene().bounds);
    assert!(seen.min.x < canvas.width() && seen.max.x > 0.0, "{seen:?} in {canvas:?}");
}
