//! Exports: what they hold, that hostile maps do them no harm, and that they are the same each time.

use std::sync::Arc;

use throughline::export::{PngOptions, Progress, SvgOptions, picture_of, png, svg};
use throughline::geom::{Path, pt, rect};
use throughline::scene::{
    Align, Detail, Hit, Icon, Ink, Item, JourneyOptions, JourneyScene, Layer, Part, Scene, Shape,
    Stroke, Theme,
};
use throughline::text::{Style, SystemFonts, Text, Weight, Wrap};

const STYLE: Style = Style { size: 12.0, weight: Weight::Regular, line_height: 16.0 };
const BOLD: Style = Style { size: 13.0, weight: Weight::Bold, line_height: 17.0 };

fn item(x: f32, y: f32, name: &str, shapes: Vec<(Detail, Shape)>) -> Item {
    Item {
        rect: rect(x, y, 200.0, 60.0),
        layer: Layer::Cards,
        hit: None,
        name: name.into(),
        ends: None,
        shapes: shapes.into(),
    }
}

fn card() -> (Detail, Shape) {
    let stroke = Some(Stroke::solid(1.0, Ink::CardBorder));
    let rect = rect(0.0, 0.0, 200.0, 60.0);
    (Detail::ALL, Shape::Rect { rect, radius: 8.0, fill: Some(Ink::Card), stroke })
}

fn label(text: &mut Text, words: &str, style: Style, align: Align) -> (Detail, Shape) {
    let block = text.block(words, style, Wrap { width: Some(176.0), max_lines: Some(3) });
    let at = pt(12.0, 6.0);
    (Detail::NEAR, Shape::Text { at, width: 176.0, block, ink: Ink::Text, align })
}

/// A scene of one card a label.
fn scene_of(text: &mut Text, labels: &[&str]) -> Scene {
    let mut scene = Scene::default();
    for (i, words) in labels.iter().enumerate() {
        let shapes = vec![card(), label(text, words, STYLE, Align::Start)];
        scene.items.push(item(10.0, 10.0 + 70.0 * i as f32, words, shapes));
    }
    scene.bounds = rect(0.0, 0.0, 220.0, 20.0 + 70.0 * labels.len() as f32);
    scene
}

/// A scene with one of everything.
fn sampler(text: &mut Text) -> Scene {
    let mut scene = Scene::default();
    let path = Path::polyline(&[pt(0.0, 0.0), pt(100.0, 0.5), pt(200.0, 20.0)]);
    let line =
        Shape::Path { path, fill: None, stroke: Some(Stroke::dashed(1.25, Ink::Link, 4.0, 3.0)) };
    let mut link = item(10.0, 90.0, "", vec![(Detail::ALL, line)]);
    link.layer = Layer::Links;
    let triangle = Path::polygon(&[pt(10.0, 0.0), pt(20.0, 18.0), pt(0.0, 18.0)]);
    let mark = Shape::Path { path: triangle, fill: Some(Ink::SeverityMark(4)), stroke: None };
    let icon = Shape::Icon { rect: rect(176.0, 8.0, 16.0, 16.0), icon: Icon::Web, ink: Ink::Muted };
    let far = Shape::Rect {
        rect: rect(0.0, 0.0, 9.0, 9.0),
        radius: 0.0,
        fill: Some(Ink::Broken),
        stroke: None,
    };
    let shadow = Shape::Rect {
        rect: rect(0.0, 2.0, 200.0, 60.0),
        radius: 8.0,
        fill: Some(Ink::CardShadow),
        stroke: None,
    };
    scene.items.push(link);
    scene.items.push(item(
        10.0,
        10.0,
        "Step: Select a title & pay < 5, 2 friction points",
        vec![
            (Detail::FULL, shadow),
            card(),
            label(text, "Select a title & pay < 5", BOLD, Align::Start),
            (Detail::FULL, icon),
            (Detail::FAR, far),
            (Detail::ALL, mark),
        ],
    ));
    scene.items.push(item(
        10.0,
        120.0,
        "Centred",
        vec![label(text, "Two words\nin the middle", STYLE, Align::Center)],
    ));
    scene.bounds = rect(0.0, 0.0, 220.0, 190.0);
    scene
}

