//! The beds of a home, night by night: registered, staffed, blocked with its reason, held, occupied, available (dossier F15).
//!
//! A night belongs to the day on which it begins: the first day of a stay counts, the day of leaving does not (F4). What may be *planned* is decided in
//! [`plan`]; what has happened is counted as it is, over the limit too, and what has come to stand against it is in [`since`] (I0).

pub mod plan;
pub mod since;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;
use crate::setting::{Restriction, Setting, Terms, terms_on};

/// Beds that cannot be used for a time, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapacityEvent {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Where.
    pub setting: Id<Setting>,
    /// First night.
    pub from: Day,
    /// The day on which they can be used again; nothing while nobody knows.
    pub to: Option<Day>,
    /// How many.
    pub beds: u32,
    /// Why.
    pub reason: Reason,
    /// In the words of whoever knows.
    pub note: String,
}

list! {
    /// Why beds cannot be used.
    Reason, "reason for beds that cannot be used" {
        /// Not enough staff.
        Staffing = "staffing", "Not enough staff";
        /// A child lives there alone: the whole home is one placement (F15).
        Solo = "solo", "A child lives there alone";
        /// Damage or building work.
        Damage = "damage", "Damage or building work";
        /// Free, and right for nobody beside those who live there.
        Matching = "matching", "Nobody matches those who live there";
        /// A child is leaving and the bed is promised on.
        Notice = "notice", "Notice given, bed promised";
        /// The regulator, or the authority's own quality officers.
        Regulator = "regulator", "Regulator or quality officers";
        /// Children of other authorities live there, as far as the provider says.
        OtherAuthorities = "other-authorities", "Children of other authorities";
        /// Another reason, which the note says.
        Other = "other", "Another reason";
    }
}

list! {
    /// Whether a child shares a home.
    Sharing, "answer to whether a child shares the home" {
        /// With others.
        Shared = "shared", "With others";
        /// The home is for this child alone.
        Alone = "alone", "Alone: the home takes nobody else";
    }
}

/// A bed kept for a child until a moment: an offer was accepted, or is about to be. Whoever holds it first has it (F14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Where.
    pub setting: Id<Setting>,
    /// For whom.
    pub child: Id<Child>,
    /// First night.
    pub from: Day,
    /// The day on which the stay is planned to end; nothing for no plan.
    pub to: Option<Day>,
    /// Whether the home takes nobody else.
    pub sharing: Sharing,
    /// When it lapses by itself.
    pub lapses: Timestamp,
    /// When it was let go; nothing while it was not.
    pub released: Option<Timestamp>,
}

impl Hold {
    /// Whether it still stands at a moment.
    pub fn stands(&self, now: Timestamp) -> bool {
        now < self.lapses && self.released.is_none_or(|released| now < released)
    }
}

/// A child's nights in a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Who.
    pub child: Id<Child>,
    /// First night.
    pub from: Day,
    /// The day of leaving; nothing while it goes on.
    pub to: Option<Day>,
    /// Whether the home takes nobody else meanwhile: a solo placement is the whole home (F15).
    pub sharing: Sharing,
}

/// A home with all that bears on its beds.
#[derive(Clone, Copy, Debug)]
pub struct Home<'a> {
    /// The home.
    pub setting: &'a Setting,
    /// What its registration allows, by day.
    pub terms: &'a [Terms],
    /// What is stopped.
    pub restrictions: &'a [Restriction],
    /// Beds that cannot be used.
    pub events: &'a [CapacityEvent],
    /// Who lives, lived or will live there, as placements say.
    pub stays: &'a [Stay],
    /// Beds that are held.
    pub holds: &'a [Hold],
}

/// What was counted of a home on one night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Whether the home is open.
    pub open: Open,
    /// Places that its registration allows; nothing for agencies, or where no terms hold.
    pub places: Option<u32>,
    /// Beds that cannot be used, for whatever reason.
    pub blocked: u32,
    /// Those among them for which there is no staff.
    pub unstaffed: u32,
    /// Children who live there: this authority's by its placements, others' as the provider says.
    pub occupied: u32,
    /// Beds held, for children who do not live there yet.
    pub held: u32,
    /// Whether somebody lives there alone, or is to.
    pub sharing: Sharing,
}

/// The beds of a home on one night. Nothing instead of a number means that it has none to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beds {
    /// Whether the home is open.
    pub open: Open,
    /// Registered places.
    pub registered: Option<u32>,
    /// Registered, less those without staff.
    pub staffed: Option<u32>,
    /// Registered, less those blocked: the second denominator of occupancy.
    pub usable: Option<u32>,
    /// Children who live there.
    pub occupied: u32,
    /// Beds held, for children who do not live there yet.
    pub held: u32,
    /// Whether somebody lives there alone, or is to.
    pub sharing: Sharing,
    /// Beds that a child can have: none where the home takes nobody new, or somebody lives there alone.
    pub available: Option<u32>,
}

impl Beds {
    /// The beds of a home of which this was counted. The one place where beds are added up.
    pub fn of(tally: Tally) -> Self {
        let Tally { open, places, blocked, unstaffed, occupied, held, sharing } = tally;
        let registered = places.filter(|_| open != Open::Closed);
        let less = |beds: u32| registered.map(|places| places.saturating_sub(beds));
        let usable = less(blocked);
        let free = usable.map(|usable| usable.saturating_sub(occupied + held));
        let available = free.map(|free| if open == Open::Open && sharing == Sharing::Shared { free } else { 0 });
        Self { open, registered, staffed: less(unstaffed), usable, occupied, held, sharing, available }
    }

