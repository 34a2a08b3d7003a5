//! The interactive page: that it is self-contained and safe, that it says what the map says, and
//! that its script walks as the program does, in a real browser.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};
use throughline::export::{Output, Progress, Request, View, make};
use throughline::insight::{self, Impact, Trace};
use throughline::model::{Doc, Graph, Id, Index};
use throughline::scene::{EcosystemOptions, JourneyOptions, Theme};

use crate::support::maps;
use crate::support::small::Map;

const WALK: &str = include_str!("../assets/html/walk.js");

fn page_of(doc: &Doc, view: View, theme: &'static Theme) -> String {
    let request = Request { doc: doc.clone(), view, theme, output: Output::Html };
    String::from_utf8(make(&request, &Progress::default()).unwrap()).unwrap()
}

fn page(doc: &Doc) -> String {
    page_of(doc, View::Journey(JourneyOptions::default()), Theme::light())
}

fn examples() -> Vec<Doc> {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/maps")).unwrap();
    let mut paths: Vec<PathBuf> = folder.map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| throughline::file::open(path).unwrap().doc).collect()
}

/// Made-up maps, the same each time: cycles, causes that no link leads to, links on links.
fn made_up(count: usize) -> Vec<Doc> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| maps::doc_of(6).new_tree(&mut runner).unwrap().current()).collect()
}

/// What stands between two marks, the first time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to}")).0
}

fn data(page: &str) -> Value {
    serde_json::from_str(between(page, "id=\"map\">", "</script>")).unwrap()
}

fn svgs(page: &str) -> Vec<String> {
    let pieces = page.split("<svg ").skip(1);
    pieces.map(|it| format!("<svg {}</svg>", it.split_once("</svg>").unwrap().0)).collect()
}

/// All tags and texts, by an XML reader, which must find it well-formed.
fn read(svg: &str) -> (Vec<(String, String)>, String) {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let (mut tags, mut text, mut depth) = (Vec::new(), String::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) => {
                depth += 1;
                tags.push(tag.into_owned());
            }
            Event::Empty(tag) => tags.push(tag.into_owned()),
            Event::End(_) => depth -= 1,
            Event::Text(it) => text.push_str(&it.decode().unwrap()),
            Event::GeneralRef(it) => {
                let name = it.decode().unwrap();
                text.push_str(quick_xml::escape::unescape(&format!("&{name};")).unwrap().as_ref());
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element ends");
    let attributes = |tag: &quick_xml::events::BytesStart<'_>| {
        let all = tag.attributes().map(|it| it.unwrap().key.as_ref().to_vec());
        all.map(|it| String::from_utf8(it).unwrap()).collect::<Vec<_>>().join(" ")
    };
    let name = |tag: &quick_xml::events::BytesStart<'_>| {
        String::from_utf8(tag.name().as_ref().to_vec()).unwrap()
    };
    (tags.iter().map(|tag| (name(tag), attributes(tag))).collect(), text)
}

#[test]
fn a_page_asks_no_other_place_for_anything() {
    for doc in examples() {
        let page = page(&doc);
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\""));
        for outside in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "eval("] {
            assert!(!page.contains(outside), "{outside}");
        }
        let http = page.matches("http").count();
        let names = page.matches("http://www.w3.org/2000/svg").count();
        assert_eq!(http - names, page.matches("http-equiv").count(), "nothing else of the web");
        assert_eq!(page.matches("<script").count(), 2, "the map and the program");
        assert_eq!(page.matches("<style").count(), 1);
        let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        let body = between(&page, "<body>", "<script type");
        let of_event =
            |it: &str| it.trim_start_matches(|c: char| c.is_ascii_lowercase()).starts_with('=');
        let refused = body.contains(" style=") || body.split(" on").skip(1).any(of_event);
        assert!(!refused, "the policy would refuse it");
    }
}

