//! The pointer's shape, and tooltips for what cannot be read as it stands.

use egui::CursorIcon;

use crate::geom::Point;
use crate::scene::{Detail, Hit, Part, Shape};
use crate::tool::{Target, Tool};

use super::{Frame, paint};

impl Frame<'_, '_, '_> {
    /// The pointer's shape, and a tooltip for what cannot be read as it stands.
    pub(super) fn cursor(&self, size: Point) {
        if !self.response.contains_pointer() && self.state.tool.is_idle() {
            return;
        }
        let cx = Self::context(self.cx, self.state, size);
        let at = self.state.pointer.filter(|_| self.state.editor.is_none());
        let target = at.map(|at| cx.target_at(at.in_map));
        let icon = match (&self.state.tool, &target) {
            (Tool::Panning(_) | Tool::DraggingSteps(_) | Tool::DraggingCards(_), _) => {
                CursorIcon::Grabbing
            }
            (Tool::DraggingStage(_) | Tool::DraggingLane(_), _) => CursorIcon::Grabbing,
            (Tool::DraggingEmotion(_), _) => CursorIcon::ResizeVertical,
            (Tool::Linking(it), _) if it.refusal.is_some() => CursorIcon::NotAllowed,
            (Tool::Linking(_), _) | (_, Some(Target::Handle(_))) => CursorIcon::Crosshair,
            _ if self.state.modifiers.space => CursorIcon::Grab,
            (Tool::Idle, Some(Target::Item(hit))) => match hit.part {
                Part::Emotion => CursorIcon::ResizeVertical,
                Part::StageHeader | Part::LaneLabel if cx.picture.journey().is_some() => {
                    CursorIcon::Grab
                }
                _ => CursorIcon::Default,
            },
            _ => CursorIcon::Default,
        };
        if icon != CursorIcon::Default {
            self.ui.ctx().set_cursor_icon(icon);
        }
        let refused = match &self.state.tool {
            Tool::Linking(it) => it.refusal.clone(),
            Tool::Idle => None,
            _ => return,
        };
        let zoom = self.state.sight.camera.zoom;
        let unread = |hit: &Hit| {
            let item = cx.scene().items_of(&hit.record).find(|it| it.hit.as_ref() == Some(hit))?;
            let cut = item.shapes.iter().find_map(|(_, shape)| match shape {
                Shape::Text { block, .. } if block.cut => Some(block.text.to_string()),
                _ => None,
            });
            let far = paint::detail_at(zoom) != Detail::FULL;
            let whole = far && !item.name.is_empty();
            cut.or_else(|| whole.then(|| item.name.to_string()))
        };
        let tip = refused.or_else(|| match &target {
            Some(Target::Item(hit)) => unread(hit),
            _ => None,
        });
        if let Some(tip) = tip.filter(|_| !self.response.context_menu_opened()) {
            self.response.clone().on_hover_text_at_pointer(tip);
        }
    }
}
