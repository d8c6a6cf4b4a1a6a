//! The filter of the benchmarks: authority, measure, years, neighbours.

use maud::{Markup, html};
use service::benchmarks::Neighbours;
use service::indicators;
use service::{App, areas};

use super::ask::{About, Ask};
use crate::app;
use crate::govuk::{Arrangement, Choice, Field, Group, Radios, Select, Size, TextInput};
use crate::parts::{self, Filter};

/// Subjects in the order in which people who plan homes ask for them.
const TOPICS: [(&str, &str); 7] = [
    ("cla", "Children looked after"),
    ("care_leavers", "Care leavers"),
    ("adoption", "Adoption"),
    ("finance", "Spending"),
    ("workforce", "Workforce"),
    ("cin", "Children in need"),
    ("cp", "Child protection"),
];

pub(super) fn panel(state: &app::State, ask: &Ask) -> Markup {
    let indicator = indicators::indicator(state.app.published(), &ask.request.measure).ok();
    let (first, last) = indicator.and_then(|indicator| indicator.years()).unwrap_or_default();
    let years: Vec<String> = (first..=last).map(|year| year.to_string()).collect();
    let year_choices = |chosen: u32| years.iter().map(|year| Choice::new(year, year).chosen_if(&chosen.to_string())).collect::<Vec<_>>();
    let fields = html! {
        (authorities(state, ask))
        (measures(&state.measures, &ask.request.measure))
        (Select { field: Field { size: Size::Small, ..Field::new("from", "From") }, choices: &year_choices(ask.request.from) })
        (Select { field: Field { size: Size::Small, ..Field::new("to", "To") }, choices: &year_choices(ask.request.to) })
        (neighbours(ask))
    };
    let tags = tags(ask);
    let chosen: Vec<parts::Chosen<'_>> = tags.iter().map(|(text, without)| parts::Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/benchmarks", fields, chosen: &chosen, button: "Compare", all: "/benchmarks" }) }
}

fn authorities(state: &app::State, ask: &Ask) -> Markup {
    let ours = state.profile.name.as_str();
    let names = areas::names();
    let mut choices: Vec<Choice<'_>> = Vec::new();
    if !names.contains(&ours) {
        choices.push(Choice::new(ours, ours));
    }
    choices.extend(names.iter().map(|name| Choice::new(name, name)));
    let choices: Vec<Choice<'_>> = choices.into_iter().map(|choice| choice.chosen_if(&ask.name)).collect();
    html! { (Select { field: Field { size: Size::Small, ..Field::new("area", "Authority") }, choices: &choices }) }
}

/// A measure as the choice names it.
#[derive(Debug)]
pub(crate) struct Listed {
    id: &'static str,
    title: &'static str,
    topic: &'static str,
}

impl Listed {
    /// Every measure that can be benchmarked, the contract's first.
    pub(crate) fn all(app: &App) -> Vec<Self> {
        let found = indicators::ids().into_iter().filter_map(|id| indicators::indicator(app.published(), id).ok());
        found.map(|indicator| Self { id: indicator.id(), title: indicator.title(), topic: indicator.topic() }).collect()
    }
}

/// Every measure under its subject; the component has no groups of its own.
fn measures(all: &[Listed], chosen: &str) -> Markup {
    let other = |topic: &str| TOPICS.iter().all(|(known, _)| *known != topic);
    let option = |measure: &Listed| html! { option value=(measure.id) selected[measure.id == chosen] { (measure.title) } };
    html! {
        div class="govuk-form-group" {
            label class="govuk-label govuk-label--s" for="measure" { "Measure" }
            select class="govuk-select" id="measure" name="measure" {
                @for (topic, label) in TOPICS {
                    optgroup label=(label) { @for measure in all.iter().filter(|measure| measure.topic == topic) { (option(measure)) } }
                }
                @if all.iter().any(|measure| other(measure.topic)) {
                    optgroup label="Other" { @for measure in all.iter().filter(|measure| other(measure.topic)) { (option(measure)) } }
                }
            }
        }
    }
}

fn neighbours(ask: &Ask) -> Markup {
    let now = ask.asked.one("neighbours").unwrap_or("10");
    let choices = [
        Choice::new("10", "The ten statistical neighbours"),
        Choice::new("3", "The nearest three of them"),
        Choice::new("chosen", "Those named below"),
    ]
    .map(|choice| choice.chosen_if(now));
    let named = ask.asked.one("with").unwrap_or_default();
    html! {
        (Radios { group: Group { size: Size::Small, ..Group::new("neighbours", "Beside") }, arrangement: Arrangement::Small, choices: &choices })
        (TextInput::new(Field { size: Size::Small, hint: Some("Names with commas between, like Derby, Leicester"), ..Field::new("with", "Named authorities") }, named))
    }
}

/// What differs from the page that opens without a choice.
fn tags(ask: &Ask) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    if ask.about == About::Another {
        tags.push((ask.name.clone(), ask.asked.without("area").of("/benchmarks")));
    }
    match (&ask.request.neighbours, ask.asked.one("neighbours")) {
        (Neighbours::Chosen(some), Some("chosen")) => {
            let text = format!("beside {}", some.iter().map(|&area| areas::name(area)).collect::<Vec<_>>().join(", "));
            tags.push((text, ask.asked.without("neighbours").without("with").of("/benchmarks")));
        }
        (_, Some("3")) => tags.push(("nearest three".to_owned(), ask.asked.without("neighbours").of("/benchmarks"))),
        _ => {}
    }
    tags
}
