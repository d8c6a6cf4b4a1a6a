//! The pages of somebody who works for a provider, over HTTP: what they lead to, what they take, and that no address shows another provider. Everybody
//! here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use axum::http::{Method, StatusCode};
use domain::provider::Provider;
use domain::setting::{Kind, Registration, Setting, Takes, Terms};
use domain::{Code, Id};
use service::record;
use service::record::access::{Actor, Role};
use signed_in::{Answer, Person, Site, provider, site};
use web::Opened;

async fn home(site: &Site, provider: Id<Provider>, name: &str) -> Id<Setting> {
    let setting = Setting {
        id: site.record.id(),
        provider,
        urn: Code::BLANK,
        kind: Kind::ChildrensHome,
        name: name.to_owned(),
        area: None,
        postcode: None,
        registration: Registration::Held,
        opened: None,
        closed: None,
        before: None,
    };
    let (from, conditions) = (site.record.today().plus(-400), String::new());
    let (places, youngest, oldest, takes) = (Some(4), Some(8), Some(17), Takes::Anybody);
    let terms = Terms { id: site.record.id(), setting: setting.id, from, places, youngest, oldest, takes, conditions };
    record::add_home(&site.record, &Actor::machine("test"), site.authority.id, &setting, &terms).await.unwrap();
    setting.id
}

/// A site with two providers of one home each; the person works for the first.
struct House {
    site: Site,
    own: (Id<Provider>, Id<Setting>),
    other: (Id<Provider>, Id<Setting>),
}

impl House {
    async fn new(roles: &[Role]) -> Self {
        let site = site(roles, Opened::here).await;
        let own = site.person(Role::ProviderUser).actor.provider.unwrap();
        let other = provider(&site.record, &site.authority, "Rival Care").await;
        let (own_home, other_home) = (home(&site, own, "Elm House").await, home(&site, other, "Rival House").await);
        Self { site, own: (own, own_home), other: (other, other_home) }
    }

    fn who(&self) -> &Person {
        self.site.person(Role::ProviderUser)
    }

    async fn get(&self, path: &str) -> Answer {
        self.site.send(Some(self.who()), &Method::GET, path, "").await
    }

    async fn post(&self, path: &str, words: &str) -> Answer {
        self.site.send(Some(self.who()), &Method::POST, path, words).await
    }
}

#[tokio::test]
async fn header_and_pages_lead_only_to_what_is_theirs() {
    let house = House::new(&[Role::ProviderUser]).await;
    let work = house.get("/work").await;
    assert_eq!(work.status, StatusCode::OK);
    assert!(work.body.contains("href=\"/your-provider\"") && work.body.contains("Nothing waits for you today"));
    for closed in [
        "href=\"/\"",
        "href=\"/homes\"",
        "href=\"/statement\"",
        "href=\"/cases\"",
        "href=\"/benchmarks\"",
        "href=\"/about-the-data\"",
        "role=\"search\"",
    ] {
        assert!(!work.body.contains(closed), "{closed}");
    }
    let page = house.get("/your-provider").await;
    assert!(page.body.contains("Invented Homes") && page.body.contains("Elm House") && page.body.contains("4 free beds"));
    assert!(page.body.contains("No document is on record. Add each") && !page.body.contains("Rival"));
    let refused = house.get("/").await;
    assert!(refused.status == StatusCode::FORBIDDEN && refused.body.contains("Go to your work"));
    let contracts = house.get("/your-provider/contracts").await;
    assert!(contracts.body.contains("is in no contract on record here"));
    let csv = house.get("/your-provider/homes.csv").await;
    assert!(csv.body.contains("Elm House,,childrens-home,") && !csv.body.contains("Rival"), "{}", csv.body);
    let api = house.get("/api/v1/your-provider").await;
    assert!(api.body.contains("\"name\":\"Elm House\"") && !api.body.contains("Rival"), "{}", api.body);
}

