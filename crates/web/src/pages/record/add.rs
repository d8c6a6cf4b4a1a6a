//! Facts of a home, a foster home and a provider: beds that cannot be used, a judgement, a variation of the registration, a restriction, an exemption,
//! a document.

use std::sync::Arc;

use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::capacity::{CapacityEvent, Reason};
use domain::document::{self, Document};
use domain::foster_home::{Exemption, FosterHome};
use domain::judgement::{Grade, Judgement, Overall};
use domain::provider::{Ownership, Provider};
use domain::setting::{Limit, Restriction, Setting, Takes, Terms};
use domain::{Day, Id};
use maud::{Markup, html};
use service::record::{self, Names};

use super::fact::{self, Form, Pairs, Told, Under, boxes, options};
use super::form::{Typed, choices};
use super::{id, number};
use crate::app;
use crate::door::Acting;
use crate::error::Error;

const FROM: [&str; 3] = ["from-day", "from-month", "from-year"];
const TO: [&str; 3] = ["to-day", "to-month", "to-year"];

fn until(day: Option<Day>) -> String {
    day.map_or_else(|| "goes on".to_owned(), Day::long)
}

fn figure(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

impl Told for CapacityEvent {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "beds";
    const TITLE: &'static str = "Beds that cannot be used";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        let why = self.reason.label().to_owned();
        vec![
            ("First night", self.from.long()),
            ("Usable again", until(self.to)),
            ("Beds", self.beds.to_string()),
            ("Why", why),
            ("Note", self.note.clone()),
        ]
    }

    fn page(&self) -> String {
        format!("/homes/{}", self.setting)
    }
}

impl Form for CapacityEvent {
    type Whole = Id<Setting>;
    const FIRST: &'static str = "beds";

    fn whole(&self) -> Self::Whole {
        self.setting
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("beds", self.beds.to_string()), ("why", self.reason.to_string()), ("note", self.note.clone())];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn begun(today: Day) -> Vec<(&'static str, String)> {
        boxes(FROM, Some(today))
    }

    fn fields(typed: &Typed, _: &Names, _: Self::Whole) -> Markup {
        html! {
            (typed.figure("beds", "How many beds", None))
            (typed.choice("why", "Why", Some("Choose a reason"), &choices!(Reason)))
            (typed.date("from", "First night", None))
            (typed.date("to", "The day on which they can be used again", Some("Empty while nobody knows")))
            (typed.line("note", "Note", Some("Nothing about a child: everybody who sees homes reads it")))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, setting: Self::Whole, _: &Names) -> Option<Self> {
        let beds = typed.word("beds", "Enter how many beds, one at least").filter(|&beds: &u32| beds > 0);
        if beds.is_none() && typed.is_right() {
            typed.wrong("beds", "Enter how many beds, one at least");
        }
        let reason = typed.word("why", "Choose why they cannot be used");
        let from = typed.needed_day("from", "Enter the first night");
        let to = typed.after("to", from, "The day must be after the first night");
        Some(Self { id, setting, from: from?, to, beds: beds?, reason: reason?, note: typed.text("note") })
    }
}

impl Told for Judgement {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "judgement";
    const TITLE: &'static str = "Judgement";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        let grade = |grade: Option<Grade>| grade.map_or("–", Grade::label).to_owned();
        vec![
            ("Inspected", self.day.long()),
            ("Overall", self.overall.label().to_owned()),
            ("Helped and protected", grade(self.protected)),
            ("Leaders and managers", grade(self.leaders)),
        ]
    }

    fn page(&self) -> String {
        self.setting.map_or_else(|| format!("/providers/{}", self.provider), |setting| format!("/homes/{setting}"))
    }
}

impl Form for Judgement {
    type Whole = (Option<Id<Setting>>, Id<Provider>);
    const FIRST: &'static str = "overall";

    fn whole(&self) -> Self::Whole {
        (self.setting, self.provider)
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let grade = |grade: Option<Grade>| grade.map(|grade| grade.to_string()).unwrap_or_default();
        let mut values =
            vec![("overall", self.overall.to_string()), ("protected", grade(self.protected)), ("leaders", grade(self.leaders))];
        values.extend(boxes(["day-day", "day-month", "day-year"], Some(self.day)));
        values
    }

