//! Decks: what must hold for every slide of every map.

mod pictures;
mod said;

use std::collections::BTreeSet;

use proptest::prelude::*;
use throughline::examples::EXAMPLES;
use throughline::export::deck::{
    CELL_PAD_X, CELL_PAD_Y, Deck, DeckOptions, Frame, MIN_TEXT, Piece, Slide, SlideLayout, Table,
    compose,
};
use throughline::export::{ExportError, Progress};
use throughline::file;
use throughline::geom::{Rect, pt, rect};
use throughline::model::choice::{SlidePart, SlideSize};
use throughline::model::record::{Step, Touchpoint};
use throughline::model::{Doc, Graph, Id, Index};
use throughline::scene::{JourneyOptions, JourneyScene, Layer, Part, Scene, Shape};
use throughline::text::{Style, SystemFonts, Text, Weight, Wrap};

use crate::support::maps;
use crate::support::small::{Map, id};

/// The example maps, with their names.
fn examples() -> impl Iterator<Item = (&'static str, Doc)> {
    EXAMPLES.iter().map(|it| (it.name, file::read(it.ron).doc))
}

fn text() -> Text {
    Text::new(SystemFonts::Ignore)
}

/// A map's deck, in our own rooms.
fn composed(doc: &Doc, text: &mut Text, options: &DeckOptions) -> Deck {
    in_frame(doc, text, options, &Frame::of(options.size))
}

fn in_frame(doc: &Doc, text: &mut Text, options: &DeckOptions, frame: &Frame) -> Deck {
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    compose(doc, &index, &graph, text, options, frame, &Progress::default()).unwrap()
}

/// Our own slides, and those of a company that keeps much room for itself.
fn frames() -> [Frame; 3] {
    let (title, body) = (rect(60.0, 30.0, 600.0, 36.0), rect(150.0, 110.0, 760.0, 330.0));
    let theirs = Frame { width: 960.0, height: 540.0, title, body };
    [Frame::of(SlideSize::Wide), Frame::of(SlideSize::Standard), theirs]
}

fn inside(inner: Rect, outer: Rect) -> bool {
    let outer = outer.grow(1.0);
    outer.contains(inner.min) && outer.contains(inner.max)
}

/// Where a piece stands on the slide.
fn room_of(piece: &Piece) -> Rect {
    match piece {
        Piece::View { scene, at, scale, .. } => {
            let all = scene.items.iter().map(|item| item.rect).reduce(Rect::union).unwrap();
            let to = |p: throughline::geom::Point| pt(at.x + p.x * scale, at.y + p.y * scale);
            Rect { min: to(all.min), max: to(all.max) }
        }
        Piece::Table(table) => table.room,
        Piece::Text { room, .. } => *room,
    }
}

/// What must hold for every deck.
fn check(deck: &Deck, text: &mut Text) -> Result<(), String> {
    let frame = &deck.frame;
    let mut keys = BTreeSet::new();
    for slide in &deck.slides {
        let wrong = |what: &str| Err(format!("{}: {what}", slide.key));
        if !keys.insert(&slide.key) {
            return wrong("a key twice");
        }
        if slide.notes.is_empty() || slide.title.trim().is_empty() {
            return wrong("no notes or no title");
        }
        let is_cover = slide.layout == SlideLayout::Cover;
        if is_cover != (slide.part == SlidePart::Cover) {
            return wrong("the cover's layout is the cover's alone");
        }
        if !is_cover {
            let title = set(&slide.title, frame.title_size(), true, frame.title.width(), text);
            if title.0 > 1 {
                return wrong(&format!("a title of {} lines: {}", title.0, slide.title));
            }
        }
        let rooms: Vec<Rect> = slide.pieces.iter().map(room_of).collect();
        for (i, room) in rooms.iter().enumerate() {
            if !inside(*room, frame.body) || room.overlaps(frame.title, 0.5) {
                return wrong(&format!("{room:?} out of the body {:?}", frame.body));
            }
            if rooms[..i].iter().any(|other| other.overlaps(*room, 0.5)) {
                return wrong("a piece on another");
            }
        }
        for piece in &slide.pieces {
            check_piece(piece, text).or_else(|why| wrong(&why))?;
        }
        let scene = slide.preview(frame, text);
        let whole = rect(0.0, 0.0, frame.width, frame.height);
        if let Some(off) = scene.items.iter().find(|item| !inside(item.rect, whole)) {
            return wrong(&format!("off the slide: {:?} {}", off.rect, off.name));
        }
    }
    Ok(())
}

/// How many lines a text takes on a slide, and how high these are.
fn set(what: &str, size: f32, bold: bool, width: f32, text: &mut Text) -> (usize, f32) {
    let weight = if bold { Weight::Bold } else { Weight::Regular };
    let style = Style { size, weight, line_height: size * 1.2 };
    let block = text.block(what, style, Wrap { width: Some(width), max_lines: None });
    (block.lines.len(), block.height)
}

