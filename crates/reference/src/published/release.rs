//! Reading a release from CSV: the form that the embedded tables are built from, and in which a newer release is brought.
//! The form is described in `data/README.md`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{Finding, Severity, Treatment};

use super::figure::Figure;
use super::schema::{SCHEMAS, Schema};
use super::table::{Series, Table};
use crate::area::Level;
use crate::{AreaId, authority};

/// Reads a release of the table called `name`, as published at `vintage` (free words: `reporting year 2026`).
///
/// A row that cannot be used is set aside with a finding that names line and column, and the rest is read. The table comes back empty, with
/// one finding for the whole file, if there is no table of that name or a column is missing.
pub fn load(name: &str, vintage: &str, csv: &[u8]) -> (Table, Vec<Finding>) {
    let Some(schema) = Schema::of(name) else {
        let known: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
        let message = format!("There is no published table called '{name}'. The tables are {}.", known.join(", "));
        return (Table::empty(&SCHEMAS[0], vintage), vec![finding("", 0, "", name, message, Treatment::SetAside)]);
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(csv);
    let columns = match Columns::of(schema, reader.byte_headers().ok()) {
        Ok(columns) => columns,
        Err(missing) => {
            let message = format!(
                "The file lacks the column '{missing}', so nothing in it could be used. A release of '{name}' needs the columns {}.",
                needed(schema).join(", ")
            );
            return (Table::empty(schema, vintage), vec![finding(schema.name, 1, missing, "", message, Treatment::SetAside)]);
        }
    };
    let mut rows = Rows::default();
    let mut findings = Vec::new();
    let mut record = csv::ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let message = format!("The file cannot be read beyond this line ({error}). Save it again as CSV in UTF-8.");
                findings.push(finding(schema.name, reader.position().line() as u32, "", "", message, Treatment::SetAside));
                break;
            }
        }
        let line = record.position().map_or(0, |position| position.line() as u32);
        if let Err(found) = rows.read(schema, &columns, &record, line) {
            findings.push(*found);
        }
    }
    let (table, repeated) = rows.into_table(schema, vintage);
    findings.extend(repeated);
    findings.sort_by_key(|found| found.row);
    (table, findings)
}

/// The columns that a release of this table must have.
fn needed(schema: &Schema) -> Vec<&'static str> {
    let area = (schema.name != "adoption_stage_times").then_some("area");
    let percent: &[&str] = if schema.percent { &["percent", "percent_symbol"] } else { &[] };
    area.into_iter()
        .chain([schema.year])
        .chain(schema.group.iter().copied())
        .chain(schema.category)
        .chain(["value", "symbol"])
        .chain(percent.iter().copied())
        .collect()
}

/// Where each needed column stands.
struct Columns(HashMap<&'static str, usize>);

impl Columns {
    fn of(schema: &Schema, header: Option<&csv::ByteRecord>) -> Result<Self, &'static str> {
        let header = header.map(|header| {
            header.iter().map(|name| String::from_utf8_lossy(name).trim_start_matches('\u{feff}').to_owned()).collect::<Vec<_>>()
        });
        let header = header.unwrap_or_default();
        needed(schema)
            .into_iter()
            .map(|name| header.iter().position(|held| held == name).map(|at| (name, at)).ok_or(name))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    fn cell<'r>(&self, record: &'r csv::ByteRecord, column: &str) -> &'r str {
        self.0.get(column).and_then(|&at| record.get(at)).and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or("")
    }
}

struct Row {
    line: u32,
    value: Figure,
    percent: Figure,
}

/// The rows read so far, in the order of the file for series.
#[derive(Default)]
struct Rows {
    series: Vec<(String, String)>,
    position: HashMap<(String, String), usize>,
    held: BTreeMap<(usize, AreaId, u32), Row>,
    repeated: Vec<(u32, u32)>,
}

impl Rows {
    fn read(&mut self, schema: &'static Schema, columns: &Columns, record: &csv::ByteRecord, line: u32) -> Result<(), Box<Finding>> {
        let cell = |column: &str| columns.cell(record, column);
        let set_aside = |column: &str, message: &str| {
            let value = cell(column);
            let message = format!("{} This row was not used.", message.replace("{}", value));
            Box::new(finding(schema.name, line, column, value, message, Treatment::SetAside))
        };
        let area = if columns.0.contains_key("area") { AreaId::parse(cell("area")) } else { Some(AreaId::ENGLAND) };
        let known = |area: &AreaId| area.level() == Level::Class || authority::name(*area).is_some();
        let Some(area) = area.filter(known) else {
            return Err(set_aside(
                "area",
                "'{}' is not the Department's number of an authority, a region or England (such as 892, 983, 970).",
            ));
        };
        let Some(year) = cell(schema.year).parse().ok().filter(|year| (1990..2100).contains(year)) else {
            return Err(set_aside(schema.year, "'{}' is not a year of four digits."));
        };
        let value = printed(cell("value"), cell("symbol"))
            .ok_or_else(|| set_aside("value", "'{}' and the mark beside it do not make one number or one mark (c, z, x, k, -)."))?;
        let percent = if schema.percent {
            printed(cell("percent"), cell("percent_symbol"))
                .ok_or_else(|| set_aside("percent", "'{}' and the mark beside it do not make one number or one mark (c, z, x, k, -)."))?
        } else {
            Figure::ABSENT
        };
        let group = schema.group.iter().map(|column| cell(column)).collect::<Vec<_>>().join("/");
        let category = schema.category.map_or("", cell).to_owned();
        let next = self.series.len();
        let series = *self.position.entry((group, category)).or_insert_with_key(|key| {
            self.series.push(key.clone());
            next
        });
        if let Some(earlier) = self.held.insert((series, area, year), Row { line, value, percent }) {
            self.repeated.push((line, earlier.line));
        }
        Ok(())
    }

