//! Who runs homes: the legal entity, its brand, and who owns it from when to when (dossier F17).

use std::fmt;

use crate::code::Code;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// An organisation that an authority buys from, or a part of the authority itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Identity in this record.
    pub id: Id<Self>,
    /// The name it goes by. Brand and legal entity are often different (F17).
    pub name: String,
    /// The legal entity that signs; empty where nobody wrote it down.
    pub legal_name: String,
    /// Its number at Companies House, or blank: see [`is_company_number`].
    pub company: Code,
    /// Who it is.
    pub sector: Sector,
    /// How far the authority works with it (dossier E3).
    pub status: Status,
}

list! {
    /// Who runs a provider, as Ofsted groups them.
    Sector, "sector" {
        /// An authority: this one or another.
        LocalAuthority = "local-authority", "Local authority";
        /// For profit.
        Private = "private", "Private";
        /// A charity or other voluntary body.
        Voluntary = "voluntary", "Voluntary";
        /// A health authority.
        Health = "health", "Health authority";
        /// An academy.
        Academy = "academy", "Academy";
    }
}

list! {
    /// How far an authority works with a provider.
    Status, "status of a provider" {
        /// Known, and not looked at yet.
        Prospect = "prospect", "Prospect";
        /// Being looked at.
        DueDiligence = "due-diligence", "Due diligence";
        /// May be given children.
        Approved = "approved", "Approved";
        /// Approved, with a closer eye.
        Watch = "watch", "Watched";
        /// Approved, with a plan to become better.
        Improvement = "improvement", "Improvement plan";
        /// No new children.
        Suspended = "suspended", "Suspended: no new children";
        /// The authority leaves it; each child has a plan.
        Exiting = "exiting", "Leaving";
        /// No longer worked with.
        Removed = "removed", "Removed";
    }
}

impl Status {
    /// Whether new children may be planned in without a word about it.
    pub const fn takes_new(self) -> bool {
        matches!(self, Self::Approved | Self::Watch | Self::Improvement)
    }

    /// Whether a provider may go from this status to another (dossier E3). Suspension is always open: quality officers may suspend alone (E4).
    pub const fn may_become(self, next: Self) -> bool {
        use Status::{Approved, DueDiligence, Exiting, Improvement, Prospect, Removed, Suspended, Watch};
        match (self, next) {
            (_, Suspended)
            | (Prospect, DueDiligence | Removed)
            | (DueDiligence, Approved | Prospect | Removed)
            | (Approved | Watch | Improvement | Suspended, Approved | Watch | Improvement | Exiting)
            | (Exiting, Removed | Approved)
            | (Removed, Prospect) => true,
            _ => self as u8 == next as u8,
        }
    }
}

/// Whether a code has the form of a company number: eight figures, or two letters and six figures (Companies House).
pub fn is_company_number(code: Code) -> bool {
    let text = code.to_string();
    let (head, tail) = text.split_at(text.len().min(2));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.len() == 8 && digits(tail) && (digits(head) || head.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// A group, fund or person behind providers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Its name.
    pub name: String,
    /// Its number at Companies House, or blank.
    pub company: Code,
}

/// A provider's time with an owner. A sale ends one and begins another; nothing is overwritten, so concentration by owner can be told for any day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ownership {
    /// Identity in this record.
    pub id: Id<Self>,
    /// What is owned.
    pub provider: Id<Provider>,
    /// By whom.
    pub owner: Id<Owner>,
    /// First day.
    pub from: Day,
    /// The day it ended, which is not a day of it; nothing while it goes on.
    pub to: Option<Day>,
}

/// Why an ownership cannot be as it was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOwned {
    /// It ends on the day it starts, or before.
    EndsBeforeItStarts,
    /// The provider has another owner on some day of it.
    Overlaps {
        /// First day of the other one.
        from: Day,
    },
}

impl fmt::Display for NotOwned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsBeforeItStarts => f.write_str("the end must be at least a day after the start"),
            Self::Overlaps { from } => write!(f, "the provider has had another owner since {from}; end that ownership first"),
        }
    }
}

impl std::error::Error for NotOwned {}

/// Checks an ownership against the provider's others; an older form of itself among them is not one of them.
///
/// # Errors
/// The first contradiction.
pub fn check(ownership: &Ownership, others: &[Ownership]) -> Result<(), NotOwned> {
    if ownership.to.is_some_and(|to| to <= ownership.from) {
        return Err(NotOwned::EndsBeforeItStarts);
    }
    let apart = |other: &Ownership| other.to.is_some_and(|to| to <= ownership.from) || ownership.to.is_some_and(|to| to <= other.from);
    let shared = others.iter().find(|other| other.id != ownership.id && other.provider == ownership.provider && !apart(other));
    shared.map_or(Ok(()), |other| Err(NotOwned::Overlaps { from: other.from }))
}

/// Whose a provider was on a day; nobody's that is known of otherwise.
pub fn owner_on(ownerships: &[Ownership], day: Day) -> Option<Id<Owner>> {
    ownerships.iter().find(|one| one.from <= day && one.to.is_none_or(|to| day < to)).map(|one| one.owner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn owned(id: u128, owner: u128, from: i32, to: Option<i32>) -> Ownership {
        let day = |n| Day::from_ymd(2026, 1, 1).unwrap().plus(n);
        let of = Uuid::from_u128;
        Ownership {
            id: Id::from_uuid(of(id)),
            provider: Id::from_uuid(of(0)),
            owner: Id::from_uuid(of(owner)),
            from: day(from),
            to: to.map(day),
        }
    }

    #[test]
    fn a_sale_keeps_who_owned_it_before() {
        let held = [owned(1, 7, 0, Some(10)), owned(2, 8, 10, None)];
        let on = |n| owner_on(&held, held[0].from.plus(n)).map(|owner| owner.uuid().as_u128());
        assert_eq!((on(-1), on(9), on(10), on(999)), (None, Some(7), Some(8), Some(8)));
        assert!(matches!(check(&owned(3, 9, 5, None), &held), Err(NotOwned::Overlaps { .. })));
        assert_eq!(check(&owned(2, 9, 10, None), &held), Ok(()));
        assert_eq!(check(&owned(3, 9, 5, Some(5)), &[]), Err(NotOwned::EndsBeforeItStarts));
    }

    #[test]
    fn company_numbers_have_a_form() {
        for (text, good) in [("01234567", true), ("SC123456", true), ("1234567", false), ("S1234567", false), ("", false)] {
            assert_eq!(is_company_number(Code::of(text)), good, "{text}");
        }
    }

    #[test]
    fn anybody_can_be_suspended_and_nobody_approved_unlooked_at() {
        for status in Status::ALL {
            assert!(status.may_become(Status::Suspended) && status.may_become(status));
        }
        assert!(!Status::Prospect.may_become(Status::Approved) && !Status::Removed.may_become(Status::Approved));
        assert!(!Status::Suspended.takes_new() && Status::Watch.takes_new());
    }
}
