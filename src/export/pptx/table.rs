//! Tables as real tables: a header row, lines between rows, cells in the colour of a severity
//! (ECMA-376 part 1, 21.1.3).

use crate::export::deck::{BULLET_INDENT, CELL_PAD_X, CELL_PAD_Y, Cell, Paragraph, Table};
use crate::scene::{Ink, Stroke};

use super::pen::{Alt, Box2, Pen, emu, put};
use super::text::{Plain, plain};

/// The style without lines and fills that every PowerPoint knows: ours are in the cells.
const STYLE: &str = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}";

/// The width of lines between rows, in points.
const RULE: f32 = 0.75;

/// A deck's paragraph. `fixed`: it stands on a colour that is the same in every theme.
pub(super) fn paragraph(it: &Paragraph, fixed: bool) -> Plain<'_> {
    let ink = if it.muted { Ink::Muted } else { Ink::Text };
    let bullet = if it.bullet { BULLET_INDENT } else { 0.0 };
    Plain { text: &it.text, size: Some(it.size), bold: it.bold, ink: Some(ink), fixed, bullet }
}

/// Writes a table.
pub(super) fn table(pen: &mut Pen<'_>, table: &Table) {
    if table.rows.is_empty() || table.widths.is_empty() {
        return;
    }
    let id = pen.id();
    pen.push("<p:graphicFrame><p:nvGraphicFramePr>");
    pen.named(id, &table.name, Alt::Said(&table.name));
    pen.push(
        "<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/>\
         </p:nvGraphicFramePr><p:xfrm>",
    );
    let Box2 { x, y, w, .. } = Box2::of(table.room);
    let h: i64 = table.rows.iter().map(|row| emu(row.height).max(0)).sum();
    put!(
        pen,
        "<a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></p:xfrm><a:graphic>\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl>\
         <a:tblPr firstRow=\"1\"><a:tableStyleId>{STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>"
    );
    for width in &table.widths {
        put!(pen, "<a:gridCol w=\"{}\"/>", emu(*width).max(0));
    }
    pen.push("</a:tblGrid>");
    let empty = Cell::default();
    for (i, row) in table.rows.iter().enumerate() {
        put!(pen, "<a:tr h=\"{}\">", emu(row.height).max(0));
        // Every row has as many cells as there are columns.
        for column in 0..table.widths.len() {
            cell(pen, row.cells.get(column).unwrap_or(&empty), i == 0);
        }
        pen.push("</a:tr>");
    }
    pen.push("</a:tbl></a:graphicData></a:graphic></p:graphicFrame>");
}

fn cell(pen: &mut Pen<'_>, cell: &Cell, head: bool) {
    pen.push("<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>");
    for it in &cell.paragraphs {
        plain(pen, paragraph(it, cell.severity.is_some()));
    }
    if cell.paragraphs.is_empty() {
        pen.push("<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>");
    }
    let [x, y] = [CELL_PAD_X, CELL_PAD_Y].map(emu);
    put!(pen, "</a:txBody><a:tcPr marL=\"{x}\" marR=\"{x}\" marT=\"{y}\" marB=\"{y}\">");
    for side in ["lnL", "lnR", "lnT"] {
        put!(pen, "<a:{side} w=\"0\"><a:noFill/></a:{side}>");
    }
    let line = match head {
        true => Stroke::solid(2.0 * RULE, Ink::Faint),
        false => Stroke::solid(RULE, Ink::GridLine),
    };
    put!(pen, "<a:lnB w=\"{}\">", emu(line.width));
    pen.fill(Some(line.ink));
    pen.push("</a:lnB>");
    pen.fill(cell.severity.map(Ink::SeverityFill));
    pen.push("</a:tcPr></a:tc>");
}
