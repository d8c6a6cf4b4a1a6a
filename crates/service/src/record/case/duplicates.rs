//! Children who may stand in the record twice, with the reasons to think so (F28). Nobody is merged by a rule: a person looks at both.

use std::collections::{BTreeMap, BTreeSet};

use domain::Id;
use domain::access::{Action, Actor, On, permit};
use domain::authority::Authority;
use domain::case::Sibling;
use domain::child::Child;
use domain::merge::Merge;
use domain::period::PeriodOfCare;
use domain::placement::Placement;
use domain::vault::{Kept, Kind};
use store::{Event, Tx};

use super::super::{Record, allowed};
use super::vault::open;
use crate::Error;

/// Two entries that may be one child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// The one that was recorded first.
    pub one: Child,
    /// The other.
    pub other: Child,
    /// Why, each reason a sentence without its full stop. The words of the vault are not in them.
    pub reasons: Vec<String>,
}

/// What bears on whether two entries are one child.
struct Evidence {
    placements: BTreeMap<Id<Child>, Vec<Placement>>,
    periods: BTreeMap<Id<Child>, Vec<PeriodOfCare>>,
    words: BTreeMap<Id<Child>, BTreeSet<(Kind, String)>>,
    siblings: BTreeSet<(Id<Child>, Id<Child>)>,
}

/// Pairs that may be one child, those with the most reasons first: the same number in the vault, or the same day of birth and sex with another reason.
/// The vault is compared by the program; nobody is shown a word of it, and the log says that it was looked through.
///
/// # Errors
/// [`Error::Denied`].
pub async fn duplicates(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Suspicion>, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::ChildMerge, On::authority(authority))?, record.moment()).await?;
    let within = |child: &Child| permit(actor, Action::ChildMerge, On::case(authority, child.id, child.restricted)).is_ok();
    let found = suspected(record, &mut tx, authority, within).await?;
    tx.commit(Event::of("authority", authority).because("looked for children who stand in the record twice")).await?;
    Ok(found)
}

/// The same in a change that is under way, among the children that `within` lets through.
pub(in crate::record) async fn suspected(
    record: &Record,
    tx: &mut Tx,
    authority: Id<Authority>,
    within: impl Fn(&Child) -> bool,
) -> Result<Vec<Suspicion>, Error> {
    let merged: BTreeSet<Id<Child>> =
        store::all::<Merge>(tx).await?.into_iter().flat_map(|known| [known.fact.child, known.fact.under]).collect();
    let all: Vec<Child> = store::all::<Child>(tx).await?.into_iter().map(|known| known.fact).collect();
    let children: Vec<Child> = all.into_iter().filter(|child| !merged.contains(&child.id) && within(child)).collect();
    let evidence = Evidence::read(record, tx, authority).await?;
    let mut found: Vec<Suspicion> = pairs(&children, &evidence).filter_map(|(one, other)| evidence.suspect(one, other)).collect();
    found.sort_by(|a, b| b.reasons.len().cmp(&a.reasons.len()).then_with(|| a.one.reference.cmp(&b.one.reference)));
    Ok(found)
}

/// Pairs worth looking at: born on the same day, or with the same number in the vault.
fn pairs<'c>(children: &'c [Child], evidence: &Evidence) -> impl Iterator<Item = (&'c Child, &'c Child)> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, child) in children.iter().enumerate() {
        alike.entry(format!("born {}", child.born)).or_default().push(at);
        for (kind, text) in evidence.words.get(&child.id).into_iter().flatten().filter(|(kind, _)| is_number(*kind)) {
            alike.entry(format!("{kind} {text}")).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for group in alike.values() {
        for (from, &one) in group.iter().enumerate() {
            pairs.extend(group[from + 1..].iter().filter(|&&other| other != one).map(|&other| (one, other)));
        }
    }
    pairs.into_iter().map(|(one, other)| (&children[one], &children[other]))
}

/// Numbers that are given to one child alone.
const fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Nhs | Kind::Upn | Kind::HomeOffice)
}

