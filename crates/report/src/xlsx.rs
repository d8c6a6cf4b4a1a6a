//! The data pack: every table of a report with its unrounded numbers, the rows behind them, and how each figure was made.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Table as Marked, TableColumn, TableStyle, Url, Workbook,
    Worksheet, XlsxError,
};

use crate::block::{Cell, Kind, Raw, Report, Role, Row, Table};
use crate::layout;
use crate::provenance;

/// Why there is no data pack.
#[derive(Debug, thiserror::Error)]
#[error("the data pack cannot be written: {0}")]
pub struct Error(#[from] XlsxError);

const CONTENTS: &str = "Contents";
/// Rows above the header of a table's sheet: caption, source, way back, a blank.
const HEADER_ROW: u32 = 4;
const ACCENT: Color = Color::RGB(0x0000_615a);
const QUIET: Color = Color::RGB(0x0050_5a5f);

/// The tables of a report as an Excel workbook.
pub fn write(report: &Report) -> Result<Vec<u8>, Error> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(report.as_of.year() as u16, report.as_of.month() as u8, report.as_of.day() as u8)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(format!("{}: data pack", report.title))
            .set_subject(&report.subtitle)
            .set_author(&report.authority)
            .set_creation_datetime(&date),
    );
    let sheets: Vec<Sheet<'_>> = sheets(report);
    write_contents(workbook.add_worksheet(), report, &sheets)?;
    for (i, sheet) in sheets.iter().enumerate() {
        write_table(workbook.add_worksheet(), sheet, i)?;
    }
    if !report.figures.is_empty() {
        write_figures(workbook.add_worksheet(), report)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// A table and the sheet that it stands on.
struct Sheet<'a> {
    name: String,
    part: &'a str,
    table: &'a Table,
}

fn sheets(report: &Report) -> Vec<Sheet<'_>> {
    let printed = report.tables().map(|(section, table)| (section.title.as_str(), table));
    let behind = report.data.iter().map(|table| ("Rows behind the tables", table));
    printed.chain(behind).enumerate().map(|(i, (part, table))| Sheet { name: sheet_name(i + 1, &table.id), part, table }).collect()
}

/// At most 31 characters, none that Excel forbids; the number in front makes it unique.
fn sheet_name(number: usize, id: &str) -> String {
    let words: String = id.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { '-' } else { c }).collect();
    format!("{number} {words}").chars().take(31).collect::<String>().trim_end().to_owned()
}

