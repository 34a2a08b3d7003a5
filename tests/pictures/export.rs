//! Pictures of the export menu, the export dialog and the composer of slides.

use egui::accesskit::Role;

use super::*;

/// Opens the composer and waits for its slides.
fn composer(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    harness.run();
    while harness.query_all_by_label_contains("Composing").next().is_some() {
        std::thread::yield_now();
        harness.run();
    }
}

/// Opens the export dialog at a format.
fn dialog(harness: &mut Harness<'static, App>, format: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    harness.run();
    harness.get_by_label(&format!("Format: {format}")).click();
    harness.run();
}

#[test]
fn the_composer_on_a_projector() {
    let map = example("home-movie-night");
    picture("the_composer_on_a_projector", PROJECTOR, ThemeChoice::Light, map, composer);
}

#[test]
fn the_composer_in_the_dark() {
    let map = example("department-store-return");
    picture("the_composer_in_the_dark", DESK, ThemeChoice::Dark, map, |harness| {
        composer(harness);
        harness.get_by_role_and_label(Role::CheckBox, "Cover").click();
        harness.run();
        harness.get_by_label("Shape: 4:3").click();
        composer_settled(harness);
    });
}

fn composer_settled(harness: &mut Harness<'static, App>) {
    harness.run();
    while harness.query_all_by_label_contains("Composing").next().is_some() {
        std::thread::yield_now();
        harness.run();
    }
}

#[test]
fn the_composer_with_a_slide_chosen_by_key() {
    let map = example("support-case");
    let name = "the_composer_with_a_slide_chosen_by_key";
    picture(name, DESK, ThemeChoice::Light, map, |harness| {
        composer(harness);
        harness.get_by_label_contains("Slides: 1 of").focus();
        harness.run();
        for key in [Key::ArrowDown, Key::ArrowRight] {
            harness.key_press(key);
            harness.run();
        }
    });
}

#[test]
fn the_export_dialog_with_a_poster() {
    let map = example("home-movie-night");
    picture("the_export_dialog_with_a_poster", PROJECTOR, ThemeChoice::Light, map, |harness| {
        dialog(harness, "PDF");
        harness.get_by_label("A wall of sheets, to be glued together").click();
    });
}

#[test]
fn the_export_dialog_with_too_large_a_picture() {
    let map = example("car-buying-with-an-insurer");
    let name = "the_export_dialog_with_too_large_a_picture";
    picture(name, DESK, ThemeChoice::Dark, map, |harness| {
        dialog(harness, "PNG picture");
        harness.state_mut().settings().exports.png.scale = 9.5;
    });
}

#[test]
fn the_export_menu() {
    let map = example("home-movie-night");
    picture("the_export_menu", PROJECTOR, ThemeChoice::Light, map, |harness| {
        harness.get_by_label("Export").click();
    });
}
