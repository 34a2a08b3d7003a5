//! Realistic large maps: stages, lanes, hubs, text in several scripts. The same size and seed make
//! the same map.
//!
//! A tenth of the cards are steps; the rest hangs on them or lies beneath them. There are three
//! links for every two cards; one internal system in forty is a hub that many rest on.

use fastrand::Rng;
use throughline::edit::Tx;
use throughline::model::choice::{
    Channel, FrictionClass, InfluencerClass, NextClass, Rating, SystemClass,
};
use throughline::model::record::{
    Action, Delight, Friction, Head, Influencer, Link, LinkKind, Quality, Segment, Stage, Step,
    System, TimeSpent, Touchpoint,
};
use throughline::model::{Choice, Doc, Id, OrderKey, Record};

/// Names in the scripts of the field, short and long.
const NAMES: &[&str] = &[
    "Select a title",
    "Returns counter",
    "Wait for the follow-up mail from the support desk",
    "Widerspruch gegen die Rechnung einlegen",
    "Перезвонить в службу поддержки",
    "اختيار المنتج المناسب",
    "בחירת משלוח עד הבית",
    "注文内容を確認する",
    "选择送货时间",
    "상담원과 통화하기",
    "Ödeme ve fatura",
    "Zamówienie wysłane 📦",
    "Warehouse management system of the northern region",
    "Late-fee policy",
    "Pick and pack",
    "ขอคืนเงิน",
];

/// Sentences, for what people think and where it hurts.
const SENTENCES: &[&str] = &[
    "Is any of these any good?",
    "I typed my number already, why do they ask again?",
    "Das hätte man mir vorher sagen können.",
    "もう一度最初から入力しなければならない。",
    "لا أعرف متى يصل الطلب",
    "Forty-five minutes of steps that were tried before",
    "等了三天还没有回复",
    "Every new price restarts the loan, and with it the policy",
];

/// A map with `cards` cards and half as many links again.
pub fn map(cards: usize, seed: u64) -> Doc {
    let head = Head { title: format!("A map of {cards} cards"), ..Head::default() };
    let mut doc = Doc::with_head(head);
    let tx = Tx::new(&mut doc);
    let mut maker = Maker { tx, rng: Rng::with_seed(seed), made: 0 };
    let segments = maker.segments();
    let steps = maker.steps(cards / 10, &segments);
    let touchpoints = maker.touchpoints(cards / 4);
    let influencers = maker.influencers((cards / 50).max(3));
    let frictions = cards / 5;
    let rest = cards / 10 + cards / 4 + influencers.len() + frictions + cards / 30 + cards / 15;
    let systems = maker.systems(cards.saturating_sub(rest).max(2));
    maker.links(cards * 3 / 2, &segments, &steps, &touchpoints, &influencers, &systems);
    let places: Vec<Id> = [&steps[..], &touchpoints[..], &systems[..]].concat();
    maker.marks(frictions, cards / 30, cards / 15, &places, &systems);
    let Maker { tx, .. } = maker;
    tx.finish();
    doc
}

struct Maker<'a> {
    tx: Tx<'a>,
    rng: Rng,
    made: usize,
}

