//! The kinds of home between which children move, at the level at which they are bought and approved.

use domain::Code;
use domain::code::place;

/// Kind of placement: the state of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Fostered by a relative or friend (U1-U3).
    Kin,
    /// Fostered by the authority's own carers, or another authority's (U4-U6; PR1, PR2).
    InHouse,
    /// Fostered through an independent agency (U4-U6; PR4, PR5).
    Agency,
    /// Placed for adoption (A3-A6).
    Adoptive,
    /// With parents under an order (P1).
    Parents,
    /// The authority's own children's home (K2, PR1).
    OwnHome,
    /// Another's children's home (K2; PR4, PR5).
    ExternalHome,
    /// Secure children's home (K1).
    Secure,
    /// Supported accommodation (K3; H5 and P2 in returns up to 2023-24).
    Supported,
    /// Family centre, hospital or custody (R3, R2, R5).
    OtherResidential,
    /// Residential school (S1).
    School,
    /// Anything else, unregistered settings among them (Z11-Z14; Z1 in returns up to 2024-25).
    Other,
}

/// How many kinds there are.
pub(crate) const KINDS: usize = 12;

impl Kind {
    /// Every kind, in the order of the tables.
    pub const ALL: [Self; KINDS] = [
        Self::Kin,
        Self::InHouse,
        Self::Agency,
        Self::Adoptive,
        Self::Parents,
        Self::OwnHome,
        Self::ExternalHome,
        Self::Secure,
        Self::Supported,
        Self::OtherResidential,
        Self::School,
        Self::Other,
    ];

    /// The word in truth files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kin => "kinship",
            Self::InHouse => "in-house-fostering",
            Self::Agency => "agency-fostering",
            Self::Adoptive => "adoptive",
            Self::Parents => "parents",
            Self::OwnHome => "own-home",
            Self::ExternalHome => "external-home",
            Self::Secure => "secure",
            Self::Supported => "supported",
            Self::OtherResidential => "other-residential",
            Self::School => "school",
            Self::Other => "other",
        }
    }

    /// Whether it is a foster home.
    pub const fn is_fostering(self) -> bool {
        matches!(self, Self::Kin | Self::InHouse | Self::Agency)
    }

    /// The four-way grouping of the open demand models (command-line contract, `broad_type`).
    pub const fn broad(self) -> Broad {
        match self {
            Self::Kin | Self::InHouse | Self::Agency => Broad::Fostering,
            Self::OwnHome | Self::ExternalHome | Self::School => Broad::Residential,
            Self::Supported => Broad::Supported,
            _ => Broad::Other,
        }
    }
}

/// The four-way grouping of the open demand models.
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

    /// The group of a placement code.
    pub fn of(code: Code) -> Self {
        match code {
            c if c >= place::U1 && c <= place::U6 => Self::Fostering,
            c if c == place::K2 || c == place::R1 || c == place::P3 || c == place::S1 => Self::Residential,
            c if c == place::H5 || c == place::K3 || c == place::P2 => Self::Supported,
            _ => Self::Other,
        }
    }
}

/// Group of legal statuses by which children's ways differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Legal {
    /// Section 20 (V2).
    Voluntary,
    /// Interim care order (C1).
    Interim,
    /// Full care order (C2).
    Full,
    /// Placement order (E1).
    PlacementOrder,
    /// Police protection (L1), at most three days.
    Police,
    /// Emergency protection order (L2), at most 21 days.
    Emergency,
    /// Remand (J1).
    Remand,
}

/// How many groups of legal status there are.
pub(crate) const LEGALS: usize = 7;

impl Legal {
    /// The code of the return.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Voluntary => "V2",
            Self::Interim => "C1",
            Self::Full => "C2",
            Self::PlacementOrder => "E1",
            Self::Police => "L1",
            Self::Emergency => "L2",
            Self::Remand => "J1",
        }
    }
}
