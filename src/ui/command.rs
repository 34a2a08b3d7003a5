//! The one table of commands: text, tooltip, icon, shortcut, menu, enabled when.
//!
//! It feeds the menus, the tool buttons, the shortcuts, the shortcut sheet and the key table of
//! the README. What a command does is said in `run`.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::scene::Icon;

use super::analyse::Question;
pub use super::shortcut::{format_shortcut, is_pressed};

/// Everything that the user can tell the program to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    New,
    Open,
    Save,
    SaveAs,
    CloseMap,
    ExportSvg,
    ExportPng,
    Quit,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    Duplicate,
    Delete,
    SelectAll,
    SelectNone,
    Rename,
    AddStage,
    AddStep,
    AddTouchpoint,
    AddInfluencer,
    AddSystem,
    AddFriction,
    AddDelight,
    AddAction,
    AddMeasure,
    AddNote,
    AddSegment,
    StartLink,
    ToggleMomentOfTruth,
    MoveLeft,
    MoveRight,
    ShowJourney,
    ShowEcosystem,
    TidyUp,
    ZoomIn,
    ZoomOut,
    ZoomFit,
    ZoomSelection,
    ZoomReset,
    ToggleOutline,
    ToggleInspector,
    ToggleFindings,
    ToggleTheme,
    LargerText,
    SmallerText,
    Trace,
    Impact,
    FitLit,
    ShowShortcuts,
    About,
}

/// A menu of the menu bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Menu {
    File,
    Edit,
    Insert,
    View,
    Analyse,
    Help,
}

impl Menu {
    /// The menus, left to right.
    pub const ALL: [Self; 6] =
        [Self::File, Self::Edit, Self::Insert, Self::View, Self::Analyse, Self::Help];

    /// What the menu is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Insert => "Insert",
            Self::View => "View",
            Self::Analyse => "Analyse",
            Self::Help => "Help",
        }
    }
}

/// What decides whether a command can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// A map is open.
    pub open: bool,
    pub can_undo: bool,
    pub can_redo: bool,
    /// How many records are selected.
    pub selected: usize,
    /// A node (step, touchpoint, influencer, internal system) leads the selection.
    pub node: bool,
    /// A step or a touchpoint leads the selection.
    pub truth: bool,
    /// A step, a stage or a lane leads the selection.
    pub movable: bool,
    /// The ecosystem view is shown.
    pub ecosystem: bool,
    /// What leads the selection can be traced, and has an impact.
    pub askable: bool,
    /// Something is lit on the canvas while the rest dims.
    pub lit: bool,
    /// What is asked of the map.
    pub asked: Option<Question>,
}

/// All there is to say about a command.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    pub text: &'static str,
    pub tooltip: &'static str,
    pub icon: Option<Icon>,
    pub shortcut: Option<KeyboardShortcut>,
    /// A second shortcut, for other habits.
    pub alt_shortcut: Option<KeyboardShortcut>,
    pub menu: Menu,
    /// Commands of one group stand together in the menu.
    pub group: u8,
    pub enabled: fn(&Status) -> bool,
}

impl Spec {
    fn key(mut self, modifiers: Modifiers, key: Key) -> Self {
        self.shortcut = Some(KeyboardShortcut::new(modifiers, key));
        self
    }

    fn or(mut self, modifiers: Modifiers, key: Key) -> Self {
        self.alt_shortcut = Some(KeyboardShortcut::new(modifiers, key));
        self
    }

    fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

const CMD: Modifiers = Modifiers::COMMAND;
const CMD_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const PLAIN: Modifiers = Modifiers::NONE;

impl Command {
    /// All commands, in the order of the menus.
    pub const ALL: [Self; 52] = [
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::ExportSvg,
        Self::ExportPng,
        Self::CloseMap,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::Cut,
        Self::Copy,
        Self::Paste,
        Self::Duplicate,
        Self::Delete,
        Self::Rename,
        Self::ToggleMomentOfTruth,
        Self::MoveLeft,
        Self::MoveRight,
        Self::SelectAll,
        Self::SelectNone,
        Self::AddStage,
        Self::AddStep,
        Self::AddTouchpoint,
        Self::AddInfluencer,
        Self::AddSystem,
        Self::AddFriction,
        Self::AddDelight,
        Self::AddAction,
        Self::AddNote,
        Self::AddMeasure,
        Self::AddSegment,
        Self::StartLink,
        Self::ShowJourney,
        Self::ShowEcosystem,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::ZoomFit,
        Self::ZoomSelection,
        Self::TidyUp,
        Self::ToggleOutline,
        Self::ToggleInspector,
        Self::ToggleFindings,
        Self::ToggleTheme,
        Self::LargerText,
        Self::SmallerText,
        Self::Trace,
        Self::Impact,
        Self::FitLit,
        Self::ShowShortcuts,
        Self::About,
    ];

