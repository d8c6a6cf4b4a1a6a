//! 6: the homes that children live in, by type and by who provides them.

use analysis::field::Field;
use report::block::{Block, Cell, Column, Kind as NumberKind, Row, Section, Table, Text};
use report::chart::{Scale, Stacked, StackedRow, Unit};

use super::super::draft::Draft;
use super::super::series::{Series, plain_label};
use super::super::tables::{self, chart_words};
use super::super::words;
use crate::benchmarks::Kind;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    match tables::profile(draft, "cla_31_march", "placement", "placement", "Children looked after by type of home") {
        Some(profile) => {
            let lead = format!("Where children in the care of {} lived in {}: ", material.name, profile.year);
            blocks.push(Block::Paragraph(match tables::leading(draft, lead, &profile, 3) {
                Some(text) => text.and("."),
                None => "How many children live in which kind of home is marked, not printed: the numbers are small.".into(),
            }));
            blocks.push(Block::Table(profile.table));
            blocks.extend(mix(draft));
        }
        None => blocks.push(Block::Paragraph(
            "The Department’s table of children by type of home is held from 2021, after the date of this statement.".into(),
        )),
    }
    blocks.push(Block::Note(
        "Published tables put secure homes with children’s homes and all foster carers together: fostering by relatives, by the authority’s own carers and by agencies is told apart only by the returns.".into(),
    ));
    blocks.push(Block::Heading("Who provides them".into()));
    blocks.extend(
        tables::profile(draft, "cla_31_march", "provider", "provider", "Children looked after by provider of the home")
            .map(|profile| Block::Table(profile.table)),
    );
    blocks.extend(own(draft));
    blocks.push(Block::Heading("The authority’s own foster carers".into()));
    blocks.extend(fostering(draft));
    for (what, filled_by) in [
        (
            "Vacancies today: which places could take a child now, and which are blocked and why",
            "a register of the authority’s homes and foster carers with daily status",
        ),
        (
            "Fostering households, approvals and resignations, and what each household is approved for",
            "Ofsted’s fostering data set and the fostering service’s own register",
        ),
        (
            "Registered supported accommodation and its places",
            "Ofsted’s register of supported accommodation, which began in April 2023 and is not in the register held",
        ),
        (
            "Short breaks, supported lodgings and Staying Put households as capacity",
            "the services’ own registers; short breaks are left out of the published counts",
        ),
    ] {
        blocks.push(draft.not_known(what, filled_by));
    }
    let staying = vec![Series::measure(material, "stayingput"), Series::measure(material, "careleaveracc")];
    if let Some(table) = tables::scorecard(draft, "after-care", "Homes after care", staying) {
        blocks.push(Block::Heading("After care".into()));
        blocks.push(Block::Table(table));
    }
    blocks.extend(
        tables::cards(draft, &["M27a", "M27b", "M27c", "M27d"], "own-after-care", "Care leavers, from the returns").map(Block::Table),
    );
    Section::new("provision", "The homes that children live in", blocks)
}

