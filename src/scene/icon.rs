//! Icons: strokes in a box of 24 by 24, from the files in `assets/icons` (Lucide, ISC licence).
//!
//! Screen, SVG and PNG draw the same strokes. An icon is named after what it means here, a file
//! after what it shows. Says nothing of colours and sizes.

use std::sync::OnceLock;

use resvg::tiny_skia::PathSegment;
use resvg::usvg;

use crate::geom::{Path, Segment, pt};
use crate::model::Kind;
use crate::model::choice::{Channel, InfluencerClass, SystemClass};

/// Declares the icons with the files that hold them.
macro_rules! icons {
    ($($icon:ident = $file:literal,)*) => {
        /// What a picture means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Icon { $($icon),* }

        impl Icon {
            /// All icons.
            pub const ALL: &'static [Self] = &[$(Self::$icon),*];

            /// The name of the file in `assets/icons`, without `.svg`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$icon => $file),* }
            }

            /// The file's text.
            pub fn svg(self) -> &'static str {
                match self {
                    $(Self::$icon => include_str!(concat!("../../assets/icons/", $file, ".svg"))),*
                }
            }
        }
    };
}

icons! {
    Web = "globe",
    App = "smartphone",
    Email = "mail",
    Phone = "phone",
    Chat = "message-circle",
    Sms = "message-square",
    Social = "share-2",
    Store = "store",
    Post = "package",
    Field = "truck",
    Event = "calendar-days",
    Partner = "handshake",
    WordOfMouth = "megaphone",
    Other = "circle-dot",
    Team = "users",
    Action = "zap",
    Process = "workflow",
    Policy = "file-text",
    Technology = "server",
    Oneself = "user",
    Family = "house",
    Friend = "users-round",
    Retailer = "shopping-cart",
    Producer = "factory",
    Expert = "graduation-cap",
    Media = "newspaper",
    External = "library",
    Friction = "triangle-alert",
    Delight = "heart",
    Star = "star",
    Truth = "gem",
    Stage = "columns-3",
    Step = "square",
    Lane = "rows-3",
    Segment = "user-round-cog",
    Touchpoint = "pointer",
    Influencer = "speech",
    System = "settings",
    Improvement = "lightbulb",
    Measure = "gauge",
    Reading = "chart-line",
    Verbatim = "quote",
    Note = "sticky-note",
    Link = "link",
    Map = "map",
    Clock = "clock",
    Recent = "history",
    Folder = "folder",
    New = "file-plus",
    Open = "folder-open",
    Save = "save",
    SaveAs = "save-all",
    Undo = "undo-2",
    Redo = "redo-2",
    Cut = "scissors",
    Copy = "copy",
    Paste = "clipboard-paste",
    Duplicate = "copy-plus",
    Delete = "trash-2",
    Search = "search",
    Plus = "plus",
    Minus = "minus",
    Rename = "pencil",
    ZoomIn = "zoom-in",
    ZoomOut = "zoom-out",
    Fit = "maximize",
    Sun = "sun",
    Moon = "moon",
    PanelLeft = "panel-left",
    PanelRight = "panel-right",
    Checks = "list-checks",
    Keyboard = "keyboard",
    Info = "info",
    Close = "x",
    Check = "check",
    ChevronDown = "chevron-down",
    ChevronRight = "chevron-right",
    ChevronLeft = "chevron-left",
    ChevronUp = "chevron-up",
    Export = "image-down",
    Eye = "eye",
    EyeOff = "eye-off",
    ArrowLeft = "arrow-left",
    ArrowRight = "arrow-right",
    ArrowUp = "arrow-up",
    ArrowDown = "arrow-down",
    Alert = "circle-alert",
    Help = "circle-question-mark",
    Settings = "sliders-horizontal",
    Grip = "grip-vertical",
    More = "ellipsis",
    Command = "command",
    Filter = "funnel",
    ExternalLink = "external-link",
    Lock = "lock",
    Branch = "split",
    Loop = "repeat",
    Exit = "log-out",
    Recovery = "life-buoy",
    Pin = "pin",
    Evidence = "search-check",
    Select = "mouse-pointer-2",
    SelectAll = "box-select",
}

impl Icon {
    /// The side of the box that the strokes stand in.
    pub const BOX: f32 = 24.0;
    /// The strokes' width in that box; their ends and joins are round.
    pub const STROKE: f32 = 2.0;

