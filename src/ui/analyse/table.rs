//! The table of hubs: its columns, their order, what each number means.

use std::cmp::Ordering;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, FontId, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::insight::{self, Hub, Hubs, in_words};
use crate::layout::sizes;
use crate::model::choice::SystemClass;
use crate::model::record::System;
use crate::model::{Doc, Id};
use crate::scene::{Icon, Theme};
use crate::ui::widget::mark::{Glyph, focus_ring, glyph};
use crate::ui::widget::{body, bold, colour, small};
use crate::ui::{Cx, icon};

use super::hubs::Ranking;
use super::state::Pointed;
use super::words::{self, NO_OWNER};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    System,
    Kind,
    Owner,
    Friction,
    Betweenness,
    Reach,
    Stops,
}

/// By which column the table is sorted, and whether the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub by: Column,
    pub back: bool,
}

impl Column {
    const ALL: [Self; 7] = [
        Self::System,
        Self::Kind,
        Self::Owner,
        Self::Friction,
        Self::Betweenness,
        Self::Reach,
        Self::Stops,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Kind => "Kind",
            Self::Owner => "Owner",
            Self::Friction => "Friction",
            Self::Betweenness => "Betweenness",
            Self::Reach => "Reach",
            Self::Stops => "Stops",
        }
    }

    /// What the column says, for the help of its head.
    fn help(self) -> String {
        match self {
            Self::System => "The internal system".to_owned(),
            Self::Kind => "Team, action, process, policy, technology or partner".to_owned(),
            Self::Owner => "The team that answers for it; those without one first".to_owned(),
            Self::Friction => insight::formula().to_owned(),
            Self::Betweenness => words::BETWEENNESS.to_owned(),
            Self::Reach => words::REACH.to_owned(),
            Self::Stops => words::STOP.to_owned(),
        }
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Friction | Self::Betweenness | Self::Reach | Self::Stops)
    }

    /// What its share of the width is.
    fn weight(self) -> f32 {
        match self {
            Self::System => 2.6,
            Self::Owner => 1.8,
            Self::Kind => 1.2,
            Self::Betweenness => 1.3,
            Self::Friction => 1.0,
            Self::Reach => 0.8,
            Self::Stops => 0.8,
        }
    }

    /// The next order after a press on the head: by this column, the other way round, and back to
    /// that of the ranking. Numbers begin with the largest.
    fn pressed(self, now: Option<Sort>) -> Option<Sort> {
        match now {
            Some(Sort { by, back: false }) if by == self => Some(Sort { by, back: true }),
            Some(Sort { by, back: true }) if by == self => None,
            _ => Some(Sort { by: self, back: false }),
        }
    }

    fn compare(self, doc: &Doc, a: &Hub, b: &Hub) -> Ordering {
        let name = |it: &Hub| in_words(doc, &it.system).to_lowercase();
        let owner = |it: &Hub| it.owner.as_ref().map(|team| in_words(doc, team).to_lowercase());
        match self {
            Self::System => name(a).cmp(&name(b)),
            Self::Kind => class_of(doc, a).cmp(&class_of(doc, b)),
            Self::Owner => owner(a).cmp(&owner(b)),
            Self::Friction => b.friction.total_cmp(&a.friction),
            Self::Betweenness => b.betweenness.total_cmp(&a.betweenness),
            Self::Reach => b.reach.cmp(&a.reach),
            Self::Stops => b.stops.cmp(&a.stops),
        }
    }

    fn text(self, doc: &Doc, hub: &Hub) -> String {
        match self {
            Self::System => in_words(doc, &hub.system),
            Self::Kind => class_of(doc, hub).map_or(String::new(), |it| it.label().to_owned()),
            Self::Owner => match &hub.owner {
                None => NO_OWNER.to_owned(),
                Some(team) if *team == hub.system => "Itself".to_owned(),
                Some(team) => in_words(doc, team),
            },
            Self::Friction => format!("{:.1}", hub.friction),
            Self::Betweenness => words::betweenness(hub.betweenness),
            Self::Reach => hub.reach.to_string(),
            Self::Stops => hub.stops.to_string(),
        }
    }
}

fn class_of(doc: &Doc, hub: &Hub) -> Option<SystemClass> {
    doc.get_as::<System>(&hub.system).map(|it| it.class)
}

/// The places of the hubs as a sort has them; those that are alike stay as they were ranked.
pub fn order(doc: &Doc, hubs: &[Hub], sort: Option<Sort>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..hubs.len()).collect();
    if let Some(Sort { by, back }) = sort {
        order.sort_by(|a, b| {
            let found = by.compare(doc, &hubs[*a], &hubs[*b]);
            if back { found.reverse() } else { found }
        });
    }
    order
}

/// The table as text: a line a system, columns apart by tabs, as spreadsheets take it.
pub fn text(doc: &Doc, found: &Hubs, order: &[usize]) -> String {
    let line = |cells: Vec<String>| cells.join("\t");
    let head = line(Column::ALL.map(|it| it.title().to_owned()).to_vec());
    let hubs = order.iter().filter_map(|at| found.hubs.get(*at));
    let rows = hubs.map(|hub| line(Column::ALL.map(|it| it.text(doc, hub)).to_vec()));
    std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n")
}

