//! The window, driven by the names that a screen reader says: menus, themes, undo, files and what
//! asks before work is lost. On the bundled fonts, without a screen.

use std::path::{Path, PathBuf};

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use throughline::edit::Selection;
use throughline::examples::EXAMPLES;
use throughline::file;
use throughline::model::record::{Friction, Step};
use throughline::text::{SystemFonts, Text};
use throughline::ui::settings::ThemeChoice;
use throughline::ui::{App, Store, theme};

mod export;
mod views;

/// A window on a folder of its own.
struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

impl Window {
    /// Opens a window, with a file of that text if there is one.
    fn open(text: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let file = text.map(|text| {
            let path = folder.path().join("map.ron");
            std::fs::write(&path, text).expect("a map for the test");
            path
        });
        let harness = harness(folder.path(), file);
        Self { harness, folder }
    }

    fn example() -> Self {
        Self::open(Some(EXAMPLES[0].ron))
    }

    /// The same settings in a new window.
    fn again(self) -> Self {
        let Self { harness, folder } = self;
        drop(harness);
        Self { harness: harness_of(folder.path()), folder }
    }

    fn map(&self) -> PathBuf {
        self.folder.path().join("map.ron")
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
    }

    fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    fn shows_part(&self, label: &str) -> bool {
        self.harness.query_all_by_label_contains(label).next().is_some()
    }

    fn steps(&self) -> usize {
        self.harness.state().open.as_ref().map_or(0, |open| open.session.doc().steps().len())
    }

    fn title(&self) -> String {
        self.harness.state().open.as_ref().map(|open| open.title()).unwrap_or_default()
    }

    /// Changes the map's title, as the inspector does.
    fn rename(&mut self, title: &str) {
        let open = self.harness.state_mut().open.as_mut().expect("a map is open");
        open.session.edit("rename the map", |tx| tx.update_head(|head| head.title = title.into()));
        self.harness.run();
    }
}

fn harness_of(folder: &Path) -> Harness<'static, App> {
    harness(folder, None)
}

fn harness(folder: &Path, file: Option<PathBuf>) -> Harness<'static, App> {
    let mut store = Store::open_in(&folder.join("config"));
    if store.now.theme == ThemeChoice::System {
        store.now.theme = ThemeChoice::Light;
    }
    store.now.own_file_dialogs = true;
    let app = App::new(store, Text::new(SystemFonts::Ignore), file);
    let mut harness = Harness::builder()
        .with_size([1280.0, 720.0])
        .with_max_steps(64)
        .with_context_setup(theme::setup)
        .build_ui_state(|ui, app: &mut App| app.frame_ui(ui), app);
    harness.run();
    harness
}

const CTRL: Modifiers = Modifiers::COMMAND;

#[test]
fn the_first_start_offers_a_new_map_a_file_and_the_examples() {
    let mut window = Window::open(None);
    assert!(window.shows("New map") && window.shows("Open…"));
    for example in EXAMPLES {
        assert!(window.shows(&format!("Example: {}", example.title)), "{}", example.title);
    }
    window.click(&format!("Example: {}", EXAMPLES[0].title));
    assert_eq!(window.title(), EXAMPLES[0].title);
    assert!(window.shows("not in a file yet"), "an example opens as a copy");
    let open = window.harness.state().open.as_ref().unwrap();
    assert!(open.path.is_none() && !open.is_dirty());
}

#[test]
fn the_last_map_opens_again_until_it_is_closed() {
    let window = Window::example();
    let mut window = window.again();
    assert_eq!(window.title(), EXAMPLES[0].title);
    window.press(CTRL, Key::W);
    assert!(window.shows("New map"), "the start page is shown");
    let window = window.again();
    assert!(window.shows("New map"));
    assert!(window.shows("map"), "and the file is among the recent ones");
}

#[test]
fn undo_and_redo_by_button_and_by_key() {
    let mut window = Window::example();
    window.rename("Renamed");
    assert!(window.shows("Renamed, unsaved") && window.shows("unsaved changes"));
    window.click("Undo");
    assert!(window.shows(EXAMPLES[0].title) && window.shows("saved"));
    window.click("Redo");
    assert_eq!(window.title(), "Renamed");
    window.press(CTRL, Key::Z);
    assert_eq!(window.title(), EXAMPLES[0].title);
    window.press(CTRL, Key::Y);
    assert_eq!(window.title(), "Renamed");
}

#[test]
fn saving_writes_what_is_on_the_screen() {
    let mut window = Window::example();
    window.rename("Renamed");
    window.press(CTRL, Key::S);
    assert!(window.shows("saved") && !window.harness.state().open.as_ref().unwrap().is_dirty());
    let saved = file::open(&window.map()).unwrap();
    assert_eq!(saved.doc.head().title, "Renamed");
}

