//! Which view of the map the window shows, and both views in step with the document.
//!
//! The view that is not shown is not laid out while it is hidden: what was done meanwhile is kept
//! as one patch and followed when its tab is chosen. Not here: what a view looks like (`scene`)
//! and how it is painted (`canvas`).

use serde::{Deserialize, Serialize};

use crate::export::View;
use crate::model::{Id, Patch};
use crate::scene::{EcosystemOptions, EcosystemScene, JourneyOptions, LayoutDone, Scene};
use crate::text::Text;
use crate::tool::Picture;

use super::cx::Open;

/// More cards than these are laid out on a worker, so that the window goes on meanwhile.
const IN_FRAME: usize = 150;

/// A view that the window can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Shown {
    /// What the customer does, step by step.
    #[default]
    Journey,
    /// What each step rests on.
    Ecosystem,
}

impl Open {
    /// The picture of the view that is shown.
    pub fn scene(&self) -> &Scene {
        self.picture().scene()
    }

    /// The view that is shown.
    pub fn picture(&self) -> Picture<'_> {
        match (&self.ecosystem, self.shown) {
            (Some(ecosystem), Shown::Ecosystem) => Picture::Ecosystem(ecosystem),
            _ => Picture::Journey(&self.journey),
        }
    }

    /// Whether the view that is shown has not been laid out yet, not even once.
    pub fn is_waiting(&self) -> bool {
        self.picture().ecosystem().is_some_and(|it| it.stats().layouts == 0)
    }

    /// Whether the view that is shown waits for a layout.
    pub fn is_laying_out(&self) -> bool {
        self.picture().ecosystem().is_some_and(EcosystemScene::is_pending)
    }

    /// What a picture of the map draws: what is shown, with what is left out of it.
    pub fn export_view(&self) -> View {
        match (self.shown, &self.ecosystem) {
            (Shown::Ecosystem, Some(it)) => match it.standing_now() {
                Some(standing) => View::Standing(it.options().clone(), standing),
                None => View::Ecosystem(it.options().clone()),
            },
            _ => View::Journey(self.journey.options().clone()),
        }
    }

    /// Shows a view: it takes up what was done while it was hidden, and has what is selected in
    /// sight. Each view keeps its own place and zoom.
    pub fn show(&mut self, shown: Shown, text: &mut Text) {
        self.follow(text);
        if self.shown == shown {
            return;
        }
        self.canvas.leave(&mut self.session);
        self.follow(text);
        self.shown = shown;
        let missed = std::mem::take(&mut self.missed);
        self.apply(&missed, text);
        self.show_segment(self.segment.clone(), text);
        self.canvas.turn();
        if let Some(lead) = self.session.selection.lead.clone() {
            self.canvas.reveal(lead);
        }
    }

    /// Shows one segment alone, or all of them.
    pub fn show_segment(&mut self, segment: Option<Id>, text: &mut Text) {
        self.follow(text);
        self.segment = segment.clone();
        let (doc, graph) = (self.session.doc(), self.session.graph());
        match (self.shown, &mut self.ecosystem) {
            (Shown::Journey, _) => {
                let options = JourneyOptions { segment, ..JourneyOptions::default() };
                self.journey.set_options(doc, graph, text, options);
            }
            (Shown::Ecosystem, Some(it)) => {
                let options = EcosystemOptions { segment, ..it.options().clone() };
                it.set_options(doc, self.session.index(), graph, text, options);
            }
            (Shown::Ecosystem, None) => {}
        }
    }

    /// Brings the picture in step with the document; called once a frame after input. Returns
    /// whether anything had changed.
    pub fn follow(&mut self, text: &mut Text) -> bool {
        let patch = self.session.take_patch();
        if patch.is_empty() {
            return false;
        }
        if self.ecosystem.is_some() {
            self.missed.squash(&patch);
        }
        self.apply(&patch, text);
        true
    }

    /// Has the view that is shown follow a patch; the ecosystem is made where it is shown for the
    /// first time.
    fn apply(&mut self, patch: &Patch, text: &mut Text) {
        let (doc, graph, index) = (self.session.doc(), self.session.graph(), self.session.index());
        match (self.shown, &mut self.ecosystem) {
            (Shown::Journey, _) => self.journey.apply(doc, graph, patch, text),
            (Shown::Ecosystem, Some(it)) => it.apply(doc, index, graph, patch, text),
            (Shown::Ecosystem, none) => {
                let segment = self.segment.clone();
                let options = EcosystemOptions { segment, ..EcosystemOptions::default() };
                let limit = Some(IN_FRAME);
                *none = Some(EcosystemScene::with_limit(doc, index, graph, text, options, limit));
            }
        }
    }

    /// Takes a layout from its worker. Returns whether the picture changed; it does not where the
    /// layout is out of date.
    pub fn finish_layout(&mut self, done: LayoutDone, text: &mut Text) -> bool {
        let (doc, graph, index) = (self.session.doc(), self.session.graph(), self.session.index());
        self.ecosystem.as_mut().is_some_and(|it| it.finish(done, doc, index, graph, text))
    }
}
