//! Drives tools without a window: a map, a pointer, and what came of it.

use crate::edit::Session;
use crate::geom::{Point, pt};
use crate::model::{Doc, Id};
use crate::scene::{EcosystemOptions, EcosystemScene, JourneyOptions, JourneyScene, Part};
use crate::text::{SystemFonts, Text};

use super::{At, Button, Camera, Context, Input, Intent, Key, Modifiers, Picture, Tool, apply};

/// A canvas without a window, at 100 %.
pub struct Driver {
    pub session: Session,
    pub journey: JourneyScene,
    /// What is shown, where it is not the journey.
    pub ecosystem: Option<EcosystemScene>,
    pub tool: Tool,
    pub camera: Camera,
    pub modifiers: Modifiers,
    /// What was handed to the canvas: editors opened, messages.
    pub rest: Vec<Intent>,
    text: Text,
    on_screen: Point,
}

pub const SIZE: Point = pt(4_000.0, 3_000.0);

impl Driver {
    pub fn new(doc: Doc) -> Self {
        let session = Session::new(doc);
        let mut text = Text::new(SystemFonts::Ignore);
        let options = JourneyOptions::default();
        let journey = JourneyScene::new(session.doc(), session.graph(), &mut text, options);
        Self {
            session,
            journey,
            ecosystem: None,
            tool: Tool::Idle,
            camera: Camera::default(),
            modifiers: Modifiers::default(),
            rest: Vec::new(),
            text,
            on_screen: Point::default(),
        }
    }

    /// A canvas that shows the ecosystem.
    pub fn ecosystem(doc: Doc) -> Self {
        let mut it = Self::new(doc);
        let (doc, index, graph) = (it.session.doc(), it.session.index(), it.session.graph());
        let options = EcosystemOptions::default();
        it.ecosystem = Some(EcosystemScene::new(doc, index, graph, &mut it.text, options));
        it
    }

    /// Shows something else of the ecosystem.
    pub fn options(&mut self, options: EcosystemOptions) {
        let (doc, index) = (self.session.doc(), self.session.index());
        if let Some(it) = &mut self.ecosystem {
            it.set_options(doc, index, self.session.graph(), &mut self.text, options);
        }
    }

    fn picture(&self) -> Picture<'_> {
        match &self.ecosystem {
            Some(ecosystem) => Picture::Ecosystem(ecosystem),
            None => Picture::Journey(&self.journey),
        }
    }

    pub fn context(&self) -> Context<'_> {
        let (picture, zoom) = (self.picture(), self.camera.zoom);
        Context { session: &self.session, picture, zoom, size: SIZE }
    }

    pub fn input(&mut self, input: &Input) -> &mut Self {
        let tool = std::mem::take(&mut self.tool);
        let (tool, intents) = tool.step(input, &self.context());
        self.tool = tool;
        for intent in apply(intents, &mut self.session) {
            if let Intent::Pan(by) = intent {
                self.camera.pan(by);
            }
            self.rest.push(intent);
        }
        let patch = self.session.take_patch();
        if !patch.is_empty() {
            let (doc, graph) = (self.session.doc(), self.session.graph());
            self.journey.apply(doc, graph, &patch, &mut self.text);
            if let Some(ecosystem) = &mut self.ecosystem {
                ecosystem.apply(doc, self.session.index(), graph, &patch, &mut self.text);
            }
        }
        self
    }

    fn place(&self) -> At {
        At { in_map: self.camera.map_from_screen(self.on_screen), on_screen: self.on_screen }
    }

    pub fn press(&mut self, at: Point) -> &mut Self {
        self.press_with(at, Button::Primary)
    }

    pub fn press_with(&mut self, at: Point, button: Button) -> &mut Self {
        self.on_screen = self.camera.screen_from_map(at);
        let (at, modifiers) = (self.place(), self.modifiers);
        self.input(&Input::Press { at, button, modifiers })
    }

    /// Moves in steps of a few points, as a hand does.
    pub fn move_to(&mut self, to: Point) -> &mut Self {
        let (from, to) = (self.on_screen, self.camera.screen_from_map(to));
        let steps = (from.distance(to) / 12.0).ceil().max(1.0) as usize;
        for i in 1..=steps {
            self.on_screen = from.lerp(to, i as f32 / steps as f32);
            let (at, modifiers) = (self.place(), self.modifiers);
            self.input(&Input::Move { at, modifiers });
        }
        self
    }

    pub fn release(&mut self) -> &mut Self {
        self.release_with(Button::Primary)
    }

    pub fn release_with(&mut self, button: Button) -> &mut Self {
        let (at, modifiers) = (self.place(), self.modifiers);
        self.input(&Input::Release { at, button, modifiers })
    }

    pub fn click(&mut self, at: Point) -> &mut Self {
        self.press(at).release()
    }

    pub fn double_click(&mut self, at: Point) -> &mut Self {
        self.click(at).click(at);
        let at = self.place();
        self.input(&Input::DoubleClick { at })
    }

    pub fn key(&mut self, key: Key) -> &mut Self {
        let modifiers = self.modifiers;
        self.input(&Input::Key { key, modifiers })
    }

    pub fn cancel(&mut self) -> &mut Self {
        self.input(&Input::Cancel)
    }

    pub fn hold(&mut self, modifiers: Modifiers) -> &mut Self {
        self.modifiers = modifiers;
        self.input(&Input::Modifiers(modifiers))
    }

    /// Where a part of a record stands.
    pub fn part(&self, id: &str, part: Part) -> Point {
        let id = Id::new(id).unwrap();
        let mut items = self.picture().scene().items_of(&id);
        let item = items.find(|item| item.hit.as_ref().is_some_and(|hit| hit.part == part));
        item.unwrap_or_else(|| panic!("no {part:?} of {id}")).rect.center()
    }

    /// The middle of a record's card.
    pub fn card(&self, id: &str) -> Point {
        self.part(id, Part::Card)
    }

    /// The names of the steps, in journey order.
    pub fn steps(&self) -> Vec<String> {
        self.session.doc().steps().into_iter().map(|(_, step)| step.name.clone()).collect()
    }

    #[track_caller]
    pub fn expect(&mut self, is: impl Fn(&Self) -> bool, what: &str) -> &mut Self {
        assert!(is(self), "{what}: {:?}, selected {:?}", self.tool, self.session.selection);
        self
    }

    #[track_caller]
    pub fn expect_selected(&mut self, ids: &[&str]) -> &mut Self {
        let selected: Vec<&str> = self.session.selection.ids.iter().map(Id::as_str).collect();
        assert_eq!(selected, ids);
        self
    }
}
