//! Files that can be read at one sitting, and none so heavy that a clone is slow.

use super::tree::Tree;

const LONGEST: usize = 600;
const LONG: usize = 400;

/// Ends of files that people write and read.
const WRITTEN: [&str; 7] = ["css", "js", "md", "mjs", "rs", "ts", "typ"];

/// Lines at the head of a file in which it says that a tool made it.
const HEAD: usize = 4;

const HEAVIEST: u64 = 12_000_000;

pub(super) fn faults(tree: &Tree) -> Vec<String> {
    let heavy = tree
        .files()
        .filter(|file| file.bytes > HEAVIEST)
        .map(|file| format!("{} is {:.1} MB: at most 12", file.path, file.bytes as f64 / 1e6));
    lines(tree)
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{path} has {lines} lines: at most {LONGEST}"))
        .chain(heavy)
        .collect()
}

/// Files that are on the way to being too long.
pub(super) fn warnings(tree: &Tree) -> Vec<String> {
    let long = lines(tree).filter(|(_, lines)| (LONG + 1..=LONGEST).contains(lines));
    long.map(|(path, lines)| format!("{path} has {lines} lines: has it more than one subject?")).collect()
}

/// Files that were made by a tool (which say so at their head: `do not edit`) or copied (`*.min.*`) are as long as they are.
fn lines(tree: &Tree) -> impl Iterator<Item = (&str, usize)> {
    let made = |text: &str| text.lines().take(HEAD).any(|line| line.contains("do not edit"));
    let written = tree.texts().filter(move |(file, text)| file.ends(&WRITTEN) && !file.path.contains(".min.") && !made(text));
    written.map(|(file, text)| (file.path.as_str(), text.lines().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_found_and_copied_ones_are_not() {
        let long = "x\n".repeat(601);
        let tree = Tree::of(&[("a.rs", &long), ("b.min.css", &long), ("c.csv", &long), ("d.rs", &long[..1000])]);
        assert_eq!(faults(&tree), ["a.rs has 601 lines: at most 600"]);
        assert_eq!(warnings(&tree), ["d.rs has 500 lines: has it more than one subject?"]);
    }
}
