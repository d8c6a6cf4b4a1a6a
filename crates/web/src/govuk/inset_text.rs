use maud::{Markup, Render, html};

/// A passage set apart from the text around it.
pub struct InsetText(pub Markup);

impl Render for InsetText {
    fn render(&self) -> Markup {
        html! { div class="govuk-inset-text" { (self.0) } }
    }
}
