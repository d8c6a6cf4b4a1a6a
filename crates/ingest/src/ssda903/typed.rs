//! Rows of one authority as typed values, before any cleaning.

use std::cmp::Ordering;

use domain::history::{Adoption, AdoptionDecision, CareLeaver, DolOrder, Health, Missing, PreviousPermanence, Review, SocialWorker};
use domain::{Code, Day, Postcode, word};
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
///
/// The Department allows 20 characters and authorities use six to ten, so up to 15 bytes stand in one 16-byte key with their length, compared
/// and sorted without following a pointer. Longer ones share the mark [`Ids::LONG`] in the place of the length.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<[u8]>, u32>,
    keys: Vec<u128>,
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// The number given last.
    last: u32,
}

impl Ids {
    /// What the last byte of the key of a long identifier holds.
    const LONG: u8 = u8::MAX;

    /// The number of an identifier that is not empty. Files are mostly sorted by child, so the last one is tried first; and the next file of the
    /// authority mostly names the same children in the same order, so then the one after it.
    #[inline]
    pub(crate) fn number(&mut self, id: &[u8]) -> u32 {
        let key = Self::key(id);
        if self.is(self.last, key, id) {
            return self.last;
        }
        if self.is(self.last + 1, key, id) {
            self.last += 1;
        } else {
            self.last = self.look_up(key, id);
        }
        self.last
    }

    #[inline]
    fn is(&self, number: u32, key: u128, id: &[u8]) -> bool {
        self.keys.get(number as usize) == Some(&key) && (id.len() < 16 || self.id(number) == id)
    }

    fn look_up(&mut self, key: u128, id: &[u8]) -> u32 {
        let known = if id.len() < 16 { self.short.get(&key) } else { self.long.get(id) };
        known.copied().unwrap_or_else(|| self.add(id, key))
    }

    #[inline]
    fn key(id: &[u8]) -> u128 {
        let wide = |chunk: &[u8; 8]| u128::from(u64::from_be_bytes(*chunk));
        if let Some(first) = id.first_chunk() {
            return u128::from_be_bytes(*first) & !0xFF | u128::from(Self::LONG);
        }
        match (id.first_chunk(), id.last_chunk()) {
            // Two loads that overlap, as in `word::of`.
            (Some(first), Some(last)) => wide(first) << 64 | wide(last) << (8 * (16 - id.len())) | id.len() as u128,
            _ => u128::from(word::of(id).unwrap_or_default()) << 64 | id.len() as u128,
        }
    }

    fn add(&mut self, id: &[u8], key: u128) -> u32 {
        let number = self.keys.len() as u32;
        self.keys.push(key);
        self.bytes.extend_from_slice(id);
        self.ends.push(self.bytes.len() as u32);
        if id.len() < 16 {
            self.short.insert(key, number);
        } else {
            self.long.insert(id.into(), number);
        }
        number
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The identifier with this number.
    pub(crate) fn id(&self, number: u32) -> &[u8] {
        let start = if number == 0 { 0 } else { self.ends[number as usize - 1] };
        &self.bytes[start as usize..self.ends[number as usize] as usize]
    }

    /// Which of two identifiers comes first, byte by byte.
    pub(crate) fn compare(&self, a: u32, b: u32) -> Ordering {
        let by_key = self.keys[a as usize].cmp(&self.keys[b as usize]);
        let both_long = by_key == Ordering::Equal;
        if both_long { self.id(a).cmp(self.id(b)) } else { by_key }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_any_length_are_told_apart_and_sort_by_their_bytes() {
        let texts = [
            "B",
            "A",
            "A\0",
            "AA",
            "123456789012345",
            "1234567890123456",
            "1234567890123456789X",
            "1234567890123456789A",
            "123456789012345\0",
        ];
        let mut ids = Ids::default();
        for _ in 0..2 {
            for (number, text) in (0..).zip(texts) {
                assert_eq!(ids.number(text.as_bytes()), number);
                assert_eq!(ids.id(number), text.as_bytes());
            }
        }
        for a in 0..texts.len() {
            for b in 0..texts.len() {
                assert_eq!(ids.compare(a as u32, b as u32), texts[a].cmp(texts[b]), "{} {}", texts[a], texts[b]);
            }
        }
    }
}
