//! Choosing a record by part of its name: a button's popup that offers only what may be chosen.

use egui::{Key, Modifiers, Popup, PopupCloseBehavior, Response, RichText, ScrollArea, Ui};

use crate::layout::sizes;
use crate::model::{Id, Kind, Record};
use crate::ui::outline::fold;
use crate::ui::widget::text_field::{Lines, text_field_ui};
use crate::ui::widget::{colour, muted, small};

use super::pane::Pane;
use super::words::{kind_title, title_of};

/// How many hits are offered at once; a longer text finds the rest.
const MOST: usize = 40;

/// The popup that is open: what is typed, what it found.
#[derive(Debug, Default)]
pub(super) struct Pick {
    text: String,
    lit: usize,
    found_for: Option<(u64, String)>,
    found: Vec<(Id, String, String)>,
    more: usize,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Picked {
    Existing(Id),
    /// A record that is not there yet, under the name that was typed.
    New(String),
}

/// What may be chosen.
pub(super) struct Offer<'o> {
    /// The kinds of records to look through.
    pub kinds: &'o [Kind],
    /// Says no to single records.
    pub allow: &'o dyn Fn(&Id, &Record) -> bool,
    /// The kind of record that may be made new.
    pub fresh: Option<Kind>,
}

impl Pane<'_> {
    /// Shows the popup of `button` while it is open. Returns what was chosen in this frame.
    pub fn pick_ui(&mut self, button: &Response, offer: &Offer<'_>) -> Option<Picked> {
        if button.clicked() {
            self.state.pick = Pick::default();
        }
        let popup = Popup::from_toggle_button_response(button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .width(8.0 * sizes().space.xxl)
            .gap(sizes().space.xs);
        popup.show(|ui| self.offer_ui(ui, button, offer))?.inner
    }

    fn offer_ui(&mut self, ui: &mut Ui, button: &Response, offer: &Offer<'_>) -> Option<Picked> {
        ui.set_min_width(8.0 * sizes().space.xxl);
        let control = button.id.with("pick");
        let mut text = std::mem::take(&mut self.state.pick.text);
        let (up, down, enter) = ui.input_mut(|i| {
            let mut key = |key| i.consume_key(Modifiers::NONE, key);
            (key(Key::ArrowUp), key(Key::ArrowDown), key(Key::Enter))
        });
        let first = self.state.pick.found_for.is_none();
        text_field_ui(ui, control, "Find by name", "Part of a name", &mut text, Lines::One);
        if first {
            ui.memory_mut(|m| m.request_focus(control));
        }
        self.find(&text, offer);
        let name = text.trim().to_owned();
        let pick = &mut self.state.pick;
        pick.text = text;
        let exact = pick.found.iter().any(|(_, title, _)| fold(title) == fold(&name));
        let fresh = offer.fresh.filter(|_| !name.is_empty() && !exact);
        let count = pick.found.len() + usize::from(fresh.is_some());
        if down {
            pick.lit += 1;
        }
        if up {
            pick.lit = pick.lit.saturating_sub(1);
        }
        pick.lit = pick.lit.min(count.saturating_sub(1));
        let (lit, found, more) = (pick.lit, std::mem::take(&mut pick.found), pick.more);
        let mut picked = None;
        ScrollArea::vertical().max_height(9.0 * sizes().space.xxl).show(ui, |ui| {
            ui.with_layout(egui::Layout::top_down_justified(egui::Align::Min), |ui| {
                for (at, (id, title, sub)) in found.iter().enumerate() {
                    if self.hit_ui(ui, title, sub, at == lit) || (enter && at == lit) {
                        picked = Some(Picked::Existing(id.clone()));
                    }
                }
                if let Some(kind) = fresh {
                    let words = format!("New {} \u{201c}{name}\u{201d}", kind.singular());
                    let on = lit == found.len();
                    if self.hit_ui(ui, &words, "", on) || (enter && on) {
                        picked = Some(Picked::New(name.clone()));
                    }
                } else if found.is_empty() {
                    ui.label(muted("Nothing here fits.", self.theme));
                }
                if more > 0 {
                    let words = format!("{more} more: type more of the name.");
                    ui.label(muted(words, self.theme));
                }
            });
        });
        self.state.pick.found = found;
        if picked.is_some() {
            ui.close();
            button.request_focus();
        }
        picked
    }

    fn hit_ui(&self, ui: &mut Ui, title: &str, sub: &str, lit: bool) -> bool {
        let mut job = egui::text::LayoutJob::default();
        let ink = colour(self.theme.chrome.text);
        RichText::new(title).color(ink).append_to(
            &mut job,
            ui.style(),
            egui::FontSelection::Default,
            egui::Align::Center,
        );
        if !sub.is_empty() {
            RichText::new(format!("   {sub}"))
                .font(small())
                .color(colour(self.theme.chrome.muted))
                .append_to(&mut job, ui.style(), egui::FontSelection::Default, egui::Align::Center);
        }
        let response = ui.add(egui::Button::selectable(lit, job).truncate());
        if lit {
            response.scroll_to_me(None);
        }
        response.accessible_name(title).clicked()
    }

    fn find(&mut self, text: &str, offer: &Offer<'_>) {
        let wanted = (self.session.revision(), text.to_owned());
        if self.state.pick.found_for.as_ref() == Some(&wanted) {
            return;
        }
        let (doc, part) = (self.session.doc(), fold(text.trim()));
        let mut found = Vec::new();
        for kind in offer.kinds {
            for id in self.session.index().of_kind(*kind) {
                let Some(record) = doc.get(id).filter(|record| (offer.allow)(id, record)) else {
                    continue;
                };
                let title = title_of(doc, id);
                let folded = fold(&title);
                if part.is_empty() || folded.contains(&part) {
                    let begins = folded.starts_with(&part);
                    found.push((!begins, folded, id.clone(), title, record.kind()));
                }
            }
        }
        found.sort_unstable_by(|a, b| (a.0, &a.1, &a.2).cmp(&(b.0, &b.1, &b.2)));
        let pick = &mut self.state.pick;
        pick.more = found.len().saturating_sub(MOST);
        pick.found = found
            .into_iter()
            .take(MOST)
            .map(|(_, _, id, title, kind)| (id, title, kind_title(kind)))
            .collect();
        pick.found_for = Some(wanted);
        pick.lit = 0;
    }
}
