//! H7: every route names an `Action` or is on the short public list. The door's type asks for a gate with each route; this rule sees that the gate says
//! which action, that nobody but the door puts a route up, and that nothing is public by the way.

use super::tree::Tree;

const ACCESS: &str = "crates/domain/src/access/mod.rs";

/// The one place where routes are handed to the router itself.
const DOOR: &str = "crates/web/src/door/";

/// Routes that anybody may see: signing in, and what everybody must be able to read.
/// `/health` and `/metrics` have a listener of their own (`web::operations`).
const PUBLIC: [&str; 13] = [
    "/accessibility",
    "/assets/{name}",
    "/health/live",
    "/health/ready",
    "/link/{token}",
    "/link/{token}/sign-on",
    "/metrics",
    "/notices",
    "/privacy",
    "/sign-in",
    "/sign-in/forgotten",
    "/sign-in/provider",
    "/sign-in/provider/back",
];

pub(super) fn faults(tree: &Tree) -> Vec<String> {
    if tree.text(ACCESS).is_none() {
        return vec![format!("{ACCESS} is not where this rule looks for permissions")];
    }
    let ours = || tree.product().filter(|line| line.package == "web" && !line.path.starts_with(DOOR));
    let past = ours().filter(|line| line.text.contains("Router::new()")).map(|line| line.says("puts routes up past the door"));
    let mut faults: Vec<String> = past.collect();
    let lines: Vec<_> = ours().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some(rest) = line.text.trim().strip_prefix(".route(") else { continue };
        // A long route stands on several lines: all of them until the next one.
        let more = lines[at + 1..].iter().take(6).take_while(|next| next.path == line.path && !next.text.trim().starts_with('.'));
        let whole = more.fold(rest.to_owned(), |whole, next| whole + next.text.trim());
        let path = whole.split('"').nth(1).unwrap_or_default();
        let named = whole.contains("Action::") || (whole.contains("Gate::Public") && PUBLIC.contains(&path));
        if !named {
            faults.push(line.says(&format!("{path} names no Action")));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_without_an_action_is_found() {
        let check = |text: &str, expected: usize| {
            let tree = Tree::of(&[(ACCESS, ""), ("crates/web/src/pages/mod.rs", text)]);
            assert_eq!(faults(&tree).len(), expected, "{text}");
        };
        check(r#".route("/children", Action::ChildList, get(children::list))"#, 0);
        check(".route(\n    \"/children\",\n    Action::ChildList,\n    get(children::list),\n)", 0);
        check(".route(\n    \"/children\",\n    Gate::Public,\n    get(children::list),\n)", 1);
        check(r#".route("/sign-in", Gate::Public, get(sign_in::show))"#, 0);
        check(r#".route("/children", Gate::Public, get(children::list))"#, 1);
        check(r#".route("/children", get(children::list))"#, 1);
        check("let routes = Router::new()", 1);
        assert_eq!(faults(&Tree::of(&[])).len(), 1);
    }
}
