//! What can be chosen for each format of the export dialog, and the rows that it is chosen in.
//!
//! Not here: the list of formats and the dialog round it.

use egui::{Align, Button, DragValue, Layout, RichText, Role, Ui, WidgetInfo, vec2};

use crate::export::{self, ExportError, Format, Output, Paper, PdfOptions, PngOptions, TableKind};
use crate::layout::sizes;
use crate::scene::Scene;
use crate::ui::Shown;
use crate::ui::theme::{colour, current};
use crate::ui::widget::choice::{drop_down, switch_ui};
use crate::ui::widget::muted;

use super::Exports;
use super::memory::PngChoice;

/// The width of a row's name, in points.
const NAME: f32 = 72.0;

/// What a format is good for.
pub fn about(format: Format) -> &'static str {
    match format {
        Format::Pptx => {
            "Slides whose shapes, connectors, tables and notes can be edited in PowerPoint, \
             Keynote, Google Slides and LibreOffice."
        }
        Format::Pdf => {
            "For reading and printing: sharp at every size, with text that can be searched and \
             bookmarks by stage."
        }
        Format::Svg => "A picture that scales without loss and can be edited in drawing programs.",
        Format::Png => "A picture of pixels, for mails, wikis and documents.",
        Format::Html => {
            "One page for any browser, offline: pan, zoom, search, and traces on a click."
        }
        Format::Xlsx => {
            "A workbook with a sheet for each kind of record, with filters, choices and dates."
        }
        Format::Csv => "The records of one kind as rows, for any program.",
        Format::Markdown => {
            "The map as text to read, with its friction points and what is done about them."
        }
        Format::Mermaid => "A diagram for wikis and repositories that show Mermaid.",
        Format::Dot => "The whole graph with its links, for Graphviz.",
        Format::GraphMl => "The whole graph with its links, for yEd, Gephi and Kumu.",
    }
}

/// Whether a file of the format shows one of the views.
pub fn shows_view(format: Format) -> bool {
    is_picture(format) || format == Format::Mermaid
}

/// Whether a file of the format has colours.
pub fn is_picture(format: Format) -> bool {
    matches!(format, Format::Pdf | Format::Svg | Format::Png | Format::Html)
}

/// The output that is chosen. Slides have a composer of their own.
pub fn output(format: Format, exports: &Exports) -> Option<Output> {
    Some(match format {
        Format::Pptx => return None,
        Format::Pdf => Output::Pdf(PdfOptions {
            paper: exports.paper,
            tiles: exports.tiled.then_some(exports.sheet),
        }),
        Format::Svg => Output::Svg,
        Format::Png => Output::Png(exports.png.options()),
        Format::Html => Output::Html,
        Format::Xlsx => Output::Xlsx,
        Format::Csv => Output::Csv(exports.table),
        Format::Markdown => Output::Markdown,
        Format::Mermaid => Output::Mermaid,
        Format::Dot => Output::Dot,
        Format::GraphMl => Output::GraphMl,
    })
}

/// Draws the choices of a format. Returns whether a file can be made of them.
pub fn choices_ui(
    ui: &mut Ui,
    exports: &mut Exports,
    view: &mut Shown,
    scene: Option<&Scene>,
) -> bool {
    let format = exports.format;
    if shows_view(format) {
        let views = [(Shown::Journey, "Journey"), (Shown::Ecosystem, "Ecosystem")];
        row_ui(ui, "View", |ui| segments_ui(ui, "View", views, view));
    }
    if is_picture(format) {
        let mut as_shown = exports.is_as_shown(format);
        let themes = [(false, "Light, for print"), (true, "As on the screen")];
        row_ui(ui, "Colours", |ui| segments_ui(ui, "Colours", themes, &mut as_shown));
        exports.set_as_shown(format, as_shown);
    }
    match format {
        Format::Pdf => pdf_ui(ui, exports),
        Format::Png => return png_ui(ui, &mut exports.png, scene),
        Format::Csv => row_ui(ui, "Table", |ui| {
            let shown = exports.table.label();
            drop_down(ui, ui.scope_id().with("table"), &format!("Table: {shown}"), shown, |ui| {
                for it in TableKind::ALL {
                    ui.selectable_value(&mut exports.table, it, it.label());
                }
            });
        }),
        _ => {}
    }
    true
}