fn check_piece(piece: &Piece, text: &mut Text) -> Result<(), String> {
    match piece {
        Piece::View { scene, scale, detail, alt, .. } => {
            if alt.is_empty() {
                return Err("a picture without words".into());
            }
            for item in &scene.items {
                for (at, shape) in item.shapes.iter().filter(|it| it.0.shows_at(*detail)) {
                    if let Shape::Text { block, .. } = shape
                        && block.style.size * scale < MIN_TEXT - 0.01
                    {
                        let size = block.style.size * scale;
                        return Err(format!("{:?} at {size} pt {at:?}", block.text));
                    }
                }
            }
        }
        Piece::Table(table) => check_table(table, text)?,
        Piece::Text { room, paragraphs, .. } => {
            let high: f32 = paragraphs
                .iter()
                .map(|it| set(&it.text, it.size, it.bold, room.width(), text).1)
                .sum();
            if high > room.height() + 0.1 || paragraphs.iter().any(|it| it.size < MIN_TEXT) {
                return Err(format!("a text of {high} pt in {room:?}"));
            }
        }
    }
    Ok(())
}

fn check_table(table: &Table, text: &mut Text) -> Result<(), String> {
    let (width, height): (f32, f32) =
        (table.widths.iter().sum(), table.rows.iter().map(|row| row.height).sum());
    let near = |a: f32, b: f32| (a - b).abs() < 0.1;
    if !near(width, table.room.width()) || !near(height, table.room.height()) {
        return Err("a table that is not as large as its room".into());
    }
    for row in &table.rows {
        if row.cells.len() != table.widths.len() {
            return Err("a row with other cells".into());
        }
        for (cell, width) in row.cells.iter().zip(&table.widths) {
            let room = width - 2.0 * CELL_PAD_X;
            let high = |it: &throughline::export::deck::Paragraph, text: &mut Text| {
                set(&it.text, it.size, it.bold, room, text).1
            };
            let all: f32 = cell.paragraphs.iter().map(|it| high(it, text)).sum();
            if all + 2.0 * CELL_PAD_Y > row.height + 0.1 {
                return Err(format!("a cell higher than its row: {cell:?}"));
            }
            if cell.paragraphs.iter().any(|it| it.size < MIN_TEXT) {
                return Err("small letters in a table".into());
            }
        }
    }
    Ok(())
}

/// What cards of a scene show, each once.
fn cards(scene: &Scene) -> BTreeSet<(Id, Part)> {
    let cards = scene.items.iter().filter(|item| item.layer == Layer::Cards);
    cards.filter_map(|item| item.hit.as_ref()).map(|hit| (hit.record.clone(), hit.part)).collect()
}

/// That each stage's slides show all cards of that stage's steps, and no other steps.
fn check_stages(doc: &Doc, deck: &Deck, text: &mut Text) -> Result<(), String> {
    let graph = Graph::of(doc);
    let whole = JourneyScene::new(doc, &graph, text, JourneyOptions::default());
    let stages: BTreeSet<Option<Id>> = whole.wishes().map(|(_, stage, _)| stage.cloned()).collect();
    for stage in stages {
        let steps = whole.wishes().filter(|it| it.1 == stage.as_ref()).filter_map(|it| it.0);
        let only: Vec<Id> = steps.cloned().collect();
        let mut options = JourneyOptions::default();
        options.slice.only = Some(only.clone());
        let expected = cards(whole.part(doc, text, options).scene());
        let key = format!("stage/{}", stage.as_ref().map_or("none", |id| id.as_str()));
        let of_stage = |it: &&Slide| {
            it.part == SlidePart::Stages
                && (it.key == key || it.key.starts_with(&format!("{key}/")))
        };
        let mut shown = BTreeSet::new();
        for slide in deck.slides.iter().filter(of_stage) {
            for piece in &slide.pieces {
                if let Piece::View { scene, .. } = piece {
                    shown.extend(cards(scene));
                }
            }
        }
        let expected = if only.is_empty() { BTreeSet::new() } else { expected };
        if shown != expected {
            let missing: Vec<_> = expected.difference(&shown).collect();
            let more: Vec<_> = shown.difference(&expected).collect();
            return Err(format!("{key}: missing {missing:?}, too many {more:?}"));
        }
    }
    Ok(())
}

