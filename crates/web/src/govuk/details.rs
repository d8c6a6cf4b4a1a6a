use maud::{Markup, Render, html};

/// More, for those who want it. Opens without a script.
pub struct Details<'a> {
    pub id: Option<&'a str>,
    pub summary: &'a str,
    pub text: Markup,
}

impl Render for Details<'_> {
    fn render(&self) -> Markup {
        html! {
            details id=[self.id] class="govuk-details" {
                summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (self.summary) } }
                div class="govuk-details__text" { (self.text) }
            }
        }
    }
}
