//! Which category of the published tables each code counts in, from the code list and its links to those tables.

use std::sync::OnceLock;

use domain::Code;
use reference::codes;

use crate::field::{Category, Field, Named, UNKNOWN};

/// The codes of one column and their categories, sorted by code.
pub(crate) struct Groups(Vec<(Code, Category)>);

impl Groups {
    /// A column of the return, with the categories in the order in which a table shows them. Codes that the published tables do not count, or
    /// count as unknown, are unknown here.
    fn of(column: &str, categories: &[Named]) -> Self {
        let entries = codes::set(column).map_or(&[][..], codes::Set::entries);
        let position = |key: &str| categories.iter().position(|named| named.key == key);
        let mut groups: Vec<(Code, Category)> =
            entries.iter().filter_map(|entry| Some((entry.code, position(entry.published_category)? as Category))).collect();
        groups.sort_unstable();
        Self(groups)
    }

    /// The category of a code.
    pub(crate) fn category(&self, code: Code) -> Category {
        self.0.binary_search_by_key(&code, |(known, _)| *known).map_or(UNKNOWN, |at| self.0[at].1)
    }
}

/// Ethnic groups.
pub(crate) fn ethnic() -> &'static Groups {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    GROUPS.get_or_init(|| Groups::of("ETHNIC", Field::EthnicGroup.categories()))
}

/// Legal statuses.
pub(crate) fn legal() -> &'static Groups {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    GROUPS.get_or_init(|| Groups::of("LS", Field::LegalStatusGroup.categories()))
}

/// Categories of need.
pub(crate) fn need() -> &'static Groups {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    GROUPS.get_or_init(|| Groups::of("CIN", Field::CategoryOfNeed.categories()))
}

/// Placements. A temporary code has no group: the placement that goes on counts.
pub(crate) fn place() -> &'static Groups {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    GROUPS.get_or_init(|| Groups::of("PLACE", Field::PlacementGroup.categories()))
}

/// Providers.
pub(crate) fn provider() -> &'static Groups {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    GROUPS.get_or_init(|| Groups::of("PLACE_PROVIDER", Field::ProviderGroup.categories()))
}

/// Reasons for ceasing to be looked after, in the order of [`crate::profile::REASONS_FOR_CEASING`].
pub(crate) fn ceasing() -> &'static Groups {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    GROUPS.get_or_init(|| Groups::of("REC", &crate::profile::REASONS_FOR_CEASING))
}

/// Reasons for a change of placement, in the order of [`crate::profile::REASONS_FOR_CHANGE`].
pub(crate) fn change() -> &'static Groups {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    GROUPS.get_or_init(|| Groups::of("REASON_PLACE_CHANGE", &crate::profile::REASONS_FOR_CHANGE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{REASONS_FOR_CEASING, REASONS_FOR_CHANGE};

    #[test]
    fn every_published_category_is_one_of_ours_and_every_one_of_ours_has_a_code() {
        let columns: [(&str, &[Named]); 7] = [
            ("ETHNIC", Field::EthnicGroup.categories()),
            ("LS", Field::LegalStatusGroup.categories()),
            ("CIN", Field::CategoryOfNeed.categories()),
            ("PLACE", Field::PlacementGroup.categories()),
            ("PLACE_PROVIDER", Field::ProviderGroup.categories()),
            ("REC", &REASONS_FOR_CEASING),
            ("REASON_PLACE_CHANGE", &REASONS_FOR_CHANGE),
        ];
        for (column, categories) in columns {
            let published: Vec<&str> = codes::set(column).unwrap().entries().iter().map(|entry| entry.published_category).collect();
            let known = |key: &&str| key.is_empty() || *key == "unknown" || categories.iter().any(|named| named.key == *key);
            assert!(published.iter().all(known), "{column}: {published:?}");
            assert!(categories.iter().all(|named| published.contains(&named.key)), "{column}");
        }
    }

    #[test]
    fn retired_codes_keep_their_group_and_temporary_ones_have_none() {
        use domain::code::place::{H5, K3, P2, R5, T1, Z1};
        let supported = place().category(K3);
        assert_eq!((place().category(H5), place().category(P2)), (supported, supported));
        assert_eq!(Field::PlacementGroup.categories()[place().category(R5) as usize].key, "other_residential");
        assert_eq!(Field::PlacementGroup.categories()[place().category(Z1) as usize].key, "other");
        assert_eq!(place().category(T1), UNKNOWN);
        assert_eq!(ethnic().category(Code::of("REFU")), UNKNOWN);
    }
}
