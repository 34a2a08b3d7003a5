//! The integration tests: one crate, a module an area.

mod architecture;
mod file;
mod readme;
mod source;
mod tidy;
