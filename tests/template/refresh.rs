//! Decks that are there already: ours are replaced where they stand, others are left alone.

use std::collections::BTreeSet;

use super::maker::{Maker, zip};
use super::sound::{Contents, assert_sound, elements, links, slides, unzip};
use super::{ORPHANS, STANDARD, WIDE, export, export_part, into_deck, into_template, map};
use crate::support::small::Map;
use std::sync::Arc;
use throughline::export::PptxOptions;
use throughline::model::Patch;
use throughline::model::record::Head;

/// The keys of a deck's slides, in order; of those of others, their part.
fn keys(parts: &Contents) -> Vec<String> {
    slides(parts).iter().map(|(_, slide)| key(parts, slide).unwrap_or(slide.clone())).collect()
}

fn key(parts: &Contents, slide: &str) -> Option<String> {
    links(parts, slide).into_iter().filter(|it| it.1 == "tags").find_map(|it| {
        let tags = elements(&parts[&it.2?]);
        let tag =
            tags.iter().find(|it| it.1.get("name").is_some_and(|it| it == "THROUGHLINE_SLIDE"));
        tag.map(|tag| tag.1["val"].clone())
    })
}

/// The parts that slides have to themselves, with what is in them.
fn own(parts: &Contents, slide: &str) -> Vec<(String, Vec<u8>)> {
    let (folder, file) = slide.rsplit_once('/').unwrap();
    let rels = format!("{folder}/_rels/{file}.rels");
    let mut all: Vec<String> = links(parts, slide).into_iter().filter_map(|it| it.2).collect();
    all.extend([slide.to_owned(), rels]);
    all.into_iter()
        .filter(|it| !it.contains("Layout"))
        .map(|it| (it.clone(), parts[&it].clone()))
        .collect()
}

fn assert_refreshed_again_is_the_same(map: &Map, deck: &[u8]) {
    assert!(into_deck(&map.0, deck).unwrap() == deck, "nothing changes where nothing changed");
}

#[test]
fn a_deck_of_our_own_stays_the_same_until_the_map_changes() {
    let mut map = map();
    let before = export(&map.0, PptxOptions::default()).unwrap();
    assert_refreshed_again_is_the_same(&map, &before);
    map.step("post", "Post & wait", Some("pay"));
    let after = into_deck(&map.0, &before).unwrap();
    assert_sound(&after, &[]);
    assert!(after != before);
    assert_refreshed_again_is_the_same(&map, &after);
    // As if made anew, but for the names of parts.
    let anew = export(&map.0, PptxOptions::default()).unwrap();
    assert_eq!(keys(&unzip(&after)), keys(&unzip(&anew)));
}

#[test]
fn a_deck_of_others_gets_our_slides_at_its_end_and_keeps_its_own() {
    let made = [Maker::default(), Maker { prefix: "", absolute: true, ..Maker::default() }];
    let made = made.map(Maker::bytes);
    for deck in [&made[0][..], &made[1], STANDARD, WIDE] {
        let before = unzip(deck);
        let theirs = slides(&before);
        let made = into_deck(&map().0, deck).unwrap();
        assert_sound(&made, ORPHANS);
        let after = unzip(&made);
        assert_eq!(slides(&after)[..theirs.len()], theirs[..], "theirs first, with their ids");
        assert!(slides(&after)[theirs.len()..].iter().all(|it| key(&after, &it.1).is_some()));
        for (_, slide) in &theirs {
            assert_eq!(own(&before, slide), own(&after, slide), "{slide}");
        }
        assert_refreshed_again_is_the_same(&map(), &made);
    }
}

/// A deck in which others' slides stand between ours.
fn mixed() -> (Map, Vec<u8>) {
    let map = map();
    let deck = into_deck(&map.0, &Maker::default().bytes()).unwrap();
    let mut parts = unzip(&deck);
    let main = String::from_utf8(parts["ppt/presentation.xml"].clone()).unwrap();
    // Their second slide moves behind our second.
    let theirs = "<p:sldId id='256' r:id='rId7'><p:extLst/></p:sldId>";
    assert!(main.contains(theirs));
    let ours = &slides(&parts)[3].0;
    let at = main.find(&format!("id=\"{ours}\"")).unwrap();
    let at = at + main[at..].find('>').unwrap() + 1;
    let main = format!("{}{theirs}{}", main[..at].replace(theirs, ""), &main[at..]);
    parts.insert("ppt/presentation.xml".to_owned(), main.into_bytes());
    (map, zip(&parts.into_iter().collect::<Vec<_>>()))
}

