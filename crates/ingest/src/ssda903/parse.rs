//! The text of one table to typed rows.

use domain::Code;

use super::cell::{Desk, Marks};
use super::code_list::{self, CodeList};
use super::issue::{self, At, Issue, Note};
use super::kind::Kind;
use super::parse_other::OtherReader;
use super::path_facts::{YearForm, year_cell};
use super::recognise::{ABSENT, Layout};
use super::typed::{AuthorityRows, EpisodeRow, HeaderRow, Place, UascRow};
use crate::rows::{self, Cells};

/// One table being read.
pub(crate) struct TableFile<'a> {
    /// Position of the file in its group.
    pub(crate) file: u32,
    pub(crate) text: &'a [u8],
    pub(crate) layout: &'a Layout,
    /// The authority of rows without an LA column.
    pub(crate) authority: &'a str,
    /// The year of rows without a YEAR column; 0 while it is not known.
    pub(crate) year: u16,
}

/// How the years of a YEAR column are written in one file.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct YearForms {
    /// Rows with one year (`2017`), which may be the start or the end.
    pub(crate) one: u64,
}

/// Authorities in the order in which they were met.
#[derive(Debug, Default)]
pub(crate) struct Authorities {
    pub(crate) all: Vec<AuthorityRows>,
    last: usize,
}

impl Authorities {
    fn of(&mut self, name: &[u8]) -> &mut AuthorityRows {
        let same = |rows: &AuthorityRows| rows.name.as_bytes().eq_ignore_ascii_case(name);
        if !self.all.get(self.last).is_some_and(same) {
            self.last = self.all.iter().position(same).unwrap_or_else(|| {
                self.all.push(AuthorityRows { name: String::from_utf8_lossy(name).into_owned(), ..AuthorityRows::default() });
                self.all.len() - 1
            });
        }
        &mut self.all[self.last]
    }
}

/// Reads every row of a table; gives how many there are.
pub(crate) fn table(file: &TableFile<'_>, authorities: &mut Authorities, forms: &mut YearForms) -> u64 {
    match file.layout.kind {
        Kind::Header => each_row(file, authorities, forms, &HeaderReader::of(file.layout), HeaderReader::read),
        Kind::Episodes => each_row(file, authorities, forms, &EpisodeReader::of(file.layout), EpisodeReader::read),
        Kind::Uasc => each_row(file, authorities, forms, &UascReader::of(file.layout), UascReader::read),
        _ => each_row(file, authorities, forms, &OtherReader::of(file.layout), OtherReader::read),
    }
}

/// What a table's reader gives back for a row: its list has it, or it fell out with a note.
pub(super) enum Fate {
    Held,
    Fallen,
}

/// Does for each row what all tables share: authority, year, child.
fn each_row<R>(
    file: &TableFile<'_>,
    authorities: &mut Authorities,
    forms: &mut YearForms,
    reader: &R,
    read: impl Fn(&R, &mut AuthorityRows, &Cells<'_>, u32, Place) -> Fate,
) -> u64 {
    let layout = file.layout;
    let child_column = layout.column("CHILD");
    let mut count = 0;
    rows::for_each(file.text, layout.delimiter, |line, cells| {
        if line <= layout.header_line {
            return;
        }
        count += 1;
        let named = layout.authority.map(|column| cells.get(column).trim_ascii()).filter(|name| !name.is_empty());
        let name = named.unwrap_or(file.authority.as_bytes());
        let authority = authorities.of(name);
        let mut at = At { file: file.file, kind: layout.kind, year: file.year, line, child: &[] };
        let mut fall = |issue: Issue, column: &str, value: &[u8], message: String, at: At<'_>| {
            authority.notes.push(issue.at(at, column, value, message));
            authority.fallen += 1;
        };
        if let Some(column) = layout.year {
            match year_cell(cells.get(column)) {
                Some((year, form)) => {
                    at.year = year;
                    forms.one += u64::from(form == YearForm::One);
                }
                None if cells.is_blank() => {}
                None => {
                    let message = "YEAR is no year, so the row belongs to no return and is set aside. Enter the year of the return.";
                    return fall(issue::YEAR_UNREADABLE, "YEAR", cells.get(column), message.to_owned(), at);
                }
            }
        }
        let child = cells.get(child_column).trim_ascii();
        if child.is_empty() {
            if cells.is_blank() {
                return fall(issue::ROW_BLANK, "", &[], "The row is empty and is set aside. Delete it.".to_owned(), at);
            }
            let message = "CHILD is empty, so the row belongs to nobody and is set aside. Enter the child's identifier.";
            return fall(issue::CHILD_BLANK, "CHILD", &[], message.to_owned(), at);
        }
        if cells.len() > layout.names.len() {
            at.child = child;
            let message = format!(
                "The row has {} cells and the header {}; cells beyond the header are not read. Look for a comma too many.",
                cells.len(),
                layout.names.len()
            );
            authority.notes.push(issue::ROW_TOO_LONG.at(at, "", &[], message));
        }
        let number = authority.children.number(child);
        let place = Place { file: file.file, line, year: at.year, marks: Marks::default() };
        let held = (layout.kind, at.year, file.file);
        if authority.held.last() != Some(&held) && !authority.held.contains(&held) {
            authority.held.push(held);
        }
        if matches!(read(reader, authority, cells, number, place), Fate::Fallen) {
            authority.fallen += 1;
        }
    });
    count
}

