//! A scenario while a person writes it: text in fields, right or wrong, and what is wrong with each.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use domain::Day;
use domain::number::half_up;
use forecast::scenario::{
    Ages, Change, Contradiction, Growth, Lever, MOST, NewHome, Route, Scenario, Sector, What, When, Whom, contradictions,
};

use super::sort::{Part, Sort};
use super::{file, words};

/// One lever as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its kind.
    pub sort: Sort,
    cells: BTreeMap<Part, String>,
}

/// Something to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The lever, the first being 0; nothing for the scenario as a whole.
    pub lever: Option<usize>,
    /// Its field.
    pub part: Part,
    /// What to do.
    pub sentence: String,
}

/// Beds that one lever can add: an authority's largest programme of new foster places is within it.
const BEDS: RangeInclusive<u32> = 1..=MOST.beds;

/// Months of ramp.
const RAMP: RangeInclusive<u32> = 0..=MOST.ramp_months;

/// Children a month, more or fewer.
const MOST_A_MONTH: f64 = MOST.children_a_month;

/// Percent, more or fewer.
const MOST_PERCENT: f64 = (MOST.factor - 1.0) * 100.0;

impl Typed {
    /// A lever with nothing typed yet.
    pub const fn new(sort: Sort) -> Self {
        Self { sort, cells: BTreeMap::new() }
    }

    /// What stands in a field; empty where nothing does.
    pub fn cell(&self, part: Part) -> &str {
        self.cells.get(&part).map_or("", String::as_str)
    }

    /// With text in a field.
    #[must_use]
    pub fn with(mut self, part: Part, text: impl Into<String>) -> Self {
        self.cells.insert(part, text.into());
        self
    }

    /// A lever as it would have been typed.
    pub fn of(lever: &Lever) -> Self {
        let number = |value: f64| half_up(value, 6).to_string();
        let percent = |factor: f64| number((factor - 1.0) * 100.0);
        let new = Self::new;
        let typed = match &lever.what {
            What::Entries { whom, change } => {
                let typed = new(Sort::Entries).with(Part::Group, file::group(*whom));
                match *change {
                    Change::Factor(factor) => typed.with(Part::Change, percent(factor)).with(Part::Unit, "percent"),
                    Change::AMonth(children) => typed.with(Part::Change, number(children)).with(Part::Unit, "children"),
                }
            }
            What::Exits { route, factor } => {
                new(Sort::Exits).with(Part::Group, route.map_or("all", |route| route.name())).with(Part::Change, percent(*factor))
            }
            What::StepDown { a_month } => new(Sort::StepDown).with(Part::Change, number(*a_month)),
            What::InHouse { sector, share } => {
                new(Sort::InHouse).with(Part::Group, sector.name()).with(Part::Change, number(share * 100.0))
            }
            What::NewHome(home) => new(Sort::NewHome)
                .with(Part::Name, &home.name)
                .with(Part::Group, home.sector.name())
                .with(Part::Beds, home.beds.to_string())
                .with(Part::AgeFrom, home.ages.from.to_string())
                .with(Part::AgeTo, home.ages.to.to_string()),
            What::Event { name, whom, factor } => {
                new(Sort::Event).with(Part::Name, name).with(Part::Group, file::group(*whom)).with(Part::Change, percent(*factor))
            }
            What::Growth(growth) => {
                new(Sort::Growth).with(Part::Change, number(growth.a_month)).with(Part::Until, growth.until.to_string())
            }
        };
        let typed = typed.with(Part::From, lever.when.from.to_string()).with(Part::Ramp, lever.when.ramp_months.to_string());
        match lever.when.to {
            Some(to) => typed.with(Part::To, to.to_string()),
            None => typed,
        }
    }
}

