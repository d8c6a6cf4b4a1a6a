//! H1 and H3: who may depend on whom, and what may not come along. Dependencies of tests alone are free.

use std::collections::BTreeSet;

use super::tree::Tree;
use crate::metadata::Workspace;

/// Our crates and those of ours that each may depend on.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("reference", &["domain"]),
    ("ingest", &["domain", "reference"]),
    ("analysis", &["domain", "reference"]),
    ("forecast", &["analysis", "domain"]),
    ("example", &["domain", "reference"]),
    ("report", &[]),
    ("pdf", &["report"]),
    ("store", &["domain"]),
    ("network", &[]),
    ("service", &["analysis", "domain", "forecast", "ingest", "network", "reference", "report", "store"]),
    ("web", &["domain", "report", "service"]),
    (
        "placewell",
        &["analysis", "domain", "example", "forecast", "ingest", "network", "pdf", "reference", "report", "service", "store", "web"],
    ),
    ("xtask", &["domain", "reference"]),
];

/// What may not come along with a crate, however far down; a name that ends in `*` stands for all that begin so.
const ABSENT: &[(&str, &[&str])] = &[
    ("domain", &["axum", "sqlx*", "tokio", "typst*"]),
    ("reference", &["axum", "sqlx*", "tokio", "typst*"]),
    ("ingest", &["axum", "sqlx*", "tokio", "typst*"]),
    ("analysis", &["axum", "sqlx*", "tokio", "typst*"]),
    ("example", &["axum", "sqlx*", "tokio", "typst*"]),
    ("forecast", &["axum", "sqlx*", "tokio", "typst*"]),
    ("report", &["axum", "sqlx*", "tokio", "typst*"]),
    ("pdf", &["axum", "sqlx*", "tokio"]),
    ("store", &["axum", "typst*"]),
    ("network", &["axum", "sqlx*", "typst*"]),
    ("service", &["axum", "typst*"]),
    ("web", &["typst*"]),
    // OpenSSL itself; `openssl-probe` only looks where a machine keeps the certificates that it trusts.
    ("placewell", &["native-tls", "openssl", "openssl-sys"]),
];

/// What only one crate may name itself, so that replacing it is work in one place.
const OWNED: &[(&str, &str)] =
    &[("sqlx*", "store"), ("typst*", "pdf"), ("axum", "web"), ("lettre", "network"), ("openidconnect", "network"), ("reqwest", "network")];

/// What a crate may not name itself. Others may switch it on in a shared dependency, so that it comes along all the same (H5: `jiff` has `serde`).
const UNNAMED: &[(&str, &str)] = &[("domain", "serde*")];

pub(super) fn faults(workspace: &Workspace) -> Vec<String> {
    let mut faults = Vec::new();
    for package in workspace.ours() {
        let name = package.name.as_str();
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name} is new: give it a place in the direction of dependencies, here and in ARCHITECTURE.md"));
            continue;
        };
        let direct = workspace.direct(package);
        for ours in workspace.ours().filter(|other| direct.contains(other.name.as_str()) && !allowed.contains(&other.name.as_str())) {
            faults.push(format!("{name} may not depend on {}", ours.name));
        }
        for (pattern, owner) in OWNED.iter().filter(|(_, owner)| *owner != name) {
            faults.extend(
                direct.iter().filter(|other| matches(pattern, other)).map(|other| format!("{name} names {other}, which only {owner} may")),
            );
        }
        for (_, pattern) in UNNAMED.iter().filter(|(known, _)| *known == name) {
            faults.extend(direct.iter().filter(|other| matches(pattern, other)).map(|other| format!("{name} may not name {other}")));
        }
        let reach = workspace.reach(package);
        for pattern in ABSENT.iter().filter(|(known, _)| *known == name).flat_map(|(_, patterns)| *patterns) {
            faults.extend(reach.iter().filter(|other| matches(pattern, other)).map(|other| format!("{name} brings {other} along")));
        }
    }
    faults
}

