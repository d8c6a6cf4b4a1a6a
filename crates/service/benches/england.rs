//! All of England from files to measures, beside two passes of the csv crate over the same bytes; and one authority.
//!
//! `cargo bench -p service --bench england` makes the data once in the build folder: what
//! `placewell example DIR --authorities 100 --children 585 --years 8` writes (1.16 million rows of episodes), of which the Header, Episodes and UASC
//! files are kept. Everybody in it is made up. The file cache is warm; the best of several runs counts. Figures are of this machine today, ratios
//! are what may be compared. Beside the time on the clock stands the time that processors were at work, which other programs disturb less.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench prints its figures and stops at the first fault")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use analysis::timeline::Timeline;
use domain::Day;
use example::Settings;
use ingest::{Options, Source};
use service::holdings::Folder;
use service::{App, cohorts, holdings};

const ENGLAND: Settings = Settings { authorities: 100, children: 585, ..ONE };
const ONE: Settings = Settings {
    seed: 1,
    years: 8,
    children: 900,
    authorities: 1,
    setting: example::Setting::Stationary,
    dirt: 0.0,
    last_year: 2026,
    future_years: 2,
};
/// The tables that the measures of the stock, of flows and of stability rest on.
const TABLES: [&str; 3] = ["header.csv", "episodes.csv", "uasc.csv"];
const RUNS: usize = 7;
/// The word that makes this program a child which runs the chain once and says how much memory that took.
const CHILD: &str = "once";

fn main() {
    if let Some(folder) = std::env::args().skip_while(|word| word != CHILD).nth(1) {
        let held = whole_chain(Path::new(&folder));
        println!("{} {held}", peak_mib());
        return;
    }
    england();
    one_authority();
}

fn england() {
    let folder = data("england", &ENGLAND);
    let source = Source::open(&folder).expect("the data was just written");
    let bytes: u64 = source.files.iter().map(|file| fs::metadata(&file.path).map_or(0, |metadata| metadata.len())).sum();
    let (bare, rows) = best(|| bare_pass(&source));
    let (usual, _) = best(|| usual_pass(&source));
    println!("\nEngland: {} authorities, {} files, {} MiB, {rows} rows", ENGLAND.authorities, source.files.len(), bytes >> 20);
    println!("  csv crate, one ByteRecord used again    {}", bare.shown());
    println!("  csv crate, records() as most people do  {}", usual.shown());

    let (read, history) = best(|| ingest::read(&source, &Options::default()).expect("tables are there").history);
    println!("  reading and cleaning                    {}", read.shown());
    let (timeline, _) = best(|| Timeline::build(&history).children());
    println!("  timeline of {} episodes             {}", history.episodes.len(), timeline.shown());
    drop(history);
    let (opened, holding) = best(|| open(&folder));
    println!("  opening: these two and the fingerprint  {}", opened.shown());
    println!("    beyond the two                        {}", opened.less(read).less(timeline).shown());
    let (measured, children) = best(|| measure(&holding));
    println!("  measures and breakdowns                 {}", measured.shown());
    drop(holding);

    let (chain, _) = best(|| whole_chain(&folder));
    println!("  whole chain, {children} children, {} cores  {}", cores(), chain.shown());
    println!("    target at most 1.5 s: {}", verdict(chain.clock <= Duration::from_millis(1500)));
    println!("  whole chain over csv with one ByteRecord: {}", chain.over(bare));
    println!("    target at most 1 by the clock: {}", verdict(chain.clock <= bare.clock));
    println!("  whole chain over csv with records(): {}", chain.over(usual));
    let peak = peak_of_child(&folder);
    println!("  peak memory of a process that does it once: {peak} MiB");
    println!("    target at most 400 MiB: {}", verdict(peak <= 400));
}

fn one_authority() {
    let folder = data("authority", &ONE);
    let (chain, children) = best(|| whole_chain(&folder));
    println!("\nOne authority of {children} children, eight years: {}", chain.shown());
    println!("    target under 50 ms: {}", verdict(chain.clock < Duration::from_millis(50)));
}

/// Read, cleaned, on the timeline and measured, as the command and the pages do it.
fn whole_chain(folder: &Path) -> u64 {
    measure(&open(folder))
}

fn open(folder: &Path) -> holdings::Holding {
    holdings::open(Folder { path: folder.to_owned(), authority: None, year: None }).expect("tables are there")
}

