//! Two people change the account to which a provider is paid, on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[path = "recorded/cast.rs"]
#[expect(dead_code, reason = "each test file uses its part")]
mod cast;
#[expect(dead_code, reason = "each test file uses its part")]
mod recorded;

use cast::{is_refused, person};
use domain::access::{Action, Actor, Role};
use domain::clock::Duty;
use domain::payee::{BankAccount, Payee, State};
use domain::provider::{Provider, Sector, Status};
use domain::{Code, Id};
use recorded::{owner, records};
use service::Error;
use service::duties::{self, About};
use service::record::{self, Authority, Payees, Record};

async fn provider(record: &Record, here: &Authority, name: &str) -> Id<Provider> {
    let provider = Provider {
        id: record.id(),
        name: name.to_owned(),
        legal_name: String::new(),
        company: Code::BLANK,
        sector: Sector::Private,
        status: Status::Approved,
    };
    record::add(record, &owner(), here.id, &provider).await.unwrap();
    provider.id
}

fn account(number: &str) -> BankAccount {
    BankAccount::read("Made-up Homes Ltd", "12-34-56", number).unwrap()
}

/// A record, two people of finance, and a provider.
struct Story<'a> {
    record: &'a Record,
    here: &'a Authority,
    provider: Id<Provider>,
    fay: Actor,
    max: Actor,
}

impl<'a> Story<'a> {
    async fn new(record: &'a Record, here: &'a Authority) -> Self {
        let (_, fay) = person(record, here, "Fay", Role::FinanceOfficer).await;
        let (_, max) = person(record, here, "Max", Role::FinanceOfficer).await;
        Self { record, here, provider: provider(record, here, "Made-up Homes").await, fay, max }
    }

    async fn propose(&self, actor: &Actor, number: &str) -> Result<Id<Payee>, Error> {
        record::propose_payee(self.record, actor, self.here.id, self.provider, &account(number), "Letter of 1 June; rang Mr Invented").await
    }

    async fn confirm(&self, actor: &Actor, which: (Id<Payee>, i64)) -> Result<(), Error> {
        record::confirm_payee(self.record, actor, self.here.id, self.provider, which).await
    }

    async fn turn_down(&self, actor: &Actor, which: (Id<Payee>, i64), reason: &str) -> Result<State, Error> {
        record::turn_down_payee(self.record, actor, self.here.id, self.provider, which, reason).await
    }

    async fn payees(&self, actor: &Actor) -> Result<Payees, Error> {
        record::payees(self.record, actor, self.here.id, self.provider).await
    }

    /// Accounts that wait for somebody.
    async fn waits_for(&self, actor: &Actor) -> Vec<About> {
        let work = duties::list(self.record, actor, self.here, self.record.today()).await.unwrap();
        work.waiting.iter().filter(|line| line.duty == Duty::Payee).map(|line| line.about).collect()
    }
}

#[tokio::test]
async fn one_proposes_another_confirms_and_nobody_does_both() {
    for (_folder, record, here) in records().await {
        let story = Story::new(&record, &here).await;
        let (fay, max) = (&story.fay, &story.max);
        let first = story.propose(fay, "12345678").await.unwrap();
        assert_eq!(story.waits_for(fay).await, [], "whoever proposed it waits, and is not waited for");
        assert_eq!(story.waits_for(max).await, [About::Payee(story.provider)]);
        is_refused(story.confirm(fay, (first, 1)).await, "You proposed these bank details yourself");
        is_refused(story.propose(max, "11112222").await, "wait for a second person already");
        let known = story.payees(max).await.unwrap();
        assert!(known.in_force().is_none(), "nothing is paid to it yet");
        let waiting = known.waiting().unwrap();
        assert_eq!((waiting.ending.as_str(), waiting.proposed_by.as_str(), waiting.is_own), ("5678", "Fay", false));
        story.confirm(max, (first, 1)).await.unwrap();
        assert_eq!(story.waits_for(max).await, []);
        assert!(matches!(story.confirm(max, (first, 1)).await, Err(Error::Stale)), "once");
        // The next one takes its place only when it is confirmed in its turn.
        let second = story.propose(max, "87654321").await.unwrap();
        let opened = record::open_payees(&record, fay, here.id, story.provider).await.unwrap();
        assert_eq!((opened.in_force, opened.waiting), (Some(account("12345678")), Some(account("87654321"))), "both see what changes");
        story.confirm(fay, (second, 1)).await.unwrap();
        let known = story.payees(fay).await.unwrap();
        let states: Vec<(&str, State)> = known.all.iter().map(|one| (one.ending.as_str(), one.state)).collect();
        assert_eq!(states, [("4321", State::InForce), ("5678", State::Replaced)]);
        assert_eq!((known.all[0].proposed_by.as_str(), known.all[0].decided_by.as_deref()), ("Max", Some("Fay")));
        // The provider's log says who proposed, opened and confirmed; no more of the account than its end.
        let log = record::provider(&record, &owner(), here.id, story.provider, None).await.unwrap().log;
        let did: Vec<(&str, Action)> = log.iter().rev().map(|entry| (entry.who.as_str(), entry.action)).skip(1).collect();
        let (write, open) = (Action::PayeeWrite, Action::PayeeOpen);
        assert_eq!(did, [("Fay", write), ("Max", write), ("Max", write), ("Fay", open), ("Fay", write)]);
        assert!(!format!("{log:?} {known:?}").contains("1234"), "the log holds no account");
        assert!(record::verify(&record, &owner(), here.id).await.unwrap().holds);
    }
}

