//! PDF: what is in the file by its own objects, and by poppler that its text stands and breaks as
//! on the screen.
//!
//! krilla writes dictionaries as plain text and compresses streams alone, so that structure,
//! bookmarks and metadata are read here without any tool.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use throughline::export::{ExportError, Paper, PdfOptions, Progress, pdf};
use throughline::geom::{Path, Rect, pt, rect};
use throughline::model::{Doc, Graph, Index};
use throughline::scene::{
    Align, Detail, EcosystemOptions, EcosystemScene, Ink, Item, JourneyOptions, JourneyScene,
    Layer, Scene, Shape, Stroke, Theme,
};
use throughline::text::{Style, SystemFonts, Text, Weight, Wrap};

const STYLE: Style = Style { size: 12.0, weight: Weight::Regular, line_height: 16.0 };

fn examples() -> Vec<(String, Doc)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/maps");
    let mut out: Vec<(String, Doc)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, throughline::file::open(&path).unwrap().doc)
        })
        .collect();
    out.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(out.len() >= 6);
    out
}

/// Both views of a map.
fn views(doc: &Doc, text: &mut Text) -> [(&'static str, Scene); 2] {
    let (index, graph) = (Index::of(doc), Graph::of(doc));
    let journey = JourneyScene::new(doc, &graph, text, JourneyOptions::default());
    let options = EcosystemOptions::default();
    let ecosystem = EcosystemScene::new(doc, &index, &graph, text, options);
    [("journey", journey.scene().clone()), ("ecosystem", ecosystem.scene().clone())]
}

fn made(doc: &Doc, scene: &Scene, text: &Text, options: PdfOptions) -> Vec<u8> {
    pdf(doc, scene, Theme::light(), text, options, &Progress::default()).unwrap()
}

/// A card a label, one under the other.
fn labels(text: &mut Text, labels: &[&str]) -> Scene {
    let mut scene = Scene::default();
    for (i, words) in labels.iter().enumerate() {
        let block = text.block(words, STYLE, Wrap { width: Some(160.0), max_lines: Some(6) });
        let card = Shape::Rect {
            rect: rect(0.0, 0.0, 180.0, 110.0),
            radius: 8.0,
            fill: Some(Ink::CardShadow),
            stroke: Some(Stroke::dashed(1.0, Ink::CardBorder, 4.0, 3.0)),
        };
        let (at, width, ink, align) = (pt(10.0, 6.0), 160.0, Ink::Text, Align::Start);
        let shapes =
            [(Detail::ALL, card), (Detail::FULL, Shape::Text { at, width, block, ink, align })];
        scene.items.push(Item {
            rect: rect(10.0, 10.0 + 120.0 * i as f32, 180.0, 110.0),
            layer: Layer::Cards,
            hit: None,
            name: (*words).into(),
            ends: None,
            shapes: shapes.into(),
        });
    }
    scene.bounds = rect(0.0, 0.0, 200.0, 20.0 + 120.0 * labels.len() as f32);
    scene
}

/// The file's objects as text; compressed streams show as noise.
struct File(String);

impl File {
    /// Checks that the file's table of objects leads to each of them.
    fn of(bytes: &[u8]) -> Self {
        let text: String = bytes.iter().map(|b| char::from(*b)).collect();
        assert!(text.starts_with("%PDF-1.7") && text.trim_end().ends_with("%%EOF"));
        let start = text.rsplit("startxref\n").next().unwrap();
        let start: usize = start.lines().next().unwrap().parse().unwrap();
        let table: Vec<char> = text[text.char_indices().nth(start).unwrap().0..].chars().collect();
        let table: String = table.into_iter().collect();
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some("xref"));
        let count: usize = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        for (number, line) in lines.take(count).enumerate().skip(1) {
            let (offset, rest) = line.split_once(' ').unwrap();
            if rest.contains('n') {
                let at = offset.parse::<usize>().unwrap();
                let object = format!("{number} 0 obj");
                assert!(bytes[at..].starts_with(object.as_bytes()), "object {number} at {at}");
            }
        }
        Self(text)
    }

    fn count(&self, what: &str) -> usize {
        self.0.matches(what).count()
    }

    fn pages(&self) -> usize {
        self.count("/Type/Page/")
    }

    /// Width and height of the first page, in points.
    fn page_size(&self) -> (f32, f32) {
        let of = self.0.split("/MediaBox[").nth(1).unwrap();
        let sides: Vec<f32> =
            of.split(']').next().unwrap().split(' ').map(|it| it.parse().unwrap()).collect();
        (sides[2] - sides[0], sides[3] - sides[1])
    }
}

