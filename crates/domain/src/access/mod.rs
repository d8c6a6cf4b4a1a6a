//! Who may do what, decided in one place: role, bond to the case and purpose; what is not allowed is refused (dossier C, cross-cutting).
//!
//! Only [`permit`] makes a [`Permit`], and only a permit opens the record, so that no page, command or job can forget to ask.

mod action;
mod exception;
mod policy;
mod purpose;
mod role;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

pub use action::{Action, NoAction};
pub use exception::{BrokenGlass, Conflict, Thing};
pub use policy::allowed;
pub use purpose::{Purpose, asks_purpose};
pub use role::{NoRole, Role};

use crate::authority::Authority;
use crate::child::Child;
use crate::id::Id;
use crate::person::Person;
use crate::provider::Provider;

/// The bond to a case that a role needs beside being a role of the child's authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// Every case of the authority that is not restricted.
    Anywhere,
    /// Cases that the person is allocated to, restricted ones too.
    Allocated,
    /// Every case, for a purpose that is said and kept in the log.
    Purposeful,
    /// No case, and of all providers the one that the person works for.
    OwnProvider,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody signed in.
    Person(Id<Person>),
    /// The machine's owner at its terminal, or a job that nobody started: named in the log by what it does.
    Machine(&'static str),
    /// Nobody yet: the one thing open to them is to sign in.
    Nobody,
}

/// A role that somebody has for an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// Where.
    pub authority: Id<Authority>,
    /// As what.
    pub role: Role,
}

/// Who acts, with what they bring.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who it is.
    pub who: Who,
    /// Their roles, at one authority or several.
    pub grants: BTreeSet<Grant>,
    /// The children whose cases they are allocated to, by their work or for a day by breaking the glass.
    pub cases: BTreeSet<Id<Child>>,
    /// What they said they need to read a case for.
    pub purpose: Option<String>,
    /// The provider that they work for, where they have a part here as somebody of a provider.
    pub provider: Option<Id<Provider>>,
    /// Children and providers that they are kept out of by a conflict of interest, whatever their roles.
    pub conflicts: BTreeSet<Id<Thing>>,
    /// What the token is called by which a program acts for them; nothing where they act themselves.
    pub token: Option<String>,
}

impl Actor {
    /// The machine's owner, who has the files anyway, doing this.
    pub const fn machine(doing: &'static str) -> Self {
        Self::bringing_nothing(Who::Machine(doing))
    }

    const fn bringing_nothing(who: Who) -> Self {
        Self {
            who,
            grants: BTreeSet::new(),
            cases: BTreeSet::new(),
            purpose: None,
            provider: None,
            conflicts: BTreeSet::new(),
            token: None,
        }
    }

    /// Nobody in particular.
    pub const fn nobody() -> Self {
        Self::bringing_nothing(Who::Nobody)
    }
}

/// What an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct On {
    /// Whose record.
    pub authority: Id<Authority>,
    /// Which child's case, if it is one.
    pub case: Option<Case>,
    /// Which other thing, if it is one that somebody may be in conflict with: a provider.
    pub thing: Option<Id<Thing>>,
}

/// A child's case, as far as it bears on who may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// Whose.
    pub child: Id<Child>,
    /// Open to those alone who are allocated to it: adoption, a court's order, a colleague's child.
    pub restricted: bool,
}

impl On {
    /// The record of an authority as a whole.
    pub const fn authority(authority: Id<Authority>) -> Self {
        Self { authority, case: None, thing: None }
    }

    /// A child's case.
    pub const fn case(authority: Id<Authority>, child: Id<Child>, restricted: bool) -> Self {
        Self { authority, case: Some(Case { child, restricted }), thing: None }
    }

    /// Something of an authority that somebody may be in conflict with.
    pub const fn thing<Of>(authority: Id<Authority>, thing: Id<Of>) -> Self {
        Self { authority, case: None, thing: Some(Id::from_uuid(thing.uuid())) }
    }
}

/// Which cases a permit reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of the authority that are not restricted, and the person's own.
    Authority,
    /// The cases that the person is allocated to.
    Allocated,
}

/// Leave to do one thing in one authority's record. Made by [`permit`] alone.
#[derive(Clone, Debug)]
pub struct Permit {
    who: Who,
    authority: Id<Authority>,
    action: Action,
    reach: Reach,
    purpose: Option<String>,
    provider: Option<Id<Provider>>,
    token: Option<String>,
}

impl Permit {
    /// Who has it.
    pub const fn who(&self) -> Who {
        self.who
    }

