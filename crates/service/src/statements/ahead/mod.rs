//! What a statement looks ahead with. It takes longer than a page may, so it is worked out before the statement is composed, once.
//!
//! A published paper shows no number of children that is small (dossier F12). Numbers ahead are drawn, not counted, but the nearest of them stand
//! where today's count stands; so a group that holds 1 to 4 children today is withheld at every date, with another one where it would follow from
//! the rest, and today's count of a group is not printed: other sections divide the same children otherwise, and two divisions together
//! give away what each withholds.

mod compared;
mod need;
mod record;

use domain::{Day, Finding};
use forecast::microsimulation::Fit;

use super::date_of;
use crate::forecasts::{self, Forecast, Groups};
use crate::gaps::{self, Found};
use crate::holdings::Holding;
use crate::plans::Named;
use crate::spending::{self, Spending};
use crate::work::{Progress, stopped};
use crate::{Error, scenarios};

pub(super) use compared::{Compared, Difference};
pub(super) use need::{Expected, GROUPS, Need, Source, names};
pub(super) use record::{LastYear, Record};

/// What the statement looks ahead with, beside the returns.
#[derive(Clone, Debug, Default)]
pub struct AheadRequest<'a> {
    /// What is to be different: a scenario a file.
    pub scenarios: Vec<Named<'a>>,
    /// Homes that the authority can use, for the gap.
    pub supply: Option<Named<'a>>,
    /// Requests with the kinds sought and found, for the gap.
    pub requests: Option<Named<'a>>,
    /// Children that the authority plans for: `period,type,children`.
    pub plan: Option<Named<'a>>,
    /// Children that it aims at, in the same form.
    pub target: Option<Named<'a>>,
    /// What a week costs by kind of home, for the money ahead.
    pub prices: Option<Named<'a>>,
    /// Placements already contracted with their own prices, which count only beside a price list.
    pub held: Option<Named<'a>>,
}

/// Children at the end of a financial year, as a plan or a target has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub on: Day,
    pub children: u32,
}

/// What lies ahead of an authority.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// What is expected, or why nothing can be.
    pub(super) need: Result<Need, String>,
    /// How wrong such forecasts were, or why nobody can say.
    pub(super) record: Result<Record, String>,
    /// What was forecast a year before, and what came.
    pub(super) last_year: Result<LastYear, String>,
    /// Each scenario beside what is expected.
    pub(super) scenarios: Vec<Compared>,
    /// What is planned.
    pub(super) plan: Vec<Chosen>,
    /// What is aimed at.
    pub(super) target: Vec<Chosen>,
    /// Need against the homes that can be used; nothing where no supply was given.
    pub(super) gap: Option<Found>,
    /// What the nights expected cost; nothing where no price was given.
    pub(super) money: Option<Spending>,
    /// Sentences for the person who asked.
    pub warnings: Vec<String>,
    /// Lines of the files left out or read with care.
    pub findings: Vec<Finding>,
}

/// Futures that are drawn.
const PATHS: usize = 1000;

/// Where their chance comes from: always the same, so that the same inputs give the same statement.
const SEED: u64 = 1;

/// How far the forecast reaches: the years of a strategy. Beyond two years no forecast is examined, and the statement says so.
const MONTHS: i32 = 36;

/// How far the gap reaches.
const GAP_MONTHS: u32 = 24;

