//! Cards on their way from where they stood to where a new arrangement has them.
//!
//! The picture is the new one at once: what is hit, walked and read out stands where it will be.
//! Only what is painted goes there in a moment. Not here: the arrangement itself (`scene`).

use egui::Vec2;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::geom::{Point, Rect, pt};
use crate::model::Id;
use crate::scene::{Hit, Item, Layer, Part, Scene};

/// How long cards are on their way, in seconds.
const SECS: f64 = 0.2;
/// Nothing shorter is seen as a way, in map units.
const STILL: f32 = 0.5;
/// How much of a new line is seen at first.
const FAINT: f32 = 0.2;

/// Where everything stood in an arrangement.
#[derive(Debug, Default)]
pub struct Stood {
    /// Which layout of the scene it was.
    layout: usize,
    cards: FxHashMap<Id, Point>,
    lines: FxHashMap<Id, Rect>,
}

impl Stood {
    fn of(scene: &Scene, layout: usize) -> Self {
        let mut it = Self { layout, ..Self::default() };
        for item in &scene.items {
            match item.hit.as_ref() {
                Some(Hit { record, part: Part::Card | Part::Group, .. }) => {
                    it.cards.insert(record.clone(), item.rect.min);
                }
                Some(Hit { record, part: Part::Link, .. }) => {
                    it.lines.entry(record.clone()).or_insert(item.rect);
                }
                _ => {}
            }
        }
        it
    }

    /// A card was carried away by hand: it sets out from there.
    pub fn carry(&mut self, card: &Id, by: Point) {
        if let Some(at) = self.cards.get_mut(card) {
            *at = at.offset(by);
        }
    }
}

/// Cards and lines on their way.
#[derive(Debug)]
pub struct Glide {
    /// From where a card stands to where it stood, in map units.
    ways: FxHashMap<Id, Point>,
    /// New cards, and links that are new or run elsewhere.
    fresh: FxHashSet<Id>,
    began: f64,
    /// How much of the way is left, 1 to 0.
    left: f32,
}

/// What the canvas remembers of arrangements.
#[derive(Debug, Default)]
pub struct Gliding {
    stood: Option<Stood>,
    now: Option<Glide>,
}

impl Gliding {
    /// Looks at the picture of a layout: where it is another one than in the frame before, its
    /// cards set out from where they were seen. `now` in seconds; `moving` is off where the user
    /// wants nothing to move. Returns whether anything still moves.
    pub fn follow(&mut self, scene: &Scene, layout: usize, now: f64, moving: bool) -> bool {
        if let Some(glide) = &mut self.now {
            let done = ((now - glide.began) / SECS).clamp(0.0, 1.0) as f32;
            glide.left = (1.0 - done).powi(3);
        }
        if self.stood.as_ref().is_none_or(|it| it.layout != layout) {
            let stands = Stood::of(scene, layout);
            let stood = self.stood.replace(stands);
            let before = self.now.take();
            if let (Some(stood), Some(stands), true) = (stood, &self.stood, moving) {
                self.now = Glide::between(&stood, stands, before.as_ref(), now);
            }
        }
        self.now.take_if(|it| it.left <= 0.0 || !moving);
        self.now.is_some()
    }

    /// Whether anything is on its way.
    pub fn is_moving(&self) -> bool {
        self.now.is_some()
    }

    /// Nothing is known of the picture that comes next: it does not glide.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// A card was carried away by hand and sets out from there.
    pub fn carry(&mut self, card: &Id, by: Point) {
        if let Some(stood) = &mut self.stood {
            stood.carry(card, by);
        }
    }

    /// How far from its place an item is painted, in map units, and how much of it is seen.
    pub fn of(&self, item: &Item) -> (Vec2, f32) {
        let (Some(glide), Some(hit)) = (&self.now, &item.hit) else {
            return (Vec2::ZERO, 1.0);
        };
        let about = match hit.part {
            Part::Mark => hit.other.as_ref().unwrap_or(&hit.record),
            _ => &hit.record,
        };
        let way = glide.ways.get(about).map_or(Vec2::ZERO, |way| egui::vec2(way.x, way.y));
        let seen = if glide.fresh.contains(about) {
            FAINT + (1.0 - FAINT) * (1.0 - glide.left)
        } else {
            1.0
        };
        (way * glide.left, seen)
    }

    /// Adds to what is seen of a scene what is on its way there or away; both in painting order.
    pub fn passing(&self, scene: &Scene, seen: Rect, visible: &[u32]) -> Option<Vec<u32>> {
        let glide = self.now.as_ref()?;
        let mut all = visible.to_vec();
        for (i, item) in scene.items.iter().enumerate() {
            let card = matches!(item.layer, Layer::Cards | Layer::Marks);
            let (by, _) = if card { self.of(item) } else { continue };
            if by != Vec2::ZERO && item.rect.offset(pt(by.x, by.y)).touches(seen) {
                all.push(i as u32);
            }
        }
        debug_assert!(glide.left > 0.0);
        all.sort_unstable();
        all.dedup();
        Some(all)
    }
}

impl Glide {
    /// The ways between two arrangements; what was still on its way goes on from where it was
    /// seen. `None` where nothing moves.
    fn between(stood: &Stood, stands: &Stood, before: Option<&Self>, now: f64) -> Option<Self> {
        let mut glide =
            Self { ways: FxHashMap::default(), fresh: FxHashSet::default(), began: now, left: 1.0 };
        for (card, to) in &stands.cards {
            let Some(from) = stood.cards.get(card) else {
                glide.fresh.insert(card.clone());
                continue;
            };
            let seen_at = before.and_then(|it| Some((it.ways.get(card)?, it.left)));
            let off = seen_at.map_or(pt(0.0, 0.0), |(way, left)| pt(way.x * left, way.y * left));
            let way = pt(from.x + off.x - to.x, from.y + off.y - to.y);
            if way.x.abs().max(way.y.abs()) > STILL {
                glide.ways.insert(card.clone(), way);
            }
        }
        for (link, rect) in &stands.lines {
            let same = |was: &Rect| {
                was.min.distance(rect.min) <= STILL && was.max.distance(rect.max) <= STILL
            };
            if !stood.lines.get(link).is_some_and(same) {
                glide.fresh.insert(link.clone());
            }
        }
        (!glide.ways.is_empty() || !glide.fresh.is_empty()).then_some(glide)
    }
}
