//! What is true of the whole tree, each as a test: the house rules of `ARCHITECTURE.md` (H1 to H8) and the habits of `CONTRIBUTING.md`.
//!
//! Each rule is a function from the tree to sentences about its faults, so that a test can plant a fault and see it found.

mod data;
mod direction;
mod documents;
mod lints;
mod migrations;
mod routes;
mod size;
mod tree;
mod words;

use anyhow::{Result, bail};

use crate::metadata::{Platforms, Workspace};
use tree::Tree;

/// One rule, named as the documents name it.
struct Rule {
    name: &'static str,
    faults: fn(&Tree) -> Result<Vec<String>>,
}

const RULES: &[Rule] = &[
    Rule { name: "H1, H3 crates depend in one direction", faults: |_| Ok(direction::faults(&Workspace::read(Platforms::Host)?)) },
    Rule { name: "the drawing shows those directions", faults: |tree| Ok(direction::drawing(tree)) },
    Rule { name: "H1 pure crates do not wait", faults: |tree| Ok(words::waiting(tree)) },
    Rule { name: "H2 SQL lives in store", faults: |tree| Ok(words::sql(tree)) },
    Rule { name: "H4 clock, environment and chance enter in the binary", faults: |tree| Ok(lints::outside(tree)) },
    Rule { name: "H5 domain types are not serialised", faults: |tree| Ok(words::serialised(tree)) },
    Rule { name: "H6 migrations are numbered and tried on both engines", faults: |tree| Ok(migrations::faults(tree)) },
    Rule { name: "H7 every route names an action", faults: |tree| Ok(routes::faults(tree)) },
    Rule { name: "H8 nothing panics or prints on its own", faults: |tree| Ok(lints::panics(tree)) },
    Rule { name: "files are short and light", faults: |tree| Ok(size::faults(tree)) },
    Rule { name: "nothing is left unfinished", faults: |tree| Ok(words::unfinished(tree)) },
    Rule { name: "nothing names one machine's places", faults: |tree| Ok(words::places(tree)) },
    Rule { name: "every crate says what it is", faults: |tree| Ok(documents::crates(tree)) },
    Rule { name: "the change log knows the version", faults: |tree| Ok(documents::version(tree)) },
    Rule { name: "links between documents lead somewhere", faults: |tree| Ok(documents::links(tree)) },
    Rule { name: "decisions are short", faults: |tree| Ok(documents::decisions(tree)) },
    Rule { name: "data has a source and a licence", faults: |tree| Ok(data::faults(tree)) },
];

/// `cargo xtask tidy`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("usage: cargo xtask tidy");
    }
    let tree = Tree::read()?;
    let mut broken = 0;
    for rule in RULES {
        let faults = (rule.faults)(&tree)?;
        println!("{}  {}", if faults.is_empty() { "kept  " } else { "BROKEN" }, rule.name);
        for fault in &faults {
            println!("        {fault}");
        }
        broken += usize::from(!faults.is_empty());
    }
    for warning in size::warnings(&tree) {
        println!("note: {warning}");
    }
    if broken == 0 { Ok(()) } else { bail!("{broken} of {} house rules are broken", RULES.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test for each rule, so that a failure is read by its name.
    macro_rules! rules {
        ($($test:ident: $name:literal,)*) => {
            $(#[test]
            fn $test() {
                let rule = RULES.iter().find(|rule| rule.name.contains($name)).unwrap();
                let faults = (rule.faults)(&Tree::read().unwrap()).unwrap();
                assert!(faults.is_empty(), "{}:\n{}", rule.name, faults.join("\n"));
            })*

            #[test]
            fn every_rule_has_a_test() {
                assert_eq!(RULES.len(), [$($name),*].len());
            }
        };
    }

    rules! {
        h1_h3_direction: "one direction",
        drawing: "drawing",
        h1_waiting: "wait",
        h2_sql: "SQL",
        h4_outside: "H4",
        h5_serialised: "H5",
        h6_migrations: "H6",
        h7_routes: "H7",
        h8_panics: "H8",
        size: "short and light",
        unfinished: "unfinished",
        places: "places",
        crates: "every crate",
        version: "version",
        links: "links",
        decisions: "decisions",
        data: "data has",
    }
}
