//! The kinds of records, and the one type that holds a record of any kind.

use serde::Serialize;

use super::record::{
    Action, Delight, Friction, Influencer, Lane, Link, Measure, Note, Reading, Segment, Stage,
    Step, System, Touchpoint, Verbatim, View,
};

/// Declares the kinds, the record enum and the typed access, from one list.
macro_rules! kinds {
    ($($kind:ident, $section:literal, $prefix:literal, $singular:literal, $plural:literal;)*) => {
        /// The kinds of records, in the order in which a file holds them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($kind),* }

        /// A record of any kind.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Record { $($kind($kind)),* }

        impl Kind {
            /// All kinds, in file order.
            pub const ALL: [Self; [$(Self::$kind),*].len()] = [$(Self::$kind),*];

            /// The name of the kind's section in a file: `steps`.
            pub fn section(self) -> &'static str { match self { $(Self::$kind => $section),* } }

            /// The prefix of generated ids: `st`.
            pub fn id_prefix(self) -> &'static str { match self { $(Self::$kind => $prefix),* } }

            /// One of them, in people's words: `step`.
            pub fn singular(self) -> &'static str { match self { $(Self::$kind => $singular),* } }

            /// Many of them, in people's words: `steps`.
            pub fn plural(self) -> &'static str { match self { $(Self::$kind => $plural),* } }
        }

        impl Record {
            /// The kind of this record.
            pub fn kind(&self) -> Kind { match self { $(Self::$kind(_) => Kind::$kind),* } }
        }

        $(impl Typed for $kind {
            const KIND: Kind = Kind::$kind;
            fn of(record: &Record) -> Option<&Self> {
                match record { Record::$kind(it) => Some(it), _ => None }
            }
            fn of_mut(record: &mut Record) -> Option<&mut Self> {
                match record { Record::$kind(it) => Some(it), _ => None }
            }
        }
        impl From<$kind> for Record {
            fn from(it: $kind) -> Self { Self::$kind(it) }
        })*
    };
}

/// A record type: how to find it inside a [`Record`].
pub trait Typed: Into<Record> + Clone + Sized + 'static {
    /// The kind of all records of this type.
    const KIND: Kind;
    /// The record, if it is of this type.
    fn of(record: &Record) -> Option<&Self>;
    /// The record to change, if it is of this type.
    fn of_mut(record: &mut Record) -> Option<&mut Self>;
}

kinds! {
    Segment, "segments", "sg", "segment", "segments";
    Stage, "stages", "sa", "stage", "stages";
    Lane, "lanes", "la", "lane", "lanes";
    Step, "steps", "st", "step", "steps";
    Touchpoint, "touchpoints", "tp", "touchpoint", "touchpoints";
    Influencer, "influencers", "in", "influencer", "influencers";
    System, "systems", "sy", "internal system", "internal systems";
    Link, "links", "li", "link", "links";
    Friction, "frictions", "fr", "friction point", "friction points";
    Delight, "delights", "de", "delight", "delights";
    Action, "actions", "ac", "action", "actions";
    Measure, "measures", "me", "measure", "measures";
    Reading, "readings", "re", "reading", "readings";
    Verbatim, "verbatims", "ve", "verbatim", "verbatims";
    Note, "notes", "no", "note", "notes";
    View, "views", "vi", "view", "views";
}

impl Kind {
    /// Whether records of this kind are nodes of the graph.
    pub fn is_node(self) -> bool {
        matches!(self, Self::Step | Self::Touchpoint | Self::Influencer | Self::System)
    }
}

impl Record {
    /// What people call the record: its name, title or text; empty for links and readings.
    pub fn name(&self) -> &str {
        match self {
            Self::Segment(it) => &it.name,
            Self::Stage(it) => &it.name,
            Self::Lane(it) => &it.name,
            Self::Step(it) => &it.name,
            Self::Touchpoint(it) => &it.name,
            Self::Influencer(it) => &it.name,
            Self::System(it) => &it.name,
            Self::Friction(it) => &it.text,
            Self::Delight(it) => &it.text,
            Self::Action(it) => &it.title,
            Self::Measure(it) => &it.name,
            Self::Verbatim(it) => &it.text,
            Self::Note(it) => &it.text,
            Self::View(it) => &it.name,
            Self::Link(_) | Self::Reading(_) => "",
        }
    }

    /// The same text to change; `None` for links and readings, which have none.
    pub fn name_mut(&mut self) -> Option<&mut String> {
        Some(match self {
            Self::Segment(it) => &mut it.name,
            Self::Stage(it) => &mut it.name,
            Self::Lane(it) => &mut it.name,
            Self::Step(it) => &mut it.name,
            Self::Touchpoint(it) => &mut it.name,
            Self::Influencer(it) => &mut it.name,
            Self::System(it) => &mut it.name,
            Self::Friction(it) => &mut it.text,
            Self::Delight(it) => &mut it.text,
            Self::Action(it) => &mut it.title,
            Self::Measure(it) => &mut it.name,
            Self::Verbatim(it) => &mut it.text,
            Self::Note(it) => &mut it.text,
            Self::View(it) => &mut it.name,
            Self::Link(_) | Self::Reading(_) => return None,
        })
    }
}
