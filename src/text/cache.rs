//! A bounded cache of what has been set, in two generations: what is not asked for during a
//! whole generation is forgotten.
//!
//! Knows nothing of how text is set.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

/// Keys are compared in full by the caller's test, so that a hash collision costs time only.
#[derive(Debug)]
pub(super) struct Cache<V> {
    young: FxHashMap<u64, V>,
    old: FxHashMap<u64, V>,
    /// How many entries a generation holds.
    size: usize,
}

/// The hash of a key.
pub(super) fn hash_of(key: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    hasher.finish()
}

impl<V: Clone> Cache<V> {
    pub fn new(size: usize) -> Self {
        Self { young: FxHashMap::default(), old: FxHashMap::default(), size }
    }

    /// The entry of a hash, where `is_it` says that it is the one asked for.
    pub fn get(&mut self, hash: u64, is_it: impl Fn(&V) -> bool) -> Option<V> {
        if let Some(value) = self.young.get(&hash) {
            return is_it(value).then(|| value.clone());
        }
        let value = self.old.get(&hash).filter(|value| is_it(value))?.clone();
        self.put(hash, value.clone());
        Some(value)
    }

    pub fn put(&mut self, hash: u64, value: V) {
        if self.young.len() >= self.size {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(hash, value);
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let mut cache = Cache::new(10);
        for i in 0..1000_u64 {
            cache.put(i, i);
            assert_eq!(cache.get(0, |_| true), Some(0), "asked for in every generation");
            assert!(cache.len() <= 20);
        }
        assert_eq!(cache.get(5, |_| true), None);
        assert_eq!(cache.get(999, |v| *v == 7), None, "a collision is a miss");
    }
}
