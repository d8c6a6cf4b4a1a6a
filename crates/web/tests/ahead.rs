//! The rooms about the future over the returns of a small authority that is made up, over HTTP without a port.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use service::App;
use service::holdings::{self, Folder, Holding};
use service::profile::Profile;
use service::sheets::Sheet;
use tower::ServiceExt;
use web::{Origin, Paper, State, router};

static HOLDING: LazyLock<Arc<Holding>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 120, years: 3, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    let holding = holdings::open(Folder { path: folder.path().to_owned(), authority: None, year: None }).unwrap();
    // Taken while the files are there, and then remembered.
    assert!(holding.fingerprint().is_some());
    Arc::new(holding)
});

/// Rooms of the future and what their headings say before anything is given.
const ROOMS: [&str; 6] = ["/gap", "/blocks", "/forecast/scenarios", "/forecast/compare", "/forecast/money", "/forecast/money/save"];

struct Answer {
    status: StatusCode,
    location: String,
    body: String,
}

fn bare() -> State {
    State::with_returns(Arc::new(App::new()), Arc::clone(&HOLDING))
}

/// With the samples of every file.
fn equipped() -> Router {
    let state = Sheet::ALL.into_iter().fold(bare(), |state, sheet| {
        state.with_paper(sheet, Paper::new(format!("{}.csv", sheet.word()), sheet.sample().into(), Origin::Given))
    });
    router(state)
}

async fn send(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let location = parts.headers.get("location").map_or("", |value| value.to_str().unwrap()).to_owned();
    let body = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
    Answer { status: parts.status, location, body }
}

async fn get(router: &Router, path: &str) -> Answer {
    send(router, Request::builder().uri(path).header("host", "127.0.0.1:8000").body(Body::empty()).unwrap()).await
}

async fn post(router: &Router, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder().method("POST").uri(path).header("host", "127.0.0.1:8000").header("content-type", kind);
    send(router, request.body(body.into()).unwrap()).await
}

