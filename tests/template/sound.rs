//! Whether a package holds together: read with nothing but a zip and an XML reader.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;

/// A package's parts by name.
pub type Contents = BTreeMap<String, Vec<u8>>;

pub fn unzip(bytes: &[u8]) -> Contents {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// Names of entries, in the order of the file.
pub fn names(bytes: &[u8]) -> Vec<String> {
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    zip.file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// The elements of a part: local names, and attributes with their prefixes.
pub fn elements(xml: &[u8]) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).unwrap());
    let mut all = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                let attributes = tag.attributes().map(|it| {
                    let it = it.unwrap();
                    let value = it.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                    (text(it.key.0), value.into_owned())
                });
                all.push((text(tag.local_name().as_ref()), attributes.collect()));
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// A relationship: its id, its type's last word, the part it leads to, or nothing if it leads out.
pub type Link = (String, String, Option<String>);

/// The relationships of a part.
pub fn links(parts: &Contents, owner: &str) -> Vec<Link> {
    let (folder, file) = owner.rsplit_once('/').unwrap_or(("", owner));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(xml) = parts.get(&format!("{folder}{slash}_rels/{file}.rels")) else {
        return Vec::new();
    };
    elements(xml)
        .into_iter()
        .filter(|(name, _)| name == "Relationship")
        .map(|(_, it)| {
            let target = it.get("TargetMode").is_none_or(|mode| mode != "External").then(|| {
                let target = &it["Target"];
                let whole = match target.strip_prefix('/') {
                    Some(rest) => rest.to_owned(),
                    None => format!("{folder}/{target}"),
                };
                let mut steps: Vec<&str> = Vec::new();
                for step in whole.split('/').filter(|step| !step.is_empty()) {
                    if step == ".." { steps.pop().map(drop).unwrap() } else { steps.push(step) }
                }
                let path = steps.join("/");
                let found = parts.keys().find(|name| name.eq_ignore_ascii_case(&path));
                found.unwrap_or_else(|| panic!("{owner}: {path} is missing")).clone()
            });
            let kind = it["Type"].rsplit('/').next().unwrap().to_owned();
            (it["Id"].clone(), kind, target)
        })
        .collect()
}

/// The slides of a presentation, in order: ids and parts.
pub fn slides(parts: &Contents) -> Vec<(u32, String)> {
    let links = links(parts, "ppt/presentation.xml");
    let all = elements(&parts["ppt/presentation.xml"]).into_iter();
    all.filter(|(name, it)| name == "sldId" && it.contains_key("r:id"))
        .map(|(_, it)| {
            let link = links.iter().find(|link| link.0 == it["r:id"]).expect("a relationship");
            assert_eq!(link.1, "slide");
            (it["id"].parse().unwrap(), link.2.clone().unwrap())
        })
        .collect()
}

/// Asserts that a presentation holds together.
pub fn assert_sound(bytes: &[u8], orphans: &[&str]) {
    assert_eq!(names(bytes)[0], "[Content_Types].xml");
    let parts = unzip(bytes);
    let lower: BTreeSet<String> = parts.keys().map(|it| it.to_ascii_lowercase()).collect();
    assert_eq!(lower.len(), parts.len(), "no part is there twice");

    let (mut defaults, mut overrides) = (BTreeSet::new(), BTreeSet::new());
    for (name, it) in elements(&parts["[Content_Types].xml"]) {
        match name.as_str() {
            "Default" => assert!(defaults.insert(it["Extension"].to_ascii_lowercase()), "{it:?}"),
            "Override" => {
                assert!(overrides.insert(it["PartName"].to_ascii_lowercase()), "twice: {it:?}");
            }
            _ => {}
        }
    }
    for part in &overrides {
        assert!(lower.contains(&part[1..]), "{part} has a type and is missing");
    }

    let mut reached = BTreeSet::from([String::new()]);
    let mut todo = vec![String::new()];
    while let Some(owner) = todo.pop() {
        let links = links(&parts, &owner);
        let ids: BTreeSet<&String> = links.iter().map(|link| &link.0).collect();
        assert_eq!(ids.len(), links.len(), "{owner}: ids of relationships are unique");
        if owner.ends_with(".xml") {
            for (name, attributes) in elements(&parts[&owner]) {
                for (key, value) in attributes {
                    assert!(
                        !key.starts_with("r:") || ids.contains(&value),
                        "{owner}: {name} names {value}, which is missing"
                    );
                }
            }
        }
        for target in links.into_iter().filter_map(|link| link.2) {
            if reached.insert(target.clone()) {
                todo.push(target);
            }
        }
    }
    for name in parts.keys().filter(|name| *name != "[Content_Types].xml") {
        let ending = name.rsplit('.').next().unwrap().to_ascii_lowercase();
        let typed = defaults.contains(&ending)
            || overrides.contains(&format!("/{name}").to_ascii_lowercase());
        assert!(typed, "{name} has no type");
        let known = reached.contains(name) || ending == "rels" || orphans.contains(&name.as_str());
        assert!(known, "nothing leads to {name}");
    }

    let slides = slides(&parts);
    let ids: BTreeSet<u32> = slides.iter().map(|it| it.0).collect();
    assert_eq!(ids.len(), slides.len(), "slides have ids of their own: {slides:?}");
    assert!(ids.iter().all(|id| (256..1 << 31).contains(id)), "{ids:?}");
    let of_kind = |kind: &str| {
        let links = links(&parts, "ppt/presentation.xml").into_iter();
        links.filter(|link| link.1 == kind).count()
    };
    assert_eq!(of_kind("slide"), slides.len(), "no slide is there and not shown");
    let sections: Vec<u32> = elements(&parts["ppt/presentation.xml"])
        .into_iter()
        .filter(|(name, it)| name == "sldId" && !it.contains_key("r:id"))
        .map(|(_, it)| it["id"].parse().unwrap())
        .collect();
    if !sections.is_empty() {
        let members: BTreeSet<u32> = sections.iter().copied().collect();
        assert_eq!(members, ids, "sections have all slides");
        assert_eq!(sections.len(), members.len(), "each in one section");
    }
}
