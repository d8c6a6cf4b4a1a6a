//! Reading back what was written, without the product's reader: tests must not share its mistakes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::Day;

/// A row by column name.
pub(crate) type Row = BTreeMap<String, String>;

/// Rows of a file without quotation marks.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|line| head.iter().zip(line.split(',')).map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect()).collect()
}

/// A date in either form; nothing for an empty cell.
pub(crate) fn day(cell: &str) -> Option<Day> {
    if cell.is_empty() { None } else { Some(Day::parse(cell.as_bytes()).unwrap()) }
}

/// The rows of a table of a year.
pub(crate) fn table(authority: &example::Authority, year: u32, name: &str) -> Vec<Row> {
    authority.files(year).into_iter().find(|file| file.table == name).map(|file| rows(&file.text)).unwrap()
}

/// Every file below a folder with its bytes, by path.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    found
}
