//! What an empty map looks like: the journey that is not there yet, and how to begin.

use crate::geom::{Path, pt, rect};
use crate::layout::sizes;
use crate::model::Doc;
use crate::text::Text;

use super::draw::{Draft, set};
use super::{Align, Detail, Icon, Ink, Item, Layer, Shape, Stroke};

/// Three pale stages with the outlines of cards, a title and a hint below.
pub(super) fn draw(doc: &Doc, text: &mut Text, out: &mut Vec<Item>) {
    let (column, space, text_sizes) = (&sizes().column, &sizes().space, &sizes().text);
    let card_height = 2.0 * text_sizes.card.line + 2.0 * sizes().card.pad_y;
    let stage = column.min_width + 2.0 * column.pad;
    let height = space.xxl + space.xl + card_height + space.m;
    let width = 3.0 * stage + 2.0 * column.stage_gap;
    let radius = sizes().radius.column;
    for i in 0..3u8 {
        let x = f32::from(i) * (stage + column.stage_gap);
        let mut draft = Draft::default();
        let ground = rect(x, 0.0, stage, height);
        let fill = Some(Ink::StageFill(i));
        draft.push(Detail::ALL, Shape::Rect { rect: ground, radius, fill, stroke: None });
        let bar =
            rect(x + space.m, space.m + space.xs, stage * (0.45 - 0.06 * f32::from(i)), space.s);
        let (bar_radius, fill) = (space.xs, Some(Ink::GridLine));
        draft.push(Detail::ALL, Shape::Rect { rect: bar, radius: bar_radius, fill, stroke: None });
        let card = rect(x + column.pad, space.xxl + space.m, column.min_width, card_height);
        let stroke = Some(Stroke::dashed(
            sizes().stroke.thin,
            if i == 0 { Ink::Truth } else { Ink::Faint },
            sizes().stroke.dash,
            sizes().stroke.dash_gap,
        ));
        let fill = (i == 0).then_some(Ink::Card);
        let shape = Shape::Rect { rect: card, radius: sizes().radius.card, fill, stroke };
        draft.push(Detail::ALL, shape);
        if i == 0 {
            let size = sizes().card.icon;
            let (cx, cy) = (card.center().x, card.center().y);
            let icon = rect(cx - size / 2.0, cy - size / 2.0, size, size);
            draft.push(Detail::NEAR, Shape::Icon { rect: icon, icon: Icon::Plus, ink: Ink::Truth });
        } else {
            let clear = sizes().link.clear;
            let (y, gap) = (card.center().y, column.pad * 2.0 + column.stage_gap);
            let (from, to) = (card.min.x - gap + clear, card.min.x - clear);
            let head = sizes().link.head;
            let stroke = Some(Stroke::solid(sizes().stroke.medium, Ink::GridLine));
            for points in [
                vec![pt(from, y), pt(to, y)],
                vec![pt(to - head, y - head), pt(to, y), pt(to - head, y + head)],
            ] {
                let path = Path::polyline(&points);
                draft.push(Detail::ALL, Shape::Path { path, fill: None, stroke });
            }
        }
        out.push(draft.item(Layer::Ground, None, None, String::new()));
    }
    let title = match doc.head().title.trim() {
        "" => "A new journey",
        title => title,
    };
    let block = set(text, title, text_sizes.title.bold(), width, 2);
    let hint = set(text, "Press Enter to add the first step", text_sizes.card.regular(), width, 2);
    let mut draft = Draft::default();
    let mut y = height + space.xl;
    for (block, ink, gap) in [(block, Ink::Text, space.xs), (hint, Ink::Muted, 0.0)] {
        let (at, align) = (pt(0.0, y), Align::Center);
        y += block.height + gap;
        draft.push(Detail::ALL, Shape::Text { at, width, block, ink, align });
    }
    let name = format!("{title}. Empty map. Press Enter to add the first step.");
    out.push(draft.item(Layer::Cards, None, None, name));
}
