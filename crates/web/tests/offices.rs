//! Nominations and the rota as people keep them. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use axum::http::{Method, StatusCode};
use service::record::access::Role;
use signed_in::{Answer, Site, site};
use web::Opened;

/// The first address on a page that begins so.
fn address(page: &Answer, begins: &str) -> String {
    let rest = page.body.split(&format!("href=\"{begins}")).nth(1).unwrap();
    format!("{begins}{}", rest.split('"').next().unwrap())
}

async fn post(site: &Site, path: &str, words: &str) -> Answer {
    site.send(Some(site.person(Role::Administrator)), &Method::POST, path, words).await
}

async fn get(site: &Site, role: Role, path: &str) -> Answer {
    site.send(Some(site.person(role)), &Method::GET, path, "").await
}

#[tokio::test]
async fn a_nomination_is_ended_corrected_and_taken_back_and_the_page_warns() {
    let site = site(&[Role::Administrator, Role::Director, Role::Analyst], Opened::here).await;
    let director = &site.person(Role::Director).id;
    let typed = format!("office=director&standing=holder&person={director}&start=2026-01-05&written=Folder+7");
    assert_eq!(post(&site, "/offices/nominations", &typed).await.location, "/offices");
    let offices = get(&site, Role::Administrator, "/offices").await;
    assert_eq!(offices.body.matches("nobody can decide").count(), 2, "the other two offices");
    let one = address(&offices, "/offices/nominations/0");
    assert!(get(&site, Role::Administrator, "/offices/nominations.csv").await.body.contains("director,Invented director"), "CSV");

    let shown = get(&site, Role::Analyst, &one).await;
    assert!(shown.body.contains("Folder 7") && !shown.body.contains("/end\""), "everybody reads, few end");
    let wrong = post(&site, &format!("{one}/end"), "version=1&ends-on=2026-13-40&end-reason=She+left").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["value=\"2026-13-40\"", "value=\"She left\"", "href=\"#ends-on\""] {
        assert!(wrong.body.contains(kept), "{kept}");
    }
    assert_eq!(post(&site, &format!("{one}/end"), "version=1&ends-on=2026-02-01&end-reason=She+left").await.location, "/offices");
    assert_eq!(get(&site, Role::Administrator, "/offices").await.body.matches("nobody can decide").count(), 3);
    let form = get(&site, Role::Administrator, &format!("{one}/correct")).await;
    assert!(form.body.contains("value=\"2026-02-01\"") && form.body.contains("name=\"version\" value=\"2\""), "what stands is filled in");
    let refused = post(&site, &format!("{one}/correct"), &format!("version=2&{typed}")).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("href=\"#reason\""), "{}", refused.status);
    assert_eq!(post(&site, &format!("{one}/correct"), &format!("version=2&{typed}&reason=Another+paper")).await.location, one);
    let shown = get(&site, Role::Administrator, &one).await;
    assert!(shown.body.contains("Another paper") && shown.body.contains("1 February 2026"), "its history");
    assert_eq!(post(&site, &format!("{one}/withdraw"), "version=3&withdraw-reason=Never+was").await.location, "/offices");
    let gone = get(&site, Role::Administrator, &one).await;
    assert!(gone.body.contains("It was taken back") && gone.body.contains("Folder 7"));
    assert_eq!(post(&site, &format!("{one}/withdraw"), "version=4&withdraw-reason=Again").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_rota_lists_its_nights_and_each_entry_is_corrected_and_taken_off() {
    let site = site(&[Role::Administrator, Role::Director, Role::Analyst], Opened::here).await;
    let director = &site.person(Role::Director).id;
    let typed = format!("on-duty={director}&night=2026-03-07&telephone=0115+496+0000");
    assert_eq!(post(&site, "/offices/rota", &typed).await.location, "/offices?on=2026-03-07&hour=18");
    let again = post(&site, "/offices/rota", &typed).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("already"), "{}", again.status);
    let nights = "/offices/rota?from=2026-03-06&to=2026-03-08";
    let list = get(&site, Role::Analyst, nights).await;
    for words in ["7 March 2026", "0115 496 0000", "decides for no office", "Nominated officer", "Nobody"] {
        assert!(list.body.contains(words), "{words}");
    }
    let csv = get(&site, Role::Analyst, "/offices/rota.csv?from=2026-03-06&to=2026-03-08").await;
    assert_eq!(csv.body.lines().count(), 4, "{}", csv.body);
    assert_eq!(get(&site, Role::Analyst, "/offices/rota?from=2026-03-06&to=2026-03-01").await.status, StatusCode::BAD_REQUEST);
    let one = address(&list, "/offices/rota/");
    let form = get(&site, Role::Administrator, &format!("{one}/correct")).await;
    assert!(form.body.contains("value=\"2026-03-07\""));
    let moved = format!("version=1&on-duty={director}&night=2026-03-08&telephone=0115+496+0001");
    assert_eq!(post(&site, &format!("{one}/correct"), &moved).await.status, StatusCode::UNPROCESSABLE_ENTITY, "without a reason");
    assert_eq!(post(&site, &format!("{one}/correct"), &format!("{moved}&reason=Swapped")).await.location, one);
    assert!(get(&site, Role::Analyst, &one).await.body.contains("Swapped"));
    assert_eq!(post(&site, &format!("{one}/withdraw"), "version=2&withdraw-reason=On+leave").await.location, "/offices/rota");
    assert!(!get(&site, Role::Analyst, nights).await.body.contains("0115"));
}
