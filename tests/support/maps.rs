//! Whole documents for property tests: all kinds of records, hostile texts, references that hold.
//!
//! [`doc`] gives documents that break no rule (`model::check::errors` is silent), whatever their
//! texts are. Records are drawn first, with picks in place of references; the picks become ids
//! when it is known what there is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use throughline::model::choice::{
    ActionStatus, Band, Channel, Choice, Confidence, Delivery, FrictionClass, FrictionStatus,
    InfluencerClass, LaneContent, Lever, MapState, NextClass, Rating, SlidePart, SlideSize,
    SystemClass, TouchpointStatus, ViewKind,
};
use throughline::model::record::{
    Action, ActionCheck, Deck, DeckPart, Delight, Filter, Friction, Head, Influencer, Lane, Link,
    LinkKind, Measure, MeasureKind, Money, Note, PerSegment, Persona, Quality, Reading, Segment,
    Stage, Step, System, TimeSpent, Told, Touchpoint, Verbatim, View,
};
use throughline::model::{Doc, Id, OrderKey, Patch, Record};

use super::texts::{maybe, name, text, texts};

/// Documents of up to about sixty records.
pub fn doc() -> impl Strategy<Value = Doc> {
    doc_of(4)
}

/// Documents with up to `size` records of each kind, and up to four times as many links.
pub fn doc_of(size: usize) -> impl Strategy<Value = Doc> {
    let many = 0..=size;
    let outer =
        (vec(segment(), many.clone()), vec(stage(), many.clone()), vec(lane(), many.clone()));
    let nodes = (
        vec(step(), many.clone()),
        vec(touchpoint(), many.clone()),
        vec(influencer(), many.clone()),
        vec(system(false), many.clone()),
        vec(system(true), many.clone()),
        vec(link(), 0..=size * 4),
    );
    let insight = (
        vec(friction(), many.clone()),
        vec(delight(), many.clone()),
        vec(action(), many.clone()),
        vec(measure(), many.clone()),
        vec(reading(), many.clone()),
        vec(verbatim(), many.clone()),
        vec(note(), many.clone()),
        vec(view(), many),
    );
    (head(), outer, nodes, insight).prop_map(|(head, outer, nodes, insight)| {
        let mut draft = Draft::default();
        for (prefix, drawn) in [
            ("sg", outer.0),
            ("sa", outer.1),
            ("la", outer.2),
            ("st", nodes.0),
            ("tp", nodes.1),
            ("in", nodes.2),
            ("sy", nodes.3),
            ("te", nodes.4),
            // What may turn out impossible comes before what refers to it.
            ("me", insight.3),
            ("li", nodes.5),
        ] {
            draft.expect(prefix, drawn);
        }
        draft.bind();
        for (prefix, drawn) in [
            ("fr", insight.0),
            ("de", insight.1),
            ("ac", insight.2),
            ("re", insight.4),
            ("ve", insight.5),
            ("no", insight.6),
            ("vi", insight.7),
        ] {
            draft.expect(prefix, drawn);
        }
        draft.bind();
        draft.finish(head)
    })
}

/// A record that has still to be told what it refers to; `None` where it cannot exist.
#[derive(Clone)]
struct Drawn(Arc<Make>);

/// Makes the record of this id, out of what there is.
type Make = dyn Fn(&Draft, &Id) -> Option<Record> + Send + Sync;

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }
}

fn drawn<R: Into<Record>>(
    make: impl Fn(&Draft, &Id) -> Option<R> + Send + Sync + 'static,
) -> Drawn {
    Drawn(Arc::new(move |draft, id| make(draft, id).map(Into::into)))
}

/// What there is, by the prefix of its id, and what is still to come.
#[derive(Default)]
struct Draft {
    ids: BTreeMap<&'static str, Vec<Id>>,
    drawn: Vec<(&'static str, Id, Drawn)>,
    records: BTreeMap<Id, Record>,
}

const NODES: &[&str] = &["st", "tp", "in", "sy", "te"];
const SYSTEMS: &[&str] = &["sy", "te"];

impl Draft {
    fn expect(&mut self, prefix: &'static str, drawn: Vec<Drawn>) {
        for (n, drawn) in drawn.into_iter().enumerate() {
            let id = Id::new(&format!("{prefix}-{n}")).expect("letters, digits and a dash");
            self.ids.entry(prefix).or_default().push(id.clone());
            self.drawn.push((prefix, id, drawn));
        }
    }

