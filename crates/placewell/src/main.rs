//! The binary `placewell`: the only crate that reads the environment, the clock and the file system's names.

mod cli;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser;

/// 0 done, 1 the input is unusable, 2 the words of the command are wrong (said by the parser).
fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            output::say(&format!("{fault:#}"));
            ExitCode::from(1)
        }
    }
}
