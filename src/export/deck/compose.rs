//! The whole deck: part by part, in the order that the options ask for.

use crate::geom::{Rect, pt, rect};
use crate::insight::in_words;
use crate::model::choice::SlidePart;
use crate::model::record::{Stage, Verbatim};
use crate::model::{Doc, Graph, Id, Index, Kind, query};
use crate::scene::{JourneyOptions, JourneyScene};
use crate::text::Text;

use super::super::{ExportError, Progress};
use super::say::{day, one_line, quoted};
use super::{
    Deck, DeckOptions, Frame, LINE, Paragraph, Piece, Slide, actions, cover, ecosystem, emotions,
    frictions, overview, say, stages,
};

/// The size of a line under the title, in points.
const LINE_SIZE: f32 = 12.0;

/// The most characters of a paragraph of the notes, and of the words for a picture.
const NOTE: usize = 10_000;
const ALT: usize = 1_500;

/// A stage (`None`: the steps without one) with its steps, and which of all steps each is, from 0.
pub(super) type StageSteps = (Option<Id>, Vec<(usize, Id)>);

/// What slides are made from.
pub(super) struct Source<'a> {
    pub doc: &'a Doc,
    pub index: &'a Index,
    pub graph: &'a Graph,
    pub options: &'a DeckOptions,
    pub frame: &'a Frame,
    pub progress: &'a Progress,
    /// How many steps the map has.
    pub steps: usize,
    /// Which part of how many is made.
    pub part: (usize, usize),
}

impl Source<'_> {
    /// The segments that are shown.
    pub fn segments(&self) -> Vec<&Id> {
        let all = query::segments(self.doc, self.index).into_iter().map(|(id, _)| id);
        let chosen = self.options.segment.as_ref();
        all.filter(|id| chosen.is_none_or(|it| it == *id)).collect()
    }

    /// Whether the deck is still wanted.
    ///
    /// # Errors
    /// [`ExportError::Cancelled`].
    pub fn go_on(&self) -> Result<(), ExportError> {
        if self.progress.is_cancelled() { Err(ExportError::Cancelled) } else { Ok(()) }
    }

    /// Says how much of this part is made.
    ///
    /// # Errors
    /// [`ExportError::Cancelled`].
    pub fn made(&self, done: usize, all: usize) -> Result<(), ExportError> {
        let (part, parts) = self.part;
        self.progress.step(part * all.max(1) + done, 3 * parts * all.max(1))
    }

    /// A slide's title, numbered where it goes on.
    pub fn title(&self, text: &mut Text, name: &str, number: (usize, usize)) -> String {
        say::title(text, name, number, self.frame.title_size(), self.frame.title.width())
    }

    /// A line of text at the top of the body, and the room below it.
    pub fn with_line(&self, text: &mut Text, line: &str) -> (Piece, Rect) {
        let body = self.frame.body;
        let height = LINE_SIZE * LINE;
        let room = rect(body.min.x, body.min.y, body.width(), height);
        let shown = say::cut(text, line, say::style(LINE_SIZE, false), body.width(), 1);
        let paragraph = Paragraph {
            text: shown.unwrap_or_else(|| line.to_owned()),
            size: LINE_SIZE,
            muted: true,
            ..Paragraph::default()
        };
        let name = "Subtitle".to_owned();
        (Piece::Text { room, paragraphs: vec![paragraph], name }, self.below_line())
    }

    /// The body without the line at its top.
    pub fn below_line(&self) -> Rect {
        let body = self.frame.body;
        let below = pt(body.min.x, body.min.y + LINE_SIZE * (LINE + 0.6));
        Rect { min: below, max: body.max }
    }

    /// The stages that are wanted, with their steps and which of all steps these are; `None` is
    /// that of the steps without a stage.
    pub fn stages(&self, whole: &JourneyScene) -> Vec<StageSteps> {
        let mut stages: Vec<StageSteps> = Vec::new();
        let mut number = 0;
        for (step, stage, _) in whole.wishes() {
            if stages.last().is_none_or(|last| last.0.as_ref() != stage) {
                stages.push((stage.cloned(), Vec::new()));
            }
            if let (Some(step), Some((_, steps))) = (step, stages.last_mut()) {
                steps.push((number, step.clone()));
                number += 1;
            }
        }
        let wanted = self.options.stage.as_ref();
        stages.retain(|(stage, _)| wanted.is_none() || stage.as_ref() == wanted);
        stages
    }

    /// Who says what: `“It was late.” — Families, call centre, 3 May 2026`
    pub fn voice(&self, it: &Verbatim) -> String {
        let segment = it.segment.as_ref().filter(|id| self.doc.get(id).is_some());
        let from = [
            segment.map(|id| in_words(self.doc, id)),
            it.source.as_deref().map(one_line).filter(|it| !it.is_empty()),
            it.date.map(day),
        ];
        let from: Vec<String> = from.into_iter().flatten().collect();
        let said = quoted(&it.text);
        if from.is_empty() { said } else { format!("{said} — {}", from.join(", ")) }
    }

    /// Whether a verbatim of that segment (or of nobody in particular) is shown.
    pub fn hears(&self, segment: Option<&Id>) -> bool {
        let chosen = self.options.segment.as_ref();
        segment.is_none() || chosen.is_none() || chosen == segment
    }

    /// A stage's name, or what stands for it.
    pub fn stage_name(&self, stage: Option<&Id>) -> String {
        match stage.filter(|id| self.doc.get_as::<Stage>(id).is_some()) {
            None => "Without a stage".to_owned(),
            Some(id) => match self.doc.name_of(id).trim() {
                "" => "Unnamed stage".to_owned(),
                _ => in_words(self.doc, id),
            },
        }
    }
}

