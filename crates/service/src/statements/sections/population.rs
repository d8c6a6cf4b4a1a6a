//! 3: the children who live here, and how many come to children's social care.

use domain::number::percent_change;
use report::block::{Block, Section, Text};

use super::super::bench::Bench;
use super::super::draft::Draft;
use super::super::series::Series;
use super::super::tables::{self, chart_words};
use super::super::words;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    // Rates of the year ending 31 March use the mid-year before it.
    let to = material.year - 1;
    let long = material.bench(Series::population(material), to.saturating_sub(12).max(2012), to);
    let mut blocks = vec![Block::Paragraph(finding(draft, &long))];
    let five = material.bench(Series::population(material), to.saturating_sub(4).max(2012), to);
    if long.subject().values.values().any(|value| value.known().is_some()) {
        let alone = long.alone();
        let words = chart_words(
            "population-trend",
            alone.trend(&format!("Children living in {}:", material.name)),
            format!("Residents of {} aged 0 to 17 at mid-year, {} to {}.", material.name, alone.from, alone.to),
        );
        let caption = format!("Residents aged 0 to 17, {}, mid-{} to mid-{}", material.name, alone.from, alone.to);
        blocks.push(tables::lines(draft, &alone, words, &caption));
    }
    blocks.push(Block::Table(tables::benchmark(draft, &five, "population-beside", "Residents aged 0 to 17 at mid-year")));
    blocks.push(Block::Heading("On the way to care".into()));
    let measures = ["cpp_total_rateper10_000", "cin", "section_47", "cpp_rate", "careapplications", "cpplans2yrs"];
    let series = measures.into_iter().map(|id| Series::measure(material, id)).collect();
    if let Some(table) = tables::scorecard(draft, "context", "Referrals, children in need and child protection", series) {
        blocks.push(Block::Table(table));
    }
    blocks.push(draft.not_known(
        "Deprivation, housing, migration and other local drivers of need",
        "the joint strategic needs assessment and the Index of Multiple Deprivation",
    ));
    Section::new("population", "Local context and child population", blocks)
}

fn finding(draft: &mut Draft<'_, '_>, bench: &Bench<'_>) -> Text {
    let material = draft.material;
    let Some(year) = bench.newest().filter(|&year| bench.own(material, year).known().is_some()) else {
        return Text::plain(format!("How many children live in {} is not in the published estimates held.", material.name));
    };
    let own = bench.own(material, year);
    let mut text = draft.say(Text::default(), &own).and(format!(" children under 18 lived in {} in the middle of {year}", material.name));
    let five_before = year.saturating_sub(5);
    let growth = |at: usize| {
        let values = &bench.rows.get(at)?.values;
        percent_change(values.get(&five_before)?.known()?, values.get(&year)?.known()?)
    };
    if let Some(grown) = growth(0) {
        let size = report::chart::Unit::percent(1).show(grown.abs());
        text = text.and(match words::Way::between(0.0, grown, 1) {
            words::Way::Up => format!(", {size} more than five years before"),
            words::Way::Down => format!(", {size} fewer than five years before"),
            words::Way::Level => ", as many as five years before".to_owned(),
        });
        let england = bench.rows.len() - 1;
        if let Some(beside) = words::growth_beside(grown, &[("England".to_owned(), growth(england))]) {
            text = text.and(format!(": {beside}"));
        }
    }
    text.and(".")
}
