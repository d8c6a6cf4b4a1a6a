//! Running other programs: shown as they run, their own counts of tests read on the way.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The cargo that started this program; `cargo` on the path if something else did.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Where a command is on `PATH`.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Tests that passed and failed, as their runner said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Count {
    /// Reads one line of a runner's report: cargo's `test result: ok. 3 passed; 0 failed; …`, the plain `3 passed, 0 failed`,
    /// or one line of node's summary (`ℹ pass 3`, `# fail 0`).
    fn read(line: &str) -> Self {
        let words: Vec<&str> = line.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()).collect();
        let before =
            |label: &str| words.iter().position(|word| *word == label).filter(|at| *at > 0).and_then(|at| words[at - 1].parse().ok());
        if line.starts_with("test result:") || words.len() >= 4 && words[1] == "passed" && words[3] == "failed" {
            return Self { passed: before("passed").unwrap_or(0), failed: before("failed").unwrap_or(0) };
        }
        match words[..] {
            ["#" | "ℹ", "pass", number] => Self { passed: number.parse().unwrap_or(0), failed: 0 },
            ["#" | "ℹ", "fail", number] => Self { passed: 0, failed: number.parse().unwrap_or(0) },
            _ => Self::default(),
        }
    }
}

/// Whether a program ended well, and the tests it counted.
pub(crate) struct Ended {
    pub(crate) well: bool,
    pub(crate) count: Count,
}

/// Runs a program to its end and shows all it prints, in the order in which it prints it.
pub(crate) fn watch(command: &mut Command) -> Result<Ended> {
    println!("$ {}", spelled(command));
    let (reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().with_context(|| format!("cannot start {}", spelled(command)))?;
    // The command holds this side's ends of the pipe, and reading stops only when all are closed.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut count = Count::default();
    for line in BufReader::new(reader).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        count += Count::read(&line);
    }
    Ok(Ended { well: child.wait()?.success(), count })
}

/// Runs a program that must end well.
pub(crate) fn must(command: &mut Command) -> Result<()> {
    if watch(command)?.well { Ok(()) } else { bail!("{} failed", spelled(command)) }
}

/// What a program prints on standard output, given that it ends well.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).stderr(Stdio::piped()).output().with_context(|| format!("cannot start {}", spelled(command)))?;
    if !output.status.success() {
        bail!("{} failed: {}", spelled(command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as a person would type it.
fn spelled(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_else(|| OsStr::new("?"));
    std::iter::once(name).chain(command.get_args()).map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_each_runner() {
        let check = |line: &str, passed, failed| assert_eq!(Count::read(line), Count { passed, failed }, "{line}");
        check("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s", 12, 0);
        check("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out", 3, 2);
        check("14 passed, 1 failed", 14, 1);
        check("ℹ pass 7", 7, 0);
        check("# fail 2", 0, 2);
        check("running 3 tests", 0, 0);
        check("test tidy::every_rule_passed ... ok", 0, 0);
    }

    #[test]
    fn both_outputs_are_read_for_counts() {
        let ended = watch(Command::new("sh").args(["-c", "echo '2 passed, 0 failed'; echo '# pass 3' >&2"])).unwrap();
        assert!(ended.well);
        assert_eq!(ended.count, Count { passed: 5, failed: 0 });
    }

    #[test]
    fn a_program_that_fails_is_an_error_that_names_it() {
        let error = must(Command::new("false").arg("x")).unwrap_err();
        assert_eq!(error.to_string(), "false x failed");
    }
}
