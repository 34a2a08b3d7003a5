//! What the ecosystem view shows: filter, focus, grouping, cards that stand as one.
//!
//! Changes the options of the scene and nothing else; none of it is written into the map. Not
//! here: what the options mean (see `scene::EcosystemOptions`) and the controls (see `filter`).

use std::collections::BTreeSet;

use crate::insight::in_words;
use crate::model::choice::SystemClass;
use crate::model::record::{System, Touchpoint};
use crate::model::{Doc, Id};
use crate::scene::{EcosystemFilter, EcosystemOptions, Focus, FocusWay, Grouping, NodeKind, Part};
use crate::text::Text;
use crate::ui::{Command, Open, Shown};

use super::answer::place_of;
use super::words::count;

/// How far a neighbourhood reaches at first, and at most, in links.
const AROUND: u8 = 2;
const MOST_AROUND: u8 = 9;

impl Open {
    /// What the ecosystem view shows; `None` before it was made.
    pub fn narrowing(&self) -> Option<&EcosystemOptions> {
        self.ecosystem.as_ref().map(crate::scene::EcosystemScene::options)
    }

    /// Has the ecosystem view show something else, and the whole of it in sight. The segment
    /// stays that of the window.
    pub fn narrow(&mut self, options: EcosystemOptions, text: &mut Text) {
        self.follow(text);
        let options = EcosystemOptions { segment: self.segment.clone(), ..options };
        let (doc, graph, index) = (self.session.doc(), self.session.graph(), self.session.index());
        if let Some(ecosystem) = &mut self.ecosystem
            && *ecosystem.options() != options
        {
            ecosystem.set_options(doc, index, graph, text, options);
            self.canvas.fit_when_laid_out();
        }
    }

    /// Whether cards stand where they are pinned: pins are places in the bands.
    pub fn pins_count(&self) -> bool {
        let bands = |it: &EcosystemOptions| it.grouping == Grouping::Bands;
        self.shown == Shown::Ecosystem && self.narrowing().is_some_and(bands)
    }

    /// What the ecosystem view is focused on, if that is still in the map.
    pub fn focus(&self) -> Option<&Focus> {
        let focus = self.narrowing().and_then(|it| it.focus.as_ref());
        focus.filter(|it| self.session.doc().get(&it.node).is_some())
    }

    /// Whether the ecosystem view has cards to show and shows none of them.
    pub fn shows_nothing(&self) -> bool {
        let card = |part| matches!(part, Part::Card | Part::Group);
        let any = |it: &crate::scene::Item| it.hit.as_ref().is_some_and(|hit| card(hit.part));
        self.shown == Shown::Ecosystem
            && self.narrowing().is_some_and(is_narrowed)
            && !self.is_waiting()
            && !self.scene().items.iter().any(any)
            && self.session.graph().node_count() > 0
    }
}

/// Shows more of the neighbourhood, or less of it, by so many links. `false` where the ecosystem
/// view shows no neighbourhood.
pub fn widen(open: &mut Open, text: &mut Text, by: i8) -> bool {
    let around = |it: &EcosystemOptions| match &it.focus {
        Some(Focus { node, way: FocusWay::Around(links) }) => Some((node.clone(), *links)),
        _ => None,
    };
    let shown =
        open.narrowing().filter(|_| open.shown == Shown::Ecosystem && open.focus().is_some());
    let Some((options, (node, links))) = shown.and_then(|it| Some((it.clone(), around(it)?)))
    else {
        return false;
    };
    let links = links.saturating_add_signed(by).clamp(1, MOST_AROUND);
    let focus = Some(Focus { node, way: FocusWay::Around(links) });
    open.narrow(EcosystemOptions { focus, ..options }, text);
    true
}

/// The card that a record stands on: itself, or what a friction point or a delight marks.
pub fn card_of(doc: &Doc, id: &Id) -> Option<Id> {
    let node = |id: &Id| doc.kind_of(id).is_some_and(crate::model::Kind::is_node);
    let at = Some(id).filter(|id| node(id)).or_else(|| place_of(doc, id).filter(|id| node(id)));
    at.cloned()
}

/// The team of a card: itself, or who owns it.
pub fn team_of(doc: &Doc, card: &Id) -> Option<Id> {
    let system = doc.get_as::<System>(card);
    let owner = match system {
        Some(it) if it.class == SystemClass::Team && it.owner.is_none() => Some(card),
        Some(it) => it.owner.as_ref(),
        None => doc.get_as::<Touchpoint>(card)?.owner.as_ref(),
    };
    owner.filter(|id| doc.get_as::<System>(id).is_some()).cloned()
}

