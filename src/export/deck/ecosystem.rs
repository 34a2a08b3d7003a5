//! The ecosystem: what the journey rests on, on as few slides as keep it legible.
//!
//! All of it on one slide where it has room; else by stage, with only what that stage rests on;
//! else by step; what even then has no room is shown in parts by band, and at last as a table.

use rustc_hash::FxHashSet;

use crate::insight::in_words;
use crate::model::choice::{Band, SlidePart, SystemClass};
use crate::model::record::{System, Touchpoint};
use crate::model::{Doc, Edge, Graph, Id, Index, Kind, Patch, Record, query};
use crate::scene::{
    EcosystemFilter, EcosystemOptions, EcosystemScene, Focus, FocusWay, JourneyScene, Layer,
    NodeKind,
};
use crate::text::Text;

use super::super::ExportError;
use super::compose::Source;
use super::fit::{least_scale, view};
use super::say::{count, list};
use super::table::{Rows, Tables, largest, small, words};
use super::{Piece, Slide, SlideLayout};

/// The largest scale.
const MOST: f32 = 1.3;

/// More cards than this never fit on a slide, or on two: they are not even laid out.
const MANY: usize = 24;
const MANY_ON_TWO: usize = 36;

/// Maps of more steps than this are shown by stage alone.
const MANY_STEPS: usize = 40;

/// The most rows of a table of what something rests on: what is nearest comes first.
const ROWS: usize = 24;

const NAME: &str = "What it rests on";

/// Slides in the making: their key, their name with its number, and what stands on them.
type Made = (String, String, (usize, usize), Vec<String>, Piece);

/// A picture with its notes.
type Picture = (Piece, Vec<String>);

/// Bands that are shown together where all of them are too high: what the customer meets and who
/// does the work, then who does the work and what supports it.
const HALVES: [&[Band]; 2] =
    [&[Band::Customer, Band::Frontstage, Band::Backstage], &[Band::Backstage, Band::Support]];

pub(super) fn slides(
    source: &Source<'_>,
    whole: &JourneyScene,
    text: &mut Text,
) -> Result<Vec<Slide>, ExportError> {
    if source.index.of_kind(Kind::System).is_empty() {
        return Ok(Vec::new());
    }
    let mut made: Vec<Made> = Vec::new();
    let all = EcosystemOptions {
        segment: source.options.segment.clone(),
        compact: true,
        ..EcosystemOptions::default()
    };
    let stages = source.stages(whole);
    let name = "What the journey rests on";
    let cards: usize = [Kind::Step, Kind::Touchpoint, Kind::Influencer, Kind::System]
        .iter()
        .map(|kind| source.index.of_kind(*kind).len())
        .sum();
    let one = source.options.stage.is_none() && cards <= MANY;
    let one = if one { picture(source, &all, name, text)? } else { None };
    if let Some((piece, notes)) = one {
        made.push(("ecosystem".to_owned(), name.to_owned(), (0, 1), notes, piece));
    } else {
        for (i, (stage, steps)) in stages.iter().enumerate() {
            source.made(i, stages.len())?;
            if !steps.is_empty() {
                of_stage(source, &all, stage.as_ref(), steps, text, &mut made)?;
            }
        }
    }
    Ok(made
        .into_iter()
        .map(|(key, name, number, notes, piece)| Slide {
            part: SlidePart::Ecosystem,
            key,
            layout: SlideLayout::TitleOnly,
            title: source.title(text, &name, number),
            subtitle: None,
            pieces: vec![piece],
            notes,
        })
        .collect())
}

/// What a slide about a stage or a step is called; a name that quotes something is not quoted.
fn title(name: &str) -> String {
    if name.contains(['“', '”', '"', '„', '«']) {
        format!("What {name} rests on")
    } else {
        format!("What “{name}” rests on")
    }
}

fn of_stage(
    source: &Source<'_>,
    all: &EcosystemOptions,
    stage: Option<&Id>,
    steps: &[(usize, Id)],
    text: &mut Text,
    made: &mut Vec<Made>,
) -> Result<(), ExportError> {
    let name = title(&source.stage_name(stage));
    let ids: Vec<&Id> = steps.iter().map(|(_, id)| id).collect();
    let found = reached(source, &ids);
    let reached = found.len();
    // Steps that rest on nothing have nothing to show.
    if reached == ids.len() {
        return Ok(());
    }
    if let Some(stage) = stage.filter(|_| reached <= MANY_ON_TWO) {
        let filter = EcosystemFilter { stages: [stage.clone()].into(), ..all.filter.clone() };
        let options = EcosystemOptions { filter, ..all.clone() };
        let beneath = Beneath::of(source, &found);
        let pictures = pictures(&beneath.source(source), &options, reached, &name, text)?;
        if !pictures.is_empty() {
            push(format!("ecosystem/{stage}"), &name, pictures, made);
            return Ok(());
        }
    }
    if source.steps > MANY_STEPS {
        let key = format!("ecosystem/{}", stage.map_or("none", |id| id.as_str()));
        push(key, &name, tables(source, &ids, &source.stage_name(stage), text)?, made);
        return Ok(());
    }
    for (_, step) in steps {
        of_step(source, all, step, text, made)?;
    }
    Ok(())
}

