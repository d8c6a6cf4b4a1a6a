//! Small tables for the tests of rules, written as they read: `"CHILD DECOM | 1 01/04/2025 | 1 -"`, `-` for a blank.

use super::{Context, DOLO, EPISODES, HEADER, Inputs, Rule, Tables};
use crate::ssda903::providers::{Provider, ProviderList};
use crate::table::Table;

/// A return of 2026-27 by an authority known as `HERE`, unless it says otherwise.
pub(super) struct Case {
    year: u32,
    tables: Tables,
    last: Tables,
    providers: Option<ProviderList>,
}

/// A return with this table of episodes.
pub(super) fn episodes(text: &str) -> Case {
    empty().with(EPISODES, text)
}

/// A return with this table of children.
pub(super) fn header(text: &str) -> Case {
    empty().with(HEADER, text)
}

/// A return with this table of orders.
pub(super) fn dolo(text: &str) -> Case {
    empty().with(DOLO, text)
}

fn empty() -> Case {
    Case { year: 2027, tables: Tables::new(), last: Tables::new(), providers: None }
}

impl Case {
    /// With another table.
    pub(super) fn with(mut self, name: &'static str, text: &str) -> Self {
        self.tables.insert(name, table(text));
        self
    }

    /// With last year's table of this name.
    pub(super) fn last(mut self, name: &'static str, text: &str) -> Self {
        self.last.insert(name, table(text));
        self
    }

    /// The return of another year.
    pub(super) fn in_year(mut self, year: u32) -> Self {
        self.year = year;
        self
    }

    /// With a provider list of one open provider for each `URN PLACES PROVIDERS POSTCODE AUTHORITY CLOSED`.
    pub(super) fn providers(mut self, text: &str) -> Self {
        let list = table(&format!("URN PLACES PROVIDERS POSTCODE AUTHORITY CLOSED | {text}"));
        let cell = |row, column| list.get(row, column).unwrap_or_default().to_owned();
        let codes = |row, column| cell(row, column).split(',').map(str::to_owned).collect();
        self.providers = Some(ProviderList::new(
            (0..list.len())
                .map(|row| Provider {
                    urn: cell(row, "URN"),
                    places: codes(row, "PLACES"),
                    providers: codes(row, "PROVIDERS"),
                    postcode: Some(cell(row, "POSTCODE")),
                    authority: Some(cell(row, "AUTHORITY")),
                    closed: super::date(&cell(row, "CLOSED")),
                })
                .collect(),
        ));
        self
    }

    /// What the rule flags: `Episodes 0`.
    pub(super) fn flags(&self, rule: &Rule) -> Vec<String> {
        let inputs = Inputs {
            year: self.year,
            tables: &self.tables,
            last: (!self.last.is_empty()).then_some(&self.last),
            authority: Some("HERE"),
            providers: self.providers.as_ref(),
        };
        rule.flagged(&Context::new(&inputs)).into_iter().map(|hit| format!("{} {}", hit.table, hit.row)).collect()
    }
}

fn table(text: &str) -> Table {
    let mut rows = text.split('|').map(|row| row.split_whitespace().map(|cell| if cell == "-" { "" } else { cell }));
    let columns: Vec<&str> = rows.next().into_iter().flatten().collect();
    let mut table = Table::new("a test", &columns);
    for (row, cells) in rows.enumerate() {
        table.push(row as u32 + 2, cells);
    }
    table
}
