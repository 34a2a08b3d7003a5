//! PDF: a view as vectors with text that can be selected, on one page, a sheet or a wall of sheets.
//!
//! Drawn from the scene itself through krilla, with the glyphs that the layout shaped. Tagged, with
//! bookmarks; it claims PDF/UA-1 where krilla's checks agree (a map with a letter that no font has
//! does not pass, and is written without the claim). Says no date: the map has none.

mod order;
mod paint;
mod sheet;
mod tags;
mod words;

use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::error::KrillaError;
use krilla::geom::Transform;
use krilla::metadata::Metadata;
use krilla::page::{PageLabel, PageSettings};
use krilla::paint::FillRule;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document, SerializeSettings};

use crate::geom::{Point, Rect};
use crate::model::Doc;
use crate::scene::{Detail, Ink, Item, Scene, Shape, Theme};
use crate::text::Text;

use super::png::guarded;
use super::svg::view;
use super::{ExportError, Progress};
use order::Reading;
use paint::{Fonts, Painter, rounded};
use sheet::{Sheet, sheets};
use tags::{Marks, page_of, plain};
use words::{Labels, language};

/// A paper's size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A page as large as the picture.
    #[default]
    Fit,
    A4,
    A3,
    A2,
    A1,
    A0,
    Letter,
}

impl Paper {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Fit, Self::A4, Self::A3, Self::A2, Self::A1, Self::A0, Self::Letter];

    /// Those that printers take: what a poster may be cut into.
    pub const SHEETS: [Self; 3] = [Self::A4, Self::A3, Self::Letter];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fit => "As large as the picture",
            Self::A4 => "A4",
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::A1 => "A1",
            Self::A0 => "A0",
            Self::Letter => "Letter",
        }
    }

    /// The paper of that name on a command line, in whatever case: `fit`, `a4`, `letter`.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| match it {
            Self::Fit => name.eq_ignore_ascii_case("fit"),
            it => name.eq_ignore_ascii_case(it.label()),
        })
    }

    /// Its sides upright, width first, in millimetres (ISO 216; ANSI/ASME Y14.1 for Letter).
    /// [`Paper::Fit`] has none of its own.
    pub fn millimetres(self) -> Option<(f32, f32)> {
        match self {
            Self::Fit => None,
            Self::A4 => Some((210.0, 297.0)),
            Self::A3 => Some((297.0, 420.0)),
            Self::A2 => Some((420.0, 594.0)),
            Self::A1 => Some((594.0, 841.0)),
            Self::A0 => Some((841.0, 1189.0)),
            Self::Letter => Some((215.9, 279.4)),
        }
    }
}

/// How pages are made.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PdfOptions {
    /// The picture is fitted into it, upright or across, whichever shows it larger.
    pub paper: Paper,
    /// Print it in sheets of this paper (one of [`Paper::SHEETS`]), to be glued together, with
    /// overlap and cut marks. The poster is as large as [`PdfOptions::paper`], or as the picture.
    pub tiles: Option<Paper>,
}

/// A scene as a PDF file: at full detail, on the theme's ground.
///
/// # Errors
/// [`ExportError::TooManySheets`] before anything is drawn; [`ExportError::Drawing`] where a font or
/// a library refuses; [`ExportError::Cancelled`].
pub fn pdf(
    doc: &Doc,
    scene: &Scene,
    theme: &Theme,
    text: &Text,
    options: PdfOptions,
    progress: &Progress,
) -> Result<Vec<u8>, ExportError> {
    let sheets = sheets(view(scene), options)?;
    guarded(|| {
        let fonts = Fonts::of(scene, text)?;
        let reading = order::reading(doc, scene);
        let job = Job { doc, scene, theme, fonts, reading, sheets };
        match job.write(true, progress)? {
            Some(bytes) => Ok(bytes),
            // Something in the map's own text is against the rules of PDF/UA: then without the claim.
            None => job.write(false, progress)?.ok_or_else(|| {
                ExportError::Drawing("the PDF breaks rules that nobody asked for".to_owned())
            }),
        }
    })
}

