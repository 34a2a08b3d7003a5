//! Maps that are hard on writers.

use std::sync::Arc;

use throughline::model::choice::SystemClass;
use throughline::model::record::{
    Action, Delight, Friction, Head, Influencer, Link, LinkKind, Note, Segment, Stage, Step,
    System, Touchpoint, Verbatim,
};
use throughline::model::{Doc, OrderKey, Patch, Record};

use crate::support::small::id;

/// Texts that have broken someone's writer or reader.
pub const HOSTILE: &[&str] = &[
    "]]> <!-- -- > &amp; &#0; <script>alert(1)</script> </text></svg>",
    "nul\u{0} bell\u{7} escape\u{1b}[31m del\u{7f} next\u{85} none\u{fffe}\u{ffff}\u{fdd0}",
    "\u{202e}drowssap\u{202c} \u{2066}x\u{2069}\u{2067} open",
    "family \u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466} flag \u{1f1e9}\u{1f1ea} 1\u{fe0f}\u{20e3} \u{1f44d}\u{1f3fd}",
    "قابل للنقاش (١٢٣) then English [text] שלום, עולם 2024!",
    "注文内容を確認する、選択した商品。상담원과 통화하기",
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd\t\r\n-2+3",
    "tab\tline\nCR\r\nLF\u{b}\u{c}\u{2028}para\u{2029}end",
    "  \u{a0}spaces   around\u{3000} ",
    "\"quoted\"; 'single' and \\ back % {{brace}} ${env} $(sh) `tick` #hash | pipe",
    "end\n---\n:::note\n```\n# heading\n[link](javascript:alert(1)) <img src=x onerror=alert(1)>",
    "subgraph end graph digraph { } -> -- \\n \\l label=\"x\" ; click href",
    "_x0041_ _x000D_ %s %n {0} &lt; \\u003c",
    "é e\u{301} a\u{30a}\u{302}\u{303}\u{304} ﷺﷻ กำลัง नमस्ते ខ្មែរ",
    "\u{200d}\u{200d}\u{fe0f}\u{301} zero\u{200b}width\u{feff}\u{ad}hyphen \u{e0041}tag",
    "𝕳𝖊𝖑𝖑𝖔 \u{10ffff}\u{e000} 𠜎𠜱 private",
];

type Make = fn() -> Doc;

/// Maps with hardly anything in them.
pub const EMPTY: &[(&str, Make)] = &[
    ("nothing", Doc::default),
    ("a title", || Doc::with_head(Head { title: "Only a title".into(), ..Head::default() })),
    ("one step", || doc([("one", Step { name: "One step".into(), ..Step::default() }.into())])),
    ("no names", || named("")),
    ("a stage without steps", || {
        doc([("sa", Stage { name: "Lonely".into(), ..Stage::default() }.into())])
    }),
    ("systems alone", || {
        doc([("sy", System { name: "Alone".into(), ..System::default() }.into())])
    }),
    ("a friction point nowhere", || {
        doc([(
            "fr",
            Friction { text: "Somewhere".into(), severity: 3, ..Friction::default() }.into(),
        )])
    }),
];

fn doc<const N: usize>(records: [(&str, Record); N]) -> Doc {
    with_head(Head::default(), records)
}

fn with_head<'a>(head: Head, records: impl IntoIterator<Item = (&'a str, Record)>) -> Doc {
    let mut doc = Doc::with_head(head);
    let mut patch = Patch::default();
    for (at, record) in records {
        patch.set(&id(at), None, Some(Arc::new(record)));
    }
    doc.apply(&patch);
    doc
}

/// One of nearly everything, all with this text wherever a text may be.
pub fn named(text: &str) -> Doc {
    all_named(&[text])
}

/// One of nearly everything for each of these texts, with that text wherever a text may be.
pub fn all_named(texts: &[&str]) -> Doc {
    let some = || texts.first().map(|it| (*it).to_owned());
    let head = Head {
        title: texts.concat(),
        scenario: some(),
        goal: some(),
        owner: some(),
        ..Head::default()
    };
    let records = texts.iter().enumerate().flat_map(|(at, text)| all_with(at, text));
    let records: Vec<(String, Record)> = records.collect();
    with_head(head, records.iter().map(|(at, record)| (at.as_str(), record.clone())))
}