    fn fields(typed: &Typed, _: &Names, _: Self::Whole) -> Markup {
        html! {
            (typed.date("day", "Day of the inspection", None))
            (typed.choice("overall", "Overall", Some("Choose"), &choices!(Overall)))
            (typed.choice("protected", "How well children are helped and protected", Some("Not judged"), &choices!(Grade)))
            (typed.choice("leaders", "Leaders and managers", Some("Not judged"), &choices!(Grade)))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, (setting, provider): Self::Whole, _: &Names) -> Option<Self> {
        let day = typed.needed_day("day", "Enter the day of the inspection");
        let overall = typed.word("overall", "Choose the overall judgement");
        let protected = typed.maybe("protected", "Choose a grade, or leave it");
        let leaders = typed.maybe("leaders", "Choose a grade, or leave it");
        Some(Self { id, provider, setting, day: day?, overall: overall?, protected, leaders })
    }
}

impl Told for Terms {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "terms";
    const TITLE: &'static str = "What the registration allows";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        vec![
            ("From", self.from.long()),
            ("Places", number(self.places)),
            ("Ages", format!("{} to {}", number(self.youngest), number(self.oldest))),
            ("Whom it takes", self.takes.label().to_owned()),
            ("Conditions", self.conditions.clone()),
        ]
    }

    fn page(&self) -> String {
        format!("/homes/{}", self.setting)
    }
}

impl Form for Terms {
    type Whole = Id<Setting>;
    const FIRST: &'static str = "from";

    fn whole(&self) -> Self::Whole {
        self.setting
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("places", figure(self.places)), ("youngest", figure(self.youngest)), ("oldest", figure(self.oldest))];
        values.extend([("takes", self.takes.to_string()), ("conditions", self.conditions.clone())]);
        values.extend(boxes(FROM, Some(self.from)));
        values
    }

    fn fields(typed: &Typed, _: &Names, _: Self::Whole) -> Markup {
        html! {
            (typed.date("from", "From", Some("The day on which the variation takes effect")))
            (typed.figure("places", "Registered places", Some("Empty for agencies and services")))
            (typed.figure("youngest", "Youngest age", None))
            (typed.figure("oldest", "Oldest age", None))
            (typed.choice("takes", "Whom it takes", None, &choices!(Takes)))
            (typed.line("conditions", "Conditions", None))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, setting: Self::Whole, _: &Names) -> Option<Self> {
        let from = typed.needed_day("from", "Enter the day on which the variation takes effect");
        allowed(typed, id, setting, from)
    }
}

/// What a registration was typed to allow from a day on; nothing where something is wrong.
pub(super) fn allowed(typed: &mut Typed, id: Id<Terms>, setting: Id<Setting>, from: Option<Day>) -> Option<Terms> {
    let places = typed.maybe("places", "Enter a whole number of places, or leave it empty");
    let youngest = typed.maybe("youngest", "Enter an age in whole years, or leave it empty");
    let oldest = typed.maybe("oldest", "Enter an age in whole years, or leave it empty");
    let takes = typed.word("takes", "Choose whom it takes");
    if youngest.zip(oldest).is_some_and(|(youngest, oldest): (u32, u32)| youngest > oldest) {
        typed.wrong("oldest", "The oldest age is below the youngest");
    }
    let conditions = typed.text("conditions");
    let terms = Terms { id, setting, from: from?, places, youngest, oldest, takes: takes?, conditions };
    typed.is_right().then_some(terms)
}

impl Told for Restriction {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "restriction";
    const TITLE: &'static str = "Restriction";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        let lifted = self.to.map_or_else(|| "in force".to_owned(), Day::long);
        let what = self.kind.label().to_owned();
        vec![("From", self.from.long()), ("Lifted", lifted), ("What is stopped", what), ("In its own words", self.words.clone())]
    }

    fn page(&self) -> String {
        format!("/homes/{}", self.setting)
    }
}

impl Form for Restriction {
    type Whole = Id<Setting>;
    const FIRST: &'static str = "kind";

    fn whole(&self) -> Self::Whole {
        self.setting
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("kind", self.kind.to_string()), ("words", self.words.clone())];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn fields(typed: &Typed, _: &Names, _: Self::Whole) -> Markup {
        html! {
            (typed.choice("kind", "What is stopped", Some("Choose"), &choices!(Limit)))
            (typed.date("from", "From", None))
            (typed.date("to", "Lifted on", Some("Empty while it is in force")))
            (typed.line("words", "In its own words", None))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, setting: Self::Whole, _: &Names) -> Option<Self> {
        let kind = typed.word("kind", "Choose what is stopped");
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "The day must be after the first day");
        Some(Self { id, setting, kind: kind?, from: from?, to, words: typed.text("words") })
    }
}

impl Told for Exemption {
    const ROOM: &'static str = "/homes";
    const WORD: &'static str = "exemption";
    const TITLE: &'static str = "Exemption from the fostering limit";

    fn told(&self, names: &Names) -> Vec<(&'static str, String)> {
        let child = names.child(self.child).to_owned();
        vec![("For", child), ("From", self.from.long()), ("To", until(self.to)), ("Why it was given", self.reason.clone())]
    }

    fn page(&self) -> String {
        format!("/foster-homes/{}", self.home)
    }
}

impl Form for Exemption {
    type Whole = (Id<FosterHome>, Option<Id<domain::child::Child>>);
    const FIRST: &'static str = "child";

