use maud::{Markup, Render, html};

/// The way back to the page before.
pub struct BackLink<'a> {
    pub text: &'a str,
    pub href: &'a str,
}

impl Render for BackLink<'_> {
    fn render(&self) -> Markup {
        html! { a href=(self.href) class="govuk-back-link" { (self.text) } }
    }
}
