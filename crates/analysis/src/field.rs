//! The characteristics by which children are counted and chosen, with the categories of the Department's published tables.
//!
//! Keys are those of the published tables of children looked after at 31 March, so that an authority's own figure can stand beside the
//! published one. What those tables print as "unknown" or "not reported" is [`UNKNOWN`] here.

use domain::code::{Code, place};
use domain::history::Uasc;

use crate::facts::{Distance, Whereabouts};
use crate::group;
use crate::timeline::Standing;
use crate::view::View;

/// Position of a category in [`Field::categories`], or of an authority; [`UNKNOWN`] where the return does not say.
pub type Category = u16;

/// Not recorded, refused, or not to be worked out from what is recorded.
pub const UNKNOWN: Category = Category::MAX;

/// The key of the unknown in filters.
pub const UNKNOWN_KEY: &str = "unknown";

/// One category: its key in files and its words for readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// As in the published tables.
    pub key: &'static str,
    /// In plain English.
    pub label: &'static str,
}

const fn named(key: &'static str, label: &'static str) -> Named {
    Named { key, label }
}

/// A characteristic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Age in the Department's bands, on calendar birthdays.
    AgeBand,
    /// Age in completed years.
    Age,
    /// Sex.
    Sex,
    /// Ethnic group; refused and not yet obtained are unknown.
    EthnicGroup,
    /// Legal status, grouped.
    LegalStatusGroup,
    /// Main need at the start of the period of care (CIN).
    CategoryOfNeed,
    /// Placement, grouped as published; during a temporary stay the placement that goes on.
    PlacementGroup,
    /// The four-way grouping of the open demand models, by the code of the day's own row, so that a temporary stay is Other.
    BroadType,
    /// Who provides the placement; during a temporary stay the provider of the placement that goes on.
    ProviderGroup,
    /// Distance from home, unknown for unaccompanied children (dossier B5).
    DistanceBand,
    /// Inside or outside the boundary of the responsible authority.
    Locality,
    /// Unaccompanied asylum-seeking child on any day of the twelve months to the date (dossier B5).
    Uasc,
    /// The responsible authority.
    Authority,
}

const AGE_BANDS: &[Named] = &[
    named("0", "Under 1 year"),
    named("1_4", "1 to 4 years"),
    named("5_9", "5 to 9 years"),
    named("10_15", "10 to 15 years"),
    named("16_plus", "16 years and over"),
];
const AGES: &[Named] = &[
    named("0", "Under 1"),
    named("1", "1"),
    named("2", "2"),
    named("3", "3"),
    named("4", "4"),
    named("5", "5"),
    named("6", "6"),
    named("7", "7"),
    named("8", "8"),
    named("9", "9"),
    named("10", "10"),
    named("11", "11"),
    named("12", "12"),
    named("13", "13"),
    named("14", "14"),
    named("15", "15"),
    named("16", "16"),
    named("17", "17"),
    named("18_plus", "18 and over"),
];
const SEXES: &[Named] = &[named("female", "Female"), named("male", "Male")];
const ETHNIC_GROUPS: &[Named] = &[
    named("white", "White"),
    named("mixed", "Mixed or Multiple ethnic groups"),
    named("asian", "Asian or Asian British"),
    named("black", "Black, African, Caribbean or Black British"),
    named("other", "Other ethnic group"),
];
const LEGAL_STATUS_GROUPS: &[Named] = &[
    named("interim_care", "Interim care order"),
    named("full_care", "Full care order"),
    named("placement_order", "Placement order granted"),
    named("s20", "Voluntary agreements under section 20"),
    named("child_protection", "Detained for child protection"),
    named("youth_justice", "Youth justice legal statuses"),
];
const NEEDS: &[Named] = &[
    named("n1", "N1 Abuse or neglect"),
    named("n2", "N2 Child's disability"),
    named("n3", "N3 Parental illness or disability"),
    named("n4", "N4 Family in acute stress"),
    named("n5", "N5 Family dysfunction"),
    named("n6", "N6 Socially unacceptable behaviour"),
    named("n7", "N7 Low income"),
    named("n8", "N8 Absent parenting"),
];
const PLACEMENT_GROUPS: &[Named] = &[
    named("foster", "Foster placements"),
    named("adoption", "Placed for adoption"),
    named("parents", "Placed with parents or another person with parental responsibility"),
    named("homes", "Secure homes and children's homes"),
    named("supported", "Supported accommodation, independent and semi-independent living"),
    named("res_school", "Residential schools"),
    named("other_residential", "Other residential settings"),
    named("other", "Other placements"),
];
const BROAD_TYPES: &[Named] =
    &[named("Fostering", "Fostering"), named("Residential", "Residential"), named("Supported", "Supported"), named("Other", "Other")];
const PROVIDER_GROUPS: &[Named] = &[
    named("own", "Own provision (by the authority)"),
    named("other_la", "Other authority's provision"),
    named("other_public", "Other public provision"),
    named("private", "Private provision"),
    named("voluntary", "Voluntary or third sector provision"),
    named("parents", "Parents or another person with parental responsibility"),
];
const DISTANCE_BANDS: &[Named] =
    &[named("le20", "Placed 20 miles or less from home"), named("gt20", "Placed more than 20 miles from home")];
const LOCALITIES: &[Named] =
    &[named("in", "Placed inside the authority's boundary"), named("out", "Placed outside the authority's boundary")];
const UASC: &[Named] = &[named("uasc", "Unaccompanied asylum-seeking children"), named("not_uasc", "Other children")];

