//! The sufficiency gap of an authority: its forecast, its homes, and what would close what lies between.

mod counted;
mod homes;
mod words;

use domain::supply::Supply;
use domain::{Day, Finding};
use forecast::gap::{self, AtDate, Cohort};
pub use forecast::gap::{AGE_BANDS, Area, Birthday, Gap, Home, HomeLine, Line, NeedBand, Topic, TopicLine, Wanted, Way};
use forecast::known::Known;
use forecast::paths::{Groups, Paths};
pub use forecast::scenario::Ages;
use forecast::scenario::Scenario;

use crate::holdings::Holding;
use crate::plans::Named;
use crate::work::Progress;
use crate::{Error, forecasts};

pub use counted::{Counted, counted};
pub(crate) use words::way_with;
pub use words::{age_band, topic, way};

/// What is asked beside the forecast.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Homes that the authority can use.
    pub supply: Named<'a>,
    /// A register of requests with the kinds sought and found, where one is kept.
    pub requests: Option<Named<'a>>,
    /// Of homes shared with other authorities, the share that comes to this one; what comes today where left out.
    pub market_share: Option<f64>,
    /// New homes of a scenario are supply too.
    pub scenario: Option<&'a Scenario>,
    /// Who the children of a future are is drawn from this.
    pub seed: u64,
}

/// The gap with what it rests on.
#[derive(Clone, Debug)]
pub struct Found {
    /// Every line.
    pub gap: Gap,
    /// The last day that was known.
    pub from: Day,
    /// How many futures.
    pub paths: usize,
    /// What history cannot tell where supply was short.
    pub constrained: Constrained,
    /// Eighteenth birthdays of the next weeks.
    pub birthdays: Vec<Moving>,
    /// Homes that are known to end in them.
    pub ending: Vec<Ending>,
    /// Sentences to know before it is used.
    pub warnings: Vec<String>,
    /// Lines of the files left out or read with care.
    pub findings: Vec<Finding>,
    /// SHA-256 of the supply, and of the requests where given.
    pub sha256: String,
}

/// Supply that constrains history (A055, A108).
#[derive(Clone, Debug, PartialEq)]
pub struct Constrained {
    /// What requests tell; nothing where none was given.
    pub wanted: Option<Wanted>,
    /// Children in children's homes whose need is standard.
    pub step_down_candidates: usize,
    /// The same in words.
    pub words: String,
}

/// A child who turns eighteen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moving {
    /// The child's identifier as the return has it.
    pub child: String,
    /// The birthday.
    pub on: Day,
    /// Where the child lives.
    pub kind: &'static str,
}

/// A home that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The home.
    pub setting: String,
    /// What it is.
    pub kind: String,
    /// Usable places that end with it.
    pub places: u32,
    /// The last day.
    pub on: Day,
}

/// How far known moves ahead are listed (A185).
pub const WEEKS_AHEAD: u32 = 26;

/// Forecasts from the returns and sets that against supply.
///
/// # Errors
/// As [`forecasts::forecast`] and [`gap()`].
pub fn ahead(holding: &Holding, asked: &forecasts::Request, request: &Request<'_>, progress: &Progress) -> Result<Found, Error> {
    let mut asked = forecasts::Request { groups: Groups::Detailed, ..asked.clone() };
    if asked.at.is_empty() {
        asked.at = quarters(asked.from, asked.months);
    }
    let forecast = forecasts::forecast(holding, &asked, progress)?;
    let paths = forecast.paths.as_ref().ok_or_else(|| {
        Error::Unusable("The gap needs futures, which the stock-and-flow model does not draw. Use the microsimulation.".to_owned())
    })?;
    let last = holding.read.history.covers.map_or(asked.from, |(_, last)| last);
    let known = Known::at(&holding.read.history, asked.from.min(last));
    let mut found = gap(holding, &known, paths, request)?;
    found.warnings.splice(0..0, forecast.warnings);
    found.sha256 = crate::fingerprint(&[forecast.inputs_sha256.as_bytes(), found.sha256.as_bytes()]);
    Ok(found)
}

