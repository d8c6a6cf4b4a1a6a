//! Small tables that people write by hand: a heading, then a line each. Read kindly, and every line left out is named.

use domain::{Finding, Severity, Treatment};

/// Something to say of a line: column, weight, what became of it, the rest of the sentence after `column “value”`.
pub(crate) type Remark = (&'static str, Severity, Treatment, String);
/// Why a line is left out: column, and the rest of the sentence.
pub(crate) type Refusal = (&'static str, &'static str);

/// Which file is read.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'a> {
    /// Name for messages.
    pub(crate) file: &'a str,
    /// What the file is a table of.
    pub(crate) table: &'static str,
    /// The rule that its findings bear.
    pub(crate) rule: &'static str,
}

/// Reads the named columns of a CSV file with a heading, in any order; further columns are let be. Each line becomes a value or a finding.
pub(crate) fn read<T, const N: usize>(
    sheet: Sheet<'_>,
    bytes: &[u8],
    columns: [&'static str; N],
    line: impl Fn([&str; N], &mut Vec<Remark>) -> Result<T, Refusal>,
) -> (Vec<T>, Vec<Finding>) {
    let Sheet { file, table, rule } = sheet;
    let mut rows = Vec::new();
    let mut findings = Vec::new();
    let find = |row: u32, (column, severity, action, said): Remark, value: &str| Finding {
        rule,
        severity,
        file: file.to_owned(),
        table,
        year: 0,
        row,
        child: String::new(),
        column: column.to_owned(),
        value: value.to_owned(),
        message: format!("Line {row} of {file}: {column} “{value}” {said}"),
        action,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.byte_headers().cloned().unwrap_or_default();
    let mut places = [usize::MAX; N];
    for (place, column) in places.iter_mut().zip(columns) {
        match header.iter().position(|name| name.eq_ignore_ascii_case(column.as_bytes())) {
            Some(at) => *place = at,
            None => findings.push(find(
                1,
                (
                    column,
                    Severity::Error,
                    Treatment::SetAside,
                    format!("is not among the columns. The first line must be {}.", columns.join(",")),
                ),
                "",
            )),
        }
    }
    if !findings.is_empty() {
        return (rows, findings);
    }
    let mut record = csv::ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(fault) => {
                let row = fault.position().map_or(0, |position| position.line() as u32);
                findings.push(find(
                    row,
                    ("", Severity::Error, Treatment::SetAside, "cannot be read as CSV; what follows is left out.".into()),
                    "",
                ));
                break;
            }
        }
        let row = record.position().map_or(0, |position| position.line() as u32);
        let cells: Vec<String> =
            places.iter().map(|&at| record.get(at).map(String::from_utf8_lossy).unwrap_or_default().into_owned()).collect();
        let cell = |column: &str| columns.iter().position(|name| *name == column).map_or("", |at| cells[at].as_str());
        let mut texts = [""; N];
        for (text, cell) in texts.iter_mut().zip(&cells) {
            *text = cell;
        }
        let mut remarks = Vec::new();
        match line(texts, &mut remarks) {
            Ok(value) => rows.push(value),
            Err((column, said)) => {
                remarks.push((column, Severity::Error, Treatment::SetAside, format!("{said}. The line is left out.")));
            }
        }
        findings.extend(remarks.into_iter().map(|remark| {
            let value = cell(remark.0);
            find(row, remark, value)
        }));
    }
    (rows, findings)
}
