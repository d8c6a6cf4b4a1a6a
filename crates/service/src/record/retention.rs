//! Case records whose time has come, and their going: by rule, never by wish (regulation 50; dossier I18).

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::case::Allocation;
use domain::child::Child;
use domain::code::rec;
use domain::merge::Merge;
use domain::period::PeriodOfCare;
use domain::placement::Placement;
use domain::retention::{Rule, kept_until};
use domain::{Day, Id};
use store::{Event, View};

use super::settings::plain;
use super::{Record, allowed};
use crate::Error;

/// A child whose case record may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expired {
    /// Who.
    pub child: Child,
    /// The first day on which it may go.
    pub since: Day,
    /// Why.
    pub rule: Rule,
}

/// What was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Children whose case record is gone.
    pub children: usize,
    /// Facts that went with them.
    pub facts: usize,
}

/// The case records that may go by now, the longest due first.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner.
pub async fn expired(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Expired>, Error> {
    let mut view = record.db.read(allowed(actor, Action::RecordErase, On::authority(authority))?).await?;
    read_due(&mut view, record.today()).await
}

/// Erases the case records whose time has come, all of them or none, with one entry in the log that says by which rule. What the log says of them goes too;
/// that they were there, and who worked with them, stays, and so does by what no export of a case system brings them back.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner; [`Error::Unusable`] without a reason.
pub async fn erase_expired(record: &Record, actor: &Actor, authority: Id<Authority>, reason: &str) -> Result<Erased, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Unusable("Say who decided that these records go, and when: it stays in the log.".to_owned()));
    }
    let mut tx = record.db.begin(allowed(actor, Action::RecordErase, On::authority(authority))?, record.moment()).await?;
    let mut erased = Erased::default();
    for one in read_due(&mut tx, record.today()).await? {
        erased.facts += store::erase::child(&mut tx, one.child.id, one.rule).await?;
        store::erase::remember(&mut tx, &record.known_erased(authority, &one.child.reference)).await?;
        erased.children += 1;
    }
    if erased.children > 0 {
        tx.commit(Event::of("authority", authority).because(reason)).await?;
    }
    Ok(erased)
}

/// Every entry is judged with the one that it stands under (F28): they are one child, who was born once and whose records go together.
///
/// An entry whose case goes on, or tells of care after the death or from the eighteenth birthday on, is never due: then a day of birth or of death is mistyped,
/// and a person must mend it first.
fn due(children: Vec<Child>, periods: &[PeriodOfCare], lived: &[Lived], merges: &[Merge], today: Day) -> Vec<Expired> {
    let under: BTreeMap<Id<Child>, Id<Child>> = merges.iter().map(|merge| (merge.child, merge.under)).collect();
    let standing = |child: Id<Child>| under.get(&child).copied().unwrap_or(child);
    let mut died: BTreeMap<Id<Child>, Day> = BTreeMap::new();
    for (child, day) in periods.iter().filter(|one| one.ceased == rec::E2).filter_map(|one| one.end.map(|end| (standing(one.child), end))) {
        died.entry(child).and_modify(|known| *known = day.max(*known)).or_insert(day);
    }
    let born: BTreeMap<Id<Child>, Day> = children.iter().map(|child| (child.id, child.born)).collect();
    let mut by_child: BTreeMap<Id<Child>, Vec<&Lived>> = BTreeMap::new();
    for one in lived {
        by_child.entry(standing(one.child)).or_default().push(one);
    }
    let one = |child: Child| {
        let whole = standing(child.id);
        let (born, died) = (born.get(&whole).copied().unwrap_or(child.born), died.get(&whole).copied());
        let (since, rule) = kept_until(born, died);
        let belied = by_child.get(&whole).into_iter().flatten().any(|one| one.belies(born, died, today));
        (since <= today && !belied).then_some(Expired { child, since, rule })
    };
    let mut due: Vec<Expired> = children.into_iter().filter_map(one).collect();
    due.sort_by(|one, other| (one.since, &one.child.reference).cmp(&(other.since, &other.child.reference)));
    due
}

