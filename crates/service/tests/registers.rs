//! The registers, as people and loaders work with them, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

mod recorded;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::access::Role;
use domain::alert;
use domain::capacity::{CapacityEvent, Open, Reason, Sharing};
use domain::child::Child;
use domain::document::{self, Document};
use domain::foster_home::{Care, FosterHome, Stage};
use domain::judgement::Overall;
use domain::provider::{Owner, Ownership, Provider, Sector, Status};
use domain::setting::{Kind, Registration, Setting, Takes, Terms};
use domain::{Code, Day, Id, Value};
use recorded::{owner, person, records};
use service::Error;
use service::holdings::{self, Folder, Holding};
use service::record::lists::{
    AlertFilter, AlertSort, FosterHomeFilter, FosterHomeSort, ProviderFilter, ProviderSort, SettingFilter, Sort, Which, WhichAlerts,
};
use service::record::{self, Authority, Choice, DocumentFilter, DocumentState, News, OwnerSort, Record, Taken, Wanted, What};

/// Two years of a fictitious authority, and its list of homes.
static EXAMPLE: LazyLock<(tempfile::TempDir, Holding, Vec<u8>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 60, years: 2, ..example::Settings::default() };
    let written = example::write(folder.path(), &settings, None).unwrap();
    let home = folder.path().join(&written.authorities[0]);
    let list = std::fs::read(home.join("settings.csv")).unwrap();
    let holding = holdings::open(Folder { path: home, authority: None, year: None }).unwrap();
    (folder, holding, list)
});

/// The returns and the homes of the example in a record.
async fn furnished(record: &Record, authority: &Authority) -> Taken {
    record::import(record, &owner(), authority, &EXAMPLE.1, Choice::Keep).await.unwrap();
    take(record, authority, &EXAMPLE.2).await
}

async fn take(record: &Record, authority: &Authority, list: &[u8]) -> Taken {
    record::take_register(record, &owner(), authority.id, ("homes.csv", list), News::Add).await.unwrap()
}

async fn listed(record: &Record, authority: &Authority, filter: SettingFilter) -> Vec<record::lists::ListedSetting> {
    record::settings(record, &owner(), authority.id, &filter, Sort::Name, None, 1000).await.unwrap().rows
}

/// A children's home in which somebody lives today.
async fn lived_in(record: &Record, authority: &Authority) -> Setting {
    let filter = SettingFilter { kind: Some(Kind::ChildrensHome), ..SettingFilter::default() };
    let homes = listed(record, authority, filter).await;
    // One with others in its area: a register that leaves out a whole area says nothing about it.
    let shared = |area| homes.iter().filter(|one| one.setting.area == area).count() > 1;
    homes.iter().find(|home| home.beds.occupied > 0 && shared(home.setting.area)).unwrap().setting.clone()
}

#[tokio::test]
async fn a_list_of_homes_becomes_the_register_and_again_changes_nothing() {
    for (_folder, record, authority) in records().await {
        let first = furnished(&record, &authority).await;
        assert!(first.applied && first.added > 20 && first.providers > 5, "{first:?}");
        assert!(first.alerts.is_empty() || first.alerts.iter().all(|one| one.kind != alert::Kind::Closed));
        let again = take(&record, &authority, &EXAMPLE.2).await;
        assert!(!again.writes() && again.unchanged == first.added, "{again:?}");
        // The list counts those who live there by the number that the returns give.
        let all = listed(&record, &authority, SettingFilter { which: Which::All, ..SettingFilter::default() }).await;
        assert_eq!(all.len(), first.added);
        let homes = all.iter().filter(|one| one.setting.kind == Kind::ChildrensHome && one.beds.open == Open::Open);
        assert!(homes.map(|one| one.beds.occupied).sum::<u32>() > 0);
    }
}

