//! The comparison as a line chart, and its finding in words.

use report::block::Chart;
use report::chart::{Drawing, Line, Series, Unit, Words};
use service::benchmarks::{ChangeUnit, Comparison, Kind};

use super::ask::Ask;
use super::own::Figures;
use super::tables;
use crate::shown;

pub(super) fn chart(ask: &Ask, comparison: &Comparison<'_>, own: Option<&Figures>) -> Chart {
    let indicator = &comparison.indicator;
    let (from, to) = comparison.years;
    let mut series: Vec<Series> = Vec::new();
    if let Some(own) = own {
        series.push(Series::subject(own.name.clone(), own.line()));
    }
    // Counts of England and the region would flatten every line below them.
    let comparable = indicator.is_percentage() || indicator.unit() != "children";
    for row in
        tables::published(ask, comparison).filter(|row| comparable || matches!(row.kind, Kind::Authority | Kind::StatisticalNeighbours))
    {
        let values = row.values.values().map(|value| value.known()).collect();
        let subject = row.kind == Kind::Authority && own.is_none();
        series.push(if subject { Series::subject(row.area.clone(), values) } else { Series::others(tables::name(row), values) });
    }
    let unit = match indicator.unit() {
        "percent" => Unit::percent(1),
        "pounds" | "pounds a week" => Unit::pounds(0),
        _ if series.iter().flat_map(|one| &one.values).flatten().all(|value| value.fract() == 0.0) => Unit::count(),
        _ => Unit { places: 1, ..Unit::count() },
    };
    let x = (from..=to).map(|year| tables::year_label(indicator, year)).collect();
    let summary = summary(comparison, &series);
    let words = Words { id: "benchmark".to_owned(), title: indicator.title().to_owned(), summary };
    let mut table = tables::rows(ask, comparison, own);
    "benchmark-numbers".clone_into(&mut table.id);
    table.caption = format!("Numbers in the chart: {}", table.caption);
    Line { x, series, unit, ..Line::default() }.block(words, table)
}

fn summary(comparison: &Comparison<'_>, series: &[Series]) -> String {
    let unit = comparison.indicator.unit();
    let ends = series.iter().filter_map(|one| {
        let known: Vec<f64> = one.values.iter().flatten().copied().collect();
        Some(format!("{} from {} to {}", one.name, shown::plain(*known.first()?), shown::plain(*known.last()?)))
    });
    let ends: Vec<String> = ends.collect();
    if ends.is_empty() { format!("There is no figure in these years ({unit}).") } else { format!("{} ({unit}).", ends.join("; ")) }
}

/// The newest own figure beside the neighbours' mean of the same year, in a sentence.
pub(super) fn finding(ask: &Ask, comparison: &Comparison<'_>, own: Option<&Figures>) -> String {
    let mean = comparison.rows.iter().find(|row| row.kind == Kind::StatisticalNeighbours);
    let published = tables::published(ask, comparison).find(|row| row.kind == Kind::Authority);
    let year = (comparison.years.0..=comparison.years.1).rev();
    let both = year.filter_map(|year| {
        let ours = published.and_then(|row| row.values.get(&year)?.known()).or_else(|| own.and_then(|own| own.values.get(&year)?.known()));
        Some((year, ours?, mean?.values.get(&year)?.known()?))
    });
    let Some((year, ours, theirs)) = both.into_iter().next() else { return format!("{} beside its neighbours", ask.name) };
    let unit = match comparison.indicator.unit() {
        "percent" => "%".to_owned(),
        unit => format!(" {unit}"),
    };
    let money = comparison.indicator.unit().starts_with("pounds");
    let write = |number: f64| match money {
        true => format!("{}{}", Unit::pounds(0).show(number), unit.trim_start_matches(" pounds")),
        false => format!("{}{unit}", shown::plain(if number >= 1000.0 { number.round() } else { number })),
    };
    let by = match comparison.change_unit {
        ChangeUnit::PercentagePoints => ours - theirs,
        ChangeUnit::Percent => ours / theirs - 1.0,
    };
    let word = if by.abs() < 0.005 {
        "as"
    } else if by > 0.0 {
        "above"
    } else {
        "below"
    };
    let label = tables::year_label(&comparison.indicator, year);
    match word {
        "as" => format!("{}: {} in {label}, as the mean of its neighbours", ask.name, write(ours)),
        word => format!("{}: {} in {label}, {word} the {} of its neighbours", ask.name, write(ours), write(theirs)),
    }
}
