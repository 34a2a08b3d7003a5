//! Lays out a changed map so that as little moves as can be.
//!
//! Rows keep who they are, cards their place; what is new goes where it costs least and pushes
//! nobody.

use crate::geom::pt;

use super::super::{Arrangement, Problem};
use super::newcomers::Newcomers;
use super::sheet::{Line, Place, Sheet};
use super::web::Web;
use super::{Cast, arrange, pins, room, steps};

/// Beyond this share of its need a row that became lower is lowered too.
const LOOSE: f32 = 1.5;

/// Lays out a problem that `before` was the arrangement of, up to a few changes. Kept cards stay in
/// their row and place wherever the problem lets them: a card that grew pushes its neighbours, a
/// new step the later ones, a pinned card whoever stands there. New cards go to holes and ends of
/// rows, at last to new rows. Where more is new than is kept, all is laid out afresh.
pub fn follow(problem: &Problem, before: &Arrangement) -> Arrangement {
    let cast = Cast::new(problem);
    let was = Was::new(problem, before);
    let kept = was.place.iter().flatten().count();
    if kept == 0 || problem.nodes.len() > kept * 2 + 3 {
        return arrange(problem);
    }
    let web = Web::new(problem, &cast.layer);
    let layers = was.layers(problem, &cast, before);
    let mut sheet = was.sheet(problem, &cast, before, &layers);
    for (layer, cards) in cast.layers.iter().enumerate() {
        if cast.ordered(problem, layer) {
            order(problem, &cast, &was, layer, &mut sheet);
        } else if cards.iter().any(|n| !pins::is_held(problem, &cast, *n))
            && !sheet.lines.iter().any(|it| it.layer == layer)
        {
            let y = sheet.between(layer);
            sheet.insert(Line { layer, y, ..Line::default() });
        }
    }
    for line in sheet.lines.iter_mut().filter(|it| !cast.ordered(problem, it.layer)) {
        line.cards = room::fit(problem, &line.cards, &[]);
    }
    if problem.nodes.iter().any(|it| it.pin.is_some()) {
        // New cards go round those that are pinned.
        sheet.keep_gaps(problem, before);
        sheet.stack(problem, &cast);
        for line in &mut sheet.lines {
            let strip = before.strips.get(cast.strip[line.layer]);
            line.y = strip.map_or(0.0, |it| it.min) + line.span.center();
        }
    }
    Newcomers::new(problem, &cast, &web, &mut sheet).seat();
    sheet.keep_gaps(problem, before);
    sheet.finish(problem, &cast, &web)
}

/// Where the cards were.
struct Was {
    /// By node: its row and its middle.
    place: Vec<Option<(usize, f32)>>,
}

impl Was {
    fn new(problem: &Problem, before: &Arrangement) -> Self {
        let mut row = vec![None; before.cards.len()];
        for (at, it) in before.rows.iter().enumerate() {
            for n in &it.cards {
                if let Some(row) = row.get_mut(*n as usize) {
                    *row = Some(at);
                }
            }
        }
        let find = |key| {
            let n = *before.places.get(key)? as usize;
            Some(((*row.get(n)?)?, before.cards[n].center().x))
        };
        Self { place: problem.nodes.iter().map(|it| find(&it.key)).collect() }
    }

    /// Which former layer each layer is: the one most of its cards come from. An empty layer is
    /// the one that was at its place. Pinned cards stand in rows of any layer.
    fn layers(&self, problem: &Problem, cast: &Cast, before: &Arrangement) -> Vec<Option<usize>> {
        let mut next = 0;
        let same_place = |layer: usize| {
            let strip = cast.strip[layer];
            before.layers.get(strip).map(|first| first + layer - cast.first[strip])
        };
        let of_layer = cast.layers.iter().enumerate().map(|(layer, cards)| {
            let mut from: Vec<usize> = (cards.iter())
                .filter(|n| !pins::is_held(problem, cast, **n))
                .filter_map(|n| self.place[*n as usize])
                .map(|(row, _)| before.rows[row].layer)
                .collect();
            from.sort_unstable();
            let usual = same_place(layer);
            let best = (from.chunk_by(|a, b| a == b))
                .max_by_key(|it| (it.len(), Some(it[0]) == usual))
                .map(|it| it[0]);
            let empty = cards.iter().all(|n| pins::is_held(problem, cast, *n));
            let found = if empty { usual } else { best };
            let found = found.filter(|it| *it >= next)?;
            next = found + 1;
            Some(found)
        });
        of_layer.collect()
    }

