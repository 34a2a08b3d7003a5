//! Slides: that the file is whole, that shapes are native, named and in their places, that lines are
//! glued to cards, and that lines of text break where they should. Reads the files with zip and
//! quick-xml alone.

mod file;
mod office;

use std::collections::BTreeSet;

use proptest::prelude::*;
use throughline::export::deck::{Deck, Frame, Paragraph, Piece, Slide, SlideLayout};
use throughline::export::{ExportError, PptxOptions, Progress, pptx};
use throughline::geom::{pt, rect};
use throughline::model::choice::{NextClass, SlidePart, SlideSize};
use throughline::model::{Doc, Graph, Index};
use throughline::scene::{
    Detail, EcosystemOptions, EcosystemScene, JourneyOptions, JourneyScene, Layer, Scene, Shape,
    Theme,
};
use throughline::text::{SystemFonts, Text};

use self::file::{File, Node, glue, shapes};
use crate::support::maps;
use crate::support::small::Map;
use crate::support::texts::HOSTILE;

/// Both views of a map, and the engine that set them.
struct Views {
    journey: Scene,
    ecosystem: Scene,
    text: Text,
}

fn views(doc: &Doc) -> Views {
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    let mut text = Text::new(SystemFonts::Ignore);
    let journey = JourneyScene::new(doc, &graph, &mut text, JourneyOptions::default());
    let journey = journey.scene().clone();
    let options = EcosystemOptions::default();
    let ecosystem = EcosystemScene::new(doc, &index, &graph, &mut text, options);
    let ecosystem = ecosystem.scene().clone();
    Views { journey, ecosystem, text }
}

/// A slide with a whole view on it, as large as it can be.
fn slide(scene: &Scene, frame: &Frame, key: &str) -> Slide {
    let (bounds, room) = (scene.bounds, frame.body);
    let scale = (room.width() / bounds.width()).min(room.height() / bounds.height());
    let at = pt(room.min.x - bounds.min.x * scale, room.min.y - bounds.min.y * scale);
    let (scene, detail, alt) = (scene.clone().into(), Detail::FULL, "A whole view".to_owned());
    Slide {
        part: SlidePart::Overview,
        key: key.to_owned(),
        layout: SlideLayout::TitleOnly,
        title: format!("All of it: {key}"),
        subtitle: None,
        pieces: vec![Piece::View { scene, at, scale, detail, alt }],
        notes: vec!["What is said.".to_owned(), "And that.".to_owned()],
    }
}

fn deck(doc: &Doc, views: &Views, size: SlideSize) -> Deck {
    let frame = Frame::of(size);
    let cover = Slide {
        part: SlidePart::Cover,
        key: "cover".to_owned(),
        layout: SlideLayout::Cover,
        title: doc.head().title.clone(),
        subtitle: Some("What it is about\nFor whom".to_owned()),
        pieces: Vec::new(),
        notes: Vec::new(),
    };
    let slides = vec![
        cover,
        slide(&views.journey, &frame, "journey"),
        slide(&views.ecosystem, &frame, "ecosystem"),
    ];
    Deck { frame, title: doc.head().title.clone(), slides }
}

fn written(deck: &Deck, text: &Text, exact_lines: bool) -> Vec<u8> {
    let options = PptxOptions { exact_lines, ..PptxOptions::default() };
    pptx(deck, Theme::light(), text, &options, &Progress::default()).unwrap()
}

fn examples() -> impl Iterator<Item = (&'static str, Doc)> {
    throughline::examples::EXAMPLES.iter().map(|it| (it.name, throughline::file::read(it.ron).doc))
}

