//! Hubs and orphans: the internal systems in a table by what comes down to them, and below it what
//! hangs in the air.
//!
//! Ranked anew when the map has changed and nobody is in the middle of a change; a large map on a
//! worker, so that no frame waits. Not here: how the numbers come about (see `insight::hubs`).

use egui::{Align, Context, Label, Layout, RichText, ScrollArea, Ui};

use crate::insight::{self, FrictionPart, Hubs, in_words};
use crate::layout::sizes;
use crate::model::{Doc, Id};
use crate::scene::Icon;
use crate::ui::jobs::Jobs;
use crate::ui::theme::{bold, current};
use crate::ui::widget::chip::{Chip, chip_ui};
use crate::ui::widget::muted;
use crate::ui::{Command, Cx, Open, bottom, icon};

use super::panel::choose;
use super::table::{self, Sort, Table};
use super::words;

/// From how many records on a map is ranked on a worker.
const LARGE: usize = 1500;

/// What was ranked, and at which revision of the map.
#[derive(Debug, Default)]
pub struct Ranking {
    pub(super) found: Hubs,
    /// The places of the hubs in the order in which they are shown.
    pub(super) order: Vec<usize>,
    /// What `found` was made from.
    revision: Option<u64>,
    /// What is being ranked: the number of the question, and the revision.
    asked: Option<(u64, u64)>,
    /// How many questions there were, over all maps: an answer to an old one is dropped.
    questions: u64,
    pub(super) sort: Option<Sort>,
    /// What makes up the friction of the system that is pointed at.
    parts: Option<(Id, u64, Vec<FrictionPart>)>,
}

impl Ranking {
    /// Forgets everything but the order: another map is shown.
    pub fn forget(&mut self) {
        *self = Self { sort: self.sort, questions: self.questions, ..Self::default() };
    }

    /// Takes the answer to the question of that number.
    pub fn take(&mut self, question: u64, found: Hubs, doc: &Doc) {
        // Another map may have been opened meanwhile.
        if let Some((_, revision)) = self.asked.take_if(|(asked, _)| *asked == question) {
            (self.revision, self.found) = (Some(revision), found);
            self.sort_by(self.sort, doc);
        }
    }

    /// Brings the ranking in step with the map, or asks a worker to.
    pub fn follow(&mut self, ctx: &Context, open: &Open, jobs: &Jobs) {
        let (session, revision) = (&open.session, open.session.revision());
        if self.revision == Some(revision) || self.asked.is_some() || session.is_open() {
            return;
        }
        let doc = session.doc();
        self.questions += 1;
        let question = self.questions;
        self.asked = Some((question, revision));
        if doc.len() < LARGE {
            self.take(question, insight::hubs(doc, session.index(), session.graph()), doc);
        } else {
            jobs.rank(ctx, doc.clone(), question);
        }
    }

    /// Shows the hubs in another order; `None` is that of the ranking.
    pub(super) fn sort_by(&mut self, sort: Option<Sort>, doc: &Doc) {
        self.sort = sort;
        self.order = table::order(doc, &self.found.hubs, sort);
    }

    /// What makes up the friction of a system; looked at once for each that is pointed at.
    pub(super) fn parts(&mut self, open: &Open, system: &Id) -> &[FrictionPart] {
        let (session, revision) = (&open.session, open.session.revision());
        let known = |(id, at, _): &(Id, u64, _)| id == system && *at == revision;
        if !self.parts.as_ref().is_some_and(known) {
            let all = insight::hub_parts(session.doc(), session.index(), session.graph(), system);
            self.parts = Some((system.clone(), revision, all));
        }
        self.parts.as_ref().map_or(&[], |(.., all)| all)
    }

