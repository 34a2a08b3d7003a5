//! Slides in other people's files: a company's template, and a deck that was made before.

mod hostile;
mod maker;
mod refresh;
mod sound;

use std::sync::Arc;

use throughline::export::deck::DeckOptions;
use throughline::export::{ExportError, Output, PptxOptions, Progress, Request, View, make};
use throughline::model::Doc;
use throughline::scene::{JourneyOptions, Theme};

use crate::support::small::Map;
use maker::Maker;
use sound::{assert_sound, elements, links, slides, unzip};

/// What LibreOffice and python-pptx made: see the README beside them.
const WIDE: &[u8] = include_bytes!("../fixtures/templates/wide.potx");
const STANDARD: &[u8] = include_bytes!("../fixtures/templates/standard.pptx");

/// The part that nothing leads to, in presentations of [`Maker`].
const ORPHANS: &[&str] = &["custom/orphan.dat"];

/// A map of two stages.
fn map() -> Map {
    let mut map = Map::default();
    map.stage("choose", "Choose").step("browse", "Browse", Some("choose"));
    map.stage("pay", "Pay & go").step("card", "Enter <card>", Some("pay"));
    map
}

fn export(doc: &Doc, options: PptxOptions) -> Result<Vec<u8>, ExportError> {
    export_part(doc, options, None)
}

fn export_part(
    doc: &Doc,
    options: PptxOptions,
    stage: Option<&str>,
) -> Result<Vec<u8>, ExportError> {
    let mut deck = DeckOptions::of(doc);
    deck.stage = stage.map(crate::support::small::id);
    let request = Request {
        doc: doc.clone(),
        view: View::Journey(JourneyOptions::default()),
        theme: Theme::light(),
        output: Output::Pptx(deck, options),
    };
    make(&request, &Progress::default())
}

fn into_template(doc: &Doc, template: &[u8]) -> Result<Vec<u8>, ExportError> {
    export(doc, PptxOptions { template: Some(Arc::from(template)), ..PptxOptions::default() })
}

fn into_deck(doc: &Doc, deck: &[u8]) -> Result<Vec<u8>, ExportError> {
    export(doc, PptxOptions { refresh: Some(Arc::from(deck)), ..PptxOptions::default() })
}

/// Templates of every make, with the file names of their sample slides' own parts.
fn templates() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = [
        Maker::default(),
        Maker { prefix: "", absolute: true, ..Maker::default() },
        Maker { prefix: "pres:", shouting: true, notes_master: true, ..Maker::default() },
        Maker { kind: "template.main", title_only: false, ..Maker::default() },
        Maker { kind: "slideshow.main", ..Maker::default() },
        Maker {
            kind: "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
            macros: true,
            ..Maker::default()
        },
    ]
    .map(|maker| (format!("{maker:?}"), maker.bytes()))
    .into();
    all.push(("LibreOffice".to_owned(), WIDE.to_vec()));
    all.push(("python-pptx".to_owned(), STANDARD.to_vec()));
    all
}

#[test]
fn a_template_loses_its_slides_and_nothing_else() {
    let map = map();
    let own = export(&map.0, PptxOptions::default()).unwrap();
    let count = slides(&unzip(&own)).len();
    assert!(count >= 3, "a deck to speak of");
    assert_sound(&own, &[]);
    for (name, template) in templates() {
        let made = into_template(&map.0, &template).unwrap_or_else(|it| panic!("{name}: {it}"));
        assert_sound(&made, ORPHANS);
        let (before, after) = (unzip(&template), unzip(&made));
        assert_eq!(slides(&after).len(), count, "{name}: our slides and no others");

        // What only sample slides needed is gone, all else is as it was.
        let samples = [
            "ppt/slides/",
            "ppt/notesSlides/",
            "ppt/comments/",
            "ppt/tags/",
            "ppt/charts/",
            "ppt/embeddings/",
            "_xmlsignatures/",
            "ppt/media/photo.png",
            "ppt/vbaProject.bin",
        ];
        let of_samples = |part: &str| samples.iter().any(|it| part.starts_with(it));
        let changed = [
            "[Content_Types].xml",
            "_rels/.rels",
            "ppt/presentation.xml",
            "ppt/_rels/presentation.xml.rels",
            "ppt/presProps.xml",
            "ppt/viewProps.xml",
            "ppt/_rels/viewProps.xml.rels",
            "ppt/slideLayouts/slideLayout2.xml",
            "ppt/slideLayouts/_rels/slideLayout2.xml.rels",
        ];
        let mut kept = 0;
        for (part, bytes) in before.iter().filter(|(part, _)| !of_samples(part)) {
            if changed.contains(&part.as_str()) {
                continue;
            }
            // Pictures that only slides show go as well.
            let made_elsewhere = matches!(name.as_str(), "LibreOffice" | "python-pptx");
            if made_elsewhere && part.starts_with("ppt/media/") && !after.contains_key(part) {
                continue;
            }
            assert_eq!(after.get(part), Some(bytes), "{name}: {part} is as it was");
            kept += 1;
        }
        assert!(kept >= 8, "{name}: {kept}");
        for (part, bytes) in &after {
            let new = part.starts_with("ppt/slides/") || part.starts_with("ppt/tags/");
            assert!(!new || before.get(part) != Some(bytes), "{name}: {part} is ours");
        }
    }
}

