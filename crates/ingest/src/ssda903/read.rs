//! The way in: a source to a history.

use domain::history::History;
use domain::{Day, Finding, Treatment};
use rayon::prelude::*;

use super::clean::Series;
use super::concat;
use super::group::{self, Group, GroupRead, OneSet};
use super::issue::{self, Note};
use super::kind::Kind;
use super::path_facts::PathFacts;
use super::shared;
use super::tables::KnownFile;
use crate::source::{Source, SourceFile};
use crate::{ReadError, ssda903::clean::FileFacts};

/// What the files cannot say themselves.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The authority's name. Statutory files do not carry it; without this it is the name of the folder (`AUTHORITY/YEAR/episodes.csv`), or nothing.
    /// Where the source holds several authorities, only this one is used.
    pub authority: Option<String>,
    /// Year in which the return ends, for files without a YEAR column or a year in their path. For a single set of files it wins over the path.
    pub year: Option<u16>,
    /// Which submission of a year counts.
    pub series: Series,
}

/// A table of one authority and year as filed in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The authority's name; empty where nobody knows.
    pub authority: String,
    /// Year in which the return ends; 0 where it could not be told.
    pub year: u16,
    /// The table.
    pub table: Kind,
    /// Position in [`History::files`].
    pub file: u32,
    /// Day of filing, where the path says it.
    pub filed: Option<Day>,
    /// 1 for the first submission of this authority, year and table, 2 for the next.
    pub order: u32,
    /// Whether counts rest on it ([`Options::series`]).
    pub used: bool,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The cleaned history. `history.rows` accounts for every row of every table.
    pub history: History,
    /// Everything abnormal, by file and row.
    pub findings: Vec<Finding>,
    /// Every table filed, by authority, table, year and order of filing.
    pub submissions: Vec<Submission>,
    /// How to read each of [`History::files`] again.
    pub(crate) known: Vec<KnownFile>,
}

/// Reads and cleans every return in the source.
///
/// # Errors
/// Only where nothing is a table of the return. Bad rows and bad files beside good ones are findings.
pub fn read(source: &Source, options: &Options) -> Result<Read, ReadError> {
    let with_facts: Vec<(&SourceFile, PathFacts)> = source.files.iter().map(|file| (file, PathFacts::of(&file.name))).collect();
    let mut folders: Vec<&str> = with_facts.iter().map(|(file, _)| file.name.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
    folders.dedup();
    let one_set = if folders.len() == 1 { OneSet::Yes } else { OneSet::No };
    let (mut groups, left_out) = groups(with_facts, options);
    let mut reads: Vec<GroupRead>;
    loop {
        reads = groups.par_iter().map(|group| group::read(group, options, one_set)).collect();
        // An authority whose rows lie in two groups (an LA column in folders of another making) is read again as one.
        match merged(&groups, &reads) {
            Some(fewer) => groups = fewer,
            None => break,
        }
    }
    let mut read = assemble(reads, source)?;
    read.findings.extend(shared::children(&read.history));
    read.findings.extend(left_out.into_iter().map(|note| note.finding));
    Ok(read)
}

/// One group for each authority's folder. Folders of authorities that were not asked for are left out, with a note each.
fn groups<'a>(files: Vec<(&'a SourceFile, PathFacts)>, options: &Options) -> (Vec<Group<'a>>, Vec<Note>) {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (file, facts) in files {
        let authority = facts.authority.clone().unwrap_or_default();
        match groups.iter_mut().find(|group| group.authority.eq_ignore_ascii_case(&authority)) {
            Some(group) => group.files.push((file, facts)),
            None => groups.push(Group { authority, files: vec![(file, facts)] }),
        }
    }
    let mut notes = Vec::new();
    if let Some(asked) = &options.authority {
        if groups.iter().any(|group| group.authority.eq_ignore_ascii_case(asked)) {
            groups.retain(|group| {
                let keep = group.authority.is_empty() || group.authority.eq_ignore_ascii_case(asked);
                if !keep {
                    let message = format!(
                        "{}: {} files of this folder are not read, because only {asked} was asked for.",
                        group.authority,
                        group.files.len()
                    );
                    let mut note = issue::OTHER_AUTHORITY.of_file(0, None, 0, "", message);
                    note.finding.file.clone_from(&group.authority);
                    notes.push(note);
                }
                keep
            });
        }
        if let [only] = groups.as_mut_slice() {
            only.authority.clone_from(asked);
        }
    }
    (groups, notes)
}

