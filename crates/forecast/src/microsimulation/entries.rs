//! Who comes into care, and when.
//!
//! Children come in families: brothers and sisters on one day count as one arrival, because counts of children are clustered. Per authority and
//! stratum (children who come alone seeking asylum; all others) a month's arrivals are negative binomial about a season, the region's swing and the
//! authority's own ([`super::wave`]); those who come alone also come in sudden shifts ([`super::shifts`]). Who arrives is drawn from recent arrivals of
//! the authority, or of its region where it has few, each path from a resample of them (Efron's bootstrap), so that the mix is uncertain too.

use domain::Day;
use rand_distr::{Distribution, Gamma, Poisson};

use super::chance::{Chance, Purpose};
use super::child::Child;
use super::exposure::{Entry, Exposure};
use super::shifts::Shifts;
use super::state::Asylum;
use super::wave::{Ahead, Grid, Level, NO_GROWTH, Wave};

/// Days of history from which arrivals are drawn.
pub(super) const RECENT: i32 = 1096;
/// Arrivals of the region that an authority's own are mixed with.
const BORROWED: f64 = 20.0;
/// Arrivals that the prior of a calendar month, equal to the others, is worth.
const SEASON_PRIOR: f64 = 100.0;
/// Days in a month, on average.
const MONTH: f64 = 30.4375;

/// How arrivals of an authority may swing, by the month: an authority's starters of a year differ from the year before by some fifteen per cent.
const OWN: Grid = Grid {
    persistence: &[0.6, 0.85, 0.95, 0.99],
    deviation: &[0.03, 0.08, 0.15, 0.25, 0.4, 0.7, 1.1],
    expected_deviation: 0.15,
    shape: &[8.0, 40.0],
    level: Level::Unknown,
    shifts: &Shifts::NEVER,
    growth: NO_GROWTH,
};

/// Lasting growth of the arrivals of a region, or of an authority that stands alone: normal about none with a standard deviation of 2.5% a year.
const GROWTH: &[(f64, f64)] = &[(-0.05, 0.054), (-0.025, 0.242), (0.0, 0.408), (0.025, 0.242), (0.05, 0.054)];

/// Children who come alone come in waves: dispersal, transfer schemes and borders have changed their number by half, or fourfold, within a year.
const OWN_ALONE: Grid =
    Grid { deviation: &[0.1, 0.25, 0.4, 0.7, 1.1, 1.6], expected_deviation: 1.0, persistence: &[0.7, 0.85, 0.95, 0.98], ..OWN };

/// Sudden shifts of the arrivals of children who come alone, by the month. A war, a rule of transfer or a border shifts a whole region: once in three years,
/// to a half or twice as a rule and to a quarter or four times at worst, for a year and a half. From one year to the next of 2021-25 unaccompanied
/// starters of English authorities with twenty or more at least doubled in 19 cases of a hundred, halved in 8, and were four times as many in 3 (DfE, Children
/// looked after in England including adoptions, 2025, starters by authority; 409 changes). Falls are likelier than rises so that the mean is kept.
const WAVES: Shifts = Shifts { onset: 1.0 / 36.0, end: 1.0 / 18.0, sizes: &[(-1.4, 0.27), (-0.7, 0.44), (0.7, 0.22), (1.4, 0.07)] };

impl Asylum {
    /// How the arrivals of a stratum may swing in one authority of several.
    const fn own(self) -> &'static Grid {
        match self {
            Self::No => &OWN,
            Self::Seeking => &OWN_ALONE,
        }
    }

    /// How the arrivals of all authorities swing together, or of the only one.
    fn whole(self, authorities: usize) -> Grid {
        let shifts = if self == Self::Seeking { &WAVES } else { &Shifts::NEVER };
        let level = if authorities > 1 && self == Self::No { Level::Known } else { Level::Unknown };
        let growth = if self == Self::No { GROWTH } else { NO_GROWTH };
        Grid { level, shifts, growth, ..self.own().clone() }
    }
}

/// The posterior of arrivals.
#[derive(Clone, Debug)]
pub(super) struct Entries {
    strata: [Stratum; 2],
}

#[derive(Clone, Debug)]
struct Stratum {
    asylum: Asylum,
    /// All authorities together; nothing where there is only one.
    shared: Option<Wave>,
    /// By authority.
    own: Vec<Wave>,
    /// By calendar month from January, mean one.
    season: [f64; 12],
    /// Recent arrivals: each a range of `children`, by authority.
    arrivals: Vec<(u32, u32)>,
    children: Vec<Child>,
    /// Each authority's range of `arrivals`.
    of_authority: Vec<(u32, u32)>,
}

/// Brothers and sisters who come on one day, or a child who comes by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arriving<'a> {
    pub(super) children: &'a [Child],
    /// Names the family: unique on a path, its last eight bits free for the place of a child in it.
    pub(super) number: u64,
}

