use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use crate::app;
use crate::assets::GOVUK_FRONTEND_LICENCE;
use crate::govuk::Details;
use crate::page::{Page, layout};

/// `GET /notices`: whose work this stands on, and on what terms.
pub(super) async fn show(State(state): State<Arc<app::State>>) -> Markup {
    let licence = html! { @for paragraph in GOVUK_FRONTEND_LICENCE.split("\n\n") { p { (paragraph) } } };
    let body = html! {
        div class="pw-prose" {
            h2 { "Published figures" }
            p class="govuk-body" {
                "Contains public sector information licensed under the "
                a href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/" { "Open Government Licence v3.0" }
                ": statistics of the Department for Education and of Ofsted. Contains Office for National Statistics data, Ordnance Survey data "
                "and Royal Mail data © Crown copyright and database right."
            }
            h2 { "Software" }
            p class="govuk-body" { "Placewell may be used under the MIT licence or the Apache licence 2.0, as you choose." }
            p class="govuk-body" { "Pages use the style of GOV.UK Frontend 6.6.0, without its fonts, crown and crest. Placewell is not a GOV.UK service." }
            (Details { id: None, summary: "Licence of GOV.UK Frontend", text: licence })
        }
    };
    layout(Some(&state.place), &Page { body, ..Page::new("Licences and notices") })
}
