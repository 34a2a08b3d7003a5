//! Tables on slides: cells whose text is cut to some lines, rows as high as their cells, and as
//! many slides as the rows need.
//!
//! Not here: what the rows say.

use crate::geom::{Rect, rect};
use crate::text::Text;

use super::say::{cut, set, style};
use super::{CELL_PAD_X, CELL_PAD_Y, Cell, LINE, Paragraph, Table, TableRow};

/// Sizes of text in tables, in points: the largest that needs no more slides is taken. What
/// matters less is an eighth smaller.
const SIZES: [f32; 3] = [14.0, 13.0, 12.0];
const SMALLER: f32 = 7.0 / 8.0;

/// A column: what its header says, its share of the width, and the least that it may have, in
/// points: a number or a word is not broken on narrow slides.
pub(super) type Column = (&'static str, f32, f32);

/// A table in the making: all rows, however many slides they take.
pub(super) struct Rows<'a> {
    pub text: &'a mut Text,
    room: Rect,
    widths: Vec<f32>,
    head: TableRow,
    rows: Vec<TableRow>,
    /// What cells had no room for, by row.
    cuts: Vec<Vec<String>>,
    /// No paragraph may take more lines: a row must fit into the room.
    most: usize,
    size: f32,
}

/// Tables with which of the rows each holds, and what had no room in each row.
pub(super) type Tables = (Vec<(Table, std::ops::Range<usize>)>, Vec<Vec<String>>);

/// Tables in the largest letters that need no more slides and cut no more than the smallest do.
pub(super) fn largest<E>(mut make: impl FnMut(f32) -> Result<Tables, E>) -> Result<Tables, E> {
    let needs = |it: &Tables| (it.0.len(), it.1.iter().map(Vec::len).sum::<usize>());
    let [larger @ .., smallest] = SIZES;
    let smallest = make(smallest)?;
    let (slides, cuts) = needs(&smallest);
    for size in larger {
        let tables = make(size)?;
        let (more_slides, more_cuts) = needs(&tables);
        if more_slides <= slides && more_cuts <= cuts {
            return Ok(tables);
        }
    }
    Ok(smallest)
}

/// A cell's text in the making.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub text: String,
    pub lines: usize,
    pub bold: bool,
    pub small: bool,
}

/// What the cell is about.
pub(super) fn words(text: impl Into<String>, lines: usize) -> Words {
    Words { text: text.into(), lines, bold: false, small: false }
}

/// What matters less.
pub(super) fn small(text: impl Into<String>, lines: usize) -> Words {
    Words { small: true, ..words(text, lines) }
}

impl<'a> Rows<'a> {
    /// A table over the whole width of a room, in letters of a size in points.
    pub fn new(text: &'a mut Text, columns: &[Column], room: Rect, size: f32) -> Self {
        let small = size * SMALLER;
        let widths = widths(columns, room.width());
        let heads: Vec<String> = columns
            .iter()
            .zip(&widths)
            .map(|((head, ..), width)| {
                let room = width - 2.0 * CELL_PAD_X;
                cut(text, head, style(small, true), room, 1).unwrap_or_else(|| (*head).to_owned())
            })
            .collect();
        let cell = |head: &String| Cell {
            paragraphs: vec![Paragraph {
                text: head.clone(),
                size: small,
                bold: true,
                muted: true,
                bullet: false,
            }],
            severity: None,
        };
        let cells = heads.iter().map(cell).collect();
        let height = small * LINE + 2.0 * CELL_PAD_Y;
        let free = (room.height() - height - 2.0 * CELL_PAD_Y) / (size * LINE);
        let most = (free / 2.0).floor().max(1.0) as usize;
        let head = TableRow { height, cells };
        Self { text, room, widths, head, rows: Vec::new(), cuts: Vec::new(), most, size }
    }

    /// Adds a row: for each column its paragraphs, and which severity it is coloured by.
    pub fn push(&mut self, cells: Vec<(Vec<Words>, Option<u8>)>) {
        let mut cuts = Vec::new();
        let mut height = 0.0_f32;
        let mut done = Vec::with_capacity(cells.len());
        for ((words, severity), width) in cells.into_iter().zip(self.widths.clone()) {
            let room = width - 2.0 * CELL_PAD_X;
            let mut paragraphs = Vec::with_capacity(words.len());
            let mut down = 2.0 * CELL_PAD_Y;
            for it in words.into_iter().filter(|it| !it.text.is_empty()) {
                let size = if it.small { self.size * SMALLER } else { self.size };
                let (style, lines) = (style(size, it.bold), it.lines.min(self.most));
                let shown = match cut(self.text, &it.text, style, room, lines) {
                    Some(shown) => {
                        cuts.push(it.text);
                        shown
                    }
                    None => it.text,
                };
                down += set(self.text, &shown, style, room, None).height;
                let (bold, muted) = (it.bold, it.small);
                paragraphs.push(Paragraph { text: shown, size, bold, muted, bullet: false });
            }
            height = height.max(down);
            done.push(Cell { paragraphs, severity });
        }
        // A row of empty cells is a line high all the same.
        let height = height.max(self.size * LINE + 2.0 * CELL_PAD_Y);
        self.rows.push(TableRow { height, cells: done });
        self.cuts.push(cuts);
    }

