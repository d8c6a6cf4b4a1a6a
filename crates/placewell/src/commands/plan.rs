//! `placewell plan cost`

use std::path::Path;

use domain::number::half_up;
use domain::{Finding, Money};
use service::futures::Futures;
use service::plans::{self, Named};
use service::spending::{self, Rise, Spending};
use web::api::plan::{CostedPlan, ForecastCost};

use crate::cli::PlanCost;
use crate::commands::file;
use crate::commands::measures::date;
use crate::output::{self, Grid};

pub(crate) fn cost(args: &PlanCost) -> anyhow::Result<()> {
    let plan = file::read(&args.plan)?;
    let prices = file::read(&args.prices)?;
    let plan_name = args.plan.display().to_string();
    let prices_name = args.prices.display().to_string();
    let costed =
        plans::cost(Named { name: &plan_name, bytes: &plan }, Named { name: &prices_name, bytes: &prices }, args.inflation / 100.0)?;
    for Finding { message, .. } in &costed.findings {
        output::say(message);
    }
    let spending = args.demand.as_deref().map(|demand| spend(args, demand, Named { name: &prices_name, bytes: &prices })).transpose()?;
    let headings = ["Period", "Days", "Children", "Costed", "Not costed", "A week", "52 weeks", "By days"];
    let rows = costed.periods.iter().map(|period| {
        vec![
            period.period.label.clone(),
            period.period.days().to_string(),
            period.children().to_string(),
            period.costed_children().to_string(),
            period.uncosted_children().to_string(),
            period.weekly().to_string(),
            period.annual_52_weeks().to_string(),
            period.annual_by_days().to_string(),
        ]
    });
    let grid = Grid { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect(), numbers_from: 1 };
    let json = CostedPlan { forecast: spending.as_ref().map(ForecastCost::from), ..CostedPlan::from(&costed) };
    let mut said = words(&costed);
    if let Some(spending) = &spending {
        said.push('\n');
        said.push_str(&ahead_words(spending));
    }
    output::print(args.format, &json, &grid, &said)
}

/// The forecast's cost: another kind of number than the plan's, so it stands apart (dossier A066).
fn spend(args: &PlanCost, path: &Path, prices: Named<'_>) -> anyhow::Result<Spending> {
    let demand = file::read(path)?;
    let name = path.display().to_string();
    let rises = args.uplift.iter().map(|text| rise(text)).collect::<Result<_, _>>()?;
    let held = args.held.as_ref().map(|path| Ok::<_, anyhow::Error>((path.display().to_string(), file::read(path)?))).transpose()?;
    let held_file = held.as_ref().map(|(name, bytes)| Named { name, bytes });
    let futures = Futures::File(Named { name: &name, bytes: &demand });
    let spending = spending::ahead(&spending::Request { demand: futures, prices, held: held_file, rises })?;
    // What the prices' own lines say was said with the plan.
    for sentence in
        spending.findings.iter().filter(|finding| finding.file != prices.name).map(|finding| &finding.message).chain(&spending.warnings)
    {
        output::say(sentence);
    }
    Ok(spending)
}

/// `2027-04-01=3`, `Fostering:2027-04-01=3`.
pub(super) fn rise(text: &str) -> anyhow::Result<Rise> {
    let unreadable = || {
        anyhow::anyhow!("--uplift “{text}” cannot be read. Write 2027-04-01=3 for three per cent, or Fostering:2027-04-01=3 for one type.")
    };
    let (what, percent) = text.rsplit_once('=').ok_or_else(unreadable)?;
    let (kind, on) = match what.rsplit_once(':') {
        Some((kind, on)) => (Some(kind.trim().to_owned()), on),
        None => (None, what),
    };
    let percent = percent.trim().trim_end_matches('%').parse().ok().filter(|percent: &f64| percent.is_finite() && *percent > -100.0);
    Ok(Rise { kind, on: date(on.trim())?, percent: percent.ok_or_else(unreadable)? })
}

fn ahead_words(spending: &Spending) -> String {
    let pounds = |pence: f64| Money::from_pence(half_up(pence / 100.0, 0) as i64 * 100).to_string().trim_end_matches(".00").to_owned();
    let year = |year: &spending::Year| {
        format!(
            "Forecast, not plan: {} nights of {}-{:02} cost {}, in 4 of 5 futures {} to {}; {:.0} children on an average night have no price.",
            year.covers.nights(),
            year.year_end - 1,
            year.year_end % 100,
            pounds(year.cost.mean),
            pounds(year.cost.eighty.0),
            pounds(year.cost.eighty.1),
            year.uncosted_nights / f64::from(year.covers.nights().max(1))
        )
    };
    spending.ahead.years.iter().map(year).collect::<Vec<_>>().join("\n")
}

/// What the table does not show: average stock, the bridge, and what is not costed.
fn words(costed: &plans::CostedPlan) -> String {
    let label = |at: usize| costed.periods[at].period.label.as_str();
    let mut lines: Vec<String> = costed
        .average_stock
        .iter()
        .enumerate()
        .map(|(at, average)| {
            format!("{} at the mean of {} and {}: {} in 52 weeks.", label(at + 1), label(at), label(at + 1), average.annual_52_weeks)
        })
        .collect();
    if let Some(bridge) = &costed.bridge {
        let year = bridge.over_weeks(52);
        lines.push(format!(
            "{} to {}, 52 weeks: {} = {} for how many children, {} for their mix of homes, {} for prices beyond inflation, {} for inflation.",
            label(0),
            label(costed.periods.len() - 1),
            year.total(),
            year.volume,
            year.mix,
            year.price,
            year.inflation
        ));
    }
    lines.push(uncosted_words(&costed.periods));
    lines.join("\n")
}

/// Which types have no price: under every cost stands what it leaves out (dossier A073).
fn uncosted_words(periods: &[domain::plan::PeriodCost]) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for line in periods.iter().flat_map(|period| &period.lines).filter(|line| line.price.is_none()) {
        if !kinds.contains(&line.kind.as_str()) {
            kinds.push(&line.kind);
        }
    }
    match kinds.as_slice() {
        [] => "Every type in the plan has a price.".to_owned(),
        kinds => format!("Not costed, because no price is held: {}. Their cost is unknown, not zero.", kinds.join(", ")),
    }
}
