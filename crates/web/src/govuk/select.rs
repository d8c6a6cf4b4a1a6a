use maud::{Markup, Render, html};

use super::{Choice, Field};

/// One of many values, where radios would fill the page.
pub struct Select<'a> {
    pub field: Field<'a>,
    pub choices: &'a [Choice<'a>],
}

impl Render for Select<'_> {
    fn render(&self) -> Markup {
        let field = &self.field;
        let classes = if field.error.is_some() { "govuk-select govuk-select--error" } else { "govuk-select" };
        field.wrap(&html! {
            select class=(classes) id=(field.id) name=(field.name) aria-describedby=[field.described_by()] {
                @for choice in self.choices { option value=(choice.value) selected[choice.is_chosen()] { (choice.text) } }
            }
        })
    }
}
