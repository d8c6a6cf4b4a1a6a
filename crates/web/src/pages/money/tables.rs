//! Money ahead as tables and a chart, and its finding.

use domain::Money;
use domain::number::half_up;
use domain::plan::UnitPrice;
use report::block::{Cell, Chart, Column, Kind, Row, Table, Text};
use report::chart::{BarRow, Bars, Drawing, Unit, Words};
use service::plans::{Bridge, CostedPlan};
use service::spending::{HeldPrice, Spending, Year};

use crate::shown;

/// `2026-27`
pub(super) fn period(year: &Year) -> String {
    format!("{}-{:02}", year.year_end - 1, year.year_end % 100)
}

/// The first whole year in a sentence.
pub(super) fn finding(spending: &Spending) -> String {
    let years = &spending.ahead.years;
    let whole = years.iter().find(|year| year.covers.nights() >= 365).or(years.first());
    whole.map_or_else(
        || "There is no night to cost".to_owned(),
        |year| {
            let nights = if year.covers.nights() >= 365 { String::new() } else { format!(" ({} nights of it)", year.covers.nights()) };
            format!("The nights of {}{nights} cost {} to {}", period(year), millions(year.cost.eighty.0), millions(year.cost.eighty.1))
        },
    )
}

/// `£24.3 million`
fn millions(pence: f64) -> String {
    format!("£{:.1} million", half_up(pence / 100_000_000.0, 1))
}

fn money(pence: f64) -> Cell {
    Cell::number(pence / 100.0, shown::thousands(pence))
}

fn exact(money: Money) -> Cell {
    Cell::number(money.pence() as f64 / 100.0, money.to_string().trim_end_matches(".00").to_owned())
}

/// Each financial year with its band, and what of it has no price.
pub(super) fn years(spending: &Spending) -> Table {
    let row = |year: &Year| {
        let nights = f64::from(year.covers.nights().max(1));
        let children = |nights_lived: f64| {
            let children = nights_lived / nights;
            Cell::number(children, shown::plain(half_up(children, 1)))
        };
        let cost = &year.cost;
        let cells = vec![
            Cell::words(period(year)),
            Cell::number(year.covers.nights().into(), shown::count(year.covers.nights().into())),
            money(cost.median),
            Cell::words(format!("{} to {}", shown::thousands(cost.eighty.0), shown::thousands(cost.eighty.1))),
            Cell::words(format!("{} to {}", shown::thousands(cost.ninety_five.0), shown::thousands(cost.ninety_five.1))),
            children(year.costed_nights),
            children(year.uncosted_nights),
        ];
        Row::new(cells).of(Kind::Forecast)
    };
    let missing = if spending.missing.is_empty() { "every kind of home has a price".to_owned() } else { spending.missing.join(", ") };
    Table {
        id: "years".to_owned(),
        caption: "What the nights cost, by financial year".to_owned(),
        columns: vec![
            Column::header("Year"),
            Column::number("Nights covered"),
            Column::number("Middle"),
            Column::words("4 in 5 futures"),
            Column::words("19 in 20 futures"),
            Column::number("Children with a price"),
            Column::number("Children without"),
        ],
        rows: spending.ahead.years.iter().map(row).collect(),
        note: Some(Text::plain(format!("Children on an average night, expected. Without a price, and in no amount: {missing}."))),
        source: Some("Own returns; forecast by Placewell, prices as below".to_owned()),
    }
}

