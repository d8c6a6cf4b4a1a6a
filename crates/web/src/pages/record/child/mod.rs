//! Children's cases: the list, one case with everything that stands in it, its forms, its vault, and entries that are the same child.
//!
//! Addresses hold identities alone: what the case system calls a child, and every word about one, is typed into forms and never stands in an address.

mod decisions;
mod described;
mod details;
mod duplicates;
mod entrust;
mod exports;
mod form;
mod household;
mod inputs;
mod kinds;
mod list;
mod log;
mod names;
mod need;
mod returns;
mod show;
mod tab;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use domain::Id;
use domain::case::{
    Allocation, CourtAuthority, EmergencyDecision, HealthAssessment, MissingEpisode, NeedProfile, Plan, Review, Sibling, Visit, Voice,
};
use domain::child::Child;
use domain::legal_status::LegalStatus;
use domain::period::PeriodOfCare;
use domain::person::Person;
use domain::placement::Placement;
use service::record::access::{Action, Actor, Purpose};
use service::record::{self, case};

pub(crate) use self::list::cases_listed;

use self::described::{Context, Described};
pub(super) use self::log::did;
use crate::api::written;
use crate::asked::Asked;
use crate::door::{Acting, Doors};
use crate::error::Error;
use crate::sent::MOST_BYTES;

type Pairs = Vec<(String, String)>;

/// The forms of each kind of fact, each behind the door of who may write it: the door and the use case name the same action, or nothing compiles.
macro_rules! forms {
    ($doors:expr, $($slug:literal $fact:ident $write:ident),+ $(,)?) => {{
        $(const _: () = assert!(matches!(<$fact as case::CaseFact>::WRITE, Action::$write));)+
        $doors$(
            .route(concat!("/cases/{id}/", $slug, "/new"), Action::$write, get(form::new::<$fact>).post(form::create::<$fact>))
            .route(
                concat!("/cases/{id}/", $slug, "/{fact}/correct"),
                Action::$write,
                get(form::edit::<$fact>).post(form::correct::<$fact>),
            )
            .route(
                concat!("/cases/{id}/", $slug, "/{fact}/withdraw"),
                Action::$write,
                get(form::doubt::<$fact>).post(form::withdraw::<$fact>),
            )
            .route(concat!("/cases/{id}/", $slug, "/{fact}/history"), Action::ChildRead, get(form::history::<$fact>))
        )+
    }};
}

/// The forms of each kind of fact as programs send them, behind the same doors.
macro_rules! sent {
    ($doors:expr, $($slug:literal $fact:ident $write:ident),+ $(,)?) => {
        $doors$(
            .route(concat!("/api/v1/cases/{id}/", $slug), Action::$write, written(form::create::<$fact>))
            .route(concat!("/api/v1/cases/{id}/", $slug, "/{fact}/correct"), Action::$write, written(form::correct::<$fact>))
            .route(concat!("/api/v1/cases/{id}/", $slug, "/{fact}/withdraw"), Action::$write, written(form::withdraw::<$fact>))
        )+
    };
}

/// The kinds of facts: the word of the address, and what writing one is.
macro_rules! facts {
    ($made:ident, $doors:expr) => {
        $made!(
            $doors,
            "placements" Placement PlacementWrite,
            "legal-statuses" LegalStatus ChildWrite,
            "periods" PeriodOfCare ChildWrite,
            "allocations" Allocation ChildAllocate,
            "needs" NeedProfile ChildWrite,
            "siblings" Sibling ChildWrite,
            "missing" MissingEpisode ChildWrite,
            "reviews" Review ReviewWrite,
            "visits" Visit ChildWrite,
            "health" HealthAssessment ChildWrite,
            "emergencies" EmergencyDecision ChildWrite,
            "courts" CourtAuthority ChildWrite,
            "plans" Plan ChildWrite,
            "voice" Voice VoiceWrite,
        )
    };
}