/// What is judged, each table read once.
async fn read_due(view: &mut View, today: Day) -> Result<Vec<Expired>, Error> {
    let children = store::all::<Child>(view).await?.into_iter().map(|known| known.fact).collect();
    let (periods, merges): (Vec<PeriodOfCare>, Vec<Merge>) = (plain(&store::all(view).await?), plain(&store::all(view).await?));
    let (placements, allocations): (Vec<Placement>, Vec<Allocation>) = (plain(&store::all(view).await?), plain(&store::all(view).await?));
    let mut lived: Vec<Lived> = periods.iter().map(|one| Lived { child: one.child, start: Some(one.start), end: one.end }).collect();
    lived.extend(placements.iter().map(|one| Lived { child: one.child, start: Some(one.start), end: one.end }));
    // Somebody may work with a care leaver long after 18: only that they still do says something.
    lived.extend(allocations.iter().map(|one| Lived { child: one.child, start: None, end: one.end }));
    Ok(due(children, &periods, &lived, &merges, today))
}

/// What a case tells of a time: care, a home, somebody who worked with the child.
struct Lived {
    child: Id<Child>,
    /// The first day, where a child of 18 has no such time.
    start: Option<Day>,
    end: Option<Day>,
}

impl Lived {
    /// Whether it cannot be true of somebody who was born and died on these days, or goes on.
    fn belies(&self, born: Day, died: Option<Day>, today: Day) -> bool {
        let grown_up = self.start.is_some_and(|start| born.anniversary(18) <= start);
        let after_death = self.start.zip(died).is_some_and(|(start, died)| died <= start);
        grown_up || after_death || self.end.is_none_or(|end| today < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Code;
    use domain::history::Uasc;
    use domain::period::Kind;
    use uuid::Uuid;

    fn id<Of>(n: u128) -> Id<Of> {
        Id::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn entries_of_one_child_go_together_by_the_birth_and_death_of_the_one_they_stand_under() {
        let day = |year| Day::from_ymd(year, 3, 4).unwrap();
        let child = |number, born| Child {
            id: id(number),
            authority: id(9),
            reference: format!("R-{number}"),
            born: day(born),
            sex: Code::BLANK,
            ethnicity: Code::BLANK,
            asylum: Uasc::NotKnown,
            restricted: false,
        };
        let ended = |child: u128, year, ceased| PeriodOfCare {
            id: id(child),
            child: id(child),
            kind: Kind::Care,
            start: day(year - 1),
            end: Some(day(year)),
            ceased,
        };
        let children = vec![child(1, 1990), child(2, 1940), child(3, 1951), child(4, 1952)];
        let periods = [ended(2, 2000, rec::E2), ended(3, 1960, Code::of("E4A"))];
        let merges = [Merge { id: id(1), child: id(2), under: id(1) }];
        let gone = |year, merges: &[Merge]| -> Vec<(String, Rule)> {
            due(children.clone(), &periods, &[], merges, day(year)).into_iter().map(|one| (one.child.reference, one.rule)).collect()
        };
        let (death, life) = (Rule::FifteenYearsAfterDeath, Rule::SeventyFiveYears);
        assert_eq!(gone(2014, &merges), []);
        // The death stands in the entry that was joined, the birth in the one that it stands under.
        assert_eq!(gone(2015, &merges), [("R-1".to_owned(), death), ("R-2".to_owned(), death)]);
        assert_eq!(gone(2026, &merges)[2..], [("R-3".to_owned(), life)]);
        assert_eq!(gone(2015, &[]), [("R-2".to_owned(), life)], "apart, each is a child of its own");
        // A day that was mistyped is no reason to erase the case of somebody in care.
        let still = |lived: Lived| due(children.clone(), &periods, &[lived], &merges, day(2026)).iter().any(|one| one.child.id == id(3));
        let lived = |start, end: Option<u32>| Lived { child: id(3), start: Some(day(start)), end: end.map(day) };
        assert!(still(lived(1955, Some(1960))), "a life that agrees with the birth");
        assert!(!still(lived(1955, None)), "in care today");
        assert!(!still(lived(2015, Some(2020))), "in care at 64: born in another year");
        assert!(!still(Lived { start: None, ..lived(2020, None) }), "somebody works there");
        // A death that was mistyped, and a second period since.
        let second = Lived { child: id(1), start: Some(day(2005)), end: Some(day(2007)) };
        let due = due(children.clone(), &periods, &[second], &merges, day(2026));
        assert!(due.iter().all(|one| one.child.id != id(1) && one.child.id != id(2)), "{due:?}");
    }
}
