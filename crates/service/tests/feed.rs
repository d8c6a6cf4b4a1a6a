//! A case system's exports become the record by a mapping, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use domain::Code;
use domain::access::{Actor, Grant, Role, Who};
use domain::child::Child;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{self, Registration, Setting, Takes, Terms};
use domain::vault::Kind;
use recorded::{owner, records};
use service::Error;
use service::people::{self, NewUser};
use service::record::feed::{EXAMPLE, FeedTaken, FileTaken, Manner, Mapping, take_feed};
use service::record::{self, Authority, Case, Choice, Record, case};

const MAPPING: &str = r#"
date = "%d/%m/%Y"
[[feed]]
of = "children"
file = "children.csv"
[feed.columns]
child = "ID"
born = "DOB"
sex = { column = "Sex", codes = { "Girl" = "F", "Boy" = "M" } }
name = "Name"
nhs-number = "NHS"
[[feed]]
of = "periods"
file = "periods.csv"
[feed.columns]
child = "ID"
row = "Row"
start = "From"
end = "To"
[[feed]]
of = "placements"
file = "placements*.csv"
[feed.columns]
child = "ID"
row = "Row"
start = "From"
end = "To"
kind = { column = "Type", codes = { "Foster" = "U6", "Home" = "K2" } }
urn = "URN"
[[feed]]
of = "reviews"
file = "reviews.csv"
[feed.columns]
child = "ID"
row = "Row"
due = "Due"
held = "Held"
decisions = "Decisions"
[[feed]]
of = "allocations"
file = "allocations.csv"
[feed.columns]
child = "ID"
row = "Row"
person = "Worker"
start = "From"
"#;

const CHILDREN: &str = "ID,DOB,Sex,Name,NHS\n100,02/05/2014,Girl,Ailbhe Test,943 476 5919\n101,03/06/2012,Boy,Bran Test,\n";
const PERIODS: &str = "ID,Row,From,To\n100,1,01/03/2026,\n101,2,05/03/2026,\n";
const PLACEMENTS: &str =
    "ID,Row,From,To,Type,URN\n100,11,01/03/2026,10/04/2026,Foster,\n100,12,10/04/2026,,Home,\n101,13,05/03/2026,,Foster,\n";
const REVIEWS: &str = "ID,Row,Due,Held,Decisions\n100,21,29/03/2026,27/03/2026,\"Stay, and see\nher brother\"\n";

