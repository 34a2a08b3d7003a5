//! Files that are no templates, or broken ones: said in plain words, and never the program's end.

use proptest::prelude::*;
use throughline::export::ExportError;

use super::maker::{Maker, Parts, zip};
use super::{into_deck, into_template, map};

/// What is said of a file, as a template and as a deck.
fn said(bytes: &[u8]) -> String {
    let map = map();
    let told = |made: Result<Vec<u8>, ExportError>, file: &str| {
        let error = made.expect_err("refused");
        assert!(matches!(error, ExportError::Presentation { .. }), "{error:?}");
        let error = error.to_string();
        assert!(error.starts_with(file) && error.contains("Nothing was written."), "{error}");
        error
    };
    let template = told(into_template(&map.0, bytes), "The template cannot be used: ");
    let deck = told(into_deck(&map.0, bytes), "The deck to refresh cannot be used: ");
    assert_eq!(template.split_once(':').unwrap().1, deck.split_once(':').unwrap().1);
    template
}

#[track_caller]
fn assert_said(bytes: &[u8], words: &str) {
    let said = said(bytes);
    assert!(said.contains(words), "{said}");
}

/// The parts of a good one, with a part's text changed.
fn edited(part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = Maker::default().parts();
    let at = parts.iter().position(|it| it.0 == part).unwrap();
    let text = String::from_utf8(parts[at].1.clone()).unwrap();
    parts[at].1 = change(text).into_bytes();
    zip(&parts)
}

fn without(part: &str) -> Vec<u8> {
    let parts: Parts = Maker::default().parts().into_iter().filter(|it| it.0 != part).collect();
    zip(&parts)
}

#[test]
fn what_is_no_presentation_is_named() {
    assert_said(b"", "it is empty");
    assert_said(b"My slides", "no .pptx or .potx");
    let good = Maker::default().bytes();
    assert_said(&good[..good.len() - 40], "damaged");
    assert_said(&good[..30], "damaged");
    let mut compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    compound.resize(1_024, 0);
    assert_said(&compound, "before 2007");
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_said(&compound, "a password protects it");
    assert_said(&zip(&[("a.txt".to_owned(), b"a".to_vec())]), "a zip file, but no presentation");
    let odp = ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.presentation".to_vec());
    assert_said(&zip(&[odp]), "OpenDocument");
    assert_said(&zip(&[("Index/Document.iwa".to_owned(), b"a".to_vec())]), "Keynote");
    let kinds = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let main = "vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
    let workbook = edited("[Content_Types].xml", |it| it.replace(main, kinds));
    assert_said(&workbook, "a workbook (.xlsx)");
    let strict = edited("_rels/.rels", |it| {
        it.replace(
            "schemas.openxmlformats.org/officeDocument/2006",
            "purl.oclc.org/ooxml/officeDocument",
        )
    });
    assert_said(&strict, "Strict Open XML");
}

#[test]
fn what_is_missing_or_broken_is_named() {
    assert_said(&without("ppt/presentation.xml"), "ppt/presentation.xml: it is missing");
    assert_said(&without("_rels/.rels"), "it names no main part");
    assert_said(&without("ppt/_rels/presentation.xml.rels"), "it has no slide master");
    assert_said(
        &without("ppt/slideMasters/_rels/slideMaster1.xml.rels"),
        "no slide master has a layout",
    );
    let master = "ppt/slideMasters/slideMaster1.xml";
    assert_said(&edited(master, |it| it.replace("</p:sldMaster>", "")), master);
    assert_said(
        &edited(master, |it| it.replacen("<p:sldMaster", "<!DOCTYPE a []><p:sldMaster", 1)),
        "document type",
    );
    let deep = "<p:x>".repeat(5_000) + &"</p:x>".repeat(5_000);
    assert_said(&edited(master, |it| it.replace("<p:clrMap/>", &deep)), "too deep");
    let mut twice = Maker::default().parts();
    twice.push(("PPT/Presentation.XML".to_owned(), b"<a/>".to_vec()));
    assert_said(&zip(&twice), "it is there twice");
    let mut out = Maker::default().parts();
    out.push(("../../evil.xml".to_owned(), b"<a/>".to_vec()));
    assert_said(&zip(&out), "no part may have that name");
}

#[test]
fn a_deck_with_macros_is_refused_since_they_would_be_lost() {
    let kind = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml";
    let deck = Maker { kind, macros: true, ..Maker::default() }.bytes();
    let error = into_deck(&map().0, &deck).unwrap_err().to_string();
    assert!(error.contains("macros") && error.contains("Save it as"), "{error}");
}

#[test]
fn a_bomb_is_not_unpacked() {
    // What the list at the end of the file says of sizes (APPNOTE 4.3.12), for its last entry.
    let saying = |bytes: u32| {
        let mut parts = Maker::default().parts();
        parts.push(("bomb.xml".to_owned(), vec![b' '; 3_000_000]));
        let mut file = zip(&parts);
        let entry = file.windows(4).rposition(|it| it == b"PK\x01\x02").unwrap();
        file[entry + 24..entry + 28].copy_from_slice(&bytes.to_le_bytes());
        file
    };
    assert_said(&saying(2_000_000_000), "unpacks to more than");
    assert_said(&saying(10), "bomb.xml: it ");
    let many: Parts = (0..20_001).map(|at| (format!("{at}"), Vec::new())).collect();
    assert_said(&zip(&many), "20001 files");
}

#[test]
fn circles_end() {
    // A master that is its own layout, and a layout that leads back to it.
    let looped = edited("ppt/slideMasters/_rels/slideMaster1.xml.rels", |it| {
        it.replace("../slideLayouts/slideLayout3.xml", "slideMaster1.xml")
    });
    into_template(&map().0, &looped).unwrap();
    let own = edited("ppt/_rels/presentation.xml.rels", |it| {
        it.replace("slides/slide2.xml", "presentation.xml")
    });
    let _ = into_template(&map().0, &own);
    let _ = into_deck(&map().0, &own);
}

/// Neither a panic nor what a panic becomes on its way out.
fn assert_survived(made: Result<Vec<u8>, ExportError>) {
    if let Err(error) = made {
        assert!(matches!(error, ExportError::Presentation { .. }), "{error:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn bytes_that_fell_over_break_nothing(
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = Maker::default().bytes();
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let map = map();
        assert_survived(into_template(&map.0, &bytes));
        assert_survived(into_deck(&map.0, &bytes));
    }

    #[test]
    fn parts_that_fell_over_break_nothing(
        hits in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..12, 0usize..40),
            1..8,
        ),
    ) {
        const INSERTED: [&[u8]; 12] = [
            b"", b"<", b">", b"\"", b"'", b"/>", b"&amp;", b"-1", b"99999999999999999999", b"rId2",
            b"</p:sldIdLst>", b"\xFF\x00",
        ];
        let mut parts = Maker { notes_master: true, ..Maker::default() }.parts();
        for (part, at, what, length) in hits {
            let bytes = &mut part.get_mut(&mut parts).1;
            if bytes.is_empty() {
                continue;
            }
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, INSERTED[what].iter().copied());
        }
        let bytes = zip(&parts);
        let map = map();
        assert_survived(into_template(&map.0, &bytes));
        assert_survived(into_deck(&map.0, &bytes));
    }
}