fn write_contents(sheet: &mut Worksheet, report: &Report, sheets: &[Sheet<'_>]) -> Result<(), XlsxError> {
    let (title, quiet, head) = (title(), quiet(), head());
    sheet.set_name(CONTENTS)?.set_screen_gridlines(false);
    sheet.write_with_format(0, 0, format!("{}: data pack", report.title), &title)?;
    sheet.write_with_format(1, 0, format!("{}, as at {}", report.authority, report.as_of_words()), &quiet)?;
    sheet.write_with_format(
        2,
        0,
        "Numbers are unrounded; marks such as [c] stand where there is no number, with their meaning under the table.",
        &quiet,
    )?;
    let mut row = 3;
    for notice in &report.notices {
        sheet.write_with_format(row, 0, notice.to_string(), &quiet)?;
        row += 1;
    }
    row += 1;
    for (i, header) in ["Sheet", "Table", "Part of the document", "Source"].into_iter().enumerate() {
        sheet.write_with_format(row, i as u16, header, &head)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    for each in sheets {
        row += 1;
        sheet.write_url(row, 0, Url::new(format!("internal:'{}'!A1", each.name)).set_text(&each.name))?;
        sheet.write(row, 1, &each.table.caption)?;
        sheet.write(row, 2, each.part)?;
        sheet.write(row, 3, each.table.source.as_deref().unwrap_or_default())?;
    }
    if !report.figures.is_empty() {
        row += 1;
        sheet.write_url(row, 0, Url::new(format!("internal:'{}'!A1", provenance::TITLE)).set_text(provenance::TITLE))?;
        sheet.write(row, 1, "Definition, source, vintage, licence, snapshot, rows and unknowns of each figure")?;
    }
    for (column, width) in [34.0, 60.0, 34.0, 60.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    Ok(())
}

fn write_table(sheet: &mut Worksheet, each: &Sheet<'_>, index: usize) -> Result<(), XlsxError> {
    let table = each.table;
    let kinds = Kinds::of(table);
    sheet.set_name(&each.name)?;
    sheet.write_with_format(0, 0, &table.caption, &title())?;
    sheet.write_with_format(1, 0, table.source.as_ref().map(|source| format!("Source: {source}")).unwrap_or_default(), &quiet())?;
    sheet.write_url(2, 0, Url::new(format!("internal:'{CONTENTS}'!A1")).set_text("Back to contents"))?;

    let headers = headers(table, &kinds);
    for (i, row) in table.rows.iter().enumerate() {
        let at = HEADER_ROW + 1 + i as u32;
        for (c, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            write_cell(sheet, (at, c as u16), cell, column.role)?;
        }
        if kinds.per_row {
            sheet.write(at, table.columns.len() as u16, Kinds::of_row(row))?;
        }
    }
    let last = HEADER_ROW + table.rows.len() as u32;
    if table.rows.is_empty() || headers.is_empty() {
        for (c, header) in headers.iter().enumerate() {
            sheet.write_with_format(HEADER_ROW, c as u16, header, &head())?;
        }
    } else {
        // Marked as a table, so that Excel and screen readers know its header row.
        let columns: Vec<TableColumn> = headers.iter().map(|header| TableColumn::new().set_header(header)).collect();
        let marked = Marked::new()
            .set_name(format!("table_{}", index + 1))
            .set_columns(&columns)
            .set_style(TableStyle::Light1)
            .set_autofilter(false);
        sheet.add_table(HEADER_ROW, 0, last, (headers.len() - 1) as u16, &marked)?;
    }
    sheet.set_freeze_panes(HEADER_ROW + 1, u16::from(table.has_row_headers()))?;
    let lines = [table.key_to_marks(), table.note.as_ref().map(ToString::to_string)].into_iter().flatten();
    for (under, line) in (last + 2..).zip(lines) {
        sheet.write_with_format(under, 0, line, &quiet())?;
    }
    for (c, width) in layout::column_widths(table).into_iter().enumerate() {
        // A character of Excel's default font is about seven pixels wide.
        sheet.set_column_width(c as u16, (width / 7.0).clamp(11.0, 60.0))?;
    }
    Ok(())
}

/// A number as a number, shown as the document shows it; anything else as text.
fn write_cell(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, role: Role) -> Result<(), XlsxError> {
    match &cell.raw {
        Raw::Number(value) if value.is_finite() => {
            sheet.write_with_format(row, column, *value, &Format::new().set_num_format(number_format(&cell.shown)))?;
        }
        Raw::Number(_) | Raw::Mark(_) | Raw::Words => {
            let align = if role == Role::Number { FormatAlign::Right } else { FormatAlign::Left };
            sheet.write_with_format(row, column, &cell.shown, &Format::new().set_align(align))?;
        }
    }
    Ok(())
}

/// The number format that shows a raw number as the document does: places, thousands, pounds and percent signs.
fn number_format(shown: &str) -> String {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let Some(start) = shown.find(|c: char| c.is_ascii_digit()) else { return "General".to_owned() };
    let end = shown[start..].find(|c| !is_part(c)).map_or(shown.len(), |length| start + length);
    let places = shown[start..end].split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let literal = |text: &str| {
        let text: String = text.chars().filter(|c| !matches!(c, '"' | '−' | '-' | '+')).collect();
        if text.is_empty() { text } else { format!("\"{text}\"") }
    };
    let fraction = if places > 0 { format!(".{}", "0".repeat(places)) } else { String::new() };
    format!("{}#,##0{fraction}{}", literal(&shown[..start]), literal(&shown[end..]))
}

/// Where a table with several kinds of number names them.
struct Kinds {
    mixed: bool,
    per_row: bool,
}

impl Kinds {
    fn of(table: &Table) -> Self {
        let mixed = table.mixes_kinds();
        let per_row = table.rows.iter().any(|row| row.kind.is_some() || row.cells.iter().any(|cell| cell.kind.is_some()));
        Self { mixed, per_row: mixed && per_row }
    }

    /// The kinds of the numbers in a row.
    fn of_row(row: &Row) -> String {
        let mut kinds: Vec<Kind> = row.cells.iter().filter_map(|cell| cell.kind).chain(row.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ")
    }
}

/// Headers, made different where they are not: Excel's tables need it.
fn headers(table: &Table, kinds: &Kinds) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    let named = table.columns.iter().map(|column| match column.kind.filter(|_| kinds.mixed) {
        Some(kind) => format!("{} ({})", column.header, kind.word()),
        None if column.header.is_empty() => "Column".to_owned(),
        None => column.header.clone(),
    });
    for header in named.chain(kinds.per_row.then(|| "Kind of number".to_owned())) {
        let mut unique = header.clone();
        let mut n = 2;
        while headers.iter().any(|other| other.to_lowercase() == unique.to_lowercase()) {
            unique = format!("{header} {n}");
            n += 1;
        }
        headers.push(unique);
    }
    headers
}

fn write_figures(sheet: &mut Worksheet, report: &Report) -> Result<(), XlsxError> {
    let headers = ["Figure", "How made", "Name", "Definition", "Source", "Vintage", "Licence", "Snapshot", "Rows", "Not known"];
    sheet.set_name(provenance::TITLE)?;
    for (c, header) in headers.into_iter().enumerate() {
        sheet.write_with_format(0, c as u16, header, &head())?;
    }
    let mut row = 0;
    for entry in &report.provenance().entries {
        for (id, why) in &entry.figures {
            row += 1;
            sheet.write(row, 0, id.as_str())?;
            sheet.write(row, 1, entry.number as u32)?;
            let facts = [&why.name, &why.definition, &why.source, &why.vintage, &why.licence, &why.snapshot, &why.rows, &why.unknown];
            for (c, fact) in facts.into_iter().enumerate() {
                sheet.write(row, c as u16 + 2, fact)?;
            }
        }
    }
    for (c, width) in [32.0, 10.0, 36.0, 60.0, 48.0, 28.0, 26.0, 26.0, 26.0, 40.0].into_iter().enumerate() {
        sheet.set_column_width(c as u16, width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn title() -> Format {
    Format::new().set_bold().set_font_size(14).set_font_color(ACCENT)
}

fn quiet() -> Format {
    Format::new().set_font_color(QUIET)
}

fn head() -> Format {
    Format::new().set_bold().set_border_bottom(FormatBorder::Medium).set_text_wrap()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::sample;

    #[test]
    fn every_table_reads_back_with_its_raw_numbers() {
        let report = sample::report();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(write(&report).unwrap())).unwrap();
        for (i, (_, table)) in report.tables().enumerate() {
            let range = book.worksheet_range(&sheet_name(i + 1, &table.id)).unwrap();
            for (r, row) in table.rows.iter().enumerate() {
                for (c, cell) in row.cells.iter().enumerate() {
                    let read = range.get_value((HEADER_ROW + 1 + r as u32, c as u32)).unwrap_or(&Data::Empty);
                    match &cell.raw {
                        Raw::Number(value) => assert_eq!(read, &Data::Float(*value), "{} row {r} column {c}", table.id),
                        Raw::Mark(mark) => assert_eq!(read, &Data::String(format!("[{}]", mark.symbol))),
                        Raw::Words => assert_eq!(read, &Data::String(cell.shown.clone())),
                    }
                }
            }
        }
        let figures = book.worksheet_range(provenance::TITLE).unwrap();
        assert_eq!(figures.height(), report.figures.len() + 1);
    }

    #[test]
    fn a_second_data_pack_has_the_same_bytes_and_no_clock_in_it() {
        let bytes = write(&sample::report()).unwrap();
        assert_eq!(bytes, write(&sample::report()).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for i in 0..archive.len() {
            assert_eq!(archive.by_index(i).unwrap().last_modified().map(|time| time.year()), Some(1980));
        }
    }

    #[test]
    fn numbers_are_shown_as_in_the_document() {
        for (shown, format) in
            [("4.5%", "#,##0.0\"%\""), ("£2,711.00", "\"£\"#,##0.00"), ("−12.3%", "#,##0.0\"%\""), ("631", "#,##0"), ("", "General")]
        {
            assert_eq!(number_format(shown), format, "{shown}");
        }
    }
}
