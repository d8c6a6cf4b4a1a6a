//! Foster households with all that bears on who may live there: the approval, the usual limit with its exemptions, who is whose brother or sister, and the
//! agency or service behind them (I3, I9, F16; Schedule 7 of the Children Act 1989).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use domain::capacity::plan::{Newcomer, Regard, Weight, against_service};
use domain::capacity::{Home, Stay, since};
use domain::case::{Kin, Sibling};
use domain::child::Child;
use domain::foster_home::plan::{Obstacle, obstacles_by, since_then};
use domain::foster_home::{Exemption, FosterHome, Kinship};
use domain::provider::{Provider, Status};
use domain::setting::{Kind, Setting};
use domain::{Day, Id};
use store::{Tx, Versioned};

use super::Record;
use super::settings::{self, Facts, plain};
use crate::Error;

/// Who is whose brother or sister, as cases say: the smaller identity first. Half, step and adopted ones count; those who grew up as one do not (F31).
#[derive(Debug, Default)]
pub(super) struct Siblings(BTreeSet<(Id<Child>, Id<Child>)>);

impl Siblings {
    pub(super) fn of(all: &[Sibling]) -> Self {
        let counted = all.iter().filter(|one| one.kin != Kin::LikeOne);
        Self(counted.filter_map(|one| one.other.map(|other| (one.child.min(other), one.child.max(other)))).collect())
    }

    /// Whether all of these are each other's.
    fn kinship(&self, children: &[Id<Child>]) -> Kinship {
        let children: BTreeSet<Id<Child>> = children.iter().copied().collect();
        let mut pairs =
            children.iter().flat_map(|one| children.range((Bound::Excluded(one), Bound::Unbounded)).map(move |other| (*one, *other)));
        if pairs.all(|pair| self.0.contains(&pair)) { Kinship::AllSiblings } else { Kinship::NotAll }
    }
}

/// An agency's branch, or an authority's own fostering service, with what bears on whether its households may have children.
#[derive(Clone, Copy)]
pub(super) struct Service<'h> {
    pub(super) home: Home<'h>,
    pub(super) regard: Regard<'h>,
}

/// Whether households belong to a setting of this kind.
pub(super) const fn is_service(kind: Kind) -> bool {
    matches!(kind, Kind::FosteringAgency | Kind::FosteringService)
}

/// A household with what bears on who may live there.
pub(super) struct Household<'h> {
    pub(super) home: &'h FosterHome,
    pub(super) stays: &'h [Stay],
    pub(super) exemptions: &'h [Exemption],
    pub(super) siblings: &'h Siblings,
    /// Branches of its provider.
    pub(super) services: Vec<Service<'h>>,
    /// How far the authority works with its provider.
    pub(super) status: Status,
}

/// What is broken by a stay that goes on.
pub(super) struct Broken<O> {
    pub(super) stay: Stay,
    /// Since which night.
    pub(super) since: Day,
    pub(super) what: O,
    /// Whether it is so tonight too; else it was so when the child came, and nobody can mend that.
    pub(super) goes_on: bool,
}

impl<'h> Household<'h> {
    /// Everything that stands against a child's coming, the law first.
    pub(super) fn against(&self, newcomer: &Newcomer, today: Day) -> Vec<Obstacle> {
        self.against_beside(self.stays, newcomer, today)
    }

    fn against_beside(&self, stays: &[Stay], newcomer: &Newcomer, today: Day) -> Vec<Obstacle> {
        let mut found = obstacles_by(self.home, stays, self.exemptions, newcomer, |children| self.siblings.kinship(children));
        match self.service(newcomer, today) {
            Some(service) => found.extend(against_service(&service.home, newcomer, service.regard).into_iter().map(Obstacle::Service)),
            None if !self.status.takes_new() => found.push(Obstacle::Service(domain::capacity::plan::Obstacle::Provider(self.status))),
            None => {}
        }
        found.sort_by_key(Obstacle::weight);
        found
    }

