//! Small files that people keep beside the returns: which there are, what they look like, and whether one can be read.

use ingest::{plan, supply};

use crate::Error;
use crate::plans::Named;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Sheet {
    /// Homes that the authority can use.
    Supply,
    /// A register of requests with the kinds sought and found.
    Requests,
    /// What a week costs by kind of home.
    Prices,
    /// Children by kind of home and financial year, as planned.
    Plan,
    /// Placements already contracted, with their own prices until they end.
    Held,
}

impl Sheet {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Supply, Self::Requests, Self::Prices, Self::Plan, Self::Held];

    /// The word in addresses and configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supply => "supply",
            Self::Requests => "requests",
            Self::Prices => "prices",
            Self::Plan => "plan",
            Self::Held => "held",
        }
    }

    /// The one that a word names.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sheet| sheet.word() == word)
    }

    /// What it holds, for the person who is asked for it.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Supply => {
                "The homes that the authority can use, a home or a group of alike places a line: places registered, places usable (less closed and blocked ones), how the authority has them, for which ages, until when."
            }
            Self::Requests => {
                "Each home sought, with the kind that was wanted and the kind that was found. It tells how many children live in a children's home for want of a foster carer."
            }
            Self::Prices => "What a week costs by kind of home, with the date of the price and where it comes from.",
            Self::Plan => "How many children are planned for, by financial year and kind of home.",
            Self::Held => {
                "Placements already contracted, with the price of each until it ends and its next rise: children beyond them are at the price list."
            }
        }
    }

    /// Its first line. Further columns may stand in the file and are let be.
    pub fn heading(self) -> String {
        match self {
            Self::Supply => supply::COLUMNS.join(","),
            Self::Requests => "kind_wanted,placed_kind".to_owned(),
            Self::Prices => "type,weekly_price,price_date,source".to_owned(),
            Self::Plan => "period,type,children".to_owned(),
            Self::Held => plan::HELD_COLUMNS.join(","),
        }
    }

    /// A few invented lines that can be read, to begin from.
    pub fn sample(self) -> String {
        let lines = match self {
            Self::Supply => {
                "In-house carers,In-house fostering,Local authority,in area,0,17,120,96,own,,,planned\n\
                 Same-day carers,In-house fostering,Local authority,in area,0,17,8,6,own,,,emergency\n\
                 Agency carers,Agency fostering,Private,,0,17,140,90,framework,,,planned\n\
                 Elm House,Children's home,Local authority,in area,10,17,4,3,own,,,planned\n\
                 Oak House,Specialist children's home,Private,in area,12,17,3,3,block,2026-04-01,2029-03-31,planned\n\
                 Homes elsewhere,Children's home,Private,,8,17,60,48,spot,,,planned\n\
                 Flats,Supported accommodation,Voluntary,in area,16,17,30,26,framework,,,planned\n"
            }
            Self::Requests => "in-house-fostering,external-home\nin-house-fostering,in-house-fostering\nexternal-home,external-home\n",
            Self::Prices => {
                "Kinship,310,2026-04-01,invented\nIn-house fostering,560,2026-04-01,invented\nAgency fostering,1080,2026-04-01,invented\n\
                 Own children's home,6100,2026-04-01,invented\nExternal children's home,6900,2026-04-01,invented\n\
                 Supported accommodation,1750,2026-04-01,invented\n"
            }
            Self::Plan => {
                "2026-27,In-house fostering,230\n2026-27,External children's home,60\n2027-28,In-house fostering,240\n2027-28,External children's home,55\n"
            }
            Self::Held => {
                "External children's home,20,6400,2026-04-01,2027-09-30,2027-04-01,3,invented\nAgency fostering,45,1010,2026-04-01,2028-03-31,,,invented\n"
            }
        };
        format!("{}\n{lines}", self.heading())
    }
}

/// How many lines of a file can be used.
///
/// # Errors
/// `Unusable` where none can, with the form that it must have and the first thing found.
pub fn check(sheet: Sheet, file: Named<'_>) -> Result<usize, Error> {
    let (lines, findings) = match sheet {
        Sheet::Supply => counted(supply::read_supply(file.name, file.bytes)),
        Sheet::Requests => counted(supply::read_requests(file.name, file.bytes)),
        Sheet::Prices => counted(plan::read_prices(file.name, file.bytes)),
        Sheet::Plan => counted(plan::read_plan(file.name, file.bytes)),
        Sheet::Held => counted(plan::read_held(file.name, file.bytes)),
    };
    if lines > 0 {
        return Ok(lines);
    }
    Err(Error::no_line(file.name, &sheet.heading(), &findings))
}

fn counted<T>((rows, findings): (Vec<T>, Vec<domain::Finding>)) -> (usize, Vec<domain::Finding>) {
    (rows.len(), findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_can_be_read_whole() {
        for sheet in Sheet::ALL {
            let sample = sheet.sample();
            let lines = sample.lines().count() - 1;
            assert_eq!(check(sheet, Named { name: "s.csv", bytes: sample.as_bytes() }).unwrap(), lines, "{}", sheet.word());
            assert_eq!(Sheet::named(sheet.word()), Some(sheet));
        }
    }

    #[test]
    fn a_file_of_another_kind_is_refused_with_the_form_it_must_have() {
        let said = check(Sheet::Supply, Named { name: "p.csv", bytes: Sheet::Prices.sample().as_bytes() }).unwrap_err().to_string();
        assert!(said.starts_with("p.csv has no line that can be used. It must be CSV with the columns setting,type,sector"), "{said}");
    }
}
