//! Whether LibreOffice breaks lines where the scene does: its PDF of our slides, read by pdftotext.

use std::io::Write as _;
use std::process::Command;

use throughline::export::deck::{Deck, Frame};
use throughline::geom::rect;
use throughline::model::Doc;
use throughline::model::choice::SlideSize;
use throughline::scene::{Detail, Scene, Shape};

use super::{Views, examples, lines_of, slide, views, written};

/// Whether a program is there.
fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
        || Command::new(program).arg("-v").output().is_ok()
}

/// Whether the test can be done; says why not.
fn can_do() -> bool {
    let fonts = Command::new("fc-list").arg("Arimo").output();
    let missing = if !is_there("soffice") {
        "soffice (Debian: libreoffice-impress)"
    } else if !is_there("pdftotext") {
        "pdftotext (Debian: poppler-utils)"
    } else if fonts.map_or(true, |it| it.stdout.is_empty()) {
        "Arimo (Debian: fonts-croscore)"
    } else {
        return true;
    };
    assert!(std::env::var_os("THROUGHLINE_CI").is_none(), "no {missing}: nothing may be skipped");
    // Not by `eprintln!`, which a passing test keeps to itself.
    let _ = writeln!(std::io::stderr(), "skipped: lines of slides in LibreOffice: no {missing}");
    false
}

/// The lines of LibreOffice's rendering, page by page.
fn rendered(bytes: &[u8]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let (file, home) = (folder.path().join("deck.pptx"), folder.path().join("home"));
    std::fs::write(&file, bytes).unwrap();
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", home.display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output()
        .unwrap();
    let pdf = folder.path().join("deck.pdf");
    assert!(pdf.exists(), "LibreOffice made no PDF: {}", String::from_utf8_lossy(&done.stderr));
    // A line's words one after the other, as boxes: neighbours in a row do not run together.
    let text = Command::new("pdftotext").arg("-bbox-layout").arg(&pdf).arg("-").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    text.split("<page ").skip(1).map(lines_of_page).collect()
}

fn lines_of_page(page: &str) -> Vec<String> {
    let words = |line: &str| {
        let words = line
            .split("<word ")
            .skip(1)
            .filter_map(|word| Some(word.split_once('>')?.1.split_once("</word>")?.0.to_owned()));
        words.collect::<Vec<_>>().join(" ")
    };
    let unescaped = |line: String| {
        line.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    };
    page.split("<line ").skip(1).map(|line| unescaped(words(line))).collect()
}

/// The texts of a scene that take several lines, as their lines' words.
fn broken_texts(scene: &Scene) -> Vec<Vec<String>> {
    let shapes = scene.items.iter().flat_map(|item| item.shapes.iter());
    let texts =
        shapes.filter(|(detail, _)| detail.shows_at(Detail::FULL)).filter_map(|it| match &it.1 {
            Shape::Text { block, .. } if block.lines.len() > 1 => Some(block),
            _ => None,
        });
    let shown = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    texts
        .map(|block| {
            let lines = block.lines.iter().enumerate().map(|(i, line)| {
                let cut = if block.cut && i + 1 == block.lines.len() { "…" } else { "" };
                shown(&block.text[line.range.clone()]) + cut
            });
            lines.filter(|line| !line.is_empty()).collect()
        })
        .collect()
}

/// Those of a scene's broken texts that do not stand on the page with the same lines, and how many
/// broken texts there are. A line may stand beside others in what pdftotext takes for one line.
fn unlike(scene: &Scene, page: &[String]) -> (Vec<Vec<String>>, usize) {
    let stands = |line: &String| {
        page.iter().any(|shown| {
            shown == line
                || shown.starts_with(&format!("{line} "))
                || shown.ends_with(&format!(" {line}"))
                || shown.contains(&format!(" {line} "))
        })
    };
    // Nor may a line go on with the next one's first word, unless the scene has such a line too.
    let own = lines_of(scene);
    let goes_on = |pair: &[String]| {
        let first = pair[1].split(' ').next().unwrap_or_default();
        let joined = format!("{} {first}", pair[0]);
        if own.iter().any(|line| line.contains(&joined)) {
            return false;
        }
        page.iter().any(|shown| *shown == joined || shown.starts_with(&format!("{joined} ")))
    };
    let is_same = |lines: &Vec<String>| lines.iter().all(stands) && !lines.windows(2).any(goes_on);
    let texts = broken_texts(scene);
    let count = texts.len();
    (texts.into_iter().filter(|lines| !is_same(lines)).collect(), count)
}

/// On slides as large as PowerPoint has them (56 inches), so that text is as large as on a screen:
/// what is tiny is rounded.
fn deck_of(doc: &Doc, views: &Views) -> Deck {
    let body = rect(20.0, 80.0, 3_980.0, 3_900.0);
    let frame = Frame { width: 4_020.0, height: 4_000.0, body, ..Frame::of(SlideSize::Wide) };
    let slides = [("journey", &views.journey), ("ecosystem", &views.ecosystem)];
    let slides = slides.map(|(key, scene)| slide(scene, &frame, key)).into();
    Deck { frame, title: doc.head().title.clone(), slides }
}

#[test]
fn libreoffice_breaks_lines_where_the_scene_does() {
    if !can_do() {
        return;
    }
    let (mut natural, mut all) = (0, 0);
    for (name, doc) in examples() {
        let views = views(&doc);
        let deck = deck_of(&doc, &views);
        let scenes = [&views.journey, &views.ecosystem];
        let pages = rendered(&written(&deck, &views.text, true));
        for (scene, page) in scenes.into_iter().zip(&pages) {
            let (other, texts) = unlike(scene, page);
            assert!(other.is_empty(), "{name}: {other:#?} in {page:#?}");
            all += texts;
        }
        let pages = rendered(&written(&deck, &views.text, false));
        for (scene, page) in scenes.into_iter().zip(&pages) {
            let (other, texts) = unlike(scene, page);
            natural += texts - other.len();
        }
    }
    let _ = writeln!(std::io::stderr(), "natural wrap: {natural} of {all} texts as in the scene");
    assert!(all > 60, "only {all} texts of several lines: the test proves nothing");
    assert!(natural * 100 >= all * 85, "natural wrap: {natural} of {all}");
}