#[test]
fn pictures_are_well_formed_and_say_which_record_each_card_is() {
    for doc in examples() {
        let page = page(&doc);
        let svgs = svgs(&page);
        assert_eq!(svgs.len(), 2, "both views");
        let mut seen = BTreeSet::new();
        for svg in &svgs {
            let (tags, _) = read(svg);
            assert!(tags.iter().all(|(name, _)| name != "script" && name != "foreignObject"));
            let lane = |it: &&str| between(it, "data-part=\"", "\"") == "lane";
            // A lane that every map has stands in no file.
            for item in svg.split("data-id=\"").skip(1).filter(|it| !lane(it)) {
                seen.insert(item.split('"').next().unwrap().to_owned());
            }
        }
        for (id, step) in doc.steps() {
            assert!(seen.contains(id.as_str()), "{}", step.name);
        }
        for id in &seen {
            assert!(doc.get(&Id::new(id).unwrap()).is_some(), "{id} is a record");
        }
        assert!(!page.contains("id=\"ground\""), "no id stands there twice");
    }
}

#[test]
fn the_map_is_on_the_page_word_for_word() {
    for doc in examples() {
        let data = data(&page(&doc));
        assert_eq!(data["title"], doc.head().title.as_str());
        let records = data["records"].as_array().unwrap();
        for record in records {
            let id = Id::new(record["id"].as_str().unwrap()).unwrap();
            assert_eq!(record["kind"], doc.kind_of(&id).unwrap().singular());
            assert_eq!(record["name"], insight::in_words(&doc, &id));
        }
        let shown = doc
            .iter()
            .filter(|(id, _)| !matches!(doc.kind_of(id).unwrap().section(), "lanes" | "views"));
        assert_eq!(records.len(), shown.count());
    }
}

#[test]
fn the_view_and_theme_that_were_asked_for_come_first() {
    let doc = &examples()[0];
    let page = page_of(doc, View::Ecosystem(EcosystemOptions::default()), Theme::dark());
    assert!(page.contains("<html lang=\"en\" data-theme=\"dark\">"));
    let (eco, journey) = (page.find("id=\"ecosystem-view\""), page.find("id=\"journey-view\""));
    assert!(eco < journey, "the ecosystem first");
    assert!(between(&page, "id=\"journey-view\"", ">").ends_with("hidden"));
    assert!(!between(&page, "id=\"ecosystem-view\"", ">").contains("hidden"));
}

#[test]
fn no_text_ends_the_script_or_makes_markup() {
    let nasty = "</script><script>alert(1)</script><!--<script> ]]> \"' &lt; \u{2028}\u{0}\u{202e}";
    let mut map = Map::default();
    map.stage("sa", nasty).step("st", nasty, Some("sa")).friction("fr", "st", 4);
    let mut head = (**map.0.head()).clone();
    head.title = nasty.to_owned();
    head.scenario = Some(nasty.to_owned());
    let mut patch = throughline::model::Patch::default();
    patch.set_head(map.0.head().clone(), head.into());
    map.0.apply(&patch);
    let page = page(&map.0);
    assert_eq!(page.matches("</script>").count(), 2, "the map's and the program's own");
    assert_eq!(page.matches("<!--").count(), 0);
    assert!(!page.contains('\u{0}') && !page.contains('\u{202e}'));
    let data = data(&page);
    assert_eq!(data["title"], nasty, "not a character is lost");
    for svg in svgs(&page) {
        let (tags, text) = read(&svg);
        assert!(tags.iter().all(|(name, _)| name != "script"), "text is text");
        assert!(text.contains("alert(1)"));
    }
}

/// Ids as a set, in order.
fn ids<'a>(all: impl IntoIterator<Item = &'a Id>) -> Value {
    json!(all.into_iter().map(Id::as_str).collect::<BTreeSet<_>>())
}

