//! The formats' readers: whether a file opens, and all that it says.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use throughline::export::Format;

/// Why a file does not open.
type Broken = String;

/// All text of a file in one; none where it cannot be had without drawing (PNG, PDF).
pub fn read(format: Format, bytes: &[u8]) -> Result<Option<String>, Broken> {
    match format {
        Format::Png => png(bytes).map(|()| None),
        Format::Pdf => pdf(bytes).map(|()| None),
        Format::Pptx => package(bytes, "ppt/presentation.xml").map(Some),
        Format::Xlsx => package(bytes, "xl/workbook.xml").map(Some),
        Format::Csv => csv(bytes).map(Some),
        Format::Html => html(utf8(bytes)?).map(Some),
        Format::Svg => xml(utf8(bytes)?, "svg").map(Some),
        Format::GraphMl => graphml(utf8(bytes)?).map(Some),
        Format::Markdown => plain(utf8(bytes)?, &['\n']).map(Some),
        Format::Mermaid => mermaid(utf8(bytes)?).map(Some),
        Format::Dot => dot(utf8(bytes)?).map(Some),
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, Broken> {
    std::str::from_utf8(bytes).map_err(|err| err.to_string())
}

fn ensure(holds: bool, why: impl Fn() -> String) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(why()) }
}

/// Whether XML 1.0 (fifth edition, production 2) allows the character.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Well-formed, with that root; its text and the values of all attributes.
fn xml(text: &str, root: &str) -> Result<String, Broken> {
    if let Some(c) = text.chars().find(|c| !is_xml(*c)) {
        return Err(format!("{c:?} is no character of XML"));
    }
    let mut reader = Reader::from_str(text);
    let (mut said, mut depth, mut roots) = (String::new(), 0, Vec::new());
    loop {
        let event = reader.read_event().map_err(|err| err.to_string())?;
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                if depth == 0 {
                    roots.push(name(&tag));
                }
                depth += 1;
                attributes(&tag, &mut said)?;
                said.push('\n');
            }
            Event::Empty(tag) => {
                if depth == 0 {
                    roots.push(name(&tag));
                }
                attributes(&tag, &mut said)?;
            }
            Event::End(_) => depth -= 1,
            Event::Text(it) => said.push_str(&it.decode().map_err(|err| err.to_string())?),
            Event::CData(it) => said.push_str(&it.decode().map_err(|err| err.to_string())?),
            Event::GeneralRef(it) => {
                let entity = format!("&{};", it.decode().map_err(|err| err.to_string())?);
                said.push_str(
                    &quick_xml::escape::unescape(&entity).map_err(|err| err.to_string())?,
                );
            }
            Event::DocType(_) => {
                return Err("a document type, from where entities could come".into());
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    ensure(depth == 0, || "an element does not end".into())?;
    ensure(root.is_empty() || roots == [root], || format!("the roots are {roots:?}"))?;
    ensure(roots.len() == 1, || format!("the roots are {roots:?}"))?;
    Ok(said)
}

fn name(tag: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(tag.name().as_ref()).into_owned()
}

fn attributes(tag: &BytesStart<'_>, said: &mut String) -> Result<(), Broken> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|err| err.to_string())?;
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        said.push_str(&quick_xml::escape::unescape(&value).map_err(|err| err.to_string())?);
        said.push('\n');
    }
    Ok(())
}

/// The parts of a zip package.
pub fn parts(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Broken> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|err| err.to_string())?;
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).map_err(|err| err.to_string())?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).map_err(|err| err.to_string())?;
        let name = part.name().map_err(|err| err.to_string())?.into_owned();
        parts.push((name, content));
    }
    Ok(parts)
}

/// Every part of an Office file is there once and well-formed, and says what kind it is.
fn package(bytes: &[u8], main: &str) -> Result<String, Broken> {
    let parts = parts(bytes)?;
    let names: BTreeSet<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    ensure(names.len() == parts.len(), || "a part stands there twice".into())?;
    for needed in ["[Content_Types].xml", "_rels/.rels", main] {
        ensure(names.contains(needed), || format!("no {needed}"))?;
    }
    let mut said = String::new();
    for (name, content) in &parts {
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let text = utf8(content).map_err(|why| format!("{name}: {why}"))?;
            said += &xml(text, "").map_err(|why| format!("{name}: {why}"))?;
            said.push('\n');
        }
    }
    Ok(said)
}

fn png(bytes: &[u8]) -> Result<(), Broken> {
    let decoder = png::Decoder::new(Cursor::new(bytes));
    let mut reader = decoder.read_info().map_err(|err| err.to_string())?;
    let size = reader.output_buffer_size().ok_or("larger than memory")?;
    let mut pixels = vec![0; size];
    reader.next_frame(&mut pixels).map_err(|err| err.to_string())?;
    Ok(())
}

