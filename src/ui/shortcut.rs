//! Shortcuts: how they are written, and whether an event is one being pressed.
//!
//! Not here: which command has which shortcut (see `command`).

use egui::{Event, Key, KeyboardShortcut, ModifierNames, Modifiers};

/// A shortcut as people write it on this system.
pub fn format_shortcut(shortcut: &KeyboardShortcut) -> String {
    // In words everywhere: the bundled font has no signs for the keys of a Mac.
    let names = ModifierNames::NAMES;
    let mut text = names.format(&shortcut.modifiers, cfg!(target_os = "macos"));
    if !text.is_empty() {
        text.push_str(names.concat);
    }
    text.push_str(match shortcut.logical_key {
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Equals => "=",
        Key::Questionmark => "?",
        Key::ArrowLeft => "Left",
        Key::ArrowRight => "Right",
        Key::ArrowUp => "Up",
        Key::ArrowDown => "Down",
        key => key.name(),
    });
    text
}

/// Whether the event is this shortcut being pressed.
///
/// Digits are matched by the key's place, since with Shift a keyboard reports what is printed
/// above them; signs are matched without regard to Shift, since layouts differ in whether they
/// need it.
pub fn is_pressed(shortcut: &KeyboardShortcut, event: &Event) -> bool {
    let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else {
        // The system says that something is to be copied where the command key alone is held.
        let bare = shortcut.modifiers.command && !shortcut.modifiers.shift;
        return matches!(
            (event, shortcut.logical_key, bare),
            (Event::Copy, Key::C, true) | (Event::Cut, Key::X, true)
        );
    };
    let wanted = shortcut.logical_key;
    let digit = matches!(wanted, Key::Num0 | Key::Num1 | Key::Num2 | Key::Num3);
    let sign = matches!(wanted, Key::Questionmark | Key::Plus | Key::Equals);
    let held = if sign { Modifiers { shift: false, ..*modifiers } } else { *modifiers };
    (*key == wanted || digit && *physical_key == Some(wanted))
        && held.matches_exact(shortcut.modifiers)
}
