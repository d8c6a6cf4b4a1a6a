//! How many beds to buy in block, over the futures of a forecast.

use domain::{Day, Finding};
use forecast::block::{self, Demand, Fault};
pub use forecast::block::{Answer, BreakEven, Line, Question, Terms, unit_cost};

use crate::Error;
use crate::futures::{self, Futures};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Children who need a home.
    pub demand: Futures<'a>,
    /// The kind of home, as the futures name it, or several with commas between; the children's homes where left out.
    pub group: Option<String>,
    /// The beds and what they cost.
    pub question: Question,
}

/// The answer with what it rests on.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Every number of beds.
    pub answer: Answer,
    /// The groups whose children are meant.
    pub groups: Vec<String>,
    /// Whose children.
    pub authorities: Vec<String>,
    /// How many futures.
    pub paths: usize,
    /// First and last date of the futures.
    pub dates: (Day, Day),
    /// For a fixed cost: from how many occupied beds on it pays.
    pub break_even_beds: Option<BreakEven>,
    /// What should be known before it is used.
    pub warnings: Vec<String>,
    /// Lines left out.
    pub findings: Vec<Finding>,
    /// SHA-256 of the futures.
    pub sha256: String,
}

/// More beds than this are no block.
const MOST_BEDS: u32 = 1_000;

/// What children's homes are called in the two forms of a forecast, the first that the file has being taken.
const HOMES: [&[&str]; 2] = [&["Residential"], &["Own children's home", "External children's home"]];

/// Tries every number of beds.
///
/// # Errors
/// `Unusable` where the file has no such group, lacks a future on a date, or a number makes no sense; each with the way out.
pub fn choose(request: &Request<'_>) -> Result<Chosen, Error> {
    let futures::Chosen { demand, groups, authorities, findings } =
        request.demand.of_groups(|known| groups(request.demand.name_first(), known, request.group.as_deref()))?;
    let question = &request.question;
    if *question.beds.end() > MOST_BEDS {
        return Err(Error::Unusable(format!("--beds goes up to {}; no block has more than {MOST_BEDS}.", question.beds.end())));
    }
    let answer = block::answer(&demand, question).map_err(|fault| Error::Unusable(sentence(fault, question)))?;
    let break_even_beds = match question.terms {
        Terms::Own { fixed } => block::break_even_beds(fixed, question.spot),
        Terms::Block { .. } => None,
    };
    Ok(Chosen {
        warnings: warnings(question, &demand, &answer),
        groups,
        authorities: authorities.into_iter().filter(|name| !name.is_empty()).collect(),
        paths: demand.paths(),
        dates: (demand.dates()[0], demand.dates()[demand.dates().len() - 1]),
        break_even_beds,
        answer,
        findings,
        sha256: request.demand.sha256(),
    })
}

fn groups(file: &str, known: &[String], asked: Option<&str>) -> Result<Vec<u16>, Error> {
    let position = |name: &str| known.iter().position(|known| known.eq_ignore_ascii_case(name.trim())).map(|at| at as u16);
    let there = || known.join(", ");
    if let Some(asked) = asked {
        let one = |name: &str| {
            let missing = || Error::Unusable(format!("{file} has no group “{}”. It has {}.", name.trim(), there()));
            position(name).ok_or_else(missing)
        };
        return asked.split(',').filter(|name| !name.trim().is_empty()).map(one).collect();
    }
    if known.len() == 1 {
        return Ok(vec![0]);
    }
    let homes = HOMES.iter().map(|names| names.iter().filter_map(|name| position(name)).collect::<Vec<_>>());
    homes.into_iter().find(|found| !found.is_empty()).ok_or_else(|| {
        Error::Unusable(format!("{file} has no group Residential. Say with --group which of its groups the beds are for: {}.", there()))
    })
}

fn sentence(fault: Fault, question: &Question) -> String {
    match fault {
        Fault::NoBeds => {
            let (from, to) = (question.beds.start(), question.beds.end());
            format!("--beds {from}..{to} ends before it begins. Write --beds {to}..{from}.")
        }
        Fault::Fit(fit) => {
            format!("--fit {fit} is no chance. Write a number from 0 to 1: 0.8 where four of five children can live in these beds.")
        }
        Fault::Price(price) => format!("A price of {price} is below nought. Write what a week costs in pounds."),
        Fault::Within(within) => format!("--within {within} is no share. Write a number from 0 up: 0.005 is a half per cent."),
    }
}

