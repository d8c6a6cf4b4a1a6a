//! The filter: a date, and the categories of each field as check boxes under its name.

use domain::Day;
use maud::{Markup, html};
use service::counts::field::{Field, UNKNOWN_KEY};
use service::holdings::Holding;

use super::question::{Question, View};
use crate::govuk::{Arrangement, Checkboxes, Choice, Chosen, DateInput, Group, Size};
use crate::parts::{self, Filter};

/// Fields that people choose by. Single years of age stay to addresses: the bands say enough in a panel.
const FIELDS: [Field; 10] = [
    Field::AgeBand,
    Field::Sex,
    Field::LegalStatusGroup,
    Field::PlacementGroup,
    Field::ProviderGroup,
    Field::DistanceBand,
    Field::Locality,
    Field::Uasc,
    Field::EthnicGroup,
    Field::CategoryOfNeed,
];

pub(super) fn panel(holding: &Holding, question: &Question, on: Day, view: View, problem: Option<&str>) -> Markup {
    let authorities = &holding.read.history.authorities;
    let (year, month, day) = on.ymd();
    let typed = question.boxes.clone().unwrap_or([day, month, year].map(|number| number.to_string()));
    let fields = html! {
        (DateInput {
            group: Group { size: Size::Small, hint: Some("For example, 31 3 2026"), error: problem, ..Group::new("on", "On") },
            values: [&typed[0], &typed[1], &typed[2]],
        })
        @for field in FIELDS { (choices(field, question, &options(field))) }
        @if authorities.len() > 1 {
            @let options: Vec<(&str, &str)> = authorities.iter().map(|name| (name.as_str(), name.as_str())).collect();
            (choices(Field::Authority, question, &options))
        }
    };
    let tags = tags(question, view);
    let chosen: Vec<parts::Chosen<'_>> = tags.iter().map(|(text, without)| parts::Chosen { text, without }).collect();
    let all = question.everybody().of(view.path());
    html! { (Filter { title: "Filter", action: view.path(), fields, chosen: &chosen, button: "Show these children", all: &all }) }
}

fn options(field: Field) -> Vec<(&'static str, &'static str)> {
    field.categories().iter().map(|named| (named.key, named.label)).chain([(UNKNOWN_KEY, "Not known")]).collect()
}

/// One field, open where something of it is chosen.
fn choices(field: Field, question: &Question, options: &[(&str, &str)]) -> Markup {
    let is_chosen = |key: &str| question.asked.all(field.name()).any(|value| value.eq_ignore_ascii_case(key));
    let choices: Vec<Choice<'_>> = options
        .iter()
        .map(|&(key, label)| Choice { state: if is_chosen(key) { Chosen::Yes } else { Chosen::No }, ..Choice::new(key, label) })
        .collect();
    let any = options.iter().any(|(key, _)| is_chosen(key));
    html! {
        details class="pw-choices" open[any] {
            summary { (field.label()) }
            (Checkboxes { group: Group { size: Size::Hidden, ..Group::new(field.name(), field.label()) }, arrangement: Arrangement::Small, choices: &choices })
        }
    }
}

/// What is in force, in words, and the address without it.
fn tags(question: &Question, view: View) -> Vec<(String, String)> {
    let tag = |field: Field, value: &str| {
        let label = options(field)
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(value))
            .map_or(value.to_owned(), |(_, label)| (*label).to_owned());
        let text = if field == Field::Age {
            format!("Aged {label}")
        } else if label == "Not known" {
            format!("{}: not known", field.label())
        } else {
            label
        };
        (text, question.asked.without_value(field.name(), value).of(view.path()))
    };
    Field::ALL.iter().flat_map(|&field| question.asked.all(field.name()).map(move |value| tag(field, value))).collect()
}
