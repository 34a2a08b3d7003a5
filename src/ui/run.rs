//! What each command does.
//!
//! A command that edits is one undo entry with a name in the map's own words. What can ask
//! before it loses work is in `files`; what a verb does is in `edit`.

use egui::{Context, ViewportCommand};

use crate::edit::clipboard::{self, Spot};
use crate::edit::verbs::{self, Way, describe};
use crate::edit::{Selection, Session, Tx};
use crate::model::choice::{Channel, InfluencerClass, SystemClass};
use crate::model::record::{Friction, Link, MeasureKind, Step};
use crate::model::{Id, Kind, query};

use super::app::App;
use super::command::{Command, Menu};
use super::dialog::Dialog;
use super::files::Then;
use super::jobs::Purpose;
use super::settings::ThemeChoice;
use super::shown::Shown;
use super::theme::current;

/// How much one command zooms.
const ZOOM: f32 = 1.25;

impl App {
    /// Runs the commands that were pushed, in order.
    pub(super) fn run_commands(&mut self, ctx: &Context) {
        for command in std::mem::take(&mut self.commands) {
            if (command.spec().enabled)(&self.status()) {
                self.run(ctx, command);
                ctx.request_repaint();
            }
        }
    }

    fn run(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::New => self.leave_for(ctx, Then::New),
            Command::Open => self.leave_for(ctx, Then::Pick),
            Command::CloseMap => self.leave_for(ctx, Then::Close),
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::Save => self.save(ctx, None),
            Command::SaveAs => self.ask_path(ctx, Purpose::SaveAs(None)),
            Command::Cut | Command::Copy => self.copy(ctx, command == Command::Cut),
            // The system's clipboard answers with an event in one of the next frames.
            Command::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Command::ToggleOutline
            | Command::ToggleInspector
            | Command::ToggleFindings
            | Command::ToggleHubs
            | Command::ToggleTheme
            | Command::LargerText
            | Command::SmallerText => self.run_view(ctx, command),
            Command::ShowJourney => self.show_view(Shown::Journey),
            Command::ShowEcosystem => self.show_view(Shown::Ecosystem),
            Command::ShowShortcuts => self.dialog = Some(Dialog::Shortcuts),
            Command::About => self.dialog = Some(Dialog::About),
            _ if command.spec().menu == Menu::Analyse => self.run_analyse(command),
            _ if command.spec().menu == Menu::Export => self.run_export(ctx, command),
            _ => self.run_on_map(command),
        }
    }

    fn run_view(&mut self, ctx: &Context, command: Command) {
        let settings = &mut self.store.now;
        match command {
            Command::ToggleOutline => settings.outline = !settings.outline,
            Command::ToggleInspector => settings.inspector = !settings.inspector,
            // There is one place for both.
            Command::ToggleFindings => {
                (settings.findings, settings.hubs) = (!settings.findings, false);
            }
            Command::ToggleHubs => {
                (settings.hubs, settings.findings) = (!settings.hubs, false);
            }
            Command::ToggleTheme => {
                let dark = current(ctx).dark;
                self.set_theme(ctx, if dark { ThemeChoice::Light } else { ThemeChoice::Dark });
            }
            _ => {
                settings.scale_by(if command == Command::LargerText { 1 } else { -1 });
                ctx.set_zoom_factor(settings.scale);
            }
        }
    }

    /// Shows a view of the map, and from now on that one first.
    pub(super) fn show_view(&mut self, shown: Shown) {
        self.store.now.shown = shown;
        if let Some(open) = &mut self.open {
            open.show(shown, &mut self.text);
        }
    }

    /// Commands on the open map and its canvas.
    fn run_on_map(&mut self, command: Command) {
        let Some(open) = &mut self.open else {
            return;
        };
        let (session, canvas) = (&mut open.session, &mut open.canvas);
        match command {
            Command::Undo => {
                self.message = session.undo().map(|label| format!("Undid: {label}"));
            }
            Command::Redo => {
                self.message = session.redo().map(|label| format!("Did again: {label}"));
            }
            Command::SelectAll => {
                let cards = session.doc().iter().filter(|(_, r)| has_card(r.kind()));
                session.selection = Selection::many(cards.map(|(id, _)| id.clone()));
            }
            Command::SelectNone => session.selection = Selection::default(),
            Command::Duplicate => duplicate(session),
            Command::TidyUp => session.edit("tidy up", verbs::tidy),
            Command::Delete => delete(session),
            Command::MoveLeft => shift(session, Way::Earlier),
            Command::MoveRight => shift(session, Way::Later),
            Command::ToggleMomentOfTruth => toggle_truth(session),
            Command::Rename => {
                if let Some(id) = session.selection.lead.clone() {
                    canvas.edit(id);
                }
            }
            Command::StartLink => canvas.start_linking(),
            Command::ZoomIn => canvas.zoom_by(ZOOM),
            Command::ZoomOut => canvas.zoom_by(1.0 / ZOOM),
            Command::ZoomReset => canvas.reset_zoom(),
            Command::ZoomFit => canvas.fit(),
            Command::ZoomSelection => canvas.fit_selection(),
            _ => match add(session, command) {
                Ok(id) => {
                    // What has a card is named in place; the entry stays open until it is.
                    if session.doc().kind_of(&id).is_some_and(has_card) {
                        canvas.edit(id);
                    } else {
                        session.commit();
                    }
                }
                Err(why) => self.message = Some(why.to_owned()),
            },
        }
    }

    fn copy(&mut self, ctx: &Context, cut: bool) {
        let Some(open) = &mut self.open else {
            return;
        };
        let session = &mut open.session;
        session.commit();
        let ids: Vec<Id> = session.selection.ids.iter().cloned().collect();
        let mut clip = clipboard::copy(session.doc(), session.index(), &ids);
        if clip.is_empty() {
            self.message = Some("The selection cannot be copied".to_owned());
            return;
        }
        if cut {
            let label = format!("cut {}", clip.label());
            // More than a copy: what would be lost with the originals comes along.
            clip = session.edit(label, |tx| clipboard::cut(tx, &ids));
        }
        let text = clip.text();
        self.message = Some(format!("{} {}", if cut { "Cut" } else { "Copied" }, clip.label()));
        ctx.copy_text(text.clone());
        self.clip = Some((clip, text));
    }

    /// Pastes: what was copied here, if the system's clipboard still holds it; else its lines.
    pub(super) fn paste(&mut self, text: &str) {
        let Some(open) = &mut self.open else {
            return;
        };
        let session = &mut open.session;
        session.commit();
        let lead = session.selection.lead.clone();
        let spot = Spot::after(session.doc(), session.index(), lead.as_ref());
        let own = self.clip.as_ref().filter(|(_, copied)| same_text(copied, text));
        let new = match own {
            Some((clip, _)) => {
                let label = format!("paste {}", clip.label());
                session.edit(label, |tx| clipboard::paste(tx, clip, &spot))
            }
            None => session.edit("paste lines", |tx| clipboard::paste_lines(tx, text, &spot)),
        };
        if new.is_empty() {
            self.message = Some("There is nothing to paste here".to_owned());
        } else {
            session.selection = Selection::many(new);
        }
    }
}

