use maud::{Markup, Render, html};

/// The service's name and its rooms, in one list on every page. It never collapses, so it needs no script.
pub struct ServiceNavigation<'a> {
    pub name: Markup,
    pub href: &'a str,
    pub items: &'a [NavigationItem<'a>],
    /// Beside the list: whose pages these are.
    pub end: Option<Markup>,
}

/// One room.
pub struct NavigationItem<'a> {
    pub text: &'a str,
    pub href: &'a str,
    pub here: Here,
}

/// Where the reader is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Here {
    #[default]
    Elsewhere,
    /// On this very page.
    Page,
    /// On a page within this room.
    Within,
}

impl Render for ServiceNavigation<'_> {
    fn render(&self) -> Markup {
        html! {
            section class="govuk-service-navigation" data-module="govuk-service-navigation" aria-label="Service information" {
                div class="govuk-width-container" {
                    div class="govuk-service-navigation__container" {
                        span class="govuk-service-navigation__service-name" {
                            a href=(self.href) class="govuk-service-navigation__link" { (self.name) }
                        }
                        nav aria-label="Menu" class="govuk-service-navigation__wrapper" {
                            ul class="govuk-service-navigation__list" id="navigation" { @for item in self.items { (item) } }
                        }
                        @if let Some(end) = &self.end { (end) }
                    }
                }
            }
        }
    }
}

impl Render for NavigationItem<'_> {
    fn render(&self) -> Markup {
        let current = match self.here {
            Here::Elsewhere => {
                return html! {
                    li class="govuk-service-navigation__item" {
                        a class="govuk-service-navigation__link" href=(self.href) { (self.text) }
                    }
                };
            }
            Here::Page => "page",
            Here::Within => "true",
        };
        html! {
            li class="govuk-service-navigation__item govuk-service-navigation__item--active" {
                a class="govuk-service-navigation__link" href=(self.href) aria-current=(current) {
                    strong class="govuk-service-navigation__active-fallback" { (self.text) }
                }
            }
        }
    }
}
