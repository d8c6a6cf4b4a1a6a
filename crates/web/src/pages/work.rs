//! What waits for whoever is signed in: overdue, due, put before them by others.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::clock::Duty;
use maud::{Markup, html};
use service::duties::{self, About, Line, Work};

use crate::app;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Column, FirstCell, InsetText, Size, Table, Tag, Tone};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;
use crate::shown;

/// Lines of a list that a page shows; all of them are in the file.
const SHOWN: usize = 50;

/// `GET /work`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let today = acting.record.today();
    let work = duties::list(&acting.record, &acting.actor, &acting.authority, today).await?;
    let body = html! {
        (section("Overdue", &work.overdue, "Nothing is overdue."))
        (section("Due soon", &work.due, "Nothing is due soon."))
        (section("Waiting for you", &work.waiting, "Nobody waits for you."))
        (unknown(&work))
        @if acting.actor.provider.is_some() {
            p class="govuk-body" { "Papers that run out stand here. Free beds, beds that cannot be used and new papers: tell the authority on the page of " a href="/your-provider" { "your provider" } "." }
        }
        p class="govuk-body" { a href="/work.csv" { "All of it as a file (CSV)" } " · " a href="/notifications" { "What you were told" } }
    };
    let lede = html! { (today.long()) ". Each line says by when, by which rule, and what to do next." };
    Ok(layout(Some(&state.place), &Page { title: "Your work".to_owned(), room: Some(Room::Work), lede, body, ..Page::new(heading(&work)) }))
}

/// `GET /work.csv`
pub(super) async fn csv(acting: Acting) -> Result<Response, Error> {
    let today = acting.record.today();
    let work = duties::list(&acting.record, &acting.actor, &acting.authority, today).await?;
    let lists = [("overdue", &work.overdue), ("due", &work.due), ("waiting", &work.waiting)];
    let rows = lists.into_iter().flat_map(|(state, lines)| lines.iter().map(move |line| row(state, line)));
    let headings = ["state", "duty", "whose", "since", "by", "days_late", "next", "source"];
    Ok(csv_file(&format!("work-{today}"), headings, rows))
}

fn row(state: &str, line: &Line) -> Vec<String> {
    let (since, by, late) = (line.since.to_string(), line.by.to_string(), line.days_late.to_string());
    let (duty, source) = (line.duty.label().to_owned(), line.duty.source().to_owned());
    vec![state.to_owned(), duty, line.whose.clone(), since, by, late, line.next.clone(), source]
}

fn heading(work: &Work) -> String {
    match (work.overdue.len(), work.due.len(), work.waiting.len()) {
        (0, 0, 0) => "Nothing waits for you today".to_owned(),
        (0, due, waiting) => format!("{} for you, nothing overdue", things(due + waiting)),
        (overdue, ..) => format!("{} overdue", things(overdue)),
    }
}

fn things(count: usize) -> String {
    shown::counted(count as u64, "thing", "things")
}

fn section(title: &str, lines: &[Line], none: &str) -> Markup {
    let row = |line: &Line| {
        let late = match line.days_late {
            0 => html! { (line.by.long()) },
            1 => html! { (line.by.long()) " " (Tag { text: "1 day late", tone: Tone::Now }) },
            days => html! { (line.by.long()) " " (Tag { text: &late(days), tone: Tone::Now }) },
        };
        let next = html! { a href=(address(line)) { (line.next) } };
        vec![html! { (line.duty.label()) br; (line.whose) }, late, html! { (line.since.long()) }, next, html! { (line.duty.source()) }]
    };
    let rows: Vec<Vec<Markup>> = lines.iter().take(SHOWN).map(row).collect();
    let columns = ["What and whose", "Last day", "Since", "What to do next", "By which rule"].map(Column::text);
    html! {
        h2 { (title) " (" (shown::count(lines.len() as u64)) ")" }
        @if lines.is_empty() { p class="govuk-body" { (none) } } @else {
            @if lines.len() > SHOWN { p class="govuk-body" { "The " (SHOWN) " that come first of " (shown::count(lines.len() as u64)) "; all are in the file." } }
            (Scroll { label: title, body: html! { (Table { caption: title, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } })
        }
    }
}

/// What the record cannot tell: said once, and not line by line.
fn unknown(work: &Work) -> Markup {
    html! {
        @if !work.unknown.is_empty() {
            h2 { "Not known" }
            (InsetText(html! {
                p class="govuk-body" { "Of these nobody can say here whether they were done: the record does not hold them." }
                ul class="govuk-list govuk-list--bullet" {
                    @for one in &work.unknown {
                        li { (one.duty.label()) ", " (shown::counted(u64::from(one.children), "child", "children")) ": " (one.why) "." }
                    }
                }
            }))
        }
    }
}

/// The page on which it is done.
fn address(line: &Line) -> String {
    match line.about {
        About::Child(id) => format!("/cases/{id}{}", part(line.duty)),
        About::Entrusting(id) => format!("/cases/{id}/entrust"),
        About::Alert(id) => format!("/homes/alerts/{id}"),
        About::Emergency(id) => format!("/emergencies/{id}"),
        About::OpenedCase(_) => "/opened-cases".to_owned(),
        About::Person(id) => format!("/people/{id}"),
        About::Offices => "/offices".to_owned(),
        About::OwnPapers => "/your-provider#documents".to_owned(),
        About::Provider(id) => format!("/providers/{id}"),
        About::Payee(id) => format!("/providers/{id}/payee"),
        About::Setting(id) => format!("/homes/{id}"),
    }
}

/// The part of a child's case in which a duty is done, after the case's address.
const fn part(duty: Duty) -> &'static str {
    match duty {
        Duty::PlacementPlan | Duty::EducationPlan => "/planning#plans",
        Duty::Review => "/planning#reviews",
        Duty::Visit => "/planning#visits",
        Duty::Voice => "/needs#voice",
        Duty::HealthAssessment => "/health#health",
        Duty::ReturnInterview => "#missing",
        Duty::CourtAuthority => "/decisions#courts",
        Duty::EmergencyApproval => "/decisions#emergencies",
        _ => "",
    }
}

/// How late something is, in years where days say less.
fn late(days: u32) -> String {
    match days / 365 {
        0 => format!("{days} days late"),
        1 => "more than a year late".to_owned(),
        years => format!("more than {years} years late"),
    }
}
