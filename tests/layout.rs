//! The ecosystem's layout on random problems: what must hold for every arrangement.

use proptest::prelude::*;
use throughline::geom::{Point, Rect, pt};
use throughline::layout::layered::{
    Arrangement, Link, Node, Problem, Spacing, Strip, arrange, follow, landing,
};
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
        nodes in prop::collection::vec((0..8_usize, 60.0..260.0_f32, 30.0..120.0_f32), 0..36),
        links in prop::collection::vec((any::<u32>(), any::<u32>()), 0..50),
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
            let apart = same || a.max.x + problem.spacing.group_gap < b.min.x + 0.1;
            prop_assert!(apart, "{pair:?} are of two groups");
        }
    }
    Ok(())
}

/// By strip: the pinned cards of unordered layers.
fn pinned(problem: &Problem) -> Vec<Vec<&Node>> {
    let strips = problem.strips.iter().enumerate();
    let layers: Vec<usize> =
        strips.flat_map(|(i, it)| std::iter::repeat_n(i, it.layers.max(1))).collect();
    let mut out = vec![Vec::new(); problem.strips.len()];
    for node in problem.nodes.iter().filter(|it| it.pin.is_some()) {
        let strip = layers[node.layer.min(layers.len() - 1)];
        // The layers of the first are those of steps.
        if strip > 0 {
            out[strip].push(node);
        }
    }
    out.iter_mut().for_each(|it| it.sort_by(|a, b| a.key.cmp(&b.key)));
    out
}

/// Where a pin says that the card's middle is, below its strip's upper edge: no card stands
/// higher than a first row does.
fn asked(problem: &Problem, strip: usize, node: &Node) -> Option<Point> {
    let least = problem.strips[strip].head + problem.spacing.strip_pad + node.height / 2.0;
    node.pin.map(|it| pt(it.x, it.y.max(least)))
}

/// Where the middles of pinned cards are, below their strip's upper edge.
fn held(at: &Arrangement, strip: usize, node: &Node) -> Point {
    let middle = at.cards[at.places[&node.key] as usize].center();
    pt(middle.x, middle.y - at.strips[strip].min)
}

fn near(a: Point, b: Point) -> bool {
    (a.x - b.x).abs() < 0.05 && (a.y - b.y).abs() < 0.05
}

/// Whether two of a strip's pinned cards ask for the same place: they are above each other, and
/// pins between them leave no gap for links that reaches from side to side.
fn meet(problem: &Problem, strip: usize, cards: &[&Node]) -> bool {
    let s = &problem.spacing;
    let mut cards: Vec<(Point, &Node)> =
        cards.iter().filter_map(|it| Some((asked(problem, strip, it)?, *it))).collect();
    cards.sort_by(|a, b| (a.0.y - a.1.height / 2.0).total_cmp(&(b.0.y - b.1.height / 2.0)));
    let mut row: Vec<(Point, &Node)> = Vec::new();
    for (at, node) in cards {
        let ends = row.iter().map(|it| it.0.y + it.1.height / 2.0);
        let end = ends.reduce(f32::max).unwrap_or(f32::INFINITY);
        if at.y - node.height / 2.0 > end + s.row_gap + 0.1 {
            row.clear();
        }
        let far = |it: &Node| (it.width + node.width) / 2.0 + s.column_gap + 0.1;
        if row.iter().any(|it| (it.0.x - at.x).abs() < far(it.1)) {
            return true;
        }
        row.push((at, node));
    }
    false
}

/// Pinned cards stand exactly where they are pinned, unless two of a strip ask for the same place.
fn at_their_pins(problem: &Problem, at: &Arrangement) -> Result<(), TestCaseError> {
    for (strip, cards) in pinned(problem).iter().enumerate() {
        if meet(problem, strip, cards) {
            continue;
        }
        for node in cards {
            let (is, pin) = (held(at, strip, node), asked(problem, strip, node).unwrap());
            prop_assert!(near(is, pin), "{:?} is at {is:?}, not at {pin:?}", node.key);
        }
    }
    Ok(())
}

/// Pinned cards of strips whose pinned cards are all what they were have not moved in their strip,
/// even where two ask for the same place.
fn stay_put(
    (before, was): (&Problem, &Arrangement),
    (problem, at): (&Problem, &Arrangement),
) -> Result<(), TestCaseError> {
    let says = |it: &&Node| (it.key.clone(), it.pin, it.width, it.height);
    for (strip, (old, new)) in pinned(before).iter().zip(pinned(problem)).enumerate() {
        if old.iter().map(says).eq(new.iter().map(says)) {
            for node in new {
                let (a, b) = (held(was, strip, node), held(at, strip, node));
                prop_assert!(near(a, b), "{:?} moved from {a:?} to {b:?}", node.key);
            }
        }
    }
    Ok(())
}

