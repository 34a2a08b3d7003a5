//! What several test areas share.

pub mod changes;
pub mod maps;
pub mod small;
pub mod texts;
