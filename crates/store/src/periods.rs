//! Times in care, unbroken, and agreed series of short breaks.

use domain::Day;
use domain::child::Child;
use domain::period::PeriodOfCare;

use crate::column::fact;
use crate::facts::OfChild;

fact! {
    PeriodOfCare in "period_of_care" { child, kind, start as "starts", end as "ends", ceased }
    of Child by "child"
}

impl OfChild for PeriodOfCare {
    fn order(&self) -> (Day, u8) {
        (self.start, 0)
    }
}
