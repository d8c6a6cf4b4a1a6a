//! Where children lived, and every version of it that was ever known.

use domain::Day;
use domain::child::Child;
use domain::placement::Placement;

use crate::column::fact;
use crate::facts::OfChild;

fact! {
    Placement in "placement" { child, kind, provider, urn, postcode, start as "starts", end as "ends", ended }
    of Child by "child"
}

impl OfChild for Placement {
    /// A main placement stands before the temporary stays within it.
    fn order(&self) -> (Day, u8) {
        (self.start, u8::from(self.is_temporary()))
    }
}