fn of_step(
    source: &Source<'_>,
    all: &EcosystemOptions,
    step: &Id,
    text: &mut Text,
    made: &mut Vec<Made>,
) -> Result<(), ExportError> {
    // A step that rests on nothing has nothing to show.
    let rests = source
        .graph
        .outgoing(step)
        .any(|(_, edge, _)| matches!(edge, Edge::Uses | Edge::DependsOn));
    if !rests {
        return Ok(());
    }
    let name = title(&in_words(source.doc, step));
    let key = format!("ecosystem/{step}");
    let focus = Some(Focus { node: step.clone(), way: FocusWay::RestsOn });
    let options = EcosystemOptions { focus, ..all.clone() };
    let found = reached(source, &[step]);
    let beneath = Beneath::of(source, &found);
    let mut pictures = pictures(&beneath.source(source), &options, found.len(), &name, text)?;
    if pictures.is_empty() {
        pictures = tables(source, &[step], &in_words(source.doc, step), text)?;
    }
    push(key, &name, pictures, made);
    Ok(())
}

/// Slides of one name.
fn push(key: String, name: &str, all: Vec<Picture>, made: &mut Vec<Made>) {
    let pages = all.len();
    for (i, (piece, notes)) in all.into_iter().enumerate() {
        made.push((super::key(&key, i), name.to_owned(), (i, pages), notes, piece));
    }
}

/// A part on one legible slide, without influencers where these are too much, or on two; none
/// where even that is not legible.
fn pictures(
    source: &Source<'_>,
    options: &EcosystemOptions,
    reached: usize,
    name: &str,
    text: &mut Text,
) -> Result<Vec<Picture>, ExportError> {
    if reached > MANY_ON_TWO {
        return Ok(Vec::new());
    }
    let mut kinds: std::collections::BTreeSet<NodeKind> =
        SystemClass::ALL.iter().map(|class| NodeKind::System(*class)).collect();
    kinds.extend([NodeKind::Step, NodeKind::Touchpoint]);
    let filter = EcosystemFilter { kinds, ..options.filter.clone() };
    let inside = EcosystemOptions { filter, ..options.clone() };
    for options in [options, &inside].into_iter().filter(|_| reached <= MANY) {
        if let Some(one) = picture(source, options, name, text)? {
            return Ok(vec![one]);
        }
    }
    let mut halves = Vec::new();
    for bands in HALVES {
        let bands = bands.iter().copied().collect();
        let filter = EcosystemFilter { bands, ..inside.filter.clone() };
        let half = EcosystemOptions { filter, ..inside.clone() };
        match picture(source, &half, name, text)? {
            Some(half) => halves.push(half),
            None => return Ok(Vec::new()),
        }
    }
    Ok(halves)
}

/// A picture that is legible on one slide, with its notes.
fn picture(
    source: &Source<'_>,
    options: &EcosystemOptions,
    name: &str,
    text: &mut Text,
) -> Result<Option<Picture>, ExportError> {
    source.go_on()?;
    let (doc, room) = (source.doc, source.frame.body);
    let it = EcosystemScene::new(doc, source.index, source.graph, text, options.clone());
    let scene = it.scene();
    let all = scene.items.iter().map(|item| item.rect);
    let Some(reach) = all.reduce(crate::geom::Rect::union) else { return Ok(None) };
    let fits = (room.width() / reach.width()).min(room.height() / reach.height());
    if fits < least_scale() {
        return Ok(None);
    }
    let cards = scene.items.iter().filter(|item| item.layer == Layer::Cards);
    if cards.clone().next().is_none() {
        return Ok(None);
    }
    let said: Vec<&str> = cards.map(|item| &*item.name).filter(|it| !it.is_empty()).collect();
    let mut notes = vec![format!("{name}: {}.", count(said.len(), "card"))];
    notes.extend(said.iter().map(|it| (*it).to_owned()));
    let alt = format!("{name}. {}", said.join(" "));
    Ok(Some((view(scene, reach, room, MOST, alt), notes)))
}

/// The part of a map that some steps rest on, as a map of its own: a picture of it costs what it
/// shows, however large the map is. All steps are in it, so that they keep their numbers.
struct Beneath {
    doc: Doc,
    index: Index,
    graph: Graph,
}

