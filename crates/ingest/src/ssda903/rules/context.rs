//! What a rule may see: this year's and last year's tables, never changed, with dates read once and episodes put in order once.

use std::collections::{BTreeMap, HashMap};

use domain::Day;

use super::chain::Chain;
use super::geography::{self, Derived};
use super::{DOLO, EPISODES, HEADER, Hit, OC3, UASC};
use crate::ssda903::providers::ProviderList;
use crate::table::{Column, Table};

/// The tables of one return: one authority, one year.
pub type Tables = BTreeMap<&'static str, Table>;

/// What is to be checked.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The year in which the return ends.
    pub year: u32,
    /// The return.
    pub tables: &'a Tables,
    /// The same authority's return of the year before, if it is at hand.
    pub last: Option<&'a Tables>,
    /// The responsible authority's ONS code (`E10000014`), if it is known.
    pub authority: Option<&'a str>,
    /// The provider workbook, if there is one.
    pub providers: Option<&'a ProviderList>,
}

/// Columns that rules read as dates.
const DATES: [&str; 5] = ["DOB", "DECOM", "DEC", "DOLO_START", "DOLO_END"];

/// A date as the return may have it. A slip such as the year 0219 or 2922 is no date; neither is what the calendar lacks.
pub(in crate::ssda903) fn date(text: &str) -> Option<Day> {
    let day = Day::parse(text.as_bytes()).or_else(|| without_leading_zeros(text))?;
    (1900..2100).contains(&day.year()).then_some(day)
}

/// `1/4/2025`, which spreadsheets write and the collection accepts.
fn without_leading_zeros(text: &str) -> Option<Day> {
    let mut parts = text.split('/').map(|part| (part.len(), number(part)));
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some((1..=2, Some(day))), Some((1..=2, Some(month))), Some((4, Some(year))), None) => Day::from_ymd(year, month, day),
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A column of dates: what was written, and the day where it is one.
#[derive(Clone, Copy)]
pub(super) struct Dates<'a> {
    text: Text<'a>,
    days: &'a [Option<Day>],
}

impl Dates<'_> {
    /// The day, where there is one that can be read.
    pub(super) fn day(self, row: u32) -> Option<Day> {
        self.days.get(row as usize).copied().flatten()
    }

    /// Nothing was written. Not the same as an unreadable date, which is no sign that an episode is open.
    pub(super) fn is_blank(self, row: u32) -> bool {
        self.text.is_blank(row)
    }

    /// Something was written that is no date.
    pub(super) fn is_unreadable(self, row: u32) -> bool {
        !self.is_blank(row) && self.day(row).is_none()
    }
}

/// A column of text; every cell is blank where the table has no such column.
#[derive(Clone, Copy)]
pub(super) struct Text<'a>(Option<&'a Column>);

impl<'a> Text<'a> {
    /// The cell, or nothing where it is blank.
    pub(super) fn get(self, row: u32) -> Option<&'a str> {
        self.0?.get(row as usize)
    }

    /// Whether the cell is blank.
    pub(super) fn is_blank(self, row: u32) -> bool {
        self.get(row).is_none()
    }

    /// Whether the cell is this code.
    pub(super) fn is(self, row: u32, code: &str) -> bool {
        self.get(row) == Some(code)
    }

    /// Whether the cell is one of these codes; a blank is none.
    pub(super) fn is_in(self, row: u32, codes: &[&str]) -> bool {
        self.get(row).is_some_and(|cell| codes.contains(&cell))
    }

    /// Whether two rows say the same; two blanks do.
    pub(super) fn same(self, one: u32, other: u32) -> bool {
        self.get(one) == self.get(other)
    }
}

/// One table, or the lack of it: every question can be asked of a table that is not there.
pub(super) struct Sheet<'a> {
    name: &'static str,
    table: Option<&'a Table>,
    dates: Vec<(&'static str, Vec<Option<Day>>)>,
    child: Vec<Option<u32>>,
    first_row: Vec<u32>,
    rows: Vec<u32>,
    derived: Derived,
}

impl<'a> Sheet<'a> {
    fn read(name: &'static str, table: Option<&'a Table>, children: &mut HashMap<&'a str, u32>) -> Self {
        let dates = DATES
            .iter()
            .filter_map(|&column| {
                let cells = table?.column(column)?;
                Some((column, (0..table?.len()).map(|row| cells.get(row).and_then(date)).collect()))
            })
            .collect();
        let ids = Text(table.and_then(|table| table.column("CHILD")));
        let child = (0..table.map_or(0, Table::len) as u32)
            .map(|row| {
                let next = children.len() as u32;
                ids.get(row).map(|id| *children.entry(id).or_insert(next))
            })
            .collect();
        Self { name, table, dates, child, first_row: Vec::new(), rows: Vec::new(), derived: Derived::default() }
    }

