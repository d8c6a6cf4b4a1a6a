//! The fields of a scenario: from an address to what was typed, and back to boxes that hold it again.

use maud::{Markup, html};
use service::scenarios::{Part, Problem, Sort, Typed};

use crate::asked::Asked;
use crate::govuk::{Button, Choice, DateInput, Field, Group, InputMode, Look, Press, Select, TextInput};

/// Most levers of one scenario: more than a reader can hold together.
pub(super) const MOST: usize = 12;

/// The levers of an address or a form, in order.
pub(super) fn read(asked: &Asked) -> Vec<Typed> {
    (1..=MOST).filter_map(|number| one(asked, number)).collect()
}

fn one(asked: &Asked, number: usize) -> Option<Typed> {
    let sort = Sort::named(asked.one(&format!("lever-{number}-kind"))?)?;
    let typed = sort.parts().iter().fold(Typed::new(sort), |typed, &part| {
        let name = name(number, part);
        let text = match part {
            Part::From | Part::To => boxes(asked, &name),
            _ => asked.one(&name).unwrap_or_default().to_owned(),
        };
        if text.is_empty() { typed } else { typed.with(part, text) }
    });
    Some(typed)
}

/// Three boxes as `1/7/2026`; nothing where all are empty.
fn boxes(asked: &Asked, name: &str) -> String {
    let parts = ["day", "month", "year"].map(|part| asked.one(&format!("{name}-{part}")).unwrap_or_default());
    if parts.iter().all(|part| part.is_empty()) { String::new() } else { parts.join("/") }
}

/// The same levers as an address has them.
pub(super) fn written(asked: Asked, levers: &[Typed]) -> Asked {
    levers.iter().zip(1..).fold(asked, |asked, (typed, number)| {
        let asked = asked.with(&format!("lever-{number}-kind"), typed.sort.word());
        typed.sort.parts().iter().filter(|part| !typed.cell(**part).is_empty()).fold(asked, |asked, &part| match part {
            Part::From | Part::To => {
                let boxes = in_boxes(typed.cell(part));
                ["day", "month", "year"]
                    .iter()
                    .zip(boxes)
                    .filter(|(_, text)| !text.is_empty())
                    .fold(asked, |asked, (box_name, text)| asked.with(&format!("{}-{box_name}", name(number, part)), &text))
            }
            _ => asked.with(&name(number, part), typed.cell(part)),
        })
    })
}

/// Day, month and year of a date as typed, or as a file has it.
fn in_boxes(text: &str) -> [String; 3] {
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    let box_of = |at: usize| parts.get(at).copied().unwrap_or_default().to_owned();
    if text.contains('-') {
        let plain = |at: usize| box_of(at).trim_start_matches('0').to_owned();
        [plain(2), plain(1), plain(0)]
    } else {
        [box_of(0), box_of(1), box_of(2)]
    }
}

/// The name of a field in addresses and forms, and its id.
pub(super) fn name(number: usize, part: Part) -> String {
    format!("lever-{number}-{}", part.word())
}

/// Where a problem is put right.
pub(super) fn place(problem: &Problem) -> String {
    match problem.lever {
        None => "#name".to_owned(),
        Some(lever) => {
            let id = name(lever + 1, problem.part);
            // The box of the day is the first of a date.
            if matches!(problem.part, Part::From | Part::To) { format!("#{id}-day") } else { format!("#{id}") }
        }
    }
}

/// One lever to be filled in.
pub(super) fn lever(number: usize, typed: &Typed, problems: &[Problem]) -> Markup {
    let sort = typed.sort;
    html! {
        div class="pw-panel pw-lever" id={ "lever-" (number) } {
            fieldset class="govuk-fieldset" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--m" { (number) ". " (sort.label()) }
                input type="hidden" name={ "lever-" (number) "-kind" } value=(sort.word());
                p class="govuk-hint" { (sort.meaning()) }
                div class="pw-lever__fields" {
                    @for &part in sort.parts() { (field(number, typed, part, problem_of(number, part, problems))) }
                }
                (Button { text: &format!("Remove lever {number}"), look: Look::Secondary, press: Press::SubmitAs { name: "remove", value: Some(&number.to_string()) } })
            }
        }
    }
}

fn problem_of(number: usize, part: Part, problems: &[Problem]) -> Option<&str> {
    problems.iter().find(|problem| problem.lever == Some(number - 1) && problem.part == part).map(|problem| problem.sentence.as_str())
}