#[test]
fn every_example_is_one_tagged_page_with_bookmarks() {
    for (name, doc) in examples() {
        let mut text = Text::new(SystemFonts::Ignore);
        for (view, scene) in views(&doc, &mut text) {
            let bytes = made(&doc, &scene, &text, PdfOptions::default());
            let file = File::of(&bytes);
            assert_eq!(file.pages(), 1);
            let (width, height) = file.page_size();
            assert!((width - scene.bounds.width() * 0.75).abs() < 0.01, "{name}, {view}");
            assert!((height - scene.bounds.height() * 0.75).abs() < 0.01, "{name}, {view}");
            let title = &doc.head().title;
            assert!(file.count(&format!("/Title({title})")) >= 1, "{name}, {view}");
            assert_eq!(file.count("/Lang(en)"), 2, "of the document and of its root");
            assert_eq!(file.count("<pdfuaid:part>1</pdfuaid:part>"), 1, "{name}, {view}");
            assert_eq!(file.count("Date"), file.count("/Datetime"), "{name}: no date");
            assert_eq!(file.count("/S/H1/"), 1, "{name}, {view}");
            let headings = if view == "journey" { doc.stages().len() } else { 4 };
            assert_eq!(file.count("/S/H2/"), headings, "{name}, {view}");
            if view == "journey" {
                for (_, stage) in doc.stages() {
                    assert!(file.count(&format!("/T({})", stage.name)) == 1, "{}", stage.name);
                }
                for (_, step) in doc.steps() {
                    let bookmark = format!("/Title({})", step.name);
                    assert!(file.count(&bookmark) >= 1 || !step.name.is_ascii(), "{bookmark}");
                }
            } else {
                for band in ["Customer", "Frontstage", "Backstage", "Support"] {
                    assert!(file.count(&format!("/Title(Band: {band})")) == 1, "{name}: {band}");
                }
            }
            // Nothing named is missing from what is read aloud.
            for item in &scene.items {
                let shown = item.shapes.iter().any(|(d, _)| d.shows_at(Detail::FULL));
                let heading = item.layer == Layer::Lines && item.hit.is_none()
                    || item.name.starts_with("Stage: ");
                if shown && item.name.is_ascii() && !item.name.is_empty() && !heading {
                    let escaped = item.name.replace('(', "\\(").replace(')', "\\)");
                    let said = [format!("/Alt({escaped})"), format!("/Alt({})", item.name)];
                    let found = said.iter().any(|it| file.count(it) > 0);
                    assert!(found, "{name}, {view}: {:?} is not told", item.name);
                }
            }
            assert!(bytes == made(&doc, &scene, &text, PdfOptions::default()), "the same twice");
        }
    }
}

/// Stages are read from left to right, and in each the step before its cards.
#[test]
fn what_is_read_aloud_follows_the_journey() {
    let (_, doc) = examples().into_iter().find(|(name, _)| name == "home-movie-night").unwrap();
    let mut text = Text::new(SystemFonts::Ignore);
    let [(_, scene), _] = views(&doc, &mut text);
    let file = File::of(&made(&doc, &scene, &text, PdfOptions::default()));
    let place = |what: &str| file.0.find(what).unwrap_or_else(|| panic!("{what} is not there"));
    let told = [
        "/S/H1/",
        "/Alt(Segment: Families",
        "/Alt(Lane: Steps",
        "/T(Decide)",
        "/Alt(Step 1 of 5",
        "/Alt(Activities at Define the occasion",
        "/Alt(Criteria at Select a title",
        "/T(Get the film)",
        "/Alt(Activities at Get the film",
        "/T(Return)",
        "/Alt(Activities at Return the film",
    ];
    for pair in told.windows(2) {
        assert!(place(pair[0]) < place(pair[1]), "{} before {}", pair[0], pair[1]);
    }
}

