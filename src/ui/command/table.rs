//! The one table of commands.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::scene::Icon;
use crate::ui::analyse::Question;

use super::{Command, Menu, Spec, Status};

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
    /// The command's line of the table.
    pub fn spec(self) -> Spec {
        use Menu::{Analyse, Edit, Export, File, Help, Insert, View};
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
        let focus: fn(&Status) -> bool = |s| s.open && (s.focusable || s.focus.is_some());
        match self {
            Self::New => row(File, 0, "New map", "Start an empty map", always).key(CMD, Key::N),
            Self::Open => row(File, 0, "Open…", "Open a map file", always).key(CMD, Key::O),
            Self::Save => row(File, 1, "Save", "Save the map to its file", open).key(CMD, Key::S),
            Self::SaveAs => row(File, 1, "Save as…", "Save the map under another name", open)
                .key(CMD_SHIFT, Key::S),
            Self::CloseMap => {
                row(File, 2, "Close map", "Close the map and go to the start page", open)
                    .key(CMD, Key::W)
            }
            Self::Quit => row(File, 2, "Quit", "Close the window", always).key(CMD, Key::Q),
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
            Self::ToggleHubs => row(
                Analyse,
                0,
                "Hubs and orphans",
                "Rank the internal systems by what comes down to them, and list what hangs in the air",
                open,
            )
            .key(SHIFT, Key::H),
            Self::OnlyRestsOn => row(
                Analyse,
                1,
                "Show only what this rests on",
                "Show the selection and all that it rests on, or everything again",
                focus,
            )
            .key(PLAIN, Key::R),
            Self::OnlyRestsOnIt => row(
                Analyse,
                1,
                "Show only what rests on this",
                "Show the selection and all that rests on it, or everything again",
                focus,
            )
            .key(SHIFT, Key::R),
            Self::OnlyAround => row(
                Analyse,
                1,
                "Show the neighbourhood",
                "Show what is two links away from the selection; then − and + show less and more",
                focus,
            )
            .key(SHIFT, Key::N),
            Self::ShowEverything => row(
                Analyse,
                1,
                "Show everything",
                "Clear the filter and the focus, and take collapsed cards apart",
                |s| s.open && s.ecosystem && s.narrowed,
            )
            .key(SHIFT, Key::A),
            Self::GroupByOwner => row(
                Analyse,
                2,
                "Group by owner",
                "A lane for each owner, who has to come to the meeting, or bands again",
                |s| s.open && s.ecosystem,
            )
            .key(PLAIN, Key::O),
            Self::CollapseKind => row(
                Analyse,
                2,
                "Collapse the kind",
                "Show the cards of the selection’s kind as one, or each again",
                |s| s.open && s.ecosystem && s.focusable,
            )
            .key(PLAIN, Key::C),
            Self::CollapseTeam => row(
                Analyse,
                2,
                "Collapse the team",
                "Show what the selection’s team owns as one card, or each again",
                |s| s.open && s.ecosystem && s.owned,
            )
            .key(SHIFT, Key::C),
            Self::ExpandAll => {
                row(Analyse, 2, "Expand all", "Take all collapsed cards apart", |s| {
                    s.open && s.ecosystem && s.collapsed
                })
                .key(PLAIN, Key::E)
            }
            Self::Export => row(
                Export,
                0,
                "Export as…",
                "Choose a format and how it is written; begins with the one of last time",
                open,
            )
            .key(CMD, Key::E)
            .icon(Icon::Export),
            Self::ExportSlides => row(
                Export,
                0,
                "Slides…",
                "Compose a deck that stays editable in PowerPoint, Keynote and LibreOffice",
                open,
            )
            .key(CMD_SHIFT, Key::E),
            Self::ExportPdf => {
                row(Export, 1, "PDF…", "One page, a sheet of paper or a wall poster", open)
            }
            Self::ExportSvg => {
                row(Export, 1, "SVG…", "A picture that scales and can be edited", open)
            }
            Self::ExportPng => {
                row(Export, 1, "PNG…", "A picture for mails and documents", open)
            }
            Self::ExportHtml => row(
                Export,
                1,
                "Interactive page…",
                "A page for any browser, offline: pan, zoom, search, trace",
                open,
            ),
            Self::ExportXlsx => row(
                Export,
                2,
                "Tables (XLSX)…",
                "All records as a workbook, a sheet for each kind",
                open,
            ),
            Self::ExportCsv => {
                row(Export, 2, "One table (CSV)…", "Records of one kind as plain rows", open)
            }
            Self::ExportMarkdown => row(
                Export,
                2,
                "Report (Markdown)…",
                "The map as text to read, with its friction points and actions",
                open,
            ),
            Self::ExportMermaid => {
                row(Export, 3, "Mermaid…", "A diagram for wikis and repositories", open)
            }
            Self::ExportDot => {
                row(Export, 3, "Graphviz (DOT)…", "The graph for Graphviz", open)
            }
            Self::ExportGraphMl => {
                row(Export, 3, "GraphML…", "The graph for yEd, Gephi and Kumu", open)
            }
            Self::CopyPicture => row(
                Export,
                4,
                "Copy as picture",
                "Put the selection, or else the whole view, on the clipboard as a picture",
                open,
            )
            .key(CMD_SHIFT, Key::C),
            Self::ShowShortcuts => {
                row(Help, 0, "Keyboard shortcuts", "Show every command with its keys", always)
                    .key(PLAIN, Key::Questionmark)
                    .or(PLAIN, Key::F1)
            }
            Self::About => row(Help, 1, "About Throughline", "Version and licences", always),
        }
    }
}
