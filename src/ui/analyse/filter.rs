//! The bar of the ecosystem view: grouping, filter, what is collapsed, and the focus.
//!
//! It draws and says what shall be shown; not here: what that changes (see `narrow`).

use std::collections::BTreeSet;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Button, Layout, Popup, PopupCloseBehavior, RichText, Role, ScrollArea, Sense, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use crate::insight::in_words;
use crate::layout::sizes;
use crate::model::choice::Band;
use crate::model::record::{System, Touchpoint};
use crate::model::{Doc, Id, Kind};
use crate::scene::{EcosystemOptions, FocusWay, Grouping, Icon, NodeKind};
use crate::ui::outline::plural;
use crate::ui::theme::{bold, colour, current};
use crate::ui::widget::mark::{Glyph, glyph_button_ui};
use crate::ui::widget::muted;
use crate::ui::{Command, Cx, Open, icon};

use super::narrow::{focus_words, is_narrowed, parts, toggle};
use super::words::NO_OWNER;

/// What the bar asks for.
#[derive(Debug, Default)]
pub struct Wanted {
    pub options: Option<EcosystemOptions>,
    pub commands: Vec<Command>,
    /// Show so many links more of the neighbourhood.
    pub widen: Option<i8>,
}

/// Draws the bar, from right to left into what room is left of a row.
pub fn bar_ui(ui: &mut Ui, open: &Open, wanted: &mut Wanted) {
    let Some(options) = open.narrowing() else {
        return;
    };
    let doc = open.session.doc();
    let mut new = options.clone();
    ui.spacing_mut().item_spacing.x = sizes().space.s;
    if is_narrowed(options) {
        let command = Command::ShowEverything;
        let tip = format!("{} ({})", command.spec().tooltip, command.keys().unwrap_or_default());
        if icon::button(ui, Icon::Close, command.spec().text, &tip, true).clicked() {
            wanted.commands.push(command);
        }
    }
    let said = match options.collapsed_kinds.len() + options.collapsed_teams.len() {
        0 => "Collapse".to_owned(),
        n => format!("Collapse · {n}"),
    };
    popup_ui(ui, &said, "Show cards of one kind or team as one", |ui| {
        collapse_ui(ui, doc, &mut new);
    });
    let said = match parts(&options.filter) {
        0 => "Filter".to_owned(),
        n => format!("Filter · {n}"),
    };
    popup_ui(ui, &said, "Choose what is shown", |ui| filter_ui(ui, doc, &mut new));
    grouping_ui(ui, &mut new);
    if new != *options {
        wanted.options = Some(new);
    }
    focus_ui(ui, open, wanted);
}

/// Bands or owners.
fn grouping_ui(ui: &mut Ui, options: &mut EcosystemOptions) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = sizes().space.xxs;
        let keys = Command::GroupByOwner.keys().unwrap_or_default();
        // From the right.
        for (grouping, text, tip) in [
            (Grouping::Owners, "Owners", "A lane for each owner: who has to come to the meeting"),
            (Grouping::Bands, "Bands", "Customer, frontstage, backstage, support"),
        ] {
            let on = options.grouping == grouping;
            let button = ui.add(Button::selectable(on, text));
            button.widget_info(|| {
                WidgetInfo::selected(Role::RadioButton, true, on, format!("Group by {text}"))
            });
            if button.on_hover_text(format!("{tip} ({keys})")).clicked() {
                options.grouping = grouping;
            }
        }
    });
}

/// What the focus is on, with the buttons that widen it and take it away.
fn focus_ui(ui: &mut Ui, open: &Open, wanted: &mut Wanted) {
    let Some(focus) = open.focus() else {
        return;
    };
    let (theme, size) = (current(ui), sizes());
    let widens = matches!(focus.way, FocusWay::Around(_));
    let buttons = if widens { 3.0 } else { 1.0 } * (size.mark.severity + size.space.xxs);
    let room = ui.available_width() - buttons - 2.0 * size.space.s - size.space.l;
    let ink = colour(theme.chrome.accent);
    let font = egui::TextStyle::Body.resolve(ui.style());
    let mut job = LayoutJob::single_section(
        focus_words(open.session.doc(), focus),
        TextFormat::simple(font, ink),
    );
    job.wrap = TextWrapping::truncate_at_width(room.max(size.space.xxl));
    let galley = ui.painter().layout_job(job);
    let wide = galley.size().x + buttons + 2.0 * size.space.s;
    let (rect, chip) = ui.allocate_exact_size(vec2(wide, size.space.xl), Sense::hover());
    let (text, cut) = (galley.text().to_owned(), galley.elided);
    chip.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    let painter = ui.painter();
    painter.rect_filled(rect, size.radius.chip, colour(theme.chrome.accent_soft));
    let at = pos2(rect.left() + size.space.s, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, ink);
    if cut {
        chip.on_hover_text(text);
    }
    let ends = rect.with_max_x(rect.right() - size.space.xs);
    let layout = Layout::right_to_left(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(ends).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = size.space.xxs;
        if glyph_button_ui(ui, theme, Glyph::Cross, "Show everything around it again").clicked() {
            let mut new = open.narrowing().cloned().unwrap_or_default();
            new.focus = None;
            wanted.options = Some(new);
        }
        if widens {
            if glyph_button_ui(ui, theme, Glyph::Plus, "One link more (+)").clicked() {
                wanted.widen = Some(1);
            }
            if glyph_button_ui(ui, theme, Glyph::Minus, "One link less (−)").clicked() {
                wanted.widen = Some(-1);
            }
        }
    });
}

