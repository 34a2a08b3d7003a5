//! One frame of the inspector: what controls read, and what they ask for.

use egui::{RichText, Ui, vec2};

use crate::edit::{Session, Tx};
use crate::layout::sizes;
use crate::model::{Doc, Id, Record};
use crate::scene::{Rgba, Theme};
use crate::ui::widget::section::section_head_ui;
use crate::ui::widget::text_field::{Lines, styled_text_field_ui};
use crate::ui::widget::{Touch, bold, colour, muted, small};

use crate::ui::Command;
use crate::ui::analyse::can_ask;

use super::words::{short, sub_line, title_of, uncapital};
use super::{Draft, State};

/// An edit that may be refused, with the reason in words.
pub(super) type Refusable = Box<dyn FnOnce(&mut Tx<'_>) -> Result<(), String>>;

/// Something to do once the frame is drawn.
pub(super) enum Act {
    /// Show another record.
    Select(Id),
    /// One edit, as one undo entry.
    Edit(String, Box<dyn FnOnce(&mut Tx<'_>)>),
    /// One edit that may be refused; why, is said to the user.
    Try(String, Refusable),
    /// Show a record that was just added, ready to be named.
    Added(Id),
    /// Give a command.
    Give(Command),
}

/// A change of the record that is shown.
pub(super) struct Change {
    pub label: String,
    /// The control of the typing run or pull that it belongs to; none for a single stroke.
    pub run: Option<egui::Id>,
}

/// The end of a run.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub control: egui::Id,
    pub given_up: bool,
}

/// What came of a frame.
pub(super) struct Done {
    pub change: Option<Change>,
    pub end: Option<End>,
    /// Records to add in the same entry as the change.
    pub also: Vec<(Id, Record)>,
    pub acts: Vec<Act>,
}

/// The inspector at work.
pub(super) struct Pane<'a> {
    pub session: &'a Session,
    pub theme: &'static Theme,
    pub state: &'a mut State,
    /// The record that is shown; none for the map's head and for many.
    pub owner: Option<Id>,
    /// What it is called in the labels of undo entries.
    pub called: String,
    done: Done,
}

impl<'a> Pane<'a> {
    pub fn new(
        session: &'a Session,
        theme: &'static Theme,
        state: &'a mut State,
        owner: Option<Id>,
    ) -> Self {
        let called =
            owner.as_ref().map_or_else(|| "the map".into(), |id| title_of(session.doc(), id));
        let done = Done { change: None, end: None, also: Vec::new(), acts: Vec::new() };
        Self { session, theme, state, owner, called: short(&called), done }
    }

    pub fn done(self) -> Done {
        self.done
    }

    pub fn doc(&self) -> &'a Doc {
        self.session.doc()
    }

    /// The id of a field's control: the record's own, so that no other record shares it.
    pub fn control(&self, field: &str) -> egui::Id {
        let owner = self.owner.as_ref().map_or("map", Id::as_str);
        egui::Id::unique(("inspector", owner, field))
    }

    pub fn act(&mut self, act: Act) {
        self.done.acts.push(act);
    }

    /// Adds a record of its own undo entry and shows it, ready to be named.
    pub fn add_record(&mut self, label: String, record: impl Into<Record>) {
        let record = record.into();
        let id = Id::random(record.kind());
        let added = id.clone();
        self.act(Act::Edit(label, Box::new(move |tx| tx.put(&id, record))));
        self.act(Act::Added(added));
    }

    /// Adds a record in the same entry as the change that refers to it.
    pub fn add_with_change(&mut self, id: Id, record: Record) {
        self.done.also.push((id, record));
    }

    /// Says that a field has a control in this frame.
    pub fn drawn(&mut self, field: &'static str) {
        self.state.drawn.insert(field);
    }

    /// Notes one stroke in a field: a choice, a switch, a chip.
    pub fn stroke(&mut self, label: &str) {
        self.done.change = Some(Change {
            label: format!("change {} of {}", uncapital(label), self.called),
            run: None,
        });
    }

    /// Notes what the user did to a control whose changes make a run: typing, pulling.
    pub fn run(&mut self, control: egui::Id, label: impl FnOnce(&Self) -> String, touch: Touch) {
        if let Some(run) = &mut self.state.run
            && run.control == control
        {
            run.seen = true;
        }
        if touch.changed {
            self.done.change = Some(Change { label: label(self), run: Some(control) });
        }
        if touch.ended || touch.given_up {
            self.done.end = Some(End { control, given_up: touch.given_up });
        }
    }

    /// [`Self::run`] with the usual label.
    pub fn run_field(&mut self, control: egui::Id, label: &str, touch: Touch) {
        self.run(control, |pane| format!("change {} of {}", uncapital(label), pane.called), touch);
    }

    /// One row of the grid: a muted label left, the control right of it; in a narrow panel above it.
    pub fn row<R>(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        add_contents: impl FnOnce(&mut Self, &mut Ui) -> R,
    ) -> R {
        self.drawn(field);
        let size = sizes();
        let room = ui.available_width();
        if room < 6.5 * size.space.xxl {
            ui.label(muted(label, self.theme));
            return ui.push_id(field, |ui| add_contents(self, ui)).inner;
        }
        let wide = (room * 0.32).clamp(2.25 * size.space.xxl, 3.5 * size.space.xxl);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let job = egui::text::LayoutJob::simple(
                label.to_owned(),
                small(),
                colour(self.theme.chrome.muted),
                wide - size.space.s,
            );
            let galley = ui.painter().layout_job(job);
            let line = ui.spacing().interact_size.y;
            let (rect, _) =
                ui.allocate_exact_size(vec2(wide, line.max(galley.size().y)), egui::Sense::hover());
            let first = galley.rows.first().map_or(0.0, |row| row.height());
            let top = rect.left_top() + vec2(0.0, (line - first) / 2.0);
            ui.painter().galley(top, galley, colour(self.theme.chrome.muted));
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.x = size.space.xs;
                ui.push_id(field, |ui| add_contents(self, ui)).inner
            })
            .inner
        })
        .inner
    }

    /// A section that folds away. Returns the button to add, where `add` names one.
    pub fn section(
        &mut self,
        ui: &mut Ui,
        title: &'static str,
        count: usize,
        add: Option<&str>,
        add_contents: impl FnOnce(&mut Self, &mut Ui),
    ) -> Option<egui::Response> {
        let open = !self.state.folded.contains(title);
        let head = section_head_ui(ui, self.theme, title, count, open, add);
        if head.open {
            self.state.folded.remove(title);
            if count > 0 || add.is_none() {
                ui.push_id(title, |ui| add_contents(self, ui));
            }
        } else {
            self.state.folded.insert(title);
        }
        if head.add.as_ref().is_some_and(egui::Response::clicked) {
            self.state.folded.remove(title);
        }
        head.add
    }

    /// The name of the record as a heading that can be edited, and the sub-line below it.
    pub fn heading(&mut self, ui: &mut Ui, record: &mut Record) {
        let sub = sub_line(self.doc(), record);
        let hint = format!("Name of the {}", record.kind().singular());
        let field = match record {
            Record::Action(_) => "title",
            Record::Friction(_) | Record::Delight(_) | Record::Verbatim(_) | Record::Note(_) => {
                "text"
            }
            _ => "name",
        };
        match record.name_mut() {
            Some(name) => self.title_field(ui, field, "Name", &hint, name),
            None => {
                let title = RichText::new(self.called.clone()).font(self.title_font());
                ui.add(egui::Label::new(title.color(colour(self.theme.chrome.text_strong))).wrap());
            }
        }
        ui.add(egui::Label::new(muted(sub, self.theme)).wrap());
        if self.owner.as_ref().is_some_and(|id| can_ask(self.doc(), id)) {
            self.questions_ui(ui);
        }
        ui.add_space(sizes().space.xs);
    }

    /// What the map can be asked about the record.
    fn questions_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = sizes().space.xs;
            ui.spacing_mut().interact_size.y = sizes().mark.severity;
            ui.spacing_mut().button_padding = vec2(sizes().space.s, sizes().space.xxs);
            for command in [Command::Trace, Command::Impact] {
                let spec = command.spec();
                let keys = command.keys().map(|keys| format!(" ({keys})")).unwrap_or_default();
                let text = RichText::new(spec.text).font(small());
                let button = ui.add(egui::Button::new(text));
                if button.on_hover_text(format!("{}{keys}", spec.tooltip)).clicked() {
                    self.act(Act::Give(command));
                }
            }
        });
    }

    fn title_font(&self) -> egui::FontId {
        egui::FontId { size: sizes().text.stage.size + 1.0, ..bold() }
    }

    /// A heading that can be edited: no frame until it has the keyboard.
    pub fn title_field(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        name: &str,
        hint: &str,
        text: &mut String,
    ) {
        self.drawn(field);
        let control = self.control(field);
        let focused = ui.memory(|m| m.has_focus(control));
        if std::mem::take(&mut self.state.focus_name) {
            ui.memory_mut(|m| m.request_focus(control));
        }
        let font = self.title_font();
        let strong = colour(self.theme.chrome.text_strong);
        let lines = if matches!(field, "text") { Lines::Many } else { Lines::Wrapped };
        let touch = styled_text_field_ui(ui, control, name, text, lines, |edit| {
            let edit =
                edit.font(font).text_color(strong).hint_text(hint.to_owned()).desired_rows(1);
            if focused {
                edit
            } else {
                edit.frame(egui::Frame::NONE.inner_margin(egui::Margin::symmetric(0, 2)))
            }
        });
        self.run(control, |pane| format!("rename {}", pane.called), touch);
    }

    /// A text field whose text is a value only once `parse` can read it. What cannot be read is
    /// kept in the field, said in words below it, and not written.
    pub fn draft<T>(
        &mut self,
        ui: &mut Ui,
        control: egui::Id,
        (label, name, hint): (&str, &str, &str),
        value: &mut T,
        show: impl Fn(&T) -> String,
        parse: impl Fn(&str) -> Result<T, String>,
    ) {
        let shown = show(value);
        let kept = self.state.drafts.remove(&control).filter(|draft| draft.over == shown);
        let mut text = kept.map_or_else(|| shown.clone(), |draft| draft.text);
        let mut touch = styled_text_field_ui(ui, control, name, &mut text, Lines::One, |edit| {
            edit.hint_text(hint.to_owned())
        });
        if touch.given_up {
            text.clone_from(&shown);
        }
        let parsed = parse(&text);
        touch.changed &= parsed.is_ok();
        match parsed {
            Ok(new) => {
                let over = show(&new);
                if touch.changed {
                    *value = new;
                }
                // One value is written in many ways: "4," is on the way to "4,5".
                if ui.memory(|m| m.has_focus(control)) && text != over {
                    self.state.drafts.insert(control, Draft { text, over });
                }
            }
            Err(why) => {
                ui.label(RichText::new(why).font(small()).color(colour(self.theme.chrome.danger)));
                self.state.drafts.insert(control, Draft { text, over: shown });
            }
        }
        self.run_field(control, label, touch);
    }

    /// Segments with their colours, by priority.
    pub fn segments(&self) -> Vec<(Id, String, Rgba)> {
        super::people::coloured_segments(self.session, self.theme)
    }
}