/// Looks ahead from the date of the statement.
///
/// Too little history is no error: the statement then says what is missing.
///
/// # Errors
/// `Unusable` for returns of several authorities, a date without returns, and a file that cannot be used; `Unusable` also when stopped.
pub fn look_ahead(holding: &Holding, as_of: Option<Day>, request: &AheadRequest<'_>, progress: &Progress) -> Result<Ahead, Error> {
    let on = date_of(holding, as_of)?;
    let steps = 4 + request.scenarios.len() as u32;
    let next = |done: u32| {
        progress.set(done, steps);
        if progress.is_stopped() { Err(stopped()) } else { Ok(()) }
    };
    let (mut findings, mut warnings) = (Vec::new(), Vec::new());
    let plan = chosen(request.plan, &mut findings)?;
    let target = chosen(request.target, &mut findings)?;
    let known = forecasts::known(holding, on);
    let saved = request.scenarios.iter().map(|&file| scenarios::read(file, known.on)).collect::<Result<Vec<_>, _>>()?;
    next(0)?;
    let asked = asked(on);
    let drawn = draw(holding, &asked, progress);
    next(1)?;
    let record = record::record(holding, known.on);
    next(2)?;
    let last_year = record::last_year(holding, known.on);
    next(3)?;
    let (forecast, fit) = match drawn {
        Ok(drawn) => drawn,
        Err(Error::Unusable(why)) => {
            // What the files ask for needs a forecast: without one they cannot be answered, and silence would be taken for an answer.
            if let Some(file) = request.supply.iter().chain(&request.scenarios).chain(&request.prices).next() {
                return Err(Error::Unusable(format!("{} needs a forecast, and there is none. {why}", file.name)));
            }
            let last_year = last_year.map_err(|_| why.clone());
            return Ok(Ahead {
                need: Err(why),
                record,
                last_year,
                scenarios: Vec::new(),
                plan,
                target,
                gap: None,
                money: None,
                warnings,
                findings,
            });
        }
        Err(other) => return Err(other),
    };
    warnings.extend(forecast.warnings.iter().cloned());
    let need = need::need(holding, &known, &forecast, record.as_ref().ok());
    let base = forecast.paths.as_ref();
    let mut compared = Vec::new();
    for (at, saved) in saved.into_iter().enumerate() {
        compared.push(compared::compare(holding, &asked, base, saved, need.withheld)?);
        next(4 + at as u32)?;
    }
    let gap = match request.supply {
        Some(supply) => {
            let dates = gaps::quarters(on, GAP_MONTHS);
            let futures = gaps::Futures { fit: &fit, scenario: None, dates: &dates, paths: PATHS, seed: SEED };
            let question = gaps::Request { supply, requests: request.requests, authority: None, market_share: None };
            let found = gaps::gap(holding, &known, &futures, &question, progress)?;
            findings.extend(found.findings.iter().cloned());
            warnings.extend(found.warnings.iter().cloned());
            Some(found)
        }
        None => None,
    };
    let money = request.prices.map(|prices| money(&forecast, prices, request.held)).transpose()?;
    if let Some(spending) = &money {
        findings.extend(spending.findings.iter().cloned());
        warnings.extend(spending.warnings.iter().cloned());
    }
    next(steps)?;
    Ok(Ahead { need: Ok(need), record, last_year, scenarios: compared, plan, target, gap, money, warnings, findings })
}

/// Quarters ahead by every kind of home; the day itself first.
fn asked(on: Day) -> forecasts::Request {
    let at = (0..=MONTHS / 3).map(|quarter| on.plus_months(3 * quarter)).collect();
    forecasts::Request { at, paths: PATHS, seed: SEED, groups: Groups::Detailed, ..forecasts::Request::ahead(on, 0) }
}

/// The forecast, and what it was learnt from, for the gap.
fn draw(holding: &Holding, asked: &forecasts::Request, progress: &Progress) -> Result<(Forecast, Fit), Error> {
    let mut basis = forecasts::basis(holding, asked)?;
    let fit = forecasts::learn(&mut basis, asked)?;
    Ok((forecasts::own(holding, basis, asked, &fit, progress)?, fit))
}

/// What the nights from the day after the statement's date on cost. A count stands for the nights of the quarter that ends with it.
fn money(forecast: &Forecast, prices: Named<'_>, held: Option<Named<'_>>) -> Result<Spending, Error> {
    spending::ahead(&spending::Request { demand: forecast.futures()?, prices, held, rises: Vec::new() })
}

/// The children of a plan's or target's periods, types added up.
fn chosen(file: Option<Named<'_>>, findings: &mut Vec<Finding>) -> Result<Vec<Chosen>, Error> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let (lines, found) = ingest::plan::read_plan(file.name, file.bytes);
    if lines.is_empty() {
        return Err(Error::no_line(file.name, "period,type,children", &found));
    }
    findings.extend(found);
    let mut chosen: Vec<Chosen> = Vec::new();
    for line in &lines {
        let on = line.period.last_day();
        match chosen.iter_mut().find(|known| known.on == on) {
            Some(known) => known.children += line.children.0,
            None => chosen.push(Chosen { on, children: line.children.0 }),
        }
    }
    chosen.sort_by_key(|chosen| chosen.on);
    Ok(chosen)
}
