//! Taking a case system's exports: the files of a night, the mapping that the authority keeps for them, and what became of each row.
//!
//! Files are held in memory while they are read and are gone when the page is answered; nothing of them is written to any disk.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::feed::KeptMapping;
use maud::{Markup, Render as _, html};
use service::record::feed::{self, EXAMPLE, FeedTaken, FileTaken, Manner, Mapping};
use service::record::{Choice as Taking, Versioned};
use tokio::task::JoinHandle;

use crate::app;
use crate::door::{Acting, form_token};
use crate::error::Error;
use crate::govuk::{
    Arrangement, Button, Choice, Chosen, Column, ErrorSummary, Field, FileUpload, FilesUpload, FirstCell, Group, Look, Press, Problem,
    Radios, Size, Table,
};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;
use crate::sent;
use crate::shown;

/// Largest form with a night's exports: those of the largest authority are a fraction of it. Larger ones go by the command line.
pub(super) const MOST_BYTES: usize = 24 * 1024 * 1024;

/// More findings than this are not shown on one page: they are all of one cause by then.
const MOST_SHOWN: usize = 500;

/// What the page says beside its forms.
#[derive(Default)]
struct Answer {
    /// What stands against the files.
    files: Vec<String>,
    /// What stands against the mapping.
    mapping: Vec<String>,
    /// What became of the files, and whether it was a look.
    taken: Option<(FeedTaken, Manner)>,
    /// That a mapping was kept.
    kept: bool,
    /// That files are being read still, and what for.
    going_on: Option<Manner>,
}

/// How long a page waits for files to be read: less than it is given itself.
const SOON: Duration = Duration::from_secs(20);

const HEADING: &str = "Exports of the case system";

fn page(state: &app::State, acting: &Acting, held: Option<&Versioned<KeptMapping>>, answer: &Answer) -> Markup {
    let shown: Vec<Problem<'_>> = [(&answer.files, "#file"), (&answer.mapping, "#mapping")]
        .into_iter()
        .flat_map(|(problems, href)| problems.iter().take(MOST_SHOWN).map(move |text| Problem { text, href: Some(href) }))
        .collect();
    let more = (answer.files.len() + answer.mapping.len()).saturating_sub(shown.len());
    let description = if more > 0 {
        format!("A file with a fault is refused whole. These are the first {MOST_SHOWN}; {more} more follow.")
    } else {
        "A file with a fault is refused whole. Everything that stands against it is here.".to_owned()
    };
    let body = html! {
        @if !shown.is_empty() { (ErrorSummary { description: Some(&description), problems: &shown }) }
        @if answer.kept { p class="govuk-body" role="status" { "The mapping is kept. Exports are read by it from now on." } }
        @if let Some(manner) = answer.going_on { p class="govuk-body" role="status" { (goes_on(manner)) } }
        @if let Some((taken, manner)) = &answer.taken { (became(taken, *manner)) }
        div class="pw-prose" {
            @if held.is_some() { (taking(answer)) }
            (keeping(acting, held, answer))
        }
    };
    let lede = html! {
        "CSV files that the case system writes each night. A mapping says what their columns, dates and codes mean. Sending the same files again changes nothing."
    };
    let title = if shown.is_empty() { HEADING.to_owned() } else { format!("Error: {HEADING}") };
    let trail = [("Cases", "/cases")];
    layout(Some(&state.place), &Page { title, room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new(HEADING) })
}

fn taking(answer: &Answer) -> Markup {
    let error = answer.files.first().map(|_| "Mend what is listed above, and send the file again");
    let chosen = answer.taken.as_ref().map_or("look", |(_, manner)| word(*manner));
    let choice =
        |value, text, hint| Choice { value, text, hint: Some(hint), state: if value == chosen { Chosen::Yes } else { Chosen::No } };
    let choices = [
        choice("look", "Only look", "Nothing is written. You see what would become of each file."),
        choice("keep", "Take what is new", "Where exports and record differ, the record stays, and the difference is shown."),
        choice("take", "Take the exports' word for all", "Where they differ, the record is corrected. What it said stays in its history."),
    ];
    let group = Group { id: "do", name: "do", legend: "What to do with them", size: Size::Small, hint: None, error: None };
    html! {
        form action="/cases/exports" method="post" enctype="multipart/form-data" {
            (form_token())
            (FilesUpload {
                field: Field { error, hint: Some("CSV, up to 24 MB together. They are read and not kept."), ..Field::new("file", "Choose one or more exports") },
                accept: ".csv,.txt",
            })
            (Radios { group, arrangement: Arrangement::Stacked, choices: &choices })
            (Button { text: "Send these exports", look: Look::Primary, press: Press::Submit })
        }
    }
}