    fn bind(&mut self) {
        for (prefix, id, drawn) in std::mem::take(&mut self.drawn) {
            match (drawn.0)(self, &id) {
                Some(record) => drop(self.records.insert(id, record)),
                None => self.ids.entry(prefix).or_default().retain(|it| *it != id),
            }
        }
    }

    fn finish(self, head: Head) -> Doc {
        let mut doc = Doc::with_head(head);
        let mut patch = Patch::default();
        for (id, record) in self.records {
            patch.set(&id, None, Some(Arc::new(record)));
        }
        doc.apply(&patch);
        doc
    }

    /// One of what there is under some prefixes.
    fn one(&self, pick: Index, of: &[&str]) -> Option<Id> {
        let all: Vec<_> = of.iter().filter_map(|it| self.ids.get(it)).flatten().collect();
        (!all.is_empty()).then(|| all[pick.index(all.len())].clone())
    }

    fn maybe(&self, pick: Option<Index>, of: &[&str]) -> Option<Id> {
        pick.and_then(|pick| self.one(pick, of))
    }

    fn some(&self, picks: &[Index], of: &[&str], not: &Id) -> Vec<Id> {
        picks.iter().filter_map(|pick| self.one(*pick, of)).filter(|id| id != not).collect()
    }

    fn per_segment<T: Copy>(&self, values: &[(Index, T)]) -> PerSegment<T> {
        values.iter().filter_map(|(at, value)| Some((self.one(*at, &["sg"])?, *value))).collect()
    }
}

fn choice<T: Choice + fmt::Debug>() -> impl Strategy<Value = T> {
    select(T::all())
}

fn pick() -> impl Strategy<Value = Option<Index>> {
    option::weighted(0.6, any::<Index>())
}

fn picks() -> impl Strategy<Value = Vec<Index>> {
    vec(any::<Index>(), 0..3)
}

fn order() -> impl Strategy<Value = OrderKey> {
    "[0-9a-z]{0,3}[1-9a-z]".prop_map(|key| OrderKey::new(&key).expect("made of its digits"))
}

fn date() -> impl Strategy<Value = Date> {
    (1990i16..2100, 1i8..=12, 1i8..=28)
        .prop_map(|(y, m, d)| Date::new(y, m, d).expect("every month has 28 days"))
}

fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0u32..100_000).prop_map(f64::from),
        (0u32..10_000_000).prop_map(|n| f64::from(n) / 100.0),
        0.0..1e18f64,
    ]
}

fn percent() -> impl Strategy<Value = Option<f64>> {
    option::of(prop_oneof![(0u8..=100).prop_map(f64::from), 0.0..100.0f64])
}

fn money() -> impl Strategy<Value = Option<Money>> {
    option::of((amount(), "[A-Z]{3}").prop_map(|(amount, currency)| Money { amount, currency }))
}

fn one_to_five() -> impl Strategy<Value = Option<u8>> {
    option::of(1u8..=5)
}

fn head() -> impl Strategy<Value = Head> {
    let texts = (name(), maybe(), maybe(), maybe(), maybe(), texts(), maybe(), maybe());
    (texts, choice::<MapState>()).prop_map(|(it, state)| Head {
        title: it.0,
        scenario: it.1,
        goal: it.2,
        state,
        based_on: it.3,
        owner: it.4,
        team: it.5,
        parent: it.6,
        notes: it.7,
    })
}

fn segment() -> impl Strategy<Value = Drawn> {
    let persona =
        (maybe(), texts(), texts(), texts()).prop_map(|(quote, goals, needs, frustrations)| {
            Persona { quote, goals, needs, frustrations }
        });
    let numbers = (0u8..=5, percent(), option::of(any::<u64>()), money());
    (name(), numbers, option::of(persona), option::of("#[0-9a-f]{6}")).prop_map(
        |(name, (priority, share_pct, customers, lifetime_value), persona, colour)| {
            let it =
                Segment { name, priority, share_pct, customers, lifetime_value, persona, colour };
            drawn(move |_, _| Some(it.clone()))
        },
    )
}