/// Texts that have broken programs.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "]]> <!-- -- > &amp; &#0; <script>alert(1)</script>",
        "\u{0}\u{1}\u{7f}\u{85}\u{fffe}\u{ffff}\u{fdd0}",
        "\u{202e}drowssap\u{202c} \u{2066}x\u{2069}\u{2067}",
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466} \u{1f1e9}\u{1f1ea} 1\u{fe0f}\u{20e3} \u{1f44d}\u{1f3fd}",
        "قابل للنقاش (١٢٣) then English [text]",
        "שלום, עולם 2024!",
        "\u{200d}\u{200d}\u{fe0f}\u{301}\u{301}",
        "\r\r\n\n\t\u{b}\u{c}\u{2028}",
        "   leading and    inner   ",
        "𝕳𝖊𝖑𝖑𝖔 \u{10ffff}\u{e000}",
        "ﷺﷻ กำลัง ကျေးဇူး नमस्ते ខ្មែរ བོད་",
    ]
    .map(String::from)
    .into();
    texts.push("a\u{301}".repeat(400));
    texts.push(format!("a{}", "\u{301}".repeat(4000)));
    texts.push("\u{1f469}\u{200d}".repeat(800));
    texts.push("x".repeat(1_000_000));
    texts.push("é ".repeat(500_000));
    texts.push("\n".repeat(100_000));
    texts.push("مرحبا".repeat(2000));
    texts
}

fn options() -> SvgOptions {
    SvgOptions { title: "Home movie night".into(), desc: "A journey map.".into() }
}

#[test]
fn the_svg_says_all_and_only_what_the_scene_says() {
    let mut text = Text::new(SystemFonts::Ignore);
    let scene = sampler(&mut text);
    insta::assert_snapshot!(svg(&scene, Theme::light(), &text, &options()));
}

#[test]
fn the_themes_differ_in_colours_alone() {
    let mut text = Text::new(SystemFonts::Ignore);
    let scene = sampler(&mut text);
    let without_colours = |theme| {
        let svg = svg(&scene, theme, &text, &options());
        let mut parts = svg.split('#');
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            out.push_str(part.get(6..).unwrap_or(part));
        }
        let opacity = |s: &str| s.contains("fill-opacity");
        assert!(opacity(&out), "the shadow is translucent");
        out.split("fill-opacity").next().unwrap_or_default().to_owned()
    };
    assert_eq!(without_colours(Theme::light()), without_colours(Theme::dark()));
    let light = svg(&scene, Theme::light(), &text, &options());
    assert_ne!(light, svg(&scene, Theme::dark(), &text, &options()));
}

#[test]
fn an_export_is_the_same_each_time() {
    let picture = || {
        let mut text = Text::new(SystemFonts::Ignore);
        let scene = sampler(&mut text);
        let png = png(&scene, Theme::light(), &text, PngOptions::default(), &Progress::default())
            .unwrap();
        (svg(&scene, Theme::light(), &text, &options()), png)
    };
    assert!(picture() == picture());
}

#[test]
fn the_png_has_the_scenes_size_ground_and_text() {
    let mut text = Text::new(SystemFonts::Ignore);
    let scene = sampler(&mut text);
    let options = PngOptions { scale: 1.5, ..PngOptions::default() };
    let bytes = png(&scene, Theme::dark(), &text, options, &Progress::default()).unwrap();
    let pixmap = resvg::tiny_skia::Pixmap::decode_png(&bytes).unwrap();
    assert_eq!((pixmap.width(), pixmap.height()), (330, 285));
    let ground = Theme::dark().colour(Ink::Ground).0;
    let corner = pixmap.pixel(0, 0).unwrap();
    assert_eq!([corner.red(), corner.green(), corner.blue(), corner.alpha()], ground);
    // The words of the second card stand in the middle of their space and nowhere else.
    let ink = |x0: u32, x1: u32| {
        let pixels = (x0..x1).flat_map(|x| (180..250).map(move |y| (x, y)));
        pixels.filter(|(x, y)| pixmap.pixel(*x, *y).is_some_and(|p| p.red() > 128)).count()
    };
    assert!(ink(110, 220) > 200, "the words are drawn");
    assert_eq!(ink(20, 90) + ink(240, 315), 0, "nothing beside them");
}

