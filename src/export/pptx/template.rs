//! A company's template, emptied: its masters, layouts, theme, fonts and all else as they were, its
//! sample slides gone, ready for ours.
//!
//! Not here: what a layout offers (see [`super::rooms`]), and decks whose slides stay (see
//! [`super::refresh`]).

use rustc_hash::FxHashSet;

use super::layouts::Layouts;
use super::notes_master;
use super::opc::{Package, damaged, kind, parse, refuse};
use super::presentation::{arrange, main_part};
use super::rooms::{Page, size};
use super::sweep::{cut_links, reached, sweep};
use super::xml::{Edits, Ns, P, Tree};
use crate::export::ExportError;
use crate::export::deck::Frame;

/// A package that slides can be added to.
#[derive(Debug, Clone)]
pub struct Template {
    pub package: Package,
    pub layouts: Layouts,
    pub frame: Frame,
}

/// The content type of a presentation without macros, as which everything is written.
const PRESENTATION: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

/// Opens a .pptx, .potx or .ppsx, and drops its slides. Of a .pptm or .potm the macros are dropped
/// too, since a .pptx must not have any.
///
/// # Errors
/// [`ExportError::Presentation`], which speaks of "the template".
pub fn open(bytes: &[u8]) -> Result<Template, ExportError> {
    emptied(bytes).map_err(|error| called(error, "The template"))
}

/// The error, about that file.
pub(super) fn called(error: ExportError, file: &'static str) -> ExportError {
    match error {
        ExportError::Presentation { why, advice, .. } => {
            ExportError::Presentation { file, why, advice }
        }
        other => other,
    }
}

fn emptied(bytes: &[u8]) -> Result<Template, ExportError> {
    let mut package = Package::read(bytes)?;
    let main = presentation(&package)?;
    let before = reached(&package, |_| true)?;
    unsign(&mut package)?;
    if becomes_presentation(&mut package, &main)? {
        drop_macros(&mut package, &main)?;
    }
    drop_slides(&mut package, &main)?;
    sweep(&mut package, &before)?;
    let masters = masters(&package, &main)?;
    let (layouts, frame) = choose(&mut package, &main, &masters)?;
    Ok(Template { package, layouts, frame })
}

/// The main part, of a package that is a presentation.
pub(super) fn presentation(package: &Package) -> Result<String, ExportError> {
    // ISO/IEC 29500 strict: other namespaces throughout.
    let strict = package.rels("")?.iter().any(|rel| rel.kind.starts_with("http://purl.oclc.org/"));
    if strict {
        return Err(refuse(
            "it is saved as Strict Open XML, which few programs read",
            "Open it in PowerPoint, save it as PowerPoint Presentation (.pptx), and choose that.",
        ));
    }
    let main = main_part(package)?;
    let kind = package.content_type(&main).unwrap_or_default();
    let is = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    let what = match () {
        () if is(&["presentationml.presentation", "presentationml.template", "slideshow"])
            || is(&["powerpoint.presentation.macro", "powerpoint.template.macro"]) =>
        {
            return Ok(main);
        }
        () if is(&["spreadsheetml", "ms-excel"]) => "it is a workbook (.xlsx)",
        () if is(&["wordprocessingml", "ms-word"]) => "it is a text document (.docx)",
        () if is(&["visio"]) => "it is a Visio drawing",
        () if is(&["ms-powerpoint.addin"]) => "it is an add-in of PowerPoint (.ppam)",
        () => "it is an Office file, but no presentation",
    };
    Err(refuse(what, "Choose a .pptx or .potx."))
}

/// Signatures are void once anything changes.
pub(super) fn unsign(package: &mut Package) -> Result<(), ExportError> {
    let mut rels = package.rels("")?;
    rels.remove(|rel| rel.kind == kind::SIGNATURES);
    package.set_rels(&rels);
    Ok(())
}

/// Makes the main part that of a .pptx. Whether it could have macros before.
pub(super) fn becomes_presentation(package: &mut Package, main: &str) -> Result<bool, ExportError> {
    let macros = package.content_type(main).is_some_and(|kind| kind.contains("macroEnabled"));
    package.set_content_type(main, PRESENTATION);
    Ok(macros || package.rels(main)?.first(kind::MACROS).is_some())
}

fn drop_macros(package: &mut Package, main: &str) -> Result<(), ExportError> {
    let mut rels = package.rels(main)?;
    rels.remove(|rel| rel.kind == kind::MACROS);
    package.set_rels(&rels);
    // Buttons that would call them.
    let mut rels = package.rels("")?;
    rels.remove(|rel| rel.kind.starts_with(kind::RIBBON) || rel.kind == kind::RIBBON_2007);
    package.set_rels(&rels);
    Ok(())
}

