//! Links of the ecosystem view run round cards, whatever the map.

use std::collections::HashMap;

use proptest::collection::vec;
use proptest::prelude::*;
use throughline::geom::{Point, Rect, Segment, pt};
use throughline::layout::layered::{
    Arrangement, Link, Node, Problem, Route, Row, Spacing, Strip, arrange, route,
};
use throughline::layout::{Span, sizes};
use throughline::model::Id;

/// A problem of cards with a layer each; links by numbers, wrapped to what there is.
fn problem(layers: &[usize], cards: &[(usize, f32, f32)], links: &[(usize, usize)]) -> Problem {
    let all: usize = layers.iter().sum();
    let node = |(i, (layer, width, height)): (usize, &(usize, f32, f32))| Node {
        key: Id::new(&format!("n{i}")).unwrap(),
        width: *width,
        height: *height,
        layer: layer % all.max(1),
        order: None,
        group: None,
        pin: None,
    };
    let count = cards.len();
    let link = |(a, b): &(usize, usize)| Link { from: (a % count) as u32, to: (b % count) as u32 };
    Problem {
        strips: layers.iter().map(|layers| Strip { layers: *layers, head: 30.0 }).collect(),
        nodes: cards.iter().enumerate().map(node).collect(),
        links: if count > 0 { links.iter().map(link).collect() } else { Vec::new() },
        spacing: Spacing::default(),
    }
}

fn problems() -> impl Strategy<Value = Problem> {
    let width = prop_oneof![8 => Just(176.0f32), 2 => 20.0f32..300.0, 1 => Just(0.0)];
    let height = prop_oneof![8 => 36.0f32..80.0, 1 => Just(0.0)];
    let cards = vec((0usize..8, width, height), 0..60);
    // Some cards are busier than others.
    let end = || prop_oneof![3 => 0usize..60, 1 => 0usize..3];
    let links = vec((end(), end()), 0..120);
    let pin = (0usize..60, prop_oneof![-300.0f32..3000.0, -1e6f32..1e6], -50.0f32..500.0);
    (vec(1usize..4, 1..4), cards, links, vec(pin, 0..24)).prop_map(
        |(layers, cards, links, pins)| {
            let mut problem = problem(&layers, &cards, &links);
            for (card, x, y) in pins {
                if let Some(node) = problem.nodes.get_mut(card) {
                    node.pin = Some(pt(x.round(), y));
                }
            }
            problem
        },
    )
}

fn points(route: &Route) -> Vec<Point> {
    route.path.flatten(0.2).into_iter().flat_map(|(points, _)| points).collect()
}

