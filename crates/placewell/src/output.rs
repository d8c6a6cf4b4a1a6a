//! Printing results: a table for people, CSV for spreadsheets, JSON for programs. The only place that writes to standard output.

use std::io::{self, Write};

use serde::Serialize;

use crate::cli::Format;

/// Rows of text under headings; columns from `numbers_from` on are numbers and stand right.
#[derive(Debug)]
pub(crate) struct Grid {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) numbers_from: usize,
}

impl Grid {
    /// Rows become columns; `corner` heads the new first column.
    pub(crate) fn transposed(self, corner: &str) -> Self {
        let mut headings = vec![corner.to_owned()];
        headings.extend(self.rows.iter().map(|row| row[0].clone()));
        let row = |(at, heading): (usize, &String)| {
            let cells = self.rows.iter().map(|row| row[at].clone());
            std::iter::once(heading.clone()).chain(cells).collect()
        };
        Self { rows: self.headings.iter().enumerate().skip(1).map(row).collect(), headings, numbers_from: 1 }
    }
}

/// Prints the same result in the format asked for. `words` stand around the table where people read it.
pub(crate) fn print(format: Format, json: &impl Serialize, grid: &Grid, words: &str) -> anyhow::Result<()> {
    Ok(io::stdout().lock().write_all(&to_bytes(format, json, grid, words)?)?)
}

/// The same as bytes, for a file.
pub(crate) fn to_bytes(format: Format, json: &impl Serialize, grid: &Grid, words: &str) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, json)?;
            writeln!(out)?;
        }
        Format::Csv => write_csv(&mut out, grid)?,
        Format::Table => {
            write_table(&mut out, grid)?;
            if !words.is_empty() {
                writeln!(out, "\n{words}")?;
            }
        }
    }
    Ok(out)
}

/// Writes a grid as CSV.
pub(crate) fn write_csv(out: &mut impl Write, grid: &Grid) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(&grid.headings)?;
    for row in &grid.rows {
        writer.write_record(row.iter().map(|cell| report::csv::harmless(cell).into_owned()))?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes a grid with aligned columns and no lines, in at most 100 columns.
pub(crate) fn write_table(out: &mut impl Write, grid: &Grid) -> io::Result<()> {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING).set_content_arrangement(comfy_table::ContentArrangement::Dynamic).set_width(100);
    table.set_header(&grid.headings);
    table.add_rows(&grid.rows);
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((u16::from(at > 0), 1));
        if at >= grid.numbers_from {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Says something to the person at the terminal, on standard error, so that piped output stays clean.
pub(crate) fn say(words: &str) {
    // A closed standard error is no reason to stop.
    let _ = writeln!(io::stderr(), "{words}");
}

/// Says the one thing that a program may wait for, on standard output: the address of the web app.
pub(crate) fn answer(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{words}")?;
    out.flush()
}
