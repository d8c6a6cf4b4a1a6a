//! Tables and charts of the statement: one shape for each kind of comparison.

use domain::Value;
use report::block::{Block, Cell, Chart, Column, FigureId, Kind as NumberKind, Row, Table, Text, Why};
use report::chart::{BarRow, Bars, Base, Drawing, Line, Series as Drawn, Words};

use super::bench::{Bench, Over, neighbours_note, own_source};
use super::draft::{Draft, Figure, bare_cell};
use super::own::{Carded, Counts, Crossed};
use super::series::{Series, plain_label};
use super::words;
use crate::benchmarks::{ChangeUnit, Kind, Row as BenchRow};

const SUPPRESSION: &str = "Counts of 1 to 4 children, and further numbers that would give them away, are withheld; 0 is shown.";

/// The header of a row of those compared with, short enough for a column.
fn column_name(row: &BenchRow) -> String {
    match row.kind {
        Kind::StatisticalNeighbours => "Statistical neighbours, mean".to_owned(),
        _ => row.area.clone(),
    }
}

fn number_kind(at: usize) -> NumberKind {
    if at == 0 { NumberKind::Actual } else { NumberKind::Benchmark }
}

fn source_line(bench: &Bench<'_>, year: u32) -> Option<String> {
    (bench.series.source)(year)
        .map(|source| format!("{}, {}, {} ({})", source.publisher, source.title, crate::dated::in_words(&source.vintage), source.licence))
}

/// Areas down, years across, with the two change columns of the strategies (dossier A048-A050).
pub(super) fn benchmark(draft: &mut Draft<'_, '_>, bench: &Bench<'_>, id: &str, caption: &str) -> Table {
    let label = |year: u32| (bench.series.year_label)(year);
    let unit = match bench.series.change {
        ChangeUnit::Percent => "%",
        ChangeUnit::PercentagePoints => "percentage points",
    };
    let mut columns = vec![Column::header("Area")];
    columns.extend((bench.from..=bench.to).map(|year| Column::number(label(year))));
    columns.push(Column::number(format!("Change on year ({unit})")));
    let later = bench.published_to < bench.to;
    let (from, to) = (label(bench.from), label(bench.to));
    columns.push(Column::number(if later { format!("Change since {from} ({unit})") } else { format!("Change {from} to {to} ({unit})") }));
    let mut rows = Vec::new();
    for (at, row) in bench.rows.iter().enumerate() {
        let mut cells = vec![Cell::words(row.area.clone())];
        for year in bench.from..=bench.to {
            cells.push(draft.cell(&bench.figure(draft.material, row, year)));
        }
        for over in [Over::Year, Over::Period] {
            cells.push(change_cell(draft, &bench.change(row, over)));
        }
        let made = Row::new(cells).of(number_kind(at));
        rows.push(if at == 0 { made.total() } else { made });
    }
    let mut note = neighbours_note(draft.material);
    if later {
        let (name, published_to) = (&draft.material.name, label(bench.published_to));
        note = format!("{name} counts {to} itself; the others are published to {published_to}, where their changes end. {note}");
    }
    Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns,
        rows,
        note: Some(note.into()),
        source: source_line(bench, bench.published_to),
    }
}

fn change_cell(draft: &mut Draft<'_, '_>, change: &Figure) -> Cell {
    let mut cell = draft.cell(change);
    if let Some(number) = change.known() {
        cell.shown = words::signed(&change.unit, number);
    }
    cell
}

/// The same over time as lines, with a table of years down and areas across.
pub(super) fn lines(draft: &mut Draft<'_, '_>, bench: &Bench<'_>, words: Words, caption: &str) -> Block {
    let years: Vec<u32> = (bench.from..=bench.to).collect();
    let label = |year: u32| (bench.series.year_label)(year);
    let series = bench.rows.iter().enumerate().map(|(at, row)| {
        let values = years.iter().map(|year| row.values.get(year).and_then(|value| value.known())).collect();
        if at == 0 { Drawn::subject(row.area.clone(), values) } else { Drawn::others(short_name(row), values) }
    });
    let drawing = Line {
        x: years.iter().map(|&year| label(year)).collect(),
        series: series.collect(),
        unit: bench.series.unit.clone(),
        base: Base::Zero,
        ..Line::default()
    };
    let mut columns = vec![Column::header("Year")];
    columns.extend(bench.rows.iter().enumerate().map(|(at, row)| Column::number(column_name(row)).of(number_kind(at))));
    let mut rows = Vec::new();
    for &year in &years {
        let mut cells = vec![Cell::words(label(year))];
        for row in &bench.rows {
            cells.push(draft.cell(&bench.figure(draft.material, row, year)));
        }
        rows.push(Row::new(cells));
    }
    let table = Table {
        id: format!("{}-table", words.id),
        caption: caption.to_owned(),
        columns,
        rows,
        note: (bench.rows.len() > 1).then(|| neighbours_note(draft.material).into()),
        source: source_line(bench, draft.material.year.clamp(bench.from, bench.to)),
    };
    Block::Chart(drawing.block(words, table))
}

