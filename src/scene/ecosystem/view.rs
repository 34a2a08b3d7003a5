//! The ecosystem view as a scene that follows edits.
//!
//! A patch makes new only the cards that show what it changed. Where it adds, moves or removes
//! some, the layout follows the arrangement before, so that as little else moves as can be;
//! where nothing can be followed it is made afresh, for large maps on another thread. Map units
//! are those of the layout: the first card's left edge and the first strip's upper edge are 0.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::geom::{Point, Rect};
use crate::layout::layered::{Arrangement, Problem, Route, landing, route};
use crate::layout::sizes;
use crate::model::{Doc, Graph, Id, Index, Patch, query};
use crate::text::Text;

use super::super::face::Body;
use super::super::{Detail, Scene, Shape};
use super::cards::{Given, face};
use super::items::{Spots, waiting};
use super::links::{self, Labels};
use super::plan::Plan;
use super::strips::Frame;
use super::task::arranged;
use super::touched::Touched;
use super::visible::{Stands, StripOf};
use super::{EcosystemOptions, Grouping, LayoutDone, LayoutTask, Standing};

/// How much work was done, for tests that hold how little it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EcosystemStats {
    /// Cards whose text was set.
    pub bodies: usize,
    /// How often it was found out anew what is shown where.
    pub plans: usize,
    /// How often cards were laid out and links routed.
    pub layouts: usize,
}

/// The ecosystem view of a document: layout and scene, kept in step by patches.
#[derive(Debug, Default)]
pub struct EcosystemScene {
    pub(super) scene: Scene,
    pub(super) options: EcosystemOptions,
    pub(super) plan: Plan,
    problem: Problem,
    /// By node.
    pub(super) cards: Vec<Card>,
    /// Nodes by the records that their cards show.
    users: FxHashMap<Id, Vec<u32>>,
    pub(super) labels: Labels,
    /// What is drawn.
    pub(super) stand: Arc<Stand>,
    pub(super) routes: Vec<Route>,
    pub(super) frame: Frame,
    pub(super) spots: Spots,
    /// How often the map says it was tidied up.
    tidied: u32,
    /// How everything stood when nothing was left out and before it was tidied up, the latest
    /// last.
    stood: Vec<Arc<Stand>>,
    /// What is planned was never drawn: its layout broke.
    undrawn: bool,
    /// More cards than this are laid out elsewhere.
    limit: Option<usize>,
    serial: u64,
    pending: Option<Pending>,
    stats: EcosystemStats,
}

/// Where everything stands, and what that solves.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Stand {
    /// What was shown; `None` before the first layout.
    options: Option<EcosystemOptions>,
    /// How often the map was tidied up then.
    tidied: u32,
    pub problem: Problem,
    pub arrangement: Arrangement,
}

/// A layout that is done elsewhere.
#[derive(Debug)]
struct Pending {
    task: Option<LayoutTask>,
    /// The map went on since it was handed out.
    is_old: bool,
}

pub(super) type Shapes = Arc<[(Detail, Shape)]>;

/// A card that is ready to be placed.
#[derive(Debug)]
pub(super) struct Card {
    pub given: Given,
    pub uses: Vec<Id>,
    pub body: Body,
    pub name: Arc<str>,
    /// The height that the shapes are framed for, and the shapes.
    pub framed: Option<(f32, Shapes)>,
}

/// An arrangement that follows another one is found so many times faster than a fresh one: maps
/// that are so many times larger than those that are laid out elsewhere follow elsewhere too.
const FOLLOWED: usize = 10;

/// Where the next arrangement comes from.
enum From {
    /// Nowhere.
    Fresh,
    /// What stands now.
    Now,
    This(Arc<Stand>),
    /// This if it was for the very same cards and links, else nowhere.
    Again(Arc<Stand>),
}

impl EcosystemScene {
    /// Lays out what the options show of a map. (The graph is part of the seam of views.)
    pub fn new(
        doc: &Doc,
        index: &Index,
        graph: &Graph,
        text: &mut Text,
        options: EcosystemOptions,
    ) -> Self {
        Self::with_limit(doc, index, graph, text, options, None)
    }

    /// The same, beginning with how everything stands in a picture of the map: what still is where
    /// it was stays there.
    pub fn standing(
        doc: &Doc,
        index: &Index,
        text: &mut Text,
        options: EcosystemOptions,
        Standing(before): Standing,
    ) -> Self {
        let mut it = Self { options, tidied: tidied(doc, index), ..Self::default() };
        it.place(doc, index, &FxHashSet::default(), text);
        it.lay_out(doc, index, From::This(before), text);
        it
    }

