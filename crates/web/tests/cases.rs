//! A child's case over HTTP, as somebody who is signed in walks through it. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[path = "signed_in/clock.rs"]
mod clock;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use clock::now;
use domain::case::{Absence, Interview, MissingEpisode};
use domain::child::Child;
use domain::history::Uasc;
use domain::period::{self, PeriodOfCare};
use domain::placement::Placement;
use domain::{Code, Day, Id};
use service::App;
use service::people::{self, Attempt, NewUser, Outcome};
use service::profile::Profile;
use service::record::access::{Actor, Role};
use service::record::{self, Authority, Record, case};
use tower::ServiceExt;
use web::{Opened, SecondFactor, State, router};

/// A record with two children in it, and people of some roles who are signed in.
struct House {
    _folder: tempfile::TempDir,
    pages: axum::Router,
    record: Record,
    authority: Authority,
    cookie: String,
    child: Id<Child>,
}

fn chance(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let at = bytes.len() - 8;
    bytes[at..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
}

fn day(month: u32, day: u32) -> Day {
    Day::from_ymd(2026, month, day).unwrap()
}

impl House {
    async fn new(role: Role) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("record.db");
        std::fs::File::create(&file).unwrap();
        let record = Record::connect(&format!("sqlite://{}", file.display()), [5; 64], now, chance).await.unwrap();
        record.migrate().await.unwrap();
        let owner = Actor::machine("test");
        let authority = record::open(&record, &owner, "Exampleshire", "Exampleshire").await.unwrap();
        let child = child(&record, &authority, "104532").await;
        self::child(&record, &authority, "104352").await;
        let (email, password) = ("somebody@example.gov.uk", "made-up children only");
        let somebody = NewUser { name: "Somebody", email, roles: BTreeSet::from([role]), password: Some(password) };
        people::add(&record, &owner, &authority, &somebody).await.unwrap();
        let Outcome::Open(token) = people::sign_in(&record, &authority, Attempt { email, password, from: "test" }).await.unwrap() else {
            panic!("the password is right")
        };
        let profile = Profile { fictitious: true, ..Profile::unknown("Exampleshire") };
        let opened = Opened::here(record.clone(), authority.clone()).asking(SecondFactor::Offered);
        let state = State::published(Arc::new(App::new()), profile).with_record(opened);
        Self { _folder: folder, pages: router(state), record, authority, cookie: format!("placewell={}", token.secret()), child }
    }

    async fn answer(&self, request: Request<Body>) -> (StatusCode, String, String) {
        let response = self.pages.clone().oneshot(request).await.unwrap();
        let location = response.headers().get("location").map_or("", |value| value.to_str().unwrap()).to_owned();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, location, String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn get(&self, path: &str) -> (StatusCode, String, String) {
        let request = Request::get(path).header("host", "localhost").header("cookie", &self.cookie).body(Body::empty()).unwrap();
        self.answer(request).await
    }

    /// A page that must be there.
    async fn page(&self, path: &str) -> String {
        let (status, _, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    /// Sends a form with the token that its page carries.
    async fn send(&self, path: &str, form: &str) -> (StatusCode, String, String) {
        let (_, _, page) = self.get(path).await;
        let token = page.split("name=\"form-token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let request = Request::post(path)
            .header("host", "localhost")
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("form-token={token}&{form}")))
            .unwrap();
        self.answer(request).await
    }

    fn case(&self) -> String {
        format!("/cases/{}", self.child)
    }
}

/// A child in care since 3 March 2026, in a foster home.
async fn child(record: &Record, authority: &Authority, reference: &str) -> Id<Child> {
    let owner = Actor::machine("test");
    let id = record.id();
    let born = Day::from_ymd(2014, 6, 5).unwrap();
    let (sex, ethnicity) = (Code::of("F"), Code::of("WBRI"));
    let child = Child {
        id,
        authority: authority.id,
        reference: reference.to_owned(),
        born,
        sex,
        ethnicity,
        asylum: Uasc::Never,
        restricted: false,
    };
    case::register(record, &owner, &child).await.unwrap();
    let period = PeriodOfCare { id: record.id(), child: id, kind: period::Kind::Care, start: day(3, 3), end: None, ceased: Code::BLANK };
    case::add(record, &owner, authority.id, id, &period).await.unwrap();
    let placement = Placement {
        id: record.id(),
        child: id,
        start: day(3, 3),
        end: None,
        kind: Code::of("U6"),
        provider: Code::of("PR1"),
        urn: Code::BLANK,
        postcode: None,
        ended: Code::BLANK,
    };
    case::add(record, &owner, authority.id, id, &placement).await.unwrap();
    id
}

/// The address of a link on a page by what it ends with.
fn link<'p>(page: &'p str, ending: &str) -> &'p str {
    page.split("href=\"").map(|rest| rest.split('"').next().unwrap()).find(|href| href.ends_with(ending)).unwrap()
}

