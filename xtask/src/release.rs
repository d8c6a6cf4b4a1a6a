//! The binary that people run, and the sum by which they know it.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::process;

/// `cargo xtask release`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("usage: cargo xtask release");
    }
    process::must(process::cargo().args(["build", "--release", "--locked", "--package", "placewell"]))?;
    let binary = process::target().join("release/placewell");
    let bytes = std::fs::read(&binary).with_context(|| format!("cannot read {}", binary.display()))?;
    // The form that `sha256sum --check` reads.
    let line = format!("{}  placewell\n", sum(&bytes));
    std::fs::write(binary.with_extension("sha256"), &line)?;
    println!("{} ({:.1} MB)\n{line}", binary.display(), bytes.len() as f64 / 1e6);
    Ok(())
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sum_is_sha_256_in_hexadecimal() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(super::sum(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
