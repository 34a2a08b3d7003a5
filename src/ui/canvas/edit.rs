//! Editing a text in place: a real text field over the card, with the card's own size of type.
//!
//! Keeps the text to itself until it is kept, so that typing is one undo step.

use egui::text::{CCursor, CCursorRange};
use egui::{
    FontFamily, FontId, Frame, Key, KeyboardShortcut, Margin, Modifiers, Rect, Stroke, TextEdit,
    Ui, UiBuilder, vec2,
};

use crate::edit::{Session, verbs};
use crate::layout::sizes;
use crate::model::record::{Lane, Step};
use crate::model::{Doc, Id, Kind};
use crate::scene::{Hit, Item, Part, Shape, Theme};
use crate::text::Weight;
use crate::ui::theme::{bold_family, colour};

/// Text is not edited smaller than this on the screen, in points.
const SMALLEST: f32 = 12.0;

/// Which text of a record is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    /// Lists: one line an item.
    Activities,
    Criteria,
    Thoughts,
}

/// How editing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Keep,
    /// Keep, and go on to the card after (or before) it.
    KeepAndGo {
        back: bool,
    },
    GiveUp,
}

/// A text that is being edited.
#[derive(Debug)]
pub struct Editor {
    pub record: Id,
    field: Field,
    text: String,
    before: String,
    /// The record came into being with this editing: giving up before anything was typed takes
    /// it back.
    is_new: bool,
    first_frame: bool,
    /// Where it was painted last.
    pub area: Option<Rect>,
}

impl Editor {
    /// Opens an editor for what was hit; `None` where it has no text to edit.
    pub fn open(session: &mut Session, record: &Id, part: Part) -> Option<Self> {
        let added = session.doc().kind_of(record).map(verbs::describe::adding);
        let is_new = session.is_open() && session.open_label() == added.as_deref();
        if !is_new {
            // An entry that somebody else left open is theirs and stays.
            session.commit();
        }
        let doc = session.doc();
        let field = match part {
            Part::Activities => Field::Activities,
            Part::Criteria => Field::Criteria,
            Part::Thoughts => Field::Thoughts,
            Part::Emotion | Part::Link | Part::Group => return None,
            Part::Card | Part::StageHeader | Part::LaneLabel | Part::Mark => Field::Name,
        };
        let text = match field {
            Field::Name if part == Part::LaneLabel && doc.get(record).is_none() => {
                let lanes = verbs::default_lanes();
                lanes.into_iter().find(|(id, _)| id == record)?.1.name
            }
            Field::Name => doc.get(record)?.clone().as_ref().clone().name_mut()?.clone(),
            _ => list_of(doc.get_as::<Step>(record)?, field).join("\n"),
        };
        // One that has no name since long ago is no new one.
        let is_new =
            is_new || field == Field::Name && text.is_empty() && session.has_just_added(record);
        Some(Self {
            record: record.clone(),
            field,
            before: text.clone(),
            text,
            is_new,
            first_frame: true,
            area: None,
        })
    }

    /// Whether Shift+Enter starts a new line.
    fn has_lines(&self, doc: &Doc) -> bool {
        let kind = doc.kind_of(&self.record);
        self.field != Field::Name || matches!(kind, Some(Kind::Note | Kind::Verbatim))
    }

    /// The item that the editor lies over.
    pub fn shows(&self, hit: &Hit) -> bool {
        let part = match self.field {
            Field::Name => matches!(hit.part, Part::Card | Part::StageHeader | Part::LaneLabel),
            Field::Activities => hit.part == Part::Activities,
            Field::Criteria => hit.part == Part::Criteria,
            Field::Thoughts => hit.part == Part::Thoughts,
        };
        part && hit.record == self.record
    }

