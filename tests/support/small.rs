//! Small maps, made record by record.

use std::sync::Arc;

use throughline::model::choice::NextClass;
use throughline::model::record::{Friction, Link, LinkKind, Stage, Step};
use throughline::model::{Doc, Id, OrderKey, Patch, Record};

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// A map in the making, record by record.
#[derive(Default)]
pub struct Map(pub Doc, usize);

impl Map {
    pub fn put(&mut self, at: &str, record: impl Into<Record>) -> &mut Self {
        let mut patch = Patch::default();
        let id = id(at);
        patch.set(&id, self.0.get(&id).cloned(), Some(Arc::new(record.into())));
        self.0.apply(&patch);
        self
    }

    pub fn order(&mut self) -> OrderKey {
        self.1 += 1;
        OrderKey::new(&format!("a{:03}1", self.1)).unwrap()
    }

    pub fn stage(&mut self, at: &str, name: &str) -> &mut Self {
        let order = self.order();
        self.put(at, Stage { name: name.into(), order, goal: None })
    }

    pub fn step(&mut self, at: &str, name: &str, stage: Option<&str>) -> &mut Self {
        let order = self.order();
        let stage = stage.map(id);
        self.put(at, Step { name: name.into(), stage, order, ..Default::default() })
    }

    pub fn link(&mut self, from: &str, to: &str, kind: LinkKind) -> &mut Self {
        let (a, b) = (id(from), id(to));
        self.put(&format!("{from}-{to}"), Link { from: a, to: b, kind })
    }

    pub fn next(&mut self, from: &str, to: &str, class: NextClass, condition: &str) -> &mut Self {
        let condition = (!condition.is_empty()).then(|| condition.to_owned());
        self.link(from, to, LinkKind::Next { condition, share_pct: None, class })
    }

    pub fn friction(&mut self, at: &str, on: &str, severity: u8) -> &mut Self {
        let text = format!("Something is wrong here ({at})");
        self.put(at, Friction { at: Some(id(on)), text, severity, ..Default::default() })
    }
}