#[test]
fn paper_and_posters_have_their_sizes() {
    let (_, doc) = examples().swap_remove(0);
    let mut text = Text::new(SystemFonts::Ignore);
    let [(_, scene), _] = views(&doc, &mut text);
    for paper in Paper::ALL.into_iter().filter(|it| *it != Paper::Fit) {
        let file = File::of(&made(&doc, &scene, &text, PdfOptions { paper, tiles: None }));
        assert_eq!(file.pages(), 1);
        let (short, long) = paper.millimetres().unwrap();
        let (width, height) = file.page_size();
        assert!((width * 25.4 / 72.0 - short).abs() < 0.1, "{paper:?} is upright: {width}");
        assert!((height * 25.4 / 72.0 - long).abs() < 0.1, "{paper:?}: {height}");
    }
    let poster = PdfOptions { paper: Paper::A0, tiles: Some(Paper::A4) };
    let file = File::of(&made(&doc, &scene, &text, poster));
    assert_eq!(file.pages(), 25, "841 by 1,189 mm in sheets that show 190 by 277 and share 10");
    assert_eq!(file.count("/P(3-5)"), 1, "pages are named by row and column");
    assert_eq!(file.count("/S/H1/"), 1, "what is on two sheets is read once");
    let mut huge = scene;
    huge.bounds = rect(0.0, 0.0, 40_000.0, 40_000.0);
    let options = PdfOptions { paper: Paper::Fit, tiles: Some(Paper::A4) };
    let made = pdf(&doc, &huge, Theme::light(), &text, options, &Progress::default());
    let Err(error @ ExportError::TooManySheets { .. }) = made else { panic!("too many sheets") };
    assert!(error.to_string().contains("smaller poster"), "{error}");
}

#[test]
fn hostile_texts_and_shapes_do_no_harm() {
    let texts = [
        "]]> ) (( \\ <</Type/Page>> endobj %",
        "\u{0}\u{1}\u{7f}\u{85}\u{fffe}\u{ffff}\u{fdd0}",
        "\u{202e}drowssap\u{202c} \u{2066}x\u{2069}\u{2067}",
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f1e9}\u{1f1ea} 1\u{fe0f}\u{20e3}",
        "قابل للنقاش (١٢٣) then English [text]",
        "\u{200d}\u{200d}\u{fe0f}\u{301}\u{301}",
        "𝕳𝖊𝖑𝖑𝖔 \u{10ffff}\u{e000}\u{feff}",
        "",
    ];
    let long = ["x".repeat(1_000_000), "a\u{301}".repeat(5_000), "\n".repeat(10_000)];
    let all: Vec<&str> = texts.into_iter().chain(long.iter().map(String::as_str)).collect();
    let mut text = Text::new(SystemFonts::Ignore);
    let mut scene = labels(&mut text, &all);
    let nowhere = f32::NAN;
    for path in [
        Path::polyline(&[pt(0.0, 0.0)]),
        Path::polyline(&[pt(0.0, nowhere), pt(f32::INFINITY, 1.0)]),
        Path::default(),
    ] {
        let stroke = Some(Stroke::solid(1.0, Ink::Link));
        let shapes = [(Detail::ALL, Shape::Path { path, fill: Some(Ink::Card), stroke })];
        scene.items.push(Item {
            rect: Rect::default(),
            layer: Layer::Links,
            hit: None,
            name: "nothing".into(),
            ends: None,
            shapes: shapes.into(),
        });
    }
    let mut head = throughline::model::record::Head { title: all[0].into(), ..Default::default() };
    for title in all {
        head.title = title.to_owned();
        head.owner = Some(title.to_owned());
        let doc = Doc::with_head(head.clone());
        let file = File::of(&made(&doc, &scene, &text, PdfOptions::default()));
        assert_eq!(file.pages(), 1, "{:?}", title.chars().take(20).collect::<String>());
    }
    let empty = Scene::default();
    let file = File::of(&made(&Doc::default(), &empty, &text, PdfOptions::default()));
    assert_eq!(file.pages(), 1);
}

