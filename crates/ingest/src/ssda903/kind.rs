//! The twelve tables of the return and their columns.

use std::fmt;

/// A table of the SSDA903 return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One row a child: sex, date of birth, ethnicity.
    Header,
    /// One row an episode.
    Episodes,
    /// Children seeking asylum alone.
    Uasc,
    /// Statutory reviews.
    Reviews,
    /// Health of children looked after for twelve months.
    Oc2,
    /// Care leavers.
    Oc3,
    /// Adoptions.
    Ad1,
    /// Decisions that a child should be placed for adoption.
    PlacedAdoption,
    /// Permanence before this care.
    PrevPerm,
    /// Times missing or away.
    Missing,
    /// Times with one social worker.
    SwEpisodes,
    /// Orders that deprive a child of liberty; from 2026-27.
    DoLo,
}

impl Kind {
    /// All twelve, in the order of the Department's list.
    pub const ALL: [Self; 12] = [
        Self::Header,
        Self::Episodes,
        Self::Uasc,
        Self::Reviews,
        Self::Oc2,
        Self::Oc3,
        Self::Ad1,
        Self::PlacedAdoption,
        Self::PrevPerm,
        Self::Missing,
        Self::SwEpisodes,
        Self::DoLo,
    ];

    /// The name as people and findings write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "Header",
            Self::Episodes => "Episodes",
            Self::Uasc => "UASC",
            Self::Reviews => "Reviews",
            Self::Oc2 => "OC2",
            Self::Oc3 => "OC3",
            Self::Ad1 => "AD1",
            Self::PlacedAdoption => "PlacedAdoption",
            Self::PrevPerm => "PrevPerm",
            Self::Missing => "Missing",
            Self::SwEpisodes => "SWEpisodes",
            Self::DoLo => "DoLo",
        }
    }

    /// The columns in the order of the specification.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Header => &["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"],
            Self::Episodes => &[
                "CHILD",
                "DECOM",
                "RNE",
                "LS",
                "CIN",
                "PLACE",
                "PLACE_PROVIDER",
                "DEC",
                "REC",
                "REASON_PLACE_CHANGE",
                "HOME_POST",
                "PL_POST",
                "URN",
            ],
            Self::Uasc => &["CHILD", "SEX", "DOB", "DUC"],
            Self::Reviews => &["CHILD", "DOB", "REVIEW", "REVIEW_CODE"],
            Self::Oc2 => &[
                "CHILD",
                "DOB",
                "SDQ_SCORE",
                "SDQ_REASON",
                "CONVICTED",
                "HEALTH_CHECK",
                "IMMUNISATIONS",
                "TEETH_CHECK",
                "HEALTH_ASSESSMENT",
                "SUBSTANCE_MISUSE",
                "INTERVENTION_RECEIVED",
                "INTERVENTION_OFFERED",
            ],
            Self::Oc3 => &["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"],
            Self::Ad1 => &["CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"],
            Self::PlacedAdoption => &["CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
            Self::PrevPerm => &["CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"],
            Self::Missing => &["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"],
            Self::SwEpisodes => &["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"],
            Self::DoLo => &["CHILD", "DOB", "DOLO_START", "DOLO_END"],
        }
    }

    /// The columns without which a row of this table says nothing.
    pub const fn key(self) -> &'static [&'static str] {
        match self {
            Self::Header => &["CHILD", "DOB"],
            Self::Episodes => &["CHILD", "DECOM"],
            Self::Reviews => &["CHILD", "REVIEW"],
            Self::PlacedAdoption => &["CHILD", "DATE_PLACED"],
            Self::Missing => &["CHILD", "MIS_START"],
            Self::SwEpisodes => &["CHILD", "SW_DECOM"],
            Self::DoLo => &["CHILD", "DOLO_START"],
            Self::Uasc | Self::Oc2 | Self::Oc3 | Self::Ad1 | Self::PrevPerm => &["CHILD"],
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