#[test]
fn the_theme_is_chosen_in_the_menu_and_remembered() {
    let mut window = Window::example();
    assert!(!window.harness.ctx.global_style().visuals.dark_mode);
    window.click("View");
    window.click("Theme");
    window.click("Dark");
    assert!(window.harness.ctx.global_style().visuals.dark_mode);
    let window = window.again();
    assert!(window.harness.ctx.global_style().visuals.dark_mode);
}

#[test]
fn every_menu_opens_and_names_its_commands() {
    let mut window = Window::example();
    for (menu, entry) in [
        ("File", "Save as…"),
        ("Edit", "Duplicate"),
        ("Insert", "Friction point"),
        ("View", "Fit the map"),
        ("Help", "Keyboard shortcuts"),
    ] {
        window.click(menu);
        assert!(window.shows_part(entry), "{menu} has {entry}");
        window.press(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn leaving_unsaved_work_asks_and_cancel_keeps_everything() {
    let mut window = Window::example();
    window.rename("Renamed");
    window.press(CTRL, Key::W);
    assert!(window.shows("Save the changes to “Renamed”?"));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.shows("Don’t save"));
    assert_eq!(window.title(), "Renamed");
    window.press(CTRL, Key::N);
    window.click("Cancel");
    assert_eq!(window.title(), "Renamed");
}

#[test]
fn leaving_unsaved_work_saves_on_enter() {
    let mut window = Window::example();
    window.rename("Renamed");
    window.press(CTRL, Key::W);
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.harness.state().open.is_none(), "the map is closed");
    assert_eq!(file::open(&window.map()).unwrap().doc.head().title, "Renamed");
}

#[test]
fn leaving_unsaved_work_can_give_it_up() {
    let mut window = Window::example();
    let before = std::fs::read_to_string(window.map()).unwrap();
    window.rename("Renamed");
    window.press(CTRL, Key::N);
    window.click("Don’t save");
    assert_eq!(window.title(), "Untitled map");
    assert_eq!(std::fs::read_to_string(window.map()).unwrap(), before);
}

/// A map with a step in a stage that is not there and a field that does not exist.
const BROKEN: &str = r#"(
    format: 1,
    title: "Broken",
    stages: {
        "choose": (name: "Choose", order: "a1"),
    },
    steps: {
        "select": (
            name: "Select a title",
            stage: "choose",
            order: "a1",
            mood: "good",
        ),
    },
)
"#;

#[test]
fn a_broken_file_shows_what_could_be_read_and_what_was_wrong() {
    let mut window = Window::open(Some(BROKEN));
    assert_eq!(window.title(), "Broken");
    assert!(window.shows_part("The file has 1 problem."), "a banner says so");
    assert!(window.shows("Findings"), "the list is open");
    assert!(window.shows_part("mood"), "and names the field");
    window.click("Dismiss");
    assert!(!window.shows_part("The file has 1 problem."));
    window.click("Hide the findings");
    assert!(!window.shows("Findings"));
}

#[test]
fn saving_over_a_broken_file_asks_and_keeps_the_original() {
    let mut window = Window::open(Some(BROKEN));
    window.rename("Mended");
    window.press(CTRL, Key::S);
    assert_eq!(std::fs::read_to_string(window.map()).unwrap(), BROKEN, "nothing yet");
    window.click("Save and keep the original");
    let kept = window.folder.path().join("map.ron.orig-1");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), BROKEN);
    assert_eq!(file::open(&window.map()).unwrap().doc.head().title, "Mended");
    window.rename("Mended again");
    window.press(CTRL, Key::S);
    assert!(window.shows("saved"), "asked once");
}

#[test]
fn a_file_that_is_not_there_is_said_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone.ron");
    let harness = harness(folder.path(), Some(gone));
    assert!(harness.query_all_by_label_contains("is not there").next().is_some());
    assert!(harness.query_all_by_label("New map").next().is_some());
}

#[test]
fn panels_are_hidden_and_come_back() {
    let mut window = Window::example();
    let width = |window: &Window| window.harness.get_by_label("Journey map").rect().width();
    let before = width(&window);
    window.press(CTRL, Key::B);
    window.press(CTRL, Key::I);
    assert!(width(&window) > before + 300.0, "{before} to {}", width(&window));
    window.press(CTRL, Key::B);
    window.press(CTRL, Key::I);
    assert!((width(&window) - before).abs() < 2.0);
}

