//! What one was told, and how one wants to be told by mail.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use service::notify::{self, MailChoice, Notice};

use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Arrangement, Button, Choice, Chosen, Column, FirstCell, Group, Look, Press, Radios, Size, Table, Tag, Tone};
use crate::page::{Page, layout};
use crate::parts::Scroll;

const TRAIL: &[(&str, &str)] = &[("Your work", "/work")];

/// `GET /notifications`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let notices = notify::notices(&acting.record, &acting.signed).await?;
    let choice = notify::chosen(&acting.record, &acting.signed).await?;
    let heading = match acting.signed.unread {
        0 => "You have read everything".to_owned(),
        1 => "One thing is new".to_owned(),
        unread => format!("{unread} things are new"),
    };
    let newest = notices.first().filter(|_| acting.signed.unread > 0);
    let body = html! {
        @if notices.is_empty() {
            p class="govuk-body" { "Nothing was told to you yet. Alerts, cases opened in need and your daily count of duties will stand here." }
        } @else { (list(&notices, &acting)) }
        @if let Some(newest) = newest {
            form action="/notifications/read" method="post" {
                (door::form_token())
                input type="hidden" name="until" value=(newest.made_at);
                (Button { text: "Mark all as read", look: Look::Secondary, press: Press::Submit })
            }
        }
        div class="pw-prose" { (mail(choice)) }
    };
    let lede = html! { "The last hundred things that you were told, the newest first." };
    Ok(layout(Some(&state.place), &Page { title: "What you were told".to_owned(), trail: TRAIL, lede, body, ..Page::new(heading) }))
}

/// `POST /notifications/read`: everything up to the newest that the page showed, so that what came meanwhile stays new.
pub(super) async fn read(acting: Acting, Form(pairs): Form<Vec<(String, String)>>) -> Result<Redirect, Error> {
    let asked = Asked::new(pairs);
    let until = asked.one("until").and_then(|text| text.parse().ok());
    let until = until.ok_or_else(|| Error::Unreadable("The form does not say up to when.".to_owned()))?;
    notify::read_all(&acting.record, &acting.signed, service::record::Instant::new(until)).await?;
    Ok(Redirect::to("/notifications"))
}

/// `POST /notifications/mail`
pub(super) async fn choose(acting: Acting, Form(pairs): Form<Vec<(String, String)>>) -> Result<Redirect, Error> {
    let asked = Asked::new(pairs);
    let choice: Option<MailChoice> = asked.one("mail").and_then(|word| word.parse().ok());
    let choice = choice.ok_or_else(|| Error::Unreadable("Choose whether mail comes each time or once a day.".to_owned()))?;
    notify::choose(&acting.record, &acting.signed, choice).await?;
    Ok(Redirect::to("/notifications"))
}

fn list(notices: &[Notice], acting: &Acting) -> Markup {
    let row = |notice: &Notice| {
        let new = html! { @if notice.read_at.is_none() { (Tag { text: "New", tone: Tone::Accent }) " " } };
        vec![html! { (new) a href=(notice.path) { (notice.words) } }, html! { (acting.said(notice.made_at)) }]
    };
    let rows: Vec<Vec<Markup>> = notices.iter().map(row).collect();
    let columns = ["What", "When"].map(Column::text);
    let caption = "What you were told";
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

fn mail(choice: MailChoice) -> Markup {
    let state = |one: MailChoice| if one == choice { Chosen::Yes } else { Chosen::No };
    let choices = [
        Choice { state: state(MailChoice::Each), ..Choice::new("each", "Each time, at once") },
        Choice { state: state(MailChoice::Digest), ..Choice::new("digest", "Once a day, all together") },
    ];
    let hint = "A mail is a sentence and a link; it never says about whom. Invitations and links to choose a password always come at once.";
    let group = Group { hint: Some(hint), ..Group::new("mail", "Mail") };
    html! {
        h2 { "How you are told by mail" }
        form action="/notifications/mail" method="post" {
            (door::form_token())
            (Radios { group, arrangement: Arrangement::Stacked, choices: &choices })
            (Button { text: "Keep this choice", look: Look::Secondary, press: Press::Submit })
        }
    }
}