    /// Draws the field over `item`, which is at `over` in the window.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        doc: &Doc,
        item: Option<&Item>,
        over: Rect,
        zoom: f32,
    ) -> Option<End> {
        if let Some(end) = self.keys(ui) {
            return Some(end);
        }
        let font = self.font(item, zoom);
        let pad = vec2(sizes().card.pad_x, sizes().card.pad_y - 2.0) * zoom.clamp(0.6, 1.5);
        let width = over.width().max(font.size * 11.0);
        let min_height = (over.height() - 2.0 * pad.y).max(font.size * 1.4);
        let area = Rect::from_min_size(over.min, vec2(width, over.height()));
        let frame = Frame::new()
            .fill(colour(theme.canvas.card))
            .stroke(Stroke::new(sizes().stroke.thick, colour(theme.canvas.selection)))
            .corner_radius((sizes().radius.card * zoom).clamp(3.0, 16.0))
            .inner_margin(Margin::symmetric(pad.x as i8, pad.y as i8));
        let newline =
            self.has_lines(doc).then_some(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
        let id = ui.scope_id().with(("editor", &self.record));
        let builder = UiBuilder::new().max_rect(area).id_salt("in place");
        let inner = ui.scope_builder(builder, |ui| {
            frame.show(ui, |ui| {
                let edit = TextEdit::multiline(&mut self.text)
                    .id(id)
                    .font(font)
                    .text_color(colour(theme.canvas.text))
                    .frame(Frame::NONE)
                    .margin(Margin::ZERO)
                    .desired_rows(1)
                    .desired_width(width - 2.0 * pad.x)
                    .min_size(vec2(width - 2.0 * pad.x, min_height))
                    .return_key(newline);
                edit.show(ui)
            })
        });
        let rect = inner.inner.response.rect;
        let mut output = inner.inner.inner;
        let response = &output.response.response;
        let name = verbs::describe::name(doc, &self.record);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(
                egui::Role::MultilineTextInput,
                true,
                format!("Text of {name}"),
            )
        });
        if std::mem::take(&mut self.first_frame) {
            response.request_focus();
            let all = CCursorRange::two(CCursor::new(0), CCursor::new(self.text.chars().count()));
            output.state.cursor.set_char_range(Some(all));
            output.state.clone().store(ui.ctx(), id);
        } else if response.lost_focus() || !response.has_focus() && self.area.is_some() {
            return Some(End::Keep);
        }
        self.area = Some(rect);
        None
    }

    fn keys(&self, ui: &Ui) -> Option<End> {
        if self.first_frame {
            return None;
        }
        ui.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::Escape) {
                Some(End::GiveUp)
            } else if input.consume_key(Modifiers::SHIFT, Key::Tab) {
                Some(End::KeepAndGo { back: true })
            } else if input.consume_key(Modifiers::NONE, Key::Tab) {
                Some(End::KeepAndGo { back: false })
            } else if input.modifiers.shift {
                None
            } else if input.consume_key(Modifiers::COMMAND, Key::Enter)
                || input.consume_key(Modifiers::NONE, Key::Enter)
            {
                Some(End::Keep)
            } else {
                None
            }
        })
    }

    /// The type of the text on the card, at the camera's zoom.
    fn font(&self, item: Option<&Item>, zoom: f32) -> FontId {
        let blocks = item.into_iter().flat_map(|item| item.shapes.iter());
        let mut styles = blocks.filter_map(|(_, shape)| match shape {
            Shape::Text { block, .. } => {
                Some((block.text.trim() == self.before.trim(), block.style))
            }
            _ => None,
        });
        let first = styles.clone().next().map(|(_, style)| style);
        let style = styles.find(|(same, _)| *same).map(|(_, style)| style).or(first);
        let style = style.unwrap_or(sizes().text.card.regular());
        let family = match style.weight {
            Weight::Regular => FontFamily::Proportional,
            Weight::Bold => bold_family(),
        };
        FontId::new((style.size * zoom).max(SMALLEST), family)
    }

    /// Writes the text down, or takes back what is not wanted.
    pub fn end(self, end: End, session: &mut Session) {
        let empty = self.text.trim().is_empty();
        let untouched = self.text == self.before;
        let give_up = end == End::GiveUp;
        if self.is_new && (empty || give_up && untouched) {
            self.take_back(session);
        } else if !(give_up || untouched || empty && self.field == Field::Name) {
            self.write(&self.text, session);
        }
        session.commit();
    }

    fn write(&self, text: &str, session: &mut Session) {
        let verb = |tx: &mut crate::edit::Tx<'_>| match self.field {
            Field::Name => {
                if tx.doc().get(&self.record).is_none() {
                    verbs::materialise_lanes(tx);
                }
                verbs::rename(tx, &self.record, text);
            }
            field => {
                let items: Vec<String> = text
                    .lines()
                    .map(str::trim)
                    .filter(|it| !it.is_empty())
                    .map(str::to_owned)
                    .collect();
                tx.update::<Step>(&self.record, |step| *list_of_mut(step, field) = items);
            }
        };
        if session.is_open() {
            session.edit_open(verb);
            return;
        }
        let doc = session.doc();
        let verbed = match (self.field, doc.kind_of(&self.record)) {
            (Field::Name, Some(Kind::Friction | Kind::Delight | Kind::Note | Kind::Verbatim)) => {
                format!("edit {}", verbs::describe::name(doc, &self.record))
            }
            (Field::Name, _) => format!("rename {}", verbs::describe::name(doc, &self.record)),
            (Field::Activities, _) => "edit activities".to_owned(),
            (Field::Criteria, _) => "edit criteria".to_owned(),
            (Field::Thoughts, _) => "edit thoughts".to_owned(),
        };
        session.edit(verbed, verb);
    }

    /// Removes a new record that stayed empty, as if it had never been added; where more was done
    /// since, it stays.
    fn take_back(&self, session: &mut Session) {
        if session.is_open() {
            return session.cancel();
        }
        if session.has_just_added(&self.record) {
            session.undo();
        }
    }
}

fn list_of(step: &Step, field: Field) -> &Vec<String> {
    match field {
        Field::Criteria => &step.criteria,
        Field::Thoughts => &step.thoughts,
        Field::Activities | Field::Name => &step.activities,
    }
}

fn list_of_mut(step: &mut Step, field: Field) -> &mut Vec<String> {
    match field {
        Field::Criteria => &mut step.criteria,
        Field::Thoughts => &mut step.thoughts,
        Field::Activities | Field::Name => &mut step.activities,
    }
}

/// Whether a lane is one of the defaults, which are no records yet.
pub fn is_default_lane(doc: &Doc, id: &Id) -> bool {
    doc.get_as::<Lane>(id).is_none() && verbs::default_lanes().iter().any(|(lane, _)| lane == id)
}