    /// The same, where layouts of more than `limit` cards are left to [`Self::take_task`]. What
    /// only follows an edit is always laid out at once.
    pub fn with_limit(
        doc: &Doc,
        index: &Index,
        _graph: &Graph,
        text: &mut Text,
        options: EcosystemOptions,
        limit: Option<usize>,
    ) -> Self {
        let mut it = Self { options, limit, tidied: tidied(doc, index), ..Self::default() };
        it.place(doc, index, &FxHashSet::default(), text);
        it.lay_out(doc, index, From::Fresh, text);
        it
    }

    /// Follows a patch that was just applied.
    pub fn apply(
        &mut self,
        doc: &Doc,
        index: &Index,
        _graph: &Graph,
        patch: &Patch,
        text: &mut Text,
    ) {
        if patch.is_empty() {
            return;
        }
        let touched = Touched::by(patch, &self.options);
        if touched.places {
            self.place(doc, index, &touched.records, text);
            let from = self.follow_tidying(tidied(doc, index));
            self.lay_out(doc, index, from, text);
            return;
        }
        let anew = self.used_by(&touched.records);
        for node in &anew {
            self.cards[*node as usize] = self.make(doc, *node as usize, text);
            self.note_uses(*node);
        }
        if let Some(pending) = &mut self.pending {
            pending.is_old |= !anew.is_empty() || touched.frame;
        } else if self.undrawn || !anew.is_empty() && !self.fits_in_place(&anew) {
            self.lay_out(doc, index, From::Now, text);
        } else if touched.frame {
            self.draw(doc, text);
        } else {
            self.replace(doc, &anew, text);
        }
    }

    /// Shows something else of the map. What was there when nothing was left out comes back as it
    /// stood.
    pub fn set_options(
        &mut self,
        doc: &Doc,
        index: &Index,
        _graph: &Graph,
        text: &mut Text,
        options: EcosystemOptions,
    ) {
        if options == self.options {
            return;
        }
        let is_whole = |it: &EcosystemOptions| {
            *it == EcosystemOptions { grouping: it.grouping, ..EcosystemOptions::default() }
        };
        if self.stand.options.as_ref().is_some_and(is_whole) {
            self.remember();
        }
        self.options = options;
        self.place(doc, index, &FxHashSet::default(), text);
        let stood = self.stood_at(self.tidied).filter(|_| is_whole(&self.options));
        let from = stood.map_or(From::Fresh, From::This);
        self.lay_out(doc, index, from, text);
    }

    /// Lays everything out afresh, whatever stood where; pinned cards stay.
    pub fn tidy(&mut self, doc: &Doc, index: &Index, _graph: &Graph, text: &mut Text) {
        self.lay_out(doc, index, From::Fresh, text);
    }

    /// The layout that waits to be done, once.
    pub fn take_task(&mut self) -> Option<LayoutTask> {
        self.pending.as_mut()?.task.take()
    }

    /// Whether what is shown waits for a layout that is done elsewhere.
    pub fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// Takes a layout that was done elsewhere. `false`: something else was asked for since, the
    /// layout is dropped. Edits that came since are followed.
    pub fn finish(
        &mut self,
        done: LayoutDone,
        doc: &Doc,
        index: &Index,
        _graph: &Graph,
        text: &mut Text,
    ) -> bool {
        let Some(pending) = self.pending.take_if(|_| done.serial == self.serial) else {
            return false;
        };
        let LayoutDone { solved, routes, .. } = done;
        let (problem, arrangement) = *solved;
        let (options, tidied) = (Some(self.options.clone()), self.tidied);
        let stand = Stand { options, tidied, problem, arrangement };
        if pending.is_old {
            self.lay_out(doc, index, From::This(stand.into()), text);
        } else {
            self.adopt(doc, stand.into(), routes, text);
        }
        true
    }

    /// The layout that is done elsewhere will not come; what waited for it is laid out with the
    /// next edit.
    pub fn give_up(&mut self) {
        self.pending = None;
        self.undrawn = true;
    }

    /// How everything stands, for pictures that shall look the same; `None` before the first
    /// layout.
    pub fn standing_now(&self) -> Option<Standing> {
        self.stand.options.as_ref().map(|_| Standing(Arc::clone(&self.stand)))
    }

    /// The records that the card stands for which shows this one, if it stands for several of a
    /// kind.
    pub fn group_of(&self, record: &Id) -> Option<&[Id]> {
        let mut groups = self.plan.shown.nodes.iter().filter(|it| it.stands == Stands::Kind);
        groups.find(|it| it.members.contains(record)).map(|it| it.members.as_slice())
    }