/// Does to the options what a command says; the card leads the selection.
pub(super) fn changed(
    doc: &Doc,
    mut options: EcosystemOptions,
    command: Command,
    card: Option<&Id>,
) -> EcosystemOptions {
    match command {
        Command::OnlyRestsOn => focus(&mut options, card, FocusWay::RestsOn),
        Command::OnlyRestsOnIt => focus(&mut options, card, FocusWay::RestsOnIt),
        Command::OnlyAround => focus(&mut options, card, FocusWay::Around(AROUND)),
        Command::ShowEverything => {
            options = EcosystemOptions { grouping: options.grouping, ..Default::default() };
        }
        Command::GroupByOwner => {
            options.grouping = match options.grouping {
                Grouping::Bands => Grouping::Owners,
                Grouping::Owners => Grouping::Bands,
            };
        }
        Command::CollapseKind => {
            if let Some(kind) = card.and_then(|id| NodeKind::of(doc, id)) {
                toggle(&mut options.collapsed_kinds, kind);
            }
        }
        Command::CollapseTeam => {
            if let Some(team) = card.and_then(|id| team_of(doc, id)) {
                toggle(&mut options.collapsed_teams, team);
            }
        }
        Command::ExpandAll => {
            options.collapsed_kinds.clear();
            options.collapsed_teams.clear();
        }
        _ => {}
    }
    options
}

/// Puts the focus on a card; the same again takes it away.
fn focus(options: &mut EcosystemOptions, card: Option<&Id>, way: FocusWay) {
    let same = |it: &Focus| {
        std::mem::discriminant(&it.way) == std::mem::discriminant(&way)
            && card.is_none_or(|card| *card == it.node)
    };
    options.focus = match (&options.focus, card) {
        (Some(it), _) if same(it) => None,
        (_, Some(card)) => Some(Focus { node: card.clone(), way }),
        (_, None) => None,
    };
}

pub(super) fn toggle<T: Ord>(set: &mut BTreeSet<T>, it: T) {
    if !set.remove(&it) {
        set.insert(it);
    }
}

/// Whether the view leaves something out or shows several cards as one. The segment is the
/// window's, and the grouping leaves nothing out.
pub fn is_narrowed(options: &EcosystemOptions) -> bool {
    !options.filter.is_empty() || options.focus.is_some() || is_collapsed(options)
}

/// Whether cards stand as one.
pub fn is_collapsed(options: &EcosystemOptions) -> bool {
    !options.collapsed_kinds.is_empty() || !options.collapsed_teams.is_empty()
}

/// How many parts of a filter leave something out.
pub fn parts(filter: &EcosystemFilter) -> usize {
    let EcosystemFilter { stages, bands, kinds, owners, min_severity } = filter;
    let all = [
        !stages.is_empty(),
        !bands.is_empty(),
        !kinds.is_empty(),
        !owners.is_empty(),
        min_severity.is_some(),
    ];
    all.into_iter().filter(|it| *it).count()
}

/// "Around Returns desk · 2 links"; "What Return the film rests on".
pub fn focus_words(doc: &Doc, focus: &Focus) -> String {
    let name = in_words(doc, &focus.node);
    match focus.way {
        FocusWay::RestsOn => format!("What {name} rests on"),
        FocusWay::RestsOnIt => format!("What rests on {name}"),
        FocusWay::Around(links) => {
            format!("Around {name} · {}", count(u64::from(links), "link", "links"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::new(text).unwrap()
    }

    #[test]
    fn the_same_focus_again_takes_it_away_and_another_moves_it() {
        let (doc, mut options) = (Doc::default(), EcosystemOptions::default());
        let (a, b) = (id("a"), id("b"));
        options = changed(&doc, options, Command::OnlyAround, Some(&a));
        options = changed(&doc, options, Command::OnlyAround, Some(&b));
        let around = Focus { node: b.clone(), way: FocusWay::Around(AROUND) };
        assert_eq!(options.focus.as_ref(), Some(&around));
        options.focus = Some(Focus { way: FocusWay::Around(5), ..around });
        options = changed(&doc, options, Command::OnlyAround, Some(&b));
        assert_eq!(options, EcosystemOptions::default());
    }

    #[test]
    fn showing_everything_keeps_the_grouping() {
        let mut options = EcosystemOptions { grouping: Grouping::Owners, ..Default::default() };
        options.filter.min_severity = Some(4);
        options.filter.stages.insert(id("a"));
        options.collapsed_kinds.insert(NodeKind::Touchpoint);
        assert!(is_narrowed(&options));
        assert_eq!(parts(&options.filter), 2);
        let all = changed(&Doc::default(), options, Command::ShowEverything, None);
        assert!(!is_narrowed(&all));
        assert_eq!(all.grouping, Grouping::Owners);
    }
}