#[test]
fn the_examples_make_decks_that_can_be_read() {
    for (name, doc) in examples() {
        let mut text = text();
        for frame in frames() {
            let deck = in_frame(&doc, &mut text, &DeckOptions::of(&doc), &frame);
            assert_eq!(check(&deck, &mut text), Ok(()), "{name} in {frame:?}");
            assert_eq!(check_stages(&doc, &deck, &mut text), Ok(()), "{name} in {frame:?}");
            let parts: BTreeSet<SlidePart> = deck.slides.iter().map(|it| it.part).collect();
            assert_eq!(parts.len(), SlidePart::ALL.len(), "{name}: every part has something");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_map_makes_a_deck_that_can_be_read(doc in maps::doc(), which in 0usize..3) {
        let mut text = text();
        let frame = frames()[which];
        let deck = in_frame(&doc, &mut text, &DeckOptions::of(&Doc::default()), &frame);
        prop_assert_eq!(check(&deck, &mut text), Ok(()));
        prop_assert_eq!(check_stages(&doc, &deck, &mut text), Ok(()));
    }
}

/// A map of many steps, each with a touchpoint.
fn long(steps: usize, stages: usize) -> Doc {
    let mut map = Map::default();
    for stage in 0..stages {
        map.stage(&format!("stage{stage}"), &format!("Part {stage}"));
    }
    for i in 0..steps {
        let stage = format!("stage{}", i * stages / steps);
        map.step(&format!("step{i}"), &format!("Do the thing number {i}"), Some(&stage));
        let name = format!("Counter {i}");
        map.put(&format!("tp{i}"), Touchpoint { name, ..Default::default() });
        map.link(
            &format!("step{i}"),
            &format!("tp{i}"),
            throughline::model::record::LinkKind::Uses,
        );
    }
    map.0
}

#[test]
fn sixty_steps_are_spread_over_slides() {
    let mut text = text();
    for (steps, stages) in [(60, 6), (60, 1), (7, 7)] {
        let doc = long(steps, stages);
        for frame in frames() {
            let deck = in_frame(&doc, &mut text, &DeckOptions::of(&doc), &frame);
            assert_eq!(check(&deck, &mut text), Ok(()));
            assert_eq!(check_stages(&doc, &deck, &mut text), Ok(()));
            let overview = deck.slides.iter().filter(|it| it.part == SlidePart::Overview);
            let mut seen: Vec<Id> = Vec::new();
            for slide in overview {
                let Piece::View { scene, .. } = &slide.pieces[0] else { panic!("a view") };
                let steps = cards(scene).into_iter().map(|it| it.0);
                seen.extend(steps.filter(|id| doc.get_as::<Step>(id).is_some()));
            }
            assert_eq!(seen.len(), steps, "each step on one slide of the overview");
            assert_eq!(seen.into_iter().collect::<BTreeSet<_>>().len(), steps);
        }
    }
}

#[test]
fn what_is_too_long_for_a_slide_is_in_its_notes() {
    let words = "an endless story of a customer who waits ".repeat(60);
    let mut map = Map::default();
    map.stage("s", &words).step("one", &words, Some("s"));
    let mut step = map.0.get_as::<Step>(&id("one")).unwrap().clone();
    step.activities = (0..40).map(|i| format!("{i}: {words}")).collect();
    step.thoughts = vec![words.repeat(400)];
    map.put("one", step);
    for i in 0..12 {
        let name = format!("Place {i} {words}");
        map.put(&format!("tp{i}"), Touchpoint { name, ..Default::default() });
        map.link("one", &format!("tp{i}"), throughline::model::record::LinkKind::Uses);
        map.friction(&format!("fr{i}"), &format!("tp{i}"), 4);
    }
    let (doc, mut text) = (map.0, text());
    for frame in frames() {
        let deck = in_frame(&doc, &mut text, &DeckOptions::of(&doc), &frame);
        assert_eq!(check(&deck, &mut text), Ok(()));
        assert_eq!(check_stages(&doc, &deck, &mut text), Ok(()));
        let stages = deck.slides.iter().filter(|it| it.part == SlidePart::Stages);
        let notes: Vec<&String> = stages.flat_map(|it| &it.notes).collect();
        for i in 0..12 {
            let whole = format!("Place {i} {}", words.trim());
            assert!(notes.iter().any(|it| it.contains(&whole)), "all of place {i}");
        }
    }
}

#[test]
fn an_empty_map_has_a_cover_and_no_more() {
    let (doc, mut text) = (Doc::default(), text());
    let deck = composed(&doc, &mut text, &DeckOptions::of(&doc));
    let keys: Vec<&str> = deck.slides.iter().map(|it| &*it.key).collect();
    assert_eq!(keys, ["cover"]);
    assert_eq!(check(&deck, &mut text), Ok(()));
}

#[test]
fn it_is_given_up_when_nobody_waits_for_it() {
    let doc = long(20, 3);
    let (index, graph) = (Index::of(&doc), Graph::of(&doc));
    let (options, frame) = (DeckOptions::of(&doc), Frame::of(SlideSize::Wide));
    let progress = Progress::default();
    let mut text = text();
    compose(&doc, &index, &graph, &mut text, &options, &frame, &progress).unwrap();
    assert!((progress.share() - 1.0 / 3.0).abs() < 0.01, "a third: the file is written after it");
    progress.cancel();
    let given_up = compose(&doc, &index, &graph, &mut text, &options, &frame, &progress);
    assert!(matches!(given_up, Err(ExportError::Cancelled)));
}
