//! What the microsimulation must show: speed with memory, and true rates found again.
//!
//! `cargo bench -p forecast --bench microsimulation -- [speed] [rates] [verbose]`; nothing asked is both. The proof of accuracy is `--bench proof`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark speaks to the person who runs it and stops at the first fault")]

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use analysis::timeline::Timeline;
use domain::Day;
use domain::history::History;
use forecast::kind::Kind;
use forecast::microsimulation::{AGE_WORDS, Asylum, Cause, Fit, IN_PLACEMENT_WORDS, Question, Route, fit, simulate};
use forecast::paths::Groups;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let wants = |name: &str| asked.is_empty() || asked.iter().any(|arg| arg == name || arg == "all");
    if wants("speed") {
        speed("one authority of 600", 600, 1);
        speed("a region of 5,500 in ten authorities", 550, 10);
    }
    if wants("rates") {
        rates();
    }
}

fn read(folder: &Path) -> History {
    ingest::read(&ingest::Source::open(folder).unwrap(), &ingest::Options::default()).unwrap().history
}

/// The whole chain from files to 1,000 paths of 24 months.
fn speed(what: &str, children: u32, authorities: u32) {
    let folder = tempfile::tempdir().unwrap();
    example::write(folder.path(), &example::Settings { children, authorities, ..example::Settings::default() }, None).unwrap();
    let mut fastest = f64::INFINITY;
    for _ in 0..3 {
        let (start, used) = (Instant::now(), processor());
        let history = read(folder.path());
        let timeline = Timeline::build(&history);
        let read = start.elapsed();
        let from = Day::year_end(2026);
        let fitted = fit(&history, &timeline, from).unwrap();
        let (learned, used_to_learn) = (start.elapsed(), processor());
        let question =
            Question { dates: (1..=24).map(|month| from.plus_months(month)).collect(), paths: 1000, seed: 1, groups: Groups::Broad };
        let paths = simulate(&fitted, &question);
        let whole = start.elapsed();
        fastest = fastest.min(whole.as_secs_f64());
        println!(
            "{what}: read {:.2} s, rates {:.2} s, 1,000 paths of 24 months {:.2} s; {:.2} s in all; processor {:.2} s, {:.2} s of it for the paths; {} counts",
            read.as_secs_f64(),
            learned.as_secs_f64() - read.as_secs_f64(),
            whole.as_secs_f64() - learned.as_secs_f64(),
            whole.as_secs_f64(),
            processor() - used,
            processor() - used_to_learn,
            paths.children.len()
        );
    }
    println!("{what}: fastest {fastest:.2} s; greatest resident memory so far {}", memory());
}

/// Seconds of processor time that this process has used, where the system says it: two cores working side by side need half as many seconds.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(f64::NAN);
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory this process ever held, where the system says it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("not known".to_owned(), |kilobytes| kilobytes.trim().to_owned())
}

/// Whether the true rates lie in their 95% intervals, pooled over seeds.
fn rates() {
    let (mut cells, mut inside, mut below) = (0, 0, 0);
    let mut by_events: HashMap<usize, (u32, u32)> = HashMap::new();
    for seed in 1..=6 {
        let folder = tempfile::tempdir().unwrap();
        let truth = tempfile::tempdir().unwrap();
        let settings = example::Settings { seed, children: 700, ..example::Settings::default() };
        example::write(folder.path(), &settings, Some(truth.path())).unwrap();
        let history = read(folder.path());
        let timeline = Timeline::build(&history);
        let fitted = fit(&history, &timeline, Day::year_end(2026)).unwrap();
        let ours = by_name(&fitted);
        let text = std::fs::read_to_string(truth.path().join("hazards.csv")).unwrap();
        for line in text.lines().skip(1) {
            let cell: Vec<&str> = line.split(',').collect();
            let (expected, rate): (f64, f64) = (cell[8].parse().unwrap(), cell[10].parse().unwrap());
            if expected < 5.0 {
                continue;
            }
            let key = format!("{},{},{},{},{},{}", cell[1], cell[2], cell[3], cell[4], cell[5], cell[6]);
            let (low, high) = ours.get(&key).copied().unwrap_or((0.0, 0.0));
            cells += 1;
            let held = low <= rate && rate <= high;
            inside += u32::from(held);
            below += u32::from(rate < low);
            let band = by_events.entry(expected.log2() as usize).or_default();
            *band = (band.0 + 1, band.1 + u32::from(held));
            if std::env::args().any(|arg| arg == "verbose") && !held {
                println!("  {line}: {low:.7} to {high:.7}");
            }
        }
    }
    println!(
        "true rates inside their 95% interval: {inside} of {cells} = {:.1}% ({below} below, {} above)",
        100.0 * f64::from(inside) / f64::from(cells),
        cells - inside - below
    );
    let mut bands: Vec<_> = by_events.into_iter().collect();
    bands.sort_unstable();
    for (band, (cells, inside)) in bands {
        println!("  {} expected events or more: {inside} of {cells}", 1 << band);
    }
}

/// Our intervals by the words of the truth file.
fn by_name(fitted: &Fit) -> HashMap<String, (f64, f64)> {
    let kind = |kind: Kind| match kind {
        Kind::Kinship => "kinship",
        Kind::InHouseFostering => "in-house-fostering",
        Kind::AgencyFostering => "agency-fostering",
        Kind::Adoptive => "adoptive",
        Kind::Parents => "parents",
        Kind::OwnHome => "own-home",
        Kind::ExternalHome => "external-home",
        Kind::Secure => "secure",
        Kind::Supported => "supported",
        Kind::OtherResidential => "other-residential",
        Kind::School => "school",
        Kind::Temporary => "temporary",
        Kind::Other => "other",
    };
    let route = |route: Route| match route {
        Route::Home => "home",
        Route::Order => "guardianship-or-arrangements-order",
        Route::Adoption => "adoption",
        Route::Transfer => "other-authority",
        Route::Justice => "justice",
        Route::Independence => "independence",
        Route::Other => "other",
    };
    fitted
        .rates()
        .iter()
        .filter_map(|rate| {
            let cause = match rate.cause {
                Cause::Move(to) => format!("move,{}", kind(to)),
                Cause::Exit(by) => format!("exit,{}", route(by)),
                Cause::Status(_) => return None,
            };
            let asylum = u8::from(rate.asylum == Asylum::Seeking);
            let (age, band) = (AGE_WORDS[rate.age], IN_PLACEMENT_WORDS[rate.in_placement]);
            Some((format!("{},{age},{band},{asylum},{cause}", kind(rate.kind)), rate.ninety_five))
        })
        .collect()
}
