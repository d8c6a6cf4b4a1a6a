//! A list a page at a time, by key: a page begins after the last row of the one before, so that the thousandth is as quick as the first and nothing
//! is shown twice when rows are added meanwhile.

use std::fmt;
use std::str::FromStr;

use domain::Id;
use uuid::Uuid;

use crate::types::Key;

/// Where the next page begins: after this row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is sorted by, of the last row.
    key: String,
    /// The row's identity, where several have the same.
    id: Uuid,
}

impl Cursor {
    pub(crate) fn of<Of>(key: impl fmt::Display, id: Id<Of>) -> Self {
        Self { key: key.to_string(), id: id.uuid() }
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

/// The form of addresses: identity, then key.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.id.hyphenated(), self.key)
    }
}

/// A text that is the end of no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoCursor;

impl fmt::Display for NoCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no page ends there: begin with the first")
    }
}

impl std::error::Error for NoCursor {}

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let (id, key) = text.split_once('_').ok_or(NoCursor)?;
        Ok(Self { key: key.to_owned(), id: id.parse().map_err(|_| NoCursor)? })
    }
}

/// Rows of a list, how many there are in all, and where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Rows on all pages.
    pub total: u64,
    /// Where the next page begins; nothing after the last.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// One row more than fits was asked for: if it came, there is a next page.
    pub(crate) fn of(mut rows: Vec<T>, total: i64, limit: u32, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(cursor);
        Self { rows, total: total as u64, next }
    }
}

/// Whether this is the first page, and what the one before it ended with.
pub(crate) fn start(after: Option<&Cursor>) -> (bool, String, Key<Uuid>) {
    let id = after.map_or(Uuid::nil(), |cursor| cursor.id);
    (after.is_none(), after.map_or_else(String::new, |cursor| cursor.key.clone()), Key(Id::from_uuid(id)))
}

pub(crate) fn wanted(limit: u32) -> i64 {
    i64::from(limit) + 1
}

/// The pattern of a search for part of a text, in small letters; `!` takes the meaning from the signs that have one.
pub(crate) fn pattern(search: &str) -> String {
    let plain = search.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_page_reads_back() {
        let cursor = Cursor::of("elm_house", Id::<()>::from_uuid(Uuid::from_u128(7)));
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        assert_eq!("elm".parse::<Cursor>(), Err(NoCursor));
        assert_eq!(pattern("50%_Off!"), "%50!%!_off!!%");
    }
}
