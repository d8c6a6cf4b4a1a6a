//! `cargo xtask crash`: the product is killed while it writes, again and again, and the record is held against what its clients were told.
//!
//! Real processes, real sign-in, real forms over HTTP. A change counts as acknowledged when its answer has arrived whole. After each kill the record is
//! opened anew: every acknowledged change must be there, no change in part, the log must hold from its first entry to its last, and each fact must agree
//! with the entry of the change that wrote it (`placewell audit verify`). That the harness finds losses is shown each time on a run that counts changes
//! as acknowledged before they are.

mod client;
mod ledger;
mod node;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::browser::Browser;
use crate::dice::Dice;
use crate::postgres::{Cluster, Durability};
use crate::process::{self, Count};
use client::{Client, Counts};
use ledger::Found;
use node::{Node, Place};

/// Clients that write at the same time.
const CLIENTS: u64 = 4;

/// After so many kills a new record is begun, so that reading the list and walking the log take no longer at the end than at the beginning.
const A_RECORD: u32 = 50;

/// Kills of the run that lies on purpose.
const LIES: u32 = 6;

/// What to do, from the words of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    kills: u32,
    server_kills: u32,
    node_kills: u32,
    sqlite: bool,
    postgres: bool,
    seed: u64,
}

impl Plan {
    /// What every run of the checks does: enough to see a fault come, short enough to wait for.
    pub(crate) const SHORT: Self = Self { kills: 30, server_kills: 3, node_kills: 3, sqlite: true, postgres: true, seed: 1 };

    const USAGE: &str = "usage: cargo xtask crash [--kills N] [--engine sqlite|postgres] [--server-kills M] [--node-kills K] [--seed S]";

    fn read(words: &[String]) -> Result<Self> {
        let mut plan = Self { kills: 1000, server_kills: 50, node_kills: 10, ..Self::SHORT };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let value = words.next().context(Self::USAGE)?;
            match (word.as_str(), value.as_str()) {
                ("--kills", number) => plan.kills = number.parse().context(Self::USAGE)?,
                ("--server-kills", number) => plan.server_kills = number.parse().context(Self::USAGE)?,
                ("--node-kills", number) => plan.node_kills = number.parse().context(Self::USAGE)?,
                ("--seed", number) => plan.seed = number.parse().context(Self::USAGE)?,
                ("--engine", "sqlite") => plan.postgres = false,
                ("--engine", "postgres") => plan.sqlite = false,
                _ => bail!(Self::USAGE),
            }
        }
        Ok(plan)
    }
}

/// What a part of the run came to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    kills: u32,
    answered: u32,
    found: Found,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.kills += other.kills;
        self.answered += other.answered;
        self.found += other.found;
    }
}

/// `cargo xtask crash`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    let Count { passed, failed } = carry_out(Plan::read(words)?)?;
    println!("{passed} passed, {failed} failed");
    if failed == 0 {
        Ok(())
    } else {
        bail!("changes were lost or left half done, or none was ever acknowledged, or the harness no longer finds losses")
    }
}

/// Carries a plan out with the program as it is written now; each part is one check, as runners of tests count them.
pub(crate) fn carry_out(plan: Plan) -> Result<Count> {
    // With the features that the tests build with: after them nothing is left to compile.
    process::must(process::cargo().args(["test", "--workspace", "--no-run", "--locked"]))?;
    let program = process::target().join("debug/placewell");
    let folder = Folder::made()?;
    let mut parts = Vec::new();
    if plan.sqlite {
        let work = Work::new(&program, &folder.0, plan.seed, None);
        parts.push(told("SQLite, serve killed", || work.kill_nodes(plan.kills, Counts::Answered))?.is_sound());
        parts.push(told("SQLite, acknowledged too early on purpose", || work.kill_nodes(LIES, Counts::Sent))?.found_losses());
        parts.push(told("SQLite, a second serve on the same file", || work.second_node_is_refused())?.lost_nothing());
    }
    if plan.postgres {
        let mut cluster = Cluster::start(Durability::Kept)?;
        let work = Work::new(&program, &folder.0, plan.seed, Some(&cluster));
        parts.push(told("PostgreSQL, serve killed", || work.kill_nodes(plan.kills, Counts::Answered))?.is_sound());
        parts.push(told("PostgreSQL, two nodes, one killed", || work.kill_one_of_two(plan.node_kills))?.is_sound());
        let place = work.place("servers")?;
        parts.push(told("PostgreSQL, the database server killed", || kill_servers(&place, &mut cluster, plan))?.is_sound());
        drop(cluster);
        let mut careless = Cluster::start(Durability::Fast)?;
        let place = Work::new(&program, &folder.0, plan.seed, Some(&careless)).place("careless")?;
        let lies = Plan { server_kills: LIES, ..plan };
        parts.push(told("PostgreSQL told not to wait for its disk", || kill_servers(&place, &mut careless, lies))?.found_losses());
    }
    let passed = parts.iter().filter(|sound| **sound).count() as u64;
    Ok(Count { passed, failed: parts.len() as u64 - passed })
}

