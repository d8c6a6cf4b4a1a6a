//! What has come to break the law is seen by somebody, whichever way it came about (I0), on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody
//! here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
#[path = "recorded/cast.rs"]
mod cast;
#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use std::sync::atomic::{AtomicI64, Ordering};

use cast::is_refused;
use domain::access::Role;
use domain::alert::{Alert, Kind as AlertKind};
use domain::capacity::Sharing;
use domain::case::{CourtAuthority, CourtKind, Kin, Sibling, Together};
use domain::child::Child;
use domain::clock::Duty;
use domain::code::{Code, place};
use domain::foster_home::{Care, Exemption, FosterHome, Kinship, Stage};
use domain::judgement::{Judgement, Overall};
use domain::legal_status::LegalStatus;
use domain::lodging::Place;
use domain::period::{self, PeriodOfCare};
use domain::placement::Placement;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{Kind, Limit, Registration, Restriction, Setting, Takes, Terms};
use domain::{Day, Id};
use recorded::{owner, person, records, records_at};
use service::duties;
use service::notify;
use service::record::{self, Authority, Placed, Placing, Record, Tense, case};

/// A record with what a test puts in.
struct Desk<'r> {
    record: &'r Record,
    authority: &'r Authority,
}

impl Desk<'_> {
    fn today(&self) -> Day {
        self.record.today()
    }

    async fn child(&self, born: Day) -> Id<Child> {
        let id = self.record.id();
        let child = Child {
            id,
            authority: self.authority.id,
            reference: id.to_string(),
            born,
            sex: Code::of("F"),
            ethnicity: Code::of("WBRI"),
            asylum: domain::history::Uasc::Never,
            restricted: false,
        };
        case::register(self.record, &owner(), &child).await.unwrap();
        id
    }

    async fn setting(&self, kind: Kind, places: Option<u32>) -> (Setting, Terms) {
        let id = self.record.id();
        let provider = Provider {
            id,
            name: format!("Elm {id}"),
            legal_name: String::new(),
            company: Code::BLANK,
            sector: Sector::Private,
            status: Status::Approved,
        };
        record::add(self.record, &owner(), self.authority.id, &provider).await.unwrap();
        let opened = self.today().plus(-900);
        let setting = Setting {
            id: self.record.id(),
            provider: id,
            urn: Code::BLANK,
            kind,
            name: "Elm House".to_owned(),
            area: None,
            postcode: None,
            registration: Registration::Held,
            opened: Some(opened),
            closed: None,
            before: None,
        };
        let (id, conditions) = (self.record.id(), String::new());
        let terms =
            Terms { id, setting: setting.id, from: opened, places, youngest: None, oldest: None, takes: Takes::Anybody, conditions };
        record::add_home(self.record, &owner(), self.authority.id, &setting, &terms).await.unwrap();
        (setting, terms)
    }

    /// A household of an agency.
    async fn household(&self, agency: &Setting, places: u32) -> FosterHome {
        let id = self.record.id();
        let home = FosterHome {
            id,
            provider: agency.provider,
            reference: format!("FH-{id}"),
            stage: Stage::Approved,
            enquired: None,
            approved: Some(self.today().plus(-900)),
            ended: None,
            places,
            youngest: 0,
            oldest: 17,
            takes: Takes::Anybody,
            care: Care::ShortTerm,
            scheme: String::new(),
            skills: String::new(),
            ethnicity: Code::BLANK,
            postcode: None,
        };
        record::add(self.record, &owner(), self.authority.id, &home).await.unwrap();
        home
    }

    async fn stop(&self, setting: &Setting, kind: Limit, from: Day) {
        let (id, words) = (self.record.id(), String::new());
        let restriction = Restriction { id, setting: setting.id, kind, from, to: None, words };
        record::add(self.record, &owner(), self.authority.id, &restriction).await.unwrap();
    }

    async fn place(&self, wanted: &Placing) -> Result<Placed, service::Error> {
        record::place(self.record, &owner(), self.authority.id, wanted).await
    }

    /// The open breaches in a home.
    async fn breaches(&self, place: Place) -> Vec<Alert> {
        let all = record::alerts(self.record, &owner(), self.authority.id).await.unwrap().into_iter().map(|one| one.alert.fact);
        all.filter(|one| one.place() == Some(place) && one.kind == AlertKind::Breach).collect()
    }

    /// Corrects a placement as it stands now.
    async fn correct(&self, placement: &Placement) -> Result<(), service::Error> {
        let held = record::show(self.record, &owner(), self.authority.id, placement.child, None).await.unwrap().placements;
        let version = held.iter().find(|known| known.fact.id == placement.id).unwrap().version;
        case::correct(self.record, &owner(), self.authority.id, placement.child, version, placement, "as agreed").await
    }
}

