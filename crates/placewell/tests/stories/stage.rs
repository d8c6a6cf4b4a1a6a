//! Running the program, and the returns that the stories are about.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use example::Settings;
use serde_json::Value;
use tempfile::TempDir;

/// What a run left behind.
pub(crate) struct Ran {
    /// Exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) printed: String,
    /// Standard error.
    pub(crate) said: String,
}

impl Ran {
    /// The output as JSON, of a run that went well.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, 0, "{}", self.said);
        serde_json::from_str(&self.printed).unwrap_or_else(|fault| panic!("{fault}: {}", self.printed))
    }

    /// Asserts that the input was refused: status 1, nothing printed, one sentence or more that names every one of `words`.
    pub(crate) fn refuses(&self, words: &[&str]) {
        assert_eq!((self.status, self.printed.as_str()), (1, ""), "{}", self.said);
        for word in words {
            assert!(self.said.contains(word), "“{word}” is missing in: {}", self.said);
        }
        assert!(!self.said.contains("panicked") && self.said.trim_end().ends_with(['.', '?']), "{}", self.said);
    }
}

/// A folder of its own for one story, with a home for the program that starts empty. Gone when the story is told.
pub(crate) struct Stage {
    folder: TempDir,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With the clean returns of two years of a small authority in `returns`, and its list of providers beside them.
    pub(crate) fn with_returns() -> Self {
        let stage = Self::new();
        let settings = Settings { seed: 11, children: 60, years: 2, dirt: 0.0, last_year: 2026, ..Settings::default() };
        let written = example::write(&stage.path("all"), &settings, None).unwrap();
        let authority = stage.path("all").join(&written.authorities[0]);
        for name in ["2025", "2026", "providers.csv", "settings.csv", "foster_homes.csv", "authority.toml"] {
            fs::rename(authority.join(name), stage.path(name)).unwrap();
        }
        fs::create_dir(stage.path("returns")).unwrap();
        for year in ["2025", "2026"] {
            copy(&stage.path(year), &stage.path("returns").join(year));
        }
        fs::copy(stage.path("authority.toml"), stage.path("returns/authority.toml")).unwrap();
        stage
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program in this folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_placewell"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("PLACEWELL_HOME", self.path("home"))
            .output()
            .unwrap();
        Ran {
            status: output.status.code().unwrap(),
            printed: String::from_utf8(output.stdout).unwrap(),
            said: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names of everything in the folder, to see that nothing half-written is left.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// The entries of a list by one of their keys.
pub(crate) fn by_key<'a>(list: &'a Value, key: &str, value: &str) -> &'a Value {
    let found = list.as_array().unwrap().iter().find(|entry| entry[key] == value);
    found.unwrap_or_else(|| panic!("no {key} {value} in {list}"))
}
