//! The sufficiency gap of an authority: its forecast, its homes, and what would close what lies between.

mod counted;
mod homes;
mod words;

use std::collections::BTreeMap;

use domain::{Day, Finding};
use forecast::gap::{self, AtDate, Cohort, Lived, Terms};
pub use forecast::gap::{AGE_BANDS, Area, Birthday, Gap, Home, HomeLine, Line, NeedBand, Topic, TopicLine, Wanted, Way};
use forecast::known::Known;
use forecast::microsimulation::Fit;
use forecast::paths::{Groups, Pick};
pub use forecast::scenario::Ages;
use forecast::scenario::Scenario;

use crate::forecasts::Spread;
use crate::holdings::Holding;
use crate::plans::Named;
use crate::work::{Progress, stopped};
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
    /// Of several authorities the one that is meant, by its name; all of them where left out.
    pub authority: Option<&'a str>,
    /// Of homes shared with other authorities, the share that comes to this one; what comes today where left out.
    pub market_share: Option<f64>,
}

/// The gap with what it rests on.
#[derive(Clone, Debug)]
pub struct Found {
    /// Every line.
    pub gap: Gap,
    /// Whose; nothing for several together, or for one without a name.
    pub authority: Option<String>,
    /// Where all chance comes from.
    pub seed: u64,
    /// The last day that was known.
    pub from: Day,
    /// How many futures.
    pub paths: usize,
    /// What history cannot tell where supply was short.
    pub constrained: Constrained,
    /// Eighteenth birthdays of the next weeks, child by child: for the people who hold the returns. What is passed on has [`Self::turning`] instead.
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constrained {
    /// What requests tell; nothing where none was given.
    pub wanted: Option<Wanted>,
    /// The share of children in children's homes who need a foster carer, over futures; nothing where no request tells.
    pub share: Option<Spread>,
    /// Children in children's homes whose need is standard.
    pub step_down_candidates: u32,
}

/// How many children of a kind of home turn eighteen in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turning {
    /// The first day of the month.
    pub month: Day,
    /// Where they live.
    pub kind: &'static str,
    /// Children.
    pub children: u32,
}

impl Found {
    /// Eighteenth birthdays as months and numbers, by month and kind of home: no child is known by them but through what else is known of it.
    pub fn turning(&self) -> Vec<Turning> {
        let mut counts: BTreeMap<(Day, &'static str), u32> = BTreeMap::new();
        for moving in &self.birthdays {
            let (.., day) = moving.on.ymd();
            *counts.entry((moving.on.plus(1 - day as i32), moving.kind)).or_default() += 1;
        }
        counts.into_iter().map(|((month, kind), children)| Turning { month, kind, children }).collect()
    }
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
    if asked.model != forecasts::Model::Microsimulation {
        return Err(Error::Unusable(
            "The gap needs futures, which the stock-and-flow model does not draw. Use the microsimulation.".to_owned(),
        ));
    }
    progress.set(0, forecasts::STEPS);
    let mut basis = forecasts::basis(holding, &asked)?;
    progress.set(1, forecasts::STEPS);
    let fit = forecasts::learn(&mut basis, &asked)?;
    progress.set(2, forecasts::STEPS);
    let scenario = asked.scenario.as_ref().map(|saved| &saved.scenario);
    let futures = Futures { fit: &fit, scenario, dates: &basis.dates, paths: asked.paths, seed: asked.seed };
    let mut found = gap(holding, &basis.known, &futures, request, progress)?;
    found.warnings.splice(0..0, basis.warnings);
    found.sha256 = crate::fingerprint(&[basis.inputs_sha256.as_bytes(), found.sha256.as_bytes()]);
    Ok(found)
}

/// The futures in which need is counted: those of a forecast of the same question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Futures<'a> {
    pub(crate) fit: &'a Fit,
    pub(crate) scenario: Option<&'a Scenario>,
    pub(crate) dates: &'a [Day],
    pub(crate) paths: usize,
    pub(crate) seed: u64,
}

impl Futures<'_> {
    fn lived(&self, whose: Pick, progress: &Progress) -> Result<Lived, Error> {
        let none = Scenario::default();
        let scenario = self.scenario.unwrap_or(&none);
        Lived::of(self.fit, scenario, self.dates, whose, (self.paths, self.seed), &|| progress.go_on()).ok_or_else(stopped)
    }
}

/// Every third month from a day, and the last.
pub(crate) fn quarters(from: Day, months: u32) -> Vec<Day> {
    let mut ahead: Vec<u32> = (1..=months / 3).map(|quarter| quarter * 3).collect();
    if !months.is_multiple_of(3) {
        ahead.push(months);
    }
    ahead.into_iter().map(|months| from.plus_months(months as i32)).collect()
}