/// The answer once the work behind it has ended.
async fn settled(router: &Router, path: &str) -> Answer {
    loop {
        let answer = get(router, path).await;
        if !answer.body.contains("data-pw-waiting") {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// One lever as the form sends it.
const STEP_DOWN: &str = "lever-1-kind=step-down&lever-1-change=2&lever-1-from-day=1&lever-1-from-month=7&lever-1-from-year=2026";

#[tokio::test]
async fn every_room_opens_whatever_is_given() {
    let published = router(State::published(Arc::new(App::new()), Profile::unknown("Exampleshire")));
    for (router, words) in [(published, "No forecast without returns"), (router(bare()), "")] {
        for path in ROOMS {
            let answer = get(&router, path).await;
            if answer.body.contains("data-pw-waiting") {
                continue;
            }
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.body.matches("<h1").count() == 1 && answer.body.contains(words), "{path}: {}", answer.body);
        }
    }
    let gap = get(&router(bare()), "/gap").await.body;
    assert!(gap.contains("setting,type,sector,area,age_from") && gap.contains("/files/supply/sample.csv"), "{gap}");
}

#[tokio::test]
async fn the_gap_is_told_alike_to_page_file_and_program_and_leads_to_its_homes() {
    let router = equipped();
    let page = settled(&router, "/gap?months=6").await.body;
    assert!(page.contains("Siblings together") && page.contains("What history cannot tell") && page.len() < 150 * 1024, "{page}");
    let csv = get(&router, "/gap.csv?months=6").await.body;
    let text = get(&router, "/api/v1/gap?months=6").await.body;
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let turning = json["moves_ahead"]["birthdays"].as_array().unwrap();
    assert!(turning.iter().all(|row| row["month"].as_str().unwrap().len() == 7 && row["children"].as_u64().unwrap() > 0), "{turning:?}");
    let children = &HOLDING.read.history.children.id;
    let named = (0..HOLDING.read.history.children.len()).map(|at| children.get(at)).filter(|id| text.contains(&format!("\"{id}\"")));
    assert_eq!(named.count(), 0, "no child is named to a program");
    assert_eq!(csv.lines().count() - 1, json["lines"].as_array().unwrap().len());
    let line = page.split("href=\"/gap/line?").nth(1).and_then(|rest| rest.split('"').next()).unwrap().replace("&amp;", "&");
    let line = get(&router, &format!("/gap/line?{line}")).await;
    assert_eq!(line.status, StatusCode::OK);
    assert!(line.body.contains("How supply was made up") && line.body.contains("Homes that could take such a child"), "{}", line.body);
    for (path, status, words) in [
        ("/gap?months=7", StatusCode::BAD_REQUEST, "3, 6, 12, 18, 24 or 36 months"),
        ("/gap?share=200", StatusCode::BAD_REQUEST, "is no share"),
        ("/gap?scenario=none", StatusCode::NOT_FOUND, "no scenario called"),
        ("/gap?authority=Elsewhere", StatusCode::BAD_REQUEST, "no authority called"),
        ("/gap/line?months=6&home=Castle", StatusCode::NOT_FOUND, "has no such line"),
    ] {
        let answer = settled(&router, path).await;
        assert!(answer.status == status && answer.body.contains(words), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_and_the_one_before_stays() {
    let router = equipped();
    let form =
        |text: &str| format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../new.csv\"\r\n\r\n{text}\r\n--x--\r\n");
    let sent = |text: &str| post(&router, "/files/prices?back=//example.org", "multipart/form-data; boundary=x", form(text));
    let wrong = sent("a,b\n1,2\n").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("new.csv has no line that can be used") && wrong.body.contains("prices.csv"), "{}", wrong.body);
    let right = sent(&Sheet::Prices.sample()).await;
    assert_eq!((right.status, right.location.as_str()), (StatusCode::SEE_OTHER, "/forecast"), "no way back leads elsewhere");
    assert!(get(&router, "/files/prices").await.body.contains("new.csv"));
}

#[tokio::test]
async fn a_scenario_is_written_kept_compared_and_given_away() {
    let router = equipped();
    let path = "/forecast/scenarios/write";
    let wrong = post(
        &router,
        path,
        FORM,
        "name=Ours&lever-1-kind=new-home&lever-1-name=Elm&lever-1-beds=10000&lever-1-from-day=31&lever-1-from-month=2",
    )
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in
        ["value=\"10000\"", "value=\"31\"", "value=\"Elm\"", "href=\"#lever-1-beds\"", "href=\"#lever-1-from-day\"", "from 1 to 500"]
    {
        assert!(wrong.body.contains(kept), "{kept}: {}", wrong.body);
    }
    let saved = post(&router, path, FORM, format!("name=Ours&{STEP_DOWN}")).await;
    assert_eq!((saved.status, saved.location.as_str()), (StatusCode::SEE_OTHER, "/forecast/scenarios/kept/ours"));
    let twice = post(&router, path, FORM, format!("name=ours&{STEP_DOWN}")).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("of this name already"), "{}", twice.body);
    let page = get(&router, "/forecast/scenarios/kept/ours").await.body;
    assert!(page.contains("2 children a month step down to families") && page.contains("Nothing has changed since it was saved"), "{page}");
    let toml = get(&router, "/forecast/scenarios/kept/ours/scenario.toml").await.body;
    assert!(toml.contains("kind = \"step-down\"") && toml.contains("[saved]"), "{toml}");

    let compared = settled(&router, "/forecast/compare?with=ours&months=6&target=100").await;
    assert_eq!(compared.status, StatusCode::OK);
    for words in ["Ours: about", "In pounds", ">forecast<", ">target<"] {
        assert!(compared.body.contains(words), "{words}: {}", compared.body);
    }
    assert!(get(&router, "/forecast/compare.csv?with=ours&months=6").await.body.starts_with("date,group,scenario,base_median"));
    let many = get(&router, "/forecast/compare?with=a&with=b&with=c&with=d").await;
    assert!(many.status == StatusCode::BAD_REQUEST && many.body.contains("up to 3 at a time"));

    let gone = post(&router, "/forecast/scenarios/kept/ours/remove", FORM, "").await;
    assert_eq!((gone.status, gone.location.as_str()), (StatusCode::SEE_OTHER, "/forecast/scenarios"));
    assert_eq!(get(&router, "/forecast/scenarios/kept/ours").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_from_another_site_keeps_nothing() {
    let router = equipped();
    let request = Request::builder().method("POST").uri("/forecast/scenarios/write").header("host", "127.0.0.1:8000");
    let request = request.header("content-type", FORM).header("sec-fetch-site", "cross-site");
    let answer = send(&router, request.body(format!("name=Theirs&{STEP_DOWN}").into()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(get(&router, "/forecast/scenarios/kept/theirs").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn homes_of_ones_own_break_even_where_the_plan_of_2014_does() {
    let router = equipped();
    let question = "?terms=own&from_beds=16&to_beds=28&fixed=63232&spot=2711&fit=100&months=6";
    let page = settled(&router, &format!("/blocks{question}")).await.body;
    assert!(page.contains("pays from 23.3 occupied beds on, so from 24") && page.contains("£2,634.67"), "{page}");
    let json: serde_json::Value = serde_json::from_str(&get(&router, &format!("/api/v1/block-contract{question}")).await.body).unwrap();
    assert_eq!((json["break_even_beds"]["beds"].as_u64(), json["rows"].as_array().unwrap().len()), (Some(24), 13));
    let wrong = get(&router, "/blocks?terms=block&to_beds=10000&price=-4").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.matches("<li><a href=\"#").count(), 3, "{}", wrong.body);
}

#[tokio::test]
async fn money_says_where_its_prices_come_from_and_what_has_none() {
    let router = equipped();
    let page = settled(&router, "/forecast/money?months=6&rise=3&rise_on=2026-07-01").await.body;
    for words in ["The nights of 2026-27", "invented", "not known", "Volume", "3% on 1 July 2026"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&get(&router, "/api/v1/money?months=6&rise=3&rise_on=2026-07-01").await.body).unwrap();
    assert!(json["total"]["mean_pence"].as_i64().unwrap() > 0 && !json["uncosted_groups"].as_array().unwrap().is_empty());
    let wrong = get(&router, "/forecast/money?rise=lots&rise_on=soon").await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("value=\"lots\"") && wrong.body.contains("#rise_on"));
}

#[tokio::test]
async fn contracts_held_are_in_the_room_of_money_as_in_the_command() {
    let with = equipped();
    let without = router(Sheet::ALL.into_iter().filter(|sheet| *sheet != Sheet::Held).fold(bare(), |state, sheet| {
        state.with_paper(sheet, Paper::new(format!("{}.csv", sheet.word()), sheet.sample().into(), Origin::Given))
    }));
    let path = "/forecast/money?months=6";
    let page = settled(&with, path).await.body;
    assert!(page.contains("Contracts held") && page.contains("held.csv") && page.contains("30 September 2027"), "{page}");
    settled(&without, path).await;
    let total = async |router: &Router| {
        let json: serde_json::Value = serde_json::from_str(&get(router, "/api/v1/money?months=6").await.body).unwrap();
        json["total"]["mean_pence"].as_i64().unwrap()
    };
    assert!(total(&with).await < total(&without).await, "the sample's contracts are cheaper than its list");
}

#[tokio::test]
async fn money_spent_on_a_scenario_comes_back_or_does_not() {
    let every_kind: String =
        service::forecasts::Groups::Detailed.names().iter().map(|name| [name, ",700,2026-04-01,invented\n"].concat()).collect();
    let list = |text: String| web::router(bare().with_paper(Sheet::Prices, Paper::new("prices.csv", text.into(), Origin::Given)));
    let homes = "External children's home,6900,2026-04-01,invented\nOwn children's home,6900,2026-04-01,invented\n";
    let heading = Sheet::Prices.heading();
    let router = list(format!("{heading}\n{every_kind}{homes}"));
    let empty = get(&router, "/forecast/money/save").await;
    assert!(empty.status == StatusCode::OK && empty.body.contains("No scenario is kept yet"), "{}", empty.body);
    let wrong = get(&router, "/forecast/money/save?once=lots&a_month=-4").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.matches("<li><a href=\"#").count() == 3 && wrong.body.contains("value=\"lots\""), "{}", wrong.body);
    let lever = STEP_DOWN.replace("change=2", "change=3");
    assert_eq!(post(&router, "/forecast/scenarios/write", FORM, format!("name=Ours&{lever}")).await.status, StatusCode::SEE_OTHER);
    let asked = "scenario=ours&months=6&once=1000&a_month=10";
    let page = settled(&router, &format!("/forecast/money/save?{asked}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for words in ["The money is back by", "£1,000 at once and £10 a month", "How likely the money is back", "Saved less spent by then"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let json: serde_json::Value = serde_json::from_str(&get(&router, &format!("/api/v1/save?{asked}")).await.body).unwrap();
    assert!(json["futures"]["probability"].as_f64().unwrap() > 0.5 && json["futures"]["net_mean_pence"].as_i64().unwrap() > 0, "{json}");
    let part = list(format!("{heading}\n{homes}"));
    assert_eq!(post(&part, "/forecast/scenarios/write", FORM, format!("name=Ours&{lever}")).await.status, StatusCode::SEE_OTHER);
    let part = settled(&part, &format!("/forecast/money/save?{asked}")).await;
    assert_eq!(part.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(part.body.contains("prices.csv has no price for") && part.body.contains("Give another file of prices"), "{}", part.body);
    let nothing = settled(&router, "/forecast/money/save?scenario=ours&months=6").await.body;
    assert!(nothing.contains("Nothing is spent, so nothing has to come back"), "{nothing}");
}