/// The table at work.
pub(super) struct Table<'a, 'b, 'c> {
    pub ranking: &'a mut Ranking,
    pub cx: &'b mut Cx<'c>,
}

/// Where the columns of a row stand.
fn cells(row: Rect) -> [(Column, Rect); 7] {
    let gap = sizes().space.s;
    let whole: f32 = Column::ALL.iter().map(|it| it.weight()).sum();
    let room = row.width() - gap * Column::ALL.len() as f32;
    let mut left = row.left();
    Column::ALL.map(|it| {
        let wide = (room * it.weight() / whole).max(0.0);
        let cell = Rect::from_min_size(pos2(left, row.top()), vec2(wide, row.height()));
        left += wide + gap;
        (it, cell)
    })
}

/// The height of a row.
fn row_height() -> f32 {
    sizes().space.xl
}

impl Table<'_, '_, '_> {
    fn theme(&self) -> &'static Theme {
        self.cx.theme
    }

    /// The heads of the columns; a press sorts.
    pub fn head_ui(&mut self, ui: &mut Ui) {
        let theme = self.theme();
        // The rows leave room for the scroll bar.
        let wide = ui.available_width() - ui.spacing().scroll.allocated_width();
        let (row, _) = ui.allocate_exact_size(vec2(wide, row_height()), Sense::hover());
        for (column, cell) in cells(row) {
            let head = ui.interact(cell, ui.scope_id().with(column.title()), Sense::click());
            let sort = self.ranking.sort.filter(|it| it.by == column);
            let said = match sort {
                None => format!("Sort by {}", column.title().to_lowercase()),
                Some(it) if it.back => format!("{}, sorted backwards", column.title()),
                Some(_) => format!("{}, sorted", column.title()),
            };
            head.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &said));
            let lively = head.hovered() || head.has_focus() || sort.is_some();
            let ink = if lively { theme.chrome.accent } else { theme.chrome.muted };
            let (at, align) = anchor(cell, column);
            let text = ui.painter().text(at, align, column.title(), small(), colour(ink));
            if let Some(sort) = sort {
                let up = sort.back == column.is_number();
                let x = if column.is_number() { text.left() } else { text.right() };
                let by = if column.is_number() { -sizes().space.s } else { sizes().space.s };
                let square = Rect::from_center_size(
                    pos2(x + by, cell.center().y),
                    vec2(sizes().space.m, sizes().space.m),
                );
                glyph(ui.painter(), square, if up { Glyph::Up } else { Glyph::Down }, colour(ink));
            }
            focus_ring(ui, theme, &head, sizes().radius.field);
            if head.clicked() {
                let sort = column.pressed(self.ranking.sort);
                self.ranking.sort_by(sort, self.cx.open.session.doc());
            }
            head.on_hover_text(column.help());
        }
        let line = egui::Stroke::new(sizes().stroke.hair, colour(theme.chrome.border));
        ui.painter().hline(row.x_range(), row.bottom(), line);
    }

    /// The rows that are in view. Returns the system that was pressed.
    pub fn rows_ui(&mut self, ui: &mut Ui) -> Option<Id> {
        let high = row_height();
        let count = self.ranking.order.len();
        let size = vec2(ui.available_width(), high * count as f32);
        let (all, _) = ui.allocate_exact_size(size, Sense::hover());
        let view = ui.clip_rect();
        let first = ((view.top() - all.top()) / high).floor().max(0.0) as usize;
        let last = ((view.bottom() - all.top()) / high).ceil().max(0.0) as usize;
        let mut chosen = None;
        for at in first.min(count)..last.min(count) {
            let top = all.top() + at as f32 * high;
            let row = Rect::from_min_size(pos2(all.left(), top), vec2(all.width(), high));
            let place = self.ranking.order[at];
            let Some(hub) = self.ranking.found.hubs.get(place).cloned() else {
                continue;
            };
            if self.row_ui(ui, row, &hub) {
                chosen = Some(hub.system);
            }
        }
        chosen
    }

    fn row_ui(&mut self, ui: &Ui, row: Rect, hub: &Hub) -> bool {
        let (theme, size) = (self.theme(), sizes());
        let id = ui.scope_id().with(("hub", hub.system.as_str()));
        let response = ui.interact(row, id, Sense::click());
        let doc = self.cx.open.session.doc();
        let texts = Column::ALL.map(|it| it.text(doc, hub));
        response.widget_info(|| {
            let parts: Vec<String> = (Column::ALL.iter().zip(&texts))
                .map(|(column, text)| format!("{}: {text}", column.title()))
                .collect();
            WidgetInfo::labeled(Role::Row, true, parts.join(", "))
        });
        let selected = self.cx.open.session.selection.lead.as_ref() == Some(&hub.system);
        let fill = match (selected, response.hovered() || response.has_focus()) {
            (true, _) => Some(theme.chrome.accent_soft),
            (false, true) => Some(theme.chrome.panel_alt),
            (false, false) => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(row, size.radius.field, colour(fill));
        }
        focus_ring(ui, theme, &response, size.radius.field);
        for ((column, cell), text) in cells(row).into_iter().zip(texts) {
            self.cell_ui(ui, &response, (column, cell), hub, text);
        }
        if response.hovered() || response.has_focus() {
            self.cx.open.analyse.point(Pointed::Hub(hub.system.clone()));
        }
        response.clicked()
    }

    fn cell_ui(
        &mut self,
        ui: &Ui,
        row: &Response,
        (column, cell): (Column, Rect),
        hub: &Hub,
        text: String,
    ) {
        let (chrome, size) = (&self.theme().chrome, sizes());
        let unowned = column == Column::Owner && hub.owner.is_none();
        let (font, ink): (FontId, Color32) = match column {
            Column::System => (bold(), colour(chrome.text_strong)),
            _ if unowned => (bold(), colour(chrome.warning)),
            Column::Kind => (body(), colour(chrome.muted)),
            _ => (body(), colour(chrome.text)),
        };
        let picture = match column {
            _ if unowned => Some((Icon::Alert, ink)),
            Column::System => class_of(self.cx.open.session.doc(), hub)
                .map(|class| (Icon::for_system(class), colour(chrome.muted))),
            _ => None,
        };
        let mut inner = cell;
        if let Some((picture, ink)) = picture {
            let at = pos2(cell.left() + size.card.icon / 2.0, cell.center().y);
            let square = Rect::from_center_size(at, vec2(size.space.m, size.space.m));
            icon::paint(ui.painter(), square, picture, ink);
            inner.min.x += size.card.icon + size.card.icon_gap;
        }
        let mut job = LayoutJob::single_section(text.clone(), TextFormat::simple(font, ink));
        job.wrap = TextWrapping::truncate_at_width(inner.width().max(0.0));
        let galley = ui.painter().layout_job(job);
        let cut = galley.elided;
        let (at, align) = anchor(inner, column);
        let place = align.anchor_size(at, galley.size());
        ui.painter().galley(place.min, galley, ink);
        // One tooltip at a time: the row has none of its own.
        let pointed = row.hover_pos().is_some_and(|at| cell.contains(at));
        let said = match column {
            _ if !pointed => None,
            Column::System | Column::Kind | Column::Owner => cut.then_some(text),
            Column::Friction => {
                let open = &*self.cx.open;
                let parts = self.ranking.parts(open, &hub.system);
                Some(words::hub_friction(open.session.doc(), hub, parts))
            }
            Column::Betweenness => Some(format!("{text}. {}", words::BETWEENNESS)),
            Column::Reach => Some(words::hub_reach(hub)),
            Column::Stops => Some(words::hub_stops(hub)),
        };
        if let Some(said) = said {
            row.clone().on_hover_text_at_pointer(said);
        }
    }
}

