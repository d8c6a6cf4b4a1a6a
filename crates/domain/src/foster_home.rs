//! Foster homes: how far somebody is with becoming a carer, for whom they are approved, and how many children may live there.

pub mod plan;

use std::fmt;

use crate::child::Child;
use crate::code::Code;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;
use crate::postcode::Postcode;
use crate::provider::Provider;
use crate::setting::Takes;

/// The usual fostering limit (Children Act 1989 Schedule 7 paragraph 2).
pub const USUAL_LIMIT: u32 = 3;

/// A household that fosters, or asks to. Carers' names and addresses lie in the vault; here it has a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FosterHome {
    /// Identity in this record.
    pub id: Id<Self>,
    /// The agency, or the authority's own service.
    pub provider: Id<Provider>,
    /// What the service calls it; unique within the authority.
    pub reference: String,
    /// How far it is (A105).
    pub stage: Stage,
    /// First contact, as far as anybody wrote it down.
    pub enquired: Option<Day>,
    /// Approved on this day.
    pub approved: Option<Day>,
    /// The day on which it fosters no more.
    pub ended: Option<Day>,
    /// Children that the approval is for, at a time.
    pub places: u32,
    /// Youngest age in completed years.
    pub youngest: u32,
    /// Oldest age in completed years.
    pub oldest: u32,
    /// Whom it takes.
    pub takes: Takes,
    /// What it is approved for: first of all this.
    pub care: Care,
    /// Scheme with its own fee and training (A104), or empty.
    pub scheme: String,
    /// What the carers are good at, in words.
    pub skills: String,
    /// Ethnicity code of the main carer, or blank. Shown in aggregate only (A107).
    pub ethnicity: Code,
    /// Where it is, as far as this register may say.
    pub postcode: Option<Postcode>,
}

list! {
    /// How far somebody is with fostering (A105-A106).
    Stage, "stage of a foster home" {
        /// Asked.
        Enquiry = "enquiry", "Enquiry";
        /// Asked in writing to be assessed.
        Application = "application", "Application";
        /// Assessed.
        Assessment = "assessment", "Assessment";
        /// Before the panel.
        Panel = "panel", "Panel";
        /// Approved.
        Approved = "approved", "Approved";
        /// Approved, and not taking children for a time.
        OnHold = "on-hold", "Approved, on hold";
        /// Withdrew, or was not approved.
        NotApproved = "not-approved", "Not approved";
        /// Fosters no more.
        Left = "left", "Left";
    }
}

impl Stage {
    /// Whether the household is approved.
    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved | Self::OnHold)
    }
}

list! {
    /// What carers are approved for, first of all.
    Care, "kind of foster care" {
        /// Short term.
        ShortTerm = "short-term", "Short term";
        /// Long term.
        LongTerm = "long-term", "Long term";
        /// The same day, for a few nights.
        Emergency = "emergency", "Emergency";
        /// For carers who rest.
        Respite = "respite", "Respite";
        /// Short breaks.
        ShortBreaks = "short-breaks", "Short breaks";
        /// A parent with their child (A115).
        ParentAndChild = "parent-and-child", "Parent and child";
        /// Fostering for adoption, or concurrent planning.
        EarlyPermanence = "early-permanence", "Early permanence";
        /// Instead of custody.
        Remand = "remand", "Remand";
        /// Friends and family, for a child they know.
        Connected = "connected", "Connected person";
    }
}

/// Leave to foster a named child beyond the usual limit (Schedule 7 paragraph 4), or beyond the terms of approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Where.
    pub home: Id<FosterHome>,
    /// For whom: an exemption names the child.
    pub child: Id<Child>,
    /// First day.
    pub from: Day,
    /// The day it ended; nothing while it is in force.
    pub to: Option<Day>,
    /// Why it was given.
    pub reason: String,
}

/// Whether all the children in a foster home are each other's siblings; half and step siblings and adopted ones count (F31).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// All of them.
    AllSiblings,
    /// Not all, or nobody knows.
    NotAll,
}

/// Why a household may not foster these children together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverLimit {
    /// It is not approved on the day.
    NotApproved,
    /// More than its approval says.
    Approval {
        /// Children it is approved for.
        places: u32,
        /// Children without exemption.
        children: u32,
    },
    /// More than the usual limit, not all siblings, not exempted.
    Usual {
        /// Children without exemption.
        children: u32,
    },
}

