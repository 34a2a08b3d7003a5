//! Serde over the tree: a record is read from its node by its own derived `Deserialize`.
//!
//! Unlike ron's own reader it says where in the file a value is wrong, refuses what is there
//! twice, and reads on without the one field or list entry that is wrong. A field that is left
//! out for that is not in the way: the record is read again without it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde::de::{
    self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

use super::atom;
use super::tree::{Fault, Shape, Tree};

/// So many wrong values are left out one by one; after that the record is.
const MOST_LEFT_OUT: usize = 60;

/// Reads a value of type `T` from a node, without the items in `left_out`. What else had to be
/// left out is added to `faults`; `None` means that nothing of it could be kept.
pub(super) fn read<'t, T: Deserialize<'t>>(
    tree: &Tree<'t>,
    node: u32,
    left_out: FxHashSet<u32>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let source =
        Source { tree, left_out: RefCell::new(left_out), faults: RefCell::new(Vec::new()) };
    let mut result = None;
    for _ in 0..=MOST_LEFT_OUT {
        match T::deserialize(Value { source: &source, node }) {
            Ok(value) => {
                result = Some(value);
                break;
            }
            Err(wrong) => {
                let at = wrong.at.unwrap_or(tree.node(node).start);
                let (code, message) = (wrong.code, wrong.message);
                // What is missing because it was left out has been said.
                if !wrong.missing.is_some_and(|field| source.left_out_field(field)) {
                    let mut found = source.faults.borrow_mut();
                    found.push(Fault { code, at: at as usize, message });
                }
                match wrong.item {
                    Some(item) => source.left_out.borrow_mut().insert(item),
                    None => break,
                };
            }
        }
    }
    faults.append(&mut source.faults.borrow_mut());
    result
}

/// What a record is read from.
struct Source<'a, 't> {
    tree: &'a Tree<'t>,
    left_out: RefCell<FxHashSet<u32>>,
    faults: RefCell<Vec<Fault>>,
}

impl Source<'_, '_> {
    /// Leaves an item out and says why.
    fn leave_out(&self, item: u32, code: &'static str, at: u32, message: String) {
        self.left_out.borrow_mut().insert(item);
        self.faults.borrow_mut().push(Fault { code, at: at as usize, message });
    }

    /// Whether a field of this name was left out somewhere in the record.
    fn left_out_field(&self, field: &str) -> bool {
        let named = |item: &u32| {
            self.tree.item(*item).key.is_some_and(|key| self.tree.source(key) == field)
        };
        self.left_out.borrow().iter().any(named)
    }

    fn usable(&self, item: u32) -> bool {
        self.tree.item(item).whole && !self.left_out.borrow().contains(&item)
    }
}

/// Why a value could not be read, and which item to leave out so that the rest can.
#[derive(Debug)]
pub(super) struct Wrong {
    code: &'static str,
    message: String,
    at: Option<u32>,
    item: Option<u32>,
    /// The field that is missing, where that is what is wrong.
    missing: Option<&'static str>,
}

impl Wrong {
    fn new(code: &'static str, message: String) -> Self {
        Self { code, message, at: None, item: None, missing: None }
    }

    fn at(mut self, at: u32) -> Self {
        self.at.get_or_insert(at);
        self
    }

    fn leaving_out(mut self, item: u32) -> Self {
        self.item.get_or_insert(item);
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new("E014", format!("This cannot be used: {message}."))
    }
    fn invalid_type(found: Unexpected<'_>, wanted: &dyn de::Expected) -> Self {
        Self::new("E015", format!("Expected {wanted} here, not {found}."))
    }
    fn unknown_variant(found: &str, wanted: &'static [&'static str]) -> Self {
        Self::new("E017", format!("`{found}` is none of {}.", wanted.join(", ")))
    }
    fn missing_field(field: &'static str) -> Self {
        let missing = Some(field);
        Self { missing, ..Self::new("E018", format!("`{field}` is missing.")) }
    }
}

