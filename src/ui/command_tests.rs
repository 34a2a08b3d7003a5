//! Tests of the table of commands.
use std::collections::{HashMap, HashSet};

use egui::{Event, Modifiers};

use super::*;

fn key(key: Key, physical: Option<Key>, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: physical, pressed: true, repeat: false, modifiers }
}

#[test]
fn no_two_commands_share_a_shortcut() {
    let mut seen = HashMap::new();
    for command in Command::ALL {
        for shortcut in command.shortcuts() {
            if let Some(other) = seen.insert(shortcut, command) {
                panic!("{} gives {command:?} and {other:?}", format_shortcut(&shortcut));
            }
        }
    }
}

#[test]
fn every_command_is_in_the_table_once_and_says_what_it_does() {
    let mut texts = HashSet::new();
    let all: HashSet<_> = Command::ALL.into_iter().collect();
    assert_eq!(all.len(), Command::ALL.len());
    for command in Command::ALL {
        let spec = command.spec();
        assert!(!spec.text.is_empty() && !spec.tooltip.is_empty(), "{command:?}");
        assert!(texts.insert((spec.menu, spec.text)), "{} twice in a menu", spec.text);
        assert!(!spec.tooltip.ends_with('.'), "{command:?}: tooltips are phrases");
    }
    assert_eq!(Command::About as usize + 1, Command::ALL.len(), "a command is missing from ALL");
}

#[test]
fn the_promised_keys_do_what_was_promised() {
    let promised = [
        (Modifiers::CTRL, Key::S, Command::Save),
        (Modifiers::CTRL | Modifiers::SHIFT, Key::S, Command::SaveAs),
        (Modifiers::CTRL, Key::Z, Command::Undo),
        (Modifiers::CTRL | Modifiers::SHIFT, Key::Z, Command::Redo),
        (Modifiers::CTRL, Key::Y, Command::Redo),
        (Modifiers::CTRL, Key::A, Command::SelectAll),
        (Modifiers::CTRL, Key::D, Command::Duplicate),
        (Modifiers::CTRL, Key::Enter, Command::AddTouchpoint),
        (Modifiers::NONE, Key::F2, Command::Rename),
        (Modifiers::NONE, Key::Enter, Command::Rename),
        (Modifiers::NONE, Key::F, Command::AddFriction),
        (Modifiers::ALT, Key::F, Command::AddFriction),
        (Modifiers::NONE, Key::M, Command::ToggleMomentOfTruth),
        (Modifiers::NONE, Key::L, Command::StartLink),
        (Modifiers::NONE, Key::T, Command::Trace),
        (Modifiers::ALT, Key::T, Command::Trace),
        (Modifiers::NONE, Key::I, Command::Impact),
        (Modifiers::NONE, Key::N, Command::AddNote),
        (Modifiers::NONE, Key::Num0, Command::ZoomReset),
        (Modifiers::SHIFT, Key::Questionmark, Command::ShowShortcuts),
        (Modifiers::NONE, Key::Questionmark, Command::ShowShortcuts),
        (Modifiers::NONE, Key::Delete, Command::Delete),
        (Modifiers::CTRL, Key::E, Command::Export),
        (Modifiers::CTRL | Modifiers::SHIFT, Key::E, Command::ExportSlides),
        (Modifiers::CTRL | Modifiers::SHIFT, Key::C, Command::CopyPicture),
    ];
    for (modifiers, pressed, command) in promised {
        let modifiers = Modifiers { command: modifiers.ctrl, ..modifiers };
        let event = key(pressed, None, modifiers);
        let fired: Vec<_> = Command::ALL
            .into_iter()
            .filter(|c| c.shortcuts().any(|s| is_pressed(&s, &event)))
            .collect();
        assert_eq!(fired, [command], "{modifiers:?} {pressed:?}");
    }
}

#[test]
fn shifted_digits_are_found_by_their_place_on_the_keyboard() {
    let fit = Command::ZoomFit.spec().shortcut.unwrap();
    assert!(is_pressed(&fit, &key(Key::Exclamationmark, Some(Key::Num1), Modifiers::SHIFT)));
    assert!(!is_pressed(&fit, &key(Key::Num1, Some(Key::Num1), Modifiers::NONE)));
    let selection = Command::ZoomSelection.spec().shortcut.unwrap();
    assert!(is_pressed(&selection, &key(Key::Quote, Some(Key::Num2), Modifiers::SHIFT)));
}

#[test]
fn typing_a_letter_never_fires_a_command_in_a_text_field() {
    for command in Command::ALL {
        for shortcut in command.shortcuts().filter(|s| command.fires_while_typing(s)) {
            let held = shortcut.modifiers.command || shortcut.modifiers.alt;
            assert!(held || shortcut.logical_key == Key::F8, "{command:?}");
        }
    }
    let fires = |command: Command, modifiers, key| {
        command.fires_while_typing(&KeyboardShortcut::new(modifiers, key))
    };
    assert!(fires(Command::Save, Modifiers::COMMAND, Key::S));
    assert!(!fires(Command::Undo, Modifiers::COMMAND, Key::Z), "the field has its own undo");
    assert!(!fires(Command::AddFriction, Modifiers::NONE, Key::F));
    assert_eq!(fires(Command::AddFriction, Modifiers::ALT, Key::F), !cfg!(target_os = "macos"));
    assert!(!fires(Command::MoveLeft, Modifiers::ALT, Key::ArrowLeft), "the field moves by words");
}

#[test]
fn what_the_system_calls_copying_is_no_picture() {
    let copies = |c: &Command| c.shortcuts().any(|s| is_pressed(&s, &Event::Copy));
    let fired: Vec<_> = Command::ALL.into_iter().filter(copies).collect();
    assert_eq!(fired, [Command::Copy]);
}

#[test]
fn the_key_table_names_every_shortcut() {
    let table = key_table();
    assert!(table.contains("| Save as | `Ctrl+Shift+S` |"), "{table}");
    assert!(table.contains("| Fit the map | `Shift+1` |"), "{table}");
    assert!(table.contains("| Edit text | `F2` or `Enter` |"), "{table}");
}
