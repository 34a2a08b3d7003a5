//! The inspector and the outline, driven by what their controls are called.

mod desk;
mod full;
mod outline;

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use throughline::edit::Selection;
use throughline::model::Edge;
use throughline::model::choice::Channel;
use throughline::model::record::{Action, Friction, Head, Link, Step, Touchpoint};
use throughline::ui::Command;

use desk::{
    Desk, click, desk, doc_of, enter, get, harness, id, ids, press, select, session, small, type_in,
};

#[test]
fn typing_a_name_is_one_undo_entry() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "select");
    enter(&mut harness, "Name");
    type_in(&mut harness, "Pick a film");
    assert!(session(&mut harness).is_open(), "a run is open while its field has the keyboard");
    press(&mut harness, Key::Enter);
    assert_eq!(get::<Step>(&harness, "select").name, "Pick a film");
    let session = session(&mut harness);
    assert!(!session.is_open());
    assert_eq!((session.depth(), session.undo_label()), (1, Some("rename Select a title")));
    session.undo();
    assert_eq!(get::<Step>(&harness, "select").name, "Select a title");
}

#[test]
fn escape_gives_back_what_was_there() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "select");
    enter(&mut harness, "Name");
    type_in(&mut harness, "Oops");
    press(&mut harness, Key::Escape);
    assert_eq!(get::<Step>(&harness, "select").name, "Select a title");
    assert_eq!(session(&mut harness).depth(), 0);
}

#[test]
fn a_text_stays_with_its_record_when_another_is_selected() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "select");
    enter(&mut harness, "Name");
    type_in(&mut harness, "Pick a film");
    select(&mut harness, "return");
    type_in(&mut harness, "stray");
    assert_eq!(get::<Step>(&harness, "select").name, "Pick a film");
    assert_eq!(get::<Step>(&harness, "return").name, "Return the film");
    let session = session(&mut harness);
    assert_eq!((session.is_open(), session.depth()), (false, 1));
}

#[test]
fn a_click_elsewhere_ends_a_typing_run() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "select");
    enter(&mut harness, "Time active");
    type_in(&mut harness, "20 min");
    enter(&mut harness, "Time waiting");
    type_in(&mut harness, "2 days");
    press(&mut harness, Key::Enter);
    let time = get::<Step>(&harness, "select").time_spent.unwrap();
    assert_eq!((time.active.as_deref(), time.waiting.as_deref()), (Some("20 min"), Some("2 days")));
    assert_eq!(session(&mut harness).depth(), 2, "one entry a field");
}

#[test]
fn a_slider_pull_is_one_undo_entry() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "return");
    let rail = harness.get_by_label("Feels, Families").rect();
    harness.drag_at(rail.left_center() + vec2(8.0, 0.0));
    harness.run();
    for part in [0.3, 0.5, 0.75] {
        harness.hover_at(rail.left_center() + vec2(part * rail.width(), 0.0));
        harness.run();
    }
    assert!(session(&mut harness).is_open());
    harness.drop_at(rail.left_center() + vec2(0.75 * rail.width(), 0.0));
    harness.run();
    assert_eq!(get::<Step>(&harness, "return").feelings.get(&id("families")), Some(&1));
    let session = session(&mut harness);
    assert_eq!((session.is_open(), session.depth()), (false, 1));
    session.undo();
    assert!(get::<Step>(&harness, "return").feelings.is_empty());
}

#[test]
fn scales_answer_to_keys_and_can_be_cleared() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "drive");
    harness.get_by_label("Severity").focus();
    harness.run();
    press(&mut harness, Key::ArrowRight);
    assert_eq!(get::<Friction>(&harness, "drive").severity, 5);
    press(&mut harness, Key::Home);
    assert_eq!(get::<Friction>(&harness, "drive").severity, 1);
    // The window turns the key into a command before panels see it.
    harness.state_mut().commands.push(Command::Delete);
    harness.run();
    assert_eq!(get::<Friction>(&harness, "drive").severity, 0);
    assert!(harness.state().commands.is_empty(), "Delete in a scale deletes no record");
    assert_eq!(session(&mut harness).depth(), 3);
}

#[test]
fn a_choice_is_one_undo_entry() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "counter");
    click(&mut harness, "Channel");
    click(&mut harness, "Store");
    assert_eq!(get::<Touchpoint>(&harness, "counter").channel, Channel::Store);
    assert_eq!(session(&mut harness).undo_label(), Some("change channel of Shop counter"));
    click(&mut harness, "Moment of truth");
    assert!(get::<Touchpoint>(&harness, "counter").moment_of_truth);
    assert_eq!(session(&mut harness).depth(), 2);
}

#[test]
fn chips_link_and_unlink() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "return");
    click(&mut harness, "Add to rests on");
    let offered = harness.query_by_role_and_label(Role::Button, "Shop counter");
    assert!(offered.is_none(), "a step rests on internal systems alone");
    type_in(&mut harness, "late");
    press(&mut harness, Key::Enter);
    let rests_on = |harness: &Harness<'_, Desk>| {
        let graph = harness.state().open.session.graph();
        graph
            .outgoing(&id("return"))
            .filter(|(_, edge, _)| *edge == Edge::DependsOn)
            .map(|(_, _, system)| system.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(rests_on(&harness), [id("policy")]);
    click(&mut harness, "Unlink Late-fee policy");
    assert!(rests_on(&harness).is_empty());
    assert_eq!(session(&mut harness).depth(), 2);
}