#[test]
fn what_speaks_of_sample_slides_goes_with_them() {
    let made = into_template(&map().0, &Maker::default().bytes()).unwrap();
    let parts = unzip(&made);
    let text = |part: &str| String::from_utf8(parts[part].clone()).unwrap();
    let main = text("ppt/presentation.xml");
    assert!(!main.contains("sectionLst") && !main.contains("custShow"), "{main}");
    for kept in
        ["firstSlideNum='5'", "<!-- made for tests -->", "embeddedFont>", "EFAFB233", "\r\n"]
    {
        assert!(main.contains(kept), "{kept} is kept in {main}");
    }
    assert!(text("ppt/presProps.xml").contains("<p:present/><p:sldAll/></p:showPr>"));
    assert!(text("ppt/viewProps.xml").contains("<p:sldLst></p:sldLst>"));
    let layout = text("ppt/slideLayouts/slideLayout2.xml");
    assert!(layout.contains("Button") && !layout.contains("hlinkClick"), "{layout}");
    assert!(!parts.contains_key("ppt/_rels/viewProps.xml.rels"), "nothing is left in it");
}

#[test]
fn whatever_it_was_it_becomes_a_presentation_without_macros() {
    for (name, template) in templates() {
        let parts = unzip(&into_template(&map().0, &template).unwrap());
        let types = elements(&parts["[Content_Types].xml"]);
        let main = types
            .iter()
            .find(|(_, it)| it.get("PartName").is_some_and(|it| it == "/ppt/presentation.xml"));
        let kind = &main.unwrap().1["ContentType"];
        assert!(kind.ends_with("presentationml.presentation.main+xml"), "{name}: {kind}");
        let all: String = types.iter().filter_map(|it| it.1.get("ContentType").cloned()).collect();
        assert!(!all.contains("vba") && !all.contains("macroEnabled"), "{name}: {all}");
    }
}

#[test]
fn slides_take_the_layouts_that_are_made_for_them() {
    let layouts = |template: &[u8]| {
        let made = into_template(&map().0, template).unwrap();
        let parts = unzip(&made);
        slides(&parts)
            .iter()
            .map(|(_, slide)| {
                let links = links(&parts, slide);
                let layout = links.iter().find(|it| it.1 == "slideLayout").unwrap();
                let layout = layout.2.clone().unwrap();
                layout.rsplit('/').next().unwrap().to_owned()
            })
            .collect::<Vec<_>>()
    };
    let with = layouts(&Maker::default().bytes());
    assert_eq!(with[0], "slideLayout1.xml", "the cover");
    assert!(with[1..].iter().all(|it| it == "slideLayout3.xml"), "titles only: {with:?}");
    let without = layouts(&Maker { title_only: false, ..Maker::default() }.bytes());
    assert!(without[1..].iter().all(|it| it == "slideLayout2.xml"), "content: {without:?}");
}

#[test]
fn what_is_drawn_keeps_off_titles_footers_and_logos() {
    // Shapes with a place of their own, in EMU, on all slides but the cover.
    let made = into_template(&map().0, &Maker::default().bytes()).unwrap();
    let parts = unzip(&made);
    let mut drawn = 0;
    for (_, slide) in &slides(&parts)[1..] {
        let all = elements(&parts[slide]);
        for pair in all.windows(2).filter(|it| it[0].0 == "off" && it[1].0 == "ext") {
            let value = |of: usize, key: &str| pair[of].1[key].parse::<i64>().unwrap();
            let (x, y, w, h) = (value(0, "x"), value(0, "y"), value(1, "cx"), value(1, "cy"));
            // Of a group only the outside says where it is.
            if (w, h) == (0, 0) {
                continue;
            }
            drawn += 1;
            assert!(y >= 1_000_000 && y + h <= 6_300_000, "{slide}: {x} {y} {w} {h}");
            assert!(x >= 600_000 && x + w <= 12_000_000, "{slide}: {x} {y} {w} {h}");
            let beside = x + w <= 11_000_000 || y + h <= 6_000_000;
            assert!(beside, "{slide}: on the logo: {x} {y} {w} {h}");
        }
    }
    assert!(drawn > 10, "{drawn}");
}

#[test]
fn the_same_map_and_template_make_the_same_bytes() {
    for (name, template) in templates() {
        let once = into_template(&map().0, &template).unwrap();
        assert!(once == into_template(&map().0, &template).unwrap(), "{name}");
    }
}
