//! Betweenness centrality: on how many shortest ways between others a node lies.
//!
//! U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical Sociology
//! 25(2), 2001: for each node one walk by breadth, and back over the shortest ways. Links count
//! 1 each, parallel ones once, those from a node to itself not at all.

use super::net::Net;

/// By number, 0 to 1: divided by the number of ordered pairs of other nodes, (n − 1)(n − 2), as
/// is usual for directed graphs.
pub(super) fn betweenness(net: &Net<'_>) -> Vec<f64> {
    let count = net.len();
    let mut begins = vec![0];
    let mut beneath: Vec<u32> = Vec::new();
    for node in 0..count as u32 {
        let first = beneath.len();
        for arc in net.arcs(node) {
            // Parallel links stand next to each other.
            if arc.to != node && beneath[first..].last() != Some(&arc.to) {
                beneath.push(arc.to);
            }
        }
        begins.push(beneath.len());
    }
    let beneath = |node: u32| &beneath[begins[node as usize]..begins[node as usize + 1]];

    let mut between = vec![0.0; count];
    // Of the walk at hand: how far each node is, how many shortest ways lead there, and how much
    // of the ways to others leads through it.
    let mut far = vec![u32::MAX; count];
    let mut ways = vec![0.0_f64; count];
    let mut through = vec![0.0_f64; count];
    let mut order: Vec<u32> = Vec::new();
    for source in 0..count as u32 {
        order.clear();
        order.push(source);
        (far[source as usize], ways[source as usize]) = (0, 1.0);
        let mut next = 0;
        while let Some(&at) = order.get(next) {
            next += 1;
            let (beyond, here) = (far[at as usize] + 1, ways[at as usize]);
            for &to in beneath(at) {
                let to_at = to as usize;
                if far[to_at] == u32::MAX {
                    far[to_at] = beyond;
                    order.push(to);
                }
                if far[to_at] == beyond {
                    ways[to_at] += here;
                }
            }
        }
        for &at in order.iter().rev() {
            let beyond = far[at as usize] + 1;
            let mut sum = 0.0;
            for to in beneath(at).iter().map(|to| *to as usize) {
                if far[to] == beyond {
                    sum += ways[at as usize] / ways[to] * (1.0 + through[to]);
                }
            }
            through[at as usize] = sum;
            if at != source {
                between[at as usize] += sum;
            }
        }
        for &at in &order {
            let at = at as usize;
            (far[at], ways[at], through[at]) = (u32::MAX, 0.0, 0.0);
        }
    }
    if count > 2 {
        let pairs = (count - 1) as f64 * (count - 2) as f64;
        for it in &mut between {
            *it /= pairs;
        }
    }
    between
}