/// What must hold of any file.
fn holds(file: &File, frame: &Frame) {
    file.is_whole();
    for name in file.slides() {
        let slide = file.xml(&name);
        let mut ids = BTreeSet::new();
        let mut titles = 0;
        for shape in shapes(&slide) {
            let named = shape.find("cNvPr").unwrap();
            assert!(ids.insert(named.attr("id").to_owned()), "{name}: one id twice");
            let holder = shape.find("ph");
            titles += usize::from(holder.is_some_and(|ph| ph.attr("type").contains("itle")));
            let (title, said) = (named.attr("name"), named.attr("descr"));
            assert!(!title.is_empty(), "{name}: a shape without a name");
            let decorates = named.find("decorative").is_some();
            assert!(
                holder.is_some() || !said.is_empty() || decorates,
                "{name}: {title}: no alt text"
            );
            let Some(body) = shape.child("txBody") else { continue };
            for run in body.all("rPr") {
                assert!(!run.attr("lang").is_empty(), "{name}: {title}: text in no language");
            }
            if holder.is_none() {
                let body = body.child("bodyPr").unwrap();
                assert_eq!(body.attr("wrap"), "square", "{name}: {title}");
                assert!(body.find("normAutofit").is_some(), "{name}: {title}");
            }
            if let Some([x, y, w, h]) = shape.place() {
                let (right, bottom) = (frame.width * 12_700.0, frame.height * 12_700.0);
                let inside = x >= -1.0 && y >= -1.0 && x + w <= f64::from(right) + 1.0;
                assert!(
                    inside && y + h <= f64::from(bottom) + 1.0,
                    "{name}: {title} off the slide"
                );
            }
        }
        assert!(titles >= 1, "{name}: no title");
        for connector in slide.all("cxnSp") {
            let [start, end] = glue(&slide, connector);
            // A quarter of a point is what a line without height is drawn high.
            assert!(
                start.max(end) <= 3_300.0,
                "{name}: a line ends {start}, {end} beside its site"
            );
        }
    }
}

#[test]
fn every_example_is_whole_in_both_sizes() {
    for (name, doc) in examples() {
        let views = views(&doc);
        for size in [SlideSize::Wide, SlideSize::Standard] {
            for exact in [false, true] {
                let deck = deck(&doc, &views, size);
                let file = File::read(&written(&deck, &views.text, exact));
                holds(&file, &deck.frame);
                assert_eq!(file.slides().len(), 3, "{name}");
            }
        }
    }
}

#[test]
fn lines_are_glued_to_the_cards_that_they_run_between() {
    for (name, doc) in examples() {
        let views = views(&doc);
        let deck = deck(&doc, &views, SlideSize::Wide);
        let file = File::read(&written(&deck, &views.text, false));
        for (at, scene) in [(2, &views.journey), (3, &views.ecosystem)] {
            let slide = file.xml(&format!("ppt/slides/slide{at}.xml"));
            let links = scene.items.iter().filter(|item| item.ends.is_some());
            let mut wanted: Vec<&str> =
                links.map(|item| &*item.name).filter(|name| !name.is_empty()).collect();
            let mut found: Vec<&str> = slide
                .all("cxnSp")
                .map(|it| it.find("cNvPr").unwrap().attr("descr"))
                .filter(|name| !name.is_empty())
                .collect();
            wanted.sort_unstable();
            wanted.dedup();
            found.sort_unstable();
            found.dedup();
            assert_eq!(found, wanted, "{name}");
            assert!(slide.all("cxnSp").count() > 3, "{name}");
        }
    }
}

#[test]
fn a_card_is_one_shape_with_its_text_grouped_with_its_marks() {
    let doc = throughline::file::read(throughline::examples::EXAMPLES[0].ron).doc;
    let views = views(&doc);
    let deck = deck(&doc, &views, SlideSize::Wide);
    let file = File::read(&written(&deck, &views.text, false));
    let slide = file.xml("ppt/slides/slide2.xml");
    let marks = views.journey.items.iter().filter(|item| item.layer == Layer::Marks);
    let mut count = 0;
    for mark in marks {
        let is_it =
            |node: &&Node| node.find("cNvPr").is_some_and(|it| it.attr("descr") == &*mark.name);
        let group = slide.all("grpSp").find(|group| group.all("sp").any(|sp| is_it(&sp))).unwrap();
        let texts = group.all("sp").filter(|sp| sp.child("txBody").is_some()).count();
        assert!(texts >= 2, "the card's text and the severity: {}", mark.name);
        count += 1;
    }
    assert!(count > 3);
    // Each card's own text is in its ground: no step's name stands in a box of its own.
    for item in views.journey.items.iter().filter(|item| item.layer == Layer::Cards) {
        let grounds = slide
            .all("sp")
            .filter(|sp| sp.find("cNvPr").is_some_and(|it| it.attr("descr") == &*item.name));
        assert!(grounds.count() >= 1, "{}", item.name);
    }
}

