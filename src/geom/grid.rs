//! A uniform grid over rectangles: what is visible, what is under the pointer.

use super::Rect;

/// An index from areas to numbers (of scene items).
///
/// Built once for a picture; items that cover many cells are kept aside and always looked at.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    bounds: Rect,
    cell: f32,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
    wide: Vec<(u32, Rect)>,
}

/// An item in more cells than this is kept aside.
const MANY_CELLS: usize = 64;
/// About the most cells there are: each takes memory, whether anything is in it or not.
const MOST_CELLS: f64 = 262_144.0;

impl Grid {
    /// Builds the index; `cell` is the least side of a cell in map units. Over a map that is both
    /// long and high, cells are larger.
    pub fn new(rects: impl IntoIterator<Item = (u32, Rect)>, bounds: Rect, cell: f32) -> Self {
        let area = f64::from(bounds.width()) * f64::from(bounds.height());
        let least = (area / MOST_CELLS).sqrt() as f32;
        let cell = if least.is_finite() { cell.max(least) } else { cell };
        let side = |extent: f32| ((extent / cell).ceil().clamp(1.0, 65_536.0)) as usize;
        let (columns, rows) = (side(bounds.width()), side(bounds.height()));
        let mut grid = Self {
            bounds,
            cell,
            columns,
            rows,
            cells: vec![Vec::new(); columns * rows],
            wide: Vec::new(),
        };
        for (item, rect) in rects {
            grid.insert(item, rect);
        }
        grid
    }

    /// Adds an item. Items outside of the bounds go to the cells at the edge.
    fn insert(&mut self, item: u32, rect: Rect) {
        let (left, top, right, bottom) = self.range(rect);
        if (right - left + 1) * (bottom - top + 1) > MANY_CELLS {
            self.wide.push((item, rect));
            return;
        }
        for row in top..=bottom {
            for column in left..=right {
                self.cells[row * self.columns + column].push(item);
            }
        }
    }

    fn range(&self, rect: Rect) -> (usize, usize, usize, usize) {
        let at = |v: f32, low: f32, count: usize| {
            (((v - low) / self.cell).floor().max(0.0) as usize).min(count.saturating_sub(1))
        };
        (
            at(rect.min.x, self.bounds.min.x, self.columns),
            at(rect.min.y, self.bounds.min.y, self.rows),
            at(rect.max.x, self.bounds.min.x, self.columns),
            at(rect.max.y, self.bounds.min.y, self.rows),
        )
    }

    /// Puts into `out`, in ascending order and once each, the items that may touch `rect`; a
    /// caller checks the items' own rectangles.
    pub fn query(&self, rect: Rect, out: &mut Vec<u32>) {
        out.clear();
        if self.cells.is_empty() {
            return;
        }
        let (left, top, right, bottom) = self.range(rect);
        for row in top..=bottom {
            for column in left..=right {
                out.extend_from_slice(&self.cells[row * self.columns + column]);
            }
        }
        out.extend(self.wide.iter().filter(|(_, r)| r.touches(rect)).map(|(it, _)| *it));
        out.sort_unstable();
        out.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::super::rect;
    use super::*;

    #[test]
    fn finds_what_is_there_and_no_more_than_once() {
        let all: Vec<_> = (0..100u32)
            .map(|i| (i, rect((i % 10) as f32 * 50.0, (i / 10) as f32 * 50.0, 60.0, 40.0)))
            .chain([(100, rect(0.0, 0.0, 5_000.0, 5_000.0))])
            .collect();
        let grid = Grid::new(all.iter().copied(), rect(0.0, 0.0, 600.0, 600.0), 64.0);
        let mut out = Vec::new();
        let look = rect(120.0, 120.0, 30.0, 30.0);
        grid.query(look, &mut out);
        for (i, r) in &all {
            assert_eq!(out.iter().filter(|o| *o == i).count() == 1, out.contains(i));
            if r.touches(look) {
                assert!(out.contains(i), "{i}");
            }
        }
        assert!(out.len() < 30, "what is far away is left out");
    }

    #[test]
    fn a_huge_map_takes_little_memory_and_is_found_again() {
        let far = rect(2_000_000.0, 900_000.0, 60.0, 40.0);
        let bounds = rect(0.0, 0.0, 2_600_000.0, 1_000_000.0);
        let grid = Grid::new([(7, far)], bounds, 192.0);
        assert!(grid.cells.len() < 300_000, "{} cells", grid.cells.len());
        let mut out = Vec::new();
        grid.query(far, &mut out);
        assert_eq!(out, [7]);
        grid.query(rect(0.0, 0.0, 100.0, 100.0), &mut out);
        assert!(out.is_empty());
    }
}
