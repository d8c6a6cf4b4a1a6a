//! H4 and H8 are clippy's to find. These rules see to it that every crate listens, and that only the binary lets itself off.

use super::tree::Tree;

/// H4: what `clippy.toml` must forbid.
const OUTSIDE: [&str; 5] = ["std::time::SystemTime::now", "jiff::Timestamp::now", "jiff::Zoned::now", "rand::rng", "std::env::var"];

/// H8: what the workspace must warn of.
const PANICS: [&str; 5] = ["unwrap_used", "expect_used", "print_stdout", "print_stderr", "dbg_macro"];

/// H4: the methods are on clippy's list, and only the binary uses them.
pub(super) fn outside(tree: &Tree) -> Vec<String> {
    let list = tree.text("clippy.toml").unwrap_or_default();
    let missing = OUTSIDE
        .iter()
        .filter(|method| !list.contains(&format!("\"{method}\"")))
        .map(|method| format!("clippy.toml does not forbid {method}"));
    let excused = excused(tree, &["disallowed_methods"], "only the binary reads the clock, the environment or chance");
    missing.chain(excused).collect()
}

/// H8: every crate has the workspace's lints, and only the binary is let off any.
pub(super) fn panics(tree: &Tree) -> Vec<String> {
    let workspace = tree.text("Cargo.toml").unwrap_or_default();
    let missing = PANICS
        .iter()
        .filter(|lint| !workspace.contains(&format!("{lint} = \"warn\"")))
        .map(|lint| format!("Cargo.toml does not warn of {lint}"));
    let manifests = tree.texts().filter(|(file, _)| file.path != "Cargo.toml" && file.path.ends_with("/Cargo.toml"));
    let deaf = manifests
        .filter(|(_, text)| !text.contains("[lints]\nworkspace = true"))
        .map(|(file, _)| format!("{} does not take the workspace's lints", file.path));
    missing.chain(deaf).chain(excused(tree, &PANICS, "only the binary and tests may")).collect()
}

fn excused(tree: &Tree, lints: &[&str], why: &str) -> Vec<String> {
    let others = tree.product().filter(|line| line.package != "placewell");
    others
        .flat_map(|line| {
            lints
                .iter()
                .filter(|lint| line.text.contains(&format!("clippy::{lint}")))
                .map(|lint| line.says(&format!("lets itself off {lint}: {why}")))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIPPY: &str = r#""std::time::SystemTime::now" "jiff::Timestamp::now" "jiff::Zoned::now" "rand::rng" "std::env::var""#;
    const WORKSPACE: &str =
        "unwrap_used = \"warn\" expect_used = \"warn\" print_stdout = \"warn\" print_stderr = \"warn\" dbg_macro = \"warn\"";

    #[test]
    fn a_crate_may_not_let_itself_off() {
        let line = "#[expect(clippy::disallowed_methods, reason = \"now\")]";
        assert_eq!(outside(&Tree::of(&[("clippy.toml", CLIPPY), ("crates/placewell/src/main.rs", line)])).len(), 0);
        assert_eq!(outside(&Tree::of(&[("clippy.toml", CLIPPY), ("crates/service/src/lib.rs", line)])).len(), 1);
        assert_eq!(outside(&Tree::of(&[("clippy.toml", "")])).len(), OUTSIDE.len());
    }

    #[test]
    fn a_crate_must_take_the_workspaces_lints() {
        let check = |path, text, faults| assert_eq!(panics(&Tree::of(&[("Cargo.toml", WORKSPACE), (path, text)])).len(), faults, "{path}");
        check("crates/web/Cargo.toml", "[package]\n\n[lints]\nworkspace = true\n", 0);
        check("crates/web/Cargo.toml", "[package]\n", 1);
        check("crates/web/src/app.rs", "#[expect(clippy::unwrap_used, reason = \"sure\")]", 1);
        assert_eq!(panics(&Tree::of(&[("Cargo.toml", "")])).len(), PANICS.len());
    }
}