#[tokio::test]
async fn children_are_listed_filtered_and_found_without_a_reference_in_an_address() {
    let house = House::new(Role::PlacementOfficer).await;
    let list = house.page("/cases").await;
    for words in ["2 children of ours", ">104532</a>", "Fostering other", "Age 11", "3 March 2026", "Children recorded twice"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    assert!(!list.contains("href=\"/cases/104532"), "an address names no child");
    assert!(house.page("/cases?age=10-15&lives=fostering-other&sort=born").await.contains("2 children of ours"));
    assert!(house.page("/cases?age=16").await.contains("No child whose case is open to you fits"));
    for wrong in ["/cases?age=old", "/cases?lives=castle", "/cases?sort=name", "/cases?which=some"] {
        assert_eq!(house.get(wrong).await.0, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let csv = house.page("/cases.csv?age=10-15").await;
    assert_eq!(csv.lines().nth(1), Some("104352,2014-06-05,F,U6,2026-03-03,,2026-03-03,no"));
    let (status, location, _) = house.send("/cases/find", "reference=104532").await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, house.case()));
    let (status, _, page) = house.send("/cases/find", "reference=999").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("check it for slips") && page.contains("value=\"999\""), "{page}");
}

#[tokio::test]
async fn a_placements_date_is_corrected_and_the_record_still_tells_what_it_was() {
    let house = House::new(Role::PlacementOfficer).await;
    let case = house.page(&house.case()).await;
    assert!(case.contains("<h1") && case.contains("Child 104532") && !case.contains("<title>Child"), "the title names nobody");
    let correct = case.split("href=\"").map(|rest| rest.split('"').next().unwrap());
    let correct = correct.into_iter().find(|href| href.contains("/placements/") && href.ends_with("/correct")).unwrap().to_owned();
    let fields = "end-day=&end-month=&end-year=&kind=U6&provider=PR1&urn=&postcode=&ended=";
    let start = |day: u32| format!("start-day={day}&start-month=3&start-year=2026");
    // Everything typed is kept, and each mistake is led to.
    let (status, _, page) = house.send(&correct, &format!("version=1&start-day=31&start-month=2&start-year=2026&{fields}")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in
        ["There is a problem", "href=\"#start-day\"", "href=\"#reason\"", "value=\"31\"", "Say why it is corrected", "Error: Correct"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let (status, location, page) = house.send(&correct, &format!("version=1&{}&{fields}&reason=arrived+late", start(5))).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("{}#placements", house.case())), "{page}");
    // Somebody who had looked at it before gets the form back, with what stands there now.
    let (status, _, page) = house.send(&correct, &format!("version=1&{}&{fields}&reason=mine", start(9))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Somebody else changed this", "5 March 2026", "name=\"version\" value=\"2\"", "value=\"9\"", "value=\"mine\""] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let history = house.page(&correct.replace("/correct", "/history")).await;
    assert!(history.contains("3 March 2026") && history.contains("5 March 2026") && history.contains("arrived late"), "{history}");
    let case = house.page(&house.case()).await;
    assert!(case.contains("Placement changed") && case.contains("arrived late"));
    // A second home on the same nights is refused with the date of the first.
    let new = format!("{}/placements/new", house.case());
    let (status, _, page) = house.send(&new, &format!("{}&{fields}", start(20))).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("lived elsewhere since 5 March 2026"), "{page}");
    let (status, location, _) = house.send(&correct.replace("/correct", "/withdraw"), "version=2&reason=another+child").await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("{}#placements", house.case())));
    assert!(house.page(&house.case()).await.contains("Nobody wrote down where the child lived"));
    assert!(house.page(&correct.replace("/correct", "/history")).await.contains("Taken back"));
}

