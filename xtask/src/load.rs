//! `cargo xtask load`: people who work at the same time, over the pages of a signed-in officer with the example authority, against the release build.
//!
//! Each person reads a page, looks at it for a while and goes on to another. Times are what the person waits: from the connection to the last byte. Asked:
//! half of the answers within 20 ms, 99 of 100 within 100 ms, and memory that stays under 200 MB. `--pause 0` shows what comes when nobody ever looks.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::browser::Browser;
use crate::dice::Dice;
use crate::process;

/// Who reads: somebody who finds homes.
const OFFICER: &str = "placement-officer@example.gov.uk";

/// Lists whose entries have pages of their own, and what stands for one of them in a template.
const LISTS: [(&str, &str); 5] = [
    ("{case}", "/cases"),
    ("{contract}", "/contracts"),
    ("{foster-home}", "/foster-homes"),
    ("{home}", "/homes"),
    ("{provider}", "/providers"),
];

/// Pages that are read, each with the template that its figures stand under.
const PAGES: [&str; 37] = [
    "/",
    "/work",
    "/notifications",
    "/search?q=house",
    "/cases",
    "/cases?age=10-15&sort=born",
    "/cases/{case}",
    "/cases/{case}/needs",
    "/cases/{case}/planning",
    "/cases/{case}/health",
    "/children",
    "/children/profile",
    "/children/flows",
    "/children.csv",
    "/benchmarks",
    "/market",
    "/homes",
    "/homes.csv",
    "/homes/{home}",
    "/homes/{home}/beds",
    "/homes/{home}/history",
    "/homes/alerts",
    "/foster-homes",
    "/foster-homes/{foster-home}",
    "/providers",
    "/providers/{provider}",
    "/contracts",
    "/contracts/{contract}",
    "/contracts/ending",
    "/decisions",
    "/documents",
    "/offices",
    "/returns",
    "/returns/findings",
    "/forecast",
    "/gap",
    "/blocks",
];

const MEDIAN: Duration = Duration::from_millis(20);
const NINETY_NINTH: Duration = Duration::from_millis(100);
const MEMORY: u64 = 200 * 1024 * 1024;

/// What to do, from the words of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan {
    people: u64,
    seconds: u64,
    /// Milliseconds that a page is looked at, on average.
    pause: u64,
}

impl Plan {
    const USAGE: &str = "usage: cargo xtask load [--people N] [--seconds N] [--pause MILLISECONDS]";

    fn read(words: &[String]) -> Result<Self> {
        let mut plan = Self { people: 50, seconds: 60, pause: 1000 };
        for pair in words.chunks(2) {
            let [word, value] = pair else { bail!(Self::USAGE) };
            let number = value.parse().context(Self::USAGE)?;
            match word.as_str() {
                "--people" => plan.people = number,
                "--seconds" => plan.seconds = number,
                "--pause" => plan.pause = number,
                _ => bail!(Self::USAGE),
            }
        }
        Ok(plan)
    }
}

/// `cargo xtask load`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    let plan = Plan::read(words)?;
    process::must(process::cargo().args(["build", "--release", "--locked", "-p", "placewell"]))?;
    let site = Site::open()?;
    let officer = Browser::signed_in(site.address, OFFICER, &site.password)?;
    let pages = Pages::found(&officer, site.address)?;
    println!("first reading of each page, one after another:");
    for (page, took) in pages.first(&officer, site.address)? {
        println!("  {:>9.1} ms  {page}", milliseconds(took));
    }
    println!("{} people, a page looked at for {} ms on average, {} s:", plan.people, plan.pause, plan.seconds);
    let (times, memory) = measured(&site, &officer, &pages, plan)?;
    let mut all: Vec<Duration> = Vec::new();
    for (page, mut of_page) in times {
        println!("  {}  {page}", figures(&mut of_page));
        all.append(&mut of_page);
    }
    println!("  {}  all pages, {:.0} a second", figures(&mut all), all.len() as f64 / plan.seconds as f64);
    let megabytes = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    let over_time: Vec<String> = memory.iter().map(|bytes| format!("{:.0}", megabytes(*bytes))).collect();
    let most = memory.iter().copied().max().unwrap_or_default();
    println!("  memory in MB, from the beginning to the end: {}", over_time.join(" "));
    let kept = [
        ("half of all within 20 ms", quantile(&all, 50) <= MEDIAN),
        ("99 of 100 within 100 ms", quantile(&all, 99) <= NINETY_NINTH),
        ("memory under 200 MB", most < MEMORY),
    ];
    for (promise, is_kept) in kept {
        println!("{}  {promise}", if is_kept { "kept  " } else { "BROKEN" });
    }
    if kept.iter().all(|(_, is_kept)| *is_kept) { Ok(()) } else { bail!("not every promise is kept on this machine") }
}

/// The demonstration, served by the program that people run; dropped, it is gone.
struct Site {
    process: Child,
    address: SocketAddr,
    password: String,
    folder: std::path::PathBuf,
}

impl Site {
    fn open() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("placewell-load-{}", std::process::id()));
        let mut process = Command::new(process::target().join("release/placewell"))
            .args(["demo", "--port", "0", "--data"])
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("the release build cannot be started")?;
        let (mut password, mut address) = (None, None);
        for line in BufReader::new(process.stdout.take().context("no output")?).lines() {
            let line = line?;
            password = password.or_else(|| Some(line.split('“').nth(1)?.split('”').next()?.to_owned()));
            address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
            if address.is_some() {
                break;
            }
        }
        let address = address.context("demo did not say where it is open")?;
        Ok(Self { process, address, password: password.context("demo did not say its password")?, folder })
    }

    /// Bytes of memory that the server holds.
    fn memory(&self) -> Result<u64> {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).context("the server is gone, or this is not Linux")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no line of memory")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // It may be gone already, and then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The addresses behind each template.