/// A button with a list below it that stays open while things in it are pressed.
fn popup_ui(ui: &mut Ui, text: &str, tip: &str, add_contents: impl FnOnce(&mut Ui)) {
    let theme = current(ui);
    let on = text.contains('·');
    let ink = if on { theme.chrome.accent } else { theme.chrome.text };
    // The sign that it opens is part of the button.
    let button = Button::new((RichText::new(text).color(colour(ink)), RichText::new("  ")));
    let button = if on { button.fill(colour(theme.chrome.accent_soft)) } else { button };
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    let at = pos2(response.rect.right() - sizes().space.m, response.rect.center().y);
    let square = egui::Rect::from_center_size(at, Vec2::splat(sizes().space.m));
    icon::paint(ui.painter(), square, Icon::ChevronDown, colour(theme.chrome.muted));
    let response = response.on_hover_text(tip);
    let high = ui.ctx().content_rect().height() - response.rect.bottom() - sizes().space.xxl;
    Popup::from_toggle_button_response(&response)
        // What stands beside the button comes and goes, and the button's own id with it.
        .id(ui.scope_id().with(tip))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            let area = ScrollArea::vertical().max_height(high).min_scrolled_height(high);
            area.show(ui, add_contents);
        });
}

/// What is drawn into a column.
type Contents<'a> = Box<dyn FnOnce(&mut Ui) + 'a>;

/// Columns of checkboxes side by side.
fn columns_ui(ui: &mut Ui, columns: Vec<Contents<'_>>) {
    ui.spacing_mut().item_spacing.y = sizes().space.xxs;
    ui.spacing_mut().interact_size.y = sizes().space.xl;
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = sizes().space.l;
        for column in columns {
            ui.vertical(|ui| {
                ui.set_width(5.5 * sizes().space.xxl);
                column(ui);
            });
        }
    });
}

/// Some of what there is can be ticked; `none` says what it means that nothing is.
fn ticks_ui<T: Ord + Clone>(
    ui: &mut Ui,
    (title, none): (&str, &str),
    all: &[(T, String)],
    ticked: &mut BTreeSet<T>,
) {
    if all.is_empty() {
        return;
    }
    let theme = current(ui);
    let known = all.iter().filter(|(it, _)| ticked.contains(it)).count();
    ui.horizontal(|ui| {
        ui.label(bold(title));
        let said = if known == 0 { none.to_owned() } else { format!("{known} of {}", all.len()) };
        ui.label(muted(said, theme));
    });
    for (it, text) in all {
        let mut on = ticked.contains(it);
        let response = ui.checkbox(&mut on, RichText::new(text));
        response.widget_info(|| {
            WidgetInfo::selected(Role::CheckBox, true, on, format!("{title}: {text}"))
        });
        if response.clicked() {
            toggle(ticked, it.clone());
        }
    }
    ui.add_space(sizes().space.s);
}

fn filter_ui(ui: &mut Ui, doc: &Doc, options: &mut EcosystemOptions) {
    let name = |id: &Id| in_words(doc, id);
    let stages: Vec<_> = doc.stages().into_iter().map(|(id, _)| (id.clone(), name(id))).collect();
    let bands: Vec<_> = Band::ALL
        .iter()
        .filter(|it| **it != Band::Insight)
        .map(|it| (*it, it.label().to_owned()))
        .collect();
    let kinds = kinds(doc);
    let mut owners: Vec<(Option<Id>, String)> = vec![(None, NO_OWNER.to_owned())];
    owners.extend(teams(doc).into_iter().map(|(id, text)| (Some(id), text)));
    // A team that is ticked can be unticked, also when it owns nothing any more.
    let ticked = options.filter.owners.iter().flatten().filter(|id| doc.get(id).is_some());
    let missing = ticked.filter(|id| owners.iter().all(|(known, _)| known.as_ref() != Some(*id)));
    let missing: Vec<_> = missing.map(|id| (Some(id.clone()), name(id))).collect();
    owners.extend(missing);
    let filter = &mut options.filter;
    let (of_stages, of_bands) = (&mut filter.stages, &mut filter.bands);
    let (of_kinds, of_owners) = (&mut filter.kinds, &mut filter.owners);
    let severity = &mut filter.min_severity;
    columns_ui(
        ui,
        vec![
            Box::new(|ui| {
                ticks_ui(ui, ("Stages", "all"), &stages, of_stages);
                severity_ui(ui, severity);
            }),
            Box::new(|ui| {
                ticks_ui(ui, ("Bands", "all"), &bands, of_bands);
                ticks_ui(ui, ("Kinds", "all"), &kinds, of_kinds);
            }),
            Box::new(|ui| ticks_ui(ui, ("Owners", "all"), &owners, of_owners)),
        ],
    );
}

