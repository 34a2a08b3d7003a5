//! The look of everything around the map: tokens to egui's style, fonts, text styles.
//!
//! Colours come from `scene::Theme`, sizes from `layout::sizes()`; none are said here but the
//! few metrics that only widgets have.

use std::sync::Arc;

use egui::epaint::Shadow;
use egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Stroke,
    Style, TextStyle, Theme as Side, ThemePreference, Visuals, vec2,
};

use crate::layout::sizes;
use crate::scene::{Rgba, Theme};

use super::settings::ThemeChoice;

/// The family of the bold face.
pub fn bold_family() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Text in the bold face and the strong colour, in the size of the body.
pub fn bold(text: impl Into<String>) -> RichText {
    RichText::new(text).family(bold_family()).strong()
}

/// A token's colour for egui.
pub fn colour(rgba: Rgba) -> Color32 {
    let [r, g, b, a] = rgba.0;
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// The tokens of the theme that is in use.
pub fn current(ctx: &egui::Context) -> &'static Theme {
    match ctx.theme() {
        Side::Light => Theme::light(),
        Side::Dark => Theme::dark(),
    }
}

/// Sets a context up: fonts and both styles. Once, before the first frame.
pub fn setup(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.set_style_of(Side::Light, style(Theme::light()));
    ctx.set_style_of(Side::Dark, style(Theme::dark()));
    // Ctrl with plus and minus zooms the map; the interface has commands of its own.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
}

/// Chooses a theme.
pub fn choose(ctx: &egui::Context, choice: ThemeChoice) {
    ctx.set_theme(match choice {
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
        ThemeChoice::System => ThemePreference::System,
    });
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let regular = FontData::from_static(include_bytes!("../../assets/fonts/Arimo-Regular.ttf"));
    let bold = FontData::from_static(include_bytes!("../../assets/fonts/Arimo-Bold.ttf"));
    fonts.font_data.insert("Arimo".into(), Arc::new(regular));
    fonts.font_data.insert("Arimo Bold".into(), Arc::new(bold));
    fonts.families.insert(FontFamily::Proportional, vec!["Arimo".into()]);
    fonts.families.insert(FontFamily::Monospace, vec!["Arimo".into()]);
    fonts.families.insert(bold_family(), vec!["Arimo Bold".into(), "Arimo".into()]);
    fonts
}

fn style(theme: &Theme) -> Style {
    let (text, space) = (&sizes().text, &sizes().space);
    let mut style = Style { visuals: visuals(theme), ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, FontId::new(text.small.size, FontFamily::Proportional)),
        (TextStyle::Body, FontId::new(text.card.size, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(text.card.size, FontFamily::Proportional)),
        (TextStyle::Monospace, FontId::new(text.card.size, FontFamily::Monospace)),
        (TextStyle::Heading, FontId::new(text.stage.size, bold_family())),
        (TextStyle::Name("title".into()), FontId::new(text.title.size, bold_family())),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space.s, space.s - 2.0);
    spacing.button_padding = vec2(space.s + 2.0, space.xs);
    spacing.window_margin = Margin::same(space.l as i8);
    spacing.menu_margin = Margin::same((space.xs + 2.0) as i8);
    spacing.interact_size = vec2(space.xxl, space.xl + 2.0);
    spacing.menu_spacing = space.xs;
    spacing.menu_width = 260.0;
    spacing.tooltip_width = 320.0;
    spacing.indent = space.l;
    spacing.scroll = ScrollStyle { bar_width: space.s, ..ScrollStyle::thin() };
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style.animation_time = 0.1;
    style
}

fn visuals(theme: &Theme) -> Visuals {
    let c = &theme.chrome;
    let (stroke, radius) = (&sizes().stroke, &sizes().radius);
    let line = |rgba: Rgba, width: f32| Stroke::new(width, colour(rgba));
    let field = CornerRadius::same(radius.field as u8);
    let card = CornerRadius::same(radius.card as u8);
    let widget = |fill: Rgba, border: Stroke, text: Rgba| WidgetVisuals {
        bg_fill: colour(fill),
        weak_bg_fill: colour(fill),
        bg_stroke: border,
        corner_radius: field,
        fg_stroke: line(text, stroke.hair),
        expansion: 0.0,
    };
    let shadow = |blur: u8| Shadow {
        offset: [0, (blur / 4) as i8],
        blur,
        spread: 0,
        color: colour(c.shadow),
    };
    let base = if theme.dark { Visuals::dark() } else { Visuals::light() };
    Visuals {
        dark_mode: theme.dark,
        weak_text_color: Some(colour(c.muted)),
        widgets: Widgets {
            noninteractive: widget(c.panel, line(c.border, stroke.hair), c.text),
            inactive: widget(c.field, line(c.border_strong, stroke.hair), c.text),
            hovered: widget(c.panel_alt, line(c.faint, stroke.hair), c.text_strong),
            active: widget(c.accent_soft, line(c.accent, stroke.medium), c.text_strong),
            open: widget(c.accent_soft, line(c.border_strong, stroke.hair), c.text_strong),
        },
        selection: Selection {
            bg_fill: colour(c.accent_soft),
            stroke: line(c.accent, stroke.thin),
        },
        hyperlink_color: colour(c.accent),
        faint_bg_color: colour(c.panel_alt),
        extreme_bg_color: colour(c.field),
        text_edit_bg_color: Some(colour(c.field)),
        code_bg_color: colour(c.panel_alt),
        warn_fg_color: colour(c.warning),
        error_fg_color: colour(c.danger),
        window_corner_radius: CornerRadius::same(radius.column as u8),
        window_shadow: shadow(32),
        window_fill: colour(c.panel),
        window_stroke: line(c.border, stroke.hair),
        menu_corner_radius: card,
        panel_fill: colour(c.panel),
        popup_shadow: shadow(16),
        indent_has_left_vline: false,
        slider_trailing_fill: true,
        ..base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_styles_take_their_colours_from_the_tokens() {
        for theme in [Theme::light(), Theme::dark()] {
            let style = style(theme);
            assert_eq!(style.visuals.panel_fill, colour(theme.chrome.panel));
            assert_eq!(style.visuals.dark_mode, theme.dark);
            for (name, font) in &style.text_styles {
                assert!(font.size >= 11.0, "{name}: {font:?} is too small to read");
            }
        }
    }
}