/// A row's name on a drawing.
pub(super) fn short_name(row: &BenchRow) -> String {
    if row.kind == Kind::StatisticalNeighbours { "Statistical neighbours".to_owned() } else { row.area.clone() }
}

/// Many measures at once: one row each, at the newest year that the authority has.
pub(super) fn scorecard(draft: &mut Draft<'_, '_>, id: &str, caption: &str, series: Vec<Option<Series<'_>>>) -> Option<Table> {
    let to = draft.material.last_year();
    let mut columns = vec![
        Column::header("Measure"),
        Column::words("Year"),
        Column::number(draft.material.name.clone()).of(NumberKind::Actual),
        Column::number("Change on year").of(NumberKind::Actual),
    ];
    if !draft.material.neighbours.is_empty() {
        columns.push(Column::number("Statistical neighbours, mean").of(NumberKind::Benchmark));
    }
    if let Some(region) = draft.material.region_name() {
        columns.push(Column::number(region).of(NumberKind::Benchmark));
    }
    columns.push(Column::number("England").of(NumberKind::Benchmark));
    let mut rows = Vec::new();
    let mut sources: Vec<String> = Vec::new();
    for one in series.into_iter().flatten() {
        let (Some((first, _)), material) = (one.held, draft.material) else { continue };
        if first > to {
            continue;
        }
        let whole = material.bench(one, first, to);
        let Some(year) = whole.newest().or_else(|| whole.newest_of_others(to)) else { continue };
        let bench = material.bench(whole.series, year.saturating_sub(1), year);
        // Measures come in several units: the change says its own.
        let mut cells = vec![Cell::words(bench.series.title.clone()), Cell::words((bench.series.year_label)(year))];
        cells.push(draft.cell(&bench.own(material, year)));
        cells.push(change_cell(draft, &bench.change(bench.subject(), Over::Year)));
        let others = bench.newest_of_others(year).unwrap_or(year);
        for row in &bench.rows[1..] {
            cells.push(draft.cell(&bench.figure(material, row, others)));
        }
        rows.push(Row::new(cells));
        if let Some(source) = (bench.series.source)(others) {
            // The tool's title ends with the measure, which the row names already.
            let work = source.title.split(": ").next().unwrap_or_default();
            let line = format!("{}, {work}", source.publisher);
            if !sources.contains(&line) {
                sources.push(line);
            }
        }
    }
    let note = format!(
        "Changes are in percent, or in percentage points (pp) where the figure is a percentage. {}",
        neighbours_note(draft.material)
    );
    (!rows.is_empty()).then(|| Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns,
        rows,
        note: Some(note.into()),
        source: Some(format!("{} (Open Government Licence v3.0)", sources.join("; "))),
    })
}

/// How children divide by a characteristic, beside how others' do.
pub(super) struct Profile<'a> {
    pub table: Table,
    /// Each category's label and shares, without the total.
    pub shares: Vec<(String, Bench<'a>)>,
    /// The authority's year, and that of those it is compared with.
    pub year: u32,
    pub others: u32,
}