fn stage() -> impl Strategy<Value = Drawn> {
    (name(), order(), maybe()).prop_map(|(name, order, goal)| {
        let it = Stage { name, order, goal };
        drawn(move |_, _| Some(it.clone()))
    })
}

fn lane() -> impl Strategy<Value = Drawn> {
    (name(), order(), choice::<LaneContent>(), choice::<Band>(), any::<bool>()).prop_map(
        |(name, order, content, band, hidden)| {
            let it = Lane { name, order, content, band, hidden };
            drawn(move |_, _| Some(it.clone()))
        },
    )
}

fn step() -> impl Strategy<Value = Drawn> {
    let words = (name(), maybe(), texts(), texts(), texts(), texts(), maybe(), texts());
    let time =
        option::of((maybe(), maybe()).prop_map(|(active, waiting)| TimeSpent { active, waiting }));
    let felt = || vec((any::<Index>(), -2i8..=2), 0..3);
    (words, pick(), order(), any::<bool>(), time, felt(), felt(), any::<bool>()).prop_map(
        |(words, stage, order, company_involved, time_spent, felt, expected, truth)| {
            drawn(move |draft, _| {
                let words = words.clone();
                Some(Step {
                    name: words.0,
                    stage: draft.maybe(stage, &["sa"]),
                    order: order.clone(),
                    notes: words.1,
                    company_involved,
                    time_spent: time_spent.clone(),
                    activities: words.2,
                    criteria: words.3,
                    shorten: words.4,
                    thoughts: words.5,
                    feelings: draft.per_segment(&felt),
                    expected: draft.per_segment(&expected),
                    moment_of_truth: truth,
                    submap: words.6,
                    tags: words.7,
                })
            })
        },
    )
}

fn touchpoint() -> impl Strategy<Value = Drawn> {
    let quality = (one_to_five(), one_to_five(), one_to_five(), one_to_five()).prop_map(
        |(reliable, relevant, valuable, honest)| Quality { reliable, relevant, valuable, honest },
    );
    let choices = (choice::<Channel>(), choice::<Delivery>(), choice::<TouchpointStatus>());
    let rest = (option::of(quality), any::<bool>(), maybe(), texts());
    (name(), choices, pick(), rest).prop_map(|(name, (channel, delivery, status), owner, rest)| {
        drawn(move |draft, _| {
            let (quality, moment_of_truth, notes, tags) = rest.clone();
            Some(Touchpoint {
                name: name.clone(),
                channel,
                delivery,
                status,
                owner: draft.maybe(owner, &["te"]),
                quality,
                moment_of_truth,
                notes,
                tags,
            })
        })
    })
}

fn influencer() -> impl Strategy<Value = Drawn> {
    (name(), choice::<InfluencerClass>(), maybe(), texts()).prop_map(
        |(name, class, notes, tags)| {
            let it = Influencer { name, class, notes, tags };
            drawn(move |_, _| Some(it.clone()))
        },
    )
}

fn system(team: bool) -> impl Strategy<Value = Drawn> {
    let class = select(match team {
        true => &SystemClass::ALL[..1],
        false => &SystemClass::ALL[1..],
    });
    let choices = (class, option::of(choice::<Band>()), option::of(choice::<Lever>()));
    (name(), choices, pick(), one_to_five(), maybe(), texts()).prop_map(
        |(name, (class, band, lever), owner, criticality, notes, tags)| {
            drawn(move |draft, id| {
                Some(System {
                    name: name.clone(),
                    class,
                    band,
                    lever,
                    owner: draft.maybe(owner, &["te"]).filter(|owner| owner != id),
                    criticality,
                    notes: notes.clone(),
                    tags: tags.clone(),
                })
            })
        },
    )
}

