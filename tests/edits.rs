//! Random edits with undo and redo in between: whatever is done, the map stays whole, what is
//! derived from it stays in step, and every entry can be taken back and done again.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index as Pick;
use throughline::edit::clipboard::{self, Spot};
use throughline::edit::{Selection, Session, Tx, new_map, verbs};
use throughline::model::choice::{
    Band, Channel, InfluencerClass, LaneContent, NextClass, SystemClass, ViewKind,
};
use throughline::model::record::{Friction, Link, LinkKind, MeasureKind, Step, Touchpoint, View};
use throughline::model::{Doc, Edge, Graph, Hold, Id, Index, Kind, OrderKey, Record, check, query};

use super::support;

/// One thing that happens to a session.
#[derive(Debug, Clone)]
enum Op {
    /// One entry, of one verb or a few.
    Edit(Vec<Verb>),
    /// Edits into the open entry; opens one where none is.
    EditOpen(Verb),
    Begin,
    Rewind,
    Commit,
    Cancel,
    Undo,
    Redo,
    Select(Vec<Pick>),
}

/// A verb by number, with what it is done to.
#[derive(Debug, Clone)]
struct Verb {
    what: u8,
    picks: [Pick; 3],
    many: Vec<Pick>,
    number: u8,
    text: String,
}

const VERBS: u8 = 35;

fn verb() -> impl Strategy<Value = Verb> {
    let picks = any::<[Pick; 3]>();
    let many = prop::collection::vec(any::<Pick>(), 1..5);
    (0..VERBS, picks, many, any::<u8>(), "[a-zé][a-zé\\n -]{0,12}")
        .prop_map(|(what, picks, many, number, text)| Verb { what, picks, many, number, text })
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        12 => prop::collection::vec(verb(), 1..4).prop_map(Op::Edit),
        6 => verb().prop_map(Op::EditOpen),
        1 => Just(Op::Begin),
        2 => Just(Op::Rewind),
        2 => Just(Op::Commit),
        1 => Just(Op::Cancel),
        4 => Just(Op::Undo),
        3 => Just(Op::Redo),
        2 => prop::collection::vec(any::<Pick>(), 0..3).prop_map(Op::Select),
    ]
}

fn pick_of(doc: &Doc, fits: impl Fn(&Record) -> bool, pick: &Pick) -> Option<Id> {
    let all: Vec<&Id> = doc.iter().filter(|(_, r)| fits(r)).map(|(id, _)| id).collect();
    (!all.is_empty()).then(|| all[pick.index(all.len())].clone())
}

fn any_of(doc: &Doc, picks: &[Pick]) -> Vec<Id> {
    let chosen: BTreeSet<Id> = picks.iter().filter_map(|p| pick_of(doc, |_| true, p)).collect();
    chosen.into_iter().collect()
}

impl Verb {
    fn kind(&self, tx: &Tx<'_>, at: usize, kind: Kind) -> Option<Id> {
        pick_of(tx.doc(), |record| record.kind() == kind, &self.picks[at])
    }

    fn any(&self, tx: &Tx<'_>, at: usize) -> Option<Id> {
        pick_of(tx.doc(), |_| true, &self.picks[at])
    }

    fn node(&self, tx: &Tx<'_>, at: usize) -> Option<Id> {
        pick_of(tx.doc(), |record| record.kind().is_node(), &self.picks[at])
    }

    fn spot(&self, tx: &Tx<'_>) -> Spot {
        Spot::after(tx.doc(), &Index::of(tx.doc()), self.any(tx, 2).as_ref())
    }