/// Clipboards differ in line ends and in a last newline.
fn same_text(a: &str, b: &str) -> bool {
    a.trim_end().lines().eq(b.trim_end().lines())
}

/// Whether records of a kind stand on the map as something to select.
fn has_card(kind: Kind) -> bool {
    kind.is_node()
        || matches!(kind, Kind::Stage | Kind::Friction | Kind::Delight | Kind::Action | Kind::Note)
}

fn selected(session: &Session) -> Vec<Id> {
    session.selection.ids.iter().cloned().collect()
}

fn duplicate(session: &mut Session) {
    let ids = selected(session);
    let label = describe::doing("duplicate", session.doc(), &ids);
    let new = session.edit(label, |tx| verbs::duplicate(tx, &ids));
    if !new.is_empty() {
        session.selection = Selection::many(new);
    }
}

fn delete(session: &mut Session) {
    let ids = selected(session);
    let label = describe::removing(session.doc(), session.index(), &ids);
    session.edit(label, |tx| verbs::remove(tx, &ids));
}

fn shift(session: &mut Session, way: Way) {
    let ids = selected(session);
    let label = describe::doing("move", session.doc(), &ids);
    session.edit(label, |tx| verbs::shift(tx, &ids, way));
}

fn toggle_truth(session: &mut Session) {
    let ids = selected(session);
    let label = describe::doing("moment of truth:", session.doc(), &ids);
    session.edit(label, |tx| verbs::toggle_moment_of_truth(tx, &ids));
}

/// Where the selection is, for what is added to it.
#[derive(Debug, Default)]
struct Here {
    lead: Option<Id>,
    /// The lead if it is a node or a link.
    node: Option<Id>,
    step: Option<Id>,
    stage: Option<Id>,
}

impl Here {
    fn of(session: &Session) -> Self {
        let (doc, lead) = (session.doc(), session.selection.lead.clone());
        let kind = lead.as_ref().and_then(|id| doc.kind_of(id));
        let at = |id: &Id| match doc.get_as::<Friction>(id) {
            Some(friction) => friction.at.clone(),
            None => Some(id.clone()),
        };
        let node = lead
            .as_ref()
            .and_then(at)
            .filter(|id| doc.kind_of(id).is_some_and(|kind| kind.is_node() || kind == Kind::Link));
        // The step itself, or one that the selected card is linked with.
        let step = node.as_ref().and_then(|id| match doc.kind_of(id) {
            Some(Kind::Step) => Some(id.clone()),
            _ => step_of(session, id),
        });
        let stage = if kind == Some(Kind::Stage) {
            lead.clone()
        } else {
            step.as_ref().and_then(|id| doc.get_as::<Step>(id)).and_then(|s| s.stage.clone())
        };
        Self { lead, node, step, stage }
    }
}