#[tokio::test]
async fn whom_the_register_names_is_an_owner_and_what_people_wrote_stands() {
    for (_folder, record, authority) in records().await {
        let first = furnished(&record, &authority).await;
        assert!(first.owners > 5 && first.owned == first.providers - unsaid(&record, &authority).await, "{} {}", first.owners, first.owned);
        let list = async |search, sort| record::owners(&record, &owner(), authority.id, search, sort).await.unwrap();
        let by_places = list(None, OwnerSort::Places).await;
        assert!(by_places.rows.is_sorted_by_key(|one| std::cmp::Reverse(one.places)) && by_places.rows[0].places > 0);
        assert_eq!(by_places.rows.iter().map(|one| one.places).sum::<u32>() + by_places.unowned, by_places.places);
        let largest = by_places.rows[0].owner.clone();
        let found = list(Some(&largest.name.to_uppercase()), OwnerSort::Name).await;
        assert!(found.rows.iter().any(|one| one.owner == largest) && found.places == by_places.places);

        // Somebody knows the group behind it: the next register leaves that as it is.
        let group = Owner { id: record.id(), name: "Supposed Capital".to_owned(), company: Code::BLANK };
        record::add(&record, &owner(), authority.id, &group).await.unwrap();
        let page = record::owner(&record, &owner(), authority.id, largest.id).await.unwrap();
        let (known, _) = &page.ownerships[0];
        let corrected = Ownership { owner: group.id, ..known.fact.clone() };
        record::correct_entry(&record, &owner(), authority.id, known.version, &corrected, "From its accounts.").await.unwrap();
        assert!(!take(&record, &authority, &EXAMPLE.2).await.writes());
        let theirs = record::owner(&record, &owner(), authority.id, group.id).await.unwrap();
        assert_eq!((theirs.today.providers, theirs.today.places), (1, by_places.rows[0].places));
        let wrong = Owner { company: Code::of("12"), ..group };
        assert!(record::correct_entry(&record, &owner(), authority.id, 1, &wrong, "Its number.").await.is_err());
        assert!(matches!(record::owner(&record, &owner(), authority.id, record.id()).await, Err(Error::NotFound { .. })));
    }
}

/// Providers of which the register does not say whose they are.
async fn unsaid(record: &Record, authority: &Authority) -> usize {
    let filter = ProviderFilter { search: Some("Owner not published".to_owned()), ..ProviderFilter::default() };
    record::providers(record, &owner(), authority.id, &filter, None, 1000).await.unwrap().rows.len()
}

#[tokio::test]
async fn providers_sort_by_what_they_have_page_after_page() {
    for (_folder, record, authority) in records().await {
        furnished(&record, &authority).await;
        for sort in [ProviderSort::Name, ProviderSort::Settings, ProviderSort::Places] {
            let filter = ProviderFilter { sort, ..ProviderFilter::default() };
            let (mut rows, mut after) = (Vec::new(), None);
            loop {
                let page = record::providers(&record, &owner(), authority.id, &filter, after.as_ref(), 3).await.unwrap();
                rows.extend(page.rows);
                after = page.next;
                if after.is_none() {
                    assert_eq!(rows.len() as u64, page.total, "{sort:?}: each once");
                    break;
                }
            }
            assert!(match sort {
                ProviderSort::Name => rows.is_sorted_by_key(|one| one.provider.name.to_lowercase()),
                ProviderSort::Settings => rows.is_sorted_by_key(|one| std::cmp::Reverse(one.settings)),
                ProviderSort::Places => rows.is_sorted_by_key(|one| std::cmp::Reverse(one.places)),
            });
        }
    }
}

