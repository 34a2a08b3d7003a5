//! What the window remembers: its size, the theme, the panels, recent files.
//!
//! Kept as RON in the system's folder for settings; `THROUGHLINE_CONFIG_DIR` names another one.
//! A file that cannot be read is set aside as `.bak` and the defaults are used: settings are
//! never a reason not to start. Nothing of a map is kept here.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::export::Exports;
use super::shown::Shown;

/// How many recent files are remembered.
const RECENT: usize = 12;
/// The name of the file.
const FILE: &str = "settings.ron";

/// Which theme to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ThemeChoice {
    Light,
    Dark,
    /// As the system says.
    #[default]
    System,
}

/// Where the window stood, in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// The top left corner on the screen, where the system tells.
    pub at: Option<(f32, f32)>,
    pub width: f32,
    pub height: f32,
    pub maximized: bool,
}

/// Everything that is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub window: Option<WindowPlace>,
    pub theme: ThemeChoice,
    /// The view of a map that is shown first.
    pub shown: Shown,
    pub outline: bool,
    pub inspector: bool,
    pub findings: bool,
    /// The hubs and orphans, where the findings are not.
    pub hubs: bool,
    /// In points; `None` follows the window's width.
    pub outline_width: Option<f32>,
    pub inspector_width: Option<f32>,
    pub findings_height: Option<f32>,
    pub answer_height: Option<f32>,
    /// How large the interface is drawn, 0.7 to 2.
    pub scale: f32,
    /// The map that was open last; opened again at the next start.
    pub last: Option<PathBuf>,
    /// The latest first.
    pub recent: Vec<PathBuf>,
    /// Where the last file was opened or saved.
    pub folder: Option<PathBuf>,
    /// Ask for paths inside the window, also where the system has file dialogs: for systems whose
    /// dialogs do not work.
    pub own_file_dialogs: bool,
    /// How files were exported last.
    pub exports: Exports,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            window: None,
            theme: ThemeChoice::System,
            shown: Shown::default(),
            outline: true,
            inspector: true,
            findings: false,
            hubs: false,
            outline_width: None,
            inspector_width: None,
            findings_height: None,
            answer_height: None,
            scale: 1.0,
            last: None,
            recent: Vec::new(),
            folder: None,
            own_file_dialogs: false,
            exports: Exports::default(),
        }
    }
}

impl Settings {
    /// Remembers a file that was opened or saved.
    pub fn used(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|p| *p != path);
        self.recent.insert(0, path.clone());
        self.recent.truncate(RECENT);
        self.folder = path.parent().map(Path::to_owned);
        self.last = Some(path);
    }

    /// Makes the interface larger or smaller by a tenth; stays between 0.7 and 2.
    pub fn scale_by(&mut self, tenths: i8) {
        let scaled = (self.scale * 10.0).round() + f32::from(tenths);
        self.scale = (scaled / 10.0).clamp(0.7, 2.0);
    }

    fn made_sane(mut self) -> Self {
        self.scale = if self.scale.is_finite() { self.scale.clamp(0.7, 2.0) } else { 1.0 };
        let sane = |v: &f32| v.is_finite() && *v >= 1.0;
        self.outline_width = self.outline_width.filter(sane);
        self.inspector_width = self.inspector_width.filter(sane);
        self.findings_height = self.findings_height.filter(sane);
        self.answer_height = self.answer_height.filter(sane);
        self.exports = self.exports.made_sane();
        self.window = self.window.filter(|w| sane(&w.width) && sane(&w.height));
        self
    }
}

/// The settings and the file that they live in.
#[derive(Debug, Default)]
pub struct Store {
    pub now: Settings,
    saved: Settings,
    path: Option<PathBuf>,
}

impl Store {
    /// Reads the settings from their place, or starts with the defaults.
    pub fn open() -> Self {
        let named = std::env::var_os("THROUGHLINE_CONFIG_DIR").map(PathBuf::from);
        let folder = named.or_else(|| {
            directories::ProjectDirs::from("", "", "throughline")
                .map(|dirs| dirs.config_dir().to_owned())
        });
        folder.map_or_else(Self::default, |folder| Self::open_in(&folder))
    }

    /// Reads the settings from a folder, or starts with the defaults.
    pub fn open_in(folder: &Path) -> Self {
        let path = folder.join(FILE);
        let mut now = Settings::default();
        if let Ok(text) = std::fs::read_to_string(&path) {
            match ron::from_str::<Settings>(&text) {
                Ok(read) => now = read.made_sane(),
                // Kept for whoever wants to see what was in it; if that fails too, the file is
                // overwritten at the next change, which costs nothing but preferences.
                Err(_) => drop(std::fs::rename(&path, path.with_extension("ron.bak"))),
            }
        }
        Self { saved: now.clone(), now, path: Some(path) }
    }

    /// Writes the settings if they changed. A failure is not reported: the window works without.
    pub fn save(&mut self) {
        if self.now == self.saved {
            return;
        }
        self.saved = self.now.clone();
        if let Some(path) = &self.path {
            let _ = write(path, &self.now);
        }
    }
}

fn write(path: &Path, settings: &Settings) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let text = ron::ser::to_string_pretty(settings, ron::ser::PrettyConfig::default())
        .map_err(std::io::Error::other)?;
    crate::disk::replace(path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open_in(folder.path());
        store.now.theme = ThemeChoice::Dark;
        store.now.used(Path::new("/maps/a.ron"));
        store.now.used(Path::new("/maps/b.ron"));
        store.now.used(Path::new("/maps/a.ron"));
        store.save();
        let again = Store::open_in(folder.path());
        assert_eq!(again.now, store.now);
        let names: Vec<_> = again.now.recent.iter().map(|p| p.file_name().unwrap()).collect();
        assert_eq!(names, ["a.ron", "b.ron"]);
    }

    #[test]
    fn a_broken_file_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "(theme: Purple").unwrap();
        let store = Store::open_in(folder.path());
        assert_eq!(store.now, Settings::default());
        let kept = std::fs::read_to_string(folder.path().join("settings.ron.bak")).unwrap();
        assert_eq!(kept, "(theme: Purple");
    }

    #[test]
    fn values_out_of_range_are_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "(scale: 90.0, outline_width: Some(-3.0))")
            .unwrap();
        let store = Store::open_in(folder.path());
        assert_eq!(store.now.scale, 2.0);
        assert_eq!(store.now.outline_width, None);
    }

    #[test]
    fn the_scale_goes_in_tenths_and_stops() {
        let mut settings = Settings::default();
        settings.scale_by(1);
        assert!((settings.scale - 1.1).abs() < 1e-6);
        for _ in 0..40 {
            settings.scale_by(1);
        }
        assert_eq!(settings.scale, 2.0);
    }
}
