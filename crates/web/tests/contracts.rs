//! The rooms of contracts, documents and placing, as people of different roles walk through them.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use axum::http::{Method, StatusCode};
use service::record::access::Role;
use signed_in::{Answer, Person, Site, site};
use web::Opened;

/// What somebody does on a site.
struct Walk<'s> {
    site: &'s Site,
    who: &'s Person,
}

impl Walk<'_> {
    async fn read(&self, path: &str) -> Answer {
        self.site.send(Some(self.who), &Method::GET, path, "").await
    }

    async fn send(&self, path: &str, words: &str) -> Answer {
        self.site.send(Some(self.who), &Method::POST, path, words).await
    }

    /// Sends what must be taken; gives the address that it leads to.
    async fn take(&self, path: &str, words: &str) -> String {
        let answer = self.send(path, words).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
        answer.location
    }
}

fn day(name: &str, [day, month, year]: [u32; 3]) -> String {
    format!("&{name}-day={day}&{name}-month={month}&{name}-year={year}")
}

/// The address of a link whose text begins so.
fn link<'p>(page: &'p str, begins: &str) -> &'p str {
    let before = page.split(&format!("\">{begins}")).next().unwrap();
    before.rsplit("href=\"").next().unwrap()
}

const ROLES: [Role; 5] = [Role::ContractOfficer, Role::FinanceOfficer, Role::QualityOfficer, Role::PlacementOfficer, Role::LeadMember];

async fn framework(officer: &Walk<'_>) -> (String, String, String) {
    let provider = officer.take("/providers/new", "name=Elm+Care&sector=private&status=approved").await;
    let provider_id = provider.rsplit('/').next().unwrap().to_owned();
    let home = format!(
        "name=Elm+House&provider={provider_id}&kind=childrens-home&registration=held&places=4&youngest=8&oldest=17&takes=anybody{}",
        day("opened", [1, 1, 2020])
    );
    let home = officer.take("/homes/new", &home).await;
    let contract = format!(
        "reference=FW-1&title=Invented+framework&kind=framework&regime=pa-2023{}{}",
        day("from", [1, 4, 2026]),
        day("to", [1, 4, 2030])
    );
    (officer.take("/contracts/new", &contract).await, provider, home)
}