/// One node, as something to deserialize from.
#[derive(Clone, Copy)]
struct Value<'a, 't> {
    source: &'a Source<'a, 't>,
    node: u32,
}

impl<'a, 't> Value<'a, 't> {
    fn shape(self) -> Shape {
        self.source.tree.node(self.node).shape
    }

    fn text(self) -> &'t str {
        self.source.tree.source(self.node)
    }

    fn start(self) -> u32 {
        self.source.tree.node(self.node).start
    }

    /// The name before a group; empty where there is none.
    fn name(self) -> &'t str {
        let node = self.source.tree.node(self.node);
        atom::word(self.source.tree.text[node.start as usize..node.name_end as usize].trim_end())
    }

    fn not(self, wanted: &str) -> Wrong {
        let found = atom::shown(self.shape(), self.text());
        Wrong::new("E015", format!("Expected {wanted} here, not {found}.")).at(self.start())
    }

    fn items(self) -> std::ops::Range<u32> {
        self.source.tree.range(self.node)
    }

    fn child(self, node: u32) -> Self {
        Self { node, ..self }
    }

    fn whole(self, low: i128, high: i128) -> Result<i128, Wrong> {
        let wanted = || {
            if low < -1_000_000 || high > 1_000_000 {
                "a whole number".to_owned()
            } else {
                format!("a whole number from {low} to {high}")
            }
        };
        match self.shape() {
            Shape::Number => match atom::whole(self.text()) {
                Some(number) if (low..=high).contains(&number) => Ok(number),
                Some(_) => Err(Wrong { code: "E016", ..self.not(&wanted()) }),
                None => Err(self.not(&wanted())),
            },
            _ => Err(self.not(&wanted())),
        }
    }

    fn number(self) -> Result<f64, Wrong> {
        match self.shape() {
            Shape::Number => atom::number(self.text())
                .ok_or_else(|| Wrong { code: "E016", ..self.not("a finite number") }),
            Shape::Word if matches!(self.text(), "NaN" | "inf") => {
                Err(Wrong { code: "E016", ..self.not("a finite number") })
            }
            _ => Err(self.not("a number")),
        }
    }

    fn fields(self, names: &'static [&'static str]) -> Items<'a, 't> {
        Items { names: Some(names), ..self.entries() }
    }

    fn entries(self) -> Items<'a, 't> {
        let (left, seen) = (self.items(), FxHashSet::default());
        Items { of: self, left, current: None, seen, names: None }
    }
}

macro_rules! whole {
    ($($method:ident $visit:ident $type:ty),*) => {$(
        fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
            let number = self.whole(i128::from(<$type>::MIN), i128::from(<$type>::MAX))?;
            visitor.$visit(number as $type)
        }
    )*};
}

impl<'t> de::Deserializer<'t> for Value<'_, 't> {
    type Error = Wrong;

