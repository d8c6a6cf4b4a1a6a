//! Every benchmark of the workspace. Figures are of this machine, today; ratios are what may be compared.

use anyhow::{Result, bail};

use crate::metadata::{Platforms, Workspace};
use crate::process;

/// `cargo xtask bench`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("usage: cargo xtask bench");
    }
    let workspace = Workspace::read(Platforms::Host)?;
    let mut some = false;
    for package in workspace.ours() {
        for target in package.targets.iter().filter(|target| target.kind.iter().any(|kind| kind == "bench")) {
            some = true;
            println!("\n== {} {}", package.name, target.name);
            process::must(process::cargo().args(["bench", "--locked", "--package", &package.name, "--bench", &target.name]))?;
        }
    }
    if some { Ok(()) } else { bail!("no crate has a benchmark") }
}
