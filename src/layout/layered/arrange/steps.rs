//! Sets the columns of an ordered layer: in order, at their distance, as near as can be to where
//! they were or are pinned.

use super::super::Problem;
use super::Cast;
use super::board::ordered_cells;
use super::room::SLACK;
use super::settle::pool;

/// A column of an ordered layer.
#[derive(Debug, Clone, Default)]
struct Column {
    cards: Vec<u32>,
    half: f32,
    /// The least distance to the column before it.
    apart: f32,
    /// Where it should stand.
    want: Option<f32>,
    /// The card of it that is pinned.
    pin: Option<u32>,
}

/// Where each card of an ordered layer stands: its row and its middle. `want`: where it should
/// stand; a card that says nothing is put where there is room. Nothing moves to the left, and to
/// the right only as far as it must, unless a pin asks for it.
pub(super) fn line_up(
    problem: &Problem,
    cast: &Cast,
    layer: usize,
    rows: usize,
    want: impl Fn(u32) -> Option<f32>,
) -> Vec<(u32, usize, f32)> {
    let mut columns: Vec<Column> = Vec::new();
    let cells = ordered_cells(cast, &cast.layers[layer], rows);
    for (n, cell) in &cells {
        let node = &problem.nodes[*n as usize];
        columns.resize(columns.len().max(cell / rows + 1), Column::default());
        let column = &mut columns[cell / rows];
        column.half = column.half.max(node.width / 2.0);
        column.want = column.want.or_else(|| want(*n));
        if column.pin.is_none() && node.pin.is_some() {
            column.pin = Some(*n);
        }
        column.cards.push(*n);
    }
    let s = &problem.spacing;
    for c in 1..columns.len() {
        let group = |c: usize| columns[c].cards.first().map(|n| cast.group[*n as usize]);
        let gap = if group(c - 1) == group(c) { s.column_gap } else { s.group_gap };
        columns[c].apart = columns[c - 1].half + columns[c].half + gap.max(s.column_gap);
    }
    let x = seats(problem, &columns);
    cells.iter().map(|(n, cell)| (*n, cell % rows, x[cell / rows])).collect()
}

fn seats(problem: &Problem, columns: &[Column]) -> Vec<f32> {
    let firm = firm_pins(problem, columns);
    let pin =
        |column: &Column| column.pin.and_then(|n| problem.nodes[n as usize].pin).map(|it| it.x);
    let wants: Vec<Option<f32>> = columns.iter().map(|it| pin(it).or(it.want)).collect();
    let mut x = fill(columns, &wants);
    if columns.iter().any(|it| it.pin.is_some()) {
        let weight = |firm: &bool| if *firm { 1e9 } else { 1.0 };
        let pulls: Vec<(f32, f32)> =
            x.iter().zip(&firm).map(|(x, firm)| (*x, weight(firm))).collect();
        let apart: Vec<f32> = columns.iter().map(|it| it.apart).collect();
        return pool(&pulls, &apart);
    }
    for c in 1..x.len() {
        let least = x[c - 1] + columns[c].apart;
        if x[c] < least - SLACK {
            x[c] = least;
        }
    }
    x
}

/// Which columns' pins can be held: in the order of their keys, those that leave room for what
/// stands between them and the pins held so far.
fn firm_pins(problem: &Problem, columns: &[Column]) -> Vec<bool> {
    let offsets: Vec<f32> = (columns.iter())
        .scan(0.0, |sum, it| {
            *sum += it.apart;
            Some(*sum)
        })
        .collect();
    let mut asked: Vec<(usize, u32, f32)> = (columns.iter().enumerate())
        .filter_map(|(c, it)| {
            let n = it.pin?;
            Some((c, n, problem.nodes[n as usize].pin?.x))
        })
        .collect();
    asked.sort_by(|a, b| problem.nodes[a.1 as usize].key.cmp(&problem.nodes[b.1 as usize].key));
    let mut firm = vec![false; columns.len()];
    let mut held: Vec<(usize, f32)> = Vec::new();
    for (c, _, x) in asked {
        let fits = held.iter().all(|(other, at)| {
            let (need, have) = (offsets[c] - offsets[*other], x - at);
            if c > *other { have >= need - SLACK } else { -have >= -need - SLACK }
        });
        if fits {
            firm[c] = true;
            held.push((c, x));
        }
    }
    firm
}

/// Finds places for the columns that have none: spread between their neighbours where there is
/// room, else right behind the one before.
fn fill(columns: &[Column], wants: &[Option<f32>]) -> Vec<f32> {
    let mut x: Vec<f32> = wants.iter().map(|it| it.unwrap_or(0.0)).collect();
    let mut c = 0;
    while c < columns.len() {
        if wants[c].is_some() {
            c += 1;
            continue;
        }
        let end = (c..columns.len()).find(|c| wants[*c].is_some()).unwrap_or(columns.len());
        if c == 0 && end < columns.len() {
            for i in (0..end).rev() {
                x[i] = x[i + 1] - columns[i + 1].apart;
            }
        } else {
            let need: f32 =
                columns[c..(end + 1).min(columns.len())].iter().map(|it| it.apart).sum();
            let have = if end < columns.len() && c > 0 { x[end] - x[c - 1] } else { need };
            let more = ((have - need) / (end - c + 1) as f32).max(0.0);
            for i in c..end {
                let last =
                    if i == 0 { columns[0].half } else { x[i - 1] + columns[i].apart + more };
                x[i] = last;
            }
        }
        c = end;
    }
    x
}
