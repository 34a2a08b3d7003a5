//! The layout of the ecosystem view: what it costs at several sizes, and a way to hold it against
//! other engines (`cargo bench -- layout --graph IN.json OUT.json`, see `layout_peers.py`).

use std::error::Error;
use std::fs;

use serde::Deserialize;
use serde_json::json;
use throughline::layout::layered::{Link, Node, Problem, Spacing, Strip, arrange};
use throughline::model::Id;

use crate::measure::time;

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

/// Lays out the graph of one file and writes where the middles of its boxes are to another.
pub fn graph(from: &str, to: &str) -> Result<(), std::boxed::Box<dyn Error>> {
    let problem = serde_json::from_slice::<Graph>(&fs::read(from)?)?.problem();
    let (ms, at) = time(|| arrange(&problem));
    let middles = at.cards.iter().map(|it| (it.center().x, it.center().y));
    let pos: Vec<(f32, f32)> = middles.collect();
    fs::write(to, json!({ "pos": pos, "layout_ms": ms, "note": "" }).to_string())?;
    Ok(())
}
