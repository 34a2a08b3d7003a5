//! Which pages there are and which part of the picture stands where on each.
//!
//! Lengths are points (72 an inch) unless said otherwise. Draws nothing.

use crate::geom::{Rect, pt, rect};

use super::super::ExportError;
use super::{Paper, PdfOptions};

/// Points a map unit where the picture keeps its own size: 96 units an inch, as in SVG and PNG.
const POINTS_A_UNIT: f32 = 0.75;

/// The longest side that a page may have (ISO 32000-1, annex C.2), and the shortest.
const LONGEST: f32 = 14_400.0;
const SHORTEST: f32 = 3.0;

/// What printers leave white, and what two sheets of a poster share, in millimetres.
const MARGIN_MM: f32 = 10.0;
const OVERLAP_MM: f32 = 10.0;

/// More sheets than anybody glues together.
pub(super) const MOST_SHEETS: usize = 400;

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub width: f32,
    pub height: f32,
    /// Points a map unit.
    pub scale: f32,
    /// The part of the map that is shown, in map units.
    pub part: Rect,
    /// Where it stands on the page.
    pub window: Rect,
    /// Of a poster: which sheet it is.
    pub tile: Option<Tile>,
}

/// A sheet's place in a poster, from 0, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    pub row: usize,
    pub rows: usize,
    pub column: usize,
    pub columns: usize,
}

/// A part of a page in points from a length in millimetres.
pub(super) const fn points(mm: f32) -> f32 {
    mm * 72.0 / 25.4
}

/// A paper's sides in points, upright.
fn sides(paper: Paper) -> Option<(f32, f32)> {
    paper.millimetres().map(|(width, height)| (points(width), points(height)))
}

/// The pages for a view of a map.
///
/// # Errors
/// [`ExportError::TooManySheets`].
pub(super) fn sheets(view: Rect, options: PdfOptions) -> Result<Vec<Sheet>, ExportError> {
    let whole = whole(view, options.paper);
    let Some((width, height)) = options.tiles.and_then(sides) else { return Ok(vec![whole]) };
    // The margins of a poster's paper stay: it is as large as was asked for.
    let poster = match options.paper {
        Paper::Fit => rect(0.0, 0.0, view.width() * whole.scale, view.height() * whole.scale),
        _ => rect(0.0, 0.0, whole.width, whole.height),
    };
    // The map's place of the poster's top left corner.
    let corner = pt(
        view.min.x - (whole.window.min.x - poster.min.x) / whole.scale,
        view.min.y - (whole.window.min.y - poster.min.y) / whole.scale,
    );
    let corner = if options.paper == Paper::Fit { view.min } else { corner };
    let upright = grid(poster, width, height);
    let across = grid(poster, height, width);
    let number = |(columns, rows): (usize, usize)| columns.saturating_mul(rows);
    let ((columns, rows), (width, height)) = if number(across) < number(upright) {
        (across, (height, width))
    } else {
        (upright, (width, height))
    };
    let sheets = number((columns, rows));
    if sheets > MOST_SHEETS {
        return Err(ExportError::TooManySheets { sheets, most: MOST_SHEETS });
    }
    let margin = points(MARGIN_MM);
    let (room_x, room_y) = (width - 2.0 * margin, height - 2.0 * margin);
    let overlap = points(OVERLAP_MM);
    let mut out = Vec::with_capacity(sheets);
    for row in 0..rows {
        for column in 0..columns {
            let x = column as f32 * (room_x - overlap);
            let y = row as f32 * (room_y - overlap);
            // The last ones are as large as what is left.
            let (w, h) = (room_x.min(poster.width() - x), room_y.min(poster.height() - y));
            let scale = whole.scale;
            out.push(Sheet {
                width,
                height,
                scale,
                part: rect(corner.x + x / scale, corner.y + y / scale, w / scale, h / scale),
                window: rect(margin, margin, w, h),
                tile: Some(Tile { row, rows, column, columns }),
            });
        }
    }
    Ok(out)
}

/// How many columns and rows of sheets a poster takes.
fn grid(poster: Rect, width: f32, height: f32) -> (usize, usize) {
    let (margin, overlap) = (points(MARGIN_MM), points(OVERLAP_MM));
    let number = |length: f32, side: f32| {
        let room = side - 2.0 * margin;
        // A hair of slack: what fits exactly is not to take a second sheet by rounding.
        (((length - overlap - 0.01) / (room - overlap)).ceil()).max(1.0) as usize
    };
    (number(poster.width(), width), number(poster.height(), height))
}

