//! The ecosystem view: laid out, and following edits.

use throughline::edit::{Session, Tx, verbs};
use throughline::model::choice::SystemClass;
use throughline::model::record::System;
use throughline::model::{Doc, Graph, Id, Index, Kind};
use throughline::scene::{EcosystemOptions, EcosystemScene};
use throughline::text::{SystemFonts, Text};

use super::measure::{Row, samples, time};

/// The whole picture, and from the intent of an edit to the finished scene.
pub fn ecosystem(cards: usize, doc: &Doc, rows: &mut Vec<Row>) {
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    let draw = |text: &mut Text| {
        EcosystemScene::new(doc, &index, &graph, text, EcosystemOptions::default())
    };
    let mut text = Text::new(SystemFonts::Use);
    let (cold, mut scene) = time(|| draw(&mut text));
    assert!(!scene.scene().items.is_empty(), "the map is drawn");
    let mut row = |what: &str, samples| {
        rows.push(Row { what: format!("ecosystem: {what}"), cards, samples, bar_ms: None });
    };
    row("layout and scene, first time", vec![cold]);
    let (warm, _) = time(|| draw(&mut text));
    row("layout and scene, text known", vec![warm]);
    let systems: Vec<Id> = index.of_kind(Kind::System).iter().cloned().collect();
    let mut session = Session::new(doc.clone());
    let mut at = 0;
    let mut change = |verb: &dyn Fn(&mut Tx<'_>, &Id, usize)| {
        samples(|| {
            at += 1;
            let system = &systems[at * 7 % systems.len()];
            session.edit("Edit", |tx| verb(tx, system, at));
            let patch = session.take_patch();
            assert!(!patch.is_empty(), "the edit changes something");
            let (doc, index, graph) = (session.doc(), session.index(), session.graph());
            scene.apply(doc, index, graph, &patch, &mut text);
        })
    };
    let rename = change(&|tx, system, at| {
        tx.update::<System>(system, |it| it.name = format!("Renamed {at} times"));
    });
    row("rename a system", rename);
    let add = change(&|tx, system, at| {
        let name = format!("New system {at}");
        verbs::add_system(tx, Some(system), &name, SystemClass::Process);
    });
    row("add a system that one rests on", add);
}
