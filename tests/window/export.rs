//! What leaves the window: the composer of slides, the export dialog, progress, and what asks
//! before a file is replaced. By keyboard, with the window's own question for paths.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, Rect};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use throughline::edit::{Selection, verbs};
use throughline::model::choice::{SlidePart, SystemClass};
use throughline::model::record::{Deck, View};

use super::{CTRL, Window};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Window {
    /// Runs until the worker has nothing more to say that shows as this text.
    fn wait(&mut self, while_shown: &str) {
        while self.shows_part(while_shown) {
            std::thread::yield_now();
            self.harness.run();
        }
    }

    /// Opens the composer and waits for its slides.
    fn compose(&mut self) {
        self.press(CTRL_SHIFT, Key::E);
        self.wait("Composing");
    }

    /// The deck that the map remembers.
    fn deck(&self) -> Option<Deck> {
        let open = self.harness.state().open.as_ref().expect("a map is open");
        open.session.doc().all::<View>().find_map(|(_, view)| view.deck.clone())
    }

    /// The tick box of a part; the outline behind the composer has the same words.
    fn part<'a>(&'a self, label: &'a str) -> Node<'a> {
        self.harness.get_by_role_and_label(Role::CheckBox, label)
    }

    fn focus_part(&mut self, label: &str) {
        self.part(label).focus();
        self.harness.run();
    }

    fn tick(&mut self, label: &str) {
        self.part(label).click();
        self.harness.run();
        self.wait("Composing");
    }

    fn focus(&mut self, label: &str) {
        self.harness.get_by_label(label).focus();
        self.harness.run();
    }

    /// Answers the question for a path with a name in the test's folder, by keyboard.
    fn path(&mut self, name: &str) -> PathBuf {
        let path = self.type_path(name);
        self.press(Modifiers::NONE, Key::Enter);
        path
    }

    /// Types a name in the test's folder into the question for a path.
    fn type_path(&mut self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        self.press(CTRL, Key::A);
        self.harness.event(Event::Text(path.to_string_lossy().into_owned()));
        self.harness.run();
        path
    }

    /// How many slides the composer shows.
    fn slides(&self) -> usize {
        let all = self.harness.query_all_by_label_contains("Slide ");
        all.filter(|it| it.accesskit_node().role() == Role::ListBoxOption).count()
    }
}

#[test]
fn the_composer_opens_by_key_and_shows_every_slide() {
    let mut window = Window::example();
    window.compose();
    assert!(window.slides() >= 3, "{}", window.slides());
    assert!(window.shows_part("Preview of slide 1"));
    window.focus(&format!("Slides: 1 of {}, {}", window.slides(), window.title()));
    window.press(Modifiers::NONE, Key::End);
    let last = window.slides();
    assert!(window.shows_part(&format!("Preview of slide {last}")), "End leads to the last one");
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.slides(), 0, "Esc closes it");
    assert!(window.deck().is_none(), "what was not changed is not remembered");
}

#[test]
fn parts_are_left_out_and_moved_by_keyboard_and_remembered_as_one_undo_step() {
    let mut window = Window::example();
    window.compose();
    let before = window.slides();
    window.focus_part("Cover");
    window.press(Modifiers::NONE, Key::Space);
    window.wait("Composing");
    assert_eq!(window.slides(), before - 1);
    window.focus_part("Actions");
    window.press(Modifiers::ALT, Key::ArrowUp);
    window.wait("Composing");
    window.press(Modifiers::NONE, Key::Escape);
    let deck = window.deck().expect("the map remembers");
    let parts: Vec<_> = deck.parts.iter().map(|it| (it.part, it.left_out)).collect();
    assert_eq!(parts[0], (SlidePart::Cover, true));
    assert_eq!(parts[5], (SlidePart::Actions, false), "it went before the ecosystem: {parts:?}");
    assert_eq!(parts[6], (SlidePart::Ecosystem, false));
    window.compose();
    assert_eq!(window.slides(), before - 1, "and so it opens again");
    window.press(Modifiers::NONE, Key::Escape);
    window.click("Undo");
    assert!(window.deck().is_none(), "one undo step");
}

