//! Asking the map: traces, impact and what they light on the canvas; what the ecosystem view shows.
//!
//! What is asked is kept apart from how it is drawn ([`State`] knows no window), and what an
//! answer says in words stands in `words`. Not here: how an answer comes about (see `insight`)
//! and how what is lit is painted (see `canvas`).

mod answer;
mod filter;
mod hubs;
mod impact;
mod narrow;
mod panel;
mod row;
mod run;
mod state;
mod table;
mod trace;
pub mod words;

pub use answer::Answer;
pub use filter::{Wanted, bar_ui, nothing_ui};
pub use hubs::Ranking;
pub use narrow::{card_of, is_collapsed, is_narrowed, team_of, widen};
pub use panel::panel_ui;
pub use state::{Pointed, Question, State, can_ask};
