//! Sections of what hangs on a record: friction points, delights, verbatims, actions, readings,
//! notes; each a card that goes to the record.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::layout::sizes;
use crate::model::record::{Action, Delight, Friction, Note, Reading, Verbatim};
use crate::model::{Id, Kind, query};
use crate::ui::widget::date_field::in_words;
use crate::ui::widget::mark::{focus_ring, severity, star};
use crate::ui::widget::{bold, colour, small};

use super::pane::{Act, Pane};
use super::words::{friction_line, kind_title, title_of};

/// What stands at the left end of a card.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    None,
    Severity(u8),
    Star,
}

/// A section with the cards of the records in `ids`.
struct Cards<'c> {
    title: &'static str,
    add: &'c str,
    all: Vec<(Id, Mark, String, String)>,
}

impl Pane<'_> {
    /// One card: a mark, a title in bold, a muted line below. A click goes to the record.
    pub fn card(&mut self, ui: &mut Ui, id: &Id, mark: Mark, title: &str, line: &str) {
        let (size, chrome) = (sizes(), &self.theme.chrome);
        let lead = match mark {
            Mark::None => 0.0,
            Mark::Severity(_) | Mark::Star => size.mark.severity + size.space.s,
        };
        let wide = ui.available_width();
        let room = (wide - 2.0 * size.card.pad_x - lead).max(size.space.xxl);
        let mut job = LayoutJob::default();
        job.wrap.max_width = room;
        job.append(title, 0.0, TextFormat::simple(bold(), colour(chrome.text_strong)));
        if !line.is_empty() {
            job.append("\n", 0.0, TextFormat::simple(small(), colour(chrome.muted)));
            job.append(line, 0.0, TextFormat::simple(small(), colour(chrome.muted)));
        }
        let galley = ui.painter().layout_job(job);
        let high = galley.size().y + 2.0 * size.card.pad_y;
        let (rect, response) = ui.allocate_exact_size(vec2(wide, high), Sense::click());
        let kind = self.doc().kind_of(id).map(kind_title).unwrap_or_default();
        let name = match mark {
            Mark::Severity(level) => format!("{kind} {title}, severity {level}"),
            Mark::None | Mark::Star => format!("{kind} {title}"),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if ui.is_rect_visible(rect) {
            let edge = if response.hovered() { chrome.accent } else { chrome.border };
            let stroke = Stroke::new(size.stroke.hair, colour(edge));
            let painter = ui.painter();
            painter.rect(
                rect,
                size.radius.card,
                colour(chrome.field),
                stroke,
                egui::StrokeKind::Inside,
            );
            let at =
                pos2(rect.left() + size.card.pad_x + size.mark.severity / 2.0, rect.center().y);
            match mark {
                Mark::None => {}
                Mark::Severity(level) => {
                    severity(painter, self.theme, at, size.mark.severity, level);
                }
                Mark::Star => star(painter, at, size.mark.star, colour(self.theme.canvas.delight)),
            }
            let text = rect.left_top() + vec2(size.card.pad_x + lead, size.card.pad_y);
            painter.galley(text, galley, colour(chrome.text));
            focus_ring(ui, self.theme, &response, size.radius.card);
        }
        if response.clicked() {
            self.act(Act::Select(id.clone()));
        }
    }

    fn cards(&mut self, ui: &mut Ui, cards: Cards<'_>) -> bool {
        let Cards { title, add, all } = cards;
        let button = self.section(ui, title, all.len(), Some(add), |pane, ui| {
            for (id, mark, title, line) in &all {
                ui.push_id(id.as_str(), |ui| pane.card(ui, id, *mark, title, line));
            }
        });
        button.is_some_and(|button| button.clicked())
    }

    pub fn frictions(&mut self, ui: &mut Ui, at: &Id) {
        let found = query::frictions_at(self.doc(), self.session.index(), at);
        let all = self.friction_cards(found);
        let cards = Cards { title: "Friction points", add: "Add a friction point", all };
        if self.cards(ui, cards) {
            let it = Friction { at: Some(at.clone()), severity: 3, ..Default::default() };
            self.add_record(format!("add friction point at {}", self.called), it);
        }
    }

    fn friction_cards(&self, found: Vec<(&Id, &Friction)>) -> Vec<(Id, Mark, String, String)> {
        let doc = self.doc();
        let card = |(id, it): (&Id, &Friction)| {
            (id.clone(), Mark::Severity(it.severity), title_of(doc, id), friction_line(doc, it))
        };
        found.into_iter().map(card).collect()
    }

    /// Friction points that name this record among their causes; nothing where there is none.
    pub fn causes_of(&mut self, ui: &mut Ui, cause: &Id) {
        let found = query::caused_by(self.doc(), self.session.index(), cause);
        if found.is_empty() {
            return;
        }
        let all = self.friction_cards(found);
        self.section(ui, "Causes", all.len(), None, |pane, ui| {
            for (id, mark, title, line) in &all {
                ui.push_id(id.as_str(), |ui| pane.card(ui, id, *mark, title, line));
            }
        });
    }

    pub fn delights(&mut self, ui: &mut Ui, at: &Id) {
        let doc = self.doc();
        let found = query::delights_at(doc, self.session.index(), at);
        let card = |(id, it): (&Id, &Delight)| {
            (id.clone(), Mark::Star, title_of(doc, id), format!("Strength {}", it.strength))
        };
        let all = found.into_iter().map(card).collect();
        if self.cards(ui, Cards { title: "Delights", add: "Add a delight", all }) {
            let it = Delight { at: Some(at.clone()), strength: 3, ..Default::default() };
            self.add_record(format!("add delight at {}", self.called), it);
        }
    }

    pub fn verbatims(&mut self, ui: &mut Ui, at: &Id) {
        let doc = self.doc();
        let found = query::verbatims_at(doc, self.session.index(), at);
        let card = |(id, it): (&Id, &Verbatim)| {
            let mut line = Vec::new();
            line.extend(it.segment.as_ref().map(|id| title_of(doc, id)));
            line.extend(it.source.clone());
            line.extend(it.date.map(in_words));
            let text = format!("\u{201c}{}\u{201d}", it.text.trim());
            (id.clone(), Mark::None, text, line.join(" \u{b7} "))
        };
        let all = found.into_iter().map(card).collect();
        if self.cards(ui, Cards { title: "Verbatims", add: "Add a verbatim", all }) {
            let it = Verbatim { at: Some(at.clone()), ..Default::default() };
            self.add_record(format!("add verbatim at {}", self.called), it);
        }
    }

    /// Actions at a place, and those that address its friction points.
    pub fn actions(&mut self, ui: &mut Ui, at: &Id) {
        let (doc, index) = (self.doc(), self.session.index());
        let is_friction = doc.kind_of(at) == Some(Kind::Friction);
        let mut found = query::actions_at(doc, index, at);
        found.extend(query::actions_for(doc, index, at));
        for (friction, _) in query::frictions_at(doc, index, at) {
            found.extend(query::actions_for(doc, index, friction));
        }
        found.sort_by_key(|(id, _)| *id);
        found.dedup_by_key(|(id, _)| *id);
        let card = |(id, it): (&Id, &Action)| {
            let mut line = vec![it.status.label().to_owned()];
            line.extend(it.owner.as_ref().map(|id| title_of(doc, id)));
            line.extend(it.due.map(|due| format!("due {}", in_words(due))));
            (id.clone(), Mark::None, title_of(doc, id), line.join(" \u{b7} "))
        };
        let all = found.into_iter().map(card).collect();
        if self.cards(ui, Cards { title: "Actions", add: "Add an action", all }) {
            let mut it = Action::default();
            if is_friction {
                it.addresses.push(at.clone());
            } else {
                it.at.push(at.clone());
            }
            self.add_record(format!("add action for {}", self.called), it);
        }
    }

    /// Readings taken at a place (or, on a measure, of it).
    pub fn readings(&mut self, ui: &mut Ui, id: &Id) {
        let (doc, index) = (self.doc(), self.session.index());
        let of_measure = doc.kind_of(id) == Some(Kind::Measure);
        let found = if of_measure {
            query::readings_of(doc, index, id)
        } else {
            query::readings_at(doc, index, id)
        };
        let card = |(id, it): (&Id, &Reading)| {
            let mut line = Vec::new();
            line.extend(it.segment.as_ref().map(|id| title_of(doc, id)));
            line.extend(it.round.clone());
            let answers: u64 = it.counts.values().map(|n| u64::from(*n)).sum();
            line.extend((answers > 0).then(|| format!("{answers} answers")));
            line.extend(it.n.map(|n| format!("{n} answers")));
            (id.clone(), Mark::None, title_of(doc, id), line.join(" \u{b7} "))
        };
        let all = found.into_iter().map(card).collect();
        let title = if of_measure { "Readings" } else { "Measures" };
        if self.cards(ui, Cards { title, add: "Add a reading", all }) {
            let mut it = Reading::default();
            if of_measure {
                it.measure = Some(id.clone());
            } else {
                it.at = Some(id.clone());
                it.measure = self.session.index().of_kind(Kind::Measure).first().cloned();
            }
            self.add_record(format!("add reading at {}", self.called), it);
        }
    }

    pub fn notes_on(&mut self, ui: &mut Ui, at: &Id) {
        let doc = self.doc();
        let found = query::notes_at(doc, self.session.index(), at);
        let card = |(id, it): (&Id, &Note)| {
            let mut line = Vec::new();
            line.extend(it.author.clone());
            line.extend(it.date.map(in_words));
            line.extend(it.resolved.then(|| "resolved".to_owned()));
            (id.clone(), Mark::None, title_of(doc, id), line.join(" \u{b7} "))
        };
        let all = found.into_iter().map(card).collect();
        if self.cards(ui, Cards { title: "Sticky notes", add: "Add a sticky note", all }) {
            let it = Note { at: Some(at.clone()), ..Default::default() };
            self.add_record(format!("add note at {}", self.called), it);
        }
    }

    /// All that hangs on a node, in the order of the panel's sections.
    pub fn hangs_on(&mut self, ui: &mut Ui, at: &Id) {
        self.verbatims(ui, at);
        self.actions(ui, at);
        self.readings(ui, at);
        self.notes_on(ui, at);
    }

    /// Records of one kind as clickable chips under a title; nothing where there is none.
    pub fn chips(&mut self, ui: &mut Ui, title: &'static str, ids: &[Id]) {
        if ids.is_empty() {
            return;
        }
        self.section(ui, title, ids.len(), None, |pane, ui| {
            ui.horizontal_wrapped(|ui| {
                for id in ids {
                    pane.chip(ui, title, id, None, false);
                }
            });
        });
    }
}
