//! Taking returns and Ofsted's register into the record on pages. Everybody and every home here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use std::fs;
use std::sync::Arc;

use axum::http::{Method, StatusCode};
use service::holdings::{self, Folder, Holding};
use service::record::access::Role;
use signed_in::{Answer, Person, Site, site};
use web::Opened;

const COLUMNS: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";

/// Returns of two children, the first of whom moved into a foster home on a day.
fn returns(moved: &str) -> Arc<Holding> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("header.csv"),
        "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n71,1,01/02/2014,WBRI,,,\n72,2,01/03/2015,WBRI,,,\n",
    )
    .unwrap();
    let episodes = format!("{COLUMNS}\n71,{moved},S,V2,N1,U1,PR1,,,,,,\n72,01/05/2025,S,V2,N1,U1,PR1,,,,,,\n");
    fs::write(folder.path().join("episodes.csv"), episodes).unwrap();
    let folder = Folder { path: folder.path().to_owned(), authority: Some("Exampleshire".to_owned()), year: Some(2026) };
    Arc::new(holdings::open(folder).unwrap())
}

#[tokio::test]
async fn returns_are_compared_and_taken_and_each_child_has_its_word() {
    let (roles, at) = ([Role::PlacementOfficer, Role::SocialWorker], "/cases/returns");
    let site = site(&roles, Opened::here).await;
    let without = site.send(Some(site.person(Role::PlacementOfficer)), &Method::GET, at, "").await;
    assert!(without.body.contains("was started without returns"), "{}", without.body);
    let site = site.over(returns("01/05/2025"));
    let officer = site.person(Role::PlacementOfficer);
    assert!(site.send(Some(officer), &Method::GET, "/cases", "").await.body.contains("href=\"/cases/returns\""));
    assert_eq!(site.send(Some(site.person(Role::SocialWorker)), &Method::GET, at, "").await.status, StatusCode::FORBIDDEN);

    let look = site.send(Some(officer), &Method::POST, at, "do=look").await.body;
    assert!(look.contains("nothing written. 2 children would be new"), "{look}");
    assert!(site.send(Some(officer), &Method::GET, "/cases", "").await.body.contains("No child"), "a look adds nobody");
    let taken = site.send(Some(officer), &Method::POST, at, "do=take").await.body;
    assert!(taken.contains("2 children new"), "{taken}");

    // The returns of the next month have both children otherwise: the word of one is taken.
    let site = site.over(returns("03/05/2025"));
    let officer = site.person(Role::PlacementOfficer);
    let look = site.send(Some(officer), &Method::POST, at, "do=look").await.body;
    assert!(look.contains("value=\"71\"") && !look.contains("value=\"72\""), "{look}");
    let kept = site.send(Some(officer), &Method::POST, at, "do=take").await.body;
    assert!(kept.contains("<td class=\"govuk-table__cell\">kept</td>") && !kept.contains("corrected"), "{kept}");
    let taken = site.send(Some(officer), &Method::POST, at, "do=take&child=71").await.body;
    assert!(taken.contains("corrected") && !taken.contains(">kept<"), "{taken}");
    let again = site.send(Some(officer), &Method::POST, at, "do=look").await.body;
    assert!(!again.contains("value=\"71\""), "nothing differs any more: {again}");
}

const HOMES: &str = "urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed\n";

/// Sends a register: what to do, the file.
async fn send(site: &Site, who: &Person, what: &str, file: Option<&str>) -> Answer {
    let part = |name: &str, file: &str, content: &str| {
        ["--b\r\nContent-Disposition: form-data; name=\"", name, "\"", file, "\r\n\r\n", content, "\r\n"].concat()
    };
    let mut body = part("form-token", "", &who.token) + &part("do", "", what);
    if let Some(file) = file {
        body += &part("file", "; filename=\"register.csv\"", &format!("{HOMES}{file}"));
    }
    body += "--b--\r\n";
    site.raw(Some(who), &Method::POST, "/homes/register", &[("content-type", "multipart/form-data; boundary=b")], &body).await
}

#[tokio::test]
async fn a_register_is_looked_at_taken_and_its_faults_are_told() {
    let site = site(&[Role::ContractOfficer, Role::SocialWorker], Opened::here).await;
    let officer = site.person(Role::ContractOfficer);
    assert!(site.send(Some(officer), &Method::GET, "/homes", "").await.body.contains("href=\"/homes/register\""));
    let stranger = site.person(Role::SocialWorker);
    assert_eq!(site.send(Some(stranger), &Method::GET, "/homes/register", "").await.status, StatusCode::FORBIDDEN);
    let first = site.send(Some(officer), &Method::GET, "/homes/register", "").await.body;
    assert!(first.contains("Choose the register"), "{first}");

    let good = "9000001,The Elms,Children's home,Private,Elm Care Ltd,,ZZ1 1AA,4,8,17,Good,2026-01-10,2020-01-01,\n";
    let look = send(&site, officer, "look", Some(good)).await;
    assert!(
        look.status == StatusCode::OK && look.body.contains("Nothing was written") && look.body.contains("1 home new"),
        "{}",
        look.body
    );
    assert!(!site.send(Some(officer), &Method::GET, "/homes", "").await.body.contains("The Elms"), "a look adds nothing");
    let taken = send(&site, officer, "take", Some(good)).await;
    assert!(taken.body.contains("The register is taken"), "{}", taken.body);
    assert!(site.send(Some(officer), &Method::GET, "/homes", "").await.body.contains("The Elms"));

    let worse = good.replace("Good,2026-01-10", "Inadequate,2026-03-10");
    let fallen = send(&site, officer, "look", Some(&worse)).await.body;
    assert!(fallen.contains("Inadequate") && fallen.contains("would change"), "{fallen}");
    let faulty = send(&site, officer, "take", Some(&good.replace(",4,8,", ",four,8,"))).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", faulty.body);
    assert!(
        faulty.body.contains("Nothing was taken") && faulty.body.contains("href=\"#file\"") && faulty.body.contains("four"),
        "{}",
        faulty.body
    );
    let none = send(&site, officer, "take", None).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("Choose a register"), "{}", none.body);
}
