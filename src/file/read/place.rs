//! From a byte of the text to the line and the column that an editor shows.

/// Counts lines and columns, for places that are asked in ascending order.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Up to where has been counted.
    at: usize,
    line: usize,
    column: usize,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 1, column: 1 }
    }

    /// The line and the column, both from 1, the column in characters. A place before the last
    /// one that was asked for counts as that one.
    pub fn place(&mut self, at: usize) -> (usize, usize) {
        for c in self.text.get(self.at..at).unwrap_or("").chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at = self.at.max(at);
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_start_at_one_and_count_characters() {
        let mut lines = Lines::new("aé\nb");
        assert_eq!(lines.place(0), (1, 1));
        assert_eq!(lines.place(3), (1, 3));
        assert_eq!(lines.place(4), (2, 1));
        assert_eq!(lines.place(5), (2, 2));
    }
}
