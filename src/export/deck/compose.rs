//! The whole deck: part by part, in the order that the options ask for.

use crate::geom::{Rect, pt, rect};
use crate::insight::in_words;
use crate::model::choice::SlidePart;
use crate::model::record::{Stage, Verbatim};
use crate::model::{Doc, Graph, Id, Index, query};
use crate::text::Text;

use super::super::{ExportError, Progress};
use super::say::{day, one_line, quoted};
use super::{
    Deck, DeckOptions, Frame, LINE, Paragraph, Piece, Slide, actions, cover, frictions, say,
};

/// The size of a line under the title, in points.
const LINE_SIZE: f32 = 12.0;

/// What slides are made from.
pub(super) struct Source<'a> {
    pub doc: &'a Doc,
    pub index: &'a Index,
    pub graph: &'a Graph,
    pub options: &'a DeckOptions,
    pub frame: &'a Frame,
    pub progress: &'a Progress,
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

    /// A slide's title, numbered where it goes on.
    pub fn title(&self, text: &mut Text, name: &str, number: (usize, usize)) -> String {
        say::title(text, name, number, self.frame.title_size(), self.frame.title.width())
    }

    /// A line of text at the top of the body, and the room below it.
    pub fn with_line(&self, line: &str) -> (Piece, Rect) {
        let body = self.frame.body;
        let height = LINE_SIZE * LINE;
        let room = rect(body.min.x, body.min.y, body.width(), height);
        let paragraph = Paragraph {
            text: line.to_owned(),
            size: LINE_SIZE,
            muted: true,
            ..Paragraph::default()
        };
        let name = "Subtitle".to_owned();
        let below = pt(body.min.x, body.min.y + height + LINE_SIZE * 0.5);
        (
            Piece::Text { room, paragraphs: vec![paragraph], name },
            Rect { min: below, max: body.max },
        )
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
    let source = Source { doc, index, graph, options, frame, progress };
    let parts: Vec<SlidePart> =
        options.parts.iter().filter(|it| !it.left_out).map(|it| it.part).collect();
    let mut slides: Vec<Slide> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        progress.step(i, 3 * parts.len())?;
        match part {
            SlidePart::Cover => slides.push(cover::slide(&source, text)),
            SlidePart::Frictions => slides.extend(frictions::slides(&source, text)?),
            SlidePart::Actions => slides.extend(actions::slides(&source, text)?),
            SlidePart::Overview
            | SlidePart::Stages
            | SlidePart::Emotions
            | SlidePart::Ecosystem => {}
        }
    }
    progress.step(1, 3)?;
    Ok(Deck { frame: *frame, title: doc.head().title.clone(), slides })
}
