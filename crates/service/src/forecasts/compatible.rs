//! The sector's model to the letter, from the rows as they stand in the files.

use std::collections::HashMap;

use analysis::compatible::{EpisodeRow, HeaderRow};
use domain::code::Code;
use domain::{Day, number};
use forecast::kind::Broad;
use forecast::outlook::{Point, Split, Spread, TOTAL};
use forecast::stock_and_flow::compatible::{Compatible, Line};

use super::Request;
use crate::Error;
use crate::holdings::Holding;

/// The forecast of the model, whose dates lie after the last 31 March of what is known.
pub(super) fn points(holding: &Holding, request: &Request, dates: &[Day], warnings: &mut Vec<String>) -> Result<Vec<Point>, Error> {
    if request.split == Split::ByAuthority && holding.read.history.authorities.len() > 1 {
        return Err(Error::Unusable(
            "The compatible model forecasts all authorities read together: give one authority at a time, or leave out the split."
                .to_owned(),
        ));
    }
    let (headers, rows) = rows(holding, request.from);
    let model = Compatible::fit(&headers, &rows)
        .ok_or_else(|| Error::Unusable(format!("No episode is known on {}: choose a later day.", request.from.long())))?;
    if model.last != request.from {
        warnings.push(format!(
            "The model that is followed here starts from the 31 March on or after the last date known, {}, not from {}.",
            model.last.long(),
            request.from.long()
        ));
    }
    if let Some(early) = dates.iter().find(|&&date| date < model.last) {
        return Err(Error::Unusable(format!(
            "The compatible model starts from {} and cannot say what was on {}: ask for later dates.",
            model.last.long(),
            early.long()
        )));
    }
    Ok(model.forecast(dates).iter().map(point).collect())
}

/// Its interval of two standard deviations stands for the 95% band, as its guide says; the others follow from the normal distribution.
fn point(line: &Line) -> Point {
    let sd = (line.upper - line.lower) / 4.0;
    let band = |reach: f64| (line.children - reach * sd, line.children + reach * sd);
    Point {
        date: line.date,
        authority: None,
        group: line.broad.map_or(TOTAL, |broad| Broad::ALL[broad].name()),
        spread: number::Forecast(Spread {
            mean: line.children,
            sd,
            median: line.children,
            half: band(0.674_489_750_196_081_7),
            eighty: band(1.281_551_565_544_600_4),
            ninety_five: (line.lower, line.upper),
        }),
        counts: None,
    }
}

/// Header and Episodes rows of every year, in the order of files and lines; what came after the day is left out or read as blank.
fn rows(holding: &Holding, known_on: Day) -> (Vec<HeaderRow>, Vec<EpisodeRow>) {
    let read = &holding.read;
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut number = |id: &str| {
        let next = numbers.len() as u32;
        *numbers.entry(id.to_owned()).or_insert(next)
    };
    let day = |text: Option<&str>| text.and_then(|text| Day::parse(text.as_bytes()));
    let code = |text: Option<&str>| text.and_then(|text| Code::parse(text.as_bytes())).unwrap_or(Code::BLANK);
    // The YEAR column as it stands: what a reader mends in it, the model does not.
    let year_of = |cell: Option<&str>, read: u16| cell.and_then(|cell| cell.parse().ok()).unwrap_or(read);
    let (mut headers, mut episodes) = (Vec::new(), Vec::new());
    for (authority, year) in read.returns() {
        let tables = read.tables(authority, year);
        if let Some(table) = tables.get("Header") {
            for row in 0..table.len() {
                if let Some(child) = table.get(row, "CHILD") {
                    headers.push(HeaderRow {
                        child: number(child),
                        year: year_of(table.get(row, "YEAR"), year),
                        born: day(table.get(row, "DOB")),
                    });
                }
            }
        }
        let Some(table) = tables.get("Episodes") else { continue };
        for row in 0..table.len() {
            let start = day(table.get(row, "DECOM"));
            if let Some(child) = table.get(row, "CHILD").filter(|_| start.is_some_and(|start| start <= known_on)) {
                let episode = EpisodeRow {
                    child: number(child),
                    year: year_of(table.get(row, "YEAR"), year),
                    start,
                    end: day(table.get(row, "DEC")).filter(|&end| end <= known_on),
                    rne: code(table.get(row, "RNE")),
                    legal: code(table.get(row, "LS")),
                    place: code(table.get(row, "PLACE")),
                };
                episodes.push((table.file.clone(), table.lines[row], episode));
            }
        }
    }
    // The model sorts rows as they stand in one file, so that of equal ones the later line counts.
    episodes.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    (headers, episodes.into_iter().map(|(_, _, episode)| episode).collect())
}