#[test]
fn a_segments_curve_is_one_freeform() {
    let doc = throughline::file::read(throughline::examples::EXAMPLES[0].ron).doc;
    let views = views(&doc);
    let deck = deck(&doc, &views, SlideSize::Wide);
    let file = File::read(&written(&deck, &views.text, false));
    let slide = file.xml("ppt/slides/slide2.xml");
    let segments = doc.segments().len();
    assert!(segments > 0);
    let named = |sp: &&Node| {
        sp.find("cNvPr").is_some_and(|it| it.attr("descr").starts_with("Emotion curve of"))
            && sp.find("cubicBezTo").is_some()
    };
    let curves: Vec<&Node> = slide.all("sp").filter(named).collect();
    assert_eq!(curves.len(), segments, "no piece stands alone");
    for curve in curves {
        assert_eq!(curve.all("moveTo").count(), 1, "the pen is not lifted");
        assert!(curve.all("cubicBezTo").count() >= 3);
    }
}

#[test]
fn the_same_deck_gives_the_same_bytes() {
    let (_, doc) = examples().next().unwrap();
    let views = views(&doc);
    let deck = deck(&doc, &views, SlideSize::Wide);
    assert!(written(&deck, &views.text, false) == written(&deck, &views.text, false));
}

/// The lines of all texts of a scene, as they are shown; sorted.
fn lines_of(scene: &Scene) -> Vec<String> {
    let mut lines = Vec::new();
    for (detail, shape) in scene.items.iter().flat_map(|item| item.shapes.iter()) {
        let Shape::Text { block, .. } = shape else { continue };
        if !detail.shows_at(Detail::FULL) {
            continue;
        }
        for (i, line) in block.lines.iter().enumerate() {
            let mut shown = block.text[line.range.clone()].trim().to_owned();
            if block.cut && i + 1 == block.lines.len() {
                shown.push('…');
            }
            if !shown.is_empty() {
                lines.push(shown);
            }
        }
    }
    lines.sort();
    lines
}

#[test]
fn exact_lines_break_where_the_scene_breaks() {
    let mut broken = 0;
    for (name, doc) in examples() {
        let views = views(&doc);
        let deck = deck(&doc, &views, SlideSize::Wide);
        let file = File::read(&written(&deck, &views.text, true));
        for (at, scene) in [(2, &views.journey), (3, &views.ecosystem)] {
            let slide = file.xml(&format!("ppt/slides/slide{at}.xml"));
            let title = &deck.slides[at - 1].title;
            let mut found: Vec<String> =
                slide.all("p").flat_map(file::lines).filter(|line| line != title).collect();
            found.sort();
            assert_eq!(found, lines_of(scene), "{name}");
            broken += slide.all("br").count();
        }
    }
    assert!(broken > 50, "only {broken} breaks: the test proves nothing");
}

#[test]
fn natural_wrap_has_no_breaks_and_the_same_words() {
    let (_, doc) = examples().next().unwrap();
    let views = views(&doc);
    let deck = deck(&doc, &views, SlideSize::Wide);
    let file = File::read(&written(&deck, &views.text, false));
    let slide = file.xml("ppt/slides/slide2.xml");
    assert_eq!(slide.all("br").count(), 0);
    let words = |lines: Vec<String>| {
        let mut words: Vec<String> =
            lines.iter().flat_map(|line| line.split_whitespace()).map(str::to_owned).collect();
        words.sort();
        words
    };
    let title = &deck.slides[1].title;
    let found = slide.all("p").flat_map(file::lines).filter(|line| line != title).collect();
    assert_eq!(words(found), words(lines_of(&views.journey)));
}

