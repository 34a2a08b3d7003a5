//! The ecosystem's layout on random problems: what must hold for every arrangement.

use proptest::prelude::*;
use throughline::geom::Rect;
use throughline::layout::layered::{Arrangement, Link, Node, Problem, Spacing, Strip, arrange};
use throughline::model::Id;

/// Cards that share a key with no other; `layer` may be out of range, as a caller's mistake.
fn node(key: usize, layer: usize, width: f32, height: f32) -> Node {
    let key = Id::new(&format!("n{key}")).unwrap();
    Node { key, width, height, layer, order: None, group: None, pin: None }
}

/// The layers of strip 0 are those of steps: every card there has an order and a group.
fn number_steps(problem: &mut Problem) {
    let steps = problem.strips.first().map_or(0, |it| it.layers.max(1));
    let mut order = vec![0; steps];
    for node in &mut problem.nodes {
        if node.layer < steps {
            let order = &mut order[node.layer];
            node.order = Some(*order);
            node.group = Some(*order / 4);
            *order += 1;
        }
    }
}

prop_compose! {
    fn problems()(
        layers in prop::collection::vec(0..4_usize, 1..6),
        nodes in prop::collection::vec((0..8_usize, 60.0..260.0_f32, 30.0..120.0_f32), 0..60),
        links in prop::collection::vec((any::<u32>(), any::<u32>()), 0..90),
        head in 0.0..40.0_f32,
    ) -> Problem {
        let count = nodes.len() as u32;
        let link = |(a, b): (u32, u32)| Link { from: a % count, to: b % count };
        let mut problem = Problem {
            strips: layers.into_iter().map(|layers| Strip { layers, head }).collect(),
            nodes: nodes.iter().enumerate().map(|(i, it)| node(i, it.0, it.1, it.2)).collect(),
            links: if count == 0 { Vec::new() } else { links.into_iter().map(link).collect() },
            spacing: Spacing::default(),
        };
        number_steps(&mut problem);
        problem
    }
}

/// Cards keep their distance, stand in their rows, rows in their strips, and steps in order.
fn check(problem: &Problem, at: &Arrangement) -> Result<(), TestCaseError> {
    let s = &problem.spacing;
    prop_assert_eq!(at.cards.len(), problem.nodes.len());
    let mut seen = vec![false; problem.nodes.len()];
    let mut below = f32::NEG_INFINITY;
    for row in &at.rows {
        prop_assert!(row.span.min > below + s.row_gap - 0.1, "rows keep their distance");
        below = row.span.max;
        let strip = at.strips[row.strip];
        prop_assert!(strip.min < row.span.min && row.span.max < strip.max, "rows are in strips");
        for pair in row.cards.windows(2) {
            let (a, b) = (at.cards[pair[0] as usize], at.cards[pair[1] as usize]);
            prop_assert!(a.max.x + s.column_gap < b.min.x + 0.1, "{a:?} {b:?}");
        }
        for n in &row.cards {
            prop_assert!(!std::mem::replace(&mut seen[*n as usize], true), "a card stands once");
            let (node, card) = (&problem.nodes[*n as usize], at.cards[*n as usize]);
            prop_assert!(
                (card.width() - node.width).abs() < 0.1 && card.height() + 0.1 > node.height
            );
            let in_row = card.min.y >= row.span.min && card.max.y <= row.span.max;
            prop_assert!(in_row, "cards are in their row");
            prop_assert!(at.across.min <= card.min.x && card.max.x <= at.across.max);
        }
    }
    prop_assert!(seen.into_iter().all(|it| it), "every card stands somewhere");
    for pair in at.strips.windows(2) {
        prop_assert!(pair[0].max + s.strip_gap <= pair[1].min + 0.1, "strips keep their distance");
    }
    prop_assert_eq!(at.strips.len(), problem.strips.len());
    prop_assert!(at.strips.iter().all(|it| it.length() > s.strip_pad * 2.0));
    in_order(problem, at)
}