/// Takes all slides out of the presentation, and what speaks of them: custom shows, sections, the
/// range that is shown, links from masters.
fn drop_slides(package: &mut Package, main: &str) -> Result<(), ExportError> {
    let text = package.text(main)?;
    let tree = parse(main, &text)?;
    let mut edits = Edits::default();
    let root = tree.root();
    edits_of(&tree, root, &mut edits);
    let changed = (!edits.is_empty()).then(|| edits.apply(&text));
    if let Some(changed) = changed {
        package.set(main, changed);
    }
    arrange(package, &[])?;
    let mut rels = package.rels(main)?;
    rels.remove(|rel| rel.kind == kind::SLIDE);
    package.set_rels(&rels);
    show_all(package, main)?;
    let owners = reached(package, |rel| rel.kind != kind::SLIDE)?;
    cut_links(package, &owners, |_| true)
}

/// Custom shows (19.2.1.5) and sections go whole: a slide of ours is in none of them.
fn edits_of(tree: &Tree, root: super::xml::Node, edits: &mut Edits) {
    for shows in tree.each(root, Ns::P, "custShowLst") {
        edits.delete(tree.span(shows));
    }
    for list in tree.each(root, Ns::P, "extLst") {
        let all: Vec<_> = tree.children(list).collect();
        let sections: Vec<_> = all
            .iter()
            .copied()
            .filter(|ext| tree.child(*ext, Ns::P14, "sectionLst").is_some())
            .collect();
        if !all.is_empty() && sections.len() == all.len() {
            edits.delete(tree.span(list));
        } else {
            sections.iter().for_each(|ext| edits.delete(tree.span(*ext)));
        }
    }
}

/// A show of some slides (19.2.1.30 `showPr`: a range, a custom show) becomes one of all.
fn show_all(package: &mut Package, main: &str) -> Result<(), ExportError> {
    let rels = package.rels(main)?;
    let Some(name) = rels.first(kind::PRESENTATION_PROPERTIES).map(|rel| rel.target.clone()) else {
        return Ok(());
    };
    if !package.has(&name) {
        return Ok(());
    }
    let text = package.text(&name)?;
    let tree = parse(&name, &text)?;
    let mut edits = Edits::default();
    for node in tree.all() {
        if tree.is(node, Ns::P, "custShow") || tree.is(node, Ns::P, "sldRg") {
            edits.replace(tree.span(node), format!("<{}sldAll/>", tree.prefix(node)));
        }
    }
    let changed = (!edits.is_empty()).then(|| edits.apply(&text));
    if let Some(changed) = changed {
        package.set(&name, changed);
    }
    Ok(())
}

/// Adds what PowerPoint writes in every presentation and LibreOffice in none: view properties
/// (13.3.13), which say nothing here. Checkers warn of repairs without them.
fn ensure_view(package: &mut Package, main: &str) -> Result<(), ExportError> {
    if package.rels(main)?.first(kind::VIEW_PROPERTIES).is_none() {
        let part = package.free_name("ppt/viewProps", ".xml");
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<p:viewPr xmlns:p=\"{P}\"/>"
        );
        let kind = "application/vnd.openxmlformats-officedocument.presentationml.viewProps+xml";
        package.add(&part, kind, xml);
        package.relate(main, kind::VIEW_PROPERTIES, &part)?;
    }
    Ok(())
}

/// A master and its layouts, in the order in which PowerPoint shows them.
#[derive(Debug)]
pub(super) struct Master {
    part: String,
    page: Page,
    layouts: Vec<(String, Page)>,
}

/// The masters that the presentation lists.
pub(super) fn masters(package: &Package, main: &str) -> Result<Vec<Master>, ExportError> {
    let mut masters = Vec::new();
    for part in listed(package, main, ["sldMasterIdLst", "sldMasterId"], kind::MASTER)? {
        let page = page(package, &part)?;
        let layouts = listed(package, &part, ["sldLayoutIdLst", "sldLayoutId"], kind::LAYOUT)?
            .into_iter()
            .map(|layout| Ok((layout.clone(), self::page(package, &layout)?)))
            .collect::<Result<_, ExportError>>()?;
        masters.push(Master { part, page, layouts });
    }
    if masters.is_empty() {
        return Err(damaged(main, "it has no slide master"));
    }
    Ok(masters)
}

fn page(package: &Package, part: &str) -> Result<Page, ExportError> {
    let text = package.text(part)?;
    Ok(Page::of(&parse(part, &text)?))
}