/// Does one part and prints its figures.
fn told(name: &str, part: impl FnOnce() -> Result<Tally>) -> Result<Tally> {
    let began = Instant::now();
    let tally = part().with_context(|| name.to_owned())?;
    let Tally { kills, answered, found: Found { lost, half } } = tally;
    println!("{name}: {kills} kills, {answered} changes acknowledged, {lost} lost, {half} half, {:.0} s", began.elapsed().as_secs_f64());
    Ok(tally)
}

impl Tally {
    fn lost_nothing(self) -> bool {
        self.found == Found::default()
    }

    /// Nothing was lost of what was acknowledged, and something was: where no change was ever answered nothing is proved.
    fn is_sound(self) -> bool {
        self.lost_nothing() && (self.kills == 0 || self.answered > 0)
    }

    /// For a run that lies on purpose.
    fn found_losses(self) -> bool {
        self.found.lost > 0
    }
}

/// A folder for the time of the run.
struct Folder(PathBuf);

impl Folder {
    fn made() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("placewell-crash-{}", std::process::id()));
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(fault) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} is left behind: {fault}", self.0.display());
        }
    }
}

/// Where the parts on one engine take place.
struct Work<'a> {
    program: &'a Path,
    folder: &'a Path,
    seed: u64,
    cluster: Option<&'a Cluster>,
}

impl<'a> Work<'a> {
    const fn new(program: &'a Path, folder: &'a Path, seed: u64, cluster: Option<&'a Cluster>) -> Self {
        Self { program, folder, seed, cluster }
    }

    /// A new record.
    fn place(&self, name: &str) -> Result<Place> {
        let address = match self.cluster {
            Some(cluster) => cluster.database(&name.replace('-', "_"))?,
            None => "sqlite://record.db".to_owned(),
        };
        Place::made(self.program, &self.folder.join(name), address)
    }

    /// `serve` is killed while it writes; then the log is walked, `serve` begins again, and the record is held against the lists.
    fn kill_nodes(&self, kills: u32, counts: Counts) -> Result<Tally> {
        let mut tally = Tally::default();
        let mut dice = Dice::new(self.seed);
        let word = if counts == Counts::Sent { "lies" } else { "kills" };
        for round in 0..kills.div_ceil(A_RECORD) {
            let place = self.place(&format!("{word}-{round}"))?;
            let mut node = place.serve()?;
            let officer = place.officer(node.address)?;
            let mut clients = clients(&officer, self.seed + u64::from(round), counts);
            for _ in 0..A_RECORD.min(kills - round * A_RECORD) {
                let address = node.address;
                let before = answered(&clients);
                let pause = Duration::from_millis(1 + dice.below(200));
                write(&mut clients, address, || {
                    std::thread::sleep(pause);
                    node.kill()
                })?;
                place.verify()?;
                node = place.serve()?;
                tally += Tally {
                    kills: 1,
                    answered: answered(&clients).saturating_sub(before),
                    found: compared(&mut clients, &officer, node.address)?,
                };
            }
            node.kill()?;
        }
        Ok(tally)
    }

    /// Two processes on one record, both written to; one is killed, the other goes on.
    fn kill_one_of_two(&self, kills: u32) -> Result<Tally> {
        let place = self.place("two-nodes")?;
        let (mut stays, mut goes) = (place.serve()?, place.serve()?);
        // Signed in at one node, known at the other.
        let officer = place.officer(stays.address)?;
        let (mut here, mut there) = (clients(&officer, self.seed, Counts::Answered), clients(&officer, self.seed, Counts::Answered));
        rename(&mut there);
        let mut tally = Tally::default();
        let mut dice = Dice::new(self.seed);
        for _ in 0..kills {
            let (before, gone) = (answered(&here) + answered(&there), goes.address);
            let (mut at_kill, mut after) = (0, 0);
            let stop = AtomicBool::new(false);
            std::thread::scope(|scope| -> Result<()> {
                for client in &mut there {
                    scope.spawn(|| client.write(gone, &stop));
                }
                let survivor = stays.address;
                let watched = write(&mut here, survivor, || {
                    std::thread::sleep(Duration::from_millis(20 + dice.below(200)));
                    goes.kill()?;
                    at_kill = count(&officer, survivor)?;
                    std::thread::sleep(Duration::from_millis(150));
                    after = count(&officer, survivor)?;
                    Ok(())
                });
                stop.store(true, Ordering::Relaxed);
                watched
            })?;
            stays.must_live()?;
            let mut found = compared(&mut here, &officer, stays.address)?;
            found += compared(&mut there, &officer, stays.address)?;
            if after <= at_kill {
                bail!("after one node was killed nothing more was kept by the other ({at_kill} rows, then {after})");
            }
            tally += Tally { kills: 1, answered: (answered(&here) + answered(&there)).saturating_sub(before), found };
            // The next time the other one goes.
            goes = std::mem::replace(&mut stays, place.serve()?);
        }
        place.verify()?;
        Ok(tally)
    }

