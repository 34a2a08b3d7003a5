//! A whole map as the bytes of a picture: laid out anew, with a text engine of its own, so that it
//! can be made on any thread.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::model::{Doc, Graph, Index};
use crate::scene::{
    EcosystemOptions, EcosystemScene, JourneyOptions, JourneyScene, Standing, Theme,
};
use crate::text::{SystemFonts, Text};

use super::{ExportError, PngOptions, SvgOptions, png, svg};

/// A picture's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Svg,
    Png,
}

impl Format {
    /// The file name's ending.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// What of a map is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    Journey(JourneyOptions),
    Ecosystem(EcosystemOptions),
    /// The ecosystem as it stands on a screen.
    Standing(EcosystemOptions, Standing),
}

/// A view of a map as a file's bytes. `pixels` is for PNG alone.
///
/// A bug anywhere on the way is an error, not the end of the program.
pub fn picture(
    doc: &Doc,
    view: View,
    theme: &Theme,
    format: Format,
    pixels: PngOptions,
) -> Result<Vec<u8>, ExportError> {
    let draw = || {
        let mut text = Text::new(SystemFonts::Use);
        let graph = Graph::of(doc);
        let (journey, ecosystem);
        let scene = match view {
            View::Journey(options) => {
                journey = JourneyScene::new(doc, &graph, &mut text, options);
                journey.scene()
            }
            View::Ecosystem(options) => {
                let index = Index::of(doc);
                ecosystem = EcosystemScene::new(doc, &index, &graph, &mut text, options);
                ecosystem.scene()
            }
            View::Standing(options, before) => {
                let index = Index::of(doc);
                ecosystem = EcosystemScene::standing(doc, &index, &mut text, options, before);
                ecosystem.scene()
            }
        };
        match format {
            Format::Svg => {
                let head = doc.head();
                let desc = head.scenario.clone().or_else(|| head.goal.clone()).unwrap_or_default();
                let options = SvgOptions { title: head.title.clone(), desc };
                Ok(svg(scene, theme, &text, &options).into_bytes())
            }
            Format::Png => png(scene, theme, &text, pixels),
        }
    };
    catch_unwind(AssertUnwindSafe(draw))
        .unwrap_or_else(|_| Err(ExportError::Drawing("a bug: please report this map".to_owned())))
}
