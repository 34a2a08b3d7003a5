//! Opening the window: whether there is a screen, what the window looks like at first.

use std::path::PathBuf;

use egui::{ViewportBuilder, pos2, vec2};

use crate::text::{SystemFonts, Text};

use super::settings::{Store, WindowPlace};
use super::{App, theme};

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    #[error("there is no display to open a window on; `throughline export` works without one")]
    NoDisplay,
    #[error("the window could not be opened ({0}); `throughline export` works without one")]
    Failed(#[from] eframe::Error),
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// Where there is no display, or the system refuses a window or a drawing surface.
pub fn open_window(file: Option<PathBuf>) -> Result<(), WindowError> {
    if !has_display() {
        return Err(WindowError::NoDisplay);
    }
    let store = Store::open();
    let options = eframe::NativeOptions {
        viewport: viewport(store.now.window),
        renderer: eframe::Renderer::Glow,
        persist_window: false,
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        theme::setup(&cc.egui_ctx);
        Ok(Box::new(App::new(store, Text::new(SystemFonts::Use), file)))
    });
    eframe::run_native("throughline", options, create)?;
    Ok(())
}

/// On X11 and Wayland a program is told by its environment where the display is.
fn has_display() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos")))
        || named("DISPLAY")
        || named("WAYLAND_DISPLAY")
        || named("WAYLAND_SOCKET")
}

fn viewport(place: Option<WindowPlace>) -> ViewportBuilder {
    let builder = ViewportBuilder::default()
        .with_title("Throughline")
        .with_app_id("throughline")
        .with_min_inner_size(vec2(720.0, 480.0));
    match place {
        Some(place) => {
            let builder = builder
                .with_inner_size(vec2(place.width, place.height))
                .with_maximized(place.maximized);
            place.at.map_or(builder.clone(), |(x, y)| builder.with_position(pos2(x, y)))
        }
        None => builder.with_inner_size(vec2(1280.0, 800.0)).with_clamp_size_to_monitor_size(true),
    }
}
