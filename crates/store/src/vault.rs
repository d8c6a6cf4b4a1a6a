//! The vault: identifying words, sealed before they come here. What is kept opens with a key that this crate never sees.

use domain::child::Child;
use domain::vault::Kept;

use crate::column::fact;

fact! {
    Kept in "vault" { child, kind, sealed }
    order "kind" of Child by "child"
}
