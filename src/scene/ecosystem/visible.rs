//! Which nodes and links the ecosystem view shows: filters, focus, and cards that stand as one.
//!
//! What is shown has to pass all of them: the segment, each part of the filter, and the focus.
//! Then cards are collapsed: those of a team (the team's own card among them) into one that
//! stands for the team; those of a kind into one for each strip, steps into one for each stage,
//! that stands for the first of them. A card alone is not collapsed. Not here: where things stand.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::layout::plan::Mark;
use crate::model::choice::{Band, FrictionStatus, Rating};
use crate::model::record::{Friction, Link, LinkKind, Step, System, Touchpoint};
use crate::model::{Doc, Edge, Id, Index, Kind};

use super::net::{Net, reach};
use super::{EcosystemOptions, FocusWay, Grouping, NodeKind};

/// What a strip holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StripOf {
    Band(Band),
    /// What a team owns; `None` is what nobody owns.
    Owner(Option<Id>),
}

/// What a card stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Stands {
    /// One record.
    Record,
    /// Several of a kind; its record is the first of them.
    Kind,
    /// A team and what it owns; its record is the team.
    Team,
}

/// A card.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ShownNode {
    pub record: Id,
    pub stands: Stands,
    pub kind: NodeKind,
    pub strip: StripOf,
    /// The records that it stands for.
    pub members: Vec<Id>,
    /// A step's place in the journey, from 0.
    pub number: usize,
    pub mark: Option<Mark>,
}

impl ShownNode {
    fn count(&mut self, mark: &Mark) {
        self.mark = Mark::join(self.mark.as_ref(), Some(mark));
    }
}

/// A line between two cards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ShownLink {
    pub from: u32,
    pub to: u32,
    pub edge: Edge,
    /// The links that it stands for.
    pub links: Vec<Id>,
    /// The worst one.
    pub rating: Option<Rating>,
    pub mark: Option<Mark>,
}

/// What the view shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Shown {
    /// Steps in journey order, then the others by kind and id.
    pub nodes: Vec<ShownNode>,
    pub links: Vec<ShownLink>,
    /// Whether something that is there is left out.
    pub narrowed: bool,
}

impl Shown {
    pub fn of(doc: &Doc, index: &Index, options: &EcosystemOptions) -> Self {
        let net = Net::of(doc, index);
        let kept = Sieve { doc, index, options, net: &net }.kept();
        let marks = marks(doc, index);
        let owners = owners(doc, &net, &kept);
        let strips: Vec<StripOf> = (net.nodes.iter())
            .map(|(id, kind)| strip_of(doc, id, *kind, options.grouping, &owners))
            .collect();
        let mut out = Self { narrowed: kept.contains(&false), ..Self::default() };
        let places = out.collapse(doc, &net, &kept, strips, options);
        out.connect(&net, &places, &marks, options);
        for (i, (id, _)) in net.nodes.iter().enumerate() {
            if let (Some(place), Some(mark)) = (places[i], marks.get(*id)) {
                out.nodes[place as usize].count(mark);
            }
        }
        out
    }

