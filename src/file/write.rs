//! The canonical writer: one map, one text.
//!
//! Kinds in a fixed order, records by id, fields in declaration order, defaults left out, one
//! field a line, LF. Lists and maps of plain values stay on the line of their field; a map that
//! holds groups (pinned positions) has a line per entry. Not here: getting the text onto the
//! disk (see `save`).

use std::fmt::{self, Write as _};

use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, Serializer,
};

use crate::model::{Doc, Id, Kind, Record};

/// The format version that this program writes and the newest that it can save over.
pub const FORMAT: u64 = 1;

/// The text of a map, as it is saved: the same map always gives the same bytes.
pub fn write(doc: &Doc) -> String {
    let mut sections: [Vec<(&Id, &Record)>; Kind::ALL.len()] = std::array::from_fn(|_| Vec::new());
    for (id, record) in doc.iter() {
        sections[record.kind() as usize].push((id, record));
    }
    let mut out = String::with_capacity(256 + doc.len() * 160);
    let _ = write!(out, "(\n    format: {FORMAT},");
    // The head has no brackets of its own: its fields stand beside the sections.
    let _ = doc.head().serialize(Writer { out: &mut out, depth: 0, bare: true });
    for (kind, records) in Kind::ALL.into_iter().zip(&sections) {
        if records.is_empty() {
            continue;
        }
        line(&mut out, 1);
        let _ = write!(out, "{}: {{", kind.section());
        for (id, record) in records {
            line(&mut out, 2);
            let _ = write!(out, "\"{id}\": ");
            // A record is made of fields that this writer knows: it cannot fail.
            let _ = record.serialize(Writer { out: &mut out, depth: 2, bare: false });
            out.push(',');
        }
        line(&mut out, 1);
        out.push_str("},");
    }
    out.push_str("\n)\n");
    out
}

/// Starts a line at a depth of four spaces each.
fn line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("    ");
    }
}

/// Writes a text in quotes so that it reads back as it was and so that nothing in it can hide:
/// control characters, bidi overrides and invisible format characters are written as escapes.
fn text(out: &mut String, text: &str) {
    out.push('"');
    let mut plain_from = 0;
    for (at, c) in text.char_indices() {
        if c != '"' && c != '\\' && !hides(c) {
            continue;
        }
        out.push_str(&text[plain_from..at]);
        plain_from = at + c.len_utf8();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
        }
    }
    out.push_str(&text[plain_from..]);
    out.push('"');
}

/// Whether a reader of the file could not see the character, or would see the line torn or turned
/// by it. The joiners U+200C and U+200D stay: Persian, Hindi and emoji are spelt with them.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Writes one value where the text stands.
struct Writer<'a> {
    out: &'a mut String,
    /// How deep the line stands that the value is on.
    depth: usize,
    /// Fields only, without brackets around them.
    bare: bool,
}

impl Writer<'_> {
    fn put(self, value: impl fmt::Display) -> fmt::Result {
        write!(self.out, "{value}")
    }
}

/// A struct being written: a line for each field.
struct Fields<'a> {
    to: Writer<'a>,
    any: bool,
}

impl Fields<'_> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> fmt::Result {
        self.any = true;
        let depth = self.to.depth + 1;
        line(self.to.out, depth);
        write!(self.to.out, "{name}: ")?;
        value.serialize(Writer { out: self.to.out, depth, bare: false })?;
        self.to.out.push(',');
        Ok(())
    }

    fn close(self) -> fmt::Result {
        if !self.to.bare {
            if self.any {
                line(self.to.out, self.to.depth);
            }
            self.to.out.push(')');
        }
        Ok(())
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, v: &T) -> fmt::Result {
        self.field(name, v)
    }
    fn end(self) -> fmt::Result {
        self.close()
    }
}

impl SerializeStructVariant for Fields<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, v: &T) -> fmt::Result {
        self.field(name, v)
    }
    fn end(self) -> fmt::Result {
        self.close()
    }
}

/// A list, tuple or map being written: on one line if its values are plain.
struct Items<'a> {
    to: Writer<'a>,
    close: char,
    items: Vec<String>,
    groups: bool,
}

impl<'a> Items<'a> {
    fn new(to: Writer<'a>, open: char, close: char) -> Self {
        to.out.push(open);
        Self { to, close, items: Vec::new(), groups: false }
    }

    fn item<T: Serialize + ?Sized>(&self, value: &T) -> Result<String, fmt::Error> {
        let mut item = String::new();
        value.serialize(Writer { out: &mut item, depth: self.to.depth + 1, bare: false })?;
        Ok(item)
    }