#[test]
fn ours_are_replaced_where_they_stand() {
    let (mut map, deck) = mixed();
    let before = unzip(&deck);
    map.step("post", "Post", Some("choose"));
    let made = into_deck(&map.0, &deck).unwrap();
    assert_sound(&made, ORPHANS);
    let after = unzip(&made);
    assert_eq!(slides(&before), slides(&after), "same places, same ids, same parts");
    let mut changed = 0;
    for (_, slide) in slides(&before) {
        match key(&before, &slide) {
            None => assert_eq!(own(&before, &slide), own(&after, &slide), "{slide}"),
            Some(_) => changed += usize::from(before[&slide] != after[&slide]),
        }
    }
    assert!(changed > 0, "the new step is on a slide");
    assert_refreshed_again_is_the_same(&map, &made);
}

#[test]
fn new_slides_come_after_their_predecessor_and_those_of_gone_stages_go() {
    let (mut map, deck) = mixed();
    let before = keys(&unzip(&deck));
    assert!(before.iter().any(|key| key.starts_with("stage/pay")), "{before:?}");
    map.stage("use", "Use").step("watch", "Watch", Some("use"));
    let more = into_deck(&map.0, &deck).unwrap();
    assert_sound(&more, ORPHANS);
    let with = keys(&unzip(&more));
    let new: Vec<&String> = with.iter().filter(|key| !before.contains(key)).collect();
    assert!(new.iter().any(|key| key.starts_with("stage/use")), "{new:?}");
    let rest: Vec<&String> = with.iter().filter(|key| before.contains(key)).collect();
    assert_eq!(rest, before.iter().collect::<Vec<_>>(), "the others as they were");
    let place = |of: &[String], key: &str| of.iter().position(|it| it.starts_with(key)).unwrap();
    let anew = keys(&unzip(&export(&map.0, PptxOptions::default()).unwrap()));
    let predecessor = &anew[place(&anew, "stage/use") - 1];
    assert_eq!(with[place(&with, "stage/use") - 1], *predecessor, "{with:?}");

    // The first map again: the new stage's slides go, and all of theirs.
    let (map, _) = mixed();
    let fewer = into_deck(&map.0, &more).unwrap();
    assert_sound(&fewer, ORPHANS);
    assert_eq!(keys(&unzip(&fewer)), before);
    let names: BTreeSet<String> = unzip(&deck).into_keys().collect();
    assert_eq!(unzip(&fewer).into_keys().collect::<BTreeSet<_>>(), names, "nothing is left behind");
}

#[test]
fn one_stage_alone_leaves_the_slides_of_the_others() {
    let (map, deck) = mixed();
    let options = PptxOptions { refresh: Some(Arc::from(&deck[..])), ..PptxOptions::default() };
    let made = export_part(&map.0, options, Some("pay")).unwrap();
    assert_sound(&made, ORPHANS);
    let (before, after) = (keys(&unzip(&deck)), keys(&unzip(&made)));
    assert!(before.iter().all(|key| after.contains(key)), "{before:?} {after:?}");
}

fn titled(mut map: Map, title: &str) -> Map {
    let before = Arc::clone(map.0.head());
    let mut patch = Patch::default();
    patch
        .set_head(Arc::clone(&before), Arc::new(Head { title: title.into(), ..(*before).clone() }));
    map.0.apply(&patch);
    map
}