/// Sets the need of futures against supply.
///
/// # Errors
/// `Unusable` where no line of the supply can be used, a share is none, there is no date, or nobody has the authority's name; and when stopped.
pub(crate) fn gap(
    holding: &Holding,
    known: &Known,
    futures: &Futures<'_>,
    request: &Request<'_>,
    progress: &Progress,
) -> Result<Found, Error> {
    if let Some(share) = request.market_share.filter(|share| !(0.0..=1.0).contains(share)) {
        return Err(Error::Unusable(format!("--market-share {share} is no share. Write a number from 0 to 1.")));
    }
    if futures.dates.is_empty() {
        return Err(Error::Unusable("The gap needs at least one date ahead: ask for three months or more, or for a date.".to_owned()));
    }
    let (whose, authority) = whose(holding, request.authority)?;
    let file = request.supply.name;
    let (supply, mut findings) = ingest::supply::read_supply(file, request.supply.bytes);
    let mut warnings = Vec::new();
    let read = homes::read(file, &supply, holding, whose, &mut warnings);
    if read.is_empty() {
        let form = format!("{}, and types such as foster, children's home, supported, secure or school", ingest::supply::COLUMNS.join(","));
        return Err(Error::no_line(file, &form, &findings));
    }
    let wanted = request.requests.map(|file| {
        let (requests, found) = ingest::supply::read_requests(file.name, file.bytes);
        findings.extend(found);
        homes::wanted(&requests)
    });
    let cohort = Cohort::of(known, whose);
    let lived = futures.lived(whose, progress)?;
    let mut dates = Vec::with_capacity(lived.dates.len());
    for (at, &date) in lived.dates.iter().enumerate() {
        let need = gap::draw(&lived, at, &cohort, wanted.unwrap_or_default(), futures.seed);
        let mut lots: Vec<gap::Lot> = read.iter().map(|home| home.on(date)).collect();
        lots.extend(futures.scenario.into_iter().flat_map(|scenario| homes::opened(scenario, date)));
        dates.push(AtDate { date, need, lots });
    }
    let today: Vec<gap::Lot> = read.iter().map(|home| home.on(known.on)).collect();
    let terms = Terms::today(&today, &cohort, request.market_share);
    let gap = gap::gap(&dates, &cohort, terms, futures.seed).ok_or_else(|| Error::Internal("A forecast lost its dates.".to_owned()))?;
    warnings.extend(words::warnings(&gap, request.market_share));
    let mut hashed = vec![request.supply.bytes];
    hashed.extend(request.requests.map(|file| file.bytes));
    Ok(Found {
        gap,
        authority,
        seed: futures.seed,
        from: known.on,
        paths: lived.paths,
        constrained: Constrained {
            wanted,
            share: wanted.and_then(|wanted| wanted.shares(lived.paths, futures.seed)).map(Spread::of),
            step_down_candidates: cohort.step_down_candidates.len() as u32,
        },
        birthdays: gap::birthdays(known, whose, WEEKS_AHEAD)
            .into_iter()
            .map(|birthday| Moving {
                child: known.history.children.id.get(birthday.child as usize).to_owned(),
                on: birthday.on,
                kind: birthday.kind.name(),
            })
            .collect(),
        ending: ending(&read, known.on),
        warnings,
        findings,
        sha256: crate::fingerprint(&hashed),
    })
}

/// The one authority that is meant, by its place among those of the returns, and its name.
fn whose(holding: &Holding, asked: Option<&str>) -> Result<(Pick, Option<String>), Error> {
    let name = |at: usize| Some(holding.profiles[at].name.clone()).filter(|name| !name.is_empty());
    let Some(asked) = asked else { return Ok((Pick::Sum, if holding.profiles.len() == 1 { name(0) } else { None })) };
    let is_named = |known: &str| known.eq_ignore_ascii_case(asked.trim());
    let names = || holding.profiles.iter().map(|profile| profile.name.as_str());
    let found = names().position(is_named).or_else(|| holding.read.history.authorities.iter().position(|known| is_named(known)));
    found.map(|at| (Pick::One(at), name(at))).ok_or_else(|| {
        Error::Unusable(format!(
            "The returns hold no authority called “{asked}”. They are those of {}.",
            names().collect::<Vec<_>>().join(", ")
        ))
    })
}

fn ending(homes: &[homes::Understood<'_>], from: Day) -> Vec<Ending> {
    let until = from.plus(7 * WEEKS_AHEAD as i32);
    let mut ending: Vec<Ending> = homes
        .iter()
        .map(homes::Understood::row)
        .filter_map(|home| {
            let on = home.to.filter(|to| from < *to && *to <= until)?;
            Some(Ending { setting: home.setting.clone(), kind: home.kind.clone(), places: home.places_on(on), on })
        })
        .collect();
    ending.sort_by(|one, other| one.on.cmp(&other.on).then_with(|| one.setting.cmp(&other.setting)));
    ending
}
