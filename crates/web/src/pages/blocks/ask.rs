//! From an address to a question about beds: every field that is wrong is said beside it, and all that was typed stays.

use domain::Money;
use maud::{Markup, html};
use service::blocks::{Question, Terms};
use service::forecasts::Request;
use service::holdings::Holding;

use super::PATH;
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Choice, Field, InputMode, Problem, Select, Size, TextInput};
use crate::pages::{ahead, scenarios};
use crate::parts::Filter;

/// The children's homes of a forecast by detailed kinds, own and external together.
const HOMES: &str = "Own children's home,External children's home";

/// Most numbers of beds that are tried at once: a table that a reader can take in.
const MOST_ROWS: u32 = 60;

/// Most beds of a block.
const MOST_BEDS: u32 = 1_000;

/// Amounts above this are slips of the keyboard.
const MOST_POUNDS: i64 = 10_000_000;

/// Fields of the form, by name.
const FIELDS: [&str; 14] =
    ["kind", "terms", "from_beds", "to_beds", "price", "void", "fixed", "spot", "fit", "ramp", "within", "months", "scenario", "from"];

pub(super) struct Ask {
    pub(super) asked: Asked,
    pub(super) request: Request,
    /// The kinds of home whose children are meant, as the service takes them.
    pub(super) kind: String,
    /// What is wrong: field and sentence.
    pub(super) wrong: Vec<(&'static str, String)>,
    /// The question, where every field can be read.
    pub(super) question: Option<Question>,
}

impl Ask {
    pub(super) fn read(state: &app::State, holding: &Holding, asked: &Asked) -> Result<Self, Error> {
        let asked = asked.only(&FIELDS);
        let request = ahead::request(state, holding, &asked)?;
        let names = request.groups.names();
        let kind = asked.one("kind").filter(|kind| names.contains(kind)).unwrap_or(HOMES).to_owned();
        let mut wrong = Vec::new();
        // An address that asks nothing yet is an empty form, not a wrong one.
        let is_asked = asked.one("spot").is_some() || asked.one("terms").is_some();
        let question = if is_asked { question(&asked, request.seed, &mut wrong) } else { None };
        Ok(Self { asked, request, kind, wrong, question })
    }

    pub(super) fn is_own(&self) -> bool {
        self.asked.one("terms") == Some("own")
    }

    pub(super) fn problems(&self) -> Vec<(String, &str)> {
        self.wrong.iter().map(|(field, sentence)| (format!("#{field}"), sentence.as_str())).collect()
    }

    pub(super) fn panel(&self, state: &app::State) -> Markup {
        let kinds: Vec<Choice<'_>> = [Choice::new(HOMES, "Children's homes, own and external")]
            .into_iter()
            .chain(self.request.groups.names().into_iter().map(|name| Choice::new(name, name)))
            .map(|choice| choice.chosen_if(&self.kind))
            .collect();
        let terms = if self.is_own() { "own" } else { "block" };
        let kinds_of_terms = [Choice::new("block", "A block: so much a bed"), Choice::new("own", "Our own homes: so much for all beds")];
        let fields = html! {
            (Select { field: small("kind", "Whose need"), choices: &kinds })
            (Select { field: small("terms", "How they are paid"), choices: &kinds_of_terms.map(|choice| choice.chosen_if(terms)) })
            (self.number("from_beds", "Beds to try: from", None, None, "4"))
            (self.number("to_beds", "to", None, None, "16"))
            (self.pounds("price", "A bed in block a week, with a child", None))
            (self.pounds("void", "The same while it is empty", Some("Empty: paid in full")))
            (self.pounds("fixed", "Our own homes a week, all together", Some("For homes of your own only")))
            (self.pounds("spot", "A bed bought on the spot a week", None))
            (self.number("fit", "Children who need one and can live in these beds", Some("%"), Some("80 where four of five can"), "80"))
            (self.number("ramp", "Months over which the beds can be filled", Some("months"), None, "0"))
            (self.number("within", "Still as good: dearer by at most", Some("%"), None, "0.5"))
            (ahead::reach(&self.request, "Over the next"))
            (scenarios::choice(state, self.asked.one("scenario")))
        };
        html! { (Filter { title: "Beds and prices to try", action: PATH, fields, chosen: &[], button: "Try these beds", all: PATH }) }
    }

    fn error(&self, name: &str) -> Option<&str> {
        self.wrong.iter().find(|(field, _)| *field == name).map(|(_, sentence)| sentence.as_str())
    }

    fn number(&self, name: &str, label: &str, suffix: Option<&str>, hint: Option<&str>, usual: &str) -> Markup {
        let value = self.asked.one(name).unwrap_or(usual);
        let field = Field { hint, error: self.error(name), ..small(name, label) };
        html! { (TextInput { width: Some(5), suffix, mode: InputMode::Decimal, ..TextInput::new(field, value) }) }
    }