fn wanted(child: Id<Child>, place: Place, tense: Tense, (from, to): (Day, Option<Day>)) -> Placing {
    let kind = matches!(place, Place::FosterHome(_)).then_some(place::U6);
    let (sharing, kinship, leaves) = (Sharing::Shared, Kinship::NotAll, Code::BLANK);
    Placing { child, place, tense, from, to, kind, sharing, kinship, leaves }
}

/// I3: a plan that is corrected is a plan, also in a household.
#[tokio::test]
async fn a_plan_in_a_household_is_held_to_the_limit_when_it_is_corrected() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let home = desk.household(&agency, 3).await;
        let (today, there) = (desk.today(), Place::FosterHome(home.id));
        let mut children = Vec::new();
        for _ in 0..5 {
            children.push(desk.child(today.plus(-3000)).await);
        }
        // One lives there until day 20; three are to come on that day; a fifth is to stay from day 5 to day 20.
        let first = desk.place(&wanted(children[0], there, Tense::Happened, (today.plus(-9), Some(today.plus(20))))).await.unwrap();
        for &child in &children[1..4] {
            desk.place(&wanted(child, there, Tense::Planned, (today.plus(20), None))).await.unwrap();
        }
        let planned = desk.place(&wanted(children[4], there, Tense::Planned, (today.plus(5), Some(today.plus(20))))).await.unwrap();
        for end in [None, Some(today.plus(21))] {
            let longer = Placement { end, ..planned.placement.clone() };
            is_refused(desk.correct(&longer).await, "4 children would live there");
            is_refused(desk.correct(&Placement { end, ..first.placement.clone() }).await, "The stay cannot be made longer");
        }
        let later = Placement { start: today.plus(20), end: None, ..planned.placement.clone() };
        is_refused(desk.correct(&later).await, "4 children would live there");
        desk.correct(&Placement { end: Some(today.plus(19)), ..planned.placement.clone() }).await.unwrap();
        desk.correct(&Placement { end: Some(today.plus(10)), ..first.placement.clone() }).await.unwrap();
        assert_eq!(desk.breaches(there).await, []);
    }
}

/// F31: who is whose brother or sister is asked of the record, so that the answer is the same tomorrow.
#[tokio::test]
async fn four_brothers_and_sisters_may_be_planned_once_their_cases_say_so() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let home = desk.household(&agency, 4).await;
        let (today, there) = (desk.today(), Place::FosterHome(home.id));
        let mut children = Vec::new();
        for _ in 0..4 {
            children.push(desk.child(today.plus(-3000)).await);
        }
        for &child in &children[..3] {
            desk.place(&wanted(child, there, Tense::Planned, (today, None))).await.unwrap();
        }
        let fourth = Placing { kinship: Kinship::AllSiblings, ..wanted(children[3], there, Tense::Planned, (today, None)) };
        is_refused(desk.place(&fourth).await, "record it there first");
        for (at, &child) in children.iter().enumerate() {
            for &other in &children[at + 1..] {
                let (id, together) = (record.id(), Together::Together);
                let words = String::new();
                let sibling = Sibling { id, child, other: Some(other), kin: Kin::Half, born: None, wish: together, plan: together, words };
                case::add(&record, &owner(), authority.id, child, &sibling).await.unwrap();
            }
        }
        desk.place(&Placing { kinship: Kinship::NotAll, ..fourth }).await.unwrap();
        record::watch(&record, &owner(), authority.id).await.unwrap();
        assert_eq!(desk.breaches(there).await, [], "nor does any later look find a breach");
    }
}

