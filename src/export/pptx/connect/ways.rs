//! Which way a connector takes: which sides it leaves and reaches, straight or with elbows, so that
//! it runs over the fewest cards and else near to where the scene has it.
//!
//! Connectors know five outlines; every candidate is one of them.

use crate::geom::{Grid, Path, Point, Rect, Segment, pt};

use super::super::pen::Box2;

/// A way from site to site, in English Metric Units. Two points are a straight line, more an elbow
/// whose pieces are level and upright in turn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    /// Top, left, bottom, right.
    pub sites: (usize, usize),
    pub points: Vec<(i64, i64)>,
}

impl Way {
    /// Over, under or beside both cards, from the same side of each: drawn by way of a corner
    /// between.
    pub fn is_round(&self) -> bool {
        self.sites.0 == self.sites.1 && self.points.len() == 4
    }

    /// The same elbow with its corners in the middle, where they are not: as LibreOffice 7 draws
    /// all of those that stand upright or have more than two corners.
    pub fn plain(&self) -> Option<[(i64, i64); 4]> {
        let (a, b) = (*self.points.first()?, *self.points.last()?);
        let upright = self.points.get(1)?.0 == a.0;
        let (x, y) = ((a.0 + b.0) / 2, (a.1 + b.1) / 2);
        let inner = if upright { [(a.0, y), (b.0, y)] } else { [(x, a.1), (x, b.1)] };
        let as_it_is = self.is_round() || self.points.len() < 4 || self.points[1..3] == inner;
        (!as_it_is).then_some([a, inner[0], inner[1], b])
    }
}

/// The cards that lines should not run over, in points.
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub cards: &'a [Rect],
    pub grid: &'a Grid,
    pub near: Vec<u32>,
    /// Points for each unit of the map.
    pub unit: f32,
}

impl Field<'_> {
    /// How many cards a way runs over.
    fn crossed(&mut self, points: &[(i64, i64)]) -> usize {
        let at = |p: (i64, i64)| pt(p.0 as f32 / 12_700.0, p.1 as f32 / 12_700.0);
        let mut count = 0;
        for pair in points.windows(2) {
            let (a, b) = (at(pair[0]), at(pair[1]));
            // A long slanting line passes few of the cells in its box.
            let pieces =
                if a.x == b.x || a.y == b.y { 1.0 } else { (a.distance(b) / 100.0).ceil() };
            let mut last = u32::MAX;
            for i in 0..pieces as usize {
                let (from, to) = (a.lerp(b, i as f32 / pieces), a.lerp(b, (i + 1) as f32 / pieces));
                let around = Rect::spanning(from, to);
                self.grid.query(around, &mut self.near);
                for card in &self.near {
                    // Ends stand on their cards' edges.
                    if *card != last && passes(from, to, self.cards[*card as usize].grow(-1.0)) {
                        last = *card;
                        count += 1;
                    }
                }
            }
        }
        count
    }

    /// Whether a rectangle covers part of a card.
    pub fn touched(&mut self, rect: Rect) -> bool {
        self.grid.query(rect, &mut self.near);
        self.near.iter().any(|card| self.cards[*card as usize].overlaps(rect, 0.5))
    }
}

/// Whether a line runs through a rectangle (Liang and Barsky, 1984).
fn passes(a: Point, b: Point, rect: Rect) -> bool {
    if rect.is_empty() {
        return false;
    }
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    for (from, to, min, max) in
        [(a.x, b.x, rect.min.x, rect.max.x), (a.y, b.y, rect.min.y, rect.max.y)]
    {
        let d = to - from;
        if d == 0.0 {
            if from < min || from > max {
                return false;
            }
            continue;
        }
        let (near, far) = ((min - from) / d, (max - from) / d);
        enter = enter.max(near.min(far));
        leave = leave.min(near.max(far));
    }
    enter < leave
}

/// The point of a line that is nearest to a place.
pub(super) fn nearest(line: &[Point], place: Point) -> Option<Point> {
    let on = |a: Point, b: Point| {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let long = dx * dx + dy * dy;
        let t = if long > 0.0 { ((place.x - a.x) * dx + (place.y - a.y) * dy) / long } else { 0.0 };
        a.lerp(b, t.clamp(0.0, 1.0))
    };
    let all = line.windows(2).map(|pair| on(pair[0], pair[1]));
    all.min_by(|a, b| a.distance(place).total_cmp(&b.distance(place)))
}

