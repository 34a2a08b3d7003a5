//! The README against the program: its table of keys, commands, maps and pictures.

use crate::source::root;

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// The table is that of Linux; macOS writes its keys in symbols.
#[cfg(all(feature = "gui", not(target_os = "macos")))]
#[test]
fn keys() {
    let table = throughline::ui::command::key_table();
    let page = readme();
    let (before, rest) = page.split_once("<!-- keys").unwrap();
    let (mark, rest) = rest.split_once("-->\n\n").unwrap();
    let (said, after) = rest.split_once("\n<!-- end of keys -->").unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        let page = format!("{before}<!-- keys{mark}-->\n\n{table}\n<!-- end of keys -->{after}");
        std::fs::write(root().join("README.md"), page).unwrap();
    } else {
        assert_eq!(said, table, "run this test with UPDATE_README=1 to write the table");
    }
}

#[test]
fn every_example_is_listed() {
    let page = readme();
    for example in throughline::examples::EXAMPLES {
        assert!(page.contains(&format!("maps/{}.ron", example.name)), "{}", example.name);
    }
}
#[test]
fn what_it_links_to_is_there() {
    let page = readme();
    let mut links = 0;
    for (at, _) in page.match_indices("](") {
        let target = page[at + 2..].split(')').next().unwrap();
        if let Some(anchor) = target.strip_prefix('#') {
            let heading = |line: &str| {
                let words = line.strip_prefix("## ")?.to_lowercase();
                Some(words.replace(' ', "-") == anchor)
            };
            assert!(page.lines().filter_map(heading).any(|it| it), "no heading for #{anchor}");
        } else if !target.starts_with("http") {
            assert!(root().join(target).exists(), "{target} is not there");
            links += 1;
        }
    }
    assert!(links >= 2, "the README shows the window");
}
