//! Linking two nodes, and why some cannot be linked.
//!
//! The kinds of the two ends say which link it is. Where only the other direction makes sense
//! (from a touchpoint to the step that uses it), the link is turned round: people drag from
//! whichever end they see first.

use thiserror::Error;

use crate::edit::Tx;
use crate::model::choice::NextClass;
use crate::model::record::{Link, LinkKind};
use crate::model::{Doc, Edge, Graph, Id, Kind};

use super::describe;
use super::remove::remove;

/// Why two records cannot be linked, in people's words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LinkRefusal {
    /// One end is not in the map.
    #[error("One end of the link is no longer in the map")]
    Absent,
    /// One end is no node of the graph.
    #[error(
        "“{name}” is a {kind}: only steps, touchpoints, influencers and internal systems can be linked"
    )]
    NoNode { name: String, kind: &'static str },
    /// Both ends are the same node.
    #[error("“{name}” cannot be linked to itself")]
    Itself { name: String },
    /// No kind of link fits.
    #[error("“{from}” cannot be linked to “{to}”: {why}")]
    NoKind { from: String, to: String, why: &'static str },
    /// There is such a link already.
    #[error("“{from}” {already} “{to}” already")]
    Already { from: String, already: &'static str, to: String },
}

/// Which way round two nodes are linked: the ends and the kind of link.
/// An error where they cannot be linked, but for links that are there already.
pub fn orient<'a>(
    doc: &Doc,
    from: &'a Id,
    to: &'a Id,
) -> Result<(&'a Id, &'a Id, Edge), LinkRefusal> {
    let node = |id: &Id| {
        let kind = doc.kind_of(id).ok_or(LinkRefusal::Absent)?;
        let named = || describe::name(doc, id);
        kind.is_node()
            .then_some(kind)
            .ok_or_else(|| LinkRefusal::NoNode { name: named(), kind: kind.singular() })
    };
    let (a, b) = (node(from)?, node(to)?);
    let name = |id: &Id| describe::name(doc, id);
    if from == to {
        return Err(LinkRefusal::Itself { name: name(from) });
    }
    let there = Edge::between(a, b).map(|edge| (from, to, edge));
    let back = || Edge::between(b, a).map(|edge| (to, from, edge));
    there.or_else(back).ok_or_else(|| LinkRefusal::NoKind {
        from: name(from),
        to: name(to),
        why: why_not(a, b),
    })
}

fn why_not(a: Kind, b: Kind) -> &'static str {
    match (a, b) {
        (Kind::Touchpoint, Kind::Touchpoint) => "touchpoints meet in a step that uses both of them",
        (Kind::Influencer, Kind::Influencer) => "influencers sway steps, not each other",
        (Kind::Influencer, Kind::Touchpoint) | (Kind::Touchpoint, Kind::Influencer) => {
            "an influencer sways a step; the touchpoint it works through is named on that link"
        }
        _ => "an influencer sways steps and rests on no internal system",
    }
}

/// What a link of this kind says, as a verb.
fn says(edge: Edge) -> &'static str {
    match edge {
        Edge::Next => "is followed by",
        Edge::Uses => "uses",
        Edge::Influences => "influences",
        Edge::DependsOn => "depends on",
    }
}

/// Whether two records can be linked, and by which kind of link; the reason where they cannot.
pub fn can_link(doc: &Doc, graph: &Graph, from: &Id, to: &Id) -> Result<Edge, LinkRefusal> {
    let (from, to, edge) = orient(doc, from, to)?;
    let is_there = graph.outgoing(from).any(|(_, kind, other)| kind == edge && other == to);
    refuse_twice(doc, (from, to, edge), is_there)
}

fn refuse_twice(
    doc: &Doc,
    (from, to, edge): (&Id, &Id, Edge),
    is_there: bool,
) -> Result<Edge, LinkRefusal> {
    if is_there {
        let (from, to) = (describe::name(doc, from), describe::name(doc, to));
        return Err(LinkRefusal::Already { from, already: says(edge), to });
    }
    Ok(edge)
}

/// The links of a kind from one node to another.
fn links_between(tx: &Tx<'_>, from: &Id, to: &Id, edge: Edge) -> Vec<Id> {
    let fits = |link: &Link| link.from == *from && link.to == *to && Edge::of(&link.kind) == edge;
    let at_it = tx.referrers(from);
    at_it.into_iter().filter(|id| tx.doc().get_as::<Link>(id).is_some_and(fits)).collect()
}

/// A link of this kind that says nothing more.
fn plain(edge: Edge) -> LinkKind {
    match edge {
        Edge::Next => {
            LinkKind::Next { condition: None, share_pct: None, class: NextClass::default() }
        }
        Edge::Uses => LinkKind::Uses,
        Edge::Influences => LinkKind::Influences {
            activities: Vec::new(),
            importance: std::collections::BTreeMap::new(),
            via: None,
        },
        Edge::DependsOn => LinkKind::DependsOn { what: None, rating: None },
    }
}

/// Links two nodes by the kind of link that fits, turned round where only that makes sense.
/// A link to an earlier step is a loop, one past the next step a branch.
pub fn link(tx: &mut Tx<'_>, from: &Id, to: &Id) -> Result<Id, LinkRefusal> {
    let (from, to, edge) = orient(tx.doc(), from, to)?;
    let is_there = !links_between(tx, from, to, edge).is_empty();
    refuse_twice(tx.doc(), (from, to, edge), is_there)?;
    let mut kind = plain(edge);
    if let LinkKind::Next { class, .. } = &mut kind {
        *class = next_class(tx.doc(), from, to);
    }
    Ok(tx.add(Link { from: from.clone(), to: to.clone(), kind }))
}

