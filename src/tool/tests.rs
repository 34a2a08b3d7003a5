//! What the tool does, without a window: each test is a hand at work on a small map.

use crate::edit::{Session, verbs};
use crate::geom::{Point, pt};
use crate::model::choice::{Channel, SystemClass};
use crate::model::record::{Link, Segment, Stage, Step, System, Touchpoint};
use crate::model::{Doc, Id, OrderKey};
use crate::scene::Part;

use super::driver::Driver;
use super::{Button, Intent, Key, Modifiers, Tool};

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// Two stages, four steps, a segment that feels, a touchpoint and a system.
pub fn doc() -> Doc {
    let mut session = Session::new(Doc::default());
    session.edit("make", |tx| {
        let order = |key: &str| OrderKey::new(key).unwrap();
        let name = |text: &str| text.to_owned();
        tx.put(
            &id("families"),
            Segment { name: name("Families"), priority: 3, ..Segment::default() },
        );
        for (stage, key) in [("decide", "a"), ("watch", "b")] {
            tx.put(&id(stage), Stage { name: name(stage), order: order(key), ..Stage::default() });
        }
        for (step, stage, key) in [
            ("one", "decide", "a"),
            ("two", "decide", "b"),
            ("three", "watch", "a"),
            ("four", "watch", "b"),
        ] {
            let feelings = [(id("families"), 0)].into();
            let (stage, order) = (Some(id(stage)), order(key));
            let activities = vec![format!("Does {step}")];
            tx.put(
                &id(step),
                Step { name: name(step), stage, order, feelings, activities, ..Step::default() },
            );
        }
        let channel = Channel::Web;
        tx.put(&id("site"), Touchpoint { name: name("Site"), channel, ..Touchpoint::default() });
        let class = SystemClass::Technology;
        tx.put(&id("shop"), System { name: name("Shop"), class, ..System::default() });
        verbs::link(tx, &id("two"), &id("site")).unwrap();
        verbs::link(tx, &id("site"), &id("shop")).unwrap();
    });
    session.doc().clone()
}

fn driver() -> Driver {
    Driver::new(doc())
}

fn ground() -> Point {
    pt(-300.0, -300.0)
}

#[test]
fn a_click_selects_and_a_click_on_the_ground_selects_nothing() {
    let mut on = driver();
    on.click(on.card("two")).expect_selected(&["two"]);
    on.click(on.card("site")).expect_selected(&["site"]);
    on.click(ground()).expect_selected(&[]);
    assert!(on.tool.is_idle());
    assert_eq!(on.session.depth(), 0, "selecting is no edit");
}

#[test]
fn shift_adds_and_takes_away() {
    let mut on = driver();
    on.click(on.card("one"));
    on.hold(Modifiers { shift: true, ..Modifiers::default() });
    on.click(on.card("three")).expect_selected(&["one", "three"]);
    on.click(on.card("one")).expect_selected(&["three"]);
    on.click(ground()).expect_selected(&["three"]);
}

#[test]
fn a_tremble_is_no_drag() {
    let mut on = driver();
    let at = on.card("one");
    on.press(at).move_to(at.offset(pt(2.0, 2.0)));
    assert!(matches!(on.tool, Tool::Pointing(_)));
    on.release().expect_selected(&["one"]);
    assert_eq!(on.session.depth(), 0);
}

#[test]
fn a_marquee_selects_what_it_touches_and_esc_brings_the_old_selection_back() {
    let mut on = driver();
    on.click(on.card("four"));
    let (a, b) = (on.card("one"), on.card("two"));
    on.press(pt(a.x, -200.0)).move_to(pt(b.x, b.y));
    on.expect(|on| matches!(on.tool, Tool::Marquee(_)), "a frame is pulled up")
        .expect_selected(&["one", "two"]);
    on.cancel().expect_selected(&["four"]);
    assert!(on.tool.is_idle());
    on.press(pt(a.x, -200.0)).move_to(pt(b.x, b.y)).release().expect_selected(&["one", "two"]);
}

#[test]
fn dragging_a_step_makes_room_and_is_one_undo_step() {
    let mut on = driver();
    let before = on.session.doc().clone();
    let (from, to) = (on.card("one"), on.card("two"));
    on.press(from).move_to(pt(to.x + 60.0, to.y));
    assert_eq!(on.steps(), ["two", "one", "three", "four"], "while it is dragged");
    on.release();
    assert_eq!(on.steps(), ["two", "one", "three", "four"]);
    assert_eq!((on.session.depth(), on.session.undo_label()), (1, Some("move one")));
    on.session.undo();
    assert_eq!(*on.session.doc(), before);
}