#[test]
fn a_file_that_nobody_waits_for_is_not_made() {
    let mut text = Text::new(SystemFonts::Ignore);
    let scene = labels(&mut text, &["Cancelled"]);
    let progress = Progress::default();
    progress.cancel();
    let options = PdfOptions::default();
    let made = pdf(&Doc::default(), &scene, Theme::light(), &text, options, &progress);
    assert!(matches!(made, Err(ExportError::Cancelled)));
}

/// A word as poppler finds it on the page, in points.
#[derive(Debug)]
struct Word {
    text: String,
    at: Rect,
}

/// What `pdftotext` says of a PDF, or `None` after saying why it says nothing.
fn poppler(test: &str, bytes: &[u8], how: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("map.pdf");
    std::fs::write(&path, bytes).unwrap();
    let Ok(run) = Command::new("pdftotext").arg(how).arg(&path).arg("-").output() else {
        let ci = std::env::var_os("THROUGHLINE_CI").is_some();
        assert!(!ci, "no pdftotext: nothing may be skipped");
        let why = format!("skipped: {test}: no pdftotext (Debian: poppler-utils)");
        let _ = writeln!(std::io::stderr(), "{why}");
        return None;
    };
    Some(String::from_utf8(run.stdout).unwrap())
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200e}' && *c != '\u{200f}').collect()
}

