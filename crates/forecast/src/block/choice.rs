//! What each number of beds would cost over every future, and which numbers are as good as the best.

use std::ops::RangeInclusive;

use domain::number::whole_down;
use domain::{Day, Money};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Demand, Terms, break_even_occupancy};
use crate::outlook::{Spread, quantile};

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// How many beds to try.
    pub beds: RangeInclusive<u32>,
    /// What they cost.
    pub terms: Terms,
    /// What a week outside costs for each child who does not live in one of them.
    pub spot: Money,
    /// The chance that a child who needs such a home can live in these beds, 0 to 1.
    pub fit: f64,
    /// Months over which beds can be filled, one after another; all of them are paid for meanwhile.
    pub ramp_months: u32,
    /// Numbers of beds that cost this share more than the best still count as good: 0.005 is a half per cent.
    pub within: f64,
    /// Which children fit is drawn from this.
    pub seed: u64,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// The range has no number: its end lies before its beginning.
    NoBeds,
    /// The chance of a fit is not from 0 to 1.
    Fit(f64),
    /// A price is below nought.
    Price(Money),
    /// The tolerance is below nought or no number.
    Within(f64),
}

/// One number of beds. Amounts are pence over all days of the demand.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Beds.
    pub beds: u32,
    /// Beds and spot together, over the futures. Its mean is exact in which children fit, so that neighbouring numbers can be compared.
    pub cost: Spread,
    /// Ninety-five of a hundred futures cost no more.
    pub at_risk: f64,
    /// Expected cost of beds that stand empty.
    pub void_cost: f64,
    /// Expected saving against buying every bed on the spot; below nought where the block costs more.
    pub saving: f64,
    /// The share of futures in which the beds cost more than buying on the spot.
    pub chance_dearer: f64,
    /// Occupied nights ÷ nights paid for: expected; nothing where there is no bed.
    pub occupancy: Option<f64>,
    /// The same in eighty of a hundred futures.
    pub occupancy_eighty: Option<(f64, f64)>,
    /// What an occupied bed costs a week: everything paid for the beds ÷ occupied weeks; nothing where none is.
    pub unit_weekly: Option<f64>,
    /// The occupancy from which the beds are no dearer than the spot price.
    pub break_even: Option<f64>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// First date and the days that all amounts cover.
    pub from: Day,
    /// Days.
    pub days: u32,
    /// One line for each number of beds, ascending.
    pub lines: Vec<Line>,
    /// Cost of buying every bed on the spot, in pence.
    pub all_spot: Spread,
    /// Position in `lines` of the least expected cost; the fewest beds of several.
    pub best: usize,
    /// First and last position of those as good as the best: within the tolerance, or nearer than chance can tell apart (1.96 standard errors of
    /// the difference between the same futures).
    pub plateau: (usize, usize),
}

/// Tries every number of beds on every future.
pub fn answer(demand: &Demand, question: &Question) -> Result<Answer, Fault> {
    check(question)?;
    let beds: Vec<u32> = question.beds.clone().collect();
    let futures = Futures::new(demand, question);
    let columns: Vec<Column> = beds.iter().map(|&beds| futures.column(beds, question)).collect();
    let mean = |column: &Column| average(&column.expected);
    let best = (0..columns.len()).min_by(|&one, &other| mean(&columns[one]).total_cmp(&mean(&columns[other]))).unwrap_or(0);
    let as_good = |column: &Column| {
        let (difference, error) = paired(&column.expected, &columns[best].expected);
        difference <= (question.within * mean(&columns[best])).max(1.96 * error)
    };
    let first = (0..best).rev().take_while(|&at| as_good(&columns[at])).last().unwrap_or(best);
    let last = (best + 1..columns.len()).take_while(|&at| as_good(&columns[at])).last().unwrap_or(best);
    let all_spot = Spread::of(futures.all_spot.clone());
    let lines = beds.iter().zip(columns).map(|(&beds, column)| column.line(beds, &futures, question, all_spot.mean)).collect();
    Ok(Answer { from: demand.dates()[0], days: futures.days.iter().sum(), lines, all_spot, best, plateau: (first, last) })
}

