//! Homes that an authority can use: a CSV file that commissioners keep by hand.

use domain::supply::{Notice, Supply, Vehicle};
use domain::{Day, Finding, Severity, Treatment};

use crate::sheet::{Sheet, read};

/// The columns of the file.
pub const COLUMNS: [&str; 12] = [
    "setting",
    "type",
    "sector",
    "area",
    "age_from",
    "age_to",
    "registered",
    "usable",
    "vehicle",
    "available_from",
    "available_to",
    "notice",
];

/// A home, or a row of places of one kind, a line. What is left out is read in the way that promises least, and said.
pub fn read_supply(file: &str, bytes: &[u8]) -> (Vec<Supply>, Vec<Finding>) {
    let sheet = Sheet { file, table: "Supply", rule: "supply-line" };
    read(sheet, bytes, COLUMNS, |cells, findings| {
        let [setting, kind, sector, area, age_from, age_to, registered, usable, vehicle, from, to, notice] = cells;
        if kind.is_empty() {
            return Err(("type", "is empty: name the type of home"));
        }
        let mut warn = |column: &'static str, said: &str| {
            findings.push((column, Severity::Warning, Treatment::Kept, said.to_owned()));
        };
        let registered = registered.parse().map_err(|_| ("registered", "is not a whole number of places"))?;
        let usable = match usable {
            "" => {
                warn("usable", "is empty: all registered places are counted as usable, which is rarely so.");
                None
            }
            text => Some(text.parse().map_err(|_| ("usable", "is not a whole number of places"))?),
        };
        if usable.is_some_and(|usable: u32| usable > registered) {
            warn("usable", "is more than is registered: only the registered places are counted, because registration is a legal limit.");
        }
        let ages = (age(age_from, 0, "age_from")?, age(age_to, 17, "age_to")?);
        if ages.0 > ages.1 {
            return Err(("age_from", "is above age_to: exchange the two"));
        }
        let vehicle = vehicle_of(vehicle).ok_or(("vehicle", "is none of own, block, framework, spot"))?;
        let from = date(from).ok_or(("available_from", "is not a date: write 2026-04-01, or leave it empty"))?;
        let to = date(to).ok_or(("available_to", "is not a date: write 2026-04-01, or leave it empty"))?;
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            return Err(("available_to", "lies before available_from: correct one of the two"));
        }
        if area.is_empty() {
            warn("area", "is empty: the home is not counted as local.");
        }
        let notice = notice_of(notice).unwrap_or_else(|| {
            warn("notice", "is neither emergency nor planned nor a number of days: it is read as planned.");
            Notice::Planned
        });
        Ok(Supply {
            setting: setting.to_owned(),
            kind: kind.to_owned(),
            sector: sector.to_owned(),
            area: area.to_owned(),
            ages,
            registered,
            usable,
            vehicle,
            from,
            to,
            notice,
        })
    })
}

/// A home sought and the home found, as a register of requests writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The kind that was sought.
    pub wanted: String,
    /// The kind in which the child was placed; empty while nothing is found.
    pub placed: String,
}

/// A request a line: the columns `kind_wanted` and `placed_kind` of any register; others are let be.
pub fn read_requests(file: &str, bytes: &[u8]) -> (Vec<Sought>, Vec<Finding>) {
    let sheet = Sheet { file, table: "Requests", rule: "request-line" };
    read(sheet, bytes, ["kind_wanted", "placed_kind"], |[wanted, placed], _| {
        if wanted.is_empty() {
            return Err(("kind_wanted", "is empty: name the kind of home that was sought"));
        }
        Ok(Sought { wanted: wanted.to_owned(), placed: placed.to_owned() })
    })
}

fn age(text: &str, left_out: u32, column: &'static str) -> Result<u32, (&'static str, &'static str)> {
    if text.is_empty() { Ok(left_out) } else { text.parse().map_err(|_| (column, "is not an age in whole years")) }
}

/// A day, or none where the cell is empty; nothing where it is no date.
#[expect(clippy::option_option, reason = "an empty cell and a cell that is no date are different answers")]
fn date(text: &str) -> Option<Option<Day>> {
    if text.is_empty() { Some(None) } else { Day::parse(text.as_bytes()).map(Some) }
}

