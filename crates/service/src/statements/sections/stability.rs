//! 9: whether children stay: moves in the year, years with the same carer, and why moves happened.

use report::block::{Block, Cell, Column, Kind as NumberKind, Row, Section, Table, Text};
use report::chart::{DotRow, Dots, NamedValue, Unit};

use super::super::bench::{Bench, neighbours_note};
use super::super::draft::Draft;
use super::super::series::Series;
use super::super::tables::{self, chart_words};
use super::super::words;
use crate::benchmarks::Kind;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let material = draft.material;
    let mut blocks = Vec::new();
    let to = material.last_year();
    let measure = |id: &str| Series::measure(material, id).map(|series| material.bench(series, to.saturating_sub(9).max(2016), to));
    let (moves, stay) = (measure("three-or-more-placements"), measure("long-term-stability"));
    if let Some(bench) = &moves {
        blocks.push(Block::Paragraph(finding(draft, bench)));
    }
    let mut rows: Vec<(&str, Bench<'_>)> = Vec::new();
    rows.extend(moves.map(|bench| ("Three or more placements in the year", bench)));
    rows.extend(stay.map(|bench| ("Same placement for two years", bench)));
    for (id, label) in
        [("outside-area-over-20-miles", "More than 20 miles away and outside"), ("lac_foster_placements", "Living with foster carers")]
    {
        rows.extend(measure(id).map(|bench| (label, bench)));
    }
    blocks.extend(dots(draft, &rows));
    let (from, to) = material.recent_years();
    for (id, table, caption) in [
        ("three-or-more-placements", "moves", "Children looked after at 31 March with three or more placements in the year (%)"),
        (
            "long-term-stability",
            "same-placement",
            "Children under 16, looked after for two and a half years or more, in the same placement for two years or placed for adoption (%)",
        ),
    ] {
        if let Some(series) = Series::measure(material, id) {
            let bench = material.bench(series, from, to);
            if !bench.is_empty() {
                blocks.push(Block::Table(tables::benchmark(draft, &bench, table, caption)));
            }
        }
    }
    blocks.extend(
        tables::profile(
            draft,
            "cla_new_placements",
            "change_reason",
            "change-reasons",
            "Changes of placement in the year by reason (placements, not children)",
        )
        .map(|profile| Block::Table(profile.table)),
    );
    if let Some(own) = material.own() {
        let when = own.now.on.long();
        let caption = format!("Stability, {when} and the twelve months before");
        blocks.extend(
            tables::cards(draft, &["M03", "M04", "M11a", "M11b", "M26a", "M26b", "M26c"], "own-stability", &caption).map(Block::Table),
        );
        if let Some(counts) = own.now.flow("change_reasons") {
            let caption = format!("{}, twelve months to {when}", counts.label);
            blocks.extend(tables::counts(draft, counts, "own-change-reasons", &caption, &own.now.on.to_string()).map(Block::Table));
        }
    }
    blocks.push(Block::Note("A share with three or more placements falls when breakdowns are recorded as something else: read it beside the reasons for change.".into()));
    blocks.push(draft.not_known(
        "Brothers and sisters living together, and groups meant to",
        "sibling links and the assessment of whether they should live together; the return does not link children",
    ));
    blocks.push(draft.not_known("Disruptions, and what their meetings found", "the record of disruption meetings"));
    Section::new("stability", "Stability", blocks)
}

fn finding(draft: &mut Draft<'_, '_>, bench: &Bench<'_>) -> Text {
    let material = draft.material;
    let Some((year, now)) = bench.newest().and_then(|year| Some((year, bench.own(material, year).known()?))) else {
        return Text::plain(format!(
            "How many of {}’s children moved three times or more is not published, or withheld because the numbers are small.",
            material.name
        ));
    };
    let before = bench.subject().values.get(&(year - 1)).copied().unwrap_or(domain::Value::NotAvailable);
    let own = bench.own(material, year);
    let text = draft.say(Text::default(), &own).and(format!(
        " of children had three or more placements in the year to 31 March {year}, {}. ",
        words::points_on_year(before, now, bench.series.unit.places)
    ));
    let mut standing = bench.standing(draft, year);
    let mut spans = text.0;
    spans.append(&mut standing.0);
    Text(spans)
}

