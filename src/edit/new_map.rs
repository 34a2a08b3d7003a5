//! What a new map starts with.

use crate::model::Doc;
use crate::model::record::Head;

use super::Tx;
use super::verbs::{add_segment, add_stage, add_step};

/// A map to start from: one segment, the three stages that every journey has, and a first step to
/// type over. Its history starts empty: nobody wants to undo into nothing.
pub fn new_map(title: &str) -> Doc {
    let mut doc = Doc::with_head(Head { title: title.to_owned(), ..Head::default() });
    let mut tx = Tx::new(&mut doc);
    add_segment(&mut tx, "Customers");
    let before = add_stage(&mut tx, None, "Before");
    add_stage(&mut tx, None, "During");
    add_stage(&mut tx, None, "After");
    add_step(&mut tx, Some(&before), None, "First step");
    tx.finish();
    doc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_map_has_somewhere_to_type() {
        let doc = new_map("Return a film");
        assert_eq!(doc.head().title, "Return a film");
        let names: Vec<_> = doc.stages().iter().map(|(_, it)| it.name.as_str()).collect();
        assert_eq!(names, ["Before", "During", "After"]);
        assert_eq!(doc.steps()[0].1.stage.as_ref(), Some(doc.stages()[0].0));
    }
}
