//! A row of a feed in the words of the record.

use std::str::FromStr;

use domain::code::Code;
use domain::vault::Kind;
use domain::{Day, Postcode};

use super::fields::{Feed, Form};

/// What a row says of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing: the field is not mapped, or its cell is empty and the mapping says that this means nothing. What the record holds stays.
    #[default]
    Nothing,
    /// That there is none.
    Blank,
    /// This.
    Value(Value),
}

/// A value of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A date.
    Day(Day),
    /// A code of the return, or Ofsted's number.
    Code(Code),
    /// A postcode.
    Postcode(Postcode),
    /// A word of a list, a reference, an address, or what people wrote.
    Text(String),
}

/// A row: whose, what the case system calls it, and what it says of each field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is of.
    pub feed: Feed,
    /// Line in the file, the heading being line 1.
    pub line: u32,
    /// What the case system calls the child.
    pub child: String,
    /// What tells this row from the others of its feed in every export: the case system's own number of it or, where none is mapped, what must stand in it.
    pub key: String,
    /// Beside [`Feed::fields`].
    pub(super) cells: Vec<Said>,
}

impl Row {
    /// What it says of a field; nothing of one that its feed does not have.
    pub fn said(&self, field: &str) -> &Said {
        self.feed.place(field).and_then(|at| self.cells.get(at)).unwrap_or(&Said::Nothing)
    }

    /// The day of a field, or what is held where the row says nothing.
    pub fn day(&self, field: &str, held: Option<Day>) -> Option<Day> {
        match self.said(field) {
            Said::Value(Value::Day(day)) => Some(*day),
            Said::Blank => None,
            _ => held,
        }
    }

    /// The day of a field that a row is nothing without. Reading gives no row without it.
    pub fn must_day(&self, field: &str) -> Option<Day> {
        self.day(field, None)
    }

    /// The code of a field, or what is held.
    pub fn code(&self, field: &str, held: Code) -> Code {
        match self.said(field) {
            Said::Value(Value::Code(code)) => *code,
            Said::Blank => Code::BLANK,
            _ => held,
        }
    }

    /// The postcode of a field, or what is held.
    pub fn postcode(&self, field: &str, held: Option<Postcode>) -> Option<Postcode> {
        match self.said(field) {
            Said::Value(Value::Postcode(postcode)) => Some(*postcode),
            Said::Blank => None,
            _ => held,
        }
    }

    /// The word of a field as a value of its list, or what is held; `none` where the row says that there is none.
    pub fn word<T: FromStr>(&self, field: &str, held: T, none: T) -> T {
        match self.said(field) {
            Said::Value(Value::Text(word)) => word.parse().unwrap_or(held),
            Said::Blank => none,
            _ => held,
        }
    }

    /// The words of a field, or what is held.
    pub fn text(&self, field: &str, held: &str) -> String {
        self.plain(field).map_or_else(|| if *self.said(field) == Said::Blank { String::new() } else { held.to_owned() }, str::to_owned)
    }

    /// The words of a field; nothing where the row has none.
    pub fn plain(&self, field: &str) -> Option<&str> {
        match self.said(field) {
            Said::Value(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Names, addresses and numbers for the vault.
    pub fn for_the_vault(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.feed.fields().iter().zip(&self.cells).filter_map(|(field, said)| match (field.form, said) {
            (Form::Vault(kind), Said::Value(Value::Text(text))) => Some((kind, text.as_str())),
            _ => None,
        })
    }
}