impl Maker<'_> {
    /// Adds a record under a readable id of its own.
    fn add(&mut self, prefix: &str, record: impl Into<Record>) -> Id {
        self.made += 1;
        let id = Id::new(&format!("{prefix}-{}", self.made)).expect("prefixes are plain letters");
        self.tx.put(&id, record);
        id
    }

    /// A name, mostly numbered, so that few are the same.
    fn name(&mut self) -> String {
        let name = NAMES[self.rng.usize(..NAMES.len())];
        if self.rng.u8(..4) == 0 { name.to_owned() } else { format!("{name} {}", self.made % 997) }
    }

    fn sentence(&mut self) -> String {
        SENTENCES[self.rng.usize(..SENTENCES.len())].to_owned()
    }

    fn choose<T: Choice>(&mut self) -> T {
        T::all()[self.rng.usize(..T::all().len())]
    }

    fn pick<'b>(&mut self, from: &'b [Id]) -> &'b Id {
        &from[self.rng.usize(..from.len())]
    }

    /// One near `at` of `of`, as neighbours in a journey share what lies beneath them; one in ten
    /// times a hub, the first of every forty.
    fn near<'b>(&mut self, from: &'b [Id], at: usize, of: usize) -> &'b Id {
        if self.rng.u8(..10) == 0 {
            return &from[self.rng.usize(..from.len()) / 40 * 40];
        }
        let middle = at * from.len() / of.max(1);
        let spread = self.rng.usize(..5);
        &from[(middle + spread).min(from.len() - 1)]
    }

    fn segments(&mut self) -> Vec<Id> {
        let two = [("Families", 5), ("Film buffs", 3)];
        two.map(|(name, priority)| {
            self.add("segment", Segment { name: name.to_owned(), priority, ..Segment::default() })
        })
        .to_vec()
    }

    /// Steps in stages of about eight.
    fn steps(&mut self, count: usize, segments: &[Id]) -> Vec<Id> {
        let count = count.max(1);
        let stage_keys = OrderKey::spread(None, None, count.div_ceil(8));
        let step_keys = OrderKey::spread(None, None, count);
        let mut stage = None;
        let mut steps = Vec::with_capacity(count);
        for (at, order) in step_keys.into_iter().enumerate() {
            if at % 8 == 0 {
                let order = stage_keys[at / 8].clone();
                let name = self.name();
                stage = Some(self.add("stage", Stage { name, order, goal: None }));
            }
            let mut step = Step {
                name: self.name(),
                stage: stage.clone(),
                order,
                activities: (0..self.rng.usize(1..4)).map(|_| self.name()).collect(),
                criteria: (0..self.rng.usize(..3)).map(|_| self.name()).collect(),
                thoughts: (0..self.rng.usize(..3)).map(|_| self.sentence()).collect(),
                moment_of_truth: self.rng.u8(..12) == 0,
                time_spent: Some(TimeSpent { active: Some("20 min".to_owned()), waiting: None }),
                ..Step::default()
            };
            for segment in segments {
                step.feelings.insert(segment.clone(), self.rng.i8(-2..=2));
                step.expected.insert(segment.clone(), self.rng.i8(0..=2));
            }
            steps.push(self.add("step", step));
        }
        steps
    }

    fn touchpoints(&mut self, count: usize) -> Vec<Id> {
        (0..count.max(1))
            .map(|_| {
                let touchpoint = Touchpoint {
                    name: self.name(),
                    channel: self.choose::<Channel>(),
                    quality: Some(Quality {
                        reliable: Some(self.rng.u8(1..=5)),
                        ..Quality::default()
                    }),
                    ..Touchpoint::default()
                };
                self.add("touchpoint", touchpoint)
            })
            .collect()
    }

    fn influencers(&mut self, count: usize) -> Vec<Id> {
        (0..count)
            .map(|_| {
                let class = self.choose::<InfluencerClass>();
                let influencer = Influencer { name: self.name(), class, ..Influencer::default() };
                self.add("influencer", influencer)
            })
            .collect()
    }

    fn systems(&mut self, count: usize) -> Vec<Id> {
        (0..count)
            .map(|_| {
                let class = self.choose::<SystemClass>();
                let name = self.name();
                self.add("system", System { name, class, ..System::default() })
            })
            .collect()
    }

    fn link(&mut self, from: &Id, to: &Id, kind: LinkKind) {
        self.add("link", Link { from: from.clone(), to: to.clone(), kind });
    }

    fn links(
        &mut self,
        count: usize,
        segments: &[Id],
        steps: &[Id],
        touchpoints: &[Id],
        influencers: &[Id],
        systems: &[Id],
    ) {
        let before = self.made;
        for pair in steps.windows(2) {
            self.link(&pair[0], &pair[1], next(None, NextClass::Normal));
        }
        for _ in 0..steps.len() / 10 {
            let at = self.rng.usize(..steps.len());
            let back = at.saturating_sub(self.rng.usize(2..6));
            if back < at {
                let condition = Some("Not in stock".to_owned());
                self.link(&steps[at], &steps[back], next(condition, NextClass::Loop));
            }
        }
        for (at, touchpoint) in touchpoints.iter().enumerate() {
            let step = self.near(steps, at, touchpoints.len()).clone();
            self.link(&step, touchpoint, LinkKind::Uses);
        }
        for step in steps {
            for _ in 0..2 {
                let activities = vec![self.name()];
                let importance =
                    segments.iter().map(|it| (it.clone(), self.rng.u8(1..=5))).collect();
                let influencer = self.pick(influencers).clone();
                let kind = LinkKind::Influences { activities, importance, via: None };
                self.link(&influencer, step, kind);
            }
        }
        let left = count.saturating_sub(self.made - before);
        for at in 0..left {
            let rating = Some(self.choose::<Rating>());
            let to = self.near(systems, at, left).clone();
            let from = match at % 3 {
                0 => systems[at * systems.len() / left].clone(),
                _ => touchpoints[at * touchpoints.len() / left].clone(),
            };
            if from != to {
                self.link(&from, &to, LinkKind::DependsOn { what: None, rating });
            }
        }
    }

    fn marks(
        &mut self,
        frictions: usize,
        delights: usize,
        actions: usize,
        places: &[Id],
        systems: &[Id],
    ) {
        let mut found = Vec::with_capacity(frictions);
        for _ in 0..frictions {
            let friction = Friction {
                at: Some(self.pick(places).clone()),
                text: self.sentence(),
                class: self.choose::<FrictionClass>(),
                severity: self.rng.u8(1..=5),
                causes: vec![self.pick(systems).clone()],
                ..Friction::default()
            };
            found.push(self.add("friction", friction));
        }
        for _ in 0..delights {
            let at = Some(self.pick(places).clone());
            let strength = self.rng.u8(1..=5);
            let text = self.sentence();
            self.add("delight", Delight { at, text, strength, ..Delight::default() });
        }
        for _ in 0..actions {
            let addresses = found.first().map(|_| self.pick(&found).clone()).into_iter().collect();
            let at = vec![self.pick(places).clone()];
            let title = self.name();
            self.add("action", Action { title, addresses, at, ..Action::default() });
        }
    }
}

fn next(condition: Option<String>, class: NextClass) -> LinkKind {
    LinkKind::Next { condition, share_pct: None, class }
}
