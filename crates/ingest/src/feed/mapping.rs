//! The mapping file: which files hold which feed, which column holds which field, how dates are written, what codes and empty cells mean.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::{Finding, Severity, Treatment};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::dates::DateForm;
use super::fields::{Feed, Field, Form};

/// A mapping file that has been understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The feeds, in the order in which they are taken.
    pub feeds: Vec<FeedMapping>,
}

/// How one feed is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedMapping {
    /// What its rows are about.
    pub of: Feed,
    /// Which files are its: a name with `*` for any letters.
    pub file: String,
    pub(super) separator: u8,
    /// Beside [`Feed::fields`]: where each comes from, if it is mapped.
    pub(super) columns: Vec<Option<Column>>,
}

/// Where a field comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) from: From,
    pub(super) codes: BTreeMap<String, String>,
    pub(super) date: DateForm,
    pub(super) empty: Empty,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The column with this heading.
    Heading(String),
    /// No column: every row says this.
    Always(String),
}

/// What an empty cell means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Empty {
    /// Nothing: what the record holds stays.
    #[default]
    Keep,
    /// That there is none.
    Clear,
}

impl FeedMapping {
    /// Whether a file of this name is one of its.
    pub fn reads(&self, name: &str) -> bool {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
        fits(&self.file.to_lowercase(), &name)
    }
}

/// Whether a name is the pattern, each `*` of which stands for any letters.
fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Everything that stands against it, each with its line and what to write instead.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Finding>> {
        let mut reader = Reader { name, text, findings: Vec::new() };
        let (document, faults) = DeTable::parse_recoverable(text);
        for fault in faults {
            reader.find(&fault.span().unwrap_or_default(), "", "", &format!("is not written as TOML: {}", fault.message()));
        }
        // What is half understood would only raise findings that are none.
        let mut feeds = if reader.findings.is_empty() { reader.document(document.get_ref()) } else { Vec::new() };
        if reader.findings.is_empty() {
            feeds.sort_by_key(|feed| feed.of);
            return Ok(Self { feeds });
        }
        reader.findings.sort_by_key(|finding| finding.row);
        Err(reader.findings)
    }

    /// The feed that a file is of: the first whose pattern its name fits.
    pub fn of(&self, name: &str) -> Option<&FeedMapping> {
        self.feeds.iter().find(|feed| feed.reads(name))
    }
}

/// What a feed takes from the top of the file where it says nothing else.
struct Usual {
    date: DateForm,
    empty: Empty,
}

struct Reader<'t> {
    name: &'t str,
    text: &'t str,
    findings: Vec<Finding>,
}

