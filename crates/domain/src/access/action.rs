//! What can be done, named `noun.verb`.

use std::fmt;
use std::str::FromStr;

/// Something that a route, a command or a job does. Each one is decided on in [`super::policy`] and nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each name says what it is, and `name` says it again in the words of the log")]
pub enum Action {
    AuditRead,
    AuditVerify,
    AuthorityOpen,
    ChildBreakGlass,
    ChildIdentify,
    ChildList,
    ChildRead,
    ChildWrite,
    HomeRead,
    HomeWrite,
    PlacementWrite,
    ProviderRead,
    ProviderWrite,
    RecordImport,
    SessionEnd,
    SessionOpen,
    UserAdd,
    UserRead,
}

impl Action {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 18] = [
        Self::AuditRead,
        Self::AuditVerify,
        Self::AuthorityOpen,
        Self::ChildBreakGlass,
        Self::ChildIdentify,
        Self::ChildList,
        Self::ChildRead,
        Self::ChildWrite,
        Self::HomeRead,
        Self::HomeWrite,
        Self::PlacementWrite,
        Self::ProviderRead,
        Self::ProviderWrite,
        Self::RecordImport,
        Self::SessionEnd,
        Self::SessionOpen,
        Self::UserAdd,
        Self::UserRead,
    ];

    /// The word of the log: `child.read`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AuditRead => "audit.read",
            Self::AuditVerify => "audit.verify",
            Self::AuthorityOpen => "authority.open",
            Self::ChildBreakGlass => "child.break-glass",
            Self::ChildIdentify => "child.identify",
            Self::ChildList => "child.list",
            Self::ChildRead => "child.read",
            Self::ChildWrite => "child.write",
            Self::HomeRead => "home.read",
            Self::HomeWrite => "home.write",
            Self::PlacementWrite => "placement.write",
            Self::ProviderRead => "provider.read",
            Self::ProviderWrite => "provider.write",
            Self::RecordImport => "record.import",
            Self::SessionEnd => "session.end",
            Self::SessionOpen => "session.open",
            Self::UserAdd => "user.add",
            Self::UserRead => "user.read",
        }
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

impl FromStr for Action {
    type Err = NoAction;

    fn from_str(name: &str) -> Result<Self, NoAction> {
        Self::ALL.into_iter().find(|action| action.name() == name).ok_or_else(|| NoAction(name.to_owned()))
    }
}
