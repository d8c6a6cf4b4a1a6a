//! Which table a file holds: told by its columns, never by its name.

use super::kind::Kind;
use crate::rows::{self, Cells};

/// Column position of a column that the file lacks; reading it gives an empty cell.
pub(crate) const ABSENT: usize = usize::MAX;

/// A recognised table: where its columns are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) kind: Kind,
    /// What stands between cells.
    pub(crate) delimiter: u8,
    /// The line of the header; blank lines above it are let pass.
    pub(crate) header_line: u32,
    /// Names as normalised, in the order of the file.
    pub(crate) names: Vec<String>,
    /// Where the columns of [`Kind::columns`] are, in that order.
    pub(crate) columns: Vec<usize>,
    /// The column with the authority's name, in regional extracts.
    pub(crate) authority: Option<usize>,
    /// The column with the return year, in regional extracts.
    pub(crate) year: Option<usize>,
}

/// Why a file is no table of the return, in words that end a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unrecognised {
    /// No line with anything on it.
    Empty,
    /// Zero bytes where text should be.
    NotText,
    /// A file of Placewell's own that may lie beside the returns and is read by other commands: homes, contracts, prices, a plan.
    Companion,
    /// Text, but with other columns: the first few of them.
    OtherColumns(String),
}

impl Layout {
    /// Reads the first line that is not blank as the header.
    pub(crate) fn of(text: &[u8]) -> Result<Self, Unrecognised> {
        let opening = &text[..text.len().min(64 * 1024)];
        if memchr::memchr(0, opening).is_some() {
            return Err(Unrecognised::NotText);
        }
        let delimiter = delimiter(opening);
        let mut header = None;
        rows::for_first(opening, delimiter, |line, cells| {
            let named = !cells.is_blank();
            if named {
                header = Some((line, names(cells)));
            }
            named
        });
        let (header_line, names) = header.ok_or(Unrecognised::Empty)?;
        let at = |name: &str| names.iter().position(|have| have == name);
        let Some(kind) = best(&names) else {
            if is_companion(&names) {
                return Err(Unrecognised::Companion);
            }
            let some: Vec<&str> = names.iter().take(6).map(|name| name.get(..40).unwrap_or(name)).collect();
            return Err(Unrecognised::OtherColumns(some.join(", ")));
        };
        Ok(Self {
            kind,
            delimiter,
            header_line,
            columns: kind.columns().iter().map(|column| at(column).unwrap_or(ABSENT)).collect(),
            authority: at("LA"),
            year: at("YEAR"),
            names,
        })
    }

    /// Where a column of the table is; [`ABSENT`] if the file lacks it.
    pub(crate) fn column(&self, name: &str) -> usize {
        self.kind.columns().iter().position(|column| *column == name).map_or(ABSENT, |at| self.columns[at])
    }

    /// Columns of the table that the file lacks.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.kind.columns().iter().zip(&self.columns).filter(|&(_, &at)| at == ABSENT).map(|(name, _)| *name)
    }

    /// Columns of the file that no table of the return has.
    pub(crate) fn extra(&self) -> impl Iterator<Item = &str> + '_ {
        self.names
            .iter()
            .enumerate()
            .filter(|&(at, name)| {
                let known = self.columns.contains(&at) || self.authority == Some(at) || self.year == Some(at);
                !known && !name.is_empty()
            })
            .map(|(_, name)| name.as_str())
    }
}

/// The commonest of comma, semicolon and tab on the first line with words.
fn delimiter(opening: &[u8]) -> u8 {
    let line = opening.split(|&byte| byte == b'\n' || byte == b'\r').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, line).count();
    if count(b';') > count(b',') {
        b';'
    } else if count(b'\t') > count(b',') {
        b'\t'
    } else {
        b','
    }
}

