//! All of England from files to measures, beside a bare pass of the csv crate over the same bytes; and one authority.
//!
//! `cargo bench -p placewell --bench england` makes the data once in the build folder: what
//! `placewell example DIR --authorities 100 --children 585 --years 8` writes (1.16 million rows of episodes), of which the Header, Episodes and UASC
//! files are kept. Everybody in it is made up. The file cache is warm; the best of several runs counts. Figures are of this machine today, ratios
//! are what may be compared.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark prints its figures, and stops where it cannot measure")]

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
    println!(
        "\nEngland: {} files of {} authorities, {} MiB, {rows} rows of Header, Episodes and UASC",
        source.files.len(),
        ENGLAND.authorities,
        bytes >> 20
    );
    println!("  bare pass of the csv crate, one thread     {}", shown(bare));

    let (read, history) = best(|| ingest::read(&source, &Options::default()).expect("tables are there").history);
    let (timeline, _) = best(|| Timeline::build(&history).children());
    println!("  of the chain: reading and cleaning         {}", shown(read));
    println!("                timeline of {} episodes  {}", history.episodes.len(), shown(timeline));
    drop(history);
    let (opened, holding) = best(|| open(&folder));
    println!("                fingerprint of the files     {}", shown(opened.saturating_sub(read + timeline)));
    let (measured, children) = best(|| measure(&holding));
    println!("                measures and breakdowns      {}", shown(measured));
    drop(holding);

    let (chain, _) = best(|| whole_chain(&folder));
    let ratio = chain.as_secs_f64() / bare.as_secs_f64();
    println!("  whole chain, {} threads: {children} children measured, {}", threads(), shown(chain));
    println!("    target at most 1.5 s: {}", verdict(chain <= Duration::from_millis(1500)));
    println!("  whole chain over bare pass                 {ratio:.2}");
    println!("    target at most 1: {}", verdict(ratio <= 1.0));
    let peak = peak_of_child(&folder);
    println!("  peak memory of a process that does it once {peak} MiB");
    println!("    target at most 400 MiB: {}", verdict(peak <= 400));
}

fn one_authority() {
    let folder = data("authority", &ONE);
    let (chain, children) = best(|| whole_chain(&folder));
    println!("\nOne authority of {children} children, eight years: {}", shown(chain));
    println!("    target under 50 ms: {}", verdict(chain < Duration::from_millis(50)));
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

/// What the ratio is measured against: every record of every file, no cell looked at.
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

/// The shortest of several runs, and what the last gave.
fn best<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let timed = |run: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        let result = run();
        (start.elapsed(), result)
    };
    let (mut shortest, mut last) = timed(&mut run);
    for _ in 1..RUNS {
        drop(last);
        let (took, result) = timed(&mut run);
        shortest = shortest.min(took);
        last = result;
    }
    (shortest, last)
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

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn shown(took: Duration) -> String {
    format!("{:8.1} ms", took.as_secs_f64() * 1000.0)
}

fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}
