//! A titled part of a panel that folds away, with a count and a button to add.

use egui::accesskit::Role;
use egui::{Align2, Sense, Ui, WidgetInfo, vec2};

use crate::layout::sizes;
use crate::scene::Theme;

use super::mark::{Glyph, focus_ring, glyph, glyph_button_ui};
use super::{bold, colour, small};

/// What the user did to the head of a section.
#[derive(Debug, Default)]
pub struct SectionHead {
    /// Whether what is in it is shown (already with this frame's click).
    pub open: bool,
    /// The button to add, where there is one.
    pub add: Option<egui::Response>,
}

/// Draws the head of a section. `count` of 0 shows none; `add` is the accessible name of the
/// button at its right end.
pub fn section_head_ui(
    ui: &mut Ui,
    theme: &Theme,
    title: &str,
    count: usize,
    open: bool,
    add: Option<&str>,
) -> SectionHead {
    let size = sizes();
    // Nothing to fold: a quiet line that only says what could be added.
    let bare = count == 0 && add.is_some();
    ui.add_space(if bare { size.space.xs } else { size.space.s });
    let sense = if bare { Sense::hover() } else { Sense::click() };
    let mut head = SectionHead { open, add: None };
    ui.horizontal(|ui| {
        let button = if add.is_some() { size.mark.severity + size.space.s } else { 0.0 };
        let wide = (ui.available_width() - button).max(size.space.xl);
        let (rect, response) = ui.allocate_exact_size(vec2(wide, size.mark.severity), sense);
        let role = if bare { Role::Label } else { Role::Button };
        response.widget_info(|| WidgetInfo::labeled(role, true, title));
        if !bare {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(head.open));
        }
        if response.clicked() {
            head.open = !head.open;
        }
        focus_ring(ui, theme, &response, size.radius.field);
        let quiet = if bare { theme.chrome.muted } else { theme.chrome.text_strong };
        let ink = if response.hovered() && !bare { theme.chrome.accent } else { quiet };
        let text =
            ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, title, bold(), colour(ink));
        let after = text.right_center() + vec2(size.space.s, 0.0);
        let mut end = text.right();
        if count > 0 {
            let muted = colour(theme.chrome.muted);
            let count =
                ui.painter().text(after, Align2::LEFT_CENTER, count.to_string(), small(), muted);
            end = count.right();
        }
        if !bare {
            let chevron = if head.open { Glyph::Down } else { Glyph::Right };
            let at = egui::pos2(end + size.space.m, rect.center().y);
            let place = egui::Rect::from_center_size(at, vec2(size.space.l, size.space.l));
            glyph(ui.painter(), place, chevron, colour(theme.chrome.faint));
        }
        if let Some(name) = add {
            head.add = Some(glyph_button_ui(ui, theme, Glyph::Plus, name));
        }
    });
    head
}