#[test]
fn a_step_can_be_dragged_into_another_stage_and_back_again() {
    let mut on = driver();
    let before = on.session.doc().clone();
    let (from, to) = (on.card("one"), on.card("four"));
    on.press(from).move_to(pt(to.x + 70.0, to.y));
    assert_eq!(on.steps(), ["two", "three", "four", "one"]);
    assert_eq!(on.session.doc().get_as::<Step>(&id("one")).unwrap().stage, Some(id("watch")));
    on.move_to(pt(from.x - 30.0, from.y)).release();
    assert_eq!(*on.session.doc(), before);
    assert_eq!(on.session.depth(), 0, "back where it was is no edit");
}

#[test]
fn esc_puts_a_dragged_step_back() {
    let mut on = driver();
    let before = on.session.doc().clone();
    let to = on.card("four");
    on.press(on.card("one")).move_to(to).cancel();
    assert!(on.tool.is_idle() && !on.session.is_open());
    assert_eq!((on.session.doc(), on.session.depth()), (&before, 0));
    on.release().expect_selected(&["one"]);
}

#[test]
fn selected_steps_move_together_in_their_order() {
    let mut on = driver();
    on.click(on.card("two"));
    on.hold(Modifiers { shift: true, ..Modifiers::default() });
    on.click(on.card("one"));
    on.hold(Modifiers::default());
    let to = on.card("four");
    on.press(on.card("one")).move_to(to);
    // The rest made room, so the last step stands further to the right by now.
    let to = on.card("four");
    on.move_to(pt(to.x + 70.0, to.y)).release();
    assert_eq!(on.steps(), ["three", "four", "one", "two"]);
    assert_eq!(on.session.undo_label(), Some("move 2 steps"));
    on.expect_selected(&["one", "two"]);
}

#[test]
fn a_stage_is_dragged_by_its_header() {
    let mut on = driver();
    let (from, to) = (on.part("decide", Part::StageHeader), on.part("watch", Part::StageHeader));
    on.press(from).move_to(pt(to.x + 150.0, to.y)).release();
    let stages: Vec<_> =
        on.session.doc().stages().into_iter().map(|(_, it)| it.name.clone()).collect();
    assert_eq!(stages, ["watch", "decide"]);
    assert_eq!(on.steps(), ["three", "four", "one", "two"]);
}

#[test]
fn a_default_lane_becomes_a_record_when_it_is_dragged() {
    let mut on = driver();
    let lanes = verbs::default_lanes();
    let find = |content| lanes.iter().find(|(_, it)| it.content == content).unwrap().0.clone();
    use crate::model::choice::LaneContent::{Activities, Emotion};
    let (from, to) = (
        on.part(find(Activities).as_str(), Part::LaneLabel),
        on.part(find(Emotion).as_str(), Part::LaneLabel),
    );
    on.press(from).move_to(pt(to.x, to.y + 50.0)).release();
    let order: Vec<_> = on.session.doc().lanes().into_iter().map(|(_, it)| it.content).collect();
    let at = |content| order.iter().position(|it| *it == content).unwrap();
    assert!(at(Emotion) < at(Activities), "{order:?}");
    on.session.undo();
    assert!(on.session.doc().lanes().is_empty());
}

#[test]
fn a_point_of_the_curve_moves_the_feeling() {
    let mut on = driver();
    let before = on.session.doc().clone();
    let at = on.part("three", Part::Emotion);
    on.press(at).move_to(pt(at.x, at.y - 500.0));
    on.expect(|on| matches!(on.tool, Tool::DraggingEmotion(_)), "a point is dragged").release();
    let feels = |on: &Driver| {
        on.session.doc().get_as::<Step>(&id("three")).unwrap().feelings[&id("families")]
    };
    assert_eq!((feels(&on), on.session.depth()), (2, 1));
    let at = on.part("three", Part::Emotion);
    on.press(at).move_to(pt(at.x, at.y + 900.0)).cancel();
    assert_eq!(feels(&on), 2);
    on.session.undo();
    assert_eq!(*on.session.doc(), before);
}