    whole!(
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64
    );

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.shape() {
            Shape::Text => self.deserialize_str(visitor),
            Shape::Number => visitor.visit_f64(self.number()?),
            Shape::Word => self.deserialize_bool(visitor),
            Shape::List => self.deserialize_seq(visitor),
            Shape::Map | Shape::Group => visitor.visit_map(self.entries()),
            Shape::Broken => Err(self.not("a value")),
        }
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match (self.shape(), atom::truth(self.text())) {
            (Shape::Word, Some(truth)) => visitor.visit_bool(truth),
            _ => Err(self.not("`true` or `false`")),
        }
    }

    fn deserialize_f32<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_f64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_char<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.shape() != Shape::Text {
            return Err(self.not("a text in quotes"));
        }
        let text =
            atom::text(self.text()).map_err(|why| Wrong::new("E004", why).at(self.start()))?;
        let result = match text {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        };
        result.map_err(|wrong: Wrong| wrong.at(self.start()))
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'t>>(self, _: V) -> Result<V::Value, Wrong> {
        Err(self.not("another kind of value"))
    }

    fn deserialize_byte_buf<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_bytes(visitor)
    }

    /// `None`, `Some(x)` or `x` itself.
    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.shape() == Shape::Word && self.text() == "None" {
            return visitor.visit_none();
        }
        if self.shape() == Shape::Group && self.name() == "Some" {
            let mut items = self.items();
            return match (items.next(), items.next()) {
                (Some(only), None) if self.source.tree.item(only).key.is_none() => {
                    let item = self.source.tree.item(only);
                    if !item.whole {
                        return Err(self.not("one value"));
                    }
                    visitor.visit_some(self.child(item.value))
                }
                _ => Err(self.not("`Some(…)` with one value")),
            };
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.shape() == Shape::Group && self.items().is_empty() {
            return visitor.visit_unit();
        }
        Err(self.not("`()`"))
    }

    fn deserialize_unit_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.shape() != Shape::List {
            return Err(self.not("a list `[…]`"));
        }
        visitor.visit_seq(self.entries())
    }

    fn deserialize_tuple<V: Visitor<'t>>(self, len: usize, visitor: V) -> Result<V::Value, Wrong> {
        let wanted = || self.not(&format!("{len} values in `(…)`"));
        let tree = self.source.tree;
        let plain = |item: u32| tree.item(item).whole && tree.item(item).key.is_none();
        if self.shape() != Shape::Group || self.items().len() != len || !self.items().all(plain) {
            return Err(wanted());
        }
        visitor.visit_seq(Tuple { of: self, left: self.items() })
    }

    fn deserialize_tuple_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.shape() != Shape::Map {
            return Err(self.not("a map `{…}`"));
        }
        visitor.visit_map(self.entries())
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        if self.shape() != Shape::Group || !(self.name().is_empty() || self.name() == name) {
            return Err(self.not("fields in `(…)`"));
        }
        let start = self.start();
        visitor.visit_map(self.fields(fields)).map_err(|wrong| wrong.at(start))
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        let named = self.shape() == Shape::Group && !self.name().is_empty();
        if self.shape() != Shape::Word && !named {
            return Err(self.not("one of the known words"));
        }
        let start = self.start();
        visitor.visit_enum(Choice { of: self }).map_err(|wrong| wrong.at(start))
    }

    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.shape() {
            Shape::Word => visitor.visit_borrowed_str(atom::word(self.text())),
            _ => Err(self.not("the name of a field")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }
}

/// The items of a list, a map or a group, one after the other, without those left out.
struct Items<'a, 't> {
    of: Value<'a, 't>,
    left: std::ops::Range<u32>,
    current: Option<u32>,
    seen: FxHashSet<Cow<'t, str>>,
    /// The fields of a struct; others are reported and left out.
    names: Option<&'static [&'static str]>,
}

impl<'t> Items<'_, 't> {
    /// Whether a field is known and here for the first time.
    fn field_is_good(&mut self, item: u32, key: u32, names: &[&str]) -> bool {
        let source = self.of.source;
        let key = self.of.child(key);
        let name = atom::word(key.text());
        if key.shape() != Shape::Word || !names.contains(&name) {
            let what = key.text();
            let known = names.join(", ");
            let message = format!("The field `{what}` is not known here (known are {known}).");
            source.leave_out(item, "E010", key.start(), message);
            return false;
        }
        self.is_new(item, key, Cow::Borrowed(name))
    }

    /// Whether a key of a map is here for the first time, in whatever spelling.
    fn key_is_good(&mut self, item: u32, key: u32) -> bool {
        let key = self.of.child(key);
        let name = match key.shape() {
            Shape::Text => atom::text(key.text()).ok(),
            Shape::Number => atom::whole(key.text()).map(|n| Cow::Owned(n.to_string())),
            _ => None,
        };
        // What is no key at all is reported where it is read.
        name.is_none_or(|name| self.is_new(item, key, name))
    }

    fn is_new(&mut self, item: u32, key: Value<'_, 't>, name: Cow<'t, str>) -> bool {
        if self.seen.contains(&name) {
            let message = format!("`{name}` is here twice; the first one counts.");
            self.of.source.leave_out(item, "E012", key.start(), message);
            return false;
        }
        self.seen.insert(name);
        true
    }
}

