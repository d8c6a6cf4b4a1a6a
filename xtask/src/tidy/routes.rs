//! H7: every route names an `Action` or is on the short public list. It holds from the day that `domain::access` exists; until then the web app
//! answers on loopback only.

use super::tree::Tree;

const ACCESS: &str = "crates/domain/src/access.rs";

/// Routes that anybody may see.
const PUBLIC: [&str; 4] = ["/assets/{file}", "/health", "/sign-in", "/sign-out"];

pub(super) fn faults(tree: &Tree) -> Vec<String> {
    if tree.text(ACCESS).is_none() {
        return Vec::new();
    }
    let lines = tree.product().filter(|line| line.package == "web" && !line.text.contains("Action::"));
    lines
        .filter_map(|line| Some(line.says(&format!("{} names no Action", path(line.text).filter(|path| !PUBLIC.contains(path))?))))
        .collect()
}

/// The path that a line gives to the router.
fn path(line: &str) -> Option<&str> {
    line.split("route(\"").nth(1)?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_holds_once_there_are_permissions() {
        let check = |line: &str, expected: usize| {
            assert_eq!(faults(&Tree::of(&[(ACCESS, ""), ("crates/web/src/app.rs", line)])).len(), expected, "{line}");
            assert!(faults(&Tree::of(&[("crates/web/src/app.rs", line)])).is_empty());
        };
        check(r#".route("/children", Action::ChildList, get(children::list))"#, 0);
        check(r#".route("/health", get(health))"#, 0);
        check(r#".route("/children", get(children::list))"#, 1);
    }
}
