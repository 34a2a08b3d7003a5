//! When editing in place begins and ends, and where the field stands.

use egui::{Event, Key, Modifiers, Rect};

use crate::edit::{Tx, verbs};
use crate::model::Id;
use crate::model::record::Friction;

use crate::scene::Item;
use crate::tool::{self, Input};

use super::edit::{self, End};
use super::{Frame, view};

impl Frame<'_, '_, '_> {
    /// A press outside of the editor keeps what was typed; so does anything that takes the record
    /// away or the focus.
    pub(super) fn editor_ended_elsewhere(&mut self) {
        let Some(editor) = &self.state.editor else {
            return;
        };
        let outside = self.ui.input(|input| {
            input.events.iter().any(|event| match event {
                Event::PointerButton { pos, pressed: true, .. } => {
                    editor.area.is_some_and(|area| !area.contains(*pos))
                }
                _ => false,
            })
        });
        let doc = self.cx.open.session.doc();
        let gone = doc.get(&editor.record).is_none() && !edit::is_default_lane(doc, &editor.record);
        if gone {
            self.state.editor = None;
        } else if outside {
            self.end_editing(End::Keep);
        }
    }

    pub(super) fn end_editing(&mut self, end: End) {
        let Some(editor) = self.state.editor.take() else {
            return;
        };
        editor.end(end, &mut self.cx.open.session);
        self.cx.open.follow(self.cx.text);
        let ctx = self.ui.ctx();
        ctx.memory_mut(|m| m.request_focus(self.id));
        self.state.note_focus(self.id);
        ctx.request_repaint();
        if let End::KeepAndGo { back } = end {
            let key = if back { tool::Key::Previous } else { tool::Key::Next };
            let size = self.state.sight.size.unwrap_or_default();
            self.step(&Input::Key { key, modifiers: tool::Modifiers::default() }, size);
        }
    }

    /// Alt with a digit sets the severity of the friction point that is being typed.
    fn weigh_while_typing(&mut self, record: &Id) {
        const DIGITS: [Key; 5] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
        let session = &mut self.cx.open.session;
        if session.doc().get_as::<Friction>(record).is_none() {
            return;
        }
        for (key, severity) in DIGITS.into_iter().zip(1..) {
            if self.ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
                let set = |tx: &mut Tx<'_>| verbs::set_severity(tx, record, severity);
                if session.is_open() {
                    session.edit_open(set);
                } else {
                    session.edit(format!("set severity {severity}"), set);
                }
            }
        }
    }

    pub(super) fn editor_ui(&mut self) {
        let Some(mut editor) = self.state.editor.take() else {
            return;
        };
        let typed = editor.record.clone();
        self.weigh_while_typing(&typed);
        self.cx.open.follow(self.cx.text);
        let open = &*self.cx.open;
        let scene = open.scene();
        let record = editor.record.clone();
        let under = |item: &&Item| item.hit.as_ref().is_some_and(|hit| editor.shows(hit));
        let item = scene.items_of(&record).find(under);
        let any = scene.items_of(&record).next();
        let over = match item.or(any) {
            Some(item) => view::window_rect(&self.state.sight.camera, self.screen, item.rect),
            None => Rect::from_center_size(self.screen.center(), egui::vec2(220.0, 60.0)),
        };
        let clip = self.ui.clip_rect();
        self.ui.set_clip_rect(self.screen.intersect(clip));
        let (doc, zoom) = (open.session.doc(), self.state.sight.camera.zoom);
        let end = editor.ui(self.ui, self.cx.theme, doc, item, over, zoom);
        self.ui.set_clip_rect(clip);
        self.state.editor = Some(editor);
        if let Some(end) = end {
            self.end_editing(end);
        }
    }
}