/// Layers from top to bottom, and in each of them steps in order, column by column.
fn in_order(problem: &Problem, at: &Arrangement) -> Result<(), TestCaseError> {
    prop_assert!(at.rows.is_sorted_by_key(|it| (it.strip, it.layer)));
    for layer in at.rows.chunk_by(|a, b| a.layer == b.layer) {
        let cards = layer.iter().flat_map(|it| &it.cards);
        let node = |n: u32| &problem.nodes[n as usize];
        let mut steps: Vec<u32> = cards.copied().filter(|n| node(*n).order.is_some()).collect();
        steps.sort_by_key(|n| node(*n).order);
        for pair in steps.windows(2) {
            let (a, b) = (at.cards[pair[0] as usize], at.cards[pair[1] as usize]);
            let (left, down) = (a.max.x < b.min.x, a.max.y < b.min.y);
            let same = node(pair[0]).group == node(pair[1]).group;
            prop_assert!(left || (same && down), "{pair:?} are in order");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_must_hold_holds(problem in problems()) {
        let at = arrange(&problem);
        check(&problem, &at)?;
        prop_assert_eq!(&at, &arrange(&problem), "the same problem has the same arrangement");
        prop_assert!(problem.nodes.is_empty() || at.across.min.abs() < 0.1);
    }
}

#[test]
fn nothing_at_all_has_an_arrangement() {
    let empty = arrange(&Problem::default());
    assert!(empty.cards.is_empty());
    let nodes = vec![node(0, 7, 100.0, 40.0), node(1, 0, 100.0, 40.0)];
    let homeless = arrange(&Problem { nodes, ..Problem::default() });
    assert!(!homeless.cards[0].overlaps(homeless.cards[1], 0.0), "even without a strip");
}

/// Four bands of three layers, `wide` cards each, every card linked with the one below.
fn columns(wide: usize) -> Problem {
    let nodes = (0..wide * 4).map(|i| node(i, i / wide, 176.0, 60.0)).collect();
    // Cards of a layer come in another order each time.
    let turn = |layer: usize, i: usize| (layer * wide + (i * 5 + layer * 3) % wide) as u32;
    let links = (0..3).flat_map(|layer| {
        (0..wide).map(move |i| Link { from: turn(layer, i), to: turn(layer + 1, i) })
    });
    let links = links.collect();
    let strips = vec![Strip { layers: 1, head: 30.0 }; 4];
    Problem { strips, nodes, links, spacing: Spacing::default() }
}

#[test]
fn chains_stand_below_each_other() {
    let problem = columns(6);
    let at = arrange(&problem);
    assert_eq!(at.rows.len(), 4, "a small map has one row a layer");
    for link in &problem.links {
        let middle = |n: u32| at.cards[n as usize].center().x;
        let (a, b) = (middle(link.from), middle(link.to));
        assert!((a - b).abs() < 1.0, "{link:?} is straight: {a} {b}");
    }
}

#[test]
fn a_wide_layer_wraps_into_aligned_columns() {
    let at = arrange(&columns(40));
    let (wide, high) = (at.across.length(), at.bounds().height());
    assert!((0.8..3.0).contains(&(wide / high)), "{wide} by {high}");
    let first: Vec<Rect> = at.rows[0].cards.iter().map(|n| at.cards[*n as usize]).collect();
    let below = at.rows[1].cards.iter().map(|n| at.cards[*n as usize]);
    let aligned = below.filter(|it| first.iter().any(|above| above.min.x == it.min.x)).count();
    assert!(aligned * 3 > first.len() * 2, "{aligned} of {} share a column", first.len());
}

#[test]
fn unlinked_cards_stand_at_the_right() {
    let mut problem = columns(5);
    let loose = problem.nodes.len();
    problem.nodes.push(node(loose, 2, 176.0, 60.0));
    let at = arrange(&problem);
    let row = at.rows.iter().find(|it| it.cards.contains(&(loose as u32))).unwrap();
    assert_eq!(row.cards.last(), Some(&(loose as u32)));
}
