//! Ids: names of records that never change and never depend on position.
//!
//! Not here: what an id points at (see [`super::Doc`]).

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Kind;

/// The id of a record: 1 to 64 characters out of `a-z 0-9 - _`, unique in its map across all kinds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("an id may not be empty")]
    Empty,
    #[error("an id has at most 64 characters, this one has {0}")]
    TooLong(usize),
    #[error("an id is made of a-z, 0-9, - and _; this one has {0:?}")]
    Character(char),
}

/// Crockford's base 32, in lower case: no i, l, o or u, so that ids read out loud stay clear.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl Id {
    /// The most characters an id may have.
    pub const MAX_LEN: usize = 64;

    /// Checks a text and makes it an id.
    pub fn new(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        if let Some(bad) = text.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-' | '_')) {
            return Err(IdError::Character(bad));
        }
        if text.len() > Self::MAX_LEN {
            return Err(IdError::TooLong(text.len()));
        }
        Ok(Self(text.into()))
    }

    /// A new random id: the kind's prefix and ten base-32 characters (50 bits), so that two people
    /// who add records at once do not clash.
    pub fn random(kind: Kind) -> Self {
        let mut text = String::with_capacity(16);
        text.push_str(kind.id_prefix());
        text.push('-');
        for _ in 0..10 {
            text.push(char::from(DIGITS[fastrand::usize(..DIGITS.len())]));
        }
        Self(text.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Id {
    type Err = IdError;
    fn from_str(s: &str) -> Result<Self, IdError> {
        Self::new(s)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_checked() {
        assert!(Id::new("a-z_09").is_ok());
        assert_eq!(Id::new(""), Err(IdError::Empty));
        assert_eq!(Id::new("Ab"), Err(IdError::Character('A')));
        assert_eq!(Id::new(&"a".repeat(65)), Err(IdError::TooLong(65)));
    }

    #[test]
    fn random_ids_are_valid_and_differ() {
        for kind in Kind::ALL {
            let id = Id::random(kind);
            assert_eq!(Id::new(id.as_str()).as_ref(), Ok(&id));
            assert_ne!(id, Id::random(kind));
        }
    }
}