impl Entries {
    /// Learns from the entries counted up to a day.
    pub(super) fn fit(exposure: &Exposure, until: Day) -> Self {
        Self { strata: [Asylum::No, Asylum::Seeking].map(|asylum| Stratum::fit(exposure, until, asylum)) }
    }

    /// The children of recent arrivals.
    pub(super) fn recent(&self) -> impl Iterator<Item = &Child> {
        self.strata.iter().flat_map(|stratum| &stratum.children)
    }

    /// The swings of one path, over the months after `from` up to `until`.
    pub(super) fn draw(&self, seed: u64, path: usize, from: Day, until: Day) -> Drawn<'_> {
        let months = month(until) - month(from.plus(1)) + 1;
        let strata = self
            .strata
            .iter()
            .enumerate()
            .map(|(at, stratum)| {
                let chance = |subject: u64| Chance::new(seed, path, Purpose::Entries, (at as u64) << 32 | subject);
                let shared = stratum.shared.as_ref().map(|wave| wave.draw(&mut chance(u64::from(u32::MAX)), months));
                let own = stratum.own.iter().enumerate().map(|(authority, wave)| wave.draw(&mut chance(authority as u64), months));
                (stratum, shared, own.collect())
            })
            .collect();
        Drawn { seed, path, from, until, strata }
    }
}

impl Stratum {
    fn fit(exposure: &Exposure, until: Day, asylum: Asylum) -> Self {
        let entries: Vec<&Entry> = exposure.entries.iter().filter(|entry| entry.child.asylum == asylum).collect();
        let families: Vec<&[&Entry]> = entries
            .chunk_by(|a, b| (a.child.authority, a.child.in_care_since, a.family) == (b.child.authority, b.child.in_care_since, b.family))
            .collect();
        let first = exposure.windows.iter().map(|(first, _)| first.plus(1)).min().unwrap_or(until);
        let months = (month(until) + 1).saturating_sub(month(first)).max(1);
        let authorities = exposure.windows.len();
        let mut counts = vec![vec![0.0; months]; authorities];
        for family in &families {
            let child = &family[0].child;
            counts[usize::from(child.authority)][month(child.in_care_since) - month(first)] += 1.0;
        }
        let days: Vec<Vec<f64>> = exposure
            .windows
            .iter()
            .map(|&(from, to)| {
                let mut days = vec![0.0; months];
                let mut day = from.plus(1);
                while day <= to {
                    days[month(day) - month(first)] += 1.0;
                    day = day.plus(1);
                }
                days
            })
            .collect();
        let calendar = |at: usize| (month(first) + at) % 12;
        let season = season(&counts, &days, calendar);
        let offsets: Vec<Vec<f64>> =
            days.iter().map(|days| days.iter().enumerate().map(|(at, days)| days / MONTH * season[calendar(at)]).collect()).collect();
        let (shared, offsets) = shared(&counts, offsets, &asylum.whole(authorities));
        let grid = if shared.is_some() { asylum.own().clone() } else { asylum.whole(1) };
        let own = Wave::fit_alike(&counts, &offsets, &grid);
        let mut stratum =
            Self { asylum, shared, own, season, arrivals: Vec::new(), children: Vec::new(), of_authority: vec![(0, 0); authorities] };
        for family in families {
            let child = &family[0].child;
            if until.since(child.in_care_since) >= RECENT {
                continue;
            }
            let from = stratum.children.len() as u32;
            stratum.children.extend(family.iter().map(|entry| entry.child));
            let range = &mut stratum.of_authority[usize::from(child.authority)];
            let at = stratum.arrivals.len() as u32;
            stratum.arrivals.push((from, stratum.children.len() as u32));
            *range = if range.0 == range.1 { (at, at + 1) } else { (range.0, at + 1) };
        }
        stratum
    }

    /// Whose attributes an arrival has: one of the authority's own recent arrivals, or of the region's.
    fn like(&self, authority: usize, seed: u64, path: usize, chance: &mut Chance) -> &[Child] {
        let (from, to) = self.of_authority[authority];
        let own = f64::from(to - from);
        let (from, to) = if chance.unit() <= own / (own + BORROWED) { (from, to) } else { (0, self.arrivals.len() as u32) };
        // A place in the path's resample; which arrival stands there is fixed for the path.
        let place = chance.below((to - from) as usize) as u64;
        let subject = (self.asylum as u64) << 62 | u64::from(from) << 31 | place;
        let drawn = Chance::new(seed, path, Purpose::Resample, subject).below((to - from) as usize) + from as usize;
        self.arrivals.get(drawn).map_or(&[], |&(from, to)| &self.children[from as usize..to as usize])
    }
}

