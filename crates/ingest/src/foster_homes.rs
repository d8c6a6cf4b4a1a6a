//! Foster homes: a list that a fostering service keeps, a household a line. No names: those lie in the vault.

use domain::foster_home::{Care, Stage};
use domain::setting::Takes;
use domain::{Code, Day, Finding, Postcode};

use crate::sheet::{Refusal, Sheet, read};

/// The columns of the file.
pub const COLUMNS: [&str; 15] = [
    "reference",
    "provider",
    "stage",
    "enquired",
    "approved",
    "ended",
    "places",
    "age_from",
    "age_to",
    "takes",
    "care",
    "scheme",
    "skills",
    "ethnicity",
    "postcode",
];

/// A household as the list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What the service calls it.
    pub reference: String,
    /// The service or agency.
    pub provider: String,
    /// How far it is.
    pub stage: Stage,
    /// First contact.
    pub enquired: Option<Day>,
    /// Approved on this day.
    pub approved: Option<Day>,
    /// The day on which it fosters no more.
    pub ended: Option<Day>,
    /// Children that the approval is for.
    pub places: u32,
    /// Youngest and oldest age.
    pub ages: (u32, u32),
    /// Whom it takes.
    pub takes: Takes,
    /// What it is approved for, first of all.
    pub care: Care,
    /// Scheme, or empty.
    pub scheme: String,
    /// Skills, or empty.
    pub skills: String,
    /// Ethnicity code of the main carer, or blank.
    pub ethnicity: Code,
    /// Where it is.
    pub postcode: Option<Postcode>,
}

/// Reads the list; each line becomes a household or a finding.
pub fn read_foster_homes(file: &str, bytes: &[u8]) -> (Vec<Line>, Vec<Finding>) {
    let sheet = Sheet { file, table: "Foster homes", rule: "foster-home-line" };
    read(sheet, bytes, COLUMNS, |cells, _| {
        let [
            reference,
            provider,
            stage,
            enquired,
            approved,
            ended,
            places,
            youngest,
            oldest,
            takes,
            care,
            scheme,
            skills,
            ethnicity,
            postcode,
        ] = cells;
        if reference.is_empty() {
            return Err(("reference", "is empty: write what the service calls the household"));
        }
        if provider.is_empty() {
            return Err(("provider", "is empty: write the service or agency"));
        }
        let stage: Stage = stage
            .parse()
            .map_err(|_| ("stage", "is none of enquiry, application, assessment, panel, approved, on-hold, not-approved, left"))?;
        let approved = day(approved, "approved")?;
        if stage.is_approved() && approved.is_none() {
            return Err(("approved", "is empty: an approved household has a day of approval"));
        }
        let ages = (age(youngest, 0, "age_from")?, age(oldest, 17, "age_to")?);
        if ages.0 > ages.1 {
            return Err(("age_from", "is above age_to: exchange the two"));
        }
        let takes =
            if takes.is_empty() { Takes::Anybody } else { takes.parse().map_err(|_| ("takes", "is none of anybody, girls, boys"))? };
        let care = care.parse().map_err(|_| {
            (
                "care",
                "is none of short-term, long-term, emergency, respite, short-breaks, parent-and-child, early-permanence, remand, connected",
            )
        })?;
        Ok(Line {
            reference: reference.to_owned(),
            provider: provider.to_owned(),
            stage,
            enquired: day(enquired, "enquired")?,
            approved,
            ended: day(ended, "ended")?,
            places: places.parse().map_err(|_| ("places", "is not a whole number of children"))?,
            ages,
            takes,
            care,
            scheme: scheme.to_owned(),
            skills: skills.to_owned(),
            ethnicity: Code::parse(ethnicity.as_bytes()).ok_or(("ethnicity", "is no code of the return"))?,
            postcode: if postcode.is_empty() { None } else { Some(postcode.parse().map_err(|_| ("postcode", "is no postcode"))?) },
        })
    })
}

fn day(text: &str, column: &'static str) -> Result<Option<Day>, Refusal> {
    if text.is_empty() { Ok(None) } else { Day::parse(text.as_bytes()).map(Some).ok_or((column, "is not a date: write 2026-04-01")) }
}

fn age(text: &str, left_out: u32, column: &'static str) -> Result<u32, Refusal> {
    if text.is_empty() { Ok(left_out) } else { text.parse().map_err(|_| (column, "is not an age in whole years")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn households_are_read_and_what_cannot_be_is_named() {
        let read = |line: &str| read_foster_homes("fh.csv", format!("{}\n{line}\n", COLUMNS.join(",")).as_bytes());
        let (lines, findings) = read("FH-1,Own service,approved,2024-01-02,2024-09-01,,2,0,10,,short-term,,sign language,WBRI,NG1 5DT");
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!((lines[0].places, lines[0].ages, lines[0].takes), (2, (0, 10), Takes::Anybody));
        for (line, said) in [
            (",Own,enquiry,,,,0,,,,short-term,,,,", "reference “” is empty"),
            ("FH-1,Own,approved,,,,2,,,,short-term,,,,", "approved “” is empty"),
            ("FH-1,Own,waiting,,,,2,,,,short-term,,,,", "stage “waiting” is none of"),
            ("FH-1,Own,enquiry,,,,0,12,9,,short-term,,,,", "age_from “12” is above age_to"),
        ] {
            let (lines, findings) = read(line);
            assert!(lines.is_empty() && findings[0].message.contains(said), "{findings:?}");
        }
    }
}
