//! What breaks approval or the fostering limit in a foster home, seen as it is in any other home (I0, I3; Schedule 7 of the Children Act 1989).

use std::collections::{BTreeMap, BTreeSet};

use domain::alert::Kind;
use domain::capacity::Stay;
use domain::capacity::plan::{Newcomer, Weight};
use domain::case::{Kin, Sibling};
use domain::child::Child;
use domain::foster_home::plan::{Obstacle, obstacles};
use domain::foster_home::{Exemption, FosterHome, Kinship};
use domain::lodging::Place;
use domain::{Day, Id};
use store::{Tx, Versioned};

use super::super::settings::plain;
use super::{Raiser, children_of};
use crate::Error;

/// Who is whose brother or sister, as cases say: the smaller identity first. Half, step and adopted ones count; those who grew up as one do not (F31).
#[derive(Debug, Default)]
struct Siblings(BTreeSet<(Id<Child>, Id<Child>)>);

impl Siblings {
    fn of(all: &[Sibling]) -> Self {
        let counted = all.iter().filter(|one| one.kin != Kin::LikeOne);
        Self(counted.filter_map(|one| one.other.map(|other| (one.child.min(other), one.child.max(other)))).collect())
    }

    /// Whether all of these are each other's.
    fn kinship(&self, children: &BTreeSet<Id<Child>>) -> Kinship {
        let mut pairs = children
            .iter()
            .flat_map(|one| children.range((std::ops::Bound::Excluded(one), std::ops::Bound::Unbounded)).map(move |other| (*one, *other)));
        if pairs.all(|pair| self.0.contains(&pair)) { Kinship::AllSiblings } else { Kinship::NotAll }
    }
}

/// Whether all of these children are each other's brothers and sisters, as their cases say.
pub(in crate::record) async fn kinship(tx: &mut Tx, children: BTreeSet<Id<Child>>) -> Result<Kinship, Error> {
    let mut known: Vec<Sibling> = Vec::new();
    for &child in &children {
        known.extend(plain(&store::of(tx, child).await?));
    }
    Ok(Siblings::of(&known).kinship(&children))
}

/// A foster home with what bears on who may live there.
struct Household<'h> {
    home: &'h FosterHome,
    stays: &'h [Stay],
    exemptions: &'h [Exemption],
}

impl Household<'_> {
    /// What the law says against those who live there today, each with the stay.
    fn broken(&self, children: &BTreeMap<Id<Child>, Child>, siblings: &Siblings, today: Day) -> Vec<(Stay, Obstacle)> {
        let here: Vec<Stay> = self.stays.iter().filter(|stay| stay.from <= today && stay.to.is_none_or(|to| today < to)).copied().collect();
        let kinship = siblings.kinship(&here.iter().map(|stay| stay.child).collect());
        let lawless = |stay: &Stay| {
            let Some(child) = children.get(&stay.child) else { return Vec::new() };
            let to = Some(today.plus(1));
            let lived = Newcomer { child: child.id, born: child.born, sex: child.sex, from: stay.from, to, sharing: stay.sharing };
            let found = obstacles(self.home, &here, self.exemptions, &lived, kinship);
            found.into_iter().filter(|one| one.weight() == Weight::Law).map(|one| (*stay, one)).collect()
        };
        here.iter().flat_map(lawless).collect()
    }

    async fn raise(&self, tx: &mut Tx, raiser: &mut Raiser<'_>, broken: Vec<(Stay, Obstacle)>) -> Result<(), Error> {
        for (stay, obstacle) in broken {
            let words = format!("{}: {obstacle}", self.home.reference);
            raiser.raise(tx, Some(Place::FosterHome(self.home.id)), [stay.child], (Kind::Breach, stay.from, &words)).await?;
        }
        Ok(())
    }
}

/// Looks at every foster home of the register.
pub(super) async fn look(tx: &mut Tx, raiser: &mut Raiser<'_>, children: &BTreeMap<Id<Child>, Child>, today: Day) -> Result<(), Error> {
    let mut stays: BTreeMap<Id<FosterHome>, Vec<Stay>> = BTreeMap::new();
    for (home, stay) in store::lodging::in_foster_homes(tx).await? {
        stays.entry(home).or_default().push(stay);
    }
    if stays.is_empty() {
        return Ok(());
    }
    let (homes, exemptions): (Vec<FosterHome>, Vec<Exemption>) = (plain(&store::all(tx).await?), plain(&store::all(tx).await?));
    let siblings = Siblings::of(&plain(&store::all(tx).await?));
    for home in &homes {
        let Some(stays) = stays.get(&home.id) else { continue };
        let household = Household { home, stays, exemptions: &exemptions };
        let broken = household.broken(children, &siblings, today);
        household.raise(tx, raiser, broken).await?;
    }
    Ok(())
}

/// Looks at one foster home.
pub(super) async fn look_at(tx: &mut Tx, raiser: &mut Raiser<'_>, id: Id<FosterHome>, today: Day) -> Result<(), Error> {
    let Some(home): Option<Versioned<FosterHome>> = store::find(tx, id).await? else { return Ok(()) };
    let stays = store::lodging::in_foster_home(tx, id).await?;
    let exemptions: Vec<Exemption> = plain(&store::of(tx, id).await?);
    let children = children_of(tx, &stays).await?;
    let mut known: Vec<Sibling> = Vec::new();
    for &child in children.keys() {
        known.extend(plain(&store::of(tx, child).await?));
    }
    let household = Household { home: &home.fact, stays: &stays, exemptions: &exemptions };
    let broken = household.broken(&children, &Siblings::of(&known), today);
    household.raise(tx, raiser, broken).await
}
