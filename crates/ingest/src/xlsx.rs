//! Workbooks to text tables, one a sheet, so that the rest of the reader knows one form only.

use std::io::{self, Cursor, Read as _};

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};
use domain::Day;
use zip::ZipArchive;

/// What a workbook may come to when it is unpacked: ten years of a large authority's returns are a tenth of it. Some kilobytes can unpack to all the
/// memory that there is.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// Parts that a workbook may have.
const MOST_PARTS: usize = 10_000;

/// Places between the first cell of a sheet and its last. Two cells in opposite corners would take up as much room as a full sheet: half a terabyte.
const MOST_PLACES: u64 = 20_000_000;

/// A sheet as comma-separated text: line `n` of the text is row `n` of the sheet.
pub(crate) struct Sheet {
    /// The name on its tab.
    pub(crate) name: String,
    /// The cells.
    pub(crate) csv: Vec<u8>,
}

/// Whether the bytes begin as a workbook or another ZIP archive does.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether the bytes begin as a workbook of the years before 2007 does.
pub(crate) fn is_old_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// Whether an archive unpacks to what a workbook may be. It is tried, since an archive's own word about its sizes can be untrue.
fn unpacks(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return true };
    if archive.len() > MOST_PARTS {
        return false;
    }
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        // A part that cannot be read is for whoever reads the workbook to complain about.
        let Ok(part) = archive.by_index(at) else { continue };
        let read = io::copy(&mut part.take(left + 1), &mut io::sink()).unwrap_or(0);
        let Some(rest) = left.checked_sub(read) else { return false };
        left = rest;
    }
    true
}

/// Whether the sheets' cells lie near enough together to be laid out.
fn lies_together(book: &mut Sheets<Cursor<&[u8]>>) -> bool {
    let names = book.sheet_names();
    match book {
        Sheets::Xlsx(book) => names.iter().all(|name| {
            let (mut rows, mut columns) = (0, 0);
            let Ok(mut cells) = book.worksheet_cells_reader(name) else { return true };
            while let Ok(Some(cell)) = cells.next_cell() {
                let (row, column) = cell.get_position();
                (rows, columns) = (rows.max(u64::from(row) + 1), columns.max(u64::from(column) + 1));
            }
            rows * columns <= MOST_PLACES
        }),
        Sheets::Xlsb(book) => names.iter().all(|name| {
            let (mut rows, mut columns) = (0, 0);
            let Ok(mut cells) = book.worksheet_cells_reader(name) else { return true };
            while let Ok(Some(cell)) = cells.next_cell() {
                let (row, column) = cell.get_position();
                (rows, columns) = (rows.max(u64::from(row) + 1), columns.max(u64::from(column) + 1));
            }
            rows * columns <= MOST_PLACES
        }),
        // No more than 65,536 rows of 256 columns.
        Sheets::Xls(_) => true,
        // Repeats cells by their count, without an end; no return comes so.
        Sheets::Ods(_) => false,
    }
}

/// Every sheet with cells in it; nothing if the bytes are no workbook that can be read (an archive of other things, one that would take all the memory,
/// or one locked by a password).
pub(crate) fn sheets(bytes: &[u8]) -> Option<Vec<Sheet>> {
    if !unpacks(bytes) {
        return None;
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).ok()?;
    if !lies_together(&mut book) {
        return None;
    }
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let Some((first_row, _)) = range.start() else { continue };
        // Rows above the first used cell count too, so that line numbers are the sheet's own.
        let mut csv = vec![b'\n'; first_row as usize];
        let mut dates: Vec<bool> = Vec::new();
        for row in range.rows() {
            if dates.is_empty() {
                dates = row.iter().map(is_date_heading).collect();
            }
            for (column, cell) in row.iter().enumerate() {
                if column > 0 {
                    csv.push(b',');
                }
                write_cell(&mut csv, cell, dates.get(column).copied().unwrap_or(false));
            }
            csv.push(b'\n');
        }
        sheets.push(Sheet { name, csv });
    }
    Some(sheets)
}

