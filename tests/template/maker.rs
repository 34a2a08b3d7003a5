//! Small presentations with whatever is odd about presentations, made in memory.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const P: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PML: &str = "application/vnd.openxmlformats-officedocument.presentationml.";

/// How a presentation is written.
#[derive(Debug, Clone, Copy)]
pub struct Maker {
    /// The prefix of PresentationML with its colon, or nothing.
    pub prefix: &'static str,
    /// Targets of relationships begin with a slash.
    pub absolute: bool,
    /// Targets are in other case than the parts.
    pub shouting: bool,
    /// `presentation.main`, `template.main`, …
    pub kind: &'static str,
    /// There is a layout for titles alone.
    pub title_only: bool,
    pub notes_master: bool,
    pub macros: bool,
}

impl Default for Maker {
    fn default() -> Self {
        Self {
            prefix: "p:",
            absolute: false,
            shouting: false,
            kind: "presentation.main",
            title_only: true,
            notes_master: false,
            macros: false,
        }
    }
}

/// The parts, in order.
pub type Parts = Vec<(String, Vec<u8>)>;

/// The bytes of a zip file.
pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

impl Maker {
    pub fn bytes(self) -> Vec<u8> {
        zip(&self.parts())
    }

    fn target(self, owner: &str, part: &str) -> String {
        let target = match (self.absolute, owner.matches('/').count()) {
            (true, _) => format!("/{part}"),
            (false, 0) => part.to_owned(),
            (false, 1) => part.trim_start_matches("ppt/").to_owned(),
            (false, _) => format!("../{}", part.trim_start_matches("ppt/")),
        };
        if self.shouting { target.to_uppercase() } else { target }
    }

    /// A part of relationships, each `(id, kind, part)`.
    fn rels(self, owner: &str, rels: &[(&str, &str, &str)]) -> (String, Vec<u8>) {
        let (folder, file) = owner.rsplit_once('/').map_or(("", owner), |(a, b)| (a, b));
        let slash = if folder.is_empty() { "" } else { "/" };
        let items: String = rels
            .iter()
            .map(|(id, kind, part)| {
                let kind = match kind.contains(':') {
                    true => (*kind).to_owned(),
                    false => format!("{OFFICE}/{kind}"),
                };
                let (target, mode) = match part.contains("://") {
                    true => ((*part).to_owned(), " TargetMode=\"External\""),
                    false => (self.target(owner, part), ""),
                };
                format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>\n")
            })
            .collect();
        let xml = format!(
            "<?xml version=\"1.0\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n{items}</Relationships>\n"
        );
        (format!("{folder}{slash}_rels/{file}.rels"), xml.into_bytes())
    }

    /// Presentation XML, written with `p:`, in the prefix of this maker.
    fn xml(self, body: &str) -> Vec<u8> {
        let declared = match self.prefix {
            "" => format!("xmlns=\"{P}\""),
            prefix => format!("xmlns:{}=\"{P}\"", prefix.trim_end_matches(':')),
        };
        let body = body
            .replace("<p:", &format!("<{}", self.prefix))
            .replace("</p:", &format!("</{}", self.prefix));
        let (head, rest) = body.split_at(body.find([' ', '>']).unwrap());
        format!(
            "<?xml version='1.0' encoding='utf-8'?><!-- made for tests -->\n{head} {declared} xmlns:a='{A}' xmlns:r='{OFFICE}'{rest}"
        )
        .into_bytes()
    }

    fn page(self, root: &str, attributes: &str, shapes: &str, after: &str) -> Vec<u8> {
        self.xml(&format!(
            "<p:{root}{attributes}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld>{after}</p:{root}>"
        ))
    }

