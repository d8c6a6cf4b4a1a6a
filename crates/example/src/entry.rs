//! Who comes into care, and when: a mean-reverting, seasonal stream of families, and one of unaccompanied children.

use domain::Day;

use crate::dice::{Dice, Purpose};
use crate::kind::{Kind, Legal};
use crate::life::Entrant;
use crate::rates::{AGES, Asylum, band};
use crate::setting::Calendar;

/// A child who comes into care.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    /// Brothers and sisters who come on the same day have the same family number.
    pub(crate) family: u32,
    /// What is fixed on the day.
    pub(crate) entrant: Entrant,
    /// Whether the first home is shared with the brothers and sisters for whom this is `Together` too.
    pub(crate) siblings: Siblings,
}

/// Whether a child's first home is its siblings' first home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Siblings {
    /// No brother or sister came on the same day.
    None,
    /// In the same first home as at least one of them.
    Together,
    /// In another.
    Apart,
}

/// The true entry process of one authority.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryProcess {
    /// Mean families a year outside the unaccompanied, before season and setting.
    pub(crate) families: f64,
    /// Mean unaccompanied children a year.
    pub(crate) asylum: f64,
}

/// Factor on entries by calendar month, from January: fewer in August and December, more in autumn and before the summer holiday.
/// The return publishes no months; the amplitude is ours.
pub(crate) const SEASON: [f64; 12] = [1.04, 0.98, 1.07, 0.95, 1.02, 1.05, 1.08, 0.90, 0.99, 1.06, 1.04, 0.82];
/// Monthly persistence of the mean-reverting factor, and standard deviation of its steps, for the authority and its region.
pub(crate) const PERSISTENCE: f64 = 0.85;
pub(crate) const STEP_AUTHORITY: f64 = 0.06;
pub(crate) const STEP_REGION: f64 = 0.04;
/// The same for unaccompanied children, whose transfers come in waves.
pub(crate) const STEP_ASYLUM: f64 = 0.16;
/// Shape of the gamma that makes a month's families negative binomial.
pub(crate) const SHAPE: f64 = 25.0;
/// Share of families by how many children come at once (1 to 5).
pub(crate) const FAMILY_SIZES: [f64; 5] = [0.70, 0.17, 0.085, 0.032, 0.013];

/// Mean children in a family.
pub(crate) fn mean_family() -> f64 {
    FAMILY_SIZES.iter().zip(1..).map(|(share, size)| share * f64::from(size)).sum()
}

/// One state of the mean-reverting factor, kept as its logarithm.
struct Wave {
    log: f64,
    step: f64,
}

impl Wave {
    const fn new(step: f64) -> Self {
        Self { log: 0.0, step }
    }

    fn next(&mut self, dice: &mut Dice) {
        self.log = PERSISTENCE * self.log + self.step * dice.normal();
    }

    /// The factor, with mean one.
    fn factor(&self) -> f64 {
        let variance = self.step * self.step / (1.0 - PERSISTENCE * PERSISTENCE);
        (self.log - variance / 2.0).exp()
    }
}

/// Everybody who comes in `from..to`, in order of the day.
pub(crate) fn arrivals(
    seed: u64,
    authority: usize,
    region: usize,
    process: &EntryProcess,
    calendar: &Calendar,
    (from, to): (Day, Day),
) -> Vec<Arrival> {
    let mut dice = Dice::new(seed, authority, Purpose::Entries, 0);
    let mut shared = Dice::new(seed, region, Purpose::Region, 0);
    let (mut own, mut regional, mut asylum) = (Wave::new(STEP_AUTHORITY), Wave::new(STEP_REGION), Wave::new(STEP_ASYLUM));
    let mut arrivals = Vec::new();
    let mut family = 0;
    let mut month = from;
    while month < to {
        let end = month.plus_months(1).min(to);
        own.next(&mut dice);
        asylum.next(&mut dice);
        regional.next(&mut shared);
        let season = SEASON[month.ymd().1 as usize - 1];
        let share = f64::from(end.since(month)) / 365.25;
        let mean = process.families * share * season * own.factor() * regional.factor() * calendar.entries(month);
        for _ in 0..dice.poisson_gamma(mean, SHAPE) {
            let mut who = Dice::new(seed, authority, Purpose::Family, u64::from(family));
            self::family(family, working_day(month, end, &mut who), &mut who, &mut arrivals);
            family += 1;
        }
        let mean = process.asylum * share * asylum.factor() * calendar.asylum_entries(month);
        for _ in 0..dice.poisson_gamma(mean, SHAPE) {
            let mut who = Dice::new(seed, authority, Purpose::Family, u64::from(family));
            let start = working_day(month, end, &mut who);
            arrivals.push(Arrival { family, entrant: unaccompanied(start, &mut who), siblings: Siblings::None });
            family += 1;
        }
        month = end;
    }
    arrivals.sort_by_key(|arrival| (arrival.entrant.start, arrival.family));
    arrivals
}