/// Back is a loop, ahead a branch; to the very next step only what the arrow there says already.
fn next_class(doc: &Doc, from: &Id, to: &Id) -> NextClass {
    let steps = doc.steps();
    let place = |id: &Id| steps.iter().position(|(step, _)| *step == id);
    match (place(from), place(to)) {
        (Some(from), Some(to)) if to < from => NextClass::Loop,
        (Some(from), Some(to)) if to == from + 1 => NextClass::Normal,
        _ => NextClass::Branch,
    }
}

/// Moves the ends of a link. Where the kind of link stays, so does what it says; otherwise it
/// starts plain. Where the new ends cannot be linked, nothing changes.
pub fn relink(tx: &mut Tx<'_>, link: &Id, from: &Id, to: &Id) -> Result<(), LinkRefusal> {
    let before = tx.doc().get_as::<Link>(link).cloned().ok_or(LinkRefusal::Absent)?;
    let (from, to, edge) = orient(tx.doc(), from, to)?;
    let is_there = links_between(tx, from, to, edge).iter().any(|id| id != link);
    refuse_twice(tx.doc(), (from, to, edge), is_there)?;
    let kind = if Edge::of(&before.kind) == edge { before.kind } else { plain(edge) };
    tx.put(link, Link { from: from.clone(), to: to.clone(), kind });
    Ok(())
}

/// Removes a link with the friction points that sit on it. Other records stay.
pub fn unlink(tx: &mut Tx<'_>, link: &Id) {
    if tx.doc().kind_of(link) == Some(Kind::Link) {
        remove(tx, std::slice::from_ref(link));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::verbs::{add_influencer, add_stage, add_step, add_system, add_touchpoint};
    use crate::model::choice::{Channel, InfluencerClass, SystemClass};

    fn refusal(tx: &mut Tx<'_>, from: &Id, to: &Id) -> String {
        let said = link(tx, from, to).unwrap_err().to_string();
        let graph = Graph::of(tx.doc());
        assert_eq!(can_link(tx.doc(), &graph, from, to).unwrap_err().to_string(), said);
        said
    }

    #[test]
    fn links_take_their_kind_from_their_ends_or_say_why_not() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let stage = add_stage(&mut tx, None, "Decide");
        let a = add_step(&mut tx, Some(&stage), None, "Select");
        let b = add_step(&mut tx, Some(&stage), None, "Get");
        let shop = add_touchpoint(&mut tx, &a, "Shop", Channel::Store);
        let friend = add_influencer(&mut tx, &a, "Friend", InfluencerClass::Friend);
        let desk = add_system(&mut tx, None, "Desk", SystemClass::Team);

        let id = link(&mut tx, &shop, &b).unwrap();
        let turned = tx.doc().get_as::<Link>(&id).unwrap().clone();
        assert_eq!(
            (turned.from, turned.to, turned.kind),
            (b.clone(), shop.clone(), LinkKind::Uses)
        );
        let back = link(&mut tx, &b, &a).unwrap();
        let class = |tx: &Tx<'_>, id: &Id| match tx.doc().get_as::<Link>(id).unwrap().kind {
            LinkKind::Next { class, .. } => class,
            _ => unreachable!("steps are linked by next"),
        };
        assert_eq!(class(&tx, &back), NextClass::Loop);
        let on = link(&mut tx, &a, &b).unwrap();
        assert_eq!(class(&tx, &on), NextClass::Normal);
        let c = add_step(&mut tx, Some(&stage), None, "Watch");
        let past = link(&mut tx, &a, &c).unwrap();
        assert_eq!(class(&tx, &past), NextClass::Branch);
        assert!(link(&mut tx, &desk, &a).is_ok());

        assert_eq!(refusal(&mut tx, &a, &shop), "“Select” uses “Shop” already");
        assert_eq!(refusal(&mut tx, &a, &a), "“Select” cannot be linked to itself");
        assert_eq!(
            refusal(&mut tx, &friend, &desk),
            "“Friend” cannot be linked to “Desk”: \
             an influencer sways steps and rests on no internal system"
        );
        assert_eq!(
            refusal(&mut tx, &stage, &a),
            "“Decide” is a stage: \
             only steps, touchpoints, influencers and internal systems can be linked"
        );
        let nobody = Id::new("nobody").unwrap();
        assert_eq!(link(&mut tx, &a, &nobody), Err(LinkRefusal::Absent));
    }

    #[test]
    fn every_pair_of_nodes_links_or_has_a_reason() {
        for a in Kind::ALL.into_iter().filter(|k| k.is_node()) {
            for b in Kind::ALL.into_iter().filter(|k| k.is_node()) {
                let fits = Edge::between(a, b).or(Edge::between(b, a)).is_some();
                assert!(fits || why_not(a, b).len() > 20, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn ends_move_and_keep_what_the_link_says() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let a = add_step(&mut tx, None, None, "A");
        let b = add_step(&mut tx, None, None, "B");
        let desk = add_system(&mut tx, None, "Desk", SystemClass::Team);
        let shop = add_touchpoint(&mut tx, &a, "Shop", Channel::Store);
        let id = link(&mut tx, &a, &desk).unwrap();
        let said = LinkKind::DependsOn { what: Some("refunds".into()), rating: None };
        tx.update::<Link>(&id, |it| it.kind = said.clone());
        relink(&mut tx, &id, &b, &desk).unwrap();
        assert_eq!(tx.doc().get_as::<Link>(&id).unwrap().kind, said);
        let refused = relink(&mut tx, &id, &a, &shop).unwrap_err();
        assert!(matches!(refused, LinkRefusal::Already { .. }));
        relink(&mut tx, &id, &b, &shop).unwrap();
        assert_eq!(tx.doc().get_as::<Link>(&id).unwrap().kind, LinkKind::Uses);
    }
}
