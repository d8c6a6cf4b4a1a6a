//! 10: what homes cost, as published: comparisons, not prices.

use report::block::{Block, Section, Text};
use report::chart::Unit;

use super::super::draft::Draft;
use super::super::series::Series;
use super::super::tables::{self, chart_words};
use super::super::words;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    let nothing = || Text::plain(format!("No unit cost is published for {} by the date of this statement.", material.name));
    blocks.push(Block::Paragraph(finding(draft).unwrap_or_else(nothing)));
    blocks.push(Block::Note(
        "Published unit costs divide a year’s spend by children at 31 March (residential care by days): comparisons between authorities, not prices of homes. \
         A price without its date says little; years below are those in which the financial year ends."
            .into(),
    ));
    for (id, anchor, what) in [
        ("residential-weekly-cost", "residential-cost", "A week of residential care"),
        ("fostering-weekly-cost", "fostering-cost", "A week of foster care"),
    ] {
        let Some(series) = Series::measure(material, id) else { continue };
        let to = material.year.min(series.held.map_or(material.year, |held| held.1));
        let from = to.saturating_sub(8).max(series.held.map_or(2017, |held| held.0));
        if from > to {
            continue;
        }
        let bench = material.bench(series, from, to);
        if bench.is_empty() {
            continue;
        }
        let summary = format!(
            "{what} in pounds, {} to {}: {}, its statistical neighbours, region and England.",
            (bench.series.year_label)(from),
            (bench.series.year_label)(to),
            material.name
        );
        let words = chart_words(anchor, bench.trend(what), summary);
        blocks.push(tables::lines(draft, &bench, words, &format!("{what}, pounds")));
    }
    let measures = ["totallacfinance", "lacfinance", "rescarefinance", "fosteringfinance", "adoptionfinance", "leavecaresupservtotexp"];
    let series = measures.into_iter().map(|id| Series::measure(material, id)).collect();
    if let Some(mut table) = tables::scorecard(draft, "spend", "Spend and unit costs as published", series) {
        let note = table.note.take().map_or_else(String::new, |note| note.to_string());
        table.note = Some(format!("Spend in pounds, unit costs in pounds a week. Means and regional totals of spend are not those of one authority of this size. {note}").into());
        blocks.push(Block::Table(table));
    }
    for (what, filled_by) in [
        ("Prices of homes by provider, contract and need", "the purchase ledger or individual placement agreements, with price dates"),
        ("The most expensive placements and what drives them", "the register of high-cost placements"),
        ("Budget, outturn and forecast of this year", "the authority’s monthly budget monitoring"),
        ("Cost by route: framework, block contract, spot purchase", "the contract register, joined to placements"),
    ] {
        blocks.push(draft.not_known(what, filled_by));
    }
    Section::new("cost", "Cost", blocks)
}

fn finding(draft: &mut Draft<'_, '_>) -> Option<Text> {
    let material = draft.material;
    let newest = |id: &str| {
        let series = Series::measure(material, id)?;
        let (first, last) = series.held?;
        let to = material.year.min(last);
        (first <= to).then(|| material.bench(series, first, to))
    };
    let (residential, fostering) = (newest("residential-weekly-cost")?, newest("fostering-weekly-cost")?);
    if material.fictitious {
        return Some(Text::plain(format!("No spend is held for {}: the statutory return of children carries no money.", material.name)));
    }
    let year = residential.newest()?;
    let (dear, modest) = (residential.own(material, year), fostering.own(material, year));
    let (Some(a), Some(b)) = (dear.known(), modest.known()) else {
        return Some(Text::plain(format!(
            "Unit costs of {} in {} are marked by the publisher, so no comparison is made.",
            material.name,
            (residential.series.year_label)(year)
        )));
    };
    let label = (residential.series.year_label)(year);
    let text = draft.say(Text::plain(format!("In {label} a week of residential care cost {} on average ", material.name)), &dear);
    let text = draft.say(text.and(" and a week of foster care "), &modest);
    let times = if b > 0.0 { format!(": {} times as much", Unit { places: 1, ..Unit::default() }.show(a / b)) } else { String::new() };
    let standing = residential.standing(draft, year);
    let mut spans = text.and(format!("{times}. For residential care: ")).0;
    let mut rest = standing;
    if let Some(report::block::Span::Plain(words)) = rest.0.first_mut() {
        *words = words::inside(words);
    }
    spans.append(&mut rest.0);
    Some(Text(spans))
}
