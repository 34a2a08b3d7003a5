//! Pictures of the window on the bundled fonts, painted by the graphics driver (lavapipe where
//! there is no card): what no label says, such as overlaps, contrast and alignment.
//!
//! The pictures are in `snapshots/pictures`; `UPDATE_SNAPSHOTS=1 cargo test pictures` makes them anew: look
//! at each before it is kept. Without a Vulkan driver they are skipped, which is said.

use std::io::Write as _;
use std::panic::catch_unwind;

use egui::{Key, Modifiers, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::wgpu::WgpuTestRenderer;
use egui_kittest::{Harness, SnapshotOptions};
use throughline::edit::{Selection, verbs};
use throughline::examples::EXAMPLES;
use throughline::model::Id;
use throughline::model::record::System;
use throughline::text::{SystemFonts, Text};
use throughline::ui::settings::ThemeChoice;
use throughline::ui::{App, Store, theme};

mod export;

/// A projector in a meeting room, and a screen on a desk.
const PROJECTOR: Vec2 = vec2(1280.0, 720.0);
const DESK: Vec2 = vec2(1920.0, 1080.0);

/// A painter, or `None` after saying why there is none.
fn painter(picture: &str) -> Option<WgpuTestRenderer> {
    if let Ok(painter) = catch_unwind(WgpuTestRenderer::new) {
        return Some(painter);
    }
    assert!(
        std::env::var_os("THROUGHLINE_CI").is_none(),
        "no Vulkan driver: nothing may be skipped"
    );
    // Not by `eprintln!`, which a passing test keeps to itself.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: picture {picture}: no Vulkan driver (Debian: mesa-vulkan-drivers)"
    );
    None
}

/// Opens a window on a map, or on the start page; does something; compares the picture.
fn picture(
    name: &str,
    size: Vec2,
    theme: ThemeChoice,
    map: Option<&str>,
    act: impl FnOnce(&mut Harness<'static, App>),
) {
    let Some(painter) = painter(name) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = map.map(|text| {
        let path = folder.path().join("map.ron");
        std::fs::write(&path, text).unwrap();
        path
    });
    let mut store = Store::open_in(&folder.path().join("config"));
    store.now.theme = theme;
    let app = App::new(store, Text::new(SystemFonts::Ignore), file);
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(64)
        .renderer(painter)
        .with_context_setup(theme::setup)
        .build_ui_state(|ui, app: &mut App| app.frame_ui(ui), app);
    harness.run();
    act(&mut harness);
    harness.run();
    // Drivers differ in the last bit of blended edges; a glyph that moves is hundreds of pixels.
    let options = SnapshotOptions::new()
        .output_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/pictures"))
        .threshold(1.6)
        .max_failed_pixels(60);
    harness.snapshot_options(name, &options);
}

fn example(name: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|it| it.name == name).map(|it| it.ron)
}

fn nothing(_: &mut Harness<'static, App>) {}

fn select(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_all_by_label_contains(label).next().unwrap().click();
    harness.run();
}

#[test]
fn start_page_light() {
    picture("start_page_light", PROJECTOR, ThemeChoice::Light, None, nothing);
}

#[test]
fn start_page_dark() {
    picture("start_page_dark", DESK, ThemeChoice::Dark, None, nothing);
}

#[test]
fn home_movie_night_on_a_projector() {
    let map = example("home-movie-night");
    picture("home_movie_night_on_a_projector", PROJECTOR, ThemeChoice::Light, map, nothing);
}

#[test]
fn support_case_on_a_desk() {
    let map = example("support-case");
    picture("support_case_on_a_desk", DESK, ThemeChoice::Dark, map, nothing);
}

#[test]
fn a_whole_map_at_once() {
    let map = example("car-buying-with-an-insurer");
    picture("a_whole_map_at_once", PROJECTOR, ThemeChoice::Light, map, |harness| {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::Num1);
    });
}

#[test]
fn a_step_in_the_inspector() {
    let map = example("home-movie-night");
    picture("a_step_in_the_inspector", PROJECTOR, ThemeChoice::Light, map, |harness| {
        select(harness, "Step 2 of 5");
    });
}

#[test]
fn a_friction_in_the_inspector() {
    let map = example("department-store-return");
    picture("a_friction_in_the_inspector", DESK, ThemeChoice::Dark, map, |harness| {
        select(harness, "Friction point, severity 5");
    });
}

#[test]
fn a_name_being_typed() {
    let map = example("restaurant-visit");
    picture("a_name_being_typed", PROJECTOR, ThemeChoice::Light, map, |harness| {
        select(harness, "Step 3 of");
        harness.key_press(Key::F2);
        // The caret blinks: the first frames show it.
        harness.run_steps(3);
    });
}

#[test]
fn findings_of_a_broken_file() {
    let broken = example("online-shoe-order")
        .map(|it| it.replace("severity: 4", "severity: 9").replacen("name: \"", "nmae: \"", 3));
    picture("findings_of_a_broken_file", PROJECTOR, ThemeChoice::Light, broken.as_deref(), nothing);
}

#[test]
fn the_shortcut_sheet() {
    let map = example("home-movie-night");
    picture("the_shortcut_sheet", PROJECTOR, ThemeChoice::Dark, map, |harness| {
        harness.key_press(Key::F1);
    });
}

#[test]
fn the_question_before_work_is_lost() {
    let map = example("home-movie-night");
    picture("the_question_before_work_is_lost", PROJECTOR, ThemeChoice::Light, map, |harness| {
        let open = harness.state_mut().open.as_mut().unwrap();
        open.session.edit("rename", |tx| tx.update_head(|head| head.title = "Another".into()));
        harness.run();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::W);
    });
}

