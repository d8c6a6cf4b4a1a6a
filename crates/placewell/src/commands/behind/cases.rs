//! What stands in the cases of the demonstration beside the returns: invented names in the vault, who works with whom, needs, brothers and sisters, reviews,
//! visits, health, plans and the children's own words.

use std::collections::BTreeMap;

use domain::access::Role;
use domain::case::{
    Absence, Allocation, Assessor, HealthAssessment, HealthKind, Interview, Kin, MissingEpisode, NeedProfile, Participation, Plan,
    PlanKind, Review, Seen, Sibling, Together, Visit, Voice,
};
use domain::child::Child;
use domain::person::Person;
use domain::vault::Kind;
use domain::{Day, Id};
use example::{Told, told};
use service::record::{Authority, Record, case};

use crate::commands::record::OWNER;

/// Why the log says it was recorded.
pub(super) const WHY: &str = "invented for the demonstration";

/// Every how many children one has the whole of it; a name and who works with them all have.
const EACH: usize = 3;

/// A child in care with its invented words.
struct One {
    child: Child,
    since: Day,
    told: Told,
    age: u32,
}

/// Puts invented facts into the cases of the children who are in care today, and says who they are and since when.
pub(super) async fn furnish(
    record: &Record,
    authority: &Authority,
    people: &[(Role, Id<Person>)],
) -> anyhow::Result<Vec<(Id<Child>, Day)>> {
    let today = record.today();
    let all = children(record, authority, today).await?;
    let some: Vec<&One> = all.iter().step_by(EACH).collect();
    let words: Vec<(Id<Child>, Kind, String)> = all.iter().flat_map(words).collect();
    case::take_words(record, &OWNER, authority.id, &words, WHY).await?;
    take(record, authority, &allocations(record, &all, people, today)).await?;
    take(record, authority, &siblings(record, &all)).await?;
    take(record, authority, &some.iter().map(|one| needs(record, one)).collect::<Vec<_>>()).await?;
    take(record, authority, &some.iter().map(|one| voice(record, one, today)).collect::<Vec<_>>()).await?;
    take(record, authority, &some.iter().flat_map(|one| reviews(record, one, today)).collect::<Vec<_>>()).await?;
    take(record, authority, &some.iter().flat_map(|one| visits(record, one, today)).collect::<Vec<_>>()).await?;
    take(record, authority, &all.iter().flat_map(|one| health(record, one, today)).collect::<Vec<_>>()).await?;
    take(record, authority, &some.iter().flat_map(|one| plans(record, one, today)).collect::<Vec<_>>()).await?;
    take(record, authority, &all.iter().filter_map(|one| missing(record, one, today)).collect::<Vec<_>>()).await?;
    Ok(all.iter().map(|one| (one.child.id, one.since)).collect())
}

async fn take<F: case::CaseFact>(record: &Record, authority: &Authority, facts: &[F]) -> anyhow::Result<()> {
    Ok(case::take(record, &OWNER, authority.id, facts, WHY).await?)
}

async fn children(record: &Record, authority: &Authority, today: Day) -> anyhow::Result<Vec<One>> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = case::list(record, &OWNER, authority.id, &case::Question::default(), after.as_ref(), 500).await?;
        for row in page.rows {
            let age = row.child.born.age_at(today);
            let told = told(all.len() as u64, row.child.sex, age);
            // Whoever is listed as in care has a day since when.
            all.push(One { since: row.in_care_since.unwrap_or(row.child.born), told, age, child: row.child });
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(all),
        }
    }
}

fn words(one: &One) -> Vec<(Id<Child>, Kind, String)> {
    let (child, told) = (one.child.id, &one.told);
    let mut words = vec![(child, Kind::Name, told.name.clone()), (child, Kind::HomeAddress, told.address.clone())];
    words.extend(told.known_as.map(|name| (child, Kind::KnownAs, name.to_owned())));
    if one.age > 11 {
        words.push((child, Kind::Telephone, told.telephone.clone()));
    }
    words
}

/// Every child has one of the social workers and one of the reviewing officers; a few have a quality officer too.
fn allocations(record: &Record, all: &[One], people: &[(Role, Id<Person>)], today: Day) -> Vec<Allocation> {
    let mut allocations = Vec::new();
    for (role, each) in [(Role::SocialWorker, 1), (Role::IndependentReviewingOfficer, 1), (Role::QualityOfficer, 60)] {
        let theirs = people.iter().filter(|(other, _)| *other == role).map(|(_, person)| *person);
        for (one, person) in all.iter().step_by(each).zip(theirs.cycle()) {
            let start = today.plus(-200).max(one.since);
            allocations.push(Allocation { id: record.id(), child: one.child.id, person, start, end: None });
        }
    }
    allocations
}

/// Children who came into care on the same day are told as brothers and sisters of each other, up to four of them.
fn siblings(record: &Record, all: &[One]) -> Vec<Sibling> {
    let mut groups: BTreeMap<Day, Vec<&One>> = BTreeMap::new();
    for one in all {
        groups.entry(one.since).or_default().push(one);
    }
    let mut siblings = Vec::new();
    for group in groups.values().filter(|group| (2..=4).contains(&group.len())) {
        for one in group {
            for other in group.iter().filter(|other| other.child.id != one.child.id) {
                siblings.push(Sibling {
                    id: record.id(),
                    child: one.child.id,
                    other: Some(other.child.id),
                    kin: if one.age.abs_diff(other.age) > 7 { Kin::Half } else { Kin::Full },
                    born: Some(other.child.born),
                    wish: if one.age < 4 { Together::NotKnown } else { Together::Together },
                    plan: if group.len() < 4 { Together::Together } else { Together::ApartInTouch },
                    words: "See each other on Sundays where they live apart.".to_owned(),
                });
            }
        }
    }
    siblings
}