    /// Children beyond what is registered: a breach of the registration, which is recorded, never hidden (I0, I3).
    pub fn over(&self) -> u32 {
        self.registered.map_or(0, |places| self.occupied.saturating_sub(places))
    }
}

/// The beds of a home on one night, with what blocks them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Night {
    /// The day on which it begins.
    pub day: Day,
    /// The beds.
    pub beds: Beds,
    /// Beds that cannot be used, by reason; those of other authorities' children are occupied, not blocked.
    pub blocked: BTreeMap<Reason, u32>,
}

list! {
    /// Whether a home is open on a day.
    Open, "answer to whether a home is open" {
        /// Open.
        Open = "open", "Open";
        /// Open for those who live there, and for nobody new.
        NoAdmissions = "no-admissions", "No new children";
        /// Its registration is suspended.
        Suspended = "suspended", "Suspended";
        /// Not open yet, or closed.
        Closed = "closed", "Not open";
        /// Without the registration that it needs.
        Unregistered = "unregistered", "Not registered";
    }
}

fn covers(from: Day, to: Option<Day>, day: Day) -> bool {
    from <= day && to.is_none_or(|to| day < to)
}

impl Home<'_> {
    /// Whether it is open on a day.
    pub fn open_on(&self, day: Day) -> Open {
        let stopped = |kind| self.restrictions.iter().any(|one| one.kind == kind && one.holds_on(day));
        if !self.setting.is_open_on(day) {
            Open::Closed
        } else if !self.setting.is_lawful() {
            Open::Unregistered
        } else if stopped(crate::setting::Limit::Suspension) {
            Open::Suspended
        } else if stopped(crate::setting::Limit::NoAdmissions) {
            Open::NoAdmissions
        } else {
            Open::Open
        }
    }

    /// The terms that hold on a day.
    pub fn terms_on(&self, day: Day) -> Option<&Terms> {
        terms_on(self.terms, day)
    }

    /// Its beds on one night, with holds as they stand at a moment. A child who lives there and has a hold is counted once.
    pub fn night(&self, day: Day, now: Timestamp) -> Night {
        let mut blocked: BTreeMap<Reason, u32> = BTreeMap::new();
        for event in self.events.iter().filter(|event| covers(event.from, event.to, day)) {
            *blocked.entry(event.reason).or_default() += event.beds;
        }
        let others = blocked.remove(&Reason::OtherAuthorities).unwrap_or(0);
        let tonight = || self.stays.iter().filter(|stay| covers(stay.from, stay.to, day));
        let mut here: Vec<Id<Child>> = tonight().map(|stay| stay.child).collect();
        here.sort();
        here.dedup();
        let occupied = here.len() as u32 + others;
        let holds = self.holds.iter().filter(|hold| hold.stands(now) && covers(hold.from, hold.to, day));
        let mut alone = blocked.contains_key(&Reason::Solo) || tonight().any(|stay| stay.sharing == Sharing::Alone);
        let mut held: Vec<Id<Child>> = Vec::new();
        for hold in holds {
            alone |= hold.sharing == Sharing::Alone;
            if !here.contains(&hold.child) && !held.contains(&hold.child) {
                held.push(hold.child);
            }
        }
        let beds = Beds::of(Tally {
            open: self.open_on(day),
            places: self.terms_on(day).and_then(|terms| terms.places),
            blocked: blocked.values().sum(),
            unstaffed: blocked.get(&Reason::Staffing).copied().unwrap_or(0),
            occupied,
            held: held.len() as u32,
            sharing: if alone { Sharing::Alone } else { Sharing::Shared },
        });
        Night { day, beds, blocked }
    }

    /// Its beds on every night from a day up to another, which is not one of them.
    pub fn nights(&self, from: Day, to: Day, now: Timestamp) -> Vec<Night> {
        (0..to.since(from)).map(|n| self.night(from.plus(n), now)).collect()
    }
}

/// How full beds were over some nights, by both denominators. Nothing where there was no such bed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occupancy {
    /// Nights that somebody was there.
    pub occupied: u32,
    /// Nights that beds were registered.
    pub registered: u32,
    /// Nights that they could be used.
    pub usable: u32,
}

impl Occupancy {
    /// Over these nights. Nights without registered beds have neither denominator and are left out of both.
    pub fn over(nights: &[Night]) -> Self {
        let mut sum = Self::default();
        for night in nights {
            if let (Some(registered), Some(usable)) = (night.beds.registered, night.beds.usable) {
                sum.occupied += night.beds.occupied;
                sum.registered += registered;
                sum.usable += usable;
            }
        }
        sum
    }

    /// Of the registered beds.
    pub fn of_registered(&self) -> Option<f64> {
        (self.registered > 0).then(|| f64::from(self.occupied) / f64::from(self.registered))
    }

    /// Of those that could be used.
    pub fn of_usable(&self) -> Option<f64> {
        (self.usable > 0).then(|| f64::from(self.occupied) / f64::from(self.usable))
    }
}

#[cfg(test)]
mod tests;
