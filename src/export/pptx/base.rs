//! Our own presentation without slides: theme, master, two layouts, notes master and what else a
//! package must have (ECMA-376 part 1, 13.3).
//!
//! Colours stand in the theme's slots and fonts are the theme's, so that a slide follows whichever
//! theme it is pasted into. Arial has the metrics of Arimo, which lines are set in.

use crate::export::ExportError;
use crate::export::deck::Frame;
use crate::geom::{Rect, rect};
use crate::scene::{Rgba, Theme};

use super::layouts::{Holder, LayoutRef, Layouts};
use super::notes_master;
use super::opc::{Package, kind};
use super::pen::Box2;
use super::slides::{NAMESPACES, PROLOGUE, TREE};
use super::text::{attribute, hundredths};

const MAIN: &str = "ppt/presentation.xml";
const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
const THEME: &str = "ppt/theme/theme1.xml";
const COVER: &str = "ppt/slideLayouts/slideLayout1.xml";
const TITLE_ONLY: &str = "ppt/slideLayouts/slideLayout2.xml";

const PML: &str = "application/vnd.openxmlformats-officedocument.presentationml.";

/// A package without slides for a map of that title, and what its layouts offer.
///
/// # Errors
/// None that can come up: what is read again was written here.
pub(super) fn package(
    title: &str,
    frame: &Frame,
    theme: &Theme,
) -> Result<(Package, Layouts), ExportError> {
    let mut package = Package::new();
    package.default_type("rels", "application/vnd.openxmlformats-package.relationships+xml");
    package.default_type("xml", "application/xml");
    let pml = |last: &str| format!("{PML}{last}+xml");
    package.add(MAIN, &pml("presentation.main"), presentation(frame));
    package.relate("", kind::DOCUMENT, MAIN)?;
    package.add(MASTER, &pml("slideMaster"), master(frame));
    package.relate(MAIN, kind::MASTER, MASTER)?;
    package.add(THEME, "application/vnd.openxmlformats-officedocument.theme+xml", theme_xml(theme));
    let rooms = Rooms::of(frame);
    package.add(COVER, &pml("slideLayout"), cover(frame, &rooms));
    package.add(TITLE_ONLY, &pml("slideLayout"), title_only());
    for layout in [COVER, TITLE_ONLY] {
        package.relate(MASTER, kind::LAYOUT, layout)?;
        package.relate(layout, kind::MASTER, MASTER)?;
    }
    package.relate(MASTER, kind::THEME, THEME)?;
    let notes_master = notes_master::ensure(&mut package, MASTER)?;
    for (part, kind, what, xml) in [
        ("ppt/presProps.xml", kind::PRESENTATION_PROPERTIES, "presProps", PRES_PROPS),
        ("ppt/viewProps.xml", kind::VIEW_PROPERTIES, "viewProps", VIEW_PROPS),
        ("ppt/tableStyles.xml", kind::TABLE_STYLES, "tableStyles", TABLE_STYLES),
    ] {
        package.add(part, &pml(what), format!("{PROLOGUE}{xml}"));
        package.relate(MAIN, kind, part)?;
    }
    package.add(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        core(title),
    );
    package.relate("", kind::CORE_PROPERTIES, "docProps/core.xml")?;
    package.add(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        format!("{PROLOGUE}{APP}"),
    );
    package.relate("", kind::EXTENDED_PROPERTIES, "docProps/app.xml")?;
    let holder = |kind: &str, idx: u32, room: Rect| Holder { kind: kind.to_owned(), idx, room };
    let cover = LayoutRef {
        part: COVER.to_owned(),
        title: Some(holder("ctrTitle", 0, rooms.cover_title)),
        subtitle: Some(holder("subTitle", 1, rooms.cover_subtitle)),
    };
    let title_only = LayoutRef {
        part: TITLE_ONLY.to_owned(),
        title: Some(holder("title", 0, frame.title)),
        subtitle: None,
    };
    Ok((package, Layouts { cover, title_only, notes_master }))
}

struct Rooms {
    cover_title: Rect,
    cover_subtitle: Rect,
}

impl Rooms {
    fn of(frame: &Frame) -> Self {
        Self { cover_title: frame.cover_title(), cover_subtitle: frame.cover_subtitle() }
    }
}