#[test]
fn a_part_is_dragged_to_another_place() {
    let mut window = Window::example();
    window.compose();
    let rect = |window: &Window, label: &str| -> Rect { window.part(label).rect() };
    let from = rect(&window, "Actions").center();
    let to = rect(&window, "Cover").left_top() - egui::vec2(0.0, 4.0);
    window.harness.drag_at(from);
    window.harness.step();
    window.harness.hover_at(to);
    window.harness.step();
    window.harness.drop_at(to);
    window.harness.run();
    window.wait("Composing");
    assert!(rect(&window, "Actions").top() < rect(&window, "Cover").top());
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.deck().expect("the map remembers").parts[0].part, SlidePart::Actions);
}

#[test]
fn without_parts_there_is_nothing_to_export() {
    let mut window = Window::example();
    window.compose();
    for part in SlidePart::ALL {
        window.tick(part.label());
    }
    assert_eq!(window.slides(), 0);
    window.press(CTRL, Key::Enter);
    assert!(!window.shows("Path"), "no path is asked for");
    assert!(window.shows("Close"), "the composer is still there");
}

#[test]
fn slides_are_written_to_the_path_that_was_typed() {
    let mut window = Window::example();
    window.compose();
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.shows("Path"), "a path is asked for");
    let path = window.path("workshop");
    window.wait("Writing");
    let written = std::fs::read(path.with_extension("pptx")).expect("the file is there");
    assert!(written.starts_with(b"PK\x03\x04"), "and is a zip");
    assert!(window.shows_part("Saved “workshop.pptx”"), "which is said");
    assert!(window.shows("Show in folder"));
    assert_eq!(window.slides(), 0, "the composer is closed");
}

#[test]
fn giving_up_the_path_leads_back_to_what_was_chosen() {
    let mut window = Window::example();
    window.compose();
    window.tick("Cover");
    let slides = window.slides();
    window.press(CTRL, Key::Enter);
    assert!(window.shows("Path"));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.shows("Path"));
    assert_eq!(window.slides(), slides, "the composer is as it was");
}

#[test]
fn every_format_of_the_dialog_writes_a_file() {
    for (format, ending, begins) in [
        ("PDF", "pdf", &b"%PDF-"[..]),
        ("SVG picture", "svg", b"<svg"),
        ("PNG picture", "png", b"\x89PNG"),
        ("Interactive page (HTML)", "html", b"<!"),
        ("Tables (XLSX)", "xlsx", b"PK"),
        ("One table (CSV)", "csv", b""),
        ("Report (Markdown)", "md", b"# "),
        ("Mermaid", "mmd", b""),
        ("Graphviz (DOT)", "dot", b""),
        ("Graph (GraphML)", "graphml", b"<?xml"),
    ] {
        let mut window = Window::example();
        window.press(CTRL, Key::E);
        window.click(&format!("Format: {format}"));
        window.press(Modifiers::NONE, Key::Enter);
        assert!(window.shows("Path"), "{format}: a path is asked for");
        let path = window.path("out").with_extension(ending);
        window.wait("Writing");
        let written = std::fs::read(&path).unwrap_or_default();
        assert!(!written.is_empty(), "{format}: {} is there", path.display());
        assert!(written.starts_with(begins), "{format}: {:?}", &written[..8.min(written.len())]);
        let mut window = window.again();
        window.press(CTRL, Key::E);
        let chosen = format!("Formats, chosen: {format}");
        assert!(window.shows(&chosen), "the format is remembered");
    }
}

