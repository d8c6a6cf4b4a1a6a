//! Rows of one authority as typed values, before any cleaning.

use domain::history::{Adoption, AdoptionDecision, CareLeaver, DolOrder, Health, Missing, PreviousPermanence, Review, SocialWorker};
use domain::{Code, Day, Postcode};
use rustc_hash::FxHashMap;

use super::cell::Marks;
use super::issue::Note;
use super::kind::Kind;

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Position of the file.
    pub(crate) file: u32,
    /// Line in it.
    pub(crate) line: u32,
    /// Year in which the return ends.
    pub(crate) year: u16,
    /// What became of the row.
    pub(crate) marks: Marks,
}

/// A row of the Header table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeaderRow {
    pub(crate) child: u32,
    pub(crate) place: Place,
    pub(crate) born: Option<Day>,
    pub(crate) sex: Code,
    pub(crate) ethnicity: Code,
}

/// A row of the Episodes table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EpisodeRow {
    pub(crate) child: u32,
    pub(crate) place: Place,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    pub(crate) rne: Code,
    pub(crate) legal: Code,
    pub(crate) need: Code,
    pub(crate) setting: Code,
    pub(crate) provider: Code,
    pub(crate) rec: Code,
    pub(crate) change: Code,
    pub(crate) home: Option<Postcode>,
    pub(crate) placed: Option<Postcode>,
    pub(crate) urn: Code,
}

/// A row of the UASC table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UascRow {
    pub(crate) child: u32,
    pub(crate) place: Place,
    pub(crate) until: Option<Day>,
}

/// A row of one of the other nine tables. Positions of children in it are those of the reading until it is cleaned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OtherRow {
    pub(crate) child: u32,
    pub(crate) place: Place,
    pub(crate) fact: Fact,
}

/// What the other tables say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fact {
    Review(Review),
    Health(Health),
    Leaver(CareLeaver),
    Adoption(Adoption),
    Decision(AdoptionDecision),
    Permanence(PreviousPermanence),
    Missing(Missing),
    Worker(SocialWorker),
    Order(DolOrder),
}

impl Fact {
    /// The table it comes from.
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::Review(_) => Kind::Reviews,
            Self::Health(_) => Kind::Oc2,
            Self::Leaver(_) => Kind::Oc3,
            Self::Adoption(_) => Kind::Ad1,
            Self::Decision(_) => Kind::PlacedAdoption,
            Self::Permanence(_) => Kind::PrevPerm,
            Self::Missing(_) => Kind::Missing,
            Self::Worker(_) => Kind::SwEpisodes,
            Self::Order(_) => Kind::DoLo,
        }
    }
}

/// Identifiers of an authority's children (or social workers), each with a small number.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    numbers: FxHashMap<Box<[u8]>, u32>,
    /// Identifiers in the order of their numbers.
    pub(crate) ids: Vec<Box<[u8]>>,
    last: u32,
}

impl Ids {
    /// The number of an identifier; files are mostly sorted by child, so the last one is tried first.
    #[inline]
    pub(crate) fn number(&mut self, id: &[u8]) -> u32 {
        if self.ids.get(self.last as usize).is_some_and(|last| **last == *id) {
            return self.last;
        }
        self.last = if let Some(&number) = self.numbers.get(id) {
            number
        } else {
            let number = self.ids.len() as u32;
            self.ids.push(id.into());
            self.numbers.insert(id.into(), number);
            number
        };
        self.last
    }
}

/// Everything read for one authority.
#[derive(Debug, Default)]
pub(crate) struct AuthorityRows {
    pub(crate) name: String,
    pub(crate) children: Ids,
    pub(crate) headers: Vec<HeaderRow>,
    pub(crate) episodes: Vec<EpisodeRow>,
    pub(crate) uasc: Vec<UascRow>,
    pub(crate) others: Vec<OtherRow>,
    /// Identifiers of social workers.
    pub(crate) workers: Ids,
    /// Rows that fell out while being read; they are in no list above.
    pub(crate) fallen: u64,
    pub(crate) notes: Vec<Note>,
    /// Which file holds rows of which table and year.
    pub(crate) held: Vec<(Kind, u16, u32)>,
}

impl AuthorityRows {
    /// Where each row stands, table by table.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        let headers = self.headers.iter().map(|row| &row.place);
        let episodes = self.episodes.iter().map(|row| &row.place);
        let uasc = self.uasc.iter().map(|row| &row.place);
        headers.chain(episodes).chain(uasc).chain(self.others.iter().map(|row| &row.place))
    }

    /// Lets `change` work on the table, the child and the place of each row.
    pub(crate) fn each_place(&mut self, mut change: impl FnMut(Kind, u32, &mut Place)) {
        self.headers.iter_mut().for_each(|row| change(Kind::Header, row.child, &mut row.place));
        self.episodes.iter_mut().for_each(|row| change(Kind::Episodes, row.child, &mut row.place));
        self.uasc.iter_mut().for_each(|row| change(Kind::Uasc, row.child, &mut row.place));
        self.others.iter_mut().for_each(|row| change(row.fact.kind(), row.child, &mut row.place));
    }

    /// How many rows are held.
    pub(crate) fn len(&self) -> usize {
        self.headers.len() + self.episodes.len() + self.uasc.len() + self.others.len()
    }
}