/// I9, F16: what stops an agency stops its households, as it does a children's home.
#[tokio::test]
async fn a_household_is_judged_by_its_agency_too() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let home = desk.household(&agency, 3).await;
        let (today, there) = (desk.today(), Place::FosterHome(home.id));
        let (ann, ben) = (desk.child(today.plus(-3000)).await, desk.child(today.plus(-3000)).await);
        let placed = desk.place(&wanted(ann, there, Tense::Happened, (today.plus(-30), None))).await.unwrap();
        assert!(placed.alerts.is_empty() && placed.said.iter().any(|said| said.contains("not been inspected")), "{placed:?}");
        desk.stop(&agency, Limit::NoAdmissions, today.plus(-3)).await;
        let plan = wanted(ben, there, Tense::Planned, (today, None));
        is_refused(desk.place(&plan).await, "its fostering service may take nobody new");
        assert_eq!(desk.breaches(there).await, [], "whoever was there before may stay");
        desk.stop(&agency, Limit::Suspension, today.plus(-2)).await;
        is_refused(desk.place(&plan).await, "the registration of its fostering service is suspended");
        let breaches = desk.breaches(there).await;
        assert!(breaches.len() == 1 && breaches[0].child == Some(ann) && breaches[0].since == today.plus(-2), "{breaches:?}");
        // Closed: no code is too odd to be refused, and no plan is made.
        let closed = Setting { closed: Some(today.plus(-1)), ..agency.clone() };
        record::correct_entry(&record, &owner(), authority.id, 1, &closed, "left the register").await.unwrap();
        is_refused(desk.place(&plan).await, "its fostering service is not open");
        is_refused(desk.place(&Placing { kind: Some(place::K2), ..plan }).await, "Nobody is placed here as K2");
        // What has happened all the same is recorded, and somebody must look.
        let placed = desk.place(&wanted(ben, there, Tense::Happened, (today, None))).await.unwrap();
        assert!(placed.alerts.iter().any(|one| one.words.contains("is not open")), "{placed:?}");
    }
}

/// I0: a home may become unlawful around a child who lives there.
#[tokio::test]
async fn a_stay_is_looked_at_as_of_today() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, terms) = desk.setting(Kind::ChildrensHome, Some(3)).await;
        let (today, there) = (desk.today(), Place::Setting(home.id));
        // Eleven when they moved in, thirteen for ten days.
        let child = desk.child(today.plus(-10).plus_months(-13 * 12)).await;
        desk.place(&wanted(child, there, Tense::Happened, (today.plus(-400), None))).await.unwrap();
        assert_eq!(desk.breaches(there).await, []);
        let younger = Terms { oldest: Some(12), ..terms.clone() };
        record::correct_entry(&record, &owner(), authority.id, 1, &younger, "as the certificate says").await.unwrap();
        let said = desk.breaches(there).await;
        assert!(said.len() == 1 && said[0].since == today.plus(-10) && said[0].words.contains("the child is 13"), "{said:?}");
        record::correct_entry(&record, &owner(), authority.id, 2, &terms, "it was the other home").await.unwrap();
        desk.stop(&home, Limit::Suspension, today.plus(-1)).await;
        let said = desk.breaches(there).await;
        assert!(said.len() == 2 && said.iter().any(|one| one.since == today.plus(-1) && one.words.contains("suspended")), "{said:?}");
        record::watch(&record, &owner(), authority.id).await.unwrap();
        assert_eq!(desk.breaches(there).await.len(), 2, "once");

        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let household = desk.household(&agency, 3).await;
        let there = Place::FosterHome(household.id);
        let other = desk.child(today.plus(-10).plus_months(-11 * 12)).await;
        desk.place(&wanted(other, there, Tense::Happened, (today.plus(-400), None))).await.unwrap();
        let younger = FosterHome { oldest: 10, ..household };
        record::correct_entry(&record, &owner(), authority.id, 1, &younger, "approved for children up to 10").await.unwrap();
        let said = desk.breaches(there).await;
        assert!(said.len() == 1 && said[0].since == today.plus(-10) && said[0].words.contains("the child is 11"), "{said:?}");
    }
}

