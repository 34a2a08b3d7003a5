//! `throughline export`: every format, every option, and what is refused.

use std::fs;
use std::path::Path;

use super::{BROKEN, Shell, example};

/// Every format with what its bytes begin with.
const FORMATS: &[(&str, &[u8])] = &[
    ("svg", b"<"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("pdf", b"%PDF-"),
    ("html", b"<!doctype html>"),
    ("pptx", b"PK\x03\x04"),
    ("xlsx", b"PK\x03\x04"),
    ("csv", b"\xef\xbb\xbfStep,"),
    ("md", b"# Home movie night\n"),
    ("mmd", b"journey\n"),
    ("dot", b"digraph \"Home movie night\" {\n"),
    ("graphml", b"<?xml "),
];

#[test]
fn every_format_is_written_the_same_to_files_and_streams() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    for (ending, begins) in FORMATS {
        let file = format!("map.{ending}");
        shell.run(&["export", "map.ron", "-o", &file]).quietly();
        let written = fs::read(shell.path(&file)).unwrap();
        let start = String::from_utf8_lossy(&written[..written.len().min(40)]).into_owned();
        assert!(written.to_ascii_lowercase().starts_with(&begins.to_ascii_lowercase()), "{start}");
        let piped = shell.run(&["export", "map.ron", "-o", "-", "--format", ending]).quietly();
        assert!(piped.out == written, "{ending}: the same map gives the same bytes");
    }
}

#[test]
fn an_option_that_means_nothing_to_a_format_is_refused() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    shell.write("deck.pptx", "kept");
    let options: &[(&[&str], &[&str])] = &[
        (&["--view", "ecosystem"], &["svg", "png", "pdf", "html", "mmd"]),
        (&["--theme", "dark"], &["svg", "png", "pdf", "html", "pptx"]),
        (&["--scale", "2"], &["png"]),
        (&["--width", "100"], &["png"]),
        (&["--height", "100"], &["png"]),
        (&["--transparent"], &["png"]),
        (&["--paper", "a4"], &["pdf"]),
        (&["--tiles", "a4"], &["pdf"]),
        (&["--template", "deck.pptx"], &["pptx"]),
        (&["--refresh", "deck.pptx"], &["pptx"]),
        (&["--exact-lines"], &["pptx"]),
        (&["--slides", "4:3"], &["pptx"]),
        (&["--table", "links"], &["csv"]),
    ];
    for (option, takes) in options {
        for (ending, _) in FORMATS.iter().filter(|(ending, _)| !takes.contains(ending)) {
            let file = format!("out.{ending}");
            let said =
                shell.run(&[&["export", "map.ron", "-o", &file], *option].concat()).refused(2);
            for word in [option[0], &format!(".{}", takes[0]), &format!(".{ending}")] {
                assert!(said.err.contains(word), "{option:?}: {said:?}");
            }
        }
    }
    assert_eq!(shell.names(), ["deck.pptx", "map.ron"]);
}

#[test]
fn options_that_shut_each_other_out_are_refused() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    let to = |file: &'static str, options: &[&'static str]| {
        let said = shell.run(&[&["export", "map.ron", "-o", file], options].concat());
        assert_eq!((said.code, said.text()), (2, ""), "{said:?}");
        said.err
    };
    assert!(to("a.png", &["--scale", "1", "--width", "9"]).contains("--scale"));
    let both = ["--template", "a.pptx", "--refresh", "b.pptx"];
    assert!(to("a.pptx", &both).contains("--refresh"));
    assert!(to("a.pptx", &["--slides", "4:3", "--template", "a.pptx"]).contains("--slides"));
    assert!(to("a.pptx", &["--template", "absent.potx"]).contains("absent.potx cannot be read"));
    assert!(to("a.png", &["--width", "0"]).contains("--width"));
    assert!(to("a.pdf", &["--tiles", "a0"]).contains("letter"), "lists what there is");
    assert!(to("a.csv", &["--table", "rows"]).contains("frictions"));
    assert!(to("a.svg", &["--stage", "Decode"]).contains("bring-back, decide, enjoy, obtain"));
    assert_eq!(shell.names(), ["map.ron"]);
}