/// All of it on one page.
fn whole(view: Rect, paper: Paper) -> Sheet {
    let (w, h) = (view.width(), view.height());
    let Some((short, long)) = sides(paper) else {
        let scale = POINTS_A_UNIT.min(LONGEST / w.max(h));
        let side = |length: f32| (length * scale).clamp(SHORTEST, LONGEST);
        let (width, height) = (side(w), side(h));
        let window = rect(0.0, 0.0, w * scale, h * scale);
        return Sheet { width, height, scale, part: view, window, tile: None };
    };
    let margin = points(MARGIN_MM);
    let fits =
        |width: f32, height: f32| ((width - 2.0 * margin) / w).min((height - 2.0 * margin) / h);
    let across = fits(long, short) > fits(short, long);
    let (width, height) = if across { (long, short) } else { (short, long) };
    let scale = fits(width, height);
    let window = rect((width - w * scale) / 2.0, (height - h * scale) / 2.0, w * scale, h * scale);
    Sheet { width, height, scale, part: view, window, tile: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Rect = rect(-10.0, 20.0, 2_000.0, 1_000.0);

    fn of(paper: Paper, tiles: Option<Paper>) -> Vec<Sheet> {
        sheets(VIEW, PdfOptions { paper, tiles }).unwrap()
    }

    #[test]
    fn a_page_is_as_large_as_the_picture_or_as_a_page_may_be() {
        let [page] = &of(Paper::Fit, None)[..] else { panic!("one page") };
        assert_eq!((page.width, page.height, page.scale), (1_500.0, 750.0, 0.75));
        let long = rect(0.0, 0.0, 100_000.0, 1_000.0);
        let pages = sheets(long, PdfOptions::default()).unwrap();
        assert!(pages[0].width <= LONGEST && pages[0].width > LONGEST - 0.01);
        assert!((pages[0].height - 144.0).abs() < 0.01);
        let thin = sheets(rect(0.0, 0.0, 100_000.0, 1.0), PdfOptions::default()).unwrap();
        assert_eq!(thin[0].height, SHORTEST);
    }

    #[test]
    fn paper_lies_the_way_that_shows_more() {
        let [page] = &of(Paper::A4, None)[..] else { panic!("one page") };
        assert!(page.width > page.height, "a wide map lies across");
        assert!((page.window.width() - (page.width - 2.0 * points(10.0))).abs() < 0.01);
        let above = page.window.min.y;
        assert!((above - (page.height - page.window.max.y)).abs() < 0.01, "in the middle");
        let high = rect(0.0, 0.0, 100.0, 300.0);
        let upright = PdfOptions { paper: Paper::Letter, tiles: None };
        let page = &sheets(high, upright).unwrap()[0];
        assert!((page.width - 612.0).abs() < 0.01 && (page.height - 792.0).abs() < 0.01);
    }

    /// Whatever the poster: every point of it is on a sheet, neighbours share ten millimetres, and
    /// each sheet shows it at the same scale.
    #[test]
    fn sheets_cover_the_poster_and_overlap() {
        for paper in Paper::ALL {
            for sheet in Paper::SHEETS {
                let all = of(paper, Some(sheet));
                let tile = all[0].tile.unwrap();
                assert_eq!(all.len(), tile.rows * tile.columns);
                let shown = all.iter().map(|it| it.part).reduce(Rect::union).unwrap();
                for corner in [VIEW.min, VIEW.max] {
                    assert!(shown.grow(0.01).contains(corner), "{paper:?} on {sheet:?}");
                }
                for pair in all.windows(2) {
                    let (a, b) = (&pair[0], &pair[1]);
                    assert_eq!(a.scale, b.scale);
                    assert!((a.part.width() * a.scale - a.window.width()).abs() < 0.01);
                    if a.tile.unwrap().row == b.tile.unwrap().row {
                        let shared = (a.part.max.x - b.part.min.x) * a.scale;
                        assert!((shared - points(10.0)).abs() < 0.01, "{shared}");
                    }
                }
            }
        }
        assert_eq!(of(Paper::A4, Some(Paper::A3)).len(), 1, "it fits on one");
    }

    #[test]
    fn nobody_glues_a_thousand_sheets() {
        let huge = rect(0.0, 0.0, 40_000.0, 40_000.0);
        let options = PdfOptions { paper: Paper::Fit, tiles: Some(Paper::A4) };
        let Err(ExportError::TooManySheets { sheets: n, .. }) = sheets(huge, options) else {
            panic!("too many");
        };
        assert!(n > MOST_SHEETS);
        assert!(sheets(huge, PdfOptions { paper: Paper::A0, ..options }).is_ok());
    }
}
