//! How long the reader takes for all England beside a bare pass of the csv crate over the same bytes.
//!
//! `cargo bench -p ingest` writes fictitious returns of 100 authorities and eight years (Header, Episodes, UASC; about 1.16 million episode rows) to
//! the build folder once, warms the file cache, and prints the best of seven runs of each. Everybody in the data is made up.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench prints its figures and stops at the first fault")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::Day;
use ingest::{Options, Source, read};

const AUTHORITIES: u32 = 100;
const FIRST_YEAR: u32 = 2018;
const LAST_YEAR: u32 = 2025;
const CHILDREN: u32 = 1904;
const RUNS: usize = 7;

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("england-{AUTHORITIES}-{CHILDREN}-under-18"));
    if !folder.is_dir() {
        for authority in 0..AUTHORITIES {
            write_authority(&folder, authority);
        }
    }
    let source = Source::open(&folder).expect("the folder was just written");
    let bytes: u64 = source.files.iter().map(|file| fs::metadata(&file.path).map_or(0, |metadata| metadata.len())).sum();

    let (bare, rows) = best(|| bare_pass(&source));
    let peak_before = peak_mib();
    let (ours, (read_rows, episodes, findings)) = best(|| {
        let read = read(&Source::open(&folder).expect("listed above"), &Options::default()).expect("tables are there");
        (read.history.rows.read, read.history.episodes.len(), read.findings.len())
    });
    println!("{} files, {} MiB, {rows} rows, {episodes} episodes of the history, {findings} findings", source.files.len(), bytes >> 20);
    println!("bare pass of the csv crate (ByteRecord, one thread): {bare:?}");
    println!(
        "read and cleaned to a History ({} threads): {ours:?}, {:.2} of the bare pass",
        rayon::current_num_threads(),
        ours.as_secs_f64() / bare.as_secs_f64()
    );
    println!("peak memory {} MiB ({peak_before} MiB before)", peak_mib());
    assert_eq!(rows, read_rows, "every row is accounted for");

    let one = Source {
        root: folder.clone(),
        files: source.files.iter().filter(|file| file.name.starts_with("Authority 001/")).cloned().collect(),
    };
    let (time, _) = best(|| read(&one, &Options::default()).map_or(0, |read| read.history.episodes.len()));
    println!("one authority: {time:?}");
}

/// The shortest of several runs, and what the last gave.
fn best<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut shortest = Duration::MAX;
    let mut last = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        let result = run();
        shortest = shortest.min(start.elapsed());
        last = Some(result);
    }
    (shortest, last.expect("at least one run"))
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

/// The most memory this process has held, in MiB; 0 where the system does not say.
fn peak_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).map_or(0, |kib| kib / 1024)
}

/// A small generator of numbers (splitmix64): benches need no quality, only the same data each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % u64::from(limit)) as u32
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u32) as usize]
    }
}

struct Episode {
    child: u32,
    start: Day,
    end: Option<Day>,
    before: String,
    rec: &'static str,
    after: String,
}

fn write_authority(folder: &Path, authority: u32) {
    let mut dice = Dice(u64::from(authority));
    let mut episodes = Vec::new();
    let mut headers = Vec::new();
    let first = Day::year_start(FIRST_YEAR);
    let days = Day::year_end(LAST_YEAR).since(first) as u32;
    for child in 0..CHILDREN {
        let born = first.plus(-(dice.below(16 * 365) as i32));
        let ethnic = dice.one(&["WBRI", "WBRI", "WBRI", "MWBC", "BAFR", "APKN", "NOBT"]);
        headers.push(format!("{},{},{},{ethnic},UN1,,", 100_000 + child, dice.one(&["M", "F"]), born.statutory()));
        let mut start = first.plus(dice.below(days + 700) as i32 - 700).max(born);
        if start >= born.anniversary(18) {
            continue;
        }
        let stays = 1 + dice.below(6) + dice.below(6);
        let home = format!("NG{} {}AB", 1 + dice.below(20), dice.below(10));
        for stay in 0..stays {
            // Care ends at 18 at the latest.
            let end = start.plus(20 + dice.below(420) as i32).min(born.anniversary(18));
            let last = stay + 1 == stays || end == born.anniversary(18);
            let place = dice.one(&["U1", "U3", "U4", "U6", "U6", "K2", "R3", "S1"]);
            let rne = if stay == 0 { "S" } else { dice.one(&["P", "P", "L", "B"]) };
            let before = format!(
                "{rne},{},{},{place},{}",
                dice.one(&["C1", "C2", "V2"]),
                dice.one(&["N1", "N1", "N5"]),
                dice.one(&["PR1", "PR4", "PR5"])
            );
            let after = format!(",{home},NG{} {}CD,{}", 1 + dice.below(20), dice.below(10), 1_000_000 + dice.below(9_000_000));
            episodes.push(Episode { child, start, end: Some(end), before, rec: if last { "E4A" } else { "X1" }, after });
            start = end;
            if last {
                break;
            }
        }
    }
    for year in FIRST_YEAR..=LAST_YEAR {
        write_year(&folder.join(format!("Authority {authority:03}/{year}")), year, &headers, &episodes);
    }
}

fn write_year(folder: &PathBuf, year: u32, headers: &[String], episodes: &[Episode]) {
    let mut header_file = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n".to_owned();
    let mut file = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n".to_owned();
    let mut uasc = "CHILD,SEX,DOB,DUC\n".to_owned();
    let mut last = u32::MAX;
    for episode in episodes {
        let over = episode.end.is_some_and(|end| end < Day::year_start(year));
        if over || episode.start > Day::year_end(year) {
            continue;
        }
        let ended = episode.end.filter(|end| *end <= Day::year_end(year));
        let (dec, rec, reason) =
            ended.map_or((String::new(), "", ""), |end| (end.statutory(), episode.rec, if episode.rec == "X1" { "CARPL" } else { "" }));
        let child = 100_000 + episode.child;
        let _ = writeln!(file, "{child},{},{},{dec},{rec},{reason}{}", episode.start.statutory(), episode.before, episode.after);
        if last != episode.child {
            last = episode.child;
            header_file.push_str(&headers[episode.child as usize]);
            header_file.push('\n');
            if episode.child % 20 == 0 {
                let _ = writeln!(uasc, "{child},M,{},", headers[episode.child as usize].split(',').nth(2).unwrap_or_default());
            }
        }
    }
    fs::create_dir_all(folder).expect("the build folder can be written");
    fs::write(folder.join("episodes.csv"), file).expect("the build folder can be written");
    fs::write(folder.join("header.csv"), header_file).expect("the build folder can be written");
    fs::write(folder.join("uasc.csv"), uasc).expect("the build folder can be written");
}
