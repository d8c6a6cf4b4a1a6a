use maud::{Markup, Render, html};

/// Where the page stands, from the first room down to its parent.
pub struct Breadcrumbs<'a>(pub &'a [Crumb<'a>]);

/// One step of the trail. The page itself, where it is part of the trail, has no address.
pub struct Crumb<'a> {
    pub text: &'a str,
    pub href: Option<&'a str>,
}

impl Render for Breadcrumbs<'_> {
    fn render(&self) -> Markup {
        html! {
            nav class="govuk-breadcrumbs" aria-label="Breadcrumb" {
                ol class="govuk-breadcrumbs__list" {
                    @for crumb in self.0 {
                        @if let Some(href) = crumb.href {
                            li class="govuk-breadcrumbs__list-item" { a class="govuk-breadcrumbs__link" href=(href) { (crumb.text) } }
                        } @else {
                            li class="govuk-breadcrumbs__list-item" aria-current="page" { (crumb.text) }
                        }
                    }
                }
            }
        }
    }
}
