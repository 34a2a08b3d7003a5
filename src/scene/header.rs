//! The head of the journey: title, scenario, segments, headline scores; stages and their headers.

use crate::geom::{Path, Point, Rect, pt};
use crate::layout::plan::Plan;
use crate::layout::{Across, Geometry, Span, sizes};
use crate::model::record::{Stage, Step};
use crate::model::{Doc, Id};
use crate::text::Text;

use super::cards::tint;
use super::draw::{Draft, SegmentLook, enlarged, set};
use super::{
    Align, Detail, Heading, Hit, Ink, Item, JourneyOptions, Layer, Part, Shape, Stroke, marks,
    scores,
};

/// Title, scenario, legend and headline scores from the origin on; returns the block's height.
pub(super) fn title(
    doc: &Doc,
    plan: &Plan,
    segments: &[SegmentLook],
    options: &JourneyOptions,
    across: &Across,
    text: &mut Text,
    out: &mut Vec<Item>,
) -> f32 {
    let width = match options.width {
        Some(_) => across.right,
        None => across.right.max(sizes().column.head_width),
    };
    let mut flow = match options.heading {
        Heading::Whole => heading(doc, width, text, out),
        Heading::Legend => Flow { x: 0.0, y: 0.0, above: 0.0, width, used: false },
        Heading::Nothing => return 0.0,
    };
    for segment in segments {
        out.push(legend(segment, &mut flow, text));
    }
    if options.heading == Heading::Legend {
        out.extend(expectation(doc, plan, segments, &mut flow, text));
        return flow.height();
    }
    for readings in &plan.headline {
        out.extend(headline(doc, readings, options, &mut flow, text));
    }
    flow.height()
}

/// Title and scenario from the origin on; returns where what explains the picture goes on.
pub(super) fn heading(doc: &Doc, width: f32, text: &mut Text, out: &mut Vec<Item>) -> Flow {
    let (sizes, space) = (&sizes().text, &sizes().space);
    let head = doc.head();
    let mut y = 0.0;
    let mut draft = Draft::default();
    let block = set(text, &head.title, sizes.title.bold(), width, 2);
    if !head.title.trim().is_empty() {
        let far = set(text, &head.title, sizes.overview.bold(), width, 1);
        draft.text(Detail::BLOCK, pt(0.0, 0.0), width, far, Ink::Text);
        y += block.height;
        draft.text(Detail::NEAR, pt(0.0, 0.0), width, block, Ink::Text);
    }
    let mut name = head.title.clone();
    if let Some(scenario) = head.scenario.as_ref().filter(|it| !it.trim().is_empty()) {
        let block = set(text, scenario, sizes.body.regular(), width, 2);
        y += if y > 0.0 { space.xxs } else { 0.0 };
        let at = pt(0.0, y);
        y += block.height;
        draft.text(Detail::FULL, at, width, block, Ink::Muted);
        name = format!("{name}. {scenario}");
    }
    if y > 0.0 {
        out.push(draft.item(Layer::Lines, None, None, name));
    }
    Flow { x: 0.0, y: if y > 0.0 { y + space.s } else { 0.0 }, above: y, width, used: false }
}

/// Places things side by side, and on a new line where there is no room left.
pub(super) struct Flow {
    x: f32,
    y: f32,
    /// How high what stands above is.
    above: f32,
    width: f32,
    used: bool,
}

impl Flow {
    /// How high all of it is, with the space below.
    pub fn height(&self) -> f32 {
        let y = if self.used { self.y + sizes().text.small.line } else { self.above };
        if y > 0.0 { y + sizes().space.l } else { 0.0 }
    }

    /// The top left of the next thing, which is that wide.
    pub fn take(&mut self, width: f32) -> Point {
        if self.used && self.x + width > self.width {
            self.x = 0.0;
            self.y += sizes().text.small.line + sizes().space.xs;
        }
        let at = pt(self.x, self.y);
        self.x += width + sizes().space.l;
        self.used = true;
        at
    }
}

pub(super) fn legend(segment: &SegmentLook, flow: &mut Flow, text: &mut Text) -> Item {
    let (size, lead) = (sizes().text.small, sizes().mark.point + sizes().space.s);
    let block = set(text, &segment.name, size.regular(), flow.width / 2.0, 1);
    let at = flow.take(lead + block.width);
    let mut draft = Draft::default();
    let middle = pt(at.x + sizes().mark.point / 2.0 + 1.0, at.y + size.line / 2.0);
    draft.push(Detail::NEAR, marks::point(middle, segment.sign, segment.ink, Ink::Card));
    let width = block.width;
    draft.text(Detail::NEAR, pt(at.x + lead, at.y), width, block, Ink::Text);
    let hit = Hit { record: segment.id.clone(), part: Part::Card, other: None };
    let rect = Rect { min: at, max: at.offset(pt(lead + width, size.line)) };
    draft.item(Layer::Lines, Some(rect), Some(hit), format!("Segment: {}", segment.name))
}

