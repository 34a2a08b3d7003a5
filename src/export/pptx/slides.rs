//! Slides with their notes and tags, written into a package that has their layouts.
//!
//! Not here: which slides there are (see [`crate::export::deck`]), and where they stand among
//! others (see [`super::presentation`]).

use crate::export::deck::{Deck, Frame, Piece, Slide, SlideLayout};
use crate::export::{ExportError, Progress};
use crate::geom::{Rect, rect};
use crate::scene::{Ink, Theme};
use crate::text::Text;

use super::layouts::{Holder, LayoutRef, Layouts};
use super::opc::{Package, Rels, kind};
use super::pen::{Alt, Box2, Pen, Scale, put};
use super::place::Place;
use super::shapes::{View, view};
use super::tags::{self, Tags};
use super::text::{Plain, plain};
use super::{PptxOptions, notes, table};

/// The content type of slides.
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml";

/// What all parts of slides declare.
pub(super) const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

pub(super) const PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The root of a tree of shapes, which has no place of its own.
pub(super) const TREE: &str = "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/>\
    <p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
    <a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

/// Writes a deck's slides to their places: the slides' parts, notes and tags with what relates
/// them. The presentation's list of slides is left to the caller.
///
/// # Errors
/// [`ExportError::Cancelled`], and [`ExportError::Presentation`] where the package is damaged.
#[expect(clippy::too_many_arguments, reason = "the one place where all of it meets")]
pub(super) fn write(
    package: &mut Package,
    layouts: &Layouts,
    deck: &Deck,
    places: &[Place],
    theme: &Theme,
    text: &Text,
    options: &PptxOptions,
    progress: &Progress,
) -> Result<(), ExportError> {
    let all = deck.slides.len().max(1);
    for (i, (slide, place)) in deck.slides.iter().zip(places).enumerate() {
        // Composing was the first third.
        progress.step(all + 2 * i, 3 * all)?;
        let layout = match slide.layout {
            SlideLayout::Cover => &layouts.cover,
            SlideLayout::TitleOnly => &layouts.title_only,
        };
        let mut rels = Rels::new(&place.slide);
        rels.add(kind::LAYOUT, &layout.part);
        let tags = rels.add(kind::TAGS, &place.tags);
        let it = Tags { map: deck.title.clone(), key: slide.key.clone() };
        package.add(&place.tags, tags::CONTENT_TYPE, it.to_xml());
        if slide.notes.iter().any(|it| !it.trim().is_empty()) {
            rels.add(kind::NOTES, &place.notes);
            package.add(&place.notes, notes::CONTENT_TYPE, notes::xml(slide, theme, text));
            let mut of_notes = Rels::new(&place.notes);
            of_notes.add(kind::NOTES_MASTER, &layouts.notes_master);
            of_notes.add(kind::SLIDE, &place.slide);
            package.set_rels(&of_notes);
        } else {
            package.remove(&place.notes);
        }
        let whole = rect(0.0, 0.0, deck.frame.width, deck.frame.height);
        let pen = Pen::new(theme, text, options.exact_lines, whole);
        package.add(&place.slide, CONTENT_TYPE, xml(pen, slide, &deck.frame, layout, &tags));
        package.set_rels(&rels);
    }
    Ok(())
}

/// A slide's part.
fn xml(mut pen: Pen<'_>, slide: &Slide, frame: &Frame, layout: &LayoutRef, tags: &str) -> String {
    pen.out.reserve(guess(slide));
    pen.push(PROLOGUE);
    put!(pen, "<p:sld {NAMESPACES}>");
    pen.push(TREE);
    let title = slide.title.trim();
    // A slide without a title cannot be found in lists of slides.
    let title = if title.is_empty() { "Untitled" } else { title };
    let own = match slide.layout {
        SlideLayout::Cover => frame.cover_title(),
        SlideLayout::TitleOnly => frame.title,
    };
    holder(&mut pen, "Title", layout.title.as_ref(), own, "title");
    plain(&mut pen, Plain { text: &one_line(title), ..Plain::default() });
    pen.push("</p:txBody></p:sp>");
    if let (SlideLayout::Cover, Some(subtitle)) = (slide.layout, &slide.subtitle) {
        subtitle_of(&mut pen, subtitle, frame, layout);
    }
    for piece in &slide.pieces {
        match piece {
            Piece::View { scene, at, scale, detail, alt } => {
                let scale = Scale { at: *at, by: *scale };
                view(&mut pen, &View { scene, scale, detail: *detail, alt });
            }
            Piece::Table(it) => table::table(&mut pen, it),
            Piece::Text { room, paragraphs, name } => {
                text_box(&mut pen, name, *room);
                for it in paragraphs {
                    plain(&mut pen, table::paragraph(it, false));
                }
                pen.push("</p:txBody></p:sp>");
            }
        }
    }
    put!(
        pen,
        "</p:spTree><p:custDataLst><p:tags r:id=\"{tags}\"/></p:custDataLst></p:cSld>\
         <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    );
    pen.out
}

/// About how long a slide's XML comes to be.
fn guess(slide: &Slide) -> usize {
    let items = slide.pieces.iter().map(|piece| match piece {
        Piece::View { scene, .. } => scene.items.len(),
        Piece::Table(table) => 4 * table.rows.len(),
        Piece::Text { .. } => 1,
    });
    4_096 + 3_000 * items.sum::<usize>()
}

/// A title as slides list it.
fn one_line(title: &str) -> String {
    title.split(char::is_whitespace).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Opens a placeholder's shape up to its paragraphs; where the layout has none, the slide brings a
/// place of its own.
fn holder(pen: &mut Pen<'_>, name: &str, holder: Option<&Holder>, own: Rect, kind: &str) {
    let id = pen.id();
    put!(
        pen,
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>\
         </p:cNvSpPr><p:nvPr><p:ph type=\"{}\"",
        holder.map_or(kind, |it| &it.kind)
    );
    match holder {
        Some(holder) if holder.idx > 0 => put!(pen, " idx=\"{}\"", holder.idx),
        _ => {}
    }
    pen.push("/></p:nvPr></p:nvSpPr><p:spPr>");
    if holder.is_none() {
        pen.place(Box2::of(own));
    }
    pen.push("</p:spPr><p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>");
}

/// A cover's subtitle: its first line as large as the layout says, the others smaller.
fn subtitle_of(pen: &mut Pen<'_>, subtitle: &str, frame: &Frame, layout: &LayoutRef) {
    match &layout.subtitle {
        Some(it) => holder(pen, "Subtitle", Some(it), it.room, "subTitle"),
        None => text_box(pen, "Subtitle", frame.cover_subtitle()),
    }
    for (i, line) in subtitle.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        let size = match (i, &layout.subtitle) {
            (0, Some(_)) => None,
            (0, None) => Some(frame.cover_size() / 2.0),
            _ => Some(frame.cover_detail_size()),
        };
        let ink = (i > 0 || layout.subtitle.is_none()).then_some(Ink::Muted);
        plain(pen, Plain { text: line, size, ink, ..Plain::default() });
    }
    pen.push("</p:txBody></p:sp>");
}

/// Opens a box of text up to its paragraphs.
fn text_box(pen: &mut Pen<'_>, name: &str, room: Rect) {
    let id = pen.id();
    pen.push("<p:sp><p:nvSpPr>");
    pen.named(id, name, Alt::Said(name));
    pen.push("<p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>");
    pen.place(Box2::of(room));
    pen.push(
        "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>\
         <a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\"><a:normAutofit/>\
         </a:bodyPr><a:lstStyle/>",
    );
}
