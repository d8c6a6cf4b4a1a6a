//! Any CSV file or workbook as tables of text: what lists such as the provider workbook are read from.

use std::path::Path;

use crate::source::{self, Source};
use crate::table::Table;
use crate::{ReadError, encoding, rows, xlsx};

/// Every sheet of the files at a path. The first line that is not empty names the columns, in capitals.
///
/// # Errors
/// Where nothing lies at the path, or a file there cannot be opened.
pub fn sheets(path: &Path) -> Result<Vec<Table>, ReadError> {
    let source = Source::open(path)?;
    let mut tables = Vec::new();
    let mut bytes = Vec::new();
    for file in &source.files {
        source::load(file, &mut bytes).map_err(ReadError::File)?;
        match xlsx::sheets(&bytes) {
            Some(sheets) => tables.extend(sheets.iter().filter_map(|sheet| table(&format!("{}: {}", file.name, sheet.name), &sheet.csv))),
            None => tables.extend(table(&file.name, &encoding::to_utf8(&bytes).0)),
        }
    }
    Ok(tables)
}

fn table(name: &str, text: &[u8]) -> Option<Table> {
    let mut table: Option<Table> = None;
    rows::for_each(text, b',', |line, cells| {
        let cell = |bytes| String::from_utf8_lossy(bytes).trim().to_owned();
        match &mut table {
            None if cells.is_blank() => {}
            None => {
                let columns: Vec<String> = cells.iter().map(|bytes| cell(bytes).to_uppercase()).collect();
                table = Some(Table::new(name, &columns.iter().map(String::as_str).collect::<Vec<_>>()));
            }
            Some(table) => {
                let cells: Vec<String> = cells.iter().map(cell).collect();
                table.push_exact(line, cells.iter().map(String::as_str));
            }
        }
    });
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_file_is_one_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("providers.csv");
        std::fs::write(&path, "URN,Local authority\nSC000001,\"Derby, City of\"\n").unwrap();
        let tables = sheets(&path).unwrap();
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].get(0, "LOCAL AUTHORITY"), Some("Derby, City of"));
        assert!(sheets(&folder.path().join("none.csv")).is_err());
    }
}
