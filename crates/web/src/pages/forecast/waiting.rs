//! While the futures are drawn: how far the work is, a way to leave it and a way to stop it.

use maud::{Markup, html};

use super::ask::Ask;
use crate::govuk::{Button, Look, Press};
use crate::page::{Page, Room};

pub(super) fn page(ask: &Ask, done: u32, of: u32) -> Page<'static> {
    let stop = ask.asked.of("/forecast/stop");
    let again = ask.asked.of("/forecast");
    let body = html! {
        // The script asks again every second and shows the answer when there is one; without it the link does.
        div data-pw-waiting="" {
            p class="govuk-body" role="status" { (how_far(done, of)) }
            @if of > 0 { progress class="pw-progress" max=(of) value=(done) aria-label="Work done" {} }
        }
        p class="govuk-body" { "You can leave this page: the work goes on, and this address shows the answer." }
        div class="govuk-button-group" {
            (Button { text: "Look again", look: Look::Primary, press: Press::Follow(&again) })
            form action=(stop) method="post" { (Button { text: "Stop the work", look: Look::Secondary, press: Press::Submit }) }
        }
    };
    Page { title: "Forecast".to_owned(), room: Some(Room::Forecast), body, ..Page::new("The futures are being drawn") }
}

fn how_far(done: u32, of: u32) -> String {
    if of == 0 { "Waiting to begin.".to_owned() } else { format!("{done} of {of} steps are done.") }
}

pub(super) fn stopped(ask: &Ask) -> Page<'static> {
    let again = ask.asked.of("/forecast");
    Page { title: "Forecast".to_owned(), room: Some(Room::Forecast), body: again_button(&again), ..Page::new("This forecast was stopped") }
}

pub(super) fn after_stop() -> Page<'static> {
    Page { title: "Forecast".to_owned(), room: Some(Room::Forecast), body: again_button("/forecast"), ..Page::new("The work was stopped") }
}

fn again_button(address: &str) -> Markup {
    html! {
        p class="govuk-body" { "Nothing is lost: the returns are as they were, and the question can be asked again." }
        (Button { text: "Ask again", look: Look::Primary, press: Press::Follow(address) })
    }
}
