//! Places cards: which row, which place in it, and where that is.

use crate::geom::rect;

use super::super::Span;
use super::{Arrangement, Problem, Row};

/// Lays everything out afresh. The same problem always has the same arrangement.
pub fn arrange(problem: &Problem) -> Arrangement {
    let s = &problem.spacing;
    let mut out = Arrangement::default();
    out.cards.resize(problem.nodes.len(), rect(0.0, 0.0, 0.0, 0.0));
    let (mut y, mut layer) = (0.0, 0);
    for (strip, it) in problem.strips.iter().enumerate() {
        let top = y;
        y += s.strip_pad + it.head;
        for i in 0..it.layers.max(1) {
            y += if i > 0 { s.row_gap } else { 0.0 };
            let of_layer = |n: &u32| problem.nodes[*n as usize].layer == layer;
            let mut cards: Vec<u32> = (0..problem.nodes.len() as u32).filter(of_layer).collect();
            cards.sort_by_key(|n| problem.nodes[*n as usize].order);
            let high = |n: &u32| problem.nodes[*n as usize].height;
            let height = cards.iter().map(high).fold(0.0, f32::max);
            let mut x = 0.0;
            for n in &cards {
                let width = problem.nodes[*n as usize].width;
                out.cards[*n as usize] = rect(x, y, width, height);
                x += width + s.column_gap;
                out.across.max = out.across.max.max(x - s.column_gap);
            }
            out.rows.push(Row { strip, layer, span: Span::new(y, height), cards });
            y += height;
            layer += 1;
        }
        y += s.strip_pad;
        out.strips.push(Span { min: top, max: y });
        y += s.strip_gap;
    }
    let keys = problem.nodes.iter().enumerate();
    out.places = keys.map(|(i, node)| (node.key.clone(), i as u32)).collect();
    let mut ordered: Vec<(u32, u32, u32)> = (problem.nodes.iter().enumerate())
        .filter_map(|(i, node)| Some((node.order?, node.group?, i as u32)))
        .collect();
    ordered.sort_unstable();
    for (_, group, i) in ordered {
        let card = out.cards[i as usize];
        let span = Span { min: card.min.x, max: card.max.x };
        match out.groups.last_mut() {
            Some((last, it)) if *last == group => it.max = it.max.max(span.max),
            _ => out.groups.push((group, span)),
        }
    }
    out
}
