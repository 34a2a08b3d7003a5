//! How many lines run through an area: marks and labels stand where there are fewest.

use rustc_hash::FxHashMap;

use crate::geom::Rect;

use super::super::super::Span;
use super::field::Field;
use super::weave::Net;

/// Cells of channels are this wide, in map units.
const CELL: f32 = 64.0;
/// What runs through more cells is left out: it is anywhere in its channel.
const CELLS: i32 = 256;

/// Lines by where they are: in the channels by cells, in the rows from left to right.
#[derive(Debug)]
pub(super) struct Crowd<'a> {
    field: &'a Field,
    cells: FxHashMap<(u32, i32), Vec<Bend>>,
    /// By row, where lines pass it.
    rows: Vec<Vec<f32>>,
}

/// A line in a channel: down at one x, across at a height, and down at another x.
#[derive(Debug, Clone, Copy)]
struct Bend {
    top: f32,
    end: f32,
    level: f32,
}

impl<'a> Crowd<'a> {
    pub fn new(net: &Net, field: &'a Field, xs: &[f32], levels: &[Option<f32>]) -> Self {
        let mut cells: FxHashMap<(u32, i32), Vec<Bend>> = FxHashMap::default();
        for (edge, level) in net.edges.iter().zip(levels) {
            let (top, end) = (xs[edge.upper as usize], xs[edge.lower as usize]);
            let level = level.unwrap_or_else(|| field.channel(edge.row as usize + 1).center());
            let (first, last) = (cell(top.min(end)), cell(top.max(end)));
            if last.saturating_sub(first) > CELLS {
                continue;
            }
            for cell in first..=last {
                cells.entry((edge.row, cell)).or_default().push(Bend { top, end, level });
            }
        }
        let mut rows = vec![Vec::new(); field.rows.len()];
        for (knot, x) in net.knots.iter().zip(xs) {
            if (knot.place as usize) < field.gaps {
                rows[knot.row as usize].push(*x);
            }
        }
        rows.iter_mut().for_each(|xs| xs.sort_by(f32::total_cmp));
        Self { field, cells, rows }
    }

    /// About how many lines run through the area, which lies in a channel or in a row.
    pub fn lines_in(&self, area: Rect) -> usize {
        let y = area.center().y;
        let row = self.field.rows.partition_point(|it| it.span.max <= y);
        let inside = self.field.rows.get(row).filter(|it| it.span.min < y);
        if let (Some(_), Some(xs)) = (inside, self.rows.get(row)) {
            let from = xs.partition_point(|x| *x < area.min.x);
            return xs[from..].iter().take_while(|x| **x <= area.max.x).count();
        }
        let Some(above) = row.checked_sub(1) else { return 0 };
        let across = Span { min: area.min.x, max: area.max.x };
        let meets = |it: &&Bend| {
            let within = |x: f32| x >= across.min && x <= across.max;
            let level = area.min.y <= it.level && it.level <= area.max.y;
            (within(it.top) && area.min.y < it.level)
                || (within(it.end) && area.max.y > it.level)
                || (level && it.top.min(it.end) < across.max && it.top.max(it.end) > across.min)
        };
        let cells = cell(across.min)..=cell(across.max);
        let bends = |cell: i32| {
            let all = self.cells.get(&(above as u32, cell));
            all.map_or(0, |all| all.iter().filter(meets).count())
        };
        // What lies in several cells counts in each: it is in the way for longer.
        cells.map(bends).sum()
    }
}

fn cell(x: f32) -> i32 {
    (x / CELL).floor() as i32
}