    /// Does it; `None` where the map has nothing to do it to.
    fn run(&self, tx: &mut Tx<'_>) -> Option<()> {
        let text = self.text.as_str();
        let level = self.number % 8;
        let small = i8::try_from(level).expect("below 8") - 4;
        let stage = self.kind(tx, 0, Kind::Stage).filter(|_| level > 1);
        let many = any_of(tx.doc(), &self.many);
        match self.what {
            0 => drop(verbs::add_stage(tx, stage.as_ref(), text)),
            1 => {
                let before = self.kind(tx, 1, Kind::Step);
                drop(verbs::add_step(tx, stage.as_ref(), before.as_ref(), text));
            }
            2 => drop(verbs::add_step_after(tx, &self.any(tx, 0)?, text)),
            3 => drop(verbs::add_touchpoint(tx, &self.any(tx, 0)?, text, Channel::Web)),
            4 => {
                let class = InfluencerClass::Friend;
                drop(verbs::add_influencer(tx, &self.any(tx, 0)?, text, class));
            }
            5 => {
                let class = SystemClass::ALL[usize::from(level) % SystemClass::ALL.len()];
                drop(verbs::add_system(tx, self.any(tx, 0).as_ref(), text, class));
            }
            6 => drop(verbs::add_friction(tx, &self.any(tx, 0)?, text, self.number)),
            7 => drop(verbs::add_delight(tx, &self.any(tx, 0)?, text, self.number)),
            8 => drop(verbs::add_action(tx, &many, text)),
            9 => {
                let measure = verbs::add_measure(tx, text, MeasureKind::Nps);
                drop(verbs::add_reading(tx, &measure, self.any(tx, 0).as_ref(), None, 41.5));
            }
            10 => drop(verbs::add_verbatim(tx, self.any(tx, 0).as_ref(), text)),
            11 => drop(verbs::add_note(tx, self.any(tx, 0).as_ref(), text)),
            12 => drop(verbs::add_segment(tx, text)),
            13 => drop(verbs::rename(tx, &self.any(tx, 0)?, text)),
            14 => verbs::set_severity(tx, &self.kind(tx, 0, Kind::Friction)?, self.number),
            15 => {
                let segment = self.any(tx, 1)?;
                verbs::set_feeling(tx, &self.any(tx, 0)?, &segment, (level > 1).then_some(small));
                verbs::set_expected(tx, &self.any(tx, 2)?, &segment, Some(small));
            }
            16 => verbs::shift_feelings(tx, &self.any(tx, 0)?, None, small),
            17 => {
                let (link, segment) = (self.kind(tx, 0, Kind::Link)?, self.any(tx, 1)?);
                verbs::set_importance(tx, &link, &segment, (level > 1).then_some(self.number));
            }
            18 => drop(verbs::toggle_moment_of_truth(tx, &many)),
            19 => verbs::set_stage(tx, &self.any(tx, 1)?, self.any(tx, 0).as_ref()),
            20 => {
                verbs::set_next_class(tx, &self.kind(tx, 0, Kind::Link)?, NextClass::Exit);
                let kind = LinkKind::DependsOn { what: None, rating: None };
                verbs::set_link_kind(tx, &self.kind(tx, 1, Kind::Link)?, kind);
            }
            21 => {
                let team = self.kind(tx, 1, Kind::System);
                verbs::set_owner(tx, &self.any(tx, 0)?, team.as_ref());
            }
            22 => {
                let class = SystemClass::ALL[usize::from(level) % SystemClass::ALL.len()];
                verbs::set_system_class(tx, &self.kind(tx, 0, Kind::System)?, class);
            }
            23 => {
                let (friction, cause) = (self.kind(tx, 0, Kind::Friction)?, self.any(tx, 1)?);
                if verbs::add_cause(tx, &friction, &cause) && level == 0 {
                    verbs::remove_cause(tx, &friction, &cause);
                }
            }
            24 => {
                let before = self.kind(tx, 1, Kind::Step);
                verbs::move_steps(tx, &many, stage.as_ref(), before.as_ref());
            }
            25 => {
                let before = self.any(tx, 1).filter(|_| level > 1);
                verbs::move_stage(tx, &self.any(tx, 0)?, before.as_ref());
            }
            26 => {
                verbs::materialise_lanes(tx);
                let (lane, before) = (self.kind(tx, 0, Kind::Lane)?, self.any(tx, 1));
                verbs::move_lane(tx, &lane, before.as_ref());
                verbs::set_lane_hidden(tx, &lane, level > 3);
            }
            27 => {
                let content = LaneContent::ALL[usize::from(self.number) % LaneContent::ALL.len()];
                drop(verbs::add_lane(tx, self.any(tx, 0).as_ref(), content, Band::Insight));
            }
            28 => drop(verbs::shift(
                tx,
                &many,
                if level > 3 { verbs::Way::Earlier } else { verbs::Way::Later },
            )),
            29 => {
                let (from, to) = (self.node(tx, 0)?, self.node(tx, 1)?);
                let graph = Graph::of(tx.doc());
                let foretold = verbs::can_link(tx.doc(), &graph, &from, &to);
                let edge = verbs::link(tx, &from, &to)
                    .map(|id| Edge::of(&tx.doc().get_as::<Link>(&id).expect("just linked").kind));
                assert_eq!(foretold, edge, "what lights up can be linked");
            }
            30 => {
                let link = self.kind(tx, 0, Kind::Link)?;
                if level == 0 {
                    verbs::unlink(tx, &link);
                } else {
                    let ends = (self.node(tx, 1)?, self.node(tx, 2)?);
                    drop(verbs::relink(tx, &link, &ends.0, &ends.1));
                }
            }
            31 => {
                let index = Index::of(tx.doc());
                let mut foretold = verbs::what_hangs(tx.doc(), &index, &many);
                foretold.extend(many.iter().cloned());
                assert_eq!(verbs::remove(tx, &many), foretold, "what is said to go goes");
            }
            32 => {
                let copies = verbs::duplicate(tx, &many);
                assert!(copies.iter().all(|id| tx.doc().get(id).is_some()));
                drop(clipboard::paste_lines(tx, text, &self.spot(tx)));
            }
            33 => {
                let clip = if level > 4 {
                    clipboard::cut(tx, &many)
                } else {
                    clipboard::copy(tx.doc(), &Index::of(tx.doc()), &many)
                };
                drop(clipboard::paste(tx, &clip, &self.spot(tx)));
            }
            34 => {
                let at = (f64::from(self.number), f64::from(small));
                verbs::pin(tx, &self.any(tx, 0)?, (level > 2).then_some(at));
                if level == 0 {
                    verbs::tidy(tx);
                }
            }
            _ => unreachable!("VERBS counts them"),
        }
        Some(())
    }
}

