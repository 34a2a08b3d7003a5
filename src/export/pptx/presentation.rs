//! The presentation part: which slides there are and in what order (ECMA-376 part 1, 19.2.1.26
//! `presentation`, 19.2.1.34 `sldIdLst`), changed in place.
//!
//! Not here: what is on slides, masters and layouts.

use rustc_hash::FxHashSet;

use super::opc::{Package, Rels, damaged, kind, parse};
use super::xml::{Edits, Node, Ns, R, Tree, escape};
use crate::export::ExportError;

/// A slide in the order of the deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// At least 256 and less than 2³¹ (19.7.13 `ST_SlideId`).
    pub id: u32,
    /// The slide's part.
    pub part: String,
}

/// The name of the presentation part.
///
/// # Errors
/// [`ExportError::Presentation`] when the package does not say which it is.
pub fn main_part(package: &Package) -> Result<String, ExportError> {
    let rels = package.rels("")?;
    let rel = rels.first(kind::DOCUMENT).ok_or_else(|| damaged("", "it names no main part"))?;
    let name = package.name(&rel.target).ok_or_else(|| damaged(&rel.target, "it is missing"))?;
    Ok(name.to_owned())
}

/// The slides, in order.
///
/// # Errors
/// [`ExportError::Presentation`] if the presentation cannot be read.
pub fn slides(package: &Package) -> Result<Vec<Entry>, ExportError> {
    let main = main_part(package)?;
    let (text, rels) = (package.text(&main)?, package.rels(&main)?);
    let tree = parse(&main, &text)?;
    Ok(listed(&tree, &rels).into_iter().map(|(_, entry)| entry).collect())
}

/// The elements of the list with what they lead to.
fn listed(tree: &Tree, rels: &Rels) -> Vec<(Node, Entry)> {
    let Some(list) = tree.child(tree.root(), Ns::P, "sldIdLst") else { return Vec::new() };
    tree.each(list, Ns::P, "sldId")
        .filter_map(|node| {
            let id = tree.attribute(node, Ns::None, "id")?.trim().parse().ok()?;
            let rel = rels.by_id(tree.attribute(node, Ns::R, "id")?)?;
            Some((node, Entry { id, part: rel.target.clone() }))
        })
        .collect()
}

/// A slide of a new order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// That is in the deck, by its id.
    Old(u32),
    /// That is not yet, by its part.
    New(String),
}

/// Puts slides in a new order: what is not in it is no longer shown, and its relationship goes.
/// Sections keep their slides; a new one joins that of the slide before it.
///
/// # Errors
/// [`ExportError::Presentation`] if the presentation cannot be read.
pub fn arrange(package: &mut Package, order: &[Slot]) -> Result<(), ExportError> {
    let main = main_part(package)?;
    let (text, mut rels) = (package.text(&main)?, package.rels(&main)?);
    let tree = parse(&main, &text)?;
    let root = tree.root();
    let old = listed(&tree, &rels);
    let kept: FxHashSet<u32> = order
        .iter()
        .filter_map(|slot| if let Slot::Old(id) = slot { Some(*id) } else { None })
        .collect();
    let used: FxHashSet<u32> = old.iter().map(|(_, entry)| entry.id).collect();
    let last = used.iter().copied().max().unwrap_or(0).max(255);
    let mut free: Box<dyn Iterator<Item = u32>> = match last < (1 << 31) - 100_000 {
        true => Box::new(last + 1..),
        false => Box::new((256..).filter(move |id| !used.contains(id))),
    };

    let list = tree.child(root, Ns::P, "sldIdLst");
    let prefix = tree.prefix(root);
    let r = tree.prefix_of(list.unwrap_or(root), R);
    let (declare, r) = r.map_or((format!(" xmlns:r=\"{R}\""), "r"), |r| (String::new(), r));
    // Relationships of slides that go, before new ones take numbers.
    let gone: FxHashSet<&str> = old
        .iter()
        .filter(|(_, entry)| !kept.contains(&entry.id))
        .map(|(_, entry)| entry.part.as_str())
        .collect();
    let cut: FxHashSet<String> = rels
        .each(kind::SLIDE)
        .filter(|rel| gone.contains(rel.target.as_str()))
        .map(|rel| rel.id.clone())
        .collect();
    rels.remove(|rel| cut.contains(&rel.id));
    let mut items = String::new();
    let mut ids = Vec::with_capacity(order.len());
    for slot in order {
        match slot {
            Slot::Old(id) => {
                let entry = old.iter().find(|(_, entry)| entry.id == *id);
                items.push_str(entry.map_or("", |(node, _)| tree.text(*node)));
                ids.push((*id, false));
            }
            Slot::New(part) => {
                let id = free.next().unwrap_or(u32::MAX);
                let rel = rels.add(kind::SLIDE, part);
                items.push_str(&format!(
                    "<{prefix}sldId{declare} id=\"{id}\" {r}:id=\"{}\"/>",
                    escape(&rel)
                ));
                ids.push((id, true));
            }
        }
    }

    let mut edits = Edits::default();
    match list {
        _ if unmoved(&tree, list, &old, order) => {}
        Some(list) => {
            let mut open = tree.text(list);
            open = &open[..open.find('>').map_or(0, |end| end)];
            let open = open.trim_end_matches('/');
            let list_prefix = tree.prefix(list);
            edits.replace(tree.span(list), format!("{open}>{items}</{list_prefix}sldIdLst>"));
        }
        None => {
            // After the lists of masters, which come first (19.2.1.26).
            let masters = ["sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst"];
            let before = tree.children(root).filter(|it| masters.contains(&tree.local(*it))).last();
            let Some(before) = before else {
                return Err(damaged(&main, "it names no slide master"));
            };
            let at = tree.span(before).end;
            edits.replace(at..at, format!("<{prefix}sldIdLst>{items}</{prefix}sldIdLst>"));
        }
    }
    // Custom shows (19.2.1.5) name slides by the same relationships.
    for node in tree.all().filter(|node| tree.is(*node, Ns::P, "sld")) {
        if tree.relationships(node).any(|id| cut.contains(id)) {
            edits.delete(tree.span(node));
        }
    }
    sections(&tree, &ids, &mut edits);
    let changed = (!edits.is_empty()).then(|| edits.apply(&text));
    if let Some(changed) = changed {
        package.set(&main, changed);
    }
    package.set_rels(&rels);
    Ok(())
}

