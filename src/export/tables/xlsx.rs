//! XLSX: a sheet a table, with what makes a sheet of use: a frozen header, filters, widths, drop-down
//! lists, real dates and numbers.
//!
//! The library writes the zip; every entry is dated 1980-01-01 and the document's date is fixed, so
//! that the same map gives the same bytes. Not here: what stands in the cells.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, Format,
    FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::model::Doc;
use crate::scene::{Rgba, Theme};

use super::super::say::{clean, line};
use super::super::{ExportError, Progress};
use super::sheet::{Column, Form, Sheet, Value};

/// The most that a cell may hold, in UTF-16 units (Excel specifications and limits).
const MOST_TEXT: usize = 32_767;
/// Stands at the end of a text that was longer.
const CUT: &str = " … (cut: a cell holds no more)";
/// Rows beneath the table in which lists are offered too, for those who go on writing there.
const SPARE_ROWS: usize = 500;
/// The height of a line of the usual font (Calibri 11), in points.
const LINE: f64 = 15.0;
/// The most lines that a row shows: a long text does not push all else off the screen.
const MOST_LINES: u8 = 12;
/// The most rows of a sheet (ECMA-376 has no limit; Excel's is 2²⁰), the header among them.
const MOST_ROWS: usize = 1 << 20;

/// All sheets as a file's bytes. Counts the last two thirds of the progress.
pub(super) fn write(
    doc: &Doc,
    sheets: &[Sheet],
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(doc).map_err(failed)?);
    let looks = Looks::new();
    let title = line(&doc.head().title);
    for (at, sheet) in sheets.iter().enumerate() {
        progress.step(sheets.len() + at, 3 * sheets.len())?;
        if sheet.rows.len() >= MOST_ROWS {
            let why = format!("{} has more rows than a sheet may have", sheet.name);
            return Err(ExportError::Tables(why));
        }
        let target = book.add_worksheet();
        fill(target, sheet, &title, &looks, progress)?;
    }
    progress.step(5, 6)?;
    book.save_to_buffer().map_err(failed)
}

fn failed(error: XlsxError) -> ExportError {
    ExportError::Tables(error.to_string())
}

/// What the file says of itself: nothing of when and by whom it was written.
fn properties(doc: &Doc) -> Result<DocProperties, XlsxError> {
    let head = doc.head();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(1980, 1, 1)?;
    let short = |text: &str| line(text).chars().take(255).collect::<String>();
    Ok(DocProperties::new()
        .set_title(short(&head.title))
        .set_subject(short(head.scenario.as_deref().unwrap_or("")))
        .set_author(short(head.owner.as_deref().unwrap_or("")))
        .set_comment("Made with Throughline")
        .set_creation_datetime(&date))
}

/// The formats, made once: each is a style of the file.
struct Looks {
    header: Format,
    text: Format,
    number: Format,
    date: Format,
}

impl Looks {
    fn new() -> Self {
        let chrome = &Theme::light().chrome;
        let colour = |Rgba([r, g, b, _]): Rgba| {
            Color::RGB(u32::from(r) << 16 | u32::from(g) << 8 | u32::from(b))
        };
        let body = Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_font_color(colour(chrome.text_strong))
                .set_background_color(colour(chrome.accent_soft))
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(colour(chrome.accent)),
            text: body.clone().set_text_wrap(),
            number: body.clone().set_num_format("0.##########"),
            date: body.set_num_format("yyyy-mm-dd"),
        }
    }
}

fn fill(
    target: &mut Worksheet,
    sheet: &Sheet,
    title: &str,
    looks: &Looks,
    progress: &Progress,
) -> Result<(), ExportError> {
    frame(target, sheet, title, looks).map_err(failed)?;
    for (at, row) in sheet.rows.iter().enumerate() {
        if at % 1_000 == 0 && progress.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        let lines = lines_of(row, &sheet.columns);
        if lines > 1 {
            let height = f64::from(lines.min(MOST_LINES)) * LINE;
            target.set_row_height(row_number(at + 1), height).map_err(failed)?;
        }
        for (column, value) in row.iter().enumerate() {
            cell(target, (row_number(at + 1), column_number(column)), value, looks)
                .map_err(failed)?;
        }
    }
    Ok(())
}

