//! Segments and influencers.

use egui::{Sense, Stroke, Ui, vec2};

use crate::edit::Session;
use crate::layout::sizes;
use crate::model::record::{Influencer, Segment};
use crate::model::{Edge, Id, Kind, query};
use crate::scene::{Ink, Rgba, Theme};
use crate::ui::widget::colour;
use crate::ui::widget::mark::{Glyph, focus_ring, glyph_button_ui};
use crate::ui::widget::text_field::Lines;

use super::fields::group;
use super::pane::Pane;

/// Segments with name and colour, highest priority first: the theme's hues go by that order.
pub fn coloured_segments(session: &Session, theme: &Theme) -> Vec<(Id, String, Rgba)> {
    let all = query::segments(session.doc(), session.index());
    let hue = |at: usize| theme.colour(Ink::Segment(u8::try_from(at).unwrap_or(u8::MAX)));
    all.into_iter()
        .enumerate()
        .map(|(at, (id, it))| {
            let own = it.colour.as_deref().and_then(Rgba::parse);
            let name = if it.name.trim().is_empty() { "Unnamed segment" } else { &it.name };
            (id.clone(), name.to_owned(), own.unwrap_or_else(|| hue(at)))
        })
        .collect()
}

pub(super) fn segment_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Segment) {
    pane.steps_or_zero(ui, "priority", "Priority", &mut it.priority, false);
    pane.percent(ui, "share_pct", "Share of all", &mut it.share_pct);
    pane.whole(ui, "customers", "Customers", u64::from(u32::MAX) * 1000, &mut it.customers);
    pane.money(ui, "lifetime_value", "Lifetime value", &mut it.lifetime_value);
    colour_ui(ui, pane, &mut it.colour);
    pane.section(ui, "Persona", 0, None, |pane, ui| {
        group(&mut it.persona, |persona| {
            pane.optional_text(ui, "persona.quote", "Quote", &mut persona.quote, Lines::Many);
            pane.list(ui, "persona.goals", "Goals", "Goal", &mut persona.goals);
            pane.list(ui, "persona.needs", "Needs", "Need", &mut persona.needs);
            let it = &mut persona.frustrations;
            pane.list(ui, "persona.frustrations", "Frustrations", "Frustration", it);
        });
    });
    let said: Vec<Id> = referrers(pane, id, Kind::Verbatim);
    pane.chips(ui, "What they said", &said);
}

/// The records of a kind that refer to this one.
pub(super) fn referrers(pane: &Pane<'_>, id: &Id, kind: Kind) -> Vec<Id> {
    let of_kind = |it: &&Id| pane.doc().kind_of(it) == Some(kind);
    pane.session.index().referrers(id).iter().filter(of_kind).cloned().collect()
}

/// `#rrggbb`, the theme's hues as swatches, and the way back to the theme's own choice.
fn colour_ui(ui: &mut Ui, pane: &mut Pane<'_>, it: &mut Option<String>) {
    pane.row(ui, "colour", "Colour", |pane, ui| {
        let (control, theme) = (pane.control("colour"), pane.theme);
        ui.horizontal_wrapped(|ui| {
            for (at, hue) in theme.segments.iter().enumerate() {
                let side = sizes().mark.severity;
                let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
                let name = format!("Colour {}", at + 1);
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name)
                });
                ui.painter().circle_filled(rect.center(), side * 0.38, colour(*hue));
                if it.as_deref().and_then(Rgba::parse) == Some(*hue) {
                    let ring = Stroke::new(sizes().stroke.medium, colour(theme.chrome.text));
                    ui.painter().circle_stroke(rect.center(), side * 0.48, ring);
                }
                focus_ring(ui, theme, &response, sizes().radius.field);
                if response.clicked() {
                    *it = Some(hue.hex());
                    pane.stroke("Colour");
                }
            }
            if it.is_some()
                && glyph_button_ui(ui, theme, Glyph::Cross, "Use the theme's colour").clicked()
            {
                *it = None;
                pane.stroke("Colour");
            }
        });
        let words = ("Colour", "Colour", "Theme's colour, or #rrggbb");
        let show = |it: &Option<String>| it.clone().unwrap_or_default();
        pane.draft(ui, control, words, it, show, |text| match text.trim() {
            "" => Ok(None),
            hex if hex.len() == 7 && Rgba::parse(hex).is_some() => Ok(Some(hex.to_owned())),
            _ => Err("A colour is # and six digits out of 0-9 and a-f.".into()),
        });
    });
}

pub(super) fn influencer_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Influencer) {
    pane.choice(ui, "class", "Who it is", &mut it.class);
    pane.optional_text(ui, "notes", "Notes", &mut it.notes, Lines::Many);
    pane.tags(ui, &mut it.tags);
    pane.links(ui, "Sways", Edge::Influences, id, true);
    pane.frictions(ui, id);
    pane.delights(ui, id);
    pane.hangs_on(ui, id);
}
