//! Markdown of texts that mean nothing but themselves (CommonMark 0.31, with GitHub's tables).
//!
//! Not here: what a report says (see [`super::report`]).

use super::super::say;

/// A text on one line, for headings, list items and cells: nothing in it is markup.
///
/// What means something anywhere in a line gets a backslash in front (CommonMark 2.4), and so does
/// what would begin a list, a heading, a quotation or a rule at the start of one.
pub(super) fn inline(text: &str) -> String {
    let line = say::line(text);
    let mut out = String::with_capacity(line.len() + 8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let marked = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '$' => true,
            '&' => next.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()),
            '#' | '-' | '+' | '=' | '>' | ':' => at == 0,
            '.' | ')' => digits > 0 && at == digits,
            _ => false,
        };
        if marked {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text of several lines as a quotation; every line of it is a line there.
pub(super) fn quoted(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let lines: Vec<String> =
        say::clean(text).lines().map(inline).filter(|line| !line.is_empty()).collect();
    for (at, line) in lines.iter().enumerate() {
        // A backslash at the end is a line break (CommonMark 6.7).
        let end = if at + 1 < lines.len() { "\\" } else { "" };
        out += &format!("{indent}> {line}{end}\n");
    }
    out
}

/// A table row of cells that are escaped already.
pub(super) fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// A table's head, with the columns of numbers to the right.
pub(super) fn head(cells: &[(&str, bool)]) -> String {
    let names: Vec<String> = cells.iter().map(|(name, _)| (*name).to_owned()).collect();
    let rules: Vec<String> =
        cells.iter().map(|(_, right)| if *right { "---:" } else { "---" }.to_owned()).collect();
    row(&names) + &row(&rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        for (text, shown) in [
            ("# x\n- y", "\\# x - y"),
            ("1. [a](b) | *c*", "1\\. \\[a\\](b) \\| \\*c\\*"),
            ("R&D &amp; <b>", "R\\&D \\&amp; \\<b>"),
            ("- 5 %", "\\- 5 %"),
            ("plain, (text)! 2.5", "plain, (text)! 2.5"),
        ] {
            assert_eq!(inline(text), shown);
        }
        assert_eq!(quoted("a\r\n\r\n> b", "  "), "  > a\\\n  > \\> b\n");
    }
}