fn field(number: usize, typed: &Typed, part: Part, error: Option<&str>) -> Markup {
    let id = name(number, part);
    let (label, hint) = words(typed.sort, part);
    let field = Field { id: &id, name: &id, label, hint, error, ..Field::new(&id, label) };
    let value = typed.cell(part);
    match part {
        Part::Name => html! { (TextInput { width: Some(20), ..TextInput::new(field, value) }) },
        Part::Group => {
            let known = typed.sort.groups();
            let other = (!value.is_empty() && known.iter().all(|(word, _)| *word != value)).then(|| Choice::new(value, value));
            let choices: Vec<Choice<'_>> =
                known.iter().map(|(word, text)| Choice::new(word, text)).chain(other).map(|choice| choice.chosen_if(value)).collect();
            html! { (Select { field, choices: &choices }) }
        }
        Part::Unit => {
            let choices =
                [Choice::new("percent", "percent"), Choice::new("children", "children a month")].map(|choice| choice.chosen_if(value));
            html! { (Select { field, choices: &choices }) }
        }
        Part::From | Part::To => {
            let [day, month, year] = in_boxes(value);
            let group = Group { id: &id, name: &id, legend: label, hint, error, ..Group::new(&id, label) };
            html! { (DateInput { group, values: [&day, &month, &year] }) }
        }
        Part::Change => {
            let suffix = match typed.sort {
                Sort::Exits | Sort::InHouse | Sort::Event => Some("%"),
                Sort::StepDown | Sort::Growth => Some("children a month"),
                Sort::Entries | Sort::NewHome => None,
            };
            html! { (TextInput { width: Some(5), suffix, mode: InputMode::Text, ..TextInput::new(field, value) }) }
        }
        Part::Beds | Part::AgeFrom | Part::AgeTo | Part::Until | Part::Ramp => {
            let suffix = match part {
                Part::Ramp => Some("months"),
                Part::Until => Some("children"),
                _ => None,
            };
            html! { (TextInput { width: Some(5), suffix, mode: InputMode::Numeric, ..TextInput::new(field, value) }) }
        }
    }
}

/// Label and hint of a field.
const fn words(sort: Sort, part: Part) -> (&'static str, Option<&'static str>) {
    match (part, sort) {
        (Part::Name, Sort::Event) => ("What it is called on charts", None),
        (Part::Name, _) => ("Name of the home", None),
        (Part::Group, Sort::Exits) => ("Route", None),
        (Part::Group, Sort::InHouse) => ("Homes", None),
        (Part::Group, Sort::NewHome) => ("Kind", None),
        (Part::Group, _) => ("Which children", None),
        (Part::Change, Sort::InHouse) => ("Share that goes to our own", Some("From 0 to 100")),
        (Part::Change, Sort::StepDown) => ("How many", None),
        (Part::Change, Sort::Growth) => ("How many more", Some("-2 for two fewer")),
        (Part::Change, _) => ("By how much", Some("10 for more, -10 for fewer")),
        (Part::Unit, _) => ("In", None),
        (Part::Beds, _) => ("Beds", None),
        (Part::AgeFrom, _) => ("Youngest age", None),
        (Part::AgeTo, _) => ("Oldest age", None),
        (Part::Until, _) => ("Until there are", None),
        (Part::From, Sort::NewHome) => ("Opens on", Some("For example 1 7 2026")),
        (Part::From, _) => ("First day", Some("For example 1 7 2026")),
        (Part::Ramp, Sort::NewHome) => ("Months until every bed is in use", Some("Empty: at once")),
        (Part::Ramp, _) => ("Months until it is in full force", Some("Empty: at once")),
        (Part::To, _) => ("Last day", Some("Empty: for good")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stands_in_the_boxes_again() {
        let pairs = [
            ("lever-1-kind", "exits"),
            ("lever-1-group", "adoption"),
            ("lever-1-change", "a lot"),
            ("lever-1-from-day", "31"),
            ("lever-1-from-month", "2"),
            ("lever-1-from-year", "2026"),
            ("lever-1-to-year", "2027"),
        ];
        let asked = Asked::new(pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect());
        let levers = read(&asked);
        assert_eq!((levers[0].cell(Part::From), levers[0].cell(Part::To)), ("31/2/2026", "//2027"));
        assert_eq!(read(&written(Asked::default(), &levers)), levers);
        assert_eq!(in_boxes("2026-07-01"), ["1", "7", "2026"]);
        let shown = lever(1, &levers[0], &[]).into_string();
        for kept in ["value=\"a lot\"", "value=\"31\"", "value=\"2027\"", "value=\"adoption\" selected"] {
            assert!(shown.contains(kept), "{kept}: {shown}");
        }
    }
}
