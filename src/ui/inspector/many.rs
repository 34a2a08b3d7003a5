//! Many records at once: how many of which kind, the fields that they share, and deletion.

use std::collections::BTreeMap;

use egui::{RichText, Ui};

use crate::edit::{Tx, verbs};
use crate::layout::sizes;
use crate::model::choice::SystemClass;
use crate::model::{Choice, Id, Kind, Record};
use crate::ui::Command;
use crate::ui::widget::choice::optional_choice_ui;
use crate::ui::widget::mark::{Glyph, glyph_button_ui};
use crate::ui::widget::scale::steps_ui;
use crate::ui::widget::{bold, muted};

use super::pane::{Act, Pane};
use super::pick::{Offer, Picked};
use super::service::is_team;
use super::words::{capital, uncapital};

/// A field that several kinds of records have: how to read and how to change it.
struct Field<T> {
    get: fn(&Record) -> Option<&T>,
    get_mut: fn(&mut Record) -> Option<&mut T>,
}

/// The field of this name of these kinds of records.
macro_rules! field {
    ($name:ident of $($kind:ident),+) => {
        Field {
            get: |record| match record { $(Record::$kind(it) => Some(&it.$name),)+ _ => None },
            get_mut: |record| match record {
                $(Record::$kind(it) => Some(&mut it.$name),)+
                _ => None,
            },
        }
    };
}

pub(super) fn many_ui(ui: &mut Ui, pane: &mut Pane<'_>) {
    let ids: Vec<Id> = pane.session.selection.ids.iter().cloned().collect();
    let doc = pane.doc();
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for id in &ids {
        if let Some(kind) = doc.kind_of(id) {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let words = |(kind, n): (&Kind, &usize)| {
        format!("{n} {}", if *n == 1 { kind.singular() } else { kind.plural() })
    };
    let lines: Vec<String> = counts.iter().map(words).collect();
    pane.called = match lines.as_slice() {
        [one] => one.clone(),
        _ => format!("{} records", ids.len()),
    };
    let title = format!("{} selected", capital(&pane.called));
    ui.label(RichText::new(title).font(bold()));
    if lines.len() > 1 {
        ui.label(muted(lines.join(" \u{b7} "), pane.theme));
    }
    ui.add_space(sizes().space.s);
    let all: Vec<&Record> = ids.iter().filter_map(|id| doc.get(id)).map(AsRef::as_ref).collect();
    shared_ui(ui, pane, &ids, &all);
    ui.add_space(sizes().space.m);
    if ui.button(format!("Delete {}", pane.called)).clicked() {
        pane.act(Act::Give(Command::Delete));
    }
    let chips: Vec<Id> = ids.iter().take(60).cloned().collect();
    pane.chips(ui, "Selected", &chips);
}

/// The value that all records have in a field: `None` where one lacks the field, `Some(None)`
/// where they differ.
fn common<T: Clone + PartialEq>(all: &[&Record], field: &Field<T>) -> Option<Option<T>> {
    let mut values = all.iter().map(|record| (field.get)(record));
    let first = values.next()??;
    let mut same = true;
    for value in values {
        same &= value? == first;
    }
    Some(same.then(|| first.clone()))
}

/// One edit.
type Verb = Box<dyn FnOnce(&mut Tx<'_>)>;

/// A reference that all have: where it is, what it may be, and the edit that sets it for all.
type Reference<'o> =
    (&'o Field<Option<Id>>, &'o Offer<'o>, &'o dyn Fn(Vec<Id>, Option<Id>) -> Verb);

impl Pane<'_> {
    fn refer_all(&mut self, label: &str, verb: Verb) {
        self.act(Act::Edit(format!("change {} of {}", uncapital(label), self.called), verb));
    }

    fn set_all<T: Clone + 'static>(&mut self, label: &str, ids: &[Id], field: &Field<T>, value: T) {
        let (ids, get_mut) = (ids.to_vec(), field.get_mut);
        let verb = move |tx: &mut Tx<'_>| {
            for id in &ids {
                tx.update_record(id, |record| {
                    if let Some(it) = get_mut(record) {
                        *it = value.clone();
                    }
                });
            }
        };
        let label = format!("change {} of {}", uncapital(label), self.called);
        self.act(Act::Edit(label, Box::new(verb)));
    }

    fn shared_choice<C: Choice>(
        &mut self,
        ui: &mut Ui,
        name: &'static str,
        label: &str,
        ids: &[Id],
        all: &[&Record],
        field: &Field<C>,
    ) {
        let Some(value) = common(all, field) else {
            return;
        };
        self.row(ui, name, label, |pane, ui| {
            let mut chosen = value;
            let changed = optional_choice_ui(ui, pane.control(name), label, "Differs", &mut chosen);
            if let Some(value) = chosen.filter(|_| changed) {
                pane.set_all(label, ids, field, value);
            }
        });
    }

    fn shared_reference(
        &mut self,
        ui: &mut Ui,
        name: &'static str,
        label: &str,
        ids: &[Id],
        all: &[&Record],
        (field, offer, verb): Reference<'_>,
    ) {
        let Some(value) = common(all, field) else {
            return;
        };
        self.row(ui, name, label, |pane, ui| {
            ui.horizontal_wrapped(|ui| {
                match &value {
                    None => drop(ui.label(muted("Differs", pane.theme))),
                    Some(None) => drop(ui.label(muted("Not set", pane.theme))),
                    Some(Some(id)) => {
                        if pane.chip(ui, label, id, None, true) {
                            pane.refer_all(label, verb(ids.to_vec(), None));
                        }
                    }
                }
                let called = format!("Change {} of all", uncapital(label));
                let button = glyph_button_ui(ui, pane.theme, Glyph::Down, &called);
                if let Some(Picked::Existing(id)) = pane.pick_ui(&button, offer) {
                    pane.refer_all(label, verb(ids.to_vec(), Some(id)));
                }
            });
        });
    }
}

