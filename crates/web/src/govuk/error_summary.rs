use maud::{Markup, Render, html};

/// Everything wrong with what was entered, at the top of the page, each with a link to where it is put right.
pub struct ErrorSummary<'a> {
    pub description: Option<&'a str>,
    pub problems: &'a [Problem<'a>],
}

/// One thing to put right.
pub struct Problem<'a> {
    pub text: &'a str,
    /// The field, as `#id`.
    pub href: Option<&'a str>,
}

impl Render for ErrorSummary<'_> {
    fn render(&self) -> Markup {
        html! {
            div class="govuk-error-summary" data-module="govuk-error-summary" {
                div role="alert" {
                    h2 class="govuk-error-summary__title" { "There is a problem" }
                    div class="govuk-error-summary__body" {
                        @if let Some(description) = self.description { p { (description) } }
                        @if !self.problems.is_empty() {
                            ul class="govuk-list govuk-error-summary__list" {
                                @for problem in self.problems {
                                    @if let Some(href) = problem.href {
                                        li { a href=(href) { (problem.text) } }
                                    } @else {
                                        li { (problem.text) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
