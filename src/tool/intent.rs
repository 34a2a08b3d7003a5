//! What a tool wants done; the canvas does it, edits as one transaction a frame.

use crate::edit::Selection;
use crate::geom::Point;
use crate::model::Id;
use crate::model::choice::Band;
use crate::scene::Hit;

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Only this record is selected.
    Select(Id),
    /// The record is selected too, or no longer.
    Toggle(Id),
    /// The selection becomes this.
    SetSelection(Selection),
    /// Opens an undo entry; every edit until `Commit` or `Cancel` starts from here again.
    BeginEdit(String),
    /// Steps stand in this stage (none: after all stages), before that step (none: at its end).
    MoveSteps {
        steps: Vec<Id>,
        stage: Option<Id>,
        before: Option<Id>,
    },
    MoveStage {
        stage: Id,
        before: Option<Id>,
    },
    /// The lane stands in this band, before that lane (none: at its end).
    MoveLane {
        lane: Id,
        band: Band,
        before: Option<Id>,
    },
    /// What a segment feels at a step, −2 to +2.
    SetFeeling {
        step: Id,
        segment: Id,
        value: i8,
    },
    /// Cards are pinned in the ecosystem view, as one entry of that name: x of a card's middle, y
    /// of its middle below its band's upper edge.
    Pin {
        label: String,
        pins: Vec<(Id, (f64, f64))>,
    },
    /// Takes back what the open entry did; the drag is where it began.
    Rewind,
    /// Keeps what the open entry did.
    Commit,
    /// Takes back what the open entry did and closes it.
    Cancel,
    Link {
        from: Id,
        to: Id,
    },
    /// Moves the map by a distance on the screen.
    Pan(Point),
    /// Has the record in view.
    Reveal(Id),
    /// Edits the text of what was hit, in place.
    OpenEditor(Hit),
    /// Something that the user should know: why a link is refused.
    Say(String),
}
