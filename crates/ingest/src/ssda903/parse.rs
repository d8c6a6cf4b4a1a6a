//! The text of one table to typed rows.

use domain::{Code, Day};

use super::cell::{Desk, Marks};
use super::code_list::{self, CodeList};
use super::issue::{self, At, Issue, Note};
use super::kind::Kind;
use super::parse_other::OtherReader;
use super::path_facts::{YearForm, year_cell};
use super::recognise::{ABSENT, Layout};
use super::typed::{AuthorityRows, EpisodeRow, HeaderRow, Place, UascRow};
use super::years::Fit;
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

/// What a table's rows say about its year.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// Rows of which YEAR holds one year (`2017`), which may be the start or the end of the return year.
    pub(crate) single_years: u64,
    /// How the dates fit the year given.
    pub(crate) fit: Fit,
}

/// Authorities in the order in which they were met.
#[derive(Debug, Default)]
pub(crate) struct Authorities {
    pub(crate) all: Vec<AuthorityRows>,
    last: usize,
}

impl Authorities {
    /// The position of an authority; rows of one mostly follow each other, so the last one is tried first.
    fn position(&mut self, name: &[u8]) -> usize {
        let same = |rows: &AuthorityRows| rows.name.as_bytes().eq_ignore_ascii_case(name);
        if !self.all.get(self.last).is_some_and(same) {
            self.last = self.all.iter().position(same).unwrap_or_else(|| {
                self.all.push(AuthorityRows { name: String::from_utf8_lossy(name).into_owned(), ..AuthorityRows::default() });
                self.all.len() - 1
            });
        }
        self.last
    }
}

/// Reads every row of a table.
pub(crate) fn table(file: &TableFile<'_>, authorities: &mut Authorities) -> Seen {
    let mut seen = Seen::default();
    match file.layout.kind {
        Kind::Header => each_row(file, authorities, &mut seen, &mut HeaderReader::of(file.layout), HeaderReader::read),
        Kind::Episodes => {
            let mut reader = EpisodeReader::of(file.layout, file.year);
            each_row(file, authorities, &mut seen, &mut reader, EpisodeReader::read);
            seen.fit = reader.fit;
        }
        Kind::Uasc => each_row(file, authorities, &mut seen, &mut UascReader::of(file.layout), UascReader::read),
        _ => each_row(file, authorities, &mut seen, &mut OtherReader::of(file.layout), OtherReader::read),
    }
    seen
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
    seen: &mut Seen,
    reader: &mut R,
    read: impl Fn(&mut R, &mut AuthorityRows, &Cells<'_>, u32, Place) -> Fate,
) {
    let layout = file.layout;
    let child_column = layout.column("CHILD");
    let mut unnamed = None;
    rows::for_each(file.text, layout.delimiter, |line, cells| {
        if line <= layout.header_line {
            return;
        }
        let authority = match layout.authority.map(|column| cells.get(column).trim_ascii()) {
            Some(name) if !name.is_empty() => authorities.position(name),
            _ => *unnamed.get_or_insert_with(|| authorities.position(file.authority.as_bytes())),
        };
        let authority = &mut authorities.all[authority];
        let mut at = At { file: file.file, kind: layout.kind, year: file.year, line, child: &[] };
        let mut fall = |issue: Issue, column: &str, value: &[u8], message: String, at: At<'_>| {
            authority.notes.push(issue.at(at, column, value, message));
            authority.fallen += 1;
        };
        if let Some(column) = layout.year {
            match year_cell(cells.get(column)) {
                Some((year, form)) => {
                    at.year = year;
                    seen.single_years += u64::from(form == YearForm::One);
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

    fn read(&mut self, rows: &mut AuthorityRows, cells: &Cells<'_>, child: u32, mut place: Place) -> Fate {
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

    fn read(&mut self, rows: &mut AuthorityRows, cells: &Cells<'_>, child: u32, mut place: Place) -> Fate {
        let mut desk = desk(&mut rows.notes, Kind::Uasc, place, cells.get(self.child).trim_ascii());
        let until = desk.optional_date("DUC", cells.get(self.until));
        place.marks = desk.marks;
        rows.uasc.push(UascRow { child, place, until });
        Fate::Held
    }
}

struct EpisodeReader {
    columns: [usize; 13],
    /// First and last day of the year given; nothing while it is not known.
    year: Option<(Day, Day)>,
    fit: Fit,
    rne: &'static CodeList,
    legal: &'static CodeList,
    need: &'static CodeList,
    setting: &'static CodeList,
    provider: &'static CodeList,
    rec: &'static CodeList,
    change: &'static CodeList,
}

impl EpisodeReader {
    fn of(layout: &Layout, year: u16) -> Self {
        let mut columns = [ABSENT; 13];
        for (column, &at) in columns.iter_mut().zip(&layout.columns) {
            *column = at;
        }
        Self {
            columns,
            year: (year > 0).then(|| (Day::year_start(u32::from(year)), Day::year_end(u32::from(year)))),
            fit: Fit::default(),
            rne: &code_list::RNE,
            legal: &code_list::LS,
            need: &code_list::CIN,
            setting: &code_list::PLACE,
            provider: &code_list::PROVIDER,
            rec: &code_list::REC,
            change: &code_list::CHANGE,
        }
    }

    fn read(&mut self, rows: &mut AuthorityRows, cells: &Cells<'_>, child: u32, place: Place) -> Fate {
        let [id, decom, rne, legal, need, setting, provider, dec, rec, change, home, placed, urn] = self.columns;
        let mut desk = desk(&mut rows.notes, Kind::Episodes, place, cells.get(id).trim_ascii());
        let Some(start) = desk.key_date("DECOM", cells.get(decom)) else { return Fate::Fallen };
        let end = desk.optional_date("DEC", cells.get(dec));
        let mut row = EpisodeRow {
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
        row.place.marks = desk.marks;
        if let Some((first, last)) = self.year {
            let (ended, late) = (end.is_some(), start > last);
            self.fit.dates += u64::from(ended) + u64::from(late);
            self.fit.outside += u64::from(end.is_some_and(|end| end < first || end > last)) + u64::from(late);
        }
        rows.episodes.push(row);
        Fate::Held
    }
}
