//! What was decided in the demonstration: who is nominated, decisions in an emergency, courts' leave, and bank details that wait for a second person.

use domain::access::Role;
use domain::case::{CourtAuthority, CourtKind, EmergencyDecision, EmergencyKind};
use domain::child::Child;
use domain::code::place;
use domain::office::{Office, Standing};
use domain::payee::BankAccount;
use domain::person::Person;
use domain::{Day, Id};
use service::people::{self, NewNomination};
use service::record::lists::ProviderFilter;
use service::record::{self as service_record, Authority, Record, case};

use super::cases::WHY;
use crate::commands::record::OWNER;

/// Every how many children one was moved in an emergency, of the children who have been in care for a while.
const EACH: usize = 60;

/// Days of care before which nothing is invented.
const SETTLED: i32 = 60;

/// Puts invented decisions into the record; `children` with the day since when they are in care.
pub(super) async fn furnish(
    record: &Record,
    authority: &Authority,
    people: &[(Role, Id<Person>)],
    children: &[(Id<Child>, Day)],
) -> anyhow::Result<()> {
    let with = |wanted: Role| people.iter().filter(move |(role, _)| *role == wanted).map(|(_, person)| *person);
    let (director, officer, worker) = (with(Role::Director).next(), with(Role::PlacementOfficer).next(), with(Role::SocialWorker).next());
    let today = record.today();
    for (office, person) in [(Office::Director, director), (Office::NominatedOfficer, officer)] {
        let Some(person) = person else { continue };
        let (standing, written) = (Standing::Holder, "Invented folder 7".to_owned());
        let new = NewNomination { office, standing, person, start: today.plus(-400), end: None, written };
        people::nominate(record, &OWNER, authority, new).await?;
    }
    let settled: Vec<Id<Child>> = children.iter().filter(|(_, since)| since.plus(SETTLED) <= today).map(|(child, _)| *child).collect();
    if let Some((decider, approver)) = worker.zip(officer) {
        let decisions: Vec<EmergencyDecision> =
            settled.iter().step_by(EACH).enumerate().map(|(at, child)| decision(record, *child, (decider, approver), at, today)).collect();
        case::take(record, &OWNER, authority.id, &decisions, WHY).await?;
    }
    let courts: Vec<CourtAuthority> =
        settled.iter().skip(7).step_by(4 * EACH).zip([90, 12, -4]).map(|(child, left)| leave(record, *child, left, today)).collect();
    case::take(record, &OWNER, authority.id, &courts, WHY).await?;
    case::take(record, &OWNER, authority.id, &secured(record, authority).await?, WHY).await?;
    bank_details(record, authority).await
}

/// Most were approved in time, some late; the first one waits.
fn decision(record: &Record, child: Id<Child>, (decider, by): (Id<Person>, Id<Person>), at: usize, today: Day) -> EmergencyDecision {
    let kind = [EmergencyKind::OutOfArea, EmergencyKind::WithoutPlan, EmergencyKind::ConnectedPerson][at % 3];
    let day = if at == 0 { today.plus(-1) } else { today.plus(-50) };
    let approved = (at > 0).then(|| day.plus(if at % 4 == 3 { 9 } else { 1 }));
    EmergencyDecision {
        id: record.id(),
        child,
        kind,
        day,
        decider,
        capacity: "Manager on duty".to_owned(),
        reasons: "The carer fell ill in the evening, and nobody nearer had a bed that night.".to_owned(),
        approver: approved.map(|_| by),
        approved,
    }
}

/// Everybody who lives in secure accommodation has a court's leave to be there.
async fn secured(record: &Record, authority: &Authority) -> anyhow::Result<Vec<CourtAuthority>> {
    let (today, all) = (record.today(), service_record::children(record, &OWNER, authority.id).await?);
    let since = |one: &service_record::Listed| one.lives.filter(|(kind, _)| *kind == place::K1).map(|(_, since)| since);
    let there = all.iter().filter_map(|one| since(one).map(|since| (one.child.id, since)));
    Ok(there.map(|(child, start)| CourtAuthority { kind: CourtKind::Secure, start, ..leave(record, child, 60, today) }).collect())
}

fn leave(record: &Record, child: Id<Child>, left: i32, today: Day) -> CourtAuthority {
    CourtAuthority {
        id: record.id(),
        child,
        kind: CourtKind::DeprivationOfLiberty,
        start: today.plus(-45),
        expires: today.plus(left),
        ended: None,
        court: "High Court (fictitious)".to_owned(),
        words: String::new(),
    }
}

/// One provider is paid to an account that two people agreed on; the account of another one waits for the second.
async fn bank_details(record: &Record, authority: &Authority) -> anyhow::Result<()> {
    let one = people::acting_as(record, &OWNER, authority, &format!("{}@example.gov.uk", Role::FinanceOfficer)).await?;
    let other = people::acting_as(record, &OWNER, authority, &format!("{}.2@example.gov.uk", Role::FinanceOfficer)).await?;
    let first = service_record::providers(record, &OWNER, authority.id, &ProviderFilter::default(), None, 2).await?;
    for (number, listed) in first.rows.iter().enumerate() {
        let provider = listed.provider.id;
        let account = BankAccount::read(&listed.provider.name, "00-00-00", &format!("0000000{number}"))
            .map_err(|_| anyhow::anyhow!("The demonstration has a provider whose name no account can have."))?;
        let id = service_record::propose_payee(record, &other, authority.id, provider, &account, WHY).await?;
        if number == 0 {
            service_record::confirm_payee(record, &one, authority.id, provider, (id, 1)).await?;
        }
    }
    Ok(())
}
