//! Every page that is shipped, and every way to ask wrongly, over HTTP without a port.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::routing::get;
use service::App;
use service::profile::Profile;
use tower::ServiceExt;
use web::{Doors, Gate, State, router, surround};

/// The addresses that answer with a page.
const PAGES: [&str; 4] = ["/about-the-data", "/accessibility", "/notices", "/privacy"];

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// How often the page has this piece of markup.
    fn count(&self, markup: &str) -> usize {
        self.body.matches(markup).count()
    }
}

fn state() -> State {
    let profile = Profile { fictitious: true, ..Profile::unknown("Exampleshire") };
    State::published(Arc::new(App::new()), profile)
}

async fn send(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

fn request(method: Method, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).header("host", "127.0.0.1:8000").body(Body::empty()).unwrap()
}

async fn read(path: &str) -> Answer {
    send(router(state()), request(Method::GET, path)).await
}

fn assert_is_a_page(answer: &Answer, path: &str) {
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
    assert!(answer.body.starts_with("<!DOCTYPE html><html lang=\"en-GB\""), "{path}");
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    for once in ["<h1", "<main id=\"main\"", "<header>", "<footer", "<title>", "class=\"govuk-skip-link\"", " aria-label=\"Menu\""] {
        assert_eq!(answer.count(once), 1, "{path}: {once}");
    }
    assert!(answer.body.contains(" – Exampleshire – Placewell</title>"), "{path}");
    for absent in [" style=\"", "<style", "onclick", "<script>"] {
        assert_eq!(answer.count(absent), 0, "{path}: {absent} is refused by the content security policy");
    }
}

#[tokio::test]
async fn every_page_is_whole_and_in_the_house_style() {
    for path in PAGES {
        let answer = read(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_is_a_page(&answer, path);
        assert!(answer.body.contains("fictitious data"), "{path}");
    }
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_to_refuse() {
    for path in ["/accessibility", "/nowhere", "/assets/nothing.css"] {
        let answer = read(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(answer.header("permissions-policy").contains("geolocation=()"), "{path}");
    }
}

#[tokio::test]
async fn whatever_is_asked_wrongly_gets_a_page_with_the_way_out() {
    for (method, path, status, words) in [
        (Method::GET, "/nowhere", StatusCode::NOT_FOUND, "There is no page at this address"),
        (Method::GET, "/assets/style-0.css", StatusCode::NOT_FOUND, "There is no page at this address"),
        (Method::POST, "/accessibility", StatusCode::METHOD_NOT_ALLOWED, "cannot be asked for in that way"),
    ] {
        let answer = send(router(state()), request(method, path)).await;
        assert_eq!(answer.status, status, "{path}");
        assert_is_a_page(&answer, path);
        assert!(answer.body.contains(words), "{path}");
        assert!(answer.body.contains("Go to the overview"), "{path}");
    }
    let refused = send(router(state()), request(Method::POST, "/accessibility")).await;
    assert_eq!(refused.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn a_panic_becomes_a_page_that_says_nothing_of_its_cause() {
    async fn faulty() {
        panic!("row 12 of child 345");
    }
    let routes = Doors::new().route("/faulty", Gate::Public, get(faulty));
    let answer = send(surround(state(), routes), request(Method::GET, "/faulty")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_is_a_page(&answer, "/faulty");
    assert!(answer.body.contains("Something went wrong in Placewell") && !answer.body.contains("345"));
}

#[tokio::test(start_paused = true)]
async fn a_page_that_takes_too_long_is_given_up() {
    async fn slow() {
        tokio::time::sleep(std::time::Duration::from_hours(1)).await;
    }
    let routes = Doors::new().route("/slow", Gate::Public, get(slow));
    let answer = send(surround(state(), routes), request(Method::GET, "/slow")).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("This took too long and was stopped"));
}

#[tokio::test]
async fn other_hosts_and_other_sites_are_refused() {
    let page = |host: &str| Request::builder().uri("/accessibility").header("host", host).body(Body::empty()).unwrap();
    for host in ["localhost:8000", "127.0.0.1", "[::1]:8000"] {
        assert_eq!(send(router(state()), page(host)).await.status, StatusCode::OK, "{host}");
    }
    for host in ["rebound.example.org", "127.0.0.1.example.org:8000", "10.0.0.1"] {
        let answer = send(router(state()), page(host)).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!answer.body.contains("Exampleshire"), "{host}: a refusal says nothing of whose pages these are");
    }
    let mut form = request(Method::POST, "/accessibility");
    form.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(send(router(state()), form).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_a_page_loads_is_there_and_kept_for_ever() {
    let page = read("/accessibility").await;
    let assets: Vec<&str> = page.body.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert_eq!(assets.len(), 3);
    for path in assets {
        let answer = read(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
    }
}

#[tokio::test]
async fn pages_are_compressed_on_request_and_asked_for_without_body() {
    let mut packed = request(Method::GET, "/accessibility");
    packed.headers_mut().insert("accept-encoding", "gzip".parse().unwrap());
    assert_eq!(send(router(state()), packed).await.header("content-encoding"), "gzip");

    let head = send(router(state()), request(Method::HEAD, "/accessibility")).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn one_slash_too_many_leads_to_the_page() {
    let answer = read("/accessibility/?x=1").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::PERMANENT_REDIRECT, "/accessibility?x=1"));
    assert_eq!(read("//example.org/").await.header("location"), "/example.org");
}

#[tokio::test]
async fn a_plan_is_costed_over_http_and_a_missing_file_is_named() {
    let post = |form: &'static str| {
        let request = Request::post("/api/v1/plan")
            .header("host", "127.0.0.1:8000")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        send(router(state()), request)
    };
    let prices = "prices=type,weekly_price,price_date,source%0AFostering,500,2026-01-01,x%0A";
    let costed = post("plan=period,type,children%0A2026-27,Fostering,3%0A2026-27,Homes,2%0A&prices=type,weekly_price,price_date,source%0AFostering,500,2026-01-01,x%0A").await;
    assert_eq!(costed.status, StatusCode::OK, "{}", costed.body);
    assert!(costed.body.contains("\"weekly_pence\":150000") && costed.body.contains("\"uncosted_children\":2"), "{}", costed.body);
    let missing = post(prices).await;
    assert_eq!((missing.status, missing.body.contains("no field “plan”")), (StatusCode::BAD_REQUEST, true), "{}", missing.body);
}
