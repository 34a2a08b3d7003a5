//! Puts pinned cards where they are pinned; others make room.

use crate::geom::Point;

use super::super::super::Span;
use super::super::Problem;
use super::sheet::{Line, Place, Sheet};
use super::{Cast, room};

/// Puts the pinned cards of unordered layers into the rows nearest to where they are pinned, and a
/// new row below where that is nearer. `strips`: where the strips of the sheet's `y` are. Pinned
/// steps are no matter of this: see `steps`.
pub(super) fn pin(problem: &Problem, cast: &Cast, sheet: &mut Sheet, strips: &[Span]) {
    let pinned = |n: &u32| {
        let pin = problem.nodes[*n as usize].pin?;
        let layer = cast.layer[*n as usize] as usize;
        (!cast.ordered(problem, layer)).then_some((*n, layer, pin))
    };
    let mut pins: Vec<(u32, usize, Point)> =
        (0..problem.nodes.len() as u32).collect::<Vec<u32>>().iter().filter_map(pinned).collect();
    if pins.is_empty() {
        return;
    }
    pins.sort_by(|a, b| problem.nodes[a.0 as usize].key.cmp(&problem.nodes[b.0 as usize].key));
    let mut walls: Vec<Vec<Place>> = vec![Vec::new(); sheet.lines.len()];
    for (n, layer, pin) in pins {
        let strip = cast.strip[layer];
        let y = strips.get(strip).map_or(0.0, |it| it.min) + pin.y;
        let wall = Place { n, x: pin.x };
        let far = |line: &Line| (line.y - y).abs();
        let lines =
            sheet.lines.iter().enumerate().filter(|(_, it)| {
                cast.strip[it.layer] == strip && !cast.ordered(problem, it.layer)
            });
        let last = lines.clone().next_back().map(|it| (it.0, it.1.layer, it.1.y, it.1.height));
        let best = lines.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map(|it| it.0);
        let step = last.map_or(0.0, |it| it.3 + problem.spacing.row_gap);
        match (best, last) {
            // A row of pinned cards alone is the new row of before.
            (Some(line), Some(last))
                if y <= last.2 + step * 0.75 || sheet.lines[last.0].cards.is_empty() =>
            {
                walls[line].push(wall);
            }
            (_, last) => {
                let (layer, y) = last.map_or((layer, y), |it| (it.1, it.2 + step));
                let height = problem.nodes[n as usize].height;
                let at = sheet.insert(Line { layer, y, height, ..Line::default() });
                walls.insert(at, vec![wall]);
            }
        }
    }
    for (line, walls) in sheet.lines.iter_mut().zip(&walls).filter(|it| !it.1.is_empty()) {
        line.cards = room::fit(problem, &line.cards, walls);
    }
}
