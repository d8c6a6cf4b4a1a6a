//! What a child's case holds beside placements and legal statuses, each in a table of its own.

use domain::case::{Allocation, HealthAssessment, MissingEpisode, NeedProfile, Plan, Review, Sibling, Visit, Voice};
use domain::child::Child;

use crate::column::fact;

fact! {
    Allocation in "allocation" { child, person, start as "starts", end as "ends" }
    order "starts" of Child by "child"
}

fact! {
    HealthAssessment in "health_assessment" { child, kind, due, held, by as "assessor", score, words }
    order "coalesce(held, due)" of Child by "child"
}

fact! {
    NeedProfile in "need_profile" { child, day, alongside, risks, health, education, communication, culture, home }
    order "day" of Child by "child"
}

fact! {
    Sibling in "sibling" { child, other, kin, born, wish, plan as "planned", words }
    of Child by "child"
}

fact! {
    MissingEpisode in "missing_episode" { child, kind, start as "starts", end as "ends", offered, interview }
    order "starts" of Child by "child"
}

fact! {
    Review in "review" { child, due, held, participation, decisions }
    order "due" of Child by "child"
}

fact! {
    Visit in "visit" { child, due, made, seen, by as "made_by", words }
    order "coalesce(made, due)" of Child by "child"
}

fact! {
    Plan in "care_plan" { child, kind, agreed, again as "look_again", ended, aim }
    order "agreed" of Child by "child"
}

fact! {
    Voice in "voice" { child, day, channel, words, heard_by }
    order "day" of Child by "child"
}