    /// What the law has come to say against a stay since its first night, each with the night since which it is so.
    pub(super) fn since_then(&self, stay: &Newcomer, today: Day) -> Vec<(Day, Obstacle)> {
        let mut found = since_then(self.home, self.exemptions, stay, today);
        let service = self.service(stay, today).map(|service| since::of_service(&service.home, stay, today));
        found.extend(service.into_iter().flatten().map(|(day, obstacle)| (day, Obstacle::Service(obstacle))));
        found
    }

    /// The branch that answers for the household. Of which it is stands in no register where its provider has several: the one that least stands against.
    pub(super) fn service(&self, stay: &Newcomer, today: Day) -> Option<&Service<'h>> {
        let law = |one: &Service<'_>| {
            let first = against_service(&one.home, stay, one.regard);
            first.iter().filter(|one| one.weight() == Weight::Law).count() + since::of_service(&one.home, stay, today).len()
        };
        self.services.iter().min_by_key(|one| law(one))
    }

    /// What the law says against those who live there today.
    pub(super) fn broken(&self, children: &BTreeMap<Id<Child>, Child>, today: Day) -> Vec<Broken<Obstacle>> {
        let here: Vec<Stay> = self.stays.iter().filter(|stay| stay.from <= today && stay.to.is_none_or(|to| today < to)).copied().collect();
        let mut all = Vec::new();
        for stay in &here {
            let Some(child) = children.get(&stay.child) else { continue };
            let lived = lived(child, stay, today);
            let law = |one: &Obstacle| one.weight() == Weight::Law;
            let tonight: Vec<Obstacle> =
                self.against_beside(&here, &Newcomer { from: today, ..lived.clone() }, today).into_iter().filter(law).collect();
            let first = self.against_beside(&here, &lived, today).into_iter().filter(law).map(|what| (stay.from, what));
            let found = first.chain(self.since_then(&lived, today));
            all.extend(found.map(|(since, what)| Broken {
                stay: *stay,
                since,
                goes_on: tonight.iter().any(|one| one.is_alike(&what)),
                what,
            }));
        }
        all
    }
}

/// A stay as far as it has come: what is to come is a plan, so it is looked at up to tonight.
pub(super) const fn lived(child: &Child, stay: &Stay, today: Day) -> Newcomer {
    Newcomer { child: child.id, born: child.born, sex: child.sex, from: stay.from, to: Some(today.plus(1)), sharing: stay.sharing }
}

/// One household as the record has it.
pub(super) struct Known {
    pub(super) home: FosterHome,
    pub(super) provider: Provider,
    pub(super) stays: Vec<Stay>,
    exemptions: Vec<Exemption>,
    siblings: Siblings,
    services: Vec<Facts>,
}

impl Known {
    /// Reads it, with the brothers and sisters of those who live there and of somebody who is to come; nothing where there is no such household.
    pub(super) async fn read(tx: &mut Tx, record: &Record, id: Id<FosterHome>, coming: Option<Id<Child>>) -> Result<Option<Self>, Error> {
        let Some(home): Option<Versioned<FosterHome>> = store::find(tx, id).await? else { return Ok(None) };
        let Some(provider): Option<Versioned<Provider>> = store::find(tx, home.fact.provider).await? else { return Ok(None) };
        let stays = store::lodging::in_foster_home(tx, id).await?;
        let mut kin: Vec<Sibling> = Vec::new();
        for child in stays.iter().map(|stay| stay.child).chain(coming).collect::<BTreeSet<_>>() {
            kin.extend(plain(&store::of(tx, child).await?));
        }
        let branches: Vec<Versioned<Setting>> = store::of(tx, provider.fact.id).await?;
        let mut services = Vec::new();
        for branch in branches.iter().filter(|known| is_service(known.fact.kind)) {
            services.push(settings::read(tx, record, branch.fact.id, None).await?.facts());
        }
        let exemptions = plain(&store::of(tx, id).await?);
        Ok(Some(Self { home: home.fact, provider: provider.fact, stays, exemptions, siblings: Siblings::of(&kin), services }))
    }

    pub(super) fn household(&self) -> Household<'_> {
        Household {
            home: &self.home,
            stays: &self.stays,
            exemptions: &self.exemptions,
            siblings: &self.siblings,
            services: self.services.iter().map(|facts| Service { home: facts.home(), regard: facts.regard() }).collect(),
            status: self.provider.status,
        }
    }
}
