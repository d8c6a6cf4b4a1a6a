//! 12: demand to come. No forecast is held by this version, so what is shown is what happened, under its own name (dossier F33).

use domain::number::percent_change;
use report::block::{Block, Section, Text};
use report::chart::Unit;

use super::super::draft::Draft;
use super::super::series::Series;
use super::super::tables;
use super::super::words;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = vec![Block::Paragraph(
        Text::default()
            .strong("No forecast is held. ")
            .and("What follows is what was counted, not what is expected: a trend is not a forecast, and a plan or a target is neither."),
    )];
    let to = material.last_year();
    if let Some(series) = Series::measure(material, "children-looked-after") {
        let bench = material.bench(series, 2016, to);
        if let Some(text) = trend(draft, &bench) {
            blocks.push(Block::Paragraph(text));
        }
    }
    let measures = [
        "children-looked-after",
        "children-looked-after-rate",
        "started",
        "lac_start_rate",
        "ceased",
        "lac_cease_rate",
        "unacc_asylmn_seek_childn",
        "careapplications",
    ];
    let series = measures.into_iter().map(|id| Series::measure(material, id)).collect();
    blocks.extend(tables::scorecard(draft, "pressures", "What moves demand, as counted", series).map(Block::Table));
    blocks.push(draft.not_known(
        "A forecast of children by type of home, with its method, range and scenarios",
        "a forecast from several years of returns; this version counts and does not forecast",
    ));
    blocks.push(draft.not_known(
        "How wrong the last forecast was, at 3, 6 and 12 months",
        "the forecast of an earlier statement, kept with its inputs, and the counts since",
    ));
    blocks.push(draft.not_known(
        "Known events that will change demand: new schools, dispersal, changes in law",
        "the authority’s own list of dated events",
    ));
    Section::new("demand", "Demand to come", blocks)
}

fn trend(draft: &mut Draft<'_, '_>, bench: &super::super::bench::Bench<'_>) -> Option<Text> {
    let material = draft.material;
    let known: Vec<(u32, f64)> = bench.subject().values.iter().filter_map(|(&year, value)| Some((year, value.known()?))).collect();
    let (&(first, before), &(last, after)) = (known.first()?, known.last()?);
    let &(peak, most) = known.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    if first == last || most == 0.0 {
        return None;
    }
    let text = draft
        .say(Text::plain(format!("Between 31 March {first} and {last} the number of children went from ")), &bench.own(material, first));
    let mut text = draft.say(text.and(" to "), &bench.own(material, last));
    if let Some(grown) = percent_change(before, after) {
        text = text.and(format!(" ({})", words::signed(&Unit::percent(1), grown)));
    }
    if peak != first && peak != last {
        text = draft.say(text.and(", with its peak of "), &bench.own(material, peak)).and(format!(" in {peak}"));
    }
    Some(text.and("."))
}
