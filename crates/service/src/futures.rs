//! Futures that a question is put to: those of a forecast in memory, or of a file that `placewell forecast --paths-out` wrote.

use std::borrow::Cow;

use domain::{Day, Finding};
use forecast::block::Demand;
use forecast::paths::{Groups, Paths, Pick};
use ingest::demand::{Demand as Lines, Line, read_demand};

use crate::Error;
use crate::forecasts::Forecast;
use crate::plans::Named;

/// Where futures come from.
#[derive(Clone, Copy, Debug)]
pub enum Futures<'a> {
    /// A file of them.
    File(Named<'a>),
    /// Those that a forecast drew: see [`Forecast::futures`].
    Drawn {
        /// The futures.
        paths: &'a Paths,
        /// SHA-256 of what they were drawn from.
        inputs_sha256: &'a str,
    },
}

impl Forecast {
    /// The futures that it drew, for whoever puts a question to them.
    ///
    /// # Errors
    /// `Unusable` for a model that draws none.
    pub fn futures(&self) -> Result<Futures<'_>, Error> {
        let none = || Error::Unusable("Only the microsimulation draws futures: ask for its forecast.".to_owned());
        let paths = self.paths.as_ref().ok_or_else(none)?;
        Ok(Futures::Drawn { paths, inputs_sha256: &self.inputs_sha256 })
    }
}

/// The children in some groups of futures.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) demand: Demand,
    /// Names of the groups.
    pub(crate) groups: Vec<String>,
    pub(crate) authorities: Vec<String>,
    pub(crate) findings: Vec<Finding>,
}

impl<'a> Futures<'a> {
    /// Its name where a sentence begins.
    pub(crate) const fn name_first(&self) -> &'a str {
        match self {
            Self::File(file) => file.name,
            Self::Drawn { .. } => "The forecast",
        }
    }

    /// Its name within sentences.
    pub(crate) const fn name(&self) -> &'a str {
        match self {
            Self::File(file) => file.name,
            Self::Drawn { .. } => "the forecast",
        }
    }

    /// SHA-256 of the file, or of the numbers drawn.
    pub(crate) fn sha256(&self) -> String {
        match self {
            Self::File(file) => crate::fingerprint(&[file.bytes]),
            Self::Drawn { paths, inputs_sha256 } => {
                let children: Vec<u8> = paths.children.iter().flat_map(|count| count.to_le_bytes()).collect();
                let dates = paths.from.iter().chain(&paths.dates).map(Day::to_string).collect::<Vec<_>>().join(" ");
                crate::fingerprint(&[inputs_sha256.as_bytes(), dates.as_bytes(), &children])
            }
        }
    }

    /// Every future of every group of one of the two groupings.
    ///
    /// # Errors
    /// `Unusable` where a line is missing, there twice, or of a group that no forecast has, naming it.
    pub(crate) fn paths(&self) -> Result<(Cow<'a, Paths>, Vec<Finding>), Error> {
        match *self {
            Self::Drawn { paths, .. } => Ok((Cow::Borrowed(paths), Vec::new())),
            Self::File(file) => {
                let (lines, findings) = read(file)?;
                Ok((Cow::Owned(paths_of(file.name, &lines)?), findings))
            }
        }
    }

    /// The children of the groups that `choose` picks from the names that there are.
    ///
    /// # Errors
    /// As [`Self::paths`], but a file may have any groups; and what `choose` says.
    pub(crate) fn of_groups(&self, choose: impl Fn(&[String]) -> Result<Vec<u16>, Error>) -> Result<Chosen, Error> {
        let apart = || Error::Internal("Futures do not fit together.".to_owned());
        match *self {
            Self::Drawn { paths, .. } => {
                let names: Vec<String> = paths.groups.names().into_iter().map(str::to_owned).collect();
                let at: Vec<usize> = choose(&names)?.into_iter().map(usize::from).collect();
                let groups = at.iter().map(|&at| names[at].clone()).collect();
                let demand = Demand::of(paths, &at).ok_or_else(apart)?;
                Ok(Chosen { demand, groups, authorities: paths.authorities.clone(), findings: Vec::new() })
            }
            Self::File(file) => {
                let (mut lines, findings) = read(file)?;
                let at = choose(&lines.groups)?;
                lines.lines.retain(|line| at.contains(&line.group));
                let table = Table::new(file.name, &lines, &at)?;
                let each = lines.authorities.len() * at.len();
                let children = table.children.chunks(each).map(|cells| cells.iter().sum()).collect();
                let groups = at.iter().map(|&at| lines.groups[usize::from(at)].clone()).collect();
                let demand = Demand::new(table.dates, children).ok_or_else(apart)?;
                Ok(Chosen { demand, groups, authorities: lines.authorities, findings })
            }
        }
    }
}