/// Whether the column holds dates, so that a bare number in it is Excel's count of days.
fn is_date_heading(heading: &Data) -> bool {
    const DATES: [&str; 20] = [
        "DOB",
        "DECOM",
        "DEC",
        "MC_DOB",
        "DUC",
        "REVIEW",
        "DATE_INT",
        "DATE_MATCH",
        "DATE_PLACED",
        "DATE_PLACED_CEASED",
        "DATE_PERM",
        "MIS_START",
        "MIS_END",
        "SW_DECOM",
        "SW_DEC",
        "DOLO_START",
        "DOLO_END",
        "REGISTRATION DATE",
        "DEREGISTRATION DATE",
        "CLOSED DATE",
    ];
    let Data::String(text) = heading else { return false };
    DATES.iter().any(|date| date.eq_ignore_ascii_case(text.trim()))
}

fn write_cell(csv: &mut Vec<u8>, cell: &Data, in_date_column: bool) {
    let text = match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(yes) => (if *yes { "1" } else { "0" }).to_owned(),
        Data::Int(number) if in_date_column => day(*number as f64).unwrap_or_else(|| number.to_string()),
        Data::Float(number) if in_date_column => day(*number).unwrap_or_else(|| number.to_string()),
        Data::Int(number) => number.to_string(),
        // A URN typed into Excel is the number 1234567, never 1234567.0; `{}` prints whole floats without a point.
        Data::Float(number) => number.to_string(),
        Data::DateTime(moment) => day(moment.as_f64()).unwrap_or_else(|| moment.as_f64().to_string()),
    };
    let text = text.trim();
    if text.contains([',', '"', '\n', '\r']) {
        let one_line = text.replace(['\n', '\r'], " ").replace('"', "\"\"");
        csv.push(b'"');
        csv.extend_from_slice(one_line.as_bytes());
        csv.push(b'"');
    } else {
        csv.extend_from_slice(text.as_bytes());
    }
}

/// The day of Excel's count (1 is 1 January 1900, and the 29 February 1900 that never was counts as 60); nothing outside 1900 to 2199.
fn day(serial: f64) -> Option<String> {
    if !(1.0..109_575.0).contains(&serial) {
        return None;
    }
    let before = Day::from_ymd(1899, 12, 31)?;
    let count = serial as i32;
    Some(before.plus(if count > 59 { count - 1 } else { count }).to_string())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use rust_xlsxwriter::Workbook;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn two_cells_far_apart_are_not_laid_out() {
        let book = |row: u32, column: u16| {
            let mut book = Workbook::new();
            let sheet = book.add_worksheet();
            sheet.write_string(0, 0, "a").unwrap();
            sheet.write_string(row, column, "b").unwrap();
            book.save_to_buffer().unwrap()
        };
        assert_eq!(sheets(&book(20_000, 30)).unwrap()[0].csv.split(|byte| *byte == b'\n').count(), 20_002);
        assert!(sheets(&book(1_048_575, 16_383)).is_none());
    }

    #[test]
    fn what_unpacks_to_all_the_memory_is_not_unpacked() {
        let archive = |parts: usize, mebibytes: usize| {
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            let blank = vec![b' '; 1024 * 1024];
            for part in 0..parts {
                archive.start_file(format!("xl/worksheets/sheet{part}.xml"), SimpleFileOptions::default()).unwrap();
                for _ in 0..mebibytes {
                    archive.write_all(&blank).unwrap();
                }
            }
            archive.finish().unwrap().into_inner()
        };
        let bomb = archive(1, 300);
        assert!(bomb.len() < 2 * 1024 * 1024, "it would come through any form: {} bytes", bomb.len());
        assert!(!unpacks(&bomb) && sheets(&bomb).is_none());
        assert!(!unpacks(&archive(MOST_PARTS + 1, 0)));
        assert!(unpacks(&archive(3, 1)) && unpacks(b"no archive"));
    }

    #[test]
    fn numbers_of_excel_become_dates_and_whole_numbers() {
        for (cell, in_date_column, text) in [
            (Data::Float(44286.0), true, "2021-03-31"),
            (Data::Float(1_234_567.0), false, "1234567"),
            (Data::Int(1), true, "1900-01-01"),
            (Data::Float(61.0), true, "1900-03-01"),
            (Data::String(" a, b\n\"c\" ".to_owned()), false, "\"a, b \"\"c\"\"\""),
            (Data::Bool(true), false, "1"),
        ] {
            let mut csv = Vec::new();
            write_cell(&mut csv, &cell, in_date_column);
            assert_eq!(String::from_utf8(csv).unwrap(), text);
        }
    }
}
