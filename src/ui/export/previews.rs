//! Slides composed on a worker, the latest wish last: while one deck is being composed, only the
//! newest of what was chosen since waits, and what is out of date is cancelled.
//!
//! The text engine goes to the worker and comes back, so that words are measured once. Not here:
//! how slides are painted.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use crate::export::deck::{self, DeckOptions, Frame};
use crate::export::{self, ExportError, PptxOptions, Progress};
use crate::model::choice::{SlidePart, SlideSize};
use crate::model::{Doc, Graph, Index};
use crate::scene::Scene;
use crate::text::{SystemFonts, Text};
use crate::ui::jobs::said;

/// What slides are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    pub options: DeckOptions,
    pub files: Files,
}

/// The files that slides go into, and whose rooms they take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Files {
    pub template: Option<PathBuf>,
    pub refresh: Option<PathBuf>,
}

impl Files {
    /// The rooms that the files leave on a slide.
    fn frame(&self, size: SlideSize) -> Result<Frame, ExportError> {
        let read = |path: &PathBuf| export::read_whole(path).map(Arc::from);
        let options = PptxOptions {
            template: self.template.as_ref().map(read).transpose()?,
            refresh: self.refresh.as_ref().map(read).transpose()?,
            ..PptxOptions::default()
        };
        export::slide_frame(size, &options)
    }
}

/// A slide as it is previewed.
#[derive(Debug, Clone)]
pub struct Slide {
    pub part: SlidePart,
    pub key: String,
    pub title: String,
    pub notes: Vec<String>,
    pub scene: Arc<Scene>,
}

/// Slides as they are previewed.
#[derive(Debug)]
pub struct Slides {
    pub frame: Frame,
    pub slides: Vec<Slide>,
    /// Why a file that was chosen cannot be used.
    pub trouble: Option<String>,
}

/// What is kept from deck to deck.
#[derive(Debug)]
struct Engine {
    text: Text,
    index: Index,
    graph: Graph,
    /// The rooms of the files that were read last, or why they have none.
    frame: Option<(Files, SlideSize, Result<Frame, String>)>,
}

impl Engine {
    fn new(doc: &Doc) -> Self {
        let text = Text::new(SystemFonts::Use);
        Self { text, index: Index::of(doc), graph: Graph::of(doc), frame: None }
    }

    /// The rooms on the slides, and why the files have none of their own.
    fn frame(&mut self, recipe: &Recipe) -> (Frame, Option<String>) {
        let (files, size) = (&recipe.files, recipe.options.size);
        let known = self.frame.take().filter(|(of, at, _)| of == files && *at == size);
        let (.., frame) = self.frame.insert(known.unwrap_or_else(|| {
            let frame = files.frame(size).map_err(|error| error.to_string());
            (files.clone(), size, frame)
        }));
        match frame {
            Ok(frame) => (*frame, None),
            Err(why) => (Frame::of(size), Some(why.clone())),
        }
    }
}

/// A deck to be composed, on a worker.
#[derive(Debug)]
pub struct Composing {
    doc: Doc,
    recipe: Recipe,
    engine: Option<Box<Engine>>,
    progress: Arc<Progress>,
}

/// What came of it.
#[derive(Debug)]
pub struct Composed {
    /// None where it broke.
    engine: Option<Box<Engine>>,
    slides: Result<Slides, ExportError>,
}

impl Composing {
    /// Composes; a bug on the way is an error.
    pub fn compose(self) -> Composed {
        let Self { doc, recipe, engine, progress } = self;
        let made = catch_unwind(AssertUnwindSafe(|| {
            let mut engine = engine.unwrap_or_else(|| Box::new(Engine::new(&doc)));
            let slides = slides(&doc, &recipe, &mut engine, &progress);
            (engine, slides)
        }));
        match made {
            Ok((engine, slides)) => Composed { engine: Some(engine), slides },
            Err(panic) => {
                let why = ExportError::Drawing(said(panic.as_ref()));
                Composed { engine: None, slides: Err(why) }
            }
        }
    }
}