#[test]
fn on_a_projector_the_map_has_most_of_the_window() {
    let window = Window::example();
    let map = window.harness.get_by_label("Journey map").rect();
    assert!(map.width() > 0.55 * 1280.0 && map.height() > 0.8 * 720.0, "{map:?}");
}

#[test]
fn the_shortcut_sheet_opens_by_key_and_closes_by_enter() {
    let mut window = Window::example();
    window.press(Modifiers::SHIFT, Key::Questionmark);
    assert!(window.shows("Keyboard shortcuts") && window.shows("Ctrl+Shift+S"));
    window.press(Modifiers::NONE, Key::Enter);
    assert!(!window.shows("Ctrl+Shift+S"));
}

#[test]
fn an_added_step_is_one_undo_entry() {
    let mut window = Window::example();
    let steps =
        |window: &Window| window.harness.state().open.as_ref().unwrap().session.doc().steps().len();
    let before = steps(&window);
    window.press(Modifiers::NONE, Key::S);
    assert_eq!(steps(&window), before + 1);
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Undo");
    assert_eq!(steps(&window), before);
}

#[test]
fn what_is_being_typed_is_saved_too() {
    let mut window = Window::example();
    window.press(Modifiers::NONE, Key::S);
    window.harness.event(Event::Text("Feed the cat".to_owned()));
    window.harness.run();
    window.press(CTRL, Key::S);
    let saved = file::open(&window.map()).unwrap().doc;
    assert!(saved.steps().iter().any(|(_, step)| step.name.contains("Feed the cat")));
    assert!(!window.harness.state().open.as_ref().unwrap().is_dirty());
}

#[test]
#[cfg(not(target_os = "macos"))]
fn friction_is_marked_on_the_card_that_is_being_typed() {
    let mut window = Window::example();
    window.press(Modifiers::NONE, Key::S);
    window.harness.event(Event::Text("Feed the cat".to_owned()));
    window.harness.run();
    window.press(Modifiers::ALT, Key::F);
    let session = &window.harness.state().open.as_ref().unwrap().session;
    let at = session.selection.lead.as_ref().and_then(|id| session.doc().get_as::<Friction>(id));
    let step = at.expect("the friction point is selected").at.as_ref().unwrap();
    assert!(session.doc().name_of(step).contains("Feed the cat"));
}

#[test]
fn closing_the_window_with_unsaved_work_asks_first() {
    let mut window = Window::example();
    window.rename("Renamed");
    let root = egui::ViewportId::ROOT;
    let viewport = window.harness.input_mut().viewports.entry(root).or_default();
    viewport.events.push(egui::ViewportEvent::Close);
    window.harness.step();
    let sent = &window.harness.output().viewport_output[&root].commands;
    assert!(sent.contains(&egui::ViewportCommand::CancelClose), "{sent:?}");
    let viewport = window.harness.input_mut().viewports.entry(root).or_default();
    viewport.events.clear();
    window.harness.run();
    window.harness.get_by_label("Don’t save").click();
    window.harness.step();
    let sent = &window.harness.output().viewport_output[&root].commands;
    assert!(sent.contains(&egui::ViewportCommand::Close), "{sent:?}");
}

#[test]
fn lines_that_are_pasted_become_steps_in_one_undo_entry() {
    let mut window = Window::example();
    let before = window.steps();
    window.harness.event(Event::Paste("Phone the shop\nAsk again\n".to_owned()));
    window.harness.run();
    assert_eq!(window.steps(), before + 2);
    window.click("Undo");
    assert_eq!(window.steps(), before);
}

#[test]
fn copies_are_pasted_with_what_belongs_to_them() {
    let mut window = Window::example();
    let before = window.steps();
    let session = &mut window.harness.state_mut().open.as_mut().unwrap().session;
    let (id, name) = {
        let steps = session.doc().steps();
        (steps[1].0.clone(), steps[1].1.name.clone())
    };
    session.selection = Selection::one(id);
    window.harness.event(Event::Copy);
    window.harness.run();
    assert!(window.shows_part("Copied"));
    window.harness.event(Event::Paste(name.clone()));
    window.harness.run();
    assert_eq!(window.steps(), before + 1);
    let open = window.harness.state().open.as_ref().unwrap();
    let same = open.session.doc().steps().iter().filter(|(_, s)| s.name == name).count();
    assert_eq!(same, 2, "the step itself and not its name as a line");
    let lead = open.session.selection.lead.as_ref().unwrap();
    assert!(!open.session.index().referrers(lead).is_empty(), "with its links");
}