    /// Draws the panel. Returns whether it shall be closed.
    pub fn panel_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let close = self.head_ui(ui, cx);
        if self.found.hubs.is_empty() {
            let text = match self.asked {
                Some(_) => "Computing…",
                None => "No internal systems yet: Y adds one that the selection rests on.",
            };
            ui.label(muted(text, cx.theme));
        }
        let mut chosen = None;
        if !self.found.hubs.is_empty() {
            Table { ranking: self, cx }.head_ui(ui);
        }
        ScrollArea::vertical().id_salt("hubs").auto_shrink(false).show(ui, |ui| {
            if !self.found.hubs.is_empty() {
                chosen = Table { ranking: self, cx }.rows_ui(ui);
            }
            chosen = orphans_ui(ui, cx, &self.found).or(chosen.take());
        });
        if let Some(system) = chosen {
            choose(cx, &system);
            cx.open.analyse.choose_hub(Some(system));
        }
        close
    }

    fn head_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut close = false;
        ui.horizontal(|ui| {
            bottom::tabs_ui(ui, Command::ToggleHubs, cx.commands);
            let unowned = self.found.hubs.iter().filter(|it| it.owner.is_none()).count();
            let said = match (self.asked, unowned) {
                (Some(_), _) => "Computing…".to_owned(),
                (None, 0) => words::count(self.found.hubs.len() as u64, "system", "systems"),
                (None, n) => {
                    let all = words::count(self.found.hubs.len() as u64, "system", "systems");
                    format!("{all}, {n} without an owner")
                }
            };
            ui.label(RichText::new(said).weak());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let keys = Command::ToggleHubs.keys().unwrap_or_default();
                let (name, tip) = ("Hide the hubs", format!("Hide the hubs and orphans ({keys})"));
                close = icon::button(ui, Icon::Close, name, &tip, true).clicked();
                let some = !self.found.hubs.is_empty();
                let copy = ui.add_enabled(some, egui::Button::new("Copy all"));
                if copy.on_hover_text("Copy the table, for a spreadsheet").clicked() {
                    ui.copy_text(table::text(cx.open.session.doc(), &self.found, &self.order));
                }
            });
        });
        close
    }
}

/// What hangs in the air, as chips. Returns the one that was pressed.
fn orphans_ui(ui: &mut Ui, cx: &Cx<'_>, found: &Hubs) -> Option<Id> {
    let (doc, theme) = (cx.open.session.doc(), current(ui));
    let mut chosen = None;
    let kinds = [
        ("Systems that nothing rests on", &found.unused_systems),
        ("Touchpoints that nothing supports", &found.unsupported_touchpoints),
        ("Touchpoints that no step uses", &found.unused_touchpoints),
    ];
    for (title, ids) in kinds.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        ui.add_space(sizes().space.s);
        ui.horizontal(|ui| {
            ui.add(Label::new(bold(title)));
            ui.label(muted(ids.len().to_string(), theme));
        });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::splat(sizes().space.xs);
            for id in ids.iter().take(MOST_ORPHANS) {
                let text = in_words(doc, id);
                let name = format!("{title}: {text}");
                let chip = Chip { text: &text, name: &name, ..Chip::default() };
                let pressed = ui.push_id((title, id.as_str()), |ui| chip_ui(ui, theme, chip));
                if pressed.inner.response.clicked() {
                    chosen = Some(id.clone());
                }
            }
            if ids.len() > MOST_ORPHANS {
                ui.label(muted(format!("and {} more", ids.len() - MOST_ORPHANS), theme));
            }
        });
    }
    chosen
}

/// How many orphans of a kind are shown: beyond this, one works through them by the outline.
const MOST_ORPHANS: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_worker_ranked_for_another_map_is_dropped() {
        let found = Hubs { unused_systems: vec![Id::new("a").unwrap()], ..Hubs::default() };
        let mut ranking = Ranking { asked: Some((1, 0)), questions: 1, ..Ranking::default() };
        ranking.forget();
        ranking.questions += 1;
        ranking.asked = Some((2, 0));
        ranking.take(1, found.clone(), &Doc::default());
        assert_eq!(ranking.found, Hubs::default());
        ranking.take(2, found.clone(), &Doc::default());
        assert_eq!(ranking.found, found);
    }
}
