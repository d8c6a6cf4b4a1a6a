//! The stock-and-flow model of all England from files: a hundred authorities, eight years, 1.16 million rows of Episodes.
//!
//! `cargo bench -p forecast --bench england`
//!
//! The returns are made by another process, so that the memory printed is that of reading and forecasting alone.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a report for people; it stops where the example cannot be made")]

use std::path::Path;
use std::time::Instant;

use domain::Day;
use forecast::known::Known;
use forecast::outlook::Split;
use forecast::stock_and_flow::{Window, outlook};

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let Some(at) = words.iter().position(|word| word == "--make") {
        let settings = example::Settings { children: 580, authorities: 100, future_years: 0, ..example::Settings::default() };
        let written = example::write(Path::new(&words[at + 1]), &settings, None).unwrap();
        println!("{} rows of Episodes in {} files", written.episode_rows, written.files);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let made = std::process::Command::new(std::env::current_exe().unwrap()).arg("--make").arg(folder.path()).status().unwrap();
    assert!(made.success(), "the example could not be made");
    for split in [Split::Together, Split::ByAuthority, Split::Together] {
        let begun = Instant::now();
        let read = ingest::read(&ingest::Source::open(folder.path()).unwrap(), &ingest::Options::default()).unwrap();
        let was_read = begun.elapsed();
        let from = Day::year_end(2026);
        let known = Known::at(&read.history, from);
        let was_cut = begun.elapsed();
        let dates: Vec<Day> = (1..=24).map(|months| from.plus(1).plus_months(months).plus(-1)).collect();
        let outlook = outlook(&known, &dates, Window::AllHistory, split);
        let done = begun.elapsed();
        let last = outlook.points.last().unwrap();
        println!(
            "{split:?}: read {:.2} s, cut and timeline {:.2} s, rates and 24 months {:.2} s, in all {:.2} s; {} points, the last {:.0} [{:.0}, {:.0}]",
            was_read.as_secs_f64(),
            was_cut.as_secs_f64() - was_read.as_secs_f64(),
            done.as_secs_f64() - was_cut.as_secs_f64(),
            done.as_secs_f64(),
            outlook.points.len(),
            last.spread.0.mean,
            last.spread.0.ninety_five.0,
            last.spread.0.ninety_five.1
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(line) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("Most memory held at a time: {}", line.trim_start_matches("VmHWM:").trim());
    }
}