static DAYS: AtomicI64 = AtomicI64::new(0);

/// Noon by Greenwich on 1 June 2026, some days later.
fn later() -> jiff::Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(0);
    jiff::Timestamp::from_second(1_780_315_200 + 86_400 * DAYS.load(Ordering::Relaxed) + LOOKS.fetch_add(1, Ordering::Relaxed)).unwrap()
}

/// I0: time breaks limits, and a word does not mend them.
#[tokio::test]
async fn each_day_is_looked_at_and_a_breach_that_goes_on_is_raised_anew() {
    for (_folder, record, authority) in records_at(later).await {
        DAYS.store(0, Ordering::Relaxed);
        let desk = Desk { record: &record, authority: &authority };
        let (agency, _) = desk.setting(Kind::FosteringAgency, None).await;
        let home = desk.household(&agency, 1).await;
        let (today, there) = (desk.today(), Place::FosterHome(home.id));
        let (ann, ben) = (desk.child(today.plus(-3000)).await, desk.child(today.plus(-3000)).await);
        let exemption = Exemption {
            id: record.id(),
            home: home.id,
            child: ben,
            from: today.plus(-3),
            to: Some(today.plus(2)),
            reason: "panel of 28 May".to_owned(),
        };
        record::add(&record, &owner(), authority.id, &exemption).await.unwrap();
        for child in [ann, ben] {
            desk.place(&wanted(child, there, Tense::Happened, (today, Some(today.plus(2))))).await.unwrap();
        }
        assert_eq!(desk.breaches(there).await, []);
        // Neither moves when they should, and nobody edits a home.
        let stays = record::show(&record, &owner(), authority.id, ben, None).await.unwrap().placements[0].fact.clone();
        desk.correct(&Placement { end: None, ..stays }).await.unwrap();
        let stays = record::show(&record, &owner(), authority.id, ann, None).await.unwrap().placements[0].fact.clone();
        case::correct(&record, &owner(), authority.id, ann, 1, &Placement { end: Some(today.plus(40)), ..stays }, "stays")
            .await
            .unwrap_err();
        DAYS.store(3, Ordering::Relaxed);
        assert_eq!(desk.breaches(there).await, []);
        notify::daily(&record, &authority).await.unwrap();
        assert_eq!(desk.breaches(there).await, [], "one child, and one place");
        // The approval ends while the child is there: the day alone says so.
        let ends = FosterHome { ended: Some(today.plus(5)), ..home };
        record::correct_entry(&record, &owner(), authority.id, 1, &ends, "they move abroad").await.unwrap();
        notify::daily(&record, &authority).await.unwrap();
        assert_eq!(desk.breaches(there).await, []);
        DAYS.store(5, Ordering::Relaxed);
        notify::daily(&record, &authority).await.unwrap();
        notify::daily(&record, &authority).await.unwrap();
        let said = desk.breaches(there).await;
        assert!(said.len() == 1 && said[0].child == Some(ben) && said[0].words.contains("not approved"), "{said:?}");
        record::resolve(&record, &owner(), authority.id, said[0].id, "rang the provider").await.unwrap();
        for (days, open) in [(5, 0), (11, 0), (12, 1), (13, 1)] {
            DAYS.store(days, Ordering::Relaxed);
            notify::daily(&record, &authority).await.unwrap();
            assert_eq!(desk.breaches(there).await.len(), open, "on day {days}");
        }
        // The child has moved: the word stands.
        let again = desk.breaches(there).await[0].id;
        let stays = record::show(&record, &owner(), authority.id, ben, None).await.unwrap().placements[0].fact.clone();
        desk.correct(&Placement { end: Some(desk.today()), ended: Code::of("CARPL"), ..stays }).await.unwrap();
        record::resolve(&record, &owner(), authority.id, again, "moved").await.unwrap();
        DAYS.store(40, Ordering::Relaxed);
        notify::daily(&record, &authority).await.unwrap();
        assert_eq!(desk.breaches(there).await, []);
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
    }
}