#[tokio::test]
async fn foster_homes_sort_and_documents_stand_where_they_belong() {
    for (_folder, record, authority) in records().await {
        let (provider, setting) = small_home(&record, &authority, Kind::FosteringService, 0).await;
        let mut homes = Vec::new();
        for (reference, places, youngest) in [("FH-1", 1, 8), ("FH-2", 3, 0), ("FH-3", 3, 5), ("FH-4", 2, 12)] {
            let home = FosterHome {
                id: record.id(),
                provider: provider.id,
                reference: reference.to_owned(),
                stage: Stage::Enquiry,
                enquired: None,
                approved: None,
                ended: None,
                places,
                youngest,
                oldest: 17,
                takes: Takes::Anybody,
                care: Care::ALL[0],
                scheme: String::new(),
                skills: String::new(),
                ethnicity: Code::BLANK,
                postcode: None,
            };
            record::add(&record, &owner(), authority.id, &home).await.unwrap();
            homes.push(home);
        }
        let listed = async |sort| {
            let filter = FosterHomeFilter { sort, ..FosterHomeFilter::default() };
            let (mut names, mut after) = (Vec::new(), None);
            loop {
                let page = record::foster_homes(&record, &owner(), authority.id, &filter, after.as_ref(), 3).await.unwrap();
                names.extend(page.rows.into_iter().map(|one| one.home.reference));
                after = page.next;
                if after.is_none() {
                    return names;
                }
            }
        };
        assert_eq!(listed(FosterHomeSort::Youngest).await, ["FH-2", "FH-3", "FH-1", "FH-4"]);
        let by_places = listed(FosterHomeSort::Places).await;
        assert_eq!((by_places[2].as_str(), by_places[3].as_str()), ("FH-4", "FH-1"));

        let today = record.today();
        let document = |about: (Option<Id<Setting>>, Option<Id<FosterHome>>), kind, to| Document {
            id: record.id(),
            provider: provider.id,
            setting: about.0,
            foster_home: about.1,
            kind,
            title: "Policy 12".to_owned(),
            from: today.plus(-900),
            to,
        };
        let papers = [
            document((None, None), document::Kind::Insurance, Some(today)),
            document((Some(setting.id), None), document::Kind::Registration, Some(today.plus(9))),
            document((None, Some(homes[1].id)), document::Kind::Checks, None),
        ];
        record::add_all(&record, &owner(), authority.id, &papers).await.unwrap();
        let found = async |filter: DocumentFilter| {
            let all = record::documents(&record, &owner(), authority.id, &filter).await.unwrap();
            all.into_iter().map(|one| one.document.fact.kind).collect::<Vec<_>>()
        };
        let kinds = papers.clone().map(|one| one.kind);
        assert_eq!(found(DocumentFilter::default()).await, kinds, "the first to run out first, what does not last");
        let state = |state| DocumentFilter { state, ..DocumentFilter::default() };
        assert_eq!(found(state(DocumentState::RunOut)).await, kinds[..1]);
        assert_eq!(found(state(DocumentState::Holds)).await, kinds[1..]);
        assert_eq!(found(DocumentFilter { search: Some("fh-2".to_owned()), ..DocumentFilter::default() }).await, kinds[2..]);
        assert_eq!(found(DocumentFilter { kind: Some(kinds[1]), ..DocumentFilter::default() }).await, kinds[1..2]);
        let page = record::foster_home(&record, &owner(), authority.id, homes[1].id, None).await.unwrap();
        assert_eq!(page.documents.iter().map(|known| &known.fact).collect::<Vec<_>>(), [&papers[2]]);
    }
}

