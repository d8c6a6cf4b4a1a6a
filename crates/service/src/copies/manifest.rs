//! What a backup says of itself.

use serde::{Deserialize, Serialize};

/// The form of backups that this program writes and reads.
pub(super) const FORMAT: &str = "placewell backup, 2";

pub(super) const MANIFEST_ENTRY: &str = "manifest.json";

/// Holds the seal of the manifest: an HMAC with the key that seals the logs, as hexadecimal digits.
pub(super) const SEAL_ENTRY: &str = "manifest.seal";

pub(super) const KEY_ENTRY: &str = "seal.key";

/// Where a table lies in the archive.
pub(super) fn entry_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// Everything that must be in a backup, and what it was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the file.
    pub format: String,
    /// When it was made (UTC).
    pub made_at: String,
    /// The version of the program that made it.
    pub program: String,
    /// The number of the newest migration of its tables.
    pub schema: i64,
    /// What the key is known by that seals its logs; tells nothing of the key.
    pub seal: String,
    /// Whether that key lies in the file.
    pub with_key: bool,
    /// Every table, by name.
    pub tables: Vec<TableMade>,
    /// Every authority's log, by the authority's name.
    pub logs: Vec<Log>,
}

/// A table in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableMade {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the cells in each line.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 over its lines, as hexadecimal digits.
    pub sha256: String,
}

/// Where a log ended when the backup was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Whose.
    pub authority: String,
    /// Its entries.
    pub entries: i64,
    /// The seal of the last one, as hexadecimal digits.
    pub head: String,
    /// Whether log and facts held when the backup was made.
    pub holds: bool,
}

impl Manifest {
    /// Rows of all tables together.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}
