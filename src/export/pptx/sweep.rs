//! Taking parts out of a package that nothing refers to any more, and what still refers to a slide
//! that is gone.
//!
//! A part that nothing referred to in the first place is somebody's, and stays.

use rustc_hash::FxHashSet;

use super::opc::{Package, Rel, kind, parse};
use super::xml::{Edits, Tree};
use crate::export::ExportError;

/// The parts that can be reached from the package itself, in the order in which they are found, by
/// relationships that `follow` takes. Parts that are named and missing are none.
///
/// # Errors
/// [`ExportError::Presentation`] if relationships cannot be read.
pub fn reached(
    package: &Package,
    follow: impl Fn(&Rel) -> bool,
) -> Result<Vec<String>, ExportError> {
    let mut found: Vec<String> = Vec::new();
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut next = 0;
    let mut owner = String::new();
    loop {
        for rel in package.rels(&owner)?.iter().filter(|rel| !rel.external && follow(rel)) {
            if let Some(name) = package.name(&rel.target)
                && seen.insert(name.to_owned())
            {
                found.push(name.to_owned());
            }
        }
        let Some(part) = found.get(next) else { return Ok(found) };
        owner.clone_from(part);
        next += 1;
    }
}

/// Takes out the parts of `before` that cannot be reached now.
///
/// # Errors
/// [`ExportError::Presentation`] if relationships cannot be read.
pub fn sweep(package: &mut Package, before: &[String]) -> Result<(), ExportError> {
    let now: FxHashSet<String> = reached(package, |_| true)?.into_iter().collect();
    for gone in before.iter().filter(|part| !now.contains(*part)) {
        package.remove(gone);
    }
    Ok(())
}

/// Takes out what leads to slides for which `gone` says so, wherever it stands: a link to one in a
/// master, a line of the outline view. The elements that name such a relationship go with it.
///
/// # Errors
/// [`ExportError::Presentation`] if a part that leads to a slide cannot be read.
pub fn cut_links(
    package: &mut Package,
    owners: &[String],
    gone: impl Fn(&str) -> bool,
) -> Result<(), ExportError> {
    for owner in owners {
        let mut rels = package.rels(owner)?;
        let cut: FxHashSet<String> = rels
            .each(kind::SLIDE)
            .filter(|rel| gone(&rel.target))
            .map(|rel| rel.id.clone())
            .collect();
        if cut.is_empty() {
            continue;
        }
        let text = package.text(owner)?;
        let tree = parse(owner, &text)?;
        let mut edits = Edits::default();
        for node in tree.all() {
            if names(&tree, node, &cut) {
                edits.delete(tree.span(node));
            }
        }
        let changed = edits.apply(&text);
        package.set(owner, changed);
        rels.remove(|rel| cut.contains(&rel.id));
        package.set_rels(&rels);
    }
    Ok(())
}

fn names(tree: &Tree, node: super::xml::Node, ids: &FxHashSet<String>) -> bool {
    tree.relationships(node).any(|id| ids.contains(id))
}