/// Composes the deck that the options ask for, in the rooms of a template or in our own. A part
/// that has nothing to show gives no slide. The same map gives the same deck.
///
/// Takes the first third of `progress`.
///
/// # Errors
/// [`ExportError::Cancelled`].
pub fn compose(
    doc: &Doc,
    index: &Index,
    graph: &Graph,
    text: &mut Text,
    options: &DeckOptions,
    frame: &Frame,
    progress: &Progress,
) -> Result<Deck, ExportError> {
    let steps = index.of_kind(Kind::Step).len();
    let part = (0, options.parts.len().max(1));
    let mut source = Source { doc, index, graph, options, frame, progress, steps, part };
    let segment = options.segment.clone();
    let whole = JourneyOptions { segment, ..JourneyOptions::default() };
    let whole = JourneyScene::new(doc, graph, text, whole);
    let parts: Vec<SlidePart> =
        options.parts.iter().filter(|it| !it.left_out).map(|it| it.part).collect();
    let mut slides: Vec<Slide> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        source.part = (i, parts.len());
        source.made(0, 1)?;
        match part {
            SlidePart::Cover => slides.push(cover::slide(&source, text)),
            SlidePart::Frictions => slides.extend(frictions::slides(&source, text)?),
            SlidePart::Actions => slides.extend(actions::slides(&source, text)?),
            SlidePart::Stages => slides.extend(stages::slides(&source, &whole, text)?),
            SlidePart::Overview => slides.extend(overview::slides(&source, &whole, text)?),
            SlidePart::Emotions => slides.extend(emotions::slides(&source, &whole, text)?),
            SlidePart::Ecosystem => slides.extend(ecosystem::slides(&source, &whole, text)?),
        }
    }
    for slide in &mut slides {
        tidy(slide);
    }
    progress.step(1, 3)?;
    Ok(Deck { frame: *frame, title: doc.head().title.clone(), slides })
}

/// Notes and descriptions without what no reader wants: control characters, empty paragraphs, and
/// texts that are longer than any note.
fn tidy(slide: &mut Slide) {
    let lines = slide.notes.iter().flat_map(|note| note.lines()).map(one_line);
    let mut notes: Vec<String> =
        lines.filter(|it| !it.is_empty()).map(|it| say::shortened(&it, NOTE)).collect();
    if notes.is_empty() {
        notes.push(slide.title.clone());
    }
    slide.notes = notes;
    for piece in &mut slide.pieces {
        if let Piece::View { alt, .. } = piece {
            *alt = say::shortened(&one_line(alt), ALT);
        }
    }
}
