//! A slide as a scene, in points: for the composer's previews, and for looking at slides without
//! any program that opens them.
//!
//! It shows where everything stands; what a company's template adds round it is not here.

use std::sync::Arc;

use crate::geom::{Path, Point, Rect, pt, rect};
use crate::scene::{Align, Detail, Ink, Item, Layer, Scene, Shape, Stroke};
use crate::text::Text;

use super::say::{set, style};
use super::{
    BULLET_INDENT, CELL_PAD_X, CELL_PAD_Y, Frame, Paragraph, Piece, Slide, SlideLayout, Table,
};

/// The width of lines between rows, in points.
const RULE: f32 = 0.75;

impl Slide {
    /// The whole slide: title, subtitle and all pieces, with the slide's edge as the bounds.
    pub fn preview(&self, frame: &Frame, text: &mut Text) -> Scene {
        let mut painter = Painter { items: Vec::new(), text };
        let whole = rect(0.0, 0.0, frame.width, frame.height);
        painter.shapes(whole, "", vec![fill(whole, Ink::Card)]);
        match self.layout {
            SlideLayout::Cover => painter.cover(self, frame),
            SlideLayout::TitleOnly => {
                let (size, room) = (frame.title_size(), frame.title);
                let block = set(painter.text, &self.title, style(size, true), room.width(), None);
                // In the middle of its room, as title placeholders have it by default.
                let at = pt(room.min.x, room.center().y - block.height / 2.0);
                let shape = text_shape(at, room.width(), block, Ink::Text);
                painter.shapes(room, &self.title, vec![shape]);
            }
        }
        for piece in &self.pieces {
            match piece {
                Piece::View { scene, at, scale, detail, .. } => {
                    painter.items.extend(scene.placed(*at, *scale, *detail));
                }
                Piece::Table(table) => painter.table(table),
                Piece::Text { room, paragraphs, name } => {
                    let mut shapes = Vec::new();
                    painter.paragraphs(paragraphs, *room, &mut shapes);
                    painter.shapes(*room, name, shapes);
                }
            }
        }
        Scene::of_items(painter.items, whole)
    }
}

fn fill(rect: Rect, ink: Ink) -> Shape {
    Shape::Rect { rect, radius: 0.0, fill: Some(ink), stroke: None }
}

fn text_shape(at: Point, width: f32, block: Arc<crate::text::Block>, ink: Ink) -> Shape {
    Shape::Text { at, width, block, ink, align: Align::Start }
}

struct Painter<'a> {
    items: Vec<Item>,
    text: &'a mut Text,
}

impl Painter<'_> {
    /// An item of shapes that are given in the slide's coordinates.
    fn shapes(&mut self, room: Rect, name: &str, shapes: Vec<Shape>) {
        let back = pt(-room.min.x, -room.min.y);
        let shapes = shapes.iter().map(|shape| (Detail::ALL, shape.moved(back))).collect();
        let (layer, name) = (Layer::Lines, name.into());
        self.items.push(Item { rect: room, layer, hit: None, name, shapes, ends: None });
    }

    fn cover(&mut self, slide: &Slide, frame: &Frame) {
        let (size, room) = (frame.cover_size(), frame.cover_title());
        let lines = (room.height() / (size * super::LINE)).floor().max(1.0) as usize;
        let block = set(self.text, &slide.title, style(size, true), room.width(), Some(lines));
        let at = pt(room.min.x, room.max.y - block.height);
        let shape = text_shape(at, room.width(), block, Ink::Text);
        self.shapes(room, &slide.title, vec![shape]);
        let room = frame.cover_subtitle();
        let lines = slide.subtitle.iter().flat_map(|it| it.lines()).enumerate();
        let paragraphs: Vec<Paragraph> = lines
            .map(|(i, line)| Paragraph {
                text: line.to_owned(),
                size: if i == 0 { size / 2.0 } else { frame.cover_detail_size() },
                muted: i > 0,
                ..Paragraph::default()
            })
            .collect();
        let mut shapes = Vec::new();
        self.paragraphs(&paragraphs, room, &mut shapes);
        let name = slide.subtitle.clone().unwrap_or_default();
        self.shapes(room, &name, shapes);
    }

    /// Paragraphs one below the other.
    fn paragraphs(&mut self, all: &[Paragraph], room: Rect, out: &mut Vec<Shape>) {
        let mut y = room.min.y;
        for it in all {
            let block = it.block(self.text, room.width());
            let height = block.height;
            let indent = if it.bullet { BULLET_INDENT } else { 0.0 };
            let rtl = block.lines.first().is_some_and(|line| line.rtl);
            if it.bullet {
                let x = if rtl { room.max.x - indent / 2.0 } else { room.min.x + indent / 3.0 };
                let side = it.size / 3.5;
                let middle = y + block.style.line_height / 2.0;
                let dot = rect(x - side / 2.0, middle - side / 2.0, side, side);
                let (fill, stroke) = (Some(Ink::Muted), None);
                out.push(Shape::Rect { rect: dot, radius: side / 2.0, fill, stroke });
            }
            let x = if rtl { room.min.x } else { room.min.x + indent };
            let ink = if it.muted { Ink::Muted } else { Ink::Text };
            out.push(text_shape(pt(x, y), room.width() - indent, block, ink));
            y += height;
        }
    }

    fn table(&mut self, table: &Table) {
        let mut y = table.room.min.y;
        for (i, row) in table.rows.iter().enumerate() {
            let mut x = table.room.min.x;
            let whole = rect(x, y, table.room.width(), row.height);
            let mut shapes = Vec::new();
            let mut said: Vec<&str> = Vec::new();
            for (cell, width) in row.cells.iter().zip(&table.widths) {
                let at = rect(x, y, *width, row.height);
                if let Some(severity) = cell.severity {
                    shapes.push(fill(at, Ink::SeverityFill(severity)));
                }
                let inside = Rect {
                    min: pt(at.min.x + CELL_PAD_X, at.min.y + CELL_PAD_Y),
                    max: pt(at.max.x - CELL_PAD_X, at.max.y - CELL_PAD_Y),
                };
                self.paragraphs(&cell.paragraphs, inside, &mut shapes);
                said.extend(cell.paragraphs.iter().map(|it| &*it.text));
                x += width;
            }
            let line = Path::polyline(&[pt(whole.min.x, whole.max.y), whole.max]);
            let (width, ink) =
                if i == 0 { (2.0 * RULE, Ink::Faint) } else { (RULE, Ink::GridLine) };
            let stroke = Some(Stroke::solid(width, ink));
            shapes.push(Shape::Path { path: line, fill: None, stroke });
            self.shapes(whole, &said.join(", "), shapes);
            y += row.height;
        }
    }
}
