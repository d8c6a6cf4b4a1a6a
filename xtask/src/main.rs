//! The house-keeping of Placewell: one program, so that a person's machine and CI run the same checks.
//!
//! `cargo xtask` lists the commands. Nothing here is part of the product: it may read the clock and the environment and talk to the terminal.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to the person at the terminal")]

mod bench;
mod browser;
mod crash;
mod dice;
mod fuzz;
mod licences;
mod load;
mod metadata;
mod needs;
mod postgres;
mod process;
mod reference;
mod release;
mod suite;
mod tidy;

use std::process::ExitCode;

/// One word after `cargo xtask`.
struct Command {
    name: &'static str,
    arguments: &'static str,
    does: &'static str,
    run: fn(&[String]) -> anyhow::Result<()>,
}

const COMMANDS: &[Command] = &[
    Command { name: "test", arguments: "", does: "every check that a change must pass; CI runs exactly this", run: suite::run },
    Command { name: "tidy", arguments: "", does: "the house rules alone, with their warnings", run: tidy::run },
    Command { name: "licences", arguments: "", does: "licence and source of every locked package, on every platform", run: licences::run },
    Command { name: "fuzz", arguments: "[--minutes N]", does: "throw random bytes at the readers of returns (10 minutes)", run: fuzz::run },
    Command { name: "pg", arguments: "[-- COMMAND…]", does: "a throw-away PostgreSQL, gone when you are", run: postgres::run },
    Command {
        name: "crash",
        arguments: "[--kills N]…",
        does: "kill the product and its database while they write; nothing may be lost",
        run: crash::run,
    },
    Command { name: "bench", arguments: "", does: "every benchmark, with its figures and ratios", run: bench::run },
    Command { name: "load", arguments: "[--seconds N]…", does: "fifty people over the pages, with times and memory", run: load::run },
    Command {
        name: "reference",
        arguments: "SOURCE_DIR",
        does: "rebuild the embedded published figures from their CSV sources",
        run: reference::run,
    },
    Command { name: "release", arguments: "", does: "the release binary and its SHA-256", run: release::run },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(command) = words.first().and_then(|word| COMMANDS.iter().find(|command| command.name == word)) else {
        eprintln!("{}", usage());
        return ExitCode::from(2);
    };
    match (command.run)(&words[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let lines = COMMANDS.iter().map(|c| format!("  {:<24} {}", format!("{} {}", c.name, c.arguments), c.does)).collect::<Vec<_>>();
    format!("usage: cargo xtask COMMAND\n\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_its_own_name_and_is_listed() {
        let mut names: Vec<_> = COMMANDS.iter().map(|command| command.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
        assert!(names.iter().all(|name| usage().contains(name)));
    }

    #[test]
    fn every_command_is_explained_to_contributors() {
        let text = std::fs::read_to_string(process::root().join("CONTRIBUTING.md")).unwrap();
        for command in COMMANDS {
            assert!(text.contains(&format!("| `cargo xtask {}", command.name)), "CONTRIBUTING.md does not explain {}", command.name);
        }
    }
}
