//! What each command does: read the files, call the service function, print.

mod benchmark;
mod example;
pub(crate) mod file;
mod measures;
mod plan;
mod shell;

use service::App;

use crate::cli::{Cli, Command, Plan};

/// Runs one command.
pub(crate) fn run(cli: &Cli) -> anyhow::Result<()> {
    let app = App::new();
    match &cli.command {
        Command::Example(args) => example::run(args),
        Command::Measures(args) => measures::run(&app, args),
        Command::Benchmark(args) => benchmark::run(&app, args),
        Command::Plan(Plan::Cost(args)) => plan::cost(args),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man => shell::manual(),
        _ => anyhow::bail!("This command is being built."),
    }
}
