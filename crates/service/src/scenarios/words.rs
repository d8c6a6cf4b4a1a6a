//! Levers and their contradictions in plain English.

use domain::number::half_up;
use forecast::scenario::{Change, Contradiction, Lever, MOST, Scenario, What, When, Whom};

/// A lever in a few words, without its dates.
pub fn lever(lever: &Lever) -> String {
    match &lever.what {
        What::Entries { whom, change: Change::Factor(factor) } => format!("entries of {} {}", group(*whom), percent(*factor)),
        What::Entries { whom, change: Change::AMonth(more) } => format!("entries of {} {} a month", group(*whom), signed(*more, "")),
        What::Exits { route: Some(route), factor } => format!("exits by {} {}", route.name(), percent(*factor)),
        What::Exits { route: None, factor } => format!("exits by every route {}", percent(*factor)),
        What::StepDown { a_month: 1.0 } => "1 child a month steps down to a family".to_owned(),
        What::StepDown { a_month } => format!("{} children a month step down to families", plain(*a_month)),
        What::InHouse { sector, share } => format!("in-house share of {} {}%", sector.name(), plain(share * 100.0)),
        What::NewHome(home) => {
            format!("{}: {} {} beds for ages {} to {}", home.name, home.beds, home.sector.name(), home.ages.from, home.ages.to)
        }
        What::Event { name, whom, factor } => format!("{name}: entries of {} {}", group(*whom), percent(*factor)),
        What::Growth(growth) => format!("a plan of {} children a month until {}", signed(growth.a_month, ""), growth.until),
    }
}

/// `from 1 July 2026, in full force after 6 months, until 30 June 2027`
pub fn dates(when: &When) -> String {
    let ramp = match when.ramp_months {
        0 => String::new(),
        1 => ", in full force after a month".to_owned(),
        months => format!(", in full force after {months} months"),
    };
    let to = when.to.map_or_else(String::new, |to| format!(", until {}", to.long()));
    format!("from {}{ramp}{to}", when.from.long())
}

fn group(whom: Whom) -> String {
    match whom {
        Whom::All => "all children".to_owned(),
        Whom::Uasc => "unaccompanied children".to_owned(),
        Whom::Ages(ages) if ages.from == ages.to => format!("children aged {}", ages.from),
        Whom::Ages(ages) => format!("children aged {} to {}", ages.from, ages.to),
    }
}

fn plain(number: f64) -> String {
    half_up(number, 2).to_string()
}

fn signed(number: f64, unit: &str) -> String {
    format!("{}{}{unit}", if number < 0.0 { "" } else { "+" }, plain(number))
}

fn percent(factor: f64) -> String {
    signed((factor - 1.0) * 100.0, "%")
}

/// A contradiction in one sentence or two, the second being the way out.
pub(super) fn contradiction(file: &str, scenario: &Scenario, fault: Contradiction) -> String {
    let named = |at: usize| format!("{file}, lever {} ({})", at + 1, lever(&scenario.levers[at]));
    let when = |at: usize| scenario.levers[at].when;
    match fault {
        Contradiction::EndsBeforeItBegins { lever } => {
            let (from, to) = (when(lever).from.long(), when(lever).to.map(domain::Day::long).unwrap_or_default());
            format!("{}: it ends on {to}, before it begins on {from}. Exchange “from” and “to”, or leave “to” away.", named(lever))
        }
        Contradiction::BeforeOrigin { lever, origin } => format!(
            "{}: it begins on {}, but everything up to {} is already known. Begin it on {} or later, or forecast from an earlier day.",
            named(lever),
            when(lever).from.long(),
            origin.long(),
            origin.plus(1).long()
        ),
        Contradiction::NoShare { lever, .. } => format!("{}: a share lies between 0 and 100%.", named(lever)),
        Contradiction::BelowNought { lever } => {
            format!("{}: fewer than nobody cannot come, leave or move. A change of -100% is the least.", named(lever))
        }
        Contradiction::NoNumber { lever } => format!("{}: its change is not a number. Write one.", named(lever)),
        Contradiction::NoAges { lever, ages } => {
            format!("{}: ages {} to {} are none. Write the younger first, and 17 at most.", named(lever), ages.from, ages.to)
        }
        Contradiction::TooMuch { lever } => format!(
            "{}: it asks for more than can be meant. A change is at most {} times what would have been, {} children a month, {} beds and {} months of ramp.",
            named(lever),
            MOST.factor,
            MOST.children_a_month,
            MOST.beds,
            MOST.ramp_months
        ),
        Contradiction::NoBeds { lever } => format!("{}: a home without a bed takes nobody. Write how many it has.", named(lever)),
        Contradiction::EndsBeforeFullForce { lever } => format!(
            "{}: it ends before its {} months of ramp are over. Shorten ramp_months, or end it later.",
            named(lever),
            when(lever).ramp_months
        ),
        Contradiction::SameTwice { first, second } => format!(
            "{file}, levers {} and {} say different things of the same ({}; {}) on the same days. End the first before the second begins, or leave one away.",
            first + 1,
            second + 1,
            lever(&scenario.levers[first]),
            lever(&scenario.levers[second])
        ),
    }
}
