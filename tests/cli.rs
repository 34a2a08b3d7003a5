//! The program without a window, run as people run it: exit codes, streams, files.

mod export;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder of its own for a test, and the program run in it.
struct Shell {
    folder: TempDir,
}

impl Shell {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names in the folder, in order.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
        command.args(args).current_dir(self.folder.path()).env_remove("DISPLAY");
        command.env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        Said::of(&self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    fn run_with_input(&self, args: &[&str], input: &[u8]) -> Said {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that reads nothing of it may have gone already.
        let _ = child.stdin.take().unwrap().write_all(input);
        Said::of(&child.wait_with_output().unwrap())
    }
}

/// What the program said and how it ended.
#[derive(Debug)]
struct Said {
    code: i32,
    out: Vec<u8>,
    err: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: output.stdout.clone(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    /// Ended well and without a word on standard error.
    #[track_caller]
    fn quietly(self) -> Self {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{self:?}");
        self
    }

    /// Ended with this code, one line on standard error, nothing on standard output.
    #[track_caller]
    fn refused(self, code: i32) -> Self {
        assert_eq!((self.code, self.text()), (code, ""), "{self:?}");
        assert!(self.err.starts_with("throughline: ") && self.err.ends_with('\n'), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        self
    }
}

fn example(name: &str) -> &'static str {
    throughline::examples::example(name).unwrap().ron
}

const BROKEN: &str = "(\n    format: 1,\n    title: \"Broken\",\n    steps: {\n        \"a\": (\n            \
                      name: \"A\",\n            stage: \"nowhere\",\n            colour: 3,\n        ),\n    },\n)\n";

#[test]
fn help_and_version_go_to_standard_output() {
    let shell = Shell::new();
    let help = shell.run(&["--help"]).quietly();
    for word in ["export", "check", "fmt", "new", "stats", "trace", "Examples:"] {
        assert!(help.text().contains(word), "no {word} in\n{}", help.text());
    }
    assert_eq!(shell.run(&["help"]).quietly().text(), help.text());
    for command in ["export", "check", "fmt", "new", "stats", "trace"] {
        let said = shell.run(&["help", command]).quietly();
        assert!(said.text().contains("Examples:"), "{}", said.text());
    }
    let version = shell.run(&["--version"]).quietly();
    assert_eq!(version.text(), concat!("throughline ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn what_cannot_be_understood_is_refused() {
    let shell = Shell::new();
    for args in [&["check"][..], &["export", "x.ron"], &["stats", "--jsn", "x.ron"]] {
        let said = shell.run(args);
        assert_eq!((said.code, said.text()), (2, ""), "{said:?}");
        assert!(said.err.contains("Usage:"), "{said:?}");
    }
}

#[test]
fn without_a_display_the_window_names_export() {
    let shell = Shell::new();
    shell.write("map.ron", example("home-movie-night"));
    let said = shell.run(&["map.ron"]).refused(2);
    assert!(said.err.contains("export"), "{said:?}");
    assert_eq!(said.err.lines().count(), 1, "{said:?}");
}

#[test]
fn new_maps_are_written_once() {
    let shell = Shell::new();
    shell.run(&["new", "our-journey.ron"]).quietly();
    assert!(shell.read("our-journey.ron").contains("title: \"Our journey\","));
    shell.run(&["fmt", "--check", "our-journey.ron"]).quietly();
    assert_eq!(shell.run(&["check", "our-journey.ron"]).code, 0);

    shell.run(&["new", "case.ron", "--example", "support-case"]).quietly();
    assert_eq!(shell.read("case.ron"), example("support-case"));

    shell.write("case.ron", "mine");
    let said = shell.run(&["new", "case.ron"]).refused(2);
    assert!(said.err.contains("case.ron exists"), "{said:?}");
    assert_eq!(shell.read("case.ron"), "mine");

    let said = shell.run(&["new", "x.ron", "--example", "no-such"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("home-movie-night"), "lists the examples: {said:?}");
    shell.run(&["new", "no/such/folder.ron"]).refused(2);
    assert_eq!(shell.names(), ["case.ron", "our-journey.ron"]);

    let said = shell.run(&["new", "-", "--example", "support-case"]).quietly();
    assert_eq!(said.text(), example("support-case"));
}

#[test]
fn checks_of_the_examples_find_no_error() {
    let shell = Shell::new();
    for it in throughline::examples::EXAMPLES {
        shell.write("map.ron", it.ron);
        let said = shell.run(&["check", "map.ron"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{}: {said:?}", it.name);
    }
}

#[test]
fn checks_say_file_line_and_column() {
    let shell = Shell::new();
    shell.write("broken.ron", BROKEN);
    let said = shell.run(&["check", "broken.ron"]);
    assert_eq!((said.code, said.err.as_str()), (1, ""), "{said:?}");
    let first = said.text().lines().find(|line| line.contains(" E010 ")).unwrap();
    assert!(first.starts_with("broken.ron:8:13: E010 "), "{first}");

    let from_input = shell.run_with_input(&["check", "-"], BROKEN.as_bytes());
    assert_eq!(from_input.code, 1);
    assert_eq!(from_input.text(), said.text().replace("broken.ron:", "standard input:"));
}

#[test]
fn checks_as_json_hold_every_file() {
    let shell = Shell::new();
    shell.write("broken.ron", BROKEN);
    shell.write("good.ron", example("home-movie-night"));
    let said = shell.run(&["check", "--json", "broken.ron", "good.ron", "absent.ron"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("absent.ron"), "{said:?}");
    let json: serde_json::Value = serde_json::from_slice(&said.out).unwrap();
    assert!(json["errors"].as_u64().unwrap() >= 2, "{json}");
    let files = json["files"].as_array().unwrap();
    assert_eq!(files.len(), 3);
    let findings = files[0]["findings"].as_array().unwrap();
    let unknown = findings.iter().find(|it| it["code"] == "E010").unwrap();
    assert_eq!((&unknown["level"], &unknown["line"]), (&"error".into(), &8.into()));
    let weakness = findings.iter().find(|it| it["code"] == "W202").unwrap();
    assert_eq!(weakness["level"], "warning");
    assert!(files[2]["unusable"].as_str().unwrap().contains("absent.ron"));
}

#[test]
fn what_holds_no_map_is_unusable() {
    let shell = Shell::new();
    shell.write("empty.ron", "");
    fs::write(shell.path("latin.ron"), b"(title: \"caf\xe9\")").unwrap();
    fs::create_dir(shell.path("folder.ron")).unwrap();
    for name in ["empty.ron", "latin.ron", "folder.ron", "absent.ron"] {
        assert_eq!(shell.run(&["check", name]).code, 2, "check {name}");
        for command in ["fmt", "stats"] {
            let said = shell.run(&[command, name]).refused(2);
            assert!(said.err.contains(name), "{said:?}");
        }
    }
    assert_eq!(shell.read("empty.ron"), "");
}

#[test]
fn fmt_writes_the_canonical_form_and_nothing_else() {
    let shell = Shell::new();
    let good = example("home-movie-night");
    let squeezed = good.replace(",\n            ", ", ");
    assert_ne!(squeezed, good);
    shell.write("map.ron", &squeezed);
    let said = shell.run(&["fmt", "--check", "map.ron"]);
    assert_eq!((said.code, said.text(), said.err.as_str()), (1, "map.ron\n", ""));
    assert_eq!(shell.read("map.ron"), squeezed);

    shell.run(&["fmt", "map.ron"]).quietly();
    assert_eq!(shell.read("map.ron"), good);
    assert_eq!(shell.names(), ["map.ron"], "no temporary file stays behind");
    shell.run(&["fmt", "--check", "map.ron"]).quietly();

    let said = shell.run_with_input(&["fmt", "-"], squeezed.as_bytes()).quietly();
    assert_eq!(said.text(), good);
}

#[test]
fn fmt_leaves_alone_what_it_would_lose() {
    let shell = Shell::new();
    let newer = "(\n    format: 99,\n    title: \"Newer\",\n)\n";
    let comment = "// Mine.\n(format: 1, title: \"With a comment\")\n";
    shell.write("broken.ron", BROKEN);
    shell.write("newer.ron", newer);
    shell.write("comment.ron", comment);
    shell.write("good.ron", "(format: 1, title: \"Good\")");
    let said = shell.run(&["fmt", "broken.ron", "newer.ron", "comment.ron", "good.ron"]).refused(2);
    assert_eq!(said.err.lines().count(), 3, "{said:?}");
    assert_eq!(shell.read("broken.ron"), BROKEN);
    assert_eq!(shell.read("newer.ron"), newer);
    assert_eq!(shell.read("comment.ron"), comment);
    assert_eq!(shell.read("good.ron"), "(\n    format: 1,\n    title: \"Good\",\n)\n");
}

#[cfg(unix)]
#[test]
fn fmt_follows_links_and_keeps_the_mode() {
    use std::os::unix::fs::PermissionsExt as _;
    let shell = Shell::new();
    shell.write("map.ron", "(format: 1, title: \"Linked\")");
    fs::set_permissions(shell.path("map.ron"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("map.ron", shell.path("link.ron")).unwrap();
    shell.run(&["fmt", "link.ron"]).quietly();
    assert!(fs::symlink_metadata(shell.path("link.ron")).unwrap().is_symlink());
    assert!(shell.read("map.ron").starts_with("(\n    format: 1,\n"));
    let mode = fs::metadata(shell.path("map.ron")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn stats_count_what_is_there() {
    let shell = Shell::new();
    let text = "(format: 1, title: \"Three\", steps: {\"a\": (name: \"A\"), \"b\": (name: \"B\")}, \
                links: {\"a-b\": (from: \"a\", to: \"b\", kind: Next()), \
                \"a-c\": (from: \"a\", to: \"gone\", kind: Next())}, \
                frictions: {\"f\": (at: \"a\", text: \"F\", severity: 4)})";
    shell.write("map.ron", text);
    let said = shell.run(&["stats", "--json", "map.ron"]).quietly();
    let json: serde_json::Value = serde_json::from_slice(&said.out).unwrap();
    assert_eq!(json["title"], "Three");
    assert_eq!((&json["records"], &json["nodes"]), (&5.into(), &2.into()));
    assert_eq!((&json["links"], &json["kinds"]["links"]), (&1.into(), &2.into()));
    assert_eq!(json["kinds"]["steps"], 2);
    assert_eq!(json["kinds"]["views"], 0);
    assert_eq!(json["frictions_by_severity"]["4"], 1);

    let table = shell.run_with_input(&["stats", "-"], text.as_bytes()).quietly();
    assert!(table.text().starts_with("Three\n\n"), "{}", table.text());
    let steps = table.text().lines().find(|line| line.starts_with("steps ")).unwrap();
    assert!(steps.ends_with(" 2"), "{steps}");
}

#[test]
fn stats_rank_hubs_and_list_orphans() {
    let shell = Shell::new();
    let text = "(format: 1, title: \"Air\", steps: {\"s\": (name: \"S\")}, \
                touchpoints: {\"t\": (name: \"Desk\"), \"u\": (name: \"Unused\")}, \
                systems: {\"a\": (name: \"Till\"), \"b\": (name: \"Idle\", class: Policy, owner: \"a\")}, \
                links: {\"l\": (from: \"s\", to: \"t\", kind: Uses), \
                \"m\": (from: \"t\", to: \"a\", kind: DependsOn())}, \
                frictions: {\"f\": (at: \"t\", severity: 4, frequency: 2, reach_pct: 50)})";
    shell.write("map.ron", text);
    let said = shell.run(&["stats", "--json", "map.ron"]).quietly();
    let json: serde_json::Value = serde_json::from_slice(&said.out).unwrap();
    assert_eq!(json["hubs"].as_array().unwrap().len(), 2);
    let till = &json["hubs"][0];
    assert_eq!(
        (&till["id"], &till["name"], &till["friction"]),
        (&"a".into(), &"Till".into(), &4.0.into())
    );
    assert_eq!((&till["reach"], &till["stops"]), (&1.into(), &1.into()));
    assert_eq!(till["owner"]["id"], "a", "a team answers for itself");
    assert_eq!(json["orphans"]["unused_systems"][0]["id"], "b");
    assert_eq!(json["orphans"]["unsupported_touchpoints"][0]["name"], "Unused");
    assert_eq!(json["orphans"]["unused_touchpoints"][0]["id"], "u");

    let table = shell.run(&["stats", "map.ron"]).quietly();
    let hub = table.text().lines().find(|line| line.ends_with("  Till")).unwrap();
    assert!(hub.trim_start().starts_with("4.0"), "{hub}");
    assert!(table.text().contains("\nInternal systems that nothing rests on: Idle\n"), "{table:?}");
}

#[test]
fn trace_says_the_ways_in_words_with_named_causes_told_apart() {
    let shell = Shell::new();
    shell.write("map.ron", example("support-case"));
    let said = shell.run(&["trace", "map.ron", "script-prison"]).quietly();
    for line in [
        "  named cause     Nobody may leave the script (script-policy), 2 links away, 50 %",
        "  possible cause  Offshore support (offshore-team), 2 links away, 25 %",
        "  named    Call with an agent → Scripted diagnosis → Nobody may leave the script",
        "           Call with an agent → Type case notes again → Case system → CRM operations",
        "  CRM operations: Case system",
        "  severity 4  Agents pass cases on to save their minutes (hurried)",
    ] {
        assert!(said.text().lines().any(|it| it == line), "no {line:?} in\n{}", said.text());
    }
    let named = shell.run(&["trace", "map.ron", "Forty-five minutes of steps already tried"]);
    assert_eq!(named.quietly().text(), said.text(), "a name does as well");

    let said = shell.run(&["trace", "map.ron", "script-prison", "--json"]).quietly();
    let json: serde_json::Value = serde_json::from_slice(&said.out).unwrap();
    assert_eq!((&json["from"]["kind"], &json["path_count"]), (&"friction point".into(), &5.into()));
    let way = &json["paths"][1];
    assert_eq!(
        way["words"],
        "Call with an agent → Scripted diagnosis → Nobody may leave the script"
    );
    assert_eq!((&way["named"], &way["nodes"][2]["id"]), (&true.into(), &"script-policy".into()));
    assert_eq!(way["links"][0], "agent-call-scripted-diagnosis");
    assert_eq!(json["causes"][1]["named_by"][0]["id"], "script-prison");
    assert_eq!(json["frictions"][0]["weight"], 18.0);
}

#[test]
fn trace_goes_back_up_with_impact() {
    let shell = Shell::new();
    let map = example("support-case");
    let up = |args: &[&str]| {
        let all = [&["trace", "-", "web-help-team", "--impact"], args].concat();
        shell.run_with_input(&all, map.as_bytes()).quietly()
    };
    let said = up(&[]);
    for line in [
        "Steps, if it fails (2 of 8)",
        "  stops     Search the help site (help-site)",
        "Touchpoints",
    ] {
        assert!(said.text().lines().any(|it| it == line), "no {line:?} in\n{}", said.text());
    }
    let json: serde_json::Value = serde_json::from_slice(&up(&["--json"]).out).unwrap();
    assert_eq!(
        (&json["steps"][0]["id"], &json["steps"][0]["stops"]),
        (&"help-site".into(), &true.into())
    );
    assert_eq!(json["segments"].as_array().unwrap().len(), 2);
    let nothing = shell.run_with_input(&["trace", "-", "crm-team"], map.as_bytes()).quietly();
    assert!(nothing.text().contains("\nNothing lies beneath it.\n"), "{nothing:?}");
}

#[test]
fn trace_of_what_is_not_there_says_what_comes_near() {
    let shell = Shell::new();
    shell.write("map.ron", example("support-case"));
    let said = shell.run(&["trace", "map.ron", "LEAVE the"]).refused(2);
    assert!(said.err.contains("script-policy (Nobody may leave the script)"), "{}", said.err);
    let said = shell.run(&["trace", "map.ron", "zebra"]).refused(2);
    assert!(said.err.contains("no record “zebra”"), "{}", said.err);
    let said = shell.run(&["trace", "map.ron", "small-firms"]).refused(2);
    assert!(said.err.contains("of the kind segment") && said.err.contains("friction point"));
    let twice =
        "(format: 1, title: \"Twice\", steps: {\"a\": (name: \"Pay\"), \"b\": (name: \"Pay\")})";
    let said = shell.run_with_input(&["trace", "-", "Pay"], twice.as_bytes()).refused(2);
    assert!(said.err.contains("a (Pay), b (Pay)"), "{}", said.err);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let shell = Shell::new();
    shell.write("map.ron", example("support-case"));
    let mut child = shell
        .command(&["new", "-", "--example", "support-case"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let said = Said::of(&child.wait_with_output().unwrap());
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
}