fn check(question: &Question) -> Result<(), Fault> {
    let prices = match question.terms {
        Terms::Block { occupied, void } => [occupied, void, question.spot],
        Terms::Own { fixed } => [fixed, fixed, question.spot],
    };
    if let Some(&price) = prices.iter().find(|price| price.pence() < 0) {
        return Err(Fault::Price(price));
    }
    if question.beds.is_empty() {
        return Err(Fault::NoBeds);
    }
    if !(0.0..=1.0).contains(&question.fit) {
        return Err(Fault::Fit(question.fit));
    }
    if !(question.within >= 0.0 && question.within.is_finite()) {
        return Err(Fault::Within(question.within));
    }
    Ok(())
}

/// What all numbers of beds have in common.
struct Futures<'a> {
    demand: &'a Demand,
    days: Vec<u32>,
    /// How far the ramp has come at each date.
    filled: Vec<f64>,
    /// `paths × dates`: how many of the children can live in the beds.
    fitting: Vec<u32>,
    /// `expected[children][beds]`: how many beds are occupied on average over which children fit.
    expected: Vec<Vec<f64>>,
    all_spot: Vec<f64>,
}

/// One number of beds over all futures; one entry a path.
struct Column {
    /// Cost with the children who fit in this future.
    cost: Vec<f64>,
    /// Cost on average over which children fit.
    expected: Vec<f64>,
    /// Occupied nights with the children who fit in this future.
    nights: Vec<f64>,
    /// Occupied nights on average over all futures.
    mean_nights: f64,
}

impl<'a> Futures<'a> {
    fn new(demand: &'a Demand, question: &Question) -> Self {
        let days = demand.days();
        let start = demand.dates()[0];
        let ramp = start.plus_months(question.ramp_months as i32).since(start);
        let come = |date: &Day| if ramp <= 0 { 1.0 } else { (f64::from(date.since(start)) / f64::from(ramp)).min(1.0) };
        let spot = question.spot.pence() as f64 / 7.0;
        let weighed = |path: &[u32]| path.iter().zip(&days).map(|(&count, &days)| f64::from(count) * f64::from(days)).sum::<f64>();
        Self {
            filled: demand.dates().iter().map(come).collect(),
            fitting: (0..demand.paths()).flat_map(|path| fitting(demand, path, question)).collect(),
            expected: expected_occupied(demand.most(), *question.beds.end(), question.fit),
            all_spot: (0..demand.paths()).map(|path| weighed(demand.path(path)) * spot).collect(),
            demand,
            days,
        }
    }

    fn column(&self, beds: u32, question: &Question) -> Column {
        let (paths, dates) = (self.demand.paths(), self.days.len());
        let usable: Vec<u32> = self.filled.iter().map(|filled| whole_down(f64::from(beds) * filled)).collect();
        let mut column = Column { cost: Vec::new(), expected: Vec::new(), nights: Vec::new(), mean_nights: 0.0 };
        for path in 0..paths {
            let children = self.demand.path(path);
            let (mut nights, mut mean_nights) = (0.0, 0.0);
            for date in 0..dates {
                let days = f64::from(self.days[date]);
                nights += days * f64::from(self.fitting[path * dates + date].min(usable[date]));
                mean_nights += days * self.expected[children[date] as usize][usable[date] as usize];
            }
            column.cost.push(self.cost(beds, nights, self.all_spot[path], question));
            column.expected.push(self.cost(beds, mean_nights, self.all_spot[path], question));
            column.nights.push(nights);
            column.mean_nights += mean_nights / paths as f64;
        }
        column
    }

    fn paid_nights(&self, beds: u32) -> f64 {
        f64::from(beds) * f64::from(self.days.iter().sum::<u32>())
    }

    /// Cost of the beds with so many occupied nights.
    fn of_beds(&self, beds: u32, nights: f64, terms: Terms) -> f64 {
        let daily = |money: Money| money.pence() as f64 / 7.0;
        match terms {
            Terms::Block { occupied, void } => nights * daily(occupied) + (self.paid_nights(beds) - nights) * daily(void),
            Terms::Own { fixed } => daily(fixed) * f64::from(self.days.iter().sum::<u32>()),
        }
    }

    /// The same with the children who live elsewhere.
    fn cost(&self, beds: u32, nights: f64, all_spot: f64, question: &Question) -> f64 {
        self.of_beds(beds, nights, question.terms) + all_spot - nights * question.spot.pence() as f64 / 7.0
    }

