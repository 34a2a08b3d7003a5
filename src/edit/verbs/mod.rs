//! The verbs: what a user can do to a map, each a plain function that writes through a [`Tx`].
//!
//! Rules that hold for all of them:
//! - *Order is data.* Steps follow each other by stage and order key; the journey view draws the
//!   plain arrows between consecutive steps from that. `Next` links are only for what order cannot
//!   say: branches, loops, exits and conditions. Adding, moving or removing a step therefore never
//!   threads links anew.
//! - Ids that are not (or no longer) there are passed over; nothing panics and nothing dangles.
//! - Names are one line: line breaks and other control characters become spaces. Notes and
//!   verbatims keep their line breaks.
//! - Numbers out of range are brought into it.
//!
//! Architecture invariant: a verb writes no inverse, knows no selection and no history.
//!
//! [`Tx`]: super::Tx

mod add;
mod change;
mod deck;
pub mod describe;
mod duplicate;
mod lanes;
mod link;
mod pin;
mod place;
mod remove;
mod reorder;

pub use add::{
    add_action, add_delight, add_friction, add_influencer, add_measure, add_note, add_reading,
    add_segment, add_stage, add_step, add_step_after, add_system, add_touchpoint, add_verbatim,
};
pub use change::{
    add_cause, remove_cause, rename, replace, set_expected, set_feeling, set_importance,
    set_link_kind, set_next_class, set_owner, set_severity, set_stage, set_strength,
    set_system_class, shift_feelings, toggle_moment_of_truth,
};
pub use deck::set_deck;
pub use duplicate::duplicate;
pub use lanes::{add_lane, default_lanes, lane_of, materialise_lanes, move_lane, set_lane_hidden};
pub use link::{LinkRefusal, can_link, link, orient, relink, unlink};
pub use pin::{pin, tidy};
pub use remove::{remove, what_hangs};
pub use reorder::{Way, move_stage, move_step, move_steps, shift};

pub(super) use change::clean_text;
pub(super) use duplicate::{Gathered, Reach, anchored_end, gather, write_copies};
pub(super) use place::{put_stages_after, put_steps};
