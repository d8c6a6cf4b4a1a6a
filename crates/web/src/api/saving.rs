//! JSON of a case of spending to save.

use serde::Serialize;
use service::saving::{Followed, OverTime};

/// `plan save`: amounts in whole pence.
#[derive(Debug, Serialize)]
pub struct Saving {
    /// The case followed month by month; `null` where futures were compared.
    pub case: Option<Case>,
    /// The same futures with and without a scenario; `null` where a case was followed.
    pub futures: Option<Futures>,
}

/// A case.
#[derive(Debug, Serialize)]
pub struct Case {
    /// Spent in the first month.
    pub once_pence: i64,
    /// Spent every month.
    pub a_month_pence: i64,
    /// Children moved each month once the ramp is over.
    pub moves_a_month: f64,
    /// Months until that many move.
    pub ramp_months: u32,
    /// No more children than this in all.
    pub at_most: Option<f64>,
    /// For how many months a move saves.
    pub lasts_months: u32,
    /// What one child's week costs less.
    pub saving_weekly_pence: i64,
    /// The two prices that it is the difference of, with base and source; none where it was given.
    pub prices: Vec<Priced>,
    /// The first month by whose end as much was saved as spent and from which on it stays so; `null` within the months looked at, or where nothing is
    /// spent.
    pub payback_month: Option<u32>,
    /// Where the money was back and is lost again: the first time.
    pub relapse: Option<Relapse>,
    /// The cash that the case needs: the deepest that it is ever in debt.
    pub deepest_pence: i64,
    /// Month by month.
    pub months: Vec<Month>,
}

/// Money that was back and is lost again.
#[derive(Debug, Serialize)]
pub struct Relapse {
    /// The month by whose end it was back.
    pub back_month: u32,
    /// The month by whose end less was saved than spent again.
    pub lost_month: u32,
}

/// A price with its base and source.
#[derive(Debug, Serialize)]
pub struct Priced {
    /// Type of home, as the list writes it.
    pub r#type: String,
    /// A week.
    pub weekly_price_pence: i64,
    /// When it held.
    pub price_date: Option<String>,
    /// Where it comes from.
    pub source: String,
}

/// One month.
#[derive(Debug, Serialize)]
pub struct Month {
    /// The first is 1.
    pub month: u32,
    /// Children in the cheaper home because of the case.
    pub children: f64,
    /// Spent.
    pub spent_pence: i64,
    /// Saved.
    pub saved_pence: i64,
    /// All saved less all spent so far.
    pub net_pence: i64,
}

/// Futures with and without a scenario.
#[derive(Debug, Serialize)]
pub struct Futures {
    /// How many.
    pub paths: usize,
    /// First night.
    pub from: String,
    /// Last night.
    pub to: String,
    /// Spent by then.
    pub spent_pence: i64,
    /// The share of futures in which the money is back by then; `null` where nothing is spent.
    pub probability: Option<f64>,
    /// The share in which it was back once and is not by then.
    pub relapse_probability: f64,
    /// The last of the nights by which it has in half of them; `null` where it does in fewer.
    pub payback_by: Option<String>,
    /// Saved less spent by the end, on average.
    pub net_mean_pence: i64,
    /// The same in eighty of a hundred futures, from here …
    pub net_lo80_pence: i64,
    /// … to here.
    pub net_hi80_pence: i64,
    /// By date, how likely the money is back by then for good.
    pub dates: Vec<BackBy>,
    /// Groups with children and without a price: unknown, and in no amount.
    pub uncosted_groups: Vec<&'static str>,
    /// Sentences to know before it is used.
    pub warnings: Vec<String>,
    /// Lines of the files that were left out or read with care.
    pub findings: Vec<String>,
    /// SHA-256 of the files.
    pub inputs_sha256: String,
}

/// A date and the chance that the money is back by the end of its nights.
#[derive(Debug, Serialize)]
pub struct BackBy {
    /// The last night.
    pub date: String,
    /// The share of futures.
    pub probability: f64,
}

fn pence(amount: f64) -> i64 {
    amount.round() as i64
}

impl From<&Followed> for Saving {
    fn from(followed: &Followed) -> Self {
        let case = &followed.case;
        let month = |month: &service::saving::Month| Month {
            month: month.month,
            children: month.children,
            spent_pence: pence(month.spent),
            saved_pence: pence(month.saved),
            net_pence: pence(month.net),
        };
        let price = |price: &domain::plan::UnitPrice| Priced {
            r#type: price.kind.clone(),
            weekly_price_pence: price.weekly.pence(),
            price_date: price.price_date.map(|date| date.to_string()),
            source: price.source.clone(),
        };
        let case = Case {
            once_pence: case.once.pence(),
            a_month_pence: case.a_month.pence(),
            moves_a_month: case.moves_a_month,
            ramp_months: case.ramp_months,
            at_most: case.at_most,
            lasts_months: case.lasts_months,
            saving_weekly_pence: case.saving_weekly.pence(),
            prices: followed.prices.iter().map(price).collect(),
            payback_month: followed.repaid.month,
            relapse: followed.repaid.relapse.map(|relapse| Relapse { back_month: relapse.back, lost_month: relapse.lost }),
            deepest_pence: pence(followed.repaid.deepest),
            months: followed.repaid.months.iter().map(month).collect(),
        };
        Self { case: Some(case), futures: None }
    }
}

impl From<&OverTime> for Saving {
    fn from(found: &OverTime) -> Self {
        let futures = Futures {
            paths: found.paths,
            from: found.covers.0.to_string(),
            to: found.covers.1.plus(-1).to_string(),
            spent_pence: pence(found.spent),
            probability: found.payback.chance,
            relapse_probability: found.payback.relapse,
            payback_by: found.by.map(|day| day.to_string()),
            net_mean_pence: pence(found.payback.net.mean),
            net_lo80_pence: pence(found.payback.net.eighty.0),
            net_hi80_pence: pence(found.payback.net.eighty.1),
            dates: found
                .dates
                .iter()
                .zip(&found.payback.back_by)
                .map(|(date, &probability)| BackBy { date: date.to_string(), probability })
                .collect(),
            uncosted_groups: found.missing.clone(),
            warnings: found.warnings.clone(),
            findings: found.findings.iter().map(|finding| finding.message.clone()).collect(),
            inputs_sha256: found.sha256.clone(),
        };
        Self { case: None, futures: Some(futures) }
    }
}