    fn whole(&self) -> Self::Whole {
        (self.home, Some(self.child))
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("why", self.reason.clone())];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn fields(typed: &Typed, names: &Names, (_, whom): Self::Whole) -> Markup {
        html! {
            @match whom {
                // An exemption names one child for good; another child has another exemption.
                Some(child) => p class="govuk-body" { "For " (names.child(child)) "." },
                None => (typed.line("child", "Child", Some("What returns and case system call the child: an exemption names one child"))),
            }
            (typed.date("from", "From", None))
            (typed.date("to", "To", Some("The day on which it ends; empty while that is open")))
            (typed.line("why", "Why it is given", Some("Stays in the record of the household; nothing about the child’s past")))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, (home, whom): Self::Whole, names: &Names) -> Option<Self> {
        let child = whom.or_else(|| child(typed, names));
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "The day must be after the first day");
        let reason = typed.needed("why", "Say why it is given");
        Some(Self { id, home, child: child?, from: from?, to, reason })
    }
}

/// The child whose reference was typed, among those whom the person may see.
pub(super) fn child(typed: &mut Typed, names: &Names) -> Option<Id<domain::child::Child>> {
    let reference = typed.needed("child", "Enter what returns and case system call the child");
    let found = names.children.iter().find(|(_, known)| **known == reference).map(|(id, _)| *id);
    if found.is_none() && !reference.is_empty() {
        typed.wrong("child", "No child whom you may see is called so");
    }
    found
}

impl Told for Document {
    const ROOM: &'static str = "/providers";
    const WORD: &'static str = "document";
    const TITLE: &'static str = "Document";

    fn told(&self, names: &Names) -> Vec<(&'static str, String)> {
        let about = match (self.setting, self.foster_home) {
            (Some(setting), _) => names.setting(setting),
            (None, Some(home)) => names.foster_home(home),
            (None, None) => names.provider(self.provider),
        };
        let runs_out = self.to.map_or_else(|| "does not".to_owned(), Day::long);
        vec![
            ("What it is", self.kind.label().to_owned()),
            ("Name or number", self.title.clone()),
            ("About", about.to_owned()),
            ("Holds from", self.from.long()),
            ("Runs out", runs_out),
        ]
    }

    fn page(&self) -> String {
        format!("/providers/{}", self.provider)
    }
}

impl Form for Document {
    type Whole = Id<Provider>;
    const FIRST: &'static str = "kind";

