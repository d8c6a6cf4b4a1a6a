//! What each command does: read the files, call the service function, print.

pub(crate) mod file;
mod plan;

use crate::cli::{Cli, Command, Plan};

/// Runs one command.
pub(crate) fn run(cli: &Cli) -> anyhow::Result<()> {
    match &cli.command {
        Command::Plan(Plan::Cost(args)) => plan::cost(args),
        _ => anyhow::bail!("This command is being built."),
    }
}
