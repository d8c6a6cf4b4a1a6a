//! The statement of a small, made-up authority with returns: what it shows must not give a child away.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up fails")]

use std::fmt::Write as _;
use std::path::PathBuf;

use report::block::{Raw, Report, Table};
use service::App;
use service::holdings::{self, Folder, Holding};
use service::statements::{self, About, Request};

/// 41 children in care at 31 March 2025, all made up, in categories small enough to be withheld.
fn returns(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let mut header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n".to_owned();
    let mut episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n".to_owned();
    for child in 0..41u32 {
        let born = 2008 + child * 7 % 17;
        let ethnic = ["WBRI", "WBRI", "WBRI", "MWBC", "ABNG"][(child % 5) as usize];
        writeln!(header, "C{child},{},01/06/{born},{ethnic},UN1,,", if child % 3 == 0 { 2 } else { 1 }).unwrap();
        let (place, provider, post) = match child {
            0..=2 => ("K2", "PR4", "M1 1AE"),
            3..=4 => ("P1", "PR0", "NG1 5DT"),
            5..=18 => ("U6", "PR4", "NG2 3AA"),
            _ => ("U6", "PR1", "NG1 5DT"),
        };
        let legal = if child < 3 { "V2" } else { "C2" };
        let began = if child < 3 { "10/09/2024" } else { "02/02/2024" };
        writeln!(episodes, "C{child},{began},S,{legal},N{},{place},{provider},,,,NG1 5DT,{post},", 1 + child % 4).unwrap();
    }
    std::fs::write(folder.join("header.csv"), header).unwrap();
    std::fs::write(folder.join("episodes.csv"), episodes).unwrap();
    std::fs::write(
        folder.join("authority.toml"),
        "name = \"Smallshire\"\nfictitious = true\ngeography = { authority = \"Nottingham\" }\nneighbours = [\"Derby\", \"Leicester\", \"Salford\"]\n",
    )
    .unwrap();
    folder
}

fn open(name: &str) -> Holding {
    holdings::open(Folder { path: returns(name), authority: Some("Smallshire".to_owned()), year: Some(2025) }).unwrap()
}

fn statement(app: &App, holding: &Holding) -> Report {
    statements::compose(app, &Request { about: About::Holding(holding), as_of: None, ahead: None }).unwrap()
}

fn own_tables(report: &Report) -> Vec<&Table> {
    report.tables().map(|(_, table)| table).filter(|table| table.id.starts_with("own-")).collect()
}

fn table<'r>(report: &'r Report, id: &str) -> &'r Table {
    report.tables().map(|(_, table)| table).find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

#[test]
fn a_made_up_authority_says_so_and_borrows_no_figure() {
    let app = App::new();
    let holding = open("made-up");
    let report = statement(&app, &holding);
    assert!(report.notices[0].to_string().starts_with("All children, homes and numbers of Smallshire are made up."));
    let numbers = table(&report, "number");
    let own: Vec<&str> = numbers.rows[0].cells.iter().map(|cell| cell.shown.as_str()).collect();
    assert_eq!(own[..6], ["Smallshire", "[x]", "[x]", "[x]", "[x]", "41"], "no figure of Nottingham, whose boundary it borrows");
    assert_eq!(numbers.rows[1].cells[0].shown, "Statistical neighbours");
    assert!(report.tables().all(|(_, table)| table.id != "import-export" && table.id != "services"));
    assert!(!own_tables(&report).is_empty());
    for section in &report.sections {
        for block in &section.blocks {
            assert!(block.figures().iter().all(|figure| report.figures.why(figure).is_some()), "{}", section.title);
        }
    }
}

/// Whoever has the whole statement subtracts: in no row or column with its total may one withheld number stand alone.
#[test]
fn no_withheld_number_follows_by_subtraction() {
    let app = App::new();
    let holding = open("attacked");
    let report = statement(&app, &holding);
    let mut withheld = 0;
    for table in own_tables(&report) {
        for row in &table.rows {
            for cell in &row.cells {
                if let Raw::Number(number) = cell.raw
                    && !cell.shown.contains(['%', '.'])
                    && table.columns[0].header != "Measure"
                {
                    assert!(number == 0.0 || number >= 5.0, "{}: {} is small", table.id, cell.shown);
                }
            }
        }
        let is_withheld = |row: usize, column: usize| matches!(&table.rows[row].cells[column].raw, Raw::Mark(mark) if mark.symbol == "c");
        let counts: Vec<usize> = match table.columns.iter().position(|column| column.header == "Share") {
            Some(share) => (1..share).collect(),
            None if table.columns.last().is_some_and(|column| column.header == "Total") => (1..table.columns.len()).collect(),
            None => continue,
        };
        for &column in &counts {
            let hidden = (0..table.rows.len()).filter(|&row| is_withheld(row, column)).count();
            withheld += hidden;
            assert_ne!(hidden, 1, "{}: one number of column “{}” follows from the others", table.id, table.columns[column].header);
        }
        if counts.len() > 1 {
            for row in 0..table.rows.len() {
                let hidden = counts.iter().filter(|&&column| is_withheld(row, column)).count();
                assert_ne!(hidden, 1, "{}: one number of row “{}” follows from the others", table.id, table.rows[row].cells[0].shown);
            }
        }
    }
    assert!(withheld > 0, "the example has numbers to withhold");
}