    /// Groups rows by child: a counting sort, so rows of a child keep the order of the file.
    fn group(&mut self, children: usize) {
        let mut first = vec![0u32; children + 1];
        for child in self.child.iter().flatten() {
            first[*child as usize + 1] += 1;
        }
        for child in 0..children {
            first[child + 1] += first[child];
        }
        let mut next = first.clone();
        self.rows = vec![0; first[children] as usize];
        for (row, child) in self.child.iter().enumerate() {
            if let Some(child) = child {
                self.rows[next[*child as usize] as usize] = row as u32;
                next[*child as usize] += 1;
            }
        }
        self.first_row = first;
    }

    /// Whether the column can be read, in the file or worked out.
    pub(super) fn has(&self, column: &str) -> bool {
        self.text(column).0.is_some()
    }

    /// Whether the return has the table at all, be it empty.
    pub(super) fn is_held(&self) -> bool {
        self.table.is_some()
    }

    /// How many rows.
    pub(super) fn len(&self) -> u32 {
        self.child.len() as u32
    }

    /// A column of text. Placement authority, location and distance are worked out where the file does not give them.
    pub(super) fn text(&self, column: &str) -> Text<'_> {
        let given = self.table.and_then(|table| table.column(column));
        Text(given.or_else(|| self.derived.column(column)))
    }

    /// A column of dates.
    pub(super) fn dates(&self, column: &str) -> Dates<'_> {
        let days = self.dates.iter().find(|(name, _)| *name == column).map_or(&[][..], |(_, days)| days.as_slice());
        Dates { text: self.text(column), days }
    }

    /// The child of a row, as a number that is the same in every table; nothing where CHILD is blank.
    pub(super) fn child(&self, row: u32) -> Option<u32> {
        self.child[row as usize]
    }

    /// The rows of a child, in the order of the file.
    pub(super) fn rows_of(&self, child: u32) -> &[u32] {
        let child = child as usize;
        match (self.first_row.get(child), self.first_row.get(child + 1)) {
            (Some(&from), Some(&to)) => &self.rows[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The rows of this table about the child of a row in another.
    pub(super) fn rows_about(&self, other: &Sheet, row: u32) -> &[u32] {
        other.child(row).map_or(&[], |child| self.rows_of(child))
    }

    /// This row as a hit.
    pub(super) fn hit(&self, row: u32) -> Hit {
        Hit { table: self.name, row }
    }

    /// Every row that breaks the rule.
    pub(super) fn flag(&self, breaks: impl Fn(u32) -> bool) -> Vec<Hit> {
        (0..self.len()).filter(|&row| breaks(row)).map(|row| self.hit(row)).collect()
    }
}

/// The tables of one year that rules read.
pub(super) struct Year<'a> {
    /// Who the children are.
    pub(super) header: Sheet<'a>,
    /// Their episodes.
    pub(super) episodes: Sheet<'a>,
    /// Who came alone seeking asylum.
    pub(super) uasc: Sheet<'a>,
    /// Care leavers.
    pub(super) oc3: Sheet<'a>,
    /// Deprivation of liberty orders.
    pub(super) dolo: Sheet<'a>,
}

impl<'a> Year<'a> {
    fn read(tables: Option<&'a Tables>, children: &mut HashMap<&'a str, u32>) -> Self {
        let mut sheet = |name: &'static str| Sheet::read(name, tables.and_then(|tables| tables.get(name)), children);
        Self { header: sheet(HEADER), episodes: sheet(EPISODES), uasc: sheet(UASC), oc3: sheet(OC3), dolo: sheet(DOLO) }
    }

    /// A table by its name.
    pub(super) fn sheet(&self, name: &str) -> Option<&Sheet<'a>> {
        [&self.header, &self.episodes, &self.uasc, &self.oc3, &self.dolo].into_iter().find(|sheet| sheet.name == name)
    }

    fn group(&mut self, children: usize) {
        for sheet in [&mut self.header, &mut self.episodes, &mut self.uasc, &mut self.oc3, &mut self.dolo] {
            sheet.group(children);
        }
    }

    /// Marks the children whom this year's tables show as having come alone seeking asylum; false where no table would show it.
    fn mark_asylum(&self, marks: &mut [bool]) -> bool {
        let (sheet, seeks): (_, Box<dyn Fn(u32) -> bool + '_>) = match (self.header.table, self.uasc.table) {
            (Some(header), _) if header.column("UASC").is_some() => (&self.header, Box::new(|row| self.header.text("UASC").is(row, "1"))),
            // A row that names a child and says nothing else about it is no record of the status.
            (_, Some(uasc)) => (
                &self.uasc,
                Box::new(move |row| uasc.names().into_iter().any(|name| name != "CHILD" && uasc.get(row as usize, name).is_some())),
            ),
            _ => return false,
        };
        for row in 0..sheet.len() {
            if let Some(child) = sheet.child(row)
                && seeks(row)
            {
                marks[child as usize] = true;
            }
        }
        true
    }
}

