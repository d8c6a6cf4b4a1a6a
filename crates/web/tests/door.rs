//! The door: every route for every role, and every way round it that we know of. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod signed_in;

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use service::record::access::{self, Role};
use signed_in::{Answer, PASSWORD, site};
use web::{Gate, Opened};

/// Routes that end a session, and so the walk: tried by themselves below.
const ENDS: [&str; 2] = ["/sign-out", "/account/sign-out-everywhere"];

/// An address of a route, with something in the place of each name that is well formed and nobody's.
fn address(path: &str) -> String {
    let nobody = "01930000-0000-7000-8000-0000000000ab";
    let parts = path.split('/').map(|part| match part {
        "{sheet}" => "supply",
        "{token}" => "00",
        "{what}" => "terms",
        "{measure}" => "M01a",
        "{file}" => "statement.html",
        _ if part.starts_with('{') => nobody,
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Roles enough for what is no matter of roles.
const FEW: [Role; 4] = [Role::Administrator, Role::Analyst, Role::Commissioner, Role::LeadMember];

/// Every address with what reading and what writing there ask: where they ask for different things, reading was put up first.
fn gates() -> BTreeMap<&'static str, [Gate; 2]> {
    let mut gates: BTreeMap<&str, [Gate; 2]> = BTreeMap::new();
    for &(path, gate) in web::doors().table() {
        gates.entry(path).and_modify(|[_, writing]| *writing = gate).or_insert([gate, gate]);
    }
    gates
}

/// Every role × every route × reading and writing: what the policy allows comes through the door, and nothing else does.
#[tokio::test]
async fn every_route_opens_to_those_whom_the_policy_names_and_to_nobody_else() {
    let site = site(&Role::ALL, Opened::here).await;
    let (mut walked, mut shut) = (0, 0);
    for (path, asked) in gates() {
        let at = address(path);
        let mut answered = 0;
        for (method, gate) in [Method::GET, Method::POST].into_iter().zip(asked) {
            let nobody = site.send(None, &method, &at, "").await;
            if nobody.status == StatusCode::METHOD_NOT_ALLOWED {
                continue;
            }
            answered += 1;
            let refused = nobody.status == StatusCode::UNAUTHORIZED || nobody.location.starts_with("/sign-in");
            assert_eq!(refused, gate != Gate::Public, "{method} {at} to nobody: {}", nobody.status);
            let (Gate::To(action) | Gate::Begun(action)) = gate else { continue };
            if ENDS.contains(&path) {
                continue;
            }
            for role in Role::ALL {
                let person = site.person(role);
                let may = access::somehow(&person.actor, action, site.authority.id);
                let answer = site.send(Some(person), &method, &at, "").await;
                assert_eq!(answer.status != StatusCode::FORBIDDEN, may, "{role} {method} {at}: {}", answer.status);
                assert!(!answer.location.starts_with("/sign-in"), "{role} {method} {at}");
                assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{role} {method} {at}");
                walked += 1;
                shut += usize::from(!may);
            }
        }
        assert!(answered > 0, "{path} answers");
    }
    assert!(walked > 800 && shut > 200, "{walked} walked, {shut} of them shut");
}

#[tokio::test]
async fn a_session_of_one_authority_opens_nothing_of_another() {
    let site = site(&FEW, Opened::here).await;
    let other = site.elsewhere().await;
    for path in ["/", "/people", "/account", "/api/v1/benchmark"] {
        let answer = other.send(Some(site.person(Role::Administrator)), &Method::GET, path, "").await;
        let shut = answer.status == StatusCode::UNAUTHORIZED || answer.location.starts_with("/sign-in");
        assert!(shut && !answer.body.contains("administrator@"), "{path}: {}", answer.status);
    }
    // The identity of somebody there is nobody here.
    let stranger = &other.person(Role::Analyst).id;
    let admin = Some(site.person(Role::Administrator));
    let own = &site.person(Role::Analyst).id;
    assert_eq!(site.send(admin, &Method::GET, &format!("/people/{own}"), "").await.status, StatusCode::OK);
    for (method, path) in [
        (Method::GET, format!("/people/{stranger}")),
        (Method::POST, format!("/people/{stranger}/stop")),
        (Method::POST, format!("/people/{stranger}/link")),
        (Method::POST, format!("/people/{stranger}/roles")),
    ] {
        let answer = site.send(admin, &method, &path, "role=analyst").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("elsewhere.gov.uk"), "{path}");
    }
}

#[tokio::test]
async fn a_form_from_another_site_or_without_its_token_changes_nothing() {
    let site = site(&FEW, Opened::here).await;
    let (admin, grace) = (site.person(Role::Administrator), site.person(Role::Analyst));
    let stop = format!("/people/{}/stop", grace.id);
    let refused = |answer: &Answer| answer.status == StatusCode::FORBIDDEN && answer.body.contains("came from another site");
    let cross = site.raw(Some(admin), &Method::POST, &stop, &[("sec-fetch-site", "cross-site")], &admin.form("")).await;
    assert!(refused(&cross));
    let origin = site.raw(Some(admin), &Method::POST, &stop, &[("origin", "https://example.org")], &admin.form("")).await;
    assert!(refused(&origin));
    for body in ["", "form-token=", &grace.form(""), "other=1"] {
        assert!(refused(&site.raw(Some(admin), &Method::POST, &stop, &[], body).await), "{body}");
    }
    assert_eq!(site.send(None, &Method::POST, "/sign-in", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let foreign = site.raw(None, &Method::POST, "/sign-in", &[("sec-fetch-site", "cross-site")], "email=a&password=b").await;
    assert!(refused(&foreign), "nobody is signed in as somebody else by another site");
    assert!(site.send(Some(admin), &Method::GET, "/people", "").await.body.matches("Stopped").count() == 0);
    assert_eq!(site.send(Some(admin), &Method::POST, &stop, "").await.status, StatusCode::SEE_OTHER);
    assert!(site.send(Some(grace), &Method::GET, "/", "").await.location.starts_with("/sign-in"), "stopped at once");
}

#[tokio::test]
async fn a_planted_session_is_not_taken_over() {
    let site = site(&FEW, Opened::here).await;
    let planted = "ab".repeat(32);
    let body = format!("email=analyst%40example.gov.uk&password={}", PASSWORD.replace(' ', "+"));
    let cookie = format!("placewell={planted}");
    let answer = site.raw(None, &Method::POST, "/sign-in", &[("cookie", &cookie)], &body).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/work"));
    assert!(!answer.cookie.contains(&planted) && answer.cookie.contains("HttpOnly; SameSite=Lax"), "{}", answer.cookie);
    let after = site.raw(None, &Method::GET, "/", &[("cookie", &cookie)], "").await;
    assert!(after.location.starts_with("/sign-in"));
}

#[tokio::test]
async fn signing_out_ends_the_session_and_the_cookie() {
    let site = site(&FEW, Opened::here).await;
    for path in ENDS {
        let who = site.signed_in(Role::Commissioner).await;
        let answer = site.send(Some(&who), &Method::POST, path, "").await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/sign-in"));
        assert!(answer.cookie.contains("placewell=;") && answer.cookie.contains("Max-Age=0"), "{}", answer.cookie);
        assert!(site.send(Some(&who), &Method::GET, "/account", "").await.location.starts_with("/sign-in"));
    }
}

#[tokio::test]
async fn signing_in_leads_back_and_never_away() {
    let site = site(&FEW, Opened::here).await;
    let asked = site.send(None, &Method::GET, "/benchmarks?area=Bath+%26+NE", "").await;
    assert_eq!(asked.location, "/sign-in?then=%2Fbenchmarks%3Farea%3DBath%2B%2526%2BNE");
    let password = PASSWORD.replace(' ', "+");
    for (then, led) in [
        ("/benchmarks", "/benchmarks"),
        ("//example.org", "/work"),
        ("https://example.org", "/work"),
        ("/\\example.org", "/work"),
        ("/%0d%0aSet-Cookie: a=b", "/work"),
        ("javascript:alert(1)", "/work"),
    ] {
        let then = then.replace(':', "%3A").replace('/', "%2F").replace('\\', "%5C").replace(' ', "+");
        let body = format!("then={then}&email=analyst%40example.gov.uk&password={password}");
        assert_eq!(site.send(None, &Method::POST, "/sign-in", &body).await.location, led, "{then}");
    }
}

#[tokio::test]
async fn what_is_typed_comes_back_as_text_and_a_password_never() {
    let site = site(&FEW, Opened::here).await;
    let body = "email=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&password=a+guess+at+it";
    let answer = site.send(None, &Method::POST, "/sign-in", body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("The email address or the password is wrong") && answer.body.contains("href=\"#email\""));
    assert!(answer.body.contains("&lt;script&gt;") && !answer.body.contains("<script>alert") && !answer.body.contains("a guess at it"));
    let admin = Some(site.person(Role::Administrator));
    let invite = site.send(admin, &Method::POST, "/people/invite", "name=%3Cb%3EAda&email=x&role=analyst").await;
    assert_eq!(invite.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(invite.body.contains("value=\"&lt;b&gt;Ada\"") && invite.body.contains("value=\"analyst\" checked"));
    assert!(invite.body.contains("Enter an email address in the form"));
    let injected = "name=x'%3B+DROP+TABLE+person%3B--&email=bobby%40example.gov.uk&role=analyst";
    let made = site.send(admin, &Method::POST, "/people/invite", injected).await;
    assert!(made.status == StatusCode::OK && made.body.contains("/link/"));
    assert!(site.send(admin, &Method::GET, "/people", "").await.body.contains("DROP TABLE person"));
}

#[tokio::test]
async fn an_invitation_leads_from_the_link_to_the_pages() {
    let site = site(&FEW, Opened::here).await;
    let admin = Some(site.person(Role::Administrator));
    let made = site.send(admin, &Method::POST, "/people/invite", "name=Ada&email=ada%40example.gov.uk&role=analyst").await;
    let link = made.body.split("/link/").nth(1).unwrap()[..64].to_owned();
    let path = format!("/link/{link}");
    assert!(site.send(None, &Method::GET, &path, "").await.body.contains("ada@example.gov.uk"));
    let differ = site.send(None, &Method::POST, &path, "password=three+random+words&again=three+random+word").await;
    assert!(differ.status == StatusCode::UNPROCESSABLE_ENTITY && differ.body.contains("The two passwords differ"));
    let chosen = site.send(None, &Method::POST, &path, "password=three+random+words&again=three+random+words").await;
    assert_eq!((chosen.status, chosen.location.as_str()), (StatusCode::SEE_OTHER, "/work"));
    assert_eq!(site.send(None, &Method::GET, &path, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn paths_that_climb_lead_nowhere() {
    let site = site(&FEW, Opened::here).await;
    for path in ["/assets/..%2f..%2fCargo.toml", "/assets/%2e%2e/%2e%2e/etc/passwd", "/statement/..%2f..%2fetc%2fpasswd", "/../etc/passwd"]
    {
        let answer = site.send(Some(site.person(Role::Analyst)), &Method::GET, path, "").await;
        assert!(answer.status.is_client_error() && !answer.body.contains("root:"), "{path}: {}", answer.status);
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_with_words() {
    let site = site(&FEW, Opened::here).await;
    let analyst = site.person(Role::Analyst);
    let part = |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{value}\r\n");
    let form = part("form-token", &format!("\r\n\r\n{}", analyst.token))
        + &part("file", &format!("; filename=\"a.csv\"\r\n\r\n{}", "x".repeat(3 << 20)));
    let kind = [("content-type", "multipart/form-data; boundary=b")];
    let file = site.raw(Some(analyst), &Method::POST, "/files/supply?back=/gap", &kind, &(form + "--b--\r\n")).await;
    assert!(file.status == StatusCode::BAD_REQUEST && file.body.contains("larger than 2 MB"), "{}", file.status);
    let words =
        site.send(Some(site.person(Role::Administrator)), &Method::POST, "/people/invite", &format!("name={}", "x".repeat(3 << 20))).await;
    assert!(words.status == StatusCode::BAD_REQUEST && words.body.contains("too long"), "{}", words.status);
    // Whoever is not signed in has nothing of theirs read beyond a form's length.
    let nobody = site.send(None, &Method::POST, "/sign-in", &format!("email={}", "x".repeat(3 << 20))).await;
    assert!(nobody.status.is_client_error(), "{}", nobody.status);
}

#[tokio::test]
async fn pages_with_an_address_answer_to_it_alone_and_through_the_proxy_alone() {
    let site = site(&FEW, |record, authority| {
        Opened::here(record, authority).at("https://placewell.example.gov.uk".to_owned(), vec!["192.0.2.10".parse().unwrap()])
    })
    .await;
    let page = async |host: &str, peer: &str| site.from(peer, host, "/accessibility").await;
    assert_eq!(page("placewell.example.gov.uk", "192.0.2.10").await.status, StatusCode::OK);
    for (host, peer) in [
        ("127.0.0.1:8080", "192.0.2.10"),
        ("rebound.example.org", "192.0.2.10"),
        ("placewell.example.gov.uk.example.org", "192.0.2.10"),
        ("placewell.example.gov.uk", "192.0.2.99"),
    ] {
        let answer = page(host, peer).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host} {peer}");
        assert!(!answer.body.contains("Exampleshire"));
    }
    let who = site.person(Role::Analyst);
    let body = format!("email=analyst%40example.gov.uk&password={}", PASSWORD.replace(' ', "+"));
    let opened = site.send(None, &Method::POST, "/sign-in", &body).await.cookie;
    assert!(opened.starts_with("__Host-placewell=") && opened.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{opened}");
    // Whoever has no second factor sets one up before anything else.
    assert_eq!(site.send(Some(who), &Method::GET, "/", "").await.location, "/account/second-factor");
    assert_eq!(site.send(Some(who), &Method::GET, "/account/second-factor", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn pages_of_somebody_are_kept_nowhere_and_say_whose_they_are() {
    let site = site(&FEW, Opened::here).await;
    let answer = site.send(Some(site.person(Role::LeadMember)), &Method::GET, "/", "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!((answer.header("cache-control"), answer.header("x-content-type-options")), ("no-store", "nosniff"));
    assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert!(answer.body.contains("Invented lead member"));
    // Rooms that are closed to them are not offered.
    assert!(
        answer.body.contains("href=\"/statement\"")
            && !answer.body.contains("href=\"/returns\"")
            && !answer.body.contains("href=\"/people\"")
    );
    let out = site.send(None, &Method::GET, "/accessibility", "").await;
    assert!(out.status == StatusCode::OK && !out.body.contains("href=\"/children\""));
}
