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
    fresh: Vec<u32>,
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

impl Crossings {
    /// `rows`: the first and the last row's y of each layer.
    pub fn new(web: &Web, layer: &[u32], x: &[f32], y: &[f32], rows: &[(f32, f32)]) -> Self {
        let of = |at: &[f32], second: bool| {
            let pick = |(a, b): &(u32, u32)| at[if second { *b } else { *a } as usize];
            web.ends.iter().map(pick).collect::<Vec<f32>>()
        };
        let mut out = Self {
            ax: of(x, false),
            ay: of(y, false),
            bx: of(x, true),
            by: of(y, true),
            count: vec![0; web.ends.len()],
            block: Vec::with_capacity(web.ends.len()),
            meets: Vec::new(),
            spent: 0,
            fresh: Vec::new(),
        };
        let layers = |it: &(u32, u32)| (layer[it.0 as usize], layer[it.1 as usize]);
        let mut blocks: Vec<((u32, u32), (f32, f32))> = Vec::new();
        let mut at = 0;
        for links in web.ends.chunk_by(|a, b| layers(a) == layers(b)) {
            let (upper, lower) = layers(&links[0]);
            let span = (rows[upper as usize].0, rows[lower as usize].1);
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

    /// Takes over the new places of one or two cards, unless that makes more than `room` more
    /// crossings. Whether it did.
    pub fn try_move(
        &mut self,
        web: &Web,
        n: u32,
        other: Option<u32>,
        x: &[f32],
        y: &[f32],
        room: f32,
    ) -> bool {
        let (first, second) = (web.of(n), other.map_or(&[][..], |it| web.of(it)));
        // A link between the two is among those of both.
        let mine = move |it: &&(u32, u32)| Some(it.1) != other;
        let links = || first.iter().filter(mine).chain(second).map(|it| it.0 as usize);
        let before = links().map(|it| self.count[it]).sum::<u32>() - self.among(first, second);
        let mut old = Vec::with_capacity(first.len() + second.len());
        for link in links() {
            old.push(self.line(link));
            let (a, b) = web.ends[link];
            self.ax[link] = x[a as usize];
            self.ay[link] = y[a as usize];
            self.bx[link] = x[b as usize];
            self.by[link] = y[b as usize];
        }
        let inner = self.among(first, second);
        let most = before as f32 + room + inner as f32;
        let mut after = 0;
        self.fresh.clear();
        let mut fits = true;
        for link in links() {
            let found = self.crossed(link, self.line(link));
            self.fresh.push(found);
            after += found;
            if after as f32 > most {
                fits = false;
                break;
            }
        }
        if !fits {
            for (link, line) in links().zip(&old) {
                self.set(link, *line);
            }
            return false;
        }
        // Others lose what crossed the old lines and gain what crosses the new ones. Between the
        // moved links themselves this counts wrongly; their own counts are known already.
        for (link, line) in links().zip(&old) {
            let now = self.line(link);
            self.tell(link, *line, u32::MAX);
            self.tell(link, now, 1);
        }
        for (at, link) in links().enumerate() {
            self.count[link] = self.fresh[at];
        }
        true
    }

    fn set(&mut self, link: usize, line: Line) {
        self.ax[link] = line.ax;
        self.ay[link] = line.ay;
        self.bx[link] = line.bx;
        self.by[link] = line.by;
    }

    /// Crossings of links of the one card with links of the other.
    fn among(&self, first: &[(u32, u32)], second: &[(u32, u32)]) -> u32 {
        let mut found = 0;
        for (a, _) in first {
            let p = self.line(*a as usize);
            for (b, _) in second {
                let q = self.line(*b as usize);
                found += u32::from(cross(p, q.ax, q.ay, q.bx, q.by));
            }
        }
        found
    }
}
