use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use crate::app;
use crate::page::{Page, layout};

/// `GET /accessibility`: the statement that the Public Sector Bodies (Websites and Mobile Applications) (No. 2)
/// Accessibility Regulations 2018 ask for, as far as the software can make it.
pub(super) async fn show(State(state): State<Arc<app::State>>) -> Markup {
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" { "You should be able to:" }
            ul class="govuk-list govuk-list--bullet" {
                li { "do everything with a keyboard alone" }
                li { "zoom to 400% or use a screen 320 pixels wide without moving the page sideways; wide tables move inside their own frame" }
                li { "listen to every page with a screen reader: charts have a summary in words, and a table with the same numbers" }
                li { "use every page without scripts, in dark mode, with your own colours, and on paper" }
            }
            h2 { "How accessible this service is" }
            p class="govuk-body" {
                "Pages are built to the Web Content Accessibility Guidelines 2.2 at level AA. Before each release every page is checked in a "
                "browser by the axe rules for levels A and AA, its HTML is validated, and it is walked through by keyboard, at 320 pixels, without "
                "scripts, in dark mode and in print. Such checks find some kinds of fault only; no audit by an independent body has been made yet."
            }
            h2 { "If something does not work for you" }
            p class="govuk-body" {
                "Tell the person at your authority who runs Placewell: which page, what you use, and what happened. Your authority answers for "
                "the service under the accessibility regulations. If you are not content with its answer, the Equality Advisory and "
                "Support Service can advise you."
            }
        }
    };
    let lede = html! { "Placewell should work for everyone who plans, finds or reviews homes for children, whatever they use to read it." };
    layout(Some(&state.place), &Page { lede, body, ..Page::new("Accessibility statement") })
}
