//! Clean data is clean: the statutory rules find nothing in any year whose rules are held, with the provider list and last year's files.

use std::collections::BTreeMap;

use example::{Authority, File, Settings};
use ingest::ssda903::providers;
use ingest::ssda903::rules::{Inputs, Status, Tables, check};
use ingest::table::Table;

/// Text as a table; cells of the provider list may be quoted.
fn table(name: &str, text: &str) -> Table {
    let mut lines = text.lines();
    let columns: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let mut table = Table::new(name, &columns.iter().map(String::as_str).collect::<Vec<_>>());
    for (at, line) in lines.enumerate() {
        let mut quoted = false;
        let cells: Vec<&str> = line
            .split(|c| {
                quoted ^= c == '"';
                c == ',' && !quoted
            })
            .map(|cell| cell.trim_matches('"'))
            .collect();
        table.push(at as u32 + 2, cells);
    }
    table
}

fn tables(authority: &Authority, year: u32) -> Tables {
    authority.files(year).into_iter().map(|File { name, table: kind, text }| (kind, table(name, &text))).collect()
}

/// Runs all rules over one year and prints what they find.
fn errors(authority: &Authority, year: u32) -> BTreeMap<&'static str, usize> {
    let this = tables(authority, year);
    let last = tables(authority, year - 1);
    let sheet = authority.beside().into_iter().find(|(name, _)| *name == "providers.csv").unwrap().1;
    let (known, unread) = providers::read(&[table("providers.csv", &sheet)]);
    assert!(unread.is_empty(), "{unread:?}");
    let area = reference::authority::by_id(authority.geography.area).unwrap();
    let checked = check(&Inputs { year, tables: &this, last: Some(&last), authority: Some(area.ons_code), providers: Some(&known) });
    let ran = checked.statuses.iter().filter(|(_, status)| *status == Status::Ran).count();
    println!("{} {year}: {ran} of {} rules ran", authority.name, checked.statuses.len());
    if year == 2026 {
        assert!(ran >= 74, "only the rules on deprivation of liberty are for later returns");
    }
    let mut found: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in checked.findings {
        let seen = found.entry(finding.rule).or_default();
        if *seen < 3 {
            println!("{} {} line {} {}: {}", finding.rule, finding.table, finding.row, finding.column, finding.message);
            for table in this.values().filter(|table| table.file == finding.file) {
                let columns = table.names();
                if let Some(row) = table.lines.iter().position(|&line| line == finding.row) {
                    let cells: Vec<String> = columns.iter().filter_map(|c| Some(format!("{c}={}", table.get(row, c)?))).collect();
                    println!("    {}", cells.join(" "));
                }
            }
        }
        *seen += 1;
    }
    found
}

#[test]
fn clean_returns_break_no_rule() {
    // Settings that reach the codes of 2026-27 too; three authorities of different geography.
    let settings = Settings { children: 250, authorities: 3, years: 4, last_year: 2027, ..Settings::default() };
    for authority in example::generate(&settings) {
        for year in 2025..=2027 {
            let found = errors(&authority, year);
            assert!(found.is_empty(), "{} {year}: {found:?}", authority.name);
        }
    }
}

#[test]
fn clean_returns_are_read_without_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { children: 250, years: 4, last_year: 2027, ..Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    let read = ingest::read(&ingest::Source::open(folder.path()).unwrap(), &ingest::Options::default()).unwrap();
    assert!(read.history.rows.read > 5_000);
    assert_eq!(read.findings, []);
}

#[test]
fn one_identifier_in_two_authorities_is_said_and_the_children_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { children: 60, authorities: 2, years: 2, dirt: 0.02, ..Settings::default() };
    example::write(&folder.path().join("returns"), &settings, Some(&folder.path().join("truth"))).unwrap();
    let faults = std::fs::read_to_string(folder.path().join("truth/faults.csv")).unwrap();
    assert!(faults.lines().any(|line| line.contains("child-elsewhere")), "{faults}");
    let read = ingest::read(&ingest::Source::open(&folder.path().join("returns")).unwrap(), &ingest::Options::default()).unwrap();
    let said: Vec<_> =
        read.findings.iter().filter(|finding| finding.rule == "child-elsewhere").map(|finding| finding.child.as_str()).collect();
    assert_eq!(said, ["999999999"]);
    let children = &read.history.children;
    assert_eq!((0..children.len()).filter(|&child| children.id.get(child) == "999999999").count(), 2);
}

#[test]
fn dirt_is_found() {
    let settings = Settings { children: 250, years: 2, dirt: 0.25, ..Settings::default() };
    let authority = example::generate(&settings).next().unwrap();
    let found = errors(&authority, 2026);
    for rule in ["141", "147", "146", "301", "385", "388", "501", "526", "INT03"] {
        assert!(found.contains_key(rule), "rule {rule} finds its fault: {found:?}");
    }
}