/// I6: secure accommodation needs a court's leave, by every door, and custody is another matter.
#[tokio::test]
async fn nobody_is_planned_into_secure_accommodation_without_leave() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, _) = desk.setting(Kind::SecureHome, Some(8)).await;
        let (here, today, there) = (authority.id, desk.today(), Place::Setting(home.id));
        let child = desk.child(today.plus_months(-14 * 12)).await;
        let plan = wanted(child, there, Tense::Planned, (today.plus(2), None));
        is_refused(desk.place(&plan).await, "no leave of a court");
        let said = record::outlook(&record, &owner(), here, &plan).await.unwrap();
        assert!(said.refused.iter().any(|said| said.contains("section 25")), "{said:?}");
        let typed = Placement {
            id: record.id(),
            child,
            start: today.plus(2),
            end: None,
            kind: place::K1,
            provider: Code::of("PR4"),
            urn: Code::BLANK,
            postcode: None,
            ended: Code::BLANK,
        };
        is_refused(case::add(&record, &owner(), here, child, &typed).await, "no leave of a court");
        let leave = |kind, start: i32, expires: i32| CourtAuthority {
            id: record.id(),
            child,
            kind,
            start: today.plus(start),
            expires: today.plus(expires),
            ended: None,
            court: "Family Court".to_owned(),
            words: String::new(),
        };
        for other in [leave(CourtKind::DeprivationOfLiberty, 0, 90), leave(CourtKind::Secure, 3, 90)] {
            case::add(&record, &owner(), here, child, &other).await.unwrap();
        }
        is_refused(desk.place(&plan).await, "no leave of a court");
        case::add(&record, &owner(), here, child, &leave(CourtKind::Secure, 1, 2)).await.unwrap();
        desk.place(&plan).await.unwrap();

        let remanded = desk.child(today.plus_months(-15 * 12)).await;
        let law = LegalStatus { id: record.id(), child: remanded, status: Code::of("J1"), need: Code::of("N1"), start: today, end: None };
        case::add(&record, &owner(), here, remanded, &law).await.unwrap();
        desk.place(&Placing { child: remanded, ..plan.clone() }).await.unwrap();
        let urgent = desk.child(today.plus_months(-15 * 12)).await;
        desk.place(&Placing { child: urgent, to: Some(today.plus(5)), ..plan }).await.unwrap();
    }
}

/// I0, I6: whoever is there without leave stands on somebody's list, whatever the record does not say.
#[tokio::test]
async fn secure_accommodation_without_leave_is_a_breach_after_72_hours() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let today = desk.today();
        let born = today.plus_months(-14 * 12);
        let child = cast::child(&record, &authority, ("K-1", born, today.plus(-90))).await;
        let held = record::show(&record, &owner(), authority.id, child, None).await.unwrap().placements[0].fact.clone();
        desk.correct(&Placement { kind: place::K1, start: today.plus(-20), ..held }).await.unwrap();
        let officer = person(&authority, Role::PlacementOfficer);
        let late = async || {
            let work = duties::list(&record, &officer, &authority, today).await.unwrap();
            let lines: Vec<_> = work.overdue.into_iter().chain(work.due).filter(|line| line.duty == Duty::SecureLeave).collect();
            lines.iter().map(|line| (line.since, line.days_late)).collect::<Vec<_>>()
        };
        assert_eq!(late().await, [(today.plus(-20), 17)]);
        let leave = CourtAuthority {
            id: record.id(),
            child,
            kind: CourtKind::Secure,
            start: today.plus(-18),
            expires: today.plus(30),
            ended: None,
            court: "Family Court".to_owned(),
            words: String::new(),
        };
        case::add(&record, &owner(), authority.id, child, &leave).await.unwrap();
        assert_eq!(late().await, []);
        // It was discharged, and the child is there still.
        let ended = CourtAuthority { ended: Some(today.plus(-2)), ..leave };
        case::correct(&record, &owner(), authority.id, child, 1, &ended, "discharged").await.unwrap();
        assert_eq!(late().await, [(today.plus(-2), 3)]);
    }
}

