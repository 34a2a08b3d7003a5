//! `throughline trace`: what a record rests on and why it hurts, or what rests on it.
//!
//! Not here: the walks (see `insight`), the answer in words (see `told`).

use serde::Serialize;

use crate::insight::{self, Impact, Trace};
use crate::model::record::Friction;
use crate::model::{Doc, Graph, Id, Index, Kind};

use super::args::TraceArgs;
use super::output::{self, Exit};
use super::{find, input, told};

/// What can be asked about.
const KINDS: &[Kind] = &[
    Kind::Step,
    Kind::Touchpoint,
    Kind::Influencer,
    Kind::System,
    Kind::Link,
    Kind::Friction,
    Kind::Delight,
];

pub(super) fn run(args: &TraceArgs) -> anyhow::Result<Exit> {
    let loaded = input::load_map(&args.file)?;
    let doc = &loaded.doc;
    let id = find::record(doc, &args.id, KINDS)?;
    input::say_errors(&args.file, &loaded, "followed");
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    let text = if args.impact {
        let impact = insight::impact(doc, &index, &graph, &id);
        match args.json {
            true => output::json(&ImpactJson::of(doc, &id, &impact))?,
            false => told::impact(doc, &id, &impact),
        }
    } else {
        let trace = insight::trace(doc, &index, &graph, &id);
        match args.json {
            true => output::json(&TraceJson::of(doc, &id, &trace))?,
            false => told::trace(doc, &id, &trace),
        }
    };
    output::say(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// A record by its id, with its name as it stands in the map.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub(super) id: Id,
    name: String,
}

impl Named {
    pub(super) fn of(doc: &Doc, id: &Id) -> Self {
        Self { id: id.clone(), name: doc.name_of(id).to_owned() }
    }

    pub(super) fn all<'a>(doc: &Doc, ids: impl IntoIterator<Item = &'a Id>) -> Vec<Self> {
        ids.into_iter().map(|id| Self::of(doc, id)).collect()
    }
}

/// A set of ids in order, so that the same answer is the same text.
fn sorted<'a>(ids: impl IntoIterator<Item = &'a Id>) -> Vec<&'a Id> {
    let mut ids: Vec<&Id> = ids.into_iter().collect();
    ids.sort();
    ids
}

/// What was asked about.
#[derive(Debug, Serialize)]
struct Asked {
    #[serde(flatten)]
    record: Named,
    kind: &'static str,
}

impl Asked {
    fn of(doc: &Doc, id: &Id) -> Self {
        let kind = doc.kind_of(id).map_or("", Kind::singular);
        Self { record: Named::of(doc, id), kind }
    }
}

#[derive(Debug, Serialize)]
struct FrictionJson {
    #[serde(flatten)]
    friction: Named,
    severity: u8,
    /// Severity × frequency × reach.
    weight: f64,
}

impl FrictionJson {
    fn of(doc: &Doc, id: &Id) -> Self {
        let friction = doc.get_as::<Friction>(id);
        Self {
            friction: Named::of(doc, id),
            severity: friction.map_or(0, |it| it.severity),
            weight: friction.map_or(0.0, insight::weight),
        }
    }
}

#[derive(Debug, Serialize)]
struct TraceJson<'a> {
    from: Asked,
    starts: Vec<Named>,
    causes: Vec<CauseJson>,
    /// How many ways there are; `paths` lists the first of them.
    path_count: u64,
    paths: Vec<PathJson<'a>>,
    owners: Vec<OwnerJson>,
    frictions: Vec<FrictionJson>,
    nodes: Vec<&'a Id>,
    links: Vec<&'a Id>,
}

#[derive(Debug, Serialize)]
struct CauseJson {
    #[serde(flatten)]
    cause: Named,
    /// Whether the team named it; else only links lead there.
    named: bool,
    named_by: Vec<Named>,
    /// Links away; null where no link leads there.
    distance: Option<usize>,
    share: f64,
    ends: bool,
}

#[derive(Debug, Serialize)]
struct PathJson<'a> {
    words: String,
    /// Whether it ends at a named cause.
    named: bool,
    nodes: Vec<Named>,
    /// Between the nodes; null where no link leads to a named cause.
    links: &'a [Option<Id>],
}

#[derive(Debug, Serialize)]
struct OwnerJson {
    /// Null is nobody.
    team: Option<Named>,
    owns: Vec<Named>,
}

impl<'a> TraceJson<'a> {
    fn of(doc: &Doc, id: &Id, trace: &'a Trace) -> Self {
        Self {
            from: Asked::of(doc, id),
            starts: Named::all(doc, &trace.starts),
            causes: (trace.causes.iter())
                .map(|it| CauseJson {
                    cause: Named::of(doc, &it.system),
                    named: !it.named_by.is_empty(),
                    named_by: Named::all(doc, &it.named_by),
                    distance: it.distance,
                    share: it.share,
                    ends: it.ends,
                })
                .collect(),
            path_count: trace.path_count,
            paths: (trace.paths.iter())
                .map(|it| PathJson {
                    words: it.in_words(doc),
                    named: it.named,
                    nodes: Named::all(doc, &it.nodes),
                    links: &it.links,
                })
                .collect(),
            owners: (trace.owners.iter())
                .map(|it| OwnerJson {
                    team: it.team.as_ref().map(|team| Named::of(doc, team)),
                    owns: Named::all(doc, &it.owns),
                })
                .collect(),
            frictions: trace.frictions.iter().map(|id| FrictionJson::of(doc, id)).collect(),
            nodes: sorted(&trace.nodes),
            links: sorted(&trace.links),
        }
    }
}

#[derive(Debug, Serialize)]
struct ImpactJson<'a> {
    of: Asked,
    /// Of the journey, 0 to 1.
    share: f64,
    segments: Vec<SegmentJson>,
    /// In journey order.
    steps: Vec<StepJson>,
    stages: Vec<Named>,
    touchpoints: Vec<Named>,
    systems: Vec<Named>,
    frictions: Vec<FrictionJson>,
    /// Of the weight of all friction points, 0 to 1.
    friction_share: f64,
    nodes: Vec<&'a Id>,
    links: Vec<&'a Id>,
}

#[derive(Debug, Serialize)]
struct SegmentJson {
    /// Null where the map has no segments.
    segment: Option<Named>,
    share: f64,
}

#[derive(Debug, Serialize)]
struct StepJson {
    #[serde(flatten)]
    step: Named,
    /// Whether no other way is left; else it degrades.
    stops: bool,
}

impl<'a> ImpactJson<'a> {
    fn of(doc: &Doc, id: &Id, impact: &'a Impact) -> Self {
        Self {
            of: Asked::of(doc, id),
            share: impact.share,
            segments: (impact.segments.iter())
                .map(|it| SegmentJson {
                    segment: it.segment.as_ref().map(|id| Named::of(doc, id)),
                    share: it.share,
                })
                .collect(),
            steps: (impact.steps.iter())
                .map(|it| StepJson { step: Named::of(doc, &it.step), stops: it.stops })
                .collect(),
            stages: Named::all(doc, &impact.stages),
            touchpoints: Named::all(doc, &impact.touchpoints),
            systems: Named::all(doc, &impact.systems),
            frictions: impact.frictions.iter().map(|(id, _)| FrictionJson::of(doc, id)).collect(),
            friction_share: impact.friction_share,
            nodes: sorted(&impact.nodes),
            links: sorted(&impact.links),
        }
    }
}