    /// Whose record it opens.
    pub const fn authority(&self) -> Id<Authority> {
        self.authority
    }

    /// What for.
    pub const fn action(&self) -> Action {
        self.action
    }

    /// Which cases it reaches: what a list may hold.
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// The one provider whose rows it opens, for somebody who works for a provider; nothing for everybody else. The store puts its fence by it.
    pub const fn provider(&self) -> Option<Id<Provider>> {
        self.provider
    }

    /// The purpose that was said, if any.
    pub fn purpose(&self) -> Option<&str> {
        self.purpose.as_deref()
    }

    /// What the token is called by which a program has it, if one has.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

/// A refusal. It does not say whether the thing exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denied {
    /// What was asked.
    pub action: Action,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "you may not do this ({})", self.action)
    }
}

impl std::error::Error for Denied {}

/// Decides whether this actor may do this here.
///
/// # Errors
/// [`Denied`] unless the policy allows it: no role there, no bond to the case, no purpose said.
pub fn permit(actor: &Actor, action: Action, on: On) -> Result<Permit, Denied> {
    let reach = match actor.who {
        // The machine's owner holds the database and its key; what they do through the product is logged like everything else.
        Who::Machine(_) => Some(Reach::Authority),
        Who::Nobody => matches!(action, Action::SessionOpen).then_some(Reach::Allocated),
        Who::Person(_) if action.is_own() => Some(Reach::Allocated),
        Who::Person(_) => reach(actor, action, on),
    };
    let reach = reach.ok_or(Denied { action })?;
    let provider = if matches!(actor.who, Who::Person(_)) { actor.provider } else { None };
    Ok(Permit {
        who: actor.who,
        authority: on.authority,
        action,
        reach,
        purpose: actor.purpose.clone(),
        provider,
        token: actor.token.clone(),
    })
}

/// Whether an actor may do this at an authority at least to some case, or for some purpose: what a door can ask before anybody knows which.
pub fn somehow(actor: &Actor, action: Action, authority: Id<Authority>) -> bool {
    match actor.who {
        Who::Person(_) if !action.is_own() => {
            let outsider = is_of_provider(actor, authority);
            let plays = |role: Role| actor.grants.contains(&Grant { authority, role });
            let through =
                |bond: Bond| if outsider { bond == Bond::OwnProvider && actor.provider.is_some() } else { bond != Bond::OwnProvider };
            allowed(action).iter().any(|&(role, bond)| plays(role) && through(bond))
        }
        _ => permit(actor, action, On::authority(authority)).is_ok(),
    }
}

/// Whether somebody has a part here as somebody of a provider. Whatever else was granted to them here, they have no other part: what one authority's people see
/// is not for those whom it buys from.
fn is_of_provider(actor: &Actor, authority: Id<Authority>) -> bool {
    actor.provider.is_some() || actor.grants.contains(&Grant { authority, role: Role::ProviderUser })
}

/// How far a person's roles carry them; nothing if none of them allows it.
fn reach(actor: &Actor, action: Action, on: On) -> Option<Reach> {
    let things = [on.thing, on.case.map(|case| Id::from_uuid(case.child.uuid()))];
    if things.into_iter().flatten().any(|thing| actor.conflicts.contains(&thing)) {
        return None;
    }
    let held = |role: Role| actor.grants.contains(&Grant { authority: on.authority, role });
    let allocated = on.case.is_none_or(|case| actor.cases.contains(&case.child));
    let open = on.case.is_none_or(|case| !case.restricted) || allocated;
    let outsider = is_of_provider(actor, on.authority);
    let of_part = |bond: Bond| outsider == (bond == Bond::OwnProvider);
    let bonds = allowed(action).iter().filter(|&&(role, bond)| held(role) && of_part(bond)).map(|(_, bond)| *bond);
    let own = actor.provider.map(|provider| Id::from_uuid(provider.uuid()));
    let reaches = bonds.filter_map(|bond| match bond {
        Bond::Anywhere => open.then_some(Reach::Authority),
        Bond::Purposeful => (open && actor.purpose.is_some()).then_some(Reach::Authority),
        Bond::Allocated => allocated.then_some(Reach::Allocated),
        // Not the authority as a whole, and no case: the provider itself must be named.
        Bond::OwnProvider => (on.case.is_none() && own.is_some() && on.thing == own).then_some(Reach::Allocated),
    });
    reaches.min_by_key(|reach| match reach {
        Reach::Authority => 0,
        Reach::Allocated => 1,
    })
}