#[test]
fn a_table_is_the_one_that_was_asked_for() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    for (table, first) in [
        ("steps", "Step"),
        ("stages", "Stage"),
        ("touchpoints", "Touchpoint"),
        ("influencers", "Influencer"),
        ("systems", "Internal system"),
        ("links", "From"),
        ("frictions", "Friction point"),
        ("delights", "Delight"),
        ("actions", "Action"),
        ("measures", "Measure"),
        ("readings", "Measure"),
        ("verbatims", "Verbatim"),
        ("notes", "Note"),
        ("segments", "Segment"),
    ] {
        shell.run(&["export", "map.ron", "-o", "one.csv", "--table", table]).quietly();
        assert!(shell.read("one.csv").starts_with(&format!("\u{feff}{first},")), "{table}");
    }
}

#[test]
fn a_stage_narrows_every_format() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    for ending in ["svg", "html", "csv", "md", "mmd", "dot", "graphml"] {
        let file = format!("stage.{ending}");
        shell.run(&["export", "map.ron", "-o", &file, "--stage", "Return"]).quietly();
        let text = shell.read(&file);
        assert!(
            text.contains("Return the film") && !text.contains("Define the occasion"),
            "{ending}"
        );
        shell
            .run(&["export", "map.ron", "-o", "by-id", "--format", ending, "--stage", "bring-back"])
            .quietly();
        assert_eq!(shell.read("by-id"), text, "{ending}");
    }
    let size = |stage: &[&str]| {
        let args = [&["export", "map.ron", "-o", "deck.pptx"], stage].concat();
        shell.run(&args).quietly();
        fs::metadata(shell.path("deck.pptx")).unwrap().len()
    };
    assert!(size(&["--stage", "Return"]) < size(&[]), "fewer slides");
}

#[test]
fn a_segment_narrows_tables_and_texts() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    for ending in ["csv", "md", "mmd"] {
        let file = format!("families.{ending}");
        shell.run(&["export", "map.ron", "-o", &file, "--segment", "Families"]).quietly();
        let text = shell.read(&file);
        assert!(text.contains("Families") && !text.contains("Film buffs"), "{ending}: {text}");
    }
}

#[test]
fn pictures_have_the_size_that_was_asked_for() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    let size = |options: &[&str]| {
        shell.run(&[&["export", "map.ron", "-o", "map.png"], options].concat()).quietly();
        png_size(&shell.path("map.png"))
    };
    assert_eq!(size(&["--width", "640"]).0, 640);
    assert_eq!(size(&["--height", "200"]).1, 200);
    let (w, h) = size(&["--width", "300", "--height", "100"]);
    assert!(w <= 300 && h <= 100 && (w == 300 || h == 100), "{w} x {h}");
    let solid = fs::read(shell.path("map.png")).unwrap();
    size(&["--width", "300", "--height", "100", "--transparent"]);
    assert_ne!(fs::read(shell.path("map.png")).unwrap(), solid);
}

#[test]
fn a_pdf_comes_on_paper_or_in_sheets() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    let length = |options: &[&str]| {
        shell.run(&[&["export", "map.ron", "-o", "map.pdf"], options].concat()).quietly();
        fs::read(shell.path("map.pdf")).unwrap()
    };
    let (fit, a4) = (length(&[]), length(&["--paper", "A4"]));
    let poster = length(&["--paper", "a1", "--tiles", "a4"]);
    assert!(fit != a4 && a4 != poster && poster.len() > a4.len());
}

#[test]
fn exports_are_pictures_of_the_map() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    shell.run(&["export", "map.ron", "-o", "map.svg"]).quietly();
    let svg = shell.read("map.svg");
    assert!(svg.starts_with("<?xml") || svg.starts_with("<svg"), "{}", &svg[..60]);
    for text in ["Select a title", "Late-fee policy", "Film buffs", "Home movie night</title>"] {
        assert!(svg.contains(text), "no {text} in the SVG");
    }
    shell.run(&["export", "map.ron", "-o", "dark.svg", "--theme", "dark"]).quietly();
    assert_ne!(shell.read("dark.svg"), svg);

    shell.run(&["export", "map.ron", "-o", "small.png", "--scale", "0.25"]).quietly();
    shell.run(&["export", "map.ron", "-o", "large.png", "--scale", "0.5"]).quietly();
    let (small, large) = (png_size(&shell.path("small.png")), png_size(&shell.path("large.png")));
    assert!(large.0.abs_diff(2 * small.0) <= 2 && large.1.abs_diff(2 * small.1) <= 2);
}