fn keeping(acting: &Acting, held: Option<&Versioned<KeptMapping>>, answer: &Answer) -> Markup {
    let error = answer.mapping.first().map(|_| "Mend the lines listed above, and send the mapping again");
    let label = if held.is_some() { "Choose another mapping to take its place" } else { "Choose a mapping" };
    html! {
        section class="pw-section" aria-label="Mapping" {
            h2 class="govuk-heading-m" { "The mapping" }
            @match held {
                Some(held) => p class="govuk-body" {
                    a href="/cases/exports/mapping" { (held.fact.file) } ", kept since " (acting.record.spoken(held.recorded_at)) "."
                },
                None => p class="govuk-body" {
                    "No mapping is kept yet. " a href="/cases/exports/mapping" { "Start from the documented example" }
                    ": put your headings and codes in the place of its own, take out what you do not export, and send it here."
                },
            }
            form action="/cases/exports/mapping" method="post" enctype="multipart/form-data" {
                (form_token())
                (FileUpload { field: Field { id: "mapping", name: "file", error, ..Field::new("file", label) } })
                (Button { text: "Keep this mapping", look: Look::Secondary, press: Press::Submit })
            }
        }
    }
}

const fn word(manner: Manner) -> &'static str {
    match (manner.dry, manner.choice) {
        (true, _) => "look",
        (false, Taking::Keep) => "keep",
        (false, Taking::Take) => "take",
    }
}

/// What became of each file, of what differs, and who may stand in the record twice.
fn became(taken: &FeedTaken, manner: Manner) -> Markup {
    let number = |number: usize| html! { (number) };
    let file = |file: &FileTaken| {
        let done = match (file.applied, manner.dry) {
            (false, _) => "refused",
            (true, true) => "can be taken",
            (true, false) => "taken",
        };
        let differ = file.differences.len();
        vec![html! { (file.file) }, html! { (done) }, number(file.added), number(file.completed), number(file.unchanged), number(differ)]
    };
    let rows: Vec<Vec<Markup>> = taken.files.iter().map(file).collect();
    let columns = [
        Column::text("File"),
        Column::text("Became"),
        Column::number("New"),
        Column::number("Completed"),
        Column::number("As they were"),
        Column::number("Differ"),
    ];
    let caption = if manner.dry { "What would become of each file: nothing was written" } else { "What became of each file" };
    let table = Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows };
    let twice: Vec<_> = taken.files.iter().flat_map(|file| &file.twice).collect();
    html! {
        (Scroll { label: caption, body: table.render() })
        @if !taken.unmapped.is_empty() { p class="govuk-body" { "Left aside, for the mapping names no such file: " (taken.unmapped.join(", ")) "." } }
        @if !taken.absent.is_empty() { p class="govuk-body" { "No file came for: " (taken.absent.join(", ")) "." } }
        @if !twice.is_empty() {
            p class="govuk-body" {
                (shown::counted(twice.len() as u64, "new child", "new children")) " may stand in the record already. "
                @if !manner.dry { a href="/cases/duplicates" { "Look at both, and join them if they are one" } "." }
            }
        }
        (differences(taken, manner))
    }
}

fn differences(taken: &FeedTaken, manner: Manner) -> Markup {
    let all: Vec<_> = taken.files.iter().flat_map(|file| file.differences.iter().map(move |one| (file, one))).collect();
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .take(MOST_SHOWN)
        .map(|(file, one)| {
            let became = if !one.taken {
                "kept"
            } else if manner.dry {
                "would be corrected"
            } else {
                "corrected"
            };
            [
                one.child.clone(),
                format!("{}, line {}", file.file, one.line),
                one.what.to_owned(),
                one.recorded.clone(),
                one.fed.clone(),
                became.to_owned(),
            ]
            .map(|cell| html! { (cell) })
            .to_vec()
        })
        .collect();
    let columns = ["Child", "Where", "What", "The record says", "The export says", "The record was"].map(Column::text);
    let caption = if all.len() > MOST_SHOWN { "The first of what is said differently" } else { "What is said differently" };
    let table = Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows };
    html! {
        @if !rows.is_empty() {
            (Scroll { label: caption, body: table.render() })
        }
    }
}

/// What became of the work, if it is done so soon; else it goes on by itself.
async fn in_time<T>(work: JoinHandle<Result<T, service::Error>>, soon: Duration) -> Result<Option<T>, Error> {
    match tokio::time::timeout(soon, work).await {
        Err(_) => Ok(None),
        Ok(Err(_)) => Err(Error::Internal),
        Ok(Ok(done)) => Ok(Some(done?)),
    }
}

/// What is said while files are read for longer than a page waits.
const fn goes_on(manner: Manner) -> &'static str {
    if manner.dry {
        "Looking takes longer than a page waits, and nothing is written. Send fewer files at once, or use the command: placewell record feed."
    } else {
        "The files are being taken, which takes longer than a page waits. It goes on without this page, each file whole or not at all. \
         Look again in some minutes with “Only look” and the same files: what was taken shows there as it was, and what was refused with all that stands against it."
    }
}

/// `GET /cases/exports`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let held = feed::kept_mapping(&acting.record, &acting.actor, acting.authority.id).await?;
    Ok(page(&state, &acting, held.as_ref(), &Answer::default()))
}

