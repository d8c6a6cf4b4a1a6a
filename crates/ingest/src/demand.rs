//! Futures of need by kind of home: what `placewell forecast --paths-out` writes. Millions of lines, so read without a text for each cell.

use domain::{Day, Finding, Severity, Treatment};

/// The columns of the file.
pub const COLUMNS: [&str; 5] = ["path", "date", "authority", "group", "children"];

/// Lines that say why a line was left out, at most: a file with a wrong column would have one for each line.
const MOST_FINDINGS: usize = 20;

/// The lines of the file in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// Names of authorities, in order of appearance; the empty name where the file gives none.
    pub authorities: Vec<String>,
    /// Names of groups, in order of appearance.
    pub groups: Vec<String>,
    /// One entry a line.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Number of the future.
    pub path: u32,
    /// The date.
    pub date: Day,
    /// Position in [`Demand::authorities`].
    pub authority: u16,
    /// Position in [`Demand::groups`].
    pub group: u16,
    /// Children.
    pub children: u32,
    /// Line of the file; the heading is line 1.
    pub row: u32,
}

/// Reads the file. Lines that cannot be read are left out, each with a finding (after twenty, one that says how many more).
pub fn read_demand(file: &str, bytes: &[u8]) -> (Demand, Vec<Finding>) {
    let mut demand = Demand::default();
    let mut findings = Vec::new();
    let find = |row: u32, column: &str, value: &str, said: &str| Finding {
        rule: "demand-line",
        severity: Severity::Error,
        file: file.to_owned(),
        table: "Demand",
        year: 0,
        row,
        child: String::new(),
        column: column.to_owned(),
        value: value.to_owned(),
        message: format!("Line {row} of {file}: {column} “{value}” {said}"),
        action: Treatment::SetAside,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.byte_headers().cloned().unwrap_or_default();
    let place = |column: &str| header.iter().position(|name| name.eq_ignore_ascii_case(column.as_bytes()));
    let found = COLUMNS.map(place);
    for (column, _) in COLUMNS.iter().zip(found).filter(|(column, at)| at.is_none() && **column != "authority") {
        findings.push(find(1, column, "", "is not among the columns. The first line must be path,date,authority,group,children."));
    }
    let [Some(path), Some(date), authority, Some(group), Some(children)] = found else { return (demand, findings) };
    let mut record = csv::ByteRecord::new();
    let mut left_out = 0;
    loop {
        let read = reader.read_byte_record(&mut record);
        let row = record.position().map_or(0, |position| position.line() as u32);
        match read {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                findings.push(find(row, "", "", "cannot be read as CSV; what follows is left out."));
                break;
            }
        }
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let line = || {
            Ok(Line {
                path: number(cell(path)).ok_or((path, "is not the number of a path."))?,
                date: Day::parse(cell(date)).ok_or((date, "is not a date."))?,
                children: number(cell(children)).ok_or((children, "is not a whole number of children."))?,
                authority: 0,
                group: 0,
                row,
            })
        };
        match line() {
            Ok(line) => {
                let authority = position(&mut demand.authorities, authority.map_or(b"", cell));
                let group = position(&mut demand.groups, cell(group));
                demand.lines.push(Line { authority, group, ..line });
            }
            Err((at, said)) => {
                left_out += 1;
                if left_out <= MOST_FINDINGS {
                    let column = String::from_utf8_lossy(header.get(at).unwrap_or_default());
                    findings.push(find(row, &column, &String::from_utf8_lossy(cell(at)), &format!("{said} The line is left out.")));
                }
            }
        }
    }
    if left_out > MOST_FINDINGS {
        let more = left_out - MOST_FINDINGS;
        findings.push(find(0, "", "", &format!("and {more} further lines cannot be read and are left out.")));
    }
    (demand, findings)
}

fn number(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The position of a name, which is added if it is new. There are a handful, and the same one comes again and again.
fn position(names: &mut Vec<String>, name: &[u8]) -> u16 {
    let at = names.iter().position(|known| known.as_bytes() == name).unwrap_or_else(|| {
        names.push(String::from_utf8_lossy(name).into_owned());
        names.len() - 1
    });
    at as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn futures_are_read_with_and_without_an_authority() {
        let (demand, findings) =
            read_demand("d.csv", b"path,date,authority,group,children\n0,2026-04-30,A,Residential,12\n0,2026-04-30,A,Other,3\n");
        assert_eq!(findings, []);
        assert_eq!(demand.lines.iter().map(|line| line.row).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(
            (demand.groups, demand.authorities, demand.lines.len()),
            (vec!["Residential".into(), "Other".into()], vec!["A".into()], 2)
        );
        let (demand, findings) = read_demand("d.csv", b"path,date,group,children\n7,30/04/2026,Residential,12\n");
        assert_eq!((demand.lines[0].path, demand.lines[0].children, findings.len()), (7, 12, 0));
    }

    #[test]
    fn bad_lines_and_columns_are_named() {
        let (demand, findings) =
            read_demand("d.csv", b"path,date,authority,group,children\n0,soon,A,Residential,12\n1,2026-04-30,A,Residential,-2\n");
        assert!(demand.lines.is_empty());
        assert_eq!(findings[0].message, "Line 2 of d.csv: date “soon” is not a date. The line is left out.");
        assert_eq!(findings[1].column, "children");
        let (_, findings) = read_demand("d.csv", b"path,date,children\n0,2026-04-30,12\n");
        assert!(findings[0].message.contains("group “” is not among the columns"), "{}", findings[0].message);
        let many = format!("path,date,authority,group,children\n{}", "x,2026-04-30,A,R,1\n".repeat(25));
        let (_, findings) = read_demand("d.csv", many.as_bytes());
        assert_eq!(findings.len(), 21);
        assert!(findings[20].message.contains("5 further lines"), "{}", findings[20].message);
    }
}
