//! What the forecasts must show, on histories made by the `example` crate whose later years were held back from every forecast.
//!
//! `cargo bench -p forecast --bench proof -- [--authorities 30] [--region 10] [--settings stationary,growth,dip,surge] [--origins 9]
//! [--paths 400] [--seed 1] [--years 8] [--children 580]
//! [--without-own] [--together]`
//!
//! `--profile dev` before the `--` takes the crates that the tests have built; this one and `analysis` are optimised there too.
//!
//! Each setting gets its own authorities, `--region` to a history (1: each alone). Forecasts stand at half-year ends, cut without look-ahead;
//! what came is counted from the whole history. `--together` scores each region's sum instead of its authorities.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a report for people; it stops where the example cannot be made")]

use example::{Setting, Settings};
use forecast::examiner::card::Level;
use forecast::examiner::pool::{Measure, Ratio, Summary};
use forecast::examiner::trial::{Cell, Competitor, Exam, HORIZONS, Simulate, Trial, microsimulate};
use rayon::prelude::*;

/// What is asked for.
struct Ask {
    authorities: u32,
    region: u32,
    settings: Vec<Setting>,
    origins: usize,
    paths: usize,
    seed: u64,
    years: u32,
    children: u32,
    own: bool,
    together: bool,
}

impl Ask {
    fn read() -> Self {
        let words: Vec<String> = std::env::args().collect();
        let text = |name: &str| words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)).cloned();
        let number = |name: &str, usual: u32| text(name).map_or(usual, |word| word.parse().unwrap());
        let settings = text("--settings").unwrap_or_else(|| "stationary,growth,dip,surge".to_owned());
        Self {
            authorities: number("--authorities", 30),
            region: number("--region", 10),
            settings: settings.split(',').map(|word| Setting::parse(word).unwrap()).collect(),
            origins: number("--origins", 9) as usize,
            paths: number("--paths", 400) as usize,
            seed: u64::from(number("--seed", 1)),
            years: number("--years", 8),
            children: number("--children", 580),
            together: words.iter().any(|word| word == "--together"),
            own: !words.iter().any(|word| word == "--without-own"),
        }
    }
}

/// One history of some authorities, examined.
fn examine(ask: &Ask, setting: Setting, region: u32) -> Trial {
    let folder = tempfile::tempdir().unwrap();
    let authorities = ask.region.min(ask.authorities - region * ask.region);
    let settings = Settings {
        seed: ask.seed * 1000 + u64::from(region),
        years: ask.years,
        children: ask.children,
        authorities,
        setting,
        future_years: 0,
        ..Settings::default()
    };
    example::write(folder.path(), &settings, None).unwrap();
    let read = ingest::read(&ingest::Source::open(folder.path()).unwrap(), &ingest::Options::default()).unwrap();
    let origins = Exam::half_yearly(read.history.covers.unwrap(), ask.origins);
    let exam = Exam { origins, horizons: HORIZONS.to_vec(), paths: ask.paths, seed: ask.seed };
    let own: Option<&Simulate<'_>> = if ask.own { Some(&microsimulate) } else { None };
    if ask.together { exam.sit_together(&read.history, own) } else { exam.sit(&read.history, own) }
}

fn main() {
    let ask = Ask::read();
    let regions = ask.authorities.div_ceil(ask.region);
    let jobs: Vec<(Setting, u32)> = ask.settings.iter().flat_map(|&setting| (0..regions).map(move |region| (setting, region))).collect();
    let begun = std::time::Instant::now();
    let trials: Vec<(Setting, Trial)> = jobs.into_par_iter().map(|(setting, region)| (setting, examine(&ask, setting, region))).collect();
    let mut all = Trial::default();
    let mut by_setting: Vec<(Setting, Trial)> = ask.settings.iter().map(|&setting| (setting, Trial::default())).collect();
    for (setting, trial) in trials {
        all.extend(trial.clone());
        by_setting.iter_mut().filter(|(of, _)| *of == setting).for_each(|(_, sum)| sum.extend(trial.clone()));
    }
    println!(
        "{} histories of authorities ({} to a region), {} origins, {} cells, {} paths, {:.0} s",
        all.units.len(),
        ask.region,
        ask.origins,
        all.cells.len(),
        ask.paths,
        begun.elapsed().as_secs_f64()
    );
    let own = if ask.own { Competitor::Microsimulation } else { Competitor::StockAndFlow };
    table(&all);
    bars(&all, own);
    bars(&all, Competitor::Blend);
    coverage(&all, own);
    for (setting, trial) in &by_setting {
        println!("\n=== {} ===", setting.word());
        bars(trial, own);
        by_horizon(trial, own);
    }
}

fn of(trial: &Trial, level: Level) -> impl Iterator<Item = &Cell> + Clone {
    trial.cells.iter().filter(move |cell| level.holds(cell))
}

