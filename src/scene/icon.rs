//! Icons.

/// Placeholder until the icons land.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    Star,
}