/// Where the scene's line runs, in English Metric Units.
#[derive(Debug, Default)]
pub(super) struct Hint {
    ends: Option<((i64, i64), (i64, i64))>,
    /// The heights of its level pieces, and where its upright ones stand, from start to end.
    levels: Vec<i64>,
    columns: Vec<i64>,
}

impl Hint {
    /// Of a line; `place`: where its points stand on the slide.
    pub fn of(path: &Path, place: impl Fn(Point) -> Point) -> Self {
        let mut hint = Self::default();
        let mut at = (0, 0);
        for segment in &path.segments {
            let (to, is_line) = match segment {
                Segment::Move(p) | Segment::Cubic(_, _, p) => (*p, false),
                Segment::Line(p) => (*p, true),
                Segment::Close => continue,
            };
            let p = place(to);
            let to = (super::super::pen::emu(p.x), super::super::pen::emu(p.y));
            if is_line {
                let (dx, dy) = ((to.0 - at.0).abs(), (to.1 - at.1).abs());
                if dy < 200 && dx > 12_700 {
                    hint.levels.push(to.1);
                }
                if dx < 200 && dy > 12_700 {
                    hint.columns.push(to.0);
                }
            }
            let start = hint.ends.map_or(to, |ends| ends.0);
            hint.ends = Some((start, to));
            at = to;
        }
        hint.columns.dedup();
        hint
    }

    /// The sides of two cards that the line's ends stand at.
    fn sites(&self, from: Box2, to: Box2) -> Option<(usize, usize)> {
        let side = |card: Box2, p: (i64, i64)| {
            let away = [
                (p.1 - card.y).abs(),
                (p.0 - card.x).abs(),
                (p.1 - card.y - card.h).abs(),
                (p.0 - card.x - card.w).abs(),
            ];
            (0..4).min_by_key(|i| away[*i]).unwrap_or(0)
        };
        self.ends.map(|(a, b)| (side(from, a), side(to, b)))
    }
}

/// Running over a card is worse than any detour on a slide.
const CROSSING: i64 = 40_000 * 12_700;
/// Not every program shows an elbow's corners where they are: what it would cross with those where
/// they are by default.
const PLAIN_CROSSING: i64 = CROSSING / 3;
/// What an elbow costs, and leaving another side than the scene does.
const BEND: i64 = 24 * 12_700;
const OTHER_SIDE: i64 = 200 * 12_700;

/// The best way between two cards; `own`: from a card to itself.
pub(super) fn best(from: Box2, to: Box2, own: bool, hint: &Hint, field: &mut Field<'_>) -> Way {
    let reach = ((14.0 * field.unit).clamp(2.0, 40.0) * 12_700.0) as i64;
    if own {
        return loop_of(from, reach);
    }
    let sites = hint.sites(from, to);
    let mut ways = simple(from, to, hint, reach);
    let mut best = choose(&mut ways, sites, field, None);
    if best.as_ref().is_none_or(|(cost, _)| *cost >= CROSSING) {
        let mut more = detours(from, to, hint, reach);
        best = choose(&mut more, sites, field, best);
    }
    best.map_or_else(|| straight(from, to, (2, 0)), |(_, way)| way)
}

type Best = Option<(i64, Way)>;

/// The cheapest; what costs more than the best so far even if it ran over no card is not tried.
fn choose(
    ways: &mut [Way],
    sites: Option<(usize, usize)>,
    field: &mut Field<'_>,
    so_far: Best,
) -> Best {
    let mut costs: Vec<(i64, usize)> =
        ways.iter().enumerate().map(|(i, way)| (cost(way, sites), i)).collect();
    costs.sort_unstable();
    let mut best = so_far;
    for (cost, i) in costs {
        if best.as_ref().is_some_and(|(least, _)| *least <= cost) {
            break;
        }
        let cost = cost + CROSSING * field.crossed(&ways[i].points) as i64;
        let cost =
            cost + PLAIN_CROSSING * ways[i].plain().map_or(0, |it| field.crossed(&it)) as i64;
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            let points = std::mem::take(&mut ways[i].points);
            best = Some((cost, Way { sites: ways[i].sites, points }));
        }
    }
    best
}

