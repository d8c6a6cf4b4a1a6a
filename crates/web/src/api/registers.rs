//! The registers by API: the lists with their pages' filters, sorting and paging, and one of each thing.

use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use domain::Id;
use domain::office::Office;
use domain::setting::Setting;
use service::people;
use service::record::{self, Versioned, access::Action};

use super::alerts::Alerts;
use super::foster_homes::{self, FosterHomes};
use super::homes::{Calendar, History, Home, Homes, MOST_NIGHTS};
use super::offices::{Nominations, WhoDecides};
use super::papers::RunningOut;
use super::providers::{self, Providers};
use super::record::Cases;
use super::shared::Paged;
use super::v1::json;
use crate::asked::Asked;
use crate::door::{Acting, Doors};
use crate::error::Error;
use crate::pages::{alerts_listed, cases_listed, documents_until, foster_homes_listed, homes_listed, providers_listed};

type Pairs = Vec<(String, String)>;

/// Rows a page.
const A_PAGE: u32 = 100;

/// Nights of a calendar, unless the address says otherwise.
const NIGHTS: i32 = 28;

/// The addresses of the registers.
pub(super) fn routes() -> Doors {
    Doors::new()
        .route("/api/v1/homes", Action::HomeRead, get(homes))
        .route("/api/v1/homes/{id}", Action::HomeRead, get(home))
        .route("/api/v1/homes/{id}/history", Action::HomeRead, get(history))
        .route("/api/v1/homes/{id}/beds", Action::HomeRead, get(beds))
        .route("/api/v1/foster-homes", Action::HomeRead, get(households))
        .route("/api/v1/foster-homes/{id}", Action::HomeRead, get(household))
        .route("/api/v1/providers", Action::ProviderRead, get(all_providers))
        .route("/api/v1/providers/{id}", Action::ProviderRead, get(provider))
        .route("/api/v1/documents", Action::ProviderRead, get(documents))
        .route("/api/v1/alerts", Action::HomeRead, get(alerts))
        .route("/api/v1/cases", Action::ChildList, get(cases))
        .route("/api/v1/offices", Action::OfficeRead, get(offices))
        .route("/api/v1/nominations", Action::OfficeRead, get(nominations))
}

/// The thing that an address names.
fn id<Of>(text: &str) -> Result<Id<Of>, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// `GET /api/v1/homes?search=elm&kind=childrens-home&judged=good&which=free&sort=available&after=…`
async fn homes(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let rows = homes_listed(&acting, pairs, A_PAGE).await?;
    let body = Homes::new(&rows.page.rows, acting.record.today());
    json(&Paged { body, total: rows.page.total, next: rows.next("/api/v1/homes") })
}

/// `GET /api/v1/homes/{id}?as-known=2026-03-31`
async fn home(acting: Acting, Path(text): Path<String>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let as_known = Asked::new(pairs).day("as-known")?;
    json(&Home::new(&record::setting(&acting.record, &acting.actor, acting.authority.id, id(&text)?, as_known).await?))
}

/// `GET /api/v1/homes/{id}/history`
async fn history(acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let versions: Vec<Versioned<Setting>> =
        record::history(&acting.record, &acting.actor, acting.authority.id, id::<Setting>(&text)?).await?;
    json(&History::new(&versions).ok_or(Error::NotFound)?)
}

/// `GET /api/v1/homes/{id}/beds?from=2026-04-01&to=2026-05-01`: night by night; `to` is the day after the last night.
async fn beds(acting: Acting, Path(text): Path<String>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let from = asked.day("from")?.unwrap_or_else(|| acting.record.today());
    let to = asked.day("to")?.unwrap_or_else(|| from.plus(NIGHTS));
    if !(1..=MOST_NIGHTS).contains(&to.since(from)) {
        return Err(Error::Unreadable(format!("“to” must be one day to ten years after {from}: it is the day after the last night.")));
    }
    let page = record::setting(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    json(&Calendar::new(&page, &page.nights(from, to)))
}

/// `GET /api/v1/foster-homes?search=fh&stage=approved&care=short-term&after=…`
async fn households(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let rows = foster_homes_listed(&acting, pairs, A_PAGE).await?;
    let body = FosterHomes::new(&rows.page.rows, acting.record.today());
    json(&Paged { body, total: rows.page.total, next: rows.next("/api/v1/foster-homes") })
}

/// `GET /api/v1/foster-homes/{id}?as-known=2026-03-31`
async fn household(acting: Acting, Path(text): Path<String>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let as_known = Asked::new(pairs).day("as-known")?;
    let page = record::foster_home(&acting.record, &acting.actor, acting.authority.id, id(&text)?, as_known).await?;
    json(&foster_homes::One::new(&page))
}

/// `GET /api/v1/providers?search=elm&sector=private&status=approved&after=…`
async fn all_providers(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let rows = providers_listed(&acting, pairs, A_PAGE).await?;
    let body = Providers::new(&rows.page.rows, acting.record.today());
    json(&Paged { body, total: rows.page.total, next: rows.next("/api/v1/providers") })
}

/// `GET /api/v1/providers/{id}?as-known=2026-03-31`
async fn provider(acting: Acting, Path(text): Path<String>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let as_known = Asked::new(pairs).day("as-known")?;
    let page = record::provider(&acting.record, &acting.actor, acting.authority.id, id(&text)?, as_known).await?;
    json(&providers::One::new(&page, acting.record.today()))
}

/// `GET /api/v1/documents?months=3`: what has run out, or will within so many months.
async fn documents(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (_, until) = documents_until(&acting, &Asked::new(pairs))?;
    let all = record::expiring_documents(&acting.record, &acting.actor, acting.authority.id, until).await?;
    json(&RunningOut::new(&all, acting.record.today(), until))
}

/// `GET /api/v1/alerts?which=resolved&kind=breach&search=elm&sort=since&after=…`
async fn alerts(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let rows = alerts_listed(&acting, pairs, A_PAGE).await?;
    let body = Alerts::new(&rows.page.rows, acting.record.today());
    json(&Paged { body, total: rows.page.total, next: rows.next("/api/v1/alerts") })
}

/// `GET /api/v1/cases?which=care&age=10-15&lives=fostering-kin&legal=…&sort=since&after=…`: those whose cases are open to whoever asks.
async fn cases(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let rows = cases_listed(&acting, pairs, A_PAGE).await?;
    let body = Cases::new(&rows.page.rows, acting.record.today());
    json(&Paged { body, total: rows.page.total, next: rows.next("/api/v1/cases") })
}

/// `GET /api/v1/offices?on=2026-11-22&hour=18`: who decides then; now, unless the address says otherwise.
async fn offices(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let (today, now) = acting.record.clock();
    let (on, hour) = (asked.day("on")?.unwrap_or(today), asked.number::<u8>("hour")?.unwrap_or(now));
    if hour > 23 {
        return Err(Error::Unreadable("The hours of a day are 0 to 23.".to_owned()));
    }
    let mut found = Vec::new();
    for office in Office::ALL {
        let approvers = people::approvers(&acting.record, &acting.actor, &acting.authority, office, (on, hour)).await?;
        found.push((office, approvers));
    }
    json(&WhoDecides::new(&found, (on, hour)))
}

/// `GET /api/v1/nominations`
async fn nominations(acting: Acting) -> Result<Response, Error> {
    let all = people::nominations(&acting.record, &acting.actor, &acting.authority).await?;
    json(&Nominations::new(&all, acting.record.today()))
}
