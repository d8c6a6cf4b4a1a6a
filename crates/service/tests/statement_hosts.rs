//! Where children live who live outside their authority: the table and the map of a small, made-up authority.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up fails")]

use std::fmt::Write as _;
use std::path::PathBuf;

use report::block::{Block, Report};
use service::App;
use service::holdings::{self, Folder};
use service::statements::{self, About, Request};

/// The statement of 60 children, all made up, of whom the first live at these postcodes and the others inside.
fn statement(name: &str, outside: &[(&str, usize)]) -> Report {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let mut header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n".to_owned();
    let mut episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n".to_owned();
    let mut posts = outside.iter().flat_map(|&(post, children)| std::iter::repeat_n(post, children));
    for child in 0..60 {
        let post = posts.next().unwrap_or("NG1 5DT");
        writeln!(header, "C{child},1,01/06/2012,WBRI,UN1,,").unwrap();
        writeln!(episodes, "C{child},02/02/2024,S,C2,N1,U6,PR4,,,,NG1 5DT,{post},").unwrap();
    }
    std::fs::write(folder.join("header.csv"), header).unwrap();
    std::fs::write(folder.join("episodes.csv"), episodes).unwrap();
    let about = "name = \"Smallshire\"\nfictitious = true\ngeography = { authority = \"Nottingham\" }\n";
    std::fs::write(folder.join("authority.toml"), about).unwrap();
    let holding = holdings::open(Folder { path: folder, authority: Some("Smallshire".to_owned()), year: Some(2025) }).unwrap();
    statements::compose(&App::new(), &Request { about: About::Holding(&holding), as_of: None, ahead: None }).unwrap()
}

/// What the table of hosts prints, and the map's drawing.
fn hosts(report: &Report) -> Option<(Vec<[String; 2]>, String)> {
    report.sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
        Block::Chart(chart) if chart.table.id == "own-hosts" => {
            let rows = chart.table.rows.iter().map(|row| [row.cells[0].shown.clone(), row.cells[1].shown.clone()]);
            Some((rows.collect(), chart.svg.clone()))
        }
        _ => None,
    })
}

#[test]
fn hosts_with_enough_children_are_named_and_drawn_and_the_others_are_counted_together() {
    let report = statement("hosts", &[("DE1 2QY", 12), ("M1 1AE", 6), ("LE1 5WW", 4), ("CF10 4UW", 3)]);
    let (rows, map) = hosts(&report).unwrap();
    let row = |name: &str, number: &str| [name.to_owned(), number.to_owned()];
    assert_eq!(
        rows,
        [
            row("Derby", "12"),
            row("Manchester", "6"),
            row("2 other areas, each with fewer than 5", "7"),
            row("Not known", "0"),
            row("Total", "25")
        ]
    );
    assert!(map.contains("Derby: 12") && map.contains("Manchester: 6") && !map.contains("Leicester"), "{map}");
}

#[test]
fn where_few_live_outside_there_is_neither_table_nor_map() {
    assert_eq!(hosts(&statement("few-hosts", &[("M1 1AE", 3)])), None);
}

/// One small area alone would follow from the total, so a second number is withheld with it and leaves the map.
#[test]
fn a_small_area_does_not_follow_from_the_total() {
    let (rows, map) = hosts(&statement("small-host", &[("DE1 2QY", 12), ("M1 1AE", 6), ("CF10 4UW", 3)])).unwrap();
    assert_eq!(rows.iter().filter(|[_, number]| number == "[c]").count(), 2, "{rows:?}");
    assert!(map.contains("Derby: 12") && !map.contains("Manchester"), "{map}");
}
