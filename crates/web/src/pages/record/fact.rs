//! Facts of the registers as people read, type, correct and take them back: one way for all of them.
//!
//! A fact tells what it says ([`Told`]) and, where people type it by itself, has a form ([`Form`]). From these come its page with every version that
//! ever stood, the form to add it to what it belongs to, the form to correct it, and the button that takes it back with a reason.

use axum::response::{IntoResponse, Redirect, Response};
use domain::{Day, Id};
use maud::{Markup, html};
use service::record::{self, Names, RegisterEntry, Versioned};

use super::form::{Sheet, Typed};
use super::home::refused;
use super::id;
use crate::app;
use crate::door::{Acting, form_token};
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, InsetText, Look, Press, Size, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

pub(super) type Pairs = Vec<(String, String)>;

/// A fact as people read it.
pub(super) trait Told: RegisterEntry {
    /// Where such facts are: `/homes`, `/providers`, `/contracts`.
    const ROOM: &'static str;
    /// The word of its address.
    const WORD: &'static str;
    /// What people call it, at the beginning of a line.
    const TITLE: &'static str;

    /// What it says, by what it says it of; the same things in the same order for every fact of the type.
    fn told(&self, names: &Names) -> Vec<(&'static str, String)>;

    /// The page that it stands on.
    fn page(&self) -> String;

    /// Where one is led that has taken it back: to its page, or to the list where that page went with it.
    fn list(&self) -> String {
        self.page()
    }

    /// Where it is corrected; nothing where it is not by itself.
    fn corrected_at(&self) -> Option<String> {
        Some(format!("{}/correct", address::<Self>(self.id())))
    }
}

/// A fact that people type.
pub(super) trait Form: Told + PartialEq {
    /// What it belongs to.
    type Whole: Copy + Send;

    /// Which it belongs to.
    fn whole(&self) -> Self::Whole;