fn cost(way: &Way, sites: Option<(usize, usize)>) -> i64 {
    let long: i64 = way
        .points
        .windows(2)
        .map(|pair| ((pair[1].0 - pair[0].0) as f64).hypot((pair[1].1 - pair[0].1) as f64) as i64)
        .sum();
    let others =
        sites.map_or(0, |(a, b)| i64::from(a != way.sites.0) + i64::from(b != way.sites.1));
    long + BEND * (way.points.len() as i64 - 2) + OTHER_SIDE * others
}

fn straight(from: Box2, to: Box2, sites: (usize, usize)) -> Way {
    Way { sites, points: vec![from.site(sites.0), to.site(sites.1)] }
}

/// Straight lines, and elbows with one or two corners.
fn simple(from: Box2, to: Box2, hint: &Hint, reach: i64) -> Vec<Way> {
    let mut ways = Vec::with_capacity(16);
    let below = to.y >= from.y + from.h;
    let above = to.y + to.h <= from.y;
    let right = to.x >= from.x + from.w;
    let left = to.x + to.w <= from.x;
    let mut push = |sites: (usize, usize), inner: &[(i64, i64)]| {
        let mut points = Vec::with_capacity(inner.len() + 2);
        points.push(from.site(sites.0));
        points.extend_from_slice(inner);
        points.push(to.site(sites.1));
        ways.push(Way { sites, points });
    };
    if below || above {
        let sites = if below { (2, 0) } else { (0, 2) };
        let (a, b) = (from.site(sites.0), to.site(sites.1));
        push(sites, &[]);
        let (low, high) = (a.1.min(b.1), a.1.max(b.1));
        let ends = [hint.levels.first(), hint.levels.last()];
        let near = if below { [a.1 + reach, b.1 - reach] } else { [a.1 - reach, b.1 + reach] };
        let levels = ends.into_iter().flatten().copied().chain([(a.1 + b.1) / 2]).chain(near);
        for level in levels.filter(|y| *y > low && *y < high && a.0 != b.0) {
            push(sites, &[(a.0, level), (b.0, level)]);
        }
    }
    if right || left {
        let sites = if right { (3, 1) } else { (1, 3) };
        let (a, b) = (from.site(sites.0), to.site(sites.1));
        // Between rows it would graze the cards' sides.
        if !(below || above) {
            push(sites, &[]);
        }
        let (low, high) = (a.0.min(b.0), a.0.max(b.0));
        let near = if right { [a.0 + reach, b.0 - reach] } else { [a.0 - reach, b.0 + reach] };
        for x in [(a.0 + b.0) / 2]
            .into_iter()
            .chain(near)
            .filter(|x| *x > low && *x < high && a.1 != b.1)
        {
            push(sites, &[(x, a.1), (x, b.1)]);
        }
    }
    if below || above {
        let (end, start) = if below { (0, 2) } else { (2, 0) };
        // One corner, where the other card's middle lies beside this one, or this one's beside it.
        for (side, other, is_right) in [(3, 1, true), (1, 3, false)] {
            let (a, b) = (from.site(side), to.site(end));
            if (b.0 > a.0) == is_right && b.0 != a.0 {
                push((side, end), &[(b.0, a.1)]);
            }
            let (a, b) = (from.site(start), to.site(other));
            if (b.0 > a.0) == is_right && b.0 != a.0 {
                push((start, other), &[(a.0, b.1)]);
            }
        }
        return ways;
    }
    // Over or under both, in a row.
    let (over, under) = (from.y.min(to.y), (from.y + from.h).max(to.y + to.h));
    for (site, edge, way) in [(0, over, -1), (2, under, 1)] {
        let (a, b) = (from.site(site), to.site(site));
        let hinted = hint.levels.iter().copied().find(|y| (y - edge) * way > 0);
        if a.0 != b.0 {
            let level = hinted.unwrap_or(edge + way * reach);
            push((site, site), &[(a.0, level), (b.0, level)]);
        }
    }
    ways
}

