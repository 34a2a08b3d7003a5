//! Layout as work that can be done on another thread.

use std::sync::Arc;

use crate::layout::layered::{Arrangement, Problem, Route, arrange, follow, route};

use super::view::Stand;

/// A layout that is to be done; the scene that handed it out shows its old picture meanwhile.
#[derive(Debug)]
pub struct LayoutTask {
    pub(super) serial: u64,
    pub(super) problem: Problem,
    pub(super) labels: Vec<(f32, f32)>,
    /// What it follows; `None` for a fresh layout.
    pub(super) before: Option<Arc<Stand>>,
}

/// A layout that was done.
#[derive(Debug)]
pub struct LayoutDone {
    pub(super) serial: u64,
    /// What was solved, and how. In a box, so that news of it is small to pass on.
    pub(super) solved: Box<(Problem, Arrangement)>,
    pub(super) routes: Vec<Route>,
}

impl LayoutTask {
    /// Lays out: seconds for the largest maps.
    pub fn run(self) -> LayoutDone {
        let arrangement = arranged(&self.problem, self.before.as_deref());
        let routes = route(&self.problem, &arrangement, &self.labels);
        LayoutDone { serial: self.serial, solved: Box::new((self.problem, arrangement)), routes }
    }
}

/// Arranges afresh, or as little unlike what stood before as can be.
pub(super) fn arranged(problem: &Problem, before: Option<&Stand>) -> Arrangement {
    match before {
        None => arrange(problem),
        // What nothing changed for stands exactly as it stood.
        Some(it) if it.problem == *problem => it.arrangement.clone(),
        Some(it) => follow(problem, &it.arrangement),
    }
}

/// How the cards of a picture stand, for another picture that shall look the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing(pub(super) Arc<Stand>);