    fn into_table(self, schema: &'static Schema, vintage: &str) -> (Table, Vec<Finding>) {
        let areas: BTreeSet<AreaId> = self.held.keys().map(|&(_, area, _)| area).collect();
        let years: BTreeSet<u32> = self.held.keys().map(|&(_, _, year)| year).collect();
        let series = self.series.into_iter().map(|(group, category)| Series { group, category }).collect();
        let mut table = Table::blank(schema, vintage, series, areas.into_iter().collect(), years.into_iter().collect());
        for ((at, area, year), row) in self.held {
            let Some(cell) = table.cell(at, area, year) else { continue };
            table.values[cell] = row.value;
            if schema.percent {
                table.percents[cell] = row.percent;
            }
        }
        let repeated: HashSet<(u32, u32)> = self.repeated.into_iter().collect();
        let findings = repeated.into_iter().map(|(line, earlier)| {
            let message =
                format!("Line {line} repeats the figure of line {earlier} (same area, year and category). The later line was used.");
            finding(schema.name, line, "", "", message, Treatment::Repaired)
        });
        (table, findings.collect())
    }
}

/// A number or a mark; nothing unless exactly one of the two is there.
fn printed(number: &str, symbol: &str) -> Option<Figure> {
    match (number, symbol) {
        (number, "") => Figure::of_decimal(number),
        ("", symbol) => Figure::of_symbol(symbol),
        _ => None,
    }
}

fn finding(table: &'static str, row: u32, column: &str, value: &str, message: String, action: Treatment) -> Finding {
    Finding {
        rule: "release-row",
        severity: if action == Treatment::Repaired { Severity::Warning } else { Severity::Error },
        file: String::new(),
        table,
        year: 0,
        row,
        child: String::new(),
        column: column.to_owned(),
        value: value.to_owned(),
        message,
        action,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Value;

    const HEADER: &str = "level,area,year_end,group_id,category_id,value,symbol,percent,percent_symbol\n";

    fn stability(rows: &str) -> (Table, Vec<Finding>) {
        load("cla_stability", "test", format!("{HEADER}{rows}").as_bytes())
    }

    #[test]
    fn a_good_release_is_read_whole() {
        let (table, findings) = stability("la,892,2026,cla,3plus,88,,13,\nla,892,2026,cla,total,,c,,c\n");
        assert_eq!(findings, []);
        assert_eq!(table.value(AreaId(892), 2026, "cla", "3plus"), Value::Known(88.0));
        assert_eq!(table.percent(AreaId(892), 2026, "cla", "3plus"), Value::Known(13.0));
        assert_eq!(table.value(AreaId(892), 2026, "cla", "total"), Value::Suppressed);
        assert_eq!(table.value(AreaId(891), 2026, "cla", "total"), Value::NotAvailable);
        assert_eq!((table.len(), table.vintages()), (2, ["test".to_owned()].as_slice()));
    }

    #[test]
    fn bad_rows_are_named_and_the_rest_is_used() {
        for (row, column, value) in [
            ("la,89,2026,cla,x,1,,1,", "area", "89"),
            ("la,999,2026,cla,x,1,,1,", "area", "999"),
            ("la,892,26,cla,x,1,,1,", "year_end", "26"),
            ("la,892,2026,cla,x,1,c,1,", "value", "1"),
            ("la,892,2026,cla,x,,,1,", "value", ""),
            ("la,892,2026,cla,x,,?,1,", "value", ""),
            ("la,892,2026,cla,x,\"1,000\",,1,", "value", "1,000"),
            ("la,892,2026,cla,x,1,,1%,", "percent", "1%"),
            ("la,892", "year_end", ""),
        ] {
            let (table, findings) = stability(&format!("la,891,2026,cla,x,7,,1,\n{row}\n"));
            assert_eq!(table.value(AreaId(891), 2026, "cla", "x"), Value::Known(7.0), "{row}");
            assert_eq!((table.len(), findings.len()), (1, 1), "{row}");
            assert_eq!((findings[0].row, findings[0].column.as_str(), findings[0].value.as_str()), (3, column, value), "{row}");
        }
    }

    #[test]
    fn a_repeated_row_and_a_missing_column_are_said() {
        let (table, findings) = stability("la,892,2026,cla,x,1,,1,\nla,892,2026,cla,x,2,,1,\n");
        assert_eq!(table.value(AreaId(892), 2026, "cla", "x"), Value::Known(2.0));
        assert_eq!((findings.len(), findings[0].row), (1, 3));
        let (table, findings) = load("measures", "test", b"measure_id,area,value,symbol\nlacnum,892,1,\n");
        assert!(table.is_empty() && findings[0].message.contains("lacks the column 'year_end'"));
        let (_, findings) = load("no_such", "test", b"");
        assert!(findings[0].message.contains("no published table called 'no_such'"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>, text in "[a-z0-9,.\"\n-]{0,200}") {
            load("cla_stability", "test", &bytes);
            stability(&text);
        }
    }
}