/// Whether the straight piece from `a` to `b` has a point within the open rectangle.
fn cuts(area: Rect, a: Point, b: Point) -> bool {
    // By clipping the piece against each side (Liang and Barsky 1984).
    let (mut from, mut to) = (0.0f32, 1.0f32);
    let d = pt(b.x - a.x, b.y - a.y);
    let sides = [
        (-d.x, a.x - area.min.x),
        (d.x, area.max.x - a.x),
        (-d.y, a.y - area.min.y),
        (d.y, area.max.y - a.y),
    ];
    for (p, q) in sides {
        if p == 0.0 {
            if q <= 0.0 {
                return false;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    from < to
}

/// How far a point is off the straight piece from `a` to `b`.
fn off(p: Point, a: Point, b: Point) -> f32 {
    let long = (b.x - a.x).powi(2) + (b.y - a.y).powi(2);
    let along = (p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y);
    p.distance(a.lerp(b, (along / long.max(1e-6)).clamp(0.0, 1.0)))
}

fn on_border(card: Rect, p: Point) -> bool {
    card.grow(0.01).contains(p)
        && [p.x - card.min.x, card.max.x - p.x, p.y - card.min.y, card.max.y - p.y]
            .iter()
            .any(|d| d.abs() < 0.01)
}

/// What is wrong with the routes.
fn faults(problem: &Problem, at: &Arrangement, routes: &[Route]) -> Vec<String> {
    let mut out = Vec::new();
    let margin = sizes().route.margin + 0.5;
    let mut room = at.bounds();
    (room.min.x, room.max.x) = (room.min.x - margin, room.max.x + margin);
    (room.min.y, room.max.y) = (room.min.y - 0.5, room.max.y + 0.5);
    let inner: Vec<Rect> =
        at.cards.iter().map(|it| it.grow(-0.5)).filter(|it| !it.is_empty()).collect();
    for (i, (route, link)) in routes.iter().zip(&problem.links).enumerate() {
        let points = points(route);
        let line = points.windows(2).map(|pair| (pair[0], pair[1]));
        for (a, b) in line {
            if !room.contains(a) || !room.contains(b) {
                out.push(format!("link {i} leaves the map at {a:?}"));
            }
            if let Some(card) = inner.iter().find(|card| cuts(**card, a, b)) {
                out.push(format!("link {i} enters {card:?} at {a:?}"));
            }
        }
        let (from, to) = (at.cards[link.from as usize], at.cards[link.to as usize]);
        let last = *points.last().unwrap();
        if !on_border(from, points[0]) || !on_border(to, last) || last != route.tip {
            out.push(format!("link {i} does not run from card to card"));
        }
        let before = points[points.len() - 2];
        let ahead = (last.x - before.x) * route.way.x + (last.y - before.y) * route.way.y;
        let aside = (last.x - before.x) * route.way.y - (last.y - before.y) * route.way.x;
        let unit = (route.way.x.hypot(route.way.y) - 1.0).abs() < 1e-3;
        if !unit || ahead < 0.0 || (aside.abs() > 0.01 && link.from != link.to) {
            out.push(format!("link {i} does not arrive in its direction"));
        }
        if route.label.is_some_and(|area| inner.iter().any(|it| it.overlaps(area, 0.0))) {
            out.push(format!("the label of link {i} is on a card"));
        }
        if inner.iter().any(|it| it.contains(route.mark)) {
            out.push(format!("the mark of link {i} is on a card"));
        }
        let near = |pair: &[Point]| off(route.mark, pair[0], pair[1]) < 1.0;
        if !points.windows(2).any(near) {
            out.push(format!("the mark of link {i} is not on it"));
        }
        let mark = |route: &Route| {
            Rect { min: route.mark, max: route.mark }.grow(sizes().route.mark / 2.0)
        };
        for (j, other) in routes.iter().enumerate() {
            let Some(label) = route.label else { break };
            let meets = other.label.is_some_and(|it| i != j && it.overlaps(label, 0.0));
            if meets || mark(other).overlaps(label, 0.01) {
                out.push(format!("the label of link {i} is on something of link {j}"));
            }
        }
    }
    out
}

proptest! {
    // Placing cards takes its time in an unoptimised build.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn links_run_round_cards_and_labels_stand_free(problem in problems()) {
        let at = arrange(&problem);
        let labels: Vec<_> = (0..problem.links.len())
            .map(|i| if i % 3 == 0 { (30.0 + (i % 7) as f32 * 12.0, 14.0) } else { (0.0, 0.0) })
            .collect();
        let routes = route(&problem, &at, &labels);
        prop_assert_eq!(routes.len(), problem.links.len());
        prop_assert_eq!(faults(&problem, &at, &routes), Vec::<String>::new());
        for (route, label) in routes.iter().zip(&labels) {
            prop_assert!(label.0 > 0.0 || route.label.is_none());
        }
        prop_assert_eq!(route(&problem, &at, &labels), routes);
    }
}

fn width_of(route: &Route) -> f32 {
    let bounds = route.path.bounds();
    bounds.max.x - bounds.min.x
}

/// Every layer in one row, from left to right by numbers, whatever the links are.
fn in_rows(problem: &Problem) -> Arrangement {
    let layers: usize = problem.strips.iter().map(|it| it.layers).sum();
    let mut at =
        Arrangement { cards: vec![Rect::default(); problem.nodes.len()], ..arrange(problem) };
    (at.rows, at.across) = (Vec::new(), Span::default());
    for layer in 0..layers {
        let of_layer = |i: &u32| problem.nodes[*i as usize].layer == layer;
        let cards: Vec<u32> = (0..problem.nodes.len() as u32).filter(of_layer).collect();
        let span = Span::new(layer as f32 * 100.0 + 50.0, 48.0);
        for (i, card) in cards.iter().enumerate() {
            at.cards[*card as usize] = Span::new(i as f32 * 200.0, 176.0).by(span);
            at.across.max = at.across.max.max(i as f32 * 200.0 + 176.0);
        }
        at.rows.push(Row { strip: 0, layer, span, need: Some(span.length()), cards });
    }
    at.strips = vec![Span::new(0.0, layers as f32 * 100.0 + 50.0)];
    at
}

#[test]
fn nothing_to_route_gives_nothing() {
    let problem = problem(&[1], &[], &[]);
    assert!(route(&problem, &arrange(&problem), &[]).is_empty());
}

#[test]
fn a_link_between_cards_in_a_column_is_exactly_straight() {
    let card = |layer| (layer, 176.0, 48.0);
    let cards = [card(0), card(1), card(2), card(3)];
    let problem = problem(&[2, 2], &cards, &[(0, 1), (1, 2), (3, 2)]);
    let at = in_rows(&problem);
    for route in route(&problem, &at, &[]) {
        assert_eq!(width_of(&route), 0.0);
        let straight = |it: &Segment| matches!(it, Segment::Move(_) | Segment::Line(_));
        assert!(route.path.segments.iter().all(straight));
        assert_eq!(route.tip.x, at.cards[0].center().x);
    }
}

#[test]
fn links_that_say_the_same_lie_side_by_side() {
    let card = |layer| (layer, 176.0, 48.0);
    let problem = problem(&[2], &[card(0), card(1)], &[(0, 1), (0, 1), (1, 0)]);
    let routes = route(&problem, &in_rows(&problem), &[]);
    let mut xs: Vec<f32> = routes.iter().map(|it| it.tip.x).collect();
    xs.sort_by(f32::total_cmp);
    assert!(xs.windows(2).all(|pair| pair[1] - pair[0] >= sizes().route.lane), "{xs:?}");
    assert!(routes.iter().all(|it| width_of(it) == 0.0), "straight all the same");
}

#[test]
fn a_busy_card_has_one_port_and_a_tree_of_links() {
    // A hub beneath three full rows, all of which use it.
    let mut cards: Vec<_> = (0..21).map(|i| (i / 7, 176.0, 48.0)).collect();
    cards.push((3, 176.0, 48.0));
    let links: Vec<_> = (0..21).map(|i| (i, 21)).collect();
    let problem = problem(&[4], &cards, &links);
    let at = in_rows(&problem);
    let routes = route(&problem, &at, &[]);
    assert!(routes.iter().all(|it| it.tip == routes[0].tip), "they share the tip");
    // What comes from the top row passes the lowest full one in few places.
    let level = at.cards[14].center().y;
    let passing = |route: &Route| {
        let points = points(route);
        let pair = points.windows(2).find(|pair| pair[0].y <= level && pair[1].y > level)?;
        Some(pair[0].x.to_bits())
    };
    let mut lanes: HashMap<u32, usize> = HashMap::new();
    for route in &routes[..14] {
        *lanes.entry(passing(route).unwrap()).or_default() += 1;
    }
    assert!(lanes.len() <= 3, "{lanes:?}");
    let marks: Vec<Point> = routes.iter().map(|it| it.mark).collect();
    for (i, a) in marks.iter().enumerate() {
        for b in &marks[..i] {
            let apart = (a.x - b.x).abs().max((a.y - b.y).abs());
            assert!(apart >= sizes().route.mark - 0.01, "{a:?} {b:?}");
        }
    }
}

#[test]
fn neighbours_in_a_row_are_linked_from_side_to_side() {
    let card = (0, 176.0, 48.0);
    let problem = problem(&[1], &[card, card, card], &[(0, 1), (1, 2), (0, 2), (1, 1)]);
    let at = in_rows(&problem);
    let routes = route(&problem, &at, &[]);
    let level = |route: &Route| route.way.y == 0.0;
    let next = |link: &Link| link.from.abs_diff(link.to) == 1;
    for (route, link) in routes.iter().zip(&problem.links) {
        assert_eq!(level(route), next(link));
        assert!(level(route) || route.way == pt(0.0, -1.0), "others arrive from below");
    }
}

#[test]
fn a_long_link_runs_down_one_gap() {
    // Six full rows of five; from the first card of the first row to the last of the last.
    let cards: Vec<_> = (0..30).map(|i| (i / 5, 176.0, 48.0)).collect();
    let problem = problem(&[6], &cards, &[(0, 29), (2, 27)]);
    let at = in_rows(&problem);
    let routes = route(&problem, &at, &[]);
    for route in &routes {
        let points = points(route);
        let mut xs: Vec<u32> = Vec::new();
        for row in &at.rows[1..5] {
            let y = row.span.center();
            let pair = points.windows(2).find(|pair| pair[0].y <= y && pair[1].y > y).unwrap();
            assert_eq!(pair[0].x, pair[1].x, "upright beside cards");
            xs.push(pair[0].x.to_bits());
        }
        xs.dedup();
        assert_eq!(xs.len(), 1, "one x through all rows");
    }
}

#[test]
fn ports_of_a_card_keep_their_distance_in_the_order_of_where_links_go() {
    let card = |layer| (layer, 176.0, 48.0);
    let cards = [card(0), card(0), card(0), card(1), card(1), card(1)];
    let links = [(1, 5), (1, 3), (1, 4), (0, 4), (2, 4)];
    let problem = problem(&[2], &cards, &links);
    let routes = route(&problem, &in_rows(&problem), &[]);
    let start = |i: usize| points(&routes[i])[0].x;
    let pairs = [
        (start(1), start(2)),
        (start(2), start(0)),
        (routes[3].tip.x, routes[2].tip.x),
        (routes[2].tip.x, routes[4].tip.x),
    ];
    for (left, right) in pairs {
        assert!(right - left >= sizes().route.port - 0.01, "{left} {right}");
    }
    assert_eq!(start(2), routes[2].tip.x, "the middle one is straight");
}