fn link() -> impl Strategy<Value = Drawn> {
    let next = (maybe(), percent(), choice::<NextClass>());
    let influence = (texts(), vec((any::<Index>(), 0u8..=5), 0..3), pick());
    let depends = (maybe(), option::of(choice::<Rating>()));
    let ends = (any::<Index>(), any::<Index>(), 0..4);
    (ends, next, influence, depends).prop_map(|((from, to, which), next, influence, depends)| {
        drawn(move |draft, _| {
            let (starts, goals, kind): (&[&str], &[&str], _) = match which {
                0 => {
                    let (condition, share_pct, class) = next.clone();
                    (&["st"], &["st"], LinkKind::Next { condition, share_pct, class })
                }
                1 => (&["st"], &["tp"], LinkKind::Uses),
                2 => {
                    let (activities, importance, via) = influence.clone();
                    let importance = draft.per_segment(&importance);
                    let via = draft.maybe(via, &["tp"]);
                    (&["in"], &["st"], LinkKind::Influences { activities, importance, via })
                }
                _ => {
                    let (what, rating) = depends.clone();
                    (&["st", "tp", "sy", "te"], SYSTEMS, LinkKind::DependsOn { what, rating })
                }
            };
            let (from, to) = (draft.one(from, starts)?, draft.one(to, goals)?);
            let link = Link { from, to, kind };
            let looped = link.from == link.to && which != 0;
            let again = draft.records.values().any(|it| *it == Record::Link(link.clone()));
            (!looped && !again).then_some(link)
        })
    })
}

/// Where a friction point or a delight may sit.
const PLACES: &[&str] = &["st", "tp", "in", "sy", "te", "li"];

fn friction() -> impl Strategy<Value = Drawn> {
    let what = (choice::<FrictionClass>(), choice::<FrictionStatus>(), choice::<Confidence>());
    let size = (0u8..=5, one_to_five(), percent(), any::<u32>(), money());
    (name(), pick(), picks(), what, size, texts()).prop_map(
        |(text, at, causes, (class, status, confidence), size, tags)| {
            drawn(move |draft, id| {
                let (severity, frequency, reach_pct, votes, cost_per_year) = size.clone();
                Some(Friction {
                    at: draft.maybe(at, PLACES),
                    text: text.clone(),
                    class,
                    severity,
                    frequency,
                    reach_pct,
                    causes: draft.some(&causes, &["st", "tp", "in", "sy", "te", "fr"], id),
                    status,
                    confidence,
                    votes,
                    cost_per_year,
                    tags: tags.clone(),
                })
            })
        },
    )
}

fn delight() -> impl Strategy<Value = Drawn> {
    (name(), pick(), 0u8..=5, texts()).prop_map(|(text, at, strength, tags)| {
        drawn(move |draft, _| {
            let at = draft.maybe(at, PLACES);
            Some(Delight { at, text: text.clone(), strength, tags: tags.clone() })
        })
    })
}

fn told() -> impl Strategy<Value = Option<Told>> {
    option::of((option::of(date()), text()).prop_map(|(date, text)| Told { date, text }))
}

fn action() -> impl Strategy<Value = Drawn> {
    let refs = (picks(), picks(), pick());
    let plan = (option::of(date()), vec(choice::<Lever>(), 0..3), choice::<ActionStatus>());
    let size = (one_to_five(), one_to_five(), any::<u32>());
    let goal = option::of((pick(), option::of(amount()), option::of(-5.0..5.0f64)));
    (name(), refs, plan, size, goal, told(), told(), texts()).prop_map(
        |(
            title,
            (addresses, at, owner),
            plan,
            (effort, value, votes),
            goal,
            customers,
            staff,
            tags,
        )| {
            drawn(move |draft, id| {
                let (due, levers, status) = plan.clone();
                Some(Action {
                    title: title.clone(),
                    addresses: draft.some(&addresses, &["fr"], id),
                    at: draft.some(&at, &["sa", "st", "tp", "in", "sy", "te"], id),
                    owner: draft.maybe(owner, &["te"]),
                    due,
                    levers,
                    effort,
                    value,
                    status,
                    check: goal.map(|(measure, baseline, target)| ActionCheck {
                        measure: draft.maybe(measure, &["me"]),
                        baseline,
                        target,
                    }),
                    told_customers: customers.clone(),
                    told_staff: staff.clone(),
                    votes,
                    tags: tags.clone(),
                })
            })
        },
    )
}

fn measure() -> impl Strategy<Value = Drawn> {
    let custom =
        (-50i32..50, 1i32..100, any::<bool>(), maybe()).prop_map(|(min, wide, up, unit)| {
            let (min, max) = (f64::from(min), f64::from(min + wide));
            MeasureKind::Custom { min, max, higher_is_better: up, unit }
        });
    let kind = prop_oneof![
        Just(MeasureKind::Nps),
        Just(MeasureKind::Csat),
        Just(MeasureKind::Ces),
        custom,
    ];
    (name(), kind, maybe()).prop_map(|(name, kind, question)| {
        let it = Measure { name, kind, question };
        drawn(move |_, _| Some(it.clone()))
    })
}

