//! What each command does: read the files, call the service function, print.

pub(crate) mod file;
mod plan;
mod shell;

use crate::cli::{Cli, Command, Plan};

/// Runs one command.
pub(crate) fn run(cli: &Cli) -> anyhow::Result<()> {
    match &cli.command {
        Command::Plan(Plan::Cost(args)) => plan::cost(args),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man => shell::manual(),
        _ => anyhow::bail!("This command is being built."),
    }
}
