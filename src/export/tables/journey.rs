//! The tables of the graph: stages, steps, touchpoints, influencers, internal systems and links.

use crate::model::record::{
    Influencer, Link, LinkKind, Quality, Stage, Step, System, TimeSpent, Touchpoint,
};
use crate::model::{Edge, Id, query};

use super::TableKind;
use super::sheet::{Columns, Cx, Form, NARROW, Sheet, USUAL, Value, WIDE};

/// What people may say of feelings.
const FEELING: (i32, i32) = (-2, 2);
/// Of how good, how bad, how often, how much.
pub(super) const FIVE: (i32, i32) = (1, 5);

/// A rank of a scale that begins at 1; 0 is where nobody has said.
pub(super) fn said(rank: u8) -> Option<i32> {
    (rank > 0).then_some(rank.into())
}

pub(super) fn steps(cx: &Cx<'_>) -> Sheet {
    let rows = cx.doc.steps();
    let cx = *cx;
    let number: std::collections::BTreeMap<&Id, u32> =
        rows.iter().map(|(id, _)| *id).zip(1..).collect();
    let time = |it: &'_ Step| it.time_spent.clone().unwrap_or_default();
    let of_time = move |of: fn(TimeSpent) -> Option<String>| {
        move |_: &Id, it: &Step| Value::text(of(time(it)).unwrap_or_default())
    };
    Columns::<Step>::new(&cx)
        .text("Step", WIDE, |it| Some(&it.name))
        .with("No.", Form::Number, NARROW - 4, move |id, _| {
            number.get(id).map_or(Value::Empty, |number| Value::number(*number))
        })
        .refs("Stage", USUAL, |it| &it.stage)
        .per_segment("Feels", FEELING, |it| Some(&it.feelings), &rows)
        .per_segment("Expected", FEELING, |it| Some(&it.expected), &rows)
        .yes_no("Moment of truth", |it| it.moment_of_truth)
        .lines("Activities", WIDE, |it| &it.activities)
        .lines("Criteria", WIDE, |it| &it.criteria)
        .lines("Thoughts", WIDE, |it| &it.thoughts)
        .lines("Shorter or easier by", WIDE, |it| &it.shorten)
        .with("Active time", Form::Text, NARROW, of_time(|it| it.active))
        .with("Waiting time", Form::Text, NARROW, of_time(|it| it.waiting))
        .yes_no("Company involved", |it| it.company_involved)
        .with("Touchpoints", Form::Text, USUAL, move |id, _| {
            cx.names(query::touchpoints_of(cx.graph, id).into_iter().map(|(_, to)| to))
        })
        .with("Influencers", Form::Text, USUAL, move |id, _| {
            let mut from: Vec<&Id> = (cx.graph.incoming(id))
                .filter(|(_, edge, _)| *edge == Edge::Influences)
                .map(|(_, _, from)| from)
                .collect();
            from.sort();
            cx.names(from)
        })
        .with("Friction points", Form::Number, NARROW, move |id, _| frictions(&cx, id))
        .lines("Tags", USUAL, |it| &it.tags)
        .text("Detailed in", USUAL, |it| it.submap.as_deref())
        .text("Notes", WIDE, |it| it.notes.as_deref())
        .finish(TableKind::Steps.label(), &rows)
}

/// How many friction points sit on a record.
fn frictions(cx: &Cx<'_>, id: &Id) -> Value {
    let all = query::frictions_at(cx.doc, cx.index, id).len();
    Value::number(u32::try_from(all).unwrap_or(u32::MAX))
}

pub(super) fn stages(cx: &Cx<'_>) -> Sheet {
    let rows = cx.doc.stages();
    let cx = *cx;
    Columns::<Stage>::new(&cx)
        .text("Stage", WIDE, |it| Some(&it.name))
        .with("Steps", Form::Text, WIDE, move |id, _| {
            cx.names(query::steps_in(cx.doc, cx.index, id).into_iter().map(|(id, _)| id))
        })
        .text("Goal", WIDE, |it| it.goal.as_deref())
        .finish(TableKind::Stages.label(), &rows)
}

pub(super) fn touchpoints(cx: &Cx<'_>) -> Sheet {
    let rows = cx.by_name::<Touchpoint>();
    let cx = *cx;
    let quality = |of: fn(&Quality) -> Option<u8>| {
        move |it: &Touchpoint| it.quality.as_ref().and_then(of).map(i32::from)
    };
    Columns::<Touchpoint>::new(&cx)
        .text("Touchpoint", WIDE, |it| Some(&it.name))
        .choice("Channel", |it| Some(it.channel))
        .choice("Delivery", |it| Some(it.delivery))
        .choice("Status", |it| Some(it.status))
        .refs("Owner", USUAL, |it| &it.owner)
        .scale("Reliable", FIVE, quality(|it| it.reliable))
        .scale("Relevant", FIVE, quality(|it| it.relevant))
        .scale("Valuable", FIVE, quality(|it| it.valuable))
        .scale("Honest", FIVE, quality(|it| it.honest))
        .yes_no("Moment of truth", |it| it.moment_of_truth)
        .with("Used by steps", Form::Text, USUAL, move |id, _| {
            cx.names(query::steps_using(cx.graph, id).into_iter().map(|(_, step)| step))
        })
        .with("Rests on", Form::Text, USUAL, move |id, _| rests_on(&cx, id))
        .with("Friction points", Form::Number, NARROW, move |id, _| frictions(&cx, id))
        .lines("Tags", USUAL, |it| &it.tags)
        .text("Notes", WIDE, |it| it.notes.as_deref())
        .finish(TableKind::Touchpoints.label(), &rows)
}