/// The rules that a map breaks and a map did not break before; says which.
fn new_faults(before: &Doc, doc: &Doc) -> Vec<String> {
    let known: BTreeSet<String> = check::errors(before).into_iter().map(|it| it.message).collect();
    let found = check::errors(doc).into_iter();
    found.filter(|it| !known.contains(&it.message)).map(|it| format!("{it:?}")).collect()
}

/// Links that say the same: no verb makes any.
fn same_links(doc: &Doc) -> usize {
    let mut seen = BTreeSet::new();
    doc.all::<Link>().filter(|(_, it)| !seen.insert((&it.from, &it.to, Edge::of(&it.kind)))).count()
}

/// A session with a second opinion: what undo, redo and cancel must lead back to.
struct Checked {
    session: Session,
    seen: Doc,
    done: Vec<Doc>,
    undone: Vec<Doc>,
    open: Option<Doc>,
}

impl Checked {
    fn new(doc: Doc) -> Self {
        // The same ids in every run of a case, so that a failure shrinks and comes back.
        fastrand::seed(1);
        let (done, undone) = (Vec::new(), Vec::new());
        Self { session: Session::new(doc.clone()), seen: doc, done, undone, open: None }
    }

    /// What closing the open entry means for undo.
    fn close(&mut self) {
        if let Some(before) = self.open.take().filter(|before| before != self.session.doc()) {
            self.done.push(before);
            self.undone.clear();
        }
    }

