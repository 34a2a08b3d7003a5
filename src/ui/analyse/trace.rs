//! A trace in words: causes, ways, owners, friction on the way.

use egui::Ui;

use crate::insight::{Owner, Trace, in_words};
use crate::layout::sizes;
use crate::model::Id;
use crate::scene::Icon;
use crate::ui::widget::muted;

use super::panel::List;
use super::row::{Mark, Row};
use super::state::Pointed;
use super::words::{self, NO_OWNER};

pub(super) fn trace_ui(ui: &mut Ui, list: &mut List<'_, '_>, about: &Id, trace: &Trace) {
    list.title_ui(ui, about, &words::trace_line(trace));
    if trace.causes.is_empty() {
        let hint = "Link it with what it rests on, and the way down shows here.";
        ui.add(egui::Label::new(muted(hint, list.theme())).wrap());
    }
    list.section(ui, "Causes", "Causes", trace.causes.len(), |list, ui| {
        let all = trace.causes.len();
        for cause in &trace.causes[..list.most("Causes", all)] {
            let doc = list.doc();
            let (title, line) = (in_words(doc, &cause.system), words::cause_line(doc, cause));
            let mark = match cause.named_by.is_empty() {
                true => Mark::Possible,
                false => Mark::Named(words::worst_of(doc, cause)),
            };
            let name = format!("{title}. {line}");
            let pointed = Pointed::End(cause.system.clone());
            let row = Row { mark, title: &title, line: &line, name: &name, strong: true };
            list.row(ui, &cause.system, Some(pointed), row);
        }
        list.rest_ui(ui, "Causes", all);
    });
    let head = words::ways_head(trace);
    list.section(ui, "Ways", &head, trace.paths.len(), |list, ui| {
        let all = trace.paths.len();
        for (at, way) in trace.paths.iter().enumerate().take(list.most("Ways", all)) {
            let Some(end) = way.nodes.last() else {
                continue;
            };
            let title = way.in_words(list.doc());
            let name = format!("Way {}: {title}", at + 1);
            let mark =
                if way.named { Mark::Named(severity(list, trace, end)) } else { Mark::Possible };
            let row = Row { mark, title: &title, line: "", name: &name, strong: false };
            list.row(ui, end, Some(Pointed::Way(at)), row);
        }
        list.rest_ui(ui, "Ways", all);
    });
    let owners = words::owners(trace);
    list.section(ui, "Owners on the way", "Owners on the way", owners.len(), |list, ui| {
        for (at, owner) in owners {
            owner_ui(ui, list, at, owner);
        }
    });
    let title = "Friction on the way";
    let all = trace.frictions.len();
    list.section(ui, title, title, all, |list, ui| {
        for id in &trace.frictions[..list.most(title, all)] {
            list.friction(ui, id);
        }
        list.rest_ui(ui, title, all);
    });
}

/// The worst that was said of a named cause.
fn severity(list: &List<'_, '_>, trace: &Trace, end: &Id) -> u8 {
    let cause = trace.causes.iter().find(|it| it.system == *end);
    cause.map_or(0, |it| words::worst_of(list.doc(), it))
}

/// Who owns something on the way, and below it what that is.
fn owner_ui(ui: &mut Ui, list: &mut List<'_, '_>, at: usize, owner: &Owner) {
    let owns = owner.owns.len();
    let line = match owns {
        0 => "on the way itself".to_owned(),
        n => format!("of {}", words::count(n as u64, "card on the way", "cards on the way")),
    };
    let (mark, title) = match &owner.team {
        None => (Mark::Warning, NO_OWNER.to_owned()),
        Some(team) => (Mark::Icon(Icon::Team), in_words(list.doc(), team)),
    };
    let name = format!("{title}, {line}");
    let row = Row { mark, title: &title, line: &line, name: &name, strong: true };
    if let Some(goal) = owner.team.as_ref().or(owner.owns.first()) {
        list.row(ui, goal, Some(Pointed::Owner(at)), row);
    }
    if owns > 0 {
        ui.horizontal(|ui| {
            ui.add_space(sizes().mark.severity + sizes().space.s);
            ui.vertical(|ui| {
                let label = owner.team.as_ref().map_or("Without an owner:", |_| "Owned:");
                list.chips(ui, "Owners on the way", label, &owner.owns);
            });
        });
    }
}
