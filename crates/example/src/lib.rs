//! Whole fictitious authorities with the statistical shape of the published figures: children, homes, papers, and the truth about them.
//!
//! A family comes into care by a seasonal, mean-reverting process ([`entry`]); each child lives night by night under true rates that
//! depend on age, kind of placement, time and legal status ([`rates`], [`life`]); each placement is housed in a market of settings
//! ([`market`]); the statutory return is what remains of that on paper ([`record`], [`returns`], [`papers`]). **Every child, home and
//! company is invented.** The only real thing is the map: a fictitious authority borrows the postcodes of a real one.
//!
//! The same [`Settings`] give the same bytes on any number of threads.

mod authority;
mod dice;
mod dirt;
mod entry;
mod further;
mod geography;
mod kind;
mod life;
mod market;
mod names;
mod papers;
mod rates;
mod record;
mod returns;
mod setting;
mod short_breaks;
mod supply;
mod tally;
mod text;
mod told;
mod truth;
mod write;

pub use authority::{Authority, generate};
pub use further::further_homes;
pub use geography::{Geography, Locality, Spot};
pub use kind::{Broad, Kind, Legal};
pub use market::Setting as Home;
pub use record::{Child, Episode};
pub use returns::File;
pub use setting::Setting;
pub use told::{Told, told};
pub use write::{Error, Written, write};

/// What to make.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Where all chance comes from.
    pub seed: u64,
    /// Return years, the last ending in `last_year`.
    pub years: u32,
    /// Children looked after on a typical 31 March (short breaks apart), the mean over the authorities: the stock, not those seen in a year.
    pub children: u32,
    /// How many authorities. A hundred of 580 children over eight years are England's 1.16 million rows of Episodes.
    pub authorities: u32,
    /// What the time does to entries and exits.
    pub setting: Setting,
    /// Share of episodes that carry an injected fault; 0 is exactly clean.
    pub dirt: f64,
    /// Year in which the last return ends (2026: 31 March 2026).
    pub last_year: u32,
    /// Years beyond the last return that the truth knows and the returns do not.
    pub future_years: u32,
}

impl Default for Settings {
    /// One authority of 900 children over the eight years that end on 31 March 2026, the latest complete return year as of November 2026.
    fn default() -> Self {
        Self { seed: 1, years: 8, children: 900, authorities: 1, setting: Setting::Stationary, dirt: 0.0, last_year: 2026, future_years: 2 }
    }
}

impl Settings {
    /// Year in which the first return ends.
    pub const fn first_year(&self) -> u32 {
        self.last_year + 1 - self.years
    }
}
