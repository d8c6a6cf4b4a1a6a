use maud::{Markup, Render, html};

/// News about the whole page. At most one a page: its heading's id is fixed.
pub struct NotificationBanner<'a> {
    pub kind: Banner,
    pub text: &'a str,
}

/// What kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Banner {
    /// Something to know before reading on.
    Important,
    /// What the reader asked for has been done.
    Success,
}

impl Render for NotificationBanner<'_> {
    fn render(&self) -> Markup {
        let (classes, role, title) = match self.kind {
            Banner::Important => ("govuk-notification-banner", "region", "Important"),
            Banner::Success => ("govuk-notification-banner govuk-notification-banner--success", "alert", "Success"),
        };
        html! {
            div class=(classes) role=(role) aria-labelledby="govuk-notification-banner-title" data-module="govuk-notification-banner" {
                div class="govuk-notification-banner__header" {
                    h2 class="govuk-notification-banner__title" id="govuk-notification-banner-title" { (title) }
                }
                div class="govuk-notification-banner__content" { p class="govuk-notification-banner__heading" { (self.text) } }
            }
        }
    }
}
