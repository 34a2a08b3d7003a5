//! Files in which a merge was left undone: between Git's markers stand two sides, or three.

use std::borrow::Cow;

/// The text with the first side of each conflict, the markers and the other sides blanked out so
/// that every byte keeps its place; and where the conflicts begin.
pub(super) fn first_side(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    if !(text.starts_with("<<<<<<<") || text.contains("\n<<<<<<<")) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut starts = Vec::new();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut state = State::Outside;
    for line in text.split_inclusive('\n') {
        let marker = marker(line);
        let blank = match (state, marker) {
            (State::Outside, Some('<')) if is_closed(&text[at..]) => {
                starts.push(at);
                state = State::First;
                true
            }
            (State::First, Some('|' | '=')) => {
                state = State::Other;
                true
            }
            (State::Other, Some('>')) => {
                state = State::Outside;
                true
            }
            (State::Other, _) => true,
            _ => false,
        };
        if blank {
            out.extend(line.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
        } else {
            out.push_str(line);
        }
        at += line.len();
    }
    (Cow::Owned(out), starts)
}

#[derive(Clone, Copy)]
enum State {
    Outside,
    First,
    Other,
}

/// The character of a line that is a conflict marker.
fn marker(line: &str) -> Option<char> {
    let first = line.chars().next().filter(|c| "<|=>".contains(*c))?;
    let rest = line.trim_start_matches(first);
    let seven = line.len() - rest.len() == 7;
    (seven && (rest.trim().is_empty() || rest.starts_with(' '))).then_some(first)
}

/// Whether the conflict that begins here has its middle and its end, before another begins.
fn is_closed(text: &str) -> bool {
    let mut markers = text.lines().skip(1).filter_map(marker).filter(|m| *m != '|');
    markers.next() == Some('=') && markers.next() == Some('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_side_stays_in_its_place() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| base\nc\n=======\ndä\n>>>>>>> other\ne\n";
        let (first, starts) = first_side(text);
        assert_eq!(starts, [2]);
        assert_eq!(first.len(), text.len());
        let lines: Vec<_> = first.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(lines, ["a", "b", "e"]);
    }

    #[test]
    fn a_lone_marker_is_no_conflict() {
        assert!(first_side("a\n<<<<<<< HEAD\nb\n").1.is_empty());
        assert!(first_side("a\n======= \nb\n").1.is_empty());
    }
}
