//! While work goes on: how far it is, a way to leave it and a way to stop it.

use maud::{Markup, html};

use crate::door::form_token;
use crate::govuk::{Button, Look, Press};
use crate::page::{Page, Room};

/// The page that stands in the place of an answer. `here` is the question's address; a form sent to `stop` ends the work.
pub(super) fn page(heading: &str, here: &str, stop: &str, (done, of): (u32, u32)) -> Page<'static> {
    let body = html! {
        // The script asks again every second and shows the answer when there is one; without it the link does.
        div data-pw-waiting="" {
            p class="govuk-body" role="status" { (how_far(done, of)) }
            @if of > 0 { progress class="pw-progress" max=(of) value=(done) aria-label="Work done" {} }
        }
        p class="govuk-body" { "You can leave this page: the work goes on, and this address shows the answer." }
        div class="govuk-button-group" {
            (Button { text: "Look again", look: Look::Primary, press: Press::Follow(here) })
            form action=(stop) method="post" { (form_token()) (Button { text: "Stop the work", look: Look::Secondary, press: Press::Submit }) }
        }
    };
    in_room(heading, body)
}

fn how_far(done: u32, of: u32) -> String {
    if of == 0 { "Waiting to begin.".to_owned() } else { format!("{done} of {of} steps are done.") }
}

/// After the work was stopped.
pub(super) fn stopped(again: &str) -> Page<'static> {
    let body = html! {
        p class="govuk-body" { "Nothing is lost: the returns are as they were, and the question can be asked again." }
        (Button { text: "Ask again", look: Look::Primary, press: Press::Follow(again) })
    };
    in_room("The work was stopped", body)
}

fn in_room(heading: &str, body: Markup) -> Page<'static> {
    Page { title: "Forecast".to_owned(), room: Some(Room::Forecast), body, ..Page::new(heading) }
}