/// What the dashed lines are, where there are some.
fn expectation(
    doc: &Doc,
    plan: &Plan,
    segments: &[SegmentLook],
    flow: &mut Flow,
    text: &mut Text,
) -> Option<Item> {
    let steps = plan.columns.iter().filter_map(|it| doc.get_as::<Step>(it.step.as_ref()?));
    let differs = |it: &Step| {
        segments.iter().any(|look| {
            it.expected.get(&look.id).is_some_and(|value| it.feelings.get(&look.id) != Some(value))
        })
    };
    steps.map(differs).find(|it| *it)?;
    let (size, lead) = (sizes().text.small, sizes().space.xl);
    let block = set(text, "expected", size.regular(), flow.width / 2.0, 1);
    let at = flow.take(lead + sizes().space.s + block.width);
    let y = at.y + size.line / 2.0;
    let mut draft = Draft::default();
    let path = Path::polyline(&[pt(at.x, y), pt(at.x + lead, y)]);
    let (dash, gap) = (sizes().stroke.dash, sizes().stroke.dash_gap);
    let stroke = Some(Stroke::dashed(sizes().stroke.thin, Ink::Muted, dash, gap));
    draft.push(Detail::NEAR, Shape::Path { path, fill: None, stroke });
    let (x, width) = (at.x + lead + sizes().space.s, block.width);
    draft.text(Detail::NEAR, pt(x, at.y), width, block, Ink::Muted);
    Some(draft.item(Layer::Lines, None, None, "Dashed lines: what was expected".to_owned()))
}

fn headline(
    doc: &Doc,
    readings: &[Id],
    options: &JourneyOptions,
    flow: &mut Flow,
    text: &mut Text,
) -> Option<Item> {
    let shown = scores::Shown::of(doc, readings, options.segment.as_ref())?;
    let size = sizes().text.small;
    let title = set(text, &shown.title, size.bold(), flow.width / 2.0, 1);
    let detail = set(text, &shown.detail, size.regular(), flow.width / 2.0, 1);
    let gap = sizes().space.xs;
    let at = flow.take(title.width + gap + detail.width);
    let (a, b) = (title.width, detail.width);
    let mut draft = Draft::default();
    draft.text(Detail::FULL, at, a, title, Ink::Text);
    draft.text(Detail::FULL, pt(at.x + a + gap, at.y), b, detail, Ink::Muted);
    let hit = Hit { record: readings[0].clone(), part: Part::Card, other: None };
    let name = format!("Measure: {}. {}", shown.title, shown.detail);
    Some(draft.item(Layer::Lines, None, Some(hit), name))
}

/// How high the headers of the stages are.
pub(super) fn height(
    doc: &Doc,
    plan: &Plan,
    options: &JourneyOptions,
    across: &Across,
    text: &mut Text,
) -> f32 {
    if is_bare(plan, options) {
        return sizes().space.m;
    }
    let tallest = (0..plan.groups.len())
        .map(|i| parts(doc, plan, i, across.groups[i], text).1)
        .fold(0.0, f32::max);
    tallest + 2.0 * sizes().space.m
}

/// Whether stages have no headers: where they are left out, and where there are no stages.
fn is_bare(plan: &Plan, options: &JourneyOptions) -> bool {
    let no_stages = matches!(plan.groups.as_slice(), [only] if only.stage.is_none());
    options.without_stages || no_stages
}

/// What a group's header asks of its width: the longest word of its name.
pub(super) fn need(doc: &Doc, plan: &Plan, group: usize, text: &mut Text) -> f32 {
    let name = name_of(doc, plan, group);
    text.min_width(name, sizes().text.stage.bold())
}

fn name_of<'a>(doc: &'a Doc, plan: &Plan, group: usize) -> &'a str {
    stage_name(doc, plan.groups[group].stage.as_ref())
}

/// A stage's name; what stands in its place where there is none.
pub(super) fn stage_name<'a>(doc: &'a Doc, stage: Option<&Id>) -> &'a str {
    match stage {
        None => "Without a stage",
        Some(id) => match doc.name_of(id).trim() {
            "" => "Unnamed stage",
            name => name,
        },
    }
}

type Blocks = (std::sync::Arc<crate::text::Block>, Option<std::sync::Arc<crate::text::Block>>);

