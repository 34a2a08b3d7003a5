//! The records of a map: every kind with its typed fields.
//!
//! Field names and their order here are the file format: the canonical writer writes fields in
//! declaration order and leaves defaults out. Ranges are checked by [`super::check`], not here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::choice::{
    ActionStatus, Band, Channel, Confidence, Delivery, FrictionClass, FrictionStatus,
    InfluencerClass, LaneContent, Lever, MapState, NextClass, Rating, SlidePart, SlideSize,
    SystemClass, TouchpointStatus, ViewKind,
};
use super::{Id, OrderKey};

/// A value for each segment, by segment id.
pub type PerSegment<T> = BTreeMap<Id, T>;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn yes() -> bool {
    true
}

fn is_true(value: &bool) -> bool {
    *value
}

/// Declares a record: the derives and the rule that defaults are left out of the file.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident : $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* #[serde(skip_serializing_if = "is_default")] pub $field: $type,)*
        }
    };
}

record! {
    /// The head of a map: what the whole document is about.
    Head {
        /// What the map is called.
        title: String,
        /// The situation that the journey is told in.
        scenario: Option<String>,
        /// What the customer wants to reach.
        goal: Option<String>,
        /// Whether the map shows what is or what is meant to be.
        state: MapState,
        /// The file that a future state was derived from (relative path).
        based_on: Option<String>,
        /// Who answers for the map.
        owner: Option<String>,
        /// Who works on the map.
        team: Vec<String>,
        /// The map that this one details (relative path).
        parent: Option<String>,
        /// Anything else; newlines allowed. In the file it is `remarks`: beside the head's fields
        /// stands the section `notes`, and no name may be there twice.
        #[serde(rename = "remarks")]
        notes: Option<String>,
    }
}

record! {
    /// A group of customers that the map is for.
    Segment {
        name: String,
        /// 1 (least) to 5 (most); 0 where nobody has said.
        priority: u8,
        /// Share of all customers, 0 to 100.
        share_pct: Option<f64>,
        /// How many customers there are.
        customers: Option<u64>,
        /// Net present value of what a customer is expected to bring.
        lifetime_value: Option<Money>,
        persona: Option<Persona>,
        /// `#rrggbb`; where absent, a hue of the theme.
        colour: Option<String>,
    }
}

record! {
    /// An amount of money.
    Money {
        amount: f64,
        /// ISO 4217 code, such as `EUR`.
        currency: String,
    }
}

record! {
    /// A person who stands for a segment.
    Persona {
        quote: Option<String>,
        goals: Vec<String>,
        needs: Vec<String>,
        frustrations: Vec<String>,
    }
}

record! {
    /// A named group of consecutive steps.
    Stage {
        name: String,
        order: OrderKey,
        goal: Option<String>,
    }
}

record! {
    /// A row of the journey view.
    Lane {
        name: String,
        order: OrderKey,
        content: LaneContent,
        band: Band,
        hidden: bool,
    }
}

/// One thing that the customer does or lives through; a column of the journey view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    #[serde(skip_serializing_if = "is_default")]
    pub name: String,
    /// The stage it belongs to; a step without one stands after all stages.
    #[serde(skip_serializing_if = "is_default")]
    pub stage: Option<Id>,
    #[serde(skip_serializing_if = "is_default")]
    pub order: OrderKey,
    #[serde(skip_serializing_if = "is_default")]
    pub notes: Option<String>,
    /// Whether the company has a part in it; `true` unless said otherwise.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub company_involved: bool,
    #[serde(skip_serializing_if = "is_default")]
    pub time_spent: Option<TimeSpent>,
    #[serde(skip_serializing_if = "is_default")]
    pub activities: Vec<String>,
    /// What the customer decides by, to move on.
    #[serde(skip_serializing_if = "is_default")]
    pub criteria: Vec<String>,
    /// How it could be shorter or easier.
    #[serde(skip_serializing_if = "is_default")]
    pub shorten: Vec<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub thoughts: Vec<String>,
    /// What a segment feels, −2 to +2.
    #[serde(skip_serializing_if = "is_default")]
    pub feelings: PerSegment<i8>,
    /// What a segment expected to feel, −2 to +2.
    #[serde(skip_serializing_if = "is_default")]
    pub expected: PerSegment<i8>,
    #[serde(skip_serializing_if = "is_default")]
    pub moment_of_truth: bool,
    /// A map that details this step (relative path).
    #[serde(skip_serializing_if = "is_default")]
    pub submap: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    pub tags: Vec<String>,
}

impl Default for Step {
    fn default() -> Self {
        Self {
            name: String::new(),
            stage: None,
            order: OrderKey::default(),
            notes: None,
            company_involved: true,
            time_spent: None,
            activities: Vec::new(),
            criteria: Vec::new(),
            shorten: Vec::new(),
            thoughts: Vec::new(),
            feelings: PerSegment::new(),
            expected: PerSegment::new(),
            moment_of_truth: false,
            submap: None,
            tags: Vec::new(),
        }
    }
}