    /// Of two processes on one SQLite file the second one does not begin, and says why.
    fn second_node_is_refused(&self) -> Result<Tally> {
        let place = self.place("second")?;
        let first = place.serve()?;
        let words = place.refusal()?;
        if !words.contains("serves this record already") {
            bail!("the second serve was not refused: “{words}”");
        }
        first.kill()?;
        // Whoever was killed keeps nobody out.
        place.serve()?.kill()?;
        Ok(Tally { kills: 2, ..Tally::default() })
    }
}

/// The server of the database is killed with every process of its own, and begins again; `serve` goes on all the time.
fn kill_servers(place: &Place, cluster: &mut Cluster, plan: Plan) -> Result<Tally> {
    let mut node = place.serve()?;
    let officer = place.officer(node.address)?;
    let mut clients = clients(&officer, plan.seed, Counts::Answered);
    let mut tally = Tally::default();
    let mut dice = Dice::new(plan.seed);
    for _ in 0..plan.server_kills {
        let before = answered(&clients);
        write(&mut clients, node.address, || {
            std::thread::sleep(Duration::from_millis(50 + dice.below(300)));
            cluster.kill()?;
            cluster.begin_again()
        })?;
        node.must_live()?;
        wait_for(&officer, &node)?;
        place.verify()?;
        tally +=
            Tally { kills: 1, answered: answered(&clients).saturating_sub(before), found: compared(&mut clients, &officer, node.address)? };
    }
    Ok(tally)
}

/// Until the product answers again after its database came back.
fn wait_for(officer: &Browser, node: &Node) -> Result<()> {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(30) {
        if officer.get(node.address, "/providers.csv").is_some_and(|answer| answer.status == 200) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    bail!("serve did not find its database again in thirty seconds")
}

fn clients(officer: &Browser, seed: u64, counts: Counts) -> Vec<Client> {
    (1..=CLIENTS).map(|number| Client::new(number, officer.clone(), seed, counts)).collect()
}

/// Clients of the second node have names of their own.
fn rename(clients: &mut [Client]) {
    for client in clients {
        client.call("Far client");
    }
}

fn answered(clients: &[Client]) -> u32 {
    clients.iter().map(|client| client.ledger.answered()).sum()
}

/// Lets all clients write at a node until `meanwhile` is over.
fn write(clients: &mut [Client], node: SocketAddr, meanwhile: impl FnOnce() -> Result<()>) -> Result<()> {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for client in clients {
            scope.spawn(|| client.write(node, &stop));
        }
        let done = meanwhile();
        stop.store(true, Ordering::Relaxed);
        done
    })
}

/// Holds the record against every client's list.
fn compared(clients: &mut [Client], officer: &Browser, node: SocketAddr) -> Result<Found> {
    let record = rows(officer, node)?;
    let mut found = Found::default();
    for client in clients {
        found += client.ledger.hold_against(&record);
    }
    Ok(found)
}

fn rows(officer: &Browser, node: SocketAddr) -> Result<Vec<ledger::Seen>> {
    let answer = officer.get(node, "/providers.csv").context("the list of providers was not answered")?;
    ledger::read(&answer.body).with_context(|| format!("the list of providers cannot be read: status {}", answer.status))
}

fn count(officer: &Browser, node: SocketAddr) -> Result<u32> {
    Ok(rows(officer, node)?.iter().map(|row| row.version + row.homes).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_in_which_nothing_was_acknowledged_proves_nothing() {
        let found = |lost| Found { lost, ..Found::default() };
        assert!(Tally { kills: 5, answered: 1, found: found(0) }.is_sound());
        assert!(!Tally { kills: 5, answered: 0, found: found(0) }.is_sound());
        assert!(!Tally { kills: 5, answered: 9, found: found(1) }.is_sound());
        assert!(Tally::default().is_sound(), "no kills were asked for");
    }

    #[test]
    fn the_words_of_the_command_are_read() {
        let read = |text: &str| Plan::read(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let whole = Plan { kills: 1000, server_kills: 50, node_kills: 10, ..Plan::SHORT };
        assert_eq!(read("").unwrap(), whole);
        assert_eq!(read("--kills 5 --engine sqlite --seed 7").unwrap(), Plan { kills: 5, postgres: false, seed: 7, ..whole });
        assert!(read("--engine oracle").is_err() && read("--kills").is_err() && read("5").is_err());
    }
}
