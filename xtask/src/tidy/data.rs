//! What we did not write says where it is from and under which licence, in a README of its own folder.

use std::collections::BTreeSet;

use super::tree::Tree;

/// Folders of things that come from elsewhere, wherever in a crate they stand.
const FOLDERS: [&str; 4] = ["assets", "data", "fixtures", "fonts"];

pub(super) fn faults(tree: &Tree) -> Vec<String> {
    let folders: BTreeSet<&str> = tree.files().filter_map(|file| folder(&file.path)).collect();
    let mut faults: Vec<String> = folders.into_iter().flat_map(|folder| untold(tree, folder)).collect();
    for (file, text) in tree.texts().filter(|(file, _)| file.path.starts_with("crates/") && file.ends(&["rs"])) {
        let strays = embedded(text).filter(|path| !ours(path));
        faults.extend(strays.map(|path| format!("{} embeds {path}, which stands in no folder called {}", file.path, FOLDERS.join(", "))));
    }
    faults
}

/// What the README of a folder of data leaves out.
fn untold(tree: &Tree, folder: &str) -> Vec<String> {
    let Some(readme) = tree.text(&format!("{folder}/README.md")) else {
        return vec![format!("{folder} needs a README.md that names its files with source and licence")];
    };
    let words = readme.to_lowercase();
    let mut faults = Vec::new();
    if !words.contains("licence") || !words.contains("source") {
        faults.push(format!("{folder}/README.md does not give source and licence"));
    }
    let inside = tree.files().filter_map(|file| file.path.strip_prefix(folder)?.strip_prefix('/'));
    faults.extend(inside.filter(|path| !named(readme, path)).map(|path| format!("{folder}/README.md does not name {path}")));
    faults
}

/// A file is named by its name; a folder of many like files once, as `folder/`.
fn named(readme: &str, path: &str) -> bool {
    let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
    name == "README.md" || readme.contains(name) || !parent.is_empty() && readme.contains(&format!("{parent}/"))
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
    let written = !path.contains(".min.")
        && path.rsplit_once('.').is_some_and(|(_, ending)| ["css", "js", "md", "rs", "sql", "svg", "typ"].contains(&ending));
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
        check("areas.csv, published/a.bin", 1);
        assert_eq!(faults(&Tree::of(&[("crates/reference/data/areas.csv", "")])).len(), 1);
    }

    #[test]
    fn what_is_embedded_must_stand_in_a_folder_of_data() {
        let check = |line: &str, expected: usize| assert_eq!(faults(&Tree::of(&[("crates/a/src/lib.rs", line)])).len(), expected, "{line}");
        check(r#"include_bytes!("../data/areas.bin")"#, 0);
        check(r#"include_str!("report.typ")"#, 0);
        check(r#"include_str!("blocks.css")"#, 0);
        check(r#"include_str!("govuk.min.css")"#, 1);
        check(r#"include_bytes!("areas.bin")"#, 1);
    }
}
