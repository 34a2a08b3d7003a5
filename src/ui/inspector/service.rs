//! Touchpoints and internal systems.

use egui::Ui;

use crate::edit::{Tx, verbs};
use crate::model::choice::SystemClass;
use crate::model::record::{System, Touchpoint};
use crate::model::{Edge, Id, Kind, Record};
use crate::ui::widget::text_field::Lines;

use super::fields::group;
use super::pane::{Act, Pane};
use super::people::referrers;
use super::pick::Offer;

/// Owners are teams.
pub(super) fn is_team(_: &Id, record: &Record) -> bool {
    matches!(record, Record::System(it) if it.class == SystemClass::Team)
}

/// Offers teams; a new name makes a new team (the first class of internal systems).
pub(super) const TEAMS: Offer<'static> =
    Offer { kinds: &[Kind::System], allow: &is_team, fresh: Some(Kind::System) };

pub(super) fn touchpoint_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut Touchpoint) {
    pane.choice(ui, "channel", "Channel", &mut it.channel);
    pane.choice(ui, "delivery", "Done by", &mut it.delivery);
    pane.choice(ui, "status", "Status", &mut it.status);
    pane.reference(ui, "owner", "Owner", &mut it.owner, &TEAMS);
    pane.switch(ui, "moment_of_truth", "Moment of truth", &mut it.moment_of_truth);
    group(&mut it.quality, |quality| {
        pane.steps(ui, "quality.reliable", "Reliable", &mut quality.reliable, false);
        pane.steps(ui, "quality.relevant", "Relevant", &mut quality.relevant, false);
        pane.steps(ui, "quality.valuable", "Valuable", &mut quality.valuable, false);
        pane.steps(ui, "quality.honest", "Honest", &mut quality.honest, false);
    });
    pane.optional_text(ui, "notes", "Notes", &mut it.notes, Lines::Many);
    pane.tags(ui, &mut it.tags);
    pane.frictions(ui, id);
    pane.delights(ui, id);
    pane.links(ui, "Used by", Edge::Uses, id, false);
    pane.links(ui, "Rests on", Edge::DependsOn, id, true);
    let through = referrers(pane, id, Kind::Link);
    let via: Vec<Id> = through.into_iter().filter(|link| is_via(pane, link, id)).collect();
    pane.chips(ui, "Influencers work through it", &via);
    pane.causes_of(ui, id);
    pane.hangs_on(ui, id);
}

fn is_via(pane: &Pane<'_>, link: &Id, touchpoint: &Id) -> bool {
    use crate::model::record::{Link, LinkKind};
    matches!(
        pane.doc().get_as::<Link>(link).map(|it| &it.kind),
        Some(LinkKind::Influences { via: Some(via), .. }) if via == touchpoint
    )
}

pub(super) fn system_ui(ui: &mut Ui, pane: &mut Pane<'_>, id: &Id, it: &mut System) {
    let mut class = it.class;
    pane.choice(ui, "class", "Kind", &mut class);
    if class != it.class {
        // The verb also sees to what a team that is none any more was the owner of.
        let (label, id) = (format!("change kind of {}", pane.called), id.clone());
        let verb = move |tx: &mut Tx<'_>| verbs::set_system_class(tx, &id, class);
        pane.act(Act::Edit(label, Box::new(verb)));
    }
    let usual = format!("{} (as usual)", it.class.default_band().label());
    pane.optional_choice(ui, "band", "Band", &usual, &mut it.band);
    pane.optional_choice(ui, "lever", "Lever", "Not set", &mut it.lever);
    let allow = |other: &Id, record: &Record| other != id && is_team(other, record);
    let teams = Offer { allow: &allow, ..TEAMS };
    pane.reference(ui, "owner", "Owner", &mut it.owner, &teams);
    pane.steps(ui, "criticality", "Criticality", &mut it.criticality, false);
    pane.optional_text(ui, "notes", "Notes", &mut it.notes, Lines::Many);
    pane.tags(ui, &mut it.tags);
    pane.frictions(ui, id);
    pane.causes_of(ui, id);
    pane.links(ui, "Used by", Edge::DependsOn, id, false);
    pane.links(ui, "Rests on", Edge::DependsOn, id, true);
    if it.class == SystemClass::Team {
        let mut owns = referrers(pane, id, Kind::Touchpoint);
        owns.extend(referrers(pane, id, Kind::System));
        owns.extend(referrers(pane, id, Kind::Action));
        pane.chips(ui, "Answers for", &owns);
    }
    pane.delights(ui, id);
    pane.hangs_on(ui, id);
}
