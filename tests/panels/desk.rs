//! Both panels without the rest of the window, a small journey on them, and hands to type and click.

use egui::{Key, Modifiers, Panel, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use throughline::edit::{Selection, Session};
use throughline::model::record::{
    Friction, Head, Link, LinkKind, Segment, Stage, Step, System, Touchpoint,
};
use throughline::model::{Doc, Id, OrderKey, Patch, Record, Typed};
use throughline::scene::Theme;
use throughline::text::{SystemFonts, Text};
use throughline::ui::{Command, Cx, Open, inspector, outline, theme};

/// Both panels and what they share, without the rest of the window.
pub struct Desk {
    pub open: Open,
    pub text: Text,
    pub commands: Vec<Command>,
    pub message: Option<String>,
    pub theme: &'static Theme,
    pub inspector_width: f32,
}

pub fn desk(doc: Doc, inspector_width: f32) -> Desk {
    let open = Open { session: Session::new(doc), ..Open::default() };
    let text = Text::new(SystemFonts::Ignore);
    let (commands, message) = (Vec::new(), None);
    Desk { open, text, commands, message, theme: Theme::light(), inspector_width }
}

pub fn harness(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(vec2(900.0, 2400.0))
        .with_context_setup(theme::setup)
        .with_max_steps(20)
        .build_ui_state(
            |ui, desk: &mut Desk| {
                let wide = desk.inspector_width;
                let mut cx = Cx {
                    open: &mut desk.open,
                    text: &mut desk.text,
                    theme: desk.theme,
                    commands: &mut desk.commands,
                    message: &mut desk.message,
                };
                Panel::left("outline").exact_size(240.0).show(ui, |ui| {
                    outline::outline_ui(ui, &mut cx);
                });
                Panel::right("inspector").exact_size(wide).show(ui, |ui| {
                    inspector::inspector_ui(ui, &mut cx);
                });
            },
            desk,
        );
    harness.run();
    harness
}

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub fn ids(all: &[&str]) -> Vec<Id> {
    all.iter().map(|it| id(it)).collect()
}

pub fn doc_of(head: Head, records: Vec<(&str, Record)>) -> Doc {
    let mut doc = Doc::with_head(head);
    let mut patch = Patch::default();
    for (at, record) in records {
        patch.set(&id(at), None, Some(record.into()));
    }
    doc.apply(&patch);
    doc
}

/// A small journey: two stages, three steps, a touchpoint, two systems, two segments.
pub fn small() -> Doc {
    let order = |text: &str| OrderKey::new(text).unwrap();
    let stage = |name: &str, key: &str| Stage { name: name.into(), order: order(key), goal: None };
    let step = |name: &str, stage: &str, key: &str| Step {
        name: name.into(),
        stage: Some(id(stage)),
        order: order(key),
        ..Step::default()
    };
    let system = |name: &str| System { name: name.into(), ..System::default() };
    let segment =
        |name: &str, priority| Segment { name: name.into(), priority, ..Segment::default() };
    let friction = Friction {
        at: Some(id("return")),
        text: "Drive to the shop before it closes".into(),
        severity: 4,
        ..Friction::default()
    };
    doc_of(
        Head { title: "Home movie night".into(), ..Head::default() },
        vec![
            ("decide", stage("Decide", "a").into()),
            ("enjoy", stage("Enjoy", "b").into()),
            ("occasion", step("Define the occasion", "decide", "a").into()),
            ("select", step("Select a title", "decide", "b").into()),
            ("return", step("Return the film", "enjoy", "a").into()),
            ("counter", Touchpoint { name: "Shop counter".into(), ..Default::default() }.into()),
            ("desk", system("Returns desk").into()),
            ("policy", system("Late-fee policy").into()),
            ("families", segment("Families", 3).into()),
            ("buffs", segment("Film buffs", 2).into()),
            ("drive", friction.into()),
            ("uses", Link { from: id("return"), to: id("counter"), kind: LinkKind::Uses }.into()),
        ],
    )
}

pub fn select(harness: &mut Harness<'_, Desk>, at: &str) {
    harness.state_mut().open.session.selection = Selection::one(id(at));
    harness.run();
}

pub fn get<T: Typed>(harness: &Harness<'_, Desk>, at: &str) -> T {
    harness.state().open.session.doc().get_as::<T>(&id(at)).unwrap().clone()
}

pub fn session<'h>(harness: &'h mut Harness<'_, Desk>) -> &'h mut Session {
    &mut harness.state_mut().open.session
}

/// Puts the keyboard into a field and selects all of its text.
pub fn enter(harness: &mut Harness<'_, Desk>, field: &str) {
    harness.get_by_label(field).click();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
}

/// Types a text letter by letter, a frame each.
pub fn type_in(harness: &mut Harness<'_, Desk>, text: &str) {
    for letter in text.chars() {
        harness.event(egui::Event::Text(letter.to_string()));
        harness.run();
    }
}

pub fn press(harness: &mut Harness<'_, Desk>, key: Key) {
    harness.key_press(key);
    harness.run();
}

pub fn click(harness: &mut Harness<'_, Desk>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}