/// A day of the month; half of what falls on a weekend is moved to the Friday before or stays.
fn working_day(from: Day, to: Day, dice: &mut Dice) -> Day {
    let day = dice.day_between(from, to);
    // 1 January of year 1 was a Monday, so the remainder is 6 on Saturdays and 0 on Sundays.
    let back = match day.number() % 7 {
        6 => 1,
        0 => 2,
        _ => 0,
    };
    if back > 0 && day.plus(-back) >= from && dice.chance(0.5) { day.plus(-back) } else { day }
}

fn unaccompanied(start: Day, dice: &mut Dice) -> Entrant {
    // England 2025: 6,950 of 32,270 starters; nearly all are 16 or 17 and looked after under section 20.
    let age = dice.by_weight(&[(12, 0.01), (13, 0.02), (14, 0.04), (15, 0.11), (16, 0.44), (17, 0.38)]);
    let born = birthday(start, age, dice);
    let kind = first_home(band(&AGES, age), Legal::Voluntary, Asylum::Seeking, dice);
    Entrant { born, start, legal: Legal::Voluntary, kind, asylum: Asylum::Seeking }
}

/// A date of birth that makes a child this old on a day, and not 18 within the week.
fn birthday(on: Day, age: u32, dice: &mut Dice) -> Day {
    let newest = before(on, age);
    let oldest = before(on, age + 1).plus(if age == 17 { 8 } else { 1 });
    if age == 0 && dice.chance(0.62) {
        // Most of those who come in their first year come within days of birth.
        return on.plus(-dice.between(0, 10));
    }
    dice.day_between(oldest, newest.plus(1))
}

/// The same day so many years before; 1 March stands for 29 February.
fn before(day: Day, years: u32) -> Day {
    let (year, month, date) = day.ymd();
    Day::from_ymd(year - years, month, date).or(Day::from_ymd(year - years, 3, 1)).unwrap_or(day)
}

fn family(number: u32, start: Day, dice: &mut Dice, into: &mut Vec<Arrival>) {
    let size = 1 + dice.weighted(FAMILY_SIZES);
    let oldest = if size == 1 {
        // Ages of starters outside the unaccompanied, England 2025, thinned where brothers and sisters add to them.
        match dice.weighted([0.36, 0.085, 0.045, 0.25, 0.26]) {
            0 => 0,
            1 => dice.between(1, 4),
            2 => dice.between(5, 9),
            3 => 10 + dice.weighted([0.12, 0.13, 0.15, 0.18, 0.21, 0.21]) as i32,
            _ => 16 + dice.weighted([0.60, 0.40]) as i32,
        }
    } else {
        dice.between(2, 15).max(size as i32 - 1)
    };
    let mut ages = vec![oldest];
    while ages.len() < size {
        let youngest = ages.last().copied().unwrap_or(oldest);
        let gap = if dice.chance(0.03) { 0 } else { dice.between(1, 3) };
        ages.push((youngest - gap).max(0));
    }
    let youngest = band(&AGES, ages.last().copied().unwrap_or(oldest) as u32);
    // Police protection and orders cover all of a family; remand is of one child.
    let legal = match first_status(youngest, dice) {
        Legal::Remand if size > 1 => Legal::Voluntary,
        other => other,
    };
    let together = size > 1 && dice.chance([0.0, 0.66, 0.55, 0.42, 0.35][size - 1]) && !ages.iter().any(|&age| age >= 16);
    let shared = first_home(band(&AGES, oldest as u32).clamp(1, 3), legal, Asylum::No, dice);
    // Brothers and sisters share a family's home, not a family centre or a bed in a unit.
    let shared = if shared.is_fostering() || shared == Kind::Parents { shared } else { Kind::InHouse };
    for age in ages {
        let age = age as u32;
        let born = birthday(start, age, dice);
        let own = first_home(band(&AGES, age), legal, Asylum::No, dice);
        let kind = if together { shared } else { own };
        let siblings = match (size, together) {
            (1, _) => Siblings::None,
            (_, true) => Siblings::Together,
            (_, false) => Siblings::Apart,
        };
        into.push(Arrival { family: number, entrant: Entrant { born, start, legal, kind, asylum: Asylum::No }, siblings });
    }
}

