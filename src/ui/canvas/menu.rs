//! Context menus: what can be done with the thing under the pointer.

use egui::{Button, Ui};

use crate::edit::{Selection, verbs};
use crate::geom::Point;
use crate::model::choice::{Channel, InfluencerClass, LaneContent, SystemClass};
use crate::model::record::{Friction, Stage};
use crate::model::{Id, Kind, query};
use crate::scene::{Part, Place};
use crate::tool::Target;
use crate::ui::command::{Command, Menu as TopMenu};
use crate::ui::{Cx, Shown};

use super::adding::{Card, next_in_stage};

/// What a menu was opened on.
#[derive(Debug, Clone)]
pub struct Menu {
    pub target: Target,
    pub at: Point,
}

/// Draws the menu. Returns the record whose text is to be edited, where it adds one.
pub fn menu_ui(ui: &mut Ui, menu: &Menu, cx: &mut Cx<'_>) -> Option<Id> {
    let added = match &menu.target {
        Target::Ground => ground_ui(ui, menu.at, cx),
        Target::Handle(id) => card_ui(ui, id, cx),
        Target::Item(hit) => match hit.part {
            Part::StageHeader => stage_ui(ui, &hit.record, cx),
            Part::LaneLabel => lane_ui(ui, &hit.record, cx),
            // It stands for several records: what is done is done to all of them.
            Part::Group => {
                commands(ui, cx, &[Command::Duplicate, Command::Copy, Command::Delete]);
                None
            }
            _ => card_ui(ui, &hit.record, cx),
        },
    };
    if added.is_some() {
        ui.close();
    }
    added
}

/// Entries for commands of the window's table; those that cannot be given now are grey.
fn commands(ui: &mut Ui, cx: &mut Cx<'_>, list: &[Command]) {
    let status = cx.open.status();
    for command in list {
        let spec = command.spec();
        let text = match (spec.menu, command) {
            (_, Command::StartLink) => "Link to…".to_owned(),
            (TopMenu::Insert, _) => format!("Add {}", spec.text.to_lowercase()),
            _ => spec.text.to_owned(),
        };
        let button = Button::new(text).shortcut_text(command.keys().unwrap_or_default());
        let entry = ui.add_enabled((spec.enabled)(&status), button);
        if entry.on_hover_text(spec.tooltip).clicked() {
            cx.commands.push(*command);
            ui.close();
        }
    }
}