#[tokio::test]
async fn the_case_is_shown_as_it_was_known_and_says_that_it_is_the_past() {
    let house = House::new(Role::PlacementOfficer).await;
    let (status, location, _) = house.get(&format!("{}?as-known-day=1&as-known-month=6&as-known-year=2026", house.case())).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("{}?as-known=2026-06-01", house.case())));
    let then = house.page(&format!("{}?as-known=2026-06-01", house.case())).await;
    assert!(then.contains("You are looking at the past") && then.contains("as known on 1 June 2026"), "{then}");
    assert!(!then.contains("/correct") && !then.contains("/new\""), "the past is not written");
    assert!(then.contains(&format!("{}/needs?as-known=2026-06-01", house.case())), "the day goes along to the other pages");
    let (status, _, before) = house.get(&format!("{}?as-known=2026-05-31", house.case())).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && before.contains("first recorded on 1 June 2026"), "{before}");
    assert!(before.contains("Child 104532") && before.contains("href=\"#as-known-day\""), "in the case, beside the field: {before}");
    let (status, _, page) = house.get(&format!("{}?as-known-day=1&as-known-month=6&as-known-year=2030", house.case())).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Choose today or a day before") && page.contains("value=\"2030\""));
    let (status, _, page) = house.get(&format!("{}?as-known-day=31&as-known-month=2&as-known-year=2026", house.case())).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Enter a date that exists"));
}

#[tokio::test]
async fn a_child_is_entered_and_what_the_register_says_is_corrected() {
    let house = House::new(Role::SocialWorker).await;
    let fields = "born-day=5&born-month=6&born-year=2015&sex=F&ethnicity=WBRI&restricted=no";
    let (status, _, page) = house.send("/cases/new", &format!("reference=104532&{fields}")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("There is a child with this reference already"), "{page}");
    // Whoever enters a child whose cases are their own works with it.
    let (status, location, page) = house.send("/cases/new", &format!("reference=77&{fields}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let page = house.page(&location).await;
    assert!(
        page.contains("Child 77") && page.contains("<dt>Came alone seeking asylum</dt><dd>Not known</dd>"),
        "what nobody asked is not no: {page}"
    );
    let correct = format!("{location}/correct");
    assert!(house.page(&correct).await.contains("<option value=\"not-known\" selected"));
    let early = "asylum=no&asylum-ended-day=1&asylum-ended-month=2&asylum-ended-year=2026";
    let (status, _, page) = house.send(&correct, &format!("version=1&reference=77&{fields}&{early}&reason=asked")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Say first that the child came alone"), "{page}");
    let (status, _, page) = house.send(&correct, &format!("version=1&reference=78&{fields}&reason=")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("value=\"78\"") && page.contains("Say why"), "{page}");
    let (status, to, _) =
        house.send(&correct, &format!("version=1&reference=77&{}&reason=court+order", fields.replace("=no", "=yes"))).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, location.clone()));
    assert!(house.page(&location).await.contains("Restricted"));
    let (status, ..) = house.send(&correct, &format!("version=2&reference=77&{fields}&asylum=no&reason=asked")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(!house.page(&location).await.contains("Came alone"));
}

#[tokio::test]
async fn every_kind_of_fact_has_its_forms() {
    let house = House::new(Role::PlacementOfficer).await;
    let case = house.case();
    let when = |name: &str, day: u32| format!("{name}-day={day}&{name}-month=4&{name}-year=2026");
    for (tab, kind, form, shown) in [
        ("", "legal-statuses", format!("{}&status=C2&need=N1", when("start", 3)), "Full care order (C2)"),
        ("", "missing", format!("{}&{}&kind=missing&interview=not-offered", when("start", 8), when("end", 9)), "Missing: nobody knew"),
        (
            "/needs",
            "needs",
            format!("{}&alongside=solo&risks=fire&risks=self-harm&health=asthma", when("day", 3)),
            "Self-harm, Fire setting",
        ),
        ("/needs", "siblings", "other=104352&kin=half&wish=together&plan=apart-in-touch".to_owned(), "Child 104352"),
        ("/needs", "voice", format!("{}&channel=spoken&words=I+am+%3Cfine%3E&heard_by=Carer", when("day", 3)), "I am &lt;fine&gt;"),
        ("/health", "health", format!("kind=initial&{}&by=nurse&words=Well", when("held", 3)), "Not by a doctor"),
        ("/planning", "visits", format!("{}&seen=alone&by=Worker", when("due", 3)), "Late"),
        ("/decisions", "courts", format!("kind=secure&{}&{}&court=High+Court", when("start", 3), when("expires", 20)), "Ran out"),
        ("/planning", "plans", format!("kind=pathway&{}&aim=Home", when("agreed", 3)), "Pathway plan"),
    ] {
        let (status, location, page) = house.send(&format!("{case}/{kind}/new"), &form).await;
        assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("{case}{tab}#{kind}")), "{kind}: {page}");
        let page = house.page(&format!("{case}{tab}")).await;
        assert!(page.contains(shown), "{kind}: {shown}: {page}");
        let (status, _, page) = house.send(&format!("{case}/{kind}/new"), "").await;
        let optional = ["siblings"].contains(&kind);
        assert_eq!(status == StatusCode::UNPROCESSABLE_ENTITY, !optional || page.contains("There is a problem"), "{kind}: {page}");
    }
    assert_eq!(house.get(&format!("{case}/reviews/new")).await.0, StatusCode::FORBIDDEN, "a review is the reviewing officer's");
    let history = house.page(&format!("{case}/needs")).await;
    let history = house.page(link(&history, "/history")).await;
    assert!(history.contains("Somebody") && history.contains("added: "), "{history}");
}