/// Every measure card and every breakdown; how many children are looked after.
fn measure(holding: &holdings::Holding) -> u64 {
    let request = cohorts::Request { on: Some(Day::year_end(2025)), ..cohorts::Request::default() };
    let cohort = cohorts::measure(&App::new(), holding, &request).expect("no filter");
    cohort.breakdowns.first().map_or(0, |breakdown| breakdown.total)
}

/// What the strict ratio is measured against, the least that the csv crate can do: every record of every file, no cell looked at.
fn bare_pass(source: &Source) -> u64 {
    let mut rows = 0;
    let mut record = csv::ByteRecord::new();
    for file in &source.files {
        let mut reader = csv::Reader::from_path(&file.path).expect("just listed");
        while reader.read_byte_record(&mut record).expect("well-formed") {
            rows += 1;
        }
    }
    rows
}

/// The loop that the csv crate's documentation begins with: a new `StringRecord`, checked to be UTF-8, for every row.
fn usual_pass(source: &Source) -> u64 {
    let mut rows = 0;
    for file in &source.files {
        let mut reader = csv::Reader::from_path(&file.path).expect("just listed");
        for record in reader.records() {
            record.expect("well-formed");
            rows += 1;
        }
    }
    rows
}

/// The folder with the data, written if it is not there yet. It gets its name when it is whole.
fn data(name: &str, settings: &Settings) -> PathBuf {
    let Settings { seed, years, children, authorities, .. } = settings;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{seed}-{authorities}-{children}-{years}"));
    if !folder.is_dir() {
        let part = folder.with_extension("part");
        let written = example::write(&part, settings, None).expect("the build folder can be written to");
        println!("{name}: {} rows of episodes", written.episode_rows);
        keep_tables(&part);
        fs::rename(&part, &folder).expect("the same folder");
    }
    folder
}

/// Leaves the three tables and, for each authority, what it says of itself.
fn keep_tables(folder: &Path) {
    for entry in fs::read_dir(folder).expect("just written").flatten() {
        let path = entry.path();
        if path.is_dir() {
            keep_tables(&path);
        } else if !TABLES.iter().any(|table| path.ends_with(table)) && !path.ends_with("authority.toml") {
            fs::remove_file(&path).expect("just written");
        }
    }
}

/// The shortest of several runs by the clock and by processors at work, and what the last gave.
fn best<T>(mut run: impl FnMut() -> T) -> (Took, T) {
    let mut timed = || {
        let (start, at_work) = (Instant::now(), processors());
        let result = run();
        (Took { clock: start.elapsed(), processors: processors().saturating_sub(at_work) }, result)
    };
    let (mut shortest, mut last) = timed();
    for _ in 1..RUNS {
        drop(last);
        let (took, result) = timed();
        shortest = Took { clock: shortest.clock.min(took.clock), processors: shortest.processors.min(took.processors) };
        last = result;
    }
    (shortest, last)
}

/// How long something took.
#[derive(Clone, Copy)]
struct Took {
    clock: Duration,
    /// Of all threads together; nothing where the system does not say.
    processors: Duration,
}

impl Took {
    fn less(self, other: Self) -> Self {
        Self { clock: self.clock.saturating_sub(other.clock), processors: self.processors.saturating_sub(other.processors) }
    }

    fn over(self, other: Self) -> String {
        let ratio = |of: fn(Self) -> Duration| of(self).as_secs_f64() / of(other).as_secs_f64();
        format!("{:.2} by the clock, {:.2} of processors", ratio(|took| took.clock), ratio(|took| took.processors))
    }

    fn shown(self) -> String {
        format!("{:7.0} ms by the clock, {:5.0} ms of processors", self.clock.as_secs_f64() * 1e3, self.processors.as_secs_f64() * 1e3)
    }
}

/// Time that processors have worked for this process: fields 14 and 15 of its line, in hundredths of a second.
fn processors() -> Duration {
    let line = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = line.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// The most memory that a process held which did nothing else.
fn peak_of_child(folder: &Path) -> u64 {
    let this = std::env::current_exe().expect("the system says");
    let output = Command::new(this).arg(CHILD).arg(folder).output().expect("this program can be started");
    let text = String::from_utf8_lossy(&output.stdout);
    text.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0)
}

/// The most memory this process has held, in MiB; 0 where the system does not say.
fn peak_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).map_or(0, |kib| kib / 1024)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}
