//! `throughline export`: a map as a file of any format.
//!
//! All input is read and all output made before anything is written, so that a deck can be refreshed
//! in place and nothing is left half done. Not here: the options (see `export_args`).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use crate::export::deck::DeckOptions;
use crate::export::{
    self, Format, Output, PdfOptions, PngOptions, PptxOptions, Progress, Request, narrowed,
};
use crate::model::choice::ViewKind;
use crate::model::{Doc, Id, Kind, record};
use crate::scene::{EcosystemOptions, JourneyOptions, Theme};

use super::export_args::{ExportArgs, ThemeName, View};
use super::output::{self, Exit};
use super::{find, input};

pub(super) fn run(args: &ExportArgs) -> anyhow::Result<Exit> {
    let format = format_of(args)?;
    check_options(args, format)?;
    anyhow::ensure!(
        !is_same_file(&args.file, &args.output),
        "{} is the map itself; nothing was written. Name another file",
        args.output.display()
    );
    let loaded = input::load_map(&args.file)?;
    let doc = &loaded.doc;
    let segment = args.segment.as_deref().map(|it| named(doc, it, Kind::Segment)).transpose()?;
    let stage = args.stage.as_deref().map(|it| named(doc, it, Kind::Stage)).transpose()?;
    let is_picture = matches!(format, Format::Svg | Format::Png | Format::Pdf | Format::Html);
    input::say_errors(&args.file, &loaded, if is_picture { "drawn" } else { "exported" });

    let output = output_of(args, format, doc, segment.clone(), stage.clone())?;
    let doc = match stage {
        // A deck leaves slides out, not records: its notes and traces know the whole map.
        Some(stage) if format != Format::Pptx => narrowed(doc, &BTreeSet::from([stage]), None),
        _ => doc.clone(),
    };
    let view = match args.view.unwrap_or(View::Journey) {
        View::Journey => {
            export::View::Journey(JourneyOptions { segment, ..JourneyOptions::default() })
        }
        View::Ecosystem => {
            export::View::Ecosystem(EcosystemOptions { segment, ..EcosystemOptions::default() })
        }
    };
    let theme = match args.theme.unwrap_or(ThemeName::Light) {
        ThemeName::Light => Theme::light(),
        ThemeName::Dark => Theme::dark(),
    };
    let bytes = export::make(&Request { doc, view, theme, output }, &Progress::default())?;
    if output::is_dash(&args.output) {
        output::say(&bytes)?;
    } else {
        export::write_atomically(&args.output, &bytes)?;
    }
    Ok(Exit::Clean)
}

/// The format asked for, or that of the file's name.
fn format_of(args: &ExportArgs) -> anyhow::Result<Format> {
    let ending = args.output.extension().and_then(|it| Format::of_ending(&it.to_string_lossy()));
    args.format.or(ending).with_context(|| {
        let all: Vec<String> = Format::ALL.iter().map(|it| dotted(*it)).collect();
        format!(
            "{} does not say which format; nothing was written. Let the name end in one of {}, or \
             say --format",
            args.output.display(),
            all.join(" ")
        )
    })
}

fn dotted(format: Format) -> String {
    format!(".{}", format.ending())
}

/// Refuses what the format has no use for: an option that does nothing would only mislead.
fn check_options(args: &ExportArgs, format: Format) -> anyhow::Result<()> {
    for (option, formats) in args.given() {
        let all: Vec<String> = formats.iter().map(|it| dotted(*it)).collect();
        anyhow::ensure!(
            formats.contains(&format),
            "{option} is for {}; it means nothing to {}. Nothing was written",
            all.join(", "),
            dotted(format)
        );
    }
    Ok(())
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    !output::is_dash(a) && whole(a).is_some_and(|a| whole(b) == Some(a))
}

/// The format with its options.
fn output_of(
    args: &ExportArgs,
    format: Format,
    doc: &Doc,
    segment: Option<Id>,
    stage: Option<Id>,
) -> anyhow::Result<Output> {
    Ok(match format {
        Format::Pptx => {
            let mut deck = DeckOptions::of(doc);
            deck.segment = segment.or(deck.segment);
            deck.stage = stage;
            deck.size = args.slides.unwrap_or(deck.size);
            let bytes = |path: &Option<std::path::PathBuf>| path.as_deref().map(read).transpose();
            let options = PptxOptions {
                exact_lines: args.exact_lines || remembers_exact_lines(doc),
                template: bytes(&args.template)?,
                refresh: bytes(&args.refresh)?,
            };
            Output::Pptx(deck, options)
        }
        Format::Pdf => {
            Output::Pdf(PdfOptions { paper: args.paper.unwrap_or_default(), tiles: args.tiles })
        }
        Format::Png => {
            let usual = PngOptions::default();
            Output::Png(PngOptions {
                scale: args.scale.unwrap_or(usual.scale),
                width: args.width,
                height: args.height,
                transparent: args.transparent,
                ..usual
            })
        }
        Format::Svg => Output::Svg,
        Format::Html => Output::Html,
        Format::Xlsx => Output::Xlsx,
        Format::Csv => Output::Csv(args.table.unwrap_or_default()),
        Format::Markdown => Output::Markdown,
        Format::Mermaid => Output::Mermaid,
        Format::Dot => Output::Dot,
        Format::GraphMl => Output::GraphMl,
    })
}

/// Whether the map's own view of slides asks for line breaks as on screen.
fn remembers_exact_lines(doc: &Doc) -> bool {
    let mut views = doc.all::<record::View>().filter(|(_, it)| it.kind == ViewKind::Deck);
    views.next().and_then(|(_, it)| it.deck.as_ref()).is_some_and(|it| it.exact_lines)
}

/// A presentation's bytes.
fn read(path: &Path) -> anyhow::Result<Arc<[u8]>> {
    let bytes = std::fs::read(path)
        .with_context(|| format!("{} cannot be read; nothing was written", path.display()))?;
    Ok(bytes.into())
}

/// The record of this kind with this id or name; where there is none, the error says which there are.
fn named(doc: &Doc, text: &str, kind: Kind) -> anyhow::Result<Id> {
    find::record(doc, text, &[kind]).map_err(|error| {
        let known: Vec<&str> = doc
            .iter()
            .filter(|(_, record)| record.kind() == kind)
            .map(|(id, _)| id.as_str())
            .collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        anyhow::anyhow!("{error}. Nothing was written. The map's {}: {known}", kind.plural())
    })
}
