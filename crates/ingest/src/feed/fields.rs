//! What feeds there are and which fields each has: one table, from which the mapping is checked, cells are read and the documentation is tested.

use domain::case::{Absence, Interview, Kin, Participation, PlanKind, Seen, Together};
use domain::vault::Kind;
use domain::{list, period};
use reference::codes::{Entry, Status};

list! {
    /// What the rows of a file are about, in the order in which files are taken: children first, for the others are about them.
    Feed, "feed" {
        /// Who the children are.
        Children = "children", "Children";
        /// Periods of care.
        Periods = "periods", "Periods of care";
        /// Legal statuses.
        LegalStatuses = "legal-statuses", "Legal statuses";
        /// Where children live.
        Placements = "placements", "Placements";
        /// Who works with them.
        Allocations = "allocations", "Allocations";
        /// Times missing.
        Missing = "missing", "Times missing";
        /// Reviews.
        Reviews = "reviews", "Reviews";
        /// Visits.
        Visits = "visits", "Visits";
        /// Plans.
        Plans = "plans", "Plans";
        /// Brothers and sisters.
        Siblings = "siblings", "Brothers and sisters";
    }
}

/// What stands in a field.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// What the case system calls the child: the reference of the record.
    Child,
    /// What the case system calls the row.
    Row,
    /// A date.
    Day,
    /// A code of the return, by the name of its set.
    Code(&'static str),
    /// Ofsted's number of a home.
    Number,
    /// One of a short list of words.
    Word(fn() -> Vec<&'static str>),
    /// A postcode.
    Postcode,
    /// The reference of a foster household in the register.
    Household,
    /// The address with which somebody signs in.
    Email,
    /// A name, an address or a number that goes into the vault, and is never repeated in a finding.
    Vault(Kind),
    /// Words that people wrote, which are never repeated in a finding either.
    Words,
}

/// A field of a feed.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key in the mapping.
    pub name: &'static str,
    /// What stands in it.
    pub form: Form,
    /// Whether a row is nothing without it.
    pub must: bool,
}

const fn must(name: &'static str, form: Form) -> Field {
    Field { name, form, must: true }
}

const fn may(name: &'static str, form: Form) -> Field {
    Field { name, form, must: false }
}

const CHILD: Field = must("child", Form::Child);
const ROW: Field = may("row", Form::Row);

const CHILDREN: &[Field] = &[
    CHILD,
    must("born", Form::Day),
    may("sex", Form::Code("SEX")),
    may("ethnicity", Form::Code("ETHNIC")),
    may("asylum", Form::Word(|| vec!["yes", "no"])),
    may("asylum-until", Form::Day),
    may("name", Form::Vault(Kind::Name)),
    may("known-as", Form::Vault(Kind::KnownAs)),
    may("home-address", Form::Vault(Kind::HomeAddress)),
    may("address", Form::Vault(Kind::Address)),
    may("telephone", Form::Vault(Kind::Telephone)),
    may("nhs-number", Form::Vault(Kind::Nhs)),
    may("upn", Form::Vault(Kind::Upn)),
    may("home-office", Form::Vault(Kind::HomeOffice)),
    may("relative", Form::Vault(Kind::Relative)),
    may("school", Form::Vault(Kind::School)),
];

const PERIODS: &[Field] = &[
    CHILD,
    ROW,
    may("kind", Form::Word(|| period::Kind::ALL.map(period::Kind::word).to_vec())),
    must("start", Form::Day),
    may("end", Form::Day),
    may("ceased", Form::Code("REC")),
];

const LEGAL_STATUSES: &[Field] =
    &[CHILD, ROW, must("status", Form::Code("LS")), may("need", Form::Code("CIN")), must("start", Form::Day), may("end", Form::Day)];

const PLACEMENTS: &[Field] = &[
    CHILD,
    ROW,
    must("start", Form::Day),
    may("end", Form::Day),
    must("kind", Form::Code("PLACE")),
    may("provider", Form::Code("PLACE_PROVIDER")),
    may("urn", Form::Number),
    may("postcode", Form::Postcode),
    may("foster-home", Form::Household),
    may("ended", Form::Code("REASON_PLACE_CHANGE")),
];