fn table(trial: &Trial) {
    for level in [Level::Types, Level::Total] {
        println!("\n{level:?}: mean over cells, in children");
        println!("{:<44}{:>8}{:>8}{:>8}{:>10}{:>8}{:>7}{:>7}{:>7}", "", "MAE", "bias", "CRPS", "interval", "width", "50%", "80%", "95%");
        for competitor in Competitor::ALL {
            if let Some(s) = Summary::of(of(trial, level), competitor) {
                let [half, eighty, ninety_five] = s.covered.map(|share| share * 100.0);
                println!(
                    "{:<44}{:>8.2}{:>8.2}{:>8.3}{:>10.1}{:>8.1}{half:>7.1}{eighty:>7.1}{ninety_five:>7.1}",
                    competitor.name(),
                    s.mae,
                    s.bias,
                    s.crps,
                    s.interval,
                    s.width
                );
            }
        }
    }
}

/// The lines that the work is judged by.
fn bars(trial: &Trial, own: Competitor) {
    let ratio = |level, by, measure| Ratio::of(of(trial, level), own, by, measure);
    let show = |what: &str, bar: &str, ratio: Option<Ratio>| {
        if let Some(Ratio { ratio, interval: Some((low, high)), units }) = ratio {
            println!("{what:<78}{ratio:>7.3} [{low:.3}, {high:.3}] of {units}   bar {bar}");
        }
    };
    println!("\n{} by", own.name());
    for (name, by) in [("stock-and-flow", Competitor::StockAndFlow), ("stock-and-flow, published interval", Competitor::PublishedInterval)]
    {
        show(&format!("  CRPS by type, {name}, all history"), "0.90", ratio(Level::Types, by, Measure::Crps));
    }
    for (name, by) in
        [("stock-and-flow", Competitor::StockAndFlowYear), ("stock-and-flow, published interval", Competitor::PublishedIntervalYear)]
    {
        show(&format!("  CRPS by type, {name}, 12 months"), "0.80", ratio(Level::Types, by, Measure::Crps));
    }
    for (name, by) in [("stock-and-flow", Competitor::StockAndFlow), ("stock-and-flow, published interval", Competitor::PublishedInterval)]
    {
        show(&format!("  CRPS of the total, {name}, all history"), "1.05 (upper)", ratio(Level::Total, by, Measure::Crps));
        show(&format!("  interval score by type, {name}, all history"), "0.75", ratio(Level::Types, by, Measure::Interval));
        show(&format!("  interval score of the total, {name}, all history"), "0.75", ratio(Level::Total, by, Measure::Interval));
    }
    show("  CRPS by type, last value", "1", ratio(Level::Types, Competitor::LastValue, Measure::Crps));
    show("  CRPS of the total, last value", "1", ratio(Level::Total, Competitor::LastValue, Measure::Crps));
}

fn coverage(trial: &Trial, own: Competitor) {
    println!("\n{}: coverage by horizon, randomised transform (80% band: 75-85, 95% band: 92-98)", own.name());
    println!("{:<14}{:>6}{:>8}{:>7}{:>7}{:>7}{:>9}", "", "days", "cells", "50%", "80%", "95%", "bias");
    for (at, name) in ["Fostering", "Residential", "Supported", "Other", "Total"].iter().enumerate() {
        for horizon in HORIZONS {
            let cells = trial.cells.iter().filter(|cell| cell.group == at && cell.horizon == horizon);
            if let Some(s) = Summary::of(cells, own) {
                let [half, eighty, ninety_five] = s.covered.map(|share| share * 100.0);
                println!("{name:<14}{horizon:>6}{:>8}{half:>7.1}{eighty:>7.1}{ninety_five:>7.1}{:>9.2}", s.cells, s.bias);
            }
        }
    }
}

fn by_horizon(trial: &Trial, own: Competitor) {
    println!("{:<10}{:>6}{:>10}{:>10}{:>10}{:>8}{:>8}{:>8}", "", "days", "CRPS", "s&f", "last", "80%", "95%", "bias");
    for level in [Level::Types, Level::Total] {
        for horizon in HORIZONS {
            let cells = || of(trial, level).filter(|cell| cell.horizon == horizon);
            let marks = |competitor| Summary::of(cells(), competitor);
            if let (Some(own), Some(flow), Some(last)) = (marks(own), marks(Competitor::StockAndFlow), marks(Competitor::LastValue)) {
                println!(
                    "{:<10}{horizon:>6}{:>10.3}{:>10.3}{:>10.3}{:>8.1}{:>8.1}{:>8.2}",
                    format!("{level:?}"),
                    own.crps,
                    flow.crps,
                    last.crps,
                    own.covered[1] * 100.0,
                    own.covered[2] * 100.0,
                    own.bias
                );
            }
        }
    }
}
