//! Rules about words that must not stand in some place. The words that are forbidden everywhere are put together here, so that this file may
//! stand too.

use super::tree::{Tree, has_word};

/// Crates that compute and never wait (H1).
const PURE: [&str; 7] = ["analysis", "domain", "example", "forecast", "ingest", "reference", "report"];

/// H1: no `async` in a pure crate.
pub(super) fn waiting(tree: &Tree) -> Vec<String> {
    let lines = tree.product().filter(|line| PURE.contains(&line.package) && has_word(line.text, "async"));
    lines.map(|line| line.says("a pure crate does not wait")).collect()
}

/// H2: the verbs of SQL, in capitals as our statements write them, outside `store`.
pub(super) fn sql(tree: &Tree) -> Vec<String> {
    let verbs = ["SELECT", "INSERT", "UPDATE", "DELETE"];
    let lines = tree.product().filter(|line| line.package != "store" && verbs.iter().any(|verb| has_word(line.text, verb)));
    lines.map(|line| line.says("SQL lives in store")).collect()
}

/// H5: rows are the business of `store`, JSON bodies that of `web` and the binary, so the domain may change freely.
pub(super) fn serialised(tree: &Tree) -> Vec<String> {
    let names = ["Serialize", "Deserialize", "serde"];
    let lines = tree.product().filter(|line| line.package == "domain" && names.iter().any(|name| has_word(line.text, name)));
    lines.map(|line| line.says("a type of the domain is not serialised")).collect()
}

/// What says that something was put off, and what hides a warning or a test.
pub(super) fn unfinished(tree: &Tree) -> Vec<String> {
    let words = [
        (concat!("to", "do!"), "finish it"),
        (concat!("unimple", "mented!"), "finish it"),
        (concat!("FIX", "ME"), "mend it, or write an issue"),
        (concat!("TO", "DO"), "do it, or write an issue"),
        (concat!("#[ig", "nore"), "a test runs or goes"),
        (concat!("#[al", "low("), "use #[expect(…, reason = …)]"),
        (concat!("#![al", "low("), "use #![expect(…, reason = …)]"),
        (concat!("test.s", "kip("), "a test runs or goes"),
        (concat!("test.o", "nly("), "all tests run"),
    ];
    let mut faults = Vec::new();
    for (file, text) in tree.texts().filter(|(file, _)| file.ends(&["rs", "js", "mjs", "ts", "typ", "toml", "sql"])) {
        for (number, line) in text.lines().enumerate() {
            let found = words.iter().filter(|(word, _)| line.contains(word) && (word.contains(['!', '(', '[']) || has_word(line, word)));
            faults.extend(found.map(|(word, cure)| format!("{}:{}: {word}: {cure}", file.path, number + 1)));
        }
    }
    faults
}

/// Folders of one person's machine: the project must be at home on any.
pub(super) fn places(tree: &Tree) -> Vec<String> {
    let folders = [concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/ro", "ot/")];
    let anywhere = concat!("../sha", "red");
    let mut faults = Vec::new();
    for (file, text) in tree.texts() {
        for (number, line) in text.lines().enumerate() {
            // Within an address or a relative path the same letters mean something else.
            let begins = |folder: &&str| {
                line.match_indices(*folder).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "_-./~".contains(c)))
            };
            if let Some(place) = folders.into_iter().find(begins).or(line.contains(anywhere).then_some(anywhere)) {
                faults.push(format!("{}:{}: {place} is a place on one machine", file.path, number + 1));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Tree) -> Vec<String>, path: &str, text: &str, faults: usize) {
        let found = rule(&Tree::of(&[(path, text)]));
        assert_eq!(found.len(), faults, "{path}: {text}: {found:?}");
    }

    #[test]
    fn words_are_found_where_they_must_not_stand() {
        check(waiting, "crates/ingest/src/csv.rs", "pub async fn read() {}", 1);
        check(waiting, "crates/web/src/app.rs", "pub async fn read() {}", 0);
        check(sql, "crates/web/src/app.rs", "let all = \"SELECT id FROM child\";", 1);
        check(sql, "crates/store/src/child.rs", "let all = \"SELECT id FROM child\";", 0);
        check(sql, "crates/web/src/app.rs", "/// SELECT is not for us.\nconst SELECTED: u8 = 1;", 0);
        check(serialised, "crates/domain/src/code.rs", "#[derive(serde::Serialize)]", 1);
        check(serialised, "crates/web/src/api.rs", "#[derive(serde::Serialize)]", 0);
    }

    #[test]
    fn what_is_put_off_is_found() {
        check(unfinished, "crates/a/src/lib.rs", concat!("fn a() { to", "do!() }"), 1);
        check(unfinished, "crates/a/tests/a.rs", concat!("#[ig", "nore = \"slow\"]"), 1);
        check(unfinished, "crates/a/src/lib.rs", concat!("#[al", "low(dead_code)]"), 1);
        check(unfinished, "crates/a/src/lib.rs", concat!("// FIX", "ME later"), 1);
        check(unfinished, "crates/a/src/lib.rs", "#[expect(dead_code, reason = \"used by the next issue\")]", 0);
    }

    #[test]
    fn places_are_found_and_addresses_are_not() {
        check(places, "README.md", concat!("see /ho", "me/ann/placewell"), 1);
        check(places, "README.md", concat!("see ../sha", "red/data"), 1);
        check(places, "README.md", concat!("see https://example.org/wo", "rk/"), 0);
    }
}