    /// Makes the cards; for each node its card.
    fn collapse(
        &mut self,
        doc: &Doc,
        net: &Net<'_>,
        kept: &[bool],
        strips: Vec<StripOf>,
        options: &EcosystemOptions,
    ) -> Vec<Option<u32>> {
        /// What stands as one.
        #[derive(PartialEq, Eq, PartialOrd, Ord)]
        enum Pile<'a> {
            Team(&'a Id),
            Kind(NodeKind, StripOf, Option<&'a Id>),
        }
        let mut piles: BTreeMap<Pile<'_>, Vec<usize>> = BTreeMap::new();
        let mut pile_of: Vec<Option<Pile<'_>>> = Vec::new();
        let pile = |i: usize| {
            let (id, kind) = net.nodes[i];
            let team = |id: &&Id| options.collapsed_teams.contains(*id) && is_team(doc, id);
            if let Some(team) = Some(id).filter(team).or_else(|| owner_of(doc, id).filter(team)) {
                return Some(Pile::Team(team));
            }
            let stage = doc.get_as::<Step>(id).and_then(|it| it.stage.as_ref());
            let one = options.collapsed_kinds.contains(&kind);
            one.then(|| Pile::Kind(kind, strips[i].clone(), stage))
        };
        for (i, kept) in kept.iter().enumerate() {
            pile_of.push(if *kept { pile(i) } else { None });
            if let Some(pile) = kept.then(|| pile(i)).flatten() {
                piles.entry(pile).or_default().push(i);
            }
        }
        let mut places = vec![None; net.nodes.len()];
        for i in (0..net.nodes.len()).filter(|i| kept[*i]) {
            if places[i].is_some() {
                continue;
            }
            let members = pile_of[i].as_ref().and_then(|pile| piles.get(pile));
            let members = members.map_or(&[][..], Vec::as_slice);
            let (id, kind) = net.nodes[i];
            let mut node = ShownNode {
                record: id.clone(),
                stands: Stands::Record,
                kind,
                strip: strips[i].clone(),
                members: vec![id.clone()],
                number: i,
                mark: None,
            };
            if members.len() > 1 {
                node.members = members.iter().map(|m| net.nodes[*m].0.clone()).collect();
                node.stands = Stands::Kind;
                if let Some(Pile::Team(team)) = &pile_of[i] {
                    node.stands = Stands::Team;
                    node.record = (*team).clone();
                    node.kind = NodeKind::of(doc, team).unwrap_or(kind);
                    let at = net.number.get(team).copied();
                    let shown = at.filter(|at| kept[*at as usize]);
                    node.strip = match (shown, options.grouping) {
                        (Some(at), _) => strips[at as usize].clone(),
                        (None, Grouping::Owners) => StripOf::Owner(Some((*team).clone())),
                        (None, Grouping::Bands) => StripOf::Band(band_of(doc, team)),
                    };
                }
            }
            let place = self.nodes.len() as u32;
            places[i] = Some(place);
            members.iter().filter(|_| members.len() > 1).for_each(|m| places[*m] = Some(place));
            self.nodes.push(node);
        }
        places
    }

    /// Makes the lines between cards, and marks those with friction. Friction on a link that is
    /// not drawn counts where the link begins.
    fn connect(
        &mut self,
        net: &Net<'_>,
        places: &[Option<u32>],
        marks: &FxHashMap<Id, Mark>,
        options: &EcosystemOptions,
    ) {
        let mut known: FxHashMap<(u32, u32, Edge), usize> = FxHashMap::default();
        for link in &net.links {
            let (from, to) = (places[link.from as usize], places[link.to as usize]);
            let mark = marks.get(link.id);
            let hidden = link.edge == Edge::Next || !sways(link.kind, options);
            let (Some(from), Some(to), false) = (from, to, hidden) else {
                if let (Some(mark), Some(from)) = (mark, from) {
                    self.nodes[from as usize].count(mark);
                }
                continue;
            };
            let within = |i: u32| self.nodes[i as usize].stands != Stands::Record;
            if from == to && within(from) {
                if let Some(mark) = mark {
                    self.nodes[from as usize].count(mark);
                }
                continue;
            }
            // Links between two records are each drawn; those of cards that stand for several, once.
            let rating = match link.kind {
                LinkKind::DependsOn { rating, .. } => *rating,
                _ => None,
            };
            let merged = within(from) || within(to);
            let key = (from, to, link.edge);
            let at = known.get(&key).copied().filter(|_| merged).unwrap_or_else(|| {
                let (links, mark) = (Vec::new(), None);
                self.links.push(ShownLink { from, to, edge: link.edge, links, rating, mark });
                known.insert(key, self.links.len() - 1);
                self.links.len() - 1
            });
            let shown = &mut self.links[at];
            shown.links.push(link.id.clone());
            shown.rating = shown.rating.max(rating);
            shown.mark = Mark::join(shown.mark.as_ref(), mark);
        }
    }
}

/// Open friction points by the node or link that they sit on.
fn marks(doc: &Doc, index: &Index) -> FxHashMap<Id, Mark> {
    let mut marks: FxHashMap<Id, Mark> = FxHashMap::default();
    for id in index.of_kind(Kind::Friction) {
        let Some(it) = doc.get_as::<Friction>(id) else { continue };
        if let Some(at) = it.at.as_ref().filter(|_| it.status != FrictionStatus::Resolved) {
            let mark = Mark { friction: id.clone(), severity: it.severity.clamp(1, 5), count: 1 };
            let all = Mark::join(marks.get(at), Some(&mark)).unwrap_or(mark);
            marks.insert(at.clone(), all);
        }
    }
    marks
}

/// Whether an influence is one on the segment that is asked about; other links always are.
fn sways(kind: &LinkKind, options: &EcosystemOptions) -> bool {
    match (kind, &options.segment) {
        (LinkKind::Influences { importance, .. }, Some(segment)) => {
            importance.is_empty() || importance.get(segment).is_some_and(|it| *it > 0)
        }
        _ => true,
    }
}

impl NodeKind {
    /// The kind of card that a record has, if it is a node.
    pub fn of(doc: &Doc, id: &Id) -> Option<Self> {
        Some(match doc.kind_of(id)? {
            Kind::Step => Self::Step,
            Kind::Touchpoint => Self::Touchpoint,
            Kind::Influencer => Self::Influencer,
            Kind::System => Self::System(doc.get_as::<System>(id)?.class),
            _ => return None,
        })
    }
}

/// Whether something can own things: owners are internal systems.
fn is_team(doc: &Doc, id: &Id) -> bool {
    doc.kind_of(id) == Some(Kind::System)
}

/// Who owns a touchpoint or an internal system, as far as that record is there.
pub(super) fn owner_of<'a>(doc: &'a Doc, id: &Id) -> Option<&'a Id> {
    let touchpoint = || doc.get_as::<Touchpoint>(id).and_then(|it| it.owner.as_ref());
    let owner = doc.get_as::<System>(id).map_or_else(touchpoint, |it| it.owner.as_ref());
    owner.filter(|id| is_team(doc, id))
}

