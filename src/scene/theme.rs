//! Colour tokens, from `assets/theme/light.ron` and `dark.ron`: the one place where colours are said.
//!
//! A scene says *what* a colour means ([`Ink`]); a theme says which colour that is, when painting.

use std::sync::LazyLock;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A colour: red, green, blue, alpha, each 0 to 255, sRGB, alpha not premultiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    /// Reads `#rrggbb` or `#rrggbbaa`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.is_ascii() || !matches!(digits.len(), 6 | 8) {
            return None;
        }
        let mut parts = [0, 0, 0, 255];
        for (i, part) in parts.iter_mut().take(digits.len() / 2).enumerate() {
            *part = u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).ok()?;
        }
        Some(Self(parts))
    }

    /// `#rrggbb`, alpha left out.
    pub fn hex(self) -> String {
        let [r, g, b, _] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Opacity, 0 to 1.
    pub fn opacity(self) -> f32 {
        f32::from(self.0[3]) / 255.0
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    pub fn luminance(self) -> f32 {
        let linear = |part: u8| {
            let v = f32::from(part) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b, _] = self.0;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    /// Contrast ratio with another colour, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl<'de> Deserialize<'de> for Rgba {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("no colour: {text:?}")))
    }
}

/// Declares a group of colour tokens.
macro_rules! colours {
    ($(#[$doc:meta])* $name:ident { $($field:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(pub $field: Rgba),* }
    };
}

colours! {
    /// Colours of everything around the canvas.
    Chrome {
        panel, panel_alt, field, border, border_strong, text, text_strong, muted, faint, accent,
        accent_hover, accent_soft, on_accent, danger, warning, success, shadow, scrim,
    }
}
colours! {
    /// Colours of the map itself.
    Canvas {
        ground, card, card_border, card_shadow, quiet_card, text, muted, faint, grid_line,
        band_line, link, branch, selection, selection_fill, hover, truth, on_truth, delight,
        delight_fill, delight_text, on_delight, dot_empty, good, strained, broken,
    }
}
colours! {
    /// Colours of one stage.
    StageColours { fill, text, accent }
}
colours! {
    /// Colours of one severity.
    SeverityColours { fill, mark, border, on_mark }
}

/// A theme: all colours.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub name: String,
    pub dark: bool,
    pub chrome: Chrome,
    pub canvas: Canvas,
    /// Stages take these in turn.
    pub stages: Vec<StageColours>,
    /// Segments take these in turn.
    pub segments: Vec<Rgba>,
    /// By severity, 1 to 5.
    pub severities: Vec<SeverityColours>,
}

/// What a colour means. Indices wrap round the theme's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    Ground,
    Card,
    CardBorder,
    CardShadow,
    QuietCard,
    Text,
    Muted,
    Faint,
    GridLine,
    BandLine,
    Link,
    Branch,
    Selection,
    SelectionFill,
    Hover,
    Truth,
    OnTruth,
    Delight,
    DelightFill,
    DelightText,
    OnDelight,
    DotEmpty,
    Good,
    Strained,
    Broken,
    StageFill(u8),
    StageText(u8),
    StageAccent(u8),
    Segment(u8),
    /// Severity 1 to 5 (0 counts as 1).
    SeverityFill(u8),
    SeverityMark(u8),
    SeverityBorder(u8),
    OnSeverity(u8),
    /// A colour that the user chose (a segment's own).
    Custom(Rgba),
}