impl Field {
    /// All of them, in the order in which a profile shows them.
    pub const ALL: [Self; 13] = [
        Self::AgeBand,
        Self::Age,
        Self::Sex,
        Self::EthnicGroup,
        Self::LegalStatusGroup,
        Self::CategoryOfNeed,
        Self::PlacementGroup,
        Self::BroadType,
        Self::ProviderGroup,
        Self::DistanceBand,
        Self::Locality,
        Self::Uasc,
        Self::Authority,
    ];

    /// Name in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AgeBand => "age_band",
            Self::Age => "age",
            Self::Sex => "sex",
            Self::EthnicGroup => "ethnic_group",
            Self::LegalStatusGroup => "legal_status_group",
            Self::CategoryOfNeed => "category_of_need",
            Self::PlacementGroup => "placement_group",
            Self::BroadType => "broad_type",
            Self::ProviderGroup => "provider_group",
            Self::DistanceBand => "distance_band",
            Self::Locality => "locality",
            Self::Uasc => "uasc",
            Self::Authority => "authority",
        }
    }

    /// Name for readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AgeBand => "Age group",
            Self::Age => "Age",
            Self::Sex => "Sex",
            Self::EthnicGroup => "Ethnic group",
            Self::LegalStatusGroup => "Legal status",
            Self::CategoryOfNeed => "Category of need",
            Self::PlacementGroup => "Placement",
            Self::BroadType => "Broad type of placement",
            Self::ProviderGroup => "Provider of the placement",
            Self::DistanceBand => "Distance between home and placement",
            Self::Locality => "Locality of placement",
            Self::Uasc => "Unaccompanied asylum-seeking children",
            Self::Authority => "Authority",
        }
    }

    /// The field of a name.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Its categories in the order of the published tables. The authorities are those of the history, so that field has none of its own.
    pub const fn categories(self) -> &'static [Named] {
        match self {
            Self::AgeBand => AGE_BANDS,
            Self::Age => AGES,
            Self::Sex => SEXES,
            Self::EthnicGroup => ETHNIC_GROUPS,
            Self::LegalStatusGroup => LEGAL_STATUS_GROUPS,
            Self::CategoryOfNeed => NEEDS,
            Self::PlacementGroup => PLACEMENT_GROUPS,
            Self::BroadType => BROAD_TYPES,
            Self::ProviderGroup => PROVIDER_GROUPS,
            Self::DistanceBand => DISTANCE_BANDS,
            Self::Locality => LOCALITIES,
            Self::Uasc => UASC,
            Self::Authority => &[],
        }
    }

    /// The category of a child at a moment.
    pub fn of(self, view: &View, at: &Standing) -> Category {
        let history = view.history;
        let child = at.child as usize;
        let (today, home) = (at.episode as usize, at.home_episode as usize);
        match self {
            Self::AgeBand => age_band(history.children.born[child].age_at(at.on)),
            Self::Age => age(history.children.born[child].age_at(at.on)),
            Self::Sex => sex(history.children.sex[child]),
            Self::EthnicGroup => group::ethnic().category(history.children.ethnicity[child]),
            Self::LegalStatusGroup => group::legal().category(history.episodes.legal[today]),
            Self::CategoryOfNeed => group::need().category(history.episodes.need[today]),
            Self::PlacementGroup => group::place().category(history.episodes.place[home]),
            Self::BroadType => broad_type(history.episodes.place[today]),
            Self::ProviderGroup => group::provider().category(history.episodes.provider[home]),
            Self::DistanceBand => distance_band(view.lives(at).distance),
            Self::Locality => locality(view.lives(at).whereabouts),
            Self::Uasc => match history.children.uasc[child] {
                Uasc::NotKnown => UNKNOWN,
                known => Category::from(!unaccompanied_during_year(known, at.on)),
            },
            Self::Authority => history.children.authority[child],
        }
    }
}

/// 20 miles in tenths: "more than 20" tests the distance as rounded to one decimal (dossier B7).
pub const TWENTY_MILES: u32 = 200;

pub(crate) fn distance_band(distance: Option<Distance>) -> Category {
    distance.map_or(UNKNOWN, |distance| Category::from(distance.tenths > TWENTY_MILES))
}

pub(crate) const fn locality(whereabouts: Option<Whereabouts>) -> Category {
    match whereabouts {
        Some(Whereabouts::Inside) => 0,
        Some(Whereabouts::Outside) => 1,
        None => UNKNOWN,
    }
}

/// 18 and over are one.
pub(crate) fn age(years: u32) -> Category {
    years.min(18) as Category
}

pub(crate) const fn age_band(years: u32) -> Category {
    match years {
        0 => 0,
        1..=4 => 1,
        5..=9 => 2,
        10..=15 => 3,
        _ => 4,
    }
}

/// 1 and 2 were the codes until 2023-24.
fn sex(code: Code) -> Category {
    match code.first() {
        b'F' | b'2' => 0,
        b'M' | b'1' => 1,
        _ => UNKNOWN,
    }
}

/// Position in the categories of [`Field::BroadType`] of a placement type. Everything that is not named is Other, a blank too.
pub fn broad_type(code: Code) -> Category {
    use place::{H5, K2, K3, P2, P3, R1, S1, U1, U2, U3, U4, U5, U6};
    match code {
        U1 | U2 | U3 | U4 | U5 | U6 => 0,
        K2 | R1 | P3 | S1 => 1,
        H5 | K3 | P2 => 2,
        _ => 3,
    }
}

/// Whether the status, as far as it is known, ran on any day of the twelve months to `on`.
pub(crate) fn unaccompanied_during_year(status: Uasc, on: domain::Day) -> bool {
    match status {
        Uasc::Never | Uasc::NotKnown => false,
        Uasc::Until(None) => true,
        Uasc::Until(Some(until)) => until > on.plus(1).plus_months(-12),
    }
}
