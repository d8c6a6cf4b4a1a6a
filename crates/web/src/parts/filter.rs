use maud::{Markup, Render, html};

use crate::govuk::{Button, Look, Press};

/// Fewer rows by choice. A form that only asks (GET), so every state has an address that can be shared.
pub struct Filter<'a> {
    /// What the panel is for: `Filter` where it leaves rows out.
    pub title: &'a str,
    /// The page that answers.
    pub action: &'a str,
    pub fields: Markup,
    /// What is in force now.
    pub chosen: &'a [Chosen<'a>],
    /// What the button shows (`Show these children`).
    pub button: &'a str,
    /// The page without any choice.
    pub all: &'a str,
}

/// A choice in force.
pub struct Chosen<'a> {
    pub text: &'a str,
    /// The page without it.
    pub without: &'a str,
}

impl Render for Filter<'_> {
    fn render(&self) -> Markup {
        html! {
            details class="pw-filter" open {
                summary { (self.title) }
                @if !self.chosen.is_empty() {
                    ul class="pw-chosen" {
                        @for chosen in self.chosen {
                            li {
                                a href=(chosen.without) { span class="govuk-visually-hidden" { "Remove this filter: " } (chosen.text) }
                            }
                        }
                        li { a href=(self.all) { "Remove all" } }
                    }
                }
                form action=(self.action) method="get" {
                    (self.fields)
                    (Button { text: self.button, look: Look::Primary, press: Press::Submit })
                }
            }
        }
    }
}