fn shared_ui(ui: &mut Ui, pane: &mut Pane<'_>, ids: &[Id], all: &[&Record]) {
    let stages = Offer { kinds: &[Kind::Stage], allow: &|_, _| true, fresh: None };
    let move_to = |ids: Vec<Id>, to: Option<Id>| -> Verb {
        Box::new(move |tx| verbs::move_steps(tx, &ids, to.as_ref(), None))
    };
    let stage = &field!(stage of Step);
    pane.shared_reference(ui, "stage", "Stage", ids, all, (stage, &stages, &move_to));
    let teams = Offer { kinds: &[Kind::System], allow: &is_team, fresh: None };
    let give_to = |ids: Vec<Id>, to: Option<Id>| -> Verb {
        Box::new(move |tx| {
            for id in &ids {
                verbs::set_owner(tx, id, to.as_ref());
            }
        })
    };
    let owner = &field!(owner of Touchpoint, System, Action);
    pane.shared_reference(ui, "owner", "Owner", ids, all, (owner, &teams, &give_to));
    pane.shared_choice(ui, "channel", "Channel", ids, all, &field!(channel of Touchpoint));
    pane.shared_choice(ui, "status", "Status", ids, all, &field!(status of Touchpoint));
    pane.shared_choice(ui, "status", "Status", ids, all, &field!(status of Friction));
    pane.shared_choice(ui, "status", "Status", ids, all, &field!(status of Action));
    class_ui(ui, pane, ids, all);
    let severity: &Field<u8> = &field!(severity of Friction);
    if let Some(value) = common(all, severity) {
        pane.row(ui, "severity", "Severity", |pane, ui| {
            let mut chosen = value.map(i32::from).filter(|v| *v > 0);
            let control = pane.control("severity");
            let touch = steps_ui(ui, pane.theme, control, "Severity", &mut chosen, 1..=5, true);
            if let Some(level) = chosen.filter(|_| touch.changed)
                && let Ok(level) = u8::try_from(level)
            {
                pane.set_all("Severity", ids, severity, level);
            }
        });
    }
    let truth: &Field<bool> = &field!(moment_of_truth of Step, Touchpoint);
    if let Some(value) = common(all, truth) {
        pane.row(ui, "moment_of_truth", "", |pane, ui| {
            let mut on = value.unwrap_or(false);
            let words =
                if value.is_none() { "Moment of truth (differs)" } else { "Moment of truth" };
            if ui.checkbox(&mut on, words).changed() {
                pane.set_all("Moment of truth", ids, truth, on);
            }
        });
    }
}

/// The kind of internal systems: a team that is none any more owns nothing, which the verb sees to.
fn class_ui(ui: &mut Ui, pane: &mut Pane<'_>, ids: &[Id], all: &[&Record]) {
    let class: &Field<SystemClass> = &field!(class of System);
    let Some(mut chosen) = common(all, class) else {
        return;
    };
    pane.row(ui, "class", "Kind", |pane, ui| {
        let control = pane.control("class");
        let changed = optional_choice_ui(ui, control, "Kind", "Differs", &mut chosen);
        if let Some(value) = chosen.filter(|_| changed) {
            let ids = ids.to_vec();
            let verb = move |tx: &mut Tx<'_>| {
                ids.iter().for_each(|id| verbs::set_system_class(tx, id, value));
            };
            pane.act(Act::Edit(format!("change kind of {}", pane.called), Box::new(verb)));
        }
    });
}
