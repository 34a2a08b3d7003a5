//! What can be said to `throughline export`, and which option is for which format.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};

use crate::export::{Format, Paper, TableKind};
use crate::model::choice::SlideSize;

/// Write a map as slides, a document, a picture, tables or text
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
  throughline export journey.ron -o journey.svg\n  \
  throughline export journey.ron -o journey.png --width 3840 --theme dark\n  \
  throughline export journey.ron -o families.pdf --segment families --paper a3\n  \
  throughline export journey.ron -o poster.pdf --paper a0 --tiles a4\n  \
  throughline export journey.ron -o ecosystem.html --view ecosystem\n  \
  throughline export journey.ron -o deck.pptx --template company.potx\n  \
  throughline export journey.ron -o deck.pptx --refresh deck.pptx\n  \
  throughline export journey.ron -o checkout.md --stage \"Check out\"\n  \
  throughline export journey.ron -o frictions.csv --table frictions\n  \
  throughline export - -o - --format dot < journey.ron | dot -Tsvg > graph.svg\n\n\
Formats: .svg .png (pictures), .pdf, .html (one interactive page), .pptx (slides), .xlsx (all\n\
tables), .csv (one table), .md (a report), .mmd (Mermaid), .dot (Graphviz), .graphml (Gephi, yEd).\n\
An option that means nothing to a format is refused. A file that exists is replaced, whole or not\n\
at all; where anything fails, nothing is written and the exit code is 2.")]
pub(super) struct ExportArgs {
    /// The map; - is standard input
    pub(super) file: PathBuf,
    /// What to write, its ending says the format; - is standard output
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: PathBuf,
    /// The format, where the name of OUT does not say it
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
    /// What is drawn: .svg .png .pdf .html, and which kind of Mermaid [default: journey]
    #[arg(long, value_enum)]
    pub(super) view: Option<View>,
    /// Show this segment alone (its id or name)
    #[arg(long, value_name = "SEGMENT")]
    pub(super) segment: Option<String>,
    /// Only this stage (its id or name), and what its steps rest on
    #[arg(long, value_name = "STAGE")]
    pub(super) stage: Option<String>,
    /// In which colours: .svg .png .pdf .html .pptx [default: light]
    #[arg(long, value_enum)]
    pub(super) theme: Option<ThemeName>,
    /// .png: pixels for each unit of the map [default: 2]
    #[arg(long, value_name = "N", conflicts_with_all = ["width", "height"])]
    pub(super) scale: Option<f32>,
    /// .png: as wide as this, in pixels
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) width: Option<u32>,
    /// .png: as high as this, in pixels; with --width, as large as fits into both
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) height: Option<u32>,
    /// .png: without a ground
    #[arg(long)]
    pub(super) transparent: bool,
    /// .pdf: fit it to this paper [default: fit, a page as large as the picture]
    #[arg(long, ignore_case = true, value_parser = papers(&Paper::ALL))]
    pub(super) paper: Option<Paper>,
    /// .pdf: in sheets of this paper, with overlap and cut marks, to be put together
    #[arg(long, ignore_case = true, value_name = "SHEET", value_parser = papers(&Paper::SHEETS))]
    pub(super) tiles: Option<Paper>,
    /// .pptx: with the master, layouts, colours and fonts of this .pptx or .potx
    #[arg(long, value_name = "DECK", conflicts_with = "refresh")]
    pub(super) template: Option<PathBuf>,
    /// .pptx: replace the slides that were made before in this deck and keep all others; OUT may be
    /// the same file
    #[arg(long, value_name = "DECK")]
    pub(super) refresh: Option<PathBuf>,
    /// .pptx: break lines where the screen does, and nowhere else
    #[arg(long)]
    pub(super) exact_lines: bool,
    /// .pptx: the shape of the slides [default: as the map says, else 16:9]
    #[arg(long, value_enum, conflicts_with_all = ["template", "refresh"])]
    pub(super) slides: Option<SlideSize>,
    /// .csv: which table [default: steps]
    #[arg(long, value_enum)]
    pub(super) table: Option<TableKind>,
}

impl ExportArgs {
    /// The options that were given and that only some formats take: name and formats.
    pub(super) fn given(&self) -> Vec<(&'static str, &'static [Format])> {
        use Format::{Csv, Html, Mermaid, Pdf, Png, Pptx, Svg};
        const PICTURES: &[Format] = &[Svg, Png, Pdf, Html, Mermaid];
        const COLOURED: &[Format] = &[Svg, Png, Pdf, Html, Pptx];
        let all: [(bool, &'static str, &'static [Format]); 13] = [
            (self.view.is_some(), "--view", PICTURES),
            (self.theme.is_some(), "--theme", COLOURED),
            (self.scale.is_some(), "--scale", &[Png]),
            (self.width.is_some(), "--width", &[Png]),
            (self.height.is_some(), "--height", &[Png]),
            (self.transparent, "--transparent", &[Png]),
            (self.paper.is_some(), "--paper", &[Pdf]),
            (self.tiles.is_some(), "--tiles", &[Pdf]),
            (self.template.is_some(), "--template", &[Pptx]),
            (self.refresh.is_some(), "--refresh", &[Pptx]),
            (self.exact_lines, "--exact-lines", &[Pptx]),
            (self.slides.is_some(), "--slides", &[Pptx]),
            (self.table.is_some(), "--table", &[Csv]),
        ];
        all.into_iter().filter(|it| it.0).map(|(_, name, formats)| (name, formats)).collect()
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.ending()))
    }
}

impl ValueEnum for TableKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    /// As the section of a map's file is called.
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.kind().section()))
    }
}

impl ValueEnum for SlideSize {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.label()))
    }
}

/// The papers of a list by name.
fn papers(list: &'static [Paper]) -> impl clap::builder::TypedValueParser<Value = Paper> {
    let name = |paper: &Paper| match paper {
        Paper::Fit => "fit",
        Paper::A4 => "a4",
        Paper::A3 => "a3",
        Paper::A2 => "a2",
        Paper::A1 => "a1",
        Paper::A0 => "a0",
        Paper::Letter => "letter",
    };
    let names = list.iter().map(name);
    PossibleValuesParser::new(names).map(|name| Paper::of_name(&name).unwrap_or_default())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum View {
    /// What the customer goes through
    Journey,
    /// What each step rests on, in bands
    Ecosystem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ThemeName {
    Light,
    Dark,
}