type At<'v, 'i> = &'v Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn document(&mut self, document: &DeTable<'_>) -> Vec<FeedMapping> {
        self.known_keys(document, &["date", "empty", "feed"], "at the top of the file");
        let usual =
            Usual { date: self.date(document, None).unwrap_or_else(DateForm::iso), empty: self.empty(document).unwrap_or_default() };
        let Some(all) = document.get("feed") else {
            self.find(&(0..0), "feed", "", "is not there: begin each feed with [[feed]]");
            return Vec::new();
        };
        let Some(tables) = all.get_ref().as_array() else {
            self.find(&all.span(), "feed", "", "is no list: write [[feed]] with two brackets on either side");
            return Vec::new();
        };
        tables.iter().filter_map(|table| self.feed(table, &usual)).collect()
    }

    fn feed(&mut self, at: At<'_, '_>, usual: &Usual) -> Option<FeedMapping> {
        let Some(table) = at.get_ref().as_table() else {
            self.find(&at.span(), "feed", "", "is no table: write [[feed]] on a line of its own");
            return None;
        };
        self.known_keys(table, &["columns", "date", "empty", "file", "of", "separator"], "of a feed");
        let words: Vec<String> = Feed::ALL.iter().map(|feed| feed.word().to_owned()).collect();
        let of = self.needed(table, at, "of", "say what its rows are about").and_then(|(word, span)| {
            let feed = word.parse::<Feed>().ok();
            if feed.is_none() {
                self.find(&span, "of", &word, &format!("is no feed{}", instead(&word, &words)));
            }
            feed
        });
        let file = self.needed(table, at, "file", "write the name of its files, with * for what changes from night to night");
        let usual =
            Usual { date: self.date(table, None).unwrap_or_else(|| usual.date.clone()), empty: self.empty(table).unwrap_or(usual.empty) };
        let separator = self.separator(table);
        let columns = match table.get("columns").map(|columns| (columns, columns.get_ref().as_table())) {
            Some((_, Some(columns))) => of.map(|of| self.columns(of, columns, at, &usual)),
            Some((columns, None)) => {
                self.find(&columns.span(), "columns", "", "is no table: write [feed.columns] and beneath it a line for each field");
                None
            }
            None => {
                self.find(&at.span(), "columns", "", "is not there: write [feed.columns] and beneath it a line for each field");
                None
            }
        };
        Some(FeedMapping { of: of?, file: file?.0, separator, columns: columns? })
    }

    fn columns(&mut self, of: Feed, table: &DeTable<'_>, feed: At<'_, '_>, usual: &Usual) -> Vec<Option<Column>> {
        let names: Vec<&str> = of.fields().iter().map(|field| field.name).collect();
        self.known_keys(table, &names, &format!("of {of}"));
        let columns: Vec<Option<Column>> =
            of.fields().iter().map(|field| table.get(field.name).and_then(|value| self.column(field, value, usual))).collect();
        for field in of.fields().iter().filter(|field| field.must && table.get(field.name).is_none()) {
            let said =
                format!("is not mapped, and a row of {of} is nothing without it: write {} = \"the heading of its column\"", field.name);
            self.find(&feed.span(), field.name, "", &said);
        }
        if of == Feed::Visits && ["due", "made"].iter().all(|name| table.get(*name).is_none()) {
            self.find(&feed.span(), "made", "", "is not mapped, and neither is due: a visit is nothing without one of them");
        }
        columns
    }

    fn column(&mut self, field: &Field, at: At<'_, '_>, usual: &Usual) -> Option<Column> {
        let plain = |from| Column { from, codes: BTreeMap::new(), date: usual.date.clone(), empty: usual.empty };
        if let Some(heading) = at.get_ref().as_str() {
            return Some(plain(From::Heading(heading.trim().to_owned())));
        }
        let Some(table) = at.get_ref().as_table() else {
            self.find(
                &at.span(),
                field.name,
                "",
                "is neither a heading in quotation marks nor a table such as { column = \"Start date\" }",
            );
            return None;
        };
        self.known_keys(table, &["always", "codes", "column", "date", "empty"], "of a column");
        let date = self.date(table, Some(field)).unwrap_or_else(|| usual.date.clone());
        let empty = self.empty(table).unwrap_or(usual.empty);
        let codes = table.get("codes").map(|codes| self.codes(field, codes)).unwrap_or_default();
        let from = match (self.text(table, "column"), self.text(table, "always")) {
            (Some((heading, _)), None) => From::Heading(heading),
            (None, Some((always, span))) => {
                self.code(field, &always, &span);
                From::Always(always)
            }
            (Some(_), Some((_, span))) => {
                self.find(&span, "always", "", "stands beside column: keep one of the two");
                return None;
            }
            (None, None) => {
                self.find(
                    &at.span(),
                    field.name,
                    "",
                    "names no column: write column = \"the heading\", or always = \"what every row says\"",
                );
                return None;
            }
        };
        Some(Column { from, codes, date, empty })
    }

    /// Translations: what stands in a cell, in any case, and what it means.
    fn codes(&mut self, field: &Field, at: At<'_, '_>) -> BTreeMap<String, String> {
        let mut codes = BTreeMap::new();
        let Some(table) = at.get_ref().as_table() else {
            self.find(&at.span(), "codes", "", "is no table: write codes = { \"what the cell says\" = \"what it means\" }");
            return codes;
        };
        if !matches!(field.form, Form::Code(_) | Form::Word(_) | Form::Email | Form::Number | Form::Child | Form::Household) {
            let said = format!("translate {}, which holds no codes: take them out", field.name);
            self.find(&at.span(), "codes", "", &said);
            return codes;
        }
        for (cell, meaning) in table {
            let Some(text) = meaning.get_ref().as_str() else {
                self.find(
                    &meaning.span(),
                    field.name,
                    cell.get_ref(),
                    "is translated to something that is no text: write it in quotation marks",
                );
                continue;
            };
            self.code(field, text, &meaning.span());
            if codes.insert(plain(cell.get_ref()), text.trim().to_owned()).is_some() {
                self.find(&cell.span(), field.name, cell.get_ref(), "is translated twice, once in other letters: keep one");
            }
        }
        codes
    }

    /// A meaning is one that the field knows. An empty one says that there is none.
    fn code(&mut self, field: &Field, text: &str, span: &Range<usize>) {
        let Some(known) = field.form.known().filter(|_| !text.trim().is_empty()) else { return };
        if !known.iter().any(|one| one.eq_ignore_ascii_case(text.trim())) {
            self.find(span, field.name, text, &format!("is nothing that {} can be{}", field.name, instead(text, &known)));
        }
    }

    fn separator(&mut self, table: &DeTable<'_>) -> u8 {
        match self.text(table, "separator") {
            None => b',',
            Some((text, span)) => match text.as_str() {
                "," | "comma" => b',',
                ";" | "semicolon" => b';',
                "|" | "bar" => b'|',
                "\t" | "tab" => b'\t',
                _ => {
                    self.find(&span, "separator", &text, "is none of comma, semicolon, tab, bar");
                    b','
                }
            },
        }
    }

    fn date(&mut self, table: &DeTable<'_>, of: Option<&Field>) -> Option<DateForm> {
        let (text, span) = self.text(table, "date")?;
        if let Some(field) = of.filter(|field| !matches!(field.form, Form::Day)) {
            self.find(&span, "date", &text, &format!("stands with {}, which is no date: take it out", field.name));
        }
        DateForm::parse(&text).map_err(|said| self.find(&span, "date", &text, &said)).ok()
    }

    fn empty(&mut self, table: &DeTable<'_>) -> Option<Empty> {
        let (text, span) = self.text(table, "empty")?;
        match text.as_str() {
            "keep" => Some(Empty::Keep),
            "clear" => Some(Empty::Clear),
            _ => {
                let said = "is neither keep (an empty cell says nothing, and the record stays) nor clear (it says that there is none)";
                self.find(&span, "empty", &text, said);
                None
            }
        }
    }

    /// A text under a key that must be there.
    fn needed(&mut self, table: &DeTable<'_>, at: At<'_, '_>, key: &'static str, otherwise: &str) -> Option<(String, Range<usize>)> {
        if table.get(key).is_none() {
            self.find(&at.span(), key, "", &format!("is not there: {otherwise}"));
        }
        self.text(table, key)
    }

    fn text(&mut self, table: &DeTable<'_>, key: &'static str) -> Option<(String, Range<usize>)> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str().map(|text| if text == "\t" { text } else { text.trim() });
        if text.is_none_or(str::is_empty) {
            self.find(&value.span(), key, "", "is no text: write it in quotation marks");
        }
        text.filter(|text| !text.is_empty()).map(|text| (text.to_owned(), value.span()))
    }

    fn known_keys(&mut self, table: &DeTable<'_>, known: &[&str], of: &str) {
        let names: Vec<String> = known.iter().map(|&name| name.to_owned()).collect();
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let word = key.get_ref();
            self.find(&key.span(), word, "", &format!("is no key {of}{}", instead(word, &names)));
        }
    }

    fn find(&mut self, span: &Range<usize>, key: &str, value: &str, said: &str) {
        let before = self.text.get(..span.start.min(self.text.len())).unwrap_or(self.text);
        let row = before.matches('\n').count() as u32 + 1;
        let what = match (key, value) {
            ("", _) => String::new(),
            (key, "") => format!("{key} "),
            (key, value) => format!("{key} “{value}” "),
        };
        self.findings.push(Finding {
            rule: "feed-mapping",
            severity: Severity::Error,
            file: self.name.to_owned(),
            table: "mapping",
            year: 0,
            row,
            child: String::new(),
            column: key.to_owned(),
            value: value.to_owned(),
            message: format!("{}, line {row}: {what}{said}.", self.name),
            action: Treatment::SetAside,
        });
    }
}

/// A text as codes are compared: in small letters, and with one space where there are several.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What may be meant by a word that is not known, and what there is: the end of a sentence.
pub(super) fn instead(word: &str, known: &[String]) -> String {
    let asked = plain(word);
    let likeness = |one: &String| strsim::jaro_winkler(&asked, &plain(one));
    let nearest = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let near = nearest.filter(|one| likeness(one) > 0.8).map_or_else(String::new, |one| format!(": did you mean {one}?"));
    let all = known.join(", ");
    if near.is_empty() { format!(": write one of {all}") } else { format!("{near} There are {all}") }
}