#[tokio::test]
async fn names_have_a_page_and_a_log_of_their_own() {
    let house = House::new(Role::PlacementOfficer).await;
    let names = format!("{}/names", house.case());
    let (status, _, page) = house.send(&format!("{names}/new"), "kind=nhs-number&word=943+476+5918").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("An NHS number has ten figures"), "{page}");
    let (status, ..) = house.send(&format!("{names}/new"), "kind=name&word=Marigold+Makebelieve").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let page = house.page(&names).await;
    assert!(page.contains("Marigold Makebelieve"));
    let correct = link(&page, "/correct").to_owned();
    let (status, _, page) = house.send(&correct, "version=1&word=Marigold+Storybook&reason=").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Marigold Storybook"));
    let (status, ..) = house.send(&correct, "version=1&word=Marigold+Storybook&reason=adopted").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let history = house.page(&correct.replace("/correct", "/history")).await;
    assert!(history.contains("Makebelieve") && history.contains("Storybook") && history.contains("adopted"));
    for path in ["", "/needs", "/planning", "/log"] {
        let page = house.page(&format!("{}{path}", house.case())).await;
        assert!(!page.contains("Marigold"), "{path} shows no name");
    }
    let log = house.page(&format!("{}/log", house.case())).await;
    assert!(log.contains("Names and addresses read") && log.contains("Names and addresses changed") && log.contains("Case read"));
}

#[tokio::test]
async fn a_director_says_what_for_and_the_log_keeps_it() {
    let house = House::new(Role::Director).await;
    let page = house.page(&house.case()).await;
    assert!(page.contains("What do you need this case for?") && !page.contains("104532"), "{page}");
    assert!(!page.contains(" checked") && !page.contains("<option"), "no purpose is chosen before somebody chooses");
    let page = house.page(&format!("{}?purpose=complaint", house.case())).await;
    assert!(page.contains("Child 104532") && page.contains("/needs?purpose=complaint") && !page.contains("/correct"));
    let log = house.page(&format!("{}/log?purpose=complaint", house.case())).await;
    assert!(log.contains("A complaint or a serious incident"), "{log}");
    let (status, _, unknown) = house.get(&format!("{}?purpose=curiosity", house.case())).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && unknown.contains("Choose what you read it for"), "{unknown}");
    assert!(house.page(&format!("{}/names", house.case())).await.contains("What do you need this case for?"));
}

