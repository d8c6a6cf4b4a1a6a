//! The files of one folder of an authority (or of many authorities, in a regional extract), read and cleaned together.

use domain::history::{History, RowCount};
use rayon::prelude::*;

use super::clean::{self, Cleaned, FileFacts};
use super::issue::{self, Issue, Note};
use super::kind::Kind;
use super::parse::{self, Authorities, TableFile};
use super::path_facts::PathFacts;
use super::read::Options;
use super::recognise::{ABSENT, Layout, Unrecognised};
use super::tables::KnownFile;
use super::typed::AuthorityRows;
use super::years::{self, Fit, YearChange, YearFile, YearSource};
use crate::source::{self, SourceFile};
use crate::{encoding, rows, xlsx};

/// Files that are read together: nothing outside the group speaks about its authorities.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    /// Name for rows without an LA column; empty where nobody knows.
    pub(crate) authority: String,
    pub(crate) files: Vec<(&'a SourceFile, PathFacts)>,
}

/// What a group gave.
pub(crate) struct GroupRead {
    /// Names of files; a sheet of a workbook counts as a file.
    pub(crate) files: Vec<FileFacts>,
    /// How to read each of them again.
    pub(crate) known: Vec<KnownFile>,
    /// How many of them are tables of the return.
    pub(crate) tables: usize,
    pub(crate) authorities: Vec<Cleaned>,
    pub(crate) notes: Vec<Note>,
}

/// A group while its files go by.
struct Reading<'a> {
    group: &'a Group<'a>,
    options: &'a Options,
    one_set: OneSet,
    files: Vec<FileFacts>,
    known: Vec<KnownFile>,
    years: Vec<YearFile>,
    tables: usize,
    authorities: Authorities,
    notes: Vec<Note>,
    /// Rows of tables that could not be used at all.
    unusable: u64,
}

/// Whether the source is a single set of files, so that a year given by option is its year whatever the path says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OneSet {
    Yes,
    No,
}

/// Reads and cleans a group.
pub(crate) fn read(group: &Group<'_>, options: &Options, one_set: OneSet) -> GroupRead {
    let mut reading = Reading {
        group,
        options,
        one_set,
        files: Vec::new(),
        known: Vec::new(),
        years: Vec::new(),
        tables: 0,
        authorities: Authorities::default(),
        notes: Vec::new(),
        unusable: 0,
    };
    let mut bytes = Vec::new();
    for (file, facts) in &group.files {
        reading.file(file, facts, &mut bytes);
    }
    drop(bytes);
    reading.finish()
}

