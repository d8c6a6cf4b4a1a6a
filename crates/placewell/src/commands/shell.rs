//! `placewell completions` and `placewell man`: what a shell and a manual reader need.

use std::io;

use clap::CommandFactory;

use crate::cli::Cli;

pub(crate) fn completions(shell: clap_complete::Shell) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "placewell", &mut script);
    io::Write::write_all(&mut io::stdout().lock(), &script)?;
    Ok(())
}

/// One page: the command itself, then each of its commands.
pub(crate) fn manual() -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let man = clap_mangen::Man::new(sub.clone());
        man.render_synopsis_section(&mut out)?;
        man.render_description_section(&mut out)?;
        man.render_options_section(&mut out)?;
    }
    Ok(())
}
