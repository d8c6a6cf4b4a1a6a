//! What breaks approval, the fostering limit or the law for its agency in a foster home, seen as it is in any other home (I0, I3, I9).

use std::collections::BTreeMap;

use domain::capacity::Stay;
use domain::child::Child;
use domain::foster_home::plan::Obstacle;
use domain::foster_home::{Exemption, FosterHome};
use domain::lodging::Place;
use domain::provider::Provider;
use domain::setting::Setting;
use domain::{Day, Id};
use store::Tx;

use super::super::households::{Broken, Household, Known, Service, Siblings, is_service};
use super::super::settings::plain;
use super::super::suited::Register;
use super::{Raiser, children_of};
use crate::Error;

async fn raise(tx: &mut Tx, raiser: &mut Raiser<'_>, home: &FosterHome, broken: Vec<Broken<Obstacle>>) -> Result<(), Error> {
    for one in broken {
        let words = format!("{}: {}", home.reference, one.what);
        raiser.raise_breach(tx, Place::FosterHome(home.id), (one.stay.child, one.since, &words), one.goes_on).await?;
    }
    Ok(())
}

/// Looks at every foster home of the register.
pub(super) async fn look(
    tx: &mut Tx,
    raiser: &mut Raiser<'_>,
    register: &Register,
    children: &BTreeMap<Id<Child>, Child>,
    today: Day,
) -> Result<(), Error> {
    let mut stays: BTreeMap<Id<FosterHome>, Vec<Stay>> = BTreeMap::new();
    for (home, stay) in store::lodging::in_foster_homes(tx).await? {
        stays.entry(home).or_default().push(stay);
    }
    if stays.is_empty() {
        return Ok(());
    }
    let (homes, exemptions): (Vec<FosterHome>, Vec<Exemption>) = (plain(&store::all(tx).await?), plain(&store::all(tx).await?));
    let siblings = Siblings::of(&plain(&store::all(tx).await?));
    let mut services: BTreeMap<Id<Provider>, Vec<&Setting>> = BTreeMap::new();
    for setting in register.settings.iter().filter(|one| is_service(one.kind)) {
        services.entry(setting.provider).or_default().push(setting);
    }
    for home in &homes {
        let Some(stays) = stays.get(&home.id) else { continue };
        let branches = services.get(&home.provider).into_iter().flatten();
        let household = Household {
            home,
            stays,
            exemptions: &exemptions,
            siblings: &siblings,
            services: branches.map(|one| Service { home: register.home(one), regard: register.regard(one) }).collect(),
            status: register.status(home.provider),
        };
        raise(tx, raiser, home, household.broken(children, today)).await?;
    }
    Ok(())
}

/// Looks at one foster home.
pub(super) async fn look_at(tx: &mut Tx, raiser: &mut Raiser<'_>, id: Id<FosterHome>, today: Day) -> Result<(), Error> {
    let Some(known) = Known::read(tx, raiser.record, id, None).await? else { return Ok(()) };
    let children = children_of(tx, &known.stays).await?;
    raise(tx, raiser, &known.home, known.household().broken(&children, today)).await
}
