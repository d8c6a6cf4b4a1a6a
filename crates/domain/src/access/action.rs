//! What can be done, named `noun.verb`.

use std::fmt;
use std::str::FromStr;

/// The table of actions: each with the word that the log keeps.
macro_rules! actions {
    ($($variant:ident $name:literal,)*) => {
        /// Something that a route, a command or a job does. Each one is decided on in [`super::policy`] and nowhere else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each name says what it is, and `name` says it again in the words of the log")]
        pub enum Action {
            $($variant,)*
        }

        impl Action {
            /// All of them, in the order of their names.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// The word of the log: `child.read`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

actions! {
    AccessDenied "access.denied",
    AccountUse "account.use",
    AlertResolve "alert.resolve",
    AnalysisRead "analysis.read",
    AnalysisWork "analysis.work",
    AuditRead "audit.read",
    AuditVerify "audit.verify",
    AuthorityOpen "authority.open",
    ChildAllocate "child.allocate",
    ChildBreakGlass "child.break-glass",
    ChildEntrust "child.entrust",
    ChildExport "child.export",
    ChildList "child.list",
    ChildMerge "child.merge",
    ChildRead "child.read",
    ChildWrite "child.write",
    ConflictDeclare "conflict.declare",
    ConflictRead "conflict.read",
    ContractRead "contract.read",
    ContractWrite "contract.write",
    EmergencyApprove "emergency.approve",
    EmergencyRead "emergency.read",
    FactorRemove "factor.remove",
    GlassReview "glass.review",
    HomeRead "home.read",
    HomeWrite "home.write",
    OfficeRead "office.read",
    OfficeWrite "office.write",
    OverviewRead "overview.read",
    OwnProviderRead "own-provider.read",
    OwnProviderTell "own-provider.tell",
    PayeeOpen "payee.open",
    PayeeRead "payee.read",
    PayeeWrite "payee.write",
    PlacementWrite "placement.write",
    ProviderInvite "provider.invite",
    ProviderRead "provider.read",
    ProviderWrite "provider.write",
    PublishedRead "published.read",
    RecordCopy "record.copy",
    RecordErase "record.erase",
    RecordImport "record.import",
    ReturnsRead "returns.read",
    ReviewWrite "review.write",
    SessionEnd "session.end",
    SessionOpen "session.open",
    SignOnLink "sign-on.link",
    TokenEnd "token.end",
    TokenMake "token.make",
    UserAdd "user.add",
    UserChange "user.change",
    UserRead "user.read",
    VaultRead "vault.read",
    VaultWrite "vault.write",
    VoiceWrite "voice.write",
}

impl Action {
    /// Whether it is about somebody's own account, and so open to everybody who is signed in; being refused is one of these.
    pub const fn is_own(self) -> bool {
        matches!(
            self,
            Self::AccessDenied
                | Self::AccountUse
                | Self::FactorRemove
                | Self::SessionEnd
                | Self::SignOnLink
                | Self::TokenEnd
                | Self::TokenMake
        )
    }

    /// Whether it weighs so much that whoever has a second factor proves it anew.
    pub const fn needs_proof(self) -> bool {
        matches!(
            self,
            Self::ChildBreakGlass
                | Self::FactorRemove
                | Self::OfficeWrite
                | Self::PayeeOpen
                | Self::PayeeWrite
                | Self::ProviderInvite
                | Self::SignOnLink
                | Self::TokenMake
                | Self::UserAdd
                | Self::UserChange
        )
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that is no action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAction(pub String);

impl fmt::Display for NoAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not an action", self.0)
    }
}

impl std::error::Error for NoAction {}

impl Action {
    /// Whether it only looks at a child's case; everything else that a case's log tells of changed something.
    pub const fn is_reading(self) -> bool {
        matches!(self, Self::ChildRead | Self::VaultRead | Self::ChildList | Self::ChildExport | Self::EmergencyRead)
    }
}

impl FromStr for Action {
    type Err = NoAction;

    fn from_str(name: &str) -> Result<Self, NoAction> {
        Self::ALL.into_iter().find(|action| action.name() == name).ok_or_else(|| NoAction(name.to_owned()))
    }
}