/// Upper case, underscores for spaces and hyphens; two names of the XML form become those of the CSV form.
fn names(cells: &Cells<'_>) -> Vec<String> {
    let normal = |cell: &[u8]| {
        let name = String::from_utf8_lossy(cell).trim().to_uppercase().replace([' ', '-'], "_");
        match name.as_str() {
            "CHILDID" | "CHILD_ID" => "CHILD".to_owned(),
            "PL" => "PLACE".to_owned(),
            _ => name,
        }
    };
    cells.iter().map(normal).collect()
}

/// Whether the columns are those of a file that other commands read, or of a provider list: nothing of a return is lost with it.
fn is_companion(names: &[String]) -> bool {
    const COMPANIONS: [&[&str]; 8] = [
        &["REFERENCE", "PROVIDER", "STAGE"],
        &["URN", "PLACEMENT_CODE"],
        &["URN", "PLACEMENT_CODES", "PROVIDER_CODE"],
        &["CONTRACT", "URN", "VEHICLE"],
        &["REQUEST", "CHILD", "KIND_WANTED"],
        &["TYPE", "WEEKLY_PRICE"],
        &["PERIOD", "TYPE", "CHILDREN"],
        &["SETTING", "REGISTERED", "USABLE"],
    ];
    COMPANIONS.iter().any(|columns| columns.iter().all(|column| names.iter().any(|name| name == column)))
}

/// The table of which most own columns are there: at least half of them, or one that no other table has.
fn best(names: &[String]) -> Option<Kind> {
    /// Columns that most tables share say nothing about which one it is.
    const SHARED: [&str; 3] = ["CHILD", "DOB", "SEX"];
    let has = |name: &str| names.iter().any(|have| have == name);
    if !has("CHILD") && !has("DECOM") {
        return None;
    }
    let own = |kind: Kind| kind.columns().iter().filter(|column| !SHARED.contains(column));
    let scored = Kind::ALL.into_iter().map(|kind| (own(kind).filter(|column| has(column)).count(), kind));
    // The first of equals: tables are in the Department's order.
    let (count, kind) = scored.rev().max_by_key(|&(count, _)| count)?;
    (count > 0).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(header: &str) -> Option<Kind> {
        Layout::of(header.as_bytes()).ok().map(|layout| layout.kind)
    }

    #[test]
    fn every_table_is_told_by_its_columns_in_any_order_and_case() {
        for expected in Kind::ALL {
            let mut columns = expected.columns().to_vec();
            assert_eq!(kind(&columns.join(",")), Some(expected));
            columns.reverse();
            columns.push("NOTE");
            assert_eq!(kind(&columns.join(";").to_lowercase()), Some(expected), "{expected}");
        }
        assert_eq!(kind("child,duc"), Some(Kind::Uasc));
        assert_eq!(kind("\n\nCHILD\tDECOM\tDEC"), Some(Kind::Episodes));
    }

    #[test]
    fn what_is_missing_or_more_is_known() {
        let layout = Layout::of(b"LA,YEAR,Child,decom,RNE,Colour").unwrap();
        assert_eq!((layout.authority, layout.year), (Some(0), Some(1)));
        assert_eq!(layout.column("DECOM"), 3);
        assert_eq!(layout.extra().collect::<Vec<_>>(), ["COLOUR"]);
        assert_eq!(layout.missing().count(), 10);
    }

    #[test]
    fn other_files_are_refused_with_the_reason() {
        assert_eq!(Layout::of(b"  \n\n"), Err(Unrecognised::Empty));
        assert_eq!(Layout::of(b"\x00\x01"), Err(Unrecognised::NotText));
        assert_eq!(Layout::of(b"name,age"), Err(Unrecognised::OtherColumns("NAME, AGE".to_owned())));
        assert!(Layout::of(b"CHILD,DOB,SEX").is_err());
        assert_eq!(Layout::of(b"type,weekly_price,price_date,source"), Err(Unrecognised::Companion));
        assert_eq!(Layout::of(b"Local authority,URN,Provider type,Placement code"), Err(Unrecognised::Companion));
    }
}
