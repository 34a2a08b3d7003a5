//! The composer of slides: which parts, in which order, how they are made, and what comes of it.
//!
//! It draws and says what was asked for; it writes neither files nor the map. What a deck is made
//! of is remembered by the map, the template by the window.

use std::path::PathBuf;

use egui::{Align, Context, Key, Layout, Modifiers, Rect, Ui, vec2};

use crate::export::deck::DeckOptions;
use crate::export::{Output, PptxOptions, Request, View};
use crate::layout::sizes;
use crate::model::choice::ViewKind;
use crate::model::record::{self, Deck};
use crate::model::{Doc, Id, Index, query};
use crate::scene::Theme;
use crate::ui::dialog::focus_at_first;
use crate::ui::icon;
use crate::ui::jobs::Purpose;
use crate::ui::theme::{colour, current};
use crate::ui::widget::muted;

use super::previews::{Files, Previews, Recipe};
use super::slides::SlidesUi;
use super::{Composed, Composing, Exports, Plan, parts, sheet, source};

/// The largest that the composer gets, in points; in a smaller window it takes what there is.
const SIZE: egui::Vec2 = vec2(1_600.0, 1_000.0);
/// The width of what is chosen, at the left.
const LEFT: f32 = 256.0;
/// How often the share of what is being composed is shown anew, in seconds.
pub(super) const SHARE_SECS: f32 = 0.1;
/// The height of the row with the buttons, and that with the heading.
const FOOT: f32 = 40.0;
const HEAD: f32 = 34.0;

/// What the composer asks for.
#[derive(Debug)]
pub enum Asked {
    /// Nothing more.
    Close,
    Pick(Purpose),
    /// Ask for a path and export.
    Export(Box<Plan>),
    /// Replace slides in a deck, once that was agreed to.
    Refresh(Box<Plan>, PathBuf),
}

/// A deck that is being composed.
#[derive(Debug)]
pub struct Composer {
    doc: Doc,
    /// The map's, in order: it does not change while the composer is open.
    pub(super) segments: Vec<Id>,
    pub(super) stages: Vec<Id>,
    pub(super) options: DeckOptions,
    pub(super) exact_lines: bool,
    pub(super) refresh: Option<PathBuf>,
    /// A template that was chosen just now, for the settings.
    template: Option<PathBuf>,
    pub(super) previews: Previews,
    pub(super) dragged: Option<usize>,
    pub(super) slides: SlidesUi,
    /// The controls on which Enter exports, as they were drawn last.
    pub(super) enters: Vec<egui::Id>,
}

impl Composer {
    /// Begins with what the map remembers.
    pub fn new(doc: &Doc) -> Self {
        let index = Index::of(doc);
        let segments = query::segments(doc, &index);
        Self {
            doc: doc.clone(),
            segments: segments.into_iter().map(|(id, _)| id.clone()).collect(),
            stages: doc.stages().into_iter().map(|(id, _)| id.clone()).collect(),
            options: DeckOptions::of(doc),
            exact_lines: remembered(doc).is_some_and(|deck| deck.exact_lines),
            refresh: None,
            template: None,
            previews: Previews::default(),
            dragged: None,
            slides: SlidesUi::default(),
            enters: Vec::new(),
        }
    }

    /// The map.
    pub fn doc(&self) -> &Doc {
        &self.doc
    }

    /// What the map shall remember.
    pub fn deck(&self) -> Deck {
        Deck {
            parts: self.options.parts.clone(),
            size: self.options.size,
            segment: self.options.segment.clone(),
            exact_lines: self.exact_lines,
        }
    }

    /// A file was chosen: the template, or else the deck to refresh.
    pub fn chosen(&mut self, template: bool, path: PathBuf) {
        let place = if template { &mut self.template } else { &mut self.refresh };
        *place = Some(path);
    }

    /// Takes slides from their worker.
    pub fn take(&mut self, number: u64, composed: Composed) {
        self.previews.take(number, composed);
    }

    /// What a worker is to do for the previews.
    pub fn wish(&mut self, exports: &Exports) -> Option<(u64, Composing)> {
        let files = Files { template: exports.template.clone(), refresh: self.refresh.clone() };
        let recipe = Recipe { options: self.options.clone(), files };
        self.previews.wish(&self.doc, &recipe)
    }

    /// Whether newer slides are on their way.
    pub fn is_composing(&self) -> bool {
        self.previews.is_composing()
    }

    /// Nobody looks at it any more.
    pub fn close(&self) {
        self.previews.cancel();
    }

