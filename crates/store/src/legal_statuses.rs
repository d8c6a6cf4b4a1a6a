//! By which law a child is looked after, from when to when.

use domain::Day;
use domain::child::Child;
use domain::legal_status::LegalStatus;

use crate::column::fact;
use crate::facts::OfChild;

fact! {
    LegalStatus in "legal_status" { child, status, need, start as "starts", end as "ends" }
    of Child by "child"
}

impl OfChild for LegalStatus {
    fn order(&self) -> (Day, u8) {
        (self.start, 0)
    }
}
