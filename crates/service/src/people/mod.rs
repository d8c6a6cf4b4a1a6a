//! The people who work with the record: how they show who they are, and what they may do.

mod choice;
mod conflicts;
mod exceptions;
mod factors;
mod links;
mod nominated;
mod offices;
mod passwords;
mod programs;
mod provider_users;
mod rota;
pub(crate) mod secret;
mod sessions;
mod sign_in;
mod sign_on;
mod throttle;
mod token;
mod users;

pub use choice::choose;
pub use conflicts::{Declared, Named, conflicts, end_conflict, thing};
pub use exceptions::{Broken, break_glass, broken, declare_conflict, review_glass};
pub use factors::{Factor, Proof, Setup, begin_factor, factor, prove, proved_lately, remove_factor};
pub use links::{choose_password, forgot, invite, invite_by_mail, link, link_for, mail_link_to};
pub(crate) use nominated::uncovered;
pub use nominated::{Gaps, NominationPage, correct_nomination, end_nomination, gaps, nomination, withdraw_nomination};
pub use offices::{Approver, NewNomination, approvers, eligible, nominate, nominations, put_on_duty};
pub use programs::{Brought, LONGEST_TOKEN, NewToken, by_token, end_token, make_token, program_tokens};
pub use provider_users::{
    NewProviderUser, OfProvider, invite_to_provider, invite_to_provider_by_mail, join_provider, part_from_provider, provider_users,
    providers_to_join,
};
pub use rota::{DutyPage, MOST_NIGHTS, Night, OnDuty, correct_duty, duty, rota, withdraw_duty};
pub(crate) use sessions::actor;
pub use sessions::{Signed, Standing, own_sessions, refused, sign_out, sign_out_everywhere, signed};
pub use sign_in::{Attempt, Outcome, sign_in};
pub use sign_on::{Came, Counts, Errand, SignOn};
pub use store::person::links::{Kind, Link};
pub use store::person::persons::Known;
pub use store::person::sessions::Session;
pub use store::person::tokens::ProgramToken;
pub use token::{NoToken, Token};
pub use users::{NewUser, User, acting_as, add, let_in_again, reset, set_roles, stop, take_factor, unlink, user, users};

use domain::Id;
use domain::access::{Action, Actor, On, Permit};
use domain::authority::Authority;

use crate::Error;
use crate::record::allowed;

/// Leave for the program itself to look up who somebody is: before that, there is nobody to give leave to.
pub(crate) fn program(doing: &'static str, authority: Id<Authority>) -> Result<Permit, Error> {
    allowed(&Actor::machine(doing), Action::SessionOpen, On::authority(authority))
}