/// Adds a record, as an entry that stays open until its text is kept or given up.
fn add(
    cx: &mut Cx<'_>,
    kind: Kind,
    verb: impl FnOnce(&mut crate::edit::Tx<'_>) -> Id,
) -> Option<Id> {
    let session = &mut cx.open.session;
    session.begin(verbs::describe::adding(kind));
    let id = session.edit_open(verb);
    session.selection = Selection::one(id.clone());
    Some(id)
}

fn card_ui(ui: &mut Ui, record: &Id, cx: &mut Cx<'_>) -> Option<Id> {
    let kind = cx.open.session.doc().kind_of(record);
    match kind {
        Some(Kind::Friction) => severity_ui(ui, record, cx),
        Some(Kind::Step) => {
            commands(
                ui,
                cx,
                &[
                    Command::AddStep,
                    Command::AddTouchpoint,
                    Command::AddInfluencer,
                    Command::AddSystem,
                ],
            );
            ui.separator();
        }
        Some(Kind::Touchpoint | Kind::System) => {
            commands(ui, cx, &[Command::AddSystem]);
            ui.separator();
        }
        _ => {}
    }
    let mut added = None;
    if kind.is_some_and(Kind::is_node) {
        added = mark_ui(ui, record, cx);
        commands(ui, cx, &[Command::AddDelight]);
        if matches!(kind, Some(Kind::Step | Kind::Touchpoint)) {
            commands(ui, cx, &[Command::ToggleMomentOfTruth]);
        }
        commands(ui, cx, &[Command::StartLink]);
        ui.separator();
    }
    if cx.open.status().askable {
        commands(ui, cx, &[Command::Trace, Command::Impact]);
        if cx.open.status().focusable {
            commands(ui, cx, &[Command::OnlyRestsOn, Command::OnlyAround]);
        }
        ui.separator();
    }
    pin_ui(ui, record, cx);
    if kind != Some(Kind::Link) {
        commands(ui, cx, &[Command::Rename, Command::Duplicate, Command::Copy, Command::Cut]);
    }
    commands(ui, cx, &[Command::Delete]);
    added
}

/// A card that is pinned in the ecosystem view can be let go; so can all that are selected with it.
fn pin_ui(ui: &mut Ui, record: &Id, cx: &mut Cx<'_>) {
    let session = &mut cx.open.session;
    let view = query::ecosystem_view(session.doc(), session.index());
    let Some((_, view)) = view.filter(|_| cx.open.shown == Shown::Ecosystem) else {
        return;
    };
    let selection = &session.selection;
    let all = selection.contains(record);
    let pinned = view.pins.keys().filter(|id| *id == record || all && selection.contains(id));
    let pinned: Vec<Id> = pinned.cloned().collect();
    if !pinned.is_empty() && ui.button("Unpin").clicked() {
        let label = verbs::describe::doing("unpin", session.doc(), &pinned);
        session.edit(label, |tx| pinned.iter().for_each(|id| verbs::pin(tx, id, None)));
        ui.close();
    }
}

/// Marks a friction point of a severity on a node.
fn mark_ui(ui: &mut Ui, node: &Id, cx: &mut Cx<'_>) -> Option<Id> {
    let mut added = None;
    ui.menu_button("Mark friction", |ui| {
        for severity in 1..=5u8 {
            if ui.button(severity_text(severity)).clicked() {
                let session = &mut cx.open.session;
                session.begin(verbs::describe::adding(Kind::Friction));
                added = session.edit_open(|tx| verbs::add_friction(tx, node, "", severity));
                match &added {
                    Some(id) => session.selection = Selection::one(id.clone()),
                    None => session.cancel(),
                }
                ui.close();
            }
        }
    });
    added
}

fn severity_ui(ui: &mut Ui, friction: &Id, cx: &mut Cx<'_>) {
    let now = cx.open.session.doc().get_as::<Friction>(friction).map_or(0, |it| it.severity);
    for severity in 1..=5u8 {
        if ui.radio(now == severity, severity_text(severity)).clicked() {
            cx.open.session.edit(format!("set severity {severity}"), |tx| {
                verbs::set_severity(tx, friction, severity);
            });
            ui.close();
        }
    }
    ui.separator();
}

fn severity_text(severity: u8) -> String {
    let meaning = match severity {
        1 => " – a nuisance",
        5 => " – they leave",
        _ => "",
    };
    format!("Severity {severity}{meaning}")
}

fn stage_ui(ui: &mut Ui, stage: &Id, cx: &mut Cx<'_>) -> Option<Id> {
    let mut added = None;
    if ui.button("Add step to this stage").clicked() {
        added = add(cx, Kind::Step, |tx| verbs::add_step(tx, Some(stage), None, ""));
    }
    let after = {
        let stages = cx.open.session.doc().stages();
        let at = stages.iter().position(|(id, _)| *id == stage);
        at.and_then(|at| stages.get(at + 1)).map(|(id, _)| (*id).clone())
    };
    if ui.button("Add stage before").clicked() {
        added = add(cx, Kind::Stage, |tx| verbs::add_stage(tx, Some(stage), ""));
    }
    if ui.button("Add stage after").clicked() {
        added = add(cx, Kind::Stage, |tx| verbs::add_stage(tx, after.as_ref(), ""));
    }
    if cx.open.session.doc().get_as::<Stage>(stage).is_some() {
        ui.separator();
        let list = [
            Command::Rename,
            Command::MoveLeft,
            Command::MoveRight,
            Command::Duplicate,
            Command::Delete,
        ];
        commands(ui, cx, &list);
    }
    added
}

fn lane_ui(ui: &mut Ui, lane: &Id, cx: &mut Cx<'_>) -> Option<Id> {
    commands(ui, cx, &[Command::Rename, Command::MoveLeft, Command::MoveRight]);
    if ui.button("Hide this lane").clicked() {
        let session = &mut cx.open.session;
        session.edit("hide lane", |tx| {
            verbs::materialise_lanes(tx);
            verbs::set_lane_hidden(tx, lane, true);
        });
        ui.close();
    }
    None
}

fn ground_ui(ui: &mut Ui, at: Point, cx: &mut Cx<'_>) -> Option<Id> {
    let place = cx.open.picture().journey().and_then(|it| it.place_at(at));
    let mut added = None;
    if let Some(card) = Card::at(at, cx) {
        if ui.button(format!("Add {} here", card.noun())).clicked() {
            added = Some(card.add(at, cx));
        }
    } else if let Some(place) = place.as_ref() {
        added = here_ui(ui, place, cx);
        let end = place.stage.clone();
        if ui.button("Add step here").clicked() {
            let before =
                place.step.as_ref().and_then(|step| next_in_stage(cx.open.session.doc(), step));
            added =
                add(cx, Kind::Step, |tx| verbs::add_step(tx, end.as_ref(), before.as_ref(), ""));
        }
    } else {
        commands(ui, cx, &[Command::AddStep]);
    }
    commands(ui, cx, &[Command::AddStage]);
    ui.separator();
    if cx.open.shown == Shown::Ecosystem {
        commands(ui, cx, &[Command::TidyUp]);
    }
    commands(ui, cx, &[Command::Paste, Command::SelectAll, Command::ZoomFit, Command::ZoomReset]);
    added
}

/// What the lane under the pointer holds can be added to the step under the pointer.
fn here_ui(ui: &mut Ui, place: &Place, cx: &mut Cx<'_>) -> Option<Id> {
    let (step, lane) = (place.step.clone()?, place.lane?);
    let name = verbs::describe::name(cx.open.session.doc(), &step);
    let systems = |class| (Kind::System, Some(class));
    let (kind, class) = match lane {
        LaneContent::Touchpoints => (Kind::Touchpoint, None),
        LaneContent::Influencers => (Kind::Influencer, None),
        LaneContent::Frictions => (Kind::Friction, None),
        LaneContent::Notes => (Kind::Note, None),
        LaneContent::Teams => systems(SystemClass::Team),
        LaneContent::WorkActions => systems(SystemClass::Action),
        LaneContent::Processes => systems(SystemClass::Process),
        LaneContent::Policies => systems(SystemClass::Policy),
        LaneContent::Technology => systems(SystemClass::Technology),
        LaneContent::Partners => systems(SystemClass::Partner),
        _ => return None,
    };
    let what =
        class.map_or(kind.singular().to_owned(), |it: SystemClass| it.label().to_lowercase());
    if !ui.button(format!("Add {what} to {name}")).clicked() {
        return None;
    }
    if kind == Kind::Friction {
        let session = &mut cx.open.session;
        session.begin(verbs::describe::adding(kind));
        let id = session.edit_open(|tx| verbs::add_friction(tx, &step, "", 3))?;
        session.selection = Selection::one(id.clone());
        return Some(id);
    }
    add(cx, kind, |tx| match (kind, class) {
        (Kind::Touchpoint, _) => verbs::add_touchpoint(tx, &step, "", Channel::default()),
        (Kind::Influencer, _) => verbs::add_influencer(tx, &step, "", InfluencerClass::default()),
        (Kind::Note, _) => verbs::add_note(tx, Some(&step), ""),
        (_, class) => verbs::add_system(tx, Some(&step), "", class.unwrap_or_default()),
    })
}
