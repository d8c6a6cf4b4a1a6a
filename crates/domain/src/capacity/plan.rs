//! Whether a child may be planned into a home, and what is said of one who is there already.
//!
//! The same rules, used twice: a plan that the law forbids is refused (I3, I4, I5, I9); the same thing, once it has happened, is recorded and flagged
//! as a breach with an owner and a clock (I0, F32). What practice advises against is said and never stops anybody.

use std::fmt;

use jiff::Timestamp;

use super::{Beds, Home, Open, Sharing};
use crate::child::Child;
use crate::code::Code;
use crate::date::Day;
use crate::id::Id;
use crate::judgement::{Judgement, Standing, standing};
use crate::provider::Status;

/// A child for whom a home is thought of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// Who.
    pub child: Id<Child>,
    /// Date of birth.
    pub born: Day,
    /// Sex as the return has it.
    pub sex: Code,
    /// First night.
    pub from: Day,
    /// The day on which the stay is to end; nothing for no plan.
    pub to: Option<Day>,
    /// Whether the home is to be for this child alone.
    pub sharing: Sharing,
}

impl Newcomer {
    /// The birthday during the stay on which the child is older than a home may take; nothing where the stay ends before, or care does, at 18.
    pub fn outgrows(&self, oldest: u32) -> Option<Day> {
        let on = self.born.anniversary(oldest + 1);
        (on < self.to.unwrap_or_else(|| self.born.anniversary(18))).then_some(on)
    }
}

/// What stands against a child's coming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The home is not open on the first night, or closes during the stay (I9).
    NotOpen {
        /// The first night on which it is not.
        on: Day,
    },
    /// It lacks the registration that it needs (I5, I9).
    NotRegistered,
    /// Its registration is suspended (I9).
    Suspended,
    /// Nobody new may come (I9).
    NoAdmissions,
    /// The law puts nobody so young there (I4).
    UnderAge {
        /// The youngest age in law.
        youngest: u32,
        /// The child's on the first night.
        age: u32,
    },
    /// The registration is for other ages.
    OutsideAges {
        /// Youngest and oldest of the registration, where it says.
        registered: (Option<u32>, Option<u32>),
        /// The child's on the first night.
        age: u32,
    },
    /// The registration is for the other sex.
    OtherSex,
    /// All registered places are taken or held on some night (I3).
    Full {
        /// The first such night.
        on: Day,
        /// Registered places.
        places: u32,
    },
    /// No terms of registration say how many places there are.
    NoTerms,
    /// The beds that can be used are taken, held or blocked on some night.
    NoUsableBed {
        /// The first such night.
        on: Day,
    },
    /// Somebody lives there alone (F15).
    SoloThere,
    /// The home is wanted for this child alone, and others live there or are to (F15).
    OthersThere,
    /// Judged less than good: needs a decision of its own (I9, E4).
    LessThanGood {
        /// The judgement.
        judged: &'static str,
    },
    /// Not inspected yet, which is not good (F16).
    NotYetInspected,
    /// The authority does not give this provider new children.
    Provider(Status),
    /// The child outgrows the registration before the stay is to end.
    Outgrows {
        /// The day.
        on: Day,
    },
}

/// How much an obstacle weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The law: cannot be planned; is a breach where it has happened.
    Law,
    /// Practice: said, and left to people.
    Practice,
}

impl Obstacle {
    /// How much it weighs.
    pub const fn weight(&self) -> Weight {
        match self {
            Self::NotOpen { .. }
            | Self::NotRegistered
            | Self::Suspended
            | Self::NoAdmissions
            | Self::UnderAge { .. }
            | Self::OutsideAges { .. }
            | Self::OtherSex
            | Self::Full { .. } => Weight::Law,
            Self::NoTerms
            | Self::NoUsableBed { .. }
            | Self::SoloThere
            | Self::OthersThere
            | Self::LessThanGood { .. }
            | Self::NotYetInspected
            | Self::Provider(_)
            | Self::Outgrows { .. } => Weight::Practice,
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpen { on } => write!(f, "the home is not open on {on}"),
            Self::NotRegistered => f.write_str("the home lacks the registration that the law asks of it"),
            Self::Suspended => f.write_str("its registration is suspended"),
            Self::NoAdmissions => f.write_str("it may take nobody new"),
            Self::UnderAge { youngest, age } => write!(f, "the law puts nobody under {youngest} there, and the child is {age}"),
            Self::OutsideAges { registered: (Some(youngest), Some(oldest)), age } => {
                write!(f, "it is registered for ages {youngest} to {oldest}, and the child is {age}")
            }
            Self::OutsideAges { age, .. } => write!(f, "it is registered for other ages, and the child is {age}"),
            Self::OtherSex => f.write_str("it is registered for the other sex"),
            Self::Full { on, places: 1 } => write!(f, "its one registered place is taken or held on {on}"),
            Self::Full { on, places } => write!(f, "its {places} registered places are taken or held on {on}"),
            Self::NoTerms => f.write_str("nobody wrote down how many places it is registered for"),
            Self::NoUsableBed { on } => write!(f, "no bed can be used on {on}: all are taken, held or blocked"),
            Self::SoloThere => f.write_str("a child lives there alone"),
            Self::OthersThere => f.write_str("others live there or are to, and the home is wanted for this child alone"),
            Self::LessThanGood { judged } => write!(f, "it is judged “{judged}”, which needs a decision of its own"),
            Self::NotYetInspected => f.write_str("it has not been inspected yet, which is not the same as good"),
            Self::Provider(status) => write!(f, "the provider's status is “{}”", status.label()),
            Self::Outgrows { on } => write!(f, "the child is older than its registration allows from {on}"),
        }
    }
}