    /// The form as the fact fills it.
    fn filled(&self) -> Vec<(&'static str, String)>;

    /// The form as it is before anybody typed.
    fn begun(_today: Day) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Its fields. The register's refusals stand beside the first of them, [`Self::FIRST`].
    fn fields(typed: &Typed, names: &Names, whole: Self::Whole) -> Markup;

    /// The first field.
    const FIRST: &'static str;

    /// The fact that was typed; nothing where something is wrong.
    fn read(typed: &mut Typed, id: Id<Self>, whole: Self::Whole, names: &Names) -> Option<Self>;
}

/// The address of a fact's own page.
pub(super) fn address<T: Told>(id: Id<T>) -> String {
    format!("{}/entries/{}/{id}", T::ROOM, T::WORD)
}

/// Whose page a fact is added on.
pub(super) struct Under<'a> {
    /// Its address.
    pub(super) here: &'a str,
    /// Its name.
    pub(super) name: &'a str,
    /// The way down to it.
    pub(super) trail: &'a [(&'a str, &'a str)],
}

async fn names(acting: &Acting) -> Result<Names, Error> {
    Ok(record::names(&acting.record, &acting.actor, acting.authority.id).await?)
}

/// The values of a date's boxes, under the names that they have.
pub(super) fn boxes(name: [&'static str; 3], day: Option<Day>) -> Vec<(&'static str, String)> {
    super::form::dated(name, day).into()
}

/// The boxes of a first day.
pub(super) const FROM: [&str; 3] = ["from-day", "from-month", "from-year"];

/// The boxes of the day on which something ended.
pub(super) const TO: [&str; 3] = ["to-day", "to-month", "to-year"];

/// A number as it stands in a form.
pub(super) fn figure(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// Names to choose from.
pub(super) fn options<Of>(names: impl IntoIterator<Item = (Id<Of>, String)>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = names.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    all.sort_by(|one, other| (one.1.to_lowercase(), &one.0).cmp(&(other.1.to_lowercase(), &other.0)));
    all
}

/// Facts of one kind as a table whose first cells lead to each one's own page, and the way to add another where `adding` names the page that it stands on.
pub(super) fn listing<T: Told>(adding: Option<&str>, heading: &str, all: &[Versioned<T>], names: &Names, none: &str) -> Markup {
    let heads: Vec<&str> = all.first().map(|known| known.fact.told(names).iter().map(|(head, _)| *head).collect()).unwrap_or_default();
    let columns: Vec<Column<'_>> = heads.iter().map(|head| Column::text(head)).collect();
    let row = |known: &Versioned<T>| {
        let told = known.fact.told(names).into_iter().enumerate();
        let cell = |(at, (_, said)): (usize, (&'static str, String))| {
            if at == 0 {
                html! { a href=(address(known.fact.id())) { (said) } }
            } else {
                html! { (said) }
            }
        };
        told.map(cell).collect::<Vec<Markup>>()
    };
    let rows: Vec<Vec<Markup>> = all.iter().rev().map(row).collect();
    html! {
        h2 class="govuk-heading-m" { (heading) }
        @if rows.is_empty() {
            p class="govuk-body" { (none) }
        } @else {
            (Scroll { label: heading, body: html! { (Table { caption: heading, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        }
        @if let Some(here) = adding { p class="govuk-body" { a href={ (here) "/add/" (T::WORD) } { "Add: " (T::TITLE.to_lowercase()) } } }
    }
}

/// The fact's own page: every version that ever stood, and what can be done about it.
pub(super) async fn show<T: Told>(state: &app::State, acting: &Acting, text: &str, typed: &Typed) -> Result<Response, Error> {
    let versions: Vec<Versioned<T>> = record::history(&acting.record, &acting.actor, acting.authority.id, id::<T>(text)?).await?;
    let last = versions.last().ok_or(Error::NotFound)?;
    let names = names(acting).await?;
    // What was taken back has one more version, which says no more than when.
    let gone = last.superseded_at;
    let stood = if gone.is_some() { &versions[..versions.len() - 1] } else { &versions[..] };
    let latest = &stood.last().unwrap_or(last).fact;
    let heads: Vec<&str> = ["Recorded"].into_iter().chain(latest.told(&names).iter().map(|(head, _)| *head)).collect();
    let columns: Vec<Column<'_>> = heads.iter().map(|head| Column::text(head)).collect();
    let row = |known: &Versioned<T>| {
        let told = known.fact.told(&names).into_iter().map(|(_, said)| html! { (said) });
        [html! { (acting.said(known.recorded_at)) }].into_iter().chain(told).collect::<Vec<Markup>>()
    };
    let rows: Vec<Vec<Markup>> = stood.iter().rev().map(row).collect();
    let caption = "Every version, the latest first";
    let writes = gone.is_none() && acting.may(T::WRITE);
    let here = address::<T>(latest.id());
    let reason = typed.line("reason", "Why it is taken back", Some("Somebody will ask: the words stay in the history"));
    let body = html! {
        (typed.summary(&reason))
        @if let Some(at) = gone { (InsetText(html! { "Taken back on " (acting.said(at)) ". It stands here so that nothing is lost." })) }
        p class="govuk-body" { "Nothing is overwritten: each row is what the record said until the row above it." }
        (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        @if writes {
            h2 class="govuk-heading-m" { "Take it back" }
            p class="govuk-body" { "For what never was. What was and has ended is corrected instead, with its last day." }
            form action={ (here) "/withdraw" } method="post" novalidate {
                (form_token())
                input type="hidden" name="version" value=(last.version);
                (reason)
                (Button { text: "Take it back", look: Look::Warning, press: Press::Submit })
            }
        }
    };
    let correct = latest.corrected_at().filter(|_| writes);
    let actions = html! {
        @if let Some(correct) = &correct { (Button { text: "Correct", look: Look::Secondary, press: Press::Follow(correct) }) }
    };
    // What had a page of its own has none any more once it is taken back.
    let page = if gone.is_some() { latest.list() } else { latest.page() };
    let trail = [("Homes", "/homes"), ("The page that it stands on", page.as_str())];
    let title = if typed.is_right() { T::TITLE.to_owned() } else { format!("Error: {}", T::TITLE) };
    let sheet = Page { title, room: Some(Room::Homes), trail: &trail, actions, body, ..Page::new(T::TITLE) };
    Ok(typed.answer(&layout(Some(&state.place), &sheet)))
}

/// Takes the fact back.
pub(super) async fn withdraw<T: Told>(state: &app::State, acting: &Acting, text: &str, pairs: Pairs) -> Result<Response, Error> {
    let which = id::<T>(text)?;
    let mut typed = Typed::new(pairs);
    let reason = typed.needed("reason", "Say why it is taken back");
    if typed.is_right() {
        let known = latest::<T>(acting, which).await?;
        let version = typed.text("version").parse().unwrap_or_default();
        let done = record::withdraw(&acting.record, &acting.actor, acting.authority.id, which, version, &reason).await;
        if !refused(&mut typed, "reason", done)? {
            return Ok(Redirect::to(&known.fact.list()).into_response());
        }
    }
    show::<T>(state, acting, text, &typed).await
}

async fn latest<T: Told>(acting: &Acting, which: Id<T>) -> Result<Versioned<T>, Error> {
    let versions: Vec<Versioned<T>> = record::history(&acting.record, &acting.actor, acting.authority.id, which).await?;
    versions.into_iter().last().filter(|known| known.superseded_at.is_none()).ok_or(Error::NotFound)
}

fn edit_sheet<F: Form>(state: &app::State, typed: &Typed, names: &Names, fact: &F) -> Response {
    let here = address::<F>(fact.id());
    let (page, action) = (fact.page(), format!("{here}/correct"));
    let trail = [("Homes", "/homes"), ("The page that it stands on", page.as_str()), (F::TITLE, here.as_str())];
    let fields = html! {
        input type="hidden" name="version" value=(typed.text("version"));
        (F::fields(typed, names, fact.whole()))
        (typed.line("reason", "Why it is corrected", Some("Somebody will ask: the words stay in the history")))
    };
    let heading = format!("Correct: {}", F::TITLE.to_lowercase());
    typed.page(state, Sheet { heading, trail: &trail, action: &action, button: "Save the correction", fields })
}

/// The form to correct the fact.
pub(super) async fn edit<F: Form>(state: &app::State, acting: &Acting, text: &str) -> Result<Response, Error> {
    let known = latest::<F>(acting, id(text)?).await?;
    let mut values = known.fact.filled();
    values.push(("version", known.version.to_string()));
    Ok(edit_sheet(state, &Typed::filled(&values), &names(acting).await?, &known.fact))
}

/// Corrects the fact.
pub(super) async fn correct<F: Form>(state: &app::State, acting: &Acting, text: &str, pairs: Pairs) -> Result<Response, Error> {
    let known = latest::<F>(acting, id(text)?).await?;
    let names = names(acting).await?;
    let mut typed = Typed::new(pairs);
    let corrected = F::read(&mut typed, known.fact.id(), known.fact.whole(), &names);
    let reason = typed.needed("reason", "Say why it is corrected");
    let version = typed.text("version").parse().unwrap_or_default();
    if let Some(corrected) = corrected.filter(|_| typed.is_right()) {
        let done = record::correct_entry(&acting.record, &acting.actor, acting.authority.id, version, &corrected, &reason).await;
        if !refused(&mut typed, F::FIRST, done)? {
            return Ok(Redirect::to(&corrected.page()).into_response());
        }
    }
    Ok(edit_sheet(state, &typed, &names, &known.fact))
}

fn add_sheet<F: Form>(state: &app::State, typed: &Typed, names: &Names, under: &Under<'_>, whole: F::Whole) -> Response {
    let trail: Vec<(&str, &str)> = under.trail.iter().copied().chain([(under.name, under.here)]).collect();
    let action = format!("{}/add/{}", under.here, F::WORD);
    let heading = format!("{}: {}", F::TITLE, under.name);
    typed.page(state, Sheet { heading, trail: &trail, action: &action, button: "Save", fields: F::fields(typed, names, whole) })
}

/// The form to add a fact.
pub(super) async fn begin<F: Form>(state: &app::State, acting: &Acting, under: &Under<'_>, whole: F::Whole) -> Result<Response, Error> {
    let typed = Typed::filled(&F::begun(acting.record.today()));
    Ok(add_sheet::<F>(state, &typed, &names(acting).await?, under, whole))
}

/// Adds the fact.
pub(super) async fn add<F: Form>(
    state: &app::State,
    acting: &Acting,
    under: &Under<'_>,
    whole: F::Whole,
    pairs: Pairs,
) -> Result<Response, Error> {
    let names = names(acting).await?;
    let mut typed = Typed::new(pairs);
    let once = typed.once(&acting.record);
    if let Some(fact) = F::read(&mut typed, once, whole, &names).filter(|_| typed.is_right()) {
        let (record, actor, authority) = (&acting.record, &acting.actor, acting.authority.id);
        let mut done = record::add(record, actor, authority, &fact).await;
        if matches!(done, Err(service::Error::Unusable(_))) {
            // The same form may have come twice: then it is saved already. If it came with other words, it is another fact.
            done = match (latest::<F>(acting, once).await, F::read(&mut typed, record.id(), whole, &names)) {
                (Ok(known), _) if known.fact == fact => Ok(()),
                (_, Some(another)) => record::add(record, actor, authority, &another).await,
                (_, None) => done,
            };
        }
        if !refused(&mut typed, F::FIRST, done)? {
            return Ok(Redirect::to(under.here).into_response());
        }
    }
    Ok(add_sheet::<F>(state, &typed, &names, under, whole))
}

/// The handlers of a room's facts: their pages, taking back, and, for those that people type by themselves, correcting.
macro_rules! entries {
    (told $($told:ty),+; typed $($form:ty),+) => {
        /// `GET …/entries/{what}/{id}`
        pub(in crate::pages::record) async fn entry(
            axum::extract::State(state): axum::extract::State<std::sync::Arc<crate::app::State>>,
            acting: crate::door::Acting,
            axum::extract::Path((what, text)): axum::extract::Path<(String, String)>,
        ) -> Result<axum::response::Response, crate::error::Error> {
            use crate::pages::record::{fact::{self, Told}, form::Typed};
            $(if what == <$told as Told>::WORD { return fact::show::<$told>(&state, &acting, &text, &Typed::filled(&[])).await; })+
            Err(crate::error::Error::NotFound)
        }

        /// `POST …/entries/{what}/{id}/withdraw`
        pub(in crate::pages::record) async fn withdraw(
            axum::extract::State(state): axum::extract::State<std::sync::Arc<crate::app::State>>,
            acting: crate::door::Acting,
            axum::extract::Path((what, text)): axum::extract::Path<(String, String)>,
            axum::Form(pairs): axum::Form<crate::pages::record::fact::Pairs>,
        ) -> Result<axum::response::Response, crate::error::Error> {
            use crate::pages::record::fact::{self, Told};
            $(if what == <$told as Told>::WORD { return fact::withdraw::<$told>(&state, &acting, &text, pairs).await; })+
            Err(crate::error::Error::NotFound)
        }

        /// `GET …/entries/{what}/{id}/correct`
        pub(in crate::pages::record) async fn edit(
            axum::extract::State(state): axum::extract::State<std::sync::Arc<crate::app::State>>,
            acting: crate::door::Acting,
            axum::extract::Path((what, text)): axum::extract::Path<(String, String)>,
        ) -> Result<axum::response::Response, crate::error::Error> {
            use crate::pages::record::fact::{self, Told};
            $(if what == <$form as Told>::WORD { return fact::edit::<$form>(&state, &acting, &text).await; })+
            Err(crate::error::Error::NotFound)
        }

        /// `POST …/entries/{what}/{id}/correct`
        pub(in crate::pages::record) async fn correct(
            axum::extract::State(state): axum::extract::State<std::sync::Arc<crate::app::State>>,
            acting: crate::door::Acting,
            axum::extract::Path((what, text)): axum::extract::Path<(String, String)>,
            axum::Form(pairs): axum::Form<crate::pages::record::fact::Pairs>,
        ) -> Result<axum::response::Response, crate::error::Error> {
            use crate::pages::record::fact::{self, Told};
            $(if what == <$form as Told>::WORD { return fact::correct::<$form>(&state, &acting, &text, pairs).await; })+
            Err(crate::error::Error::NotFound)
        }
    };
}
pub(super) use entries;