    /// The command's line of the table.
    pub fn spec(self) -> Spec {
        use Menu::{Analyse, Edit, File, Help, Insert, View};
        let row = |menu, group, text, tooltip, enabled| Spec {
            text,
            tooltip,
            icon: None,
            shortcut: None,
            alt_shortcut: None,
            menu,
            group,
            enabled,
        };
        let always: fn(&Status) -> bool = |_| true;
        let open: fn(&Status) -> bool = |s| s.open;
        let some: fn(&Status) -> bool = |s| s.open && s.selected > 0;
        let node: fn(&Status) -> bool = |s| s.open && s.node;
        let movable: fn(&Status) -> bool = |s| s.open && s.movable;
        match self {
            Self::New => row(File, 0, "New map", "Start an empty map", always).key(CMD, Key::N),
            Self::Open => row(File, 0, "Open…", "Open a map file", always).key(CMD, Key::O),
            Self::Save => row(File, 1, "Save", "Save the map to its file", open).key(CMD, Key::S),
            Self::SaveAs => row(File, 1, "Save as…", "Save the map under another name", open)
                .key(CMD_SHIFT, Key::S),
            Self::CloseMap => {
                row(File, 3, "Close map", "Close the map and go to the start page", open)
                    .key(CMD, Key::W)
            }
            Self::ExportSvg => {
                row(File, 2, "Export as SVG…", "Save a picture that scales and can be edited", open)
                    .key(CMD, Key::E)
            }
            Self::ExportPng => {
                row(File, 2, "Export as PNG…", "Save a picture for slides and mails", open)
                    .key(CMD_SHIFT, Key::E)
            }
            Self::Quit => row(File, 3, "Quit", "Close the window", always).key(CMD, Key::Q),
            Self::Undo => row(Edit, 0, "Undo", "Take back the last change", |s| s.can_undo)
                .key(CMD, Key::Z)
                .icon(Icon::Undo),
            Self::Redo => row(Edit, 0, "Redo", "Do again what was undone", |s| s.can_redo)
                .key(CMD_SHIFT, Key::Z)
                .or(CMD, Key::Y)
                .icon(Icon::Redo),
            Self::Cut => {
                row(Edit, 1, "Cut", "Copy what is selected and delete it", some).key(CMD, Key::X)
            }
            Self::Copy => row(Edit, 1, "Copy", "Copy what is selected", some).key(CMD, Key::C),
            Self::Paste => {
                row(Edit, 1, "Paste", "Paste cards, or lines of text as one card each", open)
                    .key(CMD, Key::V)
            }
            Self::Duplicate => {
                row(Edit, 1, "Duplicate", "Make a copy of what is selected beside it", some)
                    .key(CMD, Key::D)
            }
            Self::Delete => {
                row(Edit, 1, "Delete", "Delete what is selected and what hangs on it", some)
                    .key(PLAIN, Key::Delete)
                    .or(PLAIN, Key::Backspace)
            }
            Self::Rename => row(Edit, 2, "Edit text", "Edit the selected card in place", some)
                .key(PLAIN, Key::F2)
                .or(PLAIN, Key::Enter),
            Self::ToggleMomentOfTruth => row(
                Edit,
                2,
                "Moment of truth",
                "Mark the step or touchpoint as a moment of truth, or no longer",
                |s| s.open && s.truth,
            )
            .key(PLAIN, Key::M)
            .or(ALT, Key::M),
            Self::MoveLeft => {
                row(Edit, 2, "Move back", "Move the selected step, stage or lane back", movable)
                    .key(ALT, Key::ArrowLeft)
            }
            Self::MoveRight => {
                row(Edit, 2, "Move on", "Move the selected step, stage or lane on", movable)
                    .key(ALT, Key::ArrowRight)
            }
            Self::SelectAll => {
                row(Edit, 3, "Select all", "Select every card", open).key(CMD, Key::A)
            }
            Self::SelectNone => {
                row(Edit, 3, "Select nothing", "Clear the selection", some).key(CMD_SHIFT, Key::A)
            }
            Self::AddStage => row(Insert, 0, "Stage", "Add a stage after the selected one", open)
                .key(SHIFT, Key::S),
            Self::AddStep => {
                row(Insert, 0, "Step", "Add a step after the selected one", open).key(PLAIN, Key::S)
            }
            Self::AddTouchpoint => {
                row(Insert, 1, "Touchpoint", "Add a touchpoint to the selected step", open)
                    .key(CMD, Key::Enter)
            }
            Self::AddInfluencer => {
                row(Insert, 1, "Influencer", "Add who or what sways the customer here", open)
                    .key(PLAIN, Key::W)
            }
            Self::AddSystem => row(
                Insert,
                1,
                "Internal system",
                "Add an internal system that the selection rests on",
                open,
            )
            .key(PLAIN, Key::Y),
            Self::AddFriction => {
                row(Insert, 2, "Friction point", "Mark a friction point on the selection", node)
                    .key(PLAIN, Key::F)
                    .or(ALT, Key::F)
            }
            Self::AddDelight => row(Insert, 2, "Delight", "Mark a delight on the selection", node)
                .key(PLAIN, Key::D)
                .or(ALT, Key::D),
            Self::AddAction => {
                row(Insert, 2, "Action", "Add something to do about the selection", open)
                    .key(PLAIN, Key::A)
            }
            Self::AddMeasure => {
                row(Insert, 3, "Measure", "Add a measure, such as NPS or CSAT", open)
                    .key(SHIFT, Key::M)
            }
            Self::AddNote => row(Insert, 2, "Note", "Add a sticky note to the selection", open)
                .key(PLAIN, Key::N)
                .or(ALT, Key::N),
            Self::AddSegment => {
                row(Insert, 3, "Segment", "Add a group of customers", open).key(SHIFT, Key::G)
            }
            Self::StartLink => {
                row(Insert, 4, "Link", "Link the selected card: then click the other one", node)
                    .key(PLAIN, Key::L)
                    .or(ALT, Key::L)
            }
            Self::ShowJourney => {
                row(View, 0, "Journey", "Show what the customer does, step by step", open)
                    .key(CMD, Key::Num1)
            }
            Self::ShowEcosystem => {
                row(View, 0, "Ecosystem", "Show what each step rests on", open).key(CMD, Key::Num2)
            }
            Self::TidyUp => row(
                View,
                2,
                "Tidy up",
                "Lay the ecosystem out afresh and let go of all pinned cards",
                |s| s.open && s.ecosystem,
            )
            .key(SHIFT, Key::T),
            Self::ZoomIn => row(View, 1, "Zoom in", "Show the map larger", open)
                .key(CMD, Key::Plus)
                .or(CMD, Key::Equals),
            Self::ZoomOut => {
                row(View, 1, "Zoom out", "Show the map smaller", open).key(CMD, Key::Minus)
            }
            Self::ZoomReset => row(View, 1, "Zoom to 100 %", "Show the map at its own size", open)
                .key(PLAIN, Key::Num0)
                .or(CMD, Key::Num0),
            Self::ZoomFit => {
                row(View, 1, "Fit the map", "Show the whole map", open).key(SHIFT, Key::Num1)
            }
            Self::ZoomSelection => {
                row(View, 1, "Fit the selection", "Show what is selected as large as fits", some)
                    .key(SHIFT, Key::Num2)
            }
            Self::ToggleOutline => {
                row(View, 3, "Outline", "Show or hide the outline on the left", open)
                    .key(CMD, Key::B)
            }
            Self::ToggleInspector => {
                row(View, 3, "Inspector", "Show or hide the inspector on the right", open)
                    .key(CMD, Key::I)
            }
            Self::ToggleFindings => {
                row(View, 3, "Findings", "Show or hide what the checks found", open)
                    .key(PLAIN, Key::F8)
            }
            Self::ToggleTheme => {
                row(View, 4, "Light or dark", "Change between the light and the dark theme", always)
                    .key(CMD_SHIFT, Key::L)
            }
            Self::LargerText => {
                row(View, 4, "Larger interface", "Make everything around the map larger", always)
                    .key(CMD_SHIFT, Key::ArrowUp)
            }
            Self::SmallerText => {
                row(View, 4, "Smaller interface", "Make everything around the map smaller", always)
                    .key(CMD_SHIFT, Key::ArrowDown)
            }
            Self::Trace => row(
                Analyse,
                0,
                "Trace",
                "Light every way from the selection down to what it rests on, or no longer",
                |s| s.open && (s.askable || s.asked == Some(Question::Trace)),
            )
            .key(PLAIN, Key::T)
            .or(ALT, Key::T),
            Self::Impact => row(
                Analyse,
                0,
                "Impact",
                "Light all that rests on the selection and say what stops if it fails, or no longer",
                |s| s.open && (s.askable || s.asked == Some(Question::Impact)),
            )
            .key(PLAIN, Key::I)
            .or(ALT, Key::I),
            Self::FitLit => row(
                Analyse,
                0,
                "Fit what is lit",
                "Show all that the answer lights as large as fits",
                |s| s.open && s.lit,
            )
            .key(SHIFT, Key::Num3),
            Self::ShowShortcuts => {
                row(Help, 0, "Keyboard shortcuts", "Show every command with its keys", always)
                    .key(PLAIN, Key::Questionmark)
                    .or(PLAIN, Key::F1)
            }
            Self::About => row(Help, 1, "About Throughline", "Version and licences", always),
        }
    }

