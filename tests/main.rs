//! The integration tests: one crate, a module an area.

// A test that unwraps what is not there fails, and says where.
#![allow(clippy::unwrap_used)]

#[cfg(feature = "gui")]
mod analyse;
mod architecture;
#[cfg(feature = "gui")]
mod canvas;
mod cli;
mod deck;
mod ecosystem;
mod edits;
mod export;
mod file;
mod hostile;
mod html;
mod insight;
mod layout;
#[cfg(feature = "gui")]
mod panels;
mod pdf;
#[cfg(feature = "gui")]
mod pictures;
mod pptx;
mod readme;
mod routes;
mod scene;
mod source;
mod support;
mod tables;
mod template;
mod text;
mod tidy;
#[cfg(feature = "gui")]
mod window;
mod words;