/// All of a sheet but its rows.
fn frame(
    target: &mut Worksheet,
    sheet: &Sheet,
    title: &str,
    looks: &Looks,
) -> Result<(), XlsxError> {
    target.set_name(sheet.name)?;
    for (at, column) in sheet.columns.iter().enumerate() {
        let at = column_number(at);
        target.set_column_width(at, f64::from(column.width))?;
        target.write_string_with_format(0, at, fitted(&column.header), &looks.header)?;
        if let Some(rule) = rule(column)? {
            let below = row_number(sheet.rows.len() + SPARE_ROWS);
            target.add_data_validation(1, at, below, at, &rule)?;
        }
    }
    let last = column_number(sheet.columns.len().saturating_sub(1));
    target.set_freeze_panes(1, 1)?;
    target.autofilter(0, 0, row_number(sheet.rows.len()), last)?;
    target.set_row_height(0, 2.0 * LINE)?;
    target.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?.set_repeat_columns(0, 0)?;
    // In a header & begins a code; the limit is 255 characters with the codes.
    let title: String = title.chars().take(80).collect();
    target.set_header(format!("&L{}&R&A", title.replace('&', "&&")));
    target.set_footer("&R&P / &N");
    Ok(())
}

fn cell(
    target: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {}
        Value::Text(text) => {
            target.write_string_with_format(row, column, fitted(text), &looks.text)?;
        }
        Value::Number(number) => {
            let format = if number.fract() == 0.0 { &looks.text } else { &looks.number };
            target.write_number_with_format(row, column, *number, format)?;
        }
        // The calendar of spreadsheets begins with 1900, whose February they count wrong.
        Value::Date(date) if date.year() > 1900 => {
            target.write_date_with_format(row, column, date, &looks.date)?;
        }
        Value::Date(date) => {
            target.write_string_with_format(row, column, date.to_string(), &looks.text)?;
        }
    }
    Ok(())
}

/// How many lines a row needs. Programs differ in whether they look themselves; where nobody says,
/// some show the first line alone.
fn lines_of(row: &[Value], columns: &[Column]) -> u8 {
    let of_text = |text: &str, width: u8| -> usize {
        let width = usize::from(width.max(1));
        text.lines()
            .take(usize::from(MOST_LINES))
            .map(|it| it.chars().take(2_000).count() / width + 1)
            .sum()
    };
    let lines = row.iter().zip(columns).map(|(value, column)| match value {
        Value::Text(text) => of_text(text, column.width),
        Value::Empty | Value::Number(_) | Value::Date(_) => 1,
    });
    u8::try_from(lines.max().unwrap_or(1)).unwrap_or(u8::MAX)
}

/// What Excel lets people write into a column, and offers them.
fn rule(column: &Column) -> Result<Option<DataValidation>, XlsxError> {
    let rule = DataValidation::new();
    let (rule, why) = match &column.form {
        Form::Text | Form::Number | Form::Date => return Ok(None),
        Form::Choice(labels) => {
            (rule.allow_list_strings(labels)?, "Choose one of the list.".into())
        }
        Form::Scale(low, high) => (
            rule.allow_whole_number(DataValidationRule::Between(*low, *high)),
            format!("A whole number from {low} to {high}."),
        ),
        Form::Range(low, high) => (
            rule.allow_decimal_number(DataValidationRule::Between(*low, *high)),
            format!("A number from {low} to {high}."),
        ),
    };
    let rule = rule.set_error_title("Not possible here")?.set_error_message(why)?;
    Ok(Some(rule.set_error_style(DataValidationErrorStyle::Stop)))
}

/// A clean text, cut where it is longer than a cell may hold.
fn fitted(text: &str) -> String {
    let text = clean(text);
    if text.len() <= MOST_TEXT || text.encode_utf16().count() <= MOST_TEXT {
        return text;
    }
    let room = MOST_TEXT - CUT.encode_utf16().count();
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > room
    });
    format!("{}{CUT}", &text[..end.map_or(text.len(), |(at, _)| at)])
}

/// Rows are counted before: there is room.
fn row_number(row: usize) -> u32 {
    u32::try_from(row.min(MOST_ROWS - 1)).unwrap_or(u32::MAX)
}

/// Tables have less than two hundred columns, whatever the map.
fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_no_more_than_it_may() {
        let long = "😀".repeat(40_000);
        let cell = fitted(&long);
        assert!(cell.ends_with(CUT));
        let units = cell.encode_utf16().count();
        assert!(units <= MOST_TEXT && units > MOST_TEXT - 3, "{units}");
        assert_eq!(fitted("=1+1\0"), "=1+1");
    }
}