/// Seventeen records that hang together, with ids that end in this number.
fn all_with(number: usize, text: &str) -> Vec<(String, Record)> {
    let id = |prefix: &str| id(&format!("{prefix}-{number}"));
    let name = || text.to_owned();
    let some = || Some(name());
    let order = |at: &str| OrderKey::new(&format!("a{number:03}{at}")).unwrap();
    let link = |from, to, kind| Record::from(Link { from: id(from), to: id(to), kind });
    let system =
        |class| Record::from(System { name: name(), class, notes: some(), ..System::default() });
    let depends = || LinkKind::DependsOn { what: some(), rating: None };
    let step = |at: &str| Step {
        name: name(),
        stage: Some(id("sa")),
        order: order(at),
        notes: some(),
        activities: vec![name()],
        criteria: vec![name()],
        thoughts: vec![name()],
        feelings: [(id("sg"), -2)].into(),
        tags: vec![name()],
        ..Step::default()
    };
    let touchpoint = Touchpoint { name: name(), owner: Some(id("te")), ..Touchpoint::default() };
    let next =
        LinkKind::Next { condition: some(), share_pct: Some(12.5), class: Default::default() };
    let friction = Friction {
        at: Some(id("st")),
        text: name(),
        severity: 4,
        causes: vec![id("sy")],
        ..Friction::default()
    };
    let verbatim =
        Verbatim { text: name(), at: Some(id("fr")), source: some(), ..Verbatim::default() };
    let action = Action { title: name(), addresses: vec![id("fr")], ..Action::default() };
    let delight = Delight { at: Some(id("tp")), text: name(), strength: 3, ..Delight::default() };
    let records: [(&str, Record); 17] = [
        ("sg", Segment { name: name(), priority: 3, ..Segment::default() }.into()),
        ("sa", Stage { name: name(), order: order("1"), goal: some() }.into()),
        ("st", step("1").into()),
        ("next", step("2").into()),
        ("tp", touchpoint.into()),
        ("in", Influencer { name: name(), ..Influencer::default() }.into()),
        ("te", system(SystemClass::Team)),
        ("sy", system(SystemClass::Policy)),
        ("uses", link("st", "tp", LinkKind::Uses)),
        ("rests", link("tp", "sy", depends())),
        ("on", link("sy", "te", depends())),
        ("li", link("st", "next", next)),
        ("fr", friction.into()),
        ("de", delight.into()),
        ("ac", action.into()),
        ("ve", verbatim.into()),
        ("no", Note { text: name(), at: Some(id("st")), ..Note::default() }.into()),
    ];
    records.map(|(at, record)| (id(at).to_string(), record)).into()
}

/// For each of these texts a step and a friction point with it: as long as a book.
pub fn all_long(texts: &[String]) -> Doc {
    let mut records: Vec<(String, Record)> = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let (name, activities) = (text.clone(), vec![text.clone()]);
        let at = format!("st-{number}");
        let friction =
            Friction { at: Some(id(&at)), text: text.clone(), severity: 2, ..Friction::default() };
        records.push((at, Step { name, activities, ..Step::default() }.into()));
        records.push((format!("fr-{number}"), friction.into()));
    }
    with_head(Head::default(), records.iter().map(|(at, record)| (at.as_str(), record.clone())))
}

/// Large enough that a writer takes a while.
pub fn large() -> Doc {
    let mut records = Vec::new();
    let (mut steps, mut links) = (Vec::new(), Vec::new());
    for at in 0..120 {
        let order = OrderKey::new(&format!("a{at:03}1")).unwrap();
        let name = format!("Step number {at} of a long journey");
        steps.push((format!("st-{at}"), Step { name, order, ..Step::default() }));
        let kind = LinkKind::DependsOn { what: None, rating: None };
        links
            .push((format!("li-{at}"), Link { from: id(&format!("st-{at}")), to: id("sy"), kind }));
    }
    records.push(("sy", System { name: "The one".into(), ..System::default() }.into()));
    records.extend(steps.iter().map(|(at, it)| (at.as_str(), it.clone().into())));
    records.extend(links.iter().map(|(at, it)| (at.as_str(), it.clone().into())));
    with_head(Head::default(), records)
}