/// A100: a home for short breaks is in capacity, and none for a child in care.
#[tokio::test]
async fn a_short_breaks_home_is_no_home_for_a_child_in_care() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, _) = desk.setting(Kind::ShortBreaksHome, Some(4)).await;
        let (here, today, there) = (authority.id, desk.today(), Place::Setting(home.id));
        let in_care = cast::child(&record, &authority, ("S-1", today.plus(-4000), today.plus(-90))).await;
        let visitor = desk.child(today.plus(-4000)).await;
        let period = PeriodOfCare {
            id: record.id(),
            child: visitor,
            kind: period::Kind::ShortBreaks,
            start: today.plus(-90),
            end: None,
            ceased: Code::BLANK,
        };
        case::add(&record, &owner(), here, visitor, &period).await.unwrap();
        let stay = |child, tense, from| Placing { kind: Some(place::S1), ..wanted(child, there, tense, (from, None)) };
        desk.place(&stay(visitor, Tense::Planned, today.plus(1))).await.unwrap();
        is_refused(desk.place(&stay(in_care, Tense::Planned, today.plus(1))).await, "short breaks only");
        let placed = desk.place(&stay(in_care, Tense::Happened, today)).await.unwrap();
        assert!(placed.alerts.len() == 1 && placed.alerts[0].words.contains("short breaks only"), "{placed:?}");
    }
}

/// I5: what is said to be no registered home takes nobody, whatever it is called.
#[tokio::test]
async fn an_unregistered_home_does_not_pass_as_another_setting() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, _) = desk.setting(Kind::Other, Some(1)).await;
        let (here, today, there) = (authority.id, desk.today(), Place::Setting(home.id));
        let child = desk.child(today.plus_months(-12 * 12)).await;
        let as_a_home = Placing { kind: Some(place::K2), ..wanted(child, there, Tense::Planned, (today, None)) };
        is_refused(desk.place(&as_a_home).await, "this one is not");
        let hidden = Setting { registration: Registration::Missing, ..home };
        record::correct_entry(&record, &owner(), here, 1, &hidden, "nobody registered the caravan").await.unwrap();
        let other = Placing { kind: Some(place::S1), ..as_a_home };
        is_refused(desk.place(&other).await, "lacks the registration");
        let placed = desk.place(&Placing { tense: Tense::Happened, ..other }).await.unwrap();
        assert!(placed.alerts.len() == 1 && placed.alerts[0].words.contains("lacks the registration"), "{placed:?}");
    }
}

/// E3, E5: an inspection is news by whichever door it comes in.
#[tokio::test]
async fn a_judgement_that_is_typed_tells_whoever_must_look() {
    for (_folder, record, authority) in records().await {
        let desk = Desk { record: &record, authority: &authority };
        let (home, _) = desk.setting(Kind::SupportedShared, Some(4)).await;
        let (here, today, there) = (authority.id, desk.today(), Place::Setting(home.id));
        let child = desk.child(today.plus_months(-17 * 12)).await;
        desk.place(&wanted(child, there, Tense::Happened, (today.plus(-30), None))).await.unwrap();
        let told = async || {
            let all = record::alerts(&record, &owner(), here).await.unwrap().into_iter().map(|one| one.alert.fact);
            all.filter(|one| one.setting == Some(home.id)).map(|one| (one.kind, one.child, one.since)).collect::<Vec<_>>()
        };
        let judged = |ago: i32, overall| Judgement {
            id: record.id(),
            provider: home.provider,
            setting: None,
            day: today.plus(-ago),
            overall,
            protected: None,
            leaders: None,
        };
        let add = async |one: Judgement| record::add(&record, &owner(), here, &one).await.unwrap();
        add(judged(400, Overall::Outcome1)).await;
        assert_eq!(told().await, [], "consistently strong, and the first");
        add(judged(9, Overall::Outcome3)).await;
        let mut said = told().await;
        said.sort_by_key(|one| one.0);
        let since = today.plus(-9);
        assert_eq!(said, [(AlertKind::JudgementFell, Some(child), since), (AlertKind::Restricted, Some(child), since)]);
        let next = desk.child(today.plus_months(-17 * 12)).await;
        is_refused(desk.place(&wanted(next, there, Tense::Planned, (today.plus(1), None))).await, "it may take nobody new");
        add(judged(200, Overall::Outcome2)).await;
        assert_eq!(told().await.len(), 2, "an older one is no news");
    }
}