fn files(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

async fn fed(record: &Record, authority: &Authority, sent: &[(&str, &str)], manner: Manner) -> FeedTaken {
    let mapping = Mapping::read("mapping.toml", MAPPING).unwrap();
    take_feed(record, &owner(), authority.id, &mapping, &files(sent), manner).await.unwrap()
}

const NIGHT: [(&str, &str); 4] =
    [("reviews.csv", REVIEWS), ("placements_1.csv", PLACEMENTS), ("children.csv", CHILDREN), ("periods.csv", PERIODS)];
const KEEP: Manner = Manner { choice: Choice::Keep, dry: false };
const TAKE: Manner = Manner { choice: Choice::Take, dry: false };

/// Feed, whether it was taken, and how many rows were added, completed, unchanged and different.
fn counts(taken: &FeedTaken) -> Vec<(&'static str, bool, usize, usize, usize, usize)> {
    let count = |file: &FileTaken| (file.feed, file.applied, file.added, file.completed, file.unchanged, file.differences.len());
    taken.files.iter().map(count).collect()
}

fn messages(file: &FileTaken) -> Vec<&str> {
    file.findings.iter().map(|finding| finding.message.as_str()).collect()
}

/// Somebody who is in the record, with a role.
async fn person(record: &Record, authority: &Authority, role: Role) -> Actor {
    let email = format!("{role}@example.gov.uk");
    let new = NewUser { name: role.words(), email: &email, roles: [role].into(), password: Some("three random words") };
    let person = people::add(record, &owner(), authority, &new).await.unwrap();
    Actor { who: Who::Person(person.id), grants: [Grant { authority: authority.id, role }].into(), ..Actor::nobody() }
}

async fn case_of(record: &Record, authority: &Authority, reference: &str) -> Case {
    let child = record::by_reference(record, &owner(), authority.id, reference).await.unwrap();
    record::show(record, &owner(), authority.id, child, None).await.unwrap()
}

fn stays(case: &Case) -> Vec<(String, Option<String>, String)> {
    let words = |known: &record::Versioned<domain::placement::Placement>| {
        (known.fact.start.to_string(), known.fact.end.map(|end| end.to_string()), known.fact.kind.to_string())
    };
    case.placements.iter().map(words).collect()
}

#[tokio::test]
async fn a_night_is_taken_once_however_often_it_is_sent() {
    for (_folder, record, authority) in records().await {
        let looked = fed(&record, &authority, &NIGHT, Manner { dry: true, ..KEEP }).await;
        assert!(looked.is_whole(), "{looked:?}");
        assert!(record::children(&record, &owner(), authority.id).await.unwrap().is_empty(), "a look writes nothing");
        let first = fed(&record, &authority, &NIGHT, KEEP).await;
        assert_eq!(counts(&first), counts(&looked), "a look says what would become of it");
        let expected = [
            ("children", true, 2, 0, 0, 0),
            ("periods", true, 2, 0, 0, 0),
            ("placements", true, 3, 0, 0, 0),
            ("reviews", true, 1, 0, 0, 0),
        ];
        assert_eq!(counts(&first), expected);
        assert_eq!(first.absent, ["allocations"]);
        for manner in [KEEP, TAKE] {
            let again = fed(&record, &authority, &NIGHT, manner).await;
            assert!(again.files.iter().all(|file| file.applied && file.added + file.completed + file.differences.len() == 0), "{again:?}");
        }
        let case = case_of(&record, &authority, "100").await;
        assert_eq!(case.child.fact.sex, Code::of("F"));
        let lived =
            [("2026-03-01".to_owned(), Some("2026-04-10".to_owned()), "U6".to_owned()), ("2026-04-10".to_owned(), None, "K2".to_owned())];
        assert_eq!(stays(&case), lived);
        // Names lie in the vault, and who took the feed and from which file is in the log, without them.
        let words = case::vault(&record, &owner(), authority.id, case.child.fact.id, None).await.unwrap();
        let words: Vec<_> = words.iter().map(|word| (word.kind, word.text.as_str())).collect();
        assert_eq!(words, [(Kind::Name, "Ailbhe Test"), (Kind::Nhs, "9434765919")]);
        let log: Vec<_> = case.changes.iter().map(|entry| (entry.who.as_str(), entry.reason.as_str())).collect();
        assert!(log.contains(&("test", "feed of placements taken: placements_1.csv")), "{log:?}");
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
        assert!(!format!("{first:?}").contains("Ailbhe"), "no answer repeats a name");
    }
}

#[tokio::test]
async fn a_difference_is_kept_until_the_feeds_word_is_chosen() {
    for (_folder, record, authority) in records().await {
        fed(&record, &authority, &NIGHT, KEEP).await;
        // The move was two days later, and a name is written otherwise; another child's stay has ended, which is no difference.
        let moved = "ID,Row,From,To,Type,URN\n100,11,01/03/2026,12/04/2026,Foster,\n100,12,12/04/2026,,Home,\n101,13,05/03/2026,01/05/2026,Foster,\n";
        let renamed = CHILDREN.replace("Ailbhe Test", "Ailbhe Tëst");
        let later = [("children.csv", renamed.as_str()), ("placements_2.csv", moved)];
        let kept = fed(&record, &authority, &later, KEEP).await;
        assert_eq!(counts(&kept), [("children", true, 0, 0, 2, 1), ("placements", true, 0, 1, 0, 2)], "{kept:?}");
        let first = &kept.files[1].differences[0];
        assert_eq!((first.child.as_str(), first.what, first.taken, first.line), ("100", "placement", false, 2));
        assert_eq!((first.recorded.as_str(), first.fed.as_str()), ("end 2026-04-10", "end 2026-04-12"));
        assert_eq!(kept.files[0].differences[0].fed, "another one", "a name is not repeated");
        assert_eq!(stays(&case_of(&record, &authority, "100").await)[1].0, "2026-04-10");

        let taken = fed(&record, &authority, &later, TAKE).await;
        assert!(taken.is_whole() && taken.files.iter().flat_map(|file| &file.differences).all(|one| one.taken), "{taken:?}");
        let case = case_of(&record, &authority, "100").await;
        let lived =
            [("2026-03-01".to_owned(), Some("2026-04-12".to_owned()), "U6".to_owned()), ("2026-04-12".to_owned(), None, "K2".to_owned())];
        assert_eq!(stays(&case), lived, "dates that move together are taken together");
        let words = case::vault(&record, &owner(), authority.id, case.child.fact.id, None).await.unwrap();
        assert_eq!(words[0].text, "Ailbhe Tëst");
        let after = fed(&record, &authority, &later, KEEP).await;
        assert!(after.files.iter().all(|file| file.differences.is_empty()), "{after:?}");
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn what_a_person_wrote_or_took_back_is_not_written_over() {
    for (_folder, record, authority) in records().await {
        fed(&record, &authority, &NIGHT, KEEP).await;
        let case = case_of(&record, &authority, "101").await;
        let (child, placement) = (case.child.fact.id, &case.placements[0]);
        let which = (placement.fact.id, placement.version);
        case::withdraw(&record, &owner(), authority.id, child, which, "never lived there").await.unwrap();
        let again = fed(&record, &authority, &[("placements_1.csv", PLACEMENTS)], KEEP).await;
        assert_eq!(counts(&again), [("placements", true, 0, 0, 2, 1)], "{again:?}");
        assert_eq!(again.files[0].differences[0].recorded, "taken back");
        assert!(case_of(&record, &authority, "101").await.placements.is_empty());
        for (manner, stand) in [(TAKE, 1), (KEEP, 1), (TAKE, 1)] {
            let taken = fed(&record, &authority, &[("placements_1.csv", PLACEMENTS)], manner).await;
            assert!(taken.is_whole(), "{taken:?}");
            assert_eq!(case_of(&record, &authority, "101").await.placements.len(), stand, "put there again by choice, and once");
        }
        // What was typed before the feed knew of it is the same thing, and what the feed leaves blank stays.
        let typed = domain::case::Review {
            id: record.id(),
            child,
            due: domain::Day::from_ymd(2026, 4, 2).unwrap(),
            held: None,
            participation: domain::case::Participation::Spoke,
            decisions: String::new(),
        };
        case::add(&record, &owner(), authority.id, child, &typed).await.unwrap();
        let reviews = "ID,Row,Due,Held,Decisions\n101,22,02/04/2026,01/04/2026,\n";
        let taken = fed(&record, &authority, &[("reviews.csv", reviews)], KEEP).await;
        assert_eq!(counts(&taken), [("reviews", true, 0, 1, 0, 0)], "{taken:?}");
        let reviews = case_of(&record, &authority, "101").await.reviews;
        assert_eq!((reviews.len(), reviews[0].fact.participation), (1, domain::case::Participation::Spoke));
        assert_eq!(reviews[0].fact.held, domain::Day::from_ymd(2026, 4, 1));
    }
}

#[tokio::test]
async fn a_file_with_faults_is_refused_whole_with_all_of_them() {
    let placements = "ID,Row,From,To,Type,URN\n100,11,01/03/2026,10/04/2026,Fostr,\n999,12,10/04/2026,,Home,\n101,13,2026-03-05,,Foster,\n";
    let impossible = "ID,Row,From,To,Type,URN\n100,14,01/03/2026,28/02/2026,Foster,\n999,15,10/04/2026,,Home,\n100,16,01/03/2011,,Home,\n";
    let workers = "ID,Row,Worker,From\n100,31,nobody@example.gov.uk,01/03/2026\n";
    for (_folder, record, authority) in records().await {
        let night = [("children.csv", CHILDREN), ("placements_1.csv", placements), ("allocations.csv", workers), ("notes.txt", "hello")];
        let taken = fed(&record, &authority, &night, KEEP).await;
        assert_eq!(taken.unmapped, ["notes.txt"]);
        let applied: Vec<_> = taken.files.iter().map(|file| (file.feed, file.applied, file.added)).collect();
        assert_eq!(applied, [("children", true, 2), ("placements", false, 0), ("allocations", false, 0)]);
        let said = messages(&taken.files[1]);
        assert!(said[0].contains("line 2") && said[0].contains("“Fostr” is not translated"), "{said:?}");
        assert!(said[1].contains("line 4") && said[1].contains("“2026-03-05” is no date written as %d/%m/%Y"), "{said:?}");
        assert!(messages(&taken.files[2])[0].contains("Nobody of this address may sign in"), "{taken:?}");
        // Rows that can be read and cannot be true are listed together, too.
        let taken = fed(&record, &authority, &[("placements_1.csv", impossible)], KEEP).await;
        let said = messages(&taken.files[0]);
        assert!(said.iter().any(|one| one.contains("line 2") && one.contains("the end must be later")), "{said:?}");
        assert!(said.iter().any(|one| one.contains("line 3") && one.contains("no child of this number")), "{said:?}");
        let unborn = "ID,Row,From,To,Type,URN\n100,16,01/03/2011,01/04/2011,Home,\n101,17,05/03/2026,,Foster,\n";
        let taken = fed(&record, &authority, &[("placements_1.csv", unborn)], KEEP).await;
        assert!(messages(&taken.files[0])[0].contains("before the child was born"), "{taken:?}");
        for reference in ["100", "101"] {
            assert!(case_of(&record, &authority, reference).await.placements.is_empty(), "nothing of a refused file is written");
        }
    }
}

#[tokio::test]
async fn a_child_who_stands_there_already_is_found() {
    for (_folder, record, authority) in records().await {
        fed(&record, &authority, &NIGHT, KEEP).await;
        let twin = "ID,DOB,Sex,Name,NHS\n900,02/05/2014,Girl,A Test,9434765919\n";
        for dry in [true, false] {
            let taken = fed(&record, &authority, &[("children.csv", twin)], Manner { dry, ..KEEP }).await;
            let pair = &taken.files[0].twice[0];
            let mut references = [pair.one.reference.as_str(), pair.other.reference.as_str()];
            references.sort_unstable();
            assert_eq!(references, ["100", "900"]);
            assert!(pair.reasons.iter().any(|reason| reason.contains("same NHS number")), "{pair:?}");
        }
        assert_eq!(record::children(&record, &owner(), authority.id).await.unwrap().len(), 3, "a person merges them, or does not");
    }
}

#[tokio::test]
async fn a_restricted_case_stays_restricted_and_is_not_shown() {
    let mapping = Mapping::read("mapping.toml", MAPPING).unwrap();
    for (_folder, record, authority) in records().await {
        fed(&record, &authority, &NIGHT, KEEP).await;
        let known = case_of(&record, &authority, "101").await.child;
        let hidden = Child { restricted: true, ..known.fact.clone() };
        case::amend(&record, &owner(), known.version, &hidden, "threats").await.unwrap();
        let corrected = CHILDREN.replace("03/06/2012", "03/06/2013");
        let officer = person(&record, &authority, Role::PlacementOfficer).await;
        let sent = files(&[("children.csv", &corrected)]);
        let look = Manner { dry: true, ..KEEP };
        let taken = take_feed(&record, &officer, authority.id, &mapping, &sent, look).await.unwrap();
        let difference = &taken.files[0].differences[0];
        assert_eq!((difference.child.as_str(), difference.recorded.as_str()), ("101", "in a case that is not open to you"));
        assert!(!format!("{difference:?}").contains("2012"), "{difference:?}");
        fed(&record, &authority, &[("children.csv", &corrected)], TAKE).await;
        let after = case_of(&record, &authority, "101").await.child.fact;
        assert_eq!((after.restricted, after.born.to_string()), (true, "2013-06-03".to_owned()));
        let worker = person(&record, &authority, Role::SocialWorker).await;
        // The feed says who works with whom, by the address with which they sign in.
        let works = "ID,Row,Worker,From\n101,31,Social-Worker@example.gov.uk,05/03/2026\n";
        let taken = fed(&record, &authority, &[("allocations.csv", works)], KEEP).await;
        assert_eq!(counts(&taken), [("allocations", true, 1, 0, 0, 0)], "{taken:?}");
        let refused = take_feed(&record, &worker, authority.id, &mapping, &sent, KEEP).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
    }
}

#[tokio::test]
async fn a_placement_of_a_feed_is_held_to_the_law() {
    for (_folder, record, authority) in records().await {
        let provider = Provider {
            id: record.id(),
            name: "Elm".to_owned(),
            legal_name: String::new(),
            company: Code::BLANK,
            sector: Sector::Private,
            status: Status::Approved,
        };
        record::add(&record, &owner(), authority.id, &provider).await.unwrap();
        let since = record.today().plus(-400);
        let home = Setting {
            id: record.id(),
            provider: provider.id,
            urn: Code::of("9000900"),
            kind: setting::Kind::ChildrensHome,
            name: "Elm House".to_owned(),
            area: None,
            postcode: None,
            registration: Registration::Held,
            opened: Some(since),
            closed: None,
            before: None,
        };
        let terms = Terms {
            id: record.id(),
            setting: home.id,
            from: since,
            places: Some(1),
            youngest: None,
            oldest: Some(17),
            takes: Takes::Anybody,
            conditions: String::new(),
        };
        record::add_home(&record, &owner(), authority.id, &home, &terms).await.unwrap();
        fed(&record, &authority, &[("children.csv", CHILDREN)], KEEP).await;
        let lived = "ID,Row,From,To,Type,URN\n100,41,01/03/2026,,Home,9000900\n101,42,05/03/2026,,Home,9000900\n";
        let taken = fed(&record, &authority, &[("placements_1.csv", lived)], KEEP).await;
        assert_eq!(counts(&taken), [("placements", true, 2, 0, 0, 0)], "what has happened is recorded: {taken:?}");
        let alerts = record::alerts(&record, &owner(), authority.id).await.unwrap();
        assert!(!alerts.is_empty(), "two children in a home for one have an alert");
        // A plan that the law forbids is refused, and with it its file.
        let planned = "ID,Row,From,To,Type,URN\n100,41,01/03/2026,01/02/2027,Home,9000900\n100,43,01/02/2027,,Home,9000900\n";
        let refused = fed(&record, &authority, &[("placements_2.csv", planned)], KEEP).await;
        assert!(messages(&refused.files[0])[0].contains("line 3: The placement cannot be planned"), "{refused:?}");
        assert_eq!(case_of(&record, &authority, "100").await.placements[0].fact.end, None);
    }
}

#[test]
fn the_example_mapping_is_understood() {
    assert_eq!(Mapping::read("example.toml", EXAMPLE).unwrap().feeds.len(), 10);
}

#[tokio::test]
async fn a_file_opens_no_door_that_its_form_keeps_shut() {
    let mapping = Mapping::read("mapping.toml", MAPPING).unwrap();
    for (_folder, record, authority) in records().await {
        fed(&record, &authority, &NIGHT, KEEP).await;
        let known = case_of(&record, &authority, "101").await.child;
        case::amend(&record, &owner(), known.version, &Child { restricted: true, ..known.fact.clone() }, "threats").await.unwrap();
        let officer = person(&record, &authority, Role::PlacementOfficer).await;
        let take = async |sent: &[(&str, &str)]| take_feed(&record, &officer, authority.id, &mapping, &files(sent), TAKE).await.unwrap();
        let works = "ID,Row,Worker,From\n101,31,placement-officer@example.gov.uk,05/03/2026\n";
        let taken = take(&[("allocations.csv", works)]).await;
        assert_eq!(counts(&taken), [("allocations", true, 0, 0, 0, 1)], "{taken:?}");
        assert!(!taken.files[0].differences[0].taken && case_of(&record, &authority, "101").await.allocations.is_empty());
        // What the reviewing officer wrote is nobody else's, by whichever door.
        let taken = take(&[("reviews.csv", "ID,Row,Due,Held,Decisions\n100,21,29/03/2026,27/03/2026,Move her\n")]).await;
        assert_eq!(taken.files[0].differences[0].recorded, "not yours to write", "{taken:?}");
        assert!(case_of(&record, &authority, "100").await.reviews[0].fact.decisions.starts_with("Stay"));
        // Joined with the restricted one, the other is as shut: nothing of it is compared or shown.
        let [one, other] =
            [case_of(&record, &authority, "100").await, case_of(&record, &authority, "101").await].map(|case| case.child.fact.id);
        case::merge(&record, &owner(), authority.id, one, other, "one child").await.unwrap();
        let moved = PLACEMENTS.replace("10/04/2026", "12/04/2026");
        let taken = take(&[("placements_1.csv", &moved)]).await;
        assert!(
            taken.files[0].differences.iter().all(|one| !one.taken && one.recorded == "in a case that is not open to you"),
            "{taken:?}"
        );
        assert!(!taken.files[0].differences.is_empty() && !format!("{taken:?}").contains("2026-04"), "{taken:?}");
    }
}

#[tokio::test]
async fn what_a_rule_erased_does_not_come_back_with_the_next_export() {
    let children = "ID,DOB,Sex,Name,NHS\n700,02/05/1940,Girl,Old Test,\n101,03/06/2012,Boy,Bran Test,\n";
    let periods = "ID,Row,From,To\n700,7,01/03/1950,01/03/1951\n101,2,05/03/2026,\n";
    let night = [("children.csv", children), ("periods.csv", periods)];
    for (_folder, record, authority) in records().await {
        fed(&record, &authority, &night, KEEP).await;
        let erase = async || record::erase_expired(&record, &owner(), authority.id, "by the director").await.unwrap();
        assert_eq!(erase().await.children, 1);
        for _ in 0..2 {
            let again = fed(&record, &authority, &night, TAKE).await;
            assert!(again.is_whole(), "the others are taken: {again:?}");
            let said: Vec<_> = again.files.iter().flat_map(|file| &file.differences).map(|one| one.recorded.as_str()).collect();
            assert_eq!(said, ["erased by a rule of retention", "erased by a rule of retention"]);
            assert_eq!(record::children(&record, &owner(), authority.id).await.unwrap().len(), 1);
        }
        assert_eq!(erase().await.children, 0);
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
    }
}
