//! What can be forecast from published counts alone: children looked after at 31 March by authority, one year ahead, on the real figures.
//!
//! `cargo bench -p forecast --bench published`
//!
//! Each year is predicted from the years before it only, spreads from errors made in those years. Bootstrap over authorities.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a report for people; it stops where the embedded figures are missing")]

use forecast::annual::{Row, Rule, next_year};
use forecast::examiner::pool::{Measure, Ratio, Summary};
use forecast::examiner::score::{Prediction, Score};

fn main() {
    let measure = reference::published::measure("children-looked-after").unwrap();
    let years = measure.years();
    let authorities: Vec<_> = reference::authority::all()
        .iter()
        .filter(|authority| years.iter().any(|&year| measure.value(authority.id, year).known().is_some()))
        .collect();
    let rows: Vec<Row> =
        authorities.iter().map(|authority| years.iter().map(|&year| measure.value(authority.id, year).known()).collect()).collect();
    let source = measure.source(years[years.len() - 1]);
    println!("Children looked after at 31 March, {} authorities, {}-{}", rows.len(), years[0], years[years.len() - 1]);
    println!("Source: {source:?}\n");

    let mut scores: Vec<[Vec<(usize, u32, Score)>; 3]> = Vec::new();
    for (at, &year) in years.iter().enumerate().skip(3) {
        let known: Vec<Row> = rows.iter().map(|row| row[..at].to_vec()).collect();
        let of_year = Rule::ALL.map(|rule| {
            let predicted = next_year(&known, rule);
            let pairs = predicted.into_iter().zip(&rows).enumerate();
            let marked = pairs.filter_map(|(area, (counts, row))| Some((area, year, Prediction::Counts(counts?).score(row[at]? as u32))));
            marked.collect::<Vec<_>>()
        });
        scores.push(of_year);
    }
    println!("{:<24}{:>8}{:>8}{:>8}{:>8}{:>9}{:>7}{:>7}{:>7}", "", "cells", "MAE", "bias", "CRPS", "interval", "50%", "80%", "95%");
    let all: Vec<Vec<&(usize, u32, Score)>> = (0..3).map(|rule| scores.iter().flat_map(|year| &year[rule]).collect()).collect();
    for (rule, marks) in Rule::ALL.iter().zip(&all) {
        line(rule.name(), marks.iter().map(|(_, _, score)| score));
    }
    println!();
    for of_year in &scores {
        let Some((_, year, _)) = of_year[0].first() else { continue };
        for (rule, marks) in Rule::ALL.iter().zip(of_year) {
            line(&format!("{year} {}", rule.name()), marks.iter().map(|(_, _, score)| score));
        }
    }
    println!();
    for (name, by) in [("last value", 0), ("drift", 1)] {
        for (what, measure) in [("CRPS", Measure::Crps), ("absolute error", Measure::AbsoluteError), ("interval score", Measure::Interval)]
        {
            let pairs = all[2].iter().zip(&all[by]).map(|((area, _, one), (_, _, other))| (*area, one, other));
            if let Some(Ratio { ratio, interval: Some((low, high)), units }) = Ratio::of_pairs(pairs, measure) {
                println!("damped common growth by {name}: {what:<16}{ratio:>7.3} [{low:.3}, {high:.3}] of {units} authorities");
            }
        }
    }
}

fn line<'a>(name: &str, scores: impl Iterator<Item = &'a Score>) {
    if let Some(s) = Summary::of_scores(scores) {
        let [half, eighty, ninety_five] = s.covered.map(|share| share * 100.0);
        println!(
            "{name:<24}{:>8}{:>8.1}{:>8.1}{:>8.2}{:>9.0}{half:>7.1}{eighty:>7.1}{ninety_five:>7.1}",
            s.cells, s.mae, s.bias, s.crps, s.interval
        );
    }
}