impl Beneath {
    fn of(source: &Source<'_>, nodes: &[&Id]) -> Self {
        let whole = source.doc;
        let mut kept: FxHashSet<&Id> = nodes.iter().copied().collect();
        for node in nodes {
            let on = source.graph.incoming(node).filter(|(_, edge, _)| *edge == Edge::Influences);
            kept.extend(on.map(|(_, _, influencer)| influencer));
        }
        let mut patch = Patch::default();
        let mut put = |id: &Id| patch.set(id, None, whole.get(id).cloned());
        for kind in [Kind::Stage, Kind::Step, Kind::Segment, Kind::View] {
            source.index.of_kind(kind).iter().for_each(&mut put);
        }
        // Owners are named on cards, and who a card names is no card by that.
        let owner = |id: &Id| match whole.get(id).map(AsRef::as_ref) {
            Some(Record::System(it)) => it.owner.clone(),
            Some(Record::Touchpoint(it)) => it.owner.clone(),
            _ => None,
        };
        let owners: Vec<Id> = kept.iter().filter_map(|id| owner(id)).collect();
        kept.iter().copied().for_each(&mut put);
        owners.iter().for_each(&mut put);
        for id in &kept {
            for (link, _, to) in source.graph.outgoing(id) {
                if kept.contains(to) {
                    put(link);
                    source.index.referrers(link).iter().for_each(&mut put);
                }
            }
            let on = query::frictions_at(whole, source.index, id);
            on.into_iter().for_each(|(friction, _)| put(friction));
        }
        let mut doc = Doc::with_head(whole.head().as_ref().clone());
        doc.apply(&patch);
        let (index, graph) = (Index::of(&doc), Graph::of(&doc));
        Self { doc, index, graph }
    }

    fn source<'a>(&'a self, whole: &Source<'a>) -> Source<'a> {
        Source { doc: &self.doc, index: &self.index, graph: &self.graph, ..*whole }
    }
}

/// Some steps and all that they rest on, what is nearest first.
fn reached<'a>(source: &Source<'a>, steps: &[&'a Id]) -> Vec<&'a Id> {
    let mut order: Vec<&Id> = steps.to_vec();
    let mut seen: FxHashSet<&Id> = order.iter().copied().collect();
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        at += 1;
        let below = source.graph.outgoing(node);
        let below = below.filter(|(_, edge, _)| matches!(edge, Edge::Uses | Edge::DependsOn));
        order.extend(below.map(|(_, _, to)| to).filter(|to| seen.insert(to)));
    }
    order
}

/// What some steps rest on, as tables.
fn tables(
    source: &Source<'_>,
    steps: &[&Id],
    name: &str,
    text: &mut Text,
) -> Result<Vec<Picture>, ExportError> {
    let all = reached(source, steps).split_off(steps.len());
    let shown = &all[..all.len().min(ROWS)];
    let (tables, cuts) = largest(|size| rows(source, shown, size, text))?;
    let rests = match all.len() - shown.len() {
        0 => format!("“{name}” rests on {}.", count(shown.len(), "thing")),
        _ => format!("“{name}” rests on {} things; the nearest {ROWS}.", all.len()),
    };
    let notes = |range: std::ops::Range<usize>| {
        std::iter::once(rests.clone()).chain(cuts[range].iter().flatten().cloned()).collect()
    };
    Ok(tables.into_iter().map(|(table, range)| (Piece::Table(table), notes(range))).collect())
}

fn rows(
    source: &Source<'_>,
    nodes: &[&Id],
    size: f32,
    text: &mut Text,
) -> Result<Tables, ExportError> {
    let (doc, graph) = (source.doc, source.graph);
    let columns =
        [("What", 34.0, 0.0), ("Kind", 12.0, 84.0), ("Rests on", 36.0, 0.0), ("Owner", 18.0, 0.0)];
    let mut rows = Rows::new(text, &columns, source.frame.body, size);
    for node in nodes.iter().copied() {
        source.go_on()?;
        let (kind, owner) = match (doc.get_as::<System>(node), doc.get_as::<Touchpoint>(node)) {
            (Some(it), _) => (it.class.label(), it.owner.as_ref()),
            (_, Some(it)) => (it.channel.label(), it.owner.as_ref()),
            _ => ("", None),
        };
        let below: Vec<String> = graph
            .outgoing(node)
            .filter(|(_, edge, _)| *edge == Edge::DependsOn)
            .map(|(_, _, to)| in_words(doc, to))
            .collect();
        let owner = owner.filter(|id| doc.get(id).is_some()).map(|id| in_words(doc, id));
        let cell = |text: String, lines| (vec![words(text, lines)], None);
        let kind = (vec![small(kind, 1)], None);
        let owner = cell(owner.unwrap_or_default(), 2);
        rows.push(vec![cell(in_words(doc, node), 2), kind, cell(list(&below), 2), owner]);
    }
    Ok(rows.tables(NAME, usize::MAX))
}
