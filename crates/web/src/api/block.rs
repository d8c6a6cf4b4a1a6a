//! JSON of how many block beds to buy.

use serde::Serialize;
use service::blocks::{Chosen, Line, Question, Terms};

/// `block-contract`: amounts in whole pence over all days of the demand, shares 0 to 1.
#[derive(Debug, Serialize)]
pub struct BlockContract {
    /// Groups of the demand whose children are meant.
    pub groups: Vec<String>,
    /// Whose children; empty where the demand does not say.
    pub authorities: Vec<String>,
    /// First date of the demand.
    pub from: String,
    /// Last date of the demand.
    pub to: String,
    /// Days that all amounts cover.
    pub days: u32,
    /// How many futures.
    pub paths: usize,
    /// What was asked.
    pub terms: AskedTerms,
    /// Buying every bed on the spot.
    pub all_spot: Cost,
    /// One row for each number of beds.
    pub rows: Vec<Row>,
    /// The number of beds with the least expected cost.
    pub best: u32,
    /// The numbers that are as good.
    pub plateau: Plateau,
    /// For a fixed cost: from how many occupied beds on it pays.
    pub break_even_beds: Option<BreakEvenBeds>,
    /// Sentences to know before it is used.
    pub warnings: Vec<String>,
    /// Sentences about lines left out.
    pub findings: Vec<String>,
    /// SHA-256 of the demand.
    pub inputs_sha256: String,
}

/// Prices and chances as asked.
#[derive(Debug, Serialize)]
pub struct AskedTerms {
    /// A week of an occupied block bed; `null` for a fixed cost.
    pub block_price_pence: Option<i64>,
    /// A week of an empty one.
    pub void_price_pence: Option<i64>,
    /// A week of all beds together; `null` for a block.
    pub fixed_cost_pence: Option<i64>,
    /// A week outside.
    pub spot_price_pence: i64,
    /// The chance that a child who needs such a home can live in these beds.
    pub fit: f64,
    /// Months over which beds can be filled.
    pub ramp_months: u32,
    /// Seed of which children fit.
    pub seed: u64,
}

/// A cost over futures.
#[derive(Debug, Serialize)]
pub struct Cost {
    /// Mean.
    pub expected_pence: i64,
    /// Mean of a week.
    pub expected_weekly_pence: i64,
    /// Eighty of a hundred futures cost at least this …
    pub lo80_pence: i64,
    /// … and at most this.
    pub hi80_pence: i64,
}

/// One number of beds.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Beds.
    pub beds: u32,
    /// These beds, and the spot price for the children who do not live in them.
    pub cost: Cost,
    /// Ninety-five of a hundred futures cost no more.
    pub cost_at_risk_pence: i64,
    /// Expected saving against buying every bed on the spot.
    pub saving_pence: i64,
    /// Share of futures in which these beds cost more than that.
    pub chance_dearer: f64,
    /// Expected cost of empty beds.
    pub void_cost_pence: i64,
    /// Occupied nights ÷ nights paid for; `null` without a bed.
    pub occupancy: Option<f64>,
    /// The same in eighty of a hundred futures.
    pub occupancy_lo80: Option<f64>,
    /// The upper end.
    pub occupancy_hi80: Option<f64>,
    /// What an occupied bed costs a week; `null` where none is.
    pub unit_weekly_pence: Option<i64>,
    /// Occupancy from which the beds are no dearer than the spot price; above 1 they never are; `null` where no occupancy makes them equal.
    pub break_even_occupancy: Option<f64>,
}

/// Numbers of beds as good as the best.
#[derive(Debug, Serialize)]
pub struct Plateau {
    /// Fewest.
    pub from: u32,
    /// Most.
    pub to: u32,
    /// They cost at most this share more, or so little that chance cannot tell them apart.
    pub within: f64,
}

/// Occupied beds from which a fixed cost pays.
#[derive(Debug, Serialize)]
pub struct BreakEvenBeds {
    /// Where both cost the same.
    pub exact: f64,
    /// Whole beds.
    pub beds: u32,
}

impl BlockContract {
    /// The answer to a question.
    pub fn new(chosen: &Chosen, question: &Question) -> Self {
        let answer = &chosen.answer;
        let (block, void, fixed) = match question.terms {
            Terms::Block { occupied, void } => (Some(occupied.pence()), Some(void.pence()), None),
            Terms::Own { fixed } => (None, None, Some(fixed.pence())),
        };
        let beds = |at: usize| answer.lines[at].beds;
        Self {
            groups: chosen.groups.clone(),
            authorities: chosen.authorities.clone(),
            from: chosen.dates.0.to_string(),
            to: chosen.dates.1.to_string(),
            days: answer.days,
            paths: chosen.paths,
            terms: AskedTerms {
                block_price_pence: block,
                void_price_pence: void,
                fixed_cost_pence: fixed,
                spot_price_pence: question.spot.pence(),
                fit: question.fit,
                ramp_months: question.ramp_months,
                seed: question.seed,
            },
            all_spot: cost(answer.all_spot.mean, answer.all_spot.eighty, answer.days),
            rows: answer.lines.iter().map(|line| row(line, answer.days)).collect(),
            best: beds(answer.best),
            plateau: Plateau { from: beds(answer.plateau.0), to: beds(answer.plateau.1), within: question.within },
            break_even_beds: chosen.break_even_beds.map(|even| BreakEvenBeds { exact: even.exact, beds: even.beds }),
            warnings: chosen.warnings.clone(),
            findings: chosen.findings.iter().map(|finding| finding.message.clone()).collect(),
            inputs_sha256: chosen.sha256.clone(),
        }
    }
}

/// Pence, rounded once.
fn pence(amount: f64) -> i64 {
    amount.round() as i64
}

fn cost(mean: f64, eighty: (f64, f64), days: u32) -> Cost {
    Cost {
        expected_pence: pence(mean),
        expected_weekly_pence: pence(mean * 7.0 / f64::from(days.max(1))),
        lo80_pence: pence(eighty.0),
        hi80_pence: pence(eighty.1),
    }
}

fn row(line: &Line, days: u32) -> Row {
    Row {
        beds: line.beds,
        cost: cost(line.cost.mean, line.cost.eighty, days),
        cost_at_risk_pence: pence(line.at_risk),
        saving_pence: pence(line.saving),
        chance_dearer: line.chance_dearer,
        void_cost_pence: pence(line.void_cost),
        occupancy: line.occupancy,
        occupancy_lo80: line.occupancy_eighty.map(|band| band.0),
        occupancy_hi80: line.occupancy_eighty.map(|band| band.1),
        unit_weekly_pence: line.unit_weekly.map(pence),
        break_even_occupancy: line.break_even,
    }
}
