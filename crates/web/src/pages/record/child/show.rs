//! One child's case: who it is without a name, what stands in it, as it is known now or was known on a day.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::child::Child;
use domain::foster_home::FosterHome;
use domain::history::Uasc;
use domain::placement::Placement;
use domain::{Day, Id};
use maud::{Markup, html};
use service::record::access::{self, Action, Purpose};
use service::record::case::CaseFact as _;
use service::record::{self, Case, Versioned, case};

use super::super::form::{Typed, choices, dated};
use super::super::id;
use super::described::{Context, Described};
use super::tab::Tab;
use super::{Pairs, along, colleagues, log, reading};
use crate::app;
use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{
    Arrangement, Button, Choice, Column, DateInput, ErrorSummary, FirstCell, Group, InsetText, Look, Press, Problem, Radios, Size,
    SummaryList, SummaryRow, Table, Tag, Tone, WarningText,
};
use crate::page::{Page, Room, layout};
use crate::parts::{Scroll, SubNavigation, SubPage};
use crate::shown;

/// A case that was opened, or what is asked first.
pub(super) enum Opening {
    /// The case.
    Case(Box<Case>),
    /// The page that asks what it is read for.
    Purpose(Response),
}

/// Opens a case for a reader; whoever needs a purpose is asked for it.
pub(super) async fn open(
    state: &app::State,
    acting: &Acting,
    child: Id<Child>,
    (path, pairs): (&str, &Pairs),
    as_known: Option<Day>,
) -> Result<Opening, Error> {
    let actor = reading(acting, pairs);
    match record::show(&acting.record, &actor, acting.authority.id, child, as_known).await {
        Ok(case) => Ok(Opening::Case(Box::new(case))),
        Err(service::Error::NotFound { .. }) if access::asks_purpose(&actor, Action::ChildRead, acting.authority.id) => {
            Ok(Opening::Purpose(purpose(state, child, path, pairs)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What a case is read for: chosen from a list, kept in the log.
pub(super) fn purpose(state: &app::State, child: Id<Child>, path: &str, pairs: &Pairs) -> Response {
    let purposes = choices!(Purpose);
    let all: Vec<Choice<'_>> = purposes.iter().map(|(value, text)| Choice::new(value, text)).collect();
    let action = format!("/cases/{child}{path}");
    // Nothing is chosen before somebody chooses: the log would say what nobody said.
    let problem = pairs.iter().any(|(name, _)| name == "purpose").then_some("Choose what you read it for");
    let group = Group { size: Size::Small, error: problem, ..Group::new("purpose", "What you read it for") };
    let body = html! {
        @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#purpose") }] }) }
        form action=(action) method="get" novalidate {
            @if let Some(day) = Asked::new(pairs.clone()).one("as-known") { input type="hidden" name="as-known" value=(day); }
            (Radios { group, arrangement: Arrangement::Stacked, choices: &all })
            (Button { text: "Open the case", look: Look::Primary, press: Press::Submit })
        }
    };
    let lede =
        html! { "Your role opens a child’s case for a purpose. What you choose is kept in the log, where the child’s people see it." };
    let heading = "What do you need this case for?";
    let title = if problem.is_some() { format!("Error: {heading}") } else { heading.to_owned() };
    let page = Page { title, room: Some(Room::Cases), trail: &[("Cases", "/cases")], lede, body, ..Page::new(heading) };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, layout(Some(&state.place), &page)).into_response()
}

/// One part of the case on its page.
pub(super) async fn tab(tab: Tab, state: &app::State, acting: &Acting, text: &str, pairs: &Pairs) -> Result<Response, Error> {
    let child = id(text)?;
    let here = format!("/cases/{child}{}", tab.path());
    // Three boxes become the one date of an address that can be kept, which is not typed again.
    let mut typed = Typed::new(pairs.iter().filter(|(name, _)| name != "as-known").cloned().collect());
    match typed.day("as-known") {
        Some(day) if day <= acting.record.today() => {
            let address = Asked::new(pairs.clone()).only(&["purpose"]).with("as-known", &day.to_string()).of(&here);
            return Ok(Redirect::to(&address).into_response());
        }
        Some(_) => typed.wrong("as-known", "Choose today or a day before: nobody knows yet what will be known then"),
        None if typed.is_right() && pairs.iter().any(|(name, _)| name == "as-known-day") => typed.wrong("as-known", "Enter the day"),
        None => {}
    }
    let as_known = Asked::new(pairs.clone()).day("as-known")?;
    let opening = match open(state, acting, child, (tab.path(), pairs), as_known).await {
        // The record did not know the child then: it says since when it does, in the case as it is known now.
        Err(Error::Unreadable(words)) if as_known.is_some() => {
            typed.wrong("as-known", words.trim_end_matches('.'));
            open(state, acting, child, (tab.path(), pairs), None).await
        }
        other => other,
    };
    match opening {
        Ok(Opening::Case(case)) => {
            let status = if typed.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok((status, page(tab, state, acting, &case, pairs, &typed).await?).into_response())
        }
        Ok(Opening::Purpose(asked)) => Ok(asked),
        Err(fault) => Err(fault),
    }
}

async fn page(tab: Tab, state: &app::State, acting: &Acting, case: &Case, pairs: &Pairs, typed: &Typed) -> Result<Markup, Error> {
    let child = &case.child.fact;
    let others: Vec<Id<Child>> =
        if tab == Tab::Needs { case.siblings.iter().filter_map(|known| known.fact.other).collect() } else { Vec::new() };
    let children = record::references(&acting.record, &acting.actor, acting.authority.id, &others).await?;
    let people =
        if matches!(tab, Tab::Planning | Tab::Decisions) { colleagues(acting, &reading(acting, pairs)).await? } else { Vec::new() };
    let cx = Context { today: acting.record.today(), children, people, households: Vec::new() };
    let one = One { acting, case, cx: &cx, along: along(pairs) };
    let sections = match tab {
        Tab::Living => html! {
            (one.awaiting_word()) (one.section(&case.placements)) (one.section(&case.legal)) (one.section(&case.periods)) (one.section(&case.missing))
        },
        Tab::Needs => html! { (one.section(&case.needs)) (one.section(&case.siblings)) (one.section(&case.voice)) },
        Tab::Health => one.section(&case.health),
        Tab::Decisions => html! { (one.section(&case.emergencies)) (one.section(&case.courts)) },
        Tab::Planning => {
            html! { (one.section(&case.allocations)) (one.section(&case.plans)) (one.section(&case.reviews)) (one.section(&case.visits)) }
        }
    };
    let body = html! {
        @if let Some(problem) = typed.first() { (ErrorSummary { description: None, problems: &[Problem { text: problem, href: Some("#as-known-day") }] }) }
        (one.standing())
        (identity(case, acting))
        @if one.writes(Action::ChildWrite) {
            p class="govuk-body" { a href={ "/cases/" (child.id) "/correct" } { "Correct birth, sex, ethnicity, asylum or who may open the case" } }
        }
        (navigation(child.id, acting, &one.along, &format!("/cases/{}{}", child.id, tab.path())))
        (sections)
        (one.entries())
        (as_known(case, &format!("/cases/{}{}", child.id, tab.path()), pairs, typed))
        (changes(acting, case, &one.along))
    };
    let lede = html! {
        @match case.as_known {
            Some(day) => { "This is the past: what was recorded by the end of " (day.long()) ", right or wrong, and nothing that was learnt since." }
            None => { (tab.heading()) ", as it is known now." }
        }
    };
    let heading = match case.as_known {
        Some(day) => format!("Child {} as known on {}", child.reference, day.long()),
        None => format!("Child {}", child.reference),
    };
    let title = format!("{}{}, case", if typed.is_right() { "" } else { "Error: " }, tab.heading());
    let trail = [("Cases", "/cases")];
    // The title stays behind in the browser's history, so it does not name the child.
    Ok(layout(Some(&state.place), &Page { title, room: Some(Room::Cases), trail: &trail, lede, body, ..Page::new(heading) }))
}

/// The few facts that prevent mistakes. A name is not among them: it lies in the vault, and opening it is logged by itself.
pub(super) fn identity(case: &Case, acting: &Acting) -> Markup {
    let child = &case.child.fact;
    let on = case.as_known.unwrap_or_else(|| acting.record.today());
    let holds = |start: Day, end: Option<Day>| start <= on && end.is_none_or(|end| on < end);
    let lives = case.placements.iter().rev().map(|known| &known.fact).find(|one| !one.is_temporary() && holds(one.start, one.end));
    let away = case.placements.iter().rev().map(|known| &known.fact).find(|one| one.is_temporary() && holds(one.start, one.end));
    let legal = case.legal.iter().rev().map(|known| &known.fact).find(|one| holds(one.start, one.end));
    let missing = case.missing.iter().map(|known| &known.fact).any(|one| holds(one.start, one.end));
    let sex = match child.sex.to_string().as_str() {
        "F" => "Female",
        "M" => "Male",
        _ => "Not known",
    };
    html! {
        dl class="pw-identity" {
            div { dt { "Age" } dd { (child.born.age_at(on)) ", born " (child.born.long()) } }
            div { dt { "Sex" } dd { (sex) } }
            div { dt { "Lives" } dd {
                @match lives {
                    Some(one) => { (place(one.kind)) " since " (one.start.long()) }
                    None => { "nowhere that the record knows" }
                }
                @if away.is_some() { "; away for a time" }
            } }
            div { dt { "Legal status" } dd { @match legal { Some(one) => (shown::capital(&case::words("LS", one.status))), None => "none in force" } } }
            @match child.asylum {
                Uasc::Never => {}
                Uasc::NotKnown => { div { dt { "Came alone seeking asylum" } dd { "Not known" } } }
                Uasc::Until(None) => { div { dt { "Came alone seeking asylum" } dd { "Yes" } } }
                Uasc::Until(Some(ended)) => { div { dt { "Came alone seeking asylum" } dd { "Yes, until " (ended.long()) } } }
            }
            @if child.restricted { div { dt { "Access" } dd { (Tag { text: "Restricted", tone: Tone::Soon }) } } }
            @if missing { div { dt { "Now" } dd { (Tag { text: "Missing or away", tone: Tone::Now }) } } }
        }
    }
}

/// What kind of home it is, in a few words.
pub(super) fn place(kind: domain::Code) -> String {
    shown::capital(case::group("PLACE", kind).unwrap_or("of a kind that is not known"))
}

/// The pages of a case that are open to this reader.
pub(super) fn navigation(child: Id<Child>, acting: &Acting, along: &Asked, here: &str) -> Markup {
    let tabs = Tab::ALL.map(|tab| (tab.heading(), tab.path()));
    let names = acting.may(Action::VaultRead).then_some(("Names and addresses", "/names"));
    let all: Vec<(&str, String)> = tabs
        .into_iter()
        .chain(names)
        .chain([("Who looked and who wrote", "/log")])
        .map(|(text, path)| (text, format!("/cases/{child}{path}")))
        .collect();
    let links: Vec<(&str, String)> = all.iter().map(|(text, path)| (*text, along.of(path))).collect();
    let pages: Vec<SubPage<'_>> = links.iter().map(|(text, href)| SubPage { text, href }).collect();
    html! { (SubNavigation { label: "This case", pages: &pages, here: &along.of(here) }) }
}

/// One date, and the same page as it was known then (F23).
fn as_known(case: &Case, here: &str, pairs: &Pairs, typed: &Typed) -> Markup {
    let asked = Asked::new(pairs.clone());
    let values = if typed.is_right() {
        dated(["day", "month", "year"], case.as_known).map(|(_, value)| value)
    } else {
        ["as-known-day", "as-known-month", "as-known-year"].map(|part| typed.text(part))
    };
    let group = Group { size: Size::Small, hint: Some("For example 31 3 2026"), error: typed.first(), ..Group::new("as-known", "Day") };
    html! {
        section class="pw-panel" aria-labelledby="as-it-was" {
            h2 id="as-it-was" { "See the record as it was" }
            form action=(here) method="get" novalidate {
                @if let Some(purpose) = asked.one("purpose") { input type="hidden" name="purpose" value=(purpose); }
                (DateInput { group, values: [&values[0], &values[1], &values[2]] })
                (Button { text: "Show what was known at the end of this day", look: Look::Secondary, press: Press::Submit })
            }
        }
    }
}

/// What was changed last, newest first.
fn changes(acting: &Acting, case: &Case, along: &Asked) -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Changed last" }
        @if case.changes.is_empty() {
            p class="govuk-body" { "Nobody has changed it by hand: what stands here came with imports." }
        } @else {
            ol class="pw-timeline" {
                @for entry in &case.changes {
                    li {
                        h3 { (log::did(entry.action)) }
                        p { (acting.said(entry.at)) ", " (entry.who) }
                        @if !entry.reason.is_empty() { p { (entry.reason) } }
                    }
                }
            }
        }
        p class="govuk-body" {
            a href=(along.of(&format!("/cases/{}/log", case.child.fact.id))) {
                "See all changes, and who has looked"
            }
        }
    }
}

/// What the sections of one case have in common.
struct One<'c> {
    acting: &'c Acting,
    case: &'c Case,
    cx: &'c Context,
    along: Asked,
}

impl One<'_> {
    fn writes(&self, action: Action) -> bool {
        self.case.as_known.is_none() && self.case.under.is_none() && self.acting.may(action)
    }

    /// That this is the past, or an entry that is shown under another one.
    fn standing(&self) -> Markup {
        let here = format!("/cases/{}", self.case.child.fact.id);
        html! {
            @if let Some(day) = self.case.as_known {
                (InsetText(html! {
                    "You are looking at the past: the case as it was known at the end of " (day.long()) ". "
                    a href=(self.along.without("as-known").of(&here)) { "See it as it is known now" } "."
                }))
            }
            @if let Some(under) = self.case.under {
                (WarningText("This entry is the same child as another one. Write there; what was recorded here is shown there, too."))
                p class="govuk-body" { a href=(self.along.of(&format!("/cases/{under}"))) { "Go to the case" } }
            }
        }
    }

    /// Plans whose day has come: nobody has said yet that the child moved in.
    fn awaiting_word(&self) -> Markup {
        let waits = |known: &&Versioned<Placement>| {
            let recorded = self.acting.record.day(known.recorded_at.timestamp());
            known.fact.awaits_word(recorded, self.cx.today)
        };
        let planned: Vec<_> = self.case.placements.iter().filter(waits).filter(|_| self.case.as_known.is_none()).collect();
        html! {
            @for known in planned {
                (InsetText(html! {
                    "It was planned that the child moves in on " (known.fact.start.long()) ", and nobody has said yet that it happened. "
                    @if self.writes(Placement::WRITE) {
                        a href={ "/cases/" (self.case.child.fact.id) "/" (Placement::KIND.slug) "/" (known.fact.id) "/correct" } { "Say how it began" }
                        ": save it again as it is, or with the day on which it came, and with how you know. If it never came, take it back."
                    }
                }))
            }
        }
    }

    /// Entries of the register that are the same child.
    fn entries(&self) -> Markup {
        let child = self.case.child.fact.id;
        let writes = self.writes(Action::ChildMerge);
        html! {
            @if !self.case.merged.is_empty() {
                h2 class="govuk-heading-m" { "Recorded under another reference, too" }
                ul class="govuk-list govuk-list--bullet" {
                    @for (known, other) in &self.case.merged {
                        li {
                            "Child " (other.reference) ", since " (self.acting.said(known.recorded_at))
                            @if writes { ". " a href={ "/cases/" (child) "/unmerge/" (known.fact.id) } { "Take apart again" span class="govuk-visually-hidden" { " from child " (other.reference) } } }
                        }
                    }
                }
            } @else if writes {
                p class="govuk-body" { a href={ "/cases/" (child) "/merge" } { "Report a double entry" } }
            }
        }
    }

    fn section<F: Described>(&self, known: &[Versioned<F>]) -> Markup {
        let kind = F::KIND;
        let child = self.case.child.fact.id;
        html! {
            div class="pw-section" {
                h2 class="govuk-heading-m" id=(kind.slug) { (kind.heading) }
                @if known.is_empty() {
                    p class="govuk-body" { (kind.none) }
                } @else if F::FIELDS.len() > 7 {
                    @for one in known.iter().rev() { (self.card(one)) }
                } @else {
                    (self.table(known))
                }
                @if self.writes(F::WRITE) { p class="govuk-body pw-actions" { a href={ "/cases/" (child) "/" (kind.slug) "/new" } { (kind.add) } } }
            }
        }
    }

    /// Facts of a few fields, the latest first.
    fn table<F: Described>(&self, known: &[Versioned<F>]) -> Markup {
        let columns: Vec<Column<'_>> = F::FIELDS.iter().map(|about| about.label).chain(["What you can do"]).map(Column::text).collect();
        let row = |one: &Versioned<F>| {
            let mut cells: Vec<Markup> =
                one.fact.said(self.cx).into_iter().map(|said| html! { @if said.is_empty() { "–" } @else { (said) } }).collect();
            if let Some(first) = cells.first_mut() {
                *first = html! { (first) (self.remarks(one)) };
            }
            cells.push(self.actions(one));
            cells
        };
        let rows: Vec<Vec<Markup>> = known.iter().rev().map(row).collect();
        let caption = F::KIND.heading;
        html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
    }

    /// A fact of many fields.
    fn card<F: Described>(&self, one: &Versioned<F>) -> Markup {
        let said = one.fact.said(self.cx);
        let rows: Vec<SummaryRow<'_>> = F::FIELDS
            .iter()
            .zip(&said)
            .filter(|(_, said)| !said.is_empty())
            .map(|(about, said)| SummaryRow { key: about.label, value: html! { (said) }, actions: &[] })
            .collect();
        html! { (SummaryList(&rows)) (self.actions(one)) (self.remarks(one)) }
    }

    /// What must not be overlooked about a fact, and under which reference it was recorded where that is another one.
    fn remarks<F: Described>(&self, one: &Versioned<F>) -> Markup {
        let whose = one.fact.child();
        let other = self.case.merged.iter().find(|(_, other)| other.id == whose).map(|(_, other)| other.reference.as_str());
        let on = self.case.as_known.unwrap_or(self.cx.today);
        html! {
            @if let Some(remark) = one.fact.remark(on, self.case) { " " (Tag { text: remark, tone: Tone::Soon }) }
            @if let Some((home, reference)) = self.household(one) {
                span class="pw-more" { "Foster home " a href={ "/foster-homes/" (home) } { (reference) } }
            }
            @if let Some(reference) = other { span class="pw-more" { "Recorded of child " (reference) } }
        }
    }

    /// The placement that a fact is, where it is one that can be in a foster household.
    fn fostered<F: Described>(&self, one: &Versioned<F>) -> Option<&Placement> {
        let mut placements = self.case.placements.iter().map(|known| &known.fact).filter(|_| F::IN_HOUSEHOLD);
        placements.find(|placement| placement.id.uuid() == one.fact.id().uuid() && placement.may_be_fostered())
    }

    /// The foster household that it is in.
    fn household<F: Described>(&self, one: &Versioned<F>) -> Option<&(Id<FosterHome>, String)> {
        self.fostered(one).and_then(|placement| self.case.households.get(&placement.id))
    }

    fn actions<F: Described>(&self, one: &Versioned<F>) -> Markup {
        let at = format!("/cases/{}/{}/{}", self.case.child.fact.id, F::KIND.slug, one.fact.id());
        let which =
            one.fact.listed_by().0.map_or_else(|| format!(" this {}", F::WHAT), |day| format!(" the {} of {}", F::WHAT, day.long()));
        let about = html! { span class="govuk-visually-hidden" { (which) } };
        html! {
            ul class="pw-actions" {
                @if self.writes(F::WRITE) {
                    li { a href={ (at) "/correct" } { @if one.fact.is_ahead() { "Record what came of" } @else { "Correct" } (about) } }
                    li { a href={ (at) "/withdraw" } { "Take back" (about) } }
                    @if self.fostered(one).is_some() { li { a href={ (at) "/household" } { "Say in which foster home" (about) } } }
                }
                li { a href=(self.along.without("as-known").of(&format!("{at}/history"))) { "History" span class="govuk-visually-hidden" { " of" (which) } } }
            }
        }
    }
}
