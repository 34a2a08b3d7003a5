//! The panel of an answer: its head with the tools, and where a press leads.
//!
//! Not here: what the two answers list (see `trace` and `impact`).

use egui::{Align, Key, Layout, RichText, Role, ScrollArea, Ui, WidgetInfo};

use crate::edit::Selection;
use crate::insight::in_words;
use crate::layout::sizes;
use crate::model::{Doc, Id, Kind};
use crate::scene::{Icon, Theme};
use crate::ui::widget::chip::{Chip, chip_ui};
use crate::ui::widget::section::section_head_ui;
use crate::ui::widget::{bold, colour, muted};
use crate::ui::{Command, Cx, icon};

use super::answer::Answer;
use super::row::{Mark, Row, row_ui};
use super::state::{Pointed, Question, State};
use super::{impact, trace, words};

/// How many lines a section of an answer has at first.
const MOST: usize = 40;

/// Draws the answer to what is asked; nothing where nothing is.
pub fn panel_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let mut state = std::mem::take(&mut cx.open.analyse);
    let Some(question) = state.asked() else {
        cx.open.analyse = state;
        return;
    };
    ui.spacing_mut().item_spacing.y = sizes().space.xs;
    ui.spacing_mut().interact_size.y = sizes().space.xl;
    head_ui(ui, cx, &mut state, question);
    ui.add_space(sizes().space.xs);
    let scroll = ScrollArea::vertical().id_salt(("answer", state.about())).auto_shrink(false);
    let margin = egui::Margin {
        left: 0,
        right: sizes().space.s as i8,
        top: 0,
        bottom: sizes().space.m as i8,
    };
    let chosen = scroll
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(margin)
                .show(ui, |ui| answer_ui(ui, cx, &mut state))
                .inner
        })
        .inner;
    if let Some(id) = chosen {
        choose(cx, &id);
        state.hold(id);
    }
    cx.open.analyse = state;
}

/// Selects a record and has it in view.
pub(super) fn choose(cx: &mut Cx<'_>, id: &Id) {
    if cx.open.session.doc().get(id).is_some() {
        cx.open.session.commit();
        cx.open.session.selection = Selection::one(id.clone());
        cx.open.canvas.reveal(id.clone());
    }
}

fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, state: &mut State, question: Question) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = sizes().space.xs;
        for (it, command) in
            [(Question::Trace, Command::Trace), (Question::Impact, Command::Impact)]
        {
            let spec = command.spec();
            let face = if it == question { bold() } else { crate::ui::widget::body() };
            let tab = ui.selectable_label(it == question, RichText::new(spec.text).font(face));
            tab.widget_info(|| {
                WidgetInfo::selected(Role::Tab, true, it == question, format!("Show {}", spec.text))
            });
            if tab.on_hover_text(tooltip(command)).clicked() {
                state.turn(it);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let keys = match question {
                Question::Trace => Command::Trace,
                Question::Impact => Command::Impact,
            };
            let hide = format!("Stop asking (Esc or {})", keys.keys().unwrap_or_default());
            if icon::button(ui, Icon::Close, "Stop asking", &hide, true).clicked() {
                state.close();
            }
            let fit = Command::FitLit;
            let lit = cx.open.trail.is_some();
            if icon::button(ui, Icon::Fit, fit.spec().text, &tooltip(fit), lit).clicked() {
                cx.commands.push(fit);
            }
            let text = text_of(cx.open.session.doc(), state);
            let copy = "Copy the answer as text";
            if icon::button(ui, Icon::Copy, copy, copy, text.is_some()).clicked()
                && let Some(text) = text
            {
                ui.copy_text(text);
                *cx.message = Some("Copied the answer as text".to_owned());
            }
        });
    });
}

fn tooltip(command: Command) -> String {
    let spec = command.spec();
    let keys = command.keys().map(|keys| format!(" ({keys})")).unwrap_or_default();
    format!("{}{keys}", spec.tooltip)
}

/// The answer for the clipboard.
fn text_of(doc: &Doc, state: &State) -> Option<String> {
    let about = state.about()?;
    Some(match &*state.answer()? {
        Answer::Trace(it) => words::trace_text(doc, about, it),
        Answer::Impact(it) => words::impact_text(doc, about, it),
    })
}

/// Draws the answer. Returns the record that was pressed.
fn answer_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) -> Option<Id> {
    let (Some(about), Some(answer)) = (state.about().cloned(), state.answer()) else {
        let hint = "Select a card, a link, a friction point or a delight: the answer follows what \
                    is selected.";
        ui.add(egui::Label::new(muted(hint, cx.theme)).wrap());
        // The canvas has nothing lit that Esc could take away.
        if ui.input(|i| i.key_pressed(Key::Escape)) && ui.memory(|m| m.focused()).is_none() {
            state.close();
        }
        return None;
    };
    let mut list = List { cx, state, chosen: None };
    match &*answer {
        Answer::Trace(it) => trace::trace_ui(ui, &mut list, &about, it),
        Answer::Impact(it) => impact::impact_ui(ui, &mut list, &about, it),
    }
    list.chosen
}