impl fmt::Display for OverLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotApproved => f.write_str("the household is not approved on that day"),
            Self::Approval { places, children } => {
                write!(f, "the approval is for {places}, and {children} children would live there without exemption")
            }
            Self::Usual { children } => {
                write!(
                    f,
                    "the usual fostering limit is {USUAL_LIMIT}; {children} children who are not all siblings need an exemption that names them"
                )
            }
        }
    }
}

impl std::error::Error for OverLimit {}

impl FosterHome {
    /// Whether it is approved on a day.
    pub fn is_approved_on(&self, day: Day) -> bool {
        self.approved.is_some_and(|approved| approved <= day) && self.ended.is_none_or(|ended| day < ended)
    }

    /// Whether these children may live here together on a day (I3): at most the approval says, and at most three unless all are siblings; children
    /// whom an exemption names are not counted.
    ///
    /// # Errors
    /// The first limit that is broken. For those who live there already it is a breach to be recorded (I0).
    pub fn limit(&self, children: &[Id<Child>], kinship: Kinship, exemptions: &[Exemption], day: Day) -> Result<(), OverLimit> {
        if !self.is_approved_on(day) {
            return Err(OverLimit::NotApproved);
        }
        let exempt = |child: Id<Child>| {
            let names = |one: &Exemption| one.home == self.id && one.child == child && one.from <= day && one.to.is_none_or(|to| day < to);
            exemptions.iter().any(names)
        };
        let counted = children.iter().filter(|&&child| !exempt(child)).count() as u32;
        if counted > self.places {
            return Err(OverLimit::Approval { places: self.places, children: counted });
        }
        if counted > USUAL_LIMIT && kinship == Kinship::NotAll {
            return Err(OverLimit::Usual { children: counted });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    pub(super) fn id<Of>(n: u128) -> Id<Of> {
        Id::from_uuid(Uuid::from_u128(n))
    }

    pub(super) fn day(n: i32) -> Day {
        Day::from_ymd(2026, 1, 1).unwrap().plus(n)
    }

    pub(super) fn home(places: u32) -> FosterHome {
        FosterHome {
            id: id(1),
            provider: id(1),
            reference: "FH-1".into(),
            stage: Stage::Approved,
            enquired: None,
            approved: Some(day(0)),
            ended: None,
            places,
            youngest: 0,
            oldest: 17,
            takes: Takes::Anybody,
            care: Care::ShortTerm,
            scheme: String::new(),
            skills: String::new(),
            ethnicity: Code::BLANK,
            postcode: None,
        }
    }

    pub(super) fn exempt(child: u128) -> Exemption {
        Exemption { id: id(child), home: id(1), child: id(child), from: day(0), to: Some(day(10)), reason: String::new() }
    }

    #[test]
    fn three_is_the_limit_unless_all_are_siblings_or_named() {
        let four: Vec<Id<Child>> = (1..5).map(id).collect();
        let home = home(4);
        let limit = |kinship, exemptions: &[Exemption], on| home.limit(&four, kinship, exemptions, day(on));
        assert_eq!(limit(Kinship::NotAll, &[], 1), Err(OverLimit::Usual { children: 4 }));
        assert_eq!(limit(Kinship::AllSiblings, &[], 1), Ok(()));
        assert_eq!(limit(Kinship::NotAll, &[exempt(4)], 1), Ok(()));
        assert_eq!(limit(Kinship::NotAll, &[exempt(4)], 10), Err(OverLimit::Usual { children: 4 }), "it ran out");
        assert_eq!(limit(Kinship::NotAll, &[exempt(9)], 1), Err(OverLimit::Usual { children: 4 }), "it names another child");
        assert_eq!(limit(Kinship::AllSiblings, &[], -1), Err(OverLimit::NotApproved));
    }

    proptest! {
        /// I3: allowed together means at most the approval, and at most three or siblings, of those whom no exemption names.
        #[test]
        fn nobody_is_planned_over_the_limit(places in 0u32..6, children in 0u128..7, named in 0u128..7, siblings: bool) {
            let all: Vec<Id<Child>> = (1..=children).map(id).collect();
            let exemptions: Vec<Exemption> = (1..=named).map(exempt).collect();
            let kinship = if siblings { Kinship::AllSiblings } else { Kinship::NotAll };
            let counted = children.saturating_sub(named) as u32;
            let lawful = counted <= places && (siblings || counted <= USUAL_LIMIT);
            prop_assert_eq!(home(places).limit(&all, kinship, &exemptions, day(1)).is_ok(), lawful);
        }
    }
}
