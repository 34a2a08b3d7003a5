//! What a frame of the canvas costs: input, painting and tessellation, in CPU time.
//!
//! Idle, panned by the middle button, and with a step being dragged; at 100 % and with the whole
//! map in view, in a window of 1920×1080.

use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use throughline::edit::Session;
use throughline::model::Doc;
use throughline::scene::{JourneyOptions, JourneyScene, Theme};
use throughline::text::{SystemFonts, Text};
use throughline::ui::{Command, Cx, Open, canvas, theme};

use super::measure::{Row, time};

const SCREEN: Rect = Rect { min: Pos2::ZERO, max: pos2(1920.0, 1080.0) };
const WARM_UP: usize = 30;
const FRAMES: usize = 120;

struct Window {
    ctx: egui::Context,
    open: Open,
    text: Text,
    commands: Vec<Command>,
    message: Option<String>,
    secs: f64,
}

impl Window {
    fn new(doc: Doc) -> Self {
        let ctx = egui::Context::default();
        theme::setup(&ctx);
        let mut text = Text::new(SystemFonts::Use);
        let session = Session::new(doc);
        let options = JourneyOptions::default();
        let journey = JourneyScene::new(session.doc(), session.graph(), &mut text, options);
        let open = Open { session, journey, ..Open::default() };
        Self { ctx, open, text, commands: Vec::new(), message: None, secs: 0.0 }
    }

    /// One frame; returns the CPU time of running and tessellating it.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.secs += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(SCREEN),
            time: Some(self.secs),
            focused: true,
            events,
            max_texture_side: Some(8_192),
            ..RawInput::default()
        };
        let ctx = self.ctx.clone();
        let (ms, mut output) = time(|| {
            let mut output = ctx.run_ui(input, |ui| {
                let mut cx = Cx {
                    open: &mut self.open,
                    text: &mut self.text,
                    theme: Theme::light(),
                    commands: &mut self.commands,
                    message: &mut self.message,
                };
                canvas::canvas_ui(ui, &mut cx);
            });
            let shapes = std::mem::take(&mut output.shapes);
            let meshes = ctx.tessellate(shapes, output.pixels_per_point);
            assert!(!meshes.is_empty(), "something is painted");
            output
        });
        output.textures_delta.clear();
        ms
    }

    fn button(at: Pos2, button: PointerButton, pressed: bool) -> Event {
        Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE }
    }

    /// Frames with the pointer at rest, or moving there and back with a button held.
    fn frames(&mut self, start: Pos2, held: Option<PointerButton>) -> Vec<f64> {
        let mut at = start;
        self.frame(vec![Event::PointerMoved(at)]);
        if let Some(held) = held {
            self.frame(vec![Self::button(at, held, true)]);
        }
        let mut samples = Vec::with_capacity(FRAMES);
        for i in 0..WARM_UP + FRAMES {
            let mut events = Vec::new();
            if held.is_some() {
                let way = if (i / 30) % 2 == 0 { 1.0 } else { -1.0 };
                at += vec2(9.0, 2.0) * way;
                events.push(Event::PointerMoved(at));
            }
            let ms = self.frame(events);
            if i >= WARM_UP {
                samples.push(ms);
            }
        }
        if let Some(held) = held {
            self.frame(vec![Event::Key {
                key: egui::Key::Escape,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
            }]);
            self.frame(vec![Self::button(at, held, false)]);
        }
        samples
    }

    /// The middle of the step's card nearest to the middle of the window.
    fn a_step(&self) -> Pos2 {
        let camera = self.open.canvas.camera();
        let steps = self.open.session.doc().steps();
        let cards = steps.into_iter().filter_map(|(id, _)| {
            let card = self.open.journey.scene().rect_of(id)?;
            let at = camera.screen_from_map(card.center());
            Some(pos2(at.x, at.y))
        });
        let aside = |at: &Pos2| at.distance(SCREEN.center());
        cards.min_by(|a, b| aside(a).total_cmp(&aside(b))).expect("the map has steps")
    }
}

/// The most that a frame may cost, in milliseconds: of 1,000 cards and of 10,000.
fn bar(cards: usize) -> Option<f64> {
    match cards {
        1_000 => Some(2.0),
        10_000 => Some(8.0),
        _ => None,
    }
}

/// Measures frames of a map.
pub fn frames(cards: usize, doc: &Doc, rows: &mut Vec<Row>) {
    let mut window = Window::new(doc.clone());
    for view in ["100 %", "whole map"] {
        window.frame(vec![]);
        if view == "100 %" {
            window.open.canvas.reset_zoom();
        } else {
            window.open.canvas.fit();
        }
        window.frame(vec![]);
        let step = window.a_step();
        let middle = SCREEN.center();
        for (what, start, held) in [
            ("idle", middle, None),
            ("pan", middle, Some(PointerButton::Middle)),
            ("drag a step", step, Some(PointerButton::Primary)),
        ] {
            let samples = window.frames(start, held);
            let bar_ms = if what == "drag a step" { None } else { bar(cards) };
            rows.push(Row { what: format!("frame, {view}, {what}"), cards, samples, bar_ms });
        }
    }
}
