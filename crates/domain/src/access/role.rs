//! Who people are at work (dossier C).

use std::fmt;
use std::str::FromStr;

/// A part that somebody plays for an authority. A person may have several, and another one elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs the service: people and settings, never what a case holds.
    Administrator,
    /// Counts and forecasts; sees children without names.
    Analyst,
    /// Plans need, market and buying; sees children without names.
    Commissioner,
    /// Frameworks, agreements, meetings with providers.
    ContractOfficer,
    /// Director of children's services: decides what the law leaves to them.
    Director,
    /// Commitments, invoices, month ends.
    FinanceOfficer,
    /// Reviews care plans, apart from the line of management (Children Act 1989 s25A).
    IndependentReviewingOfficer,
    /// Ofsted or an auditor: reads for a time, changes nothing.
    Inspector,
    /// Lead member, scrutiny, corporate parenting board: totals and papers.
    LeadMember,
    /// Hears cases and decides with others.
    PanelMember,
    /// Finds homes, often today.
    PlacementOfficer,
    /// Works for a provider, and sees and tells what is that provider's own (dossier C9).
    ProviderUser,
    /// Visits and judges homes.
    QualityOfficer,
    /// Plans care and visits the child.
    SocialWorker,
}

impl Role {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 14] = [
        Self::Administrator,
        Self::Analyst,
        Self::Commissioner,
        Self::ContractOfficer,
        Self::Director,
        Self::FinanceOfficer,
        Self::IndependentReviewingOfficer,
        Self::Inspector,
        Self::LeadMember,
        Self::PanelMember,
        Self::PlacementOfficer,
        Self::ProviderUser,
        Self::QualityOfficer,
        Self::SocialWorker,
    ];

    /// Whether it is a part that the authority's own people play: all but that of somebody who works for a provider, which is given with the provider.
    pub const fn is_of_authority(self) -> bool {
        !matches!(self, Self::ProviderUser)
    }

    /// The word of forms, commands and the log: `placement-officer`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Analyst => "analyst",
            Self::Commissioner => "commissioner",
            Self::ContractOfficer => "contract-officer",
            Self::Director => "director",
            Self::FinanceOfficer => "finance-officer",
            Self::IndependentReviewingOfficer => "independent-reviewing-officer",
            Self::Inspector => "inspector",
            Self::LeadMember => "lead-member",
            Self::PanelMember => "panel-member",
            Self::PlacementOfficer => "placement-officer",
            Self::ProviderUser => "provider-user",
            Self::QualityOfficer => "quality-officer",
            Self::SocialWorker => "social-worker",
        }
    }

    /// What people call it, as it begins a line: `Placement officer`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Administrator => "Administrator",
            Self::Analyst => "Analyst",
            Self::Commissioner => "Commissioner",
            Self::ContractOfficer => "Contract officer",
            Self::Director => "Director of children’s services",
            Self::FinanceOfficer => "Finance officer",
            Self::IndependentReviewingOfficer => "Independent reviewing officer",
            Self::Inspector => "Inspector or auditor",
            Self::LeadMember => "Lead member",
            Self::PanelMember => "Panel member",
            Self::PlacementOfficer => "Placement officer",
            Self::ProviderUser => "Provider user",
            Self::QualityOfficer => "Quality assurance officer",
            Self::SocialWorker => "Social worker",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that is no role; says which there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRole(pub String);

impl fmt::Display for NoRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Role::ALL.map(Role::name).join(", ");
        write!(f, "“{}” is not a role; the roles are {names}", self.0)
    }
}

impl std::error::Error for NoRole {}

impl FromStr for Role {
    type Err = NoRole;

    fn from_str(name: &str) -> Result<Self, NoRole> {
        Self::ALL.into_iter().find(|role| role.name() == name).ok_or_else(|| NoRole(name.to_owned()))
    }
}