fn needs(record: &Record, one: &One) -> NeedProfile {
    let told = &one.told;
    NeedProfile {
        id: record.id(),
        child: one.child.id,
        day: one.since.plus(14),
        alongside: told.alongside,
        risks: told.risks,
        health: told.health.to_owned(),
        education: if one.age < 4 { String::new() } else { told.education.to_owned() },
        communication: String::new(),
        culture: String::new(),
        home: told.home.to_owned(),
    }
}

fn voice(record: &Record, one: &One, today: Day) -> Voice {
    Voice {
        id: record.id(),
        child: one.child.id,
        day: today.plus(-30).max(one.since),
        channel: one.told.channel,
        words: one.told.voice.to_owned(),
        heard_by: "Invented social worker".to_owned(),
    }
}

/// The last two reviews that were due, held, and the next one.
fn reviews(record: &Record, one: &One, today: Day) -> Vec<Review> {
    let mut due = vec![one.since.plus(28)];
    while let Some(&last) = due.last().filter(|last| **last <= today) {
        due.push(last.plus_months(if due.len() == 1 { 3 } else { 6 }));
    }
    let from = due.len().saturating_sub(3);
    let review = |day: Day| Review {
        id: record.id(),
        child: one.child.id,
        due: day,
        // One in a few was held a week late.
        held: (day <= today).then(|| if one.told.telephone.ends_with('7') { day.plus(7).min(today) } else { day.plus(-2).max(one.since) }),
        participation: if day > today {
            Participation::NotKnown
        } else if one.child.born.age_at(day) < 4 {
            Participation::UnderFour
        } else {
            Participation::Spoke
        },
        decisions: if day > today { String::new() } else { one.told.decision.to_owned() },
    };
    due[from..].iter().map(|&day| review(day)).collect()
}

/// Visits of the last half year, six weeks apart, and the next one.
fn visits(record: &Record, one: &One, today: Day) -> Vec<Visit> {
    let first = one.since.plus(7).max(today.plus(-160));
    (0..5)
        .map(|number| first.plus(42 * number))
        .map(|due| Visit {
            id: record.id(),
            child: one.child.id,
            due: Some(due),
            made: (due <= today).then(|| due.plus(-1).max(one.since)),
            seen: if due <= today { Seen::Alone } else { Seen::NotKnown },
            by: "Invented social worker".to_owned(),
            words: if due <= today { one.told.visit.to_owned() } else { String::new() },
        })
        .collect()
}

/// Most children have the last assessment that was due, some of them late; a few have none. Beside it stand a dental check and, of those from 4 to 16, a
/// questionnaire.
fn health(record: &Record, one: &One, today: Day) -> Vec<HealthAssessment> {
    let (lasts, mark) = (|day: Day| if one.child.born.age_at(day) < 5 { 6 } else { 12 }, one.told.telephone.bytes().last());
    let mut due = vec![one.since.plus(28)];
    while let Some(&last) = due.last().filter(|last| **last <= today) {
        due.push(last.plus_months(lasts(last)));
    }
    let fact = |kind, due: Option<Day>, held: Option<Day>, by, score| HealthAssessment {
        id: record.id(),
        child: one.child.id,
        kind,
        due,
        held,
        by,
        score,
        words: String::new(),
    };
    let mut all = Vec::new();
    let from = due.len().saturating_sub(3);
    for (number, &day) in due.iter().enumerate().skip(from) {
        let (kind, by) = if number == 0 { (HealthKind::Initial, Assessor::Doctor) } else { (HealthKind::Review, Assessor::Nurse) };
        let held = match mark {
            Some(b'5') => None,
            Some(b'7') => Some(day.plus(19)).filter(|held| *held <= today),
            _ => Some(day.plus(-3)).filter(|held| *held <= today),
        };
        all.push(fact(kind, Some(day), held, if held.is_some() { by } else { Assessor::NotKnown }, None));
    }
    let checked = today.plus(-100);
    if one.since < checked && mark != Some(b'5') {
        all.push(fact(HealthKind::Dental, None, Some(checked), Assessor::Dentist, None));
        all.push(fact(HealthKind::Immunisations, None, Some(checked), Assessor::Nurse, None));
        if (4..=16).contains(&one.child.born.age_at(checked)) {
            let score = 8 + one.age % 12;
            all.push(fact(HealthKind::Questionnaire, None, Some(checked), Assessor::Carer, Some(score)));
        }
    }
    all
}

fn plans(record: &Record, one: &One, today: Day) -> Vec<Plan> {
    let kinds: &[PlanKind] = if one.age >= 16 { &[PlanKind::Care, PlanKind::Pathway] } else { &[PlanKind::Care, PlanKind::Placement] };
    let plan = |&kind: &PlanKind| {
        let agreed = one.since.plus(5).min(today);
        Plan {
            id: record.id(),
            child: one.child.id,
            kind,
            agreed,
            again: Some(agreed.plus_months(6)),
            ended: None,
            aim: one.told.aim.to_owned(),
        }
    };
    kinds.iter().map(plan).collect()
}

/// A few of the older ones were missing once.
fn missing(record: &Record, one: &One, today: Day) -> Option<MissingEpisode> {
    let start = today.plus(-90);
    let was_gone = one.age >= 12 && one.since < start && one.told.telephone.ends_with('3');
    was_gone.then(|| MissingEpisode {
        id: record.id(),
        child: one.child.id,
        kind: Absence::Missing,
        start,
        end: Some(start.plus(1)),
        offered: Some(start.plus(if one.age == 15 { 6 } else { 2 })),
        interview: Interview::Held,
    })
}