fn trace_json(trace: &Trace) -> Value {
    json!({
        "nodes": ids(&trace.nodes),
        "links": ids(&trace.links),
        "count": trace.path_count,
        "paths": trace.paths.iter().map(|walk| json!({
            "nodes": walk.nodes.iter().map(Id::as_str).collect::<Vec<_>>(),
            "links": walk.links.iter().map(|it| it.as_ref().map(Id::as_str)).collect::<Vec<_>>(),
            "named": walk.named,
        })).collect::<Vec<_>>(),
        "owners": trace.owners.iter().map(|it| json!({
            "team": it.team.as_ref().map(Id::as_str),
            "owns": it.owns.iter().map(Id::as_str).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "frictions": trace.frictions.iter().map(Id::as_str).collect::<Vec<_>>(),
        "causes": trace.causes.iter().map(|it| {
            let distance = it.distance.map_or("-".to_owned(), |it| it.to_string());
            format!("{} {distance} {:?}", it.system.as_str(), ids(&it.named_by))
        }).collect::<BTreeSet<_>>(),
    })
}

fn impact_json(impact: &Impact) -> Value {
    let texts = |all: &[Id]| ids(all);
    json!({
        "nodes": ids(&impact.nodes),
        "links": ids(&impact.links),
        "steps": impact.steps.iter().map(|it| json!([it.step.as_str(), it.stops])).collect::<Vec<_>>(),
        "touchpoints": texts(&impact.touchpoints),
        "systems": texts(&impact.systems),
        "frictions": ids(impact.frictions.iter().map(|(id, _)| id)),
    })
}

/// What the page's script says of every record, in the words of the functions above.
const ASK: &str = r#"
const ids = (all) => [...new Set(all)].sort((a, b) => a - b).map(id);
const id = (number) => (number === undefined ? null : records[number].id);
const told = {};
for (let number = 0; number < records.length; number += 1) {
  const t = trace(number);
  const i = impact(number);
  told[records[number].id] = {
    trace: t && {
      nodes: ids(t.nodes), links: ids(t.links), count: t.count,
      paths: t.paths.map((it) => ({ nodes: it.nodes.map(id), links: it.links.map(id), named: it.named })),
      owners: t.owners.map((it) => ({ team: id(it.team), owns: it.owns.map(id) })),
      frictions: t.frictions.map(id),
      causes: t.causes.map((it) => [it.node, `${id(it.node)} ${it.distance ?? "-"} `, it.namedBy])
        .sort((a, b) => a[0] - b[0]).map((it) => [it[1], ids(it[2])]),
    },
    impact: i && {
      nodes: ids(i.nodes), links: ids(i.links), steps: i.steps.map((it) => [id(it.step), it.stops]),
      touchpoints: ids(i.touchpoints), systems: ids(i.systems), frictions: ids(i.frictions),
    },
  };
}
return told;
"#;

/// Causes of both sides in one form.
fn with_plain_causes(mut told: Value) -> Value {
    if let Some(causes) = told.get_mut("causes").and_then(Value::as_array_mut) {
        let mut plain: Vec<String> = causes
            .iter()
            .map(|it| format!("{}{:?}", it[0].as_str().unwrap_or_default(), it[1]))
            .collect();
        plain.sort();
        *causes = plain.into_iter().map(Value::String).collect();
    }
    told
}

/// Chromium, if it is installed. Where everything is checked, it must be.
fn browser() -> Option<&'static str> {
    let found = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|it| Command::new(it).arg("--version").output().is_ok_and(|it| it.status.success()));
    assert!(
        found.is_some() || std::env::var_os("THROUGHLINE_CI").is_none(),
        "the page's script is tested in a browser: install chromium"
    );
    found
}

/// The page as the browser has it after its script ran, and what the browser complained of.
fn browse(browser: &str, file: &Path, hash: &str) -> (String, String) {
    let home = tempfile::tempdir().unwrap();
    let out = Command::new(browser)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"])
        .args(["--window-size=1280,720", "--virtual-time-budget=10000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", home.path().display()))
        .arg(format!("file://{}{hash}", file.display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    let complaints =
        said.lines().filter(|it| it.contains("CONSOLE")).collect::<Vec<_>>().join("\n");
    (String::from_utf8(out.stdout).unwrap(), complaints)
}

#[test]
fn the_script_walks_as_the_program_does() {
    let Some(browser) = browser() else { return };
    let docs: Vec<Doc> = examples().into_iter().chain(made_up(60)).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("walks.html");
    let maps: Vec<String> = (docs.iter())
        .map(|doc| between(&page(doc), "id=\"map\">", "</script>").to_owned())
        .collect();
    let program = serde_json::to_string(&format!("{WALK}{ASK}")).unwrap().replace("</", "<\\/");
    let script = format!(
        "const maps = [{}];\nconst map = document.getElementById('map');\n\
         const all = maps.map((it) => {{ map.textContent = JSON.stringify(it);\n\
         return new Function({program})(); }});\n\
         map.textContent = 'told:' + encodeURIComponent(JSON.stringify(all)) + ':told';",
        maps.join(",")
    );
    std::fs::write(&file, format!("<!DOCTYPE html><p id=map></p><script>{script}</script>"))
        .unwrap();
    let (dom, complaints) = browse(browser, &file, "");
    assert_eq!(complaints, "");
    let told = percent_decoded(between(&dom, "told:", ":told"));
    let told: Vec<Value> = serde_json::from_str(&told).unwrap();
    assert_eq!(told.len(), docs.len());
    let (mut traced, mut in_all) = (0, 0);
    for (doc, told) in docs.iter().zip(told) {
        let (index, graph) = (Index::of(doc), Graph::of(doc));
        for (id, said) in told.as_object().unwrap() {
            let id = Id::new(id).unwrap();
            let trace = insight::trace(doc, &index, &graph, &id);
            let impact = insight::impact(doc, &index, &graph, &id);
            in_all += 1;
            if said["trace"].is_null() {
                assert_eq!(trace, Trace::default(), "{id:?}");
            } else if trace.path_count <= Trace::MOST_PATHS as u64 {
                let said = with_plain_causes(said["trace"].clone());
                assert_eq!(said, trace_json(&trace), "{id:?}");
                traced += usize::from(trace.paths.len() > 1);
            }
            if said["impact"].is_null() {
                assert_eq!(impact, Impact::default(), "{id:?}");
            } else {
                assert_eq!(said["impact"], impact_json(&impact), "{id:?}");
            }
        }
    }
    assert!(traced > 100 && in_all > 1_000, "{traced} of {in_all} have more than one way");
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        match (first, more) {
            (b'%', [a, b, more @ ..]) => {
                let digits = [*a, *b];
                let digits = std::str::from_utf8(&digits).unwrap();
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
                rest = more;
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn an_address_selects_and_lights_up_what_it_names() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/maps/home-movie-night.ron");
    let doc = throughline::file::open(Path::new(path)).unwrap().doc;
    std::fs::write(&file, page(&doc)).unwrap();

    let (dom, complaints) = browse(browser, &file, "");
    assert_eq!(complaints, "", "the policy lets the script and the style pass");
    assert!(dom.contains("class=\"live\""), "the script ran");
    let panel = between(&dom, "<aside id=\"panel\"", "</aside>");
    for (_, step) in doc.steps() {
        assert!(panel.contains(&format!(">{}</a>", step.name)), "contents: {}", step.name);
    }
    assert!(!dom.contains("class=\"veil\""), "nothing is selected");

    // A step rests on what is beneath it, down to the policy that the late fee comes from.
    let (dom, complaints) = browse(browser, &file, "#return");
    assert_eq!(complaints, "");
    let panel = between(&dom, "<aside id=\"panel\"", "</aside>");
    assert!(panel.contains(">Return the film</h2>"), "its details");
    assert!(panel.contains("Ways down") && panel.contains(">Late-fee policy</a>"), "{panel}");
    assert!(panel.contains("Who owns what lies on the way"));
    let lit = between(&dom, "class=\"veil\"", "class=\"ring\"");
    assert!(lit.contains("Return the film") && !lit.contains("Define the occasion"));

    // An internal system holds up what is above it; the view that shows it comes to the front.
    let (dom, complaints) = browse(browser, &file, "#late-fee-policy");
    assert_eq!(complaints, "");
    let panel = between(&dom, "<aside id=\"panel\"", "</aside>");
    assert!(panel.contains("Steps that it holds up (1)"), "{panel}");
}
