//! The bank account to which a provider is paid, and the two people whom a change of it takes (dossier C8, I14).
//!
//! Whoever can change an account alone can have a provider's money sent elsewhere. One person proposes, another one confirms; until then the account that
//! stands is paid.

use std::fmt;

use jiff::Timestamp;

use crate::id::Id;
use crate::list::list;
use crate::person::Person;
use crate::provider::Provider;
use crate::vault::Sealed;

/// An account that was proposed for a provider, and what became of the proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Who is paid.
    pub provider: Id<Provider>,
    /// How it stands.
    pub state: State,
    /// The account, which only the key opens.
    pub sealed: Sealed,
    /// The last four figures of the account's number, by which people tell accounts apart.
    pub ending: String,
    /// Why it was proposed: the letter, and how the provider was asked.
    pub because: String,
    /// Who proposed it.
    pub proposed_by: Id<Person>,
    /// When.
    pub proposed_at: Timestamp,
    /// Who confirmed, refused or withdrew it; nothing while it waits.
    pub decided_by: Option<Id<Person>>,
    /// When.
    pub decided_at: Option<Timestamp>,
}

list! {
    /// How a proposed account stands.
    State, "state of bank details" {
        /// Proposed; the account that stands is still paid.
        Waiting = "waiting", "Waiting for a second person";
        /// Confirmed by a second person: this one is paid.
        InForce = "in-force", "In force";
        /// Another one took its place.
        Replaced = "replaced", "Replaced";
        /// The second person said no.
        Refused = "refused", "Refused";
        /// Whoever proposed it took it back.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

impl Payee {
    /// Whether this person may confirm or refuse it: anybody but whoever proposed it (I14).
    pub fn may_be_decided_by(&self, person: Id<Person>) -> bool {
        self.state == State::Waiting && self.proposed_by != person
    }

    /// The state in which it ends when this person turns it down: their own is withdrawn, another's refused.
    pub fn turned_down_by(&self, person: Id<Person>) -> State {
        if self.proposed_by == person { State::Withdrawn } else { State::Refused }
    }
}

/// An account of a bank in the United Kingdom.
#[derive(Clone, PartialEq, Eq)]
pub struct BankAccount {
    holder: String,
    sort_code: String,
    number: String,
}

/// A part of an account as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Whose account it is.
    Holder,
    /// Which bank and branch.
    SortCode,
    /// Which account there.
    Number,
}

/// The longest name of an account: that of a payment by BACS is cut at 18, other services take more.
const LONGEST: usize = 70;

impl BankAccount {
    /// An account as it was typed.
    ///
    /// # Errors
    /// Every part that cannot be right.
    pub fn read(holder: &str, sort_code: &str, number: &str) -> Result<Self, Vec<Part>> {
        let plain = |text: &str| text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect::<String>();
        let figures = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        let account = Self { holder: holder.trim().to_owned(), sort_code: plain(sort_code), number: plain(number) };
        let is_name =
            !account.holder.is_empty() && account.holder.chars().count() <= LONGEST && !account.holder.chars().any(char::is_control);
        let parts =
            [(Part::Holder, is_name), (Part::SortCode, figures(&account.sort_code, 6)), (Part::Number, figures(&account.number, 8))];
        let wrong: Vec<Part> = parts.into_iter().filter(|(_, right)| !right).map(|(part, _)| part).collect();
        if wrong.is_empty() { Ok(account) } else { Err(wrong) }
    }

    /// The one text that is sealed.
    pub fn text(&self) -> String {
        [self.holder.as_str(), &self.sort_code, &self.number].join("\n")
    }

    /// The account of such a text.
    pub fn of_text(text: &str) -> Option<Self> {
        let mut parts = text.split('\n');
        let (holder, sort_code, number) = (parts.next()?, parts.next()?, parts.next()?);
        Self::read(holder, sort_code, number).ok().filter(|_| parts.next().is_none())
    }

    /// Whose account it is.
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// The sort code as banks print it: `12-34-56`.
    pub fn sort_code(&self) -> String {
        format!("{}-{}-{}", &self.sort_code[..2], &self.sort_code[2..4], &self.sort_code[4..])
    }

    /// The eight figures of the account.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The last four of them.
    pub fn ending(&self) -> &str {
        &self.number[4..]
    }
}

/// Whoever prints one by mistake prints what everybody may see.
impl fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an account ending {}", self.ending())
    }
}

/// What to do about it, without a full stop.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Holder => "Enter the name on the account, in at most 70 characters",
            Self::SortCode => "Enter the sort code: six figures, like 12-34-56",
            Self::Number => "Enter the account number: eight figures. Where the bank gives seven, put a 0 before them",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_a_name_six_figures_and_eight() {
        let account = BankAccount::read(" Made-up Homes Ltd ", "12 34-56", "1234 5678").unwrap();
        assert_eq!((account.holder(), account.sort_code().as_str(), account.number()), ("Made-up Homes Ltd", "12-34-56", "12345678"));
        assert_eq!(BankAccount::of_text(&account.text()), Some(account.clone()));
        assert_eq!(format!("{account:?}"), "an account ending 5678");
        assert_eq!(BankAccount::read("", "12345", "1234567"), Err(vec![Part::Holder, Part::SortCode, Part::Number]));
        for (sort_code, number) in [("1234567", "12345678"), ("12345a", "12345678"), ("١٢٣٤٥٦", "12345678")] {
            assert_eq!(BankAccount::read("A", sort_code, number), Err(vec![Part::SortCode]), "{sort_code}");
        }
        assert_eq!(BankAccount::read("A\nB", "123456", "123456789"), Err(vec![Part::Holder, Part::Number]));
        assert_eq!(BankAccount::of_text("A\n123456\n12345678\nB"), None);
    }

    #[test]
    fn nobody_decides_on_their_own_proposal() {
        let person = |n| Id::<Person>::from_uuid(uuid::Uuid::from_u128(n));
        let payee = |state| Payee {
            id: Id::from_uuid(uuid::Uuid::nil()),
            provider: Id::from_uuid(uuid::Uuid::nil()),
            state,
            sealed: Sealed(Vec::new()),
            ending: "5678".to_owned(),
            because: String::new(),
            proposed_by: person(1),
            proposed_at: Timestamp::UNIX_EPOCH,
            decided_by: None,
            decided_at: None,
        };
        let waiting = payee(State::Waiting);
        assert!(!waiting.may_be_decided_by(person(1)) && waiting.may_be_decided_by(person(2)));
        assert_eq!((waiting.turned_down_by(person(1)), waiting.turned_down_by(person(2))), (State::Withdrawn, State::Refused));
        for state in [State::InForce, State::Replaced, State::Refused, State::Withdrawn] {
            assert!(!payee(state).may_be_decided_by(person(2)), "{state}: it was decided on");
        }
    }
}
