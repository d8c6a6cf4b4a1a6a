//! The futures of a forecast as the file that block contracts and money ahead are worked out from.

use std::borrow::Cow;
use std::fmt::Write;

use super::Forecast;

/// Every future as `path,date,authority,group,children`; nothing for a model that draws none.
pub fn demand_csv(forecast: &Forecast) -> Option<Vec<u8>> {
    let paths = forecast.paths.as_ref()?;
    let names = paths.groups.names();
    let mut text = "path,date,authority,group,children\n".to_owned();
    for path in 0..paths.paths {
        for (at, date) in paths.dates.iter().enumerate() {
            for (who, authority) in paths.authorities.iter().enumerate() {
                let authority = quoted(authority);
                for (group, children) in names.iter().zip(paths.at(path, who, at)) {
                    // Writing to memory does not fail.
                    let _ = writeln!(text, "{path},{date},{authority},{group},{children}");
                }
            }
        }
    }
    Some(text.into_bytes())
}

/// A cell of CSV: in quotes where it holds a comma, a quote or a new line.
fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")).into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use domain::Day;
    use forecast::paths::{Groups, Paths};

    use super::*;
    use crate::forecasts::Request;

    #[test]
    fn what_is_written_is_read_again() {
        let date = Day::year_end(2026);
        let mut paths = Paths::empty(vec!["Bath, and \"more\"".to_owned()], vec![date], Groups::Broad, 2);
        paths.at_mut(1, 0, 0).copy_from_slice(&[3, 2, 1, 0]);
        let request = Request::ahead(date, 1);
        let forecast = Forecast {
            request,
            points: Vec::new(),
            past: Vec::new(),
            paths: Some(paths),
            inputs_sha256: String::new(),
            warnings: Vec::new(),
        };
        let (read, findings) = ingest::demand::read_demand("d.csv", &demand_csv(&forecast).unwrap());
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(read.authorities, ["Bath, and \"more\""]);
        assert_eq!(read.lines.iter().map(|line| line.children).collect::<Vec<_>>(), [0, 0, 0, 0, 3, 2, 1, 0]);
    }
}