/// What each kind costs over all years.
pub(super) fn kinds(spending: &Spending) -> Chart {
    let years = &spending.ahead.years;
    let groups = years.first().map_or(0, |year| year.groups.len());
    let mut kinds: Vec<(&'static str, f64, Option<f64>)> = (0..groups)
        .map(|at| {
            let children = years.iter().map(|year| year.groups[at].children * f64::from(year.covers.nights())).sum::<f64>();
            let cost = years.iter().map(|year| year.groups[at].cost.map(|cost| cost.mean)).sum::<Option<f64>>();
            (years[0].groups[at].group, children, cost)
        })
        .filter(|(_, nights, _)| *nights > 0.0)
        .collect();
    kinds.sort_by(|one, other| other.2.unwrap_or(-1.0).total_cmp(&one.2.unwrap_or(-1.0)));
    let rows = kinds.iter().map(|(name, _, cost)| BarRow::subject(*name, vec![cost.map(|pence| half_up(pence / 100_000.0, 0))]));
    let bars = Bars {
        names: vec![String::new()],
        rows: rows.collect(),
        unit: Unit { suffix: "k".to_owned(), ..Unit::pounds(0) },
        reference: None,
    };
    let first = kinds.first().map_or_else(String::new, |(name, _, cost)| {
        let total: f64 = kinds.iter().filter_map(|kind| kind.2).sum();
        cost.map_or_else(String::new, |cost| {
            format!("{name}: {} of what has a price. ", shown::share_of(if total > 0.0 { cost / total } else { 0.0 }))
        })
    });
    let summary = format!("{first}Expected cost of all nights covered, in thousands of pounds; what has no price has no bar.");
    let row = |(name, nights, cost): &(&'static str, f64, Option<f64>)| {
        let cost = cost.map_or_else(|| Cell::words("not known"), money);
        Row::new(vec![Cell::words(*name), Cell::number(*nights, shown::count(nights.round() as u64)), cost])
    };
    let table = Table {
        id: "kinds-numbers".to_owned(),
        caption: "Numbers in the chart".to_owned(),
        columns: vec![Column::header("Kind of home"), Column::number("Nights, expected"), Column::number("Cost, expected")],
        rows: kinds.iter().map(row).collect(),
        note: None,
        source: None,
    };
    bars.block(Words { id: "kinds".to_owned(), title: "Where the money goes".to_owned(), summary }, table)
}

/// Each price with its base and source.
pub(super) fn prices(used: &[(&'static str, UnitPrice)], missing: &[&'static str]) -> Table {
    let used = used.iter().map(|(group, price)| {
        Row::new(vec![
            Cell::words(*group),
            Cell::words(price.kind.clone()),
            exact(price.weekly),
            Cell::words(price.price_date.map_or_else(|| "not given".to_owned(), domain::Day::long)),
            Cell::words(if price.source.is_empty() { "not given".to_owned() } else { price.source.clone() }),
        ])
    });
    let none = || Cell::words("not known");
    let missing = missing.iter().map(|group| Row::new(vec![Cell::words(*group), none(), none(), none(), none()]));
    Table {
        id: "prices".to_owned(),
        caption: "Prices used".to_owned(),
        columns: vec![
            Column::header("Kind of home"),
            Column::words("In the price list"),
            Column::number("A week"),
            Column::words("Price of"),
            Column::words("Source"),
        ],
        rows: used.chain(missing).collect(),
        note: Some(Text::plain("A price without a date is taken to be before every rise.")),
        source: None,
    }
}

/// Contracts held, each at its own price until it ends.
pub(super) fn held(spending: &Spending) -> Option<Table> {
    let row = |(group, contract): &(&'static str, HeldPrice)| {
        let rise = contract
            .uplift
            .map_or_else(|| "with the price list".to_owned(), |(on, percent)| format!("{}% on {}", shown::plain(percent), on.long()));
        Row::new(vec![
            Cell::words(*group),
            Cell::number(contract.placements.into(), shown::count(contract.placements.into())),
            exact(contract.weekly),
            Cell::words(contract.until.long()),
            Cell::words(rise),
            Cell::words(if contract.source.is_empty() { "not given".to_owned() } else { contract.source.clone() }),
        ])
    };
    (!spending.held.is_empty()).then(|| Table {
        id: "held".to_owned(),
        caption: "Contracts held".to_owned(),
        columns: vec![
            Column::header("Kind of home"),
            Column::number("Placements"),
            Column::number("A week"),
            Column::words("Until"),
            Column::words("Rises"),
            Column::words("Source"),
        ],
        rows: spending.held.iter().map(row).collect(),
        note: Some(Text::plain(
            "The first children of a kind are costed at these prices, those beyond, and all once a contract has ended, at the price list.",
        )),
        source: None,
    })
}

/// What the plan costs, period by period.
pub(super) fn plan(costed: &CostedPlan) -> Table {
    let number = |children: u32| Cell::number(children.into(), shown::count(children.into()));
    let row = |period: &domain::plan::PeriodCost| {
        Row::new(vec![
            Cell::words(period.period.label.clone()),
            number(period.children()),
            exact(period.annual_52_weeks()),
            exact(period.annual_by_days()),
            number(period.uncosted_children()),
        ])
        .of(Kind::Plan)
    };
    Table {
        id: "plan".to_owned(),
        caption: "The plan, year by year".to_owned(),
        columns: vec![
            Column::header("Year"),
            Column::number("Children planned"),
            Column::number("52 weeks"),
            Column::number("By the days of the year"),
            Column::number("Children without a price"),
        ],
        rows: costed.periods.iter().map(row).collect(),
        note: Some(Text::plain("Plan: what was chosen, not what is expected.")),
        source: Some("The file of the plan, and the prices above".to_owned()),
    }
}

/// Why the plan's last year costs more or less than its first.
pub(super) fn bridge(costed: &CostedPlan, inflation: f64) -> Option<Table> {
    let Bridge { from, to, volume, mix, price, inflation: everywhere, .. } = costed.bridge.as_ref()?.over_weeks(52);
    let (first, last) = (costed.periods.first()?, costed.periods.last()?);
    let row =
        |name: String, amount: Money, meaning: &str| Row::new(vec![Cell::words(name), exact(amount), Cell::words(meaning)]).of(Kind::Plan);
    Some(Table {
        id: "bridge".to_owned(),
        caption: format!("Why the plan of {} costs more or less than that of {}", last.period.label, first.period.label),
        columns: vec![Column::header("Part"), Column::number("52 weeks"), Column::words("What it is")],
        rows: vec![
            row(first.period.label.clone(), from, "what has a price in both years"),
            row("Volume".to_owned(), volume, "more or fewer children at the mean price before"),
            row("Mix".to_owned(), mix, "the same children in dearer or cheaper kinds of home"),
            row("Price".to_owned(), price, "kinds whose price rose faster or slower than all prices"),
            row("Inflation".to_owned(), everywhere, "prices everywhere"),
            row(last.period.label.clone(), to, "what has a price in both years").total(),
        ],
        note: Some(Text::plain(format!(
            "Inflation of {}% from the first year to the last, as asked. The parts add up to the penny.",
            shown::plain(half_up(inflation * 100.0, 2))
        ))),
        source: Some("The file of the plan, and the prices above".to_owned()),
    })
}

/// What a child's step down from a children's home to a family is worth (dossier A074); nothing where the price list has no such pair.
pub(super) fn step_downs(costed: &CostedPlan) -> Option<Table> {
    let says = |kind: &str, words: &[&str]| words.iter().any(|word| kind.to_lowercase().contains(word));
    let to_family = |pair: &&service::plans::StepDown| {
        says(&pair.from, &["home", "residential"]) && !says(&pair.from, &["foster"]) && says(&pair.to, &["foster", "kin"])
    };
    let row =
        |pair: &service::plans::StepDown| Row::new(vec![Cell::words(pair.from.clone()), Cell::words(pair.to.clone()), exact(pair.a_year)]);
    let rows: Vec<Row> = costed.step_downs.iter().filter(to_family).map(row).collect();
    (!rows.is_empty()).then(|| Table {
        id: "step-downs".to_owned(),
        caption: "What a step down to a family is worth, for one child".to_owned(),
        columns: vec![Column::header("From"), Column::words("To"), Column::number("Saved in 52 weeks")],
        rows,
        note: Some(Text::plain("At the prices above. A cheaper home is right only where it is right for the child.")),
        source: None,
    })
}