/// Only what has friction at least this severe.
fn severity_ui(ui: &mut Ui, least: &mut Option<u8>) {
    ui.label(bold("Friction at least"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = sizes().space.xxs;
        let choices = [(None, "Any")].into_iter();
        let levels =
            ["1", "2", "3", "4", "5"].into_iter().zip(1..).map(|(text, n)| (Some(n), text));
        for (level, text) in choices.chain(levels) {
            let on = *least == level;
            let button = ui.add(Button::selectable(on, text));
            let name = match level {
                None => "Any friction, or none".to_owned(),
                Some(n) => format!("Friction of severity {n} or more"),
            };
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &name));
            if button.on_hover_text(name).clicked() {
                *least = level;
            }
        }
    });
    ui.add_space(sizes().space.s);
}

fn collapse_ui(ui: &mut Ui, doc: &Doc, options: &mut EcosystemOptions) {
    let (kinds, teams) = (kinds(doc), teams(doc));
    let (of_kinds, of_teams) = (&mut options.collapsed_kinds, &mut options.collapsed_teams);
    let none = |ui: &mut Ui| drop(ui.label(muted("No team owns anything yet.", current(ui))));
    columns_ui(
        ui,
        vec![
            Box::new(|ui| ticks_ui(ui, ("Kinds as one card", "none"), &kinds, of_kinds)),
            Box::new(|ui| match teams.is_empty() {
                true => none(ui),
                false => ticks_ui(ui, ("Teams as one card", "none"), &teams, of_teams),
            }),
        ],
    );
}

/// The kinds of cards that the map has.
fn kinds(doc: &Doc) -> Vec<(NodeKind, String)> {
    let there: BTreeSet<NodeKind> =
        doc.iter().filter_map(|(id, _)| NodeKind::of(doc, id)).collect();
    let text = |kind: &NodeKind| match kind {
        NodeKind::Step => "Steps",
        NodeKind::Touchpoint => "Touchpoints",
        NodeKind::Influencer => "Influencers",
        NodeKind::System(class) => plural(*class),
    };
    there.into_iter().map(|kind| (kind, text(&kind).to_owned())).collect()
}

/// Who owns something on the map, by name.
fn teams(doc: &Doc) -> Vec<(Id, String)> {
    let systems = doc.all::<System>().filter_map(|(_, it)| it.owner.as_ref());
    let touchpoints = doc.all::<Touchpoint>().filter_map(|(_, it)| it.owner.as_ref());
    let there: BTreeSet<&Id> = systems.chain(touchpoints).collect();
    let mut all: Vec<_> = (there.into_iter())
        .filter(|id| doc.kind_of(id) == Some(Kind::System))
        .map(|id| (id.clone(), in_words(doc, id)))
        .collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

/// Says over the canvas that nothing is left to show, and how to get it back.
pub fn nothing_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    if !cx.open.shows_nothing() {
        return;
    }
    let theme = cx.theme;
    // Below the middle, where the title of the empty picture stands.
    let (all, size) = (ui.max_rect(), vec2(11.0 * sizes().space.xxl, 4.0 * sizes().space.xxl));
    let rect = egui::Rect::from_center_size(all.center() + vec2(0.0, all.height() / 4.0), size);
    ui.scope_builder(UiBuilder::new().max_rect(rect).sense(Sense::hover()), |ui| {
        let frame = egui::Frame::new()
            .fill(colour(theme.chrome.panel))
            .stroke(egui::Stroke::new(sizes().stroke.hair, colour(theme.chrome.border)))
            .corner_radius(sizes().radius.card)
            .inner_margin(sizes().space.l);
        frame.show(ui, |ui| {
            ui.vertical_centered(|ui| {
                ui.label(bold("Nothing is left to show"));
                ui.label(muted("No card of this map passes all that is filtered by.", theme));
                ui.add_space(sizes().space.s);
                let keys = Command::ShowEverything.keys().unwrap_or_default();
                let text = format!("{} ({keys})", Command::ShowEverything.spec().text);
                let text = bold(text).color(colour(theme.chrome.on_accent));
                if ui.add(Button::new(text).fill(colour(theme.chrome.accent))).clicked() {
                    cx.commands.push(Command::ShowEverything);
                }
            });
        });
    });
}
