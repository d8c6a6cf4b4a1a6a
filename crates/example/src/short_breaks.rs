//! Children who have short breaks only: rows that are in every return and in no published number (dossier B1, F3).

use domain::code::{ls, place, provider, rne};
use domain::{Code, Day};

use crate::dice::{Dice, Purpose};
use crate::entry::Siblings;
use crate::rates::Asylum;
use crate::record::{Child, Episode};

/// Children with a series of breaks recorded one by one (V3), and with the agreement recorded (V4), for each child looked after.
const EACH_BREAK: f64 = 0.009;
const AGREEMENT: f64 = 0.004;

/// The children of an authority of this stock whose breaks fall in the returns `first..=cut`.
pub(crate) fn children(seed: u64, authority: usize, stock: f64, (first, cut): (Day, Day)) -> Vec<Child> {
    let mut dice = Dice::new(seed, authority, Purpose::ShortBreaks, 0);
    // Each child has breaks for some three years, so a return of eight years sees several generations.
    let generations = f64::from(cut.since(first)) / 1100.0 + 1.0;
    let each = (stock * EACH_BREAK * generations).round() as u64;
    let agreements = (stock * AGREEMENT * generations).round() as u64;
    (0..each + agreements)
        .map(|at| {
            let mut dice_of = Dice::new(seed, authority, Purpose::ShortBreaks, at + 1);
            let from = dice.day_between(first.plus(-1100), cut);
            child(authority, at, from, if at < each { ls::V3 } else { ls::V4 }, &mut dice_of)
        })
        .filter(|child| child.episodes.iter().any(|episode| episode.end >= first && episode.start <= cut))
        .collect()
}

fn child(authority: usize, at: u64, from: Day, legal: Code, dice: &mut Dice) -> Child {
    let born = from.plus(-dice.between(5 * 365, 14 * 365));
    let until = from.plus(dice.between(400, 1500)).min(born.anniversary(17));
    let mut episodes = Vec::new();
    // In a care home: the one kind of place for which a row without reference number breaks neither rule 214 nor rule 218.
    let mut row = |start: Day, end: Day| {
        episodes.push(Episode {
            start,
            rne: rne::S,
            legal,
            need: Code::of("N2"),
            place: place::R1,
            before_registration: Code::BLANK,
            provider: provider::PR4,
            end,
            rec: Code::of("E4A"),
            change: Code::BLANK,
            home: None,
            placed: None,
            urn: Code::BLANK,
        });
    };
    if legal == ls::V4 {
        row(from, until);
    } else {
        let mut start = from;
        while start < until {
            let end = start.plus(dice.between(1, 3));
            row(start, end);
            start = end.plus(dice.between(20, 50));
        }
    }
    Child {
        // Identifiers from 900,000 on are those of short breaks.
        id: (101 + authority as u64) * 1_000_000 + 900_000 + at,
        family: u32::MAX,
        born,
        sex: if dice.chance(0.68) { 'M' } else { 'F' },
        ethnicity: crate::authority::ethnicity(Asylum::No, dice),
        upn: crate::authority::upn(born, dice),
        mother_since: None,
        asylum: Asylum::No,
        siblings: Siblings::None,
        periods: Vec::new(),
        episodes,
    }
}
