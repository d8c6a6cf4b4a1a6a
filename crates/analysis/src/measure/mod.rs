//! Measure cards (dossier B13): one file each, with the definition beside the count.
//!
//! A card says what is counted; counting is one pass over the children, placements or rows that it is about, and each of them is a yes, a
//! no or an unknown. So every result can show its rows, and the unknown is never lost in a no.

pub(crate) mod end;
mod m01;
mod m02;
mod m03;
mod m04;
mod m05;
mod m06;
mod m07;
mod m08;
mod m09;
mod m11;
mod m19;
mod m26;
mod m27;
mod m28;
mod m31;
mod settings;
mod tally;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use domain::number::Actual;
use domain::{Day, Value};
use rayon::prelude::*;

pub use settings::{Locality, Settings};
pub use tally::{Keep, Member, Tally};

use crate::view::View;

/// What a value is counted in. Ratios are 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of children.
    Children,
    /// A number of incidents.
    Incidents,
    /// Numerator over denominator, 0 to 1.
    Ratio,
    /// Per 10,000 residents aged 0-17.
    PerTenThousand,
    /// Per 1,000 nights in care.
    PerThousandNights,
    /// Mean days.
    Days,
    /// Mean score.
    Score,
}

impl Unit {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::Incidents => "incidents",
            Self::Ratio => "ratio",
            Self::PerTenThousand => "per 10,000 residents aged 0-17",
            Self::PerThousandNights => "per 1,000 nights",
            Self::Days => "days",
            Self::Score => "score",
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Higher is better.
    High,
    /// Lower is better.
    Low,
    /// Neither: it describes.
    Context,
}

impl Direction {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
            Self::Context => "context",
        }
    }
}

/// What is measured and how.
#[derive(Debug)]
pub struct Card {
    /// Dossier B13, lettered where a card holds several figures: `M01a`.
    pub id: &'static str,
    /// In plain English.
    pub label: &'static str,
    /// What the value is counted in.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// What is counted, over what, without whom, and which of several readings was taken.
    pub definition: &'static str,
    /// Whose definition it is.
    pub source: &'static str,
    /// Tables of the return it rests on, besides Header and Episodes, and over which years they must be held.
    needs: Option<(&'static str, Over)>,
    count: fn(&View, &Settings, &mut Tally),
}

/// The return years that a table must be held for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    /// Those that the range of days touches.
    Range,
    /// The last one that is complete on the date.
    LastCompleteYear,
    /// Those that the twelve months to the date touch.
    YearToDate,
}

/// A card's figure in one view.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The card's id.
    pub id: &'static str,
    /// The card's label.
    pub label: &'static str,
    /// The figure: unrounded, or the mark that says why there is none.
    pub value: Actual,
    /// How many of the kind counted; days or scores where the figure is a mean; nothing where it could not be counted.
    pub numerator: Option<u64>,
    /// Of how many; nothing where the figure is a plain count.
    pub denominator: Option<u64>,
    /// For how many it cannot be told.
    pub unknown: u64,
    /// What the value is counted in.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// What was counted, with the settings in force.
    pub definition: Cow<'static, str>,
    /// Whose definition it is.
    pub source: &'static str,
    /// Why there is no figure, in a sentence.
    pub why_not: Option<String>,
    /// Who is in the numerator; empty unless asked for.
    pub counted: Vec<Member>,
    /// Who is unknown; empty unless asked for.
    pub not_known: Vec<Member>,
}

/// Every card, in the order of their ids.
pub fn cards() -> impl Iterator<Item = &'static Card> {
    [
        &m01::CARDS[..],
        &m02::CARDS,
        &m03::CARDS,
        &m04::CARDS,
        &m05::CARDS,
        &m06::CARDS,
        &m07::CARDS,
        &m08::CARDS,
        &m09::CARDS,
        &m11::CARDS,
        &m19::CARDS,
        &m26::CARDS,
        &m27::CARDS,
        &m28::CARDS,
        &m31::CARDS,
    ]
    .into_iter()
    .flatten()
}

/// The card of an id, capitals or not.
pub fn card(id: &str) -> Option<&'static Card> {
    cards().find(|card| card.id.eq_ignore_ascii_case(id))
}

/// Every card's figure.
pub fn all(view: &View, settings: &Settings) -> Vec<Measured> {
    let cards: Vec<&Card> = cards().collect();
    cards.into_par_iter().with_max_len(1).map(|card| card.measure(view, settings, Keep::Counts)).collect()
}

impl Card {
    /// The figure in a view. With [`Keep::Members`] it shows the rows behind it.
    pub fn measure(&self, view: &View, settings: &Settings, keep: Keep) -> Measured {
        let mut tally = Tally::new(keep);
        match self.needs.and_then(|(table, over)| missing_table(view, table, over)) {
            Some(why_not) => tally.not_available(why_not),
            None => (self.count)(view, settings, &mut tally),
        }
        let plain = matches!(self.unit, Unit::Children | Unit::Incidents);
        let counted = tally.why_not.is_none();
        let definition = match tally.remark.take() {
            Some(remark) => Cow::Owned(format!("{} {remark}", self.definition)),
            None => Cow::Borrowed(self.definition),
        };
        Measured {
            id: self.id,
            label: self.label,
            value: Actual(self.value(&tally)),
            numerator: counted.then_some(tally.numerator),
            denominator: (counted && !plain).then_some(tally.denominator),
            unknown: tally.unknown,
            unit: self.unit,
            direction: self.direction,
            definition,
            source: self.source,
            why_not: tally.why_not,
            counted: tally.counted,
            not_known: tally.not_known,
        }
    }

    /// Nothing over nothing is no number (trap F10): where all are unknown it is unknown, where there is nobody the question makes no sense.
    fn value(&self, tally: &Tally) -> Value {
        if tally.why_not.is_some() {
            return Value::NotAvailable;
        }
        let factor = match self.unit {
            Unit::Children | Unit::Incidents => return Value::Known(tally.numerator as f64),
            Unit::PerTenThousand => 10_000.0,
            Unit::PerThousandNights => 1_000.0,
            Unit::Ratio | Unit::Days | Unit::Score => 1.0,
        };
        let all_unknown = tally.unknown > 0 && tally.unknown_in_denominator >= tally.denominator;
        match tally.denominator {
            _ if all_unknown => Value::Unknown,
            0 => Value::NotApplicable,
            denominator => Value::Known(tally.numerator as f64 / denominator as f64 * factor),
        }
    }
}

/// Why a table cannot answer, where it was not read for every year it would have to be.
fn missing_table(view: &View, table: &'static str, over: Over) -> Option<String> {
    let days = match over {
        Over::Range => view.range,
        Over::YearToDate => crate::view::Days::year_to(view.on),
        Over::LastCompleteYear => {
            let year = last_complete_year(view.on);
            crate::view::Days { from: Day::year_start(year), to: Day::year_end(year) }
        }
    };
    let missing: Vec<String> = (days.from.return_year()..=days.to.return_year())
        .filter(|&year| !view.history.tables_held.contains(&(table, year as u16)))
        .map(|year| year.to_string())
        .collect();
    (!missing.is_empty()).then(|| {
        format!("The {table} table is not held for the return year ending {}: add that file to the returns.", missing.join(" and "))
    })
}

/// The year of the last return that is complete on a day: a 31 March completes its own.
fn last_complete_year(on: Day) -> u32 {
    on.plus(1).return_year() - 1
}
