//! The binary `placewell`: the only crate that reads the environment, the clock and the file system's names.

mod cli;
mod commands;
mod home;
mod output;

use std::process::ExitCode;

use clap::Parser;

/// 0 done, 1 the input is unusable, 2 the words of the command are wrong (said by the parser).
fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read our output has seen enough (`placewell … | head`).
        Err(fault) if closed_pipe(&fault) => ExitCode::SUCCESS,
        Err(fault) => {
            output::say(&format!("{fault:#}"));
            ExitCode::from(1)
        }
    }
}

fn closed_pipe(fault: &anyhow::Error) -> bool {
    let io_kind = |cause: &(dyn std::error::Error + 'static)| match cause.downcast_ref::<std::io::Error>() {
        Some(fault) => Some(fault.kind()),
        None => cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind),
    };
    fault.chain().filter_map(io_kind).any(|kind| kind == std::io::ErrorKind::BrokenPipe)
}