fn presentation(frame: &Frame) -> String {
    let size = Box2::of(rect(0.0, 0.0, frame.width, frame.height));
    let kind = if (frame.width / frame.height - 4.0 / 3.0).abs() < 0.01 {
        " type=\"screen4x3\""
    } else {
        ""
    };
    let levels: String = (1..=9)
        .map(|level| {
            format!(
                "<a:lvl{level}pPr marL=\"{}\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" \
                 latinLnBrk=\"0\" hangingPunct=\"1\"><a:defRPr sz=\"1800\" kern=\"1200\">{TX1}{MINOR}\
                 </a:defRPr></a:lvl{level}pPr>",
                (level - 1) * 457_200
            )
        })
        .collect();
    format!(
        "{PROLOGUE}<p:presentation {NAMESPACES} saveSubsetFonts=\"1\"><p:sldMasterIdLst>\
         <p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>\
         <p:sldSz cx=\"{}\" cy=\"{}\"{kind}/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>\
         <p:defaultTextStyle><a:defPPr><a:defRPr lang=\"en-GB\"/></a:defPPr>{levels}\
         </p:defaultTextStyle></p:presentation>",
        size.w, size.h
    )
}

const TX1: &str = "<a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>";
const MINOR: &str =
    "<a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/><a:cs typeface=\"+mn-cs\"/>";
const MAJOR: &str =
    "<a:latin typeface=\"+mj-lt\"/><a:ea typeface=\"+mj-ea\"/><a:cs typeface=\"+mj-cs\"/>";

/// A placeholder of the master or a layout; `at`: where it has a place of its own.
fn placeholder(id: u32, name: &str, ph: &str, at: Option<Rect>, text: &str, body: &str) -> String {
    let place = at.map_or_else(String::new, |rect| {
        let Box2 { x, y, w, h } = Box2::of(rect);
        format!(
            "<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
        )
    });
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>\
         </p:cNvSpPr><p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr><p:txBody>{body}\
         <a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
}

fn master(frame: &Frame) -> String {
    let body = |anchor: &str| {
        format!(
            "<a:bodyPr vert=\"horz\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" rtlCol=\"0\" \
             anchor=\"{anchor}\"><a:normAutofit/></a:bodyPr><a:lstStyle/>"
        )
    };
    let title = placeholder(
        2,
        "Title Placeholder",
        "type=\"title\"",
        Some(frame.title),
        "Title",
        &body("ctr"),
    );
    let text = placeholder(
        3,
        "Text Placeholder",
        "type=\"body\" idx=\"1\"",
        Some(frame.body),
        "Text",
        &body("t"),
    );
    let size = hundredths(frame.title_size(), 400_000);
    let levels: String = (1..=9)
        .map(|level| {
            let (sz, left) = (if level == 1 { 1800 } else { 1600 }, level * 228_600);
            format!(
                "<a:lvl{level}pPr marL=\"{left}\" indent=\"-228600\" algn=\"l\" defTabSz=\"914400\" \
                 rtl=\"0\" eaLnBrk=\"1\" latinLnBrk=\"0\" hangingPunct=\"1\"><a:spcBef><a:spcPts \
                 val=\"600\"/></a:spcBef><a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>\
                 <a:defRPr sz=\"{sz}\" kern=\"1200\">{TX1}{MINOR}</a:defRPr></a:lvl{level}pPr>"
            )
        })
        .collect();
    let others: String = (1..=9)
        .map(|level| {
            format!(
                "<a:lvl{level}pPr marL=\"{}\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" \
                 latinLnBrk=\"0\" hangingPunct=\"1\"><a:defRPr sz=\"1800\" kern=\"1200\">{TX1}{MINOR}\
                 </a:defRPr></a:lvl{level}pPr>",
                (level - 1) * 457_200
            )
        })
        .collect();
    let tree = TREE.replacen(
        "<p:cSld>",
        "<p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/>\
         </p:bgPr></p:bg>",
        1,
    );
    format!(
        "{PROLOGUE}<p:sldMaster {NAMESPACES}>{tree}{title}{text}</p:spTree></p:cSld>\
         <p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
         accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" \
         accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst>\
         <p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/><p:sldLayoutId id=\"2147483650\" \
         r:id=\"rId2\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\" \
         defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" latinLnBrk=\"0\" hangingPunct=\"1\">\
         <a:lnSpc><a:spcPct val=\"100000\"/></a:lnSpc><a:spcBef><a:spcPct val=\"0\"/></a:spcBef>\
         <a:buNone/><a:defRPr sz=\"{size}\" b=\"1\" kern=\"1200\">{TX1}{MAJOR}</a:defRPr></a:lvl1pPr>\
         </p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle><p:otherStyle>{others}</p:otherStyle>\
         </p:txStyles></p:sldMaster>"
    )
}