fn reading() -> impl Strategy<Value = Drawn> {
    let refs = (any::<Index>(), pick(), pick());
    let score = (0.0..=1.0f64, option::of(any::<u32>()));
    let answers = option::of(btree_map(0i32..=10, any::<u32>(), 1..5));
    (refs, option::of(date()), maybe(), score, answers).prop_map(
        |((measure, at, segment), date, round, (score, n), answers)| {
            drawn(move |draft, _| {
                let measure = draft.one(measure, &["me"])?;
                let Some(Record::Measure(of)) = draft.records.get(&measure) else { return None };
                let (low, high, lowest, highest) = match of.kind {
                    MeasureKind::Nps => (0, 10, -100.0, 100.0),
                    MeasureKind::Csat => (1, 5, 0.0, 100.0),
                    MeasureKind::Ces => (1, 7, 1.0, 7.0),
                    MeasureKind::Custom { min, max, .. } => (min as i32, max as i32, min, max),
                };
                let counts: BTreeMap<i32, u32> = answers
                    .iter()
                    .flatten()
                    .map(|(answer, count)| (low + answer % (high - low + 1), *count))
                    .collect();
                let scored = counts.is_empty();
                Some(Reading {
                    measure: Some(measure),
                    at: draft.maybe(at, &["sa", "st", "tp", "in", "sy", "te"]),
                    segment: draft.maybe(segment, &["sg"]),
                    date,
                    round: round.clone(),
                    counts,
                    value: scored
                        .then(|| (lowest + score * (highest - lowest)).clamp(lowest, highest)),
                    n: n.filter(|_| scored),
                })
            })
        },
    )
}

fn verbatim() -> impl Strategy<Value = Drawn> {
    let rest = (maybe(), option::of(date()), option::of(-2i8..=2));
    (name(), pick(), pick(), rest).prop_map(|(text, at, segment, (source, date, sentiment))| {
        drawn(move |draft, _| {
            Some(Verbatim {
                text: text.clone(),
                at: draft.maybe(at, &["sa", "st", "tp", "in", "sy", "te", "li", "fr", "de"]),
                segment: draft.maybe(segment, &["sg"]),
                source: source.clone(),
                date,
                sentiment,
            })
        })
    })
}

fn note() -> impl Strategy<Value = Drawn> {
    (name(), pick(), maybe(), option::of(date()), any::<bool>()).prop_map(
        |(text, at, author, date, resolved)| {
            drawn(move |draft, _| {
                Some(Note {
                    text: text.clone(),
                    at: draft.maybe(at, NODES),
                    author: author.clone(),
                    date,
                    resolved,
                })
            })
        },
    )
}

fn view() -> impl Strategy<Value = Drawn> {
    let filter = (picks(), vec(choice::<Band>(), 0..3), texts(), one_to_five());
    let at = || -1e6..1e6f64;
    let pins = vec((any::<Index>(), at(), at()), 0..3);
    let part = (choice::<SlidePart>(), any::<bool>());
    let deck = (vec(part, 0..4), choice::<SlideSize>(), option::of(any::<Index>()), any::<bool>());
    let view = (name(), choice::<ViewKind>(), filter, pins, 0..4u32, option::of(deck));
    view.prop_map(|(name, kind, filter, pins, tidied, deck)| {
        drawn(move |draft, id| {
            let (segments, bands, tags, min_severity) = filter.clone();
            let segments = draft.some(&segments, &["sg"], id);
            let pins =
                pins.iter().filter_map(|(at, x, y)| Some((draft.one(*at, NODES)?, (*x, *y))));
            Some(View {
                name: name.clone(),
                kind,
                filter: Filter { segments, bands, tags, min_severity },
                pins: pins.collect(),
                tidied,
                deck: deck.clone().map(|(parts, size, segment, exact_lines)| {
                    let part = |(part, left_out): &(SlidePart, bool)| DeckPart {
                        part: *part,
                        left_out: *left_out,
                    };
                    let segment = segment.and_then(|at| draft.one(at, &["sg"]));
                    Deck { parts: parts.iter().map(part).collect(), size, segment, exact_lines }
                }),
            })
        })
    })
}