    fn run(&mut self, op: &Op, edit: impl Fn(&Verb, &mut Tx<'_>)) {
        match op {
            Op::Edit(verbs) => {
                self.close();
                self.open = Some(self.session.doc().clone());
                self.session.edit("edit", |tx| verbs.iter().for_each(|verb| edit(verb, tx)));
                self.close();
            }
            Op::EditOpen(verb) => {
                if self.open.is_none() {
                    self.open = Some(self.session.doc().clone());
                }
                self.session.edit_open(|tx| edit(verb, tx));
            }
            Op::Begin => {
                self.close();
                self.open = Some(self.session.doc().clone());
                self.session.begin("begin");
            }
            Op::Rewind => {
                self.session.rewind();
                if let Some(before) = &self.open {
                    assert_eq!(self.session.doc(), before, "rewound");
                }
            }
            Op::Commit => {
                self.close();
                self.session.commit();
            }
            Op::Cancel => {
                self.session.cancel();
                if let Some(before) = self.open.take() {
                    assert_eq!(*self.session.doc(), before, "cancelled");
                }
            }
            Op::Undo => {
                self.close();
                let now = self.session.doc().clone();
                let undone = self.session.undo().is_some();
                let before = self.done.pop();
                assert_eq!(undone, before.is_some());
                if let Some(before) = before {
                    assert_eq!(*self.session.doc(), before, "undone");
                    self.undone.push(now);
                }
            }
            Op::Redo => {
                self.close();
                let now = self.session.doc().clone();
                let redone = self.session.redo().is_some();
                let after = self.undone.pop();
                assert_eq!(redone, after.is_some());
                if let Some(after) = after {
                    assert_eq!(*self.session.doc(), after, "redone");
                    self.done.push(now);
                }
            }
            Op::Select(picks) => {
                self.session.selection = Selection::many(any_of(self.session.doc(), picks));
            }
        }
        self.check();
    }

    /// What is derived is in step, and the selection is of what is there.
    fn check(&mut self) {
        let doc = self.session.doc();
        assert_eq!(self.session.graph().by_id(), Graph::of(doc).by_id(), "graph in step");
        assert_eq!(*self.session.index(), Index::of(doc), "index in step");
        let selection = &self.session.selection;
        assert!(selection.ids.iter().all(|id| doc.get(id).is_some()), "selected and gone");
        assert!(selection.lead.as_ref().is_none_or(|lead| selection.ids.contains(lead)));
        assert_eq!(selection.lead.is_none(), selection.ids.is_empty());
        let patch = self.session.take_patch();
        self.seen.apply(&patch);
        assert_eq!(self.seen, *self.session.doc(), "views hear of every change");
        assert_eq!(self.session.depth(), self.done.len());
    }

    /// All the way back and forth again.
    fn rewind_and_replay(&mut self, edit: impl Fn(&Verb, &mut Tx<'_>) + Copy) {
        self.run(&Op::Commit, edit);
        let last = self.session.doc().clone();
        let steps = self.done.len();
        for _ in 0..steps {
            self.run(&Op::Undo, edit);
        }
        for _ in 0..steps {
            self.run(&Op::Redo, edit);
        }
        assert_eq!(*self.session.doc(), last);
    }
}

/// Writes anything anywhere, as a merge or a broken file would: ends that are not there, records
/// that change their kind, keys that clash.
fn run_raw(verb: &Verb, tx: &mut Tx<'_>) {
    let name = |pick: &Pick| Id::new(&format!("r{}", pick.index(12))).expect("a valid id");
    let [id, a, b] = [name(&verb.picks[0]), name(&verb.picks[1]), name(&verb.picks[2])];
    let key = || OrderKey::new(["5", "a", "a1"][usize::from(verb.number % 3)]).expect("a key");
    match verb.what % 10 {
        0 | 1 => drop(tx.take(&id)),
        2 | 3 => tx.put(&id, Link { from: a, to: b, kind: LinkKind::Uses }),
        4 | 5 => tx.put(&id, Step { stage: Some(a), order: key(), ..Step::default() }),
        6 => tx.put(&id, Touchpoint { owner: Some(a), ..Touchpoint::default() }),
        7 => {
            let causes = vec![b.clone(), b];
            tx.put(&id, Friction { at: Some(a), causes, ..Friction::default() });
        }
        8 => tx.put(&id, throughline::model::record::Stage { order: key(), ..Default::default() }),
        _ => verb.run(tx).unwrap_or_default(),
    }
}

/// A real map, in which everything hangs on something.
fn example() -> Doc {
    throughline::file::read(include_str!("../maps/home-movie-night.ron")).doc
}

/// Whole maps are checked after every edit: fewer of them than of other cases.
fn fewer() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases * 3 / 8, ..config }
}

