//! Authorities as folders of files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::Settings;
use crate::authority::{Authority, authority, sizes};
use crate::dirt::Fault;
use crate::returns::File;
use crate::truth::Truth;

/// What could not be written.
#[derive(Debug)]
pub struct Error {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} could not be written: {}. Give a folder that you may write to, with room on its disk.",
            self.path.display(),
            self.source
        )
    }
}

/// The cause is in the sentence, so it is not given once more as a source.
impl std::error::Error for Error {}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Names of the authorities; each is a folder.
    pub authorities: Vec<String>,
    /// Rows of the Episodes tables of all years: an episode open at a year's end counts in both years.
    pub episode_rows: u64,
    /// Files.
    pub files: u64,
}

/// Writes the authorities to `folder`, one folder each with one folder a year; what is true of them to `truth`, if it is wanted.
pub fn write(folder: &Path, settings: &Settings, truth: Option<&Path>) -> Result<Written, Error> {
    let sizes = sizes(settings);
    let each: Result<Vec<(Written, Truth)>, Error> = (0..settings.authorities as usize)
        .into_par_iter()
        .map(|number| write_one(folder, &authority(settings, number, sizes[number]), truth))
        .collect();
    let mut all = Written::default();
    let mut true_of_all = Truth::default();
    for (one, true_of_one) in each? {
        all.authorities.extend(one.authorities);
        all.episode_rows += one.episode_rows;
        all.files += one.files;
        true_of_all.extend(&true_of_one);
    }
    if let Some(path) = truth {
        make(path)?;
        for (name, text) in true_of_all.files() {
            put(&path.join(name), &text)?;
        }
    }
    Ok(all)
}

fn write_one(folder: &Path, authority: &Authority, truth: Option<&Path>) -> Result<(Written, Truth), Error> {
    let mut written = Written { authorities: vec![authority.name.clone()], ..Written::default() };
    let mut faults = Vec::new();
    let home = folder.join(&authority.name);
    for year in authority.settings.first_year()..=authority.settings.last_year {
        let path = home.join(year.to_string());
        make(&path)?;
        let (files, of_year) = authority.soiled(year);
        faults.extend(of_year);
        for file in files {
            if file.table == "Episodes" {
                written.episode_rows += file.text.lines().count() as u64 - 1;
            }
            put(&path.join(file.name), &file.text)?;
            written.files += 1;
        }
    }
    for (name, text) in authority.beside() {
        put(&home.join(name), &text)?;
        written.files += 1;
    }
    let truth = if truth.is_some() { Truth::of(authority, &faults) } else { Truth::default() };
    Ok((written, truth))
}

fn make(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|source| Error { path: path.to_owned(), source })
}

fn put(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|source| Error { path: path.to_owned(), source })
}

impl Authority {
    /// The files of the return of a year, with the faults that were asked for.
    pub fn files(&self, year: u32) -> Vec<File> {
        self.soiled(year).0
    }

    /// The files beside the years, by name: who the authority is, homes, contracts, requests, prices, a plan.
    pub fn beside(&self) -> Vec<(&'static str, String)> {
        crate::supply::files(self)
    }

    fn soiled(&self, year: u32) -> (Vec<File>, Vec<Fault>) {
        let mut files = crate::returns::files(self, year);
        let faults = crate::dirt::soil(self, year, &mut files);
        (files, faults)
    }
}