    /// What is shown.
    pub fn options(&self) -> &EcosystemOptions {
        &self.options
    }

    /// The picture.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// How much work was done so far.
    pub fn stats(&self) -> EcosystemStats {
        self.stats
    }

    /// The strips' boxes, top to bottom, gutters included.
    pub fn strips(&self) -> impl Iterator<Item = (&StripOf, Rect)> {
        self.frame.strips.iter().map(|(of, rect)| (of, *rect))
    }

    /// The strip at a point; gaps belong to the nearest one. `None` beside the strips.
    pub fn strip_at(&self, point: Point) -> Option<&StripOf> {
        let across = self.frame.across;
        if point.x < across.min || point.x > across.max {
            return None;
        }
        let (first, last) = (self.frame.strips.first()?, self.frame.strips.last()?);
        if point.y < first.1.min.y || point.y > last.1.max.y {
            return None;
        }
        self.nearest_strip(point.y).map(|(of, _)| of)
    }

    fn nearest_strip(&self, y: f32) -> Option<&(StripOf, Rect)> {
        let away = |rect: &Rect| (rect.min.y - y).max(y - rect.max.y).max(0.0);
        self.frame.strips.iter().min_by(|a, b| away(&a.1).total_cmp(&away(&b.1)))
    }

    /// What to store as a pin for a card whose middle is let go at a point: x, and how far below
    /// the upper edge of its band the row is that it comes to stand in, both in whole units. From
    /// then on it stands exactly there. `None` where the card is not shown, and
    /// in swimlanes: pins are places in bands.
    pub fn pin_of(&self, centre: Point, node: &Id) -> Option<(f64, f64)> {
        if self.options.grouping != Grouping::Bands {
            return None;
        }
        let card = self.scene.rect_of(node)?;
        let (_, strip) = self.nearest_strip(card.center().y)?;
        let Stand { problem, arrangement, .. } = &*self.stand;
        let n = *arrangement.places.get(node)?;
        let y = landing(problem, arrangement, n, centre.y - strip.min.y);
        // Rounded down it would come too near to the row above.
        Some((f64::from(centre.x.round()), f64::from(y.ceil())))
    }

