//! Notes pages: what the speaker says to a slide (ECMA-376 part 1, 19.3.1.26 `notes`).

use crate::export::deck::Slide;
use crate::geom::Rect;
use crate::scene::Theme;
use crate::text::Text;

use super::pen::{Pen, put};
use super::slides::{NAMESPACES, PROLOGUE, TREE};
use super::text::{Plain, plain};

pub(super) const CONTENT_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.notesSlide+xml";

/// The part: a picture of the slide, and below it the notes.
pub(super) fn xml(slide: &Slide, theme: &Theme, text: &Text) -> String {
    let mut pen = Pen::new(theme, text, false, Rect::default());
    pen.push(PROLOGUE);
    put!(pen, "<p:notes {NAMESPACES}>");
    pen.push(TREE);
    pen.push(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide Image\"/><p:cNvSpPr>\
         <a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>\
         <p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>\
         </p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/>\
         <p:txBody><a:bodyPr/><a:lstStyle/>",
    );
    for text in slide.notes.iter().filter(|it| !it.trim().is_empty()) {
        plain(&mut pen, Plain { text, ..Plain::default() });
    }
    pen.push(
        "</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>\
         </p:notes>",
    );
    pen.out
}
