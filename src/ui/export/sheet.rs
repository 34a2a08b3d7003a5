//! A large window over the map, for what is chosen before an export: its frame, heading and keys.
//!
//! Knows nothing of what is in it.

use egui::{Context, Frame, Id, Key, Modal, Modifiers, Rect, RichText, Ui, UiBuilder, Vec2};

use crate::layout::sizes;
use crate::ui::theme::{colour, current};

/// How a sheet ended in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Esc.
    pub given_up: bool,
    /// Ctrl+Enter, wherever the focus is.
    pub confirmed: bool,
}

/// Shows a sheet of a size; where the window is smaller, as large as that.
pub fn show(ctx: &Context, name: &'static str, size: Vec2, body: impl FnOnce(&mut Ui)) -> Ended {
    let theme = current(ctx);
    let pad = sizes().space.l;
    let frame = Frame::window(&ctx.global_style()).inner_margin(pad);
    let room = ctx.content_rect().size() - Vec2::splat(2.0 * pad + 2.0 * sizes().space.m);
    let size = size.min(room).max(Vec2::splat(1.0));
    let mut confirmed = false;
    let modal = Modal::new(Id::unique(("sheet", name)))
        .frame(frame)
        .backdrop_color(colour(theme.chrome.scrim))
        .show(ctx, |ui| {
            ui.set_min_size(size);
            ui.set_max_size(size);
            let top = ctx.memory(|m| m.top_modal_layer()) == Some(ui.layer_id());
            confirmed = top && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
            body(ui);
        });
    // A click beside it is more often a slip than a wish to lose sight of what was chosen.
    let given_up = modal.is_top_modal
        && !modal.any_popup_open
        && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    Ended { given_up, confirmed }
}

/// Draws into a part of the sheet.
pub fn part<T>(ui: &mut Ui, rect: Rect, body: impl FnOnce(&mut Ui) -> T) -> T {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect.expand(sizes().space.xs).intersect(ui.clip_rect()));
        body(ui)
    })
    .inner
}

/// The sheet's heading.
pub fn heading(ui: &mut Ui, text: &str) {
    let ink = colour(current(ui).chrome.text_strong);
    ui.heading(RichText::new(text).color(ink));
}

/// A heading within the sheet.
pub fn section(ui: &mut Ui, text: &str) {
    ui.label(crate::ui::theme::bold(text));
}