proptest! {
    #![proptest_config(fewer())]

    #[test]
    fn verbs_keep_the_map_whole(grown: bool, ops in prop::collection::vec(op(), 1..40)) {
        let start = if grown { example() } else { new_map("Random") };
        let mut checked = Checked::new(start.clone());
        let edit = |verb: &Verb, tx: &mut Tx<'_>| verb.run(tx).unwrap_or_default();
        for op in &ops {
            checked.run(op, edit);
            let faults = new_faults(&start, checked.session.doc());
            prop_assert!(faults.is_empty(), "{op:?} left {faults:#?}");
            prop_assert_eq!(same_links(checked.session.doc()), 0);
        }
        checked.rewind_and_replay(edit);
    }

    #[test]
    fn whatever_there_is_can_be_edited(
        doc in support::maps::doc(),
        ops in prop::collection::vec(op(), 1..20),
    ) {
        let mut checked = Checked::new(doc);
        let edit = |verb: &Verb, tx: &mut Tx<'_>| verb.run(tx).unwrap_or_default();
        for op in &ops {
            checked.run(op, edit);
            let mut faults = check::errors(checked.session.doc());
            // Links that only differed in what was taken out of them may now be the same.
            faults.retain(|it| it.code != "E110");
            prop_assert!(faults.is_empty(), "{op:?} left {faults:#?}");
        }
        checked.rewind_and_replay(edit);
    }
}

proptest! {
    #[test]
    fn broken_maps_can_be_edited_too(ops in prop::collection::vec(op(), 1..60)) {
        let mut checked = Checked::new(Doc::default());
        for op in &ops {
            checked.run(op, run_raw);
        }
        checked.rewind_and_replay(run_raw);
    }

    /// Steps stand where they were put, whatever the keys of the others.
    #[test]
    fn steps_stand_where_they_were_moved(
        keys in prop::collection::vec("[ab]{1,2}", 2..9),
        moved in prop::collection::btree_set(0usize..8, 1..4),
        before in 0usize..9,
    ) {
        let mut doc = Doc::default();
        let mut tx = Tx::new(&mut doc);
        for (at, key) in keys.iter().enumerate() {
            let order = OrderKey::new(key).expect("made to be valid");
            let id = Id::new(&format!("s{at}")).expect("valid");
            tx.put(&id, Step { order, ..Step::default() });
        }
        tx.finish();
        let ids = |doc: &Doc| -> Vec<Id> { doc.steps().into_iter().map(|s| s.0.clone()).collect() };
        let old = ids(&doc);
        let moved: Vec<Id> = moved.iter().filter_map(|at| old.get(*at)).cloned().collect();
        let target = old.get(before).filter(|id| !moved.contains(id));
        let mut wanted: Vec<Id> = old.iter().filter(|id| !moved.contains(id)).cloned().collect();
        let at = target.and_then(|t| wanted.iter().position(|id| id == t)).unwrap_or(wanted.len());
        wanted.splice(at..at, moved.iter().cloned());

        let mut tx = Tx::new(&mut doc);
        // `before` past the end, or a moved one: the end, or where that one stands.
        if old.get(before).is_none_or(|id| !moved.contains(id)) {
            verbs::move_steps(&mut tx, &moved, None, target);
            let patch = tx.finish();
            prop_assert_eq!(ids(&doc), wanted.clone());
            let clash = keys.iter().collect::<BTreeSet<_>>().len() < keys.len();
            prop_assert!(clash || patch.len() <= moved.len(), "only the moved ones are touched");
            let mut tx = Tx::new(&mut doc);
            verbs::move_steps(&mut tx, &moved, None, target);
            prop_assert!(tx.finish().is_empty(), "moving there again does nothing");
        }
    }
}

