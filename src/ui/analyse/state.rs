//! What is asked of the map, and the answer for as long as it is true.
//!
//! The question stays on while the selection moves: the answer moves with it. A record that is
//! chosen out of the answer itself leaves the answer as it is, so that one can read on. Knows no
//! window.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::edit::{Selection, Session};
use crate::model::{Doc, Id, Kind};
use crate::ui::trail::Trail;

use super::answer::Answer;

/// A question that can be asked of what is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// What does it rest on, and why does it hurt?
    Trace,
    /// What rests on it, and what if it fails?
    Impact,
}

/// A line of a panel that is pointed at; the canvas lights only what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pointed {
    /// A way of the trace, by its place in the list.
    Way(usize),
    /// The ways between what was asked about and this record.
    End(Id),
    /// What an owner of the trace owns, by the owner's place in the list.
    Owner(usize),
    /// The impact of an internal system, whatever is asked.
    Hub(Id),
}

/// What an answer was made from.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    question: Option<Question>,
    about: Option<Id>,
    hub: Option<Id>,
    pointed: Option<Pointed>,
    revision: u64,
}

/// What is asked, and what the answer lights.
#[derive(Debug, Default)]
pub struct State {
    asked: Option<Question>,
    about: Option<Id>,
    /// A record that was chosen out of the answer.
    held: Option<Id>,
    answer: Option<Arc<Answer>>,
    /// The internal system that was chosen in the table of hubs.
    hub: Option<Id>,
    pointed: Option<Pointed>,
    key: Option<Key>,
    /// Whether the trail on the canvas is ours: if it is gone then, the user took it away.
    lit: bool,
    /// Titles of the sections of the panel that are folded away.
    pub(super) folded: BTreeSet<&'static str>,
    /// Titles of those whose long lists are shown whole, for this answer.
    pub(super) unrolled: BTreeSet<&'static str>,
}

/// Whether the map can be asked about a record.
pub fn can_ask(doc: &Doc, id: &Id) -> bool {
    let kind = doc.kind_of(id);
    kind.is_some_and(|kind| {
        kind.is_node() || matches!(kind, Kind::Link | Kind::Friction | Kind::Delight)
    })
}

impl State {
    /// What is asked.
    pub fn asked(&self) -> Option<Question> {
        self.asked
    }

    /// What the answer is about; none while nothing is selected that could be asked about.
    pub fn about(&self) -> Option<&Id> {
        self.about.as_ref()
    }

    /// The answer, in step with the map since the last [`Self::follow`].
    pub fn answer(&self) -> Option<Arc<Answer>> {
        self.answer.clone()
    }

    /// Asks about what leads the selection; asked again, asks no longer.
    pub fn ask(&mut self, question: Question, selection: &Selection) {
        // With something chosen out of the answer, the question moves there.
        let moved = self.held.is_some() && self.about != selection.lead;
        self.held = None;
        self.hub = None;
        self.asked = (self.asked != Some(question) || moved).then_some(question);
    }

    /// Shows the other answer about the same record.
    pub fn turn(&mut self, question: Question) {
        self.asked = Some(question);
    }

    /// Asks nothing any more.
    pub fn close(&mut self) {
        self.asked = None;
        self.hub = None;
    }

    /// Says that a record was chosen out of the answer: the answer stays.
    pub fn hold(&mut self, chosen: Id) {
        self.held = Some(chosen);
    }

    /// Lights an internal system's impact for as long as it is selected and nothing is asked.
    pub fn choose_hub(&mut self, system: Option<Id>) {
        self.hub = system;
    }

    /// Forgets what was pointed at; once a frame, before the panels are drawn.
    pub fn point_nowhere(&mut self) {
        self.pointed = None;
    }

    /// Says what is pointed at.
    pub fn point(&mut self, pointed: Pointed) {
        self.pointed = Some(pointed);
    }

    /// Brings the answer and the trail in step with the map and the selection. Returns whether
    /// another trail is lit now.
    pub fn follow(&mut self, session: &Session, trail: &mut Option<Trail>) -> bool {
        if self.lit && trail.is_none() {
            self.close();
            self.lit = false;
            // What is pointed at would light up again at once.
            self.pointed = None;
        }
        let lead = session.selection.lead.as_ref();
        if self.held.as_ref() != lead {
            self.held = None;
        }
        if self.hub.as_ref() != lead {
            self.hub = None;
        }
        let doc = session.doc();
        if self.asked.is_none() {
            (self.about, self.held, self.answer) = (None, None, None);
        } else if self.held.is_none() {
            self.about = lead.cloned();
        }
        self.about.take_if(|id| !can_ask(doc, id));
        let key = Key {
            question: self.asked,
            about: self.about.clone(),
            hub: self.hub.clone(),
            pointed: self.pointed.clone(),
            revision: session.revision(),
        };
        if self.key.as_ref() == Some(&key) {
            return false;
        }
        let known = self.key.as_ref().is_some_and(|it| {
            (it.question, &it.about, it.revision) == (key.question, &key.about, key.revision)
        });
        if !known {
            let ask =
                |question| Some(Arc::new(Answer::to(question, session, self.about.as_ref()?)));
            self.answer = self.asked.and_then(ask);
            self.unrolled.clear();
        }
        self.key = Some(key);
        let new = self.trail(session);
        if new.is_none() && !self.lit || new == *trail {
            self.lit = new.is_some();
            return false;
        }
        self.lit = new.is_some();
        *trail = new;
        true
    }

    /// What shall be lit now.
    fn trail(&self, session: &Session) -> Option<Trail> {
        let impact = |id: &Id| Answer::to(Question::Impact, session, id).trail();
        match (&self.pointed, &self.answer, &self.hub) {
            (Some(Pointed::Hub(system)), ..) => Some(impact(system)),
            (Some(pointed), Some(answer), _) => Some(answer.part(pointed, session)),
            (None, Some(answer), _) => Some(answer.trail()),
            (_, None, Some(hub)) if self.asked.is_none() => Some(impact(hub)),
            _ => None,
        }
    }
}