impl Theme {
    /// The light theme; also the one of print.
    pub fn light() -> &'static Self {
        static LIGHT: LazyLock<Theme> = LazyLock::new(|| {
            ron::from_str(include_str!("../../assets/theme/light.ron"))
                .expect("assets/theme/light.ron is part of the program and a test reads it")
        });
        &LIGHT
    }

    /// The dark theme.
    pub fn dark() -> &'static Self {
        static DARK: LazyLock<Theme> = LazyLock::new(|| {
            ron::from_str(include_str!("../../assets/theme/dark.ron"))
                .expect("assets/theme/dark.ron is part of the program and a test reads it")
        });
        &DARK
    }

    /// The colour of an ink.
    pub fn colour(&self, ink: Ink) -> Rgba {
        let c = &self.canvas;
        let stage = |i: u8| &self.stages[usize::from(i) % self.stages.len()];
        let severity = |i: u8| &self.severities[usize::from(i.clamp(1, 5)) - 1];
        match ink {
            Ink::Ground => c.ground,
            Ink::Card => c.card,
            Ink::CardBorder => c.card_border,
            Ink::CardShadow => c.card_shadow,
            Ink::QuietCard => c.quiet_card,
            Ink::Text => c.text,
            Ink::Muted => c.muted,
            Ink::Faint => c.faint,
            Ink::GridLine => c.grid_line,
            Ink::BandLine => c.band_line,
            Ink::Link => c.link,
            Ink::Branch => c.branch,
            Ink::Selection => c.selection,
            Ink::SelectionFill => c.selection_fill,
            Ink::Hover => c.hover,
            Ink::Truth => c.truth,
            Ink::OnTruth => c.on_truth,
            Ink::Delight => c.delight,
            Ink::DelightFill => c.delight_fill,
            Ink::DelightText => c.delight_text,
            Ink::OnDelight => c.on_delight,
            Ink::DotEmpty => c.dot_empty,
            Ink::Good => c.good,
            Ink::Strained => c.strained,
            Ink::Broken => c.broken,
            Ink::StageFill(i) => stage(i).fill,
            Ink::StageText(i) => stage(i).text,
            Ink::StageAccent(i) => stage(i).accent,
            Ink::Segment(i) => self.segments[usize::from(i) % self.segments.len()],
            Ink::SeverityFill(i) => severity(i).fill,
            Ink::SeverityMark(i) => severity(i).mark,
            Ink::SeverityBorder(i) => severity(i).border,
            Ink::OnSeverity(i) => severity(i).on_mark,
            Ink::Custom(colour) => colour,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text keeps 4.5:1 on everything it stands on, in both themes (WCAG 2.2, AA).
    #[test]
    fn text_has_contrast() {
        for theme in [Theme::light(), Theme::dark()] {
            let (c, h) = (&theme.canvas, &theme.chrome);
            let mut pairs = vec![
                ("text on card", c.text, c.card),
                ("muted on card", c.muted, c.card),
                ("text on ground", c.text, c.ground),
                ("muted on ground", c.muted, c.ground),
                ("text on selection", c.text, c.selection_fill),
                ("delight", c.delight_text, c.delight_fill),
                ("text on quiet card", c.text, c.quiet_card),
                ("muted on quiet card", c.muted, c.quiet_card),
                ("chrome text", h.text, h.panel),
                ("chrome muted", h.muted, h.panel),
                ("chrome muted on alt", h.muted, h.panel_alt),
                ("field", h.text, h.field),
                ("accent", h.accent, h.panel),
                ("accent on soft", h.accent, h.accent_soft),
                ("on accent", h.on_accent, h.accent),
                ("danger", h.danger, h.panel),
                ("warning", h.warning, h.panel),
                ("success", h.success, h.panel),
            ];
            for stage in &theme.stages {
                pairs.push(("stage", stage.text, stage.fill));
                pairs.push(("text on stage", c.text, stage.fill));
                pairs.push(("muted on stage", c.muted, stage.fill));
            }
            for severity in &theme.severities {
                pairs.push(("severity", severity.on_mark, severity.mark));
                pairs.push(("text on severity", c.text, severity.fill));
                pairs.push(("muted on severity", c.muted, severity.fill));
            }
            for (what, text, on) in pairs {
                let ratio = text.contrast(on);
                assert!(
                    ratio >= 4.5,
                    "{}: {what} {} on {}: {ratio:.2}",
                    theme.name,
                    text.hex(),
                    on.hex()
                );
            }
            for (i, colour) in theme.segments.iter().enumerate() {
                let ratio = colour.contrast(c.ground);
                assert!(ratio >= 3.0, "{}: segment {i}: {ratio:.2}", theme.name);
            }
        }
    }

    #[test]
    fn colours_are_read() {
        assert_eq!(Rgba::parse("#01020304"), Some(Rgba([1, 2, 3, 4])));
        assert_eq!(Rgba::parse("#0102"), None);
        assert_eq!(Rgba::parse("#ßßß"), None);
    }
}