/// Whether two sets of futures are of one question, so that path by path they met the same luck.
pub(crate) fn is_alike(one: &Paths, other: &Paths) -> bool {
    (one.paths, one.groups, &one.dates, &one.authorities) == (other.paths, other.groups, &other.dates, &other.authorities)
}

/// Groups with children in any of some futures that satisfy a condition.
pub(crate) fn lived_in(paths: &Paths, meant: impl Fn(usize) -> bool) -> Vec<&'static str> {
    let lives =
        |group: usize| (0..paths.dates.len()).any(|date| paths.sample(Pick::Sum, date, Pick::One(group)).iter().any(|&count| count > 0));
    paths.groups.names().into_iter().enumerate().filter(|&(group, _)| meant(group) && lives(group)).map(|(_, name)| name).collect()
}

fn read(file: Named<'_>) -> Result<(Lines, Vec<Finding>), Error> {
    let (lines, findings) = read_demand(file.name, file.bytes);
    if lines.lines.is_empty() {
        let form = format!("{}, as `placewell forecast --paths-out` writes it", ingest::demand::COLUMNS.join(","));
        return Err(Error::no_line(file.name, &form, &findings));
    }
    Ok((lines, findings))
}

/// The futures of a file in one of the two groupings.
fn paths_of(file: &str, lines: &Lines) -> Result<Paths, Error> {
    let known = [Groups::Detailed, Groups::Broad].into_iter().find_map(|groups| {
        let names = groups.names();
        let place = |group: &String| names.iter().position(|name| name.eq_ignore_ascii_case(group));
        Some((groups, lines.groups.iter().map(place).collect::<Option<Vec<usize>>>()?))
    });
    let Some((groups, places)) = known else {
        return Err(Error::Unusable(format!(
            "{file} is no forecast that can be costed: its groups are {}, and those of a forecast are {}, or the detailed kinds of home. Write it with `placewell forecast --paths-out`.",
            lines.groups.join(", "),
            Groups::Broad.names().join(", ")
        )));
    };
    let all: Vec<u16> = (0..lines.groups.len() as u16).collect();
    let table = Table::new(file, lines, &all)?;
    let mut paths = Paths::empty(lines.authorities.clone(), table.dates, groups, table.paths);
    let mut cells = table.children.chunks(places.len().max(1));
    for path in 0..paths.paths {
        for date in 0..paths.dates.len() {
            for (authority, cells) in (0..lines.authorities.len()).zip(&mut cells) {
                for (&place, &children) in places.iter().zip(cells) {
                    paths.at_mut(path, authority, date)[place] = children;
                }
            }
        }
    }
    Ok(paths)
}

/// Lines put in order: one count for each path, date, authority and group, in that order, the group fastest.
struct Table {
    dates: Vec<Day>,
    paths: usize,
    children: Vec<u32>,
}

impl Table {
    /// Every line once and none missing, or a sentence about the first that is not so. `groups` are those of the lines, in the order wanted.
    fn new(file: &str, lines: &Lines, groups: &[u16]) -> Result<Self, Error> {
        let says = |line: &Line| {
            let authority = lines.authorities.get(usize::from(line.authority)).filter(|name| !name.is_empty());
            let of = authority.map_or(String::new(), |name| format!(" of {name}"));
            let group = lines.groups.get(usize::from(line.group)).map_or("", String::as_str);
            format!("how many children{of} path {} has on {} in {group}", line.path, line.date)
        };
        let key = |line: &Line| {
            let group = groups.iter().position(|&group| group == line.group).unwrap_or(groups.len());
            (line.path, line.date, line.authority, group)
        };
        let mut sorted = lines.lines.clone();
        sorted.sort_by_key(|line| (key(line), line.row));
        if let Some(pair) = sorted.windows(2).find(|pair| key(&pair[0]) == key(&pair[1])) {
            return Err(Error::Unusable(format!(
                "Lines {} and {} of {file} both say {}. Keep one of the two.",
                pair[0].row,
                pair[1].row,
                says(&pair[0])
            )));
        }
        let unique = |of: &dyn Fn(&Line) -> (u32, Day)| {
            let mut values: Vec<(u32, Day)> = sorted.iter().map(of).collect();
            values.sort_unstable();
            values.dedup();
            values
        };
        let first = sorted.first().map_or(Day::year_end(2000), |line| line.date);
        let numbers: Vec<u32> = unique(&|line| (line.path, first)).into_iter().map(|(path, _)| path).collect();
        let dates: Vec<Day> = unique(&|line| (0, line.date)).into_iter().map(|(_, date)| date).collect();
        let wanted = numbers.iter().flat_map(|&path| {
            let dates = dates.iter().map(move |&date| (path, date));
            dates.flat_map(|(path, date)| (0..lines.authorities.len() as u16).map(move |authority| (path, date, authority)))
        });
        let missing = |(path, date, authority): (u32, Day, u16), group: u16| {
            let line = Line { path, date, authority, group, children: 0, row: 0 };
            Error::Unusable(format!(
                "{file} lacks a line that says {}: a future with a hole cannot be counted. Write the forecast again with --paths-out.",
                says(&line)
            ))
        };
        let mut there = sorted.iter();
        let mut children = Vec::with_capacity(sorted.len());
        for (path, date, authority) in wanted {
            for (at, &group) in groups.iter().enumerate() {
                match there.next() {
                    Some(line) if key(line) == (path, date, authority, at) => children.push(line.children),
                    _ => return Err(missing((path, date, authority), group)),
                }
            }
        }
        Ok(Self { dates, paths: numbers.len(), children })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "path,date,authority,group,children\n\
        1,2026-04-30,A,Fostering,50\n1,2026-04-30,A,Residential,10\n1,2026-04-30,A,Supported,3\n1,2026-04-30,A,Other,4\n\
        2,2026-04-30,A,Other,8\n2,2026-04-30,A,Fostering,51\n2,2026-04-30,A,Residential,11\n2,2026-04-30,A,Supported,5\n";

    fn file(text: &str) -> Futures<'_> {
        Futures::File(Named { name: "d.csv", bytes: text.as_bytes() })
    }

