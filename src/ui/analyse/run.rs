//! What the commands of the menu *Analyse* do.

use egui::Context;

use crate::ui::app::App;
use crate::ui::{Command, Open, Shown};

use super::filter::Wanted;
use super::narrow::{card_of, changed, widen};
use super::state::Question;

impl App {
    /// Runs a command that asks the map, or that narrows what the ecosystem view shows.
    pub(in crate::ui) fn run_analyse(&mut self, command: Command) {
        let from_journey =
            matches!(command, Command::OnlyRestsOn | Command::OnlyRestsOnIt | Command::OnlyAround);
        if from_journey {
            self.show_view(Shown::Ecosystem);
        }
        let Some(open) = &mut self.open else {
            return;
        };
        match command {
            Command::Trace => open.analyse.ask(Question::Trace, &open.session.selection),
            Command::Impact => open.analyse.ask(Question::Impact, &open.session.selection),
            Command::FitLit => {
                let lit = open.trail.iter().flat_map(|it| it.lit.iter().cloned());
                open.canvas.fit_to(lit);
            }
            _ => {
                let lead = open.session.selection.lead.as_ref();
                let doc = open.session.doc();
                let card = lead.and_then(|lead| card_of(doc, lead));
                if let Some(options) = open.narrowing().cloned() {
                    let options = changed(doc, options, command, card.as_ref());
                    open.narrow(options, &mut self.text);
                }
            }
        }
    }

    /// Does what the bar of the ecosystem view asks for.
    pub(in crate::ui) fn take_wanted(&mut self, ctx: &Context, wanted: Wanted) {
        self.commands.extend(wanted.commands);
        let Some(open) = &mut self.open else {
            return;
        };
        if let Some(by) = wanted.widen {
            widen(open, &mut self.text, by);
            ctx.request_repaint();
        }
        if let Some(options) = wanted.options {
            open.narrow(options, &mut self.text);
            ctx.request_repaint();
        }
    }

    /// Brings the answer to what is asked, and what it lights, in step with the map.
    pub(in crate::ui) fn light(&mut self, ctx: &Context) {
        if let Some(Open { session, trail, analyse, .. }) = &mut self.open
            && analyse.follow(session, trail)
        {
            ctx.request_repaint();
        }
    }
}