impl Reading<'_> {
    fn file(&mut self, file: &SourceFile, facts: &PathFacts, bytes: &mut Vec<u8>) {
        if let Err(message) = source::load(file, bytes) {
            let at = self.begin_file(file, None, facts);
            self.notes.push(issue::FILE_UNREADABLE.of_file(at, None, 0, "", message));
            return;
        }
        if xlsx::is_archive(bytes) || xlsx::is_old_workbook(bytes) {
            return self.workbook(file, facts, bytes);
        }
        let at = self.begin_file(file, None, facts);
        let (text, converted) = encoding::to_utf8(bytes);
        if let Some(encoding) = converted {
            let message = format!(
                "{}: the text is {encoding}, not UTF-8; it was converted. Save it as “CSV UTF-8” to be sure of names and signs.",
                file.name
            );
            self.notes.push(issue::ENCODING_CONVERTED.of_file(at, None, 0, "", message));
        }
        self.table(at, &text, facts);
    }

    fn workbook(&mut self, file: &SourceFile, facts: &PathFacts, bytes: &[u8]) {
        let Some(sheets) = xlsx::sheets(bytes) else {
            let at = self.begin_file(file, None, facts);
            let message = if xlsx::is_archive(bytes) {
                format!("{}: it is a ZIP archive, or a workbook that is damaged. Unpack it and give the folder with its files.", file.name)
            } else {
                format!("{}: it is a workbook locked by a password, or damaged. Save it as CSV or as XLSX without a password.", file.name)
            };
            self.notes.push(issue::FILE_IS_ARCHIVE.of_file(at, None, 0, "", message));
            return;
        };
        for (position, sheet) in sheets.iter().enumerate() {
            let at = self.begin_file(file, Some((position, &sheet.name)), facts);
            self.table(at, &sheet.csv, facts);
        }
    }

    /// Takes a file, or a sheet of a workbook by its position and name, into the lists.
    fn begin_file(&mut self, file: &SourceFile, sheet: Option<(usize, &str)>, facts: &PathFacts) -> u32 {
        let name = sheet.map_or_else(|| file.name.clone(), |(_, sheet)| format!("{}#{sheet}", file.name));
        self.known.push(KnownFile {
            source: file.clone(),
            sheet: sheet.map(|(position, _)| position),
            authority: self.group.authority.clone(),
            year: 0,
            change: YearChange::Nothing,
            renamed: None,
        });
        self.files.push(FileFacts { filed: facts.filed, edition: facts.edition, name });
        let name = &file.name;
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        self.years.push(YearFile { kind: None, folder, source: YearSource::Unknown, fit: Fit::default() });
        self.files.len() as u32 - 1
    }

    fn table(&mut self, at: u32, text: &[u8], facts: &PathFacts) {
        let name = self.files[at as usize].name.clone();
        let layout = match Layout::of(text) {
            Ok(layout) => layout,
            Err(Unrecognised::Companion) => return,
            Err(why) => {
                self.notes.push(issue::FILE_UNKNOWN.of_file(at, None, 0, "", unrecognised(&name, &why)));
                return;
            }
        };
        self.tables += 1;
        let given = match (self.options.year, facts.year) {
            (Some(year), None) => Some(year),
            (Some(year), Some(_)) if self.one_set == OneSet::Yes => Some(year),
            (_, in_path) => in_path,
        };
        self.known[at as usize].year = given.unwrap_or(0);
        let facts = &mut self.years[at as usize];
        facts.kind = Some(layout.kind);
        facts.source = given.map_or(YearSource::Unknown, YearSource::Given);
        self.columns(at, &name, &layout, given.unwrap_or(0));
        if layout.kind.key().iter().any(|key| layout.column(key) == ABSENT) {
            rows::for_each(text, layout.delimiter, |line, _| self.unusable += u64::from(line > layout.header_line));
            return;
        }
        let file = TableFile { file: at, text, layout: &layout, authority: &self.group.authority, year: given.unwrap_or(0) };
        let seen = parse::table(&file, &mut self.authorities);
        let facts = &mut self.years[at as usize];
        facts.fit = seen.fit;
        if layout.year.is_some() {
            facts.source = YearSource::Column { single: seen.single_years > 0 };
        }
    }

    /// Says which columns are missing or not known.
    fn columns(&mut self, at: u32, name: &str, layout: &Layout, year: u16) {
        let kind = layout.kind;
        for column in layout.missing() {
            let (issue, effect): (Issue, _) = if kind.key().contains(&column) {
                (issue::KEY_COLUMN_MISSING, "without it no row can be used, and all are set aside")
            } else {
                (issue::COLUMN_MISSING, "what it would say is not known")
            };
            let message =
                format!("{name}: the {kind} table has no column {column}; {effect}. Add the column as in the Department's specification.");
            self.notes.push(issue.of_file(at, Some(kind), year, column, message));
        }
        let extra: Vec<&str> = layout.extra().collect();
        if !extra.is_empty() {
            let message =
                format!("{name}: the {kind} table has columns that are not in the return, and they are not read: {}.", extra.join(", "));
            self.notes.push(issue::COLUMN_EXTRA.of_file(at, Some(kind), year, &extra.join(","), message));
        }
    }

    fn finish(mut self) -> GroupRead {
        let mut authorities = self.authorities.all;
        let changes = years::settle(&mut authorities, &self.years, &mut self.notes);
        let renamed = if authorities.len() == 1 { self.options.authority.clone() } else { None };
        for (known, change) in self.known.iter_mut().zip(changes) {
            known.change = change;
            known.renamed.clone_from(&renamed);
        }
        let (chosen, others) = choose_authority(authorities, self.options.authority.as_deref());
        let files = &self.files;
        let series = self.options.series;
        let mut cleaned: Vec<Cleaned> = if let [_] = chosen.as_slice() {
            chosen.into_iter().map(|rows| clean::authority(rows, files, series)).collect()
        } else {
            chosen.into_par_iter().map(|rows| clean::authority(rows, files, series)).collect()
        };
        cleaned.sort_by(|a, b| a.history.authorities.cmp(&b.history.authorities));
        let mut aside = RowCount { read: self.unusable, set_aside: self.unusable, ..RowCount::default() };
        for rows in others {
            set_all_aside(&rows, &mut aside, &mut self.notes);
        }
        if aside.read > 0 {
            match cleaned.first_mut() {
                Some(first) => {
                    first.history.rows.read += aside.read;
                    first.history.rows.set_aside += aside.set_aside;
                }
                None => {
                    cleaned.push(Cleaned { history: History { rows: aside, ..History::default() }, notes: Vec::new(), held: Vec::new() });
                }
            }
        }
        GroupRead { files: self.files, known: self.known, tables: self.tables, authorities: cleaned, notes: self.notes }
    }
}

fn unrecognised(name: &str, why: &Unrecognised) -> String {
    match why {
        Unrecognised::Empty => format!("{name}: the file is empty. Export it again."),
        Unrecognised::NotText => format!("{name}: the file is no text and no workbook. Save the table as CSV or XLSX."),
        Unrecognised::Companion => format!("{name}: the file is for another command."),
        Unrecognised::OtherColumns(columns) => {
            format!(
                "{name}: its columns ({columns}) are those of no table of the SSDA903 return; the file is left out. Its first line must hold the column names."
            )
        }
    }
}

/// The authorities that counts are asked for, and the others. A single authority takes the name asked for, however the files write it.
fn choose_authority(mut all: Vec<AuthorityRows>, asked: Option<&str>) -> (Vec<AuthorityRows>, Vec<AuthorityRows>) {
    let Some(asked) = asked else { return (all, Vec::new()) };
    if let [only] = all.as_mut_slice() {
        asked.clone_into(&mut only.name);
        return (all, Vec::new());
    }
    all.into_iter().partition(|rows| rows.name.eq_ignore_ascii_case(asked))
}

fn set_all_aside(rows: &AuthorityRows, aside: &mut RowCount, notes: &mut Vec<Note>) {
    let read = rows.fallen + rows.len() as u64;
    aside.read += read;
    aside.set_aside += read;
    let mut said: Vec<(u32, Kind)> = Vec::new();
    for &(kind, year, file) in &rows.held {
        if !said.contains(&(file, kind)) {
            said.push((file, kind));
            let message = format!("The file holds rows of {}, which was not asked for; they are set aside.", rows.name);
            notes.push(issue::OTHER_AUTHORITY.of_file(file, Some(kind), year, "LA", message));
        }
    }
}
