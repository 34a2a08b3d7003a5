//! The tables of who was asked and what they said: segments, measures, readings, verbatims, notes.

use crate::model::query;
use crate::model::record::{
    Measure, MeasureKind, Money, Note, Persona, Reading, Segment, Verbatim,
};

use super::TableKind;
use super::journey::{FIVE, said};
use super::sheet::{Columns, Cx, Form, NARROW, Sheet, USUAL, Value, WIDE};

pub(super) fn segments(cx: &Cx<'_>) -> Sheet {
    let rows = query::segments(cx.doc, cx.index);
    let persona = |it: &'_ Segment| -> Option<Persona> { it.persona.clone() };
    let list = move |of: fn(Persona) -> Vec<String>| {
        move |_: &_, it: &Segment| {
            Value::text(persona(it).map_or_else(String::new, |it| of(it).join("\n")))
        }
    };
    let money = |it: &'_ Segment| it.lifetime_value.as_ref().map(|it: &Money| it.amount);
    Columns::<Segment>::new(cx)
        .text("Segment", WIDE, |it| Some(&it.name))
        .scale("Priority", FIVE, |it| said(it.priority))
        .percent("Share %", |it| it.share_pct)
        .number("Customers", |it| it.customers.map(|it| it as f64))
        .number("Lifetime value", money)
        .text("Currency", NARROW, |it| it.lifetime_value.as_ref().map(|it| it.currency.as_str()))
        .text("Quote", WIDE, |it| it.persona.as_ref()?.quote.as_deref())
        .with("Goals", Form::Text, WIDE, list(|it| it.goals))
        .with("Needs", Form::Text, WIDE, list(|it| it.needs))
        .with("Frustrations", Form::Text, WIDE, list(|it| it.frustrations))
        .text("Colour", NARROW, |it| it.colour.as_deref())
        .finish(TableKind::Segments.label(), &rows)
}

pub(super) fn measures(cx: &Cx<'_>) -> Sheet {
    let rows = cx.by_name::<Measure>();
    let kind = |it: &Measure| match it.kind {
        MeasureKind::Nps => "NPS",
        MeasureKind::Csat => "CSAT",
        MeasureKind::Ces => "CES",
        MeasureKind::Custom { .. } => "Custom",
    };
    let kinds = vec!["NPS", "CSAT", "CES", "Custom"];
    Columns::<Measure>::new(cx)
        .text("Measure", WIDE, |it| Some(&it.name))
        .with("Kind", Form::Choice(kinds), NARROW, move |_, it| Value::text(kind(it)))
        .text("Question", WIDE, |it| it.question.as_deref())
        .number("Lowest score", |it| Some(it.kind.scores().0))
        .number("Highest score", |it| Some(it.kind.scores().1))
        .yes_no("Higher is better", |it| match it.kind {
            MeasureKind::Custom { higher_is_better, .. } => higher_is_better,
            MeasureKind::Nps | MeasureKind::Csat | MeasureKind::Ces => true,
        })
        .text("Unit", NARROW, |it| match &it.kind {
            MeasureKind::Custom { unit, .. } => unit.as_deref(),
            MeasureKind::Nps | MeasureKind::Csat | MeasureKind::Ces => None,
        })
        .finish(TableKind::Measures.label(), &rows)
}

pub(super) fn readings(cx: &Cx<'_>) -> Sheet {
    let mut rows = cx.all::<Reading>();
    rows.sort_by_key(|(id, it)| (&it.measure, it.date, *id));
    Columns::<Reading>::new(cx)
        .refs("Measure", WIDE, |it| &it.measure)
        .refs("Where", USUAL, |it| &it.at)
        .refs("Segment", USUAL, |it| &it.segment)
        .date("Date", |it| it.date)
        .text("Round", NARROW, |it| it.round.as_deref())
        .number("Value", |it| it.value)
        .number("Answers", |it| {
            // Where the answers are known, their number is; else it may have been said.
            let counted = it.counts.values().map(|it| u64::from(*it)).sum::<u64>() as f64;
            if it.counts.is_empty() { it.n.map(f64::from) } else { Some(counted) }
        })
        .with("Answers by score", Form::Text, USUAL, |_, it| {
            let lines = it.counts.iter().map(|(answer, count)| format!("{answer}: {count}"));
            Value::text(lines.collect::<Vec<_>>().join("\n"))
        })
        .finish(TableKind::Readings.label(), &rows)
}

pub(super) fn verbatims(cx: &Cx<'_>) -> Sheet {
    let mut rows = cx.all::<Verbatim>();
    rows.sort_by_key(|(id, it)| (it.date, *id));
    Columns::<Verbatim>::new(cx)
        .text("Verbatim", WIDE, |it| Some(&it.text))
        .refs("Where", USUAL, |it| &it.at)
        .refs("Segment", USUAL, |it| &it.segment)
        .scale("Sentiment", (-2, 2), |it| it.sentiment.map(i32::from))
        .text("Source", USUAL, |it| it.source.as_deref())
        .date("Date", |it| it.date)
        .finish(TableKind::Verbatims.label(), &rows)
}

pub(super) fn notes(cx: &Cx<'_>) -> Sheet {
    let mut rows = cx.all::<Note>();
    rows.sort_by_key(|(id, it)| (it.date, *id));
    Columns::<Note>::new(cx)
        .text("Note", WIDE, |it| Some(&it.text))
        .refs("Where", USUAL, |it| &it.at)
        .text("Author", USUAL, |it| it.author.as_deref())
        .date("Date", |it| it.date)
        .yes_no("Resolved", |it| it.resolved)
        .finish(TableKind::Notes.label(), &rows)
}
