//! The policy, as an auditor reads it: for each action, who may do it and with what bond to the case. What is not written here is refused.

use super::{Action, Bond, Role};

use Bond::{Allocated, Anywhere, Purposeful};
use Role::{
    Administrator, Commissioner, ContractOfficer, Director, FinanceOfficer, IndependentReviewingOfficer, Inspector, PlacementOfficer,
    QualityOfficer, SocialWorker,
};

/// The roles that may do this for their authority, each with the bond it needs. Sources: dossier C ("must do", "must not see"), E4.
pub const fn allowed(action: Action) -> &'static [(Role, Bond)] {
    match action {
        // Nobody's history is a manager's secret: whoever keeps the record may read who changed it.
        Action::AuditRead => &[(Administrator, Anywhere), (Director, Anywhere), (Inspector, Anywhere)],
        Action::AuditVerify => &[(Administrator, Anywhere), (Inspector, Anywhere)],
        // A new authority is opened by the machine's owner, before anybody has a role in it.
        Action::AuthorityOpen | Action::SessionOpen | Action::SessionEnd => &[],
        Action::ChildBreakGlass => &[(SocialWorker, Anywhere), (IndependentReviewingOfficer, Anywhere), (QualityOfficer, Anywhere)],
        // Names and addresses lie apart (A-list of dossier C: placement officers see no adoption identities; that is the restriction of a case).
        Action::ChildIdentify | Action::ChildRead => &[
            (Director, Purposeful),
            (IndependentReviewingOfficer, Allocated),
            (Inspector, Purposeful),
            (PlacementOfficer, Anywhere),
            (SocialWorker, Allocated),
        ],
        Action::ChildList => {
            &[(Director, Anywhere), (IndependentReviewingOfficer, Allocated), (PlacementOfficer, Anywhere), (SocialWorker, Allocated)]
        }
        Action::ChildWrite | Action::PlacementWrite => &[(PlacementOfficer, Anywhere), (SocialWorker, Allocated)],
        Action::HomeRead | Action::ProviderRead => &[
            (Commissioner, Anywhere),
            (ContractOfficer, Anywhere),
            (Director, Anywhere),
            (FinanceOfficer, Anywhere),
            (Inspector, Anywhere),
            (PlacementOfficer, Anywhere),
            (QualityOfficer, Anywhere),
            (SocialWorker, Anywhere),
        ],
        Action::HomeWrite => &[(ContractOfficer, Anywhere), (PlacementOfficer, Anywhere), (QualityOfficer, Anywhere)],
        Action::ProviderWrite => &[(ContractOfficer, Anywhere), (QualityOfficer, Anywhere)],
        // The whole of the returns at once: the people who send them.
        Action::RecordImport => &[(PlacementOfficer, Anywhere)],
        Action::UserAdd | Action::UserRead => &[(Administrator, Anywhere)],
    }
}
