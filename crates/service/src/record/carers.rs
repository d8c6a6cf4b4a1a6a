//! Carers in aggregate (A107): of what ethnic groups they are, with small numbers withheld as everywhere (B2).

use analysis::field::Field;
use analysis::publish::{self, Rule};
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::foster_home::FosterHome;
use domain::{Id, Value};
use reference::codes;

use super::{Record, allowed};
use crate::Error;

/// How many main carers of approved households are of which ethnic group, as it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct CarersByEthnicity {
    /// Each group of the published tables with its number, and those of whom nobody knows.
    pub groups: Vec<(&'static str, Value)>,
    /// All of them together.
    pub total: Value,
}

/// The main carers of households that are approved today, by ethnic group. A number under five is withheld, and with it another that would give it away.
///
/// # Errors
/// [`Error::Denied`].
pub async fn carers_by_ethnicity(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<CarersByEthnicity, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    let known = Field::EthnicGroup.categories();
    let mut counts = vec![0_u64; known.len() + 1];
    let today = record.today();
    for home in store::all::<FosterHome>(&mut view).await?.into_iter().map(|known| known.fact).filter(|home| home.is_approved_on(today)) {
        let group = codes::published_category("ETHNIC", home.ethnicity);
        let at = group.and_then(|key| known.iter().position(|named| named.key == key)).unwrap_or(known.len());
        counts[at] += 1;
    }
    let shown = publish::one_way(Rule::default(), &counts);
    let labels = known.iter().map(|named| named.label).chain(["Not known"]);
    Ok(CarersByEthnicity { groups: labels.zip(shown.cells).collect(), total: shown.total })
}
