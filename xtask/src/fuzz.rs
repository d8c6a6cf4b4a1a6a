//! Fuzzing the readers of returns, on stable Rust: the test `fuzz` of crate `ingest`, given longer than usual.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, Ended};

/// How long the test goes on, read by `crates/ingest/tests/fuzz.rs`.
const VARIABLE: &str = "PLACEWELL_FUZZ_SECONDS";

/// `cargo xtask fuzz [--minutes N]`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let minutes: u64 = match arguments {
        [] => 10,
        [flag, number] if flag == "--minutes" => number.parse().with_context(|| format!("--minutes {number} is not a whole number"))?,
        _ => bail!("usage: cargo xtask fuzz [--minutes N]"),
    };
    // Optimised: ten minutes then see some thirty times as many files.
    if process::watch(command(minutes * 60).arg("--release"))?.well { Ok(()) } else { bail!("the readers did not withstand it") }
}

pub(crate) fn for_seconds(seconds: u64) -> Result<Ended> {
    process::watch(&mut command(seconds))
}

fn command(seconds: u64) -> Command {
    let mut cargo = process::cargo();
    // The whole workspace is named so that features resolve as in every other step and nothing is built twice.
    cargo.args(["test", "--workspace", "--locked", "--test", "fuzz"]).env(VARIABLE, seconds.to_string());
    cargo
}