fn warnings(question: &Question, demand: &Demand, answer: &Answer) -> Vec<String> {
    let mut warnings = Vec::new();
    let (first, last) = (question.beds.start(), question.beds.end());
    let best = answer.lines[answer.best].beds;
    if best == *last && first < last {
        warnings.push(format!("The best number is the greatest that was tried ({last}). Try more beds."));
    }
    if best == *first && *first > 0 {
        warnings.push(format!("The best number is the least that was tried ({first}). Try fewer beds."));
    }
    if demand.paths() < 100 {
        warnings.push(format!("There are {} futures. The cost at risk needs at least 100, and better 1,000.", demand.paths()));
    }
    if let Terms::Block { occupied, .. } = question.terms
        && occupied >= question.spot
    {
        warnings.push(format!(
            "A bed in block ({occupied} a week) is no cheaper than one on the spot ({}): money alone speaks against it.",
            question.spot
        ));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use domain::Money;

    use super::*;
    use crate::plans::Named;

    const FILE: &str = "path,date,authority,group,children\n\
        0,2026-04-30,A,Residential,10\n0,2026-04-30,A,Fostering,50\n0,2026-05-31,A,Residential,12\n0,2026-05-31,A,Fostering,50\n\
        1,2026-04-30,A,Residential,8\n1,2026-04-30,A,Fostering,50\n1,2026-05-31,A,Residential,8\n1,2026-05-31,A,Fostering,50\n";

    fn request(text: &str) -> Request<'_> {
        let pounds = |pounds: i64| Money::from_pence(pounds * 100);
        Request {
            demand: Futures::File(Named { name: "d.csv", bytes: text.as_bytes() }),
            group: None,
            question: Question {
                beds: 0..=15,
                terms: Terms::Block { occupied: pounds(4_000), void: pounds(4_000) },
                spot: pounds(5_000),
                fit: 1.0,
                ramp_months: 0,
                within: 0.005,
                seed: 1,
            },
        }
    }

    fn refusal(request: &Request<'_>) -> String {
        choose(request).unwrap_err().to_string()
    }

    #[test]
    fn the_children_of_childrens_homes_are_meant_unless_others_are_named() {
        let chosen = choose(&request(FILE)).unwrap();
        assert_eq!((chosen.groups.as_slice(), chosen.paths, chosen.answer.days), (&["Residential".to_owned()][..], 2, 61));
        assert_eq!(chosen.answer.lines[chosen.answer.best].beds, 8);
        let both = Request { group: Some("fostering, Residential".into()), ..request(FILE) };
        assert_eq!(choose(&both).unwrap().answer.best, 15);
    }

    #[test]
    fn a_file_that_does_not_answer_is_refused_with_the_way_out() {
        let other = Request { group: Some("Secure".into()), ..request(FILE) };
        assert_eq!(refusal(&other), "d.csv has no group “Secure”. It has Residential, Fostering.");
        let renamed = FILE.replace("Residential", "Homes");
        assert!(refusal(&request(&renamed)).ends_with("Say with --group which of its groups the beds are for: Homes, Fostering."));
        let hole = FILE.replace("1,2026-05-31,A,Residential,8\n", "");
        assert!(
            refusal(&request(&hole))
                .starts_with("d.csv lacks a line that says how many children of A path 1 has on 2026-05-31 in Residential")
        );
        assert!(refusal(&request("path,date,authority,children\n0,2026-04-30,A,1\n")).contains("group “” is not among the columns"));
        #[expect(clippy::reversed_empty_ranges, reason = "a person may type it")]
        let reversed = Question { beds: 12..=4, ..request(FILE).question };
        assert_eq!(refusal(&Request { question: reversed, ..request(FILE) }), "--beds 12..4 ends before it begins. Write --beds 4..12.");
        assert!(
            refusal(&Request { question: Question { fit: 1.2, ..request(FILE).question }, ..request(FILE) })
                .starts_with("--fit 1.2 is no chance.")
        );
    }
}