/// The arrows in `ARCHITECTURE.md` are those of the table above; `xtask`, which is no part of the product, is not drawn.
pub(super) fn drawing(tree: &Tree) -> Vec<String> {
    let drawn = arrows(tree.text("ARCHITECTURE.md").unwrap_or_default());
    let allowed: BTreeSet<(&str, &str)> =
        ALLOWED.iter().filter(|(from, _)| *from != "xtask").flat_map(|(from, ours)| ours.iter().map(|to| (*from, *to))).collect();
    let missing = allowed.difference(&drawn).map(|(from, to)| format!("ARCHITECTURE.md does not draw {from} --> {to}"));
    let surplus = drawn.difference(&allowed).map(|(from, to)| format!("ARCHITECTURE.md draws {from} --> {to}, which is not allowed"));
    missing.chain(surplus).collect()
}

/// Lines of Mermaid such as `web --> service & report`, whole arrows and dotted ones alike.
fn arrows(text: &str) -> BTreeSet<(&str, &str)> {
    let lines = text.lines().filter_map(|line| line.split_once(" --> ").or_else(|| line.split_once(" -.-> ")));
    lines.flat_map(|(from, to)| to.split(" & ").map(move |to| (from.trim(), to.trim()))).collect()
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A workspace of the given dependencies; a name with `!` is no crate of ours, one with `?` is wanted by tests alone.
    fn check(links: &[(&str, &str)], expected: &[&str]) {
        let bare = |name: &str| name.trim_end_matches(['!', '?']).to_owned();
        let mut names: Vec<&str> = links.iter().flat_map(|(from, to)| [*from, to.trim_end_matches('?')]).collect();
        names.sort_unstable();
        names.dedup();
        let packages: Vec<_> = names
            .iter()
            .map(|name| json!({"id": bare(name), "name": bare(name), "version": "1.0.0", "license": "MIT", "source": null, "targets": []}))
            .collect();
        let ours: Vec<_> = names.iter().filter(|name| !name.ends_with('!')).map(|name| bare(name)).collect();
        let nodes: Vec<_> = names
            .iter()
            .map(|name| {
                let deps: Vec<_> = links
                    .iter()
                    .filter(|(from, _)| from == name)
                    .map(|(_, to)| json!({"pkg": bare(to), "dep_kinds": [{"kind": to.ends_with('?').then_some("dev")}]}))
                    .collect();
                json!({"id": bare(name), "deps": deps})
            })
            .collect();
        let workspace =
            Workspace::parse(&json!({"packages": packages, "workspace_members": ours, "resolve": {"nodes": nodes}}).to_string()).unwrap();
        assert_eq!(faults(&workspace), expected);
    }

    #[test]
    fn a_drawing_is_read_arrow_by_arrow() {
        let drawn = arrows("flowchart TD\n  web --> service & report\n  store -.-> domain\n");
        assert_eq!(drawn, BTreeSet::from([("store", "domain"), ("web", "report"), ("web", "service")]));
        let faults = drawing(&Tree::of(&[("ARCHITECTURE.md", "  domain --> web\n")]));
        assert!(faults.contains(&"ARCHITECTURE.md draws domain --> web, which is not allowed".to_owned()));
        assert!(faults.contains(&"ARCHITECTURE.md does not draw pdf --> report".to_owned()));
    }

    #[test]
    fn each_kind_of_fault_is_found() {
        check(&[("web", "service"), ("service", "domain"), ("analysis", "example?")], &[]);
        check(&[("domain", "ingest")], &["domain may not depend on ingest"]);
        check(&[("report", "csv!"), ("csv!", "tokio!")], &["report brings tokio along"]);
        check(&[("web", "sqlx-core!")], &["web names sqlx-core, which only store may"]);
        check(&[("domain", "serde!")], &["domain may not name serde"]);
        check(&[("gadget", "domain")], &["gadget is new: give it a place in the direction of dependencies, here and in ARCHITECTURE.md"]);
    }
}