/// The band of an internal system.
fn band_of(doc: &Doc, id: &Id) -> Band {
    let band = doc.get_as::<System>(id).map(|it| it.band.unwrap_or(it.class.default_band()));
    match band {
        // The view ends with the support band.
        Some(Band::Insight) | None => Band::Support,
        Some(band) => band,
    }
}

/// The owners of what is shown: each has a lane.
fn owners<'a>(doc: &'a Doc, net: &Net<'a>, kept: &[bool]) -> FxHashSet<&'a Id> {
    let shown = net.nodes.iter().zip(kept).filter(|(_, kept)| **kept);
    // A team that owns itself alone has no more than a card of its own.
    shown.filter_map(|((id, _), _)| owner_of(doc, id).filter(|owner| owner != id)).collect()
}

/// The strip of a node. A team that owns something stands in its own lane; influencers are the
/// customer's, not anybody's in the company.
fn strip_of(
    doc: &Doc,
    id: &Id,
    kind: NodeKind,
    grouping: Grouping,
    owners: &FxHashSet<&Id>,
) -> StripOf {
    match (kind, grouping) {
        (NodeKind::Step, _) | (NodeKind::Influencer, Grouping::Owners) => {
            StripOf::Band(Band::Customer)
        }
        (NodeKind::Touchpoint | NodeKind::Influencer, Grouping::Bands) => {
            StripOf::Band(Band::Frontstage)
        }
        (NodeKind::System(_), Grouping::Bands) => StripOf::Band(band_of(doc, id)),
        (NodeKind::Touchpoint | NodeKind::System(_), Grouping::Owners) => {
            let lane = owners.get(id).copied().or_else(|| owner_of(doc, id));
            StripOf::Owner(lane.filter(|id| owners.contains(id)).cloned())
        }
    }
}

/// Finds out what is left when everything that is filtered is gone.
struct Sieve<'a> {
    doc: &'a Doc,
    index: &'a Index,
    options: &'a EcosystemOptions,
    net: &'a Net<'a>,
}