    /// Both shortcuts, the main one first.
    pub fn shortcuts(self) -> impl Iterator<Item = KeyboardShortcut> {
        let spec = self.spec();
        spec.shortcut.into_iter().chain(spec.alt_shortcut)
    }

    /// The main shortcut as people write it: `Ctrl+Shift+S`.
    pub fn keys(self) -> Option<String> {
        self.spec().shortcut.map(|s| format_shortcut(&s))
    }

    /// Whether this shortcut of the command counts while text is being typed: those that act on
    /// the whole map, and with Alt those that mark the card whose text it is.
    pub fn fires_while_typing(self, shortcut: &KeyboardShortcut) -> bool {
        let key = shortcut.logical_key;
        if shortcut.modifiers.alt {
            // On a Mac, Alt and a letter types a sign.
            return !cfg!(target_os = "macos") && !matches!(key, Key::ArrowLeft | Key::ArrowRight);
        }
        let of_text = matches!(
            self,
            Self::Undo
                | Self::Redo
                | Self::Cut
                | Self::Copy
                | Self::Paste
                | Self::SelectAll
                | Self::SelectNone
                | Self::Duplicate
                | Self::LargerText
                | Self::SmallerText
        );
        shortcut.modifiers.command && key != Key::Enter && !of_text || key == Key::F8
    }
}

/// The commands with a shortcut as a table in Markdown, for the README.
pub fn key_table() -> String {
    let mut table = String::from("| command | keys |\n|---|---|\n");
    for command in Command::ALL {
        let keys: Vec<String> =
            command.shortcuts().map(|s| format!("`{}`", format_shortcut(&s))).collect();
        if !keys.is_empty() {
            let spec = command.spec();
            let text = spec.text.trim_end_matches('…');
            table.push_str(&format!("| {text} | {} |\n", keys.join(" or ")));
        }
    }
    table
}

#[cfg(test)]
#[path = "command_tests.rs"]
mod tests;