#[tokio::test]
async fn a_contract_is_written_priced_corrected_and_taken_back() {
    let site = site(&ROLES, Opened::here).await;
    let officer = Walk { site: &site, who: site.person(Role::ContractOfficer) };
    let (contract, provider, _) = framework(&officer).await;
    let provider = provider.rsplit('/').next().unwrap();
    officer.take(&format!("{contract}/add/lot"), "name=Lot+1&buys=Homes").await;
    let page = officer.read(&format!("{contract}/add/member")).await.body;
    let lot = page.split("<option value=\"").find(|option| option.contains(">Lot 1")).unwrap().split('"').next().unwrap().to_owned();
    let joining = |date| format!("provider={provider}&lot={lot}{}", day("from", date));
    let late = joining([2, 4, 2027]);
    let refused = officer.send(&format!("{contract}/add/member"), &late).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("while a window is open") && refused.body.contains("href=\"#provider\""), "{}", refused.body);
    officer.take(&format!("{contract}/add/member"), &joining([1, 4, 2026])).await;
    assert!(!officer.read(&contract).await.body.contains("outside what the contract allows"));

    let add = format!("{contract}/add/price");
    let refused = officer.send(&add, &format!("lot={lot}&weekly=about+4000&tier=enhanced{}", day("from", [31, 2, 2026]))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Enter pounds", "Enter a date that exists", "value=\"about 4000\"", "value=\"enhanced\"", "value=\"31\""] {
        assert!(refused.body.contains(words), "{words}: {}", refused.body);
    }
    officer.take(&add, &format!("lot={lot}&weekly=4%2C711.00&source=schedule+3{}", day("from", [1, 4, 2026]))).await;
    let answer = officer.read(&format!("{contract}?on=2026-05-01&lot={lot}")).await.body;
    assert!(
        answer.contains("£4,711.00 a week, which is £673.00 for one night: the line for this lot from 1 April 2026 (schedule 3)"),
        "{answer}"
    );
    let answer = officer.read(&format!("{contract}?on=2026-05-01")).await.body;
    assert!(answer.contains("not known: no line for this holds on that night, while one line for other lots"), "{answer}");

    // The price is corrected with a reason, and its page shows both versions; then it is taken back, and is not lost.
    let price = answer.split("/contracts/entries/price/").nth(1).unwrap().split('"').next().unwrap();
    let price = format!("/contracts/entries/price/{price}");
    let form = officer.read(&format!("{price}/correct")).await.body;
    assert!(form.contains("value=\"4,711.00\""), "{form}");
    let corrected = format!("version=1&lot={lot}&weekly=4712{}", day("from", [1, 4, 2026]));
    let refused = officer.send(&format!("{price}/correct"), &corrected).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("Say why it is corrected"));
    officer.take(&format!("{price}/correct"), &format!("{corrected}&reason=misread")).await;
    let stale = officer.send(&format!("{price}/correct"), &format!("{corrected}&reason=again")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let history = officer.read(&price).await.body;
    assert!(history.contains("£4,711.00") && history.contains("£4,712.00"), "{history}");
    let refused = officer.send(&format!("{price}/withdraw"), "version=2").await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("Say why it is taken back"), "{}", refused.body);
    assert_eq!(officer.take(&format!("{price}/withdraw"), "version=2&reason=never+agreed").await, contract);
    let gone = officer.read(&price).await;
    assert!(gone.status == StatusCode::OK && gone.body.contains("Taken back on") && !gone.body.contains("Take it back<"), "{}", gone.body);
    assert_eq!(officer.read(&format!("{price}/correct")).await.status, StatusCode::NOT_FOUND);
    assert!(officer.read(&contract).await.body.contains("No price is recorded"));
    // A thing of another kind, or of nobody, has no page there.
    // A whole contract that never was goes with a reason; on it other facts still stand.
    let whole = contract.replace("/contracts/", "/contracts/entries/contract/");
    assert!(officer.read(&whole).await.body.contains("Invented framework"));
    let refused = officer.send(&format!("{whole}/withdraw"), "version=1&reason=never+was").await;
    assert!(refused.body.contains("other facts stand on it"), "{}", refused.body);
    for nowhere in [format!("{contract}/add/castle"), price.replace("/price/", "/lot/"), price.replace("/contracts/", "/homes/")] {
        assert_eq!(officer.read(&nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn contracts_are_listed_told_to_programs_and_kept_from_those_who_judge_quality() {
    let site = site(&ROLES, Opened::here).await;
    let officer = Walk { site: &site, who: site.person(Role::ContractOfficer) };
    let (contract, ..) = framework(&officer).await;
    let finance = Walk { site: &site, who: site.person(Role::FinanceOfficer) };
    let list = finance.read("/contracts?kind=framework&sort=end").await.body;
    assert!(list.contains("1 contract on ") && list.contains("Invented framework") && !list.contains("Add a contract"), "{list}");
    let csv = finance.read("/contracts.csv?search=fw").await.body;
    assert!(csv.lines().nth(1).unwrap().starts_with("FW-1,Invented framework,framework,pa-2023,,,2026-04-01,2030-04-01,,"), "{csv}");
    for (path, status) in [
        ("/contracts?kind=castle", StatusCode::BAD_REQUEST),
        ("/contracts?phase=never", StatusCode::BAD_REQUEST),
        ("/contracts?sort=luck", StatusCode::BAD_REQUEST),
        ("/contracts/ending?months=0", StatusCode::BAD_REQUEST),
        ("/contracts/new", StatusCode::FORBIDDEN),
        ("/contracts/1", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(finance.read(path).await.status, status, "{path}");
    }
    let body: serde_json::Value = serde_json::from_str(&finance.read("/api/v1/contracts").await.body).unwrap();
    assert_eq!(body["contracts"][0]["reference"], "FW-1");
    let one = format!("/api/v1{contract}");
    let body: serde_json::Value = serde_json::from_str(&finance.read(&one).await.body).unwrap();
    assert_eq!((&body["end"], &body["price"]), (&serde_json::json!("2030-04-01"), &serde_json::Value::Null));
    let ends: serde_json::Value = serde_json::from_str(&finance.read("/api/v1/contracts/ending?months=120").await.body).unwrap();
    assert_eq!(ends["endings"][0]["what"], "contract", "{ends}");
    for role in [Role::QualityOfficer, Role::LeadMember] {
        let walk = Walk { site: &site, who: site.person(role) };
        for path in ["/contracts", "/contracts.csv", "/contracts/ending", contract.as_str(), one.as_str()] {
            assert_eq!(walk.read(path).await.status, StatusCode::FORBIDDEN, "{role} {path}");
        }
    }
}

#[tokio::test]
async fn papers_owners_and_facts_of_homes_have_their_forms_and_histories() {
    let site = site(&ROLES, Opened::here).await;
    let officer = Walk { site: &site, who: site.person(Role::ContractOfficer) };
    let (_, provider, home) = framework(&officer).await;
    officer.take("/owners/new", "name=Supposed+Capital").await;
    let form = officer.read(&format!("{provider}/add/ownership")).await.body;
    let owner = form.split("<option value=\"").find(|option| option.contains(">Supposed Capital")).unwrap().split('"').next().unwrap();
    officer.take(&format!("{provider}/add/ownership"), &format!("owner={owner}{}", day("from", [1, 1, 2020]))).await;
    let again = officer.send(&format!("{provider}/add/ownership"), &format!("owner={owner}{}", day("from", [1, 1, 2021]))).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("has had another owner since"), "{}", again.body);
    let paper = format!("kind=insurance&title=Policy+12{}{}", day("from", [1, 1, 2024]), day("to", [1, 1, 2025]));
    officer.take(&format!("{provider}/add/document"), &paper).await;
    let page = officer.read(&provider).await.body;
    assert!(page.contains("Supposed Capital") && page.contains("Policy 12"), "{page}");
    let documents = officer.read("/documents").await.body;
    assert!(documents.contains("Policy 12") && documents.contains("Has run out"), "{documents}");
    let csv = officer.read("/documents.csv?months=1").await.body;
    assert_eq!(csv.lines().nth(1), Some("2025-01-01,insurance,Policy 12,Elm Care,,2024-01-01"));
    let renewed = format!("kind=insurance&title=Policy+13{}{}", day("from", [1, 1, 2025]), day("to", [1, 1, 2099]));
    officer.take(&format!("{provider}/add/document"), &renewed).await;
    assert!(!officer.read("/documents").await.body.contains("Policy 12"), "another of its kind has followed it");
    let all = officer.read("/documents/all?kind=insurance&sort=provider").await.body;
    assert!(all.contains("Policy 12") && all.contains("Policy 13") && all.contains("2 documents"), "{all}");
    let run_out = officer.read("/documents/all.csv?state=run-out").await.body;
    assert_eq!(run_out.lines().nth(1), Some("insurance,Policy 12,Elm Care,,2024-01-01,2025-01-01"));
    for unknown in
        ["/documents/all?sort=age", "/documents/all?state=lost", "/owners?sort=age", "/providers?sort=age", "/foster-homes?sort=age"]
    {
        assert_eq!(officer.read(unknown).await.status, StatusCode::BAD_REQUEST, "{unknown}");
    }
    let statement = format!("kind=statement-of-purpose&title=Statement+7{}", day("from", [1, 1, 2024]));
    officer.take(&format!("{home}/add/document"), &statement).await;
    assert!(officer.read(&home).await.body.contains("Statement 7"), "a home's paper stands on its page");

    // An owner is listed, corrected and keeps what it was called.
    let owners = officer.read("/owners?search=supposed&sort=places").await.body;
    assert!(owners.contains(&format!("/owners/{owner}")) && owners.contains("1 owner"), "{owners}");
    assert!(officer.read("/owners.csv").await.body.contains("Supposed Capital"));
    let entry = format!("/providers/entries/owner/{owner}");
    let correct = format!("{entry}/correct");
    officer.take(&correct, "version=1&name=Supposed+Capital+Partners&company=01234567&reason=Typed+wrongly").await;
    let page = officer.read(&format!("/owners/{owner}")).await.body;
    assert!(page.contains("Supposed Capital Partners") && page.contains("01234567") && page.contains("Elm Care"), "{page}");
    assert!(officer.read(&entry).await.body.contains(">Supposed Capital<"), "its history");
    let refused = officer.send(&format!("{entry}/withdraw"), "version=2&reason=Never+was").await;
    assert!(refused.body.contains("other facts stand on it"), "{}", refused.status);

    // A fact of a home has its page, and can be taken back by those who write homes alone.
    officer.take(&format!("{home}/add/beds"), &format!("beds=2&why=staffing{}", day("from", [1, 5, 2026]))).await;
    let page = officer.read(&home).await.body;
    let beds = link(&page, "1 May 2026").to_owned();
    assert!(beds.starts_with("/homes/entries/beds/"), "{beds}");
    let finance = Walk { site: &site, who: site.person(Role::FinanceOfficer) };
    let seen = finance.read(&beds).await;
    assert!(
        seen.status == StatusCode::OK && seen.body.contains("Not enough staff") && !seen.body.contains("Take it back"),
        "{}",
        seen.body
    );
    assert_eq!(finance.send(&format!("{beds}/withdraw"), "version=1&reason=x").await.status, StatusCode::FORBIDDEN);
    officer.take(&format!("{beds}/withdraw"), "version=1&reason=another+home").await;
    assert!(officer.read(&home).await.body.contains("Nobody has said that beds cannot be used"));
}

#[tokio::test]
async fn placing_wants_a_child_whom_the_person_may_see() {
    let site = site(&ROLES, Opened::here).await;
    let officer = Walk { site: &site, who: site.person(Role::ContractOfficer) };
    let (_, _, home) = framework(&officer).await;
    assert_eq!(officer.read(&format!("{home}/place")).await.status, StatusCode::FORBIDDEN);
    let placement = Walk { site: &site, who: site.person(Role::PlacementOfficer) };
    assert!(placement.read(&home).await.body.contains("Place a child"));
    let form = placement.read(&format!("{home}/place")).await;
    assert!(form.status == StatusCode::OK && form.body.contains("Hold the bed for some hours"), "{}", form.body);
    let words = format!("child=nobody&sharing=shared&done=plan{}", day("from", [1, 6, 2026]));
    let refused = placement.send(&format!("{home}/place"), &words).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("No child whom you may see is called so") && refused.body.contains("value=\"nobody\""),
        "{}",
        refused.body
    );
    let refused = placement.send("/homes/for-child", &words).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(placement.read(&home).await.body.contains("No bed is held."));
    let gone = format!("{home}/holds/{}/release", home.rsplit('/').next().unwrap());
    assert_eq!(placement.send(&gone, "").await.status, StatusCode::NOT_FOUND);
}
