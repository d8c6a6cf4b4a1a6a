//! What the time in which an authority lives does to entries and exits.

use domain::Day;

/// The history to make, with a future that is known because it is made too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// The same mean every year; months and years differ by chance.
    #[default]
    Stationary,
    /// Entries grow by 4% a year from the first return year on.
    Growth,
    /// As in 2020-21: in the third year of eight, entries fall by 35% and exits by 20%; in the year after, entries are 20% above the usual.
    Dip,
    /// Twelve months with four times the unaccompanied children, from the middle of the fifth year of eight.
    Surge,
}

impl Setting {
    /// The word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stationary => "stationary",
            Self::Growth => "growth",
            Self::Dip => "dip",
            Self::Surge => "surge",
        }
    }

    /// The setting with this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Stationary, Self::Growth, Self::Dip, Self::Surge].into_iter().find(|setting| setting.word() == word)
    }
}

/// A setting laid on dates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar {
    setting: Setting,
    /// First day of the returns.
    start: Day,
    /// The twelve months in which the dip or surge happens, and the twelve after a dip.
    from: Day,
    to: Day,
    rebound: Day,
}

impl Calendar {
    /// A setting over returns from `start` of this many years. A dip takes the third year of eight, a surge begins in the middle of
    /// the fifth; in shorter or longer histories they keep that place.
    pub(crate) fn new(setting: Setting, start: Day, years: u32) -> Self {
        let months = match setting {
            Setting::Surge => years * 12 * 54 / 96,
            _ => years * 12 * 24 / 96,
        };
        let from = start.plus_months(months as i32);
        Self { setting, start, from, to: from.plus_months(12), rebound: from.plus_months(24) }
    }

    /// The days on which a factor may change.
    pub(crate) const fn changes(&self) -> [Day; 2] {
        [self.from, self.to]
    }

    /// Factor on exits other than birthdays.
    pub(crate) fn exits(&self, day: Day) -> f64 {
        if self.setting == Setting::Dip && day >= self.from && day < self.to { 0.8 } else { 1.0 }
    }

    /// Factor on the entries of unaccompanied children.
    pub(crate) fn asylum_entries(&self, day: Day) -> f64 {
        match self.setting {
            Setting::Surge if day >= self.from && day < self.to => 4.0,
            _ => self.entries(day),
        }
    }

    /// Factor on all other entries.
    pub(crate) fn entries(&self, day: Day) -> f64 {
        match self.setting {
            Setting::Growth if day >= self.start => 1.04f64.powf(f64::from(day.since(self.start)) / 365.25),
            Setting::Dip if day >= self.from && day < self.to => 0.65,
            Setting::Dip if day >= self.to && day < self.rebound => 1.2,
            _ => 1.0,
        }
    }
}