    /// The strokes in the box. Read from the file at the first call, then kept.
    pub fn paths(self) -> &'static [Path] {
        static PATHS: [OnceLock<Vec<Path>>; Icon::ALL.len()] =
            [const { OnceLock::new() }; Icon::ALL.len()];
        PATHS[self as usize].get_or_init(|| {
            let tree = usvg::Tree::from_str(self.svg(), &usvg::Options::default())
                .expect("the icons are part of the program and a test reads them all");
            let mut paths = Vec::new();
            collect(tree.root(), &mut paths);
            paths
        })
    }

    /// The icon of a touchpoint's medium.
    pub fn for_channel(channel: Channel) -> Self {
        match channel {
            Channel::Web => Self::Web,
            Channel::App => Self::App,
            Channel::Email => Self::Email,
            Channel::Phone => Self::Phone,
            Channel::Chat => Self::Chat,
            Channel::Sms => Self::Sms,
            Channel::Social => Self::Social,
            Channel::Store => Self::Store,
            Channel::Post => Self::Post,
            Channel::Field => Self::Field,
            Channel::Event => Self::Event,
            Channel::Partner => Self::Partner,
            Channel::WordOfMouth => Self::WordOfMouth,
            Channel::Other => Self::Other,
        }
    }

    /// The icon of an internal system's class.
    pub fn for_system(class: SystemClass) -> Self {
        match class {
            SystemClass::Team => Self::Team,
            SystemClass::Action => Self::Action,
            SystemClass::Process => Self::Process,
            SystemClass::Policy => Self::Policy,
            SystemClass::Technology => Self::Technology,
            SystemClass::Partner => Self::Partner,
        }
    }

    /// The icon of an influencer's class.
    pub fn for_influencer(class: InfluencerClass) -> Self {
        match class {
            InfluencerClass::Other => Self::Other,
            InfluencerClass::Oneself => Self::Oneself,
            InfluencerClass::Family => Self::Family,
            InfluencerClass::Friend => Self::Friend,
            InfluencerClass::Retailer => Self::Retailer,
            InfluencerClass::Producer => Self::Producer,
            InfluencerClass::Expert => Self::Expert,
            InfluencerClass::Media => Self::Media,
            InfluencerClass::External => Self::External,
        }
    }

    /// The icon of a kind of record.
    pub fn for_kind(kind: Kind) -> Self {
        match kind {
            Kind::Segment => Self::Segment,
            Kind::Stage => Self::Stage,
            Kind::Lane => Self::Lane,
            Kind::Step => Self::Step,
            Kind::Touchpoint => Self::Touchpoint,
            Kind::Influencer => Self::Influencer,
            Kind::System => Self::System,
            Kind::Link => Self::Link,
            Kind::Friction => Self::Friction,
            Kind::Delight => Self::Delight,
            Kind::Action => Self::Improvement,
            Kind::Measure => Self::Measure,
            Kind::Reading => Self::Reading,
            Kind::Verbatim => Self::Verbatim,
            Kind::Note => Self::Note,
            Kind::View => Self::Eye,
        }
    }
}

/// The outlines of all paths below a group, in the picture's own coordinates.
fn collect(group: &usvg::Group, out: &mut Vec<Path>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => collect(group, out),
            usvg::Node::Path(path) => {
                let Some(path) = path.data().clone().transform(path.abs_transform()) else {
                    continue;
                };
                out.push(convert(&path));
            }
            usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}

fn convert(path: &resvg::tiny_skia::Path) -> Path {
    let mut at = pt(0.0, 0.0);
    let mut segments = Vec::new();
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                at = pt(p.x, p.y);
                segments.push(Segment::Move(at));
            }
            PathSegment::LineTo(p) => {
                at = pt(p.x, p.y);
                segments.push(Segment::Line(at));
            }
            PathSegment::QuadTo(c, p) => {
                let (c, to) = (pt(c.x, c.y), pt(p.x, p.y));
                segments.push(Segment::Cubic(at.lerp(c, 2.0 / 3.0), to.lerp(c, 2.0 / 3.0), to));
                at = to;
            }
            PathSegment::CubicTo(a, b, p) => {
                at = pt(p.x, p.y);
                segments.push(Segment::Cubic(pt(a.x, a.y), pt(b.x, b.y), at));
            }
            PathSegment::Close => segments.push(Segment::Close),
        }
    }
    Path { segments }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_strokes_inside_its_box() {
        for icon in Icon::ALL {
            let paths = icon.paths();
            assert!(!paths.is_empty(), "{}", icon.name());
            let source = icon.svg();
            let shapes = ["<path", "<circle", "<rect", "<line", "<poly", "<ellipse"]
                .map(|tag| source.matches(tag).count());
            assert_eq!(paths.len(), shapes.iter().sum::<usize>(), "{}", icon.name());
            for path in paths {
                let b = path.bounds();
                let half = Icon::STROKE / 2.0;
                let fits = |v: f32| (half - 0.51..=Icon::BOX - half + 0.51).contains(&v);
                assert!(
                    [b.min.x, b.min.y, b.max.x, b.max.y].into_iter().all(fits),
                    "{}: {b:?}",
                    icon.name()
                );
            }
        }
    }

    #[test]
    fn every_file_is_an_icon_and_plain() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icons");
        for entry in std::fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if let Some(stem) = name.strip_suffix(".svg") {
                assert!(Icon::ALL.iter().any(|icon| icon.name() == stem), "{name} is not used");
            }
        }
        for icon in Icon::ALL {
            assert_eq!(icon.svg().matches("fill").count(), 1, "{}: strokes only", icon.name());
        }
    }
}
