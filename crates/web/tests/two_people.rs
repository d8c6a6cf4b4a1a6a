//! Bank details that two people change, as both of them walk through the pages. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use axum::http::{Method, StatusCode};
use service::record::access::Role;
use signed_in::{Answer, Person, Site, site};
use web::Opened;

const ACCOUNT: &str = "holder=Elm+Care+Ltd&sort-code=12-34-56&number=1234+5678&reason=Letter+of+1+June";

async fn get(site: &Site, who: &Person, path: &str) -> Answer {
    site.send(Some(who), &Method::GET, path, "").await
}

async fn post(site: &Site, who: &Person, path: &str, words: &str) -> Answer {
    site.send(Some(who), &Method::POST, path, words).await
}

/// The action of a form of a page that ends so.
fn action<'p>(page: &'p str, verb: &str) -> &'p str {
    let actions = page.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    actions.into_iter().find(|action| action.ends_with(verb)).unwrap()
}

/// A site with a provider in it, where the analyst has become the second person of finance.
async fn begun() -> (Site, String) {
    let roles = [Role::Administrator, Role::Analyst, Role::ContractOfficer, Role::FinanceOfficer, Role::SocialWorker];
    let site = site(&roles, Opened::here).await;
    let roles = format!("/people/{}/roles", site.person(Role::Analyst).id);
    let made = post(&site, site.person(Role::Administrator), &roles, "role=finance-officer").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let provider = "name=Elm+Care&legal_name=&company=&sector=private&status=prospect";
    let made = post(&site, site.person(Role::ContractOfficer), "/providers/new", provider).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    (site, made.location)
}

#[tokio::test]
async fn one_proposes_and_another_compares_and_confirms() {
    let (site, provider) = begun().await;
    let (fay, max, cleo) = (site.person(Role::FinanceOfficer), site.person(Role::Analyst), site.person(Role::ContractOfficer));
    let home = format!("{provider}/payee");
    assert_eq!(post(&site, fay, &format!("{home}/new"), ACCOUNT).await.location, home);
    // Whoever proposed it sees what changes, and cannot confirm it.
    let own = get(&site, fay, &home).await.body;
    assert!(own.contains("Waiting for a second person") && own.contains("From no account to the account ending 5678"));
    assert!(own.contains("Withdraw it") && !own.contains("Confirm these") && !own.contains("compare</a>") && !own.contains("12345678"));
    assert!(get(&site, fay, "/work").await.body.contains("Nobody waits for you"));
    let opened = get(&site, fay, &format!("{home}/open")).await.body;
    assert!(opened.contains("12345678") && opened.contains("12-34-56") && !opened.contains("Confirm these"));
    // Another one finds it in their work, opens it and confirms.
    let work = get(&site, max, "/work").await.body;
    assert!(work.contains("Bank details to confirm") && work.contains(&format!("href=\"{home}\"")), "{work}");
    let page = get(&site, max, &home).await.body;
    assert!(page.contains("Open the accounts and compare") && !page.contains("Confirm these"), "confirmed by whoever has seen it");
    let page = get(&site, max, &format!("{home}/open")).await.body;
    let confirm = action(&page, "/confirm").to_owned();
    let refused = post(&site, fay, &confirm, "version=1").await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("You proposed these bank details yourself"));
    assert_eq!(post(&site, max, &confirm, "version=1").await.location, home);
    let again = post(&site, max, &confirm, "version=1").await;
    assert!(again.status == StatusCode::CONFLICT && again.body.contains("decided already") && again.body.contains("confirmed by"), "once");
    let page = get(&site, cleo, &home).await.body;
    assert!(page.contains("Account ending 5678, proposed by Invented finance officer, confirmed by Invented analyst"), "{page}");
    assert!(!page.contains("/open\"") && !page.contains("/new\""), "whoever may not is not led there");
    let page = get(&site, cleo, &provider).await.body;
    assert!(page.contains("Paid to the account ending 5678") && page.contains("Bank details opened") && !page.contains("12345678"));
    // A program is told the same, and never the account.
    let told = get(&site, cleo, &format!("/api/v1{home}")).await;
    let body: serde_json::Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!((&body["in_force"]["ending"], &body["in_force"]["state"]), (&"5678".into(), &"in-force".into()));
    assert!(body["waiting"].is_null() && body["all"].as_array().unwrap().len() == 1 && !told.body.contains("12345678"));
    for path in [&home, &format!("{home}/open"), &format!("/api/v1{home}")] {
        assert_eq!(get(&site, site.person(Role::SocialWorker), path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept() {
    let (site, provider) = begun().await;
    let (fay, max) = (site.person(Role::FinanceOfficer), site.person(Role::Analyst));
    let home = format!("{provider}/payee");
    let new = format!("{home}/new");
    let wrong = post(&site, fay, &new, "holder=&sort-code=12345&number=1234567&reason=").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "href=\"#holder\"",
        "href=\"#sort-code\"",
        "href=\"#number\"",
        "href=\"#reason\"",
        "value=\"12345\"",
        "six figures",
        "put a 0 before",
    ] {
        assert!(wrong.body.contains(words), "{words}");
    }
    post(&site, fay, &new, ACCOUNT).await;
    let second = post(&site, max, &new, &ACCOUNT.replace("5678", "5679")).await;
    assert!(second.status == StatusCode::UNPROCESSABLE_ENTITY && second.body.contains("wait for a second person already"));
    let page = get(&site, max, &home).await.body;
    let down = action(&page, "/turn-down").to_owned();
    let silent = post(&site, max, &down, "version=1&reason=").await;
    assert!(
        silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.body.contains("Say why") && silent.body.contains("href=\"#reason\"")
    );
    assert_eq!(post(&site, max, &down, "version=1&reason=They+know+of+no+change").await.location, home);
    let page = get(&site, fay, &home).await.body;
    assert!(page.contains("Refused") && page.contains("No account: nothing can be paid") && page.contains("Propose other bank details"));
}
