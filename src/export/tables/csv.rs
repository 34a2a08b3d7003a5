//! CSV by RFC 4180: a header line, commas, CRLF, quotes where they are needed.
//!
//! The file begins with a byte order mark: without one Excel reads UTF-8 as the system's old
//! code page and spoils every other script. Spreadsheets take a cell that begins with `= + - @` for
//! a formula whoever wrote it; texts that would be taken so get an apostrophe in front (OWASP, "CSV
//! Injection"). Numbers are written by us and stay numbers, negative ones too.

use super::super::ExportError;
use super::super::say::clean;
use super::sheet::{Sheet, Value};

/// The table as a file's bytes.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, ExportError> {
    let failed = |error: &dyn std::fmt::Display| ExportError::Tables(error.to_string());
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let head = sheet.columns.iter().map(|it| harmless(clean(&it.header)));
    writer.write_record(head).map_err(|it| failed(&it))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(cell)).map_err(|it| failed(&it))?;
    }
    writer.into_inner().map_err(|it| failed(it.error()))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => harmless(clean(text)),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
    }
}

/// The text with an apostrophe in front, where a spreadsheet could take it for a formula.
///
/// White space and apostrophes before the sign do not help, as some programs drop them; with them
/// counted in, taking one apostrophe off gives back exactly the text that there was.
fn harmless(text: String) -> String {
    let lead = |c: char| c == '\'' || c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}');
    let rest = text.trim_start_matches(lead);
    let before = &text[..text.len() - rest.len()];
    // The wide forms are what East Asian input methods type for the same signs.
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if rest.starts_with(signs) || before.contains(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{Column, Form};
    use super::*;

    #[test]
    fn texts_that_look_like_formulas_are_texts() {
        for text in ["=1+1", "+1", "-1", "@A1", " =1", "\t=1", "\nx", "'=1", "＝1", "\u{200b}=1"] {
            assert_eq!(harmless(text.to_owned()), format!("'{text}"), "{text:?}");
        }
        for text in ["", "a=1", "'quoted'", "1-2", "—dash"] {
            assert_eq!(harmless(text.to_owned()), text);
        }
    }

    #[test]
    fn numbers_stay_numbers_and_lines_end_in_crlf() {
        let column = |header: &str| Column { header: header.into(), form: Form::Text, width: 9 };
        let sheet = Sheet {
            name: "T",
            columns: vec![column("a"), column("=b")],
            rows: vec![
                vec![Value::Number(-2.0), Value::Text("-2".into())],
                vec![Value::Empty, Value::Text("x, \"y\"\r\nz".into())],
            ],
        };
        let text = String::from_utf8(write(&sheet).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}a,'=b\r\n-2,'-2\r\n,\"x, \"\"y\"\"\nz\"\r\n");
    }
}
