//! 15: who decides, when it is looked at again, and how good the records are.

use std::collections::BTreeMap;

use domain::Value;
use domain::finding::Treatment;
use report::block::{Block, Cell, Column, Kind, Row, Section, Table, Text};
use report::chart::Unit;

use super::super::bench::own_source;
use super::super::draft::{Draft, bare_cell};
use super::super::series::Series;
use super::super::words;

pub(super) fn section(draft: &mut Draft<'_, '_>) -> Section {
    let mut blocks = vec![Block::Paragraph(
        "Actions, owners and dates are for the authority to set. The guidance asks that sufficiency is kept under review with partners; a statement made from figures should be made again when a new return or release is in.".into(),
    )];
    for (what, filled_by) in [
        ("Actions: what, who, by when, and how it will be known to have worked", "the authority’s action plan"),
        ("Who agreed this statement, and when it is next reviewed", "the minute of the corporate parenting board or cabinet"),
    ] {
        blocks.push(draft.not_known(what, filled_by));
    }
    blocks.push(Block::Heading("How good the records are".into()));
    if draft.material.own.is_some() {
        blocks.extend(rows_read(draft));
        blocks.extend(findings(draft));
        blocks.extend(reconciliation(draft));
    } else {
        blocks.push(draft.not_known("Quality of the authority’s own records", "its statutory returns, checked by Placewell"));
    }
    Section::new("governance", "Action plan, governance and review", blocks)
}

fn rows_read(draft: &Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let Some(own) = material.own() else { return Vec::new() };
    let rows = &own.holding.read.history.rows;
    let count = |what: &str, number: u64| Row::new(vec![Cell::words(what), Cell::number(number as f64, Unit::count().show(number as f64))]);
    let rows = vec![
        count("Read", rows.read),
        count("Used", rows.used),
        count("Of those used: repaired", rows.repaired),
        count("Of those used: cut", rows.cut),
        count("Set aside", rows.set_aside),
    ];
    vec![Block::Table(Table {
        id: "rows-read".into(),
        caption: "Rows of the returns and what became of them".into(),
        columns: vec![Column::header("What became of it"), Column::number("Rows")],
        rows,
        note: Some("Rows, not children. A row set aside is still held, with a finding that says why.".into()),
        source: Some(own_source(material).source),
    })]
}

fn findings(draft: &Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let Some(own) = material.own() else { return Vec::new() };
    let mut by_action: BTreeMap<Treatment, (u64, BTreeMap<&'static str, u64>)> = BTreeMap::new();
    for finding in &own.holding.read.findings {
        let (all, by_rule) = by_action.entry(finding.action).or_default();
        *all += 1;
        *by_rule.entry(finding.rule).or_default() += 1;
    }
    if by_action.is_empty() {
        return vec![Block::Paragraph("Reading the returns found nothing to repair, cut or set aside.".into())];
    }
    let rows = by_action.iter().map(|(action, (all, by_rule))| {
        let mut rules: Vec<(&&str, &u64)> = by_rule.iter().collect();
        rules.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let most: Vec<String> =
            rules.iter().take(3).map(|(rule, count)| format!("{rule} ({})", Unit::count().show(**count as f64))).collect();
        Row::new(vec![
            Cell::words(meaning(*action)),
            Cell::number(*all as f64, Unit::count().show(*all as f64)),
            Cell::words(words::list(&most)),
        ])
    });
    vec![Block::Table(Table {
        id: "findings".into(),
        caption: "What reading the returns found, by what was done".into(),
        columns: vec![Column::header("What was done with the row"), Column::number("Findings"), Column::words("Most often")],
        rows: rows.collect(),
        note: Some("Findings are about rows and cells, not about children; each is listed with its file, row and column for those who mend the record.".into()),
        source: Some(own_source(material).source),
    })]
}

const fn meaning(action: Treatment) -> &'static str {
    match action {
        Treatment::Kept => "Kept: used as it stands",
        Treatment::Repaired => "Repaired: one value read differently",
        Treatment::Cut => "Cut: dates shortened, or merged into another row",
        Treatment::SetAside => "Set aside: not used, still held",
    }
}

/// The authority's own count beside the published one, for each year end that has both.
fn reconciliation(draft: &mut Draft<'_, '_>) -> Vec<Block> {
    let material = draft.material;
    let (Some(own), Some(area)) = (material.own(), material.subject) else { return Vec::new() };
    let mut rows = Vec::new();
    for &year in own.years.keys() {
        for (id, what) in
            [("children-looked-after", "looked after at 31 March"), ("started", "started in the year"), ("ceased", "ceased in the year")]
        {
            let Some(series) = Series::measure(material, id) else { continue };
            let (published, counted) = ((series.value)(area, year), series.own(material, year));
            let (Some(counted), true) = (counted, published != Value::NotAvailable) else { continue };
            let bench = material.bench(series, year, year);
            let difference = match (counted, published) {
                (Value::Known(counted), Value::Known(published)) => Value::Known(counted - published),
                (Value::Known(_), mark) | (mark, _) => mark,
            };
            let mut shown = bare_cell(difference, &Unit::count());
            if let Some(number) = difference.known() {
                shown.shown = words::signed(&Unit::count(), number);
            }
            let figure =
                super::super::tables::own_figure(draft, &format!("{id}.{year}"), what, &format!("year ending 31 March {year}"), counted);
            let cells = vec![Cell::words(format!("{year}: {what}")), draft.cell(&figure), draft.cell(&bench.own(material, year)), shown];
            rows.push(Row::new(cells));
        }
    }
    if rows.is_empty() {
        return vec![Block::Paragraph(Text::plain("No year of the returns has a published figure to reconcile with yet."))];
    }
    vec![Block::Table(Table {
        id: "reconciliation".into(),
        caption: "The authority’s own count beside the published one".into(),
        columns: vec![
            Column::header("Year and measure"),
            Column::number("Own count").of(Kind::Actual),
            Column::number("Published").of(Kind::Benchmark),
            Column::number("Difference"),
        ],
        rows,
        note: Some("Differences come from later corrections, children recorded by two authorities, and rows set aside.".into()),
        source: Some(format!(
            "{}; Department for Education, children looked after in England (Open Government Licence v3.0)",
            own_source(material).source
        )),
    })]
}
