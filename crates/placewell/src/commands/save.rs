//! `placewell plan save`

use domain::Money;
use service::futures::Futures;
use service::plans::Named;
use service::saving::{self, Case, Followed, OverFutures, OverTime, Saves};
use service::spending::Request;
use web::api::saving::Saving;

use super::block_contract::{pounds as whole, price};
use super::plan::rise;
use crate::cli::PlanSave;
use crate::commands::file;
use crate::output::{self, Grid};

pub(crate) fn run(args: &PlanSave) -> anyhow::Result<()> {
    let (once, a_month) = (price("--once", &args.once)?, price("--a-month", &args.a_month)?);
    let prices = args.prices.as_ref().map(|path| Ok::<_, anyhow::Error>((path.display().to_string(), file::read(path)?))).transpose()?;
    let prices = prices.as_ref().map(|(name, bytes)| Named { name, bytes });
    if let (Some(demand), Some(with), Some(prices)) = (&args.demand, &args.with, prices) {
        let (base_name, with_name) = (demand.display().to_string(), with.display().to_string());
        let (base, with) = (file::read(demand)?, file::read(with)?);
        let held = args.held.as_ref().map(|path| Ok::<_, anyhow::Error>((path.display().to_string(), file::read(path)?))).transpose()?;
        let found = saving::over_futures(&OverFutures {
            base: Request {
                demand: Futures::File(Named { name: &base_name, bytes: &base }),
                prices,
                held: held.as_ref().map(|(name, bytes)| Named { name, bytes }),
                rises: args.uplift.iter().map(|text| rise(text)).collect::<Result<_, _>>()?,
            },
            with: Futures::File(Named { name: &with_name, bytes: &with }),
            once,
            a_month,
        })?;
        for said in found.warnings.iter().chain(found.findings.iter().map(|finding| &finding.message)) {
            output::say(said);
        }
        return output::print(args.format, &Saving::from(&found), &futures(&found), "");
    }
    let case = Case {
        once,
        a_month,
        moves_a_month: args.moves.unwrap_or(0.0),
        ramp_months: args.ramp_months,
        at_most: args.at_most,
        saving_weekly: Money::default(),
        lasts_months: args.lasts_months,
    };
    let followed = saving::follow(&case, &saves(args, prices)?, args.months)?;
    for finding in &followed.findings {
        output::say(&finding.message);
    }
    output::print(args.format, &Saving::from(&followed), &months(&followed), &words(&followed))
}

fn saves<'a>(args: &PlanSave, prices: Option<Named<'a>>) -> anyhow::Result<Saves<'a>> {
    match (&args.saving, &args.from_type, &args.to_type, prices) {
        (Some(weekly), ..) => Ok(Saves::Weekly(price("--saving", weekly)?)),
        (None, Some(from), Some(to), Some(prices)) => Ok(Saves::Between { from: from.clone(), to: to.clone(), prices }),
        _ => anyhow::bail!("What a move saves is not known: give --saving, or --from-type, --to-type and --prices."),
    }
}

fn months(followed: &Followed) -> Grid {
    let row = |month: &saving::Month| {
        vec![month.month.to_string(), format!("{:.1}", month.children), whole(month.spent), whole(month.saved), whole(month.net)]
    };
    Grid {
        headings: ["Month", "Children", "Spent", "Saved", "Saved less spent so far"].map(str::to_owned).to_vec(),
        rows: followed.repaid.months.iter().map(row).collect(),
        numbers_from: 1,
    }
}

fn words(followed: &Followed) -> String {
    let spends = followed.case.once.pence() + followed.case.a_month.pence() > 0;
    let last = followed.repaid.months.len();
    let back = match (followed.repaid.month, followed.repaid.relapse) {
        _ if !spends => "Nothing is spent, so nothing has to come back.".to_owned(),
        (Some(month), None) => format!("The money is back by the end of month {month}."),
        (None, None) => format!("The money is not back within {last} months."),
        (month, Some(relapse)) => format!(
            "The money is back by the end of month {} and lost again by that of month {}, because spending goes on longer than saving; {}.",
            relapse.back,
            relapse.lost,
            month.map_or_else(
                || format!("it is not back at the end of month {last}"),
                |month| format!("it is back for good by the end of month {month}")
            )
        ),
    };
    let prices: Vec<String> = followed
        .prices
        .iter()
        .map(|price| {
            let dated = price.price_date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
            format!("{} {} ({dated}; {})", price.kind, price.weekly, if price.source.is_empty() { "no source" } else { &price.source })
        })
        .collect();
    let rests = if prices.is_empty() { String::new() } else { format!("\nPrices of a week: {}.", prices.join("; ")) };
    format!(
        "{back} A child's week costs {} less, for {} months. At its deepest the case needs {}.{rests}",
        followed.case.saving_weekly,
        followed.case.lasts_months,
        whole(followed.repaid.deepest)
    )
}

fn futures(found: &OverTime) -> Grid {
    let row = vec![
        found.paths.to_string(),
        found.payback.chance.map_or_else(|| "nothing is spent".to_owned(), |chance| format!("{:.0}%", chance * 100.0)),
        match (found.by, found.payback.chance) {
            (Some(day), _) => day.to_string(),
            (None, Some(_)) => "in fewer than half".to_owned(),
            (None, None) => "nothing is spent".to_owned(),
        },
        format!("{:.0}%", found.payback.relapse * 100.0),
        whole(found.payback.net.mean),
    ];
    Grid {
        headings: ["Futures", "Money back by the end", "In half of them by", "Back and lost again", "Saved less spent, mean"]
            .map(str::to_owned)
            .to_vec(),
        rows: vec![row],
        numbers_from: 0,
    }
}