/// A picture of more than one band is the same as the two halves of it one after the other would be:
/// what stands on the seam is whole, and its size in inches is in the file.
#[test]
fn a_long_picture_has_no_seams_and_says_its_resolution() {
    let mut text = Text::new(SystemFonts::Ignore);
    let labels = ["Orders online or drives to the shop"; 20];
    let scene = scene_of(&mut text, &labels);
    let options = PngOptions { width: Some(2_200), ..PngOptions::default() };
    let bytes = png(&scene, Theme::light(), &text, options, &Progress::default()).unwrap();
    let decoder = ::png::Decoder::new(std::io::Cursor::new(&bytes));
    let reader = decoder.read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (2_200, 14_200), "{info:?}");
    assert_eq!(info.color_type, ::png::ColorType::Rgb);
    let per_metre = info.pixel_dims.unwrap().xppu;
    assert_eq!(per_metre, 37_795, "960 pixels an inch: the map is 220 units wide");
    let pixmap = resvg::tiny_skia::Pixmap::decode_png(&bytes).unwrap();
    // All cards are alike, 700 pixels apart: so are the rows of pixels at a seam and one card above.
    let row = |y: u32| (0..2_200).map(move |x| (x, y));
    let red = |at: (u32, u32)| i32::from(pixmap.pixel(at.0, at.1).unwrap().red());
    let seams = (1..).map(|band| 1_818 * band).take_while(|seam| *seam < 14_000);
    for y in seams.flat_map(|seam| seam - 3..seam + 3) {
        let same = row(y).zip(row(y - 700));
        // Places are rounded to a hundredth of a unit, a tenth of a pixel here; a row too many or
        // too few would show as black on white.
        let most = same.map(|(a, b)| (red(a) - red(b)).abs()).max();
        assert!(most < Some(64), "row {y}: {most:?}");
    }
}

/// What is copied of a selection is the part of the whole picture where it stands.
#[test]
fn a_selection_is_cut_out_of_the_picture() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/maps/home-movie-night.ron");
    let (doc, mut text) =
        (throughline::file::open(path.as_ref()).unwrap().doc, Text::new(SystemFonts::Ignore));
    let graph = throughline::model::Graph::of(&doc);
    let journey = JourneyScene::new(&doc, &graph, &mut text, JourneyOptions::default());
    let scene = journey.scene();
    let of = |ids: &[throughline::model::Id]| {
        let progress = Progress::default();
        picture_of(scene, ids, Theme::light(), &text, 1.0, &progress).unwrap()
    };
    let whole = of(&[]);
    let (width, height) = (scene.bounds.width(), scene.bounds.height());
    assert_eq!((whole.width, whole.height), (width as usize, height as usize));
    assert_eq!(whole.rgba.len(), 4 * whole.width * whole.height);
    let (step, _) = doc.steps()[1];
    let card = scene.rect_of(step).unwrap();
    let one = of(std::slice::from_ref(step));
    assert!(one.width > card.width() as usize && one.width < whole.width / 2, "{}", one.width);
    let (stage, _) = doc.stages()[0];
    let column = of(std::slice::from_ref(stage));
    assert!(column.height > whole.height * 9 / 10, "a stage brings its column: {}", column.height);
    assert!(column.width < whole.width / 2);
    let is_lane = |hit: &&Hit| hit.part == Part::LaneLabel;
    let lane = scene.items.iter().filter_map(|it| it.hit.as_ref()).find(is_lane).unwrap();
    let row = of(std::slice::from_ref(&lane.record));
    assert!(row.width > whole.width * 9 / 10 && row.height < whole.height / 4, "a lane its row");
    let gone = throughline::model::Id::new("no-such-record").unwrap();
    assert_eq!(of(&[gone]), whole, "what is not drawn is the whole view");
    assert!(picture_of(scene, &[], Theme::light(), &text, 0.0, &Progress::default()).is_err());
}

#[test]
fn a_transparent_picture_has_no_ground() {
    let mut text = Text::new(SystemFonts::Ignore);
    let scene = sampler(&mut text);
    let options = PngOptions { transparent: true, dpi: Some(300.0), ..PngOptions::default() };
    let bytes = png(&scene, Theme::light(), &text, options, &Progress::default()).unwrap();
    let pixmap = resvg::tiny_skia::Pixmap::decode_png(&bytes).unwrap();
    assert_eq!(pixmap.pixel(0, 0).unwrap().alpha(), 0);
    let card = Theme::light().colour(Ink::Card).0;
    let pixel = pixmap.pixel(100, 130).unwrap();
    assert_eq!([pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()], card);
    let info = ::png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    assert_eq!(info.info().pixel_dims.unwrap().xppu, 11_811, "300 an inch");
}

#[test]
fn a_picture_that_nobody_waits_for_is_not_drawn() {
    let mut text = Text::new(SystemFonts::Ignore);
    let scene = sampler(&mut text);
    let progress = Progress::default();
    progress.cancel();
    let made = png(&scene, Theme::light(), &text, PngOptions::default(), &progress);
    assert!(matches!(made, Err(throughline::export::ExportError::Cancelled)));
}