#[test]
fn paragraphs_from_right_to_left_say_so() {
    let mut map = Map::default();
    map.stage("a", "قبل الطلب").step("b", "اختيار المنتج المناسب للعائلة", Some("a"));
    map.step("c", "Then pay", Some("a"));
    let views = views(&map.0);
    let deck = deck(&map.0, &views, SlideSize::Wide);
    let file = File::read(&written(&deck, &views.text, false));
    let slide = file.xml("ppt/slides/slide2.xml");
    let paragraph = slide.all("p").find(|p| file::lines(p).concat().contains("اختيار")).unwrap();
    let properties = paragraph.child("pPr").unwrap();
    assert_eq!((properties.attr("rtl"), properties.attr("algn")), ("1", "r"));
    assert_eq!(paragraph.find("rPr").unwrap().attr("lang"), "ar-SA");
    let latin = slide.all("p").find(|p| file::lines(p).concat() == "Then pay").unwrap();
    assert_eq!(latin.child("pPr").unwrap().attr("rtl"), "");
}

#[test]
fn a_line_whose_card_is_not_on_the_slide_is_left_out() {
    let mut map = Map::default();
    map.stage("s", "One").step("a", "First", Some("s")).step("b", "Second", Some("s"));
    map.step("c", "Third", Some("s")).next("a", "c", NextClass::Branch, "if it must");
    let mut views = views(&map.0);
    let all = views.journey.items.iter().filter(|item| item.ends.is_some()).count();
    assert_eq!(all, 2, "b to c by order, a to c by a link");
    let third =
        |item: &throughline::scene::Item| item.layer == Layer::Cards && item.name.contains("Third");
    views.journey.items.retain(|item| !third(item));
    let deck = deck(&map.0, &views, SlideSize::Wide);
    let file = File::read(&written(&deck, &views.text, false));
    holds(&file, &deck.frame);
    let slide = file.xml("ppt/slides/slide2.xml");
    assert_eq!(slide.all("cxnSp").count(), 0);
    assert!(!slide.all("p").any(|p| file::lines(p).concat().contains("if it must")));
}

#[test]
fn hostile_texts_come_out_as_xml() {
    let long = "x".repeat(1_000_000);
    let mut map = Map::default();
    map.stage("s", "]]> <stage> & \u{202e}evil");
    for (i, text) in HOSTILE.iter().copied().chain([long.as_str()]).enumerate() {
        map.step(&format!("t{i}"), text, Some("s"));
    }
    let views = views(&map.0);
    let mut deck = deck(&map.0, &views, SlideSize::Wide);
    for slide in &mut deck.slides {
        slide.title = HOSTILE.concat();
        slide.notes = HOSTILE.iter().map(|it| (*it).to_owned()).chain([long.clone()]).collect();
        let paragraphs = HOSTILE.iter().map(|it| Paragraph {
            text: (*it).to_owned(),
            size: 12.0,
            ..Paragraph::default()
        });
        let (room, name) = (rect(30.0, 80.0, 300.0, 300.0), "\u{0}\"<>&".to_owned());
        slide.pieces.push(Piece::Text { room, paragraphs: paragraphs.collect(), name });
    }
    for exact in [false, true] {
        let file = File::read(&written(&deck, &views.text, exact));
        holds(&file, &deck.frame);
        for name in file.slides() {
            let text = file.text(&name);
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{name}");
            assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{ffff}']), "{name}");
        }
    }
}

#[test]
fn a_cancelled_export_gives_nothing() {
    let (_, doc) = examples().next().unwrap();
    let views = views(&doc);
    let deck = deck(&doc, &views, SlideSize::Wide);
    let progress = Progress::default();
    progress.cancel();
    let made = pptx(&deck, Theme::light(), &views.text, &PptxOptions::default(), &progress);
    assert!(matches!(made, Err(ExportError::Cancelled)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_map_makes_a_whole_file(doc in maps::doc()) {
        let views = views(&doc);
        let deck = deck(&doc, &views, SlideSize::Standard);
        holds(&File::read(&written(&deck, &views.text, true)), &deck.frame);
    }
}
