//! Licence and source of every locked package. The same rules stand in `deny.toml` for those who have cargo-deny.
//!
//! Known vulnerabilities need the RustSec database, which is not in the project: `cargo deny check advisories` fetches it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use spdx::{Expression, ParseMode};

use crate::metadata::{Package, Platforms, Workspace};

/// Licences under which we take other people's code: permissive ones, none that asks anything of the product's users.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The one source of other people's code.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Packages that must not come along: TLS is rustls, so that nothing is needed of the machine.
const BANNED: [&str; 3] = ["openssl", "openssl-sys", "native-tls"];

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("usage: cargo xtask licences");
    }
    let workspace = Workspace::read(Platforms::All)?;
    let faults = faults(&workspace.packages);
    for line in several_versions(&workspace.packages) {
        println!("note: {line}");
    }
    println!("{} packages looked at; {} with a fault.", workspace.packages.len(), faults.len());
    println!("Advisories are not checked here: that needs the RustSec database (cargo deny check advisories).");
    if faults.is_empty() { Ok(()) } else { bail!("{}", faults.join("\n")) }
}

/// One sentence for each package that may not be here.
pub(crate) fn faults(packages: &[Package]) -> Vec<String> {
    packages.iter().filter_map(|package| Some(format!("{} {} {}", package.name, package.version, fault(package)?))).collect()
}

fn fault(package: &Package) -> Option<String> {
    if BANNED.contains(&package.name.as_str()) {
        return Some("is banned: use rustls".to_owned());
    }
    if let Some(source) = package.source.as_deref().filter(|source| *source != CRATES_IO) {
        return Some(format!("comes from {source}: only crates.io is a source"));
    }
    let Some(licence) = package.license.as_deref() else {
        return Some("names no licence".to_owned());
    };
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Err(_) => Some(format!("has a licence that cannot be read: {licence}")),
        Ok(expression) if !expression.evaluate(allowed) => Some(format!("has a licence that is not on the list: {licence}")),
        Ok(_) => None,
    }
}

/// An exception (`Apache-2.0 WITH LLVM-exception`) only ever permits more, so the licence alone decides.
fn allowed(requirement: &spdx::LicenseReq) -> bool {
    requirement.license.id().is_some_and(|id| ALLOWED.contains(&id.name))
}

/// Packages that are here in more than one version, each with the versions: weight, but no fault.
fn several_versions(packages: &[Package]) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    let several = versions.into_iter().filter(|(_, versions)| versions.len() > 1);
    several.map(|(name, versions)| format!("{name} is here as {}", versions.into_iter().collect::<Vec<_>>().join(", "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, licence: Option<&str>, source: &str) -> Package {
        let json = serde_json::json!({
            "id": name, "name": name, "version": "1.0.0", "license": licence, "source": source, "targets": [],
        });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn permissive_expressions_pass() {
        for licence in [
            "MIT",
            "MIT/Apache-2.0",
            "Apache-2.0 / MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0-only OR MIT",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert_eq!(fault(&package("a", Some(licence), CRATES_IO)), None, "{licence}");
        }
    }

    #[test]
    fn each_fault_is_named() {
        let check = |package, part: &str| {
            let fault = fault(&package).unwrap();
            assert!(fault.contains(part), "{fault}");
        };
        check(package("a", Some("MIT AND GPL-3.0-only"), CRATES_IO), "not on the list");
        check(package("a", Some("AGPL-3.0"), CRATES_IO), "not on the list");
        check(package("a", Some("mine, all mine"), CRATES_IO), "cannot be read");
        check(package("a", None, CRATES_IO), "names no licence");
        check(package("a", Some("MIT"), "git+https://example.org/a"), "only crates.io");
        check(package("openssl", Some("Apache-2.0"), CRATES_IO), "banned");
    }

    #[test]
    fn cargo_deny_is_told_the_same_licences() {
        let deny = std::fs::read_to_string(crate::process::root().join("deny.toml")).unwrap();
        for licence in ALLOWED {
            assert!(deny.contains(&format!("\"{licence}\"")), "deny.toml does not allow {licence}");
        }
    }
}