/// Selects a record of the open map.
fn choose(harness: &mut Harness<'static, App>, id: &str) {
    let open = harness.state_mut().open.as_mut().unwrap();
    open.session.selection = Selection::one(Id::new(id).unwrap());
    harness.run();
}

#[test]
fn a_trace_light() {
    let map = example("home-movie-night");
    picture("a_trace_light", PROJECTOR, ThemeChoice::Light, map, |harness| {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        harness.run();
        choose(harness, "return");
        harness.key_press(Key::T);
        harness.run();
        harness.key_press_modifiers(Modifiers::SHIFT, Key::Num3);
    });
}

#[test]
fn a_trace_dark() {
    let map = example("department-store-return");
    picture("a_trace_dark", PROJECTOR, ThemeChoice::Dark, map, |harness| {
        select(harness, "Friction point, severity 5");
        harness.key_press(Key::T);
    });
}

#[test]
fn an_impact_light() {
    let map = example("home-movie-night");
    picture("an_impact_light", PROJECTOR, ThemeChoice::Light, map, |harness| {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        harness.run();
        choose(harness, "warehouse-system");
        harness.key_press(Key::I);
    });
}

#[test]
fn an_impact_dark() {
    let map = example("support-case");
    picture("an_impact_dark", PROJECTOR, ThemeChoice::Dark, map, |harness| {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        harness.run();
        choose(harness, "crm-team");
        harness.key_press(Key::I);
    });
}

#[test]
fn the_neighbourhood_and_the_filter() {
    let map = example("home-movie-night");
    let name = "the_neighbourhood_and_the_filter";
    picture(name, PROJECTOR, ThemeChoice::Light, map, |harness| {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        harness.run();
        choose(harness, "checking-in");
        harness.key_press_modifiers(Modifiers::SHIFT, Key::N);
        harness.run();
        harness.get_by_label("Filter").click();
        harness.run();
        harness.get_by_label("Kinds: Processes").click();
        harness.run();
        harness.get_by_label("Kinds: Teams").click();
    });
}

#[test]
fn hubs_light() {
    let map = example("home-movie-night");
    picture("hubs_light", PROJECTOR, ThemeChoice::Light, map, |harness| {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        harness.run();
        harness.key_press_modifiers(Modifiers::SHIFT, Key::H);
        harness.run();
        harness.get_by_label_contains("System: Late-fee policy").hover();
    });
}

#[test]
fn hubs_dark() {
    let map = example("department-store-return");
    picture("hubs_dark", PROJECTOR, ThemeChoice::Dark, map, |harness| {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::H);
        harness.run();
        harness.get_by_label("Sort by friction").click();
        harness.run();
        let row = harness.get_by_label_contains("System: 90-day rule").rect();
        let head = harness.get_by_label_contains("Friction, sorted").rect();
        harness.hover_at(pos2(head.right() - 4.0, row.center().y));
        harness.run();
        harness.run_steps(60);
    });
}

#[test]
fn nothing_left_to_show() {
    let map = example("home-movie-night");
    picture("nothing_left_to_show", PROJECTOR, ThemeChoice::Dark, map, |harness| {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
        harness.run();
        harness.get_by_label("Filter").click();
        harness.run();
        harness.get_by_label("Bands: Support").click();
        harness.run();
        harness.get_by_label("Kinds: Steps").click();
        harness.run();
        harness.key_press(Key::Escape);
        harness.run();
        harness.get_by_label("Collapse").click();
    });
}

#[test]
fn a_new_map() {
    picture("a_new_map", PROJECTOR, ThemeChoice::Light, None, |harness| {
        harness.get_by_label("New map").click();
    });
}

#[test]
fn sixty_steps() {
    let map = example("home-movie-night");
    picture("sixty_steps", DESK, ThemeChoice::Light, map, |harness| {
        let open = harness.state_mut().open.as_mut().unwrap();
        open.session.edit("add many", |tx| {
            let stage = tx.doc().stages()[1].0.clone();
            for i in 0..55 {
                verbs::add_step(tx, Some(&stage), None, &format!("Step number {i} with a name"));
            }
        });
        harness.run();
        harness.key_press_modifiers(Modifiers::SHIFT, Key::Num1);
    });
}

/// Turns to the ecosystem view.
fn to_ecosystem(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    harness.run();
}

#[test]
fn ecosystem_on_a_projector() {
    let map = example("home-movie-night");
    picture("ecosystem_on_a_projector", PROJECTOR, ThemeChoice::Light, map, to_ecosystem);
}

#[test]
fn ecosystem_on_a_projector_in_the_dark() {
    let map = example("home-movie-night");
    picture("ecosystem_on_a_projector_in_the_dark", PROJECTOR, ThemeChoice::Dark, map, |harness| {
        to_ecosystem(harness);
        harness.key_press_modifiers(Modifiers::SHIFT, Key::Num1);
    });
}

#[test]
fn ecosystem_with_a_pinned_card() {
    let map = example("department-store-return");
    picture("ecosystem_with_a_pinned_card", DESK, ThemeChoice::Light, map, |harness| {
        to_ecosystem(harness);
        let open = harness.state_mut().open.as_mut().unwrap();
        let system = open.session.doc().all::<System>().next().unwrap().0.clone();
        open.session.edit("pin", |tx| verbs::pin(tx, &system, Some((300.0, 60.0))));
        open.session.selection = Selection::one(system);
        harness.run();
        harness.key_press_modifiers(Modifiers::SHIFT, Key::Num1);
    });
}
