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
    let held = held(problem, columns);
    let mut wants: Vec<Option<f32>> = columns.iter().map(|it| it.want).collect();
    held.iter().for_each(|(c, x)| wants[*c] = Some(*x));
    let mut x = fill(columns, &wants);
    if held.is_empty() {
        push(columns, &mut x);
        return x;
    }
    let mut edge: Option<(usize, f32)> = None;
    for next in held.into_iter().map(Some).chain([None]) {
        between(columns, &mut x, edge, next);
        edge = next;
    }
    x
}

/// Moves columns to the right as far as they must.
fn push(columns: &[Column], x: &mut [f32]) {
    for c in 1..x.len() {
        let least = x[c - 1] + columns[c].apart;
        if x[c] < least - SLACK {
            x[c] = least;
        }
    }
}

/// Where the columns that are pinned stand: at their pins, or as near as the others let them. That
/// hangs on nothing but pins and widths.
fn held(problem: &Problem, columns: &[Column]) -> Vec<(usize, f32)> {
    let firm = firm_pins(problem, columns);
    let (mut pinned, mut pulls, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    let mut room = 0.0;
    for (c, column) in columns.iter().enumerate() {
        room += column.apart;
        if let Some(pin) = column.pin.and_then(|n| problem.nodes[n as usize].pin) {
            pinned.push(c);
            pulls.push((pin.x, if firm[c] { 1e9 } else { 1.0 }));
            apart.push(std::mem::take(&mut room));
        }
    }
    let x = pool(&pulls, &apart);
    let exact = |((c, x), pull): ((usize, f32), &(f32, f32))| {
        (c, if firm[c] && (x - pull.0).abs() < SLACK { pull.0 } else { x })
    };
    pinned.into_iter().zip(x).zip(&pulls).map(exact).collect()
}

/// Brings the columns between two that are pinned to their distance, if they do not keep it, and
/// puts these two into their places.
fn between(
    columns: &[Column],
    x: &mut [f32],
    left: Option<(usize, f32)>,
    right: Option<(usize, f32)>,
) {
    let (begin, end) = (left.map_or(0, |it| it.0 + 1), right.map_or(x.len(), |it| it.0));
    for (c, at) in left.into_iter().chain(right) {
        x[c] = at;
    }
    let keeps = |c: usize| x[c] - x[c - 1] >= columns[c].apart - SLACK;
    let (first, last) = (begin.max(1), right.map_or(end, |_| end + 1));
    if begin == end || (first..last).all(keeps) {
        return;
    }
    let apart: Vec<f32> =
        (begin..end).map(|c| if c == begin { 0.0 } else { columns[c].apart }).collect();
    let reach: f32 = apart.iter().sum();
    let low = left.map_or(f32::NEG_INFINITY, |it| it.1 + columns[begin].apart);
    let high = right.map_or(f32::INFINITY, |it| it.1 - columns[end].apart - reach);
    let wants: Vec<(f32, f32)> = x[begin..end].iter().map(|it| (*it, 1.0)).collect();
    let mut offset = 0.0;
    for ((x, best), apart) in x[begin..end].iter_mut().zip(pool(&wants, &apart)).zip(&apart) {
        offset += apart;
        // The best places within bounds are the best ones without, cut off at the bounds.
        *x = (best - offset).min(high).max(low) + offset;
    }
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
