//! How files were exported last, kept with the window's settings: one set of choices a format.
//!
//! Written with the names that people read, so that a program that knows other formats reads the
//! rest. What a deck is made of is not here: the map remembers it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::export::{Format, Paper, PngOptions, TableKind};

/// The choices of last time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exports {
    #[serde(serialize_with = "write_format", deserialize_with = "read_format")]
    pub format: Format,
    /// The endings of formats that take the window's colours, not those for print.
    pub as_shown: BTreeSet<String>,
    #[serde(serialize_with = "write_paper", deserialize_with = "read_paper")]
    pub paper: Paper,
    /// The PDF is a wall of sheets.
    pub tiled: bool,
    #[serde(serialize_with = "write_paper", deserialize_with = "read_paper")]
    pub sheet: Paper,
    pub png: PngChoice,
    #[serde(serialize_with = "write_table", deserialize_with = "read_table")]
    pub table: TableKind,
    /// The deck whose master, layouts and colours slides take.
    pub template: Option<PathBuf>,
}

/// How large a PNG becomes, and on what ground.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PngChoice {
    /// By width, else by scale.
    pub by_width: bool,
    /// In pixels.
    pub width: u32,
    /// Pixels a map unit.
    pub scale: f32,
    pub transparent: bool,
}

impl Default for PngChoice {
    fn default() -> Self {
        // The width of a 4K screen.
        let scale = PngOptions::default().scale;
        Self { by_width: false, width: 3_840, scale, transparent: false }
    }
}

impl PngChoice {
    /// The least and the largest scale that can be chosen.
    pub const SCALES: std::ops::RangeInclusive<f32> = 0.1..=16.0;

    /// The same for the exporter.
    pub fn options(self) -> PngOptions {
        PngOptions {
            scale: self.scale,
            width: self.by_width.then_some(self.width),
            transparent: self.transparent,
            ..PngOptions::default()
        }
    }
}

impl Default for Exports {
    fn default() -> Self {
        Self {
            format: Format::Pdf,
            as_shown: BTreeSet::new(),
            paper: Paper::default(),
            tiled: false,
            sheet: Paper::A4,
            png: PngChoice::default(),
            table: TableKind::default(),
            template: None,
        }
    }
}

impl Exports {
    /// Whether files of a format take the window's colours.
    pub fn is_as_shown(&self, format: Format) -> bool {
        self.as_shown.contains(format.ending())
    }

    /// Chooses the colours of a format.
    pub fn set_as_shown(&mut self, format: Format, on: bool) {
        if on {
            self.as_shown.insert(format.ending().to_owned());
        } else {
            self.as_shown.remove(format.ending());
        }
    }

    /// What is out of range is as usual.
    pub fn made_sane(mut self) -> Self {
        let usual = PngChoice::default();
        if !PngChoice::SCALES.contains(&self.png.scale) {
            self.png.scale = usual.scale;
        }
        if !(1..=PngOptions::default().max_px).contains(&self.png.width) {
            self.png.width = usual.width;
        }
        if !Paper::SHEETS.contains(&self.sheet) {
            self.sheet = Paper::A4;
        }
        self
    }
}

// An unknown name is read as the usual: it was written by a newer program, or by hand.

fn write_format<S: Serializer>(it: &Format, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(it.ending())
}

fn read_format<'de, D: Deserializer<'de>>(d: D) -> Result<Format, D::Error> {
    Ok(Format::of_ending(&String::deserialize(d)?).unwrap_or(Format::Pdf))
}

fn write_paper<S: Serializer>(it: &Paper, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(if *it == Paper::Fit { "fit" } else { it.label() })
}

fn read_paper<'de, D: Deserializer<'de>>(d: D) -> Result<Paper, D::Error> {
    Ok(Paper::of_name(&String::deserialize(d)?).unwrap_or_default())
}

fn write_table<S: Serializer>(it: &TableKind, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(it.label())
}

fn read_table<'de, D: Deserializer<'de>>(d: D) -> Result<TableKind, D::Error> {
    let name = String::deserialize(d)?;
    Ok(TableKind::ALL.into_iter().find(|it| it.label() == name).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_choices_come_back_from_a_file() {
        for (format, paper, table) in [
            (Format::Pptx, Paper::Fit, TableKind::Steps),
            (Format::GraphMl, Paper::A0, TableKind::Segments),
        ] {
            let mut exports = Exports { format, paper, table, ..Exports::default() };
            exports.set_as_shown(Format::Svg, true);
            exports.png.by_width = true;
            let text = ron::to_string(&exports).unwrap();
            assert_eq!(ron::from_str::<Exports>(&text).unwrap(), exports, "{text}");
        }
    }

    #[test]
    fn what_is_not_known_or_out_of_range_is_as_usual() {
        let text = "(format: \"hologram\", paper: \"A17\", png: (scale: -3.0, width: 0))";
        let read = ron::from_str::<Exports>(text).unwrap().made_sane();
        assert_eq!(read, Exports::default());
    }
}
