//! Closed choices: the enums that record fields hold, with the words that people read.
//!
//! Every choice lists `ALL` its values in display order and has a `label` in sentence case.

use serde::{Deserialize, Serialize};

/// Declares an enum with its labels; the first value is the default.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $first:ident = $first_label:literal $(, $(#[$meta:meta])* $value:ident = $label:literal)* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        pub enum $name { #[default] $first, $($(#[$meta])* $value),* }

        impl $name {
            /// All values, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$value),*];

            /// The value in people's words.
            pub fn label(self) -> &'static str {
                match self { Self::$first => $first_label, $(Self::$value => $label),* }
            }
        }

        impl Choice for $name {
            fn all() -> &'static [Self] { Self::ALL }
            fn label(self) -> &'static str { self.label() }
        }
    };
}

/// What all choices have in common, so that one control serves them all.
pub trait Choice: Copy + PartialEq + 'static {
    /// All values, in the order in which they are offered.
    fn all() -> &'static [Self];
    /// The value in people's words.
    fn label(self) -> &'static str;
}

choice! {
    /// Whether a map shows what is or what is meant to be.
    MapState { Current = "Current state", Future = "Future state" }
}

choice! {
    /// The layers of a service blueprint, top to bottom, and the insights below them.
    Band {
        Customer = "Customer",
        Frontstage = "Frontstage",
        Backstage = "Backstage",
        Support = "Support",
        Insight = "Insight",
    }
}

choice! {
    /// What a lane shows.
    LaneContent {
        Steps = "Steps",
        Activities = "Activities",
        Criteria = "Criteria",
        Thoughts = "Thoughts",
        Emotion = "Emotion curve",
        Influencers = "Influencers",
        Touchpoints = "Touchpoints",
        Frictions = "Frictions and delights",
        Teams = "Teams",
        WorkActions = "Internal actions",
        Processes = "Processes",
        Policies = "Policies",
        Technology = "Technology",
        Partners = "Partners",
        Actions = "Actions",
        Measures = "Measures",
        Verbatims = "Verbatims",
        Notes = "Notes",
    }
}

choice! {
    /// The medium of a touchpoint.
    Channel {
        Web = "Web",
        App = "App",
        Email = "E-mail",
        Phone = "Phone",
        Chat = "Chat",
        Sms = "SMS",
        Social = "Social media",
        Store = "Store",
        Post = "Post",
        Field = "Field service",
        Event = "Event",
        Partner = "Partner",
        WordOfMouth = "Word of mouth",
        Other = "Other",
    }
}

choice! {
    /// Who does the work of a touchpoint.
    Delivery { Human = "Human", Automated = "Automated", Mixed = "Mixed" }
}

choice! {
    /// Where a touchpoint stands in its life.
    TouchpointStatus {
        Live = "Live",
        Proposed = "Proposed",
        Planned = "Planned",
        AtRisk = "At risk",
        Retired = "Retired",
    }
}

choice! {
    /// Who an influencer is to the customer.
    InfluencerClass {
        Other = "Other",
        #[serde(rename = "Self")]
        Oneself = "Self",
        Family = "Family",
        Friend = "Friend",
        Retailer = "Retailer",
        Producer = "Producer",
        Expert = "Expert",
        Media = "Media",
        External = "External resource",
    }
}

choice! {
    /// What kind of internal system it is.
    SystemClass {
        Team = "Team",
        Action = "Action",
        Process = "Process",
        Policy = "Policy",
        Technology = "Technology",
        Partner = "Partner",
    }
}

impl SystemClass {
    /// The band that a system of this class stands in, unless the record says otherwise.
    pub fn default_band(self) -> Band {
        match self {
            Self::Team | Self::Action | Self::Process => Band::Backstage,
            Self::Policy | Self::Technology | Self::Partner => Band::Support,
        }
    }
}

choice! {
    /// Where a cause or an action sits (Tincher's levers).
    Lever {
        Priorities = "Priorities",
        Policies = "Policies",
        Practices = "Practices",
        People = "People",
        Platforms = "Platforms",
    }
}

choice! {
    /// What kind of "next" a link between steps is.
    NextClass {
        Normal = "Normal",
        Branch = "Branch",
        Loop = "Loop",
        Exit = "Exit",
        Recovery = "Recovery",
    }
}

choice! {
    /// How well a dependency works.
    Rating { Good = "Good", Strained = "Strained", Broken = "Broken" }
}

choice! {
    /// In which way it goes wrong.
    FrictionClass {
        Other = "Other",
        Wait = "Wait",
        Effort = "Effort",
        Error = "Error",
        Confusion = "Confusion",
        Handoff = "Handoff",
        RepeatContact = "Repeat contact",
        Impersonal = "Impersonal",
        Policy = "Policy",
        Price = "Price",
        Inconsistency = "Inconsistency",
        BrokenPromise = "Broken promise",
        Access = "Access",
    }
}

choice! {
    /// How far the work on a friction point has come.
    FrictionStatus {
        Found = "Found",
        Understood = "Understood",
        Changing = "Changing",
        Resolved = "Resolved",
    }
}

choice! {
    /// How sure the team is of a friction point.
    Confidence { Assumed = "Assumed", Partly = "Partly researched", Researched = "Researched" }
}

choice! {
    /// How far an action has come.
    ActionStatus {
        Idea = "Idea",
        Agreed = "Agreed",
        Doing = "Doing",
        Done = "Done",
        Verified = "Verified",
        Dropped = "Dropped",
    }
}

choice! {
    /// What a saved view shows.
    ViewKind {
        Journey = "Journey",
        Ecosystem = "Ecosystem",
        Matrix = "Matrix",
        Frictions = "Frictions",
        Actions = "Actions",
        Insights = "Insights",
        Deck = "Slides",
    }
}

choice! {
    /// A part of a deck of slides.
    SlidePart {
        Cover = "Cover",
        Overview = "The whole journey",
        Stages = "Stage by stage",
        Emotions = "Emotion curve",
        Frictions = "Top frictions",
        Ecosystem = "Ecosystem",
        Actions = "Actions",
    }
}

choice! {
    /// The shape of slides.
    SlideSize { Wide = "16:9", Standard = "4:3" }
}
