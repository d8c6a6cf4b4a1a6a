//! What a child's case holds beside where the child lives and by which law: needs, brothers and sisters, times missing, reviews, visits, health, plans,
//! decisions in an emergency, what courts have allowed, and the child's own words (dossier E1). Each is a dated fact about one child.

mod allocation;
mod court;
mod emergency;
mod health;
mod missing;
mod need;
mod plan;
mod review;
mod sibling;
mod visit;
mod voice;

pub use allocation::Allocation;
pub use court::{CourtAuthority, CourtKind, last_ones, secure_without_leave};
pub use emergency::{EmergencyDecision, EmergencyKind, NotDecided};
pub use health::{Assessor, HealthAssessment, HealthKind, NotAssessed};
pub use missing::{Absence, INTERVIEW_DAYS, Interview, MissingEpisode};
pub use need::{Alongside, NeedProfile, Risk, Risks};
pub use plan::{Plan, PlanKind};
pub use review::{Participation, Review};
pub use sibling::{Kin, Sibling, Together};
pub use visit::{Seen, Visit};
pub use voice::{Channel, Voice};
