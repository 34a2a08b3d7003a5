//! A table before it is a file: columns with what they hold, and rows of typed values.
//!
//! [`Columns`] is how a table is described: a column is its header, its form and where its value
//! comes from. Not here: which tables there are, and files.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::insight;
use crate::model::record::PerSegment;
use crate::model::{Choice, Doc, Graph, Id, Index, Typed, query};

/// A finished table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

/// A column's head.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub header: String,
    pub form: Form,
    /// In characters of the usual font, as spreadsheets count.
    pub width: u8,
}

/// What may stand in a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Text,
    /// A whole number from the first to the second.
    Scale(i32, i32),
    /// Any number from the first to the second.
    Range(f64, f64),
    Number,
    Date,
    /// One of these.
    Choice(Vec<&'static str>),
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Empty,
    Text(String),
    /// Finite.
    Number(f64),
    Date(Date),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub fn number(number: impl Into<f64>) -> Self {
        let number = number.into();
        if number.is_finite() { Self::Number(number) } else { Self::Empty }
    }

    fn list(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut all = String::new();
        for line in lines {
            let line = line.as_ref().trim();
            if !line.is_empty() {
                if !all.is_empty() {
                    all.push('\n');
                }
                all.push_str(line);
            }
        }
        Self::text(all)
    }
}

/// What values are looked up in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cx<'a> {
    pub doc: &'a Doc,
    pub index: &'a Index,
    pub graph: &'a Graph,
}

impl<'a> Cx<'a> {
    /// Records by what people call them, a line each.
    pub fn names<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> Value {
        Value::list(ids.into_iter().map(|id| insight::in_words(self.doc, id)))
    }

    /// All records of a type, by id.
    pub fn all<T: Typed>(&self) -> Vec<(&'a Id, &'a T)> {
        let ids = self.index.of_kind(T::KIND).iter();
        ids.filter_map(|id| self.doc.get_as::<T>(id).map(|it| (id, it))).collect()
    }

    /// All records of a type, by what people call them.
    pub fn by_name<T: Typed>(&self) -> Vec<(&'a Id, &'a T)> {
        let mut all = self.all::<T>();
        all.sort_by_cached_key(|(id, _)| (self.doc.name_of(id).to_lowercase(), (*id).clone()));
        all
    }
}

type Of<'a, T> = Box<dyn Fn(&'a Id, &'a T) -> Value + 'a>;