    fn close(self) -> fmt::Result {
        let out = self.to.out;
        for (n, item) in self.items.iter().enumerate() {
            if self.groups {
                line(out, self.to.depth + 1);
                out.push_str(item);
                out.push(',');
            } else {
                out.push_str(if n == 0 { "" } else { ", " });
                out.push_str(item);
            }
        }
        if self.groups {
            line(out, self.to.depth);
        }
        out.push(self.close);
        Ok(())
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        let item = self.item(value)?;
        self.groups |= item.contains('\n');
        self.items.push(item);
        Ok(())
    }
    fn end(self) -> fmt::Result {
        self.close()
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        SerializeSeq::serialize_element(self, value)
    }
    fn end(self) -> fmt::Result {
        self.close()
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        let key = self.item(key)?;
        self.items.push(key);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        let value = self.item(value)?;
        self.groups |= value.starts_with('(');
        if let Some(item) = self.items.last_mut() {
            item.push_str(": ");
            item.push_str(&value);
        }
        Ok(())
    }
    fn end(self) -> fmt::Result {
        self.close()
    }
}

/// No record holds these shapes.
type No = Impossible<(), fmt::Error>;

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = Items<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    fn serialize_bool(self, v: bool) -> fmt::Result {
        self.put(v)
    }
    fn serialize_i8(self, v: i8) -> fmt::Result {
        self.put(v)
    }
    fn serialize_i16(self, v: i16) -> fmt::Result {
        self.put(v)
    }
    fn serialize_i32(self, v: i32) -> fmt::Result {
        self.put(v)
    }
    fn serialize_i64(self, v: i64) -> fmt::Result {
        self.put(v)
    }
    fn serialize_u8(self, v: u8) -> fmt::Result {
        self.put(v)
    }
    fn serialize_u16(self, v: u16) -> fmt::Result {
        self.put(v)
    }
    fn serialize_u32(self, v: u32) -> fmt::Result {
        self.put(v)
    }
    fn serialize_u64(self, v: u64) -> fmt::Result {
        self.put(v)
    }
    fn serialize_f32(self, v: f32) -> fmt::Result {
        self.serialize_f64(f64::from(v))
    }
    /// A whole number is written as one (`45`); any other in its shortest spelling that reads
    /// back as the same number.
    fn serialize_f64(self, v: f64) -> fmt::Result {
        if v == v.trunc() && v.abs() < 1e15 {
            return self.put(v as i64);
        }
        write!(self.out, "{v:?}")
    }
    fn serialize_char(self, v: char) -> fmt::Result {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, v: &str) -> fmt::Result {
        text(self.out, v);
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> fmt::Result {
        Err(fmt::Error)
    }
    fn serialize_none(self) -> fmt::Result {
        self.put("None")
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }
    fn serialize_unit(self) -> fmt::Result {
        self.put("()")
    }
    fn serialize_unit_struct(self, _: &'static str) -> fmt::Result {
        self.put("()")
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> fmt::Result {
        self.put(name)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> fmt::Result {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> fmt::Result {
        Err(fmt::Error)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, fmt::Error> {
        Ok(Items::new(self, '[', ']'))
    }
    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, fmt::Error> {
        Ok(Items::new(self, '(', ')'))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<No, fmt::Error> {
        Err(fmt::Error)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<No, fmt::Error> {
        Err(fmt::Error)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Items<'a>, fmt::Error> {
        Ok(Items::new(self, '{', '}'))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, fmt::Error> {
        if !self.bare {
            self.out.push('(');
        }
        Ok(Fields { to: self, any: false })
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, fmt::Error> {
        self.out.push_str(name);
        self.out.push('(');
        Ok(Fields { to: self, any: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(what: &str) -> String {
        let mut out = String::new();
        text(&mut out, what);
        out
    }

    #[test]
    fn nothing_in_a_text_can_hide() {
        assert_eq!(quoted("a\"b\\c\nd\re\tf"), r#""a\"b\\c\nd\re\tf""#);
        assert_eq!(quoted("x\u{202e}y\u{feff}\0\u{85}"), r#""x\u{202e}y\u{feff}\u{0}\u{85}""#);
        assert_eq!(
            quoted("می\u{200c}خواهم 👩\u{200d}🚀 ]]>"),
            "\"می\u{200c}خواهم 👩\u{200d}🚀 ]]>\""
        );
    }

    #[test]
    fn numbers_are_short_and_read_back() {
        let number = |v: f64| {
            let mut out = String::new();
            v.serialize(Writer { out: &mut out, depth: 0, bare: false }).unwrap();
            out
        };
        assert_eq!(number(45.0), "45");
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(0.1), "0.1");
        assert_eq!(number(1e300), "1e300");
        assert_eq!(number(-12.5), "-12.5");
    }
}
