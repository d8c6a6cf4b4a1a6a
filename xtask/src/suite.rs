//! `cargo xtask test`: every check that a change must pass, in the order in which they fail fastest.
//!
//! A step that fails does not stop the others, so that one run tells everything. The closing line counts every test of every runner, and a
//! step that is one check (formatting, clippy…) as one.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{self, Count, Ended};
use crate::{crash, fuzz, licences, needs, postgres};

/// One heading of the run.
struct Step {
    name: &'static str,
    run: fn() -> Result<Ended>,
}

/// Clippy comes before documentation because both want the same metadata of every dependency; the browser comes last because it wants the binary.
const STEPS: &[Step] = &[
    Step { name: "Formatting", run: || one(&["fmt", "--all", "--check"]) },
    Step { name: "Clippy, warnings denied", run: || one(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]) },
    Step { name: "Tests: unit, property, golden, house rules", run: tests },
    Step { name: "Documentation, warnings denied", run: documentation },
    Step { name: "Dependencies and licences", run: dependencies },
    Step { name: "Thirty kills of each kind", run: crashes },
    Step { name: "Fuzzing the readers, thirty seconds", run: || no_fewer_than_one(fuzz::for_seconds(30)?) },
    Step { name: "Browser", run: browser },
];

/// What became of a step.
struct Outcome {
    name: &'static str,
    count: Count,
    took: Duration,
}

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("usage: cargo xtask test");
    }
    println!("== What the checks need");
    needs::install()?;
    let outcomes: Vec<Outcome> = STEPS.iter().enumerate().map(|(at, step)| carry_out(at + 1, step)).collect();
    println!("\n== Summary");
    let mut total = Count::default();
    for outcome in &outcomes {
        let verdict = if outcome.count.failed == 0 { "passed" } else { "FAILED" };
        println!(
            "{verdict}  {:>6.1} s  {:>5} passed {:>3} failed  {}",
            outcome.took.as_secs_f64(),
            outcome.count.passed,
            outcome.count.failed,
            outcome.name
        );
        total += outcome.count;
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if total.failed == 0 { Ok(()) } else { bail!("not every check passed") }
}

fn carry_out(number: usize, step: &Step) -> Outcome {
    println!("\n== {number} of {}: {}", STEPS.len(), step.name);
    let started = Instant::now();
    let count = match (step.run)() {
        Ok(ended) => settled(&ended),
        Err(error) => {
            println!("error: {error:#}");
            Count { passed: 0, failed: 1 }
        }
    };
    Outcome { name: step.name, count, took: started.elapsed() }
}

/// A runner that counted nothing is one check. One that failed has failed at least once, whatever it counted: it may not even have compiled.
fn settled(ended: &Ended) -> Count {
    let Count { passed, failed } = ended.count;
    match (ended.well, passed + failed) {
        (true, 0) => Count { passed: 1, failed: 0 },
        (true, _) => ended.count,
        (false, _) => Count { passed, failed: failed.max(1) },
    }
}

fn one(arguments: &[&str]) -> Result<Ended> {
    process::watch(process::cargo().args(arguments))
}

/// PostgreSQL is there for the counts in plain SQL, which run on both engines.
fn tests() -> Result<Ended> {
    let cluster = postgres::Cluster::start(postgres::Durability::Fast)?;
    let ended = process::watch(
        process::cargo().args(["test", "--workspace", "--locked", "--no-fail-fast"]).env(postgres::VARIABLE, cluster.address()),
    )?;
    no_fewer_than_one(ended)
}

/// The product and its database are killed while they write; `cargo xtask crash` does the same a thousand times.
fn crashes() -> Result<Ended> {
    let count = crash::carry_out(crash::Plan::SHORT)?;
    no_fewer_than_one(Ended { well: count.failed == 0, count })
}

fn documentation() -> Result<Ended> {
    process::watch(process::cargo().args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"))
}

fn dependencies() -> Result<Ended> {
    licences::run(&[])?;
    Ok(Ended { well: true, count: Count::default() })
}

/// The harness in `e2e/` starts the program, opens every page and says what it counted. It measures how fast pages are served, so the
/// program is the one that people run: the release build, by the README's words.
fn browser() -> Result<Ended> {
    process::must(process::cargo().args(["build", "--release", "--locked"]))?;
    let demo = format!("{} demo --port 0", process::target().join("release/placewell").display());
    let npm = process::find("npm").context("npm is not installed")?;
    let command = |words: &[&str]| {
        let mut command = std::process::Command::new(&npm);
        command.args(words).current_dir(process::root().join("e2e"));
        command
    };
    process::must(&mut command(&["ci", "--no-audit", "--no-fund"]))?;
    let ended = process::watch(&mut command(&["test", "--", "--command", &demo]))?;
    no_fewer_than_one(ended)
}

/// A runner of tests that ran none has not shown anything.
fn no_fewer_than_one(ended: Ended) -> Result<Ended> {
    if ended.well && ended.count.passed == 0 {
        bail!("no test ran");
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_failed_is_never_counted_as_passed() {
        let check = |well, (passed, failed), expected| {
            let Count { passed, failed } = settled(&Ended { well, count: Count { passed, failed } });
            assert_eq!((passed, failed), expected);
        };
        check(true, (0, 0), (1, 0));
        check(true, (9, 0), (9, 0));
        check(false, (0, 0), (0, 1));
        check(false, (9, 0), (9, 1));
        check(false, (9, 2), (9, 2));
    }

    #[test]
    fn tests_that_did_not_run_are_a_failure() {
        assert!(no_fewer_than_one(Ended { well: true, count: Count::default() }).is_err());
        assert!(no_fewer_than_one(Ended { well: true, count: Count { passed: 1, failed: 0 } }).is_ok());
    }
}