    fn both(text: &str) -> [String; 2] {
        let one = |_: &[String]| Ok(vec![1, 3]);
        [file(text).paths().unwrap_err().to_string(), file(text).of_groups(one).unwrap_err().to_string()]
    }

    #[test]
    fn a_file_and_the_forecast_that_it_was_written_from_are_the_same_futures() {
        let (paths, _) = file(FILE).paths().unwrap();
        assert_eq!((paths.at(0, 0, 0), paths.at(1, 0, 0)), (&[50, 10, 3, 4][..], &[51, 11, 5, 8][..]));
        let forecast = Forecast {
            request: crate::forecasts::Request::ahead(Day::year_end(2026), 1),
            points: Vec::new(),
            past: Vec::new(),
            paths: Some(paths.into_owned()),
            inputs_sha256: String::new(),
            warnings: Vec::new(),
        };
        let choose = |names: &[String]| Ok(vec![names.iter().position(|name| name == "Residential").unwrap() as u16]);
        let (of_file, of_forecast) = (file(FILE).of_groups(choose).unwrap(), forecast.futures().unwrap().of_groups(choose).unwrap());
        assert_eq!(of_file.demand, of_forecast.demand);
        assert_eq!((of_file.groups, of_file.authorities), (of_forecast.groups, of_forecast.authorities));
        let other =
            Forecast { paths: Some(Paths::empty(vec!["A".into()], vec![Day::year_end(2026)], Groups::Broad, 2)), ..forecast.clone() };
        assert_ne!(forecast.futures().unwrap().sha256(), other.futures().unwrap().sha256());
        let none = Forecast { paths: None, ..forecast };
        assert!(none.futures().unwrap_err().to_string().starts_with("Only the microsimulation"));
    }

    #[test]
    fn a_line_that_stands_for_two_and_one_that_is_missing_do_not_make_up_for_each_other() {
        // As many lines as there must be: one twice, one not there.
        let traded = FILE.replace("2,2026-04-30,A,Supported,5\n", "1,2026-04-30,A,Residential,12\n");
        for said in both(&traded) {
            assert_eq!(
                said,
                "Lines 3 and 9 of d.csv both say how many children of A path 1 has on 2026-04-30 in Residential. Keep one of the two."
            );
        }
        let hole = FILE.replace("2,2026-04-30,A,Residential,11\n", "");
        for said in both(&hole) {
            assert!(
                said.starts_with("d.csv lacks a line that says how many children of A path 2 has on 2026-04-30 in Residential"),
                "{said}"
            );
        }
    }

    #[test]
    fn groups_that_no_forecast_has_are_named() {
        let said = file(&FILE.replace("Other", "Boats")).paths().unwrap_err().to_string();
        assert!(said.contains("Boats") && said.contains("Write it with `placewell forecast --paths-out`"), "{said}");
        let said = file("path,date,authority,children\n0,2026-04-30,A,1\n").paths().unwrap_err().to_string();
        assert!(said.contains("group “” is not among the columns"), "{said}");
    }
}
