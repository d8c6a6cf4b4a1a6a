//! `placewell forecast` and `placewell backtest`

use std::path::{Path, PathBuf};

use domain::Day;
use domain::number::chance_in_words;
use service::App;
use service::forecasts::{
    self, Backtest, BacktestRequest, CAVEAT, CardLine, Carried, Claimed, Groups, Model, Point, Request, Split, TOTAL,
};
use service::holdings::{self, Folder, Holding};
use service::plans::Named;
use service::scenarios::{self, Saved};
use service::work::Progress;
use web::api::forecast::{Claim, Examined, Forecast as Body};

use crate::cli::{Backtest as BacktestArgs, Forecast as Args, ForecastGroups, ForecastModel, Format, WithCard};
use crate::commands::file;
use crate::commands::measures::{date, folder};
use crate::output::{self, Grid};

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let model = match (args.model, args.compatible) {
        (_, true) => Model::Compatible,
        (ForecastModel::Microsimulation, false) => Model::Microsimulation,
        (ForecastModel::StockAndFlow, false) => Model::StockAndFlow,
        (ForecastModel::Blend, false) => Model::Blend,
    };
    let from = date(&args.from)?;
    let request = Request {
        from,
        months: args.months.unwrap_or(0),
        at: args.at.iter().map(|text| date(text)).collect::<anyhow::Result<_>>()?,
        history_from: args.history_from.as_deref().map(date).transpose()?,
        paths: args.paths as usize,
        seed: args.seed,
        groups: match args.groups {
            ForecastGroups::Broad => Groups::Broad,
            ForecastGroups::Detailed => Groups::Detailed,
        },
        split: if args.by_authority { Split::ByAuthority } else { Split::Together },
        model,
        scenario: scenario(args.scenario.as_deref(), from)?,
    };
    let holding = holdings::open(folder(&args.folder))?;
    let forecast = forecasts::forecast(&holding, &request, &Progress::default())?;
    for warning in &forecast.warnings {
        output::say(warning);
    }
    if let Some(path) = &args.paths_out {
        let bytes = forecasts::demand_csv(&forecast).ok_or_else(|| {
            anyhow::anyhow!("--paths-out needs the microsimulation: the stock-and-flow model has no single futures to write. Leave out --model or --compatible.")
        })?;
        file::write_whole(path, &bytes)?;
        output::say(&format!("Wrote {} futures to {}.", request.paths, path.display()));
    }
    let carried = if carries(args) { card(&holding, &forecast) } else { None };
    let shown = carried.as_ref().and_then(|carried| carried.blend.as_ref()).unwrap_or(&forecast.points);
    let body = Body::new(&forecast, carried.as_ref(), &args.exceeds);
    let record = carried.as_ref().map_or_else(String::new, |carried| record(carried, &forecast));
    let words: Vec<String> = chances(shown, &args.exceeds).into_iter().chain([record]).filter(|words| !words.is_empty()).collect();
    output::print(args.format, &body, &points(shown, &args.exceeds), &words.join("\n"))
}

/// The chance of more children than each number, all kinds of home together, on the last date.
fn chances(points: &[Point], exceeds: &[u32]) -> Vec<String> {
    let Some(last) = points.last().map(|point| point.date) else { return Vec::new() };
    let totals = || points.iter().filter(|point| point.date == last && point.group == TOTAL);
    let say = |point: &Point, children: u32| {
        let chance = chance_in_words(point.chance_above(children)?);
        let who = point.authority.as_ref().map_or_else(String::new, |authority| format!(" of {authority}"));
        Some(format!("The chance of more than {children} children in care{who} on {} is {chance}.", last.long()))
    };
    totals().flat_map(|point| exceeds.iter().filter_map(move |&children| say(point, children))).collect()
}

/// People get the card with every forecast; programs, which ask many times, when they want it.
fn carries(args: &Args) -> bool {
    match args.card {
        Some(card) => card == WithCard::Yes,
        None => args.format == Format::Table,
    }
}

/// The card; where the past is too short for one, that is said and the forecast stands alone.
fn card(holding: &Holding, forecast: &forecasts::Forecast) -> Option<Carried> {
    match forecasts::carry(holding, forecast, &Progress::default()) {
        Ok(carried) => Some(carried),
        Err(why) => {
            output::say(&format!("How wrong such forecasts were cannot be said. {why}"));
            None
        }
    }
}

/// What the card says of forecasts that reach as far, and whether the table is a blend.
fn record(carried: &Carried, forecast: &forecasts::Forecast) -> String {
    let furthest = forecast.points.iter().map(|point| point.date).max().map_or(0, |date| date.since(forecast.request.from).max(0) as u32);
    let several = carried.lines.iter().any(|line| line.authority != carried.lines[0].authority);
    let nearer =
        |line: &&CardLine| line.advice == "blend" && carried.blend.is_some() && carried.nearest(furthest).all(|other| other != *line);
    let mut lines: Vec<String> = carried
        .lines
        .iter()
        .filter(nearer)
        .chain(carried.nearest(furthest))
        .map(|line| if several { format!("{}: {}", line.authority, line.says) } else { line.says.clone() })
        .collect();
    if carried.blend.is_some() {
        lines.push("The table is the blend where the blend was nearer; --card no shows our own forecast alone.".to_owned());
    }
    lines.push(CAVEAT.to_owned());
    lines.join("\n")
}

