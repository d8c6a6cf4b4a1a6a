//! A child's health: assessments that the law asks for, and what the return asks beside them.

use std::fmt;

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// A health assessment or check, due by a day and held on one (Care Planning, Placement and Case Review (England) Regulations 2010 reg 7; dossier B6, B9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthAssessment {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose.
    pub child: Id<Child>,
    /// What was looked at.
    pub kind: HealthKind,
    /// By when it had to be held; nothing for one that no day was set for.
    pub due: Option<Day>,
    /// When it was held; nothing until it was.
    pub held: Option<Day>,
    /// Who carried it out.
    pub by: Assessor,
    /// The total difficulties score of the questionnaire, 0-40; nothing for everything else, and for one that was not scored.
    pub score: Option<u32>,
    /// What was found, and what follows from it.
    pub words: String,
}

list! {
    /// What was looked at.
    HealthKind, "kind of health assessment" {
        /// By a registered medical practitioner, in time for the first review (regulation 7(1)).
        Initial = "initial", "Initial health assessment";
        /// Every six months under five, every twelve from five on (regulation 7(3)).
        Review = "review", "Review health assessment";
        /// By a dentist, once a year (return, TEETH_CHECK).
        Dental = "dental", "Dental check";
        /// Whether they are up to date (return, IMMUNISATIONS).
        Immunisations = "immunisations", "Immunisations up to date";
        /// Strengths and difficulties questionnaire, from 4 to 16, once a year (return, SDQ_SCORE).
        Questionnaire = "sdq", "Strengths and difficulties questionnaire";
    }
}

list! {
    /// Who carried an assessment out.
    Assessor, "way in which an assessment was carried out" {
        /// Not held yet, or nobody wrote it down.
        NotKnown = "not-known", "Not known";
        /// A registered medical practitioner: the initial assessment is theirs alone.
        Doctor = "doctor", "Doctor";
        /// A registered nurse or midwife.
        Nurse = "nurse", "Nurse or midwife";
        /// A dentist.
        Dentist = "dentist", "Dentist";
        /// A carer, who answers a questionnaire.
        Carer = "carer", "Carer";
        /// Anybody else.
        Other = "other", "Somebody else";
    }
}

/// Why an assessment cannot be as it was put; a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAssessed {
    /// It has no day at all.
    NoDay,
    /// A score of something that has none.
    NoScore,
    /// Beyond the end of the scale.
    TooHigh,
}

impl fmt::Display for NotAssessed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoDay => "Say when the assessment was held, or by when it is due.",
            Self::NoScore => "Only a strengths and difficulties questionnaire that was held has a score: leave it empty.",
            Self::TooHigh => "The score of a strengths and difficulties questionnaire is between 0 and 40.",
        })
    }
}

impl std::error::Error for NotAssessed {}

/// The highest total difficulties score.
const HIGHEST: u32 = 40;

impl HealthKind {
    /// Whether regulation 7 asks for it: the others the return alone asks for.
    pub const fn is_statutory(self) -> bool {
        matches!(self, Self::Initial | Self::Review)
    }

    /// Whether one of this kind, carried out so, is what regulation 7 asks for: the initial one is a doctor's alone (7(1)).
    pub const fn meets_regulation_7(self, by: Assessor) -> bool {
        match self {
            Self::Initial => matches!(by, Assessor::Doctor | Assessor::NotKnown),
            other => other.is_statutory(),
        }
    }
}

impl HealthAssessment {
    /// Whether it agrees with itself.
    ///
    /// # Errors
    /// The first contradiction.
    pub fn check(&self) -> Result<(), NotAssessed> {
        if self.due.is_none() && self.held.is_none() {
            return Err(NotAssessed::NoDay);
        }
        match self.score {
            Some(_) if self.kind != HealthKind::Questionnaire || self.held.is_none() => Err(NotAssessed::NoScore),
            Some(score) if score > HIGHEST => Err(NotAssessed::TooHigh),
            _ => Ok(()),
        }
    }

    /// Whether it was late on a day: held after it was due, or not held although that day is past.
    pub fn is_late_on(&self, day: Day) -> bool {
        self.due.is_some_and(|due| self.held.unwrap_or(day) > due)
    }

    /// Whether it is an initial assessment that a doctor did not carry out: it does not do what regulation 7(1) asks.
    pub const fn lacks_doctor(&self) -> bool {
        matches!(self.kind, HealthKind::Initial) && !self.kind.meets_regulation_7(self.by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(n: i32) -> Day {
        Day::from_ymd(2026, 3, 1).unwrap().plus(n)
    }

    fn one(kind: HealthKind, due: Option<i32>, held: Option<i32>) -> HealthAssessment {
        HealthAssessment {
            id: Id::from_uuid(Uuid::nil()),
            child: Id::from_uuid(Uuid::nil()),
            kind,
            due: due.map(day),
            held: held.map(day),
            by: Assessor::NotKnown,
            score: None,
            words: String::new(),
        }
    }

    #[test]
    fn an_assessment_is_late_after_the_day_it_is_due() {
        let review = |due, held| one(HealthKind::Review, due, held);
        assert!(!review(Some(5), None).is_late_on(day(5)) && review(Some(5), None).is_late_on(day(6)));
        assert!(!review(Some(5), Some(5)).is_late_on(day(90)) && review(Some(5), Some(6)).is_late_on(day(6)));
        assert!(!review(None, Some(6)).is_late_on(day(90)), "one that no day was set for");
    }

    #[test]
    fn only_a_questionnaire_that_was_held_has_a_score_to_forty() {
        assert_eq!(one(HealthKind::Dental, None, None).check(), Err(NotAssessed::NoDay));
        let scored = |kind, held, score| HealthAssessment { score: Some(score), ..one(kind, Some(5), held) }.check();
        assert_eq!(scored(HealthKind::Questionnaire, Some(4), 40), Ok(()));
        assert_eq!(scored(HealthKind::Questionnaire, Some(4), 41), Err(NotAssessed::TooHigh));
        assert_eq!(scored(HealthKind::Questionnaire, None, 17), Err(NotAssessed::NoScore));
        assert_eq!(scored(HealthKind::Review, Some(4), 17), Err(NotAssessed::NoScore));
    }

    #[test]
    fn an_initial_assessment_is_a_doctors() {
        let by = |kind, by| HealthAssessment { by, ..one(kind, None, Some(1)) }.lacks_doctor();
        assert!(by(HealthKind::Initial, Assessor::Nurse));
        assert!(!by(HealthKind::Initial, Assessor::Doctor) && !by(HealthKind::Initial, Assessor::NotKnown));
        assert!(!by(HealthKind::Review, Assessor::Nurse), "a nurse reviews (regulation 7(2))");
    }
}
