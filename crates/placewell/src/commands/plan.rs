//! `placewell plan cost`

use domain::Finding;
use service::plans::{self, Named};
use web::api::plan::CostedPlan;

use crate::cli::PlanCost;
use crate::commands::file;
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
    output::print(args.format, &CostedPlan::from(&costed), &grid, &words(&costed))
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
