//! Single keys on a selection that are not commands of the window: digits and signs.

use egui::{Event, Key};

use crate::edit::verbs;
use crate::model::{Id, Kind, query};

use crate::ui::analyse;

use super::Frame;

impl Frame<'_, '_, '_> {
    /// 1 to 5 set a severity (or a strength), − and + move the emotion of the step, or show less
    /// and more of a neighbourhood.
    pub(super) fn single_keys(&mut self) {
        let pressed: Vec<Key> = self.ui.input(|input| {
            let keys = input.events.iter().filter_map(|event| match event {
                Event::Key { key, pressed: true, modifiers, .. }
                    if !modifiers.command && !modifiers.ctrl && !modifiers.alt =>
                {
                    // Plus is Shift and another key on many keyboards; digits are plain.
                    let plain = !modifiers.shift || matches!(key, Key::Plus | Key::Equals);
                    plain.then_some(*key)
                }
                _ => None,
            });
            keys.collect()
        });
        for key in pressed {
            match key {
                Key::Num1 => self.weigh(1),
                Key::Num2 => self.weigh(2),
                Key::Num3 => self.weigh(3),
                Key::Num4 => self.weigh(4),
                Key::Num5 => self.weigh(5),
                Key::Minus => self.less_or_more(-1),
                Key::Plus | Key::Equals => self.less_or_more(1),
                _ => {}
            }
        }
    }

    fn lead(&self) -> Option<(Id, Kind)> {
        let session = &self.cx.open.session;
        let lead = session.selection.lead.clone()?;
        let kind = session.doc().kind_of(&lead)?;
        Some((lead, kind))
    }

    /// The selected friction point or delight; on a node, the friction point that was marked on
    /// it last, or its only one.
    fn weigh(&mut self, value: u8) {
        let Some((lead, kind)) = self.lead() else {
            return;
        };
        let session = &mut self.cx.open.session;
        match kind {
            Kind::Friction => {
                session.edit(format!("set severity {value}"), |tx| {
                    verbs::set_severity(tx, &lead, value);
                });
            }
            Kind::Delight => {
                session.edit(format!("set strength {value}"), |tx| {
                    verbs::set_strength(tx, &lead, value);
                });
            }
            _ => {
                let doc = session.doc();
                let at_lead = query::frictions_at(doc, session.index(), &lead);
                let at_lead: Vec<&Id> = at_lead.into_iter().map(|(id, _)| id).collect();
                let marked = self.state.marked.as_ref().filter(|id| at_lead.contains(id));
                let only = match at_lead.as_slice() {
                    [only] => Some(*only),
                    _ => None,
                };
                let found = marked.or(only);
                match found.cloned() {
                    Some(id) => session.edit(format!("set severity {value}"), |tx| {
                        verbs::set_severity(tx, &id, value);
                    }),
                    None if kind.is_node() => {
                        *self.cx.message = Some(match at_lead.len() {
                            0 => "No friction point here yet: F marks one".to_owned(),
                            n => format!("{n} friction points here: select one, then 1–5"),
                        });
                    }
                    None => {}
                }
            }
        }
    }

    /// Of a neighbourhood that is shown, or else of the emotion.
    fn less_or_more(&mut self, by: i8) {
        if !analyse::widen(self.cx.open, self.cx.text, by) {
            self.feel(by);
        }
    }

    fn feel(&mut self, by: i8) {
        let Some((lead, Kind::Step)) = self.lead() else {
            return;
        };
        let segment = self.cx.open.segment.clone();
        let session = &mut self.cx.open.session;
        let way = if by > 0 { "better" } else { "worse" };
        let label = verbs::describe::doing_at(&format!("feel {way}"), session.doc(), &lead);
        session.edit(label, |tx| verbs::shift_feelings(tx, &lead, segment.as_ref(), by));
    }
}