const ALLOCATIONS: &[Field] = &[CHILD, ROW, must("person", Form::Email), must("start", Form::Day), may("end", Form::Day)];

const MISSING: &[Field] = &[
    CHILD,
    ROW,
    may("kind", Form::Word(|| Absence::ALL.map(Absence::word).to_vec())),
    must("start", Form::Day),
    may("end", Form::Day),
    may("offered", Form::Day),
    may("interview", Form::Word(|| Interview::ALL.map(Interview::word).to_vec())),
];

const REVIEWS: &[Field] = &[
    CHILD,
    ROW,
    must("due", Form::Day),
    may("held", Form::Day),
    may("participation", Form::Word(|| Participation::ALL.map(Participation::word).to_vec())),
    may("decisions", Form::Words),
];

const VISITS: &[Field] = &[
    CHILD,
    ROW,
    may("due", Form::Day),
    may("made", Form::Day),
    may("seen", Form::Word(|| Seen::ALL.map(Seen::word).to_vec())),
    may("by", Form::Words),
    may("words", Form::Words),
];

const PLANS: &[Field] = &[
    CHILD,
    ROW,
    must("kind", Form::Word(|| PlanKind::ALL.map(PlanKind::word).to_vec())),
    must("agreed", Form::Day),
    may("again", Form::Day),
    may("ended", Form::Day),
    may("aim", Form::Words),
];

const SIBLINGS: &[Field] = &[
    CHILD,
    ROW,
    may("other", Form::Child),
    must("kin", Form::Word(|| Kin::ALL.map(Kin::word).to_vec())),
    may("born", Form::Day),
    may("wish", Form::Word(|| Together::ALL.map(Together::word).to_vec())),
    may("plan", Form::Word(|| Together::ALL.map(Together::word).to_vec())),
    may("words", Form::Words),
];

impl Feed {
    /// Its fields, in the order of a [`Row`](super::Row).
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Children => CHILDREN,
            Self::Periods => PERIODS,
            Self::LegalStatuses => LEGAL_STATUSES,
            Self::Placements => PLACEMENTS,
            Self::Allocations => ALLOCATIONS,
            Self::Missing => MISSING,
            Self::Reviews => REVIEWS,
            Self::Visits => VISITS,
            Self::Plans => PLANS,
            Self::Siblings => SIBLINGS,
        }
    }

    /// Which fields tell its rows from each other where the case system's number of the row is not mapped.
    pub(super) const fn told_by(self) -> &'static [&'static str] {
        match self {
            Self::Children => &[],
            Self::Periods | Self::Placements => &["kind", "start"],
            Self::LegalStatuses | Self::Missing => &["start"],
            Self::Allocations => &["person", "start"],
            Self::Reviews => &["due"],
            Self::Visits => &["due", "made"],
            Self::Plans => &["kind", "agreed"],
            Self::Siblings => &["other", "kin", "born"],
        }
    }

    /// The place of a field among [`Self::fields`].
    pub(super) fn place(self, name: &str) -> Option<usize> {
        self.fields().iter().position(|field| field.name == name)
    }
}

impl Form {
    /// The words that may stand in it, where they are a list; nothing where anything of its form may.
    pub(super) fn known(self) -> Option<Vec<String>> {
        match self {
            Self::Code(set) => {
                let entries = reference::codes::set(set)?.entries().iter();
                // Types of home that were renamed stand in old rows; figures for a sex stand in no record.
                let kept = |one: &&Entry| one.status == Status::Current || (one.status == Status::Retired && set != "SEX");
                Some(entries.filter(kept).map(|one| one.code.to_string()).collect())
            }
            Self::Word(words) => Some(words().into_iter().map(str::to_owned).collect()),
            _ => None,
        }
    }

    /// Whether what stands in it is about a person, and so is not repeated where it is wrong.
    pub(super) const fn is_personal(self) -> bool {
        matches!(self, Self::Vault(_) | Self::Words)
    }
}