/// Where a cell's text is held.
fn anchor(cell: Rect, column: Column) -> (egui::Pos2, Align2) {
    match column.is_number() {
        true => (cell.right_center(), Align2::RIGHT_CENTER),
        false => (cell.left_center(), Align2::LEFT_CENTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::FrictionPart;

    fn hub(name: &str, friction: f64, reach: usize) -> Hub {
        let system = Id::new(name).unwrap();
        Hub { system, owner: None, friction, betweenness: 0.0, reach, stops: 0 }
    }

    #[test]
    fn a_head_sorts_then_turns_round_then_gives_the_ranking_back() {
        let doc = Doc::default();
        let hubs = [hub("a", 2.0, 1), hub("b", 1.0, 3), hub("c", 1.0, 2)];
        let mut sort = None;
        assert_eq!(order(&doc, &hubs, sort), [0, 1, 2]);
        sort = Column::Reach.pressed(sort);
        assert_eq!(order(&doc, &hubs, sort), [1, 2, 0], "numbers begin with the largest");
        sort = Column::Reach.pressed(sort);
        assert_eq!(order(&doc, &hubs, sort), [0, 2, 1]);
        sort = Column::Reach.pressed(sort);
        assert_eq!(sort, None);
        sort = Column::Friction.pressed(Column::System.pressed(None));
        assert_eq!(order(&doc, &hubs, sort), [0, 1, 2], "those alike stay as they were ranked");
    }

    #[test]
    fn what_makes_up_a_friction_is_said_in_full() {
        let parts = [
            FrictionPart { friction: Id::new("late-fee").unwrap(), weight: 12.0, share: 1.0 },
            FrictionPart { friction: Id::new("queue").unwrap(), weight: 24.0, share: 0.5 },
        ];
        let said = words::hub_friction(&Doc::default(), &hub("a", 24.0, 1), &parts);
        assert!(
            said.starts_with("Friction 24.0\n= 12.0 × 100 %, late-fee\n+ 24.0 × 50 %, queue\n"),
            "{said}"
        );
    }
}
