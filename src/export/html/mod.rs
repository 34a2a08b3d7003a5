//! HTML: a map in one self-contained page that opens in any browser, offline.
//!
//! The page holds both views as inline SVG, the map as JSON, one style and one script of our own
//! (`assets/html`). A content security policy allows these two by their hashes and nothing else:
//! whatever text a map holds, the page runs nothing else and asks no other place for anything.

mod data;
mod fields;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};

use crate::model::Doc;
use crate::scene::{Ink, Rgba, Scene, Shape, Theme};
use crate::text::Text;

use super::svg::{Page, Xml, svg_in_page};

const STYLE: &str = include_str!("../../../assets/html/page.css");
/// In this order, as one script.
const SCRIPTS: [&str; 3] = [
    include_str!("../../../assets/html/walk.js"),
    include_str!("../../../assets/html/panel.js"),
    include_str!("../../../assets/html/page.js"),
];

/// A view of the map on the page.
#[derive(Debug)]
pub(super) struct PageView<'a> {
    /// `journey` or `ecosystem`.
    pub(super) id: &'static str,
    /// What people call it.
    pub(super) name: &'static str,
    pub(super) scene: &'a Scene,
}

impl<'a> PageView<'a> {
    pub(super) const JOURNEY: (&'static str, &'static str) = ("journey", "Journey");
    pub(super) const ECOSYSTEM: (&'static str, &'static str) = ("ecosystem", "Ecosystem");

    pub(super) fn new((id, name): (&'static str, &'static str), scene: &'a Scene) -> Self {
        Self { id, name, scene }
    }
}

/// Views as an interactive page; the first is the one that shows when it opens.
pub(super) fn html(doc: &Doc, views: &[PageView<'_>], theme: &Theme, text: &Text) -> String {
    let inks = inks(views);
    let title = match doc.head().title.trim() {
        "" => "Untitled map",
        title => title,
    };
    let style = format!("{}{STYLE}", colours(&inks, theme));
    let script = format!("\"use strict\";\n(() => {{\n{}}})();\n", SCRIPTS.concat());
    let (style_source, script_source) = (allowed(&style), allowed(&script));
    let name = if theme.dark { "dark" } else { "light" };
    let mut out = String::new();
    let mut put = |part: &str| out.push_str(part);
    put(&format!(
        "<!DOCTYPE html>\n<html lang=\"en\" data-theme=\"{name}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src \
         '{script_source}'; style-src '{style_source}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"Throughline\">\n<title>{title}</title>\n\
         <style>{style}</style>\n</head>\n<body>\n",
        title = Xml(title),
    ));
    put(&chrome(title, views));
    for (at, view) in views.iter().enumerate() {
        let hidden = if at == 0 { "" } else { " hidden" };
        let PageView { id, name, .. } = view;
        put(&format!(
            "<div class=\"view\" id=\"{id}-view\" role=\"tabpanel\" aria-labelledby=\"{id}-tab\" \
             tabindex=\"0\"{hidden}><div class=\"sheet\">\n"
        ));
        let label = format!("{name}: {title}");
        let page = Page { id, label: &label, inks: &inks };
        put(&svg_in_page(view.scene, theme, text, page));
        put("</div></div>\n");
    }
    put(
        "</main>\n<aside id=\"panel\" aria-label=\"Contents and details\" tabindex=\"-1\"></aside>\n\
         <div id=\"said\" class=\"hidden\" role=\"status\" aria-live=\"polite\"></div>\n",
    );
    put("<script type=\"application/json\" id=\"map\">");
    put(&data::json(doc));
    put(&format!("</script>\n<script>{script}</script>\n</body>\n</html>\n"));
    out
}

/// How a policy names the one text that it lets run (CSP Level 3, section 2.3.1).
fn allowed(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// Everything around the pictures; `<main>` stays open.
fn chrome(title: &str, views: &[PageView<'_>]) -> String {
    let mut tabs = String::new();
    for (at, PageView { id, name, .. }) in views.iter().enumerate() {
        let (chosen, index) = if at == 0 { ("true", "0") } else { ("false", "-1") };
        write!(
            tabs,
            "<button type=\"button\" role=\"tab\" id=\"{id}-tab\" aria-controls=\"{id}-view\" \
             aria-selected=\"{chosen}\" tabindex=\"{index}\">{name}</button>"
        )
        .expect("a String takes whatever is written to it");
    }
    include_str!("../../../assets/html/chrome.html")
        .replace("{tabs}", &tabs)
        .replace("{title}", &Xml(title).to_string())
}

/// The inks that the views draw with, numbered as they are met.
fn inks(views: &[PageView<'_>]) -> FxHashMap<Ink, usize> {
    let mut numbers = FxHashMap::default();
    let mut meet = |ink: Ink| {
        let next = numbers.len();
        numbers.entry(ink).or_insert(next);
    };
    meet(Ink::Ground);
    for item in views.iter().flat_map(|view| &view.scene.items) {
        for (_, shape) in item.shapes.iter() {
            match shape {
                Shape::Rect { fill, stroke, .. } | Shape::Path { fill, stroke, .. } => {
                    fill.iter().copied().for_each(&mut meet);
                    stroke.iter().for_each(|stroke| meet(stroke.ink));
                }
                Shape::Text { ink, .. } | Shape::Icon { ink, .. } => meet(*ink),
            }
        }
    }
    numbers
}

/// The colours of both themes as custom properties: the request's first, then by the attribute
/// that the page's switch sets; paper is light.
fn colours(inks: &FxHashMap<Ink, usize>, theme: &Theme) -> String {
    let mut numbered: Vec<(usize, Ink)> = inks.iter().map(|(ink, at)| (*at, *ink)).collect();
    numbered.sort_unstable_by_key(|(at, _)| *at);
    let of = |theme: &Theme| {
        let c = &theme.chrome;
        let chrome = [
            ("panel", c.panel),
            ("panel-alt", c.panel_alt),
            ("field", c.field),
            ("border", c.border),
            ("border-strong", c.border_strong),
            ("text", c.text),
            ("text-strong", c.text_strong),
            ("muted", c.muted),
            ("accent", c.accent),
            ("accent-soft", c.accent_soft),
            ("on-accent", c.on_accent),
            ("shadow", c.shadow),
            ("ground", theme.canvas.ground),
        ];
        let mut out = format!("color-scheme:{};", if theme.dark { "dark" } else { "light" });
        for (name, colour) in chrome {
            out += &format!("--{name}:{};", css(colour));
        }
        for (at, ink) in &numbered {
            out += &format!("--i{at}:{};", css(theme.colour(*ink)));
        }
        for severity in 1..=5 {
            let (mark, on) = (Ink::SeverityMark(severity), Ink::OnSeverity(severity));
            let (mark, on) = (css(theme.colour(mark)), css(theme.colour(on)));
            out += &format!("--severity-{severity}:{mark};--on-severity-{severity}:{on};");
        }
        out
    };
    let (light, dark) = (of(Theme::light()), of(Theme::dark()));
    let own = if theme.dark { &dark } else { &light };
    format!(
        ":root{{{own}}}\n:root[data-theme=light]{{{light}}}\n:root[data-theme=dark]{{{dark}}}\n\
         @media print{{:root,:root[data-theme]{{{light}}}}}\n"
    )
}

fn css(Rgba([r, g, b, a]): Rgba) -> String {
    match a {
        255 => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => format!("#{r:02x}{g:02x}{b:02x}{a:02x}"),
    }
}
