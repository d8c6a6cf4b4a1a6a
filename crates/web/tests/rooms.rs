//! The rooms over the returns of a small authority that is made up, over HTTP without a port.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

use std::sync::{Arc, LazyLock};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use service::checks::Earlier;
use service::holdings::{self, Folder, Holding};
use service::profile::Profile;
use service::{App, areas};
use tower::ServiceExt;
use web::{State, router};

/// Written and read once; every test opens its own pages over it.
static HOLDING: LazyLock<Arc<Holding>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 120, years: 3, dirt: 0.02, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    Arc::new(holdings::open(Folder { path: folder.path().to_owned(), authority: None, year: None }).unwrap())
});

struct Answer {
    status: StatusCode,
    location: String,
    body: String,
}

async fn ask(state: State, path: &str) -> Answer {
    let request = Request::builder().uri(path).header("host", "127.0.0.1:8000").body(Body::empty()).unwrap();
    let (parts, body) = router(state).oneshot(request).await.unwrap().into_parts();
    let location = parts.headers.get("location").map_or("", |value| value.to_str().unwrap()).to_owned();
    let body = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
    Answer { status: parts.status, location, body }
}

async fn with_returns(path: &str) -> Answer {
    ask(State::with_returns(Arc::new(App::new()), Arc::clone(&HOLDING)), path).await
}

async fn published(path: &str) -> Answer {
    ask(State::published(Arc::new(App::new()), Profile::of(areas::find("Nottingham").unwrap())), path).await
}

