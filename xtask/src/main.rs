//! Tasks of this project's developers.

mod reference;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let task = args.next();
    let done = match task.as_deref() {
        Some("reference") => reference::run(&args.collect::<Vec<_>>()),
        _ => Err(anyhow::anyhow!("tasks: reference SOURCE_DIR")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        #[expect(clippy::print_stderr, reason = "this is the task runner's own message")]
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
