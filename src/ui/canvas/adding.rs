//! Cards that are added where the pointer is in the ecosystem view: what a strip holds.
//!
//! Not here: adding at the selection (`run`) and in the cells of the journey (`menu`).

use crate::edit::{Selection, Session, Tx, verbs};
use crate::geom::{Point, pt};
use crate::model::choice::{Band, SystemClass};
use crate::model::record::{Step, System, Touchpoint};
use crate::model::{Doc, Id, Kind, query};
use crate::scene::{Part, Scene, StripOf};
use crate::ui::Cx;

/// A card that a strip may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Card {
    /// In this stage, before this step or at the end.
    Step {
        stage: Option<Id>,
        before: Option<Id>,
    },
    Touchpoint,
    /// Owned by this team.
    System(SystemClass, Option<Id>),
}

impl Card {
    /// What a double click adds at a point of the ecosystem; `None` beside the strips and where
    /// the map has nothing of that kind.
    pub fn at(at: Point, cx: &Cx<'_>) -> Option<Self> {
        let open = &*cx.open;
        let ecosystem = open.picture().ecosystem()?;
        Some(match ecosystem.strip_at(at)? {
            StripOf::Band(Band::Customer) => Self::step_at(at, ecosystem.scene(), &open.session),
            StripOf::Band(Band::Frontstage) => Self::Touchpoint,
            StripOf::Band(Band::Backstage) => Self::System(SystemClass::Process, None),
            StripOf::Band(Band::Support) => Self::System(SystemClass::Technology, None),
            StripOf::Band(Band::Insight) => return None,
            StripOf::Owner(team) => Self::System(SystemClass::Process, team.clone()),
        })
    }

    /// A step beside the one whose card is nearest.
    fn step_at(at: Point, scene: &Scene, session: &Session) -> Self {
        let doc = session.doc();
        let steps = scene.items.iter().filter_map(|item| {
            let hit = item.hit.as_ref().filter(|hit| hit.part == Part::Card)?;
            Some((&hit.record, doc.get_as::<Step>(&hit.record)?, item.rect.center()))
        });
        let nearest = steps.min_by(|a, b| a.2.distance(at).total_cmp(&b.2.distance(at)));
        let Some((id, step, middle)) = nearest else {
            return Self::Step { stage: None, before: None };
        };
        let before = if at.x < middle.x { Some(id.clone()) } else { next_in_stage(doc, id) };
        Self::Step { stage: step.stage.clone(), before }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Step { .. } => Kind::Step,
            Self::Touchpoint => Kind::Touchpoint,
            Self::System(..) => Kind::System,
        }
    }

    /// What the card is called in a menu: `process`.
    pub fn noun(&self) -> String {
        match self {
            Self::System(class, _) => class.label().to_lowercase(),
            card => card.kind().singular().to_owned(),
        }
    }

    /// Adds the card as near to a point as the layout lets it stand, without a name and as an
    /// entry that stays open until it has one.
    pub fn add(&self, at: Point, cx: &mut Cx<'_>) -> Id {
        let session = &mut cx.open.session;
        session.begin(verbs::describe::adding(self.kind()));
        let id = session.edit_open(|tx: &mut Tx<'_>| match self {
            Self::Step { stage, before } => {
                verbs::add_step(tx, stage.as_ref(), before.as_ref(), "")
            }
            Self::Touchpoint => tx.add(Touchpoint::default()),
            Self::System(class, owner) => {
                tx.add(System { class: *class, owner: owner.clone(), ..System::default() })
            }
        });
        session.selection = Selection::one(id.clone());
        settle(&id, at, cx);
        id
    }
}

/// Has a new card stand above or below a point: it is pinned there for one layout and let go
/// again, since a layout moves nothing without need. Of the pin nothing is left in the entry.
fn settle(id: &Id, at: Point, cx: &mut Cx<'_>) {
    let open = &mut *cx.open;
    open.follow(cx.text);
    // In the row that the layout put it in: without its pin it may stand in no other layer's.
    let pin = open.picture().ecosystem().and_then(|it| {
        let row = it.scene().rect_of(id)?.center().y;
        it.pin_of(pt(at.x, row), id)
    });
    let Some(pin) = pin else {
        return;
    };
    let view = |session: &Session| {
        let (id, view) = query::ecosystem_view(session.doc(), session.index())?;
        Some((id.clone(), view.clone()))
    };
    let before = view(&open.session);
    open.session.edit_open(|tx| verbs::pin(tx, id, Some(pin)));
    open.follow(cx.text);
    let after = view(&open.session);
    open.session.edit_open(|tx| match (before, after) {
        (Some((id, view)), _) => tx.put(&id, view),
        (None, Some((id, _))) => drop(tx.take(&id)),
        (None, None) => {}
    });
    open.follow(cx.text);
}

/// The step after this one in its stage.
pub fn next_in_stage(doc: &Doc, step: &Id) -> Option<Id> {
    let steps = doc.steps();
    let at = steps.iter().position(|(id, _)| *id == step)?;
    let (next, it) = steps.get(at + 1)?;
    (it.stage == steps[at].1.stage).then(|| (*next).clone())
}
