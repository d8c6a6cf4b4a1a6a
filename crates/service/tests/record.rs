//! Returns become the record, are corrected and remembered, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

mod recorded;

use std::sync::LazyLock;

use domain::Id;
use domain::access::Role;
use domain::child::Child;
use recorded::{owner, person, records};
use service::Error;
use service::holdings::{self, Folder, Holding};
use service::record::{self, Authority, Case, Choice, Correction, Record};

/// Three years of a fictitious authority.
static THREE_YEARS: LazyLock<(tempfile::TempDir, Holding)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { children: 60, years: 3, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    let holding = opened(folder.path());
    (folder, holding)
});

fn opened(folder: &std::path::Path) -> Holding {
    holdings::open(Folder { path: folder.to_owned(), authority: None, year: None }).unwrap()
}

/// The case of some child who lives somewhere today.
async fn somebody(record: &Record, authority: &Authority) -> Case {
    let listed = record::children(record, &owner(), authority.id).await.unwrap();
    let child = listed.iter().find(|listed| listed.lives.is_some()).unwrap();
    record::show(record, &owner(), authority.id, child.child.id, None).await.unwrap()
}

#[tokio::test]
async fn importing_twice_changes_nothing() {
    let holding = &THREE_YEARS.1;
    for (_folder, record, authority) in records().await {
        let first = record::import(&record, &owner(), &authority, holding, Choice::Keep).await.unwrap();
        assert_eq!(first.children, holding.read.history.children.len());
        assert!(first.added > 3 * first.children && first.differences.is_empty(), "{first:?}");
        let again = record::import(&record, &owner(), &authority, holding, Choice::Take).await.unwrap();
        assert_eq!((again.children, again.added, again.completed, again.unchanged), (0, 0, 0, first.added));
        assert!(again.differences.is_empty() && !again.changes(), "{again:?}");
        // The list agrees with what the returns count on their last day.
        let listed = record::children(&record, &owner(), authority.id).await.unwrap();
        let lives = listed.iter().filter(|listed| listed.lives.is_some()).count();
        let placements = &holding.timeline.placements;
        let open = (0..placements.len()).filter(|&at| placements.is_main(at) && placements.end[at].is_none()).count();
        assert_eq!(lives, open);
    }
}

#[tokio::test]
async fn a_later_return_brings_news_and_no_differences() {
    let (folder, all) = &*THREE_YEARS;
    let years: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().filter(|entry| entry.path().is_dir()).collect();
    let authority_folder = years.iter().map(std::fs::DirEntry::path).find(|path| path.join("2024").is_dir()).unwrap();
    let first = tempfile::tempdir().unwrap();
    let target = first.path().join("2024");
    std::fs::create_dir(&target).unwrap();
    for file in std::fs::read_dir(authority_folder.join("2024")).unwrap().flatten() {
        std::fs::copy(file.path(), target.join(file.file_name())).unwrap();
    }
    let first_year = holdings::open(Folder { path: first.path().to_owned(), authority: Some(all.name()), year: None }).unwrap();
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, &first_year, Choice::Keep).await.unwrap();
        let news = record::import(&record, &owner(), &authority, all, Choice::Keep).await.unwrap();
        assert!(news.children > 0 && news.added > 0 && news.completed > 0, "{news:?}");
        assert!(news.differences.is_empty(), "{:?}", news.differences);
        // The first year again: it left open what has ended since, and denies nothing of it.
        let again = record::import(&record, &owner(), &authority, &first_year, Choice::Take).await.unwrap();
        assert!(!again.changes() && again.differences.is_empty(), "{again:?}");
    }
}