/// Everything that a rule may read.
pub struct Context<'a> {
    /// The year in which the return ends.
    pub(super) year: u32,
    /// The first day of the return year.
    pub(super) start: Day,
    /// The last day of the return year.
    pub(super) end: Day,
    /// The responsible authority's ONS code, in the form that placement authorities have.
    pub(super) authority: Option<&'a str>,
    /// The provider workbook.
    pub(super) providers: Option<&'a ProviderList>,
    /// The return.
    pub(super) this: Year<'a>,
    /// The return of the year before; every table is lacking where there is none.
    pub(super) last: Year<'a>,
    /// This year's episodes in order.
    pub(super) chain: Chain,
    /// Last year's episodes in order.
    pub(super) chain_last: Chain,
    /// For each child, whether it came alone seeking asylum this year or last; nothing where no table tells.
    pub(super) asylum: Option<Vec<bool>>,
}

impl<'a> Context<'a> {
    /// Reads dates, numbers children and puts episodes in order, once for all rules.
    pub fn new(inputs: &Inputs<'a>) -> Self {
        let mut children = HashMap::new();
        let mut this = Year::read(Some(inputs.tables), &mut children);
        let mut last = Year::read(inputs.last, &mut children);
        this.group(children.len());
        last.group(children.len());
        this.episodes.derived = geography::derive(&this.episodes, inputs.authority);
        let mut marks = vec![false; children.len()];
        let told = [&this, &last].map(|year| year.mark_asylum(&mut marks));
        Self {
            year: inputs.year,
            start: Day::year_start(inputs.year),
            end: Day::year_end(inputs.year),
            authority: inputs.authority.map(geography::current_code),
            providers: inputs.providers,
            chain: Chain::of(&this.episodes, children.len()),
            chain_last: Chain::of(&last.episodes, children.len()),
            asylum: told.contains(&true).then_some(marks),
            this,
            last,
        }
    }

    /// The same tables seen as a return of other dates: test cases state their own.
    #[must_use]
    pub fn between(mut self, start: Day, end: Day) -> Self {
        self.start = start;
        self.end = end;
        self
    }

    /// Whether the child of this row of `sheet` came alone seeking asylum, as far as the tables tell.
    pub(super) fn sought_asylum(&self, sheet: &Sheet, row: u32) -> bool {
        match (&self.asylum, sheet.child(row)) {
            (Some(marks), Some(child)) => marks[child as usize],
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_the_collection_reads_it() {
        for good in ["01/04/2025", "1/4/2025", "2025-04-01", "2025-04-01 00:00:00"] {
            assert_eq!(date(good), Day::from_ymd(2025, 4, 1), "{good}");
        }
        for bad in ["", "01/04/25", "38/04/2019", "2000/12/10", "01/04/0219", "01/04/2922", "1/4/2025/", "a1/4/2025", "3rd Dec 1873"] {
            assert_eq!(date(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_table_that_is_not_there_answers_every_question() {
        let tables = Tables::new();
        let inputs = Inputs { year: 2026, tables: &tables, last: None, authority: None, providers: None };
        let cx = Context::new(&inputs);
        let episodes = &cx.this.episodes;
        assert!(!episodes.is_held());
        assert_eq!((episodes.len(), episodes.rows_of(0).len()), (0, 0));
        assert!(episodes.text("PLACE").is_blank(0));
        assert!(episodes.dates("DEC").is_blank(0) && !episodes.dates("DEC").is_unreadable(0));
        assert_eq!(cx.asylum, None);
    }
}
