//! Arrows from step to step: straight ones between neighbours, routed ones above the cards.

use std::sync::Arc;

use crate::geom::{Path, Point, Rect, pt};
use crate::layout::plan::{Next, Plan};
use crate::layout::routes::Routes;
use crate::layout::{Geometry, sizes};
use crate::model::choice::{LaneContent, NextClass};
use crate::model::record::{Link, LinkKind};
use crate::model::{Doc, Id};
use crate::text::{Block, Text};

use super::draw::{Draft, set};
use super::{Detail, Hit, Ink, Item, Layer, Part, Shape, Stroke};

/// The label of each arrow, by [`Plan::nexts`].
pub(super) type Labels = Vec<Option<Arc<Block>>>;

/// Sets the arrows' labels: condition and share.
pub(super) fn labels(doc: &Doc, plan: &Plan, text: &mut Text) -> Labels {
    let style = sizes().text.small.regular();
    plan.nexts
        .iter()
        .map(|next| {
            let words = words(doc, next.link.as_ref()?)?;
            Some(set(text, &words, style, sizes().link.label_width, 1))
        })
        .collect()
}

fn words(doc: &Doc, link: &Id) -> Option<String> {
    let LinkKind::Next { condition, share_pct, .. } = &doc.get_as::<Link>(link)?.kind else {
        return None;
    };
    let condition = condition.as_deref().map(str::trim).filter(|it| !it.is_empty());
    let share = share_pct.map(|it| format!("{} %", (it * 10.0).round() / 10.0));
    let parts: Vec<&str> = condition.into_iter().chain(share.as_deref()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The width of each arrow's label with its pill; 0 where there is none.
pub(super) fn widths(labels: &Labels) -> Vec<f32> {
    let pill = 2.0 * sizes().space.s;
    labels.iter().map(|it| it.as_ref().map_or(0.0, |block| block.width + pill)).collect()
}

/// Draws all arrows.
pub(super) fn draw(
    doc: &Doc,
    plan: &Plan,
    geo: &Geometry,
    routes: &Routes,
    labels: &Labels,
    out: &mut Vec<Item>,
) {
    let Some(row) = plan.rows.iter().position(|row| row.content == LaneContent::Steps) else {
        return;
    };
    let Some(cards) = geo.down.rows[row].tracks.first().copied() else {
        return;
    };
    for next in plan.nexts.iter().filter(|it| it.straight) {
        let from = geo.across.columns[next.from].max;
        let to = geo.across.columns[next.to].min;
        let y = cards.center();
        let mut draft = Draft::default();
        let (start, end) = (pt(from + sizes().link.clear, y), pt(to - sizes().link.clear, y));
        line(&mut draft, next.class, Path::polyline(&[start, end]));
        tip(&mut draft, next.class, end, pt(1.0, 0.0));
        out.push(item(doc, plan, next, draft));
    }
    for route in routes.routes.iter().filter(|it| !plan.nexts[it.next].straight) {
        let next = &plan.nexts[route.next];
        let mut draft = Draft::default();
        line(&mut draft, next.class, route.path(cards.min));
        tip(&mut draft, next.class, pt(route.to_x, cards.min - sizes().space.xxs), pt(0.0, 1.0));
        out.push(item(doc, plan, next, draft));
    }
    // Labels over all lines, so that none is crossed out.
    for route in &routes.routes {
        let (next, label) = (&plan.nexts[route.next], &labels[route.next]);
        let Some(block) = label else {
            continue;
        };
        let Some(pill) = route.label_box(cards.min, block.height + sizes().space.xs) else {
            continue;
        };
        let mut draft = Draft::default();
        if next.straight {
            let ends = [
                pt(route.from_x, pill.max.y),
                pt(route.from_x, cards.center() - sizes().link.clear),
            ];
            let stroke = Some(Stroke::solid(sizes().stroke.hair, ink(next.class)));
            let path = Path::polyline(&ends);
            draft.push(Detail::FULL, Shape::Path { path, fill: None, stroke });
        }
        pill_with(&mut draft, next.class, pill, block);
        let hit = next.link.clone().map(|record| Hit { record, part: Part::Link, other: None });
        out.push(draft.item(Layer::Links, None, hit, String::new()));
    }
}

fn pill_with(draft: &mut Draft, class: NextClass, pill: Rect, block: &Arc<Block>) {
    let radius = pill.height() / 2.0;
    let stroke = Some(Stroke::solid(sizes().stroke.hair, ink(class)));
    draft.push(Detail::FULL, Shape::Rect { rect: pill, radius, fill: Some(Ink::Card), stroke });
    let at = pt(pill.center().x - block.width / 2.0, pill.center().y - block.height / 2.0);
    draft.text(Detail::FULL, at, block.width, block.clone(), ink_of_label(class));
}

fn ink(class: NextClass) -> Ink {
    match class {
        NextClass::Normal | NextClass::Loop | NextClass::Exit => Ink::Link,
        NextClass::Branch => Ink::Branch,
        NextClass::Recovery => Ink::Good,
    }
}

fn ink_of_label(class: NextClass) -> Ink {
    match class {
        NextClass::Normal | NextClass::Loop | NextClass::Exit => Ink::Muted,
        NextClass::Branch => Ink::Branch,
        NextClass::Recovery => Ink::Good,
    }
}

fn line(draft: &mut Draft, class: NextClass, path: Path) {
    let width = sizes().stroke.medium;
    let stroke = match class {
        NextClass::Loop => {
            Stroke::dashed(width, ink(class), sizes().stroke.dash, sizes().stroke.dash_gap)
        }
        _ => Stroke::solid(width, ink(class)),
    };
    draft.push(Detail::ALL, Shape::Path { path, fill: None, stroke: Some(stroke) });
}

/// An open arrow head at `end`, or where the journey ends there, a ring with a dot.
fn tip(draft: &mut Draft, class: NextClass, end: Point, way: Point) {
    let head = sizes().link.head;
    if class == NextClass::Exit {
        let center = pt(end.x - way.x * head, end.y - way.y * head);
        let disc = |r: f32| Rect { min: center, max: center }.grow(r);
        let stroke = Some(Stroke::solid(sizes().stroke.medium, ink(class)));
        let ring = Shape::Rect { rect: disc(head), radius: head, fill: Some(Ink::Card), stroke };
        let r = head * 0.45;
        let dot = Shape::Rect { rect: disc(r), radius: r, fill: Some(ink(class)), stroke: None };
        draft.push(Detail::ALL, ring).push(Detail::ALL, dot);
    } else {
        let stroke = Some(Stroke::solid(sizes().stroke.medium, ink(class)));
        draft.push(Detail::ALL, Shape::Path { path: arrow(end, way), fill: None, stroke });
    }
}

/// An open arrow head whose tip is `end`; `way` is where it points, a unit vector.
pub(super) fn arrow(end: Point, way: Point) -> Path {
    let head = sizes().link.head;
    let back =
        |aside: f32| pt(end.x - way.x * head - way.y * aside, end.y - way.y * head + way.x * aside);
    Path::polyline(&[back(head), end, back(-head)])
}

fn item(doc: &Doc, plan: &Plan, next: &Next, draft: Draft) -> Item {
    let step = |column: usize| plan.columns[column].step.clone();
    let ends = step(next.from).zip(step(next.to)).map(|(from, to)| [from, to]);
    Item { ends, ..line_item(doc, plan, next, draft) }
}

fn line_item(doc: &Doc, plan: &Plan, next: &Next, draft: Draft) -> Item {
    let Some(link) = &next.link else {
        return draft.item(Layer::Links, None, None, String::new());
    };
    let name_at = |column: usize| {
        let step = plan.columns[column].step.as_ref();
        step.map_or("", |id| doc.name_of(id))
    };
    let mut name = format!("Next: {} to {}", name_at(next.from), name_at(next.to));
    if next.class != NextClass::Normal {
        name += &format!(", {}", next.class.label().to_lowercase());
    }
    if let Some(words) = words(doc, link) {
        name += &format!(", {}", words.replace(" · ", ", "));
    }
    let hit = Hit { record: link.clone(), part: Part::Link, other: None };
    draft.item(Layer::Links, None, Some(hit), name)
}
