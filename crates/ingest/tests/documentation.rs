//! `docs/rules.md` is what the rules say of themselves. Where it is not, the test writes what it should be and says where.

use ingest::ssda903::rules;

const COMMITTED: &str = include_str!("../../../docs/rules.md");

#[test]
fn the_documentation_of_the_rules_is_the_rules_own() {
    let own = rules::documentation();
    if own != COMMITTED {
        let written = concat!(env!("CARGO_TARGET_TMPDIR"), "/rules.md");
        std::fs::write(written, &own).unwrap_or_else(|why| panic!("{written}: {why}"));
        panic!("docs/rules.md is not what the rules say of themselves: copy {written} there");
    }
    assert_eq!(own.matches("\n## ").count(), 81, "one chapter a rule");
    for chapter in own.split("\n## ").skip(1) {
        for part in ["**What it checks.**", "**Why it matters.**", "**How to mend it.**"] {
            assert!(chapter.contains(part), "{part} in {chapter}");
        }
    }
}