    fn plan(&self, exports: &Exports) -> Plan {
        let pptx = PptxOptions { exact_lines: self.exact_lines, ..PptxOptions::default() };
        let request = Request {
            doc: self.doc.clone(),
            view: View::Journey(Default::default()),
            theme: Theme::light(),
            output: Output::Pptx(self.options.clone(), pptx),
        };
        let (template, refresh) = (exports.template.clone(), self.refresh.clone());
        Plan { request, template, refresh }
    }

    /// Draws the composer. `covered`: a question stands in front of it.
    pub fn show(&mut self, ctx: &Context, exports: &mut Exports, covered: bool) -> Option<Asked> {
        if let Some(template) = self.template.take() {
            exports.template = Some(template);
        }
        let mut asked = None;
        // Before a control takes it for a click.
        let focused = ctx.memory(|m| m.focused());
        let enters = !covered && focused.is_none_or(|id| self.enters.contains(&id));
        let entered = enters && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        self.enters.clear();
        let mut pressed = false;
        let ended = sheet::show(ctx, "slides", SIZE, |ui| {
            let all = ui.max_rect();
            let gap = sizes().space.l;
            let middle = Rect::from_min_max(
                all.min + vec2(0.0, HEAD),
                all.max - vec2(0.0, FOOT + sizes().space.s),
            );
            let left = middle.with_max_x(middle.left() + LEFT);
            let right = middle.with_min_x(left.right() + gap);
            sheet::part(ui, all.with_max_y(all.top() + HEAD), |ui| self.head_ui(ui));
            sheet::part(ui, left, |ui| {
                let area = egui::ScrollArea::vertical().auto_shrink(false);
                area.show(ui, |ui| {
                    parts::parts_ui(ui, self);
                    ui.add_space(sizes().space.m);
                    source::source_ui(ui, self, exports, &mut asked);
                });
            });
            sheet::part(ui, right, |ui| super::slides::slides_ui(ui, self));
            sheet::part(ui, all.with_min_y(all.bottom() - FOOT), |ui| {
                pressed = self.foot_ui(ui, &mut asked);
            });
        });
        if (pressed || entered || ended.confirmed) && self.has_parts() {
            let plan = Box::new(self.plan(exports));
            return Some(match self.refresh.clone() {
                Some(deck) => Asked::Refresh(plan, deck),
                None => Asked::Export(plan),
            });
        }
        asked.or_else(|| ended.given_up.then_some(Asked::Close))
    }

    fn has_parts(&self) -> bool {
        self.options.parts.iter().any(|it| !it.left_out)
    }

    fn head_ui(&self, ui: &mut Ui) {
        let theme = current(ui);
        ui.horizontal_top(|ui| {
            sheet::heading(ui, "Slides");
            let said = match &self.previews.shown {
                Some(it) if it.slides.len() == 1 => "1 slide".to_owned(),
                Some(it) => format!("{} slides", it.slides.len()),
                None => String::new(),
            };
            ui.label(muted(said, theme));
            if self.previews.is_composing() {
                let percent = (self.previews.share() * 100.0).round();
                ui.label(muted(format!("Composing … {percent} %"), theme));
            }
        });
    }

    /// The buttons. Returns whether the strong one was pressed.
    fn foot_ui(&self, ui: &mut Ui, asked: &mut Option<Asked>) -> bool {
        let theme = current(ui);
        let mut pressed = false;
        ui.with_layout(Layout::right_to_left(Align::Max), |ui| {
            let word = if self.refresh.is_some() { "Refresh…" } else { "Export…" };
            ui.add_enabled_ui(self.has_parts(), |ui| {
                let export = icon::primary(ui, word);
                focus_at_first(ui, &export);
                pressed = export.on_hover_text("Enter, or Ctrl+Enter anywhere").clicked();
            });
            if icon::plain(ui, "Close").on_hover_text("Esc").clicked() {
                *asked = Some(Asked::Close);
            }
            let shown = self.previews.shown.as_ref();
            let trouble = shown.and_then(|it| it.trouble.as_ref());
            let said = self.previews.failed.as_ref().or(trouble);
            ui.with_layout(Layout::left_to_right(Align::Max), |ui| match said {
                Some(why) => {
                    let text = egui::RichText::new(why).color(colour(theme.chrome.danger));
                    ui.add(egui::Label::new(text).truncate()).on_hover_text(why);
                }
                None => {
                    let said = "What is chosen here is remembered in the map";
                    ui.add(egui::Label::new(muted(said, theme)).truncate());
                }
            });
        });
        pressed
    }
}

/// What the map remembers of slides.
fn remembered(doc: &Doc) -> Option<&Deck> {
    let views = doc.all::<record::View>().filter(|(_, it)| it.kind == ViewKind::Deck);
    views.min_by_key(|(id, _)| *id).and_then(|(_, it)| it.deck.as_ref())
}
