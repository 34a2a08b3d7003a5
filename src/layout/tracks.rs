//! Tracks: which intervals share a line so that none overlap.
//!
//! Not here: what stands in a track and how high it is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Gives each interval of columns (first and last, inclusive) a track in which nothing else has
/// any of its columns; returns the tracks and how many there are.
///
/// Wide ones come first, by the left-edge rule (the fewest tracks there can be); single columns
/// fill up what they leave, in the order given.
#[cfg(test)]
pub fn assign(spans: &[(usize, usize)], columns: usize) -> (Vec<usize>, usize) {
    let (tracks, _, count) = assign_abreast(spans, columns, 1);
    (tracks, count)
}

/// A share of a column: which of how many equal parts, from the left.
pub type Share = (usize, usize);

/// The same, with up to so many intervals of a single column side by side in it; also returns
/// which share of its column each has.
pub fn assign_abreast(
    spans: &[(usize, usize)],
    columns: usize,
    most: usize,
) -> (Vec<usize>, Vec<Share>, usize) {
    let mut shares = vec![(0, 1); spans.len()];
    let mut out = vec![0; spans.len()];
    let mut wide: Vec<usize> = (0..spans.len()).filter(|i| spans[*i].1 > spans[*i].0).collect();
    wide.sort_by_key(|i| (spans[*i].0, Reverse(spans[*i].1), *i));
    let mut taken: Vec<Vec<usize>> = vec![Vec::new(); columns];
    let mut count = 0;
    // Tracks by the column that they are free from; free ones by number, topmost first.
    let mut busy: BinaryHeap<Reverse<(usize, usize)>> = BinaryHeap::new();
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    for i in wide {
        let (first, last) = spans[i];
        while let Some(Reverse((from, track))) = busy.peek().copied() {
            if from > first {
                break;
            }
            busy.pop();
            free.push(Reverse(track));
        }
        let track = free.pop().map_or_else(
            || {
                count += 1;
                count - 1
            },
            |Reverse(track)| track,
        );
        busy.push(Reverse((last + 1, track)));
        out[i] = track;
        for column in &mut taken[first..=last] {
            column.push(track);
        }
    }
    for column in &mut taken {
        column.sort_unstable_by_key(|track| Reverse(*track));
    }
    let mut singles = vec![0_usize; columns];
    for (first, _) in spans.iter().filter(|(first, last)| first == last) {
        singles[*first] += 1;
    }
    // The track that comes next, and how many already stand in it.
    let mut next = vec![(0, 0); columns];
    for (i, (first, last)) in spans.iter().enumerate() {
        if first != last {
            continue;
        }
        // As evenly as can be: 3 and 2 rather than 4 and 1.
        let abreast = singles[*first].div_ceil(singles[*first].div_ceil(most.max(1)));
        let (at, used) = &mut next[*first];
        while *used == 0 && taken[*first].last() == Some(at) {
            taken[*first].pop();
            *at += 1;
        }
        out[i] = *at;
        shares[i] = (*used, abreast);
        count = count.max(*at + 1);
        *used += 1;
        if *used == abreast {
            (*at, *used) = (*at + 1, 0);
        }
    }
    (out, shares, count)
}

/// Gives each interval on a line (start and end) a track in which it keeps `gap` to its
/// neighbours; shorter ones come first and so lie nearest. Returns the tracks and their number.
pub fn nest(intervals: &[(f32, f32)], gap: f32) -> (Vec<usize>, usize) {
    /// From here on nearness is given up for speed: nobody reads that many links.
    const MANY: usize = 2_000;
    let mut order: Vec<usize> = (0..intervals.len()).collect();
    let length = |i: usize| intervals[i].1 - intervals[i].0;
    if intervals.len() <= MANY {
        order.sort_by(|a, b| length(*a).total_cmp(&length(*b)).then(a.cmp(b)));
    }
    let mut out = vec![0; intervals.len()];
    let mut tracks: Vec<std::collections::BTreeMap<u64, f32>> = Vec::new();
    for i in order {
        let (start, end) = intervals[i];
        let fits = |track: &std::collections::BTreeMap<u64, f32>| {
            let before = track.range(..key(end + gap)).next_back();
            before.is_none_or(|(_, last)| last + gap <= start)
        };
        let at = tracks.iter().position(fits).unwrap_or_else(|| {
            tracks.push(std::collections::BTreeMap::new());
            tracks.len() - 1
        });
        tracks[at].insert(key(start), end);
        out[i] = at;
    }
    (out, tracks.len())
}

/// A number that sorts as the float does.
fn key(x: f32) -> u64 {
    let bits = x.to_bits();
    u64::from(if bits >> 31 == 0 { bits | 0x8000_0000 } else { !bits })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_shares_a_cell(
            spans in prop::collection::vec((0usize..12, 0usize..5), 0..40)
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(a, n)| (a, (a + n).min(11))).collect();
            let (tracks, count) = assign(&spans, 12);
            for i in 0..spans.len() {
                prop_assert!(tracks[i] < count);
                for j in 0..i {
                    let apart = spans[i].1 < spans[j].0 || spans[j].1 < spans[i].0;
                    prop_assert!(apart || tracks[i] != tracks[j]);
                }
            }
        }

        #[test]
        fn nested_intervals_keep_their_distance(
            spans in prop::collection::vec((-50f32..50.0, 0f32..30.0), 0..40)
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(a, n)| (a, a + n)).collect();
            let (tracks, count) = nest(&spans, 4.0);
            for i in 0..spans.len() {
                prop_assert!(tracks[i] < count);
                for j in 0..i {
                    let apart = spans[i].1 + 4.0 <= spans[j].0 || spans[j].1 + 4.0 <= spans[i].0;
                    prop_assert!(apart || tracks[i] != tracks[j], "{:?} {:?}", spans[i], spans[j]);
                }
            }
        }
    }

    #[test]
    fn cards_stack_in_the_order_given_and_fill_gaps_beside_wide_ones() {
        let (tracks, count) = assign(&[(0, 0), (0, 0), (0, 1), (2, 2), (1, 1)], 3);
        assert_eq!((tracks, count), (vec![1, 2, 0, 0, 1], 3));
    }

    #[test]
    fn the_inner_of_two_links_lies_nearer() {
        assert_eq!(nest(&[(0.0, 100.0), (20.0, 60.0)], 4.0).0, [1, 0]);
    }
}
