//! What the registers promise, on both engines.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use domain::access::Action;
use domain::authority::Authority;
use domain::capacity::{CapacityEvent, Hold, Home, Reason, Sharing, Stay};
use domain::child::Child;
use domain::judgement::{Judgement, Overall};
use domain::lodging::{Lodging, Place};
use domain::placement::Placement;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{Kind, Limit, Registration, Restriction, Setting, Takes, Terms};
use domain::{Code, Day, Id};
use engines::{added, allow, at, authority, fresh, id, moment, placement, unique};
use store::setting::{Filter, Sort, Which};
use store::{Cursor, Db, Error, Event, Fact, Page};

fn day(n: i32) -> Day {
    Day::from_ymd(2026, 6, 1).unwrap().plus(n)
}

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn from(&mut self) -> (Day, Option<Day>) {
        let from = day(self.below(20) as i32 - 15);
        (from, (self.below(3) > 0).then(|| from.plus(1 + self.below(20) as i32)))
    }
}

/// A home with everything that bears on its beds.
#[derive(Debug)]
struct House {
    setting: Setting,
    terms: Vec<Terms>,
    restrictions: Vec<Restriction>,
    events: Vec<CapacityEvent>,
    holds: Vec<Hold>,
    stays: Vec<Placement>,
    /// Placements that name the home and have no number, with the link.
    lodged: Vec<(Placement, Lodging)>,
}

fn provider(name: &str) -> Provider {
    Provider {
        id: id(),
        name: name.to_owned(),
        legal_name: String::new(),
        company: Code::BLANK,
        sector: Sector::Private,
        status: Status::Approved,
    }
}

fn house(dice: &mut Dice, provider: Id<Provider>, children: &[Child], number: usize) -> House {
    let kinds = [Kind::ChildrensHome, Kind::SupportedShared, Kind::FosteringAgency, Kind::FosteringService];
    let (opened, closed) = dice.from();
    let setting = Setting {
        id: id(),
        provider,
        urn: Code::parse((9_000_000 + unique() % 900_000).to_string().as_bytes()).unwrap(),
        kind: kinds[dice.below(4) as usize],
        name: format!("Home {number:03}"),
        area: Some(892),
        postcode: "NG1 5DT".parse().ok(),
        registration: Registration::ALL[(dice.below(8) as usize).saturating_sub(3)],
        opened: Some(opened),
        closed,
        before: None,
    };
    let (setting_id, urn) = (setting.id, setting.urn);
    let terms = |from, places: u64| Terms {
        id: id(),
        setting: setting_id,
        from,
        places: Some(places as u32),
        youngest: None,
        oldest: Some(17),
        takes: Takes::Anybody,
        conditions: String::new(),
    };
    let terms = vec![terms(day(-30), 1 + dice.below(4)), terms(day(3), dice.below(6))];
    let restrictions = (0..dice.below(2)).map(|_| {
        let (from, to) = dice.from();
        Restriction { id: id(), setting: setting_id, kind: Limit::ALL[dice.below(4) as usize], from, to, words: String::new() }
    });
    let restrictions = restrictions.collect();
    let events = (0..dice.below(3)).map(|_| {
        let ((from, to), beds) = (dice.from(), 1 + dice.below(2) as u32);
        CapacityEvent { id: id(), setting: setting_id, from, to, beds, reason: Reason::ALL[dice.below(8) as usize], note: String::new() }
    });
    let events = events.collect();
    let mut child = || children[dice.below(children.len() as u64) as usize].id;
    let (first, second, third) = (child(), child(), child());
    let mut hold = |child| {
        let (from, to) = dice.from();
        let sharing = if dice.below(6) == 0 { Sharing::Alone } else { Sharing::Shared };
        let lapses = at(50 + 50 * dice.below(3) as i64).timestamp();
        let released = (dice.below(4) == 0).then(|| at(90).timestamp());
        Hold { id: id(), setting: setting_id, child, from, to, sharing, lapses, released }
    };
    let holds = vec![hold(first), hold(second)];
    let mut stay = |child| {
        let (start, end) = dice.from();
        Placement { urn, start, end, ..placement(child) }
    };
    let stays = vec![stay(first), stay(third)];
    let named = Placement { urn: Code::BLANK, ..stay(second) };
    let sharing = if dice.below(5) == 0 { Sharing::Alone } else { Sharing::Shared };
    let lodging = Lodging::new(id(), named.id, named.child, Place::Setting(setting_id), sharing);
    House { setting, terms, restrictions, events, holds, stays, lodged: vec![(named, lodging)] }
}

