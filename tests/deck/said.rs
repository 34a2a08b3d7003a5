//! What slides say: titles, keys, order, and that what is asked for is honoured.

use throughline::edit::{Tx, verbs};
use throughline::export::deck::{Deck, DeckOptions, Piece};
use throughline::model::choice::{MapState, SlidePart, SlideSize};
use throughline::model::record::{DeckPart, Stage, Step, Verbatim};
use throughline::model::{Doc, Id};

use super::{cards, composed, examples, text};

fn movie_night() -> Doc {
    examples().find(|it| it.0 == "home-movie-night").unwrap().1
}

/// All that the slides say besides their pictures.
fn words(deck: &Deck) -> Vec<String> {
    let mut out = Vec::new();
    for slide in &deck.slides {
        out.push(slide.title.clone());
        out.extend(slide.subtitle.clone());
        for piece in &slide.pieces {
            match piece {
                Piece::View { alt, .. } => out.push(alt.clone()),
                Piece::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    out.extend(cells.flat_map(|it| &it.paragraphs).map(|it| it.text.clone()));
                }
                Piece::Text { paragraphs, .. } => {
                    out.extend(paragraphs.iter().map(|it| it.text.clone()));
                }
            }
        }
        out.extend(slide.notes.clone());
    }
    out
}

#[test]
fn the_same_map_gives_the_same_deck() {
    let doc = movie_night();
    let dump = || {
        let mut text = text();
        let deck = composed(&doc, &mut text, &DeckOptions::of(&doc));
        let scenes = deck.slides.iter().map(|it| it.preview(&deck.frame, &mut text).dump());
        (scenes.collect::<Vec<_>>(), words(&deck))
    };
    assert_eq!(dump(), dump());
}

#[test]
fn parts_come_in_the_order_asked_for_and_those_left_out_do_not() {
    let doc = movie_night();
    let part = |part, left_out| DeckPart { part, left_out };
    let parts = vec![
        part(SlidePart::Actions, false),
        part(SlidePart::Frictions, true),
        part(SlidePart::Overview, false),
        part(SlidePart::Cover, false),
    ];
    let options = DeckOptions { parts, ..DeckOptions::of(&doc) };
    let deck = composed(&doc, &mut text(), &options);
    let mut parts: Vec<SlidePart> = deck.slides.iter().map(|it| it.part).collect();
    parts.dedup();
    assert_eq!(parts, [SlidePart::Actions, SlidePart::Overview, SlidePart::Cover]);
}

#[test]
fn keys_stay_when_names_and_order_change() {
    let mut doc = movie_night();
    let stages = |deck: &Deck| -> Vec<String> {
        let all = deck.slides.iter().filter(|it| it.part == SlidePart::Stages);
        all.map(|it| it.key.clone()).filter(|key| key.matches('/').count() == 1).collect()
    };
    let before = stages(&composed(&doc, &mut text(), &DeckOptions::of(&doc)));
    assert!(before.contains(&"stage/bring-back".to_owned()), "{before:?}");
    let mut tx = Tx::new(&mut doc);
    verbs::rename(&mut tx, &Id::new("bring-back").unwrap(), "Quite another name");
    tx.finish();
    let deck = composed(&doc, &mut text(), &DeckOptions::of(&doc));
    assert_eq!(stages(&deck), before);
    let named = deck.slides.iter().find(|it| it.key == "stage/bring-back").unwrap();
    assert!(named.title.starts_with("Quite another name (1 of "), "{}", named.title);
}

#[test]
fn titles_say_what_is_to_be_seen() {
    let doc = movie_night();
    let deck = composed(&doc, &mut text(), &DeckOptions::of(&doc));
    let title = |key: &str| &*deck.slides.iter().find(|it| it.key == key).unwrap().title;
    assert_eq!(title("cover"), "Home movie night");
    assert_eq!(title("overview"), "The whole journey: 5 steps in 4 stages");
    assert_eq!(title("frictions"), "Where it hurts most: Return");
    assert_eq!(title("emotions"), "How it feels: lowest at Return the film");
    assert_eq!(title("actions"), "What we do about it: 1 under way, 1 agreed and 2 ideas");
    let cover = deck.slides[0].subtitle.as_deref().unwrap();
    assert!(cover.contains("Segments: Families and Film buffs"), "{cover}");
    assert!(cover.contains(MapState::Current.label()), "{cover}");
}

#[test]
fn one_segment_alone_is_shown_and_heard() {
    let mut doc = movie_night();
    let segments: Vec<Id> = doc.segments().into_iter().map(|(id, _)| id.clone()).collect();
    let mut tx = Tx::new(&mut doc);
    let text_of = |whom: &str| format!("Only {whom} say this");
    for (segment, whom) in segments.iter().zip(["these", "those"]) {
        tx.add(Verbatim {
            text: text_of(whom),
            at: Some(Id::new("return").unwrap()),
            segment: Some(segment.clone()),
            ..Verbatim::default()
        });
    }
    tx.finish();
    let options = DeckOptions { segment: Some(segments[0].clone()), ..DeckOptions::of(&doc) };
    let mut engine = text();
    let deck = composed(&doc, &mut engine, &options);
    let other = doc.name_of(&segments[1]).to_owned();
    let notes = words(&deck).join("\n");
    assert!(notes.contains("Only these say this") && !notes.contains("Only those say this"));
    let emotions = deck.slides.iter().find(|it| it.key == "emotions").unwrap();
    let curve = emotions.preview(&deck.frame, &mut engine).dump();
    assert!(!curve.contains(&other) && !emotions.notes.join(" ").contains(&other));
    assert!(!deck.slides[0].subtitle.as_deref().unwrap().contains(&other));
}

#[test]
fn one_stage_alone_is_shown() {
    let doc = movie_night();
    let stage = Id::new("bring-back").unwrap();
    let options = DeckOptions { stage: Some(stage.clone()), ..DeckOptions::of(&doc) };
    let deck = composed(&doc, &mut text(), &options);
    let elsewhere = |id: &Id| {
        let step = doc.get_as::<Step>(id);
        step.is_some_and(|it| it.stage.as_ref() != Some(&stage))
            || doc.get_as::<Stage>(id).is_some() && *id != stage
    };
    let parts: std::collections::BTreeSet<SlidePart> =
        deck.slides.iter().map(|it| it.part).collect();
    assert_eq!(parts.len(), SlidePart::ALL.len(), "every part has something: {parts:?}");
    for slide in &deck.slides {
        for piece in &slide.pieces {
            if let Piece::View { scene, .. } = piece {
                let wrong = cards(scene).into_iter().find(|(id, _)| elsewhere(id));
                assert_eq!(wrong, None, "{}", slide.key);
            }
        }
    }
    let frictions = deck.slides.iter().find(|it| it.key == "frictions").unwrap();
    assert!(!format!("{:?}", frictions.pieces).contains("Too many titles"), "that is elsewhere");
}

#[test]
fn narrow_slides_are_narrow() {
    let doc = movie_night();
    let options = DeckOptions { size: SlideSize::Standard, ..DeckOptions::of(&doc) };
    let deck = composed(&doc, &mut text(), &options);
    assert_eq!((deck.frame.width, deck.frame.height), (720.0, 540.0));
}
