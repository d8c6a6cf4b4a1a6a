//! The files of the project, as its rules see them.

use std::process::Command;

use anyhow::Result;

use crate::process;

/// Every file that git keeps or would keep.
pub(super) struct Tree {
    files: Vec<File>,
}

/// One file; its path is relative to the root, with `/`.
pub(super) struct File {
    pub(super) path: String,
    pub(super) bytes: u64,
    /// `None` when it is no UTF-8, so no text.
    pub(super) text: Option<String>,
}

impl Tree {
    pub(super) fn read() -> Result<Self> {
        let root = process::root();
        let listed =
            process::output(Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(&root))?;
        let mut paths: Vec<&str> = listed.split('\0').filter(|path| !path.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        // A file that git lists and the folder lacks has just been deleted.
        let files = paths.into_iter().filter_map(|path| {
            let bytes = std::fs::read(root.join(path)).ok()?;
            Some(File { path: path.to_owned(), bytes: bytes.len() as u64, text: String::from_utf8(bytes).ok() })
        });
        Ok(Self { files: files.collect() })
    }

    /// A tree that a test makes up.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let file =
            |(path, text): &(&str, &str)| File { path: (*path).to_owned(), bytes: text.len() as u64, text: Some((*text).to_owned()) };
        Self { files: files.iter().map(file).collect() }
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// Files of text, each with it.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&File, &str)> {
        self.files.iter().filter_map(|file| Some((file, file.text.as_deref()?)))
    }

    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path)?.text.as_deref()
    }

    /// Whether there is such a file, or a folder with something in it.
    pub(super) fn holds(&self, path: &str) -> bool {
        path.is_empty()
            || self.files.iter().any(|file| file.path == path || file.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Lines of Rust that end up in the product: of every crate, without tests and without comments.
    pub(super) fn product(&self) -> impl Iterator<Item = Line<'_>> {
        self.texts()
            .filter_map(|(file, text)| Some((file.product_of()?, file, text)))
            .flat_map(|(package, file, text)| code(text).map(move |(number, text)| Line { package, path: &file.path, number, text }))
    }
}

impl File {
    pub(super) fn ends(&self, endings: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
    }

    /// The crate to whose product this file belongs, if it is Rust source and no test.
    fn product_of(&self) -> Option<&str> {
        let (package, rest) = self.path.strip_prefix("crates/")?.split_once('/')?;
        let test = rest.ends_with("/tests.rs") || rest.contains("/tests/");
        (rest.starts_with("src/") && self.ends(&["rs"]) && !test).then_some(package)
    }
}

/// A line of the product's own source.
pub(super) struct Line<'a> {
    pub(super) package: &'a str,
    pub(super) path: &'a str,
    number: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    /// A fault at this line.
    pub(super) fn says(&self, what: &str) -> String {
        format!("{}:{}: {what}", self.path, self.number)
    }
}

/// Lines of code with their numbers: comments cut off, tests left out. Tests come last in a file; only `mod tests;` may stand before.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut lines = text.lines().enumerate().peekable();
    let mut kept = Vec::new();
    while let Some((number, line)) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            if lines.next_if(|(_, next)| next.trim_end().ends_with(';')).is_some() {
                continue;
            }
            if !line.starts_with(' ') {
                break;
            }
        }
        let line = if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or_default() };
        kept.push((number + 1, line));
    }
    kept.into_iter()
}

/// Whether a word stands in a line on its own.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_is_code_without_comments_and_tests() {
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", "//! async\n#[cfg(test)]\nmod tests;\nlet a; // async\nlet b;\n#[cfg(test)]\nmod more {\nlet c;\n}\n"),
            ("crates/a/src/tests.rs", "let d;"),
            ("crates/a/tests/story.rs", "let e;"),
            ("xtask/src/main.rs", "let f;"),
        ]);
        let lines: Vec<_> = tree.product().filter(|line| !line.text.is_empty()).map(|line| (line.number, line.text)).collect();
        assert_eq!(lines, [(4, "let a;"), (5, "let b;")]);
    }

    #[test]
    fn this_tree_has_its_own_manifest() {
        let tree = Tree::read().unwrap();
        assert!(tree.holds("Cargo.toml") && tree.holds("crates/domain") && !tree.holds("target"));
    }
}
