//! What was sent and what was answered, kept apart from the product: the list that the record is held against after each kill.
//!
//! A provider is added, corrected again and again (each correction writes its number as the legal name), and given homes, each with the terms of its
//! registration in the same change. So a lost change, a half change and one that nobody sent each show in one line of the list of providers.

use std::collections::BTreeMap;

/// Places of every home of these runs: a home without its terms would have none.
pub(crate) const PLACES: u32 = 3;

/// How often something was done: by the answers that came, and by what was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) answered: u32,
    pub(crate) sent: u32,
}

impl Times {
    /// Whether something was sent of which nobody knows whether it was taken.
    const fn in_doubt(self) -> bool {
        self.answered < self.sent
    }

    /// Acknowledged changes that are not there.
    const fn lost(self, seen: u32) -> u32 {
        self.answered.saturating_sub(seen)
    }

    /// Changes that nobody sent.
    const fn surplus(self, seen: u32) -> u32 {
        seen.saturating_sub(self.sent)
    }
}

/// One provider as its client knows it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Its address, once an answer said so.
    pub(crate) path: String,
    /// Versions, the first one too.
    pub(crate) versions: Times,
    pub(crate) homes: Times,
}

impl Known {
    /// Whether its client may go on with it.
    pub(crate) fn is_certain(&self) -> bool {
        !self.path.is_empty() && !self.versions.in_doubt() && !self.homes.in_doubt()
    }
}

/// What one client sent, by the providers' names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger(pub(crate) BTreeMap<String, Known>);

/// One provider as the record has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) name: String,
    pub(crate) version: u32,
    pub(crate) homes: u32,
    pub(crate) places: u32,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Acknowledged changes that are not there.
    pub(crate) lost: u32,
    /// Changes of which a part is there, or that nobody sent.
    pub(crate) half: u32,
}

impl std::ops::AddAssign for Found {
    fn add_assign(&mut self, other: Self) {
        self.lost += other.lost;
        self.half += other.half;
    }
}

impl Ledger {
    /// Acknowledged changes.
    pub(crate) fn answered(&self) -> u32 {
        self.0.values().map(|known| known.versions.answered + known.homes.answered).sum()
    }

    /// Holds the record against the list. From then on what is there counts as acknowledged: it must not go away again.
    pub(crate) fn hold_against(&mut self, record: &[Seen]) -> Found {
        let mut found = Found::default();
        let rows: BTreeMap<&str, &Seen> = record.iter().map(|row| (row.name.as_str(), row)).collect();
        for (name, known) in &mut self.0 {
            let (version, homes, places) = rows.get(name.as_str()).map_or((0, 0, 0), |row| (row.version, row.homes, row.places));
            found.lost += known.versions.lost(version) + known.homes.lost(homes);
            found.half += known.versions.surplus(version) + known.homes.surplus(homes) + u32::from(places != homes * PLACES);
            known.versions = Times { answered: version, sent: version };
            known.homes = Times { answered: homes, sent: homes };
        }
        self.0.retain(|_, known| known.versions.answered > 0);
        found
    }
}

/// Reads the list of providers as the product writes it: `name,legal_name,company,owner,sector,status,homes,places`.
pub(crate) fn read(text: &str) -> Option<Vec<Seen>> {
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let row = |row: csv::StringRecord| {
        let number = |at: usize| row.get(at)?.trim_start_matches("version ").parse().ok();
        Some(Seen { name: row.get(0)?.to_owned(), version: number(1)?, homes: number(6)?, places: number(7)? })
    };
    rows.records().map(|record| row(record.ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(versions: (u32, u32), homes: (u32, u32)) -> Ledger {
        let times = |(answered, sent)| Times { answered, sent };
        let known = Known { path: "/providers/1".to_owned(), versions: times(versions), homes: times(homes) };
        Ledger([("A".to_owned(), known)].into())
    }

    fn seen(version: u32, homes: u32, places: u32) -> Vec<Seen> {
        vec![Seen { name: "A".to_owned(), version, homes, places }]
    }

    #[test]
    fn what_was_answered_must_be_there_and_what_was_sent_may_be() {
        let check = |ledger: Ledger, seen: &[Seen], lost: u32, half: u32| {
            assert_eq!(ledger.clone().hold_against(seen), Found { lost, half }, "{ledger:?} {seen:?}");
        };
        check(ledger((2, 3), (1, 1)), &seen(2, 1, 3), 0, 0);
        check(ledger((2, 3), (1, 1)), &seen(3, 1, 3), 0, 0);
        check(ledger((2, 3), (1, 1)), &seen(1, 1, 3), 1, 0);
        check(ledger((2, 3), (1, 1)), &seen(4, 1, 3), 0, 1);
        check(ledger((2, 2), (1, 2)), &seen(2, 2, 3), 0, 1);
        check(ledger((2, 2), (2, 2)), &[], 4, 0);
        check(ledger((0, 1), (0, 0)), &[], 0, 0);
    }

    #[test]
    fn what_was_in_doubt_is_certain_afterwards() {
        let mut doubtful = ledger((2, 3), (1, 2));
        doubtful.hold_against(&seen(3, 1, 3));
        assert!(doubtful.0["A"].is_certain());
        assert_eq!(doubtful.hold_against(&seen(2, 1, 3)).lost, 1, "what was seen once must stay");
    }

    #[test]
    fn the_list_is_read_as_the_product_writes_it() {
        let text = "name,legal_name,company,owner,sector,status,homes,places\nA,version 3,,,private,approved,2,6\n";
        assert_eq!(read(text), Some(vec![Seen { name: "A".to_owned(), version: 3, homes: 2, places: 6 }]));
        assert_eq!(read("<!DOCTYPE html>\nx"), None);
    }
}
