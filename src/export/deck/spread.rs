//! All steps side by side on as few slides as hold them legibly, cut between stages where that
//! costs no more than a slide.
//!
//! Not here: which lanes stand under them.

use crate::model::Id;
use crate::model::choice::LaneContent;
use crate::scene::{JourneyOptions, JourneyScene, LanePart, Slice};
use crate::text::Text;

use super::compose::Source;

/// The least and the most width that is asked for a step's column here, in map units.
const NARROW: f32 = 104.0;
const WIDE: f32 = 176.0;

/// What stands beside the columns: the lanes' labels; between two of a stage; beside and between
/// stages. In map units.
const LABELS: f32 = 140.0;
const BETWEEN: f32 = 20.0;
const STAGE: f32 = 20.0;

/// What a cut costs: a slide of its own, a cut inside a stage, and the free part of a slide.
const SLIDE: f32 = 1.0;
const INSIDE: f32 = 1.5;
const UNEVEN: f32 = 0.4;

/// A step, or a stage that has none.
struct Column {
    id: Id,
    stage: Option<Id>,
    width: f32,
}

/// The steps of the stages that are wanted (and stages without steps), parted for a width in map
/// units.
pub(super) fn parts(
    source: &Source<'_>,
    whole: &JourneyScene,
    width: f32,
    text: &mut Text,
) -> Vec<Vec<Id>> {
    let lanes = lanes_of(whole, &[LaneContent::Steps]);
    let slice = Slice { lanes: Some(lanes), ..Slice::default() };
    let segment = source.options.segment.clone();
    let options = JourneyOptions { segment, slice, ..JourneyOptions::default() };
    let names = whole.part(source.doc, text, options);
    let wanted = source.options.stage.as_ref();
    let columns: Vec<Column> = names
        .wishes()
        .filter(|(_, stage, _)| wanted.is_none() || *stage == wanted)
        .filter_map(|(step, stage, wish)| {
            let id = step.or(stage)?.clone();
            Some(Column { id, stage: stage.cloned(), width: wish.clamp(NARROW, WIDE) })
        })
        .collect();
    let ends = cuts(&columns, width - LABELS);
    let mut start = 0;
    let part = |end: usize| {
        let ids = columns[start..end].iter().map(|it| it.id.clone()).collect();
        start = end;
        ids
    };
    ends.into_iter().map(part).collect()
}

/// Where the slides end: the cheapest way, found from the back.
fn cuts(columns: &[Column], room: f32) -> Vec<usize> {
    let count = columns.len();
    // By first column: the cost of all that follows, and where its first slide ends.
    let mut best: Vec<(f32, usize)> = vec![(0.0, count); count + 1];
    for start in (0..count).rev() {
        let mut found = (f32::INFINITY, start + 1);
        let mut used = STAGE;
        for end in start + 1..=count {
            let it = &columns[end - 1];
            let above = end.checked_sub(2).filter(|_| end - 1 > start).map(|i| &columns[i]);
            used += it.width;
            used += match above {
                None => 0.0,
                Some(above) if above.stage == it.stage => BETWEEN,
                Some(_) => STAGE,
            };
            if used > room && end > start + 1 {
                break;
            }
            let inside = columns.get(end).is_some_and(|next| next.stage == it.stage);
            let free = (1.0 - used / room).max(0.0);
            let cut = if inside { INSIDE } else { 0.0 };
            let cost = SLIDE + cut + UNEVEN * free * free + best[end].0;
            if cost < found.0 {
                found = (cost, end);
            }
        }
        best[start] = found;
    }
    let mut ends = Vec::new();
    let mut at = 0;
    while at < count {
        at = best[at].1;
        ends.push(at);
    }
    ends
}

/// The map's lanes of some content.
pub(super) fn lanes_of(whole: &JourneyScene, contents: &[LaneContent]) -> Vec<LanePart> {
    let all = whole.lanes().filter(|row| contents.contains(&row.content));
    all.map(|row| LanePart::whole(row.id.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(stages: &[usize]) -> Vec<Column> {
        let id = |text: String| Id::new(&text).unwrap();
        let of = |(i, count): (usize, &usize)| {
            let stage = Some(id(format!("s{i}")));
            let column =
                move |n| Column { id: id(format!("{i}-{n}")), stage: stage.clone(), width: 100.0 };
            (0..*count).map(column).collect::<Vec<_>>()
        };
        stages.iter().enumerate().flat_map(of).collect()
    }

    #[test]
    fn slides_end_between_stages_where_they_can() {
        // Room for six columns.
        let ends = |stages: &[usize]| cuts(&columns(stages), 740.0);
        assert_eq!(ends(&[3, 3]), [6]);
        assert_eq!(ends(&[3, 3, 3, 3]), [6, 12]);
        assert_eq!(ends(&[2, 2, 2, 2]), [4, 8], "evenly");
        assert_eq!(ends(&[9]), [4, 9], "a long stage is cut");
        assert_eq!(ends(&[4, 4, 4]), [4, 8, 12], "a slide more is better than two cut stages");
        assert!(ends(&[]).is_empty());
        assert_eq!(cuts(&columns(&[2]), 10.0), [1, 2], "a column that never fits has a slide");
    }
}
