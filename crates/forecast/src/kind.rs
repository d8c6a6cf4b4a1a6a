//! Kinds of home between which children move, at the level at which homes are bought and approved (PLACE with PLACE_PROVIDER).

use domain::code::{Code, place, provider};

/// Kind of home: the state that a forecast follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Fostered by a relative or friend (U1-U3).
    Kinship,
    /// Fostered by the authority's own carers, or another authority's (U4-U6; PR1-PR3, PR0, or no provider given).
    InHouseFostering,
    /// Fostered through an independent agency (U4-U6; PR4, PR5).
    AgencyFostering,
    /// Placed for adoption (A3-A6).
    Adoptive,
    /// With parents or others with parental responsibility (P1).
    Parents,
    /// A children's home of the authority's own (K2, R1; PR1-PR3).
    OwnHome,
    /// Another's children's home (K2, R1; other providers).
    ExternalHome,
    /// Secure children's home (K1).
    Secure,
    /// Supported accommodation and its forerunners (K3, H5, P2).
    Supported,
    /// Residential school or other residential employment (S1, P3).
    School,
    /// Family centre, care home, hospital, custody (R2, R3, R5).
    OtherResidential,
    /// A stay away from the home that goes on (T0-T4). The contract counts it as `Other` on its days.
    Temporary,
    /// Everything else: unregistered settings (Z1, Z11-Z14), unknown codes.
    Other,
}

/// The four-way grouping of the open demand models (command-line contract, `broad_type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Broad {
    /// U1-U6.
    Fostering,
    /// K2, R1, P3, S1.
    Residential,
    /// H5, K3, P2.
    Supported,
    /// Everything else.
    Other,
}

impl Kind {
    /// Every kind, in the order of tables.
    pub const ALL: [Self; 13] = [
        Self::Kinship,
        Self::InHouseFostering,
        Self::AgencyFostering,
        Self::Adoptive,
        Self::Parents,
        Self::OwnHome,
        Self::ExternalHome,
        Self::Secure,
        Self::Supported,
        Self::School,
        Self::OtherResidential,
        Self::Temporary,
        Self::Other,
    ];

    /// The kind of a row of the Episodes table.
    pub const fn of(place: Code, provider: Code) -> Self {
        match place {
            place::U1 | place::U2 | place::U3 => Self::Kinship,
            place::U4 | place::U5 | place::U6 => match provider {
                provider::PR4 | provider::PR5 => Self::AgencyFostering,
                _ => Self::InHouseFostering,
            },
            place::K2 | place::R1 => match provider {
                provider::PR1 | provider::PR2 | provider::PR3 => Self::OwnHome,
                _ => Self::ExternalHome,
            },
            place::A3 | place::A4 | place::A5 | place::A6 => Self::Adoptive,
            place::P1 => Self::Parents,
            place::K1 => Self::Secure,
            place::K3 | place::H5 | place::P2 => Self::Supported,
            place::S1 | place::P3 => Self::School,
            place::R2 | place::R3 | place::R5 => Self::OtherResidential,
            place if place::is_temporary(place) => Self::Temporary,
            _ => Self::Other,
        }
    }

    /// The name in files and tables of `--groups detailed`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kinship => "Kinship",
            Self::InHouseFostering => "In-house fostering",
            Self::AgencyFostering => "Agency fostering",
            Self::Adoptive => "Placed for adoption",
            Self::Parents => "With parents",
            Self::OwnHome => "Own children's home",
            Self::ExternalHome => "External children's home",
            Self::Secure => "Secure home",
            Self::Supported => "Supported accommodation",
            Self::School => "Residential school",
            Self::OtherResidential => "Other residential",
            Self::Temporary => "Temporary stay",
            Self::Other => "Other",
        }
    }

    /// Its group of four. Each kind lies wholly in one.
    pub const fn broad(self) -> Broad {
        match self {
            Self::Kinship | Self::InHouseFostering | Self::AgencyFostering => Broad::Fostering,
            Self::OwnHome | Self::ExternalHome | Self::School => Broad::Residential,
            Self::Supported => Broad::Supported,
            _ => Broad::Other,
        }
    }
}

impl Broad {
    /// Every group, in the order of the contract.
    pub const ALL: [Self; 4] = [Self::Fostering, Self::Residential, Self::Supported, Self::Other];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fostering => "Fostering",
            Self::Residential => "Residential",
            Self::Supported => "Supported",
            Self::Other => "Other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_and_its_provider_give_the_kind_and_each_kind_one_group() {
        let cases = [
            (place::U1, provider::PR1, Kind::Kinship, Broad::Fostering),
            (place::U6, provider::PR1, Kind::InHouseFostering, Broad::Fostering),
            (place::U6, provider::PR4, Kind::AgencyFostering, Broad::Fostering),
            (place::U4, Code::BLANK, Kind::InHouseFostering, Broad::Fostering),
            (place::K2, provider::PR1, Kind::OwnHome, Broad::Residential),
            (place::K2, provider::PR4, Kind::ExternalHome, Broad::Residential),
            (place::H5, provider::PR4, Kind::Supported, Broad::Supported),
            (place::T1, provider::PR1, Kind::Temporary, Broad::Other),
            (place::Z11, provider::PR4, Kind::Other, Broad::Other),
        ];
        for (place, provider, kind, broad) in cases {
            assert_eq!((Kind::of(place, provider), kind.broad()), (kind, broad), "{place} {provider}");
        }
    }
}
