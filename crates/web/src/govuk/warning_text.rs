use maud::{Markup, Render, html};

/// Something that goes wrong for those who overlook it.
pub struct WarningText<'a>(pub &'a str);

impl Render for WarningText<'_> {
    fn render(&self) -> Markup {
        html! {
            div class="govuk-warning-text" {
                span class="govuk-warning-text__icon" aria-hidden="true" { "!" }
                strong class="govuk-warning-text__text" { span class="govuk-visually-hidden" { "Warning" } " " (self.0) }
            }
        }
    }
}
