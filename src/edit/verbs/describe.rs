//! Words for undo labels and menus: what an edit does, in the map's own names.

use crate::model::record::{Link, Reading};
use crate::model::{Doc, Edge, Id, Index, Kind, Record};

use super::remove::what_hangs;

/// Labels stay on one line of a menu: longer names end in an ellipsis, counted in characters.
const NAME_CHARS: usize = 40;

/// What to call a record: its name, shortened to fit a menu; what it is where it has none.
pub fn name(doc: &Doc, id: &Id) -> String {
    let Some(record) = doc.get(id) else {
        return "something that is gone".to_owned();
    };
    let text = match record.as_ref() {
        Record::Link(link) => return link_name(doc, link),
        Record::Reading(Reading { measure: Some(measure), .. }) => {
            format!("reading of {}", short(doc.name_of(measure)))
        }
        other => short(other.name()),
    };
    if text.is_empty() { record.kind().singular().to_owned() } else { text }
}

fn link_name(doc: &Doc, link: &Link) -> String {
    let end = |id: &Id| match short(doc.name_of(id)) {
        name if name.is_empty() => doc.kind_of(id).map_or("?", Kind::singular).to_owned(),
        name => name,
    };
    let (from, to) = (end(&link.from), end(&link.to));
    match Edge::of(&link.kind) {
        Edge::Next => format!("link from {from} to {to}"),
        Edge::Uses => format!("use of {to} at {from}"),
        Edge::Influences => format!("influence of {from} on {to}"),
        Edge::DependsOn => format!("dependence of {from} on {to}"),
    }
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(NAME_CHARS) {
        None => line,
        Some(_) => {
            let cut: String = line.chars().take(NAME_CHARS - 1).collect();
            format!("{}…", cut.trim_end())
        }
    }
}

/// What to call several records: `Select a title`, `3 steps`, `5 items`; `nothing` for none.
pub fn several(doc: &Doc, ids: &[Id]) -> String {
    match ids {
        [] => "nothing".to_owned(),
        [id] => name(doc, id),
        _ => {
            let mut kinds = ids.iter().filter_map(|id| doc.kind_of(id));
            let first = kinds.next();
            let same = first.filter(|first| kinds.all(|kind| kind == *first));
            format!("{} {}", ids.len(), same.map_or("items", Kind::plural))
        }
    }
}

/// `add step`
pub fn adding(kind: Kind) -> String {
    format!("add {}", kind.singular())
}

/// A verb with what it is done to: `move 3 steps`, `rename Select a title`.
pub fn doing(verb: &str, doc: &Doc, ids: &[Id]) -> String {
    format!("{verb} {}", several(doc, ids))
}

/// A deed with where it is done: `mark friction at Return the film`.
pub fn doing_at(deed: &str, doc: &Doc, at: &Id) -> String {
    format!("{deed} at {}", name(doc, at))
}

/// `link Select a title to Recommendations`
pub fn linking(doc: &Doc, from: &Id, to: &Id) -> String {
    format!("link {} to {}", name(doc, from), name(doc, to))
}

/// A removal with how much else goes: `remove Select a title and 4 more`.
pub fn removing(doc: &Doc, index: &Index, ids: &[Id]) -> String {
    let what = several(doc, ids);
    match what_hangs(doc, index, ids).len() {
        0 => format!("remove {what}"),
        more => format!("remove {what} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Tx;
    use crate::edit::verbs::{add_friction, add_step, add_touchpoint};
    use crate::model::choice::Channel;

    #[test]
    fn labels_speak_in_names_and_numbers() {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        let a = add_step(&mut tx, None, None, "Select a title");
        let b = add_step(&mut tx, None, None, "");
        let shop = add_touchpoint(&mut tx, &a, "Shop", Channel::Store);
        let link = tx.referrers(&shop).remove(0);
        add_friction(&mut tx, &link, &"Long ".repeat(20), 2);
        tx.finish();
        let index = Index::of(&doc);
        let one = std::slice::from_ref(&a);
        assert_eq!(doing("rename", &doc, one), "rename Select a title");
        assert_eq!(doing("move", &doc, &[a.clone(), b.clone()]), "move 2 steps");
        assert_eq!(doing("cut", &doc, &[a.clone(), shop.clone()]), "cut 2 items");
        assert_eq!(doing("rename", &doc, std::slice::from_ref(&b)), "rename step");
        assert_eq!(removing(&doc, &index, one), "remove Select a title and 2 more");
        assert_eq!(removing(&doc, &index, &[b]), "remove step");
        assert_eq!(name(&doc, &link), "use of Shop at Select a title");
        assert_eq!(doing_at("mark friction", &doc, &shop), "mark friction at Shop");
        let friction = index.referrers(&link)[0].clone();
        assert_eq!(name(&doc, &friction), "Long Long Long Long Long Long Long Long…");
        assert_eq!(adding(Kind::System), "add internal system");
    }
}
