//! The words and marks of a map file, found without understanding them.
//!
//! Knows texts, raw texts, comments and brackets, and where a text was not closed. What an atom
//! means is ron's business (see `atom`).

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tok {
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    Comma,
    Colon,
    /// A text in quotes.
    Text,
    /// A text that was opened and not closed where one would expect it.
    OpenText,
    /// A name: a field, a choice, `true`.
    Word,
    Number,
    /// Anything that has no place in a map.
    Other,
    End,
}

/// One token: bytes `start..end` of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub tok: Tok,
    pub start: usize,
    pub end: usize,
}

/// Walks over a text, token by token.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Where the first comment stands.
    pub comment: Option<usize>,
    /// Where a comment was opened and not closed.
    pub open_comment: Option<usize>,
}

/// The most bytes that a text with line breaks in it is followed, so that one lost quote after
/// the other does not read the rest of a large file each time.
const LONGEST_TORN_TEXT: usize = 256 * 1024;

impl<'t> Lexer<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, comment: None, open_comment: None }
    }

    /// Where the next token is looked for.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes back (or on) to a place that a token starts or ends at.
    pub fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The next token, [`Tok::End`] again and again after the last.
    pub fn next(&mut self) -> Token {
        self.skip_blank();
        let start = self.at;
        let Some(first) = self.text[start..].chars().next() else {
            return Token { tok: Tok::End, start, end: start };
        };
        let (tok, end) = match first {
            '(' | '[' | '{' => (Tok::Open(first as u8), start + 1),
            ')' | ']' | '}' => (Tok::Close(first as u8), start + 1),
            ',' => (Tok::Comma, start + 1),
            ':' => (Tok::Colon, start + 1),
            '"' => self.text_end(start),
            'r' if matches!(self.byte(start + 1), b'"' | b'#') => self.raw_end(start),
            '0'..='9' | '+' | '-' | '.' => (Tok::Number, self.number_end(start)),
            c if c.is_alphabetic() || c == '_' => (Tok::Word, self.word_end(start)),
            c => (Tok::Other, self.other_end(start + c.len_utf8())),
        };
        self.at = end;
        Token { tok, start, end }
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else { return };
            if c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}') {
                self.at += c.len_utf8();
            } else if rest.starts_with("//") {
                self.comment.get_or_insert(self.at);
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.comment.get_or_insert(self.at);
                self.skip_block();
            } else {
                return;
            }
        }
    }

    /// Block comments nest.
    fn skip_block(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let line_end = start + rest.find('\n').unwrap_or(rest.len());
        // After one that is not closed the others are looked for on their lines alone, so that a
        // file full of them is not read to its end for each.
        let last = if self.open_comment.is_some() { line_end } else { self.text.len() };
        let mut depth = 0usize;
        while self.at < last {
            match (self.byte(self.at), self.byte(self.at + 1)) {
                (b'/', b'*') => depth += 1,
                (b'*', b'/') => depth -= 1,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return;
            }
        }
        // Not closed: only its first line is taken for a comment, so that the rest can be shown.
        self.open_comment.get_or_insert(start);
        self.at = line_end;
    }

    /// The end of a text, or of the line it was opened on where it is not closed: a quote at
    /// which the text goes on without a break, or after which nothing that may follow follows.
    fn text_end(&self, start: usize) -> (Tok, usize) {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let mut line_end = None;
        while at < bytes.len() {
            match bytes[at] {
                b'"' if self.may_follow(at + 1, line_end.is_some()) => return (Tok::Text, at + 1),
                b'"' => break,
                b'\\' => at += 1,
                b'\n' => {
                    line_end.get_or_insert(at);
                }
                _ => {}
            }
            if line_end.is_some_and(|end| at - end > LONGEST_TORN_TEXT) {
                break;
            }
            at += 1;
        }
        let rest = &self.text[start..];
        (Tok::OpenText, line_end.unwrap_or_else(|| start + rest.find('\n').unwrap_or(rest.len())))
    }

    /// Whether a text may end before `at`. One with line breaks in it must be followed by a mark.
    fn may_follow(&self, at: usize, torn: bool) -> bool {
        let Some(next) = self.text[at..].chars().next() else { return true };
        if !torn {
            return !(next.is_alphanumeric() || next == '\\');
        }
        let next = self.text[at..].trim_start().bytes().next();
        next.is_none_or(|b| matches!(b, b',' | b':' | b')' | b']' | b'}' | b'/'))
    }

    /// `r"…"`, `r#"…"#` and so on; `r#name` is a name.
    fn raw_end(&self, start: usize) -> (Tok, usize) {
        let hashes = self.text[start + 1..].bytes().take_while(|b| *b == b'#').count();
        let open = start + 1 + hashes;
        if self.byte(open) != b'"' {
            let name = self.word_end(open);
            return (if hashes == 1 && name > open { Tok::Word } else { Tok::Other }, name);
        }
        let body = open + 1;
        let mut from = body;
        while let Some(quote) = self.text[from..].find('"') {
            from += quote + 1;
            let closing = self.text[from..].bytes().take(hashes).take_while(|b| *b == b'#').count();
            if closing == hashes {
                return (Tok::Text, from + hashes);
            }
        }
        let rest = &self.text[start..];
        (Tok::OpenText, start + rest.find('\n').unwrap_or(rest.len()))
    }

    fn number_end(&self, start: usize) -> usize {
        let mut at = start + 1;
        loop {
            let b = self.byte(at);
            let sign = matches!(b, b'+' | b'-') && matches!(self.byte(at - 1), b'e' | b'E');
            if !(b.is_ascii_alphanumeric() || b == b'_' || b == b'.' || sign) {
                return at;
            }
            at += 1;
        }
    }

    fn word_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        start + rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
    }

    /// A run of characters that mean nothing is one token: one thing to say about it.
    fn other_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let end = rest
            .find(|c: char| c.is_alphanumeric() || c.is_whitespace() || "()[]{},:\"_/".contains(c));
        start + end.unwrap_or(rest.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(Tok, &str)> {
        let mut lexer = Lexer::new(text);
        let mut out = Vec::new();
        loop {
            let token = lexer.next();
            if token.tok == Tok::End {
                return out;
            }
            out.push((token.tok, &text[token.start..token.end]));
        }
    }

    #[test]
    fn brackets_inside_texts_and_comments_are_no_brackets() {
        let found = tokens(
            r##"("a)\"", r#"b"c)"#) // x )
            /* ( /* */ */ -1.5e-3 Self"##,
        );
        let marks: Vec<_> = found.iter().map(|(_, text)| *text).collect();
        assert_eq!(marks, ["(", r#""a)\"""#, ",", r##"r#"b"c)"#"##, ")", "-1.5e-3", "Self"]);
    }

    #[test]
    fn comments_that_are_not_closed_are_lines_and_cost_no_more() {
        let found = tokens("/* /* x */\n1 /* y */ 2 /* z\n3");
        let marks: Vec<_> = found.iter().map(|(_, text)| *text).collect();
        assert_eq!(marks, ["1", "2", "3"]);
        let begun = std::time::Instant::now();
        assert_eq!(tokens(&"/*\n".repeat(200_000)), []);
        assert!(begun.elapsed().as_secs() < 20, "each is read to the end of the file");
    }

    #[test]
    fn a_text_that_is_not_closed_ends_with_its_line() {
        let found = tokens("name: \"Select a title,\nstage: \"choose\",");
        assert_eq!(found[2], (Tok::OpenText, "\"Select a title,"));
        assert_eq!(found[5], (Tok::Text, "\"choose\""));
        let found = tokens("a: \"one\ntwo\", b: 1");
        assert_eq!(found[2], (Tok::Text, "\"one\ntwo\""));
    }
}