struct Pages(BTreeMap<&'static str, Vec<String>>);

impl Pages {
    fn found(officer: &Browser, site: SocketAddr) -> Result<Self> {
        let lists = LISTS.map(|(entry, list)| Ok((entry, linked(officer, site, list)?))).into_iter().collect::<Result<Vec<_>>>()?;
        let addresses = |page: &'static str| {
            let of_entries = lists.iter().find(|(entry, _)| page.contains(entry));
            let filled = of_entries.map(|(entry, ids)| ids.iter().map(|id| page.replace(entry, id)).collect());
            (page, filled.unwrap_or_else(|| vec![page.to_owned()]))
        };
        Ok(Self(PAGES.into_iter().map(addresses).collect()))
    }

    /// Reads every page once, as the first person of the day does.
    fn first(&self, officer: &Browser, site: SocketAddr) -> Result<Vec<(&'static str, Duration)>> {
        self.0.iter().map(|(page, addresses)| Ok((*page, timed(officer, site, &addresses[0])?))).collect()
    }
}

/// The identities that a list links to.
fn linked(officer: &Browser, site: SocketAddr, list: &str) -> Result<Vec<String>> {
    let page = officer.get(site, list).with_context(|| format!("{list} was not answered"))?;
    let link = format!("href=\"{list}/");
    let ids = page.body.split(&link).skip(1).filter_map(|rest| rest.split('"').next());
    let ids: Vec<String> = ids.filter(|id| id.len() == 36).map(str::to_owned).collect();
    if ids.is_empty() {
        bail!("{list} links to nothing");
    }
    Ok(ids)
}

fn timed(officer: &Browser, site: SocketAddr, address: &str) -> Result<Duration> {
    let began = Instant::now();
    let answer = officer.get(site, address).with_context(|| format!("{address} was not answered"))?;
    if answer.status != 200 {
        bail!("{address}: status {}", answer.status);
    }
    Ok(began.elapsed())
}

type Times = BTreeMap<&'static str, Vec<Duration>>;

/// Lets everybody work; gives the times by page, and the memory over time.
fn measured(site: &Site, officer: &Browser, pages: &Pages, plan: Plan) -> Result<(Times, Vec<u64>)> {
    let stop = AtomicBool::new(false);
    let mut memory = Vec::new();
    let times = std::thread::scope(|scope| -> Result<Times> {
        let people: Vec<_> = (0..plan.people)
            .map(|number| {
                scope.spawn({
                    let stop = &stop;
                    move || works(number, site.address, officer, pages, plan.pause, stop)
                })
            })
            .collect();
        let samples = 12;
        for _ in 0..samples {
            memory.push(site.memory()?);
            std::thread::sleep(Duration::from_millis(plan.seconds * 1000 / samples));
        }
        memory.push(site.memory()?);
        stop.store(true, Ordering::Relaxed);
        let mut times = Times::new();
        for person in people {
            let of_person = person.join().map_err(|_| anyhow::anyhow!("somebody stopped working"))??;
            for (page, mut more) in of_person {
                times.entry(page).or_default().append(&mut more);
            }
        }
        Ok(times)
    })?;
    Ok((times, memory))
}

/// One person until the end of the run.
fn works(number: u64, site: SocketAddr, officer: &Browser, pages: &Pages, pause: u64, stop: &AtomicBool) -> Result<Times> {
    let mut dice = Dice::new(number);
    let mut times = Times::new();
    // Nobody comes in at the same moment.
    std::thread::sleep(Duration::from_millis(dice.below(pause + 1)));
    while !stop.load(Ordering::Relaxed) {
        let page = PAGES[dice.below(PAGES.len() as u64) as usize];
        let addresses = &pages.0[page];
        let address = &addresses[dice.below(addresses.len() as u64) as usize];
        times.entry(page).or_default().push(timed(officer, site, address)?);
        std::thread::sleep(Duration::from_millis(dice.below(2 * pause + 1)));
    }
    Ok(times)
}

/// How many, median, 99th percentile and longest. Leaves the times in order.
fn figures(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let [median, ninety_ninth, longest] = [50, 99, 100].map(|percent| milliseconds(quantile(times, percent)));
    format!("{:>6} times  median {median:>7.1} ms  99 % {ninety_ninth:>7.1} ms  longest {longest:>7.1} ms", times.len())
}

/// Of times in order, the one that so many in a hundred are not above.
fn quantile(times: &[Duration], percent: usize) -> Duration {
    let place = (times.len() * percent).div_ceil(100).max(1) - 1;
    times.get(place).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_definition() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        let at = |percent| quantile(&times, percent).as_millis();
        assert_eq!((at(50), at(99), at(100)), (100, 198, 200));
        assert_eq!(quantile(&times[..1], 99).as_millis(), 1);
        assert_eq!(quantile(&[], 50), Duration::ZERO);
    }

    #[test]
    fn the_words_of_the_command_are_read() {
        let read = |text: &str| Plan::read(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(read("").unwrap(), Plan { people: 50, seconds: 60, pause: 1000 });
        assert_eq!(read("--people 5 --pause 0").unwrap(), Plan { people: 5, seconds: 60, pause: 0 });
        assert!(read("--people").is_err() && read("--speed 3").is_err());
    }
}
