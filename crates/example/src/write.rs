//! Authorities as folders of files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::Settings;
use crate::authority::{Authority, authority, sizes};

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
        write!(f, "{} could not be written: {}. Give a folder that you may write to, with room on its disk.", self.path.display(), self.source)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

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

/// Writes the authorities to `folder`, one folder each with one folder a year.
pub fn write(folder: &Path, settings: &Settings) -> Result<Written, Error> {
    let sizes = sizes(settings);
    let each: Result<Vec<Written>, Error> = (0..settings.authorities as usize)
        .into_par_iter()
        .map(|number| write_one(folder, &authority(settings, number, sizes[number])))
        .collect();
    let mut all = Written::default();
    for one in each? {
        all.authorities.extend(one.authorities);
        all.episode_rows += one.episode_rows;
        all.files += one.files;
    }
    Ok(all)
}

fn write_one(folder: &Path, authority: &Authority) -> Result<Written, Error> {
    let mut written = Written { authorities: vec![authority.name.clone()], ..Written::default() };
    let settings = &authority.settings;
    for year in settings.first_year()..=settings.last_year {
        let path = folder.join(&authority.name).join(year.to_string());
        fs::create_dir_all(&path).map_err(|source| Error { path: path.clone(), source })?;
        for file in authority.files(year) {
            let path = path.join(file.name);
            if file.table == "Episodes" {
                written.episode_rows += file.text.lines().count() as u64 - 1;
            }
            fs::write(&path, &file.text).map_err(|source| Error { path, source })?;
            written.files += 1;
        }
    }
    Ok(written)
}

impl Authority {
    /// The files of the return of a year.
    pub fn files(&self, year: u32) -> Vec<crate::File> {
        crate::returns::files(self, year)
    }
}