record! {
    /// How long a step takes the customer, in people's words ("20 min", "2 days").
    TimeSpent {
        /// Time in which the customer is busy.
        active: Option<String>,
        /// Time in which the customer waits.
        waiting: Option<String>,
    }
}

record! {
    /// One point where the customer meets the company, through a channel.
    Touchpoint {
        name: String,
        channel: Channel,
        delivery: Delivery,
        status: TouchpointStatus,
        /// A team: the id of an internal system of that class.
        owner: Option<Id>,
        quality: Option<Quality>,
        moment_of_truth: bool,
        notes: Option<String>,
        tags: Vec<String>,
    }
}

record! {
    /// How good a touchpoint is, each 1 to 5 where known.
    Quality {
        reliable: Option<u8>,
        relevant: Option<u8>,
        valuable: Option<u8>,
        honest: Option<u8>,
    }
}

record! {
    /// Who or what sways the customer at a step.
    Influencer {
        name: String,
        class: InfluencerClass,
        notes: Option<String>,
        tags: Vec<String>,
    }
}

record! {
    /// What the customer does not see and the experience rests on.
    System {
        name: String,
        class: SystemClass,
        /// The blueprint band; where absent, the one of its class.
        band: Option<Band>,
        /// Where a cause in it sits.
        lever: Option<Lever>,
        /// A team: the id of an internal system of that class.
        owner: Option<Id>,
        /// 1 (least) to 5 (most).
        criticality: Option<u8>,
        notes: Option<String>,
        tags: Vec<String>,
    }
}

/// A typed edge of the graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub from: Id,
    pub to: Id,
    pub kind: LinkKind,
}

/// What a link says, with the fields of its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum LinkKind {
    /// Step → step: what comes after.
    Next {
        #[serde(default, skip_serializing_if = "is_default")]
        condition: Option<String>,
        /// Share of customers who go this way, 0 to 100.
        #[serde(default, skip_serializing_if = "is_default")]
        share_pct: Option<f64>,
        #[serde(default, skip_serializing_if = "is_default")]
        class: NextClass,
    },
    /// Step → touchpoint: the step happens there.
    Uses,
    /// Influencer → step.
    Influences {
        #[serde(default, skip_serializing_if = "is_default")]
        activities: Vec<String>,
        /// How much it weighs for a segment, 0 to 5.
        #[serde(default, skip_serializing_if = "is_default")]
        importance: PerSegment<u8>,
        /// The touchpoint it works through.
        #[serde(default, skip_serializing_if = "is_default")]
        via: Option<Id>,
    },
    /// Step, touchpoint or system → system: from what is affected to what it rests on.
    DependsOn {
        #[serde(default, skip_serializing_if = "is_default")]
        what: Option<String>,
        #[serde(default, skip_serializing_if = "is_default")]
        rating: Option<Rating>,
    },
}

record! {
    /// A place where the experience or the work beneath it goes wrong.
    Friction {
        /// The node or link it sits on.
        at: Option<Id>,
        text: String,
        class: FrictionClass,
        /// 1 (a nuisance) to 5 (they leave); 0 where nobody has said, which a check reports.
        severity: u8,
        /// 1 (rare) to 5 (every time).
        frequency: Option<u8>,
        /// Share of the customers at this place who meet it, 0 to 100.
        reach_pct: Option<f64>,
        /// Nodes or frictions that it comes from.
        causes: Vec<Id>,
        status: FrictionStatus,
        confidence: Confidence,
        votes: u32,
        cost_per_year: Option<Money>,
        tags: Vec<String>,
    }
}

record! {
    /// A place that surprises the customer for the better.
    Delight {
        at: Option<Id>,
        text: String,
        /// 1 to 5; 0 where nobody has said, which a check reports.
        strength: u8,
        tags: Vec<String>,
    }
}

record! {
    /// Something to do about friction points.
    Action {
        title: String,
        /// Friction points that it is meant to end.
        addresses: Vec<Id>,
        /// Stages or nodes where it takes place.
        at: Vec<Id>,
        /// A team (the id of an internal system of that class).
        owner: Option<Id>,
        due: Option<Date>,
        levers: Vec<Lever>,
        /// 1 to 5.
        effort: Option<u8>,
        /// 1 to 5.
        value: Option<u8>,
        status: ActionStatus,
        check: Option<ActionCheck>,
        told_customers: Option<Told>,
        told_staff: Option<Told>,
        votes: u32,
        tags: Vec<String>,
    }
}