/// Builds a profile from a published table; nothing where neither the authority nor England has it by then.
pub(super) fn profile<'a>(
    draft: &mut Draft<'_, 'a>,
    table: &'static str,
    group: &'static str,
    id: &str,
    caption: &str,
) -> Option<Profile<'a>> {
    let material = draft.material;
    let total = Series::count(material, table, group, "total")?;
    let (first, _) = total.held?;
    let to = material.last_year();
    if first > to {
        return None;
    }
    let totals = material.bench(total, first, to);
    let year = totals.newest()?;
    let others = totals.newest_of_others(year)?;
    let mut columns = vec![
        Column::header("Category"),
        // Not by name: in narrow columns a long one would be broken within its words.
        Column::number(format!("Own number {year}")).of(NumberKind::Actual),
        Column::number(format!("Own share {year}")).of(NumberKind::Actual),
        Column::number("Change in own share on year").of(NumberKind::Actual),
    ];
    columns.extend(
        totals.rows[1..].iter().map(|row| Column::number(format!("{}, share {others}", short_name(row))).of(NumberKind::Benchmark)),
    );
    let (mut rows, mut shares) = (Vec::new(), Vec::new());
    for category in reference::published::categories(table, group).into_iter().filter(|category| !category.is_total) {
        let count = material.bench(Series::count(material, table, group, category.id)?, year, year);
        let share = material.bench(Series::share(material, table, group, category.id)?, year.saturating_sub(1), year);
        let label = plain_label(category.label);
        let mut cells = vec![Cell::words(label.clone())];
        cells.push(draft.cell(&count.own(material, year)));
        cells.push(draft.cell(&share.own(material, year)));
        cells.push(change_cell(draft, &share.change(share.subject(), Over::Year)));
        for row in &share.rows[1..] {
            cells.push(draft.cell(&share.figure(material, row, others)));
        }
        rows.push(Row::new(cells));
        shares.push((label, share));
    }
    let mut cells = vec![Cell::words("Total"), draft.cell(&totals.own(material, year)), Cell::words("100%"), Cell::words("")];
    cells.extend(totals.rows[1..].iter().map(|_| Cell::words("100%")));
    rows.push(Row::new(cells).total());
    let note = format!(
        "Shares are worked out from the counts and rounded once, so they need not add to 100; changes in share are in percentage points (pp). {}",
        neighbours_note(material)
    );
    let table = Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns,
        rows,
        note: Some(note.into()),
        source: source_line(&totals, others),
    };
    Some(Profile { table, shares, year, others })
}

impl Profile<'_> {
    /// The known categories of the authority, the largest first, with their shares.
    pub(super) fn largest(&self) -> Vec<(&str, &Bench<'_>, f64)> {
        let known = |(label, bench): &'_ (String, Bench<'_>)| {
            bench.subject().values.get(&self.year).and_then(|value| value.known()).map(|share| (label.len(), share))
        };
        let mut all: Vec<(&str, &Bench<'_>, f64)> =
            self.shares.iter().filter_map(|pair| Some((pair.0.as_str(), &pair.1, known(pair)?.1))).collect();
        all.sort_by(|a, b| b.2.total_cmp(&a.2));
        all
    }

    /// The share of one category, by the end of its series' key.
    pub(super) fn of(&self, category: &str) -> Option<&Bench<'_>> {
        let end = format!(".{category}.share");
        self.shares.iter().map(|(_, bench)| bench).find(|bench| bench.series.key.ends_with(&end))
    }

    /// As bars: the authority, its neighbours, England.
    pub(super) fn bars(self, name: &str, words: Words) -> Block {
        let wanted = [Kind::StatisticalNeighbours, Kind::Nation];
        let present: Vec<Kind> =
            wanted.into_iter().filter(|&kind| self.shares.iter().any(|(_, bench)| bench.row(kind).is_some())).collect();
        let mut names = vec![name.to_owned()];
        names.extend(
            present.iter().map(|kind| if *kind == Kind::Nation { "England".to_owned() } else { "statistical neighbours".to_owned() }),
        );
        let rows = self.shares.iter().map(|(label, bench)| {
            let mut values = vec![bench.subject().values.get(&self.year).and_then(|value| value.known())];
            values.extend(
                present.iter().map(|&kind| bench.row(kind).and_then(|row| row.values.get(&self.others)).and_then(|value| value.known())),
            );
            BarRow::subject(label.clone(), values)
        });
        let bars = Bars { names, rows: rows.collect(), unit: report::chart::Unit::percent(0), reference: None };
        Block::Chart(bars.block(words, self.table))
    }
}