/// Elbows beside both cards, and those with four corners: out into a gap, along it, through a gap between cards, and along the
/// gap before the other card.
fn detours(from: Box2, to: Box2, hint: &Hint, reach: i64) -> Vec<Way> {
    let below = to.y >= from.y + from.h;
    let above = to.y + to.h <= from.y;
    let mut ways = Vec::new();
    if !(below || above) {
        return ways;
    }
    // Round what stands between, on either side.
    let (left, right) = (from.x.min(to.x), (from.x + from.w).max(to.x + to.w));
    for (site, edge, way) in [(3, right, 1), (1, left, -1)] {
        let (a, b) = (from.site(site), to.site(site));
        let hinted = hint.columns.iter().copied().find(|x| (x - edge) * way > 0);
        for x in hinted.into_iter().chain([edge + way * reach]) {
            ways.push(Way { sites: (site, site), points: vec![a, (x, a.1), (x, b.1), b] });
        }
    }
    let sites = if below { (2, 0) } else { (0, 2) };
    let (a, b) = (from.site(sites.0), to.site(sites.1));
    let out = if below { reach } else { -reach };
    let (low, high) = (a.1.min(b.1), a.1.max(b.1));
    let inside = |y: &i64| *y > low && *y < high;
    let first = hint.levels.iter().copied().find(inside).unwrap_or(a.1 + out);
    let last = hint.levels.iter().copied().rev().find(inside).unwrap_or(b.1 - out);
    let aside = [from.x - reach, from.x + from.w + reach, to.x - reach, to.x + to.w + reach];
    let columns = hint.columns.iter().copied().filter(|x| *x != a.0 && *x != b.0).take(6);
    for x in columns.chain(aside) {
        for (y1, y2) in [(first, last), (a.1 + out, b.1 - out)] {
            if x != a.0 && x != b.0 && y1 != y2 && y1 != a.1 && y2 != b.1 {
                let points = vec![a, (a.0, y1), (x, y1), (x, y2), (b.0, y2), b];
                ways.push(Way { sites, points });
            }
        }
    }
    ways
}

/// Out of a card's right side and into its lower edge.
fn loop_of(card: Box2, reach: i64) -> Way {
    let (a, b) = (card.site(3), card.site(2));
    let points = vec![a, (a.0 + reach, a.1), (a.0 + reach, b.1 + reach), (b.0, b.1 + reach), b];
    Way { sites: (3, 2), points }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::rect;

    fn best_of(rects: &[Rect], from: usize, to: usize) -> (Way, usize) {
        let around = rects.iter().copied().reduce(Rect::union).unwrap();
        let grid = Grid::new((0..).zip(rects.iter().copied()), around, 100.0);
        let mut field = Field { cards: rects, grid: &grid, near: Vec::new(), unit: 1.0 };
        let [a, b] = [from, to].map(|i| Box2::of(rects[i]));
        let way = best(a, b, from == to, &Hint::default(), &mut field);
        let crossed = field.crossed(&way.points);
        (way, crossed)
    }

    #[test]
    fn neighbours_are_joined_by_a_straight_line() {
        let cards = [rect(0.0, 0.0, 80.0, 40.0), rect(100.0, 0.0, 80.0, 40.0)];
        let (way, crossed) = best_of(&cards, 0, 1);
        assert_eq!((way.sites, way.points.len(), crossed), ((3, 1), 2, 0));
        let (way, _) = best_of(&cards, 1, 0);
        assert_eq!(way.sites, (1, 3));
    }

    #[test]
    fn a_line_goes_round_what_stands_between() {
        let row = |x: f32| rect(x, 0.0, 80.0, 40.0);
        let (way, crossed) = best_of(&[row(0.0), row(100.0), row(200.0)], 0, 2);
        assert_eq!(crossed, 0, "{way:?}");
        let column = |y: f32| rect(0.0, y, 80.0, 40.0);
        let (way, crossed) = best_of(&[column(0.0), column(80.0), column(160.0)], 0, 2);
        assert_eq!(crossed, 0, "{way:?}");
        assert!(way.points.len() > 2);
    }

    #[test]
    fn a_card_rests_on_itself_in_a_loop() {
        let (way, _) = best_of(&[rect(0.0, 0.0, 80.0, 40.0)], 0, 0);
        assert_eq!((way.sites, way.points.len()), ((3, 2), 5));
    }

    #[test]
    fn a_line_touches_no_card_that_it_only_passes() {
        let card = rect(0.0, 0.0, 10.0, 10.0);
        assert!(passes(pt(-5.0, 5.0), pt(15.0, 5.0), card));
        assert!(passes(pt(-5.0, -4.0), pt(15.0, 14.0), card));
        assert!(!passes(pt(-5.0, 11.0), pt(15.0, 11.0), card));
        assert!(!passes(pt(-5.0, 3.0), pt(3.0, -6.0), card));
    }
}