#[tokio::test]
async fn a_correction_is_made_once_kept_with_its_reason_and_undone_only_by_choice() {
    let holding = &THREE_YEARS.1;
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, holding, Choice::Keep).await.unwrap();
        let case = somebody(&record, &authority).await;
        let child = case.child.fact.id;
        let known = case.placements.last().unwrap();
        let correction = Correction {
            placement: known.fact.id,
            version: known.version,
            start: known.fact.start.plus(1),
            end: known.fact.end,
            reason: "moved in the day after".to_owned(),
        };
        let correct = |correction: Correction| {
            let (record, authority) = (record.clone(), authority.id);
            async move { record::correct(&record, &owner(), authority, child, &correction).await }
        };
        let corrected = correct(correction.clone()).await.unwrap();
        assert_eq!(corrected.start, known.fact.start.plus(1));
        // Whoever still looks at the first version is told.
        assert!(matches!(correct(correction.clone()).await, Err(Error::Stale)));
        let unsaid = Correction { reason: "  ".to_owned(), version: 2, ..correction.clone() };
        assert!(correct(unsaid).await.unwrap_err().to_string().contains("why"));
        let impossible = Correction { end: Some(known.fact.start), version: 2, ..correction.clone() };
        assert!(correct(impossible).await.unwrap_err().to_string().contains("at least a day after"));

        // The record of yesterday does not know any of it; the log says who and why.
        let yesterday = record::show(&record, &owner(), authority.id, child, Some(record.today().plus(-1))).await;
        assert!(matches!(yesterday, Err(Error::Unusable(words)) if words.contains("first recorded on")), "nothing was recorded yesterday");
        let now = record::show(&record, &owner(), authority.id, child, None).await.unwrap();
        assert!(now.changes.iter().any(|entry| entry.reason == "moved in the day after" && entry.who == "test"), "{:?}", now.changes);

        // The returns say otherwise: shown and kept, or taken by choice.
        let kept = record::import(&record, &owner(), &authority, holding, Choice::Keep).await.unwrap();
        let said: Vec<_> = kept.differences.iter().map(|one| (one.child.as_str(), one.what, one.taken)).collect();
        assert_eq!(said, [(case.child.fact.reference.as_str(), "placement", false)], "{:?}", kept.differences);
        assert!(!kept.changes());
        let taken = record::import(&record, &owner(), &authority, holding, Choice::Take).await.unwrap();
        assert!(taken.differences.iter().all(|difference| difference.taken));
        let after = record::import(&record, &owner(), &authority, holding, Choice::Keep).await.unwrap();
        assert!(after.differences.is_empty());
        assert!(record::verify(&record, &owner(), authority.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn a_case_is_not_there_for_those_who_may_not_see_it() {
    let holding = &THREE_YEARS.1;
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, holding, Choice::Keep).await.unwrap();
        let child: Id<Child> = somebody(&record, &authority).await.child.fact.id;
        for role in [Role::Analyst, Role::FinanceOfficer, Role::LeadMember, Role::Administrator, Role::SocialWorker, Role::Director] {
            let seen = record::show(&record, &person(&authority, role), authority.id, child, None).await;
            assert!(matches!(seen, Err(Error::NotFound { .. })), "{role}");
        }
        let listed = record::children(&record, &person(&authority, Role::SocialWorker), authority.id).await.unwrap();
        assert!(listed.is_empty(), "no case is theirs");
        let refused = record::children(&record, &person(&authority, Role::Analyst), authority.id).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        let refused = record::import(&record, &person(&authority, Role::Commissioner), &authority, holding, Choice::Keep).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
    }
}

/// Returns of a few children, written as a council would send them.
fn sent(authority: Option<&str>, years: &[(&str, &str, &str)]) -> (tempfile::TempDir, Holding) {
    let folder = tempfile::tempdir().unwrap();
    for (year, header, episodes) in years {
        let place = folder.path().join(year);
        std::fs::create_dir(&place).unwrap();
        std::fs::write(place.join("header.csv"), format!("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n{header}")).unwrap();
        let columns = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
        std::fs::write(place.join("episodes.csv"), format!("{columns}\n{episodes}")).unwrap();
    }
    let authority = authority.map(str::to_owned);
    let holding = holdings::open(Folder { path: folder.path().to_owned(), authority, year: None }).unwrap();
    (folder, holding)
}

const ANN: &str = "A1,2,02/05/2015,WBRI,,,\n";
const BEN: &str = "B2,1,09/11/2012,WBRI,,,\n";
const ANN_LIVES: &str = "A1,03/03/2022,S,C2,N1,U6,PR1,,,,,,\n";