#[test]
fn the_list_of_formats_is_walked_with_arrow_keys() {
    let mut window = Window::example();
    window.press(CTRL, Key::E);
    window.focus("Formats, chosen: PDF");
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(window.shows("Formats, chosen: SVG picture"));
    window.press(Modifiers::NONE, Key::Home);
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("Composing");
    assert!(window.slides() > 0, "slides are composed");
}

#[test]
fn a_picture_that_is_too_large_is_said_before_it_is_drawn() {
    let mut window = Window::example();
    window.press(CTRL, Key::E);
    window.click("Format: PNG picture");
    assert!(window.shows_part(" pixels"), "the size is said");
    window.harness.state_mut().settings().exports.png.scale = 16.0;
    window.harness.run();
    assert!(window.shows_part("are too many"));
    window.press(CTRL, Key::Enter);
    assert!(!window.shows("Path"), "no path is asked for");
}

#[test]
fn a_file_that_is_there_is_asked_about() {
    let mut window = Window::example();
    let path = window.folder.path().join("there.svg");
    std::fs::write(&path, "old").unwrap();
    window.press(CTRL, Key::E);
    window.click("Format: SVG picture");
    window.press(Modifiers::NONE, Key::Enter);
    window.type_path("there");
    assert!(window.shows_part("is there already and would be replaced"));
    assert_eq!(std::fs::read(&path).unwrap(), b"old", "nothing yet");
    window.click("Replace");
    window.wait("Writing");
    assert!(std::fs::read(&path).unwrap().starts_with(b"<svg"));
}

#[test]
fn a_failed_export_says_what_was_kept_and_the_program_stays() {
    let mut window = Window::example();
    window.press(CTRL, Key::E);
    window.click("Format: SVG picture");
    window.press(Modifiers::NONE, Key::Enter);
    window.path("no/such/folder/map.svg");
    window.wait("Writing");
    assert!(window.shows_part("its folder is not there"));
    assert!(window.shows_part("Choose another folder or name"));
}

/// Makes the map so large that writing it takes a while.
fn grow(window: &mut Window) {
    let open = window.harness.state_mut().open.as_mut().expect("a map is open");
    open.session.edit("add many", |tx| {
        let stage = tx.doc().stages()[0].0.clone();
        for i in 0..400 {
            let step = verbs::add_step(tx, Some(&stage), None, &format!("Step {i}"));
            verbs::add_system(tx, Some(&step), &format!("System {i}"), SystemClass::Technology);
        }
    });
    window.harness.run();
}

/// Starts to write the map as a picture over an old file.
fn start_writing(window: &mut Window) -> PathBuf {
    grow(window);
    let path = window.folder.path().join("old.png");
    std::fs::write(&path, "old").unwrap();
    window.press(CTRL, Key::E);
    window.click("Format: PNG picture");
    window.harness.state_mut().settings().exports.png.scale = 0.2;
    window.press(CTRL, Key::Enter);
    window.type_path("old");
    window.harness.get_by_label("Replace").click();
    // Until it is said, and no longer: the worker is not waited for.
    for _ in 0..4 {
        window.harness.step();
    }
    path
}

#[test]
fn an_export_that_is_cancelled_leaves_the_old_file_and_nothing_else() {
    let mut window = Window::example();
    let path = start_writing(&mut window);
    assert!(window.shows("Writing old.png"), "the progress has a name");
    let files = std::fs::read_dir(window.folder.path()).unwrap().count();
    // A second one has to wait.
    window.press(CTRL, Key::E);
    window.press(CTRL, Key::Enter);
    assert!(window.shows_part("is still being written: wait, or cancel it first"));
    window.press(Modifiers::NONE, Key::Escape);
    window.harness.get_by_label("Cancel writing old.png").click();
    window.harness.step();
    while window.shows_part("Writing old.png") || window.shows_part("Cancelling old.png") {
        std::thread::yield_now();
        window.harness.run();
    }
    assert!(window.shows_part("was given up: nothing was written"));
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
    assert_eq!(std::fs::read_dir(window.folder.path()).unwrap().count(), files);
}

