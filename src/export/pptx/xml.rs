//! Reading the XML of a part with the place of everything in it, so that a part can be changed in
//! one place and stay as it is everywhere else.
//!
//! Not here: what the elements mean, and writing whole parts. Comments, text and processing
//! instructions are stepped over: a presentation says nothing in them that we need.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// The namespaces that we know, whatever their prefix. ECMA-376 part 4 (transitional).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ns {
    /// PresentationML.
    P,
    /// DrawingML.
    A,
    /// Relationships named in attributes: `r:id`.
    R,
    /// PowerPoint 2010's extensions: sections.
    P14,
    /// What declares a prefix.
    Xmlns,
    /// None, as most attributes.
    None,
    Other,
}

pub const P: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
pub const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const P14: &str = "http://schemas.microsoft.com/office/powerpoint/2010/main";

impl Ns {
    fn of(uri: &ResolveResult) -> Self {
        let ResolveResult::Bound(uri) = uri else { return Self::None };
        match uri.0 {
            it if it == P.as_bytes() => Self::P,
            it if it == A.as_bytes() => Self::A,
            it if it == R.as_bytes() => Self::R,
            it if it == P14.as_bytes() => Self::P14,
            _ => Self::Other,
        }
    }
}

/// How deep elements may nest: Office stops far earlier.
const MAX_DEPTH: usize = 1_000;

/// An element's place in its [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node(usize);

#[derive(Debug)]
struct Attribute {
    ns: Ns,
    local: String,
    value: String,
}

#[derive(Debug)]
struct Element<'a> {
    ns: Ns,
    /// As it stands in the file, with its prefix.
    name: &'a str,
    attributes: Vec<Attribute>,
    parent: Option<Node>,
    children: Vec<Node>,
    /// From `<` of the start tag to `>` of the end tag.
    span: Range<usize>,
    /// Where the start tag ends.
    open: usize,
    /// Where the end tag begins; the same as the span's end where there is none.
    close: usize,
}

/// The elements of a part, in document order. The root is the first.
#[derive(Debug)]
pub struct Tree<'a> {
    source: &'a str,
    elements: Vec<Element<'a>>,
}