/// Name and goal as set, and how high both are.
fn parts(doc: &Doc, plan: &Plan, group: usize, span: Span, text: &mut Text) -> (Blocks, f32) {
    let width = span.length() - 2.0 * sizes().space.m;
    let size = &sizes().text;
    let name = set(text, name_of(doc, plan, group), size.stage.bold(), width, 3);
    let stage = plan.groups[group].stage.as_ref().and_then(|id| doc.get_as::<Stage>(id));
    let goal = stage.and_then(|it| it.goal.as_ref()).filter(|it| !it.trim().is_empty());
    let goal = goal.map(|goal| set(text, goal, size.small.regular(), width, 3));
    let height = name.height + goal.as_ref().map_or(0.0, |goal| 1.0 + goal.height);
    ((name, goal), height)
}

/// The stages' columns and headers.
pub(super) fn groups(
    doc: &Doc,
    plan: &Plan,
    options: &JourneyOptions,
    geo: &Geometry,
    text: &mut Text,
    out: &mut Vec<Item>,
) {
    let bare = is_bare(plan, options);
    for i in 0..plan.groups.len() {
        out.push(ground(plan, geo, i));
        if !bare {
            out.push(header(doc, plan, geo, i, text));
        }
    }
}

fn ground(plan: &Plan, geo: &Geometry, i: usize) -> Item {
    let rect = geo.group(i);
    let radius = sizes().radius.column;
    let (fill, stroke) = match plan.groups[i].stage {
        Some(_) => (Ink::StageFill(tint(plan.groups[i].number)), None),
        None => (Ink::QuietCard, Some(Stroke::solid(sizes().stroke.hair, Ink::GridLine))),
    };
    let mut draft = Draft::default();
    draft.push(Detail::ALL, Shape::Rect { rect, radius, fill: Some(fill), stroke });
    draft.item(Layer::Ground, Some(rect), None, String::new())
}

fn header(doc: &Doc, plan: &Plan, geo: &Geometry, i: usize, text: &mut Text) -> Item {
    let (span, pad) = (geo.across.groups[i], sizes().space.m);
    let rect = span.by(geo.down.header);
    let ((name, goal), _) = parts(doc, plan, i, span, text);
    let stage = &plan.groups[i].stage;
    let number = plan.groups[i].number;
    let ink = if stage.is_some() { Ink::StageText(tint(number)) } else { Ink::Muted };
    let at = pt(span.min + pad, geo.down.header.min + pad);
    let width = span.length() - 2.0 * pad;
    let far = set(text, name_of(doc, plan, i), sizes().text.overview.bold(), width, 1);
    let mut draft = Draft::default();
    let lower = at.y + name.height + 1.0;
    let spoken = name_of(doc, plan, i);
    let near = enlarged(&name, width, rect.max.y - at.y, text);
    draft.text(Detail::TITLE, at, width, near, ink);
    draft.text(Detail::FULL, at, width, name, ink);
    let align = Align::Start;
    let top = geo.down.header.center() - far.height / 2.0;
    let far_at = pt(at.x, top.max(geo.down.header.min));
    draft.push(Detail::BLOCK, Shape::Text { at: far_at, width, block: far, ink, align });
    let mut said = match stage {
        Some(_) => format!("Stage: {spoken}."),
        None => "Steps without a stage.".to_owned(),
    };
    if let Some(goal) = goal {
        said += &format!(" Goal: {}", goal.text);
        draft.text(Detail::FULL, pt(at.x, lower), width, goal, Ink::Muted);
    }
    let hit = stage.clone().map(|record| Hit { record, part: Part::StageHeader, other: None });
    draft.item(Layer::Lines, Some(rect), hit, said)
}

/// In a stage without steps: that there are none.
pub(super) fn hints(plan: &Plan, geo: &Geometry, text: &mut Text, out: &mut Vec<Item>) {
    let y = geo.down.rows.first().map_or(geo.down.header.max, |row| {
        row.tracks.first().map_or(row.span.min, |track| track.min)
    });
    for (i, column) in plan.columns.iter().enumerate().filter(|(_, it)| it.step.is_none()) {
        let span = geo.across.columns[i];
        let style = sizes().text.small.regular();
        let block = set(text, "No steps yet", style, span.length(), 2);
        let mut draft = Draft::default();
        let at = pt(span.min + sizes().space.xs, y + sizes().space.s);
        let width = span.length() - sizes().space.xs;
        draft.text(Detail::FULL, at, width, block, Ink::Muted);
        let stage = plan.groups[column.group].stage.clone();
        let hit = stage.map(|record| Hit { record, part: Part::StageHeader, other: None });
        out.push(draft.item(Layer::Lines, None, hit, "No steps yet in this stage".into()));
    }
}