    /// The rows that are still there, with the cards that may stay in them.
    fn sheet(
        &self,
        problem: &Problem,
        cast: &Cast,
        before: &Arrangement,
        layers: &[Option<usize>],
    ) -> Sheet {
        let mut sheet = Sheet { anchored: true, ..Sheet::default() };
        let mut line_of_row = vec![None; before.rows.len()];
        for (layer, was) in layers.iter().enumerate() {
            for (at, row) in before.rows.iter().enumerate().filter(|it| Some(it.1.layer) == *was) {
                let Some(height) = row.need else { continue };
                line_of_row[at] = Some(sheet.lines.len());
                let y = row.span.center();
                sheet.lines.push(Line { layer, height, y, row: Some(at), ..Line::default() });
            }
        }
        for (n, place) in self.place.iter().enumerate() {
            let Some((row, x)) = *place else { continue };
            let Some(line) = line_of_row[row] else { continue };
            let (node, line) = (&problem.nodes[n], &mut sheet.lines[line]);
            let free = node.pin.is_none() && !cast.ordered(problem, line.layer);
            if free && line.layer == cast.layer[n] as usize {
                line.cards.push(Place { n: n as u32, x });
            }
        }
        for line in &mut sheet.lines {
            let cards =
                cast.layers[line.layer].iter().filter(|n| !pins::is_held(problem, cast, **n));
            let need = cards.map(|n| problem.nodes[*n as usize].height);
            let need = need.fold(0.0, f32::max);
            if line.height > need * LOOSE {
                line.height = need;
            }
        }
        sheet
    }
}

/// Sets the rows of an ordered layer: cards that were in this order stay, others are put between
/// them.
fn order(problem: &Problem, cast: &Cast, was: &Was, layer: usize, sheet: &mut Sheet) {
    if !sheet.lines.iter().any(|it| it.layer == layer) {
        let y = sheet.between(layer);
        sheet.insert(Line { layer, y, ..Line::default() });
    }
    let y_of = |row: usize| sheet.lines.iter().find(|it| it.row == Some(row)).map(|it| it.y);
    let places: Vec<Option<(f32, f32)>> = (cast.layers[layer].iter())
        .map(|n| was.place[*n as usize].and_then(|(row, x)| Some((x, y_of(row)?))))
        .collect();
    let stay = rising(&places);
    let mut wants = vec![None; problem.nodes.len()];
    for ((n, place), stay) in cast.layers[layer].iter().zip(&places).zip(stay) {
        wants[*n as usize] = place.filter(|_| stay).map(|it| it.0);
    }
    let lines: Vec<usize> =
        (0..sheet.lines.len()).filter(|it| sheet.lines[*it].layer == layer).collect();
    for (n, row, x) in steps::line_up(problem, cast, layer, lines.len(), |n| wants[n as usize]) {
        sheet.lines[lines[row]].cards.push(Place { n, x });
    }
}

/// The longest run of places, read from left to right and down, that rise; who is in it.
fn rising(places: &[Option<(f32, f32)>]) -> Vec<bool> {
    let before = |a: (f32, f32), b: (f32, f32)| {
        let (a, b) = (pt(a.0.round(), a.1), pt(b.0.round(), b.1));
        a.x < b.x || (a.x == b.x && a.y < b.y)
    };
    // For each length of run, the last one of the run that ends leftmost.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; places.len()];
    for (i, place) in places.iter().enumerate() {
        let Some(place) = *place else { continue };
        let at = ends.partition_point(|it| places[*it].is_some_and(|it| before(it, place)));
        previous[i] = at.checked_sub(1).map(|it| ends[it]);
        if at == ends.len() { ends.push(i) } else { ends[at] = i }
    }
    let mut stay = vec![false; places.len()];
    let mut next = ends.last().copied();
    while let Some(i) = next {
        stay[i] = true;
        next = previous[i];
    }
    stay
}
