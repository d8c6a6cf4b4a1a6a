//! Nominations to offices, and the rota for when they are shut.

use domain::office::{Duty, Nomination};

use crate::column::fact;

fact! {
    Nomination in "nomination" { office, standing, person, start as "starts", end as "ends", written }
    read authority
}

fact! {
    Duty in "duty" { person, day, telephone }
    read authority
}
