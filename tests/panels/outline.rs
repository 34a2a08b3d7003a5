//! The outline: searched, walked by keyboard, put in order.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use throughline::edit::Selection;
use throughline::model::record::{Head, Step, System};

use super::desk::{
    Desk, click, desk, doc_of, enter, get, harness, id, ids, press, session, small, type_in,
};
use throughline::ui::Command;

/// The rows in view, by what a screen reader says of them.
fn rows(harness: &Harness<'_, Desk>) -> Vec<String> {
    let items = harness.query_all_by_role(Role::TreeItem);
    let mut all: Vec<(f32, String)> = items
        .map(|node| (node.rect().top(), node.accesskit_node().label().unwrap_or_default()))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, label)| label).collect()
}

#[test]
fn the_outline_is_the_map_as_a_tree() {
    let harness = harness(desk(small(), 320.0));
    assert_eq!(
        rows(&harness),
        [
            "Stage Decide",
            "Step Define the occasion",
            "Step Select a title",
            "Stage Enjoy",
            "Step Return the film, 1 friction point",
            "Internal systems, 2",
            "Teams, 2",
            "Internal system Late-fee policy",
            "Internal system Returns desk",
            "Segments, 2",
        ]
    );
}

#[test]
fn a_search_finds_without_case_and_shows_where() {
    let mut harness = harness(desk(small(), 320.0));
    enter(&mut harness, "Search the map");
    type_in(&mut harness, "SHOP");
    assert_eq!(
        rows(&harness),
        [
            "Stage Enjoy",
            "Step Return the film, 1 friction point",
            "Touchpoint Shop counter",
            "Friction point Drive to the shop before it closes, severity 4",
        ]
    );
    click(&mut harness, "Touchpoint Shop counter");
    assert_eq!(harness.state().open.session.selection, Selection::one(id("counter")));
}

#[test]
fn the_keyboard_walks_folds_renames_and_deletes() {
    let mut harness = harness(desk(small(), 320.0));
    click(&mut harness, "Stage Decide");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    let lead = |harness: &Harness<'_, Desk>| harness.state().open.session.selection.lead.clone();
    assert_eq!(lead(&harness), Some(id("select")));
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(lead(&harness), Some(id("decide")));
    press(&mut harness, Key::ArrowLeft);
    assert!(!rows(&harness).contains(&"Step Select a title".to_owned()), "the stage is folded");
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::F2);
    type_in(&mut harness, "Plan it");
    press(&mut harness, Key::Enter);
    assert_eq!(get::<Step>(&harness, "occasion").name, "Plan it");
    assert_eq!(session(&mut harness).undo_label(), Some("rename Define the occasion"));
    press(&mut harness, Key::ArrowDown);
    assert_eq!(lead(&harness), Some(id("select")), "the keyboard is back on the tree");
    press(&mut harness, Key::Delete);
    assert_eq!(harness.state().commands, [Command::Delete]);
}

#[test]
fn rows_are_selected_one_by_one_and_in_ranges() {
    let mut harness = harness(desk(small(), 320.0));
    let chosen = |harness: &Harness<'_, Desk>| harness.state().open.session.selection.ids.clone();
    click(&mut harness, "Step Define the occasion");
    harness.get_by_label_contains("Step Return").click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert_eq!(chosen(&harness), BTreeSet::from_iter(ids(&["occasion", "return"])));
    click(&mut harness, "Step Define the occasion");
    harness.get_by_label_contains("Step Return").click_modifiers(Modifiers::SHIFT);
    harness.run();
    let all = ids(&["occasion", "select", "enjoy", "return"]);
    assert_eq!(chosen(&harness), BTreeSet::from_iter(all));
}

fn drag(harness: &mut Harness<'_, Desk>, from: &str, to: &str) {
    let from = harness.get_by_label_contains(from).rect().center();
    let to = harness.get_by_label_contains(to).rect().left_top() + vec2(60.0, 2.0);
    harness.drag_at(from);
    harness.run();
    harness.hover_at(from + (to - from) * 0.5);
    harness.run();
    harness.hover_at(to);
    harness.run();
    harness.drop_at(to);
    harness.run();
}

#[test]
fn steps_and_stages_are_dragged_into_place() {
    let mut harness = harness(desk(small(), 320.0));
    let order = |harness: &Harness<'_, Desk>| {
        let doc = harness.state().open.session.doc();
        doc.steps().into_iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>()
    };
    drag(&mut harness, "Step Return", "Step Select");
    assert_eq!(order(&harness), ["occasion", "return", "select"]);
    assert_eq!(get::<Step>(&harness, "return").stage, Some(id("decide")));
    assert_eq!(session(&mut harness).undo_label(), Some("move Return the film"));
    session(&mut harness).undo();
    harness.run();
    drag(&mut harness, "Stage Enjoy", "Stage Decide");
    assert_eq!(order(&harness), ["return", "occasion", "select"]);
    assert_eq!(session(&mut harness).depth(), 1);
}

#[test]
fn only_the_rows_in_view_are_laid_out() {
    let mut records = Vec::new();
    let names: Vec<String> = (0..10_000).map(|i| format!("sy-{i}")).collect();
    for name in &names {
        let system = System { name: format!("System {name}"), ..System::default() };
        records.push((name.as_str(), system.into()));
    }
    let harness = harness(desk(doc_of(Head::default(), records), 320.0));
    assert!(harness.state().open.outline.row_count() > 10_000);
    let drawn = rows(&harness).len();
    assert!((50..150).contains(&drawn), "{drawn} rows in a window of a hundred");
}