/// A gap-free list of the largest categories: `foster placements 61% (neighbours 60%, England 67%)`.
pub(super) fn leading(draft: &mut Draft<'_, '_>, lead: String, profile: &Profile<'_>, how_many: usize) -> Option<Text> {
    let mut text = Text::plain(lead);
    let largest = profile.largest();
    if largest.is_empty() {
        return None;
    }
    let shown = largest.len().min(how_many);
    for (at, (label, bench, _)) in largest.into_iter().take(how_many).enumerate() {
        let join = match at {
            0 => "",
            _ if at + 1 == shown => " and ",
            _ => ", ",
        };
        let own = bench.own(draft.material, profile.year);
        text = draft.say(text.and(format!("{join}{} ", words::inside(without_code(label)))), &own);
        if let Some(england) = bench.row(Kind::Nation) {
            let england = bench.figure(draft.material, england, profile.others);
            text = draft.say(text.and(" (England "), &england).and(")");
        }
    }
    Some(text)
}

/// A label without the return's code before it: `Abuse or neglect`, not `N1. Abuse or neglect`.
fn without_code(label: &str) -> &str {
    match label.split_once(". ") {
        Some((code, rest)) if code.len() <= 3 && code.ends_with(|last: char| last.is_ascii_digit()) => rest,
        _ => label,
    }
}

/// The authority's own count by one characteristic.
pub(super) fn counts(draft: &mut Draft<'_, '_>, counts: &Counts, id: &str, caption: &str, when: &str) -> Option<Table> {
    if counts.total == Value::Known(0.0) {
        return None;
    }
    let mut rows = Vec::new();
    let all = counts.rows.iter().map(|(key, label, value)| (key.as_str(), label.as_str(), *value));
    for (key, label, value) in all.chain([("unknown", "Not known", counts.unknown)]) {
        let figure = own_figure(draft, &format!("{id}.{key}.{when}"), counts.label, &format!("{label}, {when}"), value);
        let share = super::series::percent(value, counts.total);
        rows.push(Row::new(vec![Cell::words(label), draft.cell(&figure), bare_cell(share, &report::chart::Unit::percent(0))]));
    }
    let total = own_figure(draft, &format!("{id}.total.{when}"), counts.label, &format!("all, {when}"), counts.total);
    rows.push(
        Row::new(vec![
            Cell::words("Total"),
            draft.cell(&total),
            bare_cell(super::series::percent(counts.total, counts.total), &unit_percent()),
        ])
        .total(),
    );
    Some(Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns: vec![Column::header(counts.label), Column::number("Children"), Column::number("Share")],
        rows,
        note: Some(SUPPRESSION.into()),
        source: Some(own_source(draft.material).source),
    })
}

fn unit_percent() -> report::chart::Unit {
    report::chart::Unit::percent(0)
}

/// The authority's own count by two characteristics.
pub(super) fn crossed(draft: &mut Draft<'_, '_>, table: &Crossed, id: &str, caption: &str, when: &str) -> Table {
    let mut columns = vec![Column::header(table.down.label())];
    columns.extend(table.column_labels.iter().map(|label| Column::number(label.clone())));
    columns.push(Column::number("Total"));
    let name = format!("{} by {}", table.down.label(), words::inside(table.across.label()));
    let mut rows = Vec::new();
    let totals = table.column_totals.clone();
    let all_rows = table
        .cells
        .iter()
        .zip(&table.row_totals)
        .zip(&table.row_labels)
        .map(|((cells, total), label)| (label.clone(), cells.clone(), *total));
    for (down, (label, cells, total)) in all_rows.chain([("Total".to_owned(), totals, table.total)]).enumerate() {
        let is_total = down == table.row_labels.len();
        // A last row or column of nobody unknown says nothing.
        let mut made = vec![Cell::words(label.clone())];
        for (across, value) in cells.iter().chain([&total]).enumerate() {
            let figure = own_figure(draft, &format!("{id}.{down}.{across}.{when}"), &name, &format!("{label}, {when}"), *value);
            made.push(draft.cell(&figure));
        }
        let row = Row::new(made);
        rows.push(if is_total { row.total() } else { row });
    }
    Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns,
        rows,
        note: Some(SUPPRESSION.into()),
        source: Some(own_source(draft.material).source),
    }
}

/// Where an own count stands, for its entry.
pub(super) fn own_figure(draft: &Draft<'_, '_>, id: &str, name: &str, rows: &str, value: Value) -> Figure {
    let why = Why {
        name: format!("{name} (own count)"),
        definition: "Children looked after on the date (short breaks left out), counted by Placewell from the return.".to_owned(),
        rows: rows.to_owned(),
        ..own_source(draft.material)
    };
    Figure { id: format!("own.{id}"), value, unit: report::chart::Unit::count(), kind: NumberKind::Actual, why }
}