/// All that a file is made of.
struct Job<'a> {
    doc: &'a Doc,
    scene: &'a Scene,
    theme: &'a Theme,
    fonts: Fonts,
    reading: Reading,
    sheets: Vec<Sheet>,
}

impl Job<'_> {
    /// The file, or nothing where it does not keep the rules that it was to keep.
    fn write(&self, accessible: bool, progress: &Progress) -> Result<Option<Vec<u8>>, ExportError> {
        let failed = |why: &str| ExportError::Drawing(why.to_owned());
        let configuration = ConfigurationBuilder::new().with_version(PdfVersion::Pdf17);
        let configuration = if accessible {
            configuration.with_accessibility_validator(Accessibility::UA1)
        } else {
            configuration
        };
        let configuration =
            configuration.finish().map_err(|_| failed("PDF 1.7 knows no PDF/UA-1"))?;
        let settings = SerializeSettings {
            configuration,
            enable_tagging: true,
            xmp_metadata: true,
            ..SerializeSettings::default()
        };
        let mut file = Document::new_with(settings);
        let language = language(self.doc);
        file.set_metadata(self.metadata(language));
        let mut marks = Marks::new();
        let labels = Labels::of(&self.sheets, &self.doc.head().title)?;
        let all = self.sheets.len() * self.scene.items.len();
        for (n, sheet) in self.sheets.iter().enumerate() {
            let mut page = PageSettings::from_wh(sheet.width, sheet.height)
                .ok_or_else(|| failed("a page has no size"))?;
            if let Some(tile) = sheet.tile {
                let label = format!("{}-{}", tile.row + 1, tile.column + 1);
                page = page.with_page_label(PageLabel::new(None, Some(label), None));
            }
            let mut page = file.start_page_with(page);
            let mut sheet_of = OnSheet {
                painter: Painter::new(page.surface(), self.theme, &self.fonts),
                job: self,
                n,
                artifact: false,
            };
            sheet_of.ground();
            let drawn = sheet_of.items(&mut marks, |i| {
                if i % 64 == 0 {
                    progress.writing(n * self.scene.items.len() + i, all)
                } else {
                    Ok(())
                }
            });
            // Even of a page that nobody waits for: krilla insists on an orderly end.
            sheet_of.finish(labels.at(n));
            page.finish();
            drawn?;
        }
        let (reading, sheets) = (&self.reading, &self.sheets);
        file.set_outline(tags::outline(self.doc, self.scene, reading, sheets));
        file.set_tag_tree(tags::tree(self.doc, self.scene, reading, marks, sheets, language));
        progress.writing(all, all)?;
        match file.finish() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(KrillaError::Validation(_)) if accessible => Ok(None),
            Err(error) => Err(ExportError::Drawing(error.to_string())),
        }
    }

    fn metadata(&self, language: &str) -> Metadata {
        let head = self.doc.head();
        let title = plain(&head.title);
        let title = if title.is_empty() { "Customer journey map".to_owned() } else { title };
        let owner = head.owner.as_deref().map(plain).filter(|owner| !owner.is_empty());
        let about = head.scenario.as_deref().or(head.goal.as_deref()).map(plain);
        Metadata::new()
            .title(title)
            .authors(owner.into_iter().collect())
            .description(about.unwrap_or_default())
            .language(language.to_owned())
            .creator("Throughline".to_owned())
    }
}

/// Draws one page and says what is what on it.
struct OnSheet<'a, 's> {
    painter: Painter<'a, 's>,
    job: &'a Job<'a>,
    n: usize,
    /// Whether what is drawn now counts as decoration.
    artifact: bool,
}