#[tokio::test]
async fn every_room_opens_with_returns_and_without() {
    for path in ["/", "/children", "/benchmarks", "/market", "/forecast", "/returns", "/statement", "/about-the-data"] {
        for answer in [with_returns(path).await, published(path).await] {
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
            assert!(answer.body.len() < 150 * 1024, "{path}: {} bytes", answer.body.len());
        }
    }
    for path in [
        "/children/profile",
        "/children/flows",
        "/why/M05",
        "/returns/findings",
        "/returns/rules",
        "/returns/rules/501",
        "/returns/children/1",
    ] {
        assert_eq!(with_returns(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn what_changed_since_the_last_check_is_said() {
    assert!(with_returns("/returns/changes").await.body.contains("last_check"), "without an earlier check the page says how to give one");
    let gone = Earlier { rule: "501".to_owned(), table: "Episodes".to_owned(), year: 2026, ..Earlier::default() };
    let state = State::with_returns(Arc::new(App::new()), Arc::clone(&HOLDING)).compared_with(vec![gone]);
    let compared = ask(state, "/returns/changes").await;
    assert_eq!(compared.status, StatusCode::OK);
    assert!(compared.body.contains("1 of the last check are no longer found, 0 are as they were"), "{}", compared.body);
}

#[tokio::test]
async fn a_forecast_is_work_that_its_address_finds_again_and_nonsense_is_refused() {
    let body = settled("/forecast?months=6").await.body;
    assert!(body.contains("most likely near") && body.contains("Each kind of home"), "{body}");
    for (path, words) in [
        ("/forecast?months=0", "from 1 to 60 months"),
        ("/forecast?model=tarot", "is no model"),
        ("/forecast?from=1990-01-01", "The returns begin on"),
    ] {
        let answer = settled(path).await;
        assert!(answer.status == StatusCode::BAD_REQUEST && answer.body.contains(words), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn page_file_and_api_have_the_same_numbers_and_the_card() {
    let router = router(State::with_returns(Arc::new(App::new()), Arc::clone(&HOLDING)));
    let body = settled_on(&router, "/api/v1/forecast?months=6&exceeds=0,100000").await.body;
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    let card = &body["card"];
    let says: Vec<&str> = card["cards"].as_array().unwrap().iter().map(|line| line["says"].as_str().unwrap()).collect();
    let points = if card["blend"].is_null() { &body["points"] } else { &card["blend"] }.as_array().unwrap();
    let total = points.last().unwrap();
    assert_eq!((total["exceeds"][0]["chance"].as_f64(), total["exceeds"][1]["chance"].as_f64()), (Some(1.0), Some(0.0)));
    let page = settled_on(&router, "/forecast?months=6").await.body;
    assert!(says.iter().any(|says| page.contains(says)), "{says:?}");
    let csv = settled_on(&router, "/forecast.csv?months=6").await.body;
    let medians: Vec<f64> = csv.lines().skip(1).map(|line| line.split(',').nth(5).unwrap().parse().unwrap()).collect();
    assert_eq!(medians, points.iter().map(|point| point["median"].as_f64().unwrap()).collect::<Vec<_>>());
    let refused = settled_on(&router, "/api/v1/forecast?months=6&exceeds=many").await;
    assert!(refused.status == StatusCode::BAD_REQUEST && refused.body.contains("600,650"), "{}", refused.body);
}

/// The answer once the work behind it has ended.
async fn settled(path: &str) -> Answer {
    settled_on(&router(State::with_returns(Arc::new(App::new()), Arc::clone(&HOLDING))), path).await
}

async fn settled_on(router: &axum::Router, path: &str) -> Answer {
    loop {
        let request = Request::builder().uri(path).header("host", "127.0.0.1:8000").body(Body::empty()).unwrap();
        let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
        let body = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        if !body.contains("data-pw-waiting") && parts.status != StatusCode::ACCEPTED {
            return Answer { status: parts.status, location: String::new(), body };
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_date_of_the_form_becomes_an_address_and_a_wrong_one_is_answered_beside_its_boxes() {
    let sent = with_returns("/children?on-day=30&on-month=9&on-year=2025&sex=female&age_band=").await;
    assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/children?sex=female&on=2025-09-30"));
    let wrong = with_returns("/children?on-day=31&on-month=2&on-year=2025&sex=female").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Enter a date that exists") && wrong.body.contains("value=\"31\"") && wrong.body.contains("Remove this filter")
    );
}

#[tokio::test]
async fn nobody_is_counted_on_a_date_that_the_returns_do_not_cover() {
    let (first, last) = HOLDING.read.history.covers.unwrap();
    for day in [first.plus(-1), last.plus(1)] {
        let answer = with_returns(&format!("/children?on={day}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(answer.body.contains(&format!("Enter a date from {} to {}", first.long(), last.long())), "{day}");
        assert!(!answer.body.contains(&format!("in our care on {}", day.long())), "{day}");
        assert!(answer.body.contains(&format!("value=\"{}\"", day.year())), "{day}: what was typed is not kept");
        assert_eq!(with_returns(&format!("/children.csv?on={day}")).await.status, StatusCode::BAD_REQUEST, "{day}");
    }
    for day in [first, last] {
        assert_eq!(with_returns(&format!("/children?on={day}")).await.status, StatusCode::OK, "{day}");
    }
}

#[tokio::test]
async fn the_choice_of_measures_is_whole_and_keeps_what_was_chosen() {
    let page = published("/benchmarks?area=Nottingham&measure=long-term-stability").await.body;
    assert!(page.contains("<option value=\"long-term-stability\" selected>"));
    assert_eq!(page.matches("<option value=\"lac_").count(), service::indicators::ids().iter().filter(|id| id.starts_with("lac_")).count());
}

#[tokio::test]
async fn a_page_a_file_and_a_program_are_told_the_same_number() {
    let json: serde_json::Value = serde_json::from_str(&with_returns("/api/v1/measures?on=2026-03-31&sex=female").await.body).unwrap();
    let girls = json["measures"][0]["value"].as_i64().unwrap();
    let page = with_returns("/children?on=2026-03-31&sex=female").await.body;
    assert!(girls > 0 && page.contains(&format!("{girls} of ")), "{girls}");
    let csv = with_returns("/children.csv?on=2026-03-31&sex=female").await.body;
    assert!(csv.contains(&format!("measures,M01a,Children looked after,{girls},,{girls},")), "{csv}");
}

#[tokio::test]
async fn the_departments_own_figures_of_nottingham_are_shown() {
    let path = "?area=Nottingham&measure=children-looked-after&from=2016&to=2020";
    let json: serde_json::Value = serde_json::from_str(&published(&format!("/api/v1/benchmark{path}")).await.body).unwrap();
    let values: Vec<i64> = (2016..=2020).map(|year: u32| json["rows"][0]["values"][year.to_string()].as_i64().unwrap()).collect();
    assert_eq!(values, [594, 622, 616, 628, 656]);
    let page = published(&format!("/benchmarks{path}")).await.body;
    assert!(page.contains("+4.5") && page.contains("+10.4"));
}

#[tokio::test]
async fn a_made_up_authority_never_shows_the_figures_of_the_one_whose_map_it_borrows() {
    let page = with_returns("/benchmarks?measure=children-looked-after").await.body;
    assert!(page.contains("(own returns)") && page.contains("is made up"));
    let borrowed = areas::name(HOLDING.profile().unwrap().area.unwrap());
    assert!(!page.contains(&format!("<th scope=\"row\">{borrowed}")), "{borrowed}");
    assert_eq!(with_returns("/api/v1/benchmark").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_address_names_a_child() {
    let page = with_returns("/returns/findings").await.body;
    let child = &HOLDING.read.findings.iter().find(|finding| !finding.child.is_empty()).unwrap().child;
    for address in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(!address.contains(child.as_str()), "{address}");
    }
}

#[tokio::test]
async fn what_cannot_be_answered_is_said_with_the_way_out() {
    for (path, status, words) in [
        ("/why/M99", StatusCode::NOT_FOUND, "M99"),
        ("/children?sex=other", StatusCode::BAD_REQUEST, "use one of female, male, unknown"),
        ("/children?on=yesterday", StatusCode::BAD_REQUEST, "is not a date"),
        ("/benchmarks?area=Notingham", StatusCode::NOT_FOUND, "Did you mean"),
        ("/benchmarks?area=Nottingham&measure=children-looked-after&from=2020&to=2016", StatusCode::BAD_REQUEST, "comes after the last"),
        ("/returns/rules/none", StatusCode::NOT_FOUND, "no rule called"),
        ("/returns/children/99999", StatusCode::NOT_FOUND, "no page at this address"),
        ("/statement/statement.pdf", StatusCode::NOT_FOUND, "no page at this address"),
    ] {
        let answer = with_returns(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(words), "{path}: {}", answer.body);
    }
    let problem = with_returns("/api/v1/measures?sex=other").await;
    let problem: serde_json::Value = serde_json::from_str(&problem.body).unwrap();
    assert_eq!(problem["status"], 400);
}
