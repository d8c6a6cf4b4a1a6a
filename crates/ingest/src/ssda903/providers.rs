//! The provider workbook ("URN lookup") that the Department and Ofsted give to authorities, in any of its three layouts:
//!
//! 1. a workbook of children's homes and one of other social care providers (open now; closed in each earlier year);
//! 2. one sheet with both;
//! 3. two sheets, "Providers" and "SA providers", the second with the settings of supported accommodation.
//!
//! Sheets are recognised by their columns, so they may come from one workbook or several, as XLSX or CSV, in any order. Columns of codes
//! have swapped their names between editions, so a code says by itself what it is: PR0 to PR5 are provider codes, all others placement types.

use std::borrow::Cow;
use std::collections::HashMap;

use domain::{Day, Finding, Severity, Treatment};

use super::rules::{authority_named, authority_of, date};
use crate::table::Table;

/// A setting that regulators know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provider {
    /// Ofsted's unique reference number, as text.
    pub urn: String,
    /// Placement types for which it is registered.
    pub places: Vec<String>,
    /// Provider codes (PR0 to PR5) that fit it.
    pub providers: Vec<String>,
    /// The day its registration ended, if it has.
    pub closed: Option<Day>,
    /// Its postcode without spaces.
    pub postcode: Option<String>,
    /// The ONS code of the authority in whose area it lies: by its postcode, else by the name in the workbook.
    pub authority: Option<String>,
}

/// Every setting of the workbook. A URN may have several, such as the flats of one provider of supported accommodation.
#[derive(Clone, Debug, Default)]
pub struct ProviderList {
    providers: Vec<Provider>,
    by_urn: HashMap<String, Vec<u32>>,
}

impl ProviderList {
    /// A list of these settings.
    pub fn new(providers: Vec<Provider>) -> Self {
        let mut by_urn: HashMap<String, Vec<u32>> = HashMap::new();
        for (at, provider) in providers.iter().enumerate() {
            by_urn.entry(urn(&provider.urn).into_owned()).or_default().push(at as u32);
        }
        Self { providers, by_urn }
    }

    /// The settings with this URN, however it is written; none if the list does not know it.
    pub fn with_urn(&self, text: &str) -> Vec<&Provider> {
        self.by_urn.get(urn(text).as_ref()).into_iter().flatten().map(|&at| &self.providers[at as usize]).collect()
    }

    /// All settings, in the order of the workbook.
    pub fn all(&self) -> &[Provider] {
        &self.providers
    }
}

/// A URN in the one form in which URNs are compared: spreadsheets keep `1234567` as a number and give back `1234567.0`.
fn urn(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let text = text.strip_suffix(".0").filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(text);
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) { Cow::Owned(text.to_ascii_uppercase()) } else { Cow::Borrowed(text) }
}

/// Columns of placement types and of provider codes, whose names differ between editions.
const CODES: [&str; 4] = ["PLACEMENT CODE", "PLACEMENT PROVIDER CODE", "PROVIDER CODE", "PROVIDER PLACEMENT CODE"];
const CLOSED: [&str; 2] = ["DEREGISTRATION DATE", "CLOSED DATE"];
const POSTCODE: [&str; 3] = ["SETTING ADDRESS POSTCODE", "SETTING POSTCODE", "PROVIDER POSTCODE"];
const AUTHORITY: [&str; 3] = ["SETTING LOCAL AUTHORITY", "LOCAL AUTHORITY", "PROVIDER LOCAL AUTHORITY"];
/// What workbooks write where there is nothing to say.
const NOTHING: [&str; 4] = ["-", "NA", "N/A", "NULL"];

/// Reads the sheets of the provider workbook or workbooks.
pub fn read(sheets: &[Table]) -> (ProviderList, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut providers: Vec<Provider> = Vec::new();
    let mut addresses: HashMap<String, String> = HashMap::new();
    for table in sheets {
        let sheet = Sheet::of(table);
        match sheet.kind() {
            Kind::Settings => providers.extend(sheet.settings(&mut findings)),
            Kind::Addresses => {
                let rows = 0..table.len();
                addresses.extend(rows.filter_map(|row| Some((urn(sheet.cell(row, &["URN"])?).into_owned(), sheet.postcode(row)?))));
            }
            Kind::Conditions => {}
            Kind::Unknown => findings.push(about(
                table,
                0,
                "provider-list-unread",
                "This sheet has no URN column, so it is not one of the provider list's; give the sheets as Ofsted or the Department sent them."
                    .to_owned(),
                Treatment::SetAside,
            )),
        }
    }
    for provider in &mut providers {
        if provider.postcode.is_none() {
            provider.postcode = addresses.get(urn(&provider.urn).as_ref()).cloned();
        }
        if let Some(authority) = provider.postcode.as_deref().and_then(authority_of) {
            provider.authority = Some(authority);
        }
    }
    (ProviderList::new(providers), findings)
}

