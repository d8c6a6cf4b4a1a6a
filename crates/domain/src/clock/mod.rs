//! Statutory clocks: what must be done by when, from which fact it runs, and how it stands (dossier B6; practice 3.5).
//!
//! A clock runs from what happened, not from when somebody typed it in (F23), and says *not known* where the record cannot tell: a review that nobody
//! recorded may have been held. Law is cited by its number; "regulation" alone is one of the Care Planning, Placement and Case Review (England)
//! Regulations 2010 as amended.

mod child;
mod missing;

pub use child::{Facts, Living, WITHOUT_LEAVE, approval, duties, secure};
pub use missing::return_interview;

use crate::access::Role;
use crate::date::Day;
use crate::list::list;

list! {
    /// Something that must be done by a day.
    Duty, "duty" {
        /// Regulation 9: before the child is placed, else within five working days.
        PlacementPlan = "placement-plan", "Placement plan";
        /// Regulation 9: what the child wishes and feels about the placement is asked with the plan, and within its time (dossier I8).
        Voice = "voice", "Words of the child";
        /// The law allows nobody of the child's age where they live, or to be held as they are: a breach that has happened (dossier I0, I4, I5).
        TooYoung = "too-young", "Breach: against the law at the child’s age";
        /// The child is in secure accommodation, and no leave of a court holds: lawful for 72 hours, then a breach (dossier I0, I6).
        SecureLeave = "secure-leave", "Breach: secure accommodation without a court’s leave";
        /// Regulation 33: within 20 working days, then three months, then every six.
        Review = "review", "Review";
        /// Regulation 28: within a week, every six weeks in the first year, then by how long the placement is to last.
        Visit = "visit", "Visit by the social worker";
        /// Regulation 7, with the statutory guidance on the health of looked-after children (2015).
        HealthAssessment = "health-assessment", "Health assessment";
        /// Regulation 5, with the statutory guidance on the education of looked-after children (2018).
        EducationPlan = "education-plan", "Personal education plan";
        /// Statutory guidance on children who run away or go missing from home or care (2014): held within 72 hours of the return.
        ReturnInterview = "return-interview", "Return interview";
        /// The day of a planned placement has come, and nobody has said that it began (F32, F33: a plan is no fact by the calendar).
        PlannedPlacement = "planned-placement", "Planned placement";
        /// Regulations 11 and 23: what was decided in an emergency is put before the nominated officer on the next working day (dossier I7, E4).
        EmergencyApproval = "emergency-approval", "Approval after an emergency";
        /// A court's leave runs out, and is never taken to go on by itself (dossier I6).
        CourtAuthority = "court-authority", "Leave of a court that runs out";
        /// A case opened by breaking the glass is looked at within a day (dossier C).
        OpenedCase = "opened-case", "Review of a case opened in need";
        /// A home closed, was judged worse, or a limit of the law is broken (dossier E3, E5).
        Alert = "alert", "Alert about a home";
        /// An invitation that nobody took up ends after seven days.
        Invitation = "invitation", "Invitation";
        /// Somebody must be nominated who can decide (dossier E4, F25).
        Office = "office", "Somebody who can decide";
        /// A paper that a provider must hold (dossier A133).
        Document = "document", "Document of a provider";
        /// A change of the account to which a provider is paid waits for a second person (dossier C8).
        Payee = "payee", "Bank details to confirm";
        /// A bed that is held for a child lapses by itself (F14).
        Hold = "held-bed", "Held bed";
        /// A case that is open to those alone who work on it, and nobody does: no duty towards the child falls to anybody until somebody is allocated.
        Allocation = "allocation", "Somebody to work with the child";
    }
}

