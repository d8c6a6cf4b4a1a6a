use maud::{Markup, Render, html};

use super::{Choice, Group};

/// One of a few values.
pub struct Radios<'a> {
    pub group: Group<'a>,
    pub arrangement: Arrangement,
    pub choices: &'a [Choice<'a>],
}

/// Any of a few values; each taken one is sent as `name=value`.
pub struct Checkboxes<'a> {
    pub group: Group<'a>,
    pub arrangement: Arrangement,
    pub choices: &'a [Choice<'a>],
}

/// How the choices stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// One a line.
    #[default]
    Stacked,
    /// Side by side; radios only.
    Inline,
    /// One a line and close together, for filters.
    Small,
}

impl Render for Radios<'_> {
    fn render(&self) -> Markup {
        group(&self.group, "radio", "govuk-radios", self.arrangement, self.choices)
    }
}

impl Render for Checkboxes<'_> {
    fn render(&self) -> Markup {
        group(&self.group, "checkbox", "govuk-checkboxes", self.arrangement, self.choices)
    }
}

fn group(group: &Group<'_>, kind: &str, block: &str, arrangement: Arrangement, choices: &[Choice<'_>]) -> Markup {
    let modifier = match arrangement {
        Arrangement::Stacked => String::new(),
        Arrangement::Inline => format!(" {block}--inline"),
        Arrangement::Small => format!(" {block}--small"),
    };
    let items = html! {
        div class={ (block) (modifier) } data-module=(block) {
            @for (place, choice) in choices.iter().enumerate() { (item(group, kind, block, place, choice)) }
        }
    };
    group.wrap(None, &items)
}

fn item(group: &Group<'_>, kind: &str, block: &str, place: usize, choice: &Choice<'_>) -> Markup {
    let id = if place == 0 { group.id.to_owned() } else { format!("{}-{}", group.id, place + 1) };
    let described_by = choice.hint.map(|_| format!("{id}-item-hint"));
    html! {
        div class={ (block) "__item" } {
            input class={ (block) "__input" } id=(id) name=(group.name) type=(kind) value=(choice.value) checked[choice.is_chosen()]
                aria-describedby=[described_by.as_deref()];
            label class={ "govuk-label " (block) "__label" } for=(id) { (choice.text) }
            @if let Some(hint) = choice.hint { div id=[described_by.as_deref()] class={ "govuk-hint " (block) "__hint" } { (hint) } }
        }
    }
}
