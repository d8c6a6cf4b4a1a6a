//! Children's histories, column by column: what cleaned returns become and what every count starts from.
//!
//! A million episodes must fit in a small part of a laptop's memory and be walked in milliseconds, so facts lie in columns and
//! children point at a range of rows (`first_episode`), not in objects that point at each other.

use std::fmt;

use crate::code::Code;
use crate::date::Day;
use crate::postcode::Postcode;

/// Many short texts end to end, so that a million identifiers cost two allocations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    bytes: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text and gives its position.
    pub fn push(&mut self, text: &str) -> u32 {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// Adds all texts of another list in their order.
    pub fn append(&mut self, other: &Self) {
        let before = self.bytes.len() as u32;
        self.bytes.push_str(&other.bytes);
        self.ends.extend(other.ends.iter().map(|end| end + before));
    }

    /// The text at a position; empty if there is none.
    pub fn get(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) as usize };
        self.ends.get(at).map_or("", |&end| &self.bytes[start..end as usize])
    }

    /// How many texts are held.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Whether a child came to England alone seeking asylum (dossier B5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Uasc {
    /// No: the UASC table, where one was sent, has no row of the child.
    #[default]
    Never,
    /// Has the status, until this day if one is given (DUC: the 18th birthday, or an earlier end).
    Until(Option<Day>),
    /// Nobody said: no UASC table was sent, or nobody asked. Not the same as no.
    NotKnown,
}

impl Uasc {
    /// Whether the child is known to have come alone, whether or not the status has ended.
    pub const fn came_alone(self) -> bool {
        matches!(self, Self::Until(_))
    }

    /// Whether a child who was born on a day can have it.
    ///
    /// # Errors
    /// [`NoEnd`] where the status would end before the birth or after the 18th birthday (dossier B5).
    pub fn check(self, born: Day) -> Result<(), NoEnd> {
        match self {
            Self::Until(Some(end)) if end < born || born.anniversary(18) < end => Err(NoEnd),
            _ => Ok(()),
        }
    }
}

/// The end of the status of a child who came alone is on no day on which it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEnd;

impl fmt::Display for NoEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The asylum status ends on a day between birth and the 18th birthday: correct one of the days.")
    }
}

impl std::error::Error for NoEnd {}

/// Where a row came from, so that any number can show its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Position in [`History::files`].
    pub file: u32,
    /// Line in that file, the header being line 1.
    pub row: u32,
}

/// One row a child, sorted by authority, then by identifier.
#[derive(Clone, Debug, Default)]
pub struct Children {
    /// Position in [`History::authorities`].
    pub authority: Vec<u16>,
    /// Identifier as the return has it.
    pub id: Texts,
    /// Date of birth. A child without one is set aside before this point when it has episodes.
    pub born: Vec<Day>,
    /// `M`, `F`, `U`, or blank.
    pub sex: Vec<Code>,
    /// Ethnicity code, or blank.
    pub ethnicity: Vec<Code>,
    /// Asylum status.
    pub uasc: Vec<Uasc>,
    /// Where each child's episodes begin in [`Episodes`]; one more entry than children, so child `c` has rows `first_episode[c]..first_episode[c + 1]`.
    pub first_episode: Vec<u32>,
}

impl Children {
    /// How many children.
    pub fn len(&self) -> usize {
        self.born.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.born.is_empty()
    }

    /// The rows of one child in [`Episodes`].
    pub fn episodes(&self, child: usize) -> std::ops::Range<usize> {
        self.first_episode[child] as usize..self.first_episode[child + 1] as usize
    }
}

/// One row an episode, sorted by child, then by start. After cleaning, a child's episodes never overlap and each ends after it starts.
#[derive(Clone, Debug, Default)]
pub struct Episodes {
    /// First day (DECOM).
    pub start: Vec<Day>,
    /// The day it ended, which is not a night of it (DEC); nothing while it is open.
    pub end: Vec<Option<Day>>,
    /// Reason for the new episode.
    pub rne: Vec<Code>,
    /// Legal status.
    pub legal: Vec<Code>,
    /// Category of need.
    pub need: Vec<Code>,
    /// Placement type, as recoded for the year (H5 and P2 stay what they were; groups map them).
    pub place: Vec<Code>,
    /// Placement provider.
    pub provider: Vec<Code>,
    /// Reason the episode ceased.
    pub rec: Vec<Code>,
    /// Reason for the change of placement.
    pub change: Vec<Code>,
    /// Home at the start of the period of care.
    pub home: Vec<Option<Postcode>>,
    /// Where the child lives.
    pub placed: Vec<Option<Postcode>>,
    /// Ofsted number of the setting; blank if none. Eight characters hold every form.
    pub urn: Vec<Code>,
    /// The file and row it came from.
    pub origin: Vec<Origin>,
}

impl Episodes {
    /// How many episodes.
    pub fn len(&self) -> usize {
        self.start.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.start.is_empty()
    }
}

/// A statutory review (Reviews).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// The child: position in [`Children`].
    pub child: u32,
    /// When it was held.
    pub on: Day,
    /// Participation code PN0-PN7, or blank.
    pub participation: Code,
}

/// A time missing from care or away without authorisation (Missing).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The child: position in [`Children`].
    pub child: u32,
    /// `M` missing, whereabouts not known; `A` away without authorisation.
    pub kind: Code,
    /// First day.
    pub start: Day,
    /// Day found; nothing while it goes on.
    pub end: Option<Day>,
}

