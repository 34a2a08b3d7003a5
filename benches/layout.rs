//! The layout of the ecosystem view: what it costs at several sizes, and a way to hold it against
//! other engines (`cargo bench -- --graph IN.json OUT.json`, see `layout_peers.py`).

use std::error::Error;
use std::fs;

use fastrand::Rng;
use serde::Deserialize;
use serde_json::json;
use throughline::layout::layered::{Link, Node, Problem, Spacing, Strip, arrange, follow, route};
use throughline::model::Id;

use crate::measure::{Row, samples, time};

/// A graph as the comparison hands it to every engine.
#[derive(Deserialize)]
struct Graph {
    nodes: Vec<Box>,
    edges: Vec<(u32, u32)>,
}

#[derive(Deserialize)]
struct Box {
    id: usize,
    w: f32,
    h: f32,
    layer: usize,
}

impl Graph {
    /// Every layer is a band.
    fn problem(&self) -> Problem {
        let layers = self.nodes.iter().map(|it| it.layer + 1).max().unwrap_or(1);
        let node = |it: &Box| Node {
            key: Id::new(&format!("n{}", it.id)).unwrap(),
            width: it.w,
            height: it.h,
            layer: it.layer,
            order: None,
            group: None,
            pin: None,
        };
        Problem {
            strips: vec![Strip { layers: 1, head: 0.0 }; layers],
            nodes: self.nodes.iter().map(node).collect(),
            links: self.edges.iter().map(|(from, to)| Link { from: *from, to: *to }).collect(),
            spacing: Spacing::default(),
        }
    }
}

/// Six layers of a hierarchy with hubs, like the comparison's: each card hangs on one of the layer
/// above, busy ones more often; four links for every ten cards lead to the next two layers.
fn hierarchy(cards: usize, seed: u64) -> Graph {
    const SHARES: [f32; 6] = [0.01, 0.05, 0.14, 0.25, 0.30, 0.25];
    let mut rng = Rng::with_seed(seed);
    let sizes = SHARES.map(|it| ((it * cards as f32).round() as usize).max(1));
    let layers = sizes.iter().enumerate().flat_map(|(layer, size)| vec![layer; *size]);
    let layers: Vec<usize> = layers.chain(std::iter::repeat(5)).take(cards).collect();
    let card = |(id, layer): (usize, &usize)| Box { id, w: 150.0, h: 52.0, layer: *layer };
    let nodes = layers.iter().enumerate().map(card).collect();
    let mut urns: Vec<Vec<u32>> = vec![Vec::new(); 6];
    let mut edges = Vec::new();
    for (id, layer) in layers.iter().enumerate() {
        if let Some(above) = layer.checked_sub(1) {
            let parent = urns[above][rng.usize(..urns[above].len())];
            edges.push((parent, id as u32));
            urns[above].extend([parent, parent]);
        }
        urns[*layer].push(id as u32);
    }
    while edges.len() < cards * 14 / 10 {
        let from = rng.usize(..cards);
        let below = layers[from] + 1 + usize::from(rng.f32() < 0.2);
        if let Some(urn) = urns.get_mut(below).filter(|it| !it.is_empty()) {
            let to = urn[rng.usize(..urn.len())];
            urn.push(to);
            edges.push((from as u32, to));
        }
    }
    Graph { nodes, edges }
}

/// A fresh layout, its links, and the layout after one more card.
pub fn layout(cards: usize, rows: &mut Vec<Row>) {
    let problem = hierarchy(cards, 7).problem();
    let labels = vec![(0.0, 0.0); problem.links.len()];
    let all = samples(|| route(&problem, &arrange(&problem), &labels));
    let bar_ms = match cards {
        500 => Some(100.0),
        5_000 => Some(2_000.0),
        _ => None,
    };
    rows.push(Row { what: "ecosystem, laid out".to_owned(), cards, samples: all, bar_ms });
    let fresh = samples(|| arrange(&problem));
    let what = "ecosystem, cards only".to_owned();
    rows.push(Row { what, cards, samples: fresh, bar_ms: None });
    let before = arrange(&problem);
    let mut more = problem.clone();
    let key = Id::new("new").unwrap();
    more.nodes.push(Node { key, ..problem.nodes[cards / 2].clone() });
    more.links.push(Link { from: (cards / 4) as u32, to: cards as u32 });
    let added = samples(|| follow(&more, &before));
    let what = "ecosystem, one more card".to_owned();
    rows.push(Row { what, cards, samples: added, bar_ms: None });
}

/// Lays out the graph of one file and writes where the middles of its boxes are to another.
pub fn graph(from: &str, to: &str) -> Result<(), std::boxed::Box<dyn Error>> {
    let problem = serde_json::from_slice::<Graph>(&fs::read(from)?)?.problem();
    let (ms, at) = time(|| arrange(&problem));
    let middles = at.cards.iter().map(|it| (it.center().x, it.center().y));
    let pos: Vec<(f32, f32)> = middles.collect();
    fs::write(to, json!({ "pos": pos, "layout_ms": ms, "note": "" }).to_string())?;
    Ok(())
}
