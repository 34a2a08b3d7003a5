//! The tables of what was found and what is done about it: friction points, delights, actions.

use crate::insight;
use crate::model::record::{Action, ActionCheck, Delight, Friction, Money, Told};
use crate::model::{Id, Kind, query};

use super::super::say::{ranked, responsible};
use super::TableKind;
use super::journey::{FIVE, said};
use super::sheet::{Columns, Cx, Form, NARROW, Sheet, USUAL, Value, WIDE};

pub(super) fn frictions(cx: &Cx<'_>) -> Sheet {
    let rows = ranked(cx.doc, cx.index);
    let cx = *cx;
    let amount = |it: &Friction| it.cost_per_year.as_ref().map(|it: &Money| it.amount);
    Columns::<Friction>::new(&cx)
        .text("Friction point", WIDE, |it| Some(&it.text))
        .refs("Where", USUAL, |it| &it.at)
        .with("Kind of place", Form::Text, NARROW + 4, move |_, it| {
            let kind = it.at.as_ref().and_then(|at| cx.doc.kind_of(at));
            Value::text(kind.map_or("", Kind::singular))
        })
        .choice("Class", |it| Some(it.class))
        .scale("Severity", FIVE, |it| said(it.severity))
        .scale("Frequency", FIVE, |it| it.frequency.map(i32::from))
        .percent("Reach %", |it| it.reach_pct)
        .number("Weight", |it| Some(insight::weight(it)))
        .choice("Status", |it| Some(it.status))
        .choice("Confidence", |it| Some(it.confidence))
        .refs("Causes", WIDE, |it| &it.causes)
        .with("Owners", Form::Text, USUAL, move |_, it| cx.names(responsible(cx.doc, it)))
        .with("Actions", Form::Text, WIDE, move |id, _| {
            cx.names(query::actions_for(cx.doc, cx.index, id).into_iter().map(|(id, _)| id))
        })
        .with("Verbatims", Form::Text, WIDE, move |id, _| {
            cx.names(query::verbatims_at(cx.doc, cx.index, id).into_iter().map(|(id, _)| id))
        })
        .number("Votes", |it| Some(it.votes.into()))
        .number("Cost a year", amount)
        .text("Currency", NARROW, |it| it.cost_per_year.as_ref().map(|it| it.currency.as_str()))
        .lines("Tags", USUAL, |it| &it.tags)
        .finish(TableKind::Frictions.label(), &rows)
}

pub(super) fn delights(cx: &Cx<'_>) -> Sheet {
    let mut rows = cx.all::<Delight>();
    rows.sort_by_key(|(id, it)| (std::cmp::Reverse(it.strength), *id));
    Columns::<Delight>::new(cx)
        .text("Delight", WIDE, |it| Some(&it.text))
        .refs("Where", USUAL, |it| &it.at)
        .scale("Strength", FIVE, |it| said(it.strength))
        .lines("Tags", USUAL, |it| &it.tags)
        .finish(TableKind::Delights.label(), &rows)
}

pub(super) fn actions(cx: &Cx<'_>) -> Sheet {
    let mut rows = cx.by_name::<Action>();
    // Stable: within a day and among those without one by name.
    rows.sort_by_key(|(_, it)| (it.due.is_none(), it.due));
    let told = |it: &'_ Option<Told>| it.as_ref().and_then(|it| it.date);
    let check =
        |of: fn(&ActionCheck) -> Option<f64>| move |it: &Action| it.check.as_ref().and_then(of);
    Columns::<Action>::new(cx)
        .text("Action", WIDE, |it| Some(&it.title))
        .choice("Status", |it| Some(it.status))
        .refs("Owner", USUAL, |it| &it.owner)
        .date("Due", |it| it.due)
        .scale("Effort", FIVE, |it| it.effort.map(i32::from))
        .scale("Value", FIVE, |it| it.value.map(i32::from))
        .number("Votes", |it| Some(it.votes.into()))
        .refs("Addresses", WIDE, |it| &it.addresses)
        .refs("Where", USUAL, |it| &it.at)
        .with("Levers", Form::Text, NARROW, |_, it| {
            let labels: Vec<&str> = it.levers.iter().map(|it| it.label()).collect();
            Value::text(labels.join("\n"))
        })
        .refs("Checked by", USUAL, |it: &Action| -> Option<&Id> {
            it.check.as_ref()?.measure.as_ref()
        })
        .number("Baseline", check(|it| it.baseline))
        .number("Target", check(|it| it.target))
        .date("Customers told", move |it| told(&it.told_customers))
        .text("What customers were told", WIDE, |it| {
            it.told_customers.as_ref().map(|it| it.text.as_str())
        })
        .date("Staff told", move |it| told(&it.told_staff))
        .text("What staff were told", WIDE, |it| it.told_staff.as_ref().map(|it| it.text.as_str()))
        .lines("Tags", USUAL, |it| &it.tags)
        .finish(TableKind::Actions.label(), &rows)
}
