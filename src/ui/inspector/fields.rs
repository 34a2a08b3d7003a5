//! Fields by the type of their value: each a row with the right control.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;

use egui::{Popup, PopupCloseBehavior, Ui};
use jiff::civil::Date;

use crate::layout::sizes;
use crate::model::record::{Money, PerSegment};
use crate::model::{Choice, Id};
use crate::ui::widget::choice::{choice_ui, optional_choice_ui, switch_ui};
use crate::ui::widget::date_field::{in_words, month_ui, parse_date};
use crate::ui::widget::list_field::list_field_ui;
use crate::ui::widget::mark::{Glyph, glyph_button_ui};
use crate::ui::widget::muted;
use crate::ui::widget::scale::{rail_ui, steps_ui};
use crate::ui::widget::text_field::{Lines, text_field_ui};

use super::pane::Pane;
use super::words::uncapital;

/// Edits what is inside an optional group of fields; an empty group is none.
pub(super) fn group<T: Default + PartialEq + Clone>(it: &mut Option<T>, edit: impl FnOnce(&mut T)) {
    let before = it.clone().unwrap_or_default();
    let mut after = before.clone();
    edit(&mut after);
    if after != before {
        *it = Some(after).filter(|after| *after != T::default());
    }
}

/// Reads a whole number; empty is none. The error is for the user.
fn parse_whole<T: TryFrom<u64>>(text: &str, most: u64) -> Result<Option<T>, String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let refused = || format!("A whole number from 0 to {most}, please.");
    let value: u64 = text.parse().map_err(|_| refused())?;
    if value > most {
        return Err(refused());
    }
    T::try_from(value).map(Some).map_err(|_| refused())
}

/// Reads a number within a range, with a point or a comma; empty is none.
fn parse_number(text: &str, range: &RangeInclusive<f64>) -> Result<Option<f64>, String> {
    let text =
        text.trim().trim_end_matches('%').trim_end().replace(',', ".").replace('\u{2212}', "-");
    if text.is_empty() {
        return Ok(None);
    }
    let (low, high) = (range.start(), range.end());
    let value: f64 = text.parse().map_err(|_| "A number, please.".to_owned())?;
    if !value.is_finite() {
        return Err("A number, please.".into());
    }
    if !range.contains(&value) {
        return Err(if high.is_finite() {
            format!("A number from {low} to {high}, please.")
        } else {
            format!("A number of at least {low}, please.")
        });
    }
    Ok(Some(value))
}

fn show<T: Display>(value: &Option<T>) -> String {
    value.as_ref().map_or_else(String::new, T::to_string)
}