#[tokio::test]
async fn whoever_is_not_allocated_opens_a_case_in_need_alone() {
    let house = House::new(Role::SocialWorker).await;
    assert_eq!(house.get(&house.case()).await.0, StatusCode::NOT_FOUND);
    assert_eq!(house.get(&format!("{}/placements/new", house.case())).await.0, StatusCode::NOT_FOUND);
    assert!(house.page("/cases").await.contains("Open a case in need"));
    let (status, _, page) = house.send("/cases/in-need", "reference=104532&reason=now").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("value=\"104532\""), "{page}");
    let (status, location, _) = house.send("/cases/in-need", "reference=104532&reason=The+police+have+found+her+alone").await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, house.case()));
    let log = house.page(&format!("{}/log", house.case())).await;
    assert!(log.contains("Opened in need") && log.contains("The police have found her alone"), "{log}");
}

#[tokio::test]
async fn a_director_gives_a_restricted_case_on_which_nobody_works_to_somebody_without_opening_it() {
    let house = House::new(Role::Director).await;
    let path = format!("{}/entrust", house.case());
    assert_eq!(house.get(&path).await.0, StatusCode::NOT_FOUND, "it is not restricted");
    assert!(!house.page("/work").await.contains(&path));
    let owner = Actor::machine("test");
    let read = record::show(&house.record, &owner, house.authority.id, house.child, None).await.unwrap().child;
    let restricted = Child { restricted: true, ..read.fact.clone() };
    case::amend(&house.record, &owner, read.version, &restricted, "adoption").await.unwrap();
    let emmy = NewUser { name: "Emmy", email: "emmy@example.gov.uk", roles: [Role::SocialWorker].into(), password: None };
    let emmy = people::add(&house.record, &owner, &house.authority, &emmy).await.unwrap();
    assert!(house.page("/work").await.contains(&format!("href=\"{path}\"")), "one's work leads there");
    let page = house.page(&path).await;
    assert!(page.contains("Child 104532. The case is open to those alone") && page.contains(">Emmy</option>"), "{page}");
    assert!(page.contains("<title>Allocate somebody to a case"), "the title names nobody");
    let (status, _, page) = house.send(&path, "person=&reason=she+knows+her").await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("href=\"#person\"") && page.contains("value=\"she knows her\""),
        "{page}"
    );
    let (status, _, page) = house.send(&path, &format!("person={}&reason=", emmy.id)).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("href=\"#reason\""), "{page}");
    let (status, location, _) = house.send(&path, &format!("person={}&reason=she+knows+her", emmy.id)).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/work"));
    assert_eq!(house.get(&path).await.0, StatusCode::NOT_FOUND, "somebody works on it");
    let (_, _, shut) = house.get(&format!("{}?purpose=complaint", house.case())).await;
    assert!(!shut.contains("104532"), "it stays shut to the director: {shut}");
}

#[tokio::test]
async fn a_program_reads_a_case_as_the_command_line_does() {
    let house = House::new(Role::PlacementOfficer).await;
    let (status, _, body) = house.get(&format!("/api/v1{}", house.case())).await;
    assert_eq!(status, StatusCode::OK);
    for words in ["\"reference\":\"104532\"", "\"kind\":\"U6\"", "\"start\":\"2026-03-03\"", "\"as_known\":null"] {
        assert!(body.contains(words), "{words}: {body}");
    }
    assert_eq!(house.get("/api/v1/cases/104532").await.0, StatusCode::NOT_FOUND, "by identity alone");
}

#[tokio::test]
async fn two_entries_of_one_child_are_joined_and_taken_apart() {
    let house = House::new(Role::PlacementOfficer).await;
    let found = house.page("/cases/duplicates").await;
    assert!(found.contains("1 pair of entries may be one child each") && found.contains("nearly the same: 104532 and 104352"), "{found}");
    assert!(found.contains("/merge?with="), "each pair leads to the form");
    let path = format!("{}/merge", house.case());
    let (status, _, page) = house.send(&path, "other=104352&reason=").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("value=\"104352\"") && page.contains("Say how you know"));
    let (status, location, _) = house.send(&path, "other=104352&reason=same+school").await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, house.case()));
    let case = house.page(&house.case()).await;
    assert!(case.contains("Recorded of child 104352") && case.contains("Take apart again"), "{case}");
    assert!(house.page("/cases").await.contains("1 child of ours"));
    let unmerge =
        case.split("href=\"").map(|rest| rest.split('"').next().unwrap()).find(|href| href.contains("/unmerge/")).unwrap().to_owned();
    let (status, ..) = house.send(&unmerge, "version=1&reason=two+girls").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(house.page("/cases").await.contains("2 children of ours"));
    assert!(record::verify(&house.record, &Actor::machine("test"), house.authority.id).await.unwrap().holds);
}