/// The swing that authorities share, and offsets that already hold its course.
fn shared(counts: &[Vec<f64>], offsets: Vec<Vec<f64>>, grid: &Grid) -> (Option<Wave>, Vec<Vec<f64>>) {
    if counts.len() < 2 {
        return (None, offsets);
    }
    let rates: Vec<f64> =
        counts.iter().zip(&offsets).map(|(counts, offsets)| counts.iter().sum::<f64>() / offsets.iter().sum::<f64>().max(1.0)).collect();
    let months = offsets[0].len();
    let all: Vec<f64> = (0..months).map(|at| counts.iter().map(|counts| counts[at]).sum()).collect();
    let expected: Vec<f64> = (0..months).map(|at| offsets.iter().zip(&rates).map(|(offsets, rate)| offsets[at] * rate).sum()).collect();
    if all.iter().sum::<f64>() <= 0.0 {
        return (None, offsets);
    }
    let wave = Wave::fit(&all, &expected, grid);
    let course = wave.course(&all, &expected);
    let offsets =
        offsets.into_iter().map(|offsets| offsets.iter().zip(&course).map(|(offset, factor)| offset * factor).collect()).collect();
    (Some(wave), offsets)
}

/// Factors of the calendar months, pooled over authorities and towards one.
fn season(counts: &[Vec<f64>], days: &[Vec<f64>], calendar: impl Fn(usize) -> usize) -> [f64; 12] {
    let (mut came, mut expected) = ([0.0; 12], [0.0; 12]);
    for (counts, days) in counts.iter().zip(days) {
        let rate = counts.iter().sum::<f64>() / days.iter().sum::<f64>().max(1.0);
        for (at, (count, days)) in counts.iter().zip(days).enumerate() {
            came[calendar(at)] += count;
            expected[calendar(at)] += rate * days;
        }
    }
    let factors: [f64; 12] = std::array::from_fn(|at| (SEASON_PRIOR + came[at]) / (SEASON_PRIOR + expected[at]));
    let mean = factors.iter().sum::<f64>() / 12.0;
    factors.map(|factor| factor / mean)
}

/// Months since the year 0.
fn month(day: Day) -> usize {
    let (year, month, _) = day.ymd();
    (year * 12 + month - 1) as usize
}

/// The arrivals of one path.
pub(super) struct Drawn<'a> {
    seed: u64,
    path: usize,
    from: Day,
    until: Day,
    strata: Vec<(&'a Stratum, Option<Ahead>, Vec<Ahead>)>,
}

impl Drawn<'_> {
    /// Everybody who comes to an authority, month by month.
    pub(super) fn arrive(&self, authority: usize, mut tell: impl FnMut(Arriving<'_>)) {
        let mut children = Vec::new();
        for (at, (stratum, shared, own)) in self.strata.iter().enumerate() {
            let own = &own[authority];
            let mut first = self.from.plus(1);
            let mut step = 0;
            while first <= self.until {
                let (year, number, _) = first.ymd();
                let next = Day::from_ymd(year, number, 1).unwrap_or(first).plus_months(1);
                let days = next.min(self.until.plus(1)).since(first);
                let swing = own.factors[step] * shared.as_ref().map_or(1.0, |shared| shared.factors[step]);
                let mean = f64::from(days) / MONTH * stratum.season[number as usize - 1] * swing;
                let subject = ((authority as u64) << 2 | (at as u64) << 1) << 40 | (step as u64) << 26;
                self.month(stratum, authority, (first, days), (mean, own.shape), subject, |like, on, number| {
                    children.clear();
                    children.extend(like.iter().map(|like| again(like, authority, on)));
                    tell(Arriving { children: &children, number });
                });
                first = next;
                step += 1;
            }
        }
    }

    /// The families of a month: whom they are like, their day, and their name.
    fn month(
        &self,
        stratum: &Stratum,
        authority: usize,
        (first, days): (Day, i32),
        (mean, shape): (f64, f64),
        subject: u64,
        mut tell: impl FnMut(&[Child], Day, u64),
    ) {
        let mut chance = Chance::new(self.seed, self.path, Purpose::Family, subject);
        for family in 0..count(mean, shape, &mut chance) {
            let number = subject | (family & 0xffff) << 8;
            let mut chance = Chance::new(self.seed, self.path, Purpose::Family, number | 1);
            let on = first.plus(chance.below(days as usize) as i32);
            tell(stratum.like(authority, self.seed, self.path, &mut chance), on, number);
        }
    }
}

/// A child like one of the past, as old on the day as that one was on its own.
fn again(like: &Child, authority: usize, on: Day) -> Child {
    Child {
        authority: authority as u16,
        born: like.born.plus(on.since(like.in_care_since)),
        in_care_since: on,
        placed_since: on,
        away_since: like.away_since.map(|_| on),
        ..*like
    }
}

/// A negative binomial count.
fn count(mean: f64, shape: f64, chance: &mut Chance) -> u64 {
    let gamma = Gamma::new(shape, 1.0 / shape).map_or(1.0, |gamma| gamma.sample(chance.source()));
    Poisson::new(mean * gamma).map_or(0.0, |poisson| poisson.sample(chance.source())) as u64
}
