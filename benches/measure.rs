//! Time as the processor spends it, and the table that shows it.

use rustix::time::{ClockId, clock_gettime};

/// CPU time of this thread so far, in milliseconds.
fn thread_ms() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1e3 + now.tv_nsec as f64 / 1e6
}

/// Milliseconds of CPU time that `work` takes, and what it made.
pub fn time<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = thread_ms();
    let made = work();
    (thread_ms() - start, made)
}

/// Runs `work` again and again until enough was seen; what it makes is dropped outside the clock.
pub fn samples<T>(mut work: impl FnMut() -> T) -> Vec<f64> {
    let mut all = Vec::new();
    let mut spent = 0.0;
    while all.len() < 3 || spent < 600.0 && all.len() < 200 {
        let (ms, made) = time(&mut work);
        drop(made);
        spent += ms;
        all.push(ms);
    }
    all
}

/// One line of the table.
#[derive(Debug)]
pub struct Row {
    pub what: String,
    pub cards: usize,
    /// Milliseconds of CPU time, in no order.
    pub samples: Vec<f64>,
    /// The most that the median may be, in milliseconds.
    pub bar_ms: Option<f64>,
}

impl Row {
    fn median(&self) -> f64 {
        quantile(&self.samples, 0.5)
    }
}

fn quantile(samples: &[f64], at: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * at).round() as usize).copied().unwrap_or(f64::NAN)
}

/// The table, and whether every bar is held.
pub fn table(rows: &[Row]) -> (String, bool) {
    let mut text =
        format!("{:<34}{:>8}{:>12}{:>12}{:>10}\n", "CPU ms", "cards", "median", "p95", "bar");
    let mut held = true;
    for row in rows {
        let (median, p95) = (row.median(), quantile(&row.samples, 0.95));
        let over = row.bar_ms.is_some_and(|bar| median > bar);
        held &= !over;
        let bar = row.bar_ms.map_or_else(String::new, |bar| format!("{bar}"));
        let mark = if over { "  over" } else { "" };
        text +=
            &format!("{:<34}{:>8}{median:>12.3}{p95:>12.3}{bar:>10}{mark}\n", row.what, row.cards);
    }
    (text, held)
}