/// A plan that the law forbids, with all that stands against it, the law first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<Obstacle>);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let law: Vec<String> = self.0.iter().filter(|one| one.weight() == Weight::Law).map(ToString::to_string).collect();
        f.write_str(&law.join("; "))
    }
}

impl std::error::Error for Refused {}

/// What the authority thinks of the home beside its beds.
#[derive(Clone, Copy, Debug)]
pub struct Regard<'a> {
    /// Judgements of its provider.
    pub judgements: &'a [Judgement],
    /// How far the authority works with the provider.
    pub status: Status,
}

/// Everything that stands against a child's nights in a home, the law first. The child's own stay and hold there do not stand in its way.
pub fn obstacles(home: &Home<'_>, newcomer: &Newcomer, regard: Regard<'_>, now: Timestamp) -> Vec<Obstacle> {
    let stays: Vec<_> = home.stays.iter().copied().filter(|stay| stay.child != newcomer.child).collect();
    let holds: Vec<_> = home.holds.iter().filter(|hold| hold.child != newcomer.child).cloned().collect();
    let others = Home { stays: &stays, holds: &holds, ..*home };
    let mut found = against_opening(&others, newcomer);
    found.extend(against_terms(&others, newcomer));
    found.extend(against_beds(&others, newcomer, now));
    found.extend(against_regard(&others, newcomer, regard));
    found.sort_by_key(Obstacle::weight);
    found
}

/// What stands against a child's coming to a household of this agency or service, the law first: what the agency may do and how it is judged. Beds, ages and
/// sex are the household's own (I9, F16).
pub fn against_service(service: &Home<'_>, newcomer: &Newcomer, regard: Regard<'_>) -> Vec<Obstacle> {
    let mut found = against_opening(service, newcomer);
    found.extend(against_regard(service, newcomer, regard));
    found.sort_by_key(Obstacle::weight);
    found
}

fn against_regard(home: &Home<'_>, newcomer: &Newcomer, regard: Regard<'_>) -> Vec<Obstacle> {
    let mut found = Vec::new();
    match standing(home.setting, regard.judgements, newcomer.from) {
        Standing::Judged(judgement) if judgement.overall.is_less_than_good() => {
            found.push(Obstacle::LessThanGood { judged: judgement.overall.label() });
        }
        Standing::NotYetInspected => found.push(Obstacle::NotYetInspected),
        Standing::Judged(_) | Standing::NotGraded => {}
    }
    if !regard.status.takes_new() {
        found.push(Obstacle::Provider(regard.status));
    }
    found
}

/// Whether anybody may live in it on a night: it is open, registered and not suspended (I5, I9).
pub(super) fn opening_on(home: &Home<'_>, night: Day) -> Vec<Obstacle> {
    match home.open_on(night) {
        Open::Closed => vec![Obstacle::NotOpen { on: night }],
        Open::Unregistered => vec![Obstacle::NotRegistered],
        Open::Suspended => vec![Obstacle::Suspended],
        Open::NoAdmissions | Open::Open => Vec::new(),
    }
}

