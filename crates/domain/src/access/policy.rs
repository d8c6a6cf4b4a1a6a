//! The policy, as an auditor reads it: for each action, who may do it and with what bond to the case. What is not written here is refused.

use super::{Action, Bond, Role};

use Bond::{Allocated, Anywhere, OwnProvider, Purposeful};
use Role::{
    Administrator, Analyst, Commissioner, ContractOfficer, Director, FinanceOfficer, IndependentReviewingOfficer, Inspector, LeadMember,
    PanelMember, PlacementOfficer, ProviderUser, QualityOfficer, SocialWorker,
};

/// Those who plan and account, not those who are given papers.
const PLAN_AND_ACCOUNT: &[(Role, Bond)] = &[
    (Analyst, Anywhere),
    (Commissioner, Anywhere),
    (ContractOfficer, Anywhere),
    (Director, Anywhere),
    (FinanceOfficer, Anywhere),
    (Inspector, Anywhere),
    (PlacementOfficer, Anywhere),
    (QualityOfficer, Anywhere),
];

/// The roles that may do this for their authority, each with the bond it needs. Sources: dossier C ("must do", "must not see"), E4.
pub const fn allowed(action: Action) -> &'static [(Role, Bond)] {
    match action {
        // Counts of the authority's own children, small ones too, with filters.
        Action::AnalysisRead => PLAN_AND_ACCOUNT,
        // Keeping a scenario, sending a list of homes or prices, stopping a colleague's forecast.
        Action::AnalysisWork => &[(Analyst, Anywhere), (Commissioner, Anywhere), (FinanceOfficer, Anywhere)],
        // Nobody's history is a manager's secret: whoever keeps the record may read who changed it.
        Action::AuditRead => &[(Administrator, Anywhere), (Director, Anywhere), (Inspector, Anywhere)],
        Action::AuditVerify => &[(Administrator, Anywhere), (Inspector, Anywhere)],
        // A new authority is opened by the machine's owner, before anybody has a role in it, and so is a copy of everything made, and of all that is held about a child; the others are everybody's (`Action::is_own`), and nobody's
        // who is not signed in yet.
        Action::AuthorityOpen
        | Action::ChildExport
        | Action::RecordCopy
        | Action::RecordErase
        | Action::SessionOpen
        | Action::AccessDenied
        | Action::AccountUse
        | Action::FactorRemove
        | Action::SessionEnd
        | Action::SignOnLink
        | Action::TokenEnd
        | Action::TokenMake => &[],
        Action::ChildBreakGlass => &[(SocialWorker, Anywhere), (IndependentReviewingOfficer, Anywhere), (QualityOfficer, Anywhere)],
        // Names and addresses lie apart (A-list of dossier C: placement officers see no adoption identities; that is the restriction of a case).
        Action::ChildRead | Action::VaultRead => &[
            (Director, Purposeful),
            (IndependentReviewingOfficer, Allocated),
            (Inspector, Purposeful),
            (PlacementOfficer, Anywhere),
            (QualityOfficer, Allocated),
            (SocialWorker, Allocated),
        ],
        // A conflict is declared by whoever has it, or by those who answer for the service; it keeps out, and gives nobody anything.
        // A nomination is the director's to make; an administrator keeps the rota and types in what was signed.
        Action::ConflictDeclare | Action::ConflictRead | Action::OfficeWrite => &[(Administrator, Anywhere), (Director, Anywhere)],
        // What homes cost: not those who judge quality (dossier C 5), nor those who plan care (C 1).
        Action::ContractRead => &[
            (Commissioner, Anywhere),
            (ContractOfficer, Anywhere),
            (Director, Anywhere),
            (FinanceOfficer, Anywhere),
            (Inspector, Anywhere),
            (PlacementOfficer, Anywhere),
        ],
        Action::ContractWrite => &[(Commissioner, Anywhere), (ContractOfficer, Anywhere)],
        // A restricted case on which nobody works would stay so: whoever answers for the service gives it to somebody, without seeing it.
        // Whoever broke the glass does not review it: `people::review_glass`.
        Action::ChildEntrust | Action::GlassReview => &[(Director, Anywhere)],
        // Whoever may read cases may see which there are to read; an inspector chooses from all of them.
        Action::ChildList => &[
            (Director, Anywhere),
            (IndependentReviewingOfficer, Allocated),
            (Inspector, Anywhere),
            (PlacementOfficer, Anywhere),
            (QualityOfficer, Allocated),
            (SocialWorker, Allocated),
        ],
        Action::ChildWrite | Action::PlacementWrite | Action::VaultWrite => &[(PlacementOfficer, Anywhere), (SocialWorker, Allocated)],
        // What the reviewing officer wrote is nobody else's to change (dossier C7).
        Action::ReviewWrite => &[(IndependentReviewingOfficer, Allocated)],
        // Whoever hears a child writes down what it said.
        Action::VoiceWrite => &[
            (IndependentReviewingOfficer, Allocated),
            (PlacementOfficer, Anywhere),
            (QualityOfficer, Allocated),
            (SocialWorker, Allocated),
        ],
        // Whoever was nominated may have any of these roles: the register of nominations decides who approves what (`case::approve`).
        Action::EmergencyApprove | Action::EmergencyRead => &[(Director, Anywhere), (PlacementOfficer, Anywhere), (SocialWorker, Anywhere)],
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
        // Of the social workers the one whose alert it is: `record::resolve`.
        Action::AlertResolve => {
            &[(ContractOfficer, Anywhere), (PlacementOfficer, Anywhere), (QualityOfficer, Anywhere), (SocialWorker, Anywhere)]
        }
        Action::HomeWrite => &[(ContractOfficer, Anywhere), (PlacementOfficer, Anywhere), (QualityOfficer, Anywhere)],
        // Somebody of a provider sees that provider and tells of it, and nothing else: no other action names the role (dossier C9).
        Action::OwnProviderRead | Action::OwnProviderTell => &[(ProviderUser, OwnProvider)],
        // Whoever answers for the agreements with providers lets their people in, or whoever keeps the people of this place.
        Action::ProviderInvite => &[(Administrator, Anywhere), (ContractOfficer, Anywhere)],
        Action::ProviderWrite => &[(ContractOfficer, Anywhere), (QualityOfficer, Anywhere)],
        // To which account a provider is paid: finance proposes and confirms, never the same person (`record::confirm_payee`). Those who answer for the
        // contract see how it stands, by the last four figures.
        Action::PayeeOpen | Action::PayeeWrite => &[(FinanceOfficer, Anywhere)],
        Action::PayeeRead => &[(ContractOfficer, Anywhere), (FinanceOfficer, Anywhere), (Inspector, Anywhere)],
        // Totals, what is published, and who decides at this hour: everybody who has a part here.
        Action::OfficeRead | Action::OverviewRead | Action::PublishedRead => &[
            (Administrator, Anywhere),
            (Analyst, Anywhere),
            (Commissioner, Anywhere),
            (ContractOfficer, Anywhere),
            (Director, Anywhere),
            (FinanceOfficer, Anywhere),
            (IndependentReviewingOfficer, Anywhere),
            (Inspector, Anywhere),
            (LeadMember, Anywhere),
            (PanelMember, Anywhere),
            (PlacementOfficer, Anywhere),
            (QualityOfficer, Anywhere),
            (SocialWorker, Anywhere),
        ],
        // The whole of the returns at once: the people who send them. Allocating somebody opens the case to them; saying that two entries are one child opens
        // each to whoever may see the other.
        Action::ChildAllocate | Action::ChildMerge | Action::RecordImport => &[(PlacementOfficer, Anywhere)],
        // Row by row, with children's identifiers: whoever mends the returns or reproduces a figure from them.
        Action::ReturnsRead => &[(Analyst, Anywhere), (PlacementOfficer, Anywhere)],
        Action::UserAdd | Action::UserChange | Action::UserRead => &[(Administrator, Anywhere)],
    }
}
