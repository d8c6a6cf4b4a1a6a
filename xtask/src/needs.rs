//! What the checks need beyond Rust, and how it gets here.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{postgres, process};

/// Something outside Rust that a check runs.
struct Need {
    what: &'static str,
    present: fn() -> bool,
    debian: &'static [&'static str],
    ubuntu: &'static [&'static str],
}

/// Names under which a Chromium may be installed; the browser tests try the same ones in this order.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const NEEDS: &[Need] = &[
    Need {
        what: "Chromium (browser tests)",
        present: || BROWSERS.iter().any(|name| process::find(name).is_some()),
        debian: &["chromium", "fonts-liberation"],
        ubuntu: &["chromium-browser", "fonts-liberation"],
    },
    Need { what: "Node.js (browser tests)", present: || process::find("node").is_some(), debian: &["nodejs"], ubuntu: &["nodejs"] },
    Need { what: "npm (browser tests)", present: || process::find("npm").is_some(), debian: &["npm"], ubuntu: &["npm"] },
    Need {
        what: "PostgreSQL's server programs (counts in plain SQL)",
        present: || postgres::programs().is_some(),
        debian: &["postgresql"],
        ubuntu: &["postgresql"],
    },
];

/// Installs what is lacking where that can be done without asking; otherwise names the command that does it, as an error.
pub(crate) fn install() -> Result<()> {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let lacking: Vec<&Need> = NEEDS.iter().filter(|need| !(need.present)()).collect();
    for need in NEEDS {
        println!("{} {}", if lacking.iter().any(|other| other.what == need.what) { "lacking" } else { "present" }, need.what);
    }
    if lacking.is_empty() {
        return Ok(());
    }
    let packages = packages(&lacking, &release);
    let words = format!("apt-get install --yes --no-install-recommends {}", packages.join(" "));
    let root = process::output(Command::new("id").arg("-u"))?.trim() == "0";
    if !root || process::find("apt-get").is_none() {
        bail!("some programs are lacking. On Debian or Ubuntu run: sudo apt-get update && sudo {words}");
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    process::must(apt().arg("update"))?;
    process::must(apt().args(words.split(' ').skip(1)))?;
    if let Some(need) = lacking.iter().find(|need| !(need.present)()) {
        bail!("{} is still lacking after: {words}", need.what);
    }
    Ok(())
}

/// The packages that bring what is lacking, each once. Ubuntu names its browser differently.
fn packages(lacking: &[&Need], release: &str) -> Vec<&'static str> {
    let ubuntu = release.lines().any(|line| line == "ID=ubuntu");
    let names: BTreeSet<&str> = lacking.iter().flat_map(|need| if ubuntu { need.ubuntu } else { need.debian }).copied().collect();
    names.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_follow_the_distribution() {
        let all: Vec<&Need> = NEEDS.iter().collect();
        assert_eq!(packages(&all, "ID=debian\n"), ["chromium", "fonts-liberation", "nodejs", "npm", "postgresql"]);
        assert_eq!(packages(&all[..1], "NAME=\"Ubuntu\"\nID=ubuntu\n"), ["chromium-browser", "fonts-liberation"]);
    }
}
