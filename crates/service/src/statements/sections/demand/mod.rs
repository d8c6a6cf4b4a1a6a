//! 12: demand to come. What is expected stands apart from what was counted, what is planned and what is aimed at (dossier A066, F33).

mod kinds;
mod money;
mod own;
mod published;
mod record;
mod scenarios;

use domain::number::percent_change;
use report::block::{Block, Section, Text};
use report::chart::Unit;

use super::super::bench::Bench;
use super::super::draft::Draft;
use super::super::series::Series;
use super::super::tables;
use super::super::words;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let mut blocks = match draft.material.ahead {
        Some(ahead) => {
            let mut blocks = own::blocks(draft, ahead);
            blocks.extend(money::blocks(draft, ahead));
            blocks
        }
        None => published::blocks(draft),
    };
    blocks.push(Block::Heading("What moves demand".to_owned()));
    let material = draft.material;
    if let Some(series) = Series::measure(material, "children-looked-after") {
        let bench = material.bench(series, 2016, material.last_year());
        if let Some(text) = trend(draft, &bench) {
            blocks.push(Block::Paragraph(text.and(" A trend is not a forecast.")));
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
    if material.ahead.is_none_or(|ahead| ahead.scenarios.iter().all(|compared| compared.events.is_empty())) {
        blocks.push(draft.not_known(
            "Known events that will change demand: new schools, dispersal, changes in law",
            "the authority’s own list of dated events, as events of a scenario",
        ));
    }
    Section::new("demand", "Demand to come", blocks)
}

fn trend(draft: &mut Draft<'_, '_>, bench: &Bench<'_>) -> Option<Text> {
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