record! {
    /// How one will see that an action worked.
    ActionCheck {
        /// The id of a measure.
        measure: Option<Id>,
        baseline: Option<f64>,
        target: Option<f64>,
    }
}

record! {
    /// Closing the loop: what was told, and when.
    Told {
        date: Option<Date>,
        text: String,
    }
}

record! {
    /// A score that is read again and again.
    Measure {
        name: String,
        kind: MeasureKind,
        /// The question that is asked.
        question: Option<String>,
    }
}

/// What scale a measure has.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum MeasureKind {
    /// Net Promoter Score: answers 0 to 10, score −100 to 100.
    #[default]
    Nps,
    /// Customer satisfaction: answers 1 to 5, score 0 to 100 (% of 4 and 5).
    Csat,
    /// Customer Effort Score: answers 1 to 7, score their mean.
    Ces,
    /// Any other scale.
    Custom {
        min: f64,
        max: f64,
        higher_is_better: bool,
        #[serde(default, skip_serializing_if = "is_default")]
        unit: Option<String>,
    },
}

impl MeasureKind {
    /// The lowest and the highest answer that one person can give.
    pub fn answers(&self) -> (f64, f64) {
        match self {
            Self::Nps => (0.0, 10.0),
            Self::Csat => (1.0, 5.0),
            Self::Ces => (1.0, 7.0),
            Self::Custom { min, max, .. } => (*min, *max),
        }
    }

    /// The lowest and the highest score that all answers together can come to.
    pub fn scores(&self) -> (f64, f64) {
        match self {
            Self::Nps => (-100.0, 100.0),
            Self::Csat => (0.0, 100.0),
            Self::Ces | Self::Custom { .. } => self.answers(),
        }
    }
}

record! {
    /// One reading of a measure.
    Reading {
        /// The id of a measure.
        measure: Option<Id>,
        /// A stage or node; none is the whole map.
        at: Option<Id>,
        segment: Option<Id>,
        date: Option<Date>,
        /// The survey round, where readings come in rounds.
        round: Option<String>,
        /// Histogram of the answers: answer → how many gave it.
        counts: BTreeMap<i32, u32>,
        /// The score itself, where the answers are not known.
        value: Option<f64>,
        /// How many answers `value` rests on.
        n: Option<u32>,
    }
}

record! {
    /// The customer's own words.
    Verbatim {
        text: String,
        /// A stage, node, link, friction or delight.
        at: Option<Id>,
        segment: Option<Id>,
        source: Option<String>,
        date: Option<Date>,
        /// −2 to +2.
        sentiment: Option<i8>,
    }
}

record! {
    /// A workshop's sticky note; in the parking lot when `at` is none.
    Note {
        text: String,
        at: Option<Id>,
        author: Option<String>,
        date: Option<Date>,
        resolved: bool,
    }
}

record! {
    /// A saved view: what is shown and what is pinned.
    View {
        name: String,
        kind: ViewKind,
        filter: Filter,
        /// Positions that the user pinned by hand, in map units, by node: x of the card's middle,
        /// y of its middle below the upper edge of its band.
        pins: BTreeMap<Id, (f64, f64)>,
        /// Counts up when the view is tidied up, so that tidying is a change of its own.
        tidied: u32,
        /// What slides are made of, in a view of that kind.
        deck: Option<Deck>,
    }
}

record! {
    /// How a map is made into slides.
    Deck {
        /// The parts in order; a part that is not named comes after them, in the usual order.
        parts: Vec<DeckPart>,
        size: SlideSize,
        /// Show only this segment.
        segment: Option<Id>,
        /// Break lines where the screen does.
        exact_lines: bool,
    }
}

record! {
    /// A part of a deck, and whether it is there.
    DeckPart {
        part: SlidePart,
        left_out: bool,
    }
}

impl Deck {
    /// All parts, each once: those that are named in their order, then the others in the usual one.
    pub fn all_parts(&self) -> Vec<DeckPart> {
        let usual = SlidePart::ALL.iter().map(|part| DeckPart { part: *part, left_out: false });
        let mut parts: Vec<DeckPart> = Vec::with_capacity(SlidePart::ALL.len());
        for it in self.parts.iter().cloned().chain(usual) {
            if parts.iter().all(|known| known.part != it.part) {
                parts.push(it);
            }
        }
        parts
    }

    /// Whether both come to the same slides, however their parts are spelled.
    pub fn says(&self, other: &Self) -> bool {
        let all = |it: &Self| Self { parts: it.all_parts(), ..it.clone() };
        all(self) == all(other)
    }
}

record! {
    /// What a view leaves out; an empty list leaves nothing out.
    Filter {
        segments: Vec<Id>,
        bands: Vec<Band>,
        tags: Vec<String>,
        /// Frictions below it are not shown, 1 to 5.
        min_severity: Option<u8>,
    }
}
