//! What a single text, number or word means: ron says, plain ones are taken as they stand.

use std::borrow::Cow;

use super::tree::Shape;

/// A value in the words of a message: `the text "abc"`, shortened.
pub(super) fn shown(shape: Shape, source: &str) -> String {
    let short = |text: &str| {
        let mut short: String = text.chars().take(40).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        short.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'")
    };
    match shape {
        Shape::Text => format!("the text {}", short(source)),
        Shape::Word => format!("the word `{}`", short(source)),
        Shape::Number => format!("the number {}", short(source)),
        Shape::List => "a list `[…]`".to_owned(),
        Shape::Map => "a map `{…}`".to_owned(),
        Shape::Group => "a group `(…)`".to_owned(),
        Shape::Broken => "something that cannot be read".to_owned(),
    }
}

/// The text that a quoted or raw text stands for; the error says what is wrong with it.
pub(super) fn text(source: &str) -> Result<Cow<'_, str>, String> {
    if let Some(inner) = source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))
        && !inner.contains('\\')
    {
        return Ok(Cow::Borrowed(inner));
    }
    ron::from_str::<String>(source)
        .map(Cow::Owned)
        .map_err(|error| format!("A `\\` in this text starts no known escape ({}).", error.code))
}

/// A whole number of any spelling that ron knows (`1_000`, `0xff`).
pub(super) fn whole(source: &str) -> Option<i128> {
    match source.parse::<i64>() {
        Ok(number) => Some(i128::from(number)),
        Err(_) => ron::from_str::<i64>(source)
            .map(i128::from)
            .or_else(|_| ron::from_str::<u64>(source).map(i128::from))
            .ok(),
    }
}

/// A number with or without a fraction; neither infinite nor "not a number".
pub(super) fn number(source: &str) -> Option<f64> {
    let number = match source.parse::<f64>() {
        Ok(number) => number,
        Err(_) => match whole(source) {
            Some(number) => number as f64,
            None => ron::from_str::<f64>(source).ok()?,
        },
    };
    number.is_finite().then_some(number)
}

/// `true` or `false`.
pub(super) fn truth(source: &str) -> Option<bool> {
    match source {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// A name without the mark of a raw one (`r#type`).
pub(super) fn word(source: &str) -> &str {
    source.strip_prefix("r#").unwrap_or(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn atoms_read_as_ron_reads_them() {
        assert_eq!(text(r#""a\n\u{1F600}\"""#).as_deref(), Ok("a\n😀\""));
        assert_eq!(text(r##"r#"a\n"b"#"##).as_deref(), Ok("a\\n\"b"));
        assert!(text(r#""\q""#).is_err());
        assert_eq!(whole("1_000"), Some(1000));
        assert_eq!(whole("0xff"), Some(255));
        assert_eq!(whole("1.5"), None);
        assert_eq!(number("45"), Some(45.0));
        assert_eq!(number("1e400"), None);
        assert_eq!(number("NaN"), None);
        assert_eq!(number("1_0.5"), Some(10.5));
    }
}