/// Every address with the own provider's ids and another's: none answers with another provider, and none fails.
#[tokio::test]
async fn no_address_shows_another_provider() {
    let house = House::new(&[Role::ProviderUser]).await;
    let ids = [house.own.0.to_string(), house.own.1.to_string(), house.other.0.to_string(), house.other.1.to_string()];
    let mut opened = 0;
    for (path, _) in web::doors().table() {
        for id in &ids {
            let parts = path.split('/').map(|part| if part.starts_with('{') { id.as_str() } else { part });
            let at = parts.collect::<Vec<_>>().join("/");
            let answer = house.get(&at).await;
            assert!(!answer.body.contains("Rival"), "{at}");
            assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{at}");
            opened += usize::from(answer.status == StatusCode::OK);
            if !path.contains('{') {
                break;
            }
        }
    }
    assert!(opened > 10, "{opened} answers");
    for path in [format!("/your-provider/homes/{}", house.other.1), format!("/your-provider/homes/{}/beds", house.other.1)] {
        assert_eq!(house.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let tell = format!("/your-provider/homes/{}/beds", house.other.1);
    assert_eq!(
        house.post(&tell, "beds=1&reason=staffing&note=x&from-day=1&from-month=6&from-year=2030").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn beds_and_papers_are_told_and_taken_back() {
    let house = House::new(&[Role::ProviderUser, Role::QualityOfficer]).await;
    let (year, month, day) = house.site.record.today().ymd();
    let from = format!("from-day={day}&from-month={month}&from-year={year}");
    let at = format!("/your-provider/homes/{}", house.own.1);
    // What is wrong comes back with what was typed, and the way to the field.
    let wrong = house.post(&format!("{at}/beds"), &format!("beds=2&reason=staffing&note=&{from}")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Say in the note why") && wrong.body.contains("href=\"#note\"") && wrong.body.contains("value=\"2\""));
    let told = house.post(&format!("{at}/beds"), &format!("beds=2&reason=staffing&note=Two+ill&{from}")).await;
    assert_eq!((told.status, told.location.as_str()), (StatusCode::SEE_OTHER, at.as_str()));
    let shown = house.get(&at).await.body;
    assert!(shown.contains("Two ill"));
    let back = shown.split("/your-provider/beds/").nth(1).unwrap()[..36].to_owned();
    let paper = house.post("/your-provider/documents/new", &format!("kind=insurance&title=Policy+7&setting={}&{from}", house.own.1)).await;
    assert_eq!(paper.location, "/your-provider#documents", "{}", paper.status);
    let about_another = format!("kind=insurance&title=Policy+8&setting={}&{from}", house.other.1);
    assert_eq!(house.post("/your-provider/documents/new", &about_another).await.status, StatusCode::NOT_FOUND);
    // The authority sees that the provider said so.
    let officer = Some(house.site.person(Role::QualityOfficer));
    let home = house.site.send(officer, &Method::GET, &format!("/homes/{}", house.own.1), "").await.body;
    assert!(home.contains("Told by the provider") && home.contains("Two ill") && home.contains("Invented provider user"));
    let page = house.site.send(officer, &Method::GET, &format!("/providers/{}", house.own.0), "").await.body;
    assert!(page.contains("Told by the provider") && page.contains("Policy 7"));
    // Taken back with a reason.
    let take = format!("/your-provider/beds/{back}/take-back");
    assert!(house.get(&take).await.body.contains("name=\"version\" value=\"1\""));
    assert_eq!(house.post(&take, "version=1&reason=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.post(&take, "version=1&reason=hired").await.location, at);
    assert!(!house.get(&at).await.body.contains("Two ill"));
}

#[tokio::test]
async fn an_officer_invites_somebody_of_a_provider_and_ends_it() {
    let house = House::new(&[Role::ProviderUser, Role::ContractOfficer, Role::Administrator]).await;
    let officer = Some(house.site.person(Role::ContractOfficer));
    let at = format!("/people/providers?provider={}", house.own.0);
    let page = house.site.send(officer, &Method::GET, &at, "").await.body;
    assert!(page.contains("Invented provider user") && page.contains("Rival Care"));
    let none = house.site.send(officer, &Method::POST, "/people/providers", "name=Zoe&email=zoe%40example.com&provider=").await;
    assert!(
        none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("Choose the provider") && none.body.contains("value=\"Zoe\"")
    );
    let words = format!("name=Zoe&email=zoe%40example.com&provider={}", house.own.0);
    let made = house.site.send(officer, &Method::POST, "/people/providers", &words).await;
    assert!(made.status == StatusCode::OK && made.body.contains("/link/"));
    let again = house.site.send(officer, &Method::POST, "/people/providers", &words).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("one person has one part"));
    // The ordinary invitation does not offer the part.
    let admin = Some(house.site.person(Role::Administrator));
    let invite = house.site.send(admin, &Method::GET, "/people/invite", "").await.body;
    assert!(!invite.contains("value=\"provider-user\"") && invite.contains("value=\"analyst\""));
    let part = format!("/people/providers/{}/part", house.who().id);
    assert_eq!(house.site.send(officer, &Method::POST, &part, "").await.location, "/people/providers");
    assert!(house.get("/your-provider").await.location.starts_with("/sign-in"), "the session ended at once");
}
