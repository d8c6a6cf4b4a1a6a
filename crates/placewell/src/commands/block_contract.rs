//! `placewell block-contract`

use std::ops::RangeInclusive;

use domain::Money;
use domain::number::half_up;
use service::blocks::{self, Chosen, Line, Question, Request, Terms};
use service::futures::Futures;
use service::plans::Named;
use web::api::block;

use crate::cli::BlockContract;
use crate::commands::file;
use crate::output::{self, Grid};

pub(crate) fn run(args: &BlockContract) -> anyhow::Result<()> {
    let bytes = file::read(&args.demand)?;
    let name = args.demand.display().to_string();
    let request = Request {
        demand: Futures::File(Named { name: &name, bytes: &bytes }),
        group: args.group.clone(),
        question: Question {
            beds: beds(&args.beds)?,
            terms: terms(args)?,
            spot: price("--spot-price", &args.spot_price)?,
            fit: args.fit,
            ramp_months: args.ramp_months,
            within: args.within,
            seed: args.seed,
        },
    };
    let chosen = blocks::choose(&request)?;
    for sentence in chosen.findings.iter().map(|finding| &finding.message).chain(&chosen.warnings) {
        output::say(sentence);
    }
    output::print(args.format, &block::BlockContract::new(&chosen, &request.question), &grid(&chosen), &words(&chosen, &request.question))
}

/// `4..12`, or one number.
fn beds(text: &str) -> anyhow::Result<RangeInclusive<u32>> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let range = match text.split_once("..") {
        Some((from, to)) => number(from).zip(number(to.trim_start_matches('='))),
        None => number(text).map(|beds| (beds, beds)),
    };
    match range {
        Some((from, to)) => Ok(from..=to),
        None => anyhow::bail!("--beds “{text}” is no range of beds. Write --beds 4..12."),
    }
}

fn terms(args: &BlockContract) -> anyhow::Result<Terms> {
    Ok(match (&args.fixed_cost, &args.block_price) {
        (Some(fixed), _) => Terms::Own { fixed: price("--fixed-cost", fixed)? },
        (None, Some(block)) => {
            let occupied = price("--block-price", block)?;
            let void = args.void_price.as_deref().map(|void| price("--void-price", void)).transpose()?;
            Terms::Block { occupied, void: void.unwrap_or(occupied) }
        }
        (None, None) => anyhow::bail!(
            "A block needs --block-price, what a bed costs a week with a child in it; homes of your own need --fixed-cost, what they cost a week all together."
        ),
    })
}

pub(super) fn price(option: &str, text: &str) -> anyhow::Result<Money> {
    Money::parse_pounds(text)
        .ok_or_else(|| anyhow::anyhow!("{option} “{text}” is not an amount in pounds. Write {option} 4750 or 4750.50."))
}

/// Whole pounds: an expected amount is not sure to the penny.
pub(super) fn pounds(pence: f64) -> String {
    let text = Money::from_pence(half_up(pence / 100.0, 0) as i64 * 100).to_string();
    text.trim_end_matches(".00").to_owned()
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0}%", half_up(share * 100.0, 0)))
}

fn grid(chosen: &Chosen) -> Grid {
    let headings =
        ["Beds", "Expected cost", "Saves", "Cost at risk (95%)", "Dearer than spot", "Occupied", "Empty beds cost", "A bed a week"];
    let plateau = chosen.answer.plateau.0..=chosen.answer.plateau.1;
    let row = |(at, line): (usize, &Line)| {
        let mark = if at == chosen.answer.best {
            " best"
        } else if plateau.contains(&at) {
            " as good"
        } else {
            ""
        };
        vec![
            format!("{}{mark}", line.beds),
            pounds(line.cost.mean),
            pounds(line.saving),
            pounds(line.at_risk),
            percent(Some(line.chance_dearer)),
            percent(line.occupancy),
            pounds(line.void_cost),
            line.unit_weekly.map_or_else(|| "–".to_owned(), pounds),
        ]
    };
    Grid {
        headings: headings.map(str::to_owned).to_vec(),
        rows: chosen.answer.lines.iter().enumerate().map(row).collect(),
        numbers_from: 1,
    }
}

fn words(chosen: &Chosen, question: &Question) -> String {
    let answer = &chosen.answer;
    let best = &answer.lines[answer.best];
    let (first, last) = (answer.lines[answer.plateau.0].beds, answer.lines[answer.plateau.1].beds);
    let as_good = if first == last {
        "no other number tried is as good".to_owned()
    } else {
        format!(
            "any number from {first} to {last} is as good (within {}%, or nearer than chance can tell apart)",
            half_up(question.within * 100.0, 2)
        )
    };
    let mut words = vec![format!(
        "Least expected cost: {} beds; {as_good}.\nAmounts are over {} days from {}, for {} ({} futures). Buying every bed on the spot is expected to cost {}.",
        best.beds,
        answer.days,
        answer.from.long(),
        chosen.groups.join(" and "),
        chosen.paths,
        pounds(answer.all_spot.mean)
    )];
    if let (Terms::Block { .. }, Some(share)) = (question.terms, best.break_even) {
        words.push(format!("A bed in block breaks even at {} occupied.", percent(Some(share))));
    }
    if let Some(even) = chosen.break_even_beds {
        words.push(format!("The fixed cost pays from {} occupied beds ({:.1}).", even.beds, half_up(even.exact, 1)));
    }
    words.join("\n")
}