/// The scenario in a file, for a forecast whose last known day is `from`.
pub(crate) fn scenario(path: Option<&Path>, from: Day) -> anyhow::Result<Option<Saved>> {
    let Some(path) = path else { return Ok(None) };
    let name = path.display().to_string();
    Ok(Some(scenarios::read(Named { name: &name, bytes: &file::read(path)? }, from)?))
}

fn points(points: &[Point], exceeds: &[u32]) -> Grid {
    let headings = ["date", "authority", "group", "mean", "sd", "median", "lo50", "hi50", "lo80", "hi80", "lo95", "hi95"];
    let headings = headings.map(str::to_owned).into_iter().chain(exceeds.iter().map(|children| format!("over {children}")));
    let number = |value: f64| format!("{value:.1}");
    let rows = points.iter().map(|point| {
        let s = &point.spread.0;
        let mut row = vec![point.date.to_string(), point.authority.clone().unwrap_or_default(), point.group.to_owned()];
        row.extend([s.mean, s.sd, s.median, s.half.0, s.half.1, s.eighty.0, s.eighty.1, s.ninety_five.0, s.ninety_five.1].map(number));
        row.extend(exceeds.iter().map(|&children| point.chance_above(children).map_or_else(String::new, |chance| format!("{chance:.3}"))));
        row
    });
    Grid { headings: headings.collect(), rows: rows.collect(), numbers_from: 3 }
}

pub(crate) fn backtest(app: &App, args: &BacktestArgs) -> anyhow::Result<()> {
    let mut request = BacktestRequest {
        origins: args.origins.iter().map(|text| date(text)).collect::<anyhow::Result<_>>()?,
        paths: args.paths as usize,
        seed: args.seed,
        ..BacktestRequest::default()
    };
    if !args.horizons.is_empty() {
        request.horizons.clone_from(&args.horizons);
    }
    let open = |path: &PathBuf| holdings::open(Folder { path: path.clone(), authority: args.authority.clone(), year: args.year });
    let holding = args.returns.as_ref().map(open).transpose()?;
    let claims = claimed(app, args.claim.as_deref(), holding.as_ref())?;
    let told: Vec<String> = claims.iter().map(Claimed::says).collect();
    let Some(holding) = holding else {
        let body = serde_json::json!({ "claims": claims.iter().map(Claim::from).collect::<Vec<_>>() });
        return output::print(args.format, &body, &printed(&claims), &told.join("\n"));
    };
    let backtest = forecasts::backtest(&holding, &request, &Progress::default())?;
    for warning in &backtest.warnings {
        output::say(warning);
    }
    let body = Examined { claims: claims.iter().map(Claim::from).collect(), ..Examined::new(&backtest, &request) };
    let words: Vec<String> = told.into_iter().chain([words(&backtest)]).collect();
    output::print(args.format, &body, &scores(&backtest), &words.join("\n"))
}

/// Forecasts that were printed, beside what came.
fn claimed(app: &App, path: Option<&Path>, holding: Option<&Holding>) -> anyhow::Result<Vec<Claimed>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let name = path.display().to_string();
    let (claims, findings) = forecasts::claims(app, holding, Named { name: &name, bytes: &file::read(path)? })?;
    for finding in findings {
        output::say(&finding.message);
    }
    Ok(claims)
}

fn printed(claims: &[Claimed]) -> Grid {
    let headings = ["authority", "children", "on", "growth_percent", "until", "claimed", "came", "error_percent"];
    let row = |claimed: &Claimed| {
        vec![
            claimed.authority.clone(),
            claimed.claim.children.to_string(),
            claimed.claim.on.to_string(),
            format!("{:.1}", claimed.claim.growth * 100.0),
            claimed.until.to_string(),
            claimed.said.to_string(),
            claimed.came.as_ref().map_or_else(|_| String::new(), |(came, _)| came.to_string()),
            claimed.error().map_or_else(String::new, |error| format!("{:+.1}", error * 100.0)),
        ]
    };
    Grid { headings: headings.map(str::to_owned).to_vec(), rows: claims.iter().map(row).collect(), numbers_from: 5 }
}

fn scores(backtest: &Backtest) -> Grid {
    let headings =
        ["authority", "days", "group", "model", "cells", "mae", "bias", "crps", "interval_score", "covered50", "covered80", "covered95"];
    let rows = backtest.scores.iter().map(|line| {
        let s = &line.summary;
        let mut row = vec![
            line.authority.clone().unwrap_or_else(|| "all".to_owned()),
            line.horizon.map_or_else(|| "all".to_owned(), |days| days.to_string()),
            line.group.to_owned(),
            line.model.to_owned(),
            s.cells.to_string(),
        ];
        row.extend([s.mae, s.bias, s.crps, s.interval].map(|value| format!("{value:.2}")));
        row.extend(s.covered.map(|share| format!("{share:.3}")));
        row
    });
    Grid { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect(), numbers_from: 4 }
}

/// What the cards say, and how our own compares.
fn words(backtest: &Backtest) -> String {
    let cards = backtest.cards.iter().map(|line| format!("{}: {}", line.authority, line.says));
    let ratios = backtest.ratios.iter().filter(|line| line.measure == "crps").map(|line| {
        let interval = line.ratio.interval.map_or_else(String::new, |(low, high)| format!(" [{low:.3}, {high:.3}]"));
        format!("{} by {}, {}: CRPS {:.3}{interval}", line.model, line.against, line.group, line.ratio.ratio)
    });
    cards.chain([CAVEAT.to_owned()]).chain(ratios).collect::<Vec<_>>().join("\n")
}
