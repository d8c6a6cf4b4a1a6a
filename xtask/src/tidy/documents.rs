//! Documents that stay true: crates that introduce themselves, links that lead somewhere, decisions that fit a page.

use super::tree::Tree;

/// A decision is read whole or not at all.
const DECISION: usize = 60;

/// Every crate begins with what it is, in a sentence.
pub(super) fn crates(tree: &Tree) -> Vec<String> {
    let roots = tree.texts().filter(|(file, _)| {
        let mut parts = file.path.split('/').rev();
        matches!(parts.next(), Some("lib.rs" | "main.rs")) && parts.next() == Some("src")
    });
    let silent = roots
        .filter(|(_, text)| text.lines().next().and_then(|line| line.strip_prefix("//! ")).is_none_or(|line| line.split(' ').count() < 4));
    silent.map(|(file, _)| format!("{} does not begin with a sentence that says what the crate is", file.path)).collect()
}

/// The version of the workspace has its heading in the change log.
pub(super) fn version(tree: &Tree) -> Vec<String> {
    let manifest = tree.text("Cargo.toml").unwrap_or_default();
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"')).unwrap_or("?");
    let known = tree.text("CHANGELOG.md").is_some_and(|text| text.lines().any(|line| line.starts_with(&format!("## [{version}]"))));
    if known { Vec::new() } else { vec![format!("CHANGELOG.md has no heading for {version}")] }
}

/// Links in Markdown to files of the project.
pub(super) fn links(tree: &Tree) -> Vec<String> {
    let mut faults = Vec::new();
    for (file, text) in tree.texts().filter(|(file, _)| file.ends(&["md"])) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in targets(text) {
            if target.contains(':') || target.starts_with('#') {
                continue;
            }
            let path = target.split('#').next().unwrap_or_default();
            match resolve(folder, path) {
                Some(path) if tree.holds(&path) => {}
                _ => faults.push(format!("{}: the link to {target} leads nowhere", file.path)),
            }
        }
    }
    faults
}

pub(super) fn decisions(tree: &Tree) -> Vec<String> {
    let decisions = tree.texts().filter(|(file, _)| file.path.starts_with("docs/decisions/"));
    let long = decisions.filter(|(_, text)| text.lines().count() > DECISION);
    long.map(|(file, _)| format!("{} has more than {DECISION} lines", file.path)).collect()
}

/// What stands in `](…)`, outside blocks of code.
fn targets(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if !fenced {
            found.extend(line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()));
        }
    }
    found
}

/// A relative path as seen from the root; `None` when it leads out of the project.
fn resolve(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_from_where_they_stand() {
        let check = |text: &str, expected: usize| {
            let tree = Tree::of(&[("docs/guide.md", text), ("README.md", ""), ("docs/decisions/0001-a.md", "")]);
            assert_eq!(links(&tree).len(), expected, "{text}");
        };
        check("[a](../README.md) [b](decisions) [c](decisions/0001-a.md#why) [d](https://example.org) [e](#here)", 0);
        check("[a](README.md) and [b](../../README.md)", 2);
        check("```\n[a](README.md)\n```\n", 0);
    }

    #[test]
    fn a_crate_must_introduce_itself() {
        let check = |text: &str, expected: usize| assert_eq!(crates(&Tree::of(&[("crates/a/src/lib.rs", text)])).len(), expected, "{text}");
        check("//! What a child's record means.\n", 0);
        check("//! analysis\n", 1);
        check("fn main() {}\n", 1);
    }

    #[test]
    fn the_version_must_have_a_heading() {
        let check = |log: &str, expected: usize| {
            assert_eq!(version(&Tree::of(&[("Cargo.toml", "version = \"0.1.0\"\n"), ("CHANGELOG.md", log)])).len(), expected, "{log}");
        };
        check("## [0.1.0] - 2026-01-01\n", 0);
        check("## [0.0.9]\n", 1);
    }

    #[test]
    fn a_decision_must_be_short() {
        assert_eq!(decisions(&Tree::of(&[("docs/decisions/0001-a.md", &"x\n".repeat(61))])).len(), 1);
        assert_eq!(decisions(&Tree::of(&[("docs/decisions/0001-a.md", &"x\n".repeat(60))])).len(), 0);
    }
}