impl<'t> MapAccess<'t> for Items<'_, 't> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        while let Some(item) = self.left.next() {
            let source = self.of.source;
            if !source.usable(item) {
                continue;
            }
            let Some(key) = source.tree.item(item).key else {
                let at = source.tree.node(source.tree.item(item).value).start;
                let message = "A name and a `:` are missing before this.".to_owned();
                source.leave_out(item, "E002", at, message);
                continue;
            };
            let good = match self.names {
                Some(names) => self.field_is_good(item, key, names),
                None => self.key_is_good(item, key),
            };
            if !good {
                continue;
            }
            self.current = Some(item);
            let key = self.of.child(key);
            return seed
                .deserialize(key)
                .map(Some)
                .map_err(|wrong| wrong.at(key.start()).leaving_out(item));
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let Some(item) = self.current.take() else {
            return Err(Wrong::new("E002", "A value is missing here.".to_owned()));
        };
        let tree = self.of.source.tree;
        let value = self.of.child(tree.item(item).value);
        let key = tree.item(item).key.map_or("", |key| tree.source(key));
        seed.deserialize(value).map_err(|mut wrong| {
            if wrong.code == "E014" && matches!(key, "date" | "due") {
                let found = atom::shown(value.shape(), value.text());
                wrong.message = format!("A day is written \"2026-05-31\"; {found} is none.");
            }
            wrong.at(value.start()).leaving_out(item)
        })
    }
}

impl<'t> SeqAccess<'t> for Items<'_, 't> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        let source = self.of.source;
        let Some(item) = self.left.by_ref().find(|item| source.usable(*item)) else {
            return Ok(None);
        };
        let value = self.of.child(source.tree.item(item).value);
        let wrong = |wrong: Wrong| wrong.at(value.start()).leaving_out(item);
        seed.deserialize(value).map(Some).map_err(wrong)
    }
}

/// The values of a tuple: one that is wrong takes the tuple with it.
struct Tuple<'a, 't> {
    of: Value<'a, 't>,
    left: std::ops::Range<u32>,
}

impl<'t> SeqAccess<'t> for Tuple<'_, 't> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        let Some(item) = self.left.next() else { return Ok(None) };
        let value = self.of.child(self.of.source.tree.item(item).value);
        seed.deserialize(value).map(Some).map_err(|wrong| wrong.at(value.start()))
    }
}

/// A choice: a word, or a word with fields in brackets.
struct Choice<'a, 't> {
    of: Value<'a, 't>,
}

impl<'a, 't> EnumAccess<'t> for Choice<'a, 't> {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'t>>(self, seed: V) -> Result<(V::Value, Self), Wrong> {
        let name = match self.of.shape() {
            Shape::Group => self.of.name(),
            _ => atom::word(self.of.text()),
        };
        let name = de::value::BorrowedStrDeserializer::<Wrong>::new(name);
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'t> VariantAccess<'t> for Choice<'_, 't> {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        if self.of.items().is_empty() {
            return Ok(());
        }
        let name = self.of.name();
        Err(Wrong::new("E010", format!("`{name}` has no fields.")).at(self.of.start()))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'t>>(self, _: T) -> Result<T::Value, Wrong> {
        Err(self.of.not("another kind of value"))
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, _: V) -> Result<V::Value, Wrong> {
        Err(self.of.not("another kind of value"))
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_map(self.of.fields(fields))
    }
}