#[test]
fn what_is_not_there_yet_can_be_made_while_linking() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "select");
    click(&mut harness, "Add to touchpoints");
    type_in(&mut harness, "Film guide");
    click(&mut harness, "New touchpoint \u{201c}Film guide\u{201d}");
    let doc = harness.state().open.session.doc();
    let (made, _) = doc.all::<Touchpoint>().find(|(_, it)| it.name == "Film guide").unwrap();
    assert!(doc.all::<Link>().any(|(_, it)| it.from == id("select") && it.to == *made));
    assert_eq!(session(&mut harness).depth(), 1, "the record and its link are one entry");
}

#[test]
fn a_chip_goes_to_its_record() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "return");
    click(&mut harness, "Touchpoints Shop counter");
    assert_eq!(harness.state().open.session.selection, Selection::one(id("counter")));
    click(&mut harness, "Show the link with Return the film");
    assert_eq!(harness.state().open.session.selection, Selection::one(id("uses")));
    click(&mut harness, "To Shop counter");
    click(&mut harness, "Used by Return the film");
    assert_eq!(harness.state().open.session.selection, Selection::one(id("return")));
    click(&mut harness, "Friction point Drive to the shop before it closes, severity 4");
    assert_eq!(harness.state().open.session.selection, Selection::one(id("drive")));
}

#[test]
fn a_new_friction_point_is_named_at_once() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "select");
    click(&mut harness, "Add a friction point");
    type_in(&mut harness, "Too many titles");
    let doc = harness.state().open.session.doc();
    let (_, made) = doc.all::<Friction>().find(|(_, it)| it.at == Some(id("select"))).unwrap();
    assert_eq!(made.text, "Too many titles");
}

#[test]
fn what_cannot_be_read_is_said_and_not_written() {
    let action = Action { title: "Text a reminder".into(), ..Action::default() };
    let doc = doc_of(Head::default(), vec![("remind", action.into())]);
    let mut harness = harness(desk(doc, 320.0));
    select(&mut harness, "remind");
    enter(&mut harness, "Due");
    type_in(&mut harness, "2026-13-40");
    harness.get_by_label_contains("no day 2026-13-40");
    assert_eq!(get::<Action>(&harness, "remind").due, None);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_in(&mut harness, "2026-06-12");
    assert!(harness.query_by_label_contains("no day").is_none());
    press(&mut harness, Key::Enter);
    assert_eq!(get::<Action>(&harness, "remind").due, Some(jiff::civil::date(2026, 6, 12)));
    assert_eq!(session(&mut harness).depth(), 1);
    click(&mut harness, "Pick a day for due");
    click(&mut harness, "30 June 2026");
    assert_eq!(get::<Action>(&harness, "remind").due, Some(jiff::civil::date(2026, 6, 30)));
    assert_eq!(session(&mut harness).depth(), 2);
}

#[test]
fn a_number_out_of_range_is_said_and_not_written() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "drive");
    enter(&mut harness, "Reach");
    type_in(&mut harness, "60,5");
    press(&mut harness, Key::Enter);
    assert_eq!(get::<Friction>(&harness, "drive").reach_pct, Some(60.5));
    enter(&mut harness, "Reach");
    type_in(&mut harness, "605");
    harness.get_by_label_contains("from 0 to 100");
    assert_eq!(get::<Friction>(&harness, "drive").reach_pct, Some(60.0), "the last that fitted");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label_contains("from 0 to 100").is_none());
    assert_eq!(get::<Friction>(&harness, "drive").reach_pct, Some(60.5));
    assert_eq!(session(&mut harness).depth(), 1);
}

#[test]
fn lists_grow_by_enter_move_and_lose_what_is_emptied() {
    let mut harness = harness(desk(small(), 320.0));
    select(&mut harness, "select");
    harness.get_by_label("Criterion 1").click();
    harness.run();
    type_in(&mut harness, "Everyone agrees");
    press(&mut harness, Key::Enter);
    type_in(&mut harness, "In tonight");
    press(&mut harness, Key::Enter);
    let criteria = |harness: &Harness<'_, Desk>| get::<Step>(harness, "select").criteria;
    assert_eq!(criteria(&harness), ["Everyone agrees", "In tonight"]);
    harness.get_by_label("Criterion 2").click();
    harness.run();
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    harness.run();
    assert_eq!(criteria(&harness), ["In tonight", "Everyone agrees"]);
    enter(&mut harness, "Criterion 1");
    press(&mut harness, Key::Backspace);
    press(&mut harness, Key::Enter);
    assert_eq!(criteria(&harness), ["Everyone agrees"]);
    assert_eq!(session(&mut harness).depth(), 4, "two texts, a move, a removal");
}

#[test]
fn many_records_change_together() {
    let mut harness = harness(desk(small(), 320.0));
    session(&mut harness).selection = Selection::many(ids(&["occasion", "select"]));
    harness.run();
    harness.get_by_label("2 steps selected");
    click(&mut harness, "Moment of truth");
    assert!(get::<Step>(&harness, "occasion").moment_of_truth);
    assert!(get::<Step>(&harness, "select").moment_of_truth);
    assert_eq!(session(&mut harness).depth(), 1);
    click(&mut harness, "Delete 2 steps");
    assert_eq!(harness.state().commands, [Command::Delete]);
}

#[test]
fn the_head_is_shown_while_nothing_is_selected() {
    let mut harness = harness(desk(small(), 320.0));
    enter(&mut harness, "Title");
    type_in(&mut harness, "Film night");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().open.session.doc().head().title, "Film night");
    harness.get_by_label("Segment Families");
}
