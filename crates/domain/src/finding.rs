//! What a reader found while reading: no row is lost without one of these.

/// How much a finding matters to the person who mends the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Breaks a statutory rule, or the row could not be used as it stands.
    Error,
    /// Worth a look; the row was used as it stands.
    Warning,
    /// Placewell changed how the row is read, and says how.
    Repair,
}

/// What became of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Treatment {
    /// Used as it stands.
    Kept,
    /// Used with one value read differently.
    Repaired,
    /// Used in part: its dates were shortened, or it was merged into another row.
    Cut,
    /// Not used, and still held.
    SetAside,
}

impl Severity {
    /// The word of the contract.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Repair => "repair",
        }
    }
}

impl Treatment {
    /// The word of the contract.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Repaired => "repaired",
            Self::Cut => "cut",
            Self::SetAside => "set-aside",
        }
    }
}

/// One thing found in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Statutory rule (`501`), or one of ours (`overlap-cut`): a lower-case name with hyphens.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// File as given, relative to the folder read.
    pub file: String,
    /// Table of the return, or empty where the whole file is meant.
    pub table: &'static str,
    /// Year in which the return ends; 0 if it could not be told.
    pub year: u32,
    /// Line in the file, the header being line 1; 0 for the whole file.
    pub row: u32,
    /// The child's identifier as the return has it; empty where none is meant.
    pub child: String,
    /// Column, or several with commas between; empty where the row is meant.
    pub column: String,
    /// The value as it stands in the file.
    pub value: String,
    /// What is wrong and what to do, in a sentence that stands alone.
    pub message: String,
    /// What became of the row.
    pub action: Treatment,
}
