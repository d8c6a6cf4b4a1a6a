//! How many children will need which kind of home: the forecast, what it rests on, and what must be said with it.

mod past;
mod question;

use domain::Day;
use forecast::known::Known;
use forecast::microsimulation::{self, Question};
use forecast::outlook::{self, Outlook};
use forecast::paths::{Paths, Pick};
use forecast::stock_and_flow::{self, Window};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::holdings::Holding;
use crate::work::{Progress, stopped};

pub use forecast::outlook::{Point, Split, Spread, TOTAL};
pub use forecast::paths::Groups;
pub use past::{Past, past};
pub use question::{Model, Request};

/// A forecast with what it rests on.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// What was asked.
    pub asked: Request,
    /// The last day that was known.
    pub from: Day,
    /// Every number.
    pub outlook: Outlook,
    /// Every future, where they were drawn.
    pub paths: Option<Paths>,
    /// SHA-256 over the returns and the question: the same hash means the same bytes.
    pub inputs_sha256: String,
    /// Sentences that a reader of the numbers must know.
    pub warnings: Vec<String>,
}

impl Forecast {
    /// The chance that more than so many children are in a group on a date, all authorities together; nothing where no future was drawn.
    pub fn chance_of_more_than(&self, group: &str, on: Day, children: u32) -> Option<f64> {
        let paths = self.paths.as_ref()?;
        let date = paths.dates.iter().position(|&date| date == on)?;
        let group = paths.groups.names().iter().position(|name| *name == group).map_or(Pick::Sum, Pick::One);
        Some(outlook::chance_above(&paths.sample(Pick::Sum, date, group), children))
    }
}

/// How long after the last day of the returns a forecast may begin (command-line contract, `--from`).
const MONTHS_AFTER_DATA: i32 = 12;

/// Forecasts from the returns.
///
/// # Errors
/// `Unusable` for a day outside the returns, dates that do not lie ahead, too little history, and work that was stopped; each with the way out.
pub fn forecast(holding: &Holding, request: &Request, progress: &Progress) -> Result<Forecast, Error> {
    let history = &holding.read.history;
    let (first, last) = history.covers.ok_or_else(|| Error::Unusable("The returns hold no dates.".to_owned()))?;
    let from = request.from.unwrap_or(last);
    if from <= first || from > last.plus(1).plus_months(MONTHS_AFTER_DATA) {
        return Err(Error::Unusable(format!(
            "A forecast cannot begin on {}: the returns tell from {} to {}, and it may begin up to {MONTHS_AFTER_DATA} months later. Choose such a day, or add the returns.",
            from.long(),
            first.long(),
            last.long()
        )));
    }
    let dates = request.dates(from)?;
    let mut warnings = Vec::new();
    if from > last {
        warnings.push(format!(
            "The returns end on {}. What happened from then to {} is itself forecast, so the bands are wider from the start.",
            last.long(),
            from.long()
        ));
    }
    progress.set(0, 3);
    let mut known = Known::at(history, from.min(last));
    if let Some(since) = request.history_from {
        if since >= from {
            return Err(Error::Unusable(format!(
                "Nothing is left to learn from: the history asked for begins on {}, and the forecast on {}.",
                since.long(),
                from.long()
            )));
        }
        known.history.covers = Some((since.max(first), known.data_until()));
    }
    progress.set(1, 3);
    let (points, paths) = match request.model {
        Model::StockAndFlow if request.groups == Groups::Detailed => {
            return Err(Error::Unusable(
                "The stock-and-flow model knows four broad types only. Leave out the detailed groups, or use the microsimulation."
                    .to_owned(),
            ));
        }
        Model::StockAndFlow => {
            let points = request.splits().flat_map(|split| stock_and_flow::outlook(&known, &dates, Window::AllHistory, split).points);
            (points.collect(), None)
        }
        Model::Compatible => return Err(Error::Internal("not wired".to_owned())),
        Model::Microsimulation => {
            let unusable = |refusal: microsimulation::Refusal| Error::Unusable(refusal.to_string());
            let fit = microsimulation::fit(&known.history, &known.timeline, known.data_until()).map_err(unusable)?;
            warnings.extend(fit.warnings.iter().map(ToString::to_string));
            progress.set(2, 3);
            if progress.is_stopped() {
                return Err(stopped());
            }
            let question = Question { dates, paths: request.paths, seed: request.seed, groups: request.groups };
            let paths = microsimulation::simulate(&fit, &question);
            (request.splits().flat_map(|split| Outlook::of(&paths, from, split).points).collect(), Some(paths))
        }
    };
    progress.set(3, 3);
    let outlook = Outlook { from, points };
    Ok(Forecast { asked: request.clone(), from, outlook, paths, inputs_sha256: hash(holding, request, from), warnings })
}

/// SHA-256 over the files' fingerprint and every choice.
fn hash(holding: &Holding, request: &Request, from: Day) -> String {
    let mut all = Sha256::new();
    all.update(holding.fingerprint().unwrap_or(crate::holdings::CHANGED));
    all.update(format!("{from} {request:?}"));
    format!("{:x}", all.finalize())
}