/// The words of a PDF with their places.
fn words(test: &str, bytes: &[u8]) -> Option<Vec<Word>> {
    let found = poppler(test, bytes, "-bbox")?;
    let mut out = Vec::new();
    for line in found.lines().filter(|line| line.trim_start().starts_with("<word ")) {
        let number = |name: &str| -> f32 {
            let value = line.split(&format!("{name}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        let text = line.split('>').nth(1).unwrap().split("</word").next().unwrap();
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let (x, y) = (number("xMin"), number("yMin"));
        let at = rect(x, y, number("xMax") - x, number("yMax") - y);
        out.push(Word { text: text.replace("&apos;", "'").replace("&amp;", "&"), at });
    }
    Some(out)
}

/// Compares each line of text in the scene with the words that stand where it is on the page.
/// Returns how many lines there are.
fn lines_stand_as_in(scene: &Scene, words: &[Word], what: &str) -> usize {
    let mut count = 0;
    for item in &scene.items {
        for (_, shape) in item.shapes.iter().filter(|(d, _)| d.shows_at(Detail::FULL)) {
            let Shape::Text { at, width, block, align, .. } = shape else { continue };
            for line in block.lines.iter().filter(|line| !line.runs.is_empty()) {
                let left = item.rect.min.x + at.x + align.line_x(*width, line);
                let base = item.rect.min.y + at.y + line.baseline;
                let size = block.style.size;
                let place = rect(left - 1.0, base - size * 0.6, line.width + 2.0, size * 0.5);
                let origin = scene.bounds.min;
                let place = place.offset(pt(-origin.x, -origin.y));
                let inside = |word: &&Word| {
                    let at = word.at.center();
                    place.contains(pt(at.x / 0.75, at.y / 0.75))
                };
                let found: String = words.iter().filter(inside).map(|it| &*it.text).collect();
                let said: String = line.runs.iter().map(|run| &*run.text).collect();
                assert_eq!(squeezed(&found), squeezed(&said), "{what}: {:?}", block.text);
                count += 1;
            }
        }
    }
    count
}

/// The same lines in the PDF as on the screen: of all labels of all examples, in both views.
#[test]
fn lines_break_and_stand_as_on_the_screen() {
    for (name, doc) in examples() {
        let mut text = Text::new(SystemFonts::Ignore);
        for (view, scene) in views(&doc, &mut text) {
            let bytes = made(&doc, &scene, &text, PdfOptions::default());
            let Some(words) = words("line breaks of PDF", &bytes) else { return };
            let lines = lines_stand_as_in(&scene, &words, &format!("{name}, {view}"));
            assert!(lines > 50, "{name}, {view}: {lines} lines");
        }
    }
}

/// What a reader copies of a PDF, in the order in which it was written, or `None` after saying why
/// that cannot be seen.
fn copied(test: &str, bytes: &[u8]) -> Option<String> {
    let run = poppler(test, bytes, "-layout")?;
    // Poppler puts marks of direction round what is read from right to left.
    Some(
        run.chars()
            .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'))
            .collect(),
    )
}

/// Every line of the scene's texts is among what is copied.
fn lines_are_in(scene: &Scene, copied: &str) -> usize {
    let copied: Vec<String> = copied.lines().map(squeezed).collect();
    let mut count = 0;
    for (_, shape) in scene.items.iter().flat_map(|item| item.shapes.iter()) {
        let Shape::Text { block, .. } = shape else { continue };
        for line in &block.lines {
            let said = squeezed(&block.text[line.range.clone()]);
            assert!(copied.contains(&said), "{said:?} is not in {copied:?}");
            count += 1;
        }
    }
    count
}

/// Ligatures, signs and what is read from right to left can be selected and copied: in faces that
/// are bundled.
#[test]
fn text_can_be_copied_as_it_was_written() {
    let mut text = Text::new(SystemFonts::Ignore);
    let scene = labels(
        &mut text,
        &[
            "office affluent fjord efficient waffle",
            "AVATAR “quoted” 12,5 % – Ångström",
            "Ελληνικά και Русский текст",
            "שלום עולם זה טקסט ארוך שנשבר לשורות",
            "e\u{301}te\u{301} nai\u{308}ve",
        ],
    );
    let bytes = made(&Doc::default(), &scene, &text, PdfOptions::default());
    let Some(copied) = copied("copied text", &bytes) else { return };
    assert!(lines_are_in(&scene, &copied) >= 7, "{copied}");
}

/// The same with the system's fonts: Arabic with its joined letters, Japanese, Devanagari, and
/// emoji in colour, each in one glyph of a family.
#[test]
fn other_scripts_can_be_copied_too() {
    let mut text = Text::new(SystemFonts::Use);
    let labels_of = [
        "العميل يطلب المنتج عبر الهاتف ثم ينتظر",
        "顧客は電話で商品を注文する。配達は三日後になります",
        "ग्राहक फ़ोन पर ऑर्डर करता है",
        "Smiles 😀 and a family 👩‍👩‍👧 here",
    ];
    let scene = labels(&mut text, &labels_of);
    if text.faces().len() < 6 {
        let ci = std::env::var_os("THROUGHLINE_CI").is_some();
        assert!(!ci, "no fonts for these scripts: nothing may be skipped");
        let why = "skipped: other scripts in PDF: no fonts for them (Debian: fonts-noto)";
        let _ = writeln!(std::io::stderr(), "{why}");
        return;
    }
    let bytes = made(&Doc::default(), &scene, &text, PdfOptions::default());
    assert!(bytes.len() < 400_000, "fonts are cut down to what is used: {}", bytes.len());
    let file = File::of(&bytes);
    assert_eq!(file.count("<pdfuaid:part>1</pdfuaid:part>"), 1, "every glyph has its letters");
    let Some(copied) = copied("other scripts", &bytes) else { return };
    assert!(lines_are_in(&scene, &copied) >= 6, "{copied}");
}
