//! Counts which links cross, drawn as straight lines between the middles of their cards.

use super::web::Web;

/// All links as lines, and how many others each of them crosses.
///
/// Coordinates stand in one list each, so that the inner loop runs over several links at once.
#[derive(Debug)]
pub(super) struct Crossings {
    ax: Vec<f32>,
    ay: Vec<f32>,
    bx: Vec<f32>,
    by: Vec<f32>,
    /// By link.
    count: Vec<u32>,
    /// By link: the block of links between the same two layers that it is of.
    block: Vec<u32>,
    /// By block: the ranges of links that reach into the same rows.
    meets: Vec<Vec<(u32, u32)>>,
    /// Pairs of links looked at so far.
    pub spent: u64,
    /// By card: how far aside of its middle its links end here.
    aside: Vec<(f32, f32)>,
    fresh: Vec<u32>,
    old: Vec<Line>,
}

/// Where a link begins and ends.
#[derive(Debug, Clone, Copy)]
struct Line {
    ax: f32,
    ay: f32,
    bx: f32,
    by: f32,
}

/// Whether two lines cross; lines that only touch, or that share an end, do not.
#[inline(always)]
fn cross(p: Line, ax: f32, ay: f32, bx: f32, by: f32) -> bool {
    let (dx, dy) = (p.bx - p.ax, p.by - p.ay);
    let (ex, ey) = (bx - ax, by - ay);
    let one = (dx * (ay - p.ay) - dy * (ax - p.ax)) * (dx * (by - p.ay) - dy * (bx - p.ax));
    let two = (ex * (p.ay - ay) - ey * (p.ax - ax)) * (ex * (p.by - ay) - ey * (p.bx - ax));
    (one < 0.0) & (two < 0.0)
}

/// How far a card's links end aside of its middle, as a share of a card's width: on a grid many
/// lines run exactly through others' ends, and where they do not count as crossings a search ends
/// up with nothing else.
const ASIDE: f32 = 0.06;

fn aside(n: u32, unit: f32) -> (f32, f32) {
    let mixed = (n + 1).wrapping_mul(0x9e37_79b1);
    let part = |shift: u32| ((mixed >> shift & 0xff) as f32 / 255.0 - 0.5) * ASIDE * unit;
    (part(24), part(16) * 0.5)
}

fn line(aside: &[(f32, f32)], x: &[f32], y: &[f32], a: usize, b: usize) -> Line {
    Line {
        ax: x[a] + aside[a].0,
        ay: y[a] + aside[a].1,
        bx: x[b] + aside[b].0,
        by: y[b] + aside[b].1,
    }
}

impl Crossings {
    /// `rows`: the first and the last row's y of each layer; `unit`: about a card's width.
    pub fn new(
        web: &Web,
        layer: &[u32],
        x: &[f32],
        y: &[f32],
        rows: &[(f32, f32)],
        unit: f32,
    ) -> Self {
        let aside: Vec<(f32, f32)> = (0..layer.len() as u32).map(|n| aside(n, unit)).collect();
        let lines: Vec<Line> =
            web.ends.iter().map(|(a, b)| line(&aside, x, y, *a as usize, *b as usize)).collect();
        let mut out = Self {
            ax: lines.iter().map(|it| it.ax).collect(),
            ay: lines.iter().map(|it| it.ay).collect(),
            bx: lines.iter().map(|it| it.bx).collect(),
            by: lines.iter().map(|it| it.by).collect(),
            aside,
            count: vec![0; web.ends.len()],
            block: Vec::with_capacity(web.ends.len()),
            meets: Vec::new(),
            spent: 0,
            fresh: Vec::new(),
            old: Vec::new(),
        };
        let layers = |it: &(u32, u32)| (layer[it.0 as usize], layer[it.1 as usize]);
        let mut blocks: Vec<((u32, u32), (f32, f32))> = Vec::new();
        let mut at = 0;
        for links in web.ends.chunk_by(|a, b| layers(a) == layers(b)) {
            let (upper, lower) = layers(&links[0]);
            let slack = unit * ASIDE / 2.0;
            let span = (rows[upper as usize].0 - slack, rows[lower as usize].1 + slack);
            out.block.extend(links.iter().map(|_| blocks.len() as u32));
            blocks.push(((at, at + links.len() as u32), span));
            at += links.len() as u32;
        }
        for (_, (top, end)) in &blocks {
            let mut meets: Vec<(u32, u32)> = Vec::new();
            for (range, _) in blocks.iter().filter(|it| it.1.0 < *end && *top < it.1.1) {
                match meets.last_mut() {
                    Some(last) if last.1 == range.0 => last.1 = range.1,
                    _ => meets.push(*range),
                }
            }
            // A link within one row meets nobody in its own block, but must be found there.
            out.meets.push(meets);
        }
        for link in 0..web.ends.len() {
            out.count[link] = out.crossed(link, out.line(link));
        }
        out
    }

