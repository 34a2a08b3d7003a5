//! Size tokens, from `assets/theme/sizes.ron`: the one place where lengths are said.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::{Style, Weight};

/// All size tokens, in map units.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    pub text: TextSizes,
    pub space: Space,
    pub radius: Radius,
    pub stroke: StrokeSizes,
    pub column: ColumnSizes,
    pub lane: LaneSizes,
    pub card: CardSizes,
    pub mark: MarkSizes,
    pub link: LinkSizes,
    pub strip: StripSizes,
    pub route: RouteSizes,
}

/// One size of text.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSize {
    pub size: f32,
    pub line: f32,
}

impl TextSize {
    /// This size in the regular face.
    pub fn regular(self) -> Style {
        self.style(Weight::Regular)
    }

    /// This size in the bold face.
    pub fn bold(self) -> Style {
        self.style(Weight::Bold)
    }

    fn style(self, weight: Weight) -> Style {
        Style { size: self.size, weight, line_height: self.line }
    }
}

/// Declares a group of tokens.
macro_rules! tokens {
    ($(#[$doc:meta])* $name:ident: $type:ty { $($field:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(pub $field: $type),* }
    };
}

tokens! {
    /// The few sizes of text. `near` and `near_small` are those of titles in the overview,
    /// `overview` that of headers from far away.
    TextSizes: TextSize { overview, near, near_small, title, stage, card, body, small, lane, mark }
}
tokens! {
    /// Spaces of the 4-pt grid.
    Space: f32 { xxs, xs, s, m, l, xl, xxl }
}
tokens! {
    /// Corner radii.
    Radius: f32 { card, column, chip, field }
}
tokens! {
    /// Widths of lines.
    StrokeSizes: f32 { hair, thin, medium, thick, dash, dash_gap }
}
tokens! {
    /// Columns of the journey view; `head_width` is the least that the map's title is set in.
    ColumnSizes: f32 { min_width, max_width, fit_width, empty_width, gap, stage_gap, pad, head_width }
}
tokens! {
    /// Lanes of the journey view.
    LaneSizes: f32 { label_width, gap, band_gap, min_height, curve_height }
}
tokens! {
    /// Cards. `line_gap` is between the entries of a list, `small_gap` above small print.
    CardSizes: f32 { pad_x, pad_y, gap, icon, icon_gap, handle, shadow, small_gap, line_gap }
}
tokens! {
    /// Marks of friction, delight and moments of truth, dots of importance, points of a curve.
    MarkSizes: f32 { severity, star, dot, dot_gap, point, bullet, bullet_indent }
}
tokens! {
    /// Arrows between steps: the distance of their tracks, half the width of a head, what they
    /// keep clear of cards, the radius of corners, and the widest labels.
    LinkSizes: f32 { track, head, clear, radius, label_width }
}

tokens! {
    /// Bands and owners' swimlanes of the ecosystem view, and what stands in them; `aspect` is the
    /// width over the height that the whole should have; those for slides save height.
    StripSizes: f32 {
        card_width, column_gap, group_gap, row_gap, gap, pad, head, aspect, slide_row_gap,
        slide_gap, slide_pad, slide_aspect,
    }
}

tokens! {
    /// Links of the ecosystem view: the distance of lanes in a gap and of ports at a card's edge,
    /// what lines keep clear of cards they pass, the straight stretches at a line's beginning and
    /// at its arrow head, the reach of a self-link's loop, the side of the mark that a line has room for, the distance of labels from lines,
    /// and how far lines may reach out of the arrangement at its sides.
    RouteSizes: f32 { lane, port, clear, tail, head, loop_reach, mark, label_gap, margin }
}

/// The tokens that the program ships.
pub fn sizes() -> &'static Sizes {
    static SIZES: LazyLock<Sizes> = LazyLock::new(|| {
        ron::from_str(include_str!("../../assets/theme/sizes.ron"))
            .expect("assets/theme/sizes.ron is part of the program and a test reads it")
    });
    &SIZES
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_sizes_are_readable() {
        assert!(super::sizes().text.small.size >= 11.0, "UX: never below 11 pt");
    }
}
