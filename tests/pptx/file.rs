//! A presentation as tests read it: parts by name, XML as a tree.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// An element; names are without prefixes.
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
    pub text: String,
}

impl Node {
    /// An attribute, empty where there is none.
    pub fn attr(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|it| it.name == name)
    }

    /// The first of that name below this one.
    pub fn find(&self, name: &str) -> Option<&Self> {
        self.children.iter().find_map(|child| match child.name == name {
            true => Some(child),
            false => child.find(name),
        })
    }

    /// All of that name below this one, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(self.children.iter().flat_map(move |child| {
            let own = (child.name == name).then_some(child);
            own.into_iter().chain(child.all(name))
        }))
    }

    fn number(&self, name: &str) -> f64 {
        self.attr(name).parse().unwrap_or(0.0)
    }

    /// Left, top, width and height of a shape that has a place of its own.
    pub fn place(&self) -> Option<[f64; 4]> {
        let at = self.child("spPr").or_else(|| self.child("grpSpPr"))?.child("xfrm")?;
        let (off, ext) = (at.child("off")?, at.child("ext")?);
        Some([off.number("x"), off.number("y"), ext.number("cx"), ext.number("cy")])
    }
}

/// Every shape of a slide, those in groups and the groups themselves too.
pub fn shapes(slide: &Node) -> impl Iterator<Item = &Node> {
    let kinds = ["sp", "grpSp", "cxnSp", "graphicFrame"];
    kinds.into_iter().flat_map(|kind| slide.all(kind))
}

/// A paragraph's lines.
pub fn lines(paragraph: &Node) -> Vec<String> {
    let mut lines = vec![String::new()];
    for child in &paragraph.children {
        match child.name.as_str() {
            "br" => lines.push(String::new()),
            "r" => {
                let text = child.child("t").map_or("", |t| &t.text);
                lines.last_mut().unwrap().push_str(text);
            }
            _ => {}
        }
    }
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// How far from their sites a connector's ends are drawn, in EMU; endless where one is loose.
pub fn glue(slide: &Node, connector: &Node) -> [f64; 2] {
    let at = connector.child("spPr").unwrap().child("xfrm").unwrap();
    let [x, y, w, h] = connector.place().unwrap();
    let (cx, cy) = (x + w / 2.0, y + h / 2.0);
    let turn = (at.number("rot") / 60_000.0).to_radians();
    let flip = |name: &str| if at.attr(name) == "1" { -1.0 } else { 1.0 };
    let drawn = |u: f64, v: f64| {
        let (u, v) = (u * flip("flipH"), v * flip("flipV"));
        (cx + u * turn.cos() - v * turn.sin(), cy + u * turn.sin() + v * turn.cos())
    };
    let ends = [("stCxn", drawn(-w / 2.0, -h / 2.0)), ("endCxn", drawn(w / 2.0, h / 2.0))];
    ends.map(|(name, at)| {
        let Some(end) = connector.find(name) else { return f64::INFINITY };
        let is_it = |sp: &&Node| {
            sp.child("nvSpPr").and_then(|it| it.child("cNvPr")).unwrap().attr("id")
                == end.attr("id")
        };
        let Some(card) = slide.all("sp").find(is_it) else { return f64::INFINITY };
        let [x, y, w, h] = card.place().unwrap();
        let site = match end.attr("idx") {
            "0" => (x + w / 2.0, y),
            "1" => (x, y + h / 2.0),
            "2" => (x + w / 2.0, y + h),
            "3" => (x + w, y + h / 2.0),
            other => panic!("no site {other}"),
        };
        (site.0 - at.0).hypot(site.1 - at.1)
    })
}

/// A presentation's parts.
pub struct File {
    parts: BTreeMap<String, Vec<u8>>,
}

impl File {
    pub fn read(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for i in 0..zip.len() {
            let mut entry = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            assert!(
                parts.insert(entry.name().unwrap().into_owned(), bytes).is_none(),
                "one part twice"
            );
        }
        Self { parts }
    }

    /// The slides' parts.
    pub fn slides(&self) -> Vec<String> {
        let is_slide = |name: &&String| name.starts_with("ppt/slides/slide");
        self.parts.keys().filter(is_slide).cloned().collect()
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.parts[name].clone()).unwrap()
    }

    /// A part as a tree: its root.
    pub fn xml(&self, name: &str) -> Node {
        let text = self.text(name);
        let mut reader = Reader::from_str(&text);
        let mut open = vec![Node::default()];
        loop {
            match reader.read_event().unwrap_or_else(|why| panic!("{name}: {why}")) {
                Event::Start(start) => open.push(node(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(node(&start)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(done);
                }
                Event::Text(text) => open.last_mut().unwrap().text += &text.decode().unwrap(),
                Event::GeneralRef(name) => {
                    let c = match &*name.decode().unwrap() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        other => panic!("&{other};"),
                    };
                    open.last_mut().unwrap().text.push(c);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "{name}: elements left open");
        open.pop().unwrap().children.pop().unwrap()
    }

    /// That every part has a content type and every relationship leads to a part, and that XML is
    /// XML.
    pub fn is_whole(&self) {
        let types = self.xml("[Content_Types].xml");
        for name in self.parts.keys().filter(|name| *name != "[Content_Types].xml") {
            let ending = name.rsplit('.').next().unwrap();
            let own = types.all("Override").any(|it| it.attr("PartName") == format!("/{name}"));
            let usual = types.all("Default").any(|it| it.attr("Extension") == ending);
            assert!(own || usual, "{name} has no content type");
            let node = self.xml(name);
            if ending != "rels" {
                continue;
            }
            let folder = name.split_once("_rels/").unwrap().0;
            for rel in node.all("Relationship") {
                let target = resolved(folder, rel.attr("Target"));
                assert!(self.parts.contains_key(&target), "{name}: no part {target}");
            }
        }
        for it in types.all("Override") {
            let part = it.attr("PartName").trim_start_matches('/');
            assert!(self.parts.contains_key(part), "a type for no part: {part}");
        }
    }
}

fn node(start: &BytesStart<'_>) -> Node {
    let local = |name: &[u8]| {
        let name = std::str::from_utf8(name).unwrap();
        name.rsplit(':').next().unwrap().to_owned()
    };
    let attributes = start.attributes().map(|it| {
        let it = it.unwrap();
        let value = it.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned();
        // `r:id` and `id` are two things.
        let name = std::str::from_utf8(it.key.as_ref()).unwrap().to_owned();
        (name, value)
    });
    let (name, attributes) = (local(start.name().as_ref()), attributes.collect());
    Node { name, attributes, ..Node::default() }
}

/// A relationship's target as a part's name.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
