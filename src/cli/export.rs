//! `throughline export`: a map as a picture.

use anyhow::Context as _;

use crate::export::{self, Format, Output, PngOptions, Progress, Request};
use crate::model::record::Segment;
use crate::model::{Doc, Id};
use crate::scene::{EcosystemOptions, JourneyOptions, Theme};

use super::args::{ExportArgs, ThemeName, View};
use super::input;
use super::output::{self, Exit};

pub(super) fn run(args: &ExportArgs) -> anyhow::Result<Exit> {
    let format = format_of(args)?;
    let loaded = input::load_map(&args.file)?;
    let segment = args.segment.as_deref().map(|id| segment(&loaded.doc, id)).transpose()?;
    input::say_errors(&args.file, &loaded, "drawn");

    let theme = match args.theme {
        ThemeName::Light => Theme::light(),
        ThemeName::Dark => Theme::dark(),
    };
    let usual = PngOptions::default();
    let pixels = PngOptions { scale: args.scale.unwrap_or(usual.scale), ..usual };
    let view = match args.view {
        View::Journey => export::View::Journey(JourneyOptions { segment }),
        View::Ecosystem => {
            export::View::Ecosystem(EcosystemOptions { segment, ..EcosystemOptions::default() })
        }
    };
    let output = if format == Format::Png { Output::Png(pixels) } else { Output::Svg };
    let request = Request { doc: loaded.doc.clone(), view, theme, output };
    let bytes = export::make(&request, &Progress::default())?;
    if output::is_dash(&args.output) {
        output::say(&bytes)?;
    } else {
        export::write_atomically(&args.output, &bytes)?;
    }
    Ok(Exit::Clean)
}

/// The format asked for, or that of the picture's name.
fn format_of(args: &ExportArgs) -> anyhow::Result<Format> {
    let ending = args.output.extension().map(|it| it.to_string_lossy().to_lowercase());
    let format = match (args.format, ending.as_deref()) {
        (Some(format), _) => format,
        (None, Some("svg")) => Format::Svg,
        (None, Some("png")) => Format::Png,
        (None, _) => anyhow::bail!(
            "{} is no .svg and no .png; nothing was drawn. Name the picture so, or say --format",
            args.output.display()
        ),
    };
    anyhow::ensure!(
        args.scale.is_none() || format == Format::Png,
        "--scale is for PNG; an SVG has no pixels. Nothing was drawn"
    );
    Ok(format)
}

/// The segment of this id; where there is none, the error says which there are.
fn segment(doc: &Doc, text: &str) -> anyhow::Result<Id> {
    let found = Id::new(text).ok().filter(|id| doc.get_as::<Segment>(id).is_some());
    found.with_context(|| {
        let known: Vec<&str> = doc.segments().iter().map(|(id, _)| id.as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        format!("no segment “{text}” in the map; nothing was drawn. Its segments: {known}")
    })
}
