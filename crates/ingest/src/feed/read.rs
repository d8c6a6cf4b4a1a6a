//! A file of a feed, read by its mapping: rows in the words of the record, and a finding for everything that cannot be used.

use std::collections::BTreeMap;

use domain::code::Code;
use domain::{Finding, Severity, Treatment, vault};

use super::fields::{Field, Form};
use super::mapping::{Column, Empty, FeedMapping, From, instead, plain};
use super::row::{Row, Said, Value};
use crate::encoding::to_utf8;

/// The largest file that is read: a night's export of the largest authority is a tenth of it.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Reads a file. Where there is a finding of the weight of an error, the rows are what else could be read, and must not be written.
pub fn read(mapping: &FeedMapping, file: &str, bytes: &[u8]) -> (Vec<Row>, Vec<Finding>) {
    let mut reader = Reader { mapping, file, findings: Vec::new() };
    let rows = reader.rows(bytes);
    (rows, reader.findings)
}

struct Reader<'f> {
    mapping: &'f FeedMapping,
    file: &'f str,
    findings: Vec<Finding>,
}

/// Where a cell stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    line: u32,
    child: &'p str,
    column: &'p str,
}

/// What the bytes are, where they are no text.
fn no_text(bytes: &[u8]) -> Option<&'static str> {
    let marks: [(&[u8], &str); 4] = [
        (b"PK\x03\x04", "a workbook or a packed folder"),
        (b"\xD0\xCF\x11\xE0", "an old workbook"),
        (b"%PDF", "a PDF document"),
        (b"\x1F\x8B", "a packed file"),
    ];
    marks.into_iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, what)| what)
}

impl Reader<'_> {
    fn rows(&mut self, bytes: &[u8]) -> Vec<Row> {
        if bytes.len() > MOST_BYTES {
            self.whole(&format!("is larger than {} MB. Export fewer years at a time", MOST_BYTES / 1024 / 1024));
            return Vec::new();
        }
        if let Some(what) = no_text(bytes) {
            self.whole(&format!("is {what}, not a CSV file. Let the case system export CSV, or save the sheet as CSV"));
            return Vec::new();
        }
        let (text, _) = to_utf8(bytes);
        if text.contains(&0) {
            self.whole("is no text, and so no CSV file. Let the case system export CSV");
            return Vec::new();
        }
        let mut csv = csv::ReaderBuilder::new().flexible(true).delimiter(self.mapping.separator).has_headers(false).from_reader(&*text);
        let mut record = csv::StringRecord::new();
        if !matches!(csv.read_record(&mut record), Ok(true)) {
            self.whole("is empty: it has no line with headings. Let the export write them");
            return Vec::new();
        }
        let headings: Vec<String> = record.iter().map(|heading| heading.trim().to_owned()).collect();
        let Some(places) = self.places(&headings) else { return Vec::new() };
        let mut rows = Vec::new();
        loop {
            match csv.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => {
                    self.whole("cannot be read to its end as CSV. Export it again");
                    break;
                }
            }
            let line = record.position().map_or(0, |position| position.line() as u32);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let spare = record.iter().skip(headings.len()).any(|cell| !cell.trim().is_empty());
            if record.len() < headings.len() || spare {
                let said = format!(
                    "has {} cells where the heading has {}: look for a missing or spare separator, or a quotation mark that is not closed",
                    record.len(),
                    headings.len()
                );
                self.find(Place { line, child: "", column: "" }, "", &said);
                continue;
            }
            rows.extend(self.row(line, &places, &record));
        }
        self.alone(rows)
    }

    /// The place of each mapped field's column; nothing where one is not there.
    fn places(&mut self, headings: &[String]) -> Option<Vec<Option<usize>>> {
        let mut whole = true;
        let places = self.mapping.columns.iter().map(|column| match column.as_ref().map(|column| &column.from) {
            Some(From::Heading(heading)) => {
                let mut found = (0..).zip(headings).filter(|(_, one)| plain(one) == plain(heading)).map(|(at, _)| at);
                match (found.next(), found.next()) {
                    (Some(at), None) => Some(at),
                    (Some(_), Some(_)) => {
                        whole = false;
                        self.find(
                            Place { line: 1, child: "", column: heading },
                            "",
                            "stands twice in the heading: let the export write it once",
                        );
                        None
                    }
                    (None, _) => {
                        whole = false;
                        let said = format!("is not in the heading{}", instead(heading, headings));
                        self.find(Place { line: 1, child: "", column: heading }, "", &said);
                        None
                    }
                }
            }
            _ => None,
        });
        let places: Vec<Option<usize>> = places.collect();
        whole.then_some(places)
    }

    fn row(&mut self, line: u32, places: &[Option<usize>], record: &csv::StringRecord) -> Option<Row> {
        let before = self.findings.len();
        let of = self.mapping.of;
        let cell = |at: usize| places.get(at).copied().flatten().and_then(|place| record.get(place)).unwrap_or_default().trim();
        let child = of.place("child").map(cell).unwrap_or_default().to_owned();
        let mapping = self.mapping;
        let mut cells = Vec::with_capacity(of.fields().len());
        let mut told = Vec::new();
        for (at, (field, column)) in of.fields().iter().zip(&mapping.columns).enumerate() {
            let Some(column) = column else {
                cells.push(Said::Nothing);
                continue;
            };
            let (name, text) = match &column.from {
                From::Heading(heading) => (heading.as_str(), cell(at)),
                From::Always(text) => ("", text.as_str()),
            };
            if of.told_by().contains(&field.name) {
                told.push(plain(text));
            }
            let place = Place { line, child: &child, column: name };
            cells.push(self.said(field, column, text, place));
        }
        let mapped = of.place("row").filter(|&at| mapping.columns.get(at).is_some_and(Option::is_some));
        let key = match mapped {
            Some(at) if cell(at).is_empty() => {
                let column = mapping.columns.get(at).and_then(Option::as_ref).map_or("", |column| match &column.from {
                    From::Heading(heading) | From::Always(heading) => heading,
                });
                self.find(Place { line, child: &child, column }, "", "is empty: every row needs the number that the case system gives it");
                String::new()
            }
            Some(at) => format!("row {}", cell(at)),
            None => told.join("|"),
        };
        (self.findings.len() == before).then_some(Row { feed: of, line, child, key, cells })
    }

    fn said(&mut self, field: &Field, column: &Column, text: &str, place: Place<'_>) -> Said {
        let text = column.codes.get(&plain(text)).map_or(text, String::as_str);
        if text.is_empty() {
            if field.must {
                self.find(place, "", &format!("is empty, and a row of {} is nothing without its {}", self.mapping.of, field.name));
            }
            return if column.empty == Empty::Clear || column.codes.contains_key("") { Said::Blank } else { Said::Nothing };
        }
        match value(field, column, text) {
            Ok(value) => Said::Value(value),
            Err(said) => {
                self.find(place, if field.form.is_personal() { "" } else { text }, &said);
                Said::Nothing
            }
        }
    }

    /// Rows that the case system calls alike: the same twice is read once, and two that differ are an error.
    fn alone(&mut self, rows: Vec<Row>) -> Vec<Row> {
        let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        for row in rows {
            // The case system's own number tells a row from those of other children too.
            let whose = if row.key.starts_with("row ") { String::new() } else { row.child.clone() };
            match seen.get(&(whose.clone(), row.key.clone())).and_then(|&at| kept.get(at)) {
                None => {
                    seen.insert((whose, row.key.clone()), kept.len());
                    kept.push(row);
                }
                Some(first) if first.child == row.child && first.cells == row.cells => {}
                Some(first) => {
                    let said = format!(
                        "is the same row as line {} and says something else: let the export write each once, and map the case system's number of the row",
                        first.line
                    );
                    self.find(Place { line: row.line, child: &row.child, column: "" }, "", &said);
                }
            }
        }
        kept
    }

    fn whole(&mut self, said: &str) {
        self.find(Place { line: 0, child: "", column: "" }, "", said);
    }

    fn find(&mut self, place: Place<'_>, value: &str, said: &str) {
        let Place { line, child, column } = place;
        let at = if line == 0 { String::new() } else { format!(", line {line}") };
        let what = match (column, value) {
            ("", "") => " ".to_owned(),
            ("", value) => format!(": “{value}” "),
            (column, "") => format!(": {column} "),
            (column, value) => format!(": {column} “{value}” "),
        };
        self.findings.push(Finding {
            rule: "feed-row",
            severity: Severity::Error,
            file: self.file.to_owned(),
            table: self.mapping.of.word(),
            year: 0,
            row: line,
            child: child.to_owned(),
            column: column.to_owned(),
            value: value.to_owned(),
            message: format!("{}{at}{what}{said}.", self.file),
            action: Treatment::SetAside,
        });
    }
}

