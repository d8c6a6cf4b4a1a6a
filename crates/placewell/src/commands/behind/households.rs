//! In which household of the demonstration each child lives who is fostered by the authority's own carers: those who came on one day together where there is
//! room, and nobody beyond the approval, the usual limit or the ages.

use std::collections::BTreeMap;

use domain::code::{place, provider};
use domain::foster_home::{FosterHome, Stage, USUAL_LIMIT};
use domain::placement::Placement;
use domain::{Day, Id};
use service::record::lists::FosterHomeFilter;
use service::record::{self as service_record, Authority, Record, case};

use super::cases::WHY;
use crate::commands::record::OWNER;

/// A household with the children who live there so far.
struct Household {
    home: FosterHome,
    living: usize,
}

impl Household {
    /// Whether so many may come on a day, who are of these ages while they live there.
    fn takes(&self, many: usize, ages: &[u32], from: Day) -> bool {
        let home = &self.home;
        let most = home.places.min(USUAL_LIMIT) as usize;
        let of_age = ages.iter().all(|age| (home.youngest..=home.oldest).contains(age));
        home.stage == Stage::Approved && home.is_approved_on(from) && self.living + many <= most && of_age
    }
}

/// Puts the children of the authority's own carers into households.
pub(super) async fn furnish(record: &Record, authority: &Authority) -> anyhow::Result<()> {
    let today = record.today();
    let born: BTreeMap<_, Day> =
        service_record::children(record, &OWNER, authority.id).await?.into_iter().map(|one| (one.child.id, one.child.born)).collect();
    let mut households = households(record, authority).await?;
    let ours = |one: &Placement| one.provider == provider::PR1 && [place::U4, place::U5, place::U6].contains(&one.kind);
    let mut together: BTreeMap<Day, Vec<Placement>> = BTreeMap::new();
    for one in case::fostered(record, &OWNER, authority.id, today).await?.into_iter().filter(ours) {
        together.entry(one.start).or_default().push(one);
    }
    let mut named: Vec<(Placement, Id<FosterHome>)> = Vec::new();
    for (from, group) in together {
        // Those who came on one day go to one household, as far as one has room for them all; else each finds their own.
        let ages = |few: &[Placement]| -> Vec<u32> {
            few.iter().filter_map(|one| born.get(&one.child)).flat_map(|born| [born.age_at(from), born.age_at(today)]).collect()
        };
        let whole = ages(&group);
        let parts: Vec<&[Placement]> = if households.iter().any(|one| one.takes(group.len(), &whole, from)) {
            vec![group.as_slice()]
        } else {
            group.chunks(1).collect()
        };
        for part in parts {
            let wanted = ages(part);
            let room = households
                .iter_mut()
                .filter(|one| one.takes(part.len(), &wanted, from))
                .min_by_key(|one| (one.living > 0, one.home.places));
            if let Some(household) = room {
                household.living += part.len();
                named.extend(part.iter().map(|one| (one.clone(), household.home.id)));
            }
        }
    }
    Ok(case::take_households(record, &OWNER, authority.id, &named, WHY).await?)
}

async fn households(record: &Record, authority: &Authority) -> anyhow::Result<Vec<Household>> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = service_record::foster_homes(record, &OWNER, authority.id, &FosterHomeFilter::default(), after.as_ref(), 500).await?;
        all.extend(page.rows.into_iter().map(|row| Household { home: row.home, living: 0 }));
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(all),
        }
    }
}