#[tokio::test]
async fn returns_go_into_the_record_of_their_own_authority() {
    let (_returns, theirs) = sent(Some("Nottingham"), &[("2024", ANN, ANN_LIVES)]);
    let (_nobodys, nobodys) = sent(None, &[("2024", ANN, ANN_LIVES)]);
    for (_folder, record, authority) in records().await {
        let refused = record::import(&record, &owner(), &authority, &theirs, Choice::Keep).await.unwrap_err().to_string();
        assert!(refused.contains("are of Nottingham, and this is the record of Exampleshire"), "{refused}");
        let refused = record::import_returns(&record, &owner(), &nobodys, Choice::Keep).await.unwrap_err().to_string();
        assert!(refused.contains("--authority"), "{refused}");
        assert_eq!(record::authorities(&record, &owner()).await.unwrap().len(), 1, "a refusal opens nothing");
        // A real authority is one, whichever of its names or codes is used.
        let (opened, imported) = record::import_returns(&record, &owner(), &theirs, Choice::Keep).await.unwrap();
        assert_eq!((opened.code.as_str(), imported.children), ("E06000018", 1));
        for name in ["Nottingham", "nottingham city council", "E06000018"] {
            assert_eq!(record::opened(&record, &owner(), name).await.unwrap(), opened, "{name}");
        }
        let (again, imported) = record::import_returns(&record, &owner(), &theirs, Choice::Keep).await.unwrap();
        assert!(again == opened && !imported.changes());
    }
}

#[tokio::test]
async fn what_returns_leave_out_is_shown_and_what_nobody_sent_is_not_denied() {
    let ben_2023 = "B2,05/04/2022,S,C2,N1,K2,PR4,07/02/2023,E4A,,,,\n";
    let (_full, full) = sent(
        Some("Exampleshire"),
        &[("2022", ANN, ANN_LIVES), ("2023", &format!("{ANN}{BEN}"), &format!("{ANN_LIVES}{ben_2023}")), ("2024", ANN, ANN_LIVES)],
    );
    let (_gap, gap) = sent(Some("Exampleshire"), &[("2022", ANN, ANN_LIVES), ("2024", ANN, ANN_LIVES)]);
    let (_short, short) = sent(Some("Exampleshire"), &[("2023", ANN, ANN_LIVES)]);
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, &full, Choice::Keep).await.unwrap();
        let unsent = record::import(&record, &owner(), &authority, &gap, Choice::Take).await.unwrap();
        assert!(unsent.differences.is_empty(), "{:?}", unsent.differences);
        let omitted = record::import(&record, &owner(), &authority, &short, Choice::Take).await.unwrap();
        let said: Vec<_> =
            omitted.differences.iter().map(|one| (one.child.as_str(), one.what, one.returned.is_none(), one.taken)).collect();
        assert_eq!(said, [("B2", "child", true, false)], "{:?}", omitted.differences);
        assert!(!omitted.changes());
    }
}

#[tokio::test]
async fn what_cannot_be_true_waits_and_the_rest_comes_in() {
    let before_birth = "B2,05/04/2012,S,C2,N1,U6,PR1,,,,,,\n";
    let (_returns, returns) = sent(Some("Exampleshire"), &[("2024", &format!("{ANN}{BEN}"), &format!("{ANN_LIVES}{before_birth}"))]);
    for (_folder, record, authority) in records().await {
        let imported = record::import(&record, &owner(), &authority, &returns, Choice::Keep).await.unwrap();
        assert_eq!(imported.children, 2);
        let said: Vec<_> = imported.differences.iter().map(|one| (one.child.as_str(), one.what)).collect();
        assert_eq!(said, [("B2", "placement")], "{:?}", imported.differences);
        assert!(imported.differences[0].returned.as_ref().unwrap().contains("before the child was born"), "{:?}", imported.differences);
    }
}

#[tokio::test]
async fn the_returns_word_is_refused_in_one_list_where_it_cannot_be_true() {
    let children = format!("{ANN}{BEN}");
    let moves = |child: &str| {
        format!(
            "{child},01/06/2020,S,C2,N1,U6,PR1,01/05/2021,X1,CARPL,,,\n{child},01/05/2021,P,C2,N1,K2,PR4,01/03/2022,X1,CARPL,,,\n\
             {child},01/03/2022,P,C2,N1,U6,PR1,,,,,,\n"
        )
    };
    let (_first, first) = sent(Some("Exampleshire"), &[("2022", &children, &format!("{}{}", moves("A1"), moves("B2")))]);
    // The next return has one home since December 2020, across a stay that ended before the time it covers, and which it therefore does not deny.
    let lives = |child: &str| format!("{child},01/12/2020,S,C2,N1,U4,PR1,,,,,,\n");
    let (_other, other) = sent(Some("Exampleshire"), &[("2023", &children, &format!("{}{}", lives("A1"), lives("B2")))]);
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, &first, Choice::Keep).await.unwrap();
        let refused = record::import(&record, &owner(), &authority, &other, Choice::Take).await;
        let words = refused.unwrap_err().to_string();
        assert!(words.contains("Child A1, placement") && words.contains("Child B2, placement"), "{words}");
        let kept = record::import(&record, &owner(), &authority, &first, Choice::Keep).await.unwrap();
        assert!(kept.differences.is_empty() && !kept.changes(), "nothing of it was written: {kept:?}");
    }
}

