//! A month to pick a day from, and how dates are read and written: `2026-05-03`, nothing else.

use egui::{RichText, Ui, vec2};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::layout::sizes;
use crate::scene::Theme;

use super::mark::{Glyph, glyph_button_ui};
use super::{bold, muted};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Reads a date; empty is none. The error is for the user.
pub fn parse_date(text: &str) -> Result<Option<Date>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return Err("A date looks like 2026-05-03: year, month, day.".into());
    };
    let digits =
        |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return Err("A date looks like 2026-05-03: year, month, day.".into());
    }
    text.parse().map(Some).map_err(|_| format!("There is no day {text} in the calendar."))
}

/// A date in words: `3 May 2026`.
pub fn in_words(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

fn month_name(date: Date) -> &'static str {
    let index = usize::try_from(date.month() - 1).unwrap_or(0);
    MONTHS.get(index).copied().unwrap_or("")
}

/// A month with its days as buttons, weeks from Monday. Returns the day that was clicked.
/// `shown` is any day of the month that is shown; the buttons beside the heading turn it.
pub fn month_ui(
    ui: &mut Ui,
    theme: &Theme,
    shown: &mut Date,
    chosen: Option<Date>,
) -> Option<Date> {
    let side = sizes().space.xl;
    let mut picked = None;
    ui.spacing_mut().item_spacing = vec2(sizes().space.xs / 2.0, sizes().space.xs / 2.0);
    ui.horizontal(|ui| {
        if glyph_button_ui(ui, theme, Glyph::Left, "Month before").clicked() {
            *shown = shown.checked_sub(1.month()).unwrap_or(*shown);
        }
        let heading = format!("{} {}", month_name(*shown), shown.year());
        let room = vec2(side * 7.0 - 2.0 * sizes().mark.severity, side);
        ui.add_sized(room, egui::Label::new(RichText::new(heading).font(bold())));
        if glyph_button_ui(ui, theme, Glyph::Right, "Month after").clicked() {
            *shown = shown.checked_add(1.month()).unwrap_or(*shown);
        }
    });
    let first = shown.first_of_month();
    let lead = i32::from(first.weekday().to_monday_zero_offset());
    ui.horizontal(|ui| {
        for day in ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] {
            ui.add_sized(vec2(side, side), egui::Label::new(muted(day, theme)));
        }
    });
    let days = i32::from(shown.days_in_month());
    for week in 0..(lead + days + 6) / 7 {
        ui.horizontal(|ui| {
            for slot in 0..7 {
                let day = week * 7 + slot - lead + 1;
                let date = (1..=days).contains(&day).then(|| {
                    let day = i8::try_from(day).unwrap_or(1);
                    first.with().day(day).build().unwrap_or(first)
                });
                match date {
                    Some(date) => {
                        let text = RichText::new(day.to_string());
                        let on = chosen == Some(date);
                        let button = egui::Button::selectable(on, text);
                        let response = ui.add_sized(vec2(side, side), button);
                        if response.accessible_name(in_words(date)).clicked() {
                            picked = Some(date);
                        }
                    }
                    None => {
                        ui.allocate_space(vec2(side, side));
                    }
                }
            }
        });
    }
    picked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_iso_or_refused_in_words() {
        assert_eq!(parse_date(" 2026-05-03 "), Ok(Some(jiff::civil::date(2026, 5, 3))));
        assert_eq!(parse_date(""), Ok(None));
        assert!(parse_date("2026-02-30").unwrap_err().contains("no day"));
        for bad in ["3.5.2026", "2026-5-3", "+2026-05-03", "2026-05-03T10", "20260503"] {
            assert!(parse_date(bad).unwrap_err().contains("looks like"), "{bad}");
        }
    }
}