#[test]
fn the_handle_pulls_a_link_to_what_may_be_reached() {
    let mut on = driver();
    on.click(on.card("one"));
    let (_, handle) = on.context().handle().unwrap();
    let links = |on: &Driver| on.session.doc().all::<Link>().count();
    let site = on.card("site");
    on.press(handle).move_to(site);
    on.expect(
        |on| matches!(&on.tool, Tool::Linking(it) if it.target == Some(id("site"))),
        "it is lit",
    );
    on.release();
    assert_eq!(links(&on), 3);
    on.press(handle).move_to(site).release();
    assert!(matches!(on.rest.last(), Some(Intent::Say(_))), "twice is refused: {:?}", on.rest);
    assert_eq!(links(&on), 3);
    on.press(handle).move_to(ground()).release();
    assert_eq!((links(&on), on.tool.is_idle()), (3, true));
}

#[test]
fn a_link_by_command_ends_with_a_click() {
    let mut on = driver();
    on.click(on.card("three"));
    on.input(&super::Input::StartLinking { from: id("three") });
    on.expect(|on| matches!(on.tool, Tool::Linking(_)), "linking");
    let shop = on.card("shop");
    on.move_to(shop);
    on.press(on.card("shop")).release();
    let to: Vec<_> =
        on.session.graph().outgoing(&id("three")).map(|(_, _, to)| to.clone()).collect();
    assert!(to.contains(&id("shop")), "{to:?}");
    on.input(&super::Input::StartLinking { from: id("three") }).cancel();
    assert!(on.tool.is_idle());
}

#[test]
fn the_middle_button_and_the_space_bar_move_the_map() {
    let mut on = driver();
    on.press_with(pt(100.0, 100.0), Button::Middle).move_to(pt(160.0, 130.0));
    assert_eq!(on.camera.origin, pt(-60.0, -30.0));
    on.release_with(Button::Middle).expect(|on| on.tool.is_idle(), "let go");
    on.hold(Modifiers { space: true, ..Modifiers::default() });
    let card = on.card("one");
    on.press(card).expect(|on| matches!(on.tool, Tool::Panning(_)), "not a drag of the card");
    on.expect_selected(&[]);
    on.cancel();
    assert!(on.tool.is_idle());
}

#[test]
fn a_double_click_opens_the_editor_of_what_was_hit() {
    let mut on = driver();
    on.double_click(on.part("one", Part::Activities));
    let opened = |on: &Driver, part: Part| {
        on.rest.iter().any(|it| matches!(it, Intent::OpenEditor(hit) if hit.part == part))
    };
    assert!(opened(&on, Part::Activities), "{:?}", on.rest);
    on.double_click(on.part("decide", Part::StageHeader));
    assert!(opened(&on, Part::StageHeader));
}

#[test]
fn arrow_keys_walk_and_tab_reads() {
    let mut on = driver();
    on.key(Key::Right);
    let first = on.session.selection.lead.clone();
    on.expect(|_| first.is_some(), "the first card is found");
    on.click(on.card("one")).key(Key::Right).expect_selected(&["two"]);
    on.key(Key::Right).key(Key::Left).expect_selected(&["two"]);
    on.key(Key::Down).expect_selected(&["site"]);
    on.key(Key::Up).expect_selected(&["two"]);
    on.key(Key::Next);
    let next = on.session.selection.lead.clone();
    on.key(Key::Previous).expect_selected(&["two"]);
    assert_ne!(next, Some(id("two")));
    on.key(Key::Enter);
    assert!(matches!(on.rest.last(), Some(Intent::OpenEditor(hit)) if hit.record == id("two")));
}

#[test]
fn esc_leaves_whatever_is_going_on() {
    let begin: [fn(&mut Driver); 6] = [
        |on| {
            on.press(on.card("one"));
        },
        |on| {
            let to = on.card("two");
            on.press(on.card("one")).move_to(to);
        },
        |on| {
            on.press(on.part("decide", Part::StageHeader)).move_to(pt(900.0, 0.0));
        },
        |on| {
            on.press(ground()).move_to(pt(0.0, 0.0));
        },
        |on| {
            on.press_with(ground(), Button::Middle);
        },
        |on| {
            on.press(on.part("one", Part::Emotion)).move_to(pt(0.0, 0.0));
        },
    ];
    for (i, begin) in begin.iter().enumerate() {
        let mut on = driver();
        let before = on.session.doc().clone();
        begin(&mut on);
        on.expect(|on| !on.tool.is_idle(), "something goes on").cancel();
        assert!(on.tool.is_idle() && !on.session.is_open(), "{i}");
        assert_eq!((on.session.doc(), on.session.depth()), (&before, 0), "{i}");
    }
}
