//! To which account a provider is paid: what stands, what waits for a second person, proposing, confirming and turning down.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use domain::Id;
use domain::payee::{BankAccount, Part, Payee};
use domain::provider::Provider;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, OpenedPayees, Payees, ShownPayee};

use super::form::{Sheet, Typed};
use super::home::refused;
use super::id;
use crate::app;
use crate::asked::Asked;
use crate::door::{Acting, form_token};
use crate::error::{Answered, Error};
use crate::govuk::{
    Button, Column, ErrorSummary, Field, FirstCell, InsetText, Look, Press, Problem, Size, SummaryList, SummaryRow, Table, TextInput,
    WarningText,
};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

type Pairs = Vec<(String, String)>;

/// `GET /providers/{id}/payee`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Markup, Error> {
    page(&state, &acting, id(&text)?, None, None).await
}

/// `GET /providers/{id}/payee/open`: the accounts themselves. The opening is in the log.
pub(super) async fn open(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Markup, Error> {
    let provider = id(&text)?;
    let opened = record::open_payees(&acting.record, &acting.actor, acting.authority.id, provider).await?;
    page(&state, &acting, provider, Some(&opened), None).await
}

fn sheet<'a>(typed: &Typed, provider: &Provider, trail: &'a [(&'a str, &'a str)], action: &'a str) -> Sheet<'a> {
    let fields = html! {
        p class="govuk-body" {
            "Ask the provider on a number that you had before, not on the one in the letter. Nothing is paid to this account until somebody else of finance "
            "has confirmed it."
        }
        (typed.line("holder", "Name on the account", None))
        (typed.line("sort-code", "Sort code", Some("Six figures, like 12-34-56")))
        (typed.line("number", "Account number", Some("Eight figures; where the bank gives seven, put a 0 before them")))
        (typed.line("reason", "Why", Some("The letter, and how you asked the provider: both of you are asked for it later")))
    };
    Sheet { heading: format!("Propose bank details of {}", provider.name), trail, action, button: "Propose these bank details", fields }
}

fn propose_page(state: &app::State, typed: &Typed, provider: &Provider) -> Response {
    let (home, action) = (format!("/providers/{}/payee", provider.id), format!("/providers/{}/payee/new", provider.id));
    let trail = [("Providers", "/providers"), ("Bank details", home.as_str())];
    typed.page(state, sheet(typed, provider, &trail, &action))
}

/// `GET /providers/{id}/payee/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let known = record::payees(&acting.record, &acting.actor, acting.authority.id, id(&text)?).await?;
    Ok(propose_page(&state, &Typed::new(Vec::new()), &known.provider))
}

/// What was typed as an account, each wrong part said beside its field.
fn read(typed: &mut Typed) -> Option<BankAccount> {
    let account = BankAccount::read(&typed.text("holder"), &typed.text("sort-code"), &typed.text("number"));
    for part in account.as_ref().err().into_iter().flatten() {
        let field = match part {
            Part::Holder => "holder",
            Part::SortCode => "sort-code",
            Part::Number => "number",
        };
        typed.wrong(field, part);
    }
    account.ok()
}

/// `POST /providers/{id}/payee/new`
pub(super) async fn create(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let known = record::payees(&acting.record, &acting.actor, acting.authority.id, id(&text)?).await?;
    let mut typed = Typed::new(pairs);
    let account = read(&mut typed);
    let reason = typed.needed("reason", "Say why: the letter, and how you asked the provider");
    if let Some(account) = account.filter(|_| typed.is_right()) {
        let (record, authority) = (&acting.record, acting.authority.id);
        let done = record::propose_payee(record, &acting.actor, authority, known.provider.id, &account, &reason).await;
        if !refused(&mut typed, "holder", done.map(drop))? {
            return Ok(Redirect::to(&format!("/providers/{text}/payee")).into_response());
        }
    }
    Ok(propose_page(&state, &typed, &known.provider))
}

/// Which proposal, as it was shown.
fn which(payee: &str, asked: &Asked) -> Result<(Id<Payee>, i64), Error> {
    Ok((id(payee)?, asked.one("version").and_then(|text| text.parse().ok()).unwrap_or_default()))
}