    fn whole(&self) -> Self::Whole {
        self.provider
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let setting = self.setting.map(|setting| setting.to_string()).unwrap_or_default();
        let mut values = vec![("kind", self.kind.to_string()), ("title", self.title.clone()), ("setting", setting)];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn fields(typed: &Typed, names: &Names, provider: Self::Whole) -> Markup {
        let own = names.settings.iter().filter(|(_, (_, of))| *of == provider).map(|(id, (name, _))| (*id, name.clone()));
        html! {
            (typed.choice("kind", "What it is", Some("Choose"), &choices!(document::Kind)))
            (typed.line("title", "Name or number", Some("And where it lies: the record keeps no copy")))
            (typed.choice("setting", "Which home it is about", Some("The provider as a whole"), &options(own)))
            (typed.date("from", "Holds from", None))
            (typed.date("to", "Runs out on", Some("The day on which it holds no more; empty where it does not run out")))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, provider: Self::Whole, _: &Names) -> Option<Self> {
        let kind = typed.word("kind", "Choose what it is");
        let title = typed.needed("title", "Enter its name or number");
        let setting = typed.maybe("setting", "Choose a home, or the provider as a whole");
        let from = typed.needed_day("from", "Enter the day from which it holds");
        let to = typed.after("to", from, "It runs out after the day from which it holds");
        Some(Self { id, provider, setting, foster_home: None, kind: kind?, title, from: from?, to })
    }
}

impl Told for Ownership {
    const ROOM: &'static str = "/providers";
    const WORD: &'static str = "ownership";
    const TITLE: &'static str = "Ownership";

    fn told(&self, names: &Names) -> Vec<(&'static str, String)> {
        let owner = names.owners.get(&self.owner).cloned().unwrap_or_default();
        vec![("Owner", owner), ("From", self.from.long()), ("To", until(self.to))]
    }

    fn page(&self) -> String {
        format!("/providers/{}", self.provider)
    }
}

impl Form for Ownership {
    type Whole = Id<Provider>;
    const FIRST: &'static str = "owner";

    fn whole(&self) -> Self::Whole {
        self.provider
    }

    fn filled(&self) -> Vec<(&'static str, String)> {
        let mut values = vec![("owner", self.owner.to_string())];
        values.extend(boxes(FROM, Some(self.from)));
        values.extend(boxes(TO, self.to));
        values
    }

    fn fields(typed: &Typed, names: &Names, _: Self::Whole) -> Markup {
        let owners = names.owners.iter().map(|(id, name)| (*id, name.clone()));
        html! {
            (typed.choice("owner", "Owner", Some("Choose an owner"), &options(owners)))
            p class="govuk-body" { "Is the owner not in the list? " a href="/owners/new" { "Add the owner first" } "." }
            (typed.date("from", "From", None))
            (typed.date("to", "To", Some("The day on which it was sold; empty while it is owned")))
        }
    }

    fn read(typed: &mut Typed, id: Id<Self>, provider: Self::Whole, _: &Names) -> Option<Self> {
        let owner = typed.word("owner", "Choose the owner");
        let from = typed.needed_day("from", "Enter the first day");
        let to = typed.after("to", from, "The day must be after the first day");
        Some(Self { id, provider, owner: owner?, from: from?, to })
    }
}

/// Handlers of the facts of homes and foster homes.
pub(super) mod of_homes {
    use super::{CapacityEvent, Exemption, FosterHome, Judgement, Restriction, Setting, Terms};
    super::fact::entries!(told CapacityEvent, Judgement, Terms, Restriction, Exemption, Setting, FosterHome; typed CapacityEvent, Judgement, Terms, Restriction, Exemption);
}

/// Handlers of the facts of providers.
pub(super) mod of_providers {
    use super::{Document, Ownership, Provider};
    super::fact::entries!(told Document, Ownership, Provider; typed Document, Ownership);
}

/// What was sent, or nothing where the form is only asked for.
type Posted = Option<Pairs>;

async fn one<F: Form>(state: &app::State, acting: &Acting, under: &Under<'_>, whole: F::Whole, sent: Posted) -> Result<Response, Error> {
    match sent {
        Some(pairs) => fact::add::<F>(state, acting, under, whole, pairs).await,
        None => fact::begin::<F>(state, acting, under, whole).await,
    }
}

async fn to_home(state: &app::State, acting: &Acting, (text, word): (&str, &str), sent: Posted) -> Result<Response, Error> {
    let home = record::setting(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?;
    let setting = &home.setting.fact;
    let here = format!("/homes/{text}");
    let under = Under { here: &here, name: &setting.name, trail: &[("Homes", "/homes")] };
    match word {
        CapacityEvent::WORD => one::<CapacityEvent>(state, acting, &under, setting.id, sent).await,
        Judgement::WORD => one::<Judgement>(state, acting, &under, (Some(setting.id), setting.provider), sent).await,
        Terms::WORD => one::<Terms>(state, acting, &under, setting.id, sent).await,
        Restriction::WORD => one::<Restriction>(state, acting, &under, setting.id, sent).await,
        _ => Err(Error::NotFound),
    }
}

/// `GET /homes/{id}/add/{what}`
pub(super) async fn home_form(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    to_home(&state, &acting, (&text, &word), None).await
}

/// `POST /homes/{id}/add/{what}`
pub(super) async fn home_fact(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    to_home(&state, &acting, (&text, &word), Some(pairs)).await
}

async fn to_foster_home(state: &app::State, acting: &Acting, (text, word): (&str, &str), sent: Posted) -> Result<Response, Error> {
    let home = record::foster_home(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?.home.fact;
    let here = format!("/foster-homes/{text}");
    let under = Under { here: &here, name: &home.reference, trail: &[("Homes", "/homes"), ("Foster homes", "/foster-homes")] };
    if word == Exemption::WORD { one::<Exemption>(state, acting, &under, (home.id, None), sent).await } else { Err(Error::NotFound) }
}

/// `GET /foster-homes/{id}/add/{what}`
pub(super) async fn foster_form(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    to_foster_home(&state, &acting, (&text, &word), None).await
}

/// `POST /foster-homes/{id}/add/{what}`
pub(super) async fn foster_fact(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    to_foster_home(&state, &acting, (&text, &word), Some(pairs)).await
}

async fn to_provider(state: &app::State, acting: &Acting, (text, word): (&str, &str), sent: Posted) -> Result<Response, Error> {
    let provider = record::provider(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?.provider.fact;
    let here = format!("/providers/{text}");
    let under = Under { here: &here, name: &provider.name, trail: &[("Homes", "/homes"), ("Providers", "/providers")] };
    match word {
        Document::WORD => one::<Document>(state, acting, &under, provider.id, sent).await,
        Ownership::WORD => one::<Ownership>(state, acting, &under, provider.id, sent).await,
        _ => Err(Error::NotFound),
    }
}

/// `GET /providers/{id}/add/{what}`
pub(super) async fn provider_form(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    to_provider(&state, &acting, (&text, &word), None).await
}

/// `POST /providers/{id}/add/{what}`
pub(super) async fn provider_fact(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    to_provider(&state, &acting, (&text, &word), Some(pairs)).await
}