#[tokio::test]
async fn taking_the_returns_word_opens_nothing_that_ended_after_them() {
    let lives = |start: &str| format!("A1,{start},S,C2,N1,U6,PR1,,,,,,\n");
    let moved = "A1,03/03/2022,S,C2,N1,U6,PR1,05/06/2023,X1,CARPL,,,\nA1,05/06/2023,P,C2,N1,K2,PR4,,,,,,\n";
    let (_later, later) = sent(Some("Exampleshire"), &[("2023", ANN, &lives("03/03/2022")), ("2024", ANN, moved)]);
    let (_other, other) = sent(Some("Exampleshire"), &[("2023", ANN, &lives("09/04/2022"))]);
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, &later, Choice::Keep).await.unwrap();
        record::import(&record, &owner(), &authority, &other, Choice::Take).await.unwrap();
        let case = somebody(&record, &authority).await;
        let stays: Vec<_> =
            case.placements.iter().map(|known| (known.fact.start.to_string(), known.fact.end.map(|end| end.to_string()))).collect();
        assert_eq!(stays, [("2022-04-09".to_owned(), Some("2023-06-05".to_owned())), ("2023-06-05".to_owned(), None)]);
    }
}

#[tokio::test]
async fn returns_that_begin_within_a_stay_leave_its_beginning_alone() {
    let whole = "A1,03/03/2021,S,C1,N1,U6,PR1,10/05/2022,X1,,,,\nA1,10/05/2022,L,C2,N1,U6,PR1,,,,,,\n";
    // The same child with the later episode alone: where and since when the child lived, it cannot say.
    let rest = "A1,10/05/2022,L,C2,N1,U6,PR1,09/09/2023,X1,CARPL,,,\nA1,09/09/2023,P,C2,N1,K2,PR4,,,,,,\n";
    let (_whole, whole) = sent(Some("Exampleshire"), &[("2023", ANN, whole)]);
    let (_rest, rest) = sent(Some("Exampleshire"), &[("2024", ANN, rest)]);
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, &whole, Choice::Keep).await.unwrap();
        let news = record::import(&record, &owner(), &authority, &rest, Choice::Keep).await.unwrap();
        assert!(news.differences.is_empty(), "{:?}", news.differences);
        assert_eq!((news.added, news.completed), (1, 1), "the move is news, and ends the first stay");
        let case = somebody(&record, &authority).await;
        assert_eq!(case.periods[0].fact.start.to_string(), "2021-03-03");
        let stays: Vec<_> = case.placements.iter().map(|known| (known.fact.start.to_string(), known.fact.kind.to_string())).collect();
        assert_eq!(stays, [("2021-03-03".to_owned(), "U6".to_owned()), ("2023-09-09".to_owned(), "K2".to_owned())]);
    }
}

#[tokio::test]
async fn a_placement_has_the_type_of_its_last_episode() {
    let before = "A1,03/03/2022,S,C2,N1,U4,PR1,,,,,,\n";
    let after = "A1,03/03/2022,S,C2,N1,U4,PR1,04/05/2023,X1,,,,\nA1,04/05/2023,T,C2,N1,U5,PR1,,,,,,\n";
    let (_before, before) = sent(Some("Exampleshire"), &[("2023", ANN, before)]);
    let (_after, after) = sent(Some("Exampleshire"), &[("2024", ANN, after)]);
    for (_folder, record, authority) in records().await {
        record::import(&record, &owner(), &authority, &before, Choice::Keep).await.unwrap();
        let news = record::import(&record, &owner(), &authority, &after, Choice::Keep).await.unwrap();
        assert_eq!((news.differences.len(), news.completed), (0, 1), "the type has changed since: {:?}", news.differences);
        let case = somebody(&record, &authority).await;
        let stays: Vec<_> = case.placements.iter().map(|known| (known.fact.start.to_string(), known.fact.kind.to_string())).collect();
        assert_eq!(stays, [("2022-03-03".to_owned(), "U5".to_owned())]);
    }
}