    /// Cards that show any of the records, ascending.
    fn used_by(&self, records: &FxHashSet<Id>) -> Vec<u32> {
        let all = records.iter().filter_map(|id| self.users.get(id)).flatten().copied();
        let mut nodes: Vec<u32> = all.collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    fn note_uses(&mut self, node: u32) {
        let card = &self.cards[node as usize];
        let own = &self.plan.shown.nodes[node as usize].record;
        for id in std::iter::once(own).chain(&card.uses) {
            let users = self.users.entry(id.clone()).or_default();
            if users.last() != Some(&node) {
                users.push(node);
            }
        }
    }

    /// Plans anew and keeps every card that shows what it showed.
    fn place(&mut self, doc: &Doc, index: &Index, dirty: &FxHashSet<Id>, text: &mut Text) {
        self.stats.plans += 1;
        let plan = Plan::of(doc, index, &self.options);
        let stale: FxHashSet<u32> = self.used_by(dirty).into_iter().collect();
        let mut kept: FxHashMap<(Id, Stands), Card> = FxHashMap::default();
        let cards = std::mem::take(&mut self.cards);
        for (i, (node, card)) in self.plan.shown.nodes.iter().zip(cards).enumerate() {
            if !stale.contains(&(i as u32)) {
                kept.insert((node.record.clone(), node.stands), card);
            }
        }
        self.plan = plan;
        self.users.clear();
        for i in 0..self.plan.shown.nodes.len() {
            let node = &self.plan.shown.nodes[i];
            let given = Given::of(&self.plan, i, self.options.grouping);
            let old = kept.remove(&(node.record.clone(), node.stands));
            let same = old.filter(|card| card.given == given);
            let card = same.unwrap_or_else(|| self.make(doc, i, text));
            self.cards.push(card);
            self.note_uses(i as u32);
        }
    }

    fn make(&mut self, doc: &Doc, node: usize, text: &mut Text) -> Card {
        self.stats.bodies += 1;
        let grouping = self.options.grouping;
        let face = face(doc, &self.plan, node, grouping);
        let body = Body::new(&face, sizes().strip.card_width, text);
        let given = Given::of(&self.plan, node, grouping);
        Card { given, uses: face.uses, body, name: face.name.into(), framed: None }
    }

    /// Where the layout comes from after the map was tidied up, or that was taken back.
    fn follow_tidying(&mut self, tidied: u32) -> From {
        if tidied == self.tidied {
            return From::Now;
        }
        self.remember();
        let is_undone = tidied < self.tidied;
        self.tidied = tidied;
        match self.stood_at(tidied) {
            Some(stand) if is_undone => From::This(stand),
            // Done again; or for the first time after something else was undone and changed.
            Some(stand) => From::Again(stand),
            None => From::Fresh,
        }
    }

    /// Remembers how everything stands now.
    fn remember(&mut self) {
        /// What is further back is laid out afresh.
        const KEPT: usize = 16;
        let now = Arc::clone(&self.stand);
        self.stood.retain(|it| it.options != now.options || it.tidied != now.tidied);
        self.stood.push(now);
        if self.stood.len() > KEPT {
            self.stood.remove(0);
        }
    }

    /// How the same stood when the map had been tidied up so often.
    fn stood_at(&self, tidied: u32) -> Option<Arc<Stand>> {
        let same =
            |it: &&Arc<Stand>| it.tidied == tidied && it.options.as_ref() == Some(&self.options);
        self.stood.iter().find(same).cloned()
    }

    /// Arranges cards, routes links and draws it all, or asks for that to be done elsewhere.
    fn lay_out(&mut self, doc: &Doc, index: &Index, from: From, text: &mut Text) {
        let view = query::ecosystem_view(doc, index);
        let view = view.filter(|_| self.options.grouping == Grouping::Bands);
        let pins = |id: &Id| view.and_then(|(_, view)| view.pins.get(id).copied());
        let compact = self.options.compact;
        self.problem = self.plan.problem(doc, pins, |i| self.cards[i].body.height, compact, text);
        self.labels = links::labels(doc, &self.plan, text);
        let from = match from {
            From::Again(stand) if stand.problem == self.problem => From::This(stand),
            From::Again(_) => From::Fresh,
            other => other,
        };
        let before = match from {
            From::Now if self.pending.is_some() => {
                if let Some(pending) = &mut self.pending {
                    pending.is_old = true;
                }
                return;
            }
            From::Fresh | From::Again(_) => None,
            From::Now => Some(Arc::clone(&self.stand)).filter(|it| it.options.is_some()),
            From::This(stand) => Some(stand),
        };
        let times = if before.is_some() { FOLLOWED } else { 1 };
        if self.limit.is_some_and(|most| self.problem.nodes.len() > most * times) {
            self.serial += 1;
            let (problem, labels) = (self.problem.clone(), links::rooms(&self.labels));
            let task = LayoutTask { serial: self.serial, problem, labels, before };
            self.pending = Some(Pending { task: Some(task), is_old: false });
            if self.stand.options.is_none() {
                self.scene = waiting(self.problem.nodes.len(), text);
            }
            return;
        }
        self.pending = None;
        let arrangement = arranged(&self.problem, before.as_deref());
        let routes = route(&self.problem, &arrangement, &links::rooms(&self.labels));
        let (options, problem) = (Some(self.options.clone()), self.problem.clone());
        let stand = Stand { options, tidied: self.tidied, problem, arrangement };
        self.adopt(doc, stand.into(), routes, text);
    }

    fn adopt(&mut self, doc: &Doc, stand: Arc<Stand>, routes: Vec<Route>, text: &mut Text) {
        self.stats.layouts += 1;
        self.undrawn = false;
        self.stand = stand;
        self.routes = routes;
        self.draw(doc, text);
    }

    /// Whether cards that were made anew leave all rows as high as they are. Where a pinned card
    /// stands in its row hangs on how high it is itself.
    fn fits_in_place(&mut self, anew: &[u32]) -> bool {
        if anew.iter().any(|node| self.problem.nodes[*node as usize].pin.is_some()) {
            return false;
        }
        let rows = self.stand.arrangement.rows.iter();
        let rows = rows.filter(|row| row.cards.iter().any(|node| anew.contains(node)));
        let high = |node: &u32| self.cards[*node as usize].body.height;
        let fits = rows
            .into_iter()
            .all(|row| row.cards.iter().map(high).fold(0.0, f32::max) == row.span.length());
        if fits {
            let stand = Arc::make_mut(&mut self.stand);
            for node in anew {
                let height = self.cards[*node as usize].body.height;
                stand.problem.nodes[*node as usize].height = height;
                self.problem.nodes[*node as usize].height = height;
            }
        }
        fits
    }
}

/// How often the map says that the view was tidied up.
fn tidied(doc: &Doc, index: &Index) -> u32 {
    query::ecosystem_view(doc, index).map_or(0, |(_, view)| view.tidied)
}
