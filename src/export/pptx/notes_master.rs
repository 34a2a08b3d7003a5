//! The notes master: what notes pages look like when they are printed (ECMA-376 part 1, 19.3.1.27
//! `notesMaster`). A package whose slides have notes must have one; many templates have none.

use super::opc::{Package, damaged, kind, parse};
use super::presentation::main_part;
use super::xml::{A, Edits, Ns, P, R};
use crate::export::ExportError;

const CONTENT_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml";
const THEME_TYPE: &str = "application/vnd.openxmlformats-officedocument.theme+xml";
/// Its two placeholders, in EMU: the slide above, the notes below.
const HOLDERS: [(&str, &str, &str, [i64; 4]); 2] = [
    (
        "2",
        "Slide Image Placeholder 1",
        "<p:ph type=\"sldImg\" idx=\"2\"/>",
        [685_800, 1_143_000, 5_486_400, 3_086_100],
    ),
    (
        "3",
        "Notes Placeholder 2",
        "<p:ph type=\"body\" sz=\"quarter\" idx=\"3\"/>",
        [685_800, 4_400_550, 5_486_400, 3_600_450],
    ),
];

/// The part of the package's notes master; one is added where it has none, with the theme of
/// `master`, the first slide master.
///
/// # Errors
/// [`ExportError::Presentation`] if the package lacks what it must have.
pub fn ensure(package: &mut Package, master: &str) -> Result<String, ExportError> {
    let main = main_part(package)?;
    let mut rels = package.rels(&main)?;
    let text = package.text(&main)?;
    let tree = parse(&main, &text)?;
    let root = tree.root();
    let listed = tree.path(root, &[(Ns::P, "notesMasterIdLst"), (Ns::P, "notesMasterId")]);
    let rel = match listed.and_then(|node| tree.attribute(node, Ns::R, "id")) {
        Some(id) => rels.by_id(id),
        None => rels.first(kind::NOTES_MASTER),
    };
    if let Some(part) = rel.and_then(|rel| package.name(&rel.target)) {
        return Ok(part.to_owned());
    }

    let theme = package.rels(master)?.first(kind::THEME).map(|rel| rel.target.clone());
    let theme = theme.ok_or_else(|| damaged(master, "it has no theme"))?;
    let bytes = package.get(&theme).ok_or_else(|| damaged(&theme, "it is missing"))?.to_vec();
    // A notes master has a theme part of its own; what the first refers to, the copy does too.
    let copy = package.free_name("ppt/theme/theme", ".xml");
    package.add(&copy, THEME_TYPE, bytes);
    for rel in package.rels(&theme)?.iter() {
        let mut rels = package.rels(&copy)?;
        rels.copy(rel);
        package.set_rels(&rels);
    }
    let part = package.free_name("ppt/notesMasters/notesMaster", ".xml");
    package.add(&part, CONTENT_TYPE, xml());
    package.relate(&part, kind::THEME, &copy)?;

    let id = rels.add(kind::NOTES_MASTER, &part);
    let prefix = tree.prefix(root);
    let r = tree.prefix_of(root, R);
    let (declare, r) = r.map_or((format!(" xmlns:r=\"{R}\""), "r"), |r| (String::new(), r));
    let list = format!(
        "<{prefix}notesMasterIdLst><{prefix}notesMasterId{declare} {r}:id=\"{id}\"/>\
         </{prefix}notesMasterIdLst>"
    );
    let mut edits = Edits::default();
    if let Some(dangling) = tree.child(root, Ns::P, "notesMasterIdLst") {
        edits.replace(tree.span(dangling), list);
    } else {
        let masters = tree.child(root, Ns::P, "sldMasterIdLst");
        let masters = masters.ok_or_else(|| damaged(&main, "it names no slide master"))?;
        let at = tree.span(masters).end;
        edits.replace(at..at, list);
    }
    let changed = edits.apply(&text);
    package.set(&main, changed);
    package.set_rels(&rels);
    Ok(part)
}

fn xml() -> String {
    let mut shapes = String::new();
    for (id, name, ph, [x, y, cx, cy]) in HOLDERS {
        let picture = ph.contains("sldImg");
        let (locks, rest) = match picture {
            true => (
                "<a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/>",
                "<a:noFill/><a:ln w=\"12700\"><a:solidFill><a:prstClr val=\"black\"/></a:solidFill></a:ln></p:spPr></p:sp>",
            ),
            false => (
                "<a:spLocks noGrp=\"1\"/>",
                "</p:spPr><p:txBody><a:bodyPr vert=\"horz\" lIns=\"91440\" tIns=\"45720\" rIns=\"91440\" bIns=\"45720\" rtlCol=\"0\"/><a:lstStyle/><a:p><a:pPr lvl=\"0\"/><a:endParaRPr lang=\"en-GB\"/></a:p></p:txBody></p:sp>",
            ),
        };
        shapes.push_str(&format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr>{locks}</p:cNvSpPr>\
             <p:nvPr>{ph}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/>\
             <a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom>{rest}"
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <p:notesMaster xmlns:a=\"{A}\" xmlns:r=\"{R}\" xmlns:p=\"{P}\"><p:cSld><p:bg>\
         <p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg><p:spTree><p:nvGrpSpPr>\
         <p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>\
         <a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/>\
         <a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree></p:cSld>\
         <p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
         accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" \
         accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/><p:notesStyle><a:lvl1pPr \
         marL=\"0\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" latinLnBrk=\"0\" \
         hangingPunct=\"1\"><a:defRPr sz=\"1200\" kern=\"1200\"><a:solidFill><a:schemeClr \
         val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/>\
         <a:cs typeface=\"+mn-cs\"/></a:defRPr></a:lvl1pPr></p:notesStyle></p:notesMaster>"
    )
}
