//! What we did not write says where it is from and under which licence, in a README of its own folder.

use super::tree::{File, Tree};

/// Folders of things that come from elsewhere, wherever in a crate they stand.
const FOLDERS: [&str; 3] = ["assets", "data", "fonts"];

pub(super) fn faults(tree: &Tree) -> Vec<String> {
    let mut faults: Vec<String> = tree.files().filter_map(|file| fault(tree, file)).collect();
    for (file, text) in tree.texts().filter(|(file, _)| file.path.starts_with("crates/") && file.ends(&["rs"])) {
        faults.extend(
            embedded(text).filter(|path| !ours(path)).map(|path| format!("{} embeds {path}, which stands in no folder of data", file.path)),
        );
    }
    faults
}

fn fault(tree: &Tree, file: &File) -> Option<String> {
    let folder = folder(&file.path)?;
    let inside = &file.path[folder.len() + 1..];
    let (parent, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    if name == "README.md" {
        return None;
    }
    let Some(readme) = tree.text(&format!("{folder}/README.md")) else {
        return Some(format!("{} needs a README.md beside it, with source and licence", file.path));
    };
    // A folder of many like files is named once, as `folder/`.
    if !readme.contains(name) && (parent.is_empty() || !readme.contains(&format!("{parent}/"))) {
        return Some(format!("{folder}/README.md does not name {inside}"));
    }
    let words = readme.to_lowercase();
    (!words.contains("licence") || !words.contains("source")).then(|| format!("{folder}/README.md does not give source and licence"))
}

/// The outermost folder of data that a file of a crate stands in.
fn folder(path: &str) -> Option<&str> {
    path.strip_prefix("crates/")?;
    let ends = path.match_indices('/').map(|(at, _)| &path[..at]);
    ends.skip(2).find(|folder| folder.rsplit('/').next().is_some_and(|name| FOLDERS.contains(&name)))
}

/// Paths that a file embeds into the binary.
fn embedded(text: &str) -> impl Iterator<Item = &str> {
    let calls = ["include_bytes!(\"", "include_str!(\""];
    calls.into_iter().flat_map(move |call| text.split(call).skip(1).filter_map(|rest| rest.split('"').next()))
}

/// Whether an embedded file is our own writing, or stands where its licence is told.
fn ours(path: &str) -> bool {
    let written = path.rsplit_once('.').is_some_and(|(_, ending)| ["md", "sql", "typ", "rs"].contains(&ending));
    written || path.split('/').any(|part| FOLDERS.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_must_be_named_with_source_and_licence() {
        let check = |readme: &str, expected: usize| {
            let tree = Tree::of(&[
                ("crates/reference/data/README.md", readme),
                ("crates/reference/data/areas.csv", ""),
                ("crates/reference/data/published/a.bin", ""),
            ]);
            assert_eq!(faults(&tree).len(), expected, "{readme}");
        };
        check("Source: DfE. Licence: OGL. areas.csv, published/", 0);
        check("Source: DfE. Licence: OGL. areas.csv", 1);
        check("areas.csv, published/a.bin", 2);
        assert_eq!(faults(&Tree::of(&[("crates/reference/data/areas.csv", "")])).len(), 1);
    }

    #[test]
    fn what_is_embedded_must_stand_in_a_folder_of_data() {
        let check = |line: &str, expected: usize| assert_eq!(faults(&Tree::of(&[("crates/a/src/lib.rs", line)])).len(), expected, "{line}");
        check(r#"include_bytes!("../data/areas.bin")"#, 0);
        check(r#"include_str!("report.typ")"#, 0);
        check(r#"include_bytes!("areas.bin")"#, 1);
    }
}