    pub fn parts(self) -> Parts {
        let mut parts = Parts::new();
        let mut types = String::new();
        let mut put = |name: &str, kind: &str, bytes: Vec<u8>| {
            if !kind.is_empty() {
                let kind = match kind.contains('/') {
                    true => kind.to_owned(),
                    false => format!("{PML}{kind}+xml"),
                };
                types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
            }
            parts.push((name.to_owned(), bytes));
        };
        let mut add = |(name, bytes): (String, Vec<u8>)| put(&name, "", bytes);
        add(self.rels(
            "",
            &[
                ("rId1", "officeDocument", "ppt/presentation.xml"),
                ("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs"),
            ],
        ));
        let mut rels = vec![
            ("rId1", "slideMaster", "ppt/slideMasters/slideMaster1.xml"),
            ("rId2", "slide", "ppt/slides/slide1.xml"),
            ("rId7", "slide", "ppt/slides/slide2.xml"),
            ("rId9", "presProps", "ppt/presProps.xml"),
            ("rId10", "viewProps", "ppt/viewProps.xml"),
            ("rId4294967295", "font", "ppt/fonts/font1.fntdata"),
        ];
        if self.notes_master {
            rels.push(("notes", "notesMaster", "ppt/notesMasters/notesMaster1.xml"));
        }
        if self.macros {
            let kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";
            rels.push(("vba", kind, "ppt/vbaProject.bin"));
        }
        add(self.rels("ppt/presentation.xml", &rels));
        add(self.rels(
            "ppt/slideMasters/slideMaster1.xml",
            &[
                ("rId1", "slideLayout", "ppt/slideLayouts/slideLayout1.xml"),
                ("rId2", "slideLayout", "ppt/slideLayouts/slideLayout2.xml"),
                ("rId3", "slideLayout", "ppt/slideLayouts/slideLayout3.xml"),
                ("rId4", "theme", "ppt/theme/theme1.xml"),
                ("rId5", "image", "ppt/media/logo.png"),
            ],
        ));
        let master = ("rId1", "slideMaster", "ppt/slideMasters/slideMaster1.xml");
        add(self.rels("ppt/slideLayouts/slideLayout1.xml", &[master]));
        // A button of this layout leads to a sample slide.
        add(self.rels(
            "ppt/slideLayouts/slideLayout2.xml",
            &[master, ("rId2", "slide", "ppt/slides/slide1.xml")],
        ));
        add(self.rels("ppt/slideLayouts/slideLayout3.xml", &[master]));
        add(self.rels(
            "ppt/slides/slide1.xml",
            &[
                ("rId1", "slideLayout", "ppt/slideLayouts/slideLayout1.xml"),
                ("rId2", "notesSlide", "ppt/notesSlides/notesSlide1.xml"),
                ("rId3", "image", "ppt/media/photo.png"),
                ("rId4", "hyperlink", "https://example.org/?a=1&amp;b=2"),
                ("rId5", "slide", "ppt/slides/slide2.xml"),
            ],
        ));
        add(self.rels(
            "ppt/slides/slide2.xml",
            &[
                ("rId1", "slideLayout", "ppt/slideLayouts/slideLayout2.xml"),
                ("rId2", "image", "ppt/media/logo.png"),
                ("rId3", "comments", "ppt/comments/comment1.xml"),
                ("rId4", "tags", "ppt/tags/tag7.xml"),
                ("rId5", "slide", "ppt/slides/slide1.xml"),
            ],
        ));
        add(self.rels(
            "ppt/notesSlides/notesSlide1.xml",
            &[("rId1", "slide", "ppt/slides/slide1.xml")],
        ));
        add(self.rels("ppt/viewProps.xml", &[("rId1", "slide", "ppt/slides/slide1.xml")]));
        if self.notes_master {
            let theme = ("rId1", "theme", "ppt/theme/theme2.xml");
            add(self.rels("ppt/notesMasters/notesMaster1.xml", &[theme]));
        }

        let main = match self.kind.contains('/') {
            true => self.kind.to_owned(),
            false => format!("{PML}{}+xml", self.kind),
        };
        let notes = match self.notes_master {
            true => "<p:notesMasterIdLst><p:notesMasterId r:id='notes'/></p:notesMasterIdLst>",
            false => "",
        };
        put(
            "ppt/presentation.xml",
            &main,
            self.xml(&format!(
                "<p:presentation firstSlideNum='5'>\r\n<p:sldMasterIdLst><p:sldMasterId id='2147483648' r:id='rId1'/></p:sldMasterIdLst>{notes}<p:sldIdLst>\n<p:sldId id='300' r:id='rId2'/>\n<p:sldId id='256' r:id='rId7'><p:extLst/></p:sldId></p:sldIdLst><p:sldSz cx='12192000' cy='6858000'/><p:notesSz cx='6858000' cy='9144000'/><p:embeddedFontLst><p:embeddedFont><p:font typeface='X'/><p:regular r:id='rId4294967295'/></p:embeddedFont></p:embeddedFontLst><p:custShowLst><p:custShow name='Short' id='0'><p:sldLst><p:sld r:id='rId2'/></p:sldLst></p:custShow></p:custShowLst><p:extLst><p:ext uri='{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}'><p14:sectionLst xmlns:p14='http://schemas.microsoft.com/office/powerpoint/2010/main'><p14:section name='One' id='{{11111111-1111-4111-8111-111111111111}}'><p14:sldIdLst><p14:sldId id='300'/></p14:sldIdLst></p14:section><p14:section name='Two' id='{{22222222-2222-4222-8222-222222222222}}'><p14:sldIdLst><p14:sldId id='256'/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext><p:ext uri='{{EFAFB233-063F-42B5-8137-9DF3F51BA10A}}'><x/></p:ext></p:extLst></p:presentation>"
            )),
        );
        put(
            "ppt/presProps.xml",
            "presProps",
            self.xml("<p:presentationPr><p:showPr loop='1'><p:present/><p:sldRg st='1' end='2'/></p:showPr></p:presentationPr>"),
        );
        put(
            "ppt/viewProps.xml",
            "viewProps",
            self.xml("<p:viewPr><p:outlineViewPr><p:cViewPr><p:scale><a:sx n='1' d='1'/><a:sy n='1' d='1'/></p:scale><p:origin x='0' y='0'/></p:cViewPr><p:sldLst><p:sld r:id='rId1' collapse='1'/></p:sldLst></p:outlineViewPr></p:viewPr>"),
        );
        let holder = |id: u32, kind: &str, at: Option<[i64; 4]>| {
            let at = at.map_or(String::new(), |[x, y, w, h]| {
                format!("<a:xfrm><a:off x='{x}' y='{y}'/><a:ext cx='{w}' cy='{h}'/></a:xfrm>")
            });
            format!(
                "<p:sp><p:nvSpPr><p:cNvPr id='{id}' name='Holder {id}'/><p:cNvSpPr/><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{at}</p:spPr></p:sp>"
            )
        };
        let title = [600_000, 300_000, 10_000_000, 700_000];
        let logo = "<p:pic><p:nvPicPr><p:cNvPr id='9' name='Logo'/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed='rId5'/></p:blipFill><p:spPr><a:xfrm><a:off x='11000000' y='6000000'/><a:ext cx='1000000' cy='700000'/></a:xfrm><a:prstGeom prst='rect'/></p:spPr></p:pic>";
        let master_shapes = [
            holder(2, "type='title'", Some(title)),
            holder(3, "type='body' idx='1'", Some([600_000, 1_200_000, 11_400_000, 4_600_000])),
            holder(4, "type='ftr' idx='3'", Some([600_000, 6_300_000, 5_000_000, 300_000])),
            logo.to_owned(),
        ]
        .concat();
        put(
            "ppt/slideMasters/slideMaster1.xml",
            "slideMaster",
            self.page("sldMaster", "", &master_shapes, "<p:clrMap/><p:sldLayoutIdLst><p:sldLayoutId id='2147483649' r:id='rId3'/><p:sldLayoutId id='2147483650' r:id='rId1'/><p:sldLayoutId id='2147483651' r:id='rId2'/></p:sldLayoutIdLst>"),
        );
        let cover = [
            holder(2, "type='ctrTitle'", Some([900_000, 2_000_000, 9_000_000, 1_500_000])),
            holder(3, "type='subTitle' idx='1'", Some([900_000, 3_700_000, 9_000_000, 900_000])),
        ]
        .concat();
        put(
            "ppt/slideLayouts/slideLayout1.xml",
            "slideLayout",
            self.page("sldLayout", " type='title'", &cover, ""),
        );
        let button = "<p:sp><p:nvSpPr><p:cNvPr id='7' name='Button'><a:hlinkClick r:id='rId2' action='ppaction://hlinksldjump'/></p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>";
        let obj = [holder(2, "type='title'", None), holder(3, "idx='1'", None), button.to_owned()]
            .concat();
        put(
            "ppt/slideLayouts/slideLayout2.xml",
            "slideLayout",
            self.page("sldLayout", " type='obj'", &obj, ""),
        );
        let third = match self.title_only {
            true => self.page(
                "sldLayout",
                " type='titleOnly'",
                &[holder(2, "type='title'", None), holder(4, "type='ftr' idx='3'", None)].concat(),
                "",
            ),
            false => self.page("sldLayout", " type='blank'", "", ""),
        };
        put("ppt/slideLayouts/slideLayout3.xml", "slideLayout", third);
        let theme = format!("<a:theme xmlns:a='{A}' name='Corporate'><a:themeElements/></a:theme>");
        let theme_type = "application/vnd.openxmlformats-officedocument.theme+xml";
        put("ppt/theme/theme1.xml", theme_type, theme.clone().into_bytes());
        if self.notes_master {
            put("ppt/theme/theme2.xml", theme_type, theme.into_bytes());
            put(
                "ppt/notesMasters/notesMaster1.xml",
                "notesMaster",
                self.page("notesMaster", "", "", "<p:clrMap/>"),
            );
        }
        let photo = "<p:pic><p:nvPicPr><p:cNvPr id='2' name='Photo'><a:hlinkClick r:id='rId4'/></p:cNvPr><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed='rId3'/></p:blipFill><p:spPr/></p:pic>";
        put("ppt/slides/slide1.xml", "slide", self.page("sld", "", photo, ""));
        put("ppt/slides/slide2.xml", "slide", self.page("sld", " show='0'", "", ""));
        put("ppt/notesSlides/notesSlide1.xml", "notesSlide", self.page("notes", "", "", ""));
        put("ppt/comments/comment1.xml", "comments", self.xml("<p:cmLst/>"));
        put(
            "ppt/tags/tag7.xml",
            "tags",
            self.xml("<p:tagLst><p:tag name='OTHER' val='1'/></p:tagLst>"),
        );
        put("ppt/media/logo.png", "", b"\x89PNG logo".to_vec());
        put("ppt/media/photo.png", "", b"\x89PNG photo".to_vec());
        put("ppt/fonts/font1.fntdata", "", vec![7; 3_000]);
        put(
            "_xmlsignatures/origin.sigs",
            "application/vnd.openxmlformats-package.digital-signature-origin",
            Vec::new(),
        );
        put("custom/orphan.dat", "application/octet-stream", b"nobody refers to me".to_vec());
        if self.macros {
            put("ppt/vbaProject.bin", "application/vnd.ms-office.vbaProject", vec![1; 100]);
        }
        let types = format!(
            "<?xml version=\"1.0\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"RELS\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"fntdata\" ContentType=\"application/x-fontdata\"/>{types}</Types>"
        );
        // Not the first, as it should be: readers must not mind.
        parts.insert(3, ("[Content_Types].xml".to_owned(), types.into_bytes()));
        parts
    }
}
