//! `[Content_Types].xml`: what each part is, by its file name's ending or by an entry of its own
//! (ECMA-376 part 2, 7.2.3).
//!
//! Reads it as it stands and writes back only what was added or taken out.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::key;
use crate::export::pptx::xml::{Edits, Ns, Tree, escape};

/// Where they are kept.
pub(super) const NAME: &str = "[Content_Types].xml";

#[derive(Debug, Clone, Default)]
pub(super) struct Types {
    source: Option<String>,
    /// By the ending in lower case.
    defaults: FxHashMap<String, String>,
    /// By the part's key.
    overrides: FxHashMap<String, Override>,
    removed: Vec<Range<usize>>,
    /// New elements, in the order in which they were asked for: a default's ending or a part's key.
    added: Vec<Added>,
}

#[derive(Debug, Clone)]
struct Override {
    content_type: String,
    /// In the source, where it was there.
    place: Option<Range<usize>>,
}

#[derive(Debug, Clone)]
enum Added {
    Default(String),
    Override { name: String, key: String },
}

impl Types {
    pub(super) fn parse(source: String) -> Result<Self, String> {
        let tree = Tree::parse(&source)?;
        let mut types = Self::default();
        for node in tree.children(tree.root()) {
            let value = |name| tree.attribute(node, Ns::None, name);
            let Some(content_type) = value("ContentType").map(str::to_owned) else { continue };
            let place = Some(tree.span(node));
            if let Some(name) = value("PartName") {
                types.overrides.insert(key(name), Override { content_type, place });
            } else if let Some(ending) = value("Extension") {
                types.defaults.insert(ending.to_ascii_lowercase(), content_type);
            }
        }
        types.source = Some(source);
        Ok(types)
    }

    pub(super) fn of(&self, key: &str) -> Option<&str> {
        let own = self.overrides.get(key).map(|it| it.content_type.as_str());
        own.or_else(|| {
            let file = key.rsplit('/').next()?;
            self.defaults.get(file.rsplit_once('.')?.1).map(String::as_str)
        })
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Some(gone) = self.overrides.remove(key) {
            self.removed.extend(gone.place);
            self.added.retain(|it| !matches!(it, Added::Override { key: it, .. } if it == key));
        }
    }

    pub(super) fn set(&mut self, name: &str, key: &str, content_type: &str) {
        self.remove(key);
        if self.of(key) == Some(content_type) {
            return;
        }
        let content_type = content_type.to_owned();
        self.overrides.insert(key.to_owned(), Override { content_type, place: None });
        self.added.push(Added::Override { name: name.to_owned(), key: key.to_owned() });
    }

    pub(super) fn set_default(&mut self, ending: &str, content_type: &str) {
        let ending = ending.to_ascii_lowercase();
        if !self.defaults.contains_key(&ending) {
            self.defaults.insert(ending.clone(), content_type.to_owned());
            self.added.push(Added::Default(ending));
        }
    }

    pub(super) fn to_xml(&self) -> String {
        let empty = || {
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>"
                .to_owned()
        };
        let source = self.source.clone().unwrap_or_else(empty);
        let Ok(tree) = Tree::parse(&source) else { return source };
        let mut edits = Edits::default();
        for place in &self.removed {
            edits.delete(place.clone());
        }
        let prefix = tree.prefix(tree.root());
        let (mut defaults, mut overrides) = (String::new(), String::new());
        for added in &self.added {
            match added {
                Added::Default(ending) => defaults.push_str(&format!(
                    "<{prefix}Default Extension=\"{}\" ContentType=\"{}\"/>",
                    escape(ending),
                    escape(&self.defaults[ending])
                )),
                Added::Override { name, key } => overrides.push_str(&format!(
                    "<{prefix}Override PartName=\"/{}\" ContentType=\"{}\"/>",
                    escape(name),
                    escape(&self.overrides[key].content_type)
                )),
            }
        }
        if !defaults.is_empty() || !overrides.is_empty() {
            tree.append(tree.root(), &format!("{defaults}{overrides}"), &mut edits);
        }
        edits.apply(&source)
    }
}