/// Every third month from a day, and the last.
fn quarters(from: Day, months: u32) -> Vec<Day> {
    let mut ahead: Vec<u32> = (1..=months / 3).map(|quarter| quarter * 3).collect();
    if !months.is_multiple_of(3) {
        ahead.push(months);
    }
    ahead.into_iter().map(|months| from.plus_months(months as i32)).collect()
}

/// Sets a forecast against supply. The forecast must have detailed groups.
///
/// # Errors
/// `Unusable` where no line of the supply can be used, a share is none, or the forecast does not tell kin from foster carers.
pub fn gap(holding: &Holding, known: &Known, paths: &Paths, request: &Request<'_>) -> Result<Found, Error> {
    if let Some(share) = request.market_share.filter(|share| !(0.0..=1.0).contains(share)) {
        return Err(Error::Unusable(format!("--market-share {share} is no share. Write a number from 0 to 1.")));
    }
    if paths.groups != Groups::Detailed || paths.dates.is_empty() {
        return Err(Error::Unusable(
            "The gap needs a forecast by detailed kinds of home on at least one date: forecast with --groups detailed.".to_owned(),
        ));
    }
    let file = request.supply.name;
    let (supply, mut findings) = ingest::supply::read_supply(file, request.supply.bytes);
    let mut warnings = Vec::new();
    let read = homes::read(file, &supply, &holding.profiles, &mut warnings);
    if read.is_empty() {
        let first = findings.first().map_or(String::new(), |finding| format!(" {}", finding.message));
        let form = ingest::supply::COLUMNS.join(",");
        return Err(Error::Unusable(format!(
            "{file} has no home that can be used. It must be CSV with the columns {form}, and types such as foster, children's home, supported, secure or school.{first}"
        )));
    }
    let wanted = request.requests.map(|file| {
        let (requests, found) = ingest::supply::read_requests(file.name, file.bytes);
        findings.extend(found);
        homes::wanted(&requests)
    });
    let cohort = Cohort::of(known);
    let mut dates = Vec::with_capacity(paths.dates.len());
    for (at, &date) in paths.dates.iter().enumerate() {
        let need = gap::draw(paths, at, &cohort, wanted.unwrap_or_default(), request.seed)
            .ok_or_else(|| Error::Internal("A forecast lost its groups.".to_owned()))?;
        let mut lots: Vec<gap::Lot> = read.iter().map(|home| home.on(date)).collect();
        lots.extend(request.scenario.into_iter().flat_map(|scenario| homes::opened(scenario, date)));
        dates.push(AtDate { date, need, lots });
    }
    let today: Vec<gap::Lot> = read.iter().map(|home| home.on(known.on)).collect();
    let share = request.market_share.map_or(gap::Share::AsToday(&today), gap::Share::Given);
    let gap = gap::gap(&dates, &cohort, share, request.seed).ok_or_else(|| Error::Internal("A forecast lost its dates.".to_owned()))?;
    warnings.extend(words::warnings(&gap, request.market_share));
    let mut hashed = vec![request.supply.bytes];
    hashed.extend(request.requests.map(|file| file.bytes));
    Ok(Found {
        gap,
        from: known.on,
        paths: paths.paths,
        constrained: words::constrained(wanted, cohort.step_down_candidates.len()),
        birthdays: gap::birthdays(known, WEEKS_AHEAD)
            .into_iter()
            .map(|birthday| Moving {
                child: known.history.children.id.get(birthday.child as usize).to_owned(),
                on: birthday.on,
                kind: birthday.kind.name(),
            })
            .collect(),
        ending: ending(&supply, known.on),
        warnings,
        findings,
        sha256: crate::fingerprint(&hashed),
    })
}

fn ending(supply: &[Supply], from: Day) -> Vec<Ending> {
    let until = from.plus(7 * WEEKS_AHEAD as i32);
    let mut ending: Vec<Ending> = supply
        .iter()
        .filter_map(|home| {
            let on = home.to.filter(|to| from < *to && *to <= until)?;
            Some(Ending { setting: home.setting.clone(), kind: home.kind.clone(), places: home.places_on(on), on })
        })
        .collect();
    ending.sort_by(|one, other| one.on.cmp(&other.on).then_with(|| one.setting.cmp(&other.setting)));
    ending
}