/// Legal status at the start by age. England 2025, all starters: section 20 57% (of whom the unaccompanied are two fifths), interim
/// order 31%, police protection 9%, emergency order 1%, remand 2%.
fn first_status(age: usize, dice: &mut Dice) -> Legal {
    use Legal::{Emergency, Full, Interim, Police, Remand, Voluntary};
    let weights: [(Legal, f64); 6] = match age {
        0 => [(Voluntary, 27.0), (Interim, 62.0), (Police, 7.0), (Emergency, 3.5), (Full, 0.5), (Remand, 0.0)],
        1 => [(Voluntary, 34.0), (Interim, 48.0), (Police, 15.0), (Emergency, 2.0), (Full, 1.0), (Remand, 0.0)],
        2 => [(Voluntary, 40.0), (Interim, 43.0), (Police, 14.5), (Emergency, 1.5), (Full, 1.0), (Remand, 0.0)],
        3 => [(Voluntary, 55.0), (Interim, 28.0), (Police, 12.0), (Emergency, 0.7), (Full, 1.0), (Remand, 3.3)],
        _ => [(Voluntary, 80.0), (Interim, 6.0), (Police, 4.0), (Emergency, 0.0), (Full, 1.0), (Remand, 9.0)],
    };
    dice.by_weight(&weights)
}

/// The first home, by age, legal status and asylum.
pub(crate) fn first_home(age: usize, legal: Legal, asylum: Asylum, dice: &mut Dice) -> Kind {
    use Kind::{Agency, ExternalHome, InHouse, Kin, Other, OtherResidential, OwnHome, Parents, School, Secure, Supported};
    let parents = if matches!(legal, Legal::Interim | Legal::Full) { 1.0 } else { 0.0 };
    let table: &[(Kind, f64)] = match (asylum, legal, age) {
        (Asylum::Seeking, _, 4) => &[(Supported, 72.0), (Agency, 17.0), (InHouse, 7.0), (Other, 4.0)],
        (Asylum::Seeking, ..) => &[(Agency, 60.0), (InHouse, 30.0), (ExternalHome, 6.0), (Other, 4.0)],
        (_, Legal::Remand, _) => {
            &[(OtherResidential, 40.0), (Secure, 14.0), (ExternalHome, 20.0), (InHouse, 10.0), (Kin, 8.0), (Other, 8.0)]
        }
        (_, _, 0) => &[(Kin, 21.0), (InHouse, 33.0), (Agency, 23.0), (Parents, 9.0 * parents), (OtherResidential, 20.0), (Other, 1.5)],
        (_, _, 1) => &[(Kin, 29.0), (InHouse, 33.0), (Agency, 28.0), (Parents, 11.0 * parents), (OtherResidential, 4.0), (Other, 1.5)],
        (_, _, 2) => &[
            (Kin, 26.0),
            (InHouse, 33.0),
            (Agency, 33.0),
            (Parents, 9.0 * parents),
            (OwnHome, 0.5),
            (ExternalHome, 2.5),
            (School, 0.1),
            (Other, 1.5),
        ],
        (_, _, 3) => &[
            (Kin, 18.0),
            (InHouse, 24.0),
            (Agency, 28.0),
            (Parents, 7.0 * parents),
            (OwnHome, 4.0),
            (ExternalHome, 14.0),
            (Secure, 0.3),
            (OtherResidential, 1.5),
            (School, 0.3),
            (Other, 6.0),
        ],
        _ => &[
            (Kin, 8.0),
            (InHouse, 14.0),
            (Agency, 11.0),
            (Parents, 4.0 * parents),
            (OwnHome, 3.5),
            (ExternalHome, 13.0),
            (Secure, 0.4),
            (Supported, 46.0),
            (OtherResidential, 3.0),
            (School, 0.2),
            (Other, 8.0),
        ],
    };
    dice.by_weight(table)
}
