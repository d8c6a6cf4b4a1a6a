//! Sending a case system's exports, as a placement officer does. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use axum::http::{Method, StatusCode};
use service::record::access::Role;
use signed_in::{Answer, Person, Site, site};
use web::Opened;

const MAPPING: &str =
    "[[feed]]\nof = \"children\"\nfile = \"children*.csv\"\n[feed.columns]\nchild = \"ID\"\nborn = \"DOB\"\nname = \"Name\"\n";

/// Sends a form with files: name of the field, name of the file (nothing for a word), content.
async fn send(site: &Site, who: &Person, path: &str, parts: &[(&str, Option<&str>, &str)]) -> Answer {
    let mut body = String::new();
    for (name, file, content) in [("form-token", None, who.token.as_str())].iter().chain(parts) {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        let part = ["--b\r\nContent-Disposition: form-data; name=\"", name, "\"", &file, "\r\n\r\n", content, "\r\n"];
        body.push_str(&part.concat());
    }
    body += "--b--\r\n";
    site.raw(Some(who), &Method::POST, path, &[("content-type", "multipart/form-data; boundary=b")], &body).await
}

#[tokio::test]
async fn exports_are_looked_at_taken_and_refused_by_the_mapping_that_is_kept() {
    let site = site(&[Role::PlacementOfficer, Role::SocialWorker], Opened::here).await;
    let officer = site.person(Role::PlacementOfficer);
    let at = "/cases/exports";
    assert!(site.send(Some(officer), &Method::GET, "/cases", "").await.body.contains("href=\"/cases/exports\""));
    assert_eq!(site.send(Some(site.person(Role::SocialWorker)), &Method::GET, at, "").await.status, StatusCode::FORBIDDEN);
    let first = site.send(Some(officer), &Method::GET, at, "").await.body;
    assert!(first.contains("No mapping is kept yet") && !first.contains("Send these exports"), "{first}");
    let example = site.send(Some(officer), &Method::GET, "/cases/exports/mapping", "").await;
    assert!(example.body.contains("[[feed]]") && example.header("content-disposition").contains("mapping.toml"));

    // A mapping with a fault is not kept, and its lines are named.
    let keep = "/cases/exports/mapping";
    let wrong = send(&site, officer, keep, &[("file", Some("m.toml"), &MAPPING.replace("born", "bron"))]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("line 6: bron is no key of children: did you mean born?") && wrong.body.contains("href=\"#mapping\""),
        "{}",
        wrong.body
    );
    assert_eq!(send(&site, officer, keep, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = send(&site, officer, keep, &[("file", Some("m.toml"), MAPPING)]).await;
    assert!(kept.status == StatusCode::OK && kept.body.contains("The mapping is kept") && kept.body.contains("m.toml"), "{}", kept.body);

    let file = |content: &'static str| ("file", Some("children_1.csv"), content);
    let child = "ID,DOB,Name\n7001,2014-05-02,Ailbhe Test\n";
    let look = send(&site, officer, at, &[file(child), ("do", None, "look")]).await;
    assert!(
        look.status == StatusCode::OK && look.body.contains("can be taken") && look.body.contains("nothing was written"),
        "{}",
        look.body
    );
    assert!(!site.send(Some(officer), &Method::GET, "/cases?which=all", "").await.body.contains("7001"), "a look writes nothing");
    let taken = send(&site, officer, at, &[file(child), ("do", None, "keep")]).await;
    assert!(taken.status == StatusCode::OK && taken.body.contains(">taken<") && !taken.body.contains("Ailbhe"), "{}", taken.body);
    // Another day of birth is a difference, which is kept until it is chosen.
    let differs = send(&site, officer, at, &[file("ID,DOB,Name\n7001,2014-05-03,Ailbhe Test\n"), ("do", None, "keep")]).await.body;
    for words in ["born 2014-05-02", "born 2014-05-03", ">kept<", "children_1.csv, line 2"] {
        assert!(differs.contains(words), "{words}: {differs}");
    }
    // What is no export is refused by what it is, and everything at once.
    for (content, said) in [
        ("ID,DOB,Name\n7002,03/05/2014,A\n,2014-05-03,B\n", ["line 2: DOB “03/05/2014” is no date", "line 3: ID is empty"]),
        ("PK\u{3}\u{4}xxxx", ["is a workbook or a packed folder", "not a CSV file"]),
    ] {
        let refused = send(&site, officer, at, &[file(content), ("do", None, "take")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in said {
            assert!(refused.body.contains(words) && refused.body.contains("href=\"#file\""), "{words}: {}", refused.body);
        }
    }
    let none = send(&site, officer, at, &[("file", Some(""), ""), ("do", None, "keep")]).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("Choose at least one export"), "{}", none.body);
    let other = send(&site, officer, at, &[("file", Some("holiday.jpg"), "x"), ("do", None, "keep")]).await;
    assert!(
        other.status == StatusCode::UNPROCESSABLE_ENTITY && other.body.contains("names none of these files: holiday.jpg"),
        "{}",
        other.body
    );
    let huge = "x".repeat(25 * 1024 * 1024);
    let large = send(&site, officer, at, &[("file", Some("children_1.csv"), &huge), ("do", None, "keep")]).await;
    assert!(
        large.status.is_client_error() && large.body.contains("larger than 24 MB"),
        "{}: {}",
        large.status,
        &large.body[..300.min(large.body.len())]
    );
}