impl Sieve<'_> {
    fn kept(&self) -> Vec<bool> {
        let mut kept = vec![true; self.net.nodes.len()];
        let mut only = |it: &dyn Fn(usize) -> bool| {
            kept.iter_mut().enumerate().for_each(|(i, kept)| *kept &= it(i));
        };
        let (filter, nodes) = (&self.options.filter, &self.net.nodes);
        if !filter.kinds.is_empty() {
            only(&|i| filter.kinds.contains(&nodes[i].1));
        }
        if !filter.bands.is_empty() {
            let no_owners = FxHashSet::default();
            only(&|i| {
                let (id, kind) = nodes[i];
                let strip = strip_of(self.doc, id, kind, Grouping::Bands, &no_owners);
                matches!(strip, StripOf::Band(band) if filter.bands.contains(&band))
            });
        }
        // What is not there any more leaves nothing out.
        let is_there = |id: &Id| self.doc.get(id).is_some();
        if filter.owners.iter().any(|owner| owner.as_ref().is_none_or(is_there)) {
            only(&|i| {
                let (id, kind) = nodes[i];
                matches!(kind, NodeKind::Step | NodeKind::Influencer)
                    || filter.owners.contains(&owner_of(self.doc, id).cloned())
                    || filter.owners.contains(&Some(id.clone()))
            });
        }
        if filter.stages.iter().any(is_there) {
            let reached = self.below(&|step| {
                self.doc
                    .get_as::<Step>(step)
                    .and_then(|it| it.stage.as_ref())
                    .is_some_and(|stage| filter.stages.contains(stage))
            });
            only(&|i| reached[i]);
        }
        if let Some(segment) = &self.options.segment {
            // What no step rests on is for everybody.
            let by_any = self.below(&|_| true);
            let by_some = self.below(&|step| self.is_for(step, segment));
            only(&|i| by_some[i] || !by_any[i] && self.may_sway(i));
        }
        if let Some(least) = filter.min_severity {
            let traced = self.hurt(least);
            only(&|i| traced[i]);
        }
        if let Some(focus) = &self.options.focus
            && let Some(at) = self.net.number.get(&focus.node)
        {
            let near = match focus.way {
                FocusWay::RestsOn => reach([*at], &self.net.down),
                FocusWay::RestsOnIt => reach([*at], &self.net.up),
                FocusWay::Around(most) => self.net.around(*at, most),
            };
            only(&|i| near[i]);
        }
        kept
    }

    /// Steps, what they rest on, and who sways them.
    fn below(&self, steps: &dyn Fn(&Id) -> bool) -> Vec<bool> {
        let is = |i: usize| self.net.nodes[i].1 == NodeKind::Step && steps(self.net.nodes[i].0);
        let all = 0..self.net.nodes.len();
        let mut reached = reach(all.filter(|i| is(*i)).map(|i| i as u32), &self.net.down);
        for link in self.net.links.iter().filter(|it| it.edge == Edge::Influences) {
            if is(link.to as usize) && sways(link.kind, self.options) {
                reached[link.from as usize] = true;
            }
        }
        reached
    }

    /// A step is for a segment that feels something there or that an influence weighs for, and
    /// for everybody where nobody has said anything for any segment.
    fn is_for(&self, step: &Id, segment: &Id) -> bool {
        let Some(it) = self.doc.get_as::<Step>(step) else {
            return false;
        };
        let weights = self
            .index
            .referrers(step)
            .iter()
            .filter_map(|id| self.doc.get_as::<Link>(id).map(|link| &link.kind));
        let mut said = !it.feelings.is_empty() || !it.expected.is_empty();
        let mut of_it = it.feelings.contains_key(segment) || it.expected.contains_key(segment);
        for kind in weights {
            if let LinkKind::Influences { importance, .. } = kind {
                said |= !importance.is_empty();
                of_it |= importance.get(segment).is_some_and(|it| *it > 0);
            }
        }
        of_it || !said
    }

    /// Whether an influencer that sways no shown step is one without any links.
    fn may_sway(&self, i: usize) -> bool {
        let (id, kind) = self.net.nodes[i];
        kind != NodeKind::Influencer
            || !self.index.referrers(id).iter().any(|it| self.doc.kind_of(it) == Some(Kind::Link))
    }

    /// What has friction at least so severe on it or on a link at it, what that rests on, and
    /// what the team named as its causes.
    fn hurt(&self, least: u8) -> Vec<bool> {
        let mut starts = Vec::new();
        let mut frictions: Vec<&Friction> = Vec::new();
        let ids = self.index.of_kind(Kind::Friction).iter();
        for it in ids.filter_map(|id| self.doc.get_as::<Friction>(id)) {
            if it.status != FrictionStatus::Resolved && it.severity.clamp(1, 5) >= least {
                frictions.push(it);
            }
        }
        // A friction may name another one as its cause, which names another: a few rounds at most.
        let mut seen: FxHashSet<&Id> = FxHashSet::default();
        while let Some(it) = frictions.pop() {
            for at in it.at.iter().chain(&it.causes) {
                if !seen.insert(at) {
                    continue;
                }
                if let Some(cause) = self.doc.get_as::<Friction>(at) {
                    frictions.push(cause);
                } else if let Some(link) = self.net.link_at.get(at) {
                    let link = &self.net.links[*link as usize];
                    starts.extend([link.from, link.to]);
                } else {
                    starts.extend(self.net.number.get(at));
                }
            }
        }
        reach(starts, &self.net.down)
    }
}