#[tokio::test]
async fn carers_are_shown_by_ethnic_group_and_small_numbers_are_not() {
    for (_folder, record, authority) in records().await {
        let (provider, _) = small_home(&record, &authority, Kind::FosteringService, 0).await;
        let approved = record.today().plus(-90);
        let codes = ["WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "BCRB", "BCRB", ""];
        for (at, (code, ended)) in codes.map(|code| (code, None)).into_iter().chain([("ABAN", Some(record.today()))]).enumerate() {
            let home = FosterHome {
                id: record.id(),
                provider: provider.id,
                reference: format!("FH-{at}"),
                stage: Stage::Approved,
                enquired: None,
                approved: Some(approved),
                ended,
                places: 2,
                youngest: 0,
                oldest: 17,
                takes: Takes::Anybody,
                care: Care::ALL[0],
                scheme: String::new(),
                skills: String::new(),
                ethnicity: Code::of(code),
                postcode: None,
            };
            record::add(&record, &owner(), authority.id, &home).await.unwrap();
        }
        let found = record::carers_by_ethnicity(&record, &owner(), authority.id).await.unwrap();
        let said = |group: &str| found.groups.iter().find(|(name, _)| name.starts_with(group)).unwrap().1;
        assert_eq!(found.total, Value::Known(10.0), "who has left is not counted");
        assert_eq!((said("Black"), said("Not known")), (Value::Suppressed, Value::Suppressed));
        assert_eq!(said("Asian"), Value::Known(0.0), "that there is nobody is no secret about anybody");
    }
}

#[tokio::test]
async fn a_file_with_a_line_that_cannot_be_read_is_not_taken_at_all() {
    for (_folder, record, authority) in records().await {
        let list = String::from_utf8(EXAMPLE.2.clone()).unwrap().replacen(",Private,", ",Somebody,", 2);
        let taken = take(&record, &authority, list.as_bytes()).await;
        assert!(!taken.applied && taken.findings.len() == 2, "{:?}", taken.findings);
        assert!(listed(&record, &authority, SettingFilter::default()).await.is_empty());
    }
}

/// A published register of the example's homes, each line changed by the caller.
fn published(homes: &[Setting], as_at: Day, line: impl Fn(&Setting, &mut BTreeMap<&'static str, String>) -> bool) -> Vec<u8> {
    let columns = [
        "urn",
        "provision_type",
        "sector",
        "dfe_number",
        "places",
        "registration_date",
        "registration_status",
        "owner",
        "overall_judgement",
        "inspection_date",
        "helped_and_protected",
        "leaders_and_managers",
        "short_break_only",
        "as_at",
    ];
    let mut text = columns.join(",") + "\n";
    for home in homes {
        let mut cells: BTreeMap<&'static str, String> = columns.into_iter().map(|column| (column, String::new())).collect();
        cells.insert("urn", home.urn.to_string());
        cells.insert("provision_type", home.kind.label().to_owned());
        cells.insert("sector", "Private".to_owned());
        cells.insert("dfe_number", home.area.map(|area| area.to_string()).unwrap_or_default());
        cells.insert("registration_status", "Active".to_owned());
        cells.insert("short_break_only", "0".to_owned());
        cells.insert("as_at", as_at.to_string());
        if line(home, &mut cells) {
            text += &(columns.map(|column| cells[column].clone()).join(",") + "\n");
        }
    }
    text.into_bytes()
}

#[tokio::test]
async fn what_the_regulator_changed_is_shown_and_alerts_for_every_child_who_lives_there() {
    for (_folder, record, authority) in records().await {
        furnished(&record, &authority).await;
        let home = lived_in(&record, &authority).await;
        let listed_by_ofsted = |one: &Setting| !one.kind.is_supported() && one.kind != Kind::FosteringService;
        let homes = listed(&record, &authority, SettingFilter::default()).await.into_iter().map(|one| one.setting);
        let homes: Vec<Setting> = homes.filter(listed_by_ofsted).collect();
        let today = record.today();
        let children = record::setting(&record, &owner(), authority.id, home.id, None).await.unwrap().tonight().beds.occupied as usize;

        // Judged inadequate: an alert for the fall and one for the stop of admissions, for each child, once.
        let worse = published(&homes, today, |one, cells| {
            if one.id == home.id {
                cells.insert("overall_judgement", "Inadequate".to_owned());
                cells.insert("inspection_date", today.plus(-3).to_string());
            }
            true
        });
        let taken = take(&record, &authority, &worse).await;
        assert_eq!(taken.changes.iter().map(|change| change.what).collect::<Vec<_>>(), [What::Judgement, What::Restriction], "{taken:?}");
        let kinds: Vec<alert::Kind> = taken.alerts.iter().map(|one| one.kind).collect();
        assert_eq!(kinds.len(), 2 * children, "{kinds:?}");
        assert!(kinds.contains(&alert::Kind::JudgementFell) && kinds.contains(&alert::Kind::Restricted));
        assert!(taken.alerts.iter().all(|one| one.child.is_some() && one.due > today && one.words.starts_with(&home.name)));
        let again = take(&record, &authority, &worse).await;
        assert!(!again.writes(), "{again:?}");
        let page = record::setting(&record, &owner(), authority.id, home.id, None).await.unwrap();
        assert_eq!((page.judged(), page.tonight().beds.open, page.tonight().beds.available), ("Inadequate", Open::NoAdmissions, Some(0)));
        // As it was known the day before, it was not so.
        let before = record::setting(&record, &owner(), authority.id, home.id, Some(today.plus(-1))).await;
        assert!(matches!(before, Err(Error::NotFound { .. })), "nothing was recorded yesterday");

        // Suspended, then gone from a whole register.
        let suspended = published(&homes, today, |one, cells| {
            if one.id == home.id {
                cells.insert("registration_status", "Suspended".to_owned());
            }
            true
        });
        let taken = take(&record, &authority, &suspended).await;
        assert_eq!(taken.alerts.iter().map(|one| one.kind).collect::<Vec<_>>(), vec![alert::Kind::Suspended; children], "{taken:?}");
        let gone = published(&homes, today.plus(1), |one, _| one.id != home.id);
        let taken = take(&record, &authority, &gone).await;
        assert_eq!(taken.changes.iter().map(|change| change.what).collect::<Vec<_>>(), [What::Closed], "{taken:?}");
        assert_eq!(taken.alerts.len(), children);

        // A register cut short closes nothing.
        let short = published(&homes, today.plus(2), |one, _| one.id == homes[0].id);
        let same_area = homes.iter().filter(|one| one.area == homes[0].area && one.id != home.id).count();
        if same_area > 7 {
            let refused = record::take_register(&record, &owner(), authority.id, ("short.csv", &short), News::Add).await;
            assert!(refused.unwrap_err().to_string().contains("hardly whole"));
        }

        // An alert is resolved with a word, once.
        let open = record::alerts(&record, &owner(), authority.id).await.unwrap();
        assert!(open.len() >= 4 * children && open.is_sorted_by_key(|one| one.alert.fact.due));
        let id = open[0].alert.fact.id;
        assert!(record::resolve(&record, &owner(), authority.id, id, " ").await.unwrap_err().to_string().contains("say what was done"));
        record::resolve(&record, &owner(), authority.id, id, "Visited; the child stays.").await.unwrap();
        assert!(record::resolve(&record, &owner(), authority.id, id, "Again.").await.is_err());
        assert_eq!(record::alerts(&record, &owner(), authority.id).await.unwrap().len(), open.len() - 1);
        registered(&record, &authority, open.len()).await;
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
    }
}

/// The register of alerts has the one that was resolved with its outcome, and every one once, however it is sorted and paged.
async fn registered(record: &Record, authority: &Authority, all: usize) {
    let listed = async |filter: &AlertFilter, sort: AlertSort| {
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let page = record::alert_register(record, &owner(), authority.id, filter, sort, after.as_ref(), 3).await.unwrap();
            rows.extend(page.rows);
            assert!(page.total as usize >= rows.len());
            match page.next {
                Some(next) => after = Some(next),
                None => return rows,
            }
        }
    };
    let filter = |which: WhichAlerts| AlertFilter { which, ..AlertFilter::default() };
    let resolved = listed(&filter(WhichAlerts::Resolved), AlertSort::Since).await;
    assert_eq!(resolved.iter().map(|one| one.alert.fact.outcome.as_str()).collect::<Vec<_>>(), ["Visited; the child stays."]);
    assert_eq!(listed(&filter(WhichAlerts::Open), AlertSort::Due).await.len(), all - 1);
    for sort in [AlertSort::Due, AlertSort::Since, AlertSort::Home] {
        let rows = listed(&filter(WhichAlerts::All), sort).await;
        let once: std::collections::BTreeSet<_> = rows.iter().map(|one| one.alert.fact.id).collect();
        assert_eq!((rows.len(), once.len()), (all, all), "{sort:?}");
        let sorted = match sort {
            AlertSort::Due => rows.is_sorted_by_key(|one| one.alert.fact.due),
            AlertSort::Since => rows.is_sorted_by_key(|one| std::cmp::Reverse(one.alert.fact.since)),
            AlertSort::Home => rows.is_sorted_by_key(|one| one.setting.to_lowercase()),
        };
        assert!(sorted, "{sort:?}");
    }
    let suspended = AlertFilter { kind: Some(alert::Kind::Suspended), ..filter(WhichAlerts::All) };
    assert!(listed(&suspended, AlertSort::Due).await.iter().all(|one| one.alert.fact.kind == alert::Kind::Suspended));
    let nowhere = AlertFilter { search: Some("no home is called so".to_owned()), ..filter(WhichAlerts::All) };
    assert!(listed(&nowhere, AlertSort::Due).await.is_empty());
}

/// A home of one place, written by hand.
async fn small_home(record: &Record, authority: &Authority, kind: Kind, places: u32) -> (Provider, Setting) {
    let provider = Provider {
        id: record.id(),
        name: format!("Elm {}", record.id::<Provider>()),
        legal_name: String::new(),
        company: Code::BLANK,
        sector: Sector::Private,
        status: Status::Approved,
    };
    record::add(record, &owner(), authority.id, &provider).await.unwrap();
    let setting = Setting {
        id: record.id(),
        provider: provider.id,
        urn: Code::BLANK,
        kind,
        name: "Elm House".to_owned(),
        area: None,
        postcode: None,
        registration: Registration::Held,
        opened: Some(record.today().plus(-400)),
        closed: None,
        before: None,
    };
    record::add(record, &owner(), authority.id, &setting).await.unwrap();
    let terms = Terms {
        id: record.id(),
        setting: setting.id,
        from: record.today().plus(-400),
        places: Some(places),
        youngest: None,
        oldest: Some(17),
        takes: Takes::Anybody,
        conditions: String::new(),
    };
    record::add(record, &owner(), authority.id, &terms).await.unwrap();
    (provider, setting)
}

async fn young_people(record: &Record, authority: &Authority, most: u32) -> Vec<Id<Child>> {
    let today = record.today();
    let all = record::children(record, &owner(), authority.id).await.unwrap();
    all.into_iter().filter(|one| (5..=most).contains(&one.child.born.age_at(today))).map(|one| one.child.id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_bed_is_taken_once() {
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, &EXAMPLE.1, Choice::Keep).await.unwrap();
        let (_, home) = small_home(&record, &authority, Kind::ChildrensHome, 2).await;
        let children = young_people(&record, &authority, 17).await;
        let racers = children[..6].iter().map(|&child| {
            let (record, authority) = (record.clone(), authority.id);
            let wanted = Wanted { setting: home.id, child, from: record.today(), to: None, sharing: Sharing::Shared };
            tokio::spawn(async move { record::hold(&record, &owner(), authority, &wanted, 4).await })
        });
        let (mut kept, mut refused) = (Vec::new(), 0);
        for racer in racers.collect::<Vec<_>>() {
            match racer.await.unwrap() {
                Ok((hold, _)) => kept.push(hold),
                Err(Error::Unusable(words)) => {
                    assert!(words.contains("2 registered places are taken or held"), "{words}");
                    refused += 1;
                }
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!((kept.len(), refused), (2, 4));
        let page = record::setting(&record, &owner(), authority.id, home.id, None).await.unwrap();
        assert_eq!((page.tonight().beds.held, page.tonight().beds.available), (2, Some(0)));
        // Let go, it is free for the next; let go twice, it is not there.
        let first = &kept[0];
        record::release(&record, &owner(), authority.id, first.child, first.id).await.unwrap();
        assert!(record::release(&record, &owner(), authority.id, first.child, first.id).await.is_err());
        let page = record::setting(&record, &owner(), authority.id, home.id, None).await.unwrap();
        assert_eq!(page.tonight().beds.available, Some(1));
    }
}

#[tokio::test]
async fn a_plan_against_the_law_is_refused_and_what_happened_is_flagged() {
    for (_folder, record, authority) in records().await {
        furnished(&record, &authority).await;
        let (_, home) = small_home(&record, &authority, Kind::SupportedShared, 3).await;
        let child = young_people(&record, &authority, 15).await[0];
        let wanted = Wanted { setting: home.id, child, from: record.today(), to: None, sharing: Sharing::Shared };
        let refused = record::fit(&record, &owner(), authority.id, &wanted).await.unwrap().unwrap_err();
        assert!(refused.to_string().contains("the law puts nobody under 16 there"), "{refused}");
        assert!(matches!(record::hold(&record, &owner(), authority.id, &wanted, 4).await, Err(Error::Unusable(_))));

        // Somebody lives in a home whose registration turns out never to have been given: recorded, flagged, with an owner and a clock, once.
        record::watch(&record, &owner(), authority.id).await.unwrap();
        let lived = lived_in(&record, &authority).await;
        let page = record::setting(&record, &owner(), authority.id, lived.id, None).await.unwrap();
        let unlawful = Setting { registration: Registration::Missing, ..page.setting.fact.clone() };
        let version = page.setting.version;
        record::correct_entry(&record, &owner(), authority.id, version, &unlawful, "never registered").await.unwrap();
        // The correction itself raises them; looking again finds nothing that is not there.
        let open = record::alerts(&record, &owner(), authority.id).await.unwrap().into_iter().map(|one| one.alert.fact);
        let raised: Vec<_> = open.filter(|one| one.setting == Some(lived.id) && one.words.contains("lacks the registration")).collect();
        assert_eq!(raised.len(), page.tonight().beds.occupied as usize, "{raised:?}");
        assert!(raised.iter().all(|one| one.kind == alert::Kind::Breach));
        assert!(record::watch(&record, &owner(), authority.id).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn facts_are_corrected_with_a_reason_and_taken_back_if_nothing_stands_on_them() {
    for (_folder, record, authority) in records().await {
        let (provider, home) = small_home(&record, &authority, Kind::ChildrensHome, 3).await;
        let event = CapacityEvent {
            id: record.id(),
            setting: home.id,
            from: record.today(),
            to: None,
            beds: 1,
            reason: Reason::Staffing,
            note: String::new(),
        };
        record::add(&record, &owner(), authority.id, &event).await.unwrap();
        let more = CapacityEvent { beds: 2, ..event.clone() };
        let correct = |version, reason: &'static str| record::correct_entry(&record, owner_of_test(), authority.id, version, &more, reason);
        assert!(correct(1, " ").await.unwrap_err().to_string().contains("Say why"));
        correct(1, "two nights short").await.unwrap();
        assert!(matches!(correct(1, "late").await, Err(Error::Stale)));
        let versions = record::history(&record, &owner(), authority.id, event.id).await.unwrap();
        assert_eq!(versions.iter().map(|known| known.fact.beds).collect::<Vec<_>>(), [1, 2]);
        let refused = record::withdraw(&record, &owner(), authority.id, home.id, 1, "twice").await.unwrap_err().to_string();
        assert!(refused.contains("other facts stand on it"), "{refused}");
        record::withdraw(&record, &owner(), authority.id, event.id, 2, "another home").await.unwrap();
        let page = record::setting(&record, &owner(), authority.id, home.id, None).await.unwrap();
        assert!(page.events.is_empty() && page.log.iter().any(|entry| entry.reason == "another home"));

        let bad = Provider { company: Code::of("12"), ..provider.clone() };
        let refused = record::correct_entry(&record, &owner(), authority.id, 1, &bad, "number").await.unwrap_err();
        assert!(refused.to_string().contains("eight characters"));
        let judged = domain::judgement::Judgement {
            id: record.id(),
            provider: provider.id,
            setting: Some(home.id),
            day: record.today(),
            overall: Overall::Outcome1,
            protected: None,
            leaders: None,
        };
        assert!(record::add(&record, &owner(), authority.id, &judged).await.unwrap_err().to_string().contains("supported accommodation"));
        // Whoever may only look, looks.
        let looks = person(&authority, Role::FinanceOfficer);
        assert!(record::setting(&record, &looks, authority.id, home.id, None).await.is_ok());
        assert!(matches!(record::add(&record, &looks, authority.id, &event).await, Err(Error::Denied(_))));
        let none = person(&authority, Role::LeadMember);
        assert!(matches!(record::setting(&record, &none, authority.id, home.id, None).await, Err(Error::Denied(_))));
    }
}

static OWNER: LazyLock<domain::access::Actor> = LazyLock::new(owner);

fn owner_of_test() -> &'static domain::access::Actor {
    &OWNER
}