async fn keep<F: Fact>(db: &Db, here: Id<Authority>, facts: &[F]) {
    let mut tx = db.begin(allow(Action::HomeWrite, here), moment(5)).await.unwrap();
    for fact in facts {
        store::add(&mut tx, fact).await.unwrap();
    }
    tx.commit(Event::of("register", "test")).await.unwrap();
}

/// Children of an authority whose stays do not hinder each other: the store keeps what it is told.
async fn street(db: &Db, here: Id<Authority>, houses: usize) -> (Provider, Vec<House>) {
    let mut children = Vec::new();
    for _ in 0..4 {
        children.push(added(db, here).await);
    }
    let provider = provider("Elm Care");
    keep(db, here, std::slice::from_ref(&provider)).await;
    let mut dice = Dice(7);
    let houses: Vec<House> = (0..houses).map(|number| house(&mut dice, provider.id, &children, number)).collect();
    for house in &houses {
        keep(db, here, std::slice::from_ref(&house.setting)).await;
        keep(db, here, &house.terms).await;
        keep(db, here, &house.restrictions).await;
        keep(db, here, &house.events).await;
        keep(db, here, &house.holds).await;
        keep(db, here, &house.stays).await;
        for (placement, lodging) in &house.lodged {
            keep(db, here, std::slice::from_ref(placement)).await;
            keep(db, here, std::slice::from_ref(lodging)).await;
        }
    }
    (provider, houses)
}

/// All pages of a list, one after the other.
async fn all(db: &Db, here: Id<Authority>, filter: &Filter, sort: Sort, on: Day, limit: u32) -> Vec<store::setting::Listed> {
    let (mut rows, mut after) = (Vec::new(), None::<Cursor>);
    loop {
        let mut view = db.read(allow(Action::HomeRead, here)).await.unwrap();
        let Page { rows: found, total, next } =
            store::setting::list(&mut view, filter, sort, (on, at(100)), after.as_ref(), limit).await.unwrap();
        assert!(found.len() <= limit as usize);
        rows.extend(found);
        if next.is_none() {
            assert_eq!(rows.len() as u64, total);
            return rows;
        }
        // A cursor travels in an address.
        after = next.map(|cursor| cursor.to_string().parse().unwrap());
    }
}

#[tokio::test]
async fn the_list_counts_beds_as_the_calendar_does() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let (_, houses) = street(&fresh.db, here, 40).await;
        for on in [-10, 0, 2, 3, 9, 30].map(day) {
            let filter = Filter { which: Which::All, ..Filter::default() };
            let listed = all(&fresh.db, here, &filter, Sort::Name, on, 7).await;
            assert_eq!(listed.len(), houses.len(), "{}", fresh.name);
            for (listed, house) in listed.iter().zip(&houses) {
                let numbered = house.stays.iter().map(|stay| (stay, Sharing::Shared));
                let named = house.lodged.iter().map(|(stay, lodging)| (stay, lodging.sharing));
                let stay = |(stay, sharing): (&Placement, Sharing)| Stay { child: stay.child, from: stay.start, to: stay.end, sharing };
                let stays: Vec<Stay> = numbered.chain(named).map(stay).collect();
                let home = Home {
                    setting: &house.setting,
                    terms: &house.terms,
                    restrictions: &house.restrictions,
                    events: &house.events,
                    stays: &stays,
                    holds: &house.holds,
                };
                assert_eq!(listed.beds, home.night(on, at(100).timestamp()).beds, "{} {on} {house:#?}", fresh.name);
            }
            let free = Filter { which: Which::WithBed, ..Filter::default() };
            let with_bed = all(&fresh.db, here, &free, Sort::Available, on, 3).await;
            let expected = listed.iter().filter(|one| one.beds.available.unwrap_or(0) > 0).count();
            assert_eq!(with_bed.len(), expected, "{} {on}", fresh.name);
            let beds: Vec<u32> = with_bed.iter().map(|one| one.beds.available.unwrap()).collect();
            assert!(beds.is_sorted_by(|one, next| one >= next), "{} {beds:?}", fresh.name);
        }
    }
}