/// A step that a touchpoint, influencer or link is about.
fn step_of(session: &Session, id: &Id) -> Option<Id> {
    let doc = session.doc();
    let is_step = |id: &&Id| doc.kind_of(id) == Some(Kind::Step);
    let ends = |link: &Link| [link.from.clone(), link.to.clone()].into_iter();
    match doc.get_as::<Link>(id) {
        Some(link) => ends(link).find(|end| is_step(&end)),
        None => query::links_at(doc, session.index(), id)
            .into_iter()
            .find_map(|(_, link)| ends(link).find(|end| is_step(&end))),
    }
}

/// Adds what the command says at the selection, selects it and returns its id; where it cannot
/// be added, says why. The undo entry stays open, for the name that is typed next.
fn add(session: &mut Session, command: Command) -> Result<Id, &'static str> {
    const NEEDS_STEP: &str = "Select a step first: it is added there";
    const NEEDS_NODE: &str = "Select a card first: it is marked there";
    let here = Here::of(session);
    let step = || here.step.clone().ok_or(NEEDS_STEP);
    let node = || here.node.clone().ok_or(NEEDS_NODE);
    let Here { lead, .. } = &here;
    let id = match command {
        Command::AddStage => {
            let next = stage_after(session, here.stage.as_ref());
            put(session, Kind::Stage, |tx| verbs::add_stage(tx, next.as_ref(), "New stage"))
        }
        Command::AddStep => match (&here.step, &here.stage) {
            (Some(step), _) => {
                put(session, Kind::Step, |tx| verbs::add_step_after(tx, step, "New step"))
            }
            (None, stage) => {
                let last = session.doc().stages().last().map(|(id, _)| (*id).clone());
                let stage = stage.clone().or(last);
                let verb = |tx: &mut Tx<'_>| verbs::add_step(tx, stage.as_ref(), None, "New step");
                put(session, Kind::Step, verb)
            }
        },
        Command::AddTouchpoint => {
            let (at, name) = (step()?, "New touchpoint");
            put(session, Kind::Touchpoint, |tx| {
                verbs::add_touchpoint(tx, &at, name, Channel::default())
            })
        }
        Command::AddInfluencer => {
            let (at, name) = (step()?, "New influencer");
            put(session, Kind::Influencer, |tx| {
                verbs::add_influencer(tx, &at, name, InfluencerClass::default())
            })
        }
        Command::AddSystem => {
            let (from, name) = (here.node.clone(), "New system");
            put(session, Kind::System, |tx| {
                verbs::add_system(tx, from.as_ref(), name, SystemClass::default())
            })
        }
        Command::AddFriction => {
            let at = node()?;
            let label = describe::doing_at("mark friction", session.doc(), &at);
            session.begin(label);
            let id = session.edit_open(|tx| verbs::add_friction(tx, &at, "New friction", 3));
            id.ok_or(NEEDS_NODE)?
        }
        Command::AddDelight => {
            let at = node()?;
            let label = describe::doing_at("mark delight", session.doc(), &at);
            session.begin(label);
            let id = session.edit_open(|tx| verbs::add_delight(tx, &at, "New delight", 3));
            id.ok_or(NEEDS_NODE)?
        }
        Command::AddAction => {
            let at: Vec<Id> = selected(session);
            put(session, Kind::Action, |tx| verbs::add_action(tx, &at, "New action"))
        }
        Command::AddMeasure => put(session, Kind::Measure, |tx| {
            verbs::add_measure(tx, "New measure", MeasureKind::default())
        }),
        Command::AddNote => {
            put(session, Kind::Note, |tx| verbs::add_note(tx, lead.as_ref(), "New note"))
        }
        Command::AddSegment => {
            put(session, Kind::Segment, |tx| verbs::add_segment(tx, "New segment"))
        }
        _ => return Err("This command needs something else to be selected"),
    };
    session.selection = Selection::one(id.clone());
    Ok(id)
}

fn put(session: &mut Session, kind: Kind, verb: impl FnOnce(&mut Tx<'_>) -> Id) -> Id {
    session.begin(describe::adding(kind));
    session.edit_open(verb)
}

/// The stage that a new one after `stage` stands before; none: at the end.
fn stage_after(session: &Session, stage: Option<&Id>) -> Option<Id> {
    let stages = session.doc().stages();
    let at = stages.iter().position(|(id, _)| Some(*id) == stage)?;
    stages.get(at + 1).map(|(id, _)| (*id).clone())
}
