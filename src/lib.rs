//! Throughline: customer journey maps and the ecosystem maps beneath them, over one graph.
//!
//! Data flows one way: `file` loads a document (`model`), `edit` changes it by patches, `layout`
//! says where things stand, `scene` is the finished picture, and `ui` and `export` paint it.
//! `insight` says what rests on what (traces, impact, hubs).
//! `disk` is the one way in which files are written.
//! `tool` says what the pointer and the keyboard mean; `cli` is the program without a window.
//! See ARCHITECTURE.md for who may know whom.

pub mod cli;
pub mod disk;
pub mod edit;
pub mod examples;
pub mod export;
pub mod file;
pub mod geom;
pub mod insight;
pub mod layout;
pub mod model;
pub mod scene;
pub mod text;
pub mod tool;
#[cfg(feature = "gui")]
pub mod ui;
