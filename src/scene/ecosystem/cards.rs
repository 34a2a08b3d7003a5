//! What each card of the ecosystem says.
//!
//! Less than in the journey: a name, and in small print what one asks first (the channel of a
//! touchpoint, the owner of an internal system). Kinds are told apart by icon and outline. Not
//! here: sizes and places.

use crate::layout::plan::Mark;
use crate::layout::sizes;
use crate::model::choice::{SystemClass, TouchpointStatus};
use crate::model::record::{Influencer, Step, System, Touchpoint};
use crate::model::{Doc, Id, Kind};

use super::super::cards::{frictions, name_words, sentence, small, tint};
use super::super::face::{Face, Look, Outline};
use super::super::{Icon, Ink};
use super::plan::{Plan, owner_name};
use super::visible::{ShownNode, Stands, owner_of};
use super::{Grouping, NodeKind};

/// The most lines of a name.
const NAME_LINES: usize = 3;

/// What a card was made from besides its records.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    node: (Stands, NodeKind, Vec<Id>),
    mark: Option<Mark>,
    stage: Option<usize>,
    grouping: Grouping,
}

impl Given {
    pub fn of(plan: &Plan, node: usize, grouping: Grouping) -> Self {
        let it = &plan.shown.nodes[node];
        let stage = plan.stage[node];
        let node = (it.stands, it.kind, it.members.clone());
        Self { node, mark: it.mark.clone(), stage, grouping }
    }
}

/// What a card says. A name of a step lacks its number, which changes with others.
pub(super) fn face(doc: &Doc, plan: &Plan, i: usize, grouping: Grouping) -> Face {
    let node = &plan.shown.nodes[i];
    let stage = plan.stage[i].filter(|stage| plan.stages[*stage].is_some());
    let mut face = match (node.stands, node.kind) {
        (Stands::Kind, _) => pile(node),
        (_, NodeKind::Step) => {
            step(doc, node, plan.stage[i].and_then(|at| plan.stages[at].as_ref()))
        }
        (_, NodeKind::Touchpoint) => touchpoint(doc, node),
        (_, NodeKind::Influencer) => influencer(doc, node),
        (_, NodeKind::System(class)) => system(doc, node, class, grouping),
    };
    if node.kind == NodeKind::Step {
        let ink = stage.map_or(Ink::Faint, |stage| Ink::StageAccent(tint(stage)));
        (face.bar, face.block) = (Some(ink), ink);
    }
    face.mark = node.mark.as_ref().map(|mark| (mark.severity, mark.count));
    face.on_corner = true;
    if let Some(title) = &mut face.title {
        title.max_lines = NAME_LINES;
    }
    face.pile = node.stands != Stands::Record;
    face.outline = outline(node.kind);
    face.name += &frictions(node.mark.as_ref());
    face.uses.extend(node.members.iter().filter(|id| **id != node.record).cloned());
    face
}

fn outline(kind: NodeKind) -> Outline {
    match kind {
        NodeKind::Influencer => Outline::Pill,
        NodeKind::System(SystemClass::Policy) => Outline::Folded,
        NodeKind::System(SystemClass::Technology) => Outline::Square,
        NodeKind::System(SystemClass::Partner) => Outline::Double,
        NodeKind::Step | NodeKind::Touchpoint | NodeKind::System(_) => Outline::Card,
    }
}

/// The height of a name above a line in small print, so that cards without one are as high.
fn two_lines() -> f32 {
    sizes().text.card.line + sizes().card.small_gap + sizes().text.small.line
}

fn step(doc: &Doc, node: &ShownNode, stage: Option<&Id>) -> Face {
    let fallback = Step::default();
    let it = doc.get_as::<Step>(&node.record).unwrap_or(&fallback);
    let look = if it.company_involved { Look::Card } else { Look::Quiet };
    let mut face = Face::new(look, Ink::Faint);
    face.title = Some(name_words(&it.name, "Unnamed step"));
    face.least = two_lines();
    face.truth = it.moment_of_truth;
    face.name = sentence(if it.name.is_empty() { "unnamed" } else { &it.name });
    if let Some(stage) = stage {
        face.name += &format!(" Stage {}.", doc.name_of(stage));
    }
    if it.moment_of_truth {
        face.name += " Moment of truth.";
    }
    if !it.company_involved {
        face.name += " Without the company.";
    }
    face.uses.extend(it.stage.clone());
    face
}