impl Evidence {
    async fn read(record: &Record, tx: &mut Tx, authority: Id<Authority>) -> Result<Self, Error> {
        let mut evidence =
            Self { placements: BTreeMap::new(), periods: BTreeMap::new(), words: BTreeMap::new(), siblings: BTreeSet::new() };
        for known in store::all::<Placement>(tx).await? {
            evidence.placements.entry(known.fact.child).or_default().push(known.fact);
        }
        for known in store::all::<PeriodOfCare>(tx).await? {
            evidence.periods.entry(known.fact.child).or_default().push(known.fact);
        }
        for kept in store::all::<Kept>(tx).await? {
            let word = open(record, authority, &kept)?;
            evidence.words.entry(kept.fact.child).or_default().insert((word.kind, plain(&word.text)));
        }
        for known in store::all::<Sibling>(tx).await? {
            evidence.siblings.extend(known.fact.other.into_iter().flat_map(|other| [(known.fact.child, other), (other, known.fact.child)]));
        }
        Ok(evidence)
    }

    fn suspect(&self, one: &Child, other: &Child) -> Option<Suspicion> {
        let twins = self.siblings.contains(&(one.id, other.id));
        let sexes = one.sex == other.sex || [one, other].iter().any(|child| child.sex.is_blank() || child.sex == domain::Code::of("U"));
        let numbers = self.shared(one, other, is_number);
        let alike = one.born == other.born && sexes && !twins;
        let mut reasons: Vec<String> = numbers.iter().map(|kind| format!("The vault holds the same {} for both", named(*kind))).collect();
        if alike {
            reasons.extend(
                self.shared(one, other, |kind| matches!(kind, Kind::Name | Kind::KnownAs))
                    .first()
                    .map(|_| "A name of theirs is the same".to_owned()),
            );
            reasons.extend(near(&one.reference, &other.reference));
            reasons.extend(self.moved_on(one, other));
            reasons.extend(self.lived_together(one, other));
        }
        if reasons.is_empty() {
            return None;
        }
        if alike {
            reasons.insert(0, format!("Both were born on {}, and their sex is the same or not known", one.born.long()));
        }
        let (one, other) = if one.id <= other.id { (one, other) } else { (other, one) };
        Some(Suspicion { one: one.clone(), other: other.clone(), reasons })
    }

    /// The kinds of word of which both have the same one.
    fn shared(&self, one: &Child, other: &Child, which: impl Fn(Kind) -> bool) -> Vec<Kind> {
        let none = BTreeSet::new();
        let (ones, others) = (self.words.get(&one.id).unwrap_or(&none), self.words.get(&other.id).unwrap_or(&none));
        let mut kinds: Vec<Kind> = ones
            .iter()
            .filter(|(kind, text)| {
                which(*kind) && others.iter().any(|(same, word)| which(*same) && (!is_number(*kind) || same == kind) && word == text)
            })
            .map(|(kind, _)| *kind)
            .collect();
        kinds.dedup();
        kinds
    }

    /// One left care on the day on which the other came in.
    fn moved_on(&self, one: &Child, other: &Child) -> Option<String> {
        let of = |child: &Child| self.periods.get(&child.id).map_or(&[][..], Vec::as_slice);
        let joins = |a: &[PeriodOfCare], b: &[PeriodOfCare]| {
            a.iter().filter_map(|period| period.end).find(|end| b.iter().any(|period| period.start == *end))
        };
        let day = joins(of(one), of(other)).or_else(|| joins(of(other), of(one)))?;
        Some(format!("One left care on {}, the day on which the other came into care", day.long()))
    }

    /// Both lived in the same place from the same day.
    fn lived_together(&self, one: &Child, other: &Child) -> Option<String> {
        let of = |child: &Child| self.placements.get(&child.id).map_or(&[][..], Vec::as_slice);
        let same =
            |a: &&Placement| of(other).iter().any(|b| a.start == b.start && a.kind == b.kind && a.postcode == b.postcode && a.urn == b.urn);
        let start = of(one).iter().find(same)?.start;
        Some(format!("Both moved into the same place on {}; twins do, too", start.long()))
    }
}

/// A word without what people write differently.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::Nhs => "NHS number",
        Kind::Upn => "unique pupil number",
        _ => "Home Office number",
    }
}

/// References that differ by one slip of the hand.
fn near(one: &str, other: &str) -> Option<String> {
    let (a, b) = (plain(one), plain(other));
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    let near = a.len() > 3 && b.len() > 3 && strsim::damerau_levenshtein(a, b) <= 1;
    near.then(|| format!("Their references are nearly the same: {one} and {other}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_near_and_a_number_beside_is_too() {
        assert!(near("104532", "0104532").is_some(), "a nought before");
        assert!(near("104532", "104352").is_some(), "two figures exchanged");
        assert!(near("104532", "104533").is_some());
        assert!(near("104532", "201533").is_none());
        assert!(near("12", "13").is_none(), "short ones are all near each other");
    }
}
