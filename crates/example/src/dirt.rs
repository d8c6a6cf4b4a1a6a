//! Known faults, so that tests of a reader know the truth.

use domain::Day;

use crate::Authority;
use crate::dice::{Dice, Purpose};
use crate::returns::File;

/// One injected fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) year: u32,
    pub(crate) file: &'static str,
    /// Line in the file, the header row being 1; nothing where a row was taken out.
    pub(crate) line: Option<usize>,
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) child: String,
    /// The cell as it stands now.
    pub(crate) value: String,
    /// What a good reader does.
    pub(crate) expect: &'static str,
}

impl Fault {
    pub(crate) fn write(&self, out: &mut String, authority: &str) {
        crate::truth::fault_line(out, authority, self);
    }
}

/// Kinds of fault: name, whether a row of Episodes or of Header is changed, what a reader should do.
const KINDS: [(&str, &str); 13] = [
    ("header-missing", "set the child's episodes aside: no date of birth"),
    ("date-unreadable", "report the cell; set the episode aside if it is DECOM, else read it as open"),
    ("row-repeated", "use the row once"),
    ("overlap", "cut the earlier episode at the start of the next"),
    ("same-day", "set the episode aside: it has no night"),
    ("far-future-end", "read the episode as open at the end of the returns; do not stretch the data's range"),
    ("lower-case-code", "read the code in capitals"),
    ("retired-code", "report the code; count it in its group"),
    ("provider-blank", "keep the row; provider unknown"),
    ("ethnicity-unknown", "keep the child; ethnicity unknown"),
    ("born-after-start", "report it; age unknown or child set aside, never a crash"),
    ("gap-in-chain", "report the break; keep both episodes"),
    ("child-elsewhere", "say that another authority has the identifier; keep the two children apart"),
];

/// Where [`KINDS`] has the fault that is not drawn for a row: a child in each of several authorities under one identifier.
const ELSEWHERE: usize = 12;
/// That identifier. No child of the example has it: theirs begin with the authority's number.
const SHARED: &str = "999999999";

/// Puts faults into a year's files: about `share` of the rows of Episodes, each kind as often as the others.
pub(crate) fn soil(authority: &Authority, year: u32, files: &mut [File]) -> Vec<Fault> {
    let share = authority.settings.dirt;
    let mut faults = Vec::new();
    if share > 0.0 && authority.settings.authorities > 1 {
        faults.extend(share_identifier(authority, year, files));
    }
    let mut dice = Dice::new(authority.settings.seed, authority.number, Purpose::Dirt, u64::from(year));
    let [header, episodes, ..] = files else { return faults };
    let mut head = Sheet::of(header);
    let mut rows = Sheet::of(episodes);
    let count = (rows.lines.len() as f64 * share).round() as usize;
    let wanted: Vec<usize> = (0..count).map(|_| dice.below(ELSEWHERE)).collect();
    // Rows that are taken out go first, so that the lines of later faults stay true.
    for &kind in wanted.iter().filter(|&&kind| kind == 0) {
        if head.lines.len() > 10 {
            let gone = head.lines.remove(dice.below(head.lines.len()));
            faults.push(fault(year, "header.csv", "Header", kind, None, "", &gone[0], ""));
        }
    }
    for &kind in wanted.iter().filter(|&&kind| kind != 0) {
        let made = match kind {
            9 | 10 => head.spoil(kind, &mut dice),
            _ => rows.spoil(kind, &mut dice),
        };
        let Some((line, column, value, child)) = made else { continue };
        let (file, table) = if matches!(kind, 9 | 10) { ("header.csv", "Header") } else { ("episodes.csv", "Episodes") };
        faults.push(fault(year, file, table, kind, Some(line), column, &child, &value));
    }
    header.text = head.text();
    episodes.text = rows.text();
    faults
}

