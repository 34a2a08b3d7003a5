//! Asking the map in the window: traces, impact, driven by keys and by what a screen reader says.

use std::collections::BTreeSet;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use throughline::edit::Selection;
use throughline::examples::EXAMPLES;
use throughline::model::record::Step;
use throughline::model::{Id, Kind};
use throughline::scene::Grouping;
use throughline::text::{SystemFonts, Text};
use throughline::ui::analyse::Question;
use throughline::ui::settings::ThemeChoice;
use throughline::ui::{App, Open, Shown, Store, theme};

/// A window on an example, on a folder of its own.
struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Window {
    fn on(example: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("map.ron");
        let example = EXAMPLES.iter().find(|it| it.name == example).unwrap();
        std::fs::write(&file, example.ron).unwrap();
        let mut store = Store::open_in(&folder.path().join("config"));
        store.now.theme = ThemeChoice::Light;
        let app = App::new(store, Text::new(SystemFonts::Ignore), Some(file));
        let mut harness = Harness::builder()
            .with_size([1280.0, 720.0])
            .with_max_steps(64)
            .with_context_setup(theme::setup)
            .build_ui_state(|ui, app: &mut App| app.frame_ui(ui), app);
        harness.run();
        Self { harness, _folder: folder }
    }

    fn open(&mut self) -> &mut Open {
        self.harness.state_mut().open.as_mut().unwrap()
    }

    fn select(&mut self, record: &str) {
        self.open().session.selection = Selection::one(id(record));
        self.harness.run();
    }

    fn lead(&mut self) -> Option<Id> {
        self.open().session.selection.lead.clone()
    }

    fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run();
    }

    fn hover(&mut self, label: &str) {
        self.harness.get_by_label(label).hover();
        self.harness.run();
    }

    fn shows(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    fn count(&self, part: &str) -> usize {
        self.harness.query_all_by_label_contains(part).count()
    }

    /// Ids of the nodes that are lit; none where nothing is.
    fn lit(&mut self) -> Option<BTreeSet<Id>> {
        let open = self.open();
        let doc = open.session.doc();
        let trail = open.trail.as_ref()?;
        Some(
            (trail.lit.iter())
                .filter(|id| doc.kind_of(id).is_some_and(Kind::is_node))
                .cloned()
                .collect(),
        )
    }
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

#[test]
fn t_lists_the_ways_down_and_lights_them() {
    let mut window = Window::on("home-movie-night");
    window.press(Key::T);
    assert_eq!(window.open().analyse.asked(), None, "nothing is selected");
    window.select("return");
    window.press(Key::T);
    assert_eq!(window.open().analyse.asked(), Some(Question::Trace));
    assert!(window.shows("Late-fee policy. Named cause"));
    assert!(window.shows("Way 1: Return the film → "));
    let lit = window.lit().unwrap();
    assert!(lit.contains(&id("return")) && lit.contains(&id("late-fee-policy")));
    assert!(window.open().trail.as_ref().unwrap().named.contains(&id("late-fee-policy")));
    window.press(Key::T);
    assert_eq!((window.open().analyse.asked(), window.lit()), (None, None));
    assert!(!window.shows("Way 1"));
}

#[test]
fn a_way_that_is_pointed_at_is_lit_alone_and_leads_to_its_end() {
    let mut window = Window::on("home-movie-night");
    window.select("return");
    window.press(Key::T);
    let whole = window.lit().unwrap();
    let cause = "Late-fee policy. Named cause · 50 % · 2 links away · owned by Shop staff";
    window.hover(cause);
    let part = window.lit().unwrap();
    assert!(part.len() < whole.len() && part.is_subset(&whole), "{part:?} of {whole:?}");
    assert!(part.contains(&id("return")) && part.contains(&id("late-fee-policy")));
    window.click(cause);
    assert_eq!(window.lead(), Some(id("late-fee-policy")));
    assert_eq!(window.open().analyse.about(), Some(&id("return")), "one reads on");
    window.press(Key::T);
    assert_eq!(window.open().analyse.about(), Some(&id("late-fee-policy")));
}

#[test]
fn the_trace_follows_the_selection_and_the_map() {
    let mut window = Window::on("home-movie-night");
    window.select("return");
    window.press(Key::T);
    let before = window.lit().unwrap();
    window.select("select");
    let after = window.lit().unwrap();
    assert!(after.contains(&id("select")) && !after.contains(&id("return")));
    window.select("return");
    assert_eq!(window.lit().as_ref(), Some(&before));
    window.open().session.edit("remove", |tx| {
        throughline::edit::verbs::remove(tx, &[id("late-fee-policy")]);
    });
    window.harness.run();
    assert!(!window.lit().unwrap().contains(&id("late-fee-policy")));
    assert!(!window.shows("Late-fee policy. Named"));
    window.open().session.undo();
    window.harness.run();
    window.select("return");
    assert_eq!(window.lit(), Some(before));
}

#[test]
fn escape_takes_the_trace_away_and_keeps_the_selection() {
    let mut window = Window::on("home-movie-night");
    window.select("return");
    window.press(Key::T);
    window.press(Key::Escape);
    assert_eq!((window.open().analyse.asked(), window.lit()), (None, None));
    assert_eq!(window.lead(), Some(id("return")));
}

#[test]
fn i_says_what_stops_and_what_degrades() {
    let mut window = Window::on("support-case");
    window.select("crm-team");
    window.press(Key::I);
    assert!(window.shows("Reaches 5 of 8 steps · "));
    assert!(window.shows("Stops if this fails") && window.shows("Degrades"));
    assert_eq!(window.count(" stops"), 2);
    assert_eq!(window.count(" degrades"), 3);
    window.click("Show Trace");
    assert_eq!(window.open().analyse.asked(), Some(Question::Trace));
    assert_eq!(window.open().analyse.about(), Some(&id("crm-team")));
}

#[test]
fn the_answer_is_copied_as_text() {
    let mut window = Window::on("home-movie-night");
    window.select("return");
    window.press(Key::T);
    window.harness.get_by_label("Copy the answer as text").click();
    window.harness.step();
    let output = window.harness.output();
    let copied = output.platform_output.commands.iter().find_map(|it| match it {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let text = copied.unwrap();
    assert!(text.starts_with("Trace of the step “Return the film”\n4 ways"), "{text}");
    assert!(text.contains("- Return the film → Returns counter → Late-fee policy\n"), "{text}");
    assert!(text.contains("- Shop staff: Checking in returns, "), "{text}");
}

#[test]
fn the_answer_is_shown_without_the_inspector_and_closes_with_its_button() {
    let mut window = Window::on("home-movie-night");
    window.select("return");
    window.press_with(Modifiers::COMMAND, Key::I);
    window.press(Key::T);
    assert!(window.shows("Way 1"));
    window.click("Stop asking");
    assert_eq!((window.open().analyse.asked(), window.lit()), (None, None));
    assert!(!window.shows("Way 1"));
}

#[test]
fn with_nothing_selected_the_panel_says_what_to_do() {
    let mut window = Window::on("home-movie-night");
    window.select("return");
    window.press(Key::T);
    window.open().session.selection = Selection::default();
    window.harness.run();
    assert_eq!(window.lit(), None);
    assert!(window.shows("Select a card, a link"));
    window.press(Key::Escape);
    assert_eq!(window.open().analyse.asked(), None);
}

#[test]
fn the_inspector_asks_about_what_it_shows() {
    let mut window = Window::on("home-movie-night");
    window.select("warehouse-system");
    window.click("Impact");
    assert_eq!(window.open().analyse.asked(), Some(Question::Impact));
    assert!(window.shows("Reaches 3 of 5 steps"));
    let stage = window.open().session.doc().stages()[0].0.clone();
    window.select(stage.as_str());
    assert!(window.shows("Select a card, a link"));
    assert_eq!(window.count("Trace"), 1, "a stage offers no trace: only the tab is left");
}

#[test]
fn while_a_text_is_typed_t_is_a_letter() {
    let mut window = Window::on("home-movie-night");
    window.select("return");
    window.press(Key::F2);
    window.press(Key::T);
    assert_eq!(window.open().analyse.asked(), None);
}

/// Records that have a card in the ecosystem view.
fn cards(window: &mut Window) -> BTreeSet<Id> {
    let open = window.open();
    let doc = open.session.doc();
    let items = open.scene().items.iter().filter_map(|item| item.hit.as_ref());
    let nodes =
        items.map(|hit| &hit.record).filter(|id| doc.kind_of(id).is_some_and(Kind::is_node));
    nodes.cloned().collect()
}

#[test]
fn only_what_a_step_rests_on_is_shown_from_either_view() {
    let mut window = Window::on("home-movie-night");
    window.select("return");
    window.press(Key::R);
    assert_eq!(window.open().shown, Shown::Ecosystem);
    let shown = cards(&mut window);
    assert!(shown.contains(&id("warehouse-system")) && !shown.contains(&id("watch")), "{shown:?}");
    assert!(window.shows("What Return the film rests on"));
    window.press(Key::R);
    assert!(cards(&mut window).contains(&id("watch")));
    window.press(Key::R);
    window.press_with(Modifiers::SHIFT, Key::A);
    assert!(cards(&mut window).contains(&id("watch")));
    assert!(!window.shows("What Return the film rests on"));
}

#[test]
fn minus_and_plus_change_the_neighbourhood_while_one_is_shown() {
    let mut window = Window::on("home-movie-night");
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.select("return");
    let feelings = |window: &mut Window| {
        window.open().session.doc().get_as::<Step>(&id("return")).unwrap().feelings.clone()
    };
    let before = feelings(&mut window);
    window.press_with(Modifiers::SHIFT, Key::N);
    assert!(window.shows("Around Return the film · 2 links"));
    let two = cards(&mut window);
    window.press(Key::Minus);
    assert!(window.shows("Around Return the film · 1 link"));
    let one = cards(&mut window);
    assert!(one.is_subset(&two) && one.len() < two.len());
    window.press(Key::Minus);
    assert_eq!(cards(&mut window), one, "there is always a neighbour");
    window.press(Key::Plus);
    assert_eq!(cards(&mut window), two);
    assert_eq!(feelings(&mut window), before, "no emotion was moved");
    window.click("One link more (+)");
    assert!(cards(&mut window).len() > two.len());
    window.click("Show everything around it again");
    window.press(Key::Minus);
    assert_ne!(feelings(&mut window), before);
}

#[test]
fn the_filter_is_ticked_counted_and_cleared() {
    let mut window = Window::on("home-movie-night");
    window.press_with(Modifiers::COMMAND, Key::Num2);
    let all = cards(&mut window);
    window.click("Filter");
    window.click("Stages: Return");
    window.click("Bands: Customer");
    let shown = cards(&mut window);
    assert_eq!(shown, BTreeSet::from([id("return")]));
    assert!(window.shows("Filter · 2"));
    window.click("Bands: Customer");
    assert!(window.shows("Filter · 1"));
    assert!(cards(&mut window).contains(&id("warehouse-system")));
    window.press(Key::Escape);
    window.click("Show everything");
    assert_eq!(cards(&mut window), all);
    assert!(window.shows("Filter") && !window.shows("Filter ·"));
}

#[test]
fn a_filter_that_leaves_nothing_says_how_to_get_it_back() {
    let mut window = Window::on("home-movie-night");
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click("Filter");
    window.click("Bands: Support");
    window.click("Kinds: Steps");
    window.press(Key::Escape);
    assert!(cards(&mut window).is_empty());
    assert!(window.shows("Nothing is left to show"));
    window.click("Show everything (Shift+A)");
    assert!(!cards(&mut window).is_empty() && !window.shows("Nothing is left to show"));
}

#[test]
fn kinds_and_teams_collapse_and_expand() {
    let mut window = Window::on("home-movie-night");
    window.press_with(Modifiers::COMMAND, Key::Num2);
    let all = cards(&mut window);
    window.select("returns-counter");
    window.press(Key::C);
    assert!(window.shows("Collapse · 1"));
    let by_kind = cards(&mut window);
    assert!(by_kind.len() < all.len());
    window.press(Key::C);
    assert_eq!(cards(&mut window), all, "the same again takes them apart");
    window.press_with(Modifiers::SHIFT, Key::C);
    assert!(cards(&mut window).len() < all.len());
    window.press(Key::E);
    assert_eq!(cards(&mut window), all);
    window.press(Key::O);
    let options = window.open().narrowing().unwrap().clone();
    assert_eq!(options.grouping, Grouping::Owners);
    window.click("Group by Bands");
    assert_eq!(window.open().narrowing().unwrap().grouping, Grouping::Bands);
}

/// The systems of the table of hubs, top to bottom, as the window shows them.
fn ranked(window: &Window) -> Vec<String> {
    let rows = window.harness.query_all_by_label_contains("System: ");
    let mut rows: Vec<(f32, String)> = rows
        .map(|row| {
            let label = row.accesskit_node().label().unwrap();
            let system = label.trim_start_matches("System: ").split(", Kind").next().unwrap();
            (row.rect().top(), system.to_owned())
        })
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, system)| system).collect()
}

#[test]
fn hubs_are_ranked_unowned_first_and_sorted_by_their_heads() {
    let mut window = Window::on("home-movie-night");
    window.press_with(Modifiers::SHIFT, Key::H);
    let before = ranked(&window);
    assert_eq!(before[0], "Film distributors", "nobody owns it: {before:?}");
    assert!(window.shows("Owner: No owner"));
    window.click("Sort by system");
    let by_name = ranked(&window);
    assert!(by_name.is_sorted() && by_name.len() > 3, "{by_name:?}");
    window.click("System, sorted");
    let back = ranked(&window);
    assert!(back.is_sorted_by(|a, b| a >= b), "{back:?}");
    window.click("System, sorted backwards");
    assert_eq!(ranked(&window), before);
}

#[test]
fn a_hub_lights_its_impact_while_it_is_pointed_at_or_selected() {
    let mut window = Window::on("home-movie-night");
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press_with(Modifiers::SHIFT, Key::H);
    assert_eq!(window.lit(), None);
    let row = "System: Late-fee policy";
    window.harness.get_by_label_contains(row).hover();
    window.harness.run();
    let lit = window.lit().unwrap();
    assert!(lit.contains(&id("return")) && lit.contains(&id("late-fee-policy")));
    assert!(!lit.contains(&id("watch")));
    window.harness.get_by_label_contains(row).click();
    window.harness.run();
    assert_eq!(window.lead(), Some(id("late-fee-policy")));
    window.harness.hover_at(egui::pos2(5.0, 300.0));
    window.harness.run();
    assert_eq!(window.lit(), Some(lit), "selected, it stays lit");
    window.press(Key::Escape);
    assert_eq!((window.lit(), window.lead()), (None, Some(id("late-fee-policy"))));
    window.press(Key::F8);
    assert!(window.shows("Hide the findings") && !window.shows("System: "), "one at a time");
    window.click("Hubs and orphans");
    assert!(window.shows("System: ") && !window.shows("Hide the findings"));
}

#[test]
fn a_number_of_a_hub_says_how_it_comes_about() {
    let mut window = Window::on("home-movie-night");
    window.press_with(Modifiers::SHIFT, Key::H);
    let row = window.harness.get_by_label_contains("System: Late-fee policy").rect();
    let head = window.harness.get_by_label("Sort by friction").rect();
    window.harness.hover_at(egui::pos2(head.right() - 2.0, row.center().y));
    window.harness.run();
    // A tooltip waits until the pointer rests.
    window.harness.run_steps(60);
    assert!(window.shows("Late fee without a warning"));
    assert!(window.shows("split evenly at each fork"));
}

#[test]
fn orphans_are_chips_that_lead_there() {
    let mut window = Window::on("home-movie-night");
    window.press_with(Modifiers::SHIFT, Key::H);
    window.open().session.edit("add", |tx| {
        throughline::edit::verbs::add_system(tx, None, "Fax machine", Default::default())
    });
    window.harness.run();
    let chip = window.harness.get_by_label("Systems that nothing rests on: Fax machine");
    chip.click_accesskit();
    window.harness.run();
    let lead = window.lead().unwrap();
    assert_eq!(window.open().session.doc().name_of(&lead), "Fax machine");
}

#[test]
fn a_large_map_is_ranked_on_a_worker_while_the_window_goes_on() {
    let mut window = Window::on("home-movie-night");
    window.open().session.edit("add many", |tx| {
        for i in 0..1500 {
            let name = format!("System {i}");
            throughline::edit::verbs::add_system(tx, None, &name, Default::default());
        }
    });
    window.harness.run();
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::H);
    window.harness.step();
    while window.shows("Computing…") || !window.shows("System: ") {
        std::thread::yield_now();
        window.harness.step();
    }
    assert!(window.shows("1,512 systems, 2 without an owner"));
    assert!(window.count("System: ") < 20, "rows out of sight cost nothing");
}
