//! Fractional order keys: moving one record touches that record only.
//!
//! A key is a fraction between 0 and 1, written in base 36 without the leading "0.": keys compare
//! as texts, and between any two different keys there is another one. Keys never end in `0`, so
//! each fraction has one spelling and there is always room below a key.
//! (The idea is David Greenspan's "Implementing Fractional Indexing".)

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where a record stands among its siblings. Compares as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(Arc<str>);

/// Why a text is no order key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    #[error("an order key may not be empty")]
    Empty,
    #[error("an order key is made of 0-9 and a-z; this one has {0:?}")]
    Character(char),
    #[error("an order key may not end in 0: no key would fit before it")]
    EndsInZero,
    #[error("an order key has at most 200 characters, this one has {0}")]
    TooLong(usize),
}

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

fn value(digit: u8) -> usize {
    match digit {
        b'0'..=b'9' => usize::from(digit - b'0'),
        _ => usize::from(digit - b'a') + 10,
    }
}

impl OrderKey {
    /// Checks a text and makes it a key.
    pub fn new(text: &str) -> Result<Self, OrderError> {
        if text.is_empty() {
            return Err(OrderError::Empty);
        }
        if let Some(bad) = text.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9')) {
            return Err(OrderError::Character(bad));
        }
        if text.len() > 200 {
            return Err(OrderError::TooLong(text.len()));
        }
        if text.ends_with('0') {
            return Err(OrderError::EndsInZero);
        }
        Ok(Self(text.into()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key after `low` and before `high`; `None` is the open end on that side.
    ///
    /// Where the two are equal or the wrong way round (two people moved to one place), the key
    /// comes right after `low`.
    ///
    /// At the open end keys count upwards instead of halving what is left, so that typing one
    /// step after the other keeps them short.
    pub fn between(low: Option<&Self>, high: Option<&Self>) -> Self {
        match (low, high) {
            (Some(low), None) => Self(successor(low.as_str().as_bytes()).into()),
            _ => Self::middle(low, high),
        }
    }

    fn middle(low: Option<&Self>, high: Option<&Self>) -> Self {
        let low_text = low.map_or("", Self::as_str);
        let high_text = high.map(Self::as_str).filter(|h| low_text < *h);
        Self(midpoint(low_text.as_bytes(), high_text.map(str::as_bytes)).into())
    }

    /// `count` keys in order, evenly spread between `low` and `high`.
    pub fn spread(low: Option<&Self>, high: Option<&Self>, count: usize) -> Vec<Self> {
        let mut keys = Vec::with_capacity(count);
        fill(low.cloned(), high.cloned(), count, &mut keys);
        keys
    }
}

/// Halves the range again and again, so that keys stay short.
fn fill(low: Option<OrderKey>, high: Option<OrderKey>, count: usize, out: &mut Vec<OrderKey>) {
    if count == 0 {
        return;
    }
    let middle = OrderKey::middle(low.as_ref(), high.as_ref());
    let left = (count - 1) / 2;
    fill(low, Some(middle.clone()), left, out);
    out.push(middle.clone());
    fill(Some(middle), high, count - 1 - left, out);
}

/// A short fraction above `low`: its first digit that can grow, one higher.
fn successor(low: &[u8]) -> String {
    let mut out = String::new();
    for digit in low {
        if *digit != b'z' {
            out.push(char::from(DIGITS[value(*digit) + 1]));
            return out;
        }
        out.push('z');
    }
    out.push('1');
    out
}

/// A short fraction strictly between `low` and `high` (`None` is 1), digits as ASCII.
fn midpoint(low: &[u8], high: Option<&[u8]>) -> String {
    let mut out = String::new();
    let mut high = high;
    let mut at = 0;
    loop {
        let l = low.get(at).map_or(0, |d| value(*d));
        let h = high.map_or(36, |h| h.get(at).map_or(0, |d| value(*d)));
        if l == h {
            out.push(char::from(DIGITS[l]));
        } else if h - l > 1 {
            out.push(char::from(DIGITS[(l + h) / 2]));
            return out;
        } else {
            // Neighbouring digits: keep the lower one, and from here on only `low` binds.
            out.push(char::from(DIGITS[l]));
            high = None;
        }
        at += 1;
    }
}

impl fmt::Display for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "~{}", self.0)
    }
}

impl Default for OrderKey {
    /// The middle of the whole range.
    fn default() -> Self {
        Self::between(None, None)
    }
}

impl Serialize for OrderKey {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for OrderKey {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn between_is_strictly_between(a in "[0-9a-z]{0,8}[1-9a-z]", b in "[0-9a-z]{0,8}[1-9a-z]") {
            let (a, b) = (OrderKey::new(&a).unwrap(), OrderKey::new(&b).unwrap());
            prop_assume!(a != b);
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            let middle = OrderKey::between(Some(&low), Some(&high));
            prop_assert!(low < middle && middle < high, "{low:?} {middle:?} {high:?}");
            prop_assert!(OrderKey::new(middle.as_str()).is_ok());
            prop_assert!(OrderKey::between(None, Some(&low)) < low);
            prop_assert!(OrderKey::between(Some(&high), None) > high);
        }

        #[test]
        fn spread_is_in_order_and_short(count in 0usize..400) {
            let keys = OrderKey::spread(None, None, count);
            prop_assert_eq!(keys.len(), count);
            prop_assert!(keys.windows(2).all(|w| w[0] < w[1]));
            prop_assert!(keys.iter().all(|k| k.as_str().len() <= 3));
        }
    }

    #[test]
    fn appending_keeps_keys_short() {
        let mut last = OrderKey::default();
        for _ in 0..1_000 {
            let next = OrderKey::between(Some(&last), None);
            assert!(next > last);
            last = next;
        }
        assert!(last.as_str().len() <= 30, "{last}");
    }

    #[test]
    fn keys_that_close_the_range_are_refused() {
        assert_eq!(OrderKey::new("a0"), Err(OrderError::EndsInZero));
        assert_eq!(OrderKey::new(""), Err(OrderError::Empty));
    }
}
