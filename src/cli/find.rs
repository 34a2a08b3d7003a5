//! A record that somebody names on the command line: by its id, or by its name where that is
//! clear.

use std::fmt::Write as _;

use crate::insight::in_words;
use crate::model::{Doc, Id, Kind};

/// How many near matches an error lists.
const MOST_NEAR: usize = 10;

/// The record of one of these kinds with this id, or else with exactly this name.
///
/// Fails, saying what comes near, where there is none, where several have the name, and where it
/// is of another kind.
pub(super) fn record(doc: &Doc, text: &str, kinds: &[Kind]) -> anyhow::Result<Id> {
    if let Some(id) = Id::new(text).ok().filter(|id| doc.get(id).is_some()) {
        let kind = doc.kind_of(&id).filter(|kind| !kinds.contains(kind));
        if let Some(kind) = kind {
            let may: Vec<&str> = kinds.iter().map(|kind| kind.singular()).collect();
            anyhow::bail!(
                "“{text}” is of the kind {}; name one of: {}",
                kind.singular(),
                may.join(", ")
            );
        }
        return Ok(id);
    }
    let of_kinds = || doc.iter().filter(|(_, record)| kinds.contains(&record.kind()));
    let called: Vec<&Id> =
        of_kinds().filter(|(_, record)| record.name() == text).map(|(id, _)| id).collect();
    match called[..] {
        [id] => return Ok(id.clone()),
        [] => {}
        _ => anyhow::bail!(
            "several records are called “{text}”; name one by its id: {}",
            list(doc, &called)
        ),
    }
    let part = text.to_lowercase();
    let near: Vec<&Id> = of_kinds()
        .filter(|(id, record)| {
            !part.is_empty()
                && (id.as_str().contains(&part) || record.name().to_lowercase().contains(&part))
        })
        .map(|(id, _)| id)
        .collect();
    if near.is_empty() {
        anyhow::bail!("no record “{text}” in the map, by id or by name");
    }
    anyhow::bail!("no record “{text}” in the map, by id or by name; near it: {}", list(doc, &near));
}

/// `id (name), id (name) and 3 more`.
fn list(doc: &Doc, ids: &[&Id]) -> String {
    let named = ids.iter().take(MOST_NEAR).map(|id| match in_words(doc, id) {
        name if name == id.as_str() => name,
        name => format!("{id} ({name})"),
    });
    let mut text = named.collect::<Vec<_>>().join(", ");
    if ids.len() > MOST_NEAR {
        // Writing to a string cannot fail.
        let _ = write!(text, " and {} more", ids.len() - MOST_NEAR);
    }
    text
}