/// What a text is in a field; the error is the rest of a sentence.
fn value(field: &Field, column: &Column, text: &str) -> Result<Value, String> {
    let words = || Value::Text(text.to_owned());
    let code = || Code::parse(text.as_bytes()).filter(|code| !code.is_blank());
    match field.form {
        Form::Row | Form::Words | Form::Household => Ok(words()),
        Form::Child => {
            let known = text.chars().count() <= 64;
            known.then(words).ok_or_else(|| "is too long for what a case system calls a child".to_owned())
        }
        Form::Day => {
            let form = column.date.text();
            column
                .date
                .day(text)
                .map(Value::Day)
                .ok_or_else(|| format!("is no date written as {form}: mend the cell, or the form in the mapping"))
        }
        Form::Number => {
            code().map(Value::Code).ok_or_else(|| "is no number of Ofsted's: it has at most eight letters and digits".to_owned())
        }
        Form::Postcode => text.parse().map(Value::Postcode).map_err(|_| "is no postcode".to_owned()),
        Form::Email => {
            let email = text.to_lowercase();
            email.contains('@').then_some(Value::Text(email)).ok_or_else(|| {
                "is no address: map the column with the work e-mail, or translate each name to one under codes of this column".to_owned()
            })
        }
        Form::Code(_) | Form::Word(_) => {
            let known = field.form.known().unwrap_or_default();
            let found = known.iter().find(|one| one.eq_ignore_ascii_case(text));
            let found = found.ok_or_else(|| {
                let near = instead(text, &known);
                format!("is not translated: write \"{text}\" = \"…\" under codes of {} in the mapping{near}", field.name)
            })?;
            match field.form {
                Form::Code(_) => Code::parse(found.as_bytes()).map(Value::Code).ok_or_else(|| "is no code".to_owned()),
                _ => Ok(Value::Text(found.clone())),
            }
        }
        Form::Vault(kind) => {
            vault::sound(kind, text).map(Value::Text).map_err(|fault| format!("cannot be used ({fault}); it is not repeated here"))
        }
    }
}