    fn pounds(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        let field = Field { hint, error: self.error(name), ..small(name, label) };
        let value = self.asked.one(name).unwrap_or_default();
        html! { (TextInput { width: Some(10), prefix: Some("£"), mode: InputMode::Decimal, ..TextInput::new(field, value) }) }
    }
}

const fn small<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { size: Size::Small, ..Field::new(name, label) }
}

/// What the summary of errors shows.
pub(super) fn summary<'a>(problems: &'a [(String, &'a str)]) -> Vec<Problem<'a>> {
    problems.iter().map(|(href, text)| Problem { text, href: Some(href) }).collect()
}

fn question(asked: &Asked, seed: u64, wrong: &mut Vec<(&'static str, String)>) -> Option<Question> {
    let from = whole(asked, "from_beds", "4", MOST_BEDS, "beds", wrong);
    let to = whole(asked, "to_beds", "16", MOST_BEDS, "beds", wrong);
    if let (Some(from), Some(to)) = (from, to) {
        if to < from {
            wrong.push(("to_beds", format!("Enter {from} or more: the range ends before it begins")));
        } else if to - from >= MOST_ROWS {
            wrong.push(("to_beds", format!("Try at most {MOST_ROWS} numbers of beds at once: up to {}", from + MOST_ROWS - 1)));
        }
    }
    let terms = if asked.one("terms") == Some("own") {
        pounds(asked, "fixed", "what your homes cost a week all together", wrong).map(|fixed| Terms::Own { fixed })
    } else {
        let occupied = pounds(asked, "price", "what a bed in block costs a week with a child in it", wrong);
        let void = if asked.one("void").is_some() { pounds(asked, "void", "what it costs while it is empty", wrong) } else { occupied };
        occupied.zip(void).map(|(occupied, void)| Terms::Block { occupied, void })
    };
    let spot = pounds(asked, "spot", "what a bed bought on the spot costs a week", wrong);
    let fit = percent(asked, "fit", "80", wrong);
    let ramp_months = whole(asked, "ramp", "0", 60, "months", wrong);
    let within = percent(asked, "within", "0.5", wrong);
    if !wrong.is_empty() {
        return None;
    }
    Some(Question { beds: from?..=to?, terms: terms?, spot: spot?, fit: fit?, ramp_months: ramp_months?, within: within?, seed })
}

fn whole(asked: &Asked, name: &'static str, usual: &str, most: u32, unit: &str, wrong: &mut Vec<(&'static str, String)>) -> Option<u32> {
    let number = asked.one(name).unwrap_or(usual).parse::<u32>().ok().filter(|number| *number <= most);
    if number.is_none() {
        wrong.push((name, format!("Enter a whole number of {unit} from 0 to {}", crate::shown::count(most.into()))));
    }
    number
}

fn percent(asked: &Asked, name: &'static str, usual: &str, wrong: &mut Vec<(&'static str, String)>) -> Option<f64> {
    let text = asked.one(name).unwrap_or(usual);
    let number = text.trim_end_matches('%').trim().parse::<f64>().ok().filter(|percent| (0.0..=100.0).contains(percent));
    if number.is_none() {
        wrong.push((name, "Enter a percentage from 0 to 100".to_owned()));
    }
    number.map(|percent| percent / 100.0)
}

/// An amount in pounds, or a sentence about what is wrong with it; `wanted` says what it is of.
pub(in crate::pages) fn pounds(asked: &Asked, name: &'static str, wanted: &str, wrong: &mut Vec<(&'static str, String)>) -> Option<Money> {
    let money = asked.one(name).and_then(Money::parse_pounds);
    let within = money.filter(|money| (0..=MOST_POUNDS * 100).contains(&money.pence()));
    if within.is_none() {
        let sentence = match money {
            Some(money) if money.pence() < 0 => format!("An amount below nought is none: enter {wanted}, like 4,750.00"),
            Some(_) => format!("Enter {wanted}: £10 million at most"),
            None => format!("Enter {wanted} in pounds, like 4750 or 4,750.50"),
        };
        wrong.push((name, sentence));
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> (Option<Question>, Vec<&'static str>) {
        let asked = Asked::new(pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect());
        let mut wrong = Vec::new();
        let question = question(&asked, 1, &mut wrong);
        (question, wrong.into_iter().map(|(field, _)| field).collect())
    }

    #[test]
    fn every_wrong_field_is_named_and_an_empty_void_price_is_paid_in_full() {
        assert_eq!(read(&[("spot", "-1"), ("to_beds", "10000"), ("fit", "120")]).1, ["to_beds", "price", "spot", "fit"]);
        assert_eq!(read(&[("spot", "5400"), ("price", "4600"), ("from_beds", "16"), ("to_beds", "4")]).1, ["to_beds"]);
        let (question, wrong) = read(&[("spot", "£5,400"), ("price", "4600")]);
        assert!(wrong.is_empty());
        let pounds = |pounds: i64| Money::from_pence(pounds * 100);
        assert_eq!(question.unwrap().terms, Terms::Block { occupied: pounds(4_600), void: pounds(4_600) });
    }
}