/// Nothing a record hangs on may be left without it, whatever is removed.
#[test]
fn removal_reaches_everything_that_hangs() {
    let mut doc = new_map("Chain");
    let mut tx = Tx::new(&mut doc);
    let step = tx.of_kind(Kind::Step).remove(0);
    let touchpoint = verbs::add_touchpoint(&mut tx, &step, "Shop", Channel::Store);
    let link = tx.referrers(&touchpoint).remove(0);
    let friction = verbs::add_friction(&mut tx, &link, "Queue", 3).expect("links take frictions");
    let delight = verbs::add_delight(&mut tx, &touchpoint, "Smile", 2).expect("so do nodes");
    for at in [&friction, &delight] {
        verbs::add_verbatim(&mut tx, Some(at), "…").expect("words can be about both");
    }
    verbs::remove(&mut tx, std::slice::from_ref(&touchpoint));
    for (id, record) in tx.doc().iter() {
        record.for_each_ref(|r| {
            assert!(r.hold == Hold::Mentions || tx.doc().get(r.target).is_some(), "{id}");
        });
    }
    assert_eq!(tx.doc().len(), new_map("Chain").len());
}

type Pin = (String, (f64, f64));

/// The ecosystem view of a session's map: its pins and how often it was tidied up.
fn pinned(session: &Session) -> Option<(Vec<Pin>, u32)> {
    let (_, view) = query::ecosystem_view(session.doc(), session.index())?;
    Some((view.pins.iter().map(|(id, at)| (id.to_string(), *at)).collect(), view.tidied))
}

#[test]
fn pins_are_kept_in_the_first_ecosystem_view_and_tidying_lets_go_of_all() {
    let id = |text: &str| Id::new(text).unwrap();
    let mut session = Session::new(new_map("Map"));
    let step = session.edit("add step", |tx| verbs::add_step(tx, None, None, "Pay"));
    let stage = session.edit("add stage", |tx| verbs::add_stage(tx, None, "Buy"));
    session.edit("unpin", |tx| verbs::pin(tx, &step, None));
    session.edit("pin", |tx| {
        verbs::pin(tx, &stage, Some((1.0, 2.0)));
        verbs::pin(tx, &step, Some((f64::NAN, 2.0)));
    });
    assert_eq!(pinned(&session), None, "a stage has no card there, and nowhere is no place");
    session.edit("pin", |tx| verbs::pin(tx, &step, Some((30.0, 12.5))));
    let at = (step.to_string(), (30.0, 12.5));
    assert_eq!(pinned(&session), Some((vec![at], 0)));
    session.edit("add views", |tx| {
        tx.put(&id("a-journey"), View::default());
        tx.put(&id("b-first"), View { kind: ViewKind::Ecosystem, ..View::default() });
    });
    assert_eq!(pinned(&session), Some((vec![], 0)), "the first by id counts");
    session.edit("pin", |tx| verbs::pin(tx, &step, Some((1.0, 1.0))));
    session.edit("pin", |tx| verbs::pin(tx, &step, Some((2.0, 2.0))));
    let before = pinned(&session);
    assert_eq!(before, Some((vec![(step.to_string(), (2.0, 2.0))], 0)));
    session.edit("tidy up", verbs::tidy);
    assert_eq!(pinned(&session), Some((vec![], 1)));
    session.undo();
    assert_eq!(pinned(&session), before);
    session.redo();
    session.edit("tidy up", verbs::tidy);
    assert_eq!(pinned(&session), Some((vec![], 2)), "tidying again is a change again");
    session.edit("pin", |tx| verbs::pin(tx, &step, Some((5.0, 5.0))));
    session.edit("unpin", |tx| verbs::pin(tx, &step, None));
    assert_eq!(pinned(&session), Some((vec![], 2)));
}