    fn line(&self, link: usize) -> Line {
        Line { ax: self.ax[link], ay: self.ay[link], bx: self.bx[link], by: self.by[link] }
    }

    /// How many links a line in place of this one crosses.
    fn crossed(&mut self, link: usize, p: Line) -> u32 {
        let mut found = 0;
        for (from, to) in &self.meets[self.block[link] as usize] {
            let all = *from as usize..*to as usize;
            self.spent += all.len() as u64;
            let (ax, ay) = (&self.ax[all.clone()], &self.ay[all.clone()]);
            let (bx, by) = (&self.bx[all.clone()], &self.by[all]);
            for (((ax, ay), bx), by) in ax.iter().zip(ay).zip(bx).zip(by) {
                found += u32::from(cross(p, *ax, *ay, *bx, *by));
            }
        }
        found
    }

    /// Adds to, or takes from, the count of every link that this line crosses.
    fn tell(&mut self, link: usize, p: Line, by_one: u32) {
        for (from, to) in &self.meets[self.block[link] as usize] {
            let all = *from as usize..*to as usize;
            self.spent += all.len() as u64;
            let (ax, ay) = (&self.ax[all.clone()], &self.ay[all.clone()]);
            let (bx, by) = (&self.bx[all.clone()], &self.by[all.clone()]);
            let count = &mut self.count[all];
            for ((((ax, ay), bx), by), count) in ax.iter().zip(ay).zip(bx).zip(by).zip(count) {
                let hit = u32::from(cross(p, *ax, *ay, *bx, *by));
                *count = count.wrapping_add(hit.wrapping_mul(by_one));
            }
        }
    }

    /// Moves the ends of these links (each once) to where `x` and `y` now have their cards, unless
    /// that makes more than `room` more crossings. Whether it did.
    pub fn try_move(&mut self, web: &Web, links: &[u32], x: &[f32], y: &[f32], room: f32) -> bool {
        let before = links.iter().map(|it| self.count[*it as usize]).sum::<u32>();
        let before = before - self.among(links);
        self.old.clear();
        for link in links {
            let link = *link as usize;
            self.old.push(self.line(link));
            let (a, b) = web.ends[link];
            self.set(link, line(&self.aside, x, y, a as usize, b as usize));
        }
        let most = (before + self.among(links)) as f32 + room;
        self.fresh.clear();
        let mut after = 0;
        for link in links {
            let found = self.crossed(*link as usize, self.line(*link as usize));
            self.fresh.push(found);
            after += found;
            if after as f32 > most {
                break;
            }
        }
        if after as f32 > most {
            for (at, link) in links.iter().enumerate() {
                self.set(*link as usize, self.old[at]);
            }
            return false;
        }
        // Others lose what crossed the old lines and gain what crosses the new ones. Between the
        // moved links themselves this counts wrongly; their own counts are known already.
        for (at, link) in links.iter().enumerate() {
            let link = *link as usize;
            self.tell(link, self.old[at], u32::MAX);
            self.tell(link, self.line(link), 1);
        }
        for (at, link) in links.iter().enumerate() {
            self.count[*link as usize] = self.fresh[at];
        }
        true
    }

    fn set(&mut self, link: usize, line: Line) {
        self.ax[link] = line.ax;
        self.ay[link] = line.ay;
        self.bx[link] = line.bx;
        self.by[link] = line.by;
    }

    /// How many of these links cross each other.
    fn among(&self, links: &[u32]) -> u32 {
        let mut found = 0;
        for (at, a) in links.iter().enumerate() {
            let p = self.line(*a as usize);
            for b in &links[..at] {
                let q = self.line(*b as usize);
                found += u32::from(cross(p, q.ax, q.ay, q.bx, q.by));
            }
        }
        found
    }
}