/// What a sheet holds.
enum Kind {
    /// Settings with what they are registered for.
    Settings,
    /// Only where they are.
    Addresses,
    /// Only conditions of registration, which no rule reads.
    Conditions,
    /// Nothing that a provider list has.
    Unknown,
}

struct Sheet<'a> {
    table: &'a Table,
    /// Names of the columns as the file has them, by their names in capitals without spaces around.
    names: HashMap<String, &'a str>,
}

impl<'a> Sheet<'a> {
    fn of(table: &'a Table) -> Self {
        Self { table, names: table.names().into_iter().map(|name| (name.trim().to_uppercase(), name)).collect() }
    }

    fn has(&self, columns: &[&str]) -> bool {
        columns.iter().any(|column| self.names.contains_key(*column))
    }

    fn kind(&self) -> Kind {
        if !self.has(&["URN"]) {
            Kind::Unknown
        } else if self.has(&CODES) || self.is_supported_accommodation() {
            Kind::Settings
        } else if self.has(&POSTCODE) {
            Kind::Addresses
        } else {
            Kind::Conditions
        }
    }

    /// The sheet "SA providers": one row a setting, and all of them are K3.
    fn is_supported_accommodation(&self) -> bool {
        self.has(&["SETTING CATEGORY"]) || self.has(&["PROVIDER LOCAL AUTHORITY"])
    }

    /// The first of these columns that has something to say.
    fn cell(&self, row: usize, columns: &[&str]) -> Option<&'a str> {
        columns
            .iter()
            .filter_map(|column| self.table.get(row, self.names.get(*column)?))
            .map(str::trim)
            .find(|cell| !cell.is_empty() && !NOTHING.contains(&cell.to_uppercase().as_str()))
    }

    fn postcode(&self, row: usize) -> Option<String> {
        self.cell(row, &POSTCODE).map(|postcode| postcode.split_whitespace().collect::<String>().to_uppercase())
    }

    fn settings(&self, findings: &mut Vec<Finding>) -> Vec<Provider> {
        let mut settings = Vec::with_capacity(self.table.len());
        for row in 0..self.table.len() {
            let Some(number) = self.cell(row, &["URN"]) else {
                findings.push(about(
                    self.table,
                    row + 1,
                    "provider-without-urn",
                    "This provider has no URN, so no placement can be matched with it; the row is left out.".to_owned(),
                    Treatment::SetAside,
                ));
                continue;
            };
            let closed = self.cell(row, &CLOSED);
            let day = closed.and_then(date);
            if let (Some(text), None) = (closed, day) {
                findings.push(about(
                    self.table,
                    row + 1,
                    "provider-closing-date",
                    format!(
                        "The closing date “{text}” of provider {number} cannot be read; the provider counts as open. Write it dd/mm/yyyy."
                    ),
                    Treatment::Repaired,
                ));
            }
            let (places, providers) = self.codes(row);
            settings.push(Provider {
                urn: urn(number).into_owned(),
                places,
                providers,
                closed: day,
                postcode: self.postcode(row),
                authority: self.cell(row, &AUTHORITY).and_then(authority_named),
            });
        }
        settings
    }

    /// Placement types and provider codes of a row.
    fn codes(&self, row: usize) -> (Vec<String>, Vec<String>) {
        let cells = CODES.iter().filter_map(|column| self.cell(row, &[column]));
        let codes =
            cells.flat_map(|cell| cell.split([',', '/', ';'])).map(|code| code.trim().to_uppercase()).filter(|code| !code.is_empty());
        let (mut providers, mut places): (Vec<String>, Vec<String>) = codes.partition(|code| code.starts_with("PR"));
        if self.is_supported_accommodation() {
            places = vec!["K3".to_owned()];
            if providers.is_empty() {
                providers = vec!["PR4".to_owned()];
            }
        }
        (places, providers)
    }
}

