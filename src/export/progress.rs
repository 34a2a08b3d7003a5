//! How far an export has come, and whether it is still wanted.
//!
//! Shared between the worker that exports and who waits for it. Knows no format.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::ExportError;

/// Counts up while an export is made; also how it is given up.
#[derive(Debug, Default)]
pub struct Progress {
    /// In thousandths.
    done: AtomicU32,
    cancelled: AtomicBool,
}

impl Progress {
    /// How much is done, 0 to 1.
    pub fn share(&self) -> f32 {
        self.done.load(Ordering::Relaxed) as f32 / 1_000.0
    }

    /// Asks the worker to stop; it does at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it is given up.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Says that `done` of `all` parts of the file itself are written; laying the map out before that
    /// is a third of the way.
    ///
    /// # Errors
    /// [`ExportError::Cancelled`] where nobody waits for the rest.
    pub(super) fn writing(&self, done: usize, all: usize) -> Result<(), ExportError> {
        let all = all.max(1);
        self.step(all + 2 * done.min(all), 3 * all)
    }

    /// Says that `done` of `all` parts are made.
    ///
    /// # Errors
    /// [`ExportError::Cancelled`] where nobody waits for the rest.
    pub fn step(&self, done: usize, all: usize) -> Result<(), ExportError> {
        if self.is_cancelled() {
            return Err(ExportError::Cancelled);
        }
        let share = done.min(all) as f64 / all.max(1) as f64;
        self.done.store((share * 1_000.0) as u32, Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_until_it_is_cancelled() {
        let progress = Progress::default();
        progress.step(1, 4).unwrap();
        assert_eq!(progress.share(), 0.25);
        progress.cancel();
        assert!(matches!(progress.step(2, 4), Err(ExportError::Cancelled)));
        assert_eq!(progress.share(), 0.25);
        assert!(Progress::default().step(3, 0).is_ok(), "nothing to do is no division by zero");
    }
}