fn vehicle_of(text: &str) -> Option<Vehicle> {
    match text.to_lowercase().replace(['_', ' '], "-").as_str() {
        "own" | "in-house" | "internal" => Some(Vehicle::Own),
        "block" => Some(Vehicle::Block),
        "framework" | "dps" | "dynamic-market" => Some(Vehicle::Framework),
        "spot" | "market" | "direct-award" => Some(Vehicle::Spot),
        _ => None,
    }
}

/// `emergency`, `same day` and 0 or 1 days are an emergency; everything longer, and an empty cell, can be planned.
fn notice_of(text: &str) -> Option<Notice> {
    let text = text.to_lowercase().replace(['_', '-'], " ");
    match text.as_str() {
        "emergency" | "same day" | "immediate" => Some(Notice::Emergency),
        "" | "planned" => Some(Notice::Planned),
        other => {
            let days: u32 = other.split_whitespace().next()?.parse().ok()?;
            Some(if days <= 1 { Notice::Emergency } else { Notice::Planned })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "setting,type,sector,area,age_from,age_to,registered,usable,vehicle,available_from,available_to,notice\n";

    fn lines(text: &str) -> (Vec<Supply>, Vec<Finding>) {
        read_supply("supply.csv", format!("{HEADING}{text}").as_bytes())
    }

    #[test]
    fn homes_are_read_as_written() {
        let (homes, findings) = lines(
            "Elm,Children's home,Private,Derby,10,17,4,3,block,2026-04-01,,28\nCrash pad,Children's home,Own,Derby,,,2,2,Own,,,same day\n",
        );
        assert_eq!(findings, []);
        assert_eq!(
            (homes[0].ages, homes[0].usable, homes[0].vehicle, homes[0].notice),
            ((10, 17), Some(3), Vehicle::Block, Notice::Planned)
        );
        assert_eq!((homes[1].ages, homes[1].notice, homes[1].from), ((0, 17), Notice::Emergency, None));
    }

    #[test]
    fn requests_tell_what_was_sought_and_found() {
        let (requests, findings) =
            read_requests("r.csv", b"request,kind_wanted,why,placed_kind\nR1,in-house-fostering,start,external-home\nR2,,move,secure\n");
        assert_eq!(requests, [Sought { wanted: "in-house-fostering".into(), placed: "external-home".into() }]);
        assert_eq!(
            findings[0].message,
            "Line 3 of r.csv: kind_wanted \u{201c}\u{201d} is empty: name the kind of home that was sought. The line is left out."
        );
    }

    #[test]
    fn what_cannot_be_read_is_named_with_the_way_out() {
        let said = |text: &str| lines(text).1.into_iter().map(|finding| finding.message).collect::<Vec<_>>();
        let cases = [
            ("Elm,,Private,Derby,10,17,4,3,block,,,", "type “” is empty: name the type of home. The line is left out."),
            ("Elm,Home,Private,Derby,17,10,4,3,block,,,", "age_from “17” is above age_to: exchange the two. The line is left out."),
            ("Elm,Home,Private,Derby,10,17,four,3,block,,,", "registered “four” is not a whole number of places. The line is left out."),
            ("Elm,Home,Private,Derby,10,17,4,3,lease,,,", "vehicle “lease” is none of own, block, framework, spot. The line is left out."),
            (
                "Elm,Home,Private,Derby,10,17,4,,own,,,",
                "usable “” is empty: all registered places are counted as usable, which is rarely so.",
            ),
            ("Elm,Home,Private,,10,17,4,4,own,,,", "area “” is empty: the home is not counted as local."),
            (
                "Elm,Home,Private,Derby,10,17,4,4,own,2026-05-01,2026-04-01,",
                "available_to “2026-04-01” lies before available_from: correct one of the two. The line is left out.",
            ),
        ];
        for (text, sentence) in cases {
            assert_eq!(said(text), [format!("Line 2 of supply.csv: {sentence}")], "{text}");
        }
    }
}