/// Gives one child of the authority, the same in every year, the identifier that a child of each other authority has too.
fn share_identifier(authority: &Authority, year: u32, files: &mut [File]) -> Option<Fault> {
    let first = Day::year_start(authority.settings.first_year());
    let child = authority.children.iter().find(|child| child.periods.last().is_some_and(|period| period.end > first))?;
    let id = child.id.to_string();
    let mut line = None;
    for file in files {
        let mut sheet = Sheet::of(file);
        for (at, row) in sheet.lines.iter_mut().enumerate().filter(|(_, row)| row[0] == id) {
            SHARED.clone_into(&mut row[0]);
            if file.table == "Episodes" {
                line.get_or_insert(at + 2);
            }
        }
        file.text = sheet.text();
    }
    let line = line?;
    Some(fault(year, "episodes.csv", "Episodes", ELSEWHERE, Some(line), "CHILD", &id, SHARED))
}

#[expect(clippy::too_many_arguments, reason = "one row of the list of faults, column by column")]
fn fault(
    year: u32,
    file: &'static str,
    table: &'static str,
    kind: usize,
    line: Option<usize>,
    column: &'static str,
    child: &str,
    value: &str,
) -> Fault {
    let (name, expect) = KINDS[kind];
    Fault { year, file, line, table, column, kind: name, child: child.to_owned(), value: value.to_owned(), expect }
}

/// A file as cells. Its own text needs no quotation marks.
struct Sheet {
    head: String,
    columns: Vec<String>,
    lines: Vec<Vec<String>>,
    spoilt: Vec<usize>,
}

impl Sheet {
    fn of(file: &File) -> Self {
        let mut lines = file.text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let columns = lines.next().unwrap_or_default();
        Self { head: columns.join(","), columns, lines: lines.collect(), spoilt: Vec::new() }
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n", self.head);
        for line in &self.lines {
            text.push_str(&line.join(","));
            text.push('\n');
        }
        text
    }

    fn at(&self, column: &str) -> usize {
        self.columns.iter().position(|name| name == column).unwrap_or(0)
    }

    /// Makes one fault of a kind in a row that has none yet: line, column, new value, child. Nothing where no row suits.
    fn spoil(&mut self, kind: usize, dice: &mut Dice) -> Option<(usize, &'static str, String, String)> {
        let column = match kind {
            1 if dice.chance(0.5) => "DECOM",
            1 | 3 | 4 | 5 | 11 => "DEC",
            2 => "CHILD",
            6 | 7 => "PLACE",
            8 => "PLACE_PROVIDER",
            9 => "ETHNIC",
            _ => "DOB",
        };
        let cell = self.at(column);
        let (end, start, rec) = (self.at("DEC"), self.at("DECOM"), self.at("REC"));
        for _ in 0..200 {
            let row = dice.below(self.lines.len());
            let line = &self.lines[row];
            let suits = match kind {
                1 | 8 => !line[cell].is_empty(),
                3 | 11 => line[rec] == "X1",
                4 => !line[end].is_empty(),
                5 => line[end].is_empty(),
                _ => true,
            };
            if !suits || self.spoilt.contains(&row) {
                continue;
            }
            let moved = |by: i32| Day::parse(line[end].as_bytes()).map(|day| day.plus(by).statutory());
            let value = match kind {
                1 => format!("38{}", line[cell].get(2..).unwrap_or("/04/2019")),
                2 => line[cell].clone(),
                3 => moved(dice.between(5, 40))?,
                4 => line[start].clone(),
                5 => format!("31/12/{}", dice.between(2060, 2099)),
                6 => line[cell].to_lowercase(),
                7 => "H5".to_owned(),
                8 => String::new(),
                9 => "WXYZ".to_owned(),
                10 => format!("{}{}", &line[cell][..6], "2049"),
                _ => moved(-1).filter(|day| *day != line[start])?,
            };
            let child = line[0].clone();
            self.spoilt.push(row);
            if kind == 2 {
                let copy = line.clone();
                self.lines.push(copy);
                self.spoilt.push(self.lines.len() - 1);
                return Some((self.lines.len() + 1, column, value, child));
            }
            if kind == 5 {
                "E8".clone_into(&mut self.lines[row][rec]);
            }
            self.lines[row][cell].clone_from(&value);
            return Some((row + 2, column, value, child));
        }
        None
    }
}
