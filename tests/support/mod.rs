//! What several test areas share.

pub mod maps;
pub mod texts;