impl<'a> OnSheet<'a, '_> {
    fn sheet(&self) -> &Sheet {
        &self.job.sheets[self.n]
    }

    /// All that follows is decoration, or is told what it is.
    fn decoration(&mut self, on: bool) {
        if on && !self.artifact {
            let artifact = Artifact::with_kind(ArtifactType::Layout);
            self.painter.surface.start_tagged(ContentTag::Artifact(artifact));
        } else if !on && self.artifact {
            self.painter.surface.end_tagged();
        }
        self.artifact = on;
    }

    fn ground(&mut self) {
        let sheet = self.sheet().clone();
        self.decoration(true);
        let page = Rect { min: Point::default(), max: Point { x: sheet.width, y: sheet.height } };
        // A poster is cut out: around it the paper stays white.
        let ground = if sheet.tile.is_some() { sheet.window } else { page };
        self.painter.rect(ground, Ink::Ground);
        self.decoration(false);
        if sheet.tile.is_some()
            && let Some(window) = rounded(sheet.window, 0.0)
        {
            self.painter.surface.push_clip_path(&window, &FillRule::NonZero);
        }
        let x = sheet.window.min.x - sheet.part.min.x * sheet.scale;
        let y = sheet.window.min.y - sheet.part.min.y * sheet.scale;
        let transform = Transform::from_row(sheet.scale, 0.0, 0.0, sheet.scale, x, y);
        self.painter.surface.push_transform(&transform);
    }

    fn items(
        &mut self,
        marks: &mut Marks,
        mut step: impl FnMut(usize) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let part = self.sheet().part;
        for (i, item) in self.job.scene.items.iter().enumerate() {
            step(i)?;
            if self.sheet().tile.is_none() || covered(item).touches(part) {
                // On a poster an item may be on several sheets; it is read once.
                let read = page_of(&self.job.sheets, item.rect) == self.n;
                self.item(i, item, read, marks);
            }
        }
        Ok(())
    }

    fn item(&mut self, i: usize, item: &Item, read: bool, marks: &mut Marks) {
        let shapes = || item.shapes.iter().filter(|(d, _)| d.shows_at(Detail::FULL));
        let has_text = shapes().any(|(_, shape)| is_text(shape));
        if !has_text && read && !plain(&item.name).is_empty() {
            self.decoration(false);
            let mark = self.painter.surface.start_tagged(ContentTag::Other);
            for (_, shape) in shapes() {
                self.painter.shape(shape, item.rect.min);
            }
            self.painter.surface.end_tagged();
            marks.entry(i).or_default().picture.push(mark);
            return;
        }
        for (_, shape) in shapes() {
            let Shape::Text { at, width, block, ink, align } = shape else {
                self.decoration(true);
                self.painter.shape(shape, item.rect.min);
                continue;
            };
            let (at, width, align) = (item.rect.min.offset(*at), *width, *align);
            let empty = block.lines.iter().all(|line| line.runs.is_empty());
            if empty {
                continue;
            }
            self.decoration(!read);
            let mark =
                read.then(|| self.painter.surface.start_tagged(ContentTag::Span(SpanTag::empty())));
            self.painter.text(block, at, *ink, |line| align.line_x(width, line));
            if let Some(mark) = mark {
                self.painter.surface.end_tagged();
                marks.entry(i).or_default().texts.push(vec![mark]);
            }
        }
    }

    /// Cut marks and the sheet's name in its margin.
    fn finish(mut self, label: Option<words::Label<'a>>) {
        self.decoration(false);
        self.painter.surface.pop();
        if self.sheet().tile.is_some() {
            self.painter.surface.pop();
        }
        if let Some(label) = label {
            self.decoration(true);
            label.draw(&self.job.sheets[self.n], &mut self.painter);
            self.decoration(false);
        }
        self.painter.surface.finish();
    }
}

fn is_text(shape: &Shape) -> bool {
    matches!(shape, Shape::Text { .. })
}

/// What an item may cover: shapes may stand out of its box.
fn covered(item: &Item) -> Rect {
    let boxes = item.shapes.iter().map(|(_, shape)| shape.bounds().offset(item.rect.min));
    boxes.fold(item.rect, Rect::union).grow(8.0)
}
