use maud::{Markup, Render, html};

/// The first stop of the keyboard: past the navigation, to what the page is about.
pub struct SkipLink<'a> {
    pub text: &'a str,
    pub href: &'a str,
}

impl Render for SkipLink<'_> {
    fn render(&self) -> Markup {
        html! { a href=(self.href) class="govuk-skip-link" data-module="govuk-skip-link" { (self.text) } }
    }
}