impl Pane<'_> {
    pub fn text(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        text: &mut String,
        lines: Lines,
    ) {
        self.row(ui, field, label, |pane, ui| {
            let control = pane.control(field);
            let touch = text_field_ui(ui, control, label, "", text, lines);
            pane.run_field(control, label, touch);
        });
    }

    /// A text that may be absent: empty is none.
    pub fn optional_text(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        it: &mut Option<String>,
        lines: Lines,
    ) {
        let mut text = it.clone().unwrap_or_default();
        self.text(ui, field, label, &mut text, lines);
        if text != it.as_deref().unwrap_or_default() {
            *it = Some(text).filter(|text| !text.is_empty());
        }
    }

    /// A list of texts; `one` is what a single entry is called ("Criterion").
    pub fn list(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        one: &str,
        list: &mut Vec<String>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            let control = pane.control(field);
            let add = format!("Add {}\u{2026}", uncapital(one));
            let result = list_field_ui(ui, pane.theme, control, one, &add, list);
            // A single stroke (move, remove) is an entry of its own; typing makes a run.
            if result.touch.changed && !result.typing {
                pane.stroke(label);
            } else {
                pane.run_field(control, label, result.touch);
            }
        });
    }

    pub fn choice<C: Choice>(&mut self, ui: &mut Ui, field: &'static str, label: &str, it: &mut C) {
        self.row(ui, field, label, |pane, ui| {
            if choice_ui(ui, pane.control(field), label, it) {
                pane.stroke(label);
            }
        });
    }

    pub fn optional_choice<C: Choice>(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        none: &str,
        it: &mut Option<C>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            if optional_choice_ui(ui, pane.control(field), label, none, it) {
                pane.stroke(label);
            }
        });
    }

    pub fn switch(&mut self, ui: &mut Ui, field: &'static str, words: &str, it: &mut bool) {
        self.row(ui, field, "", |pane, ui| {
            if switch_ui(ui, words, it) {
                pane.stroke(words);
            }
        });
    }

    /// 1 to 5, or not set.
    pub fn steps(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        it: &mut Option<u8>,
        severity: bool,
    ) {
        let mut value = it.map(i32::from);
        self.row(ui, field, label, |pane, ui| {
            let control = pane.control(field);
            if steps_ui(ui, pane.theme, control, label, &mut value, 1..=5, severity).changed {
                pane.stroke(label);
            }
        });
        *it = value.and_then(|v| u8::try_from(v).ok());
    }

    /// 1 to 5 in a field where 0 is "nobody has said".
    pub fn steps_or_zero(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        it: &mut u8,
        severity: bool,
    ) {
        let mut value = Some(*it).filter(|v| *v > 0);
        self.steps(ui, field, label, &mut value, severity);
        *it = value.unwrap_or(0);
    }

    /// One rail a segment, in the segment's colour and under its name.
    pub fn rails<T: Copy + Into<i32> + TryFrom<i32>>(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        range: RangeInclusive<i32>,
        values: &mut PerSegment<T>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            let segments = pane.segments();
            if segments.is_empty() {
                ui.label(muted("The map has no segments yet.", pane.theme));
            }
            for (segment, name, ink) in segments {
                let mut value = values.get(&segment).map(|v| (*v).into());
                let control = pane.control(field).with(segment.as_str());
                let called = format!("{label}, {name}");
                let words = (name.as_str(), called.as_str());
                let touch = rail_ui(ui, pane.theme, control, words, &mut value, range.clone(), ink);
                pane.run_field(control, label, touch);
                if touch.changed {
                    match value.and_then(|v| T::try_from(v).ok()) {
                        Some(value) => values.insert(segment, value),
                        None => values.remove(&segment),
                    };
                }
            }
        });
    }

    pub fn number(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        hint: &str,
        range: RangeInclusive<f64>,
        it: &mut Option<f64>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            let control = pane.control(field);
            let words = (label, label, hint);
            pane.draft(ui, control, words, it, show, |text| parse_number(text, &range));
        });
    }

    /// A number that is always there; an empty field is refused in words.
    pub fn plain_number(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        range: RangeInclusive<f64>,
        it: &mut f64,
    ) {
        self.row(ui, field, label, |pane, ui| {
            let control = pane.control(field);
            pane.draft(ui, control, (label, label, ""), it, f64::to_string, |text| {
                parse_number(text, &range)?.ok_or_else(|| "A number, please.".to_owned())
            });
        });
    }

    /// A share of all, 0 to 100 %.
    pub fn percent(&mut self, ui: &mut Ui, field: &'static str, label: &str, it: &mut Option<f64>) {
        self.row(ui, field, label, |pane, ui| {
            let control = pane.control(field);
            let words = (label, label, "0 to 100 %");
            let shown = |v: &Option<f64>| v.map_or_else(String::new, |v| format!("{v} %"));
            pane.draft(ui, control, words, it, shown, |text| parse_number(text, &(0.0..=100.0)));
        });
    }

    pub fn whole<T: Display + TryFrom<u64>>(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        most: u64,
        it: &mut Option<T>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            let control = pane.control(field);
            pane.draft(ui, control, (label, label, ""), it, show, |text| parse_whole(text, most));
        });
    }

    /// A count with a button on either side.
    pub fn votes(&mut self, ui: &mut Ui, field: &'static str, label: &str, it: &mut u32) {
        self.row(ui, field, label, |pane, ui| {
            ui.horizontal(|ui| {
                let before = *it;
                let fewer =
                    |ui: &mut Ui| glyph_button_ui(ui, pane.theme, Glyph::Minus, "One vote fewer");
                if ui.add_enabled_ui(*it > 0, fewer).inner.clicked() {
                    *it = it.saturating_sub(1);
                }
                ui.label(it.to_string());
                if glyph_button_ui(ui, pane.theme, Glyph::Plus, "One vote more").clicked() {
                    *it = it.saturating_add(1);
                }
                if *it != before {
                    pane.stroke(label);
                }
            });
        });
    }

    /// An amount and its currency; no amount is no money.
    pub fn money(&mut self, ui: &mut Ui, field: &'static str, label: &str, it: &mut Option<Money>) {
        self.row(ui, field, label, |pane, ui| {
            let (control, mut amount) = (pane.control(field), it.as_ref().map(|m| m.amount));
            let any = f64::MIN..=f64::MAX;
            pane.draft(ui, control, (label, label, "Amount"), &mut amount, show, |text| {
                parse_number(text, &any)
            });
            let mut currency = it.as_ref().map_or_else(|| "EUR".to_owned(), |m| m.currency.clone());
            if amount.is_some() {
                let called = format!("{label}, currency");
                let words = (label, called.as_str(), "EUR");
                pane.draft(
                    ui,
                    control.with("currency"),
                    words,
                    &mut currency,
                    String::clone,
                    |text| {
                        let code = text.trim().to_ascii_uppercase();
                        let fits = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
                        fits.then_some(code)
                            .ok_or_else(|| "A currency has three letters, such as EUR.".into())
                    },
                );
            }
            let new = amount.map(|amount| Money { amount, currency });
            if new != *it {
                *it = new;
            }
        });
    }

    /// A date as `2026-05-03`, with a month to pick from.
    pub fn date(&mut self, ui: &mut Ui, field: &'static str, label: &str, it: &mut Option<Date>) {
        self.row(ui, field, label, |pane, ui| pane.date_control(ui, field, label, it));
    }

    fn date_control(&mut self, ui: &mut Ui, field: &str, label: &str, it: &mut Option<Date>) {
        let control = self.control(field);
        let mut button = None;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            let name = format!("Pick a day for {}", uncapital(label));
            button = Some(glyph_button_ui(ui, self.theme, Glyph::Calendar, &name));
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                self.draft(ui, control, (label, label, "Year-month-day"), it, show, parse_date);
            });
        });
        let Some(button) = button else {
            return;
        };
        if let Some(date) = *it {
            button.clone().on_hover_text(in_words(date));
        }
        if button.clicked() {
            let today = jiff::Zoned::now().date();
            self.state.month = Some(it.unwrap_or(today));
        }
        let popup = Popup::from_toggle_button_response(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .gap(sizes().space.xs);
        let theme = self.theme;
        let month = &mut self.state.month;
        let picked = popup.show(|ui| {
            let shown =
                month.get_or_insert_with(|| it.unwrap_or_else(|| jiff::Zoned::now().date()));
            let picked = month_ui(ui, theme, shown, *it);
            if picked.is_some() {
                ui.close();
            }
            picked
        });
        if let Some(day) = picked.and_then(|it| it.inner) {
            *it = Some(day);
            self.state.drafts.remove(&control);
            self.stroke(label);
        }
    }

    /// How many gave each answer, over all answers that the scale has and those that are there.
    pub fn histogram(
        &mut self,
        ui: &mut Ui,
        field: &'static str,
        label: &str,
        answers: impl Iterator<Item = i32>,
        counts: &mut BTreeMap<i32, u32>,
    ) {
        self.row(ui, field, label, |pane, ui| {
            let all: std::collections::BTreeSet<i32> =
                answers.chain(counts.keys().copied()).collect();
            if all.is_empty() {
                ui.label(muted(
                    "Choose a measure first: it says which answers there are.",
                    pane.theme,
                ));
            }
            for answer in all {
                ui.horizontal(|ui| {
                    let wide = sizes().space.xxl;
                    ui.allocate_ui(egui::vec2(wide, ui.spacing().interact_size.y), |ui| {
                        ui.set_min_width(wide);
                        ui.label(muted(answer.to_string(), pane.theme));
                    });
                    ui.vertical(|ui| {
                        let control = pane.control(field).with(answer);
                        let called = format!("Answers of {answer}");
                        let mut count = counts.get(&answer).copied();
                        let before = count;
                        let words = (label, called.as_str(), "0");
                        pane.draft(ui, control, words, &mut count, show, |text| {
                            parse_whole::<u32>(text, u64::from(u32::MAX))
                        });
                        if count != before {
                            match count.filter(|n| *n > 0) {
                                Some(n) => counts.insert(answer, n),
                                None => counts.remove(&answer),
                            };
                        }
                    });
                });
            }
        });
    }

    /// Tags: a list of short texts.
    pub fn tags(&mut self, ui: &mut Ui, tags: &mut Vec<String>) {
        self.list(ui, "tags", "Tags", "Tag", tags);
    }

    /// Where a record stands among its siblings, with buttons to move it there and back.
    /// Returns -1 or 1 where the user moved it.
    pub fn place(
        &mut self,
        ui: &mut Ui,
        label: &str,
        at: usize,
        count: usize,
        down: bool,
    ) -> isize {
        let (back, forth) =
            if down { (Glyph::Up, Glyph::Down) } else { (Glyph::Left, Glyph::Right) };
        self.row(ui, "order", label, |pane, ui| {
            ui.horizontal(|ui| {
                let mut by = 0;
                let mut button = |ui: &mut Ui, on: bool, it, name: &str, step| {
                    let draw = |ui: &mut Ui| glyph_button_ui(ui, pane.theme, it, name).clicked();
                    if ui.add_enabled_ui(on, draw).inner {
                        by = step;
                    }
                };
                button(ui, at > 0, back, "Move one place back", -1);
                button(ui, at + 1 < count, forth, "Move one place on", 1);
                ui.label(muted(format!("{} of {count}", at + 1), pane.theme));
                by
            })
            .inner
        })
    }

    /// Shows an id's record as lost where it is no longer there.
    pub fn is_missing(&self, id: &Id) -> bool {
        self.doc().get(id).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them_and_refused_in_words() {
        assert_eq!(parse_number("12,5", &(0.0..=100.0)), Ok(Some(12.5)));
        assert_eq!(parse_number(" 60 % ", &(0.0..=100.0)), Ok(Some(60.0)));
        assert_eq!(parse_number("", &(0.0..=100.0)), Ok(None));
        assert!(parse_number("101", &(0.0..=100.0)).unwrap_err().contains("0 to 100"));
        for bad in ["NaN", "inf", "many"] {
            assert!(parse_number(bad, &(f64::MIN..=f64::MAX)).is_err(), "{bad}");
        }
        assert_eq!(parse_whole::<u32>("1 200", 10_000), Ok(Some(1200)));
        assert!(parse_whole::<u32>("-1", 10).is_err());
        assert!(parse_whole::<u8>("300", 1000).is_err());
    }

    #[test]
    fn an_empty_group_is_none() {
        let mut it = Some(Money { amount: 1.0, currency: String::new() });
        group(&mut it, |money| money.amount = 0.0);
        assert_eq!(it, None);
    }
}
