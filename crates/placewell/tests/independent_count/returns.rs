//! The files of the returns as SQL that loads them, cell by cell, with nothing of Placewell's reading in between.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use domain::Postcode;

/// Rows that one statement loads.
const ROWS: usize = 500;

/// Statements that fill `tables.sql` from a folder of authorities, with the dates at which is counted.
pub(crate) fn to_sql(folder: &Path, dates: &[[&str; 2]]) -> String {
    let mut tables: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut postcodes = BTreeSet::new();
    for authority in folders(folder) {
        let name = name(&authority);
        let area = area(&authority);
        let mut children = BTreeSet::new();
        for year_folder in folders(&authority) {
            let year = self::name(&year_folder);
            for row in rows(&year_folder.join("header.csv"), ["CHILD", "SEX", "DOB", "ETHNIC"]) {
                let [child, sex, born, ethnic] = row.each_ref().map(String::as_str);
                add(&mut tables, "header", &[&year, child, sex, &iso(born), ethnic]);
                children.insert(child.to_owned());
            }
            for row in rows(&year_folder.join("uasc.csv"), ["CHILD", "DUC"]) {
                add(&mut tables, "uasc", &[&year, &row[0], &iso(&row[1])]);
            }
            for row in rows(&year_folder.join("episodes.csv"), EPISODES) {
                let [child, decom, rne, ls, cin, place, provider, dec, rec, change, home, placed] = row.each_ref().map(String::as_str);
                let cells = [&year, child, &iso(decom), rne, ls, cin, place, provider, &iso(dec), rec, change, home, placed];
                add(&mut tables, "episode", &cells);
                postcodes.extend([home, placed].map(str::to_owned));
            }
        }
        for child in children {
            add(&mut tables, "responsible", &[&child, &name, &area]);
        }
    }
    for [on, from] in dates {
        add(&mut tables, "asked", &[on, from]);
    }
    for (text, [east, north, area]) in postcodes.iter().filter_map(|text| Some((text, located(text)?))) {
        add(&mut tables, "postcode", &[text, &east, &north, &area]);
    }
    tables
        .iter()
        .flat_map(|(table, rows)| rows.chunks(ROWS).map(move |rows| format!("INSERT INTO {table} VALUES {};\n", rows.join(", "))))
        .collect()
}

const EPISODES: [&str; 12] =
    ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST"];

/// Adds a row; an empty cell is null. Years and metres are quoted like the rest: both engines take a quoted number for a column of numbers.
fn add<'a>(tables: &mut BTreeMap<&'a str, Vec<String>>, table: &'a str, cells: &[&str]) {
    let mut row = String::from("(");
    for (at, cell) in cells.iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        if cell.is_empty() {
            write!(row, "{comma}NULL").unwrap();
        } else {
            write!(row, "{comma}'{}'", cell.replace('\'', "''")).unwrap();
        }
    }
    row.push(')');
    tables.entry(table).or_default().push(row);
}

fn rows<const N: usize>(path: &Path, columns: [&str; N]) -> Vec<[String; N]> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headings = reader.headers().unwrap().clone();
    let at = columns.map(|column| headings.iter().position(|heading| heading == column).unwrap());
    reader.records().map(|record| record.unwrap()).map(|record| at.map(|at| record[at].to_owned())).collect()
}

/// `31/03/2026` as `2026-03-31`.
fn iso(statutory: &str) -> String {
    let mut parts = statutory.rsplit('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => String::new(),
    }
}

/// Easting, northing and upper-tier authority of a postcode, from the directory.
fn located(text: &str) -> Option<[String; 3]> {
    let located = reference::postcode::locate(Postcode::parse(text.as_bytes())?)?;
    Some([located.easting.to_string(), located.northing.to_string(), located.ons_code.to_owned()])
}

/// The real authority whose map a fictitious one borrows.
fn area(authority: &Path) -> String {
    let text = fs::read_to_string(authority.join("authority.toml")).unwrap();
    let file: toml::Table = text.parse().unwrap();
    file["geography"]["ons_code"].as_str().unwrap().to_owned()
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
