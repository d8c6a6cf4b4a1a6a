//! A site with a record, in which somebody of each role is signed in.

mod clock;

use std::net::SocketAddr;
use std::sync::Arc;

use self::clock::now;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::Code;
use domain::provider::{Provider, Sector, Status};
use service::App;
use service::holdings::Holding;
use service::people::{self, Attempt, NewProviderUser, NewUser, Outcome};
use service::profile::Profile;
use service::record::access::{Actor, Role};
use service::record::{self, Authority, Record};
use tower::ServiceExt;
use web::{Opened, SecondFactor, State, router};

pub(crate) const PASSWORD: &str = "three random words";

/// One site of a record.
pub(crate) struct Site {
    pub(crate) authority: Authority,
    pub(crate) record: Record,
    router: Router,
    people: Vec<Person>,
    host: &'static str,
    folder: Arc<tempfile::TempDir>,
}

/// Somebody who is signed in.
pub(crate) struct Person {
    pub(crate) role: Role,
    pub(crate) id: String,
    pub(crate) actor: Actor,
    /// As a browser sends it.
    pub(crate) cookie: String,
    /// What their forms carry.
    pub(crate) token: String,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) cookie: String,
    pub(crate) body: String,
    headers: HeaderMap,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Person {
    /// A form of theirs.
    pub(crate) fn form(&self, words: &str) -> String {
        format!("form-token={}&{words}", self.token)
    }
}

fn chance(bytes: &mut [u8]) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let at = bytes.len() - 8;
    bytes[at..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
}

/// A new record with a site opened in this way, and somebody of each of these roles.
pub(crate) async fn site(roles: &[Role], open: impl FnOnce(Record, Authority) -> Opened) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.db");
    std::fs::File::create(&file).unwrap();
    let record = Record::connect(&format!("sqlite://{}", file.display()), [3; 64], now, chance).await.unwrap();
    record.migrate().await.unwrap();
    of(record, "Exampleshire", "example.gov.uk", roles, open, Arc::new(folder)).await
}

async fn of(
    record: Record,
    name: &str,
    mail: &str,
    roles: &[Role],
    open: impl FnOnce(Record, Authority) -> Opened,
    folder: Arc<tempfile::TempDir>,
) -> Site {
    let owner = Actor::machine("test");
    let authority = record::open(&record, &owner, name, name).await.unwrap();
    let mut people = Vec::new();
    let opened = open(record.clone(), authority.clone());
    let secure = format!("{opened:?}").contains("https://");
    let opened = if secure { opened } else { opened.asking(SecondFactor::Offered) };
    for &role in roles {
        let email = format!("{role}@{mail}");
        let name = format!("Invented {}", role.words().to_lowercase());
        if role.is_of_authority() {
            let new = NewUser { name: &name, email: &email, roles: [role].into(), password: Some(PASSWORD) };
            people::add(&record, &owner, &authority, &new).await.unwrap();
        } else {
            let provider = provider(&record, &authority, "Invented Homes").await;
            let new = NewProviderUser { name: &name, email: &email, provider, password: Some(PASSWORD) };
            people::join_provider(&record, &owner, &authority, &new).await.unwrap();
        }
        people.push(signed_in(&record, &authority, role, &email, secure).await);
    }
    let profile = Profile { fictitious: true, ..Profile::unknown(name) };
    let state = State::published(Arc::new(App::new()), profile).with_record(opened);
    let host = if secure { "placewell.example.gov.uk" } else { "127.0.0.1:8000" };
    Site { authority, record, router: router(state), people, host, folder }
}

/// A provider on record.
pub(crate) async fn provider(record: &Record, authority: &Authority, name: &str) -> domain::Id<Provider> {
    let (legal_name, company, sector, status) = (String::new(), Code::BLANK, Sector::Private, Status::Approved);
    let provider = Provider { id: record.id(), name: name.to_owned(), legal_name, company, sector, status };
    record::add(record, &Actor::machine("test"), authority.id, &provider).await.unwrap();
    provider.id
}

async fn signed_in(record: &Record, authority: &Authority, role: Role, email: &str, secure: bool) -> Person {
    let attempt = Attempt { email, password: PASSWORD, from: "192.0.2.1" };
    let Outcome::Open(token) = people::sign_in(record, authority, attempt).await.unwrap() else { panic!("{email} cannot sign in") };
    let signed = people::signed(record, authority, token).await.unwrap().unwrap();
    let name = if secure { "__Host-placewell" } else { "placewell" };
    let cookie = format!("{name}={}", token.secret());
    Person { role, id: signed.session.person.id.to_string(), actor: signed.actor, cookie, token: token.of_forms() }
}

impl Site {
    pub(crate) fn person(&self, role: Role) -> &Person {
        self.people.iter().find(|person| person.role == role).unwrap()
    }

    /// Another session of somebody.
    pub(crate) async fn signed_in(&self, role: Role) -> Person {
        signed_in(&self.record, &self.authority, role, &format!("{role}@example.gov.uk"), false).await
    }

    /// A site of another authority on the same record.
    pub(crate) async fn elsewhere(&self) -> Self {
        of(self.record.clone(), "Elsewhere", "elsewhere.gov.uk", &[Role::Analyst], Opened::here, Arc::clone(&self.folder)).await
    }

    /// The same record, its pages over these returns.
    pub(crate) fn over(mut self, holding: Arc<Holding>) -> Self {
        let opened = Opened::here(self.record.clone(), self.authority.clone()).asking(SecondFactor::Offered);
        self.router = router(State::with_returns(Arc::new(App::new()), holding).with_record(opened));
        self
    }

    /// A request as a page of ours makes it: what is posted carries the token.
    pub(crate) async fn send(&self, who: Option<&Person>, method: &Method, path: &str, words: &str) -> Answer {
        let form = who.map_or_else(|| words.to_owned(), |who| who.form(words));
        self.raw(who, method, path, &[], if *method == Method::POST { &form } else { "" }).await
    }

    /// A request as it is written here.
    pub(crate) async fn raw(&self, who: Option<&Person>, method: &Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", self.host);
        if let Some(who) = who {
            request = request.header("cookie", &who.cookie);
        }
        if *method == Method::POST && !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answer(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// A request that comes from a machine in the network and names a host.
    pub(crate) async fn from(&self, peer: &str, host: &str, path: &str) -> Answer {
        let mut request = Request::builder().uri(path).header("host", host).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4000)));
        self.answer(request).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let header = |name: &str| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (location, cookie) = (header("location"), header("set-cookie"));
        let body = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        Answer { status: parts.status, location, cookie, body, headers: parts.headers }
    }
}