#[test]
fn exports_go_through_pipes() {
    let shell = Shell::new();
    let map = example("online-shoe-order");
    shell.write("map.ron", map);
    shell.run(&["export", "map.ron", "-o", "map.svg"]).quietly();
    let args = ["export", "-", "-o", "-", "--format", "svg"];
    let piped = shell.run_with_input(&args, map.as_bytes()).quietly();
    assert_eq!(piped.text(), shell.read("map.svg"));
    let said = shell.run_with_input(&["export", "-", "-o", "-"], map.as_bytes()).refused(2);
    assert!(said.err.contains("--format"), "{said:?}");
}

#[test]
fn an_export_shows_the_segment_that_was_asked_for() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    let args = ["export", "map.ron", "-o", "families.svg", "--segment", "families"];
    shell.run(&args).quietly();
    let svg = shell.read("families.svg");
    assert!(svg.contains("Families") && !svg.contains("Film buffs"));

    let args = ["export", "map.ron", "-o", "below.svg", "--view", "ecosystem"];
    shell.run(&args).quietly();
    let all = shell.read("below.svg");
    for text in ["line of visibility", "Late-fee policy", "Owner: Shop staff", "Film studios"] {
        assert!(all.contains(text), "no {text} in the SVG");
    }
    let args =
        ["export", "map.ron", "-o", "buffs.svg", "--view", "ecosystem", "--segment", "film-buffs"];
    shell.run(&args).quietly();
    let buffs = shell.read("buffs.svg");
    assert!(buffs.contains("Film buffs") && !all.contains("Film buffs"));

    let args = ["export", "map.ron", "-o", "nobody.svg", "--segment", "nobody"];
    let said = shell.run(&args).refused(2);
    assert!(said.err.contains("families, film-buffs"), "{said:?}");
}

#[test]
fn an_export_that_fails_leaves_what_was_there() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    shell.write("empty.ron", "");
    for name in ["map.png", "map.svg", "map.xyz"] {
        shell.write(name, "old");
    }
    shell.run(&["export", "map.ron", "-o", "map.png", "--scale", "100000"]).refused(2);
    shell.run(&["export", "map.ron", "-o", "map.png", "--scale", "-1"]);
    shell.run(&["export", "map.ron", "-o", "map.svg", "--scale", "2"]).refused(2);
    let said = shell.run(&["export", "map.ron", "-o", "map.xyz"]).refused(2);
    assert!(said.err.contains(".graphml") && said.err.contains("--format"), "{said:?}");
    shell.run(&["export", "map.ron", "-o", "map.ron", "--format", "svg"]).refused(2);
    shell.run(&["export", "empty.ron", "-o", "map.svg"]).refused(2);
    shell.run(&["export", "map.ron", "-o", "no/such/folder.svg"]).refused(2);
    assert_eq!(shell.read("map.ron"), example("home-movie-night"), "the map itself is kept");
    for name in ["map.png", "map.svg", "map.xyz"] {
        assert_eq!(shell.read(name), "old", "{name}");
    }
    assert_eq!(shell.names(), ["empty.ron", "map.png", "map.ron", "map.svg", "map.xyz"]);
}

#[test]
fn a_broken_map_is_drawn_as_far_as_it_can_be_read() {
    let shell = Shell::new();
    shell.write("broken.ron", BROKEN);
    let said = shell.run(&["export", "broken.ron", "-o", "broken.svg"]);
    assert_eq!((said.code, said.text()), (0, ""), "{said:?}");
    assert!(said.err.contains("errors; what could be read is drawn"), "{said:?}");
    assert!(shell.read("broken.svg").contains("<svg"));
}

/// Width and height of a PNG, from its header.
fn png_size(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
