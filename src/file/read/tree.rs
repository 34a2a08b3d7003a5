//! The brackets of a map file as a tree of spans, whatever is wrong with the file.
//!
//! One pass, in linear time and with bounded depth. What is wrong is noted with its place, and
//! the pass goes on: a missing comma is taken as there, an unclosed bracket is closed where the
//! next field, record or section begins. Not here: what the values mean (see `value`).

use super::lex::{Lexer, Tok, Token};
use crate::model::Kind;

/// What a node of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Word,
    Number,
    /// Nothing that could be a value; has been reported.
    Broken,
    List,
    Map,
    /// `( … )`, with or without a name before it.
    Group,
}

/// A value: bytes `start..end` of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub shape: Shape,
    pub start: u32,
    pub end: u32,
    /// The end of a group's name, which stands at `start`; equal to `start` where it has none.
    pub name_end: u32,
    /// Its items, as a range of [`Tree::items`].
    pub from: u32,
    pub to: u32,
}

/// One thing inside brackets: a value, with a key where it has one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub key: Option<u32>,
    pub value: u32,
    /// Whether it can be used; what cannot has been reported.
    pub whole: bool,
}

/// Something wrong at a place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    pub code: &'static str,
    pub at: usize,
    pub message: String,
}

/// The tree over a text.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    pub text: &'t str,
    pub nodes: Vec<Node>,
    pub items: Vec<Item>,
    /// The outermost `( … )`, where there is one.
    pub root: Option<u32>,
    pub faults: Vec<Fault>,
    /// Where the first comment stands.
    pub comment: Option<usize>,
}

impl<'t> Tree<'t> {
    pub fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    pub fn source(&self, node: u32) -> &'t str {
        let node = self.node(node);
        &self.text[node.start as usize..node.end as usize]
    }

    /// The indices of a node's items.
    pub fn range(&self, node: u32) -> std::ops::Range<u32> {
        self.node(node).from..self.node(node).to
    }

    pub fn item(&self, item: u32) -> Item {
        self.items[item as usize]
    }
}

/// Deeper than any map goes: what lies below is not read.
const DEEPEST: usize = 24;
/// After so many mistakes the rest of the file is not read.
const MOST_FAULTS: usize = 500;

/// Reads the brackets of a text. The text is shorter than 4 GiB.
pub(super) fn parse(text: &str) -> Tree<'_> {
    let tree = Tree {
        text,
        nodes: Vec::with_capacity(text.len() / 16),
        items: Vec::with_capacity(text.len() / 32),
        root: None,
        faults: Vec::new(),
        comment: None,
    };
    let mut parser = Parser {
        tree,
        lexer: Lexer::new(text),
        open: Vec::new(),
        scratch: Vec::new(),
        ahead: None,
    };
    parser.file();
    let mut tree = parser.tree;
    tree.comment = parser.lexer.comment;
    if let Some(at) = parser.lexer.open_comment {
        let message = "This comment is opened with `/*` and never closed.".to_owned();
        tree.faults.push(Fault { code: "E003", at, message });
    }
    tree
}

struct Parser<'t> {
    tree: Tree<'t>,
    lexer: Lexer<'t>,
    /// The brackets that are open: which, and where.
    open: Vec<(u8, usize)>,
    /// Items of the brackets that are open.
    scratch: Vec<Item>,
    ahead: Option<Token>,
}