#[test]
fn a_new_title_is_still_the_same_map_but_another_map_is_another() {
    let old = titled(map(), "Renting");
    let deck = into_deck(&old.0, &Maker::default().bytes()).unwrap();
    let renamed = titled(map(), "Renting a film");
    let made = into_deck(&renamed.0, &deck).unwrap();
    assert_eq!(slides(&unzip(&made)), slides(&unzip(&deck)), "replaced");

    let mut other = Map::default();
    other.stage("arrive", "Arrive").step("enter", "Enter", Some("arrive"));
    let other = titled(other, "Restaurant");
    let both = into_deck(&other.0, &made).unwrap();
    assert_sound(&both, ORPHANS);
    let (first, second) = (slides(&unzip(&made)), slides(&unzip(&both)));
    assert_eq!(second[..first.len()], first[..], "the other map's slides come after");
    assert!(second.len() > first.len());
    // With two maps in it, each finds its own.
    assert_refreshed_again_is_the_same(&other, &both);
    assert_refreshed_again_is_the_same(&renamed, &both);
}

#[test]
fn a_hidden_slide_stays_hidden_and_comments_stay() {
    let (map, deck) = mixed();
    let mut parts = unzip(&deck);
    let ours = slides(&parts).into_iter().find(|it| key(&parts, &it.1).is_some()).unwrap().1;
    let xml = String::from_utf8(parts[&ours].clone()).unwrap();
    parts.insert(ours.clone(), xml.replacen("<p:sld ", "<p:sld show=\"0\" ", 1).into_bytes());
    let rels = format!("ppt/slides/_rels/{}.rels", ours.rsplit('/').next().unwrap());
    let xml = String::from_utf8(parts[&rels].clone()).unwrap();
    let comment = "<Relationship Id=\"c\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"../comments/comment1.xml\"/></Relationships>";
    parts.insert(rels, xml.replace("</Relationships>", comment).into_bytes());
    let deck = zip(&parts.into_iter().collect::<Vec<_>>());
    let made = into_deck(&map.0, &deck).unwrap();
    assert_sound(&made, ORPHANS);
    let parts = unzip(&made);
    assert_eq!(elements(&parts[&ours])[0].1.get("show").map(String::as_str), Some("0"));
    assert!(links(&parts, &ours).iter().any(|it| it.1 == "comments"));
    assert_refreshed_again_is_the_same(&map, &made);
}

#[test]
fn a_copy_of_our_slide_is_its_owners() {
    let (map, deck) = mixed();
    let mut parts = unzip(&deck);
    let (_, ours) = slides(&parts).into_iter().find(|it| key(&parts, &it.1).is_some()).unwrap();
    let copy = parts[&ours].clone();
    let rels = format!("ppt/slides/_rels/{}.rels", ours.rsplit('/').next().unwrap());
    parts.insert("ppt/slides/slide99.xml".to_owned(), copy.clone());
    let copied = parts[&rels].clone();
    parts.insert("ppt/slides/_rels/slide99.xml.rels".to_owned(), copied);
    let mut edit = |part: &str, from: &str, to: String| {
        let xml = String::from_utf8(parts[part].clone()).unwrap();
        assert!(xml.contains(from));
        parts.insert(part.to_owned(), xml.replacen(from, &to, 1).into_bytes());
    };
    edit("ppt/_rels/presentation.xml.rels", "</Relationships>", "<Relationship Id=\"copy\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide\" Target=\"slides/slide99.xml\"/></Relationships>".to_owned());
    edit(
        "ppt/presentation.xml",
        "</p:sldIdLst>",
        "<p:sldId id=\"999\" r:id=\"copy\"/></p:sldIdLst>".to_owned(),
    );
    let kind = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml";
    edit(
        "[Content_Types].xml",
        "</Types>",
        format!("<Override PartName=\"/ppt/slides/slide99.xml\" ContentType=\"{kind}\"/></Types>"),
    );
    let deck = zip(&parts.into_iter().collect::<Vec<_>>());
    let mut map = map;
    map.step("post", "Post", Some("choose"));
    let made = unzip(&into_deck(&map.0, &deck).unwrap());
    assert_eq!(made["ppt/slides/slide99.xml"], copy);
    assert_eq!(slides(&made).last().unwrap(), &(999, "ppt/slides/slide99.xml".to_owned()));
}

#[test]
fn the_template_of_a_deck_stays_its_template() {
    let deck = into_template(&map().0, STANDARD).unwrap();
    assert_refreshed_again_is_the_same(&map(), &deck);
    let deck = into_template(&map().0, WIDE).unwrap();
    assert_refreshed_again_is_the_same(&map(), &deck);
}