/// A table in the making: its columns, left to right; those with ids come last.
pub(super) struct Columns<'a, T> {
    pub cx: Cx<'a>,
    shown: Vec<(Column, Of<'a, T>)>,
    ids: Vec<(Column, Of<'a, T>)>,
}

/// Segments that have columns of their own; more than these share one.
const MOST_SEGMENTS: usize = 50;

/// The widths that columns come in.
pub(super) const NARROW: u8 = 11;
pub(super) const USUAL: u8 = 20;
pub(super) const WIDE: u8 = 40;
const ID: u8 = 16;

impl<'a, T: Typed> Columns<'a, T> {
    pub fn new(cx: &Cx<'a>) -> Self {
        Self { cx: *cx, shown: Vec::new(), ids: Vec::new() }
    }

    /// A column of any form.
    pub fn with(
        mut self,
        header: impl Into<String>,
        form: Form,
        width: u8,
        value: impl Fn(&'a Id, &'a T) -> Value + 'a,
    ) -> Self {
        self.shown.push((Column { header: header.into(), form, width }, Box::new(value)));
        self
    }

    pub fn text(
        self,
        header: &str,
        width: u8,
        value: impl Fn(&'a T) -> Option<&'a str> + 'a,
    ) -> Self {
        self.with(header, Form::Text, width, move |_, it| Value::text(value(it).unwrap_or("")))
    }

    /// Several texts, a line each.
    pub fn lines(
        self,
        header: &str,
        width: u8,
        value: impl Fn(&'a T) -> &'a [String] + 'a,
    ) -> Self {
        self.with(header, Form::Text, width, move |_, it| Value::list(value(it)))
    }

    pub fn choice<C: Choice>(self, header: &str, value: impl Fn(&'a T) -> Option<C> + 'a) -> Self {
        let labels: Vec<&str> = C::all().iter().map(|it| it.label()).collect();
        let longest = labels.iter().map(|it| it.len()).max().unwrap_or(0);
        let width = u8::try_from(longest + 4).unwrap_or(WIDE).max(NARROW);
        self.with(header, Form::Choice(labels), width, move |_, it| {
            Value::text(value(it).map_or("", Choice::label))
        })
    }

    pub fn yes_no(self, header: &str, value: impl Fn(&'a T) -> bool + 'a) -> Self {
        self.with(header, Form::Choice(vec!["Yes", "No"]), NARROW, move |_, it| {
            Value::text(if value(it) { "Yes" } else { "No" })
        })
    }

    /// Whole numbers of a scale.
    pub fn scale(
        self,
        header: impl Into<String>,
        (low, high): (i32, i32),
        value: impl Fn(&'a T) -> Option<i32> + 'a,
    ) -> Self {
        self.with(header, Form::Scale(low, high), NARROW, move |_, it| {
            value(it).map_or(Value::Empty, Value::number)
        })
    }

    pub fn percent(self, header: &str, value: impl Fn(&'a T) -> Option<f64> + 'a) -> Self {
        self.with(header, Form::Range(0.0, 100.0), NARROW, move |_, it| {
            value(it).map_or(Value::Empty, Value::number)
        })
    }

    pub fn number(self, header: &str, value: impl Fn(&'a T) -> Option<f64> + 'a) -> Self {
        self.with(header, Form::Number, NARROW, move |_, it| {
            value(it).map_or(Value::Empty, Value::number)
        })
    }

    pub fn date(self, header: &str, value: impl Fn(&'a T) -> Option<Date> + 'a) -> Self {
        self.with(header, Form::Date, NARROW + 1, move |_, it| {
            value(it).map_or(Value::Empty, Value::Date)
        })
    }

    /// Other records: what people call them here, their ids at the end.
    pub fn refs<'s, I>(mut self, header: &str, width: u8, value: impl Fn(&'a T) -> I + 'a) -> Self
    where
        I: IntoIterator<Item = &'a Id> + 's,
        'a: 's,
    {
        let cx = self.cx;
        let value = std::rc::Rc::new(value);
        let ids = std::rc::Rc::clone(&value);
        let column = Column { header: format!("{header} (id)"), form: Form::Text, width: ID };
        self.ids.push((
            column,
            Box::new(move |_, it| Value::list(ids(it).into_iter().map(Id::as_str))),
        ));
        self.with(header, Form::Text, width, move |_, it| cx.names(value(it)))
    }

    /// A column for each segment; what is said for others (there are very many, or the file is
    /// broken) stands in one more, a line each.
    pub fn per_segment<N: Copy + Into<i32> + 'a>(
        mut self,
        what: &str,
        (low, high): (i32, i32),
        value: impl Fn(&'a T) -> Option<&'a PerSegment<N>> + Copy + 'a,
        rows: &[(&'a Id, &'a T)],
    ) -> Self {
        let cx = self.cx;
        let mut segments = query::segments(cx.doc, cx.index);
        segments.truncate(MOST_SEGMENTS);
        let own: BTreeSet<&Id> = segments.iter().map(|(id, _)| *id).collect();
        for (id, _) in &segments {
            let id: &'a Id = id;
            let header = format!("{what}: {}", insight::in_words(cx.doc, id));
            self = self.scale(header, (low, high), move |it| {
                value(it)?.get(id).map(|number| (*number).into())
            });
        }
        let is_other = move |id: &Id| !own.contains(id);
        let mut said = rows.iter().filter_map(|(_, it)| value(it)).flat_map(PerSegment::keys);
        if said.any(&is_other) {
            self = self.with(format!("{what}: others"), Form::Text, USUAL, move |_, it| {
                let others = value(it).into_iter().flatten().filter(|(id, _)| is_other(id));
                Value::list(others.map(|(id, number)| {
                    format!("{}: {}", insight::in_words(cx.doc, id), (*number).into())
                }))
            });
        }
        self
    }

    /// The table of these records, with their ids in the last column.
    pub fn finish(self, name: &'static str, records: &[(&'a Id, &'a T)]) -> Sheet {
        let Self { shown, ids, .. } = self;
        let mut all: Vec<(Column, Of<'a, T>)> = shown;
        all.extend(ids);
        let own = Column { header: "Id".to_owned(), form: Form::Text, width: ID };
        all.push((own, Box::new(|id, _| Value::text(id.as_str()))));
        let row = |(id, it): &(&'a Id, &'a T)| all.iter().map(|(_, of)| of(id, it)).collect();
        let rows = records.iter().map(row).collect();
        Sheet { name, rows, columns: all.into_iter().map(|(column, _)| column).collect() }
    }
}
