//! The people who work with the record: how they show who they are, and what they may do.

mod passwords;
mod sessions;
mod sign_in;
mod throttle;
mod token;
mod users;

pub use sessions::{Signed, Standing, refused, sign_out, signed};
pub use sign_in::{Attempt, Outcome, sign_in};
pub use store::person::sessions::Session;
pub use token::Token;
pub use users::{NewUser, add};

use domain::Id;
use domain::access::{Action, Actor, On, Permit};
use domain::authority::Authority;

use crate::Error;
use crate::record::allowed;

/// Leave for the program itself to look up who somebody is: before that, there is nobody to give leave to.
fn program(doing: &'static str, authority: Id<Authority>) -> Result<Permit, Error> {
    allowed(&Actor::machine(doing), Action::SessionOpen, On::authority(authority))
}