/// `POST /providers/{id}/payee/{payee}/confirm`
pub(super) async fn confirm(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, payee)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let which = which(&payee, &Asked::new(pairs))?;
    let done = record::confirm_payee(&acting.record, &acting.actor, acting.authority.id, id(&text)?, which).await;
    answered(&state, &acting, &text, done).await
}

/// `POST /providers/{id}/payee/{payee}/turn-down`
pub(super) async fn turn_down(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, payee)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let which = which(&payee, &asked)?;
    let reason = asked.one("reason").unwrap_or_default();
    let done = record::turn_down_payee(&acting.record, &acting.actor, acting.authority.id, id(&text)?, which, reason).await;
    answered(&state, &acting, &text, done.map(drop)).await
}

/// Back to the page; with what is wrong, where something is.
async fn answered(state: &app::State, acting: &Acting, text: &str, done: Result<(), service::Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/providers/{text}/payee")).into_response()),
        Err(service::Error::Unusable(problem)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(state, acting, id(text)?, None, Some(&problem)).await?).into_response())
        }
        Err(service::Error::Stale) => {
            // Somebody decided meanwhile, perhaps this very person in another tab: the page says who.
            let problem = "This was decided already: nothing was written again. Who decided stands below";
            Ok((StatusCode::CONFLICT, Extension(Answered), page(state, acting, id(text)?, None, Some(problem)).await?).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(
    state: &app::State,
    acting: &Acting,
    provider: Id<Provider>,
    opened: Option<&OpenedPayees>,
    problem: Option<&str>,
) -> Result<Markup, Error> {
    let known = record::payees(&acting.record, &acting.actor, acting.authority.id, provider).await?;
    let here = format!("/providers/{provider}/payee");
    let body = html! {
        @if let Some(text) = problem {
            (ErrorSummary { description: None, problems: &[Problem { text, href: known.waiting().map(|_| "#reason") }] })
        }
        (in_force(acting, &known))
        @if let Some(waiting) = known.waiting() { (waits(acting, &known, waiting)) }
        @if let Some(opened) = opened { (accounts(opened)) }
        @if acting.may(Action::PayeeWrite) {
            @match known.waiting() {
                Some(waiting) => { (deciding(&here, waiting, opened.is_some(), problem)) }
                None => { p class="govuk-body" { a href={ (here) "/new" } { "Propose other bank details" } } }
            }
        }
        @if opened.is_none() && !known.all.is_empty() && acting.may(Action::PayeeOpen) {
            p class="govuk-body" { a href={ (here) "/open" } { "Open the account numbers" } " (the opening is in the log)" }
        }
        (earlier(acting, &known))
    };
    let lede = html! { "One person of finance proposes an account, another one confirms it. Until then the account that stands is paid." };
    let heading = format!("Bank details of {}", known.provider.name);
    let title = if problem.is_some() { format!("Error: {heading}") } else { heading.clone() };
    let home = format!("/providers/{provider}");
    let trail = [("Homes", "/homes"), ("Providers", "/providers"), (known.provider.name.as_str(), home.as_str())];
    Ok(layout(Some(&state.place), &Page { title, room: Some(Room::Homes), trail: &trail, lede, body, ..Page::new(heading) }))
}

/// The account that is paid.
fn in_force(acting: &Acting, known: &Payees) -> Markup {
    let said = match known.in_force() {
        None => html! { "No account: nothing can be paid" },
        Some(one) => html! {
            "Account ending " (one.ending) ", proposed by " (one.proposed_by)
            @if let Some((by, at)) = one.decided_by.as_deref().zip(one.decided_at) { ", confirmed by " (by) ", " (acting.said(at)) }
        },
    };
    html! { (SummaryList(&[SummaryRow { key: "Paid to", value: said, actions: &[] }])) }
}

/// What waits: both people see what changes.
fn waits(acting: &Acting, known: &Payees, waiting: &ShownPayee) -> Markup {
    let from = known.in_force().map_or_else(|| "no account".to_owned(), |one| format!("the account ending {}", one.ending));
    let rows = [
        SummaryRow { key: "What changes", value: html! { "From " (from) " to the account ending " (waiting.ending) }, actions: &[] },
        SummaryRow { key: "Why", value: html! { (waiting.because) }, actions: &[] },
        SummaryRow { key: "Proposed by", value: html! { (waiting.proposed_by) ", " (acting.said(waiting.proposed_at)) }, actions: &[] },
    ];
    html! {
        h2 class="govuk-heading-m" { "Waiting for a second person" }
        (SummaryList(&rows))
        @if waiting.is_own { (InsetText(html! { "You proposed this: somebody else of finance confirms it. You can withdraw it." })) }
    }
}

/// The accounts, opened, side by side.
fn accounts(opened: &OpenedPayees) -> Markup {
    let columns = ["What", "Paid now", "Proposed"].map(Column::text);
    let cell = |account: Option<&BankAccount>, of: fn(&BankAccount) -> String| html! { (account.map_or_else(|| "–".to_owned(), of)) };
    let row = |name: &str, of: fn(&BankAccount) -> String| {
        vec![html! { (name) }, cell(opened.in_force.as_ref(), of), cell(opened.waiting.as_ref(), of)]
    };
    let rows = [
        row("Name on the account", |account| account.holder().to_owned()),
        row("Sort code", BankAccount::sort_code),
        row("Account number", |account| account.number().to_owned()),
    ];
    let caption = "The account numbers";
    let table = Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows };
    html! { (Scroll { label: caption, body: html! { (table) } }) }
}

/// What may be done with what waits. An account is confirmed by whoever has seen it.
fn deciding(here: &str, waiting: &ShownPayee, is_open: bool, problem: Option<&str>) -> Markup {
    let (label, button) =
        if waiting.is_own { ("Why you withdraw it", "Withdraw it") } else { ("Why you refuse it", "Refuse these bank details") };
    let act = |verb: &str| format!("{here}/{}/{verb}", waiting.id);
    let field = Field { size: Size::Small, error: problem, ..Field::new("reason", label) };
    html! {
        div class="pw-prose" {
            @if !waiting.is_own && is_open {
                (WarningText("Compare the proposed account with what the provider wrote, figure by figure. Once you confirm it, it is paid."))
                form action=(act("confirm")) method="post" {
                    (form_token())
                    input type="hidden" name="version" value=(waiting.version);
                    (Button { text: "Confirm these bank details", look: Look::Primary, press: Press::Submit })
                }
            } @else if !waiting.is_own {
                (Button { text: "Open the accounts and compare", look: Look::Primary, press: Press::Follow(&format!("{here}/open")) })
            }
            form action=(act("turn-down")) method="post" novalidate {
                (form_token())
                input type="hidden" name="version" value=(waiting.version);
                (TextInput::new(field, ""))
                (Button { text: button, look: Look::Secondary, press: Press::Submit })
            }
        }
    }
}

/// Every account that was ever proposed, the newest first.
fn earlier(acting: &Acting, known: &Payees) -> Markup {
    let columns = ["Proposed", "Account ending", "How it stands", "By", "Why", "Decided by"].map(Column::text);
    let row = |one: &ShownPayee| {
        let decided = one.decided_by.as_deref().zip(one.decided_at);
        vec![
            html! { (acting.said(one.proposed_at)) },
            html! { (one.ending) },
            html! { (one.state.label()) },
            html! { (one.proposed_by) },
            html! { (one.because) },
            html! { @match decided { Some((by, at)) => { (by) ", " (acting.said(at)) } None => { "–" } } },
        ]
    };
    let rows: Vec<Vec<Markup>> = known.all.iter().map(row).collect();
    let caption = "Every account that was proposed, newest first";
    let table = Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows };
    html! {
        h2 class="govuk-heading-m" { "All that was proposed" }
        @if rows.is_empty() { p class="govuk-body" { "Nobody has proposed an account yet." } } @else { (Scroll { label: caption, body: html! { (table) } }) }
    }
}