impl Duty {
    /// Where it is written.
    pub const fn source(self) -> &'static str {
        match self {
            Self::PlacementPlan | Self::Voice => "Regulation 9, Care Planning, Placement and Case Review (England) Regulations 2010",
            Self::TooYoung => {
                "Regulation 27A, Care Planning, Placement and Case Review (England) Regulations 2010; section 50, Children and Young Persons Act 1933"
            }
            Self::Review => "Regulation 33, Care Planning, Placement and Case Review (England) Regulations 2010",
            Self::Visit => "Regulation 28, Care Planning, Placement and Case Review (England) Regulations 2010",
            Self::HealthAssessment => {
                "Regulation 7, Care Planning, Placement and Case Review (England) Regulations 2010; Promoting the health and well-being of looked-after children (2015)"
            }
            Self::EducationPlan => {
                "Regulation 5, Care Planning, Placement and Case Review (England) Regulations 2010; Promoting the education of looked-after children (2018)"
            }
            Self::ReturnInterview => "Statutory guidance on children who run away or go missing from home or care (2014)",
            Self::EmergencyApproval => "Regulations 11 and 23, Care Planning, Placement and Case Review (England) Regulations 2010",
            Self::SecureLeave => "Children Act 1989 section 25; regulation 10, Children (Secure Accommodation) Regulations 1991",
            Self::CourtAuthority => "Children Act 1989 section 25, or the order itself",
            Self::PlannedPlacement
            | Self::OpenedCase
            | Self::Alert
            | Self::Invitation
            | Self::Office
            | Self::Document
            | Self::Payee
            | Self::Hold
            | Self::Allocation => "Rule of this authority",
        }
    }

    /// Whose a duty towards a child is: those allocated to the child who have this role. Where nobody is, the placement officers; where they may not open the
    /// case, since it is restricted, everybody who is allocated to it; and where nobody is, [`Self::Allocation`] falls to the director.
    pub const fn falls_to(self) -> Role {
        match self {
            Self::Review => Role::IndependentReviewingOfficer,
            _ => Role::SocialWorker,
        }
    }

    /// Days before its last one from which it is shown as due: time enough to do it. A plan due in five working days is shown at once.
    pub const fn notice(self) -> i32 {
        match self {
            Self::Review | Self::CourtAuthority | Self::Document => 28,
            Self::Office => 42,
            Self::HealthAssessment | Self::EducationPlan => 21,
            Self::Visit => 10,
            Self::PlacementPlan
            | Self::Voice
            | Self::TooYoung
            | Self::SecureLeave
            | Self::ReturnInterview
            | Self::PlannedPlacement
            | Self::EmergencyApproval
            | Self::OpenedCase
            | Self::Alert
            | Self::Payee
            | Self::Allocation => 365,
            Self::Invitation | Self::Hold => 2,
        }
    }
}

/// How a duty stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was done.
    Met {
        /// When.
        on: Day,
        /// By when it had to be.
        by: Day,
    },
    /// It is to be done by the end of this day.
    Due {
        /// The last day.
        by: Day,
    },
    /// It should have been done by the end of this day.
    Overdue {
        /// The last day.
        by: Day,
    },
    /// The law does not ask it here; the sentence says why.
    NotApplicable(&'static str),
    /// The record cannot tell; the sentence says what it lacks.
    Unknown {
        /// By when it had to be, if at least that is known.
        by: Option<Day>,
        /// What is lacking.
        why: &'static str,
    },
}

/// A duty from the fact that began it to how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub duty: Duty,
    /// The day of the fact from which it runs.
    pub since: Day,
    /// When it was last done, of duties that come again.
    pub last: Option<Day>,
    /// How it stands.
    pub state: State,
}

impl State {
    /// Of something to be done by a day.
    pub fn of(by: Day, done: Option<Day>, today: Day) -> Self {
        match done {
            Some(on) => Self::Met { on, by },
            None if today <= by => Self::Due { by },
            None => Self::Overdue { by },
        }
    }

    /// The last day, where it is still to be done.
    pub const fn open_until(self) -> Option<Day> {
        match self {
            Self::Due { by } | Self::Overdue { by } => Some(by),
            Self::Met { .. } | Self::NotApplicable(_) | Self::Unknown { .. } => None,
        }
    }

    /// Days after the last one: on which it was done, or until today. 0 in time, and where nothing can be said.
    pub fn days_late(self, today: Day) -> u32 {
        let late = match self {
            Self::Met { on, by } => on.since(by),
            Self::Overdue { by } => today.since(by),
            Self::Due { .. } | Self::NotApplicable(_) | Self::Unknown { .. } => 0,
        };
        late.max(0) as u32
    }
}

impl Standing {
    /// Whether somebody must look at it by now: overdue, or due so soon that it is time.
    pub fn is_pressing(&self, today: Day) -> bool {
        self.state.open_until().is_some_and(|by| by.since(today) <= self.duty.notice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_in_time_and_the_next_is_late() {
        let day = |n| Day::from_ymd(2026, 11, 1).unwrap().plus(n);
        assert_eq!(State::of(day(5), None, day(5)), State::Due { by: day(5) });
        assert_eq!(State::of(day(5), None, day(6)).days_late(day(6)), 1);
        assert_eq!(State::of(day(5), Some(day(7)), day(30)).days_late(day(30)), 2, "what is done grows no later");
        assert_eq!(State::of(day(5), Some(day(3)), day(30)).days_late(day(30)), 0);
    }

    #[test]
    fn what_is_far_off_presses_nobody() {
        let day = |n| Day::from_ymd(2026, 11, 1).unwrap().plus(n);
        let visit = |by| Standing { duty: Duty::Visit, since: day(0), last: None, state: State::of(by, None, day(1)) };
        assert_eq!([day(0), day(11), day(12)].map(|by| visit(by).is_pressing(day(1))), [true, true, false]);
    }
}