pub(super) fn desk<'a>(notes: &'a mut Vec<Note>, kind: Kind, place: Place, child: &'a [u8]) -> Desk<'a> {
    Desk { at: At { file: place.file, kind, year: place.year, line: place.line, child }, notes, marks: place.marks }
}

struct HeaderReader {
    child: usize,
    sex: usize,
    born: usize,
    ethnicity: usize,
    sexes: &'static CodeList,
    ethnicities: &'static CodeList,
}

impl HeaderReader {
    fn of(layout: &Layout) -> Self {
        Self {
            child: layout.column("CHILD"),
            sex: layout.column("SEX"),
            born: layout.column("DOB"),
            ethnicity: layout.column("ETHNIC"),
            sexes: &code_list::SEX,
            ethnicities: &code_list::ETHNIC,
        }
    }

    fn read(&self, rows: &mut AuthorityRows, cells: &Cells<'_>, child: u32, mut place: Place) -> Fate {
        let mut desk = desk(&mut rows.notes, Kind::Header, place, cells.get(self.child).trim_ascii());
        let born = desk.optional_date("DOB", cells.get(self.born));
        let sex = match desk.code(self.sexes, "SEX", cells.get(self.sex)) {
            SEX_1 => SEX_M,
            SEX_2 => SEX_F,
            sex => sex,
        };
        let ethnicity = desk.code(self.ethnicities, "ETHNIC", cells.get(self.ethnicity));
        if ethnicity.is_blank() && self.ethnicity != ABSENT {
            let message = "ETHNIC is empty; counts by ethnicity show the child as unknown. Enter the code, or NOBT if it was not obtained.";
            desk.notes.push(issue::ETHNIC_UNKNOWN.at(desk.at, "ETHNIC", &[], message));
        }
        place.marks = desk.marks;
        rows.headers.push(HeaderRow { child, place, born, sex, ethnicity });
        Fate::Held
    }
}

const SEX_1: Code = Code::of("1");
const SEX_2: Code = Code::of("2");
const SEX_M: Code = Code::of("M");
const SEX_F: Code = Code::of("F");

struct UascReader {
    child: usize,
    until: usize,
}

impl UascReader {
    fn of(layout: &Layout) -> Self {
        Self { child: layout.column("CHILD"), until: layout.column("DUC") }
    }

    fn read(&self, rows: &mut AuthorityRows, cells: &Cells<'_>, child: u32, mut place: Place) -> Fate {
        let mut desk = desk(&mut rows.notes, Kind::Uasc, place, cells.get(self.child).trim_ascii());
        let until = desk.optional_date("DUC", cells.get(self.until));
        place.marks = desk.marks;
        rows.uasc.push(UascRow { child, place, until });
        Fate::Held
    }
}

struct EpisodeReader {
    columns: [usize; 13],
    rne: &'static CodeList,
    legal: &'static CodeList,
    need: &'static CodeList,
    setting: &'static CodeList,
    provider: &'static CodeList,
    rec: &'static CodeList,
    change: &'static CodeList,
}

impl EpisodeReader {
    fn of(layout: &Layout) -> Self {
        let mut columns = [ABSENT; 13];
        for (column, &at) in columns.iter_mut().zip(&layout.columns) {
            *column = at;
        }
        Self {
            columns,
            rne: &code_list::RNE,
            legal: &code_list::LS,
            need: &code_list::CIN,
            setting: &code_list::PLACE,
            provider: &code_list::PROVIDER,
            rec: &code_list::REC,
            change: &code_list::CHANGE,
        }
    }

    fn read(&self, rows: &mut AuthorityRows, cells: &Cells<'_>, child: u32, mut place: Place) -> Fate {
        let [id, decom, rne, legal, need, setting, provider, dec, rec, change, home, placed, urn] = self.columns;
        let mut desk = desk(&mut rows.notes, Kind::Episodes, place, cells.get(id).trim_ascii());
        let Some(start) = desk.key_date("DECOM", cells.get(decom)) else { return Fate::Fallen };
        let end = desk.optional_date("DEC", cells.get(dec));
        let row = EpisodeRow {
            child,
            start,
            end,
            rne: desk.code(self.rne, "RNE", cells.get(rne)),
            legal: desk.code(self.legal, "LS", cells.get(legal)),
            need: desk.code(self.need, "CIN", cells.get(need)),
            setting: desk.code(self.setting, "PLACE", cells.get(setting)),
            provider: desk.code(self.provider, "PLACE_PROVIDER", cells.get(provider)),
            rec: desk.code(self.rec, "REC", cells.get(rec)),
            change: desk.code(self.change, "REASON_PLACE_CHANGE", cells.get(change)),
            home: desk.postcode("HOME_POST", cells.get(home)),
            placed: desk.postcode("PL_POST", cells.get(placed)),
            urn: desk.short("URN", cells.get(urn)),
            place,
        };
        place.marks = desk.marks;
        rows.episodes.push(EpisodeRow { place, ..row });
        Fate::Held
    }
}
