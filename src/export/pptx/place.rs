//! Which parts of a package a slide is written to: new ones, or those of the slide that it
//! replaces.

use super::opc::Package;

/// The names of a slide's parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Such as `ppt/slides/slide1.xml`.
    pub slide: String,
    /// Such as `ppt/notesSlides/notesSlide1.xml`; not written where a slide has no notes.
    pub notes: String,
    /// Such as `ppt/tags/tag1.xml`.
    pub tags: String,
}

/// Where new slides go, in order: numbers that nothing in the package has.
#[derive(Debug)]
pub struct Places([(&'static str, usize); 3]);

impl Places {
    pub fn of(package: &Package) -> Self {
        let mut last =
            [("ppt/slides/slide", 0), ("ppt/notesSlides/notesSlide", 0), ("ppt/tags/tag", 0)];
        for name in package.names() {
            for (stem, last) in &mut last {
                let head = name.get(..stem.len());
                let number = head
                    .filter(|it| it.eq_ignore_ascii_case(stem))
                    .and_then(|_| name[stem.len()..].strip_suffix(".xml")?.parse::<u32>().ok());
                *last = (*last).max(number.unwrap_or(0) as usize);
            }
        }
        Self(last)
    }
}

impl Iterator for Places {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        let [slide, notes, tags] = self.0.each_mut().map(|(stem, last)| {
            *last += 1;
            format!("{stem}{last}.xml")
        });
        Some(Place { slide, notes, tags })
    }
}
