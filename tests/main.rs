//! The integration tests: one crate, a module an area.

mod architecture;
mod readme;
mod source;
mod tidy;