/// A finding about a row of the list (from 1; 0 for the whole sheet).
fn about(table: &Table, row: usize, rule: &'static str, message: String, action: Treatment) -> Finding {
    let line = row.checked_sub(1).and_then(|row| table.lines.get(row)).copied().unwrap_or_default();
    Finding {
        rule,
        severity: Severity::Warning,
        file: table.file.clone(),
        table: "",
        year: 0,
        row: line,
        child: String::new(),
        column: String::new(),
        value: String::new(),
        message,
        action,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(columns: &[&str], rows: &[&[&str]]) -> Table {
        let mut table = Table::new("providers.xlsx", columns);
        for (at, row) in rows.iter().enumerate() {
            table.push(at as u32 + 2, row.iter().copied());
        }
        table
    }

    fn shown(sheets: &[Table]) -> Vec<String> {
        let (list, findings) = read(sheets);
        assert_eq!(findings, []);
        let show = |provider: &Provider| {
            let closed = provider.closed.map(|day| day.to_string()).unwrap_or_default();
            let place = [&provider.postcode, &provider.authority].map(|text| text.as_deref().unwrap_or("-").to_owned()).join(" ");
            format!("{} {} {} {place} {closed}", provider.urn, provider.places.join(","), provider.providers.join(",")).trim().to_owned()
        };
        list.all().iter().map(show).collect()
    }

    #[test]
    fn two_workbooks() {
        let homes = sheet(
            &[
                "Local Authority",
                "URN",
                "Provider Type",
                "Closed Date",
                "Provider Code",
                "Provider Placement Code",
                "Setting Address Postcode",
            ],
            &[&["Nottingham", "SC000001", "Children's Home", "-", "K2", "PR4/PR5", "ng1 5dt"]],
        );
        let conditions = sheet(
            &["Local Authority", "URN", "Setting Name", "Postcode Area", "Conditions"],
            &[&["Nottingham", "SC000001", "A", "NG1", "-"]],
        );
        let others = sheet(
            &["URN", "Setting name", "Setting postcode", "Local authority", "Placement code", "Placement provider code"],
            &[&["SC000002", "A foster agency", "DE1 2FS", "Derby City Council", "U1, U4", "PR4"]],
        );
        let closed = sheet(
            &["URN", "Setting postcode", "Local authority", "Deregistration date", "Placement code", "Placement provider code"],
            &[&["SC000003", "", "Derby", "01/02/2025", "U4", "PR4"]],
        );
        assert_eq!(
            shown(&[homes, conditions, others, closed]),
            ["SC000001 K2 PR4,PR5 NG15DT E06000018", "SC000002 U1,U4 PR4 DE12FS E06000015", "SC000003 U4 PR4 - E06000015 2025-02-01"]
        );
    }

    #[test]
    fn homes_with_their_addresses_apart() {
        let settings = sheet(
            &["URN", "Local Authority", "Provider Code", "Provider Placement Code", "Closed Date"],
            &[&["1234567.0", "", "K2", "PR4", ""]],
        );
        let addresses = sheet(&["URN", "Setting Postcode"], &[&["1234567", "NG1 5DT"]]);
        assert_eq!(shown(&[addresses, settings]), ["1234567 K2 PR4 NG15DT E06000018"]);
    }

    #[test]
    fn one_sheet_with_both() {
        let both = sheet(
            &[
                "Local authority",
                "URN",
                "Provider type",
                "Deregistration date",
                "Placement code",
                "Setting address postcode",
                "Placement provider code",
            ],
            &[&["Nottingham", "SC000001", "Children's Home", "2025-02-01 00:00:00", "K2", "NG1 5DT", "PR1"]],
        );
        assert_eq!(shown(&[both]), ["SC000001 K2 PR1 NG15DT E06000018 2025-02-01"]);
    }

    #[test]
    fn two_sheets_with_supported_accommodation() {
        let providers =
            sheet(&["URN", "Placement code", "Placement provider code", "Provider postcode"], &[&["SC000001", "K2", "PR4", "NG1 5DT"]]);
        let supported = sheet(
            &["Provider local authority", "Setting local authority", "URN", "Closed date", "Setting category", "Setting address postcode"],
            &[&["Derby", "Nottingham", "2765432", "na", "Shared", "NG1 5DT"], &["Derby", "", "2765432", "", "Single", "DE1 2FS"]],
        );
        assert_eq!(
            shown(&[providers, supported.clone()]),
            ["SC000001 K2 PR4 NG15DT E06000018", "2765432 K3 PR4 NG15DT E06000018", "2765432 K3 PR4 DE12FS E06000015"]
        );
        let (list, _) = read(&[supported]);
        assert_eq!(list.with_urn("2765432.0").len(), 2, "a number in a spreadsheet is the same URN");
        assert!(list.with_urn("2765433").is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let bad = sheet(&["URN", "Closed date", "Placement code"], &[&["", "", "K2"], &["SC000001", "last spring", "K2"]]);
        let other = sheet(&["Contents"], &[&["Notes"]]);
        let (list, findings) = read(&[bad, other]);
        assert_eq!(list.all().len(), 1);
        let rules: Vec<_> = findings.iter().map(|finding| (finding.rule, finding.row)).collect();
        assert_eq!(rules, [("provider-without-urn", 2), ("provider-closing-date", 3), ("provider-list-unread", 0)]);
    }
}
