//! Something that somebody must look at by a day: a home's judgement changed, a limit was broken. It stays until it is resolved with a word.

use std::fmt;

use crate::access::Role;
use crate::child::Child;
use crate::date::Day;
use crate::foster_home::FosterHome;
use crate::id::Id;
use crate::list::list;
use crate::lodging::Place;
use crate::person::Person;
use crate::setting::Setting;

/// An alert about a home, for each child who lives there, with an owner and a clock (practice 3.6; I0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Identity in this record.
    pub id: Id<Self>,
    /// About which home; nothing where it is about a foster home, or about a child in a home that is on no register.
    pub setting: Option<Id<Setting>>,
    /// About which foster home.
    pub foster_home: Option<Id<FosterHome>>,
    /// Whom it concerns; nothing where nobody lives there.
    pub child: Option<Id<Child>>,
    /// What happened.
    pub kind: Kind,
    /// What happened, in a sentence.
    pub words: String,
    /// The day of what happened.
    pub since: Day,
    /// The last day to look at it.
    pub due: Day,
    /// The person who is to: the child's own social worker, where the record knows one.
    pub owner: Option<Id<Person>>,
    /// Else anybody with this role.
    pub role: Role,
    /// The day on which it was resolved; nothing while it is open.
    pub resolved: Option<Day>,
    /// What was done.
    pub outcome: String,
}

list! {
    /// What an alert is about.
    Kind, "kind of alert" {
        /// The judgement is worse than before.
        JudgementFell = "judgement-fell", "Judgement fell";
        /// The judgement is better, or the first.
        JudgementChanged = "judgement-changed", "Judgement changed";
        /// The home left the register.
        Closed = "closed", "Left the register";
        /// The registration is suspended.
        Suspended = "suspended", "Registration suspended";
        /// A new restriction.
        Restricted = "restricted", "Restricted";
        /// More children than registered places, or another limit of the law broken.
        Breach = "breach", "Limit of the law broken";
    }
}

impl Kind {
    /// Working days in which somebody must have looked: a review child by child within one where the registration is lost or a limit broken (dossier E3),
    /// within ten where the judgement is less than good (E5).
    pub const fn working_days(self) -> u32 {
        match self {
            Self::Closed | Self::Suspended | Self::Restricted | Self::Breach => 1,
            Self::JudgementFell | Self::JudgementChanged => 10,
        }
    }
}

/// Why an alert cannot be resolved so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotResolved {
    /// It is resolved already.
    Already(Day),
    /// Nobody says what was done.
    Unsaid,
}

impl fmt::Display for NotResolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Already(day) => write!(f, "it was resolved on {day}"),
            Self::Unsaid => f.write_str("say what was done"),
        }
    }
}

impl std::error::Error for NotResolved {}

impl Alert {
    /// The home that it is about; nothing where that is on no register.
    pub fn place(&self) -> Option<Place> {
        self.setting.map(Place::Setting).or(self.foster_home.map(Place::FosterHome))
    }

    /// The same alert, resolved on a day.
    ///
    /// # Errors
    /// [`NotResolved`] without a word, or a second time.
    pub fn resolve(&self, today: Day, outcome: &str) -> Result<Self, NotResolved> {
        if let Some(day) = self.resolved {
            return Err(NotResolved::Already(day));
        }
        if outcome.trim().is_empty() {
            return Err(NotResolved::Unsaid);
        }
        Ok(Self { resolved: Some(today), outcome: outcome.trim().to_owned(), ..self.clone() })
    }
}
