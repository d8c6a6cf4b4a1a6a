use maud::{Markup, Render, html};

/// Facts about one thing, name beside value.
pub struct SummaryList<'a>(pub &'a [SummaryRow<'a>]);

/// One fact.
pub struct SummaryRow<'a> {
    pub key: &'a str,
    pub value: Markup,
    pub actions: &'a [RowAction<'a>],
}

/// What can be done about a fact.
pub struct RowAction<'a> {
    pub text: &'a str,
    pub href: &'a str,
    /// Said to screen readers after the text, so that "Change" alone is never all there is.
    pub about: &'a str,
}

impl Render for SummaryList<'_> {
    fn render(&self) -> Markup {
        html! {
            dl class="govuk-summary-list" {
                @for row in self.0 {
                    div class="govuk-summary-list__row" {
                        dt class="govuk-summary-list__key" { (row.key) }
                        dd class="govuk-summary-list__value" { (row.value) }
                        @match row.actions {
                            [] => {}
                            [action] => { dd class="govuk-summary-list__actions" { (action) } }
                            actions => {
                                dd class="govuk-summary-list__actions" {
                                    ul class="govuk-summary-list__actions-list" {
                                        @for action in actions { li class="govuk-summary-list__actions-list-item" { (action) } }
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

impl Render for RowAction<'_> {
    fn render(&self) -> Markup {
        html! { a class="govuk-link" href=(self.href) { (self.text) span class="govuk-visually-hidden" { " " (self.about) } } }
    }
}
