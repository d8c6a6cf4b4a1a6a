//! What a statement is made from: whose it is, whom it is compared with, and what is held about it.

use domain::Day;
use reference::{AreaId, authority};

use super::ahead::Ahead;
use super::own::Own;
use crate::App;
use crate::markets::{self, Market};

/// The inputs of one statement, gathered once and read by every section.
#[derive(Debug)]
pub(super) struct Material<'a> {
    pub app: &'a App,
    /// Whose statement it is, as readers know it.
    pub name: String,
    /// Whether everything about it is made up.
    pub fictitious: bool,
    /// Whose published figures are its own: itself; nobody's for a fictitious authority.
    pub subject: Option<AreaId>,
    /// Whose boundary it has: itself, or the authority whose geography a fictitious one borrows.
    pub place: Option<AreaId>,
    /// Whom it is compared with.
    pub neighbours: Vec<AreaId>,
    /// The region it lies in.
    pub region: Option<AreaId>,
    /// The date of the statement.
    pub as_of: Day,
    /// The newest year of published figures at that date.
    pub year: u32,
    /// What its returns say, where they are held.
    pub own: Option<Own<'a>>,
    /// What lies ahead of it, where somebody has looked.
    pub ahead: Option<&'a Ahead>,
    /// The market of its place.
    pub market: Option<Market>,
    /// The market of its region, for comparison.
    pub region_market: Option<Market>,
}

impl<'a> Material<'a> {
    /// Adds the markets of a place.
    pub(super) fn with_markets(mut self) -> Self {
        self.market = self.place.map(|place| markets::of(self.app, place));
        self.region_market = self.region.map(|region| markets::of(self.app, region));
        self
    }

    /// What its returns say.
    pub(super) fn own(&self) -> Option<&Own<'a>> {
        self.own.as_ref()
    }

    /// The newest year that anything here has a figure for: published, or the returns' own.
    pub(super) fn last_year(&self) -> u32 {
        let own = self.own().and_then(|own| own.years.keys().next_back().copied());
        own.map_or(self.year, |year| year.max(self.year))
    }

    /// Five years up to the newest that anything here has a figure for.
    pub(super) fn recent_years(&self) -> (u32, u32) {
        let to = self.last_year();
        (to.saturating_sub(4).max(super::FIRST_YEAR), to)
    }

    /// The region's name.
    pub(super) fn region_name(&self) -> Option<&'static str> {
        self.region.and_then(authority::name)
    }

    /// What the statement rests on, in the words of a gap: `published figures`.
    pub(super) fn inputs(&self) -> String {
        match self.own {
            Some(_) => "published figures or the returns read".to_owned(),
            None => "published figures".to_owned(),
        }
    }
}