/// Its head, its end, and a table of what is where at the place that the end names.
fn pdf(bytes: &[u8]) -> Result<(), Broken> {
    ensure(bytes.starts_with(b"%PDF-"), || "no head of a PDF".into())?;
    let end = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(64)..]).into_owned();
    ensure(end.trim_end().ends_with("%%EOF"), || "no end of a PDF".into())?;
    let at = end.split("startxref").nth(1).and_then(|it| it.split_whitespace().next());
    let at: usize = at.and_then(|it| it.parse().ok()).ok_or("no place of the table")?;
    let table = bytes.get(at..).ok_or("the table lies beyond the end")?;
    let is_stream = || String::from_utf8_lossy(&table[..table.len().min(24)]).contains(" obj");
    ensure(table.starts_with(b"xref") || is_stream(), || "no table where it should be".into())
}

/// RFC 4180: every row has as many cells as the header.
fn csv(bytes: &[u8]) -> Result<String, Broken> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut said = String::new();
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text);
    ensure(!reader.headers().map_err(|err| err.to_string())?.is_empty(), || "no header".into())?;
    for row in reader.records() {
        for cell in &row.map_err(|err| err.to_string())? {
            said += cell;
            said.push('\n');
        }
    }
    Ok(said)
}

/// Two pictures and the map; nothing that a text could have opened.
fn html(text: &str) -> Result<String, Broken> {
    let mut said = String::new();
    let pictures: Vec<&str> = text.split("<svg ").skip(1).collect();
    ensure(pictures.len() == 2, || format!("{} pictures", pictures.len()))?;
    for picture in pictures {
        let (picture, _) = picture.split_once("</svg>").ok_or("a picture does not end")?;
        said += &xml(&format!("<svg {picture}</svg>"), "svg")?;
    }
    ensure(text.matches("<script").count() == 2, || "another script".into())?;
    let json = text.split_once("id=\"map\">").and_then(|(_, it)| it.split_once("</script>"));
    let (json, _) = json.ok_or("no map")?;
    let map: serde_json::Value = serde_json::from_str(json).map_err(|err| err.to_string())?;
    texts(&map, &mut said);
    Ok(said)
}

fn texts(value: &serde_json::Value, said: &mut String) {
    match value {
        serde_json::Value::String(text) => {
            said.push_str(text);
            said.push('\n');
        }
        serde_json::Value::Array(all) => all.iter().for_each(|it| texts(it, said)),
        serde_json::Value::Object(all) => all.values().for_each(|it| texts(it, said)),
        _ => {}
    }
}

/// Each edge has both its nodes.
fn graphml(text: &str) -> Result<String, Broken> {
    let said = xml(text, "graphml")?;
    let value = |tag: &str, key: &str| {
        let (_, rest) = tag.split_once(&format!(" {key}=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let nodes: BTreeSet<String> =
        text.split("<node").skip(1).filter_map(|tag| value(tag, "id")).collect();
    for edge in text.split("<edge").skip(1) {
        for end in ["source", "target"] {
            let node = value(edge, end).ok_or("an edge without an end")?;
            ensure(nodes.contains(&node), || format!("no node {node:?} of an edge"))?;
        }
    }
    Ok(said)
}

/// No character that steers a terminal or turns a text round, but these.
fn plain(text: &str, allowed: &[char]) -> Result<String, Broken> {
    let steers = |c: &char| {
        c.is_control() && !allowed.contains(c)
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    match text.chars().find(steers) {
        Some(c) => Err(format!("{c:?} in plain text")),
        None => Ok(text.to_owned()),
    }
}

fn mermaid(text: &str) -> Result<String, Broken> {
    plain(text, &['\n'])?;
    let first = text
        .lines()
        .map(str::trim)
        .find(|it| !it.is_empty() && !it.starts_with("%%") && !it.starts_with("---"));
    let kind = first.unwrap_or_default();
    let known = kind == "journey" || kind.starts_with("flowchart") || kind.starts_with("title");
    ensure(known, || format!("it begins with {kind:?}"))?;
    Ok(text.to_owned())
}

/// Strings end, and brackets close outside of them (the language of Graphviz, `dot(7)`).
fn dot(text: &str) -> Result<String, Broken> {
    plain(text, &['\n', '\t'])?;
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
        ensure(depth >= 0, || "a bracket closes that never opened".into())?;
    }
    ensure(!quoted && depth == 0, || "a string or a bracket stays open".into())?;
    ensure(text.contains("graph"), || "no graph".into())?;
    Ok(text.to_owned())
}
