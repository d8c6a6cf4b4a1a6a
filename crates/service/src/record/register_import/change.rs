//! What taking a register did, in rows that people read.

use std::fmt;

use domain::alert::Alert;
use domain::setting::Setting;
use domain::{Code, Day, Finding, Id};

/// What a register changed of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Registered places.
    Places,
    /// The judgement.
    Judgement,
    /// The registration was suspended, or the suspension lifted.
    Suspension,
    /// A restriction followed from the judgement.
    Restriction,
    /// It left the register.
    Closed,
    /// Something that the record left blank.
    Completed,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Places => "places",
            Self::Judgement => "judgement",
            Self::Suspension => "suspension",
            Self::Restriction => "restriction",
            Self::Closed => "closed",
            Self::Completed => "completed",
        })
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Ofsted's number.
    pub urn: Code,
    /// Which setting.
    pub setting: Id<Setting>,
    /// Its name.
    pub name: String,
    /// What changed.
    pub what: What,
    /// What the record said before, if anything.
    pub before: Option<String>,
    /// What it says now.
    pub after: Option<String>,
}

/// One thing that register and record say differently, and that stays as people wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Ofsted's number.
    pub urn: Code,
    /// The setting's name.
    pub name: String,
    /// What it is about: `owner`, `kind`, `registered on`, `closed`.
    pub what: &'static str,
    /// What the record says.
    pub recorded: String,
    /// What the register says.
    pub register: String,
}

/// What taking a register did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The day of the register.
    pub as_at: Day,
    /// Whether it was taken: not where a line could not be read.
    pub applied: bool,
    /// Settings recorded for the first time.
    pub added: usize,
    /// Providers recorded for the first time.
    pub providers: usize,
    /// Owners recorded for the first time.
    pub owners: usize,
    /// Providers of which the record now says whose they are, and did not before.
    pub owned: usize,
    /// Settings of which nothing changed.
    pub unchanged: usize,
    /// Settings that the record does not have and was not to add.
    pub left: usize,
    /// What changed of settings that the record had.
    pub changes: Vec<Change>,
    /// What is said differently and was kept.
    pub differences: Vec<Difference>,
    /// Alerts raised, one for each child and thing that happened.
    pub alerts: Vec<Alert>,
    /// What was found in the file.
    pub findings: Vec<Finding>,
}

impl Taken {
    pub(super) const fn empty(as_at: Day) -> Self {
        Self {
            as_at,
            applied: false,
            added: 0,
            providers: 0,
            owners: 0,
            owned: 0,
            unchanged: 0,
            left: 0,
            changes: Vec::new(),
            differences: Vec::new(),
            alerts: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Whether anything was written.
    pub fn writes(&self) -> bool {
        self.added + self.providers + self.owned > 0 || !self.changes.is_empty() || !self.alerts.is_empty()
    }
}