/// Whether the list says what it should already.
fn unmoved(tree: &Tree, list: Option<Node>, old: &[(Node, Entry)], order: &[Slot]) -> bool {
    list.map_or(0, |list| tree.children(list).count()) == order.len()
        && old.len() == order.len()
        && old.iter().zip(order).all(|((_, entry), slot)| *slot == Slot::Old(entry.id))
}

/// Brings the deck's sections ([MS-PPTX] 2.6.7 `sectionLst`) in line: slides that went leave them,
/// and new ones join the section of the slide before them.
fn sections(tree: &Tree, ids: &[(u32, bool)], edits: &mut Edits) {
    let members: Vec<(Node, u32)> = tree
        .all()
        .filter(|node| tree.is(*node, Ns::P14, "sldId"))
        .filter_map(|node| Some((node, tree.attribute(node, Ns::None, "id")?.trim().parse().ok()?)))
        .collect();
    let listed: FxHashSet<u32> = ids.iter().map(|(id, _)| *id).collect();
    for (node, _) in members.iter().filter(|(_, id)| !listed.contains(id)) {
        edits.delete(tree.span(*node));
    }
    let lists: Vec<Node> = tree.all().filter(|node| tree.is(*node, Ns::P14, "sldIdLst")).collect();
    let Some(first) = lists.first() else { return };
    // Runs of new slides, each with the member before it.
    let (mut before, mut head): (Option<Node>, String) = (None, String::new());
    let mut at = 0;
    while at < ids.len() {
        if !ids[at].1 {
            before = members.iter().find(|(_, id)| *id == ids[at].0).map(|it| it.0).or(before);
            at += 1;
            continue;
        }
        let run = ids[at..].iter().take_while(|(_, new)| *new).count();
        let prefix = tree.prefix(before.unwrap_or(*first));
        let xml: String = ids[at..at + run]
            .iter()
            .map(|(id, _)| format!("<{prefix}sldId id=\"{id}\"/>"))
            .collect();
        match before {
            Some(before) => {
                let end = tree.span(before).end;
                edits.replace(end..end, xml);
            }
            None => head.push_str(&xml),
        }
        at += run;
    }
    match tree.children(*first).next() {
        _ if head.is_empty() => {}
        Some(child) => {
            let start = tree.span(child).start;
            edits.replace(start..start, head);
        }
        None => tree.append(*first, &head, edits),
    }
}