/// Groups with the overlapping ones put together; nothing if each authority is in one group only.
fn merged<'a>(groups: &[Group<'a>], reads: &[GroupRead]) -> Option<Vec<Group<'a>>> {
    let mut fewer: Vec<(Vec<String>, Group<'a>)> = Vec::new();
    for (group, read) in groups.iter().zip(reads) {
        let names: Vec<String> =
            read.authorities.iter().flat_map(|part| &part.history.authorities).map(|name| name.to_lowercase()).collect();
        match fewer.iter_mut().find(|(have, _)| have.iter().any(|name| names.contains(name))) {
            Some((have, first)) => {
                have.extend(names);
                first.files.extend(group.files.iter().cloned());
            }
            None => fewer.push((names, group.clone())),
        }
    }
    (fewer.len() < groups.len()).then(|| fewer.into_iter().map(|(_, group)| group).collect())
}

/// Puts what the groups gave together: authorities by name, findings by file and row.
fn assemble(reads: Vec<GroupRead>, source: &Source) -> Result<Read, ReadError> {
    let mut files: Vec<FileFacts> = Vec::new();
    let mut notes: Vec<Note> = Vec::new();
    let mut known: Vec<KnownFile> = Vec::new();
    let mut parts = Vec::new();
    let mut tables = 0;
    for read in reads {
        let before = files.len() as u32;
        tables += read.tables;
        files.extend(read.files);
        known.extend(read.known);
        let moved = |mut note: Note| {
            note.file += before;
            note
        };
        notes.extend(read.notes.into_iter().map(moved));
        for mut part in read.authorities {
            notes.extend(std::mem::take(&mut part.notes).into_iter().map(moved));
            if before > 0 {
                part.history.episodes.origin.iter_mut().for_each(|origin| origin.file += before);
                part.held.iter_mut().for_each(|held| held.file += before);
            }
            parts.push(part);
        }
    }
    notes.sort_by(|a, b| (a.file, a.finding.row, a.finding.rule).cmp(&(b.file, b.finding.row, b.finding.rule)));
    let findings: Vec<Finding> = notes
        .into_iter()
        .map(|mut note| {
            note.finding.file.clone_from(&files[note.file as usize].name);
            note.finding
        })
        .collect();
    if tables == 0 {
        let unread = findings.iter().find(|finding| finding.action == Treatment::SetAside);
        let way_out = || "Point to the folder with the SSDA903 files of the return.".to_owned();
        let first = unread.map_or_else(way_out, |finding| finding.message.clone());
        return Err(ReadError::NoTable { path: source.root.clone(), files: files.len(), first });
    }
    parts.sort_by(|a, b| a.history.authorities.cmp(&b.history.authorities));
    let mut submissions = Vec::new();
    let mut histories = Vec::with_capacity(parts.len());
    for part in parts {
        let authority = part.history.authorities.first().cloned().unwrap_or_default();
        submissions.extend(part.held.iter().map(|held| Submission {
            authority: authority.clone(),
            year: held.year,
            table: held.kind,
            file: held.file,
            filed: files[held.file as usize].filed,
            order: held.order,
            used: held.used,
        }));
        histories.push(part.history);
    }
    let names = files.into_iter().map(|file| file.name).collect();
    Ok(Read { history: concat::histories(histories, names), findings, submissions, known })
}