/// Health of a child looked after for twelve months (OC2). `None` where the cell was empty or unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// The child: position in [`Children`].
    pub child: u32,
    /// Year in which the return ends.
    pub year: u16,
    /// Strengths and difficulties score, 0-40.
    pub sdq_score: Option<u8>,
    /// Why there is no score.
    pub sdq_reason: Code,
    /// Convicted or cautioned in the year.
    pub convicted: Option<bool>,
    /// Development checks up to date (under 5).
    pub health_check: Option<bool>,
    /// Immunisations up to date.
    pub immunisations: Option<bool>,
    /// Teeth checked.
    pub teeth_check: Option<bool>,
    /// Annual health assessment held.
    pub health_assessment: Option<bool>,
    /// Substance misuse identified.
    pub substance_misuse: Option<bool>,
    /// Intervention received for it.
    pub intervention_received: Option<bool>,
    /// Intervention offered for it.
    pub intervention_offered: Option<bool>,
}

/// A care leaver (OC3), usually no longer among the children with episodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CareLeaver {
    /// Position in [`History::authorities`].
    pub authority: u16,
    /// Position in [`History::other_ids`].
    pub id: u32,
    /// Year in which the return ends.
    pub year: u16,
    /// Date of birth.
    pub born: Option<Day>,
    /// YES, NO, DIED, REFU, NREQ, RHOM, or blank.
    pub in_touch: Code,
    /// Main activity.
    pub activity: Code,
    /// Accommodation with its suitability digit.
    pub accommodation: Code,
}

/// A decision that a child should be placed for adoption (PlacedAdoption).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdoptionDecision {
    /// The child: position in [`Children`].
    pub child: u32,
    /// When it was decided (DATE_PLACED).
    pub decided: Day,
    /// When it was reversed, if it was.
    pub reversed: Option<Day>,
    /// Why (RD1-RD4).
    pub reason: Code,
}

/// An adoption in the year (AD1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// The child: position in [`Children`].
    pub child: u32,
    /// Year in which the return ends.
    pub year: u16,
    /// Decision that adoption is in the child's interest.
    pub in_interest: Option<Day>,
    /// Matched with adopters.
    pub matched: Option<Day>,
    /// Adopted by the former foster carer.
    pub by_foster_carer: Option<bool>,
}

/// An earlier permanence that ended before this care (PrevPerm).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviousPermanence {
    /// The child: position in [`Children`].
    pub child: u32,
    /// Year in which the return ends.
    pub year: u16,
    /// P1-P4 or Z1.
    pub kind: Code,
}

/// A time with one social worker (SWEpisodes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocialWorker {
    /// The child: position in [`Children`].
    pub child: u32,
    /// Position of the worker's number in [`History::other_ids`].
    pub worker: u32,
    /// First day.
    pub start: Day,
    /// Last day; nothing while it goes on.
    pub end: Option<Day>,
    /// Why it changed.
    pub reason: Code,
}

/// A court order that deprives a child of liberty (DoLo).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DolOrder {
    /// The child: position in [`Children`].
    pub child: u32,
    /// First day.
    pub start: Day,
    /// Last day; nothing while it is in force.
    pub end: Option<Day>,
}

/// How many rows were read and what became of them; `read = used + set_aside`, and `repaired` and `cut` are among those used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCount {
    /// Rows in the files, headers apart.
    pub read: u64,
    /// Rows that counts rest on; a row that only repeats or continues another year's is used.
    pub used: u64,
    /// Rows of which a value is read differently.
    pub repaired: u64,
    /// Rows shortened, or merged into another.
    pub cut: u64,
    /// Rows that counts do not rest on.
    pub set_aside: u64,
}

/// Everything that cleaned returns say, for one authority or many.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Names of the authorities, as given or as the returns have them.
    pub authorities: Vec<String>,
    /// Files read.
    pub files: Vec<String>,
    /// First and last day that the returns cover: 1 April before the earliest return year to 31 March of the latest.
    pub covers: Option<(Day, Day)>,
    /// The same of each authority by itself, in the order of the authorities: returns of one may end before those of another. Empty where nobody told.
    pub covers_each: Vec<Option<(Day, Day)>>,
    /// Years between the first and the last, by their first and last day, of which an authority gave no episodes.
    pub unsent: Vec<(Day, Day)>,
    /// Last day on which something happened, a DEC that lies after the returns' end left out.
    pub last_event: Option<Day>,
    /// The children.
    pub children: Children,
    /// Their episodes.
    pub episodes: Episodes,
    /// Reviews, sorted by child and date.
    pub reviews: Vec<Review>,
    /// Missing, sorted by child and start.
    pub missing: Vec<Missing>,
    /// Health, sorted by child and year.
    pub health: Vec<Health>,
    /// Care leavers.
    pub care_leavers: Vec<CareLeaver>,
    /// Adoption decisions, sorted by child and date.
    pub adoption_decisions: Vec<AdoptionDecision>,
    /// Adoptions.
    pub adoptions: Vec<Adoption>,
    /// Earlier permanence.
    pub previous_permanence: Vec<PreviousPermanence>,
    /// Social workers, sorted by child and start.
    pub social_workers: Vec<SocialWorker>,
    /// Deprivation of liberty orders, sorted by child and start.
    pub dol_orders: Vec<DolOrder>,
    /// Identifiers that are no child's in [`Children`]: care leavers, social workers.
    pub other_ids: Texts,
    /// Return years for which each optional table was read at all, so that "no rows" and "no table" stay apart:
    /// pairs of table name (`Reviews`, `OC2`, …) and year.
    pub tables_held: Vec<(&'static str, u16)>,
    /// What became of the rows.
    pub rows: RowCount,
}
