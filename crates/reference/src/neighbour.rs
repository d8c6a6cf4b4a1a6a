//! Statistical neighbours: the ten authorities that the Department finds most alike.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::AreaId;
use crate::embedded::{Row, rows};

/// The year of the Department's model that the lists come from. Papers written earlier used other neighbours (dossier F20).
pub const VINTAGE: &str = "Children's services statistical neighbour model 2025";

/// One authority's neighbour. Neighbours are not mutual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// 1 is the nearest, 10 the farthest.
    pub rank: u8,
    /// Who it is.
    pub area: AreaId,
    /// The Department's band: `Extremely close` to `Not close`.
    pub closeness: &'static str,
}

/// The ten neighbours of a current authority, nearest first; none for an abolished one, a region or England.
pub fn statistical(area: AreaId) -> &'static [Neighbour] {
    static LISTS: OnceLock<BTreeMap<AreaId, Vec<Neighbour>>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let mut lists: BTreeMap<AreaId, Vec<Neighbour>> = BTreeMap::new();
        for (of, neighbour) in rows(include_bytes!("../data/statistical_neighbours.csv"), read) {
            lists.entry(of).or_default().push(neighbour);
        }
        for list in lists.values_mut() {
            list.sort_by_key(|neighbour| neighbour.rank);
        }
        lists
    });
    lists.get(&area).map_or(&[], Vec::as_slice)
}

fn read(row: &Row<'_>) -> Option<(AreaId, Neighbour)> {
    let neighbour =
        Neighbour { rank: row.number("rank")?, area: AreaId::parse(row.cell("neighbour_dfe_number"))?, closeness: row.text("closeness") };
    Some((AreaId::parse(row.cell("dfe_number"))?, neighbour))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority;

    #[test]
    fn each_current_authority_has_ten_in_order_and_is_not_its_own() {
        for authority in authority::all() {
            let neighbours = statistical(authority.id);
            if authority.is_current() {
                let ranks: Vec<u8> = neighbours.iter().map(|neighbour| neighbour.rank).collect();
                assert_eq!(ranks, (1..=10).collect::<Vec<_>>(), "{}", authority.name);
                assert!(
                    neighbours
                        .iter()
                        .all(|n| n.area != authority.id && authority::by_id(n.area).is_some_and(authority::Authority::is_current))
                );
            } else {
                assert!(neighbours.is_empty(), "{}", authority.name);
            }
        }
        assert!(statistical(AreaId::ENGLAND).is_empty());
    }
}
