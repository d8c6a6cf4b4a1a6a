//! The kinds of fact about a child: what they are called and what is asked of each.

use domain::case::{
    Absence, Allocation, Alongside, Assessor, Channel, HealthAssessment, HealthKind, INTERVIEW_DAYS, Interview, Kin, MissingEpisode,
    NeedProfile, Participation, Plan, PlanKind, Review, Risks, Seen, Sibling, Together, Visit, Voice,
};
use domain::child::Child;
use domain::clock::{self, State};
use domain::legal_status::LegalStatus;
use domain::period::PeriodOfCare;
use domain::person::Person;
use domain::placement::Placement;
use domain::{Code, Day, Id, Postcode, period};
use maud::Markup;

use super::super::form::Typed;
use super::described::{About, Context, Input, Kind, described};

described! {
    Placement in "placements", "Where the child lived", "Add a placement", "Nobody wrote down where the child lived." {
        start: Day = "First day", needed "Enter the first day";
        end: Option<Day> = "Moved out on", hint "The day is not a night there; empty while it goes on";
        kind: Code = "Kind of home", needed "Choose the kind of home", code of "PLACE";
        provider: Code = "Provider", code of "PLACE_PROVIDER";
        urn: Code = "Ofsted’s number of the home", hint "Empty where it has none";
        postcode: Option<Postcode> = "Postcode of the home", hint "Empty where it is not known, or must not be";
        ended: Code = "Why it ended", code of "REASON_PLACE_CHANGE";
    }
    in household true
}

described! {
    LegalStatus in "legal-statuses", "By which law", "Add a legal status", "Nobody wrote down by which law the child is looked after." {
        start: Day = "First day", needed "Enter the first day";
        end: Option<Day> = "Ended on", hint "Empty while it is in force";
        status: Code = "Legal status", needed "Choose the legal status", code of "LS";
        need: Code = "Category of need", hint "One for a period of care", code of "CIN";
    }
}

described! {
    PeriodOfCare in "periods", "Periods of care", "Add a period of care", "The child was not looked after, as far as the record knows." {
        start: Day = "First day", needed "Enter the first day";
        end: Option<Day> = "Ended on", hint "Empty while it goes on";
        kind: period::Kind = "What it is";
        ceased: Code = "Why it ended", code of "REC";
    }
}

described! {
    Allocation in "allocations", "Who works with the child", "Allocate somebody", "Nobody is allocated to the child." {
        person: Id<Person> = "Who", needed "Choose who";
        start: Day = "First day", needed "Enter the first day";
        end: Option<Day> = "Ended on", hint "Empty while it goes on";
    }
}

described! {
    NeedProfile in "needs", "What the child needs of a home", "Add a needs profile", "Nobody wrote down yet what the child needs of a home." {
        day: Day = "Assessed on", needed "Enter the day of the assessment";
        alongside: Alongside = "With other children";
        risks: Risks = "What the home must be ready for", hint "None chosen means that none was named";
        health: String = "Health and disability";
        education: String = "School and learning";
        communication: String = "Language and communication";
        culture: String = "Culture, religion and identity";
        home: String = "What the home must be like", hint "No names, and nothing that tells who the child is";
    }
}

described! {
    Sibling in "siblings", "Brothers and sisters", "Add a brother or sister", "Nobody wrote down brothers or sisters." {
        other: Option<Id<Child>> = "Reference", hint "What the case system calls them; empty for one who is not in this record";
        kin: Kin = "How they are related";
        born: Option<Day> = "Born on", hint "Empty where nobody knows";
        wish: Together = "What the child wishes";
        plan: Together = "What is planned";
        words: String = "Why, and how they see each other", hint "No names: those belong to names and addresses";
    }
}

described! {
    MissingEpisode in "missing", "Times missing", "Add a time missing", "No time missing was recorded." {
        start: Day = "From", needed "Enter the day on which it was noticed";
        end: Option<Day> = "Came back on", hint "Empty while the child is not back";
        kind: Absence = "What it was";
        offered: Option<Day> = "Return interview offered on", hint "Within 72 hours of the return";
        interview: Interview = "What became of the offer";
    }
    remark |one, on, case| match clock::return_interview(one, case.interviews_since, on).map(|interview| interview.state) {
        Some(State::Overdue { .. }) => Some("Return interview overdue"),
        Some(State::Unknown { .. }) => Some("Return interview not known"),
        _ => one.days_to_offer().filter(|days| *days > INTERVIEW_DAYS).map(|_| "Offered late"),
    }
}

described! {
    Review in "reviews", "Reviews", "Add a review", "No review was recorded." {
        due: Day = "Due by", needed "Enter by when it was due";
        held: Option<Day> = "Held on", hint "Empty until it was held";
        participation: Participation = "How the child took part";
        decisions: String = "What was decided";
    }
    ahead |one| one.held.is_none();
    remark |one, on, _| one.is_late_on(on).then_some("Late")
}

described! {
    Visit in "visits", "Visits", "Add a visit", "No visit was recorded." {
        due: Option<Day> = "Due by", hint "Empty for one that nobody had to make";
        made: Option<Day> = "Made on", hint "Empty until it was made";
        seen: Seen = "How the child was seen";
        by: String = "By whom";
        words: String = "What was found";
    }
    ahead |one| one.made.is_none();
    remark |one, on, _| one.is_late_on(on).then_some("Late")
}

described! {
    HealthAssessment in "health", "Health assessments and checks", "Add a health assessment or check", "No health assessment was recorded." {
        kind: HealthKind = "What was looked at";
        due: Option<Day> = "Due by", hint "Empty where no day was set";
        held: Option<Day> = "Held on", hint "Empty until it was held";
        by: Assessor = "By whom";
        score: Option<u32> = "Score of the questionnaire", hint "0 to 40, of a strengths and difficulties questionnaire; empty for everything else";
        words: String = "What was found, and what follows";
    }
    ahead |one| one.held.is_none();
    remark |one, on, _| if one.lacks_doctor() { Some("Not by a doctor") } else { one.is_late_on(on).then_some("Late") }
}

described! {
    Plan in "plans", "Plans", "Add a plan", "No plan was recorded." {
        kind: PlanKind = "What it plans";
        agreed: Day = "Agreed on", needed "Enter the day on which it was agreed";
        again: Option<Day> = "Looked at again by", hint "Empty where no day is set";
        ended: Option<Day> = "Ended on", hint "Empty while it stands";
        aim: String = "What it aims for";
    }
}

described! {
    Voice in "voice", "In the child’s own words", "Add the child’s words", "Nobody wrote down what the child said." {
        day: Day = "When", needed "Enter the day on which the child said it";
        channel: Channel = "How";
        words: String = "The words", hint "As they were said: nothing is improved", needed "Write what the child said";
        heard_by: String = "Who heard it", needed "Write who heard it";
    }
}
