//! The integration tests: one crate, a module an area.

mod architecture;
mod edits;
mod export;
mod file;
mod readme;
mod source;
mod text;
mod tidy;