fn pdf_ui(ui: &mut Ui, exports: &mut Exports) {
    row_ui(ui, "Paper", |ui| papers_ui(ui, "Paper", &Paper::ALL, &mut exports.paper));
    row_ui(ui, "", |ui| {
        switch_ui(ui, "A wall of sheets, to be glued together", &mut exports.tiled);
    });
    if exports.tiled {
        row_ui(ui, "Sheets", |ui| papers_ui(ui, "Sheets", &Paper::SHEETS, &mut exports.sheet));
        said_ui(ui, "The sheets overlap and have cut marks; the poster is as large as the paper.");
    }
}

fn papers_ui(ui: &mut Ui, name: &str, papers: &[Paper], chosen: &mut Paper) {
    let shown = chosen.label();
    drop_down(ui, ui.scope_id().with(name), &format!("{name}: {shown}"), shown, |ui| {
        for paper in papers {
            ui.selectable_value(chosen, *paper, paper.label());
        }
    });
}

/// The size of a PNG and its ground. Returns whether such a picture can be made.
fn png_ui(ui: &mut Ui, png: &mut PngChoice, scene: Option<&Scene>) -> bool {
    row_ui(ui, "Size", |ui| {
        let ways = [(false, "By scale"), (true, "By width")];
        segments_ui(ui, "Size", ways, &mut png.by_width);
        if png.by_width {
            let most = PngOptions::default().max_px;
            let width = DragValue::new(&mut png.width).range(1..=most).speed(8).suffix(" px");
            ui.add(width).accessible_name("Width in pixels");
        } else {
            let scale = DragValue::new(&mut png.scale).range(PngChoice::SCALES).speed(0.05);
            ui.add(scale.max_decimals(2).suffix(" ×")).accessible_name("Scale");
        }
    });
    row_ui(ui, "", |ui| {
        switch_ui(ui, "Transparent ground", &mut png.transparent);
    });
    let Some(scene) = scene else {
        return true;
    };
    match export::png_size(scene, png.options()) {
        Ok((width, height)) => {
            said_ui(ui, &format!("{} × {} pixels", grouped(width.into()), grouped(height.into())));
            true
        }
        Err(ExportError::TooLarge { width, height, max_px, fits }) => {
            let said = format!(
                "{} × {} pixels are too many: a side has {} at most. Choose a scale of {fits} or \
                 less.",
                grouped(width),
                grouped(height),
                grouped(max_px.into()),
            );
            let ink = colour(current(ui).chrome.danger);
            row_ui(ui, "", |ui| {
                ui.add(egui::Label::new(RichText::new(said).color(ink)).wrap());
            });
            false
        }
        Err(error) => {
            said_ui(ui, &error.to_string());
            false
        }
    }
}

/// What comes of a choice.
fn said_ui(ui: &mut Ui, said: &str) {
    let text = muted(said, current(ui));
    row_ui(ui, "", |ui| drop(ui.add(egui::Label::new(text).wrap())));
}

/// A number as people read it: `16,384`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A row: its name, and what is chosen in it.
pub fn row_ui(ui: &mut Ui, name: &str, body: impl FnOnce(&mut Ui)) {
    let theme = current(ui);
    ui.horizontal(|ui| {
        let high = ui.spacing().interact_size.y;
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(NAME, high), layout, |ui| {
            ui.set_min_width(NAME);
            ui.label(muted(name, theme));
        });
        body(ui);
    });
}

/// One of a few, side by side.
pub fn segments_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    choices: impl IntoIterator<Item = (T, &'static str)>,
    chosen: &mut T,
) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = sizes().space.xxs;
        for (value, text) in choices {
            let on = *chosen == value;
            let button = ui.add(Button::selectable(on, text));
            let spoken = format!("{name}: {text}");
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &spoken));
            if button.clicked() {
                *chosen = value;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_but_slides_has_an_output_of_its_own() {
        let exports = Exports::default();
        for format in Format::ALL {
            assert!(!about(format).is_empty());
            let output = output(format, &exports);
            assert_eq!(output.is_none(), format == Format::Pptx, "{format:?}");
            if let Some(output) = output {
                assert_eq!(super::super::Plan::sample(output).format(), format);
            }
        }
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, said) in [(0, "0"), (999, "999"), (1_240, "1,240"), (16_777_216, "16,777,216")]
        {
            assert_eq!(grouped(number), said);
        }
    }
}
