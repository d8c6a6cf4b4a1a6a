//! `placewell forecast`

use std::io::{BufWriter, Write};

use service::forecasts::{self, Forecast, Groups, Model, Request, Split};
use service::holdings;
use service::work::Progress;
use web::api::forecast as json;

use crate::cli;
use crate::commands::file;
use crate::commands::measures::{date, folder};
use crate::output::{self, Grid};

pub(crate) fn run(args: &cli::Forecast) -> anyhow::Result<()> {
    let request = request(args)?;
    let holding = holdings::open(folder(&args.folder))?;
    let forecast = forecasts::forecast(&holding, &request, &Progress::default())?;
    for warning in &forecast.warnings {
        output::say(warning);
    }
    if let Some(path) = &args.paths_out {
        file::write(path, |out| write_paths(out, &forecast))?;
    }
    let words = format!("Known until {}; {}.", forecast.from.long(), drawn(&forecast));
    output::print(args.format, &json::Forecast::from(&forecast), &grid(&forecast), &words)
}

fn request(args: &cli::Forecast) -> anyhow::Result<Request> {
    let model = match (args.model, args.compatible) {
        (cli::Model::Microsimulation, false) => Model::Microsimulation,
        (cli::Model::Microsimulation, true) => {
            anyhow::bail!("--compatible is a way of the stock-and-flow model: add --model stock-and-flow.")
        }
        (cli::Model::StockAndFlow, false) => Model::StockAndFlow,
        (cli::Model::StockAndFlow, true) => Model::Compatible,
    };
    Ok(Request {
        from: Some(date(&args.from)?),
        months: args.months,
        at: args.at.iter().map(|text| date(text)).collect::<Result<_, _>>()?,
        paths: args.paths,
        seed: args.seed,
        history_from: args.history_from.as_deref().map(date).transpose()?,
        groups: match args.groups {
            cli::Groups::Broad => Groups::Broad,
            cli::Groups::Detailed => Groups::Detailed,
        },
        split: if args.by_authority { Split::ByAuthority } else { Split::Together },
        model,
    })
}

fn drawn(forecast: &Forecast) -> String {
    match &forecast.paths {
        Some(paths) => format!("{} futures drawn, seed {}", paths.paths, forecast.asked.seed),
        None => "worked out, no future drawn".to_owned(),
    }
}

fn grid(forecast: &Forecast) -> Grid {
    let headings = ["Date", "Authority", "Group", "Middle", "Mean", "SD", "1 in 2", "4 in 5", "19 in 20"];
    let band = |(low, high): (f64, f64)| format!("{low:.0} to {high:.0}");
    let rows = forecast.outlook.points.iter().map(|point| {
        let spread = point.spread;
        vec![
            point.date.to_string(),
            point.authority.clone().unwrap_or_else(|| "all".to_owned()),
            point.group.to_owned(),
            format!("{:.0}", spread.median),
            format!("{:.1}", spread.mean),
            format!("{:.1}", spread.sd),
            band(spread.half),
            band(spread.eighty),
            band(spread.ninety_five),
        ]
    });
    Grid { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect(), numbers_from: 3 }
}

/// `path,date,authority,group,children`: every future, for `placewell block-contract --demand`.
fn write_paths(out: &mut dyn Write, forecast: &Forecast) -> anyhow::Result<()> {
    let Some(paths) = &forecast.paths else {
        anyhow::bail!(
            "The stock-and-flow model draws no futures, so there is none to write. Leave out --paths-out, or use --model microsimulation."
        );
    };
    let mut writer = csv::Writer::from_writer(BufWriter::new(out));
    writer.write_record(["path", "date", "authority", "group", "children"])?;
    let groups = paths.groups.names();
    for path in 0..paths.paths {
        for (authority, name) in paths.authorities.iter().enumerate() {
            for (at, date) in paths.dates.iter().enumerate() {
                for (group, children) in groups.iter().zip(paths.at(path, authority, at)) {
                    writer.write_record([&(path + 1).to_string(), &date.to_string(), name, *group, &children.to_string()])?;
                }
            }
        }
    }
    Ok(writer.flush()?)
}
