//! The text engine over parley.

/// Placeholder until the engine lands.
#[derive(Debug, Default)]
pub struct Text;
