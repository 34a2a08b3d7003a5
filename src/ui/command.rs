//! The commands, and what is to be said of each: text, tooltip, icon, shortcut, menu, enabled when.
//!
//! It feeds the menus, the tool buttons, the shortcuts, the shortcut sheet and the key table of
//! the README. The table itself is in `table`; what a command does is said in `run`.

mod table;

use egui::{Key, KeyboardShortcut};

use crate::scene::{FocusWay, Icon};

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
    ToggleHubs,
    OnlyRestsOn,
    OnlyRestsOnIt,
    OnlyAround,
    ShowEverything,
    GroupByOwner,
    CollapseKind,
    CollapseTeam,
    ExpandAll,
    Export,
    ExportSlides,
    ExportPdf,
    ExportSvg,
    ExportPng,
    ExportHtml,
    ExportXlsx,
    ExportCsv,
    ExportMarkdown,
    ExportMermaid,
    ExportDot,
    ExportGraphMl,
    CopyPicture,
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
    Export,
    Help,
}

impl Menu {
    /// The menus, left to right.
    pub const ALL: [Self; 7] =
        [Self::File, Self::Edit, Self::Insert, Self::View, Self::Analyse, Self::Export, Self::Help];

    /// What the menu is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Insert => "Insert",
            Self::View => "View",
            Self::Analyse => "Analyse",
            Self::Export => "Export",
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
    /// The selection leads to a card that a focus can be on.
    pub focusable: bool,
    /// A team leads the selection, or owns what does.
    pub owned: bool,
    /// The part of the ecosystem that is shown, where it is not the whole.
    pub focus: Option<FocusWay>,
    /// The ecosystem view leaves something out, or shows several cards as one.
    pub narrowed: bool,
    /// Cards of the ecosystem view stand as one.
    pub collapsed: bool,
    /// The ecosystem view is grouped by owner.
    pub by_owner: bool,
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

impl Command {
    /// All commands, in the order of the menus.
    pub const ALL: [Self; 72] = [
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
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
        Self::ToggleHubs,
        Self::OnlyRestsOn,
        Self::OnlyRestsOnIt,
        Self::OnlyAround,
        Self::ShowEverything,
        Self::GroupByOwner,
        Self::CollapseKind,
        Self::CollapseTeam,
        Self::ExpandAll,
        Self::Export,
        Self::ExportSlides,
        Self::ExportPdf,
        Self::ExportSvg,
        Self::ExportPng,
        Self::ExportHtml,
        Self::ExportXlsx,
        Self::ExportCsv,
        Self::ExportMarkdown,
        Self::ExportMermaid,
        Self::ExportDot,
        Self::ExportGraphMl,
        Self::CopyPicture,
        Self::ShowShortcuts,
        Self::About,
    ];

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
                | Self::CopyPicture
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