/// The text of a part: UTF-8 or UTF-16 (ECMA-376 part 2, 9.2), without a byte order mark. What is
/// changed is written as UTF-8.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let utf16 = |decode: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let units = pairs.iter().map(|pair| decode(*pair));
        let text = char::decode_utf16(units).collect::<Result<String, _>>().ok()?;
        // The declaration must not speak of an encoding that it has no longer.
        let end = text.find("?>").filter(|_| text.starts_with("<?xml"));
        let body = end.map_or(text.as_str(), |end| &text[end + 2..]);
        rest.is_empty().then(|| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{body}").into())
    };
    match bytes {
        [0xFF, 0xFE, ..] => utf16(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => utf16(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

impl<'a> Tree<'a> {
    /// Reads a part's text.
    ///
    /// # Errors
    /// In plain words, when it is no well-formed XML, has a document type (which Office forbids), or
    /// nests too deep.
    pub fn parse(source: &'a str) -> Result<Self, String> {
        let mut reader = NsReader::from_str(source);
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<Node> = Vec::new();
        let mut start = 0;
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match event {
                Event::Start(ref tag) | Event::Empty(ref tag) => {
                    if open.is_empty() && !elements.is_empty() {
                        return Err("it has two roots".to_owned());
                    }
                    let node = Node(elements.len());
                    let parent = open.last().copied();
                    if let Some(parent) = parent {
                        elements[parent.0].children.push(node);
                    }
                    elements.push(element(source, &reader, tag, parent, start..end)?);
                    if matches!(event, Event::Start(_)) {
                        open.push(node);
                    }
                    if open.len() > MAX_DEPTH {
                        return Err("its elements nest too deep".to_owned());
                    }
                }
                Event::End(_) => {
                    let node = open.pop().ok_or("an element ends that never began")?;
                    elements[node.0].close = start;
                    elements[node.0].span.end = end;
                }
                Event::DocType(_) => return Err("it declares a document type".to_owned()),
                Event::Eof => break,
                Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::GeneralRef(_) => {}
            }
            start = end;
        }
        if !open.is_empty() || elements.is_empty() {
            return Err("it ends before it is complete".to_owned());
        }
        Ok(Self { source, elements })
    }

    pub fn root(&self) -> Node {
        Node(0)
    }

    /// All elements, in document order.
    pub fn all(&self) -> impl Iterator<Item = Node> + use<> {
        (0..self.elements.len()).map(Node)
    }

    pub fn is(&self, node: Node, ns: Ns, local: &str) -> bool {
        self.elements[node.0].ns == ns && self.local(node) == local
    }

    /// The name as it stands, with its prefix.
    pub fn name(&self, node: Node) -> &'a str {
        self.elements[node.0].name
    }

    /// The name without its prefix.
    pub fn local(&self, node: Node) -> &'a str {
        let name = self.elements[node.0].name;
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix with its colon, or nothing: what a new element of the same namespace begins with.
    pub fn prefix(&self, node: Node) -> &'a str {
        let name = self.elements[node.0].name;
        name.find(':').map_or("", |colon| &name[..=colon])
    }

    /// The prefix that stands for a namespace in that element, without its colon.
    pub fn prefix_of(&self, node: Node, uri: &str) -> Option<&str> {
        let mut at = Some(node);
        while let Some(node) = at {
            let element = &self.elements[node.0];
            let found = element.attributes.iter().find(|it| it.ns == Ns::Xmlns && it.value == uri);
            if let Some(found) = found {
                return Some(&found.local);
            }
            at = element.parent;
        }
        None
    }

    pub fn children(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        self.elements[node.0].children.iter().copied()
    }

    /// The children of that name.
    pub fn each<'s>(
        &'s self,
        node: Node,
        ns: Ns,
        local: &'s str,
    ) -> impl Iterator<Item = Node> + 's {
        self.children(node).filter(move |it| self.is(*it, ns, local))
    }

    /// The first child of that name.
    pub fn child(&self, node: Node, ns: Ns, local: &str) -> Option<Node> {
        self.children(node).find(|it| self.is(*it, ns, local))
    }

    /// The descendant that a path of PresentationML or DrawingML names leads to.
    pub fn path(&self, node: Node, path: &[(Ns, &str)]) -> Option<Node> {
        path.iter().try_fold(node, |at, (ns, local)| self.child(at, *ns, local))
    }

    /// An attribute's value, without escapes.
    pub fn attribute(&self, node: Node, ns: Ns, local: &str) -> Option<&str> {
        let attributes = &self.elements[node.0].attributes;
        attributes.iter().find(|it| it.ns == ns && it.local == local).map(|it| it.value.as_str())
    }

    /// The ids of relationships that the element names, by whatever attribute.
    pub fn relationships(&self, node: Node) -> impl Iterator<Item = &str> {
        self.elements[node.0]
            .attributes
            .iter()
            .filter(|it| it.ns == Ns::R)
            .map(|it| it.value.as_str())
    }

    /// From the start tag's first byte to the end tag's last.
    pub fn span(&self, node: Node) -> Range<usize> {
        self.elements[node.0].span.clone()
    }

    /// The bytes of an element as they stand.
    pub fn text(&self, node: Node) -> &'a str {
        &self.source[self.span(node)]
    }

    /// The change that adds XML at the end of an element. Once for each element: a second one
    /// would open an empty element twice.
    pub fn append(&self, node: Node, xml: &str, edits: &mut Edits) {
        let element = &self.elements[node.0];
        if element.open == element.span.end {
            // `<x/>`: the slash goes.
            let tag = &self.source[element.span.clone()];
            let open = tag.trim_end_matches('>').trim_end_matches('/');
            edits.replace(element.span.clone(), format!("{open}>{xml}</{}>", element.name));
        } else {
            edits.replace(element.close..element.close, xml.to_owned());
        }
    }
}

fn element<'a>(
    source: &'a str,
    reader: &NsReader<&'a [u8]>,
    tag: &BytesStart,
    parent: Option<Node>,
    span: Range<usize>,
) -> Result<Element<'a>, String> {
    // A name that is cut out of the source outlives the event.
    let name = span.start + 1;
    let name = source.get(name..name + tag.name().0.len()).ok_or("a tag has no name")?;
    let mut attributes = Vec::new();
    let mut raw = tag.attributes();
    // Duplicates are looked for by Office; here the search would be quadratic.
    for attribute in raw.with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| error.to_string())?.into_owned();
        let local = attribute.key.local_name();
        let local = std::str::from_utf8(local.as_ref()).map_err(|error| error.to_string())?;
        let ns = match attribute.key.as_namespace_binding() {
            Some(_) => Ns::Xmlns,
            None => Ns::of(&reader.resolver().resolve_attribute(attribute.key).0),
        };
        attributes.push(Attribute { ns, local: local.to_owned(), value });
    }
    let ns = Ns::of(&reader.resolver().resolve_element(tag.name()).0);
    let open = span.end;
    Ok(Element { ns, name, attributes, parent, children: Vec::new(), close: open, open, span })
}

/// Changes to a text, each at its place.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn replace(&mut self, range: Range<usize>, with: String) {
        self.0.push((range, with));
    }

    pub fn delete(&mut self, range: Range<usize>) {
        self.0.push((range, String::new()));
    }

    /// The text with all changes. What lies within a deleted range goes with it; what is inserted
    /// at the same place stays in the order in which it was asked for.
    pub fn apply(mut self, source: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.0.iter().map(|(_, text)| text.len()).sum();
        let mut out = String::with_capacity(source.len() + added);
        let mut at = 0;
        for (range, with) in self.0 {
            if range.start < at {
                continue;
            }
            out.push_str(&source[at..range.start]);
            out.push_str(&with);
            at = range.end;
        }
        out.push_str(&source[at..]);
        out
    }
}

/// Text as it stands in an attribute between double quotes; characters that XML 1.0 has no way to
/// write are left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