fn cover(frame: &Frame, rooms: &Rooms) -> String {
    let size = hundredths(frame.cover_size(), 400_000);
    let half = size / 2;
    let body = |anchor: &str, size: u32, bold: &str| {
        format!(
            "<a:bodyPr anchor=\"{anchor}\"><a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr \
             marL=\"0\" indent=\"0\" algn=\"l\"><a:spcBef><a:spcPts val=\"0\"/></a:spcBef><a:buNone/>\
             <a:defRPr sz=\"{size}\"{bold}/></a:lvl1pPr></a:lstStyle>"
        )
    };
    let (title, subtitle) = (rooms.cover_title, rooms.cover_subtitle);
    let title = placeholder(
        2,
        "Title",
        "type=\"ctrTitle\"",
        Some(title),
        "Title",
        &body("b", size, " b=\"1\""),
    );
    let ph = "type=\"subTitle\" idx=\"1\"";
    let subtitle = placeholder(3, "Subtitle", ph, Some(subtitle), "Subtitle", &body("t", half, ""));
    layout("title", "Title Slide", &format!("{title}{subtitle}"))
}

fn title_only() -> String {
    let title =
        placeholder(2, "Title", "type=\"title\"", None, "Title", "<a:bodyPr/><a:lstStyle/>");
    layout("titleOnly", "Title Only", &title)
}

fn layout(kind: &str, name: &str, shapes: &str) -> String {
    let tree = TREE.replacen("<p:cSld>", &format!("<p:cSld name=\"{name}\">"), 1);
    format!(
        "{PROLOGUE}<p:sldLayout {NAMESPACES} type=\"{kind}\" preserve=\"1\">{tree}{shapes}</p:spTree>\
         </p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )
}

/// The theme: colours by what they mean on a slide, Arial, and plain lines and fills (20.1.6.9
/// `theme`).
fn theme_xml(theme: &Theme) -> String {
    let canvas = &theme.canvas;
    let hex = |colour: Rgba| {
        let [r, g, b, _] = colour.0;
        format!("<a:srgbClr val=\"{r:02X}{g:02X}{b:02X}\"/>")
    };
    let mut colours = String::new();
    let mut add = |slot: &str, colour: Rgba| {
        colours.push_str(&format!("<a:{slot}>{}</a:{slot}>", hex(colour)));
    };
    add("dk1", canvas.text);
    add("lt1", canvas.card);
    add("dk2", canvas.muted);
    add("lt2", canvas.quiet_card);
    for i in 0..6 {
        let stage = &theme.stages[i % theme.stages.len()];
        add(&format!("accent{}", i + 1), stage.accent);
    }
    add("hlink", canvas.branch);
    add("folHlink", theme.stages[theme.stages.len() - 1].text);
    let fonts = "<a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = |w: u32| {
        format!(
            "<a:ln w=\"{w}\" cap=\"flat\" cmpd=\"sng\" algn=\"ctr\">{fill}<a:prstDash val=\"solid\"/>\
             <a:round/></a:ln>"
        )
    };
    let lines = [6_350, 12_700, 19_050].map(line).concat();
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{PROLOGUE}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         name=\"Throughline\"><a:themeElements><a:clrScheme name=\"Throughline\">{colours}\
         </a:clrScheme><a:fontScheme name=\"Throughline\"><a:majorFont>{fonts}</a:majorFont>\
         <a:minorFont>{fonts}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Throughline\">\
         <a:fillStyleLst>{fill}{fill}{fill}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>\
         <a:effectStyleLst>{effect}{effect}{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}{fill}\
         {fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
}

/// What the document says of itself. No dates: the same map gives the same file.
fn core(title: &str) -> String {
    let mut shown = String::new();
    attribute(title, 500, &mut shown);
    format!(
        "{PROLOGUE}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{shown}</dc:title>\
         <dc:creator>Throughline</dc:creator></cp:coreProperties>"
    )
}

const APP: &str = "<Properties \
    xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
    <Application>Throughline</Application></Properties>";

const PRES_PROPS: &str = "<p:presentationPr \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>";

const VIEW_PROPS: &str = "<p:viewPr \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>";

const TABLE_STYLES: &str = "<a:tblStyleLst \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    def=\"{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}\"/>";