#[tokio::test]
async fn a_proposal_is_withdrawn_by_its_own_and_refused_by_another() {
    for (_folder, record, here) in records().await {
        let story = Story::new(&record, &here).await;
        let (fay, max) = (&story.fay, &story.max);
        let first = story.propose(fay, "12345678").await.unwrap();
        is_refused(story.turn_down(fay, (first, 1), " ").await, "Say why");
        assert_eq!(story.turn_down(fay, (first, 1), "mistyped").await.unwrap(), State::Withdrawn);
        let second = story.propose(fay, "12345679").await.unwrap();
        assert_eq!(story.turn_down(max, (second, 1), "The provider knows of no change").await.unwrap(), State::Refused);
        for id in [first, second] {
            assert!(matches!(story.confirm(max, (id, 2)).await, Err(Error::Stale)), "what was turned down is not confirmed later");
        }
        assert!(story.payees(fay).await.unwrap().in_force().is_none());
        // No machine is one of two people.
        is_refused(story.propose(&owner(), "12345678").await, "Two people who are signed in");
        let third = story.propose(fay, "12345678").await.unwrap();
        is_refused(story.confirm(&owner(), (third, 1)).await, "Two people who are signed in");
        assert!(matches!(story.confirm(max, (third, 7)).await, Err(Error::Stale)));
    }
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_does() {
    for (_folder, record, here) in records().await {
        let story = Story::new(&record, &here).await;
        let (_, kim) = person(&record, &here, "Kim", Role::FinanceOfficer).await;
        let id = story.propose(&story.fay, "12345678").await.unwrap();
        let (confirmed, refused) = tokio::join!(story.confirm(&story.max, (id, 1)), story.turn_down(&kim, (id, 1), "not theirs"));
        assert!(confirmed.is_ok() != refused.is_ok(), "{confirmed:?} {refused:?}");
        let known = story.payees(&story.fay).await.unwrap();
        assert_eq!((known.all.len(), known.waiting()), (1, None));
        assert_eq!(known.in_force().is_some(), confirmed.is_ok());
    }
}

#[tokio::test]
async fn only_finance_opens_and_changes_and_whoever_is_bound_to_the_provider_does_nothing() {
    for (_folder, record, here) in records().await {
        let story = Story::new(&record, &here).await;
        let (_, contracts) = person(&record, &here, "Cleo", Role::ContractOfficer).await;
        let (_, worker) = person(&record, &here, "Ada", Role::SocialWorker).await;
        let id = story.propose(&story.fay, "12345678").await.unwrap();
        assert!(story.payees(&contracts).await.is_ok(), "by the last four figures");
        assert!(matches!(record::open_payees(&record, &contracts, here.id, story.provider).await, Err(Error::Denied(_))));
        assert!(matches!(story.confirm(&contracts, (id, 1)).await, Err(Error::Denied(_))));
        assert!(matches!(story.payees(&worker).await, Err(Error::Denied(_))));
        let bound = Actor { conflicts: [Id::from_uuid(story.provider.uuid())].into(), ..story.max.clone() };
        assert!(matches!(story.payees(&bound).await, Err(Error::Denied(_))));
        assert!(matches!(story.confirm(&bound, (id, 1)).await, Err(Error::Denied(_))));
        assert_eq!(story.waits_for(&bound).await, []);
        let elsewhere = provider(&record, &here, "Other Homes").await;
        let done = record::confirm_payee(&record, &story.max, here.id, elsewhere, (id, 1)).await;
        assert!(matches!(done, Err(Error::NotFound { .. })), "under the provider that it is of");
    }
}

#[tokio::test]
async fn on_disk_there_is_no_account() {
    let (folder, record, here) = records().await.remove(0);
    let story = Story::new(&record, &here).await;
    let id = story.propose(&story.fay, "31415926").await.unwrap();
    story.confirm(&story.max, (id, 1)).await.unwrap();
    record.close().await;
    let kept = |name: &str| std::fs::read(folder.path().join(name)).unwrap_or_default();
    let bytes = [kept("record.db"), kept("record.db-wal")].concat();
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(!holds(b"31415926") && !holds(b"123456") && !holds(b"Homes Ltd"));
    assert!(holds(b"5926") && holds(b"Made-up Homes"), "and would show one: it holds the end of it");
}

#[tokio::test]
async fn why_an_account_changes_is_for_those_who_may_see_how_it_stands() {
    for (_folder, record, here) in records().await {
        let story = Story::new(&record, &here).await;
        let (_, sam) = person(&record, &here, "Sam", Role::SocialWorker).await;
        let named = record::propose_payee(&record, &story.fay, here.id, story.provider, &account("12345678"), "to 1234 5678").await;
        is_refused(named, "Leave the number of the account out");
        story.propose(&story.fay, "12345678").await.unwrap();
        let writes = async |actor: &Actor| {
            let log = record::provider(&record, actor, here.id, story.provider, None).await.unwrap().log;
            log.iter().filter(|entry| entry.action == Action::PayeeWrite).count()
        };
        assert_eq!((writes(&sam).await, writes(&story.fay).await), (0, 1));
    }
}