/// The same children stand in several tables: a number withheld in one must not be printed in another.
#[test]
fn what_one_table_withholds_no_other_prints() {
    let app = App::new();
    let holding = open("compared");
    let report = statement(&app, &holding);
    let shown = |table: &Table, label: &str, column: usize| {
        table.rows.iter().find(|row| row.cells[0].shown == label).map(|row| row.cells[column].clone())
    };
    let crossed = table(&report, "own-placement");
    let total = crossed.columns.len() - 1;
    let profile = table(&report, "placement");
    for (own, published) in
        [("Foster placements", "Foster placements"), ("Secure homes and children's homes", "Secure homes and children's homes")]
    {
        let (a, b) = (shown(crossed, own, total), shown(profile, published, 1));
        assert_eq!(a.map(|cell| cell.shown), b.map(|cell| cell.shown), "{own}");
    }
    // 3 children live in a children's home, all more than 20 miles away: neither count nor share may appear anywhere.
    let far = table(&report, "own-distance-measures");
    for row in far.rows.iter().filter(|row| row.cells[0].shown.contains("more than 20 miles")) {
        assert_eq!(row.cells[1].shown, "[c]", "{}", row.cells[0].shown);
    }
    for (id, why) in report.figures.iter().filter(|(id, _)| id.as_str().starts_with("measure.M05")) {
        assert_eq!(why.rows, "withheld", "{id}");
    }
}

#[test]
fn the_same_returns_give_the_same_statement() {
    let app = App::new();
    let [first, second] = ["twice", "twice"].map(|name| format!("{:?}", statement(&app, &open(name))));
    assert_eq!(first, second);
}

/// One child whose answer is missing hides nobody's answer: the share stands, and how many are not known is withheld (it is small).
#[test]
fn a_small_unknown_is_withheld_without_the_share_beside_it() {
    let folder = returns("unknown");
    let mut rows =
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n"
            .to_owned();
    for child in 3..41u32 {
        let teeth = match child {
            3 => "",
            4..=10 => "0",
            _ => "1",
        };
        writeln!(rows, "C{child},01/06/{},12,,0,1,1,{teeth},1,0,0,0", 2008 + child * 7 % 17).unwrap();
    }
    std::fs::write(folder.join("oc2.csv"), rows).unwrap();
    let holding = holdings::open(Folder { path: folder, authority: Some("Smallshire".to_owned()), year: Some(2025) }).unwrap();
    let report = statement(&App::new(), &holding);
    let needs = table(&report, "own-needs");
    let teeth = needs.rows.iter().find(|row| row.cells[0].shown.starts_with("Teeth")).unwrap();
    let shown: Vec<&str> = teeth.cells[1..].iter().map(|cell| cell.shown.as_str()).collect();
    assert_eq!(shown, ["81.1%", "30", "37", "[c]"]);
}

#[test]
fn returns_that_say_whose_they_are_are_never_printed_as_anothers() {
    let folder = returns("named");
    let asked = |name: &str| holdings::open(Folder { path: folder.clone(), authority: Some(name.to_owned()), year: Some(2025) });
    assert!(asked("smallshire").is_ok());
    // Not even as those of the authority whose map it borrows.
    for other in ["Derby", "Nottingham"] {
        let refused = asked(other).unwrap_err().to_string();
        assert!(refused.contains(&format!("returns of Smallshire and were asked for as those of {other}")), "{refused}");
    }
}

/// Returns run a year ahead of what is published: tables end with the year that the statement is about, the others' changes before it.
#[test]
fn tables_end_with_the_authoritys_own_newest_year() {
    let folder = Folder { path: returns("ahead"), authority: Some("Smallshire".to_owned()), year: Some(2026) };
    let holding = holdings::open(folder).unwrap();
    let report = statement(&App::new(), &holding);
    let numbers = table(&report, "number");
    let headers: Vec<&str> = numbers.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers[5..], ["2026", "Change on year (%)", "Change since 2022 (%)"]);
    let row = |name: &str| numbers.rows.iter().find(|row| row.cells[0].shown == name).unwrap();
    assert_eq!(numbers.rows[0].cells[5].shown, "41");
    let england = row("England");
    assert_eq!(england.cells[5].shown, "[x]");
    assert!(england.cells[6].shown.ends_with('%') && england.cells[7].shown.ends_with('%'), "{england:?}");
    assert!(numbers.source.as_deref().unwrap().contains("as updated 1 November 2025"), "{:?}", numbers.source);
}