/// Measure cards of the returns at the statement's date, each with its numerator and denominator.
pub(super) fn cards(draft: &mut Draft<'_, '_>, ids: &[&str], id: &str, caption: &str) -> Option<Table> {
    let material = draft.material;
    let own = material.own()?;
    let mut rows = Vec::new();
    for card in ids.iter().filter_map(|id| own.now.card(id)) {
        let (value, unit) = card_value(card);
        let figure = Figure {
            id: format!("measure.{}.{}", card.measured.id, own.now.on),
            value,
            unit,
            kind: NumberKind::Actual,
            why: Why {
                name: format!("{} {}", card.measured.id, card.measured.label),
                definition: card.measured.definition.to_string(),
                rows: card_rows(card),
                unknown: card_unknown(card),
                ..own_source(material)
            },
        };
        let count = report::chart::Unit::count();
        let plain = card.measured.denominator.is_none();
        let of = if plain { Cell::words("") } else { bare_cell(card.denominator, &count) };
        let is_sum = matches!(card.measured.unit, analysis::measure::Unit::Days | analysis::measure::Unit::Score);
        let counted = if is_sum { Cell::words("") } else { bare_cell(card.numerator, &count) };
        rows.push(Row::new(vec![Cell::words(card.measured.label), draft.cell(&figure), counted, of, bare_cell(card.unknown, &count)]));
    }
    (!rows.is_empty()).then(|| Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns: vec![
            Column::header("Measure"),
            Column::number("Value"),
            Column::number("Counted"),
            Column::number("Of"),
            Column::number("Not known"),
        ],
        rows,
        note: Some(format!("{SUPPRESSION} Rates and means that rest on them are withheld too.").into()),
        source: Some(own_source(material).source),
    })
}

fn card_value(card: &Carded) -> (Value, report::chart::Unit) {
    use analysis::measure::Unit as Counted;
    use report::chart::Unit;
    let unit = match card.measured.unit {
        Counted::Children | Counted::Incidents => Unit::count(),
        Counted::Ratio => Unit::percent(1),
        Counted::PerTenThousand => Unit { places: 1, suffix: " per 10,000".to_owned(), ..Unit::default() },
        Counted::PerThousandNights => Unit { places: 2, suffix: " per 1,000 nights".to_owned(), ..Unit::default() },
        Counted::Days => Unit { places: 0, suffix: " days".to_owned(), ..Unit::default() },
        Counted::Score => Unit { places: 1, ..Unit::default() },
    };
    let value = match (card.value, card.measured.unit) {
        (Value::Known(ratio), Counted::Ratio) => Value::Known(ratio * 100.0),
        (value, _) => value,
    };
    (value, unit)
}

fn card_rows(card: &Carded) -> String {
    match (card.numerator, card.denominator) {
        (Value::Known(counted), Value::Known(of)) if card.measured.denominator.is_some() => {
            format!("{} of {}", report::chart::Unit::count().show(counted), report::chart::Unit::count().show(of))
        }
        (Value::Known(counted), _) => report::chart::Unit::count().show(counted),
        (Value::Suppressed, _) => "withheld".to_owned(),
        _ => String::new(),
    }
}

fn card_unknown(card: &Carded) -> String {
    match (card.unknown, &card.measured.why_not) {
        (_, Some(why_not)) => why_not.clone(),
        (Value::Known(0.0), _) => String::new(),
        (Value::Known(unknown), _) => words::children(unknown),
        _ => "withheld".to_owned(),
    }
}

/// Words of a chart.
pub(super) fn chart_words(id: &str, title: impl Into<String>, summary: impl Into<String>) -> Words {
    Words { id: id.to_owned(), title: title.into(), summary: summary.into() }
}

/// A drawing with a table of plain cells.
pub(super) fn chart(drawing: &impl Drawing, words: Words, table: Table) -> Block {
    let block: Chart = drawing.block(words, table);
    Block::Chart(block)
}

/// An id in the register for a figure of Ofsted's register.
pub(super) fn register_id(what: &str, area: &str) -> FigureId {
    FigureId::new(format!("ofsted.{what}.{area}.{}", reference::ofsted::REGISTER_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_has_no_codes() {
        assert_eq!(without_code("N1. Abuse or neglect"), "Abuse or neglect");
        assert_eq!(without_code("Foster placements"), "Foster placements");
        assert_eq!(without_code("Mr. Smith"), "Mr. Smith");
    }
}