fn touchpoint(doc: &Doc, node: &ShownNode) -> Face {
    let fallback = Touchpoint::default();
    let it = doc.get_as::<Touchpoint>(&node.record).unwrap_or(&fallback);
    let mut face = super::super::cards::touchpoint(it);
    let status = it.status.label().to_lowercase();
    let mut line = small(match it.status {
        TouchpointStatus::Live => it.channel.label().to_owned(),
        _ => format!("{} · {status}", it.channel.label()),
    });
    if it.status == TouchpointStatus::AtRisk {
        line.ink = Ink::Strained;
    }
    face.lines.push(line);
    face.name = format!("Touchpoint: {} {}, {status}.", sentence(&it.name), it.channel.label());
    if let Some(owner) = owner_of(doc, &node.record) {
        face.name += &format!(" Owner: {}", sentence(owner_name(doc, owner)));
    }
    if it.moment_of_truth {
        face.name += " Moment of truth.";
    }
    face.uses.extend(it.owner.clone());
    face
}

fn influencer(doc: &Doc, node: &ShownNode) -> Face {
    let fallback = Influencer::default();
    let it = doc.get_as::<Influencer>(&node.record).unwrap_or(&fallback);
    let mut face = Face::new(Look::Card, Ink::CardBorder);
    face.icon = Some(Icon::for_influencer(it.class));
    face.title = Some(name_words(&it.name, "Unnamed influencer"));
    face.lines.push(small(it.class.label()));
    face.name = format!("Influencer: {} {}.", sentence(&it.name), it.class.label());
    face
}

fn system(doc: &Doc, node: &ShownNode, class: SystemClass, grouping: Grouping) -> Face {
    let fallback = System::default();
    let it = doc.get_as::<System>(&node.record).unwrap_or(&fallback);
    let mut face = Face::new(Look::Card, Ink::CardBorder);
    face.icon = Some(Icon::for_system(class));
    face.title = Some(name_words(&it.name, "Unnamed system"));
    let owner = owner_of(doc, &node.record).map(|id| owner_name(doc, id));
    let owned = match owner {
        Some(name) => format!("Owner: {name}"),
        None => "No owner".to_owned(),
    };
    // A lane says whose it is; what a team is, its name says.
    let others = node.members.len() - 1;
    let line = match (class, grouping, owner) {
        _ if node.stands == Stands::Team => format!("and {others} of its cards"),
        (_, Grouping::Owners, _) | (SystemClass::Team, _, None) => class.label().to_owned(),
        _ => owned.clone(),
    };
    face.lines.push(small(line.clone()));
    face.name = format!("{}: {}", class.label(), sentence(&it.name));
    if node.stands == Stands::Team {
        face.name += &format!(" {}", sentence(&line));
    } else if class != SystemClass::Team || owner.is_some() {
        face.name += &format!(" {}", sentence(&owned));
    }
    face.uses.extend(it.owner.clone());
    face
}

/// What several cards of a kind that stand as one are called: `12 processes`.
pub(super) fn several(node: &ShownNode) -> String {
    let what = match node.kind {
        NodeKind::Step => Kind::Step.plural(),
        NodeKind::Touchpoint => Kind::Touchpoint.plural(),
        NodeKind::Influencer => Kind::Influencer.plural(),
        NodeKind::System(class) => plural(class),
    };
    format!("{} {what}", node.members.len())
}

/// Several cards of a kind as one.
fn pile(node: &ShownNode) -> Face {
    let mut face = Face::new(Look::Card, Ink::CardBorder);
    let name = several(node);
    face.icon = match node.kind {
        NodeKind::Step => None,
        NodeKind::Touchpoint => Some(Icon::Touchpoint),
        NodeKind::Influencer => Some(Icon::Influencer),
        NodeKind::System(class) => Some(Icon::for_system(class)),
    };
    face.title = Some(name_words(&name, ""));
    face.least = two_lines();
    face.name = format!("{name}, shown as one.");
    face
}

/// The word for several internal systems of a class.
fn plural(class: SystemClass) -> &'static str {
    match class {
        SystemClass::Team => "teams",
        SystemClass::Action => "internal actions",
        SystemClass::Process => "processes",
        SystemClass::Policy => "policies",
        SystemClass::Technology => "technologies",
        SystemClass::Partner => "partners",
    }
}