/// A friction point at nothing, which can be repaired by removing it.
const DANGLING: &str = r#"(
    format: 1,
    title: "Dangling",
    frictions: {
        "late": (
            at: "gone",
            text: "Too late",
            severity: 9,
        ),
    },
)
"#;

#[test]
fn a_repair_is_one_undo_entry() {
    let mut window = Window::open(Some(DANGLING));
    if !window.shows("Findings") {
        window.press(Modifiers::NONE, Key::F8);
    }
    let count = |window: &Window| window.harness.query_all_by_label("Repair").count();
    let before = count(&window);
    assert!(before > 0, "there is something to repair");
    window.harness.get_all_by_label("Repair").next().unwrap().click();
    window.harness.run();
    assert!(count(&window) < before);
    window.click("Undo");
    assert_eq!(count(&window), before);
}

#[test]
fn one_segment_is_shown_alone() {
    let mut window = Window::example();
    let doc = window.harness.state().open.as_ref().unwrap().session.doc().clone();
    let segments = doc.segments();
    let (id, segment) = &segments[0];
    window.click("Segment shown: All segments");
    let choices = window.harness.get_all_by_label(&segment.name);
    choices.last().expect("the list has the segment").click();
    window.harness.run();
    let open = window.harness.state().open.as_ref().unwrap();
    assert_eq!(open.journey.options().segment.as_ref(), Some(*id));
    assert!(window.shows(&format!("Segment shown: {}", segment.name)));
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    for mut window in [Window::example(), Window::open(None), Window::open(Some(BROKEN))] {
        let steps = window.harness.run();
        assert!(steps <= 2, "{steps} frames for nothing");
        window.harness.step();
        assert!(!window.harness.ctx.has_requested_repaint(), "an idle frame asks for another");
    }
}

/// Sends keys faster than frames are drawn: all of them before the next one.
fn type_ahead(window: &mut Window, keys: &[(Key, Option<&str>)]) {
    for (key, text) in keys {
        let key = *key;
        let modifiers = Modifiers::NONE;
        let events = &mut window.harness.input_mut().events;
        events.push(Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
        events.extend(text.map(|text| Event::Text(text.to_owned())));
    }
    window.harness.run();
}

#[test]
fn keys_faster_than_frames_are_neither_lost_nor_mistaken() {
    let mut window = Window::open(None);
    window.press(CTRL, Key::N);
    let before = window.steps();
    let letters = [(Key::S, Some("s")), (Key::F, Some("F")), (Key::D, Some("d"))];
    let once = [&letters[..], &[(Key::Enter, None)]].concat();
    type_ahead(&mut window, &[once.clone(), once].concat());
    assert_eq!(window.steps(), before + 2);
    let open = window.harness.state().open.as_ref().expect("a map is open");
    let steps = open.session.doc().all::<Step>().filter(|(_, step)| step.name == "Fd");
    assert_eq!(steps.count(), 2, "both names are whole");
    assert_eq!(open.session.doc().all::<Friction>().count(), 0, "no letter was a command");
}

#[test]
fn a_new_map_lies_in_the_middle_of_the_canvas() {
    let mut window = Window::open(None);
    window.press(CTRL, Key::N);
    let canvas = window.harness.get_by_label("Journey map").rect();
    let open = window.harness.state().open.as_ref().expect("a map is open");
    let middle = open.canvas.camera().screen_from_map(open.journey.scene().bounds.center());
    assert!((middle.x - canvas.width() / 2.0).abs() < 1.0, "{middle:?} in {canvas:?}");
}

#[test]
fn a_map_that_fits_the_window_fits_it_again_at_another_size() {
    let mut window = Window::example();
    window.press(Modifiers::SHIFT, Key::Num1);
    window.harness.set_size(egui::vec2(900.0, 600.0));
    window.harness.run();
    let canvas = window.harness.get_by_label("Journey map").rect();
    let open = window.harness.state().open.as_ref().expect("a map is open");
    let shown = open.canvas.camera().screen_rect(open.journey.scene().bounds);
    assert!(shown.min.x >= 0.0 && shown.max.x <= canvas.width(), "{shown:?} in {canvas:?}");
    assert!(shown.min.y >= 0.0 && shown.max.y <= canvas.height(), "{shown:?} in {canvas:?}");
}

#[test]
fn a_lane_as_usual_is_named_in_the_status_line() {
    let mut window = Window::open(None);
    window.press(CTRL, Key::N);
    let (lane, usual) = throughline::edit::verbs::default_lanes().swap_remove(0);
    let open = window.harness.state_mut().open.as_mut().expect("a map is open");
    open.session.selection = Selection::one(lane);
    window.harness.run();
    assert!(window.shows_part(&format!("{} · lane", usual.name)));
}
