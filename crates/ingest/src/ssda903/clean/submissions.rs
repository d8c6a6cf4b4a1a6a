//! Which file stands for a table of a year where several do. Both stay held; counts rest on one.

use std::collections::BTreeMap;

use domain::Day;

use super::super::cell::Marks;
use super::super::issue::{self, Note};
use super::super::kind::Kind;
use super::super::typed::AuthorityRows;

/// Which submission of a year counts rest on. The Department publishes the first and revises by later ones, so both series are of use (dossier B1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Series {
    /// The newest submission of each year: what is known now.
    #[default]
    AsNow,
    /// The first submission of each year: what was published at the time.
    AsFirstFiled,
}

/// What orders the files of one table and year: the date in the path, then the edition (`v2`), then the name.
/// Not the time of saving, which copying changes, and with it every number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileFacts {
    pub(crate) filed: Option<Day>,
    pub(crate) edition: u32,
    pub(crate) name: String,
}

/// A file that holds rows of a table and year of one authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) kind: Kind,
    pub(crate) year: u16,
    pub(crate) file: u32,
    /// 1 for the first submission of this table and year.
    pub(crate) order: u32,
    /// Whether counts rest on it.
    pub(crate) used: bool,
}

/// Puts the files of each table and year in order and sets the rows of those not used aside.
pub(crate) fn choose(rows: &mut AuthorityRows, files: &[FileFacts], series: Series, notes: &mut Vec<Note>) -> Vec<Held> {
    let mut by_table: BTreeMap<(Kind, u16), Vec<u32>> = BTreeMap::new();
    for &(kind, year, file) in &rows.held {
        by_table.entry((kind, year)).or_default().push(file);
    }
    let mut held = Vec::new();
    for ((kind, year), mut of_year) in by_table {
        of_year.sort_by_key(|&file| &files[file as usize]);
        let used = used(rows, kind, year, &of_year, series);
        for (order, &file) in (1..).zip(&of_year) {
            let in_use = used.contains(&file);
            held.push(Held { kind, year, file, order, used: in_use });
            if !in_use {
                let other = used.first().map_or("", |&file| files[file as usize].name.as_str());
                let message = format!(
                    "{} is another submission of the same {kind} table of {year}: its rows are held, and counts rest on {other}. Remove the one that should not count.",
                    files[file as usize].name
                );
                notes.push(issue::SUPERSEDED.of_file(file, Some(kind), year, "", message));
                set_aside(rows, kind, year, file);
            } else if used.len() > 1 && order == 1 {
                let message = format!(
                    "{} files hold the {kind} table of {year} and no child is in two of them: they are read as parts of one table.",
                    used.len()
                );
                notes.push(issue::PARTS_JOINED.of_file(file, Some(kind), year, "", message));
            }
        }
    }
    held
}

/// A second submission repeats children of the first; files without a child in common are parts of one table, and all are used.
fn used(rows: &mut AuthorityRows, kind: Kind, year: u16, files: &[u32], series: Series) -> Vec<u32> {
    if let &[only] = files {
        return vec![only];
    }
    let mut file_of = vec![None; rows.children.len()];
    let mut repeats = false;
    rows.each_place(|of, child, place| {
        if of == kind && place.year == year && files.contains(&place.file) {
            repeats |= file_of[child as usize].is_some_and(|file| file != place.file);
            file_of[child as usize] = Some(place.file);
        }
    });
    let one = match series {
        Series::AsNow => files.last(),
        Series::AsFirstFiled => files.first(),
    };
    if repeats { one.copied().into_iter().collect() } else { files.to_vec() }
}

fn set_aside(rows: &mut AuthorityRows, kind: Kind, year: u16, file: u32) {
    rows.each_place(|of, _, place| {
        if of == kind && place.year == year && place.file == file {
            place.marks.add(Marks::SET_ASIDE);
        }
    });
}