/// The scenario that the fields mean, or everything that is wrong, field by field. `name` is for sentences; `origin` is the last known day.
///
/// # Errors
/// Each field that cannot be read; where all can, each contradiction.
pub fn understand(name: &str, typed: &[Typed], origin: Day) -> Result<Scenario, Vec<Problem>> {
    if typed.is_empty() {
        return Err(vec![Problem {
            lever: None,
            part: Part::Name,
            sentence: "Add at least one lever: without any it is the forecast itself".to_owned(),
        }]);
    }
    let (mut levers, mut problems) = (Vec::new(), Vec::new());
    for (at, one) in typed.iter().enumerate() {
        let mut reading = Reading { typed: one, lever: at, problems: Vec::new() };
        match reading.lever() {
            Some(lever) if reading.problems.is_empty() => levers.push(lever),
            _ => problems.append(&mut reading.problems),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let scenario = Scenario { levers };
    let found = contradictions(&scenario, origin);
    if found.is_empty() {
        return Ok(scenario);
    }
    let problem = |fault: Contradiction| {
        let (lever, part) = place(fault);
        Problem { lever: Some(lever), part, sentence: words::contradiction(name, &scenario, fault) }
    };
    Err(found.into_iter().map(problem).collect())
}

/// Where a contradiction is put right.
const fn place(fault: Contradiction) -> (usize, Part) {
    match fault {
        Contradiction::EndsBeforeItBegins { lever } => (lever, Part::To),
        Contradiction::BeforeOrigin { lever, .. } => (lever, Part::From),
        Contradiction::NoShare { lever, .. }
        | Contradiction::BelowNought { lever }
        | Contradiction::NoNumber { lever }
        | Contradiction::TooMuch { lever } => (lever, Part::Change),
        Contradiction::NoAges { lever, .. } => (lever, Part::AgeFrom),
        Contradiction::NoBeds { lever } => (lever, Part::Beds),
        Contradiction::EndsBeforeFullForce { lever } => (lever, Part::Ramp),
        Contradiction::SameTwice { second, .. } => (second, Part::From),
    }
}

/// One lever being read. A field that cannot be is a problem, and reading goes on, so that all are said at once.
struct Reading<'a> {
    typed: &'a Typed,
    lever: usize,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn lever(&mut self) -> Option<Lever> {
        let what = self.what();
        let from = self.day(Part::From, "Enter the first day, like 1 7 2026");
        let ramp_months = if self.typed.cell(Part::Ramp).is_empty() { Some(0) } else { self.whole(Part::Ramp, RAMP, "months") };
        let to =
            if self.typed.cell(Part::To).is_empty() { None } else { self.day(Part::To, "Enter a last day that exists, or leave it empty") };
        Some(Lever { what: what?, when: When { from: from?, ramp_months: ramp_months?, to } })
    }

    fn what(&mut self) -> Option<What> {
        match self.typed.sort {
            Sort::Entries => {
                let (whom, change) = (self.whom(), self.change());
                Some(What::Entries { whom: whom?, change: change? })
            }
            Sort::Exits => {
                let (route, factor) = (self.route(), self.factor());
                Some(What::Exits { route: route?, factor: factor? })
            }
            Sort::StepDown => Some(What::StepDown { a_month: self.number("children a month, like 2", MOST_A_MONTH)? }),
            Sort::InHouse => {
                let (sector, percent) = (self.sector(), self.number("a percentage from 0 to 100", MOST_PERCENT));
                Some(What::InHouse { sector: sector?, share: percent? / 100.0 })
            }
            Sort::NewHome => {
                let (name, sector, beds) = (self.text("the name of the home"), self.sector(), self.whole(Part::Beds, BEDS, "beds"));
                let (from, to) = (self.age(Part::AgeFrom, Ages::EVERY.from), self.age(Part::AgeTo, Ages::EVERY.to));
                Some(What::NewHome(NewHome { name: name?, sector: sector?, beds: beds?, ages: Ages { from: from?, to: to? } }))
            }
            Sort::Event => {
                let (name, whom, factor) = (self.text("what it is called on charts"), self.whom(), self.factor());
                Some(What::Event { name: name?, whom: whom?, factor: factor? })
            }
            Sort::Growth => {
                let (a_month, until) =
                    (self.number("children a month, like 2", MOST_A_MONTH), self.whole(Part::Until, 0..=1_000_000, "children"));
                Some(What::Growth(Growth { a_month: a_month?, until: until? }))
            }
        }
    }

    fn wrong<T>(&mut self, part: Part, sentence: impl Into<String>) -> Option<T> {
        self.problems.push(Problem { lever: Some(self.lever), part, sentence: sentence.into() });
        None
    }

    fn text(&mut self, wanted: &str) -> Option<String> {
        let text = self.typed.cell(Part::Name).trim();
        if text.is_empty() { self.wrong(Part::Name, format!("Enter {wanted}")) } else { Some(text.to_owned()) }
    }

    fn day(&mut self, part: Part, sentence: &str) -> Option<Day> {
        let text = self.typed.cell(part).trim();
        Day::parse(text.as_bytes()).or_else(|| of_boxes(text)).or_else(|| self.wrong(part, sentence))
    }

    fn whole(&mut self, part: Part, range: RangeInclusive<u32>, unit: &str) -> Option<u32> {
        let text = self.typed.cell(part).trim();
        match text.parse::<u32>().ok().filter(|number| range.contains(number)) {
            Some(number) => Some(number),
            None => self.wrong(part, format!("Enter a whole number of {unit} from {} to {}", range.start(), range.end())),
        }
    }

    fn age(&mut self, part: Part, left_out: u32) -> Option<u32> {
        if self.typed.cell(part).trim().is_empty() { Some(left_out) } else { self.whole(part, 0..=17, "years") }
    }

    fn number(&mut self, wanted: &str, most: f64) -> Option<f64> {
        let text = self.typed.cell(Part::Change).trim().trim_end_matches('%').trim_end().replace('−', "-");
        let number = text.strip_prefix('+').unwrap_or(&text).parse::<f64>().ok();
        match number.filter(|number| number.abs() <= most) {
            Some(number) => Some(number),
            None if number.is_some_and(f64::is_finite) => self.wrong(Part::Change, format!("Enter a smaller change: {most} at most")),
            None => self.wrong(Part::Change, format!("Enter {wanted}")),
        }
    }

    fn factor(&mut self) -> Option<f64> {
        Some(1.0 + self.number("by how many percent: 10 for a tenth more, -10 for a tenth fewer", MOST_PERCENT)? / 100.0)
    }

    fn change(&mut self) -> Option<Change> {
        if self.typed.cell(Part::Unit) == "children" {
            Some(Change::AMonth(self.number("children a month: 2 for two more, -2 for two fewer", MOST_A_MONTH)?))
        } else {
            Some(Change::Factor(self.factor()?))
        }
    }

    fn whom(&mut self) -> Option<Whom> {
        let text = self.typed.cell(Part::Group);
        if text.is_empty() || text == "all" {
            return Some(Whom::All);
        }
        super::written::group(text).or_else(|| self.wrong(Part::Group, "Choose which children"))
    }

    /// Nothing within something is every route.
    #[expect(clippy::option_option, reason = "every route and no readable route are different answers")]
    fn route(&mut self) -> Option<Option<Route>> {
        let text = self.typed.cell(Part::Group);
        if text.is_empty() || text == "all" {
            return Some(None);
        }
        match Route::ALL.into_iter().find(|route| route.name() == text) {
            Some(route) => Some(Some(route)),
            None => self.wrong(Part::Group, "Choose a route"),
        }
    }

    fn sector(&mut self) -> Option<Sector> {
        match self.typed.cell(Part::Group) {
            "fostering" => Some(Sector::Fostering),
            "residential" => Some(Sector::Residential),
            _ => self.wrong(Part::Group, "Choose foster carers or children's homes"),
        }
    }
}

/// `1/7/2026`: day, month and year as three boxes hold them.
fn of_boxes(text: &str) -> Option<Day> {
    let mut boxes = text.split('/').map(|part| part.trim().parse::<u32>().ok());
    let (day, month, year) = (boxes.next()??, boxes.next()??, boxes.next()??);
    if boxes.next().is_some() { None } else { Day::from_ymd(year, month, day) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::Named;
    use crate::scenarios::read;

    const ORIGIN: Day = Day::year_end(2026);

    fn home() -> Typed {
        let parts =
            [(Part::Name, "Elm"), (Part::Group, "residential"), (Part::Beds, "4"), (Part::AgeFrom, "10"), (Part::From, "2026-07-01")];
        parts.into_iter().fold(Typed::new(Sort::NewHome), |typed, (part, text)| typed.with(part, text))
    }

    fn wrong(typed: &[Typed]) -> Vec<(Part, String)> {
        understand("Mine", typed, ORIGIN).unwrap_err().into_iter().map(|problem| (problem.part, problem.sentence)).collect()
    }

    #[test]
    fn every_field_that_cannot_be_read_is_named_at_once() {
        let parts = |typed: Typed| wrong(&[typed]).into_iter().map(|(part, _)| part).collect::<Vec<_>>();
        assert_eq!(parts(Typed::new(Sort::Event)), [Part::Name, Part::Change, Part::From]);
        assert_eq!(parts(home().with(Part::Beds, "10000")), [Part::Beds]);
        assert_eq!(parts(home().with(Part::To, "31/2/2027")), [Part::To]);
        assert_eq!(parts(home().with(Part::From, "1//2026")), [Part::From]);
        assert!(understand("Mine", &[home().with(Part::From, "1/7/2026")], ORIGIN).is_ok());
        assert_eq!(wrong(&[])[0].0, Part::Name);
    }

    #[test]
    fn contradictions_are_said_at_the_field_that_mends_them() {
        let early = wrong(&[home().with(Part::From, "2026-01-01")]);
        assert_eq!(early[0].0, Part::From);
        assert!(early[0].1.contains("everything up to 31 March 2026 is already known"), "{}", early[0].1);
        assert_eq!(wrong(&[home().with(Part::AgeTo, "8")])[0].0, Part::AgeFrom);
        let twice = wrong(&[home(), home()]);
        assert!(twice[0].1.starts_with("Mine, levers 1 and 2 say different things of the same"), "{}", twice[0].1);
    }

    #[test]
    fn what_is_typed_is_written_and_read_again() {
        let dated = |typed: Typed| typed.with(Part::From, "2026-07-01").with(Part::Ramp, "6").with(Part::To, "2028-06-30");
        let entries = Typed::new(Sort::Entries).with(Part::Group, "10-15").with(Part::Change, "-12.5").with(Part::Unit, "percent");
        let more = Typed::new(Sort::Entries).with(Part::Group, "UASC").with(Part::Change, "2").with(Part::Unit, "children");
        let all = [
            entries,
            more,
            Typed::new(Sort::Exits).with(Part::Group, "return home").with(Part::Change, "25"),
            Typed::new(Sort::StepDown).with(Part::Change, "1.5"),
            Typed::new(Sort::InHouse).with(Part::Group, "fostering").with(Part::Change, "70"),
            home().with(Part::AgeTo, "17").with(Part::Name, "Elm \"House\""),
            Typed::new(Sort::Event).with(Part::Name, "Dispersal").with(Part::Group, "16-17").with(Part::Change, "300"),
            Typed::new(Sort::Growth).with(Part::Change, "2").with(Part::Until, "898"),
        ]
        .map(dated);
        let scenario = understand("All of them", &all, ORIGIN).unwrap();
        let text = file::write("All of them", &scenario, None);
        let saved = read(Named { name: "s.toml", bytes: text.as_bytes() }, ORIGIN).unwrap();
        assert_eq!((saved.name.as_str(), &saved.scenario), ("All of them", &scenario), "{text}");
        for (lever, typed) in scenario.levers.iter().zip(&all) {
            assert_eq!(&Typed::of(lever), typed);
        }
    }
}