#[test]
fn ending_the_program_while_a_file_is_written_asks() {
    let mut window = Window::example();
    start_writing(&mut window);
    window.press(CTRL, Key::S);
    window.press(CTRL, Key::Q);
    let root = egui::ViewportId::ROOT;
    let viewport = window.harness.input_mut().viewports.entry(root).or_default();
    viewport.events.push(egui::ViewportEvent::Close);
    window.harness.step();
    let viewport = window.harness.input_mut().viewports.entry(root).or_default();
    viewport.events.clear();
    window.harness.step();
    assert!(window.shows("“old.png” is still being written"));
    window.harness.get_by_label("Cancel it and quit").click();
    let mut sent = Vec::new();
    while !sent.contains(&egui::ViewportCommand::Close) {
        window.harness.step();
        sent = window.harness.output().viewport_output[&root].commands.clone();
    }
    assert_eq!(std::fs::read(window.folder.path().join("old.png")).unwrap(), b"old");
}

#[test]
fn what_is_selected_is_copied_as_a_picture_and_else_the_view() {
    let mut window = Window::example();
    let mut sizes = Vec::new();
    for selects in [false, true] {
        let open = window.harness.state_mut().open.as_mut().expect("a map is open");
        if selects {
            let step = open.session.doc().steps()[0].0.clone();
            open.session.selection = Selection::one(step);
        }
        window.harness.run();
        // Not by the harness's own way to press keys: it may draw several frames for it, and the
        // picture is given to the clipboard in one of them.
        window.harness.input_mut().events.push(Event::Key {
            key: Key::C,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: CTRL_SHIFT,
        });
        let mut copied = None;
        while copied.is_none() {
            window.harness.step();
            let commands = &window.harness.output().platform_output.commands;
            copied = commands.iter().find_map(|it| match it {
                OutputCommand::CopyImage(image) => Some(image.size),
                _ => None,
            });
        }
        window.harness.run();
        assert!(window.shows_part("Copied as picture ("));
        sizes.extend(copied);
    }
    assert!(sizes[0][0] > 2 * sizes[1][0], "a card is smaller than the map: {sizes:?}");
}

#[test]
fn a_deck_is_refreshed_in_its_place_once_that_was_agreed_to() {
    let mut window = Window::example();
    window.compose();
    window.press(Modifiers::NONE, Key::Enter);
    let path = window.path("deck.pptx");
    window.wait("Writing");
    let before = std::fs::read(&path).expect("the deck is there");
    window.rename("Movie night, again");
    window.compose();
    window.click("Choose: Refresh");
    window.path("deck.pptx");
    window.wait("Composing");
    assert!(window.shows("deck.pptx"), "the deck is named");
    window.press(CTRL, Key::Enter);
    assert!(window.shows("Refresh the slides in “deck.pptx”?"));
    assert_eq!(std::fs::read(&path).unwrap(), before, "nothing yet");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("Writing");
    let after = std::fs::read(&path).expect("the deck is there");
    assert!(after.starts_with(b"PK") && after != before, "the slides are made anew");
}

#[test]
fn a_template_that_cannot_be_used_is_said_and_can_be_cleared() {
    let mut window = Window::example();
    let path = window.folder.path().join("broken.pptx");
    std::fs::write(&path, "no zip at all").unwrap();
    window.compose();
    window.click("Choose: Template");
    window.path("broken.pptx");
    window.wait("Composing");
    assert!(window.shows_part("The template cannot be used"));
    assert!(window.slides() > 0, "the slides are shown in our own look");
    window.press(Modifiers::NONE, Key::Escape);
    let mut window = window.again();
    window.compose();
    assert!(window.shows("broken.pptx"), "the template is remembered");
    window.click("Clear: Template");
    window.wait("Composing");
    assert!(!window.shows_part("cannot be used") && !window.shows("broken.pptx"));
}