/// What a record depends on.
fn rests_on(cx: &Cx<'_>, id: &Id) -> Value {
    let mut to: Vec<&Id> = (cx.graph.outgoing(id))
        .filter(|(_, edge, _)| *edge == Edge::DependsOn)
        .map(|(_, _, to)| to)
        .collect();
    to.sort();
    cx.names(to)
}

pub(super) fn influencers(cx: &Cx<'_>) -> Sheet {
    let rows = cx.by_name::<Influencer>();
    let cx = *cx;
    Columns::<Influencer>::new(&cx)
        .text("Influencer", WIDE, |it| Some(&it.name))
        .choice("Class", |it| Some(it.class))
        .with("Sways at", Form::Text, USUAL, move |id, _| {
            let mut to: Vec<&Id> = cx.graph.outgoing(id).map(|(_, _, to)| to).collect();
            to.sort();
            cx.names(to)
        })
        .lines("Tags", USUAL, |it| &it.tags)
        .text("Notes", WIDE, |it| it.notes.as_deref())
        .finish(TableKind::Influencers.label(), &rows)
}

pub(super) fn systems(cx: &Cx<'_>) -> Sheet {
    let rows = cx.by_name::<System>();
    let cx = *cx;
    Columns::<System>::new(&cx)
        .text("Internal system", WIDE, |it| Some(&it.name))
        .choice("Class", |it| Some(it.class))
        .choice("Band", |it| Some(it.band.unwrap_or_else(|| it.class.default_band())))
        .refs("Owner", USUAL, |it| &it.owner)
        .choice("Lever", |it| it.lever)
        .scale("Criticality", FIVE, |it| it.criticality.map(i32::from))
        .with("Rests on", Form::Text, USUAL, move |id, _| rests_on(&cx, id))
        .with("What rests on it", Form::Text, USUAL, move |id, _| {
            let mut from: Vec<&Id> = cx.graph.incoming(id).map(|(_, _, from)| from).collect();
            from.sort();
            cx.names(from)
        })
        .with("Friction points", Form::Number, NARROW, move |id, _| frictions(&cx, id))
        .lines("Tags", USUAL, |it| &it.tags)
        .text("Notes", WIDE, |it| it.notes.as_deref())
        .finish(TableKind::Systems.label(), &rows)
}

/// What a kind of link is called.
fn link_kind(kind: &LinkKind) -> &'static str {
    match kind {
        LinkKind::Next { .. } => "Next",
        LinkKind::Uses => "Uses",
        LinkKind::Influences { .. } => "Influences",
        LinkKind::DependsOn { .. } => "Depends on",
    }
}

pub(super) fn links(cx: &Cx<'_>) -> Sheet {
    let mut rows = cx.all::<Link>();
    rows.sort_by_key(|(id, it)| (Edge::of(&it.kind), *id));
    let kinds = vec!["Next", "Uses", "Influences", "Depends on"];
    Columns::<Link>::new(cx)
        .refs("From", WIDE, |it| [&it.from])
        .with("Kind", Form::Choice(kinds), NARROW + 2, |_, it| Value::text(link_kind(&it.kind)))
        .refs("To", WIDE, |it| [&it.to])
        .choice("Class", |it| match it.kind {
            LinkKind::Next { class, .. } => Some(class),
            _ => None,
        })
        .text("Condition", USUAL, |it| match &it.kind {
            LinkKind::Next { condition, .. } => condition.as_deref(),
            _ => None,
        })
        .percent("Share %", |it| match it.kind {
            LinkKind::Next { share_pct, .. } => share_pct,
            _ => None,
        })
        .lines("Activities", WIDE, |it| match &it.kind {
            LinkKind::Influences { activities, .. } => activities,
            _ => &[],
        })
        .per_segment(
            "Importance",
            (0, 5),
            |it| match &it.kind {
                LinkKind::Influences { importance, .. } => Some(importance),
                _ => None,
            },
            &rows,
        )
        .refs("Via", USUAL, |it| match &it.kind {
            LinkKind::Influences { via, .. } => via,
            _ => &None,
        })
        .text("For what", USUAL, |it| match &it.kind {
            LinkKind::DependsOn { what, .. } => what.as_deref(),
            _ => None,
        })
        .choice("Rating", |it| match it.kind {
            LinkKind::DependsOn { rating, .. } => rating,
            _ => None,
        })
        .finish(TableKind::Links.label(), &rows)
}