/// The addresses of cases.
pub(super) fn routes() -> Doors {
    let doors = Doors::new()
        .route("/cases", Action::ChildList, get(list::show))
        .route("/cases.csv", Action::ChildList, get(list::csv))
        .route("/cases/find", Action::ChildList, get(list::find).post(list::found))
        .route("/cases/new", Action::ChildWrite, get(details::new).post(details::create))
        .route("/cases/in-need", Action::ChildBreakGlass, get(need::show).post(need::open))
        .route("/cases/duplicates", Action::ChildMerge, get(duplicates::list))
        .route("/cases/exports", Action::RecordImport, get(exports::show))
        .route("/cases/exports", Action::RecordImport, post(exports::take).layer(DefaultBodyLimit::max(exports::MOST_BYTES)))
        .route("/cases/exports/mapping", Action::RecordImport, get(exports::mapping))
        .route("/cases/exports/mapping", Action::RecordImport, post(exports::keep).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/cases/returns", Action::RecordImport, get(returns::show).post(returns::take))
        .route("/cases/{id}", Action::ChildRead, get(tab::living))
        .route("/cases/{id}/needs", Action::ChildRead, get(tab::needs))
        .route("/cases/{id}/health", Action::ChildRead, get(tab::health))
        .route("/cases/{id}/decisions", Action::ChildRead, get(tab::decisions))
        .route("/cases/{id}/planning", Action::ChildRead, get(tab::planning))
        .route("/cases/{id}/log", Action::ChildRead, get(log::show))
        .route("/cases/{id}/correct", Action::ChildWrite, get(details::edit).post(details::correct))
        .route("/cases/{id}/entrust", Action::ChildEntrust, get(entrust::show).post(entrust::take))
        .route("/cases/{id}/merge", Action::ChildMerge, get(duplicates::ask).post(duplicates::merge))
        .route("/cases/{id}/unmerge/{merge}", Action::ChildMerge, get(duplicates::doubt).post(duplicates::unmerge))
        .route("/cases/{id}/placements/{fact}/household", Action::PlacementWrite, get(household::ask).post(household::take))
        .route("/cases/{id}/names", Action::VaultRead, get(names::show))
        .route("/cases/{id}/names/new", Action::VaultWrite, get(names::new).post(names::create))
        .route("/cases/{id}/names/{word}/correct", Action::VaultWrite, get(names::edit).post(names::correct))
        .route("/cases/{id}/names/{word}/withdraw", Action::VaultWrite, get(names::doubt).post(names::withdraw))
        .route("/cases/{id}/names/{word}/history", Action::VaultRead, get(names::history));
    facts!(forms, doors)
}

/// The same for programs.
pub(super) fn writing() -> Doors {
    facts!(sent, Doors::new())
}

/// Whoever reads, with the purpose that the address says, where it says one of the list.
pub(crate) fn reading(acting: &Acting, pairs: &[(String, String)]) -> Actor {
    let said = pairs.iter().find(|(name, _)| name == "purpose").and_then(|(_, word)| word.parse::<Purpose>().ok());
    Actor { purpose: said.map(|purpose| purpose.label().to_owned()), ..acting.actor.clone() }
}

/// What goes along from page to page of a case: the day as of which it is shown, and what it is read for.
fn along(pairs: &Pairs) -> Asked {
    Asked::new(pairs.clone()).only(&["as-known", "purpose"])
}

/// Refuses whoever may not do this with this case, as if there were no such child.
async fn may_open(acting: &Acting, child: Id<Child>, action: Action) -> Result<(), Error> {
    Ok(case::may(&acting.record, &acting.actor, acting.authority.id, child, action).await?)
}

/// What forms and tables of a kind of fact need to know.
async fn context<F: Described>(acting: &Acting, actor: &Actor) -> Result<Context, Error> {
    let names = |field: &str| F::FIELDS.iter().any(|about| about.name == field);
    let children = if names("other") { reachable(acting).await? } else { Vec::new() };
    let people = if names("person") || names("decider") { colleagues(acting, actor).await? } else { Vec::new() };
    let households = if F::IN_HOUSEHOLD { household::all(acting).await? } else { Vec::new() };
    Ok(Context { today: acting.record.today(), children, people, households })
}

/// The people of the authority, by name.
async fn colleagues(acting: &Acting, actor: &Actor) -> Result<Vec<(String, Id<Person>)>, Error> {
    let people = case::colleagues(&acting.record, actor, acting.authority.id).await?;
    Ok(people.into_iter().map(|person| (person.name, person.id)).collect())
}

/// The children on somebody's list, by reference.
async fn reachable(acting: &Acting) -> Result<Vec<(String, Id<Child>)>, Error> {
    if !acting.may(Action::ChildList) {
        return Ok(Vec::new());
    }
    let listed = record::children(&acting.record, &acting.actor, acting.authority.id).await?;
    Ok(listed.into_iter().map(|one| (one.child.reference, one.child.id)).collect())
}