    /// The rows on as few slides as they fit on, at most so many a slide, as evenly as can be;
    /// with each table which of the rows it holds.
    pub fn tables(self, name: &str, most: usize) -> Tables {
        let heights: Vec<f32> = self.rows.iter().map(|row| row.height).collect();
        let pages = pages(&heights, self.room.height() - self.head.height, most);
        let mut rows = self.rows.into_iter();
        let mut tables = Vec::with_capacity(pages.len());
        let mut start = 0;
        for count in pages {
            let mut all = vec![self.head.clone()];
            all.extend(rows.by_ref().take(count));
            let height = all.iter().map(|row| row.height).sum();
            let at = self.room.min;
            let room = rect(at.x, at.y, self.room.width(), height);
            let name = name.to_owned();
            let table = Table { name, room, widths: self.widths.clone(), rows: all };
            tables.push((table, start..start + count));
            start += count;
        }
        (tables, self.cuts)
    }
}

/// The columns' widths: by their shares, where that is not less than the least; what these take
/// more, the others give.
fn widths(columns: &[Column], width: f32) -> Vec<f32> {
    let shares: f32 = columns.iter().map(|it| it.1).sum();
    let is_short = |it: &&Column| width * it.1 / shares < it.2;
    let taken: f32 = columns.iter().filter(is_short).map(|it| it.2).sum();
    let free: f32 = columns.iter().filter(|it| !is_short(it)).map(|it| it.1).sum();
    // A slide that is narrower than all the least together has no room for them.
    if taken > width / 2.0 || free <= 0.0 {
        return columns.iter().map(|it| width * it.1 / shares).collect();
    }
    let of = |it: &Column| if is_short(&it) { it.2 } else { (width - taken) * it.1 / free };
    columns.iter().map(of).collect()
}

/// How many of the rows each slide gets.
pub(super) fn pages(heights: &[f32], room: f32, most: usize) -> Vec<usize> {
    let mut greedy: Vec<usize> = Vec::new();
    let mut free = 0.0;
    for height in heights {
        match greedy.last_mut() {
            Some(count) if *height <= free && *count < most => *count += 1,
            _ => {
                greedy.push(1);
                free = room;
            }
        }
        free -= height;
    }
    let (slides, rows) = (greedy.len(), heights.len());
    if slides < 2 {
        return greedy;
    }
    // Evenly: 5 and 4 rather than 8 and 1.
    for each in rows.div_ceil(slides)..most.min(rows) {
        let fits = |part: &[f32]| part.iter().sum::<f32>() <= room;
        if rows.div_ceil(each) == slides && heights.chunks(each).all(fits) {
            return heights.chunks(each).map(<[f32]>::len).collect();
        }
    }
    greedy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SystemFonts;

    #[test]
    fn rows_go_on_few_slides_evenly() {
        assert_eq!(pages(&[10.0; 9], 100.0, 8), [5, 4]);
        assert_eq!(pages(&[10.0; 8], 100.0, 8), [8]);
        assert_eq!(pages(&[60.0, 60.0, 10.0], 100.0, 8), [1, 2]);
        assert_eq!(pages(&[40.0, 10.0, 10.0, 90.0], 100.0, 8), [2, 2]);
        assert_eq!(pages(&[500.0], 100.0, 8), [1], "what never fits is there all the same");
        assert!(pages(&[], 100.0, 8).is_empty());
        assert_eq!(
            pages(&[60.0, 60.0, 10.0], 100.0, usize::MAX),
            [1, 2],
            "however many there may be"
        );
    }

    #[test]
    fn short_columns_keep_their_least_width() {
        let columns = [("A", 1.0, 50.0), ("B", 4.0, 0.0), ("C", 5.0, 0.0)];
        assert_eq!(widths(&columns, 1_000.0), [100.0, 400.0, 500.0]);
        assert_eq!(widths(&columns, 140.0), [50.0, 40.0, 50.0]);
        assert_eq!(widths(&columns, 50.0), [5.0, 20.0, 25.0], "no room for that");
    }

    #[test]
    fn a_cell_is_cut_and_what_was_cut_is_kept() {
        let mut text = Text::new(SystemFonts::Ignore);
        let mut rows = Rows::new(
            &mut text,
            &[("A", 1.0, 0.0), ("B", 3.0, 0.0)],
            rect(10.0, 20.0, 400.0, 300.0),
            12.0,
        );
        let long = "word ".repeat(200).trim().to_owned();
        rows.push(vec![(vec![words(long.clone(), 3)], None), (vec![words("x", 3)], Some(4))]);
        let (tables, cuts) = rows.tables("T", 8);
        assert_eq!(cuts, [vec![long]]);
        let (table, range) = &tables[0];
        assert_eq!((tables.len(), range.clone()), (1, 0..1));
        assert_eq!(table.widths, [100.0, 300.0]);
        assert_eq!(table.rows[1].height, 3.0 * 12.0 * LINE + 2.0 * CELL_PAD_Y);
        assert!(table.rows[1].cells[0].paragraphs[0].text.ends_with('…'));
        assert_eq!(table.room.height(), table.rows[0].height + table.rows[1].height);
    }
}