/// Whether its registration is for this child on a night: for the age that the child is then, and the sex.
pub(super) fn terms_on(home: &Home<'_>, child: &Newcomer, night: Day) -> Vec<Obstacle> {
    let Some(terms) = home.terms_on(night) else { return Vec::new() };
    let (age, mut found) = (child.born.age_at(night), Vec::new());
    if terms.youngest.is_some_and(|youngest| age < youngest) || terms.oldest.is_some_and(|oldest| oldest < age) {
        found.push(Obstacle::OutsideAges { registered: (terms.youngest, terms.oldest), age });
    }
    if !terms.takes.may_take(child.sex) {
        found.push(Obstacle::OtherSex);
    }
    found
}

fn against_opening(home: &Home<'_>, newcomer: &Newcomer) -> Vec<Obstacle> {
    let from = newcomer.from;
    let mut found = opening_on(home, from);
    if home.open_on(from) == Open::NoAdmissions {
        found.push(Obstacle::NoAdmissions);
    }
    let closes = home.setting.closed.filter(|&closed| home.setting.is_open_on(from) && newcomer.to.is_none_or(|to| closed < to));
    found.extend(closes.map(|on| Obstacle::NotOpen { on }));
    found
}

fn against_terms(home: &Home<'_>, newcomer: &Newcomer) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let age = newcomer.born.age_at(newcomer.from);
    let youngest = home.setting.kind.youngest_in_law();
    if age < youngest {
        found.push(Obstacle::UnderAge { youngest, age });
    }
    found.extend(terms_on(home, newcomer, newcomer.from));
    let outside = found.iter().any(|one| matches!(one, Obstacle::OutsideAges { .. }));
    let oldest = home.terms_on(newcomer.from).and_then(|terms| terms.oldest).filter(|_| !outside);
    found.extend(oldest.and_then(|oldest| newcomer.outgrows(oldest)).map(|on| Obstacle::Outgrows { on }));
    found
}

fn against_beds(home: &Home<'_>, newcomer: &Newcomer, now: Timestamp) -> Vec<Obstacle> {
    let mut found = Vec::new();
    if !home.setting.kind.has_places() {
        return found;
    }
    let nights: Vec<(Day, Beds)> = changes(home, newcomer).into_iter().map(|day| (day, home.night(day, now).beds)).collect();
    if nights.first().is_some_and(|(_, beds)| beds.registered.is_none() && beds.open != Open::Closed) {
        found.push(Obstacle::NoTerms);
    }
    let lacks = |beds: &Beds, places: Option<u32>| places.filter(|&places| places < beds.occupied + beds.held + 1);
    if let Some((on, places)) = nights.iter().find_map(|(day, beds)| Some((*day, lacks(beds, beds.registered)?))) {
        found.push(Obstacle::Full { on, places });
    } else if let Some((on, _)) = nights.iter().find(|(_, beds)| lacks(beds, beds.usable).is_some()) {
        found.push(Obstacle::NoUsableBed { on: *on });
    }
    if nights.iter().any(|(_, beds)| beds.sharing == Sharing::Alone) {
        found.push(Obstacle::SoloThere);
    }
    if newcomer.sharing == Sharing::Alone && nights.iter().any(|(_, beds)| beds.occupied + beds.held > 0) {
        found.push(Obstacle::OthersThere);
    }
    found
}

/// The nights of a stay on which something about the home changes: its first, and each on which something else begins. Between two of them nothing
/// is taken that was free, so that no other night needs to be looked at.
fn changes(home: &Home<'_>, newcomer: &Newcomer) -> Vec<Day> {
    let begins = home
        .stays
        .iter()
        .map(|stay| stay.from)
        .chain(home.holds.iter().map(|hold| hold.from))
        .chain(home.events.iter().map(|event| event.from))
        .chain(home.terms.iter().map(|terms| terms.from))
        .filter(|&day| newcomer.from < day && newcomer.to.is_none_or(|to| day < to));
    let mut days: Vec<Day> = begins.chain([newcomer.from]).collect();
    days.sort();
    days.dedup();
    days
}

/// Whether the child may be planned into the home; gives what practice has to say about it.
///
/// # Errors
/// [`Refused`] where the law forbids it.
pub fn plan(home: &Home<'_>, newcomer: &Newcomer, regard: Regard<'_>, now: Timestamp) -> Result<Vec<Obstacle>, Refused> {
    let found = obstacles(home, newcomer, regard, now);
    if found.iter().any(|one| one.weight() == Weight::Law) { Err(Refused(found)) } else { Ok(found) }
}

/// What the law says against a stay that has begun. It is recorded whatever this says (I0).
pub fn breaches(home: &Home<'_>, stay: &Newcomer, regard: Regard<'_>, now: Timestamp) -> Vec<Obstacle> {
    obstacles(home, stay, regard, now).into_iter().filter(|one| one.weight() == Weight::Law).collect()
}