/// An answer at work: what its lines read, and what was pressed.
pub(super) struct List<'a, 'b> {
    pub cx: &'a Cx<'b>,
    pub state: &'a mut State,
    pub chosen: Option<Id>,
}

impl<'a> List<'a, '_> {
    pub fn doc(&self) -> &'a Doc {
        self.cx.open.session.doc()
    }

    pub fn theme(&self) -> &'static Theme {
        self.cx.theme
    }

    /// What the answer is about, and the answer in one line.
    pub fn title_ui(&self, ui: &mut Ui, about: &Id, line: &str) {
        let doc = self.doc();
        let title = RichText::new(in_words(doc, about))
            .font(egui::FontId { size: sizes().text.stage.size, ..bold() });
        let strong = colour(self.theme().chrome.text_strong);
        ui.add(egui::Label::new(title.color(strong)).wrap());
        ui.add(
            egui::Label::new(RichText::new(line).color(colour(self.theme().chrome.text))).wrap(),
        );
    }

    /// A section that folds away; none where it would be empty.
    pub fn section(
        &mut self,
        ui: &mut Ui,
        title: &'static str,
        head: &str,
        count: usize,
        add_contents: impl FnOnce(&mut Self, &mut Ui),
    ) {
        if count == 0 {
            return;
        }
        let open = !self.state.folded.contains(title);
        let head = section_head_ui(ui, self.theme(), head, count, open, None);
        if head.open {
            self.state.folded.remove(title);
            ui.push_id(title, |ui| add_contents(self, ui));
        } else {
            self.state.folded.insert(title);
        }
    }

    /// How much of a section's list is drawn. A map of thousands of cards has answers as long, and
    /// every line costs each frame.
    pub fn most(&self, title: &'static str, count: usize) -> usize {
        if self.state.unrolled.contains(title) { count } else { count.min(MOST) }
    }

    /// What is left out of a section's list, and the button that shows it.
    pub fn rest_ui(&mut self, ui: &mut Ui, title: &'static str, count: usize) {
        let shown = self.most(title, count);
        if shown < count && ui.button(format!("Show {} more", count - shown)).clicked() {
            self.state.unrolled.insert(title);
        }
    }

    /// A line for a record: pressed, it is selected; pointed at, what it is about lights up.
    pub fn row(&mut self, ui: &mut Ui, id: &Id, pointed: Option<Pointed>, row: Row<'_>) {
        let response =
            ui.push_id((id.as_str(), row.name), |ui| row_ui(ui, self.theme(), row)).inner;
        if let Some(pointed) = pointed.filter(|_| response.hovered() || response.has_focus()) {
            self.state.point(pointed);
        }
        if response.clicked() {
            self.chosen = Some(id.clone());
        }
    }

    /// A line for a friction point, with its severity.
    pub fn friction(&mut self, ui: &mut Ui, id: &Id) {
        let doc = self.doc();
        let level = doc.get_as::<crate::model::record::Friction>(id).map_or(0, |it| it.severity);
        let (title, line) = (in_words(doc, id), words::friction_place(doc, id));
        let name = format!("Friction point {title}. {line}");
        let mark = Mark::Severity(level);
        self.row(
            ui,
            id,
            None,
            Row { mark, title: &title, line: &line, name: &name, strong: false },
        );
    }

    /// Chips for records of a section; `label` says what they are to the answer.
    pub fn chips(&mut self, ui: &mut Ui, title: &'static str, label: &str, ids: &[Id]) {
        let shown = self.most(title, ids.len());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::splat(sizes().space.xs);
            for id in &ids[..shown] {
                let text = in_words(self.doc(), id);
                let name = format!("{label} {text}");
                let chip = Chip { text: &text, name: &name, ..Chip::default() };
                let response = ui.push_id(id.as_str(), |ui| chip_ui(ui, self.theme(), chip)).inner;
                let response = response.response;
                let ends = matches!(
                    self.doc().kind_of(id),
                    Some(kind) if kind.is_node() && kind != Kind::Influencer
                );
                if ends && (response.hovered() || response.has_focus()) {
                    self.state.point(Pointed::End(id.clone()));
                }
                if response.clicked() {
                    self.chosen = Some(id.clone());
                }
            }
        });
        self.rest_ui(ui, title, ids.len());
    }
}