/// What closes a bracket.
fn closer(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

impl Parser<'_> {
    fn peek(&mut self) -> Token {
        match self.ahead {
            Some(token) => token,
            None => *self.ahead.insert(self.lexer.next()),
        }
    }

    fn take(&mut self) -> Token {
        let token = self.peek();
        self.ahead = None;
        token
    }

    /// The token after the next one.
    fn second(&mut self) -> Token {
        let first = self.peek();
        let back = self.lexer.at();
        let second = self.lexer.next();
        self.lexer.go_to(back);
        debug_assert!(first.end <= second.start);
        second
    }

    fn fault(&mut self, code: &'static str, at: usize, message: impl Into<String>) {
        self.tree.faults.push(Fault { code, at, message: message.into() });
        if self.tree.faults.len() == MOST_FAULTS {
            let message = format!(
                "There are {MOST_FAULTS} mistakes up to here; the rest of the file was not read."
            );
            self.tree.faults.push(Fault { code: "E009", at, message });
            self.lexer.go_to(self.tree.text.len());
            self.ahead = None;
        }
    }

    fn source(&self, token: Token) -> &str {
        &self.tree.text[token.start..token.end]
    }

    fn same_line(&self, a: usize, b: usize) -> bool {
        !self.tree.text.as_bytes()[a.min(b)..a.max(b)].contains(&b'\n')
    }

    fn node(&mut self, shape: Shape, start: usize, end: usize) -> u32 {
        let (start, end) = (start as u32, end as u32);
        let node = Node { shape, start, end, name_end: start, from: 0, to: 0 };
        self.tree.nodes.push(node);
        self.tree.nodes.len() as u32 - 1
    }

    /// The whole file: attributes, then one group.
    fn file(&mut self) {
        loop {
            let token = self.peek();
            if self.source(token) != "#!" {
                break;
            }
            let rest = &self.tree.text[self.lexer.at()..];
            let end = rest.find(['\n', ']']).map_or(self.tree.text.len(), |n| self.lexer.at() + n);
            let end = if self.tree.text[end..].starts_with(']') { end + 1 } else { end };
            self.lexer.go_to(end);
            self.ahead = None;
        }
        let first = self.peek();
        if first.tok == Tok::Open(b'(') {
            self.tree.root = Some(self.value(0));
        } else if first.tok == Tok::Word && self.second().tok == Tok::Colon {
            self.fault("E003", first.start, "The map's opening `(` is missing.");
            self.tree.root = Some(self.block(b'(', first.start, first.start, 0));
        } else {
            return;
        }
        let rest = self.peek();
        if rest.tok != Tok::End {
            let message = "The map ends before this; what follows was not read.";
            self.fault("E003", rest.start, message);
        }
    }

    /// A value; a mark that can be none is reported and, unless it is of use later, taken.
    fn value(&mut self, depth: usize) -> u32 {
        let token = self.peek();
        match token.tok {
            Tok::Open(open) => {
                self.take();
                self.deeper(open, token.start, token.start, depth)
            }
            Tok::Word => {
                self.take();
                let next = self.peek();
                if next.tok == Tok::Open(b'(') && self.same_line(token.start, next.start) {
                    self.take();
                    let node = self.deeper(b'(', next.start, token.start, depth);
                    self.tree.nodes[node as usize].name_end = token.end as u32;
                    return node;
                }
                self.node(Shape::Word, token.start, token.end)
            }
            Tok::Text | Tok::Number => {
                self.take();
                let shape = if token.tok == Tok::Text { Shape::Text } else { Shape::Number };
                self.node(shape, token.start, token.end)
            }
            Tok::OpenText => {
                self.take();
                self.fault("E004", token.start, "This text has no closing quote.");
                self.node(Shape::Broken, token.start, token.end)
            }
            Tok::Other => {
                self.take();
                let what = self.source(token).chars().take(12).collect::<String>();
                let message = format!("`{}` has no place here.", what.escape_debug());
                self.fault("E002", token.start, message);
                self.node(Shape::Broken, token.start, token.end)
            }
            Tok::Comma | Tok::Colon | Tok::Close(_) | Tok::End => {
                self.fault("E002", token.start, "A value is missing here.");
                if token.tok == Tok::Colon {
                    self.take();
                }
                self.node(Shape::Broken, token.start, token.start)
            }
        }
    }

    fn deeper(&mut self, open: u8, at: usize, start: usize, depth: usize) -> u32 {
        if depth < DEEPEST {
            return self.block(open, at, start, depth);
        }
        self.fault("E005", at, "This is nested deeper than a map goes; it was not read.");
        let mut left = 1usize;
        while left > 0 {
            match self.take().tok {
                Tok::Open(_) => left += 1,
                Tok::Close(_) => left -= 1,
                Tok::End => break,
                _ => {}
            }
        }
        self.node(Shape::Broken, start, self.lexer.at())
    }

    /// What stands between brackets; the opening one has been taken.
    fn block(&mut self, open: u8, at: usize, start: usize, depth: usize) -> u32 {
        self.open.push((open, at));
        let first = self.scratch.len();
        let end = loop {
            let token = self.peek();
            match token.tok {
                Tok::Close(close) if close == closer(open) => {
                    self.take();
                    if depth == 0 && self.goes_on() {
                        let message = format!("This `{}` closes nothing.", char::from(close));
                        self.fault("E003", token.start, message);
                        continue;
                    }
                    break token.end;
                }
                Tok::Close(close) => {
                    if self.leaves(open, at, close, token.start) {
                        break token.start;
                    }
                    self.take();
                    if self.same_line(at, token.start) {
                        break token.end;
                    }
                }
                Tok::End => {
                    self.cut_short(first, at, open);
                    break token.start;
                }
                Tok::Comma => {
                    self.take();
                    self.fault("E002", token.start, "There is a comma too many here.");
                }
                _ if self.belongs_outside(open, depth) => {
                    let message = format!("This `{}` is not closed.", char::from(open));
                    self.fault("E003", at, message);
                    break token.start;
                }
                _ => self.entry(open, depth),
            }
        };
        self.open.pop();
        let from = self.tree.items.len() as u32;
        self.tree.items.extend(self.scratch.drain(first..));
        let shape = match open {
            b'(' => Shape::Group,
            b'[' => Shape::List,
            _ => Shape::Map,
        };
        let node = self.node(shape, start, end);
        self.tree.nodes[node as usize].from = from;
        self.tree.nodes[node as usize].to = self.tree.items.len() as u32;
        node
    }

    /// Whether fields, records or sections follow, so that the map cannot have ended here.
    fn goes_on(&mut self) -> bool {
        let (back, ahead) = (self.lexer.at(), self.ahead);
        let mut token = self.take();
        if token.tok == Tok::Comma {
            token = self.take();
        }
        let goes_on = match token.tok {
            Tok::Close(_) => true,
            Tok::Word | Tok::Text => self.peek().tok == Tok::Colon,
            _ => false,
        };
        self.lexer.go_to(back);
        self.ahead = ahead;
        goes_on
    }

    /// A closing bracket of another kind: whether it closes one further out. It is reported.
    fn leaves(&mut self, open: u8, at: usize, close: u8, here: usize) -> bool {
        let outer = self.open[..self.open.len() - 1].iter().rposition(|(o, _)| closer(*o) == close);
        let (open, close) = (char::from(open), char::from(close));
        let Some(outer) = outer else {
            self.fault("E003", here, format!("This `{close}` closes nothing."));
            return false;
        };
        if self.same_line(at, here) && !self.same_line(self.open[outer].1, here) {
            self.fault("E003", here, format!("`{open}` is closed by `{close}`."));
            return false;
        }
        if outer == 0 {
            // Closing the whole map while it goes on would lose the rest: the bracket is stray.
            let back = self.lexer.at();
            let token = self.take();
            let goes_on = self.goes_on();
            self.lexer.go_to(back);
            self.ahead = Some(token);
            if goes_on {
                self.fault("E003", here, format!("This `{close}` closes nothing."));
                return false;
            }
        }
        self.fault("E003", at, format!("This `{open}` is not closed."));
        true
    }

    /// Whether what comes next cannot stand in these brackets but can further out: a record's
    /// id inside a record, a section inside a section, a field inside a list.
    fn belongs_outside(&mut self, open: u8, depth: usize) -> bool {
        let token = self.peek();
        if !matches!(token.tok, Tok::Word | Tok::Text) || depth == 0 {
            return false;
        }
        if self.second().tok != Tok::Colon {
            return false;
        }
        match (open, token.tok) {
            (b'(' | b'[', Tok::Text) => self.open.iter().any(|(o, _)| *o == b'{'),
            (b'[', _) => true,
            // Inside a record a small map was left open; around records only a section ends it.
            (b'{', Tok::Word) => {
                let name = self.source(token);
                let known = Kind::ALL.into_iter().any(|kind| kind.section() == name);
                let (back, ahead) = (self.lexer.at(), self.ahead);
                let (_, _, value) = (self.take(), self.take(), self.take());
                self.lexer.go_to(back);
                self.ahead = ahead;
                depth > 1 || (known && value.tok == Tok::Open(b'{'))
            }
            _ => false,
        }
    }

    /// One item with what follows it.
    fn entry(&mut self, open: u8, depth: usize) {
        let begun = self.tree.faults.len();
        let mut value = self.value(depth + 1);
        let mut key = None;
        if open != b'[' && self.peek().tok == Tok::Colon {
            self.take();
            key = Some(value);
            value = self.value(depth + 1);
        } else if open == b'(' && self.lacks_colon(value) {
            let at = self.tree.node(value).end as usize;
            self.fault("E002", at, "A `:` is missing here.");
            key = Some(value);
            value = self.value(depth + 1);
        } else if open == b'{' && self.tree.node(value).shape != Shape::Broken {
            let at = self.tree.node(value).start as usize;
            self.fault("E002", at, "A `:` and a value are missing after this.");
        }
        let broken = |node: u32| self.tree.node(node).shape == Shape::Broken;
        let bad = broken(value) || key.is_some_and(broken);
        let whole = !bad && (open != b'{' || key.is_some());
        let next = self.peek();
        match next.tok {
            Tok::Comma => {
                self.take();
            }
            Tok::Close(_) | Tok::End => {}
            // The end of a broken text is not known, its comma may be part of it.
            _ if bad || self.tree.faults.len() > begun => {}
            _ => {
                let end = self.tree.node(value).end as usize;
                self.fault("E002", end, "A comma is missing here.");
            }
        }
        self.scratch.push(Item { key, value, whole });
    }

    /// Whether a name is followed by a value on its line.
    fn lacks_colon(&mut self, name: u32) -> bool {
        let name = *self.tree.node(name);
        let next = self.peek();
        name.shape == Shape::Word
            && matches!(next.tok, Tok::Text | Tok::Number | Tok::Word | Tok::Open(_))
            && self.same_line(name.start as usize, next.start)
    }

    /// The file ended inside brackets: what was being written last may be only half there.
    fn cut_short(&mut self, first: usize, at: usize, open: u8) {
        let end = self.tree.text.len();
        if !self.tree.faults.iter().any(|f| f.code == "E003" && f.at == end) {
            let message = "The file ends before the map does: something is missing at the end.";
            self.fault("E003", end, message);
        }
        debug_assert!(self.open.last() == Some(&(open, at)));
        let closed = self.tree.text.trim_end().ends_with(',');
        if let Some(last) = self.scratch[first..].last_mut() {
            let node = &self.tree.nodes[last.value as usize];
            let atom = !matches!(node.shape, Shape::List | Shape::Map | Shape::Group);
            last.whole &= !atom || closed;
        }
    }
}