#[tokio::test]
async fn what_could_not_wait_is_approved_by_whoever_holds_the_office() {
    let house = House::new(Role::PlacementOfficer).await;
    let owner = Actor::machine("test");
    let manager = NewUser { name: "Manager", email: "manager@example.gov.uk", roles: BTreeSet::from([Role::SocialWorker]), password: None };
    let manager = people::add(&house.record, &owner, &house.authority, &manager).await.unwrap().id;
    let new = format!("{}/emergencies/new", house.case());
    let fields = format!("kind=out-of-area&day-day=26&day-month=5&day-year=2026&decider={manager}&capacity=Manager+on+duty");
    let (status, _, page) = house.send(&new, &format!("{fields}&reasons=")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("href=\"#reasons\"") && page.contains("Manager on duty"), "{page}");
    let (status, location, page) = house.send(&new, &format!("{fields}&reasons=Nothing+nearer+was+free")).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("{}/decisions#emergencies", house.case())), "{page}");
    let page = house.page(&format!("{}/decisions", house.case())).await;
    assert!(page.contains("Not approved in time"), "{page}");
    let decision = page.split("/emergencies/").nth(1).unwrap().split('/').next().unwrap();
    let approval = format!("/emergencies/{decision}");
    assert_eq!(house.get(&approval).await.0, StatusCode::NOT_FOUND, "nobody is nominated yet");
    let me = house.page(&new).await;
    let me = me.split("\">Somebody</option>").next().unwrap().rsplit("value=\"").next().unwrap().to_owned();
    let nomination = people::NewNomination {
        office: domain::office::Office::NominatedOfficer,
        standing: domain::office::Standing::Holder,
        person: me.parse().unwrap(),
        start: day(3, 1),
        end: None,
        written: "Folder 7".to_owned(),
    };
    people::nominate(&house.record, &owner, &house.authority, nomination).await.unwrap();
    let work = house.page("/work").await;
    assert!(work.contains("Approval after an emergency") && work.contains(&approval), "{work}");
    let page = house.page(&approval).await;
    assert!(page.contains("Nothing nearer was free") && page.contains("your approval is recorded as late"), "{page}");
    let looked = house.page(&format!("{}/log", house.case())).await;
    assert!(
        looked.contains("Emergency decision read") && !looked.contains("Emergency decision approved"),
        "a look is no approval: {looked}"
    );
    let (status, location, _) = house.send(&approval, "version=1").await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/work"));
    let (status, _, again) = house.send(&approval, "version=1").await;
    assert!(status == StatusCode::CONFLICT && again.contains("approved already") && again.contains("Somebody"), "{again}");
    let page = house.page(&format!("{}/decisions", house.case())).await;
    assert!(page.contains("Approved late") && page.contains("Somebody"), "{page}");
    let log = house.page(&format!("{}/log", house.case())).await;
    assert!(log.contains("approved what was decided in an emergency"), "{log}");
}

#[tokio::test]
async fn an_interview_of_which_nobody_wrote_anything_is_not_known_rather_than_overdue() {
    let house = House::new(Role::PlacementOfficer).await;
    let back = async |on: u32, offered: Option<Day>, interview| {
        let (id, child, kind) = (house.record.id(), house.child, Absence::Missing);
        let episode = MissingEpisode { id, child, kind, start: day(4, on), end: Some(day(4, on + 1)), offered, interview };
        case::add(&house.record, &Actor::machine("test"), house.authority.id, child, &episode).await.unwrap();
        house.page(&house.case()).await
    };
    let page = back(8, None, Interview::NotKnown).await;
    assert!(page.contains("Return interview not known") && !page.contains("Return interview overdue"), "{page}");
    // From the first of which somebody wrote something on, silence says that there was none.
    back(5, Some(day(4, 7)), Interview::Held).await;
    let page = back(12, None, Interview::NotKnown).await;
    assert!(!page.contains("Return interview not known") && page.matches("Return interview overdue").count() == 2, "{page}");
}