/// `POST /cases/exports`
pub(super) async fn take(State(state): State<Arc<app::State>>, acting: Acting, form: Multipart) -> Result<Response, Error> {
    let held = feed::kept_mapping(&acting.record, &acting.actor, acting.authority.id).await?;
    let (files, words) = sent::files(form, MOST_BYTES).await?;
    let answered = |answer: &Answer| {
        let whole = answer.files.is_empty() && answer.mapping.is_empty();
        let status = if whole { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        (status, page(&state, &acting, held.as_ref(), answer)).into_response()
    };
    let Some(kept) = &held else {
        let said = "No mapping is kept yet: choose one first, which says what the columns of the exports mean";
        return Ok(answered(&Answer { mapping: vec![said.to_owned()], ..Answer::default() }));
    };
    let mapping = match Mapping::read(&kept.fact.file, &kept.fact.words) {
        Ok(mapping) => mapping,
        Err(findings) => {
            return Ok(answered(&Answer { mapping: findings.into_iter().map(|finding| finding.message).collect(), ..Answer::default() }));
        }
    };
    let manner = match words.get("do").map(String::as_str) {
        Some("keep") => Manner { choice: Taking::Keep, dry: false },
        Some("take") => Manner { choice: Taking::Take, dry: false },
        _ => Manner { choice: Taking::Keep, dry: true },
    };
    if files.is_empty() {
        return Ok(answered(&Answer { files: vec!["Choose at least one export of the case system".to_owned()], ..Answer::default() }));
    }
    let files: Vec<(String, Vec<u8>)> = files.into_iter().map(|file| (file.name, file.bytes)).collect();
    let (record, actor, authority) = (acting.record.clone(), acting.actor.clone(), acting.authority.id);
    // By itself: a reader who has gone, or waits no longer, cuts off nothing between two files.
    let work = tokio::spawn(async move { feed::take_feed(&record, &actor, authority, &mapping, &files, manner).await });
    let Some(taken) = in_time(work, SOON).await? else {
        let said = page(&state, &acting, held.as_ref(), &Answer { going_on: Some(manner), ..Answer::default() });
        return Ok((StatusCode::ACCEPTED, said).into_response());
    };
    let mut problems: Vec<String> = taken.files.iter().flat_map(|file| &file.findings).map(|finding| finding.message.clone()).collect();
    if taken.files.is_empty() {
        problems.push(format!("The mapping names none of these files: {}", taken.unmapped.join(", ")));
    }
    Ok(answered(&Answer { files: problems, taken: Some((taken, manner)), ..Answer::default() }))
}

/// `GET /cases/exports/mapping`: the one that is kept, or one to start from.
pub(super) async fn mapping(acting: Acting) -> Result<Response, Error> {
    let held = feed::kept_mapping(&acting.record, &acting.actor, acting.authority.id).await?;
    let words = held.map_or_else(|| EXAMPLE.to_owned(), |held| held.fact.words);
    let headers = [(CONTENT_TYPE, "application/toml; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"mapping.toml\"")];
    Ok((headers, words).into_response())
}

/// `POST /cases/exports/mapping`
pub(super) async fn keep(State(state): State<Arc<app::State>>, acting: Acting, form: Multipart) -> Result<Response, Error> {
    let sent = sent::file(form).await?;
    let problems = match sent.map(|sent| (sent.name, String::from_utf8(sent.bytes))) {
        None => vec!["Choose a mapping".to_owned()],
        Some((name, Err(_))) => vec![format!("{name} is no text in UTF-8: save it as that, and send it again")],
        Some((name, Ok(words))) => {
            let found = feed::keep_mapping(&acting.record, &acting.actor, acting.authority.id, (&name, &words)).await;
            match found {
                Ok(findings) => findings.into_iter().map(|finding| finding.message).collect(),
                Err(service::Error::Unusable(words)) => vec![words],
                Err(fault) => return Err(fault.into()),
            }
        }
    };
    let held = feed::kept_mapping(&acting.record, &acting.actor, acting.authority.id).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let answer = Answer { kept: problems.is_empty(), mapping: problems, ..Answer::default() };
    Ok((status, page(&state, &acting, held.as_ref(), &answer)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[tokio::test]
    async fn what_takes_longer_than_a_page_waits_goes_on_to_its_end() {
        let done = Arc::new(AtomicBool::new(false));
        let mark = Arc::clone(&done);
        let (go, gone) = tokio::sync::oneshot::channel::<()>();
        let work = tokio::spawn(async move {
            let heard = gone.await.is_ok();
            mark.store(heard, Ordering::SeqCst);
            Ok(())
        });
        assert_eq!(in_time(work, Duration::ZERO).await, Ok(None), "the page is answered");
        assert!(go.send(()).is_ok(), "and the work waits still to be done");
        for _ in 0..1000 {
            if done.load(Ordering::SeqCst) {
                return;
            }
            tokio::task::yield_now().await;
        }
        assert!(done.load(Ordering::SeqCst), "nothing cut it off");
    }

    #[tokio::test]
    async fn what_is_done_in_time_is_answered() {
        assert_eq!(in_time(tokio::spawn(async { Ok(7) }), SOON).await, Ok(Some(7)));
    }
}