/// The parts that a list of a part names, in its order, each once; without such a list, those that
/// it has relationships to.
fn listed(
    package: &Package,
    owner: &str,
    [list, item]: [&str; 2],
    kind: &str,
) -> Result<Vec<String>, ExportError> {
    let (text, rels) = (package.text(owner)?, package.rels(owner)?);
    let tree = parse(owner, &text)?;
    let mut parts: Vec<&str> = Vec::new();
    if let Some(list) = tree.child(tree.root(), Ns::P, list) {
        let ids = tree.each(list, Ns::P, item).filter_map(|it| tree.attribute(it, Ns::R, "id"));
        let named = ids.filter_map(|id| rels.by_id(id)).filter(|rel| rel.kind == kind);
        parts.extend(named.filter_map(|rel| package.name(&rel.target)));
    }
    if parts.is_empty() {
        parts.extend(rels.each(kind).filter_map(|rel| package.name(&rel.target)));
    }
    let mut seen = FxHashSet::default();
    parts.retain(|part| seen.insert(*part));
    Ok(parts.into_iter().map(str::to_owned).collect())
}

/// How well a layout serves slides with a title and our own drawing below it: the least is best.
fn for_drawing(page: &Page) -> u32 {
    let contents = page.holders.iter().filter(|it| it.is_content()).count() as u32;
    let opens = matches!(page.kind.as_str(), "title" | "secHead")
        || page.title().is_some_and(|it| it.kind == "ctrTitle");
    match page.kind.as_str() {
        "titleOnly" => 0,
        _ if page.title().is_none() => 1_000,
        _ if opens => 900,
        _ if contents == 0 => 1,
        "obj" => 2,
        _ => 2 + contents.min(800),
    }
}

/// How well a layout serves the cover.
fn for_cover(page: &Page) -> u32 {
    let centred = page.title().is_some_and(|it| it.kind == "ctrTitle");
    match page.kind.as_str() {
        _ if page.title().is_none() => 4,
        "title" => 0,
        _ if centred => 1,
        "secHead" => 2,
        _ if page.holders.iter().any(|it| it.kind == "subTitle") => 3,
        _ => 4,
    }
}

/// Which layouts our slides take, and what room these have: both of one master, the first that has
/// a layout with a title.
fn choose(
    package: &mut Package,
    main: &str,
    masters: &[Master],
) -> Result<(Layouts, Frame), ExportError> {
    let titled = |master: &&Master| master.layouts.iter().any(|(_, page)| page.title().is_some());
    let any = |master: &&Master| !master.layouts.is_empty();
    let master = masters.iter().find(titled).or_else(|| masters.iter().find(any));
    let master = master.ok_or_else(|| damaged(main, "no slide master has a layout"))?;
    let drawing = master.layouts.iter().min_by_key(|(_, page)| for_drawing(page));
    let Some(drawing) = drawing else { return Err(damaged(main, "no slide master has a layout")) };
    // Where nothing is made for covers, they look like the rest.
    let cover = master.layouts.iter().min_by_key(|(_, page)| for_cover(page));
    let cover = cover.filter(|(_, page)| for_cover(page) < 4).unwrap_or(drawing);
    settle(package, main, master, cover, drawing)
}

/// As [`choose`], but with the layouts that a deck's slides have already: its cover's and the
/// others'.
pub(super) fn choose_as(
    package: &mut Package,
    main: &str,
    masters: &[Master],
    [cover, drawing]: [Option<&str>; 2],
) -> Result<(Layouts, Frame), ExportError> {
    let of = |part: Option<&str>| {
        masters.iter().find_map(|master| {
            let layout = master.layouts.iter().find(|(name, _)| part == Some(name));
            layout.map(|layout| (master, layout))
        })
    };
    let (cover, drawing) = (of(cover), of(drawing));
    let Some((master, known)) = drawing.or(cover) else { return choose(package, main, masters) };
    let best = |rank: fn(&Page) -> u32| master.layouts.iter().min_by_key(|(_, page)| rank(page));
    let drawing = drawing.map(|it| it.1).or_else(|| best(for_drawing)).unwrap_or(known);
    let cover = cover.map(|it| it.1).or_else(|| best(for_cover)).unwrap_or(known);
    settle(package, main, master, cover, drawing)
}

/// The layouts' references and the frame.
fn settle(
    package: &mut Package,
    main: &str,
    master: &Master,
    cover: &(String, Page),
    drawing: &(String, Page),
) -> Result<(Layouts, Frame), ExportError> {
    let text = package.text(main)?;
    let size = size(&parse(main, &text)?);
    ensure_view(package, main)?;
    let frame = drawing.1.frame(&master.page, size);
    let layouts = Layouts {
        cover: cover.1.reference(&cover.0, &master.page, &cover.1.frame(&master.page, size)),
        title_only: drawing.1.reference(&drawing.0, &master.page, &frame),
        notes_master: notes_master::ensure(package, &master.part)?,
    };
    Ok((layouts, frame))
}
