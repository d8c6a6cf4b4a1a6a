//! H6: every migration applies to both engines. It holds from the day that `store` has migrations.

use super::tree::Tree;

const FOLDER: &str = "crates/store/migrations/";

/// The test that applies every migration to `SQLite` and to `PostgreSQL` and compares the schemas.
const TEST: &str = "crates/store/tests/schemas.rs";

/// Words that only one of the engines knows.
const ONE_ENGINE: [&str; 7] = ["autoincrement", "serial", "bigserial", "jsonb", "pragma", "rowid", "strict"];

pub(super) fn faults(tree: &Tree) -> Vec<String> {
    let migrations: Vec<(&str, &str)> = tree
        .texts()
        .filter(|(file, _)| file.ends(&["sql"]))
        .filter_map(|(file, text)| Some((file.path.strip_prefix(FOLDER)?, text)))
        .collect();
    if migrations.is_empty() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    if !tree.text(TEST).is_some_and(|text| text.contains("sqlite") && text.contains("TEST_POSTGRES")) {
        faults.push(format!("{TEST} must apply every migration to both engines"));
    }
    for (at, (name, text)) in migrations.iter().enumerate() {
        if !name.starts_with(&format!("{:04}_", at + 1)) {
            faults.push(format!("{FOLDER}{name} should be number {:04}: no gaps and no two alike", at + 1));
        }
        let text = text.to_lowercase();
        faults.extend(
            ONE_ENGINE
                .iter()
                .filter(|word| super::tree::has_word(&text, word))
                .map(|word| format!("{FOLDER}{name}: {word} is known to one engine only")),
        );
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_holds_once_there_are_migrations() {
        let test = (TEST, "sqlite TEST_POSTGRES");
        assert!(faults(&Tree::of(&[])).is_empty());
        assert!(faults(&Tree::of(&[("crates/store/migrations/0001_child.sql", "create table child (id text)"), test])).is_empty());
        assert_eq!(faults(&Tree::of(&[("crates/store/migrations/0001_child.sql", "")])).len(), 1);
        assert_eq!(faults(&Tree::of(&[("crates/store/migrations/0002_child.sql", "id SERIAL"), test])).len(), 2);
    }
}
