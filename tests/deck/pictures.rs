//! Every slide of the examples as a picture: that each can be drawn and shows something, and a way
//! to look at them: `DECK_PICTURES=FOLDER cargo test deck::pictures` writes them there.

use throughline::export::deck::{DeckOptions, Frame};
use throughline::export::{PngOptions, Progress, png};
use throughline::model::choice::SlideSize;
use throughline::scene::Theme;

use super::{composed, examples, text};

#[test]
fn every_slide_of_the_examples_can_be_drawn() {
    let folder = std::env::var_os("DECK_PICTURES").map(std::path::PathBuf::from);
    let only = std::env::var("DECK_ONLY").unwrap_or_default();
    for (name, doc) in examples().filter(|it| it.0.contains(&only)) {
        for size in SlideSize::ALL {
            if folder.is_some() && std::env::var("DECK_SIZE").is_ok_and(|it| it != size.label()) {
                continue;
            }
            let mut text = text();
            let options = DeckOptions { size: *size, ..DeckOptions::of(&doc) };
            let deck = composed(&doc, &mut text, &options);
            for (i, slide) in deck.slides.iter().enumerate() {
                let scene = slide.preview(&Frame::of(*size), &mut text);
                let scale = if folder.is_some() { 1.5 } else { 0.25 };
                let options = PngOptions { scale, ..PngOptions::default() };
                let bytes =
                    png(&scene, Theme::light(), &text, options, &Progress::default()).unwrap();
                assert!(bytes.len() > 300, "{name} {}: an empty picture", slide.key);
                if let Some(folder) = &folder {
                    let shape = if *size == SlideSize::Wide { "wide" } else { "standard" };
                    let key = slide.key.replace('/', "-");
                    let file = format!("{name}-{shape}-{:02}-{key}.png", i + 1);
                    std::fs::write(folder.join(file), bytes).unwrap();
                }
            }
        }
    }
}