    fn void_cost(&self, beds: u32, nights: f64, terms: Terms) -> f64 {
        let paid = self.paid_nights(beds);
        match terms {
            Terms::Block { void, .. } => (paid - nights) * void.pence() as f64 / 7.0,
            Terms::Own { .. } if paid > 0.0 => self.of_beds(beds, nights, terms) * (paid - nights) / paid,
            Terms::Own { .. } => self.of_beds(beds, nights, terms),
        }
    }
}

impl Column {
    fn line(self, beds: u32, futures: &Futures<'_>, question: &Question, all_spot: f64) -> Line {
        let mean = average(&self.expected);
        let paths = self.cost.len() as f64;
        // A penny apart is the same money.
        let dearer = self.cost.iter().zip(&futures.all_spot).filter(|(cost, spot)| *cost - *spot > 1.0).count();
        let mut sorted = self.cost.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let paid = futures.paid_nights(beds);
        let eighty = || Spread::of(self.nights.iter().map(|nights| nights / paid).collect()).eighty;
        let of_beds = futures.of_beds(beds, self.mean_nights, question.terms);
        Line {
            beds,
            at_risk: quantile(&sorted, 0.95),
            void_cost: futures.void_cost(beds, self.mean_nights, question.terms),
            saving: all_spot - mean,
            chance_dearer: dearer as f64 / paths,
            // Sums of fractions may pass the whole by a hair.
            occupancy: (paid > 0.0).then(|| (self.mean_nights / paid).min(1.0)),
            occupancy_eighty: (paid > 0.0).then(eighty),
            unit_weekly: (self.mean_nights > 0.0).then(|| of_beds / (self.mean_nights / 7.0)),
            break_even: break_even_occupancy(question.terms, question.spot, beds),
            cost: Spread { mean, ..Spread::of(self.cost) },
        }
    }
}

/// How many of a future's children fit, by date. The n-th child fits or does not for as long as there are n children: a stay lasts longer than a
/// month, and so luck does not even out from date to date.
fn fitting(demand: &Demand, path: usize, question: &Question) -> Vec<u32> {
    let children = demand.path(path);
    let mut chance = ChaCha8Rng::seed_from_u64(question.seed);
    chance.set_stream(path as u64);
    let most = children.iter().copied().max().unwrap_or(0);
    let mut fit = Vec::with_capacity(most as usize + 1);
    fit.push(0);
    for child in 0..most as usize {
        let unit = (chance.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        fit.push(fit[child] + u32::from(unit < question.fit));
    }
    children.iter().map(|&count| fit[count as usize]).collect()
}

/// `[children][beds]`: the mean of the lesser of `beds` and a binomial number of `children` with this chance.
fn expected_occupied(children: u32, beds: u32, fit: f64) -> Vec<Vec<f64>> {
    // The chance of exactly k for k below the number of beds; one child more each round.
    let mut exactly = vec![0.0; beds as usize];
    if let Some(none) = exactly.first_mut() {
        *none = 1.0;
    }
    let mut rows = Vec::with_capacity(children as usize + 1);
    for _ in 0..=children {
        // A mean of whole numbers is the sum of the chances of at least 1, at least 2, ….
        let mut row = Vec::with_capacity(beds as usize + 1);
        let (mut mean, mut fewer): (f64, f64) = (0.0, 0.0);
        row.push(0.0);
        for chance in &exactly {
            fewer += chance;
            mean += 1.0 - fewer;
            row.push(mean.max(0.0));
        }
        rows.push(row);
        for k in (0..exactly.len()).rev() {
            let below = if k == 0 { 0.0 } else { exactly[k - 1] };
            exactly[k] = exactly[k] * (1.0 - fit) + below * fit;
        }
    }
    rows
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Mean difference between the same futures, and its standard error.
fn paired(values: &[f64], base: &[f64]) -> (f64, f64) {
    let differences: Vec<f64> = values.iter().zip(base).map(|(value, base)| value - base).collect();
    let spread = Spread::of(differences);
    (spread.mean, spread.sd / (values.len().max(1) as f64).sqrt())
}

#[cfg(test)]
mod tests;