#[tokio::test]
async fn lists_are_filtered_and_sorted() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let (elm, houses) = street(&fresh.db, here, 12).await;
        let judged = Judgement {
            id: id(),
            provider: elm.id,
            setting: Some(houses[3].setting.id),
            day: day(0),
            overall: Overall::Good,
            protected: None,
            leaders: None,
        };
        keep(&fresh.db, here, &[judged]).await;
        let names = |filter: Filter, on| {
            let db = fresh.db.clone();
            async move {
                let filter = Filter { which: Which::All, ..filter };
                all(&db, here, &filter, Sort::Places, day(on), 5).await.into_iter().map(|one| one.setting.name).collect::<Vec<_>>()
            }
        };
        let search = |text: &str| Filter { search: Some(text.to_owned()), ..Filter::default() };
        assert_eq!(names(search("home 00%"), 0).await.len(), 0, "a sign is a sign");
        assert_eq!(names(search("HOME 00"), 0).await.len(), 10);
        assert_eq!(names(search("elm c"), 0).await.len(), 12);
        assert_eq!(names(Filter { judged: Some(Overall::Good), ..Filter::default() }, 0).await, ["Home 003"]);
        assert!(names(Filter { judged: Some(Overall::Good), ..Filter::default() }, -1).await.is_empty(), "not judged yet");
        let mut view = fresh.db.read(allow(Action::ProviderRead, here)).await.unwrap();
        let found = store::provider::list(&mut view, &store::provider::Filter::default(), day(0), None, 10).await.unwrap();
        let open = houses.iter().filter(|house| house.setting.is_open_on(day(0)));
        let places: u32 = open.clone().map(|house| house.terms[0].places.unwrap()).sum();
        assert_eq!((found.total, found.rows[0].settings, found.rows[0].places), (1, open.count() as u32, places), "{}", fresh.name);
    }
}

#[tokio::test]
async fn a_number_names_one_setting_of_an_authority() {
    for fresh in fresh().await {
        let (here, there) = (authority(&fresh.db).await, authority(&fresh.db).await);
        let (_, houses) = street(&fresh.db, here, 1).await;
        let urn = houses[0].setting.urn;
        let mut view = fresh.db.read(allow(Action::HomeRead, here)).await.unwrap();
        assert_eq!(store::setting::by_number(&mut view, urn).await.unwrap(), Some(houses[0].setting.id));
        assert_eq!(store::setting::by_number(&mut view, Code::BLANK).await.unwrap(), None);
        assert_eq!(store::bed::stays(&mut view, houses[0].setting.id).await.unwrap().len(), 3);
        let mut view = fresh.db.read(allow(Action::HomeRead, there)).await.unwrap();
        assert_eq!(store::setting::by_number(&mut view, urn).await.unwrap(), None, "{}", fresh.name);
        let mut tx = fresh.db.begin(allow(Action::HomeWrite, here), moment(9)).await.unwrap();
        let twin = Setting { id: id(), ..houses[0].setting.clone() };
        assert!(matches!(store::add(&mut tx, &twin).await, Err(Error::Taken)), "{}", fresh.name);
    }
}