fn dots(draft: &mut Draft<'_, '_>, rows: &[(&str, Bench<'_>)]) -> Option<Block> {
    let material = draft.material;
    let (mut drawn, mut made, mut better) = (Vec::new(), Vec::new(), Vec::new());
    for (label, bench) in rows {
        let Some(year) = bench.newest().or_else(|| bench.newest_of_others(bench.to)) else { continue };
        let others_in = bench.newest_of_others(year).unwrap_or(year);
        let own = bench.own(material, year);
        let members: Vec<f64> = bench.members.iter().filter_map(|member| member.values.get(&others_in)?.known()).collect();
        let england = bench.row(Kind::Nation).map(|row| bench.figure(material, row, others_in));
        if let Some(own) = own.known() {
            better.push(format!("{}: {}", words::inside(label), place_among(own, &members)));
        }
        drawn.push(DotRow {
            label: (*label).to_owned(),
            subject: own.known(),
            others: members.clone(),
            named: england.as_ref().and_then(|figure| Some(NamedValue { name: "England".to_owned(), value: figure.known()? })),
        });
        let bound =
            |pick: fn(f64, f64) -> f64| members.iter().copied().reduce(pick).map_or(domain::Value::NotAvailable, domain::Value::Known);
        let mean = bench.row(Kind::StatisticalNeighbours).map(|row| bench.figure(material, row, others_in));
        let mut cells = vec![Cell::words(format!("{label} (%)")), Cell::words(year.to_string()), draft.cell(&own)];
        cells.push(super::super::draft::bare_cell(bound(f64::min), &bench.series.unit));
        cells.push(super::super::draft::bare_cell(bound(f64::max), &bench.series.unit));
        cells.push(match mean {
            Some(mean) => draft.cell(&mean),
            None => Cell::mark("x", "not available"),
        });
        cells.push(match england {
            Some(england) => draft.cell(&england),
            None => Cell::mark("x", "not available"),
        });
        made.push(Row::new(cells));
    }
    if drawn.is_empty() {
        return None;
    }
    let drawing = Dots {
        subject: material.name.clone(),
        others: format!("{} statistical neighbours", words::number_word(material.neighbours.len())),
        rows: drawn,
        unit: Unit::percent(0),
    };
    let table = Table {
        id: "standing-table".into(),
        caption: "Stability and distance among statistical neighbours".into(),
        columns: vec![
            Column::header("Measure"),
            Column::words("Year"),
            Column::number(material.name.clone()).of(NumberKind::Actual),
            Column::number("Lowest neighbour").of(NumberKind::Benchmark),
            Column::number("Highest neighbour").of(NumberKind::Benchmark),
            Column::number("Neighbours, mean").of(NumberKind::Benchmark),
            Column::number("England").of(NumberKind::Benchmark),
        ],
        rows: made,
        note: Some(neighbours_note(material).into()),
        source: Some("Department for Education, Local Authority Interactive Tool (Open Government Licence v3.0)".into()),
    };
    let title = better.first().map_or_else(|| "Where it stands among similar authorities".to_owned(), |first| words::sentence(first));
    let summary = if better.is_empty() {
        format!("{} has no published figure; the range of its neighbours and England are shown.", material.name)
    } else {
        format!("Where {} stands among its statistical neighbours. {}.", material.name, words::sentence(&better.join("; ")))
    };
    Some(tables::chart(&drawing, chart_words("standing", title, summary), table))
}

/// `lower than 7 of 10 neighbours`.
fn place_among(own: f64, others: &[f64]) -> String {
    let (lower, higher) = (others.iter().filter(|&&other| own < other).count(), others.iter().filter(|&&other| own > other).count());
    match others.len() {
        0 => "no neighbour to compare with".to_owned(),
        all if lower >= higher => format!("lower than {lower} of {all} neighbours"),
        all => format!("higher than {higher} of {all} neighbours"),
    }
}