/// A GET with one more cookie, and the cookie that the answer sets.
async fn after(house: &House, path: &str, cookie: &str) -> (String, String) {
    let both = format!("{}; {cookie}", house.cookie);
    let request = Request::get(path).header("host", "localhost").header("cookie", both).body(Body::empty()).unwrap();
    let response = house.pages.clone().oneshot(request).await.unwrap();
    let set = response.headers().get("set-cookie").map_or("", |value| value.to_str().unwrap()).to_owned();
    (String::from_utf8_lossy(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).into_owned(), set)
}

#[tokio::test]
async fn forms_say_whose_they_are_and_the_next_page_that_it_was_saved() {
    let house = House::new(Role::PlacementOfficer).await;
    for path in ["placements/new", "health/new", "emergencies/new"] {
        let page = house.page(&format!("{}/{path}", house.case())).await;
        assert!(page.contains("Of child <b>104532</b>") && page.contains(">Child 104532</a>"), "{path}: {page}");
        let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(!title.contains("104532"), "the title stays in the browser’s history");
    }
    let health = house.page(&format!("{}/health", house.case())).await;
    assert!(health.contains("<title>Health, case") && !health.contains("govuk-notification-banner--success"), "{health}");
    let (told, set) = after(&house, &format!("{}/health", house.case()), "placewell-done=taken-back").await;
    assert!(told.contains("govuk-notification-banner--success") && told.contains("Taken back."), "{told}");
    assert!(set.starts_with("placewell-done=;") && set.contains("Max-Age=0"), "it is said once: {set}");
    let (other, _) = after(&house, &format!("{}/health", house.case()), "placewell-done=%3Cb%3Eanything").await;
    assert!(!other.contains("govuk-notification-banner--success"), "no word of anybody else’s");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_adds_one_fact() {
    let house = House::new(Role::PlacementOfficer).await;
    let new = format!("{}/health/new", house.case());
    let page = house.page(&new).await;
    let once = page.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = |words: &str| format!("once={once}&kind=dental&held-day=4&held-month=5&held-year=2026&by=other&words={words}");
    for words in ["Well", "Well", "Other"] {
        let (status, _, page) = house.send(&new, &form(words)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    }
    let page = house.page(&format!("{}/health", house.case())).await;
    assert_eq!((page.matches(">Well<").count(), page.matches(">Other<").count()), (1, 1), "other words are another fact: {page}");
}

#[tokio::test]
async fn what_has_happened_is_not_to_come_and_nothing_is_no_sibling() {
    let house = House::new(Role::PlacementOfficer).await;
    let me = house.page(&format!("{}/emergencies/new", house.case())).await;
    let me = me.split("\">Somebody</option>").next().unwrap().rsplit("value=\"").next().unwrap().to_owned();
    for (kind, form, said) in [
        ("siblings", "kin=full&wish=not-known&plan=not-known".to_owned(), "Write something of the brother or sister"),
        (
            "emergencies",
            format!("kind=out-of-area&day-day=1&day-month=1&day-year=9999&decider={me}&capacity=Manager&reasons=None"),
            "is yet to come",
        ),
        (
            "courts",
            "kind=secure&start-day=1&start-month=1&start-year=9999&expires-day=2&expires-month=1&expires-year=9999&court=High+Court"
                .to_owned(),
            "more than a year ahead",
        ),
    ] {
        let (status, _, page) = house.send(&format!("{}/{kind}/new", house.case()), &form).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains(said), "{kind}: {page}");
    }
    // What is refused of a day stands beside that day.
    let ahead = "kind=dental&held-day=1&held-month=1&held-year=9999&by=other";
    let (_, _, page) = house.send(&format!("{}/health/new", house.case()), ahead).await;
    assert!(page.contains("href=\"#held-day\""), "{page}");
    let wrong = "start-day=31&start-month=2&start-year=2026&kind=missing&interview=not-offered";
    let (_, _, page) = house.send(&format!("{}/missing/new", house.case()), wrong).await;
    assert!(page.contains("From: enter a date that exists"), "{page}");
}