/// A change to a problem; numbers choose who it hits.
#[derive(Debug, Clone)]
enum Change {
    Add(usize, f32, f32),
    Remove(usize),
    Resize(usize, f32, f32),
    Shift(usize, usize),
    Link(usize, usize),
    Pin(usize, Option<(f32, f32)>),
    Swap(usize, usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let who = || any::<usize>();
    let size = || (60.0..260.0_f32, 30.0..120.0_f32);
    let pin = prop::option::of((-200.0..1500.0_f32, 0.0..500.0_f32));
    let change = prop_oneof![
        (0..8_usize, size()).prop_map(|(layer, (w, h))| Change::Add(layer, w, h)),
        who().prop_map(Change::Remove),
        (who(), size()).prop_map(|(n, (w, h))| Change::Resize(n, w, h)),
        (who(), 0..8_usize).prop_map(|(n, layer)| Change::Shift(n, layer)),
        (who(), who()).prop_map(|(a, b)| Change::Link(a, b)),
        (who(), pin).prop_map(|(n, pin)| Change::Pin(n, pin)),
        (who(), who()).prop_map(|(a, b)| Change::Swap(a, b)),
    ];
    prop::collection::vec(change, 1..6)
}

impl Change {
    fn make(&self, problem: &mut Problem, fresh: usize) {
        let count = problem.nodes.len();
        match self.clone() {
            Self::Add(layer, width, height) => {
                problem.nodes.push(node(fresh, layer, width, height));
            }
            _ if count == 0 => {}
            Self::Remove(n) => {
                let gone = (n % count) as u32;
                problem.nodes.remove(gone as usize);
                problem.links.retain(|it| it.from != gone && it.to != gone);
                for link in &mut problem.links {
                    link.from -= u32::from(link.from > gone);
                    link.to -= u32::from(link.to > gone);
                }
            }
            Self::Resize(n, width, height) => {
                let node = &mut problem.nodes[n % count];
                (node.width, node.height) = (width, height);
            }
            Self::Shift(n, layer) => problem.nodes[n % count].layer = layer,
            Self::Link(a, b) => {
                problem.links.push(Link { from: (a % count) as u32, to: (b % count) as u32 });
            }
            Self::Pin(n, pin) => problem.nodes[n % count].pin = pin.map(|(x, y)| pt(x, y)),
            Self::Swap(a, b) => {
                let (a, b) = (a % count, b % count);
                problem.nodes.swap(a, b);
                for n in problem.links.iter_mut().flat_map(|it| [&mut it.from, &mut it.to]) {
                    *n = if *n == a as u32 {
                        b as u32
                    } else if *n == b as u32 {
                        a as u32
                    } else {
                        *n
                    };
                }
            }
        }
        // Steps are numbered as they come; who was no step before may be one now.
        for node in &mut problem.nodes {
            (node.order, node.group) = (None, None);
        }
        number_steps(problem);
    }
}

/// How far cards moved across, by their place in `before`.
fn moved(problem: &Problem, before: &Arrangement, after: &Arrangement) -> Vec<(Id, f32)> {
    let both = before.places.iter().filter_map(|(key, was)| {
        let is = after.places.get(key)?;
        let middle = |at: &Arrangement, n: u32| at.cards[n as usize].center().x;
        Some((key.clone(), (middle(after, *is) - middle(before, *was)).abs()))
    });
    assert_eq!(after.cards.len(), problem.nodes.len());
    both.filter(|it| it.1 > 0.5).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_must_hold_holds(problem in problems()) {
        let at = arrange(&problem);
        check(&problem, &at)?;
        prop_assert_eq!(&at, &arrange(&problem), "the same problem has the same arrangement");
        prop_assert!(problem.nodes.is_empty() || at.across.min.abs() < 0.1);
    }

    #[test]
    fn what_must_hold_holds_after_changes(problem in problems(), steps in changes()) {
        let (mut problem, mut at) = (problem.clone(), arrange(&problem));
        for (i, change) in steps.iter().enumerate() {
            let (before, was) = (problem.clone(), at.clone());
            change.make(&mut problem, 1000 + i);
            at = follow(&problem, &at);
            check(&problem, &at)?;
            at_their_pins(&problem, &at)?;
            stay_put((&before, &was), (&problem, &at))?;
            prop_assert_eq!(&at, &follow(&problem, &at), "at rest");
            let afresh = arrange(&problem);
            check(&problem, &afresh)?;
            at_their_pins(&problem, &afresh)?;
            stay_put((&problem, &at), (&problem, &afresh))?;
            prop_assert_eq!(&afresh, &follow(&problem, &afresh), "at rest");
        }
    }

    #[test]
    fn pinned_cards_stay_put(
        problem in problems(),
        pins in prop::collection::vec((any::<usize>(), -200.0..1500.0_f32, 0.0..400.0_f32), 1..10),
        steps in changes(),
    ) {
        prop_assume!(!problem.nodes.is_empty());
        let mut problem = problem;
        for (who, x, y) in pins {
            let who = who % problem.nodes.len();
            problem.nodes[who].pin = Some(pt(x, y));
        }
        let mut at = arrange(&problem);
        at_their_pins(&problem, &at)?;
        for (i, change) in steps.iter().enumerate() {
            let (before, was) = (problem.clone(), at.clone());
            change.make(&mut problem, 1000 + i);
            at = follow(&problem, &at);
            check(&problem, &at)?;
            at_their_pins(&problem, &at)?;
            stay_put((&before, &was), (&problem, &at))?;
            prop_assert_eq!(&at, &follow(&problem, &at), "at rest");
        }
    }

    #[test]
    fn a_new_card_moves_nobody(
        problem in problems(),
        layer in 0..8_usize,
        size in (60.0..260.0_f32, 30.0..120.0_f32),
        to in prop::option::of(any::<usize>()),
    ) {
        let before = arrange(&problem);
        let mut problem = problem;
        let last = problem.strips.iter().map(|it| it.layers.max(1)).sum::<usize>() - 1;
        let count = problem.nodes.len();
        // Steps have an order, which a new one may have to make room in.
        let steps = problem.strips[0].layers.max(1);
        prop_assume!(count > 0 && layer.min(last) >= steps);
        problem.nodes.push(node(count, layer, size.0, size.1));
        let link = to.map(|it| Link { from: (it % count) as u32, to: count as u32 });
        problem.links.extend(link);
        let after = follow(&problem, &before);
        check(&problem, &after)?;
        prop_assert_eq!(moved(&problem, &before, &after), vec![]);
        // Downwards whole rows move, and those above the one that grew or came do not.
        let top = |at: &Arrangement, n: u32| at.cards[n as usize].min.y;
        let new = top(&after, count as u32);
        for row in &before.rows {
            let down = |n: &u32| top(&after, *n) - top(&before, *n);
            for n in &row.cards {
                prop_assert!((down(n) - down(&row.cards[0])).abs() < 0.1, "rows move as one");
                prop_assert!(down(n) > -0.1 && (top(&after, *n) > new - 0.1 || down(n) < 0.1));
            }
        }
    }

    #[test]
    fn pinned_cards_stand_where_they_are_pinned(
        problem in problems(), who in any::<usize>(), x in -300.0..2000.0_f32, y in 0.0..600.0_f32,
    ) {
        prop_assume!(!problem.nodes.is_empty());
        let mut problem = problem;
        let before = arrange(&problem);
        let who = who % problem.nodes.len();
        problem.nodes[who].pin = Some(pt(x, y));
        for at in [arrange(&problem), follow(&problem, &before)] {
            check(&problem, &at)?;
            let card = at.cards[who];
            prop_assert!((card.center().x - x).abs() < 0.5, "{card:?} is not at {x}");
        }
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

#[test]
fn a_step_takes_free_room_before_it_shifts_others() {
    let step = |key: usize, order: u32| {
        let group = (key < 3).then_some(0).or(Some(1));
        Node { order: Some(order), group, ..node(key, 0, 100.0, 40.0) }
    };
    let strips = vec![Strip { layers: 1, head: 30.0 }];
    let nodes = vec![step(0, 0), step(1, 1), step(2, 2), step(3, 3), step(4, 4)];
    let mut problem = Problem { strips, nodes, ..Problem::default() };
    let before = arrange(&problem);
    problem.nodes.remove(1);
    let hole = follow(&problem, &before);
    assert_eq!(moved(&problem, &before, &hole), [], "who leaves leaves a hole");
    problem.nodes.insert(1, step(7, 1));
    problem.nodes[1].group = Some(0);
    let filled = follow(&problem, &hole);
    assert_eq!(moved(&problem, &hole, &filled), [], "who comes fills it");
    let more = Node { group: Some(0), ..step(8, 1) };
    problem.nodes.insert(1, more);
    for (i, node) in problem.nodes.iter_mut().enumerate() {
        node.order = Some(i as u32);
    }
    let pushed = follow(&problem, &filled);
    let shifted = moved(&problem, &filled, &pushed);
    assert!(shifted.iter().all(|it| it.0.as_str() != "n0" && it.1 < 125.0), "{shifted:?}");
}

#[test]
fn pins_that_collide_give_way_by_key_and_steps_keep_their_order() {
    let mut problem = columns(6);
    for n in [13, 14] {
        problem.nodes[n].pin = Some(pt(700.0, 60.0));
    }
    let at = arrange(&problem);
    assert!((at.cards[13].center().x - 700.0).abs() < 0.5, "the first by key has its place");
    let off = (at.cards[14].center().x - 700.0).abs();
    assert!((199.0..201.0).contains(&off), "the second is right beside it: {off}");
    let mut problem = columns(4);
    for n in 0..4_u32 {
        problem.nodes[n as usize].order = Some(n);
    }
    problem.nodes[3].pin = Some(pt(-500.0, 60.0));
    problem.nodes[2].pin = Some(pt(-500.0, 60.0));
    let at = arrange(&problem);
    let x: Vec<f32> = (0..4).map(|n: usize| at.cards[n].center().x).collect();
    assert!(x.is_sorted() && (x[2] + 500.0).abs() < 0.5, "{x:?}");
}

#[test]
fn a_pin_midway_between_two_rows_holds_whatever_happens_above() {
    let mut problem = columns(6);
    problem.strips = vec![Strip { layers: 2, head: 30.0 }; 2];
    let free = arrange(&problem);
    let (first, second) = (free.rows[2].span, free.rows[3].span);
    let y = (first.max + second.min) / 2.0 - free.strips[1].min;
    problem.nodes[20].pin = Some(pt(400.0, y));
    let mut at = arrange(&problem);
    let middle = |at: &Arrangement| at.cards[20].center().y - at.strips[1].min;
    // A card of the row above grows line by line, and shrinks again.
    for height in (60..240).step_by(20).chain((60..240).step_by(20).rev()) {
        problem.nodes[13].height = height as f32;
        at = follow(&problem, &at);
        check(&problem, &at).unwrap();
        assert!((middle(&at) - y).abs() < 0.02, "{height}: {} is not {y}", middle(&at));
        assert_eq!(at, follow(&problem, &at), "at rest");
    }
}

#[test]
fn what_is_pinned_beside_steps_stands_right_below_them() {
    let mut problem = columns(4);
    problem.strips = vec![Strip { layers: 2, head: 30.0 }; 2];
    for n in 0..4_u32 {
        problem.nodes[n as usize].order = Some(n);
    }
    problem.nodes[5].pin = Some(pt(100.0, 40.0));
    let before = arrange(&problem);
    problem.nodes[0].height = 100.0;
    for at in [before.clone(), follow(&problem, &before)] {
        let (steps, card) = (at.rows[0].span, at.cards[5]);
        assert!((card.min.y - steps.max - problem.spacing.row_gap).abs() < 0.1, "{card:?}");
    }
}

#[test]
fn a_drop_joins_the_row_it_meets_and_moves_nobody_there() {
    let mut problem = columns(6);
    problem.strips = vec![Strip { layers: 2, head: 30.0 }; 2];
    let before = arrange(&problem);
    let top = before.strips[1].min;
    let pin = |y: f32| landing(&problem, &before, 13, y - top).ceil();
    let (first, second) = (before.rows[2].span, before.rows[3].span);
    for off in [-25.0, 0.0, 25.0] {
        assert!((pin(first.center() + off) + top - first.center()).abs() < 1.0);
        assert!((pin(second.center() + off) + top - second.center()).abs() < 1.0);
    }
    let below = pin(second.max + 200.0) + top - 30.0;
    assert!((below - second.max - problem.spacing.row_gap).abs() < 1.0, "a new row: {below}");
    let y = pin(second.center() + 10.0);
    problem.nodes[13].pin = Some(pt(2_000.0, y));
    let after = follow(&problem, &before);
    for n in (0..24).filter(|n| *n != 13) {
        let (a, b) = (before.cards[n].center(), after.cards[n].center());
        assert!((a.x - b.x).abs() < 0.02 && (a.y - b.y).abs() < 1.0, "{n}: {a:?} {b:?}");
    }
    assert!((after.cards[13].center().y - top - y).abs() < 0.02);
}