/// Types of home over five years, the authority's rows first, then those of its neighbours and England in the newest.
fn mix(draft: &mut Draft<'_, '_>) -> Option<Block> {
    const TYPES: [(&str, &str); 6] = [
        ("foster", "Foster care"),
        ("homes", "Children’s homes"),
        ("supported", "Supported accommodation"),
        ("parents", "With parents"),
        ("adoption", "For adoption"),
        ("rest", "Other"),
    ];
    const REST: [&str; 3] = ["res_school", "other_residential", "other"];
    let material = draft.material;
    let (from, to) = (material.last_year().saturating_sub(4).max(2021), material.last_year());
    let mut benches = Vec::new();
    for category in reference::published::categories("cla_31_march", "placement").iter().filter(|category| !category.is_total) {
        benches.push((
            category.id,
            plain_label(category.label),
            material.bench(Series::share(material, "cla_31_march", "placement", category.id)?, from, to),
        ));
    }
    let share =
        |id: &str, at: usize, year: u32| benches.iter().find(|(known, ..)| *known == id)?.2.rows.get(at)?.values.get(&year)?.known();
    let drawn = |at: usize, year: u32| -> Vec<Option<f64>> {
        TYPES
            .iter()
            .map(
                |(id, _)| {
                    if *id == "rest" { REST.iter().map(|rest| share(rest, at, year)).sum::<Option<f64>>() } else { share(id, at, year) }
                },
            )
            .collect()
    };
    let first = &benches.first()?.2;
    let mut rows = Vec::new();
    for year in from..=to {
        if first.subject().values.get(&year).is_some_and(|value| value.known().is_some()) {
            rows.push((0, year, year.to_string()));
        }
    }
    let year_of_others = material.year.min(to);
    for (at, row) in first.rows.iter().enumerate().skip(1) {
        if row.values.get(&year_of_others).is_some_and(|value| value.known().is_some()) {
            rows.push((
                at,
                year_of_others,
                format!(
                    "{} {year_of_others}",
                    if row.kind == Kind::StatisticalNeighbours { "Neighbours".to_owned() } else { row.area.clone() }
                ),
            ));
        }
    }
    if rows.iter().all(|(at, ..)| *at != 0) {
        return None;
    }
    let drawing = Stacked {
        segments: TYPES.iter().map(|(_, label)| (*label).to_owned()).collect(),
        rows: rows.iter().map(|(at, year, label)| StackedRow { label: label.clone(), values: drawn(*at, *year) }).collect(),
        scale: Scale::Shares,
        unit: Unit::percent(0),
    };
    let title = benches
        .iter()
        .find(|(id, ..)| *id == "homes")
        .map_or_else(String::new, |(.., bench)| bench.trend("Share living in children’s homes"));
    let summary = format!(
        "Shares of children by type of home: {} in each year from {from} to {to}, then its statistical neighbours, region and England in {year_of_others}. \
         Segments whose number is withheld are left out of the drawing.",
        material.name
    );
    let mut columns = vec![Column::header("Type of home")];
    columns.extend(rows.iter().map(|(at, year, label)| {
        let header = if *at == 0 { format!("{} {year}", material.name) } else { label.clone() };
        Column::number(header).of(if *at == 0 { NumberKind::Actual } else { NumberKind::Benchmark })
    }));
    let mut table_rows = Vec::new();
    for (_, label, bench) in &benches {
        let mut cells = vec![Cell::words(label.clone())];
        for (at, year, _) in &rows {
            let figure = bench.figure(material, &bench.rows[*at], *year);
            cells.push(draft.cell(&figure));
        }
        table_rows.push(Row::new(cells));
    }
    let table = Table {
        id: "mix-table".into(),
        caption: format!("Shares of children looked after by type of home, {from} to {to}"),
        columns,
        rows: table_rows,
        note: Some("“Other” in the drawing is residential schools, other residential settings and other placements together.".into()),
        source: (first.series.source)(year_of_others)
            .map(|source| format!("{}, {}, {}", source.publisher, source.title, crate::dated::in_words(&source.vintage))),
    };
    Some(tables::chart(&drawing, chart_words("mix", title, summary), table))
}

fn own(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let Some(own) = material.own() else { return Vec::new() };
    let when = own.now.on.long();
    let mut blocks = Vec::new();
    match own.now.crossed.iter().find(|table| table.down == Field::PlacementGroup) {
        Some(table) => {
            let caption = format!("Children looked after by type of home and provider, {when}");
            blocks.push(Block::Table(tables::crossed(draft, table, "own-placement", &caption, &own.now.on.to_string())));
        }
        None => {
            for (field, id) in [(Field::PlacementGroup, "own-placement"), (Field::ProviderGroup, "own-provider")] {
                if let Some(counts) = own.now.stock(field) {
                    let caption = format!("Children looked after by {}, {when}", words::inside(counts.label));
                    blocks.extend(tables::counts(draft, counts, id, &caption, &own.now.on.to_string()).map(Block::Table));
                }
            }
        }
    }
    blocks.extend(tables::cards(draft, &["M08", "M09"], "own-fostering", &format!("Own and family fostering, {when}")).map(Block::Table));
    blocks
}

fn fostering(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let (approved, filled) = ("number_foster_places_new", "number_foster_places_filled_new");
    let (Some(places), Some(used)) = (Series::measure(material, approved), Series::measure(material, filled)) else { return Vec::new() };
    let Some((first, _)) = places.held.filter(|(first, _)| *first <= material.year) else {
        return vec![draft.not_known("Approved fostering places", "Ofsted’s fostering data set, held from 2022")];
    };
    let from = material.year.saturating_sub(4).max(first);
    let (places, used) = (material.bench(places, from, material.year), material.bench(used, from, material.year));
    let mut blocks = Vec::new();
    let year = material.year;
    let (all, taken) = (places.own(material, year), used.own(material, year));
    match (all.known(), taken.known()) {
        (Some(all_places), Some(_)) => {
            let text = draft
                .say(Text::plain(format!("On 31 March {year} the authority’s own fostering service had ")), &all)
                .and(format!(" approved {}, family and friends left out, of which ", words::noun(all_places, "place", "places")));
            blocks.push(Block::Paragraph(draft.say(text, &taken).and(" were filled. A place that is not filled is not a vacancy: households rest, are matched to one child, or are approved for fewer than they have room for.")));
        }
        _ if material.fictitious => {
            blocks.push(draft.not_known("Approved and filled fostering places", "the authority’s yearly fostering return to Ofsted"));
        }
        _ => blocks.push(Block::Paragraph(format!("No number of fostering places is published for {} in {year}.", material.name).into())),
    }
    for (bench, id, caption) in [
        (&places, "foster-places", "Approved fostering places of the authority’s own service, family and friends left out"),
        (&used, "foster-places-filled", "Fostering places filled"),
    ] {
        if !bench.is_empty() {
            blocks.push(Block::Table(tables::benchmark(draft, bench, id, caption)));
        }
    }
    blocks
}