#[test]
fn hostile_texts_make_valid_pictures() {
    let mut text = Text::new(SystemFonts::Ignore);
    let texts = hostile();
    let labels: Vec<&str> = texts.iter().map(String::as_str).collect();
    let scene = scene_of(&mut text, &labels);
    let hostile = SvgOptions { title: texts.concat(), desc: labels[0].into() };
    let picture = svg(&scene, Theme::light(), &text, &hostile);
    let tree = resvg::usvg::Tree::from_str(&picture, &Default::default());
    assert!(tree.is_ok(), "{:?}", tree.err());
    assert!(!picture.contains("<script") && !picture.contains("href"));
    let forbidden = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert_eq!(picture.matches(forbidden).count(), 0);
    assert_eq!(picture.matches(['\u{202e}', '\u{2067}']).count(), 0);
    for words in &labels {
        let scene = scene_of(&mut text, &[words]);
        let start: String = words.chars().take(20).collect();
        if let Err(error) =
            png(&scene, Theme::light(), &text, PngOptions::default(), &Progress::default())
        {
            panic!("{start:?}: {error}");
        }
    }
}

#[test]
fn an_empty_scene_makes_a_picture() {
    let text = Text::new(SystemFonts::Ignore);
    let mut scene = Scene::default();
    for bounds in [throughline::geom::Rect::NOTHING, Default::default()] {
        scene.bounds = bounds;
        assert!(
            png(&scene, Theme::light(), &text, PngOptions::default(), &Progress::default()).is_ok()
        );
    }
}

#[test]
fn every_example_map_becomes_a_picture() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/maps");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let loaded = throughline::file::open(&path).unwrap();
        let (doc, mut text) = (loaded.doc, Text::new(SystemFonts::Ignore));
        let graph = throughline::model::Graph::of(&doc);
        let journey = JourneyScene::new(&doc, &graph, &mut text, JourneyOptions::default());
        let options = SvgOptions { title: doc.head().title.clone(), desc: String::new() };
        for theme in [Theme::light(), Theme::dark()] {
            let picture = svg(journey.scene(), theme, &text, &options);
            let tree = resvg::usvg::Tree::from_str(&picture, &Default::default()).unwrap();
            let bounds = journey.scene().bounds;
            assert!((tree.size().width() - bounds.width()).abs() < 0.01);
            for (_, step) in doc.steps() {
                let word = step.name.split_whitespace().next().unwrap();
                assert!(picture.contains(&word.replace('&', "&amp;")), "{path:?}: {word}");
            }
        }
        let small = PngOptions { scale: 0.5, ..PngOptions::default() };
        assert!(png(journey.scene(), Theme::light(), &text, small, &Progress::default()).is_ok());
        seen += 1;
    }
    assert!(seen >= 6);
}

/// Each run's glyphs in the picture stand where the layout said.
#[test]
fn the_rasteriser_agrees_with_the_layout() {
    let mut text = Text::new(SystemFonts::Ignore);
    let words = "AVATAR: Wi-Fi “quoted” 12,5 % Ångström ffi";
    for (align, rtl) in [(Align::Start, false), (Align::Start, true)] {
        let words = if rtl { "שלום עולם, AVATAR (2024)." } else { words };
        let mut scene = Scene::default();
        let block = text.block(words, STYLE, Wrap { width: None, max_lines: None });
        let shape = Shape::Text {
            at: pt(0.0, 0.0),
            width: 400.0,
            block: block.clone(),
            ink: Ink::Text,
            align,
        };
        scene.items.push(item(0.0, 0.0, "", vec![(Detail::ALL, shape)]));
        scene.bounds = rect(0.0, 0.0, 400.0, 20.0);
        let options = PngOptions { scale: 4.0, ..PngOptions::default() };
        let bytes = png(&scene, Theme::light(), &text, options, &Progress::default()).unwrap();
        let pixmap = resvg::tiny_skia::Pixmap::decode_png(&bytes).unwrap();
        let dark = |x: u32| (0..80).any(|y| pixmap.pixel(x, y).is_some_and(|p| p.red() < 128));
        let first = (0..1600).find(|x| dark(*x)).unwrap() as f32 / 4.0;
        let last = (0..1600).rev().find(|x| dark(*x)).unwrap() as f32 / 4.0;
        let left = align.line_x(400.0, &block.lines[0]);
        // Glyphs' side bearings are a unit or so.
        assert!((first - left).abs() < 1.5, "{words}: starts at {first}, not {left}");
        let right = left + block.width;
        assert!((last - right).abs() < 2.0, "{words}: ends at {last}, not {right}");
    }
    let blocks: Vec<Arc<_>> = vec![text.block(words, STYLE, Wrap { width: None, max_lines: None })];
    assert_eq!(blocks[0].lines[0].runs.len(), 1, "one font and direction: one run");
}
