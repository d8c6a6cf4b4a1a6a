//! Decisions in an emergency and what courts have allowed: what they are called and what is asked of each.

use domain::case::{CourtAuthority, CourtKind, EmergencyDecision, EmergencyKind};
use domain::child::Child;
use domain::person::Person;
use domain::{Day, Id};
use maud::Markup;
use service::record::case;

use super::super::form::Typed;
use super::described::{About, Context, Input, Kind, described};

described! {
    EmergencyDecision in "emergencies", "Decisions in an emergency", "Add a decision in an emergency", "No decision in an emergency was recorded." {
        kind: EmergencyKind = "What was decided";
        day: Day = "When", needed "Enter the day on which it was decided";
        decider: Id<Person> = "Who decided", needed "Choose who decided";
        capacity: String = "As what", hint "Manager on duty, deputy of the nominated officer", needed "Write as what they decided";
        reasons: String = "Why it could not wait", needed "Say why the decision could not wait";
        approver: Option<Id<Person>> = "Who approved it";
        approved: Option<Day> = "Approved on", hint "Empty until it was: the next working day at the latest";
    }
    remark |one, on, _| {
        match (one.approved.is_some(), case::approval(one, on).state.days_late(on)) {
            (false, 0) => Some("Waits for approval"),
            (false, _) => Some("Not approved in time"),
            (true, 0) => None,
            (true, _) => Some("Approved late"),
        }
    }
}

described! {
    CourtAuthority in "courts", "What courts have allowed", "Add a court’s leave", "No leave of a court was recorded." {
        kind: CourtKind = "What it allows";
        start: Day = "First day", needed "Enter the first day";
        expires: Day = "Runs out on", hint "The last day on which it holds: it never goes on by itself", needed "Enter the last day on which it holds";
        ended: Option<Day> = "Ended early on", hint "When it was discharged or no longer needed; empty while it stands";
        court: String = "Which court, and its number", needed "Write which court gave it, and its number";
        words: String = "What it says, with its conditions";
    }
    remark |one, on, _| one.has_run_out_on(on).then_some("Ran out")
}
