use maud::{Markup, Render, html};

use super::Field;

/// Several lines of text.
#[derive(Clone, Copy, Debug)]
pub struct Textarea<'a> {
    pub field: Field<'a>,
    pub value: &'a str,
    /// Lines that are seen at once.
    pub rows: u8,
}

impl Render for Textarea<'_> {
    fn render(&self) -> Markup {
        let field = &self.field;
        let error = if field.error.is_some() { " govuk-textarea--error" } else { "" };
        field.wrap(&html! {
            textarea class={ "govuk-textarea" (error) } id=(field.id) name=(field.name) rows=(self.rows) aria-describedby=[field.described_by()] {
                (self.value)
            }
        })
    }
}
