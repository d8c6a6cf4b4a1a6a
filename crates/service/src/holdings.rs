//! An authority's returns, read and ready to be counted.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use analysis::facts::{self, Facts, Population};
use analysis::timeline::Timeline;
use analysis::view::{Question, View};
use domain::Day;
use ingest::{Options, Read, Source};
use reference::{AreaId, authority};

use crate::profile::Profile;
use crate::{App, Error, forecasts};

/// Where the returns lie and what the files cannot say themselves.
#[derive(Clone, Debug)]
pub struct Folder {
    /// A folder of files, or one file.
    pub path: PathBuf,
    /// The authority's name.
    pub authority: Option<String>,
    /// The year in which the return ends.
    pub year: Option<u16>,
}

/// Returns that were read, with the timeline of every child in them.
#[derive(Debug)]
pub struct Holding {
    /// What was read and found.
    pub read: Read,
    /// Every child's periods and placements.
    pub timeline: Timeline,
    /// Who each authority of the history is.
    pub profiles: Vec<Profile>,
    /// Where the returns lie.
    pub folder: Folder,
    /// Areas of the authorities, in their order, as `analysis` asks for them.
    areas: Vec<Option<AreaId>>,
    source: Source,
    /// The files as they were when they were read.
    stamps: Vec<Stamp>,
    fingerprint: OnceLock<Option<String>>,
}

/// The years in which a return of looked-after children can have ended: the collection began in 1991-92.
const RETURN_YEARS: std::ops::RangeInclusive<u16> = 1992..=2099;

/// What stands in the place of a fingerprint that can no longer be taken.
pub const CHANGED: &str = "not known: the files have changed since they were read";

/// Size and time of saving of a file; nothing while it cannot be looked at.
type Stamp = Option<(u64, SystemTime)>;

/// Reads the returns in a folder.
///
/// # Errors
/// `Unusable` where nothing in it is a table of the return; bad rows and files beside good ones are findings.
pub fn open(folder: Folder) -> Result<Holding, Error> {
    let unusable = |fault: ingest::ReadError| Error::Unusable(fault.to_string());
    if let Some(year) = folder.year.filter(|year| !RETURN_YEARS.contains(year)) {
        return Err(Error::Unusable(format!("{year} is no year of a return: give the one in which it ends, such as 2026.")));
    }
    let source = Source::open(&folder.path).map_err(unusable)?;
    let options = Options { authority: folder.authority.clone(), year: folder.year, ..Options::default() };
    let stamps = stamps(&source);
    let read = ingest::read(&source, &options).map_err(unusable)?;
    let profiles = read.history.authorities.iter().map(|name| profile(&folder, name)).collect::<Result<Vec<_>, _>>()?;
    let areas = profiles.iter().map(|profile| profile.area).collect();
    let timeline = Timeline::build(&read.history);
    Ok(Holding { read, timeline, profiles, folder, areas, source, stamps, fingerprint: OnceLock::new() })
}

/// `authority.toml` beside the returns or in the authority's folder, else the published authority of that name. Returns that say whose they
/// are stay theirs, whatever name they are opened under: one authority's children are never printed as another's.
fn profile(folder: &Folder, name: &str) -> Result<Profile, Error> {
    let path = &folder.path;
    let file = [path.join(name).join("authority.toml"), path.join("authority.toml"), path.join("..").join("authority.toml")];
    for path in file {
        if let Ok(text) = fs::read_to_string(&path) {
            let profile = Profile::read(&text).map_err(Error::Unusable)?;
            if name.is_empty() || profile.name.eq_ignore_ascii_case(name) || is_same_area(&profile, name) {
                return Ok(profile);
            }
            if folder.authority.is_some() {
                return Err(Error::Unusable(format!(
                    "{}: these are the returns of {} and were asked for as those of {name}. Ask for {}, or correct the name in that file.",
                    path.display(),
                    profile.name,
                    profile.name
                )));
            }
        }
    }
    Ok(authority::find(name).map_or_else(|_| Profile::unknown(name), Profile::of))
}

/// Whether a name is another for the same real authority: `Nottingham` for `Nottingham City Council`.
fn is_same_area(profile: &Profile, name: &str) -> bool {
    !profile.fictitious && profile.area.is_some() && authority::find(name).ok().map(|found| found.id) == profile.area
}

fn stamps(source: &Source) -> Vec<Stamp> {
    let of = |path: &Path| fs::metadata(path).and_then(|metadata| Ok((metadata.len(), metadata.modified()?))).ok();
    source.files.iter().map(|file| of(&file.path)).collect()
}

fn fingerprint(source: &Source) -> std::io::Result<String> {
    use sha2::{Digest, Sha256};
    let mut all = Sha256::new();
    for file in &source.files {
        let mut content = Sha256::new();
        std::io::copy(&mut fs::File::open(&file.path)?, &mut content)?;
        all.update(file.name.as_bytes());
        all.update([0]);
        all.update(content.finalize());
    }
    Ok(format!("{:x}", all.finalize()))
}

impl Holding {
    /// SHA-256 over the names and bytes of the files: the same inputs have the same fingerprint. To hash them takes longer than to count in them,
    /// so it is done when first asked for. Nothing where a file has changed or gone since it was read: then there is no telling what it held.
    pub fn fingerprint(&self) -> Option<&str> {
        let of_files = || fingerprint(&self.source).ok().filter(|_| stamps(&self.source) == self.stamps);
        self.fingerprint.get_or_init(of_files).as_deref()
    }

    /// The name of the authority, or of them all.
    pub fn name(&self) -> String {
        match self.profiles.as_slice() {
            [] => "Returns".to_owned(),
            [one] if one.name.is_empty() => "Authority not named".to_owned(),
            [one] => one.name.clone(),
            many => format!("{} authorities", many.len()),
        }
    }

    /// The authority, where there is only one.
    pub fn profile(&self) -> Option<&Profile> {
        match self.profiles.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The last 31 March that the returns cover, else their last day.
    pub fn newest_year_end(&self) -> Option<Day> {
        self.read.history.covers.map(|(_, last)| last)
    }

    /// The last day that the returns of every authority reach: what is forecast begins after it.
    pub fn known_until(&self) -> Option<Day> {
        forecasts::known_until(&self.read.history)
    }

    /// ONS code of an authority of the history, as the statutory rules take it.
    pub fn code_of(&self, name: &str) -> Option<&'static str> {
        let at = self.read.history.authorities.iter().position(|known| known == name)?;
        authority::by_id(self.areas[at]?).map(|authority| authority.ons_code)
    }

    /// Puts a question to the returns and hands the view to `ask`.
    pub fn view<T>(&self, app: &App, question: Question, ask: impl FnOnce(&View<'_>) -> T) -> T {
        let population = self.population(app, question.on);
        let facts = Facts::embedded(&self.areas, &population);
        ask(&View::new(&self.read.history, &self.timeline, facts, question))
    }

    /// The mid-year before the year end, as the Department divides (dossier B2): what the authority says of itself, else what is
    /// published. A fictitious authority's children are never divided by the people of the place whose geography it borrows.
    fn population(&self, app: &App, on: Day) -> Vec<Option<Population>> {
        let mid_year = on.return_year() - 1;
        let published = facts::population(app.published(), &self.areas, on);
        let of = |(profile, published): (&Profile, Option<Population>)| {
            let own = profile.population_0_17.range(..=mid_year).next_back();
            let own = own.map(|(&year, &residents)| Population { residents, mid_year: year as u16 });
            own.or(published.filter(|_| !profile.fictitious))
        };
        self.profiles.iter().zip(published).map(of).collect()
    }
}