fn slides(
    doc: &Doc,
    recipe: &Recipe,
    engine: &mut Engine,
    progress: &Progress,
) -> Result<Slides, ExportError> {
    let (frame, trouble) = engine.frame(recipe);
    let Engine { text, index, graph, .. } = engine;
    let deck = deck::compose(doc, index, graph, text, &recipe.options, &frame, progress)?;
    let mut slides = Vec::with_capacity(deck.slides.len());
    let all = deck.slides.len();
    for (i, slide) in deck.slides.into_iter().enumerate() {
        // A third of the way is composing.
        progress.step(all + 2 * i, 3 * all)?;
        let scene = Arc::new(slide.preview(&deck.frame, text));
        let deck::Slide { part, key, title, notes, .. } = slide;
        slides.push(Slide { part, key, title, notes, scene });
    }
    Ok(Slides { frame: deck.frame, slides, trouble })
}

/// The slides that are shown, and those that are on their way.
#[derive(Debug, Default)]
pub struct Previews {
    /// The newest that were composed.
    pub shown: Option<Slides>,
    /// Why there are no newer ones.
    pub failed: Option<String>,
    /// What `shown` is made of.
    made_of: Option<Recipe>,
    running: Option<(u64, Recipe, Arc<Progress>)>,
    engine: Option<Box<Engine>>,
    count: u64,
}

impl Previews {
    /// Whether what is shown is out of date.
    pub fn is_composing(&self) -> bool {
        self.running.is_some()
    }

    /// How far the slides that are on their way have come.
    pub fn share(&self) -> f32 {
        self.running.as_ref().map_or(1.0, |(_, _, progress)| progress.share())
    }

    /// Wishes for slides. Returns what a worker is to do for it, with its number.
    pub fn wish(&mut self, doc: &Doc, recipe: &Recipe) -> Option<(u64, Composing)> {
        if let Some((_, running, progress)) = &self.running {
            if running != recipe {
                progress.cancel();
            }
            return None;
        }
        if self.made_of.as_ref() == Some(recipe) {
            return None;
        }
        self.count += 1;
        let progress = Arc::new(Progress::default());
        self.running = Some((self.count, recipe.clone(), Arc::clone(&progress)));
        let (doc, recipe, engine) = (doc.clone(), recipe.clone(), self.engine.take());
        Some((self.count, Composing { doc, recipe, engine, progress }))
    }

    /// Takes what a worker composed. What was shown before stays until there is something newer.
    pub fn take(&mut self, number: u64, composed: Composed) {
        if self.running.as_ref().is_none_or(|(running, ..)| *running != number) {
            return;
        }
        let recipe = self.running.take().map(|(_, recipe, _)| recipe);
        self.engine = composed.engine;
        match composed.slides {
            Ok(slides) => (self.shown, self.made_of, self.failed) = (Some(slides), recipe, None),
            Err(ExportError::Cancelled) => {}
            Err(error) => (self.made_of, self.failed) = (recipe, Some(error.to_string())),
        }
    }

    /// Nobody waits any more.
    pub fn cancel(&self) {
        if let Some((_, _, progress)) = &self.running {
            progress.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(left_out: bool) -> Recipe {
        let mut options = DeckOptions::of(&Doc::default());
        options.parts[0].left_out = left_out;
        Recipe { options, files: Files::default() }
    }

    #[test]
    fn only_the_newest_wish_is_composed_and_the_engine_comes_back() {
        let doc = Doc::default();
        let mut previews = Previews::default();
        let (first, composing) = previews.wish(&doc, &recipe(false)).expect("nothing runs yet");
        assert!(previews.wish(&doc, &recipe(false)).is_none(), "it is on its way");
        assert!(previews.wish(&doc, &recipe(true)).is_none(), "one at a time");
        let composed = composing.compose();
        assert!(matches!(composed.slides, Err(ExportError::Cancelled)), "it is out of date");
        previews.take(first, composed);
        assert!(previews.shown.is_none() && previews.engine.is_some());
        let (second, composing) = previews.wish(&doc, &recipe(true)).expect("the newest");
        let nobodys = Composed { engine: None, slides: Err(ExportError::Cancelled) };
        previews.take(first, nobodys);
        assert!(previews.is_composing(), "that was another one's number");
        previews.take(second, composing.compose());
        assert!(previews.shown.is_some() && !previews.is_composing());
    }

    #[test]
    fn what_is_shown_is_not_composed_again() {
        let doc = Doc::default();
        let mut previews = Previews::default();
        let (number, composing) = previews.wish(&doc, &recipe(false)).expect("nothing runs yet");
        previews.take(number, composing.compose());
        assert!(previews.shown.is_some() && !previews.is_composing());
        assert!(previews.wish(&doc, &recipe(false)).is_none());
        assert!(previews.wish(&doc, &recipe(true)).is_some());
    }
}
